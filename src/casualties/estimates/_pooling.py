"""Ranges of several experts pooled into one distribution.

Each range becomes a distribution whose logarithm is normal below the middle and, with a width of its own, above it: the
middle is the best number, or where none is given the one as many times above the low end as below the high end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

__all__ = ["Ranges"]

Floats = NDArray[np.float64]

_HALVINGS = 80


@dataclass(frozen=True, eq=False)
class Ranges:
    """What some experts say, one distribution each, on the scale of log(1 + count).

    Attributes:
        middle: The middle of each.
        below: Standard deviation below the middle.
        above: Standard deviation above it.

    Examples:
        >>> two = Ranges.of([(90, None, 110, 0.9), (900, None, 1100, 0.9)])
        >>> round(two.pooled(0.5)) > 110, round(two.averaged(0.5))
        (True, 547)
    """

    middle: Floats
    below: Floats
    above: Floats

    @classmethod
    def of(cls, ranges: Sequence[tuple[float, float | None, float, float]]) -> Ranges:
        """Take ranges as low end, best number or ``None``, high end, and the share of the probability between them."""
        low, high = (
            np.log1p(np.array([source_range[place] for source_range in ranges], dtype=np.float64)) for place in (0, 2)
        )
        best = np.log1p(
            np.array(
                [np.nan if source_range[1] is None else source_range[1] for source_range in ranges], dtype=np.float64
            )
        )
        middle = np.where(np.isnan(best), (low + high) / 2, best)
        wide = ndtri((1 + np.array([source_range[3] for source_range in ranges])) / 2)
        return cls(middle, (middle - low) / wide, (high - middle) / wide)

    def quantiles(self, share: Floats) -> Floats:
        """Give the number that each expert holds to be exceeded with one minus the share; one row a share."""
        normal = ndtri(np.asarray(share))[:, None]
        log = self.middle + normal * np.where(normal > 0, self.above, self.below)
        return np.asarray(np.maximum(np.expm1(log), 0))

    def means(self) -> Floats:
        """Give the mean of each expert's distribution."""
        upper = np.exp(self.above**2 / 2) * ndtr(self.above)
        lower = np.exp(self.below**2 / 2) * ndtr(-self.below)
        return np.asarray(np.exp(self.middle) * (upper + lower) - 1)

    def averaged(self, share: float) -> float:
        """Give a quantile as the average of the experts' quantiles."""
        return float(self.quantiles(np.array([share])).mean())

    def pooled(self, share: float) -> float:
        """Give a quantile of the mixture in which each expert has the same weight (the linear opinion pool)."""
        logs = np.log1p(self.quantiles(np.array([share])))
        low, high = logs.min(), logs.max()
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if self._below(middle) < share else (low, middle)
        return float(np.expm1(high))

    def _below(self, place: float) -> float:
        off = place - self.middle
        width = np.where(off > 0, self.above, self.below)
        with np.errstate(divide="ignore", invalid="ignore"):
            return float(np.where(width > 0, ndtr(off / width), off >= 0).mean())

    def draws(self, size: int, rng: np.random.Generator, *, averaged: bool) -> Floats:
        """Draw from the mixture, or from the distribution with the averaged quantiles."""
        by_expert = self.quantiles(rng.random(size))
        if averaged:
            return np.asarray(by_expert.mean(axis=1))
        return np.asarray(by_expert[np.arange(size), rng.integers(len(self.middle), size=size)])
