"""Tables of claims: their first look, what they refuse, and how findings are printed."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import casualties as cs
from casualties.columns import RESOLVED, claims_table, ledger_of, limits, reconcile_table
from casualties.errors import CasualtiesError, LedgerFileError, MissingExtraError
from casualties.show.optional import Lazily

pytest.importorskip("pyarrow", reason="the extra columns is not installed")

BASE = {"source": "ministry", "stance": "states", "harm": "killed", "low": 5, "until": "2020-09-30"}


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    """Make a table of rows that differ from one row in what they say, each with an identity of its own."""
    given = [{"claim_id": f"c1-{place:020x}", **BASE, **row} for place, row in enumerate(rows)]
    frame = pd.DataFrame(given)
    for name in ("low", "high", "best", "reading"):
        if name in frame:
            frame[name] = frame[name].astype("Int64")
    return frame


def test_limit_is_named() -> None:
    """What a table lost when it was made from a ledger is named; other tables lost nothing."""
    assert limits(claims_table(cs.seeds.load("nagorno-karabakh-2016-04"))) == (
        "trees and links that were resolved when it was made from a ledger",
    )
    assert limits(table({}, {"source": "monitor", "high": 7, "publisher": "Monitor"})) == ()


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"status": "soldier"}, "row 1, column status: input should be"),
        ({"until": "30/09/2020"}, "row 1, column until: date '30/09/2020': not a date in this notation"),
        ({"stance": "says"}, "row 1, column stance: input should be 'states'"),
        ({"source": "a", "source_kind": "papers"}, "row 1, column source_kind: input should be 'belligerent'"),
        ({"harm": ""}, "row 1, column harm"),
        ({"low": None}, "row 1: claim by 'ministry' on killed"),
        (
            {"stance": "silent"},
            "row 1: claim by 'ministry' on killed ..2020-09-30: a claim that is silent has no figure",
        ),
        ({"low": -1}, "row 1, column low: '-1' is no count (write digits alone, such as 1200)"),
        ({"high": 4}, "row 1, column low: figure 5..4: high is below low"),
        ({"high": 10**13}, "row 1, column low: high: above the limit of 1,000,000,000,000"),
        ({"best": 4}, "row 1, column low: figure 5..: best 4 lies outside"),
        ({"since": "2020-10-01"}, "row 1: period 2020-10-01..2020-09-30: it ends before it begins"),
    ],
)
def test_row_that_cannot_be_is_refused(row: dict[str, Any], problem: str) -> None:
    """A row that no record would take stops the table, with what is wrong."""
    with pytest.raises(LedgerFileError) as caught:
        reconcile_table(table(row).drop(columns="claim_id"))
    assert problem in str(caught.value)


def test_months_are_reconciled() -> None:
    """A table with a month in it has the values of its ledger."""
    monthly = table({"until": "2020-09", "claim_id": None}, {"until": "2020-09", "low": 7, "claim_id": None})
    ledger = ledger_of(monthly)
    identities = {claim.figure: claim.id for claim in ledger}
    identified = monthly.assign(claim_id=[identities[cs.Figure.at_least(low)] for low in (5, 7)])
    result = reconcile_table(identified)
    assert result.tables.path == "columns"
    assert all(
        isinstance(each, pd.DataFrame)
        for each in (result.tables.findings, result.tables.attribution, result.tables.support)
    )
    assert result.to_frame(words=False).equals(cs.reconcile(ledger).to_frame(words=False))
    assert result.to_frame().equals(cs.reconcile(ledger).to_frame())


def test_too_large_a_table_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of too many rows is refused with what to do."""
    monkeypatch.setattr("casualties.columns._claim_tables.MOST_OBJECTS", 1)
    with pytest.raises(CasualtiesError, match=r"2 rows, more than 1.*\n.*in parts"):
        reconcile_table(table({"method": "survey", "until": "2020-09"}, {"method": "survey"}), checked=True)


def test_resolved_table_is_refused() -> None:
    """A table that was made from a ledger cannot become that ledger again: its trees and links are not in it."""
    made = claims_table(cs.seeds.load("ukraine-soldier-deaths-estimates"))
    with pytest.raises(CasualtiesError, match="reconcile the ledger itself"):
        reconcile_table(made)


def test_links_come_back() -> None:
    """A table of claims that rest on others becomes a ledger in which they still do."""
    first = next(iter(ledger_of(table({"claim_id": None})))).id
    both = ledger_of(table({"claim_id": None}, {"claim_id": None, "source": "paper"}))
    copy = next(claim.id for claim in both if claim.source == "paper")
    linked = ledger_of(table({"claim_id": first}, {"claim_id": copy, "source": "paper", "based_on": first}))
    assert [link.claim for link in linked[copy].based_on] == [first]


def test_printing_shows_the_first_fifty() -> None:
    """Of many findings the first fifty are printed, and the number of the others."""
    many = table(*({"event": f"e{place:03}", "high": place + 5} for place in range(60)))
    lines = str(reconcile_table(many.drop(columns="claim_id")).tables).splitlines()
    assert len(lines) == 51
    assert lines[0] == "killed, e000 to 2020-09-30: 5, single source"
    assert lines[1] == "killed, e001 to 2020-09-30: 5–6, single source"
    assert lines[-1] == "… and 10 more findings, not shown."


def test_printing_tells_disputes_and_silence() -> None:
    """Where no count is shared the span is printed as one; silence is no figure."""
    shown = str(
        reconcile_table(
            table(
                {"high": 5},
                {"source": "monitor", "low": 9, "high": 9},
                {"harm": "wounded", "stance": "silent", "low": None},
            ).drop(columns="claim_id")
        ).tables
    )
    assert shown.splitlines() == [
        "killed to 2020-09-30: between 5–9, disputed",
        "wounded to 2020-09-30: no figure, unreported",
    ]


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the engine's package is not installed, the error names the extra."""
    with pytest.raises(MissingExtraError, match=r"casualties\[columns\]"):
        _ = Lazily("no_such_package.inner", "columns").anything


def test_resolved_columns_are_published() -> None:
    """A table made from a ledger has every resolved column."""
    made = claims_table(cs.seeds.load("nagorno-karabakh-2020-09-30"))
    assert set(RESOLVED) <= set(made.columns)


def test_table_with_the_fewest_columns() -> None:
    """Facets that are no columns are left out; the findings are those of objects."""
    rows = [
        {"source": "a", "harm": "killed", "stance": "states", "low": 3},
        {"source": "b", "harm": "wounded", "stance": "states", "low": 5},
    ]
    given = pd.DataFrame(rows).astype({"low": "Int64"})
    found = reconcile_table(given)
    frame = found.to_frame(words=False)
    assert [(row.harm, row.span_low, row.span_high) for row in frame.itertuples()] == [
        ("killed", 3, float("inf")),
        ("wounded", 5, float("inf")),
    ]
