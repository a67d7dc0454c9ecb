"""Estimates against published numbers, with their times; with ``--coverage`` simulations of their intervals.

Run it with ``python tests/benchmarks/bench_estimates.py``; it needs the extra ``estimate`` and the folder of real data.
``--coverage`` takes longer, needs no data, and prints how often intervals hold the truth in worlds that are made up;
its results stand on the pages of the methods.  ``--year`` prints the year in Ukraine as the page shows it.
``--only bias --seed 1`` measures one method, or one seed of the year, where a quarter of an hour at once is too long.
Arrays are small here: one thread of the library of linear algebra is faster than two that wait for one another.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain, product
from pathlib import Path
from time import process_time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read where numpy is loaded

import numpy as np
from numpy.typing import NDArray

import casualties as cs
from casualties.estimates import Estimate, Overlaps
from casualties.estimates._bias_sampler import draw
from casualties.estimates._chao import lower_bound
from casualties.estimates._claims import named
from casualties.estimates._graphs import TotalPrior, average_over_graphs
from casualties.estimates._latent_classes import draw_totals
from casualties.estimates._log_linear import fit_all
from casualties.estimates._losses import Reports
from casualties.estimates._pooling import Ranges
from casualties.estimates._reporting_error import ReportingError

Floats = NDArray[np.float64]
Row = tuple[str, str, str, bool]

UCDP = {
    ("state-based", 1): (2.20, 1, 1.14, 5.53),
    ("state-based", 10): (15.12, 10, 11.68, 28.70),
    ("state-based", 100): (131.38, 100, 112.80, 214.14),
    ("state-based", 1000): (1170.05, 954.47, 1037.26, 1686.69),
    ("non-state", 100): (129.28, 100, 119.61, 196.04),
    ("one-sided", 100): (127.36, 100, 115.68, 193.84),
}
"""Mean and 5, 50 and 95 per cent of uncertainUCDP 0.7.6."""

YEAR = {
    ("killed", "russia", "combatant"): 76687,
    ("killed", "ukraine", "combatant"): 17223,
    ("killed-or-wounded", "russia", "combatant"): 218800,
    ("killed-or-wounded", "ukraine", "combatant"): 75538,
    ("wounded", "russia", "combatant"): 148608,
    ("wounded", "ukraine", "combatant"): 33081,
    ("killed", "ukraine", "civilian"): 13287,
    ("killed-or-wounded", "ukraine", "civilian"): 38155,
    ("tanks", "russia", None): 3380,
    ("tanks", "ukraine", None): 2051,
}
"""Means of Radford and others (2023) at 23 February 2023."""

FACTORS = {
    ("Russia", "russia"): 0.3,
    ("Russia", "ukraine"): 4.3,
    ("Ukraine", "russia"): 1.9,
    ("Ukraine", "ukraine"): 1.0,
}
"""Their factors of a source on the military deaths of a side."""

HARMS = {
    "Military Deaths": (("killed",), "combatant"),
    "Military Injuries": (("wounded",), "combatant"),
    "Military Casualties": (("killed", "wounded"), "combatant"),
    "Civilian Deaths": (("killed",), "civilian"),
    "Civilian Injuries": (("wounded",), "civilian"),
    "Civilian Casualties": (("killed", "wounded"), "civilian"),
}
SOURCES = [
    cs.Source(key="ru-source", names=["Russia"], side="russia", kinds=["belligerent"]),
    cs.Source(key="ua-source", names=["Ukraine"], side="ukraine", kinds=["belligerent"]),
    cs.Source(key="us-source", names=["United States"], kinds=["government"]),
    cs.Source(key="gb-source", names=["United Kingdom"], kinds=["government"]),
    cs.Source(key="osi", names=["Open sources"]),
    cs.Source(key="other", names=["Other sources"]),
    cs.Source(key="united-nations", names=["United Nations"], kinds=["intergovernmental"]),
]


def timed(work: Callable[[], object]) -> tuple[object, float]:
    """Do some work, and give its result and the seconds of processor time."""
    start = process_time()
    result = work()
    return result, process_time() - start


def near(value: float, published: float, share: float) -> bool:
    """Tell whether a value is within a share of a published one."""
    return abs(value - published) <= share * published


def reporting_error() -> Iterator[Row]:
    """Compare the reporting error of single counts, and time a thousand events."""
    for (violence, count), published in UCDP.items():
        error = ReportingError.of([count], [violence])
        found = [float(error.mean()[0]), *(float(error.quantile(share)[0]) for share in (0.05, 0.5, 0.95))]
        good = all(near(one, other, 0.01) for one, other in zip(found, published, strict=True))
        yield (
            f"{violence} {count}: mean, 5, 50, 95 %",
            " ".join(f"{value:.2f}" for value in published),
            " ".join(f"{value:.2f}" for value in found),
            good,
        )
    counts = np.random.default_rng(1).geometric(0.05, 1000)

    def thousand() -> Floats:
        error = ReportingError.of(counts.tolist(), ["state-based"] * 1000)
        error.mean()
        for share in (0.05, 0.5, 0.95):
            error.quantile(share)
        error.total_together([0.05, 0.5, 0.95])
        return np.quantile(error.total_apart(1), [0.05, 0.5, 0.95])

    thousand()
    seconds = min(timed(thousand)[1] for _ in range(5))
    yield "1,000 events with both totals, processor ms", "50", f"{seconds * 1000:.0f}", seconds <= 0.05


def lists(folder: Path) -> Iterator[Row]:
    """Compare the four models on Kosovo, and the three lists of Madigan and York."""
    three = np.array([0, 60, 49, 4, 247, 112, 142, 12.0])
    found = average_over_graphs(three, 1, TotalPrior(13.14, 55.17))
    told = f"{found.least_relative_loss():.0f}, mode {found.mode():.0f}"
    yield "Madigan and York, three lists", "731, mode 728", told, told == "731, mode 728"
    overlaps = Overlaps.read(folder / "kosovo" / "kosovo_patterns.csv")
    counts = np.array(overlaps.counts, dtype=np.float64)
    average_over_graphs(counts, 1 / 16, TotalPrior())
    start = process_time()
    posterior, models = average_over_graphs(counts, 1 / 16, TotalPrior()), fit_all(counts)
    seconds = process_time() - start
    ends = [posterior.quantile(share) for share in (0.5, 0.025, 0.975)]
    good = all(near(one, other, 0.001) for one, other in zip(ends, (12594, 9827, 16538), strict=True))
    yield "Kosovo, decomposable graphs", "12594 [9827, 16538]", f"{ends[0]:.0f} [{ends[1]:.0f}, {ends[2]:.0f}]", good
    best = f"{models.total[0]:.1f} (se {models.error[0]:.1f})"
    yield "Kosovo, best log-linear by BIC", "10356.5 (se 785.9)", best, best == "10356.5 (se 785.9)"
    mean, spread = models.average()
    yield "Kosovo, log-linear average", "13184, sd 3474", f"{mean:.0f}, sd {spread:.0f}", near(mean, 13184, 1e-4)
    yield "Kosovo, graphs and log-linear, processor s", "0.2", f"{seconds:.2f}", seconds <= 0.2
    for seed in (1, 2, 3):
        estimate, seconds = timed(
            lambda seed=seed: cs.estimate(  # type: ignore[misc]
                overlaps, method="overlapping-lists", models=["latent-classes"], level=0.95, seed=seed
            )
        )
        numbers, median = estimate.diagnostics, estimate.median  # type: ignore[attr-defined]
        agree, worth = numbers["latent-classes: rhat"], numbers["latent-classes: effective draws"]
        told = f"{median:.0f} [{estimate.low:.0f}, {estimate.high:.0f}]"  # type: ignore[attr-defined]
        good = 9050 <= median <= 14786 and agree <= 1.02 and worth >= 400 and seconds <= 20
        told += f", rhat {agree:.3f}, ESS {worth:.0f}, {seconds:.1f} s"
        yield f"Kosovo, latent classes, seed {seed}", "in [9050, 14786], 1.02, 400, 20 s", told, good


def ukraine(folder: Path) -> cs.Ledger:
    """Read the loss reports of the first year as a ledger; losses of things stand as harms that it declares."""
    claims, things, start = [], set(), date(2022, 2, 24)
    with (folder / "ukraine-loss-claims-2022" / "replication-data-pnas.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            thing = "-".join(row["category"].lower().replace("&", "and").replace("(", "").replace(")", "").split())
            harm, status = HARMS.get(row["category"], ((thing,), None))
            things |= set(harm) - {"killed", "wounded"}
            until = (start + timedelta(days=int(row["days"]) - 1)).isoformat()
            since = until if row["time_frame"] == "Day" else start.isoformat()
            subject = cs.Subject(
                harm=list(harm), side=row["loss_country"].lower(), status=status, since=since, until=until
            )
            count = int(float(row["loss_count"]))  # one is written as 1e+05
            figure = cs.Figure.exactly(count)
            if row["minimum"] == "1":
                figure = cs.Figure.at_least(count)
            elif row["maximum"] == "1":
                figure = cs.Figure.at_most(count)
            source = row["claim_source"].lower().replace(" ", "-")
            claims.append(cs.Claim(source=source, subject=subject, figure=figure, stated=until))
    terms = [
        cs.Term(kind="side", key="russia", names=["Russia"], against=["ukraine"]),
        cs.Term(kind="side", key="ukraine", names=["Ukraine"]),
        *(cs.Term(kind="harm", key=thing) for thing in sorted(things)),
    ]
    return cs.Ledger(claims, sources=SOURCES, terms=terms)


def names_of_the_year(ledger: cs.Ledger, found: Estimate) -> dict[tuple[str, str, str | None], str]:
    """Find the name of each total by what it counts."""
    names = {}
    for finding in cs.reconcile(ledger):
        subject = finding.subject
        mine = [each.name for each in found.quantities if each.kind == "total"]
        match = [name for name in mine if name.startswith(f"{named(finding)}, to ")]
        if match and subject.side:
            names["-or-".join(subject.harm), subject.side, subject.status and str(subject.status)] = match[0]
    return names


def reporting_bias(folder: Path, seeds: Sequence[int]) -> Iterator[Row]:
    """Compare the year in Ukraine with the authors' means and factors, from several seeds."""
    ledger = ukraine(folder)
    for seed in seeds:
        estimate, seconds = timed(
            lambda seed=seed: cs.estimate(ledger, method="reporting-bias", level=0.95, seed=seed)  # type: ignore[misc]
        )
        found: Estimate = estimate  # type: ignore[assignment]
        names = names_of_the_year(ledger, found)
        ratios: list[float] = []
        inside: list[bool] = []
        for key, published in YEAR.items():
            total = found.about(names[key])
            ratios.append((total.mean or 0) / published)
            inside.append((total.low or 0) <= published <= (total.high or 0))
        told = f"{sum(inside)} of {len(inside)} inside, ratios {min(ratios):.2f}-{max(ratios):.2f}"
        good = all(inside) and min(ratios) >= 0.7 and max(ratios) <= 1.45
        yield f"Ukraine, means of ten losses, seed {seed}", "all inside, 0.70-1.45", told, good
        factors: list[float] = []
        for (source, side), factor in FACTORS.items():
            name = names["killed", side, "combatant"].rpartition(", to ")[0]
            factors.append((found.about(f"{source} on {name}, times").mean or 0) / factor)
        told = ", ".join(f"{ratio * value:.2f}" for ratio, value in zip(factors, FACTORS.values(), strict=True))
        yield "  factors", "0.3, 4.3, 1.9, 1.0 within 25 %", told, all(abs(each - 1) <= 0.25 for each in factors)
        worth = min(value for name, value in found.diagnostics.items() if name.endswith("effective draws"))
        good = worth >= 200 and seconds <= 120
        yield "  least ESS of 30 totals, processor s", "200, 120 s", f"{worth:.0f}, {seconds:.0f} s", good


def year(folder: Path) -> None:
    """Print the people of the year as a table for the page, each estimate with its counts beside it."""
    found = cs.estimate(ukraine(folder), method="reporting-bias", level=0.95)
    print("| loss | what it is | number |\n|---|---|---|")
    for each in found.quantities:
        if each.kind == "total" and each.name.startswith(("Combatants", "Civilians")):
            low, median, high = (each.written(value) for value in (each.low, each.median, each.high))
            print(f"| **{each.name}** | **estimate** | **{median} [{low}–{high}]** |")
            for count in each.beside:
                print(f"| | count by {count.source} | {count.words} |")
    for warned in found.warnings:
        print(f"- {warned}")


def covered(name: str, runs: list[tuple[float, float, float, float]]) -> None:
    """Print how often intervals held the truth, how wide they were, and how far the median was off."""
    low, high, median, truth = np.array(runs).T
    held = np.mean((low <= truth) & (truth <= high))
    width, ratio = np.median((high - low) / truth), np.median(median / truth)
    print(f"| {name} | {len(runs)} | {held:.0%} | {width:.2f} | {ratio:.2f} |", flush=True)


HEADER = (
    "| world | intervals | hold the truth | median width / truth | median estimate / truth |\n|---|---|---|---|---|"
)


def listed(world: str, rng: np.random.Generator, size: int = 3000) -> Floats:
    """Make a population and its four lists in one of three worlds; give the counts by pattern."""
    chance = np.array([0.3, 0.25, 0.2, 0.15])
    odds = np.ones(size)
    if world == "two classes":
        odds = np.where(rng.random(size) < 0.5, 1.7, 0.3)
    on = rng.random((size, 4)) < np.minimum(odds[:, None] * chance, 0.95)
    if world == "one list copies another":
        on[:, 3] |= on[:, 0] & (rng.random(size) < 0.5)
    counts = np.bincount(on @ (1 << np.arange(4)), minlength=16).astype(np.float64)
    counts[0] = 0
    return counts


def coverage_of_lists(runs: int = 40, few: int = 20) -> None:
    """See how often 95 % intervals hold 3,000 people, of whom four lists have some."""
    print(f"\n95 % intervals, 3,000 people, four lists\n\n{HEADER}")
    patterns = np.array([[place >> each & 1 for each in range(4)] for place in range(1, 16)], dtype=np.float64)
    for world in ("independent lists", "two classes", "one list copies another"):
        held: dict[str, list[tuple[float, float, float, float]]] = {}
        for run in range(runs):
            counts = listed(world, np.random.default_rng(run))
            posterior = average_over_graphs(counts, 1 / 16, TotalPrior())
            rng = np.random.default_rng(run)
            average = fit_all(counts).draws(4000, rng, float(counts.sum()))
            bound = lower_bound(counts)
            ends = {
                "decomposable-graphs": [posterior.quantile(share) for share in (0.025, 0.975, 0.5)],
                "log-linear": np.quantile(average, [0.025, 0.975, 0.5]).tolist(),
                "lower-bound": [bound.quantile(share) for share in (0.025, 0.975, 0.5)],
            }
            if run < few:
                seen = counts[1:] > 0
                total = draw_totals(patterns[seen], counts[1:][seen], run, block=300, blocks=2).total
                ends["latent-classes"] = np.quantile(total, [0.025, 0.975, 0.5]).tolist()
            for model, (low, high, median) in ends.items():
                held.setdefault(model, []).append((low, high, median, 3000))
        for model, found in held.items():
            covered(f"{world}: {model}", found)


def at_war(rng: np.random.Generator, inflated: float) -> tuple[Reports, Floats]:
    """Make sixty days of two sides' killed and wounded, as two sides and two third parties report them."""
    days, side = 60, np.array([0, 0, 1, 1])
    total = np.exp(rng.normal(np.log([1500, 4500, 1500, 4500]), 0.7))
    walk = np.cumsum(rng.normal(0, 0.12, (4, days)), axis=1)
    running = (np.exp(walk) / np.exp(walk).sum(1, keepdims=True)).cumsum(1) * total[:, None]
    shared = rng.normal(0, 0.5, (4, 2))
    rows = []
    for loss, source in product(range(4), range(4)):
        factor = inflated * np.exp(shared[source, side[loss]] + rng.normal(0, 0.3))
        for day in range(2, days + 1):
            if rng.random() < (0.4 if source < 2 else 0.1):
                mean = running[loss, day - 1] * factor
                count = rng.negative_binomial(20, 20 / (20 + mean))
                if rng.random() < 0.1:
                    rows.append((loss, source, day, int(count * rng.uniform(0.7, 1)), 1))
                else:
                    rows.append((loss, source, day, int(count), 0))
    loss, source, day, count, bound = np.array([row for row in rows if row[3] > 0], dtype=np.intp).T
    reports = Reports(loss, source, day, count.astype(float), np.zeros(len(loss), bool), bound, side, days, 4)
    return reports, total


def coverage_of_bias(runs: int = 40) -> None:
    """See how often 90 % intervals hold the losses of made-up wars, and of wars in which everybody doubles them."""
    print(f"\n90 % intervals, four losses in each of {runs} wars of 60 days\n\n{HEADER}")
    for name, inflated in (("biases centred on none", 1.0), ("all sources inflate by two", 2.0)):
        held = []
        for run in range(runs):
            reports, total = at_war(np.random.default_rng(run), inflated)
            found = np.exp(draw(reports, run, chains=4, warmup=150, block=200, blocks=2).total)
            for loss, truth in enumerate(total):
                low, high, median = np.quantile(found[:, :, loss], [0.05, 0.95, 0.5])
                held.append((low, high, median, truth))
        covered(name, held)


def coverage_of_error(runs: int = 200) -> None:
    """See how often 90 % intervals of totals hold them: errors apart, together, and events that nobody reports."""
    print(f"\n90 % intervals of totals over 200 events\n\n{HEADER}")
    for world in ("each event errs for itself", "all events err together", "three events in ten are not reported"):
        held: dict[str, list[tuple[float, float, float, float]]] = {}
        for run in range(runs):
            rng = np.random.default_rng(run)
            counts = rng.geometric(0.06, 200)
            error = ReportingError.of(counts.tolist(), ["state-based"] * 200)
            share = rng.random() if world == "all events err together" else rng.random(200)
            truth = float(error.quantile(np.broadcast_to(share, 200)).sum())
            if world.startswith("three"):
                seen = rng.random(200) >= 0.3
                error = ReportingError.of(counts[seen].tolist(), ["state-based"] * int(seen.sum()))
            low, high, median = np.quantile(error.total_apart(run), [0.05, 0.95, 0.5])
            held.setdefault("independent", []).append((low, high, median, truth))
            low, high, median = error.total_together([0.05, 0.95, 0.5])
            held.setdefault("full dependence", []).append((low, high, median, truth))
        for total, found in held.items():
            covered(f"{world}: {total}", found)


def coverage_of_pool(runs: int = 500) -> None:
    """See how often 90 % pools of five ranges hold the truth: ranges wide enough, too narrow, and of one school."""
    print(f"\n90 % intervals of pools of five ranges\n\n{HEADER}")
    for world, spread, common in (
        ("ranges as wide as the errors", 0.3, 0.0),
        ("ranges half as wide as the errors", 0.6, 0.0),
        ("all five err together", 0.1, 0.5),
    ):
        held: dict[str, list[tuple[float, float, float, float]]] = {}
        for run in range(runs):
            rng = np.random.default_rng(run)
            middle = 1000 * np.exp(rng.normal(0, common) + rng.normal(0, spread, 5))
            ranges = [(value / 1.64, None, value * 1.64, 0.9) for value in middle]
            pooled = Ranges.of(ranges)
            for rule, quantile in (("linear", pooled.pooled), ("quantiles", pooled.averaged)):
                low, high, median = (quantile(share) for share in (0.05, 0.95, 0.5))
                held.setdefault(rule, []).append((low, high, median, 1000))
        for rule, found in held.items():
            covered(f"{world}: {rule}", found)


def data() -> Path:
    """Find the folder of real data, which is no part of the repository."""
    near_by = (parent / "shared" / "data" for parent in Path(__file__).resolve().parents)
    found = next((path for path in near_by if path.is_dir()), None)
    if found is None:
        sys.exit("the folder of real data is absent")
    return found


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--coverage", action="append", choices=["error", "lists", "pool", "bias", "all"])
    parser.add_argument("--year", action="store_true")
    parser.add_argument("--only", action="append", choices=["error", "lists", "bias"])
    parser.add_argument("--seed", action="append", type=int, help="a seed of the year in Ukraine")
    asked = parser.parse_args()
    if asked.coverage:
        simulations = {
            "error": coverage_of_error,
            "lists": coverage_of_lists,
            "pool": coverage_of_pool,
            "bias": coverage_of_bias,
        }
        for name, simulation in simulations.items():
            if name in asked.coverage or "all" in asked.coverage:
                simulation()
        return
    if asked.year:
        year(data())
        return
    print(f"{'':46}{'published or asked':>36}  found", flush=True)
    missed = 0
    measured: dict[str, Callable[[], Iterator[Row]]] = {
        "error": reporting_error,
        "lists": lambda: lists(data()),
        "bias": lambda: reporting_bias(data(), asked.seed or (1, 2, 3, 4, 5)),
    }
    rows = chain.from_iterable(rows() for name, rows in measured.items() if name in (asked.only or measured))
    for what, published, found, good in rows:
        print(f"{what:46}{published:>36}  {found}{'' if good else '   <-- missed'}", flush=True)
        missed += not good
    print(f"{missed} missed")


if __name__ == "__main__":
    main()
