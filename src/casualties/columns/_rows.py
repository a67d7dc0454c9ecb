"""Claims of a table as the kernel's integers, without an object for each.

Rows that say nothing of other claims, or only that they rest on another of their topic, are reconciled as columns.
Topics on which a row says more go the way of objects, whole.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casualties.columns._coded import Rows, united
from casualties.columns._ledger import ledger_of
from casualties.columns._partitions import Found, found_in_objects, found_in_tables, put_together
from casualties.columns._plain import TABLES, tables_of_plain, topics_of
from casualties.files.alike import kinds
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.results import Tables
from casualties.results import reconcile as as_objects
from casualties.results.answers import typed, write_pieces
from casualties.show.engines import arrow_of
from casualties.show.optional import Lazily
from casualties.show.schema import ATTRIBUTION, FINDINGS, SUPPORT

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    pc: Any  # its functions are made when it is loaded
else:
    np, pa, pc = (Lazily(name, "columns") for name in ("numpy", "pyarrow", "pyarrow.compute"))

__all__ = ["tables_in_columns", "tables_of_rows"]

_LINKS: Final = ("target", "replaces")
_MORE: Final = ("perpetrator", "with", "aspect", "alleged", "method", "interval", "level", "only", "present", *_LINKS)
"""Columns that say more than a plain count: a row that fills one goes the way of objects, with all of its topic."""

NONE: Final = -1
BEYOND: Final = -2


def tables_in_columns(table: Any, as_of: PartialDate | None, most: int) -> tuple[Tables, int]:
    """Reconcile a table whose rows were checked, and count the rows that went the way of objects.

    Args:
        table: A frame with an identity in every row.
        as_of: The day asked about.
        most: The most rows that may go the way of objects; with more nothing is worked out.
    """
    return tables_of_rows(Rows.of(table), Ledger(), as_of, most)


def tables_of_rows(
    rows: Rows,
    beside: Ledger,
    as_of: PartialDate | None,
    most: int,
    *,
    lazily: bool = False,
    into: Path | None = None,
) -> tuple[Tables, int]:
    """Reconcile rows that were checked, and count those that went the way of objects.

    Args:
        rows: The rows, each with a number for its identity.
        beside: A ledger that declares sides, places and nationalities, and what is known of sources.
        as_of: The day asked about.
        most: The most rows that may go the way of objects; with more nothing is worked out.
        lazily: Whether the attribution is made when somebody asks for it, where no row goes the way of objects.
        into: A folder to which the tables are written.
    """
    if not len(rows):
        return _written(as_objects(Ledger(), as_of=as_of).tables, into), 0
    beside = Ledger(
        [],
        sources=united(rows.described()) | beside.sources,
        terms=beside.words,
        apart=beside.apart,
        timezones=beside.timezones,
    )
    rows = _once(rows)
    topic = topics_of(rows)
    base = _bases(rows, topic) if as_of is None else np.where(rows.filled("based_on"), np.int32(BEYOND), np.int32(NONE))
    apart = _saying_more(rows, topic, base, beside)
    left = int(apart.sum())
    if left > most:
        return Tables(None, None, None, ""), left
    pieces: list[Found] = []
    plain = np.flatnonzero(~apart)
    if not left:
        tables = tables_of_plain(rows, plain, topic, base, beside, as_of, lazily=lazily, into=into)
        del rows, plain, topic, base, apart  # there may be millions, and the tables need the room
        pa.default_memory_pool().release_unused()
        return tables(), 0
    if len(plain):
        tables = tables_of_plain(rows, plain, topic, base, beside, as_of)
        pieces.append(found_in_tables(tables()))
    if left:
        ledger = ledger_of(rows.table(np.flatnonzero(apart)))
        ledger = beside.keeping(ledger)
        pieces.append(found_in_objects(as_objects(ledger, as_of=as_of)))
    whole = put_together(pieces)
    findings = typed(whole.findings.to_pandas(), FINDINGS)
    attribution = typed(whole.attribution.to_pandas(), ATTRIBUTION)
    return _written(Tables(findings, attribution, typed(whole.support.to_pandas(), SUPPORT), whole.path), into), left


def _written(tables: Tables, into: Path | None) -> Tables:
    """Write tables into a folder, where one is named."""
    if into is not None:
        for name in TABLES:
            table = arrow_of(getattr(tables, name))
            write_pieces(into / name, [{column: table[column].combine_chunks() for column in table.column_names}])
    return tables


def _once(rows: Rows) -> Rows:
    """Keep each row once: a claim that is read twice in the same way is read once."""
    ids = rows.codes["claim_id"]
    times = np.bincount(ids, minlength=1)
    if times.max() < 2:
        return rows
    several = np.flatnonzero((times > 1)[ids])
    again = rows.take(several)
    first = kinds(again.together(list(rows.codes))).first
    kept = np.ones(len(rows), bool)
    kept[several] = False
    kept[several[first]] = True
    return rows.take(np.flatnonzero(kept))


def _bases(rows: Rows, topic: Any) -> Any:
    """Give for each row the one on which it rests: `NONE`, or `BEYOND` where columns alone cannot tell what follows.

    They can where it rests on one claim of its own topic that states a figure and rests on nothing: then it is a copy,
    and on the word of that claim's source.
    """
    linked = rows.filled("based_on")
    base = np.full(len(rows), NONE, "int32")
    at = np.flatnonzero(linked)
    if len(at):
        row = rows.holding(rows.words["based_on"])[rows.codes["based_on"][at]]
        plain = (row >= 0) & ~linked[row] & rows.filled("low")[row] & (topic[row] == topic[at])
        base[at] = np.where(plain, row, BEYOND)
    return base


def _saying_more(rows: Rows, topic: Any, base: Any, beside: Ledger) -> Any:
    """Find the rows of topics on which some row says more than a plain count, is named by another, or stands twice.

    Who is said to have done it says more only where a source has a side, whose blame counts, or a count is ``only``
    of it, which is one of the columns as well.
    """
    more = base == BEYOND
    if more.any():
        cells = rows.words["based_on"].take(pa.array(np.unique(rows.codes["based_on"][more])))
        held = rows.holding(pc.list_flatten(pc.split_pattern(cells, "|")))
        more[held[held >= 0]] = True
    sided = any(beside.sources.side(key) is not None for key in beside.sources)
    for name in _MORE:
        if name != "perpetrator" or sided:
            more |= rows.filled(name)
    stances = np.asarray([word in ("states", "silent") for word in rows.texts("stance")], bool)
    states = np.asarray([word == "states" for word in rows.texts("stance")], bool)
    more |= ~stances[rows.codes["stance"]] | (states[rows.codes["stance"]] != rows.filled("low"))
    ids = rows.codes["claim_id"]
    times = np.bincount(ids, minlength=1)
    if times.max() > 1:
        more |= times[ids] > 1
    for name in _LINKS:
        if name in rows.words:
            held = rows.holding(pc.list_flatten(pc.split_pattern(rows.words[name], "|")))
            more[held[held >= 0]] = True
    return np.isin(topic, topic[more]) if more.any() else more
