"""Where chains of losses and biases begin: the likeliest levels and curves, found by damped Gauss-Newton steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from casualties.estimates._losses import Curves

__all__ = ["Start", "climb", "pinned", "spread_of"]

Floats = NDArray[np.float64]

_ROUNDS: Final = 40
_SPREAD_ROUNDS: Final = (15, 22, 29)
_LONGEST: Final = 3.0
_BOUND: Final = 0.3
_STUDENT: Final = 0.7


@dataclass(frozen=True, eq=False)
class Start:
    """Levels, curves and errors to begin with, one chain.

    Attributes:
        level: Levels by loss and slot.
        shape: Slopes and spline coefficients by loss.
        log_spread: The logarithm of the error of each loss.
        log_daily: The same for daily reports of all losses.
    """

    level: Floats
    shape: Floats
    log_spread: Floats
    log_daily: Floats


def spread_of(curves: Curves, log_spread: Floats, log_daily: Floats) -> Floats:
    """Give what describes the error of each report, by chain."""
    spread = log_spread[:, curves.reports.loss].copy()
    spread[:, curves.reports.daily] = log_daily[:, None]
    return np.exp(spread)


def pinned(curves: Curves, expected: Floats, spread: Floats) -> Floats:
    """Give how much each report pins the logarithm that it should have: about minus the second slope."""
    if curves.robust:
        weight = _STUDENT / spread**2
    else:
        mean = np.exp(expected)
        weight = mean * spread / (mean + spread)
    return np.asarray(np.where(curves.reports.bound == 0, weight, _BOUND * weight))


def climb(curves: Curves) -> Start:
    """Climb to the likeliest levels and curves under loose priors; the errors are tried on a grid on the way."""
    reports, slots = curves.reports, curves.slots
    level = np.zeros((1, curves.losses, slots))
    for loss, slot in zip(*np.nonzero(curves.present), strict=True):
        mine = (reports.loss == loss) & (reports.source == curves.source_of[loss, slot])
        level[0, loss, slot] = np.log(max(reports.count[mine].max(), 1))
    middle = level.mean(2, where=curves.present, keepdims=True)
    place = np.concatenate([level, np.zeros((1, curves.losses, curves.shape_size))], axis=2)
    base = np.concatenate([np.where(curves.present, middle, 0), np.zeros_like(place[:, :, slots:])], axis=2)
    prior = np.concatenate([np.full(slots, 0.5), [1.0], np.full(curves.shape_size - 1, 4.0)])
    log_spread, log_daily = np.full((1, curves.losses), -1.0 if curves.robust else 1.0), np.zeros(1)
    damp, best, best_value = np.ones(curves.losses), place, np.full(curves.losses, -np.inf)
    for round_ in range(_ROUNDS):
        if round_ in _SPREAD_ROUNDS:
            log_spread, log_daily = _likeliest(curves, best)
            best_value = np.full(curves.losses, -np.inf)
        spread = spread_of(curves, log_spread, log_daily)
        log = curves(place[:, :, :slots], place[:, :, slots:], spread)[0]
        value = log[0] - (prior * (place - base)[0] ** 2).sum(1) / 2
        worse = ~(value >= best_value - 1e-9)
        damp = np.where(worse, damp * 4, np.maximum(damp / 3, 1e-3))
        best = np.where(worse[:, None], best, place)
        best_value = np.where(worse, best_value, value)
        place = best + _step(curves, best, base, prior, damp, spread)
    return Start(best[0, :, :slots], best[0, :, slots:], log_spread[0], log_daily)


def _step(curves: Curves, place: Floats, base: Floats, prior: Floats, damp: Floats, spread: Floats) -> Floats:
    level, shape = place[:, :, : curves.slots], place[:, :, curves.slots :]
    _, by_level, by_shape, *_ = curves(level, shape, spread)
    expected, share, running, _ = curves.expected(level, shape)
    weight = pinned(curves, expected[0], spread[0])
    slope = np.concatenate([by_level, by_shape], axis=2)[0] - prior * (place - base)[0]
    step = np.zeros_like(slope)
    for loss in range(curves.losses):
        which, rows = curves.rows(share[0, loss], running[0, loss], loss)
        steep = (rows.T * weight[which]) @ rows + np.diag(prior)
        step[loss] = np.linalg.solve(steep + damp[loss] * np.diag(np.diag(steep)), slope[loss])
    return np.asarray(step * np.minimum(1, _LONGEST / np.maximum(np.abs(step).max(1, keepdims=True), 1e-9)))[None]


def _likeliest(curves: Curves, place: Floats) -> tuple[Floats, Floats]:
    """Try errors on a grid, for each loss and for the daily reports of all."""
    reports, daily = curves.reports, curves.reports.daily
    expected = curves.expected(place[:, :, : curves.slots], place[:, :, curves.slots :])[0]
    grid = np.linspace(-5, 2, 41) if curves.robust else np.linspace(-3, 7, 41)
    by_loss, together = [], []
    for value in grid:
        spread = np.full_like(expected, np.exp(value))
        log = (curves.error(expected, spread)[0] + curves.constant(spread))[0]
        by_loss.append(np.bincount(reports.loss[~daily], log[~daily], curves.losses) - (value - 1) ** 2 / 8)
        together.append(log[daily].sum() - value**2 / 2)
    return grid[np.argmax(by_loss, axis=0)][None], grid[[int(np.argmax(together))]]
