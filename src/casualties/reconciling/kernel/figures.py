"""What the rules ask of figures and days: when a floor carries, and what several figures have in common."""

from __future__ import annotations

from typing import Final

from casualties.reconciling.arrays import WIDTH, Array, Groups, Lists, Table, key
from casualties.reconciling.kernel.claims import OPEN, UNBOUNDED

__all__ = ["carries", "combined", "earliest", "has", "latest", "most_allow", "packed"]

DAYS: Final = 22
"""How many bits a day number has in a packed day: the latest before the earliest, so that a later day is greater."""


def has(table: Table, mark: int) -> Array:
    """Tell which claims are so marked."""
    return (table.marks & mark) != 0


def earliest(day: Array) -> Array:
    """Give the earliest day of packed days."""
    return day & ((1 << DAYS) - 1)


def latest(day: Array) -> Array:
    """Give the latest day of packed days."""
    return day >> DAYS


def packed(earliest_day: Array, latest_day: Array) -> Array:
    """Pack days, so that what ends later is greater, and of two that end on one day what begins later."""
    return (latest_day << DAYS) | earliest_day


def carries(floor: Array, ceiling: Array, stock: Array) -> Array:
    """Tell whether a floor of one day bears on an upper end of another: forward in time, for a stock never (design 4).

    Undated figures bear on undated ones alone.
    """
    forward = (floor > 0) & (latest(floor) <= earliest(ceiling))
    return (floor == ceiling) | (forward & ~stock)


def stated_low(low: Array) -> Array:
    """Give lower ends that the words state, unpacked; 0 for an assumed one."""
    return (low >> 1) * (low & 1)


def stated_high(do: Lists, high: Array) -> Array:
    """Give upper ends that the words state, unpacked; `UNBOUNDED` for an assumed one."""
    return do.where((high & 1) != 0, UNBOUNDED, high >> 1)


def most_allow(do: Lists, topic: Array, low: Array, high: Array) -> Table:
    """Find the ranges that most of a topic's ranges allow (design 7 D), by a sweep over the sorted ends of all topics.

    The sweep is Marzullo's ("Maintaining the Time in a Distributed System", 1984).

    Examples:
        >>> from casualties.reconciling.arrays import Column
        >>> runs = most_allow(Lists(), Column([0, 0]), Column([1, 5]), Column([50, OPEN]))  # 0..25 and 2 or more
        >>> runs.low, runs.high, runs.allow
        ([5], [50], [2])
    """
    allowing = do.flat((low >> 1) <= (high >> 1))
    topic, low, high = topic[allowing], low[allowing], high[allowing]
    if not len(low):
        return Table(topic=low, low=low, high=low, allow=low)
    lows, highs = do.ascending(key(topic, low)), do.ascending(key(topic, high))
    starts = do.flat(do.heads(lows >> 1))
    last = do.concat(starts[1:], do.full(1, len(lows))) - 1  # the last of each lower end: stated where any is
    start = lows[last]
    closed = do.find(highs, (start >> 1) << 1)  # upper ends below the start, in this group and all before
    allow = last + 1 - closed
    of = start >> WIDTH
    groups = do.groups(of)
    kept = do.flat(allow == groups.rows(groups.most(allow, 0)))
    ends = (1 << WIDTH) - 1
    return Table(topic=of[kept], low=start[kept] & ends, high=highs[closed[kept]] & ends, allow=allow[kept])


def combined(do: Lists, groups: Groups, said: Table) -> Table:
    """Make one figure of versions: equal ones, else their meet, else the hull of what most of them allow (design 6).

    Examples:
        >>> from casualties.reconciling.arrays import Column
        >>> said = Table(low=Column([5, 1]), high=Column([OPEN, 50]), best=Column([-1, 12]))
        >>> found = combined(Lists(), Groups(Column([0, 0]), 1), said)
        >>> found.low, found.high, found.best
        ([5], [50], [-1])
    """
    if groups.single:
        return Table(low=said.low, high=said.high, best=said.best, same=do.full(groups.number, True))
    low, high, best = groups.most(said.low, 0), groups.least(said.high, OPEN), groups.most(said.best, -1)
    same = (low == groups.least(said.low, 0)) & (high == groups.most(said.high, OPEN))
    same = same & (best == groups.least(said.best, -1))
    lost = ~same & ((low >> 1) > (high >> 1))
    if do.any(lost):
        rows, which = do.flat(lost[groups.of]), do.flat(lost)
        runs = most_allow(do, (do.cumulate(lost) - 1)[groups.of[rows]], said.low[rows], said.high[rows])
        by = do.grouped(runs.topic, len(which))
        low[which], high[which] = by.least(runs.low, 0), by.most(runs.high, OPEN)
    return Table(low=low, high=high, best=do.where(same, best, -1), same=same)
