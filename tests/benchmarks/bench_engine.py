"""How long reconciling takes, and how much memory, by engine and size: `python tests/benchmarks/bench_engine.py SIZE…`.

Every measurement runs in a process of its own, from a Parquet file to Parquet files, on two threads.  Beside each
stands what a hand-written query takes that groups by the same columns of text and gives only the least, the greatest
and the number.  Processor time is what to compare where a machine does other work as well.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

FACETS = ("harm", "side", "status", "role", "age", "place", "event", "since")
THREADS = "2"
MEMORY = "1500MB"
ENGINES = ("hand-written DuckDB", "hand-written pandas", "polars", "duckdb", "pandas", "objects")
LARGEST = {"objects": 20_000, "pandas": 1_000_000, "hand-written pandas": 5_000_000}
"""The most claims that an engine is asked for, since more would take hours or all of the memory."""

CLAIMS = """
with drawn as (
  select i, hash(i * 7 + 1) a, hash(i * 11 + 2) b, hash(i * 13 + 3) c, hash(i * 17 + 5) d, hash(i * 19 + 7) e,
    (hash(i) % {subjects})::bigint s
  from range({number}) numbers(i)
)
select 'c1-' || substr(md5(i::varchar), 1, 20) claim_id,
  'source-' || (a % 5) source,
  (['government', 'monitor', 'media', 'belligerent', 'ngo'])[((a % 5) + 1)::bigint] source_kind,
  case when a % 5 = 0 then 'side-0' when a % 5 = 3 then 'side-1' end source_side,
  'states' stance,
  case when s % 3 = 0 then 'wounded' else 'killed' end harm,
  'side-' || (s % 2) side,
  (['combatant', 'civilian', null])[((s % 3) + 1)::bigint] status,
  case when s % 7 = 0 then 'medic' end as role,
  case when s % 5 = 0 then 'child' end as age,
  'place-' || (s % 5000) place,
  'event-' || s event,
  strftime(date '2020-01-01' + (s % 300)::int, '%Y-%m-%d') since,
  strftime(
    date '2020-01-01' + (s % 300)::int + case when e % 10 = 0 then 11 + (d % 5)::int else 10 end, '%Y-%m-%d'
  ) until,
  (s % 50 + b % 8)::bigint low,
  case when c % 5 > 0 then (s % 50 + b % 8 + c % 4)::bigint end high,
  strftime(date '2020-01-01' + (s % 300)::int + case when e % 10 = 0 then 16 else 12 end, '%Y-%m-%d') stated,
  case when d % 20 = 0 then lag('c1-' || substr(md5(i::varchar), 1, 20)) over (partition by s order by i) end based_on
from drawn
"""
"""Five sources, one fifth open ends, a tenth revisions, and one in twenty based on another claim."""


def claims_file(folder: Path, number: int, subjects: int) -> Path:
    """Write a table of claims; those based on a copy stand on their own."""
    import duckdb

    path = folder / f"{number}-{subjects}.parquet"
    if not path.exists():
        link = duckdb.connect()
        link.execute(f"set threads = {THREADS}")
        link.execute(f"create table claims as {CLAIMS.format(number=number, subjects=subjects)}")
        link.execute(
            "create table kept as select a.claim_id from claims a join claims b on a.based_on = b.claim_id "
            "where b.based_on is null"
        )
        copies = "case when claim_id in (select claim_id from kept) then based_on end"
        query = f"select * replace ({copies} as based_on) from claims"  # noqa: S608 - our own words
        link.execute(f"copy ({query}) to '{path}' (format parquet)")
    return path


def duckdb_by_hand(path: str, folder: str) -> None:
    """Group by the same columns of text, and give the least, the greatest and the number."""
    import duckdb

    link = duckdb.connect()
    link.execute(f"set threads = {THREADS}")
    names = ", ".join(FACETS)
    query = f"select {names}, min(low) low, max(high) high, count(*) number from '{path}' group by {names}"  # noqa: S608 - our own words
    link.execute(f"copy ({query}) to '{folder}/hand.parquet' (format parquet)")


def pandas_by_hand(path: str, folder: str) -> None:
    """Do the same with pandas."""
    import pandas as pd

    table = pd.read_parquet(path, columns=[*FACETS, "low", "high"])
    grouped = table.groupby(list(FACETS), dropna=False, sort=False)
    grouped.agg(low=("low", "min"), high=("high", "max"), number=("low", "size")).to_parquet(f"{folder}/hand.parquet")


def as_columns(engine: str, path: str, folder: str) -> None:
    """Reconcile with attribution."""
    from casualties.engine import reconcile_table

    if engine == "polars":
        import polars as pl

        tables = reconcile_table(pl.scan_parquet(path), checked=True)
        for name in ("findings", "attribution", "support"):
            getattr(tables, name).sink_parquet(f"{folder}/{name}.parquet", compression="snappy")
    elif engine == "duckdb":
        import duckdb

        link = duckdb.connect()
        for setting in (f"threads = {THREADS}", f"memory_limit = '{MEMORY}'", f"temp_directory = '{folder}/spill'"):
            link.execute(f"set {setting}")
        link.execute("set preserve_insertion_order = false")
        tables = reconcile_table(link.read_parquet(path), checked=True)
        for name in ("findings", "attribution", "support"):
            getattr(tables, name).write_parquet(f"{folder}/{name}.parquet")
    else:
        import pandas as pd

        tables = reconcile_table(pd.read_parquet(path, dtype_backend="pyarrow"), checked=True)
        for name in ("findings", "attribution", "support"):
            getattr(tables, name).to_parquet(f"{folder}/{name}.parquet")


def as_objects(path: str) -> dict[str, float]:
    """Reconcile as objects, and give the time without reading."""
    import pandas as pd

    import casualties as cs
    from casualties.engine import ledger_of, tables_of

    table = pd.read_parquet(path)
    identified = table.drop(columns=["claim_id", "based_on"]).assign(claim_id="")
    ledger = ledger_of(identified)
    start, processor = time.perf_counter(), time.process_time()
    tables_of(cs.reconcile(ledger))
    return {"seconds": time.perf_counter() - start, "processor": time.process_time() - processor}


def measure(engine: str, path: str) -> None:
    """Measure one engine in this process, and print what was found."""
    with tempfile.TemporaryDirectory() as folder:
        start, processor = time.perf_counter(), time.process_time()
        found: dict[str, Any] = {}
        if engine == "hand-written DuckDB":
            duckdb_by_hand(path, folder)
        elif engine == "hand-written pandas":
            pandas_by_hand(path, folder)
        elif engine == "objects":
            found = as_objects(path)
        else:
            as_columns(engine, path, folder)
        found = {"seconds": time.perf_counter() - start, "processor": time.process_time() - processor, **found}
    found["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps(found))


def main() -> None:
    """Measure every engine at every size, and print a table for the docs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--claims-a-subject", type=float, default=5.75)
    parser.add_argument("--engines", nargs="*", default=list(ENGINES), choices=ENGINES)
    parser.add_argument("--measure", nargs=2, metavar=("ENGINE", "PATH"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        measure(*asked.measure)
        return
    lines = ["| claims | subjects | engine | seconds | processor seconds | claims/s | MB | times the DuckDB query |"]
    lines.append("|---:|---:|---|---:|---:|---:|---:|---:|")
    environment = {**os.environ, "POLARS_MAX_THREADS": THREADS, "OMP_NUM_THREADS": THREADS}
    with tempfile.TemporaryDirectory() as folder:
        for number in asked.sizes:
            subjects = round(number / asked.claims_a_subject)
            path = claims_file(Path(folder), number, subjects)
            peer = 0.0
            for engine in asked.engines:
                if number > LARGEST.get(engine, number):
                    continue
                command = [sys.executable, __file__, "--measure", engine, str(path)]
                run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
                if run.returncode:
                    lines.append(f"| {number:,} | {subjects:,} | {engine} | failed: {run.stderr.splitlines()[-1:]} |")
                    continue
                found = json.loads(run.stdout)
                peer = found["processor"] if engine == "hand-written DuckDB" else peer
                times = f"{found['processor'] / peer:.1f}" if peer else ""
                lines.append(
                    f"| {number:,} | {subjects:,} | {engine} | {found['seconds']:.2f} | {found['processor']:.2f} | "
                    f"{number / found['seconds']:,.0f} | {found['megabytes']:,.0f} | {times} |"
                )
            sys.stderr.write(f"{number:,} claims measured\n")
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
