"""What the kernel is given: claims as rows of integers, one topic after the other, and what stands beside them.

A text is a number in a dictionary that the kernel never sees.  A date is two day numbers, the earliest and the latest
day that it allows, and 0 twice where nothing dates.  A figure is two packed ends with their marks.  There is no
floating point.  Everything that needs a ledger's trees or links (what is a copy, on whose word a claim rests, who is
on whose side) is worked out before, and comes as a number or a bit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

__all__ = ["OPEN", "ROWS", "UNBOUNDED", "Claims", "Context", "packed_high", "packed_low"]

OPEN: Final = 4 * 10**12
"""The packed upper end of a figure that has none; greater than every other."""

UNBOUNDED: Final = OPEN // 2
"""The same, unpacked: greater than every count."""

ROWS: Final = 1 << 17
"""The most rows of one run, unless one topic has more: few enough for a cache, and for keys to fit 63 bits."""

# What a claim is, as bits of its ``marks``.
COUNT: Final = 1 << 0  # it states a count that may make a position, or denies the occurrence
ESTIMATE: Final = 1 << 1  # it states an estimate; never together with COUNT
DENIES: Final = 1 << 2  # it denies the occurrence: a count of 0..0 that shares a day with every figure
MISRELAYED: Final = 1 << 3
WITHDRAWN: Final = 1 << 4
PROJECTED: Final = 1 << 5
LATER: Final = 1 << 6  # it counts days after the day asked for
NAMED: Final = 1 << 7  # a claim of its own source replaces it by name
COPY: Final = 1 << 8  # that on which it rests speaks on the topic
AT_SOURCE: Final = 1 << 9  # it was read in a report of the source itself, without a relay
PRELIMINARY: Final = 1 << 10
CONFIRMED: Final = 1 << 11
TENTATIVE: Final = 1 << 12  # preliminary, alleged or derived
GRADED_LOW: Final = 1 << 13  # a grader puts it at D, E, 4 or 5
SILENT: Final = 1 << 14  # it gives no figure
DENIAL: Final = 1 << 15  # it denies something, whatever it is

# Whose dead a source counts, and whether it is blamed, as bits of ``stake``.
OWN_SIDE: Final = 1  # its side is that of the victims
OPPONENT: Final = 2  # its side fights that of the victims
THIRD_PARTY: Final = 4
NOT_KNOWN: Final = 8
BLAMED: Final = 16  # its side is one that a claim of the topic blames, and the victims' side is not said

# How a topic's victims are described, as far as a rule asks for it.
OTHERS: Final = 0
COMBATANTS: Final = 1
CIVILIANS: Final = 2

WHOLE: Final = 0
"""The series of what a source says without a basis; the others are counted floors, numbered as bases are listed."""

TALLIED: Final = frozenset({1, 2, 3, 4, 5})
"""The series that raise confidence: listed, identified, verified, documented, investigated; not buried or examined."""

PRESS: Final = 1
"""The bit of ``kinds`` for media, journalists, compilers and unattributed reports, which are one kind."""


def packed_low(low: int, *, assumed: bool = False) -> int:
    """Pack a lower end, so that a higher end is greater, and a stated end greater than an assumed one.

    A lower end of 0 is none, whatever its mark.

    Examples:
        >>> packed_low(11), packed_low(11, assumed=True), packed_low(0, assumed=True)
        (23, 22, 1)
    """
    return 2 * low + (not assumed or low == 0)


def packed_high(high: int | None, *, assumed: bool = False) -> int:
    """Pack an upper end, so that a higher end is greater, and an assumed end greater than a stated one.

    Examples:
        >>> packed_high(11), packed_high(11, assumed=True), packed_high(None) == OPEN
        (22, 23, True)
    """
    return OPEN if high is None else 2 * high + assumed


Ints: TypeAlias = Sequence[int]


@dataclass(slots=True)
class Claims:
    """Claims as columns, sorted by topic, root, source and series; equal places may come in any order.

    A numpy array does as well as a list in every column.

    Examples:
        >>> len(Claims())
        0
    """

    topic: Ints = ()  # counted from 0 without a gap; every topic has a claim
    root: Ints = ()  # on whose word it rests, equal for one independent source; of `Context.several` the first
    source: Ints = ()  # who says it
    series: Ints = ()  # how it was counted: `WHOLE`, or the number of its basis
    alone: Ints = ()  # 1 where it makes a position of its own: it rests on others, or nobody says who made it
    low: Ints = ()  # the packed lower end of its count, or of an estimate's interval; 0 for no figure
    high: Ints = ()  # the packed upper end; `OPEN` for none
    best: Ints = ()  # the number that its source prefers; -1 for none
    named_low: Ints = ()  # the lowest number named as a floor; -1 for none ("no more than 38" names none)
    named_high: Ints = ()  # the highest number named; -1 for none
    until: Ints = ()  # the last day counted, earliest; on an incident the incident's last day
    until_latest: Ints = ()  # … and latest
    said: Ints = ()  # when it was said, earliest; 1 where there is a printing date alone
    said_latest: Ints = ()  # … and latest
    moment: Ints = ()  # when it was said, in microseconds of universal time, where its hour is known; else 0
    marks: Ints = ()  # what it is, as bits
    stake: Ints = ()  # whose dead its source counts, as bits

    def __len__(self) -> int:
        return len(self.topic)


@dataclass(slots=True)
class Context:
    """What stands beside the claims.

    Examples:
        >>> Context().near  # a fiftieth
        20000
    """

    # By topic:
    stock: Ints = ()  # whether it counts how many there are on a day
    victims: Ints = ()  # `COMBATANTS`, `CIVILIANS` or `OTHERS`
    counted_until: Ints = ()  # the day until which the dead of its event were searched for and counted; 0 for none
    closed: Ints = ()  # whether an event closes it, so that its figures never grow stale
    # By source:
    kinds: Ints = ()  # what it is, as bits; `PRESS` for the press, 0 where nobody says
    side: Ints = ()  # the number of its side; -1 for none
    # By root:
    unattributed: Ints = ()  # whether nobody says who made it; such reports replace nothing of each other
    several: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # by claim, where it rests on several roots
    allied: frozenset[tuple[int, int]] = frozenset()  # sides of which one is, or lies inside, the other; both ways
    opposed: frozenset[tuple[int, int]] = frozenset()  # sides that fight one another; both ways
    asked: int = 0  # the earliest day that was asked for; 0 for the latest there is
    near: int = 20_000  # the largest gap, in millionths of the lower number, at which two figures nearly agree
    settling: int = 1  # for how many days after its last day a figure is an early one
