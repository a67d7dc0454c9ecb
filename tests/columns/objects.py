"""The same tables out of findings that are objects."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from casualties.model.figure import Figure
from casualties.reconciling.position import DIFFERING, Fate, Flag
from casualties.results import Finding, Reconciliation
from casualties.show.schema import FACET_COLUMNS, Role

__all__ = ["attribution_rows", "finding_rows", "support_rows"]


def finding_rows(result: Reconciliation) -> Iterator[dict[str, Any]]:
    """Give one row a finding, with the columns `casualties.show.schema.FINDINGS`."""
    for number, finding in enumerate(result, 1):
        yield {"finding": number, **_subject(finding), **_said(finding)}


def _subject(finding: Finding) -> dict[str, Any]:
    subject = finding.subject
    found: dict[str, Any] = {name: getattr(subject, "with_" if name == "with" else name) for name in FACET_COLUMNS}
    found["harm"] = "; ".join(subject.harm)
    for name in ("with", "without"):
        found[name] = "; ".join(found[name]) or None
    found["since"] = None if subject.since is None else str(subject.since)
    return {
        "victim_status" if name == "status" else name: None if value is None else str(value)
        for name, value in found.items()
    }


def _said(finding: Finding) -> dict[str, Any]:
    flags = set(finding.flags)
    return {
        "until": None if finding.as_of is None else str(finding.as_of),
        "status": str(finding.status),
        **_ends(finding.common, "common_"),
        **_ends(finding.undisputed, "undisputed_"),
        **_ends(finding.borne_out_by(2), "borne_out_"),
        **_ends(finding.span, "span_"),
        "support_ranges": len(finding.support),
        "support_sources": len(finding.support[0].independent_sources) if finding.support else 0,
        "independent_sources": len(finding.independent_sources),
        "disputes": len(finding.disputes),
        "gap": max((float(dispute.gap) for dispute in finding.disputes), default=None),
        "near": len(finding.near),
        "overtaken": len(finding.overtaken),
        "estimates": len(finding.estimates),
        "outside": len(finding.outside),
        "denials": len(finding.denials),
        "silences": len(finding.silences),
        "divided": int(bool(flags & DIFFERING)),
        "revised_down": int(Flag.REVISED_DOWN in flags),
        "confidence": str(finding.confidence.level),
        "confidence_for": None if finding.confidence.figure is None else str(finding.confidence.figure),
        "claim_count": len(finding.claims),
        "set_aside_count": len(finding.set_aside),
    }


def _ends(figure: Figure | None, name: str) -> dict[str, float | None]:
    if figure is None:
        return {f"{name}low": None, f"{name}high": None}
    return {f"{name}low": float(figure.low), f"{name}high": math.inf if figure.high is None else float(figure.high)}


def support_rows(result: Reconciliation) -> Iterator[dict[str, Any]]:
    """Give one row a best-supported range, with the columns `casualties.show.schema.SUPPORT`."""
    for number, finding in enumerate(result, 1):
        for each in finding.support:
            yield {"finding": number, **_ends(each.figure, "")}


def attribution_rows(result: Reconciliation) -> Iterator[dict[str, Any]]:
    """Give one row a finding, claim and role, with the columns `casualties.show.schema.ATTRIBUTION`."""
    for number, finding in enumerate(result, 1):
        found: list[tuple[str, Fate | Role]] = list(finding.fates.items())
        for witness in finding.witnesses:
            if (end := _ENDS.get((witness.range, witness.end))) is not None:
                found += [(claim, end) for claim in witness.claims]
        supporting = {voice for each in finding.support for voice in each.independent_sources}
        found += [(claim.id, Role.SUPPORTS) for voice in supporting for claim in voice.claims]
        found += [(claim, Role.DISPUTES) for claim in {id_ for each in finding.disputes for id_ in each.claims}]
        for claim, role in sorted(set(found)):
            yield {"finding": number, "claim": claim, "role": str(role)}


_ENDS = {
    ("common", "low"): Role.COMMON_LOW,
    ("common", "high"): Role.COMMON_HIGH,
    ("undisputed", "low"): Role.UNDISPUTED_LOW,
    ("undisputed", "high"): Role.UNDISPUTED_HIGH,
    ("span", "low"): Role.SPAN_LOW,
    ("span", "high"): Role.SPAN_HIGH,
}
