"""Airwars, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casualties.model.ledger import Ledger
from casualties.results import reconcile

if TYPE_CHECKING:
    from collections.abc import Callable

    from casualties.results import Finding


def test_airwars_minimum_maximum(finding_of: Callable[..., Finding]) -> None:
    """The lowest and the highest of all accounts are written, those without a name among them."""
    resolution = finding_of(("un", 12), ("reports", 30), ("paper", 20)).resolve("airwars")
    assert (resolution.low, resolution.high) == (12, 30)


def test_airwars_discounted(finding_of: Callable[..., Finding]) -> None:
    """Those counted were combatants."""
    assert finding_of(("un", 12), status="combatant").resolve("airwars").grade == "discounted"


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
