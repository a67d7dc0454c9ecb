"""A system of inequalities over whole numbers, apart from the claims that it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from casualties.bounding.relation import Relation
from casualties.model.period import PartialDate
from casualties.model.subject import Subject

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
    people: int
    statement: int
    assumed: bool


@dataclass
class System:
    """Nodes, each a count of people; rows between them; and the ends that statements set."""

    places: list[tuple[Subject, Period]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    ends: list[End] = field(default_factory=list)
    _subjects: dict[int, Subject] = field(default_factory=dict)
    loose: set[int] = field(default_factory=set)
    """Nodes of which not every relation that holds was written down, so that no end of theirs is proved."""

    def add(self, frame: Subject, period: Period) -> int:
        """Add a node and give its number."""
        self.places.append((frame, period))
        return len(self.places) - 1

    def subject(self, node: int) -> Subject:
        """Give what is counted at a node."""
        known_subject = self._subjects.get(node)
        if known_subject is None:
            frame, (since, until) = self.places[node]
            bare = since is None and until is None
            known_subject = self._subjects[node] = frame if bare else frame.over(since, until)
        return known_subject

    @cached_property
    def graph(self) -> Graph:
        """How it hangs together, once it is built."""
        return Graph(len(self.places), self.rows, self.loose)


class Graph:
    """How the nodes and rows of a system hang together; it does not change with the ends that are taken."""

    def __init__(self, size: int, rows: Sequence[Row], loose: Iterable[int] = ()) -> None:
        self.size: int = size
        self.rows: Sequence[Row] = rows
        self.loose: frozenset[int] = frozenset(loose)
        self.rows_of: list[list[int]] = [[] for _ in range(size)]
        for number, row in enumerate(rows):
            self.rows_of[row.whole].append(number)
            for part in row.parts:
                self.rows_of[part].append(number)

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """The parts of the system that have nothing to do with one another, by their first node."""
        seen = bytearray(self.size)
        all_components = []
        for start in range(self.size):
            if seen[start]:
                continue
            seen[start] = 1
            nodes, rows = [start], dict[int, None]()
            for node in nodes:  # grows while it is read
                for number in self.rows_of[node]:
                    if number in rows:
                        continue
                    rows[number] = None
                    row = self.rows[number]
                    for other in (row.whole, *row.parts):
                        if not seen[other]:
                            seen[other] = 1
                            nodes.append(other)
            loose = not self.loose.isdisjoint(nodes)
            all_components.append(
                Component(tuple(sorted(nodes)), tuple(self.rows[number] for number in sorted(rows)), loose)
            )
        return tuple(all_components)

    @cached_property
    def component_of(self) -> list[int]:
        """The number of the component of each node."""
        owners = [0] * self.size
        for number, component in enumerate(self.components):
            for node in component.nodes:
                owners[node] = number
        return owners


@dataclass(frozen=True, eq=False)
class Component:
    """Nodes that hang together, and the rows between them.

    Attributes:
        nodes: The numbers of the nodes.
        rows: The rows.
        loose: Whether not every relation that holds was written down.
    """

    nodes: tuple[int, ...]
    rows: tuple[Row, ...]
    loose: bool = False

    @cached_property
    def place(self) -> dict[int, int]:
        """Where each node stands among them."""
        return {node: number for number, node in enumerate(self.nodes)}

    @cached_property
    def graph(self) -> Graph:
        """The component as a system of its own, with its nodes counted from nought."""
        place = self.place
        return Graph(
            len(self.nodes),
            [row._replace(whole=place[row.whole], parts=tuple(place[part] for part in row.parts)) for row in self.rows],
        )

    @cached_property
    def forest(self) -> bool:
        """Whether no two ways lead from one node to another: propagation is exact then."""
        links = sum(1 + len(row.parts) for row in self.rows)
        return links == len(self.nodes) + len(self.rows) - 1

    @cached_property
    def upward(self) -> bool:
        """Whether no row is an equality: the lowest counts then hold all at once, and are exact."""
        return not any(row.equal for row in self.rows)

    @cached_property
    def doubtful(self) -> frozenset[int]:
        """Nodes that lie below two parts of one row; raising one raises both, which propagation does not see."""
        below: dict[int, list[int]] = {}
        for row in self.rows:
            below.setdefault(row.whole, []).extend(row.parts)
        reached: set[int] = set()
        for row in self.rows:
            owner: dict[int, int] = {}
            for part in row.parts if len(row.parts) > 1 else ():
                todo = [part]
                for node in todo:  # grows while it is read
                    known = owner.setdefault(node, part)
                    if known != part:
                        reached.add(node)
                    elif node in below:
                        todo += [below_node for below_node in below[node] if owner.get(below_node) != part]
        around = list(reached)
        while around:
            new = set(below.get(around.pop(), ())) - reached
            reached |= new
            around += new
        return frozenset(reached)
