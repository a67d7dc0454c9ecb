"""What of a system decides which claims contradict one another, and which ends are exact."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final

from casualties.bounding._system import Component, End, Graph, Row, System

LONGEST: Final = 64
"""The most parts that a row may be given by taking counts out."""


def reduced(size: int, rows: Sequence[Row], keep: Collection[int]) -> list[Row]:
    """Take out, one after the other, the counts that are not kept, where that leaves no more rows than before.

    Each row that bounds such a count from below is joined with each that bounds it from above (J. Fourier, 1826;
    T. Motzkin, 1936); all factors are one, so that this loses nothing for whole numbers.
    """
    return _Reduction(size, rows).without(keep)


class _Reduction:
    def __init__(self, size: int, rows: Sequence[Row]) -> None:
        self._rows: dict[int, Row] = {}
        self._known: dict[tuple[int, tuple[int, ...], bool], int] = {}
        self._next = 0
        self._whole: list[dict[int, None]] = [{} for _ in range(size)]
        self._part: list[dict[int, None]] = [{} for _ in range(size)]
        for row in rows:
            self._add(row)

    def _add(self, row: Row) -> None:
        content = (row.whole, row.parts, row.equal)
        if content in self._known:
            return
        number = self._next
        self._next += 1
        self._known[content] = number
        self._rows[number] = row
        self._whole[row.whole][number] = None
        for part in row.parts:
            self._part[part][number] = None

    def _drop(self, number: int) -> None:
        row = self._rows.pop(number)
        del self._known[row.whole, row.parts, row.equal]
        del self._whole[row.whole][number]
        for part in row.parts:
            del self._part[part][number]

    def without(self, keep: Collection[int]) -> list[Row]:
        kept = set(keep)
        todo = [node for node in range(len(self._whole)) if node not in kept]
        waiting = set(todo)
        while todo:
            node = todo.pop()
            waiting.discard(node)
            rows = self._joined(node)
            if rows is None:
                continue
            gone = [*self._whole[node], *self._part[node]]
            near = {neighbour for number in gone for neighbour in (self._rows[number].whole, *self._rows[number].parts)}
            for number in gone:
                self._drop(number)
            for row in rows:
                self._add(row)
            again = sorted(
                neighbour
                for neighbour in near
                if neighbour not in kept and neighbour not in waiting and neighbour != node
            )
            waiting.update(again)
            todo += again
        return list(self._rows.values())

    def _joined(self, node: int) -> list[Row] | None:
        """Give the rows that take the place of those of a count; ``None`` where it must stay."""
        wholes = [self._rows[number] for number in self._whole[node]]
        parts = [self._rows[number] for number in self._part[node]]
        if not wholes and not parts:
            return None
        if not any(row.equal for row in (*wholes, *parts)):
            if not wholes:
                left = [(row, tuple(part for part in row.parts if part != node)) for row in parts]
                return [row._replace(parts=rest) for row, rest in left if rest]
            if len(wholes) * len(parts) > len(wholes) + len(parts):
                return None
            return _all([_put(upper, node, lower.parts) for lower, upper in product(wholes, parts)])
        if len(wholes) == 1 and wholes[0].equal:
            return _all([_put(upper, node, wholes[0].parts) for upper in parts])
        if len(parts) == 1 and parts[0].equal and not any(row.equal for row in wholes):
            bound = parts[0]._replace(equal=False)
            rest = tuple(part for part in bound.parts if part != node)
            made = [_put(bound, node, lower.parts) for lower in wholes]
            return _all(made or [bound._replace(parts=rest)] * bool(rest))
        return None


def _put(row: Row, node: int, parts: tuple[int, ...]) -> Row | None:
    """Put some parts in the place of one; ``None`` where one would count twice, or the row grow too long."""
    rest = [part for part in row.parts if part != node]
    if row.whole in parts or not set(parts).isdisjoint(rest) or len(rest) + len(parts) > LONGEST:
        return None
    return row._replace(parts=tuple(sorted((*rest, *parts))))


def _all(made: Sequence[Row | None]) -> list[Row] | None:
    rows = [row for row in made if row is not None]
    return rows if len(rows) == len(made) else None


@dataclass
class Core:
    """What of a system decides which claims contradict one another, and which ends are exact.

    Attributes:
        rows: Rows that bind the counts that somebody states or asks about; the others are taken out.
        ends: The ends that statements set.
        size: How many nodes there are.
        loose: Nodes of which not every relation was written down.
    """

    rows: list[Row]
    ends: list[End]
    size: int
    loose: set[int]

    @classmethod
    def of(cls, system: System, keep: Iterable[int]) -> Core:
        """Take the counts out that are neither stated nor asked about, where the shape does not prove everything."""
        graph = system.graph
        core = cls(system.rows, system.ends, graph.size, system.loose)
        if all(component.forest or component.upward for component in graph.components):
            vars(core).update(graph=graph, bounded=[True] * graph.size)
        else:
            core.rows = reduced(graph.size, system.rows, {*keep, *system.loose, *(end.node for end in system.ends)})
        return core

    @cached_property
    def bounded(self) -> list[bool]:
        """Which counts something may bound from above; every other one may be as high as its parts require.

        The whole of an equality is bounded by its parts, and so is what lies inside it.
        """
        flags = [False] * self.size
        below: dict[int, list[int]] = {}
        for row in self.rows:
            below.setdefault(row.whole, []).extend(row.parts)
        todo = [end.node for end in self.ends if not end.low] + [row.whole for row in self.rows if row.equal]
        while todo:
            node = todo.pop()
            if not flags[node]:
                flags[node] = True
                todo += below.get(node, ())
        return flags

    @cached_property
    def graph(self) -> Graph:
        """The rows that can contradict anything: a whole that nothing bounds can be as high as its parts require."""
        return Graph(self.size, [row for row in self.rows if self.bounded[row.whole]], self.loose)

    @cached_property
    def _below(self) -> dict[int, list[Row]]:
        by_whole: dict[int, list[Row]] = {}
        for row in self.rows:
            by_whole.setdefault(row.whole, []).append(row)
        return by_whole

    def below(self, node: int) -> Component:
        """Give everything on which the floor of a count without a ceiling depends."""
        nodes, seen, rows = [node], {node}, dict[Row, None]()
        met: set[int] = set()
        core = self.graph
        loose = False
        for here in nodes:  # grows while it is read
            chosen_rows: Sequence[Row]
            if self.bounded[here]:
                number = core.component_of[here]
                component = core.components[number]
                chosen_rows = () if number in met else component.rows
                met.add(number)
                loose |= component.loose
            else:
                chosen_rows = self._below.get(here, [])
                loose |= here in self.loose
            rows.update(dict.fromkeys(chosen_rows))
            for row in chosen_rows:
                for other in (row.whole, *row.parts):
                    if other not in seen:
                        seen.add(other)
                        nodes.append(other)
        return Component(tuple(sorted(nodes)), tuple(rows), loose)
