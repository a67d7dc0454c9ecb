"""Casualty fields of infoboxes: what is read, and what is left as it stands."""

from __future__ import annotations

import pytest

import casualties as cs
from casualties.files.wikipedia import statements


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Per Azerbaijan: 2,906 servicemen killed", ["Azerbaijan: 2,906 killed combatant"]),
        ("132 killed", [": 132 killed"]),
        ("68 killed 200 wounded", [": 68 killed", ": 200 wounded"]),
        ("4 civilians killed\n3 civilians injured", [": 4 killed civilian", ": 3 wounded civilian"]),
        ("541 Syrian mercenaries killed", [": 541 killed combatant Syrian mercenaries"]),
        ("1,200-1,360 killed and wounded", [": 1,200-1,360 killed-or-wounded"]),
        (
            "Per SDF:\n508 killed, 73 captured\nPer Turkey: 1,313 killed or captured",
            ["SDF: 508 killed", "SDF: 73 captured", "Turkey: 1,313 killed-or-captured"],
        ),
        ("Ukrainian claim:\n30+ soldiers killed", ["Ukrainian: 30+ killed combatant"]),
        ("300+ killed (Al Rai claim)", ["Al Rai: 300+ killed"]),
        ("400 killed (per the SAA)", ["SAA: 400 killed"]),
        ("Dead: 5,856 –6,000", [": 5,856 –6,000 killed"]),
        ("Unknown", [": unknown casualties"]),
        ("Unspecified killed 29 captured", [": unspecified killed", ": 29 captured"]),
        ("many wounded", [": many wounded"]),
        ("10", [": 10 casualties"]),
        ("132 killed<ref>x</ref>\n\nSee Casualties for details", [": 132 killed"]),
        ("", []),
    ],
)
def test_fields_are_taken_apart(text: str, found: list[str]) -> None:
    """Each count has its party, words, harm, status and role, as far as they are said."""
    keys = ("words", "harm", "status", "role")
    assert [
        f"{each['party']}: " + " ".join(each[key] for key in keys if each[key]) for each in statements(text)
    ] == found


@pytest.mark.parametrize(
    "text",
    [
        "7+ tanks destroyed",
        "Heavy",
        "185+ killed (10-15 June only)",
        "Per Russia (Kharkiv only): 276+ killed",
        "100 Azerbaijani and 85 Armenian civilians killed",
        "22 civilians killed in Turkey by shelling",
        "120 killed (18 Sep. – 25 Sep.; 29 Oct. claim)",
    ],
)
def test_what_the_grammar_does_not_know_has_no_harm(text: str) -> None:
    """A qualified count, a count of things and a count of two groups are left as they stand."""
    assert [each["harm"] for each in statements(text)] == [""]


def test_infobox_to_claims() -> None:
    """A field becomes claims of the parties that it names; the rest is in quarantine, and all adds up."""
    row = {
        "title": "Battle of Barda",
        "snapshot": "14 Jul 2022",
        "field": "casualties1",
        "combatant1": "🇦🇿 Azerbaijan\n* Syrian mercenaries",
        "combatant2": "Armenia",
        "text": "Per Armenia: 20+ soldiers killed, 3 civilians killed, 2 tanks destroyed\n10 wounded (per SOHR)",
    }
    found = cs.read_table([row], "wikipedia-infobox")
    assert [f"{each.source}: {each.subject}: {each.figure}" for each in found.ledger] == [
        "Armenia: killed, Azerbaijan, combatant, Battle of Barda: 20 or more",
        "Armenia: killed, civilian, Battle of Barda: 3",
        "SOHR: wounded, Azerbaijan, Battle of Barda: 10",
    ]
    assert [each.value for each in found.quarantine] == ["2 tanks destroyed"]
    assert str(found.counts) == ("1 row, 0 outside; 4 cells: 3 in claims, 0 silent, 1 in quarantine, 0 hold nothing")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "185+ killed (10-15 June only)",
            "it counts some days alone, and the field does not say of which the others are",
        ),
        ("22 civilians killed in Turkey by shelling", "it counts those of one place or cause alone"),
        (
            "Per Russia (Kharkiv only): 276+ killed",
            "a note in brackets narrows the whole list, and the field has no place for it",
        ),
    ],
)
def test_qualified_count_says_why_it_is_left(text: str, message: str) -> None:
    """It says what happened to the people; what is wrong is that the field cannot hold what narrows it."""
    row = {"title": "X", "snapshot": "2031-01-01", "field": "casualties1", "combatant1": "A", "combatant2": "B"}
    (bad,) = cs.read_table([{**row, "text": text}], "wikipedia-infobox").quarantine
    assert (bad.value, bad.rule, bad.message) == (text.partition(": ")[2] or text, "no-harm", message)
    assert bad.hint == "write it as a claim of its own, with what narrows it"
