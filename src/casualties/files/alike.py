"""Which rows of some columns of numbers are alike, without an object for each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from casualties.show.optional import Lazily

if TYPE_CHECKING:
    import numpy as np
else:
    np = Lazily("numpy", "columns")

__all__ = ["Kinds", "kinds", "together"]

_ROOM: Final = 1 << 62
"""How many different sets of cells a number tells apart."""

_TABLE: Final = 1 << 16
"""Up to which number kinds are told apart by a table of all numbers, however few rows there are."""


class Kinds(NamedTuple):
    """Which rows are alike.

    Attributes:
        of: By row the number of its kind.
        first: By kind the first row of it.
    """

    of: Any
    first: Any


def kinds(key: Any) -> Kinds:  # noqa: ANN401 - an array
    """Number the distinct ones of some numbers from 0 on, in their order."""
    size = len(key)
    room = int(key.max()) + 1 if size else 0
    if room <= max(_TABLE, 2 * size):
        first = np.full(room, -1, "int32")
        first[key[::-1]] = np.arange(size - 1, -1, -1, dtype="int32")
        there = first >= 0
        return Kinds((np.cumsum(there, dtype="int32") - 1)[key], first[there])
    place = size.bit_length()
    if room << place > _ROOM:
        first, of = np.unique(key, return_index=True, return_inverse=True)[1:]
        return Kinds(of.astype("int32"), first)
    packed = key.astype("int64") << place  # sorting these is several times faster than sorting rows by them
    packed |= np.arange(size)
    packed.sort()
    rows = packed & ((1 << place) - 1)
    packed >>= place
    new = np.concatenate([[True], packed[1:] != packed[:-1]])
    of = np.empty(size, "int32")
    of[rows] = np.cumsum(new, dtype="int32") - 1
    return Kinds(of, rows[new])


def together(columns: Iterable[Any], size: int) -> Any:  # noqa: ANN401 - an array
    """Give rows equal numbers where they have equal numbers in some columns taken together."""
    key, room, most = np.zeros(size, "int64"), 1, _ROOM >> size.bit_length()  # so that `kinds` has room for rows
    for column in columns if size else ():
        least, number = int(column.min()), int(column.max()) - int(column.min()) + 1
        if number > 1:
            if room * number >= most:
                alike = kinds(key)
                key, room = alike.of.astype("int64"), len(alike.first)
            key *= number
            key += column
            key -= least
            room *= number
    return key
