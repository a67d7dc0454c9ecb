"""Rows of claims as they lie in a partitioned ledger: in one order, parted by what they are about, and united again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from casualties.columns.schema import CLAIMS
from casualties.files.cells import join, split
from casualties.model.source import Source, SourceKind, Sources
from casualties.show.optional import Lazily

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    pc: Any  # its functions are made when it is loaded
else:
    np, pa, pc = (Lazily(name, "columns") for name in ("numpy", "pyarrow", "pyarrow.compute"))

__all__ = ["ABOUT", "NAMING", "PARTS", "arranged", "described", "named_by", "parts_of", "sources_of", "united"]

PARTS: Final = 64
"""Into how many parts a ledger is split; it belongs to the form of the folder and never changes."""

NAMING: Final = ("replaces", "target", "based_on")
"""The columns in which a claim names others."""

_KEPT: Final = tuple(name for name in CLAIMS if name not in ("figure", "report"))
_DESCRIBING: Final = ("source_name", "source_kind", "source_side")
_READ_IN: Final = (
    *("publisher", "report_title", "address", "published", "retrieved", "saved"),
    *("relays", "relay_kinds", "relay_sides", "locator", "words"),
)
ABOUT: Final = ("harm", "side", "nationality", "role", "age", "sex", "event", "cause", "without")
"""The facets by which claims are parted: those that narrow a count whatever a ledger declares.

The status is none of them, since a role may imply it, nor are place and first day, since on an incident they only
describe.  Who did it and how people were counted never narrow a count.
"""


def arranged(rows: pa.Table) -> pa.Table:
    """Give rows with all columns in one order, each row once, in an order that depends on them alone."""
    columns: dict[str, pa.ChunkedArray] = {}
    for name in _KEPT:
        type_ = pa.string() if CLAIMS[name] == "text" else pa.int64()
        filled_column = rows[name].cast(type_) if name in rows.column_names else pa.nulls(rows.num_rows, type_)
        columns[name] = (
            pc.if_else(pc.equal(filled_column, ""), None, filled_column) if CLAIMS[name] == "text" else filled_column
        )
    read = pc.is_valid(columns["reading"])
    for name in _READ_IN:
        read = pc.or_(read, pc.is_valid(columns[name]))
    columns["reading"] = pc.if_else(read, 1, pa.scalar(None, pa.int64()))
    return _in_order(_once(pa.table(columns)))


def _once(rows: pa.Table) -> pa.Table:
    if pc.count_distinct(rows["claim_id"]).as_py() == rows.num_rows:
        return rows
    return rows.group_by(rows.column_names, use_threads=False).aggregate([]).select(list(_KEPT))


def _in_order(rows: pa.Table) -> pa.Table:
    once = pc.count_distinct(rows["claim_id"]).as_py() == rows.num_rows
    return rows.sort_by([(name, "ascending") for name in (("claim_id",) if once else _KEPT)]).combine_chunks()


def parts_of(rows: pa.Table) -> Any:
    """Give the part of each row: a digest of what it is about, the same on every machine."""
    about = pc.binary_join_element_wise(*(rows[name].fill_null("") for name in ABOUT), "\x1f")
    coded = about.combine_chunks().dictionary_encode()
    digests = np.array([crc32(text.encode()) % PARTS for text in coded.dictionary.to_pylist()], "int64")
    return digests[coded.indices.to_numpy()]


def sources_of(rows: pa.Table) -> list[Source]:
    """Give the sources that rows describe, each as often as they describe it differently."""
    names = ["source", *_DESCRIBING]
    return [
        Source(
            key=row["source"],
            names=tuple(split(row["source_name"] or "")),
            kinds=tuple(SourceKind(kind) for kind in split(row["source_kind"] or "")),
            side=row["source_side"],
        )
        for row in rows.group_by(names, use_threads=False).aggregate([]).to_pylist()
    ]


def described(rows: pa.Table, sources: Sources) -> pa.Table:
    """Describe every source in the same way wherever it speaks."""
    coded = rows["source"].combine_chunks().dictionary_encode()
    speaking = [sources[key] for key in coded.dictionary.to_pylist()]
    cells: Mapping[str, list[str | None]] = {
        "source_name": [join(source.names) or None for source in speaking],
        "source_kind": [join(source.kinds) or None for source in speaking],
        "source_side": [source.side for source in speaking],
    }
    for name, values in cells.items():
        column = pa.array(values, pa.string()).take(coded.indices)
        rows = rows.set_column(rows.column_names.index(name), name, column)
    return rows


def named_by(rows: pa.Table) -> set[str]:
    """Give the identities that claims name."""
    cells = {cell for name in NAMING for cell in rows[name].unique().to_pylist() if cell}
    return {name for cell in cells for name in cell.split("|")}


def united(rows: pa.Table) -> pa.Table:
    """Unite rows that several files hold: each reading of a claim once, numbered, and all that it is based on."""
    rows = _once(rows)
    counts = rows["claim_id"].value_counts()
    several = pa.array([count["values"].as_py() for count in counts if count["counts"].as_py() > 1], pa.string())
    if not len(several):
        return _in_order(rows)
    again = pc.is_in(rows["claim_id"], several)
    by_claim: dict[str, list[dict[str, Any]]] = {}
    for row in rows.filter(again).to_pylist():
        by_claim.setdefault(row["claim_id"], []).append(row)
    joined = [row for _, about in sorted(by_claim.items()) for row in _readings(about)]
    return _in_order(
        pa.concat_tables([rows.filter(pc.invert(again)), pa.Table.from_pylist(joined, schema=rows.schema)])
    )


def _readings(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Unite the rows of one claim."""
    own_rows = list(rows)
    based_on = "|".join(sorted({name for row in own_rows for name in (row["based_on"] or "").split("|") if name}))
    read = [row for row in own_rows if row["reading"] is not None] or own_rows[:1]
    cells = {tuple(row[name] for name in _READ_IN): row for row in read}
    ordered = [cells[key] for key in sorted(cells, key=lambda key: tuple(cell or "" for cell in key))]
    numbers = range(1, len(ordered) + 1) if ordered[0]["reading"] is not None else (None,)
    return [
        {**row, "based_on": based_on or None, "reading": number} for row, number in zip(ordered, numbers, strict=True)
    ]
