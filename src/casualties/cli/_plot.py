"""The command that draws."""

from __future__ import annotations

import click

from casualties.cli._command import DONE, command
from casualties.cli._ledgers import asked_about, days, files, load, narrowed
from casualties.cli._writing import force, may_write
from casualties.model.period import PartialDate
from casualties.results import reconcile
from casualties.show.plots import PICTURES

__all__ = ["run"]


@command(
    "plot",
    "Draw a picture of findings, as SVG, PNG or a page of HTML by the name of the file.",
    "casualties plot nagorno-karabakh-2020-09-30 -o picture.svg",
    "casualties plot nagorno-karabakh-2020-war --about side=armenian --only disputed --width 400 -o phone.svg",
)
@files
@days
@asked_about
@click.option("-o", "--output", metavar="PICTURE", required=True, help="the file to write: .svg, .png or .html")
@click.option(
    "--picture", type=click.Choice(PICTURES), default=PICTURES[0], help=f"what to draw ({PICTURES[0]})", metavar="NAME"
)
@click.option("--width", type=int, default=800, metavar="PIXELS", help="from side to side (800)")
@click.option("--dark", is_flag=True, help="for a dark screen")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="how many findings to draw, up to 24 (12)")
@force
def run(
    files: tuple[str, ...],
    input_format: str | None,
    as_of: PartialDate | None,
    known_on: PartialDate | str | None,
    about: dict[str, str],
    only: tuple[str, ...],
    output: str,
    picture: str,
    width: int,
    limit: int | None,
    *,
    dark: bool,
    force: bool,
) -> int:
    """Draw."""
    may_write(output, force=force)
    result = narrowed(reconcile(load(files, input_format), as_of=as_of, known_on=known_on), about, only)
    result.plot(picture, width=width, dark=dark, limit=limit).save(output)
    return DONE
