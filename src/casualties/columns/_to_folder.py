"""Reconciling into a folder of Parquet files, whose tables need not fit into the memory."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casualties._writing import as_path
from casualties.columns._batches import columns_of
from casualties.columns._checks import check_table
from casualties.columns._claim_tables import MOST_OBJECTS, limits, refused
from casualties.columns._coded import Rows
from casualties.columns._files import opened
from casualties.columns._plain import TABLES
from casualties.columns._rows import tables_of_rows
from casualties.columns._spread import Spread, room_for
from casualties.errors import CasualtiesError
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.results import Tables
from casualties.show.engines import rows_in
from casualties.show.optional import Lazily

if TYPE_CHECKING:
    import pyarrow.dataset as ds
else:
    ds = Lazily("pyarrow.dataset", "columns")

__all__ = ["reconcile_to_folder"]

A_ROW: Final = 650
"""About how many bytes a row takes where the tables are written as they are worked out."""


def reconcile_to_folder(
    claims: Any,
    folder: str | os.PathLike[str],
    *,
    as_of: PartialDate | date | str | None = None,
    checked: bool = False,
    memory: str | int | None = None,
    processes: int = 1,
) -> Tables:
    """Reconcile a large table, and write findings, attribution and support as Parquet files.

    Only the findings are ever in memory whole; the attribution, with some rows for each claim, is written part by part.

    Args:
        claims: A table as `reconcile_table` takes it, or the path of a Parquet file or of a folder of them.
        folder: Where the tables go, into ``findings``, ``attribution`` and ``support``; it must not hold them yet.
        as_of: The day asked about.
        checked: Whether every row is known to hold what a record would take.
        memory: About how much memory reconciling may take, as for `reconcile_table`.
        processes: How many processes reconcile the parts.

    Returns:
        The tables, read from the folder when they are asked for.

    Raises:
        CasualtiesError: If the folder holds tables already, or the claims cannot be reconciled as columns.
        LedgerFileError: If rows cannot be claims, or a file cannot be read.
        ModelError: If the day is not a date.
        MissingExtraError: If pyarrow is not installed.

    Examples:
        >>> import tempfile
        >>> import pandas as pd
        >>> from casualties.columns import reconcile_to_folder
        >>> rows = {"source": ["ministry", "monitor"], "harm": ["killed"] * 2, "low": [80, 95], "high": [80, None]}
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     tables = reconcile_to_folder(pd.DataFrame(rows), f"{folder}/answers", memory="1 GB")
        ...     print(list(tables.to_frame()["status"]), list(tables.attribution_frame()["role"]).count("stands"))
        ['disputed'] 2
    """
    into = as_path(folder)
    if any((into / name).exists() for name in TABLES):
        raise CasualtiesError(f"{into}: there are tables in it already", "exists", "name another folder")
    day = None if as_of is None else PartialDate.of(as_of)
    room_for(memory, processes)  # refused before any work
    table = _table(claims)
    if beyond := list(limits(table)):
        raise refused(rows_in(table), beyond)
    if not checked or "claim_id" not in columns_of(table):
        table = check_table(table, on_bad="raise").table
    if processes == 1 and rows_in(table) <= room_for(memory, 1, a_row=A_ROW):
        tables, left = tables_of_rows(Rows.of(table), Ledger(), day, MOST_OBJECTS, into=into)
        if left > MOST_OBJECTS:
            raise refused(left, beyond)
        return _read(into, tables.path)
    with Spread.of(table) as spread:
        parts, left = spread.reconciled(
            as_of=day, most=MOST_OBJECTS, room=room_for(memory, processes, a_row=A_ROW), processes=processes
        )
        if left > MOST_OBJECTS:
            raise refused(left, beyond)
        parts.write(into)
    return _read(into, parts.path)


def _table(claims: Any) -> Any:
    if not isinstance(claims, str | os.PathLike):
        return claims
    held = opened(str(as_path(claims)), 0, MOST_OBJECTS)
    if held.table is None:
        raise CasualtiesError(
            f"{claims}: a ledger, which is reconciled with all that it declares", "ledger", "use casualties.reconcile"
        )
    return held.table


def _read(folder: Path, path: str) -> Tables:
    findings, attribution, support = (ds.dataset(str(folder / name), format="parquet") for name in TABLES)
    return Tables(findings, attribution, support, path)
