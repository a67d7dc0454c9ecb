"""A lower bound of a total from how many people stand on one list and on two (Chao 1987), and two lists alone."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

__all__ = ["LogNormal", "lower_bound", "two_lists"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class LogNormal:
    """A number of unrecorded people with its variance, taken as log-normal, above those recorded.

    Attributes:
        seen: People on any list.
        unseen: People on none.
        variance: Variance of that.

    Examples:
        >>> LogNormal(100, 50, 100).quantile(0.5)
        150.0
    """

    seen: float
    unseen: float
    variance: float

    @property
    def total(self) -> float:
        """The estimate itself."""
        return self.seen + self.unseen

    def quantile(self, share: float) -> float:
        """Give an end of an interval as Chao builds it: the estimate times or over one factor."""
        if self.unseen <= 0:
            return self.seen
        spread = math.sqrt(math.log1p(self.variance / self.unseen**2))
        return float(self.seen + self.unseen * math.exp(float(ndtri(share)) * spread))

    def draws(self, size: int, rng: np.random.Generator) -> Floats:
        """Draw totals."""
        spread = math.sqrt(math.log1p(self.variance / self.unseen**2)) if self.unseen > 0 else 0.0
        return np.asarray(self.seen + self.unseen * np.exp(spread * rng.standard_normal(size)))


def lower_bound(counts: Floats) -> LogNormal:
    """Bound the total from below: the fewer people stand on two lists of those on one, the more stand on none.

    Args:
        counts: People by pattern: the bits of the place name the lists that they are on; place 0 is not looked at.

    Examples:
        Three lists; 30 people on one of them and 10 on two: 2/3 x 30 x 30 / (2 x 10) are on none.

        >>> lower_bound(np.array([0, 10, 10, 4, 10, 3, 3, 1.0])).unseen
        30.0
    """
    lists = len(counts).bit_length() - 1
    on = np.array([number.bit_count() for number in range(len(counts))])
    once, twice = float(counts[on == 1].sum()), float(counts[on == 2].sum())
    share = (lists - 1) / lists
    seen = float(counts[1:].sum())
    if twice == 0:
        unseen = share * once * (once - 1) / 2
        within = share**2 * (once * (2 * once - 1) ** 2 - once**4 / (seen + unseen)) / 4 if once else 0.0
        return LogNormal(seen, unseen, unseen + within)
    ratio = once / twice
    variance = twice * (share / 2 * ratio**2 + share**2 * ratio**3 + share**2 / 4 * ratio**4)
    return LogNormal(seen, share * once**2 / (2 * twice), variance)


def two_lists(counts: Floats) -> LogNormal:
    """Estimate the total from two lists that are independent of one another (Chapman 1951).

    Examples:
        >>> two_lists(np.array([0, 30, 20, 10.0])).total.__round__(1)
        114.5
    """
    only_one, only_other, both = (float(count) for count in counts[1:])
    one, other = only_one + both, only_other + both
    total = (one + 1) * (other + 1) / (both + 1) - 1
    variance = (one + 1) * (other + 1) * only_one * only_other / ((both + 1) ** 2 * (both + 2))
    seen = only_one + only_other + both
    return LogNormal(seen, total - seen, variance)
