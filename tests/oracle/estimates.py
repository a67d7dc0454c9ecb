"""Estimates: intervals and models stand beside the counts and never among them (section 7 E)."""

from __future__ import annotations

from dataclasses import dataclass

from .independent import Voice
from .pairs import holds_on
from .records import Claim, When
from .topics import Topic, later_than
from .versions import latest


@dataclass(frozen=True)
class EstimatePair:
    """Two estimates whose intervals do not meet."""

    lower: str
    higher: str


@dataclass(frozen=True)
class Outside:
    """A count whose ceiling lies below an interval, or whose floor lies above it."""

    voice: str
    estimate: str
    above: bool


def retire(estimates: list[Claim], as_of: When | None) -> tuple[list[Claim], dict[str, str]]:
    """Order the estimates of each source as its counts are: the latest last day, then what was said last."""
    fates: dict[str, str] = {}
    standing: list[Claim] = []
    for source in sorted({each.source for each in estimates}):
        given = [each for each in estimates if each.source == source]
        for claim in given:
            if later_than(claim.day, as_of):
                fates[claim.id] = "later than the day"
            elif claim.day is None and any(each.day is not None for each in given):
                fates[claim.id] = "undated"
        left = [each for each in given if each.id not in fates]
        last = latest(left, lambda each: each.day, lambda each: each.said)
        standing += last
        fates |= {each.id: "stands" if each in last else "replaced" for each in left}
    return standing, fates


def estimates_apart(estimates: list[Claim], topic: Topic) -> tuple[EstimatePair, ...]:
    """Give the estimates that dispute one another: each interval carried to the other's day, they do not meet."""
    found = [
        EstimatePair(lower.id, higher.id)
        for lower in estimates
        for higher in estimates
        if lower.figure is not None
        and higher.figure is not None
        and lower.figure.high is not None
        and higher.figure.low > lower.figure.high
        and holds_on(higher.day, lower.day, stock=topic.stock)
    ]
    return tuple(sorted(found, key=lambda each: (each.lower, each.higher)))


def outside(voices: list[Voice], overtaken: set[str], estimates: list[Claim], topic: Topic) -> tuple[Outside, ...]:
    """Give the counts outside an interval, each end carried to the other's day; an overtaken count has no ceiling."""
    found: set[tuple[str, str, bool]] = set()
    for estimate in estimates:
        interval = estimate.figure
        assert interval is not None
        for voice in voices:
            if voice.name not in overtaken and any(
                each.number < interval.low and (each.every_day or holds_on(estimate.day, each.day, stock=topic.stock))
                for each in voice.ceilings
            ):
                found.add((voice.name, estimate.id, False))
            if interval.high is not None and any(
                each.number > interval.high and holds_on(each.day, estimate.day, stock=topic.stock)
                for each in voice.floors
            ):
                found.add((voice.name, estimate.id, True))
    return tuple(Outside(*each) for each in sorted(found))
