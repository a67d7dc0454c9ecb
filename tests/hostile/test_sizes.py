"""Many claims and deep trees: nothing is lost, and work grows with what there is."""

from __future__ import annotations

import time
from pathlib import Path

import casualties as cs
from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term

SOURCES = [Source(key=f"s{number}") for number in range(50)]


def on_day(day: int, **facets: object) -> Subject:
    """Make a subject of the killed of one day of May 2021."""
    date = f"2021-05-{day:02}"
    return Subject.model_validate({"harm": ["killed"], "since": date, "until": date, **facets})


def test_fifty_thousand_claims_come_back(tmp_path: Path) -> None:
    """Of 50,000 claims on 1,000 subjects each has a fate, and a table of them is read back equal."""
    subjects = [on_day(1 + number % 25, place=f"p{number // 25}") for number in range(1000)]
    places = [Term(kind="place", key=f"p{number}") for number in range(40)]
    ledger = Ledger(
        (
            Claim(source=f"s{number % 50}", subject=subjects[number // 50], figure=Figure.exactly(number % 97 + 1))
            for number in range(50_000)
        ),
        sources=SOURCES,
        terms=places,
    )
    result = cs.reconcile(ledger)
    assert len(result) == 1000
    assert sum(len(finding.claims) for finding in result) == 50_000
    path = tmp_path / "ledger.csv"
    cs.write(ledger, path)
    assert cs.read(path) == ledger


def test_three_thousand_numbers_of_one_source_and_day() -> None:
    """That none of them is known to be the later one is seen without comparing each with each."""
    subject = on_day(3)
    ledger = Ledger(
        (Claim(source="s0", subject=subject, figure=Figure.exactly(number)) for number in range(1, 3001)),
        sources=SOURCES[:1],
    )
    begin = time.process_time()
    (finding,) = cs.reconcile(ledger)
    assert len(finding.claims) == 3000
    assert [str(position.figure) for position in finding.positions] == ["1–3,000"]
    assert time.process_time() - begin < 2


def test_rows_that_say_the_same_are_one_claim_with_all_their_places() -> None:
    """Four thousand equal rows are joined at once: one claim, cited four thousand times, and each row is told."""
    mapping = {"name": "sheet", "source": "us", "claims": [{"harm": "killed", "count": "dead"}]}
    begin = time.process_time()
    found = cs.read_table([{"dead": 21}] * 4_000, mapping)
    assert time.process_time() - begin < 8
    (claim,) = found.ledger
    assert len(claim.citations) == 4_000
    assert found.repeated == tuple((row, 1) for row in range(2, 4_001))


def test_a_tree_of_fifteen_hundred_places(tmp_path: Path) -> None:
    """A place inside a place inside a place …: the outermost whole holds the innermost part."""
    places = [
        Term(kind="place", key=f"p{number}", under=[f"p{number - 1}"] if number else []) for number in range(1500)
    ]
    ledger = Ledger(
        [
            Claim(source="s0", subject=on_day(3, place="p0"), figure=Figure.exactly(11)),
            Claim(source="s1", subject=on_day(3, place="p1499"), figure=Figure.at_least(12)),
        ],
        sources=SOURCES[:2],
        terms=places,
    )
    result = cs.reconcile(ledger)
    assert {finding.subject.place for finding in result} == {"p0", "p1499"}
    assert any("p1499" in str(each) for each in result.across)
    for name in ("ledger.csv", "ledger.yaml", "ledger.json"):
        cs.write(ledger, tmp_path / name)
        assert cs.read(tmp_path / name) == ledger
