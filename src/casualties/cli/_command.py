"""One command of the command line, and what commands share: opening ledgers and writing answers."""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from casualties import seeds
from casualties.errors import LedgerFileError, ModelError
from casualties.files import read
from casualties.model.ledger import Ledger, merge
from casualties.model.period import PartialDate
from casualties.show.text import NARROWEST, WIDTH

__all__ = [
    "BAD_INPUT",
    "DONE",
    "FOUND",
    "INTERRUPTED",
    "WRONG_USAGE",
    "BadInputError",
    "Command",
    "add_files",
    "counted",
    "date",
    "load",
    "table_width",
]

DONE: Final = 0
"""Exit status: done."""

BAD_INPUT: Final = 1
"""Exit status: what was given cannot be read; every problem is named."""

WRONG_USAGE: Final = 2
"""Exit status: the command was not called as it is to be."""

FOUND: Final = 3
"""Exit status: done, and something was found that was looked for."""

INTERRUPTED: Final = 130
"""Exit status: stopped from the keyboard."""

_WIDEST: Final = 120
"""The most columns that a table takes on a wide terminal."""

_LOGGER: Final = logging.getLogger("casualties")


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Attributes:
        name: How it is called.
        summary: What it does, in one line.
        examples: Calls of it that can be typed as they stand; each is tested.
        arguments: Adds its arguments to a parser.
        run: Does it, and gives the exit status.

    Examples:
        >>> Command("seeds", "List the seeds.", ("casualties seeds",), lambda parser: None, lambda given: DONE).name
        'seeds'
    """

    name: str
    summary: str
    examples: tuple[str, ...]
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


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


def date(text: str) -> PartialDate:
    """Read a date given on the command line.

    Examples:
        >>> print(date("2020-09"))
        2020-09
    """
    try:
        return PartialDate.parse(text)
    except ModelError as error:
        raise argparse.ArgumentTypeError(str(error).replace("\n", "; ")) from error


def add_files(parser: argparse.ArgumentParser) -> None:
    """Let a command take ledgers: files, seeds by name, or standard input.

    Examples:
        >>> parser = argparse.ArgumentParser()
        >>> add_files(parser)
        >>> parser.parse_args(["a.yaml", "-"]).files
        ['a.yaml', '-']
    """
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a ledger file, the name of a seed, or - for standard input"
    )
    parser.add_argument(
        "--input-format",
        metavar="NAME",
        help="the format of the files where their names do not say (standard input: yaml)",
    )


def table_width(given: argparse.Namespace) -> int:
    """Give the columns of a table: as asked, else those of the terminal, else the default.

    Examples:
        >>> table_width(argparse.Namespace(width=100))
        100
    """
    if given.width is not None:
        return int(given.width)
    if not sys.stdout.isatty():
        return WIDTH
    return min(max(shutil.get_terminal_size().columns, NARROWEST), _WIDEST)


def load(files: Sequence[str], input_format: str | None = None) -> Ledger:
    """Read ledgers and merge them.

    Raises:
        BadInputError: If any cannot be read; it names every problem of all.

    Examples:
        >>> len(load(["nagorno-karabakh-2020-09-30"]))
        8
    """
    found, problems = [], []
    for place, name in enumerate(files, 1):
        progress(f"reading {place} of {len(files)}: {name}")
        try:
            found.append(_open(name, input_format))
        except LedgerFileError as error:
            problems += [f"{error.name}: {problem}" for problem in error.problems]
    progress("")
    if problems:
        raise BadInputError(problems)
    return merge(found)


def _open(name: str, input_format: str | None) -> Ledger:
    if name == "-":
        return read(sys.stdin.buffer, format=input_format or "yaml")
    meant = name in seeds.names() or not (input_format or os.path.splitext(name)[1])  # noqa: PTH122 - no path
    if meant and not os.path.exists(name):  # noqa: PTH110 - the name of a seed is no path
        return seeds.load(name)
    return read(name, format=input_format)


def counted(number: int, word: str) -> str:
    """Say how many there are of something.

    Examples:
        >>> counted(1, "claim"), counted(1200, "claim")
        ('1 claim', '1,200 claims')
    """
    return f"{number:,} {word}{'' if number == 1 else 's'}"


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
