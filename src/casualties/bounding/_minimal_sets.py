"""All minimal sets of ends that cannot hold together, as far as a limit on work allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final, NamedTuple

from casualties.bounding._conflicts import Ends, Exhausted, Work, judged, quickxplain, smallest_first
from casualties.bounding._system import NO_CEILING, Component, End

__all__ = ["berge", "minimal_sets"]


def minimal_sets(
    component: Component, ends: Sequence[End], numbers: Sequence[int], work: Work
) -> tuple[list[Ends], bool]:
    """Give minimal sets of ends that contradict one another, smallest first, and whether these are all."""
    if component.forest:
        own = Work(work.left)
        try:
            sets = smallest_first(_Forest(component, ends, numbers, own).conflicts())
        except Exhausted:
            own.left = work.left // 2
        else:
            work.left = own.left
            return sets, True
    return hitting_set_tree(component, ends, numbers, work)


NO_ROW: Final = 1 << 60
"""Stands for the row of an end that nothing states, and for the row above the root."""


class _Option(NamedTuple):
    """An end that follows at a count from below, with a smallest set of ends from which it does."""

    people: int
    used: Ends
    by: int
    """The row by which it follows, or -1 less the number of the end that states it; `NO_ROW` where nothing does."""


class _Forest:
    """Every way in which ends follow from one another in a forest, from the leaves to a root.

    What contradicts something does so at each count on the way; it is found at the one nearest the root.  An end that
    follows at a count by a row is of use only where it goes beyond what all other rows and statements allow there.

    Args:
        component: The component, a forest.
        ends: All ends.
        numbers: Those that are taken.
        work: The limit.
    """

    def __init__(self, component: Component, ends: Sequence[End], numbers: Sequence[int], work: Work) -> None:
        self._rows = component.graph.rows
        self._ends = ends
        self._work = work
        self._stated: dict[tuple[int, bool], list[int]] = {}
        for number in numbers:
            self._stated.setdefault((ends[number].node, ends[number].low), []).append(number)
        self._above: dict[int, int] = {0: NO_ROW}
        self._below: dict[int, list[int]] = {}
        self._order: list[int] = []
        todo = [0]
        while todo:
            node = todo.pop()
            self._order.append(node)
            self._below[node] = [row for row in component.graph.rows_of[node] if row != self._above[node]]
            for number in self._below[node]:
                others = [row for row in (self._rows[number].whole, *self._rows[number].parts) if row != node]
                self._above.update(dict.fromkeys(others, number))
                todo += others
        self._best: dict[tuple[int, int, bool], int] = {}
        self._options: dict[tuple[int, bool], list[_Option]] = {}

    def conflicts(self) -> Iterator[Ends]:
        """Give every set of ends that derives a contradiction; the minimal ones are among them."""
        self._find_best()
        for node in reversed(self._order):
            for low in (True, False):
                self._options[node, low] = self._at(node, low=low)
            for one, other in product(self._options[node, True], self._options[node, False]):
                self._work.spend(1)
                if one.people > other.people and one.by != other.by:
                    yield one.used | other.used

    def _find_best(self) -> None:
        """Find the best end that follows at each count by each of its rows, first from below and then from above."""
        for node in reversed(self._order):
            for row, low in product(self._below[node], (True, False)):
                self._best[node, row, low] = self._derived(node, row, low=low)
        for node in self._order[1:]:
            for low in (True, False):
                self._best[node, self._above[node], low] = self._derived(node, self._above[node], low=low)

    def _derived(self, node: int, number: int, *, low: bool) -> int:
        """Give the best end that follows at a count by one row."""
        self._work.spend(1)
        terms, total = self._terms(number, node, low=low), 0
        if not terms:
            return 0 if low else NO_CEILING
        for other, end, sign in terms:
            best = self._without(other, number, low=end)
            if best >= NO_CEILING:
                return 0 if low else NO_CEILING
            total += sign * best
        return total

    def _without(self, node: int, number: int, *, low: bool) -> int:
        """Give the best end of a count that follows from all but one of its rows, or is stated."""
        counts = [0 if low else NO_CEILING]
        counts += [self._ends[end].people for end in self._stated.get((node, low), ())]
        rows = (row for row in (*self._below[node], self._above[node]) if row != number)
        counts += [self._best[node, row, low] for row in rows if (node, row, low) in self._best]
        return max(counts) if low else min(counts)

    def _terms(self, number: int, node: int, *, low: bool) -> list[tuple[int, bool, int]]:
        """Give what is added up to an end of a count in a row: counts, their ends and their signs."""
        row = self._rows[number]
        if not row.equal and low != (node == row.whole):
            return []
        if node == row.whole:
            return [(part, low, 1) for part in row.parts]
        return [(row.whole, low, 1), *((part, not low, -1) for part in row.parts if part != node)]

    def _at(self, node: int, *, low: bool) -> list[_Option]:
        """List the ends of a count that are stated, or follow from below."""
        options = [_Option(0 if low else NO_CEILING, frozenset(), NO_ROW)]
        options += [
            _Option(self._ends[number].people, frozenset({number}), -1 - number)
            for number in self._stated.get((node, low), ())
        ]
        for number in self._below[node]:
            options += self._through(number, node, low=low)
        return self._undominated(options, low=low)

    def _through(self, number: int, node: int, *, low: bool) -> list[_Option]:
        """List the ends that follow at a count by one row and go beyond all else that is known of it."""
        terms = self._terms(number, node, low=low)
        worst = self._without(node, number, low=not low)
        left = [sign * self._without(other, number, low=end) for other, end, sign in terms]
        if not terms or max(map(abs, left)) >= NO_CEILING:
            return []
        partial = [_Option(0, frozenset(), number)]
        for place, (other, end, sign) in enumerate(terms, 1):
            rest = sum(left[place:])
            options = []
            for one, more in product(partial, self._options[other, end]):
                self._work.spend(1)
                people = one.people + sign * more.people
                if people + rest > worst if low else people + rest < worst:
                    options.append(_Option(people, one.used | more.used, number))
            partial = self._undominated(options, low=low)
        return partial

    def _undominated(self, options: list[_Option], *, low: bool) -> list[_Option]:
        """Drop what needs more ends to imply no more."""
        kept: list[_Option] = []

        def order(option: _Option) -> tuple[object, ...]:
            return (len(option.used), -option.people if low else option.people, sorted(option.used), option.by)

        for candidate in sorted(set(options), key=order):
            self._work.spend(1 + len(kept) // 8)
            if not any(
                other.used <= candidate.used
                and (other.people >= candidate.people if low else other.people <= candidate.people)
                for other in kept
            ):
                kept.append(candidate)
        return kept


def hitting_set_tree(
    component: Component, ends: Sequence[End], numbers: Sequence[int], work: Work
) -> tuple[list[Ends], bool]:
    """Find all minimal ways of setting ends aside, and from them all minimal contradictions (R. Reiter, 1987)."""
    every = frozenset(numbers)
    known: list[Ends] = []
    ways: list[Ends] = []
    complete = True
    todo: list[Ends] = [frozenset()]
    seen = {todo[0]}
    try:
        for aside in todo:  # grows while it is read, in the order of size
            work.spend(1 + len(ways))
            if any(way <= aside for way in ways):
                continue
            conflict = next((known_conflict for known_conflict in known if known_conflict.isdisjoint(aside)), None)
            if conflict is None:
                conflicting, proved = judged(component, ends, every - aside, work)
                if conflicting is None:
                    ways.append(aside)
                    complete = complete and proved
                    continue
                conflict = quickxplain(component, ends, conflicting, work)
                known.append(conflict)
            for number in sorted(conflict):
                more = aside | {number}
                if more not in seen:
                    seen.add(more)
                    todo.append(more)
        return (berge(ways, work), True) if complete else (smallest_first(known), False)
    except Exhausted:
        return smallest_first(known), False


def berge(groups: Sequence[Ends], work: Work) -> list[Ends]:
    """List the minimal sets that share a member with every group (C. Berge, 1989).

    Raises:
        Exhausted: If the limit is reached.
    """
    hitting: list[Ends] = [frozenset()]
    for group in groups:
        hit = [conflict_set for conflict_set in hitting if conflict_set & group]
        made = {conflict_set | {number} for conflict_set in hitting if not conflict_set & group for number in group}
        work.spend(len(made) * (1 + len(hit)) // 8)
        hitting = smallest_first(
            hit + [conflict_set for conflict_set in made if not any(other <= conflict_set for other in hit)]
        )
    return hitting
