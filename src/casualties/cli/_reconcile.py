"""The command that reconciles."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Final

import click

from casualties import codebooks
from casualties._writing import write_file
from casualties.cli._codebooks import COMPARED
from casualties.cli._command import DONE, command
from casualties.cli._ledgers import (
    asked_about,
    color,
    colored,
    days,
    files,
    load,
    narrowed,
    show,
    table_width,
    width,
)
from casualties.cli._writing import force, may_write
from casualties.columns import is_table, reconcile
from casualties.files.csv import frame_text
from casualties.model.period import PartialDate
from casualties.reconciling.view import SAME
from casualties.results import FEW, Reconciliation
from casualties.show.text import to_text, words
from casualties.wording import lexicons

__all__ = ["run"]

_MORE: Final = (
    "More: casualties explain {files}",
    "  casualties reconcile {files} --only disputed, --about side=…, --limit 5",
    "  casualties plot {files} -o picture.svg",
    "  casualties page {files} -o page.html",
)
"""How to see more, below an answer on a terminal."""

_LARGE: Final[Mapping[str, Callable[[Reconciliation], str]]] = {
    "table": str,
    "csv": lambda result: frame_text(result.to_frame(words=False)),
}
"""How a table of many claims is shown without an object for each."""

_FORMATS: Final = ("table", "json", "csv", "html", "markdown", "excel")


@command(
    "reconcile",
    "Set the claims about each subject side by side, with every party still in the answer.",
    "casualties reconcile nagorno-karabakh-2020-09-30",
    "casualties reconcile seeds/nagorno-karabakh-2020-09-30.yaml --as-of 2020-09-30 --width 100",
    "casualties reconcile nagorno-karabakh-2020-09-30 --codebook ucdp",
    "casualties reconcile nagorno-karabakh-2020-09-30 --format excel -o result.xlsx",
    "casualties reconcile nagorno-karabakh-2020-war --only disputed --about side=armenian",
)
@files
@days
@click.option("--lexicon", type=click.Choice(lexicons.names()), help="read the words anew by this lexicon")
@click.option(
    "--same",
    type=click.Choice(SAME),
    default=SAME[0],
    help="which events are compared as one: those that identifications join, or none (accepted)",
)
@click.option(
    "--codebook",
    type=click.Choice(codebooks.names()),
    metavar="NAME",
    help="show what this codebook writes down too (json, csv: that alone)",
)
@asked_about
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="how many findings to show at most (all)")
@click.option(
    "--brief",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="whether the brief stands first: on a terminal alone (auto)",
)
@click.option("--format", "form", type=click.Choice(_FORMATS), default="table", help="how to show the answer (table)")
@click.option("-o", "--output", metavar="OUT", default="-", help="the file to write (standard output)")
@force
@width
@color
def run(
    files: tuple[str, ...],
    input_format: str | None,
    as_of: PartialDate | None,
    known_on: PartialDate | str | None,
    lexicon: str | None,
    same: str,
    codebook: str | None,
    about: dict[str, str],
    only: tuple[str, ...],
    limit: int | None,
    form: str,
    output: str,
    width: int | None,
    color: str,
    brief: str,
    *,
    force: bool,
) -> int:
    """Reconcile, and show the answer."""
    may_write(output, force=force)
    if form == "excel" and (output == "-" or codebook):
        raise click.UsageError("a workbook is written to a file, without --codebook: give -o result.xlsx")
    source = files[0] if len(files) == 1 and not input_format and is_table(files[0]) else load(files, input_format)
    result = reconcile(source, as_of=as_of, known_on=known_on, lexicon=lexicon, same=same)
    if isinstance(source, str) and not (codebook or about or only) and form in _LARGE and result.tables.claims > FEW:
        _give(output, _LARGE[form](result))
        return DONE
    result = narrowed(result, about, only)
    if form == "excel":
        result.to_excel(output)
        return DONE
    opening = form == "table" and output == "-" and (sys.stdout.isatty() if brief == "auto" else brief == "always")
    shown = [] if codebook and form in ("json", "csv") else [_shown(result, form, width, color, limit, first=opening)]
    if opening:
        shown.insert(0, result.brief().to_text(width=table_width(width)))
    if codebook:
        shown.append(COMPARED[form](result.compare_codebooks([codebook]), width))
    if opening:
        hints = (words(hint.format(files=" ".join(files)), table_width(width), "    ") for hint in _MORE)
        shown.append("\n".join(line for lines in hints for line in lines))
    _give(output, "\n\n".join(shown))
    return DONE


def _give(output: str, text: str) -> None:
    if output == "-":
        show(text)
    else:
        write_file(output, (text + "\n").encode())


def _shown(result: Reconciliation, form: str, width: int | None, color: str, limit: int | None, *, first: bool) -> str:
    match form:
        case "json":
            return result.to_json()
        case "csv":
            return frame_text(result.to_frame())
        case "html":
            return result.to_html().removesuffix("\n")
        case "markdown":
            return result.to_markdown(limit=limit)
        case _:
            return to_text(
                result.findings,
                result.view,
                width=table_width(width),
                color=colored(color),
                limit=limit,
                disputed_first=first,
            )
