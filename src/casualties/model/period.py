"""Dates of partial precision: a day, a month, a year, or a span of them.

The notation is a subset of EDTF (Extended Date/Time Format, ISO 8601-2): ``2020-09-30``, ``2020-09``, ``2020``,
``2020-09-27/2020-09-30``, and for the moment of a statement ``2020-09-30T18:05+04:00``.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from casualties.errors import ModelError

__all__ = ["DateField", "PartialDate"]

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_NO_TIME = datetime.min.replace(tzinfo=UTC)
NO_DAY = "no calendar has it"
NO_DAY_HINT = "look at the year, the month and the day"
"""What is said of a date that is written as dates are, and is none."""

_HINT = "write 2020-09-30, 2020-09, 2020, 2020-09-27/2020-09-30 or, for a moment, 2020-09-30T18:05+04:00"


@dataclass(frozen=True, slots=True, eq=False)
class PartialDate:
    """The earliest and the latest day that a date as written allows.

    A date that nobody knows is ``None`` wherever a date may stand; it is never a guessed day.
    There is no ``<``, since the order of partial dates is partial: see `surely_before`.

    Attributes:
        earliest: First day allowed.
        latest: Last day allowed; the same as ``earliest`` for a known day.
        at: The moment, with offset, where the hour of a statement is known; else ``None``.

    Raises:
        ModelError: If ``latest`` is before ``earliest``, or the moment has no offset or falls on another day.

    Examples:
        >>> from casualties.model.period import PartialDate
        >>> PartialDate.parse("2020-09").latest
        datetime.date(2020, 9, 30)
        >>> print(PartialDate.parse("2020-09-27/2020-09-30"))
        2020-09-27/2020-09-30
    """

    earliest: date
    latest: date
    at: datetime | None = None

    def __post_init__(self) -> None:
        if type(self.earliest) is not date or type(self.latest) is not date:
            raise ModelError(f"date {self.earliest!r}/{self.latest!r}: both ends must be days", "not-a-date", _HINT)
        if self.latest < self.earliest:
            raise ModelError(f"date {self.earliest}/{self.latest}: it ends before it begins", "not-a-date", _HINT)
        if self.at is not None:
            if self.at.utcoffset() is None:
                raise ModelError(f"time {self.at.isoformat()}: it has no offset", "no-offset", _HINT)
            if not self.at.date() == self.earliest == self.latest:
                raise ModelError(f"time {self.at.isoformat()}: it falls outside {self.earliest}", "not-a-date", _HINT)

    @classmethod
    def day(cls, day: date) -> PartialDate:
        """Make the date of a known day.

        Examples:
            >>> from datetime import date
            >>> print(PartialDate.day(date(2020, 9, 30)))
            2020-09-30
        """
        return cls(day, day)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read a date as written; the inverse of ``str``.

        Raises:
            ModelError: If the text is not in the notation, or names a day that no calendar has.

        Examples:
            >>> print(PartialDate.parse("2020-09-30T18:05+04:00"))
            2020-09-30T18:05:00+04:00
            >>> PartialDate.parse("30/09/2020")
            Traceback (most recent call last):
            ...
            casualties.errors.ModelError: date '30/09/2020': not a date in this notation
            Hint: write 2020-09-30, 2020-09, 2020, 2020-09-27/2020-09-30 or, for a moment, 2020-09-30T18:05+04:00
        """
        try:
            return _parsed(text.strip())
        except ModelError:
            raise
        except ValueError as error:
            raise ModelError(f"date {text[:60]!r}: not a date in this notation", "not-a-date", _HINT) from error

    @classmethod
    def of(cls, given: object) -> PartialDate:
        """Take a date in any of the forms that a caller may hold: a `PartialDate`, a day, a moment or text.

        A number is never a date.

        Raises:
            ModelError: If it is none of these.

        Examples:
            >>> from datetime import date
            >>> PartialDate.of("2020-09-30") == PartialDate.of(date(2020, 9, 30))
            True
        """
        if isinstance(given, PartialDate):
            return given
        if isinstance(given, datetime):
            return cls(given.date(), given.date(), given)
        if isinstance(given, date):
            return cls(given, given)
        if isinstance(given, str):
            return cls.parse(given)
        raise ModelError(f"date {given!r}: a {type(given).__name__} is not a date", "not-a-date", _HINT)

    def surely_before(self, other: PartialDate) -> bool:
        """Tell whether every day allowed here lies before every day allowed there.

        Examples:
            >>> PartialDate.parse("2020-09").surely_before(PartialDate.parse("2020-10-01"))
            True
            >>> PartialDate.parse("2020").surely_before(PartialDate.parse("2020-10-01"))
            False
        """
        return self.latest < other.earliest

    def within(self, other: PartialDate) -> bool:
        """Tell whether every day allowed here is allowed there.

        Examples:
            >>> PartialDate.parse("2020-09-30").within(PartialDate.parse("2020"))
            True
        """
        return other.earliest <= self.earliest and self.latest <= other.latest

    @property
    def date_only(self) -> PartialDate:
        """The same date without the hour.

        Examples:
            >>> print(PartialDate.parse("2020-09-30T18:05+04:00").date_only)
            2020-09-30
        """
        return self if self.at is None else PartialDate(self.earliest, self.latest)

    @property
    def sort_key(self) -> tuple[date, date, datetime, str]:
        """A total order for listings, which says nothing about which came first.

        Examples:
            >>> dates = [PartialDate.parse("2020-10"), PartialDate.parse("2020-09-30")]
            >>> print(min(dates, key=lambda each: each.sort_key))
            2020-09-30
        """
        return (self.earliest, self.latest, self.at or _NO_TIME, self.at.isoformat() if self.at else "")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (
            self.earliest == other.earliest
            and self.latest == other.latest
            and self.at == other.at
            and (self.at is None or other.at is None or self.at.utcoffset() == other.at.utcoffset())
        )

    def __hash__(self) -> int:
        return hash((self.earliest, self.latest, self.at))

    def __str__(self) -> str:
        if self.at is not None:
            return self.at.isoformat()
        first, last = self.earliest, self.latest
        if first == last:
            return first.isoformat()
        starts_month = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
        if starts_month and first.year == last.year:
            if (first.month, last.month) == (1, 12):
                return f"{first.year:04d}"
            if first.month == last.month:
                return f"{first.year:04d}-{first.month:02d}"
        return f"{first.isoformat()}/{last.isoformat()}"

    def __repr__(self) -> str:
        return f"PartialDate.parse({str(self)!r})"


@lru_cache(maxsize=4096)
def _parsed(text: str) -> PartialDate:
    """Read a date as written, each text once."""
    if "T" in text:
        moment = datetime.fromisoformat(text)
        return PartialDate(moment.date(), moment.date(), moment)
    first, slash, last = text.partition("/")
    start = _ends(first)
    return PartialDate(start[0], (_ends(last) if slash else start)[1])


def _ends(text: str) -> tuple[date, date]:
    """Give the first and last day of a day, month or year as written."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if year is None or month is None:
            return date(year or 0, 1, 1), date(year or 0, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError as error:
        raise ModelError(f"date {text.strip()!r}: {NO_DAY}", "not-a-date", NO_DAY_HINT) from error


def _coerce(value: object) -> PartialDate | None:
    return None if value is None else PartialDate.of(value)


DateField = Annotated[
    PartialDate,
    BeforeValidator(_coerce),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {"type": "string", "description": "an EDTF date: a day, month, year or span, or a moment with offset"}
    ),
]
"""A field that takes a `PartialDate`, a ``date``, an aware ``datetime`` or text, and never a number."""
