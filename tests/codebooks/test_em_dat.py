"""EM-DAT, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casualties.model.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from casualties.results import Finding

MISSING = {"facets": {"harm": ["missing"]}}


def test_em_dat_priority_source(finding_of: Callable[..., Finding]) -> None:
    """The number is that of the source that stands first; a source without a rank is set aside."""
    resolution = finding_of(("un", 14), ("state", 20), ("hospital", 8)).resolve("em-dat")
    assert (resolution.number, resolution.rule) == (14, "priority-source")
    reasons = {each.claim.source: each.reason for each in resolution.set_aside}
    assert reasons["hospital"] == "its source has no place in the ranking"
    assert finding_of(("un", 14), ("hospital", 8)).resolve("em-dat", ranking=["hospital", "un"]).number == 8


def test_em_dat_needs_a_ranked_source(finding_of: Callable[..., Finding]) -> None:
    """A number of no ranked source, and no number at all, are not coded."""
    assert finding_of(("hospital", 8)).resolve("em-dat").reason.startswith("not coded: needs a source of a kind")
    assert not finding_of(("un", "silent")).resolve("em-dat").coded


def test_em_dat_completed(finding_of: Callable[..., Finding]) -> None:
    """The missing, whom the first source does not give, come from the next."""
    resolution = finding_of(("un", 14), ("state", 20), ("state", 3, MISSING)).resolve("em-dat")
    assert resolution.number == 17
    assert sorted(claim.source for claim in resolution.used) == ["state", "un"]


def test_em_dat_dead_and_missing(finding_of: Callable[..., Finding]) -> None:
    """Total deaths are the dead and the missing; the parts and the day of the missing are told."""
    later = {"facets": {"harm": ["missing"], "until": "2020-10-04"}}
    resolution = finding_of(("un", 14), ("un", 3, later)).resolve("em-dat")
    assert [str(part) for part in resolution.parts] == ["dead: 14", "missing: 3"]
    assert (resolution.number, resolution.outside_span) == (17, True)
    assert any("who are counted on 2020-10-04" in step.text for step in resolution.steps)


def test_em_dat_accounts_for_the_missing_too(finding_of: Callable[..., Finding]) -> None:
    """Claims on the missing are used or set aside like those on the dead, in a tie as well."""
    resolution = finding_of(("un", 14), ("un", 3, MISSING), ("state", 5, MISSING)).resolve("em-dat")
    assert len(resolution.used) + len(resolution.set_aside) == 3
    said = [("un", 14), ("paper", 3, MISSING), ("agency", 5, MISSING)]
    tied = finding_of(*said).resolve("em-dat")
    assert not tied.coded
    assert len(tied.set_aside) == 3
    assert finding_of(*said).resolve("em-dat", ties="highest").number == 19


def test_em_dat_without_a_count_of_the_missing(finding_of: Callable[..., Finding]) -> None:
    """Where the missing are only spoken of without a number, the dead are the total."""
    assert finding_of(("un", 14), ("state", "silent", MISSING)).resolve("em-dat").number == 14
    assert finding_of(("un", 14), ("state", Figure(0, None), MISSING)).resolve("em-dat").number == 14
