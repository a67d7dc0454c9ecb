"""Tables of claims held to what records are held to: rows that cannot be claims, and what the others say as records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from casualties.columns._batches import TEXTS, Batch, batches, columns_of
from casualties.columns._judge import Judge, Judged
from casualties.columns.schema import CLAIMS, RESOLVED
from casualties.errors import LedgerFileError, MappingError, Problem
from casualties.files.mapped import QuarantinedCell
from casualties.files.mapped.cells import shown
from casualties.files.problems import MAX_PROBLEMS
from casualties.show.engines import like
from casualties.show.optional import Lazily

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    pc: Any  # its functions are made when it is loaded
else:
    pa, pc, pd = (Lazily(name, "columns") for name in ("pyarrow", "pyarrow.compute", "pandas"))

__all__ = ["CheckedTable", "RowCounts", "check_table"]

_FEW: Final = 5
"""How many rows are named that share a problem; of the others the number is told."""


@dataclass(frozen=True, slots=True)
class RowCounts:
    """Where every row of a table went.

    Attributes:
        rows: The rows of the table.
        accepted: Rows that are claims.
        quarantined: Rows that cannot be.

    Examples:
        >>> from casualties.columns import RowCounts
        >>> print(RowCounts(rows=3, accepted=2, quarantined=1))
        3 rows: 2 are claims, 1 in quarantine
    """

    rows: int
    accepted: int
    quarantined: int

    @property
    def add_up(self) -> bool:
        """Whether every row is somewhere, and nowhere twice.

        Examples:
            >>> from casualties.columns import RowCounts
            >>> RowCounts(rows=3, accepted=2, quarantined=1).add_up
            True
        """
        return self.rows == self.accepted + self.quarantined

    def __str__(self) -> str:
        return f"{self.rows:,} rows: {self.accepted:,} are claims, {self.quarantined:,} in quarantine"


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """What a table holds once every row was held to what the records hold theirs to.

    Attributes:
        table: The rows that are claims, each with the identity of its content and its words as records write them; a
            frame of the engine of the table.  It is the table itself where all of it stands so already.
        quarantine: What is wrong in the other rows, in their order.
        counts: Where every row went.

    Examples:
        >>> import pandas as pd
        >>> from casualties.columns import check_table
        >>> rows = {"source": ["ministry", "monitor"], "harm": ["killed", "killed"], "low": [80, -1]}
        >>> checked = check_table(pd.DataFrame(rows))
        >>> print(checked.counts)
        2 rows: 1 are claims, 1 in quarantine
    """

    table: Any
    quarantine: tuple[QuarantinedCell, ...]
    counts: RowCounts

    def quarantine_frame(self) -> pd.DataFrame:
        """Give the quarantine as a pandas frame, one row a problem.

        Returns:
            Columns ``row``, ``column``, ``value``, ``rule``, ``message`` and ``hint``.

        Examples:
            >>> import pandas as pd
            >>> from casualties.columns import check_table
            >>> rows = {"source": ["ministry"], "harm": ["killed"], "low": [-1]}
            >>> check_table(pd.DataFrame(rows)).quarantine_frame()["rule"].item()
            'not-a-count'
        """
        names = ("row", "column", "value", "rule", "message", "hint")
        columns = {name: [getattr(cell, name) for cell in self.quarantine] for name in names}
        return pd.DataFrame(
            {name: pd.Series(values, dtype="int64" if name == "row" else "str") for name, values in columns.items()}
        )


def check_table(
    table: Any,
    *,
    on_bad: Literal["quarantine", "raise"] = "quarantine",
) -> CheckedTable:
    """Hold every row of a table to what the reader of ledger files holds the rows of a flat CSV to.

    Rows are numbered from 1.  Distinct words, dates, wordings and sources are read once; all else is compared as
    columns, some rows at a time, so that a table may be larger than memory.  ``claim_id`` may be left out or empty; one
    that is given must be the identity of the content.

    Args:
        table: A frame with columns of `CLAIMS`, of pandas, polars (eager or lazy) or DuckDB (a relation).
        on_bad: Whether rows that cannot be claims are put in quarantine, or raise an error that lists them.

    Returns:
        The claims, the quarantine and the counts.

    Raises:
        LedgerFileError: If there is no column ``source`` or ``harm``, or with ``on_bad="raise"`` if a row cannot be a
            claim; each problem names the first of its rows.
        MappingError: If it is no table of an engine.
        MissingExtraError: If pyarrow is not installed.

    Examples:
        >>> import pandas as pd
        >>> from casualties.columns import check_table
        >>> rows = {"source": ["ministry", "monitor"], "harm": ["killed", "killed"], "words": ["more than 80", "lots"]}
        >>> checked = check_table(pd.DataFrame(rows))
        >>> checked.table["low"].item(), [(each.row, each.column) for each in checked.quarantine]
        (81, [(2, 'words')])
    """
    if on_bad not in ("quarantine", "raise"):
        raise MappingError(f"on_bad {on_bad!r}: there is no such way", "bad-mapping", "quarantine or raise")
    names = columns_of(table)
    look = _Look(table, names, keeping="claim_id" not in names, stopping=on_bad == "raise")
    if on_bad == "raise" and look.bad:
        raise LedgerFileError("the table", tuple(_together(look.bad)))
    if look.changed and not look.keeping:
        look = _Look(table, names, keeping=True, stopping=False)
    lost = len({cell.row for cell in look.bad})
    quarantine = tuple(sorted(look.bad, key=lambda cell: cell.row))
    own_table = like(table, look.table()) if look.changed else table
    return CheckedTable(own_table, quarantine, RowCounts(look.rows, look.rows - lost, lost))


class _Look:
    """One look over all rows, in their order."""

    def __init__(self, table: Any, names: tuple[str, ...], *, keeping: bool, stopping: bool) -> None:
        self.keeping = keeping
        self.bad: list[QuarantinedCell] = []
        self.rows = 0
        self.changed = "claim_id" not in names
        self._names = names
        self._pieces: list[tuple[int, pa.Table]] = []
        self._said: list[tuple[pa.Array, pa.Array]] = []
        self._naming: list[tuple[int, str, str, str, str]] = []
        judge = Judge()
        for batch in batches(table, names):
            judged = judge.judged(batch)
            self.rows += batch.size
            self.changed |= judged.changed
            self._take(batch, judged)
            if stopping and len(self.bad) >= MAX_PROBLEMS:
                break
        if not (stopping and self.bad):
            self.bad += self._of_others()
        self.changed |= bool(self.bad)

    def _take(self, batch: Batch, judged: Judged) -> None:
        for number, problem in judged.problems:
            column = problem.place.partition(", column ")[2]
            value = batch.cells(number - batch.first).get(column, "")
            self.bad.append(
                QuarantinedCell(number, column, shown(value), problem.reason, problem.message, problem.hint)
            )
        good = pa.array(judged.good)
        self._said.append((judged.claim_id.filter(good), judged.texts["source"].filter(good).dictionary_encode()))
        for column, act in (("target", "withdraws"), ("replaces", "replaces")):
            if column in judged.texts:
                self._note(batch, judged, column, act)
        if self.keeping:
            texts = {name: pc.if_else(pc.equal(cells, ""), None, cells) for name, cells in judged.texts.items()}
            piece = pa.table({**texts, **judged.counts, **batch.others})
            self._pieces.append((batch.first, piece))

    def _note(self, batch: Batch, judged: Judged, column: str, act: str) -> None:
        """Note the claims that name others which must be of the same source."""
        naming = pc.and_(pa.array(judged.good), pc.not_equal(judged.texts[column], ""))
        if act == "withdraws":
            naming = pc.and_(naming, pc.equal(judged.texts["stance"], act))
        rows = (pc.indices_nonzero(naming).to_numpy() + batch.first).tolist()
        cells = (judged.texts[name].filter(naming).to_pylist() for name in ("claim_id", "source", column))
        for number, claim, source, names in zip(rows, *cells, strict=True):
            self._naming += [(number, claim, source, act, name) for name in names.split("|")]

    def _of_others(self) -> Iterator[QuarantinedCell]:
        """Find the claims that withdraw or replace another source's."""
        named = pa.array(sorted({name for *_, name in self._naming}), pa.string())
        of: dict[str, str] = {}
        for claims, sources in self._said if len(named) else ():
            naming = pc.is_in(claims, named)
            of.update(zip(claims.filter(naming).to_pylist(), sources.filter(naming).to_pylist(), strict=True))
        for number, claim, source, act, name in self._naming:
            if of.get(name, source) != source:
                yield QuarantinedCell(
                    number,
                    "target" if act == "withdraws" else "replaces",
                    name,
                    "bad-ledger",
                    f"claim {claim} of {source!r} {act} {name} of {of[name]!r}",
                    "a source withdraws and replaces only its own claims",
                )

    def table(self) -> pa.Table:
        """Give the rows that are claims."""
        bad = pa.array(sorted({cell.row for cell in self.bad}), pa.int64())
        pieces = []
        for first, piece in self._pieces:
            numbers = pa.array(range(first, first + piece.num_rows), pa.int64())
            pieces.append(piece.filter(pc.invert(pc.is_in(numbers, bad))))
        pieces.append(_nothing({*self._names, "claim_id", "stance", "low", "high"}))
        rows = pa.concat_tables(pieces, promote_options="permissive")
        return rows.select([name for name in (*CLAIMS, *RESOLVED) if name in rows.column_names])


def _nothing(names: Iterable[str]) -> pa.Table:
    """Make a table without rows."""
    types = {name: pa.string() if name in TEXTS else pa.int64() for name in names if name != "figure"}
    return pa.table({name: pa.array([], type_) for name, type_ in sorted(types.items())})


def _together(bad: list[QuarantinedCell]) -> Iterator[Problem]:
    """Tell what several rows share once, with the first of them."""
    shared: dict[tuple[str, str, str, str], list[int]] = {}
    for cell in bad:
        shared.setdefault((cell.column, cell.message, cell.hint, cell.rule), []).append(cell.row)
    for (column, message, hint, rule), rows in shared.items():
        few = ", ".join(f"{number:,}" for number in rows[:_FEW])
        more = f" and {len(rows) - _FEW:,} more" if len(rows) > _FEW else ""
        place = f"row{'s' if len(rows) > 1 else ''} {few}{more}"
        yield Problem(f"{place}, column {column}" if column else place, message, hint, rule)
