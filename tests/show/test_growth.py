"""What is shown grows with what it tells: twice as many sources that all dispute make twice the text and the work."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

import casualties as cs
from casualties.model.claim import Claim
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.results import Reconciliation
from casualties.show.json import LISTED, to_plain

FEW, MANY = 80, 160

SHOWN: dict[str, Callable[[Reconciliation], object]] = {
    "text": lambda result: result.to_text(),
    "printed": str,
    "markdown": lambda result: result.to_markdown(),
    "json": lambda result: result.to_json(),
    "explanation": lambda result: "".join(map(str, result.explain())),
    "page": lambda result: result.to_html(pictures=False),
    "brief": lambda result: str(result.brief()),
    "findings": lambda result: result.to_frame().to_csv(),
    "positions": lambda result: result.positions_frame().to_csv(),
    "claims": lambda result: result.claims_frame().to_csv(),
}


def all_apart(sources: int) -> cs.Ledger:
    """Let every source state another number of the same dead."""
    dead = Subject(harm=["killed"], side="north", since="2020-09-27", until="2020-09-30")
    return cs.Ledger(
        [
            Claim(source=f"s{place}", subject=dead, figure=cs.Figure.exactly(1000 + 100 * place), stated="2020-10-12")
            for place in range(sources)
        ],
        sources=[Source(key=f"s{place}") for place in range(sources)],
    )


def calls(act: Callable[[], object]) -> int:
    """Count the calls of functions that an act makes."""
    found = 0

    def count(_frame: FrameType, event: str, _value: object) -> None:
        nonlocal found
        found += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(before)
    return found


@pytest.mark.parametrize("form", SHOWN)
def test_calls_and_bytes_grow_with_the_sources(form: str) -> None:
    """There are four times as many pairs: neither the work nor the size follows them."""
    show = SHOWN[form]
    show(cs.reconcile(all_apart(3)))  # what is loaded once is loaded
    few, many = cs.reconcile(all_apart(FEW)), cs.reconcile(all_apart(MANY))
    sizes = [len(str(show(result)).encode()) for result in (few, many)]
    assert sizes[1] <= 2.2 * sizes[0]
    work = [calls(lambda size=size: show(cs.reconcile(all_apart(size)))) for size in (FEW, MANY)]  # type: ignore[misc]
    assert work[1] <= 2.3 * work[0]


def test_all_pairs_are_counted_and_the_first_are_listed() -> None:
    """Nothing is lost: the finding holds every pair, and JSON tells how many there are."""
    result = cs.reconcile(all_apart(FEW))
    (finding,) = result
    assert len(finding.disputes) + len(finding.near) == FEW * (FEW - 1) // 2
    assert finding.disputes.widest == finding.disputes[0].gap == 100 * (FEW - 1)
    gaps = [pair.gap for pair in finding.disputes]
    assert gaps == sorted(gaps, reverse=True)

    (plain,) = to_plain(result.findings, result.view)["findings"]
    assert len(plain["disputes"]) == LISTED
    assert plain["counts"]["disputes"] == len(finding.disputes)
    assert plain["disputes"][0]["gap"] == 100 * (FEW - 1)


def test_a_long_finding_prints_its_first_claims_and_counts_the_others() -> None:
    """A printed reconciliation stays short; every claim stands in the text that is asked for."""
    result = cs.reconcile(all_apart(FEW))
    assert f"and {FEW - 12} more claims, not shown" in str(result)
    assert "not shown" not in result.to_text()
    assert len(str(result).encode()) < len(result.to_text().encode()) / 2
