"""Ends that cannot hold together, each broken equation once, in one component."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from casualties.bounding._core import reduced
from casualties.bounding._integer_program import Solver, installed
from casualties.bounding._propagation import Propagation, Trial, completed
from casualties.bounding._system import NO_CEILING, Component, End

SEARCH_WORK: Final = 10_000_000
"""How many rows are looked at in one component before the search for contradictions ends."""

NOTHING: Final = -1
"""Stands for the number of an end where nothing is stated."""

Ends = frozenset[int]


class Exhausted(Exception):  # noqa: N818 - not an error: it ends a search
    """The limit on work was reached."""


class Work:
    """How much of a search may still be done: its measure is the same on every machine.

    Args:
        limit: How many rows may be looked at; `SEARCH_WORK` where it is left out.
    """

    def __init__(self, limit: int | None = None) -> None:
        self.left: int = SEARCH_WORK if limit is None else limit

    def spend(self, rows: int) -> None:
        """Count rows that were looked at.

        Raises:
            Exhausted: If the limit is reached.
        """
        self.left -= rows
        if self.left < 0:
            raise Exhausted


def smallest_first(found: Iterable[Ends]) -> list[Ends]:
    """Keep the sets that hold no other of them, smallest first."""
    kept: list[Ends] = []
    holding: dict[int, list[Ends]] = {}
    for candidate in sorted(set(found), key=lambda member_set: (len(member_set), sorted(member_set))):
        if not any(other <= candidate for member in candidate for other in holding.get(member, ())):
            kept.append(candidate)
            holding.setdefault(min(candidate, default=-1), []).append(candidate)
    return kept


def derived(component: Component, ends: Sequence[End], numbers: Iterable[int], work: Work) -> Ends | None:
    """Give the ends from which propagation derives a contradiction; ``None`` where it finds none.

    Rows are looked at breadth first, so that the contradiction is one of few steps.
    """
    run = Propagation(component.graph, ends, numbers).run()
    work.spend(run.looked_at)
    return _used(run)


def _used(run: Propagation) -> Ends | None:
    for node in run.conflicts.values():
        return frozenset(-cause - 1 for _, _, _, cause, _ in run.steps((node, True), (node, False)) if cause < 0)
    return None


def judged(component: Component, ends: Sequence[End], numbers: Iterable[int], work: Work) -> tuple[Ends | None, bool]:
    """Give ends that contradict one another, and whether it is proved that none do where none were found.

    The shape of the component proves it, or counts that fit, or else the solver.
    """
    taken = frozenset(numbers)
    run = Propagation(component.graph, ends, taken).run()
    work.spend(run.looked_at)
    conflict = _used(run)
    if conflict is not None or component.forest or component.upward:
        return conflict, True
    if run.finished:
        trial = Trial(component, run.low, run.high)
        fits = completed(trial, component)
        work.spend(trial.looked_at)
        if fits:
            return None, True
    if not installed():
        return None, False
    work.spend(len(component.rows))
    found = Solver.of(component).taking(ends, taken).consistent()
    return (taken if found is False else None), found is not None


def consistent(component: Component, ends: Sequence[End], numbers: Iterable[int], work: Work) -> bool:
    """Tell whether it is proved that some ends hold together."""
    return judged(component, ends, numbers, work) == (None, True)


def quickxplain(component: Component, ends: Sequence[End], conflict: Ends, work: Work) -> Ends:
    """Take out of a contradiction what it does not need, as far as that can be found (U. Junker, 2004)."""

    def contradicts(numbers: Sequence[int]) -> bool:
        return judged(component, ends, numbers, work)[0] is not None

    def needed(background: list[int], added: bool, open_: list[int]) -> list[int]:  # noqa: FBT001 - as in the paper
        if added and contradicts(background):
            return []
        if len(open_) == 1:
            return open_
        half = len(open_) // 2
        second = needed([*background, *open_[:half]], True, open_[half:])
        first = needed([*background, *second], bool(second), open_[:half])
        return first + second

    return frozenset(needed([], False, sorted(conflict))) if len(conflict) > 1 else conflict


class ContradictionSearch:
    """Each broken equation of a component, told once by its most local contradiction; the rest then holds together.

    First those counts and rows are told whose own stated ends contradict one another, then what only several rows
    together show.  A contradiction whose end may be exchanged for another one of the same count is told with each, so
    that no source is preferred.  Assumed ends contradict nothing; they give way to stated ones.

    Args:
        component: The component; its nodes are counted from nought here.
        ends: All its ends.
        sources: For each statement, who makes it.

    Attributes:
        sets: Minimal sets of stated ends that contradict one another.
        apart: Minimal sets that only an assumed end sets apart.
        aside: The ends that are left out for it.
        complete: Whether the search came to its end; otherwise all ends are left out.
    """

    def __init__(self, component: Component, ends: Sequence[End], sources: Sequence[str]) -> None:
        self._component = component
        self._ends = ends
        self._sources = sources
        self._work = Work()
        self._at: dict[tuple[int, bool], list[int]] = {}
        self._twins: dict[tuple[int, bool], list[int]] = {}
        for number, end in sorted(enumerate(ends), key=lambda pair: -pair[1].people if pair[1].low else pair[1].people):
            self._at.setdefault((end.node, end.low), []).append(number)
            self._twins.setdefault((end.statement, end.low), []).append(number)
        self._parties: set[frozenset[str]] = set()
        self.sets: list[Ends] = []
        self.apart: list[Ends] = []
        self.aside: set[int] = set()
        self.complete: bool = True
        try:
            stated = frozenset(number for number, end in enumerate(ends) if not end.assumed)
            self._tell_local(stated)
            self._tell_others(stated)
            if len(stated) < len(ends):
                every = frozenset(range(len(ends)))
                self._tell_local(every)
                self._tell_others(every)
        except Exhausted:
            self.complete = False
            self.aside.update(range(len(ends)))

    def _tell_local(self, numbers: Ends) -> None:
        """Tell the counts, and then the rows, whose own ends contradict one another."""
        strongest: dict[tuple[int, bool], tuple[int, int]] = {}
        for place, ends in self._at.items():
            first = next((number for number in ends if number in numbers), None)
            if first is not None:
                strongest[place] = (self._ends[first].people, first)
        nodes = sorted({node for node, _ in strongest})
        nothing = {True: (0, NOTHING), False: (NO_CEILING, NOTHING)}
        for node in nodes:
            (low, one), (high, other) = (strongest.get((node, low), nothing[low]) for low in (True, False))
            if low > high:
                self._tell(frozenset((one, other)), once=True)
        for row in reduced(len(self._component.nodes), self._component.graph.rows, nodes):
            self._work.spend(1)
            for low in (True, False) if row.equal else (True,):
                parts = [strongest.get((part, low), nothing[low]) for part in row.parts]
                count, against = (
                    sum([people for people, _ in parts]),
                    strongest.get((row.whole, not low), nothing[not low]),
                )
                if count > against[0] if low else count < against[0]:
                    self._tell(frozenset(number for _, number in (against, *parts)) - {NOTHING}, once=True)

    def _tell_others(self, numbers: Ends) -> None:
        """Tell what several rows together show, until the ends that are left hold together."""
        while True:
            conflict, proved = judged(self._component, self._ends, numbers - self.aside, self._work)
            if conflict is None:
                self.complete = self.complete and proved
                return
            self._tell(conflict)

    def _tell(self, conflict: Ends, *, once: bool = False) -> None:
        """Tell a contradiction; ``once`` leaves out one that adds nothing to more local ones of the same sources."""
        least = quickxplain(self._component, self._ends, conflict, self._work)
        parties = frozenset(self._sources[self._ends[number].statement] for number in least)
        if once and least <= self.aside and parties in self._parties:
            return
        self._parties.add(parties)
        for told_set in (least, *self._exchanged(least)):
            assumed = {number for number in told_set if self._ends[number].assumed}
            (self.apart if assumed else self.sets).append(told_set)
            for number in assumed or told_set:
                self.aside.update(self._twins[self._ends[number].statement, self._ends[number].low])

    def _exchanged(self, least: Ends) -> Iterable[Ends]:
        """Exchange one end after the other for those of the same count that contradict the others as well."""
        for number in sorted(least):
            node, low, people, *_ = self._ends[number]
            others = [end for end in self._at[node, low] if end not in least]
            if not others:
                continue
            run = Propagation(self._component.graph, self._ends, least - {number}).run()
            self._work.spend(run.looked_at)
            for other_end in others:
                count = self._ends[other_end].people
                if count > run.high[node] if low else count < run.low[node]:
                    changed = least - {number} | {other_end}
                    stronger = count > people if low else count < people
                    yield quickxplain(self._component, self._ends, changed, self._work) if stronger else changed
