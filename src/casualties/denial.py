"""Denials, and what follows from each."""

from __future__ import annotations

from dataclasses import dataclass

from casualties.claim import Aspect, Claim
from casualties.subject import Subject

__all__ = ["Denial"]


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial, and what follows from it.

    Attributes:
        claim: The claim that denies.
        aspect: What it denies; ``None`` where it does not say, and then nothing follows but the mark.
        denied: The identity of the claim denied; ``None`` where none is named.
        keeps: The subject, without the facet that is denied, that keeps the floor; ``None`` where nothing is kept.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="pilot")
        >>> sorted((denial.claim.source, str(denial.aspect)) for denial in finding.denials)
        [('azerbaijan', 'responsibility'), ('turkey', 'responsibility')]
    """

    claim: Claim
    aspect: Aspect | None
    denied: str | None
    keeps: Subject | None


def kept(subject: Subject, aspect: Aspect | None) -> Subject | None:
    """Give the subject that keeps the floor when who did it, or what the victims were, is denied."""
    if aspect is Aspect.RESPONSIBILITY:
        return subject.replacing(perpetrator=None)
    if aspect is Aspect.STATUS:
        return subject.replacing(status=None, role=None)
    return None
