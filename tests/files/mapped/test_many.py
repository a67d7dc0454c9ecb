"""A table read as columns says what reading it row by row says: claims, quarantine, promises and counts."""

from __future__ import annotations

import csv
import random
import re
from pathlib import Path

import pytest
from tests.files.mapped.mutants import BASES

import casualties as cs
from casualties.errors import CasualtiesError
from casualties.files.mapped import TableMapping, read_many
from casualties.files.mapped._slots import PLACEHOLDER

pytest.importorskip("pyarrow")

SHEET = """
name: sheet
source: "{who}"
sources: {office: {names: [The Office], aliases: [Bureau], kinds: [government]}}
dates: [YYYY-MM-DD, DD/MM/YYYY]
timezone: "+04:00"
total_rows: outside
only: {kind: [a, b, ""]}
shared: {place: {from: "{town}", absent: ""}, since: "{begin}", until: "{end}", keep: [id, remark]}
claims:
  - {harm: killed, low: low, best: best, high: high, bound: "{how}", event: "E {id}", cited: {words: "{said}"}}
  - harm: {from: "{harm}", values: {dead: killed, gone: missing, hurt: wounded}}
    count: count
    age: {from: "{age}", values: {kids: child, both: women-and-children, big: adult}, otherwise: nothing}
    sex: {from: "{sex}", values: {f: female, m: male}, otherwise: nothing}
    presumed: {from: "{presumed}", values: {yes: dead}, otherwise: nothing}
    perpetrator: "{by}"
    only: [perpetrator]
    empty: nothing
    when: {kind: [a, ""]}
    note: "{remark}"
    stated: "{end}"
    cited: {publisher: "{paper}", published: "{end}", relays: "{via}"}
checks:
  - {rule: sum, column: best, parts: [low, high]}
  - {rule: not-after, first: begin, last: end}
  - {rule: rising, column: count, along: end, within: [town]}
terms:
  - {kind: place, key: "{town}", under: "{province}"}
"""
COUNTS = ["1", "2", "5", "12.0", "", "-3", "at least 4", "12-15", "few", "1e5", "15-Oct", "90%", "unknown", "0"]
POOL = {
    "who": ["office", "Bureau", "office; paper", "", "x" * 9, "Ünion"],
    "kind": ["a", "b", "c", ""],
    "town": ["Barda", "Shushi", "", "  Barda ", "Stepan\u00e1kert", "two\nlines"],
    "province": ["Aghdam", "", "Karabakh"],
    "begin": ["2020-09-27", "27/09/2020", "", "2020-13-01", "May"],
    "end": ["2020-09-30", "30/09/2020", "2020-09-01", "", "30.9.2020"],
    **dict.fromkeys(("low", "best", "high", "count"), COUNTS),
    "how": ["", "at least", "about", "never"],
    "harm": ["dead", "gone", "hurt", "odd", ""],
    "age": ["kids", "both", "big", ""],
    "sex": ["f", "m", ""],
    "presumed": ["yes", ""],
    "by": ["north", "", "South \u2013 East"],
    "said": ["", "he said = 5", "=1+1"],
    "paper": ["", "The Paper", "The Paper 2"],
    "via": ["", "AP; AFP"],
    "id": ["7", "8", "Total", "#1", "a\\b|c", ""],
    "remark": ["", "two  spaces", "\u202ehidden", "x" * 300],
}  # fmt: skip
ANY = (
    "1",
    "3",
    "",
    "12",
    "at least 7",
    "2020-09-30",
    "killed",
    "odd word",
    "-1",
    "0",
    "yes",
    "Total",
    "1e+05",
    "no \u0416",
)


def pool_of(name: str, mapping: TableMapping) -> dict[str, list[str]]:
    """Give for each column texts of which some are read, and some are not."""
    if name == "sheet":
        return POOL
    found: dict[str, list[str]] = {}
    said: dict[str, set[str]] = {}
    records = [mapping, *mapping.terms, *mapping.claims]
    for record in records:
        for field in ("only",) if record is mapping else ("when", "unless"):
            for column, texts in getattr(record, field, ()):
                said.setdefault(column, set()).update(texts)
        for field in type(record).model_fields:
            slot = getattr(record, field)
            for column in PLACEHOLDER.findall(getattr(slot, "from_", "")):
                said.setdefault(column, set()).update(text for text, _ in slot.values)
    counted = {column for claim in mapping.claims for column in claim.counts}
    for column in (*mapping.columns, *mapping.optional):
        if column in counted:
            found[column] = ["1", "2", "3", "4", "10", "", "12.0", *ANY]
        elif said.get(column):
            found[column] = [*sorted(said[column]) * 4, *ANY]
        elif "date" in column.lower() or column in ("day", "time"):
            found[column] = ["2020-09-30", "2020-09-29", "2021-01-02 00:00:00.000", "30 May 2022", "100", *ANY]
        else:
            found[column] = ["Barda", "Shushi", "Kharkiv", *ANY]
    return found


def spoilt(name: str, seed: int, path: Path, rows: int) -> TableMapping:
    """Write a table for a mapping, with cells that are wrong, rows that are ragged, totals and a second header."""
    draw = random.Random(f"{name} {seed}")
    mapping = TableMapping.parse(SHEET if name == "sheet" else BASES[name], name)
    pool = pool_of(name, mapping)
    columns = [each for each in pool if each != "#row" and "." not in each]
    odd = seed % 3 == 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=mapping.delimiter or ",", lineterminator=draw.choice(["\n", "\r\n"]))
        for _ in range(mapping.header[0] - 1 if mapping.header else 0):
            writer.writerow([])
        if len(mapping.header) > 1:
            writer.writerows(
                [[each.split(" / ")[0] for each in columns], [each.partition(" / ")[2] for each in columns]]
            )
        else:
            writer.writerow(columns)
        number = 0
        while number < rows:
            number += 1
            cells = [
                f"{number}" if each == "id" and draw.random() < 0.7 else draw.choice(pool[each]) for each in columns
            ]
            if draw.random() < 0.02:
                cells = draw.choice([[""] * len(columns), ["Total", *cells[1:]], list(columns)])
            if odd and draw.random() < 0.05:
                cells = draw.choice([cells[:-1], [*cells, "more"], []])
            writer.writerow(cells)
    return mapping


def same(path: Path, mapping: TableMapping) -> None:
    """See that both readers give the same."""
    try:
        expected = cs.read_table(path, mapping)
    except CasualtiesError as error:
        with pytest.raises(type(error), match=re.escape(str(error))):
            read_many(path, mapping).whole()
        return
    many = read_many(path, mapping)
    given = many.whole()
    assert given.counts == expected.counts
    assert given.quarantine == expected.quarantine
    assert given.broken == expected.broken
    assert given.new_names == expected.new_names
    assert given.quarantine_table == expected.quarantine_table
    assert given.ledger == expected.ledger
    assert given.repeated == expected.repeated


@pytest.mark.parametrize("name", ["sheet", *BASES])
def test_spoilt_tables_are_read_alike(name: str, tmp_path: Path) -> None:
    """Cells are wrong, rows are ragged or total, and a header stands twice."""
    for seed in range(3):
        path = tmp_path / f"{seed}.csv"
        same(path, spoilt(name, seed, path, 60))


def test_most_rows_of_a_sheet_are_read_as_columns(tmp_path: Path) -> None:
    """What is plain never comes to the reader of rows."""
    path = tmp_path / "sheet.csv"
    rows = "".join(f"Barda,2020-09-{day:02},{day},\n" for day in range(1, 30) for _ in range(20))
    path.write_text(f"town,day,dead,who\n{rows}", encoding="utf-8")
    mapping = {
        "name": "sheet",
        "source": "us",
        "claims": [{"harm": "killed", "count": "dead", "place": "{town}", "until": "{day}", "event": "{#row}"}],
    }
    many = read_many(path, mapping)
    assert many.claims.num_rows == 29 * 20
    assert len(many.rest.ledger) == 25  # the first rows may be hashtags
    assert many.claims["low"].to_pylist().count(7) == 20


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("file", "preset"),
    [
        ("ucdp-ged/ged231_sample_1000.csv", "ucdp-ged"),
        ("civil-war-battles/acw_claims_long.csv", "civil-war-battles"),
        ("ukraine-soldier-deaths-estimates/Soldier_deaths_casualties_in_Ukraine_-_estimates.csv", "ukraine-estimates"),
        ("gaza-daily/west_bank_daily.json", "west-bank-daily"),
    ],
)
def test_real_tables_are_read_alike(file: str, preset: str, real_data: Path) -> None:
    """The tables of the presets."""
    path = real_data / file
    expected, given = cs.read_table(path, preset), read_many(path, preset).whole()
    assert given.ledger == expected.ledger
    assert (given.counts, given.quarantine, given.broken) == (expected.counts, expected.quarantine, expected.broken)
    assert (given.new_names, given.repeated) == (expected.new_names, expected.repeated)
