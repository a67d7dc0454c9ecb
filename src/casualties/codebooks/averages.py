"""The median and the mean of the numbers that sources name: no codebook's rule, but what data are compared with."""

from __future__ import annotations

from fractions import Fraction
from statistics import mean, median
from typing import TYPE_CHECKING, Final

from casualties.codebooks.codebook import Codebook, Output, Rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from casualties.codebooks.resolution import Resolution
    from casualties.codebooks.worksheet import Worksheet

__all__ = ["MEAN", "MEDIAN"]


def _averaged(sheet: Worksheet, rule: str, average: Callable[[list[Fraction]], Fraction]) -> Resolution:
    accounts = sheet.numbered()
    numbers = [Fraction(account.number) for account in accounts if account.number is not None]
    if not accounts:
        return sheet.not_coded("a number of some source")
    exact = average(numbers)
    number = exact.numerator // exact.denominator
    sheet.step(rule, f"of {len(accounts)} sources: {number:,}", accounts)
    if exact == number:
        return sheet.code(rule, number=number, used=accounts)
    sheet.step("whole-people", f"rounded down from {float(exact):,.2f}")
    return sheet.code(rule, number=number, unrounded=exact, used=accounts)


def _median(sheet: Worksheet) -> Resolution:
    return _averaged(sheet, "middle", median)


def _mean(sheet: Worksheet) -> Resolution:
    return _averaged(sheet, "average", mean)


_WHOLE = Rule(
    "whole-people", "here", "People are whole: what is left over is cut off, and kept as the unrounded number."
)

MEDIAN: Final = Codebook(
    name="median",
    title="The median, a baseline of truth discovery",
    version="in use",
    address="",
    output=Output.NUMBER,
    decide=_median,
    rules=(
        Rule(
            "middle",
            "in use",
            "The middle number is written; of an even count of sources, halfway between the middle two.",
        ),
        _WHOLE,
    ),
)
"""The median of what independent voices name."""

MEAN: Final = Codebook(
    name="mean",
    title="The mean, a baseline of truth discovery",
    version="in use",
    address="",
    output=Output.NUMBER,
    decide=_mean,
    rules=(Rule("average", "in use", "The sum of the numbers is divided by how many sources name one."), _WHOLE),
)
"""The mean of what independent voices name."""
