"""The command that writes a ledger file to begin with."""

from __future__ import annotations

import sys
from typing import Final

import click

from casualties._writing import write_file
from casualties.cli._command import DONE, command
from casualties.cli._writing import force, may_write
from casualties.files.mapped import propose

__all__ = ["STARTER", "run"]

STARTER: Final = """\
# A ledger of disputed casualty figures: one entry for every statement, with who made it and where it was read.
# What stands after # is for people. Take out what you do not need; every value is read as text.
casualties: 1                     # the version of the format
title: What happened, where and when
sides:                            # the sides of the conflict, and who is against whom
  north: {name: Northern side, against: [south]}
  south: {name: Southern side}
groups:                           # victims named once, used by many claims
  soldiers: {side: north, status: combatant}
sources:                          # who says it; a newspaper that quotes a ministry is no source but a report or relay
  ministry: {name: Northern Ministry of Defence, kind: belligerent, side: north}
  council: {name: Southern Council, kind: belligerent, side: south}
reports:                          # where it was read
  gazette: {publisher: The Gazette, title: The headline, published: 2024-05-03}
defaults:                         # what holds for every claim that does not say otherwise
  since: 2024-05-01               # the first day that is counted
  until: 2024-05-03               # the last day on which the counted harm could have happened
  stated: 2024-05-03              # when it was said
  cited: gazette
claims:
  # The words of the count as printed: "at least 11", "more than 80", "as many as 25", "dozens".
  - {id: first, source: ministry, killed: at least 11, victims: soldiers, modality: confirmed}
  # The same people, counted by somebody else.
  - {source: council, killed: more than 80, victims: soldiers, modality: reported}
  # A silence is a statement too, and never a zero.
  - {source: council, silent: killed, victims: {side: south, status: combatant}}
  # A denial says what it denies: occurrence, figure, responsibility or status.
  - {source: council, denies: first, aspect: figure}
"""
"""A small ledger file with comments, to begin with."""


@command(
    "new",
    "Write a small ledger file with comments to begin with, or a mapping proposed from a sheet.",
    "casualties new mine.yaml",
)
@click.argument("out", metavar="OUT", help="the file to write, or - for standard output")
@click.option(
    "--from", "sheet", metavar="SHEET", help="propose a mapping for this workbook or text file, and say what is assumed"
)
@force
def run(out: str, sheet: str | None, *, force: bool) -> int:
    """Write the file."""
    may_write(out, force=force)
    proposal = propose(sheet) if sheet is not None else None
    text = STARTER if proposal is None else proposal.text
    if out == "-":
        print(text, end="")
    else:
        write_file(out, text.encode("utf-8", "backslashreplace"))
    if proposal is not None:
        for assumption in proposal.assumed:
            print(f"note: assumed: {assumption}", file=sys.stderr)
        for assumption in proposal.asked:
            print(f"note: asked: {assumption}", file=sys.stderr)
    return DONE
