"""Where each source stands (design 6): what became of its claims, its series settled, counted floors beside them."""

from __future__ import annotations

from dataclasses import dataclass

from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel.arrays import Array, Groups, Lists, Table
from casualties.reconciling.kernel.claims import OPEN, WHOLE
from casualties.reconciling.kernel.segments import (
    FAR,
    Words,
    carries,
    combined,
    earliest,
    grouped,
    has,
    key,
    last_day,
    latest,
    lookup,
    pick,
    spread,
    stated_high,
    stated_low,
    surely_before,
)

__all__ = ["SAID", "Settled", "last_said", "settle"]

SAID = ("moment", "begin", "end")


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
    fate, part, counts = _early_fates(do, rows), do.full(size, 0), ~has(rows, given.ESTIMATE)
    gone = do.flat(counts & (fate == out.REPLACED) & (rows.alone == 0))
    everything = do.flat(counts & (fate == -1))
    studies = do.flat(~counts & (fate == -1))
    if len(studies):
        retired = _retire(do, rows, everything, studies, fate)
        gone = do.concat(gone, retired)
        studies = _settle_estimates(do, rows, studies, fate)
    _leave_undated(do, rows, everything, fate)
    if len(several.row):
        _drop_echoes(do, rows, several, fate)
    # A seat is what one source says, or one claim that is alone; where an estimate retired all of it nothing is left.
    claims = everything[do.flat(fate[everything] == -1)]
    alone = do.where(rows.alone != 0, do.count(size) + 1, 0)
    if do.any(rows.alone[claims] != 0):
        by = rows.of(claims, "topic", "root", "source", "series")
        claims = claims[do.order(by.topic, by.root, by.source, alone[claims], by.series)]
    heads = do.heads(rows.topic[claims], rows.root[claims], rows.source[claims], alone[claims])
    seat = do.cumulate(heads) - 1
    position = do.full(size, -1)
    position[claims] = seat
    first = do.flat(heads)
    positions = rows.of(claims[first], "topic", "source", "root", "alone", "stock")
    positions.first = claims[first]
    lanes, standing, kept, carried, carrying = _settle_series(do, rows, claims, seat, fate, part)
    if len(gone):
        _name_replaced(do, rows, gone, positions, lanes, position)
    found = Settled(fate, part, position, do.full(size, False), studies, positions, lanes, Table(), carried, carrying)
    _take_positions(do, rows, standing, kept, found)
    return found


def _number(groups: Array) -> int:
    return int(groups[-1]) + 1 if len(groups) else 0


def _early_fates(do: Lists, rows: Table) -> Array:
    """Give what a claim's own nature makes of it; -1 where it competes with others of its source."""
    fate = do.where(has(rows, given.COPY), out.COPY, -1)
    fate = do.where(has(rows, given.NAMED), out.REPLACED, fate)
    fate = do.where(has(rows, given.COUNT | given.ESTIMATE), fate, out.STANDS)
    for mark, what in (
        (given.LATER, out.LATER),
        (given.PROJECTED, out.PROJECTED),
        (given.WITHDRAWN, out.WITHDRAWN),
        (given.MISRELAYED, out.MISRELAYED),
    ):
        fate = do.where(has(rows, mark), what, fate)
    return fate


def _leave_undated(do: Lists, rows: Table, counts: Array, fate: Array) -> None:
    """Leave out undated claims of a source that has a dated one."""
    undated = counts[do.flat((rows.day[counts] == 0) & (fate[counts] == -1))]
    if len(undated):
        dated = counts[do.flat(rows.day[counts] != 0)]
        _, keys, _ = grouped(do, key(rows.topic[dated], rows.source[dated]))
        silent = lookup(do, keys, key(rows.topic[undated], rows.source[undated])) >= 0
        fate[undated[do.flat(silent)]] = out.UNDATED


def _retire(do: Lists, rows: Table, counts: Array, studies: Array, fate: Array) -> Array:
    """Retire the earlier counts of a source by an estimate of its own, and give them."""
    own = studies[do.flat(rows.alone[studies] == 0)]
    order, keys, groups = grouped(do, key(rows.topic[own], rows.source[own]))
    said = rows.of(own[order], *SAID)
    words = Words.last(do, groups, said, said.begin)
    at = lookup(do, keys, key(rows.topic[counts], rows.source[counts]))
    hit = do.flat((at >= 0) & (rows.alone[counts] == 0))
    counts = counts[hit]
    later = words.at(at[hit]).any_after(rows.of(counts, *SAID))
    retired = counts[do.flat(later)]
    fate[retired] = out.REPLACED
    return retired


def _settle_estimates(do: Lists, rows: Table, studies: Array, fate: Array) -> Array:
    """Keep the latest estimate of each source; they stand beside the counts (design 7 E)."""
    by = rows.of(studies, "topic", "source", "alone")
    alone = do.where(by.alone != 0, studies + 1, 0)
    order = do.order(by.topic, by.source, alone)
    claims, by = studies[order], by.take(order)
    lane = do.cumulate(do.heads(by.topic, by.source, alone[order])) - 1
    groups = do.grouped(lane, _number(lane))
    day = rows.day[claims]
    dated = (day != 0) | ~groups.any(day != 0)[lane]
    fate[claims] = do.where(dated, out.REPLACED, out.UNDATED)
    kept = do.flat(dated & (latest(day) >= groups.most(earliest(day), 0)[lane]))
    claims = claims[kept[do.flat(last_said(do, rows, claims[kept], lane[kept]))]]
    fate[claims] = out.STANDS
    return claims[do.order(claims)]


def _drop_echoes(do: Lists, rows: Table, several: Table, fate: Array) -> None:
    """Set aside what rests on several of whom one speaks: it adds no voice."""
    counts = (fate == -1) & ~has(rows, given.ESTIMATE)
    single = do.full(len(fate), True)
    single[several.row] = False
    speaking = do.flat(counts & ((rows.alone == 0) | single))
    _, voiced, _ = grouped(do, key(rows.topic[speaking], rows.root[speaking]))
    asked = do.flat(counts[several.row] & (rows.alone[several.row] != 0))
    row = several.row[asked]
    heard = lookup(do, voiced, key(rows.topic[row], several.root[asked])) >= 0
    fate[row[do.flat(heard)]] = out.COPY


def last_said(do: Lists, rows: Table, claims: Array, lane: Array) -> Array:
    """Among claims, or positions, that count the same day keep those than which no other was surely said later.

    The time counts only where all of them carry it.
    """
    said = rows.of(claims, "day", *SAID)
    order = do.order(lane, said.day)
    said = said.take(order)
    same = do.cumulate(do.heads(lane[order], said.day)) - 1
    groups = do.grouped(same, _number(same))
    kept = groups.all(said.moment > 0)[same] | (said.end >= groups.most(said.begin, 0)[same])
    timed = groups.all((said.moment > 0) | ~kept)[same]
    kept = kept & (~timed | (said.moment == groups.most(do.where(kept, said.moment, 0), 0)[same]))
    found = do.full(len(claims), False)
    found[order] = kept
    return found


def _excluded(do: Lists, said: Table, lane: Array, groups: Groups) -> Array:
    """Find the claims that cannot be true together with a later statement that is itself not out, newest first.

    By stated ends; a denial shares a day with every figure.
    """
    low, high = stated_low(said.low), stated_high(do, said.high)
    found = do.full(len(lane), False)
    apart = do.flat((groups.most(low, 0) > groups.least(high, 0))[lane])
    if not len(apart):
        return found
    low, high, of = low[apart], high[apart], lane[apart]
    compact = do.cumulate(do.heads(of)) - 1
    ends = key(compact, high)
    order = do.order(ends)
    upper, place = spread(do, do.find(ends[order], key(compact, 0)), do.find(ends[order], key(compact, low)))
    lower = order[place]
    one, other = said.take(apart[upper]), said.take(apart[lower])
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
    while True:  # as many times as statements of one source exclude those that exclude others
        after = state[later]
        known = do.where(by.any(after == 1), -1, do.where(by.all(after == -1), 1, 0))
        new = do.where(state == 0, known, state)
        if not do.any(new != state):
            break
        state = new
    found[apart[do.flat(state == -1)]] = True
    return found


def _settle_series(
    do: Lists, rows: Table, claims: Array, seat: Array, fate: Array, part: Array
) -> tuple[Table, Table, Table, Table, Table]:
    """Settle each series of a source: what later statements exclude is out, the latest stands, versions are one."""
    said = rows.of(
        claims, "topic", "series", "day", *SAID, "low", "high", "best", "named_low", "named_high", "marks", "stock"
    )
    lane = do.cumulate(do.heads(seat, said.series)) - 1
    groups = do.grouped(lane, _number(lane))
    first = do.flat(do.heads(lane))
    out_ = _excluded(do, said, lane, groups)
    kept = ~out_ & (latest(said.day) >= groups.most(do.where(out_, -1, earliest(said.day)), -1)[lane])
    among = do.flat(kept & (groups.total(kept) > 1)[lane])
    if len(among):
        kept[among[do.flat(~last_said(do, rows, claims[among], lane[among]))]] = False
    # Versions: one read at the source itself stands; else their meet; else the hull of what most of them allow.
    at_source = kept & (groups.total(kept) > 1)[lane] & has(said, given.AT_SOURCE)
    stands = do.flat(kept & (at_source | ~groups.any(at_source)[lane]))
    standing, of = said.take(stands), lane[stands]
    by = do.grouped(of, groups.number)
    figure = combined(do, by, standing)
    lanes = Table(
        seat=seat[first], topic=said.topic[first], series=said.series[first], stock=said.stock[first],
        low=figure.low, high=figure.high, best=figure.best, day=last_day(by, standing.day),
        denies=by.all(has(standing, given.DENIES)),
        now=by.most(standing.named_high, -1),
        differs=(groups.most(do.where(kept, said.low, 0), 0) >> 1)
        > (groups.least(do.where(kept, said.high, OPEN), 0) >> 1),
    )  # fmt: skip
    words = Words.last(do, by, standing, standing.end)
    fate[claims] = do.where(kept, out.VERSION, out.REPLACED)
    fate[claims[stands[do.flat(figure.same[of])]]] = out.STANDS
    part[claims[do.flat(out_)]] = out.OUT
    lanes.words = words
    # Revised down: the highest number named now is below one named as a floor by what it replaced.
    gone = do.flat(~kept)
    down = _revises_down(lanes, lane[gone], said.take(gone))
    lanes.revised_from = do.grouped(lane[gone], groups.number).most(do.where(down, said.named_low[gone], -1), -1)
    # An earlier day's floor carries, unless what is named now revises it down.
    older = do.flat(~kept & ~out_ & ~said.stock)
    day = lanes.day[lane[older]]
    older = older[do.flat((said.day[older] != day) & carries(said.day[older], day, said.stock[older]))]
    older = older[do.flat(last_said(do, rows, claims[older], lane[older]))]
    older = older[do.order(lane[older], said.day[older])]
    floor = do.cumulate(do.heads(lane[older], said.day[older])) - 1
    older = older[do.flat(_read_first(do, has(said.take(older), given.AT_SOURCE), floor))]
    last = said.take(older)
    floor = do.cumulate(do.heads(lane[older], last.day)) - 1
    by = do.grouped(floor, _number(floor))
    first = do.flat(do.heads(floor))
    carried = Table(
        seat=seat[older[first]], series=last.series[first], day=last.day[first], stock=last.stock[first],
        low=combined(do, by, last).low, lane=lane[older[first]],
        bears=~by.any(_revises_down(lanes, lane[older], last, whatever_day=True)),
    )  # fmt: skip
    carried.bears = carried.bears & ((carried.low >> 1) <= (lanes.high >> 1)[carried.lane])
    carrying = Table(floor=floor, claim=claims[older])
    kept = do.flat(kept)
    return (
        lanes,
        Table(lane=of, claim=claims[stands]),
        Table(lane=lane[kept], claim=claims[kept]),
        carried,
        carrying,
    )


def _read_first(do: Lists, at_source: Array, group: Array) -> Array:
    """Tell which of each group stand: those read at the source itself, else all."""
    return at_source | ~do.grouped(group, _number(group)).any(at_source)[group]


def _revises_down(lanes: Table, lane: Array, before: Table, *, whatever_day: bool = False) -> Array:
    """Tell whether the highest number named now is below the lowest one named as a floor before.

    What was surely said after all that stands is no earlier word; a stock may fall from day to day.
    """
    down = (before.named_low > lanes.now[lane]) & ~lanes.words.at(lane).all_before(before)
    return down if whatever_day else down & (~before.stock | (before.day == lanes.day[lane]))


def _name_replaced(do: Lists, rows: Table, named: Array, positions: Table, lanes: Table, position: Array) -> None:
    """List the claims that a source replaces by name or by an estimate, and see what they reveal."""
    own = do.flat(positions.alone == 0)
    order, keys, _ = grouped(do, key(positions.topic[own], positions.source[own]))
    at = lookup(do, keys, key(rows.topic[named], rows.source[named]))
    hit = do.flat(at >= 0)
    named, seat = named[hit], own[order[at[hit]]]
    position[named] = seat
    lane = lookup(do, key(lanes.seat, lanes.series), key(seat, rows.series[named]))
    hit = do.flat(lane >= 0)
    named, lane = named[hit], lane[hit]
    before = rows.of(named, "day", "named_low", "stock", *SAID)
    down = do.flat(_revises_down(lanes, lane, before))
    order = do.order(lane[down])
    by = do.grouped(lane[down][order], len(lanes.seat))
    lanes.revised_from = do.maximum(lanes.revised_from, by.most(before.named_low[down][order], -1))


def _take_positions(do: Lists, rows: Table, standing: Table, kept: Table, found: Settled) -> None:
    """Set the counted floors of a source beside its whole, and take its figure (design 6, series of one position)."""
    lanes, positions = found.floors, found.positions
    seat, number = lanes.seat, len(positions.topic)
    seats = do.grouped(seat, number)
    whole = lanes.series == WHOLE
    at = seats.most(do.where(whole, do.count(len(seat)), -1), -1)
    high, day = pick(do, lanes.high, at, OPEN), pick(do, lanes.day, at, 0)
    above = ~whole & (at >= 0)[seat] & ((lanes.low >> 1) > (high >> 1)[seat])
    whole_day = day[seat]  # of a later last day both stand, each for its own day
    same = (lanes.day == whole_day) | (~lanes.stock & ~(latest(whole_day) < earliest(lanes.day)))
    above = above & (same | (pick(do, do.numbers(lanes.denies), at, 0) != 0)[seat])
    raised = seats.any(above)
    overtakes = do.full(number, False)
    if do.any(above):  # stated later it replaces the whole: overtaken by its own count
        higher = do.flat(above[standing.lane])
        of = seat[standing.lane[higher]]
        later = lanes.words.at(at[of]).all_before(rows.of(standing.claim[higher], *SAID))
        overtakes = do.grouped(of, number).any(later)
        gone = do.flat((whole & overtakes[seat])[kept.lane])
        found.fate[kept.claim[gone]] = out.REPLACED
    contradicts = raised & ~overtakes  # else the source contradicts itself: the higher floor stands, without an end
    calm = (at >= 0) & ~raised
    stays = ~(whole & overtakes[seat])
    # Of the counted floors the highest stands beside the whole; those of a stock hold for their own days.
    most = seats.most(do.where(whole, -1, lanes.low >> 1), -1)[seat]
    counted = ((lanes.low >> 1) > 0) & (lanes.stock | ((lanes.low >> 1) == most))
    floors = stays & (whole | counted)
    positions.day = last_day(seats, do.where(stays, lanes.day, 0))
    bears = floors & (~lanes.stock | (lanes.day == positions.day[seat]))
    positions.low = seats.most(do.where(bears, lanes.low, 1), 1)
    positions.high = do.where(calm, high, OPEN)
    positions.high_day = do.where(calm, day, 0)
    positions.top = seats.most(do.where(stays, lanes.high, 0), 0)
    best = pick(do, lanes.best, at, -1)
    beside = seats.most(do.where(floors, lanes.low, 0), 0)
    positions.best = do.where(calm & (best >= (beside >> 1)), best, -1)
    positions.revised_from = seats.most(do.where(stays, lanes.revised_from, -1), -1)
    positions.flags = (
        do.numbers(seats.any(lanes.differs)) * out.DIFFERS
        + do.numbers(positions.revised_from >= 0) * out.REVISED_DOWN
        + do.numbers(contradicts) * out.CONTRADICTS
        + do.numbers(overtakes) * out.OVERTAKES_ITSELF
    )
    makes = do.flat(stays[standing.lane])
    lane, claim = standing.lane[makes], standing.claim[makes]
    of = seat[lane]
    by = do.grouped(of, number)
    said = rows.of(claim, "marks", "day", "said", "said_latest", "moment")
    positions.denies, positions.at_source = by.all(has(said, given.DENIES)), by.any(has(said, given.AT_SOURCE))
    newest = said.day == positions.day[of]
    found.figured[claim] = do.where(calm[of], whole[lane], newest)
    found.part[claim] = found.part[claim] | out.MAKES
    # When the last of the claims that count its last day was said; the hour only where all carry one.
    positions.begin = by.most(do.where(newest, said.said, 0), 0)
    end = by.most(do.where(newest, said.said_latest, 0), 0)
    positions.end = do.where(end == 0, FAR, end)
    timed = by.all(~newest | (said.moment > 0))
    positions.moment = do.where(timed, by.most(do.where(newest, said.moment, 0), 0), 0)
    claim = kept.claim[do.flat(lanes.differs[kept.lane])]
    found.part[claim] = found.part[claim] | out.HEARD
    if do.any(contradicts):
        claim = standing.claim[do.flat((whole & contradicts[seat])[standing.lane])]
        found.part[claim] = found.part[claim] | out.HEARD
    # The lower ends of positions, and those of earlier days that the standing figure does not exclude.
    place = do.cumulate(floors) - 1
    found.floors = Table(
        position=seat, low=lanes.low, day=lanes.day, series=lanes.series, topic=lanes.topic
    ).take(do.flat(floors))  # fmt: skip
    made = do.flat(floors[lane])
    found.bearing = Table(floor=place[lane[made]], claim=standing.claim[makes[made]])
    carried = found.carried
    of = carried.seat
    excluded = ((carried.low >> 1) > (positions.high >> 1)[of]) & carries(
        carried.day, positions.high_day[of], carried.stock
    )
    bears = carried.bears & stays[carried.lane] & ~excluded
    rows_ = do.flat(bears[found.carrying.floor])
    place = do.cumulate(bears) - 1
    found.carrying = Table(floor=place[found.carrying.floor[rows_]], claim=found.carrying.claim[rows_])
    bearing = do.flat(bears)
    found.carried = Table(
        position=of[bearing], low=carried.low[bearing], day=carried.day[bearing], series=carried.series[bearing]
    )
