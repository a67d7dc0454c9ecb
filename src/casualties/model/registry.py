"""Names of sources as people write them: aliases, joint statements, and likely spellings that a person accepts.

Two names are the same source where a registry says so, and never because they look alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casualties.errors import CasualtiesError, LedgerError, MissingExtraError, UnknownNameError
from casualties.model.record import clean_key
from casualties.model.source import Source, Sources

__all__ = ["LikelySpelling", "Registry"]

STRONG: Final = (";", "|")
"""What always parts the parties of a joint statement."""

_WEAK: Final = re.compile(r"\s*(?:,|/|&|\+|\band\b)\s*", re.IGNORECASE)
"""What parts them only where every part is a known name: "Kyiv, Ukraine" is no joint statement."""


@dataclass(frozen=True, slots=True)
class LikelySpelling:
    """A name that looks like one in the registry; nothing follows from it until a person accepts it.

    Attributes:
        name: The name as it was found.
        source: The key of the source that may be meant.
        spelling: The name or alias of that source which looks most alike.
        likeness: How alike, from 0 to 100, by rapidfuzz's weighted ratio.

    Examples:
        >>> from casualties.model.registry import LikelySpelling
        >>> LikelySpelling("Syrian Observatory for HR", "sohr", "Syrian Observatory for Human Rights", 86).source
        'sohr'
    """

    name: str
    source: str
    spelling: str
    likeness: int


class Registry:
    """The sources that are known by name, with every spelling that somebody accepted for them.

    Names are compared without regard to case, to spaces and to the width of letters; nothing else is overlooked.

    Args:
        sources: The sources, such as ``ledger.sources.values()``.

    Raises:
        LedgerError: If one name stands for two sources.

    Examples:
        >>> from casualties.model.registry import Registry
        >>> from casualties.model.source import Source
        >>> registry = Registry([Source(key="sohr", names=["Syrian Observatory for Human Rights"], aliases=["SOHR"])])
        >>> registry.find("syrian observatory for human  rights").key
        'sohr'
        >>> registry.find("Syrian Observatory for HR") is None
        True
    """

    __slots__ = ("_by_name", "sources")

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        self.sources: Sources = Sources(sources)
        self._by_name: dict[str, str] = {}
        for source in self.sources.values():
            for name in (source.key, *source.names, *source.aliases):
                other = self._by_name.setdefault(_folded(name), source.key)
                if other != source.key:
                    raise LedgerError(
                        f"name {name!r}: it stands for both {other!r} and {source.key!r}",
                        "two-values",
                        "take it out of the aliases of one of them",
                    )

    def find(self, name: str) -> Source | None:
        """Give the source that goes by a name; ``None`` where none does.

        Examples:
            >>> from casualties.model.source import Source
            >>> Registry([Source(key="vdc")]).find("VDC").key
            'vdc'
        """
        key = self._by_name.get(_folded(name))
        return None if key is None else self.sources[key]

    def parties(self, text: str, *, separators: Iterable[str] = STRONG) -> tuple[Source, ...]:
        """Split a joint statement into its parties, each once, in the order of their keys.

        A name of the registry is never split.
        A semicolon or a bar parts, if not in parentheses.
        A comma, a slash or "and" parts only where every part is in the registry.
        A party that is not in the registry is a source of its own, with its name as the key.

        Args:
            text: The name or names as written.
            separators: What parts names, outside parentheses.

        Raises:
            ModelError: If a name is too long, or holds control characters.
            CasualtiesError: If there is no name.

        Examples:
            >>> from casualties.model.source import Source
            >>> registry = Registry([Source(key="sohr", aliases=["SOHR"]), Source(key="vdc")])
            >>> [party.key for party in registry.parties("VDC; SOHR")]
            ['sohr', 'vdc']
            >>> [party.key for party in registry.parties("Kyiv, Ukraine")]
            ['Kyiv, Ukraine']
        """
        by_key: dict[str, Source] = {}
        between = "|".join(map(re.escape, separators))
        names = [text] if self.find(text) or not between else re.split(rf"(?:{between})(?![^()]*\))", text)
        for name in names:
            whole = self.find(name)
            parts = [] if whole else [self.find(part) for part in _WEAK.split(name)]
            known = [whole] if whole else [part for part in parts if part]
            if not whole and len(known) < len(parts):
                known = [Source(key=clean_key(name))] if name.strip() else []
            by_key.update((source.key, source) for source in known)
        if not by_key:
            raise CasualtiesError(f"source {text[:60]!r}: it names nobody", "no-source", "name the source")
        return tuple(by_key[key] for key in sorted(by_key))

    def propose(self, names: Iterable[str], *, least: int = 85) -> tuple[LikelySpelling, ...]:
        """List what unknown names may mean, the likeliest first for each name.

        Args:
            names: Names as found, such as ``reading.new_names``; those that are known are passed over.
            least: The least likeness, from 0 to 100.

        Raises:
            MissingExtraError: If rapidfuzz is not installed.

        Examples:
            >>> from casualties.model.source import Source
            >>> registry = Registry([Source(key="sohr", names=["Syrian Observatory for Human Rights"])])
            >>> [proposal.source for proposal in registry.propose(["Syrian Observatory of Human Rights", "BBC"])]
            ['sohr']
        """
        try:
            from rapidfuzz import fuzz  # noqa: PLC0415 - an extra, loaded only when proposals are asked for
        except ImportError as error:
            raise MissingExtraError("Registry.propose", "rapidfuzz", "names") from error
        spellings: list[LikelySpelling] = []
        for name in sorted(set(names)):
            if self.find(name):
                continue
            best: dict[str, LikelySpelling] = {}
            for spelling, key in sorted(self._by_name.items()):
                likeness = int(fuzz.WRatio(_folded(name), spelling))
                if likeness >= least and (key not in best or best[key].likeness < likeness):
                    best[key] = LikelySpelling(name, key, spelling, likeness)
            spellings += sorted(best.values(), key=lambda spelling: (-spelling.likeness, spelling.source))
        return tuple(spellings)

    def accepting(self, *proposals: LikelySpelling) -> Registry:
        """Make a registry in which the given proposals are aliases.

        Raises:
            UnknownNameError: If a proposal names a source that is not in the registry.
            LedgerError: If a name would stand for two sources.

        Examples:
            >>> from casualties.model.source import Source
            >>> registry = Registry([Source(key="sohr")]).accepting(LikelySpelling("S.O.H.R.", "sohr", "sohr", 90))
            >>> registry.find("s.o.h.r.").key
            'sohr'
        """
        for proposal in proposals:
            if proposal.source not in self.sources:
                raise UnknownNameError(
                    f"source {proposal.source!r}: the registry has none of this name",
                    "unknown-source",
                    "accept proposals of this registry",
                )
        return Registry(
            [*self.sources.values(), *(Source(key=spelling.source, aliases=(spelling.name,)) for spelling in proposals)]
        )

    def __or__(self, other: Registry) -> Registry:
        return Registry([*self.sources.values(), *other.sources.values()])

    def __len__(self) -> int:
        return len(self.sources)

    def __repr__(self) -> str:
        return f"<Registry: {len(self.sources)} sources under {len(self._by_name)} names>"


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
