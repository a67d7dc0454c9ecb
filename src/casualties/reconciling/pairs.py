"""Independent sources, and the pairs of them whose figures are apart."""

from __future__ import annotations

import operator
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final, overload

from casualties._text import Fielded, counted, table_of
from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.period import PartialDate
from casualties.reconciling.position import Flag, Position

__all__ = ["Dispute", "Disputes", "FindingStatus", "IndependentSource"]

_ANY: Final = Figure(0, None)

_SHOWN: Final = 10
"""How many pairs a notebook shows."""


@dataclass(frozen=True, slots=True)
class IndependentSource(Fielded):
    """An independent source: all positions that rest on one root, and the figure that stands for them.

    Sources under one root of the tree are one.  Its figure is the latest position among them: that of the latest day
    counted, and among those of one day the last stated.  Positions that this does not tell apart are versions.

    Attributes:
        roots: The roots on which it rests.
        positions: All positions that belong to it.
        latest: The positions that make its figure.
        figure: Its figure on its last day, with floors that carry into it from earlier days and other organs.
        until: The last day counted; ``None`` where nothing dates it.
        flags: What a reader must know of it.
        denies: Whether it says that it did not happen.
        on_day: What it says of the finding's day: its floor carried forward, and its upper end where it speaks of that
            day and is not overtaken; 0 or more where it says nothing of that day.
        of_day: Whether it speaks of the finding's day itself.
        carried: Whether its floor on that day is carried from an earlier day or another organ.
        unattributed: Whether nobody says who made it.
        overtaken: Whether it is an early count that another outgrew.
        outlier: Whether the others share a count without it, and it stands alone.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> [voice.sources for voice in finding.independent_sources]
        [('azerbaijan',)]
    """

    roots: tuple[tuple[str, str], ...]
    positions: tuple[Position, ...]
    latest: tuple[Position, ...]
    figure: Figure
    until: PartialDate | None
    flags: tuple[Flag, ...] = ()
    denies: bool = False
    on_day: Figure = _ANY
    of_day: bool = False
    carried: bool = False
    unattributed: bool = False
    overtaken: bool = False
    outlier: bool = False

    def __repr__(self) -> str:
        return f"<IndependentSource of {' and '.join(self.sources)}: {self.figure}>"

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of the sources whose figure it is.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> sorted(source for voice in finding.independent_sources for source in voice.sources)
            ['akoush', 'unnamed']
        """
        return tuple(sorted({position.source for position in self.latest}))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims on which its figure rests.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> len(finding.independent_sources[0].claims)
            1
        """
        return tuple(claim for position in self.latest for claim in position.claims)

    @property
    def sort_key(self) -> tuple[object, ...]:
        """The order in which independent sources are listed: by count, then by what they rest on."""
        return (self.figure.low, self.figure.high is None, self.figure.high or 0, self.roots)


class FindingStatus(StrEnum):
    """How the independent sources on a subject stand to one another; the first that holds."""

    UNREPORTED = "unreported"
    """Nobody gives a count, which is not zero. Example: Azerbaijan is silent on its soldiers, and nobody else speaks.
    """
    ESTIMATE_ONLY = "estimate only"
    """Nobody counts, and somebody estimates. Example: a survey of a region to which no counter came."""
    DISPUTED = "disputed"
    """At least two independent sources cannot both be right. Example: 471 by one, 10 to 50 by another."""
    SINGLE_SOURCE = "single source"
    """One independent source gives a count. Example: a ministry's 80, and ten papers that quote it."""
    CORROBORATED = "corroborated"
    """Two or more independent sources bear out an end. Example: 42 by a hospital, at least 41 by an observer."""
    COMPATIBLE = "compatible"
    """Several share a count, and no two bear out the same end. Example: "at least two" by one, "as many as 25" by
    another.
    """


@dataclass(frozen=True, slots=True)
class Dispute(Fielded):
    """Two figures that share no count on one day, or over time for a count that can only grow.

    They are those of two independent sources.  Where one is divided, the organs that the flag names stand in such pairs
    too, under their own names; and the division itself is such a pair of two organs.

    Attributes:
        lower: The independent source with the lower figure.
        upper: That with the higher one; the same where its own organs are divided.
        gap: The floor of the upper less the upper end of the lower, in people.
        number: The lower number, which is that upper end.
        lower_organ: The position of a named organ whose figure is the lower one; ``None`` for the figure of all.
        upper_organ: Likewise.
        assumed: Whether only an end that is assumed sets them apart; then it is no dispute.
        near: Whether they nearly agree, which makes no finding disputed.
        overtaken: Whether the lower is an early figure that the higher outgrew.
        of_day: Whether it is over the finding's day; one over the upper end of an earlier day makes only findings as
            of that day disputed.

    Examples:
        >>> import casualties as cs
        >>> any(finding.disputes for finding in cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")))
        False
    """

    lower: IndependentSource
    upper: IndependentSource
    gap: int
    number: int
    lower_organ: Position | None = None
    upper_organ: Position | None = None
    assumed: bool = False
    near: bool = False
    overtaken: bool = False
    of_day: bool = True

    def __repr__(self) -> str:
        return f"<Dispute: {self.lower_figure} and {self.upper_figure}, {self.gap:,} apart>"

    @property
    def lower_figure(self) -> Figure:
        """The lower figure.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> print(Dispute(*finding.independent_sources, gap=1, number=1).lower_figure)
            up to 25
        """
        return self.lower_organ.figure if self.lower_organ else self.lower.figure

    @property
    def upper_figure(self) -> Figure:
        """The higher figure.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> print(Dispute(*finding.independent_sources, gap=1, number=1).upper_figure)
            2 or more
        """
        return self.upper_organ.figure if self.upper_organ else self.upper.figure

    @property
    def lower_claims(self) -> tuple[Claim, ...]:
        """The claims on which the lower figure rests.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> len(Dispute(*finding.independent_sources, gap=1, number=1).lower_claims)
            1
        """
        return self.lower_organ.claims if self.lower_organ else self.lower.claims

    @property
    def upper_claims(self) -> tuple[Claim, ...]:
        """The claims on which the higher figure rests.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> len(Dispute(*finding.independent_sources, gap=1, number=1).upper_claims)
            1
        """
        return self.upper_organ.claims if self.upper_organ else self.upper.claims

    @property
    def claims(self) -> tuple[str, ...]:
        """Identities of the claims on both sides.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> len(Dispute(*finding.independent_sources, gap=1, number=1).claims)
            2
        """
        return tuple(sorted({claim.id for claim in (*self.lower_claims, *self.upper_claims)}))

    @property
    def relative(self) -> Fraction | None:
        """The gap as a part of the lower number; ``None`` where that is 0.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> Dispute(*finding.independent_sources, gap=1, number=4).relative
            Fraction(1, 4)
        """
        return Fraction(self.gap, self.number) if self.number else None

    @property
    def sort_key(self) -> tuple[object, ...]:
        """The order in which disputes are listed: the widest gap first."""
        return (-self.gap, self.claims)


class Disputes(Sequence[Dispute]):
    """Pairs of one kind, widest gap first; each is made when it is asked for, and none to count them.

    Args:
        gaps: By pair, how wide its gap is.
        make: Makes a pair, by its place among the gaps.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-war")).findings[1]
        >>> len(finding.disputes), finding.disputes[:1] == tuple(finding.disputes)[:1]
        (0, True)
    """

    __slots__ = ("_falling", "_made", "_make", "_order")

    def __init__(self, gaps: Sequence[int], make: Callable[[int], Dispute]) -> None:
        falling = [-gap for gap in gaps]
        self._order = sorted(range(len(gaps)), key=falling.__getitem__)
        self._falling = sorted(falling)
        self._make = make
        self._made: dict[int, Dispute] = {}

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, at: int) -> Dispute: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Dispute, ...]: ...

    def __getitem__(self, at: int | slice) -> Dispute | tuple[Dispute, ...]:
        if isinstance(at, slice):
            return tuple(map(self.__getitem__, range(*at.indices(len(self)))))
        place = range(len(self))[at]
        if place not in self._made:  # pairs of one gap are told apart by their claims
            gap = self._falling[place]
            start, stop = bisect_left(self._falling, gap), bisect_right(self._falling, gap)
            alike = sorted(map(self._make, self._order[start:stop]), key=lambda pair: pair.sort_key)
            self._made.update(enumerate(alike, start))
        return self._made[place]

    @property
    def widest(self) -> int:
        """The widest gap; 0 where there is no pair.

        Examples:
            >>> Disputes((), lambda place: None).widest
            0
        """
        return -self._falling[0] if self._falling else 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, tuple | Disputes):
            return NotImplemented
        return len(self) == len(other) and all(map(operator.eq, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def _repr_html_(self) -> str:
        rows = [
            (
                ", ".join(pair.lower.sources),
                str(pair.lower_figure),
                ", ".join(pair.upper.sources),
                str(pair.upper_figure),
            )
            for pair in self[:_SHOWN]
        ]
        heads = ("lower", "its figure", "upper", "its figure")
        left = max(len(self) - _SHOWN, 0)
        return table_of(counted(len(self), "pair"), heads, rows, left=left, noun="pair")

    def __reduce__(self) -> tuple[type[tuple[Dispute, ...]], tuple[tuple[Dispute, ...]]]:
        return tuple, (tuple(self),)
