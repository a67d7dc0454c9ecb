"""Three more sheets of recorders, from the file to the workbook with at most one edit, and every cell somewhere.

Places, people and papers in them are invented; what is expected was worked out from the cells.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
from tests.files.mapped.test_propose import said

import casualties as cs
from casualties.cli import main
from casualties.files.mapped import TableReading


def register(folder: Path) -> Path:
    """Write a workbook with districts around villages, a header over two rows, a footer and another sheet."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "Incidents"
    for row in (
        ["CASUALTY REGISTER, Coastal Area, second quarter 2032"],
        ["Compiled by the monitoring desk. Last update: 14 June 2032"],
        [
            "No.",
            "District",
            "Village",
            "When",
            "Fatalities",
            None,
            "Wounded",
            "First source",
            "Second source",
            "Comment",
        ],
        [None, None, None, None, "Civilian", "Military"],
        [1, "Ormara", "Kesh", date(2032, 4, 3), 12, None, "12-15", "District hospital", "Coast Radio", "two families"],
        [2, None, "Lir", date(2032, 4, 3), "at least 30", 4, "unknown", "Red Crescent"],
        [3, None, "Kesh", "3/4 May 2032", "~20", "0", "at least 30", "Coast Radio", "District hospital"],
        [4, "Sundar", "Tol", "mid-May 2032", 7, "n/a", "several", "Police", "", "day not clear"],
        [5, "Sundar", "Ban", date(2032, 5, 21), date(2032, 6, 9), 3, "10+", "Red Crescent", None, "?"],
        [6, "Mirwah", None, date(2032, 6, 1), "12 to 15", None, None, "Red Crescent", "Coast Radio"],
        ["Total", None, None, None, 1284, 47],
        [],
        ["Source: desk files. Figures as reported."],
    ):
        page.append(row)
    for cells in ("A1:J1", "A2:J2", "E3:F3", "B5:B7"):
        page.merge_cells(cells)
    book.create_sheet("Notes").append(["figures are those of the sources"])
    path = folder / "register.xlsx"
    book.save(path)
    return path


GERMAN = """\
Vorfälle an der Küste;;;;;
Erstellt am 14.06.2032;;;;;
Nr.;Tag;Ort;Gemeldet von;Todesopfer;Verwundete
1;3.4.2032;Käsch;Krankenhaus Mühl;mindestens 12;1.340
2;3.4.2032;Käsch;Küstenfunk;rund ein Dutzend;1.300,0
3;11./12. Mai 2032;Süß;Polizei;keine Angabe;mehrere
4;12.05.2032;Süß;Rotes Kreuz;zwischen 10 und 15;unklar
5;21.05.2032;Öd;Rotes Kreuz;12,5;-
6;Juni 2032;Öd;Rotes Kreuz;über 80;höchstens 40
Gesamt;;;;1.400;1.583
"""

STATEMENTS = """\
ref,date of statement,incident date,location,reporting party,said in,category,victims,exactness,value,remark
A-1,03/05/2032,02/05/2032,Kesh,Ministry of Defence,Coast Daily,KIA,military,exactly,12,
A-2,03/05/2032,02/05/2032,Kesh,Rebel command,Radio Free,KIA,military,more than,40,claimed enemy losses
A-3,04/05/2032,02/05/2032,Kesh,Red Crescent,Coast Daily,WIA,all,approx.,100,
A-4,13/05/2032,12/05/2032,Tol,Police,,killed,civilian,,12-15,
A-5,16/05/2032,15/05/2032,Ban,Red Crescent,,killed,unknown,,unknown,
A-6,17/05/2032,15/05/2032,Ban,Observatory,,arrested,civilian,,17,
A-7,18/05/2032,15/05/2032,Ban,Ministry of Defence,,KIA,military,minimum,-3,correction
"""


def walked(path: Path, edit: str = "") -> tuple[TableReading, cs.Ledger]:
    """Go from a file to the workbook by the commands, with at most one line of the mapping answered."""
    mapping, ledger, result = (path.with_name(f"{path.stem}{end}") for end in (".m.yaml", ".yaml", "-result.xlsx"))
    assert main(["new", str(mapping), "--from", str(path)]) == 0
    if edit:
        text = mapping.read_text(encoding="utf-8")
        assert f"\n# {edit}\n" in text
        mapping.write_text(text.replace(f"\n# {edit}\n", f"\n{edit}\n"), encoding="utf-8")
    reading = cs.read_table(path, mapping)
    left = len(reading.quarantine)
    assert main(["convert", str(path), str(ledger), "--mapping", str(mapping)]) == (3 if left else 0)
    assert main(["reconcile", str(ledger), "--format", "excel", "-o", str(result)]) == 0
    pages = openpyxl.load_workbook(result)
    assert pages["Not read"].max_row - 1 == left
    assert pages["Claims"].max_row - 1 == len(reading.ledger)
    return reading, cs.read(ledger)


def test_register_with_districts_and_villages(tmp_path: Path) -> None:
    """The village is the place, in its district, and the district where no village is named; the footer is no row."""
    reading, ledger = walked(register(tmp_path), "total_rows: outside")
    hospital, radio, crescent = "District hospital", "Coast Radio", "Red Crescent"
    found = said(reading)
    assert found["row 5", "killed"][:2] == [f"{radio}: 12", f"{hospital}: 12"]
    assert found["row 5", "wounded"] == [f"{radio}: 12–15", f"{hospital}: 12–15"]
    assert found["row 6", "killed"] == [f"{crescent}: 30 or more", f"{crescent}: 4"]
    assert found["row 6", "wounded"] == [f"{crescent}: unknown"]
    assert found["row 7", "wounded"] == [f"{radio}: 30 or more", f"{hospital}: 30 or more"]
    assert found["row 9", "killed"] == [f"{crescent}: 3"]
    assert found["row 10", "killed"][:2] == [f"{radio}: 12–15", f"{crescent}: 12–15"]
    assert [(bad.cell, bad.rule) for bad in reading.quarantine] == [
        ("E8", "not-a-date"),
        ("F8", "not-a-date"),
        ("G8", "not-a-date"),
        ("E9", "spreadsheet-date"),
    ]
    assert {claim.subject.place for claim in ledger} == {"Kesh", "Lir", "Ban", "Mirwah"}
    assert ledger.words.ancestors("place", "Lir") >= {"Ormara"}
    assert (reading.counts.rows, reading.counts.outside, reading.counts.cells) == (8, 2, 18)


def test_german_file(tmp_path: Path) -> None:
    """Words, marks and days of the file are read in its language; what is no whole number is told as it stands."""
    path = tmp_path / "vorfaelle.csv"
    path.write_bytes(GERMAN.replace("\n", "\r\n").encode("cp1252"))
    reading, ledger = walked(path, "total_rows: outside")
    cross = "Rotes Kreuz"
    assert said(reading) == {
        ("row 4", "killed"): ["Krankenhaus Mühl: 12 or more"],
        ("row 4", "wounded"): ["Krankenhaus Mühl: 1,340"],
        ("row 5", "killed"): ["Küstenfunk: 11–13 (assumed)"],
        ("row 5", "wounded"): ["Küstenfunk: 1,300"],
        ("row 6", "killed"): ["Polizei: not-mentioned"],
        ("row 6", "wounded"): ["Polizei: 3 or more (assumed)"],
        ("row 7", "killed"): [f"{cross}: 10–15"],
        ("row 7", "wounded"): [f"{cross}: unknown"],
        ("row 8", "wounded"): [f"{cross}: unknown"],
        ("row 9", "killed"): [f"{cross}: 81 or more"],
        ("row 9", "wounded"): [f"{cross}: up to 40"],
    }
    assert [(bad.cell, bad.value, bad.message) for bad in reading.quarantine] == [
        ("E8", "12,5", "'12,5' is no whole number of people")
    ]
    days = {(str(claim.subject.since), str(claim.subject.until)) for claim in ledger.about(place="Süß")}
    assert days == {("2032-05-11", "2032-05-12"), ("2032-05-12", "2032-05-12")}


def test_long_sheet(tmp_path: Path) -> None:
    """The day of the incident is counted and the day of the statement is when it was said; no edit is needed."""
    path = tmp_path / "claims_long.csv"
    path.write_text(STATEMENTS, encoding="utf-8")
    reading, ledger = walked(path)
    assert said(reading) == {
        ("row 2", "killed"): ["Ministry of Defence: 12"],
        ("row 3", "killed"): ["Rebel command: 41 or more"],
        ("row 4", "wounded"): ["Red Crescent: 80–120 (assumed)"],
        ("row 5", "killed"): ["Police: 12–15"],
        ("row 6", "killed"): ["Red Crescent: unknown"],
        ("row 7", "captured"): ["Observatory: 17"],
    }
    assert [(bad.cell, bad.rule) for bad in reading.quarantine] == [("J8", "negative")]
    (first,) = ledger.by("Ministry of Defence")
    assert (str(first.stated), str(first.subject.until)) == ("2032-05-03", "2032-05-02")
    assert first.citations[0].report is not None
    assert first.citations[0].report.publisher == "Coast Daily"


def test_villages_of_one_name_stay_apart(tmp_path: Path) -> None:
    """A village that lies in two districts is two places, each under its district."""
    path = tmp_path / "a.csv"
    path.write_text("district,village,killed\nNorth,Kesh,3\nSouth,Kesh,4\nSouth,South,1\n", encoding="utf-8")
    reading = cs.read_table(path, cs.tables.propose(path).mapping)
    assert {claim.subject.place for claim in reading.ledger} == {"North: Kesh", "South: Kesh", "South: South"}
    assert reading.ledger.words.ancestors("place", "North: Kesh") >= {"North"}
