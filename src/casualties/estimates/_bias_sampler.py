"""Draws of losses and reporting biases (Radford and others 2023), by Gibbs and Hamiltonian Monte Carlo.

A bias may rise where a loss falls, and the reports hardly tell: a general program takes hours.  Here the level that
each source gives to each loss is a variable of its own.  The reports tell the levels well; given them, losses and
biases are linear and normal.  So levels and curves are drawn by Hamiltonian Monte Carlo, for each loss apart, and
losses and biases at once, their scales before them with both summed out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from casualties.estimates._bias_start import climb, pinned, spread_of
from casualties.estimates._chains import effective_size, rhat
from casualties.estimates._losses import Curves, Reports

__all__ = ["AGREED", "WORTH", "Draws", "draw"]

Floats = NDArray[np.float64]

AGREED: Final = 1.05
"""Up to which rhat chains count as agreed."""

WORTH: Final = 200
"""How many independent draws each total must be worth."""

_LEAPS: Final = 8
_TARGET: Final = 0.8
_HALF: Final = 0.44
_TRIES: Final = 2
_GRID: Final = np.linspace(-5.0, 2.5, 256)


@dataclass(frozen=True, eq=False)
class Draws:
    """Draws by step and chain.

    Attributes:
        total: The logarithm of each loss in all.
        bias: The logarithm of the bias of each source on each loss, by slot.
        source_of: Which source is in which slot of which loss; -1 for none.
        scales: Scales of the biases of each source on each side, and last the scale of what they share.
    """

    total: Floats
    bias: Floats
    source_of: NDArray[np.intp]
    scales: Floats


class _Sampler:
    """All that is drawn, for some chains: attributes without an underscore change with every step."""

    def __init__(self, reports: Reports, seed: int, *, robust: bool, chains: int) -> None:
        self._rng = rng = np.random.default_rng(seed)
        self._reports, self._chains = reports, chains
        self._curves = curves = Curves(reports, robust=robust)
        self._design()
        start = climb(curves)
        losses = curves.losses
        self.level = np.repeat(start.level[None], chains, axis=0)
        self.shape = np.repeat(start.shape[None], chains, axis=0)
        self.log_spread = np.repeat(start.log_spread[None], chains, axis=0)
        self.log_daily = np.repeat(start.log_daily, chains)
        middle = start.level.mean(1, where=curves.present)
        self.total = middle + rng.normal(0, 0.3, (chains, losses))
        self.shared = np.zeros((chains, self._groups))
        self.log_scales = np.log(rng.uniform(0.3, 1, (chains, self._groups + 2)))
        self.start, self.slope = rng.normal(3, 0.5, chains), np.zeros(chains)
        self.spread_mean, self.spread_sigma = np.full(chains, start.log_spread.mean()), np.ones(chains)
        self.slope_sigma, self.spline_sigma = np.full(chains, 0.7), np.full((chains, losses), 0.5)
        self._stride, self._spread_stride, self._spline_stride = np.full((3, losses), 0.3)
        self._slope_stride, self._warming = 0.3, True
        self._measure()
        moved = np.einsum("lij,clj->cli", self._widen, rng.standard_normal((chains, *self._widen.shape[:2])) / 2)
        self.level = self.level + moved[:, :, 1 : curves.slots + 1]
        self.shape = self.shape + moved[:, :, curves.slots + 1 :]

    def _design(self) -> None:
        """Note how levels and starts depend on losses, shared biases and the mean start: one row each."""
        curves, reports = self._curves, self._reports
        losses = curves.losses
        loss, slot = np.nonzero(curves.present)
        groups, group = np.unique(
            reports.sides * curves.source_of[loss, slot] + reports.side[loss], return_inverse=True
        )
        self._groups, self._loss, self._slot, self._group = len(groups), loss, slot, group
        self._group_of = np.zeros(curves.source_of.shape, dtype=np.intp)
        self._group_of[loss, slot] = group
        rows = np.zeros((len(loss) + losses, losses + self._groups + 1))
        place = np.arange(len(loss))
        rows[place, loss] = rows[place, losses + group] = 1
        last = len(loss) + np.arange(losses)
        rows[last, np.arange(losses)], rows[last, -1] = 1, -1
        self._rows, self._squared = rows, (rows[:, :, None] * rows[:, None, :]).reshape(len(rows), -1)

    def step(self) -> None:
        """Draw everything once."""
        self._move_curves()
        self._move_spreads()
        self._move_totals()
        self._move_scales()
        self._stretch()

    def warm(self, steps: int) -> None:
        """Take steps that fit the lengths of the moves, and are dropped."""
        for step in range(steps):
            if step in (steps // 3, 2 * steps // 3):
                self._measure()
            self.step()
        self._warming = False

    def _fitted(self, stride: Floats, gain: Floats, target: float, pace: float) -> Floats:
        """Lengthen or shorten moves by how many would have been taken, as long as the chains warm up."""
        rate = np.exp(np.minimum(np.nan_to_num(gain, nan=-np.inf), 0)).mean(0)
        return np.asarray(stride * np.exp(pace * (rate - target)) if self._warming else stride)

    def _taken(self, gain: Floats) -> NDArray[np.bool_]:
        return np.log(self._rng.random(gain.shape)) < np.nan_to_num(gain, nan=-np.inf)

    def _measure(self) -> None:
        """See how steep the density of each loss is where the chains are, and make it round for the next moves."""
        curves, slots = self._curves, self._curves.slots
        size = 1 + slots + curves.shape_size
        level, shape, log_spread = (
            chain_draws.mean(0, keepdims=True) for chain_draws in (self.level, self.shape, self.log_spread)
        )
        expected, share, running, _ = curves.expected(level, shape)
        spread = spread_of(curves, log_spread, self.log_daily.mean(keepdims=True))
        weight = pinned(curves, expected[0], spread[0])
        scales = np.exp(-2 * self.log_scales.mean(0))
        spline, slope = np.exp(-2 * np.log(self.spline_sigma).mean(0)), np.exp(-2 * np.log(self.slope_sigma).mean())
        steep = np.zeros((curves.losses, size, size))
        levels, shapes = np.arange(1, slots + 1), np.arange(slots + 1, size)
        for loss in range(curves.losses):
            here = steep[loss]
            which, rows = curves.rows(share[0, loss], running[0, loss], loss)
            here[1:, 1:] = (rows.T * weight[which]) @ rows
            own = np.where(curves.present[loss], scales[self._group_of[loss]], 0)
            here[levels, levels] += np.where(curves.present[loss], own, 1)
            here[0, 0] = own.sum()
            here[0, levels] = here[levels, 0] = -own
            counted = share[0, loss] * curves.upto_anchor[loss]
            start = np.concatenate([[1.0], np.zeros(slots), -counted @ curves.basis])
            steep[loss] += scales[-1] * np.outer(start, start)
            here[shapes, shapes] += np.where(shapes == slots + 1, slope, spline[loss])
        self._widen = np.linalg.inv(np.linalg.cholesky(steep)).transpose(0, 2, 1)

    def _density(self, place: Floats, spread: Floats) -> tuple[Floats, Floats]:
        """Give the log density of total, levels and curve, by chain and loss, and its slopes in a round measure."""
        curves = self._curves
        total, level, shape = place[:, :, 0], place[:, :, 1 : curves.slots + 1], place[:, :, curves.slots + 1 :]
        log, by_level, by_shape, whole, counted = curves(level, shape, spread)
        away = level - total[:, :, None] - self.shared[:, self._group_of]
        pull = np.where(curves.present, away * np.exp(-2 * self.log_scales[:, self._group_of]), level)
        spline = shape[:, :, 1:] / self.spline_sigma[:, :, None] ** 2
        tilt = shape[:, :, 0] - self.slope[:, None]
        slope = tilt / self.slope_sigma[:, None] ** 2
        late = total - whole - self.start[:, None]
        start = late * np.exp(-2 * self.log_scales[:, -1:])
        log = log - (np.where(curves.present, away, level) * pull).sum(2) / 2
        log = log - ((spline * shape[:, :, 1:]).sum(2) + slope * tilt + start * late) / 2
        by_shape = by_shape + start[:, :, None] * (counted @ curves.basis)
        by_shape[:, :, 1:] -= spline
        by_shape[:, :, 0] -= slope
        by_total = np.where(curves.present, pull, 0).sum(2) - start
        slopes = np.concatenate([by_total[:, :, None], by_level - pull, by_shape], axis=2)
        return log, np.einsum("lij,cli->clj", self._widen, slopes)

    def _move_curves(self) -> None:
        """Move total, levels and curve of each loss along the slope of their density."""
        spread = spread_of(self._curves, self.log_spread, self.log_daily)
        place = np.concatenate([self.total[:, :, None], self.level, self.shape], axis=2)
        log, slope = self._density(place, spread)
        push = self._rng.standard_normal(place.shape)
        energy = log - (push**2).sum(2) / 2
        length = (self._stride * self._rng.uniform(0.7, 1.15, (self._chains, 1)))[:, :, None]
        there, log_there = place, log
        push = push + length / 2 * slope
        for leap in range(_LEAPS):
            there = there + np.einsum("lij,clj->cli", self._widen, length * push)
            log_there, slope = self._density(there, spread)
            push = push + (length if leap < _LEAPS - 1 else length / 2) * slope
        gain = np.nan_to_num(log_there - (push**2).sum(2) / 2 - energy, nan=-np.inf)
        place = np.where(self._taken(gain)[:, :, None], there, place)
        self._stride = self._fitted(self._stride, gain, _TARGET, 0.05)
        slots = self._curves.slots
        self.total, self.level, self.shape = place[:, :, 0], place[:, :, 1 : slots + 1], place[:, :, slots + 1 :]

    def _by_loss(self, log: Floats, which: NDArray[np.bool_]) -> Floats:
        losses = self._curves.losses
        place = np.arange(self._chains)[:, None] * losses + self._reports.loss[which]
        summed = np.bincount(place.ravel(), log[:, which].ravel(), self._chains * losses)
        return np.asarray(summed.reshape(self._chains, losses))  # pyright: ignore[reportReturnType] - a protocol's

    def _move_spreads(self) -> None:
        """Propose another error for each loss, and for the daily reports of all."""
        curves, daily = self._curves, self._reports.daily
        expected = curves.expected(self.level, self.shape)[0]

        def density(log_spread: Floats, log_daily: Floats) -> tuple[Floats, Floats]:
            spread = spread_of(curves, log_spread, log_daily)
            log = curves.error(expected, spread)[0] + curves.constant(spread)
            off = (log_spread - self.spread_mean[:, None]) / self.spread_sigma[:, None]
            return self._by_loss(log, ~daily) - off**2 / 2, log[:, daily].sum(1) - log_daily**2 / 2

        now, now_daily = density(self.log_spread, self.log_daily)
        for _ in range(_TRIES):
            other = self.log_spread + self._spread_stride * self._rng.standard_normal(self.log_spread.shape)
            other_daily = self.log_daily + 0.25 * self._rng.standard_normal(self._chains)
            then, then_daily = density(other, other_daily)
            taken, taken_daily = self._taken(then - now), self._taken(then_daily - now_daily)
            self.log_spread, now = np.where(taken, other, self.log_spread), np.where(taken, then, now)
            self.log_daily = np.where(taken_daily, other_daily, self.log_daily)
            now_daily = np.where(taken_daily, then_daily, now_daily)
            self._spread_stride = self._fitted(self._spread_stride, then - now, _HALF, 0.1)
        losses = curves.losses
        precision = losses / self.spread_sigma**2 + 1
        mean = self.log_spread.sum(1) / self.spread_sigma**2 / precision
        self.spread_mean = mean + self._rng.standard_normal(self._chains) / np.sqrt(precision)
        squares = ((self.log_spread - self.spread_mean[:, None]) ** 2).sum(1)
        self.spread_sigma = self._scale(squares, losses)

    def _linear(self, log_scales: Floats, value: Floats) -> tuple[Floats, Floats, Floats]:
        """Give the log density of scales with all that is linear summed out, and what the linear part is drawn from.

        Args:
            log_scales: By chain, of the biases of each group, of what groups share, and of starts.
            value: Levels and sums of curves, by chain and row.
        """
        losses, groups, size = self._curves.losses, self._groups, self._rows.shape[1]
        weight = np.exp(-2 * log_scales[:, np.concatenate([self._group, np.full(losses, groups + 1)])])
        own = np.zeros((self._chains, size))
        own[:, losses:-1] = np.exp(-2 * log_scales[:, groups : groups + 1])
        own[:, -1] = 1
        diagonal = np.arange(size)
        precision = (weight @ self._squared).reshape(self._chains, size, size)
        precision[:, diagonal, diagonal] += own
        root: Floats = np.asarray(np.linalg.cholesky(precision), dtype=np.float64)
        half: Floats = np.asarray(
            np.linalg.solve(root, ((weight * value) @ self._rows)[:, :, None])[:, :, 0], dtype=np.float64
        )
        log = (np.log(weight).sum(1) - 2 * groups * log_scales[:, groups] - (weight * value**2).sum(1)) / 2
        log = log - np.log(root[:, diagonal, diagonal]).sum(1) + (half**2).sum(1) / 2
        return np.asarray(log + (log_scales - np.exp(2 * log_scales) / 2).sum(1)), root, half

    def _move_totals(self) -> None:
        """Move the scales of biases and starts with losses and biases summed out, then draw these together."""
        losses, rng = self._curves.losses, self._rng
        whole = self._curves.expected(self.level, self.shape)[3]
        value = np.concatenate([self.level[:, self._loss, self._slot], whole], axis=1)
        now, root, half = self._linear(self.log_scales, value)
        for number in range(self.log_scales.shape[1]):
            other = self.log_scales.copy()
            other[:, number] += rng.choice([0.3, 1.0]) * rng.standard_normal(self._chains)
            then, other_root, other_half = self._linear(other, value)
            taken = self._taken(then - now)
            self.log_scales = np.where(taken[:, None], other, self.log_scales)
            now, half = np.where(taken, then, now), np.where(taken[:, None], other_half, half)
            root = np.where(taken[:, None, None], other_root, root)
        noise = half + rng.standard_normal(half.shape)
        upper = root.transpose(0, 2, 1)
        solution: Floats = np.asarray(np.linalg.solve(upper, noise[:, :, None]), dtype=np.float64)[:, :, 0]
        self.total, self.shared, self.start = solution[:, :losses], solution[:, losses:-1], solution[:, -1]
        precision = losses / self.slope_sigma**2 + 1
        mean = self.shape[:, :, 0].sum(1) / self.slope_sigma**2 / precision
        self.slope = mean + rng.standard_normal(self._chains) / np.sqrt(precision)

    def _move_scales(self) -> None:
        tilt = self.shape[:, :, 0] - self.slope[:, None]
        self.slope_sigma = self._scale((tilt**2).sum(1), self._curves.losses)
        self.spline_sigma = self._scale((self.shape[:, :, 1:] ** 2).sum(2), self._curves.shape_size - 1)

    def _scale(self, squares: Floats, count: float) -> Floats:
        """Draw standard deviations of normal numbers with a half-normal prior, on a fine grid of their logarithm."""
        log = -(count - 1) * _GRID - squares[..., None] / 2 * np.exp(-2 * _GRID) - np.exp(2 * _GRID) / 2
        weight = np.exp(log - log.max(-1, keepdims=True)).cumsum(-1)
        place = (weight < self._rng.random(squares.shape)[..., None] * weight[..., -1:]).sum(-1)
        jitter = self._rng.uniform(-0.5, 0.5, squares.shape) * (_GRID[1] - _GRID[0])
        return np.asarray(np.exp(_GRID[np.minimum(place, len(_GRID) - 1)] + jitter))

    def _stretch(self) -> None:
        """Propose another scale of splines and of slopes, together with the splines and slopes that it carries."""
        curves = self._curves
        spread = spread_of(curves, self.log_spread, self.log_daily)
        every = np.ones(len(self._reports.loss), dtype=bool)

        def density(shape: Floats) -> Floats:
            expected, _, _, whole = curves.expected(self.level, shape)
            start = (self.total - whole - self.start[:, None]) * np.exp(-self.log_scales[:, -1:])
            return np.asarray(self._by_loss(curves.error(expected, spread)[0], every) - start**2 / 2)

        now = density(self.shape)
        for _ in range(_TRIES):
            times = self._spline_stride * self._rng.standard_normal(self.spline_sigma.shape)
            sigma, shape = self.spline_sigma * np.exp(times), self.shape.copy()
            shape[:, :, 1:] *= np.exp(times)[:, :, None]
            then = density(shape)
            gain = then - now + times - (sigma**2 - self.spline_sigma**2) / 2
            taken = self._taken(gain)
            self.shape, now = np.where(taken[:, :, None], shape, self.shape), np.where(taken, then, now)
            self.spline_sigma = np.where(taken, sigma, self.spline_sigma)
            self._spline_stride = self._fitted(self._spline_stride, gain, _HALF, 0.1)
        times = self._slope_stride * self._rng.standard_normal(self._chains)
        sigma, shape = self.slope_sigma * np.exp(times), self.shape.copy()
        shape[:, :, 0] += (shape[:, :, 0] - self.slope[:, None]) * np.expm1(times)[:, None]
        gain = (density(shape) - now).sum(1) + times - (sigma**2 - self.slope_sigma**2) / 2
        taken = self._taken(gain)
        self.shape = np.where(taken[:, None, None], shape, self.shape)
        self.slope_sigma = np.where(taken, sigma, self.slope_sigma)
        self._slope_stride = float(self._fitted(np.array(self._slope_stride), gain, _HALF, 0.1))

    def drawn(self) -> tuple[Floats, Floats, Floats]:
        """Give the logarithms of losses in all and of biases, and the scales of biases."""
        running = self._curves.expected(self.level, self.shape)[2]
        total = self.total + np.log(running[:, :, -1])
        return total, self.level - self.total[:, :, None], np.exp(self.log_scales[:, :-1])


def draw(
    reports: Reports,
    seed: int,
    *,
    robust: bool = False,
    chains: int = 6,
    warmup: int = 200,
    block: int = 150,
    blocks: int = 6,
) -> Draws:
    """Draw losses and biases given reports; the chains go on, block after block, until all totals agree.

    Args:
        reports: The reports; their order is that of their content.
        seed: Where the random numbers begin.
        robust: Whether logarithms of counts have Student's error.
        chains: Chains that run side by side.
        warmup: Steps at first that are dropped.
        block: Steps of each chain in a block.
        blocks: The most blocks.
    """
    kept: list[tuple[Floats, Floats, Floats]] = []
    with np.errstate(all="ignore"):  # a proposal far off may be infinite, and is then not taken
        sampler = _Sampler(reports.ordered(), seed, robust=robust, chains=chains)
        sampler.warm(warmup)
        for step in range(1, block * blocks + 1):
            sampler.step()
            kept.append(sampler.drawn())
            if step % block == 0 and _agreed(np.array([record[0] for record in kept])):
                break
    total, bias, scales = (np.array(drawn) for drawn in zip(*kept, strict=True))
    return Draws(total, bias, sampler._curves.source_of, scales)  # noqa: SLF001 - of the same module


def _agreed(total: Floats) -> bool:
    every = range(total.shape[2])
    return all(rhat(total[:, :, place]) <= AGREED and effective_size(total[:, :, place]) >= WORTH for place in every)
