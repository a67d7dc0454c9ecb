"""Words that state a share of a whole: nearly 70 percent, half, two thirds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Final

from casualties.errors import UnreadableFigureError
from casualties.model.figure import End, Figure
from casualties.wording import parse_figure

__all__ = ["Share", "parse_share"]

_WHOLE: Final = Fraction(100)
_HALF: Final = Fraction(1, 2)
_PERCENT: Final = re.compile(
    r"(?P<words>.+?)\s*(?:%|per\s?cent\b)(?:\s+of\s+(?:them|those|the (?:dead|total|victims)))?", re.IGNORECASE
)
_DECIMAL: Final = re.compile(r"[0-9]{1,3}\.[0-9]{1,6}", re.ASCII)
_THIRDS: Final = {"a third": Fraction(100, 3), "one third": Fraction(100, 3), "two thirds": Fraction(200, 3)}
_PARTS: Final = {
    "three quarters": "75",
    "one half": "50",
    "a half": "50",
    "half": "50",
    "one quarter": "25",
    "a quarter": "25",
    "one fifth": "20",
    "a fifth": "20",
    "one tenth": "10",
    "a tenth": "10",
}
_PART: Final = re.compile(rf"(?P<hedge>.*?)\b(?P<part>{'|'.join(_PARTS)})(?:\s+of\s+(?:them|those))?", re.IGNORECASE)
_HINT: Final = "write the share in percent, such as nearly 70 percent"


@dataclass(frozen=True, slots=True)
class Share:
    """The least and the largest part of a whole that words allow, in percent.

    Attributes:
        low: The least part.
        high: The largest part; ``None`` where the words set none.

    Examples:
        >>> parse_share("at least 60 percent").high is None
        True
    """

    low: Fraction
    high: Fraction | None

    def of(self, whole: Figure | None) -> Figure:
        """Work out the count that the share of a whole is, rounded outward.

        An end that rests on the share is assumed, for a share is a rounded number; where the words set no largest
        part, the upper end is that of the whole.

        Examples:
            >>> print(parse_share("nearly 70 percent").of(Figure.exactly(1_000)))
            595–695 (assumed)
            >>> print(parse_share("at least half").of(Figure.exactly(1_000)))
            495–1,000 (floor assumed)
        """
        if whole is None:
            raise ValueError
        low = floor(self.low * whole.low / _WHOLE)
        assumed = {End.LOW} if low else set[End]()
        high = whole.high
        if high is not None and self.high is not None:
            high = ceil(self.high * high / _WHOLE)
            assumed.add(End.HIGH)
        elif high is not None and End.HIGH in whole.assumed:
            assumed.add(End.HIGH)
        return Figure(low, high, assumed=frozenset(assumed))


def parse_share(text: str) -> Share:
    """Read the words of a share: a percentage, read like a count of percents, or a common fraction.

    Percentages are rounded numbers, so that each end that the words give reaches half a percent further (half a
    tenth where tenths are printed), but not beyond nothing or all.

    Raises:
        UnreadableFigureError: If the words are no share.

    Examples:
        >>> for words in ("70 percent", "nearly 70%", "69.5 per cent", "two thirds", "more than half"):
        ...     share = parse_share(words)
        ...     print(words, "·", float(round(share.low, 2)), "to", share.high and float(round(share.high, 2)))
        70 percent · 69.5 to 70.5
        nearly 70% · 59.5 to 69.5
        69.5 per cent · 69.45 to 69.55
        two thirds · 66.67 to 66.67
        more than half · 50.5 to None
    """
    stripped = " ".join(text.split())
    plain = stripped.lower().replace("-", " ")
    if (third := _THIRDS.get(plain)) is not None:
        return Share(third, third)
    percent, part = _PERCENT.fullmatch(stripped), _PART.fullmatch(plain)
    if percent is None and part is None:
        raise UnreadableFigureError(text, 0, "expected a percentage or a common fraction", "no-share", _HINT)
    words = percent["words"] if percent else part["hedge"] + _PARTS[part["part"]] if part else ""
    if _DECIMAL.fullmatch(words):
        printed, half = Fraction(words), _HALF / 10 ** len(words.partition(".")[2])
        return _within(text, printed - half, printed + half)
    found = parse_figure(words)
    if found is None:
        raise UnreadableFigureError(text, 0, "expected a share, and these words give none", "no-share", _HINT)
    return _within(text, found.low - _HALF, None if found.high is None else found.high + _HALF)


def _within(text: str, low: Fraction, high: Fraction | None) -> Share:
    """Hold a share between nothing and all."""
    if low >= _WHOLE or (high is not None and high > _WHOLE + _HALF):
        raise UnreadableFigureError(text, 0, "expected at most 100 percent", "no-share", _HINT)
    return Share(max(low, Fraction(0)), None if high is None else min(high, _WHOLE))
