"""Undercount by log-linear models of overlapping lists (Fienberg 1972; averaged over models by BIC).

The number of people with each pattern of lists is Poisson; its logarithm is a sum of terms for lists and for groups
of lists that depend on one another.  A model with a term for a group has the terms of all groups in it.  The people on
no list are what the model expects in the empty pattern.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

__all__ = ["LogLinear", "fit_all", "hierarchical_models"]

Floats = NDArray[np.float64]

_ROUNDS = 100
_BATCH = 512
_ENOUGH = 1e-10
_STEEP = 30.0


@dataclass(frozen=True, eq=False)
class LogLinear:
    """Every hierarchical model of some lists that could be fitted, the best by BIC first.

    Attributes:
        models: The groups of two or more lists of each; a group is a number whose bits name its lists.
        total: How many people each estimates.
        error: The standard error of that.
        bic: The Bayesian information criterion of each.
        unfitted: How many models could not be fitted.

    Examples:
        >>> found = fit_all(np.array([0, 60, 49, 4, 247, 112, 142, 12.0]))
        >>> len(found.models), found.unfitted
        (8, 0)
    """

    models: tuple[tuple[int, ...], ...]
    total: Floats
    error: Floats
    bic: Floats
    unfitted: int

    @property
    def weight(self) -> Floats:
        """The share of each model in the average."""
        weight = np.exp((self.bic.min() - self.bic) / 2)
        return np.asarray(weight / weight.sum())

    def average(self) -> tuple[float, float]:
        """Give the average over the models and its standard deviation, within models and between them."""
        mean = float(self.weight @ self.total)
        return mean, float(np.sqrt(self.weight @ (self.error**2 + (self.total - mean) ** 2)))

    def draws(self, size: int, rng: np.random.Generator, seen: float) -> Floats:
        """Draw a model by its weight, then people on no list from the log-normal with its mean and standard error."""
        which = rng.choice(len(self.weight), size=size, p=self.weight)
        unseen, error = np.maximum(self.total - seen, 1e-9)[which], self.error[which]
        spread = np.log1p((error / unseen) ** 2)
        return np.asarray(seen + unseen * np.exp(np.sqrt(spread) * rng.standard_normal(size) - spread / 2))


@cache
def hierarchical_models(lists: int) -> tuple[tuple[int, ...], ...]:
    """List every hierarchical model without the term of all lists together, as its groups of two or more lists.

    Examples:
        >>> [len(hierarchical_models(lists)) for lists in (2, 3, 4)]
        [1, 8, 113]
    """
    whole = (1 << lists) - 1
    groups = sorted(
        (number for number in range(1, whole) if number.bit_count() > 1), key=lambda number: number.bit_count()
    )
    models: list[frozenset[int]] = [frozenset()]
    for group in groups:
        inner = [group & ~(1 << number) for number in range(lists) if group >> number & 1]
        needed = {number for number in inner if number.bit_count() > 1}
        models += [model | {group} for model in models if needed <= model]
    return tuple(sorted(tuple(sorted(model)) for model in models))


def fit_all(counts: Floats) -> LogLinear:
    """Fit every hierarchical model by iterated least squares, many at a time.

    Args:
        counts: People by pattern: the bits of the place name the lists that they are on; place 0 is not looked at.

    Examples:
        With two lists of 40 and 30 people, 10 of them on both, the total is 40 x 30 / 10.

        >>> found = fit_all(np.array([0, 30, 20, 10.0]))
        >>> found.total.round(3).tolist(), found.models
        ([120.0], ((),))
    """
    lists = len(counts).bit_length() - 1
    seen, observed = counts[1:].sum(), counts[1:]
    cells = np.arange(1, len(counts))
    main = [0, *(1 << number for number in range(lists))]
    models = hierarchical_models(lists)
    by_size: dict[int, list[tuple[int, ...]]] = {}
    for model in models:
        by_size.setdefault(len(model), []).append(model)
    kept, total, error, bic = [], [], [], []
    for same in by_size.values():
        for start in range(0, len(same), _BATCH):
            batch = same[start : start + _BATCH]
            terms = np.array([main + list(model) for model in batch])
            design = (cells[None, :, None] & terms[:, None, :] == terms[:, None, :]).astype(np.float64)
            mean, first, variance, good = _fitted(design, observed)
            log = (observed * np.log(mean) - mean - gammaln(observed + 1)).sum(1)
            unseen = np.exp(np.minimum(first, _STEEP * 10))
            kept += [model for model, fine in zip(batch, good, strict=True) if fine]
            total.append((seen + unseen)[good])
            error.append(np.sqrt(unseen + unseen**2 * variance)[good])
            bic.append((np.log(seen) * terms.shape[1] - 2 * log)[good])
    totals, errors, criteria = np.concatenate(total), np.concatenate(error), np.concatenate(bic)
    order = np.lexsort((np.arange(len(kept)), criteria))
    return LogLinear(
        tuple(kept[place] for place in order),
        totals[order],
        errors[order],
        criteria[order],
        len(models) - len(kept),
    )


def _fitted(design: Floats, observed: Floats) -> tuple[Floats, Floats, Floats, NDArray[np.bool_]]:
    """Give expected counts, the intercept with its variance, and which models settled on finite values."""
    across = design.transpose(0, 2, 1)
    mean = np.broadcast_to(observed + 0.5, design.shape[:2]).copy()
    log = np.log(mean)
    settled = np.zeros(len(design), dtype=bool)
    ridge = 1e-10 * np.eye(design.shape[2])
    beta = np.zeros((len(design), design.shape[2]))
    for _ in range(_ROUNDS):
        weighted = across * mean[:, None, :]
        beta[:] = np.linalg.solve(weighted @ design + ridge, (weighted @ (log + (observed - mean) / mean)[:, :, None]))[
            :, :, 0
        ]
        moved = np.clip(np.einsum("mct,mt->mc", design, beta), -_STEEP, _STEEP)
        settled = np.abs(moved - log).max(1) < _ENOUGH
        log, mean = moved, np.exp(moved)
        if settled.all():
            break
    variance: Floats = np.linalg.inv((across * mean[:, None, :]) @ design + ridge)[:, 0, 0].astype(np.float64)
    good = settled & (np.abs(log).max(1) < _STEEP) & np.isfinite(variance) & (variance >= 0)
    return mean, beta[:, 0], variance, good
