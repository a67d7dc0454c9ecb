"""One page of HTML that holds everything: the table, the pictures, and every claim with where it was read."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from casualties._markup import Markup, bdi, join, table_of, tag
from casualties.model.citation_check import CitationChecks
from casualties.model.claim import Claim
from casualties.reconciling.position import Fate
from casualties.reconciling.view import Standpoint
from casualties.show._numbering import Numbering, listed, ordered, others
from casualties.show._table import Group, Row, RowKind, tabulate
from casualties.show.describe import (
    capitalised,
    describe,
    describe_date,
    describe_harm,
    describe_period,
    enumeration,
)
from casualties.show.plots import Plot, draw, night
from casualties.show.sentences import Sentences

if TYPE_CHECKING:
    from casualties.model.claim import Claim
    from casualties.model.report import Citation, Report
    from casualties.reconciling.finding import Finding

__all__ = ["article", "day_of", "fragment", "to_html"]


def day_of(claim: Claim) -> str:
    """Write the last day that a claim counts as a filter names it; empty where nothing dates it."""
    return str(claim.day.date_only) if claim.day else ""


def article(finding: Finding, claim: Claim, say: Sentences, checks: CitationChecks | None = None) -> Markup:
    """Write everything that is recorded of one claim, and what was seen of its citations."""
    number = say.numbers[claim.id]
    told = say.count(claim) or say.words(claim)
    parts = [tag("dt", name) + tag("dd", value) for name, value in _facts(finding, claim, say) if value]
    readings = [
        tag("li", _reading(citation, checks.said_of(claim, citation) if checks else "")) for citation in claim.citations
    ]
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


def _reading(citation: Citation, looked_up: str) -> Markup:
    """Write one reading: the document, who passed it on, the place in it, the words, and whether they stand there."""
    report = citation.report
    parts = [_report(report) if report else join(["report not stated"])]
    if citation.relays:
        parts.append(join(["through ", bdi(enumeration(relay.name for relay in citation.relays))]))
    if citation.locator:
        parts.append(bdi(citation.locator))
    if citation.words:
        parts.append(join(["“", bdi(citation.words), "”"]))
    if looked_up:
        parts.append(tag("em", looked_up))
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


_TOGETHER: Final = 8
"""The most findings that are drawn as one picture."""

_SHOWN: Final = 20
"""The most findings that a notebook shows."""

_PICTURED: Final = 6
"""The most findings that have pictures of their own: those with the most claims."""


def to_html(
    findings: Iterable[Finding], view: Standpoint, *, pictures: bool = True, checks: CitationChecks | None = None
) -> str:
    """Write findings as one page that stands alone: no script is needed to read it, and it asks no host for anything.

    The table, the pictures as SVG with their text, and every claim with its citations are in it.  A script of its own
    filters by source, day and status.  Nothing in a ledger can run in it.

    Args:
        findings: The findings.
        view: The ledger as it is looked at.
        pictures: Whether pictures are drawn.
        checks: What was seen of the citations in their reports, if somebody looked.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> page = to_html(result.findings, result.view, pictures=False)
        >>> '<h1 dir="auto">Nagorno-Karabakh, the first four days</h1>' in page
        True
    """
    return _Page(ordered(findings), view, checks).whole(pictures=pictures)


def fragment(findings: Iterable[Finding], view: Standpoint) -> str:
    """Write findings as a plain table for a notebook: no style, no script, and no more than so many findings.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> fragment(result.findings, result.view).count("<tr>")
        15
    """
    every = tuple(findings)
    table = tabulate(every, view, limit=_SHOWN)
    rows = [
        (str(row.number or ""), row.who or "; ".join(row.clauses), row.words, row.count, row.standing)
        for group in table.groups
        for row in group.rows
    ]
    caption = "; ".join([*table.titles, " ".join(table.summary), *(group.title for group in table.groups[:1])])
    heads = ("No.", "Who was harmed, and who says so", "In what words", "Count", "Standing")
    return table_of(caption, heads, rows, left=table.left, noun="finding")


class _Page:
    """A page, with the numbers of its claims."""

    def __init__(self, findings: tuple[Finding, ...], view: Standpoint, checks: CitationChecks | None) -> None:
        self.findings = findings
        self.view = view
        self.checks = checks
        self.say = Sentences(view, Numbering(findings))
        self.table = tabulate(findings, view)
        self.claims = [(finding, claim) for finding in findings for claim in _claims(finding)]

    def whole(self, *, pictures: bool) -> str:
        """Write the page from its first to its last line."""
        style, script = _style(), _own("page.js")
        policy = (
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
            "base-uri 'none'; form-action 'none'"
        )
        titles = self.view.ledger.titles or ("Casualty figures by who reports them",)
        head = tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", http_equiv="Content-Security-Policy", content=policy),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="referrer", content="no-referrer"),
            tag("title", "; ".join(titles)),
            tag("style", Markup(style)),
        )
        body = tag(
            "body",
            tag("a", "Skip to the table", href="#table", class_="skip"),
            tag("header", *(tag("h1", title, dir="auto") for title in titles), self._contents()),
            tag("main", self._table(), self._pictures() if pictures else None, self._all_claims()),
            tag("script", Markup(script)),
        )
        return f"<!DOCTYPE html>\n{tag('html', head, body, lang='en')}\n"

    def _contents(self) -> Markup:
        links = [("#table", "Table"), ("#pictures", "Pictures"), ("#claims", "Claims and citations")]
        return join(
            [
                tag("p", " ".join(self.table.summary)),
                tag("p", f"Citations looked up in their reports: {self.checks.summary}.") if self.checks else None,
                tag(
                    "nav",
                    tag("ul", *(tag("li", tag("a", text, href=href)) for href, text in links)),
                    aria_label="Contents",
                ),
            ]
        )

    def _filters(self) -> Markup:
        """Write the filters, which stay hidden where no script runs."""
        names = {claim.source: self.say.source(claim) for _, claim in self.claims}
        days = {day_of(claim): describe_date(claim.day.date_only) for _, claim in self.claims if claim.day}
        fields = (
            ("source", "Source", sorted(names.items(), key=lambda item: (item[1], item[0]))),
            ("day", "Counts to", sorted(days.items())),
            (
                "status",
                "Standing of the finding",
                [(each, each) for each in sorted({str(f.status) for f in self.findings})],
            ),
        )
        return tag(
            "form",
            *(
                tag(
                    "div",
                    tag("label", label, for_=name),
                    tag(
                        "select",
                        tag("option", "all", value=""),
                        *(tag("option", text, value=value, dir="auto") for value, text in options),
                        id=name,
                        name=name,
                    ),
                )
                for name, label, options in fields
            ),
            tag("button", "Show all", type="reset"),
            tag("output", id="told", role="status"),
            id="filters",
            hidden="",
            aria_label="Filters",
        )

    def _table(self) -> Markup:
        rows = iter(self.findings)
        groups = [self._group(number, group, rows) for number, group in enumerate(self.table.groups, 1)]
        notes = [tag("li", f"{sign} {note}") for sign, note in self.table.footnotes]
        return tag(
            "section",
            tag("h2", "Who says what"),
            self._filters(),
            *groups,
            *(tag("p", bdi(sentence)) for sentence in self.table.closing),
            tag("ul", *notes, aria_label="Notes") if notes else None,
            id="table",
        )

    def _group(self, number: int, group: Group, findings: Iterator[Finding]) -> Markup:
        heads = [tag("th", text, scope="col") for text in ("No.", "Who says so", "In what words", "Count", "Standing")]
        bodies: list[Markup] = []
        rows: list[Markup] = []
        finding: Finding | None = None
        for row in group.rows:
            if row.kind is RowKind.HEADING:
                if finding is not None:
                    bodies.append(tag("tbody", *rows, data_status=str(finding.status)))
                finding, rows = next(findings), []
            rows.append(self._row(row, finding))
        bodies.append(tag("tbody", *rows, data_status=str(finding.status) if finding else None))
        table = tag(
            "table", tag("caption", f"{group.question}, and who says so"), tag("thead", tag("tr", *heads)), *bodies
        )
        return tag(
            "div",
            tag("h3", group.title, id=f"group-{number}"),
            tag("div", table, class_="scroll", tabindex=0, role="region", aria_labelledby=f"group-{number}"),
            class_="group",
        )

    def _row(self, row: Row, finding: Finding | None) -> Markup:
        if row.kind is RowKind.NOTE:
            return tag("tr", tag("td"), tag("td", bdi("; ".join(row.clauses)), colspan=4, class_="soft"))
        if row.number is None:
            disputed = "disputed" if row.standing.startswith("disputed") else None
            return tag(
                "tr",
                tag("th", bdi(row.who), scope="rowgroup", colspan=3),
                tag("td", row.count),
                tag("td", row.standing),
                class_=disputed,
            )
        claim = self.claims[row.number - 1][1]
        link = tag(
            "a", str(row.number), href=f"#claim-{row.number}", aria_label=f"Claim {row.number} and where it was read"
        )
        return tag(
            "tr",
            tag("td", link, class_="number"),
            *(tag("td", bdi(text)) for text in (row.who, row.words, row.count, row.standing)),
            class_="aside" if row.kind is RowKind.SET_ASIDE else None,
            id=f"row-{row.number}",
            data_source=claim.source,
            data_day=day_of(claim),
            data_status=str(finding.status) if finding else None,
        )

    def _pictures(self) -> Markup:
        """Draw the pictures."""
        figures = [_figure(plot) for plot in self._plots()]
        most = len(self.findings) > _PICTURED
        note = f"The {_PICTURED} subjects with the most claims have pictures of their own." if most else None
        return tag("section", tag("h2", "Pictures"), tag("p", note) if note else None, *figures, id="pictures")

    def _plots(self) -> Iterator[Plot]:
        most = sorted(self.findings, key=lambda finding: -len(finding.claims))[:_PICTURED]
        chosen = [finding for finding in self.findings if finding in most]
        if len(self.findings) <= _TOGETHER:
            yield draw(self.findings, self.view, "who-says-what")
        for finding in chosen:
            if len(self.findings) > _TOGETHER:
                yield draw((finding,), self.view, "who-says-what")
            if len(finding.history()) > len(finding.positions):
                yield draw((finding,), self.view, "how-the-toll-moved")
            if len(finding.voices_of_the_day) > 1:
                yield draw((finding,), self.view, "support")
                yield draw((finding,), self.view, "codebooks")

    def _all_claims(self) -> Markup:
        return tag(
            "section",
            tag("h2", "Claims and citations"),
            *(article(finding, claim, self.say, self.checks) for finding, claim in self.claims),
            id="claims",
        )


def _claims(finding: Finding) -> Sequence[Claim]:
    """List the claims of a finding in the order of their numbers."""
    return [*(claim for position in finding.positions for claim in listed(position)), *others(finding)]


def _figure(plot: Plot) -> Markup:
    return tag(
        "figure",
        tag("div", Markup(plot.svg()), class_="scroll", tabindex=0, role="region", aria_label=plot.title),
        tag(
            "details",
            tag("summary", f"{plot.title}: the picture in words"),
            *(tag("p", line) for line in plot.alt.splitlines()),
        ),
    )


def _own(name: str) -> str:
    """Read a file of ours that becomes a part of the page."""
    return files("casualties.show").joinpath(name).read_text(encoding="utf-8")


def _style() -> str:
    """Give the style of the page, with the colours that its pictures have on a dark screen."""
    return f"{_own('page.css')}@media screen and (prefers-color-scheme: dark) {{\n{night('figure svg')}\n}}\n"


def _hash(text: str) -> str:
    """Name a text by its digest, as a content security policy does."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
