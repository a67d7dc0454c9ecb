"""Tables of every engine that is installed have the values of the ledgers that they hold."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.oracle import from_ledger
from tests.oracle.random_claims import random_records

import casualties as cs
from casualties.columns import RESOLVED, ParquetLedger, claims_table, ledger_of, reconcile_table

from .engines import ENGINES, put
from .ledgers import DAYS, daily_ledgers

clocks = st.fixed_dictionaries({"as_of": st.sampled_from((None, *DAYS)), "known_on": st.sampled_from((None, *DAYS))})


def content(result: cs.Reconciliation) -> dict[str, Any]:
    """Give all values of all tables, with one sign for what is missing."""
    frames = {
        "findings": result.to_frame(words=False),
        "attribution": result.attribution_frame(),
        "support": result.support_frame(),
    }
    return {name: frame.astype(object).where(frame.notna(), None).to_dict("list") for name, frame in frames.items()}


def same(ledger: cs.Ledger, table: pd.DataFrame, engine: str, **clocks: Any) -> None:
    """Hold the two paths against each other."""
    result = reconcile_table(put(table, engine), checked=True, **clocks)
    assert content(result) == content(cs.reconcile(ledger, **clocks))


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_flat_table_has_the_values_of_its_ledger(engine: str, data: st.DataObject) -> None:
    """Tables of which nothing was resolved beforehand come out as the ledger that they are read into."""
    ledger, days = data.draw(daily_ledgers(plain=True)), data.draw(clocks)
    table = claims_table(ledger).drop(columns=list(RESOLVED))
    same(ledger_of(table), table, engine, **days)


LEDGERS: Final = 200
"""How many ledgers are drawn; each speaks of people of a nationality of its own, so that they keep apart in one."""


def together(seeds: range) -> cs.Ledger:
    """Put random ledgers, in which every rule of the oracle is met, into one."""
    drawn = []
    for seed in seeds:
        records = random_records(seed)
        claims = [
            replace(each, facets=tuple(sorted({**dict(each.facets), "nationality": f"n{seed:03}"}.items())))
            for each in records.claims
        ]
        drawn.append(from_ledger.ledger_of(replace(records, claims=tuple(claims))))
    return cs.merge(drawn)


@pytest.fixture(scope="module")
def many() -> cs.Ledger:
    """Put the first random ledgers into one."""
    return together(range(LEDGERS))


@pytest.mark.parametrize("engine", ENGINES)
def test_random_ledgers_have_their_values_in_every_engine(engine: str, many: cs.Ledger) -> None:
    """The rows of two hundred random ledgers come out as the ledger that they are read into, on two days."""
    table = claims_table(many).drop(columns=list(RESOLVED))
    assert table["nationality"].nunique() == LEDGERS
    for days in ({}, {"as_of": "2023-10-04"}):
        same(ledger_of(table), table, engine, **days)


def test_random_ledgers_have_their_values_in_a_folder(many: cs.Ledger, tmp_path: Path) -> None:
    """Trees, links and declared words among them."""
    kept = ParquetLedger(tmp_path)
    kept.append(many)
    assert content(kept.reconcile()) == content(cs.reconcile(many))


@pytest.mark.parametrize("engine", ENGINES)
def test_first_days_of_stocks_tell_no_topics_apart(engine: str) -> None:
    """Those missing since a day and those missing are one topic, as in a ledger."""
    said: list[dict[str, Any]] = [
        {"source": "a", "since": None, "low": 5},
        {"source": "b", "since": "2023-10-01", "low": 7},
    ]
    rows = [
        {"stance": "states", "harm": "missing", "until": "2023-10-05", **each, "high": each["low"]} for each in said
    ]
    table = pd.DataFrame(rows)
    same(ledger_of(table), table, engine)
    assert len(reconcile_table(put(table, engine), checked=True)) == 1


def main(first: int, last: int) -> None:
    """Hold the tables of random ledgers to their values: `python -m tests.columns.test_equal_to_objects 0 10000`."""
    for start in range(first, last, LEDGERS):
        seeds = range(start, min(start + LEDGERS, last))
        table = claims_table(together(seeds)).drop(columns=list(RESOLVED))
        same(ledger_of(table), table, ENGINES[0])
        sys.stdout.write(f"{len(seeds)} ledgers from seed {start} on: {len(table)} claims, every value equal\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
