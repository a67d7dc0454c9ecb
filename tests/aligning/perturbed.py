"""A list, and a copy with other days, spellings and figures, of which it is known which events are the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from casualties.files.mapped import Event, EventList
from casualties.model.figure import Figure
from casualties.model.period import PartialDate

DROPPED, NEW, MERGED = 0.3, 0.2, 0.05
"""How many events of the first list the second lacks, how many it has more, and how many of its rows are two in one."""


@dataclass(frozen=True)
class Known:
    """Two lists, and what is known of them.

    Attributes:
        one: A list as it is.
        other: The copy.
        same: Which events are the same.
        new: The events of the copy that the first list lacks.
        several: For each row of the copy that is two events in one, the two.
    """

    one: EventList
    other: EventList
    same: frozenset[tuple[str, str]]
    new: frozenset[str]
    several: dict[str, frozenset[str]]


def perturbed(events: EventList, seed: int) -> Known:
    """Hold some events back as new ones, and copy the others with 30 % dropped and 5 % merged.

    Days move by up to three, coordinates are rounded to a hundredth of a degree, names are respelt, and figures are
    multiplied by 0.3 to 3.
    """
    chance = random.Random(seed)
    every = list(events)
    chance.shuffle(every)
    count = round(len(every) * (1 - DROPPED) * NEW / (1 + (1 - DROPPED) * NEW))
    new, kept = every[:count], every[count:]
    copied = chance.sample(kept, round(len(kept) * (1 - DROPPED)))
    same: set[tuple[str, str]] = set()
    several: dict[str, frozenset[str]] = {}
    rows: list[Event] = []
    merged: set[str] = set()
    for event in copied:
        if event.key in merged:
            continue
        key = f"copy {event.key}"
        partner = _partner(event, copied, merged) if chance.random() < MERGED else None
        if partner is not None:
            merged |= {event.key, partner.key}
            several[key] = frozenset((event.key, partner.key))
            event = _together(event, partner)  # noqa: PLW2901 - it stands for the two from here
        else:
            merged.add(event.key)
            same.add((event.key, key))
        rows.append(_retold(event, key, chance))
    fresh = [_retold(event, f"copy {event.key}", chance) for event in new]
    return Known(
        EventList("one", kept),
        EventList("other", [*rows, *fresh]),
        frozenset(same),
        frozenset(event.key for event in fresh),
        several,
    )


def shifted(known: Known, km: float, seed: int) -> Known:
    """Shift the coordinates of the copy at random, by a normal distribution of so many km each way."""
    chance = random.Random(seed)

    def moved(degrees: float | None) -> float | None:
        return None if degrees is None else degrees + chance.gauss(0, km / 111)

    other = [replace(each, latitude=moved(each.latitude), longitude=moved(each.longitude)) for each in known.other]
    return replace(known, other=EventList(known.other.name, other))


def _partner(event: Event, others: Sequence[Event], taken: set[str]) -> Event | None:
    """Give another event within ten days and half a degree, with which a list might count it as one."""
    for other in others:
        if other.key == event.key or other.key in taken or not (event.days and other.days):
            continue
        near = abs(event.days[0] - other.days[0]) <= 10
        if (
            near
            and abs((event.latitude or 0) - (other.latitude or 0))
            + abs((event.longitude or 0) - (other.longitude or 0))
            <= 0.5
        ):
            return other
    return None


def _together(one: Event, other: Event) -> Event:
    first, last = sorted((one, other), key=lambda each: each.days or (0, 0))
    figures = [each.figure for each in (one, other) if each.figure is not None]
    return replace(first, until=last.until or last.since, figure=Figure.total(figures) if figures else None)


def _retold(event: Event, key: str, chance: random.Random) -> Event:
    shift = timedelta(days=chance.randint(-3, 3))
    return replace(
        event,
        key=key,
        since=_moved(event.since, shift),
        until=_moved(event.until, shift),
        latitude=None if event.latitude is None else round(event.latitude, 2),
        longitude=None if event.longitude is None else round(event.longitude, 2),
        places=tuple(_respelt(place, chance) for place in event.places[:2]),
        actors=tuple(_respelt(actor, chance) for actor in event.actors),
        figure=_rescaled(event.figure, chance),
    )


def _moved(day: PartialDate | None, shift: timedelta) -> PartialDate | None:
    return None if day is None else PartialDate.day(day.earliest + shift)


def _respelt(text: str, chance: random.Random) -> str:
    """Change, drop or double a letter or two, and leave a word out now and then."""
    words = text.split()
    if len(words) > 1 and chance.random() < 0.3:
        words.pop(chance.randrange(len(words)))
    letters = list(" ".join(words))
    for _ in range(chance.randint(0, 2)):
        place = chance.randrange(len(letters))
        letters[place] = chance.choice(("", letters[place] * 2, chance.choice("aeiouy")))
    return "".join(letters) or text


def _rescaled(figure: Figure | None, chance: random.Random) -> Figure | None:
    if figure is None:
        return None
    number = max(0, round((figure.best or figure.low) * chance.uniform(0.3, 3)))
    return Figure(number, number, best=number)
