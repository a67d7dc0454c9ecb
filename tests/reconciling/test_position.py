"""Where a source stands: revisions, withdrawals, versions, copies and what becomes of every claim."""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import KILLED, denies, finding, findings, says, withdraws

from casualties.model.claim import Assessment, Claim, Link
from casualties.model.figure import End, Figure
from casualties.model.period import PartialDate
from casualties.model.report import Citation, Relay, Report
from casualties.model.source import Source, Sources
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term, Vocabulary
from casualties.reconciling.position import Fate, Flag, Interest, Position, interest, read_at_source
from casualties.reconciling.support import combined
from casualties.wording import parse_figure

MISSING = Subject(harm=["missing"], side="armenian")
TREE = (Source(key="army", under="state"), Source(key="ministry", under="state"))


def stands(*claims: Claim, sources: tuple[Source, ...] = (), **asked: Any) -> Position:
    """Give the only position that some claims make."""
    (only,) = finding(*claims, sources=sources, **asked).positions
    return only


def cited(report: str | None, *relays: str, published: str | None = None) -> dict[str, Any]:
    """Say in which report and through which relays a claim was read."""
    document = None if report is None else Report(publisher=report, published=published)
    return {"citations": [Citation(report=document, relays=[Relay(name=each) for each in relays])]}


class TestRevisions:
    def test_later_day_counted_stands(self) -> None:
        """Of two tolls the one to the later day stands, whichever was said first; the other is listed."""
        early = says("army", 80, "2020-09-30", stated="2020-10-05")
        late = says("army", 90, "2020-10-02", stated="2020-10-02")
        position = stands(early, late)
        assert position.figure == Figure.exactly(90)
        assert position.until == PartialDate.parse("2020-10-02")
        assert position.replaced == (early,)
        assert position.claims == (late,)
        assert position.flags == ()

    def test_later_date_stated_stands_for_one_day(self) -> None:
        """Of two tolls to one day the one stated later stands."""
        first = says("army", 80, "2020-09-30", stated="2020-09-30")
        second = says("army", 85, "2020-09-30", stated="2020-10-04")
        found = finding(second, first)
        assert found.positions[0].figure == Figure.exactly(85)
        assert found.fates == {first.id: Fate.REPLACED, second.id: Fate.STANDS}

    def test_later_hour_stands_where_all_carry_one(self) -> None:
        """Of two tolls of one day the later hour stands, by the moment and not by the clock of the place."""
        noon = says("army", 80, "2020-09-30", stated="2020-09-30T12:00+04:00")
        then = says("army", 85, "2020-09-30", stated="2020-09-30T09:00+00:00")  # 13:00 at the other clock
        assert stands(noon, then).figure == Figure.exactly(85)

    def test_hours_decide_across_midnight(self) -> None:
        """A moment on the next calendar day of one place may come before the evening of another."""
        west = says("army", 85, "2020-09-30", stated="2020-09-30T23:30-05:00")  # 04:30 UTC on 1 October
        east = says("army", 80, "2020-09-30", stated="2020-10-01T00:30+04:00")  # 20:30 UTC on 30 September
        assert stands(west, east).figure == Figure.exactly(85)

    def test_hour_says_nothing_where_one_lacks_it(self) -> None:
        """With an hour on one claim only, the two of one day are versions."""
        timed = says("army", 80, "2020-09-30", stated="2020-09-30T12:00+04:00")
        plain = says("army", 85, "2020-09-30", stated="2020-09-30")
        position = stands(timed, plain)
        assert position.figure == Figure.between(80, 85)
        assert position.flags == (Flag.CONTRADICTS_ITSELF,)

    def test_later_day_stated_ends_the_question_of_hours(self) -> None:
        """Where the day stated differs, the hour of the last alone is enough."""
        timed = says("army", 85, "2020-09-30", stated="2020-10-01T12:00+04:00")
        assert stands(says("army", 80, "2020-09-30", stated="2020-09-30"), timed).figure == Figure.exactly(85)

    def test_printing_date_is_only_a_latest_date(self) -> None:
        """A toll printed later than another was stated may be older: the two are versions."""
        stated = says("army", 85, "2020-09-30", stated="2020-10-04")
        reprint = says("army", 80, "2020-09-30", **cited("Daily", published="2020-10-09"))
        assert stands(stated, reprint).figure == Figure.between(80, 85)

    def test_printing_date_before_the_statement_is_earlier(self) -> None:
        """A toll printed before another was stated is surely older."""
        stated = says("army", 85, "2020-09-30", stated="2020-10-04")
        printed = says("army", 80, "2020-09-30", **cited("Daily", published="2020-10-01"))
        assert stands(stated, printed).figure == Figure.exactly(85)

    def test_unknown_date_stated_is_a_version(self) -> None:
        """A claim of which nobody knows when it was said is neither older nor newer."""
        position = stands(says("army", 85, "2020-09-30", stated="2020-10-04"), says("army", 80, "2020-09-30"))
        assert position.figure == Figure.between(80, 85)

    def test_missing_last_day_is_the_day_stated(self) -> None:
        """Without a last day the day stated orders the claims, and is marked as assumed."""
        early = says("army", 80, stated="2020-09-30")
        position = stands(early, says("army", 85, stated="2020-10-04"))
        assert (position.figure, str(position.until), position.assumed_day) == (
            Figure.exactly(85),
            "2020-10-04",
            True,
        )
        assert not stands(says("army", 80, "2020-09-30")).assumed_day

    @pytest.mark.parametrize(
        ("days", "figure", "until"),
        [
            (("2020-10", "2020-10-15"), Figure.between(80, 90), "2020-10"),  # the month ends last
            (("2020-10", "2020-11-01"), Figure.exactly(90), "2020-11-01"),  # the month is surely over
            (("2020-09-30/2020-10-02", "2020-10-02"), Figure.between(80, 90), "2020-10-02"),  # it begins later
            (("2020-09-30/2020-10-02", "2020-10-01"), Figure.between(80, 90), "2020-09-30/2020-10-02"),
        ],
    )
    def test_partial_dates_order_only_what_is_sure(self, days: tuple[str, str], figure: Figure, until: str) -> None:
        """A month and a day within it are not told apart; a month that is over is earlier."""
        position = stands(says("army", 80, days[0]), says("army", 90, days[1]))
        assert (position.figure, str(position.until)) == (figure, until)

    def test_order_of_three_drops_what_is_surely_earlier(self) -> None:
        """The 15th is surely before the 20th, of which the month says nothing."""
        position = stands(says("army", 1, "2020-10"), says("army", 2, "2020-10-15"), says("army", 4, "2020-10-20"))
        assert position.figure == Figure.between(1, 4)
        assert [str(claim.figure) for claim in position.replaced] == ["2"]

    def test_silence_and_other_denials_replace_nothing(self) -> None:
        """A later silence and a later denial of the count leave the figure standing."""
        figure = says("army", 80, "2020-09-30")
        later = KILLED.replacing(until="2020-10-05")
        silent = Claim(source="army", subject=later, stance="silent")
        denial = Claim(source="army", subject=later, stance="denies", aspect="figure")
        found = finding(figure, silent, denial)
        assert found.positions[0].claims == (figure,)
        assert set(found.fates.values()) == {Fate.STANDS}

    def test_denial_of_the_occurrence_replaces(self) -> None:
        """A later denial that it happened takes the place of the figure, as a count that fell to nothing."""
        figure = says("army", 80, "2020-09-30")
        position = stands(figure, denies("army", "2020-10-01"))
        assert (position.figure, position.denies, position.replaced) == (Figure.exactly(0), True, (figure,))
        assert position.flags == (Flag.REVISED_DOWN,)

    def test_undated_claim_gives_way_to_a_dated_one(self) -> None:
        """An undated claim is set aside as undated beside a dated one, and is not called replaced."""
        undated = says("army", 100)
        found = finding(undated, says("army", 80, "2020-09-30"))
        assert found.fates[undated.id] is Fate.UNDATED
        assert found.positions[0].replaced == ()

    def test_undated_claims_compare_with_each_other(self) -> None:
        """Where all are undated they are versions of one another."""
        position = stands(says("army", 80), says("army", 100))
        assert (position.figure, position.until, position.assumed_day) == (Figure.between(80, 100), None, False)


class TestReplaces:
    def test_named_claim_is_out_though_it_counts_later_days(self) -> None:
        """A correction by name beats the order of days."""
        wrong = says("army", 300, "2020-10-05")
        right = says("army", 80, "2020-09-30", replaces=[wrong.id])
        found = finding(wrong, right)
        assert found.positions[0].claims == (right,)
        assert found.positions[0].replaced == (wrong,)
        assert found.fates[wrong.id] is Fate.REPLACED
        assert found.flags == (Flag.REVISED_DOWN,)  # 80 is below the 300 that it takes the place of

    def test_chain_leaves_the_last(self) -> None:
        """Of three claims that replace one another the last stands."""
        first = says("army", 1, "2020-09-30")
        second = says("army", 2, "2020-09-30", replaces=[first.id])
        third = says("army", 3, "2020-09-30", replaces=[second.id])
        position = stands(third, first, second)
        assert position.claims == (third,)
        assert position.replaced == (first, second)

    def test_withdrawn_replacement_lets_the_earlier_stand_again(self) -> None:
        """What replaced it being withdrawn, the earlier claim stands."""
        first = says("army", 1, "2020-09-30")
        second = says("army", 2, "2020-09-30", replaces=[first.id])
        found = finding(first, second, withdraws(second))
        assert found.positions[0].claims == (first,)
        assert found.fates[second.id] is Fate.WITHDRAWN

    def test_replacement_for_later_days_does_not_act_before(self) -> None:
        """Asked about the earlier day, the claim that a later toll replaced still stands."""
        first = says("army", 1, "2020-09-30")
        second = says("army", 2, "2020-10-05", replaces=[first.id])
        found = finding(first, second, as_of="2020-09-30")
        assert found.positions[0].claims == (first,)
        assert found.fates[second.id] is Fate.LATER

    def test_absent_claim_may_be_named(self) -> None:
        """Replacing a claim that is not at hand changes nothing here."""
        claim = says("army", 2, "2020-09-30", replaces=["c1-" + "0" * 20])
        assert stands(claim).replaced == ()

    @pytest.mark.parametrize(
        "more",
        [
            {"based_on": [Link(claim="c1-" + "0" * 20)]},
            {"misrelays": [Link(claim="c1-" + "0" * 20)]},
            {"modality": "projected"},
        ],
    )
    def test_what_takes_no_own_position_replaces_nothing(self, more: dict[str, Any]) -> None:
        """A claim that rests on another, a false relay and a projection replace nothing, even by name."""
        first = says("army", 80, "2020-09-30")
        found = finding(first, says("army", 81, "2020-09-30", replaces=[first.id], **more))
        assert found.fates[first.id] is Fate.STANDS

    def test_unattributed_claims_replace_nothing(self) -> None:
        """Reports of which nobody says who made them do not correct one another."""
        unnamed = Source(key="unnamed", kinds=["unattributed"])
        first = says("unnamed", 5, "2020-09-30")
        found = finding(first, says("unnamed", 9, "2020-10-01", replaces=[first.id]), sources=(unnamed,))
        assert set(found.fates.values()) == {Fate.STANDS}
        assert len(found.positions) == 2

    def test_claim_replaced_on_another_subject_is_out(self) -> None:
        """A correction of what was counted leaves the wrong subject without a position."""
        wrong = says("army", 11, "2020-09-30", KILLED.replacing(status="civilian"))
        right = says("army", 11, "2020-09-30", replaces=[wrong.id])
        soldiers, civilians = sorted(findings(wrong, right), key=lambda each: len(each.positions), reverse=True)
        assert soldiers.positions[0].claims == (right,)
        assert civilians.positions == ()
        assert civilians.fates == {wrong.id: Fate.REPLACED}


class TestWithdrawals:
    def test_claim_before_stands_again(self) -> None:
        """A withdrawn toll gives way to the one before it."""
        first, second = says("army", 80, "2020-09-30"), says("army", 90, "2020-10-02")
        withdrawal = withdraws(second)
        found = finding(first, second, withdrawal)
        assert found.positions[0].claims == (first,)
        assert found.fates == {first.id: Fate.STANDS, second.id: Fate.WITHDRAWN, withdrawal.id: Fate.STANDS}

    def test_withdrawn_withdrawal_does_nothing(self) -> None:
        """Taking a withdrawal back brings the claim back."""
        claim = says("army", 80, "2020-09-30")
        once = withdraws(claim)
        found = finding(claim, once, withdraws(once))
        assert found.positions[0].claims == (claim,)
        assert found.fates[once.id] is Fate.WITHDRAWN

    def test_three_withdrawals_withdraw(self) -> None:
        """A withdrawal of a withdrawal of a withdrawal leaves the claim withdrawn."""
        claim = says("army", 80, "2020-09-30")
        once = withdraws(claim)
        twice = withdraws(once)
        assert finding(claim, once, twice, withdraws(twice)).positions == ()

    def test_second_withdrawal_still_counts(self) -> None:
        """Where one of two withdrawals is taken back, the other still acts."""
        claim = says("army", 80, "2020-09-30")
        once, again = withdraws(claim, stated="2020-10-01"), withdraws(claim, stated="2020-10-02")
        assert finding(claim, once, again, withdraws(once)).positions == ()

    def test_false_relay_of_a_withdrawal_does_nothing(self) -> None:
        """A withdrawal that was never made, and that the ledger marks so, withdraws nothing."""
        claim = says("army", 80, "2020-09-30")
        false = withdraws(claim).replacing(misrelays=[Link(claim=claim.id)])
        assert finding(claim, false).fates == {claim.id: Fate.STANDS, false.id: Fate.MISRELAYED}

    def test_withdrawal_has_no_day_of_its_own(self) -> None:
        """A withdrawal said later acts on a question about an earlier day, and stands."""
        claim = says("army", 80, "2020-09-30")
        withdrawal = Claim(source="army", subject=KILLED, stance="withdraws", target=claim.id, stated="2020-10-09")
        found = finding(claim, withdrawal, as_of="2020-09-30")
        assert found.fates == {claim.id: Fate.WITHDRAWN, withdrawal.id: Fate.STANDS}

    def test_later_knowledge_leaves_the_claim(self) -> None:
        """What was withdrawn on the 9th stood on the 5th."""
        claim = says("army", 80, "2020-09-30", stated="2020-09-30")
        found = finding(claim, withdraws(claim, stated="2020-10-09"), known_on="2020-10-05")
        assert found.fates == {claim.id: Fate.STANDS}


class TestVersions:
    AROUND = Figure(2200, 2400, assumed=frozenset(End))

    def test_four_ways_of_telling_2300(self) -> None:
        """Around, over, up to and at least 2,300 have no meet; most of them allow 2,300 to 2,400."""
        versions = [
            says("ministry", figure, "2020-09-30", **cited(paper))
            for paper, figure in (
                ("A", self.AROUND),
                ("B", Figure.at_least(2301)),
                ("C", Figure.at_most(2300)),
                ("D", Figure.at_least(2300)),
            )
        ]
        found = finding(*versions)
        (position,) = found.positions
        assert (position.figure.low, position.figure.high) == (2300, 2400)
        assert position.figure.assumed == {"high"}  # 2,400 rests on what we take "around" to mean
        assert position.flags == (Flag.RELAYED_DIFFERENTLY,)
        assert set(position.versions) == set(versions)
        assert set(found.fates.values()) == {Fate.VERSION}

    def test_meet_where_there_is_one(self) -> None:
        """Versions that share counts are taken together at once."""
        position = stands(
            says("army", Figure.at_least(80), "2020-09-30"), says("army", Figure.at_most(90), "2020-09-30")
        )
        assert position.figure == Figure.between(80, 90)
        assert (len(position.versions), position.flags) == (2, ())  # they leave a common count

    def test_one_figure_in_two_tones_stands_twice(self) -> None:
        """Claims that differ in how they are put, and not in the figure, all stand and raise no flag."""
        plain, loud = says("army", 80, "2020-09-30"), says("army", 80, "2020-09-30", modality="confirmed")
        found = finding(plain, loud)
        assert set(found.fates.values()) == {Fate.STANDS}
        assert set(found.positions[0].claims) == {plain, loud}
        assert (found.positions[0].versions, found.positions[0].flags) == ((), ())

    def test_preferred_numbers_that_differ_are_dropped_without_a_flag(self) -> None:
        """One range with two best numbers is that range, and nobody is said to contradict himself."""
        position = stands(
            says("army", Figure(10, 20, best=15), "2020-09-30"), says("army", Figure(10, 20, best=16), "2020-09-30")
        )
        assert (position.figure, position.flags) == (Figure(10, 20), ())

    def test_read_at_the_source_stands(self) -> None:
        """The version that the source itself published stands; the other is listed."""
        own = says("army", 80, "2020-09-30", **cited("The Army"))
        relayed = says("army", 85, "2020-09-30", **cited("Daily"))
        found = finding(own, relayed, sources=(Source(key="army", names=["The Army"]),))
        assert found.positions[0].claims == (own,)
        assert set(found.positions[0].versions) == {own, relayed}
        assert found.fates == {own.id: Fate.STANDS, relayed.id: Fate.VERSION}
        assert found.flags == (Flag.RELAYED_DIFFERENTLY,)

    @pytest.mark.parametrize(
        ("one", "other", "flag"),
        [
            (cited("A"), cited("B"), Flag.RELAYED_DIFFERENTLY),
            (cited("A", "Interfax"), cited("A", "AFP"), Flag.RELAYED_DIFFERENTLY),
            (cited("A"), cited("A"), Flag.CONTRADICTS_ITSELF),
            (cited(None, "AFP"), cited(None, "TASS"), Flag.RELAYED_DIFFERENTLY),
            (cited(None, "AFP"), cited(None, "AFP"), Flag.CONTRADICTS_ITSELF),
            (cited("A"), {}, Flag.CONTRADICTS_ITSELF),
            (cited("army", published="2020-10-01"), cited("ARMY", published="2020-10-02"), Flag.CONTRADICTS_ITSELF),
        ],
    )
    def test_flag_says_whose_doing_it_was(self, one: dict[str, Any], other: dict[str, Any], flag: Flag) -> None:
        """Through different hands it is the relays; in one report, or at the source, itself."""
        found = finding(
            says("army", 80, "2020-09-30", stated="2020-09-30", **one),
            says("army", 85, "2020-09-30", stated="2020-09-30", **other),
        )
        assert found.flags == (flag,)

    def test_organs_of_one_day_are_divided(self) -> None:
        """Two ministries of one state that differ for one day are versions of one voice."""
        found = finding(says("army", 80, "2020-09-30"), says("ministry", 90, "2020-09-30"), sources=TREE)
        assert len(found.positions) == 2
        (voice,) = found.independent_sources
        assert (voice.figure, voice.flags) == (Figure.between(80, 90), (Flag.DIVIDED,))

    def test_organs_of_different_days_are_one_voice_with_the_latest(self) -> None:
        """The later day counted speaks for the state, and nobody is divided."""
        found = finding(says("army", 80, "2020-09-30"), says("ministry", 90, "2020-10-02"), sources=TREE)
        (voice,) = found.independent_sources
        assert (voice.figure, voice.sources, voice.flags) == (Figure.exactly(90), ("ministry",), ())

    @pytest.mark.parametrize("stated", ["2020-09-29", "2020-10-20"])
    def test_organs_are_divided_in_whatever_order_they_spoke(self, stated: str) -> None:
        """A higher count of fewer days cannot be true beside the figure of the state, said before it or after."""
        found = finding(
            says("army", 80, "2020-09-30", stated="2020-09-30"),
            says("ministry", 200, "2020-09-28", stated=stated),
            sources=TREE,
        )
        (voice,) = found.independent_sources
        assert (voice.figure, voice.flags) == (Figure.exactly(80), (Flag.DIVIDED,))
        assert [(pair.number, pair.gap) for pair in found.divided] == [(80, 120)]

    def test_organ_read_at_the_source_gives_the_figure(self) -> None:
        """Of two organs of one day the one read in its own report stands; what the other says stays in the span."""
        tree = (Source(key="army", names=["The Army"], under="state"), Source(key="ministry", under="state"))
        found = finding(
            says("army", 80, "2020-09-30", **cited("The Army")), says("ministry", 75, "2020-09-30"), sources=tree
        )
        assert (found.independent_sources[0].figure, found.span) == (Figure.exactly(80), Figure.between(75, 80))

    def test_unsigned_reports_are_one_whatever_they_rest_on(self) -> None:
        """Two reports of nobody, that rest on two lost statements, do not bear one another out."""
        lost = [Link(claim=f"c1-{digit * 20}") for digit in "ab"]
        nobody = (Source(key="talk", kinds=["unattributed"]), Source(key="rumour", kinds=["unattributed"]))
        found = finding(
            says("talk", 80, "2020-09-30", based_on=lost[:1]),
            says("rumour", Figure.at_least(70), "2020-09-30", based_on=lost[1:]),
            sources=nobody,
        )
        assert (len(found.independent_sources), str(found.status), found.independent_sources[0].unattributed) == (
            1,
            "single source",
            True,
        )
        assert set(found.fates.values()) == {Fate.VERSION}


class TestRevisedDown:
    def test_running_count_that_falls_is_flagged(self) -> None:
        """From 100 to 80 a running count fell."""
        assert stands(says("army", 100, "2020-09-30"), says("army", 80, "2020-10-02")).flags == (Flag.REVISED_DOWN,)

    def test_stock_may_fall(self) -> None:
        """The missing may be found."""
        assert stands(says("army", 100, "2020-09-30", MISSING), says("army", 80, "2020-10-02", MISSING)).flags == ()

    @pytest.mark.parametrize(
        ("before", "after", "fallen_from"),
        [
            ("1,400", "about 1,200", 1400),
            ("115", "at least 97", 115),
            ("at least 500", "471", 500),
            ("nearly 500", "480", 500),
            ("several dozen", "30", 36),
            ("200 to 300", "471", None),
            ("no more than 38", "at least 30", None),
            ("about 1,200", "1,150 to 1,250", None),
            ("at least 80", "at least 81", None),
        ],
    )
    def test_by_the_numbers_that_are_named(self, before: str, after: str, fallen_from: int | None) -> None:
        """The highest number named now is below the lowest named as a floor before; what is assumed plays no part."""
        old, new = (parse_figure(words) for words in (before, after))
        assert old is not None
        assert new is not None
        position = stands(
            says("army", old, "2020-09-30", stated="2020-10-01"), says("army", new, "2020-09-30", stated="2020-10-05")
        )
        assert position.revised_from == fallen_from
        assert position.flags == ((Flag.REVISED_DOWN,) if fallen_from else ())

    def test_stock_that_falls_on_one_day_is_flagged(self) -> None:
        """A lower count of one day takes the higher back, whatever is counted."""
        first = says("army", 100, "2020-09-30", MISSING, stated="2020-10-01")
        assert stands(first, says("army", 80, "2020-09-30", MISSING, stated="2020-10-02")).revised_from == 100


class TestRestated:
    def test_later_word_about_an_earlier_day_excludes_the_first(self) -> None:
        """180,764 by 22 May, said after 69,342 by 31 May: both cannot be, and the later word stands."""
        first = says("office", 69_342, "2021-05-31", stated="2021-05-31")
        later = says("office", 180_764, "2021-05-22", stated="2021-06-01")
        found = finding(first, later)
        assert found.fates == {first.id: Fate.REPLACED, later.id: Fate.STANDS}
        assert (str(found.as_of), found.common, found.flags) == ("2021-05-22", Figure.exactly(180_764), ())

    def test_what_can_be_true_together_leaves_the_later_day(self) -> None:
        """A later word about an earlier day that leaves the first standing does not take its place."""
        first = says("office", 80, "2021-05-31", stated="2021-05-31")
        later = says("office", 70, "2021-05-22", stated="2021-06-01")
        assert finding(first, later).fates == {first.id: Fate.STANDS, later.id: Fate.REPLACED}

    def test_who_is_excluded_excludes_nobody(self) -> None:
        """Newest first: the second word is out by the third, so that the first may stand again."""
        first = says("office", Figure.at_least(50), "2021-05-10", stated="2021-05-10")
        second = says("office", 40, "2021-05-20", stated="2021-05-20")
        third = says("office", Figure(45, 60), "2021-05-20", stated="2021-05-30")
        found = finding(first, second, third)
        assert found.positions[0].claims == (third,)
        assert found.independent_sources[0].figure == Figure(50, 60)  # the floor of 10 May carries

    def test_assumed_ends_exclude_nothing(self) -> None:
        """About 100 may be more: the first word stands for its later day."""
        about = Figure(80, 120, assumed=frozenset(End))
        first, later = says("office", 130, "2021-05-31", stated="2021-05-31"), says("office", about, "2021-05-31")
        assert finding(first, later.replacing(stated="2021-06-01")).positions[0].claims[0].figure == about


class TestSeries:
    def counted(self, count: int, basis: str, **more: Any) -> Claim:
        """Make a claim of a count with a basis."""
        return says("office", count, "2020-10-01", KILLED.replacing(basis=basis), **more)

    def test_highest_counted_floor_stands_beside_the_whole(self) -> None:
        """A whole of 900 with 850 listed and 820 buried is 900; without the whole it is 850 or more."""
        listed, buried = self.counted(850, "listed"), self.counted(820, "buried")
        whole = says("office", 900, "2020-10-01")
        assert stands(listed, buried).figure == Figure.at_least(850)
        found = finding(listed, buried, whole)
        assert found.positions[0].figure == Figure.exactly(900)
        assert set(found.fates.values()) == {Fate.STANDS}
        assert found.span == Figure(820, 900)

    def test_count_said_later_replaces_the_whole(self) -> None:
        """202 in all, then 817 documented: overtaken by its own count."""
        whole = says("office", 202, "2020-10-01", stated="2020-10-02")
        count = self.counted(817, "documented", stated="2020-12-01")
        found = finding(whole, count)
        assert (found.fates[whole.id], found.flags) == (Fate.REPLACED, (Flag.OVERTAKEN_BY_OWN_COUNT,))
        assert (found.common, found.span) == (Figure.at_least(817), Figure.exactly(817))

    def test_count_of_a_later_day_leaves_both(self) -> None:
        """202 by 1 October and 817 documented by 5 November: the upper end bears on the earlier day alone."""
        whole = says("office", 202, "2020-10-01", stated="2020-10-02")
        count = says("office", 817, "2020-11-05", KILLED.replacing(basis="documented"), stated="2020-11-06")
        (position,) = finding(whole, count).positions
        assert (position.figure, str(position.until), position.flags) == (Figure.at_least(817), "2020-11-05", ())
        assert position.earlier == (202, PartialDate.parse("2020-10-01"))

    def test_count_that_nothing_orders_contradicts_its_source(self) -> None:
        """817 documented and 202 in all of one day and one hour: the higher floor stands, without an upper end."""
        found = finding(says("office", 202, "2020-10-01"), self.counted(817, "documented"))
        assert (found.common, found.flags) == (Figure.at_least(817), (Flag.CONTRADICTS_ITSELF,))
        assert found.span == Figure(202, 817)

    def test_later_whole_below_an_earlier_count_contradicts_it(self) -> None:
        """817 documented, then 202 in all: the count stands."""
        count = self.counted(817, "documented", stated="2020-10-02")
        whole = says("office", 202, "2020-10-01", stated="2020-12-01")
        assert finding(count, whole).common == Figure.at_least(817)


class TestCarried:
    def test_earlier_floor_of_a_source_carries(self) -> None:
        """7,000 by March, then up to 40,000 by May: 7,000 to 40,000, marked as carried."""
        found = finding(says("un", 7000, "2023-03-13"), says("un", Figure.at_most(40_000), "2023-05-19"))
        assert (found.common, found.independent_sources[0].carried) == (Figure(7000, 40_000), True)
        assert found.span == Figure(0, 40_000)  # as it was said

    @pytest.mark.parametrize("later", [Figure.at_most(6000), Figure.exactly(80)])
    def test_excluded_or_revised_down_does_not_carry(self, later: Figure) -> None:
        """A later figure that excludes the earlier floor leaves none of it."""
        found = finding(says("un", Figure.at_least(7000), "2023-03-13"), says("un", later, "2023-05-19"))
        assert found.common == later

    def test_counted_floor_of_another_organ_carries(self) -> None:
        """7,000 documented by a team, then a panel's up to 40,000; a whole of another organ does not carry."""
        team = says("army", Figure.at_least(7000), "2023-02-06", KILLED.replacing(basis="documented"))
        panel = says("ministry", Figure.at_most(40_000), "2023-02-06", stated="2023-12-31")
        assert finding(team.replacing(stated="2023-03-13"), panel, sources=TREE).common == Figure(7000, 40_000)
        whole = says("army", Figure.at_least(7000), "2023-02-06", stated="2023-03-13")
        assert finding(whole, panel, sources=TREE).common == Figure.at_most(40_000)


class TestSetAside:
    def test_misrelayed(self) -> None:
        """A false relay makes no position."""
        true = says("army", 80, "2020-09-30")
        false = says("army", 800, "2020-09-30", misrelays=[Link(claim=true.id)])
        found = finding(true, false)
        assert (found.positions[0].figure, found.fates[false.id]) == (Figure.exactly(80), Fate.MISRELAYED)

    def test_projected(self) -> None:
        """What is expected is no count."""
        found = finding(says("army", 4000, "2020-09-30", modality="projected"))
        assert (found.positions, set(found.fates.values())) == ((), {Fate.PROJECTED})

    def test_set_aside_claims_still_stand_in_the_finding(self) -> None:
        """Nothing is lost: what does not stand is listed with the reason."""
        old, new = says("army", 80, "2020-09-30"), says("army", 90, "2020-10-02")
        found = finding(old, new)
        assert found.set_aside == (old,)
        assert set(found.claims) == {old, new}


class TestTwoClocks:
    CLAIMS = (
        says("army", 80, "2020-09-30", stated="2020-09-30"),
        says("army", 85, "2020-09-30", stated="2020-10-20"),
        says("army", 300, "2020-10-10", stated="2020-10-10"),
    )

    @pytest.mark.parametrize(
        ("as_of", "known_on", "count"),
        [
            (None, None, 300),
            ("2020-09-30", None, 85),
            ("2020-09-30", "2020-10-15", 80),
            (None, "2020-10-15", 300),
            (None, "2020-10-09", 80),
            ("2020-10-09", "2020-10-20", 85),
            ("2020-10", "2020-10", 300),
        ],
    )
    def test_day_and_knowledge_are_chosen_apart(self, as_of: str | None, known_on: str | None, count: int) -> None:
        """What is asked about, and from whose knowledge, are two questions."""
        assert stands(*self.CLAIMS, as_of=as_of, known_on=known_on).figure == Figure.exactly(count)

    def test_before_everything_there_is_no_position(self) -> None:
        """Asked about a day before every count, all claims are later than the day."""
        found = finding(*self.CLAIMS, as_of="2020-09-29")
        assert (found.positions, set(found.fates.values())) == ((), {Fate.LATER})

    def test_month_that_may_be_over_the_day_is_later(self) -> None:
        """A toll to some day of October is left out of the middle of October."""
        assert finding(says("army", 80, "2020-10"), as_of="2020-10-15").positions == ()
        assert stands(says("army", 80, "2020-10"), as_of="2020-10-31").figure == Figure.exactly(80)

    def test_undated_claims_are_never_later(self) -> None:
        """What nobody dates speaks on any day, and is known on none."""
        assert stands(says("army", 80), as_of="1990").figure == Figure.exactly(80)
        assert findings(says("army", 80), known_on="2030") == ()

    def test_gradings_links_and_citations_known_later_are_gone(self) -> None:
        """Each carries its own date."""
        quoted = says("army", 80, "2020-09-30", stated="2020-09-30")
        paper = says(
            "paper",
            80,
            "2020-09-30",
            stated="2020-10-01",
            based_on=[Link(claim=quoted.id, noted="2020-10-10")],
            assessments=[Assessment(grader="desk", reliability="A", graded="2020-10-11")],
            **cited("Daily", published="2020-10-12"),
        )
        early, late = finding(quoted, paper, known_on="2020-10-09"), finding(quoted, paper, known_on="2020-10-12")
        assert (len(early.positions), len(late.positions)) == (2, 1)
        (then,) = (claim for claim in early.claims if claim.source == "paper")
        assert (then.based_on, then.assessments, then.citations) == ((), (), ())
        assert paper in late.claims


class TestCombined:
    def test_equal_figures_keep_their_best_number(self) -> None:
        """One figure told twice is that figure."""
        figure = Figure(10, 20, best=15)
        assert combined([figure, figure]) == figure

    def test_tie_is_the_hull(self) -> None:
        """Where each is told once, nobody has a majority."""
        assert combined([Figure.exactly(4), Figure.exactly(9)]) == Figure.between(4, 9)


class TestReadAtSource:
    @pytest.mark.parametrize(
        ("citation", "at_source"),
        [
            (Citation(report=Report(publisher="the ARMY")), True),
            (Citation(report=Report(publisher="Army press office")), True),
            (Citation(report=Report(publisher="army"), relays=[Relay(name="AFP")]), False),
            (Citation(report=Report(publisher="Daily")), False),
            (Citation(report=Report(title="Toll")), False),
            (Citation(words="80"), False),
        ],
    )
    def test_publisher_must_be_the_source_without_relays(self, citation: Citation, at_source: bool) -> None:
        """A name or an alias of the source as publisher, and nobody between."""
        sources = Sources([Source(key="army", names=["The Army"], aliases=["Army Press Office"])])
        assert read_at_source(says("army", 1, citations=[citation]), sources) is at_source

    def test_unknown_source_goes_by_its_key(self) -> None:
        """A source that nothing is declared of is found by its key."""
        assert read_at_source(says("army", 1, **cited("Army")), Sources())


class TestInterest:
    SOURCES = Sources(
        [
            Source(key="mod", side="artsakh"),
            Source(key="enemy", side="azerbaijani"),
            Source(key="turkey", side="turkey"),
            Source(key="ngo"),
            Source(key="unnamed", kinds=["unattributed"], side="armenian"),
        ]
    )
    WORDS = Vocabulary(
        [
            Term(kind="side", key="armenian", against=["azerbaijani"]),
            Term(kind="side", key="artsakh", under=["armenian"]),
        ]
    )

    @pytest.mark.parametrize(
        ("source", "side", "expected"),
        [
            ("mod", "armenian", Interest.OWN_SIDE),
            ("mod", "artsakh", Interest.OWN_SIDE),
            ("mod", "azerbaijani", Interest.OPPONENT),
            ("enemy", "artsakh", Interest.OPPONENT),
            ("turkey", "armenian", Interest.NOT_KNOWN),
            ("ngo", "armenian", Interest.THIRD_PARTY),
            ("ngo", None, Interest.THIRD_PARTY),
            ("mod", None, Interest.NOT_KNOWN),
            ("unnamed", "armenian", Interest.NOT_KNOWN),
        ],
    )
    def test_whose_dead_are_counted(self, source: str, side: str | None, expected: Interest) -> None:
        """By the source's side and the victims' stated side; who opposes whom is declared."""
        assert interest(source, Subject(harm=["killed"], side=side), self.SOURCES, self.WORDS) is expected

    def test_whole_of_a_part_is_its_own_side(self) -> None:
        """A source of the whole side counts the dead of a part of it as its own."""
        sources = Sources([Source(key="armenia", side="armenian")])
        assert interest("armenia", Subject(harm=["killed"], side="artsakh"), sources, self.WORDS) is Interest.OWN_SIDE
