"""Pools of ranges: the distributions by hand, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

import casualties as cs
from casualties.errors import EstimateError, UnknownNameError
from casualties.estimates import Caution, Estimate
from casualties.estimates._pooling import Ranges
from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.source import Source
from casualties.model.subject import Subject

KILLED = Subject(harm=["killed"])


def ranges(**figures: Figure) -> Ledger:
    """Make a ledger in which each source states one range."""
    claims = [Claim(source=name, subject=KILLED, figure=figure, stated="2020") for name, figure in figures.items()]
    return Ledger(claims, sources=[Source(key=name) for name in figures])


def ends(found: Estimate) -> tuple[float, float, float]:
    """Give low, median and high, all of which are given."""
    assert found.low is not None
    assert found.median is not None
    assert found.high is not None
    return found.low, found.median, found.high


def test_a_range_keeps_its_ends_and_its_best_number() -> None:
    """The share of the probability between the ends is the one given, and half lies below the best number."""
    one = Ranges.of([(793, 4645, 8498, 0.95)])
    assert one.quantiles(np.array([0.025, 0.5, 0.975]))[:, 0] == pytest.approx([793, 4645, 8498])
    without = Ranges.of([(99, None, 399, 0.9)])
    assert without.quantiles(np.array([0.05, 0.5, 0.95]))[:, 0] == pytest.approx([99, 199, 399])


def test_the_mean_is_that_of_many_draws() -> None:
    """The formula of the mean agrees with draws."""
    pooled = Ranges.of([(100, 200, 800, 0.9), (300, None, 500, 0.8)])
    draws = pooled.draws(200_000, np.random.default_rng(1), averaged=False)
    assert draws.mean() == pytest.approx(pooled.means().mean(), rel=0.01)


def test_the_linear_pool_is_a_mixture() -> None:
    """Below a quantile of the pool lie as large a share of the experts' probabilities, on average."""
    pooled = Ranges.of([(90, None, 110, 0.9), (900, None, 1100, 0.9)])
    for share in (0.05, 0.3, 0.5, 0.9):
        place = np.log1p(pooled.pooled(share))
        below = [norm.cdf((place - m) / s) for m, s in zip(pooled.middle, pooled.above, strict=True)]
        assert np.mean(below) == pytest.approx(share, abs=1e-6)
    assert pooled.averaged(0.5) == pytest.approx((pooled.quantiles(np.array([0.5]))).mean())


def test_two_camps_are_pooled_wide_and_warned_of() -> None:
    """The linear pool spans both camps; averaging their quantiles lies between them, where nobody is."""
    ledger = ranges(a=Figure.between(90, 110), b=Figure.between(900, 1100))
    found = cs.estimate(ledger, method="pool")
    assert ends(found)[0] < 110
    assert ends(found)[2] > 900
    assert found.warned(Caution.DISAGREE)
    averaged = cs.estimate(ledger, method="pool", rule="quantiles")
    assert ends(averaged)[0] > 400
    assert ends(averaged)[2] < 700
    assert averaged.about(found.quantities[1].name).median == found.quantities[1].median


def test_intervals_of_studies_are_pooled_at_their_level_and_counts_stand_beside() -> None:
    """An interval keeps its level and its best number; a source with an estimate enters once, by the estimate."""
    study = {"method": "survey", "interval": "confidence", "level": "95"}
    claims = [
        Claim(source="a", subject=KILLED, figure=Figure(793, 8498, best=4645), stated="2018", **study),
        Claim(source="b", subject=KILLED, figure=Figure(2658, 3290, best=2975), stated="2018", **study),
        Claim(source="b", subject=KILLED, figure=Figure.between(60, 70), stated="2017"),
        Claim(source="c", subject=KILLED, figure=Figure.exactly(64), stated="2017"),
    ]
    found = cs.estimate(Ledger(claims, sources=[Source(key=key) for key in "abc"]), method="pool")
    assert len(found.claims_used) == 2
    assert "hold" not in " ".join(found.assumptions)
    pooled = Ranges.of([(793, 4645, 8498, 0.95), (2658, 2975, 3290, 0.95)])
    assert found.median == pytest.approx(pooled.pooled(0.5))
    assert "estimate by a: 793–8,498" in str(found)
    assert "count by c: 64" in str(found)
    assert len(found.claims_left_out) == 2


def test_estimates_without_an_interval_and_earlier_ones_of_a_source_are_left_out() -> None:
    """A bare number has no width; of two estimates of one source one enters."""
    model = {"method": "model", "interval": "credible", "level": "90"}
    claims = [
        Claim(source="a", subject=KILLED, figure=Figure.between(10, 40), stated="2018", **model),
        Claim(source="a", subject=KILLED, figure=Figure.between(20, 60), stated="2018", method="survey"),
        Claim(source="b", subject=KILLED, figure=Figure.between(15, 50), stated="2018", **model),
        Claim(source="c", subject=KILLED, figure=Figure.exactly(30), stated="2018", method="excess"),
    ]
    found = cs.estimate(Ledger(claims, sources=[Source(key=key) for key in "abc"]), method="pool")
    assert len({claim.source for claim in found.claims_used}) == len(found.claims_used) == 2
    assert {claim.id for claim in claims} == {
        *(claim.id for claim in found.claims_used),
        *(each.claim.id for each in found.claims_left_out),
    }


def test_a_range_of_an_earlier_day_is_left_out_unless_accepted() -> None:
    """A range that counts to an earlier day is of fewer people; it enters by name only."""
    ledger = Ledger(
        [
            Claim(
                source=key, subject=KILLED.replacing(since="2020-01-01", until=day), figure=Figure.between(low, 2 * low)
            )
            for key, day, low in (("a", "2020-03-01", 10), ("b", "2020-06-01", 40), ("c", "2020-06-01", 50))
        ],
        sources=[Source(key=key) for key in "abc"],
    )
    found = cs.estimate(ledger, method="pool")
    assert [(each.claim.source, each.reason) for each in found.claims_left_out] == [
        ("a", "it counts to an earlier day")
    ]
    accepted = cs.estimate(ledger, method="pool", earlier_ok=True)
    assert len(accepted.claims_used) == 3
    assert ends(accepted)[1] < ends(found)[1]


def test_an_open_end_is_refused_and_never_closed() -> None:
    """A range without an upper end stops the pool, with the name of its source."""
    with pytest.raises(EstimateError, match="b says 7 or more") as caught:
        cs.estimate(ranges(a=Figure.between(1, 9), b=Figure.at_least(7), c=Figure.between(2, 5)), method="pool")
    assert caught.value.reason == Caution.OPEN_END


def test_one_range_and_several_subjects_are_refused() -> None:
    """A pool needs two independent sources and one subject."""
    with pytest.raises(EstimateError) as caught:
        cs.estimate(ranges(a=Figure.between(1, 9), b=Figure.exactly(4)), method="pool")
    assert caught.value.reason == Caution.ONE_SOURCE
    others = [
        (Subject(harm=["wounded"]), Caution.HARMS_MIXED),
        (Subject(harm=["killed"], side="army"), Caution.SCOPES_MIXED),
    ]
    for subject, reason in others:
        more = Claim(source="a", subject=subject, figure=Figure.between(3, 8), stated="2020")
        with pytest.raises(EstimateError) as caught:
            cs.estimate(
                ranges(a=Figure.between(1, 9), b=Figure.between(2, 4)) | Ledger([more], sources=[Source(key="a")]),
                method="pool",
            )
        assert caught.value.reason == reason
    with pytest.raises(UnknownNameError):
        cs.estimate(ranges(a=Figure.between(1, 9)), method="pool", rule="loud")


def test_a_count_without_a_range_is_left_out_with_the_reason() -> None:
    """One number has no width to pool."""
    found = cs.estimate(
        ranges(a=Figure.between(1, 9), b=Figure.between(2, 12), c=Figure.exactly(5)), method="pool", ranges_hold=0.8
    )
    assert [(each.claim.source, each.reason) for each in found.claims_left_out] == [("c", "one number and no range")]
    assert "a, b hold 80%" in " ".join(found.assumptions)
