"""From a table to a ledger: every row as an object."""

from __future__ import annotations

from typing import Any

from casualties.columns._batches import batches, columns_of
from casualties.errors import LedgerError, LedgerFileError, Problem
from casualties.files.problems import MAX_PROBLEMS
from casualties.files.rows import RowReader
from casualties.model.claim import Claim
from casualties.model.ledger import Ledger
from casualties.model.source import Source, Sources

__all__ = ["ledger_of"]


def ledger_of(table: Any) -> Ledger:
    """Make a ledger of a table, row by row and checked as a file is; what only ledgers declare is not in a table.

    Rows are numbered from 1.

    Raises:
        LedgerFileError: With every problem of the table, each with its row and column.
        MappingError: If it is no table of an engine.
        MissingExtraError: If pyarrow is not installed.

    Examples:
        >>> import casualties as cs
        >>> from casualties.columns import claims_table, ledger_of
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> [claim.id for claim in ledger_of(claims_table(seed))] == [claim.id for claim in seed]
        True
    """
    reader = RowReader()
    claims: list[Claim] = []
    sources: set[Source] = set()
    problems: list[Problem] = []
    places_in_batches = ((batch, place) for batch in batches(table, columns_of(table)) for place in range(batch.size))
    for batch, place in places_in_batches:
        claim, source, wrong = reader.read(batch.first + place, batch.cells(place))
        if claim is None or source is None:
            problems += wrong
            if len(problems) >= MAX_PROBLEMS:
                break
        else:
            claims.append(claim)
            sources.add(source)
    if not problems:
        try:
            return Ledger(claims, sources=Sources(sorted(sources, key=lambda source: source.key)))
        except LedgerError as error:
            problems.append(Problem("", error.message, error.hint, error.reason))
    raise LedgerFileError("the table", tuple(problems))
