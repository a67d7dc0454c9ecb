"""Whether chains of draws agree with one another, and how many independent draws they are worth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

__all__ = ["effective_size", "rhat"]

Floats = NDArray[np.float64]

_SHORTEST = 4


def _split(draws: Floats) -> Floats:
    half = len(draws) // 2
    return np.concatenate([draws[:half], draws[half : 2 * half]], axis=1)


def _normal(draws: Floats) -> Floats:
    ranks = rankdata(draws, axis=None).reshape(draws.shape)
    return np.asarray(ndtri((ranks - 0.375) / (draws.size + 0.25)))


def rhat(draws: Floats) -> float:
    """Compare chains, each split in two, by the ranks of their draws (Vehtari and others 2021); 1 is agreement.

    Args:
        draws: One row a step, one column a chain.

    Examples:
        >>> noise = np.random.default_rng(1).standard_normal((500, 4))
        >>> round(rhat(noise), 1), rhat(noise + [0, 0, 0, 5]) > 1.5
        (1.0, True)
    """
    if np.ptp(draws) == 0:
        return 1.0
    if len(draws) < _SHORTEST:
        return float("inf")
    folded = np.abs(draws - np.median(draws))
    worst = 1.0
    for values in (draws, folded):
        chains = _split(_normal(values))
        within = chains.var(0, ddof=1).mean()
        between = chains.mean(0).var(ddof=1)
        if within == 0:
            return float("inf")
        worst = max(worst, float(np.sqrt((len(chains) - 1) / len(chains) + between / within)))
    return worst


def effective_size(draws: Floats) -> float:
    """Count the independent draws that correlated ones are worth (Geyer's initial sequence over split chains).

    Args:
        draws: One row a step, one column a chain.

    Examples:
        >>> noise = np.random.default_rng(1).standard_normal((500, 4))
        >>> effective_size(noise) > 1500, effective_size(noise.cumsum(0)) < 50
        (True, True)
    """
    if len(draws) < _SHORTEST:
        return 0.0
    chains = _split(_normal(draws))
    steps, many = chains.shape
    centred = chains - chains.mean(0)
    spectrum = np.abs(np.fft.rfft(centred, 2 * steps, axis=0)) ** 2
    lagged = np.fft.irfft(spectrum, axis=0)[:steps] / steps
    within = (lagged[0] * steps / (steps - 1)).mean()
    pooled = (steps - 1) / steps * within + chains.mean(0).var(ddof=1)
    if pooled == 0:
        return 0.0
    correlation = 1 - (within - lagged.mean(1)) / pooled
    pairs = correlation[: steps // 2 * 2].reshape(-1, 2).sum(1)
    ends = np.flatnonzero(pairs < 0)
    kept = np.minimum.accumulate(pairs[: ends[0] if len(ends) else len(pairs)])
    return float(min(steps * many / max(2 * kept.sum() - 1, 1 / np.log10(steps * many)), steps * many))
