"""Every claim of a page, with where it was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from casualties._markup import Markup, bdi, join, tag
from casualties.claim import Claim
from casualties.display._sentences import Sentences
from casualties.display.describe import (
    capitalised,
    describe,
    describe_date,
    describe_harm,
    describe_period,
    enumeration,
)
from casualties.position import Fate

if TYPE_CHECKING:
    from casualties.finding import Finding
    from casualties.report import Citation, Report

__all__ = ["article", "day_of"]


def day_of(claim: Claim) -> str:
    """Write the last day that a claim counts as a filter names it; empty where nothing dates it."""
    return str(claim.day.date_only) if claim.day else ""


def article(finding: Finding, claim: Claim, say: Sentences) -> Markup:
    """Write everything that is recorded of one claim."""
    number = say.numbers[claim.id]
    told = say.count(claim) or say.words(claim)
    parts = [tag("dt", name) + tag("dd", value) for name, value in _facts(finding, claim, say) if value]
    readings = [tag("li", _reading(citation)) for citation in claim.citations]
    return tag(
        "article",
        tag("h3", f"{number}. ", bdi(say.source(claim)), ": ", bdi(told)),
        tag("dl", *map(Markup, parts)),
        tag("p", "Read in:") if readings else tag("p", "Where it was read is not stated."),
        tag("ul", *readings) if readings else None,
        tag(
            "p",
            tag("a", "Back to the table", href=f"#row-{number}", aria_label=f"Claim {number}: back to the table"),
            class_="back",
        ),
        id=f"claim-{number}",
        data_source=claim.source,
        data_day=day_of(claim),
        data_status=str(finding.status),
    )


def _facts(finding: Finding, claim: Claim, say: Sentences) -> Iterator[tuple[str, str | None]]:
    """Name what is recorded, each with its value; an empty value is not shown."""
    words, fate = say.view.words, finding.fates[claim.id]
    yield (
        "Counts",
        bdi(f"{capitalised(describe_harm(claim.subject.harm, words))}: {describe(claim.subject, words, inline=True)}"),
    )
    until = claim.subject.until or (claim.day if claim.day_assumed else None)
    assumed = ", the last day assumed from when it was said or printed" if claim.day_assumed else ""
    yield "Days", f"{describe_period(claim.subject.since, until)}{assumed}"
    yield "In what words", bdi(say.words(claim))
    yield "Read as", say.count(claim)
    yield "Standing", bdi(say.standing(finding, claim, ""))
    yield "Fate", "" if fate is Fate.STANDS else str(fate)
    yield "Said", describe_date(claim.stated) if claim.stated else ""
    yield "Our reading", enumeration(claim.our_reading)
    yield "Alleged", bdi(enumeration(f"{facet} {word}" for facet, word in claim.alleged)) if claim.alleged else ""
    yield "Meant whole", enumeration(claim.all)
    grades = [
        f"{' '.join(filter(None, (each.reliability, each.credibility, each.grade)))} by {each.grader}"
        for each in claim.assessments
    ]
    yield "Graded", bdi("; ".join(grades)) if grades else ""
    yield (
        "Rests on",
        bdi(enumeration(say.numbers.name(link.claim) for link in claim.based_on)) if claim.based_on else "",
    )
    yield "Identity", tag("code", claim.id)


def _reading(citation: Citation) -> Markup:
    """Write one reading: the document, who passed it on, the place in it and the words."""
    report = citation.report
    parts = [_report(report) if report else join(["report not stated"])]
    if citation.relays:
        parts.append(join(["through ", bdi(enumeration(relay.name for relay in citation.relays))]))
    if citation.locator:
        parts.append(bdi(citation.locator))
    if citation.words:
        parts.append(join(["“", bdi(citation.words), "”"]))
    return join(parts, ", ")


def _report(report: Report) -> Markup:
    parts = [bdi(text) for text in (report.publisher, report.title) if text]
    if report.published:
        parts.append(join([describe_date(report.published, short=True)]))
    if report.retrieved:
        parts.append(join([f"retrieved {describe_date(report.retrieved, short=True)}"]))
    if report.address:
        safe = report.address.lower().startswith(("https://", "http://"))
        parts.append(tag("a", report.address, href=report.address, rel="noreferrer") if safe else bdi(report.address))
    return join(parts, ", ")
