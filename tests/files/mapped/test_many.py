"""A table read as columns says what reading it row by row says: claims, quarantine, promises and counts."""

from __future__ import annotations

import copy
import csv
import pickle
import random
import re
from pathlib import Path
from typing import Any

import pytest
from tests.files.mapped.mutants import BASES

import casualties as cs
from casualties.errors import CasualtiesError
from casualties.files.mapped import TableMapping, TableReading
from casualties.files.mapped import read as reading_module
from casualties.files.mapped._many_rows import in_blocks
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


def read_as(path: Path, mapping: str | TableMapping, *, columns: bool) -> TableReading:
    """Read a table as columns, or row by row, however long it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading_module, "LARGE", 0 if columns else 1 << 60)
        return cs.read_table(path, mapping)


def same(path: Path, mapping: str | TableMapping) -> None:
    """See that both readers give the same, with a ledger that is equal whatever is asked of it."""
    try:
        expected = read_as(path, mapping, columns=False)
    except CasualtiesError as error:
        with pytest.raises(type(error), match=re.escape(str(error))):
            read_as(path, mapping, columns=True)
        return
    given = read_as(path, mapping, columns=True)
    assert str(given) == str(expected)
    assert repr(given.ledger) == repr(expected.ledger)
    assert given.repeated == expected.repeated
    assert given == expected
    assert [*given.ledger] == [*expected.ledger]
    assert given.ledger.reports == expected.ledger.reports


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
    many = read_as(path, TableMapping.of(mapping), columns=True)
    assert many.ledger.held is not None
    assert len(many.ledger) == 29 * 20
    assert len(many.ledger.held.declares) == 25  # the first rows may be hashtags
    assert many.ledger.held.table["low"].to_pylist().count(7) == 20


def test_a_ledger_makes_its_claims_when_somebody_asks(tmp_path: Path) -> None:
    """Its length, its sources and what is declared need none; all else is that of a ledger of claims."""
    path = tmp_path / "sheet.csv"
    rows = "".join(f"{who},town {row},{row}\n" for row in range(60) for who in "ABA")
    path.write_text(f"who,town,dead\n{rows}", encoding="utf-8")
    claim = {"harm": "killed", "count": "dead", "place": "{town}"}
    mapping = TableMapping.of({"name": "sheet", "source": "{who}", "claims": [claim], "title": "A sheet"})
    whole, other = read_as(path, mapping, columns=False).ledger, cs.seeds.load("nagorno-karabakh-2020-09-30")

    def held() -> cs.Ledger:
        ledger = read_as(path, mapping, columns=True).ledger
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(ledger.held), "whole", None)
            assert len(ledger) == 120
            assert repr(ledger) == "<Ledger 'A sheet': 120 claims by 2 sources>"
            assert ledger.sources == whole.sources
        return ledger

    first = next(iter(whole))
    assert held() == whole
    assert hash(held()) == hash(whole)
    assert held()[first.id] == first
    assert first in held()
    assert held() | other == other | held() == whole | other
    assert held().by("A") == whole.by("A")
    assert held().about(place="town 7") == whole.about(place="town 7")
    assert pickle.loads(pickle.dumps(held())) == copy.deepcopy(held()) == whole
    again = pickle.loads(pickle.dumps(read_as(path, mapping, columns=True)))
    assert (again.ledger, again.repeated) == (whole, read_as(path, mapping, columns=False).repeated)
    with pytest.raises(AttributeError, match="'Ledger' object has no attribute 'claims'"):
        _ = held().claims  # type: ignore[attr-defined]


LONG = 131_072
"""The longest cell that a reader of CSV takes."""


@pytest.mark.parametrize(
    ("odd", "row_by_row"),
    [
        (b"Barda,7,\xc3\xa9 as it should be", False),
        (b"Barda,7,\xff", True),
        (b"Barda,7,\xc3", True),
        (b"Bar\xffda,7,x", True),
        (b'"' + b"x" * LONG + b'",7,', False),
        (b'"' + b"x" * (LONG + 1) + b'",7,', True),
        (b"Barda,7," + b"x" * LONG, False),
        (b"Barda,7," + b"x" * (LONG + 1), True),
        (b'Barda,7,"' + b"a line\n" * (LONG // 7) + b'"', False),
        (b'Barda,7,"' + b"a line\n" * (1 + LONG // 7) + b'"', True),
        (b'Barda,7,"' + b"a line\n" * (LONG // 14) + b'""' + b"a line\n" * (1 + LONG // 14) + b'"', True),
        (b'Barda,7,"so"\n' + (b"Barda,7," + b"n" * 100 + b"\n") * 1_400 + b'Barda,7,"so"', False),
    ],
    ids=[
        "another script", "no text", "half a letter", "no text in a name", "long", "too long", "long beside",
        "too long beside", "many lines", "too many lines", "a mark amid too many lines", "marks far apart",
    ],
)  # fmt: skip
def test_what_a_text_file_may_not_hold(
    odd: bytes, row_by_row: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What only the reader of rows can tell is found in every column, also in those that the mapping does not need."""
    path = tmp_path / "sheet.csv"
    rows = b"Shushi,2,x\n"
    path.write_bytes(b"town,dead,remark\n" + rows * 400 + odd + b"\n" + rows * 30)
    claim = {"harm": "killed", "count": "dead", "place": "{town}", "event": "{#row}"}
    mapping = TableMapping.of({"name": "sheet", "source": "us", "claims": [claim]})
    by_rows: list[str] = []

    def told(rows: Any, mapping: TableMapping) -> Any:
        by_rows.append(rows.name)
        return in_blocks(rows, mapping)

    monkeypatch.setattr("casualties.files.mapped._many.in_blocks", told)
    monkeypatch.setattr("casualties.files.mapped._many_rows.BYTES", 1 << 12 if len(odd) < 1 << 11 else 1 << 20)
    same(path, mapping)
    assert bool(by_rows) == row_by_row


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("file", "preset"),
    [
        ("ucdp-ged/ged231_sample_1000.csv", "ucdp-ged"),
        ("civil-war-battles/acw_claims_long.csv", "civil-war-battles"),
        ("ukraine-soldier-deaths-estimates/Soldier_deaths_casualties_in_Ukraine_-_estimates.csv", "ukraine-estimates"),
        ("gaza-daily/west_bank_daily.json", "west-bank-daily"),
        ("civil-war-battles/cwsac_battles_casualty_text.csv", "civil-war-texts"),
        ("ukraine-loss-claims-2022/replication-data-pnas.csv", "ukraine-losses"),
        ("wikipedia-infobox/infobox_casualties.csv", "wikipedia-infobox"),
        ("ucdp-ged/hdx_ukraine_1167.csv", "ucdp-ged"),
    ],
)
def test_real_tables_are_read_alike(file: str, preset: str, real_data: Path) -> None:
    """The tables of the presets."""
    same(real_data / file, preset)
