"""What the kernel gives back: tables of integers, sorted by topic, of which findings are views.

Every table is a set of columns of one length; a numpy array does as well as a list.  Packed ends are as in `claims`.
Rows of claims are those of `Claims`; places of positions and independent sources are rows of their tables here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

__all__ = [
    "Answer",
    "Fates",
    "Findings",
    "Independents",
    "Outside",
    "Pairs",
    "Positions",
    "Runs",
]

# What became of a claim (design 7, "Beside these"); every claim has exactly one.
STANDS: Final = 0
REPLACED: Final = 1
WITHDRAWN: Final = 2
COPY: Final = 3
VERSION: Final = 4
MISRELAYED: Final = 5
UNDATED: Final = 6
PROJECTED: Final = 7
LATER: Final = 8

# Parts that a claim has in a finding, as bits of ``Fates.part``.
MAKES: Final = 1 << 0  # it makes the figure of its position, or a series of it
HEARD: Final = 1 << 1  # it is listed among versions that leave no common count
OUT: Final = 1 << 2  # a later statement of its source excludes it (replaced)
COMMON_LOW: Final = 1 << 3  # it sets this end of this range
COMMON_HIGH: Final = 1 << 4
SPAN_LOW: Final = 1 << 5
SPAN_HIGH: Final = 1 << 6
UNDISPUTED_LOW: Final = 1 << 7
UNDISPUTED_HIGH: Final = 1 << 8
SUPPORTS: Final = 1 << 9  # its independent source allows a range that most allow
DISPUTES: Final = 1 << 10  # it stands on one side of a dispute

# What a reader must know of how a figure came about, as bits of ``flags``.
DIFFERS: Final = 1 << 0  # versions leave no common count: relayed differently, or the source contradicts itself
REVISED_DOWN: Final = 1 << 1
CONTRADICTS: Final = 1 << 2  # a counted floor above the whole of the same source, neither said later nor of a later day
OVERTAKES_ITSELF: Final = 1 << 3  # a counted floor said later replaced the whole: overtaken by its own count
DIVIDED: Final = 1 << 4  # organs whose standing figures dispute

# How two figures that are apart stand to one another.
DISPUTE: Final = 0  # stated ends leave no shared count
APART: Final = 1  # only an assumed end sets them apart

# The status of a finding, in the order in which the first that holds is taken.
UNREPORTED: Final = 0
ESTIMATE_ONLY: Final = 1
DISPUTED: Final = 2
SINGLE_SOURCE: Final = 3
CORROBORATED: Final = 4
COMPATIBLE: Final = 5

# Levels of confidence.
NONE: Final = 0
LOW: Final = 1
MODERATE: Final = 2
HIGH: Final = 3

# The steps towards a level, as bits of ``reasons``.
NO_BEARER: Final = 1 << 0
ONE_BEARER: Final = 1 << 1
ONE_COUNTED: Final = 1 << 2  # one bearer, attributed, without a side, whose floor is tallied: moderate
SEVERAL_BEARERS: Final = 1 << 3
THREE_KINDS: Final = 1 << 4
AGAINST_INTEREST: Final = 1 << 5
COUNTED: Final = 1 << 6  # a tallied bearer without a side, with any second
ALL_TENTATIVE: Final = 1 << 7
ALL_ASSUMED: Final = 1 << 8
CONTESTED: Final = 1 << 9
STALE: Final = 1 << 10

Ints: TypeAlias = Sequence[int]


@dataclass(slots=True)
class Fates:
    """By claim, what became of it."""

    fate: Ints = ()
    position: Ints = ()  # the place of the position that it makes, or that replaced it; -1 for none
    part: Ints = ()  # its parts, as bits


@dataclass(slots=True)
class Positions:
    """Where each source stands on a topic (design 6)."""

    topic: Ints = ()
    source: Ints = ()  # of a claim that is alone, the one that made it
    independent: Ints = ()  # the independent source to which it belongs
    low: Ints = ()  # of its figure: the latest of the whole, with the highest of the counted floors
    high: Ints = ()  # bears on `high_until`, and may lie below `low` on an earlier day
    best: Ints = ()  # the number preferred; -1 for none
    until: Ints = ()  # the last day counted, earliest
    until_latest: Ints = ()  # … and latest
    high_until: Ints = ()  # the day of its upper end: an earlier one where a count of a later day says more
    high_until_latest: Ints = ()
    flags: Ints = ()
    revised_from: Ints = ()  # the highest floor named by a claim that it replaced and fell below; -1 for none
    denies: Ints = ()  # 1 where it says that it did not happen
    latest: Ints = ()  # 1 where it is of the latest day and hour of its independent source
    divided: Ints = ()  # 1 where the flag *divided* names it


@dataclass(slots=True)
class Independents:
    """The independent sources of a topic (design 6, "Voices"), each with its range on the finding's day (7 D)."""

    topic: Ints = ()
    low: Ints = ()  # of its figure as said by its latest positions, with floors carried into it
    high: Ints = ()  # as said, on `high_until`
    best: Ints = ()  # the number preferred; -1 for none
    until: Ints = ()  # the last day counted, as in `Positions`
    until_latest: Ints = ()
    high_until: Ints = ()
    high_until_latest: Ints = ()
    day_low: Ints = ()  # of its range on the finding's day; 1 (a stated 0) where it says none
    day_high: Ints = ()  # `OPEN` where it says none, or is overtaken
    of_day: Ints = ()  # 1 where it speaks of the finding's day itself, or denies
    carried: Ints = ()  # 1 where its lower end on that day was carried from an earlier day or another organ
    flags: Ints = ()  # those of its latest positions, and `DIVIDED`
    denies: Ints = ()  # 1 where it says that it did not happen
    unattributed: Ints = ()  # 1 where nobody says who made it
    overtaken: Ints = ()  # 1 where an early count of it was overtaken: it keeps its floor and has no upper end
    outlier: Ints = ()  # 1 where it is an outlier
    tallied: Ints = ()  # the lower end that it listed, identified, verified, documented or investigated; -1 for none
    kinds: Ints = ()  # what the sources are whose figure it has, as bits
    stake: Ints = ()  # whose dead they count, as bits
    graded: Ints = ()  # 1 where all its claims are graded low
    tentative: Ints = ()  # 1 where all its claims are preliminary, alleged or derived


@dataclass(slots=True)
class Pairs:
    """Pairs of figures that are apart (design 7 C): of independent sources, of named organs, and of divided organs."""

    topic: Ints = ()
    lower: Ints = ()  # the independent source with the lower figure
    upper: Ints = ()  # that with the higher one; the same for organs that are divided
    lower_organ: Ints = ()  # the position, where the lower figure is that of a named organ; else -1
    upper_organ: Ints = ()
    relation: Ints = ()  # `DISPUTE` or `APART`
    gap: Ints = ()  # the floor of the upper less the upper end of the lower
    number: Ints = ()  # the lower number: that upper end
    near: Ints = ()  # 1 where they nearly agree
    overtaken: Ints = ()  # 1 where the lower is an early figure that the higher outgrew
    of_day: Ints = ()  # 1 where the upper end is that of the finding's day; else it makes no finding of it disputed


@dataclass(slots=True)
class Runs:
    """The ranges that most independent sources of the day allow; several for a tie."""

    topic: Ints = ()
    low: Ints = ()
    high: Ints = ()


@dataclass(slots=True)
class Outside:
    """What stands apart from an estimate (design 7 E): a count outside its interval, or another estimate."""

    topic: Ints = ()
    estimate: Ints = ()  # the row of the claim that states the estimate
    independent: Ints = ()  # whose count lies outside; -1 where it is another estimate
    other: Ints = ()  # the row of the other estimate; -1 where it is a count
    gap: Ints = ()  # how far apart they are
    above: Ints = ()  # 1 where the count, or the other estimate, lies above the interval


@dataclass(slots=True)
class Findings:
    """By topic, what its claims say together.  A range that there is not is 0 and -1, packed ends that nothing has."""

    claims: Ints = ()
    set_aside: Ints = ()  # how many claims do not stand
    independents: Ints = ()  # how many independent sources make a count
    day: Ints = ()  # the finding's day, earliest; 0 for none
    day_latest: Ints = ()  # … and latest
    status: Ints = ()
    common_low: Ints = ()  # what all allow on the day
    common_high: Ints = ()
    span_low: Ints = ()  # around all figures as said
    span_high: Ints = ()
    undisputed_low: Ints = ()  # what is borne out by one
    undisputed_high: Ints = ()
    borne_low: Ints = ()  # what is borne out by two
    borne_high: Ints = ()
    disputes: Ints = ()  # how many pairs dispute, neither near nor overtaken
    near: Ints = ()  # how many pairs nearly agree
    overtaken: Ints = ()  # how many pairs are overtaken
    gap: Ints = ()  # the widest gap of a dispute; 0 for none
    runs: Ints = ()  # how many ranges the most allow
    allow: Ints = ()  # how many allow these
    outside: Ints = ()  # how many rows of `Outside` there are
    level: Ints = ()  # of confidence in the undisputed floor, or upper end where there is no floor
    reasons: Ints = ()  # the steps towards it, as bits
    flags: Ints = ()  # those of all independent sources and positions
    denials: Ints = ()  # how many denials stand
    silences: Ints = ()  # how many silences stand


@dataclass(slots=True)
class Answer:
    """All tables of one run of the kernel.

    Examples:
        >>> Answer().findings.status
        ()
    """

    fates: Fates = field(default_factory=Fates)
    positions: Positions = field(default_factory=Positions)
    independents: Independents = field(default_factory=Independents)
    pairs: Pairs = field(default_factory=Pairs)
    runs: Runs = field(default_factory=Runs)
    outside: Outside = field(default_factory=Outside)
    findings: Findings = field(default_factory=Findings)
