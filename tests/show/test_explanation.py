"""A finding in plain words: each kind of statement is told, and every number names its claims."""

from __future__ import annotations

import io
import re

import pytest

import casualties as cs
from casualties.results import Finding

HEAD = """
casualties: 1
sides:
  north: {name: Northern side, against: [south]}
  south: {name: Southern side}
sources:
  army: {name: Northern army, kind: belligerent, side: north}
  navy: {name: Northern navy, kind: belligerent, under: army}
  rebels: {name: Southern rebels, kind: belligerent, side: south}
  hospital: {name: Hospital, kind: medical}
  paper: {name: Paper, kind: media}
  unnamed: {name: reports, kind: unattributed}
reports:
  post: {publisher: Post, published: 2021-03-09}
  mail: {publisher: Mail, published: 2021-03-09}
defaults: {since: 2021-03-01, until: 2021-03-05, side: north}
claims:
"""


def finding(*claims: str, **facets: object) -> Finding:
    """Reconcile claims as people write them; the only finding on soldiers, or on what is asked."""
    text = HEAD + "".join(f"  - {{{claim}}}\n" for claim in claims)
    return cs.reconcile(cs.read(io.StringIO(text), format="yaml")).one(harm="killed", **facets)


def told(*claims: str, **facets: object) -> list[str]:
    """Give the sentences without the identities that they name."""
    return [re.sub(r" \[c1-[0-9a-f]+\]", "", sentence.text) for sentence in finding(*claims, **facets).explain()]


@pytest.mark.parametrize(
    ("claims", "sentences"),
    [
        (
            ["source: army, killed: 80, stated: 2021-03-05", "source: rebels, killed: 200, stated: 2021-03-05"],
            [
                "The Northern army (80) and the Southern rebels (200) share no count: they are 120 apart.",
                "80 is allowed by 1 of 2: the Northern army.",
                "200 is allowed by 1 of 2: the Southern rebels.",
                "Nobody excludes 80–200.",
                "Two or more bear out 80–200, each end by itself.",
                "That these sources are independent of one another is assumed.",
                "Confidence is moderate, for 80 or more: two or more independent sources bear it out.",
            ],
        ),
        (
            ["source: army, killed: about 80", "source: rebels, killed: 200"],
            [
                (
                    "The Northern army (70–90 (assumed)) and the Southern rebels (200) share no count: "
                    "only an assumed end sets them apart, by 110."
                ),
            ],
        ),
        (
            ["source: army, killed: 14", "source: hospital, killed: at least 11"],
            [
                "Killed: people, Northern side, 1 to 5 March 2021: corroborated, 11 or more.",
                "Both allow 14.",
                "Two or more bear out 11 or more.",
                "Confidence is low, for 14 or more: one independent source bears it out.",
            ],
        ),
        (
            ["source: army, killed: 14, until: 2021-03-03", "source: hospital, killed: 10 to 30"],
            [
                'The Northern army states 14, in the words "14", counting to 3 March 2021; counting its own side.',
                "Both allow 14–30, with a floor carried from an earlier day.",
            ],
        ),
        (
            ["source: army, killed: 14, until: 2021-03-03", "source: army, killed: 9"],
            [
                "The figure was revised down from 14.",
                "A claim of the Northern army, 14, is set aside: replaced by a later statement of its source.",
            ],
        ),
        (
            [
                "source: army, killed: around 2300, cited: post",
                "source: army, killed: over 2300, cited: mail",
            ],
            ["The figure was told in several ways: 2,200–2,400 (assumed); 2,301 or more."],
        ),
        (
            [
                "source: army, killed: 2300, cited: post",
                "source: army, killed: over 2300, cited: mail",
            ],
            ["The figure was relayed in several ways: 2,300; 2,301 or more."],
        ),
        (
            ["source: paper, killed: 5, stated: 2021-03-05", "source: hospital, killed: 42, stated: 2021-04-30"],
            ["Hospital (42) overtakes Paper (5), an early count, by 37; its floor stands."],
        ),
        (
            ["source: paper, killed: 1000", "source: hospital, killed: 1001"],
            ["Paper (1,000) and Hospital (1,001) nearly agree: they are 1 apart."],
        ),
        (
            ["source: army, killed: 9, perpetrator: south", "source: rebels, killed: 9, perpetrator: north"],
            [
                "The Northern army says that it was done by the Southern side.",
                "The Southern rebels say that it was done by the Northern side.",
            ],
        ),
        (
            ["source: army, killed: 9, cited: post", "source: army, killed: 11, cited: post"],
            ["Several figures are stated for one day: 9; 11."],
        ),
        (
            ["source: army, killed: 9", "source: navy, killed: 12"],
            [
                (
                    "The Northern army (9) and the Northern navy (12) are organs of one source that is divided: "
                    "they are 3 apart."
                ),
            ],
        ),
        (
            ["id: first, source: army, killed: 9", "source: rebels, denies: first, aspect: occurrence"],
            [
                "The Southern rebels deny that it happened; counting its opponent.",
                "The Southern rebels deny that it happened, against what the Northern army said.",
            ],
        ),
        (
            ["id: first, source: army, killed: 9", "source: rebels, denies: first"],
            ["The Southern rebels deny what the Northern army said; in what is not said."],
        ),
        (
            ["source: rebels, denies: killed, aspect: figure"],
            ["The Southern rebels deny the count; the denial gives none of its own."],
        ),
        (
            ["source: army, killed: not disclosed", "source: rebels, killed: unknown"],
            [
                "The Northern army is silent: the figure is withheld. Silence is not zero.",
                "The Southern rebels are silent: the figure is said not to be known. Silence is not zero.",
                "Confidence is none: nobody bears it out.",
            ],
        ),
        (
            ["id: first, source: army, killed: 9", "source: paper, killed: 9, based_on: first"],
            ["A claim of Paper, 9, is set aside: a copy of what is counted already."],
        ),
        (
            [
                "id: one, source: paper, killed: 9",
                "source: hospital, killed: at least 9, modality: estimated",
            ],
            ['Hospital states 9 or more, in the words "at least 9"; estimated, a third party.'],
        ),
        (
            ["source: unnamed, killed: 9, until: ''"],
            ['Reports (unattributed) state 9, in the words "9", undated; its side is not known.'],
        ),
        (
            ["source: army, killed: 9, until: '', stated: 2021-03-07"],
            [
                (
                    'The Northern army states 9, in the words "9" (that day is assumed from when it was said); '
                    "counting its own side."
                ),
            ],
        ),
        (
            ["source: army, killed: 9, modality: alleged"],
            [
                "Confidence is low, for 9 or more: one independent source bears it out.",
                "Lowered: every claim that bears it out is preliminary, alleged or derived.",
            ],
        ),
        (
            [
                "source: army, killed: 14",
                "source: rebels, killed: 14",
            ],
            [
                "Confidence is moderate, for 14 or more: two or more independent sources bear it out.",
            ],
        ),
    ],
)
def test_what_is_told(claims: list[str], sentences: list[str]) -> None:
    """Each sentence stands in the explanation."""
    found = told(*claims)
    assert [sentence for sentence in sentences if sentence not in found] == [], "\n".join(found)


def test_scopes_are_told() -> None:
    """A figure that counts something else is no contradiction, and the facet is named."""
    claims = ["source: army, killed: 30", "source: army, losses: 90"]
    listed = told(*claims)
    whole = "90 for “Losses: people, Northern side, 1 to 5 March 2021” is no contradiction: it differs in harm."
    assert whole in listed, listed


def test_circle_is_told() -> None:
    """Claims that rest on one another say so."""
    text = HEAD + (
        "  - {id: one, source: paper, killed: 9, based_on: two}\n"
        "  - {id: two, source: hospital, killed: 9, based_on: one}\n"
    )
    only = cs.reconcile(cs.read(io.StringIO(text), format="yaml")).one()
    sentences = [sentence.text for sentence in only.explain()]
    assert sentences.count("The figure rests on claims that rest on one another in a circle.") == 2


def test_every_number_names_its_claims() -> None:
    """Sentences with a figure carry the identities of claims of the ledger."""
    explanation = finding("source: army, killed: 80", "source: rebels, killed: 200").explain()
    known = {claim.id for claim in finding("source: army, killed: 80", "source: rebels, killed: 200").claims}
    for sentence in explanation:
        if " states " in sentence.text or "share no count" in sentence.text:
            assert set(sentence.claims) <= known
            assert sentence.claims
    assert len(explanation.to_text(width=10_000).splitlines()) == len(explanation.sentences)
    assert max(map(len, str(explanation).splitlines())) <= 80
    assert [each["text"] for each in explanation.to_dict()] == [each.text for each in explanation]


def test_support_is_told_of_the_voices_that_count_the_day() -> None:
    """A voice of an earlier day stands beside support and is not counted, and the sentence says so."""
    sentences = told(
        "source: army, killed: 30, until: 2021-03-02",
        "source: rebels, killed: 50, until: 2021-03-05",
        "source: hospital, killed: 20, until: 2021-03-05",
    )
    assert "20 is allowed by 1 of 2 that count this day: Hospital." in sentences
    assert "50 is allowed by 1 of 2 that count this day: the Southern rebels." in sentences


def test_what_was_not_read_is_told() -> None:
    """A finding says which cells of its tables are in no claim; of several the last says it, once."""
    mapping = {"name": "log", "source": "us", "claims": [{"harm": "killed", "count": "dead", "place": "{town}"}]}
    rows = [{"town": "Aram", "dead": 3}, {"town": "Beth", "dead": 4}, {"town": "Beth", "dead": "x"}]
    result = cs.reconcile(cs.read_table(rows, mapping).ledger)
    told = "Not read: 1 cell (<list> row 3, 'dead')."
    for finding in result:
        assert finding.explain().not_read == told
        assert str(finding.explain()).splitlines()[-1] == told
    assert [each.not_read for each in result.explain()] == ["", told]
