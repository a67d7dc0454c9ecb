"""The first of several lists, so that what is not told is not made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from casualties.model.figure import Figure

__all__ = ["first_of", "with_ends"]

Item = TypeVar("Item")


def first_of(most: int, parts: Iterable[Sequence[Item]]) -> tuple[list[Item], int]:
    """Give the first items of lists that follow one another, and how many are left.

    Examples:
        >>> first_of(3, ["ab", "cde"])
        (['a', 'b', 'c'], 2)
    """
    items: list[Item] = []
    number = 0
    for part in parts:
        number += len(part)
        if len(items) < most:
            items.extend(part[: most - len(items)])
    return items, number - len(items)


def with_ends(figures: Sequence[Figure | None], most: int) -> list[int]:
    """Choose places of a list in order: the lowest and the highest figure, and the first of the others.

    Examples:
        >>> with_ends([None, *map(Figure.exactly, (3, 5, 4, 90))], 3)
        [0, 1, 4]
    """
    stated = [(figure, place) for place, figure in enumerate(figures) if figure is not None]
    tops = [(figure.low if figure.high is None else figure.high, place) for figure, place in stated]
    ends = {max(tops)[1], min((figure.low, place) for figure, place in stated)[1]} if stated else set()
    others = [place for place in range(len(figures)) if place not in ends]
    return sorted([*ends, *others[: most - len(ends)]])
