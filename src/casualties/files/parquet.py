"""Parquet files: the flat table as columns, and what no table holds in the file's metadata.

The columns are those of the flat CSV file; ``low``, ``high`` and ``best`` are whole numbers, all others texts.  What no
table holds stands as JSON under the key ``casualties`` of the metadata.

Writing and reading need the extra ``parquet`` (pyarrow).
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from casualties.errors import LedgerFileError, Problem
from casualties.files._parquets import check_parquet, open_parquet
from casualties.files.csv import KEEPS as CSV_KEEPS
from casualties.files.csv import rest, rows
from casualties.files.disk import MAX_BYTES, Readable, Writable, name_of, read_bytes, write_bytes
from casualties.files.json import lines
from casualties.files.loss import EXACTLY, Fidelity, Format, Grade, LeftOut, extra
from casualties.files.rows import COLUMNS, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casualties.model.ledger import Ledger

__all__ = ["FORMAT", "check_parquet", "read", "write"]

_COUNTS: Final = ("low", "high", "best")
_KEY: Final = b"casualties"


def write(ledger: Ledger, target: Writable) -> tuple[LeftOut, ...]:
    """Write a ledger as a Parquet file; the format carries all of it, so nothing is left out.

    Raises:
        LedgerFileError: If the file cannot be written.
        MissingExtraError: If pyarrow is not installed.

    Examples:
        >>> import io, casualties as cs
        >>> seed, file = cs.seeds.load("nagorno-karabakh-2020-09-30"), io.BytesIO()
        >>> write(seed, file)
        ()
        >>> read(io.BytesIO(file.getvalue())) == seed
        True
    """
    pa, pq = (extra(module, "parquet", "parquet") for module in ("pyarrow", "pyarrow.parquet"))
    claim_rows = list(rows(ledger))
    columns: dict[str, list[str | int | None]] = {
        name: [int(row[name]) if name in _COUNTS and name in row else row.get(name) for row in claim_rows]
        for name in COLUMNS
    }
    schema = pa.schema(
        [(name, pa.int64() if name in _COUNTS else pa.string()) for name in COLUMNS],
        metadata={_KEY: lines(rest(ledger)).encode()},
    )
    out = io.BytesIO()
    pq.write_table(pa.table(columns, schema=schema), out)
    write_bytes(target, out.getvalue())
    return ()


def read(source: Readable) -> Ledger:
    """Read a ledger from a Parquet file that was written here.

    Raises:
        LedgerFileError: With every problem of the file, each with its row and column.
        MissingExtraError: If pyarrow is not installed.

    Examples:
        >>> import io, casualties as cs
        >>> file = io.BytesIO()
        >>> write(cs.Ledger(titles=["An empty ledger"]), file)
        ()
        >>> read(io.BytesIO(file.getvalue())).titles
        ('An empty ledger',)
    """
    name, content = name_of(source), read_bytes(source)
    table = open_parquet(io.BytesIO(content), len(content), name, MAX_BYTES)
    beside = table.metadata.get(_KEY)
    if not beside:
        hint = "read other tables by a mapping, with casualties.read_table"
        raise LedgerFileError(name, (Problem("", "there is no ledger in it", hint, "no-ledger"),))
    try:
        metadata = beside.decode()
    except UnicodeDecodeError as error:
        problem = Problem("metadata", f"byte {error.start + 1} is not UTF-8", "restore it from a copy", "encoding")
        raise LedgerFileError(name, (problem,)) from error

    def numbered() -> Iterator[tuple[int, list[str]]]:
        yield 0, list(table.columns)
        for number, row in table.rows():
            yield number, [_text(row[column]) if column in row else "" for column in table.columns]

    return read_rows(numbered(), name, (metadata, f"{name}, metadata"))


def _text(cell: object) -> str:
    """Give the text of a cell, whatever another program made of a count."""
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


_METADATA: Final = Fidelity(Grade.EXACT, "in the metadata")

KEEPS: Final = {part: _METADATA if kept.how else EXACTLY[part] for part, kept in CSV_KEEPS.items()}

FORMAT: Final = Format("parquet", (".parquet",), read, write, KEEPS)
