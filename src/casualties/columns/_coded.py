"""The rows of a table of claims by number: every distinct text, and every distinct set of cells, stands once."""

# pyright: reportArgumentType=false

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import TYPE_CHECKING, Any, Final

from casualties.columns._batches import COUNTS, TEXTS, columns_of, whole
from casualties.errors import LedgerError, LedgerFileError, Problem
from casualties.files.alike import kinds, together
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

__all__ = ["SOURCE", "TOGETHER", "Rows", "source_of", "united"]

SOURCE: Final = ("source", "source_name", "source_kind", "source_side")
"""The columns that describe a source."""

TOGETHER: Final = 1 << 20
"""How many rows are read together."""

_WORDS: Final = 16
"""How many last characters of an identity are taken for a number."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table, once: texts by number, with what each number stands for.

    Attributes:
        codes: By column the number of each row's text, or its count, in as few bytes as hold it.
        words: By column of texts what the numbers stand for, in Arrow.
        ids: The identities as they were given; ``None`` where they are to be worked out.
    """

    codes: dict[str, Any]
    words: dict[str, pa.Array]
    ids: pa.Array | None

    @classmethod
    def of(cls, table: Any) -> Rows:
        """Take the rows of a table of any engine."""
        names = [name for name in columns_of(table) if name in TEXTS or name in COUNTS]
        return cls.joined(pieces(table, names, together=TOGETHER), names)

    @classmethod
    def encoded(cls, table: pa.Table) -> Rows:
        """Take rows that were read as columns, whose texts have numbers already; nothing is said where none has one."""
        names = [name for name in table.column_names if name in TEXTS or name in COUNTS]
        return cls.joined([table], names)

    @classmethod
    def joined(cls, tables: Iterable[pa.Table], names: Sequence[str]) -> Rows:
        """Join pieces of a table, which are let go one by one as their columns are put together."""
        parts: dict[str, list[Any]] = {name: [] for name in names}
        size = 0
        for table in tables:
            size += table.num_rows
            for name in names:
                parts[name].append(_part(name, _whole(table[name])))
        codes: dict[str, Any] = {}
        words: dict[str, pa.Array] = {}
        ids = None
        for name in names:
            given = parts.pop(name)
            if name in COUNTS:
                codes[name] = np.concatenate([np.empty(0, "int8"), *given])
            elif name == "claim_id":
                words[name] = ids = pa.concat_arrays([pa.array([], pa.string()), *given])
                codes[name] = _first_of_each(ids)
            else:
                codes[name], words[name] = _united(given)
        for name in COUNTS:
            codes.setdefault(name, np.full(size, -1, "int8"))
        if "stance" not in codes:
            codes["stance"], words["stance"] = np.zeros(size, "uint8"), pa.array([""], pa.string())
        return cls(codes, words, ids)

    def take(self, places: Any, names: Sequence[str] | None = None) -> Rows:
        """Take some rows, with all columns or some."""
        names = [*self.codes] if names is None else [name for name in names if name in self.codes]
        ids = self.ids.take(pa.array(places)) if self.ids is not None and "claim_id" in names else None
        return Rows({name: self.codes[name][places] for name in names}, self.words, ids)

    def keeping(self, names: Sequence[str]) -> Rows:
        """Keep some columns."""
        there = [name for name in names if name in self.codes]
        words = {name: self.words[name] for name in there if name in self.words}
        return Rows({name: self.codes[name] for name in there}, words, self.ids if "claim_id" in there else None)

    def table(self, places: Any, names: Sequence[str] | None = None) -> pa.Table:
        """Give some rows in Arrow, with all columns or some; texts are empty where nothing is said."""
        found: dict[str, Any] = {}
        for name in self.codes if names is None else [name for name in names if name in self.codes]:
            if name == "claim_id":
                if self.ids is not None:
                    found[name] = self.ids.take(pa.array(places))
                continue
            codes = self.codes[name][places]
            if name in COUNTS:
                codes = codes.astype("int64")
                found[name] = pa.array(codes, mask=codes < 0)
            else:
                found[name] = pa.DictionaryArray.from_arrays(codes.astype("int32"), self.words[name])
        return pa.table(found)

    def compact(self, start: int, stop: int) -> pa.Table:
        """Give rows that stand together in Arrow, in few bytes, so that `joined` takes them again."""
        found: dict[str, Any] = {}
        for name, column in self.codes.items():
            codes = column[start:stop]
            if name == "claim_id":
                found[name] = (self.words[name] if self.ids is None else self.ids).slice(start, stop - start)
            elif name in COUNTS:
                found[name] = pa.array(codes)
            else:
                words = self.words[name]
                if len(words) > len(codes):
                    some, codes = np.unique(codes, return_inverse=True)
                    words, codes = words.take(pa.array(some)), codes.astype(np.min_scalar_type(len(some)))
                found[name] = pa.DictionaryArray.from_arrays(pa.array(codes), words)
        return pa.table(found)

    def __len__(self) -> int:
        return len(next(iter(self.codes.values())))

    def filled(self, name: str) -> Any:
        """Tell which rows fill a column."""
        if name not in self.codes:
            return np.zeros(len(self), bool)
        if name not in self.words:
            return self.codes[name] >= 0
        return pc.not_equal(self.words[name], "").to_numpy(zero_copy_only=False)[self.codes[name]]

    def texts(self, name: str) -> list[str]:
        """Give the distinct texts of a column, in the order of their numbers."""
        words_of_column: list[str] = self.words[name].to_pylist()
        return words_of_column

    def holding(self, ids: pa.Array) -> Any:
        """Give the row of each identity; -1 where none has it.  Of several rows it is any."""
        row = np.full(len(self.words["claim_id"]), -1, "int32")
        row[self.codes["claim_id"]] = np.arange(len(self), dtype="int32")
        # Few are asked for of many: these are gathered, and not all that there are.
        named = pc.index_in(self.words["claim_id"], ids)
        there = np.flatnonzero(named.is_valid().to_numpy(zero_copy_only=False))
        number = np.full(len(ids), -1, "int64")
        number[named.take(pa.array(there)).to_numpy()] = there
        number = number[pc.index_in(ids, ids).to_numpy()]  # an identity that is asked for twice
        return np.where(number < 0, -1, row[number])

    def together(self, names: Sequence[str], *masks: Any) -> Any:
        """Give rows equal numbers where they have equal cells in some columns taken together."""
        return together((*(self.codes[name] for name in names if name in self.codes), *masks), len(self))

    def described(self) -> set[Source]:
        """Give the sources, each as often as rows describe it differently."""
        rows = kinds(self.together(SOURCE)).first
        cells = (
            [self.words[name][int(self.codes[name][row])].as_py() if name in self.words else "" for name in SOURCE]
            for row in rows
        )
        return set(starmap(source_of, cells))


def source_of(key: str, name: str, kinds: str, side: str) -> Source:
    """Make a source of the cells that describe it."""
    return Source(key=key, names=split(name), kinds=[SourceKind(kind) for kind in split(kinds)], side=side or None)


def united(described: Iterable[Source]) -> Sources:
    """Unite what is said of each source.

    Raises:
        LedgerFileError: If two rows describe one so that both cannot hold.
    """
    try:
        return Sources(sorted(described, key=lambda source: source.key))
    except LedgerError as error:
        raise LedgerFileError("the table", (Problem("", error.message, error.hint, error.reason),)) from error


def _part(name: str, column: pa.Array) -> Any:
    """Give a column of some rows: identities as they are, counts as numbers, texts as numbers and their words."""
    if name in COUNTS:
        counts = whole(column)[0].fill_null(-1).to_numpy()
        return counts.astype(np.min_scalar_type(-1 - int(counts.max(initial=0))))
    if name == "claim_id":
        return column.cast(pa.string()).fill_null("")
    if not pa.types.is_dictionary(column.type):
        column = column.cast(pa.string()).dictionary_encode()
    words = column.dictionary.cast(pa.string())
    empty = pc.index(words, "").as_py()
    if empty < 0:
        empty, words = len(words), pa.concat_arrays([words, pa.array([""], pa.string())])
    return column.indices.fill_null(empty).to_numpy().astype(np.min_scalar_type(len(words))), words


def _united(parts: list[tuple[Any, pa.Array]]) -> tuple[Any, pa.Array]:
    """Put the texts of several pieces under one numbering."""
    if len(parts) == 1:
        return parts[0]
    words = pa.concat_arrays([pa.array([""], pa.string()), *(words for _, words in parts)]).dictionary_encode()
    numbers = words.indices.to_numpy()[1:].astype(np.min_scalar_type(len(words.dictionary)))
    ends = np.cumsum([0, *(len(some) for _, some in parts)])
    codes = np.empty(sum(len(each) for each, _ in parts), numbers.dtype)
    start = 0
    for place, (each, _) in enumerate(parts):
        codes[start : start + len(each)] = numbers[ends[place] : ends[place + 1]][each]
        start += len(each)
    return codes, words.dictionary


def _whole(column: Any) -> pa.Array:
    """Put the chunks of a column together."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def _first_of_each(ids: pa.Array) -> Any:
    """Give for each identity the first row that has it."""
    rows = np.arange(len(ids), dtype="int32")
    digests = _digests(ids)
    if digests is not None:
        digests.sort()
        if (digests[1:] != digests[:-1]).all():
            return rows
    coded = ids.dictionary_encode()
    numbers = coded.indices.fill_null(len(coded.dictionary)).to_numpy()
    first = np.zeros(len(coded.dictionary) + 1, "int32")
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
