"""Where each source stands on one topic, and which independent sources speak on it (design 6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel.claims import OPEN, UNBOUNDED, WHOLE

from .days import NO_DAY, Day, carries
from .ranges import NOTHING, combined

__all__ = ["Floor", "Position", "Row", "Voice", "last_said", "latest_day", "positions_of", "surely_before", "voices_of"]


UNHEARD = frozenset({out.MISRELAYED, out.PROJECTED, out.LATER, out.COPY})
"""The fates of what a source is not heard to say."""


class Row(NamedTuple):
    """One claim: its place among those of its topic, and the columns of `Claims`."""

    place: int
    root: int
    roots: tuple[int, ...]
    source: int
    series: int
    alone: int
    low: int
    high: int
    best: int
    named_low: int
    named_high: int
    until: Day
    said: Day
    moment: int
    marks: int
    stake: int

    def has(self, mark: int) -> bool:
        """Tell whether it is so marked."""
        return self.marks & mark != 0


def surely_before(one: Row, other: Row) -> bool:
    """Tell whether a claim was surely said before another: by the moments where both carry one, else by the days."""
    if one.moment and other.moment:
        return one.moment < other.moment
    return one.said[1] > 0 and other.said[0] > 0 and one.said[1] < other.said[0]


def latest_day(days: Iterable[Day]) -> Day:
    """Give the day that ends latest; of two that end on one day the one that begins later."""
    return max(days, key=lambda day: (day[1], day[0]), default=NO_DAY)


@dataclass(slots=True)
class Floor:
    """A lower end and the day from which it carries forward."""

    low: int
    day: Day
    series: int
    rows: list[Row]
    carried: bool = False


@dataclass(slots=True)
class Series:
    """What one source says with one basis, or without: versions settled, the latest standing."""

    standing: list[Row]
    kept: list[Row]
    replaced: list[Row]
    figure: tuple[int, int, int]
    day: Day
    differs: bool
    revised_from: int
    carried: list[Floor]


@dataclass(slots=True, eq=False)
class Position:
    """Where a source stands: the whole with its upper end, and the lower ends of every series."""

    source: int
    root: int
    roots: tuple[int, ...]
    alone: bool
    low: int = given.packed_low(0)
    high: int = OPEN
    best: int = -1
    day: Day = NO_DAY
    high_day: Day = NO_DAY
    floors: list[Floor] = field(default_factory=list)
    carried: list[Floor] = field(default_factory=list)
    makes: list[Row] = field(default_factory=list)  # the claims that make the figure and its floors
    figured: list[Row] = field(default_factory=list)  # those of the figure itself: of the whole, where it stands
    kept: list[Row] = field(default_factory=list)  # all that no order tells apart, those that do not stand too
    heard: list[Row] = field(default_factory=list)  # versions that leave no common count
    told: list[tuple[int, int]] = field(default_factory=list)  # every claim that makes it, as said, for the span
    figures: list[tuple[int, int]] = field(default_factory=list)  # the figure of each series
    replaced: list[Row] = field(default_factory=list)
    flags: int = 0
    revised_from: int = -1
    latest: bool = False
    divided: bool = False

    @property
    def denies(self) -> bool:
        """Whether it is that it did not happen."""
        return all(row.has(given.DENIES) for row in self.makes)

    @property
    def at_source(self) -> bool:
        """Whether it was read in a report of the source itself."""
        return any(row.has(given.AT_SOURCE) for row in self.makes)

    @property
    def until(self) -> Day:
        """Its last day, by which it is ordered as claims are."""
        return self.day

    @property
    def newest(self) -> list[Row]:
        """The claims that count its last day."""
        return [row for row in self.makes if row.until == self.day]

    @property
    def said(self) -> Day:
        """When the last of these was said."""
        return max(row.said[0] for row in self.newest), max(row.said[1] for row in self.newest)

    @property
    def moment(self) -> int:
        """The moment of the last of these, where all carry one."""
        return max(row.moment for row in self.newest) if all(row.moment for row in self.newest) else 0

    @property
    def top(self) -> int:
        """The highest upper end of what it says, counted or not."""
        return max(high for _, high in self.figures)

    @property
    def ranged(self) -> tuple[int, int, int]:
        """Its figure as of its last day."""
        return self.low, self.high if self.high_day == self.day else OPEN, self.best


def positions_of(rows: Sequence[Row], fates: list[int], parts: list[int], *, stock: bool) -> list[Position]:
    """Settle the counts of one topic: a position a source, and one for each claim that is alone.

    ``fates`` holds -1 for every claim that may make a position, and is filled in.
    """
    own: dict[int, list[Row]] = {}
    named: dict[int, list[Row]] = {}
    alone: list[Row] = []
    for row in rows:
        if row.has(given.NAMED) and not (row.has(given.ESTIMATE) or row.alone) and fates[row.place] == out.REPLACED:
            named.setdefault(row.source, []).append(row)
        elif fates[row.place] != -1 or row.has(given.ESTIMATE):
            continue
        elif row.alone:
            alone.append(row)
        else:
            own.setdefault(row.source, []).append(row)
    dated = {row.source for several in (alone, *own.values()) for row in several if row.until != NO_DAY}
    found = [
        position
        for source, candidates in own.items()
        if (position := _stand(candidates, named.get(source, []), rows, dated, fates, parts, stock=stock))
    ]
    speaking = []
    for row in alone:
        if row.until == NO_DAY and row.source in dated:
            fates[row.place] = out.UNDATED
        else:
            speaking.append(row)
    # What rests on several of whom one speaks adds no voice (design 6).
    voiced = {position.root for position in found} | {row.root for row in speaking if len(row.roots) == 1}
    for row in speaking:
        if len(row.roots) > 1 and not voiced.isdisjoint(row.roots):
            fates[row.place] = out.COPY
        else:
            position = _stand([row], [], (), set(), fates, parts, stock=stock)
            found += [position] if position else []
    return found


def _stand(
    candidates: list[Row],
    named: list[Row],
    rows: Sequence[Row],
    dated: set[int],
    fates: list[int],
    parts: list[int],
    *,
    stock: bool,
) -> Position | None:
    """Settle what one source says; `None` where an estimate of its own retires all of it."""
    source = candidates[0].source
    # An estimate by a source retires its own earlier counts (design 6).
    estimates = [
        row
        for row in rows
        if row.source == source and row.has(given.ESTIMATE) and not row.alone and fates[row.place] == -1
    ]
    retired = [row for row in candidates if any(surely_before(row, each) for each in estimates)]
    for row in retired:
        fates[row.place] = out.REPLACED
    candidates = [row for row in candidates if row not in retired]
    # Undated claims speak only where their source has no dated one.
    for row in candidates:
        if row.until == NO_DAY and source in dated:
            fates[row.place] = out.UNDATED
    candidates = [row for row in candidates if fates[row.place] == -1]
    if not candidates:
        return None
    bases = sorted({row.series for row in candidates})
    series = {
        basis: _settle(
            [row for row in candidates if row.series == basis],
            [row for row in (*named, *retired) if row.series == basis],
            fates,
            parts,
            stock=stock,
        )
        for basis in bases
    }
    first = candidates[0]
    position = Position(source, first.root, first.roots, bool(first.alone))
    counted = [each.figure[0] for basis, each in series.items() if basis != WHOLE]
    for basis, each in series.items():
        # Of the counted floors the highest stands beside the whole; those of a stock hold for their own days.
        if basis == WHOLE or (each.figure[0] > NOTHING[0] and (stock or each.figure[0] >> 1 == max(counted) >> 1)):
            position.floors.append(Floor(each.figure[0], each.day, basis, each.standing))
        position.kept += each.kept
        position.heard += each.kept if each.differs else []
        position.flags |= out.DIFFERS if each.differs else 0
        position.replaced += each.replaced
    position.replaced += [*retired, *named]
    if WHOLE in series:
        _weigh(position, series, fates, stock=stock)
    standing = [each for basis, each in series.items() if basis != WHOLE or not position.flags & out.OVERTAKES_ITSELF]
    position.revised_from = max(each.revised_from for each in standing)
    position.flags |= out.REVISED_DOWN if position.revised_from >= 0 else 0
    position.day = latest_day(each.day for each in standing)
    position.makes = [row for each in standing for row in each.standing]
    position.roots = tuple(sorted({root for row in position.makes for root in row.roots}))
    position.told = [(row.low, row.high) for row in position.makes]
    position.figures = [each.figure[:2] for each in standing]
    position.low = max(
        (floor.low for floor in position.floors if not stock or floor.day == position.day), default=NOTHING[0]
    )
    if not position.figured:
        position.figured = position.newest
    for row in position.makes:
        parts[row.place] |= out.MAKES
    for row in position.heard:
        parts[row.place] |= out.HEARD
    # An earlier day's floor of a source, which the standing figure neither excludes nor revises down, carries.
    if not stock:
        position.carried = [
            floor
            for each in standing
            for floor in each.carried
            if floor.low >> 1 <= each.figure[1] >> 1
            and not (floor.low >> 1 > position.high >> 1 and carries(floor.day, position.high_day, stock=stock))
        ]
    return position


def _weigh(position: Position, series: dict[int, Series], fates: list[int], *, stock: bool) -> None:
    """Set the counted floors of a source beside its whole (design 6, series of one position)."""
    whole = series[WHOLE]
    _, high, best = whole.figure
    denies = all(row.has(given.DENIES) for row in whole.standing)
    above = [
        each
        for basis, each in series.items()
        if basis != WHOLE
        and each.figure[0] >> 1 > high >> 1
        and (denies or each.day == whole.day or (not stock and not whole.day[1] < each.day[0]))
    ]
    if not above:  # of a later last day both stand, each for its own day
        position.high, position.high_day = high, whole.day
        beside = max(floor.low for floor in position.floors)
        position.best = best if best >= beside >> 1 else -1
        position.figured = whole.standing
        return
    later = any(all(surely_before(row, each) for row in whole.standing) for of in above for each in of.standing)
    if later:  # it replaces the whole: overtaken by its own count
        position.flags |= out.OVERTAKES_ITSELF
        position.floors = [floor for floor in position.floors if floor.series != WHOLE]
        position.replaced += whole.standing
    else:  # the source contradicts itself: the higher floor stands, without an upper end
        position.flags |= out.CONTRADICTS
        position.heard += whole.standing
    for row in whole.kept:
        fates[row.place] = out.REPLACED if later else fates[row.place]


def _settle(candidates: list[Row], named: list[Row], fates: list[int], parts: list[int], *, stock: bool) -> Series:
    """Settle one series of a source: what later statements exclude is out, the latest stands, versions are one."""
    excluded = _excluded(candidates, stock=stock)
    left = [row for row in candidates if row.place not in excluded]
    begins = max(row.until[0] for row in left)
    kept = last_said([row for row in left if row.until[1] >= begins])
    chosen = {row.place for row in kept}
    older = [row for row in left if row.place not in chosen]
    for row in (*older, *(row for row in candidates if row.place in excluded)):
        fates[row.place] = out.REPLACED
    for row in candidates:
        if row.place in excluded:
            parts[row.place] |= out.OUT
    standing, figure = _versions(kept)
    told = [(row.low, row.high, row.best) for row in standing]
    for row in kept:
        fates[row.place] = out.VERSION
    if all(each == told[0] for each in told):
        for row in standing:
            fates[row.place] = out.STANDS
    differs = max(row.low >> 1 for row in kept) > min(row.high >> 1 for row in kept)
    day = latest_day(row.until for row in standing)
    replaced = [row for row in candidates if row.place not in chosen]
    fallen = [
        row.named_low
        for row in (*replaced, *named)
        if (not stock or row.until == day) and revises_down(standing, row)  # a stock may fall from day to day
    ]
    carried = [] if stock else _earlier_floors(older, day, standing)
    return Series(standing, kept, replaced, figure, day, differs, max(fallen, default=-1), carried)


def _versions(kept: list[Row]) -> tuple[list[Row], tuple[int, int, int]]:
    """Settle versions: those read at the source itself stand; else their meet; else the hull of what most allow."""
    standing = [row for row in kept if row.has(given.AT_SOURCE)] or kept
    return standing, combined([(row.low, row.high, row.best) for row in standing])


def revises_down(standing: Sequence[Row], before: Row) -> bool:
    """Tell whether the highest number named now is below the lowest one named as a floor by what it replaced.

    What was surely said after all that stands is no earlier word.
    """
    now = max(row.named_high for row in standing)
    return before.named_low > now and not all(surely_before(row, before) for row in standing)


def _excluded(candidates: list[Row], *, stock: bool) -> set[int]:
    """Find the claims that cannot be true together with a later statement that is itself not out, newest first."""
    if len(candidates) < 2:
        return set()
    excluded: set[int] = set()
    standing: list[Row] = []
    for row in sorted(candidates, key=lambda row: (row.said[1], row.moment), reverse=True):
        if any(surely_before(row, each) and _cannot_both(row, each, stock=stock) for each in standing):
            excluded.add(row.place)
        else:
            standing.append(row)
    return excluded


def _cannot_both(one: Row, other: Row, *, stock: bool) -> bool:
    """Tell whether two statements cannot be true together, by stated ends; a denial shares a day with every figure."""
    denial = one.has(given.DENIES) or other.has(given.DENIES)
    return any(
        stated_low(here.low) > stated_high(there.high) and (denial or carries(here.until, there.until, stock=stock))
        for here, there in ((one, other), (other, one))
    )


def stated_low(low: int) -> int:
    """Give a lower end that the words state, unpacked; 0 for an assumed one."""
    return low >> 1 if low & 1 else 0


def stated_high(high: int) -> int:
    """Give an upper end that the words state, unpacked; `UNBOUNDED` for an assumed one."""
    return UNBOUNDED if high & 1 else high >> 1


Dated = TypeVar("Dated", Row, Position)


def last_said(candidates: Sequence[Dated]) -> list[Dated]:
    """Among those that count the same day keep those than which no other was surely said later.

    The time counts only where all of them carry it.
    """
    days: dict[Day, list[Dated]] = {}
    for each in candidates:
        days.setdefault(each.until, []).append(each)
    kept: list[Dated] = []
    for same in days.values():
        last = same
        if not all(each.moment for each in same):
            begins = max(each.said[0] for each in same)
            last = [each for each in same if each.said[1] == 0 or each.said[1] >= begins]
        if all(each.moment for each in last):
            final = max(each.moment for each in last)
            last = [each for each in last if each.moment == final]
        kept += last
    return kept


def _earlier_floors(older: Iterable[Row], day: Day, standing: Sequence[Row]) -> list[Floor]:
    """Give the last-said lower end of each earlier day, unless what is named now revises it down."""
    days: dict[Day, list[Row]] = {}
    for row in older:
        if row.until != day and carries(row.until, day, stock=False):
            days.setdefault(row.until, []).append(row)
    found = []
    for earlier, same in days.items():
        last, (low, _, _) = _versions(last_said(same))
        if not any(revises_down(standing, row) for row in last):
            found.append(Floor(low, earlier, last[0].series, last, carried=True))
    return found


@dataclass(slots=True, eq=False)
class Voice:
    """All positions that rest on one root: an independent source (design 6, "Voices")."""

    roots: tuple[int, ...]
    positions: list[Position]
    last: list[Position]  # those of its latest day and hour
    standing: list[Position]  # those of them whose figure it has
    unattributed: bool
    low: int = given.packed_low(0)
    high: int = OPEN
    best: int = -1
    day: Day = NO_DAY
    high_day: Day = NO_DAY
    floors: list[Floor] = field(default_factory=list)
    flags: int = 0
    everything: list[Row] = field(default_factory=list)  # all that it ever said, also what it replaced or withdrew
    # on the finding's day (design 7 D)
    on_day: tuple[int, int] = (given.packed_low(0), OPEN)
    of_day: bool = False
    carried: bool = False
    overtaken: bool = False
    outlier: bool = False

    @property
    def denies(self) -> bool:
        """Whether it says that it did not happen."""
        return all(position.denies for position in self.last)

    @property
    def states(self) -> bool:
        """Whether it states an end."""
        return self.high < OPEN or any(floor.low > NOTHING[0] for floor in self.floors)

    @property
    def makes(self) -> list[Row]:
        """The claims that make its figure."""
        return [row for position in self.last for row in position.makes]

    @property
    def figured(self) -> list[Row]:
        """The claims of its figure itself, without counted floors beside it."""
        return [row for position in self.standing for row in position.figured]


def voices_of(
    positions: Sequence[Position], rows: Sequence[Row], unattributed: Sequence[int], fates: list[int], *, stock: bool
) -> list[Voice]:
    """Group positions by the roots that they share; the latest of each group is its figure."""
    leader: dict[int, int] = {}

    def find(root: int) -> int:
        while leader.setdefault(root, root) != root:
            root = leader[root]
        return root

    for position in positions:
        for root in position.roots:
            leader[find(root)] = find(position.root)
    groups: dict[int, list[Position]] = {}
    for position in positions:
        groups.setdefault(find(position.root), []).append(position)
    found = [_voice(group, unattributed, fates, stock=stock) for group in groups.values()]
    for voice in found:
        voice.everything = [
            row
            for row in rows
            if row.has(given.COUNT)
            and not row.has(given.COPY)
            and fates[row.place] not in UNHEARD
            and not set(row.roots).isdisjoint(voice.roots)
        ]
    return found


def _voice(group: list[Position], unattributed: Sequence[int], fates: list[int], *, stock: bool) -> Voice:
    roots = tuple(sorted({root for position in group for root in position.roots}))
    unsigned = any(unattributed[root] for root in roots)
    begins = max(position.day[0] for position in group)
    kept = [position for position in group if position.day[1] >= begins]
    if not unsigned:  # what nobody signs replaces nothing of each other
        kept = last_said(kept)
    standing = [position for position in kept if position.at_source] or kept  # versions, of organs too
    voice = Voice(roots, group, kept, standing, unsigned)
    told = [position.ranged for position in standing]
    if len(standing) == 1:
        (only,) = standing
        voice.low, voice.high, voice.best, voice.high_day = only.low, only.high, only.best, only.high_day
        voice.day, voice.floors = only.day, list(only.floors)
    else:
        voice.low, voice.high, voice.best = combined(told)
        voice.day = voice.high_day = latest_day(position.day for position in standing)
        voice.floors = [Floor(voice.low, voice.day, WHOLE, voice.figured)]
        if _share(told):
            voice.floors += [floor for each in standing for floor in each.floors]
    if any(position.alone for position in kept) and not _share([position.ranged for position in kept]):
        voice.flags |= out.DIFFERS  # organs that differ are divided
    if unsigned:
        for position in kept:
            if position not in standing or any(each != told[0] for each in told):
                fates[position.makes[0].place] = out.VERSION
    for position in kept:
        position.latest = True
        voice.flags |= position.flags
    if not stock:
        _carry(voice)
    return voice


def _share(figures: Sequence[tuple[int, int, int]]) -> bool:
    return max(low >> 1 for low, _, _ in figures) <= min(high >> 1 for _, high, _ in figures)


def _carry(voice: Voice) -> None:
    """Carry the highest floor into a voice: of an earlier day of its source, or counted by another organ of its root.

    What rests on others or is signed by nobody replaces nothing, so there too the floor of an earlier day carries.
    """
    offered = [floor for position in voice.standing for floor in position.carried]
    sources = {position.source for position in voice.standing}
    top = voice.standing[0].top if len(voice.standing) == 1 else OPEN
    for position in voice.positions:
        if position in voice.standing:
            continue
        if position.alone:
            earlier = position.day[1] < voice.day[0] and (voice.unattributed or position.source in sources)
            floors = position.floors if earlier else []
        else:
            floors = [floor for floor in position.floors if floor.series != WHOLE]
        offered += [
            Floor(floor.low, floor.day, floor.series, floor.rows, carried=True)
            for floor in floors
            if floor.low >> 1 <= top >> 1 and not any(revises_down(voice.makes, row) for row in floor.rows)
        ]
    offered = [
        floor
        for floor in offered
        if floor.low >> 1 > voice.low >> 1
        and carries(floor.day, voice.day, stock=False)
        and not (floor.low >> 1 > voice.high >> 1 and carries(floor.day, voice.high_day, stock=False))
    ]
    voice.low = max((floor.low for floor in offered), default=voice.low)
    voice.floors += [floor for floor in offered if floor.low == voice.low]
