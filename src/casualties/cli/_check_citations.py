"""The command that looks up in the reports what they are cited for."""

from __future__ import annotations

import click

from casualties.cli._citations import Pairs, checked, texts
from casualties.cli._command import DONE, FOUND, command
from casualties.cli._ledgers import input_format, lines_within, show, width

__all__ = ["run"]


@command(
    "check-citations",
    "Look up in the text of each report the words for which it is cited; exit status 3 if any are not there.",
    "casualties check-citations nagorno-karabakh-2020-09-30",
)
@click.argument("file", metavar="LEDGER", help="a ledger file, the name of a seed, or - for standard input")
@texts
@width
@input_format
def run(file: str, text: Pairs, width: int | None, input_format: str | None) -> int:
    """Check citations."""
    checks = checked([file], input_format, text)
    show(lines_within(str(checks), width))
    return FOUND if checks and checks.wrong else DONE
