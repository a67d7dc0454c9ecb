"""How long reconciling takes, as ratios within one run: `python tests/benchmarks/bench_reconcile.py [CLAIMS …]`.

With ``small`` in place of numbers it takes ledgers of ten and of 200 claims, and the 189 of the war of 2020, turn by
turn with pandas, so that a noisy machine disturbs all alike; with ``kernel`` the kernel alone, by lists and by numpy.

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
from dataclasses import fields
from functools import partial
from time import process_time
from typing import Any

import pandas as pd

import casualties as cs
from casualties.model.claim import Claim
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.reconciling.arrays import Lists, Numpy
from casualties.reconciling.encoding import encode
from casualties.reconciling.kernel.claims import Claims, Context
from casualties.reconciling.kernel.program import Program
from casualties.reconciling.view import View

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


def status(claims: cs.Ledger) -> int:
    """Reconcile, and ask of every finding its status alone."""
    return len({finding.status for finding in cs.reconcile(claims)})


EVERY = (
    "as_of", "positions", "independent_sources", "fates", "copies", "disputes", "near", "overtaken",
    "apart_by_assumed_end", "divided", "status", "common", "undisputed", "span", "support", "outliers", "witnesses",
    "estimates", "outside",
    "blamed", "denials", "silences", "unverified", "inside", "scopes", "confidence", "set_aside", "flags",
)  # fmt: skip


def everything(claims: cs.Ledger) -> int:
    """Reconcile, and ask of every finding every value that it has."""
    found = 0
    for finding in cs.reconcile(claims):
        for name in EVERY:
            value = getattr(finding, name)
            found += len(value) if hasattr(value, "__len__") else 1
    return found


def small(rounds: int = 40) -> None:
    """Print the least times of acts that take turns, over ledgers that are made anew, and their ratios to pandas."""
    war = cs.seeds.load("nagorno-karabakh-2020-war")
    given: dict[str, Callable[[], cs.Ledger]] = {
        "10 claims": partial(ledger, 10),
        "200 claims": partial(ledger, 200),
        "the war's": partial(war.keeping, tuple(war)),
    }
    acts: dict[str, Callable[[cs.Ledger], int]] = {"status": status, "table": reconciled, "everything": everything}
    print(f"{'ledger':>12} {'asked':>12} {'ms':>8} {'pandas, ms':>11} {'ratio':>7}")
    for name, make in given.items():
        frame = columns(make())
        least = dict.fromkeys((*acts, "pandas"), 9.0)
        for _ in range(rounds):
            for asked, act in acts.items():
                least[asked] = min(least[asked], best(act, make, 1))
            least["pandas"] = min(least["pandas"], best(by_hand, lambda frame=frame: frame, 1))  # type: ignore[misc]
        for asked in acts:
            ratio = least[asked] / least["pandas"]
            print(f"{name:>12} {asked:>12} {least[asked] * 1e3:>8.2f} {least['pandas'] * 1e3:>11.2f} {ratio:>7.2f}")


def _status_of(do: Lists, claims: Claims, context: Context, _: object) -> object:
    return Program(claims, context, do).status


def _all_of(do: Lists, claims: Claims, context: Context, _: object) -> object:
    return Program(claims, context, do).answer


def kernel(sizes: Sequence[int]) -> None:
    """Print how long the kernel takes for claims that are encoded, in microseconds a claim."""
    print(f"{'claims':>8} {'make':>6} {'status':>8} {'all':>8}")
    for size in sizes:
        encoded = encode(View(ledger(size)))
        for make in (Lists, Numpy) if size <= 1000 else (Numpy,):
            do = make()
            claims = Claims(*(do.column(getattr(encoded.claims, each.name)) for each in fields(Claims)))
            times = [
                best(act, lambda: None, 20 if size <= 1000 else 3) / size * 1e6
                for act in (
                    partial(_status_of, do, claims, encoded.context),
                    partial(_all_of, do, claims, encoded.context),
                )
            ]
            print(f"{size:>8} {make.__name__.lower():>6} {times[0]:>8.2f} {times[1]:>8.2f}")


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
    if sys.argv[1:2] == ["small"]:
        small()
    elif sys.argv[1:2] == ["kernel"]:
        kernel([int(size) for size in sys.argv[2:]] or [10, 200, 1_000, 10_000, 100_000])
    else:
        main([int(size) for size in sys.argv[1:]] or [10, 100, 1_000, 10_000, 100_000])
