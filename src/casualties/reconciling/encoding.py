"""A ledger, as it is looked at, in the kernel's integers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

from casualties.model.claim import Claim, Modality, Stance
from casualties.model.columns import PLAIN, UNUSUAL
from casualties.model.figure import End, Figure
from casualties.model.period import PartialDate
from casualties.model.source import SourceKind
from casualties.model.subject import Basis, Subject
from casualties.model.vocabulary import Status
from casualties.reconciling.independence import UNATTRIBUTED
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel.claims import Claims, Context, packed_high, packed_low
from casualties.reconciling.position import Interest, interest, read_at_source, said
from casualties.reconciling.view import View
from casualties.wording.naming import named_numbers

__all__ = ["NO_FIGURE", "Encoded", "encode", "figured"]

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


def encode(view: View, topics: Iterable[Subject] | None = None) -> Encoded:
    """Bring the claims of some topics, or of all, to integers.

    Examples:
        >>> import casualties as cs
        >>> encoded = encode(View(cs.seeds.load("nagorno-karabakh-2020-09-30")))
        >>> len(encoded.claims), len(encoded.topics)
        (8, 5)
    """
    asked = tuple(view.topics) if topics is None else sorted(topics, key=lambda topic: topic.key)
    return _Encoding(view, asked).encoded


class _Encoding:
    """The dictionaries of one encoding, and the rows as they are filled."""

    def __init__(self, view: View, topics: Sequence[Subject]) -> None:
        self.view = view
        self.topics = topics
        self.as_recorded = view.lexicon is None and view.as_of is None
        rows = [row for topic in topics for row in view.rows[topic]]
        speaking = {row[0]: row[2] for row in rows}
        self.sources = sorted(speaking)
        self.number = {source: place for place, source in enumerate(self.sources)}
        # What says so for itself rests on the same as all that its source says.
        repeating = {source for source in speaking if view.sources.repeats(source)}
        based = {claim.id for claim in view.ledger.columns.linked if claim.based_on}
        self.resting = {
            row[1]: _resting(view, row[2])
            for row in (rows if based or repeating else ())
            if row[0] in repeating or row[1] in based
        }
        own = {row[0]: row[2] for row in rows if row[1] not in self.resting} if self.resting else speaking
        self.words = {source: _resting(view, claim) for source, claim in own.items()}
        roots = {root for sides in (self.words, self.resting) for rests in sides.values() for root in rests.roots}
        self.roots = sorted(roots)
        self.root_number = {root: place for place, root in enumerate(self.roots)}
        self.touched = {*view.withdrawn, *view.replaced, *self.resting}
        self.by_side: dict[str, dict[str, tuple[int, int, int, int, int]]] = {}
        self.sideless: dict[str, tuple[int, int, int, int, int]] = {}

    @property
    def encoded(self) -> Encoded:
        """The rows, sorted, with what stands beside them."""
        rows = [row for place, topic in enumerate(self.topics) for row in sorted(self._rows(place, topic))]
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(19)]
        claims: list[Claim] = columns.pop(_IDENTITY + 1)
        del columns[_IDENTITY]
        several = {
            at: tuple(self.root_number[root] for root in rests.roots)
            for at, claim in enumerate(claims if self.resting else ())
            if (rests := self.resting.get(claim.id)) and len(rests.roots) > 1
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
        plain = UNUSUAL if self.as_recorded and not described else PLAIN
        touched = self.touched
        # Whether a side is blamed depends on the topic where the victims' side is not said.
        by_source = {} if topic.side is None else self.by_side.setdefault(topic.side, {})
        for row in view.rows[topic]:
            source, identity, claim, low, high, best, assumed, until, until_latest, *rest = row
            begin, end, moment, modality, how = rest
            if source not in by_source:
                by_source[source] = self._of_source(topic, source)
            number, stake, root, alone, marks = by_source[source]
            series = 0
            if how < plain and identity not in touched:
                marks |= given.COUNT | _MODALITIES[modality]
                if how and read_at_source(claim, view.sources):
                    marks |= given.AT_SOURCE
                ends = figured(low, high, best, assumed)
            else:
                rests = self.resting.get(identity)
                if rests is not None:
                    root, alone, marks = self.root_number[rests.roots[0]], int(rests.alone), rests.marks
                figure, read = self._read(claim)
                marks |= read | self._marks(claim, read)
                ends = NO_FIGURE
                if figure is not None:
                    series = view.series(claim)
                    ends = figured(figure.low, figure.high, figure.best, figure.assumed)
                if described:
                    until, until_latest = _days(view.last_day(claim))
                if not end:
                    begin, end = _days(said(claim))
            yield (
                place, root, number, series, identity, claim, alone, *ends, until, until_latest, begin, end,
                moment and moment + (1 << 60), marks, stake,
            )  # fmt: skip

    def _of_source(self, topic: Subject, source: str) -> tuple[int, int, int, int, int]:
        """Give what is the same for all plain claims of a source on a topic: its number, stake, root and marks."""
        if source in self.sideless:
            return self.sideless[source]
        rests = self.words.get(source)
        root = -1 if rests is None else self.root_number[rests.roots[0]]
        alone, marks = (0, 0) if rests is None else (int(rests.alone), rests.marks)
        found = (self.number[source], self._stake(topic, source), root, alone, marks)
        if self.view.sources.side(source) is None:  # then it is the same on every topic
            self.sideless[source] = found
        return found

    def _read(self, claim: Claim) -> tuple[Figure | None, int]:
        """Give the figure or the interval that a claim states, and marks that tell which."""
        view, figure = self.view, claim.figure
        if figure is not None and figure.high != 0 and self.as_recorded and not claim.is_estimate:
            return figure, given.COUNT
        estimate = view.estimate(claim) if claim.is_estimate else None
        if estimate is not None:
            return _interval(estimate), given.ESTIMATE
        figure = view.figure(claim)
        if figure is None:
            return None, (given.SILENT if view.is_silent(claim) else 0) | (given.DENIAL if view.is_denial(claim) else 0)
        denies = claim.stance is Stance.DENIES
        return figure, given.COUNT | (given.DENIES if denies else 0) | (given.DENIAL if view.is_denial(claim) else 0)

    def _marks(self, claim: Claim, read: int) -> int:
        """Give what else a claim is."""
        view = self.view
        marks = _MODALITIES[claim.modality]
        if claim.misrelays:
            marks |= given.MISRELAYED
        if claim.id in view.withdrawn:
            marks |= given.WITHDRAWN
        if not self.as_recorded and view.later(claim):
            marks |= given.LATER
        if read & (given.COUNT | given.ESTIMATE) and view.is_replaced(claim):
            marks |= given.NAMED
        if claim.citations and read_at_source(claim, view.sources):
            marks |= given.AT_SOURCE
        if claim.assessments and any(assessment.low for assessment in claim.assessments):
            marks |= given.GRADED_LOW
        return marks

    def _stake(self, topic: Subject, source: str) -> int:
        """Tell whose dead a source counts, and whether its side is blamed where the victims' side is not said."""
        view = self.view
        stake: int = _STAKES[interest(source, topic, view.sources, view.words)]
        side = view.sources.side(source)
        if side is not None and topic.side is None and any(view.allied(side, blamed) for blamed in view.blamed(topic)):
            stake |= given.BLAMED
        return stake

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


def _resting(view: View, claim: Claim) -> _Resting:
    """Tell on whose word a claim rests.

    What nobody signs is of one root, whatever it rests on, unless somebody signs for it in a circle.
    """
    origin = view.origins.of(claim)
    marks = given.COPY if origin.copy else 0
    unsigned = view.sources.unattributed(claim.source)
    if unsigned and not view.signed(claim):
        return _Resting((UNATTRIBUTED,), alone=True, marks=marks)
    own = origin.own and not unsigned
    roots = tuple(root for root in origin.roots if root != UNATTRIBUTED) or origin.roots
    main = ("source", view.sources.root(claim.source)) if own else roots[0]
    return _Resting(tuple(dict.fromkeys((main, *roots))), alone=not own, marks=marks)


NO_FIGURE: Final = (packed_low(0), given.OPEN, -1, -1, given.UNBOUNDED)
"""The ends of what states no figure."""


@lru_cache(maxsize=4096)
def figured(low: int, high: int | None, best: int | None, assumed: frozenset[End]) -> tuple[int, int, int, int, int]:
    """Pack the ends of a figure, with the lowest and the highest number that it names.

    Examples:
        >>> figured(14, None, None, frozenset())  # 14 or more
        (29, 4000000000000, -1, 14, 14)
    """
    least, most = named_numbers(Figure(low, high, assumed=assumed))
    return (
        packed_low(low, assumed=End.LOW in assumed),
        packed_high(high, assumed=End.HIGH in assumed),
        -1 if best is None else best,
        -1 if least is None else least,
        given.UNBOUNDED if most is None else most,
    )


def _interval(estimate: Figure) -> Figure:
    """Give the interval of an estimate; one number has none, and excludes nothing."""
    return Figure(0, None, best=estimate.low) if estimate.is_exact else estimate


def _days(day: PartialDate | None) -> tuple[int, int]:
    return (0, 0) if day is None else (day.earliest.toordinal(), day.latest.toordinal())


def _kinds(view: View, source: str) -> int:
    kinds = 0
    for kind in view.sources[source].kinds if source in view.sources else ():
        kinds |= _KINDS[kind]
    return kinds
