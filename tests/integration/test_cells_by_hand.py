"""Forty cells of each maker's table beside what was read of them: what they say was worked out from the raw cells."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

import casualties as cs

pytestmark = pytest.mark.real_data

BATTLES = {
    2: "total 88, US 23, CS 65",
    12: "total 475, US 40, CS 435",
    22: "total 415, US 301, CS 114",
    32: "total 2,806, US 1,860, CS 946",
    42: "total unknown, US 200, CS unknown",
    52: "total unknown, US unknown, CS unknown, others unknown",
    62: "total 401, US 360, CS 41",
    72: "total 671, US 232, CS 439",
    82: "total 315, US 86, CS 229",
    92: "total 463, US 430, CS 33",
    102: "total 4,500",
    112: "total 126, US 56, CS 70",
    122: "total 456, US 88, CS 368",
    132: "total unknown, US unknown, CS unknown, others unknown",
    142: "total unknown, US 80, CS unknown",
    152: "total 3,105, US 2,610, CS 495",
    162: "total 150",
    172: "total 269, US 183, CS 86",
    182: "total 925, US 25, CS 900",
    192: "total 51,000, US 23,000, CS 28,000",
    202: "total 796, US 746, CS 50",
    212: "total unknown, US 6, CS unknown",
    222: "total 192, US 27, CS 165",
    232: "total 265, US 100, CS 165",
    242: "total unknown, US unknown, CS unknown, others unknown",
    252: "total 1,070, US 921, CS 149",
    262: "total 1,700, US 400, CS 1,300",
    272: "total 1,100",
    282: "total 2,000",
    292: "total 1,952, US 1,272, CS 680",
    302: "total 1,500",
    312: "total 630",
    322: "total 458",
    332: "total 821",
    342: "total unknown, US unknown, CS unknown, others unknown",
    352: "total 1,818, US 1,002, CS 816",
    362: "total 550",
    372: "total 114, US 23, CS 91",
    382: "total 531",
}
"""What the texts of a column of casualties say, by the row of the file."""

INFOBOXES = {
    2: "killed 2,906; missing 6; wounded 11,110; captured 14; killed 541; captured 3 or more",
    23: "killed 50 or more; wounded 35 or more",
    30: "killed 4; wounded 3",
    44: "killed 500",
    51: "killed 29 or more; wounded 100 or more",
    58: "casualties unknown",
    65: "killed unknown; wounded 200 or more",
    72: "killed 200",
    86: "killed 4,200 or more; captured 3,903; killed 906 or more; captured 3,500 or more",
    93: "killed 50",
    100: "killed 23",
    107: "killed 37",
    121: "killed 4",
    128: "killed 16",
    135: "killed 38",
    142: "killed 46; wounded 30; missing 10",
    149: "displaced 7,000 or more",
    163: "killed 30–40",
    170: "captured 250 or more; not read; not read",
    177: "casualties unknown",
    184: "killed 7; wounded 1",
    191: "killed 100",
    205: "not read",
    212: "casualties unknown",
    219: "killed 50 or more",
    226: "casualties unknown",
    233: "killed 3; wounded 3",
    240: "wounded 2",
    247: "casualties unknown",
    254: "not read; not read",
    261: "casualties unknown",
    268: "killed 1,063 or more",
    275: "casualties unknown",
    282: "killed 1; missing 27; not read",
    156: "killed 21; not read",
}
"""What fields of infoboxes say of people, by the row of the file.

Two counts in one statement, a count of some days alone, tanks and boats are kept in quarantine and never guessed at.
"""


def rows(path: Path) -> dict[int, dict[str, str]]:
    """Give the rows of a file by their number in it, as a spreadsheet counts records."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return dict(enumerate(csv.DictReader(file), 2))


def said(row: dict[str, Any], preset: str) -> list[cs.Claim]:
    """Read one row alone; every cell of it must be somewhere."""
    reading = cs.read_table([row], preset)
    assert reading.counts.add_up
    return [*reading.ledger]


def words(claim: cs.Claim) -> str:
    """Write what a claim says of its count."""
    return str(claim.silence if claim.figure is None else claim.figure)


@pytest.mark.parametrize("row", BATTLES)
def test_texts_of_battles(row: int, real_data: Path) -> None:
    """A text such as 88 total (US 23; CS 65) is a count of all and one of each side."""
    cells = rows(real_data / "civil-war-battles" / "cwsac_battles_casualty_text.csv")[row]
    sides = {None: "total", "US": "US", "Confederate": "CS", "Native American": "others"}
    found = {f"{sides[claim.subject.side]} {words(claim)}" for claim in said(cells, "civil-war-texts")}
    assert found == {*BATTLES[row].split(", ")}


@pytest.mark.parametrize("row", INFOBOXES)
def test_fields_of_infoboxes(row: int, real_data: Path) -> None:
    """A field holds several statements, each with its harm, and what is no people is no claim."""
    cells = rows(real_data / "wikipedia-infobox" / "infobox_casualties.csv")[row]
    reading = cs.read_table([cells], "wikipedia-infobox")
    assert reading.counts.add_up
    found = [f"{claim.subject.harm[0]} {words(claim)}" for claim in reading.ledger]
    found += ["not read"] * len(reading.quarantine)
    assert sorted(found) == sorted(INFOBOXES[row].split("; "))


def _number(cell: str) -> str:
    return f"{float(cell.replace(',', '')):,.0f}"


def test_counts_of_battles_by_source(real_data: Path) -> None:
    """The lowest and highest of a source are one claim: a number where they are equal, else a range."""
    table = rows(real_data / "civil-war-battles" / "acw_claims_long.csv")
    chosen = [row for row in range(2, 5411, 131) if float(table[row]["min"]) <= float(table[row]["max"])]
    assert len(chosen) >= 40
    for row in chosen:
        low, high = _number(table[row]["min"]), _number(table[row]["max"])
        (claim,) = said(table[row], "civil-war-battles")
        assert (row, words(claim), claim.source) == (row, low if low == high else f"{low}–{high}", table[row]["source"])


def test_populations_of_cities(real_data: Path) -> None:
    """A number is that number; one that is not whole or not above zero would be told."""
    table = rows(real_data / "population-claims" / "claims.csv")
    chosen = [row for row in range(2, 3572, 85) if table[row]["city_year"].isprintable()]
    assert len(chosen) >= 35
    for row in chosen:
        found = said(table[row], "city-populations")
        assert (row, [words(claim) for claim in found]) == (row, [_number(table[row]["population"])])


def test_losses_of_people(real_data: Path) -> None:
    """A flag for a lower bound makes it a floor, and one for an upper bound a ceiling."""
    table = rows(real_data / "ukraine-loss-claims-2022" / "replication-data-pnas.csv")
    people = [
        row for row, cells in table.items() if any(claim.figure is not None for claim in said(cells, "ukraine-losses"))
    ]
    chosen = people[:: len(people) // 40]
    assert len(people) >= 800
    assert len(chosen) >= 40
    for row in chosen:
        cells = table[row]
        number = _number(cells["loss_count"])
        flags = (cells["minimum"], cells["maximum"])
        expected = {("0", "0"): number, ("1", "0"): f"{number} or more", ("0", "1"): f"up to {number}"}[flags]
        (claim,) = said(cells, "ukraine-losses")
        assert (row, words(claim)) == (row, expected)


@pytest.mark.parametrize("file", ["ged231_sample_1000.csv", "hdx_ukraine_1167.csv"])
def test_events_of_ucdp(file: str, real_data: Path) -> None:
    """Low, best and high of an event are one claim, and its ids and coordinates stay with it as they are printed."""
    table = {
        row: cells for row, cells in rows(real_data / "ucdp-ged" / file).items() if not cells["year"].startswith("#")
    }
    rising = [row for row, each in table.items() if float(each["low"]) <= float(each["best"]) <= float(each["high"])]
    for row in rising[:: len(rising) // 40]:
        cells = table[row]
        whole = next(claim for claim in said(cells, "ucdp-ged") if claim.subject.status is None)
        figure = whole.figure
        assert figure is not None
        counted = (figure.low, figure.best, figure.high)
        assert (row, counted) == (row, tuple(int(float(cells[name])) for name in ("low", "best", "high")))
        kept = dict(whole.extra)
        assert {name: cells[name] for name in ("id", "relid", "latitude", "longitude")}.items() <= kept.items()


def test_estimates_of_soldiers(real_data: Path) -> None:
    """An estimate with a range is that range, and its best number is the one that the table prefers."""
    folder = real_data / "ukraine-soldier-deaths-estimates"
    table = rows(folder / "Soldier_deaths_casualties_in_Ukraine_-_estimates.csv")
    chosen = [*range(2, 126, 3)]
    assert len(chosen) >= 40
    for row in chosen:
        cells = table[row]
        low, best, high = (
            cells[name] and _number(cells[name]) for name in ("estimate_low", "estimate", "estimate_high")
        )
        ends = {(True, True): f"{low}–{high}", (True, False): f"{low} or more", (False, True): f"up to {high}"}
        whole = ends.get((bool(low), bool(high)), best)
        expected = f"{whole} (best {best})" if best and whole != best else whole
        assert (row, {words(claim) for claim in said(cells, "ukraine-estimates")}) == (row, {expected})
