"""Suspect parts of a claim: what is told, and what is none."""

from __future__ import annotations

from typing import Any

import pytest

import casualties as cs
from casualties.bounding import audit, suspects
from casualties.model.claim import Claim
from casualties.model.report import Citation, Report
from casualties.model.source import Source
from casualties.model.subject import Subject

SUBJECT = Subject(harm=["killed"], since="2023-04-10", until="2023-04-12")


def claim(**more: Any) -> Claim:
    """Make a claim that states 12 killed."""
    fields: dict[str, Any] = {"source": "hospital", "subject": SUBJECT, "figure": cs.Figure.exactly(12)}
    return Claim(**{**fields, **more})


def cited(words: str | None = None, published: str | None = None) -> list[Citation]:
    """Cite words, or a report of a day."""
    report = Report(publisher="Post", published=published) if published else None
    return [Citation(words=words, report=report)]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, []),
        ({"citations": cited("twelve")}, []),
        ({"citations": cited("twelve people were buried there on Monday, he said")}, []),
        ({"citations": cited("not reported")}, []),
        ({"citations": cited("about 900")}, ["states 12, and the words 'about 900' say 800–1,000 (assumed)"]),
        ({"citations": cited("12 wounded")}, ["states 12, and '12 wounded' says wounded, not killed"]),
        ({"figure": None, "stance": "silent", "citations": cited("12")}, []),
        ({"stated": "2023-04-10"}, []),
        ({"stated": "2023-04"}, []),
        ({"stated": "2023-04-01"}, ["states on 2023-04-01 what happened from 2023-04-10 on"]),
        ({"stated": "2023-04-13", "citations": cited(published="2023-04")}, []),
        (
            {"stated": "2023-04-13", "citations": cited(published="2023-04-12")},
            ["is read in a report of 2023-04-12, before it was stated on 2023-04-13"],
        ),
    ],
)
def test_what_does_not_fit_is_told(more: dict[str, Any], told: list[str]) -> None:
    """Words that read as another count or harm, and dates out of their order."""
    assert [suspect.problem for suspect in suspects([claim(**more)])] == told


def test_audit_lists_slips() -> None:
    """An audit finds them, and says whose and about whom."""
    wrong = claim(stated="2023-04-01")
    found = audit(cs.Ledger([wrong], sources=[Source(key="hospital")]))
    assert bool(found)
    assert "1 suspect:\n\nKilled: people, 10 to 12 April 2023: hospital states on 2023-04-01" in str(found)
    assert wrong.id in str(found)


def test_words_that_are_no_count_are_no_slip() -> None:
    """A sentence with two counts in it says nothing against one of them."""
    assert suspects([claim(citations=cited("12 killed and 30 wounded"))]) == ()
