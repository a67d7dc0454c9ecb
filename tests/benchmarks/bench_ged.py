"""UCDP GED from CSV to findings, beside pandas: `python tests/benchmarks/bench_ged.py SAMPLE.csv [--rows 385918]`.

The sample is written again and again with an id and days of its own each time.  Every measurement runs in a process of
its own, from the CSV file to a frame, on two threads.  pandas reads the file and groups its best estimates by country,
year and both sides.  Processor time is what to compare where a machine does other work as well.  At the end every value
of the findings of a part of the rows is compared with those that objects give.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ALL = 385_918
"""The events of UCDP GED 25.1."""

WAYS = ("pandas", "read", "findings", "identities")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def tiled(sample: Path, target: Path, rows: int) -> None:
    """Write the rows of a sample until there are enough, each time with other ids, and each time a day later."""
    with sample.open(encoding="utf-8", newline="") as file:
        header, *body = csv.reader(file)
    place = {name: at for at, name in enumerate(header)}
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for number in range(rows):
            time_, at = divmod(number, len(body))
            row = list(body[at])
            row[place["id"]] = str(number + 1)
            if time_:
                row[place["relid"]] += f"-{time_}"
                for name in ("date_start", "date_end", "source_date"):
                    row[place[name]] = DAY.sub(lambda day: _later(day[0], time_), row[place[name]])  # noqa: B023
            writer.writerow(row)


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def measure(way: str, path: str) -> None:
    """Measure one way in this process, and print what was found."""
    start, processor = time.perf_counter(), time.process_time()
    found: dict[str, Any] = {}
    if way == "pandas":
        import pandas as pd

        frame = pd.read_csv(path)
        frame.groupby(["country", "year", "side_a", "side_b"])["best"].agg(["sum", "min", "max", "size"])
        found["rows"] = len(frame)
    else:
        import casualties as cs

        reading = cs.read_table(path, "ucdp-ged")
        if way == "read":
            found["rows"] = len(reading.ledger)
        else:
            result = cs.reconcile(reading)
            found["rows"] = len(result.to_frame(words=False))
        if way == "identities":
            found["rows"] = len(result.tables.attribution)
    found |= {"seconds": time.perf_counter() - start, "processor": time.process_time() - processor}
    found["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps(found))


def compare(path: Path) -> int:
    """Compare every value of all findings with those that objects give, and count the findings."""
    import pandas as pd

    import casualties as cs

    ledger = cs.read_table(path, "ucdp-ged").ledger
    found = cs.reconcile(ledger).to_frame(words=False)
    expected = cs.reconcile(ledger.keeping(ledger)).to_frame(words=False)
    pd.testing.assert_frame_equal(found, expected)
    return len(found)


def main() -> None:
    """Measure every way, and print a table for the docs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sample", nargs="?", type=Path, help="the 1,000 rows")
    parser.add_argument("--rows", type=int, default=ALL)
    parser.add_argument("--ways", nargs="*", default=list(WAYS), choices=WAYS)
    parser.add_argument("--compared", type=int, default=4_274, help="of how many rows the findings are compared")
    parser.add_argument("--measure", nargs=2, metavar=("WAY", "PATH"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        measure(*asked.measure)
        return
    environment = {**os.environ, "POLARS_MAX_THREADS": "2", "OMP_NUM_THREADS": "2"}
    print(
        "| way | rows out | seconds | processor seconds | MB | times pandas |\n|---|---:|---:|---:|---:|---:|",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ged.csv"
        tiled(asked.sample, path, asked.rows)
        peer = 0.0
        for way in asked.ways:
            run = subprocess.run(
                [sys.executable, __file__, "--measure", way, str(path)],
                capture_output=True,
                text=True,
                env=environment,
                check=True,
            )
            found = json.loads(run.stdout)
            peer = peer or found["processor"]
            print(
                f"| {way} | {found['rows']:,} | {found['seconds']:.1f} | {found['processor']:.1f} | "
                f"{found['megabytes']:,.0f} | {found['processor'] / peer:.1f} |",
                flush=True,
            )
        if asked.compared:
            tiled(asked.sample, path, asked.compared)
            print(f"\nevery value of {compare(path):,} findings is that of the objects", flush=True)


if __name__ == "__main__":
    main()
