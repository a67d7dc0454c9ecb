"""The command that lists the seeds."""

from __future__ import annotations

from casualties import seeds
from casualties.cli._command import DONE, command
from casualties.cli._ledgers import lines_within, show, width

__all__ = ["run"]


@command("seeds", "List the ledgers that ship with the library.", "casualties seeds")
@width
def run(width: int | None) -> int:
    """List the seeds."""
    show(lines_within("\n".join(seeds.names()), width))
    return DONE
