"""UCDP GED, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from casualties.model.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from casualties.results import Finding


def test_ucdp_direct_deaths(finding_of: Callable[..., Finding]) -> None:
    """An event has direct deaths: who dies of hunger or disease is not counted; those who died directly are."""
    resolution = finding_of(("un", 12), cause="indirect").resolve("ucdp")
    assert resolution.reason == "not coded: needs a count of direct deaths, not of indirect ones"
    assert finding_of(("un", 12), cause="direct").resolve("ucdp").best == 12


def test_ucdp_lowest_reliable(finding_of: Callable[..., Finding]) -> None:
    """Low is the lowest count of a reliable source, and no unverified one pulls it down."""
    resolution = finding_of(("un", Figure(10, 15)), ("paper", 12), ("reports", 3)).resolve("ucdp")
    assert (resolution.low, resolution.best, resolution.high) == (10, 10, 15)


def test_ucdp_most_reliable(finding_of: Callable[..., Finding]) -> None:
    """Best is the number of the best graded source, though another is lower."""
    resolution = finding_of(("un", 14, {"grade": "A"}), ("paper", 12, {"grade": "C"}), ("aid", 9)).resolve("ucdp")
    assert (resolution.low, resolution.best, resolution.high, resolution.rule) == (9, 14, 14, "most-reliable")


def test_ucdp_lower_figure(finding_of: Callable[..., Finding]) -> None:
    """Where no source is more reliable than another, the lower number is the best estimate."""
    resolution = finding_of(("un", 14), ("paper", 12)).resolve("ucdp")
    assert (resolution.number, resolution.rule) == (12, "lower-figure")


def test_ucdp_confirmed_by_side(finding_of: Callable[..., Finding]) -> None:
    """The lower number is not the best where the side itself confirms a higher one of its own dead."""
    confirmed = finding_of(("un", 12), ("state", 14, {"modality": "confirmed"}), ("paper", 20)).resolve("ucdp")
    assert (confirmed.low, confirmed.best, confirmed.high, confirmed.rule) == (12, 14, 20, "confirmed-by-side")
    named_by_both = finding_of(("un", 12), ("state", 14), ("paper", 14)).resolve("ucdp")
    assert (named_by_both.low, named_by_both.best, named_by_both.rule) == (12, 14, "confirmed-by-side")
    said = finding_of(("un", 12), ("state", 14), ("paper", 20)).resolve("ucdp")
    assert (said.best, said.rule) == (12, "lower-figure")


def test_ucdp_best_grade_comes_before_what_a_side_confirms(finding_of: Callable[..., Finding]) -> None:
    """What a side confirms decides among the best graded alone."""
    said = [("un", 12, {"grade": "A"}), ("state", 14, {"modality": "confirmed", "grade": "C"})]
    assert finding_of(*said).resolve("ucdp").best == 12


def test_ucdp_refuted_is_not_the_lowest_reliable(finding_of: Callable[..., Finding]) -> None:
    """A number below what somebody documented one by one is unverified; an opponent's list refutes nothing."""
    documented = {"facets": {"basis": "documented"}}
    said = [("un", Figure.at_most(38)), ("aid", Figure.at_least(817), documented), ("paper", 1000)]
    resolution = finding_of(*said).resolve("ucdp")
    assert (resolution.low, resolution.best, resolution.high) == (817, 817, 1000)
    enemy = finding_of(("un", 38), ("rebels", Figure.at_least(817), documented)).resolve("ucdp")
    assert (enemy.low, enemy.best, enemy.high) == (38, 38, 817)


def test_ucdp_documented_floor_beside_an_estimate_in_words(finding_of: Callable[..., Finding]) -> None:
    """One source documents at least 817 and reckons with more than 1,000: the low is what it documented."""
    documented = {"facets": {"basis": "documented"}}
    said = [("aid", Figure.at_least(817), documented), ("aid", Figure.at_least(1001), {"modality": "estimated"})]
    resolution = finding_of(*said).resolve("ucdp")
    assert (resolution.low, resolution.best, resolution.high) == (817, 817, 1001)


def test_ucdp_highest_reliable(finding_of: Callable[..., Finding]) -> None:
    """High is the highest count named; a floor without a ceiling names its floor, and a best number counts."""
    resolution = finding_of(("un", Figure(10, None, best=30)), ("paper", 12)).resolve("ucdp")
    assert (resolution.low, resolution.best, resolution.high) == (10, 12, 30)


@pytest.mark.parametrize(
    ("said", "doubt"),
    [
        (("reports", 40), "unattributed"),
        (("rebels", 40), "opponent"),
        (("paper", 40, {"modality": "alleged"}), "alleged"),
        (("paper", 40, {"grade": "E"}), "graded low"),
    ],
)
def test_ucdp_unverified_high_only(finding_of: Callable[..., Finding], said: object, doubt: str) -> None:
    """What is not verified counts for the high estimate and for no other; alone it leaves the best at 0."""
    resolution = finding_of(("un", 12), said).resolve("ucdp")
    assert (resolution.low, resolution.best, resolution.high) == (12, 12, 40)
    alone = finding_of(said).resolve("ucdp")
    assert (alone.low, alone.best, alone.high, alone.outside_span) == (0, 0, 40, True)
    assert any(doubt in step.text for step in alone.steps)
    accepted = finding_of(said).resolve("ucdp", unverified=[])
    assert (accepted.low, accepted.best, accepted.high) == (40, 40, 40)


def test_ucdp_side_does_not_allege_its_own_fallen(finding_of: Callable[..., Finding]) -> None:
    """One dead pilot of whom his own side tells is dead, though who shot him down is alleged; civilians may be not."""
    alleged = {"modality": "alleged"}
    assert finding_of(("state", 1, alleged), status="combatant").resolve("ucdp").best == 1
    assert finding_of(("rebels", 1, alleged), status="combatant").resolve("ucdp").best == 0
    assert finding_of(("state", 40, alleged), status="civilian").resolve("ucdp").best == 0


def test_ucdp_unverified_below_the_high_is_set_aside(finding_of: Callable[..., Finding]) -> None:
    """An unverified claim that is lower than the high is set aside with that reason."""
    resolution = finding_of(("un", 12), ("reports", 3)).resolve("ucdp")
    assert [each.reason for each in resolution.set_aside] == ["unverified, and lower than the high"]


def test_ucdp_ends_in_order(finding_of: Callable[..., Finding]) -> None:
    """Low is at most best, and best at most high, when grades and ranges pull apart."""
    resolution = finding_of(("un", Figure(3, 50)), ("paper", 20, {"grade": "B"}), ("aid", Figure(0, 8))).resolve("ucdp")
    assert (resolution.low, resolution.best, resolution.high) == (3, 20, 50)


@pytest.mark.parametrize(
    ("facets", "part"),
    [
        ({}, "civilians: 12"),
        ({"status": "combatant"}, "side red: 12"),
        ({"status": None}, "unknown: 12"),
        ({"status": "combatant", "side": None}, "unknown: 12"),
    ],
)
def test_ucdp_sum_of_parts(finding_of: Callable[..., Finding], facets: dict[str, object], part: str) -> None:
    """Best is the sum of its parts: the number stands under the one column that the subject names."""
    resolution = finding_of(("un", 12), **facets).resolve("ucdp")
    assert [str(each) for each in resolution.parts] == [part]


def test_ucdp_needs_a_number(finding_of: Callable[..., Finding]) -> None:
    """A figure that says nothing, or silence alone, is not coded, and not 0."""
    assert finding_of(("un", Figure(0, None))).resolve("ucdp").reason == (
        "not coded: needs a count of the dead by some source"
    )
    assert not finding_of(("un", "silent")).resolve("ucdp").coded


def test_ucdp_counts_the_dead_alone(finding_of: Callable[..., Finding]) -> None:
    """A count of the wounded is not coded, unless the caller takes the risk by name."""
    finding = finding_of(("un", 12), harm=["wounded"])
    assert finding.resolve("ucdp").reason == "not coded: needs a count of the killed, not of wounded"
    assert finding.resolve("ucdp", other_harm_ok=True).number == 12
