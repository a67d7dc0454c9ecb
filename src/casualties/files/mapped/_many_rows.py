"""Rows of a table, many at a time: out of a plain text file at once, out of all else one by one."""

# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

import csv
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

__all__ = ["Lines", "NotPlainError", "in_blocks", "of_text"]

ROWS: Final = 50_000
"""How many rows are looked at together where they come one by one."""

BYTES: Final = 32 << 20
"""How many bytes of a text file are looked at together."""

LONGEST: Final = 131_072
"""The longest cell that the reader of text files takes."""

_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Lines:
    """Some rows: as columns, with those that must be read by themselves, and each as the reader of rows takes it."""

    block: Block
    strange: Any
    row: Callable[[int], Iterable[Row]]

    def cells(self, place: int) -> dict[str, Any]:
        """Give the cells of a row by column."""
        return {name: column[place].as_py() for name, column in self.block.columns.items()}


def in_blocks(rows: Rows, mapping: TableMapping) -> Iterator[Lines]:
    """Give rows that come one by one, many at a time; whatever is no text is read by itself."""
    do = arrays()
    columns = rows.columns or ()
    asks = mapping.total_rows != "keep"
    given = iter(rows.rows)
    while some := list(islice(given, ROWS)):
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
        own = do.pc.utf8_trim_whitespace(texts[ROW])
        texts[ROW] = do.pc.if_else(do.pc.equal(own, ""), do.pa.array(numbers).cast(do.pa.string()), own)
    return Lines(Block(numbers, texts), strange, row)


def of_text(path: Path, mapping: TableMapping, columns: tuple[str, ...]) -> Iterator[Lines] | None:
    """Give the rows of a plain text file, many at a time; nothing where its form needs the reader of rows.

    Raises:
        ArrowInvalid: If a row further down needs it.
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
    return _batches(path, mapping, columns, delimiter)


def _batches(path: Path, mapping: TableMapping, columns: tuple[str, ...], delimiter: str) -> Iterator[Lines]:
    do = arrays()
    np, pa, pc = do.np, do.pa, do.pc
    names = [str(place) for place in range(len(columns))]
    options = (
        do.csv.ReadOptions(block_size=BYTES, column_names=names, use_threads=False),
        do.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False),
        do.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
    )
    try:
        batches = do.csv.open_csv(path, *options)
    except pa.ArrowInvalid as error:
        raise NotPlainError(str(error)) from error
    below_header, number = 0, 1
    while (batch := _next(batches, pa)) is not None:
        given = batch
        if number == 1:
            given, number = batch.slice(1), 2
        texts = dict(zip(columns, given.columns, strict=True))
        for cells in given.columns:
            if (pc.max(pc.binary_length(cells)).as_py() or 0) > LONGEST:
                raise NotPlainError("a cell is longer than the reader of rows takes")
        numbers = np.arange(number, number + given.num_rows)
        strange = np.zeros(given.num_rows, bool)
        strange[: max(0, WITHIN - below_header)] = True
        found = texts[columns[0]].dictionary_encode()
        asks = mapping.total_rows != "keep"
        words = found.dictionary
        doubted = pc.invert(pc.match_substring_regex(words, "[0-9]"))
        doubted = pc.or_(doubted, pc.equal(pc.ascii_trim_whitespace(words), columns[0]))
        odd = np.zeros(len(words), bool)
        odd[doubted.to_numpy(zero_copy_only=False)] = [
            not (text := cell.strip()) or " ".join(text.split()) == columns[0] or (asks and calls_itself_total([text]))
            for cell in words.filter(doubted).to_pylist()
        ]
        strange |= odd[found.indices.to_numpy()]

        def row(place: int, given: Any = given, number: int = number, start: int = below_header) -> Iterable[Row]:  # noqa: ANN401
            line = [cells[place].as_py() for cells in given.columns]
            return below([(number + place, line)], columns, mapping, start=start + place)

        yield _lines(do, numbers, texts, strange, row)
        number += given.num_rows
        below_header += given.num_rows


class NotPlainError(Exception):
    """A file has rows of which only the reader of rows can say what is wrong; it never leaves this module."""


def _next(batches: Any, pa: Any) -> Any:  # noqa: ANN401 - of Arrow
    """Read some rows of a text file; nothing at its end."""
    try:
        return batches.read_next_batch()
    except StopIteration:
        return None
    except pa.ArrowInvalid as error:
        raise NotPlainError(str(error)) from error
