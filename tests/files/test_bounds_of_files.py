"""Files made, or grown, to take all time or memory: each ends soon and is told what is wrong with it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl.styles import Font
from tests.builders import calls

import casualties as cs
from casualties.cli import main
from casualties.errors import CasualtiesError, LedgerFileError

MAPPING = {"name": "m", "source": "us", "claims": [{"harm": "killed", "count": "n"}]}
SOON = 100_000
"""How many calls a refusal may take; reading one million rows takes ten millions."""
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def book(
    tmp_path: Path,
    sheet: str | None = None,
    last: int = 1_048_576,
    merged: Sequence[str] = (),
    more: Sequence[list[Any]] = (),
) -> Path:
    """Write a workbook with a table of one row and a formatted cell, or one whose sheet is given as in the file."""
    made = openpyxl.Workbook()
    table = made.worksheets[0]
    rows: list[list[Any]] = [["n", "town"], [3, "Barda"], *more]
    for row in rows:
        table.append(row)
    table[f"A{last}"].font = Font(bold=True)
    out = io.BytesIO()
    made.save(out)
    ranges = "".join(f'<mergeCell ref="{each}"/>' for each in merged)
    path = tmp_path / f"table-{last}.xlsx"
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member).decode()
            if member.filename == "xl/worksheets/sheet1.xml":
                content = sheet or content.replace("</sheetData>", f"</sheetData><mergeCells>{ranges}</mergeCells>")
            new.writestr(member.filename, content)
    return path


def parquet(tmp_path: Path, table: pa.Table) -> Path:
    """Write a Parquet file."""
    path = tmp_path / "table.parquet"
    pq.write_table(table, path)
    return path


@pytest.mark.no_cover  # a million rows
def test_workbook_with_a_formatted_last_row_is_read(tmp_path: Path) -> None:
    """One formatted cell in row 1,048,576 is no row, as a table and as a ledger."""
    [claim] = cs.read_table(book(tmp_path), MAPPING).ledger
    assert str(claim.figure) == "3"
    seed, path = cs.seeds.load("nagorno-karabakh-2020-09-30"), tmp_path / "ledger.xlsx"
    cs.write(seed, path)
    made = openpyxl.load_workbook(path)
    made["claims"]["A1048576"].font = Font(bold=True)
    made.save(path)
    assert cs.read(path) == seed


@pytest.mark.parametrize("merged", [(), ("B2:B1048576",), ("B2:XFD1048576",)])
def test_rows_in_which_nothing_stands_are_little_work(merged: Sequence[str], tmp_path: Path) -> None:
    """A further one is a few calls; so is one to which merged cells reach down."""
    few, many = (book(tmp_path, last=last, merged=merged) for last in (20_000, 40_000))
    cs.read_table(few, MAPPING)  # what is loaded once is loaded before it is measured
    more = calls(lambda: cs.read_table(many, MAPPING)) - calls(lambda: cs.read_table(few, MAPPING))
    assert more < 16 * 20_000


def test_what_stands_in_merged_cells_is_read_as_far_as_there_are_rows(tmp_path: Path) -> None:
    """Of rows in which nothing else stands it makes none; cells under no column are told, row by row."""
    mapping = {**MAPPING, "claims": [{"harm": "killed", "count": "n", "place": "{town}"}]}
    path = book(tmp_path, last=9, merged=["B2:B1048576"], more=[[4], [], [6]])
    found = cs.read_table(path, mapping)
    assert [str(claim.figure) for claim in found.ledger] == ["3", "4", "6"]
    assert {claim.subject.place for claim in found.ledger} == {"Barda"}
    path = book(tmp_path, last=9, merged=["B2:XFD1048576"], more=[[4], [], [6]])
    found = cs.read_table(path, mapping)
    assert [(each.row, each.message) for each in found.quarantine] == [
        (row, "16384 cells under 2 columns") for row in (2, 3, 5)
    ]


BAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "five million cells in a row": (
        lambda path: book(path, SHEET.format(f"<row>{'<c/>' * 5_000_000}</row>")),
        "a row has more than 16,384 cells",
    ),
    "four million rows": (
        lambda path: book(path, SHEET.format('<row r="3"><c r="A3"/></row>' * 4_000_000)),
        "it unpacks to more than",
    ),
    "more rows than a sheet has": (
        lambda path: book(path, SHEET.format("<row/>" * 1_048_578)),
        "it has more than 1,048,576 rows",
    ),
    "a row far below": (
        lambda path: book(path, SHEET.format('<row r="999999999"><c r="A999999999"><v>1</v></c></row>')),
        "more than 1,048,576 rows|no column",
    ),
    "ranges of merged cells without end": (
        lambda path: book(path, merged=["A2:XFD1048576"] * 100_001, last=3),
        "more than 100,000 ranges of cells are merged",
    ),
    "merged cells over each other": (
        lambda path: book(path, merged=["A2:XFD1048576"] * 200, last=3),
        "more than 2,000,000 cells are merged with others",
    ),
    "sixty million nulls": (
        lambda path: parquet(path, pa.table({"n": pa.nulls(60_000_000, pa.string())})),
        "60,000,000 rows in .* bytes: no table of counts is so small",
    ),
    "a dictionary that unfolds": (
        lambda path: parquet(
            path,
            pa.table(
                {
                    "n": pa.DictionaryArray.from_arrays(pa.array([0] * 500_000, pa.int32()), pa.array(["x" * 10_000])),
                    "id": pa.array([f"{each:x}" for each in range(500_000)]),
                }
            ),
        ),
        "it unfolds to more than",
    ),
    "text that is none": (
        lambda path: parquet(
            path,
            pa.table(
                {
                    "n": pa.Array.from_buffers(
                        pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\1\0\0\0"), pa.py_buffer(b"\xff")]
                    )
                }
            ),
        ),
        "row 1, column n: byte 0xff is not UTF-8",
    ),
}
"""What ends in an error, and in which."""


@pytest.mark.parametrize("name", BAD)
def test_bombs_are_refused_soon(name: str, tmp_path: Path) -> None:
    """Each is told in few calls."""
    make, told = BAD[name]
    path = make(tmp_path)

    def act() -> None:
        with pytest.raises(CasualtiesError, match=told):
            cs.read_table(path, MAPPING)

    cs.read_table([{"n": 1}], MAPPING)  # what is loaded once is loaded before it is measured
    assert calls(act) < SOON


def test_workbook_without_sheets(tmp_path: Path) -> None:
    """A workbook whose list of sheets is empty has nothing to read, and says so."""
    path = book(tmp_path, SHEET.format(""))
    bare = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(bare, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "xl/workbook.xml":
                start, end = content.index(b"<sheets>"), content.index(b"</sheets>")
                content = content[: start + len(b"<sheets>")] + content[end:]
            new.writestr(member.filename, content)
    for read in (lambda: cs.read_table(bare, MAPPING), lambda: cs.read(bare)):
        with pytest.raises(CasualtiesError, match=r"there is no sheet in it|this is no workbook"):
            read()


def test_sheet_that_nothing_reads_is_told(tmp_path: Path) -> None:
    """A sheet that somebody added to a ledger is named, unless it is empty."""
    seed, path = cs.seeds.load("nagorno-karabakh-2020-09-30"), tmp_path / "ledger.xlsx"
    cs.write(seed, path)
    made = openpyxl.load_workbook(path)
    made.create_sheet("notes")
    made.save(path)
    assert cs.read(path) == seed
    made["notes"]["B2"] = "a note"
    made.save(path)
    with pytest.raises(CasualtiesError, match="sheet notes: it is not read: a ledger stands on claims and rest"):
        cs.read(path)


COLUMNS = {"source": "mod", "stance": "states", "harm": "killed", "until": "2021-05-03"}


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (
            lambda: pa.table({**{name: pa.nulls(5_000_000, pa.string()) for name in COLUMNS}}),
            "5,000,000 rows in .* bytes: no table of claims is so small",
        ),
        (
            lambda: pa.table(
                {
                    **{name: pa.array([value] * 200_000) for name, value in COLUMNS.items()},
                    "place": pa.DictionaryArray.from_arrays(
                        pa.array([0] * 200_000, pa.int32()), pa.array(["x" * 10_000])
                    ),
                    "low": pa.array(range(200_000)),
                }
            ),
            "it unfolds to more than",
        ),
    ],
    ids=["nulls", "a dictionary that unfolds"],
)
@pytest.mark.parametrize("folder", [False, True], ids=["file", "folder"])
def test_claims_as_columns_are_refused_before_they_unfold(
    folder: bool, table: Callable[[], pa.Table], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file, and a folder of files, of a size that no claims have."""
    path = parquet(tmp_path, table())
    assert main(["reconcile", str(tmp_path if folder else path)]) == 1
    assert re.search(told, said := capsys.readouterr().err), said
    assert path.name in said


UNFOLDING = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(20)
)


@pytest.mark.parametrize("form", ["csv", "json", "yaml"])
@pytest.mark.parametrize(
    "content",
    [
        *(UNFOLDING, "[" * 200_000, "{" * 200_000, "- " * 100_000, '{"a":' * 100_000),
        *("x" * 2_000_000, "a: " * 10_000, "?" * 50_000),
    ],
    ids=["aliases", "lists", "maps", "dashes", "objects", "one word", "colons", "questions"],
)
def test_texts_without_end_are_refused_soon(form: str, content: str) -> None:
    """Files made to take forever, or all memory, are refused in few calls for their length."""

    def act() -> None:
        with pytest.raises(LedgerFileError):
            cs.read(io.StringIO(content), format=form)

    act()  # what is loaded once is loaded before it is measured
    assert calls(act) < SOON + 2 * len(content)
