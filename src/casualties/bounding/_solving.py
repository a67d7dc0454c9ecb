"""A system with its contradictions found, set aside, and the ends that follow from the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from operator import attrgetter
from typing import Final, NamedTuple

from casualties.bounding._building import Built
from casualties.bounding._conflicts import (
    ContradictionSearch,
    Ends,
    Exhausted,
    Work,
    consistent,
    judged,
    quickxplain,
    smallest_first,
)
from casualties.bounding._core import Core
from casualties.bounding._integer_program import Solver, installed
from casualties.bounding._minimal_sets import minimal_sets
from casualties.bounding._propagation import DIVES, DIVES_BEFORE_SOLVER, Propagation, attained
from casualties.bounding._system import Component, End, System
from casualties.bounding.contradiction import Between, Contradiction
from casualties.bounding.proof import Proof, proof_of
from casualties.model.source import Sources
from casualties.model.subject import Subject

OTHERS_WORK: Final = 300_000
"""How much is done to count the contradictions that are not told; see `Work`."""

NodeEnd = tuple[int, bool]
"""A node and one of its ends; ``True`` stands for the low one."""


class SolvedEnd(NamedTuple):
    """An end as it was found."""

    people: int
    exact: bool
    by_program: bool = False


class ConflictSets(NamedTuple):
    """What is known of the minimal sets of statements that contradict one another in one component."""

    component: int
    told: list[Ends]
    others: list[Ends]
    complete: bool


class Solution:
    """A system, the contradictions among what is stated, and what follows without them.

    Assumed ends contradict nothing: those that stated ones leave no room for are set aside beside them.

    Args:
        built: The system.
        asked: The subjects whose ends are asked for.

    Attributes:
        conflicts: Minimal sets of stated ends that cannot hold together, each broken equation told once.
        apart: Minimal sets that only an assumed end sets apart.
        aside: The ends that are left out of all bounds.
        complete: Whether the search came to its end.
    """

    def __init__(self, built: Built, asked: Iterable[Subject] = ()) -> None:
        self.built: Built = built
        self.system: System = built.system
        self.ends: Sequence[End] = self.system.ends
        self.conflicts: list[Ends] = []
        self.apart: list[Ends] = []
        self.aside: frozenset[int] = frozenset()
        self.complete: bool = True
        self.core: Core = Core.of(self.system, (node for subject in asked for node in built.ends_of(subject)))
        core = self.core.graph
        run = Propagation(core, self.ends).run()
        for number in sorted({*run.conflicts, *self._unsettled()}):
            self._search(core.components[number])
        same = core is self.system.graph and not self.aside
        self.run: Propagation = run if same else Propagation(self.system.graph, self.ends, self.taken).run()

    @cached_property
    def _sources(self) -> list[str]:
        """Who makes each statement."""
        return [statement.source for statement in self.built.statements]

    @cached_property
    def _ends_of(self) -> dict[int, list[int]]:
        """The ends of each statement."""
        by_statement: dict[int, list[int]] = {}
        for number, end in enumerate(self.ends):
            by_statement.setdefault(end.statement, []).append(number)
        return by_statement

    @cached_property
    def _ends_at(self) -> dict[int, list[int]]:
        """The ends at each node."""
        by_node: dict[int, list[int]] = {}
        for number, end in enumerate(self.ends):
            by_node.setdefault(end.node, []).append(number)
        return by_node

    def _unsettled(self) -> set[int]:
        """Find the components in which propagation alone may miss a contradiction."""
        return {
            number
            for number, component in enumerate(self.core.graph.components)
            if component.rows and not (component.forest or component.upward)
        }

    def _in(self, component: Component) -> tuple[list[End], list[int]]:
        """Give the ends of a component that are not set aside, with nodes counted from nought, and their numbers."""
        numbers = [end for node in component.nodes for end in self._ends_at.get(node, ()) if end not in self.aside]
        return [self.ends[number]._replace(node=component.place[self.ends[number].node]) for number in numbers], numbers

    def _search(self, component: Component) -> None:
        own, numbers = self._in(component)
        contradiction_search = ContradictionSearch(component, own, self._sources)
        self.conflicts += [frozenset(numbers[member] for member in one) for one in contradiction_search.sets]
        self.apart += [frozenset(numbers[member] for member in one) for one in contradiction_search.apart]
        self.aside |= {
            number
            for end in contradiction_search.aside
            for number in self._ends_of[self.ends[numbers[end]].statement]
            if self.ends[number].low == self.ends[numbers[end]].low
        }
        self.complete = self.complete and contradiction_search.complete

    def minimal(self, members: Iterable[Ends]) -> bool:
        """Tell whether it is proved that ends which contradict one another no longer do without any one member."""
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
            consistent(
                component, [end._replace(node=component.place[end.node]) for end in own], range(len(own)), Work()
            )
            for component, own in ((core.components[number], own) for number, own in by_component.items())
        )

    @property
    def taken(self) -> list[int]:
        """The ends that no contradiction touches."""
        return [number for number in range(len(self.ends)) if number not in self.aside]

    def proof(self, node: int, *, low: bool) -> Proof:
        """Give the inequalities that lead to an end."""
        return proof_of(self.run, self.system, self.built.statements, self.ends, (node, low))

    def rests_on_assumed(self, node: int, *, low: bool) -> bool:
        """Tell whether an assumed end leads to an end."""
        if not self._any_assumed:
            return False
        return any(self.ends[-cause - 1].assumed for _, _, _, cause, _ in self.run.steps((node, low)) if cause < 0)

    @cached_property
    def _any_assumed(self) -> bool:
        return any(end.assumed for end in self.ends)

    def _around(self, node: int, *, low: bool) -> Component | None:
        """Give what an end of a node depends on; nothing for a ceiling that cannot be there."""
        core = self.core.graph
        if self.core.bounded[node]:
            return core.components[core.component_of[node]]
        return self.core.below(node) if low else None

    def settled(self, nodes: Iterable[int]) -> dict[NodeEnd, SolvedEnd]:
        """Settle both ends of some nodes, by the integer program where propagation leaves them open."""
        solved: dict[NodeEnd, SolvedEnd] = {}
        wanted: dict[tuple[int, ...], tuple[Component, list[NodeEnd]]] = {}
        graph = self.system.graph
        for node in sorted(nodes):
            whole = graph.components[graph.component_of[node]]
            for low in (True, False):
                sure = not whole.loose and (whole.forest or (whole.upward and (low or node not in whole.doubtful)))
                component = None if sure else self._around(node, low=low)
                exact = self.run.finished and component is None
                solved[node, low] = SolvedEnd((self.run.low if low else self.run.high)[node], exact)
                if not exact and component is not None and not component.loose:
                    wanted.setdefault(component.nodes, (component, []))[1].append((node, low))
        for component, asked in wanted.values():
            for end in self._attained(component, asked):
                solved[end] = SolvedEnd(solved[end].people, exact=True)
            self._finish(component, [end for end in asked if not solved[end].exact], solved)
        return solved

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

    def _finish(self, component: Component, asked: list[NodeEnd], solved_ends: dict[NodeEnd, SolvedEnd]) -> None:
        """Settle ends by the integer program; the counts that attain one may attain others as well."""
        if not asked or not installed():
            return
        own, _ = self._in(component)
        solver = Solver.of(component).taking(own, range(len(own)))
        for node, low in asked:
            if solved_ends[node, low].exact:
                continue
            best = solver.end(component.place[node], low=low)
            if best is None:
                continue
            solved_ends[node, low] = SolvedEnd(best, exact=True, by_program=best != solved_ends[node, low].people)
            counts = solver.counts
            for other, other_low in asked:
                known = solved_ends[other, other_low]
                if counts and not known.exact and counts[component.place[other]] == known.people:
                    solved_ends[other, other_low] = SolvedEnd(known.people, exact=True)

    def needed(self, node: int, count: int, *, low: bool) -> list[int]:
        """Give a smallest set of statements' ends from which the integer program finds an end."""
        component = self._around(node, low=low) or self.core.below(node)
        own, numbers = self._in(component)
        solver = Solver.of(component)
        kept = list(range(len(own)))
        for number in list(kept):
            fewer = [other for other in kept if other != number]
            if solver.taking(own, fewer).end(component.place[node], low=low) == count:
                kept = fewer
        return [numbers[place] for place in kept]

    def statements_of(self, ends: Ends) -> Ends:
        """Give the statements whose ends these are."""
        return frozenset(self.ends[end].statement for end in ends)

    def contradictions(self, sources: Sources) -> list[tuple[Ends, Contradiction]]:
        """Give the contradictions among what is stated, smallest first, each with the numbers of its statements."""
        others = self._others
        all_contradictions = []
        for numbers, ends in self._told_by_statements:
            number, more = others.get(numbers, (0, False))
            all_contradictions.append((numbers, self._contradiction(numbers, ends, sources, others=number, more=more)))
        return sorted(all_contradictions, key=lambda pair: pair[1].sort_key)

    def apart_by_assumed_end(self, sources: Sources) -> list[Contradiction]:
        """Give what only assumed ends set apart, smallest first."""
        contradictions = [
            self._contradiction(numbers, ends, sources, assumed=True)
            for numbers, ends in self._by_statements(self.apart)
        ]
        return sorted(contradictions, key=attrgetter("sort_key"))

    def _by_statements(self, sets: Iterable[Ends]) -> list[tuple[Ends, Ends]]:
        """Give each minimal set of statements once, with the ends that contradict one another."""
        by_statements: dict[Ends, Ends] = {}
        for conflict_set in sets:
            by_statements.setdefault(self.statements_of(conflict_set), conflict_set)
        return [(numbers, by_statements[numbers]) for numbers in smallest_first(by_statements)]

    @cached_property
    def _told_by_statements(self) -> list[tuple[Ends, Ends]]:
        """What is told, as minimal sets of statements."""
        return self._by_statements(map(self._of_fewest_statements, self.conflicts))

    def _of_fewest_statements(self, conflict: Ends) -> Ends:
        """Give ends of a minimal set of statements out of those whose ends contradict one another.

        Ends may need one another where their statements do not: an end of one statement contradicts that of another,
        and the other's two ends contradict each other.
        """
        statements = self.statements_of(conflict)
        component = self.core.graph.components[self.core.graph.component_of[self.ends[min(conflict)].node]]
        if conflict.issuperset(end for statement in statements for end in self._stated_of[statement]):
            return conflict
        work = Work(OTHERS_WORK)
        for statement in sorted(statements):
            own, numbers = self._stated_in(component, (statements - {statement}).__contains__)
            try:
                conflicting, _ = judged(component, own, range(len(own)), work)
                least = None if conflicting is None else quickxplain(component, own, conflicting, work)
            except Exhausted:
                break
            if least is not None:
                return self._of_fewest_statements(frozenset(numbers[number] for number in least))
        return conflict

    @cached_property
    def known(self) -> list[ConflictSets]:
        """For each component with a contradiction what is told, the other minimal sets, and whether these are all."""
        core, work, conflict_setses = self.core.graph, Work(OTHERS_WORK), []
        by_component: dict[int, list[Ends]] = {}
        for statements, ends in self._told_by_statements:
            by_component.setdefault(core.component_of[self.ends[min(ends)].node], []).append(statements)
        for number, named_sets in sorted(by_component.items()):
            own, numbers = self._stated_in(core.components[number])
            sets, complete = minimal_sets(core.components[number], own, range(len(own)), work)
            every = smallest_first(self.statements_of(frozenset(numbers[member] for member in one)) for one in sets)
            conflict_setses.append(
                ConflictSets(
                    number,
                    named_sets,
                    [conflict_set for conflict_set in every if conflict_set not in named_sets],
                    complete,
                )
            )
        return conflict_setses

    def _stated_in(
        self, component: Component, wanted: Callable[[int], bool] = lambda _: True
    ) -> tuple[list[End], list[int]]:
        """Give the stated ends of a component as they are counted there, or those of wanted statements."""
        numbers = [
            end
            for node in component.nodes
            for end in self._ends_at.get(node, ())
            if not self.ends[end].assumed and wanted(self.ends[end].statement)
        ]
        return [self.ends[number]._replace(node=component.place[self.ends[number].node]) for number in numbers], numbers

    def contradicting(self, known: ConflictSets, without: Ends, work: Work) -> Ends | None:
        """Give a minimal set of statements that still contradict one another in a component without some.

        Raises:
            Exhausted: If the limit is reached.
        """
        component = self.core.graph.components[known.component]
        own, numbers = self._stated_in(component, lambda statement: statement not in without)
        conflict, _ = judged(component, own, range(len(own)), work)
        if conflict is None:
            return None
        return self.statements_of(frozenset(numbers[member] for member in quickxplain(component, own, conflict, work)))

    @cached_property
    def _others(self) -> dict[Ends, tuple[int, bool]]:
        """For each contradiction how many other minimal sets break the same equation, and whether there may be more.

        Each is counted to the contradiction that is told with which it shares the most statements.
        """
        numbers_of_others: dict[Ends, tuple[int, bool]] = {}
        for _, named_sets, others, complete in self.known:
            counts = dict.fromkeys(named_sets, 0)
            for other in others:
                counts[max(named_sets, key=partial(_likeness, other))] += 1
            numbers_of_others.update((numbers, (count, not complete)) for numbers, count in counts.items())
        return numbers_of_others

    def _contradiction(
        self, numbers: Ends, ends: Ends, sources: Sources, *, assumed: bool = False, others: int = 0, more: bool = False
    ) -> Contradiction:
        statements = [self.built.statements[number] for number in sorted(numbers)]
        names = {statement.source for statement in statements}
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
        counted = self._ends_of if assumed else self._stated_of
        ends_of = {number: counted[number] for number in sorted(numbers)}
        change, gives = self._least_change(ends_of)
        giving = sorted(
            (claim for number in gives for claim in self.built.statements[number].claims), key=attrgetter("sort_key")
        )
        members = sorted(
            (statement.claims for statement in statements), key=lambda member: [claim.sort_key for claim in member]
        )
        return Contradiction(
            tuple(members),
            between,
            proof,
            change,
            tuple(giving),
            assumed,
            proved_minimal=self.minimal(map(frozenset, ends_of.values())),
            others=others,
            more=more,
        )

    @cached_property
    def _stated_of(self) -> dict[int, list[int]]:
        """The stated ends of each statement."""
        return {
            statement: [number for number in numbers if not self.ends[number].assumed]
            for statement, numbers in self._ends_of.items()
        }

    def _least_change(self, ends_of: Mapping[int, Sequence[int]]) -> tuple[int | None, list[int]]:
        """Find by how much one end of one statement must move, and whose end can; nothing where that stays open."""
        every = [number for numbers in ends_of.values() for number in numbers]
        least: int | None = None
        gives: list[int] = []
        for statement, numbers in sorted(ends_of.items()):
            for low in (True, False):
                moved = [number for number in numbers if self.ends[number].low == low]
                if not moved:
                    continue
                change = self._room(moved, [end for end in every if end not in moved])
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
        core, furthest = self.core.graph, 0
        for number in moved:
            end = self.ends[number]
            component = core.components[core.component_of[end.node]]
            node = component.place[end.node]
            own = [
                self.ends[end]._replace(node=component.place[self.ends[end].node])
                for end in others
                if self.ends[end].node in component.place
            ]
            run = Propagation(component.graph, own).run()
            if run.conflicts:
                return None
            allowed: int | None = run.high[node] if end.low else run.low[node]
            if installed() and not (component.forest or component.upward):
                allowed = Solver.of(component).taking(own, range(len(own))).end(node, low=not end.low)
            if allowed is None:
                return 0
            furthest = max(furthest, end.people - allowed if end.low else allowed - end.people)
        return furthest


def _likeness(one: Ends, other: Ends) -> tuple[int, int, list[int]]:
    """Order sets by how much they share with one, the smallest last among those that share as much."""
    return (len(one & other), -len(other), sorted(other))
