"""Reading and writing ledgers by the format that the name of a file says, or that is asked for."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from casualties.errors import UnknownNameError
from casualties.formats import csv, json, yaml
from casualties.formats._files import Readable, Writable, name_of
from casualties.formats._format import Format, LeftOut

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casualties.ledger import Ledger

__all__ = ["names", "read", "write"]

GROUP: Final = "casualties.formats"
"""The group of entry points under which other packages offer formats."""


@cache
def _formats() -> Mapping[str, Format]:
    """Give all formats by name; those of this library cannot be replaced by others."""
    offered = sorted(entry_points(group=GROUP), key=lambda each: (each.name, each.value))
    found = {each.name: each.load() for each in reversed(offered)}
    return found | {form.FORMAT.name: form.FORMAT for form in (csv, json, yaml)}


def names() -> tuple[str, ...]:
    """List the formats by name, those of other packages included.

    Examples:
        >>> from casualties import formats
        >>> [name for name in formats.names() if name in ("csv", "json", "yaml")]
        ['csv', 'json', 'yaml']
    """
    return tuple(sorted(_formats()))


def read(source: Readable, *, format: str | None = None) -> Ledger:  # noqa: A002 - the word that people expect
    """Read a ledger from a file.

    Args:
        source: A path, or a file opened for text or bytes.
        format: One of `names`; needed only where the name of the file does not end as files of a format do.

    Returns:
        The ledger.

    Raises:
        LedgerFileError: If the file holds no readable ledger: every problem at once, and nothing loaded.
        UnknownNameError: If no format has the name, or none is given and the name of the file says none.

    Examples:
        >>> import io, casualties as cs
        >>> len(cs.read(io.StringIO("casualties: 1"), format="yaml"))
        0
    """
    return _format_of(source, format).read(source)


def write(ledger: Ledger, target: Writable, *, format: str | None = None) -> tuple[LeftOut, ...]:  # noqa: A002
    """Write a ledger to a file: whole, or not at all.

    Equal ledgers write equal bytes.  A file that is there is replaced in one step, and stays as it was if that fails.

    Args:
        ledger: What to write.
        target: A path, or a file opened for text or bytes.
        format: One of `names`; needed only where the name of the file does not end as files of a format do.

    Returns:
        What the format could not carry; empty where it carries everything.

    Raises:
        LedgerFileError: If the file cannot be written.
        UnknownNameError: If no format has the name, or none is given and the name of the file says none.

    Examples:
        >>> import io, casualties as cs
        >>> cs.write(cs.seeds.load("nagorno-karabakh-2020-09-30"), io.StringIO(), format="json")
        ()
    """
    return _format_of(target, format).write(ledger, target)


def _format_of(given: Readable | Writable, name: str | None) -> Format:
    known = _formats()
    listed = ", ".join(sorted(known))
    if name is not None:
        if name not in known:
            raise UnknownNameError(f"format {name!r}: there is none of this name", "unknown-format", f"one of {listed}")
        return known[name]
    suffix = PurePath(name_of(given)).suffix.lower()
    for form in known.values():
        if suffix in form.suffixes:
            return form
    raise UnknownNameError(
        f"file {name_of(given)!r}: its name does not say its format", "unknown-format", f"give format=, one of {listed}"
    )
