"""One claim in a sentence: who says what, denies what, takes what back, or keeps silent on what."""

from __future__ import annotations

from typing import Final

from casualties._text import inert
from casualties.model.claim import Aspect, Claim, Modality, Silence, Stance
from casualties.model.figure import Figure
from casualties.reconciling.view import View
from casualties.show.describe import named
from casualties.show.sentences.house import House
from casualties.show.sentences.prose import articled, how_many, several, source_name, state_count

__all__ = ["VERBS", "said", "words_of"]

VERBS: Final = {Modality.ESTIMATED: "estimate", Modality.PROJECTED: "project"}
"""How a source puts what it does not simply say; what it alleges is who did it, which is told by itself."""

_SILENT: Final = {
    None: ("does not say {}", "do not say {}"),
    Silence.NOT_MENTIONED: ("does not mention {}", "do not mention {}"),
    Silence.WITHHELD: ("withholds {}", "withhold {}"),
    Silence.BEING_DETERMINED: ("is still determining {}", "are still determining {}"),
    Silence.UNKNOWN: ("says it is not known {}", "say it is not known {}"),
}


def words_of(claim: Claim) -> list[str]:
    """List the words of a claim as printed, each once, in order.

    Examples:
        >>> import casualties as cs
        >>> [words_of(claim) for claim in cs.seeds.load("nagorno-karabakh-2020-09-30").by("akoush")]
        [['at least two']]
    """
    return sorted({citation.words for citation in claim.citations if citation.words})


def said(claim: Claim, view: View, house: House | None = None) -> str:
    """Say what a claim says, without a full stop.

    Args:
        claim: The claim.
        view: The ledger as it is looked at.
        house: How numbers are written.

    Examples:
        >>> import casualties as cs
        >>> view = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).view
        >>> for key in ("akoush", "turkey"):
        ...     for claim in view.ledger.by(key):
        ...         print(said(claim, view))
        Hussein Akoush says at least two Syrian mercenaries were killed
        Turkey denies that the Turkish military was responsible, as Armenia says
    """
    house = house or House()
    name = source_name(view, claim.source)
    many = several(name)
    subject = claim.subject if claim.only else claim.subject.replacing(perpetrator=None)
    other = view.claims.get(claim.target or "")
    whose = "" if other is None else f" {source_name(view, other.source)} {'say' if _plural(other, view) else 'says'}"
    if claim.stance is Stance.DENIES:
        what = {
            Aspect.OCCURRENCE: "that it happened",
            Aspect.FIGURE: f"the figure{_given(other, view, house)}",
            Aspect.RESPONSIBILITY: _responsibility(other, view, whose),
            Aspect.STATUS: f"who they were{f', of what{whose}' if whose else ''}",
            None: f"what{whose}" if whose else "it",
        }[claim.aspect]
        return inert(f"{name} {'deny' if many else 'denies'} {what}")
    if claim.stance is Stance.WITHDRAWS:
        return f"{name} {'withdraw' if many else 'withdraws'} {_own_figure(other, house)}"
    if claim.stance is Stance.UNVERIFIED:
        return f"{name} could not verify {f'what{whose}' if whose else 'a claim'}"
    figure = view.figure(claim)
    if view.disowns(claim):
        return inert(f"{name} {'say' if many else 'says'} {state_count(claim.subject, view.words, 'no', one=False)}")
    if view.is_silent(claim) or (figure is None and not claim.is_estimate):
        return inert(f"{name} {_SILENT[claim.silence][many].format(how_many(subject, view.words))}")
    if claim.is_estimate:
        estimate = Figure(0, None) if claim.figure is None else claim.figure
        phrase = house.number(estimate.best) if estimate.best is not None else house.figure(estimate, words_of(claim))
        ends = "" if estimate.best is None else _interval(estimate, house)
        verb = "estimate" if many else "estimates"
        return inert(f"{name} {verb} that {state_count(subject, view.words, phrase, one=False)}{ends}")
    stated = Figure(0, None) if figure is None else figure
    phrase = "no" if stated == Figure(0, 0) else House.before_noun(house.figure(stated, words_of(claim)))
    how = f", in a count of those {subject.basis}" if subject.basis else ""
    sentence = state_count(subject, view.words, phrase, one=stated == Figure.exactly(1))
    verb = "say" if claim.modality is None else VERBS.get(claim.modality, "say")
    return inert(f"{name} {verb if many else f'{verb}s'} {'' if verb == 'say' else 'that '}{sentence}{how}")


def _given(denied: Claim | None, view: View, house: House) -> str:
    """Say which figure is denied, and whose it is: the one denied may be older than the one that stands."""
    if denied is None:
        return ""
    number = "" if denied.figure is None else f" of {house.figure(denied.figure, words_of(denied))}"
    return f"{number} given by {source_name(view, denied.source)}"


def _responsibility(denied: Claim | None, view: View, whose: str) -> str:
    """Say whose responsibility is denied: that of the accused, who need not be the one who denies."""
    accused = None if denied is None else denied.subject.perpetrator
    if accused is None:
        return f"responsibility{f' for what{whose}' if whose else ''}"
    by = articled(named("side", accused, view.words))
    return f"that {by} {'were' if several(by) else 'was'} responsible, as{whose}"


def _interval(estimate: Figure, house: House) -> str:
    """Say between which numbers an estimate lies, where both are known."""
    if estimate.high is None or estimate.low == estimate.high:
        return ""
    return f" (between {house.number(estimate.low)} and {house.number(estimate.high)})"


def _plural(claim: Claim, view: View) -> bool:
    return several(source_name(view, claim.source))


def _own_figure(claim: Claim | None, house: House) -> str:
    if claim is None:
        return "an earlier statement"
    if claim.figure is None:
        return "its earlier statement"
    return f"its figure of {house.figure(claim.figure, words_of(claim))}"
