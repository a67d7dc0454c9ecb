"""The command that compares codebooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import click

from casualties import codebooks
from casualties.cli._command import DONE, command
from casualties.cli._ledgers import days, files, load, table_width, width
from casualties.files.csv import frame_text
from casualties.model.period import PartialDate
from casualties.results import reconcile
from casualties.show.comparison import Comparison

__all__ = ["COMPARED", "run"]

COMPARED: Final[dict[str, Callable[[Comparison, int | None], str]]] = {
    "table": lambda table, width: table.to_text(width=table_width(width)),
    "json": lambda table, _width: table.to_json(),
    "csv": lambda table, _width: frame_text(table.to_frame()),
    "markdown": lambda table, _width: table.to_markdown(),
}
"""How a comparison is written, by the name of the format."""


@command(
    "codebooks",
    "Show what several published rules write down for the same reports, each with the rule that decided.",
    "casualties codebooks nagorno-karabakh-2020-09-30 --codebook ucdp --codebook acled --codebook gtd",
    "casualties codebooks seeds/nagorno-karabakh-2020-09-30.yaml --format markdown",
)
@files
@days
@click.option(
    "--codebook",
    multiple=True,
    type=click.Choice(codebooks.names()),
    metavar="NAME",
    help=f"a codebook to compare, given once for each; all where it is left out: {', '.join(codebooks.names())}",
)
@click.option("--format", "form", type=click.Choice(list(COMPARED)), default="table", help="how to show it (table)")
@width
def run(
    files: tuple[str, ...],
    input_format: str | None,
    as_of: PartialDate | None,
    known_on: PartialDate | str | None,
    codebook: tuple[str, ...],
    form: str,
    width: int | None,
) -> int:
    """Compare codebooks."""
    result = reconcile(load(files, input_format), as_of=as_of, known_on=known_on)
    print(COMPARED[form](result.compare_codebooks(codebook or None), width))
    return DONE
