"""The reconciliation of a ledger."""

from __future__ import annotations

from datetime import date

from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.reconciling.knowledge import moment_in
from casualties.reconciling.view import View
from casualties.results.reconciliation import Reconciliation

__all__ = ["reconcile"]


def reconcile(
    ledger: Ledger,
    *,
    as_of: PartialDate | date | str | None = None,
    known_on: PartialDate | date | str | None = None,
    lexicon: str | None = None,
    same: str = "accepted",
) -> Reconciliation:
    """Reconcile a ledger, as `casualties.reconcile` does, which says what the arguments mean.

    Raises:
        ModelError: If a day is not a date.
        UnknownNameError: If there is no such lexicon, or no such way with events.

    Examples:
        >>> len(reconcile(Ledger()))
        0
    """
    view = View(
        ledger,
        None if as_of is None else PartialDate.of(as_of),
        None if known_on is None else moment_in(ledger, known_on),
        lexicon,
        same=same,
    )
    return Reconciliation(view)
