"""Claims that no order tells apart, and the numbers that words name (section 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from .records import Claim, Range, Records, When, hull, meet, surely_before

RELAYED_DIFFERENTLY = "relayed differently"
CONTRADICTS_ITSELF = "contradicts itself"

AT_THE_SOURCE = ()
"""The hands through which a claim came that was read in a report of the source itself: none."""

NONE = Range(0, 0)
"""A denial of the occurrence, as a figure."""


def figure_of(claim: Claim) -> Range:
    """Give the figure of a claim that says how many; a denial of the occurrence says none."""
    return claim.figure if claim.stance == "states" and claim.figure is not None else NONE


def named_top(figure: Range) -> int:
    """Give the highest number that the words name: N of "about N", else the higher end, else the only one."""
    approximated = _approximated(figure)
    if approximated is not None:
        return approximated
    return figure.low if figure.high is None else figure.high


def named_floor(figure: Range) -> int | None:
    """Give the lowest number that the words name as a floor; "no more than 38" and none name no floor."""
    approximated = _approximated(figure)
    if approximated is not None:
        return approximated
    return figure.low or None


def _approximated(figure: Range) -> int | None:
    """Give N of "about N" (both ends assumed), "nearly N" (the lower) and "just over N" (the upper).

    The lexicon of section 3 makes them N ± m, N − m .. N − 1 and N + 1 .. N + m, so the ends give N back.
    """
    if figure.high is None:
        return None
    if figure.low_assumed and figure.high_assumed:
        return (figure.low + figure.high) // 2
    if figure.low_assumed:
        return figure.high + 1
    return figure.low - 1 if figure.high_assumed else None


@dataclass(frozen=True)
class Reading:
    """One figure as read: the claims behind it, through whose hands it came, and whether at the source itself."""

    figure: Range
    claims: tuple[Claim, ...]
    own_report: bool
    hands: frozenset[tuple[str, ...]]


def reading_of(claim: Claim, records: Records) -> Reading:
    """Say how a claim was read: for each reading the report, and the relays through which it came."""
    names = {claim.source}
    if source := records.sources.get(claim.source):
        names |= set(source.names)
    hands: set[tuple[str, ...]] = set()
    for citation in claim.citations:
        own = citation.publisher in names and not citation.relays
        hands.add(AT_THE_SOURCE if own else (citation.report, *citation.relays))
    return Reading(figure_of(claim), (claim,), AT_THE_SOURCE in hands, frozenset(hands))


@dataclass(frozen=True)
class Settled:
    """What versions say together.

    Attributes:
        figure: What stands.
        standing: The readings that it is made of: one alone, or all that were taken together.
        others: Readings of the same day beside the one that stands.
        flag: Where they leave no common count, how.
    """

    figure: Range
    standing: tuple[Reading, ...]
    others: tuple[Reading, ...] = ()
    flag: str | None = None


def alike(readings: Sequence[Reading]) -> bool:
    """Tell whether readings all say the same figure, so that each of them stands."""
    first, *others = [each.figure for each in readings]
    return all(each == first and each.best == first.best for each in others)


def through_different_hands(readings: Sequence[Reading]) -> bool:
    """Tell whether it is said where all were read, and no two in one report through the same relays."""
    return all(each.hands for each in readings) and not any(
        one.hands & other.hands for place, one in enumerate(readings) for other in readings[:place]
    )


def settle(readings: Sequence[Reading]) -> Settled:
    """Settle readings that the order does not tell apart (section 6, versions).

    One read in a report that the source itself published, with no relay, stands; else their meet, taken at once; else
    the hull of the ranges that most of them allow.  Where they leave no common count they are flagged.
    """
    common = meet(each.figure for each in readings)
    flag = None
    if common is None:
        flag = RELAYED_DIFFERENTLY if through_different_hands(readings) else CONTRADICTS_ITSELF
    at_the_source = [each for each in readings if each.own_report]
    taken = at_the_source or list(readings)
    others = tuple(each for each in readings if each not in taken)
    figure = meet(each.figure for each in taken) or most_allowed([each.figure for each in taken])
    best = next((each.figure for each in taken), figure) if len(taken) == 1 else figure
    return Settled(best, tuple(taken), others, flag)


def runs(ranges: Sequence[Range]) -> list[tuple[int, Range]]:
    """Cut the counts from 0 up into runs that the same number of ranges allow (Marzullo's sweep).

    An end of a run that is an end of ranges is assumed where all those ranges assume it.
    """
    starts = sorted({0} | {each.low for each in ranges} | {each.high + 1 for each in ranges if each.high is not None})
    found: list[tuple[int, Range]] = []
    for place, start in enumerate(starts):
        end = starts[place + 1] - 1 if place + 1 < len(starts) else None
        number = sum(1 for each in ranges if each.low <= start and (each.high is None or each.high >= start))
        lows = [each.low_assumed for each in ranges if each.low == start]
        highs = [each.high_assumed for each in ranges if each.high == end and end is not None]
        run = Range(start, end, bool(lows) and all(lows), bool(highs) and all(highs))
        found.append((number, run))
    return found


def most_allowed(ranges: Sequence[Range]) -> Range:
    """Give the hull of the counts that most ranges allow."""
    swept = runs(ranges)
    most = max(number for number, _ in swept)
    return hull(run for number, run in swept if number == most)


Item = TypeVar("Item")


def latest(
    given: Iterable[Item], day: Callable[[Item], When | None], said: Callable[[Item], When | None]
) -> list[Item]:
    """Give those of the latest last day, and among equal last days those said last.

    A date that is a span gives way only to what is surely later.  Hours count only where all that are left carry one.
    More than one is left where the order does not tell them apart.
    """
    items = list(given)
    last = [each for each in items if not any(surely_before(day(each), day(other)) for other in items)]
    found: list[Item] = []
    for each in last:
        same_days = [other for other in last if _days(day(other)) == _days(day(each))]
        if each in _said_last(same_days, said):
            found.append(each)
    return found


def _days(date: When | None) -> tuple[int, int] | None:
    return None if date is None else date.days


def _said_last(given: list[Item], said: Callable[[Item], When | None]) -> list[Item]:
    """Give those said last: by date, then by the hour where all carry one."""
    if not all((date := said(each)) is not None and date.moment is not None for each in given):
        given = [each for each in given if not any(_earlier_day(said(each), said(other)) for other in given)]
    hours = [date.moment for each in given if (date := said(each)) is not None and date.moment is not None]
    if len(hours) < len(given):
        return given
    return [each for each in given if (date := said(each)) is not None and date.moment == max(hours)]


def _earlier_day(one: When | None, other: When | None) -> bool:
    return one is not None and other is not None and one.last < other.first
