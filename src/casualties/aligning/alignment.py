"""Which rows of several lists may be one event: proposals that people answer, and nothing merged or dropped."""

# pyright: reportArgumentType=false

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from importlib import import_module
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from casualties._text import table_of
from casualties.aligning._grouping import grouped
from casualties.aligning.proposal import Agreement, AlignedTotals, ProposedMatch
from casualties.errors import CasualtiesError, MissingExtraError, UnknownNameError
from casualties.files.mapped.events import Event, EventList
from casualties.model.figure import Figure
from casualties.model.identification import Identification, Relation
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.reconciling.same_events import SameEvents

if TYPE_CHECKING:
    from casualties.aligning._matching import TwoLists

__all__ = ["METHOD", "PLAUSIBLE", "SURE", "VERSION", "Alignment", "align"]

METHOD: Final = "casualties.align"
VERSION: Final = "1"
"""The version of the method; another may give other probabilities."""

SURE: Final = 0.95
PLAUSIBLE: Final = 0.05

_Pair = tuple[str, str]

_SHOWN: Final = 10
"""How many proposals a notebook shows."""


class Alignment:
    """Proposals of which rows of several lists are one event, and what people said of them.  It never changes.

    Every answer gives a new alignment.  The lists and their claims stay as they are: what comes of it is
    identifications, which a ledger takes beside its claims.

    Attributes:
        lists: The lists, by name.
        identifications: What was known before, and what was said since.

    Examples:
        >>> import casualties as cs
        >>> from casualties.files.mapped import Event
        >>> day = cs.PartialDate.parse("2020-08-18")
        >>> a = cs.tables.EventList("a", [Event("a-1", day, day, 40.37, 47.13, ("Barda",), ("army",))])
        >>> b = cs.tables.EventList("b", [Event("b-7", day, day, 40.38, 47.12, ("Berda",), ("the army",))])
        >>> aligned = cs.align(a, b)
        >>> said = aligned.same("a-1", "b-7", by="reviewer", on="2026-11-28")
        >>> print(said.identifications[0])
        a-1 and b-7 are the same, says reviewer
    """

    def __init__(
        self,
        lists: tuple[EventList, ...],
        pairs_of_lists: tuple[TwoLists, ...],
        identifications: Iterable[Identification] = (),
    ) -> None:
        self.lists: tuple[EventList, ...] = lists
        self._found = pairs_of_lists
        said = {identification.id: identification for identification in identifications}
        self.identifications: tuple[Identification, ...] = tuple(
            sorted(said.values(), key=lambda identification: identification.sort_key)
        )

    @cached_property
    def _answers(self) -> tuple[frozenset[_Pair], frozenset[_Pair]]:
        """Give the pairs that are said to be one event, and those that are said to be two or part and whole."""
        joined = SameEvents(self.identifications, Ledger().words).joined
        same = frozenset(pair for group in joined for pair in combinations(group, 2))
        apart = {
            (min(pair), max(pair))
            for identification in self.identifications
            if not identification.is_same
            for pair in identification.pairs
        }
        return same, frozenset(apart - same)

    @cached_property
    def _probabilities(self) -> tuple[Any, ...]:
        return tuple(pair_of_lists.probability(*self._answers) for pair_of_lists in self._found)

    @cached_property
    def proposals(self) -> tuple[ProposedMatch, ...]:
        """What may be one event with a probability of 0.05 or more, the most probable first, less what is answered."""
        return tuple(
            sorted(
                self._proposed(PLAUSIBLE),
                key=lambda match: (-match.probability, match.events),
            )
        )

    def _proposed(self, least: float) -> Iterable[ProposedMatch]:
        answered = {pair for pairs in self._answers for one, other in pairs for pair in ((one, other), (other, one))}
        for two, probability in zip(self._found, self._probabilities, strict=True):
            likely = two.likely(probability, least)
            rivals: dict[str, list[str]] = {}
            for place, _ in likely:
                one, other = two.pairs[place]
                rivals.setdefault(one, []).append(other)
                rivals.setdefault(other, []).append(one)
            for place, how_likely in likely:
                one, other = two.pairs[place]
                if (one, other) not in answered:
                    yield ProposedMatch(
                        self._events[one],
                        self._events[other],
                        two.names,
                        how_likely,
                        tuple(Agreement(*agreement) for agreement in two.agreements(place)),
                        tuple(sorted({*rivals[one], *rivals[other]} - {one, other})),
                    )

    @cached_property
    def _events(self) -> dict[str, Event]:
        return {event.key: event for events in self.lists for event in events}

    def ask(self, most: int = 25) -> tuple[ProposedMatch, ...]:
        """Give the questions whose answers move the totals most: unsure ones about many people come first.

        Args:
            most: How many.

        Examples:
            >>> import casualties as cs
            >>> cs.align(cs.tables.EventList("a"), cs.tables.EventList("b")).ask(25)
            ()
        """

        def moves(match: ProposedMatch) -> float:
            unsure = min(match.probability, 1 - match.probability)
            return unsure * (1 + (_number(match.one.figure) + _number(match.other.figure)) / 2)

        return tuple(sorted(self.proposals, key=lambda match: (-moves(match), match.events))[:most])

    # What people say

    def same(self, one: str, other: str, /, *more: str, by: str, **told: Any) -> Alignment:  # noqa: ANN401 - checked by the record
        """Say that events are the same.

        Args:
            one: The key of an event.
            other: The key of another.
            more: The keys of further ones.
            by: Who says so.
            told: ``because`` and ``on``, the day: today where it is left out.

        Raises:
            UnknownNameError: If no list has an event of a key.
            CasualtiesError: If two of the events are of one list.
        """
        keys = (one, other, *more)
        for events in self.lists:
            if len(twice := [key for key in keys if key in events]) > 1:
                raise CasualtiesError(
                    f"{twice[0]!r} and {twice[1]!r}: both are rows of {events.name!r}, of which each is an event",
                    "one-list",
                    "where one list counts one event twice, say so in a ledger of its own",
                )
        return self._said(Relation.SAME, keys, by, **told)

    def different(self, one: str, other: str, /, *more: str, by: str, **told: Any) -> Alignment:  # noqa: ANN401 - checked by the record
        """Say that events are different; they are kept so, and not proposed again.

        Raises:
            UnknownNameError: If no list has an event of a key.
        """
        return self._said(Relation.DIFFERENT, (one, other, *more), by, **told)

    def part_of(self, part: str, whole: str, /, *, by: str, **told: Any) -> Alignment:  # noqa: ANN401 - checked by the record
        """Say that an event is part of another, as where a list has one row for two events; this is never proposed.

        Raises:
            UnknownNameError: If no list has an event of a key.
        """
        return self._said(Relation.PART_OF, (part,), by, whole=whole, **told)

    def _said(
        self,
        relation: Relation,
        keys: tuple[str, ...],
        by: str,
        *,
        whole: str | None = None,
        because: str | None = None,
        on: date | str | None = None,
    ) -> Alignment:
        for key in (*keys, *([] if whole is None else [whole])):
            if key not in self._events:
                raise UnknownNameError(
                    f"event {key!r}: no list has one of this key",
                    "unknown-event",
                    f"the lists are {', '.join(events.name for events in self.lists)}",
                )
        identification = Identification(
            relation=relation, events=keys, whole=whole, says=by, because=because, stated=_day(on)
        )
        return self.with_said([identification])

    def with_said(self, identifications: Iterable[Identification]) -> Alignment:
        """Add what was said elsewhere, such as in a ledger.

        Examples:
            >>> import casualties as cs
            >>> aligned = cs.align(cs.tables.EventList("a"), cs.tables.EventList("b"))
            >>> said = cs.Identification(relation="different", events=["x", "y"], says="reviewer")
            >>> len(aligned.with_said([said]).identifications)
            1
        """
        return Alignment(self.lists, self._found, (*self.identifications, *identifications))

    def accept(self, *, p: float, by: str, on: date | str | None = None) -> Alignment:
        """Say of all proposals of a probability or more that they are the same; no probability is taken by default.

        Each event is joined to at most one of each other list, and no group holds two rows of one list, or two that
        somebody called different.

        Args:
            p: The least probability.
            by: Who accepts them.
            on: The day; today where it is left out.

        Raises:
            CasualtiesError: If the probability is not above 0 and at most 1.
        """
        if not 0 < p <= 1:
            raise CasualtiesError(f"p {p}: no probability above 0", "no-probability", "give one such as 0.95")
        keys = list(self._events)
        groups, joining = self._groups(p)
        probability: dict[int, float] = {}
        for likely, one, other in joining:
            for event in (one, other):
                probability[event] = min(likely, probability.get(event, 1.0))
        same, _ = self._answers
        identifications = []
        for group in groups:
            events = sorted(keys[member] for member in group)
            if all(pair in same for pair in combinations(events, 2)):
                continue
            least = min(probability[pair] for pair in group)
            score = f"{math.floor(least * 1e4) / 1e4:.4f}".rstrip("0").rstrip(".")
            identifications.append(
                Identification(
                    relation=Relation.SAME,
                    events=events,
                    says=by,
                    because=f"accepted at {p:g} or more",
                    stated=_day(on),
                    method=METHOD,
                    version=VERSION,
                    score=score,
                )
            )
        return self.with_said(identifications)

    def _groups(self, least: float) -> tuple[list[list[int]], list[tuple[float, int, int]]]:
        """Give the groups of events that are the same at a probability, and the pairs that join them."""
        number = {key: place for place, key in enumerate(self._events)}
        owner = [place for place, events in enumerate(self.lists) for _ in events]
        same, apart = self._answers
        pairs = [
            (1.0, min(number[a], number[b]), max(number[a], number[b])) for a, b in same if {a, b} <= number.keys()
        ]
        for two, probability in zip(self._found, self._probabilities, strict=True):
            for pair, likely in two.assigned(probability, least):
                one, other = (number[key] for key in pair)
                pairs.append((likely, min(one, other), max(one, other)))
        refused = {(min(number[a], number[b]), max(number[a], number[b])) for a, b in apart if {a, b} <= number.keys()}
        return grouped(pairs, owner, refused)

    @cached_property
    def totals(self) -> AlignedTotals:
        """The sums of all lists: with every row for itself, the sure ones the same, and all plausible ones the same."""
        figures = [event.figure for event in self._events.values()]
        known = [figure for figure in figures if figure is not None]
        best = {place: _number(figure) for place, figure in enumerate(figures) if figure is not None}
        _, joining = self._groups(PLAUSIBLE)
        twice = sum(
            probability * (best[one] + best[other]) / 2
            for probability, one, other in joining
            if one in best and other in best
        )
        return AlignedTotals(
            Figure.total(known),
            self._total(figures, 2.0),
            self._total(figures, SURE),
            self._total(figures, PLAUSIBLE),
            sum(best.values()) - twice,
            len(figures) - len(known),
        )

    def _total(self, figures: Sequence[Figure | None], least: float) -> Figure:
        """Add up the figures, with the events that are the same at a probability counted once."""
        groups, _ = self._groups(least)
        within = {member for group in groups for member in group}
        parts = [figure for place, figure in enumerate(figures) if figure is not None and place not in within]
        for group in groups:
            known = [figure for member in group if (figure := figures[member]) is not None]
            parts += [Figure.hull(known)] if known else []
        return Figure.total(parts)

    @property
    def ledger(self) -> Ledger:
        """A ledger of the identifications alone, to be merged with the claims of the lists.

        Examples:
            >>> import casualties as cs
            >>> len(cs.align(cs.tables.EventList("a"), cs.tables.EventList("b")).ledger)
            0
        """
        return Ledger(identifications=self.identifications)

    def __repr__(self) -> str:
        names = ", ".join(f"{events.name} ({len(events):,})" for events in self.lists)
        return f"<Alignment of {names}: {len(self.proposals):,} proposals>"

    def _repr_html_(self) -> str:
        shown = self.proposals[:_SHOWN]
        rows = [(f"{match.probability:.2f}", *match.events, "; ".join(map(str, match.reasons))) for match in shown]
        left = len(self.proposals) - len(shown)
        heads = ("probability", "event", "event", "how they agree")
        return table_of(repr(self).strip("<>"), heads, rows, left=left, noun="proposal")


def align(
    one: EventList,
    other: EventList,
    /,
    *more: EventList,
    days: int = 7,
    km: float = 100,
    known: Ledger | Iterable[Identification] = (),
) -> Alignment:
    """Propose which rows of several lists are one event.  Experimental: the method may change with its version.

    Rows are compared where they are near in days and in kilometres or, without coordinates, by a word of their place.
    How much each agreement weighs is learned from the lists themselves: how often rows agree by chance from rows of one
    list, which are different events, and how often one event agrees from the pairs, of which each row is in at most
    one.  Figures are never compared: lists that differ in them are what it is for.

    Args:
        one: A list of events, as `casualties.tables.events` reads it.
        other: Another.
        more: Further ones.
        days: The most days between two rows that may be one event.
        km: The most kilometres between them.
        known: What is said already, as a ledger or as identifications; refusals are not proposed again.

    Raises:
        CasualtiesError: If two lists have one name, or an event of one key.
        MissingExtraError: If numpy, scipy or rapidfuzz is not installed.

    Examples:
        >>> import casualties as cs
        >>> from casualties.files.mapped import Event
        >>> day = cs.PartialDate.parse("2020-08-18")
        >>> a = cs.tables.EventList("a", [Event("a-1", day, day, 40.37, 47.13, ("Barda",), ("army",))])
        >>> b = cs.tables.EventList("b", [Event("b-7", day, day, 40.38, 47.12, ("Berda",), ("the army",))])
        >>> [each.events for each in cs.align(a, b).proposals]
        [('a-1', 'b-7')]
    """
    lists = tuple(sorted((one, other, *more), key=lambda events: events.name))
    _check(lists)
    if days < 0 or not km > 0:
        raise CasualtiesError(f"days {days}, km {km}: rows so near there are none", "no-window", "such as 7 and 100")
    try:
        matching = import_module("casualties.aligning._matching")
    except ImportError as error:
        raise MissingExtraError("casualties.align", (error.name or "scipy").partition(".")[0], "align") from error
    matches = matching.matched(lists, days=days, km=km)
    identifications = known.identifications if isinstance(known, Ledger) else known
    return Alignment(lists, matches, identifications)


def _check(lists: Sequence[EventList]) -> None:
    for one, other in combinations(lists, 2):
        if one.name == other.name:
            raise CasualtiesError(
                f"lists {one.name!r} and {other.name!r}: both have one name",
                "duplicate",
                "give each a name of its own: tables.events(…, name=…)",
            )
        if twice := sorted(event.key for event in one if event.key in other):
            raise CasualtiesError(
                f"event {twice[0]!r}: both {one.name!r} and {other.name!r} have it, and {len(twice) - 1:,} more",
                "duplicate",
                "give the events of one list other keys: key under events in its mapping",
            )


def _number(figure: Figure | None) -> float:
    """Give the number that stands for a figure in what the model expects: its best, else its lowest."""
    return 0.0 if figure is None else float(figure.low if figure.best is None else figure.best)


def _day(on: date | str | None) -> PartialDate:
    return PartialDate.of(datetime.now(UTC).date() if on is None else on)
