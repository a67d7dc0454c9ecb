"""Claims in PySpark: reconciled on the workers by topics, with the rules that hold everywhere.

Nothing is brought to the driver but how sources are described, and which topics name one another.
"""

# pyright: reportMissingImports=false

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from casualties.columns._batches import COUNTS, TEXTS, columns_of
from casualties.columns._checks import check_table
from casualties.columns._coded import SOURCE, Rows, source_of, united
from casualties.columns._order import listed
from casualties.columns._parts import NAMING
from casualties.columns._plain import TABLES
from casualties.columns._rows import tables_of_rows
from casualties.columns._spread import COLUMNS, DIGESTED, least_of, renumbered
from casualties.errors import CasualtiesError
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.model.source import Sources
from casualties.results import Tables
from casualties.show.engines import arrow_of
from casualties.show.optional import Lazily
from casualties.show.schema import FACET_COLUMNS

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    pc: Any  # its functions are made when it is loaded
    sql: Any
else:
    np, pa, pc, pq, sql = (
        Lazily(name, extra)
        for name, extra in (
            ("numpy", "columns"),
            ("pyarrow", "columns"),
            ("pyarrow.compute", "columns"),
            ("pyarrow.parquet", "columns"),
            ("pyspark.sql.functions", "spark"),
        )
    )

__all__ = ["reconcile_in_spark"]

_TYPES: Final = {"text": "string", "count": "double", "number": "bigint", "flag": "bigint"}
_ARROW: Final = {"string": "string", "double": "float64", "bigint": "int64"}
_COLUMNS: Final = {name: {of: _TYPES[type_] for of, type_ in COLUMNS[name].items()} for name in TABLES}

_FOUND: Final = ", ".join(
    (
        "of_part bigint, listed array<string>, outside array<struct<naming: bigint, claim_id: string>>",
        *(f"{name} binary" for name in TABLES),
    )
)
"""What a worker gives of its part, in one row: its tables as Parquet files, and which claims it names and has not."""

_TOPIC: Final = "topic_digest"


def reconcile_in_spark(frame: Any, as_of: PartialDate | None, most: int, *, checked: bool) -> Tables:
    """Reconcile a frame of Spark on its workers.

    Args:
        frame: The claims.
        as_of: The day asked about.
        most: The most rows of one part that may go the way of objects.
        checked: Whether every row is known to hold what a record would take.

    Raises:
        LedgerFileError: If two rows describe a source so that both cannot hold.
    """
    names = columns_of(frame)
    claims = frame.select(*names)
    if not checked or "claim_id" not in names:
        texts = [name for name in TEXTS if name in {*names, "claim_id", "stance"} and name != "figure"]
        types = {**dict.fromkeys(texts, "string"), **dict.fromkeys(COUNTS, "bigint")}
        claims = claims.mapInArrow(partial(_check, types), _ddl(types))
        names = tuple(types)
    claims = claims.withColumn(
        _TOPIC, sql.xxhash64(*(sql.coalesce(name, sql.lit("")) for name in DIGESTED if name in names))
    )
    described = claims.select(*(name for name in SOURCE if name in names)).distinct().collect()
    sources = united(source_of(*(row.asDict().get(name) or "" for name in SOURCE)) for row in described)
    work = partial(_reconcile, sources, as_of, most)
    result = claims.repartition(_TOPIC).mapInArrow(work, _FOUND).persist()
    if moved := _moved(claims, result) if set(NAMING) & set(names) else {}:
        result.unpersist()
        least = sql.create_map(*(sql.lit(number) for pair in moved.items() for number in pair))
        claims = claims.withColumn(_TOPIC, sql.coalesce(least[sql.col(_TOPIC)], sql.col(_TOPIC)))
        result = claims.repartition(_TOPIC).mapInArrow(work, _FOUND).persist()
    ranks = result.select("of_part", "listed").coalesce(1).mapInArrow(_ranked, "of_part bigint, numbers array<bigint>")
    ranks = ranks.persist()
    ranks.count()  # how small it is tells Spark to hand it to every worker
    findings, attribution, support = (
        result.select("of_part", sql.col(name).alias("file"))
        .join(ranks, "of_part")
        .mapInArrow(partial(_numbered, name), _ddl(_COLUMNS[name]))
        for name in TABLES
    )
    return Tables(findings, attribution, support, "columns")


def _ddl(types: dict[str, str]) -> str:
    return ", ".join(f"`{name}` {type_}" for name, type_ in types.items())


def _moved(claims: Any, found: Any) -> dict[int, int]:
    """Give the topics that go with another, because a claim of the one names a claim of the other, in another part."""
    outside = found.select(sql.explode("outside").alias("each")).select("each.*")
    if outside.isEmpty():
        return {}
    named = claims.select("claim_id", sql.col(_TOPIC).alias("named"))
    pairs = outside.join(named, "claim_id").where("naming != named").select("naming", "named").distinct().collect()
    return least_of((int(naming), int(named)) for naming, named in pairs)


def _check(types: dict[str, str], batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Hold rows to what records are held to, on a worker."""
    schema = pa.schema([(name, _ARROW[type_]) for name, type_ in types.items()])
    for batch in batches:
        rows = arrow_of(check_table(pa.Table.from_batches([batch]), on_bad="raise").table)
        columns = [
            rows[name].cast(type_) if name in rows.column_names else pa.nulls(rows.num_rows, type_)
            for name, type_ in zip(schema.names, schema.types, strict=True)
        ]
        yield from pa.table(columns, schema=schema).combine_chunks().to_batches()


def _reconcile(
    sources: Sources, as_of: PartialDate | None, most: int, batches: Iterator[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """Reconcile the topics of a partition, on a worker."""
    from pyspark import TaskContext  # noqa: PLC0415 - there only on a worker

    own_batches = list(batches)
    if not own_batches:
        return
    table = pa.Table.from_batches(own_batches)
    rows, topics = Rows.of(table), table[_TOPIC].to_numpy()
    outside = [_outside(rows, topics, name) for name in NAMING]
    del own_batches, table
    task = TaskContext.get()
    with TemporaryDirectory(prefix="casualties-") as folder:
        _, left = tables_of_rows(rows, Ledger([], sources=sources), as_of, most, into=Path(folder))
        if left > most:
            raise CasualtiesError(
                f"a partition with {left:,} rows that say more than a plain count, more than {most:,}",
                "beyond-columns",
                "raise spark.sql.shuffle.partitions",
            )
        facets = pq.read_table(f"{folder}/findings", columns=[_column(facet) for facet in FACET_COLUMNS])
        files = {name: (Path(folder) / name / "part-00.parquet").read_bytes() for name in TABLES}
    yield from pa.table(
        {
            "of_part": [task.partitionId() if task else 0],
            "listed": _one(listed({facet: facets[_column(facet)] for facet in FACET_COLUMNS})),
            "outside": _one(pa.concat_tables(outside).to_struct_array().combine_chunks()),
            **{name: pa.array([content], pa.binary()) for name, content in files.items()},
        }
    ).to_batches()


def _column(facet: str) -> str:
    return "victim_status" if facet == "status" else facet


def _one(cells: pa.Array) -> pa.Array:
    """Give cells as the one list of a row."""
    return pa.ListArray.from_arrays(pa.array([0, len(cells)], pa.int32()), cells)


def _outside(rows: Rows, topics: Any, name: str) -> pa.Table:
    """Give the claims that are named and stand in another part, with the topics of who names them."""
    some = np.flatnonzero(rows.filled(name))
    if not len(some):
        return pa.table({"naming": pa.array([], pa.int64()), "claim_id": pa.array([], pa.string())})
    lists = pc.split_pattern(rows.words[name].take(pa.array(rows.codes[name][some])), "|")
    of, ids = some[pc.list_parent_indices(lists).to_numpy()], pc.list_flatten(lists)
    there = pc.is_in(ids, rows.words["claim_id"])
    return pa.table({"naming": pa.array(topics[of]), "claim_id": ids}).filter(pc.invert(there))


def _ranked(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Number all findings in the order in which subjects are listed; one worker does, and sees one text a finding."""
    given = pa.Table.from_batches(list(batches), pa.schema([("of_part", "int64"), ("listed", pa.list_(pa.string()))]))
    lists = [each for chunk in given["listed"].chunks for each in chunk]
    texts = pa.chunked_array([each.values for each in lists], pa.string())
    number = np.empty(len(texts), "int64")
    number[pc.sort_indices(texts).to_numpy()] = np.arange(1, len(texts) + 1)
    ends = np.cumsum([0, *(len(each) for each in lists)], dtype="int32")
    numbers = pa.ListArray.from_arrays(pa.array(ends), pa.array(number))
    yield from pa.table({"of_part": given["of_part"], "numbers": numbers}).to_batches()


def _numbered(name: str, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Give the rows of a table of each part, with the numbers of all findings."""
    schema = pa.schema([(column, _ARROW[type_]) for column, type_ in _COLUMNS[name].items()])
    for batch in batches:
        for file, numbers in zip(batch["file"], batch["numbers"], strict=True):
            for cells in renumbered(pa.BufferReader(file.as_buffer()), name, numbers.values.to_numpy()):
                yield from pa.table(cells).cast(schema).to_batches()
