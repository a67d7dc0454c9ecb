"""The laws of reconciling, on drawn ledgers with revisions, copies, withdrawals, partial dates, denials and stocks."""

from __future__ import annotations

from hypothesis import given

from casualties.figure import Figure
from casualties.ledger import Ledger
from casualties.period import PartialDate
from casualties.testing import check_reconciliation_laws, dates, figures, ledgers


@given(ledger=ledgers(few_subjects=True, max_claims=8), day=dates(), figure=figures(max_count=10))
def test_laws(ledger: Ledger, day: PartialDate, figure: Figure) -> None:
    """Every law holds for the reconciliation of any ledger."""
    check_reconciliation_laws(ledger, day, figure)
