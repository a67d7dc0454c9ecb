"""A ledger in a folder compares events as one where identifications join them, whichever append brings what."""

from __future__ import annotations

from pathlib import Path

from tests.builders import ledger, says

import casualties as cs
from casualties.columns import ParquetLedger


def statuses(store: ParquetLedger) -> list[tuple[str, str]]:
    """Give event and status of every finding."""
    frame = store.reconcile().to_frame()
    return list(zip(frame["event"], frame["status"], strict=True))


def test_events_of_two_appends_are_compared_once_somebody_says_so(tmp_path: Path) -> None:
    """Two single sources; then, on somebody's word, one dispute; then, on another's, two single sources again."""
    killed = cs.Subject(harm=["killed"], since="2020-08-18", until="2020-08-21")
    store = ParquetLedger(tmp_path / "store")
    store.append(ledger(says("ministry", cs.Figure(12, 30), about=killed.replacing(event="sheet-17", place="town"))))
    store.append(ledger(says("watch", cs.Figure.at_least(41), about=killed.replacing(event="ged-1"))))
    apart = [("ged-1", "single source"), ("sheet-17", "single source")]
    assert statuses(store) == apart
    events = ["ged-1", "sheet-17"]
    store.append(cs.Ledger(identifications=[cs.Identification(relation="same", events=events, says="reviewer")]))
    assert statuses(store) == [("ged-1", "disputed")]
    store.append(cs.Ledger(identifications=[cs.Identification(relation="different", events=events, says="desk")]))
    assert statuses(store) == apart
