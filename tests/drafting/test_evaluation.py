"""How much of labelled news the drafter finds: a floor under both halves, and the half that may be looked at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest

from casualties.drafting import Doubt, Proposal, draft

from .evaluation import Score, alike, compare, ends, evaluate, held, labelled, same_source

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "what-a-draft-finds.md"


def test_labels_are_many_and_both_halves_are_large() -> None:
    """Three hundred texts, at least 150 of them never looked at while rules were written."""
    seen, unseen = labelled(of_held=False), labelled(of_held=True)
    assert len(seen) + len(unseen) >= 300
    assert len(unseen) >= 150
    assert all(held(each["text"]) for each in unseen)


def test_labels_stand_in_their_texts() -> None:
    """Every source that a label names is printed."""
    for entry in (*labelled(of_held=False), *labelled(of_held=True)):
        for label in entry["claims"]:
            assert label.get("by", "") in entry["text"]
            assert ("n" in label) == (label.get("stance", "states") == "states")


@pytest.mark.parametrize("of_held", [False, True])
def test_it_finds_four_fifths_and_invents_hardly_anything(*, of_held: bool) -> None:
    """Precision .95, recall .80, and the right source .85 where one is named."""
    score = evaluate(labelled(of_held=of_held))
    assert score.precision >= 0.95
    assert score.recall >= 0.80
    assert score.attribution >= 0.85


def test_the_page_has_the_figures_of_the_held_half() -> None:
    """The docs say what was measured."""
    assert str(evaluate(labelled(of_held=True))) in PAGE.read_text(encoding="utf-8")


class TestTheMeasure:
    """The measure itself can fail."""

    ENTRY: ClassVar[dict[str, Any]] = {
        "text": "Three died, the army said.",
        "claims": [{"n": 3, "harm": "killed", "by": "the army"}],
    }

    def proposal(self, figure: str = "3", source: str = "the army") -> Proposal:
        """Draft a sentence."""
        return draft(f"{figure} people died, {source} said.")[0]

    def test_a_right_one_counts(self) -> None:
        """Figure, harm and source as labelled."""
        score = Score()
        compare(self.ENTRY, [self.proposal()], score)
        assert (score.right, score.false, score.missed, score.attributed) == (1, 0, 0, 1)

    def test_a_wrong_source_counts_against_attribution(self) -> None:
        """The statement is found, its source is another."""
        score = Score()
        compare(self.ENTRY, [self.proposal(source="the navy")], score)
        assert (score.right, score.attributed, score.named) == (1, 0, 1)

    def test_a_wrong_number_is_false_and_a_miss(self) -> None:
        """It is not the labelled statement."""
        score = Score()
        compare(self.ENTRY, [self.proposal(figure="4")], score)
        assert (score.right, score.false, score.missed) == (0, 1, 1)

    def test_ends_of_labels(self) -> None:
        """Two dots without an end are an open one."""
        assert [ends({"n": n}) for n in (3, "3..", "3..5")] == [(3, 3), (3, None), (3, 5)]

    def test_two_sources_are_not_one(self) -> None:
        """Police and residents together are neither the police nor the residents."""
        both = self.proposal()
        joined = replace(both, source="police and residents")
        assert not same_source({"by": "police"}, joined)
        assert alike(self.ENTRY["claims"][0], both)
        assert Doubt.NO_DAY in both.unsure
