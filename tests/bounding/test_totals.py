"""Sums by group: what is added, what is not, and what is said of it."""

from __future__ import annotations

import math
from typing import Any

import pytest

import casualties as cs
from casualties.errors import UnknownNameError
from casualties.model.claim import Claim
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term

TERMS = [
    Term(kind="side", key="north", against=["south"]),
    Term(kind="event", key="raid", apart=["siege", "march"]),
    Term(kind="event", key="siege", apart=["march"]),
]


def said(event: str | None, since: str, until: str, figure: cs.Figure | None, **fields: Any) -> Claim:
    """State a figure of an event, or be silent on it."""
    facets = {name: fields.pop(name) for name in list(fields) if name in Subject.model_fields}
    subject = Subject(**{"harm": ["killed"], "event": event, "since": since, "until": until, **facets})
    stance = {"figure": figure} if figure is not None else {"stance": "silent"}
    return Claim(**{"source": "coder", "subject": subject, **stance, **fields})


def answer(*claims: Claim) -> cs.Bounds:
    """Bound the subjects of a ledger."""
    sources = [Source(key=key) for key in sorted({claim.source for claim in claims})]
    return cs.bounds(cs.Ledger(claims, sources=sources, terms=TERMS))


RAID = ("raid", "2031-03-02", "2031-03-02")
SIEGE = ("siege", "2031-03-05", "2031-03-20")
MARCH = ("march", "2031-03-30", "2031-04-02")


def test_months_and_sides() -> None:
    """Two events of one month are added side by side; a third that runs into the next has a row of its own."""
    bounds = answer(
        said(*RAID, cs.Figure(3, 5, best=4), side="north"),
        said(*SIEGE, cs.Figure(10, 10), side="north"),
        said(*SIEGE, cs.Figure(7, None), side="south"),
        said(*MARCH, None, side="south"),
    )
    frame = bounds.totals(by=["month", "side"])
    rows = [
        tuple(row) for row in frame[["month", "side", "low", "high", "subjects", "missing"]].itertuples(index=False)
    ]
    assert rows == [
        ("2031-03", "north", 13.0, 15.0, 2, 0),
        ("2031-03", "south", 7.0, math.inf, 1, 0),
        ("2031-03/2031-04", "south", 0.0, math.inf, 1, 1),
    ]
    assert [None if math.isnan(best) else best for best in frame["best"]] == [14.0, None, None]
    assert list(bounds.totals(by=["year"])["low"]) == [20.0]
    assert list(bounds.totals(by=["day", "event"])["day"]) == [
        "2031-03-02",
        "2031-03-05/2031-03-20",
        "2031-03-30/2031-04-02",
    ]


def test_inside_one_another_counts_once() -> None:
    """Of an event and its civilians the event is added, and its civilians are among its dead."""
    bounds = answer(said(*RAID, cs.Figure(9, 9)), said(*RAID, cs.Figure(4, 4), status="civilian"))
    (total,) = bounds.group_totals(["event"])
    assert (total.figure, total.best, total.claims, len(total.subjects)) == (cs.Figure(9, 9), 9, 2, 1)


def test_what_may_overlap_is_not_added() -> None:
    """Two places that nobody declares apart may be one: their pair is counted, and added only by name."""
    claims = [said(None, "2031-03-01", "2031-03-02", cs.Figure(3, 3), place=place) for place in ("ford", "mill")]
    bounds = answer(*claims)
    frame = bounds.totals(by=["month"])
    assert (list(frame["overlaps"]), math.isnan(frame["low"][0]), math.isnan(frame["high"][0])) == ([1], True, True)
    assert list(bounds.totals(by=["month"], overlapping_subjects_ok=True)["low"]) == [6.0]
    assert list(bounds.totals(by=["place"])["low"]) == [3.0, 3.0]


def test_harms_are_never_added_and_assumed_ends_show() -> None:
    """Killed and wounded have rows of their own; about 25 is 20 to 30, and its row says that both are assumed."""
    bounds = answer(
        said(*RAID, cs.parse_figure("about 25")), said(*RAID, cs.Figure(2, 2)).replacing(subject=_wounded(*RAID))
    )
    frame = bounds.totals(by=["event"])
    assert list(zip(frame["harm"], frame["low"], frame["high"], frame["assumed"].fillna(""), strict=True)) == [
        ("killed", 20.0, 30.0, "low; high"),
        ("wounded", 2.0, 2.0, ""),
    ]


def _wounded(event: str, since: str, until: str) -> Subject:
    return Subject(harm=["wounded"], event=event, since=since, until=until)


def test_stock_belongs_to_its_day() -> None:
    """The missing of a day are those of its month."""
    missing = Subject(harm=["missing"], until="2031-03-31")
    (total,) = answer(Claim(source="coder", subject=missing, figure=cs.Figure(8, 8))).group_totals(["month"])
    assert (total.group, total.figure) == ({"month": "2031-03"}, cs.Figure(8, 8))


def test_empty_frame_has_its_columns() -> None:
    """A ledger without claims has no row, and the same columns."""
    assert list(answer().totals(by=["side"]).columns) == [
        "harm", "side", "low", "high", "best", "assumed", "proved", "subjects", "claim_count", "missing", "overlaps",
        "low_as_different", "high_as_different",
    ]  # fmt: skip


def test_unknown_group_is_refused() -> None:
    """A group is a facet or a period."""
    with pytest.raises(UnknownNameError, match="totals by 'week'"):
        answer().totals(by=["week"])


def test_total_is_printed_on_one_line() -> None:
    """A sum says on one line what is not known of it and what may count twice."""
    bounds = answer(said(*RAID, cs.Figure(3, 3)), said(*SIEGE, None))
    assert str(bounds.total(bound.subject for bound in bounds)) == (
        "3 or more (nothing known of 1 of 2: killed, siege 2031-03-05..2031-03-20)"
    )
    claims = [said(None, "2031-03-01", "2031-03-02", cs.Figure(3, 3), place=place) for place in ("ford", "mill")]
    bounds = answer(*claims)
    total = bounds.total([bound.subject for bound in bounds], overlapping_subjects_ok=True)
    assert str(total) == "6 (1 pair may share people and be counted twice)"
