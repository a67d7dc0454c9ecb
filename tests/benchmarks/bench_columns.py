"""How long reconciling takes, and how much memory: `python tests/benchmarks/bench_columns.py SIZE…`.

``--small`` sets objects beside hand-written pandas in one process, ``--crossover`` looks for the size from which
columns pay, ``--json FILE`` keeps what was measured, and ``--draw JSON SVG`` draws the growth of it.

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
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FACETS = ("harm", "side", "status", "role", "age", "place", "event", "since")
THREADS = "2"
MEMORY = "1500MB"
PARTED = "polars in parts"
"""Reconciled part by part, each with all claims on its subjects, which bounds the memory."""
PARTS = 8
ENGINES = ("hand-written DuckDB", "hand-written pandas", "polars", PARTED, "duckdb", "pandas", "objects")
LARGEST = {"objects": 20_000, "pandas": 1_000_000, "hand-written pandas": 5_000_000}
"""The most claims that an engine is asked for, since more would take hours or all of the memory."""

CLAIMS = """
with drawn as (
  select i, hash(i * 7 + 1) a, hash(i * 11 + 2) b, hash(i * 13 + 3) c, hash(i * 17 + 5) d, hash(i * 19 + 7) e,
    (hash(i) % {subjects})::bigint s
  from range({number}) numbers(i)
)
select 'source-' || (a % 5) source,
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
  d % 20 = 0 linked
from drawn order by s, i
"""
"""Five sources, one fifth open ends, a tenth revisions, and one in twenty based on another claim."""


def claims_file(folder: Path, number: int, subjects: int) -> Path:
    """Write a table of claims under their identities, each once; those based on a copy stand on their own."""
    import duckdb
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from casualties.columns import check_table

    path = folder / f"{number}-{subjects}.parquet"
    if not path.exists():
        link = duckdb.connect()
        link.execute(f"set threads = {THREADS}")
        drawn = link.sql(CLAIMS.format(number=number, subjects=subjects)).to_arrow_table()
        ids = pa.table({"claim_id": check_table(drawn.drop_columns(["linked"])).table["claim_id"].to_numpy()})
        first = ids.append_column("at", pa.array(range(number))).group_by("claim_id", use_threads=False)
        at = first.aggregate([("at", "min")]).sort_by("at_min")["at_min"]
        rows = pa.table({"claim_id": ids["claim_id"], **{name: drawn[name] for name in drawn.column_names}})
        rows = rows.take(at).combine_chunks()
        identity, linked, event = (rows[name].combine_chunks() for name in ("claim_id", "linked", "event"))
        before = pc.and_(linked[1:], pc.and_(pc.equal(event[1:], event[:-1]), pc.invert(linked[:-1])))
        bases = pa.concat_arrays(
            [pa.nulls(1, pa.string()), pc.if_else(before, identity[:-1], pa.scalar(None, pa.string()))]
        )
        pq.write_table(rows.drop_columns(["linked"]).append_column("based_on", bases), path)
    return path


def duckdb_by_hand(path: str, folder: str) -> None:
    """Group by the same columns of text, and give the least, the greatest and the number."""
    import duckdb

    link = duckdb.connect()
    link.execute(f"set threads = {THREADS}")
    names = ", ".join(FACETS)
    query = f"select {names}, min(low) low, max(high) high, count(*) number from '{path}' group by {names}"
    link.execute(f"copy ({query}) to '{folder}/hand.parquet' (format parquet)")


def pandas_by_hand(path: str, folder: str) -> None:
    """Do the same with pandas."""
    import pandas as pd

    table = pd.read_parquet(path, columns=[*FACETS, "low", "high"])
    grouped = table.groupby(list(FACETS), dropna=False, sort=False)
    grouped.agg(low=("low", "min"), high=("high", "max"), number=("low", "size")).to_parquet(f"{folder}/hand.parquet")


def as_columns(engine: str, path: str, folder: str) -> None:
    """Reconcile with attribution."""
    from casualties.columns import reconcile_table

    parts: list[Any] = []
    if engine in ("polars", PARTED):
        import polars as pl

        claims, number = pl.scan_parquet(path), 1 if engine == "polars" else PARTS
        parts += [claims.filter(pl.col("event").hash() % number == part) for part in range(number)]
    elif engine == "duckdb":
        import duckdb

        link = duckdb.connect()
        for setting in (f"threads = {THREADS}", f"memory_limit = '{MEMORY}'", f"temp_directory = '{folder}/spill'"):
            link.execute(f"set {setting}")
        parts.append(link.read_parquet(path))
    else:
        import pandas as pd

        parts.append(pd.read_parquet(path, dtype_backend="pyarrow"))
    for place, part in enumerate(parts):
        tables = reconcile_table(part, checked=True).tables
        for name in ("findings", "attribution", "support"):
            getattr(tables, name).to_parquet(f"{folder}/{name}-{place}.parquet")


def as_objects(path: str) -> dict[str, float]:
    """Reconcile as objects, and give the time without reading."""
    import pandas as pd

    import casualties as cs
    from casualties.columns import ledger_of

    table = pd.read_parquet(path)
    identified = table.drop(columns=["claim_id", "based_on"]).assign(claim_id="")
    ledger = ledger_of(identified)
    start, processor = time.perf_counter(), time.process_time()
    len(cs.reconcile(ledger).tables)
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


def fastest(act: Callable[[], object], times: int = 7) -> float:
    """Give the least processor time of several runs, in milliseconds."""
    found = []
    for _ in range(times):
        start = time.process_time()
        act()
        found.append(time.process_time() - start)
    return 1000 * min(found)


def small() -> None:
    """Set reconciling objects, with every value worked out, beside one grouped call of pandas on the same claims."""
    import pandas as pd

    import casualties as cs
    from casualties.columns import ledger_of

    sys.path.insert(0, str(Path(__file__).parents[2]))
    from tests.columns.objects import attribution_rows, finding_rows, support_rows

    def worked_out(ledger: cs.Ledger) -> None:
        result = cs.reconcile(ledger)
        for rows in (finding_rows, attribution_rows, support_rows):
            list(rows(result))

    print(
        "| claims | objects, ms | with all values, ms | hand-written pandas, ms | times |\n|---:|---:|---:|---:|---:|"
    )
    with tempfile.TemporaryDirectory() as folder:
        for number in (10, 1_000):
            table = pd.read_parquet(claims_file(Path(folder), number, max(round(number / 5.75), 2)))
            ledger = ledger_of(table.drop(columns=["claim_id", "based_on"]))
            plain = fastest(lambda ledger=ledger: [finding.status for finding in cs.reconcile(ledger)])  # type: ignore[misc]
            full = fastest(lambda ledger=ledger: worked_out(ledger))  # type: ignore[misc]
            peer = fastest(
                lambda table=table: table.groupby(list(FACETS), dropna=False).agg(  # type: ignore[misc]
                    low=("low", "min"), high=("high", "max"), number=("low", "size")
                )
            )
            print(f"| {number:,} | {plain:.2f} | {full:.2f} | {peer:.2f} | {plain / peer:.1f} ({full / peer:.1f}) |")


def crossover() -> None:
    """Compare objects, reading included, with the columns of each engine, from a table to all values in pandas."""
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    import casualties as cs
    from casualties.columns import claims_table, ledger_of, reconcile_table
    from casualties.columns.schema import RESOLVED

    def all_values(result: cs.Reconciliation) -> None:
        for frame in (result.tables.to_frame, result.attribution_frame, result.support_frame):
            frame()

    print("| claims | objects, ms | polars, ms | pandas, ms | DuckDB, ms |\n|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for number in (1_000, 2_000, 4_000):
            table = pd.read_parquet(claims_file(Path(folder), number, round(number / 5.75)))
            ledger = ledger_of(table.drop(columns=["claim_id", "based_on"]))
            flat = claims_table(ledger).drop(columns=list(RESOLVED))
            arrow = pa.Table.from_pandas(flat, preserve_index=False)
            row = [fastest(lambda flat=flat: all_values(cs.reconcile(ledger_of(flat))), 3)]  # type: ignore[misc]
            tables = (pl.DataFrame(arrow).lazy(), flat, duckdb.connect().from_arrow(arrow))
            row += [fastest(lambda each=each: all_values(reconcile_table(each)), 3) for each in tables]  # type: ignore[misc]
            print(f"| {number:,} | {' | '.join(f'{each:,.0f}' for each in row)} |")


def draw(data: Path, picture: Path) -> None:
    """Draw processor seconds by claims, one line an engine, with the same colours and texts every time."""
    import vl_convert

    rows = [
        {"claims": each["claims"], "engine": each["engine"], "seconds": each["found"]["processor"]}
        for each in json.loads(data.read_text(encoding="utf-8"))
        if each["claims"] / each["subjects"] < 10
    ]
    axis = {"type": "quantitative", "scale": {"type": "log"}, "axis": {"format": "~s", "tickCount": 6}}
    chart = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 560,
        "height": 320,
        "data": {"values": rows},
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": {**axis, "field": "claims", "title": "claims"},
            "y": {**axis, "field": "seconds", "title": "processor seconds"},
            "color": {"field": "engine", "type": "nominal", "title": None, "scale": {"scheme": "tableau10"}},
        },
    }
    picture.write_text(vl_convert.vegalite_to_svg(chart) + "\n", encoding="utf-8")


def main() -> None:
    """Measure every engine at every size, and print a table for the docs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--claims-a-subject", type=float, default=5.75)
    parser.add_argument("--engines", nargs="*", default=list(ENGINES), choices=ENGINES)
    parser.add_argument("--small", action="store_true", help="set objects beside hand-written pandas")
    parser.add_argument("--crossover", action="store_true", help="look for the size from which columns pay")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep what was measured, with what is there already")
    parser.add_argument("--draw", nargs=2, type=Path, metavar=("JSON", "SVG"), help="draw the growth")
    parser.add_argument("--measure", nargs=2, metavar=("ENGINE", "PATH"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        measure(*asked.measure)
    elif asked.small:
        small()
    elif asked.crossover:
        crossover()
    elif asked.draw:
        draw(*asked.draw)
    else:
        found = measured(asked.sizes, asked.claims_a_subject, asked.engines)
        sys.stdout.write(table_of(found))
        if asked.json:
            kept = json.loads(asked.json.read_text(encoding="utf-8")) if asked.json.exists() else []
            rows = ",\n ".join(json.dumps(each) for each in [*kept, *found])
            asked.json.write_text(f"[{rows}]\n", encoding="utf-8")


def measured(sizes: Iterable[int], claims_a_subject: float, engines: Iterable[str]) -> list[dict[str, Any]]:
    """Measure each in a process of its own."""
    environment = {**os.environ, "POLARS_MAX_THREADS": THREADS, "OMP_NUM_THREADS": THREADS}
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for number in sizes:
            subjects = round(number / claims_a_subject)
            path = claims_file(Path(folder), number, subjects)
            for engine in engines:
                if number > LARGEST.get(engine, number):
                    continue
                command = [sys.executable, __file__, "--measure", engine, str(path)]
                run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
                if run.returncode:
                    sys.stderr.write(f"{engine} at {number:,} claims failed: {run.stderr.splitlines()[-1:]}\n")
                    continue
                row = {"claims": number, "subjects": subjects, "engine": engine, "found": json.loads(run.stdout)}
                found.append(row)
            sys.stderr.write(f"{number:,} claims measured\n")
    return found


def table_of(rows: Iterable[dict[str, Any]]) -> str:
    """Set what was measured as a table for the docs."""
    lines = ["| claims | subjects | engine | seconds | processor seconds | claims/s | MB | times the DuckDB query |"]
    lines.append("|---:|---:|---|---:|---:|---:|---:|---:|")
    peers: dict[tuple[int, int], float] = {}
    for row in rows:
        number, subjects, engine, found = row["claims"], row["subjects"], row["engine"], row["found"]
        if engine == "hand-written DuckDB":
            peers[number, subjects] = found["processor"]
        peer = peers.get((number, subjects))
        times = f"{found['processor'] / peer:.1f}" if peer else ""
        lines.append(
            f"| {number:,} | {subjects:,} | {engine} | {found['seconds']:.2f} | {found['processor']:.2f} | "
            f"{number / found['seconds']:,.0f} | {found['megabytes']:,.0f} | {times} |"
        )
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
