"""Reconciliations as JSON: what each key holds, and that every claim is in it with its words and report."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

import casualties as cs

SEED = "nagorno-karabakh-2020-09-30"

TWO = """
casualties: 1
sources: {watch: {name: "W\\u202Eatch", kind: monitor}, mod: {name: Ministry, kind: belligerent, side: north}}
reports: {daily: {publisher: Daily, published: 2021-03-05, address: "https://example.org/1"}}
defaults: {since: 2021-03-01, until: 2021-03-04}
claims:
  - source: mod
    killed: about 100
    stated: 2021-03-04
    cited: {report: daily, relays: [Agency], locator: p. 1, words: about 100}
    assessments: {grader: desk, reliability: B}
  - {source: watch, killed: "200", our_reading: [period]}
  - {source: watch, silent: wounded, silence: withheld, alleged: {side: north}}
"""


def two() -> dict[str, Any]:
    """Reconcile the ledger above and read its JSON."""
    return dict(json.loads(cs.reconcile(cs.read(io.StringIO(TWO), format="yaml"), lexicon=None).to_json()))


def test_top_names_form_version_and_what_was_asked() -> None:
    """The form is named and versioned, and the question is part of the answer."""
    ledger = cs.seeds.load(SEED)
    read = json.loads(cs.reconcile(ledger, as_of="2020-09-30", known_on="2020-10", lexicon="acled").to_json())
    assert {key: read[key] for key in ("casualties", "version", "titles", "as_of", "known_on", "lexicon")} == {
        "casualties": "reconciliation",
        "version": 1,
        "titles": ["Nagorno-Karabakh, the first four days"],
        "as_of": "2020-09-30",
        "known_on": "2020-10",
        "lexicon": "acled",
    }


def test_absent_ceiling_is_null_and_no_figure_is_null() -> None:
    """Neither is invented, and neither is zero."""
    findings = json.loads(cs.reconcile(cs.seeds.load(SEED)).to_json())["findings"]
    assert [finding["common"] for finding in findings] == [
        {"low": 81, "high": None},
        {"low": 1, "high": 1},
        {"low": 11, "high": None},
        None,
        {"low": 2, "high": 25},
    ]
    silence = findings[3]["claims"][0]
    assert (silence["stance"], silence["figure"], silence["read_as"]) == ("silent", None, None)


def test_every_claim_is_there_once_with_words_and_report() -> None:
    """Each claim of the ledger can be followed to source, report and words."""
    ledger = cs.seeds.load(SEED)
    read = json.loads(cs.reconcile(ledger).to_json())
    claims = [claim for finding in read["findings"] for claim in finding["claims"]]
    assert sorted(claim["id"] for claim in claims) == sorted(claim.id for claim in ledger)
    assert [claim["number"] for claim in claims] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert all(claim["source"] in read["sources"] for claim in claims)
    assert {citation["report"] for claim in claims for citation in claim["citations"]} == {"new-arab"}
    assert read["reports"]["new-arab"]["publisher"] == "The New Arab"
    assert claims[0]["citations"][0]["words"] == "more than 80"


def test_finding_tells_what_was_worked_out() -> None:
    """Disputes, voices, support and notes stand under the names of the finding's attributes."""
    killed, wounded = two()["findings"]
    about, exact = killed["claims"]
    assert (about["source"], exact["source"]) == ("mod", "watch")
    assert killed["status"] == "compatible"
    assert killed["common"] is None
    assert killed["disputes"] == []
    assert killed["apart_by_assumed_end"] == [
        {"lower": [about["id"]], "upper": [exact["id"]], "gap": 80, "number": 120, "of_day": True}
    ]
    assert killed["undisputed"] == {"low": 80, "high": 200, "assumed": ["low"]}
    assert killed["confidence"]["figure"] == {"low": 80, "high": None, "assumed": ["low"]}
    assert about["figure"] == {"low": 80, "high": 120, "assumed": ["high", "low"]}
    assert about["citations"] == [
        {
            "report": "daily",
            "relays": [{"name": "Agency", "kind": None, "side": None}],
            "locator": "p. 1",
            "words": "about 100",
        }
    ]
    assert about["assessments"][0]["grader"] == "desk"
    assert exact["our_reading"] == ["period"]
    assert (exact["day"], exact["assumed_day"]) == ("2021-03-04", False)
    assert wounded["silences"] == [wounded["claims"][0]["id"]]
    assert wounded["claims"][0]["alleged"] == {"side": "north"}
    assert wounded["status"] == "unreported"


def test_text_that_acts_is_escaped() -> None:
    """A character that turns the direction of text is an escape in the file, and itself when read back."""
    text = cs.reconcile(cs.read(io.StringIO(TWO), format="yaml")).to_json()
    assert "\u202e" not in text
    assert "W\\u202eatch" in text
    assert two()["sources"]["watch"]["names"] == ["W\u202eatch"]


@pytest.mark.parametrize("name", cs.seeds.names())
def test_seeds_are_json(name: str) -> None:
    """Every seed gives JSON without a number that JSON does not know."""
    text = cs.reconcile(cs.seeds.load(name)).to_json()

    def refuse(found: str) -> None:
        raise AssertionError(found)

    assert json.loads(text, parse_constant=refuse)["findings"]
