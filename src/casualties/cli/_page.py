"""The command that writes a page."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from casualties._writing import write_file
from casualties.cli._citations import Pairs, checked, looking_up
from casualties.cli._command import DONE, command
from casualties.cli._ledgers import days, files, load
from casualties.cli._writing import force, may_write
from casualties.errors import MissingExtraError
from casualties.model.period import PartialDate
from casualties.results import reconcile

__all__ = ["run"]


@command(
    "page",
    "Write one page of HTML that stands alone: the findings, the pictures and every claim with where it was read.",
    "casualties page nagorno-karabakh-2020-09-30 -o page.html",
)
@files
@days
@looking_up
@click.option("-o", "--output", metavar="PAGE", default="-", help="the file to write (standard output)")
@click.option("--no-pictures", is_flag=True, help="leave out the pictures")
@click.option("--address", metavar="URL", help="where the page will be published, for the card that other sites show")
@force
def run(
    files: tuple[str, ...],
    input_format: str | None,
    as_of: PartialDate | None,
    known_on: PartialDate | str | None,
    text: Pairs,
    output: str,
    address: str | None,
    *,
    look_up: bool,
    no_pictures: bool,
    force: bool,
) -> int:
    """Write a page."""
    may_write(output, force=force)
    result = reconcile(load(files, input_format), as_of=as_of, known_on=known_on)
    checks = checked(files, input_format, text, look_up=look_up)
    page = result.to_html(pictures=not no_pictures, checks=checks, address=address)
    if output == "-":
        sys.stdout.write(page)
        return DONE
    write_file(output, page.encode())
    if address:
        card = Path(output).with_suffix(".card.png")
        try:
            result.plot(width=600, limit=1).save(card)
        except MissingExtraError as error:
            click.echo(f"{card} is not written: {error}", err=True)
    return DONE
