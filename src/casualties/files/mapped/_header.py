"""The header of a table and its rows: titles above it, names over two rows, merged cells, totals and footers."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any, Final

from casualties.errors import LedgerFileError, Problem
from casualties.files.mapped._counts import Merged
from casualties.files.mapped._encodings import foreign_bytes
from casualties.files.mapped.cells import text_of
from casualties.files.mapped.mapping import TableMapping

__all__ = ["TAG", "WITHIN", "Line", "Row", "below", "calls_itself_total", "headed", "is_header", "is_tags", "names_of"]

WITHIN: Final = 25
"""Among how many first rows the header, or the row of HXL hashtags, is looked for."""

TAG: Final = re.compile(r"#\w+(?:\s*\+\s*\w+)*", re.ASCII)
"""An HXL hashtag with its attributes."""

_TOTAL: Final = re.compile(
    r"(?:grand |sub-?|overall )?totale?s?(?: general| général| geral)?|sum(?:me|a)?|gesamt|insgesamt|"
    r"итого|всего|разом|усього|المجموع|الإجمالي",
    re.IGNORECASE,
)

Line = list[Any] | str
"""The cells of a line, or what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, or why it has none; ``skipped`` is a row of the sheet that is none of the table."""

    number: int
    cells: Mapping[str, Any]
    problem: tuple[str, ...] | None = None
    skipped: bool = False
    line: tuple[Any, ...] | None = None
    """All cells of a row that has more or fewer than the header."""

    record: Any = None
    """What stands in the file where a row is an object of JSON, or the text of a line that is none."""


def calls_itself_total(cells: Iterable[Any]) -> bool:
    """Tell whether the first cell of a row that holds something says that the row is a total."""
    first = next((text for cell in cells if (text := text_of(cell))), "")
    return len(first) < 30 and _TOTAL.fullmatch(first.rstrip(": ")) is not None


def is_tags(line: Sequence[Any]) -> bool:
    """Tell whether a row holds HXL hashtags."""
    texts = [text for cell in line if (text := text_of(cell))]
    return bool(texts) and all(TAG.fullmatch(text) for text in texts)


def names_of(rows: Sequence[Sequence[Any]]) -> tuple[str, ...]:
    """Make the names of columns of the rows of a header; a name in an upper row holds for what stands beside it.

    Examples:
        >>> names_of([["Town", "Killed", None, "Note"], [None, "Min", "Max", None]])
        ('Town', 'Killed / Min', 'Killed / Max', 'Note')
    """
    width = max(map(len, rows), default=0)
    texts = [[_bare(row[at]) if at < len(row) else "" for at in range(width)] for row in rows]
    for upper, lower in pairwise(texts):
        for at in range(1, width):
            if not upper[at] and lower[at]:
                upper[at] = upper[at - 1]
    names = tuple(" / ".join(dict.fromkeys(filter(None, column))) for column in zip(*texts, strict=True))
    while names and not names[-1]:
        names = names[:-1]
    return names


def _bare(cell: object) -> str:
    return " ".join(text_of(cell.value if isinstance(cell, Merged) else cell).split())


def headed(
    lines: Iterable[Line], mapping: TableMapping, name: str, *, padded: bool = False
) -> tuple[tuple[str, ...], Iterator[Row]]:
    """Part the header from the rows. With hashtags, they are the names of the columns."""
    numbered = enumerate(lines, 1)
    if mapping.header:
        head = [line for _, line in zip(range(mapping.header[-1]), (line for _, line in numbered), strict=False)]
        rows = [line if isinstance(line, list) else [] for line in head[mapping.header[0] - 1 :]]
        columns = names_of(rows) if rows else ()
        return columns, _rows(numbered, columns, mapping, padded=padded)
    first: list[tuple[int, Line]] = []
    for number, line in numbered:
        first.append((number, line))
        if number >= WITHIN or (isinstance(line, list) and is_header(line, mapping)):
            break
    at = _header_at([line for _, line in first], mapping)
    if at is None:
        return (), (Row(number, {}, ("no-header", "the table has no header")) for number, _ in first)
    header = first[at][1]
    if wrong := foreign_bytes("\t".join(map(_bare, header))):
        problem = Problem(f"row {first[at][0]}", wrong[1], wrong[2], wrong[0])
        raise LedgerFileError(name, (problem,))
    if mapping.tagged:
        columns = tuple("".join(_bare(cell).split()).lower() for cell in header)
    else:
        columns = tuple(map(_bare, header))
        while columns and not columns[-1]:
            columns = columns[:-1]
    rest = (line for part in (first[at + 1 :], numbered) for line in part)
    return columns, chain(_above(first[:at], columns, mapping), _rows(rest, columns, mapping, padded=padded))


def _above(lines: Iterable[tuple[int, Line]], columns: tuple[str, ...], mapping: TableMapping) -> Iterator[Row]:
    """Give the rows above a header that are no titles, since numbers stand where the header has counts."""
    counted = {name for claim in mapping.claims for name in claim.counts if name in columns}
    for number, line in lines:
        cells = dict(zip(columns, map(_bare, line), strict=False)) if isinstance(line, list) else {}
        counts = [text for name, text in cells.items() if name in counted or name.startswith("#affected")]
        if 2 * sum(map(bool, cells.values())) > len(columns) and any(text.isdecimal() for text in counts):
            hint = "move it below the header"
            yield Row(number, cells, ("above-header", "a row of data above the header", hint), line=())


def is_header(line: Sequence[Any], mapping: TableMapping) -> bool:
    """Tell whether a line names the columns of a mapping."""
    if mapping.tagged:
        return is_tags(line)
    return any(map(_bare, line)) and set(mapping.columns) <= set(map(_bare, line))


def _header_at(lines: Sequence[Line], mapping: TableMapping) -> int | None:
    """Find the row that holds the columns of a mapping, else most of them, else the first that is not empty."""
    whole = [at for at, line in enumerate(lines) if isinstance(line, list) and is_header(line, mapping)]
    if whole or mapping.tagged:
        return whole[0] if whole else None
    wanted = set(mapping.columns)
    filled = [at for at, line in enumerate(lines) if isinstance(line, list) and any(map(_bare, line))]
    return max(filled, key=lambda at: (len(wanted & set(map(_bare, lines[at]))), -at), default=None)


def _rows(
    numbered: Iterable[tuple[int, Line]], columns: tuple[str, ...], mapping: TableMapping, *, padded: bool
) -> Iterator[Row]:
    """Give the rows below a header; those of the footer are skipped, and so is the header where it stands again."""
    waiting: deque[Row] = deque()
    for row in below(numbered, columns, mapping, padded=padded):
        waiting.append(row)
        if len(waiting) > mapping.skip_footer:
            yield waiting.popleft()
    yield from (Row(row.number, row.cells, None, skipped=True) for row in waiting)


def below(
    numbered: Iterable[tuple[int, Line]],
    columns: tuple[str, ...],
    mapping: TableMapping,
    *,
    padded: bool = False,
    start: int = 0,
) -> Iterator[Row]:
    """Give the rows of lines that stand below a header, the first of them so many lines below it."""
    width, counted = len(columns), {name for claim in mapping.claims for name in claim.counts}
    above: dict[str, Any] = dict.fromkeys(mapping.fill_down)
    for place, (number, line) in enumerate(numbered, start):
        if isinstance(line, str):
            yield Row(number, {}, ("unreadable-row", line), line=())
            continue
        if not any(map(_bare, line)) or (place < WITHIN and is_tags(line)):
            continue
        if [*map(_bare, line)][:width] == list(columns):
            yield Row(number, {}, None, skipped=True)
            continue
        cells = dict(zip(columns, [*line, *[None] * (width - len(line))], strict=False))
        for name, cell in cells.items():
            if isinstance(cell, Merged) and name not in counted:
                cells[name] = cell.value
        above |= {name: cell for name, cell in cells.items() if name in above and text_of(cell)}
        cells |= {name: cell for name, cell in above.items() if name in cells}
        wrong = _wrong(line, width, padded=padded)
        yield Row(number, cells, wrong, line=tuple(line) if wrong else None)


def _wrong(line: Sequence[Any], width: int, *, padded: bool) -> tuple[str, ...] | None:
    if padded:
        return None if not any(map(text_of, line[width:])) else _ragged(line, width)
    if len(line) < width or any(map(text_of, line[width:])):
        return _ragged(line, width)
    return foreign_bytes("\t".join(map(str, line)))


def _ragged(line: Sequence[Any], width: int) -> tuple[str, str]:
    said = f"{len(line)} cells under {width} columns"
    lines = max((text_of(cell).count("\n") for cell in line), default=0) + 1
    return "field-count", f"{said}; one cell holds {lines} lines: a quotation mark may be open" if lines > 1 else said
