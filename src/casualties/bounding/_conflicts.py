"""The minimal sets of ends that cannot hold together, in one component."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from casualties.bounding._integer_program import Solver, installed
from casualties.bounding._propagation import Propagation, Trial, completed
from casualties.bounding._system import NO_CEILING, Component, End

MAX_STEPS: Final = 200_000
"""How many partial derivations are looked at in one component before the search is cut short."""
MAX_DEPTH: Final = 60
"""How many sums may lie within one another where all derivations are listed."""
MAX_BRANCHES: Final = 3_000
"""How many ways of setting ends aside are tried in a component that is no forest and has equalities."""
MAX_FOUND: Final = 2_000
"""How many minimal sets are kept of one component."""

Ends = frozenset[int]


class Exhausted(Exception):  # noqa: N818 - not an error: it ends a search
    """The bound on work was reached."""


def minimal_sets(component: Component, ends: Sequence[End], numbers: Sequence[int]) -> tuple[list[Ends], bool]:
    """Give the minimal sets of ends that contradict one another, and whether these are all."""
    if component.forest or component.upward:
        found, complete = Derivations(component, ends, numbers).conflicts()
    else:
        found, complete = _by_setting_aside(component, ends, numbers)
    if not complete:
        found = [shrunk(component, ends, each) for each in found]
    smallest = smallest_first(found)
    return smallest[:MAX_FOUND], complete and len(smallest) <= MAX_FOUND


def smallest_first(found: Iterable[Ends]) -> list[Ends]:
    """Keep the sets that hold no other of them, smallest first."""
    kept: list[Ends] = []
    holding: dict[int, list[Ends]] = {}
    for each in sorted(set(found), key=lambda each: (len(each), sorted(each))):
        if not any(other <= each for member in each for other in holding.get(member, ())):
            kept.append(each)
            holding.setdefault(min(each), []).append(each)
    return kept


def first_conflict(component: Component, ends: Sequence[End], numbers: Iterable[int]) -> Ends | None:
    """Give the ends from which propagation derives a contradiction; ``None`` where it finds none."""
    return _used(Propagation(component.graph, ends, numbers).run())


def _used(run: Propagation) -> Ends | None:
    for node in run.conflicts.values():
        return frozenset(-cause - 1 for _, _, _, cause, _ in run.steps((node, True), (node, False)) if cause < 0)
    return None


def judged(component: Component, ends: Sequence[End], numbers: Iterable[int]) -> tuple[Ends | None, bool]:
    """Give ends that contradict one another, and whether it is proved that none do where none were found.

    The shape of the component proves it, or counts that fit, or else the solver.
    """
    taken = frozenset(numbers)
    run = Propagation(component.graph, ends, taken).run()
    conflict = _used(run)
    if conflict is not None or component.forest or component.upward:
        return conflict, True
    if run.finished and completed(Trial(component, run.low, run.high), component):
        return None, True
    if not installed():
        return None, False
    fits = Solver.of(component).taking(ends, taken).consistent()
    return (taken if fits is False else None), fits is not None


def consistent(component: Component, ends: Sequence[End], numbers: Iterable[int]) -> bool:
    """Tell whether it is proved that some ends hold together."""
    return judged(component, ends, numbers) == (None, True)


def shrunk(component: Component, ends: Sequence[End], conflict: Ends) -> Ends:
    """Take out of a contradiction what it does not need, as far as that can be found."""
    kept = conflict
    for number in sorted(conflict):
        if number in kept:
            smaller, _ = judged(component, ends, kept - {number})
            kept = kept if smaller is None else smaller
    return kept


class Derivations:
    """All ways in which ends follow from one another, where no end can follow from itself.

    That is so in a forest, and where no row is an equality.  Every contradiction then holds a ceiling that the rest
    of it exceeds: for each ceiling the derivations of more than it allows are listed.

    Args:
        component: The component.
        ends: All ends of the system.
        numbers: Which of them are taken.
    """

    def __init__(self, component: Component, ends: Sequence[End], numbers: Sequence[int]) -> None:
        self._component = component
        self._graph = component.graph
        self._ends = ends
        self._numbers = numbers
        self._at: dict[tuple[int, bool], list[int]] = {}
        for number in numbers:
            self._at.setdefault((ends[number].node, ends[number].low), []).append(number)
        self._best: dict[tuple[int, int, bool], int] = {}
        self._steps = 0

    def conflicts(self) -> tuple[list[Ends], bool]:
        """Give the contradictions, and whether the search came to its end."""
        found: list[Ends] = []
        complete = True
        floors: list[int] | None = None
        if self._component.upward:
            lows = [number for number in self._numbers if self._ends[number].low]
            floors = Propagation(self._graph, self._ends, lows).run().low
        for number in self._numbers:
            end = self._ends[number]
            if end.low or (floors and floors[end.node] <= end.people):
                continue
            try:
                if self._extreme(end.node, -1, 0, low=True) > end.people:
                    for _, used in self._derived(end.node, -1, end.people + 1, 0, low=True):
                        found.append(used | {number})
            except Exhausted:
                complete = False
        if not complete:
            alone = first_conflict(self._component, self._ends, self._numbers)
            found += [alone] if alone else []
        return found, complete

    def _sources(self, node: int, entered: int, *, low: bool) -> tuple[list[int], list[tuple[int, int]]]:
        """Follow single rows from a node to the ends and the sums from which its end may follow."""
        ends: list[int] = []
        sums: list[tuple[int, int]] = []
        todo, seen = [(node, entered)], {node}
        while todo:
            here, through = todo.pop()
            ends += self._at.get((here, low), ())
            for number in self._graph.rows_of[here]:
                row = self._graph.rows[number]
                if number == through or not (row.equal or (here == row.whole) == low):
                    continue
                if len(row.parts) > 1:
                    sums.append((number, here))
                    continue
                other = min(row.parts) if here == row.whole else row.whole
                if other not in seen:
                    seen.add(other)
                    todo.append((other, number))
        return ends, sums

    def _terms(self, number: int, node: int, *, low: bool) -> list[tuple[int, bool, int]]:
        """Give what is added up to an end of a node in a row: nodes, their ends and their signs."""
        row = self._graph.rows[number]
        if node == row.whole:
            return [(part, low, 1) for part in row.parts]
        return [(row.whole, low, 1), *((part, not low, -1) for part in row.parts if part != node)]

    def _extreme(self, node: int, entered: int, depth: int, *, low: bool) -> int:
        """Give the best end that all taken ends together imply for a node, by any row but the one it is asked from."""
        known = self._best.get((node, entered, low))
        if known is not None:
            return known
        if depth > MAX_DEPTH:
            raise Exhausted
        ends, sums = self._sources(node, entered, low=low)
        best = 0 if low else NO_CEILING
        counts = [self._ends[each].people for each in ends]
        for number, here in sums:
            total = 0
            for other, end, sign in self._terms(number, here, low=low):
                total += sign * self._extreme(other, number, depth + 1, low=end)
            counts.append(total)
        for count in counts:
            best = max(best, count) if low else min(best, count)
        if not low and best >= NO_CEILING // 2:
            best = NO_CEILING
        self._best[node, entered, low] = best
        return best

    def _derived(self, node: int, entered: int, worst: int, depth: int, *, low: bool) -> list[tuple[int, Ends]]:
        """List the ends at least as good as the worst that is of use, each with a smallest set that implies it."""
        self._step()
        nothing: list[tuple[int, Ends]] = []
        if worst <= 0 if low else worst >= NO_CEILING:
            nothing.append((0 if low else NO_CEILING, frozenset()))
        ends, sums = self._sources(node, entered, low=low)
        found = nothing
        for each in ends:
            count = self._ends[each].people
            if count >= worst if low else count <= worst:
                found.append((count, frozenset({each})))
        for number, here in sums:
            found += self._summed(number, here, worst, depth, low=low)
        return _undominated(found, low=low)

    def _summed(self, number: int, node: int, worst: int, depth: int, *, low: bool) -> list[tuple[int, Ends]]:
        terms = self._terms(number, node, low=low)
        best = [sign * self._extreme(other, number, depth + 1, low=end) for other, end, sign in terms]
        if not low and max(best) >= NO_CEILING:
            return []
        if low and min(best) <= -NO_CEILING:
            return []
        left = sum(best)
        if left < worst if low else left > worst:
            return []
        partial: list[tuple[int, Ends]] = [(0, frozenset())]
        for (other, end, sign), most in zip(terms, best, strict=True):
            left -= most
            floor = sign * (worst - sum(best) + most)
            if sign < 0 and end:
                floor = max(floor, 0)
            options = self._derived(other, number, floor, depth + 1, low=end)
            joined = []
            for total, used in partial:
                for count, more in options:
                    self._step()
                    now = total + sign * count
                    if now + left >= worst if low else now + left <= worst:
                        joined.append((now, used | more))
            partial = _undominated(joined, low=low)
        return [(total, used) for total, used in partial if used]

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise Exhausted


def _undominated(found: list[tuple[int, Ends]], *, low: bool) -> list[tuple[int, Ends]]:
    """Drop what needs more ends to imply no more."""
    kept: list[tuple[int, Ends]] = []
    for count, used in sorted(
        set(found), key=lambda each: (len(each[1]), -each[0] if low else each[0], sorted(each[1]))
    ):
        if not any(other <= used and (known >= count if low else known <= count) for known, other in kept):
            kept.append((count, used))
    return kept


def _by_setting_aside(component: Component, ends: Sequence[End], numbers: Sequence[int]) -> tuple[list[Ends], bool]:
    """Find all minimal ways of setting ends aside, and from them all minimal contradictions (R. Reiter, 1987)."""
    every = frozenset(numbers)
    known: list[Ends] = []
    ways: list[Ends] = []
    complete = True
    todo: list[Ends] = [frozenset()]
    seen = {todo[0]}
    for branches, aside in enumerate(todo):  # grows while it is read, in the order of size
        if branches > MAX_BRANCHES:
            complete = False
            break
        if any(way <= aside for way in ways):
            continue
        conflict = next((each for each in known if each.isdisjoint(aside)), None)
        if conflict is None:
            found, proved = judged(component, ends, every - aside)
            if found is None:
                ways.append(aside)
                complete = complete and proved
                continue
            conflict = shrunk(component, ends, found)
            known.append(conflict)
        for number in sorted(conflict):
            more = aside | {number}
            if more not in seen:
                seen.add(more)
                todo.append(more)
    all_sets = hitting_sets(ways, MAX_STEPS) if complete else None
    return (known, False) if all_sets is None else (all_sets, True)


def hitting_sets(groups: Sequence[Ends], limit: int) -> list[Ends] | None:
    """List the minimal sets that share a member with every group; `None` where there are too many (C. Berge, 1989)."""
    found: list[Ends] = [frozenset()]
    for group in groups:
        hit = [each for each in found if each & group]
        made = {each | {number} for each in found if not each & group for number in group}
        found = hit + [each for each in made if not any(other <= each for other in hit)]
        found = smallest_first(found)
        if len(found) > limit:
            return None
    return found
