"""The numbers that a wording names, found again in the figure that was read from it."""

from __future__ import annotations

from functools import lru_cache

from casualties.model.figure import End, Figure
from casualties.wording._amounts import lowest_about, margin

__all__ = ["named_numbers"]


@lru_cache(maxsize=4096)
def named_numbers(figure: Figure) -> tuple[int | None, int | None]:
    """Give the number that a figure names as a floor, and the highest that it names; `None` where it names none.

    "About N", "nearly N" and "just over N" name N, a bound its one end, and a range both of its ends.

    Examples:
        >>> from casualties.wording import parse_figure
        >>> for words in ("about 1,200", "nearly 500", "at least 97", "no more than 38", "200 to 300"):
        ...     print(named_numbers(parse_figure(words)))
        (1200, 1200)
        (500, 500)
        (97, 97)
        (None, 38)
        (200, 300)
    """
    low, high = figure.low, figure.high
    if high is None:
        return (low, low) if low else (None, None)
    for number in _candidates(figure):
        if (low, high) in (
            (lowest_about(number), number + margin(number)),
            (lowest_about(number), number - 1),
            (number + 1, number + margin(number)),
        ):
            return number, number
    return low or None, high


def _candidates(figure: Figure) -> tuple[int, ...]:
    """Give the numbers that the ends of a figure may stand around, by which of them are assumed."""
    low, high = figure.low, figure.high or 0
    if figure.assumed == {End.LOW, End.HIGH}:
        return (low + high) // 2, (low + high + 1) // 2, high - 1
    if figure.assumed == {End.LOW}:
        return (high + 1,)
    return (low - 1,) if figure.assumed == {End.HIGH} and low > 1 else ()
