"""Where each source stands (design 6): what became of its claims, its series settled, counted floors beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from casualties.reconciling.arrays import Array, Groups, Lists, Table, key
from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel.claims import OPEN, WHOLE
from casualties.reconciling.kernel.figures import (
    carries,
    combined,
    earliest,
    has,
    latest,
    stated_high,
    stated_low,
)
from casualties.reconciling.kernel.statements import (
    FAR,
    Words,
    last_said,
    newest,
    read_at_source,
    revises_down,
    surely_before,
)

__all__ = ["Settled", "settle", "taken"]


@dataclass(slots=True)
class Settled:
    """Claims, positions and their lower ends, as they are settled source by source."""

    fate: Array  # by claim
    part: Array  # by claim, as bits
    position: Array  # by claim the position that it makes or that replaced it; -1 for none
    figured: Array  # by claim whether it is of the figure of its position itself, without counted floors beside it
    estimates: Array  # the claims whose estimates stand
    positions: Table  # sorted by topic
    floors: Table  # the lower ends of positions, sorted by position
    bearing: Table  # the claims of these, as pairs ``floor`` and ``claim``, sorted by floor
    carried: Table  # lower ends of earlier days of a source, likewise
    carrying: Table  # the claims of these


def settle(do: Lists, rows: Table, several: Table) -> Settled:
    """Settle the claims of each source: a position a source, and one for each claim that is alone."""
    size = len(rows.topic)
    fate, gone = _early_fates(do, rows)
    open_, study = fate == -1, has(rows, given.ESTIMATE)
    counts, studies = do.flat(open_), do.full(0, 0)
    if do.any(study):
        counts, studies = do.flat(open_ & ~study), do.flat(open_ & study)
        gone = do.concat(gone, _retire(do, rows, counts, studies, fate))
        studies = _settle_estimates(do, rows, studies, fate)
    _leave_undated(do, rows, counts, fate)
    if len(several.row):
        _drop_echoes(do, rows, several, fate)
    # A seat is what one source says, or one claim that is alone; where an estimate retired all of it nothing is left.
    claims = counts[do.flat(fate[counts] == -1)]
    said = rows if len(claims) == size else rows.take(claims)
    keys: tuple[Array, ...] = (said.topic, said.root, said.source)
    if do.any(said.alone):
        keys = (*keys, do.where(said.alone != 0, claims + 1, 0))
        order = do.order(*keys, said.series)
        claims, said, keys = claims[order], said.take(order), tuple(key[order] for key in keys)
    seats = do.groups(*keys)
    position, part = do.full(size, -1), do.full(size, 0)
    position[claims] = seats.of
    names = ("topic", "source", "root", "alone", "stock")
    positions = Table(first=seats.firsts(claims), **{name: seats.firsts(getattr(said, name)) for name in names})
    series = _settle_series(do, claims, said, seats, fate, part)
    settled = Settled(
        fate,
        part,
        position,
        do.full(size, False),
        studies,
        positions,
        Table(),
        Table(),
        series.carried,
        series.carrying,
    )
    if len(gone):
        _name_replaced(do, rows, gone, positions, series, position)
    _take_positions(do, rows, series, settled)
    return settled


_SET_ASIDE: Final = (
    (given.COPY, out.COPY),
    (given.NAMED, out.REPLACED),
    (given.LATER, out.LATER),
    (given.PROJECTED, out.PROJECTED),
    (given.WITHDRAWN, out.WITHDRAWN),
    (given.MISRELAYED, out.MISRELAYED),
)
"""What a claim's own nature makes of it; of several the last that holds."""


def _early_fates(do: Lists, rows: Table) -> tuple[Array, Array]:
    """Give what a claim's own nature makes of it; -1 where it competes with others of its source.

    With it the counts that are replaced by name.
    """
    speaks = has(rows, given.COUNT | given.ESTIMATE)
    fate = do.where(speaks, -1, out.STANDS)
    odd = do.flat(has(rows, sum(mark for mark, _ in _SET_ASIDE)))
    if not len(odd):
        return fate, odd
    here, marked, of = fate[odd], rows.take(odd), speaks[odd]
    for mark, what in _SET_ASIDE:
        holds = has(marked, mark)
        if mark in (given.COPY, given.NAMED):  # of what takes no position there is nothing to copy or to replace
            holds = holds & of
        here = do.where(holds, what, here)
    fate[odd] = here
    named = (here == out.REPLACED) & ~has(marked, given.ESTIMATE) & (rows.alone[odd] == 0)
    return fate, odd[do.flat(named)]


def _speaker(said: Table) -> Array:
    """Give one number for the source and the topic of claims or positions."""
    return key(said.topic, said.source)


def _leave_undated(do: Lists, rows: Table, counts: Array, fate: Array) -> None:
    """Leave out undated claims of a source that has a dated one."""
    undated = counts[do.flat((rows.day[counts] == 0) & (fate[counts] == -1))]
    if len(undated):
        dated = counts[do.flat(rows.day[counts] != 0)]
        silent = do.among(_speaker(rows.take(dated)), _speaker(rows.take(undated)))
        fate[undated[do.flat(silent)]] = out.UNDATED


def _retire(do: Lists, rows: Table, counts: Array, studies: Array, fate: Array) -> Array:
    """Retire the earlier counts of a source by an estimate of its own, and give them."""
    own = studies[do.flat(rows.alone[studies] == 0)]
    order, keys, groups = do.sorted_groups(_speaker(rows.take(own)))
    said = rows.take(own[order])
    counts = counts[do.flat(rows.alone[counts] == 0)]
    at = do.lookup(keys, _speaker(rows.take(counts)))
    hit = do.flat(at >= 0)
    counts = counts[hit]
    later = Words.last(do, groups, said, said.begin).at(at[hit]).any_after(rows.take(counts))
    retired = counts[do.flat(later)]
    fate[retired] = out.REPLACED
    return retired


def _settle_estimates(do: Lists, rows: Table, studies: Array, fate: Array) -> Array:
    """Keep the latest estimate of each source; they stand beside the counts (design 7 E)."""
    by = rows.take(studies)
    alone = do.where(by.alone != 0, studies + 1, 0)
    order = do.order(by.topic, by.source, alone)
    claims, by = studies[order], by.take(order)
    lanes = do.groups(by.topic, by.source, alone[order])
    dated = (by.day != 0) | ~lanes.rows(lanes.any(by.day != 0))
    fate[claims] = do.where(dated, out.REPLACED, out.UNDATED)
    claims = claims[do.flat(newest(do, by, lanes, dated))]
    fate[claims] = out.STANDS
    return do.ascending(claims)


def _drop_echoes(do: Lists, rows: Table, several: Table, fate: Array) -> None:
    """Set aside what rests on several of whom one speaks: it adds no independent source."""
    counts = (fate == -1) & ~has(rows, given.ESTIMATE)
    speaking = rows.alone == 0
    single = do.full(len(fate), True)
    single[several.row] = False
    speaking = do.flat(counts & (speaking | single))
    row = several.row
    echo = counts[row] & (rows.alone[row] != 0)
    heard = do.among(key(rows.topic[speaking], rows.root[speaking]), key(rows.topic[row], several.root))
    fate[row[do.flat(echo & heard)]] = out.COPY


def _excluded(do: Lists, said: Table, lanes: Groups) -> Array:
    """Find the claims that cannot be true together with a later statement that is itself not out, newest first.

    By stated ends; a denial shares a day with every figure.
    """
    low, high = stated_low(said.low), stated_high(do, said.high)
    found = do.full(len(lanes.of), False)
    ordered = (lanes.most(said.begin, 0) > lanes.least(said.end, FAR)) | lanes.any(said.moment > 0)
    apart = do.flat(lanes.rows((lanes.most(low, 0) > lanes.least(high, 0)) & ordered))
    if not len(apart):
        return found
    low, high = low[apart], high[apart]
    compact = do.groups(lanes.of[apart]).of
    ends = key(compact, high)
    order = do.order(ends)
    upper, place = do.spread(do.find(ends[order], key(compact, 0)), do.find(ends[order], key(compact, low)))
    lower = order[place]
    one, other = (said.take(apart[each]) for each in (upper, lower))
    denial = has(one, given.DENIES) | has(other, given.DENIES)
    cannot = denial | carries(one.day, other.day, one.stock)
    first, last = surely_before(do, one, other), surely_before(do, other, one)
    pairs = do.flat(cannot & (first | last))
    earlier = do.where(first, upper, lower)[pairs]
    later = do.where(first, lower, upper)[pairs]
    order = do.order(earlier)
    earlier, later = earlier[order], later[order]
    by = do.grouped(earlier, len(apart))
    state = do.where(by.any(earlier >= 0), 0, 1)  # 1 stands, -1 is out, 0 is not yet known
    while do.any(state == 0):  # as many times as statements of one source exclude those that exclude others
        after = state[later]
        known = do.where(by.any(after == 1), -1, do.where(by.all(after == -1), 1, 0))
        new = do.where(state == 0, known, state)
        if not do.any(new != state):
            break
        state = new
    found[apart[do.flat(state == -1)]] = True
    return found


@dataclass(slots=True)
class Series:
    """What each source says with each basis, and without (design 6): lanes, and the claims in them."""

    lanes: Table  # by lane its figure, sorted by position
    standing: Table  # the claims that make it, as pairs ``lane`` and ``claim``
    kept: Table  # all that no order tells apart, likewise
    carried: Table  # lower ends of earlier days
    carrying: Table  # the claims of these
    words: Callable[[], Words]  # the last words of the claims that make each


def _settle_series(do: Lists, claims: Array, said: Table, seats: Groups, fate: Array, part: Array) -> Series:
    """Settle each series of a source: what later statements exclude is out, the latest stands, versions are one."""
    lanes = do.groups(seats.of, said.series)
    excluded = do.full(len(claims), False)
    kept = stands = ~excluded
    if not lanes.single:
        excluded = _excluded(do, said, lanes)
        kept = newest(do, said, lanes, ~excluded)
        stands = read_at_source(lanes, kept, has(said, given.AT_SOURCE))
    standing, by, place = said, lanes, do.flat(stands)
    if len(place) < len(claims):
        standing, by = said.take(place), do.grouped(lanes.of[place], lanes.number)
    figure = combined(do, by, standing)
    made = Table(
        seat=lanes.firsts(seats.of), topic=lanes.firsts(said.topic), series=lanes.firsts(said.series),
        stock=lanes.firsts(said.stock), low=figure.low, high=figure.high, best=figure.best,
        day=by.most(standing.day, 0), denies=by.all(has(standing, given.DENIES)),
        differs=do.full(lanes.number, False),
    )  # fmt: skip
    made.later(now=lambda: by.most(standing.named_high, -1), revised_from=lambda: do.full(lanes.number, -1))
    if not lanes.single:
        lows, highs = do.where(kept, said.low, 0), do.where(kept, said.high, OPEN)
        made.differs = (lanes.most(lows, 0) >> 1) > (lanes.least(highs, 0) >> 1)
    fate[claims] = do.where(kept, out.VERSION, out.REPLACED)
    at = claims[place]
    fate[at[do.flat(by.rows(figure.same))]] = out.STANDS
    remain, none = do.flat(kept), do.full(0, 0)
    found = Series(
        made,
        Table(lane=by.of, claim=at),
        Table(lane=lanes.of[remain], claim=claims[remain]),
        Table(seat=none, position=none, low=none),
        Table(floor=none, claim=none),
        cache(lambda: Words.last(do, by, standing, standing.end)),
    )
    if len(remain) < len(claims):
        part[claims[do.flat(excluded)]] = out.OUT
        gone = do.flat(~kept)
        _carry(do, claims[gone], said.take(gone), lanes.of[gone], ~excluded[gone], found)
    return found


def _reveal(do: Lists, series: Series, lane: Array, before: Table) -> Array:
    """See what each series was revised down from: the highest floor of what it replaced, above all named now."""
    made = series.lanes
    down = revises_down(made.now, series.words(), lane, before) & (~before.stock | (before.day == made.day[lane]))
    return do.grouped(lane, len(made.seat)).most(do.where(down, before.named_low, -1), -1)


def _carry(do: Lists, claims: Array, before: Table, lane: Array, open_: Array, series: Series) -> None:
    """Find the floors of earlier days that carry into a series, unless what is named now revises them down."""
    made, of_lane = series.lanes, lane
    made.later(revised_from=lambda: _reveal(do, series, of_lane, before))
    day = made.day[lane]
    older = do.flat(open_ & ~before.stock & (before.day != day) & carries(before.day, day, before.stock))
    if not len(older):
        return
    older = older[do.flat(last_said(do, before, older, lane[older]))]
    older = older[do.order(lane[older], before.day[older])]
    days = do.groups(lane[older], before.day[older])
    at_source = has(before.take(older), given.AT_SOURCE)
    older = older[do.flat(read_at_source(days, do.full(len(older), True), at_source))]
    last, of = before.take(older), lane[older]
    floors = do.groups(of, last.day)
    lane, low = floors.firsts(of), combined(do, floors, last).low
    series.carried = Table(
        seat=made.seat[lane], series=made.series[lane], day=floors.firsts(last.day), stock=made.stock[lane], low=low,
        lane=lane, bears=~floors.any(revises_down(made.now, series.words(), of, last))
        & ((low >> 1) <= (made.high >> 1)[lane]),
    )  # fmt: skip
    series.carrying = Table(floor=floors.of, claim=claims[older])


def _name_replaced(do: Lists, rows: Table, named: Array, positions: Table, series: Series, position: Array) -> None:
    """List the claims that a source replaces by name or by an estimate, and see what they reveal."""
    lanes = series.lanes
    own = do.flat(positions.alone == 0)
    order, keys, _ = do.sorted_groups(_speaker(positions.take(own)))
    at = do.lookup(keys, _speaker(rows.take(named)))
    hit = do.flat(at >= 0)
    named, seat = named[hit], own[order[at[hit]]]
    position[named] = seat
    lane = do.lookup(key(lanes.seat, lanes.series), key(seat, rows.series[named]))
    hit = do.flat(lane >= 0)
    hit = hit[do.order(lane[hit])]
    lanes.revised_from = do.maximum(lanes.revised_from, _reveal(do, series, lane[hit], rows.take(named[hit])))


def _beside_the_whole(do: Lists, rows: Table, series: Series, seats: Groups, whole: Array, fate: Array) -> Table:
    """Set counted floors beside the whole of a source (design 6): by position its upper end, by lane what stays."""
    lanes, kept, standing, number = series.lanes, series.kept, series.standing, seats.number
    at = seats.most(do.where(whole, do.count(len(whole)), -1), -1)
    high, day, best = do.pick(lanes.high, at, OPEN), do.pick(lanes.day, at, 0), do.pick(lanes.best, at, -1)
    whole_day = seats.rows(day)  # of a later last day both stand, each for its own day
    same = (lanes.day == whole_day) | (~lanes.stock & ~(latest(whole_day) < earliest(lanes.day)))
    denied = seats.rows(do.pick(do.numbers(lanes.denies), at, 0)) != 0
    above = ~whole & seats.rows(at >= 0) & ((lanes.low >> 1) > seats.rows(high >> 1)) & (same | denied)
    raised, overtakes = seats.any(above), do.full(number, False)
    higher = do.flat(above[standing.lane])
    if len(higher):  # stated later it replaces the whole: overtaken by its own count
        of = seats.of[standing.lane[higher]]
        later = series.words().at(at[of]).all_before(rows.take(standing.claim[higher]))
        overtakes = do.grouped(of, number).any(later)
        fate[kept.claim[do.flat((whole & seats.rows(overtakes))[kept.lane])]] = out.REPLACED
    stays = ~(whole & seats.rows(overtakes))
    # Of the counted floors the highest stands beside the whole; those of a stock hold for their own days.
    most = seats.rows(seats.most(do.where(whole, -1, lanes.low >> 1), -1))
    floors = stays & (whole | (((lanes.low >> 1) > 0) & (lanes.stock | ((lanes.low >> 1) == most))))
    calm = ~raised & (at >= 0)
    highest = seats.most(do.where(floors, lanes.low, 0), 0)
    return Table(
        high=do.where(calm, high, OPEN), high_day=do.where(calm, day, 0), calm=calm, stays=stays, floors=floors,
        best=do.where(calm & (best >= (highest >> 1)), best, -1), overtakes=overtakes, raised=raised,
    )  # fmt: skip


def _take_positions(do: Lists, rows: Table, series: Series, settled: Settled) -> None:
    """Take the figure of each position from its series, and say which claims make it (design 6)."""
    lanes, positions, standing, kept, part = (
        series.lanes, settled.positions, series.standing, series.kept, settled.part
    )  # fmt: skip
    seat, whole = lanes.seat, lanes.series == WHOLE
    seats = do.grouped(seat, len(positions.topic))
    if do.any(~whole):
        beside = _beside_the_whole(do, rows, series, seats, whole, settled.fate)
    else:
        every = do.full(len(seat), True)
        beside = Table(
            high=lanes.high, high_day=lanes.day, best=lanes.best, calm=every, stays=every, floors=every,
            overtakes=~every, raised=~every,
        )  # fmt: skip
    stays, floors = beside.stays, beside.floors
    positions.high, positions.high_day = beside.high, beside.high_day
    positions.day = seats.most(do.where(stays, lanes.day, 0), 0)
    bears = floors & (~lanes.stock | (lanes.day == seats.rows(positions.day)))
    positions.low = seats.most(do.where(bears, lanes.low, 1), 1)
    contradicts = beside.raised & ~beside.overtakes  # the higher floor stands, without an upper end
    positions.later(
        best=lambda: beside.best,
        top=lambda: seats.most(do.where(stays, lanes.high, 0), 0),
        revised_from=lambda: seats.most(do.where(stays, lanes.revised_from, -1), -1),
        flags=lambda: (
            do.numbers(seats.any(lanes.differs)) * out.DIFFERS
            + do.numbers(positions.revised_from >= 0) * out.REVISED_DOWN
            + do.numbers(contradicts) * out.CONTRADICTS
            + do.numbers(beside.overtakes) * out.OVERTAKES_ITSELF
        ),
    )
    makes = do.flat(stays[standing.lane])
    lane, claim = standing.lane[makes], standing.claim[makes]
    by = do.grouped(seat[lane], len(positions.topic))
    said = rows.take(claim)
    positions.denies = by.all(has(said, given.DENIES))
    newest_ = said.day == by.rows(positions.day)
    settled.figured[claim] = do.where(by.rows(beside.calm), whole[lane], newest_)
    part[claim] = part[claim] | out.MAKES
    # When the last of the claims that count its last day was said; the hour only where all carry one.
    last = partial(_last_said, do, by, newest_)
    positions.later(
        at_source=lambda: by.any(has(said, given.AT_SOURCE)),
        begin=lambda: last(said.said),
        end=lambda: do.where((end := last(said.said_latest)) == 0, FAR, end),
        moment=lambda: do.where(by.all(~newest_ | (said.moment > 0)), last(said.moment), 0),
    )
    for pairs, heard in ((kept, lanes.differs), (standing, whole & seats.rows(contradicts))):
        if do.any(heard):
            versions = pairs.claim[do.flat(heard[pairs.lane])]
            part[versions] = part[versions] | out.HEARD
    # The lower ends of positions, and those of earlier days that the standing figure does not exclude.
    ends = Table(position=seat, low=lanes.low, day=lanes.day, series=lanes.series, topic=lanes.topic)
    settled.floors, settled.bearing = taken(do, ends, Table(floor=lane, claim=claim), do.flat(floors))
    carried = series.carried
    if len(of := carried.seat):
        excluded = (carried.low >> 1) > (positions.high >> 1)[of]
        excluded = excluded & carries(carried.day, positions.high_day[of], carried.stock)
        carried.position, bears = of, carried.bears & stays[carried.lane] & ~excluded
        settled.carried, settled.carrying = taken(do, carried, series.carrying, do.flat(bears))


def _last_said(do: Lists, groups: Groups, newest_: Array, said: Array) -> Array:
    return groups.most(do.where(newest_, said, 0), 0)


def taken(do: Lists, floors: Table, bearing: Table, some: Array) -> tuple[Table, Table]:
    """Give some lower ends in an order of their own, and the claims of these."""
    if len(some) == len(floors.low) and not do.any(some != do.count(len(some))):
        return floors, bearing
    place = do.full(len(floors.low), -1)
    place[some] = do.count(len(some))
    floor = place[bearing.floor]
    rows = do.flat(floor >= 0)
    rows = rows[do.order(floor[rows])]
    return floors.take(some), Table(floor=floor[rows], claim=bearing.claim[rows])
