"""A ledger, as it is looked at, in the kernel's integers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

from casualties.model.claim import Claim, Modality, Stance
from casualties.model.figure import End, Figure
from casualties.model.period import PartialDate
from casualties.model.source import SourceKind
from casualties.model.subject import Basis, Subject
from casualties.model.vocabulary import Status
from casualties.reconciling.independence import UNATTRIBUTED
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel.claims import Claims, Context, packed_high, packed_low
from casualties.reconciling.position import Interest, interest, read_at_source, said
from casualties.reconciling.view import Standpoint
from casualties.wording.naming import named_numbers

__all__ = ["Encoded", "encode"]

_MODALITIES: Final[Mapping[Modality | None, int]] = {
    None: 0,
    **dict.fromkeys(Modality, 0),
    Modality.PRELIMINARY: given.PRELIMINARY | given.TENTATIVE,
    Modality.ALLEGED: given.TENTATIVE,
    Modality.DERIVED: given.TENTATIVE,
    Modality.CONFIRMED: given.CONFIRMED,
    Modality.PROJECTED: given.PROJECTED,
}
_IDENTITY: Final = 4
"""The place of the identity in a row, after what rows are sorted by; the claim follows it."""

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
        self.sources = sorted({claim.source for topic in topics for claim in view.topics[topic]})
        self.number = {source: place for place, source in enumerate(self.sources)}
        self.words: dict[str, _Resting] = {}
        self.resting: dict[str, _Resting] = {
            claim.id: self._rests(claim) for topic in topics for claim in view.topics[topic]
        }
        self.roots = sorted({root for resting in set(self.resting.values()) for root in resting.roots})
        self.root_number = {root: place for place, root in enumerate(self.roots)}

    def _rests(self, claim: Claim) -> _Resting:
        """Tell on whose word a claim rests; what says so for itself is the same for all claims of its source."""
        if claim.based_on or self.view.sources.repeats(claim.source):
            return _resting(self.view, claim)
        if claim.source not in self.words:
            self.words[claim.source] = _resting(self.view, claim)
        return self.words[claim.source]

    @property
    def encoded(self) -> Encoded:
        """The rows, sorted, with what stands beside them."""
        rows = sorted(row for place, topic in enumerate(self.topics) for row in self._rows(place, topic))
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(19)]
        claims: list[Claim] = columns.pop(_IDENTITY + 1)
        del columns[_IDENTITY]
        several = {
            at: tuple(self.root_number[root] for root in roots)
            for at, claim in enumerate(claims)
            if len(roots := self.resting[claim.id].roots) > 1
        }
        return Encoded(
            Claims(*columns),
            self._context(several),
            tuple(self.topics),
            tuple(claims),
            tuple(self.sources),
            tuple(self.roots),
        )

    def _rows(self, place: int, topic: Subject) -> Iterator[tuple[Any, ...]]:
        """Give the columns of the claims of one topic, as in `Claims`; identity and claim stand after the series."""
        view = self.view
        described = view.incidents.lend_days(topic, view.words)
        stakes: dict[str, int] = {}
        for claim in view.topics[topic]:
            source, resting = claim.source, self.resting[claim.id]
            estimate = view.estimate(claim) if claim.is_estimate else None
            figure = view.figure(claim) if estimate is None else _interval(estimate)
            if source not in stakes:
                stakes[source] = self._stake(topic, source)
            until, spoken = view.last_day(claim) if described else claim.day, claim.stated or said(claim)
            moment = claim.stated.at if claim.stated else None
            yield (
                place,
                self.root_number[resting.roots[0]],
                self.number[source],
                0 if figure is None else view.series(claim),
                claim.id,
                claim,
                int(resting.alone),
                *_figured(figure),
                *_days(until),
                *_days(spoken),
                0 if moment is None else int(moment.timestamp() * MILLION) + (1 << 60),
                self._marks(
                    claim, resting, counts=figure is not None and estimate is None, estimates=estimate is not None
                ),
                stakes[source],
            )

    def _marks(self, claim: Claim, resting: _Resting, *, counts: bool, estimates: bool) -> int:
        view = self.view
        marks = resting.marks | _MODALITIES[claim.modality]
        if counts:
            marks |= given.COUNT
        elif estimates:
            marks |= given.ESTIMATE
        elif view.is_silent(claim):
            marks |= given.SILENT
        if view.is_denial(claim):
            marks |= given.DENIAL | (given.DENIES if counts and claim.stance is Stance.DENIES else 0)
        if claim.misrelays:
            marks |= given.MISRELAYED
        if claim.id in view.withdrawn:
            marks |= given.WITHDRAWN
        if view.later(claim):
            marks |= given.LATER
        if (counts or estimates) and view.is_replaced(claim):
            marks |= given.NAMED
        if claim.citations and read_at_source(claim, view.sources):
            marks |= given.AT_SOURCE
        if any(assessment.low for assessment in claim.assessments):
            marks |= given.GRADED_LOW
        return marks

    def _stake(self, topic: Subject, source: str) -> int:
        """Tell whose dead a source counts, and whether its side is blamed where the victims' side is not said."""
        view = self.view
        found: int = _STAKES[interest(source, topic, view.sources, view.words)]
        side = view.sources.side(source)
        if side is not None and topic.side is None and any(view.allied(side, each) for each in view.blamed(topic)):
            found |= given.BLAMED
        return found

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


class _Resting(NamedTuple):
    """On whose word a claim rests, the first first, and whether it makes a position of its own."""

    roots: tuple[tuple[str, str], ...]
    alone: bool
    marks: int


def _resting(view: Standpoint, claim: Claim) -> _Resting:
    """Tell on whose word a claim rests.

    What nobody signs is of one root, whatever it rests on, unless somebody signs for it in a circle.
    """
    origin = view.origins.of(claim)
    marks = (given.COPY if origin.copy else 0) | (0 if origin.own else given.RESTS)
    unsigned = view.sources.unattributed(claim.source)
    if unsigned and not view.signed(claim):
        return _Resting((UNATTRIBUTED,), alone=True, marks=marks)
    own = origin.own and not unsigned
    roots = tuple(root for root in origin.roots if root != UNATTRIBUTED) or origin.roots
    main = ("source", view.sources.root(claim.source)) if own else roots[0]
    return _Resting(tuple(dict.fromkeys((main, *roots))), alone=not own, marks=marks)


@lru_cache(maxsize=4096)
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
