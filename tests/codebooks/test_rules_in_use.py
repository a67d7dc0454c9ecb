"""Rules in use among recorders, sentence by sentence."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from casualties.model.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from casualties.results import Finding


def test_majority_most_named(finding_of: Callable[..., Finding]) -> None:
    """What most independent voices name is written; two organs of one state are one."""
    resolution = finding_of(("un", 14), ("paper", 12), ("aid", 12), ("state", 9), ("ministry", 9)).resolve("majority")
    assert (resolution.number, resolution.rule) == (12, "most-named")


@pytest.mark.parametrize(("ties", "number"), [("none", None), ("lowest", 12), ("highest", 14)])
def test_majority_tie(finding_of: Callable[..., Finding], ties: str, number: int | None) -> None:
    """A tie has no winner unless one is asked for; who loses it is told."""
    resolution = finding_of(("un", 14), ("paper", 12)).resolve("majority", ties=ties)
    assert resolution.number == number
    if number is not None:
        assert [each.reason for each in resolution.set_aside] == [f"is not the {ties} of a tie"]


def test_source_hierarchy_first_ranked(finding_of: Callable[..., Finding]) -> None:
    """The source that is ranked first is followed, by key, by what stands above it, or by kind."""
    finding = finding_of(("un", 14), ("paper", 12), ("ministry", 9))
    assert finding.resolve("source-hierarchy", ranking=["media", "un"]).number == 12
    assert finding.resolve("source-hierarchy", ranking=["state"]).number == 9
    assert not finding.resolve("source-hierarchy", ranking=["academic"]).coded
    assert finding.resolve("source-hierarchy").reason.startswith("not coded: needs a ranking of sources")


def test_own_side_first_own_side(finding_of: Callable[..., Finding]) -> None:
    """A party's number for its own dead is written."""
    resolution = finding_of(("rebels", 90), ("un", 14), ("state", 9)).resolve("own-side-first")
    assert (resolution.number, resolution.rule) == (9, "own-side")


def test_own_side_first_third_party(finding_of: Callable[..., Finding]) -> None:
    """Where the party gives none, a third party's number is written."""
    assert finding_of(("rebels", 90), ("un", 14), ("state", "silent")).resolve("own-side-first").number == 14


def test_own_side_first_opponent(finding_of: Callable[..., Finding]) -> None:
    """Where neither does, the opponent's; a source that nobody names counts nobody's dead."""
    assert finding_of(("rebels", 90), ("reports", 3)).resolve("own-side-first").number == 90
    assert not finding_of(("reports", 3)).resolve("own-side-first").coded


def test_latest_latest_statement(finding_of: Callable[..., Finding]) -> None:
    """What was stated last is written, and an undated claim has no place in time."""
    said = [("un", 14, {"stated": "2020-10-01"}), ("paper", 12, {"stated": "2020-10-03"}), ("aid", 9)]
    resolution = finding_of(*said).resolve("latest")
    assert resolution.number == 12
    assert {each.claim.source: each.reason for each in resolution.set_aside} == {
        "un": "another was stated later",
        "aid": "is not dated",
    }


def test_latest_needs_dates(finding_of: Callable[..., Finding]) -> None:
    """Several undated numbers have no last one; a single one is the last."""
    assert not finding_of(("un", 14), ("paper", 12)).resolve("latest").coded
    assert finding_of(("un", 14)).resolve("latest").number == 14
    assert not finding_of(("un", "silent")).resolve("latest").coded


def test_best_supported_most_allowed(finding_of: Callable[..., Finding]) -> None:
    """The range that most voices allow is written; a tie has no winner."""
    finding = finding_of(("un", Figure(10, 20)), ("paper", Figure.at_least(14)), ("aid", 5))
    resolution = finding.resolve("best-supported")
    assert (resolution.low, resolution.high, resolution.number) == (14, 20, None)
    tied = finding_of(("un", 14), ("paper", 12)).resolve("best-supported")
    assert tied.reason == ("not coded: needs one best-supported range, and 2 are supported equally: 12, 14")
    assert str(finding_of(("un", 14), ("paper", Figure(10, 20))).resolve("best-supported")) == "14 (14–14)"
    assert str(finding_of(("un", Figure.at_least(14))).resolve("best-supported")) == "14 or more"
    assert not finding_of(("un", "silent")).resolve("best-supported").coded


def test_median_middle(finding_of: Callable[..., Finding]) -> None:
    """The middle number is written."""
    assert finding_of(("un", 14), ("paper", 12), ("aid", 90)).resolve("median").number == 14


def test_median_whole_people(finding_of: Callable[..., Finding]) -> None:
    """Halfway between two numbers what is left over is cut off, and kept beside."""
    resolution = finding_of(("un", 15), ("paper", 12)).resolve("median")
    assert (resolution.number, resolution.unrounded) == (13, Fraction(27, 2))


def test_mean_average(finding_of: Callable[..., Finding]) -> None:
    """The sum is divided by the number of voices."""
    resolution = finding_of(("un", 15), ("paper", 12), ("aid", 9)).resolve("mean")
    assert (resolution.number, resolution.unrounded) == (12, None)


def test_mean_whole_people(finding_of: Callable[..., Finding]) -> None:
    """What is left over is cut off, and kept beside; without numbers there is none."""
    assert finding_of(("un", 15), ("paper", 12), ("aid", 10)).resolve("mean").unrounded == Fraction(37, 3)
    assert not finding_of(("un", "silent")).resolve("mean").coded
