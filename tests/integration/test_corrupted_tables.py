"""Corrupted tables: an error of ours or rows in quarantine each time, never a crash, and counts that add up."""

from __future__ import annotations

import csv
import io
import json
import os
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import casualties as cs
from casualties.errors import CasualtiesError
from casualties.files.mapped import TableMapping

ROWS = int(os.environ.get("CASUALTIES_CORRUPTED_ROWS", "5000"))
"""How many corrupted rows are read in all; `.ci/run` asks for a hundred thousand."""

CHUNK = 250
"""How many rows stand in one table."""

HEADER = ["town", "who", "day", "low", "best", "high", "wounded"]
MAPPING: dict[str, Any] = {
    "name": "corrupted",
    "source": "{who}",
    "optional": ["town", "who", "day", "low", "best", "high", "wounded"],
    "dates": ["YYYY-MM-DD", "DD/MM/YYYY"],
    "claims": [
        {
            "harm": "killed",
            "low": "low",
            "best": "best",
            "high": "high",
            "place": "{town}",
            "since": "{day}",
            "until": "{day}",
        },
        {"harm": "wounded", "count": "wounded", "place": "{town}", "until": "{day}"},
    ],
    "checks": [
        {"rule": "sum", "column": "best", "parts": ["low", "wounded"]},
        {"rule": "step", "column": "low", "total": "best", "along": "day"},
    ],
}
POISON: list[Any] = [
    *("", "x", "NaN", "inf", "-0", "-5", "1e400", "9" * 400, "٣", "½", "0x1F", "1.5", "1.000.000", "#REF!", "#DIV/0!"),
    *(
        "=SUM(A1:A9)",
        "=cmd|' /C calc'!A0",
        "@import",
        "+1",
        "15-Oct",
        "10-15",
        "2026-10-15",
        "31/02/2020",
        "0000-00-00",
    ),
    *(
        "a\0b",
        "\x1b[31m",
        "\u202e12",
        "\ufeff3",
        "7\udc80",
        "é" * 300,
        "x" * 12_000,
        '"',
        "a;b",
        ";;",
        "\t",
        "{day}",
        "{}",
    ),
    *("at least", "between 5 and", "5 to 3", "twelve", "SOHR; VDC", "%s%n", "null", "None", "no", "[]", "()", "\\"),
    *(None, True, False, 0, -1, 10**13, 10**400, 2.5, float("nan"), float("inf"), -0.0, 1e300),
]
"""What stands where it should not."""


def corrupted_rows(chance: random.Random, size: int) -> list[list[Any]]:
    """Draw rows of which about a third of the cells is not what it should be."""
    rows = []
    for _ in range(size):
        low = chance.randrange(60)
        day = datetime(2020, 9, 27, tzinfo=UTC) + timedelta(days=chance.randrange(60))
        row: list[Any] = [
            f"town {chance.randrange(9)}",
            chance.choice(["SOHR", "VDC", "Ministry"]),
            day.strftime(chance.choice(["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y"])),
            low,
            low + chance.randrange(-1, 9),
            low + chance.randrange(20),
            chance.choice(["at least 5", "dozens", "3", "unknown", ""]),
        ]
        for place in range(len(row)):
            if chance.random() < 0.3:
                row[place] = chance.choice(POISON)
        rows.append(row)
    return rows


def shown(value: object) -> str:
    """Write a cell as a text file holds it."""
    return "" if value is None else hex(value) if isinstance(value, int) and abs(value) > 10**300 else str(value)


def as_text(rows: list[list[Any]], chance: random.Random, delimiter: str) -> bytes:
    """Write rows as text and damage some bytes, lines and the encoding."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerows([HEADER, *([shown(cell) for cell in row] for row in rows)])
    encoding = chance.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1"])
    errors = "replace" if encoding == "utf-16" else "surrogateescape" if encoding.startswith("utf") else "ignore"
    content = bytearray(file.getvalue().encode(encoding, errors))
    for _ in range(chance.randrange(12)):
        place = chance.randrange(len(content))
        damage = chance.choice([b"\xff", b"\0", b'"', delimiter.encode(), b"\n", b"", b"\r", b"\xc3("])
        content[place : place + chance.randrange(3)] = damage
    return bytes(content)


def write_csv(path: Path, rows: list[list[Any]], chance: random.Random) -> object:
    """Write a damaged text file."""
    path = path.with_suffix(".csv")
    path.write_bytes(as_text(rows, chance, chance.choice(",;\t|")))
    return path


def write_tsv(path: Path, rows: list[list[Any]], chance: random.Random) -> object:
    """Write a damaged text file parted by tabulators."""
    path = path.with_suffix(".tsv")
    path.write_bytes(as_text(rows, chance, "\t"))
    return path


def _json_cell(value: object) -> object:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def write_json(path: Path, rows: list[list[Any]], chance: random.Random) -> object:
    """Write a JSON file, every fourth of them broken off."""
    path = path.with_suffix(".json")
    records = [dict(zip(HEADER, map(_json_cell, row), strict=True)) for row in rows]
    text = json.dumps([*records, chance.choice([7, None, [], {}])], ensure_ascii=chance.random() < 0.5)
    path.write_text(text[: chance.choice([None, None, None, len(text) // 2])], encoding="utf-8")
    return path


def write_lines(path: Path, rows: list[list[Any]], chance: random.Random) -> object:
    """Write JSON lines, some of them broken off, some no records."""
    path = path.with_suffix(".jsonl")
    lines = []
    for row in rows:
        line = json.dumps(dict(zip(HEADER, map(_json_cell, row), strict=True)), ensure_ascii=chance.random() < 0.5)
        lines.append(chance.choice([line, line, line, line, line[: len(line) // 2], "[1]", '{"low": 1, "low": 2}']))
    path.write_bytes("\n".join(lines).encode().replace(b"town", chance.choice([b"town", b"t\xffwn"])))
    return path


def write_workbook(path: Path, rows: list[list[Any]], chance: random.Random) -> object:
    """Write a workbook, every fourth of them damaged."""
    path = path.with_suffix(".xlsx")
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet()
    page.append(HEADER)
    for row in rows:
        cells = [shown(cell) if isinstance(cell, int) and abs(cell) > 10**15 else cell for cell in row]
        cells = [datetime(2026, 10, 15) if cell == "15-Oct" else cell for cell in cells]
        page.append(["".join(filter(str.isprintable, cell)) if isinstance(cell, str) else cell for cell in cells])
    book.save(path)
    if chance.random() < 0.25:
        content = bytearray(path.read_bytes())
        for _ in range(20):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content)
    return path


def write_parquet(path: Path, rows: list[list[Any]], chance: random.Random) -> object:
    """Write a Parquet file of texts, every fourth of them damaged."""
    path = path.with_suffix(".parquet")
    texts = [[None if cell is None else str(_json_cell(shown(cell))) for cell in row] for row in rows]
    columns = {
        name: pa.array(column, pa.string()) for name, column in zip(HEADER, zip(*texts, strict=True), strict=True)
    }
    pq.write_table(pa.table(columns), path)
    if chance.random() < 0.25:
        content = bytearray(path.read_bytes())
        for _ in range(20):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content)
    return path


def write_frame(path: Path, rows: list[list[Any]], chance: random.Random) -> object:
    """Make a frame of objects."""
    return pd.DataFrame(rows, columns=HEADER, dtype=object)


def write_list(path: Path, rows: list[list[Any]], chance: random.Random) -> object:
    """Make a list of records, some of which are none."""
    records: list[Any] = [dict(zip(HEADER, row, strict=True)) for row in rows]
    return [chance.choice([each, each, each, each, 7, {}]) for each in records]


WRITERS: list[Callable[[Path, list[list[Any]], random.Random], object]] = [
    write_csv,
    write_tsv,
    write_json,
    write_lines,
    write_workbook,
    write_parquet,
    write_frame,
    write_list,
]


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__.removeprefix("write_"))
def test_corrupted_tables_are_read_or_refused(
    write: Callable[[Path, list[list[Any]], random.Random], object], tmp_path: Path
) -> None:
    """Each table ends in an error of ours, or in a ledger and a quarantine whose counts add up."""
    chance = random.Random(write.__name__)
    mapping = TableMapping.of(MAPPING)
    read = refused = 0
    for number in range(max(1, ROWS // len(WRITERS) // CHUNK)):
        table = write(tmp_path / str(number), corrupted_rows(chance, CHUNK), chance)
        try:
            found = cs.read_table(table, mapping)
        except CasualtiesError:
            refused += 1
            continue
        counts = found.counts
        assert counts.cells == counts.claimed + counts.silent + counts.quarantined + counts.nothing
        assert counts.quarantined == len(found.quarantine)
        assert all(each.row and each.column and each.rule and each.message for each in found.quarantine)
        assert len(found.quarantine_frame()) == counts.quarantined
        read += 1
    assert read
    assert read + refused == max(1, ROWS // len(WRITERS) // CHUNK)
