"""Which events of two lists are near enough in days and place to be looked at at all."""

# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import numpy as np
from scipy.spatial import cKDTree

from casualties.aligning._rows import Array, Rows

__all__ = ["candidates", "gap_of", "kilometres"]

EARTH: Final = 6371.0
LONGEST: Final = 60
"""The most points in time that stand for one event; of longer ones the first and the last days are near."""

COMMON: Final = 0.05
"""A word of place names in more than this part of a list, and in more than fifty events, says nothing of the place."""

_Pairs = tuple[Array, Array]


def candidates(one: Rows, other: Rows, *, days: int, km: float, same: bool = False) -> _Pairs:
    """Give the places of pairs that are near: in days, and in kilometres or, without coordinates, by a word of place.

    Args:
        one: The events of a list.
        other: Those of another, or the same.
        days: The most days between them.
        km: The most kilometres between them.
        same: Whether both are one list, of which each pair is given once.
    """
    step = max(days, 1)
    here, there = _points(one, step), _points(other, step)
    parts = [_by_distance(one, other, here, there, step, km), _by_name(one, other, here, there, step)]
    i, j = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    key = np.unique(i.astype(np.int64) * max(1, len(other)) + j)
    i, j = key // max(1, len(other)), key % max(1, len(other))
    if same:
        i, j = i[i < j], j[i < j]
    near = gap_of(one, other, i, j) <= days
    i, j = i[near], j[near]
    apart = kilometres(one, other, i, j)
    near = ~(apart > km)
    return i[near], j[near]


def gap_of(one: Rows, other: Rows, i: Array, j: Array) -> Array:
    """Give the days between two events; 0 where their days overlap."""
    return np.maximum(0, np.maximum(one.first[i] - other.last[j], other.first[j] - one.last[i]))


def kilometres(one: Rows, other: Rows, i: Array, j: Array) -> Array:
    """Give the kilometres between two events; ``nan`` where either has no coordinates."""
    north, south = np.radians(one.latitude[i]), np.radians(other.latitude[j])
    east = np.radians(one.longitude[i] - other.longitude[j])
    half = np.sin((north - south) / 2) ** 2 + np.cos(north) * np.cos(south) * np.sin(east / 2) ** 2
    return 2 * EARTH * np.arcsin(np.sqrt(np.minimum(1, half)))


def _points(rows: Rows, step: int) -> _Pairs:
    """Give points in time of each event, one every so many days, with the event of each; none where no day is known."""
    known = np.flatnonzero(~np.isnan(rows.first))
    first, last = rows.first[known], rows.last[known]
    count = np.minimum((last - first) // step + 2, LONGEST).astype(np.int64)
    row = np.repeat(np.arange(len(known)), count)
    place = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    ends = place == count[row] - 1
    time = np.where(ends, last[row], np.minimum(first[row] + place * step, last[row]))
    return known[row], time


def _by_distance(one: Rows, other: Rows, here: _Pairs, there: _Pairs, step: int, km: float) -> _Pairs:
    points, owners = [], []
    for rows, (row, time) in ((one, here), (other, there)):
        ok = ~np.isnan(rows.latitude[row])
        north, east = np.radians(rows.latitude[row][ok]), np.radians(rows.longitude[row][ok])
        around = np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], 1) * EARTH / km
        points.append(np.column_stack([around, time[ok] / (2 * step)]))
        owners.append(row[ok])
    if not (len(points[0]) and len(points[1])):
        return _none()
    near = cKDTree(points[0]).sparse_distance_matrix(cKDTree(points[1]), 1.0, p=np.inf, output_type="coo_matrix")
    return owners[0][near.row], owners[1][near.col]


def _by_name(one: Rows, other: Rows, here: _Pairs, there: _Pairs, step: int) -> _Pairs:
    """Pair events of which either has no coordinates, by the beginning of a word of place and the days."""
    lacking = [np.isnan(rows.latitude) for rows in (one, other)]
    if not (lacking[0].any() or lacking[1].any()):
        return _none()
    words: dict[str, int] = {}
    left = _buckets(one, here, step, words, spread=False)
    right = _buckets(other, there, step, words, spread=True)
    order = np.argsort(right[0], kind="stable")
    keys, rows = right[0][order], right[1][order]
    begin, end = np.searchsorted(keys, left[0], "left"), np.searchsorted(keys, left[0], "right")
    count = end - begin
    place = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    i, j = np.repeat(left[1], count), rows[np.repeat(begin, count) + place]
    wanted = lacking[0][i] | lacking[1][j]
    return i[wanted], j[wanted]


def _buckets(rows: Rows, points: _Pairs, step: int, words: dict[str, int], *, spread: bool) -> _Pairs:
    """Give the buckets of each event: a word of its place and a span of days, and the spans beside it."""
    begins = [sorted({word[:4] for word in text.split() if len(word) > 2}) for text in rows.place]
    often = Counter(word for names in begins for word in names)
    most = max(50, COMMON * len(rows))
    kept = [[words.setdefault(word, len(words)) for word in names if often[word] <= most] for names in begins]
    row, time = points
    counts = np.array([len(numbers) for numbers in kept], dtype=np.int64)
    flat = np.array([word for numbers in kept for word in numbers], dtype=np.int64)
    start = np.cumsum(counts) - counts
    many = counts[row]
    place = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    word = flat[np.repeat(start[row], many) + place]
    owner, span = np.repeat(row, many), np.repeat(np.floor(time / step).astype(np.int64), many)
    shifts = (-1, 0, 1) if spread else (0,)
    keys = np.concatenate([word * (1 << 32) + (span + shift) for shift in shifts])
    return keys, np.tile(owner, len(shifts))


def _none() -> _Pairs:
    empty: Any = np.array([], dtype=np.int64)
    return empty, empty
