"""What stands beside the figures of a sentence: the whole of which they are a part, and figures that add nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final

from casualties.model.claim import Claim
from casualties.model.subject import Subject
from casualties.reconciling.answered import answer_to
from casualties.reconciling.position import Fate
from casualties.show.describe import enumeration
from casualties.show.sentences.figures import Part, Said, figures_said
from casualties.show.sentences.house import House
from casualties.show.sentences.prose import begin, several, source_name

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

__all__ = ["is_old", "unheard", "whole_of"]

_PEOPLE: Final = frozenset({"harm", "nationality", "status", "role", "age", "sex", "cause"})
"""Facets by which a part is told as the part of a whole; a part by place or days says itself what it is."""


def is_old(finding: Finding) -> bool:
    """Tell whether a count runs to an earlier day than others of its ledger, or to none that is known.

    Examples:
        >>> import casualties as cs
        >>> is_old(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary"))
        False
    """
    _, answer, _ = answer_to(finding.view)
    newest = max(answer.findings.day_latest)
    return bool((0 if finding.as_of is None else finding.as_of.latest.toordinal()) < newest)


def whole_of(finding: Finding, said: Said, house: House) -> tuple[Subject, Part, list[Claim]] | None:
    """Give what a source says of the whole in which its count is a part: the nearest of the same days and people.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> whole_of(finding, figures_said(finding, House())[0], House()) is None
        True
    """
    for around in finding.inside:
        differing = {
            name
            for name in type(around).model_fields
            if name not in ("until", "basis", "perpetrator") and getattr(around, name) != getattr(finding.subject, name)
        }
        if not differing <= _PEOPLE:
            continue
        beside = finding.beside(around)
        if beside.as_of != finding.as_of:
            continue
        for other in figures_said(beside, house):
            if not (other.early or other.quoted or other.when) and set(said.sources) <= set(other.sources):
                part = other.parts[-1]
                return around, part, [claim for claim in other.claims[part] if claim.source in said.sources]
    return None


def unheard(finding: Finding, heard: Collection[str]) -> Iterator[str]:
    """Say of one independent source who else gives a figure: nobody, copies of it, or others who rest on the same.

    Args:
        finding: The finding.
        heard: The sources whose figures the sentence gives.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> list(unheard(finding, {"azerbaijan"})), list(unheard(finding, ()))
        (['No other source in this record gives a figure.'], ['No other figure in this record stands.'])
    """
    view = finding.view
    others: dict[str, list[Claim]] = {}
    for claim in finding.claims:
        if claim.source not in heard and view.figure(claim) is not None:
            others.setdefault(claim.source, []).append(claim)
    if len(heard) > 1:
        yield "These figures are not independent of each other."
    if not others:
        if len(heard) == 1:
            yield f"No other source in this record gives a {'count' if finding.estimates else 'figure'}."
        return
    roots = {view.sources.root(source) for source in heard}
    copies: dict[tuple[str, ...], list[str]] = {}
    related = []
    for source, claims in others.items():
        whose = {name for claim in claims for name in _copied(finding, claim)}
        if whose and all(finding.fates[claim.id] is Fate.COPY for claim in claims):
            copies.setdefault(tuple(sorted(source_name(view, name) for name in whose)), []).append(source)
        elif view.sources.root(source) in roots:
            related.append(source)
    if related:
        who = enumeration(sorted(source_name(view, source) for source in related))
        many = sum(len(others[source]) for source in related) > 1
        beginning = f"{'Other figures' if many else 'Another figure'} in this record, given by {who},"
        heard_of = enumeration(source_name(view, source) for source in sorted(heard))
        yield f"{beginning} {'are' if many else 'is'} not independent of {heard_of}."
    for names, copying in copies.items():
        who = enumeration(sorted(source_name(view, source) for source in copying))
        takes = "take their figures" if len(copying) > 1 or several(who) else "takes its figure"
        yield begin(view, f"{who} {takes} from {enumeration(names)}.")
    if len(related) + sum(map(len, copies.values())) < len(others):
        yield "No other figure in this record stands."


def _copied(finding: Finding, claim: Claim) -> Iterator[str]:
    """Give the sources in whose words a copy speaks."""
    for name in finding.copies.get(claim.id, ()):
        known = finding.view.claims.get(name)
        yield known.source if known is not None else name
