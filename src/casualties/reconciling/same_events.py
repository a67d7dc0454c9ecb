"""Which events are compared as one: what all identifications of a ledger say together."""

# pyright: reportArgumentType=false, reportUnhashable=false

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any, Final

from casualties.model.identification import Identification
from casualties.model.vocabulary import Term, TermKind, Vocabulary, declared_circle

__all__ = ["LeftApart", "SameEvents"]

_EVENT: Final = TermKind.EVENT.value

_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LeftApart:
    """Identifications that cannot all hold; the events that they would join are left apart.

    Attributes:
        events: The events that are left apart.
        identifications: Those that contradict one another, or what the ledger declares of its events.

    Examples:
        >>> from casualties.model.vocabulary import Vocabulary
        >>> said = [Identification(relation=each, events=["a", "b"], says="desk") for each in ("same", "different")]
        >>> [found.events for found in SameEvents(said, Vocabulary()).left_apart]
        [('a', 'b')]
    """

    events: tuple[str, ...]
    identifications: tuple[Identification, ...]


class SameEvents:
    """The events that identifications join, and those that they leave apart.

    Of one person on two events the latest dated word counts.  Two events are one where somebody says so and nobody
    says that they are different, that one is part of the other, or, in the ledger, that one lies inside the other or
    shares nobody with it.  What would make one event of two that are said to be different, by way of others, joins
    none of them.  No identification changes a claim.

    Args:
        identifications: What is said of events.
        words: What the ledger declares.

    Attributes:
        joined: The groups of events that are compared as one, each sorted.
        left_apart: The events that contradicting identifications leave apart.
        words: What the ledger declares, with each group under the name of its first event.

    Examples:
        >>> from casualties.model.vocabulary import Vocabulary
        >>> said = Identification(relation="same", events=["sheet-17", "ged-1234"], says="reviewer")
        >>> SameEvents([said], Vocabulary()).joined
        (('ged-1234', 'sheet-17'),)
    """

    def __init__(self, identifications: Iterable[Identification], words: Vocabulary) -> None:
        self._all = tuple(identifications)
        self.joined: tuple[tuple[str, ...], ...] = ()
        self.left_apart: tuple[LeftApart, ...] = ()
        self.words: Vocabulary = words
        self._said: dict[str, list[Identification]] = {}
        self._group_of: dict[str, tuple[str, ...]] = {}
        if not self._all:
            return
        self._declared = _events_of(words)
        standing = _standing(self._all)
        denied = {pair: found for pair, said in standing.items() if (found := [e for e in said if not e.is_same])}
        same = {pair: found for pair, said in standing.items() if (found := [e for e in said if e.is_same])}
        wrong: dict[tuple[str, ...], set[Identification]] = {}
        for pair in [pair for pair in same if pair in denied or self._declares(*pair)]:
            wrong[pair] = {*same.pop(pair), *denied.get(pair, ())}
        every = _groups(same)
        place = {event: number for number, group in enumerate(every) for event in group}
        within: list[list[_Pair]] = [[] for _ in every]
        for pair in denied:
            if pair[0] in place and place[pair[0]] == place.get(pair[1]):
                within[place[pair[0]]].append(pair)
        groups = []
        for group, against in zip(every, within, strict=True):
            if against or any(self._declares(*pair) for pair in combinations(group, 2)):
                members = set(group)
                wrong[group] = {
                    identification for pair in same if members.issuperset(pair) for identification in same[pair]
                }
                wrong[group] |= {identification for pair in against for identification in denied[pair]}
            else:
                groups.append(group)
        parts = {
            (pair[1] if pair[0] == identification.whole else pair[0], identification.whole)
            for pair, said in denied.items()
            for identification in said
            if identification.whole is not None
        }
        groups, parts = self._without_circles(groups, parts, wrong)
        self.joined = tuple(sorted(groups))
        self.left_apart = tuple(
            LeftApart(events, tuple(sorted(said, key=lambda identification: identification.sort_key)))
            for events, said in sorted(wrong.items())
        )
        self.words = self._with(self.joined, parts, words)
        self._group_of = {event: group for group in self.joined for event in group}
        for pair, said in same.items():
            if pair[0] in self._group_of:
                self._said.setdefault(self.group(pair[0])[0], []).extend(said)
        for part, whole in parts:
            first = self.group(part)[0]
            self._said.setdefault(first, []).extend(
                identification for identification in denied[_pair(part, whole)] if identification.whole == whole
            )

    def about(self, event: str | None) -> tuple[Identification, ...]:
        """Give what was said that joins an event to others, or puts it inside another.

        Args:
            event: The name under which a group is compared, or a single event.

        Examples:
            >>> from casualties.model.vocabulary import Vocabulary
            >>> said = Identification(relation="same", events=["a", "b"], says="reviewer")
            >>> [each.says for each in SameEvents([said], Vocabulary()).about("a")]
            ['reviewer']
        """
        by_id = {identification.id: identification for identification in self._said.get(event or "", ())}
        return tuple(sorted(by_id.values(), key=lambda identification: identification.sort_key))

    def group(self, event: str) -> tuple[str, ...]:
        """Give the events that are compared as one with an event, sorted; one that is joined to none is alone.

        Examples:
            >>> from casualties.model.vocabulary import Vocabulary
            >>> SameEvents((), Vocabulary()).group("a")
            ('a',)
        """
        return self._group_of.get(event, (event,))

    def as_different(self, words: Vocabulary) -> SameEvents:
        """Give these events as if those that are joined were different, and shared nobody.

        Args:
            words: What the ledger declares.

        Examples:
            >>> from casualties.model.vocabulary import Vocabulary
            >>> said = Identification(relation="same", events=["a", "b"], says="reviewer")
            >>> SameEvents([said], Vocabulary()).as_different(Vocabulary()).words.apart("event", "a", "b")
            True
        """
        apart = [
            Term(kind=TermKind.EVENT, key=event, apart=tuple(member for member in group if member != event))
            for group in self.joined
            for event in group
        ]
        return SameEvents((), Vocabulary([*words, *apart], siblings=words.siblings))

    def _declares(self, one: str, other: str) -> bool:
        """Tell whether the ledger declares that one event lies inside another, or expressly that they share nobody."""
        words = self._declared
        return len(words) > 0 and (
            words.inside(_EVENT, one, other) or words.inside(_EVENT, other, one) or words.apart(_EVENT, one, other)
        )

    def _without_circles(
        self,
        groups: list[tuple[str, ...]],
        parts: set[_Pair],
        wrong: dict[tuple[str, ...], set[Identification]],
    ) -> tuple[list[tuple[str, ...]], set[_Pair]]:
        """Take out what would put an event inside itself, once others are compared as one."""
        while True:
            first = {event: group[0] for group in groups for event in group}
            above: dict[str, set[str]] = {}
            declared = [(term.key, parent) for term in self._declared for parent in term.under]
            for part, whole in [*declared, *parts]:
                above.setdefault(first.get(part, part), set()).add(first.get(whole, whole))
            circle = set(declared_circle(above, partial(_of, above)))
            if not circle:
                return groups, parts
            on = [group for group in groups if group[0] in circle]
            within = {
                (part, whole)
                for part, whole in parts
                if first.get(part, part) in circle and first.get(whole, whole) in circle
            }
            events = {event for pair in within for event in pair} | {event for group in on for event in group}
            identifications = {
                identification
                for identification in self._all
                if any(events.issuperset(pair) for pair in identification.pairs)
            }
            wrong.setdefault(tuple(sorted(events)), set()).update(identifications)
            groups = [group for group in groups if group not in on]
            parts -= within

    def _with(self, groups: Collection[tuple[str, ...]], parts: set[_Pair], words: Vocabulary) -> Vocabulary:
        """Give what is declared, with each group of events under one name and parts inside their wholes."""
        if not (groups or parts):
            return words
        first: Mapping[str, str] = {event: group[0] for group in groups for event in group}
        declared: dict[str, list[Term]] = {group[0]: [] for group in groups}
        for term in words:
            if term.kind is TermKind.EVENT:
                declared.setdefault(first.get(term.key, term.key), []).append(term)
        inside: dict[str, set[str]] = {}
        for part, whole in parts:
            inside.setdefault(first.get(part, part), set()).add(first.get(whole, whole))
            declared.setdefault(first.get(part, part), [])
        joined = set(first.values())
        terms = [term for term in words if term.kind is not TermKind.EVENT]
        for key, declarations in declared.items():
            others: dict[str, Any] = {
                name: {first.get(under, under) for term in declarations for under in getattr(term, name)} - {key}
                for name in ("under", "apart")
            }
            others["under"] |= inside.get(key, set())
            terms.append(
                Term(
                    kind=TermKind.EVENT,
                    key=key,
                    names=[name for term in declarations for name in term.names],
                    incident=key in joined or any(term.incident for term in declarations),
                    siblings_apart=any(term.siblings_apart for term in declarations),
                    counted_until=max(
                        (term.counted_until for term in declarations if term.counted_until),
                        key=lambda day: day.sort_key,
                        default=None,
                    ),
                    **{name: tuple(linked) for name, linked in others.items()},
                )
            )
        return Vocabulary(terms, siblings=words.siblings)


def _of(above: Mapping[str, set[str]], event: str) -> Iterable[str]:
    return above.get(event, ())


def _pair(one: str, other: str) -> _Pair:
    return (one, other) if one < other else (other, one)


def _events_of(words: Vocabulary) -> Vocabulary:
    """Give what is expressly declared of single events."""
    return Vocabulary(
        Term(kind=term.kind, key=term.key, under=term.under, apart=term.apart)
        for term in words
        if term.kind is TermKind.EVENT
    )


def _standing(identifications: Iterable[Identification]) -> dict[_Pair, list[Identification]]:
    """Give what is said of every two events; of one person only what no later word of theirs replaces."""
    by_pair: dict[_Pair, list[Identification]] = {}
    for identification in identifications:
        for one, other in identification.pairs:
            by_pair.setdefault(_pair(one, other), []).append(identification)
    return {
        pair: [identification for identification in said if not _replaced(identification, said)]
        for pair, said in sorted(by_pair.items())
    }


def _replaced(identification: Identification, said: Iterable[Identification]) -> bool:
    day = identification.stated
    if day is None:
        return False
    return any(
        other.says == identification.says and other.stated is not None and day.surely_before(other.stated)
        for other in said
    )


def _groups(pairs: Iterable[_Pair]) -> list[tuple[str, ...]]:
    """Give the groups that pairs join."""
    root: dict[str, str] = {}

    def find(event: str) -> str:
        while (above := root.setdefault(event, event)) != event:
            root[event] = root[above]
            event = above
        return event

    for one, other in pairs:
        low, high = sorted((find(one), find(other)))
        root[high] = low
    groups: dict[str, list[str]] = {}
    for event in sorted(root):
        groups.setdefault(find(event), []).append(event)
    return sorted(tuple(group) for group in groups.values())
