"""The command that joins ledgers."""

from __future__ import annotations

import click

from casualties.cli._command import DONE, command
from casualties.cli._ledgers import files, load
from casualties.cli._writing import force, known_format, may_write, output, write_ledger

__all__ = ["run"]


@command(
    "merge",
    "Join ledgers into one file, with nothing of any of them lost.",
    "casualties merge nagorno-karabakh-2020-09-30 nagorno-karabakh-2020-war -o both.yaml",
)
@files
@click.option("-o", "--out", metavar="OUT", required=True, help="the file to write, or - for standard output")
@output
@force
def run(
    files: tuple[str, ...],
    input_format: str | None,
    out: str,
    output_format: str | None,
    option: tuple[str, ...],
    *,
    force: bool,
) -> int:
    """Merge ledgers."""
    known_format(out, output_format)
    may_write(out, force=force)
    write_ledger(load(files, input_format), out, output_format, option)
    return DONE
