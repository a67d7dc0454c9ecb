"""Iraq Body Count, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casualties.model.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from casualties.results import Finding


def test_iraq_body_count_civilians(finding_of: Callable[..., Finding]) -> None:
    """Only civilians are counted; where nobody says what the dead were, a step says so."""
    refused = finding_of(("un", 12), status="combatant").resolve("iraq-body-count")
    assert refused.reason == "not coded: needs a count of civilians, not of combatants"
    unsaid = finding_of(("un", 12), status=None).resolve("iraq-body-count")
    assert unsaid.coded
    assert "civilians" in [step.rule for step in unsaid.steps]


def test_iraq_body_count_direct_deaths(finding_of: Callable[..., Finding]) -> None:
    """Deaths by armed violence are counted: who dies of hunger or disease is not."""
    resolution = finding_of(("un", 12), cause="indirect").resolve("iraq-body-count")
    assert (resolution.coded, resolution.rule) == (False, "direct-deaths")


def test_iraq_body_count_no_estimates(finding_of: Callable[..., Finding]) -> None:
    """An estimate is no report of deaths: it moves neither end, and makes no second source."""
    resolution = finding_of(("un", 12), ("aid", Figure(793, 8498), {"method": "survey"})).resolve("iraq-body-count")
    assert (resolution.low, resolution.high, resolution.grade) == (12, 12, "provisional")
    assert "no-estimates" in [step.rule for step in resolution.steps]
    assert not finding_of(("aid", 900, {"method": "model"})).resolve("iraq-body-count").coded


def test_iraq_body_count_minimum_maximum(finding_of: Callable[..., Finding]) -> None:
    """The lowest and the highest number that reports give are written, and no single one."""
    said = [("un", Figure(10, 15)), ("paper", 12), ("aid", Figure.at_most(25)), ("state", Figure(0, None))]
    resolution = finding_of(*said).resolve("iraq-body-count")
    assert (resolution.low, resolution.high, resolution.number) == (10, 25, None)
    assert sorted(claim.source for claim in resolution.used) == ["aid", "un"]
    reasons = {each.claim.source: each.reason for each in resolution.set_aside}
    assert reasons == {"paper": "lies between the minimum and the maximum", "state": "names no number"}


def test_iraq_body_count_zero_is_a_number(finding_of: Callable[..., Finding]) -> None:
    """A report that nobody was killed gives a minimum of 0."""
    resolution = finding_of(("un", 0), ("paper", 3)).resolve("iraq-body-count")
    assert (resolution.low, resolution.high) == (0, 3)


def test_iraq_body_count_overlap(finding_of: Callable[..., Finding]) -> None:
    """From a morgue's total what is recorded as incidents is subtracted, and never below 0."""
    resolution = finding_of(("hospital", Figure(10, 15))).resolve("iraq-body-count", recorded=12)
    assert (resolution.low, resolution.high, resolution.rule, resolution.outside_span) == (0, 3, "overlap", True)


def test_iraq_body_count_two_sources(finding_of: Callable[..., Finding]) -> None:
    """Two independent sources record; one, or two organs of one state, are provisional."""
    assert finding_of(("un", 12), ("paper", 13)).resolve("iraq-body-count").grade == "recorded"
    assert finding_of(("un", 12)).resolve("iraq-body-count").grade == "provisional"
    assert finding_of(("state", 12), ("ministry", 13)).resolve("iraq-body-count").grade == "provisional"


def test_iraq_body_count_early_report_is_a_source_all_the_same(finding_of: Callable[..., Finding]) -> None:
    """The toll of the first hours is no minimum once it is overtaken, and still a second source that it happened."""
    said = [("paper", 5, {"stated": "2020-09-30"}), ("un", 12, {"stated": "2020-11-10"})]
    resolution = finding_of(*said).resolve("iraq-body-count")
    assert (resolution.low, resolution.high, resolution.grade) == (12, 12, "recorded")


def test_iraq_body_count_needs_a_number(finding_of: Callable[..., Finding]) -> None:
    """A silence gives no range."""
    assert finding_of(("un", "silent")).resolve("iraq-body-count").reason == "not coded: needs a number in some report"
