"""One command of the command line, and what it may answer; nothing of the library is loaded by it."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from typing import Final

import click

__all__ = [
    "BAD_INPUT",
    "COMPLETING",
    "DONE",
    "FOUND",
    "INTERRUPTED",
    "WRONG_USAGE",
    "BadInputError",
    "Command",
    "command",
    "examples_of",
    "progress",
]

DONE: Final = 0
"""Exit status: done."""

BAD_INPUT: Final = 1
"""Exit status: what was given cannot be read; every problem is named."""

WRONG_USAGE: Final = 2
"""Exit status: the command was not called as it is to be."""

FOUND: Final = 3
"""Exit status: done, and something was found that was looked for."""

COMPLETING: Final = "_CASUALTIES_COMPLETE"
"""The variable by which a shell asks what may come next."""

INTERRUPTED: Final = 130
"""Exit status: stopped from the keyboard."""

_LOGGER: Final = logging.getLogger("casualties")


class Command(click.Command):
    """One command, with calls of it that can be typed as they stand.

    Attributes:
        examples: The calls; each is tested.
    """

    examples: tuple[str, ...] = ()

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as its base has it
        """Show the calls as they are typed."""
        formatter.write_paragraph()
        formatter.write(examples_of(self.examples))


def command(name: str, summary: str, *examples: str) -> Callable[[Callable[..., int]], Command]:
    """Make a command of a function that gives the exit status.

    Args:
        name: How it is called.
        summary: What it does, in one line.
        examples: Calls of it that can be typed as they stand.

    Examples:
        >>> @command("greet", "Greet.", "casualties greet")
        ... def greet() -> int:
        ...     return DONE
        >>> greet.name, greet.examples
        ('greet', ('casualties greet',))
    """

    def made(function: Callable[..., int]) -> Command:
        built = click.command(name, cls=Command, help=summary, short_help=summary)(function)
        built.examples = examples
        return built

    return made


def examples_of(lines: Sequence[str]) -> str:
    r"""Set calls as they are shown at the end of a help.

    Examples:
        >>> examples_of(["casualties seeds"])
        'Examples:\n  casualties seeds\n'
    """
    return "".join(f"{line}\n" for line in ("Examples:", *(f"  {line}" for line in lines)))


class BadInputError(Exception):
    """Files that cannot be read, with every problem of each.

    Examples:
        >>> raise BadInputError(["x.yaml: line 2: unknown key 'a'"])
        Traceback (most recent call last):
        ...
        casualties.cli._command.BadInputError: x.yaml: line 2: unknown key 'a'
    """

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines))


def progress(text: str) -> None:
    """Show what is being done, on a terminal only; an empty text clears it.

    Examples:
        >>> progress("reading")
    """
    if text:
        _LOGGER.info("%s", text)
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
