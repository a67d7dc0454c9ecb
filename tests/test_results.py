"""All findings of a ledger: their order, narrowing them, and asking for one."""

from __future__ import annotations

import pytest

import casualties as cs
from casualties.errors import ModelError, UnknownNameError
from casualties.model.claim import Claim
from casualties.model.source import Source
from casualties.model.subject import Subject

KILLED = Subject(harm=["killed"])
SUBJECTS = [
    KILLED.replacing(side="a", status="civilian"),
    KILLED.replacing(side="a", status="combatant"),
    KILLED.replacing(side="b"),
    KILLED,
    Subject(harm=["wounded"], side="a"),
]


def ledger() -> cs.Ledger:
    """Put one claim on each subject into a ledger, the last first."""
    claims = [
        Claim(source="mod", subject=subject, figure=cs.Figure.exactly(place), stated="2020-09-30")
        for place, subject in enumerate(SUBJECTS)
    ]
    return cs.Ledger(reversed(claims), sources=[Source(key="mod")])


def test_findings_are_ordered_by_what_they_are_about() -> None:
    """Harm, then side, then the other facets; what names no side stands last."""
    assert [finding.subject for finding in cs.reconcile(ledger())] == SUBJECTS


def test_narrower_reconciliation() -> None:
    """Facets keep what has them; the ledger stays whole."""
    result = cs.reconcile(ledger())
    assert [finding.subject for finding in result.about(side="a", harm="killed")] == SUBJECTS[:2]
    assert result.about(side="b").ledger == ledger()
    assert repr(result.about(side="b")) == "<Reconciliation of 5 claims: 1 findings>"


@pytest.mark.parametrize(("facets", "reason"), [({"side": "c"}, "none"), ({"side": "a"}, "several")])
def test_one_must_be_one(facets: dict[str, str], reason: str) -> None:
    """None and several are told apart, and shown."""
    with pytest.raises(UnknownNameError) as caught:
        cs.reconcile(ledger()).one(**facets)
    assert caught.value.reason == reason
    assert "killed, a, civilian" in str(caught.value)


def test_equality() -> None:
    """Equal ledgers give equal results; another day may not."""
    one, other = cs.reconcile(ledger()), cs.reconcile(ledger())
    assert one == other
    assert hash(one) == hash(other)
    assert one != cs.reconcile(ledger(), as_of="2020-10-05")
    assert one != 1


def test_days_and_lexicons_are_checked_at_once() -> None:
    """What is no day, and a lexicon that there is none of, are refused before anything is asked."""
    with pytest.raises(ModelError):
        cs.reconcile(ledger(), as_of="soon")
    with pytest.raises(ModelError):
        cs.reconcile(ledger(), known_on="then")
    with pytest.raises(UnknownNameError):
        cs.reconcile(ledger(), lexicon="nope")


def test_one_of_several_is_the_one_that_names_no_other_facet() -> None:
    """Asked for the civilians it is not the children among them; where that leaves several, the first day decides."""
    rows = [
        {"status": "civilian"},
        {"status": "civilian", "age": "child"},
        {"status": "civilian", "since": "2020-10-01"},
    ]
    claims = [
        Claim(source="a", subject=Subject(harm=["killed"], until="2020-10-02", **row), figure=cs.Figure(n, n))
        for n, row in enumerate(rows, 1)
    ]
    result = cs.reconcile(cs.Ledger(claims, sources=[Source(key="a")]))
    with pytest.raises(UnknownNameError, match="2 findings, not one"):
        result.one(status="civilian")
    assert result.one(status="civilian", since=None).span == cs.Figure(1, 1)
    assert result.one(status="civilian", since="2020-10-01").span == cs.Figure(3, 3)
    assert result.one(age="child").span == cs.Figure(2, 2)
    assert len(result.about(age=None)) == 2


def test_nothing_gives_nothing() -> None:
    """An empty ledger has no findings."""
    assert len(cs.reconcile(cs.Ledger())) == 0
