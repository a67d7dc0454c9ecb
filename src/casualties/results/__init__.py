"""What joins the rooms below for the caller: findings that can be shown, drawn and coded, and all of them."""

from casualties.results.finding import Finding
from casualties.results.of_ledger import reconcile
from casualties.results.reconciliation import FEW, Reconciliation
from casualties.results.tables import SHOWN, Tables, tables_of

__all__ = ["FEW", "SHOWN", "Finding", "Reconciliation", "Tables", "reconcile", "tables_of"]
