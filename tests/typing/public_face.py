"""Programs that must check, and lines that must not: read by the type checkers, never run.

A line that must not check is marked `type: ignore` with its code.  Were it to check, mypy would say that the mark is
not used.
"""

from __future__ import annotations

from typing import assert_type

import pandas as pd

import casualties as cs
from casualties.bounding import Bound
from casualties.codebooks import Resolution
from casualties.difference import Changes
from casualties.engine import Tables
from casualties.files import LeftOut
from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.subject import Subject
from casualties.results import Finding


def figures_and_words() -> None:
    """Words may state no figure, and two figures may have no meet; both must be looked at."""
    assert_type(cs.parse_figure("more than 80"), Figure | None)
    assert_type(Figure.at_least(3) & Figure.at_most(9), Figure | None)
    assert_type(Figure.at_least(3) | Figure.at_most(9), Figure)
    assert_type(Figure.at_least(3).high, int | None)
    cs.parse_figure("11").low  # type: ignore[union-attr]
    Figure(1, 5) < Figure(2, 6)  # type: ignore[operator]
    Figure("9", None)  # type: ignore[arg-type]


def from_a_ledger_to_an_answer() -> None:
    """A ledger gives a reconciliation, with findings; what could not be written is told."""
    ledger = cs.read("ledger.yaml") | cs.read("other.csv")
    assert_type(ledger, cs.Ledger)
    assert_type(cs.write(ledger, "out.json"), tuple[LeftOut, ...])
    for claim in ledger:
        assert_type(claim, Claim)
        claim.figure.low  # type: ignore[union-attr]
    result = cs.reconcile(ledger, as_of="2020-09-30")
    assert_type(result, cs.Reconciliation)
    for finding in result:
        assert_type(finding, Finding)
        assert_type(finding.common, Figure | None)
        assert_type(finding.resolve("ucdp"), Resolution)
    assert_type(result.to_frame(), pd.DataFrame)
    assert_type(cs.changes(ledger, ledger), Changes)
    for bound in cs.bounds(ledger):
        assert_type(bound, Bound)
    cs.reconcile(ledger, as_of=20200930)  # type: ignore[call-overload]
    Figure(1, 2).low = 3  # type: ignore[misc]


def from_a_table_to_tables(frame: pd.DataFrame) -> None:
    """A frame or a file gives tables, whichever way they are worked out."""
    assert_type(cs.reconcile(frame), Tables)
    assert_type(cs.reconcile("claims.parquet"), Tables)


def records_are_strict() -> None:
    """A record takes keywords that it knows, and no other."""
    Subject(harm=["killed"], sidde="armenian")  # type: ignore[call-arg]
