"""What the tests of codebooks share: findings from a few statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from casualties.model.claim import Assessment, Claim
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.report import Citation
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term
from casualties.results import Finding, reconcile

SOURCES = [
    Source(key="state", kinds=["government"], side="red"),
    Source(key="ministry", kinds=["government"], under="state"),
    Source(key="rebels", kinds=["belligerent"], side="blue"),
    Source(key="un", kinds=["intergovernmental"]),
    Source(key="observatory", kinds=["monitor"]),
    Source(key="aid", kinds=["ngo"]),
    Source(key="hospital", kinds=["medical"]),
    Source(key="paper", kinds=["media"]),
    Source(key="agency", kinds=["media"]),
    Source(key="almanac", kinds=["compiler"]),
    Source(key="reports", kinds=["unattributed"]),
]
SIDES = [Term(kind="side", key="red", against=["blue"]), Term(kind="side", key="blue")]
KILLED = Subject(harm=["killed"], side="red", status="civilian", since="2020-09-27", until="2020-09-30")

Said = tuple[str, object] | tuple[str, object, Mapping[str, object]]
FindingOf = Callable[..., Finding]


def claim_of(said: Said, subject: Subject) -> Claim:
    """Build a claim from its source and what it says: a number, a figure, words, or a stance."""
    source, what, *more = said
    facts: dict[str, object] = {"source": source, "subject": subject, **(dict(more[0]) if more else {})}
    facts["subject"] = subject.replacing(**facts.pop("facets", {}))  # type: ignore[arg-type]
    if grade := facts.pop("grade", None):
        facts["assessments"] = [Assessment(grader="desk", reliability=grade)]
    if isinstance(what, int):
        facts["figure"] = Figure.exactly(what)
    elif isinstance(what, Figure):
        facts["figure"] = what
    elif isinstance(what, str) and what in ("silent", "denies", "withdraws"):
        facts["stance"] = what
    else:
        facts = {"figure": Figure.at_least(1), "citations": [Citation(words=what)], **facts}
    return Claim(**facts)


@pytest.fixture
def finding_of() -> FindingOf:
    """Return a function that reconciles a few statements and gives the finding on the killed."""

    def build(*said: Said, as_of: str | None = None, lexicon: str | None = None, **facets: object) -> Finding:
        of = KILLED.replacing(**facets)
        ledger = Ledger([claim_of(each, of) for each in said], sources=SOURCES, terms=SIDES)
        result = reconcile(ledger, as_of=as_of, lexicon=lexicon)
        topic = of.topic.replacing(perpetrator=None, basis=None)  # neither makes a subject of its own
        return next(finding for finding in result if finding.subject == topic)

    return build
