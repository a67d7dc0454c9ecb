"""Rows of a table, many at a time: out of a plain text file at once, out of all else one by one."""

# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

from casualties.files.mapped._distinct import Block, arrays
from casualties.files.mapped._header import WITHIN, Row, below, calls_itself_total, is_header, names_of
from casualties.files.mapped._open import SAMPLE, Rows, delimiter_of
from casualties.files.mapped._slots import ROW
from casualties.files.mapped.mapping import TableMapping

__all__ = ["Lines", "NotPlainError", "Text", "in_blocks", "of_text"]

ROWS: Final = 50_000
"""How many rows are looked at together where they come one by one."""

BYTES: Final = 4 << 20
"""How many bytes of a text file are read together."""

MANY: Final = 1 << 19
"""How many rows of a text file are looked at together."""

LONGEST: Final = 131_072
"""The longest cell that the reader of text files takes."""

_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Lines:
    """Some rows: as columns, with those that must be read by themselves, and each as the reader of rows takes it."""

    block: Block
    strange: Any
    row: Callable[[int], Iterable[Row]]

    def cells(self, place: int, names: Iterable[str]) -> dict[str, Any]:
        """Give the cells of a row in some columns."""
        columns = self.block.columns
        return {name: columns[name][place].as_py() for name in names if name in columns}


def in_blocks(rows: Rows, mapping: TableMapping) -> Iterator[Lines]:
    """Give rows that come one by one, many at a time; whatever is no text is read by itself."""
    do = arrays()
    columns = rows.columns or ()
    asks = mapping.total_rows != "keep"
    lines = iter(rows.rows)
    while some := list(islice(lines, ROWS)):
        strange = [
            row.problem is not None
            or row.skipped
            or row.line is not None
            or len(row.cells) != len(columns)
            or not all(isinstance(cell, str) for cell in row.cells.values())
            or (asks and calls_itself_total(row.cells.values()))
            for row in some
        ]
        texts = {
            name: do.pa.array(
                [_text(row.cells.get(name)) if not odd else "" for row, odd in zip(some, strange, strict=True)],
                do.pa.string(),
            )
            for name in columns
        }
        yield _lines(
            do,
            [row.number for row in some],
            texts,
            do.np.asarray(strange, bool),
            partial(_one_of, some),
        )


def _one_of(rows: list[Row], place: int) -> list[Row]:
    return [rows[place]]


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _lines(
    do: Any,  # noqa: ANN401 - modules
    numbers: Any,  # noqa: ANN401 - an array
    texts: dict[str, Any],
    strange: Any,  # noqa: ANN401 - an array
    row: Callable[[int], Iterable[Row]],
) -> Lines:
    numbers = do.np.asarray(numbers, "int64")
    if ROW in texts:
        own = do.pc.utf8_trim_whitespace(texts[ROW].cast(do.pa.string()))
        texts[ROW] = do.pc.if_else(do.pc.equal(own, ""), do.pa.array(numbers).cast(do.pa.string()), own)
    return Lines(Block(numbers, texts), strange, row)


def of_text(
    path: Path, mapping: TableMapping, columns: tuple[str, ...], asked: frozenset[str]
) -> Iterator[Lines] | None:
    """Give the rows of a plain text file, many at a time; nothing where its form needs the reader of rows.

    Args:
        path: The file.
        mapping: How it is read.
        columns: Its columns.
        asked: Those that are looked at; of a row that is read by itself all are.

    Raises:
        NotPlainError: If a row further down needs the reader of rows.
    """
    bare = mapping.header or mapping.tagged or mapping.fill_down or mapping.skip_footer
    encoding = (mapping.encoding or "utf-8").lower().replace("_", "-")
    if bare or encoding not in ("utf-8", "utf8", "utf-8-sig") or len(set(columns)) < len(columns):
        return None
    if path.suffix.lower() not in (".csv", ".tsv", ".txt"):
        return None
    with path.open("rb") as file:
        start = file.read(SAMPLE)
    if start.startswith(_MARKS):
        return None
    sample = start.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    delimiter = delimiter_of(path, sample, mapping)
    first = next(csv.reader(sample.splitlines(keepends=True), delimiter=delimiter), [])
    if not is_header(first, mapping) or names_of([first]) != columns or len(first) != len(columns):
        return None
    return _blocks(Text(path, columns, delimiter), mapping, asked | {columns[0]})


def _blocks(text: Text, mapping: TableMapping, asked: frozenset[str]) -> Iterator[Lines]:
    do = arrays()
    np, pa, pc = do.np, do.pa, do.pc
    first_column, asks = text.columns[0], mapping.total_rows != "keep"
    short = text.scan()
    batches, number = text.batches(asked), 1
    while (batch := _together(batches, pa)) is not None:
        rows, start = (batch.slice(1), 2) if number == 1 else (batch, number)
        number = start + rows.num_rows
        texts = {name: _one(pa, rows[name]) for name in rows.column_names}
        for cells in texts.values():
            if (pc.max(pc.binary_length(cells.dictionary)).as_py() or 0) > LONGEST:
                raise NotPlainError("a cell is longer than the reader of rows takes")
        strange = np.zeros(rows.num_rows, bool)
        strange[: max(0, WITHIN - (start - 2))] = True
        words = texts[first_column].dictionary
        doubted = pc.invert(pc.match_substring_regex(words, "[0-9]"))
        doubted = pc.or_(doubted, pc.equal(pc.ascii_trim_whitespace(words), first_column))
        odd = np.zeros(len(words), bool)
        odd[doubted.to_numpy(zero_copy_only=False)] = [
            not (cell := word.strip())
            or " ".join(cell.split()) == first_column
            or (asks and calls_itself_total([cell]))
            for word in words.filter(doubted).to_pylist()
        ]
        strange |= odd[texts[first_column].indices.to_numpy()]

        def row(place: int, start: int = start) -> Iterable[Row]:
            line = text.line(start + place)
            return below([(start + place, line)], text.columns, mapping, start=start + place - 2)

        yield _lines(do, np.arange(start, number), texts, strange, row)
    if not short:
        text.check()


def _together(batches: Iterator[Any], pa: Any) -> Any:  # noqa: ANN401 - of Arrow
    """Read so many rows of a text file; nothing at its end."""
    some: list[Any] = []
    while sum(batch.num_rows for batch in some) < MANY and (batch := next(batches, None)) is not None:
        some.append(batch)
    return pa.Table.from_batches(some).unify_dictionaries() if some else None


def _one(pa: Any, column: Any) -> Any:  # noqa: ANN401 - of Arrow
    """Give a column of Arrow in one piece."""
    array = column.combine_chunks()
    return pa.concat_arrays(array.chunks) if isinstance(array, pa.ChunkedArray) else array


class Text:
    """A plain text file as Arrow reads it, some rows at a time.

    Attributes:
        columns: Its columns.
    """

    def __init__(self, path: Path, columns: tuple[str, ...], delimiter: str) -> None:
        self.columns = columns
        self._do = arrays()
        self._path, self._delimiter = path, delimiter
        self._whole: Iterator[Any] = iter(())
        self._start = 1
        self._held: Any = None

    def batches(self, asked: frozenset[str] | None) -> Iterator[Any]:
        """Give the rows with some columns, each distinct text of them once, or with all as they are.

        Raises:
            NotPlainError: If a row is none.
        """
        pa = self._do.pa
        names = [str(place) for place in range(len(self.columns))]
        named = {name: column for name, column in zip(names, self.columns, strict=True) if not asked or column in asked}
        type_ = pa.dictionary(pa.int32(), pa.string()) if asked else pa.string()
        options = (
            self._do.csv.ReadOptions(block_size=BYTES, column_names=names, use_threads=False),
            self._do.csv.ParseOptions(delimiter=self._delimiter, newlines_in_values=True, ignore_empty_lines=False),
            self._do.csv.ConvertOptions(
                column_types=dict.fromkeys(names, type_), strings_can_be_null=False, include_columns=[*named]
            ),
        )
        try:
            for batch in self._do.csv.open_csv(self._path, *options):
                yield batch.rename_columns([*named.values()])
        except pa.ArrowInvalid as error:
            raise NotPlainError(str(error)) from error

    def line(self, number: int) -> list[str]:
        """Give the cells of a line; the header is the first."""
        if self._held is None or number < self._start:
            self._whole = self.batches(None)
            self._start, self._held = 1, next(self._whole)
        while number >= self._start + self._held.num_rows:
            self._start += self._held.num_rows
            self._held = next(self._whole)
        return [cells[number - self._start].as_py() for cells in self._held.columns]

    def scan(self) -> bool:
        """Look at all bytes once, and tell whether surely no cell is longer than the reader of rows takes.

        Surely none is where lines are short, and where single quotation marks, with which cells within quotation marks
        begin and end and which never stand inside one, follow one another as closely, or there is no such mark.

        Raises:
            NotPlainError: If the bytes are no UTF-8.
        """
        lines, quoted, quotes, rest = _Gaps(rb"\n"), _Gaps(rb'[^"]"[^"]'), False, b""
        with self._path.open("rb") as file:
            while some := file.read(BYTES):
                lines.see(some)
                quoted.see(some)
                quotes = quotes or b'"' in some
                if rest or not some.isascii():
                    some = rest + some
                    end = some.rfind(b"\n") + 1
                    self._decode(some[:end])
                    rest = some[end:]
        self._decode(rest)
        return lines.short and (quoted.short or not quotes)

    def _decode(self, some: bytes) -> None:
        pa = self._do.pa
        ends = pa.array([0, len(some)], pa.int32()).buffers()[1]
        try:
            pa.Array.from_buffers(pa.binary(), 1, [None, ends, pa.py_buffer(some)]).cast(pa.string())
        except pa.ArrowInvalid as error:
            raise NotPlainError(str(error)) from error

    def check(self) -> None:
        """Look at every cell.

        Raises:
            NotPlainError: If one is longer than the reader of rows takes.
        """
        pc = self._do.pc
        for batch in self.batches(None):
            for cells in batch.columns:
                if (pc.max(pc.binary_length(cells)).as_py() or 0) > LONGEST:
                    raise NotPlainError("a cell is longer than the reader of rows takes")


class _Gaps:
    """Looks whether what has some form stands in a text so often that no gap is longer than the longest cell."""

    def __init__(self, form: bytes) -> None:
        self._form = re.compile(form)
        self._since = 0
        self.short = True

    def see(self, some: bytes) -> None:
        """Look at the next bytes."""
        place = -self._since
        while self.short and (match := self._form.search(some, max(0, place + LONGEST // 2))):
            self.short = match.start() - place < LONGEST
            place = match.start()
        self._since = len(some) - place
        self.short &= self._since < LONGEST


class NotPlainError(Exception):
    """A file has rows of which only the reader of rows can say what is wrong; it never leaves this module."""
