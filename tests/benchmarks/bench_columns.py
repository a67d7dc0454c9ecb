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
SAME_TABLES = "hand-written DuckDB, same tables"
"""SQL that writes findings, attribution and support, by simpler rules: see `tables_by_hand`."""
PATHS: dict[str, dict[str, Any]] = {
    "path": {},
    "path, rows checked": {"checked": False},
    "path in parts": {"memory": "1 GB"},
    "path in two processes": {"processes": 2},
}
"""From a Parquet file to a folder of Parquet files, with what is asked for."""
SPARK = ("Spark, bare groupBy", "Spark")
ENGINES = (
    *("hand-written DuckDB", SAME_TABLES, "hand-written pandas", *PATHS),
    *("polars", "duckdb", "pandas", "objects", *SPARK),
)
LARGEST = {
    "objects": 20_000,
    "pandas": 1_000_000,
    "hand-written pandas": 5_000_000,
    **dict.fromkeys(("polars", "duckdb", *SPARK), 1_000_000),
}
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


def tables_by_hand(path: str, folder: str) -> None:
    """Write the same three tables by SQL: the honest bound for what holds all claims in columns.

    It knows the latest statement of each source, versions, carried days, pairs, common ranges, spans and best-supported
    ranges; it leaves out partial dates and hours, counted floors, early counts, outliers, what two bear out, confidence
    and everything that a link can say beside a copy.
    """
    import duckdb

    link = duckdb.connect()
    for setting in (f"threads = {THREADS}", "preserve_insertion_order = false", f"temp_directory = '{folder}/spill'"):
        link.execute(f"set {setting}")
    names, top = ", ".join(FACETS), 2**31 - 1
    same = " and ".join(f"subjects.{name} is not distinct from given.{name}" for name in FACETS)
    listed = "row_number() over (order by " + names + ")"
    link.execute(f"create table subjects as select {listed} finding, * from (select distinct {names} from '{path}')")
    link.execute(f"""create table claims as select finding, source, claim_id claim, low, coalesce(high, {top}) high,
        until::date as counted, stated::date as said, based_on is not null as copied
        from '{path}' given join subjects on {same}""")
    link.execute("""create table told as select *, moment = max(moment) over (partition by finding, source) as newest
        from (select *, (counted - date '2000-01-01') * 100000 + (said - date '2000-01-01') as moment
        from claims where not copied)""")
    link.execute("""create table positions as select finding, source, any_value(counted) as counted,
        min(low) least, max(high) most,
        if(max(low) <= min(high), max(low), min(low)) low, if(max(low) <= min(high), min(high), max(high)) high,
        min(low) = max(low) and min(high) = max(high) same from told where newest group by all""")
    link.execute("""create table days as select finding, max(counted) as counted, min(least) span_low,
        max(most) span_high, max(low) floor, count(*) sources, bool_or(not same) divided from positions group by all""")
    link.execute("""create table pairs as select one.finding, one.source a, two.source b,
        greatest(if(one.counted <= two.counted, one.low - two.high, -1),
        if(two.counted <= one.counted, two.low - one.high, -1)) gap
        from positions one join positions two on one.finding = two.finding and one.source < two.source""")
    link.execute(
        "create table apart as select finding, count(*) disputes, max(gap) gap from pairs where gap > 0 group by 1"
    )
    link.execute("""create table heard as select positions.* from positions join days using (finding)
        where positions.counted = days.counted""")
    link.execute("""create table allowed as select one.finding, one.low, min(two.high) high, count(*) allow
        from (select distinct finding, low from heard) one join heard two
        on one.finding = two.finding and two.low <= one.low and one.low <= two.high group by 1, 2""")
    link.execute("""create table support as select * from allowed
        qualify allow = max(allow) over (partition by finding)""")
    link.execute("""create table findings as select days.finding, days.counted as until, span_low, span_high,
        sources, divided, coalesce(disputes, 0) disputes, gap, if(disputes is null, floor, null) common_low,
        if(disputes is null, ceiling, null) common_high, ranges, allow, claim_count, set_aside,
        case when disputes > 0 then 'disputed' when sources = 1 then 'single source'
             when allow > 1 then 'corroborated' else 'compatible' end status
        from days left join apart using (finding)
        join (select finding, min(high) ceiling from heard group by 1) using (finding)
        join (select finding, count(*) ranges, max(allow) allow from support group by 1) using (finding)
        join (select finding, count(*) claim_count from claims group by 1) using (finding)
        join (select finding, count(*) filter (not newest) set_aside from told group by 1) using (finding)""")
    link.execute(f"""copy (select * from subjects join findings using (finding) order by finding)
        to '{folder}/findings.parquet' (format parquet)""")
    link.execute("""create table disputing as select finding, a source from pairs where gap > 0
        union select finding, b from pairs where gap > 0""")
    link.execute("""create table supporting as select distinct heard.finding, source from heard join support
        on heard.finding = support.finding and heard.low <= support.low and support.low <= heard.high""")
    link.execute("""create table roles as select told.finding, claim,
        case when not newest then 'replaced' when same then 'stands' else 'version' end fate,
        newest and positions.low = common_low a, newest and positions.high = common_high b,
        newest and told.low = span_low c,
        newest and told.high = span_high d, newest and supporting.source is not null e,
        newest and disputing.source is not null f
        from told join positions using (finding, source) join findings using (finding)
        left join supporting using (finding, source) left join disputing using (finding, source)""")
    acts = {
        "a": "sets the floor of the common range",
        "b": "sets the ceiling of the common range",
        "c": "sets the floor of the span",
        "d": "sets the ceiling of the span",
        "e": "supports a best-supported range",
        "f": "disputes",
    }
    long = " union all ".join(f"select finding, claim, '{role}' from roles where {act}" for act, role in acts.items())
    link.execute(f"""copy (select finding, claim, fate as role from roles union all
        select finding, claim, 'copy' from claims where copied union all {long})
        to '{folder}/attribution.parquet' (format parquet)""")
    link.execute(f"copy (select finding, low, high from support) to '{folder}/support.parquet' (format parquet)")


def pandas_by_hand(path: str, folder: str) -> None:
    """Do the same with pandas."""
    import pandas as pd

    table = pd.read_parquet(path, columns=[*FACETS, "low", "high"])
    grouped = table.groupby(list(FACETS), dropna=False, sort=False)
    grouped.agg(low=("low", "min"), high=("high", "max"), number=("low", "size")).to_parquet(f"{folder}/hand.parquet")


def as_columns(engine: str, path: str, folder: str) -> None:
    """Reconcile with attribution."""
    from casualties.columns import reconcile_table

    if engine == "polars":
        import polars as pl

        table: Any = pl.scan_parquet(path)
    elif engine == "duckdb":
        import duckdb

        table = duckdb.connect(config={"threads": THREADS, "memory_limit": MEMORY}).read_parquet(path)
    else:
        import pandas as pd

        table = pd.read_parquet(path, dtype_backend="pyarrow")
    tables = reconcile_table(table, checked=True).tables
    for name in ("findings", "attribution", "support"):
        getattr(tables, name).to_parquet(f"{folder}/{name}.parquet")


def in_spark(engine: str, path: str, folder: str) -> dict[str, float]:
    """Reconcile in a local session of two threads, or group by the same columns; without the start of the session."""
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as sql

    from casualties.columns import reconcile_table

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.driver.memory", "3g")
    for name, value in SESSION.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.range(10).count()
    start, processor = time.perf_counter(), processor_of_all()
    claims = session.read.parquet(path)
    if engine == "Spark":
        tables = reconcile_table(claims, checked=True).tables
        for name in ("findings", "attribution", "support"):
            getattr(tables, name).write.parquet(f"{folder}/{name}")
    else:
        ends = sql.min("low").alias("low"), sql.max("high").alias("high"), sql.count("*").alias("number")
        claims.groupBy(*FACETS).agg(*ends).write.parquet(f"{folder}/hand")
    found = {"seconds": time.perf_counter() - start, "processor": processor_of_all() - processor}
    session.stop()
    return found


SESSION = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.log.level": "OFF",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "100000",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def processor_of_all() -> float:
    """Give the processor seconds of this process and of all below it, as Linux counts them."""
    below: dict[int, list[int]] = {}
    spent: dict[int, float] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            cells = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        below.setdefault(int(cells[1]), []).append(int(folder.name))
        spent[int(folder.name)] = sum(map(int, cells[11:15])) / os.sysconf("SC_CLK_TCK")
    todo, total = [os.getpid()], 0.0
    while todo:
        process = todo.pop()
        total += spent.get(process, 0.0)
        todo += below.get(process, [])
    return total


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
        elif engine == SAME_TABLES:
            tables_by_hand(path, folder)
        elif engine in PATHS:
            from casualties.columns import reconcile_to_folder

            reconcile_to_folder(path, f"{folder}/answers", **{"checked": True, **PATHS[engine]})
        elif engine in SPARK:
            found = in_spark(engine, path, folder)
        elif engine == "objects":
            found = as_objects(path)
        else:
            as_columns(engine, path, folder)
        found = {"seconds": time.perf_counter() - start, "processor": time.process_time() - processor, **found}
    below = resource.getrusage(resource.RUSAGE_CHILDREN)
    if "two processes" in engine:
        found["processor"] += below.ru_utime + below.ru_stime
    found["megabytes"] = max(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, below.ru_maxrss) / 1024
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
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="keep the claims that are drawn, or take those kept"
    )
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
        found = measured(asked.sizes, asked.claims_a_subject, asked.engines, asked.keep)
        sys.stdout.write(table_of(found))
        if asked.json:
            kept = json.loads(asked.json.read_text(encoding="utf-8")) if asked.json.exists() else []
            rows = ",\n ".join(json.dumps(each) for each in [*kept, *found])
            asked.json.write_text(f"[{rows}]\n", encoding="utf-8")


def measured(
    sizes: Iterable[int], claims_a_subject: float, engines: Iterable[str], keep: Path | None = None
) -> list[dict[str, Any]]:
    """Measure each in a process of its own."""
    environment = {**os.environ, "POLARS_MAX_THREADS": THREADS, "OMP_NUM_THREADS": THREADS}
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for number in sizes:
            subjects = round(number / claims_a_subject)
            path = claims_file(keep or Path(folder), number, subjects)
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
    lines = ["| claims | subjects | engine | seconds | processor seconds | claims/s | MB | times the same tables |"]
    lines.append("|---:|---:|---|---:|---:|---:|---:|---:|")
    peers: dict[tuple[int, int], float] = {}
    for row in rows:
        number, subjects, engine, found = row["claims"], row["subjects"], row["engine"], row["found"]
        if engine == SAME_TABLES:
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
