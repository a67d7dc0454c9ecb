"""What stands behind a number: people and harm, places, times and causes, bounds and remarks, brackets.

Whatever no list and no rule knows is refused with its place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from casualties.model.claim import Modality
from casualties.wording._amounts import Amounts
from casualties.wording._brackets import CLOSING, Brackets
from casualties.wording._circumstances import SOURCES, Circumstances
from casualties.wording._counts import Count
from casualties.wording._people import People
from casualties.wording._phrases import Bound
from casualties.wording._reading import CHANGING, Reading
from casualties.wording._tokens import QUOTES, Kind

__all__ = ["Tail"]

_NEVER: Final = CHANGING - {"joined", "doubted"}
_MODALITIES: Final = frozenset(map(str, Modality))
_LONGEST_LABEL: Final = 12


class Tail:
    """Reads what stands behind the numbers of one text.

    Args:
        reading: The text.
        amounts: Reads its amounts.
        part: Reads a count that stands within another, in brackets or behind "including".
    """

    def __init__(self, reading: Reading, amounts: Amounts, part: Callable[[], Count]) -> None:
        self.reading = reading
        self.cursor = reading.cursor
        self.amounts = amounts
        self.people = People(reading)
        self.circumstances = Circumstances(reading)
        self.brackets = Brackets(reading, amounts, self.circumstances, self._element, part)
        self._part = part

    def read(self, count: Count, *, closing: str = "") -> None:
        """Read up to the end, the closing bracket, or the next count."""
        cursor = self.cursor
        self.cursor.accept_one(QUOTES)
        self.brackets.notes(count)
        self._tied_dash()
        count.of_whole = bool(self.reading.take(self.reading.language.of_whole))
        self._of_number(count)
        self.people.read(count)
        while not cursor.done and cursor.peek() != closing:
            if cursor.accept_one(QUOTES) or self.circumstances.dated(count):
                continue
            if self.reading.kind() in _NEVER:
                raise self.reading.cannot_read()
            if self._next_count(closing):
                return
            if not self._element(count) and not self._sign(count, closing):
                raise self.reading.cannot_read()

    def _next_count(self, closing: str) -> bool:
        """Tell whether another count comes next, with or without what joins it to this one."""
        cursor, before, joins = self.cursor, self.cursor.at, self.reading.language.numbers.joins
        while cursor.peek() in {",", ";", "/", "&", "+", "•", "*", *joins}:
            cursor.at += 1
        comes = self.reading.number_comes() or (self.brackets.label_comes() if closing else self._another_label())
        cursor.at = before
        return comes and not self._preposed()

    def _preposed(self) -> bool:
        """Tell whether the words that come next are a phrase of time such as "over 24 hours", and no bound."""
        before = self.cursor.at
        preposed = bool(self.reading.take(self.reading.language.prepositions)) and self.circumstances.counted()
        self.cursor.at = before
        return preposed

    def _element(self, count: Count) -> bool:
        """Read one thing that words say beside a number, if they say any that is known."""
        return (
            self.brackets.read(count)
            or self._bound(count)
            or self._remark(count)
            or self._including(count)
            or self._denominator(count)
            or self._consequence(count)
            or self.circumstances.said(count)
            or self._aged()
            or self._weekday()
            or self.people.predicate(count)
            or self.circumstances.place(count)
        )

    def _tied_dash(self) -> None:
        """Refuse a dash that ties the number to what follows: 11-year-old."""
        dash, following = self.cursor.token(), self.cursor.token(1)
        tied = following is None or (dash is not None and not (dash.spaced or following.spaced))
        if dash is not None and dash.kind is Kind.DASH and tied:
            raise self.reading.cannot_read()

    def _sign(self, count: Count, closing: str) -> bool:
        """Pass a sign between two remarks, or at the end."""
        cursor, token = self.cursor, self.cursor.token()
        if token is None:
            return False
        following = cursor.token(1)
        if token.text in {".", ",", ";", "!"} and (following is None or following.text == closing):
            cursor.at += 1
            return True
        if token.text in {",", ";", ".", ":"} or (
            token.kind is Kind.DASH and (token.spaced or (following and following.spaced))
        ):
            before = cursor.at
            cursor.at += 1
            if (token.text in {":", "-"}) and self.circumstances.source_to_end(count, closing):
                return True
            if token.text == "," and self.reading.take(self.reading.language.saying):
                if self.circumstances.source_to_end(count, closing):
                    return True
                cursor.at = before + 1
            if self._remark_comes() or self._things_remark(count):
                return True
            cursor.at = before
        return False

    def _things_remark(self, count: Count) -> bool:
        """Read what happened to things, which is no second count: "12 killed, hospital shelled"."""
        cursor, start = self.cursor, self.cursor.at
        things = False
        while (kind := self.reading.kind()) not in {"many", "one"} and self.circumstances.pass_word():
            things = things or kind == "thing"
        if things:
            count.remarks.append(self.reading.shown(start))
        else:
            cursor.at = start
        return things

    def _remark_comes(self) -> bool:
        """Tell whether something that is known comes next."""
        reading = self.reading
        words = reading.language
        return (
            any(
                phrases.match(self.cursor) is not None
                for phrases in (words.anywhere, words.remarks, words.said_before, words.prepositions, words.including)
            )
            or reading.kind() in {"adverb", "auxiliary", "harm", "doubted"}
            or self.circumstances.source(take=False)
            or self.cursor.peek() in CLOSING
            or reading.name()
            or self.cursor.peek() in words.months
            or self.cursor.peek() in words.weekdays
        )

    def _another_label(self) -> bool:
        """Tell whether words come next that name another count: "North: 3,000 / South: 3,800"."""
        cursor, before = self.cursor, self.cursor.at
        cursor.at += cursor.peek() in {"/", "&", "+"}
        start = cursor.at
        while cursor.at - start < _LONGEST_LABEL and (self.reading.name() or self.reading.kind() in SOURCES | {"harm"}):
            match = self.reading.word()
            cursor.at += match[1] if match else 1
        named = cursor.at > start and cursor.accept(":") and self.reading.number_comes()
        cursor.at = before
        return named

    def _bound(self, count: Count) -> bool:
        """Apply words that bound the number from behind, at whatever distance."""
        match = self.reading.language.anywhere.match(self.cursor)
        if match is None or self._number_follows(match[1]):
            return False
        place = self.cursor.place
        self.cursor.at += match[1]
        return self._apply(count, match[0], place)

    def _number_follows(self, ahead: int) -> bool:
        """Tell whether a number stands behind words that bound one: these bound that number and not the one before."""
        before = self.cursor.at
        self.cursor.at += ahead
        follows = self.reading.number_comes()
        self.cursor.at = before
        return follows

    def _apply(self, count: Count, bound: Bound, place: int) -> bool:
        if count.amount is None:
            raise self.reading.refusal(place, "there is no number to bound", "no-number")
        self.amounts.bound(count.amount, bound, place)
        return True

    def _remark(self, count: Count) -> bool:
        """Read a known remark; some bound the number, some say how sure it is."""
        place, at = self.cursor.place, self.cursor.at
        kind = self.reading.language.remarks.match(self.cursor)
        if kind is None or self._number_follows(kind[1]) or (kind[0] == "silent" and not count.silence):
            return False
        self.cursor.at += kind[1]
        if kind[0] in {"at-least", "at-most"}:
            return self._apply(count, Bound(kind[0]), place)
        if kind[0] in _MODALITIES:
            count.modality = Modality(kind[0])
        count.remarks.append(self.reading.shown(at))
        return True

    def _including(self, count: Count) -> bool:
        """Read a part of the whole behind "including": a count, or people without one."""
        at = self.cursor.at
        if not self.reading.take(self.reading.language.including):
            return False
        if self.reading.number_comes():
            count.parts.append(self._part())
            return True
        start = self.cursor.at
        self.circumstances.pass_words()
        if self.cursor.at == start:
            self.cursor.at = at
            return False
        count.remarks.append(self.reading.shown(at))
        return True

    def _of_number(self, count: Count) -> None:
        """Pass of how many they are: "22 of 42 men killed", where people follow."""
        cursor, before = self.cursor, self.cursor.at
        digits = before > 0 and cursor.tokens[before - 1].kind is Kind.NUMBER
        numbered = digits and cursor.accept_one(self.reading.language.numbers.of) and cursor.number() is not None
        count.among = before + 1
        if not numbered or self.reading.kind() not in {"many", "people", "describing", "harm", "harm-noun", "adverb"}:
            cursor.at, count.among = before, None

    def _denominator(self, count: Count) -> bool:
        """Read how many there were of whom these are some: "out of nearly 700,000 deployed"."""
        at = self.cursor.at
        if not self.reading.take(self.reading.language.denominators):
            return False
        self.reading.take(self.reading.language.articles)
        count.among = self.cursor.at
        if self.amounts.read() is None:
            count.among = None
            self.cursor.at = at
            return False
        while self.people.predicate(Count(self.cursor.at, self.cursor.place)) or self.circumstances.pass_word():
            pass
        count.remarks.append(self.reading.shown(at))
        return True

    def _consequence(self, count: Count) -> bool:
        """Read what else came of it, which counts nobody: "and sparked outrage"."""
        cursor, at = self.cursor, self.cursor.at
        joined = cursor.accept_one(self.reading.language.numbers.joins)
        if not joined or not self.reading.take(self.reading.language.consequences):
            cursor.at = at
            return False
        self.circumstances.pass_words()
        count.remarks.append(self.reading.shown(at))
        return True

    def _weekday(self) -> bool:
        """Pass the name of a day."""
        return self.cursor.accept_one(self.reading.language.weekdays)

    def _aged(self) -> bool:
        """Pass the ages of those who are counted: "aged 7 to 12"."""
        before = self.cursor.at
        if self.reading.take(self.reading.language.ages) and self.amounts.read() is not None:
            return True
        self.cursor.at = before
        return False
