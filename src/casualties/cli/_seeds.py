"""The command that lists the seeds."""

from __future__ import annotations

from casualties import seeds
from casualties.cli._command import DONE, command

__all__ = ["run"]


@command("seeds", "List the ledgers that ship with the library.", "casualties seeds")
def run() -> int:
    """List the seeds."""
    for name in seeds.names():
        print(name)
    return DONE
