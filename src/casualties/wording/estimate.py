"""Words that state an estimate: a number with an interval that they name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from casualties.errors import FigureError
from casualties.model.estimate import IntervalKind
from casualties.model.figure import Figure
from casualties.wording import parse_statement
from casualties.wording.lexicons import Lexicon

__all__ = ["WordedEstimate", "estimate_in"]

_SIGNS: Final = frozenset("([%（［")
"""One of these stands in every text that names an interval."""


@dataclass(frozen=True, slots=True)
class WordedEstimate:
    """What words say of an estimate.

    Attributes:
        figure: Its interval, with the number itself as the best.
        interval: What the interval is.
        level: Its level in percent; ``None`` where none is said.
        harms: What the words say of the people counted.

    Examples:
        >>> estimate_in("12 (90% credible interval 9 to 15)").level
        '90'
    """

    figure: Figure
    interval: IntervalKind
    level: str | None
    harms: tuple[str, ...] = ()


def estimate_in(words: str, lexicon: str | Lexicon = "as-worded") -> WordedEstimate | None:
    """Read a number whose words name its interval; ``None`` for all other words.

    Examples:
        >>> estimate = estimate_in("4,645 (95% CI 793 to 8,498)")
        >>> print(estimate.figure, "·", estimate.interval, estimate.level)
        793–8,498 (best 4,645) · confidence 95
        >>> estimate_in("2,975 (2,658–3,290)") is None
        True
    """
    if _SIGNS.isdisjoint(words):
        return None
    try:
        statement = parse_statement(words, lexicon)
    except FigureError:
        return None
    interval = statement.interval
    if interval is None or statement.figure is None or statement.parts:
        return None
    level = None if interval.level is None else f"{float(interval.level * 100):.6f}".rstrip("0").rstrip(".")
    return WordedEstimate(statement.figure, IntervalKind(interval.kind), level, statement.harms)
