"""Frames: their columns and types, and that unknown is neither zero nor an invented ceiling."""

from __future__ import annotations

import io
import math

import pandas as pd
import pytest

import casualties as cs
from casualties.show import CLAIM_COLUMNS, FINDING_COLUMNS, POSITION_COLUMNS
from casualties.show.schema import PANDAS

SEED = "nagorno-karabakh-2020-09-30"


def frames(ledger: cs.Ledger) -> list[tuple[pd.DataFrame, dict[str, str]]]:
    """Build every frame of a ledger beside its list of columns."""
    result = cs.reconcile(ledger)
    return [
        (result.to_frame(), dict(FINDING_COLUMNS)),
        (result.positions_frame(), dict(POSITION_COLUMNS)),
        (result.claims_frame(), dict(CLAIM_COLUMNS)),
    ]


@pytest.mark.parametrize("ledger", [cs.Ledger(), cs.seeds.load(SEED)], ids=["empty", "seed"])
def test_columns_and_types_are_as_listed(ledger: cs.Ledger) -> None:
    """Frames have the public columns in their order, with and without rows."""
    for frame, columns in frames(ledger):
        assert list(frame.columns) == list(columns)
        assert [frame[name].dtype == PANDAS[kind] for name, kind in columns.items()] == [True] * len(columns)
        assert list(frame.index) == list(range(len(frame)))


def test_findings_of_the_seed() -> None:
    """One row a finding; no ceiling is infinite, no figure is NaN."""
    frame = cs.reconcile(cs.seeds.load(SEED)).to_frame()
    assert list(frame["common_low"])[:3] == [81.0, 1.0, 11.0]
    assert math.isnan(frame["common_low"][3])
    assert list(frame["common_high"])[:3] == [math.inf, 1.0, math.inf]
    assert math.isnan(frame["common_high"][3])
    assert (frame["common_low"][4], frame["common_high"][4]) == (2.0, 25.0)
    assert list(frame["status"]) == ["single source"] * 3 + ["unreported", "compatible"]
    assert list(frame["silences"]) == [0, 0, 0, 1, 0]
    assert list(frame["denials"]) == [0, 2, 0, 0, 0]
    assert list(frame["support_sources"]) == [1, 1, 1, 0, 2]
    assert frame["victim_status"].tolist()[:4] == ["combatant", "combatant", "civilian", "combatant"]
    assert frame["gap"].isna().all()
    assert frame["common_high"].sum() == math.inf


def test_positions_of_the_seed() -> None:
    """One row a position, with who says it, on which day, and when it was stated."""
    frame = cs.reconcile(cs.seeds.load(SEED)).positions_frame()
    assert list(frame["source_name"])[:2] == ["Artsakh Ministry of Defence", "Armenia"]
    assert list(frame["high"]) == [math.inf, 1.0, math.inf, 25.0, math.inf]
    assert set(frame["until"]) == set(frame["stated"]) == {"2020-09-30"}
    assert list(frame["interest"]) == ["own side", "own side", "own side", "not known", "third party"]


def test_every_claim_is_in_the_claims_frame() -> None:
    """Each claim can be followed to its words and report; a claim in two papers has two rows."""
    ledger = cs.seeds.load(SEED)
    frame = cs.reconcile(ledger).claims_frame()
    assert sorted(frame["claim"]) == sorted(claim.id for claim in ledger)
    assert list(frame["number"]) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert set(frame["published"]) == {"2020-09-30"}
    assert frame["low"].isna().tolist() == [False, False, True, True, False, True, False, False]


def test_citations_denials_and_disputes() -> None:
    """Two citations are two rows, none is one row with citation 0; a dispute has its gap."""
    text = """
casualties: 1
sources: {a: {name: A}, b: {name: B}, c: {name: C}}
reports: {one: {publisher: One}, two: {publisher: Two, published: 2021, retrieved: 2022}}
defaults: {until: 2021-03-04, stated: 2021-03-04}
claims:
  - {source: a, killed: {low: 3, high: 9, best: 4}, cited: [{report: one, relays: [X, Y]}, two], alleged: {side: north}}
  - {source: b, killed: {low: 20, high: 20}}
  - {source: c, denies: killed, aspect: occurrence}
"""
    result = cs.reconcile(cs.read(io.StringIO(text), format="yaml"))
    claims, positions, findings = result.claims_frame(), result.positions_frame(), result.to_frame()
    by_a = claims[claims["source"] == "a"]
    assert list(by_a["citation"]) == [1, 2]
    assert list(by_a["report"]) == ["one", "two"]
    assert by_a["relays"].tolist()[0] == "X; Y"
    assert by_a["retrieved"].tolist()[1] == "2022"
    assert list(by_a["best"]) == [4.0, 4.0]
    assert list(by_a["alleged"]) == ["side: north"] * 2
    assert list(claims[claims["source"] == "b"]["citation"]) == [0]
    assert claims[claims["source"] == "b"]["publisher"].isna().all()
    assert list(positions[positions["denies"]]["high"]) == [0.0]
    assert (findings["disputes"][0], findings["gap"][0]) == (3, 20.0)
    assert math.isnan(findings["common_low"][0])
    assert (findings["span_low"][0], findings["span_high"][0]) == (0.0, 20.0)
    assert findings["support"][0] == "0; 3–9; 20"
