"""A table as a grid of cells, whose header, encoding and delimiter nobody has said yet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Final

from casualties.errors import LedgerFileError, MappingError, Problem
from casualties.files._packed import ending_of, open_plain
from casualties.files.mapped._column_names import NAMES
from casualties.files.mapped._counts import Merged
from casualties.files.mapped._encodings import encoding_of
from casualties.files.mapped._guesses import HARM_WORDS, has_word
from casualties.files.mapped._header import WITHIN, Line, calls_itself_total, is_tags, names_of
from casualties.files.mapped._open import lettered, text_lines, workbook_lines
from casualties.files.mapped.cells import text_of
from casualties.files.mapped.mapping import TableMapping

__all__ = ["Column", "Sheet", "no_proposal", "sheet_of"]

LOOKED_AT: Final = 5_000
"""How many rows are looked at for a proposal."""

_BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Column:
    """A column with what it holds, the empty cells among it."""

    name: str
    letter: str
    cells: tuple[Any, ...]

    @property
    def filled(self) -> list[Any]:
        """The cells that hold something."""
        return [cell for cell in self.cells if text_of(cell)]

    @property
    def texts(self) -> list[str]:
        """The cells that hold text, and no date or number of a workbook."""
        return [cell.strip() for cell in self.cells if isinstance(cell, str) and cell.strip()]

    def samples(self, most: int = 3) -> list[str]:
        """Give some different cells as text."""
        return list(islice(dict.fromkeys(" ".join(text_of(cell).split())[:40] for cell in self.filled), most))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its header found.

    Attributes:
        columns: The columns under their names.
        header: The rows of the header.
        told: What must be said of the file for the same table to be found again: sheet, encoding, delimiter.
        others: Other sheets of the workbook.
        rows: The rows below the header that are not empty.
        tags: The HXL hashtags of the columns, where the table has any.
        footer: How many rows at its end hold a remark and nothing else.
    """

    columns: tuple[Column, ...]
    header: tuple[int, ...]
    told: dict[str, str]
    others: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    tags: tuple[str, ...] = ()
    footer: int = 0

    @property
    def tagged(self) -> bool:
        """Whether hashtags say what the columns are."""
        return any(tag.startswith("#affected") for tag in self.tags)


def sheet_of(path: Path) -> Sheet:
    """Look for a table in a file.

    Raises:
        LedgerFileError: If it cannot be read, or holds no table.
        MappingError: If it is no text file and no workbook.
    """
    kind = ending_of(path)
    if kind in ("xlsx", "xlsm"):
        return _workbook(path)
    if kind in ("csv", "tsv", "txt"):
        settings = _told_of_text(path)
        lines, close, _ = text_lines(path, _bare(**settings))
        try:
            return _found(list(islice(lines, LOOKED_AT)), settings, (), str(path))
        finally:
            close()
    raise no_proposal(path)


def no_proposal(path: Path) -> MappingError:
    """Say that no mapping is guessed for a file of another kind, and what to do."""
    kind = ending_of(path)
    hints = {
        "gz": "unpack it, or write its kind into its name, as in table.csv.gz",
        "zip": "unpack it",
        "json": "write a mapping by hand, or save it as .xlsx or .csv",
    }
    return MappingError(
        f"{path}: no mapping is proposed for tables of kind {kind!r}",
        "unknown-format",
        hints.get(kind, "save it as .xlsx or .csv"),
    )


def _bare(**settings: str) -> TableMapping:
    return TableMapping.of({"name": "sheet", "source": "s", "claims": [{"harm": "killed", "count": "n"}], **settings})


def _workbook(path: Path) -> Sheet:
    """Take the sheet that holds most rows under a header."""
    _, close, names = workbook_lines(path, _bare())
    close()
    sheets: list[Sheet] = []
    for name in names:
        lines, close, _ = workbook_lines(path, _bare(sheet=name))
        others = tuple(sheet for sheet in names if sheet != name)
        try:
            sheets.append(_found(list(islice(lines, LOOKED_AT)), {"sheet": name} if others else {}, others, str(path)))
        except LedgerFileError:
            if len(names) == 1:
                raise
        finally:
            close()
    if not sheets:
        raise _no_table(str(path))
    return max(sheets, key=lambda sheet: len(sheet.rows) * len(sheet.columns))


def _told_of_text(path: Path) -> dict[str, str]:
    try:
        with open_plain(path)[0] as file:
            content = file.read()
    except OSError as error:
        problem = Problem("", f"it cannot be read: {error.strerror or error}", "check the path", "unreadable-file")
        raise LedgerFileError(str(path), (problem,)) from error
    settings: dict[str, str] = {}
    encoding = "utf-8-sig"
    if content.startswith(_BOMS):
        encoding = "utf-8-sig" if content.startswith(_BOMS[0]) else "utf-16"
    else:
        try:
            content.decode()
        except UnicodeDecodeError:
            settings["encoding"] = encoding = encoding_of(content)
    text = content[:200_000].decode(encoding, "replace")
    settings["delimiter"] = max(",;\t|", key=lambda mark: _parts(text, mark))
    return settings


def _parts(text: str, delimiter: str) -> tuple[int, int]:
    """Count the rows that have the same number of cells, more than one, and that number."""
    rows = list(islice(csv.reader(io.StringIO(text), delimiter=delimiter), 200))
    widths = [len(row) for row in rows if len(row) > 1]
    common = max(set(widths), key=widths.count, default=0)
    return widths.count(common), common


def _no_table(name: str) -> LedgerFileError:
    hint = "a table has a row of names, and rows below it"
    return LedgerFileError(name, (Problem("", "no table was found in it", hint, "no-header"),))


def _found(lines: list[Line], settings: dict[str, str], others: tuple[str, ...], name: str) -> Sheet:
    rows = [[*line] if isinstance(line, list) else [] for line in lines]
    at = _header_at(rows)
    if at is None:
        raise _no_table(name)
    header = (at, at + 1) if _continues(rows, at) else (at,)
    names = names_of([rows[line] for line in header])
    if len(header) > 1 and len(set(filter(None, names))) < len([name for name in names if name]):
        header, names = (at,), names_of([rows[at]])
    tags = next((row for row in rows[:WITHIN] if is_tags(row)), [])
    body = [row for row in rows[header[-1] + 1 :] if any(map(text_of, row)) and not is_tags(row)]
    footer = _footer(body) if len(names) > 2 else 0
    body = body[: len(body) - footer]
    parts = [row for row in body if not calls_itself_total(map(_inner, row))]
    letters = lettered([f"{place}" for place in range(len(names))])
    columns = tuple(
        Column(name, letters[str(place)], tuple(_cell(row, place) for row in parts))
        for place, name in enumerate(names)
        if name and names.count(name) == 1
    )
    return Sheet(
        columns,
        tuple(line + 1 for line in header),
        settings,
        others,
        tuple(tuple(row[: len(names)]) for row in body),
        tuple("".join(text_of(tag).split()).lower() for tag in tags),
        footer,
    )


def _footer(body: Sequence[Sequence[Any]]) -> int:
    """Count the rows at the end that hold one text and nothing else, and are no totals."""
    count = 0
    for row in reversed(body[1:]):
        filled = [cell for cell in map(_inner, row) if text_of(cell)]
        if len(filled) != 1 or not _is_name(filled[0]) or calls_itself_total(filled):
            break
        count += 1
    return count


def _cell(row: Sequence[Any], place: int) -> Any:  # noqa: ANN401 - whatever a table holds
    return row[place] if place < len(row) else None


def _inner(cell: object) -> object:
    return cell.value if isinstance(cell, Merged) else cell


def _is_name(cell: object) -> bool:
    """Tell whether a cell may be the name of a column: a text that is no number."""
    value = _inner(cell)
    text = text_of(value)
    return (
        bool(text)
        and isinstance(value, str)
        and len(text) <= 80
        and not any(character.isdigit() for character in text[:1])
    )


def _header_at(rows: Sequence[Sequence[Any]]) -> int | None:
    """Find the first row among the first that names most columns, all of them by texts."""
    widths = [len([cell for cell in row if text_of(cell)]) for row in rows]
    common = max(widths[: WITHIN * 2], default=0)
    fitting: list[tuple[int, int]] = []
    for at, row in enumerate(rows[:WITHIN]):
        cells = [cell for cell in row if text_of(cell)]
        different = len({text_of(cell) for cell in cells})
        named = [cell for cell in cells if _is_name(cell)]
        enough = different >= 2 and 2 * different >= min(common, len(row))
        if enough and len(named) == len(cells) and any(widths[at + 1 :]):
            fitting.append((-sum(map(_is_known, cells)), at))
    return min(fitting, default=(0, None))[1]


def _is_known(cell: object) -> bool:
    """Tell whether a cell is what columns are called."""
    text = text_of(_inner(cell))
    return len(text) <= 30 and any(has_word(text, words) for words in (*NAMES.values(), *HARM_WORDS.values()))


def _continues(rows: Sequence[Sequence[Any]], at: int) -> bool:
    """Tell whether the row below a header names what stands below one name of it, such as Min and Max below Killed."""
    if at + 2 >= len(rows):
        return False
    upper, lower = rows[at], rows[at + 1]
    filled = [place for place, cell in enumerate(lower) if text_of(cell) and not _same(upper, lower, place)]
    under = [place for place in filled if not text_of(_cell(upper, place)) or _repeats(upper, place)]
    fresh = all(_is_name(lower[place]) for place in filled) and len(filled) >= 2 and len(under) >= 1
    return fresh and not any(isinstance(_cell(lower, place), date) for place in filled) and len(filled) < len(upper)


def _same(upper: Sequence[Any], lower: Sequence[Any], place: int) -> bool:
    """Tell whether two cells are one that is merged."""
    return isinstance(lower[place], Merged) and lower[place] == _cell(upper, place)


def _repeats(upper: Sequence[Any], place: int) -> bool:
    return place > 0 and text_of(_cell(upper, place)) == text_of(_cell(upper, place - 1)) != ""
