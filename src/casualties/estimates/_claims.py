"""What methods are given of a ledger: one place that knows how claims are reconciled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casualties.codebooks.resolution import UnusedClaim
from casualties.errors import EstimateError
from casualties.estimates.overlaps import Overlaps
from casualties.estimates.quantity import Beside, Caution, CautionNote
from casualties.model.claim import Claim, Stance
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.reconciling.position import Position
from casualties.results import Finding, reconcile
from casualties.show.describe import describe, describe_harm

__all__ = [
    "Range",
    "canonical",
    "dominant",
    "findings",
    "lists_of",
    "named",
    "ranges_of",
    "roots_of",
    "said",
    "silent",
    "why_left_out",
]

_DOMINANT = 0.8


def findings(ledger: Ledger) -> tuple[Finding, ...]:
    """Reconcile a ledger; raise where it has no claim.

    Examples:
        >>> import casualties as cs
        >>> len(findings(cs.seeds.load("nagorno-karabakh-2020-09-30")))
        5
    """
    ledger_findings = tuple(reconcile(ledger))
    if not any(finding.positions or finding.estimates for finding in ledger_findings):
        raise EstimateError("the ledger: no claim in it states a figure", Caution.NO_CLAIMS, "give claims with figures")
    return ledger_findings


def named(finding: Finding) -> str:
    """Name what a finding counts, in words.

    Examples:
        >>> import casualties as cs
        >>> named(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian"))
        'Civilians, Azerbaijani side, killed'
    """
    words = finding.view.words
    return f"{describe(finding.subject, words)}, {describe_harm(finding.subject.harm, words)}"


def why_left_out(finding: Finding, used: Iterable[Claim], reasons: dict[str, str]) -> list[UnusedClaim]:
    """List the claims of a finding that a method does not use, each with the reason.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> finding = result.one(side="azerbaijani", status="combatant")
        >>> [each.reason for each in why_left_out(finding, [], {})]
        ['silent: that is no zero']
    """
    kept = {claim.id for claim in used}
    unused_claims = []
    for claim in finding.claims:
        if claim.id in kept:
            continue
        if claim.stance is not Stance.STATES:
            reason = _STANCES[claim.stance]
        else:
            fate = str(finding.fates[claim.id])
            reason = reasons.get(claim.id, fate if fate != "stands" else "the method does not use it")
        unused_claims.append(UnusedClaim(claim, reason))
    return unused_claims


def said(finding: Finding) -> tuple[Beside, ...]:
    """Give the count of each source of a finding, and the estimates of sources, to stand beside an estimate.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> [(each.source, each.words) for each in said(finding)]
        [('reports', 'up to 25'), ('Hussein Akoush', '2 or more')]
    """
    sources = finding.view.sources
    counts = [
        Beside(sources[position.source].name, position.figure.low, position.figure.high, str(position.figure))
        for position in finding.positions
        if not position.denies
    ]
    estimates = [
        Beside(
            sources[estimate.source].name,
            estimate.interval.low,
            estimate.interval.high,
            str(estimate.interval),
            estimated=True,
        )
        for estimate in finding.estimates
        if estimate.interval is not None
    ]
    return (*counts, *estimates)


@dataclass(frozen=True)
class Range:
    """The range of one independent source.

    Attributes:
        source: Its name.
        claims: The claims on which it rests.
        low: The lower end.
        best: The number that its source prefers, if any.
        high: The upper end; ``None`` where it is open.
        level: The share of the probability that it holds; ``None`` where its source does not say.
        words: How it is written.
        until: The last day that it counts; ``None`` where nothing dates it.

    Examples:
        >>> Range("study", (), 90, 100, 120, 0.95, "90–120").level
        0.95
    """

    source: str
    claims: tuple[Claim, ...]
    low: float
    best: float | None
    high: float | None
    level: float | None
    words: str
    until: PartialDate | None = None


def ranges_of(finding: Finding) -> tuple[tuple[Range, ...], dict[str, str]]:
    """Give the range of each independent source, by its content, and why claims that stand give none.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> [(each.low, each.high) for each in ranges_of(finding)[0]]
        [(0, 25), (2, None)]
    """
    ranges: dict[str, Range] = {}
    reasons: dict[str, str] = {}
    sources = finding.view.sources
    for estimate in finding.estimates:
        claim, interval = estimate.claim, estimate.interval
        if interval is None:
            reasons[claim.id] = "an estimate without an interval"
            continue
        level = float(claim.level) / 100 if claim.level else None
        root = roots_of(finding, claim)
        if (other := ranges.get(root)) is not None:
            reasons[other.claims[0].id] = f"{other.source} has another estimate"
        ends = (interval.low, estimate.number, interval.high)
        ranges[root] = Range(sources[claim.source].name, (claim,), *ends, level, str(interval), estimate.until)
    for voice in finding.independent_sources:
        figure = voice.figure
        root = " and ".join(name for _, name in voice.roots)
        why = "a denial: that is no zero" if voice.denies else ""
        why = why or ("one number and no range" if figure.low == figure.high else "")
        why = why or ("its source also has an estimate" if root in ranges else "")
        if why:
            reasons |= {claim.id: why for claim in voice.claims}
            continue
        name = " and ".join(sources[source].name for source in voice.sources)
        ranges[root] = Range(name, voice.claims, figure.low, figure.best, figure.high, None, str(figure), voice.until)
    ordered = sorted(
        ranges.values(),
        key=lambda source_range: (
            source_range.low,
            source_range.high is None,
            source_range.high or 0,
            source_range.source,
        ),
    )
    return tuple(ordered), reasons


def roots_of(finding: Finding, claim: Claim) -> str:
    """Name the independent source of a claim.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> roots_of(finding, finding.claims[0])
        'azerbaijan'
    """
    return " and ".join(name for _, name in finding.view.origins.of(claim).roots)


def root_of(position: Position) -> str:
    """Name the independent source to which a position belongs."""
    return " and ".join(name for _, name in position.roots)


def lists_of(ledger: Ledger) -> tuple[Overlaps, tuple[Claim, ...], tuple[UnusedClaim, ...]]:
    """See which independent sources record which events: each source is a list, each event a record.

    Events must have been matched before: records of one event bear one key.  Where every count is one person, the
    records are people.

    Examples:
        >>> import casualties as cs
        >>> lists_of(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        Traceback (most recent call last):
        ...
        casualties.errors.EstimateError: the ledger: none of its claims is on an event
        Hint: name the event of each record, and give records of one event one key
    """
    records: dict[str, set[str]] = {}
    used: list[Claim] = []
    left_out: list[UnusedClaim] = []
    ones = True
    for finding in findings(ledger):
        event = finding.subject.event
        kept: list[Claim] = []
        for position in finding.positions if event else ():
            if position.figure.low >= 1 and not finding.view.sources.unattributed(position.source):
                records.setdefault(str(event), set()).add(root_of(position))
                ones = ones and position.figure.low == position.figure.high == 1
                kept += position.claims
        reasons = {claim.id: "it names no event" if not event else "it states nobody" for claim in finding.claims}
        left_out += why_left_out(finding, kept, reasons)
        used += kept
    if not records:
        raise EstimateError(
            "the ledger: none of its claims is on an event",
            Caution.UNMATCHED,
            "name the event of each record, and give records of one event one key",
        )
    return (
        Overlaps.of_records(records.values(), "people" if ones else "incidents"),
        canonical(used),
        tuple(sorted(left_out, key=lambda unused_claim: unused_claim.claim.id)),
    )


def canonical(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Order claims by content, each once."""
    return tuple(sorted(set(claims), key=lambda claim: claim.id))


_STANCES = {
    Stance.SILENT: "silent: that is no zero",
    Stance.DENIES: "a denial: that is no zero",
    Stance.WITHDRAWS: "a withdrawal",
    Stance.UNVERIFIED: "it could not verify another claim",
}


def silent(left_out: Sequence[UnusedClaim]) -> list[CautionNote]:
    """Warn of silence and denials among the claims left out: no method takes them for zero.

    Examples:
        >>> import casualties as cs
        >>> claims = cs.seeds.load("nagorno-karabakh-2020-09-30").by("turkey")
        >>> [str(each) for each in silent([UnusedClaim(claim, "a denial: that is no zero") for claim in claims])]
        ['silence-or-denial-as-zero: 1 claim is silent or denies, and is not taken for zero']
    """
    many = sum(unused_claim.claim.stance in (Stance.SILENT, Stance.DENIES) for unused_claim in left_out)
    if not many:
        return []
    said_of_them = (
        "1 claim is silent or denies, and is" if many == 1 else f"{many:,} claims are silent or deny, and are"
    )
    return [CautionNote(Caution.ZERO_OF_SILENCE, f"{said_of_them} not taken for zero")]


def dominant(sources: Sequence[str]) -> list[CautionNote]:
    """Warn where one independent source makes four fifths of the claims.

    Examples:
        >>> [str(each) for each in dominant(["a"] * 8 + ["b"] * 2)]
        ['one-source-has-four-fifths: a makes 8 of 10 claims']
    """
    counted = Counter(sources)
    if len(counted) < 2:
        return []
    name, count = min(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    if count < _DOMINANT * len(sources):
        return []
    return [CautionNote(Caution.ONE_VOICE, f"{name} makes {count:,} of {len(sources):,} claims")]
