"""The periods for which one frame is counted, and which of them lies within which."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from casualties.bounding._system import Period
from casualties.model.period import PartialDate
from casualties.model.subject import not_after

_DAY: Final = timedelta(days=1)
MAX_CUTS: Final = 80
"""How many first and last days of overlapping periods are told apart."""


def period_key(period: Period) -> tuple[object, ...]:
    """A total order of periods, for listings."""
    return tuple(end.sort_key if end else () for end in period)


class Calendar:
    """The periods for which one frame is counted, found by the days that they hold.

    A stock stands for one day, so that none of its periods lies within another.
    """

    def __init__(self, periods: Iterable[Period], *, stock: bool) -> None:
        self.stock: bool = stock
        self.periods: list[Period] = sorted(set(periods), key=period_key)
        self._days: dict[date, list[date]] = {}
        self._exact: dict[tuple[date, date], Period] = {}
        self.others: list[Period] = []
        for period in self.periods:
            days = None if stock else _days(period)
            if days is None:
                self.others.append(period)
            else:
                self._days.setdefault(days[0], []).append(days[1])
                self._exact[days] = period
        for ends in self._days.values():
            ends.sort()
        self._starts = sorted(self._days)
        self.overlapping: bool = False

    def covers(self, outer: Period, period: Period, *, stock: bool) -> bool:
        """Tell whether a period of this calendar holds a period of another frame, or of this one."""
        return covers(outer, period, stock=stock, outer_stock=self.stock)

    def nearest(self, period: Period, *, stock: bool, own: bool = False) -> list[Period]:
        """Give the narrowest periods that hold a given one of another frame, or of this one with itself left out."""
        periods: list[Period] = []
        days = None if self.stock else _days((period[1], period[1]) if stock else period)
        if days is not None:
            last: date | None = None
            for start in reversed(self._starts[: _upto(self._starts, days[0])]):
                ends = self._days[start]
                at = bisect_left(ends, days[1])
                if own and at < len(ends) and self._exact[start, ends[at]] == period:
                    at += 1
                if at < len(ends) and (last is None or ends[at] < last):
                    last = ends[at]
                    periods.append(self._exact[start, last])
                    if last == days[1]:
                        break
        else:
            periods = [candidate for candidate in self._exact.values() if self.covers(candidate, period, stock=stock)]
        periods += [
            candidate
            for candidate in self.others
            if not (own and candidate == period) and self.covers(candidate, period, stock=stock)
        ]
        return [span for span in periods if not any(other != span and self._within(other, span) for other in periods)]

    def _within(self, period: Period, outer: Period) -> bool:
        return self.covers(outer, period, stock=self.stock) and not self.covers(period, outer, stock=self.stock)

    def cells(self) -> list[Period]:
        """Cut the days of periods that overlap into the longest stretches that each of them holds whole or not at all.

        Nothing where none overlap, or where there are too many to cut.
        """
        self.nested()
        cuts = sorted({start for start, _ in self._exact} | {end + _DAY for _, end in self._exact})
        if not self.overlapping or len(cuts) > MAX_CUTS:
            return []
        stretches = [(first, last - _DAY) for first, last in pairwise(cuts)]
        held = [
            stretch for stretch in stretches if any(one <= stretch[0] and stretch[1] <= two for one, two in self._exact)
        ]
        return [self._exact.get(stretch) or _exactly(*stretch) for stretch in held]

    def within(self, outer: Period, periods: Iterable[Period]) -> list[Period]:
        """Give those of some periods that lie within one of this calendar."""
        return [period for period in periods if self.covers(outer, period, stock=self.stock)]

    @property
    def exact(self) -> Iterable[Period]:
        """The periods of which both ends are known to the day."""
        return self._exact.values()

    def widest_within(self, outer: Period) -> list[Period]:
        """Give the widest periods known to the day within one that is not, where none of them overlap."""
        stretches: list[tuple[date, date]] = []
        for days in sorted(self._exact, key=lambda days: (days[0], -days[1].toordinal())):
            if (not stretches or stretches[-1][1] < days[0]) and self.covers(
                outer, self._exact[days], stock=self.stock
            ):
                stretches.append(days)
        return [self._exact[days] for days in stretches]

    def nested(self) -> list[tuple[Period, list[Period], bool]]:
        """Give each period with the widest ones inside it that share no day, and whether these leave out no day."""
        inner: dict[tuple[date, date], list[tuple[date, date]]] = {}
        open_periods: list[tuple[date, date]] = []
        for days in sorted(self._exact, key=lambda days: (days[0], -days[1].toordinal())):
            while open_periods and open_periods[-1][1] < days[0]:
                open_periods.pop()
            at = len(open_periods) - 1
            while at >= 0 and open_periods[at][1] < days[1]:
                self.overlapping |= open_periods[at][1] >= days[0]
                at -= 1
            if at >= 0:
                inner.setdefault(open_periods[at], []).append(days)
            open_periods.append(days)
        nestings = []
        for outer, within in inner.items():
            apart: list[tuple[date, date]] = []
            for days in sorted(within, key=lambda days: (days[1], days[0])):
                if not apart or apart[-1][1] < days[0]:
                    apart.append(days)
            whole = [outer[0], *(stretch[1] + _DAY for stretch in apart)]
            tiles = whole[:-1] == [stretch[0] for stretch in apart] and apart[-1][1] == outer[1]
            nestings.append((self._exact[outer], [self._exact[stretch] for stretch in apart], tiles))
        return nestings


def _exactly(first: date, last: date) -> Period:
    return (PartialDate.day(first), PartialDate.day(last))


def _days(period: Period) -> tuple[date, date] | None:
    """Give the first and the last day of a period, where both are known to the day."""
    since, until = period
    if since is None or until is None or since.earliest != since.latest or until.earliest != until.latest:
        return None
    return (since.earliest, until.latest)


def _upto(starts: list[date], day: date) -> int:
    at = bisect_left(starts, day)
    return at + (at < len(starts) and starts[at] == day)


def covers(outer: Period, period: Period, *, stock: bool, outer_stock: bool) -> bool:
    """Tell whether everybody counted in a period is counted in the outer one; a stock counts those of its last day."""
    since, until = outer
    if outer_stock and until not in (None, period[1]):
        return False
    begins = period[1] if stock else period[0]
    starts = since is None or (begins is not None and not_after(since, begins))
    return starts and (until is None or (period[1] is not None and not_after(period[1], until)))


def unsaid(outer: Period, period: Period, *, stock: bool) -> frozenset[str]:
    """Give ``period`` where the outer period leaves out an end that the inner one names; a stock has no first day."""
    ends = list(zip(outer, period, strict=True))[1 if stock else 0 :]
    return frozenset({"period"}) if any(here is None and there is not None for here, there in ends) else frozenset()
