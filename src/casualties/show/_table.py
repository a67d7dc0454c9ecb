"""The table of a reconciliation as rows and notes, before it is set as text or Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from casualties._text import counted
from casualties.errors import CasualtiesError
from casualties.model.claim import Claim
from casualties.model.harm import HARMS, Harm
from casualties.model.subject import Subject
from casualties.reconciling.pairs import FindingStatus
from casualties.reconciling.position import Fate
from casualties.show._numbering import Numbering, listed, ordered, others
from casualties.show.describe import capitalised, describe_date, describe_harm, describe_period, named
from casualties.show.sentences import Sentences, left_out_told
from casualties.show.sentences.unread import not_read

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding
    from casualties.reconciling.view import View

__all__ = ["Group", "Row", "RowKind", "Table", "tabulate"]


class RowKind(StrEnum):
    """What a row of the table holds."""

    HEADING = "heading"
    CLAIM = "claim"
    SET_ASIDE = "set aside"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a finding, a claim, or clauses that say something of a finding.

    Attributes:
        kind: What the row holds.
        who: Who was harmed, or who says so.
        words: In what words.
        count: The count.
        standing: The status of a finding, or how a claim stands.
        number: The number of a claim; ``None`` for other rows.
        clauses: The parts of a note.

    Examples:
        >>> Row(RowKind.CLAIM, "Armenia", "one", "1", "own side", 2).number
        2
    """

    kind: RowKind
    who: str = ""
    words: str = ""
    count: str = ""
    standing: str = ""
    number: int | None = None
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one harm, in one event, counted from one day.

    Attributes:
        title: The harm, event and days.
        question: What the first column tells.
        rows: The rows.

    Examples:
        >>> Group("Killed", "Who was killed", ()).title
        'Killed'
    """

    title: str
    question: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Everything that the table of a reconciliation says.

    Attributes:
        titles: What the ledger is called.
        summary: How many claims and sources there are, from where the ledger is looked at, and what was not read.
        groups: The rows.
        left: How many findings are not shown.
        closing: What holds of the whole: contradictions, claims set aside, differences in scope.
        footnotes: Mark and sentences of each footnote.
        readings: Where the claims were read, each with its numbers.
        relays: Through whom; empty where nobody is named.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> tabulate(result.findings, result.view).summary
        ('8 claims by 6 sources, read in 1 report.',)
    """

    titles: tuple[str, ...]
    summary: tuple[str, ...]
    groups: tuple[Group, ...]
    left: int
    closing: tuple[str, ...]
    footnotes: tuple[tuple[str, str], ...]
    readings: tuple[str, ...]
    relays: tuple[str, ...]


def tabulate(
    findings: Iterable[Finding],
    view: View,
    *,
    limit: int | None = None,
    claims: int | None = None,
    disputed_first: bool = False,
) -> Table:
    """Arrange findings as the table shows them.

    Args:
        findings: The findings.
        view: The ledger as it is looked at.
        limit: How many findings to show at most; ``None`` for all.
        claims: How many claims of each finding to show at most; ``None`` for all.
        disputed_first: Whether what is disputed stands before the rest; the claims keep their numbers.

    Raises:
        CasualtiesError: If a limit is below zero.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> tabulate(result.findings, result.view, limit=2).left
        3
    """
    if limit is not None and limit < 0:
        raise CasualtiesError(f"limit {limit}: below zero", "negative", "leave it out to show all findings")
    if claims is not None and claims < 0:
        raise CasualtiesError(f"claims {claims}: below zero", "negative", "leave it out to show all claims")
    every = ordered(findings)
    placed = sorted(every, key=_undisputed) if disputed_first else every
    shown = placed if limit is None else placed[:limit]
    numbers = Numbering(every)
    say = Sentences(view, numbers)
    footnotes = Footnotes(say)
    groups = [
        _group(list(members), say, footnotes, claims)
        for _, members in groupby(shown, lambda finding: _group_key(finding, disputed_first=disputed_first))
    ]
    return Table(
        titles=view.ledger.titles,
        summary=(*_summary(every, view), *filter(None, [not_read(view.ledger.unread)])),
        groups=tuple(groups),
        left=len(every) - len(shown),
        closing=say.closing(shown, footnotes.marks) if shown else (),
        footnotes=footnotes.texts(),
        readings=say.readings(shown),
        relays=say.relays(shown),
    )


def _undisputed(finding: Finding) -> bool:
    return finding.status is not FindingStatus.DISPUTED


def _group_key(finding: Finding, *, disputed_first: bool) -> tuple[object, ...]:
    """Tell which findings stand under one title."""
    subject = finding.subject
    return (disputed_first and _undisputed(finding), subject.harm, subject.event, subject.since)


class Footnotes:
    """The footnotes of a table; findings of which the same is to be said share one."""

    def __init__(self, say: Sentences) -> None:
        self._say = say
        self._notes: list[tuple[dict[str, list[str]], str]] = []
        self._shared: dict[tuple[str, ...], int] = {}
        self.marks: dict[Subject, str] = {}

    def mark(self, finding: Finding) -> str:
        """Note what is to be said of a finding, and give the mark of the note; empty where there is nothing."""
        remarks, ground = self._say.remarks(finding), self._say.common_ground(finding)
        self.marks[finding.subject] = ""
        if not (remarks or ground):
            return ""
        kind = tuple(sentence for sentence, _ in remarks)
        place = len(self._notes) if ground else self._shared.setdefault(kind, len(self._notes))
        if place == len(self._notes):
            self._notes.append(({sentence: [] for sentence in kind}, ground))
        for sentence, claims in remarks:
            self._notes[place][0][sentence] += claims
        if ground:
            self.marks[finding.subject] = f"({_letters(place)})"
        return f"({_letters(place)})"

    def texts(self) -> tuple[tuple[str, str], ...]:
        """Give mark and text of every footnote."""
        lettered = []
        for place, (remarks, ground) in enumerate(self._notes):
            sentences = [sentence.replace("{}", self._say.numbers.all(claims)) for sentence, claims in remarks.items()]
            lettered.append((f"({_letters(place)})", " ".join([*sentences, ground]).strip()))
        return tuple(lettered)


def _summary(findings: Sequence[Finding], view: View) -> tuple[str, ...]:
    claims = [claim for finding in findings for claim in finding.claims]
    reports = {citation.report.identity for claim in claims for citation in claim.citations if citation.report}
    size = (
        f"{counted(len(claims), 'claim')} by {counted(len({claim.source for claim in claims}), 'source')}, "
        f"read in {counted(len(reports), 'report')}."
    )
    asked = []
    if view.as_of is not None:
        asked.append(f"as of {describe_date(view.as_of)}")
    if view.known_on is not None:
        asked.append(f"from what was known on {describe_date(view.known_on)}")
    if view.left_out_by_hour:
        asked.append(left_out_told(view.left_out_by_hour))
    if view.lexicon is not None:
        asked.append(f"words read by the lexicon {view.lexicon}")
    return (size, f"{capitalised(', '.join(asked))}.") if asked else (size,)


def _group(findings: Sequence[Finding], say: Sentences, footnotes: Footnotes, claims: int | None) -> Group:
    first = findings[0].subject
    days = {finding.as_of for finding in findings}
    shared_day = len(days) == 1
    until = findings[0].as_of if shared_day else None
    period = say.days(findings, until) if say.view.is_stock(first) else describe_period(first.since, until)
    harm = describe_harm(first.harm, say.view.words)
    event = named("event", first.event, say.view.words) if first.event else ""
    if event.endswith(period.removeprefix("to ")):
        period = ""
    rows: list[Row] = []
    for finding in findings:
        finding_rows = _finding_rows(finding, say, footnotes.mark(finding), shared_day=shared_day)
        rows += finding_rows if claims is None else _shortened(finding_rows, len(finding.claims), claims)
    question = " or ".join(
        HARMS[Harm(harm)].question
        if harm in HARMS and say.view.words.name("harm", harm) == harm
        else f"was {describe_harm([harm], say.view.words)}"
        for harm in first.harm
    )
    return Group(
        title=capitalised(", ".join(part for part in (harm, event, period) if part)),
        question=f"Who {question.replace(' or was ', ' or ')}",
        rows=tuple(rows),
    )


def _finding_rows(finding: Finding, say: Sentences, sign: str, *, shared_day: bool) -> Iterator[Row]:
    who = say.subject(finding, shared_day=shared_day)
    yield Row(
        RowKind.HEADING, f"{who} {sign}" if sign else who, count=say.common(finding), standing=say.status(finding)
    )
    for position in finding.positions:
        for claim in listed(position):
            yield _claim_row(finding, claim, say, sign)
        if together := say.combination(position):
            yield Row(RowKind.NOTE, clauses=(together,))
    if clauses := say.clauses(finding):
        yield Row(RowKind.NOTE, clauses=clauses)
    for claim in others(finding):
        yield _claim_row(finding, claim, say, sign)


def _shortened(rows: Iterator[Row], claims: int, most: int) -> Iterator[Row]:
    """Stop after some claims, and say how many are left."""
    for row in rows:
        if row.number is not None:
            if not most:
                break
            most, claims = most - 1, claims - 1
        yield row
    if claims:
        yield Row(RowKind.NOTE, clauses=(f"and {counted(claims, 'more claim')}, not shown",))


def _claim_row(finding: Finding, claim: Claim, say: Sentences, sign: str) -> Row:
    return Row(
        RowKind.CLAIM if finding.fates[claim.id] is Fate.STANDS else RowKind.SET_ASIDE,
        who=say.source(claim),
        words=say.words(claim),
        count=say.count(claim),
        standing=say.standing(finding, claim, sign),
        number=say.numbers[claim.id],
    )


def _letters(place: int) -> str:
    """Name the footnotes a to z, then aa, ab and so on."""
    before, letter = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("a") + letter)
