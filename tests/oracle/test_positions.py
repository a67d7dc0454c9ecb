"""Where one source and its organs stand, rule by rule.  Every expected value is worked by hand."""

from __future__ import annotations

import pytest

from .answer import answers
from .examples import about, answer, at_least, at_most, exactly, figures, kinds, on, records, said
from .records import Citation, Link, Range


class TestOneSource:
    """Section 6: positions."""

    def test_latest_day_then_latest_word(self) -> None:
        """The latest last day stands; among equal days what was said last, by the hour where all carry one."""
        found = answer(
            said("moh", 3, 9, until=1), said("moh", 5, on(2, 9), until=2), said("moh", 6, on(2, 15), until=2)
        )
        assert found.fates == {"a": "replaced", "b": "replaced", "c": "stands"}

    def test_hours_count_only_where_all_carry_one(self) -> None:
        """Beside a day without an hour all are versions; 5 to 8 and 9 are each allowed by two."""
        found = answer(said("moh", at_least(5), on(2, 9)), said("moh", Range(4, 8), on(2, 15)), said("moh", 9, 2))
        assert set(found.fates.values()) == {"version"}
        assert (found.common, set(found.flags)) == (Range(5, 9), {"contradicts itself"})
        both = answer(said("moh", at_least(5), on(2, 9)), said("moh", Range(4, 8), on(2, 15)))
        assert both.fates == {"a": "replaced", "b": "stands"}

    def test_a_printing_date_says_by_when(self) -> None:
        """What is only printed on a day may have been said before all else, and is a version."""
        found = answer(said("moh", 5, 2), said("moh", at_least(4), None, citations=(Citation("The Paper", on(9)),)))
        assert (found.common, set(found.fates.values())) == (exactly(5), {"version"})

    def test_a_later_word_on_an_earlier_day(self) -> None:
        """What a later word makes impossible is out, whatever the days."""
        found = answer(said("moh", 69_342, 31, until=31), said("moh", 180_764, 32, until=22))
        assert (found.fates, found.day) == ({"a": "replaced", "b": "stands"}, on(22).days)

    def test_newest_first(self) -> None:
        """A word that is itself out puts nothing out."""
        found = answer(said("moh", 100, 1, until=1), said("moh", at_most(50), 2, until=2), said("moh", 120, 3, until=1))
        # The 120 of day 1 excludes both: 100 of that day, and at most 50 of the next.
        assert found.fates == {"a": "replaced", "b": "replaced", "c": "stands"}
        found = answer(
            said("moh", at_least(60), 1, until=1), said("moh", at_most(50), 2, until=2), said("moh", 120, 3, until=0)
        )
        # Without the "at most 50" nothing excludes "at least 60", which stands on the latest day.
        assert (found.fates, found.common) == ({"a": "stands", "b": "replaced", "c": "replaced"}, at_least(120))

    def test_named_as_replaced(self) -> None:
        """What a claim not withdrawn names is out; a claim taken back gives the one before its place again."""
        first, second = said("moh", 5, 1, until=9), said("moh", 4, 1, until=1, replaces=("a",))
        assert answer(first, second).fates == {"a": "replaced", "b": "stands"}
        back = said("moh", None, 2, stance="withdraws", target="b")
        assert answer(first, second, back).fates == {"a": "stands", "b": "withdrawn", "c": "stands"}
        again = said("moh", None, 3, stance="withdraws", target="c")
        assert answer(first, second, back, again).fates["b"] == "stands"

    def test_undated(self) -> None:
        """They speak only where their source has nothing dated, and are compared only with each other."""
        found = answer(
            said("moh", 5, 1),
            said("moh", 9, None, until=None),
            said("ngo", 7, None, until=None),
            said("un", 8, None, until=None),
        )
        assert found.fates == {"a": "stands", "b": "undated", "c": "stands", "d": "stands"}
        assert kinds(found) == [("disputed", "ngo", "un")]
        assert (found.common, found.status) == (exactly(5), "compatible")

    def test_a_missing_last_day(self) -> None:
        """It is the day stated, else that of printing."""
        assert answer(said("moh", 5, 3, until=None)).day == on(3).days
        assert answer(said("moh", 5, None, until=None, citations=(Citation("P", on(4)),))).day == on(4).days

    def test_read_at_the_source(self) -> None:
        """A version in the source's own report stands; the others are listed, and flagged if they share no count."""
        own, relayed = Citation("moh", None, (), "own"), Citation("The Paper", None, ("Wire",), "p")
        found = answer(said("moh", 71, citations=(own,)), said("moh", 70, citations=(relayed,)))
        assert (found.common, found.fates) == (exactly(71), {"a": "stands", "b": "version"})
        assert found.flags == {"relayed differently"}

    def test_one_number_told_four_ways(self) -> None:
        """2,300 as around, over, up to and at least: most allow 2,300 to 2,400."""
        ways = (about(2200, 2400), at_least(2301), at_most(2300), at_least(2300))
        found = answer(*(said("moh", each) for each in ways))
        assert found.common == Range(2300, 2400, high_assumed=True)
        assert found.span == Range(0, None)

    @pytest.mark.parametrize(
        ("before", "after", "down"),
        [
            (exactly(1400), about(1100, 1300), 1400),
            (exactly(115), at_least(97), 115),
            (at_least(500), exactly(471), 500),
            (Range(200, 300), exactly(471), None),
            (at_most(38), at_least(30), None),
            (about(80, 120), Range(90, 99), 100),
            (Range(60, 99, low_assumed=True), exactly(99), 100),
            (Range(101, 110, high_assumed=True), exactly(99), 100),
            (Range(3, None, low_assumed=True), exactly(2), 3),
            (about(1, 2), exactly(0), 1),
        ],
    )
    def test_revised_down(self, before: Range, after: Range, down: int | None) -> None:
        """By the numbers named: the highest now below the lowest that was named as a floor."""
        (stands,) = answer(said("moh", before, 1), said("moh", after, 2)).positions
        assert stands.revised_down_from == down

    def test_a_stock_may_fall(self) -> None:
        """From day to day that is no revision; on one day it is."""
        first = said("moh", 31, 1, until=1, harm=("missing",))
        assert answer(first, said("moh", 20, 2, until=2, harm=("missing",))).positions[0].revised_down_from is None
        assert answer(first, said("moh", 20, 2, until=1, harm=("missing",))).positions[0].revised_down_from == 31

    def test_series(self) -> None:
        """The whole is the figure, and the highest counted floor stands beside it; counts bear out no ceiling."""
        found = answer(said("moh", 2425, 1, basis="buried"), said("moh", 1585, 2, basis="listed"))
        assert (figures(found), found.span) == ({"moh": at_least(2425)}, Range(1585, 2425))
        found = answer(said("moh", Range(100, 300), 1), said("moh", 120, 2, basis="listed"))
        assert figures(found) == {"moh": Range(120, 300)}

    def test_a_counted_floor_above_the_whole(self) -> None:
        """Said later it replaces the whole; of a later day both stand; else the source contradicts itself."""
        whole = said("moh", 100, 2, until=2)
        later = answer(whole, said("moh", 150, 3, until=2, basis="listed"))
        assert (figures(later)["moh"], later.fates["a"]) == (at_least(150), "replaced")
        assert later.flags == {"overtaken by its own count"}
        both = answer(whole, said("moh", 150, 3, until=3, basis="listed"), said("ngo", 120, 2, until=2))
        assert (both.fates["a"], kinds(both)) == ("stands", [("disputed", "moh", "ngo")])
        assert (both.status, both.flags) == ("corroborated", frozenset())
        self_told = answer(whole, said("moh", 150, 1, until=2, basis="listed"))
        assert (figures(self_told)["moh"], set(self_told.flags)) == (at_least(150), {"contradicts itself"})

    def test_an_earlier_floor_carries(self) -> None:
        """A floor of an earlier day is not lost where the later figure neither excludes nor revises it down."""
        early = said("moh", 7000, 1, until=1)
        found = answer(early, said("moh", at_most(40_000), 5, until=5))
        assert (found.common, found.common_carried, found.span) == (Range(7000, 40_000), True, at_most(40_000))
        assert answer(early, said("moh", at_least(6000), 5, until=5)).common == at_least(6000)
        assert answer(early, said("moh", at_most(6000), 5, until=5)).common == at_most(6000)

    def test_an_estimate_retires_own_earlier_counts(self) -> None:
        """64, then a study of its own: 64 no longer stands; the counts of others do."""
        study = said("gov", Range(793, 8498, best=4645), 9, interval=True)
        found = answer(said("gov", 64, 1), said("ngo", 70, 1), study)
        assert (found.fates, found.common) == ({"a": "replaced", "b": "stands", "c": "stands"}, exactly(70))
        assert found.estimates == (("gov", Range(793, 8498)),)
        assert answer(said("gov", 64, 1), study).status == "estimate only"

    def test_projection_and_misrelay(self) -> None:
        """Neither makes a position."""
        found = answer(said("moh", 5), said("moh", 9, modality="projected"), said("moh", 50, misrelays=(Link("a"),)))
        assert found.fates == {"a": "stands", "b": "projected", "c": "misrelayed"}

    def test_a_denial_of_the_occurrence(self) -> None:
        """As none it shares a day with every figure, and does not move the finding's day; alone it is no count."""
        denial = said("rebels", None, 9, stance="denies", aspect="occurrence", until=None)
        found = answer(said("moh", 5, 1), denial)
        assert (kinds(found), found.status, found.day) == ([("disputed", "rebels", "moh")], "disputed", on(0).days)
        assert (answer(denial).common, answer(denial).status) == (None, "unreported")


class TestIndependentSources:
    """Section 6: voices."""

    def test_organs_are_one(self) -> None:
        """The latest position among organs is the figure; two that are disputed divide it."""
        found = answer(said("health", 202, 9), said("interior", at_most(38), 1), said("ngo", 150, 1))
        assert (figures(found)["gov"], found.divided) == (exactly(202), (("health", "interior"),))
        assert ("disputed", "interior", "ngo") in kinds(found)

    def test_an_undated_organ_gives_way(self) -> None:
        """What is undated compares only with what is, also among organs."""
        found = answer(said("health", Range(10, 20), 1), said("interior", 50, None, until=None))
        assert (figures(found), set(found.fates.values())) == ({"gov": Range(10, 20)}, {"stands"})

    def test_organs_of_one_day_and_hour(self) -> None:
        """They are settled as versions."""
        found = answer(said("health", Range(10, 20), 1), said("interior", Range(15, 30), 1))
        assert figures(found) == {"gov": Range(15, 20)}

    def test_a_counted_floor_of_another_organ(self) -> None:
        """It carries into the figure of the one that spoke last."""
        found = answer(said("health", at_least(7000), 1, basis="documented"), said("interior", at_most(40_000), 9))
        assert (figures(found)["gov"], found.common_carried) == (Range(7000, 40_000), True)

    def test_copies(self) -> None:
        """What rests on a claim of the topic has no voice, even where that was withdrawn, or stands elsewhere."""
        rests = said("paper", 5, 3, based_on=(Link("a"),))
        back = said("moh", None, 2, stance="withdraws", target="a")
        assert answer(said("moh", 5, 1), rests, back).status == "unreported"
        elsewhere = said("moh", 5, 1, harm=("wounded",))
        both = answers(records(elsewhere, rests, said("moh", 6, 1)))
        (found,) = [each for topic, each in both.items() if topic.harm == ("killed",)]
        assert found.fates == {"b": "copy", "c": "stands"}

    def test_what_rests_on_absent_claims(self) -> None:
        """It is one voice for whatever shares a root; a claim based on two others adds none."""
        found = answer(
            said("paper", 5, based_on=(Link("x1"),)),
            said("afp", 6, based_on=(Link("x1"), Link("x2"))),
            said("ngo", 7, based_on=(Link("x3"),)),
        )
        assert len(found.voices) == 2

    def test_a_repeating_source(self) -> None:
        """It is a copy where those that it repeats speak, and their voice where they do not."""
        assert answer(said("digest", 5), said("health", 6)).fates == {"a": "copy", "b": "stands"}
        assert list(figures(answer(said("digest", 5)))) == ["gov"]

    def test_a_circle_is_one_root(self) -> None:
        """Nobody knows on whose word claims rest that quote each other; it is flagged."""
        found = answer(said("paper", 5, based_on=(Link("b"),)), said("afp", 6, based_on=(Link("a"),)))
        assert (len(found.voices), len(found.circles)) == (1, 1)

    def test_a_joint_statement_is_no_circle(self) -> None:
        """One claim for each party, alike and read in one place: each in its own words, and one voice."""
        read = (Citation("The Paper", None, (), "joint"),)
        found = answer(
            said("ngo", 5, citations=read, based_on=(Link("b"),)), said("un", 5, citations=read, based_on=(Link("a"),))
        )
        assert (figures(found), found.circles) == ({"ngo": exactly(5)}, ())

    def test_what_nobody_signs(self) -> None:
        """It is one voice, replaces nothing, and is settled as versions of its latest day, earlier floors carried."""
        found = answer(
            said("anon", at_least(8), 1, until=1),
            said("anon", Range(5, 20), 9, until=2),
            said("anon", Range(10, 30), 3, until=2),
        )
        assert (figures(found), found.fates) == (
            {"(unattributed)": Range(10, 20)}, {"a": "stands", "b": "version", "c": "version"}
        )  # fmt: skip
