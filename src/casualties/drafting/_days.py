"""Days in a sentence: printed dates, weekdays and years, resolved by the day on which the text was published."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from casualties.model.period import PartialDate

__all__ = ["Day", "days_in"]

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_MONTH: Final = (
    rf"(?:{'|'.join(f'{month[:3]}(?:t|{month[3:]})?' if len(month) > 3 else month for month in _MONTHS)})\.?"
)
_DAY: Final = re.compile(
    rf"\b(?:(?P<weekday>{'|'.join(_WEEKDAYS)})"
    r"|(?P<near>yesterday|today)"
    rf"|(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-](?P<m>{_MONTH})(?:,?[\s-](?P<y>(?:1[5-9]|20)\d\d))?"
    rf"|(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y2>(?:1[5-9]|20)\d\d))?"
    rf"|(?P<m3>{_MONTH})\s+(?P<y3>(?:1[5-9]|20)\d\d)"
    r"|(?<=in )(?P<y4>(?:1[5-9]|20)\d\d)"
    r"|(?P<iso>(?:1[5-9]|20)\d\d-\d\d-\d\d)"
    r")\b",
    re.IGNORECASE,
)
_LEAD: Final = re.compile(
    r"\b(on|since|by|until|as of|of|from|in|last|this|after|before|late|early)\s+(?:(?:last|this|early|late)\s+)?$",
    re.IGNORECASE,
)
_BEFORE: Final = 16


@dataclass(frozen=True, slots=True)
class Day:
    """A day named in a text.

    Attributes:
        start: Its first character.
        end: The one behind its last.
        day: The day; ``None`` where it cannot be told without knowing when the text was published.
        lead: The word before it: on, since, by, until.
    """

    start: int
    end: int
    day: PartialDate | None
    lead: str


def days_in(text: str, start: int, end: int, published: date | None) -> list[Day]:
    """Find the days that a sentence names.

    Examples:
        >>> days = days_in("It began on Sunday.", 0, 19, date(2020, 9, 30))
        >>> str(days[0].day), days[0].lead
        ('2020-09-27', 'on')
    """
    days = []
    for match in _DAY.finditer(text, start, end):
        try:
            day = _resolved(match, published)
        except ValueError:
            continue
        if match["m"] == "may" and not match["y"]:
            continue
        near = max(start, match.start() - _BEFORE)
        lead = _LEAD.search(text, near, match.start())
        begins = match.start() if lead is None else lead.start()
        days.append(Day(begins, match.end(), day, "" if lead is None else lead[1].lower()))
    return days


def _resolved(match: re.Match[str], published: date | None) -> PartialDate | None:
    if match["weekday"]:
        if published is None:
            return None
        back = (published.weekday() - _WEEKDAYS.index(match["weekday"].lower())) % 7
        return PartialDate.day(published - timedelta(back))
    if match["near"]:
        return PartialDate.day(published - timedelta(match["near"].lower() == "yesterday")) if published else None
    if match["iso"]:
        return PartialDate.day(date.fromisoformat(match["iso"]))
    if match["y4"]:
        year = int(match["y4"])
        return PartialDate(date(year, 1, 1), date(year, 12, 31))
    if match["m3"]:
        year, month = int(match["y3"]), _month(match["m3"])
        return PartialDate(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    month, number = _month(match["m"] or match["m2"]), int(match["d"] or match["d2"])
    written = match["y"] or match["y2"]
    if written:
        return PartialDate.day(date(int(written), month, number))
    if published is None:
        return None
    day = date(published.year, month, number)
    return PartialDate.day(day if day <= published else date(published.year - 1, month, number))


def _month(word: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(word[:3].lower()))
