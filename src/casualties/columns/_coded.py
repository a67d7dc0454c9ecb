"""The rows of a table of claims by number: every distinct text, and every distinct set of cells, stands once."""

# pyright: reportArgumentType=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from casualties.columns._batches import COUNTS, TEXTS, columns_of, whole
from casualties.errors import LedgerError, LedgerFileError, Problem
from casualties.files.cells import split
from casualties.model.source import Source, SourceKind, Sources
from casualties.show.engines import pieces
from casualties.show.optional import Lazily

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    pc: Any  # its functions are made when it is loaded
else:
    np, pa, pc = (Lazily(name, "columns") for name in ("numpy", "pyarrow", "pyarrow.compute"))

__all__ = ["Kinds", "Rows", "kinds"]

_ROOM: Final = 1 << 62
"""How many different sets of cells a number tells apart."""

_WORDS: Final = 16
"""How many last characters of an identity are taken for a number."""

_TABLE: Final = 1 << 16
"""Up to which number kinds are told apart by a table of all numbers, however few rows there are."""


class Kinds(NamedTuple):
    """Which rows are alike.

    Attributes:
        of: By row the number of its kind.
        first: By kind the first row of it.
    """

    of: Any
    first: Any


def kinds(key: Any) -> Kinds:
    """Number the distinct ones of some numbers from 0 on, in their order."""
    room = int(key.max()) + 1 if len(key) else 0
    if room > max(_TABLE, 2 * len(key)):
        first, of = np.unique(key, return_index=True, return_inverse=True)[1:]
        return Kinds(of.astype("int32"), first)
    first = np.full(room, -1, "int64")
    first[key[::-1]] = np.arange(len(key) - 1, -1, -1)
    there = first >= 0
    return Kinds((np.cumsum(there, dtype="int32") - 1)[key], first[there])


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table, once: texts by number, with what each number stands for.

    Attributes:
        table: All rows in Arrow, with texts that are empty where nothing is said.
        codes: By column the number of each row's text, or its count.
        words: By column of texts what the numbers stand for, in Arrow.
    """

    table: pa.Table
    codes: dict[str, Any]
    words: dict[str, pa.Array]

    @classmethod
    def of(cls, table: Any) -> Rows:
        """Take the rows of a table of any engine."""
        names = [name for name in columns_of(table) if name in TEXTS or name in COUNTS]
        return cls.encoded(_all_of(table, names))

    @classmethod
    def encoded(cls, table: pa.Table) -> Rows:
        """Take rows that were read as columns, whose texts have numbers already; nothing is said where none has one."""
        for name in COUNTS:
            if name not in table.column_names:
                table = table.append_column(name, pa.nulls(table.num_rows, pa.int64()))
        if "stance" not in table.column_names:
            table = table.append_column("stance", pa.nulls(table.num_rows, pa.string()))
        codes: dict[str, Any] = {}
        words: dict[str, pa.Array] = {}
        for place, name in enumerate(table.column_names):
            if name in COUNTS:
                codes[name] = table[name].fill_null(-1).to_numpy()
            elif name in TEXTS:
                column = _whole(table[name])
                if name != "claim_id" and not pa.types.is_dictionary(column.type):
                    column = column.dictionary_encode()
                table = table.set_column(place, name, column)
                if pa.types.is_dictionary(column.type):
                    codes[name], words[name] = _numbered(column)
                else:
                    codes[name], words[name] = _first_of_each(column), column
        return cls(table, codes, words)

    def take(self, places: Any) -> Rows:
        """Take some rows."""
        return Rows(
            self.table.take(pa.array(places)), {name: code[places] for name, code in self.codes.items()}, self.words
        )

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def filled(self, name: str) -> Any:
        """Tell which rows fill a column."""
        if name not in self.codes:
            return np.zeros(len(self), bool)
        if name not in self.words:
            return self.codes[name] >= 0
        return pc.not_equal(self.words[name], "").to_numpy(zero_copy_only=False)[self.codes[name]]

    def texts(self, name: str) -> list[str]:
        """Give the distinct texts of a column, in the order of their numbers."""
        found: list[str] = self.words[name].to_pylist()
        return found

    def holding(self, ids: pa.Array) -> Any:
        """Give the row of each identity; -1 where none has it.  Of several rows it is any."""
        row = np.full(len(self.words["claim_id"]), -1, "int64")
        row[self.codes["claim_id"]] = np.arange(len(self))
        # Few are asked for of many: these are gathered, and not all that there are.
        named = pc.index_in(self.words["claim_id"], ids)
        there = np.flatnonzero(named.is_valid().to_numpy(zero_copy_only=False))
        number = np.full(len(ids), -1, "int64")
        number[named.take(pa.array(there)).to_numpy()] = there
        number = number[pc.index_in(ids, ids).to_numpy()]  # an identity that is asked for twice
        return np.where(number < 0, -1, row[number])

    def together(self, names: Sequence[str], *masks: Any) -> Any:
        """Give rows equal numbers where they have equal cells in some columns taken together."""
        key, room = np.zeros(len(self), "int64"), 1
        for column in (*(self.codes[name] for name in names if name in self.codes), *masks):
            if not len(self):
                break
            least, size = int(column.min()), int(column.max()) - int(column.min()) + 1
            if size > 1:
                if room * size >= _ROOM:
                    found, key = np.unique(key, return_inverse=True)
                    room = len(found)
                key *= size
                key += column
                key -= least
                room *= size
        return key

    def sources(self) -> Sources:
        """Give all sources as the rows describe them.

        Raises:
            LedgerFileError: If two rows describe one so that both cannot hold.
        """
        names = ("source", "source_name", "source_kind", "source_side")
        rows = kinds(self.together(names)).first
        cells = [
            [self.words[name][int(self.codes[name][row])].as_py() if name in self.words else "" for name in names]
            for row in rows
        ]
        described = {
            Source(key=key, names=split(name), kinds=[SourceKind(kind) for kind in split(kinds)], side=side or None)
            for key, name, kinds, side in cells
        }
        try:
            return Sources(sorted(described, key=lambda source: source.key))
        except LedgerError as error:
            problem = Problem("", error.message, error.hint, error.reason)
            raise LedgerFileError("the table", (problem,)) from error


def _all_of(table: Any, names: Sequence[str]) -> pa.Table:
    """Read all rows; the pieces are let go one by one as their columns are put together."""
    found = [_read(piece) for piece in pieces(table, names, together=1 << 20)]
    return pa.concat_tables(found) if found else pa.table({name: _nothing(name) for name in names})


def _read(piece: pa.Table) -> pa.Table:
    """Give some rows with their texts by number, and their counts as whole numbers; identities stay as they are."""
    columns: dict[str, Any] = {}
    for name in piece.column_names:
        column = _whole(piece[name])
        if name in COUNTS:
            columns[name] = whole(column)[0]
        elif name == "claim_id":
            columns[name] = column.cast(pa.string()).fill_null("")
        else:
            if not pa.types.is_dictionary(column.type):
                column = column.cast(pa.string()).dictionary_encode()
            words = column.dictionary.cast(pa.string())
            columns[name] = pa.DictionaryArray.from_arrays(column.indices.cast(pa.int32()), words)
    return pa.table(columns)


def _nothing(name: str) -> pa.Array:
    return pa.array([], pa.int64() if name in COUNTS else pa.string())


def _whole(column: Any) -> pa.Array:
    """Put the chunks of a column together."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def _numbered(column: pa.DictionaryArray) -> tuple[Any, pa.Array]:
    """Give the numbers of texts and what they stand for; the last of them is that nothing is said."""
    words = column.dictionary.cast(pa.string())
    empty = pc.index(words, "").as_py()
    if empty < 0:
        empty, words = len(words), pa.concat_arrays([words, pa.array([""], pa.string())])
    return column.indices.fill_null(empty).to_numpy(), words


def _first_of_each(ids: pa.Array) -> Any:
    """Give for each identity the first row that has it."""
    rows = np.arange(len(ids))
    digests = _digests(ids)
    if digests is not None:
        digests.sort()
        if (digests[1:] != digests[:-1]).all():
            return rows
    coded = ids.dictionary_encode()
    numbers = coded.indices.fill_null(len(coded.dictionary)).to_numpy()
    first = np.zeros(len(coded.dictionary) + 1, "int64")
    first[numbers[::-1]] = rows[::-1]
    return first[numbers]


def _digests(ids: pa.Array) -> Any:
    """Give a number for each identity, other ones for almost all others; `None` where they are of several lengths."""
    _, ends, letters = ids.buffers()
    if not len(ids) or ids.null_count:
        return None
    ends = np.frombuffer(ends, "int32")[ids.offset : ids.offset + len(ids) + 1]
    size = int(ends[1] - ends[0])
    if size < _WORDS or (np.diff(ends) != size).any():
        return None
    last = np.frombuffer(letters, "uint8")[ends[0] : ends[-1]].reshape(len(ids), size)[:, -_WORDS:]
    words = np.ascontiguousarray(last).view("uint64")
    return words[:, 0] * np.uint64(0x9E3779B97F4A7C15) ^ words[:, 1]
