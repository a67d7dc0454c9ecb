"""The operations with numpy, which is loaded only for many rows."""

# pyright: reportGeneralTypeIssues=false

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any, Final

from casualties.reconciling.arrays.lists import Array, Groups, Lists

__all__ = ["Numpy", "NumpyGroups"]

_SHORT: Final = 24
"""Up to so many rows groups are summed up place by place, which numpy does faster than one after the other."""

_UFUNCS: Final = {
    max: "maximum",
    min: "minimum",
    operator.add: "add",
    operator.or_: "bitwise_or",
}


_MANY: Final = 4_096
"""From how many rows on groups are summed up place by place."""


class NumpyGroups(Groups):
    """Rows that belong together, summed up group by group, as arrays.

    Examples:
        >>> import numpy as np
        >>> NumpyGroups(np, np.array([0, 0, 2]), 3).most(np.array([4, 7, 1]), empty=-1).tolist()
        [7, -1, 1]
    """

    __slots__ = ("_layers", "_long", "_np")

    def __init__(self, np: Any, of: Array, number: int, first: Array = None) -> None:  # noqa: ANN401 - the module
        self._np = np
        self._layers: list[tuple[Array, Array]] | None = None
        self._long: tuple[Array, Array, Array]
        super().__init__(of, number, first)

    def total(self, values: Array) -> Array:
        if values.dtype == bool:
            return values.astype("int64") if self.single else self._np.bincount(self.of[values], minlength=self.number)
        return super().total(values)

    def any(self, mask: Array) -> Array:
        if self.single:
            return mask
        found = self._np.zeros(self.number, bool)
        found[self.of[mask.nonzero()[0]]] = True
        return found

    def all(self, mask: Array) -> Array:
        return mask if self.single else ~self.any(~mask)

    def _strictly_ascending(self) -> bool:
        return bool((self.of[1:] != self.of[:-1]).all())

    def _firsts(self) -> Array:
        """Find the first row of each group that has one."""
        heads = self._np.empty(len(self.of), bool)
        heads[:1] = True
        self._np.not_equal(self.of[1:], self.of[:-1], out=heads[1:])
        return heads.nonzero()[0]

    def _summed(self, operation: Callable[[Any, Any], Any], values: Array, empty: int) -> Array:
        if self.single:
            return values
        first, ufunc = self.first, getattr(self._np, _UFUNCS[operation])
        if 0 < len(values) < _MANY:
            found = ufunc.reduceat(values, first)
        else:  # most groups are short: their second rows are taken in together, then their third, and so on
            found = values[first]
            for groups, rows in self._by_place():
                found[groups] = ufunc(found[groups], values[rows])
            groups, rows, starts = self._long
            if len(groups):
                found[groups] = ufunc.reduceat(values[rows], starts)
        if len(found) == self.number:
            return found
        every = self._np.full(self.number, empty, found.dtype)
        every[self.of[first]] = found
        return every

    def _by_place(self) -> list[tuple[Array, Array]]:
        """Give the groups that have a second row, with these rows, then those that have a third, and so on."""
        if self._layers is None:
            np, first = self._np, self.first
            sizes = np.diff(first, append=len(self.of))
            long = sizes > _SHORT
            groups = long.nonzero()[0]
            starts = sizes[groups].cumsum() - sizes[groups]
            self._long = groups, np.repeat(long, sizes).nonzero()[0] if len(groups) else groups, starts
            self._layers, groups = [], ((sizes > 1) & ~long).nonzero()[0]
            place = 1
            while len(groups):
                self._layers.append((groups, first[groups] + place))
                place += 1
                groups = groups[sizes[groups] > place]
        return self._layers


class Numpy(Lists):
    """The operations, on arrays.

    Examples:
        >>> Numpy().count(3).tolist()
        [0, 1, 2]
    """

    def __init__(self) -> None:
        import numpy as np  # noqa: PLC0415 - heavy; a few claims do without

        self._np: Any = np

    def grouped(self, of: Array, number: int, first: Array = None) -> Groups:
        return NumpyGroups(self._np, of, number, first)

    def column(self, values: Sequence[int]) -> Array:
        return self._np.asarray(values, "int64")

    def full(self, size: int, value: int) -> Array:
        return self._np.full(size, value) if value else self._np.zeros(size, type(value))

    def count(self, size: int) -> Array:
        return self._np.arange(size)

    def where(self, mask: Array, one: Array | int, other: Array | int) -> Array:
        return self._np.where(mask, one, other)

    def flat(self, mask: Array) -> Array:
        return mask.nonzero()[0]

    def any(self, mask: Array) -> bool:
        return bool(mask.any())

    def order(self, *keys: Array) -> Array:
        return self._np.lexsort(keys[::-1]) if len(keys) > 1 else keys[0].argsort(kind="stable")

    def ascending(self, keys: Array) -> Array:
        return self._np.sort(keys)

    def heads(self, *keys: Array) -> Array:
        found = self._np.zeros(len(keys[0]), bool)
        found[:1] = True
        for key in keys:
            found[1:] |= key[1:] != key[:-1]
        return found

    def find(self, keys: Array, wanted: Array, *, after: bool = False) -> Array:
        return keys.searchsorted(wanted, "right" if after else "left")

    def ranges(self, of: Array, wanted: Array) -> tuple[Array, Array]:
        if not len(of) or not len(wanted):
            none = self.full(len(wanted), 0)
            return none, none
        sizes = self._np.bincount(of, minlength=int(wanted.max()) + 1)
        stop = sizes.cumsum()[wanted]
        start = stop - sizes[wanted]
        return start, stop

    def concat(self, *parts: Array) -> Array:
        return self._np.concatenate(parts)

    def repeat(self, values: Array, times: Array) -> Array:
        return values.repeat(times)

    def cumulate(self, values: Array) -> Array:
        return values.cumsum()

    def numbers(self, mask: Array) -> Array:
        return mask.astype("int64")

    def maximum(self, one: Array, other: Array | int) -> Array:
        return self._np.maximum(one, other)

    def minimum(self, one: Array, other: Array | int) -> Array:
        return self._np.minimum(one, other)
