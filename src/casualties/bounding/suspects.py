"""Suspect parts of a claim: words that give another count than its figure, and dates that cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casualties._text import Printed
from casualties.errors import CasualtiesError
from casualties.model.claim import Claim, Stance
from casualties.wording import another_harm, parse_figure

__all__ = ["Suspect", "suspects"]


@dataclass(frozen=True, slots=True)
class Suspect(Printed):
    """Something in a claim that does not fit the rest of it, and may have been mistyped.

    Attributes:
        claim: The claim.
        problem: What does not fit.

    Examples:
        >>> import casualties as cs
        >>> from casualties.bounding import audit
        >>> audit(cs.seeds.load("nagorno-karabakh-2020-09-30")).suspects
        ()
    """

    claim: Claim
    problem: str

    def __str__(self) -> str:
        return f"{self.claim.subject}: {self.claim.source} {self.problem} [{self.claim.id}]"


def suspects(claims: Iterable[Claim]) -> tuple[Suspect, ...]:
    """Find what in claims does not fit: words that read as another figure or harm, and dates out of their order.

    A claim whose figure was set apart from its words on purpose is listed too; nothing is changed.

    Examples:
        >>> from casualties.model.figure import Figure
        >>> from casualties.model.report import Citation
        >>> from casualties.model.subject import Subject
        >>> claim = Claim(
        ...     source="hospital",
        ...     subject=Subject(harm=["killed"], since="2023-04-10"),
        ...     figure=Figure.exactly(12),
        ...     stated="2023-04-01",
        ...     citations=[Citation(words="about 900")],
        ... )
        >>> for suspect in suspects([claim]):
        ...     print(suspect.problem)
        states 12, and the words 'about 900' say 800–1,000 (assumed)
        states on 2023-04-01 what happened from 2023-04-10 on
    """
    return tuple(Suspect(claim, problem) for claim in claims for problem in (*_of_words(claim), *_of_dates(claim)))


def _of_words(claim: Claim) -> Iterator[str]:
    if claim.stance is not Stance.STATES or claim.figure is None:
        return
    for words in sorted({citation.words for citation in claim.citations if citation.words}):
        try:
            figure = parse_figure(words)
        except CasualtiesError:
            continue  # a sentence around the count says nothing against it
        if figure is not None and (figure.low, figure.high) != (claim.figure.low, claim.figure.high):
            yield f"states {claim.figure}, and the words {words!r} say {figure}"
        elif wrong := another_harm(words, claim.subject.harm):
            yield f"states {claim.figure}, and {wrong}"


def _of_dates(claim: Claim) -> Iterator[str]:
    since, stated = claim.subject.since, claim.stated
    if stated is None:
        return
    if since is not None and stated.surely_before(since):
        yield f"states on {stated} what happened from {since} on"
    printed = sorted(
        {
            str(citation.report.published)
            for citation in claim.citations
            if citation.report and citation.report.published and citation.report.published.surely_before(stated)
        }
    )
    for day in printed:
        yield f"is read in a report of {day}, before it was stated on {stated}"
