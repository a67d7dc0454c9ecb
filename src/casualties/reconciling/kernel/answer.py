"""What the kernel gives back: tables of integers, sorted by topic, of which findings are views.

Every table is a set of columns of one length; a numpy array does as well as a list.  Packed ends are as in `claims`.
Rows of claims are those of `Claims`; places of positions and independent sources are rows of their tables here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

__all__ = [
    "Answer",
    "Fates",
    "Findings",
    "Floors",
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
CARRIED: Final = 1 << 2  # its floor is carried into the figure of its independent source
OUT: Final = 1 << 3  # a later statement of its source excludes it (replaced)
ANSWERS: Final = 1 << 4  # its position is among those that make the figure of its independent source
COMMON_LOW: Final = 1 << 5  # it sets this end of this range
COMMON_HIGH: Final = 1 << 6
SPAN_LOW: Final = 1 << 7
SPAN_HIGH: Final = 1 << 8
UNDISPUTED_LOW: Final = 1 << 9
UNDISPUTED_HIGH: Final = 1 << 10
SUPPORTS: Final = 1 << 11  # its independent source allows a range that most allow
DISPUTES: Final = 1 << 12  # it stands on one side of a dispute

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


def column() -> Sequence[int]:
    """Make the default of a column: an empty one."""
    empty: Sequence[int] = field(default_factory=list)
    return empty


@dataclass(slots=True)
class Fates:
    """By claim, what became of it.

    Attributes:
        fate: Its fate.
        position: The place of the position that it makes, or that replaced it; -1 for none.
        part: What part it has, as bits.

    Examples:
        >>> Fates().fate
        []
    """

    fate: Sequence[int] = column()
    position: Sequence[int] = column()
    part: Sequence[int] = column()


@dataclass(slots=True)
class Positions:
    """Where each source stands on a topic (design 6).

    Attributes:
        topic: The topic.
        source: The source; of a claim that is alone, the one that made it.
        independent: The independent source to which it belongs.
        low: The packed lower end of its figure: the latest of the whole, with the highest of the counted floors.
        high: The packed upper end, which bears on ``high_until``; it may lie below ``low`` on an earlier day.
        best: The number preferred; -1 for none.
        until: The last day counted, earliest and latest.
        until_latest: The same.
        high_until: The day on which its upper end bears: an earlier one where a count of a later day says more.
        high_until_latest: The same.
        flags: What a reader must know, as bits.
        revised_from: The highest floor named by a claim that it replaced and fell below; -1 for none.
        denies: 1 where it says that it did not happen.
        latest: 1 where it is of the latest day and hour of its independent source; of several those read at the source
            itself make its figure, else all.
        divided: 1 where the flag *divided* names it.

    Examples:
        >>> Positions().source
        []
    """

    topic: Sequence[int] = column()
    source: Sequence[int] = column()
    independent: Sequence[int] = column()
    low: Sequence[int] = column()
    high: Sequence[int] = column()
    best: Sequence[int] = column()
    until: Sequence[int] = column()
    until_latest: Sequence[int] = column()
    high_until: Sequence[int] = column()
    high_until_latest: Sequence[int] = column()
    flags: Sequence[int] = column()
    revised_from: Sequence[int] = column()
    denies: Sequence[int] = column()
    latest: Sequence[int] = column()
    divided: Sequence[int] = column()


@dataclass(slots=True)
class Independents:
    """The independent sources of a topic (design 6, "Voices"), each with its range on the finding's day (design 7 D).

    Attributes:
        topic: The topic.
        low: The packed lower end of its figure as said by its latest positions, with floors carried into it.
        high: The packed upper end, as said, which bears on ``high_until``.
        best: The number preferred; -1 for none.
        until: The last day counted, earliest and latest.
        until_latest: The same.
        high_until: The day on which its upper end bears, as in `Positions`.
        high_until_latest: The same.
        day_low: The packed lower end of its range on the finding's day; 1 (a stated 0) where it says none.
        day_high: The packed upper end of that range; `OPEN` where it says none, or is overtaken.
        of_day: 1 where it speaks of the finding's day itself, or denies.
        carried: 1 where its lower end on that day was carried from an earlier day or from another organ.
        flags: What a reader must know, as bits; those of its latest positions, and `DIVIDED`.
        denies: 1 where it says that it did not happen.
        unattributed: 1 where nobody says who made it.
        overtaken: 1 where an early count of it was overtaken: it keeps its floor and has no upper end.
        outlier: 1 where it is an outlier.
        tallied: The packed lower end that it listed, identified, verified, documented or investigated; -1 for none.
        kinds: What the sources are whose figure it has, as bits.
        stake: Whose dead they count, as bits.
        graded: 1 where all its claims are graded low.
        tentative: 1 where all its claims are preliminary, alleged or derived.

    Examples:
        >>> Independents().low
        []
    """

    topic: Sequence[int] = column()
    low: Sequence[int] = column()
    high: Sequence[int] = column()
    best: Sequence[int] = column()
    until: Sequence[int] = column()
    until_latest: Sequence[int] = column()
    high_until: Sequence[int] = column()
    high_until_latest: Sequence[int] = column()
    day_low: Sequence[int] = column()
    day_high: Sequence[int] = column()
    of_day: Sequence[int] = column()
    carried: Sequence[int] = column()
    flags: Sequence[int] = column()
    denies: Sequence[int] = column()
    unattributed: Sequence[int] = column()
    overtaken: Sequence[int] = column()
    outlier: Sequence[int] = column()
    tallied: Sequence[int] = column()
    kinds: Sequence[int] = column()
    stake: Sequence[int] = column()
    graded: Sequence[int] = column()
    tentative: Sequence[int] = column()


@dataclass(slots=True)
class Floors:
    """The lower ends that an independent source gives, each with the day from which it carries forward.

    There is one for the whole, the highest of the counted series, and the highest that is carried: of an earlier day
    of a source, or counted by another organ.

    Attributes:
        topic: The topic.
        independent: Whose it is.
        position: The position from which it comes.
        low: The packed lower end.
        until: The day, earliest and latest.
        until_latest: The same.
        series: How it was counted.
        carried: 1 where it is carried into the figure.

    Examples:
        >>> Floors().low
        []
    """

    topic: Sequence[int] = column()
    independent: Sequence[int] = column()
    position: Sequence[int] = column()
    low: Sequence[int] = column()
    until: Sequence[int] = column()
    until_latest: Sequence[int] = column()
    series: Sequence[int] = column()
    carried: Sequence[int] = column()


@dataclass(slots=True)
class Pairs:
    """Pairs of figures that are apart (design 7 C): of independent sources, of named organs, and of divided organs.

    Attributes:
        topic: The topic.
        lower: The independent source with the lower figure.
        upper: That with the higher one; the same for organs that are divided.
        lower_organ: The position, where the lower figure is that of a named organ; else -1.
        upper_organ: Likewise.
        relation: `DISPUTE` or `APART`.
        gap: The floor of the upper less the upper end of the lower.
        number: The lower number: that upper end.
        near: 1 where they nearly agree.
        overtaken: 1 where the lower is an early figure that the higher outgrew.
        of_day: 1 where the upper end is that of the finding's day; else it makes no finding of that day disputed.

    Examples:
        >>> Pairs().gap
        []
    """

    topic: Sequence[int] = column()
    lower: Sequence[int] = column()
    upper: Sequence[int] = column()
    lower_organ: Sequence[int] = column()
    upper_organ: Sequence[int] = column()
    relation: Sequence[int] = column()
    gap: Sequence[int] = column()
    number: Sequence[int] = column()
    near: Sequence[int] = column()
    overtaken: Sequence[int] = column()
    of_day: Sequence[int] = column()


@dataclass(slots=True)
class Runs:
    """The ranges that most independent sources of the day allow; several for a tie.

    Attributes:
        topic: The topic.
        low: The packed lower end.
        high: The packed upper end.
        allow: How many allow it.
        name: How many name it: their figure lies inside.

    Examples:
        >>> Runs().low
        []
    """

    topic: Sequence[int] = column()
    low: Sequence[int] = column()
    high: Sequence[int] = column()
    allow: Sequence[int] = column()
    name: Sequence[int] = column()


@dataclass(slots=True)
class Outside:
    """What stands apart from an estimate (design 7 E): a count outside its interval, or another estimate.

    Attributes:
        topic: The topic.
        estimate: The row of the claim that states the estimate.
        independent: The independent source whose count lies outside; -1 where it is another estimate.
        other: The row of the other estimate; -1 where it is a count.
        gap: How far apart they are.
        above: 1 where the count, or the other estimate, lies above the interval.

    Examples:
        >>> Outside().gap
        []
    """

    topic: Sequence[int] = column()
    estimate: Sequence[int] = column()
    independent: Sequence[int] = column()
    other: Sequence[int] = column()
    gap: Sequence[int] = column()
    above: Sequence[int] = column()


@dataclass(slots=True)
class Findings:
    """By topic, what its claims say together.  A range that there is not is 0 and -1, packed ends that nothing has.

    Attributes:
        claims: How many claims there are.
        set_aside: How many of them do not stand.
        independents: How many independent sources make a count.
        day: The finding's day, earliest and latest; 0 for none.
        day_latest: The same.
        status: The status.
        common_low: The packed ends of what all allow on the day; the upper is -1 where there is nothing in common.
        common_high: The same.
        span_low: The packed ends around all figures as said; the upper is -1 where there is no count.
        span_high: The same.
        undisputed_low: The packed ends of what is borne out by one.
        undisputed_high: The same.
        borne_low: The packed ends of what is borne out by two.
        borne_high: The same.
        disputes: How many pairs dispute, neither near nor overtaken.
        disputes_of_day: How many of these over the finding's day.
        near: How many pairs nearly agree.
        overtaken: How many pairs are overtaken.
        apart: How many pairs are apart only by an assumed end, neither near nor overtaken.
        gap: The widest gap of a dispute; 0 for none.
        runs: How many ranges the most allow.
        allow: How many allow these.
        outside: How many rows of `Outside` there are.
        level: The level of confidence in the undisputed floor, or upper end where there is no floor.
        reasons: The steps towards it, as bits.
        flags: The flags of all independent sources and positions.
        denials: How many denials stand.
        silences: How many silences stand.

    Examples:
        >>> Findings().status
        []
    """

    claims: Sequence[int] = column()
    set_aside: Sequence[int] = column()
    independents: Sequence[int] = column()
    day: Sequence[int] = column()
    day_latest: Sequence[int] = column()
    status: Sequence[int] = column()
    common_low: Sequence[int] = column()
    common_high: Sequence[int] = column()
    span_low: Sequence[int] = column()
    span_high: Sequence[int] = column()
    undisputed_low: Sequence[int] = column()
    undisputed_high: Sequence[int] = column()
    borne_low: Sequence[int] = column()
    borne_high: Sequence[int] = column()
    disputes: Sequence[int] = column()
    disputes_of_day: Sequence[int] = column()
    near: Sequence[int] = column()
    overtaken: Sequence[int] = column()
    apart: Sequence[int] = column()
    gap: Sequence[int] = column()
    runs: Sequence[int] = column()
    allow: Sequence[int] = column()
    outside: Sequence[int] = column()
    level: Sequence[int] = column()
    reasons: Sequence[int] = column()
    flags: Sequence[int] = column()
    denials: Sequence[int] = column()
    silences: Sequence[int] = column()


@dataclass(slots=True)
class Answer:
    """All tables of one run of the kernel.

    Attributes:
        fates: By claim.
        positions: By topic and source.
        independents: By topic and independent source.
        floors: The lower ends of each independent source.
        pairs: Pairs of figures that are apart.
        runs: The ranges that most allow.
        outside: What stands apart from estimates.
        findings: By topic.

    Examples:
        >>> Answer().findings.status
        []
    """

    fates: Fates = field(default_factory=Fates)
    positions: Positions = field(default_factory=Positions)
    independents: Independents = field(default_factory=Independents)
    floors: Floors = field(default_factory=Floors)
    pairs: Pairs = field(default_factory=Pairs)
    runs: Runs = field(default_factory=Runs)
    outside: Outside = field(default_factory=Outside)
    findings: Findings = field(default_factory=Findings)
