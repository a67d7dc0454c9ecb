"""The command that compares codebooks."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Final

from casualties import codebooks
from casualties.cli._command import DONE, Command, add_files, date, load, table_width
from casualties.files._cells import protect
from casualties.results import reconcile
from casualties.show.comparison import Comparison
from casualties.show.text import NARROWEST

__all__ = ["CODEBOOKS", "COMPARED"]

COMPARED: Final[dict[str, Callable[[Comparison, argparse.Namespace], str]]] = {
    "table": lambda table, given: table.to_text(width=table_width(given)),
    "json": lambda table, _given: table.to_json(),
    "csv": lambda table, _given: _csv(table),
    "markdown": lambda table, _given: table.to_markdown(),
}
"""How a comparison is written, by the name of the format."""


def _csv(table: Comparison) -> str:
    """Write a row for each finding and codebook, in which no text is one that a spreadsheet would run."""
    frame = table.to_frame()
    for name in ("who", "harm", "codebook", "grade", "rule", "reason"):
        frame[name] = frame[name].map(protect, na_action="ignore")
    return frame.to_csv(index=False, lineterminator="\n").removesuffix("\n")


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_files(parser)
    parser.add_argument("--as-of", type=date, metavar="D", help="the day asked about: later counts take no position")
    parser.add_argument("--known-on", type=date, metavar="D", help="the day whose knowledge is taken")
    parser.add_argument(
        "--codebook",
        action="append",
        choices=codebooks.names(),
        metavar="NAME",
        help=f"a codebook to compare, given once for each; all where it is left out: {', '.join(codebooks.names())}",
    )
    parser.add_argument("--format", choices=list(COMPARED), default="table", help="how to show the answer (table)")
    parser.add_argument("--width", type=int, metavar="N", help=f"columns of the table, {NARROWEST} or more (80)")


def _run(given: argparse.Namespace) -> int:
    result = reconcile(load(given.files, given.input_format), as_of=given.as_of, known_on=given.known_on)
    print(COMPARED[given.format](result.compare_codebooks(given.codebook), given))
    return DONE


CODEBOOKS: Final = Command(
    "codebooks",
    "Show what several published rules write down for the same reports, each with the rule that decided.",
    (
        "casualties codebooks nagorno-karabakh-2020-09-30 --codebook ucdp --codebook acled --codebook gtd",
        "casualties codebooks seeds/nagorno-karabakh-2020-09-30.yaml --format markdown",
    ),
    _arguments,
    _run,
)
