"""Workbooks of others as rows, within what a workbook can hold: neither a formatted last row nor a bomb takes long."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

from casualties.errors import LedgerFileError, Problem
from casualties.files.disk import MAX_BYTES
from casualties.files.loss import extra

__all__ = ["MAX_COLUMNS", "MAX_ROWS", "open_books", "rows_in"]

MAX_ROWS: Final = 1_048_576
"""The most rows that a sheet of a workbook has."""

MAX_COLUMNS: Final = 16_384
"""The most columns that a sheet of a workbook has."""

_MAX_MERGED: Final = 100_000
"""How many ranges of merged cells are read; openpyxl makes an object of each before it gives a row."""

_FEW: Final = 16 * 1024 * 1024
_RATIO: Final = 200
"""How many bytes a workbook may unpack to: so many, and so many more for each of its own; a bomb makes a thousand."""

_CHUNK: Final = 10_000
"""How many rows are read at a time."""


def open_books(content: bytes, name: str, *ways: bool) -> list[Any]:
    """Open a workbook for reading, once for each way: with the values of formulas, or with the formulas themselves.

    Raises:
        LedgerFileError: If it is none, unpacks to more than is read, has a row wider than a sheet, or no sheet.
        MissingExtraError: If openpyxl is not installed.

    Examples:
        >>> open_books(b"PK", "book.xlsx", True)
        Traceback (most recent call last):
        ...
        casualties.errors.LedgerFileError: book.xlsx: 1 problem
          this is no workbook: File is not a zip file (save it anew as .xlsx)
        Hint: mend the places and read the file again; nothing was loaded
    """
    openpyxl = extra("openpyxl", "excel", "excel")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(member.file_size for member in packed.infolist())
            most = min(MAX_BYTES, _FEW + _RATIO * len(content))
            parts = (packed.read(member) for member in packed.infolist() if size <= most)
            beyond = next(filter(None, map(_beyond, parts)), None)
        books = []
        if size <= most and not beyond:
            with warnings.catch_warnings(action="ignore"):  # about styles and extensions, which hold no counts
                books = [openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=way) for way in ways]
    except Exception as error:  # whatever openpyxl raises of what is no workbook
        said = str(error)[:200] or type(error).__name__
        raise _refused(name, f"this is no workbook: {said}", "save it anew as .xlsx", "notation") from error
    if size > most:
        raise _refused(name, f"it unpacks to more than {most} bytes", "split it, or save it as CSV", "too-large")
    if beyond:
        raise _refused(name, *beyond, "too-large")
    if not books[0].worksheets:
        raise _refused(name, "there is no sheet in it", "save it anew with a sheet of cells", "no-ledger")
    return books


def _refused(name: str, message: str, hint: str, reason: str) -> LedgerFileError:
    return LedgerFileError(name, (Problem("", message, hint, reason),))


def _beyond(xml: bytes) -> tuple[str, str] | None:
    """Tell what of a sheet is more than is read, and what to do; openpyxl takes a row, and all ranges, as a whole."""
    if xml.count(b"mergeCell ") > _MAX_MERGED:
        return f"more than {_MAX_MERGED:,} ranges of cells are merged", "take them apart, or save it as CSV"
    row, cell = (b":row", b":c") if b":row" in xml else (b"<row", b"<c")  # with a prefix, or without
    if xml.count(row) > MAX_ROWS + 1:  # a name that begins so may stand once beside them
        return f"it has more than {MAX_ROWS:,} rows", "split it, or save it as CSV"
    if any(tag.count(cell) > MAX_COLUMNS for tag in xml.split(row)[1:]):
        return f"a row has more than {MAX_COLUMNS:,} cells, which no sheet holds", "save it anew with a spreadsheet"
    return None


def rows_in(sheet: Any, name: str) -> Iterator[Sequence[Any]]:  # noqa: ANN401 - a sheet of openpyxl
    """Give the cells of each row; a row that is empty, or that the sheet leaves out, has none.

    Raises:
        LedgerFileError: If it breaks off, or has more rows than a sheet holds.

    Examples:
        >>> import io, openpyxl
        >>> book, file = openpyxl.Workbook(), io.BytesIO()
        >>> book.active["B3"] = 7
        >>> book.save(file)
        >>> [opened] = open_books(file.getvalue(), "book.xlsx", True)
        >>> list(rows_in(opened.worksheets[0], "book.xlsx"))
        [[], [], (None, 7)]
    """
    sheet.reset_dimensions()
    rows = sheet.iter_rows(values_only=True)
    left = MAX_ROWS
    while left >= 0:
        try:
            with warnings.catch_warnings(action="ignore"):
                some = list(islice(rows, min(_CHUNK, left + 1)))
        except Exception as error:  # whatever a damaged workbook makes openpyxl raise
            said = f"it cannot be read: {type(error).__name__}: {str(error)[:200]}"
            raise _refused(name, said, "save it anew as .xlsx", "unreadable-file") from error
        if not some:
            return
        yield from some
        left -= len(some)
    raise _refused(name, f"it has more than {MAX_ROWS:,} rows", "split it, or save it as CSV", "too-large")
