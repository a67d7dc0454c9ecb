"""The integer program that finishes what propagation leaves open, where the extra ``solver`` is installed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import Any

from casualties.consistency._system import NO_CEILING, Component, End

LARGEST = 10**12
"""Counts above this are not handed to the solver, whose numbers would round them."""


def installed() -> bool:
    """Tell whether the solver can be loaded."""
    return find_spec("highspy") is not None


class Solver:
    """One component as an integer program, with the ends of some statements.

    Args:
        component: The component.
        ends: All ends of the system.
        numbers: Which of them are taken.
    """

    def __init__(self, component: Component, ends: Sequence[End], numbers: Iterable[int]) -> None:
        import highspy  # noqa: PLC0415 - an optional extra, at its edge
        import numpy as np  # noqa: PLC0415 - comes with the extra

        self._high: Any = highspy
        self._place = {node: number for number, node in enumerate(component.nodes)}
        low = [0] * len(self._place)
        high = [NO_CEILING] * len(self._place)
        for number in numbers:
            end = ends[number]
            if end.node not in self._place:
                continue
            at = self._place[end.node]
            if end.low:
                low[at] = max(low[at], end.count)
            else:
                high[at] = min(high[at], end.count)
        self._empty = any(lowest > highest for lowest, highest in zip(low, high, strict=True))
        self._model = model = highspy.Highs()
        model.setOptionValue("output_flag", False)  # noqa: FBT003 - the solver's own call
        model.setOptionValue("mip_rel_gap", 0.0)
        model.setOptionValue("mip_abs_gap", 0.5)
        if self._empty:
            return
        for lowest, highest in zip(low, high, strict=True):
            model.addVar(float(lowest), highspy.kHighsInf if highest >= NO_CEILING else float(highest))
        for at in range(len(self._place)):
            model.changeColIntegrality(at, highspy.HighsVarType.kInteger)
        for number in component.rows:
            row = component.graph.rows[number]
            columns = np.array([self._place[node] for node in (row.whole, *row.parts)], dtype=np.int32)
            values = np.array([1.0] + [-1.0] * len(row.parts))
            model.addRow(0.0, 0.0 if row.equal else highspy.kHighsInf, len(columns), columns, values)

    def consistent(self) -> bool:
        """Tell whether some counts satisfy everything."""
        if self._empty:
            return False
        self._model.run()
        return bool(self._model.getModelStatus() == self._high.HighsModelStatus.kOptimal)

    def end(self, node: int, *, low: bool) -> int | None:
        """Give the lowest or the highest count of a node; ``None`` where it could not be settled."""
        at, model = self._place[node], self._model
        sense = self._high.ObjSense.kMinimize if low else self._high.ObjSense.kMaximize
        model.changeColCost(at, 1.0)
        model.changeObjectiveSense(sense)
        model.run()
        status, count = model.getModelStatus(), model.getInfo().objective_function_value
        model.changeColCost(at, 0.0)
        states = self._high.HighsModelStatus
        if status == states.kOptimal and count <= LARGEST:
            return round(count)
        if not low and status in (states.kUnbounded, states.kUnboundedOrInfeasible):
            return NO_CEILING
        return None
