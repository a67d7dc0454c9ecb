"""Who is said to have done it, what is denied, and what follows from each denial."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casualties._text import Fielded
from casualties.model.claim import Aspect, Claim, Stance
from casualties.model.subject import Subject
from casualties.reconciling.view import View

__all__ = ["Blame", "Denial", "blames", "denials", "kept"]


@dataclass(frozen=True, slots=True)
class Denial(Fielded):
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

    def __repr__(self) -> str:
        return f"<Denial by {self.claim.source} of {self.aspect or 'what is not said'}>"


@dataclass(frozen=True, slots=True)
class Blame(Fielded):
    """A side that is said to have done it, by whom, and who denies it.  Blame parts no count.

    Attributes:
        side: The side.
        claims: The claims that say so.
        denials: The claims that deny the responsibility: of one of these claims, or of their own side's.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="pilot")
        >>> [(each.side, len(each.claims), len(each.denials)) for each in finding.blamed]
        [('turkish-military', 1, 2)]
    """

    side: str
    claims: tuple[Claim, ...]
    denials: tuple[Claim, ...] = ()

    def __repr__(self) -> str:
        return f"<Blame of {self.side}: by {len(self.claims)} claims, denied by {len(self.denials)}>"


def kept(subject: Subject, aspect: Aspect | None) -> Subject | None:
    """Give the subject that keeps the floor when who did it, or what the victims were, is denied.

    Examples:
        >>> print(kept(Subject(harm=["killed"], status="civilian"), Aspect.STATUS))
        killed
    """
    if aspect is Aspect.RESPONSIBILITY:
        return subject if subject.perpetrator is None else subject.replacing(perpetrator=None)
    if aspect is Aspect.STATUS:
        return subject.replacing(status=None, role=None)
    return None


def blames(claims: Sequence[Claim], view: View) -> tuple[Blame, ...]:
    """List who blames whom in some claims of one topic, and who denies it, by side.

    Examples:
        >>> import casualties as cs
        >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> [each.side for each in blames(tuple(view.ledger), view)]
        ['turkish-military']
    """
    saying: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.subject.perpetrator is not None and view.blames(claim):
            saying.setdefault(claim.subject.perpetrator, []).append(claim)
    return tuple(
        Blame(side, tuple(accusing), tuple(claim for claim in claims if view.clears(claim, side, accusing)))
        for side, accusing in sorted(saying.items())
    )


def denials(topic: Subject, claims: Iterable[Claim], view: View) -> tuple[Denial, ...]:
    """List the denials among the standing claims of one topic, by source; a 0 of one's own doing is one.

    Examples:
        >>> import casualties as cs
        >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> [each.claim.source for each in denials(Subject(harm=["killed"]), view.ledger, view)]
        ['azerbaijan', 'turkey']
    """
    all_denials = []
    for claim in claims:
        if view.is_denial(claim):
            aspect = Aspect.RESPONSIBILITY if claim.stance is Stance.STATES else claim.aspect
            all_denials.append(Denial(claim, aspect, claim.target, kept(topic, aspect)))
    return tuple(sorted(all_denials, key=lambda denial: (denial.claim.source, denial.claim.sort_key)))
