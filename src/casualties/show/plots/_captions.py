"""What stands on every picture in words: its title, what is counted and when, where it was read; and its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from casualties.model.figure import Figure
from casualties.model.harm import NOUNS
from casualties.reconciling.view import View
from casualties.show.describe import (
    capitalised,
    describe,
    describe_date,
    describe_harm,
    describe_period,
    enumeration,
)
from casualties.show.plots._rows import Panel

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

__all__ = ["entitled", "name_of", "sources_of", "told", "unit_of"]

_PUBLISHERS: Final = 8


def _shared(findings: Sequence[Finding]) -> tuple[bool, bool]:
    """Tell whether findings share their harm, and their days."""
    harms = {finding.subject.harm for finding in findings}
    days = {(finding.subject.since, finding.as_of, finding.view.is_stock(finding.subject)) for finding in findings}
    return len(harms) == 1, len(days) == 1


def _days(finding: Finding) -> str:
    if finding.view.is_stock(finding.subject):
        return f"on {describe_date(finding.as_of)}" if finding.as_of else ""
    return describe_period(finding.subject.since, finding.as_of)


def _who(finding: Finding, *, inline: bool) -> str:
    """Name whom a finding counts; who is said to have done it is a claim, and stands with those who say so."""
    single = finding.common == Figure.exactly(1)
    return describe(finding.subject, finding.view.words, one=single, inline=inline, hide=("perpetrator",))


def name_of(finding: Finding, findings: Sequence[Finding]) -> str:
    """Name whom a finding counts, with the harm and the days where the findings shown do not share them."""
    harm, days = _shared(findings)
    parts = ["" if harm else describe_harm(finding.subject.harm, finding.view.words)]
    parts.append(_who(finding, inline=not harm))
    parts.append("" if days else _days(finding))
    return ", ".join(part for part in parts if part)


def entitled(what: str, findings: Sequence[Finding], view: View) -> tuple[str, tuple[str, ...]]:
    """Give the title of a picture, and the lines below it."""
    lines = list(view.ledger.titles)
    harm, days = _shared(findings)
    title = what
    counted = []
    if harm:
        counted.append(describe_harm(findings[0].subject.harm, view.words))
    if len(findings) == 1:
        counted.append(_who(findings[0], inline=True))
    if counted:
        title = f"{what}: {', '.join(counted)}"
    if days and findings and _days(findings[0]):
        title += f", {_days(findings[0])}"
    asked = []
    if view.as_of is not None:
        asked.append(f"as of {describe_date(view.as_of)}")
    if view.known_on is not None:
        asked.append(f"from what was known on {describe_date(view.known_on)}")
    if view.lexicon is not None:
        asked.append(f"words read by the lexicon {view.lexicon}")
    if asked:
        lines.append(capitalised(", ".join(asked)) + ".")
    if not findings:
        lines.append("No claim is about this.")
    return title, tuple(lines)


def unit_of(findings: Sequence[Finding], view: View) -> str:
    """Say what the axis counts.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> unit_of(result.findings, result.view)
        'people killed'
    """
    harms = sorted({finding.subject.harm for finding in findings})
    named_harms = enumeration([describe_harm(harm, view.words) for harm in harms], "or") if len(harms) == 1 else ""
    return f"people {named_harms}".strip() if named_harms not in NOUNS else named_harms


def sources_of(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Say where the claims were read: the publishers, those with the most claims first."""
    read: dict[str, set[str]] = {}
    reports = set()
    for finding in findings:
        for claim in finding.claims:
            for citation in claim.citations:
                if citation.report:
                    reports.add(citation.report.identity)
                    name = citation.report.publisher or citation.report.title or citation.report.address or "unnamed"
                    read.setdefault(name, set()).add(claim.id)
    if not read:
        return ("Where it was read is not stated.",)
    names = sorted(read, key=lambda name: (-len(read[name]), name))
    shown, left = names[:_PUBLISHERS], len(names) - _PUBLISHERS
    listed = [*shown, f"{left} more"] if left > 0 else shown
    several = f"{len(reports):,} reports of " if len(reports) > 1 else ""
    return (f"Read in: {several}{enumeration(listed)}.",)


def told(title: str, lines: Sequence[str], panels: Sequence[Panel], footer: Sequence[str]) -> str:
    """Tell a picture in words, from the same rows that it is drawn from.

    Examples:
        >>> from casualties.show.plots._rows import Row
        >>> print(told("Who says what", (), [Panel("Civilians", "single source", (Row("Azerbaijan", "11"),))], ()))
        Who says what.
        Civilians: single source.
        Azerbaijan: 11.
    """
    paragraphs = [f"{title}.", *lines]
    for panel in panels:
        paragraphs.append(_sentence(f"{panel.title}: {panel.status}"))
        paragraphs += [_sentence(f"{row.name}: {'; '.join([row.label, *row.details])}") for row in panel.rows]
        for group, rows in panel.more:
            paragraphs.append(f"{group}:")
            paragraphs += [_sentence(f"{row.name}: {'; '.join([row.label, *row.details])}") for row in rows]
        paragraphs += [_sentence(f"{gap.names[0]}: a gap of {gap.high - gap.low:,}") for gap in panel.gaps]
        paragraphs += [_sentence(note) for note in panel.notes]
    return "\n".join([*paragraphs, *footer])


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
