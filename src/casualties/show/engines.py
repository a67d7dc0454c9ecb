"""What holds a table: frames of pandas and polars, relations of DuckDB, Arrow, files of Parquet, frames of Spark.

Whatever gives itself as a stream of Arrow (by `__arrow_c_stream__`) is a table; the others have ways of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from casualties.errors import LedgerFileError, MappingError, Problem
from casualties.show.optional import Lazily

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.dataset as ds
else:
    pa, pd, ds = (Lazily(name, "columns") for name in ("pyarrow", "pandas", "pyarrow.dataset"))

__all__ = ["ROWS", "arrow_of", "columns_in", "engine_of", "like", "pieces", "rows_in"]

ROWS: Final = 131_072
"""How many rows are looked at together."""

_ENGINES: Final = {
    "pandas": "pandas",
    "polars": "polars",
    "duckdb": "duckdb",
    "_duckdb": "duckdb",
    "pyspark": "spark",
    "pyarrow": "arrow",
}
_KINDS: Final = {
    "pandas": ("DataFrame",),
    "polars": ("DataFrame", "LazyFrame"),
    "duckdb": ("DuckDBPyRelation",),
    "spark": ("DataFrame",),
    "arrow": ("Table", "RecordBatch", "FileSystemDataset", "UnionDataset", "InMemoryDataset"),
}


def engine_of(table: Any) -> str:
    """Name what holds a table.

    Raises:
        MappingError: If it is no table.

    Examples:
        >>> import pandas as pd
        >>> engine_of(pd.DataFrame())
        'pandas'
    """
    for kind in type(table).__mro__:
        engine = _ENGINES.get(kind.__module__.partition(".")[0], "")
        if kind.__name__ in _KINDS.get(engine, ()):
            return engine
    if hasattr(table, "__arrow_c_stream__"):
        return "stream"
    raise MappingError(
        f"a {type(table).__name__} is no table", "unknown-format", "give a frame of pandas, polars or DuckDB"
    )


def columns_in(table: Any) -> list[str]:
    """Give the names of the columns.

    Raises:
        MappingError: If it is no table.

    Examples:
        >>> import pyarrow as pa
        >>> columns_in(pa.table({"harm": ["killed"]}))
        ['harm']
    """
    engine = engine_of(table)
    if engine == "polars" and hasattr(table, "collect_schema"):
        return list(table.collect_schema().names())
    if engine == "arrow":
        return list(table.schema.names)
    if engine == "stream":
        return list(pa.table(table).column_names)
    return [str(name) for name in table.columns]


def rows_in(table: Any) -> int:
    """Count the rows.

    Raises:
        MappingError: If it is no table.

    Examples:
        >>> import pyarrow as pa
        >>> rows_in(pa.table({"harm": ["killed", "wounded"]}))
        2
    """
    engine = engine_of(table)
    if engine == "polars" and not hasattr(table, "height"):
        polars = Lazily("polars", "polars")
        return int(table.select(polars.len()).collect().item())
    if engine == "spark":
        return int(table.count())
    if engine == "arrow" and hasattr(table, "count_rows"):
        return int(table.count_rows())
    return len(pa.table(table) if engine == "stream" else table)


def pieces(table: Any, names: Sequence[str], *, together: int | None = None) -> Iterator[pa.Table]:
    """Give some columns in Arrow, some rows at a time and in their order.

    Raises:
        LedgerFileError: If a column holds what is neither text nor number.
        MappingError: If it is no table.

    Examples:
        >>> import pandas as pd
        >>> [piece.num_rows for piece in pieces(pd.DataFrame({"harm": ["killed"], "low": [7]}), ["harm"])]
        [1]
    """
    engine = engine_of(table)
    columns = list(names)
    size = together or ROWS
    if engine == "polars":
        for piece in table.lazy().select(columns).collect_batches(chunk_size=size, maintain_order=True):
            yield piece.to_arrow()
        return
    if engine == "duckdb":
        for batch in table.select(*columns).to_arrow_reader(size):
            yield pa.Table.from_batches([batch])
        return
    if engine == "arrow" and hasattr(table, "to_batches") and hasattr(table, "count_rows"):
        slowly = ds.ParquetFragmentScanOptions(pre_buffer=False, use_buffered_stream=True)
        ahead = {"batch_readahead": 0, "fragment_readahead": 0, "fragment_scan_options": slowly}
        for batch in table.to_batches(columns=columns, batch_size=size, **ahead):
            yield pa.Table.from_batches([batch])
        return
    if engine == "pandas":
        rows = _of_pandas(table[columns])
    elif engine == "spark":
        rows = table.select(*columns).toArrow()
    else:
        rows = pa.table(table).select(columns)
    for start in range(0, rows.num_rows, size):
        yield rows.slice(start, size)


def arrow_of(table: Any, names: Sequence[str] | None = None) -> pa.Table:
    """Bring a table to Arrow whole.

    Raises:
        LedgerFileError: If a column holds what is neither text nor number.
        MappingError: If it is no table.

    Examples:
        >>> import pandas as pd
        >>> arrow_of(pd.DataFrame({"harm": ["killed"], "low": [7]})).column_names
        ['harm', 'low']
    """
    engine = engine_of(table)
    columns = list(columns_in(table) if names is None else names)
    if engine == "polars":
        return table.lazy().select(columns).collect().to_arrow()
    if engine == "pandas":
        return _of_pandas(table[columns])
    tables = list(pieces(table, columns))
    return pa.concat_tables(tables) if tables else _of_pandas(pd.DataFrame(columns=pd.Index(columns)))


def like(table: Any, rows: pa.Table) -> Any:
    """Put rows into the engine in which a table lies; into pandas where it is another than polars and DuckDB.

    Raises:
        MappingError: If it is no table.

    Examples:
        >>> import pandas as pd, pyarrow as pa
        >>> type(like(pd.DataFrame(), pa.table({"low": [1]}))).__name__
        'DataFrame'
    """
    engine = engine_of(table)
    if engine in ("polars", "duckdb"):
        return Lazily(engine, engine).from_arrow(rows)
    return rows.to_pandas(types_mapper=pd.ArrowDtype)


def _of_pandas(frame: Any) -> pa.Table:
    try:
        return pa.Table.from_pandas(frame, preserve_index=False)
    except pa.ArrowException as error:
        problem = Problem("", f"a column mixes texts with what is none: {error.args[0]}", "make it a column of texts")
        raise LedgerFileError("the table", (problem,)) from error
