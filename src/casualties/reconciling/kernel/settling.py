"""Where each source stands (design 6): what became of its claims, its series settled, counted floors beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
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
    last_day,
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

__all__ = ["Settled", "settle"]


@dataclass(slots=True)
class Settled:
    """Claims, positions and their lower ends, as they are settled source by source.

    Attributes:
        fate: By claim, its fate.
        part: By claim, its parts, as bits.
        position: By claim, the position that it makes or that replaced it; -1 for none.
        figured: By claim, whether it is of the figure of its position itself, without counted floors beside it.
        estimates: The claims whose estimates stand.
        positions: The positions, sorted by topic.
        floors: The lower ends of positions, sorted by position.
        bearing: The claims of these, as pairs ``floor`` and ``claim``, sorted by floor.
        carried: Lower ends of earlier days of a source, likewise.
        carrying: The claims of these.
    """

    fate: Array
    part: Array
    position: Array
    figured: Array
    estimates: Array
    positions: Table
    floors: Table
    bearing: Table
    carried: Table
    carrying: Table


def settle(do: Lists, rows: Table, several: Table) -> Settled:
    """Settle the claims of each source: a position a source, and one for each claim that is alone."""
    size = len(rows.topic)
    fate, gone = _early_fates(do, rows)
    open_ = do.flat(fate == -1)
    study = has(rows, given.ESTIMATE)
    studies = do.flat(study & (fate == -1)) if do.any(study) else open_[:0]
    everything = open_
    if len(studies):
        everything = open_[do.flat(~study[open_])]
        gone = do.concat(gone, _retire(do, rows, everything, studies, fate))
        studies = _settle_estimates(do, rows, studies, fate)
    _leave_undated(do, rows, everything, fate)
    if len(several.row):
        _drop_echoes(do, rows, several, fate)
    # A seat is what one source says, or one claim that is alone; where an estimate retired all of it nothing is left.
    claims = everything[do.flat(fate[everything] == -1)]
    said = rows if len(claims) == size else rows.take(claims)
    keys: tuple[Array, ...] = (said.topic, said.root, said.source)
    if do.any(said.alone):
        keys = (*keys, do.where(said.alone != 0, claims + 1, 0))
        order = do.order(*keys, said.series)
        claims, said, keys = claims[order], said.take(order), tuple(key[order] for key in keys)
    seats = do.groups(*keys)
    position = do.full(size, -1)
    position[claims] = seats.of
    positions = Table(first=seats.firsts(claims))
    for name in ("topic", "source", "root", "alone", "stock"):
        setattr(positions, name, seats.firsts(getattr(said, name)))
    part = do.full(size, 0)
    series = _settle_series(do, rows, claims, said, seats, fate, part)
    settled = Settled(
        fate, part, position, do.full(size, False), studies, positions, series.lanes, Table(), series.carried,
        series.carrying,
    )  # fmt: skip
    if len(gone):
        _name_replaced(do, rows, gone, positions, series, position)
    _take_positions(do, rows, series, settled)
    return settled


def _number(groups: Array) -> int:
    return int(groups[-1]) + 1 if len(groups) else 0


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


def _leave_undated(do: Lists, rows: Table, counts: Array, fate: Array) -> None:
    """Leave out undated claims of a source that has a dated one."""
    undated = counts[do.flat((rows.day[counts] == 0) & (fate[counts] == -1))]
    if len(undated):
        dated = counts[do.flat(rows.day[counts] != 0)]
        _, keys, _ = do.sorted_groups(key(rows.topic[dated], rows.source[dated]))
        silent = do.lookup(keys, key(rows.topic[undated], rows.source[undated])) >= 0
        fate[undated[do.flat(silent)]] = out.UNDATED


def _retire(do: Lists, rows: Table, counts: Array, studies: Array, fate: Array) -> Array:
    """Retire the earlier counts of a source by an estimate of its own, and give them."""
    own = studies[do.flat(rows.alone[studies] == 0)]
    order, keys, groups = do.sorted_groups(key(rows.topic[own], rows.source[own]))
    said = rows.take(own[order])
    words = Words.last(do, groups, said, said.begin)
    at = do.lookup(keys, key(rows.topic[counts], rows.source[counts]))
    hit = do.flat((at >= 0) & (rows.alone[counts] == 0))
    counts = counts[hit]
    later = words.at(at[hit]).any_after(rows.take(counts))
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
    day = rows.day[claims]
    dated = (day != 0) | ~lanes.rows(lanes.any(day != 0))
    fate[claims] = do.where(dated, out.REPLACED, out.UNDATED)
    claims = claims[do.flat(newest(do, by, lanes, dated))]
    fate[claims] = out.STANDS
    return claims[do.order(claims)]


def _drop_echoes(do: Lists, rows: Table, several: Table, fate: Array) -> None:
    """Set aside what rests on several of whom one speaks: it adds no voice."""
    counts = (fate == -1) & ~has(rows, given.ESTIMATE)
    single = do.full(len(fate), True)
    single[several.row] = False
    speaking = do.flat(counts & ((rows.alone == 0) | single))
    _, voiced, _ = do.sorted_groups(key(rows.topic[speaking], rows.root[speaking]))
    asked = do.flat(counts[several.row] & (rows.alone[several.row] != 0))
    row = several.row[asked]
    heard = do.lookup(voiced, key(rows.topic[row], several.root[asked])) >= 0
    fate[row[do.flat(heard)]] = out.COPY


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
    """What each source says with each basis, and without: lanes, and the claims in them.

    Attributes:
        lanes: By lane its figure, sorted by position.
        standing: The claims that make it, as pairs ``lane`` and ``claim``.
        kept: All that no order tells apart, likewise.
        carried: Lower ends of earlier days.
        carrying: The claims of these, as pairs ``floor`` and ``claim``.
        words: The last words of the claims that make each.
    """

    lanes: Table
    standing: Table
    kept: Table
    carried: Table
    carrying: Table
    words: Callable[[], Words]


def _settle_series(
    do: Lists, rows: Table, claims: Array, said: Table, seats: Groups, fate: Array, part: Array
) -> Series:
    """Settle each series of a source: what later statements exclude is out, the latest stands, versions are one."""
    lanes = do.groups(seats.of, said.series)
    every = do.full(len(claims), True)
    out_, kept = ~every, every
    if not lanes.single:
        out_ = _excluded(do, said, lanes)
        kept = newest(do, said, lanes, ~out_)
    # Versions: one read at the source itself stands; else their meet; else the hull of what most of them allow.
    stands = kept if lanes.single else read_at_source(lanes, kept, has(said, given.AT_SOURCE))
    standing, of, by = said, lanes.of, lanes
    place = do.flat(stands)
    if len(place) < len(claims):
        standing, of = said.take(place), lanes.of[place]
        by = do.grouped(of, lanes.number)
    figure = combined(do, by, standing)
    made = Table(
        seat=lanes.firsts(seats.of), topic=lanes.firsts(said.topic), series=lanes.firsts(said.series),
        stock=lanes.firsts(said.stock), low=figure.low, high=figure.high, best=figure.best,
        day=last_day(by, standing.day), denies=by.all(has(standing, given.DENIES)),
        now=by.most(standing.named_high, -1), differs=do.full(lanes.number, False),
        revised_from=do.full(lanes.number, -1),
    )  # fmt: skip
    if not lanes.single:
        lows, highs = do.where(kept, said.low, 0), do.where(kept, said.high, OPEN)
        made.differs = (lanes.most(lows, 0) >> 1) > (lanes.least(highs, 0) >> 1)
    words = cache(lambda: Words.last(do, by, standing, standing.end))
    fate[claims] = do.where(kept, out.VERSION, out.REPLACED)
    at = claims[place]
    fate[at[do.flat(by.rows(figure.same))]] = out.STANDS
    still, kept = Table(lane=of, claim=at), do.flat(kept)
    every_kept = Table(lane=lanes.of[kept], claim=claims[kept]) if len(kept) > len(at) else still
    found = Series(made, still, every_kept, *_nothing_carried(do), words)
    if len(kept) < len(claims):
        part[claims[do.flat(out_)]] = out.OUT
        _carry(do, rows, claims, said, lanes, fate, do.flat(out_), found)
    return found


def _nothing_carried(do: Lists) -> tuple[Table, Table]:
    """Give the floors of earlier days, and their claims, where there are none."""
    none = do.full(0, 0)
    names = ("seat", "series", "day", "low", "lane")
    return Table(**dict.fromkeys(names, none), stock=none != 0, bears=none != 0), Table(floor=none, claim=none)


def _carry(
    do: Lists, rows: Table, claims: Array, said: Table, lanes: Groups, fate: Array, excluded: Array, found: Series
) -> None:
    """Find what each series was revised down from, and the floors of earlier days that carry into it (design 6)."""
    made, words = found.lanes, found.words()
    # Revised down: the highest number named now is below one named as a floor by what it replaced.
    gone = do.flat(fate[claims] == out.REPLACED)
    before = said.take(gone)
    lane = lanes.of[gone]
    down = revises_down(made.now, words, lane, before) & (~before.stock | (before.day == made.day[lane]))
    made.revised_from = do.grouped(lane, lanes.number).most(do.where(down, before.named_low, -1), -1)
    # An earlier day's floor carries, unless what is named now revises it down.
    open_ = do.full(len(claims), True)
    open_[excluded] = False
    day = made.day[lane]
    older = do.flat(open_[gone] & ~before.stock & (before.day != day) & carries(before.day, day, before.stock))
    if not len(older):
        return
    older = older[do.flat(last_said(do, rows, claims[gone[older]], lane[older]))]
    older = older[do.order(lane[older], before.day[older])]
    last, of = before.take(older), lane[older]
    floors = do.groups(of, last.day)
    read = do.flat(read_at_source(floors, do.full(len(of), True), has(last, given.AT_SOURCE)))
    older, last, of = older[read], last.take(read), of[read]
    floors = do.groups(of, last.day)
    found.carried = Table(
        seat=floors.firsts(made.seat[of]), series=floors.firsts(last.series), day=floors.firsts(last.day),
        stock=floors.firsts(last.stock), low=combined(do, floors, last).low, lane=floors.firsts(of),
        bears=~floors.any(revises_down(made.now, words, of, last)),
    )  # fmt: skip
    found.carried.bears = found.carried.bears & ((found.carried.low >> 1) <= (made.high >> 1)[found.carried.lane])
    found.carrying = Table(floor=floors.of, claim=claims[gone[older]])


def _name_replaced(do: Lists, rows: Table, named: Array, positions: Table, series: Series, position: Array) -> None:
    """List the claims that a source replaces by name or by an estimate, and see what they reveal."""
    lanes = series.lanes
    own = do.flat(positions.alone == 0)
    order, keys, _ = do.sorted_groups(key(positions.topic[own], positions.source[own]))
    at = do.lookup(keys, key(rows.topic[named], rows.source[named]))
    hit = do.flat(at >= 0)
    named, seat = named[hit], own[order[at[hit]]]
    position[named] = seat
    lane = do.lookup(key(lanes.seat, lanes.series), key(seat, rows.series[named]))
    hit = do.flat(lane >= 0)
    named, lane = named[hit], lane[hit]
    before = rows.take(named)
    down = revises_down(lanes.now, series.words(), lane, before)
    down = do.flat(down & (~before.stock | (before.day == lanes.day[lane])))
    order = do.order(lane[down])
    by = do.grouped(lane[down][order], len(lanes.seat))
    lanes.revised_from = do.maximum(lanes.revised_from, by.most(before.named_low[down][order], -1))


def _take_positions(do: Lists, rows: Table, series: Series, settled: Settled) -> None:
    """Set the counted floors of a source beside its whole, and take its figure (design 6, series of one position)."""
    lanes, positions, standing, kept = series.lanes, settled.positions, series.standing, series.kept
    seat, number = lanes.seat, len(positions.topic)
    seats = do.grouped(seat, number)
    whole = lanes.series == WHOLE
    high, day, best = lanes.high, lanes.day, lanes.best
    raised = overtakes = do.full(number, False)
    at = do.full(number, -1)
    counted = do.flat(~whole)
    if len(counted):
        at = seats.most(do.where(whole, do.count(len(seat)), -1), -1)
        high, day, best = do.pick(high, at, OPEN), do.pick(day, at, 0), do.pick(best, at, -1)
        whole_day = seats.rows(day)  # of a later last day both stand, each for its own day
        same = (lanes.day == whole_day) | (~lanes.stock & ~(latest(whole_day) < earliest(lanes.day)))
        denied = seats.rows(do.pick(do.numbers(lanes.denies), at, 0)) != 0
        above = ~whole & seats.rows(at >= 0) & ((lanes.low >> 1) > seats.rows(high >> 1)) & (same | denied)
        raised = seats.any(above)
        higher = do.flat(above[standing.lane])
        if len(higher):  # stated later it replaces the whole: overtaken by its own count
            of = seat[standing.lane[higher]]
            later = series.words().at(at[of]).all_before(rows.take(standing.claim[higher]))
            overtakes = do.grouped(of, number).any(later)
            gone = do.flat((whole & seats.rows(overtakes))[kept.lane])
            settled.fate[kept.claim[gone]] = out.REPLACED
    contradicts = raised & ~overtakes  # else the source contradicts itself: the higher floor stands, without an end
    calm, stays = ~raised, do.full(len(seat), True)
    floors = bears = stays
    if len(counted):
        calm = calm & (at >= 0)
        stays = ~(whole & seats.rows(overtakes))
        # Of the counted floors the highest stands beside the whole; those of a stock hold for their own days.
        most = seats.rows(seats.most(do.where(whole, -1, lanes.low >> 1), -1))
        floors = stays & (whole | (((lanes.low >> 1) > 0) & (lanes.stock | ((lanes.low >> 1) == most))))
        high, day = do.where(calm, high, OPEN), do.where(calm, day, 0)
        beside = seats.most(do.where(floors, lanes.low, 0), 0)
        best = do.where(calm & (best >= (beside >> 1)), best, -1)
    positions.day = last_day(seats, do.where(stays, lanes.day, 0))
    if len(counted):
        bears = floors & (~lanes.stock | (lanes.day == seats.rows(positions.day)))
    positions.low = seats.most(do.where(bears, lanes.low, 1), 1)
    positions.high, positions.high_day, positions.best = high, day, best
    positions.top = seats.most(do.where(stays, lanes.high, 0), 0)
    positions.revised_from = seats.most(do.where(stays, lanes.revised_from, -1), -1)
    positions.flags = (
        do.numbers(seats.any(lanes.differs)) * out.DIFFERS
        + do.numbers(positions.revised_from >= 0) * out.REVISED_DOWN
        + do.numbers(contradicts) * out.CONTRADICTS
        + do.numbers(overtakes) * out.OVERTAKES_ITSELF
    )
    lane, claim = standing.lane, standing.claim
    makes = do.count(len(lane))
    if len(counted):
        makes = do.flat(stays[lane])
        lane, claim = lane[makes], claim[makes]
    of = seat[lane]
    by = do.grouped(of, number)
    said = rows.take(claim)
    positions.denies, positions.at_source = by.all(has(said, given.DENIES)), by.any(has(said, given.AT_SOURCE))
    newest = said.day == by.rows(positions.day)
    settled.figured[claim] = do.where(by.rows(calm), whole[lane], newest)
    settled.part[claim] = settled.part[claim] | out.MAKES
    # When the last of the claims that count its last day was said; the hour only where all carry one.
    positions.begin = by.most(do.where(newest, said.said, 0), 0)
    end = by.most(do.where(newest, said.said_latest, 0), 0)
    positions.end = do.where(end == 0, FAR, end)
    timed = by.all(~newest | (said.moment > 0))
    positions.moment = do.where(timed, by.most(do.where(newest, said.moment, 0), 0), 0)
    if do.any(lanes.differs):
        heard = kept.claim[do.flat(lanes.differs[kept.lane])]
        settled.part[heard] = settled.part[heard] | out.HEARD
    if do.any(contradicts):
        heard = standing.claim[do.flat((whole & seats.rows(contradicts))[standing.lane])]
        settled.part[heard] = settled.part[heard] | out.HEARD
    # The lower ends of positions, and those of earlier days that the standing figure does not exclude.
    settled.floors = Table(position=seat, low=lanes.low, day=lanes.day, series=lanes.series, topic=lanes.topic)
    settled.bearing = Table(floor=lane, claim=claim)
    if len(counted):
        place = do.cumulate(floors) - 1
        settled.floors = settled.floors.take(do.flat(floors))
        on = do.flat(floors[lane])
        settled.bearing = Table(floor=place[lane[on]], claim=claim[on])
    _leave_excluded(do, series, positions, stays, settled)


def _leave_excluded(do: Lists, series: Series, positions: Table, stays: Array, settled: Settled) -> None:
    """Leave out the floors of earlier days that the standing figure excludes."""
    carried = series.carried
    of = carried.seat
    if not len(of):
        settled.carried, settled.carrying = Table(position=of, low=of, day=of, series=of), series.carrying
        return
    excluded = ((carried.low >> 1) > (positions.high >> 1)[of]) & carries(
        carried.day, positions.high_day[of], carried.stock
    )
    bears = carried.bears & stays[carried.lane] & ~excluded
    rows = do.flat(bears[series.carrying.floor])
    place = do.cumulate(bears) - 1
    settled.carrying = Table(floor=place[series.carrying.floor[rows]], claim=series.carrying.claim[rows])
    bearing = do.flat(bears)
    settled.carried = Table(
        position=of[bearing], low=carried.low[bearing], day=carried.day[bearing], series=carried.series[bearing]
    )
