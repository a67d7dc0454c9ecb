"""Tables in files and frames: every kind read alike, and every damage named."""

from __future__ import annotations

import io
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import casualties as cs
from casualties.errors import LedgerFileError, MappingError, MissingExtraError
from casualties.files import _workbooks
from casualties.files.mapped import TableReading, _open
from casualties.files.mapped import _by_row as reading_rows

MAPPING: dict[str, Any] = {
    "name": "sheet",
    "source": "{who}",
    "claims": [{"harm": "killed", "count": "dead", "place": "{town}"}],
}
HEADER = ["town", "who", "dead"]
ROWS: list[list[Any]] = [["Barda", "SOHR; VDC", "at least 11"], ["Ganja", "VDC", "5"]]


def text(delimiter: str = ",", rows: list[list[Any]] = ROWS) -> str:
    """Write the small table as text."""
    return "".join(delimiter.join(map(str, row)) + "\n" for row in [HEADER, *rows])


def written(path: Path, content: bytes | str) -> Path:
    """Write a file."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def sheet(path: Path, rows: list[list[Any]], title: str = "Sheet") -> Path:
    """Write a workbook of one sheet."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def read(path: object, **mapping: Any) -> TableReading:
    """Read a file by the small mapping."""
    found = cs.read_table(path, {**MAPPING, **mapping})
    assert found.counts.add_up
    return found


def said(ledger: cs.Ledger) -> tuple[frozenset[str], dict[str, Any]]:
    """Give what a ledger says, whatever the rows in which it was read."""
    return frozenset(claim.id for claim in ledger), ledger.declared


SMALL = read([dict(zip(HEADER, row, strict=True)) for row in ROWS]).ledger
EXPECTED = said(SMALL)


def test_the_small_table_has_three_claims() -> None:
    """Two rows, one of them of two parties."""
    assert [f"{claim.source}: {claim.figure}" for claim in SMALL] == [
        "SOHR: 11 or more",
        "VDC: 11 or more",
        "VDC: 5",
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", text()),
        ("a.csv", text(";").replace("SOHR; VDC", '"SOHR; VDC"')),
        ("a.csv", text("|")),
        ("a.txt", text("\t")),
        ("a.tsv", text("\t")),
        ("a.csv", text().replace("\n", "\r\n")),
        ("a.csv", "\n\n" + text() + "\n,,\n"),
        ("a.csv", "\ufeff" + text()),
        ("a.csv", text().encode("utf-16")),
        ("a.csv", text().encode("utf-32")),
        ("a.csv", text().replace("dead\n", "dead,,\n").replace("11\n", "11,,\n").replace("5\n", "5,,,\n")),
        ("a.csv", text().replace("dead\n", "dead\n#loc,#meta+source,#affected+killed\n")),
        ("a.json", json.dumps([dict(zip(HEADER, row, strict=True)) for row in ROWS])),
        ("a.jsonl", "\n".join(json.dumps(dict(zip(HEADER, row, strict=True))) for row in ROWS) + "\n\n"),
    ],
)
def test_text_files_read_alike(name: str, content: bytes | str, tmp_path: Path) -> None:
    """The same table in another notation, encoding or with another delimiter gives the same ledger."""
    assert said(read(written(tmp_path / name, content)).ledger) == EXPECTED


def test_workbook_parquet_and_frame_read_alike(tmp_path: Path) -> None:
    """The same table in a workbook, a Parquet file and a frame gives the same ledger."""
    frame = pd.DataFrame(ROWS, columns=HEADER)
    pq.write_table(pa.Table.from_pandas(frame), tmp_path / "a.parquet")
    assert said(read(sheet(tmp_path / "a.xlsx", [HEADER, *ROWS])).ledger) == EXPECTED
    assert said(read(tmp_path / "a.parquet").ledger) == EXPECTED
    assert said(read(frame).ledger) == EXPECTED


def test_delimiter_and_encoding_may_be_said(tmp_path: Path) -> None:
    """A mapping may name the delimiter and the encoding of its files."""
    path = written(tmp_path / "a.csv", text(":").replace("Barda", "Bärda").encode("latin-1"))
    found = read(path, delimiter=":", encoding="latin-1")
    assert sorted({str(claim.subject.place) for claim in found.ledger}) == ["Bärda", "Ganja"]


def test_kind_may_be_said(tmp_path: Path) -> None:
    """Where the name of a file does not say its kind the caller does; an unknown kind is an error."""
    path = written(tmp_path / "a.dat", text())
    assert said(cs.read_table(path, MAPPING, kind="csv").ledger) == EXPECTED
    with pytest.raises(MappingError, match="no reader for tables of kind 'dat'"):
        cs.read_table(path, MAPPING)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"not a workbook"),
        ("a.parquet", b"not parquet"),
        ("a.json", b"{"),
        ("a.json", b"null"),
        ("a.json", b'{"a": 1, "a": 2}'),
        ("a.json", b'[{"dead": ' + b"9" * 5000 + b"}]"),
        ("a.json", b"[" * 100_000),
        ("a.json", b"\xff\xfe\x00"),
        ("a.csv", b"\xff\xfe\x00\xd8x\x00" + text().encode("utf-16-le")),
        ("a.csv", b"\xff\xfe" + text().encode("utf-16-le") + b"\x00\xd8x"),
    ],
)
def test_damaged_file_is_a_clear_error(name: str, content: bytes, tmp_path: Path) -> None:
    """A file that cannot be read at all is an error of ours that names it."""
    with pytest.raises(
        LedgerFileError,
        match=r"cannot be read|is not UTF-8|no JSON|stands twice|too deeply|no column|no workbook|no Parquet",
    ) as caught:
        read(written(tmp_path / name, content))
    assert name in str(caught.value)


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.jsonl", "a.xlsx", "a.parquet"])
def test_missing_file_is_a_clear_error(name: str, tmp_path: Path) -> None:
    """A file that is not there is an error that names it, in every kind."""
    with pytest.raises(LedgerFileError, match="cannot be read"):
        read(tmp_path / name)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (text().replace("dead", "deda"), "no column 'dead'"),
        (text().replace("who", "dead"), "column 'dead' stands there 2 times"),
        ("", "it has no header"),
        ("\n\n\n", "it has no header"),
    ],
)
def test_table_that_does_not_fit_the_mapping_is_an_error(content: str, message: str, tmp_path: Path) -> None:
    """A column that is missing or stands twice is named, and so is a table without a header."""
    with pytest.raises(MappingError, match=message):
        read(written(tmp_path / "a.csv", content))


def test_unknown_encoding_is_an_error(tmp_path: Path) -> None:
    """An encoding that Python does not know is a wrong mapping."""
    with pytest.raises(MappingError, match="encoding 'klingon'"):
        read(written(tmp_path / "a.csv", text()), encoding="klingon")


def test_rows_of_another_width_are_quarantined(tmp_path: Path) -> None:
    """A row with too few or too many cells cannot be trusted to say which cell is which."""
    path = written(tmp_path / "a.csv", text(rows=[["Barda", "VDC", 1], ["Ganja", "VDC"], ["Ganja", "VDC", 1, 2]]))
    found = read(path)
    assert [(each.row, each.rule) for each in found.quarantine] == [(3, "field-count"), (4, "field-count")]
    assert (found.counts.rows, found.counts.claimed) == (3, 1)


def test_bytes_that_are_no_text_are_quarantined_alone(tmp_path: Path) -> None:
    """One cell in another encoding does not take its neighbours along."""
    content = text(rows=[["Barda", "VDC", 1], ["Ga?nja", "VDC", 2], ["Ganja", "VDC", "3\0"]]).encode()
    found = read(written(tmp_path / "a.csv", content.replace(b"?", b"\xe4")))
    assert [(each.row, each.rule) for each in found.quarantine] == [
        (3, "encoding"),
        (4, "control-character"),
    ]
    assert found.quarantine[0].message == "byte 0xe4 is not UTF-8; in cp1252 it reads 'Gaänja'"
    assert found.quarantine[0].hint == "write encoding: cp1252 in the mapping where that is right"
    assert found.counts.claimed == 1


def test_cell_longer_than_any_text_is_quarantined(tmp_path: Path) -> None:
    """A quote that is never closed runs on; what csv refuses is a row in quarantine."""
    content = text(rows=[["Barda", "VDC", 1], ["x" * 200_000, "VDC", 2], ["Ganja", "VDC", 3]])
    found = read(written(tmp_path / "a.csv", content))
    assert (found.quarantine[0].row, found.quarantine[0].rule) == (3, "unreadable-row")
    assert found.counts.claimed == 2


def test_lines_of_json_that_cannot_be_read_are_quarantined(tmp_path: Path) -> None:
    """A broken line is a row in quarantine; those around it are read."""
    lines = ['{"town": "Barda", "who": "VDC", "dead": 1}', "{", "[1]", '{"dead": 1, "dead": 2}', "[" * 100_000]
    found = read(written(tmp_path / "a.ndjson", "\n".join(lines)))
    assert [(each.row, each.rule) for each in found.quarantine] == [
        (2, "unreadable-row"),
        (3, "not-a-record"),
        (4, "key-twice"),
        (5, "unreadable-row"),
    ]
    assert found.counts.claimed == 1


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        (
            b"{town",
            "this is no JSON: expecting property name enclosed in double quotes, at character 2, 'town'",
            "line",
        ),
        (b'{"town": ', "this is no JSON: expecting value, at character 9, where it ends", "line"),
        (b"[1, 2]", "a list where a row should stand: '[1, 2]'", "give an object, with the columns as its keys"),
        (
            b'{"dead": 1, "dead": 2}',
            "the key 'dead' stands twice in one object",
            "write one of the two under another key",
        ),
        (b'{"town": "K\xf6ln"}', "byte 0xf6 is not UTF-8, at character 12", "save the file as UTF-8"),
        (b"[" * 100_000, "its objects and lists are nested too deeply", "line"),
    ],
)
def test_line_that_is_no_json_says_what_and_where(tmp_path: Path, line: bytes, message: str, hint: str) -> None:
    """The line, the character, what was found and the next step, in our words."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"town": "Barda", "who": "VDC", "dead": 1}\n' + line + b"\n")
    (bad,) = read(path).quarantine
    assert (bad.row, bad.message) == (2, message)
    assert bad.hint == (
        "write one object of JSON on each line, with the columns as its keys" if hint == "line" else hint
    )


def test_json_file_that_is_none_says_where(tmp_path: Path) -> None:
    """The whole file is refused, with the line and the column."""
    path = written(tmp_path / "a.json", '[{"town": "Barda"},\n {"town": x}]')
    with pytest.raises(LedgerFileError, match=r"this is no JSON: expecting value, at line 2, column 11, 'x}\]'"):
        read(path)


def test_rows_within_a_json_file(tmp_path: Path) -> None:
    """The rows may stand under a key; a key that is not there is a wrong mapping."""
    rows = [dict(zip(HEADER, row, strict=True)) for row in ROWS]
    path = written(tmp_path / "a.json", json.dumps({"data": {"rows": rows}}))
    assert said(read(path, records="data.rows").ledger) == EXPECTED
    with pytest.raises(MappingError, match=r"it holds no 'data\.lines'"):
        read(path, records="data.lines")
    with pytest.raises(MappingError, match=r"it holds no 'data\.rows\.x'"):
        read(path, records="data.rows.x")


def test_json_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A JSON file has to fit in memory; larger ones are to be lines."""
    monkeypatch.setattr(_open, "MAX_JSON", 10)
    with pytest.raises(LedgerFileError, match="larger than 10 bytes"):
        read(written(tmp_path / "a.json", "[1, 2, 3, 4]"))


def test_workbook_shows_what_a_spreadsheet_did(tmp_path: Path) -> None:
    """A range that became a date and a formula without its value are quarantined; short rows are no damage."""
    rows: list[list[Any]] = [
        [*HEADER, "note"],
        ["Barda", "VDC", datetime(2026, 10, 15)],
        ["Barda", "VDC", "=SUM(1,2)"],
        ["Barda", "VDC", 3],
        ["Barda", "VDC", "#REF!", "x"],
        ["Ganja", "VDC"],
    ]
    found = read(sheet(tmp_path / "a.xlsx", rows))
    assert [(each.row, each.rule) for each in found.quarantine] == [
        (2, "spreadsheet-date"),
        (3, "formula"),
        (5, "no-number"),
    ]
    assert (found.counts.claimed, found.counts.silent) == (1, 1)


def test_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    """A mapping may name the sheet; one that is not there is an error that lists those that are."""
    path = sheet(tmp_path / "a.xlsx", [HEADER, *ROWS], "dead")
    assert said(read(path, sheet="dead").ledger) == EXPECTED
    with pytest.raises(MappingError, match=r"no sheet 'living'\nHint: one of dead"):
        read(path, sheet="living")


def test_workbook_that_breaks_off_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Damage that shows only while rows are read is an error of ours too."""

    def broken(*rows: object) -> list[object]:
        raise KeyError("row")

    path = sheet(tmp_path / "a.xlsx", [HEADER, *ROWS])
    monkeypatch.setattr(_workbooks, "islice", broken)
    with pytest.raises(LedgerFileError, match="KeyError"):
        read(path)


def test_parquet_that_breaks_off_is_a_clear_error(tmp_path: Path) -> None:
    """A Parquet file whose pages are damaged is an error of ours, also after its footer was read."""
    path = tmp_path / "a.parquet"
    pq.write_table(
        pa.table({name: ["x" * 50] * 1000 for name in HEADER}), path, compression="none", use_dictionary=False
    )
    content = bytearray(path.read_bytes())
    content[4:200] = b"\xff" * 196
    with pytest.raises(LedgerFileError, match="this is no Parquet file"):
        read(written(path, bytes(content)))


def test_parquet_may_hold_records_within_records(tmp_path: Path) -> None:
    """Cells of records within a row are reached by points, also in Parquet."""
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"at": [{"town": "Barda", "dead": 3}], "who": ["VDC"]}), path)
    claim = {"harm": "killed", "count": "at.dead", "place": "{at.town}"}
    (found,) = read(path, claims=[claim]).ledger
    assert (found.subject.place, str(found.figure)) == ("Barda", "3")


@pytest.mark.parametrize(
    ("package", "name", "extra"),
    [("openpyxl", "a.xlsx", "excel"), ("pyarrow", "a.parquet", "parquet")],
)
def test_missing_extra_is_named(package: str, name: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file whose reader is not installed says what to install."""
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=rf"install casualties\[{extra}\]"):
        read(Path(name))


HXL = """Town,Who,Women,Men,Children,Hurt,Rich,Lost,Least,Day,Note
#adm2+name,#meta + source,#affected+killed+f,#affected+killed+m,#affected +killed +children,#affected+injured,\
#affected+rich,#affected+missing+police,#affected+killed+min,#date+occurred,
Barda,SOHR; VDC,1,2,3,4,5,6,7,2020-10-28,x
"""


def test_hxl_by_its_conventions(tmp_path: Path) -> None:
    """Hashtags say the harm, the sex, the age, the role and the bound; what counts nobody harmed is not read."""
    found = cs.read_table(written(tmp_path / "a.csv", HXL), "hxl")
    assert [str(each.subject) + f": {each.figure}" for each in found.ledger.by("VDC")] == [
        "killed, Barda 2020-10-28..2020-10-28: 7 or more",
        "killed, female, Barda 2020-10-28..2020-10-28: 1",
        "killed, male, Barda 2020-10-28..2020-10-28: 2",
        "killed, child, Barda 2020-10-28..2020-10-28: 3",
        "wounded, Barda 2020-10-28..2020-10-28: 4",
        "missing, police, Barda 2020-10-28..2020-10-28: 6",
    ]
    assert found.counts.cells == 6


def test_hxl_with_a_source_of_ones_own(tmp_path: Path) -> None:
    """Where the caller knows the source, what the table calls the source is the document."""
    mapping = {"name": "mine", "tagged": True, "source": "ucdp"}
    found = cs.read_table(written(tmp_path / "a.csv", HXL), mapping)
    (citation,) = next(iter(found.ledger)).citations
    assert citation.report is not None
    assert citation.report.title == "SOHR; VDC"
    plain = HXL.replace("#meta + source", "")
    assert cs.read_table(written(tmp_path / "b.csv", plain), mapping).new_names == ("ucdp",)


def test_hxl_columns_may_be_named_in_a_mapping(tmp_path: Path) -> None:
    """A mapping of one's own may read columns by their hashtags."""
    mapping = {
        "name": "mine",
        "tagged": "true",
        "source": "us",
        "claims": [{"harm": "killed", "count": "#affected+killed+f", "sex": "female"}],
    }
    assert len(cs.read_table(written(tmp_path / "a.csv", HXL), mapping).ledger) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HXL.replace("#meta + source", ""), r"no #meta\+source"),
        (HXL.replace("#affected", "#reached"), "no column of people harmed"),
        ("Town\n" * 30, "no #meta"),
    ],
)
def test_table_without_the_hashtags_is_an_error(content: str, message: str, tmp_path: Path) -> None:
    """What HXL must say for claims is asked for by name."""
    with pytest.raises(MappingError, match=message):
        cs.read_table(written(tmp_path / "a.csv", content), "hxl")


def test_header_beyond_reach_is_none(tmp_path: Path) -> None:
    """A header that does not come within the first lines is not looked for any longer."""
    with pytest.raises(MappingError, match="it has no header"):
        read(written(tmp_path / "a.csv", "\n" * 40 + text()))


class Terminal(io.StringIO):
    """Standard error that is a terminal."""

    def isatty(self) -> bool:
        """Say that it is one."""
        return True


def test_progress_on_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long file shows a bar and the rows read, and takes them away; a list shows the rows alone."""
    monkeypatch.setattr(reading_rows, "EVERY", 1)
    monkeypatch.setattr(reading_rows, "AFTER", 0.0)
    for table, shown in (
        (written(tmp_path / "a.csv", text()), "[####"),
        ([{"town": "x", "who": "y", "dead": 1}], " 1 rows"),
    ):
        screen = Terminal()
        monkeypatch.setattr(sys, "stderr", screen)
        read(table)
        assert shown in screen.getvalue()
        assert screen.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize("screen", [io.StringIO(), Terminal()])
def test_no_progress_elsewhere_or_for_short_files(screen: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written where nobody watches, or where reading is done at once."""
    monkeypatch.setattr(sys, "stderr", screen)
    read([{"town": "x", "who": "y", "dead": 1}])
    assert screen.getvalue() == ""
