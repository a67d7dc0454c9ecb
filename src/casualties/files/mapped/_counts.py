"""Cells of a table as counts: figures, silences and what is no count, with the reason."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from casualties.errors import CasualtiesError
from casualties.files.mapped._bounds import bounded
from casualties.files.mapped._columns import ClaimColumns
from casualties.files.mapped._marks import Marks
from casualties.files.mapped._patterns import Searched
from casualties.files.mapped.cells import BadCellError, Remembered, text_of
from casualties.files.mapped.mapping import TableMapping
from casualties.model.claim import Silence
from casualties.model.figure import Figure
from casualties.model.record import clean_text
from casualties.wording import parse_figure, silence_of
from casualties.wording.estimate import estimate_in

__all__ = ["NOTHING", "UNSAID", "Count", "CountReader", "Merged"]

_MANGLED: Final = re.compile(
    r"\d{1,2}[-/. ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:[-/. ]\d{2,4})?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/. ]\d{1,4}"
    r"|\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}.*)?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}",
    re.IGNORECASE | re.ASCII,
)
_DASHES: Final = frozenset("-–—‒./*")
_DECIMAL: Final = re.compile(r"[0-9]+\.[0-9]+")
_SCIENTIFIC: Final = re.compile(r"([0-9])e\+?([0-9]{1,2})", re.IGNORECASE)
_NEGATIVE: Final = re.compile(r"[-−]\s?[0-9][0-9.,]*")
_SHARE: Final = re.compile(r"\D{0,30}[0-9]+(?:[.,][0-9]+)?\s?(?:%|percent|per cent)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Merged:
    """What stands in a cell that a workbook merges over several rows."""

    value: object
    place: str

    def __str__(self) -> str:
        return text_of(self.value)


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
        self._pattern = Searched(claim.pattern) if claim.pattern else None
        self._otherwise = claim.otherwise
        self._scientific = mapping.scientific
        self._marks = Marks(mapping.thousands, mapping.decimal)
        self._sentinels = {
            text: NOTHING if meaning == "nothing" else Count(silence=Silence(meaning))
            for text, meaning in (*mapping.sentinels, *claim.sentinels)
        }
        self._read = Remembered()

    def bounded(self, figure: Figure, bound: str | None) -> Figure:
        """Read a figure with the qualifier that stands in another cell.

        Raises:
            BadCellError: If it is no qualifier, or contradicts the figure.
        """
        try:
            return bounded(figure, bound, self._lexicon)
        except CasualtiesError as error:
            raise BadCellError("unknown-value", error.message, error.hint) from error

    def read(self, value: object) -> Count:
        """Read a cell.

        Raises:
            BadCellError: If it is no count.
        """
        if isinstance(value, Merged):
            raise BadCellError(
                "merged-count",
                f"{text_of(value.value)[:60]!r} stands in {value.place}, one count for several rows",
                "unmerge it, and write the count in the row that it is of",
            )
        if isinstance(value, date):
            raise _mangled(text_of(value))
        if isinstance(value, bool | dict | list | tuple):
            raise BadCellError("not-a-count", f"{str(value)[:60]!r} is no count", "write a number or the words")
        text, written = text_of(value), isinstance(value, str)
        return self._read.found((text, written), lambda: self._count(text, written=written))

    def _count(self, text: str, *, written: bool) -> Count:
        if text in self._sentinels:
            return self._sentinels[text]
        if not text:
            return self._empty
        if self._pattern is not None:
            searched = self._pattern.first(text)
            if searched is None and self._otherwise == "nothing":
                return NOTHING
            if searched is None:
                raise BadCellError("not-a-count", f"{text[:60]!r} does not have the form {self._pattern.pattern!r}")
            text = searched
        if _NEGATIVE.fullmatch(text):
            raise BadCellError(
                "negative",
                f"{text[:60]!r} is below zero, and no count is",
                "it may correct earlier days: enter the running totals, or a revision of the count that was wrong",
            )
        if text in _DASHES:
            hint = f"say what it means: sentinels: {{{json.dumps(text, ensure_ascii=False)}: unknown}}"
            raise BadCellError("not-a-count", f"{text!r} is no count", hint)
        if written and self._marks:
            plain = self._marks.plain(text)
            if _DECIMAL.fullmatch(plain):
                raise BadCellError(
                    "not-a-count",
                    f"{text[:60]!r} is no whole number of people",
                    "write the count, or a range such as 12-13",
                )
            text = plain
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
            if _SHARE.fullmatch(words):
                raise BadCellError(
                    "share",
                    f"{words[:60]!r} is a share, and not said of what",
                    "work out the count, or enter the share with its whole in a ledger file",
                )
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
