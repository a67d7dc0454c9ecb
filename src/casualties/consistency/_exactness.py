"""Which of the ends that propagation found are exact: by the shape of the system, or by counts that attain them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from casualties.consistency._propagation import Propagation
from casualties.consistency._system import NO_CEILING, Component

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
    found: set[NodeEnd] = set()
    tried: set[NodeEnd] = set()
    tries = TRIES
    for _ in range(dives):
        open_ends = [end for end in open_ends if end not in found]
        first = next((end for end in open_ends if end not in tried), None)
        if first is None or tries < 0:
            break
        tried.add(first)
        trial = Trial(component, low, high)
        for node, is_low in (first, *(end for end in open_ends if end != first)):
            count = low[node] if is_low else min(high[node], BEYOND)
            if trial.low[node] <= count <= trial.high[node]:
                tries -= 1
                trial.suppose(node, count, count if is_low or high[node] < NO_CEILING else NO_CEILING)
        tries -= len(component.nodes)
        if completed(trial, component):
            found |= {
                (node, is_low)
                for node, is_low in open_ends
                if (trial.low[node] == low[node] if is_low else trial.low[node] >= min(high[node], BEYOND))
            }
    return found


def completed(trial: Trial, component: Component) -> bool:
    """Settle every count that is still open, at its lowest or else at its highest; false where that fails."""
    for node in range(len(component.nodes)):
        low, high = trial.low[node], trial.high[node]
        if low != high and not trial.suppose(node, low, low) and not trial.suppose(node, min(high, BEYOND), high):
            return False
    return trial.low == trial.high
