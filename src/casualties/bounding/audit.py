"""What a reader should look at before using a ledger: contradictions, scopes that look alike, suspects, gaps."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from casualties._text import Printed
from casualties.bounding.bounds import Bounds, bounds
from casualties.bounding.contradiction import Contradiction
from casualties.bounding.suspects import Suspect, suspects
from casualties.model.citation_check import CitationCheck, CitationChecks
from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.model.subject import Subject
from casualties.reconciling.view import View
from casualties.results import Reconciliation, reconcile
from casualties.show.describe import describe_period
from casualties.show.sentences import headings
from casualties.show.sentences.prose import several
from casualties.show.text import WIDTH, words

__all__ = ["Audit", "Gap", "ScopeDoubt", "audit"]

_PLURAL: Final = {" states": " state", " denies": " deny"}
"""How several do what one does."""


@dataclass(frozen=True, slots=True)
class ScopeDoubt(Printed):
    """Figures that look like a contradiction and count different people.

    Attributes:
        facet: The facet in which the subjects differ; empty where a count is smaller than a part of it, so that
            its words must mean a part that they do not say.
        subject: One subject.
        figure: The span of its figures.
        other: The other subject; for a count smaller than its part the same.
        other_figure: The span of the other's figures; for a count smaller than its part what lies inside it.
        claims: For a count smaller than its part the claims that state it.

    Examples:
        >>> import casualties as cs
        >>> from casualties.bounding import audit
        >>> audit(cs.seeds.load("nagorno-karabakh-2020-09-30")).scopes
        ()
    """

    facet: str
    subject: Subject
    figure: Figure
    other: Subject
    other_figure: Figure
    claims: tuple[Claim, ...] = ()

    def __str__(self) -> str:
        if not self.facet:
            names = ", ".join(sorted({claim.source for claim in self.claims}))
            return (
                f"{self.subject}: {self.figure} by {names}, though what lies inside comes to {self.other_figure}:"
                " the words must mean a part of it"
            )
        return f"{self.subject}: {self.figure}\n{self.other}: {self.other_figure}\ndifferent in scope: {self.facet}"


@dataclass(frozen=True, slots=True)
class Gap(Printed):
    """A subject of which nobody states a figure.

    Attributes:
        subject: The subject.
        whole: The declared total of which it is a part; ``None`` where claims speak of it and state no figure.

    Examples:
        >>> import casualties as cs
        >>> from casualties.bounding import audit
        >>> for gap in audit(cs.seeds.load("nagorno-karabakh-2020-09-30")).gaps:
        ...     print(gap)
        killed, azerbaijani, combatant 2020-09-27..2020-09-30: no source states a figure
    """

    subject: Subject
    whole: Subject | None = None

    def __str__(self) -> str:
        if self.whole is None:
            return f"{self.subject}: no source states a figure"
        return f"{self.subject}: nothing is known of this part of {self.whole}"


@dataclass(frozen=True, slots=True)
class Audit(Printed):
    """Everything in a ledger that a reader should look at first.

    Attributes:
        contradictions: The minimal sets of claims that cannot all be true, smallest first.
        complete: Whether these are all.
        by_assumed_end: Those that only an end which the words do not give sets apart.
        scopes: Figures that look like a contradiction and count different people.
        suspects: Words that read as another count than their claim, and dates that cannot be.
        gaps: Subjects of which nobody states a figure.
        citations: Citations whose report does not hold what it is cited for, where somebody looked.
        view: The ledger as it was looked at, by which sources and subjects are called by their names.

    Examples:
        >>> import casualties as cs
        >>> from casualties.bounding import audit
        >>> print(audit(cs.seeds.load("nagorno-karabakh-2020-09-30")))
        No contradictions.
        <BLANKLINE>
        No suspicious scopes.
        <BLANKLINE>
        1 gap:
        <BLANKLINE>
        Killed: combatants, Azerbaijani side, 27 to 30 September 2020: no source states
           a figure
    """

    contradictions: tuple[Contradiction, ...]
    complete: bool
    by_assumed_end: tuple[Contradiction, ...]
    scopes: tuple[ScopeDoubt, ...]
    suspects: tuple[Suspect, ...]
    gaps: tuple[Gap, ...]
    citations: tuple[CitationCheck, ...] = ()
    view: View | None = field(default=None, compare=False, repr=False)

    def __repr__(self) -> str:
        return f"<Audit: {len(self.contradictions)} contradictions, {len(self.gaps)} gaps>"

    def __bool__(self) -> bool:
        """Tell whether anything was found."""
        return any((self.contradictions, self.by_assumed_end, self.scopes, self.suspects, self.gaps, self.citations))

    def to_text(self, *, width: int = WIDTH) -> str:
        """Set the findings in lines, with sources and subjects by their names.

        Args:
            width: Columns.

        Examples:
            >>> import casualties as cs
            >>> from casualties.bounding import audit
            >>> print(audit(cs.seeds.load("nagorno-karabakh-2020-09-30")).to_text(width=60).splitlines()[-2])
            Killed: combatants, Azerbaijani side, 27 to 30 September
        """
        lines = self._plain().split("\n")
        if self.view is not None:
            lines = self._by_name(lines, self.view)
        return "\n".join(part for line in lines for part in (words(line, width, "   ") if line else [""]))

    def _by_name(self, lines: list[str], view: View) -> list[str]:
        """Put names in place of the keys by which proofs call sources and subjects."""
        contradictions = (*self.contradictions, *self.by_assumed_end)
        subjects = {step.subject for contradiction in contradictions for step in contradiction.proof.steps}
        subjects |= {subject for scope in self.scopes for subject in (scope.subject, scope.other)}
        subjects |= {subject for gap in self.gaps for subject in (gap.subject, gap.whole) if subject is not None}
        subjects |= {suspect.claim.subject for suspect in self.suspects}
        titles = headings(subjects, view.words)
        days = {
            str(subject): ", ".join(filter(None, (titles[subject], _days(subject, titles[subject]))))
            for subject in subjects
        }
        keys = "|".join(re.escape(key) for key in sorted(view.sources, key=len, reverse=True))
        pattern = re.compile(
            rf"(?<=[(,;:] )({keys})(?:( states| denies)(?= )|(?=[,)]))|(?<=\()({keys})(?=[,)])|(?<=: )({keys})(?= )"
        )
        longest = sorted(days, key=len, reverse=True)

        def said_by(match: re.Match[str]) -> str:
            verb = match[2] or ""
            name = view.sources[match[0].removesuffix(verb)].name
            return f"{name}{_PLURAL.get(verb, verb) if several(name) else verb}"

        def named(line: str) -> str:
            lead = re.match(r"\d+\. ", line)
            head, rest = (lead[0], line[lead.end() :]) if lead else ("", line)
            known = next((name for name in longest if rest.startswith((f"{name}:", f"{name} ≥", f"{name} ≤"))), "")
            rest = f"{days[known]}{rest[len(known) :]}" if known else rest
            return head + pattern.sub(said_by, rest)

        return [named(line) for line in lines]

    def __str__(self) -> str:
        return self.to_text()

    def _plain(self) -> str:
        sections = [
            _section(self.contradictions, "contradiction", "contradictions"),
            _section(self.by_assumed_end, *["apart only by an assumed end"] * 2) if self.by_assumed_end else "",
            _section(self.scopes, "suspicious scope", "suspicious scopes"),
            _section(self.suspects, "suspect", "suspects") if self.suspects else "",
            _section(self.gaps, "gap", "gaps"),
            _section(self.citations, *_NOT_HELD) if self.citations else "",
        ]
        if not self.complete:
            sections.insert(1, "The search for contradictions reached its limit: there may be more.")
        return "\n\n".join(filter(None, sections))


_NOT_HELD = ("citation that its report does not hold", "citations that their reports do not hold")


def _days(subject: Subject, title: str) -> str:
    """Write the days of a subject, where its title does not say them."""
    days = describe_period(subject.since, subject.until)
    return "" if days and days in title else days


def _section(items: tuple[object, ...], one: str, several: str) -> str:
    if not items:
        return f"No {several}."
    return "\n\n".join([f"{len(items)} {one if len(items) == 1 else several}:", *map(str, items)])


def audit(
    ledger: Ledger,
    *,
    as_of: PartialDate | date | str | None = None,
    known_on: PartialDate | date | str | None = None,
    checks: CitationChecks | None = None,
) -> Audit:
    """Look through a ledger for claims that cannot all be true, scopes that only look alike, suspects and gaps.

    Args:
        ledger: The claims.
        as_of: The day asked about; the latest where it is left out.
        known_on: The day whose knowledge is taken; everything where it is left out.
        checks: What was seen of the citations in their reports, as `check_citations` gives it.

    Raises:
        ModelError: If a day is not a date.

    Examples:
        >>> import casualties as cs
        >>> from casualties.bounding import audit
        >>> bool(audit(cs.seeds.load("nagorno-karabakh-2020-09-30")))
        True
    """
    answer = bounds(ledger, as_of=as_of, known_on=known_on)
    result = reconcile(ledger, as_of=as_of, known_on=known_on)
    return Audit(
        answer.contradictions,
        answer.complete,
        answer.apart_by_assumed_end,
        (*_parts_only(answer), *_alike(result)),
        suspects(result.view.ledger),
        (*_unreported(answer, result), *_missing_parts(answer)),
        tuple(check for check in checks.wrong if check.claim in result.ledger) if checks else (),
        result.view,
    )


def _parts_only(answer: Bounds) -> list[ScopeDoubt]:
    return [
        ScopeDoubt(
            "", bound.subject, Figure(0, bound.part_ceiling), bound.subject, Figure(bound.low, None), bound.parts_only
        )
        for bound in answer
        if bound.part_ceiling is not None
    ]


def _alike(result: Reconciliation) -> list[ScopeDoubt]:
    """List figures that look like a contradiction, but not those that the ledger declares to belong to one total."""
    words = result.view.words
    totals_of: dict[Subject, set[int]] = {}
    for number, total in enumerate(result.ledger.totals):
        for subject in (total.whole, *total.parts):
            totals_of.setdefault(subject.filled(words).topic, set()).add(number)
    nowhere = set[int]()
    return [
        ScopeDoubt(scope.facet, finding.subject, finding.span, scope.subject, scope.figure)
        for finding in result
        if finding.span is not None
        for scope in finding.scopes
        if finding.subject.key < scope.subject.key
        and totals_of.get(finding.subject, nowhere).isdisjoint(totals_of.get(scope.subject, nowhere))
    ]


def _unreported(answer: Bounds, result: Reconciliation) -> list[Gap]:
    return [Gap(answer[finding.subject].subject) for finding in result if finding.span is None]


def _missing_parts(answer: Bounds) -> list[Gap]:
    return [
        Gap(part, total.whole)
        for total in answer.ledger.totals
        if answer[total.whole].known
        for part in total.parts
        if not answer[part].known
    ]
