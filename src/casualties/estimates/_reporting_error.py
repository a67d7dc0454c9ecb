"""The reporting error of one coded count: a Gumbel distribution with extra weight on the count itself.

Vesco and others asked UCDP's coders how many people may really have died where the dataset has a count, and fitted
what they said.  With the weight w the true number is the count; else it comes from a Gumbel distribution with the
location m and the scale s.  log(1 + m), log s and logit w are each linear in log(1 + count), with a step of its own at
ten counts which coders use as thresholds or round numbers.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

__all__ = ["VIOLENCE", "ReportingError"]

Floats = NDArray[np.float64]

VIOLENCE: Final = ("state-based", "non-state", "one-sided", "any")
"""The types of violence that have parameters of their own, and *any* for where the type is not known."""

STEPS: Final = (2, 3, 13, 20, 24, 40, 101, 200, 1001, 2000)
"""The counts at which each of the three lines has a step."""

_MOST_NUMBERS: Final = 2_000_000
"""How many random numbers a total over events takes: fewer events get more draws each."""


@cache
def _coefficients() -> Floats:
    """Read intercept, slope and steps of log(1 + m), log s and logit w for each type of violence.

    They are facts of Vesco and others, as their package uncertainUCDP 0.7.6 has them.
    """
    text = files("casualties.estimates").joinpath("ucdp_reporting_error.csv").read_text(encoding="utf-8")
    rows = {(row["violence"], row["parameter"]): list(row.values())[2:] for row in csv.DictReader(text.splitlines())}
    return np.array(
        [[rows[violence, name] for name in ("location", "scale", "weight")] for violence in VIOLENCE], dtype=float
    )


@dataclass(frozen=True, eq=False)
class ReportingError:
    """What the true numbers may be, one distribution for each coded count.

    Attributes:
        count: The coded counts.
        location: Location m of each Gumbel distribution.
        scale: Its scale s.
        weight: The weight w of the count itself.

    Examples:
        >>> error = ReportingError.of([100], ["state-based"])
        >>> print(error.mean().round(2), error.quantile(0.95).round(2))
        [131.38] [214.14]
    """

    count: Floats
    location: Floats
    scale: Floats
    weight: Floats

    @classmethod
    def of(cls, counts: Sequence[int], violence: Sequence[str]) -> ReportingError:
        """Look up the distribution of each count, given the type of violence of its event."""
        count = np.asarray(counts, dtype=np.float64)
        which = np.array([VIOLENCE.index(kind) for kind in violence], dtype=np.intp)
        terms = np.column_stack([np.ones_like(count), np.log1p(count), *(count == step for step in STEPS)])
        location, scale, weight = np.einsum("it,ipt->pi", terms, _coefficients()[which])
        return cls(count, np.expm1(location), np.exp(scale), expit(weight))

    def mean(self) -> Floats:
        """Give the mean of each distribution.

        Examples:
            >>> ReportingError.of([0, 10], ["state-based"] * 2).mean().round(2).tolist()
            [0.66, 15.12]
        """
        gumbel = self.location + np.euler_gamma * self.scale
        return self.weight * self.count + (1 - self.weight) * gumbel

    def quantile(self, share: float | Floats) -> Floats:
        """Give the number that each true number exceeds with one minus the share; never below zero.

        Examples:
            >>> ReportingError.of([24], ["state-based"]).quantile(0.05).round(2).tolist()
            [19.96]
        """
        rest = 1 - self.weight
        below = rest * np.exp(-np.exp((self.location - self.count) / self.scale))
        p = np.where(share < below, share / rest, (share - self.weight) / rest)
        at_count = (below <= share) & (share <= below + self.weight)
        gumbel = self.location - self.scale * np.log(-np.log(np.where(at_count, 0.5, p)))
        return np.maximum(np.where(at_count, self.count, gumbel), 0)

    def total_together(self, shares: Sequence[float] | Floats) -> Floats:
        """Give quantiles of the sum if all events err together, the high with the high (full dependence).

        Examples:
            >>> error = ReportingError.of([100, 100], ["state-based"] * 2)
            >>> error.total_together([0.05, 0.95]).round(1).tolist()
            [200.0, 428.3]
        """
        return np.array([self.quantile(float(share)).sum() for share in shares])

    def total_apart(self, seed: int) -> Floats:
        """Draw the sum if each event errs for itself (independence).

        Examples:
            >>> draws = ReportingError.of([100, 100], ["state-based"] * 2).total_apart(seed=1)
            >>> round(float(draws.mean()) / (2 * 131.38), 2)
            1.0
        """
        size = int(np.clip(_MOST_NUMBERS // max(len(self.count), 1), 2000, 100_000))
        shift, scale, late = (
            values.astype(np.float32) for values in (self.location - self.count, self.scale, np.log1p(-self.weight))
        )  # draws need no more digits, and half of the digits take half of the time
        wait = np.random.default_rng(seed).standard_exponential((size, len(self.count)), dtype=np.float32)
        wait += late  # a waiting time that outlasts the weight begins anew: one number says both
        free = (wait > 0).astype(np.float32)
        np.maximum(wait, 1 - free, out=wait)
        moved = free @ shift - np.log(wait, out=wait) @ scale
        return np.asarray(np.maximum(self.count.sum() + moved.astype(np.float64), 0))
