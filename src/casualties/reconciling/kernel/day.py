"""What is borne out on the finding's day (design 7 D): ranges on the day, outliers, common, span, support, status."""

from __future__ import annotations

from casualties.reconciling.arrays import WIDTH, Array, Lists, Table, key
from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel.claims import OPEN, UNBOUNDED
from casualties.reconciling.kernel.figures import carries, most_allow
from casualties.reconciling.kernel.independent import Independent
from casualties.reconciling.kernel.settling import Settled

__all__ = ["NOTHING", "borne_out", "find_day", "outliers", "see_the_day", "status_of"]

LAST = (1 << WIDTH) - 1
"""The second part of a key."""

NOTHING = (1, OPEN)
"""The range that says nothing: 0 or more."""


def find_day(do: Lists, rows: Table, settled: Settled, positions: Table, topics: int) -> Array:
    """Give the finding's day (design 6): the latest that a figure counts, else a denial, an estimate, any claim."""
    by = do.grouped(positions.topic, topics)
    day = by.most(do.where(positions.denies, -1, positions.day), -1)
    if do.any(day < 0):
        day = do.where(day < 0, by.most(positions.day, -1), day)
        estimates = do.grouped(rows.topic[settled.estimates], topics)
        day = do.where(day < 0, estimates.most(rows.day[settled.estimates], -1), day)
        every = do.where(settled.fate != out.LATER, rows.day, 0)
        day = do.where(day < 0, do.grouped(rows.topic, topics).most(every, 0), day)
    return day


def see_the_day(do: Lists, found: Independent, day: Array, overtaken: Array) -> None:
    """Give each independent source its range on the finding's day: its floor carried, its end where it speaks of it."""
    sources, floors = found.sources, found.floors
    number = len(sources.topic)
    on = day[sources.topic]
    sources.overtaken = do.full(number, False)
    sources.overtaken[overtaken] = True
    denies = sources.denies[floors.independent]
    told = denies | carries(floors.day, on[floors.independent], sources.stock[floors.independent])
    by = do.grouped(floors.independent, number)
    sources.day_low = by.most(do.where(told, floors.low, 0), 0)
    sources.day_low = do.where(by.any(told), sources.day_low, NOTHING[0])
    here = sources.denies | (sources.high_day == on)
    sources.day_high = do.where(here & ~sources.overtaken, sources.high, OPEN)
    sources.of_day = sources.denies | (sources.day == on)

    def carried() -> Array:
        setting = told & ((floors.low >> 1) == (sources.day_low >> 1)[floors.independent])
        moved = (floors.carried != 0) | ((floors.day != on[floors.independent]) & ~denies)
        return by.any(setting) & by.all(~setting | moved)

    sources.later(carried=carried)


def outliers(do: Lists, sources: Table, disputed: Array) -> Array:
    """Find the outliers of disputed topics: the fewest that the others share a count without.

    Each must be apart from three of the rest for every one left out, and three attributed ones of the rest must bear
    out the end of their shared range that faces it.  Where a choice would have to be made nobody is one.
    """
    outlying = do.full(len(sources.topic), False)
    asked = do.flat(disputed[sources.topic])
    if not len(asked):
        return outlying
    topic, low, high = sources.topic[asked], sources.day_low[asked], sources.day_high[asked]
    runs = most_allow(do, topic, low, high)
    topics = len(disputed)
    by = do.grouped(runs.topic, topics)
    single = by.total(runs.allow > 0) == 1
    shared_low, shared_high = by.most(runs.low, 0)[topic], by.least(runs.high, OPEN)[topic]
    low, high = low >> 1, high >> 1
    rest = (low <= (shared_low >> 1)) & ((shared_low >> 1) <= high)
    all_ = do.grouped(topic, topics)
    left_out = all_.total(~rest)[topic]
    above = ~rest & (low > (shared_high >> 1))
    inside = do.flat(rest)
    highs, lows = (do.ascending(key(topic[inside], ends[inside])) for ends in (high, low))
    size = all_.total(rest)
    end = do.cumulate(size)
    below = do.find(highs, key(topic, low)) - (end - size)[topic]
    over = end[topic] - do.find(lows, key(topic, high), after=True)
    apart = do.where(above, below, over)
    signed = ~sources.unattributed[asked] & rest
    facing_high = all_.total(signed & (high <= (shared_high >> 1)))[topic]
    facing_low = all_.total(signed & (low >= (shared_low >> 1)))[topic]
    facing = do.where(above, facing_high, facing_low)
    holds = rest | ((apart >= left_out * 3) & (facing >= 3))
    holds = all_.all(holds) & single
    outlying[asked] = ~rest & holds[topic]
    return outlying


def borne_out(do: Lists, sources: Table, number: int, topics: int) -> tuple[Array, Array]:
    """Find what a number of independent sources bear out, and nobody but outliers excludes; -1 above where nothing is.

    The lower end is the highest one named that so many reach, but not above the lowest upper end; the upper likewise.
    One that nobody signs bears out nothing for two or more, but its ends can be the range's.
    """
    kept = do.flat(~sources.outlier)
    topic, low, high = sources.topic[kept], sources.day_low[kept], sources.day_high[kept]
    by = do.grouped(topic, topics)
    top, bottom = by.most(low >> 1, 0), by.least(high >> 1, UNBOUNDED)
    reached, kept_to = top, bottom
    if number > 1:  # the k-th highest lower end and the k-th lowest upper end of those who sign, by a sort of each
        signed = do.flat(~sources.unattributed[kept])
        size = do.grouped(topic[signed], topics).total(signed >= 0)
        end = do.cumulate(size)
        floors, ceilings = (do.ascending(key(topic[signed], ends[signed] >> 1)) & LAST for ends in (low, high))
        reached = do.pick(floors, do.where(size < number, -1, end - number), -1)
        kept_to = do.pick(ceilings, do.where(size < number, -1, end - size + (number - 1)), UNBOUNDED)
    named = ((low >> 1) > 0) & ((low >> 1) <= do.minimum(bottom, reached)[topic])
    lower = by.most(do.where(named, low, 0), 0)
    named = ((high >> 1) < UNBOUNDED) & ((high >> 1) >= do.maximum(top, kept_to)[topic])
    upper = by.least(do.where(named, high, OPEN), OPEN)
    nothing = (lower == 0) & (upper == OPEN)
    lower = do.where(lower == 0, NOTHING[0], lower)
    return do.where(nothing, 0, lower), do.where(nothing, -1, upper)


def status_of(do: Lists, found: Independent, pairs: Table, stating: Array, disputed: Array, estimates: Array) -> Array:
    """Give the first status that holds."""
    topics, sources = len(stating), found.sources
    floors = do.grouped(found.floors.independent, len(sources.topic)).any(found.floors.low > NOTHING[0])
    ends = do.grouped(sources.topic, topics).total((sources.high < OPEN) | floors)
    status = do.where(disputed, out.DISPUTED, do.where(ends <= 1, out.SINGLE_SOURCE, out.COMPATIBLE))
    status = do.where(stating, status, do.where(estimates, out.ESTIMATE_ONLY, out.UNREPORTED))
    open_ = status == out.COMPATIBLE
    return (
        do.where(open_ & _corroborated(do, sources, pairs, topics), out.CORROBORATED, status)
        if do.any(open_)
        else status
    )


def _corroborated(do: Lists, sources: Table, pairs: Table, topics: int) -> Array:
    """Tell whether two attributed sources that share a count, or are near, bear out the same end."""
    found, topic = do.full(topics, False), sources.topic
    low, high, signed = sources.day_low >> 1, sources.day_high >> 1, ~sources.unattributed
    near = do.flat(pairs.near & (pairs.lower_organ < 0) & (pairs.upper_organ < 0))
    ordered = do.order(key(topic, low))
    for stating in (signed & (low > 0), signed & (high < UNBOUNDED)):
        some = ordered[do.flat(stating[ordered])]
        one, other = some[:-1], some[1:]  # of sorted ranges some share a count if two that follow one another do
        found[topic[one[do.flat((topic[one] == topic[other]) & (low[other] <= high[one]))]]] = True
        if len(near):
            both = stating[pairs.lower[near]] & stating[pairs.upper[near]]
            found[pairs.topic[near[do.flat(both)]]] = True
    return found
