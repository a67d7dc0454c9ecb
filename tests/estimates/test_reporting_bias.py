"""Losses from biased reports: the parts of the model by hand, small worlds, and what is refused."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import multivariate_normal, nbinom, t
from tests.builders import act, says

import casualties as cs
from casualties.errors import EstimateError, UnknownNameError
from casualties.estimates import Caution, Estimate, Kind, Quantity
from casualties.estimates import reporting_bias as method
from casualties.estimates._bias_sampler import Draws, _Sampler, draw
from casualties.estimates._losses import Curves, Reports
from casualties.model.claim import Claim, Link
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.source import Source
from casualties.model.subject import Subject

Floats = NDArray[np.float64]
START = date(2023, 1, 1)
TRUTH = {"a": 400, "b": 900}
BENT = {"army-a": ("a", 0.7, 1.5), "army-b": ("b", 1.4, 0.7), "monitor": (None, 1.0, 1.0)}


def world(days: int = 30, *, seed: int = 1, more: int = 0) -> Reports:
    """Draw reports of two losses by three sources, with bounds and daily reports among them."""
    rng = np.random.default_rng(seed)
    rows: list[tuple[int, ...]] = []
    for loss, total in enumerate((400, 900)):
        for source, factor in enumerate((0.7, 1.4, 1.0)):
            for day in range(3, days + 1, 3):
                mean = total * day / days * factor
                rows.append((loss, source, day, int(rng.poisson(mean)) + 1, 0, (0, 0, 0, 1, -1)[(day // 3) % 5]))
    rows += [(0, 2, day, 14, 1, 0) for day in (2, 11)] + rows[:more]
    loss, source, day, count, daily, bound = np.array(rows, dtype=np.intp).T
    return Reports(loss, source, day, count.astype(float), daily > 0, bound, np.array([0, 1]), days, 3).ordered()


@pytest.mark.parametrize("robust", [False, True])
def test_the_slopes_are_those_of_the_likelihood(robust: bool) -> None:
    """Slopes by level and by curve agree with differences, for counts, bounds and daily reports."""
    curves = Curves(world(), robust=robust)
    rng = np.random.default_rng(2)
    level = np.log(np.array([[[280.0, 560, 400], [630, 1260, 900]]])) + rng.normal(0, 0.1, (1, 2, 3))
    shape = rng.normal(0, 0.3, (1, 2, curves.shape_size))
    spread = np.full((1, len(curves.reports.count)), 0.4 if robust else 6.0)
    _, by_level, by_shape, *_ = curves(level, shape, spread)
    for loss in range(2):
        for place in range(3):
            step = np.zeros_like(level)
            step[0, loss, place] = 1e-6
            rise = (curves(level + step, shape, spread)[0] - curves(level - step, shape, spread)[0])[0, loss] / 2e-6
            assert rise == pytest.approx(by_level[0, loss, place], rel=1e-4, abs=1e-4)
        for place in range(curves.shape_size):
            step = np.zeros_like(shape)
            step[0, loss, place] = 1e-6
            rise = (curves(level, shape + step, spread)[0] - curves(level, shape - step, spread)[0])[0, loss] / 2e-6
            assert rise == pytest.approx(by_shape[0, loss, place], rel=1e-4, abs=1e-4)


def test_rows_say_how_each_report_moves() -> None:
    """The rows for the steepness are the slopes of what each report should say."""
    curves = Curves(world())
    rng = np.random.default_rng(3)
    level, shape = rng.normal(5, 1, (1, 2, 3)), rng.normal(0, 0.3, (1, 2, curves.shape_size))
    expected, share, running, _ = curves.expected(level, shape)
    which, rows = curves.rows(share[0, 1], running[0, 1], 1)
    for place in range(curves.shape_size):
        step = np.zeros_like(shape)
        step[0, 1, place] = 1e-6
        moved = (curves.expected(level, shape + step)[0] - expected)[0, which] / 1e-6
        assert moved == pytest.approx(rows[:, 3 + place], rel=1e-4, abs=1e-4)


def test_counts_and_bounds_are_those_of_the_distributions() -> None:
    """Counts have the negative binomial, bounds its tails; the robust version Student's and its tails."""
    reports = world()
    for robust, spread_ in ((False, 7.0), (True, 0.5)):
        curves = Curves(reports, robust=robust)
        expected = np.log(reports.count + 3.0)[None]
        spread = np.full_like(expected, spread_)
        log = (curves.error(expected, spread)[0] + curves.constant(spread))[0]
        for place in range(len(reports.count)):
            mean, count = np.exp(expected[0, place]), reports.count[place]
            if robust:
                error = t(4, expected[0, place], spread_)
                told = {0: error.logpdf(np.log(count)), 1: error.logsf(np.log(count)), -1: error.logcdf(np.log(count))}
                told[0] -= t(4).logpdf(0)
            else:
                told_by = nbinom(spread_, spread_ / (spread_ + mean))
                told = {0: told_by.logpmf(count), 1: told_by.logsf(count - 1), -1: told_by.logcdf(count)}
                told[0] += nbinom(1, 0.5).logpmf(0) - np.log(0.5) + _factorial(count)
            assert log[place] == pytest.approx(told[int(reports.bound[place])], rel=1e-6, abs=1e-6)


def _factorial(count: float) -> float:
    """Give the term of the likelihood that no parameter changes, which the model leaves out."""
    from math import lgamma

    return lgamma(count + 1)


def test_the_linear_part_is_summed_out_as_a_normal_would_be() -> None:
    """The density of scales, losses and biases summed out, is that of a normal with a very wide prior of losses."""
    sampler = _Sampler(world(), 1, robust=False, chains=2)
    rng = np.random.default_rng(4)
    value = rng.normal(5, 1, (2, len(sampler._rows)))
    scales = [rng.normal(-0.3, 0.4, sampler.log_scales.shape) for _ in range(2)]
    ours, theirs = [], []
    losses, groups = 2, sampler._groups
    for log_scales in scales:
        ours.append(sampler._linear(log_scales, value)[0])
        each = []
        for chain in range(2):
            sigma = np.exp(log_scales[chain])
            own = np.concatenate([np.full(losses, 1e4), np.full(groups, sigma[groups]), [1.0]]) ** 2
            noise = np.concatenate([sigma[sampler._group], np.full(losses, sigma[-1])]) ** 2
            spread = sampler._rows @ np.diag(own) @ sampler._rows.T + np.diag(noise)
            log = multivariate_normal(np.zeros(len(value[chain])), spread).logpdf(value[chain])
            each.append(log + (log_scales[chain] - sigma**2 / 2).sum())
        theirs.append(np.array(each))
    assert ours[1] - ours[0] == pytest.approx(theirs[1] - theirs[0], abs=1e-3)


def test_scales_are_drawn_from_their_density() -> None:
    """The mean of many drawn scales is that of the density, added up on a fine grid."""
    sampler = _Sampler(world(), 1, robust=False, chains=2)
    drawn = sampler._scale(np.full(20_000, 3.0), 5)
    grid = np.linspace(0.01, 8, 20_000)
    density = grid**-5.0 * np.exp(-3.0 / (2 * grid**2) - grid**2 / 2)
    assert drawn.mean() == pytest.approx((grid * density).sum() / density.sum(), rel=0.02)


def test_moves_grow_shorter_where_what_is_proposed_is_no_number() -> None:
    """A proposal so far off that its density is no number counts as not taken, and shortens the next moves."""
    sampler = _Sampler(world(), 1, robust=False, chains=2)
    strides = sampler._fitted(np.array([0.3, 0.3]), np.array([[np.nan, 0.5], [-np.inf, 0.5]]), 0.44, 0.1)
    assert strides[0] == pytest.approx(0.3 * np.exp(-0.044))
    assert strides[1] == pytest.approx(0.3 * np.exp(0.056))
    assert not sampler._taken(np.full(50, np.nan)).any()


def test_a_small_world_is_found_again() -> None:
    """Two losses, three sources of which one is unbiased and two bend in opposite ways: the truth is in it."""
    found = draw(world(), 1, warmup=100, block=100, blocks=3)
    total = np.exp(found.total)
    for place, truth in enumerate((400, 900)):
        low, high = np.quantile(total[:, :, place], [0.025, 0.975])
        assert low < truth < high
    ratio = np.exp(found.bias[:, :, 1, 1] - found.bias[:, :, 1, 0]).mean()
    assert ratio == pytest.approx(1.4 / 0.7, rel=0.15)


def test_reports_in_another_order_give_the_same_draws() -> None:
    """Reports are ordered by content before anything is drawn."""
    reports = world()
    order = np.random.default_rng(6).permutation(len(reports.count))
    turned = dataclasses.replace(
        reports,
        **{name: getattr(reports, name)[order] for name in ("loss", "source", "day", "count", "daily", "bound")},
    )
    one, other = (draw(each, 3, warmup=2, block=2, blocks=1) for each in (reports, turned))
    assert one.total.tobytes() == other.total.tobytes()


def told(days: int = 30) -> Ledger:
    """Make a ledger of two sides that count themselves and one another, and a monitor that counts both."""
    rng = np.random.default_rng(5)
    claims = []
    for side, total in TRUTH.items():
        for source, (own, of_a, of_b) in BENT.items():
            factor = {"a": of_a, "b": of_b}[side]
            for day in range(3, days + 1, 3):
                subject = Subject(harm=["killed"], side=side, since=START.isoformat())
                count = int(rng.poisson(total * day / days * factor)) + 1
                figure = Figure.at_least(count) if day % 10 == 0 else Figure.exactly(count)
                until = (START + timedelta(days=day - 1)).isoformat()
                claims.append(says(source, figure, until, subject, stated=until))
                assert own is None or own in TRUTH
    return Ledger(claims, sources=[Source(key=name, side=side) for name, (side, *_) in BENT.items()])


def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the method take few steps, enough to see what it makes of claims."""

    def few(reports: Reports, seed: int, *, robust: bool) -> Draws:
        return draw(reports, seed, robust=robust, warmup=30, block=60, blocks=1)

    monkeypatch.setattr(method, "draw", few)
    monkeypatch.setattr(method, "AGREED", 5.0)
    monkeypatch.setattr(method, "WORTH", 1)


def test_totals_and_factors_from_a_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each loss has a total with the counts beside it, each source a factor on each loss; none is the answer."""
    quick(monkeypatch)
    found = cs.estimate(told(), method="reporting-bias")
    totals = [each for each in found.quantities if each.kind == "total"]
    assert len(totals) == 2
    assert {count.source for count in totals[0].beside} == set(BENT)
    assert len([each for each in found.quantities if each.kind == "multiplier"]) == 6
    assert len(found.claims_used) == 60
    with pytest.raises(EstimateError, match="none is the answer"):
        _ = found.median
    assert found.about(totals[0].name).median == totals[0].median
    assert "times" in str(found)
    assert found.to_svg().count("count by") >= 2
    assert len(found.about(totals[0].name).draws()) == 360


def test_copies_and_corrections_and_parts_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A newspaper that repeats, a figure taken back, silence and a part of a loss change nothing and are listed."""
    quick(monkeypatch)
    plain = told()
    killed = Subject(harm=["killed"], side="a", since="2023-01-01")
    first, second = (
        next(
            claim
            for claim in plain
            if claim.source == "monitor" and claim.subject.side == "a" and str(claim.subject.until) == day
        )
        for day in ("2023-01-06", "2023-01-15")
    )
    wrong = says("monitor", 9999, "2023-01-15", killed, stated="2023-01-14")
    right = second.replacing(replaces=[wrong.id])
    more = [
        wrong,
        first.replacing(source="paper", based_on=[Link(claim=first.id)]),
        act("paper", "silent", "2023-01-16", killed.replacing(side="b")),
        says("monitor", 3, "2023-01-16", killed.replacing(place="hill")),
        says("monitor", 3, "2023-01-16", killed.replacing(since="2023-01-10")),
        says("monitor", Figure.at_least(0), "2023-01-16", killed),
        says("monitor", 700, "2023-01-16", killed, method="model", interval=None),
        says("monitor", 3, None, killed.replacing(since=None, status="combatant"), stated="2023-01-16"),
        first.replacing(stated="2023-01-09"),
    ]
    one = cs.estimate(plain, method="reporting-bias")
    other = cs.estimate(with_more(plain.keeping(set(plain) - {second}), right, *more), method="reporting-bias")
    assert [each.median for each in one.quantities] == [each.median for each in other.quantities]
    assert sorted(each.reason for each in other.claims_left_out) == [
        "0 or more says nothing",
        "a part, by place",
        "an estimate of its source, and no count",
        "copy",
        "it counts neither from the start nor a single day",
        "it does not say from when, or up to when, it counts",
        "its source corrected it",
        "monitor says the same of that day already",
        "silent: that is no zero",
    ]


def with_more(plain: Ledger, *more: Claim) -> Ledger:
    """Add claims to a ledger, by its sources and a newspaper."""
    sources = [*(plain.sources[key] for key in plain.sources), Source(key="paper")]
    return Ledger([*plain, *more], sources=sources)


def test_daily_reports_and_ranges_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A count of a single day is a daily report; a range is two bounds."""
    seen: list[Reports] = []

    def noted(reports: Reports, seed: int, *, robust: bool) -> Draws:
        seen.append(reports)
        return draw(reports, seed, robust=robust, warmup=3, block=3, blocks=1)

    monkeypatch.setattr(method, "draw", noted)
    daily = says("monitor", 12, "2023-01-07", Subject(harm=["killed"], side="a", since="2023-01-07"))
    ranged = says(
        "monitor", Figure.between(90, 120), "2023-01-08", Subject(harm=["killed"], side="a", since="2023-01-01")
    )
    plain = told()
    found = cs.estimate(with_more(plain, daily, ranged), method="reporting-bias")
    (reports,) = seen
    assert reports.count[reports.daily].tolist() == [12]
    assert reports.day[reports.daily].tolist() == [7]
    assert sorted(reports.bound[reports.day == 8].tolist()) == [-1, 1]
    assert found.warned(Caution.NOT_CONVERGED)
    assert all(each.median is None for each in found.quantities)


def test_totals_that_rest_on_the_prior_of_biases_are_warned_of() -> None:
    """Where totals go with the scale of biases, wider biases move the median, and the answer says so."""
    rng = np.random.default_rng(2)
    scales = np.abs(rng.normal(0, 0.8, (300, 4, 1)))
    total = np.log(1000) + 2 * scales
    drawn = Draws(total, np.zeros((300, 4, 1, 1)), np.zeros((1, 1), dtype=np.intp), scales)
    sample = np.exp(total.ravel())
    quantity = Quantity.of("killed", Kind.TOTAL, np.quantile(sample, [0.05, 0.5, 0.95]), sample.mean(), sample=sample)
    lost = Quantity("other", Kind.TOTAL, None, None, None, None)
    numbers: dict[str, float] = {}
    assert [each.code for each in method._moved(drawn, [quantity, lost], numbers)] == [Caution.PRIOR]
    assert numbers["wider biases: draws that the weighted ones are worth"] > 100


def test_one_source_and_own_counts_alone_are_refused() -> None:
    """A bias shows only beside another source, and never where each side counts itself alone."""
    plain = told()
    only = [claim for claim in plain if claim.source == "monitor"]
    sources = [plain.sources[key] for key in plain.sources]
    own = [claim for claim in plain if claim.source == f"army-{claim.subject.side}"]
    for claims, reason in ((only, Caution.ONE_SOURCE), (own, Caution.ONE_SIDED)):
        with pytest.raises(EstimateError) as caught:
            cs.estimate(Ledger(claims, sources=sources), method="reporting-bias")
        assert caught.value.reason == reason
    with pytest.raises(UnknownNameError, match="error 'gauss'"):
        cs.estimate(plain, method="reporting-bias", error="gauss")
    undated = says("monitor", 3, None, Subject(harm=["killed"], side="a"))
    with pytest.raises(EstimateError) as caught:
        cs.estimate(Ledger([undated], sources=sources), method="reporting-bias")
    assert caught.value.reason == Caution.SCOPES_MIXED


def test_a_loss_that_one_source_alone_reports_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its level rests on how that source bends other losses; and a source with four fifths of the claims is named."""
    quick(monkeypatch)
    plain = told()
    sources = [plain.sources[key] for key in plain.sources]
    wounded = [
        says("army-b", 30 * day, f"2023-01-{day:02}", Subject(harm=["wounded"], side="a", since="2023-01-01"))
        for day in range(2, 30)
    ]
    few = [claim for claim in plain if claim.source == "army-b" or claim.subject.until.latest.day == 30]  # type: ignore[union-attr]
    found: Estimate = cs.estimate(Ledger([*few, *wounded], sources=sources), method="reporting-bias", error="student")
    assert found.warned(Caution.ONE_SOURCE)
    assert found.warned(Caution.ONE_VOICE)
