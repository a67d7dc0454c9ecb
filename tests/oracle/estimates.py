"""Estimates: intervals and models stand beside the counts and never among them (section 7 E)."""

from __future__ import annotations

from dataclasses import dataclass

from .independent import Voice
from .pairs import holds_on
from .records import Claim
from .topics import Topic
from .versions import latest
from .voices import Origins


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


def retire(estimates: list[Claim], own: set[str]) -> tuple[list[Claim], dict[str, str]]:
    """Order the estimates of each source as its counts are: the latest last day, then what was said last.

    What rests on others, or is signed by nobody, replaces nothing and is replaced by nothing.

    Args:
        estimates: The estimates on a topic.
        own: Those in their source's own words.
    """
    fates: dict[str, str] = {}
    standing: list[Claim] = [each for each in estimates if each.id not in own]
    for source in sorted({each.source for each in estimates if each.id in own}):
        given = [each for each in estimates if each.source == source and each.id in own]
        dated = [each for each in given if each.day is not None] or given
        last = latest(dated, lambda each: each.day, lambda each: each.said)
        standing += last
        for claim in given:
            fates[claim.id] = "stands" if claim in last else "replaced" if claim in dated else "undated"
    return standing, fates | {each.id: "stands" for each in estimates if each.id not in own}


def intervals(estimates: list[Claim]) -> list[Claim]:
    """Give the estimates that have an interval; one number has none, and excludes nothing."""
    return [each for each in estimates if each.figure is not None and each.figure.low != each.figure.high]


def estimates_apart(estimates: list[Claim], came: Origins, topic: Topic) -> tuple[EstimatePair, ...]:
    """Give the estimates of two roots that dispute: each interval carried to the other's day, they do not meet."""
    found = [
        EstimatePair(lower.id, higher.id)
        for lower in intervals(estimates)
        for higher in intervals(estimates)
        if lower.figure is not None
        and higher.figure is not None
        and lower.figure.high is not None
        and higher.figure.low > lower.figure.high
        and holds_on(higher.day, lower.day, stock=topic.stock)
        and came.roots[higher.id][0] != came.roots[lower.id][0]
    ]
    return tuple(sorted(found, key=lambda each: (each.lower, each.higher)))


def outside(voices: list[Voice], overtaken: set[str], estimates: list[Claim], topic: Topic) -> tuple[Outside, ...]:
    """Give the counts outside an interval, each end carried to the other's day; an overtaken count has no ceiling."""
    found: set[tuple[str, str, bool]] = set()
    for estimate in intervals(estimates):
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
