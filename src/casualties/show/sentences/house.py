"""The house style of a newspaper: from which number on figures are written in numerals, and how they are set."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casualties.errors import CasualtiesError, UnreadableFigureError
from casualties.model.figure import End, Figure
from casualties.show.sentences.lists import listed_in, words_in
from casualties.wording import parse_figure

__all__ = ["House"]

_ONES: Final = listed_in(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_HUNDRED: Final = 100

_ENGLISH: Final = words_in(
    "about around some roughly approximately circa nearly almost close to just over under at least more than fewer "
    "less up as many most no not and or of several a few an estimated exactly couple pair dozen dozens half score "
    "scores hundred hundreds thousand thousands million millions tens upwards in excess exceeding minimum maximum "
    "below possibly so from between number handful unspecified one two three four five six seven eight nine ten"
)
"""The words of which a wording may be made, to be printed as it stands."""

_TOKEN: Final = re.compile(r"\d[\d,.  ]*\d|\d")
_WORD: Final = re.compile(r"[a-z]+")
_OVER: Final = re.compile(r"\b(more than|over|upwards of|in excess of|exceeding)\b")
_UNDER: Final = re.compile(r"\b(fewer than|less than|under|below)\b")
_NOUN: Final = re.compile(r"(dozens|scores|hundreds|thousands|millions|tens|handful|couple|pair|number)$")
_BOUND: Final = re.compile(r"(as many as|no more than|no fewer than|not more than|not less than) [\d,]+$")
_UNIT: Final = re.compile(r"\b(a|half a) (dozen|score|hundred|thousand|million)$")
_MULTIPLE: Final = re.compile(r"\d (hundred|thousand|million)$")
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class House:
    """How a newspaper writes numbers.

    Attributes:
        numerals_from: The first number that is written in numerals; smaller ones are written as words.
        thousands: What stands between thousands.

    Raises:
        CasualtiesError: If words are asked for numbers above a hundred.

    Examples:
        >>> House().number(8), House().number(12), House(thousands=" ").number(4645), House(numerals_from=1).number(8)
        ('eight', '12', '4 645', '8')
    """

    numerals_from: int = 10
    thousands: str = ","

    def __post_init__(self) -> None:
        if not 0 <= self.numerals_from <= _HUNDRED + 1:
            raise CasualtiesError(
                f"numerals from {self.numerals_from}: words go to a hundred",
                "bad-style",
                "ask for numerals from a number between 0 and 101",
            )

    def number(self, number: int) -> str:
        """Write a number.

        Examples:
            >>> House(numerals_from=101).number(42)
            'forty-two'
        """
        if number >= self.numerals_from:
            return f"{number:,}".replace(",", self.thousands)
        if number < len(_ONES):
            return _ONES[number]
        if number == _HUNDRED:
            return "a hundred"
        tens, ones = divmod(number, 10)
        return f"{_TENS[tens]}-{_ONES[ones]}" if ones else _TENS[tens]

    def figure(self, figure: Figure, words: Iterable[str] = ()) -> str:
        """Write a figure as a sentence says it, by the words in which it was stated where they say more.

        Nobody who said "more than 80" said 81, and nobody who said "about 25" said 20 or 30.

        Args:
            figure: The figure.
            words: The words in which its source put it.

        Examples:
            >>> house = House()
            >>> house.figure(Figure.at_least(81), ["more than 80"]), house.figure(Figure.at_least(8))
            ('more than 80', 'at least eight')
            >>> house.figure(Figure(2, 25)), house.figure(Figure.at_least(24), ["dozens"])
            ('between two and 25', 'dozens')
            >>> house.figure(Figure.at_least(13), ["more than a dozen"])
            'more than a dozen'
            >>> house.figure(Figure.at_least(5_001), ["over 5 thousand"])
            'more than 5,000'
        """
        usable = [text for word in words if (text := _as_spoken(word, figure)) is not None]
        return next((text for phrase in usable if (text := self._spoken(figure, phrase))), None) or self._plain(figure)

    def _spoken(self, figure: Figure, words: str) -> str | None:
        """Write a figure by words that say it; ``None`` where the figure alone says as much."""
        low, high = figure.low, figure.high
        said = {int(re.sub(r"\D", "", number)) for number in _TOKEN.findall(words)}
        if figure.is_exact or (not figure.assumed and low in said and (high is None or high in said)):
            return None
        whole = low - 1 in said or (said and _MULTIPLE.search(words))
        if not figure.assumed and high is None and whole and _OVER.search(words):
            return f"more than {self.number(low - 1)}"
        if not figure.assumed and low == 0 and high is not None and high + 1 in said and _UNDER.search(words):
            return f"fewer than {self.number(high + 1)}"
        if not (figure.assumed or _NOUN.search(words) or _BOUND.match(words) or _UNIT.search(words)):
            return None
        if not set(_WORD.findall(words)) <= _ENGLISH or re.search(r"[^a-z0-9,.  -]", words) or len(words) > _LONGEST:
            return None
        return _TOKEN.sub(lambda match: self._set(match[0], words[match.end() :]), words)

    def _set(self, digits: str, after: str) -> str:
        if "." in digits or re.match(r"\s*(thousand|million|hundred|dozen)", after):
            return digits
        return self.number(int(re.sub(r"\D", "", digits)))

    def _plain(self, figure: Figure) -> str:
        low, high = figure.low, figure.high
        if figure.is_exact:
            return self.number(low)
        if high is None and not low:
            return f"{self.number(0)} or more"
        if high is None:
            return f"{'roughly ' if End.LOW in figure.assumed else ''}at least {self.number(low)}"
        if figure.assumed:
            if figure.best is not None:
                return f"about {self.number(figure.best)}"
            return f"roughly {self.number(low)} to {self.number(high)}"
        return f"up to {self.number(high)}" if low == 0 else f"between {self.number(low)} and {self.number(high)}"

    @staticmethod
    def before_noun(phrase: str) -> str:
        """Set a phrase before a noun: dozens *of* people, but 12 people.

        Examples:
            >>> House.before_noun("dozens"), House.before_noun("12"), House.before_noun("a dozen")
            ('dozens of', '12', 'a dozen')
        """
        return f"{phrase} of" if _NOUN.search(phrase) else phrase


def _as_spoken(words: str, figure: Figure) -> str | None:
    """Give words in small letters if they say just the figure, else ``None``."""
    try:
        read = parse_figure(words)
    except UnreadableFigureError:
        return None
    if read is None or (read.low, read.high, read.assumed) != (figure.low, figure.high, figure.assumed):
        return None
    return " ".join(words.casefold().split()).removesuffix(".")
