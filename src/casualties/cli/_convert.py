"""The command that writes a ledger in another format."""

from __future__ import annotations

import sys
from typing import Final, Literal

import click

from casualties.cli._command import DONE, command
from casualties.cli._ledgers import input_format, load
from casualties.cli._writing import output, write_ledger
from casualties.files.mapped import presets, read_table

__all__ = ["run"]

_TOLD: Final = 20
"""How many cells and rows of a table are told of one by one."""


@command(
    "convert",
    "Write a ledger in another format, and tell what it could not carry.",
    "casualties convert seeds/nagorno-karabakh-2020-09-30.yaml ledger.json",
)
@click.argument(
    "file", metavar="IN", help="a ledger file, the name of a seed, - for standard input; with --mapping a table"
)
@click.argument("out", metavar="OUT", help="the file to write, or - for standard output")
@click.option(
    "--mapping", metavar="NAME", help=f"read a table by this mapping: a file, or one of {', '.join(presets())}"
)
@click.option(
    "--on-bad",
    type=click.Choice(["quarantine", "raise"]),
    default="quarantine",
    help="list cells of a table that can be no claim, or refuse the table (quarantine)",
)
@input_format
@output
def run(
    file: str,
    out: str,
    mapping: str | None,
    on_bad: Literal["quarantine", "raise"],
    input_format: str | None,
    output_format: str | None,
    option: tuple[str, ...],
) -> int:
    """Convert a ledger or a table."""
    if mapping is None:
        write_ledger(load([file], input_format), out, output_format, option)
        return DONE
    reading = read_table(file, mapping, on_bad=on_bad, kind=input_format)
    write_ledger(reading.ledger, out, output_format, option)
    lines = [
        *(str(row.problem) for row in reading.quarantine),
        *(f"row {each.row}: {each.message}; kept" for each in reading.broken),
    ]
    more = [f"… and {len(lines) - _TOLD} more"] if len(lines) > _TOLD else []
    for line in [*lines[:_TOLD], *more, str(reading)]:
        print(f"note: {line}", file=sys.stderr)
    return DONE
