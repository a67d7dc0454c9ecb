"""Days, and which figures of one day bear on those of another (design 4)."""

from __future__ import annotations

from typing import Final

Day = tuple[int, int]
"""The earliest and the latest day of a date; `NO_DAY` where nothing dates."""

NO_DAY: Final = (0, 0)
"""The day of what nothing dates."""


def carries(floor: Day, ceiling: Day, *, stock: bool) -> bool:
    """Tell whether a floor of one day bears on an upper end of another: forward in time, and for a stock never.

    Undated figures bear on undated ones alone.

    Examples:
        >>> early, late = (5, 5), (9, 9)
        >>> carries(early, late, stock=False), carries(late, early, stock=False), carries(early, late, stock=True)
        (True, False, False)
    """
    if floor == ceiling:
        return True
    return not stock and floor[1] > 0 and ceiling[0] > 0 and floor[1] <= ceiling[0]
