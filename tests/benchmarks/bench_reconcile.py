"""How long reconciling takes, as ratios within one run: `python tests/benchmarks/bench_reconcile.py [CLAIMS …]`.

The yardstick is what somebody would write by hand instead: the lowest and the highest count of each subject by pandas,
from columns that hold the same claims. Reading is left out on both sides. As in `timeit`, Python's collector of
circular garbage rests while the time is taken; beside it stands the time with the collector at work, which above some
thousand claims begins to look through all objects of the process.
"""

from __future__ import annotations

import gc
import random
import sys
from collections.abc import Callable, Sequence
from functools import partial
from time import process_time
from typing import Any

import pandas as pd

import casualties as cs
from casualties.model.claim import Claim
from casualties.model.source import Source
from casualties.model.subject import Subject

SIDES = [f"side {number}" for number in range(5)]
PLACES = [f"place {number}" for number in range(20)]


def ledger(claims: int, seed: int = 1) -> cs.Ledger:
    """Draw claims by 12 sources on about one subject for ten claims, to any of ten days each."""
    draw = random.Random(seed)
    subjects = max(claims // 10, 1)
    made = []
    for _ in range(claims):
        topic = draw.randrange(subjects)
        low = draw.randrange(200)
        subject = Subject(
            harm=["killed"],
            side=SIDES[topic % 5],
            place=PLACES[topic // 5 % 20],
            event=f"event {topic // 100}",
            since="2020-09-27",
            until=f"2020-10-{draw.randrange(1, 11):02d}",
        )
        high = draw.choice((None, low, low + draw.randrange(50)))
        made.append(
            Claim(
                source=f"source {draw.randrange(12)}", subject=subject, figure=cs.Figure(low, high), stated="2020-10-12"
            )
        )
    return cs.Ledger(made, sources=[Source(key=f"source {number}") for number in range(12)])


def columns(claims: cs.Ledger) -> pd.DataFrame:
    """Lay the claims out as somebody with a spreadsheet has them."""
    rows = [
        (claim.subject.side, claim.subject.place, claim.subject.event, claim.figure.low, claim.figure.high)
        for claim in claims
        if claim.figure is not None
    ]
    return pd.DataFrame(rows, columns=["side", "place", "event", "low", "high"]).astype(
        {"low": "Int64", "high": "Int64"}
    )


def by_hand(frame: pd.DataFrame) -> object:
    """Give the lowest and the highest count of each subject, and forget who said them."""
    return frame.groupby(["side", "place", "event"], sort=False).agg({"low": "min", "high": "max"})


def reconciled(claims: cs.Ledger) -> int:
    """Reconcile, and ask of every finding what a table shows."""
    asked = [
        (finding.positions, finding.status, finding.common, finding.span, finding.support)
        for finding in cs.reconcile(claims)
    ]
    return len(asked)


def best(act: Callable[[Any], object], given: Callable[[], Any], times: int, *, collecting: bool = False) -> float:
    """Give the shortest of several runs, in seconds of the processor; making what is given anew is left out."""
    found = []
    for _ in range(times):
        here = given()
        gc.collect()
        if not collecting:
            gc.disable()
        begin = process_time()
        act(here)
        found.append(process_time() - begin)
        gc.enable()
    return min(found)


def main(sizes: Sequence[int]) -> None:
    """Print one line for each number of claims."""
    print(f"{'claims':>8} {'ours, ms':>10} {'collecting':>11} {'pandas, ms':>11} {'ratio':>7} {'growth':>7}")
    before: float | None = None
    for size in sizes:
        claims = ledger(size)
        times = 5 if size <= 10_000 else 2
        ours = best(reconciled, partial(ledger, size), times)
        collecting = best(reconciled, partial(ledger, size), times, collecting=True)
        pandas = best(by_hand, partial(columns, claims), 5)
        growth = "" if before is None else f"{ours / before:.1f}"
        print(
            f"{size:>8} {ours * 1000:>10.2f} {collecting * 1000:>11.2f} {pandas * 1000:>11.2f} {ours / pandas:>7.1f} "
            f"{growth:>7}"
        )
        before = ours


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10, 100, 1_000, 10_000, 100_000])
