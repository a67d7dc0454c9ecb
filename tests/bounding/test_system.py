"""The system behind bounds: its limits, its solver, and what it says where it cannot finish."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

import casualties as cs
from casualties.bounding import (
    Bounds,
    Method,
    _conflicts,
    _integer_program,
    _layer,
    _periods,
    _remedies,
    _solving,
    audit,
)
from casualties.bounding._conflicts import Exhausted, Work, quickxplain
from casualties.bounding._layer import _cliques
from casualties.bounding._minimal_sets import berge, minimal_sets
from casualties.bounding._propagation import Propagation
from casualties.bounding._system import NO_CEILING, Component, End, Row, System
from casualties.bounding.relation import Relation
from casualties.model.claim import Claim
from casualties.model.figure import MAX_COUNT
from casualties.model.ledger import Total
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term

PLACES = ("upper", "middle", "lower")
NEEDS_SOLVER = pytest.mark.skipif(not _integer_program.installed(), reason="the extra solver is not installed")


def killed(**facets: Any) -> Subject:
    """Name people killed in the first days of March."""
    return Subject(**{"harm": ["killed"], "since": "2021-03-01", "until": "2021-03-05", **facets})


def said(subject: Subject, low: int, high: int | None, source: str = "a") -> Claim:
    """State a figure of everybody whom the subject can mean."""
    return Claim(source=source, subject=subject, figure=cs.Figure(low, high), stated=subject.until, all=["place"])


def ledger(*claims: Claim, totals: Any = (), **declared: Any) -> cs.Ledger:
    """Put claims into a ledger whose three places are apart."""
    terms = [Term(kind="place", key=place, apart=[other for other in PLACES if other != place]) for place in PLACES]
    return cs.Ledger(claims, sources=[Source(key=key) for key in "ab"], totals=totals, **{"terms": terms, **declared})


@pytest.fixture
def without_solver(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the extra solver be absent."""
    for module in (_integer_program, _conflicts, _solving):
        monkeypatch.setattr(module, "installed", lambda: False)
    return iter(())


def pairs(*, most: int, least: int = 0) -> Bounds:
    """Count any two of three places together, as events, and all three; nobody counts a place alone."""
    whole = killed(event="all")
    parts = [killed(place=place, event="all") for place in PLACES]
    two = {f"pair-{number}": pair for number, pair in enumerate(combinations(parts, 2))}
    claims = [said(killed(event=name), least, most) for name in two]
    claims.append(said(parts[0], 0, min(most + 6, MAX_COUNT)))  # says nothing that the others do not
    totals = [Total(whole=killed(event=name), parts=pair) for name, pair in two.items()]
    return cs.bounds(ledger(*claims, said(whole, 0, None), totals=[*totals, Total(whole=whole, parts=parts)]))


class TestProgram:
    """Ends and contradictions that only an integer program sees."""

    @NEEDS_SOLVER
    def test_end_that_the_program_finds(self) -> None:
        """Of three places any two have at most one dead together: then all three have at most one, and not three."""
        bound = pairs(most=1)[killed(event="all")]
        assert (bound.low, bound.high) == (0, 1)
        assert bound.proved
        assert bound.method is Method.PROGRAM
        assert len(bound.high_proof.claims) == 3
        assert str(bound.high_proof).splitlines()[-1].endswith("≤ 1: by 1, 2 and 3, as the integer program finds")

    @pytest.mark.usefixtures("without_solver")
    def test_outer_end_says_so(self) -> None:
        """Without the program each place has at most one, and three is a valid outer bound that is not proved."""
        bound = pairs(most=1)[killed(event="all")]
        assert (bound.low, bound.high) == (0, 3)
        assert bound.low_proved
        assert not bound.high_proved
        assert bound.method is Method.OUTER
        assert str(bound).endswith("up to 3 (not proved exact)")

    @NEEDS_SOLVER
    def test_solver_prints_nothing(self) -> None:
        """What a program prints is its own: not a line of the solver's stands on its standard output."""
        code = (
            "from casualties.bounding._integer_program import Program, State\n"
            "from casualties.bounding._system import Component, Row\n"
            "from casualties.bounding.relation import Relation\n"
            "rows = (Row(2, (0, 1), True, Relation.TOTAL),)\n"
            "program = Program(Component((0, 1, 2), rows), whole_numbers=True)\n"
            "program.bound([1, 2, 0], [9, 9, 9])\n"
            "print(program.solve_for(2, low=True).name, program.best())\n"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert (done.stdout, done.stderr) == ("FOUND 3\n", "")

    @NEEDS_SOLVER
    def test_contradiction_without_a_chain(self) -> None:
        """Exactly one in each two would be halves: the three claims contradict one another, and no row shows it."""
        (found,) = pairs(most=1, least=1).contradictions
        assert len(found.members) == 3
        assert found.proved_minimal
        assert not found.proof.steps
        assert found.change == 1
        assert str(found) == (
            "3 claims cannot all be true (one source against itself): one end must give way by 1 at least (a)"
        )

    @NEEDS_SOLVER
    def test_largest_counts(self) -> None:
        """The halves of the largest odd number that a figure can hold are found as those of 1 are."""
        odd = MAX_COUNT - 1
        (found,) = pairs(most=odd, least=odd).contradictions
        assert len(found.members) == 3
        assert found.change == 1

    @NEEDS_SOLVER
    def test_solver_whose_numbers_are_not_whole(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where its numbers do not fit the rows as whole numbers nothing is concluded, and that is said."""
        monkeypatch.setattr(_integer_program, "NEARLY", -1)
        monkeypatch.setattr(_solving, "DIVES_BEFORE_SOLVER", 0)
        monkeypatch.setattr(_conflicts, "completed", lambda *_: False)
        bounds = pairs(most=1)
        assert bounds.contradictions == ()
        assert not bounds.complete
        assert not bounds[killed(event="all")].proved
        assert "The search for contradictions reached its limit" in str(audit(bounds.ledger))

    @NEEDS_SOLVER
    def test_counts_of_one_end_attain_others(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where no counts are looked for before, those that the solver gives prove every end that they attain."""
        monkeypatch.setattr(_solving, "DIVES_BEFORE_SOLVER", 0)
        bounds = pairs(most=1)
        assert all(bound.proved for bound in bounds)
        assert {bound.high for bound in bounds} == {1}

    @NEEDS_SOLVER
    def test_no_end_is_found_where_there_is_none(self) -> None:
        """A sum whose parts nobody limits has no ceiling, and its floor is its parts'."""
        component = Component((0, 1, 2), (Row(2, (0, 1), equal=True, relation=Relation.TOTAL),))
        solver = _integer_program.Solver.of(component).taking([End(0, True, 4, 0, assumed=False)], [0])
        assert solver.end(2, low=False) == NO_CEILING
        assert solver.end(2, low=True) == 4
        assert solver.counts[0] == 4


class TestDoubled:
    """Two parts of one whole that hold the same people: of z in each of x and y, where w is x and y together."""

    W, X, Y, Z, U, V = (killed(event=name) for name in "wxyzuv")
    TOTALS = (Total(whole=W, parts=[X, Y]), Total(whole=X, parts=[Z, U]), Total(whole=Y, parts=[Z, V]))
    CLAIMS = (said(W, 0, 9), said(Z, 6, None, "b"))

    @NEEDS_SOLVER
    def test_least_change(self) -> None:
        """6 counted twice are 12, and 3 above 9; but with 4 counted twice it fits, so that 2 people are the least."""
        (found,) = cs.bounds(ledger(*self.CLAIMS, totals=self.TOTALS)).contradictions
        assert found.change == 2
        assert found.give_way == (self.CLAIMS[1],)

    @NEEDS_SOLVER
    def test_least_change_in_any_order(self) -> None:
        """The same where the whole comes after its parts in every listing."""
        whole = killed(event="zz")
        totals = [Total(whole=whole, parts=[self.X, self.Y]), *self.TOTALS[1:]]
        (found,) = cs.bounds(ledger(said(whole, 0, 9), self.CLAIMS[1], totals=totals)).contradictions
        assert found.change == 2
        assert found.give_way == (self.CLAIMS[1],)

    @pytest.mark.usefixtures("without_solver")
    def test_least_change_without_the_solver(self) -> None:
        """That the 6 need to fall by 2 propagation does not see, and so nothing is said of the least change."""
        (found,) = cs.bounds(ledger(*self.CLAIMS, totals=self.TOTALS)).contradictions
        assert (found.change, found.give_way) == (None, ())
        assert "no single end of one claim is known to reconcile them" in str(found)

    @NEEDS_SOLVER
    def test_least_change_that_the_solver_cannot_tell(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nor is anything said where the solver's numbers are not whole."""
        monkeypatch.setattr(_integer_program, "NEARLY", -1)
        (found,) = cs.bounds(ledger(*self.CLAIMS, totals=self.TOTALS)).contradictions
        assert found.change is None


class TestChains:
    """A ceiling from one total lifts a floor in the next: of a and b, and of b and c."""

    A, B, C, S, T = (killed(event=name) for name in "abcst")
    TOTALS = (Total(whole=T, parts=[A, B]), Total(whole=S, parts=[B, C]))

    def test_through_two_totals(self) -> None:
        """B and c are at most 6 and c at least 2, so b is at most 4; of 10 that leaves a 6, and it says 5."""
        claims = [said(self.T, 10, None), said(self.S, 0, 6), said(self.C, 2, None), said(self.A, 0, 5)]
        (found,) = cs.bounds(ledger(*claims, totals=self.TOTALS)).contradictions
        assert set(found.claims) == set(claims)
        assert found.change == 1

    def test_beside_a_total_without_a_ceiling(self) -> None:
        """B says itself that it is at most 4, and b and c together say nothing: the same without them."""
        claims = [said(self.T, 10, None), said(self.B, 0, 4), said(self.A, 0, 5)]
        (found,) = cs.bounds(ledger(*claims, said(self.C, 2, None), totals=self.TOTALS)).contradictions
        assert set(found.claims) == set(claims)
        assert found.change == 1

    def test_sum_of_one_of_two_totals(self) -> None:
        """A sum of the parts of one declared total is that total, whatever another total says."""
        bounds = cs.bounds(ledger(said(self.T, 10, 12), totals=self.TOTALS))
        assert bounds.total([self.A, self.B]).figure == cs.Figure(10, 12)
        assert repr(bounds[self.T]) == "<Bound killed, t 2021-03-01..2021-03-05: 10–12>"


class TestOwnWords:
    """What a source says later excludes what it said before."""

    def test_lowest_of_several_later_ceilings(self) -> None:
        """100 on the 3rd fall to the 90 that were said last, and the 95 said between change nothing."""
        claims = [
            said(killed(until=f"2021-03-0{day}"), low, high).replacing(stated=f"2021-03-{stated}")
            for day, low, high, stated in ((5, 80, 90, "08"), (4, 0, 95, "07"), (3, 100, 100, "06"))
        ]
        (found,) = cs.bounds(ledger(*claims)).contradictions
        assert set(found.claims) == {claims[0], claims[2]}
        assert found.excluded == (claims[2],)
        assert found.change == 10

    def test_later_floor_of_an_earlier_day(self) -> None:
        """95 by the 5th cannot be where 100 by the 3rd are named afterwards."""
        claims = [
            said(killed(until="2021-03-05"), 90, 95).replacing(stated="2021-03-05"),
            said(killed(until="2021-03-03"), 100, 100).replacing(stated="2021-03-06"),
        ]
        bounds = cs.bounds(ledger(*claims))
        (found,) = bounds.contradictions
        assert found.excluded == (claims[0],)
        assert bounds[killed()].low == 100


class TestLimits:
    """What is cut short is said, and what is given all the same holds."""

    CLAIMS = (said(killed(), 10, 10), said(killed(place="upper"), 7, 7, "b"), said(killed(place="lower"), 8, 8, "b"))

    def test_search_that_is_cut_short(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the limit is reached at once nothing is told, and nothing that hangs together bounds anything."""
        monkeypatch.setattr(_conflicts, "SEARCH_WORK", 0)
        bounds = cs.bounds(ledger(*self.CLAIMS))
        assert (bounds.contradictions, bounds.complete) == ((), False)
        assert [(bound.low, bound.high) for bound in bounds] == [(0, None)] * 3
        assert "The search for contradictions reached its limit" in str(audit(bounds.ledger))

    def test_others_that_are_not_counted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the limit is reached afterwards the contradiction is told, and that there may be others."""
        monkeypatch.setattr(_solving, "OTHERS_WORK", 0)
        bounds = cs.bounds(ledger(*self.CLAIMS))
        (found,) = bounds.contradictions
        assert set(found.claims) == set(self.CLAIMS)
        assert found.proved_minimal
        assert bounds.complete
        assert (found.others, found.more) == (0, True)
        assert "others may break with it: the search for them reached its limit" in str(found)
        (remedy,) = bounds.remedies
        assert [len(choice) for choice in remedy.choices] == [1, 1, 1]
        monkeypatch.setattr(_remedies, "CHECKING_WORK", 0)
        (remedy,) = cs.bounds(ledger(*self.CLAIMS)).remedies
        assert (remedy.choices, remedy.complete) == ((), False)

    def test_too_many_words(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where words are too many to be compared their sums are left out, and no end of the whole is called proved."""
        monkeypatch.setattr(_layer, "MAX_WORDS", 1)
        bound = cs.bounds(ledger(*self.CLAIMS[1:]))[killed()]
        assert (bound.low, bound.proved) == (8, False)

    def test_too_many_subjects_between(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The same holds where too many subjects that nobody reports would be needed: women in each of two places."""
        women = [said(killed(place=place, sex="female"), 5, None) for place in ("upper", "lower")]
        assert cs.bounds(ledger(*women))[killed()].low == 10
        monkeypatch.setattr(_layer, "MAX_BETWEEN", 0)
        bound = cs.bounds(ledger(*women))[killed()]
        assert (bound.low, bound.proved) == (5, False)

    def test_too_many_periods_that_overlap(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Periods that are not cut into days bound what holds them, and are not called proved."""
        claims = [said(killed(until="2021-03-03"), 5, 5), said(killed(since="2021-03-02"), 4, 4, "b")]
        monkeypatch.setattr(_periods, "MAX_CUTS", 1)
        bound = cs.bounds(ledger(*claims))[killed()]
        assert (bound.low, bound.high, bound.proved) == (5, None, False)

    def test_remedies_that_are_cut_short(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where too many choices would have to be looked at none is given, and that is said."""
        monkeypatch.setattr(_remedies, "MAX_CHOICES", -1)
        (remedy,) = cs.bounds(ledger(*self.CLAIMS)).remedies
        assert (remedy.choices, remedy.complete) == ((), False)

    def test_hitting_sets_that_are_too_many(self) -> None:
        """Two groups of two have four minimal sets that meet both; where the limit is reached none is given."""
        groups = [frozenset({1, 2}), frozenset({3, 4})]
        assert berge(groups, Work()) == [frozenset(each) for each in ((1, 3), (1, 4), (2, 3), (2, 4))]
        with pytest.raises(Exhausted):
            berge([frozenset(range(place, place + 9)) for place in (0, 9)], Work(0))


@NEEDS_SOLVER
def test_total_within_a_total() -> None:
    """10 are three places together, and 10 are two of them: then nobody was killed in the third."""
    parts = [killed(place=place) for place in PLACES]
    totals = [Total(whole=killed(), parts=parts), Total(whole=killed(), parts=parts[:2])]
    bound = cs.bounds(ledger(said(killed(), 10, 10), totals=totals))[parts[2]]
    assert (bound.low, bound.high) == (0, 0)


def test_gap_in_a_total() -> None:
    """A part of which nothing is known is named with its whole."""
    parts = [killed(place=place) for place in PLACES]
    found = audit(ledger(said(killed(), 10, None), said(parts[0], 4, 4), totals=[Total(whole=killed(), parts=parts)]))
    assert [str(gap) for gap in found.gaps] == [
        f"killed, {place} 2021-03-01..2021-03-05: nothing is known of this part of killed 2021-03-01..2021-03-05"
        for place in ("lower", "middle")
    ]


def test_of_equal_ends_the_first_is_the_reason() -> None:
    """Two state 3 or more, and two up to 9: the proof names the first of each, whoever else says so."""
    system = System()
    system.add(killed(), (None, None))
    system.ends += [
        End(0, low, 3 if low else 9, place, assumed=False) for place, low in enumerate((True, True, False, False))
    ]
    run = Propagation(system.graph, system.ends).run()
    assert run.steps((0, True)) == [(0, True, 3, -1, ())]
    assert run.steps((0, False)) == [(0, False, 9, -3, ())]


def test_derivations_through_two_totals() -> None:
    """T is a and b, s is b and c: 10 of t, at most 6 of s, 2 of c and at most 5 of a cannot be; 1 of c adds nothing."""
    t, s, a, b, c = range(5)
    rows = (Row(t, (a, b), equal=True, relation=Relation.TOTAL), Row(s, (b, c), equal=True, relation=Relation.TOTAL))
    stated = ((t, True, 10), (s, False, 6), (c, True, 2), (a, False, 5), (c, True, 1))
    ends = [End(node, low, people, number, assumed=False) for number, (node, low, people) in enumerate(stated)]
    component = Component(tuple(range(5)), rows)
    assert component.forest
    assert minimal_sets(component, ends, range(5), Work()) == ([frozenset(range(4))], True)


def test_shrinking_takes_out_several_at_once() -> None:
    """Of a floor of 9 among smaller ones and a ceiling of 5 the first try shows that the smaller are not needed."""
    component = Component((0,), ())
    ends = [End(0, True, count, count, assumed=False) for count in (1, 2, 9)] + [End(0, False, 5, 5, assumed=False)]
    assert quickxplain(component, ends, frozenset(range(4)), Work()) == frozenset({2, 3})


@pytest.mark.parametrize("drawn", range(1 << 10))
def test_families_are_all_largest_groups(drawn: int) -> None:
    """On every graph of five words the families are the groups of words all apart that no further word can join."""
    words = "abcde"
    apart = {frozenset(pair) for number, pair in enumerate(combinations(words, 2)) if drawn >> number & 1}
    friends = {word: {other for other in words if frozenset((word, other)) in apart} for word in words}
    groups = [
        group
        for size in range(1, 6)
        for group in combinations(words, size)
        if all(frozenset(pair) in apart for pair in combinations(group, 2))
        and not any(set(group) <= friends[word] for word in words)
    ]
    assert sorted(_cliques(friends, 100)) == sorted(groups)
