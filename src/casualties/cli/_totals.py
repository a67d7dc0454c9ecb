"""The command that adds up what ledgers imply, by group."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from casualties.bounding import bounds
from casualties.bounding.totals import PERIODS, GroupTotal, totals_frame
from casualties.cli._command import DONE, command
from casualties.cli._ledgers import days, files, lines_within, load, show, table_width, width
from casualties.files.csv import frame_text
from casualties.model.period import PartialDate
from casualties.model.subject import FACETS
from casualties.show.text import columns_of

__all__ = ["run"]

NO_WORD = "–"
"""Stands for a word that a subject does not name."""


@command(
    "totals",
    "Add up what the claims imply, group by group; people who may count twice are not added.",
    "casualties totals nagorno-karabakh-2020-09-30 --by month --by side",
    "casualties totals seeds/nagorno-karabakh-2020-war.yaml --by side --by status --format csv",
)
@files
@days
@click.option(
    "--by",
    multiple=True,
    required=True,
    type=click.Choice([*PERIODS, *FACETS]),
    metavar="NAME",
    help=f"what to group by, given once for each: {', '.join((*PERIODS, *FACETS))}",
)
@click.option("--format", "form", type=click.Choice(["table", "csv"]), default="table", help="how to show it (table)")
@width
def run(
    files: tuple[str, ...],
    input_format: str | None,
    as_of: PartialDate | None,
    known_on: PartialDate | str | None,
    by: tuple[str, ...],
    form: str,
    width: int | None,
) -> int:
    """Add up by group."""
    totals = bounds(load(files, input_format), as_of=as_of, known_on=known_on).group_totals(by)
    if form == "csv":
        print(frame_text(totals_frame(totals, by)))
        return DONE
    asked = None if width is None and not sys.stdout.isatty() else table_width(width)
    show(table(totals, by, asked))
    return DONE


def table(totals: Sequence[GroupTotal], by: Sequence[str], width: int | None = None) -> str:
    """Set totals as a table of text; where it is wider than asked, each total as a paragraph.

    Examples:
        >>> import casualties as cs
        >>> bounds = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> print(table(bounds.group_totals(["side"]), ["side"]))
        Harm    Side         Count       Best  Subjects  Claims  Unknown  May overlap
        killed  armenian     81 or more  –     1         4       0        0
        killed  azerbaijani  11 or more  –     2         2       1        0
        killed  –            2–25        –     1         2       0        0
        >>> print(table(bounds.group_totals(["side"])[:1], ["side"], 60))
        killed: side armenian; count 81 or more; best –; subjects 1;
          claims 4; unknown 0; may overlap 0
    """
    both = any(total.figure != total.as_different for total in totals)
    counts = ["As the same", "As different"] if both else ["Count"]
    lines = [
        ["Harm", *(name.capitalize() for name in by), *counts, "Best", "Subjects", "Claims", "Unknown", "May overlap"]
    ]
    lines += [
        [
            " or ".join(total.harm),
            *(word or NO_WORD for word in total.group.values()),
            *(
                "not added" if figure is None else str(figure)
                for figure in (total.figure, total.as_different)[: 1 + both]
            ),
            NO_WORD if total.best is None else f"{total.best:,}",
            f"{len(total.subjects):,}",
            f"{total.claims:,}",
            f"{len(total.missing):,}",
            f"{len(total.overlaps):,}",
        ]
        for total in totals
    ]
    widths = [max(map(columns_of, column)) for column in zip(*lines, strict=True)]
    if width is None or sum(widths) + 2 * (len(widths) - 1) <= width:
        return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)
    heads, *rows = lines
    texts = ["; ".join(f"{head.lower()} {cell}" for head, cell in zip(heads[1:], row[1:], strict=True)) for row in rows]
    return lines_within("\n".join(f"{row[0]}: {text}" for row, text in zip(rows, texts, strict=True)), width)
