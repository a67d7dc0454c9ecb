"""A table of any engine as a stream of batches, each with texts and whole numbers as they were given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from casualties.columns.schema import CLAIMS, RESOLVED
from casualties.errors import LedgerFileError, Problem
from casualties.show.engines import columns_in, pieces
from casualties.show.optional import Lazily

if TYPE_CHECKING:
    import pyarrow as pa

    pc: Any  # its functions are made when it is loaded
else:
    pa, pc = Lazily("pyarrow", "columns"), Lazily("pyarrow.compute", "columns")

__all__ = ["COUNTS", "TEXTS", "Batch", "batches", "columns_of", "whole"]

COUNTS: Final = ("low", "high", "best")
TEXTS: Final = tuple(name for name, type_ in CLAIMS.items() if type_ == "text")

_COUNT: Final = "^(0|[1-9][0-9]{0,14})$"


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a table.

    Attributes:
        first: The number of the first row; the first of the table is row 1.
        size: How many rows there are.
        texts: Columns of texts, empty where nothing is said.
        counts: Columns of whole numbers, missing where nothing is said or no count stands there.
        odd: For columns of counts in which something else stands, its texts; empty elsewhere.
        others: Columns that say nothing of a claim's content, as they are.
        numeric: Whether every column of counts is one that engines read as whole numbers.
    """

    first: int
    size: int
    texts: Mapping[str, pa.Array]
    counts: Mapping[str, pa.Array]
    odd: Mapping[str, pa.Array]
    others: Mapping[str, pa.Array]
    numeric: bool

    def cells(self, place: int) -> dict[str, str]:
        """Give the cells of a row that are not empty."""
        row_cells = {name: column[place].as_py() for name, column in self.texts.items()}
        for name, column in self.counts.items():
            count = column[place].as_py()
            row_cells[name] = self.odd[name][place].as_py() if name in self.odd else ""
            if count is not None:
                row_cells[name] = str(count)
        return {name: cell for name, cell in row_cells.items() if cell}


def columns_of(table: Any) -> tuple[str, ...]:
    """Give the columns of a table that mean something here.

    Raises:
        MappingError: If it is no table of an engine.
        LedgerFileError: If it has no column ``source`` or ``harm``.
    """
    names = set(columns_in(table))
    known = tuple(name for name in (*CLAIMS, *RESOLVED) if name in names)
    if absent := [name for name in ("source", "harm") if name not in known]:
        hint = "a table with columns of its own is read by a mapping, with casualties.read_table"
        raise LedgerFileError(
            "the table", tuple(Problem("", f"there is no column {name!r}", hint, "missing") for name in absent)
        )
    return known


def batches(table: Any, names: tuple[str, ...]) -> Iterator[Batch]:
    """Give the rows of a table in order, some at a time.

    Raises:
        LedgerFileError: If a column holds what is neither text nor number.
    """
    first = 1
    for rows in pieces(table, names):
        yield _batch(rows, first)
        first += rows.num_rows


def _batch(rows: pa.Table, first: int) -> Batch:
    texts: dict[str, pa.Array] = {}
    counts: dict[str, pa.Array] = {}
    odd: dict[str, pa.Array] = {}
    others: dict[str, pa.Array] = {}
    numeric = True
    for name in rows.column_names:
        column = pa.concat_arrays(rows[name].chunks) if rows[name].num_chunks else pa.array([], rows[name].type)
        if name in TEXTS:
            texts[name] = _text(column)
        elif name in COUNTS or name == "reading":
            numeric &= _is_numeric(column)
            counts[name], rest = whole(column)
            if rest is not None:
                odd[name] = rest
        else:
            others[name] = column
    for name in COUNTS:
        counts.setdefault(name, pa.nulls(rows.num_rows, pa.int64()))
    texts.setdefault("stance", pa.array([""] * rows.num_rows, pa.string()))
    return Batch(first, rows.num_rows, texts, counts, odd, others, numeric)


def _text(column: pa.Array) -> pa.Array:
    return column.cast(pa.string()).fill_null("")


def _is_numeric(column: pa.Array) -> bool:
    """Tell whether engines read a column as whole numbers: no texts, and nothing that is not a number."""
    if pa.types.is_floating(column.type):
        return not pc.any(pc.is_nan(column)).as_py()
    return bool(pa.types.is_integer(column.type) or pa.types.is_null(column.type))


def whole(column: pa.Array) -> tuple[pa.Array, pa.Array | None]:
    """Part the whole numbers of a column from what is none, which is given as texts."""
    type_ = column.type
    if pa.types.is_signed_integer(type_):
        return column.cast(pa.int64()), None
    texts = column.cast(pa.string())
    if pa.types.is_floating(type_):
        column = pc.if_else(pc.is_nan(column), None, column)
        small = pc.less(pc.abs(column), 1e15)
        whole = pc.and_(small, pc.equal(pc.floor(column), column)).fill_null(False)
        counts = pc.if_else(whole, column, None).cast(pa.int64())
        rest = pc.if_else(pc.or_(whole, pc.is_null(column)), "", texts)
    else:
        texts = texts.fill_null("")
        whole = pc.match_substring_regex(texts, _COUNT)
        counts = pc.if_else(whole, texts, None).cast(pa.int64())
        rest = pc.if_else(whole, "", texts)
    return counts, rest if pc.any(pc.not_equal(rest, "")).as_py() else None
