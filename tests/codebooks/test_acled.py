"""ACLED, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from casualties.model.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from casualties.results import Finding

MORNING, WEEKS_LATER = {"stated": "2020-09-30"}, {"stated": "2020-11-10"}


@pytest.fixture
def event_of(finding_of: Callable[..., Finding]) -> Callable[..., Finding]:
    """Return a function that gives the finding on everybody killed."""

    def build(*said: object, **facets: object) -> Finding:
        return finding_of(*said, **{"side": None, "status": None, **facets})

    return build


def test_acled_direct_deaths(event_of: Callable[..., Finding]) -> None:
    """Who dies of hunger or disease is not counted, unless the caller takes the risk by name."""
    finding = event_of(("un", 14), cause="indirect")
    assert finding.resolve("acled").reason == "not coded: needs a count of direct deaths, not of indirect ones"
    assert finding.resolve("acled", other_harm_ok=True).number == 14


@pytest.mark.parametrize(
    ("group", "named"),
    [({"side": "red"}, "side"), ({"status": "civilian"}, "status"), ({"age": "child", "sex": "female"}, "age and sex")],
)
def test_acled_of_the_event(event_of: Callable[..., Finding], group: dict[str, object], named: str) -> None:
    """Deaths belong to the event: of a side, of civilians or of children no number is written."""
    finding = event_of(("un", 14), **group)
    wanted = f"not coded: needs a count of everybody killed in the event, not of a group by {named} (group_ok=…)"
    assert finding.resolve("acled").reason == wanted
    assert finding.resolve("acled", group_ok=True).number == 14


def test_acled_most_reliable(event_of: Callable[..., Finding]) -> None:
    """The most reliable accounts come first: those of a named source, then the best graded, and of these the lowest."""
    assert event_of(("un", 14), ("reports", 3)).resolve("acled").number == 14
    assert event_of(("reports", 3)).resolve("acled").number == 3
    graded = event_of(
        ("un", 14, {"grade": "A"}), ("aid", 20, {"grade": "A"}), ("paper", 12, {"grade": "C"}), ("agency", 9)
    )
    resolution = graded.resolve("acled")
    assert (resolution.number, resolution.rule) == (14, "lowest")
    reasons = {each.claim.source: each.reason for each in resolution.set_aside}
    assert reasons == {
        "aid": "the codebook takes the most cautious number",
        "paper": "others are more reliable",
        "agency": "others are more reliable",
    }


def test_acled_refuted_is_not_reliable(event_of: Callable[..., Finding]) -> None:
    """No more than 38 is no reliable account beside 817 whom somebody documented one by one."""
    listed = {"facets": {"basis": "documented"}}
    resolution = event_of(("ministry", Figure.at_most(38)), ("aid", Figure.at_least(817), listed)).resolve("acled")
    assert resolution.number == 817


def test_acled_outdated(event_of: Callable[..., Finding]) -> None:
    """5 and "more than 3" on the day are not the lowest of several accounts when 12 are counted weeks later."""
    said = [("paper", 5, MORNING), ("agency", Figure.at_least(4), MORNING), ("un", 12, WEEKS_LATER)]
    resolution = event_of(*said).resolve("acled")
    assert resolution.number == 12
    assert {each.reason for each in resolution.set_aside} == {"an early count, which a later one overtook"}
    assert event_of(*said).resolve("acled", early="kept").number == 4


def test_acled_enemy_makes_no_account_outdated(event_of: Callable[..., Finding]) -> None:
    """What a side says of the first day is not outgrown by the larger number that its enemy names weeks later."""
    said = [("state", Figure.at_least(5), MORNING), ("rebels", 90, WEEKS_LATER)]
    assert event_of(*said).resolve("acled").number == 5


def test_acled_lowest(event_of: Callable[..., Finding]) -> None:
    """Where reports differ, the lowest number is written, and the others are set aside with the reason."""
    resolution = event_of(("un", 14), ("paper", 12), ("aid", 40)).resolve("acled")
    assert (resolution.number, resolution.rule) == (12, "lowest")
    assert [claim.source for claim in resolution.used] == ["paper"]
    assert {each.reason for each in resolution.set_aside} == {"the codebook takes the most cautious number"}


def test_acled_better_information(event_of: Callable[..., Finding]) -> None:
    """A number that two voices name displaces a lower one, where that is asked for."""
    finding = event_of(("un", 14), ("paper", 14), ("aid", 12))
    assert finding.resolve("acled").number == 12
    resolution = finding.resolve("acled", corroborated="first")
    assert (resolution.number, resolution.rule) == (14, "better-information")


@pytest.mark.parametrize(("words", "number"), [("tens", 10), ("dozens", 12), ("hundreds", 100)])
def test_acled_tens(event_of: Callable[..., Finding], words: str, number: int) -> None:
    """Tens are written as 10, dozens as 12, hundreds as 100, though the words give more."""
    resolution = event_of(("paper", words)).resolve("acled")
    assert resolution.number == number
    assert any(step.rule == "words" and "'acled'" in step.text for step in resolution.steps)


def test_acled_twelve_for_dozens_lies_outside_what_was_said(event_of: Callable[..., Finding]) -> None:
    """12 for dozens, of which the words give 24 or more, is marked, and the last step gives the codebook's reason."""
    finding = event_of(("paper", "dozens", {"figure": Figure.at_least(24)}))
    resolution = finding.resolve("acled")
    assert (resolution.number, resolution.outside_span) == (12, True)
    assert resolution.steps[-1].text.startswith("12 lies outside what was said, the sources state 24 or more: ")


@pytest.mark.parametrize("words", ["several", "many", "a few"])
def test_acled_several(event_of: Callable[..., Finding], words: str) -> None:
    """Several, many and few are 3, or 10 where the user says that the event is large."""
    finding = event_of(("paper", words))
    assert (finding.resolve("acled").number, finding.resolve("acled", several=10).number) == (3, 10)


@pytest.mark.parametrize(("words", "number"), [("at least 11", 11), ("more than 80", 80)])
def test_acled_floor(event_of: Callable[..., Finding], words: str, number: int) -> None:
    """At least N and more than N are written as N."""
    assert event_of(("paper", words)).resolve("acled").number == number


def test_acled_casualties(event_of: Callable[..., Finding]) -> None:
    """Casualties of whom no deaths are reported are 0 deaths, said in the words or in the subject."""
    assert event_of(("paper", "casualties")).resolve("acled").number == 0
    resolution = event_of(("paper", 200), harm=["casualties"]).resolve("acled")
    assert (resolution.number, resolution.rule, resolution.outside_span) == (0, "casualties", True)


@pytest.mark.parametrize("silence", [None, "not-mentioned"])
def test_acled_no_mention(event_of: Callable[..., Finding], silence: str | None) -> None:
    """Where a report mentions no deaths, 0 is written, and the resolution says that nobody stated it."""
    resolution = event_of(("state", "silent", {"silence": silence})).resolve("acled")
    assert (resolution.number, resolution.rule) == (0, "no-mention")
    assert "no source states a figure" in resolution.steps[-1].text


def test_acled_withheld_is_no_zero(event_of: Callable[..., Finding]) -> None:
    """A number that a source keeps to itself is not 0, nor is one about which only a denial is known."""
    assert not event_of(("state", "silent", {"silence": "withheld"})).resolve("acled").coded
    assert not event_of(("state", "denies", {"aspect": "occurrence"})).resolve("acled").coded
    assert event_of(("state", "denies", {"aspect": "occurrence"})).resolve("acled", denials="zero").number == 0


def test_acled_divided(event_of: Callable[..., Finding]) -> None:
    """A total is divided evenly over days or places, the remainder to the first."""
    finding = event_of(("paper", 14))
    days = finding.resolve("acled", over=["days"])
    assert [str(part) for part in days.parts] == [
        "2020-09-27: 5",
        "2020-09-28: 3",
        "2020-09-29: 3",
        "2020-09-30: 3",
    ]
    places = finding.resolve("acled", over=["Barda", "Ganja", "Tartar"])
    assert [part.number for part in places.parts] == [6, 4, 4]


def test_acled_division_over_days_needs_the_days(event_of: Callable[..., Finding]) -> None:
    """Without a first day nothing is divided over days."""
    resolution = event_of(("paper", 14), since=None).resolve("acled", over=["days"])
    assert resolution.reason == "not coded: needs a first and a last day, to divide the number over days"
