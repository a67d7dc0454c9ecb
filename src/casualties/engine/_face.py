"""Tables of claims: from a ledger and back, and reconciled as columns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from casualties.engine._checking import check_table
from casualties.engine._claims import claim_rows
from casualties.engine._columns import in_columns
from casualties.engine._lazily import Lazily
from casualties.engine._preparing import Clocks, filled, prepared
from casualties.engine._reading import ledger_of
from casualties.engine._spilling import spilling
from casualties.engine._survey import beyond_columns, facts_of, links_beyond_columns
from casualties.engine._tables import Tables, frame_of, tables_of
from casualties.engine.schema import CLAIMS, RESOLVED
from casualties.errors import CasualtiesError
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.reconciling.confidence import STALE_AFTER_DAYS
from casualties.reconciling.view import Standpoint
from casualties.results import reconcile

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw
    import pandas as pd
else:
    nw = Lazily("narwhals.stable.v2", "engine")

__all__ = ["MOST_OBJECTS", "claims_table", "limits", "reconcile_table", "refused", "rows_of"]

MOST_OBJECTS: Final = 100_000
"""The most rows that are reconciled as objects where columns alone cannot answer; more are refused."""

_Day = PartialDate | date | str | None


def claims_table(ledger: Ledger, *, as_of: _Day = None, known_on: _Day = None) -> pd.DataFrame:
    """Make a table of the claims of a ledger, with its trees, links and gradings resolved for one standpoint.

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
        >>> from casualties.engine import claims_table
        >>> table = claims_table(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> len(table), int(table["low"].sum())
        (8, 95)
    """
    view = Standpoint(ledger, _date(as_of), _date(known_on))
    return frame_of(claim_rows(view), {**CLAIMS, **RESOLVED})


def limits(
    table: Any,
    *,
    as_of: _Day = None,
    known_on: _Day = None,
) -> tuple[str, ...]:
    """Name what is in a table that columns alone cannot answer; empty where they can.

    Args:
        table: A frame as `reconcile_table` takes it.
        as_of: The day asked about; a copy of a claim that counts a later day is beyond columns.
        known_on: The day whose knowledge is taken.

    Raises:
        ModelError: If a day is not a date.
        MissingExtraError: If narwhals is not installed.

    Examples:
        >>> import casualties as cs
        >>> from casualties.engine import claims_table, limits
        >>> limits(claims_table(cs.seeds.load("nagorno-karabakh-2020-09-30")))
        ()
        >>> limits(claims_table(cs.seeds.load("ukraine-soldier-deaths-estimates")))[-1]
        "'until' with months, years, spans or hours"
    """
    frame = filled(table)
    facts = facts_of(frame)
    found = beyond_columns(frame, facts)
    return tuple(found or links_beyond_columns(prepared(frame, facts, _clocks(_date(as_of), _date(known_on)))))


def reconcile_table(
    table: Any,
    *,
    as_of: _Day = None,
    known_on: _Day = None,
    checked: bool = False,
) -> Tables:
    """Reconcile a table of claims where it lies: in pandas, polars, DuckDB or PySpark.

    The values are those of `casualties.reconcile` on the same claims.  A table in which something is that columns alone
    cannot answer (see `limits`) is reconciled as objects where it has no more than `MOST_OBJECTS` rows, else refused.

    Args:
        table: A frame with the columns `CLAIMS`, of pandas, polars (eager or lazy), DuckDB (a relation)
            or PySpark.
        as_of: The day asked about: figures that count later days take no position.
        known_on: The day whose knowledge is taken.
        checked: Whether every row is known to hold what a record would take, so that no time is spent to see it.

    Raises:
        LedgerFileError: If rows cannot be.
        ModelError: If a day is not a date.
        CasualtiesError: If columns alone cannot answer and the table is too large for objects; the message names why.
        MissingExtraError: If narwhals is not installed.

    Examples:
        >>> import casualties as cs
        >>> from casualties.engine import claims_table, reconcile_table
        >>> print(reconcile_table(claims_table(cs.seeds.load("nagorno-karabakh-2016-04")).query("harm == 'killed'")))
        killed, armenian, combatant 2016-04-01.. to 2016-04-04: 20, single source
        killed, azerbaijani, combatant 2016-04-01.. to 2016-04-04: 15, single source
    """
    day, known = _date(as_of), _date(known_on)
    if not checked:
        table = check_table(table, on_bad="raise").table
    frame = filled(table)
    facts = facts_of(frame)
    clocks = _clocks(day, known)
    beyond = beyond_columns(frame, facts)
    in_duckdb = frame.implementation.value == "duckdb"
    with spilling(nw.to_native(table, pass_through=True), rows_of(frame) if in_duckdb and not beyond else 0) as room:
        given = None if beyond else prepared(frame, facts, clocks)
        if given is not None:
            beyond = links_beyond_columns(given)
        if given is None or beyond:
            return _as_objects(table, frame, beyond, resolved=facts.resolved, day=day, known=known)
        columns = in_columns(given, facts, clocks)
        found = [each.to_native() for each in (columns.findings, columns.attribution, columns.support)]
        findings, attribution, support = room.last(found) if room else found
        return Tables(findings, attribution, support, "columns")


def _as_objects(
    table: Any,
    frame: nw.LazyFrame[Any],
    beyond: list[str],
    *,
    resolved: bool,
    day: PartialDate | None,
    known: PartialDate | None,
) -> Tables:
    number = rows_of(frame)
    if resolved or number > MOST_OBJECTS:
        raise refused(number, beyond, resolved=resolved)
    return tables_of(reconcile(ledger_of(table), as_of=day, known_on=known))


def rows_of(frame: nw.LazyFrame[Any]) -> int:
    """Count the rows."""
    return int(frame.select(nw.len()).collect().rows()[0][0])


def refused(number: int, beyond: list[str], *, resolved: bool) -> CasualtiesError:
    """Make the error that names what columns alone cannot answer of so many rows."""
    return CasualtiesError(
        f"a table of {number:,} rows with {'; '.join(beyond)}: columns alone cannot answer it",
        "beyond-columns",
        "reconcile the ledger itself" if resolved else "reconcile it in parts, or take these rows out and say so",
    )


def _date(day: _Day) -> PartialDate | None:
    return None if day is None else PartialDate.of(day)


def _clocks(day: PartialDate | None, known: PartialDate | None) -> Clocks:
    return Clocks(
        None if day is None else _number(day.latest),
        None if known is None else _number(known.latest),
        None if day is None else _number(date.fromordinal(max(day.earliest.toordinal() - STALE_AFTER_DAYS, 1))),
    )


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
