"""Mappings proposed from sheets: what is found, what is assumed and what is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.files.mapped.sheets import log_workbook, long_sheet, semicolon_file

import casualties as cs
from casualties.errors import LedgerFileError, MappingError
from casualties.files.mapped import ProposedMapping, TableReading


def said(reading: TableReading) -> dict[tuple[str, str], list[str]]:
    """Give for each row and harm what was read of it."""
    assert reading.counts.add_up
    found: dict[tuple[str, str], list[str]] = {}
    for claim in reading.ledger:
        row = str(claim.citations[0].locator)
        words = str(claim.silence if claim.figure is None else claim.figure)
        found.setdefault((row, claim.subject.harm[0]), []).append(f"{claim.source}: {words}")
    return found


def proposed(folder: Path, text: str) -> ProposedMapping:
    """Propose a mapping for a file of this text."""
    path = folder / "log.csv"
    path.write_text(text, encoding="utf-8")
    return cs.tables.propose(path)


def test_workbook_of_a_recorder(tmp_path: Path) -> None:
    """Titles, a header over two rows, merged cells, two kinds of dates, words and several sources are found."""
    path = log_workbook(tmp_path)
    proposal = cs.tables.propose(path)
    assert proposal.mapping.header == (3, 4)
    assert proposal.assumed[0] == "who is named in 'Source 1' and 'Source 2' says it together"
    reading = cs.read_table(path, proposal.mapping)
    health, crescent, observatory = "Ministry of Health", "Red Crescent", "Observatory"
    assert said(reading) == {
        ("row 5", "killed"): ["Aram Gazette: 12", f"{health}: 12"],
        ("row 5", "wounded"): ["Aram Gazette: 40", f"{health}: 40"],
        ("row 6", "killed"): [f"{crescent}: 12–15"],
        ("row 6", "wounded"): [f"{crescent}: 30 or more"],
        ("row 7", "killed"): [f"{health}: 30 or more"],
        ("row 7", "wounded"): [f"{health}: unknown"],
        ("row 8", "killed"): [f"{health}: 3–5", f"{crescent}: 3–5"],
        ("row 8", "wounded"): [f"{health}: 24 or more", f"{crescent}: 24 or more"],
        ("row 9", "killed"): [f"{observatory}: unknown"],
        ("row 9", "wounded"): [f"{observatory}: 7"],
        ("row 10", "killed"): [f"{observatory}: 10–12"],
        ("row 10", "wounded"): [f"{observatory}: not-mentioned"],
        ("row 11", "killed"): [f"{health}: 81 or more", f"{observatory}: 81 or more"],
        ("row 11", "wounded"): [f"{health}: 110–130 (assumed)", f"{observatory}: 110–130 (assumed)"],
        ("row 12", "wounded"): [f"{crescent}: 2"],
    }
    assert [(bad.cell, bad.rule) for bad in reading.quarantine] == [
        ("E12", "spreadsheet-date"),
        ("F12", "other-end"),
        ("E13", "total-row"),
        ("F13", "total-row"),
        ("G13", "total-row"),
    ]
    assert {str(claim.subject.place) for claim in reading.ledger} == {"Aram", "Beth", "Dara", "Gamla"}
    night = next(claim for claim in reading.ledger if claim.notes == ("night raid",))
    assert (str(night.subject.since), str(night.subject.until)) == ("2031-03-05", "2031-03-06")


def test_file_of_a_program_that_speaks_german(tmp_path: Path) -> None:
    """Encoding, delimiter, marks of numbers and the language of the words are found, and said."""
    path = semicolon_file(tmp_path)
    proposal = cs.tables.propose(path)
    mapping = proposal.mapping
    assert (mapping.encoding, mapping.delimiter, mapping.lexicon) == ("cp1252", ";", "de")
    assert (mapping.thousands, mapping.decimal, mapping.dates) == (".", ",", ("D.M.YYYY",))
    reading = cs.read_table(path, mapping)
    inner, cross, police = "Ministerium für Inneres", "Rotes Kreuz", "Polizei"
    assert said(reading) == {
        ("row 2", "killed"): [f"{inner}: 1,250"],
        ("row 2", "wounded"): [f"{inner}: 2,300 or more"],
        ("row 3", "killed"): [f"{cross}: 1,200–1,400 (assumed)"],
        ("row 3", "wounded"): [f"{cross}: unknown"],
        ("row 4", "killed"): [f"{inner}: 12"],
        ("row 4", "wounded"): [f"{inner}: 12"],
        ("row 5", "killed"): [f"{cross}: 11 or more"],
        ("row 5", "wounded"): [f"{cross}: not-mentioned"],
        ("row 7", "wounded"): [f"{police}: 1"],
        ("row 8", "killed"): [f"{cross}: 10–15"],
        ("row 8", "wounded"): [f"{cross}: up to 40"],
    }
    assert [(bad.cell, bad.rule) for bad in reading.quarantine] == [
        ("D6", "empty-place"),
        ("E6", "empty-place"),
        ("D7", "negative"),
        ("D9", "total-row"),
        ("E9", "total-row"),
    ]
    nights = next(claim for claim in reading.ledger if claim.notes == ("zwei Nächte",))
    assert (str(nights.subject.since), str(nights.subject.until)) == ("2031-03-06", "2031-03-07")


def test_sheet_with_a_statement_a_row(tmp_path: Path) -> None:
    """What happened and how exact the number is stand in columns of their own; the proposal writes the one edit."""
    path = long_sheet(tmp_path)
    proposal = cs.tables.propose(path)
    reading = cs.read_table(path, proposal.mapping)
    assert [bad.cell for bad in reading.quarantine] == ["H8"]
    edited = tmp_path / "m.yaml"
    edited.write_text(proposal.text.replace("# sentinels:", "sentinels:"), encoding="utf-8")
    again = cs.read_table(path, edited)
    assert said(again) == {
        ("row 2", "killed"): ["Ministry: 40–60 (assumed)"],
        ("row 3", "wounded"): ["Ministry: 120 or more"],
        ("row 4", "killed"): ["Observatory: 64"],
        ("row 5", "killed"): ["Army: up to 25"],
        ("row 6", "killed"): ["Observatory: 18"],
        ("row 7", "missing"): ["Observatory: not-mentioned"],
        ("row 8", "killed"): ["Ministry: unknown"],
    }
    assert {str(claim.stated) for claim in again.ledger.about(place="Aram")} == {"2031-03-03", "2031-03-04"}
    (finding,) = cs.reconcile(again.ledger).about(place="Beth", harm="killed")
    assert (str(finding.common), len(finding.independent_sources)) == ("18", 2)


@pytest.mark.parametrize(
    ("text", "attributes", "asked"),
    [
        ("Day,Dead\n14-Oct-19,2\n", {"dates": ("D-Month-YY",)}, ""),
        ("Day,Dead\n1/22/20,2\n1/2/20,2\n", {"dates": ("M/D/YY",)}, ""),
        ("Day,Dead\n3 May,2\n", {"dates": ("words",)}, "some dates say no year; which is it?: year: 2023"),
        ("Town,Dead\nAram,1\n,2\n", {}, "fill_down: [Town]"),
        ("Town;Dead\nAram;10.139\n", {"delimiter": ";", "thousands": "."}, ""),
        ("Town,Dead\nAram,-9\n", {"sentinels": (("-9", "unknown"),)}, ""),
        ("Toll of May\n\nTown,Dead\nAram,3\n", {"header": (3,)}, ""),
        ("Fecha,Lugar,Muertos\n3/4/2023,Aram,once o más\n", {"lexicon": "es"}, ""),
    ],
)
def test_what_a_sheet_shows(text: str, attributes: dict[str, Any], asked: str, tmp_path: Path) -> None:
    """Formats, marks, sentinels and headers are taken from the cells; what they leave open is asked with its answer."""
    proposal = proposed(tmp_path, text)
    assert {name: getattr(proposal.mapping, name) for name in attributes} == attributes
    assert asked in "\n".join(proposal.asked)
    assert cs.read_table(tmp_path / "log.csv", proposal.mapping).counts.add_up


def test_day_and_month_that_may_be_the_other_way_about_are_said(tmp_path: Path) -> None:
    """Nothing is guessed silently: the reading repeats what the mapping assumes."""
    proposal = proposed(tmp_path, "Date,Town,Killed\n3/4/2023,Aram,21\n")
    assert proposal.assumed[0] == "3/4/2023 is day, month and year; for month and day write M/D/YYYY under dates"
    reading = cs.read_table(tmp_path / "log.csv", proposal.mapping)
    assert reading.asked[0] == f"assumed: {proposal.assumed[0]}"


def test_people_in_the_names_of_columns(tmp_path: Path) -> None:
    """Who was counted may stand in the name of a column, and a running total leaves its beginning open."""
    text = "Date,Civilians killed,Soldiers killed,Women injured,Killed cumulative\n2031-03-02,1,2,3,4\n"
    reading = cs.read_table(tmp_path / "log.csv", proposed(tmp_path, text).mapping)
    assert {f"{claim.subject}: {claim.figure}" for claim in reading.ledger} == {
        "killed, civilian 2031-03-02..2031-03-02: 1",
        "killed, combatant 2031-03-02..2031-03-02: 2",
        "wounded, female 2031-03-02..2031-03-02: 3",
        "killed ..2031-03-02: 4",
    }


def test_sheet_of_a_workbook_is_chosen(tmp_path: Path) -> None:
    """Of several sheets the one with the table is taken, and the others are asked about."""
    book = openpyxl.Workbook()
    book.active.append(["read me"])  # type: ignore[union-attr]
    page = book.create_sheet("Toll")
    for row in (["Town", "Killed"], ["Aram", 3], ["Beth", 4]):
        page.append(row)
    book.save(tmp_path / "a.xlsx")
    proposal = cs.tables.propose(tmp_path / "a.xlsx")
    assert proposal.mapping.sheet == "Toll"
    assert "the workbook has another sheet, 'Sheet'; is it that one?: sheet: Sheet" in proposal.asked


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.csv", b"", LedgerFileError),
        ("a.csv", b"1,2\n3,4\n", LedgerFileError),
        ("a.xlsx", b"no workbook", LedgerFileError),
        ("a.json", b"[]", MappingError),
        ("a.csv", b"Town,Colour\nAram,red\n", LedgerFileError),
    ],
)
def test_what_holds_no_counts_is_refused(name: str, content: bytes, error: type[Exception], tmp_path: Path) -> None:
    """A file without a table of counts is an error of ours that names it."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error, match="a\\."):
        cs.tables.propose(tmp_path / name)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    """A file that is not there is named."""
    with pytest.raises(LedgerFileError, match="missing"):
        cs.tables.propose(tmp_path / "missing.csv")
