"""Which of the ends that propagation found are exact: by the shape of the system, or by counts that attain them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Final

from casualties.consistency._propagation import Propagation
from casualties.consistency._system import NO_CEILING, Component, Graph

DIVES: Final = 60
"""How many sets of counts are looked for in one component to attain the ends that its shape does not prove."""
TRIES: Final = 200_000
"""How many counts are supposed in one component, in all of these together."""
BEYOND: Final = 10**18
"""A count above everything that finite ends can make; what can be so high has no ceiling."""

NodeEnd = tuple[int, bool]


class Trial(Propagation):
    """A propagation in which counts are supposed and taken back."""

    __slots__ = ("_log",)

    def __init__(self, base: Propagation) -> None:  # the ends stand as they were found
        self.graph = base.graph
        self.low, self.high = base.low.copy(), base.high.copy()
        self.conflicts, self.finished = {}, True
        self._trail, self._history = [], {}
        self._queue, self._waiting = deque(), bytearray(len(self.graph.rows))
        self._log: list[tuple[int, bool, int]] = []

    def _set(self, node: int, low: bool, count: int, cause: int, stamp: int) -> None:  # noqa: ARG002, FBT001
        ends = self.low if low else self.high
        self._log.append((node, low, ends[node]))
        ends[node] = count
        if self.low[node] > self.high[node]:
            self.conflicts[0] = node
            self._queue.clear()
            return
        for number in self.graph.rows_of[node]:
            if not self._waiting[number]:
                self._waiting[number] = 1
                self._queue.append(number)

    def run(self) -> Propagation:
        """Follow all rows until nothing changes, a conflict is found or the bound on work is reached."""
        queue, waiting, rows = self._queue, self._waiting, self.graph.rows
        left = 20 * len(rows) + 1000
        while queue and not self.conflicts:
            number = queue.popleft()
            waiting[number] = 0
            left -= 1
            if left < 0:
                self.finished = False
                break
            row = rows[number]
            if len(row.parts) == 1:
                self._edge(number, row.whole, row.parts[0], equal=row.equal)
            else:
                self._sum(number, row.whole, row.parts, equal=row.equal)
        return self

    def suppose(self, node: int, low: int, high: int) -> bool:
        """Suppose that a count lies between two numbers; what cannot be is taken back and answered with false."""
        mark = len(self._log)
        if low > self.low[node]:
            self._set(node, True, low, 0, 0)
        if high < self.high[node] and not self.conflicts:
            self._set(node, False, high, 0, 0)
        self.run()
        if not self.conflicts and self.finished:
            return True
        for other, is_low, before in reversed(self._log[mark:]):
            (self.low if is_low else self.high)[other] = before
        del self._log[mark:]
        self.conflicts.clear()
        self.finished = True
        self._queue.clear()
        self._waiting = bytearray(len(self.graph.rows))
        return False


def exact_ends(base: Propagation, nodes: Iterable[int]) -> set[NodeEnd]:
    """Give those ends of the nodes asked for that are proved exact; ``True`` stands for the low end."""
    graph = base.graph
    wanted: dict[int, list[int]] = {}
    for node in nodes:
        wanted.setdefault(graph.component_of[node], []).append(node)
    found: set[NodeEnd] = set()
    for number, asked in wanted.items():
        component = graph.components[number]
        if number in base.conflicts or not base.finished or not graph.loose.isdisjoint(component.nodes):
            continue
        found |= _exact_in(component, base, asked)
    return found


def _exact_in(component: Component, base: Propagation, asked: list[int]) -> set[NodeEnd]:
    if component.forest:
        return {(node, low) for node in asked for low in (True, False)}
    if component.upward:
        found = {(node, True) for node in asked}
        for node in asked:
            if node not in component.doubtful or _reaches(base, node):
                found.add((node, False))
        return found
    return attained(component, base, {(node, low) for node in asked for low in (True, False)})


def _reaches(base: Propagation, node: int) -> bool:
    """Tell whether a count can be as high as its high end, where no row is an equality.

    The lowest counts that follow hold all at once, so that no conflict among them means that it can.
    """
    high = base.high[node]
    return Trial(base).suppose(node, BEYOND if high >= NO_CEILING else high, NO_CEILING)


def attained(component: Component, base: Propagation, wanted: set[NodeEnd]) -> set[NodeEnd]:
    """Look for counts that satisfy every row and attain the wanted ends; give the ends attained."""
    open_ends = sorted(wanted)
    found: set[NodeEnd] = set()
    tried: set[NodeEnd] = set()
    tries = TRIES
    for _ in range(DIVES):
        open_ends = [end for end in open_ends if end not in found]
        first = next((end for end in open_ends if end not in tried), None)
        if first is None or tries < 0:
            break
        tried.add(first)
        trial = Trial(base)
        for node, low in (first, *(end for end in open_ends if end != first)):
            count = base.low[node] if low else min(base.high[node], BEYOND)
            if trial.low[node] <= count <= trial.high[node]:
                tries -= 1
                trial.suppose(node, count, count if low or base.high[node] < NO_CEILING else NO_CEILING)
        tries -= len(component.nodes)
        if _completed(trial, component):
            found |= {
                (node, low)
                for node, low in open_ends
                if (trial.low[node] == base.low[node] if low else trial.low[node] >= min(base.high[node], BEYOND))
            }
    return found


def _completed(trial: Trial, component: Component) -> bool:
    """Settle every count that is still open, at its lowest or else at its highest."""
    for node in component.nodes:
        low, high = trial.low[node], trial.high[node]
        if low != high and not trial.suppose(node, low, low) and not trial.suppose(node, min(high, BEYOND), high):
            return False
    return all(trial.low[node] == trial.high[node] for node in component.nodes)


def consistent(graph: Graph, base: Propagation, number: int) -> bool:
    """Tell whether some counts satisfy everything in a component, as far as can be seen without a solver."""
    component = graph.components[number]
    if number in base.conflicts:
        return False
    return component.forest or component.upward or _completed(Trial(base), component)
