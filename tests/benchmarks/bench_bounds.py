"""Tightest bounds with proofs against warm-started HiGHS asked for every bound, side by side in one run.

Run it with ``python tests/benchmarks/bench_bounds.py``; it needs the extra ``solver``.  Times are shown as ratios,
since only those carry over to another machine.
"""

from __future__ import annotations

import gc
import random
import sys
from itertools import product
from time import process_time
from typing import TYPE_CHECKING, TypeVar

import casualties as cs
from casualties.bounding._building import Built, statements
from casualties.bounding._integer_program import Program, State, installed
from casualties.bounding._solving import Solution
from casualties.bounding._system import NO_CEILING, Component
from casualties.model.claim import Claim
from casualties.model.ledger import Total
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term
from casualties.reconciling.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

Prepared = TypeVar("Prepared")
PERIOD = {"harm": ["killed"], "since": "2020-09-27", "until": "2020-11-10"}


def claim(draw: random.Random, subject: Subject, people: int) -> list[Claim]:
    """State a floor, a range, a number or nothing around a true count, as reports do."""
    kind = draw.random()
    low, high = max(0, people - draw.randint(0, 50)), people + draw.randint(0, 50)
    if kind < 0.3:
        return []
    figure = cs.Figure(low, None) if kind < 0.65 else cs.Figure(low, high)
    return [Claim(source=f"source-{draw.randint(1, 9)}", subject=subject, figure=figure)]


def tree(size: int) -> cs.Ledger:
    """Nest places within places, each the declared total of those inside it."""
    draw = random.Random(size)
    names = [f"place-{number}" for number in range(size)]
    subjects = [Subject(**PERIOD, place=name) for name in names]
    inside: dict[int, list[int]] = {}
    nodes, first = [0], 1
    for node in nodes:
        if first >= size:
            break
        inside[node] = list(range(first, min(size, first + draw.randint(3, 6))))
        nodes += inside[node]
        first = inside[node][-1] + 1
    people = [draw.randint(0, 500) for _ in names]
    for node in sorted(inside, reverse=True):
        people[node] = sum(people[part] for part in inside[node])
    return cs.Ledger(
        [each for subject, count in zip(subjects, people, strict=True) for each in claim(draw, subject, count)],
        sources=[Source(key=f"source-{number}") for number in range(1, 10)],
        terms=[Term(kind="place", key=names[part], under=[names[node]]) for node in inside for part in inside[node]],
        totals=[
            Total(whole=subjects[node], parts=[subjects[part] for part in parts])
            for node, parts in inside.items()
            if len(parts) > 1
        ],
    )


def crossed(places: int, nationalities: int) -> cs.Ledger:
    """Count the same dead by place, nationality and sex, and by any of them together; their words stand apart."""
    draw = random.Random(places)
    words = {
        "place": [f"place-{number}" for number in range(places)],
        "nationality": [f"people-{number}" for number in range(nationalities)],
        "sex": ["female", "male"],
    }
    people: dict[tuple[str | None, ...], int] = {}
    for cell in product(*words.values()):
        count = draw.randint(0, 100)
        for key in product(*((word, None) for word in cell)):
            people[key] = people.get(key, 0) + count
    subjects = {key: Subject(**PERIOD, **dict(zip(words, key, strict=True))) for key in people}
    claims = [each for key, count in people.items() for each in claim(draw, subjects[key], count)]
    return cs.Ledger(
        [each.replacing(all=[name for name in words if getattr(each.subject, name) is None]) for each in claims],
        sources=[Source(key=f"source-{number}") for number in range(1, 10)],
        terms=[
            Term(kind=kind, key=word, apart=[other for other in words[kind] if other != word])
            for kind in ("place", "nationality")
            for word in words[kind]
        ],
        apart=["sex"],
    )


def table(places: int, nationalities: int) -> cs.Ledger:
    """Declare a table: each place and each nationality the sum of its cells, and all of them of either."""
    draw = random.Random(places)
    rows = [f"place-{number}" for number in range(places)]
    columns = [f"people-{number}" for number in range(nationalities)]
    cells = {(row, column): draw.randint(0, 100) for row, column in product(rows, columns)}
    counts: dict[Subject, int] = {}
    for row, column in product([*rows, None], [*columns, None]):
        inside = [count for cell, count in cells.items() if row in (cell[0], None) and column in (cell[1], None)]
        counts[Subject(**PERIOD, place=row, nationality=column)] = sum(inside)

    def total(row: str | None, column: str | None, parts: list[tuple[str | None, str | None]]) -> Total:
        named = [Subject(**PERIOD, place=each[0], nationality=each[1]) for each in parts]
        return Total(whole=Subject(**PERIOD, place=row, nationality=column), parts=named)

    claims = [each for subject, count in counts.items() for each in claim(draw, subject, count)]
    return cs.Ledger(
        [
            each.replacing(all=[name for name in ("place", "nationality") if getattr(each.subject, name) is None])
            for each in claims
        ],
        sources=[Source(key=f"source-{number}") for number in range(1, 10)],
        totals=[
            *(total(row, None, [(row, column) for column in columns]) for row in rows),
            *(total(None, column, [(row, column) for row in rows]) for column in columns),
            total(None, None, [(row, None) for row in rows]),
            total(None, None, [(None, column) for column in columns]),
        ],
    )


def built(ledger: cs.Ledger) -> tuple[Built, list[Subject]]:
    """Build the system of a ledger, with every subject that it names asked for."""
    view = View(ledger)
    said, _ = statements(view)
    subjects = sorted(
        {claim.subject for claim in ledger} | {part for total in ledger.totals for part in (total.whole, *total.parts)},
        key=lambda subject: subject.key,
    )
    return Built(said, subjects, view.words, ledger.totals, ledger.apart), subjects


def ours(system: Built, subjects: list[Subject], nodes: list[int]) -> dict[int, tuple[int, int]]:
    """Find both ends of every node, settled, with what its proof is read off."""
    solved = Solution(system, subjects)
    settled = solved.settled(nodes)
    if not all(end.exact for end in settled.values()):
        print("  not every end is proved exact", file=sys.stderr)
    return {node: (settled[node, True].people, settled[node, False].people) for node in nodes}


def program(system: Built) -> Program:
    """Hand a system to HiGHS, without whole numbers."""
    graph = system.system.graph
    made = Program(Component(tuple(range(graph.size)), tuple(graph.rows)), whole_numbers=False)
    low, high = [0] * graph.size, [NO_CEILING] * graph.size
    for end in system.system.ends:
        if end.low:
            low[end.node] = max(low[end.node], end.people)
        else:
            high[end.node] = min(high[end.node], end.people)
    made.bound(low, high)
    return made


def theirs(asked: Program, nodes: list[int]) -> dict[int, tuple[int, int]]:
    """Ask HiGHS, with the last basis at hand, for both ends of every node; there are no proofs."""
    found = {}
    for node in nodes:
        ends = [asked.best() if asked.solve_for(node, low=low) is State.FOUND else NO_CEILING for low in (True, False)]
        found[node] = (ends[0], ends[1])
    return found


def timed(prepare: Callable[[], Prepared], act: Callable[[Prepared], object]) -> float:
    """Give the shortest of seven runs, in seconds of the processor; what is prepared afresh for each is not counted.

    As in `timeit`, nobody collects garbage meanwhile.
    """
    found = []
    for _ in range(7):
        prepared = prepare()
        gc.collect()
        gc.disable()
        begin = process_time()
        act(prepared)
        found.append(process_time() - begin)
        gc.enable()
    return min(found)


def compare(name: str, ledger: cs.Ledger) -> float:
    """Time both on one system, see that they agree, and give how many times faster ours is."""
    system, subjects = built(ledger)
    nodes = sorted({node for subject in subjects for node in system.ends_of(subject)})
    mine, highs = ours(system, subjects, nodes), theirs(program(system), nodes)
    same = sum(mine[node] == highs[node] for node in nodes)
    their_time = timed(lambda: program(system), lambda asked: theirs(asked, nodes))
    ratio = their_time / timed(lambda: built(ledger)[0], lambda fresh: ours(fresh, subjects, nodes))
    kinds = f"{len(system.system.places)} counts, {len(system.system.rows)} rows, {len(system.system.ends)} ends"
    equal = f"{same} of {len(nodes)} bounds equal"
    print(
        f"{name}: {len(subjects)} subjects ({kinds}): {ratio:.{0 if ratio > 9 else 1}f} times as fast, {equal}",
        flush=True,
    )
    return ratio


def curve(sizes: tuple[int, ...]) -> None:
    """Show how the time for a whole ledger grows on trees, from claims to proved bounds."""
    before = 0.0
    for size in sizes:
        ledger = tree(size)

        def answer(ledger: cs.Ledger = ledger) -> None:
            for bound in cs.bounds(ledger):
                _ = (bound.low_proof, bound.high_proof, bound.proved)

        begin = process_time()
        answer()
        each = (process_time() - begin) / size
        growth = f", {each / before:.2f} times that of the size before" if before else ""
        print(f"tree of {size:,} subjects: {each * 1e6:.0f} µs a subject{growth}", flush=True)
        before = each


if __name__ == "__main__":
    if not installed():
        sys.exit("install the extra solver: pip install 'casualties[solver]'")
    ratios = [compare("tree", tree(500)), compare("cross-cutting sums", crossed(16, 13))]
    compare("table of declared totals", table(22, 21))  # the solver has to finish this one
    curve((1_000, 10_000, 100_000) if "--quick" not in sys.argv else (1_000, 3_000))
    sys.exit(0 if min(ratios) >= 50 else 1)
