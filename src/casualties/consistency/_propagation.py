"""Interval propagation with its trail: each end that is found remembers from what it follows."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Final

from casualties.consistency._system import NO_CEILING, End, Graph

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
        "low",
    )

    def __init__(self, graph: Graph, ends: Sequence[End], numbers: Iterable[int] | None = None) -> None:
        self.graph: Graph = graph
        self.low: list[int] = [0] * graph.size
        self.high: list[int] = [NO_CEILING] * graph.size
        self.conflicts: dict[int, int] = {}
        self.finished: bool = True
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
        left = WORK * len(rows) + 1000
        while queue:
            number = queue.popleft()
            waiting[number] = 0
            if conflicts and self.graph.component_of[rows[number].whole] in conflicts:
                continue
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
            for part, ceiling in zip(parts, ceilings, strict=True):
                if lack + ceiling > low[part]:
                    self._set(part, True, lack + ceiling, number, stamp)
        elif whole_low:
            open_parts = [part for part, ceiling in zip(parts, ceilings, strict=True) if ceiling >= NO_CEILING]
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
        return [(*self._trail[place][:4], tuple([order[each] for each in self.inputs(place)])) for place in order]

    def record(self) -> int:
        """Write down, for every row that gave an end, the ends as they stood then; give the number of ends found.

        Every proof is read off this record, in which ends that give several others stand once.
        """
        for node, low, _, cause, stamp in self._trail:
            if cause >= 0:
                row = self.graph.rows[cause]
                if node == row.whole:
                    self._stood(cause, stamp, row.parts, low)
                else:
                    self._stood(cause, stamp, (row.whole,), low)
                    self._stood(cause, stamp, row.parts, not low)
        return len(self._trail)

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
