"""Laws of bounds across subjects, against every assignment of small counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.builders import examples

import casualties as cs
from casualties.bounding import _conflicts, _integer_program, _solving
from casualties.bounding._conflicts import smallest_first
from casualties.bounding._propagation import Propagation
from casualties.bounding._solving import Solution
from casualties.bounding._system import NO_CEILING, End, Row, System
from casualties.bounding.relation import Relation
from casualties.model.claim import Claim
from casualties.model.source import Source
from casualties.model.subject import FACETS, Subject
from casualties.model.vocabulary import Term

NODES, MOST = 4, 13
"""How many counts there are, and up to which number each is tried: further than any ceiling drawn can reach."""
COUNTS = np.indices((MOST + 1,) * NODES).reshape(NODES, -1)


@st.composite
def systems(draw: st.DrawFn, *, equal: bool = True, nodes: int = NODES) -> System:
    """Draw rows in which a whole always stands above its parts, and ends of a few statements."""
    system = System()
    for _ in range(nodes):
        system.add(Subject(harm=["killed"]), (None, None))
    for _ in range(draw(st.integers(1, nodes))):
        whole = draw(st.integers(1, nodes - 1))
        parts = draw(st.lists(st.integers(0, whole - 1), min_size=1, max_size=3, unique=True))
        is_equal = equal and draw(st.booleans())
        system.rows.append(Row(whole, tuple(sorted(parts)), is_equal, Relation.INSIDE))
    for number in range(draw(st.integers(1, nodes))):
        low, width = draw(st.integers(0, 2)), draw(st.none() | st.integers(0, 1))
        node = draw(st.integers(0, nodes - 1))
        if low:
            system.ends.append(End(node, True, low, number, assumed=False))
        if width is not None:
            system.ends.append(End(node, False, low + width, number, assumed=False))
    return system


def allowed(system: System, ends: frozenset[int]) -> np.ndarray[Any, Any]:
    """Tell for each assignment whether it satisfies all rows and the given ends."""
    found = np.ones(COUNTS.shape[1], dtype=bool)
    for row in system.rows:
        parts = COUNTS[list(row.parts)].sum(axis=0)
        found &= (parts == COUNTS[row.whole]) if row.equal else (parts <= COUNTS[row.whole])
    for number in ends:
        end = system.ends[number]
        found &= (COUNTS[end.node] >= end.people) if end.low else (COUNTS[end.node] <= end.people)
    return found


def minimal_conflicts(system: System) -> set[frozenset[int]]:
    """List the minimal sets of ends that no assignment satisfies."""
    found: list[frozenset[int]] = []
    for size in range(len(system.ends) + 1):
        for chosen in map(frozenset, combinations(range(len(system.ends)), size)):
            if not any(known <= chosen for known in found) and not allowed(system, chosen).any():
                found.append(chosen)
    return set(found)


def solved(system: System, asked: Iterable[int] = range(NODES)) -> Solution:
    """Solve a system that no ledger stands behind; a node stands for its subject."""
    said = [SimpleNamespace(source=f"source-{number % 3}") for number in range(len(system.ends) + 9)]
    built = SimpleNamespace(system=system, statements=said, ends_of=lambda node: (node, node))
    return Solution(cast("Any", built), cast("Any", asked))


@contextmanager
def without_solver() -> Iterator[None]:
    """Let the extra solver be absent."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (_integer_program, _conflicts, _solving):
            patch.setattr(module, "installed", lambda: False)
        yield


def check_conflicts(system: System, asked: Iterable[int]) -> Solution:
    """See that what is told is minimal, that the rest holds together, and that a whole count misses nothing."""
    found, expected = solved(system, asked), minimal_conflicts(system)
    if found.complete:
        assert allowed(system, frozenset(found.taken)).any()
        assert all(any(told & each for told in found.conflicts) for each in expected)
    for conflict in found.conflicts:
        assert any(known <= conflict for known in expected)
        if found.minimal(frozenset({each}) for each in conflict):
            assert conflict in expected
    for known in found.known:
        if known.complete:
            of_component = {
                each
                for each in expected
                if found.core.graph.component_of[system.ends[min(each)].node] == known.component
            }
            assert {*known.told, *known.others} == set(smallest_first(map(found.statements_of, of_component)))
    return found


@settings(max_examples=examples(150))
@given(system=systems(), asked=st.sets(st.integers(0, NODES - 1)))
def test_minimal_conflicts_are_minimal_and_complete(system: System, asked: set[int]) -> None:
    """What is told cannot hold together and can without any one member; with the solver nothing is missing."""
    found = check_conflicts(system, asked)
    assert found.complete or not _integer_program.installed()
    assert all(known.complete for known in found.known) or not _integer_program.installed()


@settings(max_examples=examples(150))
@given(system=systems(), asked=st.sets(st.integers(0, NODES - 1)))
def test_conflicts_found_without_the_solver_say_whether_they_are_minimal(system: System, asked: set[int]) -> None:
    """What is called minimal or complete without the solver is; everything else that is found contradicts itself."""
    with without_solver():
        check_conflicts(system, asked)


@settings(max_examples=examples(100))
@given(system=systems())
def test_ends_are_valid_and_tight_where_proved(system: System) -> None:
    """Every count that fits lies within the ends, and an end that is proved is attained by counts that fit."""
    found = solved(system)
    fits = COUNTS[:, allowed(system, frozenset(found.taken))]
    assume(fits.size)
    settled = found.settled(range(NODES))
    for node in range(NODES):
        low, high = int(fits[node].min()), int(fits[node].max())
        floor, ceiling = settled[node, True], settled[node, False]
        assert floor.people == low if floor.exact else floor.people <= low
        if ceiling.people < NO_CEILING:
            assert ceiling.people == high if ceiling.exact else ceiling.people >= high
        if _integer_program.installed():
            assert settled[node, True].exact
            assert settled[node, False].exact


@settings(max_examples=examples(100))
@given(system=systems(nodes=10))
def test_what_is_proved_without_the_solver_is_what_the_solver_finds(system: System) -> None:
    """On larger systems an end that the shape or a set of counts proves is the one of the integer program."""
    pytest.importorskip("highspy", reason="the extra solver is not installed")
    found = solved(system, range(10))
    with without_solver():
        without = solved(system, range(10))
        settled = without.settled(range(10)) if not without.conflicts else {}
    assume(not found.conflicts)
    for end, expected in found.settled(range(10)).items():
        assert expected.exact
        if settled[end].exact:
            assert settled[end].people == expected.people
        node, low = end
        assert settled[end].people <= expected.people if low else settled[end].people >= expected.people, node


@settings(max_examples=examples(100))
@given(system=systems())
def test_ends_needed_for_an_end_imply_it_alone(system: System) -> None:
    """The statements in the proof of an end imply it without any other."""
    found = solved(system)
    assume(found.run.finished)  # without the solver a contradiction may stay unseen, and ends then grow for ever
    for node in range(NODES):
        for low in (True, False):
            steps = found.run.steps((node, low))
            used = frozenset(-cause - 1 for _, _, _, cause, _ in steps if cause < 0)
            alone = Propagation(system.graph, system.ends, used).run()
            ends, ends_alone = (found.run.low, alone.low) if low else (found.run.high, alone.high)
            assert ends_alone[node] == ends[node]
            fits = COUNTS[node, allowed(system, used)]
            if fits.size:  # a contradiction may stay unseen here too
                assert (fits.min() >= ends[node]) if low else (fits.max() <= ends[node] or ends[node] >= NO_CEILING)


@settings(max_examples=examples(60))
@given(system=systems(equal=False))
def test_without_equalities_every_end_is_exact(system: System) -> None:
    """Where wholes are only at least their parts, propagation is exact, and the shape proves it."""
    found = solved(system)
    assert found.complete
    settled = found.settled(range(NODES))
    assert all(settled[node, True].exact for node in range(NODES))


@st.composite
def ledgers(draw: st.DrawFn, *, disputed: bool = False) -> list[Claim]:
    """Draw claims of three sources on subjects that lie inside one another, apart, and over days.

    Disputed ones have ceilings, and say so of everybody, so that many of them contradict one another.
    """
    found = []
    for _ in range(draw(st.integers(3 if disputed else 1, 7))):
        since = draw(st.sampled_from(["2020-09-27", "2020-09-28"]))
        until = draw(st.sampled_from(["2020-09-28", "2020-09-29", "2020-09-30"]))
        facets = {
            "side": draw(st.sampled_from([None, "armenian", "azerbaijani"])),
            "status": draw(st.sampled_from([None, "civilian", "combatant"])),
            "sex": draw(st.sampled_from([None, "female"])),
        }
        low, width = draw(st.integers(0, 9)), draw((st.nothing() if disputed else st.none()) | st.integers(0, 9))
        subject = Subject(harm=["killed"], since=since, until=until, **facets)
        whole = st.sampled_from(
            [("status", "sex", "side")] if disputed else [(), ("status",), ("status", "sex", "side")]
        )
        found.append(
            Claim(
                source=draw(st.sampled_from("abc")),
                subject=subject,
                figure=cs.Figure(low, None if width is None else low + width),
                stated=until,
                all=draw(whole),
            )
        )
    return found


DRAWN = ledgers() | ledgers(disputed=True)
TERMS = [Term(kind="side", key="armenian", against=["azerbaijani"])]
EVERYBODY = Subject(harm=["killed"], since="2020-09-27", until="2020-09-30")


def ledger_of(claims: Iterable[Claim]) -> cs.Ledger:
    """Put claims into a ledger that declares the sides apart."""
    return cs.Ledger(claims, sources=[Source(key=key) for key in "abc"], terms=TERMS)


@settings(max_examples=examples(60))
@given(claims=DRAWN, shuffle=st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_nothing(claims: list[Claim], shuffle: Any) -> None:
    """Bounds, contradictions and remedies are the same for every order of the claims."""
    shuffled = list(claims)
    shuffle.shuffle(shuffled)
    one, other = cs.bounds(ledger_of(claims)), cs.bounds(ledger_of(shuffled))
    assert [str(bound) for bound in one] == [str(bound) for bound in other]
    assert one.contradictions == other.contradictions
    assert one.remedies == other.remedies
    assert str(one[EVERYBODY].low_proof) == str(other[EVERYBODY].low_proof)


@settings(max_examples=examples(60))
@given(claims=ledgers(), more=ledgers())
def test_a_further_claim_only_narrows(claims: list[Claim], more: list[Claim]) -> None:
    """A claim that replaces, excludes and contradicts nothing leaves every bound as it was, or narrows it."""
    added = next((one for one in more if all((one.source, one.subject) != (c.source, c.subject) for c in claims)), None)
    assume(added is not None)
    before, after = cs.bounds(ledger_of(claims)), cs.bounds(ledger_of([*claims, cast("Claim", added)]))
    assume(not before.contradictions)
    assume(not after.contradictions)
    for bound in (*before, before[EVERYBODY]):
        narrower = after[bound.subject]
        assert narrower.low >= bound.low
        if bound.high is not None and narrower.part_ceiling is None:
            assert narrower.high is not None
            assert narrower.high <= bound.high


@settings(max_examples=examples(60))
@given(claims=DRAWN)
def test_contradictions_are_gone_without_any_remedy(claims: list[Claim]) -> None:
    """Without one of the smallest sets of each group the rest is consistent; a contradiction alone is one."""
    bounds = cs.bounds(ledger_of(claims))
    gone = {claim.id for remedy in bounds.remedies for claim in remedy.choices[0]}
    gone |= {claim.id for each in bounds.contradictions for claim in each.excluded}
    rest = cs.bounds(ledger_of(claim for claim in claims if claim.id not in gone))
    assert not [each for each in rest.contradictions if not each.excluded]
    for each in bounds.contradictions:
        assert {claim.id for claim in each.claims} <= {claim.id for claim in claims}
        assert cs.bounds(ledger_of(each.claims)).contradictions
        for out in each.members if each.proved_minimal else ():
            others = cs.bounds(ledger_of(claim for claim in each.claims if claim not in out))
            assert not others.contradictions


def moved(claim: Claim, people: int) -> Iterator[Claim]:
    """Give the claim with its low end lowered, and with its high end raised, by so many people."""
    figure = claim.figure
    if figure is not None and people <= figure.low:
        yield claim.replacing(figure=cs.Figure(figure.low - people, figure.high))
    if figure is not None and figure.high is not None:
        yield claim.replacing(figure=cs.Figure(figure.low, figure.high + people))


@settings(max_examples=examples(60))
@given(claims=DRAWN)
def test_least_change_reconciles_and_less_does_not(claims: list[Claim]) -> None:
    """One end of each claim that is named, moved by the least change, reconciles; no end moved by less does.

    Without the solver the change may stay open.
    """
    for each in cs.bounds(ledger_of(claims)).contradictions:
        if any(len(member) > 1 for member in each.members):
            continue

        def reconciled(claim: Claim, people: int, among: Sequence[Claim] = each.claims) -> bool:
            others = [other for other in among if other != claim]
            return any(not cs.bounds(ledger_of([*others, one])).contradictions for one in moved(claim, people))

        if each.change is not None:
            assert each.change > 0
            assert not any(reconciled(claim, each.change - 1) for claim in each.claims)
        if _integer_program.installed() and each.change is not None:
            assert [claim for claim in each.claims if reconciled(claim, each.change)] == list(each.give_way)
        elif _integer_program.installed():
            assert not any(reconciled(claim, people) for claim in each.claims for people in (1, 9))


@settings(max_examples=examples(100))
@given(claims=DRAWN)
def test_no_relation_is_left_out(claims: list[Claim]) -> None:
    """Compared pair by pair: every floor inside counts, so do floors of two sides and ceilings that come down."""
    ledger = ledger_of({(claim.source, claim.subject): claim for claim in claims}.values())  # no versions
    bounds = cs.bounds(ledger)
    assume(not bounds.contradictions)
    words = ledger.words
    for bound in (*bounds, bounds[EVERYBODY]):
        inside = [claim for claim in ledger if claim.subject.inside(bound.subject, words) and claim.figure is not None]
        for claim in inside:
            assert claim.figure is not None
            assert bound.low >= claim.figure.low
            for other in inside:
                across = None if claim.source == other.source else frozenset[str]()
                if claim.subject.apart_by(other.subject, words, across) and other.figure is not None:
                    assert bound.low >= claim.figure.low + other.figure.low
        open_facets = {name for name in FACETS if getattr(bound.subject, name) is None}
        own = [set(claim.all) for claim in ledger if alike(claim.subject, bound.subject) and ceiling(claim) is not None]
        meant = set.intersection(*own) & open_facets if own else set[str]()
        for claim in ledger:
            high = ceiling(claim)
            left = {name for name in FACETS if getattr(claim.subject, name) is None} - open_facets
            if high is None or not left | meant <= set(claim.all):
                continue
            if bound.subject.inside(claim.subject, words) and bound.part_ceiling is None:
                assert bound.high is not None
                assert bound.high <= high


def alike(one: Subject, other: Subject) -> bool:
    """Tell whether two subjects differ in their days at most."""
    return one.replacing(since=None, until=None) == other.replacing(since=None, until=None)


def ceiling(claim: Claim) -> int | None:
    """Give the ceiling that a claim states."""
    return claim.figure.high if claim.figure is not None else None


def test_search_without_solver_says_what_it_cannot_prove() -> None:
    """A parity that only an integer program sees is not called complete without it, and found with it.

    Three counts, pairwise 1 together: each would be a half.
    """
    system = System()
    for _ in range(6):
        system.add(Subject(harm=["killed"]), (None, None))
    for whole, parts in ((3, (0, 1)), (4, (1, 2)), (5, (0, 2))):
        system.rows.append(Row(whole, parts, equal=True, relation=Relation.TOTAL))
        system.ends.append(End(whole, True, 1, whole - 3, assumed=False))
        system.ends.append(End(whole, False, 1, whole - 3, assumed=False))
    with without_solver():
        assert not solved(system).complete
    pytest.importorskip("highspy", reason="the extra solver is not installed")
    assert solved(system).conflicts == [frozenset(range(6))]
