"""ACLED, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from casualties.model.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from casualties.results import Finding


def test_acled_lowest(finding_of: Callable[..., Finding]) -> None:
    """Where reports differ, the lowest number is written, and the others are set aside with the reason."""
    resolution = finding_of(("un", 14), ("paper", 12), ("aid", 40)).resolve("acled")
    assert (resolution.number, resolution.rule) == (12, "lowest")
    assert [claim.source for claim in resolution.used] == ["paper"]
    assert {each.reason for each in resolution.set_aside} == {"the codebook takes the most cautious number"}


def test_acled_better_information(finding_of: Callable[..., Finding]) -> None:
    """A number that two voices name displaces a lower one, where that is asked for."""
    finding = finding_of(("un", 14), ("paper", 14), ("aid", 12))
    assert finding.resolve("acled").number == 12
    resolution = finding.resolve("acled", corroborated="first")
    assert (resolution.number, resolution.rule) == (14, "better-information")


@pytest.mark.parametrize(("words", "number"), [("tens", 10), ("dozens", 12), ("hundreds", 100)])
def test_acled_tens(finding_of: Callable[..., Finding], words: str, number: int) -> None:
    """Tens are written as 10, dozens as 12, hundreds as 100, though the words give more."""
    resolution = finding_of(("paper", words)).resolve("acled")
    assert resolution.number == number
    assert any(step.rule == "words" and "'acled'" in step.text for step in resolution.steps)


def test_acled_twelve_for_dozens_lies_outside_what_was_said(finding_of: Callable[..., Finding]) -> None:
    """12 for dozens, of which the words give 24 or more, is marked, and the last step gives the codebook's reason."""
    finding = finding_of(("paper", "dozens", {"figure": Figure.at_least(24)}))
    resolution = finding.resolve("acled")
    assert (resolution.number, resolution.outside_span) == (12, True)
    assert resolution.steps[-1].text.startswith("12 lies outside what was said, the sources state 24 or more: ")


@pytest.mark.parametrize("words", ["several", "many", "a few"])
def test_acled_several(finding_of: Callable[..., Finding], words: str) -> None:
    """Several, many and few are 3, or 10 where the user says that the event is large."""
    finding = finding_of(("paper", words))
    assert (finding.resolve("acled").number, finding.resolve("acled", several=10).number) == (3, 10)


@pytest.mark.parametrize(("words", "number"), [("at least 11", 11), ("more than 80", 80)])
def test_acled_floor(finding_of: Callable[..., Finding], words: str, number: int) -> None:
    """At least N and more than N are written as N."""
    assert finding_of(("paper", words)).resolve("acled").number == number


def test_acled_casualties(finding_of: Callable[..., Finding]) -> None:
    """Casualties of whom no deaths are reported are 0 deaths, said in the words or in the subject."""
    assert finding_of(("paper", "casualties")).resolve("acled").number == 0
    resolution = finding_of(("paper", 200), harm=["casualties"]).resolve("acled")
    assert (resolution.number, resolution.rule, resolution.outside_span) == (0, "casualties", True)


@pytest.mark.parametrize("silence", [None, "not-mentioned"])
def test_acled_no_mention(finding_of: Callable[..., Finding], silence: str | None) -> None:
    """Where a report mentions no deaths, 0 is written, and the resolution says that nobody stated it."""
    resolution = finding_of(("state", "silent", {"silence": silence})).resolve("acled")
    assert (resolution.number, resolution.rule) == (0, "no-mention")
    assert "no source states a figure" in resolution.steps[-1].text


def test_acled_withheld_is_no_zero(finding_of: Callable[..., Finding]) -> None:
    """A number that a source keeps to itself is not 0, nor is one about which only a denial is known."""
    assert not finding_of(("state", "silent", {"silence": "withheld"})).resolve("acled").coded
    assert not finding_of(("state", "denies", {"aspect": "occurrence"})).resolve("acled").coded
    assert finding_of(("state", "denies", {"aspect": "occurrence"})).resolve("acled", denials="zero").number == 0


def test_acled_divided(finding_of: Callable[..., Finding]) -> None:
    """A total is divided evenly over days or places, the remainder to the first."""
    finding = finding_of(("paper", 14))
    days = finding.resolve("acled", over=["days"])
    assert [str(part) for part in days.parts] == [
        "2020-09-27: 5",
        "2020-09-28: 3",
        "2020-09-29: 3",
        "2020-09-30: 3",
    ]
    places = finding.resolve("acled", over=["Barda", "Ganja", "Tartar"])
    assert [part.number for part in places.parts] == [6, 4, 4]


def test_acled_division_over_days_needs_the_days(finding_of: Callable[..., Finding]) -> None:
    """Without a first day nothing is divided over days."""
    resolution = finding_of(("paper", 14), since=None).resolve("acled", over=["days"])
    assert resolution.reason == "not coded: needs a first and a last day, to divide the number over days"
