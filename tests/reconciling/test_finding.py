"""What follows from the voices on one subject: common, span, support, witnesses, status, denials, silences, scopes."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from tests import builders
from tests.builders import KILLED, finding, findings

from casualties.model.claim import Claim
from casualties.model.figure import End, Figure
from casualties.model.subject import Subject
from casualties.reconciling.finding import FindingStatus
from casualties.reconciling.position import Fate

BOTH = frozenset(End)


def says(source: str, figure: int | Figure, until: builders.Day = "2020-09-30", **facts: Any) -> Claim:
    """Make a claim that states a figure to the last day of September."""
    return builders.says(source, figure, until, **facts)


def act(source: str, stance: str, until: builders.Day = "2020-09-30", **facts: Any) -> Claim:
    """Make a claim without a figure about the time to the last day of September."""
    return builders.act(source, stance, until, **facts)


class TestStatus:
    @pytest.mark.parametrize(
        ("claims", "status"),
        [
            ([act("a", "silent")], "unreported"),
            ([act("a", "denies", aspect="figure")], "unreported"),
            ([act("a", "denies", aspect="occurrence")], "unreported"),
            ([act("a", "denies", aspect="occurrence"), act("b", "denies", aspect="occurrence")], "unreported"),
            ([says("a", 10)], "single source"),
            ([says("a", 10), act("b", "silent")], "single source"),
            ([says("a", Figure.at_most(25)), says("b", Figure.at_least(2))], "compatible"),
            ([says("a", 10), says("b", Figure.at_least(2))], "corroborated"),
            ([says("a", 10), says("b", 12)], "disputed"),
            ([says("a", 10), says("b", Figure.at_least(2)), says("c", 12)], "disputed"),
            ([says("a", 10), act("b", "denies", aspect="occurrence")], "disputed"),
            ([says("a", Figure.at_most(5)), act("b", "denies", aspect="occurrence")], "corroborated"),
            ([says("a", 1000), says("b", 1020)], "corroborated"),  # they nearly agree
            ([says("a", 1000), says("b", 1021)], "disputed"),
            ([says("a", Figure.at_least(0)), says("b", 7)], "single source"),
            ([says("a", Figure(20, 30, assumed=BOTH)), says("b", 31)], "compatible"),
        ],
    )
    def test_first_that_holds(self, claims: list[Claim], status: str) -> None:
        """Disputes before corroboration before compatibility; a denial alone reports no figure."""
        assert finding(*claims).status == FindingStatus(status)


class TestCommon:
    def test_meet_on_the_day(self) -> None:
        """What all allow; one of them is confirmed by none."""
        found = finding(says("a", Figure.at_most(25)), says("b", Figure.at_least(2)))
        assert (found.common, found.span) == (Figure(2, 25), Figure.at_least(0))
        assert found.assumed_independent

    def test_floor_is_carried_forward_and_ceiling_is_not(self) -> None:
        """Of 80 to 90 by 30 September at least 80 hold by 2 October."""
        found = finding(says("a", Figure(80, 90)), says("b", Figure.at_most(300), "2020-10-02"))
        assert str(found.as_of) == "2020-10-02"
        assert found.common == Figure(80, 300)
        low, high = (witness for witness in found.witnesses if witness.range == "common")
        assert (low.count, low.carried, high.count, high.carried) == (80, True, 300, False)

    def test_assumed_floor_stays_assumed_when_carried(self) -> None:
        """A carried floor keeps its mark, and loses that of its ceiling."""
        found = finding(says("a", Figure(80, 90, assumed=BOTH)), says("b", Figure.at_most(300), "2020-10-02"))
        assert found.common is not None
        assert found.common.assumed == {"low"}

    def test_stock_is_carried_neither_way(self) -> None:
        """Of the missing only the day itself counts."""
        missing = Subject(harm=["missing"])
        found = finding(says("a", 80, about=missing), says("b", 20, "2020-10-02", about=missing))
        assert (found.common, tuple(found.disputes), found.status) == (Figure.exactly(20), (), "compatible")

    def test_days_that_cannot_be_ordered_are_left_beside(self) -> None:
        """A count to a day within the month is not carried to the month, nor an undated one to any day."""
        found = finding(says("a", Figure.at_least(70), "2020-10"), says("b", 80, "2020-10-15"))
        assert found.common == Figure.at_least(70)  # the month may have ended before the 15th for all we know
        undated = finding(says("a", Figure.at_least(80), until=None), says("b", 20, "2020-10-15"))
        assert undated.common == Figure.exactly(20)

    def test_dispute_over_an_earlier_day_is_listed_alone(self) -> None:
        """Two who disagreed about an earlier day are listed, and make no finding of the later one disputed."""
        found = finding(says("a", 10), says("b", 20), says("c", Figure.at_least(20), "2020-10-02"))
        assert (found.common, found.status) == (Figure.at_least(20), "corroborated")
        (pair,) = found.disputes
        assert (pair.gap, pair.of_day) == (10, False)

    def test_apart_by_an_assumed_end_leaves_nothing(self) -> None:
        """An assumed end that sets two apart is no dispute, and there is no common count."""
        found = finding(says("a", Figure(20, 30, assumed=BOTH)), says("b", 31))
        assert (found.common, tuple(found.disputes)) == (None, ())
        (pair,) = found.apart_by_assumed_end
        assert (pair.gap, pair.assumed, pair.lower.sources) == (1, True, ("a",))
        assert found.undisputed == Figure(20, 31, assumed=frozenset({End.LOW}))

    def test_denial_alone_is_no_count(self) -> None:
        """Where nobody states a figure there is no range, and nothing that looks like none killed."""
        found = finding(act("a", "denies", aspect="occurrence"))
        assert (found.common, found.span, found.support, found.witnesses) == (None, None, (), ())
        assert [denial.claim.source for denial in found.denials] == ["a"]
        assert len(found.positions) == 1

    def test_denial_shares_every_day(self) -> None:
        """A denial of the first day meets a later "up to 5" at 0."""
        denial = act("b", "denies", "2020-09-28", aspect="occurrence")
        found = finding(says("a", Figure.at_most(5)), denial)
        assert (found.common, found.span) == (Figure.exactly(0), Figure.at_most(5))

    def test_no_day_at_all(self) -> None:
        """Undated figures are compared with each other."""
        found = finding(says("a", Figure.at_most(25), None), says("b", Figure.at_least(2), None))
        assert (found.as_of, found.common) == (None, Figure(2, 25))


class TestSpanAndSupport:
    def test_span_holds_all_versions_uncarried(self) -> None:
        """The span covers every figure as said, of any day, also those that nobody else allows."""
        found = finding(says("a", 80), says("a", 85), says("b", 300, "2020-10-02"))
        assert found.span == Figure(80, 300)
        assert [str(each.figure) for each in found.support] == ["300"]

    def test_support_counts_voices_of_the_day(self) -> None:
        """Earlier voices stand beside, and a tie has no winner."""
        day = "2020-10-02"
        found = finding(
            says("a", 10, day),
            says("b", Figure(9, 12), day),
            says("c", Figure.at_least(12), day),
            says("d", 10, "2020-09-30"),
        )
        assert [(str(each.figure), len(each.independent_sources)) for each in found.support] == [("10", 2), ("12", 2)]

    def test_witnesses_name_the_claims(self) -> None:
        """Each end of each range is set by claims, and by those alone that support it."""
        top, floor = says("a", Figure.at_most(25)), says("b", Figure.at_least(2))
        found = finding(top, floor)
        assert [(each.range, each.end, each.count, each.claims) for each in found.witnesses] == [
            ("common", "low", 2, (floor.id,)),
            ("common", "high", 25, (top.id,)),
            ("undisputed", "low", 2, (floor.id,)),
            ("undisputed", "high", 25, (top.id,)),
            ("span", "low", 0, (top.id,)),
            ("span", "high", None, (floor.id,)),
            ("support", "low", 2, (floor.id,)),
            ("support", "high", 25, (top.id,)),
        ]

    def test_witness_of_support_is_a_supporter(self) -> None:
        """A voice that begins where a run ends sets none of its ends."""
        claims = [says("a", Figure.at_most(5)), says("b", Figure(2, 5)), says("c", Figure.at_least(6))]
        ends = [each for each in finding(*claims).witnesses if each.range == "support"]
        assert [(each.count, len(each.claims)) for each in ends] == [(2, 1), (5, 2)]


class TestPairs:
    def test_disputes_widest_gap_first(self) -> None:
        """Three exact figures dispute in three pairs, with the gap between each two."""
        found = finding(says("a", 10), says("b", 12), says("c", 20))
        assert [(pair.gap, pair.lower.sources, pair.upper.sources) for pair in found.disputes] == [
            (10, ("a",), ("c",)),
            (8, ("b",), ("c",)),
            (2, ("a",), ("b",)),
        ]
        assert [str(pair.relative) for pair in found.disputes] == ["1", "2/3", "1/5"]


class TestDenials:
    PILOT = KILLED.replacing(status="combatant", role="pilot", perpetrator="turkey")
    TOPIC = PILOT.replacing(perpetrator=None)

    @pytest.mark.parametrize(
        ("aspect", "keeps"),
        [
            ("responsibility", TOPIC),
            ("status", TOPIC.replacing(status=None, role=None)),
            ("figure", None),
            (None, None),
        ],
    )
    def test_what_keeps_the_floor(self, aspect: str | None, keeps: Subject | None) -> None:
        """Who did it, or what they were, is denied of a subject that keeps its floor without that facet."""
        claim = says("a", 1, about=self.PILOT)
        found = finding(claim, act("b", "denies", about=self.PILOT, aspect=aspect, target=claim.id))
        (denial,) = found.denials
        assert (denial.denied, denial.keeps) == (claim.id, keeps)
        assert found.common == Figure.exactly(1)

    def test_withdrawn_denials_are_gone(self) -> None:
        """A denial taken back is set aside."""
        denial = act("b", "denies", aspect="figure")
        found = finding(says("a", 1), denial, act("b", "withdraws", target=denial.id))
        assert found.denials == ()
        assert found.set_aside == (denial,)


class TestSilences:
    def test_silence_is_listed_and_never_zero(self) -> None:
        """Silences stand beside the figures; what a lexicon leaves blank is silent under it."""
        silent, stated = act("a", "silent"), says("b", 10)
        found = finding(silent, stated)
        assert (found.silences, found.common) == ((silent,), Figure.exactly(10))

    def test_blank_words_are_silent(self) -> None:
        """Under a convention that codes no vague words the claim states no figure."""
        claim = says("b", Figure.at_least(24), citations=[{"words": "dozens"}])
        found = finding(claim, lexicon="gtd")
        assert (found.silences, found.status) == ((claim,), "unreported")
        assert finding(claim).silences == ()


class TestDay:
    def test_latest_day_of_a_voice(self) -> None:
        """Not later than the day asked about."""
        claims = [says("a", 1, "2020-09-28"), says("b", 2, "2020-10-02")]
        assert str(finding(*claims).as_of) == "2020-10-02"
        assert str(finding(*claims, as_of="2020-10-01").as_of) == "2020-09-28"

    def test_without_voices_the_latest_day_of_a_claim(self) -> None:
        """A silence dates the finding where nobody speaks; what is later than the day asked does not."""
        claims = [act("a", "silent", "2020-09-28"), act("b", "silent", "2020-10-02"), act("c", "silent", None)]
        assert str(finding(*claims).as_of) == "2020-10-02"
        assert str(finding(*claims, as_of="2020-10-01").as_of) == "2020-09-28"
        assert finding(act("c", "silent", None)).as_of is None


class TestScopes:
    def scopes(self, *claims: Claim) -> list[list[str]]:
        """Give the facets by which each finding differs from others."""
        return [[scope.facet for scope in found.scopes] for found in findings(*claims)]

    def test_buried_and_killed_are_one_subject(self) -> None:
        """12 buried bear out a floor of the 80 killed, and differ in scope from nothing."""
        buried = says("b", 12, about=KILLED.replacing(basis="buried"))
        (found,) = findings(says("a", 80), buried)
        assert (found.scopes, found.common, str(found.borne_out_by(2))) == ((), Figure.exactly(80), "12 or more")

    @pytest.mark.parametrize(
        ("since", "untils", "facets"),
        [
            ("2020-09-30", ("2020-10-02", "2020-10-02"), ["since"]),  # days within the running count
            ("2020-09-30", ("2020-09-30", "2020-10-02"), []),  # it counts days beyond the other
            (None, ("2020-09-30", "2020-10-02"), ["since"]),  # the open beginning holds the other
            ("2020-09-30", (None, "2020-10-02"), []),
        ],
    )
    def test_one_day_against_a_running_count(
        self, since: str | None, untils: tuple[str | None, str], facets: list[str]
    ) -> None:
        """Counts from different days look alike where the days of one hold those of the other."""
        running = says("a", 80, untils[0])
        other = says("b", 12, untils[1], about=KILLED.replacing(since=since))
        assert self.scopes(running, other) == [facets, facets]


class TestInside:
    @pytest.mark.parametrize(
        ("running", "single", "inside"),
        [("2020-10-02", "2020-10-01", True), ("2020-09-30", "2020-10-01", False), (None, "2020-10-01", True)],
    )
    def test_day_lies_inside_a_running_count_that_has_reached_it(
        self, running: str | None, single: str, inside: bool
    ) -> None:
        """The dead of 1 October are among those killed by the 2nd, and not among those killed by 30 September."""
        day = KILLED.replacing(since=single)
        found = {each.subject: each for each in findings(says("a", 80, running), says("b", 3, single, about=day))}
        assert found[day].inside == ((KILLED,) if inside else ())


class TestFinding:
    def test_fates_and_copies_cannot_be_changed(self) -> None:
        """What is handed out is read only."""
        found = finding(says("a", 10))
        with pytest.raises(TypeError):
            found.fates[found.claims[0].id] = Fate.COPY  # type: ignore[index]
        assert dict(found.copies) == {}

    def test_equality_and_copies(self) -> None:
        """Findings of equal ledgers are equal, hash alike and pickle; others differ."""
        one, other = finding(says("a", 10)), finding(says("a", 10))
        assert one == other
        assert hash(one) == hash(other)
        assert one != finding(says("a", 11))
        assert one != 1
        found = one.positions
        assert pickle.loads(pickle.dumps(one)).positions == found

    def test_shown(self) -> None:
        """The repr says what and how it stands; the text is a table."""
        found = finding(says("a", 10))
        assert repr(found) == "<Finding killed, armenian 2020-09-27..: single source, 1 claims>"
        assert "single source" in str(found)
