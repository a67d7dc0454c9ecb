"""Events of a list as arrays, in the order of their keys."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from casualties.files.mapped.events import EventList

__all__ = ["Rows", "rows_of"]

Array: TypeAlias = Any
"""An array of numpy, of numbers or of texts."""


@dataclass(frozen=True)
class Rows:
    """The events of one list, as arrays of one length; what is not known of an event is ``nan`` or empty.

    Attributes:
        first, last: The first and the last day, as numbers; ``nan`` where no day is known.
        latitude, longitude: In degrees.
        place, actors, kind, status: Texts, folded so that letters of other cases and accents are the same.
        low, best, high: The figures; they take no part in any comparison.
    """

    first: Array
    last: Array
    latitude: Array
    longitude: Array
    place: Array
    actors: Array
    kind: Array
    status: Array

    def __len__(self) -> int:
        return len(self.first)


def rows_of(events: EventList) -> Rows:
    """Give the events of a list as arrays, in their order."""
    days = [event.days for event in events]
    first = np.array([np.nan if span is None else float(span[0]) for span in days])
    last = np.array([np.nan if span is None else float(span[1]) for span in days])
    where = [(event.latitude, event.longitude) for event in events]
    latitude, longitude = (
        np.array([np.nan if pair[axis] is None or None in pair else float(pair[axis] or 0) for pair in where])
        for axis in (0, 1)
    )
    texts = (
        np.array([folded(text) for text in column], dtype=object)
        for column in (
            [" ".join(event.places) for event in events],
            [" ".join(event.actors) for event in events],
            [event.kind or "" for event in events],
            [event.status or "" for event in events],
        )
    )
    return Rows(first, last, latitude, longitude, *texts)


def folded(text: str) -> str:
    """Bring a text to small letters without accents and with single spaces, letters and digits alone."""
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(character)
    )
    return " ".join("".join(character if character.isalnum() else " " for character in plain).split())
