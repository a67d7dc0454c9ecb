"""What tests build: claims in a few words, ledgers whose sources need no more than their names, and what follows."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from types import EllipsisType
from typing import Any

import pytest
from hypothesis import settings

from casualties.errors import LedgerFileError
from casualties.files.mapped import TableReading, read_table
from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.results import Finding, reconcile

KILLED = Subject(harm=["killed"], side="armenian", since="2020-09-27")
"""The people of whom most claims in tests speak."""


def examples(number: int) -> int:
    """Give how many examples a test draws that draws so many where others draw a hundred."""
    return max(number * settings().max_examples // 100, min(number, 5))


Day = str | EllipsisType | None
"""A last day; the ellipsis leaves that of the subject as it is."""


def says(source: str, figure: int | Figure, until: Day = ..., about: Subject = KILLED, **facts: Any) -> Claim:
    """Make a claim that states a figure, by its number where it is exact."""
    exact = Figure.exactly(figure) if isinstance(figure, int) else figure
    return Claim(**{"source": source, "subject": reaching(about, until), "figure": exact, **facts})


def act(source: str, stance: str, until: Day = ..., about: Subject = KILLED, **facts: Any) -> Claim:
    """Make a claim without a figure: a denial, a withdrawal or a silence."""
    return Claim(**{"source": source, "subject": reaching(about, until), "stance": stance, **facts})


def denies(source: str, until: Day = ..., about: Subject = KILLED, **facts: Any) -> Claim:
    """Make a claim that it did not happen, unless another aspect is given."""
    return act(source, "denies", until, about, **{"aspect": "occurrence", **facts})


def withdraws(claim: Claim, **facts: Any) -> Claim:
    """Make a withdrawal of a claim by its source."""
    return act(claim.source, "withdraws", about=claim.subject, target=claim.id, **facts)


def ledger(*claims: Claim, sources: Iterable[Source] = (), **declared: Any) -> Ledger:
    """Put claims into a ledger, with the sources that they name and what else is declared."""
    return Ledger(claims, sources=[*sources, *(Source(key=claim.source) for claim in claims)], **declared)


@cache
def read_once(path: Path, mapping: str) -> TableReading:
    """Read a table of real data by a mapping that ships, once for all tests."""
    return read_table(path, mapping)


def findings(*claims: Claim, sources: Iterable[Source] = (), **asked: Any) -> tuple[Finding, ...]:
    """Reconcile claims, for a day or knowledge where they are asked for."""
    return reconcile(ledger(*claims, sources=sources), **asked).findings


def finding(*claims: Claim, sources: Iterable[Source] = (), **asked: Any) -> Finding:
    """Give the only finding of some claims."""
    (only,) = findings(*claims, sources=sources, **asked)
    return only


def reaching(about: Subject, until: Day) -> Subject:
    """Let the count of a subject reach to a last day."""
    return about if until is ... else about.replacing(until=until)


def problems(read: Callable[[str], object], text: str) -> list[str]:
    """Read a text that is wrong, and list what is told of it."""
    with pytest.raises(LedgerFileError) as caught:
        read(text)
    return [str(problem) for problem in caught.value.problems]


def calls(act: Callable[[], object]) -> int:
    """Count the calls that an act makes, of Python and of C: a measure of work that no clock disturbs."""
    count = 0

    def tick(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tick)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count
