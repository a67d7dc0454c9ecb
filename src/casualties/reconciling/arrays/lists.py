"""The operations on plain lists, for a few rows and where there is no numpy; those that are made of others."""

from __future__ import annotations

import operator
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate, chain, compress, count, repeat
from typing import Any, Final, TypeAlias

__all__ = ["WIDTH", "Array", "Column", "Groups", "Lists", "Table", "key"]

Array: TypeAlias = Any
"""A column of either make; a numpy array has no type in common with a `Column`."""

WIDTH: Final = 42
"""How many bits the second part of a key has: room for every packed end."""


def key(group: Array, value: Array) -> Array:
    """Join two numbers to one by which rows are sorted and found."""
    return (group << WIDTH) | value


def _whole(operation: Callable[[Any, Any], Any]) -> Any:  # noqa: ANN401 - an operator of any kind
    def apply(self: Column, other: Any) -> Column:  # noqa: ANN401 - a number or a column
        if isinstance(other, list):
            return Column(map(operation, self, other))
        return Column(map(operation, self, repeat(other)))

    return apply


class Column(list[Any]):
    """A list that is computed with as a whole.

    Examples:
        >>> (Column([3, 5, 8]) >> 1)[Column([2, 0])], ~(Column([1, 2]) == 2)
        ([4, 1], [True, False])
    """

    __slots__ = ()
    __hash__ = None
    __add__: Callable[[Any, Any], Any] = _whole(operator.add)
    __sub__: Callable[[Any, Any], Any] = _whole(operator.sub)
    __mul__: Callable[[Any, Any], Any] = _whole(operator.mul)
    __lshift__: Callable[[Any, Any], Any] = _whole(operator.lshift)
    __rshift__: Callable[[Any, Any], Any] = _whole(operator.rshift)
    __and__: Callable[[Any, Any], Any] = _whole(operator.and_)
    __or__: Callable[[Any, Any], Any] = _whole(operator.or_)
    __eq__ = _whole(operator.eq)
    __ne__ = _whole(operator.ne)
    __lt__ = _whole(operator.lt)
    __le__ = _whole(operator.le)
    __gt__ = _whole(operator.gt)
    __ge__ = _whole(operator.ge)

    def __invert__(self) -> Column:
        return Column(map(operator.not_, self))

    def __getitem__(self, at: Any) -> Any:  # noqa: ANN401 - a number, a slice or a column
        if isinstance(at, list):
            return Column(map(super().__getitem__, at))
        found = super().__getitem__(at)
        return Column(found) if isinstance(at, slice) else found

    def __setitem__(self, at: Any, values: Any) -> None:  # noqa: ANN401 - as above
        if not isinstance(at, list):
            super().__setitem__(at, values)
        elif isinstance(values, list):
            for place, value in zip(at, values, strict=True):
                super().__setitem__(place, value)
        else:
            for place in at:
                super().__setitem__(place, values)


class Table:
    """Columns of one length, by name.

    Examples:
        >>> Table(low=Column([1, 2, 3])).take(Column([2, 0])).low
        [3, 1]
    """

    def __init__(self, **columns: Array) -> None:
        self.__dict__.update(columns)

    def __setattr__(self, name: str, column: Array) -> None:
        self.__dict__[name] = column

    def __getattr__(self, name: str) -> Array:
        rules = self.__dict__.get("rules_", {})
        if (rule := rules.get(name)) is not None:
            self.__dict__[name] = rule()
            rules.pop(name, None)  # one that names its table would keep all columns until the collector comes
        elif name not in self.__dict__:  # which another thread may have worked out
            raise AttributeError(name)
        column: Array = self.__dict__[name]
        return column

    def later(self, **rules: Callable[[], Array]) -> None:
        """Work some columns out when they are asked for."""
        self.__dict__.setdefault("rules_", {}).update(rules)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns, without those that are worked out later."""
        return tuple(name for name in vars(self) if name != "rules_")

    def take(self, rows: Array) -> Table:
        """Give some rows, in an order of their own; each column is gathered when it is asked for."""
        return _Taken(self, rows)

    @staticmethod
    def joined(do: Lists, *tables: Table) -> Table:
        """Put tables one after the other, with the columns of the first."""
        names = tables[0].columns
        full = [each for each in tables if len(getattr(each, names[0]))]
        if len(full) == 1:
            return Table(**{name: getattr(full[0], name) for name in names})
        return Table(**{name: do.concat(*(getattr(each, name) for each in tables)) for name in names})


class _Taken(Table):
    """Some rows of a table."""

    def __init__(self, table: Table, rows: Array) -> None:
        self.__dict__.update(table_=table, rows_=rows)

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.table_.columns)

    def __getattr__(self, name: str) -> Array:
        column = getattr(self.table_, name)[self.rows_]
        self.__dict__[name] = column
        return column


class Groups:
    """Rows that belong together, summed up group by group, as lists.

    Args:
        of: The group of each row; the numbers ascend.
        number: How many groups there are.
        first: The first row of each, where none is empty and that is known.

    Attributes:
        single: Whether every group has one row, so that rows are groups and nothing needs summing up.

    Examples:
        >>> Groups(Column([0, 0, 2]), 3).most(Column([4, 7, 1]), empty=-1)
        [7, -1, 1]
    """

    __slots__ = ("_first", "number", "of", "single")

    def __init__(self, of: Array, number: int, first: Array = None) -> None:
        self.of: Array = of
        self.number: int = number
        self.single: bool = number == len(of) and (first is not None or self._strictly_ascending())
        self._first: Array = first

    def _strictly_ascending(self) -> bool:
        return all(map(operator.eq, self.of, range(self.number)))

    def most(self, values: Array, empty: int) -> Array:
        """Give the greatest value of each group."""
        return self._summed(max, values, empty)

    def least(self, values: Array, empty: int) -> Array:
        """Give the least value of each group."""
        return self._summed(min, values, empty)

    def total(self, values: Array) -> Array:
        """Give the sum of each group; of a mask how many hold."""
        return self._summed(operator.add, values + 0, 0)

    def bits(self, values: Array) -> Array:
        """Give all bits that are set in each group."""
        return self._summed(operator.or_, values, 0)

    def any(self, mask: Array) -> Array:
        """Tell whether something holds somewhere in each group."""
        return self._summed(operator.or_, mask, False)

    def all(self, mask: Array) -> Array:
        """Tell whether something holds everywhere in each group; in an empty one it does."""
        return self._summed(operator.and_, mask, True)

    def rows(self, values: Array) -> Array:
        """Give each row the value of its group."""
        return values if self.single else values[self.of]

    def firsts(self, values: Array) -> Array:
        """Give the value of the first row of each group, of which none is empty."""
        return values if self.single else values[self.first]

    @property
    def first(self) -> Array:
        """The first row of each group that has one."""
        if self._first is None:
            self._first = self._firsts()
        return self._first

    def _firsts(self) -> Array:
        return Lists().flat(Lists().heads(self.of))

    def _summed(self, operation: Callable[[Any, Any], Any], values: Array, empty: int) -> Array:
        if self.single:
            return values
        found = [empty] * self.number
        seen = -1
        for group, value in zip(self.of, values, strict=True):
            found[group] = operation(found[group], value) if group == seen else value
            seen = group
        return Column(found)


class Lists:
    """The operations, on lists.

    Examples:
        >>> Lists().where(Column([True, False]), 7, Column([1, 2]))
        [7, 2]
    """

    def grouped(self, of: Array, number: int, first: Array = None) -> Groups:
        """Take rows by groups, of which there are so many."""
        return Groups(of, number, first)

    def groups(self, *keys: Array) -> Groups:
        """Take rows that follow one another and have the same keys as groups."""
        heads = self.heads(*keys)
        first = self.flat(heads)
        return self.grouped(self.cumulate(heads) - 1, len(first), first)

    def column(self, values: Array) -> Array:
        """Make a column of whole numbers."""
        return Column(values.tolist() if hasattr(values, "tolist") else values)

    def full(self, size: int, value: int) -> Array:
        """Make a column of one value."""
        return Column([value] * size)

    def count(self, size: int) -> Array:
        """Number rows from 0."""
        return Column(range(size))

    def where(self, mask: Array, one: Array | int, other: Array | int) -> Array:
        """Take one value where something holds, else the other."""
        ones: Iterable[int] = one if isinstance(one, list) else repeat(one)
        others: Iterable[int] = other if isinstance(other, list) else repeat(other)
        return Column([a if holds else b for holds, a, b in zip(mask, ones, others, strict=False)])

    def flat(self, mask: Array) -> Array:
        """Give the places at which something holds."""
        return Column(compress(count(), mask))

    def any(self, mask: Array) -> bool:
        """Tell whether something holds anywhere."""
        return any(mask)

    def order(self, *keys: Array) -> Array:
        """Give the places in the order of some keys, the first the weightiest; equal ones stay as they come."""
        rows = keys[0] if len(keys) == 1 else list(zip(*keys, strict=True))
        return Column(sorted(range(len(rows)), key=list(rows).__getitem__))

    def ascending(self, keys: Array) -> Array:
        """Give keys in their order."""
        return Column(sorted(keys))

    def heads(self, *keys: Array) -> Array:
        """Tell where a row begins whose keys are not those of the row before."""
        rows = keys[0] if len(keys) == 1 else list(zip(*keys, strict=True))
        return Column(chain((True,) * bool(rows), map(operator.ne, rows[1:], rows)))

    def find(self, keys: Array, wanted: Array, *, after: bool = False) -> Array:
        """Give the places in ascending keys before, or after, those that equal the wanted."""
        bisect = bisect_right if after else bisect_left
        return Column(map(bisect, repeat(list(keys)), wanted))

    def ranges(self, of: Array, wanted: Array) -> tuple[Array, Array]:
        """Give where the rows of groups begin and end, of which the numbers ascend from 0 and few are left out."""
        return self.find(of, wanted), self.find(of, wanted, after=True)

    def concat(self, *parts: Array) -> Array:
        """Put columns one after the other."""
        return Column(chain(*parts))

    def repeat(self, values: Array, times: Array) -> Array:
        """Give each value so many times."""
        return Column(chain.from_iterable(map(repeat, values, times)))

    def cumulate(self, values: Array) -> Array:
        """Give the sums up to and with each row."""
        return Column(accumulate(map(int, values)))

    def numbers(self, mask: Array) -> Array:
        """Give 1 where something holds, else 0."""
        return Column(map(int, mask))

    def maximum(self, one: Array, other: Array | int) -> Array:
        """Take the greater value of each row."""
        return self.where(one >= other, one, other)

    def minimum(self, one: Array, other: Array | int) -> Array:
        """Take the lesser value of each row."""
        return self.where(one <= other, one, other)

    def lookup(self, keys: Array, wanted: Array) -> Array:
        """Give the places of what is wanted in ascending keys, the first of equals; -1 for what is not there."""
        if not len(keys):
            return self.full(len(wanted), -1)
        at = self.minimum(self.find(keys, wanted), len(keys) - 1)
        return self.where(keys[at] == wanted, at, -1)

    def among(self, keys: Array, wanted: Array) -> Array:
        """Tell which of the wanted are among some keys."""
        return self.lookup(self.ascending(keys), wanted) >= 0

    def pick(self, values: Array, at: Array, empty: int) -> Array:
        """Gather values; something else where the place is -1."""
        if not len(values):
            return self.full(len(at), empty)
        return self.where(at < 0, empty, values[self.maximum(at, 0)])

    def spread(self, start: Array, stop: Array) -> tuple[Array, Array]:
        """Give every place of some ranges, each with the number of its range."""
        size = stop - start
        which = self.repeat(self.count(len(size)), size)
        return which, self.count(len(which)) - (self.cumulate(size) - size - start)[which]

    def within(self, of: Array, wanted: Array) -> tuple[Array, Array]:
        """Join groups that are wanted with their sorted rows: the place in what is wanted, and the row."""
        return self.spread(*self.ranges(of, wanted))

    def sorted_groups(self, keys: Array) -> tuple[Array, Array, Groups]:
        """Sort rows by keys: their order, the keys without equals, and the groups of the sorted rows."""
        order = self.order(keys)
        ordered = keys[order]
        groups = self.groups(ordered)
        return order, groups.firsts(ordered), groups
