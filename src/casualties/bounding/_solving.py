"""A system with its contradictions found, set aside, and the ends that follow from the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from casualties.bounding._building import Built, Exclusion, Statement
from casualties.bounding._conflicts import Ends, consistent, first_conflict, minimal_sets, shrunk, smallest_first
from casualties.bounding._core import Core
from casualties.bounding._integer_program import Solver, installed
from casualties.bounding._propagation import DIVES, DIVES_BEFORE_SOLVER, Propagation, attained
from casualties.bounding._system import Component, End, System
from casualties.bounding.contradiction import Between, Contradiction
from casualties.bounding.proof import Proof, proof_of
from casualties.model.ledger import Total
from casualties.model.source import Sources
from casualties.model.subject import Subject
from casualties.model.vocabulary import Vocabulary

NodeEnd = tuple[int, bool]
"""A node and one of its ends; ``True`` stands for the low one."""


class Settled(NamedTuple):
    """An end as it was found."""

    people: int
    exact: bool
    by_program: bool = False


class Solved:
    """A system, the minimal sets of ends that cannot hold together, and what follows without them.

    Args:
        built: The system.
    """

    def __init__(self, built: Built, asked: Iterable[Subject] = ()) -> None:
        self.built: Built = built
        self.system: System = built.system
        self.ends: Sequence[End] = self.system.ends
        self.conflicts: list[Ends] = []
        self.aside: frozenset[int] = frozenset()
        self.complete: bool = True
        self.core: Core = Core.of(self.system, (node for subject in asked for node in built.ends_of(subject)))
        core = self.core.graph
        run = Propagation(core, self.ends).run()
        for number in sorted({*run.conflicts, *self._unsettled()}):
            self._search(core.components[number])
        self.aside = frozenset[int]().union(*self.conflicts)
        if run.conflicts:
            self._set_aside_more()
        same = core is self.system.graph and not self.aside
        self.run: Propagation = run if same else Propagation(self.system.graph, self.ends, self.taken).run()

    @cached_property
    def _ends_of(self) -> dict[int, list[int]]:
        """The ends of each statement."""
        found: dict[int, list[int]] = {}
        for number, end in enumerate(self.ends):
            found.setdefault(end.statement, []).append(number)
        return found

    @cached_property
    def _ends_at(self) -> dict[int, list[int]]:
        """The ends at each node."""
        found: dict[int, list[int]] = {}
        for number, end in enumerate(self.ends):
            found.setdefault(end.node, []).append(number)
        return found

    def _unsettled(self) -> set[int]:
        """Find the components in which propagation alone may miss a contradiction."""
        return {
            number
            for number, each in enumerate(self.core.graph.components)
            if each.rows and not (each.forest or each.upward)
        }

    def _in(self, component: Component) -> tuple[list[End], list[int]]:
        """Give the ends of a component that are not set aside, with nodes counted from nought, and their numbers."""
        numbers = [each for node in component.nodes for each in self._ends_at.get(node, ()) if each not in self.aside]
        return [self.ends[each]._replace(node=component.place[self.ends[each].node]) for each in numbers], numbers

    def _search(self, component: Component) -> None:
        own, numbers = self._in(component)
        found, complete = minimal_sets(component, own, range(len(own)))
        self.conflicts += [frozenset(numbers[each] for each in one) for one in found]
        self.complete = self.complete and complete

    def _set_aside_more(self) -> None:
        """Set aside, as it is met, what a search that was cut short left over."""
        while (run := Propagation(self.core.graph, self.ends, self.taken).run()).conflicts:
            self.complete = False
            for number in sorted(run.conflicts):
                component = self.core.graph.components[number]
                own, numbers = self._in(component)
                conflict = first_conflict(component, own, range(len(own))) or frozenset(range(len(own)))
                found = frozenset(numbers[each] for each in shrunk(component, own, conflict))
                self.conflicts.append(found)
                self.aside |= found

    def minimal(self, members: Iterable[Ends]) -> bool:
        """Tell whether it is proved that ends which contradict one another no longer do without any one member."""
        if self.complete:
            return True
        groups = list(members)
        every = frozenset[int]().union(*groups)
        return all(self._holds(every - group) for group in groups)

    def _holds(self, numbers: Iterable[int]) -> bool:
        """Tell whether some ends are proved to hold together."""
        core = self.core.graph
        by_component: dict[int, list[End]] = {}
        for end in (self.ends[number] for number in sorted(numbers)):
            by_component.setdefault(core.component_of[end.node], []).append(end)
        return all(
            consistent(component, [end._replace(node=component.place[end.node]) for end in own], range(len(own)))
            for component, own in ((core.components[number], own) for number, own in by_component.items())
        )

    @property
    def taken(self) -> list[int]:
        """The ends that no contradiction touches."""
        return [number for number in range(len(self.ends)) if number not in self.aside]

    def proof(self, node: int, *, low: bool) -> Proof:
        """Give the inequalities that lead to an end."""
        return proof_of(self.run, self.system, self.built.statements, self.ends, (node, low))

    def _around(self, node: int, *, low: bool) -> Component | None:
        """Give what an end of a node depends on; nothing for a ceiling that cannot be there."""
        core = self.core.graph
        if self.core.bounded[node]:
            return core.components[core.component_of[node]]
        return self.core.below(node) if low else None

    def settled(self, nodes: Iterable[int]) -> dict[NodeEnd, Settled]:
        """Settle both ends of some nodes, by the integer program where propagation leaves them open."""
        found: dict[NodeEnd, Settled] = {}
        wanted: dict[tuple[int, ...], tuple[Component, list[NodeEnd]]] = {}
        graph = self.system.graph
        for node in sorted(nodes):
            whole = graph.components[graph.component_of[node]]
            for low in (True, False):
                sure = not whole.loose and (whole.forest or (whole.upward and (low or node not in whole.doubtful)))
                component = None if sure else self._around(node, low=low)
                exact = self.run.finished and component is None
                found[node, low] = Settled((self.run.low if low else self.run.high)[node], exact)
                if not exact and component is not None and not component.loose:
                    wanted.setdefault(component.nodes, (component, []))[1].append((node, low))
        for component, asked in wanted.values():
            for end in self._attained(component, asked):
                found[end] = Settled(found[end].people, exact=True)
            self._finish(component, [end for end in asked if not found[end].exact], found)
        return found

    def _attained(self, component: Component, asked: list[NodeEnd]) -> set[NodeEnd]:
        """Give those ends that some counts attain, as far as can be seen without a solver."""
        own, _ = self._in(component)
        run = Propagation(component.graph, own).run()
        place = component.place
        same = [
            (place[node], low)
            for node, low in asked
            if (run.low[place[node]] == self.run.low[node] if low else run.high[place[node]] == self.run.high[node])
        ]
        dives = DIVES_BEFORE_SOLVER if installed() else DIVES
        exact = attained(component, run.low, run.high, same, dives) if run.finished else set()
        return {(component.nodes[node], low) for node, low in exact}

    def _finish(self, component: Component, asked: list[NodeEnd], found: dict[NodeEnd, Settled]) -> None:
        """Settle ends by the integer program; the counts that attain one may attain others as well."""
        if not asked or not installed():
            return
        own, _ = self._in(component)
        solver = Solver.of(component).taking(own, range(len(own)))
        for node, low in asked:
            if found[node, low].exact:
                continue
            best = solver.end(component.place[node], low=low)
            if best is None:
                continue
            found[node, low] = Settled(best, exact=True, by_program=best != found[node, low].people)
            counts = solver.counts
            for other, other_low in asked:
                known = found[other, other_low]
                if counts and not known.exact and counts[component.place[other]] == known.people:
                    found[other, other_low] = Settled(known.people, exact=True)

    def needed(self, node: int, count: int, *, low: bool) -> list[int]:
        """Give a smallest set of statements' ends from which the integer program finds an end."""
        component = self._around(node, low=low) or self.core.below(node)
        own, numbers = self._in(component)
        solver = Solver.of(component)
        kept = list(range(len(own)))
        for each in list(kept):
            fewer = [other for other in kept if other != each]
            if solver.taking(own, fewer).end(component.place[node], low=low) == count:
                kept = fewer
        return [numbers[each] for each in kept]

    def contradictions(self, sources: Sources) -> list[tuple[frozenset[int], Contradiction]]:
        """Give the minimal sets of statements that contradict one another, smallest first."""
        by_statements: dict[Ends, list[Ends]] = {}
        for one in self.conflicts:
            by_statements.setdefault(frozenset(self.ends[each].statement for each in one), []).append(one)
        found = []
        for numbers in smallest_first(by_statements):
            stated = [each for each in by_statements[numbers] if not any(self.ends[end].assumed for end in each)]
            ends = (stated or by_statements[numbers])[0]
            found.append((numbers, self._contradiction(numbers, ends, sources, by_reading=not stated)))
        return sorted(found, key=lambda pair: pair[1].sort_key)

    def _contradiction(
        self, numbers: frozenset[int], ends: Ends, sources: Sources, *, by_reading: bool
    ) -> Contradiction:
        said = [self.built.statements[each] for each in sorted(numbers)]
        names = {each.source for each in said}
        roots = {sources.root(name) for name in names}
        alone = len(names) == 1 and not any(sources.unattributed(name) for name in names)
        between = Between.SOURCES
        if alone:
            between = Between.ONE_SOURCE
        elif len(roots) == 1 and len(names) > 1:
            between = Between.ONE_VOICE
        run = Propagation(self.system.graph, self.ends, sorted(ends)).run()
        proof = Proof()
        for node in run.conflicts.values():
            proof = proof_of(run, self.system, self.built.statements, self.ends, (node, True), (node, False))
        change, gives = self._least_change(numbers)
        giving = sorted(
            (claim for each in gives for claim in self.built.statements[each].claims), key=attrgetter("sort_key")
        )
        members = sorted((each.claims for each in said), key=lambda member: [claim.sort_key for claim in member])
        return Contradiction(
            tuple(members),
            between,
            proof,
            change,
            tuple(giving),
            by_reading,
            proved_minimal=self.minimal(frozenset(self._ends_of[each]) for each in numbers),
        )

    def _least_change(self, numbers: frozenset[int]) -> tuple[int | None, list[int]]:
        """Find by how much one end of one statement must move, and whose end can; nothing where that stays open."""
        all_ends = [each for statement in sorted(numbers) for each in self._ends_of[statement]]
        least: int | None = None
        gives: list[int] = []
        for statement in sorted(numbers):
            for low in (True, False):
                moved = [
                    each for each in all_ends if self.ends[each].statement == statement and self.ends[each].low == low
                ]
                if not moved:
                    continue
                others = [each for each in all_ends if each not in moved]
                change = self._room(moved, others)
                if change is None:
                    continue
                if change < 1:
                    return None, []
                if least is None or change < least:
                    least, gives = change, []
                if change == least:
                    gives.append(statement)
        return least, gives

    def _room(self, moved: list[int], others: list[int]) -> int | None:
        """Find how far the moved ends lie beyond what the others allow.

        ``None`` where the others contradict one another, and nothing where how far cannot be seen.
        """
        furthest = 0
        for each in moved:
            end = self.ends[each]
            core = self.core.graph
            run = Propagation(core, self.ends, others).run()
            if run.conflicts:
                return None
            allowed: int | None = run.high[end.node] if end.low else run.low[end.node]
            component = core.components[core.component_of[end.node]]
            if installed() and not (component.forest or component.upward):
                own = [
                    other._replace(node=component.place[other.node])
                    for other in (self.ends[number] for number in others)
                    if other.node in component.place
                ]
                solver = Solver.of(component).taking(own, range(len(own)))
                allowed = solver.end(component.place[end.node], low=not end.low)
            if allowed is None:
                return 0
            furthest = max(furthest, end.people - allowed if end.low else allowed - end.people)
        return furthest


def solve(
    statements: Sequence[Statement],
    subjects: Iterable[Subject],
    *,
    words: Vocabulary,
    totals: Sequence[Total],
    shared: Sequence[str],
    sources: Sources,
) -> tuple[Solved, list[Contradiction], list[Exclusion]]:
    """Build and solve; a statement of a source excludes its own earlier one that it contradicts."""
    asked = tuple(subjects)
    left, excluded = list(statements), list[Exclusion]()
    while True:
        solved = Solved(Built(left, asked, words, totals, shared), asked)
        found = solved.contradictions(sources)
        pairs = [
            sorted(numbers, key=lambda number: _said(left[number]), reverse=True)
            for numbers, each in found
            if each.between is not Between.SOURCES and len(numbers) == 2 and not each.by_reading
        ]
        out: dict[int, int] = {}
        for later, earlier in sorted(pairs, key=lambda pair: (_said(left[pair[0]]), pair), reverse=True):
            first, last = left[earlier].said, left[later].said
            if first and last and first.surely_before(last) and later not in out:
                out.setdefault(earlier, later)
        if not out:
            return solved, [each for _, each in found], excluded
        excluded += [Exclusion(left[earlier], left[later]) for earlier, later in sorted(out.items())]
        left = [each for number, each in enumerate(left) if number not in out]


def _said(statement: Statement) -> tuple[object, ...]:
    said = statement.said
    return (said is not None, said.sort_key if said else (), statement.sort_key)
