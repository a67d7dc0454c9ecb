"""Millions of claims as columns, in pandas, polars, DuckDB or PySpark, with the same answers as objects give.

A table of claims has the columns of the flat CSV (`CLAIMS`).  The tables of its reconciliation are one of findings
(`FINDINGS`), a long one of attribution (`ATTRIBUTION`) that says of every claim what became of it and what it does, and
one of the best-supported ranges (`SUPPORT`).  It needs the extra ``columns``.
"""

from casualties.columns._checks import CheckedTable, RowCounts, check_table
from casualties.columns._claim_tables import MOST_OBJECTS, claims_table, limits, reconcile_table
from casualties.columns._files import is_table
from casualties.columns._ledger import ledger_of
from casualties.columns._reconciliation import CROSSOVER, Frame, reconcile
from casualties.columns._store import ParquetLedger
from casualties.columns._to_folder import reconcile_to_folder
from casualties.columns.schema import CLAIMS, RESOLVED
from casualties.results import Tables
from casualties.show.schema import ATTRIBUTION, FACET_COLUMNS, FINDINGS, SUPPORT, Role

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
    "reconcile_table",
    "reconcile_to_folder",
]
