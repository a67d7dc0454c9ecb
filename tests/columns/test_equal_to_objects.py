"""Tables of every engine that is installed have the values of the ledgers that they hold."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import casualties as cs
from casualties.columns import RESOLVED, Tables, claims_table, ledger_of, reconcile_table, tables_of

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


def same(ledger: cs.Ledger, table: pd.DataFrame, engine: str, **clocks: Any) -> None:
    """Hold the two paths against each other."""
    tables = reconcile_table(put(table, engine), checked=True, **clocks)
    assert content(tables) == content(tables_of(cs.reconcile(ledger, **clocks)))


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_flat_table_has_the_values_of_its_ledger(engine: str, data: st.DataObject) -> None:
    """Tables of which nothing was resolved beforehand come out as the ledger that they are read into."""
    ledger, days = data.draw(daily_ledgers(plain=True)), data.draw(clocks)
    table = claims_table(ledger).drop(columns=list(RESOLVED))
    same(ledger_of(table), table, engine, **days)
