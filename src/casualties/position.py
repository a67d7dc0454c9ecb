"""Where one source stands on one subject on a day, and the earlier claims that this replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from casualties.claim import Claim, Modality, Stance
from casualties.figure import Figure
from casualties.period import PartialDate
from casualties.source import Sources
from casualties.standpoint import Standpoint
from casualties.subject import Subject
from casualties.support import best_supported
from casualties.vocabulary import Vocabulary

__all__ = ["Fate", "Flag", "Interest", "Position", "Settled", "combined", "latest", "settle"]


class Fate(StrEnum):
    """What became of a claim when its subject was reconciled; every claim has exactly one.

    Examples:
        >>> Fate("replaced").value
        'replaced'
    """

    STANDS = "stands"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    COPY = "copy"
    VERSION = "version"
    MISRELAYED = "misrelayed"
    UNDATED = "undated"
    PROJECTED = "projected"
    LATER = "later than the day"


class Flag(StrEnum):
    """What a reader must know of how a figure came about.

    Examples:
        >>> Flag("divided").value
        'divided'
    """

    RELAYED_DIFFERENTLY = "relayed differently"
    CONTRADICTS_ITSELF = "contradicts itself"
    DIVIDED = "divided"
    REVISED_DOWN = "revised down"
    CIRCLE = "circle of copies"


class Interest(StrEnum):
    """Whose dead a source counts.

    Examples:
        >>> Interest("third party").value
        'third party'
    """

    OWN_SIDE = "own side"
    OPPONENT = "opponent"
    THIRD_PARTY = "third party"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Position:
    """Where one source stands on one subject.

    Attributes:
        source: The source's key.
        figure: The count it stands by; 0 for a denial of the occurrence.
        until: The last day counted; ``None`` where nothing dates it.
        assumed_day: Whether that day was taken from when it was said or printed.
        claims: The claims on which the position rests.
        versions: All versions of it, where the order of claims does not tell apart several that differ.
        replaced: The source's earlier claims that these replaced.
        flags: What a reader must know of it.
        interest: Whose dead the source counts.
        roots: On whose word it rests; see `casualties.independence.Origin`.

    Examples:
        >>> import casualties as cs
        >>> for finding in cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).about(status="civilian"):
        ...     print(finding.positions[0].source, finding.positions[0].figure)
        azerbaijan 11 or more
    """

    source: str
    figure: Figure
    until: PartialDate | None
    assumed_day: bool
    claims: tuple[Claim, ...]
    versions: tuple[Claim, ...] = ()
    replaced: tuple[Claim, ...] = ()
    flags: tuple[Flag, ...] = ()
    interest: Interest = Interest.NOT_KNOWN
    roots: tuple[tuple[str, str], ...] = ()

    @property
    def denies(self) -> bool:
        """Whether the position is that it did not happen.

        Examples:
            >>> import casualties as cs
            >>> findings = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> any(position.denies for finding in findings for position in finding.positions)
            False
        """
        return all(claim.stance is Stance.DENIES for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Settled:
    """The claims of one subject, settled: who stands where, and what became of every claim.

    Attributes:
        positions: The positions, in a canonical order.
        fates: The fate of every claim of the subject, by identity.
        copies: For each copy, the claims or sources that speak in its place.

    Examples:
        >>> from casualties.position import Settled
        >>> Settled((), {}, {}).positions
        ()
    """

    positions: tuple[Position, ...]
    fates: dict[str, Fate]
    copies: dict[str, tuple[str, ...]]


def settle(topic: Subject, claims: Sequence[Claim], view: Standpoint) -> Settled:
    """Find where each source stands on one subject, and give every claim its fate.

    Within one source, of the claims that nothing withdraws or replaces the latest day counted stands, and among those
    of one day the latest statement.  Claims that this order does not tell apart are versions of one another.

    Examples:
        >>> import casualties as cs
        >>> from casualties.standpoint import Standpoint
        >>> view = Standpoint(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> settled = [settle(topic, claims, view) for topic, claims in view.topics.items()]
        >>> sum(len(each.fates) for each in settled), sum(len(each.positions) for each in settled)
        (8, 5)
    """
    fates: dict[str, Fate] = {}
    copies: dict[str, tuple[str, ...]] = {}
    own: dict[str, list[Claim]] = {}
    resting: list[tuple[Claim, tuple[tuple[str, str], ...], bool]] = []
    named: dict[str, list[Claim]] = {}
    for claim in claims:
        early = _early_fate(claim, view)
        if early is not None:
            fates[claim.id] = early
            if early is Fate.REPLACED:
                named.setdefault(claim.source, []).append(claim)
            continue
        origin = view.origins.of(claim)
        if origin.copy:
            fates[claim.id] = Fate.COPY
            copies[claim.id] = origin.speaking
        elif origin.own and not view.sources.unattributed(claim.source):
            own.setdefault(claim.source, []).append(claim)
        else:
            resting.append((claim, origin.roots, origin.circle))
    voiced = {("source", view.sources.root(source)) for source in own} | {
        roots[0] for _, roots, _ in resting if len(roots) == 1
    }
    positions = []
    for source, candidates in own.items():
        positions.append(_stand(candidates, named.get(source, []), topic, view, fates))
    for claim, roots, circle in resting:
        speaking = [name for kind, name in roots if (kind, name) in voiced]
        if len(roots) > 1 and speaking:
            fates[claim.id] = Fate.COPY
            copies[claim.id] = tuple(speaking)
            continue
        position = _stand([claim], [], topic, view, fates)
        positions.append(replace(position, roots=roots, flags=(Flag.CIRCLE,) if circle else ()))
    return Settled(tuple(sorted(positions, key=position_key)), fates, copies)


def _early_fate(claim: Claim, view: Standpoint) -> Fate | None:
    """Give the fate of a claim that takes no part in its source's order; ``None`` for one that does."""
    if claim.misrelays:
        return Fate.MISRELAYED
    if claim.id in view.withdrawn:
        return Fate.WITHDRAWN
    if claim.modality is Modality.PROJECTED:
        return Fate.PROJECTED
    if view.later(claim):
        return Fate.LATER
    if not view.takes_position(claim):
        return Fate.STANDS
    return Fate.REPLACED if claim.id in view.replaced else None


def _stand(
    candidates: list[Claim], named: list[Claim], topic: Subject, view: Standpoint, fates: dict[str, Fate]
) -> Position:
    """Settle the claims of one source among themselves; ``named`` are those that others replace by name."""
    dated = [claim for claim in candidates if claim.day is not None]
    if dated and len(dated) < len(candidates):
        fates.update((claim.id, Fate.UNDATED) for claim in candidates if claim.day is None)
        candidates = dated
    versions = (
        _last_said(latest(candidates, [claim.day for claim in candidates])) if len(candidates) > 1 else candidates
    )
    kept = {claim.id for claim in versions}
    replaced = [*named, *(claim for claim in candidates if claim.id not in kept)]
    fates.update((claim.id, Fate.REPLACED) for claim in replaced)
    standing = _nearest_the_source(versions, view)
    fates.update((claim.id, Fate.VERSION) for claim in versions)
    figures = [_figure(claim, view) for claim in standing]
    figure = combined(figures)
    if all(each == figures[0] for each in figures):
        fates.update((claim.id, Fate.STANDS) for claim in standing)
    flags = []
    differing = len(versions) > 1 and len({(each.low, each.high) for each in (_figure(c, view) for c in versions)}) > 1
    if differing:
        flags.append(Flag.RELAYED_DIFFERENTLY if _through_different_hands(versions) else Flag.CONTRADICTS_ITSELF)
    if replaced and not topic.stock and standing[0].stance is Stance.STATES:
        ceiling = figure.as_stated().high
        floors = [_figure(claim, view).as_stated().low for claim in replaced if claim.stance is Stance.STATES]
        if ceiling is not None and max(floors, default=0) > ceiling:
            flags.append(Flag.REVISED_DOWN)
    return Position(
        source=standing[0].source,
        figure=figure,
        until=max((claim.day for claim in standing if claim.day), key=lambda day: day.sort_key, default=None),
        assumed_day=all(claim.day_assumed for claim in standing),
        claims=_listed(standing),
        versions=_listed(versions) if differing else (),
        replaced=_listed(replaced),
        flags=tuple(flags),
        interest=interest(standing[0].source, topic, view.sources, view.words),
        roots=view.origins.of(standing[0]).roots,
    )


def _listed(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    return tuple(claims) if len(claims) < 2 else tuple(sorted(claims, key=lambda claim: claim.sort_key))


def _nearest_the_source(versions: list[Claim], view: Standpoint) -> list[Claim]:
    """Keep the versions that were read at the source itself, where there are any."""
    if len(versions) < 2:
        return versions
    return [claim for claim in versions if read_at_source(claim, view.sources)] or versions


def _figure(claim: Claim, view: Standpoint) -> Figure:
    figure = view.figure(claim)
    return Figure(0, None) if figure is None else figure


def latest(candidates: Sequence[Claim], days: Sequence[PartialDate | None]) -> list[Claim]:
    """Keep the claims than which no other surely counts a later day.

    Examples:
        >>> from casualties.claim import Claim
        >>> from casualties.subject import Subject
        >>> killed = Subject(harm=["killed"])
        >>> subjects = [killed.replacing(until=day) for day in ("2020", "2021")]
        >>> claims = [Claim(source="a", subject=subject, stance="silent") for subject in subjects]
        >>> [str(claim.day) for claim in latest(claims, [claim.day for claim in claims])]
        ['2021']
    """
    starts = max((day.earliest for day in days if day is not None), default=None)
    if starts is None:
        return list(candidates)
    return [claim for claim, day in zip(candidates, days, strict=True) if day is None or day.latest >= starts]


def _last_said(candidates: list[Claim]) -> list[Claim]:
    """Among claims that count the same day keep those than which no other was surely said later."""
    if len(candidates) < 2:
        return candidates
    by_day: dict[PartialDate | None, list[Claim]] = {}
    for claim in candidates:
        by_day.setdefault(claim.day, []).append(claim)
    kept: list[Claim] = []
    for same_day in by_day.values():
        last = latest(same_day, [claim.known for claim in same_day])
        moments = [claim.known.at for claim in last if claim.known and claim.known.at]
        if len(moments) == len(last) > 1:
            newest = max(moments)
            last = [claim for claim, moment in zip(last, moments, strict=True) if moment == newest]
        kept += last
    return kept


def combined(figures: Sequence[Figure]) -> Figure:
    """Make one figure of versions: their meet, else the hull of the ranges that most of them allow.

    Examples:
        >>> import casualties as cs
        >>> around, over = cs.Figure(2200, 2400), cs.Figure.at_least(2301)
        >>> up_to, at_least = cs.Figure.at_most(2300), cs.Figure.at_least(2300)
        >>> print(combined([around, over, up_to, at_least]))
        2,300–2,400
    """
    if all(figure == figures[0] for figure in figures):
        return figures[0]
    shared = Figure.meet(figures)
    return shared if shared is not None else Figure.hull(run.figure for run in best_supported(figures))


def read_at_source(claim: Claim, sources: Sources) -> bool:
    """Tell whether a claim was read in a report that its own source published, without relays.

    Examples:
        >>> from casualties.claim import Claim
        >>> from casualties.report import Citation, Report
        >>> from casualties.source import Source, Sources
        >>> from casualties.subject import Subject
        >>> site = Citation(report=Report(publisher="Prosecutor General"))
        >>> claim = Claim(source="gp", subject=Subject(harm=["killed"]), stance="silent", citations=[site])
        >>> read_at_source(claim, Sources([Source(key="gp", names=["Prosecutor General"])]))
        True
    """
    source = sources.get(claim.source)
    names = {claim.source} | ({*source.names, *source.aliases} if source else set())
    folded = {name.casefold() for name in names}
    return any(
        citation.report is not None and not citation.relays and (citation.report.publisher or "").casefold() in folded
        for citation in claim.citations
    )


def _through_different_hands(versions: Iterable[Claim]) -> bool:
    """Tell whether no two versions were read in the same report through the same relays."""
    seen: set[object] = set()
    for claim in versions:
        hands = {
            (
                citation.report.identity if citation.report else None,
                tuple(relay.name for relay in citation.relays),
            )
            for citation in claim.citations
        }
        if not hands or seen & hands:
            return False
        seen |= hands
    return True


def interest(source: str, topic: Subject, sources: Sources, words: Vocabulary) -> Interest:
    """Tell whose dead a source counts on a subject, by its side and the side that is stated for the victims.

    Examples:
        >>> from casualties.source import Source, Sources
        >>> from casualties.subject import Subject
        >>> from casualties.vocabulary import Vocabulary
        >>> ministry = Sources([Source(key="mod", side="armenian")])
        >>> print(interest("mod", Subject(harm=["killed"], side="armenian"), ministry, Vocabulary()))
        own side
    """
    side = sources.side(source)
    if sources.unattributed(source):
        return Interest.NOT_KNOWN
    if side is None:
        return Interest.THIRD_PARTY
    if topic.side is None:
        return Interest.NOT_KNOWN
    if words.inside("side", side, topic.side) or words.inside("side", topic.side, side):
        return Interest.OWN_SIDE
    return Interest.OPPONENT if words.opposed(side, topic.side) else Interest.THIRD_PARTY


def position_key(position: Position) -> tuple[object, ...]:
    """The order in which positions are listed: by count, then source, then day and claims."""
    figure = position.figure
    return (
        figure.low,
        figure.high is None,
        figure.high or 0,
        position.source,
        position.until.sort_key if position.until else (),
        tuple(claim.id for claim in position.claims),
    )
