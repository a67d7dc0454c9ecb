"""What it costs to check a table, to identify its rows, to append it, and to reconcile what changed.

Run ``python tests/benchmarks/bench_living.py SIZE…``; figures are seconds of the processor, and rows by that second.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

OBJECTS = 3_000
"""Of how many rows objects are made, to set beside."""


@contextmanager
def timed(name: str, rows: int) -> Iterator[None]:
    """Print what some work takes."""
    start = time.process_time()
    yield
    seconds = time.process_time() - start
    print(f"{name:>40}: {seconds:8.2f} s, {rows / seconds:12,.0f} rows/s", flush=True)


def measure(number: int) -> None:
    """Measure a table of a number of claims, with one subject for six of them."""
    import duckdb
    import polars as pl

    from casualties.columns import ParquetLedger, check_table, ledger_of

    claims: str = import_module("bench_columns").CLAIMS
    query = claims.format(number=number + 100, subjects=number // 6)
    ordered = f"select * exclude (claim_id, based_on) from ({query}) order by hash(claim_id)"
    table = pl.DataFrame(duckdb.connect().from_query(ordered).to_arrow_table())
    some = table.head(OBJECTS)
    with timed("rows read as objects", OBJECTS):
        ledger_of(some)
    made = [claim.replacing() for claim in ledger_of(some)]
    with timed("identities of objects", OBJECTS):
        _ = [claim.id for claim in made]
    with timed("check_table, identities made", table.height):
        checked = check_table(table).table
    with timed("check_table, identities compared", table.height):
        check_table(checked)
    with tempfile.TemporaryDirectory() as folder:
        living = ParquetLedger(folder)
        with timed("first append", number):
            living.append(table.head(number))
        with timed("first reconcile", number):
            living.reconcile()
        with timed("reconcile, nothing appended", number):
            living.reconcile()
        for start, more in ((0, 1), (1, 99)):
            with timed(f"append of {more}", more):
                living.append(table.slice(number + start, more))
            with timed(f"reconcile after an append of {more}", number):
                living.reconcile()


if __name__ == "__main__":
    for size in sys.argv[1:]:
        print(f"{int(size):,} claims")
        measure(int(size))
