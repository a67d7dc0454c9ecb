"""Millions of claims as columns, in pandas, polars, DuckDB or PySpark, with the same answers as objects give.

A table of claims has the columns of the flat CSV (`CLAIMS`).  Reconciling it gives a table of findings (`FINDINGS`), a
long table of attribution (`ATTRIBUTION`) that says of every claim what became of it and what it does, and the
best-supported ranges (`SUPPORT`), all in the engine in which the claims lie.  It needs the extra ``columns``.
"""

from casualties.columns._checks import CheckedTable, RowCounts, check_table
from casualties.columns._claim_tables import MOST_OBJECTS, claims_table, limits, reconcile_table
from casualties.columns._files import is_table
from casualties.columns._ledger import ledger_of
from casualties.columns._mapped import reconcile_mapped
from casualties.columns._reconciliation import CROSSOVER, Frame, reconcile
from casualties.columns._store import ParquetLedger
from casualties.columns._tables import Tables, tables_of
from casualties.columns.schema import ATTRIBUTION, CLAIMS, FACET_COLUMNS, FINDINGS, RESOLVED, SUPPORT, Role

__all__ = [
    "ATTRIBUTION",
    "CLAIMS",
    "CROSSOVER",
    "FACET_COLUMNS",
    "FINDINGS",
    "MOST_OBJECTS",
    "RESOLVED",
    "SUPPORT",
    "CheckedTable",
    "Frame",
    "ParquetLedger",
    "Role",
    "RowCounts",
    "Tables",
    "check_table",
    "claims_table",
    "is_table",
    "ledger_of",
    "limits",
    "reconcile",
    "reconcile_mapped",
    "reconcile_table",
    "tables_of",
]
