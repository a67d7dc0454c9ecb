"""The engines that are installed, each as a way to put a pandas table into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import pandas as pd

ENGINES = ("pandas", "polars", "duckdb")


def put(table: pd.DataFrame, engine: str) -> Any:
    """Put a table into an engine, or skip the test with the reason."""
    pytest.importorskip("pyarrow", reason="the extra columns is not installed")
    arrow = pytest.importorskip("pyarrow", reason="the extra columns is not installed")
    if engine == "pandas":
        return table
    rows = arrow.Table.from_pandas(table, preserve_index=False)
    if engine == "polars":
        return pytest.importorskip("polars", reason="the extra polars is not installed").from_arrow(rows).lazy()
    return pytest.importorskip("duckdb", reason="the extra duckdb is not installed").connect().from_arrow(rows)
