"""A finding in a line: whom it counts, and between which figures it lies or on what independent sources agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casualties._text import inert
from casualties.model.figure import End, Figure
from casualties.show.describe import capitalised, enumeration
from casualties.show.sentences.figures import Said, bearing, by_day, figures_said, number_agreed
from casualties.show.sentences.house import House
from casualties.show.sentences.prose import counted_people, source_name
from casualties.show.sentences.saying import words_of
from casualties.show.sentences.sentence import Sentence, StatedNumber

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

__all__ = ["agreed", "label", "spread"]

_NAMED = 3


def label(finding: Finding, *, dated: bool = False) -> str:
    """Name whom a finding counts and what happened to them: *Civilians on the northern side killed in Barda*.

    Args:
        finding: The finding.
        dated: Whether the last day counted stands behind it.

    Examples:
        >>> import casualties as cs
        >>> label(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian"))
        'Civilians on the Azerbaijani side killed'
    """
    day = by_day(finding, finding.as_of) if dated and finding.as_of is not None else ""
    return capitalised(inert(counted_people(finding.subject, finding.view.words) + day))


def spread(finding: Finding, house: House | None = None) -> Sentence:
    """Say which two figures of a finding are widest in dispute; else between which its independent sources lie.

    Examples:
        >>> import casualties as cs
        >>> print(spread(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")).text)
        Syrian mercenaries killed: as many as 25 (reports, unattributed), at least two (Hussein Akoush)
    """
    house = house or House()
    said = figures_said(finding, house)
    ends = _widest(finding, said)
    joint = " against " if ends else ", "
    if not ends:
        later = [saying for saying in said if not saying.early]
        ends = [later[0], later[-1]] if len(later) > 1 else later
    texts, numbers = [], []
    for end in ends:
        text, part_numbers = _told(finding, end)
        texts.append(text)
        numbers += part_numbers
    claims = tuple(sorted({claim for number in numbers for claim in number.claims}))
    return Sentence(inert(f"{label(finding)}: {joint.join(texts)}"), claims, tuple(numbers))


def _widest(finding: Finding, said: Sequence[Said]) -> list[Said]:
    """Find the two figures that lie widest apart of those that share no count."""
    pairs = finding.disputes or finding.apart_by_assumed_end
    if not pairs:
        return []
    pair = pairs[0]
    ends = []
    for claims in (pair.lower_claims, pair.upper_claims):
        wanted = {claim.id for claim in claims}
        ends += [
            saying
            for saying in said
            if any(claim.id in wanted for claims in saying.claims.values() for claim in claims)
        ][:1]
    return ends if len(ends) == 2 and ends[0] is not ends[1] else []


def _told(finding: Finding, saying: Said) -> tuple[str, list[StatedNumber]]:
    """Write a figure with its sources behind it."""
    names = [_bare(source_name(finding.view, source)) for source in sorted(saying.sources)]
    names = names if len(names) <= _NAMED else [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} more"]
    numbers = [
        StatedNumber(
            "none" if part.figure == Figure(0, 0) else part.phrase,
            part.figure,
            tuple(sorted({claim.id for claim in saying.claims[part]})),
            tuple(sorted({claim.source for claim in saying.claims[part]})),
        )
        for part in saying.parts
    ]
    texts = [f"{number.text} {part.basis}".rstrip() for number, part in zip(numbers, saying.parts, strict=True)]
    phrases = enumeration(texts, "or" if saying.quoted else "and")
    return f"{phrases} ({', '.join(names)})", numbers


def _bare(name: str) -> str:
    """Write the name of a source as it stands in brackets: without its article."""
    for article in ("the ", "a ", "an "):
        name = name.removeprefix(article)
    return f"{name.removesuffix(' (unattributed)')}, unattributed" if name.endswith(" (unattributed)") else name


def agreed(finding: Finding, house: House | None = None) -> Sentence | None:
    """Say on what at least two independent sources agree, and who they are; ``None`` where there is nothing.

    Where the least number is our reading of words such as *dozens* or *about*, and nobody said it, that is told.

    Examples:
        >>> import casualties as cs
        >>> agreed(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")) is None
        True
    """
    house = house or House()
    borne = finding.borne_out_by(2)
    if borne is None or not borne.low:
        return None
    read = End.LOW in borne.assumed
    agreed_number = None if read else number_agreed(finding, figures_said(finding, house), house)
    if agreed_number is None:
        sources = bearing(finding, borne.low)
        text = house.figure(Figure(borne.low, None))
        if read or not _given(finding, borne.low, house):
            text += " by our reading of their words"
        ids = {claim.id for voice in finding.independent_sources for claim in voice.claims if claim.source in sources}
        number = StatedNumber(text, Figure(borne.low, None), tuple(sorted(ids)), sources)
    else:
        number, sources = agreed_number
    names = [_bare(source_name(finding.view, source)) for source in sources]
    shown = names if len(names) <= _NAMED else [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} more"]
    return Sentence(inert(f"{label(finding)}: {number.text} ({', '.join(shown)})"), number.claims, (number,))


def _given(finding: Finding, low: int, house: House) -> bool:
    """Tell whether a source gave a number itself, now or for an earlier day; a word such as *dozens* gives none."""
    return any(
        figure is not None
        and figure.low == low
        and any(house.number(count) in house.figure(figure, words_of(claim)) for count in (low, low - 1))
        for source in finding.independent_sources
        for position in source.positions
        for claim in position.claims
        for figure in [finding.view.figure(claim)]
    )
