"""From rows to claims, and never a cell lost on the way."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from pathlib import PurePath
from typing import Any, Final

from casualties._text import inert
from casualties.errors import CasualtiesError, MappingError
from casualties.files.mapped._claims import ClaimMaker, TermMaker, figures_of, tallied
from casualties.files.mapped._counts import Count
from casualties.files.mapped._header import Row, calls_itself_total
from casualties.files.mapped._open import Rows
from casualties.files.mapped._rest import records_of, rest_of
from casualties.files.mapped._slots import ROW
from casualties.files.mapped.cells import BadCellError, Cells, holds, shown, text_of
from casualties.files.mapped.checks import Checks, FailedCheck, broken_triple
from casualties.files.mapped.mapping import TableMapping
from casualties.files.mapped.reading import Counts, QuarantinedCell, TableReading
from casualties.files.wikipedia import statements
from casualties.model.claim import Claim
from casualties.model.ledger import Ledger
from casualties.model.registry import Registry
from casualties.model.source import Source
from casualties.model.unread import Unread

__all__ = ["Progress", "RowByRow"]


EVERY: Final = 2_000
"""After how many rows the clock is looked at."""

AFTER: Final = 1.0
"""After how many seconds the line is first shown."""

WIDTH: Final = 30

SHORT: Final = 200
"""How many characters of a text the ledger keeps of a cell that was not read."""

TOTAL_ROW: Final = BadCellError(
    "total-row",
    "the row calls itself a total, and would count people twice",
    "write total_rows: outside in the mapping where it is a sum of other rows, or total_rows: keep where it is a count",
)


class Progress:
    """Shows nothing where standard error is no terminal, or where reading is soon done."""

    def __init__(self, name: str, share: Callable[[], float | None]) -> None:
        self._name = name[-40:]
        self._share = share
        self._begin = time.monotonic()
        self._shown = False
        self._rows = 0
        self._wanted = sys.stderr.isatty()

    def step(self, rows: int = 1) -> None:
        """Count a row, or some."""
        self._rows += rows
        if self._wanted and self._rows % EVERY < rows and time.monotonic() - self._begin >= AFTER:
            self._shown = True
            share = self._share()
            done = "" if share is None else f" [{'#' * int(min(share, 1) * WIDTH):<{WIDTH}}] {min(share, 1):4.0%}"
            sys.stderr.write(f"\r{self._name}:{done} {self._rows:,} rows")
            sys.stderr.flush()

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _unread(bad: QuarantinedCell, table: str) -> Unread:
    """Make of a cell in quarantine what the ledger keeps of it."""
    column, value, why = (inert(text)[:SHORT] or None for text in (bad.column, bad.value, bad.message))
    return Unread(table=inert(table)[:SHORT], cell=inert(bad.place)[:SHORT], column=column, value=value, why=why)


class RowByRow:
    """The reader of rows, one after the other."""

    def __init__(
        self,
        mapping: TableMapping,
        registry: Registry,
        rows: Rows,
        refused: Mapping[str, str],
        place: Callable[[str], str],
    ) -> None:
        self._mapping = mapping
        self._place = place
        self._refused = refused
        self._first: dict[tuple[Any, ...], int] = {}
        self._repeated: dict[int, int] = {}
        self._left: dict[int, Any] = {}
        self._asks_of_totals = mapping.total_rows != "keep" and rows.columns is not None
        self._rows = rows
        self._registry = registry | Registry(mapping.sources)
        self._makers = [ClaimMaker(claim, mapping, self._registry) for claim in mapping.claims]
        self._checks = Checks(mapping)
        self._terms = TermMaker(mapping)
        self._sources: set[str] = set()
        self._made: list[Claim] = []
        self._quarantine: list[QuarantinedCell] = []
        self._tally = dict.fromkeys(Counts.__slots__, 0)
        self._unseen: set[str] = set()
        self._seen: set[str] = set()
        self._named = frozenset({*mapping.columns, *mapping.optional, ROW})
        self._usual: set[str] = set()
        self._lacking: list[tuple[int, str, Mapping[str, str]]] = []

    def read(self) -> TableReading:
        """Read all rows."""
        self.begin()
        progress = Progress(self._rows.name, self._rows.share)
        try:
            for row in self._rows.rows:
                self._row(row)
                progress.step()
        finally:
            progress.end()
        return self.end()

    def begin(self) -> None:
        """See that the table has the columns of the mapping."""
        if self._rows.columns is not None:
            self._check_header(self._rows.columns)
        self._unseen = set(self._mapping.columns) if self._rows.columns is None else set()
        self._unseen |= set(self._mapping.inner_columns)

    def end(self) -> TableReading:
        """Give what was read."""
        if self._seen and self._unseen:
            self._no_column(min(self._unseen), self._seen)
        self._tell_of_strays()
        counts = Counts(**self._tally)
        if not counts.add_up:  # pragma: no cover - every way through _claim ends in one of the four
            raise CasualtiesError(f"{self._rows.name}: {counts} do not add up", "internal", "please report this")
        known = self._registry.sources
        table = PurePath(self._rows.name).name
        ledger = Ledger(
            self._made,
            sources=[
                *(Source(key=key) for key in self._sources if key not in known),
                *(known[each] for key in self._sources if key in known for each in known.line(key)),
            ],
            terms=self._terms.terms,
            apart=self._mapping.apart,
            timezones=[self._mapping.timezone] if self._mapping.timezone else (),
            titles=[self._mapping.title] if self._mapping.title else (),
            unread=[_unread(bad, table) for bad in self._quarantine],
        )
        return TableReading(
            ledger,
            tuple(self._quarantine),
            self._checks.end(),
            counts,
            tuple(sorted(self._sources - set(known))),
            tuple(self._repeated.items()),
            self._rest(),
            tuple(f"assumed: {each}" for each in self._mapping.assumed),
            self._rows.kind,
        )

    def _rest(self) -> bytes:
        """Write the rows with a cell in quarantine as the table has them; nothing where it is no file."""
        if not self._left:
            return b""
        if self._rows.columns is not None:
            return rest_of(self._left, self._rows.columns, self._mapping)
        return records_of(self._left, self._rows.kind, self._mapping) if self._rows.kind != "csv" else b""

    def _check_header(self, columns: tuple[str, ...]) -> None:
        for name in self._mapping.columns:
            if name not in columns:
                self._no_column(name, columns)
            if columns.count(name) > 1:
                raise MappingError(
                    f"{self._rows.name}: column {name!r} stands there {columns.count(name)} times",
                    "bad-mapping",
                    "rename all but one of them",
                )

    def _no_column(self, name: str, columns: Iterable[str]) -> None:
        known = sorted(set(columns) - {ROW})
        near = get_close_matches(name, known, n=2, cutoff=0.5)
        listed = ", ".join(map(repr, known[:10])) or "no header"
        hint = (
            f"did you mean {' or '.join(map(repr, near))}? Mend the name" if near else f"it has {listed}; mend the name"
        )
        raise MappingError(
            f"{self._place(name)}{self._rows.name}: it has no column {name!r}",
            "no-column",
            f"{hint}, or list it under optional if the table may lack it",
        )

    def _row(self, row: Row) -> None:
        self._tally["rows"] += 1
        if row.skipped:
            self._tally["outside"] += 1
            return
        before = len(self._quarantine)
        self._take(row)
        if len(self._quarantine) > before:
            cells = row.cells if row.line is None else row.line
            self._left[row.number] = cells if row.record is None or self._rows.columns is not None else row.record

    def _take(self, row: Row) -> None:
        cells = dict(row.cells)
        cells[ROW] = text_of(cells.get(ROW)) or row.number
        if row.problem is not None:
            self._lose(row.number, cells, BadCellError(*row.problem))
            return
        if self._unseen or self._rows.columns is None:
            self._unseen.difference_update(cells)
            self._seen.update(cells)
            self._look_for_strays(row.number, cells)
        for column, _ in self._mapping.statements:
            cells[column] = statements(text_of(cells.get(column)))
        total = self._asks_of_totals and calls_itself_total(row.cells.values())
        if not holds(self._mapping.only, cells) or (total and self._mapping.total_rows == "outside"):
            self._tally["outside"] += 1
            return
        if total:
            self._lose(row.number, cells, TOTAL_ROW, parted=True)
            return
        try:
            self._terms.see(cells)
        except (BadCellError, CasualtiesError) as error:
            self._lose(row.number, cells, error, parted=True)
            return
        self._checks.see(row.number, cells)
        before = self._tally["cells"]
        for column, why in self._refused.items():
            if text_of(cells.get(column)):
                self._tally["cells"] += 1
                hint = "read it by a mapping of your own, with tagged: true and the facet that the attribute means"
                self._bad(row.number, column, cells[column], BadCellError("unknown-tag", why, hint))
        for maker in self._makers:
            for place, found in maker.of(cells):
                if maker.each and self._unseen:
                    self._unseen.difference_update(found)
                    self._seen.update(found)
                self._claim(row.number, place, maker, found)
        if self._tally["cells"] == before:
            self._tally["outside"] += 1

    def _look_for_strays(self, number: int, cells: Cells) -> None:
        """Note a row that lacks a column, and what it holds under names that nothing reads."""
        if self._rows.columns is not None:
            return
        lacking = [name for name in self._mapping.columns if name not in cells]
        strays = cells.keys() - self._named
        if not lacking:
            self._usual |= strays
        elif held := {name: shown(cells[name]) for name in strays if text_of(cells[name])}:
            self._lacking += [(number, name, held) for name in lacking]

    def _tell_of_strays(self) -> None:
        """Tell of names that only rows have which lack a column: one may be that column, misspelt."""
        for number, column, held in self._lacking:
            for name in sorted(held.keys() - self._usual):
                near = get_close_matches(name, [column], n=1)
                message = f"it has no column {column!r}, and {name!r}, which nothing reads"
                message += "; is that the name?" if near else f"; list {column!r} under optional if rows may lack it"
                self._checks.broken.append(FailedCheck(number, "unknown-column", ((name, held[name]),), message))

    def _lose(self, number: int, cells: Cells, error: Exception, *, parted: bool = False) -> None:
        """Put every count of a row in quarantine; of a row that could not be parted into cells each claim has one."""
        for maker in self._makers:
            for place, found in maker.of(cells) if parted else [("", cells)]:
                for end, column in maker.ends.items():
                    if not parted or column in found:
                        self._tally["cells"] += 1
                        self._bad(number, maker.where(end, place), found.get(column), error, ROW)

    def _bad(self, number: int, column: str, value: object, error: Exception, blamed: str = "") -> None:
        self._tally["quarantined"] += 1
        blamed = (error.column if isinstance(error, BadCellError) else "") or blamed
        if isinstance(error, BadCellError):
            said = f"column {error.column!r}: {error.message}" if error.column else error.message
            rule, hint = error.rule, error.hint
        else:
            said, rule, hint = str(getattr(error, "message", error)), str(getattr(error, "reason", "")), ""
        letters = self._rows.letters.get(column, "")
        cell = f"{letters}{number}" if letters else ""
        self._quarantine.append(QuarantinedCell(number, column, shown(value), rule, said, hint, cell, blamed))

    def _claim(self, number: int, place: str, maker: ClaimMaker, cells: Cells) -> None:
        counts: dict[str, Count] = {}
        unread: list[str] = []
        where = {end: maker.where(end, place) for end in maker.ends}
        for end, column in maker.ends.items():
            if column not in cells:
                continue
            self._tally["cells"] += 1
            try:
                counts[end] = maker.count(end, cells[column])
            except BadCellError as error:
                unread.append(end)
                self._bad(number, where[end], cells[column], error)
        ends, bad = maker.figures(counts) if not unread or unread == ["best"] else ({}, {})
        for end, not_one in bad.items():
            unread.append(end)
            del counts[end], ends[end]
            self._bad(number, where[end], cells[maker.ends[end]], not_one)
        tally = tallied(counts, ends)
        if unread and not (unread == ["best"] and ends):  # a range is as it was said without the number preferred
            named = " and ".join(repr(where[end]) for end in unread)
            message = f"{named} of the same count could not be read"
            hint = "mend that cell: alone, this one would state another figure"
            self._withhold(number, maker, where, counts, cells, BadCellError("other-end", message, hint))
            return
        if not ends and not tally["silent"]:
            self._tally["nothing"] += len(counts)
            return
        try:
            claims = maker.claims(figures_of(ends) if ends else [], counts, cells)
        except (BadCellError, CasualtiesError) as error:
            self._withhold(number, maker, where, counts, cells, error)
            return
        self._made += claims
        if ends:
            self._watch(number, claims)
        self._sources.update(claim.source for claim in claims)
        for where_to, many in tally.items():
            self._tally[where_to] += many
        if ends and (broken := broken_triple(number, ends, where)):
            self._checks.broken.append(broken)

    def _watch(self, number: int, claims: Iterable[Claim]) -> None:
        """Note a row that says nothing but what a row before it said: the two may be two events."""
        place = f"row {number}"
        for claim in claims:
            read = tuple(
                (citation.report, citation.relays, citation.locator != place and citation.locator)
                for citation in claim.citations
            )
            first = self._first.setdefault((claim.id, read), number)
            if first != number:
                self._repeated.setdefault(number, first)

    def _withhold(
        self,
        number: int,
        maker: ClaimMaker,
        where: dict[str, str],
        counts: dict[str, Count],
        cells: Cells,
        error: Exception,
    ) -> None:
        """Put the cells of a count that say something in quarantine, though each can be read."""
        for end, count in counts.items():
            if count.nothing:
                self._tally["nothing"] += 1
            else:
                self._bad(number, where[end], cells[maker.ends[end]], error)
