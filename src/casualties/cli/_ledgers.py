"""Commands that read ledgers."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from casualties import codebooks, seeds
from casualties.cli._codebooks import COMPARED
from casualties.cli._command import DONE, Command, add_files, counted, date, load, table_width
from casualties.engine import Tables, reconcile
from casualties.engine._files import is_table
from casualties.errors import CasualtiesError
from casualties.files._cells import protect
from casualties.results import Reconciliation
from casualties.show.text import NARROWEST
from casualties.wording import lexicons

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["RECONCILE", "SEEDS", "VALIDATE"]

_FORMATS: Final[dict[str, Callable[[Reconciliation, argparse.Namespace], str]]] = {
    "table": lambda result, given: result.to_text(width=table_width(given), color=_colored(given)),
    "json": lambda result, _given: result.to_json(),
    "csv": lambda result, _given: _csv(result.to_frame()),
    "html": lambda result, _given: result.to_html().removesuffix("\n"),
    "markdown": lambda result, _given: result.to_markdown(),
}


_TABLED: Final[dict[str, Callable[[Tables], str]]] = {"table": str, "csv": lambda tables: _csv(tables.to_frame())}


def _csv(frame: pd.DataFrame) -> str:
    """Write the findings as rows, in which no text is one that a spreadsheet would run."""
    for name, dtype in frame.dtypes.items():
        if str(dtype).startswith("str"):
            frame[name] = frame[name].map(protect, na_action="ignore")
    return frame.to_csv(index=False, lineterminator="\n").removesuffix("\n")


def _reconcile_arguments(parser: argparse.ArgumentParser) -> None:
    add_files(parser)
    parser.add_argument("--as-of", type=date, metavar="D", help="the day asked about: later counts take no position")
    parser.add_argument("--known-on", type=date, metavar="D", help="the day whose knowledge is taken")
    parser.add_argument("--lexicon", choices=lexicons.names(), help="read the words anew by this lexicon")
    parser.add_argument(
        "--codebook",
        choices=codebooks.names(),
        metavar="NAME",
        help="show what this codebook writes down too (json, csv: that alone)",
    )
    parser.add_argument("--format", choices=list(_FORMATS), default="table", help="how to show the answer (table)")
    parser.add_argument("--width", type=int, metavar="N", help=f"columns of the table, {NARROWEST} or more (80)")
    parser.add_argument(
        "--color", choices=["auto", "always", "never"], default="auto", help="colours: on a terminal alone (auto)"
    )


def _colored(given: argparse.Namespace) -> bool:
    if given.color == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return bool(given.color == "always")


def _reconcile(given: argparse.Namespace) -> int:
    if len(given.files) == 1 and not given.input_format and is_table(given.files[0]):
        return _reconcile_table(given)
    ledger = load(given.files, given.input_format)
    result = reconcile(ledger, as_of=given.as_of, known_on=given.known_on, lexicon=given.lexicon)
    shown = [] if given.codebook and given.format in ("json", "csv") else [_FORMATS[given.format](result, given)]
    if given.codebook:
        shown.append(COMPARED[given.format](result.compare_codebooks([given.codebook]), given))
    print("\n\n".join(shown))
    return DONE


def _reconcile_table(given: argparse.Namespace) -> int:
    """Reconcile Parquet files that were not written from a ledger, with the first fifty findings or all as rows."""
    if given.codebook or given.format not in _TABLED:
        asked = f"--codebook {given.codebook}" if given.codebook else f"--format {given.format}"
        raise CasualtiesError(
            f"{given.files[0]}: a table without a ledger in it is not shown by {asked}",
            "table-only",
            f"leave it out, or ask for --format {' or '.join(_TABLED)}",
        )
    tables = reconcile(given.files[0], as_of=given.as_of, known_on=given.known_on, lexicon=given.lexicon)
    print(_TABLED[given.format](tables))
    return DONE


def _validate(given: argparse.Namespace) -> int:
    ledger = load(given.files, given.input_format)
    sources = {claim.source for claim in ledger}
    print(f"{counted(len(ledger), 'claim')} by {counted(len(sources), 'source')}: no problem found")
    return DONE


def _seeds(_given: argparse.Namespace) -> int:
    for name in seeds.names():
        print(name)
    return DONE


RECONCILE: Final = Command(
    "reconcile",
    "Set the claims about each subject side by side, with every party still in the answer.",
    (
        "casualties reconcile nagorno-karabakh-2020-09-30",
        "casualties reconcile seeds/nagorno-karabakh-2020-09-30.yaml --as-of 2020-09-30 --width 100",
        "casualties reconcile nagorno-karabakh-2020-09-30 --codebook ucdp",
    ),
    _reconcile_arguments,
    _reconcile,
)

VALIDATE: Final = Command(
    "validate",
    "Read ledger files and name every problem in them.",
    ("casualties validate seeds/nagorno-karabakh-2020-09-30.yaml",),
    add_files,
    _validate,
)

SEEDS: Final = Command(
    "seeds", "List the ledgers that ship with the library.", ("casualties seeds",), lambda _parser: None, _seeds
)
