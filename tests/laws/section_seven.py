"""The laws of reconciling one topic (design, section 7), each tried on a set of claims drawn from a number.

    python -m tests.laws.section_seven 0 1000

tries every law on the sets of the numbers from 0 to 999 and names the sets on which one is broken.  Run it in slices.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from random import Random
from typing import Any, Final

from tests.oracle.compare import days, ends
from tests.oracle.from_ledger import ledger_of
from tests.oracle.random_claims import START, random_records

import casualties as cs
from casualties.model.claim import Claim, Link
from casualties.model.figure import Figure
from casualties.model.period import PartialDate
from casualties.model.source import Source
from casualties.reconciling.confidence import LEVELS
from casualties.reconciling.pairs import Dispute
from casualties.results import Finding

LATE: Final = PartialDate.day(date(2034, 1, 1))
STATUSES: Final = ("unreported", "estimate only", "single source", "compatible", "corroborated", "disputed")
BARE: Final[dict[str, Any]] = {
    "stance": "states", "aspect": None, "target": None, "replaces": (), "misrelays": (), "based_on": (),
    "citations": (), "assessments": (), "method": None, "interval": None, "level": None,
}  # fmt: skip


@lru_cache(maxsize=4000)
def drawn(seed: int) -> cs.Ledger:
    """Draw a ledger once."""
    return ledger_of(random_records(seed))


@lru_cache(maxsize=4000)
def answered(seed: int) -> tuple[Finding, ...]:
    """Reconcile a drawn ledger once."""
    return tuple(cs.reconcile(drawn(seed)))


def after(ledger: cs.Ledger, before: Finding, *claims: Claim, source: Source | None = None) -> Finding:
    """Give the finding on the same subject once some claims are added."""
    more = cs.Ledger(
        claims, sources=[*ledger.sources.values(), *([source] if source else [])], terms=list(_terms(ledger))
    )
    return next(each for each in cs.reconcile(ledger | more) if each.subject == before.subject)


def _terms(ledger: cs.Ledger) -> Any:
    return ledger.words.terms.values()


def kind(pair: Dispute) -> str:
    """Name what a pair is."""
    if pair.near or pair.overtaken:
        return "near" if pair.near else "overtaken"
    return "apart by an assumed end" if pair.assumed else "disputed"


def pairs_of(finding: Finding) -> list[tuple[object, ...]]:
    """Give the pairs of a finding without the names of claims."""
    found = (*finding.disputes, *finding.near, *finding.overtaken, *finding.apart_by_assumed_end)
    return sorted(
        (kind(pair), pair.number, pair.gap, pair.of_day, str(pair.lower_figure), str(pair.upper_figure))
        for pair in found
    )


def counts(finding: Finding) -> dict[str, object]:
    """Give every count of a finding, without the names of claims: what the laws say nothing may change."""
    sure = finding.confidence
    return {
        "day": days(finding.as_of) if finding.independent_sources else None,
        "common": ends(finding.common),
        "span": ends(finding.span),
        "borne out": [ends(finding.borne_out_by(number)) for number in range(1, 5)],
        "status": str(finding.status),
        "independent_sources": sorted(
            (str(each.figure), str(each.until), str(each.on_day), each.overtaken, each.outlier)
            for each in finding.independent_sources
        ),
        "pairs": pairs_of(finding),
        "divided": sorted((pair.number, pair.gap) for pair in finding.divided),
        "confidence": (str(sure.level), ends(sure.figure), [each.rule for each in sure.reasons]),
    }


def standing(finding: Finding) -> list[Claim]:
    """Give the claims that stand and say how many."""
    view = finding.view
    return [
        claim
        for claim in finding.claims
        if finding.fates[claim.id] in ("stands", "version") and view.figure(claim) is not None
    ]


def states(claim: Claim, **changes: Any) -> Claim:
    """Change a claim to a bare statement on the same subject."""
    more = {**BARE, **changes}
    subject = claim.subject
    if "perpetrator" not in claim.only and subject.perpetrator is not None:
        more["subject"] = more.get("subject", subject).replacing(perpetrator=None)
    return claim.replacing(**more)


def one_fate_a_claim(seed: int) -> None:
    """Every claim is in one finding, with one fate."""
    ledger = drawn(seed)
    for as_of in (None, PartialDate.day(START.replace(day=START.day + 3))):
        fates = [key for finding in cs.reconcile(ledger, as_of=as_of) for key in finding.fates]
        assert sorted(fates) == sorted(claim.id for claim in ledger)


def order_changes_no_count(seed: int) -> None:
    """Claims may come in any order."""
    ledger = drawn(seed)
    turned = ledger.keeping(sorted(ledger, key=lambda claim: claim.id, reverse=True))
    assert [counts(each) for each in cs.reconcile(turned)] == [counts(each) for each in answered(seed)]


def copies_change_no_count(seed: int) -> None:
    """A copy of what speaks changes no count, by whomever it is."""
    random, ledger = Random(seed), drawn(seed)
    for finding in answered(seed):
        for claim in [each for each in standing(finding) if not each.based_on and each.figure is not None][:1]:
            if ledger.sources.repeats(claim.source) or claim.figure is None:
                continue
            copied = states(
                claim,
                source=random.choice(sorted(ledger.sources)),
                stated=LATE,
                based_on=[Link(claim=claim.id)],
            )
            assert counts(after(ledger, finding, copied)) == counts(finding)


def silence_changes_no_count(seed: int) -> None:
    """Who says nothing changes no count."""
    random, ledger = Random(seed), drawn(seed)
    for finding in answered(seed):
        silent = states(
            finding.claims[0], source=random.choice(sorted(ledger.sources)), stance="silent", figure=None, modality=None
        )
        assert counts(after(ledger, finding, silent)) == counts(finding)


def estimates_of_others_change_no_count(seed: int) -> None:
    """A study by somebody else stands beside the counts."""
    random, ledger = Random(seed), drawn(seed)
    for finding in answered(seed):
        given = standing(finding)
        if given:
            study = states(
                given[0], source="study", figure=Figure(5, 50, best=9), interval="confidence", modality=None,
                stated=random.choice((LATE, None)), subject=given[0].subject.replacing(basis=None),
            )  # fmt: skip
            found = after(ledger, finding, study, source=Source(key="study"))
            assert any(each.source == "study" for each in found.estimates)
            if finding.status != "unreported":  # where nobody counts, an estimate stands alone
                assert counts(found) == counts(finding)


def restating_a_higher_figure_changes_no_count(seed: int) -> None:
    """What is the lower figure of no pair may be said again, much later."""
    ledger = drawn(seed)
    for finding in answered(seed):
        lower = [
            pair.lower for pair in (*finding.disputes, *finding.near, *finding.overtaken, *finding.apart_by_assumed_end)
        ]
        for voice in finding.independent_sources:
            if voice in lower or voice.flags or len(voice.positions) != 1 or len(voice.claims) != 1:
                continue
            (claim,) = voice.claims
            said = [each for each in finding.claims if each.source == claim.source]
            if len(said) > 1 or claim.based_on or claim.figure is None or not (claim.stated and claim.subject.until):
                continue
            if (
                ledger.sources.repeats(claim.source)
                or voice.unattributed
                or finding.view.incidents.of(finding.subject.event)
            ):
                continue
            found = after(ledger, finding, claim.replacing(stated=LATE))
            assert found.fates[claim.id] == "replaced"
            assert counts(found) == counts(finding)


@lru_cache(maxsize=4000)
def newcomers(seed: int) -> tuple[tuple[Finding, Finding], ...]:
    """Let one more source speak of the last day that all speak of, and give the findings before and after."""
    return tuple(_newcomers(seed))


def _newcomers(seed: int) -> Iterator[tuple[Finding, Finding]]:
    random, ledger = Random(seed), drawn(seed)
    for finding in answered(seed):
        given = standing(finding)
        if finding.view.incidents.of(finding.subject.event) or len({each.subject.until for each in given}) != 1:
            continue
        if given[0].subject.until is None:
            continue
        yield finding, after(ledger, finding, *_newcomer(random, given[0]), source=_new_source(random))


def _new_source(random: Random) -> Source:
    kinds = [random.choice(("ngo", "medical", "media", "monitor"))]
    return Source(key="new", kinds=kinds, side=random.choice((None, None, None, "s", "x")))


def _newcomer(random: Random, claim: Claim) -> list[Claim]:
    low = random.choice((0, 1, 5, 12, 40, 50, 60))
    high = random.choice((None, low, low, low + 3, low + 30))
    last = claim.stated.latest if claim.stated else START
    said = PartialDate.day(date.fromordinal(last.toordinal() + random.choice((-3, 0, 0, 1, 5))))
    basis = random.choice((None, None, "documented"))
    modality = random.choice((None, None, "preliminary", "confirmed", "alleged"))
    subject = claim.subject.replacing(basis=basis)
    return [states(claim, source="new", figure=Figure(low, high), stated=said, modality=modality, subject=subject)]


def overtakes(found: Finding) -> bool:
    """Tell whether the new source overtakes somebody."""
    return any("new" in pair.upper.sources for pair in found.overtaken)


def a_new_voice_removes_no_dispute(seed: int) -> None:
    """On one last day a new voice that overtakes nobody removes no dispute."""
    for before, found in newcomers(seed):
        if not overtakes(found):
            assert {pair for pair in pairs_of(before) if pair[0] == "disputed"} <= set(pairs_of(found))


def a_new_voice_never_lowers_the_status(seed: int) -> None:
    """On one last day a new voice that overtakes nobody never lowers the status."""
    for before, found in newcomers(seed):
        if not overtakes(found):
            assert STATUSES.index(found.status) >= STATUSES.index(before.status)


def borne_out_by_more_holds_what_fewer_bear_out(seed: int) -> None:
    """Borne out by k lies in borne out by k + 1."""
    for finding in answered(seed):
        ranges = [finding.borne_out_by(number) for number in range(1, len(finding.independent_sources) + 2)]
        for narrow, wide in pairwise(ranges):
            assert wide is None or (narrow is not None and narrow.inside(wide))


def ends_of_what_is_borne_out_lie_in_the_span(seed: int) -> None:
    """Each end of what is borne out lies in the span."""
    for finding in answered(seed):
        for number in range(1, len(finding.independent_sources) + 2):
            found = finding.borne_out_by(number)
            if found is not None:
                assert finding.span is not None
                assert all(end in finding.span for end in (found.low or None, found.high) if end is not None)


def only_outliers_exclude_what_is_borne_out(seed: int) -> None:
    """What is borne out is excluded by nobody but outliers."""
    for finding in answered(seed):
        for number in range(1, len(finding.independent_sources) + 2):
            found = finding.borne_out_by(number)
            assert found is None or all(
                each.outlier or each.on_day.overlaps(found) for each in finding.independent_sources
            )


def a_wider_figure_is_never_less_confident(seed: int) -> None:
    """A wider figure is never less confident."""
    random = Random(seed)
    for finding in answered(seed):
        asked = [1, 5, 10, 40, 60, 100]
        asked += [end for voice in finding.independent_sources for end in (voice.figure.low, voice.figure.high) if end]
        for _ in range(4):
            low, high = sorted(random.choices(asked, k=2))
            narrow = Figure(low, random.choice((high, None)))
            floors = [0, *(each for each in asked if each <= low)]
            ceilings = [None] if narrow.high is None else [None, *(each for each in asked if each >= high)]
            wide = Figure(random.choice(floors), random.choice(ceilings))
            if wide.low or wide.high is not None:
                assert level(finding, wide) >= level(finding, narrow)


def level(finding: Finding, figure: Figure) -> int:
    """Give how far a figure can be relied on, as a number."""
    return LEVELS.index(finding.confidence_in(figure).level)


def _asked(seed: int) -> Iterator[tuple[Finding, Finding, Figure, bool, bool]]:
    """Ask for figures before and after a new source spoke: whether it excludes one, and whether it bears it out."""
    random = Random(seed + 1)
    for before, found in newcomers(seed):
        new = [voice for voice in found.independent_sources if "new" in voice.sources]
        if not new or overtakes(found) or found.as_of != before.as_of:
            continue
        if before.span is None:  # a denial alone is no count, and becomes one only beside a figure
            continue
        here, low = new[0].on_day, random.choice((1, 3, 5, 10, 40, 50))
        for figure in (Figure(low, None), Figure(low, low + 20), Figure(0, low)):
            over = figure.high is None or (here.high is not None and here.high <= figure.high)
            yield before, found, figure, not here.overlaps(figure), over and (not figure.low or here.low >= figure.low)


def one_more_bearer_is_never_less_confident(seed: int) -> None:
    """A figure that one more bears out is never less confident."""
    for before, found, figure, excludes, bears in _asked(seed):
        if bears and not excludes:
            assert level(found, figure) >= level(before, figure)


def one_more_contester_is_never_more_confident(seed: int) -> None:
    """A figure that one more excludes is never more confident."""
    for before, found, figure, excludes, _ in _asked(seed):
        if excludes:
            assert level(found, figure) <= level(before, figure)


LAWS: Final[tuple[Callable[[int], None], ...]] = (
    one_fate_a_claim,
    order_changes_no_count,
    copies_change_no_count,
    silence_changes_no_count,
    estimates_of_others_change_no_count,
    restating_a_higher_figure_changes_no_count,
    a_new_voice_removes_no_dispute,
    a_new_voice_never_lowers_the_status,
    borne_out_by_more_holds_what_fewer_bear_out,
    ends_of_what_is_borne_out_lie_in_the_span,
    only_outliers_exclude_what_is_borne_out,
    a_wider_figure_is_never_less_confident,
    one_more_bearer_is_never_less_confident,
    one_more_contester_is_never_more_confident,
)


def broken(law: Callable[[int], None], start: int, end: int) -> list[int]:
    """Give the sets on which a law is broken."""
    found = []
    for seed in range(start, end):
        try:
            law(seed)
        except AssertionError:
            found.append(seed)
    return found


def main(start: int, end: int) -> int:
    """Try every law on a slice of sets."""
    wrong = 0
    for law in LAWS:
        found = broken(law, start, end)
        wrong += len(found)
        print(f"{law.__name__.replace('_', ' ')}: broken on {len(found)} of {end - start} sets {found[:5] or ''}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
