"""A system with its contradictions found, set aside, and the ends that follow from the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from casualties.consistency._building import Built
from casualties.consistency._exactness import exact_ends
from casualties.consistency._propagation import Propagation
from casualties.consistency._search import Ends, minimal_sets, shrunk, smallest_first
from casualties.consistency._solver import Solver, installed
from casualties.consistency._statements import Exclusion, Statement
from casualties.consistency._system import NO_CEILING, End
from casualties.consistency.contradiction import Between, Contradiction
from casualties.consistency.proof import Proof, proof_of
from casualties.ledger import Total
from casualties.source import Sources
from casualties.subject import Subject
from casualties.vocabulary import Vocabulary


class Solved:
    """A system, the minimal sets of ends that cannot hold together, and what follows without them.

    Args:
        built: The system.
    """

    def __init__(self, built: Built) -> None:
        self.built = built
        self.system = built.system
        self.ends: Sequence[End] = self.system.ends
        self.conflicts: list[Ends] = []
        self.complete = True
        run = Propagation(self.system.graph, self.ends).run()
        self._ends_of: dict[int, list[int]] = {}
        in_component: dict[int, list[int]] = {}
        for number, end in enumerate(self.ends):
            self._ends_of.setdefault(end.statement, []).append(number)
            in_component.setdefault(self.system.graph.component_of[end.node], []).append(number)
        for number in sorted(run.conflicts):
            self._search(number, in_component[number])
        self.aside: frozenset[int] = frozenset().union(*self.conflicts)
        self.run = self._without_conflicts(run)

    def _search(self, number: int, ends: Iterable[int]) -> None:
        component, own, numbers = self.system.graph.components[number].alone(self.ends, ends)
        found, complete = minimal_sets(component, own, range(len(own)))
        self.conflicts += [frozenset(numbers[each] for each in one) for one in found]
        self.complete = self.complete and complete

    def _without_conflicts(self, run: Propagation) -> Propagation:
        """Propagate what no contradiction touches; what the search left over is set aside as it is met."""
        while self.aside or run.conflicts:
            left = [number for number in range(len(self.ends)) if number not in self.aside]
            run = Propagation(self.system.graph, self.ends, left).run()
            if not run.conflicts:
                break
            self.complete = False
            for number in sorted(run.conflicts):
                component, own, numbers = self.system.graph.components[number].alone(self.ends, left)
                found = frozenset(numbers[each] for each in shrunk(component, own, frozenset(range(len(own)))))
                self.conflicts.append(found)
                self.aside |= found
        return run

    @cached_property
    def taken(self) -> list[int]:
        """The ends that no contradiction touches."""
        return [number for number in range(len(self.ends)) if number not in self.aside]

    def proof(self, node: int, *, low: bool) -> Proof:
        """Give the inequalities that lead to an end."""
        return proof_of(self.run, self.system, self.built.statements, self.ends, (node, low))

    def exact(self, node: int) -> tuple[bool, bool]:
        """Tell whether propagation found the low and the high end of a node exactly."""
        found = exact_ends(self.run, [node])
        return (node, True) in found, (node, False) in found

    def refined(self, node: int, *, low: bool) -> tuple[int, frozenset[int]] | None:
        """Finish an end by the integer program: the end, and the statements' ends that it needs.

        ``None`` where the solver is not installed or does not settle it.
        """
        graph = self.system.graph
        number = graph.component_of[node]
        component = graph.components[number]
        if not installed() or not graph.loose.isdisjoint(component.nodes):
            return None
        alone, own, numbers = component.alone(self.ends, self.taken)
        at = component.nodes.index(node)
        best = Solver(alone, own, range(len(own))).end(at, low=low)
        if best is None:
            return None
        kept = list(range(len(own)))
        if best == (0 if low else NO_CEILING):
            kept = []
        for each in list(kept):
            fewer = [other for other in kept if other != each]
            if Solver(alone, own, fewer).end(at, low=low) == best:
                kept = fewer
        return best, frozenset(numbers[each] for each in kept)

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
        return sorted(found, key=lambda pair: (len(pair[1].claims), [claim.sort_key for claim in pair[1].claims]))

    def _contradiction(
        self, numbers: frozenset[int], ends: Ends, sources: Sources, *, by_reading: bool
    ) -> Contradiction:
        said = [self.built.statements[each] for each in sorted(numbers)]
        claims = {claim.id: claim for each in said for claim in each.claims}
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
        order = sorted(claims.values(), key=lambda claim: claim.sort_key)
        giving = {claim.id for each in gives for claim in self.built.statements[each].claims}
        return Contradiction(
            tuple(order),
            between,
            proof,
            change,
            tuple(claim for claim in order if claim.id in giving),
            by_reading,
        )

    def _least_change(self, numbers: frozenset[int]) -> tuple[int | None, list[int]]:
        """Find by how much one end of one statement must move, and whose end can."""
        all_ends = [each for statement in sorted(numbers) for each in self._ends_of[statement]]
        least: int | None = None
        gives: list[int] = []
        for statement in sorted(numbers):
            for low in (True, False):
                moved = [each for each in all_ends if self.ends[each].statement == statement and self.ends[each].low == low]
                if not moved:
                    continue
                others = [each for each in all_ends if each not in moved]
                change = self._room(moved, others)
                if change is None:
                    continue
                if least is None or change < least:
                    least, gives = change, []
                if change == least:
                    gives.append(statement)
        return least, gives

    def _room(self, moved: list[int], others: list[int]) -> int | None:
        """Find how far the moved ends lie beyond what the others allow; ``None`` where these contradict one another."""
        furthest = 0
        for each in moved:
            end = self.ends[each]
            component = self.system.graph.components[self.system.graph.component_of[end.node]]
            run = Propagation(self.system.graph, self.ends, others).run()
            if run.conflicts:
                return None
            allowed: int | None = run.high[end.node] if end.low else run.low[end.node]
            if installed() and not (component.forest or component.upward):
                allowed = Solver(component, self.ends, others).end(end.node, low=not end.low)
            if allowed is None:
                return None
            furthest = max(furthest, end.count - allowed if end.low else allowed - end.count)
        return furthest or None


def solve(
    statements: Sequence[Statement],
    subjects: Iterable[Subject],
    words: Vocabulary,
    totals: Sequence[Total],
    shared: Sequence[str],
    sources: Sources,
) -> tuple[Solved, list[Contradiction], list[Exclusion]]:
    """Build and solve; where two statements of one source contradict each other, the later said excludes the earlier."""
    asked = tuple(subjects)
    left, excluded = list(statements), list[Exclusion]()
    while True:
        solved = Solved(Built(left, asked, words, totals, shared))
        found = solved.contradictions(sources)
        pairs = [
            sorted(numbers, key=lambda number: _said(left[number]), reverse=True)
            for numbers, each in found
            if each.between is Between.ONE_SOURCE and len(numbers) == 2 and not each.by_reading
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
