"""Disputed casualty figures by reporting party, merged without losing attribution."""

from casualties import errors, seeds, tables
from casualties.changes import changes
from casualties.consistency import Bounds, bounds
from casualties.engine import reconcile
from casualties.figure import Figure
from casualties.formats import read, write
from casualties.ledger import Ledger, merge
from casualties.reconciliation import Reconciliation
from casualties.tables import read_table
from casualties.wording import parse_figure

__all__ = [
    "Bounds",
    "Figure",
    "Ledger",
    "Reconciliation",
    "bounds",
    "changes",
    "errors",
    "merge",
    "parse_figure",
    "read",
    "read_table",
    "reconcile",
    "seeds",
    "tables",
    "write",
]
