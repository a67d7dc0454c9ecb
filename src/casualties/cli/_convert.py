"""The command that writes a ledger in another format."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final, Literal

import click

from casualties._text import counted
from casualties._writing import together, write_file
from casualties.cli._command import DONE, FOUND, command
from casualties.cli._ledgers import input_format, load
from casualties.cli._writing import force, known_format, may_write, output, write_ledger
from casualties.files.mapped import TableReading, presets, read_table

__all__ = ["run"]

_TOLD: Final = 20
"""How many reasons and rows of a table are told of one by one."""


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
@click.option(
    "--all", "everything", is_flag=True, help="name every cell that is not read, and not the first of each reason"
)
@input_format
@output
@force
def run(
    file: str,
    out: str,
    mapping: str | None,
    on_bad: Literal["quarantine", "raise"],
    input_format: str | None,
    output_format: str | None,
    option: tuple[str, ...],
    *,
    everything: bool,
    force: bool,
) -> int:
    """Convert a ledger or a table; the rows of a table that are not all read are written beside it."""
    known_format(out, output_format)
    may_write(out, force=force)
    if mapping is None:
        write_ledger(load([file], input_format), out, output_format, option)
        return DONE
    reading = read_table(file, mapping, on_bad=on_bad, kind=input_format)
    rest = None if out == "-" else f"{os.path.splitext(out)[0]}.quarantine.{reading.quarantine_kind}"  # noqa: PTH122 - as typed
    if rest and reading.quarantine_table:
        may_write(rest, force=force)
    with together():
        write_ledger(reading.ledger, out, output_format, option)
        if rest and reading.quarantine_table:
            write_file(rest, reading.quarantine_table)
    for line in (*_told(reading, everything=everything), str(reading)):
        print(f"note: {line}", file=sys.stderr)
    if not reading.quarantine:
        return DONE
    beside = f"; their rows are in {Path(rest).name}, to be mended and read by the same mapping" if rest else ""
    cells = counted(len(reading.quarantine), "cell")
    print(f"note: not read: {cells}{beside}", file=sys.stderr)
    return FOUND


def _told(reading: TableReading, *, everything: bool) -> list[str]:
    """Say what was not read, what was kept in spite of itself, and what the table leaves open."""
    bad = [cause.told() if everything else str(cause) for cause in reading.causes]
    lines = [*bad, *(f"row {row.row}: {row.message}; kept" for row in reading.broken), *reading.asked]
    if everything or len(lines) <= _TOLD:
        return lines
    return [*lines[:_TOLD], f"… and {len(lines) - _TOLD:,} more (--all tells all)"]
