"""Voices that rest on one root, and how two of them stand to each other."""

from __future__ import annotations

from typing import Any

import pytest

from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.period import PartialDate
from casualties.model.subject import Subject
from casualties.reconciling.pairs import Confirmation, Dispute, Relation, Voice, compare, disputed, flags_of, voices
from casualties.reconciling.position import Flag, Position

KILLED = Subject(harm=["killed"])
LOW, HIGH, BOTH = frozenset({"low"}), frozenset({"high"}), frozenset({"low", "high"})


def claim(source: str, figure: Figure | None, **more: Any) -> Claim:
    """Make a claim with a figure, or a denial without."""
    if figure is None:
        return Claim(source=source, subject=KILLED, stance="denies", aspect="occurrence", **more)
    return Claim(source=source, subject=KILLED, figure=figure, **more)


def position(
    source: str, figure: Figure | None, until: str | None = "2020-09-30", stated: str | None = None, **more: Any
) -> Position:
    """Make a position; without a figure it denies."""
    return Position(
        **{
            "source": source,
            "figure": Figure.exactly(0) if figure is None else figure,
            "until": until and PartialDate.parse(until),
            "assumed_day": False,
            "claims": (claim(source, figure, stated=stated),),
            "roots": (("source", source),),
            **more,
        }
    )


def voice(figure: Figure | None, until: str | None = "2020-09-30", source: str = "a") -> Voice:
    """Make a voice of one position."""
    (only,) = voices([position(source, figure, until)])
    return only


def around(low: int, high: int | None, assumed: frozenset[str] = BOTH) -> Figure:
    """Make a figure with assumed ends."""
    return Figure(low, high, assumed=assumed)  # type: ignore[arg-type]


class TestVoices:
    STATE = (("source", "state"),)

    def test_roots_group_positions(self) -> None:
        """Two organs of one state are one voice, the third source another; lowest count first."""
        found = voices(
            [
                position("b", Figure.exactly(9), roots=self.STATE),
                position("a", Figure.exactly(9), roots=self.STATE),
                position("c", Figure.exactly(5)),
            ]
        )
        assert [each.sources for each in found] == [("c",), ("a", "b")]
        assert [len(each.claims) for each in found] == [1, 2]

    def test_shared_roots_join_groups(self) -> None:
        """What rests on two roots joins those that rest on either, in any order."""
        x, y, z = ("claim", "x"), ("claim", "y"), ("claim", "z")
        several = [
            position("a", Figure.exactly(1), roots=(x,)),
            position("b", Figure.exactly(1), roots=(z,)),
            position("c", Figure.exactly(1), roots=(x, y)),
            position("d", Figure.exactly(1), roots=(y, z)),
        ]
        for order in (several, several[::-1]):
            (one,) = voices(order)
            assert one.roots == (x, y, z)

    def test_later_word_of_an_organ_stands_for_one_day(self) -> None:
        """For the same days the organ that surely spoke last speaks for the state."""
        found = [
            position("army", Figure.exactly(80), stated="2020-10-01", roots=self.STATE),
            position("ministry", Figure.exactly(90), stated="2020-10-05", roots=self.STATE),
        ]
        (one,) = voices(found)
        assert (one.figure, one.sources, one.flags) == (Figure.exactly(90), ("ministry",), ())
        assert len(one.positions) == 2

    @pytest.mark.parametrize("stated", [None, "2020-10", "2020-10-05"])
    def test_organs_that_are_not_told_apart_are_divided(self, stated: str | None) -> None:
        """Where nobody knows who spoke last, both are versions of one voice."""
        found = [
            position("army", Figure.exactly(80), stated="2020-10-05", roots=self.STATE),
            position("ministry", Figure.exactly(90), stated=stated, roots=self.STATE),
        ]
        (one,) = voices(found)
        assert (one.figure, one.flags) == (Figure(80, 90), (Flag.DIVIDED,))

    def test_month_and_day_are_both_the_latest(self) -> None:
        """A month and a day within it are not told apart, and the day names the voice's."""
        (one,) = voices(
            [
                position("a", Figure.at_least(5), "2020-10", roots=self.STATE),
                position("b", Figure.at_least(7), "2020-10-15", roots=self.STATE),
            ]
        )
        assert (one.figure, str(one.until)) == (Figure.at_least(7), "2020-10-15")

    def test_dated_organ_speaks_before_an_undated_one(self) -> None:
        """An undated position gives way; where all are undated none does."""
        undated = position("a", Figure.exactly(5), None, roots=self.STATE)
        (one,) = voices([undated, position("b", Figure.exactly(7), roots=self.STATE)])
        assert one.figure == Figure.exactly(7)
        (both,) = voices([undated, position("b", Figure.exactly(7), None, roots=self.STATE)])
        assert (both.figure, both.until) == (Figure(5, 7), None)

    def test_denial_of_all_is_a_denial(self) -> None:
        """A voice denies where all that make its figure do; where one states a count the two are divided."""
        denial = position("a", None, roots=self.STATE)
        (one,) = voices([denial, position("b", None, roots=self.STATE)])
        assert (one.denies, one.figure) == (True, Figure.exactly(0))
        (mixed,) = voices([denial, position("b", Figure.exactly(5), roots=self.STATE)])
        assert (mixed.denies, mixed.flags) == (False, (Flag.DIVIDED,))

    def test_flags_of_voices_and_their_positions(self) -> None:
        """Flags of an organ that no longer speaks are still told."""
        old = position("a", Figure.exactly(5), "2020-09-29", roots=self.STATE, flags=(Flag.REVISED_DOWN,))
        found = voices([old, position("b", Figure.exactly(7), roots=self.STATE)])
        assert found[0].flags == ()
        assert flags_of(found) == (Flag.REVISED_DOWN,)


DISPUTE, APART, CONFIRMS, CONFIRMED, COMPATIBLE = Relation


class TestCompare:
    @pytest.mark.parametrize(
        ("one", "other", "relation", "gap"),
        [
            (Figure.exactly(10), Figure.exactly(12), DISPUTE, 2),
            (Figure.at_most(10), Figure.at_least(11), DISPUTE, 1),
            (Figure.at_most(10), Figure.at_least(10), COMPATIBLE, 0),
            (Figure(10, 12), Figure(11, 15), COMPATIBLE, 0),
            (Figure.exactly(10), Figure.at_least(5), CONFIRMS, 0),
            (Figure.at_least(5), Figure.exactly(10), CONFIRMED, 0),
            (Figure(10, 12), Figure(10, 12), CONFIRMS, 0),
            (Figure.exactly(10), Figure.at_least(0), COMPATIBLE, 0),
            (Figure.at_least(0), Figure.exactly(10), COMPATIBLE, 0),
            (Figure.exactly(0), Figure.at_most(5), CONFIRMS, 0),
            (around(20, 30), Figure.exactly(31), APART, 0),
            (around(20, 30, LOW), Figure.exactly(31), DISPUTE, 1),
            (around(20, 30, HIGH), Figure.exactly(19), DISPUTE, 1),
            (Figure.exactly(25), around(20, 30), CONFIRMS, 0),
            (None, Figure.exactly(5), DISPUTE, 5),
            (None, Figure.at_most(5), COMPATIBLE, 0),
            (None, Figure.exactly(0), COMPATIBLE, 0),
            (None, None, COMPATIBLE, 0),
            (None, around(20, 30), APART, 0),
        ],
    )
    def test_on_one_day(self, one: Figure | None, other: Figure | None, relation: Relation, gap: int) -> None:
        """Stated ends that share no count dispute; what lies inside confirms; denials and `0..` confirm nobody."""
        for stock in (False, True):
            assert compare(voice(one), voice(other), stock=stock) == (relation, gap)

    @pytest.mark.parametrize(
        ("earlier", "later", "relation", "gap"),
        [
            (Figure.exactly(80), Figure.exactly(70), DISPUTE, 10),
            (Figure.at_least(80), Figure.at_most(70), DISPUTE, 10),
            (Figure.exactly(80), Figure.exactly(90), COMPATIBLE, 0),
            (Figure.exactly(80), Figure.at_least(70), CONFIRMS, 0),
            (Figure.at_least(80), Figure.at_least(80), CONFIRMS, 0),
            (Figure.at_least(80), Figure.at_least(90), COMPATIBLE, 0),
            (Figure.exactly(80), Figure.at_least(0), COMPATIBLE, 0),
            (Figure.at_most(25), Figure.at_most(20), CONFIRMED, 0),
            (Figure.at_most(25), Figure.exactly(20), CONFIRMED, 0),
            (Figure.at_most(25), Figure.at_most(30), COMPATIBLE, 0),
            (Figure.at_least(0), Figure.at_most(20), COMPATIBLE, 0),
            (Figure(10, 25), Figure.exactly(20), COMPATIBLE, 0),
            (Figure.at_most(25), Figure.at_least(10), COMPATIBLE, 0),
            (around(20, 30), Figure.exactly(19), APART, 0),
            (Figure.exactly(31), around(20, 30), APART, 0),
            (Figure.exactly(31), around(20, 30, LOW), DISPUTE, 1),
        ],
    )
    def test_over_time(self, earlier: Figure, later: Figure, relation: Relation, gap: int) -> None:
        """The earlier counts with its floor, the later with its ceiling; stocks of different days are not compared."""
        before, after = voice(earlier, "2020-09-30"), voice(later, "2020-10-02")
        turned = {CONFIRMS: CONFIRMED, CONFIRMED: CONFIRMS}.get(relation, relation)
        assert compare(before, after, stock=False) == (relation, gap)
        assert compare(after, before, stock=False) == (turned, gap)
        assert compare(before, after, stock=True) == (COMPATIBLE, 0)

    @pytest.mark.parametrize(
        ("until", "other", "relation"),
        [
            ("2020-10", "2020-10", DISPUTE),  # one period, as both write it
            ("2020-10-15", "2020-10", COMPATIBLE),
            ("2020-10-01", "2020-10", DISPUTE),  # no day of the month comes before its first
            ("2020-09", "2020-10-01", DISPUTE),
            (None, None, DISPUTE),
            (None, "2020-10", COMPATIBLE),
            ("2020-10", None, COMPATIBLE),
        ],
    )
    def test_days_must_be_in_order(self, until: str | None, other: str | None, relation: Relation) -> None:
        """Eighty and then seventy dispute where the first surely does not count later days."""
        first, second = voice(Figure.exactly(80), until), voice(Figure.exactly(70), other)
        assert compare(first, second, stock=False)[0] is relation
        assert compare(second, first, stock=False)[0] is relation

    def test_denial_of_any_day_disputes(self) -> None:
        """That it happened at all is disputed whatever day either counts to."""
        assert compare(voice(None, "2020-10-05"), voice(Figure.exactly(5)), stock=False) == (DISPUTE, 5)
        assert compare(voice(Figure.exactly(5)), voice(None, None), stock=True) == (DISPUTE, 5)


class TestDisputed:
    @pytest.mark.parametrize("turned", [False, True])
    def test_lower_and_upper_are_named(self, turned: bool) -> None:
        """Whichever comes first, the lower figure is the lower one."""
        low, high = voice(Figure.exactly(5)), voice(Figure.at_least(9), source="b")
        pair = (high, low) if turned else (low, high)
        found = disputed(*pair, DISPUTE, 4)
        assert found == Dispute(low, high, 4, by_reading=False)
        assert found.claims == tuple(sorted(claim.id for each in (low, high) for claim in each.claims))

    def test_by_reading(self) -> None:
        """Two that only an assumed end sets apart are so marked."""
        low, high = voice(around(20, 30)), voice(Figure.exactly(31))
        assert disputed(high, low, APART, 0) == Dispute(low, high, 0, by_reading=True)

    def test_confirmation_names_both(self) -> None:
        """The weaker statement is the one confirmed."""
        strong, weak = voice(Figure.exactly(10)), voice(Figure.at_least(5))
        assert Confirmation(strong, weak).confirmed.figure == Figure.at_least(5)
