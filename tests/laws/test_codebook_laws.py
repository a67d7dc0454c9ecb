"""The laws of codebooks: no claim is lost, no number comes from nowhere, and order changes nothing."""

from __future__ import annotations

import pickle
import random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import examples

from casualties import codebooks
from casualties.codebooks import Resolution
from casualties.model.claim import Assessment, Claim, Link
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.report import Citation
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term
from casualties.reconciling.position import Fate
from casualties.results import Finding, Reconciliation, reconcile
from casualties.testing import ledgers

GIVEN: dict[str, dict[str, object]] = {
    "acled": {"over": ("first", "second", "third"), "group_ok": True},
    "source-hierarchy": {"ranking": ("government", "media", "ngo", "witness", "belligerent")},
    "un-verified": {"sources": 2, "counted": "any"},
}
"""What a codebook is given so that it comes to a number more often."""

SOURCES = [
    Source(key="state", kinds=["government"], side="red"),
    Source(key="ministry", kinds=["belligerent"], under="state"),
    Source(key="rebels", kinds=["belligerent"], side="blue"),
    Source(key="observatory", kinds=["monitor"]),
    Source(key="hospital", kinds=["medical", "ngo"]),
    Source(key="paper", kinds=["media"]),
    Source(key="reports", kinds=["unattributed"]),
]
SIDES = [Term(kind="side", key="red", against=["blue"]), Term(kind="side", key="blue")]
KILLED = Subject(harm=["killed"], side="red", status="civilian", since="2020-09-27")
SUBJECTS = [
    KILLED,
    KILLED,
    KILLED.replacing(until="2020-09-28"),
    KILLED.replacing(until="2020-09-30"),
    Subject(harm=["missing"], side="red", status="civilian", until="2020-09-30"),
    Subject(harm=["casualties"], side="red"),
    KILLED.replacing(perpetrator="blue"),
]
WORDS = [
    None,
    None,
    None,
    "several",
    "dozens",
    "more than 80",
    "as many as 25",
    "about 40",
    "not known",
    "on 3 or 4 fronts",
]
DAYS = [None, "2020-09-28", "2020-09-30", "2020-10-02"]


@st.composite
def figures_said(draw: st.DrawFn) -> Figure:
    """Draw a figure from few counts, so that sources often agree."""
    low = draw(st.sampled_from([0, 1, 3, 11, 12]))
    high = draw(st.sampled_from([None, low, low, 12, 40]))
    return Figure(low, high)


@st.composite
def statements(draw: st.DrawFn) -> Claim:
    """Draw a claim on one of few subjects: mostly a figure, else a silence or a denial."""
    source = draw(st.sampled_from([each.key for each in SOURCES]))
    subject = draw(st.sampled_from(SUBJECTS))
    said: dict[str, object] = {"stated": draw(st.sampled_from(DAYS))}
    stance = draw(st.sampled_from(["states", "states", "states", "states", "silent", "denies"]))
    if stance == "states":
        said["figure"] = draw(figures_said())
        said["modality"] = draw(st.sampled_from([None, None, "alleged", "confirmed"]))
        said["citations"] = [Citation(words=words)] if (words := draw(st.sampled_from(WORDS))) else []
        if draw(st.integers(0, 4)) == 0:
            said["assessments"] = [Assessment(grader="desk", reliability=draw(st.sampled_from("ABE")))]
    elif stance == "silent":
        said["silence"] = draw(st.sampled_from([None, "not-mentioned", "withheld"]))
    else:
        said["aspect"] = draw(st.sampled_from([None, "occurrence", "figure", "responsibility"]))
    return Claim(source=source, subject=subject, stance=stance, **said)


def ledger_of(claims: list[Claim]) -> Ledger:
    """Put claims into a ledger with the sources and sides of this page."""
    return Ledger(claims, sources=SOURCES, terms=SIDES)


@st.composite
def crowded(draw: st.DrawFn) -> list[Claim]:
    """Draw claims of which many speak of the same people; some rest on others."""
    claims = draw(st.lists(statements(), min_size=1, max_size=7))
    if len(claims) > 1 and draw(st.booleans()):
        claims[-1] = claims[-1].replacing(based_on=[Link(claim=claims[0].id)])
    return claims


def standing(finding: Finding) -> list[str]:
    """List the claims that stand on the subject of a finding, versions included."""
    return sorted(claim.id for claim in finding.claims if finding.fates[claim.id] in (Fate.STANDS, Fate.VERSION))


def accounted(resolution: Resolution) -> list[str]:
    """List the claims that a resolution uses or sets aside."""
    return sorted([*resolution.used_ids, *(each.claim.id for each in resolution.set_aside)])


def resolved(result: Reconciliation) -> list[tuple[Finding, Resolution]]:
    """Let every codebook decide about every finding."""
    return [(finding, finding.resolve(name, **GIVEN.get(name, {}))) for finding in result for name in codebooks.names()]


def missing_beside(finding: Finding, result: Reconciliation) -> list[str]:
    """List the claims that stand on the missing of the same people, which one codebook adds to the dead."""
    topic = finding.subject.replacing(harm=("missing",)).topic
    return [claim for other in result if other.subject == topic for claim in standing(other)]


def check_conservation(result: Reconciliation) -> None:
    """See that every resolution accounts for every standing claim exactly once, coded or not."""
    for finding, resolution in resolved(result):
        wanted = standing(finding)
        if accounted(resolution) != wanted:
            assert resolution.codebook == "em-dat"
            wanted = sorted([*wanted, *missing_beside(finding, result)])
        assert accounted(resolution) == wanted
        assert all(each.reason for each in resolution.set_aside)
        assert resolution.coded or resolution.reason.startswith("not coded: needs ")


def check_span(result: Reconciliation) -> None:
    """See that a number outside all that was said is marked, in a step that gives the reason."""
    for finding, resolution in resolved(result):
        written = (resolution.number, resolution.low, resolution.best, resolution.high)
        span = finding.span
        outside = [
            count for count in written if count is not None and (span is None or not Figure.exactly(count).inside(span))
        ]
        assert resolution.outside_span is bool(outside)
        if outside:
            assert resolution.steps[-1].rule == "outside-the-span"
            reread = any(citation.words for claim in finding.claims for citation in claim.citations)
            assert codebooks.load(resolution.codebook).leaves_span or reread


@given(crowded())
def test_every_standing_claim_is_used_or_set_aside_once(claims: list[Claim]) -> None:
    """A resolution accounts for every standing claim exactly once, coded or not."""
    check_conservation(reconcile(ledger_of(claims)))


@given(crowded())
def test_number_lies_in_the_span_or_the_resolution_says_why(claims: list[Claim]) -> None:
    """A number outside all that was said is marked, in a step that gives the codebook's reason."""
    check_span(reconcile(ledger_of(claims)))


@settings(max_examples=examples(25))
@given(ledgers())
def test_laws_hold_for_any_ledger(ledger: Ledger) -> None:
    """Conservation and span hold with all that a ledger may declare: trees, chains of copies, revisions, words."""
    result = reconcile(ledger)
    check_conservation(result)
    check_span(result)


@given(crowded(), st.randoms(use_true_random=False))
def test_order_of_claims_changes_nothing(claims: list[Claim], shuffler: random.Random) -> None:
    """The same claims in another order give the same resolutions, ties included."""
    here = [resolution for _, resolution in resolved(reconcile(ledger_of(claims)))]
    shuffled = list(claims)
    shuffler.shuffle(shuffled)
    assert here == [resolution for _, resolution in resolved(reconcile(ledger_of(shuffled)))]


@given(crowded())
def test_rule_and_steps_are_rules_of_the_codebook(claims: list[Claim]) -> None:
    """What a step applies is a rule of the codebook, or one of the few that all share; no other decides."""
    common = {"words", "figure", "no-number", "harm", "tie", "outside-the-span"}
    for _, resolution in resolved(reconcile(ledger_of(claims))):
        rules = {rule.name for rule in codebooks.load(resolution.codebook).rules}
        assert {resolution.rule, *(step.rule for step in resolution.steps)} <= rules | common


@given(crowded())
def test_resolutions_pickle(claims: list[Claim]) -> None:
    """A resolution comes back equal from a pickle."""
    for _, resolution in resolved(reconcile(ledger_of(claims))):
        assert pickle.loads(pickle.dumps(resolution)) == resolution
