"""Subjects beside others: what lies around one, one said in full, and what is alleged of the people in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from casualties.model.claim import Claim, EstimateMethod
from casualties.model.period import PartialDate
from casualties.model.subject import Subject
from casualties.model.vocabulary import Vocabulary
from casualties.reconciling.finding import Finding
from casualties.reconciling.position import Fate
from casualties.reconciling.view import View
from casualties.show._numbering import Numbering
from casualties.show.describe import describe, describe_harm, describe_period, describe_stock_day, named, with_article

__all__ = ["allegation", "around", "estimated", "fully", "replaced_elsewhere"]

_VICTIM_FACETS: Final = ("side", "nationality", "status", "role", "age", "sex")


def around(other: Subject, subject: Subject, words: Vocabulary) -> str:
    """Name a subject that lies around another, with harm and days only where they differ.

    Examples:
        >>> fighters = Subject(harm=["killed"], status="combatant")
        >>> around(fighters, fighters.replacing(role="pilot"), Vocabulary())
        'combatants'
    """
    text = describe(other, words, inline=True, hide=("perpetrator",) if other.perpetrator is None else ())
    if other.harm != subject.harm:
        text = f"{describe_harm(other.harm, words)}: {text}"
    if other.since != subject.since and not words.is_stock(other.harm):
        text = f"{text}, {describe_period(other.since, None) or 'from no stated day'}"
    return text


def fully(subject: Subject, words: Vocabulary, until: PartialDate | None = None) -> str:
    """Name a subject with its harm and the days counted.

    Args:
        subject: The subject.
        words: What the ledger declares.
        until: The last day counted, where it is known.

    Examples:
        >>> from casualties.model.period import PartialDate
        >>> civilians = Subject(harm=["killed"], status="civilian", since="2020-09-27")
        >>> fully(civilians, Vocabulary())
        'killed: civilians, from 27 September 2020'
        >>> fully(civilians, Vocabulary(), PartialDate.parse("2020-09-30"))
        'killed: civilians, 27 to 30 September 2020'
    """
    stands = until is not None and words.is_stock(subject.harm)
    days = describe_stock_day(until) if stands and until else describe_period(subject.since, until)
    parts = [describe(subject, words, inline=True), days]
    return f"{describe_harm(subject.harm, words)}: {', '.join(filter(None, parts))}"


def allegation(facet: str, word: str, words: Vocabulary) -> str:
    """Say what is alleged of people, behind *Alleged*.

    Examples:
        >>> allegation("role", "mercenary", Vocabulary()), allegation("place", "barda", Vocabulary())
        (' to be mercenaries', ': place barda')
    """
    if facet not in _VICTIM_FACETS:
        return f": {facet} {named(facet if facet in ('place', 'event') else 'side', word, words)}"
    people = describe(Subject(harm=("killed",)).replacing(**{facet: word}), words, inline=True)
    if facet == "side":
        return f" to be of {with_article(people.removeprefix('people, '))}"
    return f" to be {people}"


def estimated(claim: Claim) -> str:
    """Name the method of an estimate, and its interval.

    Examples:
        >>> import casualties as cs
        >>> estimated(cs.claim("study", killed="40 (95% CI 20 to 60)", method="survey"))
        'estimate, survey, 95 % confidence interval'
    """
    method = "excess deaths" if claim.method is EstimateMethod.EXCESS else str(claim.method or "")
    span = " ".join(filter(None, [f"{claim.level} %" if claim.level else "", str(claim.interval or "")]))
    return ", ".join(filter(None, ["estimate", method, f"{span} interval" if span else ""]))


def replaced_elsewhere(finding: Finding, view: View, numbers: Numbering) -> Iterator[str]:
    """Say what became of a claim whose source replaced it by one on another subject.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> list(replaced_elsewhere(result.findings[0], result.view, Numbering(result.findings)))
        []
    """
    for claim in sorted(finding.claims, key=lambda claim: numbers[claim.id]):
        for other in view.replacing(claim) if finding.fates[claim.id] is Fate.REPLACED else ():
            topic = view.topic_of.get(other.id)
            if topic is not None and other.id not in finding.fates:
                on = around(topic, finding.subject, view.words)
                by: object = "a claim"  # of a finding that is not shown
                if other.id in numbers:
                    by = numbers[other.id]
                yield f"{numbers[claim.id]} is replaced by {by}, on {on}"
