"""Undercount by latent classes of people (Manrique-Vallier 2016).

People fall into classes that the lists reach differently; within a class the lists are independent.  The shares of the
classes come from a stick that is broken again and again (a Dirichlet process, cut off after some classes), each chance
of a class to stand on a list is uniform before the data, and the prior of the total falls with one over it.

The author samples memberships and unrecorded people one after another (Gibbs), which moves slowly where most people
are unrecorded.  Here both are summed out, and Hamiltonian Monte Carlo draws what is left: the same distribution.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from casualties.estimates._chains import effective_size, rhat

__all__ = ["CLASSES", "Drawn", "draw_totals"]

Floats = NDArray[np.float64]

CLASSES: Final = 10
"""After how many classes the stick is cut off."""

_ALPHA: Final = 0.25
"""Shape and rate of the gamma prior of the concentration, as its author's package has them."""

_TARGET: Final = 0.7
_AGREED: Final = 1.015
_WORTH: Final = 800
_TINY: Final = 1e-300


@dataclass(frozen=True, eq=False)
class Drawn:
    """Draws of the total, one row for each step and one column for each chain.

    Attributes:
        total: People in all.
        concentration: The concentration of the classes at each draw.
        accepted: The share of accepted proposals.

    Examples:
        >>> Drawn(np.array([[8.0], [9], [10]]), np.ones((3, 1)), 0.7).median_with_flat_concentration()
        9.0
    """

    total: Floats
    concentration: Floats
    accepted: float

    def median_with_flat_concentration(self) -> float:
        """Give the median of the total under a gamma(1, 1) prior of the concentration, by weighting the draws."""
        weight = (self.concentration ** (1 - _ALPHA) * np.exp((_ALPHA - 1) * self.concentration)).ravel()
        order = np.argsort(self.total, axis=None)
        summed = np.cumsum(weight[order])
        return float(self.total.ravel()[order][np.searchsorted(summed, summed[-1] / 2)])


class _Model:
    """The log density of chances, sticks and concentration, many chains at once, with its gradient."""

    def __init__(self, patterns: Floats, counts: Floats, classes: int) -> None:
        self.patterns = np.vstack([patterns, np.zeros(patterns.shape[1])])
        self.across = self.patterns.T.copy()
        self.counts, self.seen = counts, counts.sum()
        self.lists, self.classes = patterns.shape[1], classes
        self.chances = self.lists * classes
        self.size = self.chances + classes

    def __call__(self, place: Floats) -> tuple[Floats, Floats, Floats]:
        """Give the log density, its gradient, and the probability to stand on no list."""
        chains = len(place)
        odds = place[:, : self.chances].reshape(chains, self.lists, self.classes)
        sticks, log_alpha = place[:, self.chances : -1], place[:, -1]
        alpha = np.exp(log_alpha)
        on = -np.logaddexp(0, -odds)
        off = on - odds
        broken = -np.logaddexp(0, -sticks)
        rest = broken - sticks
        share = np.zeros((chains, self.classes))
        share[:, :-1] = broken
        share[:, 1:] += rest.cumsum(1)
        joint = np.exp(self.patterns @ odds + (off.sum(1) + share)[:, None, :])
        by_pattern = joint.sum(2)
        unseen = np.minimum(by_pattern[:, -1], 1 - 1e-12)
        weight = np.empty_like(by_pattern)
        weight[:, :-1] = self.counts
        weight[:, -1] = self.seen * unseen / (1 - unseen)
        log = (
            np.log(by_pattern[:, :-1] + _TINY) @ self.counts
            - self.seen * np.log1p(-unseen)
            + (on + off).sum((1, 2))
            + (log_alpha[:, None] + broken + alpha[:, None] * rest).sum(1)
            + _ALPHA * (log_alpha - alpha)
        )
        joint *= (weight / (by_pattern + _TINY))[..., None]
        members = joint.sum(1)
        chance, taken = np.exp(on), np.exp(broken)
        slope = np.empty_like(place)
        slope[:, : self.chances] = (self.across @ joint - chance * members[:, None, :] + 1 - 2 * chance).reshape(
            chains, -1
        )
        later = members[:, ::-1].cumsum(1)[:, ::-1] - members
        slope[:, self.chances : -1] = (members[:, :-1] + 1) * (1 - taken) - taken * (later[:, :-1] + alpha[:, None])
        slope[:, -1] = self.classes - 1 + alpha * rest.sum(1) + _ALPHA * (1 - alpha)
        return log, slope, unseen


def draw_totals(
    patterns: Floats,
    counts: Floats,
    seed: int,
    *,
    classes: int = CLASSES,
    chains: int = 16,
    warmup: int = 500,
    block: int = 400,
    blocks: int = 6,
    leaps: int = 32,
) -> Drawn:
    """Draw the total given how many people are on which lists.

    The chains go on, a block of steps after another, until they agree or there have been enough blocks.

    Args:
        patterns: One row a pattern, one column a list: 1 on it, 0 not.
        counts: People with each pattern.
        seed: Where the random numbers begin.
        classes: After how many classes the stick is cut off.
        chains: Chains that run side by side.
        warmup: Draws at first, in which the length of a leap is fitted, and which are dropped.
        block: Draws of each chain in a block.
        blocks: The most blocks.
        leaps: Leaps of each proposal.

    Examples:
        >>> patterns = np.array([[0, 1], [1, 0], [1, 1.0]])
        >>> few = draw_totals(patterns, np.array([30, 20, 10.0]), 1, classes=2, chains=4, warmup=5, block=5, blocks=1)
        >>> few.total.shape
        (5, 4)
    """
    rng = np.random.default_rng(seed)
    model = _Model(patterns, counts, classes)
    place = rng.standard_normal((chains, model.size))
    place[:, -1] = 0
    state = (place, *model(place))
    stride = 0.02
    for _ in range(warmup):
        state, rate = _stepped(model, state, rng, stride, leaps)
        stride *= np.exp(0.05 * (rate - _TARGET))
    total, concentration, rates = [], [], []
    for step in range(1, block * blocks + 1):
        state, rate = _stepped(model, state, rng, stride, leaps)
        rates.append(rate)
        total.append(model.seen + rng.negative_binomial(model.seen, 1 - np.minimum(state[3], 1 - 1e-9)))
        concentration.append(np.exp(state[0][:, -1]))
        if step % block == 0 and rhat(np.array(total)) <= _AGREED and effective_size(np.array(total)) >= _WORTH:
            break
    return Drawn(np.array(total), np.array(concentration), float(np.mean(rates)))


def _stepped(
    model: _Model, state: tuple[Floats, Floats, Floats, Floats], rng: np.random.Generator, stride: float, leaps: int
) -> tuple[tuple[Floats, Floats, Floats, Floats], float]:
    """Propose one move of every chain along the slope, and say where each is then and how many would have moved."""
    place, log, slope, unseen = state
    push = rng.standard_normal(place.shape)
    energy = log - (push**2).sum(1) / 2
    length = stride * rng.uniform(0.6, 1.2, (len(place), 1))
    there, log_there, slope_there, unseen_there = state
    push = push + length / 2 * slope_there
    for leap in range(leaps):
        there = there + length * push
        log_there, slope_there, unseen_there = model(there)
        push = push + (length if leap < leaps - 1 else length / 2) * slope_there
    gain = np.nan_to_num(log_there - (push**2).sum(1) / 2 - energy, nan=-np.inf)
    taken = np.log(rng.random(len(place))) < gain
    moved = (
        np.where(taken[:, None], there, place),
        np.where(taken, log_there, log),
        np.where(taken[:, None], slope_there, slope),
        np.where(taken, unseen_there, unseen),
    )
    return moved, float(np.exp(np.minimum(gain, 0)).mean())
