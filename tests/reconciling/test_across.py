"""A part counted higher than its whole: a dispute, an early count that it outgrew, or a question."""

from __future__ import annotations

from typing import Any

import pytest

import casualties as cs
from casualties.model.claim import Claim
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term
from casualties.reconciling.across import Across, AcrossKind, across

DAY = "2013-08-14"
TERMS = [
    Term(kind="place", key="square", under=["land"]),
    Term(kind="side", key="north", against=["south"]),
]
SOURCES = [
    Source(key="ministry", kinds=["government"]),
    Source(key="ngo", kinds=["ngo"]),
    Source(key="army", kinds=["belligerent"], side="north"),
    Source(key="rebels", kinds=["belligerent"], side="south"),
]


def said(source: str, low: int, high: int | None, *, harm: str = "killed", **fields: Any) -> Claim:
    """State a figure of one day, of the facets that are given."""
    facets = {name: fields.pop(name) for name in list(fields) if name in Subject.model_fields}
    subject = Subject(**{"harm": [harm], "since": DAY, "until": DAY, **facets})
    return Claim(source=source, subject=subject, figure=cs.Figure(low, high), **fields)


def found(*claims: Claim) -> tuple[Across, ...]:
    """Compare the parts of a ledger with their wholes."""
    result = cs.reconcile(cs.Ledger(claims, sources=SOURCES, terms=TERMS))
    return across(result, result.view)


def kinds(*claims: Claim) -> list[str]:
    """List what is found of these claims."""
    return [each.kind.value for each in found(*claims)]


def test_part_of_a_place_above_the_place() -> None:
    """More than 1,000 in a square of a land for which 525 are stated: the named place is meant whole."""
    (each,) = found(said("ministry", 525, 525, place="land"), said("ngo", 1001, None, place="square"))
    assert (each.kind, each.gap, each.unsaid) == (AcrossKind.DISPUTE, 476, ())
    assert (each.floor.sources, each.ceiling.sources) == (("ngo",), ("ministry",))
    assert (each.inner.place, each.outer.place) == ("square", "land")


def test_whole_that_may_mean_a_part() -> None:
    """Eleven killed may mean civilians: 81 fighters dispute it only where it says that it means all."""
    fighters = said("army", 81, None, status="combatant")
    (each,) = found(said("ngo", 11, 11), fighters)
    assert (each.kind, each.unsaid) == (AcrossKind.QUESTION, ("status",))
    assert kinds(said("ngo", 11, 11, all=["status"]), fighters) == ["dispute"]


@pytest.mark.parametrize(
    ("whole", "part", "expected"),
    [
        ({"until": "2013-08-20"}, {}, ["dispute"]),  # the day lies in the week
        ({}, {"until": "2013-08-20"}, []),  # and the week not in the day
        ({"since": "2013-08-01", "until": "2013-08-20"}, {}, ["dispute"]),
        ({"since": None}, {}, ["question"]),  # from when nobody says
        ({"until": None}, {}, []),  # until when nobody says
        ({"harm": "casualties"}, {}, ["dispute"]),
        ({"harm": "wounded"}, {}, []),
    ],
)
def test_days_and_harms(whole: dict[str, Any], part: dict[str, Any], expected: list[str]) -> None:
    """A ceiling bears on what is counted by its day, since its own first day, and in its harm."""
    assert kinds(said("ngo", 5, 5, place="land", **whole), said("ministry", 9, 9, place="square", **part)) == expected


def test_assumed_ends_dispute_nothing() -> None:
    """About 100 is 80 to 120 by convention: neither end contradicts 130 or 50."""
    about = cs.parse_figure("about 100")
    whole = said("ngo", 0, None, place="land").replacing(figure=about)
    assert kinds(whole, said("ministry", 130, 130, place="square")) == []
    assert (
        kinds(said("ngo", 50, 50, place="land"), whole.replacing(subject=whole.subject.replacing(place="square"))) == []
    )


def test_early_count_that_its_part_outgrew() -> None:
    """525 on the first evening, 817 in the square a year later: an early count of a source that takes no side."""
    early = said("ministry", 525, 525, place="land", stated="2013-08-15")
    late = said("ngo", 817, None, place="square", stated="2014-08-12")
    assert kinds(early, late) == ["overtaken"]
    assert kinds(early.replacing(stated="2013-08-16"), late) == ["dispute"]
    assert kinds(early.replacing(modality="confirmed"), late) == ["dispute"]
    assert kinds(early.replacing(figure=cs.Figure(0, 525)), late) == ["dispute"]
    assert kinds(early.replacing(stated="2013-09-30", modality="preliminary"), late) == ["overtaken"]
    assert kinds(early, late.replacing(stated="2013-08-15")) == ["dispute"]
    assert kinds(early, late.replacing(stated=None)) == ["dispute"]
    before = said("ngo", 600, None, place="square", stated="2013-08-14")
    assert kinds(early, before, late) == ["dispute"]
    as_high = said("ngo", 525, None, place="square", stated="2013-08-15")  # as high as the early count, not above it
    assert kinds(early, as_high, late) == ["overtaken"]


def test_early_while_the_dead_were_counted() -> None:
    """Until the last day on which the dead of an event were searched for, and not a day longer, a count is early."""
    early = said("ministry", 525, 525, place="land", event="fall", stated="2013-09-30")
    late = said("ngo", 817, None, place="square", event="fall", stated="2014-08-12")
    for until, expected in (("2013-09-29", "dispute"), ("2013-09-30", "overtaken")):
        event = Term(kind="event", key="fall", counted_until=until)
        result = cs.reconcile(cs.Ledger([early, late], sources=SOURCES, terms=[*TERMS, event]))
        assert [each.kind.value for each in across(result, result.view)] == [expected]


def test_an_enemy_outgrows_nothing() -> None:
    """Nor does a larger number of the other side overtake a preliminary one, nor anything the count of a side."""
    early = said("army", 525, 525, place="land", stated="2013-08-15", modality="preliminary")
    late = said("rebels", 817, None, place="square", stated="2014-08-12")
    assert kinds(early, late) == ["dispute"]
    assert kinds(early, late.replacing(source="ngo")) == ["overtaken"]
    assert kinds(early.replacing(modality=None), late.replacing(source="ngo")) == ["dispute"]


def test_stocks_of_one_day() -> None:
    """Missing in the square are among the missing of the land on the same day, and on no other."""
    whole = said("ministry", 5, 5, harm="missing", place="land", since=None)
    part = said("ngo", 9, None, harm="missing", place="square", since=None)
    assert kinds(whole, part) == ["dispute"]
    assert kinds(whole, part.replacing(subject=part.subject.replacing(until="2013-08-15"))) == []


def test_denial_of_the_whole() -> None:
    """That nothing happened in the land is no count of a day, and nine killed in its square dispute it."""
    none = Claim(
        source="ministry",
        subject=Subject(harm=["killed"], place="land", since=DAY, until=DAY),
        stance="denies",
        aspect="occurrence",
    )
    assert kinds(none, said("ngo", 9, None, place="square")) == ["dispute"]


def test_widest_gap_first_and_a_source_against_itself() -> None:
    """Disputes stand before questions, the widest gap first; one source may contradict itself."""
    listed = found(
        said("ministry", 10, 10, place="land"),
        said("ministry", 12, None, place="square"),
        said("ngo", 40, None, place="square"),
        said("ngo", 50, None, place="square", status="civilian", since="2013-08-14"),
    )
    assert [(each.kind.value, each.gap) for each in listed if each.outer.place == "land"][:2] == [
        ("dispute", 30),
        ("dispute", 2),
    ]
    assert listed[1].floor.sources == listed[1].ceiling.sources
    assert [each.sort_key for each in listed] == sorted(each.sort_key for each in listed)


def test_table_tells_it() -> None:
    """The last line of the table does not say that nothing contradicts, and names both claims."""
    claims = [said("ministry", 525, 525, place="land"), said("ngo", 1001, None, place="square")]
    result = cs.reconcile(cs.Ledger(claims, sources=SOURCES, terms=TERMS))
    text = " ".join(result.to_text().split())
    assert (
        "No counts contradict one another on one subject. A part is counted above its whole: 2 above 1 (gap 476)."
        in text
    )
    early = claims[0].replacing(stated="2013-08-15")
    late = claims[1].replacing(stated="2014-08-12")
    text = " ".join(cs.reconcile(cs.Ledger([early, late], sources=SOURCES, terms=TERMS)).to_text().split())
    nothing = "No counts contradict one another, on one subject or between a part and its whole."
    assert f"{nothing} A part overtook an early count of its whole: 2 above 1 (gap 476)." in text


@pytest.mark.parametrize(("since", "expected"), [("2013-08-13", []), (DAY, ["dispute"]), (None, [])])
def test_part_that_counts_from_an_earlier_day(since: str | None, expected: list[str]) -> None:
    """Who counts from the day before, or does not say from when, may count people whom the whole leaves out."""
    assert (
        kinds(said("ministry", 525, 525, place="land"), said("ngo", 1001, None, place="square", since=since))
        == expected
    )


def test_part_without_its_whole_is_compared_with_nothing() -> None:
    """Where only the findings on the part are given there is no whole to set it against."""
    claims = [said("ministry", 525, 525, place="land"), said("ngo", 1001, None, place="square")]
    result = cs.reconcile(cs.Ledger(claims, sources=SOURCES, terms=TERMS))
    assert len(across(result, result.view)) == 1
    assert across([each for each in result if each.subject.place == "square"], result.view) == ()
