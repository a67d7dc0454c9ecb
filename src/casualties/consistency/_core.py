"""What of a system decides which claims contradict one another, and which ends are exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from casualties.consistency._reduction import reduced
from casualties.consistency._system import Component, End, Graph, Row, System


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
        if all(each.forest or each.upward for each in graph.components):
            vars(core).update(graph=graph, bounded=[True] * graph.size)
        else:
            core.rows = reduced(graph.size, system.rows, {*keep, *system.loose, *(end.node for end in system.ends)})
        return core

    @cached_property
    def bounded(self) -> list[bool]:
        """Which counts something may bound from above; every other one may be as high as its parts require.

        The whole of an equality is bounded by its parts, and so is what lies inside it.
        """
        found = [False] * self.size
        below: dict[int, list[int]] = {}
        for row in self.rows:
            below.setdefault(row.whole, []).extend(row.parts)
        todo = [end.node for end in self.ends if not end.low] + [row.whole for row in self.rows if row.equal]
        while todo:
            node = todo.pop()
            if not found[node]:
                found[node] = True
                todo += below.get(node, ())
        return found

    @cached_property
    def graph(self) -> Graph:
        """The rows that can contradict anything: a whole that nothing bounds can be as high as its parts require."""
        return Graph(self.size, [row for row in self.rows if self.bounded[row.whole]], self.loose)

    @cached_property
    def _below(self) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.whole, []).append(row)
        return found

    def below(self, node: int) -> Component:
        """Give everything on which the floor of a count without a ceiling depends."""
        nodes, seen, rows = [node], {node}, dict[Row, None]()
        met: set[int] = set()
        core = self.graph
        loose = False
        for here in nodes:  # grows while it is read
            found: Sequence[Row]
            if self.bounded[here]:
                number = core.component_of[here]
                component = core.components[number]
                found = () if number in met else component.rows
                met.add(number)
                loose |= component.loose
            else:
                found = self._below.get(here, [])
                loose |= here in self.loose
            rows.update(dict.fromkeys(found))
            for row in found:
                for other in (row.whole, *row.parts):
                    if other not in seen:
                        seen.add(other)
                        nodes.append(other)
        return Component(tuple(sorted(nodes)), tuple(rows), loose)
