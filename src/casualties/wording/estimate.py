"""Words that state an estimate with its interval: 4,645 (95% CI 793 to 8,498)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from casualties.model.claim import Interval
from casualties.model.figure import Figure
from casualties.wording import parse_figure

__all__ = ["WordedInterval", "parse_estimate"]

_KINDS: Final = {
    "ci": Interval.CONFIDENCE,
    "confidence interval": Interval.CONFIDENCE,
    "cri": Interval.CREDIBLE,
    "credible interval": Interval.CREDIBLE,
    "ui": Interval.UNCERTAINTY,
    "uncertainty interval": Interval.UNCERTAINTY,
}
_FORM: Final = re.compile(
    r"(?P<best>[^()\[\]]+?)\s*[(\[](?P<level>[0-9]{1,2}(?:\.[0-9]+)?)\s*%\s*"
    rf"(?P<kind>{'|'.join(_KINDS)})[:,]?\s*(?P<low>[0-9,. ]+?)\s*(?:to|–|-|−)\s*(?P<high>[0-9,. ]+?)\s*[)\]]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WordedInterval:
    """What words say of a number and its interval.

    Attributes:
        figure: The interval, with the number itself as its best.
        interval: What the interval is.
        level: Its level in percent.

    Examples:
        >>> parse_estimate("12 (90% CrI 9 to 15)").level
        '90'
    """

    figure: Figure
    interval: Interval
    level: str


def parse_estimate(text: str) -> WordedInterval | None:
    """Read a number with the interval that its words name; ``None`` where they name none.

    Raises:
        UnreadableFigureError: If the number or an end of the interval is none.
        FigureError: If the interval does not hold the number.

    Examples:
        >>> estimate = parse_estimate("4,645 (95% CI 793 to 8,498)")
        >>> print(estimate.figure, estimate.interval, estimate.level)
        793–8,498 (best 4,645) confidence 95
        >>> parse_estimate("2,975 (2,658–3,290)") is None
        True
    """
    match = _FORM.fullmatch(text.strip())
    if match is None:
        return None
    numbers = [parse_figure(match[name]) for name in ("low", "high", "best")]
    if any(each is None or each.low != each.high for each in numbers):
        return None
    low, high, best = (each.low for each in numbers if each is not None)
    return WordedInterval(Figure(low, high, best=best), _KINDS[match["kind"].lower()], match["level"])
