"""The grammar of counts: bounds, ranges, vague words and what may stand around them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, prod
from typing import TYPE_CHECKING, Final

from casualties.errors import FigureError, UnreadableFigureError
from casualties.model.figure import MAX_COUNT, End, Figure
from casualties.wording import _phrases as english
from casualties.wording._numerals import PLURAL_SCALES, Cursor, Kind
from casualties.wording._phrases import CEILINGS, FLOORS, LIMITS, NEARNESS, Bound

if TYPE_CHECKING:
    from casualties.wording._numerals import Number, Token
    from casualties.wording.lexicons import Lexicon

_JOINS: Final = (("-",), ("to", "as", "many", "as"), ("to",), ("or",))
_BETWEEN_JOINS: Final = (("and",), ("to",), ("-",))
_FROM_JOINS: Final = (("to", "as", "many", "as"), ("to",), ("-",), ("up", "to"))
_ONE_RANGE: Final = "expected one number or one range"
_ONE_EACH: Final = "write one claim for each number, or a range such as 10–15"


@dataclass(frozen=True, slots=True)
class _Part:
    """A figure read from a part of the text.

    Attributes:
        figure: What the part says; ``None`` where the lexicon leaves vague words blank.
        limit: The kind of limit that it states, or ``None`` for a number or a range.
        count: The one number that a floor names, if it names one.
    """

    figure: Figure | None
    limit: Bound | None = None
    count: int | None = None


class Reader:
    """One reading of one text."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.cursor = Cursor(text)

    def read(self) -> Figure | None:
        """Read the whole text as one figure."""
        cursor = self.cursor
        if english.plain(self.text) in english.BARE:
            raise self._refusal(
                0,
                "expected a number, since a bare word may mean zero or not known",
                "bare-none",
                "write 0, or leave it empty",
            )
        if cursor.peek() == "-":
            raise self._refusal(cursor.place, "expected a number from zero up", "negative")
        while self._next_bound() is None and self._take(english.LEADS):
            pass
        self._hedged_ceiling()
        part = self._between() or self._part()
        if part is None:
            return self._people()
        figure = self._coded(self._second_limit(part))
        if figure is not None:
            figure = self._notes(figure)
        self._rest()
        return figure

    def _refusal(self, place: int, expected: str, reason: str, hint: str = "") -> UnreadableFigureError:
        return UnreadableFigureError(self.text, place, expected, reason, hint)

    def _take(self, phrases: english.Phrases[english.T]) -> english.T | None:
        """Move over the longest phrase that comes next, and return its meaning."""
        for phrase, meaning in phrases.get(self.cursor.peek(), ()):
            if self.cursor.accept(*phrase):
                return meaning
        return None

    def _bound(self, wanted: frozenset[Bound]) -> Bound | None:
        """Take words of these kinds that stand before a number."""
        before = self.cursor.at
        bound = self._take(english.BEFORE_NUMBER)
        if bound in wanted:
            return bound
        self.cursor.at = before
        return None

    def _next_bound(self) -> Bound | None:
        """Look at the words that bound a number, without taking them: "just over" is not "just"."""
        before = self.cursor.at
        bound = self._take(english.BEFORE_NUMBER)
        self.cursor.at = before
        return bound

    def _hedged_ceiling(self) -> None:
        """Move over "possibly" before "as many as 25", which says no more than that."""
        before = self.cursor.at
        while self.cursor.peek() in english.HEDGES:
            self.cursor.at += 1
        if self._next_bound() is not Bound.AT_MOST:
            self.cursor.at = before

    def _part(self) -> _Part | None:
        """Read a number, a range or vague words and what bounds them; stay where there is none."""
        cursor = self.cursor
        limit = self._bound(LIMITS)
        nearness = self._bound(NEARNESS)
        place = cursor.place
        vague = self._vague()
        if vague is not None:
            if nearness is not None or limit not in {None, Bound.AT_LEAST}:
                raise self._refusal(place, "expected an exact number after these words", "vague-limit")
            if limit is None or vague.figure is None:
                return vague
            marks = vague.figure.assumed - {End.HIGH}
            return _Part(Figure(vague.figure.low, None, assumed=marks), limit)
        span = self._span(_JOINS)
        if span is None:
            if limit is not None or nearness is not None:
                raise self._refusal(place, "expected a number after these words", "no-number")
            return None
        suffix = self._suffix()
        if suffix is Bound.ABOUT:
            nearness = nearness or suffix
        elif suffix is not None:
            if limit is not None and (limit in FLOORS) != (suffix in FLOORS):
                raise self._refusal(place, "expected a floor or a ceiling, not both", "two-limits")
            limit = limit or suffix
        return self._bounded(span, nearness, limit, place)

    def _suffix(self) -> Bound | None:
        """Take words that stand behind a number and bound it."""
        cursor = self.cursor
        bound = self._take(english.AFTER_NUMBER)
        ended = cursor.token(1) is None or cursor.peek(1) in self.lexicon.nouns
        if bound is None and ended and cursor.accept("plus"):
            return Bound.AT_LEAST
        return bound

    def _span(self, joins: tuple[tuple[str, ...], ...], *, both: bool = False) -> tuple[int, int] | None:
        """Read one number, or two that form a range; ``both`` asks for two."""
        cursor = self.cursor
        exact = self._take(english.EXACT_WORDS)
        if exact is not None:
            return exact, exact
        first = cursor.number()
        if first is None:
            return None
        before = cursor.at
        if any(cursor.accept(*join) for join in joins):
            second = cursor.number()
            if second is not None:
                return self._range(first, second)
        if both:
            return None
        cursor.at = before
        low = self._count(first, first.value)
        return low, low

    def _range(self, first: Number, second: Number) -> tuple[int, int]:
        """Make a range of two numbers; in "two to three hundred" the hundred belongs to both."""
        value, coefficient, factor = first.value, second.coefficient, prod(second.scales)
        for scale in second.scales:
            if value < coefficient:
                value *= factor
                break
            coefficient *= scale
            factor //= scale
        low, high = self._count(first, value), self._count(second, second.value)
        if high < low:
            raise self._refusal(
                second.place, f"expected {low:,} or more", "high-below-low", "write the lower one first"
            )
        return low, high

    def _count(self, number: Number, value: Fraction) -> int:
        """Return the count that a number states, which is whole and written as such."""
        if value.denominator != 1 or (number.decimal and value == number.value):
            hint = "decimals need a word such as million"
            raise self._refusal(number.place, "expected a whole number of people", "fraction", hint)
        return self._limited(int(value), number.place)

    def _limited(self, count: int, place: int) -> int:
        """Return a count that is within the limit."""
        if count > MAX_COUNT:
            raise self._refusal(place, f"expected at most {MAX_COUNT:,}", "too-large")
        return count

    def _bounded(self, span: tuple[int, int], nearness: Bound | None, limit: Bound | None, place: int) -> _Part:
        """Work out what a number or a range says with the words around it."""
        (low, high), exact = span, span[0] == span[1]
        strict = limit in {Bound.ABOVE, Bound.BELOW}
        if not exact and (strict or nearness not in {None, Bound.ABOUT}):
            raise self._refusal(place, "expected one number after these words", "two-limits", "say at least, or up to")
        assumed: frozenset[End] = frozenset()
        if nearness is Bound.ABOUT:
            low, high = lowest_about(low), self._limited(high + margin(high), place)
            assumed = frozenset(End)
        elif nearness is not None:
            if limit is not None:
                raise self._refusal(place, "expected one kind of limit", "two-limits")
            return self._near(low, nearness, place)
        if limit is None:
            return _Part(Figure(low, high, assumed=assumed))
        if limit in FLOORS:
            floor = self._limited(low + strict, place)
            return _Part(Figure(floor, None, assumed=assumed - {End.HIGH}), limit, low if exact else None)
        if strict and high == 0:
            raise self._refusal(place, "expected a number above zero", "no-such-count")
        return _Part(Figure(0, high - strict, assumed=assumed - {End.LOW}), limit)

    def _near(self, count: int, nearness: Bound, place: int) -> _Part:
        """Return what lies just under or just over a number; its far end is assumed."""
        if nearness is Bound.NEARLY and count > 1:
            return _Part(Figure(lowest_about(count), count - 1, assumed=frozenset({End.LOW})))
        if nearness is Bound.JUST_OVER and count > 0:
            high = self._limited(count + margin(count), place)
            return _Part(Figure(count + 1, high, assumed=frozenset({End.HIGH})))
        raise self._refusal(place, "expected a larger number after these words", "no-such-count")

    def _vague(self) -> _Part | None:
        """Read vague words, and the words that multiply them: several dozen, tens of thousands."""
        cursor, place = self.cursor, self.cursor.place
        word = self._take(english.vague_words(self.lexicon))
        if word is None:
            return None
        factor = 1
        while True:
            before = cursor.at
            cursor.accept("of")
            scale = PLURAL_SCALES.get(cursor.peek())
            if scale is None:
                cursor.at = before
                break
            cursor.at += 1
            factor *= scale
        figure = word.figure
        if figure is None:
            return _Part(None)
        low = self._limited(figure.low * factor, place)
        high = None if figure.high is None else self._limited(figure.high * factor, place)
        return _Part(Figure(low, high, assumed=figure.assumed), Bound.AT_LEAST if high is None else None)

    def _between(self) -> _Part | None:
        """Read between 10 and 15, or from 10 to 15."""
        cursor = self.cursor
        joins = _BETWEEN_JOINS if cursor.accept("between") else _FROM_JOINS if cursor.accept("from") else None
        if joins is None:
            return None
        nearness = self._bound(frozenset({Bound.ABOUT}))
        place = cursor.place
        span = self._span(joins, both=True)
        if span is None:
            raise self._refusal(place, "expected two numbers", "no-range", "write 10–15")
        return self._bounded(span, nearness, None, place)

    def _second_limit(self, first: _Part) -> _Part:
        """Read the other limit, if one follows: at least 80 and possibly as many as 120; 10, up to 15."""
        cursor = self.cursor
        before = cursor.at
        cursor.accept(",")
        joined = cursor.accept("and") or cursor.accept("but")
        hedged = cursor.accept("or")
        while cursor.peek() in english.HEDGES:
            cursor.at += 1
            hedged = True
        place, limit = cursor.place, self._next_bound()
        if first.limit is None:
            fits = limit is Bound.AT_MOST and (hedged or not joined)
        else:
            fits = limit in (CEILINGS if first.limit in FLOORS else FLOORS)
        second = self._part() if fits and first.figure is not None else None
        if first.figure is None or second is None or second.figure is None:
            cursor.at = before
            return first
        floor, ceiling = (first.figure, second.figure) if limit in CEILINGS else (second.figure, first.figure)
        if ceiling.high is None or ceiling.high < (floor.high or floor.low):
            raise self._refusal(place, "expected a ceiling that is not below the floor", "high-below-low")
        marks = (floor.assumed & {End.LOW}) | (ceiling.assumed & {End.HIGH})
        return _Part(Figure(floor.low, ceiling.high, assumed=marks))

    def _coded(self, part: _Part) -> Figure | None:
        """Return the figure, or the one count that a lexicon makes of a floor."""
        figure = part.figure
        if figure is None or part.limit not in FLOORS or not self.lexicon.floor_is_count:
            return figure
        count = figure.low if part.count is None else part.count
        moved = frozenset({End.LOW}) if part.limit is Bound.ABOVE else frozenset()
        return Figure(count, count, assumed=figure.assumed | moved | {End.HIGH})

    def _notes(self, figure: Figure) -> Figure:
        """Read what ``str(figure)`` writes in brackets: the best number, and which ends are assumed."""
        cursor = self.cursor
        before, best, assumed = cursor.at, figure.best, figure.assumed
        if cursor.accept("(", "best"):
            number = cursor.number()
            if number is not None:
                best = self._count(number, number.value)
            noted = number is not None and (cursor.peek() == ")" or cursor.accept(","))
        else:
            noted = cursor.accept("(")
        if noted and cursor.accept("assumed"):
            assumed = frozenset({End.LOW}) if figure.high is None else frozenset(End)
        elif noted and cursor.accept("floor", "assumed"):
            assumed |= {End.LOW}
        elif noted and cursor.accept("ceiling", "assumed"):
            assumed |= {End.HIGH}
        elif best is None:
            noted = False
        if not (noted and cursor.accept(")")):
            cursor.at = before
            return figure
        try:
            return replace(figure, best=best, assumed=assumed)
        except FigureError as error:
            place = cursor.tokens[before].start
            raise self._refusal(place, "expected notes that fit the figure", error.reason, error.hint) from error

    def _people(self) -> Figure | None:
        """Read people without a number: "fighters were killed", "a pilot", "no soldiers"; refuse all else."""
        lexicon, start = self.lexicon, self.cursor.place
        tokens = self.cursor.tokens[self.cursor.at :]
        if tokens and tokens[-1].text == ".":
            tokens.pop()
        texts = tuple(token.text for token in tokens)
        head = next((head for head in english.HEADS if texts[: len(head)] == head), ())
        body, words = tokens[len(head) :], texts[len(head) :]
        named = lexicon.nouns | lexicon.singulars | english.HARMED
        proper = any(self.text[token.start].islower() for token in body if token.text in named)
        for token in body:
            known = token.text in named or token.text in lexicon.beside
            if not known and not (proper and self.text[token.start].isupper()):
                raise self._no_number(token.start if head else start)
        many, one = (sum(word in some for word in words) for some in (lexicon.nouns, lexicon.singulars))
        harmed = any(word in english.HARMED for word in words)
        if sum(word in english.AUXILIARIES for word in words) <= 1:
            if head in english.NOBODY or (head and head[0] in {"no", "none"} and harmed):
                return Figure.exactly(0)
            if head == ("no",) and many + one:
                return Figure.exactly(0)
            if head in {("a",), ("an",)} and one == 1 and not many:
                return Figure.exactly(1)
            if not head and many and not one:
                return lexicon.plural
        raise self._no_number(start)

    def _no_number(self, place: int) -> UnreadableFigureError:
        return self._refusal(
            place,
            "expected a number or words for one",
            "no-number",
            "write a number, a range, or not reported",
        )

    def _rest(self) -> None:
        """Refuse what stands behind the figure if it could change the number."""
        cursor = self.cursor
        first, previous = True, ""
        while (token := cursor.token()) is not None:
            wrong = self._wrong(token, previous, first=first)
            if wrong is not None:
                raise self._refusal(token.start, *wrong, _ONE_EACH)
            first, previous = False, token.text
            cursor.at += 1

    def _wrong(self, token: Token, previous: str, *, first: bool) -> tuple[str, str] | None:
        """Say what was expected in place of a token that may not stand behind a figure, and the reason."""
        text, following = token.text, self.cursor.token(1)
        if token.kind is Kind.NUMBER or text in english.QUANTITIES:
            return _ONE_RANGE, "second-number"
        if token.kind is Kind.DASH:
            tied = following is None or (first and not token.spaced and not following.spaced)
            return ("expected the number to stand on its own", "part-of-word") if tied else None
        if token.kind is Kind.SIGN:
            return None if text in english.REST_SIGNS else ("expected a noun or the end", "unreadable")
        if text in english.QUANTIFIERS or text.endswith("n't"):
            return f"{_ONE_RANGE}, without further words of quantity or negation", "second-quantity"
        if following is None and text in english.UNFINISHED:
            return "expected more words", "unfinished"
        if first and (text in english.NOT_PEOPLE or (text == "may" and following is None)):
            return "expected people behind the number", "not-people"
        if text in english.RATES or (text == "per" and following is not None and following.text in english.NOT_PEOPLE):
            return "expected a count, not a rate", "rate"
        if (first or previous in {"and", "or", ","}) and text in english.ONE_MORE:
            return _ONE_RANGE, "second-number"
        return None if _is_latin(text) else ("expected English words", "other-language")


def margin(count: int) -> int:
    """Return how far "about" reaches: a fifth, or the roundness of the number if that is less."""
    roundness = 1
    while count and count % (roundness * 10) == 0:
        roundness *= 10
    if count % (roundness * 5) == 0:
        roundness *= 5
    return min(ceil(Fraction(count, 5)), roundness)


def lowest_about(count: int) -> int:
    """Return the low end of "about" a number, which never reaches zero unless the number is zero."""
    return max(min(count, 1), count - margin(count))


def _is_latin(word: str) -> bool:
    """Tell whether a word is written in Latin letters, as names and English words are."""
    return word.isascii() or all(
        unicodedata.name(each, "").startswith("LATIN") for each in word if unicodedata.category(each)[0] == "L"
    )
