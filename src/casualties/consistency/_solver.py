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
    """One component as an integer program, in which ends are taken and left.

    Args:
        component: The component; its nodes are counted from nought here.
        whole_numbers: Whether every count is a whole number, as people are.
    """

    def __init__(self, component: Component, *, whole_numbers: bool = True) -> None:
        import highspy  # noqa: PLC0415 - an optional extra, at its edge
        import numpy as np  # noqa: PLC0415 - comes with the extra

        self._states: Any = highspy.HighsModelStatus
        self._senses: Any = highspy.ObjSense
        self._size = size = len(component.nodes)
        self._columns = np.arange(size, dtype=np.int32)
        self._no_ceiling = highspy.kHighsInf
        self._empty = self._large = False
        self._counts: list[float] = []
        rows = component.graph.rows
        starts, columns, values = [0], list[int](), list[float]()
        for row in rows:
            columns += (row.whole, *row.parts)
            values += (1.0, *(-1.0 for _ in row.parts))
            starts.append(len(columns))
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = size, len(rows)
        program.col_cost_ = np.zeros(size)
        program.col_lower_, program.col_upper_ = np.zeros(size), np.full(size, highspy.kHighsInf)
        program.row_lower_ = np.zeros(len(rows))
        program.row_upper_ = np.array([0.0 if row.equal else highspy.kHighsInf for row in rows])
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.array(starts, dtype=np.int32)
        program.a_matrix_.index_ = np.array(columns, dtype=np.int32)
        program.a_matrix_.value_ = np.array(values)
        if whole_numbers:
            program.integrality_ = [highspy.HighsVarType.kInteger] * size
        self._model = highspy.Highs()  # type: ignore[no-untyped-call]  # the package is half typed
        self._model.setOptionValue("output_flag", False)
        self._model.setOptionValue("mip_rel_gap", 0.0)
        self._model.setOptionValue("mip_abs_gap", 0.5)
        self._model.passModel(program)

    @staticmethod
    def of(component: Component) -> Solver:
        """Give the solver of a component, which is made once."""
        known = vars(component).get("solver")
        if not isinstance(known, Solver):
            known = Solver(component)
            vars(component)["solver"] = known
        return known

    def taking(self, ends: Sequence[End], numbers: Iterable[int]) -> Solver:
        """Take these ends and leave all others."""
        import numpy as np  # noqa: PLC0415 - comes with the extra

        low, high = np.zeros(self._size), np.full(self._size, self._no_ceiling)
        taken = [ends[number] for number in numbers]
        self._large = any(end.people > LARGEST for end in taken)
        for end in taken:
            if end.low:
                low[end.node] = max(low[end.node], end.people)
            else:
                high[end.node] = min(high[end.node], end.people)
        self._empty = bool((low > high).any())
        if not self._empty and not self._large:
            self._model.changeColsBounds(self._size, self._columns, low, high)
        return self

    def consistent(self) -> bool | None:
        """Tell whether some counts satisfy everything; ``None`` where that could not be settled."""
        if self._empty or self._large:
            return False if self._empty else None
        self._model.run()
        status = self._model.getModelStatus()
        return {self._states.kOptimal: True, self._states.kInfeasible: False}.get(status)

    def counts(self) -> list[int]:
        """Give the counts that attain the end settled last; nothing where there are none."""
        return [round(count) for count in self._counts]

    def end(self, node: int, *, low: bool) -> int | None:
        """Give the lowest or the highest count of a node; ``None`` where it could not be settled."""
        if self._large:
            return None
        model = self._model
        model.changeColCost(node, 1.0)
        model.changeObjectiveSense(self._senses.kMinimize if low else self._senses.kMaximize)
        model.run()
        status, count = model.getModelStatus(), model.getInfo().objective_function_value
        self._counts = list(model.getSolution().col_value) if status == self._states.kOptimal else []
        model.changeColCost(node, 0.0)
        if status == self._states.kOptimal and count <= LARGEST:
            return round(count)
        if not low and status in (self._states.kUnbounded, self._states.kUnboundedOrInfeasible):
            return NO_CEILING
        return None
