"""Reading a table of many rows by a mapping: columns where columns can, and row by row what is left.

Every distinct cell is read once, by the readers of a single row; what they cannot take, or what needs another row, is
read by the reader of rows itself, so that the two can never tell it differently.
"""

# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from casualties._writing import as_path
from casualties.errors import CasualtiesError, MappingError
from casualties.files.cells import join, unprotect
from casualties.files.csv import rows as rows_of
from casualties.files.mapped._claims import TermMaker
from casualties.files.mapped._distinct import Answers, Block, Found, PlainDays, Reads, arrays, numbered
from casualties.files.mapped._many_claims import FIGURE, Made, ManyClaims, can
from casualties.files.mapped._many_rows import Lines, NotPlainError, in_blocks, of_text
from casualties.files.mapped._open import Rows, Tabular, open_rows
from casualties.files.mapped._patterns import SlowSearchError
from casualties.files.mapped._slots import Slot
from casualties.files.mapped.cells import BadCellError, Cells, Remembered, SlotReader, holds
from casualties.files.mapped.checks import Checks
from casualties.files.mapped.mapping import TableMapping
from casualties.files.mapped.read import Progress, RowByRow, chosen_mapping, placing, read_table
from casualties.files.mapped.reading import TableReading
from casualties.files.rows import RowReader
from casualties.model.claim import Claim
from casualties.model.ledger import Ledger
from casualties.model.registry import Registry
from casualties.model.source import Source

__all__ = ["ManyReading", "read_many"]


@dataclass(frozen=True, slots=True)
class ManyReading:
    """What was read from a table of many rows.

    Attributes:
        claims: The claims in Arrow, one row each, with columns of the flat CSV, without their identities.
        rest: All else that reading the table gave; its ledger holds what was declared, and the claims of the rows
            that were read by themselves, which are the last rows of ``claims``.
        numbers: The row of the table in which each claim stands, of those that were read as columns; ``None`` where
            none were.
        stray: The claims of the other rows, each with the number of its row.

    Examples:
        >>> from casualties.files.mapped import read_many
        >>> mapping = {"name": "sheet", "source": "us", "claims": [{"harm": "killed", "count": "dead"}]}
        >>> print(read_many([{"dead": 3}, {"dead": -1}], mapping).rest.counts)
        2 rows, 0 outside; 2 cells: 1 in claims, 0 silent, 1 in quarantine, 0 hold nothing
    """

    claims: Any
    rest: TableReading
    numbers: Any
    stray: tuple[tuple[int, Claim], ...] = ()

    def whole(self) -> TableReading:
        """Give what `read_table` gives: every claim as an object, and the rows that say nothing new.

        Raises:
            LedgerError: If claims and declarations contradict one another.

        Examples:
            >>> from casualties.files.mapped import read_many
            >>> mapping = {"name": "sheet", "source": "us", "claims": [{"harm": "killed", "count": "dead"}]}
            >>> len(read_many([{"dead": 3}, {"dead": 4}], mapping).whole().ledger)
            2
        """
        if self.numbers is None:
            return self.rest
        reader = RowReader()
        claims, sources = [], set()
        for number, row in enumerate(self.claims.to_pylist(), 1):
            claim, source, problems = reader.read(
                number, {name: str(cell) for name, cell in row.items() if cell is not None}
            )
            if claim is None or source is None:  # pragma: no cover - each cell was read by the records
                raise CasualtiesError(f"{self.rest.counts}: {problems}", "internal", "please report this")
            claims.append(claim)
            sources.add(source)
        known = self.rest.ledger.sources
        ledger = Ledger(claims, sources=[*known.values(), *(each for each in sources if each.key not in known)])
        return replace(self.rest, ledger=self.rest.ledger | ledger, repeated=self.repeated())

    def repeated(self) -> tuple[tuple[int, int], ...]:
        """Give the rows that say nothing but what a row before them says, each with that row.

        Examples:
            >>> from casualties.files.mapped import read_many
            >>> mapping = {"name": "sheet", "source": "us", "claims": [{"harm": "killed", "count": "dead"}]}
            >>> read_many([{"dead": 3}, {"dead": 3}], mapping).repeated()
            ((2, 1),)
        """
        if self.numbers is None:
            return self.rest.repeated
        do = arrays()
        np, pa, pc = do.np, do.pa, do.pc
        tables = [self.claims.slice(0, len(self.numbers))]
        tables += [claims_in(Ledger([claim], sources=[Source(key=claim.source)])) for _, claim in self.stray]
        table = pa.concat_tables(tables, promote_options="permissive").combine_chunks()
        if not table.num_rows:
            return ()
        numbers = np.concatenate([self.numbers, np.asarray([number for number, _ in self.stray], "int64")])
        numbers = np.repeat(numbers, [1] * len(self.numbers) + [each.num_rows for each in tables[1:]])
        columns = []
        for name in table.column_names:
            if name in _SAYS_NOTHING:
                continue
            cells = table[name].combine_chunks()
            if pa.types.is_dictionary(cells.type):
                cells = cells.cast(pa.string())
            if name == "locator":
                place = pc.binary_join_element_wise("row ", pa.array(numbers).cast(pa.string()), "")
                cells = pc.if_else(pc.equal(cells, place), pa.scalar(None, pa.string()), cells)
            coded = cells.dictionary_encode("encode")
            columns.append((coded.indices.to_numpy().astype("int64"), len(coded.dictionary)))
        order = np.argsort(numbers, kind="stable")
        of, _ = numbered(np, [(code[order], many) for code, many in columns], len(numbers))
        numbers = numbers[order]
        first = numbers[np.unique(of, return_index=True)[1]][of]
        states = pc.equal(table["stance"].combine_chunks().cast(pa.string()), "states")
        again = (first != numbers) & states.to_numpy(zero_copy_only=False)[order]
        found: dict[int, int] = {}
        for number, one in zip(numbers[again].tolist(), first[again].tolist(), strict=True):
            found.setdefault(number, one)
        return tuple(found.items())


_SAYS_NOTHING: Final = (
    "reading",
    "words",
    "notes",
    "present",
    "extra",
    "source_name",
    "source_kind",
    "source_side",
    "based_on",
)
"""Columns by which no claim, and no reading of one, is told from another here."""


def read_many(
    table: Tabular,
    mapping: str | os.PathLike[str] | TableMapping | Mapping[str, Any],
    *,
    sources: Registry | None = None,
    kept: bool = True,
) -> ManyReading:
    """Read a table as claims, as `read_table` does, into columns.

    Args:
        table: As for `read_table`.
        mapping: As for `read_table`.
        sources: As for `read_table`.
        kept: Whether the columns that a mapping keeps are read into ``extra``.

    Raises:
        MappingError: As `read_table`.
        LedgerFileError: As `read_table`.
        UnknownNameError: If no preset has the name.
        MissingExtraError: If numpy or pyarrow is not installed.

    Examples:
        >>> from casualties.files.mapped import read_many
        >>> mapping = {"name": "sheet", "source": "us", "claims": [{"harm": "killed", "count": "dead"}]}
        >>> read_many([{"dead": 3}, {"dead": "x"}], mapping).claims["low"].to_pylist()
        [3]
    """
    chosen = chosen_mapping(mapping)
    registry = sources or Registry()
    rows = open_rows(table, chosen, None)
    try:
        if rows.columns is None or not can(chosen):
            reading = read_table(table, mapping, sources=sources)
            return ManyReading(claims_in(reading.ledger), reading, None)
        path = Path(as_path(table)) if isinstance(table, str | os.PathLike) else None
        reader = _Many(chosen, registry, rows, placing(mapping), kept=kept)
        blocks = None if path is None else of_text(path, chosen, rows.columns, reader.columns)
        if blocks is not None:
            try:
                return reader.done(blocks)
            except NotPlainError:  # the reader of rows says of such a row why it is none
                reader = _Many(chosen, registry, rows, placing(mapping), kept=kept)
        return reader.done(in_blocks(rows, chosen))
    except SlowSearchError as error:
        hint = "write it without a repetition inside a repetition, such as (a|aa)+"
        raise MappingError(f"{rows.name}: {error}", "slow-pattern", hint) from error
    finally:
        rows.close()


class _Many(RowByRow):
    """The reader of rows, to whom only those come that columns cannot take."""

    def __init__(
        self, mapping: TableMapping, registry: Registry, rows: Rows, place: Callable[[str], str], *, kept: bool
    ) -> None:
        super().__init__(mapping, registry, rows, {}, place)
        self._do = arrays()
        self._kept = kept
        shared = Reads()
        self._many = [ManyClaims(claim, mapping, self._registry, shared) for claim in mapping.claims]
        self._inside = Answers({name for name, _ in mapping.only}, lambda cells: holds(mapping.only, cells))
        named = {name for _, readers in self._terms.readers for _, reader in readers for name in reader.named}
        named |= {name for term in mapping.terms for name, _ in term.when}
        self._declares = Answers(named, self._declared)
        self._spans: dict[int, tuple[_Ends, _Ends]] = {}
        self._sums: dict[int, Answers] = {}
        self._running: list[int] = []
        for number, check in enumerate(mapping.checks):
            if check.rule == "not-after":
                self._spans[number] = _Ends(check.first or "", mapping), _Ends(check.last or "", mapping)
            elif check.rule == "sum":
                self._sums[number] = Answers(set(check.columns), self._passes_check(number))
            else:
                self._running.append(number)
        self._pieces: list[Made] = []
        self._numbers: list[Any] = []
        self._stray: list[tuple[int, Claim]] = []

    @property
    def columns(self) -> frozenset[str]:
        """The columns at which it looks, of rows that are not read by themselves."""
        found = {*self._inside.names, *self._declares.names}
        found |= {column for check in self._mapping.checks for column in check.columns}
        return frozenset(found.union(*(many_claims.columns for many_claims in self._many)))

    def done(self, blocks: Iterable[Lines]) -> ManyReading:
        """Read all rows."""
        self.begin()
        progress = Progress(self._rows.name, self._rows.share)
        try:
            for lines in blocks:
                self._block(lines)
                progress.step(len(lines.block))
        finally:
            progress.end()
        pa = self._do.pa
        table = self._claims()
        if "source" in table.column_names:
            self._sources.update(table["source"].chunk(0).dictionary.to_pylist())
        reading = self.end()
        pieces = [_described(self._do, table, reading.ledger.sources)] if table.num_rows else []
        pieces.append(claims_in(reading.ledger))
        claims = pa.concat_tables(pieces, promote_options="default").unify_dictionaries()
        numbers = self._do.np.concatenate([self._do.np.zeros(0, "int64"), *self._numbers])
        return ManyReading(claims, reading, numbers, tuple(self._stray))

    def _claims(self) -> Any:  # noqa: ANN401 - a table of Arrow
        """Put what was made of all rows into one table."""
        pa, np = self._do.pa, self._do.np
        sizes = [len(made.rows) for made in self._pieces]
        columns: dict[str, Any] = {}
        for name in dict.fromkeys(name for made in self._pieces for name in made.texts):
            nothing = [Found(np.full(size, -1, "int32"), []) for size in sizes]
            given = [made.texts.pop(name, none) for made, none in zip(self._pieces, nothing, strict=True)]
            if (column := _united(self._do, given)) is not None:
                columns[name] = column
        for name in FIGURE if self._pieces else ():
            counts = np.concatenate([made.counts.pop(name) for made in self._pieces])
            columns[name] = pa.array(counts, mask=counts < 0)
        columns["reading"] = pa.array(np.ones(sum(sizes), "int64"))
        return pa.table(columns)

    def _block(self, lines: Lines) -> None:
        """Read some rows: as columns those that can be, and the others by themselves."""
        np, block, strange = self._do.np, lines.block, lines.strange
        inside = self._told(block, self._inside)
        of = np.zeros(0, int)
        if self._mapping.terms:
            of, answers = self._declares.of(block)
            strange |= np.asarray([each is None for each in answers], bool)[of]
        makers = [many.sees(block, strange) for many in self._many]
        plain = inside & ~strange
        if self._mapping.terms:
            for place in np.unique(of[plain], return_index=True)[1].tolist():
                self._terms.see(lines.cells(int(np.flatnonzero(plain)[place]), self._declares.names))
        counted = np.zeros(len(block), bool)
        for maker in makers:
            made, tally, broken, active = maker(plain)
            counted |= active
            self._checks.broken += broken
            for name, number in tally.items():
                self._tally[name] += number
            if len(made.rows):
                self._piece(block, made, self._many[makers.index(maker)])
        self._tally["rows"] += int((~strange).sum())
        self._tally["outside"] += int((~strange & ~(plain & counted)).sum())
        self._check(lines, plain)
        for place in np.flatnonzero(strange).tolist():
            for row in lines.row(place):
                self._row(row)

    def _told(self, block: Block, answers: Answers) -> Any:  # noqa: ANN401 - an array
        of, said = answers.of(block)
        return self._do.np.asarray(said, object).astype(bool)[of]

    def _check(self, lines: Lines, plain: Any) -> None:  # noqa: ANN401 - an array
        """Look for rows that fail a check: among all where running totals are compared."""
        np, block = self._do.np, lines.block
        for number, (first, last) in self._spans.items():
            self._see(lines, np.flatnonzero(plain & (first.first(block) > last.last(block))), number)
        for number, answers in self._sums.items():
            of, broken = answers.of(block)
            self._see(lines, np.flatnonzero(plain & np.asarray(broken, object).astype(bool)[of]), number)
        for number in self._running:
            self._see(lines, np.flatnonzero(plain), number)

    def _see(self, lines: Lines, places: Any, number: int) -> None:  # noqa: ANN401 - an array
        names = self._mapping.checks[number].columns
        for place in places.tolist():
            self._checks.see(int(lines.block.numbers[place]), lines.cells(place, names), number)

    def _passes_check(self, number: int) -> Callable[[Cells], bool]:
        checks = Checks(self._mapping)

        def broken(cells: Cells) -> bool:
            before = len(checks.broken)
            checks.see(0, cells, number)
            return len(checks.broken) > before

        return broken

    def _declared(self, cells: Cells) -> bool:
        TermMaker(self._mapping).see(cells)
        return True

    def _piece(self, block: Block, made: Made, many: ManyClaims) -> None:
        """Keep the claims of some rows."""
        if self._kept and (kept := many.kept(block, made.rows)) is not None:
            made.texts["extra"] = kept
        self._pieces.append(made)
        self._numbers.append(block.numbers[made.rows])

    def _watch(self, number: int, claims: Iterable[Claim]) -> None:
        """Keep what was read by itself, to be compared with all that was not."""
        self._stray += [(number, claim) for claim in claims]


_NEVER: Final = 1 << 30


class _Ends:
    """The first and the last of the days in a cell, in which several are parted by semicolons."""

    def __init__(self, column: str, mapping: TableMapping) -> None:
        self._do = arrays()
        self._column = column
        self._reader = SlotReader(Slot.model_validate({"from": f"{{{column}}}"}), mapping)
        self._plain = PlainDays(self._reader)
        self._known = Remembered()

    def first(self, block: Block) -> Any:  # noqa: ANN401 - an array
        """Give by row the number of the earliest day of the cell; 0 for none."""
        if self._column not in block.columns:
            return self._do.np.zeros(len(block), "int64")
        codes, words = block.codes(self._column)
        return self._days(self._do.pc.utf8_trim_whitespace(words))[:, 0][codes]

    def last(self, block: Block) -> Any:  # noqa: ANN401 - an array
        """Give by row the number of the latest day of all parts of the cell; a day that never comes for none."""
        np, pc = self._do.np, self._do.pc
        if self._column not in block.columns:
            return np.full(len(block), _NEVER)
        codes, words = block.codes(self._column)
        parts = pc.split_pattern(words, ";")
        cells = pc.utf8_trim_whitespace(pc.list_flatten(parts)).dictionary_encode()
        latest = self._days(cells.dictionary)[:, 1][cells.indices.to_numpy()]
        last = np.maximum.reduceat(latest, parts.offsets.to_numpy()[:-1]) if len(words) else latest
        return np.where(last == 0, _NEVER, last)[codes]

    def _days(self, words: Any) -> Any:  # noqa: ANN401 - arrays
        np = self._do.np
        days = np.repeat(self._plain.of(words)[:, None], 2, axis=1)
        for place in np.flatnonzero(days[:, 0] == 0).tolist():
            text = words[place].as_py()
            days[place] = self._known.found(text, partial(self._read, text))
        return days

    def _read(self, text: str) -> tuple[int, int]:
        try:
            day = self._reader.day({self._column: text})
        except BadCellError:
            return 0, 0
        return (0, 0) if day is None else (day.earliest.toordinal(), day.latest.toordinal())


def _united(do: Any, given: Sequence[Found]) -> Any:  # noqa: ANN401 - of Arrow
    """Give pieces of a column as one, in which each text that is said stands once; ``None`` where nothing is said."""
    np, pa = do.np, do.pa
    lists = {id(found.words): found.words for found in given}
    words = [each if isinstance(each, pa.Array) else pa.array(each, pa.string()) for each in lists.values()]
    coded = pa.concat_arrays(words).dictionary_encode()
    starts = dict(zip(lists, np.cumsum([0, *map(len, words)], dtype="int32"), strict=False))
    number = np.append(coded.indices.fill_null(-1).to_numpy(), np.int32(-1))
    ends = [np.where(found.codes < 0, np.int32(-1), found.codes + starts[id(found.words)]) for found in given]
    codes = number[np.concatenate(ends)]
    said = np.zeros(len(coded.dictionary) + 1, bool)
    said[codes] = True
    said[-1] = False
    if not said.any():
        return None
    number = np.where(said, np.cumsum(said) - 1, -1).astype("int32")
    codes = number[codes]
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), coded.dictionary.filter(pa.array(said[:-1])))


def _described(do: Any, piece: Any, sources: Mapping[str, Source]) -> Any:  # noqa: ANN401 - tables
    """Say in every row what is known of its source."""
    column = piece["source"].combine_chunks()
    column = column.chunk(0) if isinstance(column, do.pa.ChunkedArray) else column
    speaking = [sources[key] for key in column.dictionary.to_pylist()]
    cells: dict[str, list[str | None]] = {
        "source_name": [join(source.names) or None for source in speaking],
        "source_kind": [join(map(str, source.kinds)) or None for source in speaking],
        "source_side": [source.side for source in speaking],
    }
    for name, texts in cells.items():
        if any(text is not None for text in texts):
            words = do.pa.array(texts, do.pa.string()).take(column.indices)
            piece = piece.append_column(name, words.dictionary_encode())
    return piece


def claims_in(ledger: Ledger) -> Any:  # noqa: ANN401 - a table of Arrow
    """Give the claims of a ledger as columns of the flat CSV, without their identities."""
    pa = arrays().pa
    based_on = {claim.id: "|".join(link.claim for link in claim.based_on) for claim in ledger}
    cells: list[dict[str, Any]] = []
    for row in rows_of(ledger):
        found: dict[str, Any] = {
            name: unprotect(cell) for name, cell in row.items() if name not in ("claim_id", "figure", "report")
        }
        found |= {"based_on": based_on[row["claim_id"]]} if based_on[row["claim_id"]] else {}
        cells.append(found)
    names = {name for row in cells for name in row}
    numbers = (*FIGURE, "reading")
    columns = {
        name: pa.array([int(row[name]) if name in row else None for row in cells], pa.int64())
        if name in numbers
        else pa.array([row.get(name) for row in cells], pa.string()).dictionary_encode()
        for name in sorted(names)
    }
    return pa.table(columns)
