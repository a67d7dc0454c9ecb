"""What reports of losses say of daily losses: the likelihood of Radford and others (2023), with its slope.

The logarithm of the losses of a day, of one harm on one side, is a smooth curve (cubic B-splines) with a slope.  What a
source says of the losses up to a day is their sum times a factor of its own.  The count that it says has a
negative-binomial error; in the robust version its logarithm has Student's.  "At least" and "at most" are bounds on what
the source would have said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import BSpline
from scipy.special import betainc, betaln, gammaln, stdtr

__all__ = ["Curves", "Reports"]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

DAYS_A_KNOT: Final = 15
FREEDOM: Final = 4.0
_TINY: Final = 1e-300


@dataclass(frozen=True, eq=False)
class Reports:
    """Reports of losses: one place of each array a report.

    Attributes:
        loss: Which loss (a harm on a side) it counts.
        source: Which source makes it.
        day: The last day that it counts; the first of all is 1.
        count: The count.
        daily: Whether it counts that day alone, and not all days up to it.
        bound: 0 for a count, 1 for at least, -1 for at most.
        side: For each loss, which side suffers it.
        days: How many days there are.
        sources: How many sources there are.
        sides: How many sides there are.

    Examples:
        >>> one = np.array([0])
        >>> Reports(one, one, one + 5, one + 9.0, one > 0, one, one, 10, 1).ordered().count.tolist()
        [9.0]
    """

    loss: Ints
    source: Ints
    day: Ints
    count: Floats
    daily: NDArray[np.bool_]
    bound: Ints
    side: Ints
    days: int
    sources: int
    sides: int = 2

    def ordered(self) -> Reports:
        """Order the reports by content, so that no order of theirs matters."""
        order = np.lexsort((self.count, self.source, self.bound, self.day, self.loss, self.daily))
        return replace(
            self,
            loss=self.loss[order],
            source=self.source[order],
            day=self.day[order],
            count=self.count[order],
            daily=self.daily[order],
            bound=self.bound[order],
        )


class Curves:
    """The likelihood of reports, for several chains at once.

    Each source gives each loss a level: the logarithm of what it would say on the last day of which anybody reports the
    loss.  Levels stand in slots, as many as the most sources that report one loss.

    Args:
        reports: The reports, ordered.
        robust: Whether logarithms have Student's error in place of the negative-binomial error of counts.
    """

    def __init__(self, reports: Reports, *, robust: bool = False) -> None:
        self.reports, self.robust = reports, robust
        days, self.losses = reports.days, len(reports.side)
        self.basis = _basis(days)
        self.anchor = np.zeros(self.losses, dtype=np.intp)
        np.maximum.at(self.anchor, reports.loss, reports.day - 1)
        self.upto_anchor = np.arange(days) <= self.anchor[:, None]
        self.shape_size = self.basis.shape[1]
        pairs = sorted(set(zip(reports.loss.tolist(), reports.source.tolist(), strict=True)))
        slots: dict[tuple[int, int], int] = {}
        used = [0] * self.losses
        for loss, source in pairs:
            slots[loss, source] = used[loss]
            used[loss] += 1
        self.slots = max(used)
        self.source_of = np.full((self.losses, self.slots), -1, dtype=np.intp)
        for (loss, source), slot in slots.items():
            self.source_of[loss, slot] = source
        self.present = self.source_of >= 0
        slot_of = [slots[pair] for pair in zip(reports.loss.tolist(), reports.source.tolist(), strict=True)]
        self._level = reports.loss * self.slots + np.array(slot_of, dtype=np.intp)
        self._by_level = np.argsort(self._level, kind="stable")
        self._levels, self._level_starts = np.unique(self._level[self._by_level], return_index=True)
        cell = reports.loss * days + reports.day - 1
        self._parts = []
        for part in (np.flatnonzero(~reports.daily), np.flatnonzero(reports.daily)):
            cells, starts = np.unique(cell[part], return_index=True)
            self._parts.append((part, cell[part], cells, starts))
        self._exact = np.flatnonzero(reports.bound == 0)
        self._at_least, self._at_most = np.flatnonzero(reports.bound > 0), np.flatnonzero(reports.bound < 0)

    def expected(self, level: Floats, shape: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Give the logarithm that each report should have, losses of days and up to days, and the log of their sum.

        Losses are in relation to those up to the last day of which anybody reports them; so is the sum.
        """
        chains = len(level)
        share = np.exp(shape @ self.basis.T)
        running = share.cumsum(2)
        whole = np.take_along_axis(running, self.anchor[None, :, None], axis=2)
        share /= whole
        running /= whole
        expected = level.reshape(chains, -1)[:, self._level]
        for (part, cell, *_), logs in zip(self._parts, (running, share), strict=True):
            expected[:, part] += np.log(logs.reshape(chains, -1)[:, cell])
        return expected, share, running, np.log(whole[:, :, 0])

    def __call__(self, level: Floats, shape: Floats, spread: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        """Give the log likelihood by loss, its slopes by level and by shape, the sum of the curve and daily shares.

        Args:
            level: Levels, by chain, loss and slot.
            shape: Slope and spline coefficients, by chain and loss.
            spread: What describes the error of each report: the precision of the negative binomial, or the scale.
        """
        chains = len(level)
        expected, share, running, whole = self.expected(level, shape)
        log, slope = self.error(expected, spread)
        by_level: Floats = np.zeros((chains, self.losses * self.slots))
        logs: Floats = np.zeros_like(by_level)
        by_level[:, self._levels] = np.add.reduceat(slope[:, self._by_level], self._level_starts, axis=1)
        logs[:, self._levels] = np.add.reduceat(log[:, self._by_level], self._level_starts, axis=1)
        by_level = by_level.reshape(level.shape)
        pull = []
        for part, _, cells, starts in self._parts:
            pulled = np.zeros((chains, self.losses * self.reports.days))
            if len(part):
                pulled[:, cells] = np.add.reduceat(slope[:, part], starts, axis=1)
            pull.append(pulled.reshape(chains, self.losses, -1))
        later = np.divide(pull[0], running)[:, :, ::-1].cumsum(2)[:, :, ::-1]
        counted = share * self.upto_anchor
        curve = pull[1] + share * later - counted * by_level.sum(2)[:, :, None]
        return logs.reshape(level.shape).sum(2), by_level, curve @ self.basis, whole, counted

    def error(self, expected: Floats, spread: Floats) -> tuple[Floats, Floats]:
        """Give the log likelihood of each report and its slope along the expected logarithm."""
        log, slope = np.empty_like(expected), np.empty_like(expected)
        count, student = self.reports.count, _student if self.robust else None
        for part, sign in ((self._exact, 0), (self._at_least, 1), (self._at_most, -1)):
            if len(part):
                rule = student or (_counted if sign == 0 else _bounded)
                log[:, part], slope[:, part] = rule(expected[:, part], spread[:, part], count[part], sign)
        return log, slope

    def constant(self, spread: Floats) -> Floats:
        """Give the part of each report's log likelihood that its spread alone decides, by chain and report."""
        constants = np.zeros_like(spread)
        if not self.robust:
            count, phi = self.reports.count[self._exact], spread[:, self._exact]
            constants[:, self._exact] = gammaln(count + phi) - gammaln(phi) + phi * np.log(phi)
        return constants

    def rows(self, share: Floats, running: Floats, loss: int) -> tuple[Ints, Floats]:
        """Give the reports of a loss, and how the logarithm of each moves with slot levels and with shape."""
        which = np.flatnonzero(self.reports.loss == loss)
        mean = np.cumsum(share[:, None] * self.basis, axis=0)
        upto = mean / running[:, None]
        day = self.reports.day[which] - 1
        shape = np.where(self.reports.daily[which, None], self.basis[day], upto[day]) - mean[self.anchor[loss]]
        slot = self._level[which] - loss * self.slots
        return which, np.hstack([np.eye(self.slots)[slot], shape])


def _basis(days: int) -> Floats:
    """Give a slope in years and cubic B-splines with a knot about every fortnight, one row a day."""
    knots = np.linspace(1, days, max(2, round(days / DAYS_A_KNOT) + 1))
    padded = np.concatenate([[1.0] * 3, knots, [float(days)] * 3])
    day = np.arange(1, days + 1.0)
    return np.column_stack([day / 365, BSpline.design_matrix(day, padded, 3).toarray()])


def _counted(expected: Floats, phi: Floats, count: Floats, _sign: int) -> tuple[Floats, Floats]:
    """Negative binomial with precision phi; without the terms of `Curves.constant`."""
    both = np.log(phi + np.exp(expected))
    total = count + phi
    return count * expected - total * both, count - total * np.exp(expected - both)


def _bounded(expected: Floats, phi: Floats, count: Floats, sign: int) -> tuple[Floats, Floats]:
    """The probability that a negative binomial is at least, or at most, a count."""
    mean = np.exp(expected)
    most = np.log(phi + mean)
    first = np.maximum(count + (sign < 0), 1e-9)
    above = betainc(first, phi, mean / (phi + mean))
    density = np.exp(phi * (np.log(phi) - most) + first * (expected - most) - betaln(phi, first))
    chance = np.maximum(above if sign > 0 else 1 - above, _TINY)
    return np.log(chance), sign * density / chance


def _student(expected: Floats, scale: Floats, count: Floats, sign: int) -> tuple[Floats, Floats]:
    """Student's error of the logarithm of the count, or the probability to lie beyond it."""
    off = (np.log(np.maximum(count, 0.5)) - expected) / scale
    whole = 1 + off**2 / FREEDOM
    if sign == 0:
        log = -(FREEDOM + 1) / 2 * np.log(whole) - np.log(scale)
        return log, (FREEDOM + 1) / FREEDOM * off / whole / scale
    chance = np.maximum(stdtr(FREEDOM, -sign * off), _TINY)
    density = 0.375 * whole ** (-(FREEDOM + 1) / 2)
    return np.log(chance), sign * density / chance / scale
