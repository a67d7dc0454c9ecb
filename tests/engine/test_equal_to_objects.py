"""The column path gives the values of the object path, on every engine that is installed."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import casualties as cs
from casualties.engine import RESOLVED, Tables, claims_table, limits, reconcile_table, tables_of

from .engines import ENGINES, put
from .ledgers import DAYS, daily_ledgers

clocks = st.fixed_dictionaries({"as_of": st.sampled_from((None, *DAYS)), "known_on": st.sampled_from((None, *DAYS))})


def content(tables: Tables) -> dict[str, Any]:
    """Give all values of all tables, with one sign for what is missing."""
    frames = {
        "findings": tables.to_frame(),
        "attribution": tables.attribution_frame(),
        "support": tables.support_frame(),
    }
    return {name: frame.astype(object).where(frame.notna(), None).to_dict("list") for name, frame in frames.items()}


def same(ledger: cs.Ledger, table: pd.DataFrame, engine: str, **clocks: str | None) -> None:
    """Hold the two paths against each other."""
    columns = reconcile_table(put(table, engine), checked=True, **clocks)
    assert columns.path == "columns"
    assert content(columns) == content(tables_of(cs.reconcile(ledger, **clocks)))


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_ledger_as_columns(engine: str, data: st.DataObject) -> None:
    """Ledgers with trees, links, circles, gradings and withdrawals come out the same, for every day and knowledge."""
    ledger, days = data.draw(daily_ledgers()), data.draw(clocks)
    same(ledger, claims_table(ledger, **days), engine, **days)


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_flat_table_as_columns(engine: str, data: st.DataObject) -> None:
    """Flat tables, of which nothing is resolved beforehand, come out the same where columns can answer."""
    ledger, days = data.draw(daily_ledgers(plain=True)), data.draw(clocks)
    table = claims_table(ledger).drop(columns=list(RESOLVED))
    assume(not limits(table, **days))
    same(ledger, table, engine, **days)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("seed", [name for name in cs.seeds.names() if not limits(claims_table(cs.seeds.load(name)))])
def test_seed_as_columns(engine: str, seed: str) -> None:
    """Real claims come out the same."""
    ledger = cs.seeds.load(seed)
    same(ledger, claims_table(ledger), engine)
