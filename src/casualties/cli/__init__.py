"""The command line: `casualties COMMAND …`, also as `python -m casualties`.

Exit status: 0 done, 1 bad input with every problem named, 2 wrong usage, 3 done and something found.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Final

from casualties.cli._audit import AUDIT
from casualties.cli._codebooks import CODEBOOKS
from casualties.cli._command import BAD_INPUT, DONE, INTERRUPTED, BadInputError, Command
from casualties.cli._compare import DIFF, EXPLAIN
from casualties.cli._files import CONVERT, MERGE, NEW, SCHEMA
from casualties.cli._ledgers import RECONCILE, SEEDS, VALIDATE
from casualties.cli._page import PAGE
from casualties.cli._words import FIGURE
from casualties.errors import CasualtiesError

__all__ = ["COMMANDS", "main"]

COMMANDS: Final[tuple[Command, ...]] = (
    RECONCILE,
    EXPLAIN,
    CODEBOOKS,
    DIFF,
    FIGURE,
    VALIDATE,
    AUDIT,
    CONVERT,
    MERGE,
    PAGE,
    SEEDS,
    NEW,
    SCHEMA,
)
"""All commands, in the order in which they are listed."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask, and give the exit status.

    Args:
        arguments: The arguments after the name of the program; those of the process where they are left out.

    Examples:
        >>> main(["figure", "more than 80"])
        81 or more
        0
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        given = _parser().parse_args(arguments)
        status: int = given.run(given)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the answer has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except (BadInputError, CasualtiesError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="casualties",
        description="Disputed casualty figures by reporting party: every claim kept, merged and reconciled.",
        epilog=_examples([command.examples[0] for command in COMMANDS])
        + "\n\nExit status: 0 done, 1 bad input, 2 wrong usage, 3 done and something found.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"casualties {version('casualties')}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        added = commands.add_parser(
            command.name,
            help=command.summary,
            description=command.summary,
            epilog=_examples(command.examples),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.arguments(added)
        added.set_defaults(run=command.run)
    return parser


def _examples(lines: Sequence[str]) -> str:
    return "\n".join(["examples:", *(f"  {line}" for line in lines)])
