"""Ledgers that live in a folder: appending is union, and reconciling what changed is reconciling all of it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import casualties as cs
from casualties.engine import ParquetLedger, Tables, tables_of

from .ledgers import DAYS, daily_ledgers
from .test_equal_to_objects import content

pytest.importorskip("narwhals", reason="the extra engine is not installed")
pa = pytest.importorskip("pyarrow", reason="the extra engine is not installed")


def written(tables: Tables) -> list[bytes]:
    """Write the three tables, as bytes."""
    found = []
    for table in (tables.findings, tables.attribution, tables.support):
        out = pa.BufferOutputStream()
        with pa.ipc.new_stream(out, table.schema) as writer:
            writer.write_table(table)
        found.append(out.getvalue().to_pybytes())
    return found


def pieces(ledger: cs.Ledger, number: int, chosen: list[int]) -> list[cs.Ledger]:
    """Split a ledger by its claims; each piece declares what the whole does."""
    claims = list(ledger)
    return [
        ledger.keeping(claim for claim, piece in zip(claims, chosen, strict=True) if piece == each)
        for each in range(number)
    ]


@st.composite
def histories(draw: st.DrawFn) -> tuple[cs.Ledger, list[cs.Ledger]]:
    """Draw a ledger, and the pieces in which it was appended, some of them twice."""
    ledger = draw(daily_ledgers(plain=draw(st.booleans())))
    number = draw(st.integers(1, 3))
    chosen = draw(st.lists(st.integers(0, number - 1), min_size=len(ledger), max_size=len(ledger)))
    parts = pieces(ledger, number, chosen)
    again = draw(st.lists(st.sampled_from(parts), max_size=2))
    return ledger, draw(st.permutations([*parts, *again]))


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(history=histories(), crossover=st.sampled_from((0, 2000)), data=st.data())
def test_reconciling_what_changed_is_reconciling_all(
    history: tuple[cs.Ledger, list[cs.Ledger]], crossover: int, data: st.DataObject
) -> None:
    """After every append the result is, byte for byte, that of a folder in which all was appended at once."""
    whole, parts = history
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("casualties.engine._living.CROSSOVER", crossover)
        living = ParquetLedger(Path(folder) / "living")
        so_far = cs.Ledger()
        for place, part in enumerate(parts):
            living.append(part)
            so_far = so_far | part
            days: dict[str, Any] = {name: data.draw(st.sampled_from((None, *DAYS))) for name in ("as_of", "known_on")}
            anew = ParquetLedger(Path(folder) / f"anew-{place}")
            anew.append(so_far)
            found = living.reconcile(**days)
            assert written(found) == written(anew.reconcile(**days)) == written(living.reconcile(**days))
            assert content(found) == content(tables_of(cs.reconcile(so_far, **days)))
        assert living.ledger() == so_far == whole
