"""GTD, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from casualties.results import Finding

EARLY, LATE = {"stated": "2020-10-01"}, {"stated": "2020-10-03"}


@pytest.mark.parametrize("words", ["several", "dozens", "hundreds", "not known"])
def test_gtd_blank(finding_of: Callable[..., Finding], words: str) -> None:
    """Where the number is missing or too vague, the field stays blank, and the claim is set aside as blank."""
    resolution = finding_of(("paper", words)).resolve("gtd")
    assert (resolution.coded, resolution.rule) == (False, "blank")
    assert [each.reason for each in resolution.set_aside] == ["the lexicon 'gtd' leaves its words blank"]


def test_gtd_direct_deaths(finding_of: Callable[..., Finding]) -> None:
    """Those are counted who died of the incident itself."""
    resolution = finding_of(("paper", 12), cause="indirect").resolve("gtd")
    assert (resolution.coded, resolution.rule) == (False, "direct-deaths")


def test_gtd_conflict_noted(finding_of: Callable[..., Finding]) -> None:
    """That reports conflict is a step; where they agree there is none."""
    rules = [step.rule for step in finding_of(("un", 14), ("paper", 12)).resolve("gtd").steps]
    assert "conflict-noted" in rules
    rules = [step.rule for step in finding_of(("un", 14), ("paper", 14)).resolve("gtd").steps]
    assert "conflict-noted" not in rules


def test_gtd_questionable_source(finding_of: Callable[..., Finding]) -> None:
    """A questionable source is not used though it is the most recent, or the lowest, or the only one."""
    resolution = finding_of(("un", 14, EARLY), ("reports", 5, LATE)).resolve("gtd")
    assert (resolution.number, resolution.rule) == (14, "majority")
    assert not finding_of(("reports", 5)).resolve("gtd").coded
    assert finding_of(("reports", 5)).resolve("gtd", questionable=[]).number == 5


def test_gtd_perpetrator_claim(finding_of: Callable[..., Finding]) -> None:
    """The most recent source is not used where it is the perpetrator's."""
    finding = finding_of(("un", 14, EARLY), ("rebels", 90, LATE), side=None, perpetrator="blue")
    resolution = finding.resolve("gtd")
    assert resolution.number == 14
    assert [each.reason for each in resolution.set_aside] == ["a claim of the perpetrator"]


def test_gtd_opponent_is_taken_for_the_perpetrator(finding_of: Callable[..., Finding]) -> None:
    """Where nobody names the perpetrator, a party that speaks of its opponent's dead is held questionable."""
    resolution = finding_of(("un", 14, EARLY), ("rebels", 90, LATE)).resolve("gtd")
    assert [each.reason for each in resolution.set_aside] == ["questionable: opponent"]


def test_gtd_most_recent(finding_of: Callable[..., Finding]) -> None:
    """Where independent credible sources differ, the most recent is written."""
    resolution = finding_of(("un", 14, EARLY), ("paper", 20, LATE), ("aid", 14)).resolve("gtd")
    assert (resolution.number, resolution.rule) == (20, "most-recent")


def test_gtd_majority(finding_of: Callable[..., Finding]) -> None:
    """Where several sources are equally recent, the number of the majority is written."""
    finding = finding_of(("un", 14, LATE), ("paper", 20, LATE), ("aid", 14, EARLY))
    resolution = finding.resolve("gtd")
    assert (resolution.number, resolution.rule) == (14, "majority")
    near = finding_of(("un", 14, EARLY), ("paper", 20, LATE), ("aid", 14, EARLY)).resolve("gtd", same_time=2)
    assert (near.number, near.rule) == (14, "majority")


def test_gtd_majority_may_be_the_number_most_named(finding_of: Callable[..., Finding]) -> None:
    """Two of four are no more than half; by the other reading of the word they are the majority."""
    finding = finding_of(("un", 14), ("paper", 14), ("aid", 9), ("hospital", 20))
    assert (finding.resolve("gtd").number, finding.resolve("gtd").rule) == (9, "lowest")
    assert finding.resolve("gtd", majority="most named").number == 14


def test_gtd_lowest(finding_of: Callable[..., Finding]) -> None:
    """Where no number has a majority, the lowest is written, but not that of a questionable source."""
    resolution = finding_of(("un", 14), ("paper", 12), ("reports", 3)).resolve("gtd")
    assert (resolution.number, resolution.rule) == (12, "lowest")
