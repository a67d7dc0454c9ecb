"""Reading a table of many rows by a mapping: columns where columns can, and row by row what is left.

Every distinct cell is read once, by the readers of a single row; what they cannot take, or what needs another row, is
read by the reader of rows itself, so that the two can never tell it differently.
"""

# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from casualties.files.cells import join
from casualties.files.mapped._by_row import Progress, RowByRow
from casualties.files.mapped._claims import TermMaker
from casualties.files.mapped._distinct import Answers, Block, Found, PlainDays, Reads, arrays
from casualties.files.mapped._held import FIGURE, HeldClaims, Kept, claims_in, narrow, united
from casualties.files.mapped._many_claims import Made, ManyClaims, can
from casualties.files.mapped._many_rows import Lines, NotPlainError, in_blocks, of_text
from casualties.files.mapped._open import Rows
from casualties.files.mapped._slots import Slot
from casualties.files.mapped.cells import BadCellError, Cells, Remembered, SlotReader, holds
from casualties.files.mapped.checks import Checks
from casualties.files.mapped.mapping import TableMapping
from casualties.files.mapped.reading import TableReading
from casualties.model.claim import Claim
from casualties.model.held import holding
from casualties.model.registry import Registry
from casualties.model.source import Source

__all__ = ["can", "read_many"]


def read_many(
    path: Path, mapping: TableMapping, registry: Registry, rows: Rows, place: Callable[[str], str]
) -> TableReading:
    """Read a text file as claims that are held as columns.

    Args:
        path: The file.
        mapping: How it is read, which must be one that columns can follow.
        registry: Sources that are known by name.
        rows: The file, opened.
        place: What says where the mapping names a column.
    """
    reader = _Many(mapping, registry, rows, place)
    blocks = of_text(path, mapping, rows.columns or (), reader.columns)
    if blocks is not None:
        try:
            return reader.done(blocks)
        except NotPlainError:  # the reader of rows says of such a row why it is none
            reader = _Many(mapping, registry, rows, place)
    return reader.done(in_blocks(rows, mapping))


class _Many(RowByRow):
    """The reader of rows, to whom only those come that columns cannot take."""

    def __init__(self, mapping: TableMapping, registry: Registry, rows: Rows, place: Callable[[str], str]) -> None:
        super().__init__(mapping, registry, rows, {}, place)
        self._do = arrays()
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
        self._keeps: list[Kept] = []
        self._stray: list[tuple[int, Claim]] = []

    @property
    def columns(self) -> frozenset[str]:
        """The columns at which it looks, of rows that are not read by themselves."""
        names = {*self._inside.names, *self._declares.names}
        names |= {column for check in self._mapping.checks for column in check.columns}
        return frozenset(names.union(*(many_claims.columns for many_claims in self._many)))

    def done(self, blocks: Iterable[Lines]) -> TableReading:
        """Read all rows."""
        self._blocks(blocks)
        pa = self._do.pa
        table = self._claims()
        if "source" in table.column_names:
            self._sources.update(table["source"].chunk(0).dictionary.to_pylist())
        reading = self.end()
        pieces = [_described(self._do, table, reading.ledger.sources)] if table.num_rows else []
        pieces.append(claims_in(reading.ledger))
        table = narrow(pa.concat_tables(pieces, promote_options="default").unify_dictionaries())
        numbers = self._do.np.concatenate([self._do.np.zeros(0, "int32"), *self._numbers])
        held = HeldClaims(table, reading.ledger, numbers, self._stray, self._keeps)
        return replace(reading, ledger=holding(held), repeated_rows=None)

    def _blocks(self, blocks: Iterable[Lines]) -> None:
        self.begin()
        progress = Progress(self._rows.name, self._rows.share)
        try:
            for lines in blocks:
                self._block(lines)
                progress.step(len(lines.block))
        finally:
            progress.end()

    def _claims(self) -> Any:  # noqa: ANN401 - a table of Arrow
        """Put what was made of all rows into one table."""
        pa, np = self._do.pa, self._do.np
        sizes = [len(made.rows) for made in self._pieces]
        columns: dict[str, Any] = {}
        for name in dict.fromkeys(name for made in self._pieces for name in made.texts):
            nothing = [Found(np.full(size, -1, "int32"), []) for size in sizes]
            readings = [made.texts.pop(name, none) for made, none in zip(self._pieces, nothing, strict=True)]
            if (column := united(self._do, readings)) is not None:
                columns[name] = column
        for name in FIGURE if self._pieces else ():
            counts = np.concatenate([made.counts.pop(name) for made in self._pieces])
            columns[name] = pa.array(counts, mask=counts < 0)
        return pa.table(columns)

    def _block(self, lines: Lines) -> None:
        """Read some rows: as columns those that can be, and the others by themselves."""
        np, block, strange = self._do.np, lines.block, lines.strange
        inside = self._told(block, self._inside)
        of = np.zeros(0, int)
        if self._mapping.terms:
            of, answers = self._declares.of(block)
            strange |= np.asarray([answer is None for answer in answers], bool)[of]
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
        self._keeps.append(Kept(len(made.rows), many.keeping(block, made.rows)))
        self._pieces.append(made)
        self._numbers.append(block.numbers[made.rows].astype("int32"))

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
