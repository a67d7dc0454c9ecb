"""The little in which engines differ: numbering rows, keeping a table inside the engine, a maximum over groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from casualties.engine._lazily import Lazily
from casualties.engine._spilling import current

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw
else:
    nw = Lazily("narwhals.stable.v2", "engine")

__all__ = ["keep", "maximum_over", "number_subjects"]


def keep(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Work a table out once, and keep it inside the engine for all that is asked of it later.

    Before a table is joined to itself both sides are kept: DuckDB 2.0 compares two that are one row by row as it plans.
    """
    name = frame.implementation.value
    native: Any = frame.to_native()
    if name == "polars":
        native = native.collect(engine="streaming").lazy()
    elif name == "duckdb":
        room = current()
        native = native.materialize() if room is None else room.keep(native)
    elif name == "pyspark":
        native = native.localCheckpoint()  # cuts the plan too, which would double with every join of a table to itself
    kept: nw.LazyFrame[Any] = nw.from_native(native).lazy()
    return kept


def maximum_over(frame: nw.LazyFrame[Any], by: Sequence[str], value: nw.Expr, name: str) -> nw.LazyFrame[Any]:
    """Add the largest of a value within each group; the columns of the group hold no missing value."""
    return frame.with_columns(value.alias(name)).with_columns(nw.col(name).max().over(*by))


def number_subjects(
    frame: nw.LazyFrame[Any], facets: Sequence[str], order: Mapping[str, nw.Expr], *, placed: bool
) -> tuple[nw.LazyFrame[Any], nw.LazyFrame[Any]]:
    """Number the subjects from 1 in an order, in ``topic``, and give the rows with their numbers, and the subjects.

    Where rows have a place that stays, those of one subject are found by the place of the first of them; else by their
    texts.  After a join no engine but pandas promises the same order twice.
    """
    native: Any = frame.to_native()
    name = frame.implementation.value
    by = list(facets)
    if placed and name in ("polars", "pandas"):
        if name == "polars":
            frame = nw.from_native(native.with_row_index("row")).lazy().with_columns(nw.col("row").cast(nw.Int64))
        else:
            frame = nw.from_native(native, eager_only=True).with_row_index("row").lazy()
        frame = frame.with_columns(nw.col("row").min().over(*by).alias("first_row"))
        distinct = frame.filter(nw.col("row") == nw.col("first_row")).select("first_row", *by)
        by = ["first_row"]
        frame = frame.drop("row")
    else:
        distinct = frame.select(*by).unique()
    numbered = distinct.with_columns(**order).with_row_index("topic", order_by=list(order))
    numbered = keep(numbered.select(nw.col("topic").cast(nw.Int64) + 1, *dict.fromkeys([*by, *facets])))
    return frame.join(numbered.select("topic", *by), on=by).drop(
        *(["first_row"] if by == ["first_row"] else [])
    ), numbered.select("topic", *facets)
