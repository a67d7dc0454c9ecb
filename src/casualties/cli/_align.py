"""The command that proposes which rows of several lists are one event, for a person to answer."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from casualties._writing import write_file
from casualties.aligning import Alignment, align, side_by_side, to_html
from casualties.aligning.review import figures_of
from casualties.cli._command import DONE, command
from casualties.cli._ledgers import table_width, width
from casualties.files import read, write
from casualties.files.mapped import EventList, events
from casualties.model.ledger import Ledger

__all__ = ["run"]

_ASKED = "[s]ame, [d]ifferent, [p]art of, don't [k]now, [q]uit? "
_WHICH = "[1] the first is part of the second, [2] the second is part of the first? "


@command(
    "align",
    "Propose which rows of several lists of events are one event; a person answers, and both figures stay.",
    "casualties align ours.csv=sheet.yaml theirs.csv=sheet.yaml --ask 5",
)
@click.argument(
    "lists",
    nargs=-1,
    required=True,
    metavar="TABLE=MAPPING…",
    help="a table, and the preset or mapping file that reads it",
)
@click.option("--days", type=click.IntRange(min=0), default=7, help="the most days between two rows (7)")
@click.option("--km", type=float, default=100.0, help="the most kilometres between them (100)")
@click.option("-o", "--output", metavar="FILE", help="the ledger of identifications to write; what is in it is known")
@click.option("--ask", type=click.IntRange(min=0), default=25, help="how many questions (25)")
@click.option("--review", is_flag=True, help="go through the questions one by one; it resumes")
@click.option("--page", metavar="PAGE", help="write the questions as one HTML page")
@click.option("--accept", type=float, metavar="P", help="accept every proposal of this probability or more")
@click.option("--by", metavar="NAME", help="who answers or accepts")
@width
def run(
    lists: tuple[str, ...],
    days: int,
    km: float,
    output: str | None,
    ask: int,
    page: str | None,
    accept: float | None,
    by: str | None,
    width: int | None,
    *,
    review: bool,
) -> int:
    """Align lists."""
    if (review or accept is not None) and not (output and by):
        raise click.UsageError("say who answers by --by, and name the ledger to write by -o")
    opened = [_opened(event_list) for event_list in lists]
    if len(opened) < 2:
        raise click.UsageError("name two lists or more")
    known = read(output) if output and os.path.exists(output) else Ledger()  # noqa: PTH110 - typed as it stands
    alignment = align(opened[0], *opened[1:], days=days, km=km, known=known)
    if accept is not None and by is not None:
        alignment = alignment.accept(p=accept, by=by)
    if page:
        write_file(page, to_html(alignment.ask(ask), by=by or "reviewer").encode())
    if output:
        write(known | alignment.ledger, output)
    if review and output and by:
        alignment = _review(alignment, known, output, by, ask, table_width(width))
    elif not page:
        for number, match in enumerate(alignment.ask(ask), 1):
            print(f"{number}. {match}\n{side_by_side(match, width=table_width(width))}\n")
    print(f"{alignment!r}"[1:-1])
    print(alignment.totals)
    return DONE


def _opened(argument: str) -> EventList:
    """Read a list that is told as its table and its mapping."""
    table, _, mapping = argument.rpartition("=")
    if not table:
        raise click.UsageError(f"{argument}: write TABLE=MAPPING, such as ged.csv=ucdp-ged")
    return events(table, mapping, name=Path(table).stem)


def _review(alignment: Alignment, known: Ledger, output: str, by: str, most: int, columns: int) -> Alignment:
    """Ask until nothing is left to ask, and write the ledger after each answer."""
    passed: set[tuple[str, str]] = set()
    for _ in range(most):
        match = next((match for match in alignment.ask(most + len(passed)) if match.events not in passed), None)
        if match is None:
            break
        print(f"{side_by_side(match, width=columns)}\n")
        answer = _typed(_ASKED)
        event, other = match.events
        if answer.startswith("q"):
            break
        if answer.startswith("s"):
            alignment = alignment.same(event, other, by=by)
        elif answer.startswith("d"):
            alignment = alignment.different(event, other, by=by)
        elif answer.startswith("p") and (which := _typed(_WHICH))[:1] in ("1", "2"):
            alignment = alignment.part_of(*((event, other) if which.startswith("1") else (other, event)), by=by)
        else:
            passed.add(match.events)
            continue
        print(f"  {figures_of(match)}\n")
        write(known | alignment.ledger, output)
    return alignment


def _typed(question: str) -> str:
    """Ask on the terminal; the end of input quits."""
    try:
        return input(question).strip().lower() or "?"
    except EOFError:
        print(file=sys.stdout)
        return "q"
