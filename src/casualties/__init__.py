"""Disputed casualty figures by reporting party, merged without losing attribution."""

from casualties import errors, seeds
from casualties.bounding import Bounds, bounds
from casualties.difference import changes
from casualties.drafting import check_citations
from casualties.engine import reconcile
from casualties.estimates import estimate
from casualties.files import mapped as tables
from casualties.files import read, write
from casualties.files.mapped import read_table
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger, merge
from casualties.results import Reconciliation
from casualties.wording import parse_figure

__all__ = [
    "Bounds",
    "Figure",
    "Ledger",
    "Reconciliation",
    "bounds",
    "changes",
    "check_citations",
    "errors",
    "estimate",
    "merge",
    "parse_figure",
    "read",
    "read_table",
    "reconcile",
    "seeds",
    "tables",
    "write",
]
