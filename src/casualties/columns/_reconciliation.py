"""Reconciling whatever holds claims: a ledger, a table of an engine, or a file."""

from __future__ import annotations

import os
from datetime import date
from typing import Any, Final, Protocol

from casualties._writing import as_path
from casualties.columns._claim_tables import MOST_OBJECTS, reconcile_table
from casualties.columns._files import opened
from casualties.columns._ledger import ledger_of
from casualties.columns._mapped import reconcile_held
from casualties.errors import CasualtiesError, LedgerFileError, Problem
from casualties.files.mapped.reading import TableReading
from casualties.model.claim import Claim
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.results import FEW, Reconciliation
from casualties.results import reconcile as as_objects

__all__ = ["CROSSOVER", "Frame", "reconcile"]

CROSSOVER: Final = FEW
"""Files of no more rows are opened as a ledger, larger ones as a table; the values are the same."""

_Day = PartialDate | date | str | None


class Frame(Protocol):
    """A table of claims in pandas, polars (eager or lazy), DuckDB (a relation) or PySpark.

    Examples:
        >>> from casualties.columns import claims_table
        >>> import casualties as cs
        >>> frame: Frame = claims_table(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> "source" in frame.columns
        True
    """

    @property
    def columns(self) -> Any:
        """The names of the columns.

        Examples:
            >>> from casualties.columns import claims_table
            >>> import casualties as cs
            >>> "low" in claims_table(cs.Ledger()).columns
            True
        """


Held = Ledger | TableReading | Claim | list[Claim] | tuple[Claim, ...]
"""What holds claims as objects."""


def _ledger_in(source: object) -> Ledger | None:
    """Take the ledger that is given: as it is, from the reading of a table, or of claims with their sources."""
    if isinstance(source, Ledger):
        return source
    if isinstance(source, TableReading):
        return source.ledger
    claims = (source,) if isinstance(source, Claim) else source if isinstance(source, list | tuple) else ()
    if claims and all(isinstance(claim, Claim) for claim in claims):
        return Ledger().add(*claims)
    return Ledger() if isinstance(source, list | tuple) and not source else None


def reconcile(
    claims: Held | str | os.PathLike[str] | Frame,
    *,
    as_of: _Day = None,
    known_on: _Day = None,
    lexicon: str | None = None,
    same: str = "accepted",
    memory: str | int | None = None,
    processes: int = 1,
) -> Reconciliation:
    """Work out what claims say together, subject by subject; nothing is chosen and nothing dropped.

    The answer is one class, with the same values in the same order, whatever was given.  Of a table, or a large file,
    an object for each claim is made only when something asks for one.

    Args:
        claims: A ledger, the reading of a table, a claim or a list of claims; a table with the columns
            `casualties.columns.CLAIMS` in pandas, polars, DuckDB or PySpark; or
            the path of a Parquet file, of a folder of them, or of any file that `casualties.read` takes.
        as_of: The day asked about: figures that count later days take no position.  The latest where it is left out.
        known_on: The day whose knowledge is taken: what was said, printed, graded or withdrawn later leaves no trace.
            Everything where it is left out.
        lexicon: The lexicon by which the words of citations are read anew; where it is left out the figures stand as
            recorded.
        same: Which events are compared as one: those that the ledger's identifications join (``accepted``), none
            (``none``), or none with those sharing nobody (``different``); a table without a ledger in it
            holds no identifications.
        memory: About how much memory a large table may take while it is reconciled, such as ``"1 GB"``; see
            `casualties.columns.reconcile_table`.  No value depends on it.
        processes: How many processes reconcile the parts of a large table.

    Raises:
        ModelError: If a day is not a date.
        UnknownNameError: If there is no such lexicon, or no such way with events.
        LedgerFileError: If a file or a table cannot be read, with every problem.
        CasualtiesError: If there are too many rows, or a table was made from a ledger; the message names why.
        MissingExtraError: If a table is given and pyarrow is not installed.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"), as_of="2020-09-30")
        >>> for finding in result:
        ...     print(finding.common, "·", finding.status)
        81 or more · single source
        1 · single source
        11 or more · single source
        None · unreported
        2–25 · compatible

        The same of a file:

        >>> cs.reconcile(cs.seeds.path("nagorno-karabakh-2016-04")).one(harm="killed", side="armenian").common
        Figure(low=20, high=20)
    """
    held = _ledger_in(claims)
    if held is not None:
        if known_on is None and lexicon is None and same == "accepted" and (found := reconcile_held(held, as_of)):
            return found
        return as_objects(held, as_of=as_of, known_on=known_on, lexicon=lexicon, same=same)
    if not isinstance(claims, str | os.PathLike):
        ledger = ledger_of(claims) if lexicon is not None else None
        if ledger is None:
            return reconcile_table(claims, as_of=as_of, known_on=known_on, memory=memory, processes=processes)
    else:
        path = as_path(claims)
        try:
            file = opened(str(path), CROSSOVER, MOST_OBJECTS)
            ledger = file.ledger
            if ledger is None and lexicon is not None:
                ledger = ledger_of(file.table)
            if ledger is None:
                return reconcile_table(file.table, as_of=as_of, known_on=known_on, memory=memory, processes=processes)
        except CasualtiesError:
            raise
        except Exception as error:  # whatever an engine raises of a file that it cannot scan
            problem = Problem("", f"it is no table that can be read: {str(error)[:200]}", "check the path", "notation")
            raise LedgerFileError(str(path), (problem,)) from error
    return as_objects(ledger, as_of=as_of, known_on=known_on, lexicon=lexicon, same=same)
