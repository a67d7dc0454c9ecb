"""Tables out of the kernel's arrays hold what its findings say as objects."""

from __future__ import annotations

from typing import Any

import pandas as pd
from tests.oracle.from_ledger import ledger_of
from tests.oracle.random_claims import random_records

import casualties as cs
from casualties.columns import ATTRIBUTION, FINDINGS, SUPPORT

from .objects import attribution_rows, finding_rows, support_rows


def _cells(rows: Any, columns: Any) -> list[tuple[Any, ...]]:
    found = [tuple(None if pd.isna(row.get(name)) else row[name] for name in columns) for row in rows]
    return sorted(found, key=lambda row: tuple((cell is None, str(cell)) for cell in row))


def _equal(result: cs.Reconciliation) -> None:
    tables = result.tables
    for frame, rows, columns in (
        (tables.findings, finding_rows(result), FINDINGS),
        (tables.attribution, attribution_rows(result), ATTRIBUTION),
        (tables.support, support_rows(result), SUPPORT),
    ):
        assert _cells(frame.to_dict("records"), columns) == _cells(rows, columns)


def test_tables_of_random_ledgers() -> None:
    """Every cell is that of the finding, its fates, its witnesses and its support."""
    for seed in range(40):
        ledger = ledger_of(random_records(seed))
        _equal(cs.reconcile(ledger, as_of="2023-10-04" if seed % 3 == 1 else None))


def test_tables_of_the_ledgers_that_ship() -> None:
    """Also where only some findings are kept."""
    for name in cs.seeds.names():
        result = cs.reconcile(cs.seeds.load(name))
        _equal(result)
        _equal(result.about(harm="killed"))


def test_tables_of_nothing() -> None:
    """No claims give empty tables with their columns."""
    _equal(cs.reconcile(cs.Ledger()))
