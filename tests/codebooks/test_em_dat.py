"""EM-DAT, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from casualties.model.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from casualties.results import Finding

MISSING = {"facets": {"harm": ["missing"]}}


@pytest.fixture
def disaster_of(finding_of: Callable[..., Finding]) -> Callable[..., Finding]:
    """Return a function that gives the finding on everybody killed, of no side."""

    def build(*said: object, **facets: object) -> Finding:
        return finding_of(*said, **{"side": None, "status": None, **facets})

    return build


def test_em_dat_unintended(disaster_of: Callable[..., Finding]) -> None:
    """A disaster is unintended: the dead of a side, combatants, and those of an attack are not counted."""
    wanted = "not coded: needs a disaster that nobody intended, not the dead of a side or of an attack"
    for facets in ({"side": "red"}, {"status": "combatant"}, {"perpetrator": "blue"}):
        finding = disaster_of(("un", 14), **facets)
        assert finding.resolve("em-dat").reason == wanted
        assert finding.resolve("em-dat", other_harm_ok=True).number == 14


def test_em_dat_priority_source(disaster_of: Callable[..., Finding]) -> None:
    """The number is that of the source that stands first; a source without a rank is set aside."""
    resolution = disaster_of(("un", 14), ("state", 20), ("almanac", 8)).resolve("em-dat")
    assert (resolution.number, resolution.rule) == (14, "priority-source")
    reasons = {each.claim.source: each.reason for each in resolution.set_aside}
    assert reasons["almanac"] == "its source has no place in the ranking"
    assert disaster_of(("hospital", 8), ("aid", 14)).resolve("em-dat").number == 8
    assert disaster_of(("un", 14), ("hospital", 8)).resolve("em-dat", ranking=["hospital", "un"]).number == 8


def test_em_dat_direct_deaths(disaster_of: Callable[..., Finding]) -> None:
    """Fatalities are those directly imputed to the disaster."""
    resolution = disaster_of(("un", 14), cause="indirect").resolve("em-dat")
    assert (resolution.coded, resolution.rule) == (False, "direct-deaths")


@pytest.mark.parametrize(("said", "number"), [(Figure(10, 15), 12), ("hundreds", 200), ("thousands", 2000)])
def test_em_dat_average(disaster_of: Callable[..., Finding], said: object, number: int) -> None:
    """Of a range the average is taken, whole people; hundreds are 200, thousands 2,000."""
    assert disaster_of(("un", said)).resolve("em-dat").number == number


def test_em_dat_range_by_its_low_end(disaster_of: Callable[..., Finding]) -> None:
    """The average is printed for the affected alone, so that the other reading can be asked for."""
    assert disaster_of(("un", Figure(10, 15))).resolve("em-dat", ends="low").number == 10


def test_em_dat_displaced(disaster_of: Callable[..., Finding]) -> None:
    """Where final figures come long after, the first of the ranked sources gives way with its early count."""
    said = [("un", 5, {"stated": "2020-09-30"}), ("aid", 42, {"stated": "2020-12-10"})]
    assert disaster_of(*said).resolve("em-dat").number == 42
    assert disaster_of(*said).resolve("em-dat", early="kept").number == 5


def test_em_dat_still_missing(disaster_of: Callable[..., Finding]) -> None:
    """Who was missing on an earlier day, or in an earlier statement, may be among the dead by now."""
    earlier = {"facets": {"harm": ["missing"], "until": "2020-09-28"}}
    resolution = disaster_of(("un", 14), ("un", 3, earlier)).resolve("em-dat")
    assert (resolution.number, resolution.parts) == (14, ())
    assert any(step.rule == "still-missing" for step in resolution.steps)
    assert [each.claim.subject.harm for each in resolution.set_aside] == [("missing",)]
    said = [("un", 14, {"stated": "2020-12-10"}), ("un", 3, {**MISSING, "stated": "2020-10-01"})]
    assert disaster_of(*said).resolve("em-dat").number == 14
    same = [("un", 14, {"stated": "2020-12-10"}), ("un", 3, {**MISSING, "stated": "2020-12-10"})]
    assert disaster_of(*same).resolve("em-dat").number == 17


def test_em_dat_counts_those_presumed_dead(disaster_of: Callable[..., Finding]) -> None:
    """Of the missing those are added whom a source presumes dead, where one says of whom it does."""
    presumed = {"facets": {"harm": ["missing"], "presumed": "dead"}}
    assert disaster_of(("un", 14), ("un", 3, presumed), ("un", 9, MISSING)).resolve("em-dat").number == 17


def test_em_dat_needs_a_ranked_source(disaster_of: Callable[..., Finding]) -> None:
    """A number of no ranked source, and no number at all, are not coded."""
    assert disaster_of(("almanac", 8)).resolve("em-dat").reason.startswith("not coded: needs a source of a kind")
    assert not disaster_of(("un", "silent")).resolve("em-dat").coded


def test_em_dat_completed(disaster_of: Callable[..., Finding]) -> None:
    """The missing, whom the first source does not give, come from the next."""
    resolution = disaster_of(("un", 14), ("state", 20), ("state", 3, MISSING)).resolve("em-dat")
    assert resolution.number == 17
    assert sorted(claim.source for claim in resolution.used) == ["state", "un"]


def test_em_dat_dead_and_missing(disaster_of: Callable[..., Finding]) -> None:
    """Total deaths are the dead and the missing; the parts and the day of the missing are told."""
    later = {"facets": {"harm": ["missing"], "until": "2020-10-04"}}
    resolution = disaster_of(("un", 14), ("un", 3, later)).resolve("em-dat")
    assert [str(part) for part in resolution.parts] == ["dead: 14", "missing: 3"]
    assert (resolution.number, resolution.outside_span) == (17, True)
    assert any("who are counted on 2020-10-04" in step.text for step in resolution.steps)


def test_em_dat_accounts_for_the_missing_too(disaster_of: Callable[..., Finding]) -> None:
    """Claims on the missing are used or set aside like those on the dead, in a tie as well."""
    resolution = disaster_of(("un", 14), ("un", 3, MISSING), ("state", 5, MISSING)).resolve("em-dat")
    assert len(resolution.used) + len(resolution.set_aside) == 3
    said = [("un", 14), ("paper", 3, MISSING), ("agency", 5, MISSING)]
    tied = disaster_of(*said).resolve("em-dat")
    assert not tied.coded
    assert len(tied.set_aside) == 3
    assert disaster_of(*said).resolve("em-dat", ties="highest").number == 19


def test_em_dat_without_a_count_of_the_missing(disaster_of: Callable[..., Finding]) -> None:
    """Where the missing are only spoken of without a number, the dead are the total."""
    assert disaster_of(("un", 14), ("state", "silent", MISSING)).resolve("em-dat").number == 14
    assert disaster_of(("un", 14), ("state", Figure(0, None), MISSING)).resolve("em-dat").number == 14
