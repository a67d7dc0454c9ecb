"""Proposals of which rows are one event, what people say of them, and what follows."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.aligning.perturbed import perturbed

import casualties as cs
from casualties.aligning import SURE, Alignment
from casualties.aligning._grouping import grouped
from casualties.errors import CasualtiesError, MappingError, UnknownNameError
from casualties.files.mapped import Event, EventList
from casualties.model.identification import Relation
from casualties.model.period import PartialDate

DATA = Path("..") / "shared" / "data"


def event(key: str, day: str = "2020-08-18", north: float | None = 40.0, **more: Any) -> Event:
    """Make an event at a place of the same name, a degree of latitude being 111 km."""
    when = PartialDate.parse(day)
    fields: dict[str, Any] = {
        "places": (f"Town {round(north or 0)}",),
        "actors": ("army", "rebels"),
        "kind": "fighting",
    }
    return Event(key, when, when, north, 47.0 if north is not None else None, **{**fields, **more})


def towns(name: str, count: int = 30, *, prefix: str = "") -> EventList:
    """Make a list of events, one a week, each in a town of its own."""
    days = [
        PartialDate.day(PartialDate.parse("2020-01-01").earliest.replace(month=1 + k // 28, day=1 + k % 28))
        for k in range(count)
    ]
    return EventList(name, [event(f"{prefix}{k}", str(days[k]), 10.0 + k) for k in range(count)])


def lists() -> tuple[EventList, EventList]:
    """Make a list and a copy of it with other keys, a day later, with three times the dead."""
    one = EventList("one", [replace(each, figure=cs.Figure.exactly(10)) for each in towns("one", prefix="a-")])
    moved = [
        replace(
            each,
            key=each.key.replace("a-", "b-"),
            since=PartialDate.day(each.since.earliest.replace(year=2020)) if each.since else None,
            figure=cs.Figure.exactly(30),
        )
        for each in one
    ]
    return one, EventList("other", moved)


def groups(alignment: Alignment) -> set[tuple[str, ...]]:
    """Give the groups of events that are said to be the same."""
    return {each.events for each in alignment.identifications if each.is_same}


def test_a_copy_is_matched_row_by_row() -> None:
    """Each row has its own partner, whatever the figures."""
    one, other = lists()
    said = cs.align(one, other).accept(p=0.95, by="reviewer", on="2026-11-28")
    assert groups(said) == {(f"a-{k}", f"b-{k}") for k in range(30)}


def test_figures_take_no_part() -> None:
    """With other figures every probability is the same."""
    one, other = lists()
    chance = random.Random(3)
    figured = EventList("other", [replace(each, figure=cs.Figure.exactly(chance.randrange(999))) for each in other])
    before, after = cs.align(one, other).proposals, cs.align(one, figured).proposals
    assert [(each.events, each.probability) for each in before] == [(each.events, each.probability) for each in after]


def test_order_of_rows_and_lists_changes_nothing() -> None:
    """Rows shuffled and lists exchanged give the same proposals."""
    one, other = lists()
    chance = random.Random(1)
    mixed = [EventList(each.name, chance.sample(list(each), len(each))) for each in (other, one)]
    before, after = cs.align(one, other).proposals, cs.align(*mixed).proposals
    assert [each.events for each in before] == [each.events for each in after]
    assert all(abs(a.probability - b.probability) <= 1e-9 for a, b in zip(before, after, strict=True))


def test_nothing_is_accepted_without_a_probability_and_a_name() -> None:
    """Neither has a default."""
    with pytest.raises(TypeError):
        cs.align(*lists()).accept(by="reviewer")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        cs.align(*lists()).accept(p=0.9)  # type: ignore[call-arg]
    with pytest.raises(CasualtiesError, match="no probability above 0"):
        cs.align(*lists()).accept(p=0, by="reviewer")


def test_what_is_accepted_says_how_it_was_found() -> None:
    """Who, when, why, by which method and with what score."""
    said = cs.align(*lists()).accept(p=0.95, by="reviewer", on="2026-11-28").identifications[0]
    assert (said.says, str(said.stated), said.method, said.version) == (
        "reviewer",
        "2026-11-28",
        "casualties.align",
        "1",
    )
    assert said.because == "accepted at 0.95 or more"
    assert float(said.score or 0) >= SURE


def test_a_refusal_is_kept_and_not_proposed_again() -> None:
    """Nor by aligning anew with what is known."""
    one, other = lists()
    refused = cs.align(one, other).different("a-3", "b-3", by="reviewer", on="2026-11-28")
    for each in (refused, cs.align(one, other, known=refused.ledger)):
        assert ("a-3", "b-3") not in {match.events for match in each.proposals}
        assert ("a-3", "b-3") not in groups(each.accept(p=0.05, by="reviewer", on="2026-11-28"))
        assert [said.relation for said in each.identifications] == [Relation.DIFFERENT]


def test_what_is_answered_is_not_asked_again() -> None:
    """An answer takes its question away, and its rivals' probabilities with it."""
    alignment = cs.align(*lists())
    [first] = alignment.ask(1)
    said = alignment.same(*first.events, by="reviewer", on="2026-11-28")
    assert first.events not in {match.events for match in said.ask(99)}
    assert len(said.ask(99)) == len(alignment.ask(99)) - 1


def test_an_alignment_never_changes() -> None:
    """Answers give new alignments."""
    alignment = cs.align(*lists())
    alignment.same("a-1", "b-1", by="reviewer")
    assert alignment.identifications == ()


def test_part_of_is_said_and_never_proposed() -> None:
    """Only a person puts an event inside another."""
    alignment = cs.align(*lists())
    accepted = alignment.accept(p=0.05, by="reviewer", on="2026-11-28")
    assert {said.relation for said in accepted.identifications} == {Relation.SAME}
    [said] = alignment.part_of("a-1", "b-1", by="reviewer", because="one row for two events").identifications
    assert (said.relation, said.events, said.whole) == (Relation.PART_OF, ("a-1",), "b-1")


def test_rows_of_one_list_are_never_one_event() -> None:
    """Neither by a person's word here nor by way of a third list."""
    one, other = lists()
    with pytest.raises(CasualtiesError, match="both are rows of 'one'"):
        cs.align(one, other).same("a-1", "a-2", by="reviewer")
    third = EventList("third", [replace(each, key=each.key.replace("a-", "c-")) for each in one])
    said = cs.align(one, other, third).accept(p=0.5, by="reviewer", on="2026-11-28")
    assert groups(said) == {(f"a-{k}", f"b-{k}", f"c-{k}") for k in range(30)}


def test_groups_hold_no_two_rows_of_one_list_and_no_refused_pair() -> None:
    """The most probable pairs join first; what would break a rule is left out."""
    pairs = [(0.9, 0, 2), (0.8, 1, 2), (0.7, 2, 3), (0.6, 4, 5)]
    found, joining = grouped(pairs, owner=[0, 0, 1, 2, 0, 1], apart=[(0, 3)])
    assert found == [[0, 2], [4, 5]]
    assert joining == [(0.9, 0, 2), (0.6, 4, 5)]


def test_rows_without_coordinates_are_found_by_their_place() -> None:
    """A word of the place is enough to be looked at."""
    one, _ = lists()
    bare = EventList("bare", [replace(each, key=f"z{each.key}", latitude=None, longitude=None) for each in one])
    assert {match.events for match in cs.align(one, bare).proposals} >= {("za-3", "a-3"), ("za-7", "a-7")}


def test_events_of_several_days_are_near_throughout() -> None:
    """A row of a month is near one that falls within it."""
    month = event("long", "2020-08-01")
    month = replace(month, until=PartialDate.parse("2020-08-31"))
    alignment = cs.align(EventList("one", [month]), EventList("other", [event("short", "2020-08-20")]))
    assert len(alignment._found[0].i) == 1


def test_totals_tell_all_ends() -> None:
    """Thirty rows of 10 and of 30: 1,200 as different; as the same 10 to 30 each."""
    totals = cs.align(*lists()).totals
    assert (str(totals.different), str(totals.said)) == ("1,200", "1,200")
    assert (str(totals.sure), str(totals.plausible)) == ("300–900", "300–900")
    assert totals.expected == pytest.approx(600, abs=5)
    assert "expected by the model, no count" in str(totals)
    said = cs.align(*lists()).same("a-1", "b-1", by="reviewer").totals.said
    assert str(said) == "1,170–1,190"


def test_rows_without_a_figure_are_counted_and_not_added() -> None:
    """No figure is not zero."""
    one, other = lists()
    silent = EventList("other", [replace(each, figure=None) for each in other])
    assert cs.align(one, silent).totals.unknown == 30


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda one, other: cs.align(one, EventList("one")), "both have one name"),
        (lambda one, other: cs.align(one, EventList("twin", one)), "and 29 more"),
        (lambda one, other: cs.align(one, other, km=0), "rows so near there are none"),
    ],
)
def test_lists_that_cannot_be_told_apart_are_refused(call: Any, message: str) -> None:
    """Names of lists and keys of events are their own."""
    with pytest.raises(CasualtiesError, match=message):
        call(*lists())


def test_an_unknown_key_is_named() -> None:
    """The error names the key and the lists."""
    with pytest.raises(UnknownNameError, match="'nobody'"):
        cs.align(*lists()).same("a-1", "nobody", by="reviewer")


def test_a_key_that_stands_twice_is_refused() -> None:
    """A list tells its events apart."""
    with pytest.raises(CasualtiesError, match="1 keys stand there twice, such as 'a'"):
        EventList("one", [Event("a"), Event("a"), Event("b")])


SHEET = {
    "name": "sheet",
    "source": "ministry",
    "claims": [
        {"harm": "killed", "count": "dead", "event": "sheet-{n}", "place": "{town}", "since": "{day}", "until": "{day}"}
    ],
    "events": {"latitude": "{lat}", "longitude": "{lon}"},
}


def test_a_sheet_is_read_as_events_by_the_mapping_of_its_claims() -> None:
    """Keys and days are those of the claims, and a row that is no event is named."""
    rows = [
        {"n": 1, "day": "2020-08-18", "town": "Barda", "dead": "12-30", "lat": "40.37", "lon": "47.13"},
        {"n": 2, "day": "2020-08-19", "town": "", "dead": "", "lat": "", "lon": ""},
        {"n": 3, "day": "2020-08-19", "town": "Ganja", "dead": "1", "lat": "95", "lon": "46"},
    ]
    found = cs.tables.events(rows, SHEET)
    first, second = found
    assert (first.key, first.places, first.latitude, str(first.figure)) == ("sheet-1", ("Barda",), 40.37, "12–30")
    assert (second.places, second.latitude, second.figure) == ((), None, None)
    [problem] = found.problems
    assert (problem.place, problem.message) == ("row 3", "'95' is no number of degrees")
    claims = cs.read_table(rows, SHEET).ledger
    assert first.key in {claim.subject.event for claim in claims}


def test_a_mapping_without_events_is_refused() -> None:
    """Rows that name no event cannot be aligned, and the error says what to write."""
    mapping = {"name": "sheet", "source": "a", "claims": [{"harm": "killed", "count": "dead"}]}
    with pytest.raises(MappingError, match="its rows are no events"):
        cs.tables.events([{"dead": 1}], mapping)


def test_presets_read_where_and_who() -> None:
    """An incident of Airwars has its coordinates and the side it is ascribed to, where the table has them."""
    row = {"Incident code": "CI001", "Incident date": "2017-03-17", "Civilians reported killed": "105–141"}
    where = {
        "Location": "Mosul",
        "Latitude": "36.31",
        "Longitude": "43.10",
        "Suspected belligerent": "US-led Coalition",
    }
    [bare], [full] = cs.tables.events([row], "airwars"), cs.tables.events([row | where], "airwars")
    assert (bare.latitude, bare.longitude, bare.places, bare.actors) == (None, None, (), ())
    assert (full.latitude, full.longitude, full.places, full.actors) == (
        36.31,
        43.10,
        ("Mosul",),
        ("US-led Coalition",),
    )


@pytest.mark.real_data
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_copies_of_real_lists_are_matched(seed: int) -> None:
    """What the page promises of the sample of UCDP, at .95: precision .995, recall .97, one new event in 200 hidden."""
    known = perturbed(cs.tables.events(DATA / "ucdp-ged" / "ged231_sample_1000.csv", "ucdp-ged"), seed)
    said = cs.align(known.one, known.other).accept(p=0.95, by="reviewer", on="2026-11-28").identifications
    found = {(a, b) if a in known.one else (b, a) for a, b in (each.events for each in said)}
    found = {pair for pair in found if pair[0] not in known.several.get(pair[1], ())}
    assert len(found & known.same) >= 0.995 * len(found)
    assert len(found & known.same) >= 0.97 * len(known.same)
    assert len([pair for pair in found if pair[1] in known.new]) <= 0.005 * len(known.new)


@pytest.mark.real_data
def test_lists_that_share_nothing_are_left_alone() -> None:
    """Of two halves of one list, 500 rows each, at most two rows are accepted at .95."""
    events = list(cs.tables.events(DATA / "ucdp-ged" / "ged231_sample_1000.csv", "ucdp-ged"))
    random.Random(1).shuffle(events)
    halves = EventList("one", events[:500]), EventList("other", events[500:])
    assert len(cs.align(*halves).accept(p=0.95, by="reviewer", on="2026-11-28").identifications) <= 2
