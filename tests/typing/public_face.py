"""Programs that must check, and lines that must not: read by the type checkers, never run.

A line that must not check is marked `type: ignore` with its code.  Were it to check, mypy would say that the mark is
not used.
"""

from __future__ import annotations

from typing import assert_type

import pandas as pd
import polars as pl

import casualties as cs


def figures_and_words() -> None:
    """Words may state no figure, and two figures may have no meet; both must be looked at."""
    assert_type(cs.parse_figure("more than 80"), cs.Figure | None)
    assert_type(cs.Figure.at_least(3) & cs.Figure.at_most(9), cs.Figure | None)
    assert_type(cs.Figure.at_least(3) | cs.Figure.at_most(9), cs.Figure)
    assert_type(cs.Figure.at_least(3).high, int | None)
    cs.parse_figure("11").low  # type: ignore[union-attr]
    cs.Figure(1, 5) < cs.Figure(2, 6)  # type: ignore[operator]
    cs.Figure("9", None)  # type: ignore[arg-type]


def from_a_ledger_to_an_answer() -> None:
    """A ledger gives a reconciliation, with findings; what could not be written is told."""
    ledger = cs.read("ledger.yaml") | cs.read("other.csv")
    assert_type(ledger, cs.Ledger)
    assert_type(cs.write(ledger, "out.json"), tuple[cs.LeftOut, ...])
    for claim in ledger:
        assert_type(claim, cs.Claim)
        claim.figure.low  # type: ignore[union-attr]
    result = cs.reconcile(ledger, as_of="2020-09-30")
    assert_type(result, cs.Reconciliation)
    for finding in result:
        assert_type(finding, cs.Finding)
        assert_type(finding.common, cs.Figure | None)
        assert_type(finding.resolve("ucdp"), cs.Resolution)
    frame: pd.DataFrame = result.to_frame()
    assert len(frame) == len(result)
    assert_type(cs.changes(ledger, ledger), cs.Changes)
    for bound in cs.bounds(ledger):
        assert_type(bound, cs.Bound)
    cs.reconcile(ledger, as_of=20200930)  # type: ignore[arg-type]
    cs.Figure(1, 2).low = 3  # type: ignore[misc]


def whatever_holds_claims(frame: pd.DataFrame) -> None:
    """A ledger, a frame, a file or claims give one class, and an editor knows the library of each frame of it."""
    assert_type(cs.reconcile(frame), cs.Reconciliation)
    assert_type(cs.reconcile("claims.parquet"), cs.Reconciliation)
    result = assert_type(cs.reconcile([cs.claim("ministry", killed=3)]), cs.Reconciliation)
    assert_type(result.to_frame(), pd.DataFrame)
    assert_type(result.to_frame("polars", words=False), pl.DataFrame)
    assert_type(result.positions_frame(), pd.DataFrame)
    assert_type(result.positions_frame("polars"), pl.DataFrame)
    assert_type(result.claims_frame("pandas"), pd.DataFrame)
    assert_type(result.claims_frame("polars"), pl.DataFrame)
    assert_type(result.attribution_frame("polars"), pl.DataFrame)
    assert_type(result.support_frame(), pd.DataFrame)
    result.to_frame("arrow")  # type: ignore[call-overload]


def the_face_knows_its_names() -> None:
    """A name is what its room has under it, and a misspelt one is an error."""
    assert_type(cs.seeds.load("nagorno-karabakh-2020-09-30"), cs.Ledger)
    assert_type(cs.codebooks.load("ucdp"), cs.Codebook)
    cs.Clam  # type: ignore[attr-defined]


def records_are_strict() -> None:
    """A record takes keywords that it knows, and no other."""
    cs.Subject(harm=["killed"], sidde="armenian")  # type: ignore[call-arg]
