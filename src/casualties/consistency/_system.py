"""A system of inequalities over whole numbers, apart from the claims that it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from casualties.consistency.relation import Relation
from casualties.period import PartialDate
from casualties.subject import Subject

Period = tuple[PartialDate | None, PartialDate | None]
"""The first and the last day counted; ``None`` where unsaid."""

NO_CEILING: Final = 1 << 90
"""Stands for the absent ceiling inside a system; above every sum of counts that a ledger can hold."""


class Row(NamedTuple):
    """The parts together are at most the whole, or equal to it."""

    whole: int
    parts: tuple[int, ...]
    equal: bool
    relation: Relation
    by: str = ""  # the facet by which parts are apart


class End(NamedTuple):
    """One end of one statement: the count at a node is at least, or at most, so many."""

    node: int
    low: bool
    count: int
    statement: int
    assumed: bool


@dataclass
class System:
    """Nodes, each a count of people; rows between them; and the ends that statements set."""

    places: list[tuple[Subject, Period]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    ends: list[End] = field(default_factory=list)
    loose: set[int] = field(default_factory=set)
    """Nodes of which not every relation that holds was written down, so that no end of theirs is proved."""

    def add(self, frame: Subject, period: Period) -> int:
        """Add a node and give its number."""
        self.places.append((frame, period))
        return len(self.places) - 1

    def subject(self, node: int) -> Subject:
        """Give what is counted at a node."""
        frame, (since, until) = self.places[node]
        return frame if since is None and until is None else frame.replacing(since=since, until=until)

    @cached_property
    def graph(self) -> Graph:
        """How it hangs together, once it is built."""
        return Graph(len(self.places), self.rows, self.loose)


class Graph:
    """How the nodes and rows of a system hang together; it does not change with the ends that are taken."""

    def __init__(self, size: int, rows: Sequence[Row], loose: Iterable[int] = ()) -> None:
        self.size = size
        self.rows = rows
        self.loose = frozenset(loose)
        self.rows_of: list[list[int]] = [[] for _ in range(size)]
        for number, row in enumerate(rows):
            self.rows_of[row.whole].append(number)
            for part in row.parts:
                self.rows_of[part].append(number)

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """The parts of the system that have nothing to do with one another, by their first node."""
        seen = [False] * self.size
        found = []
        for start in range(self.size):
            if seen[start]:
                continue
            seen[start] = True
            nodes, rows = [start], set[int]()
            for node in nodes:  # grows while it is read
                for number in self.rows_of[node]:
                    if number in rows:
                        continue
                    rows.add(number)
                    row = self.rows[number]
                    for other in (row.whole, *row.parts):
                        if not seen[other]:
                            seen[other] = True
                            nodes.append(other)
            found.append(Component(self, tuple(sorted(nodes)), tuple(sorted(rows))))
        return tuple(found)

    @cached_property
    def component_of(self) -> list[int]:
        """The number of the component of each node."""
        found = [0] * self.size
        for number, component in enumerate(self.components):
            for node in component.nodes:
                found[node] = number
        return found


@dataclass(frozen=True, eq=False)
class Component:
    """Nodes that hang together, and the rows between them."""

    graph: Graph
    nodes: tuple[int, ...]
    rows: tuple[int, ...]

    def alone(self, ends: Sequence[End], numbers: Iterable[int]) -> tuple[Component, list[End], list[int]]:
        """Give the component as a system of its own, with the ends taken in it and their numbers here."""
        place = {node: number for number, node in enumerate(self.nodes)}
        rows = [
            row._replace(whole=place[row.whole], parts=tuple(place[part] for part in row.parts))
            for row in (self.graph.rows[number] for number in self.rows)
        ]
        taken = [number for number in numbers if ends[number].node in place]
        graph = Graph(len(self.nodes), rows)
        return graph.components[0], [ends[number]._replace(node=place[ends[number].node]) for number in taken], taken

    @cached_property
    def forest(self) -> bool:
        """Whether no two ways lead from one node to another: propagation is exact then."""
        links = sum(1 + len(self.graph.rows[number].parts) for number in self.rows)
        return links == len(self.nodes) + len(self.rows) - 1

    @cached_property
    def upward(self) -> bool:
        """Whether no row is an equality: the lowest counts then hold all at once, and are exact."""
        return not any(self.graph.rows[number].equal for number in self.rows)

    @cached_property
    def doubtful(self) -> frozenset[int]:
        """Nodes that lie below two parts of one row; raising one raises both, which propagation does not see."""
        below: dict[int, list[tuple[int, ...]]] = {}
        for number in self.rows:
            row = self.graph.rows[number]
            below.setdefault(row.whole, []).append(row.parts)
        found: set[int] = set()
        for number in self.rows:
            parts = self.graph.rows[number].parts
            if len(parts) < 2:
                continue
            owner: dict[int, int] = {}
            for part in parts:
                todo = [part]
                while todo:
                    node = todo.pop()
                    if owner.get(node) == part:
                        continue
                    if node in owner:
                        found.add(node)
                        continue
                    owner[node] = part
                    todo.extend(each for group in below.get(node, ()) for each in group)
        return frozenset(found | self._under(found, below))

    @staticmethod
    def _under(nodes: set[int], below: dict[int, list[tuple[int, ...]]]) -> set[int]:
        found, todo = set(nodes), list(nodes)
        while todo:
            for group in below.get(todo.pop(), ()):
                new = [each for each in group if each not in found]
                found.update(new)
                todo.extend(new)
        return found
