"""How well rows of two lists are matched, beside simple rules and other libraries, and how fast; by seeds.

Run from the root of the repository:

    .venv/bin/python -m tests.benchmarks.bench_align [--judges PYTHON] [--speed]

The lists are real ones of UCDP and copies of which it is known which rows are the same (`tests/aligning/perturbed.py`).
PYTHON is that of an environment in which splink 5 and recordlinkage are installed; without it they are left out.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from tests.aligning.perturbed import Known, perturbed, shifted

import casualties as cs
from casualties.aligning._candidates import candidates, kilometres
from casualties.aligning._rows import rows_of
from casualties.files.mapped import Event, EventList
from casualties.reconciling.same_events import SameEvents

DATA = Path("..") / "shared" / "data"
FILES = {"GED sample": "ged231_sample_1000.csv", "Ukraine": "hdx_ukraine_1167.csv"}
SEEDS = (1, 2, 3)

_Pairs = set[tuple[str, str]]


def score(known: Known, found: Iterable[tuple[str, str]]) -> tuple[float, ...]:
    """Give precision, recall, F1, the recall where deaths differ by more than 2, and the share of new events hidden.

    A row that is two events in one is no error where it is matched to either, and no success.
    """
    pairs = {pair for pair in found if pair[0] not in known.several.get(pair[1], ())}
    right = len(pairs & known.same)
    precision, recall = right / max(1, len(pairs)), right / max(1, len(known.same))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    hidden = len({other for _, other in pairs if other in known.new}) / max(1, len(known.new))
    disputed = {(a, b) for a, b in known.same if not _alike(known.one[a], known.other[b], 2)}
    return precision, recall, f1, len(pairs & disputed) / max(1, len(disputed)), hidden


def aligned(known: Known, p: float) -> _Pairs:
    """Match by `casualties.align`, and accept at a probability."""
    said = cs.align(known.one, known.other).accept(p=p, by="bench", on="2026-11-28").identifications
    return {(a, b) if a in known.one else (b, a) for a, b in (each.events for each in said)}


def nearest(known: Known, *, ratio: float | None = None) -> _Pairs:
    """Match each row with the nearest within 7 days and 50 km, each once; with a ratio of deaths of no more than so."""
    one, other = rows_of(known.one), rows_of(known.other)
    i, j = candidates(one, other, days=7, km=50)
    days = np.abs(one.first[i] - other.first[j])
    far = days / 7 + np.nan_to_num(kilometres(one, other, i, j), nan=50) / 50
    events, others = list(known.one), list(known.other)
    found, taken = set(), set()
    for place in np.lexsort((j, i, far)).tolist():
        a, b = events[i[place]], others[j[place]]
        if ratio is not None and not _alike(a, b, ratio):
            continue
        if a.key not in taken and b.key not in taken:
            taken |= {a.key, b.key}
            found.add((a.key, b.key))
    return found


def _alike(one: Event, other: Event, ratio: float) -> bool:
    low, high = sorted(max(0.5, _dead(each)) for each in (one, other))
    return high <= ratio * low


def _dead(event: Event) -> float:
    figure = event.figure
    return 0.0 if figure is None else float(figure.low if figure.best is None else figure.best)


def judged(known: Known, python: str) -> dict[str, _Pairs]:
    """Match by other libraries, in an environment of their own, over the same near pairs."""
    one, other = rows_of(known.one), rows_of(known.other)
    i, j = candidates(one, other, days=7, km=100)
    lists = [
        [
            {
                "key": event.key,
                "day": event.days[0] if event.days else None,
                "length": event.days[1] - event.days[0] if event.days else None,
                "latitude": event.latitude,
                "longitude": event.longitude,
                "place": " ".join(event.places),
                "actors": " ".join(event.actors),
                "kind": event.kind,
            }
            for event in each
        ]
        for each in (known.one, known.other)
    ]
    with TemporaryDirectory() as folder:
        given, answer = Path(folder) / "given.json", Path(folder) / "answer.json"
        pairs = [i.tolist(), j.tolist()]
        given.write_text(json.dumps({"lists": lists, "pairs": pairs}), encoding="utf-8")
        script = Path(__file__).with_name("align_judges.py")
        run = subprocess.run(
            [python, str(script), str(given), str(answer)], capture_output=True, text=True, check=False
        )
        if run.returncode:
            print(run.stderr[-2000:], file=sys.stderr)
            return {}
        told = json.loads(answer.read_text(encoding="utf-8"))
    return {name: {(a, b) for a, b in found} for name, found in told.items()}


def calibration(known: Known) -> list[tuple[float, float, int]]:
    """Give, in five steps of probability, what the model says, how often it is so, and of how many pairs."""
    proposals = cs.align(known.one, known.other).proposals
    told = []
    for each in proposals:
        a, b = each.events if each.one.key in known.one else each.events[::-1]
        if a not in known.several.get(b, ()):
            told.append((each.probability, (a, b) in known.same))
    found = []
    for low, high in ((0.05, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 0.95), (0.95, 1.01)):
        step = [pair for pair in told if low <= pair[0] < high]
        if step:
            found.append((sum(p for p, _ in step) / len(step), sum(so for _, so in step) / len(step), len(step)))
    return found


def quality(judges: str | None) -> None:
    """Print the table of the page, and how well the probabilities are calibrated."""
    print("| file | method | precision | recall | F1 | recall where deaths differ by more than 2 | new events hidden |")
    print("|---|---|---|---|---|---|---|")
    for name, file in FILES.items():
        events = cs.tables.events(DATA / "ucdp-ged" / file, "ucdp-ged")
        lines: dict[str, list[tuple[float, ...]]] = {}
        told: list[tuple[float, float, int]] = []
        for seed in SEEDS:
            known = perturbed(events, seed)
            ways = {
                "align, p ≥ .95": aligned(known, 0.95),
                "align, p ≥ .5": aligned(known, 0.5),
                "nearest, 7 days and 50 km": nearest(known),
                "the same, deaths within a factor of 2": nearest(known, ratio=2),
                **(judged(known, judges) if judges else {}),
            }
            far = shifted(known, 2, seed)
            for p in (0.95, 0.5):
                lines.setdefault(f"align, p ≥ {p:.2g}, places shifted by 2 km".replace("0.", "."), []).append(
                    score(far, aligned(far, p))
                )
            for way, pairs in ways.items():
                lines.setdefault(way, []).append(score(known, pairs))
            told += calibration(known)
        for way, scores in lines.items():
            cells = [_range([each[place] for each in scores]) for place in range(5)]
            print(f"| {name} | {way} | {' | '.join(cells)} |")
        off = sum(abs(said - so) * count for said, so, count in told) / max(1, sum(count for *_, count in told))
        print(
            f"<!-- {name}: calibration off by {off:.3f} on average; {[tuple(round(x, 3) for x in e) for e in told]} -->"
        )


def _range(values: list[float]) -> str:
    low, high = f"{min(values):.3f}", f"{max(values):.3f}"
    return low if low == high else f"{low}–{high}"


def unrelated(rows: int = 500, seed: int = 1) -> tuple[EventList, EventList]:
    """Make two lists that share nothing: halves of one list, of which all rows are different events."""
    events = list(cs.tables.events(DATA / "ucdp-ged" / FILES["GED sample"], "ucdp-ged"))
    random.Random(seed).shuffle(events)
    return EventList("one", events[:rows]), EventList("other", events[rows : 2 * rows])


def crowded(rows: int, seed: int) -> EventList:
    """Make a list as dense as those of a war: days of thirty years, places around some hundreds of towns."""
    chance = random.Random(seed)
    towns = [
        (chance.uniform(-30, 50), chance.uniform(-20, 100), f"{chance.choice('abcdefgh')}{number}stan")
        for number in range(2_000)
    ]
    actors = [f"group {number}" for number in range(40)]
    begin = date(1990, 1, 1)
    found = []
    for number in range(rows):
        north, east, town = chance.choice(towns)
        day = cs.PartialDate.day(begin + timedelta(days=chance.randrange(11_000)))
        found.append(
            Event(
                f"{seed}-{number}",
                day,
                day,
                north + chance.gauss(0, 0.1),
                east + chance.gauss(0, 0.1),
                (town,),
                (chance.choice(actors), chance.choice(actors)),
                chance.choice(("fighting", "one-sided")),
            )
        )
    return EventList(f"list {seed}", found)


def simulated() -> None:
    """Print what is found in three simulated lists of 195 rows and 140 events, the example of meltt."""
    lists = []
    for number in (1, 2, 3):
        with (DATA / "event-matching" / f"crash_data{number}.csv").open(encoding="utf-8") as file:
            events = [
                Event(
                    f"{number}-{row['event']}",
                    cs.PartialDate.parse(row["date"]),
                    cs.PartialDate.parse(row["enddate"]),
                    float(row["latitude"]),
                    float(row["longitude"]),
                    (row["model_tax"],),
                    (row["color_tax"],),
                )
                for row in csv.DictReader(file)
            ]
        lists.append(EventList(f"list {number}", events))
    aligned_lists = cs.align(*lists, days=2, km=4)
    for p in (0.7, 0.8, 0.9):
        ledger = aligned_lists.accept(p=p, by="bench", on="2026-11-28").ledger
        groups = SameEvents(ledger.identifications, ledger.words).joined
        joined = sum(len(each) - 1 for each in groups)
        print(f"<!-- p ≥ {p}: {195 - joined} events, {len(groups)} groups, {joined} rows more -->")


def speed() -> None:
    """Print how long it takes to align lists of ten thousand and a hundred thousand rows a side."""
    for rows in (10_000, 100_000):
        one = crowded(rows, 1)
        chance = random.Random(9)
        half = [replace(event, key=f"copy {event.key}") for event in one if chance.random() < 0.5]
        other = EventList("other", [*half, *list(crowded(rows - len(half), 2))])
        start = time.perf_counter()
        found = cs.align(one, other)
        seconds = time.perf_counter() - start
        print(f"{rows:,} rows a side: {seconds:.1f} s; {len(found.proposals):,} proposals in all")


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--judges", help="the Python of an environment with splink and recordlinkage")
    parser.add_argument("--speed", action="store_true", help="measure how long it takes, and nothing else")
    asked = parser.parse_args()
    if asked.speed:
        speed()
        return
    quality(asked.judges)
    simulated()
    said = cs.align(*unrelated()).accept(p=0.95, by="bench", on="2026-11-28").identifications
    print(f"<!-- two lists of 500 rows that share nothing: {len(said)} accepted at .95 -->")


if __name__ == "__main__":
    main()
