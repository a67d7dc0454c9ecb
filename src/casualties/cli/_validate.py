"""The command that checks ledger files."""

from __future__ import annotations

from casualties._text import counted
from casualties.cli._command import DONE, command
from casualties.cli._ledgers import files, lines_within, load, show, width

__all__ = ["run"]


@command(
    "validate",
    "Read ledger files and name every problem in them.",
    "casualties validate seeds/nagorno-karabakh-2020-09-30.yaml",
)
@files
@width
def run(files: tuple[str, ...], input_format: str | None, width: int | None) -> int:
    """Check files."""
    ledger = load(files, input_format)
    sources = {claim.source for claim in ledger}
    summary = f"{counted(len(ledger), 'claim')} by {counted(len(sources), 'source')}: no problem found"
    show(lines_within(summary, width))
    return DONE
