"""How two events agree, in levels; their figures are never looked at."""

from __future__ import annotations

from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from casualties.aligning._candidates import gap_of, kilometres
from casualties.aligning._rows import Array, Rows

__all__ = ["COMPARED", "LEVELS", "agreement"]

LEVELS: Final = {
    "days": (
        "the same first day",
        "a day apart",
        "two days apart",
        "three days apart",
        "more than three days apart",
        "days overlap, first days more than three apart",
    ),
    "length": ("as long", "a day longer", "two or three days longer", "more than three days longer"),
    "distance": (
        "within 1 km",
        "within 7 km",
        "within 25 km",
        "within 60 km",
        "more than 60 km apart",
    ),
    "place": ("places alike", "places much alike", "places somewhat alike", "places not alike"),
    "actors": ("actors alike", "actors somewhat alike", "actors not alike"),
    "kind": ("the same kind", "another kind"),
    "status": ("victims of the same status", "victims of another status"),
}
"""What is compared, and how each level of it is told, the closest first."""

COMPARED: Final = tuple(LEVELS)
MISSING: Final = -1

_LENGTHS: Final = (0, 1, 3)
_DISTANCES: Final = (1, 7, 25, 60)
_PLACES: Final = (4, 20, 40)
_ACTORS: Final = (5, 40)


def agreement(one: Rows, other: Rows, i: Array, j: Array) -> dict[str, Array]:
    """Give the level of everything that is compared for each pair; -1 where either says nothing of it."""
    days = np.abs(one.first[i] - other.first[j])
    overlaps = (days > 3) & (gap_of(one, other, i, j) == 0)
    return {
        "days": np.where(overlaps, 5, _cut(days, (0, 1, 2, 3))),
        "length": _cut(np.abs((one.last - one.first)[i] - (other.last - other.first)[j]), _LENGTHS),
        "distance": _cut(kilometres(one, other, i, j), _DISTANCES),
        "place": _cut(100 - _likeness(one.place, other.place, i, j), _PLACES),
        "actors": _cut(100 - _likeness(one.actors, other.actors, i, j), _ACTORS),
        "kind": _differs(one.kind, other.kind, i, j),
        "status": _differs(one.status, other.status, i, j),
    }


def _cut(values: Array, edges: tuple[float, ...]) -> Array:
    return np.where(np.isnan(values), MISSING, np.searchsorted(edges, values, side="left"))


def _differs(one: Array, other: Array, i: Array, j: Array) -> Array:
    levels = (one[i] != other[j]).astype(np.int64)
    levels[(one[i] == "") | (other[j] == "")] = MISSING
    return levels


def _likeness(one: Array, other: Array, i: Array, j: Array) -> Array:
    """Give how alike two texts are, from 0 to 100, comparing each two texts once; ``nan`` where either is empty."""
    names, left = np.unique(one, return_inverse=True)
    others, right = np.unique(other, return_inverse=True)
    key, back = np.unique(left[i].astype(np.int64) * max(1, len(others)) + right[j], return_inverse=True)
    if not len(key):
        return np.array([])
    a, b = names[key // len(others)], others[key % len(others)]
    likeness = process.cpdist(a, b, scorer=fuzz.token_set_ratio).astype(float)
    likeness[(a == "") | (b == "")] = np.nan
    return likeness[back]
