"""What a file format is: a name, the endings of its files, what it keeps, and how it is read and written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from casualties.formats._files import Readable
    from casualties.formats._kept import Kept, Part
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
        what = f"1 of the {self.part} is" if self.count == 1 else f"{self.count:,} {self.part} are"
        return f"{what} {fate}: {self.why}"


@dataclass(frozen=True, slots=True)
class Format:
    """A file format; other packages offer theirs under the entry point group ``casualties.formats``.

    Attributes:
        name: What it is called where the name of a file does not say it.
        suffixes: The endings of its files, in small letters with their dot; the longest that fits decides.
        read: Reads a ledger from a path or an open file, and raises ``LedgerFileError`` with every problem; ``None``
            where the format is only written.
        write: Writes to a path or an open file, whole or not at all, and returns what it left out.  Takes what is
            written, the target, and options by name.
        keeps: How well it keeps each part of a ledger; empty where the format does not say.
        reconciles: Whether it writes what claims say together, a reconciliation, and no ledger.

    Examples:
        >>> from casualties.formats import Format, json
        >>> json.FORMAT.suffixes
        ('.json',)
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Readable], Ledger] | None
    write: Callable[..., tuple[LeftOut, ...]]
    keeps: Mapping[Part, Kept] = field(default_factory=dict)
    reconciles: bool = False
