"""Brackets behind a count: footnotes, the range of a best number, intervals, parts, bounds and remarks."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from casualties.model.figure import End
from casualties.wording._amounts import Amounts
from casualties.wording._circumstances import SOURCES, Circumstances
from casualties.wording._counts import Count
from casualties.wording._reading import Reading
from casualties.wording._tokens import Kind, Token
from casualties.wording.statement import Interval

__all__ = ["CLOSING", "Brackets"]

CLOSING: Final = {"(": ")", "[": "]"}
"""The brackets that are read, each with the one that closes it."""
_NOTED: Final = (
    (("assumed",), frozenset(End)),
    (("floor", "assumed"), frozenset({End.LOW})),
    (("ceiling", "assumed"), frozenset({End.HIGH})),
)
_FOOTNOTES: Final = frozenset({"note", "nb", "fn", "citation", "clarification", "n"})


class Brackets:
    """Reads the brackets of one text.

    Args:
        reading: The text.
        amounts: Reads its amounts.
        circumstances: Reads its phrases of place, time and source.
        element: Reads one thing that words say beside a number.
        part: Reads a count within another one.
    """

    def __init__(
        self,
        reading: Reading,
        amounts: Amounts,
        circumstances: Circumstances,
        element: Callable[[Count], bool],
        part: Callable[[], Count],
    ) -> None:
        self.reading = reading
        self.cursor = reading.cursor
        self.amounts = amounts
        self.circumstances = circumstances
        self._element = element
        self._part = part
        self._open = False

    def notes(self, count: Count) -> None:
        """Read what ``str(figure)`` writes in brackets: the best number, and which ends are assumed."""
        cursor, amount = self.cursor, count.amount
        before = cursor.at
        if amount is None or not cursor.accept("("):
            return
        place, best = cursor.tokens[before].start, amount.best
        if cursor.accept("best"):
            at = cursor.place
            number = cursor.number()
            if number is None or number.value.denominator != 1:
                cursor.at = before
                return
            best = int(number.value)
            if cursor.peek() != ")" and not (
                cursor.peek() == "," and cursor.peek(1) in {"assumed", "floor", "ceiling"}
            ):
                raise self.reading.refusal(at, "a second number", "second-number", "write the best number alone")
            cursor.accept(",")
        noted = next((ends for words, ends in _NOTED if cursor.accept(*words)), None)
        if not cursor.accept(")") or (noted is None and best is None):
            cursor.at = before
            return
        amount.best, amount.noted, amount.noted_at = best, noted, place
        if noted == frozenset(End) and amount.floor_only:
            amount.noted = frozenset({End.LOW})

    def read(self, count: Count) -> bool:
        """Read brackets: a footnote, the range around a best number, an interval, parts, bounds and remarks."""
        cursor = self.cursor
        closing = CLOSING.get(cursor.peek())
        if closing is None:
            return False
        if self._open:
            raise self.reading.refusal(
                cursor.place, "brackets within brackets", "unreadable", "write them side by side"
            )
        if self._footnote(closing) or self._range(count, closing) or self._interval(count, closing):
            return True
        between = {",", ";", "+", "&", ":", "/", *self.reading.language.numbers.joins}
        opened, start, known = cursor.at, cursor.at + 1, len(count.parts)
        cursor.at += 1
        self._open = True
        while not cursor.done and cursor.peek() != closing:
            if self.circumstances.dated(count, bracketed=True):
                continue
            at = cursor.at
            if self.circumstances.counted():
                count.remarks.append(self.reading.shown(at))
                continue
            if self.reading.number_comes() or self.label_comes():
                count.parts.append(self._part())
                continue
            if self._element(count):
                continue
            if cursor.at > start and cursor.peek() in between:
                cursor.at += 1
                continue
            at = cursor.at
            self.circumstances.pass_words(bracketed=True)
            if cursor.at == at:
                raise self.reading.cannot_read()
            count.remarks.append(self.reading.shown(at))
        if cursor.at == start:
            cursor.at = opened
            raise self.reading.cannot_read()
        own = count.parts[known:]
        for part, end in zip(own, [*(part.start for part in own[1:]), cursor.at], strict=False):
            part.end = end
            while cursor.tokens[part.end - 1].text in between:
                part.end -= 1
        cursor.accept(closing)
        self._open = False
        return True

    def label_comes(self) -> bool:
        """Tell whether words come next that name a part, with its number or silence behind them."""
        cursor, before = self.cursor, self.cursor.at
        while self.reading.name() or self.reading.kind() in SOURCES | {"harm"}:
            label = self.reading.word()
            cursor.at += label[1] if label else 1
        cursor.accept(":")
        named = cursor.at > before and (self.reading.number_comes() or self.reading.silences.match(cursor) is not None)
        cursor.at = before
        return named

    def _footnote(self, closing: str) -> bool:
        """Pass the mark of a footnote: [5], [a], [note 1], [citation needed]."""
        cursor = self.cursor
        if closing != "]":
            return False
        pieces: list[Token] = []
        while (token := cursor.token(1 + len(pieces))) is not None and token.text != closing and len(pieces) < 3:
            pieces.append(token)
        last = cursor.token(1 + len(pieces))
        plain = all(piece.kind in {Kind.NUMBER, Kind.WORD} for piece in pieces)
        noted = len(pieces) == 1 and (pieces[0].kind is Kind.NUMBER or len(pieces[0].text) == 1)
        named = bool(pieces) and pieces[0].text in {"note", "nb", "fn", "citation", "clarification", "n"}
        if last is None or last.text != closing or not plain or not (noted or named):
            return False
        cursor.at += 2 + len(pieces)
        return True

    def _range(self, count: Count, closing: str) -> bool:
        """Read a range in brackets around a best number: 2,975 (2,658–3,290)."""
        cursor, amount = self.cursor, count.amount
        before = cursor.at
        cursor.at += 1
        self.reading.take(self.reading.language.ranges)
        cursor.accept(":")
        ends = self._ends()
        if ends is None or not cursor.accept(closing):
            cursor.at = before
            return False
        place = cursor.tokens[before].start
        if amount is None or not amount.exact or amount.ends is None or not ends[0] <= amount.ends[0] <= ends[1]:
            raise self.reading.refusal(place, "this range is not around the number before it", "best-outside")
        amount.best, amount.noted_at, amount.ends = amount.ends[0], place, ends
        return True

    def _ends(self) -> tuple[int, int] | None:
        """Read two whole numbers that form a range."""
        before = self.cursor.at
        if self.cursor.number() is None or self.reading.language.joins.take(self.cursor) is None:
            self.cursor.at = before
            return None
        self.cursor.at = before
        amount = self.amounts.read()
        ends = amount.ends if amount is not None else None
        return ends if ends is not None and ends[0] < ends[1] and amount is not None and amount.limit is None else None

    def _interval(self, count: Count, closing: str) -> bool:
        """Read the interval of an estimate: (95% CI 793 to 8,498)."""
        cursor, words = self.cursor, self.reading.language
        before = cursor.at
        cursor.at += 1
        level = self._level()
        kind = self.reading.take(words.interval)
        if kind is None and level is None:
            ends = self._ends()
            cursor.accept(",")
            level = self._level() if ends else None
            kind = self.reading.take(words.interval) if ends else None
        else:
            cursor.accept(":")
            self.reading.take(words.since)
            ends = self._ends()
        if kind is None or ends is None or not cursor.accept(closing):
            cursor.at = before
            return False
        amount, place = count.amount, cursor.tokens[before].start
        if amount is None or amount.ends is None or not ends[0] <= amount.ends[0] <= amount.ends[1] <= ends[1]:
            raise self.reading.refusal(place, "this interval is not around the number before it", "best-outside")
        count.interval = Interval(*ends, level, kind)
        if amount.exact:
            amount.best, amount.noted_at = amount.ends[0], place
        amount.ends, amount.nearness = ends, None
        return True

    def _level(self) -> Fraction | None:
        """Read the level of an interval: 95%."""
        before = self.cursor.at
        number = self.cursor.number()
        if number is not None and self.reading.take(self.reading.language.percent) and 0 < number.value < 100:
            return number.value / 100
        self.cursor.at = before
        return None
