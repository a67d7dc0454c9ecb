"""How sure a figure is, and why (section 7 F)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, product

from .borne_out import OnTheDay
from .independent import on_its_day
from .pairs import DISPUTED, Pair
from .records import COUNTED_WITH_NAMES, Range, Records, When, not_after
from .topics import Topic

LEVELS = ("none", "low", "moderate", "high")
TENTATIVE = frozenset({"preliminary", "alleged", "derived"})
PRESS = frozenset({"media", "journalist", "compiler", "unattributed"})


@dataclass(frozen=True)
class Level:
    """The level of one end, and what made it.

    Attributes:
        level: ``none``, ``low``, ``moderate`` or ``high``.
        bearers: Who bears the end out, by name.
        steps: What raised or lowered it: ``three kinds``, ``against interest``, ``counted`` up; ``tentative``,
            ``assumed``, ``contested``, ``stale`` down.
    """

    level: str
    bearers: tuple[str, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Confidence:
    """The level of a figure: the lower of its ends; nothing where it has none ("0 or more" says nothing)."""

    figure: Range
    level: str | None
    floor: Level | None
    ceiling: Level | None

    @property
    def why(self) -> str:
        """The end that decides, its bearers and its steps, as the stories print them."""
        ends = [("floor", self.floor), ("ceiling", self.ceiling)]
        present = [(name, end) for name, end in ends if end is not None]
        if not present:
            return ""
        name, end = min(present, key=lambda pair: LEVELS.index(pair[1].level))
        return "+".join((f"{name}:{len(end.bearers)}", *end.steps))


@dataclass(frozen=True)
class Evidence:
    """What confidence is worked out from.

    Attributes:
        ranges: The voices on the finding's day.
        pairs: All pairs that are apart.
        blamed: The sides that somebody says did it.
        day: The finding's day.
        as_of: The day asked for.
    """

    ranges: list[OnTheDay]
    pairs: list[Pair]
    blamed: frozenset[str]
    topic: Topic
    records: Records
    day: When | None
    as_of: When | None

    def dispute(self, one: OnTheDay, other: OnTheDay) -> bool:
        """Tell whether two voices dispute one another's figures."""
        return any(
            pair.kind == DISPUTED
            and pair.lower.organ is None
            and pair.higher.organ is None
            and {pair.lower.name, pair.higher.name} == {one.name, other.name}
            for pair in self.pairs
        )


def confidence_in(figure: Range, evidence: Evidence) -> Confidence:
    """Give the lower level of the two ends of a figure."""
    floor = _level(figure, evidence, floor=True) if figure.low >= 1 else None
    ceiling = _level(figure, evidence, floor=False) if figure.high is not None else None
    ends = [each.level for each in (floor, ceiling) if each is not None]
    level = min(ends, key=LEVELS.index) if ends else None
    return Confidence(figure, level, floor, ceiling)


def _level(figure: Range, evidence: Evidence, *, floor: bool) -> Level:
    taken = [each for each in evidence.ranges if not _poor(each)]
    contested = any(each.excludes(figure) for each in taken)
    bears: Callable[[OnTheDay], bool] = (
        (lambda each: each.bears_floor(figure.low))
        if floor
        else (lambda each: figure.high is not None and each.bears_ceiling(figure.high))
    )
    bearers = [each for each in taken if not each.excludes(figure) and bears(each)]
    signed = [each for each in bearers if not each.voice.unattributed]
    bearers = signed or bearers
    names = tuple(sorted(each.name for each in bearers))
    if not bearers:
        return Level("none", (), ())
    moderate = len(bearers) >= 2 or (floor and _counted_third_party(bearers[0], figure.low, evidence))
    level = 2 if moderate else 1
    up = [
        name
        for name, holds in (
            ("three kinds", _three_kinds(bearers, evidence)),
            ("against interest", floor and _against_interest(bearers, evidence)),
            ("counted", floor and _counted_and_second(bearers, figure.low, evidence)),
        )
        if holds
    ]
    down = [
        name
        for name, holds in (
            ("tentative", all(_tentative(each) for each in bearers)),
            ("assumed", all(each.range.low_assumed if floor else each.range.high_assumed for each in bearers)),
            ("contested", contested),
            ("stale", _stale(evidence)),
        )
        if holds
    ]
    level = min(3, max(1, level + len(up) - len(down)))
    return Level(LEVELS[level], names, (*up, *down))


def _poor(each: OnTheDay) -> bool:
    """Tell whether all the claims of a voice are graded D, E, 4 or 5; it then bears out and contests nothing."""
    return bool(each.voice.claims) and all(any(grade.poor for grade in claim.grades) for claim in each.voice.claims)


def _counted_third_party(each: OnTheDay, number: int, evidence: Evidence) -> bool:
    """Tell whether a voice is attributed, without a side, and counted so many on the day by name or document."""
    day, running = evidence.day, evidence.topic.running
    return (
        not each.voice.unattributed
        and not each.voice.sides
        and any(
            bound.number >= number
            and bound.basis in COUNTED_WITH_NAMES
            and (on_its_day(bound.day, day) or (running and not_after(bound.day, day)))
            for bound in each.voice.floors
        )
    )


def _kinds(each: OnTheDay) -> frozenset[str]:
    """Give the kinds of the source whose figure a voice has; the press is one."""
    return frozenset("press" if kind in PRESS else kind for kinds in each.voice.kinds for kind in kinds)


def _three_kinds(bearers: list[OnTheDay], evidence: Evidence) -> bool:
    """Tell whether three bearers are of three kinds and in no dispute with one another."""
    return any(
        not any(evidence.dispute(one, other) for one, other in combinations(three, 2))
        and any(len(set(kinds)) == 3 for kinds in product(*map(_kinds, three)))
        for three in combinations(bearers, 3)
    )


def _against_interest(bearers: list[OnTheDay], evidence: Evidence) -> bool:
    """Tell whether one bearer speaks against its interest, beside any voice not of its side.

    A floor of combatants is against the interest of their own side, one of civilians against that of the opposed side,
    or of the blamed where theirs is not said.
    """
    records, topic = evidence.records, evidence.topic
    victims, victim_status = topic.facet("side"), topic.facet("status")

    def against(side: str) -> bool:
        if victim_status == "combatant":
            return victims is not None and records.own(side, victims)
        if victim_status != "civilian":
            return False
        if victims is not None:
            return records.opposed(side, victims)
        return any(records.own(side, each) for each in evidence.blamed)

    for one in bearers:
        for side in sorted(one.voice.sides):
            if against(side) and any(
                other is not one
                and not any(records.own(side, each) for each in other.voice.sides)
                and not evidence.dispute(one, other)
                for other in bearers
            ):
                return True
    return False


def _counted_and_second(bearers: list[OnTheDay], number: int, evidence: Evidence) -> bool:
    """Tell whether a third party that counted so many has any second beside it."""
    return any(
        _counted_third_party(one, number, evidence)
        and any(other is not one and not evidence.dispute(one, other) for other in bearers)
        for one in bearers
    )


def _tentative(each: OnTheDay) -> bool:
    """Tell whether all claims of a voice's figure are preliminary, alleged or derived."""
    return bool(each.voice.claims) and all(claim.modality in TENTATIVE for claim in each.voice.claims)


def _stale(evidence: Evidence) -> bool:
    """Tell whether the day asked for lies more than 30 days after the last one counted, and no event closes it."""
    return (
        evidence.as_of is not None
        and evidence.day is not None
        and evidence.topic.running
        and evidence.topic.facet("event") is None
        and evidence.as_of.first - evidence.day.last > 30
    )
