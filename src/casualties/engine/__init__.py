"""Millions of claims as columns, in pandas, polars, DuckDB or PySpark, with the same answers as objects give.

A table of claims has the columns of the flat CSV (`CLAIMS`).  Reconciling it gives a table of findings (`FINDINGS`), a
long table of attribution (`ATTRIBUTION`) that says of every claim what became of it and what it does, and the
best-supported ranges (`SUPPORT`), all in the engine in which the claims lie.  It needs the extra ``engine``.
"""

from casualties.engine._checking import CheckedTable, RowCounts, check_table
from casualties.engine._face import MOST_OBJECTS, claims_table, limits, reconcile_table
from casualties.engine._files import is_table
from casualties.engine._living import ParquetLedger
from casualties.engine._reading import ledger_of
from casualties.engine._reconcile import CROSSOVER, Frame, reconcile
from casualties.engine._tables import Tables, tables_of
from casualties.engine.schema import ATTRIBUTION, CLAIMS, FACET_COLUMNS, FINDINGS, RESOLVED, SUPPORT, Role

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
    "tables_of",
]
