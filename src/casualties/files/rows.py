"""From the rows of a table to a ledger."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any, Final

from casualties.errors import CasualtiesError, LedgerError, LedgerFileError, ModelError, Problem
from casualties.files.cells import is_formula, split, unprotect
from casualties.files.json import DocumentReader
from casualties.files.problems import Problems, TooManyProblemsError, close
from casualties.model.claim import Claim, Link, Stance
from casualties.model.facet import FACETS
from casualties.model.figure import End, Figure
from casualties.model.ledger import Ledger
from casualties.model.report import Citation, Relay, Report
from casualties.model.source import Source, Sources
from casualties.model.subject import Subject
from casualties.wording import another_harm, parse_figure, silence_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["COLUMNS", "NO_CONTENT", "RowReader", "read_rows", "read_table"]

_SUBJECT: Final = (*FACETS, "with", "without", "since", "until")
_CLAIM: Final = ("silence", "aspect", "target", "modality", "method", "interval", "level", "stated")
_REPORT: Final = ("publisher", "report_title", "address", "published", "retrieved", "saved")
_SETS: Final = ("with", "without")
_CLAIM_SETS: Final = ("replaces", "our_reading", "all", "only", "present", "notes")
COLUMNS: Final[tuple[str, ...]] = (
    "claim_id",
    "source",
    "source_name",
    "source_kind",
    "source_side",
    "stance",
    "harm",
    *_SUBJECT,
    "figure",
    "low",
    "high",
    "best",
    "assumed",
    *_CLAIM,
    "replaces",
    "our_reading",
    "alleged",
    "all",
    "only",
    "present",
    "notes",
    "extra",
    "reading",
    "report",
    *_REPORT,
    "relays",
    "relay_kinds",
    "relay_sides",
    "locator",
    "words",
)
"""The columns of the table, in the order in which they are written."""

_CITED: Final = frozenset({"report", *_REPORT, "relays", "relay_kinds", "relay_sides", "locator", "words", "reading"})
"""The columns of a citation."""

NO_CONTENT: Final = _CITED | {
    *("claim_id", "source_name", "source_kind", "source_side", "figure", "present", "notes", "extra", "based_on")
}
"""Columns by which no claim is told from another."""

_ENDS: Final = {str(end): end for end in End}
_COUNT: Final = re.compile(r"0|[1-9][0-9]{0,14}")
_LISTS: Final = (
    "apart",
    "claims",
    "identifications",
    "reports",
    "sources",
    "terms",
    "timezones",
    "titles",
    "totals",
    "unread",
)
_FIELDS: Final = {"report_title": "title", "source_name": "names", "source_kind": "kinds", "source_side": "side"}
_COLUMN_OF: Final = {field: column for column, field in _FIELDS.items() if field != "side"} | {"with_": "with"}

_Row = dict[str, str]
_Fields = dict[str, Any]


def read_table(text: str, name: str, rest: tuple[str, str] | None) -> Ledger:
    """Read a table, and with it the text and name of the file beside it.

    Raises:
        LedgerFileError: With every problem of the table, or of the file beside it.
    """
    return _read(lambda table: table.read(text), name, rest)


def read_rows(rows: Iterable[tuple[int, list[str]]], name: str, rest: tuple[str, str] | None) -> Ledger:
    """Read the numbered rows of a table, the first of which names the columns, and what stands beside them.

    Raises:
        LedgerFileError: With every problem of the table, or of what stands beside it.
    """
    return _read(lambda table: table.take(rows), name, rest)


def _read(take: Callable[[_Table], None], name: str, rest: tuple[str, str] | None) -> Ledger:
    table = _Table()
    beside = DocumentReader(rest[1]) if rest else None
    ledger = None
    try:
        take(table)
        ledger = table.ledger()
    except TooManyProblemsError:
        pass
    if table.problems or ledger is None:
        raise LedgerFileError(name, tuple(table.problems))
    if beside is None or rest is None:
        return ledger
    whole = ledger
    return beside.finish(lambda: _with_rest(whole, beside, rest[0]))


def _with_rest(ledger: Ledger, beside: DocumentReader, text: str) -> Ledger | None:
    """Add what stands beside the table."""
    parts = beside.parse(text, _LISTS)
    claims = {claim.id: claim for claim in ledger}
    for place, added in enumerate(parts.pop("claims", ())):
        path = f"$.claims[{place}]"
        identity = added.get("id") if isinstance(added, dict) else None
        if not isinstance(identity, str) or identity not in claims:
            hint = "a claim that was changed in the table has another id; take the entry out, or mend its id"
            beside.put(path, f"claim {identity!r} is not in the table", hint, "unknown-claim")
            continue
        try:
            claims[identity] = claims[identity].replacing(**{key: value for key, value in added.items() if key != "id"})
        except ModelError as error:
            beside.put_all(error, f"{path}.{{}}".format)
            continue
        if claims[identity].id != identity:
            beside.put(path, f"claim {identity!r} is changed by it", "only add assessments and links", "wrong-id")
    more = beside.ledger(parts)
    if more is None or beside.problems:
        return None
    try:
        return ledger.keeping(claims.values()) | more
    except LedgerError as error:
        beside.put("$", error.message, error.hint, error.reason)
        return None


class RowReader:
    """The reader of the flat table for rows that come one at a time, such as those of a frame."""

    def __init__(self) -> None:
        self._table = _Table()

    def read(self, number: int, cells: Mapping[str, str]) -> tuple[Claim | None, Source | None, tuple[Problem, ...]]:
        """Read one row: its claim, and its source as the row describes it; ``None`` where something is wrong in it.

        A source to which rows before gave another side is wrong.

        Args:
            number: The number of the row.
            cells: Its cells, with those of ``COLUMNS`` and ``based_on``; formulas are texts here.
        """
        table = self._table
        table.begin(number)
        row = {name: text for name, cell in cells.items() if (text := cell.strip())}
        if (count := row.get("reading", "1")) and _COUNT.fullmatch(count) is None:
            table.wrong("reading", f"{count!r} is no count", "write digits alone, such as 1", "not-a-count")
        pair = table.one(row)
        if pair is not None and "based_on" in row:
            pair = table.linked(*pair, row["based_on"])
        if table.problems or pair is None:
            return None, None, tuple(table.problems)
        return *pair, ()


def _column_of(path: str) -> str:
    """Give the column of a field of a record, or of a part of it."""
    field = path.partition(".")[0]
    return _COLUMN_OF.get(field, field)


class _Table(Problems):
    def __init__(self) -> None:
        super().__init__()
        self._claims: list[Claim] = []
        self._sources: dict[str, Source] = {}
        self._described: dict[tuple[str | None, ...], Source] = {}
        self._subjects: dict[tuple[str | None, ...], Subject] = {}
        self._row = 1

    def begin(self, number: int) -> None:
        """Turn to a row, and forget what was wrong in those before."""
        self._row = number
        self.forget()
        self._claims = []

    def linked(self, claim: Claim, source: Source, based_on: str) -> tuple[Claim, Source] | None:
        """Add what a claim is based on."""
        try:
            return claim.replacing(based_on=[Link(claim=identity) for identity in based_on.split("|")]), source
        except ModelError as error:
            self.put_all(error, lambda _: self._place("based_on"))
            return None

    def wrong(self, column: str, message: str, hint: str = "", reason: str = "invalid") -> None:
        """Note a problem in the row that is being read."""
        self.put(self._place(column), message, hint, reason)

    def model(self, error: CasualtiesError, column: str = "") -> None:
        """Note what a record found wrong."""
        self.put_all(error, lambda path: self._place(_column_of(path) or column))

    def _place(self, column: str) -> str:
        return f"row {self._row}, column {column}" if column else f"row {self._row}"

    def ledger(self) -> Ledger | None:
        """Make the ledger of all rows; ``None`` where something in them is wrong."""
        if self.problems:
            return None
        try:
            return Ledger(self._claims, sources=Sources(self._sources.values()))
        except LedgerError as error:
            self.problems.append(Problem("row 1", error.message, error.hint, error.reason))
            return None

    def read(self, text: str) -> None:
        """Read all rows."""
        first = text.partition("\n")[0]
        delimiter = max(",;\t", key=lambda mark: (first.count(mark), mark == ","))
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        try:
            self.take((rows.line_num, cells) for cells in rows)
        except csv.Error as error:
            self._row = rows.line_num
            self.wrong(
                "", f"this is not a table: {error}", "put quotes around cells, and double those inside", "notation"
            )

    def take(self, rows: Iterable[tuple[int, list[str]]]) -> None:
        """Read numbered rows, of which the first names the columns."""
        header: list[str] = []
        for self._row, cells in rows:
            if not header:
                header = self._header(cells)
                if not header:
                    return
            elif any(cells):
                self._cells(header, cells)
        if not header:
            self.wrong("", "the file is empty", "begin with a row of column names", "empty-file")

    def _header(self, cells: list[str]) -> list[str]:
        names = [cell.strip() for cell in cells]
        absent = [f"no column {needed!r}" for needed in ("source", "harm") if needed not in names]
        if absent:
            hint = "a table with columns of its own is read by a mapping, with read_table or convert --mapping"
            self.wrong("", f"there is {' and '.join(absent)}", hint, "missing")
        if len(absent) > 1:  # it is no ledger, and what its columns are called is its own affair
            return []
        for place, name in enumerate(names):
            if name not in COLUMNS:
                self.wrong(str(place + 1), f"unknown column {name!r}", close(name, COLUMNS), "unknown-key")
            elif name in names[:place]:
                self.wrong(name, f"column {name!r} stands there twice", "keep one of the two", "duplicate")
        return [] if self.problems else names

    def _cells(self, header: list[str], cells: list[str]) -> None:
        if len(cells) != len(header):
            hint = "put quotes around cells that hold the delimiter"
            self.wrong("", f"{len(cells)} cells under {len(header)} columns", hint, "ragged")
            return
        row: _Row = {}
        for column, cell in zip(header, cells, strict=True):
            if not cell:
                continue
            if cell[0].isalnum():
                row[column] = cell.rstrip()
            elif is_formula(cell):
                hint = "if it is meant as text, put an apostrophe before it"
                self.wrong(column, f"{cell[:40]!r} would be run as a formula by a spreadsheet", hint, "formula")
            elif text := unprotect(cell).strip():
                row[column] = text
        self.one(row)

    def one(self, row: _Row) -> tuple[Claim, Source] | None:
        """Read the cells of one row that are not empty; ``None`` where something in them is wrong."""
        before = len(self.problems)
        source = self._source(row)
        claim = self._claim(row) if "source" in row else None
        if claim is None or source is None or len(self.problems) > before:
            return None
        if "claim_id" in row and row["claim_id"] != claim.id:
            hint = "empty the cell where the claim was changed by hand"
            self.wrong(
                "claim_id", f"the id is {row['claim_id']!r}, but the content is that of {claim.id}", hint, "wrong-id"
            )
        self._claims.append(claim)
        return claim, source

    def _source(self, row: _Row) -> Source | None:
        if "source" not in row:
            self.wrong("source", "the cell is empty", "say who makes the statement", "missing")
            return None
        described = tuple(map(row.get, ("source", "source_side", "source_name", "source_kind")))
        if described in self._described:
            return self._described[described]
        try:
            fields: _Fields = {"key": row["source"], "side": row.get("source_side")}
            fields |= {"names": split(row.get("source_name", "")), "kinds": split(row.get("source_kind", ""))}
            source = Source(**fields)
            known = self._sources.get(source.key)
            self._sources[source.key] = source if known is None else known.merged(source)
        except CasualtiesError as error:
            self.model(error, "source_side")
            return None
        self._described[described] = source
        return source

    def _subject(self, row: _Row) -> Subject:
        """Read what is counted; the same cells are checked once."""
        cells = tuple(map(row.get, ("harm", *_SUBJECT)))
        if cells not in self._subjects:
            counted: _Fields = {
                name: split(row[name]) if name in _SETS else row[name] for name in _SUBJECT if name in row
            }
            self._subjects[cells] = Subject(**{"harm": (row.get("harm", ""),), **counted})
        return self._subjects[cells]

    def _claim(self, row: _Row) -> Claim | None:
        try:
            subject = self._subject(row)
            before = len(self.problems)
            figure = self._figure(row)
            stance = row.get("stance") or (Stance.SILENT if figure is None else Stance.STATES)
            if len(self.problems) > before and stance == Stance.STATES:
                figure = Figure.exactly(0)  # what is wrong with it is told; the rest of the row is read on
            fields: _Fields = {name: row[name] for name in _CLAIM if name in row}
            fields |= {name: split(row[name]) for name in _CLAIM_SETS if name in row}
            for name in ("alleged", "extra"):
                fields[name] = [tuple(pair.partition("=")[::2]) for pair in split(row.get(name, ""))]
            if stance == Stance.SILENT and "stance" not in row and "silence" not in row:
                fields["silence"] = silence_of(row.get("figure") or row.get("words", ""))
            fields |= {"source": row["source"], "subject": subject, "stance": stance, "figure": figure}
            fields["citations"] = self._citations(row)
            return Claim(**fields)
        except CasualtiesError as error:
            self.model(error)
            return None

    def _figure(self, row: _Row) -> Figure | None:
        """Read the figure from its text, its ends or the words; where it is given twice, both must say the same."""
        stated = None
        column = "figure" if "figure" in row else "words"
        if "figure" in row or (
            "low" not in row and "high" not in row and row.get("stance", Stance.STATES) == Stance.STATES
        ):
            try:
                stated = parse_figure(row.get(column, ""))
            except CasualtiesError as error:
                self.wrong(column, error.message, error.hint, error.reason)
                return None
            if wrong := another_harm(row.get(column, ""), tuple(row.get("harm", "").split("-or-"))):
                self.wrong(
                    column, wrong, "give the figure beside the words, or the harm that they name", "another-harm"
                )
                return None
        if "low" not in row and "high" not in row:
            return stated
        ends: dict[str, int] = {}
        for name in ("low", "high", "best"):
            if name in row and _COUNT.fullmatch(row[name]) is None:
                self.wrong(name, f"{row[name]!r} is no count", "write digits alone, such as 1200", "not-a-count")
                return None
            if name in row:
                ends[name] = int(row[name])
        if "low" not in row:
            high = row["high"]
            hint = f"'up to {high}' is low 0 and high {high}; where the source gives no count, leave both empty"
            self.wrong("low", f"low is empty beside high {high!r}", hint, "missing")
            return None
        assumed = [end for end in split(row.get("assumed", "")) if end]
        if unknown := [end for end in assumed if end not in _ENDS]:
            self.wrong("assumed", f"{unknown[0]!r} is no end", close(unknown[0], _ENDS), "unknown-word")
            return None
        marks = frozenset(_ENDS[end] for end in assumed)
        best = ends.get("best")
        if stated is not None:  # what one of the two leaves out is as the other has it
            best = stated.best if best is None else best
            marks = marks or stated.assumed
        try:
            figure = Figure(ends["low"], ends.get("high"), best=best, assumed=marks)
        except CasualtiesError as error:
            self.wrong("low", error.message, error.hint, error.reason)
            return None
        if stated is not None and (stated.low, stated.high) != (figure.low, figure.high):
            hint = "mend one of them, or empty low and high"
            self.wrong("low", f"low and high say {figure}, but the figure is {row['figure']!r}", hint, "two-values")
        elif stated is not None and stated.best not in (None, best):
            hint = "mend one of them, or empty best"
            self.wrong("best", f"best says {best}, but the figure is {row['figure']!r}", hint, "two-values")
        elif stated is not None and stated.assumed and stated.assumed != marks:
            hint = "mend one of them, or empty assumed"
            said = f"assumed says {row['assumed']!r}, but the figure is {row['figure']!r}"
            self.wrong("assumed", said, hint, "two-values")
        return figure

    def _citations(self, row: _Row) -> list[Citation]:
        if _CITED.isdisjoint(row):
            return []
        names = split(row.get("relays", ""))
        details: dict[str, list[str]] = {}
        for column in ("relay_kinds", "relay_sides"):
            details[column] = split(row.get(column, ""))
            if len(details[column]) > len(names):
                self.wrong(
                    column, f"{len(details[column])} values for {len(names)} relays", "name as many relays", "ragged"
                )
            details[column] += [""] * (len(names) - len(details[column]))
        relays: list[_Fields] = [
            {"name": name, "kind": kind or None, "side": side or None}
            for name, kind, side in zip(names, details["relay_kinds"], details["relay_sides"], strict=False)
        ]
        fields: _Fields = {name: row[name] for name in ("locator", "words") if name in row}
        if relays:
            fields["relays"] = [Relay(**relay) for relay in relays]
        if "report" in row or any(column in row for column in _REPORT):
            report: _Fields = {_FIELDS.get(column, column): row[column] for column in _REPORT if column in row}
            fields["report"] = Report(**report)
        return [Citation(**fields)] if fields or "reading" in row else []
