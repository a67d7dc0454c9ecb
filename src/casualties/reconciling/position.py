"""Where one source stands on one subject on a day, and the earlier claims that this replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from casualties.model.claim import Claim, Modality, Stance
from casualties.model.figure import Figure
from casualties.model.period import PartialDate
from casualties.model.source import Sources
from casualties.model.subject import Subject
from casualties.model.vocabulary import Vocabulary
from casualties.reconciling.independence import Origin
from casualties.reconciling.support import best_supported
from casualties.reconciling.view import Standpoint

__all__ = ["DIFFERING", "Fate", "Flag", "Interest", "Position", "Settled", "combined", "latest", "said", "settle"]


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
    JOINT = "joint statement"


DIFFERING: Final = frozenset({Flag.RELAYED_DIFFERENTLY, Flag.CONTRADICTS_ITSELF, Flag.DIVIDED})
"""Flags of figures that have several versions."""


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
        roots: On whose word it rests; see `casualties.reconciling.independence.Origin`.
        rests: Whether that is the word of others, and not the source's own.

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
    rests: bool = False

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
        >>> from casualties.reconciling.position import Settled
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
        >>> from casualties.reconciling.view import Standpoint
        >>> view = Standpoint(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> settled = [settle(topic, claims, view) for topic, claims in view.topics.items()]
        >>> sum(len(each.fates) for each in settled), sum(len(each.positions) for each in settled)
        (8, 5)
    """
    fates: dict[str, Fate] = {}
    copies: dict[str, tuple[str, ...]] = {}
    figures: dict[str, Figure] = {}
    own: dict[str, list[Claim]] = {}
    named: dict[str, list[Claim]] = {}
    resting: list[tuple[Claim, Origin]] = []
    for claim in claims:
        figure = view.figure(claim)
        fate = _early_fate(claim, view)
        if fate is not None or figure is None:
            fates[claim.id] = fate or Fate.STANDS
            continue
        figures[claim.id] = figure
        origin = view.origins.of(claim)
        if view.is_replaced(claim):
            fates[claim.id] = Fate.REPLACED
            named.setdefault(claim.source, []).append(claim)
        elif origin.copy:
            fates[claim.id] = Fate.COPY
            copies[claim.id] = origin.speaking
        elif origin.own and not view.sources.unattributed(claim.source):
            own.setdefault(claim.source, []).append(claim)
        else:
            resting.append((claim, origin))
    voiced = {("source", view.sources.root(source)) for source in own}
    voiced.update(origin.roots[0] for _, origin in resting if len(origin.roots) == 1)
    positions = [
        _stand(candidates, named.get(source, []), topic=topic, view=view, figures=figures, fates=fates)
        for source, candidates in own.items()
    ]
    for claim, origin in resting:
        speaking = tuple(name for kind, name in origin.roots if (kind, name) in voiced)
        if len(origin.roots) > 1 and speaking:
            fates[claim.id] = Fate.COPY
            copies[claim.id] = speaking
            continue
        position = _stand([claim], [], topic=topic, view=view, figures=figures, fates=fates)
        flags = (Flag.CIRCLE,) if origin.circle else ()
        positions.append(replace(position, flags=flags, rests=not origin.own))
    return Settled(tuple(sorted(positions, key=position_key)), fates, copies)


def _early_fate(claim: Claim, view: Standpoint) -> Fate | None:
    """Give the fate of a claim that its own nature, or a withdrawal, keeps out of every position."""
    if claim.misrelays:
        return Fate.MISRELAYED
    if claim.id in view.withdrawn:
        return Fate.WITHDRAWN
    if claim.modality is Modality.PROJECTED:
        return Fate.PROJECTED
    return Fate.LATER if view.later(claim) else None


def _stand(
    candidates: list[Claim],
    named: list[Claim],
    *,
    topic: Subject,
    view: Standpoint,
    figures: Mapping[str, Figure],
    fates: dict[str, Fate],
) -> Position:
    """Settle the claims of one source among themselves; ``named`` are those that others replace by name."""
    source = candidates[0].source
    whose = interest(source, topic, view.sources, view.words)
    if len(candidates) == 1 and not named:
        (only,) = candidates
        fates[only.id] = Fate.STANDS
        origin = view.origins.of(only)
        return Position(
            source,
            figures[only.id],
            only.day,
            only.day_assumed,
            (only,),
            flags=(Flag.JOINT,) if origin.joint else (),
            interest=whose,
            roots=origin.roots,
        )
    dated = [claim for claim in candidates if claim.day is not None]
    if dated and len(dated) < len(candidates):
        fates.update((claim.id, Fate.UNDATED) for claim in candidates if claim.day is None)
        candidates = dated
    versions = last_said(latest(candidates, [claim.day for claim in candidates]))
    kept = {claim.id for claim in versions}
    replaced = [*named, *(claim for claim in candidates if claim.id not in kept)]
    fates.update((claim.id, Fate.REPLACED) for claim in replaced)
    standing = nearest_the_source(versions, view)
    fates.update((claim.id, Fate.VERSION) for claim in versions)
    told = [figures[claim.id] for claim in standing]
    figure = combined(told)
    if all(each == told[0] for each in told):
        fates.update((claim.id, Fate.STANDS) for claim in standing)
    until = max((claim.day for claim in standing if claim.day), key=lambda day: day.sort_key, default=None)
    origins = [view.origins.of(claim) for claim in standing]
    flags = [Flag.JOINT] if any(origin.joint for origin in origins) else []
    differing = len({(figures[claim.id].low, figures[claim.id].high) for claim in versions}) > 1
    if differing:
        by_relays = _through_different_hands(versions, view.sources)
        flags.append(Flag.RELAYED_DIFFERENTLY if by_relays else Flag.CONTRADICTS_ITSELF)
    ceiling = figure.as_stated().high
    if (
        not topic.stock
        and ceiling is not None
        and any(
            figures[claim.id].as_stated().low > ceiling and not (until and claim.day and until.surely_before(claim.day))
            for claim in replaced
        )
    ):
        flags.append(Flag.REVISED_DOWN)
    return Position(
        source=source,
        figure=figure,
        until=until,
        assumed_day=all(claim.day_assumed for claim in standing if claim.day == until),
        claims=_listed(standing),
        versions=_listed(versions) if differing else (),
        replaced=_listed(replaced),
        flags=tuple(flags),
        interest=whose,
        roots=tuple(sorted({root for origin in origins for root in origin.roots})),
    )


def _listed(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    return tuple(claims) if len(claims) < 2 else tuple(sorted(claims, key=lambda claim: claim.sort_key))


def nearest_the_source(versions: list[Claim], view: Standpoint) -> list[Claim]:
    """Keep the versions that were read at the source itself, where there are any."""
    if len(versions) < 2:
        return versions
    return [claim for claim in versions if read_at_source(claim, view.sources)] or versions


def latest(candidates: Sequence[Claim], days: Sequence[PartialDate | None]) -> list[Claim]:
    """Keep the claims than which no other surely counts a later day.

    Examples:
        >>> from casualties.model.claim import Claim
        >>> from casualties.model.subject import Subject
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


def last_said(candidates: list[Claim]) -> list[Claim]:
    """Among claims that count the same day keep those than which no other was surely said later."""
    if len(candidates) < 2:
        return candidates
    by_day: dict[PartialDate | None, list[Claim]] = {}
    for claim in candidates:
        by_day.setdefault(claim.day, []).append(claim)
    kept: list[Claim] = []
    for same_day in by_day.values():
        last = same_day if _moments(same_day) else latest(same_day, [said(claim) for claim in same_day])
        moments = _moments(last)
        kept += [claim for claim, at in zip(last, moments, strict=True) if at == max(moments)] if moments else last
    return kept


def said(claim: Claim) -> PartialDate | None:
    """Give when a claim was stated; where only a printing date is known it may have been at any time up to that.

    Examples:
        >>> import casualties as cs
        >>> {str(said(claim)) for claim in cs.seeds.load("nagorno-karabakh-2020-09-30")}
        {'2020-09-30'}
    """
    if claim.stated or claim.published is None:
        return claim.stated
    return PartialDate(date.min, claim.published.latest)


def _moments(claims: Sequence[Claim]) -> list[datetime]:
    """Give the moments at which claims were stated, where all of them carry one."""
    moments = [claim.stated.at for claim in claims if claim.stated and claim.stated.at]
    return moments if len(moments) == len(claims) else []


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
        >>> from casualties.model.claim import Claim
        >>> from casualties.model.report import Citation, Report
        >>> from casualties.model.source import Source, Sources
        >>> from casualties.model.subject import Subject
        >>> site = Citation(report=Report(publisher="Prosecutor General"))
        >>> claim = Claim(source="gp", subject=Subject(harm=["killed"]), stance="silent", citations=[site])
        >>> read_at_source(claim, Sources([Source(key="gp", names=["Prosecutor General"])]))
        True
    """
    return _AT_SOURCE in _hands(claim, sources)


_AT_SOURCE: Final = ()
"""The hands through which a claim went that was read at the source itself: none."""


def _hands(claim: Claim, sources: Sources) -> set[tuple[object, ...]]:
    """Give for each reading of a claim the report and the relays through which it came."""
    source = sources.get(claim.source)
    names = {claim.source, *source.names, *source.aliases} if source else {claim.source}
    folded = {name.casefold() for name in names}
    found: set[tuple[object, ...]] = set()
    for citation in claim.citations:
        report, relays = citation.report, tuple(relay.name for relay in citation.relays)
        own = report is not None and not relays and (report.publisher or "").casefold() in folded
        found.add(_AT_SOURCE if own else (report and report.identity, relays))
    return found


def _through_different_hands(versions: Iterable[Claim], sources: Sources) -> bool:
    """Tell whether no two versions were read in the same report through the same relays."""
    seen: set[object] = set()
    for claim in versions:
        hands = _hands(claim, sources)
        if not hands or seen & hands:
            return False
        seen |= hands
    return True


def interest(source: str, topic: Subject, sources: Sources, words: Vocabulary) -> Interest:
    """Tell whose dead a source counts on a subject, by its side and the side that is stated for the victims.

    Examples:
        >>> from casualties.model.source import Source, Sources
        >>> from casualties.model.subject import Subject
        >>> from casualties.model.vocabulary import Vocabulary
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
