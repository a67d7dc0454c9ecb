"""Airwars, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from casualties.model.ledger import Ledger
from casualties.results import reconcile

if TYPE_CHECKING:
    from collections.abc import Callable

    from casualties.results import Finding


def test_airwars_minimum_maximum(finding_of: Callable[..., Finding]) -> None:
    """The lowest and the highest of all accounts are written, those without a name among them."""
    resolution = finding_of(("un", 12), ("reports", 30), ("paper", 20)).resolve("airwars")
    assert (resolution.low, resolution.high) == (12, 30)


@pytest.mark.parametrize("source", ["rebels", "state", "un"])
def test_airwars_civilians(finding_of: Callable[..., Finding], source: str) -> None:
    """What a party says of the enemy's combatants is not coded, and no other count of combatants either."""
    resolution = finding_of((source, 12), status="combatant").resolve("airwars")
    assert (resolution.coded, resolution.grade, resolution.low) == (False, None, None)
    assert resolution.reason == "not coded: needs an account of harm to civilians, not of combatants"


def test_airwars_direct_deaths(finding_of: Callable[..., Finding]) -> None:
    """Who dies of hunger or disease is not counted."""
    resolution = finding_of(("un", 12), cause="indirect").resolve("airwars")
    assert (resolution.coded, resolution.rule) == (False, "direct-deaths")


def test_airwars_discounted(finding_of: Callable[..., Finding]) -> None:
    """A source of no side says that those killed were no civilians; a party that says so does not settle it."""
    said = [("un", 12), ("paper", 12)]
    assert finding_of(*said, ("observatory", "denies", {"aspect": "status"})).resolve("airwars").grade == "discounted"
    assert finding_of(*said, ("rebels", "denies", {"aspect": "status"})).resolve("airwars").grade is None


def test_airwars_confirmed(finding_of: Callable[..., Finding]) -> None:
    """The party that is said to have done it reports the harm itself; where it denies, it does not."""
    told = finding_of(("rebels", 2), ("paper", 12), perpetrator="blue").resolve("airwars")
    assert (told.grade, told.low, told.high) == ("confirmed", 2, 12)
    denied = finding_of(("rebels", "denies", {"aspect": "occurrence"}), ("paper", 12), perpetrator="blue")
    assert denied.resolve("airwars").grade == "weak"
    assert denied.resolve("airwars", denials="zero").grade is None


def test_airwars_contested(finding_of: Callable[..., Finding]) -> None:
    """Two parties are said to have done it."""
    one = finding_of(("paper", 12), perpetrator="blue")
    other = finding_of(("agency", 12), perpetrator="red")
    both = Ledger([*one.claims, *other.claims], sources=one.view.sources.values(), terms=one.view.words)
    grades = {finding.resolve("airwars").grade for finding in reconcile(both)}
    assert grades == {"contested"}


def test_airwars_weak(finding_of: Callable[..., Finding]) -> None:
    """A single source, or none that is credible beside it."""
    assert finding_of(("un", 12)).resolve("airwars").grade == "weak"
    assert finding_of(("un", 12), ("reports", 12)).resolve("airwars").grade == "weak"
    assert finding_of(("reports", 12)).resolve("airwars").grade == "weak"


def test_airwars_fair(finding_of: Callable[..., Finding]) -> None:
    """Two credible sources with near actions of a belligerent are fair; without knowing those, no grade is given."""
    finding = finding_of(("un", 12), ("paper", 12))
    assert finding.resolve("airwars", near_actions="likely").grade == "fair"
    unknown = finding.resolve("airwars")
    assert (unknown.coded, unknown.grade) == (True, None)
    assert unknown.reason == "not graded: needs a belligerent's likely or confirmed near actions (near_actions=…)"
    assert finding.resolve("airwars", near_actions="no").grade is None


def test_airwars_needs_an_account(finding_of: Callable[..., Finding]) -> None:
    """Silence gives no range and no grade."""
    assert finding_of(("un", "silent")).resolve("airwars").reason == "not coded: needs an account with a number"


def test_airwars_early_count_is_no_minimum(finding_of: Callable[..., Finding]) -> None:
    """The toll of the first hours is not the minimum when a later one overtook it, unless that is asked for."""
    said = [("paper", 5, {"stated": "2020-09-30"}), ("un", 12, {"stated": "2020-11-10"})]
    assert finding_of(*said).resolve("airwars").low == 12
    assert finding_of(*said).resolve("airwars", near_actions="likely").grade == "fair"
    assert finding_of(*said).resolve("airwars", early="kept").low == 5
