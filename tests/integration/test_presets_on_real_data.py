"""Each preset on the file that it is for: rows in, claims out, the rest in quarantine, and all of it adds up.

What is expected is counted here from the raw files, without the library.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.builders import read_once

import casualties as cs
from casualties.files.mapped import TableReading

pytestmark = pytest.mark.real_data

UCDP = {"sample": ("ged231_sample_1000.csv", 1000, 13), "Ukraine": ("hdx_ukraine_1167.csv", 1167, 19)}
PARTS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a CSV file as it stands."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def adds_up(reading: TableReading) -> None:
    """See that every row and every cell went somewhere."""
    counts = reading.counts
    assert counts.cells == counts.claimed + counts.silent + counts.quarantined + counts.nothing
    assert counts.quarantined == len(reading.quarantine)


def by_rule(reading: TableReading, rule: str) -> list[int]:
    """List the rows that fail a check."""
    return [each.row for each in reading.broken if each.rule == rule]


@pytest.mark.parametrize("name", UCDP)
def test_ucdp_ged(name: str, real_data: Path) -> None:
    """The rows whose estimates do not rise are the known ones, the parts sum in all, and every event is read."""
    file, size, not_rising = UCDP[name]
    path = real_data / "ucdp-ged" / file
    rows = [(number, row) for number, row in enumerate(rows_of(path), 2) if not row["year"].startswith("#")]
    assert len(rows) == size
    expected = [number for number, row in rows if not float(row["low"]) <= float(row["best"]) <= float(row["high"])]
    found = read_once(path, "ucdp-ged")
    adds_up(found)
    assert (found.counts.rows, found.counts.outside) == (size, 0)
    assert by_rule(found, "low-best-high") == expected
    assert len(expected) == not_rising
    assert by_rule(found, "sum") == []
    cells = sum(5 if float(row["type_of_violence"]) == 3 else 7 for _, row in rows)
    assert found.counts.cells == cells
    below = [dict(each.values) for each in found.broken if each.rule == "low-best-high"]
    if name == "Ukraine":
        assert sum(int(each["best"]) < int(each["low"]) for each in below) == 3
    assert found.counts.quarantined == 0  # the lists of all sides, of up to 243 characters, are names too


def test_one_ucdp_event_is_one_claim_with_a_best(real_data: Path) -> None:
    """An event is one claim of low, best and high; that of each side is a part of the best, with assumed ends."""
    found = read_once(real_data / "ucdp-ged" / "hdx_ukraine_1167.csv", "ucdp-ged")
    event = found.ledger.about(event="UCDP UKR-2014-1-14085-0")
    said = {f"{claim.source}: {claim.subject}: {claim.figure}" for claim in event}
    day = "Ukraine, UCDP UKR-2014-1-14085-0"
    assert said == {
        f"ucdp: killed, {day} 2014-01-22..2014-01-22: 5 (best 5)",
        f"ucdp: killed, Government of Ukraine, combatant, {day}, Maidan 2014-01-22..2014-01-22: 0 (best 0, assumed)",
        f"ucdp: killed, Maidan, combatant, {day}, Government of Ukraine 2014-01-22..2014-01-22: 5 (best 5, assumed)",
        f"ucdp: killed, civilian, {day} 2014-01-22..2014-01-22: 0 (best 0, assumed)",
        f"ucdp: killed, undetermined, {day} 2014-01-22..2014-01-22: 0 (best 0, assumed)",
    }


def test_hxl_tags_of_the_ucdp_file(real_data: Path) -> None:
    """By its hashtags alone the file says who was killed where and when; with a source given, in every row."""
    path = real_data / "ucdp-ged" / "hdx_ukraine_1167.csv"
    best = [int(row["best"]) for row in rows_of(path) if not row["year"].startswith("#")]
    found = cs.read_table(path, {"name": "ucdp by its tags", "tagged": True, "source": "ucdp"})
    adds_up(found)
    assert (found.counts.rows, found.counts.cells, found.counts.claimed) == (1167, 1167, 1167)
    cited = [(claim.figure.low, len(claim.citations)) for claim in found.ledger if claim.figure is not None]
    assert sum(count * times for count, times in cited) == sum(best)
    by_tag = read_once(path, "hxl")
    adds_up(by_tag)
    assert by_tag.quarantine == ()


def test_gaza_daily(real_data: Path) -> None:
    """Nine daily counts differ from the step since the last reported total; reported and filled stay apart."""
    path = real_data / "gaza-daily" / "casualties_daily.json"
    days: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    expected, last = [], None
    for number, day in enumerate(days, 1):
        total = day.get("killed_cum")
        if total is not None:
            if last is not None and "killed" in day and total - last != day["killed"]:
                expected.append(number)
            last = total
    found = read_once(path, "gaza-daily")
    adds_up(found)
    assert len(expected) == 9
    assert by_rule(found, "step") == expected
    assert [each for each in found.broken if each.rule != "step"] == []
    assert (found.counts.rows, found.counts.quarantined, found.counts.silent) == (1051, 0, 0)
    mapping = cs.tables.known_mapping("gaza-daily")
    columns = {column for claim in mapping.claims for column in claim.counts}
    assert found.counts.claimed == sum(day.get(column) is not None for day in days for column in columns)
    filled = [claim for claim in found.ledger if claim.source == "tech-for-palestine"]
    assert {str(claim.modality) for claim in filled} == {"derived"}
    reported = [claim for claim in found.ledger if claim.source != "tech-for-palestine"]
    assert {str(claim.modality) for claim in reported} == {"reported"}
    parties = Counter(day["report_source"] for day in days)
    assert set(parties) == {"mohtel", "gmotel", "missing"}


def test_gaza_on_one_day(real_data: Path) -> None:
    """What both offices had said by 5 December 2023, as one voice; the filled series adds none."""
    found = read_once(real_data / "gaza-daily" / "casualties_daily.json", "gaza-daily")
    totals = [claim for claim in found.ledger if str(claim.subject.topic) == "killed, Gaza 2023-10-07.."]
    finding = cs.reconcile(found.ledger.keeping(totals), as_of="2023-12-05").one()
    assert str(finding.common) == "16,248"
    assert {claim.source for claim in totals} >= {"gaza-health-ministry", "gaza-media-office", "tech-for-palestine"}


def test_west_bank_daily(real_data: Path) -> None:
    """Verified counts stand apart from preliminary and from filled ones."""
    path = real_data / "gaza-daily" / "west_bank_daily.json"
    days = json.loads(path.read_text(encoding="utf-8"))
    found = read_once(path, "west-bank-daily")
    adds_up(found)
    assert (found.counts.rows, found.counts.quarantined) == (len(days), 0)
    verified = [claim for claim in found.ledger if claim.subject.basis == "verified"]
    assert {str(claim.modality) for claim in verified} == {"confirmed"}
    assert any(str(claim.modality) == "preliminary" for claim in found.ledger)


def test_ukraine_losses(real_data: Path) -> None:
    """Reports that count people are read and the others reported as outside, which makes all 4,609."""
    path = real_data / "ukraine-loss-claims-2022" / "replication-data-pnas.csv"
    rows = rows_of(path)
    people = [row for row in rows if row["category"].split()[0] in ("Military", "Civilian")]
    found = read_once(path, "ukraine-losses")
    adds_up(found)
    assert found.counts.rows == len(rows) == 4609
    assert found.counts.claimed == len(people)
    assert found.counts.claimed + found.counts.outside == 4609
    assert found.quarantine == ()
    assert sum(len(claim.citations) for claim in found.ledger) == len(people)
    floors = sum(row["minimum"] == "1" for row in people)
    stated = [claim.figure for claim in found.ledger for _ in claim.citations]
    assert sum(figure is not None and figure.high is None for figure in stated) == floors


def test_ukraine_estimates(real_data: Path) -> None:
    """Every estimate is a claim of its source, ranges included; relays are no part of the name."""
    path = real_data / "ukraine-soldier-deaths-estimates" / "Soldier_deaths_casualties_in_Ukraine_-_estimates.csv"
    rows = rows_of(path)
    found = read_once(path, "ukraine-estimates")
    adds_up(found)
    assert (found.counts.rows, found.counts.claimed, found.counts.quarantined) == (len(rows), 3 * len(rows), 0)
    assert [claim for claim in found.ledger if "via" in claim.source] == []
    relays = {relay.name for claim in found.ledger for each in claim.citations for relay in each.relays}
    assert relays == {"NYT", "The Economist", "WP", "WSJ", "media24"}
    joint = [row for row in rows if row["source"].startswith("Mediazona; Meduza")]
    assert len(found.ledger.by("mediazona")) == len(found.ledger.by("meduza")) == len(joint)


def test_war_tolls(real_data: Path) -> None:
    """All 42 wars are read; each cell that holds a number is in a claim, and each empty one holds nothing."""
    files = sorted((real_data / "war-tolls").glob("*.json"))
    readings = [read_once(path, "war-tolls") for path in files]
    for reading in readings:
        adds_up(reading)
    assert len(files) == 42
    assert [each for reading in readings for each in (*reading.quarantine, *reading.broken)] == []
    wars = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    sides = [side for war in wars for side in war["sides"]]
    acts = [act for side in sides for act in side["deaths_from_actions"]]
    killings = [killing for war in wars for killing in war["key_atrocities"]]
    cells = 42 * 6 + len(sides) * 6 + len(acts) * 3 + len(killings) * 2
    assert sum(reading.counts.cells for reading in readings) == cells
    ledger = cs.merge(reading.ledger for reading in readings)
    assert {claim.source for claim in ledger} == {"silver"}


def test_civil_war_battles(real_data: Path) -> None:
    """Every claim of the nine works is read; the one row whose ends are exchanged is kept as two."""
    path = real_data / "civil-war-battles" / "acw_claims_long.csv"
    rows = rows_of(path)
    exchanged = [number for number, row in enumerate(rows, 2) if float(row["min"]) > float(row["max"])]
    found = read_once(path, "civil-war-battles")
    adds_up(found)
    assert by_rule(found, "low-best-high") == exchanged
    assert len(exchanged) == 1
    assert (found.counts.rows, found.counts.claimed) == (len(rows), 2 * len(rows))
    assert sorted(found.new_names) == sorted({row["source"] for row in rows})


def test_civil_war_texts(real_data: Path) -> None:
    """Where a text gives a total, the total that is read is the one that was coded by hand."""
    path = real_data / "civil-war-battles" / "cwsac_battles_casualty_text.csv"
    coded = {row["battle"]: float(row["casualties"]) for row in rows_of(path) if row["casualties"]}
    found = read_once(path, "civil-war-texts")
    adds_up(found)
    totals = {
        str(claim.subject.event): claim.figure.low
        for claim in found.ledger
        if claim.subject.side is None and claim.figure is not None
    }
    assert len(totals) > 250
    assert {battle: (total, coded[battle]) for battle, total in totals.items() if total != coded[battle]} == {}


def test_city_populations(real_data: Path) -> None:
    """Each contributor's number is a claim; names with control characters are in quarantine."""
    path = real_data / "population-claims" / "claims.csv"
    rows = rows_of(path)
    garbled = [row for row in rows if any(0x7F <= ord(letter) < 0xA0 for letter in row["city_year"])]
    found = read_once(path, "city-populations")
    adds_up(found)
    assert (found.counts.rows, found.counts.cells) == (len(rows), len(rows))
    assert found.counts.quarantined == len(garbled)
    assert {each.rule for each in found.quarantine} == {"control-character"}


def test_wikipedia_infobox(real_data: Path) -> None:
    """The fields of the 2020 war are read by party; every statement is a claim, a silence or in quarantine."""
    path = real_data / "wikipedia-infobox" / "infobox_casualties.csv"
    found = read_once(path, "wikipedia-infobox")
    adds_up(found)
    assert found.counts.rows == len(rows_of(path)) == 283
    war = found.ledger.about(event="2020 Nagorno-Karabakh war")
    said = {f"{claim.source}: {claim.subject}: {claim.figure}" for claim in war}
    assert "Azerbaijan: killed, Azerbaijan, combatant, 2020 Nagorno-Karabakh war: 2,906" in said
    assert "SOHR: killed, Azerbaijan, combatant, Syrian mercenaries, 2020 Nagorno-Karabakh war: 541" in said
    assert "Armenia/Artsakh: captured, Artsakh, combatant, 2020 Nagorno-Karabakh war: 60 or more" in said
