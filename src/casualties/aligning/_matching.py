"""The near pairs of two lists, and what was learned of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from casualties.aligning._agreement import LEVELS, agreement
from casualties.aligning._assigning import assigned
from casualties.aligning._candidates import candidates
from casualties.aligning._learning import Inside, Learned, learn, with_answers
from casualties.aligning._rows import Array, rows_of
from casualties.files.mapped.events import EventList

__all__ = ["TwoLists", "matched"]

_Pair = tuple[str, str]


@dataclass(frozen=True)
class TwoLists:
    """What was learned of the near pairs of two lists.

    Attributes:
        names: The names of the lists.
        keys: The keys of their events.
        i: The place of the first event of each pair.
        j: The place of the second.
        levels: How each pair agrees.
        learned: What was learned.
    """

    names: tuple[str, str]
    keys: tuple[tuple[str, ...], tuple[str, ...]]
    i: Array
    j: Array
    levels: dict[str, Array]
    learned: Learned

    @cached_property
    def pairs(self) -> list[_Pair]:
        """The keys of every pair."""
        one, other = self.keys
        return [(one[a], other[b]) for a, b in zip(self.i.tolist(), self.j.tolist(), strict=True)]

    def probability(self, same: Iterable[_Pair], apart: Iterable[_Pair]) -> Array:
        """Give the probability of every pair, given what was said of some."""
        answers = [(pairs, value) for pairs, value in ((list(same), 1.0), (list(apart), 0.0)) if pairs]
        if not answers:
            return self.learned.probability
        place = {pair: number for number, pair in enumerate(self.pairs)}
        known = np.full(len(self.i), np.nan)
        for pairs, value in answers:
            for one, other in pairs:
                for pair in ((one, other), (other, one)):
                    if pair in place:
                        known[place[pair]] = value
        return with_answers(self.i, self.j, self.learned.odds, (len(self.keys[0]), len(self.keys[1])), known)

    @staticmethod
    def likely(probability: Array, least: float) -> list[tuple[int, float]]:
        """Give the places of the pairs of a probability or more, each with its probability."""
        return [(int(place), float(probability[place])) for place in np.flatnonzero(probability >= least)]

    def assigned(self, probability: Array, least: float) -> list[tuple[_Pair, float]]:
        """Give the pairs that together are the most probable, each event in at most one of them."""
        places = assigned(self.i, self.j, probability, least).tolist()
        return [(self.pairs[place], float(probability[place])) for place in places]

    def agreements(self, place: int) -> list[tuple[str, str, float]]:
        """Tell how a pair agrees: in what, in which words, and how much that weighs, in bits; the weightiest first."""
        all_agreements = []
        for name, texts in LEVELS.items():
            level = int(self.levels[name][place])
            if level >= 0:
                all_agreements.append((name, texts[level], float(self.learned.weights[name][level]) / math.log(2)))
        return sorted(all_agreements, key=lambda weighed: (-abs(weighed[2]), weighed[0]))


def matched(lists: Sequence[EventList], *, days: int, km: float) -> tuple[TwoLists, ...]:
    """Compare every two lists, and learn what their agreements weigh."""
    rows = [rows_of(events) for events in lists]
    keys = [tuple(event.key for event in events) for events in lists]
    inside = []
    for row in rows:
        i, j = candidates(row, row, days=days, km=km, same=True)
        inside.append(Inside(agreement(row, row, i, j), i, j, len(row)))
    pairs_of_lists = []
    for a, b in combinations(range(len(lists)), 2):
        i, j = candidates(rows[a], rows[b], days=days, km=km)
        levels = agreement(rows[a], rows[b], i, j)
        learned = learn(levels, i, j, (inside[a], inside[b]))
        pairs_of_lists.append(TwoLists((lists[a].name, lists[b].name), (keys[a], keys[b]), i, j, levels, learned))
    return tuple(pairs_of_lists)
