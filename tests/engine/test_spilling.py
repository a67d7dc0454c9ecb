"""What DuckDB keeps below its limit of memory: the same answers, and only three tables left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import casualties as cs
from casualties.engine import _spilling, claims_table, reconcile_table, tables_of

from .test_equal_to_objects import content

if TYPE_CHECKING:
    from pathlib import Path


def test_tables_that_may_go_to_the_disk_give_the_same_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The answers are those of objects, and of the tables on the way none is left in the connection."""
    pytest.importorskip("narwhals", reason="the extra engine is not installed")
    arrow = pytest.importorskip("pyarrow", reason="the extra engine is not installed")
    duckdb = pytest.importorskip("duckdb", reason="the extra duckdb is not installed")
    seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
    table = claims_table(seed)
    monkeypatch.setattr(_spilling, "SPILLED", len(table))
    link = duckdb.connect()
    link.execute(f"set temp_directory = '{tmp_path}'")
    link.execute("set memory_limit = '200MB'")
    found = reconcile_table(link.from_arrow(arrow.Table.from_pandas(table, preserve_index=False)))
    assert found.path == "columns"
    assert content(found) == content(tables_of(cs.reconcile(seed)))
    kept = link.execute("select count(*) from duckdb_tables() where table_name like 'casualties_%'").fetchall()
    assert kept == [(3,)]
    monkeypatch.setattr(_spilling, "SPILLED", len(table) + 1)
    reconcile_table(link.from_arrow(arrow.Table.from_pandas(table, preserve_index=False)))
    assert link.execute("select count(*) from duckdb_tables() where table_name like 'casualties_%'").fetchall() == [
        (3,)
    ]
