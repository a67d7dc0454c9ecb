"""What a file format is: a name, the endings of its files, and how it is read and written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from casualties.formats._files import Readable, Writable
    from casualties.ledger import Ledger

__all__ = ["Format", "LeftOut"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that a format could not carry.

    Attributes:
        part: What it is, such as assessments.
        count: How many there are.
        why: Why the format does not carry it.
        beside: The file beside, in which it stands all the same; ``None`` where it stands nowhere.

    Examples:
        >>> from casualties.formats import LeftOut
        >>> print(LeftOut("assessments", 2, "a row is one claim read in one report"))
        2 assessments are left out: a row is one claim read in one report
    """

    part: str
    count: int
    why: str
    beside: Path | None = None

    def __str__(self) -> str:
        fate = "left out" if self.beside is None else f"written to {self.beside.name}"
        return f"{self.count} {self.part} are {fate}: {self.why}"


@dataclass(frozen=True, slots=True)
class Format:
    """A file format; other packages offer theirs under the entry point group ``casualties.formats``.

    Attributes:
        name: What it is called where the name of a file does not say it.
        suffixes: The endings of its files, in small letters with their dot.
        read: Reads a ledger from a path or an open file, and raises ``LedgerFileError`` with every problem.
        write: Writes a ledger to a path or an open file, whole or not at all, and returns what it left out.

    Examples:
        >>> from casualties.formats import Format, json
        >>> json.FORMAT.suffixes
        ('.json',)
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Readable], Ledger]
    write: Callable[[Ledger, Writable], tuple[LeftOut, ...]]
