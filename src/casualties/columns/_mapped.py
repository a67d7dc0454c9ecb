"""A ledger whose claims are held as columns, reconciled as such."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from casualties.columns._claim_tables import MOST_OBJECTS, refused
from casualties.columns._coded import Rows
from casualties.columns._rows import tables_of_rows
from casualties.model.held import Held
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.model.vocabulary import TermKind
from casualties.reconciling.view import View
from casualties.results import Reconciliation
from casualties.show.optional import Lazily

if TYPE_CHECKING:
    import pyarrow as pa
else:
    pa = Lazily("pyarrow", "columns")

__all__ = ["reconcile_held"]

_DECLARED: Final = (TermKind.SIDE, TermKind.PLACE, TermKind.NATIONALITY)
"""What may be declared of words where columns alone are reconciled: by these no topic is another."""

_TOLD: Final = 20_000
"""Up to how many claims printing makes an object for each."""


def reconcile_held(ledger: Ledger, as_of: PartialDate | date | str | None) -> Reconciliation | None:
    """Reconcile a ledger whose claims are held as columns; ``None`` where these alone do not tell what follows.

    Args:
        ledger: The ledger.
        as_of: The day asked about.

    Raises:
        ModelError: If the day is not a date.
        CasualtiesError: If too many rows say more than a plain count.
    """
    held = ledger.held
    plain = held is not None and all(term.kind in _DECLARED for term in ledger.words)
    plain = plain and not any(source.under or source.repeats for source in ledger.sources.values())
    if held is None or not plain or "based_on" in held.table.column_names:  # what is named needs its name
        return None
    day = None if as_of is None else PartialDate.of(as_of)
    tables, left = tables_of_rows(_rows_of(held), held.declares, day, MOST_OBJECTS, lazily=True)
    if left > MOST_OBJECTS:
        raise refused(left, [])
    return Reconciliation(partial(_view_of, ledger, day), tables=tables, told_up_to=_TOLD)


def _rows_of(held: Held) -> Rows:
    """Take claims as rows, with a number in place of each identity."""
    pa.default_memory_pool().release_unused()  # what reading needed
    rows = Rows.encoded(held.table)
    rows.codes["claim_id"] = held.alike.of
    rows.words["claim_id"] = pa.array([], pa.string())
    return rows


def _view_of(ledger: Ledger, as_of: PartialDate | None) -> View:
    """Make an object of every claim, and look at them as they are asked about."""
    if len(ledger) > MOST_OBJECTS:
        raise refused(len(ledger), [])
    return View(ledger, as_of)
