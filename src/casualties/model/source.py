"""Who makes a statement: sources, their kinds, and the tree in which they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Annotated

from casualties.errors import LedgerError, ModelError
from casualties.model.record import Key, Keys, Record, Texts, sorted_set
from casualties.model.vocabulary import declared_circle

__all__ = ["Source", "SourceKind", "Sources"]


class SourceKind(StrEnum):
    """What a source is."""

    BELLIGERENT = "belligerent"
    """A party to the conflict: an army, an armed group, its ministry of defence. Example: the Artsakh Ministry of
    Defence.
    """
    GOVERNMENT = "government"
    """A government that speaks as such, of the parties or another. Example: the Foreign Ministry of France."""
    INTERGOVERNMENTAL = "intergovernmental"
    """An organisation of states. Example: OHCHR, the UN office for human rights."""
    NGO = "ngo"
    """An organisation of no state that works for rights or relief. Example: Human Rights Watch."""
    MONITOR = "monitor"
    """Somebody who watches one conflict and counts. Example: the Syrian Observatory for Human Rights."""
    MEDICAL = "medical"
    """A hospital, a morgue or a health service. Example: Al-Ahli hospital."""
    MEDIA = "media"
    """A newspaper, a broadcaster or an agency that speaks on its own word. Example: a count by BBC."""
    JOURNALIST = "journalist"
    """A journalist by name. Example: Hussein Akoush."""
    WITNESS = "witness"
    """Somebody who was there. Example: a resident of the village."""
    ACADEMIC = "academic"
    """Scholars and their institutes. Example: a study in The Lancet."""
    COMPILER = "compiler"
    """Somebody who gathers what others said. Example: a tracker that copies a ministry's daily figures."""
    UNATTRIBUTED = "unattributed"
    """Nobody is named. Example: "reports say"."""


class Source(Record):
    """A reporting party: who makes a statement, as told apart from who passes it on.

    Attributes:
        key: The name by which claims use it.
        names: How it is written; empty where the key says it.
        aliases: Other spellings of the same source.
        kinds: What it is; several where ledgers that were merged differ; empty where nobody said.
        side: The side that it speaks for; ``None`` where it has none or the source above it says so.
        under: The source that it is an organ of, such as a government; ``None`` where it stands alone.
        repeats: Sources on whose word all its claims rest.

    Raises:
        ModelError: If it is said to repeat itself.

    Examples:
        >>> from casualties.model.source import Source
        >>> ministry = Source(key="artsakh-mod", names=["Artsakh Ministry of Defence"], kinds=["belligerent"])
        >>> ministry.name
        'Artsakh Ministry of Defence'
    """

    key: Key
    names: Texts = ()
    aliases: Texts = ()
    kinds: Annotated[tuple[SourceKind, ...], sorted_set()] = ()
    side: Key | None = None
    under: Key | None = None
    repeats: Keys = ()

    def model_post_init(self, _context: object, /) -> None:
        """Check that it does not rest on its own word."""
        if self.key in self.repeats:
            raise ModelError(f"source {self.key!r}: it repeats itself", "circle", "name another source, or none")

    @property
    def name(self) -> str:
        """The name to show: the first of its names, or the key.

        Examples:
            >>> Source(key="akoush").name
            'akoush'
        """
        return self.names[0] if self.names else self.key

    def merged(self, other: Source) -> Source:
        """Join what two ledgers say of one source.

        Raises:
            LedgerError: If they give it two sides or two parents.

        Examples:
            >>> Source(key="sohr", side=None).merged(Source(key="sohr", kinds=["monitor"])).kinds
            (<SourceKind.MONITOR: 'monitor'>,)
        """
        if self == other:
            return self
        for facet in ("side", "under"):
            here, there = getattr(self, facet), getattr(other, facet)
            if here and there and here != there:
                raise LedgerError(
                    f"source {self.key!r}: {facet} is both {min(here, there)!r} and {max(here, there)!r}",
                    "two-values",
                    "rename one of the two sources, or make the files agree; nothing was merged",
                )
        return Source(
            key=self.key,
            side=self.side or other.side,
            under=self.under or other.under,
            **{
                name: (*getattr(self, name), *getattr(other, name)) for name in ("names", "aliases", "kinds", "repeats")
            },
        )


class Sources(Mapping[str, Source]):
    """All sources of a ledger, by key, and what follows from the tree in which they stand.

    Args:
        sources: The sources; several records of one key are joined.

    Raises:
        LedgerError: If sources stand under one another in a circle, or one has two sides or two parents.

    Examples:
        >>> from casualties.model.source import Source, Sources
        >>> all_of_them = Sources([Source(key="mod", under="state"), Source(key="state", side="armenian")])
        >>> all_of_them.root("mod"), all_of_them.side("mod")
        ('state', 'armenian')
    """

    __slots__ = ("_by_key", "_folded", "_roots", "_sides")

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        joined: dict[str, Source] = {}
        for source in sources:
            joined[source.key] = joined[source.key].merged(source) if source.key in joined else source
        for source in list(joined.values()):
            for key in (*source.repeats, *((source.under,) if source.under else ())):
                joined.setdefault(key, Source(key=key))
        self._by_key = dict(sorted(joined.items()))
        circle = declared_circle(self._by_key, self._parents)
        if circle:
            raise LedgerError(
                f"source {' under '.join(map(repr, circle))}: a circle",
                "circle",
                "take one of these relations out; nothing stands under itself",
            )
        self._folded: dict[str, frozenset[str]] = {}
        self._roots: dict[str, str] = {}
        self._sides: dict[str, str | None] = {}

    def _parents(self, key: str) -> tuple[str, ...]:
        under = self._by_key[key].under
        return (under,) if under else ()

    def line(self, key: str) -> tuple[str, ...]:
        """Give the source and those that it stands under, up to the root.

        Examples:
            >>> Sources([Source(key="mod", under="state")]).line("mod")
            ('mod', 'state')
        """
        keys = [key]
        while (source := self._by_key.get(keys[-1])) and source.under:
            keys.append(source.under)
        return tuple(keys)

    def root(self, key: str) -> str:
        """Give the source at the top of the tree in which this one stands; itself where it stands alone.

        Examples:
            >>> Sources().root("akoush")
            'akoush'
        """
        if key not in self._roots:
            self._roots[key] = self.line(key)[-1]
        return self._roots[key]

    def side(self, key: str) -> str | None:
        """Give the side that a source speaks for, its own or the nearest above it; ``None`` for none."""
        if key not in self._sides:
            stated = (
                source.side for ancestor in self.line(key) if (source := self._by_key.get(ancestor)) and source.side
            )
            self._sides[key] = next(stated, None)
        return self._sides[key]

    def folded_names(self, key: str) -> frozenset[str]:
        """Give the key and all names of a source, case aside, to find it among publishers.

        Examples:
            >>> sorted(Sources([Source(key="mod", names=["The Ministry"])]).folded_names("mod"))
            ['mod', 'the ministry']
        """
        if key not in self._folded:
            source = self._by_key.get(key)
            names = (key, *source.names, *source.aliases) if source else (key,)
            self._folded[key] = frozenset(name.casefold() for name in names)
        return self._folded[key]

    def repeats(self, key: str) -> tuple[str, ...]:
        """Give the sources on whose word all claims of a source rest; empty where it speaks for itself.

        Examples:
            >>> Sources([Source(key="digest", repeats=["ministry"])]).repeats("digest")
            ('ministry',)
        """
        source = self._by_key.get(key)
        return source.repeats if source else ()

    def unattributed(self, key: str) -> bool:
        """Tell whether a source stands for reports of which nobody says who made them."""
        source = self._by_key.get(key)
        return source is not None and SourceKind.UNATTRIBUTED in source.kinds

    def __or__(self, other: Sources) -> Sources:
        if not isinstance(other, Sources):
            return NotImplemented
        return self if self == other else Sources((*self.values(), *other.values()))

    def __getitem__(self, key: str) -> Source:
        return self._by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self._by_key)

    def __eq__(self, other: object) -> bool:
        return self._by_key == other._by_key if isinstance(other, Sources) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self._by_key.values()))

    def __repr__(self) -> str:
        return f"Sources({list(self.values())!r})"

    def __reduce__(self) -> tuple[type[Sources], tuple[list[Source]]]:
        return (Sources, (list(self.values()),))
