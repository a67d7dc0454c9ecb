"""Tables of findings of some parts of a ledger: taken apart to be kept, and put together under one numbering."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from casualties.columns._order import order_of
from casualties.results import Reconciliation, Tables
from casualties.show.engines import arrow_of
from casualties.show.optional import Lazily
from casualties.show.schema import ATTRIBUTION, FACET_COLUMNS, FINDINGS, SUPPORT

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    pc: Any  # its functions are made when it is loaded
else:
    np, pa, pc = (Lazily(name, "columns") for name in ("numpy", "pyarrow", "pyarrow.compute"))

__all__ = ["Found", "found_in_objects", "found_in_tables", "put_together"]

_TYPES: Final = {"text": "string", "count": "float64", "number": "int64", "flag": "int64"}
_PATH: Final = b"path"


@dataclass(frozen=True, slots=True)
class Found:
    """Tables of findings in Arrow, with findings numbered from 1 in their order.

    Attributes:
        findings: The columns `FINDINGS`.
        attribution: The columns `ATTRIBUTION`.
        support: The columns `SUPPORT`.
        path: ``columns`` or ``objects``.
    """

    findings: pa.Table
    attribution: pa.Table
    support: pa.Table
    path: str

    def apart(self, claims: pa.Array, groups: Any, number: int) -> list[Found]:
        """Take the tables apart by groups of claims of which none share a finding.

        Args:
            claims: The identities of the claims.
            groups: The group of each.
            number: How many groups there are.
        """
        group_of_claim = groups[pc.index_in(self.attribution["claim"], claims).to_numpy()]
        group = np.zeros(self.findings.num_rows + 1, "int64")
        group[self.attribution["finding"].to_numpy()] = group_of_claim
        return [self._some(np.flatnonzero(group[1:] == part) + 1) for part in range(number)]

    def _some(self, numbers: Any) -> Found:
        """Keep some findings, and number them anew."""
        new = np.zeros(self.findings.num_rows + 1, "int64")
        new[numbers] = np.arange(1, len(numbers) + 1)
        findings, attribution, support = (_numbered(table, new) for table in self._tables)
        return Found(findings, attribution, support, self.path)

    @property
    def _tables(self) -> tuple[pa.Table, pa.Table, pa.Table]:
        return self.findings, self.attribution, self.support

    def to_bytes(self) -> bytes:
        """Write the tables as streams of Arrow, one after the other."""
        out = io.BytesIO()
        for table in self._tables:
            marked = table.replace_schema_metadata({_PATH: self.path.encode()})
            with pa.ipc.new_stream(out, marked.schema) as writer:
                writer.write_table(marked)
        return out.getvalue()

    @classmethod
    def of_bytes(cls, content: bytes) -> Found | None:
        """Read what `to_bytes` wrote; ``None`` where it was damaged since."""
        stream = pa.BufferReader(content)
        try:
            tables = [pa.ipc.open_stream(stream).read_all() for _ in range(3)]
        except (pa.ArrowException, OSError):
            return None
        path = tables[0].schema.metadata[_PATH].decode()
        findings, attribution, support = (table.replace_schema_metadata(None) for table in tables)
        return cls(findings, attribution, support, path)


def _numbered(table: pa.Table, new: Any) -> pa.Table:
    """Give findings other numbers, and rows their order; what has the number 0 goes."""
    numbers = new[table["finding"].to_numpy()]
    order = np.argsort(numbers, kind="stable")
    order = order[np.searchsorted(numbers[order], 1) :]
    return table.set_column(0, "finding", pa.array(numbers)).take(pa.array(order)).combine_chunks()


def found_in_tables(tables: Tables) -> Found:
    """Bring tables of any engine to Arrow, in their order."""
    findings = _arrow(tables.findings, FINDINGS).sort_by("finding")
    return Found(
        findings,
        _arrow(tables.attribution, ATTRIBUTION).sort_by([(name, "ascending") for name in ATTRIBUTION]),
        _arrow(tables.support, SUPPORT).sort_by([(name, "ascending") for name in SUPPORT]),
        tables.path,
    )


def found_in_objects(result: Reconciliation) -> Found:
    """Bring a reconciliation of objects to Arrow."""
    return found_in_tables(result.tables)


def _arrow(native: Any, columns: Any) -> pa.Table:
    rows = arrow_of(native, list(columns))
    schema = pa.schema([(name, _TYPES[type_]) for name, type_ in columns.items()])
    return rows.replace_schema_metadata(None).cast(schema)


def put_together(parts: Sequence[Found]) -> Tables:
    """Number the findings of all parts in the one order in which subjects are listed."""
    starts = np.cumsum([0, *(part.findings.num_rows for part in parts)])
    findings = _joined((part.findings for part in parts), starts)
    order = order_of({facet: findings["victim_status" if facet == "status" else facet] for facet in FACET_COLUMNS})
    new = np.zeros(len(order) + 1, "int64")
    new[order + 1] = np.arange(1, len(order) + 1)
    attribution = _numbered(_joined((part.attribution for part in parts), starts), new)
    support = _numbered(_joined((part.support for part in parts), starts), new)
    path = "objects" if any(part.path == "objects" for part in parts) else "columns"
    return Tables(_numbered(findings, new), attribution, support, path)


def _joined(tables: Iterable[pa.Table], starts: Any) -> pa.Table:
    moved = [
        table.set_column(0, "finding", pa.array(table["finding"].to_numpy() + start))
        for table, start in zip(tables, starts, strict=False)
    ]
    return pa.concat_tables(moved)
