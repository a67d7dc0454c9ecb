"""How much each agreement weighs, learned from the lists themselves, with each event having at most one partner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from casualties.aligning._agreement import LEVELS
from casualties.aligning._rows import Array

__all__ = ["Inside", "Learned", "learn", "with_answers"]

ROUNDS: Final = 80
PARTNER_ROUNDS: Final = 40
CLOSE: Final = 1e-7
CERTAIN: Final = 1e15
SHRINK: Final = 1.0
"""How many neighbours an event is taken to have besides those that it has."""

SLACK: Final = 0.5
"""By how much less an agreement may weigh and still count as one as good."""

SPAN: Final = 1e4
LARGEST: Final = 30.0
"""The largest weight, as a logarithm, that all agreements of a pair have together."""

_ANY_ORDER: Final = ("days",)
"""What may be farther and yet agree better: events of several days."""

_Levels = dict[str, Array]


@dataclass(frozen=True)
class Learned:
    """What was learned of the pairs of two lists.

    Attributes:
        weights: For everything that is compared the weight of each level: the logarithm of how much likelier it is of
            one event than of two.
        prior: The odds that two near events are one, before they are compared.
        odds: The odds of each pair, before its rivals are looked at.
        probability: How probable it is that each pair is one event, given all its rivals.
    """

    weights: _Levels
    prior: float
    odds: Array
    probability: Array


@dataclass(frozen=True)
class Inside:
    """Near pairs inside one list, of which each is two events.

    Attributes:
        levels: The levels of every pair.
        i: The place of the first event of each pair.
        j: The place of the second.
        size: How many events the list has.
    """

    levels: _Levels
    i: Array
    j: Array
    size: int


def learn(pairs: _Levels, i: Array, j: Array, inside: tuple[Inside, Inside], known: Array | None = None) -> Learned:
    """Learn the weights by expectation and maximisation.

    How often events agree by chance is read off near pairs inside each list, since two rows of one list are two
    events; and where a list has many events that agree as well as a pair does, the pair weighs less by as much.

    Args:
        pairs: The levels of every pair of two lists.
        i: The place of the first event of each pair.
        j: The place of the second.
        inside: The near pairs inside the two lists.
        known: For each pair 1 where it is known to be one event, 0 where it is known to be two, else ``nan``.
    """
    sizes = (inside[0].size, inside[1].size)
    chance = {name: np.concatenate([comparison.levels[name] for comparison in inside]) for name in pairs}
    count = {name: len(LEVELS[name]) for name in pairs}
    by_chance = {name: _shares(levels, np.ones(len(levels)), count[name]) for name, levels in chance.items()}
    of_one = {name: _normal(0.5 ** np.arange(size)) for name, size in count.items()}
    fewer = min(sizes)
    prior = 0.3 * fewer / max(1, len(i))
    crowd, probability = np.zeros(len(i)), np.zeros(len(i))
    for phase in range(2):
        for _ in range(ROUNDS if len(i) else 0):
            weights = {name: np.log(of_one[name] / by_chance[name]) for name in pairs}
            odds = prior * np.exp(np.clip(_summed(weights, pairs) - crowd, -LARGEST, LARGEST))
            if known is not None:
                odds = np.where(known == 1, CERTAIN, np.where(known == 0, 0, odds))
            probability, free = _one_partner(i, j, odds, sizes)
            changed = 0.0
            for name, levels in pairs.items():
                new = _shares(levels, probability, count[name])
                if name not in _ANY_ORDER:  # what is farther apart never agrees better
                    new = _normal(np.minimum.accumulate(new / by_chance[name]) * by_chance[name])
                changed = max(changed, float(np.abs(new - of_one[name]).max()))
                of_one[name] = new
            prior = min(0.95 * fewer, float(probability.sum())) / max(1e-9, float(free.sum()))
            if changed < CLOSE:
                break
        if phase == 0:
            weights = {name: np.log(of_one[name] / by_chance[name]) for name in pairs}
            crowd = _crowd(_summed(weights, pairs), (i, j), inside, weights)
    weights = {name: np.log(of_one[name] / by_chance[name]) for name in pairs}
    odds = prior * np.exp(np.clip(_summed(weights, pairs) - crowd, -LARGEST, LARGEST))
    return Learned(weights, prior, odds, with_answers(i, j, odds, sizes, known))


def with_answers(i: Array, j: Array, odds: Array, sizes: tuple[int, int], known: Array | None) -> Array:
    """Give the probability of each pair, given its rivals and what people have said of some pairs."""
    if known is not None:
        odds = np.where(known == 1, CERTAIN, np.where(known == 0, 0, odds))
    return _one_partner(i, j, odds, sizes)[0]


def _summed(weights: _Levels, levels: _Levels) -> Array:
    """Give the weight of all agreements of each pair together; what is not said weighs nothing."""
    sums = np.zeros(len(next(iter(levels.values()))))
    for name, level in levels.items():
        sums += np.append(weights[name], 0.0)[level]  # -1 is the last
    return sums


def _shares(levels: Array, weight: Array, count: int) -> Array:
    said = levels >= 0
    return _normal(np.bincount(levels[said], weight[said], count) + 0.5)


def _crowd(total: Array, rows: tuple[Array, Array], inside: tuple[Inside, Inside], weights: _Levels) -> Array:
    """Give by how much more events of the lists agree as well with those of a pair than with any, as a logarithm."""
    seen, usual = np.full(len(total), SHRINK), np.full(len(total), SHRINK)
    for row, comparison in zip(rows, inside, strict=True):
        within = np.tile(_summed(weights, comparison.levels), 2)
        owner = np.concatenate([comparison.i, comparison.j])
        every = np.sort(within)
        usual += (len(every) - np.searchsorted(every, total - SLACK)) / max(1, comparison.size)
        key = np.sort(owner * SPAN + within)
        seen += np.searchsorted(key, row * SPAN + SPAN / 2) - np.searchsorted(key, row * SPAN + total - SLACK)
    return np.log(seen / usual)


def _normal(values: Array) -> Array:
    return values / values.sum()


def _one_partner(i: Array, j: Array, odds: Array, sizes: tuple[int, int]) -> tuple[Array, Array]:
    """Give the probability of each pair where an event has at most one partner, and that both are without one.

    Messages pass between the events of the two lists until they no longer change; this always converges.
    """
    free_there = np.ones(len(odds))
    for _ in range(PARTNER_ROUNDS):
        offered = odds * free_there
        free_here = 1 / (1 + np.maximum(0, np.bincount(i, offered, sizes[0])[i] - offered))
        returned = odds * free_here
        new = 1 / (1 + np.maximum(0, np.bincount(j, returned, sizes[1])[j] - returned))
        if np.abs(new - free_there).max(initial=0) < CLOSE:
            free_there = new
            break
        free_there = new
    offered = odds * free_there
    free = free_there / (1 + np.bincount(i, offered, sizes[0])[i])
    return odds * free, free
