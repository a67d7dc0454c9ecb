"""Rows of tables, one after the other, out of files and frames."""

# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

import codecs
import csv
import io
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import IO, Any, Final

from casualties._writing import as_path
from casualties.errors import LedgerFileError, MappingError, Problem
from casualties.files._packed import ending_of, is_packed, open_plain, unpacked
from casualties.files._parquets import open_parquet
from casualties.files._workbooks import open_books, rows_in
from casualties.files.disk import read_bytes
from casualties.files.loss import extra
from casualties.files.mapped._counts import Merged
from casualties.files.mapped._header import WITHIN, Line, Row, headed, names_of
from casualties.files.mapped._json_text import parsed, wrong_json
from casualties.files.mapped.cells import text_of
from casualties.files.mapped.mapping import TableMapping

__all__ = [
    "MAX_JSON",
    "SAMPLE",
    "Row",
    "Rows",
    "Tabular",
    "delimiter_of",
    "lettered",
    "open_rows",
    "text_lines",
    "workbook_lines",
]

MAX_JSON: Final = 1024 * 1024 * 1024
"""The largest JSON file, in bytes, that is read; JSON lines have no such limit."""

CHUNK: Final = 10_000
"""How many rows of a frame or Parquet file are turned into objects at a time."""

MAX_LINE: Final = 16 * 1024 * 1024
"""The longest line of a text file that is read."""

SAMPLE: Final = 65_536
"""How many bytes of a text file are looked at for its delimiter."""

MAX_MERGED: Final = 2_000_000
"""Into how many cells of a sheet what stands in merged ones is written at most."""

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

Tabular = str | os.PathLike[str] | Sequence[Mapping[str, Any]] | Any
"""A path, a list of dictionaries, or a frame of pandas or polars."""


@dataclass(slots=True)
class Rows:
    """A table that was opened.

    ``columns`` is ``None`` where rows may differ in their columns, as in JSON.
    """

    name: str
    columns: tuple[str, ...] | None
    rows: Iterable[Row]
    close: Callable[[], None] = field(default=lambda: None)
    share: Callable[[], float | None] = field(default=lambda: None)
    """How much of the file was read."""

    letters: Mapping[str, str] = field(default_factory=dict)
    """The letters by which a spreadsheet names the columns."""

    kind: str = "csv"
    """In what kind of file its rows can be written back: ``csv``, ``json`` or ``jsonl``."""

    text: Path | None = None
    """The text file that it is."""


def lettered(columns: Sequence[str]) -> dict[str, str]:
    """Give the letters of columns as spreadsheets count them: A to Z, then AA."""
    by_name: dict[str, str] = {}
    for place, name in enumerate(columns):
        letters, rest = "", place + 1
        while rest:
            rest, last = divmod(rest - 1, 26)
            letters = chr(ord("A") + last) + letters
        by_name.setdefault(name, letters)
    return by_name


def open_rows(table: Tabular, mapping: TableMapping, kind: str | None) -> Rows:
    """Open a table.

    Raises:
        LedgerFileError: If it cannot be read.
        MappingError: If its kind is not known.
    """
    if isinstance(table, str | os.PathLike):
        path = as_path(table)
        known: dict[str, Callable[[Path, TableMapping], Rows]] = {
            "csv": _text_rows,
            "tsv": _text_rows,
            "txt": _text_rows,
            "xlsx": _workbook_rows,
            "xlsm": _workbook_rows,
            "parquet": lambda path, _: _parquet_rows(path),
            "json": _json_rows,
            "jsonl": lambda path, _: _line_rows(path),
            "ndjson": lambda path, _: _line_rows(path),
        }
        if not isinstance(kind, str | None):
            message = f"{path}: kind: a {type(kind).__name__} is no name"
            raise MappingError(message, "unknown-format", f"one of {', '.join(known)}")
        chosen = (kind or ending_of(path)).lower()
        if chosen in ("xls", "xlsb", "ods"):
            raise MappingError(
                f"{path}: workbooks of kind {chosen!r} are not read",
                "unknown-format",
                f"save it as .xlsx, in LibreOffice by: soffice --headless --convert-to xlsx {path.name}",
            )
        if chosen not in known:
            raise MappingError(
                f"{path}: there is no reader for tables of kind {chosen!r}",
                "unknown-format",
                f"give kind=, one of {', '.join(known)}",
            )
        return known[chosen](path, mapping)
    if hasattr(table, "columns") and hasattr(table, "iloc"):
        return _frame_rows(table)
    if hasattr(table, "columns") and hasattr(table, "iter_rows"):
        named = enumerate(table.iter_rows(named=True), 1)
        return Rows("<frame>", tuple(table.columns), (_record(number, cells) for number, cells in named))
    if isinstance(table, Sequence) and not isinstance(table, bytes | bytearray):
        return Rows("<list>", None, (_record(number, record) for number, record in enumerate(table, 1)))
    raise MappingError(
        f"a {type(table).__name__} is no table", "unknown-format", "give a path, a frame or a list of dictionaries"
    )


def _unreadable(name: str, error: BaseException, hint: str = "check the path and the kind of the file") -> Exception:
    said = getattr(error, "strerror", None) or f"{type(error).__name__}: {str(error)[:200]}"
    return LedgerFileError(name, (Problem("", f"it cannot be read: {said}", hint, "unreadable-file"),))


def _text_rows(path: Path, mapping: TableMapping) -> Rows:
    lines, close, share = text_lines(path, mapping)
    try:
        columns, rows = headed(lines, mapping, str(path))
    except LedgerFileError:
        close()
        raise
    return Rows(str(path), columns, rows, close, share, lettered(columns), text=path)


def text_lines(
    path: Path, mapping: TableMapping
) -> tuple[Iterator[Line], Callable[[], None], Callable[[], float | None]]:
    """Open a text file as lines of cells; with what closes it, and how much of it was read."""
    name = str(path)
    try:
        raw, tell = open_plain(path)
    except OSError as error:
        raise _unreadable(name, error) from error
    start = raw.read(4)
    mark, encoding = next((pair for pair in _BOMS if start.startswith(pair[0])), (b"", mapping.encoding or "utf-8"))
    raw.seek(len(mark))
    try:
        sample = raw.read(SAMPLE).decode(encoding, "replace")
        raw.seek(len(mark))
        text = io.TextIOWrapper(raw, encoding=encoding, errors="surrogateescape", newline="")
    except LookupError as error:
        raw.close()
        raise MappingError(f"{name}: encoding {encoding!r} is not known", "bad-mapping") from error
    size = max(1, path.stat().st_size)
    delimiter = delimiter_of(path, sample, mapping)
    return _lines(csv.reader(_decoded(text, name), delimiter=delimiter)), text.close, lambda: tell() / size


def _too_long(name: str) -> LedgerFileError:
    problem = Problem("", f"a line is longer than {MAX_LINE:,} bytes", "save it anew with a row on a line", "too-large")
    return LedgerFileError(name, (problem,))


def _decoded(text: IO[str], name: str) -> Iterator[str]:
    try:
        while line := text.readline(MAX_LINE):
            if len(line) == MAX_LINE:
                raise _too_long(name)
            yield line
    except UnicodeError as error:
        raise _unreadable(name, error, "say its encoding in the mapping") from error


def delimiter_of(path: Path, sample: str, mapping: TableMapping) -> str:
    """Tell what parts the cells of a text file, of which a sample is given."""
    return mapping.delimiter or ("\t" if ending_of(path) == "tsv" else _delimiter(sample, mapping))


def _delimiter(sample: str, mapping: TableMapping) -> str:
    """Take the delimiter under which one of the first lines holds most of the columns that the mapping names."""
    wanted = set(mapping.columns)

    def found(delimiter: str) -> int:
        within = max((WITHIN, *mapping.header))
        rows = list(_lines(csv.reader(sample.splitlines(keepends=True)[:within], delimiter=delimiter)))
        if mapping.header:
            header = [row for row in rows[mapping.header[0] - 1 : mapping.header[-1]] if isinstance(row, list)]
            return len(wanted & set(names_of(header))) if header else 0
        return max((len(wanted & set(map(text_of, row))) for row in rows if isinstance(row, list)), default=0)

    return max(",;\t|", key=found)


def _lines(reader: Any) -> Iterator[Line]:  # noqa: ANN401 - the csv module names no type
    """Give the cells of each line, or what is wrong with it."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield str(error)


def _workbook_rows(path: Path, mapping: TableMapping) -> Rows:
    lines, close, _ = workbook_lines(path, mapping)
    columns, rows = headed(lines, mapping, str(path), padded=True)
    return Rows(str(path), columns, rows, close, letters=lettered(columns))


def workbook_lines(path: Path, mapping: TableMapping) -> tuple[Iterator[Line], Callable[[], None], list[str]]:
    """Open a sheet of a workbook as lines of cells; with what closes it, and the names of all sheets."""
    extra("openpyxl", "mapped", "excel")  # said before the file is looked for
    name = str(path)
    content = read_bytes(path)
    books = open_books(content, name, True, False)
    names = [sheet.title for sheet in books[0].worksheets]

    def close() -> None:
        for book in books:
            book.close()

    sheet = mapping.sheet or names[0]
    if sheet not in names:
        close()
        raise MappingError(f"{name}: it has no sheet {sheet!r}", "bad-mapping", f"one of {', '.join(names)}")

    merged = _merged_cells(content, name, books[0][sheet])

    def lines() -> Iterator[Line]:
        both = zip_longest(*(rows_in(book[sheet], name) for book in books), fillvalue=())
        for number, (values, formulas) in enumerate(both, 1):
            pairs = zip_longest(values, formulas) if values or formulas else ()
            # a value that is absent where there is a formula was never computed
            line = [getattr(formula, "text", formula) if value is None else value for value, formula in pairs]
            yield merged.into(line, number)

    return lines(), close, names


_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


@dataclass(slots=True)
class _Range:
    """Cells that are merged into one; what stands in it is known when its first row is read."""

    top: int
    left: int
    bottom: int
    right: int
    name: str
    value: Any = None


class _Merged:
    """The merged cells of a sheet, of which those that begin further down are still to come."""

    def __init__(self, name: str, below: list[_Range]) -> None:
        self._name, self._below = name, below
        self._open: list[_Range] = []
        self._left = MAX_MERGED

    def into(self, line: list[Any], number: int) -> list[Any]:
        """Write what stands in merged cells into all of them; marked as merged where they are of several rows.

        A row in which nothing stands but the end of such cells stays as it is.
        """
        if not line:
            return line
        while self._below and self._below[-1].top <= number:
            area = self._below.pop()
            area.value = line[area.left] if area.left < len(line) and area.top == number else None
            if area.value is not None:
                self._open.append(area)
        self._open = [each for each in self._open if each.bottom >= number]
        for area in self._open if any(cell is not None for cell in line) else ():
            width = area.right + 1 - area.left
            self._left -= width
            if self._left < 0:
                message = f"more than {MAX_MERGED:,} cells are merged with others"
                hint = "take the cells apart that hold no title, or save it as CSV"
                raise LedgerFileError(self._name, (Problem("", message, hint, "too-large"),))
            line += [None] * (area.right + 1 - len(line))
            value = area.value if area.top == area.bottom else Merged(area.value, area.name)
            line[area.left : area.right + 1] = [value] * width
        return line


def _merged_cells(content: bytes, name: str, sheet: Any) -> _Merged:  # noqa: ANN401 - a sheet of openpyxl
    """Read which cells of a sheet are merged, which openpyxl does not tell of a sheet that it reads row by row."""
    ranges: list[_Range] = []
    with zipfile.ZipFile(io.BytesIO(content)) as packed, packed.open(sheet._worksheet_path) as part:  # noqa: SLF001 - see above
        rest = b""
        while (chunk := part.read(SAMPLE * 16)) and len(ranges) <= MAX_MERGED:
            end = 0
            for match in _MERGED.finditer(rest + chunk):
                left, top, right, bottom = (corner.decode() for corner in match.groups())
                cells = f"{left}{top}:{right}{bottom}"
                ranges.append(_Range(int(top), _column_at(left), int(bottom), _column_at(right), cells))
                end = match.end()
            rest = (rest + chunk)[max(end, len(rest + chunk) - 100) :]
    return _Merged(name, sorted(ranges, key=lambda area: area.top, reverse=True))


def _column_at(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _parquet_rows(path: Path) -> Rows:
    extra("pyarrow", "mapped", "parquet")  # said before the file is looked for
    name = str(path)
    try:
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from error
    table = open_parquet(path, size, name, MAX_JSON)
    columns = None if table.nested else table.columns
    return Rows(name, columns, (_record(number, cells) for number, cells in table.rows()), table.close)


def _frame_rows(frame: Any) -> Rows:  # noqa: ANN401 - a pandas frame, which ships no types
    def rows() -> Iterator[Row]:
        for start in range(0, len(frame), CHUNK):
            part = frame.iloc[start : start + CHUNK]
            part = part.astype(object).where(part.notna(), None)
            for number, cells in enumerate(part.itertuples(index=False, name=None), start + 1):
                yield _record(number, dict(zip(columns, cells, strict=True)))

    columns = tuple(map(str, frame.columns))
    return Rows("<frame>", columns, rows())


def _json_rows(path: Path, mapping: TableMapping) -> Rows:
    name = str(path)
    try:
        small = path.stat().st_size <= MAX_JSON
        content = path.read_bytes() if small else b"null"
        content = unpacked(content, name, MAX_JSON) if is_packed(content) else content
        document = parsed(content.decode("utf-8-sig")) if len(content) <= MAX_JSON else None
    except LedgerFileError:
        raise
    except OSError as error:
        raise _unreadable(name, error) from error
    except (ValueError, RecursionError) as error:
        rule, message, hint = wrong_json(error, "save it as JSON in UTF-8, or as JSON lines")
        raise LedgerFileError(name, (Problem("", message, hint, rule),)) from error
    if document is None:
        raise _unreadable(name, ValueError(f"it is larger than {MAX_JSON} bytes, or null"), "save it as JSON lines")
    for key in mapping.records.split(".") if mapping.records else ():
        if not isinstance(document, dict) or key not in document:
            raise MappingError(f"{name}: it holds no {mapping.records!r}", "bad-mapping", "mend records")
        document = document[key]
    records = document if isinstance(document, list) else [document]
    return Rows(name, None, (_record(number, record) for number, record in enumerate(records, 1)), kind="json")


def _line_rows(path: Path) -> Rows:
    name = str(path)
    try:
        file, tell = open_plain(path)
    except OSError as error:
        raise _unreadable(name, error) from error
    size = max(1, path.stat().st_size)

    def rows() -> Iterator[Row]:
        for number, line in enumerate(iter(partial(file.readline, MAX_LINE), b""), 1):
            if len(line) == MAX_LINE:
                raise _too_long(name)
            if not line.strip():
                continue
            try:
                document = parsed(line.decode("utf-8-sig").rstrip())
            except (ValueError, RecursionError) as error:
                yield Row(number, {}, wrong_json(error), record=line.decode("utf-8", "replace").strip())
            else:
                yield _record(number, document)

    return Rows(name, None, rows(), file.close, lambda: tell() / size, kind="jsonl")


def _record(number: int, record: object) -> Row:
    if not isinstance(record, Mapping):
        said = f"a {type(record).__name__} where a row should stand: {str(record)[:40]!r}"
        hint = "give an object, with the columns as its keys"
        return Row(number, {}, ("not-a-record", said, hint), record=record)
    return Row(number, dict(flat(record)), record=record)


def flat(given: Mapping[Any, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Give the cells of a record; those of records within it by a path with points."""
    for key, value in given.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def items(cells: Mapping[str, Any], path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give for every item of a list within a row the cells of both, and where it stands."""
    names = path.split(".")
    for end in range(1, len(names) + 1):
        name = ".".join(names[:end])
        value = cells.get(name)
        if not isinstance(value, list | tuple):
            continue
        for number, item in enumerate(value, 1):
            place = f"{name}[{number}]"
            if not isinstance(item, Mapping):
                yield place, {**cells, name: item}
            elif end == len(names):
                yield place, {**cells, name: None, **dict(flat(item, f"{name}."))}
            else:
                inner = items({**cells, name: None, **dict(flat(item, f"{name}."))}, path)
                yield from ((f"{place}{below[len(name) :]}", item) for below, item in inner)
        return
