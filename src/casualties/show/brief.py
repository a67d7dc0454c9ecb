"""The brief: a page that opens with the answer, and is short whatever the ledger holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import TYPE_CHECKING, Final

from casualties._text import counted, table_of
from casualties.errors import CasualtiesError
from casualties.model.claim import Claim
from casualties.model.period import PartialDate
from casualties.reconciling.pairs import FindingStatus
from casualties.reconciling.position import Fate
from casualties.reconciling.view import View
from casualties.show._numbering import ordered
from casualties.show.describe import describe_date, enumeration
from casualties.show.sentences import House, Sentence, agreed, begin, cell_told, left_out_told, said, spread
from casualties.show.text import WIDTH, words

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

__all__ = ["LINES", "Brief", "BriefSection", "brief"]

LINES: Final = 25
"""How many lines a brief has at most where no other number is asked."""

_FEWEST: Final = 12

_FIRST: Final = 4
"""How many disputed subjects are shown before anything else."""

_NOTHING: Final = Sentence("", ())

_FATES: Final = {Fate.COPY: "copies", Fate.VERSION: "versions"}


@dataclass(frozen=True, slots=True)
class BriefSection:
    """One question that a brief answers: how many subjects there are of it, and what is said of each.

    Attributes:
        title: The answer in a line, with how many there are.
        sentences: One sentence a subject, the most telling first, with its claims and numbers.

    Examples:
        >>> import casualties as cs
        >>> brief = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).brief()
        >>> [section.title for section in brief.sections][:2]
        ['Disputed: nothing', 'Compatible, and none bears out another: 1 subject']
    """

    title: str
    sentences: tuple[Sentence, ...]

    def __repr__(self) -> str:
        return f"<BriefSection {self.title!r}>"


@dataclass(frozen=True, slots=True)
class Brief:
    """The answer before its details: what is disputed, what is borne out by whom, who is silent, what came last.

    Attributes:
        heading: What the ledger is called.
        size: How many subjects, claims, sources and reports there are, and to which day.
        sections: The questions, each with its answer.

    Examples:
        >>> import casualties as cs
        >>> print(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).about(status="civilian").brief())
        Nagorno-Karabakh, the first four days
        1 subject: 1 claim by 1 source, read in 1 report, to 30 September 2020.
        Disputed: nothing.
        One independent source alone: 1 subject:
          Civilians on the Azerbaijani side killed: at least 11 (Azerbaijan)
        Said last, 30 September 2020: 1 claim:
          Azerbaijan says at least 11 civilians on the Azerbaijani side were killed
        Set aside: nothing.
    """

    heading: str
    size: str
    sections: tuple[BriefSection, ...]

    def __repr__(self) -> str:
        return f"<Brief: {self.size}>"

    def to_text(self, *, width: int = WIDTH, lines: int = LINES) -> str:
        """Set the brief in so many lines at most; each title says how many there are where not all fit.

        Args:
            width: Columns.
            lines: The most lines.

        Raises:
            CasualtiesError: If there is room for less than the titles.

        Examples:
            >>> import casualties as cs
            >>> brief = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).brief()
            >>> len(brief.to_text(lines=12).splitlines()) <= 12
            True
        """
        if lines < _FEWEST:
            raise CasualtiesError(f"lines {lines}: too few for a brief", "too-few", f"ask for {_FEWEST} or more")
        return "\n".join(self._lines(width, lines))

    def _lines(self, width: int, most: int) -> list[str]:
        printed = [line for text in (self.heading, self.size) if text for line in words(text, width)]
        items = [
            [words(sentence.text, width, "    ", "  ") for sentence in section.sentences] for section in self.sections
        ]
        titles = [
            words(f"{section.title}; {len(fitted):,} shown:", width, "  ")
            for section, fitted in zip(self.sections, items, strict=True)
        ]
        shown = _fitting(items, most - len(printed) - sum(map(len, titles)))
        for section, entries, number in zip(self.sections, items, shown, strict=True):
            of_them = f"; {number:,} shown" if 0 < number < len(entries) else ""
            printed += words(f"{section.title}{of_them}{':' if number else '.'}", width, "  ")
            printed += [line for item in entries[:number] for line in item]
        return printed[:most]

    def to_dict(self) -> dict[str, object]:
        """Give the brief as plain data, each sentence with its claims and numbers.

        Examples:
            >>> import casualties as cs
            >>> brief = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).brief()
            >>> sorted(brief.to_dict())
            ['heading', 'sections', 'size']
        """
        return {
            "heading": self.heading,
            "size": self.size,
            "sections": [
                {"title": section.title, "sentences": [sentence.to_dict() for sentence in section.sentences]}
                for section in self.sections
            ],
        }

    def _repr_html_(self) -> str:
        rows = [
            (section.title, sentence.text) for section in self.sections for sentence in section.sentences or (_NOTHING,)
        ]
        return table_of("; ".join(filter(None, (self.heading, self.size))), ("what", "which"), rows)

    def __str__(self) -> str:
        return self.to_text()


def _fitting(items: Sequence[Sequence[Sequence[str]]], room: int) -> list[int]:
    """Find how many items of each section fit: the first has some before the others, and then each has its turn."""
    shown = [0] * len(items)
    rounds = chain([[0] * _FIRST] if items else [], repeat(range(len(items))))
    for first, turns in enumerate(rounds):
        moved = False
        for place in turns:
            section = items[place]
            if shown[place] < len(section) and len(section[shown[place]]) <= room:
                room -= len(section[shown[place]])
                shown[place] += 1
                moved = True
        if first and not moved:
            break
    return shown


def brief(findings: Iterable[Finding], view: View, house: House | None = None) -> Brief:
    """Write the brief of some findings.

    Args:
        findings: The findings.
        view: The ledger as it is looked at.
        house: How numbers are written.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> brief(result.findings, result.view).heading
        'Nagorno-Karabakh, the first four days'
    """
    every = ordered(findings)
    house = house or House()
    return Brief("; ".join(view.ledger.titles), _size(every, view), tuple(_sections(every, view, house)))


def _size(findings: Sequence[Finding], view: View) -> str:
    claims = [claim for finding in findings for claim in finding.claims]
    reports = {citation.report.identity for claim in claims for citation in claim.citations if citation.report}
    sources = {claim.source for claim in claims}
    parts = [
        f"{counted(len(findings), 'subject')}: {counted(len(claims), 'claim')} by {counted(len(sources), 'source')}",
        f"read in {counted(len(reports), 'report')}",
    ]
    if days := [finding.as_of for finding in findings if finding.as_of]:
        parts.append(f"to {describe_date(max(days, key=lambda day: (day.latest, day.sort_key)))}")
    if view.as_of is not None:
        parts.append(f"as of {describe_date(view.as_of)}")
    if view.known_on is not None:
        parts.append(f"from what was known on {describe_date(view.known_on)}")
    if view.left_out_by_hour:
        parts.append(left_out_told(view.left_out_by_hour))
    return f"{', '.join(parts)}."


def _sections(findings: Sequence[Finding], view: View, house: House) -> Iterator[BriefSection]:
    disputed = sorted(
        (finding for finding in findings if finding.status is FindingStatus.DISPUTED),
        key=lambda finding: -finding.disputes.widest,
    )
    number = counted(len(disputed), "subject")
    yield BriefSection(
        f"Disputed: {number}{', the widest first' if len(disputed) > 1 else ''}" if disputed else "Disputed: nothing",
        tuple(spread(finding, house) for finding in disputed),
    )
    earlier = sorted(
        (finding for finding in findings if finding.disputes and finding.status is not FindingStatus.DISPUTED),
        key=lambda finding: -finding.disputes.widest,
    )
    if earlier:
        yield BriefSection(
            f"Disputed for earlier days: {counted(len(earlier), 'subject')}",
            tuple(spread(finding, house) for finding in earlier),
        )
    apart = [
        finding
        for finding in findings
        if finding.apart_by_assumed_end and finding.status in (FindingStatus.COMPATIBLE, FindingStatus.CORROBORATED)
    ]
    if apart:
        yield BriefSection(
            f"Apart only by our reading of words such as about: {counted(len(apart), 'subject')}",
            tuple(spread(finding, house) for finding in apart),
        )
    borne = [sentence for finding in findings if (sentence := agreed(finding, house)) is not None]
    if borne:
        yield BriefSection(
            f"Borne out by two or more independent sources: {counted(len(borne), 'subject')}", tuple(borne)
        )
    beside = [finding for finding in findings if finding.status is FindingStatus.COMPATIBLE and finding not in apart]
    if beside:
        yield BriefSection(
            f"Compatible, and none bears out another: {counted(len(beside), 'subject')}",
            tuple(spread(finding, house) for finding in beside),
        )
    alone = [finding for finding in findings if finding.status is FindingStatus.SINGLE_SOURCE]
    if alone:
        alone.sort(key=lambda finding: -(0 if finding.span is None else finding.span.low))
        yield BriefSection(
            f"One independent source alone: {counted(len(alone), 'subject')}",
            tuple(spread(finding, house) for finding in alone),
        )
    yield from _unsaid(findings, view, house)
    yield from _last(findings, view, house)
    yield from _left_out(findings)
    yield from _unread(view)


def _unsaid(findings: Sequence[Finding], view: View, house: House) -> Iterator[BriefSection]:
    """Say who is silent and who denies."""
    silent = [claim for finding in findings for claim in _still_silent(finding, view)]
    if silent:
        who = len({claim.source for claim in silent})
        yield BriefSection(f"Silent: {counted(who, 'source')}", _claims(silent, view, house))
    denying = [denial.claim for finding in findings for denial in finding.denials]
    if denying:
        yield BriefSection(f"Denied: {counted(len(denying), 'denial')}", _claims(denying, view, house))


def _still_silent(finding: Finding, view: View) -> Iterator[Claim]:
    """Give the silences that no later figure of the same independent source has ended."""
    root = view.sources.root
    spoken: dict[str, list[PartialDate]] = {}
    for source in finding.independent_sources:
        for claim in source.claims:
            if claim.known is not None:
                spoken.setdefault(root(claim.source), []).append(claim.known)
    for claim in finding.silences:
        later = spoken.get(root(claim.source), ())
        if claim.known is None or not any(claim.known.surely_before(day) for day in later):
            yield claim


def _last(findings: Sequence[Finding], view: View, house: House) -> Iterator[BriefSection]:
    """Say what was said last: on the newest day, or at the newest hour where hours are known.

    A printing date says only by when something was said, and counts where nothing else is known of any claim.
    """
    claims = [claim for finding in findings for claim in finding.claims]
    stated = [(claim, claim.stated) for claim in claims if claim.stated]
    dated = stated or [(claim, claim.known) for claim in claims if claim.known]
    if not dated:
        return
    newest = max((day for _, day in dated), key=_newest)
    last = [claim for claim, day in dated if _newest(day) == _newest(newest)]
    title = f"{'Said' if stated else 'Printed'} last, {describe_date(newest)}: {counted(len(last), 'claim')}"
    yield BriefSection(title, _claims(last, view, house))


def _newest(day: PartialDate) -> tuple[object, ...]:
    return (day.latest, day.at.timestamp() if day.at else -1.0)


def _left_out(findings: Sequence[Finding]) -> Iterator[BriefSection]:
    """Say what was not counted or not read."""
    aside: dict[Fate, int] = {}
    nowhere = 0
    for finding in findings:
        for claim in finding.claims:
            fate = finding.fates[claim.id]
            if fate is not Fate.STANDS:
                aside[fate] = aside.get(fate, 0) + 1
            nowhere += not any(citation.report for citation in claim.citations)
    parts = [f"{aside[fate]:,} {_FATES.get(fate, fate)}" for fate in Fate if fate in aside]
    text = (
        f"Set aside: {counted(sum(aside.values()), 'claim')} ({enumeration(parts)})" if aside else "Set aside: nothing"
    )
    if nowhere:
        text += f"; no report is named for {counted(nowhere, 'claim')}"
    yield BriefSection(text, ())


def _unread(view: View) -> Iterator[BriefSection]:
    """Say which cells of tables hold something that was not read."""
    if cells := view.ledger.unread:
        sentences = tuple(Sentence(cell_told(cell), ()) for cell in cells)
        yield BriefSection(f"Not read: {counted(len(cells), 'cell')}", sentences)


def _claims(claims: Iterable[Claim], view: View, house: House) -> tuple[Sentence, ...]:
    claims_by_text: dict[str, list[str]] = {}
    for claim in claims:
        claims_by_text.setdefault(begin(view, said(claim, view, house)), []).append(claim.id)
    return tuple(Sentence(text, tuple(sorted(ids))) for text, ids in claims_by_text.items())
