"""Positions as they moved from day to day."""

from __future__ import annotations

from functools import partial

import pytest
from tests import builders

from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.results import reconcile

KILLED = Subject(harm=["killed"], since="2020-09-27")
says = partial(builders.says, about=KILLED)


CLAIMS = [
    says("a", 80, "2020-09-30"),
    says("a", 90, "2020-10-02"),
    says("b", 70, "2020-10-01"),
    says("b", 300, "2020-10-05", modality="projected"),
    says("b", 60, None),
    Claim(source="c", subject=KILLED.replacing(until="2020-10-07"), stance="silent"),
]


def told(**asked: str) -> list[tuple[str, str, str, bool]]:
    """Give day, source, figure and whether it is new, for each moment."""
    (found,) = reconcile(Ledger(CLAIMS, sources=[Source(key=key) for key in "abc"]), **asked)
    return [
        (str(moment.day), moment.position.source, str(moment.position.figure), moment.new) for moment in found.history()
    ]


def test_each_day_is_settled_anew() -> None:
    """On each day that somebody counts to, everybody stands where he last stood."""
    assert told() == [
        ("2020-09-30", "b", "60", False),  # undated: it speaks while nothing dated does
        ("2020-09-30", "a", "80", True),
        ("2020-10-01", "b", "70", True),
        ("2020-10-01", "a", "80", False),
        ("2020-10-02", "b", "70", False),
        ("2020-10-02", "a", "90", True),
    ]


def test_history_ends_with_the_day_asked_about() -> None:
    """Days after the one asked about are left out."""
    assert {day for day, *_ in told(as_of="2020-10-01")} == {"2020-09-30", "2020-10-01"}


def test_many_claims_have_a_history_too() -> None:
    """A topic that is worked out in arrays gives the same positions as one of a few claims, in plain numbers."""
    pytest.importorskip("numpy")
    keys = [f"s{place}" for place in range(200)]
    (found,) = reconcile(
        Ledger([says(key, 80, "2020-09-30") for key in keys], sources=[Source(key=key) for key in keys])
    )
    moments = found.history()
    assert [moment.position.source for moment in moments] == sorted(keys)
    assert {moment.position.figure for moment in moments} == {Figure.exactly(80)}
