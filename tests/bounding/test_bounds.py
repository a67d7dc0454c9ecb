"""Bounds, contradictions and sums on ledgers whose answers were worked out by hand."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from typing import Any

import pytest

import casualties as cs
from casualties.bounding import Between, Method, Relation, _integer_program, audit
from casualties.errors import LedgerError, OverlappingSubjectsError
from casualties.model.claim import Claim
from casualties.model.ledger import Total
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term

SEED = "nagorno-karabakh-2020-09-30"
DAY = "2020-09-30"
SIDES = [Term(kind="side", key="armenian", against=["azerbaijani"]), Term(kind="side", key="azerbaijani")]


def killed(**facets: Any) -> Subject:
    """Name people killed from 27 to 30 September 2020."""
    return Subject(**{"harm": ["killed"], "since": "2020-09-27", "until": DAY, **facets})


def said(source: str, subject: Subject, low: int, high: int | None, **fields: Any) -> Claim:
    """State a figure on the day until which it counts."""
    return Claim(**{"stated": subject.until, **fields}, source=source, subject=subject, figure=cs.Figure(low, high))


def ledger(*claims: Claim, **declared: Any) -> cs.Ledger:
    """Put claims into a ledger with the sources that they name."""
    sources = declared.pop("sources", [Source(key=name) for name in sorted({claim.source for claim in claims})])
    return cs.Ledger(claims, sources=sources, **{"terms": SIDES, **declared})


def ends(bound: Any) -> tuple[int, int | None]:
    """Give both ends of a bound."""
    return bound.low, bound.high


class TestSeed:
    """The article of 30 September 2020."""

    def test_mercenaries_lie_between_the_two_reports(self) -> None:
        """As many as 25 and at least two leave 2 to 25, each end proved by its own claim."""
        (bound,) = cs.bounds(cs.seeds.load(SEED)).about(role="mercenary")
        assert ends(bound) == (2, 25)
        assert bound.proved
        assert bound.method is Method.PROPAGATION
        assert [claim.source for claim in bound.low_proof.claims] == ["akoush"]
        assert [claim.source for claim in bound.high_proof.claims] == ["unnamed"]

    def test_all_killed_are_at_least_both_sides(self) -> None:
        """81 fighters and 11 civilians stand apart by their sides: 92, with no ceiling, resting on both claims."""
        bound = cs.bounds(cs.seeds.load(SEED))[Subject(harm=["killed"])]
        assert ends(bound) == (92, None)
        assert [claim.source for claim in bound.low_proof.claims] == ["artsakh-mod", "azerbaijan"]
        assert Relation.APART in bound.low_proof.relations
        assert bound.low_proof.steps[-1].facet == "side"
        assert not bound.high_proof.steps

    def test_syrians_are_added_by_name_only(self) -> None:
        """94 needs the reader to accept that the Syrians are not among the fighters."""
        bounds = cs.bounds(cs.seeds.load(SEED))
        groups = [
            next(bound.subject for bound in bounds.about(**facets))
            for facets in ({"side": "armenian"}, {"status": "civilian"}, {"role": "mercenary"})
        ]
        assert bounds.total(groups[:2]).figure == cs.Figure(92, None)
        with pytest.raises(OverlappingSubjectsError) as refused:
            bounds.total(groups)
        assert len(refused.value.overlaps) == 2
        total = bounds.total(groups, overlapping_subjects_ok=True)
        assert total.figure == cs.Figure(94, None)
        assert len(total.overlaps) == 2
        assert len(total.claims) == 4

    def test_pilot_is_inside_the_fighters(self) -> None:
        """The pilot is one of the fighters: their floor stays 81, and he is never added."""
        bounds = cs.bounds(cs.seeds.load(SEED))
        (fighters,) = [bound for bound in bounds.about(side="armenian") if bound.subject.role is None]
        assert ends(fighters) == (81, None)
        (pilot,) = [bound.subject for bound in bounds.about(role="pilot")]
        with pytest.raises(OverlappingSubjectsError):
            bounds.total([fighters.subject, pilot])

    def test_denied_responsibility_keeps_the_floor(self) -> None:
        """Who shot the jet down is denied; that one pilot was killed is not, whoever did it."""
        (bound,) = cs.bounds(cs.seeds.load(SEED)).about(role="pilot")
        assert ends(bound) == (1, 1)

    def test_silence_is_not_zero(self) -> None:
        """Of the Azerbaijani soldiers nothing is known, and the sum with them says so."""
        bounds = cs.bounds(cs.seeds.load(SEED))
        civilians, soldiers = bounds.about(side="azerbaijani")
        assert not soldiers.known
        assert ends(soldiers) == (0, None)
        total = bounds.total([civilians.subject, soldiers.subject], overlapping_subjects_ok=True)
        assert total.figure == cs.Figure(11, None)
        assert total.missing == (soldiers.subject,)

    def test_declared_stock_may_fall(self) -> None:
        """Nine probable deaths are confirmed: 20 become 11, and nobody was wrong."""
        harms = [
            Term(kind="harm", key="confirmed", under=["killed"]),
            Term(kind="harm", key="probable", under=["killed"], apart=["confirmed"], stock=True, becomes=["confirmed"]),
        ]
        whole, confirmed, probable = (killed(harm=[harm]) for harm in ("killed", "confirmed", "probable"))
        claims = [
            said("a", subject.replacing(until=day), count, count)
            for day, counts in (("2020-09-28", (3, 20)), (DAY, (14, 11)))
            for subject, count in zip((confirmed, probable), counts, strict=True)
        ]
        total = Total(
            whole=whole.replacing(until=None), parts=[each.replacing(until=None) for each in (confirmed, probable)]
        )
        found = ledger(*claims, terms=harms, totals=[total])
        assert not audit(found)
        assert ends(cs.bounds(found)[whole]) == (25, 25)
        running = [term.replacing(stock=False, becomes=[]) for term in harms]
        assert audit(ledger(*claims, terms=running, totals=[total])).contradictions

    def test_declared_parts_are_no_suspicion(self) -> None:
        """84 confirmed and 42 probable deaths make the 126 killed, as the ledger declares: nothing is to be asked."""
        harms = [
            Term(kind="harm", key="confirmed", under=["killed"]),
            Term(kind="harm", key="probable", under=["killed"], apart=["confirmed"]),
        ]
        whole, confirmed, probable = (killed(harm=[harm]) for harm in ("killed", "confirmed", "probable"))
        claims = [said("a", confirmed, 84, 84), said("a", probable, 42, 42), said("b", whole, 126, 126)]
        totals = [Total(whole=whole, parts=[confirmed, probable])]
        assert not audit(ledger(*claims, terms=harms, totals=totals))
        assert len(audit(ledger(*claims, terms=harms)).scopes) == 3

    def test_audit_finds_the_silence_alone(self) -> None:
        """No contradictions and no suspicious scopes; one subject without a figure."""
        found = audit(cs.seeds.load(SEED))
        assert not found.contradictions
        assert not found.scopes
        assert [gap.subject.side for gap in found.gaps] == ["azerbaijani"]
        assert found


class TestPlantedErrors:
    """Each kind of error is found, with nothing in it that is not needed."""

    def test_part_above_its_whole(self) -> None:
        """12 women cannot be among 11 civilians who were counted of both sexes; one end must give way by 1."""
        whole = said("ministry", killed(status="civilian"), 11, 11, all=["sex"])
        part = said("hospital", killed(status="civilian", sex="female"), 12, 14)
        other = said("hospital", killed(status="combatant"), 3, 5)
        (found,) = cs.bounds(ledger(whole, part, other)).contradictions
        assert set(found.claims) == {whole, part}
        assert found.change == 1
        assert set(found.give_way) == {whole, part}
        assert found.between is Between.SOURCES

    def test_whole_that_may_mean_a_part(self) -> None:
        """Eleven killed may mean eleven civilians, and does not contradict 81 fighters; the audit mentions it."""
        few = said("paper", killed(), 11, 11)
        many = said("ministry", killed(status="combatant"), 81, None)
        bounds = cs.bounds(ledger(few, many))
        assert bounds.contradictions == ()
        assert ends(bounds[killed()]) == (81, None)
        assert bounds[killed()].parts_only == (few,)
        assert bounds[killed()].part_ceiling == 11
        (doubt,) = audit(ledger(few, many)).scopes
        assert "the words must mean a part" in str(doubt)

    def test_women_and_children_outnumber_the_civilians(self) -> None:
        """A source's own 30 women and 40 children are 70 people only if no girl is both: they may overlap."""
        whole = said("office", killed(status="civilian"), 60, 60, all=["sex", "age"])
        women = said("office", killed(status="civilian", sex="female", age="adult"), 30, 30)
        children = said("office", killed(status="civilian", age="child"), 40, 40)
        (found,) = cs.bounds(ledger(whole, women, children)).contradictions
        assert set(found.claims) == {whole, women, children}
        assert found.between is Between.ONE_SOURCE
        assert found.change == 10
        girls = said("office", killed(status="civilian", sex="female"), 30, 30)
        assert cs.bounds(ledger(whole, girls, children)).contradictions == ()

    def test_other_sources_words_do_not_set_apart(self) -> None:
        """Whom one source calls a civilian another may call a fighter, unless the ledger says otherwise."""
        whole = said("office", killed(), 60, 60, all=["status"])
        civilians = said("office", killed(status="civilian"), 40, 40)
        fighters = said("army", killed(status="combatant"), 30, 30)
        assert cs.bounds(ledger(whole, civilians, fighters)).contradictions == ()
        (found,) = cs.bounds(ledger(whole, civilians, fighters, apart=["status"])).contradictions
        assert found.change == 10

    @pytest.mark.parametrize(("sum_", "change"), [(156, 1), (158, 1), (200, 43)])
    def test_sum_that_its_lines_do_not_make(self, sum_: int, change: int) -> None:
        """54 and 103 are 157: a total declared as their sum may be nothing else."""
        whole, one, two = (
            killed(status="civilian"),
            killed(status="civilian", side="armenian"),
            killed(status="civilian", side="azerbaijani"),
        )
        claims = [said("a", whole, sum_, sum_), said("b", one, 54, 54), said("c", two, 103, 103)]
        (found,) = cs.bounds(ledger(*claims, totals=[Total(whole=whole, parts=(one, two))])).contradictions
        assert set(found.claims) == set(claims)
        assert found.change == change
        assert found.proof.relations == (Relation.TOTAL,)

    def test_sum_that_its_lines_make(self) -> None:
        """157 is 54 and 103, and what one line leaves open the other two settle."""
        whole, one, two = (
            killed(status="civilian"),
            killed(status="civilian", side="armenian"),
            killed(status="civilian", side="azerbaijani"),
        )
        claims = [said("a", whole, 157, 157), said("b", one, 54, 54)]
        bounds = cs.bounds(ledger(*claims, totals=[Total(whole=whole, parts=(one, two))]))
        assert bounds.contradictions == ()
        assert ends(bounds[two]) == (103, 103)
        assert bounds.total([one, two]).figure == cs.Figure.exactly(157)

    def test_falling_running_count_of_several(self) -> None:
        """One source's 100 until the 28th and another's 90 until the 30th cannot both be."""
        claims = [said("a", killed(until="2020-09-28"), 100, 100), said("b", killed(), 90, 95)]
        (found,) = cs.bounds(ledger(*claims)).contradictions
        assert found.change == 5
        assert found.between is Between.SOURCES
        assert Relation.RUNNING in found.proof.relations

    def test_falling_running_count_of_one(self) -> None:
        """A source's later statement excludes its own earlier one, which is listed and bounds nothing."""
        first, last = said("a", killed(until="2020-09-28"), 100, 100), said("a", killed(), 90, 95)
        bounds = cs.bounds(ledger(first, last))
        (found,) = bounds.contradictions
        assert found.between is Between.ONE_SOURCE
        assert found.excluded == (first,)
        assert ends(bounds[killed()]) == (90, 95)
        assert ends(bounds[killed(until="2020-09-28")]) == (0, 95)
        assert bounds.remedies == ()

    def test_later_whole_contradicts_an_earlier_part(self) -> None:
        """Across subjects nothing is excluded: 100 fighters, then 80 of every status, contradict one another."""
        first = said("a", killed(status="combatant", until="2020-09-28"), 100, 100)
        last = said("a", killed(), 80, 80, all=["status"])
        (found,) = cs.bounds(ledger(first, last)).contradictions
        assert (found.between, found.excluded) == (Between.ONE_SOURCE, ())

    def test_month_above_its_year(self) -> None:
        """September lies in 2020; what was killed in it was killed in the year."""
        year = said("a", Subject(harm=["killed"], since="2020-01-01", until="2020-12-31"), 50, 60)
        month = said("b", Subject(harm=["killed"], since="2020-09-01", until="2020-09-30"), 70, 80)
        (found,) = cs.bounds(ledger(year, month)).contradictions
        assert found.change == 10

    def test_days_add_up_to_their_period(self) -> None:
        """Four days of 10 are 40, no more and no less."""
        days = [said("a", killed(since=f"2020-09-{day}", until=f"2020-09-{day}"), 10, 10) for day in range(27, 31)]
        bounds = cs.bounds(ledger(*days))
        assert ends(bounds[killed()]) == (40, 40)
        assert bounds[killed()].low_proof.relations == (Relation.DAYS,)
        assert bounds.total([day.subject for day in days]).figure == cs.Figure.exactly(40)
        whole = said("b", killed(), 39, 39)
        (found,) = cs.bounds(ledger(*days, whole)).contradictions
        assert len(found.claims) == 5

    @pytest.mark.parametrize("days", [10, 60])
    def test_one_wrong_day_is_told_once(self, days: int) -> None:
        """Of a running total and its days one day lacks four people: its own three claims are told, the rest counted.

        Every total before that day, with every one from it on, breaks with the days between.
        """
        first, wrong, total, claims = date(2021, 1, 1), days // 2, 0, []
        for number in range(days):
            day = str(first + timedelta(number))
            total += 5 + (4 if number == wrong else 0)
            claims.append(said("a", killed(since=day, until=day), 5, 5))
            claims.append(said("a", killed(since=str(first), until=day), total, total))
        bounds = cs.bounds(ledger(*claims))
        (found,) = bounds.contradictions
        assert set(found.claims) == {claims[2 * wrong - 1], claims[2 * wrong], claims[2 * wrong + 1]}
        assert (found.change, found.others, found.more) == (4, wrong * (days - wrong) - 1, False)
        assert bounds.complete
        (remedy,) = bounds.remedies
        assert remedy.choices == ((claims[2 * wrong],),)
        (left_out,) = [bound for bound in bounds if bound.set_aside]
        assert (left_out.subject, ends(left_out)) == (claims[2 * wrong].subject, (9, 9))

    def test_two_wrong_days_are_told_apart(self) -> None:
        """Each of two suspects has its own equation; a total that alone is wrong breaks those of two days."""
        totals, claims = [1, 2, 5, 6, 7, 9, 9, 10], []
        for number, total in enumerate(totals, 1):
            day = f"2021-03-0{number}"
            claims.append(said("a", killed(since=day, until=day), 1, 1))
            claims.append(said("a", killed(since="2021-03-01", until=day), total, total))
        found = cs.bounds(ledger(*claims)).contradictions
        assert [sorted(str(claim.subject.until)[-1] for claim in each.claims) for each in found] == [
            ["2", "3", "3"],
            ["5", "6", "6"],
            ["6", "7", "7"],
        ]

    def test_periods_that_overlap(self) -> None:
        """27 to 29 and 28 to 30 share two days: the days in all make 5 to 8, and the shared ones at most 4."""
        one = said("a", killed(until="2020-09-29"), 5, 5)
        two = said("a", killed(since="2020-09-28"), 4, 4)
        first = said("a", killed(until="2020-09-27"), 1, 1)
        bounds = cs.bounds(ledger(one, two, first))
        assert ends(bounds[killed(since="2020-09-28", until="2020-09-29")]) == (4, 4)
        assert ends(bounds[killed()]) == (5, 5)

    @pytest.mark.parametrize(
        "whole",
        [
            {"since": "2021", "until": "2021"},
            {"since": "2020-09", "until": "2021-02"},
            {"since": None, "until": "2021-12-31"},
        ],
    )
    def test_days_not_known_tile_no_period(self, whole: dict[str, str | None]) -> None:
        """A year, months, or a count without a first day hold more days than those that overlap inside them."""
        claims = [
            said("a", killed(since="2020-10-01", until="2020-10-20"), 10, 10),
            said("b", killed(since="2020-10-10", until="2020-10-31"), 20, 20),
            said("c", killed(**whole), 100, 100),
        ]
        bounds = cs.bounds(ledger(*claims))
        assert bounds.contradictions == ()
        assert ends(bounds[killed(**whole)]) == (100, 100)
        assert ends(bounds[killed(since="2020-10-10", until="2020-10-20")]) == (0, 10)

    @pytest.mark.parametrize("overlaps", [False, True])
    def test_days_add_up_within_a_period_not_known_to_the_day(self, overlaps: bool) -> None:
        """From some day in September to some day in December all of October is counted, day by day as it is known.

        Where the days overlap, the solver finds the best choice of them; without it, 15 is said to be unproved.
        """
        claims = [
            said("a", killed(since="2020-10-01", until="2020-10-10"), 5, 5),
            said("a", killed(since="2020-10-11", until="2020-10-20"), 10, 10),
        ]
        claims += [said("b", killed(since="2020-10-15", until="2020-10-31"), 15, 15)] if overlaps else []
        bound = cs.bounds(ledger(*claims))[killed(since="2020-09", until="2020-12")]
        solved = _integer_program.installed()
        assert ends(bound) == (20 if overlaps and solved else 15, None)
        assert bound.low_proved == (solved or not overlaps)

    def test_stocks_are_not_carried(self) -> None:
        """Fewer missing later is no contradiction, and nothing follows for another day."""
        claims = [
            said("a", Subject(harm=["missing"], until="2020-09-28"), 100, 100),
            said("b", Subject(harm=["missing"], until=DAY), 20, 20),
        ]
        bounds = cs.bounds(ledger(*claims))
        assert bounds.contradictions == ()
        assert ends(bounds[Subject(harm=["missing"], until="2020-09-28")]) == (100, 100)

    def test_basis_bounds_from_below_only(self) -> None:
        """2,425 bodies bound the killed from below; a list of 1,585 bounds them from above nowhere."""
        bodies = said("a", killed(basis="examined"), 2425, 2425)
        names = said("b", killed(basis="listed"), 1585, 1585)
        assert ends(cs.bounds(ledger(bodies, names))[killed()]) == (2425, None)

    def test_perpetrator_sets_nobody_apart(self) -> None:
        """Two accusers of one strike count the same dead."""
        claims = [
            said("a", killed(perpetrator="armenian"), 9, None),
            said("b", killed(perpetrator="azerbaijani"), 7, None),
        ]
        bounds = cs.bounds(ledger(*claims))
        assert ends(bounds[killed()]) == (9, None)
        with pytest.raises(OverlappingSubjectsError):
            bounds.total([claim.subject for claim in claims])

    def test_alleged_side_takes_no_part(self) -> None:
        """An alleged side is no facet: those killed are not added to the side's others."""
        claims = [
            said("a", killed(side="azerbaijani"), 5, None),
            said("b", killed(nationality="syrian"), 3, None, alleged=[("side", "armenian")]),
        ]
        assert ends(cs.bounds(ledger(*claims))[Subject(harm=["killed"])]) == (5, None)

    def test_assumed_end_is_no_contradiction(self) -> None:
        """About 25 is 20 to 30 by convention: 31 is apart only by an assumed end, which gives way to it."""
        about = Claim(source="a", subject=killed(), figure=cs.parse_figure("about 25"), stated=DAY)
        more = said("b", killed(), 31, None)
        bounds = cs.bounds(ledger(about, more))
        assert bounds.contradictions == ()
        (found,) = bounds.apart_by_assumed_end
        assert found.assumed
        assert audit(ledger(about, more)).by_assumed_end == (found,)
        assert ends(bounds[killed()]) == (31, None)

    def test_assumed_end_shows(self) -> None:
        """About 25 bounds what holds it from below, and the bound and every sum say that this is assumed."""
        about = Claim(source="a", subject=killed(sex="female"), figure=cs.parse_figure("about 25"), stated=DAY)
        bounds = cs.bounds(ledger(about, said("a", killed(sex="male"), 3, 3)))
        assert str(bounds[killed()]) == f"{killed()}: 23 or more (assumed)"
        assert "(this end is assumed)" in str(bounds[killed()].low_proof)
        assert "assumed" in str(bounds.total([killed(sex="female"), killed(sex="male")]).figure)

    def test_assumed_end_gives_way_to_each_stated_one(self) -> None:
        """Of 10 and 22 one is wrong; nearly 25 lies above 10 by an assumed end alone, and decides nothing."""
        nearly = Claim(source="c", subject=killed(), figure=cs.parse_figure("nearly 25"), stated=DAY)
        bounds = cs.bounds(ledger(said("a", killed(), 10, 10), said("b", killed(), 22, 22), nearly))
        (found,) = bounds.contradictions
        assert nearly not in found.claims
        assert len(bounds.apart_by_assumed_end) == 1
        assert ends(bounds[killed()]) == (10, 22)


class TestWhatEnters:
    """Each source's last word; nothing that is withdrawn, copied, falsely relayed or projected."""

    @pytest.mark.parametrize(
        "fields",
        [
            {"modality": "projected"},
            {"misrelays": [{"claim": "c1-0123456789abcdef0123"}]},
        ],
    )
    def test_left_out(self, fields: dict[str, Any]) -> None:
        """Projections and false relays bound nothing."""
        claims = [said("a", killed(), 5, 5), said("b", killed(), 900, 900, **fields)]
        bounds = cs.bounds(ledger(*claims))
        assert bounds.contradictions == ()
        assert ends(bounds[killed()]) == (5, 5)

    def test_early_count_that_is_overtaken_has_no_ceiling(self) -> None:
        """5, said on the day by a paper that takes no side, still says 5 or more when 42 are counted weeks later."""
        event = killed(since=DAY)
        early = said("paper", event, 5, 5)
        late = said("ngo", event, 42, 42, stated="2020-12-09")
        bounds = cs.bounds(ledger(early, late))
        assert bounds.contradictions == ()
        assert ends(bounds[event]) == (42, 42)
        confirmed = early.replacing(modality="confirmed")
        assert len(cs.bounds(ledger(confirmed, late)).contradictions) == 1

    def test_early_count_that_a_part_overtook_has_no_ceiling(self) -> None:
        """Five in the land, said at once, and forty in a square of it, said later: forty or more, undisputed."""
        place = [Term(kind="place", key="land"), Term(kind="place", key="square", under=["land"])]
        early = said("a", killed(place="land", event="e"), 5, 5)
        found = cs.bounds(
            ledger(early, said("b", killed(place="square", event="e"), 40, None, stated="2020-10-05"), terms=place)
        )
        assert (ends(found[killed(place="land", event="e")]), found.contradictions) == ((40, None), ())

    def test_estimate_bounds_nothing(self) -> None:
        """A survey's 793 to 8,498 stand beside the counts, and contradict none."""
        survey = said("study", killed(), 793, 8498, method="survey")
        bounds = cs.bounds(ledger(said("a", killed(), 64, 64), survey))
        assert bounds.contradictions == ()
        assert ends(bounds[killed()]) == (64, 64)

    def test_copy_and_withdrawn(self) -> None:
        """A paper that quotes the ministry, and what the ministry withdrew, bound nothing."""
        ministry = said("ministry", killed(), 5, 5)
        copy = said("paper", killed(), 50, 50, based_on=[{"claim": ministry.id}])
        wrong = said("hospital", killed(), 70, 70)
        gone = Claim(source="hospital", subject=killed(), stance="withdraws", target=wrong.id, stated=DAY)
        bounds = cs.bounds(ledger(ministry, copy, wrong, gone))
        assert bounds.contradictions == ()
        assert ends(bounds[killed()]) == (5, 5)

    def test_denial_of_the_occurrence(self) -> None:
        """It is a count of 0 like any other, and contradicts a floor on any day."""
        some = said("a", killed(), 5, 5)
        none = Claim(
            source="b", subject=killed(until="2020-09-28"), stance="denies", aspect="occurrence", stated="2020-09-28"
        )
        (found,) = cs.bounds(ledger(some, none)).contradictions
        assert set(found.claims) == {some, none}
        assert "denies that it happened" in str(found)

    def test_later_ceiling_carries_back(self) -> None:
        """As of the 28th the count of the 30th still says that there were no more."""
        bounds = cs.bounds(ledger(said("a", killed(), 5, 9)), as_of="2020-09-28")
        assert [ends(bound) for bound in bounds] == [(0, 9)]
        assert str(bounds.subjects[0].until) == "2020-09-28"

    def test_known_on_knows_no_later(self) -> None:
        """What was said on the 30th was not known on the 29th."""
        bounds = cs.bounds(ledger(said("a", killed(), 5, 9)), known_on="2020-09-29")
        assert len(bounds) == 0


class TestAnswer:
    """What the answer offers."""

    def test_disputed_ends_are_set_aside_and_the_rest_stays(self) -> None:
        """Of 60 and of 81 one is wrong: what both still say is 60 to 81, and the remedies name either."""
        claims = [said("a", killed(), 60, 60), said("b", killed(), 81, 81), said("c", killed(status="civilian"), 7, 9)]
        bounds = cs.bounds(ledger(*claims))
        assert ends(bounds[killed()]) == (60, 81)
        assert ends(bounds[killed(status="civilian")]) == (7, 9)
        (remedy,) = bounds.remedies
        assert remedy.choices == ((claims[0],), (claims[1],))
        assert remedy.complete

    def test_three_ways_apart(self) -> None:
        """Of three counts no two agree: three contradictions, and any two must go."""
        claims = [said(source, killed(), count, count) for source, count in (("a", 1), ("b", 5), ("c", 9))]
        bounds = cs.bounds(ledger(*claims))
        assert [len(each.claims) for each in bounds.contradictions] == [2, 2, 2]
        assert sorted(each.change or 0 for each in bounds.contradictions) == [4, 4, 8]
        (remedy,) = bounds.remedies
        assert [len(choice) for choice in remedy.choices] == [2, 2, 2]

    def test_wanted_is_the_least_known_part(self) -> None:
        """Of a total, 10 to 20 and 5 exactly are known of two parts: the first is worth asking about."""
        parts = [killed(side="armenian"), killed(side="azerbaijani")]
        claims = [said("a", parts[0], 10, 20), said("a", parts[1], 5, 5)]
        bounds = cs.bounds(ledger(*claims, totals=[Total(whole=killed(), parts=tuple(parts))]))
        assert ends(bounds[killed()]) == (15, 25)
        assert bounds[killed()].wanted == parts[0]
        assert bounds[parts[1]].wanted is None

    def test_total_on_every_day(self) -> None:
        """A declared total without a last day holds on each day that is counted."""
        whole, *parts = (
            Subject(harm=["killed"], since="2020-09-27", **facets)
            for facets in ({}, {"side": "armenian"}, {"side": "azerbaijani"})
        )
        claims = [
            said("a", part.replacing(until=day), count, count)
            for day, counts in (("2020-09-28", (3, 4)), (DAY, (5, 6)))
            for part, count in zip(parts, counts, strict=True)
        ]
        bounds = cs.bounds(ledger(*claims, totals=[Total(whole=whole, parts=tuple(parts))]))
        assert ends(bounds[killed(until="2020-09-28")]) == (7, 7)
        assert ends(bounds[killed()]) == (11, 11)

    def test_total_in_a_circle_is_refused(self) -> None:
        """Nothing is the sum of itself and something else."""
        one, two, three = killed(), killed(side="armenian"), killed(side="azerbaijani")
        with pytest.raises(LedgerError, match="circle"):
            ledger(totals=[Total(whole=one, parts=(two, three)), Total(whole=two, parts=(one, three))])

    def test_answers_are_equal_and_pickle(self) -> None:
        """The same ledger gives the same answer, also after a round trip."""
        bounds = cs.bounds(cs.seeds.load(SEED))
        again = pickle.loads(pickle.dumps(bounds))
        assert again == bounds
        assert hash(again) == hash(bounds)
        assert [str(bound) for bound in again] == [str(bound) for bound in bounds]
        assert bounds != 1
        assert repr(bounds) == "<Bounds of 5 subjects: 0 contradictions>"

    def test_total_of_nothing(self) -> None:
        """A sum of no subjects knows nothing."""
        total = cs.bounds(ledger()).total([])
        assert total.figure == cs.Figure(0, None)


class TestWar:
    """The 2020 war."""

    def test_parts_are_no_disputes(self) -> None:
        """742 of the Artsakh army within 3,825, and 92 within 143, contradict nothing."""
        contradictions = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-war")).contradictions
        figures = [{claim.figure for claim in each.claims} for each in contradictions]
        assert not any(cs.Figure.exactly(742) in each or cs.Figure.exactly(92) in each for each in figures)
        assert not any(cs.Figure.exactly(157) in each for each in figures)


def test_bound_says_which_claims_it_leaves_out() -> None:
    """Nought beside seven or more and nine: an end that contradicts others gives no bound, and its claim is named."""
    subject = Subject(harm=["killed"], since="2023-04-10", until="2023-04-12")
    stated = {"ngo": cs.Figure.exactly(0), "un": cs.Figure.at_least(7), "ministry": cs.Figure.exactly(9)}
    claims = [Claim(source=source, subject=subject, figure=figure) for source, figure in stated.items()]
    (bound,) = cs.bounds(cs.Ledger(claims, sources=[Source(key=source) for source in stated]))
    assert sorted(claim.source for claim in bound.set_aside) == ["ministry", "ngo", "un"]
    assert str(bound).endswith("(3 claims that contradict others left out)")
    (two,) = cs.bounds(cs.Ledger(claims[1:], sources=[Source(key=source) for source in stated]))
    assert (two.set_aside, str(two)) == ((), f"{subject}: 9")
