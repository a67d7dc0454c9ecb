"""Belief and plausibility, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests import builders

from casualties.errors import ModelError
from casualties.model.claim import Assessment, Claim
from casualties.model.figure import End, Figure
from casualties.model.ledger import Ledger
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.reconciling.evidence import ADMIRALTY_WEIGHTS, combine, weight_of
from casualties.results import reconcile

HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)
UP_TO, AT_LEAST = Figure.at_most(25), Figure.at_least(2)


class TestCombine:
    def test_two_that_agree(self) -> None:
        """Half on up to 25 and three quarters on at least 2 put three eighths on both at once."""
        found = combine([(UP_TO, HALF), (AT_LEAST, Fraction(3, 4))])
        assert dict(found.masses) == {
            Figure(2, 25): Fraction(3, 8),
            UP_TO: Fraction(1, 8),
            AT_LEAST: Fraction(3, 8),
            Figure.at_least(0): Fraction(1, 8),
        }
        assert found.conflict == 0
        assert found.belief(UP_TO) == HALF
        assert found.plausibility(Figure.exactly(1)) == QUARTER  # up to 25 alone, or any count

    def test_masses_stand_by_their_ends(self) -> None:
        """None comes before none or one, whichever is weighed first, and what has no end comes last."""
        weighed = [(Figure.at_most(1), HALF), (Figure.exactly(0), HALF)]
        expected = [Figure.exactly(0), Figure.at_most(1), Figure.at_least(0)]
        for given in (weighed, weighed[::-1]):
            assert [focus for focus, _ in combine(given).masses] == expected

    def test_two_that_contradict(self) -> None:
        """Half on 4 and half on 7: a quarter is conflict, and the other three quarters are shared out."""
        found = combine([(Figure.exactly(4), HALF), (Figure.exactly(7), HALF)])
        assert found.conflict == QUARTER
        assert found.masses == (
            (Figure.at_least(0), Fraction(1, 3)),
            (Figure.exactly(4), Fraction(1, 3)),
            (Figure.exactly(7), Fraction(1, 3)),
        )

    def test_weight_of_nothing(self) -> None:
        """A weight of 0 leaves everything open; marks play no part."""
        marked = Figure(2, 9, assumed=frozenset({End.LOW}))
        assert combine([(UP_TO, Fraction(0))]) == combine([])
        assert combine([(marked, HALF)]) == combine([(Figure(2, 9), HALF)])

    @pytest.mark.parametrize("weight", [Fraction(1), Fraction(-1, 2), Fraction(3, 2)])
    def test_weight_of_certainty_is_refused(self, weight: Fraction) -> None:
        """No grade makes a claim certain."""
        with pytest.raises(ModelError, match="it is not below 1"):
            combine([(UP_TO, weight)])


class TestWeightOf:
    @pytest.mark.parametrize(
        ("grades", "weight"),
        [
            ({"reliability": "A", "credibility": "1"}, Fraction(19, 20)),
            ({"reliability": "B", "credibility": "3"}, HALF),
            ({"reliability": "B", "credibility": "6"}, Fraction(3, 4)),
            ({"reliability": "F", "credibility": "6"}, None),
            ({"credibility": "5"}, Fraction(0)),
            ({"grade": "1", "scale": "stars"}, None),  # one star is not the best of the Admiralty code
        ],
    )
    def test_admiralty(self, grades: dict[str, str], weight: Fraction | None) -> None:
        """The lower of both; "cannot be judged" weighs nothing rather than half."""
        assert weight_of(Assessment(grader="desk", **grades)) == weight

    def test_other_scales_are_named(self) -> None:
        """A grade on another scale counts where its scale is given with it."""
        stars = Assessment(grader="desk", scale="stars", grade="1")
        assert weight_of(stars, {"stars:1": QUARTER, "1": HALF}) == QUARTER

    def test_steps_are_those_of_the_code(self) -> None:
        """100, 75, 50, 25 and 0 hundredths for reliability and credibility alike, the highest held at 95."""
        steps = [Fraction(hundredths, 100) for hundredths in (95, 75, 50, 25, 0)]
        assert [ADMIRALTY_WEIGHTS[grade] for grade in "ABCDE"] == steps
        assert [ADMIRALTY_WEIGHTS[grade] for grade in "12345"] == steps

    def test_every_step_is_below_one(self) -> None:
        """The table falls from A to E and from 1 to 5, and never reaches 1."""
        for grades in ("ABCDE", "12345"):
            steps = [ADMIRALTY_WEIGHTS[grade] for grade in grades]
            assert steps == sorted(steps, reverse=True)
            assert steps[0] < 1
            assert steps[-1] == 0


class TestEvidence:
    KILLED = Subject(harm=["killed"], until="2020-09-30")

    def says(self, source: str, count: int, *grades: str, until: str = "2020-09-30") -> Claim:
        """Make a claim with a reliability by each of several graders."""
        graded = [Assessment(grader=f"desk {grade}", reliability=grade) for grade in grades]
        return builders.says(source, count, until, about=self.KILLED, assessments=graded)

    def test_one_mass_a_voice_by_its_lowest_grade(self) -> None:
        """A and C by two graders weigh half; the ungraded voice and the earlier day carry none."""
        claims = [self.says("a", 4, "A", "C"), self.says("b", 7), self.says("c", 5, "A", until="2020-09-29")]
        (found,) = reconcile(Ledger(claims, sources=[Source(key=key) for key in "abc"]))
        seen = found.evidence()
        assert seen is not None
        assert (seen.belief(Figure.exactly(4)), seen.conflict) == (HALF, Fraction(0))

    def test_denial_counts_on_every_day(self) -> None:
        """A graded denial of the occurrence weighs against figures of any day."""
        denial = Claim(
            source="d",
            subject=self.KILLED.replacing(until="2020-09-29"),
            stance="denies",
            aspect="occurrence",
            assessments=[Assessment(grader="desk", reliability="C")],
        )
        (found,) = reconcile(Ledger([self.says("a", 4, "C"), denial], sources=[Source(key="a"), Source(key="d")]))
        seen = found.evidence()
        assert seen is not None
        assert seen.conflict == QUARTER

    def test_nobody_graded(self) -> None:
        """Without grades there is no evidence, and not an empty one."""
        (found,) = reconcile(Ledger([self.says("a", 4, "F")], sources=[Source(key="a")]))
        assert found.evidence() is None


def test_grades_weigh_what_the_code_says() -> None:
    """100, 75, 50, 25 and 0 in a hundred, with the highest held below 1; F and 6 judge nothing."""
    hundredths = {"A": 95, "B": 75, "C": 50, "D": 25, "E": 0, "1": 95, "2": 75, "3": 50, "4": 25, "5": 0}
    assert {grade: weight * 100 for grade, weight in ADMIRALTY_WEIGHTS.items()} == hundredths
