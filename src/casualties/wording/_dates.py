"""Dates behind a count, in the words of a language: a day, a month, a year, or a span of them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from casualties.model.period import PartialDate
from casualties.wording._reading import Reading
from casualties.wording._tokens import Kind

__all__ = ["Dates"]

_YEARS: Final = range(1000, 2200)
_DAYS: Final = range(1, 32)


@dataclass(frozen=True, slots=True)
class _Day:
    """One end of a date, as far as it is written."""

    day: int | None
    month: int | None
    year: int | None


class Dates:
    """Reads dates of one text."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.cursor = reading.cursor

    def read(self, *, year_alone: bool, between: bool = False) -> tuple[PartialDate | None] | None:
        """Read a date, or stay and return nothing; a date without a year is read and has no day of its own.

        Args:
            year_alone: Whether a bare year is a date here, as behind "in" or in brackets.
            between: Whether "between" stands before it, so that "and" joins its ends.
        """
        before = self.cursor.at
        first = self._end()
        if first is None:
            return None
        last = self._second(first, between=between)
        if last is None:
            last = first
        elif first.month is None or (first.year is None and last.year is not None):
            month = last.month if first.month is None else first.month
            first = _Day(first.day, month if first.day is not None else first.month, first.year or last.year)
        if first.month is None and last.month is None and not (year_alone and first.year and last.year):
            self.cursor.at = before
            return None
        if first.day is not None and first.month is None:
            self.cursor.at = before
            return None
        return (self._partial(first, last),)

    def _whole(self, within: range) -> int | None:
        """Move over a plain whole number within a range."""
        token = self.cursor.token()
        if token is None or token.kind is not Kind.NUMBER or token.decimal or token.scale != 1 or token.unclear:
            return None
        shown = self.reading.text[token.start : token.end]
        if token.amount not in within or not shown.isdecimal():
            return None
        self.cursor.at += 1
        return int(token.amount)

    def _month(self) -> int | None:
        months, cursor = self.reading.language.months, self.cursor
        month = months.get(cursor.peek() + ".") if cursor.peek(1) == "." else None
        if month is not None:
            cursor.at += 2
            return month
        month = months.get(cursor.peek())
        if month is not None:
            cursor.at += 1
        return month

    def _end(self) -> _Day | None:
        """Read 7 September 2020, September 7, 2020, September 2020, 7 September, 2020, or a day alone."""
        cursor = self.cursor
        before = cursor.at
        iso = self._iso()
        if iso is not None:
            return iso
        year = self._whole(_YEARS)
        if year is not None:
            return _Day(None, None, year)
        day = self._whole(_DAYS)
        if day is not None:
            cursor.accept_one(self.reading.language.numbers.of)
        month = self._month()
        if month is None:
            words = self.reading.language
            if day is not None and (words.joins.match(cursor) or words.between_joins.match(cursor)):
                return _Day(day, None, None)
            cursor.at = before
            return None
        if day is None:
            day = self._whole(_DAYS)
        after = cursor.at
        cursor.accept(",")
        cursor.accept_one(self.reading.language.numbers.of)
        year = self._whole(_YEARS)
        if year is None:
            cursor.at = after
        return _Day(day, month, year)

    def _iso(self) -> _Day | None:
        """Read 2020-09-30."""
        cursor, before = self.cursor, self.cursor.at
        token = cursor.token()
        text = self.reading.text[token.start : token.start + 10] if token is not None else ""
        try:
            day = date.fromisoformat(text) if len(text) == 10 and text[4] == text[7] == "-" else None
        except ValueError:
            day = None
        if day is None:
            cursor.at = before
            return None
        cursor.at += 5
        return _Day(day.day, day.month, day.year)

    def _second(self, first: _Day, *, between: bool) -> _Day | None:
        cursor, words = self.cursor, self.reading.language
        before, dashed = cursor.at, cursor.peek() == "-"
        if not (
            self.reading.take(words.joins) or (between and self.reading.take(words.between_joins)) or cursor.accept("/")
        ):
            return None
        last = self._end()
        if last is None and dashed and first.year is not None and first.month is None:
            short = self._whole(range(100))
            last = _Day(None, None, first.year // 100 * 100 + short) if short else None
        if last is None and first.month is not None and first.day is not None:
            day = self._whole(_DAYS)
            last = _Day(day, first.month, first.year) if day else None
        if last is None or (first.month is None and first.day is None and last.month is not None):
            cursor.at = before
            return None
        return last

    def _partial(self, first: _Day, last: _Day) -> PartialDate | None:
        """Make the date of two ends, if they have years and some calendar has them."""
        if first.year is None or last.year is None:
            return None
        try:
            begin = date(first.year, first.month or 1, first.day or 1)
            month = last.month or 12
            end = date(last.year, month, last.day or monthrange(last.year, month)[1])
        except ValueError as error:
            raise self.reading.refusal(self.cursor.place, "no calendar has this date", "a-date") from error
        if end < begin:
            raise self.reading.refusal(self.cursor.place, "this date ends before it begins", "a-date")
        return PartialDate(begin, end)
