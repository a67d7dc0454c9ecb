"""The first of several lists, so that what is not told is not made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

__all__ = ["first_of"]

Item = TypeVar("Item")


def first_of(most: int, parts: Iterable[Sequence[Item]]) -> tuple[list[Item], int]:
    """Give the first items of lists that follow one another, and how many are left.

    Examples:
        >>> first_of(3, ["ab", "cde"])
        (['a', 'b', 'c'], 2)
    """
    found: list[Item] = []
    number = 0
    for part in parts:
        number += len(part)
        if len(found) < most:
            found.extend(part[: most - len(found)])
    return found, number - len(found)
