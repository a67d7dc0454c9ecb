"""Which figures of one topic are apart, and how: disputed, near, overtaken, by an assumed end (design 7 C and E)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations

from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel.claims import UNBOUNDED, Context

from .days import Day, carries
from .settling import (
    Floor,
    Position,
    Row,
    Voice,
    stated_high,
    stated_low,
    surely_before,
)

__all__ = ["Body", "Pair", "divide", "pairs_of", "stray"]

MILLION = 1_000_000


@dataclass(slots=True, eq=False)
class Body:
    """One side of a comparison: an independent source with its figure, or a named organ with its own."""

    voice: Voice
    organ: Position | None
    floors: list[Floor]
    high: int
    high_day: Day
    denies: bool
    sources: set[int]
    figured: list[Row]
    everything: list[Row]


def of_voice(voice: Voice) -> Body:
    """Take an independent source with its figure."""
    sources = {position.source for position in voice.standing}
    return Body(
        voice,
        None,
        voice.floors,
        voice.high,
        voice.high_day,
        voice.denies,
        sources,
        voice.figured,
        voice.everything,
    )


def of_organ(voice: Voice, organ: Position) -> Body:
    """Take one organ of an independent source with its standing figure."""
    return Body(
        voice,
        organ,
        organ.floors,
        organ.high,
        organ.high_day,
        organ.denies,
        {organ.source},
        organ.figured,
        [row for row in voice.everything if row.source == organ.source],
    )


@dataclass(slots=True)
class Pair:
    """Two figures that are apart, the lower first."""

    lower: Body
    upper: Body
    relation: int
    gap: int
    number: int
    near: bool = False
    overtaken: bool = False
    of_day: bool = False

    @property
    def disputed(self) -> bool:
        """Whether it is a dispute that is neither near nor overtaken."""
        return self.relation == out.DISPUTE and not self.near and not self.overtaken


@dataclass(slots=True)
class Topic:
    """What of the context is about one topic."""

    context: Context
    stock: bool
    counted_until: int
    day: Day = field(default=(0, 0))


def divide(voice: Voice, topic: Topic) -> list[Pair]:
    """Find the organs under one root whose standing figures, each carried to the other's day, dispute (design 6)."""
    found = []
    organs = [position for position in voice.positions if not position.alone]
    for one, other in combinations(organs, 2):
        if one.root == other.root:
            pairs = compare(of_organ(voice, one), of_organ(voice, other), topic, organs=True)
            found += [pair for pair in pairs if pair.disputed]
    for pair in found:
        for body in (pair.lower, pair.upper):
            if body.organ:
                body.organ.divided = True
        voice.flags |= out.DIVIDED
    return found


def pairs_of(voices: Sequence[Voice], topic: Topic) -> list[Pair]:
    """Compare each two voices, and the organs that the flag *divided* names with the other voices' figures."""
    bodies = [of_voice(voice) for voice in voices]
    found = [pair for one, other in combinations(bodies, 2) for pair in compare(one, other, topic)]
    for voice in voices:
        for position in voice.positions:
            if position.divided and voice.standing != [position]:
                organ = of_organ(voice, position)
                found += [pair for each in bodies if each.voice is not voice for pair in compare(organ, each, topic)]
    return found


def compare(one: Body, other: Body, topic: Topic, *, organs: bool = False) -> Iterator[Pair]:
    """Compare two figures, each of whose ends carries to the other's day; near is asked before overtaken."""
    for upper, lower in permutations((one, other)):
        pair = _apart(upper, lower, topic)
        if pair is not None:
            near = pair.number >= 1 and pair.gap * MILLION <= topic.context.near * pair.number
            pair.near = near and pair.relation == out.DISPUTE
            stands = organs and pair.lower.organ in pair.lower.voice.standing  # the source's own figure is left by none
            pair.overtaken = not (pair.near or stands) and _outgrown(pair, topic, organs=organs)
            yield pair


def _above(upper: Body, lower: Body, *, stock: bool) -> list[Floor]:
    """Give the floors of one figure that bear on the upper end of another and lie above it."""
    denial = upper.denies or lower.denies
    return [
        floor
        for floor in upper.floors
        if floor.low >> 1 > lower.high >> 1 and (denial or carries(floor.day, lower.high_day, stock=stock))
    ]


def _apart(upper: Body, lower: Body, topic: Topic) -> Pair | None:
    """Tell how far a floor of one figure lies above the upper end of another: by stated ends, or by an assumed one."""
    floors = _above(upper, lower, stock=topic.stock)
    if not floors:
        return None
    number = lower.high >> 1
    stated = max(stated_low(floor.low) for floor in floors) - stated_high(lower.high)
    gap = stated if stated > 0 else max(floor.low >> 1 for floor in floors) - number
    of_day = lower.denies or lower.high_day == topic.day
    return Pair(lower, upper, out.DISPUTE if stated > 0 else out.APART, gap, number, of_day=of_day)


def _outgrown(pair: Pair, topic: Topic, *, organs: bool) -> bool:
    """Tell whether the lower figure of a pair is an early one that the higher outgrew (design 7 C, *overtaken*)."""
    context, lower, upper = topic.context, pair.lower, pair.upper
    if topic.stock or not lower.figured:
        return False
    # 2. it is preliminary, or an early figure of a source without a side
    if not all(row.has(given.PRELIMINARY) for row in lower.figured) and not all(
        row.has(given.PRELIMINARY) or _early(row, topic, organs=organs) for row in lower.figured
    ):
        return False
    # 3. the two are of no opposed sides
    sides = context.side
    if any((sides[one], sides[other]) in context.opposed for one in lower.sources for other in upper.sources):
        return False
    # 1. all its claims were surely said before whatever sets the other above it, which counts from its first saying …
    above = [row for row in upper.everything if _says_above(row, lower)]
    figure = max(floor.low for floor in _above(upper, lower, stock=False)) >> 1
    setters = [row for row in above if row.low >> 1 >= figure]
    if not all(surely_before(row, each) for row in lower.figured for each in setters):
        return False
    # … and the other had said nothing above it by then
    if organs or topic.counted_until:
        return not any(surely_before(each, row) for each in above for row in lower.figured)
    return all(surely_before(row, each) for row in lower.figured for each in above)


def _says_above(row: Row, lower: Body) -> bool:
    return row.low >> 1 > lower.high >> 1 and (lower.denies or carries(row.until, lower.high_day, stock=False))


def _early(row: Row, topic: Topic, *, organs: bool) -> bool:
    """Tell whether a claim is an early figure: said soon after its last day, and no bound, none or denial."""
    context = topic.context
    if not organs and (row.has(given.CONFIRMED) or context.side[row.source] >= 0):
        return False
    if row.has(given.DENIES) or row.low >> 1 == 0 or not row.said[1] or not row.until[0]:
        return False
    return row.said[1] <= row.until[0] + context.settling or row.said[1] <= topic.counted_until


def stray(
    estimates: Sequence[Row], voices: Iterable[Voice], *, stock: bool
) -> Iterator[tuple[Row, Voice | None, Row | None, int, bool]]:
    """Find the counts that lie outside an estimate's interval, and the estimates whose intervals do not meet."""
    for estimate in estimates:
        for voice in voices:
            high = UNBOUNDED if voice.overtaken else voice.high >> 1
            below = (estimate.low >> 1) - high
            if below > 0 and (voice.denies or carries(estimate.until, voice.high_day, stock=stock)):
                yield estimate, voice, None, below, False
            over = max(
                (
                    (floor.low >> 1) - (estimate.high >> 1)
                    for floor in voice.floors
                    if carries(floor.day, estimate.until, stock=stock)
                ),
                default=0,
            )
            if over > 0:
                yield estimate, voice, None, over, True
    for one, other in combinations(estimates, 2):
        for lower, upper in ((one, other), (other, one)):
            gap = (upper.low >> 1) - (lower.high >> 1)
            if gap > 0 and one.root != other.root and carries(upper.until, lower.until, stock=stock):
                yield lower, None, upper, gap, True
