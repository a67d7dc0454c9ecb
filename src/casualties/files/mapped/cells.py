"""Cells of a table: as text, as dates, and as counts."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, TypeVar

from casualties.errors import CasualtiesError
from casualties.files.mapped._dates import Dates, NoDateError, Span, moment
from casualties.files.mapped._patterns import Searched
from casualties.files.mapped._slots import PLACEHOLDER, Conditions, Slot
from casualties.files.mapped.mapping import TableMapping
from casualties.model.period import PartialDate
from casualties.model.record import clean_text

__all__ = ["BadCellError", "Cells", "Remembered", "SlotReader", "holds", "shown", "text_of"]

Cells = Mapping[str, Any]
"""The cells of a row by column; one that is not there at all is no cell."""

CACHED: Final = 50_000
"""How many distinct texts a reader remembers before it begins anew."""

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


class Remembered(dict[Any, Any]):
    """The results of reading texts, what cannot be read among them, forgotten before they are too many."""

    def found(self, key: object, make: Callable[[], _T]) -> _T:
        """Give what was found before under a key, or make it.

        Raises:
            BadCellError: If it cannot be read, now or then.
        """
        if key not in self:
            if len(self) >= CACHED:
                self.clear()
            try:
                self[key] = make()
            except BadCellError as error:
                self[key] = BadCellError(*error.args)
                raise
        result: _T | BadCellError = self[key]
        if isinstance(result, BadCellError):
            raise result.with_traceback(None)
        return result


class SlotReader:
    """Reads one slot from the cells of a row."""

    def __init__(self, slot: Slot, mapping: TableMapping) -> None:
        self._slot = slot
        self._parts = PLACEHOLDER.split(slot.from_)  # texts and columns by turns
        self._columns = self._parts[1::2]
        self._others = [SlotReader(Slot.model_validate({"from": text}), mapping) for text in slot.and_]
        named = slot.absent is not None and PLACEHOLDER.search(slot.absent) is not None
        self._instead = SlotReader(Slot.model_validate({"from": slot.absent}), mapping) if named else None
        self._values = dict(slot.values)
        self._pattern = Searched(slot.pattern) if slot.pattern else None
        self._formats = Dates(slot.dates or mapping.dates, mapping.year)
        self._offset = mapping.timezone
        self._back = SlotReader(slot.days_back, mapping) if slot.days_back else None
        self._texts = Remembered()
        self._dates = Remembered()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return self._slot.columns

    @property
    def slot(self) -> Slot:
        """What it reads."""
        return self._slot

    @property
    def named(self) -> frozenset[str]:
        """The columns that it reads, and `ROW` where it reads the number of the row."""
        inner = [slot_reader for slot_reader in (*self._others, self._instead, self._back) if slot_reader is not None]
        return frozenset(self._columns).union(*(slot_reader.named for slot_reader in inner))

    @property
    def template(self) -> tuple[str, ...]:
        """Texts and columns by turns, where it does no more than put cells between texts; else nothing."""
        bare = Slot.model_validate({"from": self._slot.from_})
        return tuple(self._parts) if self._columns and self._slot == bare else ()

    def left_open(self, cells: Cells) -> bool:
        """Tell whether a cell that it names is empty, and the mapping does not say what that means."""
        if all(text_of(cells.get(column)) for column in self._columns):
            return False
        return self._slot.absent is None if self._instead is None else self._instead.left_open(cells)

    def text(self, cells: Cells) -> str | None:
        """Give the text; ``None`` where a cell that it names is empty, or the values say so."""
        texts = tuple([text_of(cells.get(column)) for column in self._columns])
        if "" not in texts:
            own = self._texts.found(texts, lambda: self._text(texts))
        else:
            own = (self._slot.absent or None) if self._instead is None else self._instead.text(cells)
        if not self._others:
            return own
        return (
            "; ".join(text for text in (own, *(slot_reader.text(cells) for slot_reader in self._others)) if text)
            or None
        )

    def _text(self, parts: tuple[str, ...]) -> str | None:
        text = self._parts[0] + "".join(part + between for part, between in zip(parts, self._parts[2::2], strict=True))
        if self._pattern is not None:
            match = self._pattern.first(text)
            if match is None:
                return self._unknown(text, f"{text[:60]!r} does not have the form {self._pattern.pattern!r}")
            text = match
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
        raise BadCellError(
            "unknown-value",
            message,
            "add it under values, or write otherwise: nothing where it says nothing",
            self._name,
        )

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

    def day(self, cells: Cells, part: str = "") -> PartialDate | None:
        """Give the date; ``None`` where the cell is empty.

        Args:
            cells: The row.
            part: ``since`` takes the first of a span of days, ``until`` its last, and ``stated`` the hour too.
        """
        value = cells.get(self._columns[0]) if len(self._columns) == 1 else None
        native = any(isinstance(cells.get(column), date) for column in self._columns)
        if isinstance(value, date) and not (isinstance(value, datetime) and part == "stated" and self._offset):
            known = PartialDate.day(value.date() if isinstance(value, datetime) else value)
            span = Span(known, known)
        else:
            text = self.text(cells)
            if text is None:
                return None
            span = self._dates.found((text, native), lambda: self._date(text, native=native))
        day = {"since": span.first, "until": span.last}.get(part, span.whole)
        if part == "stated" and span.time and self._offset and day.earliest == day.latest:
            day = self._fitting(lambda: moment(day, span.time or "", self._offset or ""))
        back = self._back.text(cells) if self._back else None
        return day if back is None else self._moved(day, -self._number(back))

    def _date(self, text: str, *, native: bool) -> Span:
        if self._slot.days_after is not None:
            day = self._moved(PartialDate.day(self._slot.days_after), self._number(text))
            return Span(day, day)
        if not (self._formats or native) or not self._columns:
            day = self._fitting(lambda: PartialDate.parse(text))
            return Span(day, day)
        try:
            return self._fitting(lambda: self._formats.read(text, native=native))
        except NoDateError:
            hint = "write a day, a month or a year as the others are, or add its format under dates"
            hint = hint if self._formats else "say how its dates are written under dates"
            raise BadCellError(
                "not-a-date", f"{text[:60]!r} has no date format of the mapping", hint, self._name
            ) from None

    def _fitting(self, read: Callable[[], _T]) -> _T:
        """Read a date, and name the column where it is none."""
        try:
            return read()
        except CasualtiesError as error:
            raise BadCellError("not-a-date", error.message, error.hint, self._name) from error

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
