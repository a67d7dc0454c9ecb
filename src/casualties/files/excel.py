"""Workbooks of Excel: the flat table as a sheet, and what no table holds on a second one.

The sheet ``claims`` has those columns of the flat CSV file that are used, each cell a text that no spreadsheet runs or
turns into a date; ``low``, ``high`` and ``best`` are numbers.  The sheet ``rest`` is there where it is needed.

Writing and reading need the extra ``excel`` (openpyxl).
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from casualties.errors import LedgerFileError, Problem
from casualties.files._workbooks import open_books, rows_in
from casualties.files.csv import KEEPS as CSV_KEEPS
from casualties.files.csv import rest, rows
from casualties.files.disk import FORMAT_VERSION, Readable, Writable, name_of, read_bytes, write_bytes
from casualties.files.loss import EXACTLY, Fidelity, Format, Grade, LeftOut, extra
from casualties.files.rows import COLUMNS, read_rows
from casualties.show.workbook import MAX_CELL, dress, new_book, put, saved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casualties.model.ledger import Ledger

__all__ = ["FORMAT", "read", "write"]

_COUNTS: Final = ("low", "high", "best")
_CLAIMS, _REST = "claims", "rest"
_MARKED: Final = re.compile("_x[0-9A-Fa-f]{4}_")
_NOT_IN_XML: Final = re.compile("[\ufffe\uffff]")


def write(ledger: Ledger, target: Writable) -> tuple[LeftOut, ...]:
    """Write a ledger as a workbook; the format carries all of it, so nothing is left out.

    Raises:
        LedgerFileError: If the file cannot be written, or a cell would hold more text than a workbook allows.
        MissingExtraError: If openpyxl is not installed.

    Examples:
        >>> import io, casualties as cs
        >>> seed, file = cs.seeds.load("nagorno-karabakh-2020-09-30"), io.BytesIO()
        >>> write(seed, file)
        ()
        >>> read(io.BytesIO(file.getvalue())) == seed
        True
    """
    extra("openpyxl", "excel", "excel")
    book = new_book("excel")
    sheet = book.active
    sheet.title = _CLAIMS
    lines = list(rows(ledger))
    used = {column for row in lines for column in row} | {"source", "harm"}
    columns = [column for column in COLUMNS if column in used]
    for place, column in enumerate(columns, 1):
        put(sheet, 1, place, column)
    for number, row in enumerate(lines, 2):
        for place, column in enumerate(columns, 1):
            if column in row:
                _fits(row[column], number, column, name_of(target))
                put(sheet, number, place, int(row[column]) if column in _COUNTS else row[column])
    dress(sheet)
    if parts := rest(ledger):
        sheet = book.create_sheet(_REST)
        records = ((part, record) for part, members in sorted(parts.items()) for record in members)
        for number, (part, record) in enumerate(records, 1):
            text = json.dumps(record, sort_keys=True)  # in ASCII, so that it can be cut anywhere
            for place, piece in enumerate((part, *_pieces(text)), 1):
                put(sheet, number, place, piece)
    try:
        content = saved(book)
    except OSError as error:  # it is put together in files of its own
        message = f"it cannot be written: {error.strerror or error}"
        problem = Problem("", message, "check the room on the disk for temporary files", "unwritable-file")
        raise LedgerFileError(name_of(target), (problem,)) from error
    write_bytes(target, content)
    return ()


def _fits(text: str, row: int, column: str, name: str) -> None:
    if len(_MARKED.sub(r"_x005F\g<0>", text)) + 6 * len(_NOT_IN_XML.findall(text)) > MAX_CELL:
        message = f"{len(text)} characters are more than a cell holds"
        problem = Problem(f"row {row}, column {column}", message, "write another format, such as JSON", "too-long")
        raise LedgerFileError(name, (problem,))


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), MAX_CELL // 2):
        yield text[start : start + MAX_CELL // 2]


def read(source: Readable) -> Ledger:
    """Read a ledger from a workbook that was written here, and perhaps edited since.

    Raises:
        LedgerFileError: With every problem of the file, each with its row and column.
        MissingExtraError: If openpyxl is not installed.

    Examples:
        >>> import io, casualties as cs
        >>> file = io.BytesIO()
        >>> write(cs.Ledger(titles=["An empty ledger"]), file)
        ()
        >>> read(io.BytesIO(file.getvalue())).titles
        ('An empty ledger',)
    """
    name = name_of(source)
    [book] = open_books(read_bytes(source), name, False)
    if _CLAIMS not in book.sheetnames:
        hint = "read other workbooks by a mapping, with casualties.read_table"
        problem = Problem("", f"there is no sheet {_CLAIMS!r} in it", hint, "no-ledger")
        raise LedgerFileError(name, (problem,))
    problems = []
    for sheet in book.worksheets:
        if sheet.title not in (_CLAIMS, _REST) and any(any(cells) for _, cells in _numbered(sheet, name)):
            hint = "take its cells out, or move the sheet to a workbook of its own"
            message = f"it is not read: a ledger stands on {_CLAIMS} and {_REST}"
            problems.append(Problem(f"sheet {sheet.title}", message, hint, "unknown-sheet"))
    if problems:
        raise LedgerFileError(name, tuple(problems))
    beside = _beside(book[_REST], name) if _REST in book.sheetnames else None
    rows_of_claims = _numbered(book[_CLAIMS], name)
    return read_rows(rows_of_claims, name, None if beside is None else (beside, f"{name}, sheet {_REST}"))


def _numbered(sheet: Any, name: str) -> Iterator[tuple[int, list[str]]]:  # noqa: ANN401 - a sheet of openpyxl
    """Give the cells of each row, as many as the first row has, or more where there are more."""
    width = 0
    for number, cells in enumerate(rows_in(sheet, name), 1):
        if not cells and width:
            continue
        texts = [_text(cell) for cell in cells]
        while len(texts) > width and not texts[-1]:
            texts.pop()
        width = width or len(texts)
        yield number, [*texts, *[""] * (width - len(texts))]


def _text(value: object) -> str:
    """Give the text of a cell, whatever a spreadsheet made of it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return _MARKED.sub(lambda mark: chr(int(mark[0][2:6], 16)), str(value))


def _beside(sheet: Any, name: str) -> str:  # noqa: ANN401 - a sheet of openpyxl
    """Give what stands on the second sheet as a document."""
    parts: dict[str, list[str]] = {}
    for _number, cells in _numbered(sheet, name):
        if any(cells):
            parts.setdefault(cells[0], []).append("".join(cells[1:]))
    blocks = [f"{json.dumps(part)}: [{','.join(members)}]" for part, members in parts.items()]
    return "{" + ",".join([f'"casualties": {FORMAT_VERSION}', *blocks]) + "}"


_SECOND: Final = Fidelity(Grade.EXACT, "on the second sheet")

KEEPS: Final = {part: _SECOND if kept.how else EXACTLY[part] for part, kept in CSV_KEEPS.items()}

FORMAT: Final = Format("excel", (".xlsx",), read, write, KEEPS)
