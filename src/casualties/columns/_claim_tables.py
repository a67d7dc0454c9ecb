"""Tables of claims: from a ledger and back, and reconciled as columns."""

# pyright: reportPossiblyUnboundVariable=false

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from casualties.columns._batches import columns_of
from casualties.columns._checks import check_table
from casualties.columns._claims import claim_rows
from casualties.columns._ledger import ledger_of
from casualties.columns._rows import tables_in_columns
from casualties.columns._spark import reconcile_in_spark
from casualties.columns._spread import Spread, room_for
from casualties.columns.schema import CLAIMS, RESOLVED
from casualties.errors import CasualtiesError
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.reconciling.view import View
from casualties.results import Reconciliation, Tables, reconcile, tables_of
from casualties.show.engines import rows_in
from casualties.show.optional import Lazily

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
else:
    pa, pd = Lazily("pyarrow", "columns"), Lazily("pandas", "columns")

__all__ = ["MOST_OBJECTS", "claims_table", "limits", "reconcile_table", "refused"]

MOST_OBJECTS: Final = 1_000_000
"""The most rows of a table that are reconciled with an object each; with more the table is refused.

Such are the rows of topics on which a row says more than a plain count, or names another claim.
"""

_TYPES: Final = {"text": "string[python]", "count": "Float64", "number": "Int64", "flag": "Int64"}
"""Types in pandas that hold what is missing: a missing ``high`` of a claim is no ceiling."""

_Day = PartialDate | date | str | None


def claims_table(ledger: Ledger, *, as_of: _Day = None, known_on: _Day = None) -> pd.DataFrame:
    """Make a table of the claims of a ledger, with its trees, links and gradings resolved for one view.

    Args:
        ledger: The claims.
        as_of: The day asked about, as for `casualties.reconcile`; reconcile the table for the same day.
        known_on: The day whose knowledge is taken.

    Returns:
        A pandas frame with the columns `CLAIMS` and `RESOLVED`.

    Raises:
        ModelError: If a day is not a date.

    Examples:
        >>> import casualties as cs
        >>> from casualties.columns import claims_table
        >>> table = claims_table(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> len(table), int(table["low"].sum())
        (8, 95)
    """
    view = View(ledger, _date(as_of), _date(known_on))
    return frame_of(claim_rows(view), {**CLAIMS, **RESOLVED})


def limits(table: Any) -> tuple[str, ...]:
    """Name what is in a table that cannot be reconciled from it; empty where it can.

    Args:
        table: A frame as `reconcile_table` takes it.

    Raises:
        LedgerFileError: If there is no source, or no harm.
        MissingExtraError: If pyarrow is not installed.

    Examples:
        >>> import casualties as cs
        >>> from casualties.columns import claims_table, limits
        >>> limits(claims_table(cs.seeds.load("nagorno-karabakh-2020-09-30")))
        ('trees and links that were resolved when it was made from a ledger',)
    """
    resolved = set(RESOLVED) & set(columns_of(table))
    return ("trees and links that were resolved when it was made from a ledger",) if resolved else ()


def reconcile_table(
    table: Any,
    *,
    as_of: _Day = None,
    known_on: _Day = None,
    checked: bool = False,
    memory: str | int | None = None,
    processes: int = 1,
) -> Reconciliation:
    """Reconcile a table of claims: of pandas, polars, DuckDB or PySpark.

    Its rows are brought to the rules topic by topic, and the values are those of `casualties.reconcile` on the same
    claims.

    Args:
        table: A frame with the columns `CLAIMS`, of pandas, polars (eager or lazy), DuckDB (a relation)
            or PySpark.
        as_of: The day asked about: figures that count later days take no position.
        known_on: The day whose knowledge is taken.
        checked: Whether every row is known to hold what a record would take, so that no time is spent to see it.
        memory: About how much memory reconciling may take, such as ``"1 GB"``, beside the tables that come back; with
            more rows than fit they are brought to the disk and reconciled in parts.  Half of what is free where it is
            left out.
        processes: How many processes reconcile parts at the same time and share the memory.  A script that asks for
            more than one keeps its own work under ``if __name__ == "__main__":``, as every script that starts
            processes.

    Raises:
        LedgerFileError: If rows cannot be.
        ModelError: If a day is not a date.
        CasualtiesError: If the table was made from a ledger (see `limits`), or has more than `MOST_OBJECTS` rows.
        MissingExtraError: If pyarrow is not installed.

    Examples:
        >>> import casualties as cs
        >>> from casualties.columns import RESOLVED, claims_table, reconcile_table
        >>> table = claims_table(cs.seeds.load("nagorno-karabakh-2016-04")).query("harm == 'killed'")
        >>> print(reconcile_table(table.drop(columns=list(RESOLVED))).tables)
        killed, armenian, combatant 2016-04-01.. to 2016-04-04: 20, single source
        killed, azerbaijani, combatant 2016-04-01.. to 2016-04-04: 15, single source

        The values are the same in any memory:

        >>> small = reconcile_table(table.drop(columns=list(RESOLVED)), memory="50 MB")
        >>> list(small.tables.to_frame()["common_low"])
        [20.0, 15.0]
    """
    if beyond := list(limits(table)):
        raise refused(rows_in(table), beyond)
    session = getattr(table, "sparkSession", None)
    if session is not None and known_on is None:
        tables = reconcile_in_spark(table, _date(as_of), MOST_OBJECTS, checked=checked)
        return Reconciliation(partial(_view_of, table, as_of), tables=tables)
    if not checked or "claim_id" not in columns_of(table):
        table = check_table(table, on_bad="raise").table
    view: View | Callable[[], View] = partial(_view_of, table, as_of)
    if known_on is not None:
        view = _view_of(table, as_of, known_on)
        tables = tables_of(view)
    else:
        tables, number = _in_parts(table, _date(as_of), room_for(memory, processes), processes)
        if number > MOST_OBJECTS:
            raise refused(number, beyond)
    return Reconciliation(view, tables=tables if session is None else _in_session(tables, session))


def _view_of(table: Any, as_of: _Day, known_on: _Day = None) -> View:
    """Make an object of every row, and look at them as they are asked about."""
    if (number := rows_in(table)) > MOST_OBJECTS:
        raise refused(number, [])
    return reconcile(ledger_of(table), as_of=as_of, known_on=known_on).view


def _in_parts(table: Any, as_of: PartialDate | None, room: int, processes: int) -> tuple[Tables, int]:
    """Reconcile a table at once where it fits, else in parts; count the rows that went the way of objects."""
    if processes == 1 and rows_in(table) <= room:
        return tables_in_columns(table, as_of, MOST_OBJECTS)
    with Spread.of(table) as spread:
        parts, number = spread.reconciled(as_of=as_of, most=MOST_OBJECTS, room=room, processes=processes)
        return parts.tables() if number <= MOST_OBJECTS else Tables(None, None, None, ""), number


def _in_session(tables: Tables, session: Any) -> Tables:
    """Put tables into a session of Spark, where the claims lie."""

    def put(frame: pd.DataFrame) -> Any:
        return session.createDataFrame(pa.Table.from_pandas(frame, preserve_index=False))

    return Tables(put(tables.findings), put(tables.attribution), put(tables.support), tables.path)


def refused(number: int, beyond: list[str]) -> CasualtiesError:
    """Make the error that names what cannot be reconciled of so many rows."""
    what = f" with {'; '.join(beyond)}" if beyond else f", more than {MOST_OBJECTS:,}"
    return CasualtiesError(
        f"a table of {number:,} rows{what}: it cannot be reconciled with an object for each",
        "beyond-columns",
        "reconcile the ledger itself"
        if beyond
        else "take its tables, or reconcile it in parts, each with all claims of its subjects",
    )


def _date(day: _Day) -> PartialDate | None:
    return None if day is None else PartialDate.of(day)


def frame_of(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Make a frame of rows, with all columns and their types; what a row leaves out is missing."""
    chosen_rows = list(rows)
    return pd.DataFrame(
        {
            name: pd.Series([row.get(name) for row in chosen_rows], dtype=_TYPES[type_])
            for name, type_ in columns.items()
        }
    )
