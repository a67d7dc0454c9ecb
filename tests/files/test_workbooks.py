"""Workbooks and Parquet files: the same columns as the flat table, exact, edited by hand, and spoilt."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import casualties as cs
from casualties.errors import LedgerFileError
from casualties.files import _workbooks, csv, disk, excel, parquet
from casualties.model.claim import Claim
from casualties.model.report import Citation, Relay, Report
from casualties.model.source import Source
from casualties.model.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from casualties import Ledger

SEED = "nagorno-karabakh-2020-09-30"
KILLED = Subject(harm=["killed"])


def packed(ledger: Ledger, name: str) -> bytes:
    """Write a ledger and give the bytes."""
    file = io.BytesIO()
    assert cs.write(ledger, file, format=name) == ()
    return file.getvalue()


def edited(ledger: Ledger, edit: Callable[[openpyxl.Workbook], None]) -> bytes:
    """Write a workbook, let somebody edit it, and give the bytes."""
    book = openpyxl.load_workbook(io.BytesIO(packed(ledger, "excel")))
    edit(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("name", ["excel", "parquet"])
@pytest.mark.parametrize("seed", cs.seeds.names())
def test_every_seed_comes_back(seed: str, name: str) -> None:
    """Every seed is read back equal and written as the same bytes again."""
    ledger = cs.seeds.load(seed)
    content = packed(ledger, name)
    again = cs.read(io.BytesIO(content), format=name)
    assert again == ledger
    assert packed(again, name) == content


def test_columns_are_those_of_the_flat_table() -> None:
    """A workbook and a Parquet file have the columns of the CSV file, with counts as numbers."""
    ledger = cs.seeds.load(SEED)
    book = openpyxl.load_workbook(io.BytesIO(packed(ledger, "excel")))
    assert book.sheetnames == ["claims", "rest"]
    head, *rows = book["claims"].iter_rows(values_only=True)
    used = {column for row in csv.rows(ledger) for column in row}
    assert head == tuple(column for column in csv.COLUMNS if column in used)  # columns that hold nothing are left out
    assert (book["claims"].freeze_panes, book["claims"].auto_filter.ref is not None) == ("A2", True)
    table = pq.read_table(io.BytesIO(packed(ledger, "parquet")), use_threads=False)
    assert tuple(table.column_names) == csv.COLUMNS
    assert [str(table.schema.field(name).type) for name in ("low", "high", "figure")] == ["int64", "int64", "string"]
    low = head.index("low")
    assert {row[low] for row in rows} == {None, 0, 1, 2, 11, 81}
    assert sorted(each for each in table["low"].to_pylist() if each is not None) == [0, 1, 2, 11, 81]


def test_a_ledger_without_rest_has_one_sheet() -> None:
    """Where rows hold everything there is no second sheet, and the metadata names no part."""
    ledger = cs.Ledger([Claim(source="a", subject=KILLED, figure=cs.Figure(1, 2))], sources=[Source(key="a")])
    assert openpyxl.load_workbook(io.BytesIO(packed(ledger, "excel"))).sheetnames == ["claims"]
    assert cs.read(io.BytesIO(packed(ledger, "excel")), format="excel") == ledger
    metadata = pq.read_schema(io.BytesIO(packed(ledger, "parquet"))).metadata
    assert metadata[b"casualties"] == b'{"casualties": 1}\n'


def test_long_records_are_cut_into_cells() -> None:
    """A record that is longer than a cell holds goes on in the next ones."""
    ledger = cs.Ledger(sources=[Source(key="a", aliases=[f"{number}{'x' * 9000}" for number in range(5)])])
    content = packed(ledger, "excel")
    row = next(iter(openpyxl.load_workbook(io.BytesIO(content))["rest"].iter_rows(values_only=True)))
    assert len(row) == 4
    assert row[0] == "sources"
    assert cs.read(io.BytesIO(content), format="excel") == ledger


def test_cells_that_are_too_long_are_refused(tmp_path: Path) -> None:
    """A cell that a workbook cannot hold is an error with its place, and no file is written."""
    relays = [Relay(name=f"{number}{'x' * 9000}") for number in range(4)]
    claim = Claim(source="a", subject=KILLED, figure=cs.Figure(1, 2), citations=[Citation(relays=relays)])
    ledger = cs.Ledger([claim], sources=[Source(key="a")])
    with pytest.raises(LedgerFileError, match="row 2, column relays: 36007 characters are more than a cell holds"):
        cs.write(ledger, tmp_path / "x.xlsx")
    assert list(tmp_path.iterdir()) == []
    assert cs.write(ledger, tmp_path / "x.parquet") == ()


def test_signs_that_workbooks_cannot_hold() -> None:
    """Texts that look like a workbook's escapes, and signs that XML has no place for, come back as they were."""
    report = Report(title="_x0041_ \ufffe _x005F_ \uffff", publisher="line\nline")
    claim = Claim(source="a", subject=KILLED, figure=cs.Figure(1, 2), citations=[Citation(report=report)])
    ledger = cs.Ledger([claim], sources=[Source(key="a")])
    assert cs.read(io.BytesIO(packed(ledger, "excel")), format="excel") == ledger


def test_what_a_spreadsheet_makes_of_cells() -> None:
    """Numbers with a point, and dates that a spreadsheet made of texts, are read as what they say."""

    def edit(book: openpyxl.Workbook) -> None:
        header = [cell.value for cell in book["claims"][1]]
        for row in book["claims"].iter_rows(min_row=2):
            for name, cell in zip(header, row, strict=True):
                if name == "low" and isinstance(cell.value, int):
                    cell.value = float(cell.value)
                if name == "until":
                    cell.value = datetime(2020, 9, 30)
                if name == "stated":
                    cell.value = date(2020, 9, 30)

    ledger = cs.seeds.load(SEED)
    assert cs.read(io.BytesIO(edited(ledger, edit)), format="excel") == ledger
    assert [excel._text(value) for value in (date(2020, 9, 30), 11.0, 1.5, True)] == ["2020-09-30", "11", "1.5", "True"]


def test_a_formula_typed_into_a_workbook_is_refused() -> None:
    """A formula is an error with its row and column, and never run."""

    def edit(book: openpyxl.Workbook) -> None:
        book["claims"]["B3"].value = "=1+1"

    with pytest.raises(LedgerFileError, match="row 3, column source: '=1\\+1' would be run"):
        cs.read(io.BytesIO(edited(cs.seeds.load(SEED), edit)), format="excel")


def test_what_stands_beside_is_checked() -> None:
    """A wrong record on the second sheet is told with the name of the sheet."""

    def edit(book: openpyxl.Workbook) -> None:
        book["rest"]["B1"].value = '{"kind": "side"}'

    with pytest.raises(LedgerFileError, match=r"<BytesIO>, sheet rest: 1 problem\n  \$.terms\[0\].key"):
        cs.read(io.BytesIO(edited(cs.seeds.load(SEED), edit)), format="excel")


def test_other_files_are_refused() -> None:
    """What is no workbook or Parquet file, or one that was not written here, is an error of ours."""
    empty = io.BytesIO()
    openpyxl.Workbook().save(empty)
    with pytest.raises(LedgerFileError, match="there is no sheet 'claims' in it"):
        cs.read(io.BytesIO(empty.getvalue()), format="excel")
    with pytest.raises(LedgerFileError, match="this is no workbook"):
        cs.read(io.BytesIO(b"PK nonsense"), format="excel")
    other = io.BytesIO()
    pq.write_table(pa.table({"a": [1]}), other)
    with pytest.raises(LedgerFileError, match="there is no ledger in it"):
        cs.read(io.BytesIO(other.getvalue()), format="parquet")
    with pytest.raises(LedgerFileError, match="this is no Parquet file"):
        cs.read(io.BytesIO(b"nonsense"), format="parquet")


def test_large_files_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file that is too large, or unpacks to too much, is not opened."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("x", b"0" * 2000)
    monkeypatch.setattr(_workbooks, "MAX_BYTES", 1000)
    with pytest.raises(LedgerFileError, match="it unpacks to more than 1000 bytes"):
        cs.read(io.BytesIO(bomb.getvalue()), format="excel")
    monkeypatch.setattr(disk, "MAX_BYTES", 10)
    with pytest.raises(LedgerFileError, match="larger than 10 bytes"):
        parquet.read(io.BytesIO(b"x" * 11))
    with pytest.raises(LedgerFileError, match="it cannot be read"):
        cs.read(tmp_path / "absent.parquet")
