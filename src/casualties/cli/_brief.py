"""The command that opens with the answer."""

from __future__ import annotations

import json

import click

from casualties.cli._command import DONE, command
from casualties.cli._ledgers import days, files, load, show, table_width, width
from casualties.model.period import PartialDate
from casualties.results import reconcile
from casualties.show.brief import LINES

__all__ = ["run"]


@command(
    "brief",
    "Say in a few lines what is disputed, what is borne out by whom, who is silent and what was said last.",
    "casualties brief nagorno-karabakh-2020-war",
    "casualties brief nagorno-karabakh-2020-war --lines 40 --format json",
)
@files
@days
@click.option("--lines", type=int, metavar="N", default=LINES, help=f"the most lines ({LINES})")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="how to write it (text)")
@width
def run(
    files: tuple[str, ...],
    input_format: str | None,
    as_of: PartialDate | None,
    known_on: PartialDate | str | None,
    lines: int,
    form: str,
    width: int | None,
) -> int:
    """Write the brief."""
    brief = reconcile(load(files, input_format), as_of=as_of, known_on=known_on).brief()
    if form == "json":
        print(json.dumps(brief.to_dict(), ensure_ascii=False, indent=2))
    else:
        show(brief.to_text(width=table_width(width), lines=lines))
    return DONE
