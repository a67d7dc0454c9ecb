"""Other libraries as judges of how rows are matched: run by the Python of an environment that has them.

It is given near pairs and writes which of them each library takes for one event, each row in at most one pair.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

LEAST = 0.5


def one_to_one(scores: pd.Series) -> list[tuple[Any, Any]]:
    """Take the best pairs first, each row once."""
    found: list[tuple[Any, Any]] = []
    taken: set[tuple[str, Any]] = set()
    best = scores.sort_values(ascending=False, kind="stable")
    for (a, b), value in zip(best.index.tolist(), best.tolist(), strict=True):
        if value >= LEAST and ("a", a) not in taken and ("b", b) not in taken:
            taken |= {("a", a), ("b", b)}
            found.append((a, b))
    return found


def by_recordlinkage(one: pd.DataFrame, other: pd.DataFrame, pairs: pd.MultiIndex) -> list[tuple[int, int]]:
    """Match by the Fellegi-Sunter classifier of recordlinkage, learned without labels."""
    recordlinkage: Any = import_module("recordlinkage")
    compare = recordlinkage.Compare()
    compare.numeric("day", "day", method="step", offset=3, label="day")
    compare.numeric("length", "length", method="step", offset=0, label="length")
    compare.geo("latitude", "longitude", "latitude", "longitude", method="step", offset=7, label="distance")
    compare.string("place", "place", method="jarowinkler", threshold=0.85, label="place")
    compare.string("actors", "actors", method="jarowinkler", threshold=0.85, label="actors")
    compare.exact("kind", "kind", label="kind")
    features = compare.compute(pairs, one, other).fillna(0).astype(int)
    features = features.loc[:, features.max() != features.min()]
    classifier = recordlinkage.ECMClassifier(binarize=None)
    classifier.fit(features)
    return one_to_one(pd.Series(np.asarray(classifier.prob(features)), index=features.index))


def by_splink(one: pd.DataFrame, other: pd.DataFrame, pairs: pd.MultiIndex) -> list[tuple[int, int]]:
    """Match by splink, trained without labels; it makes its own pairs, of one week or two that follow one another."""
    splink: Any = import_module("splink")
    cl: Any = import_module("splink.comparison_library")
    api = import_module("splink.internals.duckdb.database_api").DuckDBAPI()
    tables = []
    for name, frame in (("a", one), ("b", other)):
        rows = frame.assign(unique_id=frame.index, week=(frame["day"] // 7), half=((frame["day"] + 3) // 7))
        for axis in ("latitude", "longitude"):
            rows[f"{axis}_cell"] = (rows[axis] * 1).round()
        tables.append(api.register(rows, dataset_display_name=name))
    settings = splink.SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.CustomComparison(
                output_column_name="day",
                comparison_levels=[
                    {
                        "sql_condition": "day_l IS NULL OR day_r IS NULL",
                        "label_for_charts": "null",
                        "is_null_level": True,
                    },
                    *(
                        {"sql_condition": f"abs(day_l - day_r) <= {days}", "label_for_charts": f"{days} days"}
                        for days in (0, 1, 3)
                    ),
                    {"sql_condition": "ELSE", "label_for_charts": "else"},
                ],
            ),
            cl.ExactMatch("length"),
            cl.DistanceInKMAtThresholds("latitude", "longitude", [1, 7, 25]),
            cl.JaroWinklerAtThresholds("place", [0.95, 0.8]),
            cl.JaroWinklerAtThresholds("actors", [0.95, 0.8]),
        ],
        blocking_rules_to_generate_predictions=[
            "l.week = r.week and abs(l.latitude - r.latitude) < 1 and abs(l.longitude - r.longitude) < 1",
            "l.half = r.half and abs(l.latitude - r.latitude) < 1 and abs(l.longitude - r.longitude) < 1",
        ],
    )
    linker = splink.Linker(tables, settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match(
        ["l.day = r.day and l.latitude = r.latitude and l.longitude = r.longitude"], recall=0.15
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation("l.week = r.week and l.kind = r.kind")
    linker.training.estimate_parameters_using_expectation_maximisation(
        "l.latitude = r.latitude and l.longitude = r.longitude"
    )
    frame = linker.inference.predict(threshold_match_probability=LEAST).as_pandas_dataframe()
    frame = frame.rename(columns={"unique_id_l": "a", "unique_id_r": "b"})
    return one_to_one(frame.set_index(["a", "b"])["match_probability"])


def main(given: str, answer: str) -> None:
    """Read the lists and their near pairs, and write what each library says."""
    told = json.loads(Path(given).read_text(encoding="utf-8"))
    one, other = (pd.DataFrame(rows) for rows in told["lists"])
    pairs = pd.MultiIndex.from_arrays(told["pairs"], names=["a", "b"])
    found: dict[str, list[tuple[str, str]]] = {}
    for name, judge in JUDGES.items():
        try:
            matched = judge(one, other, pairs)
        except Exception as error:  # noqa: BLE001 - a judge that fails is left out, and said so
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
            continue
        found[name] = [(one["key"][a], other["key"][b]) for a, b in matched]
    Path(answer).write_text(json.dumps(found), encoding="utf-8")


JUDGES: dict[str, Any] = {"recordlinkage 0.16": by_recordlinkage, "splink 5": by_splink}

if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
