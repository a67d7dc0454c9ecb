"""Interval propagation with its trail: each end that is found remembers from what it follows."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Final

from casualties.bounding._system import NO_CEILING, Component, End, Graph

WORK: Final = 60
"""How often, on average, a row may be looked at again before propagation is given up as endless."""


class Propagation:
    """The ends that follow from some statements, found row by row, each from the ends found before it.

    Attributes:
        low: The lowest count of each node.
        high: The highest count of each node, `NO_CEILING` where none follows.
        conflicts: For each component in which the ends contradict one another, by its number, a node whose lowest count
            exceeds its highest; nothing more is followed there.
        finished: Whether nothing was left to do; the ends are valid but perhaps not tight otherwise.
        looked_at: How many rows were looked at, some of them several times.
    """

    __slots__ = (
        "_history",
        "_queue",
        "_standing",
        "_trail",
        "_used",
        "_waiting",
        "conflicts",
        "finished",
        "graph",
        "high",
        "looked_at",
        "low",
    )

    def __init__(self, graph: Graph, ends: Sequence[End], numbers: Iterable[int] | None = None) -> None:
        self.graph: Graph = graph
        self.low: list[int] = [0] * graph.size
        self.high: list[int] = [NO_CEILING] * graph.size
        self.conflicts: dict[int, int] = {}
        self.finished: bool = True
        self.looked_at: int = 0
        self._trail: list[tuple[int, bool, int, int, int]] = []
        self._history: dict[int, list[int]] = {}
        self._used: dict[int, list[int]] = {}
        self._standing: dict[tuple[int, int, bool, int], list[tuple[int, int]]] = {}
        self._queue: deque[int] = deque()
        self._waiting = bytearray(len(graph.rows))
        for number in range(len(ends)) if numbers is None else numbers:
            node, low, count, _, _ = ends[number]
            if count > self.low[node] if low else count < self.high[node]:
                self._set(node, low, count, -number - 1, 0)

    def run(self) -> Propagation:
        """Follow all rows until nothing changes or the bound on work is reached."""
        queue, waiting, rows = self._queue, self._waiting, self.graph.rows
        conflicts = self.conflicts
        looked_at, limit = 0, WORK * len(rows) + 1000
        while queue:
            number = queue.popleft()
            waiting[number] = 0
            if conflicts and self.graph.component_of[rows[number].whole] in conflicts:
                continue
            looked_at += 1
            if looked_at > limit:
                self.finished = False
                break
            row = rows[number]
            if len(row.parts) == 1:
                self._edge(number, row.whole, row.parts[0], equal=row.equal)
            else:
                self._sum(number, row.whole, row.parts, equal=row.equal)
        self.looked_at += looked_at
        return self

    def _edge(self, number: int, whole: int, part: int, *, equal: bool) -> None:
        low, high = self.low, self.high
        stamp = len(self._trail)
        if low[part] > low[whole]:
            self._set(whole, True, low[part], number, stamp)
        if high[whole] < high[part]:
            self._set(part, False, high[whole], number, stamp)
        if equal:
            if low[whole] > low[part]:
                self._set(part, True, low[whole], number, stamp)
            if high[part] < high[whole]:
                self._set(whole, False, high[part], number, stamp)

    def _sum(self, number: int, whole: int, parts: tuple[int, ...], *, equal: bool) -> None:
        low, high = self.low, self.high
        stamp = len(self._trail)
        lows = sum([low[part] for part in parts])
        whole_low, whole_high = low[whole], high[whole]
        ceilings = [high[part] for part in parts] if equal else ()
        if lows > whole_low:
            self._set(whole, True, lows, number, stamp)
        room = whole_high - lows
        if whole_high < NO_CEILING:
            for part in parts:
                if room + low[part] < high[part]:
                    self._set(part, False, room + low[part], number, stamp)
        if not equal:
            return
        highs = sum(ceilings)
        if highs < NO_CEILING:
            if highs < whole_high:
                self._set(whole, False, highs, number, stamp)
            lack = whole_low - highs
            for place, part in enumerate(parts):
                if lack + ceilings[place] > low[part]:
                    self._set(part, True, lack + ceilings[place], number, stamp)
        elif whole_low:
            open_parts = [part for place, part in enumerate(parts) if ceilings[place] >= NO_CEILING]
            if len(open_parts) == 1:
                count = whole_low - (highs - NO_CEILING)
                if count > low[open_parts[0]]:
                    self._set(open_parts[0], True, count, number, stamp)

    def _set(self, node: int, low: bool, count: int, cause: int, stamp: int) -> None:  # noqa: FBT001 - which end
        key = node * 2 + low
        if key in self._history:
            self._history[key].append(len(self._trail))
        else:
            self._history[key] = [len(self._trail)]
        self._trail.append((node, low, count, cause, stamp))
        if low:
            self.low[node] = count
        else:
            self.high[node] = count
        if self.low[node] > self.high[node]:
            self.conflicts.setdefault(self.graph.component_of[node], node)
        waiting = self._waiting
        for number in self.graph.rows_of[node]:
            if not waiting[number]:
                waiting[number] = 1
                self._queue.append(number)

    def steps(self, *wanted: tuple[int, bool]) -> list[tuple[int, bool, int, int, tuple[int, ...]]]:
        """Give what leads to the wanted ends, in the order in which it was found.

        Each step is a node, which end, the count, the cause (a row, or ``-1 -`` the number of a statement's end) and
        the places of the steps that it follows from.
        """
        todo = [places[-1] for node, low in wanted if (places := self._history.get(node * 2 + low))]
        needed: set[int] = set()
        while todo:
            place = todo.pop()
            if place not in needed:
                needed.add(place)
                todo += self.inputs(place)
        order = {place: number for number, place in enumerate(sorted(needed))}
        return [(*self._trail[place][:4], tuple([order[step] for step in self.inputs(place)])) for place in order]

    def inputs(self, place: int) -> list[int]:
        """Give the places of the ends, as they stood when a row was looked at, from which an end was found."""
        known = self._used.get(place)
        if known is None:
            node, low, _, cause, stamp = self._trail[place]
            known = self._used[place] = [] if cause < 0 else self._inputs(node, low, cause, stamp)
        return known

    def _inputs(self, node: int, low: bool, cause: int, stamp: int) -> list[int]:  # noqa: FBT001 - which end
        row = self.graph.rows[cause]
        if node == row.whole:
            return [place for _, place in self._stood(cause, stamp, row.parts, low)]
        whole = [place for _, place in self._stood(cause, stamp, (row.whole,), low)]
        if len(row.parts) == 1:
            return whole
        return whole + [place for part, place in self._stood(cause, stamp, row.parts, not low) if part != node]

    def _stood(self, cause: int, stamp: int, nodes: tuple[int, ...], low: bool) -> list[tuple[int, int]]:  # noqa: FBT001 - as above
        """Give the places of the ends of some nodes as they stood when a row was looked at."""
        key = (cause, stamp, low, nodes[0])
        known = self._standing.get(key)
        if known is None:
            known = self._standing[key] = []
            for node in nodes:
                places = self._history.get(node * 2 + low)
                if places and places[0] < stamp:
                    known.append((node, places[-1] if places[-1] < stamp else places[bisect_left(places, stamp) - 1]))
        return known


DIVES: Final = 60
"""How many sets of counts are looked for in one component to attain the ends that its shape does not prove."""
DIVES_BEFORE_SOLVER: Final = 6
"""How many where the integer program can take over."""
TRIES: Final = 200_000
"""How many counts are supposed in one component, in all of these together."""
BEYOND: Final = 10**18
"""A count above everything that finite ends can make; what can be so high has no ceiling."""

NodeEnd = tuple[int, bool]


class Trial(Propagation):
    """Ends of one component alone, in which counts are supposed and taken back.

    Args:
        component: The component; its nodes are counted from nought here.
        low: The lowest counts that were found.
        high: The highest counts.
    """

    __slots__ = ("_log",)

    def __init__(self, component: Component, low: Sequence[int], high: Sequence[int]) -> None:
        super().__init__(component.graph, ())
        self.low, self.high = list(low), list(high)
        self._log: list[tuple[int, bool, int]] = []

    def _set(self, node: int, low: bool, count: int, cause: int, stamp: int) -> None:  # noqa: ARG002, FBT001 - as its base
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
        looked_at, limit = 0, 20 * len(rows) + 1000
        while queue and not self.conflicts:
            number = queue.popleft()
            waiting[number] = 0
            looked_at += 1
            if looked_at > limit:
                self.finished = False
                break
            row = rows[number]
            if len(row.parts) == 1:
                self._edge(number, row.whole, row.parts[0], equal=row.equal)
            else:
                self._sum(number, row.whole, row.parts, equal=row.equal)
        self.looked_at += looked_at
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


def attained(
    component: Component, low: Sequence[int], high: Sequence[int], wanted: Iterable[NodeEnd], dives: int = DIVES
) -> set[NodeEnd]:
    """Give those of the wanted ends that are proved exact; ``True`` stands for the low end.

    Args:
        component: The component; its nodes are counted from nought here.
        low: The lowest counts that propagation found, where it came to its end.
        high: The highest.
        wanted: The ends that are asked about.
        dives: How many sets of counts are looked for at most.
    """
    if component.forest:
        return set(wanted)
    if component.upward:
        return {
            (node, is_low)
            for node, is_low in wanted
            if is_low or component.nodes[node] not in component.doubtful or _reaches(component, low, high, node)
        }
    return _dived(component, low, high, sorted(set(wanted)), dives)


def _reaches(component: Component, low: Sequence[int], high: Sequence[int], node: int) -> bool:
    """Tell whether a count can be as high as its high end, where no row is an equality.

    The lowest counts that follow hold all at once, so that no conflict among them means that it can.
    """
    count = BEYOND if high[node] >= NO_CEILING else high[node]
    return Trial(component, low, high).suppose(node, count, NO_CEILING)


def _dived(
    component: Component, low: Sequence[int], high: Sequence[int], open_ends: list[NodeEnd], dives: int
) -> set[NodeEnd]:
    """Look for counts that satisfy every row and attain as many of the ends as they can; give the ends attained."""
    fixed: set[NodeEnd] = set()
    tried: set[NodeEnd] = set()
    tries = TRIES
    for _ in range(dives):
        open_ends = [end for end in open_ends if end not in fixed]
        first = next((end for end in open_ends if end not in tried), None)
        if first is None or tries < 0:
            break
        tried.add(first)
        trial = Trial(component, low, high)
        for node, is_low in (first, *(end for end in open_ends if end != first)):
            count = low[node] if is_low else min(high[node], BEYOND)
            if trial.low[node] <= count <= trial.high[node]:
                tries -= 1
                trial.suppose(node, count, count if is_low else high[node])
        tries -= len(component.nodes)
        if completed(trial, component):
            fixed |= {
                (node, is_low)
                for node, is_low in open_ends
                if (trial.low[node] == low[node] if is_low else trial.low[node] >= min(high[node], BEYOND))
            }
    return fixed


def completed(trial: Trial, component: Component) -> bool:
    """Settle every count that is still open, at its lowest or else at its highest; false where that fails."""
    for node in range(len(component.nodes)):
        low, high = trial.low[node], trial.high[node]
        if low != high and not trial.suppose(node, low, low) and not trial.suppose(node, min(high, BEYOND), high):
            return False
    return trial.low == trial.high
