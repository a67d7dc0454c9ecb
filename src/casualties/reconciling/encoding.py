"""A ledger, as it is looked at, in the kernel's integers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from casualties.model.claim import Claim, Modality, Stance
from casualties.model.figure import End, Figure
from casualties.model.period import PartialDate
from casualties.model.source import SourceKind
from casualties.model.subject import Basis, Subject
from casualties.model.vocabulary import Status
from casualties.reconciling.independence import UNATTRIBUTED
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel.claims import Claims, Context, packed_high, packed_low
from casualties.reconciling.kernel.parts import topics_of
from casualties.reconciling.position import Interest, interest, read_at_source, said
from casualties.reconciling.view import Standpoint
from casualties.wording.naming import named_numbers

__all__ = ["Encoded", "encode"]

TENTATIVE: Final = frozenset({Modality.PRELIMINARY, Modality.ALLEGED, Modality.DERIVED})
_SERIES: Final = {basis: number for number, basis in enumerate(Basis, start=1)}
_PRESS: Final = frozenset({SourceKind.MEDIA, SourceKind.JOURNALIST, SourceKind.COMPILER, SourceKind.UNATTRIBUTED})
_KINDS: Final = {kind: given.PRESS if kind in _PRESS else 2 << place for place, kind in enumerate(SourceKind)}
_STAKES: Final = {
    Interest.OWN_SIDE: given.OWN_SIDE,
    Interest.OPPONENT: given.OPPONENT,
    Interest.THIRD_PARTY: given.THIRD_PARTY,
    Interest.NOT_KNOWN: given.NOT_KNOWN,
}
_VICTIMS: Final = {Status.COMBATANT: given.COMBATANTS, Status.CIVILIAN: given.CIVILIANS}
MILLION: Final = 1_000_000


@dataclass(frozen=True)
class Encoded:
    """What the kernel is given of some topics, and what its numbers stand for.

    Attributes:
        claims: The rows.
        context: What stands beside them.
        topics: The topics, in their order.
        rows: The claims, in the order of their rows.
        sources: The sources, by number.
        roots: On whose word claims rest, by number.
    """

    claims: Claims
    context: Context
    topics: tuple[Subject, ...]
    rows: tuple[Claim, ...]
    sources: tuple[str, ...]
    roots: tuple[tuple[str, str], ...]

    def rows_of(self, topic: int) -> range:
        """Give the rows of the claims of a topic, by its place."""
        return range(bisect_left(self.claims.topic, topic), bisect_right(self.claims.topic, topic))

    def part(self, topic: int) -> Encoded:
        """Take one topic, by its place; sources and roots keep their numbers."""
        claims, context = topics_of(self.claims, self.context, topic, topic + 1)
        rows = self.rows_of(topic)
        return Encoded(
            claims, context, (self.topics[topic],), self.rows[rows.start : rows.stop], self.sources, self.roots
        )


def encode(view: Standpoint, topics: Iterable[Subject] | None = None) -> Encoded:
    """Bring the claims of some topics, or of all, to integers.

    Examples:
        >>> import casualties as cs
        >>> encoded = encode(Standpoint(cs.seeds.load("nagorno-karabakh-2020-09-30")))
        >>> len(encoded.claims), len(encoded.topics)
        (8, 5)
    """
    return _Encoding(view, sorted(view.topics if topics is None else topics, key=lambda topic: topic.key)).encoded


class _Encoding:
    """The dictionaries of one encoding, and the rows as they are filled."""

    def __init__(self, view: Standpoint, topics: Sequence[Subject]) -> None:
        self.view = view
        self.topics = topics
        self.claims = [(topic, claim) for topic in topics for claim in view.topics[topic]]
        self.sources = sorted({claim.source for _, claim in self.claims})
        self.number = {source: place for place, source in enumerate(self.sources)}
        self.resting = {claim.id: _resting(view, claim) for _, claim in self.claims}
        self.roots = sorted({root for roots, _ in self.resting.values() for root in roots})
        self.root_number = {root: place for place, root in enumerate(self.roots)}
        self.stakes: dict[tuple[Subject, str], int] = {}

    @property
    def encoded(self) -> Encoded:
        """The rows, sorted, with what stands beside them."""
        place = {topic: number for number, topic in enumerate(self.topics)}
        rows = sorted(
            ((self._row(place[topic], topic, claim), claim) for topic, claim in self.claims),
            key=lambda row: (row[0][:4], row[1].id),
        )
        columns = [list(column) for column in zip(*(row for row, _ in rows), strict=True)]
        several = {
            at: numbers
            for at, (_, claim) in enumerate(rows)
            if len(numbers := tuple(self.root_number[root] for root in self.resting[claim.id][0])) > 1
        }
        return Encoded(
            Claims(*columns) if rows else Claims(),
            self._context(several),
            tuple(self.topics),
            tuple(claim for _, claim in rows),
            tuple(self.sources),
            tuple(self.roots),
        )

    def _row(self, place: int, topic: Subject, claim: Claim) -> tuple[int, ...]:
        """Give the columns of one claim, in the order of `Claims`."""
        view = self.view
        roots, alone = self.resting[claim.id]
        estimate = view.estimate(claim)
        figure = view.figure(claim) if estimate is None else _interval(estimate)
        low, high, best, named_low, named_high = _figured(figure)
        series = 0 if figure is None else view.series(claim)
        until, spoken = view.last_day(claim), said(claim)
        moment = claim.stated.at if claim.stated else None
        return (
            place,
            self.root_number[roots[0]],
            self.number[claim.source],
            series,
            int(alone),
            low,
            high,
            best,
            named_low,
            named_high,
            *_days(until),
            *_days(spoken),
            0 if moment is None else int(moment.timestamp() * MILLION) + (1 << 60),
            self._marks(claim, counts=figure is not None and estimate is None, estimates=estimate is not None),
            self._stake(topic, claim),
        )

    def _marks(self, claim: Claim, *, counts: bool, estimates: bool) -> int:
        view = self.view
        origin = view.origins.of(claim)
        marks = {
            given.COUNT: counts,
            given.ESTIMATE: estimates,
            given.DENIES: counts and claim.stance is Stance.DENIES,
            given.MISRELAYED: bool(claim.misrelays),
            given.WITHDRAWN: claim.id in view.withdrawn,
            given.PROJECTED: claim.modality is Modality.PROJECTED,
            given.LATER: view.later(claim),
            given.NAMED: (counts or estimates) and view.is_replaced(claim),
            given.COPY: origin.copy,
            given.RESTS: not origin.own,
            given.AT_SOURCE: read_at_source(claim, view.sources),
            given.PRELIMINARY: claim.modality is Modality.PRELIMINARY,
            given.CONFIRMED: claim.modality is Modality.CONFIRMED,
            given.TENTATIVE: claim.modality in TENTATIVE,
            given.GRADED_LOW: any(assessment.low for assessment in claim.assessments),
            given.SILENT: view.is_silent(claim),
            given.DENIAL: view.is_denial(claim),
        }
        return sum(mark for mark, holds in marks.items() if holds)

    def _stake(self, topic: Subject, claim: Claim) -> int:
        """Tell whose dead a source counts, and whether its side is blamed where the victims' side is not said."""
        view = self.view
        key = (topic, claim.source)
        if key not in self.stakes:
            found = _STAKES[interest(claim.source, topic, view.sources, view.words)]
            side = view.sources.side(claim.source)
            if side is not None and topic.side is None and any(view.allied(side, each) for each in view.blamed(topic)):
                found |= given.BLAMED
            self.stakes[key] = found
        return self.stakes[key]

    def _context(self, several: Mapping[int, tuple[int, ...]]) -> Context:
        view = self.view
        sides = sorted({side for source in self.sources if (side := view.sources.side(source)) is not None})
        numbers = {side: number for number, side in enumerate(sides)}
        return Context(
            [int(view.is_stock(topic)) for topic in self.topics],
            [_VICTIMS.get(topic.status, given.OTHERS) if topic.status else given.OTHERS for topic in self.topics],
            [view.counted_until(topic) for topic in self.topics],
            [int(topic.event is not None) for topic in self.topics],
            [_kinds(view, source) for source in self.sources],
            [-1 if (side := view.sources.side(source)) is None else numbers[side] for source in self.sources],
            [int(kind == "unattributed") for kind, _ in self.roots],
            several,
            frozenset((numbers[a], numbers[b]) for a in sides for b in sides if view.allied(a, b)),
            frozenset((numbers[a], numbers[b]) for a in sides for b in sides if view.words.opposed(a, b)),
            view.as_of.earliest.toordinal() if view.as_of else 0,
            int(view.near * MILLION),
            view.settling,
        )


def _resting(view: Standpoint, claim: Claim) -> tuple[tuple[tuple[str, str], ...], bool]:
    """Give on whose word a claim rests, the first first, and whether it makes a position of its own.

    What nobody signs is of one root, whatever it rests on, unless somebody signs for it in a circle.
    """
    origin = view.origins.of(claim)
    unsigned = view.sources.unattributed(claim.source)
    if unsigned and not view.signed(claim):
        return (UNATTRIBUTED,), True
    own = origin.own and not unsigned
    roots = tuple(root for root in origin.roots if root != UNATTRIBUTED) or origin.roots
    main = ("source", view.sources.root(claim.source)) if own else roots[0]
    return tuple(dict.fromkeys((main, *roots))), not own


def _figured(figure: Figure | None) -> tuple[int, int, int, int, int]:
    if figure is None:
        return packed_low(0), given.OPEN, -1, -1, given.UNBOUNDED
    low, high = named_numbers(figure)
    return (
        packed_low(figure.low, assumed=End.LOW in figure.assumed),
        packed_high(figure.high, assumed=End.HIGH in figure.assumed),
        -1 if figure.best is None else figure.best,
        -1 if low is None else low,
        given.UNBOUNDED if high is None else high,
    )


def _interval(estimate: Figure) -> Figure:
    """Give the interval of an estimate; one number has none, and excludes nothing."""
    return Figure(0, None, best=estimate.low) if estimate.is_exact else estimate


def _days(day: PartialDate | None) -> tuple[int, int]:
    return (0, 0) if day is None else (day.earliest.toordinal(), day.latest.toordinal())


def _kinds(view: Standpoint, source: str) -> int:
    found = 0
    for kind in view.sources[source].kinds if source in view.sources else ():
        found |= _KINDS[kind]
    return found
