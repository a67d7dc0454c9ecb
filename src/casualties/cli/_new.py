"""The command that writes a ledger file to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from casualties.cli._command import DONE, BadInputError, command

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


@command("new", "Write a small ledger file with comments to begin with.", "casualties new mine.yaml")
@click.argument("out", metavar="OUT", help="the file to write, which must not be there yet, or - for standard output")
def run(out: str) -> int:
    """Write the file."""
    if out == "-":
        print(STARTER, end="")
        return DONE
    try:
        with Path(out).open("x", encoding="utf-8", newline="\n") as file:
            file.write(STARTER)
    except OSError as error:
        raise BadInputError([f"{out}: it cannot be written: {error.strerror or error}"]) from error
    return DONE
