"""The reporting error of coded counts: published numbers, totals, and what is refused."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest

import casualties as cs
from casualties.errors import EstimateError, UnknownNameError
from casualties.estimates import Caution
from casualties.estimates._reporting_error import ReportingError
from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.source import Source
from casualties.model.subject import Subject

PUBLISHED = [
    ("state-based", 0, "mean", 0.66),
    *(("state-based", 1, what, value) for what, value in (("mean", 2.20), (0.05, 1), (0.5, 1.14), (0.95, 5.53))),
    *(("state-based", 10, what, value) for what, value in (("mean", 15.12), (0.05, 10), (0.5, 11.68), (0.95, 28.70))),
    *(("state-based", 24, what, value) for what, value in ((0.05, 20), (0.5, 23.8), (0.95, 27))),
    *(("state-based", 25, what, value) for what, value in ((0.05, 25), (0.5, 29.0), (0.95, 62.9))),
    *(("state-based", 80, what, value) for what, value in ((0.05, 80), (0.5, 90.8), (0.95, 175.6))),
    *(("state-based", 100, what, value) for what, value in (("mean", 131.38), (0.05, 100), (0.5, 112.8))),
    ("state-based", 100, 0.95, 214.14),
    *(("state-based", 101, what, value) for what, value in ((0.05, 95.4), (0.5, 101), (0.95, 139.8))),
    *(("state-based", 1000, what, value) for what, value in (("mean", 1170.05), (0.05, 954.47), (0.5, 1037.26))),
    ("state-based", 1000, 0.95, 1686.69),
    *(("non-state", 100, what, value) for what, value in (("mean", 129.28), (0.05, 100), (0.5, 119.61))),
    ("non-state", 100, 0.95, 196.04),
    *(("one-sided", 100, what, value) for what, value in (("mean", 127.36), (0.05, 100), (0.5, 115.68))),
    ("one-sided", 100, 0.95, 193.84),
]
"""What the authors' package uncertainUCDP 0.7.6 gives."""


@pytest.mark.parametrize(("violence", "count", "what", "value"), PUBLISHED)
def test_numbers_of_the_authors_package(violence: str, count: int, what: str | float, value: float) -> None:
    """Means and quantiles are those of the authors' package, within one per cent."""
    error = ReportingError.of([count], [violence])
    got = error.mean()[0] if isinstance(what, str) else error.quantile(what)[0]
    assert got == pytest.approx(value, rel=0.01)


def test_a_quantile_has_its_share_of_the_probability_below_it() -> None:
    """The distribution function, worked out for itself, gives back the share away from the count itself."""
    error = ReportingError.of([10], ["state-based"])
    for share in (0.2, 0.7, 0.95):
        place = error.quantile(share)[0]
        gumbel = math.exp(-math.exp(-(place - error.location[0]) / error.scale[0]))
        below = (1 - error.weight[0]) * gumbel + (error.weight[0] if place > 10 else 0)
        upto = (1 - error.weight[0]) * gumbel + (error.weight[0] if place >= 10 else 0)
        assert below - 1e-9 <= share <= upto + 1e-9


def test_draws_have_the_mean_and_the_quantiles_of_the_formula() -> None:
    """Draws of one event agree with the formula."""
    error = ReportingError.of([100], ["one-sided"])
    draws = error.total_apart(seed=3)
    assert draws.mean() == pytest.approx(error.mean()[0], rel=0.01)
    assert np.quantile(draws, 0.95) == pytest.approx(error.quantile(0.95)[0], rel=0.02)
    assert np.mean(draws == 100) == pytest.approx(error.weight[0], abs=0.01)


def coded(**counts: int) -> Ledger:
    """Make a ledger in which UCDP codes events with one number each."""
    claims = [
        Claim(source="ucdp", subject=Subject(harm=["killed"], event=event), figure=Figure.exactly(count))
        for event, count in counts.items()
    ]
    return Ledger(claims, sources=[Source(key="ucdp", kinds=["compiler"])])


def test_totals_under_both_assumptions_have_one_mean_and_other_widths() -> None:
    """Together the errors of many events add up; each for itself they cancel out."""
    found = cs.estimate(coded(**{f"e{number}": 10 for number in range(50)}), method="ucdp-reporting-error")
    apart, together = found.quantities[:2]
    one = ReportingError.of([10], ["any"])
    assert apart.mean == together.mean == pytest.approx(50 * one.mean()[0])
    assert together.high == pytest.approx(50 * one.quantile(0.95)[0])
    assert None not in (apart.low, together.low, apart.high, together.high)
    assert float(apart.low or 0) > float(together.low or 0)
    assert float(apart.high or 0) < float(together.high or 0)
    assert found.median == apart.median
    turned = cs.estimate(coded(a=10, b=10), method="ucdp-reporting-error", together=True)
    assert turned.median == turned.about("total, all events err together").median


def test_each_event_shows_the_count_beside_it_and_parts_are_left_out() -> None:
    """The whole of an event is used; a part of it, another harm and silence are left out with the reason."""
    event = {"event": "strike"}
    ledger = coded(strike=10) | Ledger(
        [
            Claim(
                source="ucdp",
                subject=Subject(harm=["killed"], status="civilian", **event),
                figure=Figure.exactly(4),
            ),
            Claim(source="ucdp", subject=Subject(harm=["wounded"], **event), figure=Figure.exactly(30)),
            Claim(source="army", subject=Subject(harm=["killed"], **event), stance="silent"),
        ],
        sources=[Source(key="ucdp"), Source(key="army")],
    )
    found = cs.estimate(ledger, method="ucdp-reporting-error")
    assert found.quantities[0].beside[0].words == "10"
    assert len(found.claims_used) == 1
    assert found.warned(Caution.ZERO_OF_SILENCE)
    assert sorted(each.reason for each in found.claims_left_out) == [
        "a part of an event: the whole of the event is coded",
        "another harm: the error is known for people killed",
        "silent: that is no zero",
    ]


def test_where_nobody_coded_the_codebook_codes() -> None:
    """Claims of others are coded by UCDP's codebook, and the answer says so."""
    claims = [
        Claim(source=name, subject=Subject(harm=["killed"], event="strike"), figure=Figure.exactly(12), stated="2023")
        for name in ("army", "un")
    ]
    ledger = Ledger(claims, sources=[Source(key="army"), Source(key="un")])
    found = cs.estimate(ledger, method="ucdp-reporting-error")
    assert found.median == ReportingError.of([12], ["any"]).quantile(0.5)[0]
    assert "UCDP's codebook" in found.assumptions[0]


def test_counts_that_may_share_people_are_refused() -> None:
    """Two counts without events are no events, and are not added."""
    ledger = Ledger(
        [
            Claim(source="ucdp", subject=Subject(harm=["killed"], place=place), figure=Figure.exactly(3))
            for place in ("north", "south")
        ],
        sources=[Source(key="ucdp")],
    )
    with pytest.raises(EstimateError) as caught:
        cs.estimate(ledger, method="ucdp-reporting-error")
    assert caught.value.reason == Caution.SCOPES_MIXED


def test_what_cannot_be_estimated_is_refused_by_name() -> None:
    """No claim, no type of violence and no option of a name are errors of their own."""
    with pytest.raises(EstimateError) as caught:
        cs.estimate(Ledger(), method="ucdp-reporting-error")
    assert caught.value.reason == Caution.NO_CLAIMS
    with pytest.raises(UnknownNameError, match="violence 'war'"):
        cs.estimate(coded(a=1), method="ucdp-reporting-error", violence="war")
    with pytest.raises(UnknownNameError, match="option 'models'"):
        cs.estimate(coded(a=1), method="ucdp-reporting-error", models=["x"])
    with pytest.raises(EstimateError, match="level 90"):
        cs.estimate(coded(a=1), method="ucdp-reporting-error", level=90)


@pytest.mark.real_data
def test_ten_events_of_the_dataset(real_data: Path, tmp_path: Path) -> None:
    """Rows of the dataset, read with its preset, are used by their best numbers."""
    with (real_data / "ucdp-ged" / "ged231_sample_1000.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    best = rows[0].index("best")
    table = tmp_path / "ten.csv"
    kept = [row for row in rows[1:] if int(float(row[best])) > 0][:10]
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([rows[0], *kept])
    found = cs.estimate(cs.read_table(table, "ucdp-ged").ledger, method="ucdp-reporting-error")
    counted = [each.beside[0].words for each in found.quantities if each.kind == "event"]
    assert len(counted) + len({each.reason for each in found.claims_left_out if "one number" in each.reason}) >= 9
    assert dict(found.diagnosed)["events"] == len(counted)
