"""The workbook of a result: what stands in it, and that a spreadsheet program opens it."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.files.mapped.sheets import log_workbook

import casualties as cs
from casualties.errors import MissingExtraError
from casualties.model.unread import Unread

LEDGER = """
casualties: 1
title: Two towns
sides: {north: {against: [south]}, south: {}}
sources:
  ministry: {name: Ministry of Health, kind: government, side: north}
  crescent: {name: Red Crescent, kind: ngo}
unread: [{table: log.xlsx, cell: F7, column: Killed, value: 15-Oct, why: it is a date}]
claims:
  - {source: ministry, killed: more than 80, place: Aram, since: 2031-03-01, until: 2031-03-02, note: "=1+1"}
  - {source: crescent, killed: 40 to 60, place: Aram, since: 2031-03-01, until: 2031-03-02, stated: 2031-03}
  - {source: crescent, silent: killed, place: Beth, since: 1899-05-01, until: 1899-05-01}
"""


def book(result: cs.Reconciliation, folder: Path) -> Any:
    """Write a workbook and read it again."""
    result.to_excel(folder / "result.xlsx")
    return openpyxl.load_workbook(folder / "result.xlsx")


def rows(sheet: Any) -> list[dict[str, Any]]:
    """Give the rows of a sheet by the names of its columns."""
    header, *lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [dict(zip(header, line, strict=True)) for line in lines]


@pytest.fixture
def result() -> cs.Reconciliation:
    """A result with an open end, a dispute, a silence and a cell that was not read."""
    return cs.reconcile(cs.read(io.StringIO(LEDGER), format="yaml"))


def test_sheets_of_a_result(result: cs.Reconciliation, tmp_path: Path) -> None:
    """Four sheets hold the findings, the claims, the disputes and what was not read; open ends are words."""
    found = book(result, tmp_path)
    assert found.sheetnames == ["Findings", "Claims", "Disputes", "Not read"]
    beth, aram = rows(found["Findings"])
    assert (aram["Place"], aram["Span, lowest"], aram["Span"]) == ("Aram", 40, "40 or more")
    assert "Span, highest" not in aram  # nobody states an upper end
    assert (aram["Standing"], aram["Independent sources"], aram["Disputes"]) == ("disputed", 2, 1)
    assert (aram["From"], aram["Until"]) == (datetime(2031, 3, 1), datetime(2031, 3, 2))
    assert (beth["Place"], beth["From"], beth["Span"]) == ("Beth", "1899-05-01", None)
    assert "Ministry of Health" in aram["In a sentence"]
    claims = rows(found["Claims"])
    ministry = next(claim for claim in claims if claim["Source"] == "ministry")
    assert (ministry["Lowest"], ministry.get("Highest"), ministry["Count"]) == (81, None, "81 or more")
    assert (ministry["Notes"], next(each["Stated"] for each in claims if each["Stated"])) == ("=1+1", "2031-03")
    (dispute,) = rows(found["Disputes"])
    assert [dispute[name] for name in ("Lower source", "Lower count", "Higher source", "Higher count", "Apart by")] == [
        "Red Crescent",
        "40–60",
        "Ministry of Health",
        "81 or more",
        21,
    ]
    assert rows(found["Not read"]) == [
        {
            "Table": "log.xlsx",
            "Cell": "F7",
            "Column": "Killed",
            "What it holds": "15-Oct",
            "Why it was not read": "it is a date",
        }
    ]


def test_sheets_are_pleasant_and_run_nothing(result: cs.Reconciliation, tmp_path: Path) -> None:
    """Headers are bold and frozen, there are filters and widths, dates look like dates, and no cell is a formula."""
    for sheet in book(result, tmp_path):
        assert (sheet.freeze_panes, sheet.auto_filter.ref is not None) == ("A2", True)
        assert all(cell.font.bold for cell in sheet[1])
        assert all(column.width >= 8 for column in sheet.column_dimensions.values())
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        days = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, date)]
        assert {cell.number_format for cell in days} <= {"yyyy-mm-dd"}


def test_columns_that_hold_nothing_are_left_out(result: cs.Reconciliation, tmp_path: Path) -> None:
    """Who has no side and no event in the ledger gets no columns for them."""
    assert not {"Side", "Event"} & {cell.value for cell in book(result, tmp_path)["Findings"][1]}


def test_an_empty_result_is_a_workbook_too(tmp_path: Path) -> None:
    """A ledger without claims gives four sheets with their headers."""
    found = book(cs.reconcile(cs.Ledger()), tmp_path)
    assert [sheet.max_row for sheet in found] == [1, 1, 1, 1]


def test_equal_results_are_equal_bytes(result: cs.Reconciliation, tmp_path: Path) -> None:
    """The time of writing is not in the file, and cs.write writes the same."""
    result.to_excel(tmp_path / "a.xlsx")
    cs.write(result, tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.parquet"])
def test_results_are_written_wherever_frames_are(name: str, result: cs.Reconciliation, tmp_path: Path) -> None:
    """A reconciliation can be written as CSV, JSON and Parquet: its findings."""
    assert cs.write(result, tmp_path / name) == ()
    if name == "a.csv":
        lines = list(csv.DictReader((tmp_path / name).read_text(encoding="utf-8").splitlines()))
        assert [line["span_high"] for line in lines] == ["", "inf"]
    assert (tmp_path / name).stat().st_size > 100


def test_without_openpyxl_the_extra_is_named(result: cs.Reconciliation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package is not installed the error names the extra."""
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match="excel"):
        result.to_excel("never.xlsx")


def test_cells_that_no_sheet_holds_are_escaped(tmp_path: Path) -> None:
    """Characters that XML has none of, and long texts, are written all the same."""
    left = [Unread(table="a", cell="A1", value="x\ufffe", why="y" * 9_000)]
    found = book(cs.reconcile(cs.Ledger(unread=left)), tmp_path)
    (row,) = rows(found["Not read"])
    assert (row["What it holds"], len(row["Why it was not read"])) == ("x_xFFFE_", 9_000)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_spreadsheet_program_opens_it(tmp_path: Path) -> None:
    """LibreOffice opens the result of a recorder's own sheet and shows the same cells."""
    log = log_workbook(tmp_path)
    reading = cs.read_table(log, cs.tables.propose(log).mapping)
    cs.reconcile(reading.ledger).to_excel(tmp_path / "result.xlsx")
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to"]
    subprocess.run(
        [*command, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "result.xlsx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=180,
    )
    sheets = {
        name: list(csv.DictReader((tmp_path / f"result-{name}.csv").read_text(encoding="utf-8").splitlines()))
        for name in ("Findings", "Claims", "Disputes", "Not read")
    }
    assert {row["Row or place"] for row in sheets["Claims"]} == {f"row {number}" for number in range(5, 13)}
    assert [row["Cell"] for row in sheets["Not read"]] == ["E12", "F12", "E13", "F13", "G13"]
    gamla = next(row for row in sheets["Claims"] if row["In what words"] == "more than 80")
    assert (gamla["Lowest"], gamla["Count"], gamla["From"]) == ("81", "81 or more", "2031-03-08")
