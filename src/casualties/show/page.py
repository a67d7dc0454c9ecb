"""One page of HTML that holds everything: the answer, the findings with their pictures, and every claim."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from casualties._text import digest, inert_json, own_file, table_of, template
from casualties.model.citation_check import CitationChecks
from casualties.model.claim import Claim
from casualties.reconciling.pairs import FindingStatus
from casualties.reconciling.position import Fate
from casualties.reconciling.view import View
from casualties.show._days import steps
from casualties.show._numbering import Numbering, listed, ordered, others
from casualties.show._steps import moves
from casualties.show._table import Row, RowKind, tabulate
from casualties.show.brief import brief
from casualties.show.describe import (
    capitalised,
    describe,
    describe_date,
    describe_harm,
    describe_period,
    enumeration,
)
from casualties.show.plots import Plot, draw, night
from casualties.show.sentences import Sentences, cell_told, printed

if TYPE_CHECKING:
    from casualties.model.report import Citation, Report
    from casualties.reconciling.finding import Finding

__all__ = ["fragment", "to_html"]

_SHOWN: Final = 20
"""The most findings that a notebook shows."""

_OPEN: Final = 8
"""Up to so many findings all stand open; of more the disputed ones that come first."""

_MOST_OPEN: Final = 3

_PICTURED: Final = 24
"""The most findings that have a picture: those with the most claims."""

_MORE_PICTURES: Final = 6
"""The most findings that have further pictures: how the toll moved, support and codebooks."""

_WIDTH: Final = 400
"""Pixels of a picture from side to side, so that it can be read on a telephone and stand beside its table."""


def to_html(
    findings: Iterable[Finding],
    view: View,
    *,
    pictures: bool = True,
    checks: CitationChecks | None = None,
    address: str | None = None,
) -> str:
    """Write findings as one page that stands alone: no script is needed to read it, and it asks no host for anything.

    The page opens with the answer; the disputed findings come first, with the widest gap first.  The table of a
    finding, its picture as SVG with its text, and every claim with its citations are in it, the longer parts folded.
    A script of the page's own searches and filters, shows what was known by a day, saves the claims as CSV and JSON,
    and shows one picture alone where the address ends in ``?embed=`` and the identity of a claim.
    Nothing in a ledger can run in it.

    Args:
        findings: The findings.
        view: The ledger as it is looked at.
        pictures: Whether pictures are drawn.
        checks: What was seen of the citations in their reports, if somebody looked.
        address: Where the page will be published, for the card that other sites show of it; none where it is left out.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> page = to_html(result.findings, result.view, pictures=False)
        >>> '<h1 dir="auto">Nagorno-Karabakh, the first four days</h1>' in page
        True
    """
    page = _Page(ordered(findings), view, checks)
    style, script = _style(), own_file("casualties.show", "page.js")
    return template("casualties.show", "page.html").render(
        page=page,
        blocks=page.blocks(pictures=pictures),
        filters=page.filters(),
        steps=[step.label for step in page.steps],
        unread=[cell_told(cell) for cell in view.ledger.unread],
        data=page.data(),
        style=style,
        script=script,
        hashes={"style": digest(style), "script": digest(script)},
        address=address,
    )


def fragment(findings: Iterable[Finding], view: View) -> str:
    """Write findings as a plain table for a notebook: no style, no script, and no more than so many findings.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> fragment(result.findings, result.view).count("<tr>")
        15
    """
    every = tuple(findings)
    table = tabulate(every, view, limit=_SHOWN)
    shown = [row for group in table.groups for row in group.rows]
    rows = [
        (str(row.number or ""), row.who or "; ".join(row.clauses), row.words, row.count, row.standing) for row in shown
    ]
    findings_at = {place for place, row in enumerate(shown) if row.kind is RowKind.HEADING}
    caption = "; ".join([*table.titles, " ".join(table.summary), *(group.title for group in table.groups[:1])])
    heads = ("No.", "Who was harmed, and who says so", "In what words", "Count", "Standing")
    return table_of(caption, heads, rows, left=table.left, noun="finding", strong=findings_at)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a finding's table: a claim, or clauses about the finding."""

    row: Row
    claim: Claim | None


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of a claim: a sentence, and the address where it is one of the web."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class _Card:
    """Everything that is recorded of one claim and its row does not say."""

    number: int
    claim: Claim
    title: str
    facts: Sequence[tuple[str, str]]
    readings: Sequence[_Reading]


@dataclass(frozen=True, slots=True)
class _Block:
    """One finding on the page."""

    place: int
    title: str
    status: str
    figure: str
    standing: str
    question: str
    sentence: str
    lines: Sequence[_Line]
    notes: Sequence[str]
    cards: Sequence[_Card]
    picture: Plot | None
    more: Sequence[Plot]
    opened: bool

    @property
    def words(self) -> str:
        """The words that a search finds the finding by."""
        return self.title.casefold()


class _Page:
    """A page, with the numbers of its claims."""

    def __init__(self, findings: tuple[Finding, ...], view: View, checks: CitationChecks | None) -> None:
        self.findings = findings
        self.checks = checks
        self.view = view
        self.numbers = Numbering(findings)
        self.say = Sentences(view, self.numbers)
        self.table = tabulate(findings, view)
        self.titles = view.ledger.titles or ("Casualty figures by who reports them",)
        self.claims = {self.numbers[claim.id]: claim for finding in findings for claim in finding.claims}
        self.brief = brief(findings, view)
        self.steps = steps(findings, view, self.numbers)

    @cached_property
    def closing(self) -> tuple[str, ...]:
        """What holds of the whole; what stands with a finding above is not told again."""
        return self.say.closing(self.findings, {finding.subject: "above" for finding in self.findings})

    @property
    def headline(self) -> str:
        """The answer in a line, for those who show a card of the page."""
        first = next((sentence.text for section in self.brief.sections for sentence in section.sentences), "")
        return f"{self.brief.size} {first}".strip()

    def card_address(self, address: str) -> str:
        """Name the picture of the page's card, which stands beside the page."""
        return f"{address.removesuffix('.html')}.card.png"

    def blocks(self, *, pictures: bool) -> list[_Block]:
        """Give the findings, the disputed ones with the widest gap first."""
        rows = self._rows()
        first = sorted(range(len(self.findings)), key=lambda place: (_dispute(self.findings[place]), place))
        most = sorted(first, key=lambda place: -len(self.findings[place].claims))
        pictured = set(most[:_PICTURED]) if pictures else set()
        further = set(most[:_MORE_PICTURES]) if pictures else set()
        few = len(first) <= _OPEN
        shown = set(first if few else first[:_MOST_OPEN])
        return [
            self._block(place, *rows[place], picture=place in pictured, more=place in further, opened=place in shown)
            for place in first
        ]

    def _rows(self) -> list[tuple[str, str, list[Row]]]:
        """Give for each finding the title and the question of its group, and its rows of the table."""
        groups: list[tuple[str, str, list[Row]]] = []
        for group in self.table.groups:
            for row in group.rows:
                if row.kind is RowKind.HEADING:
                    groups.append((group.title, group.question, []))
                groups[-1][2].append(row)
        return groups

    def _block(
        self, place: int, group: str, question: str, rows: list[Row], *, picture: bool, more: bool, opened: bool
    ) -> _Block:
        finding, (head, *rest) = self.findings[place], rows
        cards = [self._card(finding, claim) for claim in _claims(finding)]
        notes = [text.replace("{}", self.numbers.all(claims)) for text, claims in self.say.remarks(finding)]
        ground = self.say.common_ground(finding)
        who = self.say.subject(finding, shared_day=True)
        return _Block(
            place=place,
            title=f"{capitalised(who)}: {group[:1].lower()}{group[1:]}",
            status=str(finding.status),
            figure=head.count,
            standing=head.standing,
            question=question,
            sentence=printed(finding).text,
            lines=[self._line(row) for row in rest],
            notes=[*notes, *([ground] if ground else [])],
            cards=cards,
            picture=draw((finding,), self.view, "who-says-what", width=_WIDTH, numbers=self.numbers)
            if picture
            else None,
            more=list(self._more(finding)) if more else [],
            opened=opened,
        )

    def _line(self, row: Row) -> _Line:
        return _Line(row, None if row.number is None else self.claims[row.number])

    def _more(self, finding: Finding) -> Iterator[Plot]:
        if moves(finding):
            yield draw((finding,), self.view, "how-the-toll-moved", width=_WIDTH)
        if len(finding.sources_of_the_day) > 1:
            yield draw((finding,), self.view, "support", width=_WIDTH)
            yield draw((finding,), self.view, "codebooks", width=_WIDTH)

    def _card(self, finding: Finding, claim: Claim) -> _Card:
        return _Card(
            number=self.numbers[claim.id],
            claim=claim,
            title=self.say.source(claim),
            facts=[(name, value) for name, value in self._facts(finding, claim) if value],
            readings=[_reading(citation, self._looked_up(claim, citation)) for citation in claim.citations],
        )

    def _looked_up(self, claim: Claim, citation: Citation) -> str:
        """Say whether the report holds what it is cited for, where somebody looked."""
        return self.checks.said_of(claim, citation) if self.checks else ""

    def _facts(self, finding: Finding, claim: Claim) -> Iterator[tuple[str, str]]:
        """Name what is recorded, each with its value; an empty value is not shown."""
        say, words, fate = self.say, self.view.words, finding.fates[claim.id]
        if claim.subject.replacing(until=None) != finding.subject.replacing(until=None):
            harm = describe_harm(claim.subject.harm, words)
            yield "Counts", f"{harm}: {describe(claim.subject, words, inline=True)}"
        until = claim.subject.until or (claim.day if claim.day_assumed else None)
        assumed = ", the last day assumed" if claim.day_assumed else ""
        yield "Days", f"{describe_period(claim.subject.since, until)}{assumed}"
        yield "Fate", "" if fate is Fate.STANDS else str(fate)
        yield "Said", describe_date(claim.stated) if claim.stated else ""
        yield "Our reading", enumeration(claim.our_reading)
        yield "Alleged", enumeration(f"{facet} {word}" for facet, word in claim.alleged) if claim.alleged else ""
        yield "Meant whole", enumeration(claim.all)
        grades = [
            f"{' '.join(filter(None, (graded.reliability, graded.credibility, graded.grade)))} by {graded.grader}"
            for graded in claim.assessments
        ]
        yield "Graded", "; ".join(grades)
        yield "Rests on", enumeration(say.numbers.name(link.claim) for link in claim.based_on) if claim.based_on else ""
        yield "Notes", "; ".join(claim.notes)
        yield "Columns of the table", "; ".join(": ".join(pair) for pair in claim.extra)

    def filters(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """Give each filter: its name, its label, and its values with their words."""
        every = self.claims.values()
        names = {claim.source: self.say.source(claim) for claim in every}
        days = {_day(claim): describe_date(claim.day.date_only) for claim in every if claim.day}
        standings = sorted({str(finding.status) for finding in self.findings})
        return [
            ("source", "Source", sorted(names.items(), key=lambda item: (item[1], item[0]))),
            ("day", "Counts to", sorted(days.items())),
            ("status", "Standing", [(standing, standing) for standing in standings]),
        ]

    def data(self) -> str:
        """Write the claims as they can be saved, and what was known by each step, as JSON that a page may hold."""
        records = [record for finding in self.findings for record in self._records(finding)]
        columns = (
            [name for name in records[0] if any(record[name] not in (None, "") for record in records)]
            if records
            else []
        )
        plain = {
            "titles": list(self.titles),
            "columns": {name: _coded([record[name] for record in records]) for name in columns},
            "steps": [asdict(step) for step in self.steps],
        }
        dense = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return inert_json(dense).replace("<", "\\u003c")

    def _records(self, finding: Finding) -> Iterator[dict[str, Any]]:
        """Give what is saved of each claim: one record, whatever the number of its citations."""
        subject = describe(finding.subject, self.view.words)
        for claim in _claims(finding):
            figure = self.view.figure(claim)
            reports = [citation.report for citation in claim.citations if citation.report]
            yield {
                "claim": claim.id,
                "number": self.numbers[claim.id],
                "harm": "; ".join(claim.subject.harm),
                "subject": subject,
                "since": _text(claim.subject.since),
                "until": _day(claim),
                "source": claim.source,
                "source_name": self.view.sources[claim.source].name,
                "stance": str(claim.stance),
                "words": self.say.words(claim),
                "low": None if figure is None else figure.low,
                "high": None if figure is None else figure.high,
                "best": None if figure is None else figure.best,
                "stated": _text(claim.stated),
                "fate": "" if finding.fates[claim.id] is Fate.STANDS else str(finding.fates[claim.id]),
                "read_in": "; ".join(filter(None, (report.address or report.title for report in reports))),
            }


def _coded(cells: Sequence[object]) -> list[list[object]]:
    """Write a column as its distinct cells, and for each row which of them it has."""
    places = {cell: place for place, cell in enumerate(dict.fromkeys(cells))}
    return [list(places), [places[cell] for cell in cells]]


def _dispute(finding: Finding) -> tuple[int, int]:
    """Sort disputed findings first, the widest gap before the others, as the brief does."""
    if finding.status is not FindingStatus.DISPUTED:
        return 1, 0
    return 0, -finding.disputes.widest


def _claims(finding: Finding) -> Sequence[Claim]:
    """List the claims of a finding in the order of their numbers."""
    return [*(claim for position in finding.positions for claim in listed(position)), *others(finding)]


def _day(claim: Claim) -> str:
    """Write the last day that a claim counts as a filter names it; empty where nothing dates it."""
    return str(claim.day.date_only) if claim.day else ""


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _reading(citation: Citation, looked_up: str) -> _Reading:
    """Write one reading: the document, who passed it on, the place in it, the words, and whether they stand there."""
    report = citation.report
    address = report.address if report and report.address else ""
    web = address.lower().startswith(("https://", "http://"))
    parts = list(_report(report)) if report else ["report not stated"]
    if address and not web:
        parts.append(address)
    if citation.relays:
        parts.append(f"through {enumeration(relay.name for relay in citation.relays)}")
    if citation.locator:
        parts.append(citation.locator)
    if citation.words:
        parts.append(f"“{citation.words}”")
    if looked_up:
        parts.append(looked_up)
    return _Reading(", ".join(parts), address if web else "")


def _report(report: Report) -> Iterator[str]:
    yield from (text for text in (report.publisher, report.title) if text)
    if report.published:
        yield describe_date(report.published, short=True)
    if report.retrieved:
        yield f"retrieved {describe_date(report.retrieved, short=True)}"


def _style() -> str:
    """Give the style of the page, with the colours that its pictures have on a dark screen."""
    own = own_file("casualties.show", "page.css")
    return f"{own}@media screen and (prefers-color-scheme: dark) {{\n{night('figure svg')}\n}}\n"
