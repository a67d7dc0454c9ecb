"""Reading and writing ledgers by the format that the name of a file says, or that is asked for."""

from __future__ import annotations

from pathlib import PurePath

from casualties.errors import UnknownNameError
from casualties.formats._files import Readable, name_of, read_text
from casualties.formats._sections import read_yaml
from casualties.ledger import Ledger

__all__ = ["names", "read"]


def names() -> tuple[str, ...]:
    """List the formats by name."""
    return ("yaml",)


def read(source: Readable, *, format: str | None = None) -> Ledger:  # noqa: A002 - the word that people expect
    """Read a ledger.

    Examples:
        >>> import io, casualties as cs
        >>> len(cs.read(io.StringIO("casualties: 1"), format="yaml"))
        0
    """
    name = name_of(source)
    chosen = format or PurePath(name).suffix.lower().removeprefix(".").replace("yml", "yaml")
    if chosen not in names():
        raise UnknownNameError(
            f"format {chosen!r}: there is none of this name", "unknown-format", f"one of {', '.join(names())}"
        )
    return read_yaml(read_text(source), name)
