"""Places, times, causes and sources: the phrases behind a count that change nothing of its number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from casualties.wording._counts import Count
from casualties.wording._dates import Dates
from casualties.wording._reading import Reading
from casualties.wording._tokens import ORDINAL, QUOTES, Kind

__all__ = ["SOURCES", "Circumstances"]

_PASSED: Final = frozenset({"thing", "many", "one", "people", "describing", "adverb"})
"""What may stand in a phrase of place, time or cause."""
SOURCES: Final = _PASSED | {"harm-noun"}
"""What may stand in the name of a source or of a part."""
_LONGEST_SOURCE: Final = 12


class Circumstances:
    """Reads phrases of place, time, cause and source in one text."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.cursor = reading.cursor
        self.dates = Dates(reading)

    def said(self, count: Count) -> bool:
        """Read who says so: "per SOHR", "according to officials", "SDF claim", "medics say"."""
        before = self.cursor.at
        if self.reading.take(self.reading.language.said_before):
            start = self.cursor.at
            if start == before + 1 and self.reading.kind() == "thing":  # "12 per village" is a rate
                self.cursor.at = before
                raise self.reading.because("rate", before, start + 1)
            self.pass_words()
            if self.cursor.at == start:
                self.reading.take(self.reading.language.said_behind)
            if self.cursor.at > start:
                count.said_by = self.reading.shown(start)
                self.reading.take(self.reading.language.said_behind)
                return True
            self.cursor.at = before
            return False
        start = self.cursor.at
        if self.source(take=True):
            words = self.reading.language.said_behind
            end = self.cursor.at
            while end - 1 > start:
                self.cursor.at = end - 1
                if words.match(self.cursor) is None:
                    break
                end -= 1
            self.cursor.at = max(end, start + 1)
            shown = self.reading.shown(start, max(end, start + 1))
            while self.reading.take(words):
                pass
            count.said_by = shown
            return True
        return False

    def source(self, *, take: bool) -> bool:
        """Tell whether words come next that end in "claim" or "say", and move over them if asked to."""
        cursor, before, words = self.cursor, self.cursor.at, self.reading.language
        seen = False
        if words.prepositions.match(cursor) is not None:
            return False
        while cursor.at - before < _LONGEST_SOURCE:
            if cursor.at > before and words.said_behind.match(cursor) is not None:
                seen = True
                self.reading.take(words.said_behind)
                while self.reading.take(words.said_behind):
                    pass
                break
            if not self.pass_word():
                break
        if not (seen and take):
            cursor.at = before
        return seen

    def source_to_end(self, count: Count, closing: str) -> bool:
        """Read a source that stands behind a dash or a colon at the end: "… - defence ministry"."""
        before = self.cursor.at
        while self.pass_word() or self.reading.take(self.reading.language.said_behind):
            pass
        ended = self.cursor.done or self.cursor.peek() == closing
        if self.cursor.at > before and ended and not count.said_by:
            count.said_by = self.reading.shown(before)
            return True
        self.cursor.at = before
        return False

    def pass_words(self, *, bracketed: bool = False) -> None:
        while self.pass_word(bracketed=bracketed):
            pass

    def pass_word(self, *, bracketed: bool = False) -> bool:
        """Move over one word that may stand in a phrase of place, time, cause or source."""
        cursor, words = self.cursor, self.reading.language
        if self._plain_word(bracketed=bracketed):
            return True
        token, following = cursor.token(), cursor.token(1)
        if token is None:
            return False
        preposition = words.prepositions.match(cursor)
        if preposition is not None:
            return self._past(self._after_preposition, preposition[1])
        if token.kind is Kind.DASH and following and not token.spaced and not following.spaced:
            return self._past(lambda: cursor.accept_one(words.ends) or self._plain_word())
        if token.text in {"&", "/", "+", *words.numbers.joins, *words.numbers.of}:
            return self._past(self._plain_word)
        if token.text == ",":
            return self._past(lambda: (self.reading.name() or self.reading.kind() == "thing") and self._plain_word())
        if token.text in QUOTES:
            return self._past(self._plain_word)
        return False

    def _after_preposition(self) -> bool:
        return self.dates.read(year_alone=True) is not None or self.counted() or self._plain_word()

    def _plain_word(self, *, bracketed: bool = False) -> bool:
        """Move over one word of a list, a name, a month or a day, which needs no other word beside it."""
        cursor, reading, words = self.cursor, self.reading, self.reading.language
        if reading.compound():
            return True
        if words.before.match(cursor) is None and (reading.take(words.circumstances) or reading.take(words.articles)):
            return True
        word = reading.word()
        if word is not None and word[0].kind in _PASSED:
            cursor.at += word[1]
            return True
        token = cursor.token()
        if token is None:
            return False
        if token.text == ORDINAL or token.text in words.ordinals:
            return self._past(lambda: reading.kind() == "thing" and self._plain_word())
        if token.text in words.months and self.dates.read(year_alone=False) is not None:
            return True
        initial = (
            token.text == "." and token.start > 0 and not token.spaced and self.reading.text[token.start - 1].isupper()
        )
        if initial or reading.name(bracketed=bracketed) or token.text in words.months or token.text in words.weekdays:
            cursor.at += 1
            return True
        return False

    def _past(self, read: Callable[[], bool], length: int = 1) -> bool:
        """Move over tokens where what follows them can be read too."""
        before = self.cursor.at
        self.cursor.at += length
        if read():
            return True
        self.cursor.at = before
        return False

    def dated(self, count: Count, *, bracketed: bool = False) -> bool:
        """Read a date, with the words that say how it dates the count."""
        cursor, words = self.cursor, self.reading.language
        before = cursor.at
        relation = self.reading.take(words.dating) or ""
        between = not relation and bool(self.reading.take(words.between))
        while relation and (token := cursor.token()) and (token.text in words.weekdays or words.articles.match(cursor)):
            cursor.at += 1
        reading = self.dates.read(year_alone=bool(relation) or between or bracketed, between=between)
        if reading is None:
            cursor.at = before
            return False
        cursor.accept_one(words.only)
        count.dated.append(self.reading.shown(before))
        if reading[0] is not None:
            count.dates.append((relation or "on", reading[0]))
        if relation:
            self.pass_words()
        return True

    def place(self, count: Count) -> bool:
        """Read a phrase of place, time or cause."""
        cursor, reading = self.cursor, self.reading
        before = cursor.at
        adds, bounds = reading.kind() == "joined", reading.language.before.match(cursor) is not None
        of_nobody = cursor.peek() in reading.language.numbers.of and not (count.counted or count.harms or count.label)
        clause = None if of_nobody else reading.take(reading.language.prepositions)
        if clause is None:
            return False
        start = cursor.at
        if (adds or bounds) and self._adds_people(names=adds):
            cursor.at = before
            return False
        while self.dated(count, bracketed=True) or self.counted() or self.pass_word():
            pass
        if cursor.at <= start + clause:  # a clause has a subject and a verb
            cursor.at = before
            return False
        count.circumstances.append(reading.shown(before))
        return True

    def _adds_people(self, *, names: bool) -> bool:
        """Tell whether "with" joins people to those who are counted, as "with sarin" does not."""
        before = self.cursor.at
        while self.reading.take(self.reading.language.articles) or (
            (word := self.reading.word()) is not None and word[0].kind in {"describing", "people"}
        ):
            word = self.reading.word()
            self.cursor.at += word[1] if word is not None and word[0].kind in {"describing", "people"} else 0
        adds = self.reading.kind() in {"many", "one"} or (names and self.reading.name())
        self.cursor.at = before
        return adds

    def counted(self) -> bool:
        """Move over a number of hours, attacks or places, which is no number of people."""
        cursor, before = self.cursor, self.cursor.at
        self.reading.take(self.reading.language.before)
        if cursor.number() is None and self.reading.take(self.reading.vague) is None:
            cursor.at = before
            return False
        for _ in range(4):
            kind = self.reading.kind()
            if kind == "thing":
                self.pass_words()
                return True
            if kind not in {"describing", "people"} and not (
                self.reading.name() or self.reading.language.circumstances.match(cursor) or cursor.peek() == "-"
            ):
                break
            match = self.reading.word() or self.reading.language.circumstances.match(cursor)
            cursor.at += match[1] if match else 1
        cursor.at = before
        return False
