"""Rows that rest on others: answered as columns where that is plain, and as objects answer them always."""

from __future__ import annotations

from random import Random
from typing import Any

import pandas as pd
import pytest

pytest.importorskip("pyarrow", reason="the extra columns is not installed")

import casualties as cs
from casualties.columns import check_table, ledger_of, reconcile_table

from .test_equal_to_objects import content

SOURCES = ("ministry", "monitor", "agency", "paper", "unnamed")


def table_of_links(seed: int, *, across: bool) -> pd.DataFrame:
    """Draw claims of which a third rest on others: of their topic only, or of any, in chains and on several."""
    draw = Random(seed)
    rows = [
        {
            "source": (source := draw.choice(SOURCES)),
            "source_kind": "unattributed" if source == "unnamed" else "",
            "stance": "states",
            "harm": draw.choice(("killed", "wounded")),
            "event": f"event-{draw.randrange(4)}",
            "low": low,
            "high": low + draw.randrange(4) if draw.random() < 0.7 else None,
            "until": draw.choice(("2020-09-28", "2020-09-30")),
            "stated": draw.choice(("2020-10-01", "2020-10-02")),
            "modality": draw.choice(("", "", "projected", "confirmed")),
            "based_on": "",
        }
        for low in (draw.randrange(1, 12) for _ in range(24))
    ]
    table = pd.DataFrame(rows)
    ids = list(check_table(table).table["claim_id"])
    table["claim_id"] = ids
    for place, row in enumerate(rows):
        if draw.random() > 0.35:
            continue
        alike = [
            other
            for other in range(len(rows))
            if ids[other] != ids[place]
            and (across or (rows[other]["event"], rows[other]["harm"]) == (row["event"], row["harm"]))
        ]
        free = [other for other in alike if across or not table.loc[other, "based_on"]]
        if free and (across or not any(ids[place] in cell for cell in table["based_on"])):
            some = draw.sample(free, min(len(free), draw.choice((1, 1, 2)) if across else 1))
            table.loc[place, "based_on"] = "|".join(sorted({ids[other] for other in some}))
    return table


def answers(table: pd.DataFrame, **clocks: Any) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """Give the way a table went, its values, and those of the ledger it is read into."""
    found = reconcile_table(table, **clocks)
    return found.tables.path, content(found), content(cs.reconcile(ledger_of(table), **clocks))


@pytest.mark.parametrize("seed", range(12))
def test_copies_are_answered_as_columns(seed: int) -> None:
    """A row that rests on one of its topic needs no object, and is a copy of it."""
    table = table_of_links(seed, across=False).drop_duplicates("claim_id")
    path, columns, objects = answers(table)
    assert path == "columns"
    assert "copy" in columns["attribution"]["role"]
    assert columns == objects


@pytest.mark.parametrize("as_of", [None, "2020-09-29"])
@pytest.mark.parametrize("seed", range(12))
def test_links_of_every_kind_are_answered_alike(seed: int, as_of: str | None) -> None:
    """Chains, circles, several links and links across topics have the values of objects."""
    _, columns, objects = answers(table_of_links(seed, across=True), as_of=as_of)
    assert columns == objects
