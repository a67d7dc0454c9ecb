"""Figures: the lowest and the highest count that a statement allows."""

from __future__ import annotations

import reprlib
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar, Final

from pydantic import ConfigDict, Field, PlainSerializer

from casualties.errors import FigureError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MAX_COUNT", "End", "Figure"]

MAX_COUNT: Final = 10**12
"""The largest count that a figure may hold: far more people than have ever lived."""


class End(StrEnum):
    """One of the two ends of a figure.

    Examples:
        >>> Figure.at_least(3).assume_ceiling(50).assumed == {End.HIGH}
        True
    """

    LOW = "low"
    """The lower end: at least so many. Example: 11 in *at least 11*."""
    HIGH = "high"
    """The upper end: at most so many; absent where the words leave it open. Example: 25 in *as many as 25*."""


Count = Annotated[int, Field(strict=True, ge=0, le=MAX_COUNT)]


@dataclass(frozen=True, slots=True, repr=False)
class Figure:
    """The lowest and the highest count that a statement allows, both included.

    An absent ``high`` means that no ceiling is stated.
    It never means zero, and it never means that the ceiling equals ``low``.
    Figures have no order (is 1–9 less than 3–4?) and no truth value.

    Attributes:
        low: Smallest count allowed, in people, zero or more.
        high: Largest count allowed, or ``None`` where no ceiling is stated.
        best: The number that the source itself prefers, or ``None`` where it names none.
            It enters no meet, hull or sum.
        assumed: The ends that rest on a convention and not on the words; empty where the words give both.

    Raises:
        FigureError: If an end is no whole number from zero to ``MAX_COUNT``, if ``high`` is below ``low``,
            if ``best`` lies outside, or if an absent ``high`` is said to be assumed.

    Examples:
        A ministry says that between 12 and 15 people died; a hospital says at least 14.

        >>> ministry, hospital = Figure.between(12, 15), Figure.at_least(14)
        >>> ministry & hospital
        Figure(low=14, high=15)

        Figures that share no count have no meet, and say so with ``None`` instead of an invented range.

        >>> Figure(12, 15) & Figure.exactly(40) is None
        True
        >>> print(ministry, "·", hospital, "·", Figure.at_most(25), "·", Figure(10, 20, best=15))
        12–15 · 14 or more · up to 25 · 10–20 (best 15)
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    low: Count
    high: Count | None
    best: Count | None = field(default=None, kw_only=True)
    assumed: Annotated[frozenset[End], PlainSerializer(sorted, return_type=list[End], when_used="json")] = field(
        default=frozenset(), kw_only=True
    )

    def __post_init__(self) -> None:
        low, high, best = self.low, self.high, self.best
        _check_count("low", low)
        if high is not None:
            _check_count("high", high)
            if high < low:
                raise FigureError(
                    f"figure {low}..{high}: high is below low",
                    "high-below-low",
                    f"the lower end comes first: {high}..{low}; or keep two claims if two sources spoke",
                )
        if best is not None:
            _check_count("best", best)
            if best < low or (high is not None and best > high):
                raise FigureError(
                    f"figure {low}..{'' if high is None else high}: best {best} lies outside",
                    "best-outside",
                    "give a best number within the figure, or keep it as a claim of its own",
                )
        if self.assumed or type(self.assumed) is not frozenset:
            assumed = _ends(self.assumed)
            if high is None and End.HIGH in assumed:
                raise FigureError(
                    f"figure {low}..: an absent high cannot be assumed",
                    "absent-high-assumed",
                    "give the ceiling that is assumed, or leave out the mark",
                )
            object.__setattr__(self, "assumed", assumed)

    @classmethod
    def exactly(cls, count: int) -> Figure:
        """Return the figure of one stated number.

        Examples:
            >>> Figure.exactly(11)
            Figure(low=11, high=11)
        """
        return cls(count, count)

    @classmethod
    def at_least(cls, count: int) -> Figure:
        """Return the figure of a floor without a ceiling.

        Examples:
            >>> Figure.at_least(81)
            Figure(low=81, high=None)
        """
        return cls(count, None)

    @classmethod
    def at_most(cls, count: int) -> Figure:
        """Return the figure of a ceiling, whose floor is zero.

        Examples:
            >>> Figure.at_most(25)
            Figure(low=0, high=25)
        """
        return cls(0, count)

    @classmethod
    def between(cls, low: int, high: int) -> Figure:
        """Return the figure of a floor and a ceiling, both included.

        Examples:
            >>> Figure.between(12, 15)
            Figure(low=12, high=15)
        """
        return cls(low, high)

    @classmethod
    def meet(cls, figures: Iterable[Figure]) -> Figure | None:
        """Return the counts that every one of the figures allows, or ``None`` where they share none.

        Raises:
            FigureError: If there are no figures.

        Examples:
            >>> Figure.meet([Figure(1, 9), Figure.at_least(4), Figure.at_most(7)])
            Figure(low=4, high=7)
        """
        first, *others = _some(figures, "meet")
        common: Figure | None = _without_best(first)
        for other in others:
            if common is None:
                return None
            common &= other
        return common

    @classmethod
    def hull(cls, figures: Iterable[Figure]) -> Figure:
        """Return the smallest figure around all of the figures; it may hold counts that none of them allows.

        Raises:
            FigureError: If there are no figures.

        Examples:
            >>> Figure.hull([Figure.exactly(3), Figure(8, 9)])
            Figure(low=3, high=9)
        """
        first, *others = _some(figures, "hull")
        around = _without_best(first)
        for other in others:
            around |= other
        return around

    @classmethod
    def total(cls, figures: Iterable[Figure]) -> Figure:
        """Add the figures of groups that are apart; one absent ceiling leaves the total without a ceiling.

        Adding groups that share people counts them twice: whether groups are apart is not seen here.

        Raises:
            FigureError: If there are no figures, since a sum of nothing known is not zero,
                or if an end passes ``MAX_COUNT``.

        Examples:
            >>> Figure.total([Figure.exactly(2), Figure(3, 4), Figure.at_least(1)])
            Figure(low=6, high=None)
        """
        first, *others = _some(figures, "total")
        total = _without_best(first)
        for other in others:
            total += other
        return total

    @property
    def is_exact(self) -> bool:
        """Whether the figure allows one count only.

        Examples:
            >>> Figure.exactly(0).is_exact, Figure.at_most(1).is_exact
            (True, False)
        """
        return self.low == self.high

    def overlaps(self, other: Figure) -> bool:
        """Tell whether some count is allowed by both figures.

        Examples:
            >>> Figure.at_most(25).overlaps(Figure.at_least(2))
            True
        """
        return (self.high is None or other.low <= self.high) and (other.high is None or self.low <= other.high)

    def inside(self, other: Figure) -> bool:
        """Tell whether every count that this figure allows is allowed by the other one.

        Examples:
            >>> Figure(12, 15).inside(Figure.at_least(12)), Figure.at_least(12).inside(Figure(12, 15))
            (True, False)
        """
        return other.low <= self.low and (other.high is None or (self.high is not None and self.high <= other.high))

    def as_stated(self) -> Figure:
        """Return what the words alone give: an assumed floor becomes zero, an assumed ceiling absent.

        Examples:
            >>> Figure(20, 30, assumed=frozenset(End)).as_stated()
            Figure(low=0, high=None)
        """
        if not self.assumed:
            return self
        low = 0 if End.LOW in self.assumed else self.low
        return Figure(low, None if End.HIGH in self.assumed else self.high, best=self.best)

    def assume_ceiling(self, count: int) -> Figure:
        """Fill in an absent ceiling, and mark it as assumed; a ceiling that is there stays.

        Raises:
            FigureError: If the ceiling is below the floor, or below the best number.

        Examples:
            >>> print(Figure.at_least(3).assume_ceiling(50))
            3–50 (ceiling assumed)
        """
        if self.high is not None:
            return self
        return replace(self, high=count, assumed=self.assumed | {End.HIGH})

    def assume_floor(self, count: int) -> Figure:
        """Raise a floor of zero, and mark it as assumed; a floor above zero stays.

        Raises:
            FigureError: If the floor is above the ceiling, or above the best number.

        Examples:
            >>> print(Figure.at_most(25).assume_floor(1))
            1–25 (floor assumed)
        """
        if self.low:
            return self
        return replace(self, low=count, assumed=self.assumed | {End.LOW})

    def __and__(self, other: Figure) -> Figure | None:
        """Return the counts that both allow, or ``None``; on equal ends the stated one wins."""
        if not isinstance(other, Figure):
            return NotImplemented
        low, low_stated = max(_floor(self), _floor(other))
        high, high_assumed = min(_ceiling(self), _ceiling(other))
        return _figure(low, high, low_assumed=not low_stated, high_assumed=high_assumed) if low <= high else None

    def __or__(self, other: Figure) -> Figure:
        """Return the smallest figure around both; on equal ends the assumed one wins."""
        if not isinstance(other, Figure):
            return NotImplemented
        low, low_stated = min(_floor(self), _floor(other))
        high, high_assumed = max(_ceiling(self), _ceiling(other))
        return _figure(low, high, low_assumed=not low_stated, high_assumed=high_assumed)

    def __add__(self, other: Figure) -> Figure:
        """Return the count of two groups that are apart; an end is assumed if either part of it is."""
        if not isinstance(other, Figure):
            return NotImplemented
        high = None if self.high is None or other.high is None else self.high + other.high
        assumed = self.assumed | other.assumed
        return Figure(self.low + other.low, high, assumed=assumed - {End.HIGH} if high is None else assumed)

    def __contains__(self, count: int) -> bool:
        """Tell whether the figure allows a count."""
        _check_count("count", count)
        return self.low <= count and (self.high is None or count <= self.high)

    def __bool__(self) -> bool:
        """Refuse: neither a figure of zero nor one without a ceiling is true or false."""
        raise TypeError(f"{self!r}: a figure has no truth value\nHint: compare with None, or ask n in figure")

    def __repr__(self) -> str:
        best = "" if self.best is None else f", best={self.best}"
        assumed = ", ".join(repr(str(end)) for end in End if end in self.assumed)
        marks = f", assumed=frozenset({{{assumed}}})" if assumed else ""
        return f"Figure(low={self.low}, high={self.high}{best}{marks})"

    def __str__(self) -> str:
        low, high = self.low, self.high
        if high is None:
            ends = f"{low:,} or more"
        elif low == high:
            ends = f"{low:,}"
        elif low == 0:
            ends = f"up to {high:,}"
        else:
            ends = f"{low:,}–{high:,}"
        notes = [] if self.best is None else [f"best {self.best:,}"]
        if self.assumed == ({End.LOW} if high is None else {End.LOW, End.HIGH}):
            notes.append("assumed")
        elif self.assumed:
            notes.append("floor assumed" if End.LOW in self.assumed else "ceiling assumed")
        return f"{ends} ({', '.join(notes)})" if notes else ends


_NO_CEILING: Final = MAX_COUNT * MAX_COUNT


def _floor(figure: Figure) -> tuple[int, bool]:
    """Return the low end as a key by which a higher or a stated floor is the greater."""
    return figure.low, End.LOW not in figure.assumed


def _ceiling(figure: Figure) -> tuple[int, bool]:
    """Return the high end as a key by which a higher or an assumed ceiling is the greater."""
    return (_NO_CEILING if figure.high is None else figure.high), End.HIGH in figure.assumed


def _figure(low: int, high: int, *, low_assumed: bool, high_assumed: bool) -> Figure:
    marks = [End.LOW] * low_assumed + [End.HIGH] * high_assumed
    return Figure(low, None if high == _NO_CEILING else high, assumed=frozenset(marks))


def _without_best(figure: Figure) -> Figure:
    return figure if figure.best is None else replace(figure, best=None)


def _some(figures: Iterable[Figure], what: str) -> list[Figure]:
    listed = list(figures)
    if not listed:
        raise FigureError(
            f"{what} of no figures: there is none",
            "no-figures",
            "treat the lack of figures before asking for it",
        )
    return listed


def _check_count(name: str, count: object) -> None:
    if type(count) is not int:
        raise FigureError(
            f"{name} {reprlib.repr(count)}: not a count",
            "not-a-count",
            "give a whole number of people as an int",
        )
    if count < 0:
        raise FigureError(f"{name}: below zero, and a count never is", "negative", "give a whole number from zero up")
    if count > MAX_COUNT:
        raise FigureError(f"{name}: above the limit of {MAX_COUNT:,}", "too-large", "look for a slip in the number")


def _ends(assumed: Iterable[str]) -> frozenset[End]:
    try:
        return frozenset(End(end) for end in assumed)
    except (TypeError, ValueError):
        raise FigureError(
            f"assumed {reprlib.repr(assumed)}: not a set of ends", "unknown-end", "name 'low', 'high' or both"
        ) from None
