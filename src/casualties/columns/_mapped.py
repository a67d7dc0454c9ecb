"""A table with columns of its own, read by a mapping and reconciled as columns."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from casualties.columns._claim_tables import MOST_OBJECTS, refused
from casualties.columns._coded import Rows, kinds
from casualties.columns._plain import CONTENT
from casualties.columns._rows import tables_of_rows
from casualties.files.mapped import ManyReading, TableMapping, read_many
from casualties.model.period import PartialDate
from casualties.model.vocabulary import TermKind
from casualties.reconciling.view import View
from casualties.results import Reconciliation, reconcile
from casualties.show.optional import Lazily

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
else:
    np, pa = Lazily("numpy", "columns"), Lazily("pyarrow", "columns")

__all__ = ["reconcile_mapped"]

_DECLARED: Final = (TermKind.SIDE, TermKind.PLACE, TermKind.NATIONALITY)
"""What may be declared of words where columns alone are reconciled: by these no topic is another."""


def reconcile_mapped(
    table: Any,
    mapping: str | os.PathLike[str] | TableMapping | Mapping[str, Any],
    *,
    as_of: PartialDate | date | str | None = None,
    attributed: bool = True,
) -> tuple[Reconciliation, ManyReading]:
    """Read a table by a mapping and reconcile what it says, without an object for each claim.

    Args:
        table: As for `casualties.files.mapped.read_many`: a path, a frame or a list of dictionaries.
        mapping: The name of a preset, the path of a mapping file, or a mapping.
        as_of: The day asked about.
        attributed: Whether the attribution is made, which needs the identity of every claim; else it has no rows.

    Returns:
        The answer, with the values that reconciling the ledger gives, and what reading gave: quarantine and counts.

    Raises:
        MappingError: If the mapping is wrong, or names a column that the table lacks.
        LedgerFileError: If the file cannot be read.
        ModelError: If the day is not a date.
        MissingExtraError: If numpy, pandas or pyarrow is not installed.

    Examples:
        >>> from casualties.columns import reconcile_mapped
        >>> claim = {"harm": "killed", "count": "dead", "place": "{town}"}
        >>> rows = [{"town": "Barda", "dead": 21}, {"town": "Shushi", "dead": -1}]
        >>> result, reading = reconcile_mapped(rows, {"name": "sheet", "source": "us", "claims": [claim]})
        >>> print(result.tables, reading.rest.counts.quarantined)
        killed, Barda: 21, single source 1
    """
    many = read_many(table, mapping, kept=False)
    day = None if as_of is None else PartialDate.of(as_of)
    ledger = many.rest.ledger
    plain = many.numbers is not None and all(term.kind in _DECLARED for term in ledger.words)
    plain = plain and not any(source.under or source.repeats for source in ledger.sources.values())
    if not plain or "based_on" in many.claims.column_names:  # what is named needs its name
        return reconcile(many.whole().ledger, as_of=day), many
    tables, _ = tables_of_rows(_rows_of(many), ledger, day, MOST_OBJECTS, attributed=attributed)
    return Reconciliation(partial(_view_of, many, day), tables=tables), many


def _rows_of(many: ManyReading) -> Rows:
    """Take the claims as rows, with a number in place of each identity."""
    pa.default_memory_pool().release_unused()  # what reading needed
    rows = Rows.encoded(many.claims)
    key = rows.together([name for name in CONTENT if name in rows.codes])
    ordered = np.sort(key)
    distinct = bool((ordered[1:] != ordered[:-1]).all())
    rows.codes["claim_id"] = np.arange(len(rows), dtype="int32") if distinct else kinds(key).of
    rows.words["claim_id"] = pa.array([], pa.string())
    return rows


def _view_of(many: ManyReading, as_of: PartialDate | None) -> View:
    """Make an object of every row, and look at them as they are asked about."""
    if (number := many.claims.num_rows) > MOST_OBJECTS:
        raise refused(number, [])
    return View(many.whole().ledger, as_of)
