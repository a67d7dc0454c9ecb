"""Claims in PySpark: reconciled on the workers by topics, with the rules that hold everywhere.

Nothing is brought to the driver but how sources are described, and which topics name one another.
"""

# pyright: reportMissingImports=false

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial, reduce
from typing import TYPE_CHECKING, Any, Final

from casualties.columns._batches import COUNTS, TEXTS, columns_of
from casualties.columns._checks import check_table
from casualties.columns._coded import SOURCE, Rows, source_of, united
from casualties.columns._order import listed
from casualties.columns._parts import NAMING
from casualties.columns._rows import tables_of_rows
from casualties.columns._spread import DIGESTED, least_of
from casualties.errors import CasualtiesError
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.model.source import Sources
from casualties.results import Tables
from casualties.show.engines import arrow_of
from casualties.show.optional import Lazily
from casualties.show.schema import ATTRIBUTION, FACET_COLUMNS, FINDINGS, SUPPORT

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    sql: Any
    windows: Any
else:
    np, pa, sql, windows = (
        Lazily(name, extra)
        for name, extra in (
            ("numpy", "columns"),
            ("pyarrow", "columns"),
            ("pyspark.sql.functions", "spark"),
            ("pyspark.sql.window", "spark"),
        )
    )

__all__ = ["reconcile_in_spark"]

_TYPES: Final = {"text": "string", "count": "double", "number": "bigint", "flag": "bigint"}
_ARROW: Final = {"string": "string", "double": "float64", "bigint": "int64"}
_NESTED: Final = {
    "attribution": {name: _TYPES[type_] for name, type_ in ATTRIBUTION.items() if name != "finding"},
    "support": {name: _TYPES[type_] for name, type_ in SUPPORT.items() if name != "finding"},
}
_COLUMNS: Final = {"of_part": "bigint", "listed": "string", **{name: _TYPES[type_] for name, type_ in FINDINGS.items()}}
"""What workers give: one row a finding, and in it a list for each of the other two tables."""

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
    sources = united({source_of(*(row.asDict().get(name) or "" for name in SOURCE)) for row in described})
    if moved := _moved(claims, names):
        least = sql.create_map(*(sql.lit(each) for pair in moved.items() for each in pair))
        claims = claims.withColumn(_TOPIC, sql.coalesce(least[sql.col(_TOPIC)], sql.col(_TOPIC)))
    work = partial(_reconcile, sources, as_of, most)
    lists = "".join(f", `{name}` array<struct<{_ddl(columns, ':')}>>" for name, columns in _NESTED.items())
    found = claims.repartition(_TOPIC).drop(_TOPIC).mapInArrow(work, _ddl(_COLUMNS) + lists)
    found = found.withColumnRenamed("finding", "local").persist()
    number = sql.row_number().over(windows.Window.orderBy("listed")).cast("bigint")
    numbers = found.select("of_part", "local", "listed").withColumn("finding", number).drop("listed").persist()
    nested = {
        name: found.select("of_part", "local", sql.explode(name).alias("row"))
        .join(numbers, ["of_part", "local"])
        .select("finding", *(f"row.{column}" for column in columns))
        for name, columns in _NESTED.items()
    }
    findings = found.drop(*_NESTED).join(numbers, ["of_part", "local"]).select(*FINDINGS)
    return Tables(findings, nested["attribution"], nested["support"], "columns")


def _ddl(types: dict[str, str], between: str = " ") -> str:
    return ", ".join(f"`{name}`{between}{type_}" for name, type_ in types.items())


def _moved(claims: Any, names: Iterable[str]) -> dict[int, int]:
    """Give the topics that go with another, because a claim of the one names a claim of the other."""
    naming = [name for name in NAMING if name in names]
    if not naming:
        return {}
    links = reduce(
        lambda one, other: one.unionByName(other),
        (
            claims.where(sql.col(name) != "").select(
                sql.explode(sql.split(name, r"\|")).alias("claim_id"), sql.col(_TOPIC).alias("naming")
            )
            for name in naming
        ),
    )
    named = claims.select("claim_id", sql.col(_TOPIC).alias("named"))
    pairs = links.join(named, "claim_id").where("naming != named").select("naming", "named").distinct().collect()
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

    given = list(batches)
    if not given:
        return
    tables, left = tables_of_rows(Rows.of(pa.Table.from_batches(given)), Ledger([], sources=sources), as_of, most)
    if left > most:
        raise CasualtiesError(
            f"a partition with {left:,} rows that say more than a plain count, more than {most:,}",
            "beyond-columns",
            "raise spark.sql.shuffle.partitions",
        )
    task = TaskContext.get()
    rows = arrow_of(tables.findings, list(FINDINGS)).sort_by("finding")
    facets = {facet: rows["victim_status" if facet == "status" else facet] for facet in FACET_COLUMNS}
    part = pa.repeat(pa.scalar(task.partitionId() if task else 0, pa.int64()), rows.num_rows)
    taken = {"of_part": part, "listed": listed(facets), **{name: rows[name] for name in FINDINGS}}
    columns = {name: taken[name].cast(_ARROW[type_]) for name, type_ in _COLUMNS.items()}
    columns |= {name: _nested(getattr(tables, name), types, rows.num_rows) for name, types in _NESTED.items()}
    yield from pa.table(columns).combine_chunks().to_batches(max_chunksize=50_000)


def _nested(table: Any, types: dict[str, str], number: int) -> pa.Array:
    """Give the rows of a table as one list for each finding."""
    rows = arrow_of(table, ["finding", *types])
    finding = rows["finding"].cast(pa.int64()).to_numpy()
    rows = rows.take(pa.array(np.argsort(finding, kind="stable")))
    ends = np.concatenate([[0], np.cumsum(np.bincount(finding, minlength=number + 1)[1:])]).astype("int32")
    cells = [rows[name].cast(_ARROW[type_]).combine_chunks() for name, type_ in types.items()]
    return pa.ListArray.from_arrays(pa.array(ends), pa.StructArray.from_arrays(cells, names=list(types)))
