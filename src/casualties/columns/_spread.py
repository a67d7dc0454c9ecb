"""A table parted by topics, each part reconciled by itself, in this process or in several, and put together again.

The rows are brought to the disk as they come, by a digest of what they are about, so that all claims on a subject meet.
Topics of which claims name one another stay together.  So the values are the same whatever the number of parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from casualties.columns._batches import batches, columns_of
from casualties.columns._coded import Rows
from casualties.columns._order import order_of
from casualties.columns._parts import ABOUT, NAMING
from casualties.columns._rows import tables_of_rows
from casualties.errors import CasualtiesError, LedgerError, LedgerFileError, Problem
from casualties.files.cells import split
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.model.source import Source, SourceKind, Sources
from casualties.results import Tables
from casualties.results.answers import TYPES
from casualties.show.optional import Lazily
from casualties.show.schema import ATTRIBUTION, FACET_COLUMNS, FINDINGS, SUPPORT

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    pc: Any  # its functions are made when it is loaded
else:
    np, pd, pa, pc, pq = (
        Lazily(name, "columns") for name in ("numpy", "pandas", "pyarrow", "pyarrow.compute", "pyarrow.parquet")
    )

__all__ = ["DIGESTED", "SOURCE", "Spread", "bytes_in", "least_of", "room_for", "sources_of", "topics_by_digest"]

BUCKETS: Final = 64
"""Into how many files the rows are brought; a part is made of one or more of them."""

BASE: Final = 125_000_000
"""About how many bytes a process takes before it holds a row."""

A_ROW: Final = 800
"""About how many bytes a row takes while its part is reconciled, with its share of the tables."""

AT_LEAST: Final = 20_000
"""The fewest rows of a part, however little memory is given."""

AT_MOST: Final = 50_000_000
"""The most rows of a part, however much memory there is: their texts are counted in 31 bits."""

_UNITS: Final = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_TOPIC: Final = "topic_digest"
DIGESTED: Final = (*ABOUT, "place")
SOURCE: Final = ("source", "source_name", "source_kind", "source_side")
_TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    "findings": FINDINGS,
    "attribution": ATTRIBUTION,
    "support": SUPPORT,
}
_ARROW: Final = {"text": "large_string", "count": "float64", "number": "int64", "flag": "int64"}


def bytes_in(memory: str | int) -> int:
    """Read how much memory is given, such as ``"1 GB"``.

    Raises:
        CasualtiesError: If it is no such amount.

    Examples:
        >>> bytes_in("1.5 GB"), bytes_in(4096)
        (1500000000, 4096)
    """
    match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*([KMGT]?)i?B?", str(memory).strip(), re.IGNORECASE)
    if match is None or not (number := float(match[1]) * _UNITS[match[2].upper()]):
        raise CasualtiesError(f"memory {memory!r}: no amount of memory", "bad-memory", "give it as '1 GB' or '500 MB'")
    return int(number)


def room_for(memory: str | int | None, processes: int, *, a_row: int = A_ROW) -> int:
    """Give how many rows may be reconciled at once by each process; where no memory is named, half of what is free.

    Raises:
        CasualtiesError: If it is no amount of memory, or no number of processes.

    Examples:
        >>> room_for("1.25 GB", 2, a_row=500)
        1000000
    """
    if processes < 1:
        raise CasualtiesError(f"processes {processes!r}: at least one works", "bad-processes", "give 1 or more")
    given = _free() // 2 if memory is None else bytes_in(memory)
    return min(max((given - processes * BASE) // a_row // processes, AT_LEAST), AT_MOST)


def _free() -> int:
    """Give how many bytes the machine could give, by what Linux says; 8 GB where nobody says."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        lines = []
    found = (int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    return next(found, 8 * 10**9)


def topics_by_digest(rows: pa.Table) -> Any:
    """Give each row a number that tells what it is about; rows on one subject have the same on every machine.

    Examples:
        >>> import pyarrow as pa
        >>> found = topics_by_digest(pa.table({"harm": ["killed", "wounded", "killed"], "low": [1, 2, 3]}))
        >>> bool(found[0] == found[2] != found[1])
        True
    """
    found = np.zeros(rows.num_rows, "uint64")
    for place, name in enumerate(DIGESTED):
        of = _digests(place, rows[name].combine_chunks()) if name in rows.column_names else np.uint64(0)
        found = (found ^ of) * np.uint64(0x9E3779B97F4A7C15)  # Fibonacci hashing: the odd number next to 2**64 / phi
        found ^= found >> np.uint64(29)
    return found


def least_of(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Join what pairs join, and give for each but the least of those joined the least.

    Examples:
        >>> least_of([(1, 2), (4, 3), (2, 3), (7, 7)])
        {2: 1, 4: 1, 3: 1}
    """
    joined: dict[int, int] = {}

    def least(one: int) -> int:
        while (other := joined.get(one, one)) != one:
            joined[one] = joined.get(other, other)
            one = other
        return one

    for pair in pairs:
        one, other = sorted(map(least, pair))
        if one != other:
            joined[other] = one
    return {each: least(each) for each in joined}


def _digests(place: int, cells: Any) -> Any:
    """Give a digest of each cell, made once of each distinct one; 0 of an empty one."""
    cells = cells if pa.types.is_dictionary(cells.type) else cells.dictionary_encode()
    cells = pa.concat_arrays(cells.unify_dictionaries().chunks) if isinstance(cells, pa.ChunkedArray) else cells
    digests = [crc32(f"{place}\x1f{word}".encode()) if word else 0 for word in cells.dictionary.to_pylist()]
    return np.asarray([*digests, 0], "uint64")[cells.indices.fill_null(len(digests)).to_numpy()]


@dataclass(frozen=True, slots=True)
class _Job:
    """A part that is to be reconciled.

    Attributes:
        folder: Where the rows lie, and where the tables go.
        number: The number of the part.
        buckets: The files of its rows.
        moved: Topics that lie in one file and belong with those of another.
        sources: The sources of all parts, since one may be described in another.
        as_of: The day asked about.
        most: The most rows that may go the way of objects.
    """

    folder: Path
    number: int
    buckets: frozenset[int]
    moved: Mapping[int, int]
    sources: Sources
    as_of: PartialDate | None
    most: int

    def rows(self) -> pa.Table:
        """Read the rows of the part."""
        coming = {topic % BUCKETS for topic, bucket in self.moved.items() if bucket in self.buckets}
        pieces = []
        for bucket in sorted(self.buckets | coming):
            path = self.folder / f"rows-{bucket:02}.arrow"
            if not path.exists():
                continue
            with pa.OSFile(str(path)) as file:
                piece = pa.ipc.open_stream(file).read_all()
            if self.moved:
                topics = piece[_TOPIC].to_pylist()
                kept = [self.moved.get(topic, bucket) in self.buckets for topic in topics]
                piece = piece.filter(pa.array(kept))
            pieces.append(piece.drop_columns([_TOPIC]))
        return pa.concat_tables(pieces)

    def path(self, name: str) -> Path:
        """Give the file of one of its tables."""
        return self.folder / f"{name}-{self.number:02}.arrow"


def _reconciled(job: _Job) -> tuple[int, str]:
    """Reconcile a part and leave its tables in files; give how many rows went the way of objects, and how."""
    tables, left = tables_of_rows(Rows.of(job.rows()), Ledger([], sources=job.sources), job.as_of, job.most)
    if left > job.most:
        return left, ""
    for name, columns in _TABLES.items():
        schema = pa.schema([(column, _ARROW[type_]) for column, type_ in columns.items()])
        table = pa.Table.from_pandas(getattr(tables, name), preserve_index=False)
        table = table.select(list(columns)).replace_schema_metadata(None).cast(schema)
        if name == "attribution":  # of which many rows share a role
            table = table.set_column(2, "role", table["role"].dictionary_encode().unify_dictionaries())
            schema = table.schema
        with pa.OSFile(str(job.path(name)), "wb") as file, pa.ipc.new_stream(file, schema) as writer:
            writer.write_table(table)
    return left, tables.path


@dataclass(slots=True)
class Spread(AbstractContextManager["Spread"]):
    """A table whose rows were brought to the disk by what they are about.

    Attributes:
        rows: How many rows there are.
    """

    rows: int = 0
    _folder: TemporaryDirectory[str] = field(default_factory=lambda: TemporaryDirectory(prefix="casualties-"))
    _sizes: dict[int, int] = field(default_factory=dict)
    _sources: Sources = field(default_factory=lambda: Sources([]))
    _moved: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Any) -> Spread:
        """Bring the rows of a table, which were checked, to the disk as they come.

        Raises:
            LedgerFileError: If two rows describe a source so that both cannot hold.
        """
        spread = cls()
        described: set[tuple[str, ...]] = set()
        naming: list[pa.Table] = []
        names = columns_of(table)
        with ExitStack() as open_:
            writers: dict[int, Any] = {}
            for batch in batches(table, names):
                rows = pa.table({**batch.texts, **batch.counts})
                spread.rows += rows.num_rows
                topics = topics_by_digest(rows)
                rows = rows.append_column(_TOPIC, pa.array(topics))
                described |= _described(rows)
                naming += _naming(rows)
                buckets = (topics % np.uint64(BUCKETS)).astype("int64")
                rows = rows.take(pa.array(np.argsort(buckets, kind="stable")))
                sizes = np.bincount(buckets, minlength=BUCKETS)
                for bucket in np.flatnonzero(sizes).tolist():
                    if bucket not in writers:
                        file = open_.enter_context(pa.OSFile(str(spread._path(bucket)), "wb"))
                        writers[bucket] = open_.enter_context(pa.ipc.new_stream(file, rows.schema))
                    start = int(sizes[:bucket].sum())
                    writers[bucket].write_table(rows.slice(start, int(sizes[bucket])))
                    spread._sizes[bucket] = spread._sizes.get(bucket, 0) + int(sizes[bucket])
        spread._sources = sources_of(described)
        spread._keep_together(naming)
        return spread

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def _path(self, bucket: int) -> Path:
        return Path(self._folder.name) / f"rows-{bucket:02}.arrow"

    def _keep_together(self, naming: Iterable[pa.Table]) -> None:
        """Find the topics of which claims name one another, and let the least tell where all of them go."""
        links = pa.concat_tables(list(naming)) if naming else None
        if links is None:
            return
        named = links["named"].unique()
        where: dict[str, int] = {}
        for bucket in self._sizes:
            with pa.OSFile(str(self._path(bucket))) as file:
                for batch in pa.ipc.open_stream(file):
                    some = pc.is_in(batch["claim_id"], named)
                    found = batch.select(["claim_id", _TOPIC]).filter(some)
                    where.update(zip(found["claim_id"].to_pylist(), found[_TOPIC].to_pylist(), strict=True))
        pairs: Iterator[tuple[int, str]] = zip(links[_TOPIC].to_pylist(), links["named"].to_pylist(), strict=True)
        moved = least_of((topic, where.get(name, topic)) for topic, name in pairs)
        self._moved = {topic: least % BUCKETS for topic, least in moved.items()}

    def parts(self, room: int) -> list[frozenset[int]]:
        """Put files together until they hold as many rows as may be reconciled at once."""
        found: list[set[int]] = []
        held = 0
        for bucket in sorted({*self._sizes, *self._moved.values()}):
            size = self._sizes.get(bucket, 0)
            if not found or held + size > room:
                found.append(set())
                held = 0
            found[-1].add(bucket)
            held += size
        return [frozenset(each) for each in found]

    def reconciled(self, *, as_of: PartialDate | None, most: int, room: int, processes: int) -> tuple[_Parts, int]:
        """Reconcile part by part, and count the rows that went the way of objects; with too many nothing is given."""
        folder = Path(self._folder.name)
        room = min(room, -(-self.rows // processes))
        jobs = [
            _Job(folder, number, buckets, self._moved, self._sources, as_of, most)
            for number, buckets in enumerate(self.parts(room))
        ]
        if processes > 1 and len(jobs) > 1:
            with ProcessPoolExecutor(min(processes, len(jobs)), get_context("spawn")) as pool:
                done = list(pool.map(_reconciled, jobs))
        else:
            done = [_reconciled(job) for job in jobs]
        left = max((rows for rows, _ in done), default=0)
        return _Parts(jobs, "objects" if any(path == "objects" for _, path in done) else "columns"), left


class _Parts:
    """The tables of all parts, as files."""

    def __init__(self, jobs: list[_Job], path: str) -> None:
        self._jobs, self.path = jobs, path

    def _table(self, job: _Job, name: str) -> pa.Table:
        return pa.ipc.open_stream(pa.memory_map(str(job.path(name)))).read_all()

    def _numbered(self) -> tuple[pa.Table, list[Any]]:
        """Give all findings in the order in which subjects are listed, and by part the numbers of its findings."""
        findings = [self._table(job, "findings") for job in self._jobs]
        whole = pa.concat_tables(findings)
        facets = {name: whole["victim_status" if name == "status" else name] for name in FACET_COLUMNS}
        order = order_of(facets)
        number = np.empty(len(order), "int64")
        number[order] = np.arange(1, len(order) + 1)
        numbers, start = [], 0
        for finding in findings:
            new = np.zeros(finding.num_rows + 1, "int64")
            new[finding["finding"].to_numpy()] = number[start : start + finding.num_rows]
            numbers.append(new)
            start += finding.num_rows
        whole = whole.take(pa.array(order)).set_column(0, "finding", pa.array(np.arange(1, len(order) + 1)))
        return whole, numbers

    def _renumbered(self, name: str, numbers: list[Any]) -> Iterator[pa.Table]:
        for job, new in zip(self._jobs, numbers, strict=True):
            table = self._table(job, name)
            yield table.set_column(0, "finding", pa.array(new[table["finding"].to_numpy()]))

    def tables(self) -> Tables:
        """Put the tables together in pandas."""
        findings, numbers = self._numbered()
        attribution, support = (
            _framed(pa.concat_tables(self._renumbered(name, numbers)), _TABLES[name]) for name in list(_TABLES)[1:]
        )
        return Tables(_framed(findings, FINDINGS), attribution, support, self.path)

    def write(self, folder: Path) -> None:
        """Write the tables into a folder, as Parquet files that can be read one by one."""
        for name in _TABLES:
            (folder / name).mkdir(parents=True)
        findings, numbers = self._numbered()
        pq.write_table(findings, folder / "findings" / "part-00.parquet")
        del findings
        for name in list(_TABLES)[1:]:
            for number, table in enumerate(self._renumbered(name, numbers)):
                pq.write_table(table, folder / name / f"part-{number:02}.parquet")


def _framed(table: pa.Table, columns: Mapping[str, str]) -> Any:
    for place, name in enumerate(table.column_names):
        if pa.types.is_dictionary(table.schema.field(name).type):
            table = table.set_column(place, name, table[name].cast(pa.large_string()))
    types = {pa.large_string(): pd.StringDtype("pyarrow"), pa.float64(): pd.Float64Dtype(), pa.int64(): pd.Int64Dtype()}
    frame = table.to_pandas(types_mapper=types.get, self_destruct=True, split_blocks=True)
    return frame.astype({name: TYPES[type_] for name, type_ in columns.items()})


def _described(rows: pa.Table) -> set[tuple[str, ...]]:
    """Give the distinct descriptions of sources in some rows."""
    names = [name for name in SOURCE if name in rows.column_names]
    distinct = rows.select(names).group_by(names, use_threads=False).aggregate([]).to_pylist()
    return {tuple(row.get(name) or "" for name in SOURCE) for row in distinct}


def sources_of(described: Iterable[tuple[str, ...]]) -> Sources:
    """Unite what is said of each source."""
    try:
        return Sources(
            Source(key=key, names=tuple(split(name)), kinds=tuple(map(SourceKind, split(kinds))), side=side or None)
            for key, name, kinds, side in sorted(set(described))
        )
    except LedgerError as error:
        raise LedgerFileError("the table", (Problem("", error.message, error.hint, error.reason),)) from error


def _naming(rows: pa.Table) -> Iterator[pa.Table]:
    """Give who names which claims, by what the naming claim is about."""
    for name in NAMING:
        if name in rows.column_names:
            some = rows.select([name, _TOPIC]).filter(pc.not_equal(rows[name], ""))
            lists = pc.split_pattern(some[name], "|")
            topics = some[_TOPIC].take(pc.list_parent_indices(lists))
            yield pa.table({"named": pc.list_flatten(lists), _TOPIC: topics})
