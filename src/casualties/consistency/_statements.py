"""What enters the system: each source's last-stated figure for each day, less what its later statements exclude."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from casualties.claim import Claim, Stance
from casualties.figure import Figure
from casualties.period import PartialDate
from casualties.position import Fate, combined, last_said, nearest_the_source, said, settle
from casualties.standpoint import Standpoint
from casualties.subject import Subject

_OUT = frozenset({Fate.MISRELAYED, Fate.WITHDRAWN, Fate.PROJECTED, Fate.COPY})


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says last of one subject on one day.

    Versions of one statement that their order does not tell apart stand together, with the figure made of them.
    """

    source: str
    subject: Subject
    figure: Figure
    claims: tuple[Claim, ...]
    whole: frozenset[str]
    said: PartialDate | None

    @property
    def sort_key(self) -> tuple[object, ...]:
        return (self.subject.key, self.source, tuple(claim.id for claim in self.claims))


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An earlier statement of a source that its own later one excludes."""

    earlier: Statement
    later: Statement


def statements(view: Standpoint) -> tuple[list[Statement], list[Exclusion]]:
    """Gather what enters the system, and what a source's own later statements exclude from it."""
    kept: list[Statement] = []
    excluded: list[Exclusion] = []
    for topic, claims in view.topics.items():
        fates = settle(topic, claims, view).fates
        groups: dict[tuple[str, str], list[Claim]] = {}
        for claim in claims:
            if fates[claim.id] in _OUT or view.is_replaced(claim) or not view.takes_position(claim):
                continue
            alone = view.sources.unattributed(claim.source) or not view.origins.of(claim).own
            groups.setdefault((claim.source, claim.id if alone else ""), []).append(claim)
        found = [each for group in groups.values() for each in _of_one_source(group, topic, view)]
        last = max(
            (each.subject.until for each in found if each.subject.until),
            key=lambda day: (day.latest, day.earliest),
            default=None,
        )
        by_source: dict[str, list[Statement]] = {}
        for each in found:
            denial = all(claim.stance is Stance.DENIES for claim in each.claims)
            moved = replace(each, subject=each.subject.replacing(until=last)) if denial else each
            by_source.setdefault(each.source, []).append(moved)
        for own in by_source.values():
            stays, out = (own, []) if topic.stock or len(own) < 2 else _without_excluded(own)
            kept += stays
            excluded += out
    return (
        sorted(kept, key=lambda each: each.sort_key),
        sorted(excluded, key=lambda each: (each.earlier.sort_key, each.later.sort_key)),
    )


def _of_one_source(claims: list[Claim], topic: Subject, view: Standpoint) -> Iterable[Statement]:
    if any(claim.day for claim in claims):
        claims = [claim for claim in claims if claim.day]
    by_day: dict[PartialDate | None, list[Claim]] = {}
    for claim in claims:
        by_day.setdefault(claim.day, []).append(claim)
    for day, same_day in by_day.items():
        versions = sorted(nearest_the_source(last_said(same_day), view), key=lambda claim: claim.sort_key)
        figures = [figure for claim in versions if (figure := view.figure(claim)) is not None]
        first = versions[0]
        subject = first.subject
        if topic.stock or subject.until != day or subject.topic != topic:
            subject = topic.replacing(until=day)
        yield Statement(
            first.source,
            subject,
            combined(figures),
            tuple(versions),
            frozenset.intersection(*(frozenset(claim.all) for claim in versions)),
            max((day for claim in versions if (day := said(claim))), key=lambda day: day.sort_key, default=None),
        )


class _Stairs:
    """The smallest number at or after a place, among those put in so far."""

    def __init__(self) -> None:
        self._places: list[int] = []
        self._held: list[tuple[int, Statement]] = []

    def put(self, place: int, number: int, statement: Statement) -> None:
        at = bisect_left(self._places, place)
        if at < len(self._held) and self._held[at][0] <= number:
            return
        end = at + (at < len(self._places) and self._places[at] == place)
        while at and self._held[at - 1][0] >= number:
            at -= 1
        self._places[at:end], self._held[at:end] = [place], [(number, statement)]

    def smallest(self, place: int) -> tuple[int, Statement] | None:
        at = bisect_left(self._places, place)
        return self._held[at] if at < len(self._held) else None


def _without_excluded(own: Sequence[Statement]) -> tuple[list[Statement], list[Exclusion]]:
    """Take out what a source's later statements on one running count exclude, beginning with the last said."""
    ceilings, floors = _Stairs(), _Stairs()
    kept, excluded = [each for each in own if not (each.said and each.subject.until)], []
    waiting: list[tuple[int, int, PartialDate, Statement]] = []
    dated = [(each.said, each.subject.until, each) for each in own if each.said and each.subject.until]
    dated.sort(key=lambda item: (item[0].latest, item[0].sort_key, item[2].sort_key), reverse=True)
    for number, (day_said, until, each) in enumerate(dated):
        while waiting and -waiting[0][0] > day_said.latest.toordinal():
            _, _, day, later = heappop(waiting)
            figure = later.figure.as_stated()
            if figure.high is not None:
                ceilings.put(day.earliest.toordinal(), figure.high, later)
            floors.put(-day.latest.toordinal(), -figure.low, later)
        figure = each.figure.as_stated()
        above = ceilings.smallest(until.latest.toordinal())
        below = floors.smallest(-until.earliest.toordinal())
        if above and figure.low > above[0]:
            excluded.append(Exclusion(each, above[1]))
        elif below and figure.high is not None and figure.high < -below[0]:
            excluded.append(Exclusion(each, below[1]))
        else:
            kept.append(each)
            heappush(waiting, (-day_said.earliest.toordinal(), number, until, each))
    return kept, excluded
