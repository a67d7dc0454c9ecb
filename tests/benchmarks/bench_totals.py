"""Monthly totals by side of the 1,167 events of Ukraine in one call, with the processor time that it takes.

Run it with ``python tests/benchmarks/bench_totals.py``; it needs the real data.  The call is due for every month and
side in less than two seconds of processor time; reading and the bounds, which serve every such call, stand beside.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import process_time

import casualties as cs

EVENTS = Path(__file__).parents[3] / "shared" / "data" / "ucdp-ged" / "hdx_ukraine_1167.csv"
MOST = 2.0
"""Within how many seconds of processor time the totals are there."""


def main() -> int:
    """Read the events, add them up by month and side, and tell how long each took."""
    begin = process_time()
    ledger = cs.read_table(EVENTS, "ucdp-ged").ledger
    read = process_time()
    bounds = cs.bounds(ledger)
    bounded = process_time()
    totals = bounds.totals(by=["month", "side"])
    took = process_time() - bounded
    open_ends = int(totals["high"].isin([float("inf")]).sum() + totals["high"].isna().sum())
    print(f"read in {read - begin:.2f} s: {len(ledger):,} claims; their bounds in {bounded - read:.2f} s")
    print(
        f"{len(totals):,} totals of {totals['month'].nunique()} months in {took:.2f} s, {open_ends} without both ends"
    )
    return 0 if took < MOST else 1


if __name__ == "__main__":
    sys.exit(main())
