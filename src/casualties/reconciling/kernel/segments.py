"""What the rules ask of sorted rows, made of the operations of `arrays`: joins, words of many, sweeps over ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from casualties.reconciling.kernel.arrays import Array, Groups, Lists, Table
from casualties.reconciling.kernel.claims import OPEN, UNBOUNDED

__all__ = [
    "FAR",
    "Words",
    "carries",
    "combined",
    "earliest",
    "has",
    "key",
    "last_day",
    "later_first",
    "latest",
    "lookup",
    "most_allow",
    "pick",
]

WIDTH: Final = 42
"""How many bits the second part of a key has: room for every packed end."""

GROUPS: Final = 1 << 17
"""The most groups, and rows, that one run may have, so that keys fit 63 bits."""

DAYS: Final = 22
"""How many bits a day number has in a packed day: the earliest before the latest."""

FAR: Final = 1 << 62
"""The rows of one run, unless one topic has more: few enough for a cache, and for keys to fit 63 bits."""


def has(table: Table, mark: int) -> Array:
    """Tell which claims are so marked."""
    return (table.marks & mark) != 0


def earliest(day: Array) -> Array:
    """Give the earliest day of packed days."""
    return day >> DAYS


def latest(day: Array) -> Array:
    """Give the latest day of packed days."""
    return day & ((1 << DAYS) - 1)


def later_first(day: Array) -> Array:
    """Turn packed days to be compared by their latest day before their earliest, and back."""
    return (latest(day) << DAYS) | earliest(day)


def last_day(groups: Groups, day: Array) -> Array:
    """Give of each group the day that ends latest; of two that end on one day the one that begins later."""
    return later_first(groups.most(later_first(day), 0))


def carries(floor: Array, ceiling: Array, stock: Array) -> Array:
    """Tell whether a floor of one day bears on an upper end of another: forward in time, and for a stock never.

    Undated figures bear on undated ones alone.
    """
    forward = (latest(floor) > 0) & (latest(floor) <= earliest(ceiling))
    return (floor == ceiling) | (forward & ~stock)


def stated_low(low: Array) -> Array:
    """Give lower ends that the words state, unpacked; 0 for an assumed one."""
    return (low >> 1) * (low & 1)


def stated_high(do: Lists, high: Array) -> Array:
    """Give upper ends that the words state, unpacked; `UNBOUNDED` for an assumed one."""
    return do.where((high & 1) != 0, UNBOUNDED, high >> 1)


def key(group: Array, value: Array) -> Array:
    """Join two numbers to one by which rows are sorted and found."""
    return (group << WIDTH) | value


def lookup(do: Lists, keys: Array, wanted: Array) -> Array:
    """Give the places of what is wanted in ascending keys without equals; -1 for what is not there."""
    if not len(keys):
        return do.full(len(wanted), -1)
    at = do.minimum(do.find(keys, wanted), len(keys) - 1)
    return do.where(keys[at] == wanted, at, -1)


def pick(do: Lists, values: Array, at: Array, empty: int) -> Array:
    """Gather values; something else where the place is -1."""
    if not len(values):
        return do.full(len(at), empty)
    return do.where(at < 0, empty, values[do.maximum(at, 0)])


def spread(do: Lists, start: Array, stop: Array) -> tuple[Array, Array]:
    """Give every place of some ranges, each with the number of its range."""
    size = stop - start
    which = do.repeat(do.count(len(size)), size)
    return which, do.count(len(which)) - (do.cumulate(size) - size - start)[which]


def within(do: Lists, of: Array, wanted: Array) -> tuple[Array, Array]:
    """Join groups that are wanted with their sorted rows: the place in what is wanted, and the row."""
    return spread(do, *do.ranges(of, wanted))


def grouped(do: Lists, keys: Array) -> tuple[Array, Array, Groups]:
    """Sort rows by keys: their order, the keys without equals, and the groups of the sorted rows."""
    order = do.order(keys)
    ordered = keys[order]
    heads = do.heads(ordered)
    number = do.cumulate(heads) - 1
    alone = ordered[do.flat(heads)]
    return order, alone, do.grouped(number, len(alone))


@dataclass(slots=True)
class Words:
    """The first or the last words of sets of statements, for "surely before".

    Two statements that both carry an hour are told apart by their moments, others by their days.
    """

    do: Lists
    moment: Array
    """The first or last moment of those that carry one."""
    hourless: Array
    """The first or last day of those that carry none."""
    day: Array
    """The first or last day of all."""

    @classmethod
    def last(cls, do: Lists, groups: Groups, said: Table, day: Array) -> Words:
        """Take the last moments and days; those of an empty set lie before all others."""
        timed = said.moment > 0
        return cls(do, groups.most(said.moment, -1), groups.most(do.where(timed, -1, day), -1), groups.most(day, -1))

    @classmethod
    def first(cls, do: Lists, groups: Groups, said: Table, day: Array) -> Words:
        """Take the first moments and days; those of an empty set lie after all others."""
        timed, never = said.moment > 0, FAR + 1
        return cls(
            do,
            groups.least(do.where(timed, said.moment, never), never),
            groups.least(do.where(timed, never, day), never),
            groups.least(day, never),
        )

    def at(self, places: Array) -> Words:
        """Give the words of the set of each row."""
        return Words(self.do, self.moment[places], self.hourless[places], self.day[places])

    def all_before(self, said: Table) -> Array:
        """Tell whether all of a set, of which these are the last ends, were surely said before a statement."""
        timed = (self.moment < said.moment) & (self.hourless < said.begin)
        return self.do.where(said.moment > 0, timed, self.day < said.begin)

    def any_before(self, said: Table) -> Array:
        """Tell whether one of a set, of which these are the first ends, was surely said before a statement."""
        timed = (self.moment < said.moment) | (self.hourless < said.begin)
        return self.do.where(said.moment > 0, timed, self.day < said.begin)

    def any_after(self, said: Table) -> Array:
        """Tell whether one of a set, of which these are the last beginnings, was surely said after a statement."""
        timed = (self.moment > said.moment) | (self.hourless > said.end)
        return self.do.where(said.moment > 0, timed, self.day > said.end)


def surely_before(do: Lists, one: Table, other: Table) -> Array:
    """Tell of pairs of statements whether the one was surely said before the other."""
    timed = (one.moment > 0) & (other.moment > 0)
    return do.where(timed, one.moment < other.moment, one.end < other.begin)


def most_allow(do: Lists, group: Array, low: Array, high: Array) -> Table:
    """Find the ranges that most of a group's ranges allow, by one sweep over the sorted ends of all groups.

    The sweep is Marzullo's ("Maintaining the Time in a Distributed System", 1984).

    Examples:
        >>> from casualties.reconciling.kernel.arrays import Column
        >>> runs = most_allow(Lists(), Column([0, 0]), Column([1, 5]), Column([50, OPEN]))  # 0..25 and 2 or more
        >>> runs.low, runs.high, runs.allow
        ([5], [50], [2])
    """
    allowing = do.flat((low >> 1) <= (high >> 1))
    group, low, high = group[allowing], low[allowing], high[allowing]
    if not len(low):
        return Table(group=low, low=low, high=low, allow=low)
    lows, highs = do.ascending(key(group, low)), do.ascending(key(group, high))
    starts = do.flat(do.heads(lows >> 1))
    last = do.concat(starts[1:], do.full(1, len(lows))) - 1  # the last of each lower end: stated where any is
    start = lows[last]
    closed = do.find(highs, (start >> 1) << 1)  # upper ends below the start, in this group and all before
    allow = last + 1 - closed
    of = start >> WIDTH
    groups = do.groups(of)
    kept = do.flat(allow == groups.rows(groups.most(allow, 0)))
    ends = (1 << WIDTH) - 1
    return Table(group=of[kept], low=start[kept] & ends, high=highs[closed[kept]] & ends, allow=allow[kept])


def combined(do: Lists, groups: Groups, said: Table) -> Table:
    """Make one figure of versions: equal ones, else their meet, else the hull of the ranges that most of them allow.

    Examples:
        >>> from casualties.reconciling.kernel.arrays import Column
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
        rows = do.flat(lost[groups.of])
        which = do.flat(lost)
        compact = do.cumulate(lost) - 1
        runs = most_allow(do, compact[groups.of[rows]], said.low[rows], said.high[rows])
        by = do.grouped(runs.group, len(which))
        low[which] = by.least(runs.low, 0)
        high[which] = by.most(runs.high, OPEN)
    return Table(low=low, high=high, best=do.where(same, best, -1), same=same)
