"""Dates of a table: the formats in which they are written, and spans of them."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from datetime import time as Time  # noqa: N812 - a time of day, beside the word of the format
from typing import Annotated, Final, NoReturn

from pydantic import BeforeValidator

from casualties.errors import ModelError
from casualties.model.period import NO_DAY, NO_DAY_HINT, PartialDate
from casualties.wording.months import month_of

__all__ = ["DATE_TOKENS", "IN_WORDS", "DateFormat", "Dates", "NoDateError", "Span", "has_year", "moment"]

DATE_TOKENS: Final = {
    "YYYY": r"(?P<year>\d{4})",
    "YY": r"(?P<short>\d{2})",
    "MM": r"(?P<month>\d{2})",
    "DD": r"(?P<day>\d{2})",
    "Month": r"(?P<word>[^\W\d_]{3,}(?: [^\W\d_]+)?)\.?",
    "M": r"(?P<month>\d{1,2})",
    "D": r"(?P<day>\d{1,2})",
    "time": r"(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?)",
}
"""The words of a date format, and what each stands for; all else stands for itself."""

IN_WORDS: Final = "words"
"""The format of dates that are written out in words."""

_PARTS: Final = {
    "YYYY": "year",
    "YY": "year",
    "MM": "month",
    "M": "month",
    "Month": "month",
    "DD": "day",
    "D": "day",
    "time": "time",
}
_TOKEN: Final = re.compile("|".join(DATE_TOKENS))
_STRANGE: Final = re.compile(r"%|(?<![^\W\d_])(?:y+|Y+|m+|M+|d+|D+|h+|H+|s+|S+|a|A|nn)(?![^\W\d_])")
"""What looks like a word of a date format of another program."""

_HINT: Final = "such as DD/MM/YYYY, D-Month-YY, YYYY-MM-DD time, or words for 11 March 2023"
_PIVOT: Final = 69
"""From this two-digit year on the century is the twentieth."""

_ISO: Final = ("YYYY-MM-DD", "YYYY-MM-DD time")
_BETWEEN: Final = re.compile(r"\s*[–—]\s*|\s+-\s+|\s+(?:to|until|till|and|bis|und|à|a|al|au|y|e|et|до|по|إلى)\s+|/")
_DAY_WORD: Final = re.compile(r"(\d+)(?:st|nd|rd|th|er|º|ª|\.)?(?![\w])|([^\W\d_]+\.?)|([–—/-])", re.IGNORECASE)
_JOINS: Final = frozenset(
    ("to", "until", "till", "and", "bis", "und", "à", "a", "al", "au", "y", "e", "et", "до", "по")  # from … to …
)
_FILLERS: Final = frozenset(
    ("of", "the", "on", "de", "del", "den", "der", "am", "le", "el", "do", "г", "года", "р", "року")
)
_WEEKDAY: Final = re.compile(r"[^\W\d_]+\.?,\s+(?=\d)")


def _refused(text: str, message: str, hint: str = _HINT) -> NoReturn:
    raise ModelError(f"date format {text!r}: {message}", "bad-mapping", hint)


def _date_format(text: object) -> object:
    """Refuse a format that can match no date, when the mapping is loaded."""
    if not isinstance(text, str) or text == IN_WORDS:
        return text
    parts_of_format = [match[0] for match in _TOKEN.finditer(text)]
    parts = [_PARTS[token] for token in parts_of_format]
    for part in ("year", "month", "day", "time"):
        if parts.count(part) > 1:
            tokens = " and ".join(token for token in parts_of_format if _PARTS[token] == part)
            _refused(text, f"it names the {part} more than once: {tokens}", "name year, month and day once")
    if strange := _STRANGE.search(_TOKEN.sub("\0", text)):
        _refused(text, f"{strange[0]!r} in it stands for no part of a date")
    if not {"year", "month", "day"} & set(parts):
        _refused(text, "it names neither year, month nor day")
    if "day" in parts and "month" not in parts:
        _refused(text, "it names a day and no month")
    return text


DateFormat = Annotated[str, BeforeValidator(_date_format)]


def has_year(form: str) -> bool:
    """Tell whether dates in a format always say their year."""
    return any(_PARTS[match[0]] == "year" for match in _TOKEN.finditer(form))


def _pattern(text: str) -> re.Pattern[str]:
    pattern, end = "", 0
    for match in _TOKEN.finditer(text):
        pattern += re.escape(text[end : match.start()]) + DATE_TOKENS[match[0]]
        end = match.end()
    return re.compile(pattern + re.escape(text[end:]))


@dataclass(frozen=True, slots=True)
class Span:
    """A date as it is written, or the first and last date of a span of days."""

    first: PartialDate
    last: PartialDate
    time: str | None = None

    @property
    def whole(self) -> PartialDate:
        """All of it as one date."""
        return self.first if self.first == self.last else PartialDate(self.first.earliest, self.last.latest)


class NoDateError(Exception):
    """No format fits; it never leaves the reader of cells."""


class Dates:
    """Reads dates by the formats of a mapping.

    Args:
        formats: The formats, of which the first that fits decides.
        year: The year of dates that are written without one.
    """

    def __init__(self, formats: Sequence[str], year: int | None = None) -> None:
        self._given = tuple(formats)
        self._formats = [_pattern(format_) for format_ in formats if format_ != IN_WORDS]
        self._words = IN_WORDS in formats
        self._year = year
        self._iso = [_pattern(form) for form in _ISO]

    def __bool__(self) -> bool:
        return bool(self._formats) or self._words

    def read(self, text: str, *, native: bool = False) -> Span:
        """Read a date, or a span of two.

        Args:
            text: The cell.
            native: Whether a spreadsheet wrote the date, so that it is year, month and day.

        Raises:
            NoDateError: If it has no format of the mapping.
            ModelError: If it has one, and no calendar has the day.
        """
        if span := self._one(text, native=native):
            return span
        if self._words and (span := _in_words(text, self._year)):
            return span
        for match in _BETWEEN.finditer(text) if not self._words else ():
            if span := self._both(text[: match.start()], text[match.end() :]):
                return span
        if text.count("-") == 1 and not self._words and (span := self._both(*text.split("-"))):
            return span
        raise NoDateError

    def written(self, day: date) -> str:
        """Write a date of a spreadsheet as the first format has it, so that it is read again as it was.

        Examples:
            >>> Dates(["D/M/YY"]).written(date(2023, 3, 11)), Dates(["words"]).written(date(2023, 3, 11))
            ('11/3/23', '11 March 2023')
        """
        form = next(iter(self._given), "YYYY-MM-DD")
        parts = {
            "YYYY": f"{day.year:04d}",
            "YY": f"{day.year % 100:02d}",
            "MM": f"{day.month:02d}",
            "M": str(day.month),
            "DD": f"{day.day:02d}",
            "D": str(day.day),
            "Month": month_name[day.month],
            "time": f"{day:%H:%M:%S}",
        }
        return _TOKEN.sub(lambda match: parts[match[0]], "D Month YYYY" if form == IN_WORDS else form)

    def _both(self, first_text: str, other: str) -> Span | None:
        first, last = self._one(first_text.strip()), self._one(other.strip())
        if first is None or last is None:
            return None
        PartialDate(first.first.earliest, last.last.latest)  # refuses a span that ends before it begins
        return Span(first.first, last.last)

    def _one(self, text: str, *, native: bool = False) -> Span | None:
        for pattern in (*self._iso, *self._formats) if native else self._formats:
            if match := pattern.fullmatch(text):
                parts = match.groupdict()
                word = parts.get("word")
                month = str(month_of(word) or word) if word else parts.get("month")
                return _dated(text, self._year_of(parts), month, parts.get("day"), parts.get("time"))
        return None

    def _year_of(self, parts: Mapping[str, str | None]) -> str:
        if year := parts.get("year"):
            return year
        if short := parts.get("short"):
            return f"{'19' if int(short) >= _PIVOT else '20'}{short}"
        return f"{self._year:04d}" if self._year else ""


def _dated(text: str, year: str, month: str | None, day: str | None, time: str | None = None) -> Span:
    try:
        date_ = PartialDate.parse("-".join(part.zfill(2) for part in (year, month, day) if part))
    except ModelError as error:
        raise ModelError(f"{text[:60]!r}: {NO_DAY}", "not-a-date", NO_DAY_HINT) from error
    return Span(date_, date_, time)


def _in_words(text: str, year: int | None) -> Span | None:
    """Read 11 March 2023, March 11, 2023, March 2023, 11–12 March 2023 or 28 February – 3 March 2023."""
    ends: list[list[int | None]] = [[None, None, None]]
    if (weekday := _WEEKDAY.match(text)) and month_of(weekday[0].rstrip(" ,")) is None:
        text = text[weekday.end() :]
    rest = _DAY_WORD.sub("", text)
    if rest.strip(" ,()'\t\u00a0"):
        return None
    for number, word, dash in (match.groups() for match in _DAY_WORD.finditer(text)):
        end = ends[-1]
        if dash or (word and word.lower() in _JOINS and any(end)):
            ends.append([None, None, None])
        elif word:
            month = month_of(word)
            if month is None and word.rstrip(".").lower() in _FILLERS:
                continue
            if month is None or end[1] is not None:
                return None
            end[1] = month
        else:
            place = 2 if len(number) == 4 else 0
            if end[place] is not None or (place == 0 and not 1 <= int(number) <= 31):
                return None
            end[place] = int(number)
    return _spanning(text, ends, year)


def _spanning(text: str, ends: list[list[int | None]], year: int | None) -> Span | None:
    if len(ends) > 2:
        return None
    first, last = ends[0], ends[-1]
    if len(ends) == 2 and last[1] is None:
        if first[1] is None or last[0] is None:
            return None
        last[1] = first[1]  # March 11–12, 2023
    last[2] = last[2] or first[2] or year
    first[1] = first[1] or last[1]
    first[2] = first[2] or last[2]
    if not (last[1] and last[2]) or (len(ends) == 2 and (first[0] is None) != (last[0] is None)):
        return None
    try:
        both = [
            PartialDate(date(y or 0, m or 0, d or 1), date(y or 0, m or 0, d or monthrange(y or 0, m or 0)[1]))
            for d, m, y in (first, last)
        ]
    except ValueError as error:
        raise ModelError(f"{text[:60]!r}: {NO_DAY}", "not-a-date", NO_DAY_HINT) from error
    PartialDate(both[0].earliest, both[1].latest)  # refuses a span that ends before it begins
    return Span(both[0], both[1])


def moment(day: PartialDate, time: str, offset: str) -> PartialDate:
    """Make the moment of a day and a time of day, in an offset.

    Raises:
        ModelError: If no clock shows the time.
    """
    text = time.upper().replace(" ", "")
    half = text[-2:] if text[-2:] in ("AM", "PM") else ""
    parts = text.removesuffix(half).split(".")[0].split(":")
    hour, minute, second = int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) == 3 else 0
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "PM" else 0)
    try:
        clock = f"{day.earliest}T{Time(hour, minute, second)}"
    except ValueError as error:
        raise ModelError(f"{time!r}: no clock shows it", "not-a-date", "look at the hour and the minute") from error
    return PartialDate.parse(f"{clock}{'+00:00' if offset == 'Z' else offset}")
