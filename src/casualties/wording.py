"""Words to figures: what a phrase states of a number, and nothing that it does not."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from math import ceil, prod
from typing import TYPE_CHECKING, Final, TypeVar

from casualties import lexicons
from casualties.errors import FigureError, UnreadableFigureError
from casualties.figure import MAX_COUNT, End, Figure
from casualties.lexicons import Lexicon
from casualties.numerals import NUMBER_WORDS, PLURAL_SCALES, Cursor, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casualties.numerals import Number

_T = TypeVar("_T")

__all__ = ["MAX_TEXT", "parse_figure", "silence_of"]

MAX_TEXT: Final = 2_000
"""The longest text that is read as a figure, in characters."""


class _Bound(Enum):
    """How the words beside a number bound it."""

    AT_LEAST = "at least"
    ABOVE = "more than"
    AT_MOST = "at most"
    BELOW = "fewer than"
    ABOUT = "about"
    NEARLY = "nearly"
    JUST_OVER = "just over"


_FLOORS: Final = frozenset({_Bound.AT_LEAST, _Bound.ABOVE})
_CEILINGS: Final = frozenset({_Bound.AT_MOST, _Bound.BELOW})
_LIMITS: Final = _FLOORS | _CEILINGS

_BEFORE: Final[Mapping[_Bound, str]] = {
    _Bound.AT_LEAST: "at least | at the very least | at the least | at a minimum | no fewer than | no less than "
    "| not fewer than | not less than | a minimum of | minimum of | minimum | as few as | ≥ | ≧ | > =",
    _Bound.ABOVE: "more than | over | upwards of | upward of | in excess of | exceeding | above | greater than "
    "| well over | well above | well in excess of | far more than | many more than | >",
    _Bound.AT_MOST: "as many as | as much as | up to | at most | at the most | at the very most | no more than "
    "| not more than | no greater than | not exceeding | a maximum of | maximum of | maximum | ≤ | ≦ | < =",
    _Bound.BELOW: "fewer than | less than | under | below | well under | well below | far fewer than | <",
    _Bound.ABOUT: "about | around | some | roughly | approximately | approx | approx . | circa | c | c . | ca | ca . "
    "| an estimated | estimated | est | est . | estimates of | somewhere around | in the region of "
    "| in the order of | on the order of | ~ | ∼ | ≈ | ≅",
    _Bound.NEARLY: "nearly | almost | close to | just under | just below | just short of | approaching | nearing "
    "| a little under | slightly under | a little less than | slightly less than | slightly fewer than",
    _Bound.JUST_OVER: "just over | just above | just more than | a little over | slightly over | slightly above "
    "| a little more than | slightly more than",
}
_AFTER: Final[Mapping[_Bound, str]] = {
    _Bound.AT_LEAST: "+ | - plus | or more | and more | or above | and above | or over | and over | or higher "
    "| or upwards | and upwards | and up | at least | at the least | at a minimum | minimum",
    _Bound.AT_MOST: "or fewer | or less | or under | or below | or lower | at most | at the most | maximum",
    _Bound.ABOUT: "or so | or thereabouts | approximately | approx | approx .",
}
_EXACTLY: Final = {
    "a couple of": 2,
    "a couple": 2,
    "a pair of": 2,
    "a pair": 2,
    "a single": 1,
    "half a score": 10,
}
_LEADS: Final = (
    "a total of | total of | a combined total of | a confirmed | a reported | reportedly | exactly | precisely "
    "| only | just | the | the death of | the deaths of | the killing of | the killings of | the loss of | in total "
    "| in all | altogether | \" | “ | '"
)
_HEDGES: Final = frozenset({"possibly", "perhaps", "maybe", "probably", "potentially", "even"})
_BARE: Final = frozenset({"none", "no", "null", "nan", "nil", "nothing", "~"})

_NOT_IN_REST: Final = (
    NUMBER_WORDS
    | frozenset(PLURAL_SCALES)
    | frozenset(
        [
            "third",
            "thirds",
            "quarter",
            "quarters",
            "halves",
            "double",
            "triple",
            "twice",
            "times",
            "percent",
            "percentage",
            "cent",
            "couple",
            "pair",
            "several",
            "few",
            "many",
            "numerous",
            "more",
            "fewer",
            "less",
            "least",
            "most",
            "plus",
            "minus",
            "unknown",
            "unspecified",
            "undisclosed",
            "unclear",
            "not",
            "no",
            "none",
            "never",
            "nobody",
            "nor",
            "neither",
            "without",
            "cannot",
            "mil",
            "mille",
            "mila",
            "tausend",
            "millionen",
            "millones",
            "milioni",
            "milyon",
            "milhões",
            "tysięcy",
            "bin",
        ]
    )
)
_NOT_PEOPLE: Final = frozenset(
    [
        "second",
        "seconds",
        "minute",
        "minutes",
        "hour",
        "hours",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "am",
        "pm",
        "km",
        "kilometres",
        "kilometers",
        "miles",
        "metres",
        "meters",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "dollars",
        "euros",
    ]
)
_ONE_MORE: Final = frozenset({"a", "an", "another", "his", "her"})
_REST_SIGNS: Final = frozenset(",.()[]/&'\"“”‘’;")
_AUXILIARIES: Final = frozenset({"was", "were", "is", "are", "has", "have", "had"})
_HARMED: Final = frozenset({"killed", "dead", "wounded", "injured", "captured", "missing"})

_NOBODY: Final = frozenset({("nobody",), ("no", "one"), ("no", "-", "one")})
_HEADS: Final = (("nobody",), ("no", "one"), ("no", "-", "one"), ("no",), ("none",), ("a",), ("an",))
_JOINS: Final = (("-",), ("to",), ("or",))

_ONE_RANGE: Final = "expected one number or one range"
_ONE_EACH: Final = "write one claim for each number, or a range such as 10–15"


def parse_figure(text: str, lexicon: str | Lexicon = "as-worded") -> Figure | None:
    """Read the figure that words state, as the words give it.

    Nothing is guessed from a part of the text: two numbers that form no range, a negation or an unknown word
    before the number are refused.  The time taken grows with the length of the text and with nothing else.

    Args:
        text: The words of one count: "more than 80 fighters".
        lexicon: The convention for words without an exact number: a name or a lexicon.

    Returns:
        The figure in people, or ``None`` where the words state none ("not reported"): silence, never zero.
        ``silence_of`` tells which kind of silence.

    Raises:
        UnreadableFigureError: If the text is no figure, with the place where the reading stopped.
        FigureError: If the text is no text.
        UnknownNameError: If no lexicon has the name.

    Examples:
        >>> for words in ("more than 80", "as many as 25 Syrian mercenaries", "about 2,300", "several dozen", "no one"):
        ...     print(words, "·", parse_figure(words))
        more than 80 · 81 or more
        as many as 25 Syrian mercenaries · up to 25
        about 2,300 · 2,200–2,400 (assumed)
        several dozen · 36 or more (assumed)
        no one · 0
        >>> parse_figure("not reported") is None
        True
        >>> print(parse_figure("at least 11", lexicon="acled"))
        11 (ceiling assumed)
    """
    words = lexicons.load(lexicon) if isinstance(lexicon, str) else lexicon
    if silence_of(text, words) is not None:
        return None
    if len(text) > MAX_TEXT:
        raise UnreadableFigureError(
            text,
            MAX_TEXT,
            f"expected at most {MAX_TEXT:,} characters",
            "too-long",
            "give the words of one count",
        )
    return _Reader(text, words).read()


def silence_of(text: str, lexicon: str | Lexicon = "as-worded") -> str | None:
    """Tell which silence words state: not-mentioned, withheld, being-determined or unknown.

    Args:
        text: The words where a count would stand.
        lexicon: A name or a lexicon; its words for silence are looked up.

    Returns:
        The kind of silence, or ``None`` where the words are something else: a figure, or unreadable.

    Raises:
        FigureError: If the text is no text.
        UnknownNameError: If no lexicon has the name.

    Examples:
        >>> silence_of("not disclosed"), silence_of("–"), silence_of("being determined"), silence_of("11")
        ('withheld', 'not-mentioned', 'being-determined', None)
    """
    if not isinstance(text, str):
        raise FigureError(
            f"words of type {type(text).__name__}: not a text",
            "not-text",
            "give the words, or build a Figure",
        )
    words = lexicons.load(lexicon) if isinstance(lexicon, str) else lexicon
    if len(text) > MAX_TEXT:
        return None
    return _index(words).silence.get(_plain(text))


def _plain(text: str) -> str:
    """Bring a text to lower case, single spaces and plain dashes, without a full stop at its end."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = ["-" if unicodedata.category(each) == "Pd" or each == "−" else each for each in folded]
    plain = " ".join("".join(each for each in kept if unicodedata.category(each) != "Cf").split())
    if plain and not plain.strip("- "):
        return "-"
    return plain.removesuffix(".") if plain != "." else plain


@dataclass(frozen=True, slots=True)
class _Index:
    """The phrases of a lexicon by their first token, longest first."""

    vague: Mapping[str, list[tuple[tuple[str, ...], Figure | None]]]
    silence: Mapping[str, str]


@lru_cache(maxsize=64)
def _index(lexicon: Lexicon) -> _Index:
    silence = {"": "not-mentioned"} | {_plain(words): kind for words, kind in lexicon.silence}
    return _Index(_phrases(lexicon.vague), silence)


def _phrases(entries: Iterable[tuple[str, _T]]) -> dict[str, list[tuple[tuple[str, ...], _T]]]:
    found: dict[str, list[tuple[tuple[str, ...], _T]]] = {}
    for words, meaning in entries:
        phrase = tuple(words.casefold().split())
        found.setdefault(phrase[0], []).append((phrase, meaning))
    for same_start in found.values():
        same_start.sort(key=lambda entry: -len(entry[0]))
    return found


def _table(bounds: Mapping[_Bound, str]) -> dict[str, list[tuple[tuple[str, ...], _Bound]]]:
    return _phrases((words, bound) for bound, listed in bounds.items() for words in listed.split(" | "))


_BEFORE_NUMBER: Final = _table(_BEFORE)
_AFTER_NUMBER: Final = _table(_AFTER)
_EXACT_WORDS: Final = _phrases(_EXACTLY.items())
_LEAD_WORDS: Final = _phrases((words, None) for words in _LEADS.split(" | "))


@dataclass(frozen=True, slots=True)
class _Part:
    """A figure read from a part of the text.

    Attributes:
        figure: What the part says; ``None`` where the lexicon leaves vague words blank.
        bound: The kind of limit that it states, or ``None`` for a number or a range.
        count: The one number that the limit names, if it names one.
    """

    figure: Figure | None
    bound: _Bound | None = None
    count: int | None = None


class _Reader:
    """One reading of one text."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.vague = _index(lexicon).vague
        self.cursor = Cursor(text)

    def read(self) -> Figure | None:
        """Read the whole text as one figure."""
        cursor = self.cursor
        if _plain(self.text) in _BARE:
            raise UnreadableFigureError(
                self.text,
                0,
                "expected a number, since a bare word for nothing may mean zero or not known",
                "bare-none",
                "write 0, or leave it empty",
            )
        if cursor.peek() == "-":
            raise UnreadableFigureError(self.text, cursor.place, "expected a number from zero up", "negative")
        while self._bound_is_not_next() and self._take(_LEAD_WORDS):
            pass
        part = self._between() or self._part()
        if part is None:
            return self._people()
        part = self._second_limit(part)
        figure = part.figure
        if figure is not None and self.lexicon.floor_is_count and part.bound in _FLOORS and figure.high is None:
            count = figure.low if part.count is None else part.count
            marks = figure.assumed | {End.HIGH} | ({End.LOW} if part.bound is _Bound.ABOVE else set())
            figure = Figure(count, count, assumed=marks)
        if figure is not None and cursor.peek() == "(":
            figure = self._notes(figure)
        self._rest()
        return figure

    def _take(self, phrases: Mapping[str, list[tuple[tuple[str, ...], _T]]]) -> tuple[_T] | None:
        """Move over the longest phrase that comes next, and return its meaning in a tuple."""
        for phrase, meaning in phrases.get(self.cursor.peek(), ()):
            if self.cursor.accept(*phrase):
                return (meaning,)
        return None

    def _part(self) -> _Part | None:
        """Read a number, a range or vague words with what bounds them; stay and return ``None`` where there is none."""
        cursor = self.cursor
        before = cursor.at
        limit = self._bound(_LIMITS)
        nearness = self._bound(frozenset(_Bound) - _LIMITS)
        if limit is None:
            limit = self._bound(_LIMITS)
        if limit is None and nearness is None:
            vague = self._vague()
            if vague is not None:
                return vague
        place = cursor.place
        span = self._span()
        if span is None:
            vague = self._vague()
            if vague is not None and limit is _Bound.AT_LEAST and nearness is None:
                if vague.figure is None:
                    return vague
                low = Figure(vague.figure.low, None, assumed=vague.figure.assumed - {End.HIGH})
                return _Part(low, _Bound.AT_LEAST)
            if vague is not None:
                raise UnreadableFigureError(
                    self.text, place, "expected an exact number after these words", "vague-limit"
                )
            cursor.at = before
            return None
        suffix = self._suffix()
        if suffix is _Bound.ABOUT:
            nearness = nearness or suffix
        elif suffix is not None:
            if limit is not None and (limit in _FLOORS) != (suffix in _FLOORS):
                raise UnreadableFigureError(self.text, place, "expected a floor or a ceiling, not both", "two-limits")
            limit = limit or suffix
        return self._bounded(span, nearness, limit, place)

    def _bound(self, wanted: frozenset[_Bound]) -> _Bound | None:
        """Take words of these kinds that stand before a number."""
        before = self.cursor.at
        taken = self._take(_BEFORE_NUMBER)
        if taken and taken[0] in wanted:
            return taken[0]
        self.cursor.at = before
        return None

    def _bound_is_not_next(self) -> bool:
        """Tell whether the next words are none that bound a number: "just over" is not "just"."""
        before = self.cursor.at
        taken = self._bound(frozenset(_Bound))
        self.cursor.at = before
        return taken is None

    def _suffix(self) -> _Bound | None:
        """Take words that stand behind a number and bound it."""
        cursor = self.cursor
        taken = self._take(_AFTER_NUMBER)
        if taken:
            return taken[0]
        after = cursor.peek(1)
        if cursor.peek() == "plus" and (after in self.lexicon.nouns or cursor.token(1) is None):
            cursor.at += 1
            return _Bound.AT_LEAST
        return None

    def _span(self, joins: tuple[tuple[str, ...], ...] = _JOINS, *, two: bool = False) -> tuple[int, int] | None:
        """Read one number, or two that form a range."""
        cursor = self.cursor
        exact = None if two else self._take(_EXACT_WORDS)
        if exact:
            return exact[0], exact[0]
        first = cursor.number()
        if first is None:
            return None
        before = cursor.at
        if any(cursor.accept(*join) for join in joins):
            second = cursor.number()
            if second is not None:
                return self._range(first, second)
        if two:
            return None
        cursor.at = before
        low = self._whole(first.value, first.place)
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
        low, high = self._whole(value, first.place), self._whole(second.value, second.place)
        if high < low:
            raise UnreadableFigureError(
                self.text,
                second.place,
                f"expected {low:,} or more here",
                "high-below-low",
                "write the lower number first",
            )
        return low, high

    def _whole(self, value: Fraction, place: int) -> int:
        """Return a count, which is whole and within the limit."""
        if value.denominator != 1:
            raise UnreadableFigureError(
                self.text,
                place,
                "expected a whole number of people",
                "fraction",
                "decimals need a word such as million",
            )
        if value > MAX_COUNT:
            raise UnreadableFigureError(self.text, place, f"expected at most {MAX_COUNT:,}", "too-large")
        return int(value)

    def _bounded(self, span: tuple[int, int], nearness: _Bound | None, limit: _Bound | None, place: int) -> _Part:
        """Work out what a number or range says with the words around it."""
        low, high = span
        exact = low == high
        assumed: frozenset[End] = frozenset()
        if nearness is _Bound.ABOUT:
            low, high, assumed = (
                _lowest_about(low),
                self._whole(Fraction(high + _margin(high)), place),
                frozenset(End),
            )
        elif nearness is not None:
            if limit is not None or not exact:
                raise UnreadableFigureError(self.text, place, "expected one number after these words", "two-limits")
            return self._near(low, nearness, place)
        if limit is None:
            return _Part(Figure(low, high, assumed=assumed))
        strict = limit in {_Bound.ABOVE, _Bound.BELOW}
        if strict and not exact:
            raise UnreadableFigureError(
                self.text,
                place,
                "expected one number after these words",
                "two-limits",
                "write at least, or up to",
            )
        if limit in _FLOORS:
            floor = self._whole(Fraction(low + strict), place)
            return _Part(Figure(floor, None, assumed=assumed - {End.HIGH}), limit, low if exact else None)
        if strict and high == 0:
            raise UnreadableFigureError(self.text, place, "expected a number above zero", "no-such-count")
        return _Part(Figure(0, high - strict, assumed=assumed - {End.LOW}), limit)

    def _near(self, count: int, nearness: _Bound, place: int) -> _Part:
        """Return what lies just under or just over a number; its far end is assumed."""
        if nearness is _Bound.NEARLY and count > 1:
            return _Part(Figure(_lowest_about(count), count - 1, assumed=frozenset({End.LOW})))
        if nearness is _Bound.JUST_OVER and count > 0:
            high = self._whole(Fraction(count + _margin(count)), place)
            return _Part(Figure(count + 1, high, assumed=frozenset({End.HIGH})))
        raise UnreadableFigureError(self.text, place, "expected a larger number after these words", "no-such-count")

    def _vague(self) -> _Part | None:
        """Read vague words, and the words that multiply them: several dozen, tens of thousands."""
        cursor = self.cursor
        taken = self._take(self.vague)
        if not taken:
            return None
        figure, factor = taken[0], 1
        place = cursor.place
        while True:
            before = cursor.at
            cursor.accept("of")
            scale = PLURAL_SCALES.get(cursor.peek())
            if scale is None:
                cursor.at = before
                break
            cursor.at += 1
            factor *= scale
        if figure is None:
            return _Part(None)
        low = self._whole(Fraction(figure.low * factor), place)
        high = None if figure.high is None else self._whole(Fraction(figure.high * factor), place)
        return _Part(Figure(low, high, assumed=figure.assumed), _Bound.AT_LEAST if high is None else None)

    def _between(self) -> _Part | None:
        """Read between 10 and 15, or from 10 to 15."""
        cursor = self.cursor
        if cursor.accept("between"):
            joins: tuple[tuple[str, ...], ...] = (("and",), ("to",), ("-",))
        elif cursor.accept("from"):
            joins = (("to",), ("-",), ("up", "to"))
        else:
            return None
        nearness = self._bound(frozenset({_Bound.ABOUT}))
        place = cursor.place
        span = self._span(joins, two=True)
        if span is None:
            raise UnreadableFigureError(self.text, place, "expected two numbers", "no-range", _ONE_EACH)
        return self._bounded(span, nearness, None, place)

    def _second_limit(self, first: _Part) -> _Part:
        """Read the other limit, if one follows: at least 80 and possibly as many as 120; 10, up to 15."""
        cursor = self.cursor
        before = cursor.at
        cursor.accept(",")
        joined = cursor.accept("and") or cursor.accept("but")
        hedged = cursor.accept("or")
        while cursor.peek() in _HEDGES:
            cursor.at += 1
            hedged = True
        start, place = cursor.at, cursor.place
        limit = self._bound(_LIMITS)
        cursor.at = start
        fits = (
            limit in _CEILINGS and (first.bound in _FLOORS or (first.bound is None and (hedged or not joined)))
        ) or (limit in _FLOORS and first.bound in _CEILINGS)
        second = self._part() if fits else None
        if first.figure is None or second is None or second.figure is None:
            cursor.at = before
            return first
        floor, ceiling = (first.figure, second.figure) if limit in _CEILINGS else (second.figure, first.figure)
        if ceiling.high is None or ceiling.high < (floor.high or floor.low):
            raise UnreadableFigureError(
                self.text, place, "expected a ceiling that is not below the floor", "high-below-low"
            )
        marks = (floor.assumed & {End.LOW}) | (ceiling.assumed & {End.HIGH})
        return _Part(Figure(floor.low, ceiling.high, assumed=marks))

    def _notes(self, figure: Figure) -> Figure:
        """Read what ``str(figure)`` writes in brackets: the best number and which ends are assumed."""
        cursor = self.cursor
        before = cursor.at
        cursor.accept("(")
        place = cursor.place
        best, assumed = figure.best, figure.assumed
        if cursor.accept("best"):
            number = cursor.number()
            best = None if number is None else self._whole(number.value, number.place)
            cursor.accept(",")
        if cursor.accept("assumed"):
            assumed = frozenset({End.LOW} if figure.high is None else End)
        elif cursor.accept("floor", "assumed"):
            assumed |= {End.LOW}
        elif cursor.accept("ceiling", "assumed"):
            assumed |= {End.HIGH}
        if (best is None and not assumed - figure.assumed and cursor.at == before + 1) or not cursor.accept(")"):
            cursor.at = before
            return figure
        try:
            return Figure(figure.low, figure.high, best=best, assumed=assumed)
        except FigureError as error:
            raise UnreadableFigureError(
                self.text, place, "expected notes that fit the figure", error.reason, error.hint
            ) from error

    def _people(self) -> Figure | None:
        """Read people without a number: "fighters were killed", "a pilot", "no soldiers"; refuse all else."""
        place, lexicon = self.cursor.place, self.lexicon
        tokens = self.cursor.tokens[self.cursor.at :]
        texts = tuple(token.text for token in tokens)
        head = next((head for head in _HEADS if texts[: len(head)] == head), ())
        people = lexicon.nouns | lexicon.singulars | _HARMED
        lower = any(self.text[token.start].islower() for token in tokens if token.text in people)
        for token in tokens[len(head) :]:
            proper = lower and self.text[token.start].isupper()
            if not (token.text in people or token.text in lexicon.beside or proper):
                place = place if token.start == tokens[0].start else token.start
                break
        else:
            body = texts[len(head) :]
            plurals, singulars = (sum(text in some for text in body) for some in (lexicon.nouns, lexicon.singulars))
            harmed = any(text in _HARMED for text in body)
            zero, one = head in _NOBODY | {("no",), ("none",)}, head in {("a",), ("an",)}
            named = head in _NOBODY or harmed or (head == ("no",) and plurals + singulars > 0)
            if sum(text in _AUXILIARIES for text in body) <= 1:
                if zero and named:
                    return Figure.exactly(0)
                if one and singulars == 1 and not plurals:
                    return Figure.exactly(1)
                if not head and plurals and not singulars:
                    return lexicon.plural
        raise UnreadableFigureError(
            self.text,
            place,
            "expected a number, or words for one",
            "no-number",
            "write a number, a range or not reported",
        )

    def _rest(self) -> None:
        """Refuse what stands behind the figure if it could change the number."""
        cursor = self.cursor
        first, previous = True, ""
        while (token := cursor.token()) is not None:
            text, wrong = token.text, ("", "")
            if token.kind is Kind.NUMBER:
                wrong = _ONE_RANGE, "second-number"
            elif token.kind is Kind.WORD:
                following = cursor.token(1)
                if text in _NOT_IN_REST or text.endswith("n't"):
                    wrong = f"{_ONE_RANGE}, and no more words of quantity or negation", "second-quantity"
                elif first and (text in _NOT_PEOPLE or (text == "may" and following is None)):
                    wrong = "expected people after the number", "not-people"
                elif previous in {"and", "or", ","} and text in _ONE_MORE:
                    wrong = _ONE_RANGE, "second-quantity"
                elif not _is_latin(text):
                    wrong = "expected English words", "other-language"
            elif token.kind is Kind.DASH:
                following = cursor.token(1)
                if first and not token.spaced and following is not None and not following.spaced:
                    wrong = "expected the number to stand on its own", "part-of-word"
            elif text not in _REST_SIGNS:
                wrong = "expected a noun or the end", "unreadable"
            if wrong[0]:
                raise UnreadableFigureError(self.text, token.start, wrong[0], wrong[1], _ONE_EACH)
            first, previous = False, text
            cursor.at += 1


def _margin(count: int) -> int:
    """Return how far "about" reaches: a fifth, or the roundness of the number if that is less."""
    roundness = 1
    while count and count % (roundness * 10) == 0:
        roundness *= 10
    if count % (roundness * 5) == 0:
        roundness *= 5
    return min(ceil(Fraction(count, 5)), roundness)


def _lowest_about(count: int) -> int:
    """Return the low end of "about" a number, which never reaches zero unless the number is zero."""
    return max(min(count, 1), count - _margin(count))


def _is_latin(word: str) -> bool:
    """Tell whether a word is written in Latin letters, as names and English words are."""
    return word.isascii() or all(
        unicodedata.name(each, "").startswith("LATIN") for each in word if unicodedata.category(each)[0] == "L"
    )
