"""What is left of a table: the rows with cells that were not read, in its own shape, to be mended and read again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from casualties.files.mapped._counts import Merged
from casualties.files.mapped._dates import Dates
from casualties.files.mapped._slots import ROW
from casualties.files.mapped.cells import text_of
from casualties.files.mapped.mapping import TableMapping

__all__ = ["records_of", "rest_of"]


def rest_of(
    rows: Mapping[int, Sequence[Any] | Mapping[str, Any]], columns: tuple[str, ...], mapping: TableMapping
) -> bytes:
    """Write rows as a text file that the same mapping reads, with the numbers that they have in the table.

    Args:
        rows: The cells of each row by column, or as they stand where the row has more or fewer than the header.
        columns: The columns of the table.
        mapping: The mapping, whose header, footer, delimiter and formats of dates are kept.
    """
    dates = Dates(mapping.dates)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mapping.delimiter or ",", lineterminator="\n")
    for line in _header(columns, mapping):
        writer.writerow(line)
    for number, cells in rows.items():
        row = [cells.get(name) for name in columns] if isinstance(cells, Mapping) else cells
        writer.writerow([str(number), *(_written(cell, dates) for cell in row)])
    for _ in range(mapping.skip_footer):
        writer.writerow(["", "end"])
    return out.getvalue().encode(mapping.encoding or "utf-8", "surrogateescape" if not mapping.encoding else "replace")


def records_of(rows: Mapping[int, Any], kind: str, mapping: TableMapping) -> bytes:
    """Write records as JSON that the same mapping reads, with the numbers that they have in the table.

    Args:
        rows: The record of each row, or the text of a line that is none.
        kind: ``json`` for a list where the mapping looks for it, ``jsonl`` for a record a line.
        mapping: The mapping.
    """
    records = [{ROW: number, **record} if isinstance(record, Mapping) else record for number, record in rows.items()]
    if kind == "jsonl":
        lines = [record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records]
        return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")
    document: Any = records
    for key in reversed(mapping.records.split(".") if mapping.records else ()):
        document = {key: document}
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode("utf-8", "backslashreplace")


def _header(columns: tuple[str, ...], mapping: TableMapping) -> Iterable[list[str]]:
    if not mapping.header:
        yield [ROW, *columns]
        return
    yield from ([] for _ in range(mapping.header[0] - 1))
    parts = [name.split(" / ") for name in (ROW, *columns)]
    for place in range(len(mapping.header)):
        yield [part[place] if place < len(part) else "" for part in parts]


def _written(cell: object, dates: Dates) -> str:
    if isinstance(cell, Merged):
        return _written(cell.value, dates)
    return dates.written(cell) if isinstance(cell, date) else text_of(cell)
