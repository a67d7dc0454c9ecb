"""Findings as JSON: every claim by its identity, with its words, source, relays and report."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from casualties._text import inert_json
from casualties.model.figure import Figure
from casualties.model.ledger import handles, report_names
from casualties.model.subject import FACETS, Subject
from casualties.show._numbering import Numbering, listed, ordered, others
from casualties.show.describe import describe

if TYPE_CHECKING:
    from casualties.model.claim import Claim, Link
    from casualties.model.record import Record
    from casualties.model.report import Report
    from casualties.reconciling.finding import Finding
    from casualties.reconciling.pairs import Dispute, IndependentSource
    from casualties.reconciling.view import View

__all__ = ["LISTED", "VERSION", "to_json", "to_plain"]

VERSION: Final = 1
"""The version of the form that `to_plain` describes; a key that is added does not change it."""

LISTED: Final = 100
"""How many pairs of a kind a finding lists at most, the widest first; ``counts`` tells how many there are."""

_COUNTED: Final = (
    "support", "disputes", "near", "overtaken", "apart_by_assumed_end", "divided", "outside", "scopes"
)  # fmt: skip
_Plain = dict[str, Any]


def to_json(findings: Iterable[Finding], view: View) -> str:
    """Write findings as JSON, as `to_plain` describes it; the same bytes for the same claims.

    Letters of every script stand as they are; characters that act instead of showing are escaped.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> print(to_json(result.findings, result.view).splitlines()[1].strip())
        "casualties": "reconciliation",
    """
    return inert_json(json.dumps(to_plain(findings, view), ensure_ascii=False, indent=2, allow_nan=False))


def to_plain(findings: Iterable[Finding], view: View) -> _Plain:
    """Give findings as dictionaries, lists, texts and whole numbers.

    At the top stand ``casualties`` (always ``reconciliation``), ``version``, the ``titles`` of the ledger, the
    ``as_of``, ``known_on`` and ``lexicon`` asked for (``null`` where none was), the ``sources`` by key, the ``reports``
    by a short name, the ``findings``, the cells of tables that were not read (``unread``), the ``identifications`` of
    events, and the events that these leave apart since they contradict one another (``left_apart``).

    A finding has the ``subject`` with the facets that it states, its ``description`` in words, and what
    `casualties.reconciling.finding.Finding` tells of it under the same names.  Claims are named by identity everywhere;
    ``claims`` holds each once, with its ``fate``, and the ``number`` that it has in the table.  Of pairs, scopes and
    ranges of support stand the first `LISTED`, the widest first; ``counts`` tells how many there are of each.

    A figure is ``{"low": 81, "high": null}``: an absent ceiling is ``null``, and no ceiling is invented.
    ``best`` and ``assumed`` stand in it only where there are any.  No figure at all is ``null``, never zero.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> to_plain(result.findings, result.view)["findings"][0]["common"]
        {'low': 81, 'high': None}
    """
    shown = ordered(findings)
    names = handles(view.ledger.reports, report_names)
    numbers = Numbering(shown)
    return {
        "casualties": "reconciliation",
        "version": VERSION,
        "titles": list(view.ledger.titles),
        "as_of": _text(view.as_of),
        "known_on": _text(view.known_on),
        "lexicon": view.lexicon,
        "sources": {key: _record(source, "key") for key, source in view.sources.items()},
        "reports": {names[report]: _record(report) for report in view.ledger.reports},
        "findings": [_finding(finding, numbers, names) for finding in shown],
        "unread": [_record(cell) for cell in view.ledger.unread],
        "identifications": [
            {"id": identification.id, **_record(identification)} for identification in view.ledger.identifications
        ],
        "left_apart": [
            {"events": list(left_apart.events), "identifications": [said.id for said in left_apart.identifications]}
            for left_apart in view.same_events.left_apart
        ],
    }


def _finding(finding: Finding, numbers: Numbering, names: dict[Report, str]) -> _Plain:
    claims = [claim for position in finding.positions for claim in listed(position)]
    return {
        "subject": _subject(finding.subject),
        "description": describe(finding.subject, finding.view.words, one=finding.common == Figure.exactly(1)),
        "as_of": _text(finding.as_of),
        "same_events": list(finding.same_events),
        "identifications": [identification.id for identification in finding.identifications],
        "status": str(finding.status),
        "common": _figure(finding.common),
        "undisputed": _figure(finding.undisputed),
        "borne_out_by_two": _figure(finding.borne_out_by(2)),
        "span": _figure(finding.span),
        "support": [
            {
                "figure": _figure(run.figure),
                "independent_sources": [_ids(voice.claims) for voice in run.independent_sources],
                "named_by": [_ids(voice.claims) for voice in run.named_by],
            }
            for run in finding.support[:LISTED]
        ],
        "flags": [str(flag) for flag in finding.flags],
        "positions": [
            {
                "source": position.source,
                "figure": _figure(position.figure),
                "until": _text(position.until),
                "assumed_day": position.assumed_day,
                "interest": str(position.interest),
                "flags": [str(flag) for flag in position.flags],
                "claims": _ids(position.claims),
                "versions": _ids(position.versions),
                "replaced": _ids(position.replaced),
            }
            for position in finding.positions
        ],
        "independent_sources": [_voice(voice) for voice in finding.independent_sources],
        "assumed_independent": finding.assumed_independent,
        "disputes": [_dispute(dispute) for dispute in finding.disputes[:LISTED]],
        "near": [_dispute(dispute) for dispute in finding.near[:LISTED]],
        "overtaken": [_dispute(dispute) for dispute in finding.overtaken[:LISTED]],
        "apart_by_assumed_end": [_dispute(dispute) for dispute in finding.apart_by_assumed_end[:LISTED]],
        "divided": [_dispute(dispute) for dispute in finding.divided[:LISTED]],
        "counts": {name: len(getattr(finding, name)) for name in _COUNTED},
        "outliers": [_ids(voice.claims) for voice in finding.outliers],
        "estimates": [
            {
                "claim": estimate.claim.id,
                "interval": _figure(estimate.interval),
                "number": estimate.number,
                "until": _text(estimate.until),
            }
            for estimate in finding.estimates
        ],
        "outside": [
            {
                "estimate": gap.estimate.claim.id,
                "count": _ids(gap.count.claims) if gap.count else None,
                "other": gap.other.claim.id if gap.other else None,
                "gap": gap.gap,
                "above": gap.above,
            }
            for gap in finding.outside[:LISTED]
        ],
        "blamed": [
            {"side": blame.side, "claims": _ids(blame.claims), "denials": _ids(blame.denials)}
            for blame in finding.blamed
        ],
        "denials": [
            {
                "claim": denial.claim.id,
                "aspect": _text(denial.aspect),
                "denied": denial.denied,
                "keeps": _subject(denial.keeps) if denial.keeps else None,
            }
            for denial in finding.denials
        ],
        "silences": _ids(finding.silences),
        "inside": [_subject(subject) for subject in finding.inside],
        "scopes": [
            {"facet": scope.facet, "subject": _subject(scope.subject), "figure": _figure(scope.figure)}
            for scope in finding.scopes[:LISTED]
        ],
        "witnesses": [
            {
                "range": witness.range,
                "end": witness.end,
                "count": witness.count,
                "claims": list(witness.claims),
                "carried": witness.carried,
                "bearers": list(witness.bearers),
            }
            for witness in finding.witnesses
        ],
        "confidence": {
            "level": str(finding.confidence.level),
            "figure": _figure(finding.confidence.figure),
            "reasons": [
                {"rule": reason.rule, "change": reason.change, "text": reason.text, "claims": list(reason.claims)}
                for reason in finding.confidence.reasons
            ],
        },
        "set_aside": _ids(finding.set_aside),
        "copies": {claim: list(names) for claim, names in sorted(finding.copies.items())},
        "claims": [_claim(claim, finding, numbers, names) for claim in (*claims, *others(finding))],
    }


def _claim(claim: Claim, finding: Finding, numbers: Numbering, names: dict[Report, str]) -> _Plain:
    content = claim.content()
    return {
        "id": claim.id,
        "number": numbers[claim.id],
        "fate": str(finding.fates[claim.id]),
        **content,
        "figure": _figure(claim.figure),
        "read_as": _figure(finding.view.figure(claim)),
        "day": _text(claim.day),
        "assumed_day": claim.day_assumed,
        "alleged": dict(claim.alleged),
        "citations": [
            {
                "report": names[citation.report] if citation.report else None,
                "relays": [_record(relay) for relay in citation.relays],
                "locator": citation.locator,
                "words": citation.words,
            }
            for citation in claim.citations
        ],
        "assessments": [_record(assessment) for assessment in claim.assessments],
        "based_on": [_link(link) for link in claim.based_on],
        "misrelays": [_link(link) for link in claim.misrelays],
        **{name: list(texts) for name in ("present", "notes") if (texts := getattr(claim, name))},
        **({"extra": [list(pair) for pair in claim.extra]} if claim.extra else {}),
    }


def _link(link: Link) -> _Plain:
    return _record(link, *(["share"] if link.share is None else []))


def _voice(voice: IndependentSource) -> _Plain:
    return {
        "sources": list(voice.sources),
        "figure": _figure(voice.figure),
        "until": _text(voice.until),
        "denies": voice.denies,
        "on_day": _figure(voice.on_day),
        "overtaken": voice.overtaken,
        "outlier": voice.outlier,
        "flags": [str(flag) for flag in voice.flags],
        "claims": _ids(voice.claims),
    }


def _dispute(dispute: Dispute) -> _Plain:
    return {
        "lower": _ids(dispute.lower_claims),
        "upper": _ids(dispute.upper_claims),
        "gap": dispute.gap,
        "number": dispute.number,
        "of_day": dispute.of_day,
    }


def _subject(subject: Subject) -> _Plain:
    fields: _Plain = {"harm": list(subject.harm)}
    for name in (*FACETS, "since", "until"):
        value = getattr(subject, name)
        if value is not None:
            fields[name] = str(value)
    for name, shown in (("with_", "with"), ("without", "without")):
        if value := getattr(subject, name):
            fields[shown] = list(value)
    return fields


def _figure(figure: Figure | None) -> _Plain | None:
    if figure is None:
        return None
    fields: _Plain = {"low": figure.low, "high": figure.high}
    if figure.best is not None:
        fields["best"] = figure.best
    if figure.assumed:
        fields["assumed"] = sorted(map(str, figure.assumed))
    return fields


def _record(record: Record, *but: str) -> _Plain:
    return {name: value for name, value in record.model_dump(mode="json").items() if name not in but}


def _ids(claims: Iterable[Claim]) -> list[str]:
    return [claim.id for claim in claims]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
