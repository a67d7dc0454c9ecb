"""Subjects, periods and dates in plain words."""

from __future__ import annotations

import pytest

from casualties.model.period import PartialDate
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term, Vocabulary
from casualties.show.describe import (
    capitalised,
    describe,
    describe_date,
    describe_harm,
    describe_period,
    enumeration,
    named,
    with_article,
)

WORDS = Vocabulary(
    [
        Term(kind="side", key="armenian", names=["Armenian side"]),
        Term(kind="side", key="turkish-military", names=["Turkish military"]),
        Term(kind="role", key="pilot", status=["combatant"]),
        Term(kind="role", key="medic", names=["Medical staff"]),
        Term(kind="place", key="barda", names=["Barda"]),
        Term(kind="event", key="ganja-strike", names=["Strike on Ganja"]),
        Term(kind="harm", key="frozen", names=["suffering from frostbite"]),
    ]
)


@pytest.mark.parametrize(
    ("facets", "several", "one"),
    [
        ({}, "People", "Person"),
        ({"side": "armenian"}, "People, Armenian side", "Person, Armenian side"),
        ({"side": "northern-front"}, "People, side northern front", "Person, side northern front"),
        (
            {"side": "armenian", "status": "combatant"},
            "Combatants, Armenian side",
            "Combatant, Armenian side",
        ),
        ({"status": "civilian"}, "Civilians", "Civilian"),
        ({"status": "undetermined"}, "People, status undetermined", "Person, status undetermined"),
        ({"nationality": "syrian", "role": "mercenary"}, "Syrian mercenaries", "Syrian mercenary"),
        ({"nationality": "syrian"}, "Syrian nationals", "Syrian national"),
        ({"role": "pilot", "status": "combatant"}, "Pilots", "Pilot"),
        ({"role": "pilot", "status": "civilian"}, "Pilots, civilians", "Pilot, civilian"),
        ({"role": "medic", "status": "civilian"}, "Medical staff, civilians", "Medical staff, civilian"),
        ({"role": "policeman"}, "Policemen", "Policeman"),
        ({"role": "servicemen"}, "Servicemen", "Servicemen"),
        ({"role": "boss"}, "Boss", "Boss"),
        ({"role": "envoy"}, "Envoy", "Envoy"),
        ({"role": "врач"}, "Врач", "Врач"),
        ({"age": "child"}, "Children", "Child"),
        ({"age": "child", "sex": "female"}, "Girls", "Girl"),
        ({"age": "elderly", "sex": "male"}, "Elderly men", "Elderly man"),
        ({"sex": "female", "status": "civilian"}, "Civilians, women and girls", "Civilian, woman or girl"),
        ({"place": "barda"}, "People, in Barda", "Person, in Barda"),
        ({"event": "ganja-strike"}, "People, Strike on Ganja", "Person, Strike on Ganja"),
        ({"cause": "in-captivity"}, "People, in captivity", "Person, in captivity"),
        ({"perpetrator": "turkish-military"}, "People, by the Turkish military", "Person, by the Turkish military"),
        ({"basis": "buried"}, "People, of those buried", "Person, of those buried"),
        (
            {"with_": ["missing"], "without": ["foreign-fighters"]},
            "People, with missing, without foreign fighters",
            "Person, with missing, without foreign fighters",
        ),
    ],
)
def test_people_are_named(facets: dict[str, str], several: str, one: str) -> None:
    """Each facet has its words, for several people and for one."""
    subject = Subject(harm=["killed"], **facets)
    assert describe(subject, WORDS) == several
    assert describe(subject, WORDS, one=True) == one


def test_inside_a_sentence_and_without_what_is_told_elsewhere() -> None:
    """A name may begin in lower case, and facets may be left out."""
    subject = Subject(harm=["killed"], side="armenian", perpetrator="turkish-military")
    assert describe(subject, WORDS, inline=True, hide=("perpetrator",)) == "people, Armenian side"


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (["killed"], "killed"),
        (["wounded", "killed", "missing"], "killed, wounded or missing"),
        (["severely-wounded"], "severely wounded"),
        (["frozen"], "suffering from frostbite"),
    ],
)
def test_harms_are_named(harm: list[str], told: str) -> None:
    """Harms are joined by *or*, and declared ones carry their name."""
    assert describe_harm(Subject(harm=harm).harm, WORDS) == told


@pytest.mark.parametrize(
    ("date", "told", "short"),
    [
        ("2020-09-30", "30 September 2020", "30 Sep 2020"),
        ("2020-09", "September 2020", "Sep 2020"),
        ("2020", "2020", "2020"),
        ("2020-09-27/2020-09-30", "between 27 and 30 September 2020", "between 27 and 30 Sep 2020"),
        ("2020-09-27/2020-10-02", "between 27 September and 2 October 2020", "between 27 Sep and 2 Oct 2020"),
        (
            "2020-12-30/2021-01-02",
            "between 30 December 2020 and 2 January 2021",
            "between 30 Dec 2020 and 2 Jan 2021",
        ),
        ("2020-09-30T18:05-03:30", "30 September 2020, 18:05 -03:30", "30 Sep 2020, 18:05 -03:30"),
        ("0999-12-31", "31 December 999", "31 Dec 999"),
    ],
)
def test_dates_are_written(date: str, told: str, short: str) -> None:
    """Days, months, years, spans and moments, in long and in short."""
    assert describe_date(PartialDate.parse(date)) == told
    assert describe_date(PartialDate.parse(date), short=True) == short


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        ("2020-09-27", "2020-09-30", "27 to 30 September 2020"),
        ("2020-09-27", "2020-10-02", "27 September to 2 October 2020"),
        ("2020-12-30", "2021-01-02", "30 December 2020 to 2 January 2021"),
        ("2020-09-30", "2020-09-30", "30 September 2020"),
        ("2020-09-30", "2020-09-30T18:05+04:00", "30 September 2020"),
        ("2020-09", "2020-10", "September to October 2020"),
        ("2020-09", "2020-09", "September 2020"),
        ("2020", "2021", "2020 to 2021"),
        ("2020-09", "2020-10-02", "September 2020 to 2 October 2020"),
        ("2020-09-27/2020-09-28", "2020-09-30", "between 27 and 28 September 2020 to 30 September 2020"),
        ("2020-09-27", None, "from 27 September 2020"),
        (None, "2020-09-30", "to 30 September 2020"),
        (None, None, ""),
    ],
)
def test_periods_are_written(since: str | None, until: str | None, told: str) -> None:
    """What both ends share is said once, and an end that is not known is left open."""
    ends = [PartialDate.parse(end) if end else None for end in (since, until)]
    assert describe_period(*ends) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Turkish military", "the Turkish military"),
        ("The northern army", "The northern army"),
        ("Islamic State", "Islamic State"),
        ("army", "army"),
        ("", ""),
    ],
)
def test_common_names_take_an_article(name: str, told: str) -> None:
    """Names of several words that end in a common noun take one."""
    assert with_article(name) == told


def test_small_words() -> None:
    """Lists, first letters, and keys as words."""
    assert enumeration([]) == ""
    assert enumeration(["a"]) == "a"
    assert enumeration("abc") == "a, b and c"
    assert capitalised("") == ""
    assert capitalised("éA") == "ÉA"
    assert named("place", "barda", WORDS) == "Barda"
    assert named("place", "upper-town", WORDS) == "upper town"
