"""When statements were made, and which of several of one source stands (design 6): the latest, and what it printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from casualties.reconciling.arrays import Array, Groups, Lists, Table
from casualties.reconciling.kernel.figures import earliest, latest

__all__ = ["FAR", "Words", "last_said", "newest", "read_at_source", "revises_down", "surely_before"]

FAR: Final = 1 << 62
"""The last day of what nothing dates: after every other."""


@dataclass(slots=True)
class Words:
    """The last words of sets of statements, for "surely before".

    Two statements that both carry an hour are told apart by their moments, others by their days.
    """

    do: Lists
    moment: Array  # the last moment of those that carry one
    hourless: Array  # the last day of those that carry none
    day: Array  # the last day of all

    @classmethod
    def last(cls, do: Lists, groups: Groups, said: Table, day: Array) -> Words:
        """Take the last moments and days; those of an empty set lie before all others."""
        hourless = groups.most(do.where(said.moment > 0, -1, day), -1)
        return cls(do, groups.most(said.moment, -1), hourless, groups.most(day, -1))

    def at(self, places: Array) -> Words:
        """Give the words of the set of each row."""
        return Words(self.do, self.moment[places], self.hourless[places], self.day[places])

    def all_before(self, said: Table) -> Array:
        """Tell whether all of a set, of which these are the last ends, were surely said before a statement."""
        timed = (self.moment < said.moment) & (self.hourless < said.begin)
        return self.do.where(said.moment > 0, timed, self.day < said.begin)

    def any_after(self, said: Table) -> Array:
        """Tell whether one of a set, of which these are the last beginnings, was surely said after a statement."""
        timed = (self.moment > said.moment) | (self.hourless > said.end)
        return self.do.where(said.moment > 0, timed, self.day > said.end)


def surely_before(do: Lists, one: Table, other: Table) -> Array:
    """Tell of pairs of statements whether the one was surely said before the other."""
    timed = (one.moment > 0) & (other.moment > 0)
    return do.where(timed, one.moment < other.moment, one.end < other.begin)


def newest(do: Lists, said: Table, groups: Groups, open_: Array, timed: Array = None) -> Array:
    """Keep of each group what counts the latest days, and of these what was said last (design 6).

    Args:
        do: The operations.
        said: Claims, or positions.
        groups: Their groups.
        open_: Which of them are asked about.
        timed: By group whether it matters when they were said; it does where this is left out.
    """
    kept = open_ & (latest(said.day) >= groups.rows(groups.most(do.where(open_, earliest(said.day), -1), -1)))
    several = groups.total(kept) > 1
    asked = do.flat(kept & groups.rows(several if timed is None else several & timed))
    if len(asked):
        kept[asked[do.flat(~last_said(do, said, asked, groups.of[asked]))]] = False
    return kept


def last_said(do: Lists, rows: Table, claims: Array, lane: Array) -> Array:
    """Among claims, or positions, that count the same day keep those than which no other was surely said later.

    The time counts only where all of them carry it.
    """
    order = do.order(lane, rows.day[claims])
    said = rows.take(claims[order])
    same = do.groups(lane[order], said.day)
    found = do.full(len(claims), True)
    if same.single:
        return found
    kept = same.rows(same.all(said.moment > 0)) | (said.end >= same.rows(same.most(said.begin, 0)))
    timed = same.rows(same.all((said.moment > 0) | ~kept))
    last = same.rows(same.most(do.where(kept, said.moment, 0), 0))
    found[order] = kept & (~timed | (said.moment == last))
    return found


def read_at_source(groups: Groups, kept: Array, at_source: Array) -> Array:
    """Keep of versions those that were read in a report of the source itself; where there are none, all (design 6)."""
    first = kept & at_source
    return kept & (first | ~groups.rows(groups.any(first)))


def revises_down(now: Array, words: Words, of: Array, before: Table) -> Array:
    """Tell whether the highest number named now is below the lowest one named as a floor before (design 6).

    What was surely said after all that stands is no earlier word.
    """
    return (before.named_low > now[of]) & ~words.at(of).all_before(before)
