"""How far one end of a range can be relied on, by who bears it out (design 7 F)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel.claims import OPEN, Context

__all__ = ["STALE_AFTER_DAYS", "Bearer", "Circumstances", "Grounds", "is_stale", "level_of", "level_of_end"]

STALE_AFTER_DAYS: Final = 30
"""A figure is stale when the day asked for lies more than this many days after the last day counted."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """What an independent source brings to an end.

    Attributes:
        low: The packed lower end of its range on the finding's day.
        high: The packed upper end of that range.
        tallied: The highest lower end that it listed, identified, verified, documented or investigated; -1 for none.
        kinds: What the source is whose figure it has, as bits; `PRESS` for the press.
        sides: The sides of its sources.
        stake: Whose dead it counts, as bits.
        attributed: Whether somebody signs it.
        graded: Whether all its claims are graded low.
        tentative: Whether all its claims are preliminary, alleged or derived.

    Examples:
        >>> Bearer(low=23, high=22).attributed  # exactly 11
        True
    """

    low: int
    high: int
    tallied: int = -1
    kinds: int = 0
    sides: frozenset[int] = frozenset()
    stake: int = 0
    attributed: bool = True
    graded: bool = False
    tentative: bool = False

    def excludes(self, low: int, high: int) -> bool:
        """Tell whether its range shares no count with another.

        Examples:
            >>> Bearer(low=23, high=22).excludes(25, 24)
            True
        """
        return self.low >> 1 > high >> 1 or low >> 1 > self.high >> 1


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What else the level depends on.

    Attributes:
        disputes: Pairs of places of bearers that dispute, neither near nor overtaken.
        victims: Whether combatants or civilians are counted.
        allied: Pairs of sides of which one is the other or lies inside it.
        stale: Whether the day asked for lies too long after the last day counted.

    Examples:
        >>> Circumstances().stale
        False
    """

    disputes: Collection[frozenset[int]] = frozenset()
    victims: int = given.OTHERS
    allied: frozenset[tuple[int, int]] = frozenset()
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Grounds:
    """A level, with the steps that led to it.

    Attributes:
        level: The level.
        reasons: The steps, as bits.
        bearers: The places of those who bear the end out.
        against: The places of those who contest the range.

    Examples:
        >>> Grounds(level=0, reasons=1).bearers
        ()
    """

    level: int
    reasons: int
    bearers: tuple[int, ...] = ()
    against: tuple[int, ...] = ()


def is_stale(context: Context, topic: int, last: int) -> bool:
    """Tell whether the day asked for lies too long after the last day counted, on a running count that is not closed.

    Examples:
        >>> is_stale(Context(stock=[0], closed=[0], asked=737_700), 0, 737_600)
        True
    """
    running = not context.stock[topic] and not context.closed[topic]
    return running and 0 < last < context.asked - STALE_AFTER_DAYS


def level_of(all_: Sequence[Bearer], around: Circumstances, low: int, high: int) -> tuple[Grounds, ...]:
    """Find the level of each end of a range; that of the range is the lower one.  "0 or more" has none.

    Examples:
        >>> from casualties.reconciling.kernel.claims import OPEN, Context
        >>> [found.level for found in level_of([Bearer(23, OPEN), Bearer(41, OPEN)], Circumstances(), 23, OPEN)]
        [2]
    """
    ends = [upper for upper, said in ((False, low >> 1 > 0), (True, high < OPEN)) if said]
    return tuple(level_of_end(all_, around, low, high, upper=upper) for upper in ends)


def level_of_end(all_: Sequence[Bearer], around: Circumstances, low: int, high: int, *, upper: bool) -> Grounds:
    """Find the level of one end of a range.

    Examples:
        >>> level_of_end([Bearer(23, 22)], Circumstances(), 23, OPEN, upper=False).bearers
        (0,)
    """
    speaking = [place for place, each in enumerate(all_) if not each.graded]
    against = tuple(place for place in speaking if all_[place].excludes(low, high))
    bearers = [
        place
        for place in speaking
        if place not in against and (all_[place].high >> 1 <= high >> 1 if upper else all_[place].low >> 1 >= low >> 1)
    ]
    signed = [place for place in bearers if all_[place].attributed]
    bearers = signed or bearers
    if not bearers:
        return Grounds(out.NONE, out.NO_BEARER, (), against)
    tallied = [
        place
        for place in ([] if upper else bearers)
        if all_[place].attributed and not all_[place].sides and all_[place].tallied >> 1 >= low >> 1
    ]
    if len(bearers) > 1:
        level, reasons = out.MODERATE, out.SEVERAL_BEARERS
    elif tallied:
        level, reasons = out.MODERATE, out.ONE_COUNTED
    else:
        level, reasons = out.LOW, out.ONE_BEARER
    rising = [
        (out.THREE_KINDS, _three_kinds(all_, bearers, around)),
        (out.AGAINST_INTEREST, not upper and _against_interest(all_, bearers, around)),
        (out.COUNTED, any(_agree(around, one, other) for one in tallied for other in bearers if one != other)),
    ]
    falling = [
        (out.ALL_TENTATIVE, all(all_[place].tentative for place in bearers)),
        (out.ALL_ASSUMED, all(all_[place].high & 1 if upper else not all_[place].low & 1 for place in bearers)),
        (out.CONTESTED, bool(against)),
        (out.STALE, around.stale),
    ]
    for step, steps in ((1, rising), (-1, falling)):
        for bit, holds in steps:
            if holds:
                level, reasons = level + step, reasons | bit
    return Grounds(min(max(level, out.LOW), out.HIGH), reasons, tuple(bearers), against)


def _agree(around: Circumstances, one: int, other: int) -> bool:
    return frozenset((one, other)) not in around.disputes


def _three_kinds(all_: Sequence[Bearer], bearers: Sequence[int], around: Circumstances) -> bool:
    """Tell whether three bearers of three kinds are in no dispute with one another."""
    by_kind: dict[int, list[int]] = {}
    for place in bearers:
        for kind in _bits(all_[place].kinds):
            by_kind.setdefault(kind, []).append(place)
    return any(
        len({first, second, third}) == 3 and _agree(around, first, third) and _agree(around, second, third)
        for kinds in combinations(sorted(by_kind), 3)
        for first in by_kind[kinds[0]]
        for second in by_kind[kinds[1]]
        if first != second and _agree(around, first, second)
        for third in by_kind[kinds[2]]
    )


def _against_interest(all_: Sequence[Bearer], bearers: Sequence[int], around: Circumstances) -> bool:
    """Tell whether those bear a floor out who had rather not, with somebody who is not of their side."""
    if around.victims == given.COMBATANTS:
        reluctant = given.OWN_SIDE
    elif around.victims == given.CIVILIANS:
        reluctant = given.OPPONENT | given.BLAMED
    else:
        return False
    return any(
        all_[one].stake & reluctant
        and _agree(around, one, other)
        and not any((a, b) in around.allied for a in all_[one].sides for b in all_[other].sides)
        for one in bearers
        for other in bearers
        if one != other
    )


def _bits(mask: int) -> Iterator[int]:
    while mask:
        yield mask & -mask
        mask &= mask - 1
