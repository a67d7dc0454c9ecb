"""A share of a whole as a count of people: nearly 70 percent, half, two thirds."""

from __future__ import annotations

import re
from fractions import Fraction
from math import ceil, floor
from typing import Final

from casualties.errors import UnreadableFigureError
from casualties.model.figure import End, Figure
from casualties.wording import parse_statement

__all__ = ["share_of"]

_HALF: Final = Fraction(1, 2)
_DECIMAL: Final = re.compile(r"(?P<number>[0-9]{1,2}\.(?P<places>[0-9]{1,6}))\s*(?:%|per\s?cent)", re.ASCII)
_THIRDS: Final = {"a third": Fraction(100, 3), "one third": Fraction(100, 3), "two thirds": Fraction(200, 3)}
_PARTS: Final = {"half": 50, "a quarter": 25, "three quarters": 75, "a fifth": 20, "a tenth": 10}
_PART: Final = re.compile(rf"(?P<hedge>(?:.*\s)?)(?P<part>{'|'.join(_PARTS)})(?P<rest>(?:\s+of\s.*)?)")
_HINT: Final = "write the share in percent, such as nearly 70 percent"


def share_of(whole: Figure, words: str) -> Figure:
    """Work out the count that a share of a whole is.

    A percentage is read like a count of percents, by the same words; since percentages are rounded, each end that the
    words give then reaches half a percent further (half a tenth where tenths are printed).  Half, quarters, fifths and
    tenths are percentages; a third is a third.  What comes out is rounded outward, and never more than the whole.  An
    end that rests on the share is assumed; where the words set no largest part, the upper end is that of the whole.

    Args:
        whole: The count of which it is a share.
        words: The words of the share.

    Raises:
        UnreadableFigureError: If the words are no share.

    Examples:
        >>> for words in ("nearly 70 percent", "69.5%", "at least half", "two thirds"):
        ...     print(words, "·", share_of(Figure.exactly(1_000), words))
        nearly 70 percent · 595–695 (assumed)
        69.5% · 694–696 (assumed)
        at least half · 495–1,000 (floor assumed)
        two thirds · 666–667 (assumed)
    """
    low, high = _percent(words)
    least = floor(low * whole.low / 100)
    assumed = {End.LOW} if least else set[End]()
    most = whole.high
    if most is not None and high is not None:
        most = min(most, ceil(high * most / 100))
        assumed.add(End.HIGH)
    elif most is not None and End.HIGH in whole.assumed:
        assumed.add(End.HIGH)
    return Figure(least, most, assumed=frozenset(assumed))


def _percent(words: str) -> tuple[Fraction, Fraction | None]:
    """Give the smallest and the largest share that words allow, in percent; no largest where they set none."""
    plain = " ".join(words.lower().replace("-", " ").split())
    if (third := _THIRDS.get(plain)) is not None:
        return third, third
    if (decimal := _DECIMAL.fullmatch(plain)) is not None:
        exact, half = Fraction(decimal["number"]), _HALF / 10 ** len(decimal["places"])
        return exact - half, exact + half
    if (part := _PART.fullmatch(plain)) is not None:
        words = f"{part['hedge']}{_PARTS[part['part']]} percent{part['rest']}"
    share = parse_statement(words).share
    if share is None:
        raise UnreadableFigureError(words, 0, "this is no share", "no-share", _HINT)
    low, high = share.percent.low, share.percent.high
    if low > 100 or (high is not None and high > 100):
        raise UnreadableFigureError(words, 0, "no share is more than all", "no-share", _HINT)
    return max(low - _HALF, Fraction(0)), None if high is None else high + _HALF
