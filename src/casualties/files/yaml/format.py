"""The file that people write by hand: YAML in its notation, with a meaning of its own.

Every text is read as it stands: counts, dates and words are read by this library, never by YAML.  On writing, a text
that another YAML reader would take for something else (``no``, ``012``, ``1:30``) is put in quotes; counts and dates
stand plain.

| part | kept |
|---|---|
| claims, with citations, assessments and links | yes |
| reports, relays, sources, declared words, totals, titles, apart | yes |
| ids, names of groups, reports and relays, defaults | made anew from content when written |
| comments, order of entries | no |
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from casualties.files.disk import Readable, Writable, name_of, read_text, write_text
from casualties.files.loss import EXACTLY, Format, LeftOut
from casualties.files.yaml._layout import layout
from casualties.files.yaml._read import read_yaml
from casualties.files.yaml._write import compose_sections

if TYPE_CHECKING:
    from casualties.model.claim import Claim
    from casualties.model.ledger import Ledger

__all__ = ["FORMAT", "dumps", "loads", "read", "read_entry", "sections_of", "write"]


def dumps(ledger: Ledger) -> str:
    """Give the text of a file that reads back as the ledger.

    Examples:
        >>> import casualties as cs
        >>> print(dumps(cs.Ledger(titles=["An empty ledger"])), end="")
        casualties: 1
        title: An empty ledger
    """
    return layout(compose_sections(ledger))


def loads(text: str, name: str = "<text>") -> Ledger:
    r"""Read a ledger from text.

    Raises:
        LedgerFileError: With every problem of the text, each with its line and column.

    Examples:
        >>> loads("casualties: 1\ntitle: An empty ledger").titles
        ('An empty ledger',)
    """
    return read_yaml(text, name)


def sections_of(ledger: Ledger) -> dict[str, Any]:
    """Give the sections of a file as plain values, to be read back with an entry more.

    Examples:
        >>> import casualties as cs
        >>> list(sections_of(cs.Ledger(titles=["An empty ledger"])))
        ['casualties', 'title']
    """
    return compose_sections(ledger)


def read_entry(sections: Mapping[str, Any], entry: Mapping[str, Any], known: Mapping[str, Claim]) -> Ledger:
    """Read one entry beside the sections of a file; it may name claims that are known, by identity.

    Raises:
        LedgerFileError: With every problem of the entry.

    Examples:
        >>> import casualties as cs
        >>> sections = {**sections_of(cs.Ledger()), "sources": {"mod": {}}}
        >>> ledger = read_entry(sections, {"source": "mod", "killed": "11"}, {})
        >>> [str(claim.figure) for claim in ledger]
        ['11']
    """
    return read_yaml(layout({**sections, "claims": [dict(entry)]}), "<entry>", known)


def read(source: Readable) -> Ledger:
    """Read a ledger.

    Raises:
        LedgerFileError: With every problem of the file, each with its line and column.

    Examples:
        >>> import io
        >>> len(read(io.StringIO("casualties: 1")))
        0
    """
    return read_yaml(read_text(source), name_of(source))


def write(ledger: Ledger, target: Writable) -> tuple[LeftOut, ...]:
    """Write a ledger; the format carries all of it, so nothing is left out.

    Raises:
        LedgerFileError: If the file cannot be written; it then is as it was.

    Examples:
        >>> import io, casualties as cs
        >>> write(cs.Ledger(), io.StringIO())
        ()
    """
    write_text(target, dumps(ledger))
    return ()


FORMAT: Final = Format("yaml", (".yaml", ".yml"), read, write, EXACTLY)
