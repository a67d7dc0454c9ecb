"""Claims that many rows of a table made, held as columns until somebody asks for one."""

# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

from casualties.errors import CasualtiesError
from casualties.files.alike import Kinds, kinds, together
from casualties.files.cells import unprotect
from casualties.files.csv import rows as rows_of
from casualties.files.mapped._distinct import Found, arrays
from casualties.files.rows import NO_CONTENT, RowReader
from casualties.model.claim import Claim
from casualties.model.ledger import Ledger
from casualties.model.source import Source

__all__ = ["FIGURE", "HeldClaims", "Kept", "claims_in", "narrow", "united"]

FIGURE: Final = ("low", "high", "best")

_TOGETHER: Final = 10_000
"""Of how many rows claims are made together."""

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


class Kept(NamedTuple):
    """Columns that stay with some claims.

    Attributes:
        size: How many claims there are.
        make: What gives them as one text for each claim; nothing is said where there are none.
    """

    size: int
    make: Callable[[], Found | None]


class HeldClaims:
    """The claims of a table, as `casualties.model.held.Held` holds them.

    Attributes:
        table: The claims in Arrow, one row each, with columns of the flat CSV, without their identities.
        declares: The ledger of all else that was read, with the claims of the rows that were read by themselves,
            which are the last rows of ``table``.

    Args:
        table: See above.
        declares: See above.
        numbers: The row of the table in which each claim stands that was read as columns.
        stray: The other claims, each with the number of its row.
        kept: What stays with the claims that were read as columns, piece by piece.
    """

    def __init__(
        self,
        table: Any,  # noqa: ANN401 - of Arrow
        declares: Ledger,
        numbers: Any,  # noqa: ANN401 - an array
        stray: Sequence[tuple[int, Claim]],
        kept: Sequence[Kept],
    ) -> None:
        self.table, self.declares = table, declares
        self._numbers, self._stray, self._kept = numbers, stray, kept

    def __len__(self) -> int:
        return len(self.alike.first)

    @cached_property
    def alike(self) -> Kinds:
        """Which rows are of one claim."""
        return _alike(
            (self.table[name] for name in self.table.column_names if name not in NO_CONTENT), self.table.num_rows
        )

    @property
    def speaking(self) -> int:
        """How many sources there are that say something."""
        return len(arrays().pc.unique(self.table["source"])) if self.table.num_rows else 0

    def whole(self) -> Ledger:
        """Make every claim.

        Raises:
            LedgerError: If claims and declarations contradict one another.
        """
        return self.declares | Ledger(self._made(), sources=self.declares.sources)

    def _made(self) -> Iterator[Claim]:
        do, reader = arrays(), RowReader()
        table = self.table.slice(0, len(self._numbers))
        table = table.select([name for name in table.column_names if name != "extra"])
        given = [piece.make() or Found(do.np.full(piece.size, -1, "int32"), []) for piece in self._kept]
        if given and (extra := united(do, given)) is not None:
            table = table.append_column("extra", extra)
        for start in range(0, table.num_rows, _TOGETHER):
            for number, row in enumerate(table.slice(start, _TOGETHER).to_pylist(), start + 1):
                cells = {name: str(cell) for name, cell in row.items() if cell is not None}
                claim, _, problems = reader.read(number, cells)
                if claim is None:  # pragma: no cover - each cell was read by the records
                    raise CasualtiesError(f"row {number}: {problems}", "internal", "please report this")
                yield claim

    @cached_property
    def repeated(self) -> tuple[tuple[int, int], ...]:
        """The rows that say nothing but what a row before them says, each with that row."""
        do = arrays()
        np, pa, pc = do.np, do.pa, do.pc
        tables = [self.table.slice(0, len(self._numbers))]
        tables += [claims_in(Ledger([claim], sources=[Source(key=claim.source)])) for _, claim in self._stray]
        table = pa.concat_tables(tables, promote_options="permissive")
        numbers = np.concatenate([self._numbers, np.asarray([number for number, _ in self._stray], "int64")])
        numbers = np.repeat(numbers, [1] * len(self._numbers) + [each.num_rows for each in tables[1:]])
        columns = {name: table[name] for name in table.column_names if name not in _SAYS_NOTHING}
        if "locator" in columns:
            place = pc.binary_join_element_wise("row ", pa.array(numbers).cast(pa.string()), "")
            given = columns["locator"].cast(pa.string())
            columns["locator"] = pc.if_else(pc.equal(given, place), pa.scalar(None, pa.string()), given)
        of, _ = _alike([*columns.values()], len(numbers))
        order = np.argsort(numbers, kind="stable")
        numbers, of = numbers[order], of[order]
        first = numbers[np.unique(of, return_index=True)[1]][of]
        states = pc.equal(table["stance"].cast(pa.string()), "states") if len(numbers) else pa.array([], pa.bool_())
        again = (first != numbers) & states.to_numpy(zero_copy_only=False)[order]
        found: dict[int, int] = {}
        for number, one in zip(numbers[again].tolist(), first[again].tolist(), strict=True):
            found.setdefault(number, one)
        return tuple(found.items())


def _alike(columns: Iterable[Any], size: int) -> Kinds:
    """Number the distinct rows of some columns; with the first of each."""
    do = arrays()
    codes = []
    for cells in columns:
        coded = cells if do.pa.types.is_dictionary(cells.type) else cells.dictionary_encode()
        whole = coded.unify_dictionaries().combine_chunks()
        whole = do.pa.concat_arrays(whole.chunks) if isinstance(whole, do.pa.ChunkedArray) else whole
        codes.append(whole.indices.fill_null(-1).to_numpy())
    return kinds(together(codes, size))


def united(do: Any, given: Sequence[Found]) -> Any:  # noqa: ANN401 - of Arrow
    """Give pieces of a column as one, in which each text that is said stands once; ``None`` where nothing is said."""
    np, pa = do.np, do.pa
    lists = {id(found.words): found.words for found in given}
    words = [each if isinstance(each, pa.Array) else pa.array(each, pa.string()) for each in lists.values()]
    starts = dict(zip(lists, np.cumsum([0, *map(len, words)], dtype="int32"), strict=False))
    ends = [np.where(found.codes < 0, np.int32(-1), found.codes + starts[id(found.words)]) for found in given]
    codes, texts = np.concatenate(ends), pa.concat_arrays(words)
    if len(words) > 1 or not all(found.distinct for found in given):
        coded = texts.dictionary_encode()
        texts = coded.dictionary
        codes = np.append(coded.indices.fill_null(-1).to_numpy(), np.int32(-1))[codes]
    said = np.zeros(len(texts) + 1, bool)
    said[codes] = True
    if not said[:-1].any():
        return None
    if not said[:-1].all():
        texts = texts.filter(pa.array(said[:-1]))
        said[-1] = False
        codes = np.where(said, np.cumsum(said, dtype="int32") - 1, np.int32(-1))[codes]
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0 if (codes < 0).any() else None), texts)


def narrow(table: Any) -> Any:  # noqa: ANN401 - a table of Arrow
    """Number the texts of columns of one numbering each in as few bytes as they take, and put each column together."""
    pa = arrays().pa
    columns = {}
    for name in table.column_names:
        cells = table[name].combine_chunks()
        cells = pa.concat_arrays(cells.chunks) if isinstance(cells, pa.ChunkedArray) else cells
        if pa.types.is_dictionary(cells.type):
            size = len(cells.dictionary)
            type_ = pa.int8() if size < 1 << 7 else pa.int16() if size < 1 << 15 else pa.int32()
            cells = pa.DictionaryArray.from_arrays(cells.indices.cast(type_), cells.dictionary)
        columns[name] = cells
    return pa.table(columns)


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
