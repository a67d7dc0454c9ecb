"""The steps of a picture of how the toll moved: where each source stood, day by day or hour by hour."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.reconciling.decoding import positions_on
from casualties.reconciling.knowledge import over_at
from casualties.reconciling.position import Fate, Interest, Position, interest
from casualties.reconciling.view import View
from casualties.show.describe import describe_date

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

__all__ = ["Clock", "Series", "clock_of", "evening_of", "hours", "moves", "series_of", "top_of"]

_EVENING: Final = timedelta(hours=48)
"""Statements of so many hours are told apart by the hour, those of more by the day that they count."""

_FATES: Final = {
    Fate.MISRELAYED: "a false relay, set aside",
    Fate.PROJECTED: "a projection, set aside",
    Fate.COPY: "a copy, set aside",
    Fate.WITHDRAWN: "withdrawn",
    Fate.REPLACED: "replaced for the same day",
    Fate.VERSION: "a version",
}
_INTERESTS: Final = {**{kind: str(kind) for kind in Interest}, Interest.NOT_KNOWN: "side unknown"}


@dataclass(frozen=True, slots=True)
class Clock:
    """How the moments of a picture are told: as the days that figures count, or as the hours of statements.

    Attributes:
        zone: The offset in which hours are told; ``None`` for days.
        days: Whether the day stands beside the hour.

    Examples:
        >>> print(Clock().told(PartialDate.parse("2020-09-30")), Clock().short(PartialDate.parse("2020-09-30")))
        to 30 Sep 2020 30 Sep 2020
        >>> evening = PartialDate.parse("2026-06-12T18:20+02:00")
        >>> print(Clock(evening.at.tzinfo).told(evening), Clock(evening.at.tzinfo).note(evening), sep="; ")
        at 18:20; The hours are those of 12 June 2026, +02:00.
    """

    zone: tzinfo | None = None
    days: bool = False

    def short(self, when: PartialDate) -> str:
        """Write a moment as it stands at an axis."""
        if self.zone is None or when.at is None:
            return describe_date(when, short=True)
        at = when.at.astimezone(self.zone)
        if not self.days:
            return f"{at:%H:%M}"
        day = describe_date(PartialDate.day(at.date()), short=True)
        return f"{day.removesuffix(f' {at.year}')}, {at:%H:%M}"

    def told(self, when: PartialDate) -> str:
        """Say until when a figure counts, or when it was stated."""
        return f"{'to' if self.zone is None else 'at'} {self.short(when)}"

    def note(self, when: PartialDate) -> str:
        """Say of what day and in what offset the hours are; nothing of days."""
        if self.zone is None or when.at is None:
            return ""
        at = when.at.astimezone(self.zone)
        offset = at.isoformat()[-6:]
        day = describe_date(PartialDate.day(at.date()))
        return f"The hours are {f'in {offset}' if self.days else f'those of {day}, {offset}'}."

    @staticmethod
    def place(when: PartialDate) -> float:
        """Give a moment as a number of days, so that moments can be set along an axis."""
        return when.at.timestamp() / 86_400 if when.at else float(when.latest.toordinal())


@dataclass(frozen=True, slots=True)
class Series:
    """Where one source stood, moment by moment, and what it said besides.

    Attributes:
        name: Its name.
        interest: Whose dead it counts.
        clock: How moments are told.
        steps: Each new position, with its moment.
        others: What does not count, with its moment and why.

    Examples:
        >>> Series("Ministry", Interest.THIRD_PARTY, Clock()).told()
        'Ministry, third party: .'
    """

    name: str
    interest: Interest
    clock: Clock
    steps: tuple[tuple[PartialDate, Position], ...] = ()
    others: tuple[tuple[PartialDate, Figure, Fate], ...] = ()

    def told(self, *, besides: bool = False) -> str:
        """Say the steps in words, or only what was said besides."""
        parts = [] if besides else [self._step(when, position) for when, position in self.steps]
        parts += [f"{figure} {self.clock.told(when)} ({_FATES[fate]})" for when, figure, fate in self.others]
        whose = "" if besides else f", {_INTERESTS[self.interest]}"
        return f"{self.name}{whose}: {'; '.join(parts)}."

    def _step(self, when: PartialDate, position: Position) -> str:
        said = "denies that it happened" if position.denies else str(position.figure)
        flags = f" ({', '.join(position.flags)})" if position.flags else ""
        return f"{said} {self.clock.told(when)}{flags}"


def moves(finding: Finding) -> bool:
    """Tell whether any source has stood at more than one figure.

    Examples:
        >>> import casualties as cs
        >>> moves(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian"))
        False
    """
    return any(len(line.steps) > 1 for line in series_of(finding))


def clock_of(finding: Finding) -> Clock:
    """Choose hours where all that was said of a finding was said in an evening, and days else.

    Examples:
        >>> import casualties as cs
        >>> clock_of(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")).zone is None
        True
    """
    ledger = finding.view.ledger
    dates = {claim.known for claim in finding.claims if claim.known and finding.view.takes_position(claim)}
    said = evening_of(dates, ledger)
    if not said:
        return Clock()
    last = max(date.at for date in dates if date.at)
    zone = over_at(ledger, PartialDate.day(last.date())).tzinfo if ledger.timezone else last.tzinfo
    return Clock(zone, len({date.at.astimezone(zone).date() for date in said if date.at}) > 1)


def evening_of(dates: Collection[PartialDate], ledger: Ledger) -> list[PartialDate]:
    """List the moments at which statements were known, the first first; none where they are no evening's.

    Examples:
        >>> hours = [PartialDate.parse(f"2026-06-12T{hour}+02:00") for hour in ("19:50", "17:05")]
        >>> print(*evening_of(hours, Ledger()), sep=", ")
        2026-06-12T17:05:00+02:00, 2026-06-12T19:50:00+02:00
        >>> evening_of([*hours, PartialDate.parse("2026-07-01")], Ledger())
        []
    """
    over = sorted({date.at or over_at(ledger, date) for date in dates})
    if len({date.at for date in dates if date.at}) < 2 or over[-1] - over[0] > _EVENING:
        return []
    return [PartialDate.of(moment) for moment in over]


def _moments(finding: Finding, clock: Clock) -> Iterator[tuple[PartialDate, Position]]:
    """Give each position with its moment: the day that it counts, or when it was first known."""
    if clock.zone is None:
        for moment in finding.history():
            if moment.position.until:
                yield PartialDate.day(moment.position.until.latest), moment.position
        return
    view = finding.view
    own = {claim.id for claim in finding.claims}
    for at in sorted({over_at(view.ledger, claim.known) for claim in finding.claims if claim.known}):
        when = PartialDate.of(at)
        known = View(view.ledger, view.as_of, when, view.lexicon, view.near, view.settling)
        for topic, claims in known.topics.items():
            if any(claim.id in own for claim in claims):
                for position in positions_on(topic, known):
                    yield when, position


def series_of(finding: Finding) -> list[Series]:
    """Gather the steps of each source, the highest at the end first.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> [each.name for each in series_of(finding)]
        ['reports', 'Hussein Akoush']
    """
    sources, clock = finding.view.sources, clock_of(finding)
    steps: dict[tuple[str, str], list[tuple[PartialDate, Position]]] = {}
    for when, position in _moments(finding, clock):
        single = position.claims[0].id if sources.unattributed(position.source) else ""
        known = steps.setdefault((position.source, single), [])
        if not known or known[-1][1].claims != position.claims:
            known.append((when, position))
    shown = {claim.id for known in steps.values() for _, position in known for claim in position.claims}
    others: dict[str, list[tuple[PartialDate, Figure, Fate]]] = {}
    for claim in finding.claims:
        figure = finding.view.figure(claim)
        when_said = _when(finding, claim, clock)
        if claim.id not in shown and when_said and figure is not None and finding.fates[claim.id] in _FATES:
            others.setdefault(claim.source, []).append((when_said, figure, finding.fates[claim.id]))
    whose = {source: interest(source, finding.subject, sources, finding.view.words) for source, _ in steps}
    whose |= {source: interest(source, finding.subject, sources, finding.view.words) for source in others}
    lines = [
        Series(sources[source].name, whose[source], clock, tuple(known), tuple(others.pop(source, ())))
        for (source, _), known in sorted(steps.items(), key=lambda item: (_height(item[1]), item[0]), reverse=True)
        if known
    ]
    return lines + [
        Series(sources[source].name, whose[source], clock, (), tuple(extra)) for source, extra in sorted(others.items())
    ]


def _when(finding: Finding, claim: Claim, clock: Clock) -> PartialDate | None:
    if clock.zone is None:
        return PartialDate.day(claim.day.latest) if claim.day else None
    return PartialDate.of(over_at(finding.view.ledger, claim.known)) if claim.known else None


def _height(steps: Sequence[tuple[PartialDate, Position]]) -> int:
    return top_of(steps[-1][1].figure) if steps else 0


def top_of(figure: Figure) -> int:
    """Give the highest count that a figure names.

    Examples:
        >>> top_of(Figure(2, 25)), top_of(Figure.at_least(81))
        (25, 81)
    """
    return figure.low if figure.high is None else figure.high


def hours(first: datetime, last: datetime, most: int) -> list[PartialDate]:
    """Choose full hours, or quarters of them, between two moments, evenly and at most as many as asked.

    Examples:
        >>> evening = [datetime.fromisoformat(f"2026-06-12T{hour}+02:00") for hour in ("17:05", "19:50")]
        >>> [f"{each.at:%H:%M}" for each in hours(*evening, 4)]
        ['18:00', '19:00']
    """
    start = first.replace(hour=0, minute=0, second=0, microsecond=0)
    moments: list[datetime] = []
    for minutes in (5, 15, 30, 60, 120, 180, 360, 720, 1440):
        step = timedelta(minutes=minutes)
        count = int((last - start) / step)
        moments = [start + step * place for place in range(count + 1) if start + step * place >= first]
        if len(moments) <= most:
            break
    return [PartialDate.of(moment) for moment in moments] or [PartialDate.of(first)]
