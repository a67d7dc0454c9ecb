"""What the independent sources of a finding say, each figure once, with who says it and on which claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.harm import ACTS
from casualties.model.period import PartialDate
from casualties.reconciling.position import Flag
from casualties.show.describe import describe_date
from casualties.show.sentences.house import House
from casualties.show.sentences.saying import words_of
from casualties.show.sentences.sentence import StatedNumber

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding
    from casualties.reconciling.pairs import IndependentSource
    from casualties.reconciling.position import Position

__all__ = ["Part", "Said", "bearing", "by_day", "figures_said", "number_agreed"]


@dataclass(frozen=True, slots=True)
class Part:
    """A figure as its source says it: how the sentence puts it, and by what basis its dead were counted."""

    phrase: str
    basis: str
    figure: Figure

    @property
    def how(self) -> str:
        """Say which of the dead were counted; empty where all were."""
        return f"in a count of those {self.basis}" if self.basis else ""


@dataclass(slots=True)
class Said:
    """What one source says, or several that say the same: one figure, or several by which it is quoted."""

    parts: tuple[Part, ...]
    when: str
    early: bool
    quoted: bool
    claims: dict[Part, list[Claim]]
    fallen: Part | None = None
    sources: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[object, ...]:
        """By what sources say the same."""
        return (self.parts, self.when, self.early, self.quoted, self.fallen)

    @property
    def count(self) -> tuple[object, ...]:
        """Where it stands among the others: by its highest figure."""
        figures = [part.figure for part in self.parts]
        return (
            max(figure.low for figure in figures),
            any(figure.high is None for figure in figures),
            max(figure.high or 0 for figure in figures),
            *(part.phrase for part in self.parts),
            self.when,
            *sorted(self.sources),
        )


def figures_said(finding: Finding, house: House) -> list[Said]:
    """Collect what the independent sources of a finding say, the lowest first.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> [(each.sources, each.parts[0].phrase) for each in figures_said(finding, House())]
        [(['unnamed'], 'as many as 25'), (['akoush'], 'at least two')]
    """
    grouped: dict[tuple[object, ...], Said] = {}
    for position, early in _positions(finding):
        saying = _said(finding, position, house, early=early)
        if saying is None:
            continue
        kept = grouped.setdefault(saying.key, saying)
        if kept is not saying:
            for part, claims in saying.claims.items():
                kept.claims[part] += claims
        if position.source not in kept.sources:
            kept.sources.append(position.source)
    return sorted(grouped.values(), key=lambda group: group.count)


def _positions(finding: Finding) -> Iterator[tuple[Position, bool]]:
    """Give the positions that make the figures of independent sources, and the organs with another figure."""
    seen: set[int] = set()
    for voice in finding.independent_sources:
        for position in voice.latest:
            if not position.denies and id(position) not in seen:
                seen.add(id(position))
                yield position, voice.overtaken
    divided = any(Flag.DIVIDED in voice.flags for voice in finding.independent_sources)
    for pair in (*finding.disputes, *finding.divided) if divided else ():
        for organ in (pair.lower_organ, pair.upper_organ):
            if organ is not None and not organ.denies and id(organ) not in seen:
                seen.add(id(organ))
                yield organ, False


def _said(finding: Finding, position: Position, house: House, *, early: bool) -> Said | None:
    """Read what a position says from its claims: one part a figure and way of counting."""
    claims: dict[Part, list[Claim]] = {}
    for claim in position.versions or position.claims:
        figure = finding.view.figure(claim)
        if figure is not None:
            claims.setdefault(_part(claim, figure, house), []).append(claim)
    if not claims:
        return None
    parts = sorted(claims, key=lambda part: (part.basis, part.figure.low, part.figure.high or 0, part.phrase))
    quoted = bool(position.versions) and len(parts) > 1
    day = position.until
    when = "" if day is None or finding.as_of in (None, day) else by_day(finding, day)
    fallen = _fallen(finding, position, house)
    for part, claim in fallen:
        claims.setdefault(part, []).append(claim)
    return Said(tuple(parts), when, early, quoted, claims, fallen[0][0] if fallen else None)


def _part(claim: Claim, figure: Figure, house: House) -> Part:
    return Part(house.figure(figure, words_of(claim)), claim.subject.basis or "", figure)


def _fallen(finding: Finding, position: Position, house: House) -> list[tuple[Part, Claim]]:
    """Give the highest figure from which a source came down, with a claim that stated it; none where it did not."""
    if position.revised_from is None:
        return []
    before = [(claim, figure) for claim in position.replaced if (figure := finding.view.figure(claim)) is not None]
    if not before:
        return []
    claim, figure = max(
        before, key=lambda floor: (floor[1].low, floor[1].high is None, floor[1].high or 0, floor[0].id)
    )
    return [(_part(claim, figure, house), claim)]


def number_agreed(finding: Finding, said: Sequence[Said], house: House) -> tuple[StatedNumber, tuple[str, ...]] | None:
    """Give the least number that two attributed independent sources bear out, and all who do; those who state it first.

    Examples:
        >>> import casualties as cs
        >>> war = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-war"))
        >>> finding = war.one(harm="killed", event="ganja-2020-10-11")
        >>> number, sources = number_agreed(finding, figures_said(finding, House()), House())
        >>> print(number.text, sources)
        at least seven ('azerbaijan-mfa', 'hrw')
    """
    borne = finding.borne_out_by(2)
    if borne is None or not borne.low:
        return None
    every = [(saying, part) for saying in said for part in saying.parts if part.figure.low == borne.low]
    stating = [(saying, part) for saying, part in every if not saying.early] or every
    if not stating:
        return None
    lowest, part = next(((saying, part) for saying, part in stating if part.figure.high is None), stating[0])
    at_least = Figure(borne.low, None)
    text = part.phrase if part.figure == at_least else house.figure(at_least)
    if not any(house.number(count) in text for count in (borne.low, borne.low - 1)):
        return None  # a word such as dozens: whose count is higher has not said it
    claims = lowest.claims[part]
    stated_by = tuple(sorted({claim.source for claim in claims}))
    number = StatedNumber(text, at_least, tuple(sorted({claim.id for claim in claims})), stated_by)
    return number, tuple(dict.fromkeys([*stated_by, *bearing(finding, borne.low)]))


def bearing(finding: Finding, low: int) -> tuple[str, ...]:
    """Name the attributed sources that bear out so many or more.

    Examples:
        >>> import casualties as cs
        >>> war = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-war"))
        >>> bearing(war.one(harm="killed", event="ganja-2020-10-11"), 7)
        ('azerbaijan-mfa', 'hrw')
    """
    return tuple(
        source
        for voice in finding.independent_sources
        if not (voice.unattributed or voice.denies) and voice.on_day.low >= low
        for source in _stating(voice, low)
    )


def _stating(voice: IndependentSource, low: int) -> tuple[str, ...]:
    """Give those of one independent source who state so many themselves, now or before; else all of it."""
    own = {position.source for position in voice.latest if position.figure.low >= low}
    before = {position.source for position in voice.positions if position.figure.low >= low}
    return tuple(source for source in voice.sources if source in own) or tuple(sorted(before)) or tuple(voice.sources)


def by_day(finding: Finding, day: PartialDate) -> str:
    """Say until when a count runs, or on which day it stands.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> by_day(finding, finding.as_of)
        ' by 30 September 2020'
    """
    if not finding.view.is_stock(finding.subject):
        return f" by {describe_date(PartialDate.day(day.latest) if '/' in str(day) else day)}"
    if ACTS & set(finding.subject.harm):
        return f" as of {describe_date(day.date_only)}"
    return f" {'on' if day.earliest == day.latest else 'in'} {describe_date(day.date_only)}"
