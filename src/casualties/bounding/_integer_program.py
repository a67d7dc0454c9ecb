"""The integer program that finishes what propagation leaves open, where the extra ``solver`` is installed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum, auto
from functools import cached_property
from importlib.util import find_spec
from typing import Any, Final

from casualties.bounding._system import NO_CEILING, Component, End, Row

NEARLY: Final = 1e-6
"""How far from a whole number the solver's numbers may lie where they stand for one."""


class State(Enum):
    """What became of a program."""

    FOUND = auto()
    NONE = auto()
    NO_END = auto()
    OPEN = auto()


def installed() -> bool:
    """Tell whether the solver can be loaded."""
    return find_spec("highspy") is not None


class Program:
    """The rows of a component as a linear program, or as an integer program.

    Args:
        component: The component; its nodes are counted from nought here.
        whole_numbers: Whether every count is a whole number, as people are.
    """

    def __init__(self, component: Component, *, whole_numbers: bool) -> None:
        import highspy  # noqa: PLC0415 - an optional extra, at its edge
        import numpy as np  # noqa: PLC0415 - comes with the extra

        self._states: Any = highspy.HighsModelStatus
        self._senses: Any = highspy.ObjSense
        self._size = size = len(component.nodes)
        self._columns = np.arange(size, dtype=np.int32)
        self._no_ceiling = highspy.kHighsInf
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
        self._model = highspy.Highs.__new__(highspy.Highs)
        super(highspy.Highs, self._model).__init__()  # the callbacks that its own __init__ adds print a banner
        self._model.setOptionValue("output_flag", False)
        self._model.setOptionValue("mip_rel_gap", 0.0)
        self._model.setOptionValue("mip_abs_gap", 0.5)
        self._model.passModel(program)
        self._asked: int | None = None

    def bound(self, low: Sequence[int], high: Sequence[int]) -> None:
        """Set the ends between which each count must lie."""
        import numpy as np  # noqa: PLC0415 - comes with the extra

        ceilings = [self._no_ceiling if ceiling >= NO_CEILING else ceiling for ceiling in high]
        self._model.changeColsBounds(self._size, self._columns, np.array(low, float), np.array(ceilings, float))

    def solve(self) -> State:
        """Look for counts that satisfy everything."""
        return self._solve(None)

    def solve_for(self, node: int, *, low: bool) -> State:
        """Look for counts in which that of a node is as low, or as high, as it can be."""
        self._model.changeObjectiveSense(self._senses.kMinimize if low else self._senses.kMaximize)
        return self._solve(node)

    def _solve(self, node: int | None) -> State:
        for column, cost in ((self._asked, 0.0), (node, 1.0)):  # what was found last stands until then
            if column is not None:
                self._model.changeColCost(column, cost)
        self._asked = node
        self._model.run()
        states = self._states
        state_of = {
            states.kOptimal: State.FOUND,
            states.kInfeasible: State.NONE,
            states.kUnbounded: State.NO_END,
            states.kUnboundedOrInfeasible: State.NO_END,
        }
        return state_of.get(self._model.getModelStatus(), State.OPEN)

    def best(self) -> int:
        """Give the count that was asked for last."""
        return round(self._model.getInfo().objective_function_value)

    def counts(self) -> list[float]:
        """Give the counts that were found last."""
        return list(self._model.getSolution().col_value)


class Solver:
    """One component, in which ends are taken and left.

    Counts of people are whole numbers.  The linear program, which starts from where it last ended, mostly finds whole
    numbers by itself; these are put into the rows to be sure.  Only where it does not the integer program is asked.

    Args:
        component: The component; its nodes are counted from nought here.
    """

    def __init__(self, component: Component) -> None:
        self._component = component
        self._linear = Program(component, whole_numbers=False)
        self._low: list[int] = []
        self._high: list[int] = []
        self._bounded: set[Program] = set()
        self.counts: list[int] = []
        """The counts that attain the end settled last; nothing where there are none."""

    @cached_property
    def _whole(self) -> Program:
        return Program(self._component, whole_numbers=True)

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
        size = len(self._component.nodes)
        self._low, self._high = [0] * size, [NO_CEILING] * size
        self._bounded.clear()
        for end in (ends[number] for number in numbers):
            if end.low:
                self._low[end.node] = max(self._low[end.node], end.people)
            else:
                self._high[end.node] = min(self._high[end.node], end.people)
        return self

    def consistent(self) -> bool | None:
        """Tell whether some counts satisfy everything; ``None`` where that could not be settled."""
        for whole_numbers in (False, True):
            program = self._program(whole_numbers=whole_numbers)
            state = program.solve()
            if state is State.NONE:
                return False
            if state is State.FOUND and self._fits(program.counts()):
                return True
        return None

    def end(self, node: int, *, low: bool) -> int | None:
        """Give the lowest or the highest count of a node; ``None`` where it could not be settled."""
        self.counts = []
        for whole_numbers in (False, True):
            program = self._program(whole_numbers=whole_numbers)
            state = program.solve_for(node, low=low)
            if state is State.NO_END:
                return None if low else NO_CEILING
            if state is State.FOUND and self._fits(program.counts()):
                return program.best()
        return None

    def _program(self, *, whole_numbers: bool) -> Program:
        program = self._whole if whole_numbers else self._linear
        if program not in self._bounded:
            program.bound(self._low, self._high)
            self._bounded.add(program)
        return program

    def _fits(self, values: Sequence[float]) -> bool:
        """Tell whether the solver's numbers are whole, and as whole numbers satisfy every end and every row."""
        counts = [round(value) for value in values]
        fits = (
            all(abs(count - value) <= NEARLY for count, value in zip(counts, values, strict=True))
            and all(low <= count <= high for low, count, high in zip(self._low, counts, self._high, strict=True))
            and all(self._holds(row, counts) for row in self._component.graph.rows)
        )
        self.counts = counts if fits else []
        return fits

    @staticmethod
    def _holds(row: Row, counts: Sequence[int]) -> bool:
        parts = sum([counts[part] for part in row.parts])
        return parts == counts[row.whole] if row.equal else parts <= counts[row.whole]
