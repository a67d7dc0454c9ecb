"""Ranges of packed ends: the counts that most allow, the one figure of versions, and what is borne out (design 6, 7 D).

Ends compare as numbers: an absent upper end is infinite, and a lower end of 0 is none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from casualties.reconciling.kernel.claims import OPEN, UNBOUNDED

__all__ = ["NOTHING", "best_runs", "borne_out", "combined", "meet", "outliers"]

NOTHING = (1, OPEN)
"""The range that says nothing: 0 or more."""

Range = tuple[int, int]


def best_runs(ranges: Sequence[Range]) -> list[tuple[int, int, frozenset[int]]]:
    """Find the ranges that most of some ranges allow, with the places of those that do; a tie is several.

    The sweep is Marzullo's ("Maintaining the Time in a Distributed System", 1984).

    Examples:
        >>> best_runs([(1, 50), (5, OPEN)])  # 0..25 and 2 or more
        [(5, 50, frozenset({0, 1}))]
    """
    found: list[tuple[int, int, frozenset[int]]] = []
    for start in sorted({low >> 1 for low, _ in ranges}):
        allow = frozenset(place for place, (low, high) in enumerate(ranges) if low >> 1 <= start <= high >> 1)
        if not found or len(allow) >= len(found[0][2]):
            if found and len(allow) > len(found[0][2]):
                found.clear()
            shared = meet([ranges[place] for place in allow])
            found.append((*shared, allow))
    return found


def meet(ranges: Collection[Range]) -> Range:
    """Give what all ranges allow; its ends have crossed where they share no count.

    Examples:
        >>> meet([(1, 50), (5, OPEN)])
        (5, 50)
    """
    return max(low for low, _ in ranges), min(high for _, high in ranges)


def combined(figures: Sequence[tuple[int, int, int]]) -> tuple[int, int, int]:
    """Make one figure of versions: equal ones, else their meet, else the hull of the ranges that most of them allow.

    Examples:
        >>> combined([(5, OPEN, -1), (1, 50, 12)])
        (5, 50, -1)
    """
    if all(each == figures[0] for each in figures):
        return figures[0]
    ranges = [(low, high) for low, high, _ in figures]
    low, high = meet(ranges)
    if low >> 1 > high >> 1:
        runs = best_runs(ranges)
        low, high = min(run[0] for run in runs), max(run[1] for run in runs)
    return low, high, -1


def outliers(ranges: Sequence[Range], attributed: Sequence[bool]) -> frozenset[int]:
    """Find the outliers of ranges that dispute (design 7 D): the fewest that the others share a count without.

    Each must be apart from three of the rest for every one left out, and three attributed ones of the rest must bear
    out the end of their shared range that faces it.  Where a choice would have to be made nobody is one.

    Examples:
        >>> outliers([(81, 80)] * 4 + [(121, 120)], [True] * 5)
        frozenset({4})
    """
    runs = best_runs(ranges)
    if len(runs) != 1 or len(runs[0][2]) == len(ranges):
        return frozenset()
    low, high, rest = runs[0]
    left_out = frozenset(range(len(ranges))) - rest
    for place in left_out:
        above = ranges[place][0] >> 1 > high >> 1
        apart = sum(
            ranges[place][0] >> 1 > ranges[each][1] >> 1 or ranges[each][0] >> 1 > ranges[place][1] >> 1
            for each in rest
        )
        facing = sum(
            attributed[each] and (ranges[each][1] >> 1 <= high >> 1 if above else ranges[each][0] >> 1 >= low >> 1)
            for each in rest
        )
        if apart < 3 * len(left_out) or facing < 3:
            return frozenset()
    return left_out


def borne_out(ranges: Sequence[Range], attributed: Sequence[bool], number: int) -> Range | None:
    """Find what a number of ranges bear out; the ranges are all but those of outliers (design 7 D).

    The lower end is the highest one named that so many reach, but not above the lowest upper end; the upper likewise.
    One that nobody signs bears out nothing for two or more, but its ends can be the range's.

    Examples:
        >>> borne_out([(943, 942), (49, OPEN), (21, OPEN)], [True] * 3, 2)  # 471, dozens, at least 10
        (49, 4000000000000)
    """
    if not ranges:
        return None
    top = max(low >> 1 for low, _ in ranges)
    bottom = min(high >> 1 for _, high in ranges)
    signed = [each for each, named in zip(ranges, attributed, strict=True) if named or number == 1]
    lows = [
        low
        for low, _ in ranges
        if 0 < low >> 1 <= bottom and sum(other[0] >> 1 >= low >> 1 for other in signed) >= number
    ]
    highs = [
        high
        for _, high in ranges
        if top <= high >> 1 < UNBOUNDED and sum(other[1] >> 1 <= high >> 1 for other in signed) >= number
    ]
    if not lows and not highs:
        return None
    return max(lows, default=NOTHING[0]), min(highs, default=NOTHING[1])
