"""Cells of a table: as text, as dates, and as counts."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, TypeVar

from casualties.errors import CasualtiesError
from casualties.files.mapped._slots import PLACEHOLDER, Conditions, Slot, date_pattern
from casualties.files.mapped.mapping import ClaimColumns, TableMapping
from casualties.model.claim import Silence
from casualties.model.figure import Figure
from casualties.model.period import NO_DAY, NO_DAY_HINT, PartialDate
from casualties.model.record import clean_text
from casualties.wording import parse_figure, silence_of
from casualties.wording.estimate import estimate_in

__all__ = ["BadCellError", "Cells", "Count", "CountReader", "SlotReader", "holds", "shown", "text_of"]

Cells = Mapping[str, Any]
"""The cells of a row by column; one that is not there at all is no cell."""

CACHED: Final = 50_000
"""How many distinct texts a reader remembers before it begins anew."""

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_MANGLED: Final = re.compile(
    r"\d{1,2}[-/. ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:[-/. ]\d{2,4})?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/. ]\d{1,4}"
    r"|\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}.*)?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}",
    re.IGNORECASE | re.ASCII,
)
_SCIENTIFIC: Final = re.compile(r"([0-9])e\+?([0-9]{1,2})", re.IGNORECASE)
_T = TypeVar("_T")


class BadCellError(Exception):
    """What cannot be read, and why; it never leaves the reader."""

    def __init__(self, rule: str, message: str, hint: str = "", column: str = "") -> None:
        super().__init__(rule, message, hint, column)
        self.rule = rule
        self.message = message
        self.hint = hint
        self.column = column


def text_of(value: object) -> str:
    """Give a cell as text; empty where it holds nothing. Whole numbers stand without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float | Decimal) and math.isfinite(value):
        return str(int(value)) if value == int(value) else str(value)
    if isinstance(value, float | Decimal):
        return "" if math.isnan(value) else str(value)
    if isinstance(value, int) and value.bit_length() > 4096:
        return hex(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, list | tuple):
        return "; ".join(map(text_of, value))
    return str(value)


def shown(value: object, most: int = 80) -> str:
    """Give a cell as text that can be shown and saved anywhere: shortened, with what is no text written as escapes."""
    text = text_of(value)
    return (text if len(text) <= most else text[: most - 1] + "…").encode("utf-8", "backslashreplace").decode()


def holds(conditions: Conditions, cells: Cells) -> bool:
    """Tell whether every column of some conditions holds one of its texts."""
    return all(text_of(cells.get(column)) in texts for column, texts in conditions)


class _Remembered(dict[Any, Any]):
    """The results of reading texts, forgotten before they are too many."""

    def found(self, key: object, make: Callable[[], _T]) -> _T:
        if key in self:
            result: _T = self[key]
            return result
        if len(self) >= CACHED:
            self.clear()
        result = self[key] = make()
        return result


class SlotReader:
    """Reads one slot from the cells of a row."""

    def __init__(self, slot: Slot, mapping: TableMapping) -> None:
        self._slot = slot
        self._parts = PLACEHOLDER.split(slot.from_)  # texts and columns by turns
        self._columns = self._parts[1::2]
        self._values = dict(slot.values)
        self._pattern = re.compile(slot.pattern) if slot.pattern else None
        self._formats = [re.compile(date_pattern(date)) for date in (slot.dates or mapping.dates)]
        self._back = SlotReader(slot.days_back, mapping) if slot.days_back else None
        self._texts = _Remembered()
        self._dates = _Remembered()

    def text(self, cells: Cells) -> str | None:
        """Give the text; ``None`` where a cell that it names is empty, or the values say so."""
        texts = tuple([text_of(cells.get(column)) for column in self._columns])
        if "" in texts:
            return self._slot.absent
        return self._texts.found(texts, lambda: self._text(texts))

    def _text(self, found: tuple[str, ...]) -> str | None:
        text = self._parts[0] + "".join(part + between for part, between in zip(found, self._parts[2::2], strict=True))
        if self._pattern is not None:
            match = self._pattern.search(text)
            if match is None:
                return self._unknown(text, f"{text[:60]!r} does not have the form {self._pattern.pattern!r}")
            text = _group(match)
        if self._values:
            if text not in self._values:
                return self._unknown(text, f"{text[:60]!r} is none of the values that the mapping knows")
            text = self._values[text]
        return self._clean(text)

    def _unknown(self, text: str, message: str) -> str | None:
        if self._slot.otherwise == "keep":
            return self._clean(text)
        if self._slot.otherwise == "nothing":
            return None
        raise BadCellError("unknown-value", message, "add it to the mapping, or say otherwise: keep", self._name)

    def _clean(self, text: str) -> str | None:
        text = text.strip()
        if not text or (text.isascii() and text.isprintable()):
            return text or None
        try:
            return clean_text(text)
        except CasualtiesError as error:
            raise BadCellError(error.reason, error.message, error.hint, self._name) from error

    @property
    def _name(self) -> str:
        return ", ".join(self._columns)

    def day(self, cells: Cells) -> PartialDate | None:
        """Give the date; ``None`` where the cell is empty."""
        value = cells.get(self._columns[0]) if len(self._columns) == 1 else None
        day = self._native(value) if isinstance(value, date) else None
        if day is None:
            text = self.text(cells)
            if text is None:
                return None
            day = self._dates.found(text, lambda: self._date(text))
        back = self._back.text(cells) if self._back else None
        return day if back is None else self._moved(day, -self._number(back))

    @staticmethod
    def _native(value: date) -> PartialDate:
        return PartialDate.day(value.date() if isinstance(value, datetime) else value)

    def _date(self, text: str) -> PartialDate:
        if self._slot.days_after is not None:
            return self._moved(PartialDate.day(self._slot.days_after), self._number(text))
        try:
            if not self._formats or not self._columns:
                return PartialDate.parse(text)
            for pattern in self._formats:
                if match := pattern.fullmatch(text):
                    return self._fitting(text, _written(match.groupdict()))
        except CasualtiesError as error:
            raise BadCellError("not-a-date", error.message, error.hint, self._name) from error
        raise BadCellError("not-a-date", f"{text[:60]!r} has no date format of the mapping", "add it", self._name)

    def _fitting(self, text: str, written: str) -> PartialDate:
        """Read a date that has a format of the mapping."""
        try:
            return PartialDate.parse(written)
        except CasualtiesError as error:
            raise BadCellError("not-a-date", f"{text[:60]!r}: {NO_DAY}", NO_DAY_HINT, self._name) from error

    def _number(self, text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,6}", text):
            raise BadCellError("not-a-date", f"{text[:60]!r} is no number of days", "", self._name)
        return int(text)

    def _moved(self, day: PartialDate, days: int) -> PartialDate:
        try:
            step = timedelta(days=days)
            return PartialDate(day.earliest + step, day.latest + step)
        except OverflowError as error:
            raise BadCellError("not-a-date", f"{days} days from {day} is no date", "", self._name) from error


def _group(match: re.Match[str]) -> str:
    """Give the first group that took part, or all of a match without groups."""
    if not match.re.groups:
        return match[0].strip()
    return next((group for group in match.groups() if group is not None), "").strip()


def _written(parts: Mapping[str, str]) -> str:
    """Write the parts of a date in the notation of the library."""
    month = parts.get("month")
    if word := parts.get("word"):
        place = word[:3].lower()
        month = str(MONTHS.index(place) + 1) if place in MONTHS else word
    return "-".join(part.zfill(2) for part in (parts["year"], month, parts.get("day")) if part)


@dataclass(frozen=True, slots=True)
class Count:
    """What a cell says of a count: a figure with its words, a kind of silence, or nothing."""

    figure: Figure | None = None
    silence: Silence | None = None
    words: str | None = None
    interval: str | None = None
    level: str | None = None

    @property
    def nothing(self) -> bool:
        """Whether nothing is said."""
        return self.figure is None and self.silence is None


NOTHING: Final = Count()
UNSAID: Final = Count(silence=Silence.NOT_MENTIONED)


class CountReader:
    """Reads the cells of one claim as counts."""

    def __init__(self, claim: ClaimColumns, mapping: TableMapping) -> None:
        self._empty = UNSAID if (claim.empty or mapping.empty) == "silent" else NOTHING
        self._lexicon = mapping.lexicon
        self._pattern = re.compile(claim.pattern) if claim.pattern else None
        self._otherwise = claim.otherwise
        self._scientific = mapping.scientific
        self._sentinels = {
            text: NOTHING if meaning == "nothing" else Count(silence=Silence(meaning))
            for text, meaning in (*mapping.sentinels, *claim.sentinels)
        }
        self._read = _Remembered()

    def read(self, value: object) -> Count:
        """Read a cell.

        Raises:
            BadCellError: If it is no count.
        """
        if isinstance(value, date):
            raise _mangled(text_of(value))
        if isinstance(value, bool | dict | list | tuple):
            raise BadCellError("not-a-count", f"{str(value)[:60]!r} is no count", "write a number or the words")
        text = text_of(value)
        return self._read.found(text, lambda: self._count(text))

    def _count(self, text: str) -> Count:
        if text in self._sentinels:
            return self._sentinels[text]
        if not text:
            return self._empty
        if self._pattern is not None:
            match = self._pattern.search(text)
            if match is None and self._otherwise == "nothing":
                return NOTHING
            if match is None:
                raise BadCellError("not-a-count", f"{text[:60]!r} does not have the form {self._pattern.pattern!r}")
            text = _group(match)
        if text.endswith(".0") and text[:-2].isdecimal():  # as programs write whole numbers
            text = text[:-2]
        if text.isascii() and text.isdecimal() and len(text) <= 12 and (text[0] != "0" or text == "0"):
            return Count(Figure.exactly(int(text)))
        if self._scientific and (match := _SCIENTIFIC.fullmatch(text)):
            text = match[1] + "0" * int(match[2])
        try:
            words = clean_text(text)
            if words.startswith("="):
                raise BadCellError(
                    "formula", f"{words[:60]!r} is a formula without a value", "save its value in its place"
                )
            if _MANGLED.fullmatch(words):
                raise _mangled(words)
            if "%" in words and (estimate := estimate_in(words, self._lexicon)) is not None:
                return Count(estimate.figure, None, words, estimate.interval, estimate.level)
            figure = parse_figure(words, self._lexicon)
            silence = None if figure is not None else silence_of(words, self._lexicon)
        except CasualtiesError as error:
            raise BadCellError(error.reason, error.message, error.hint) from error
        said = None if words.isdecimal() else words
        if figure is None:
            return Count(silence=Silence(silence) if silence else Silence.NOT_MENTIONED, words=said)
        return Count(figure, None, said)


def _mangled(text: str) -> BadCellError:
    return BadCellError(
        "spreadsheet-date",
        f"{text[:60]!r} is a date where a count should stand",
        "a spreadsheet may have turned a range such as 10-15 into it: write the range as text",
    )
