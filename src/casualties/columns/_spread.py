"""A table parted by topics, each part reconciled by itself, in this process or in several, and put together again.

The rows are brought to the disk as they come, by a digest of what they are about, so that all claims on a subject meet.
Topics of which claims name one another stay together.  So the values are the same whatever the number of parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from casualties.columns._batches import COUNTS, TEXTS, columns_of
from casualties.columns._coded import TOGETHER, Rows, united
from casualties.columns._order import order_of
from casualties.columns._parts import ABOUT, NAMING
from casualties.columns._plain import TABLES
from casualties.columns._rows import tables_of_rows
from casualties.errors import CasualtiesError
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.model.source import Source, Sources
from casualties.results import Tables
from casualties.results.answers import framed, write_pieces
from casualties.show.engines import pieces
from casualties.show.optional import Lazily
from casualties.show.schema import ATTRIBUTION, FACET_COLUMNS, FINDINGS, SUPPORT

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    pc: Any  # its functions are made when it is loaded
else:
    np, pa, pc, pq = (Lazily(name, "columns") for name in ("numpy", "pyarrow", "pyarrow.compute", "pyarrow.parquet"))

__all__ = ["COLUMNS", "DIGESTED", "Spread", "bytes_in", "least_of", "renumbered", "room_for", "topics_by_digest"]

BUCKETS: Final = 64
"""Into how many files the rows are brought; a part is made of one or more of them."""

BASE: Final = 200_000_000
"""About how many bytes a process takes before it holds a row."""

A_ROW: Final = 800
"""About how many bytes a row takes while its part is reconciled, with its share of the tables."""

AT_LEAST: Final = 20_000
"""The fewest rows of a part, however little memory is given."""

AT_MOST: Final = 50_000_000
"""The most rows of a part, however much memory there is: their texts are counted in 31 bits."""

_UNITS: Final = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_TOPIC: Final = "topic_digest"
_ODD: Final = 0x9E3779B97F4A7C15
"""The odd number next to 2**64 / phi, by which digests are spread (Fibonacci hashing)."""
DIGESTED: Final = (*ABOUT, "place")
COLUMNS: Final[Mapping[str, Mapping[str, str]]] = dict(zip(TABLES, (FINDINGS, ATTRIBUTION, SUPPORT), strict=True))


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
        >>> room_for("1.4 GB", 2, a_row=500)
        1000000
    """
    if processes < 1:
        raise CasualtiesError(f"processes {processes!r}: at least one works", "bad-processes", "give 1 or more")
    bytes_free = _free() // 2 if memory is None else bytes_in(memory)
    return min(max((bytes_free - processes * BASE) // a_row // processes, AT_LEAST), AT_MOST)


def _free() -> int:
    """Give how many bytes the machine could give, by what Linux says; 8 GB where nobody says."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        lines = []
    available = (int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    return next(available, 8 * 10**9)


def topics_by_digest(rows: Rows) -> Any:
    """Give each row a number that tells what it is about; rows on one subject have the same on every machine.

    Examples:
        >>> import pyarrow as pa
        >>> table = pa.table({"source": ["a", "b", "a"], "harm": ["killed", "wounded", "killed"], "low": [1, 2, 3]})
        >>> found = topics_by_digest(Rows.of(table))
        >>> bool(found[0] == found[2] != found[1])
        True
    """
    digest = np.zeros(len(rows), "uint64")
    for name in DIGESTED:
        if name in rows.codes:
            digest ^= _digests(rows.words[name])[rows.codes[name]]
        digest *= np.uint64(_ODD)
        digest ^= digest >> np.uint64(29)
    return digest


def _digests(words: pa.Array) -> Any:
    """Give a number for each text, of its letters by their places; 0 for an empty one."""
    _, ends, letters = words.buffers()
    ends = np.frombuffer(ends, "int32")[words.offset : words.offset + len(words) + 1]
    letters = np.frombuffer(letters or b"", "uint8")[ends[0] : ends[-1]]
    ends = ends - ends[0]
    sizes = np.diff(ends)
    powers = np.multiply.accumulate(np.full(int(sizes.max(initial=0)), _ODD, "uint64"))
    weighed = letters * powers[np.arange(len(letters)) - np.repeat(ends[:-1], sizes)]
    return np.diff(np.concatenate([[np.uint64(0)], np.cumsum(weighed, dtype="uint64")])[ends])


def least_of(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Join what pairs join, and give for each but the least of those joined the least.

    Examples:
        >>> least_of([(1, 2), (4, 3), (2, 3), (7, 7)])
        {2: 1, 4: 1, 3: 1}
    """
    joined: dict[int, int] = {}

    def least(topic: int) -> int:
        while (other := joined.get(topic, topic)) != topic:
            joined[topic] = joined.get(other, other)
            topic = other
        return topic

    for pair in pairs:
        first, other = sorted(map(least, pair))
        if first != other:
            joined[other] = first
    return {topic: least(topic) for topic in joined}


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
        names: The columns of rows.
    """

    folder: Path
    number: int
    buckets: frozenset[int]
    moved: Mapping[int, int]
    sources: Sources
    as_of: PartialDate | None
    most: int
    names: tuple[str, ...]

    def rows(self) -> Rows:
        """Read the rows of the part."""
        return Rows.joined(self._pieces(), self.names)

    def _pieces(self) -> Iterator[pa.Table]:
        moved = np.asarray(sorted(self.moved), "uint64")
        to = np.asarray([self.moved[topic] for topic in moved.tolist()], "int64")
        coming = {topic % BUCKETS for topic, bucket in self.moved.items() if bucket in self.buckets}
        for bucket in sorted(self.buckets | coming):
            for piece in _kept(self.folder / f"rows-{bucket:02}.arrow"):
                topics = piece[_TOPIC].to_numpy()
                goes = np.full(len(topics), bucket)
                if len(moved):
                    at = np.minimum(np.searchsorted(moved, topics), len(moved) - 1)
                    goes = np.where(moved[at] == topics, to[at], bucket)
                yield piece.filter(pa.array(np.isin(goes, list(self.buckets))))

    @property
    def into(self) -> Path:
        """The folder of its tables."""
        return self.folder / f"part-{self.number:02}"


def _kept(path: Path) -> Iterator[pa.Table]:
    """Read the pieces in a file, one after the other."""
    if path.exists():
        with pa.OSFile(str(path)) as file:
            while file.tell() < file.size():
                yield pa.ipc.open_stream(file).read_all()


def _reconciled(job: _Job) -> tuple[int, str]:
    """Reconcile a part and leave its tables in files; give how many rows went the way of objects, and how."""
    beside = Ledger([], sources=job.sources)
    tables, left = tables_of_rows(job.rows(), beside, job.as_of, job.most, into=job.into)
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
    _names: tuple[str, ...] = ()

    @classmethod
    def of(cls, table: Any) -> Spread:
        """Bring the rows of a table, which were checked, to the disk as they come.

        Raises:
            LedgerFileError: If two rows describe a source so that both cannot hold.
        """
        spread = cls()
        described: set[Source] = set()
        naming: list[pa.Table] = []
        spread._names = tuple(name for name in columns_of(table) if name in TEXTS or name in COUNTS)
        for piece in pieces(table, spread._names, together=TOGETHER // 4):
            rows = Rows.joined([piece], spread._names)
            spread.rows += len(rows)
            topics = topics_by_digest(rows)
            described |= rows.described()
            naming += _naming(rows, topics)
            buckets = (topics % np.uint64(BUCKETS)).astype("uint8")
            order = np.argsort(buckets, kind="stable")
            rows, topics = rows.take(order), topics[order]
            start = 0
            for bucket, size in enumerate(np.bincount(buckets, minlength=BUCKETS).tolist()):
                if size:
                    some = rows.compact(start, start + size).append_column(_TOPIC, [topics[start : start + size]])
                    with spread._path(bucket).open("ab") as file, pa.ipc.new_stream(file, some.schema) as writer:
                        writer.write_table(some)
                    spread._sizes[bucket] = spread._sizes.get(bucket, 0) + size
                start += size
            pa.default_memory_pool().release_unused()
        spread._sources = united(described)
        spread._keep_together(naming)
        return spread

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def _path(self, bucket: int) -> Path:
        return Path(self._folder.name) / f"rows-{bucket:02}.arrow"

    def _keep_together(self, naming: list[pa.Table]) -> None:
        """Find the topics of which claims name one another, and let the least tell where all of them go."""
        if not naming:
            return
        links = pa.concat_tables(naming)
        named = links["named"].unique()
        where, known = np.zeros(len(named), "uint64"), np.zeros(len(named), bool)
        for some in self._identified():
            at = pc.index_in(some["claim_id"], named)
            there = np.flatnonzero(at.is_valid().to_numpy())
            found = at.take(pa.array(there)).to_numpy()
            where[found], known[found] = some[_TOPIC].to_numpy()[there], True
        of = pc.index_in(links["named"], named).to_numpy()
        topics = links[_TOPIC].to_numpy()
        apart = np.flatnonzero(known[of] & (where[of] != topics))
        moved = least_of(zip(topics[apart].tolist(), where[of[apart]].tolist(), strict=True))
        self._moved = {topic: least % BUCKETS for topic, least in moved.items()}

    def _identified(self) -> Iterator[pa.Table]:
        """Give the identities of all rows with what they are about, many at a time."""
        held: list[pa.Table] = []
        for bucket in sorted(self._sizes):
            held += [piece.select(["claim_id", _TOPIC]) for piece in _kept(self._path(bucket))]
            if sum(piece.num_rows for piece in held) >= TOGETHER or bucket == max(self._sizes):
                yield pa.concat_tables(held)
                held = []

    def parts(self, room: int) -> list[frozenset[int]]:
        """Put files together until they hold as many rows as may be reconciled at once."""
        all_parts: list[set[int]] = []
        held = 0
        for bucket in sorted({*self._sizes, *self._moved.values()}):
            size = self._sizes.get(bucket, 0)
            if not all_parts or held + size > room:
                all_parts.append(set())
                held = 0
            all_parts[-1].add(bucket)
            held += size
        return [frozenset(part) for part in all_parts]

    def reconciled(self, *, as_of: PartialDate | None, most: int, room: int, processes: int) -> tuple[_Parts, int]:
        """Reconcile part by part, and count the rows that went the way of objects; with too many nothing is given."""
        folder = Path(self._folder.name)
        room = min(room, -(-self.rows // processes))
        jobs = [
            _Job(folder, number, buckets, self._moved, self._sources, as_of, most, self._names)
            for number, buckets in enumerate(self.parts(room))
        ]
        if processes > 1 and len(jobs) > 1:
            with ProcessPoolExecutor(min(processes, len(jobs)), get_context("spawn")) as pool:
                done = list(pool.map(_reconciled, jobs))
        else:
            done = [_reconciled(job) for job in jobs]
        pa.default_memory_pool().release_unused()
        left = max((rows for rows, _ in done), default=0)
        return _Parts(jobs, "objects" if any(path == "objects" for _, path in done) else "columns"), left


class _Parts:
    """The tables of all parts, as files."""

    def __init__(self, jobs: list[_Job], path: str) -> None:
        self._jobs, self.path = jobs, path

    def _numbered(self) -> tuple[dict[str, Any], list[Any]]:
        """Give all findings in the order in which subjects are listed, and by part the numbers of its findings."""
        folders = [job.into / TABLES[0] for job in self._jobs]
        ends = np.cumsum([0, *(pq.read_metadata(folder / "part-00.parquet").num_rows for folder in folders)])

        def column(name: str) -> pa.ChunkedArray:
            return pa.concat_tables([pq.read_table(folder, columns=[name]) for folder in folders])[name]

        order = order_of({name: column("victim_status" if name == "status" else name) for name in FACET_COLUMNS})
        number = np.empty(len(order), "int64")
        number[order] = np.arange(1, len(order) + 1)
        found: dict[str, Any] = {"finding": np.arange(1, len(order) + 1)}
        places = pa.array(order)
        for name, type_ in list(FINDINGS.items())[1:]:
            cells = column(name).take(places).combine_chunks()
            found[name] = cells.dictionary_encode() if type_ == "text" else cells
            pa.default_memory_pool().release_unused()
        return found, [number[start:stop] for start, stop in pairwise(ends)]

    def _renumbered(self, name: str, numbers: list[Any]) -> Iterator[dict[str, Any]]:
        for job, new in zip(self._jobs, numbers, strict=True):
            yield from renumbered(job.into / name / "part-00.parquet", name, new)

    def tables(self) -> Tables:
        """Put the tables together in pandas."""
        findings, numbers = self._numbered()
        attribution, support = (framed(self._renumbered(name, numbers), COLUMNS[name]) for name in TABLES[1:])
        return Tables(framed([findings], FINDINGS), attribution, support, self.path)

    def write(self, folder: Path) -> None:
        """Write the tables into a folder, as Parquet files that can be read one by one."""
        findings, numbers = self._numbered()
        write_pieces(folder / TABLES[0], [findings])
        del findings
        for name in TABLES[1:]:
            write_pieces(folder / name, self._renumbered(name, numbers))


def renumbered(file: Any, name: str, numbers: Any) -> Iterator[dict[str, Any]]:
    """Read a table of a part piece by piece, with other numbers for its findings."""
    columns = COLUMNS[name]
    texts = [column for column, type_ in columns.items() if type_ == "text"]
    with pq.ParquetFile(file, read_dictionary=texts) as given:
        for group in range(given.num_row_groups):
            table = given.read_row_group(group).unify_dictionaries()
            cells = {column: table[column].combine_chunks() for column in columns}
            yield {**cells, "finding": numbers[cells["finding"].to_numpy() - 1]}
            pa.default_memory_pool().release_unused()


def _naming(rows: Rows, topics: Any) -> Iterator[pa.Table]:
    """Give who names which claims, by what the naming claim is about."""
    for name in NAMING:
        some = np.flatnonzero(rows.filled(name))
        if len(some):
            cells = rows.words[name].take(pa.array(rows.codes[name][some]))
            lists = pc.split_pattern(cells, "|")
            of = topics[some[pc.list_parent_indices(lists).to_numpy()]]
            yield pa.table({"named": pc.list_flatten(lists), _TOPIC: of})
