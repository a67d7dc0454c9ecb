"""Undercount from overlapping lists: published numbers, the parts of each model by hand, and what is refused."""

from __future__ import annotations

import csv
from itertools import product
from math import comb, lgamma
from pathlib import Path

import numpy as np
import pytest

import casualties as cs
from casualties.errors import EstimateError, UnknownNameError
from casualties.estimates import Caution, Kind, Overlaps, Quantity
from casualties.estimates import overlapping_lists as method
from casualties.estimates._chains import effective_size, rhat
from casualties.estimates._chao import LogNormal, lower_bound
from casualties.estimates._graphs import TotalPrior, average_over_graphs, decomposable_graphs
from casualties.estimates._latent_classes import Drawn, _Model, draw_totals
from casualties.estimates._log_linear import fit_all, hierarchical_models
from casualties.estimates.overlapping_lists import _disagreement
from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.source import Source
from casualties.model.subject import Subject

THREE = np.array([0, 60, 49, 4, 247, 112, 142, 12.0])
"""Three lists of Madigan and York (1997)."""


def kosovo(folder: Path) -> Overlaps:
    """Read how the killings in Kosovo overlap on four lists."""
    return Overlaps.read(folder / "kosovo" / "kosovo_patterns.csv")


def test_decomposable_graphs_are_as_many_as_chordal_graphs() -> None:
    """There are 2, 8, 61 and 822 labelled chordal graphs on two to five nodes."""
    assert [len(decomposable_graphs(lists)) for lists in (2, 3, 4, 5)] == [2, 8, 61, 822]


@pytest.mark.parametrize("lists", [3, 4, 5])
def test_cliques_less_separators_hold_every_list_once(lists: int) -> None:
    """In every graph each list is in one clique more than in separators."""
    for graph in decomposable_graphs(lists):
        for each in range(lists):
            assert sum(count for group, count in enumerate(graph) if group >> each & 1) == 1


def test_madigan_and_york() -> None:
    """With their prior, 731 has the least relative loss, and 728 is the mode."""
    found = average_over_graphs(THREE, 1, TotalPrior(13.14, 55.17))
    assert round(found.least_relative_loss()) == 731
    assert found.mode() == 728
    assert round(float(found.graphs.max()), 2) == 0.37


def test_the_marginal_likelihood_of_two_lists_by_hand() -> None:
    """Both graphs of two lists, summed over every total up to a bound, as the formula is printed."""
    counts, delta = (0, 6, 4, 3), 0.25
    weights = []
    for unseen in range(2000):
        cells = [unseen, *counts[1:]]
        total = sum(cells)
        common = lgamma(total + 1) - lgamma(unseen + 1) - np.log(total)
        whole = lgamma(4 * delta) - lgamma(total + 4 * delta)
        one = [cells[0] + cells[2], cells[1] + cells[3]]
        other = [cells[0] + cells[1], cells[2] + cells[3]]
        edge = sum(lgamma(cell + delta) - lgamma(delta) for cell in cells) + whole
        apart = sum(lgamma(cell + 2 * delta) - lgamma(2 * delta) for cell in (*one, *other)) + 2 * whole
        weights.append(np.exp(common + edge) + np.exp(common + apart))
    summed = np.cumsum(weights) / np.sum(weights)
    found = average_over_graphs(np.array(counts, dtype=float), delta, TotalPrior())
    for share in (0.1, 0.5, 0.8):
        assert found.quantile(share) == pytest.approx(13 + np.searchsorted(summed, share), abs=2)


def test_log_linear_models_count_and_close_in_one_step() -> None:
    """Independent lists have the closed form of one number, and every model keeps the terms inside its terms."""
    assert [len(hierarchical_models(lists)) for lists in (2, 3, 4)] == [1, 8, 113]
    for model in hierarchical_models(4):
        for group in model:
            inner = {group & ~(1 << each) for each in range(4) if group >> each & 1}
            assert {each for each in inner if each.bit_count() > 1} <= set(model)
    chance = [0.5, 0.4, 0.3]
    cells = [
        1000 * np.prod([p if pattern >> each & 1 else 1 - p for each, p in enumerate(chance)]) for pattern in range(8)
    ]
    found = fit_all(np.array([0, *cells[1:]]))
    independent = found.models.index(())
    assert found.total[independent] == pytest.approx(1000, rel=1e-6)


def test_the_lower_bound_by_hand() -> None:
    """Half of the square of those on one list over those on two, less one part in as many as there are lists."""
    bound = lower_bound(THREE)
    once, twice = 60 + 49 + 247, 4 + 112 + 142
    assert bound.unseen == pytest.approx(2 / 3 * once**2 / (2 * twice))
    none_twice = lower_bound(np.array([0, 5, 4, 0, 3, 0, 0, 0.0]))
    assert none_twice.unseen == pytest.approx(2 / 3 * comb(12, 2))
    assert LogNormal(10, 0, 0).quantile(0.9) == 10


def test_the_slope_of_latent_classes_is_that_of_their_density() -> None:
    """The gradient agrees with differences of the density, in every direction."""
    patterns = np.array([[0, 1, 0], [1, 0, 1], [1, 1, 1], [0, 0, 1.0]])
    model = _Model(patterns, np.array([5, 3, 2, 7.0]), 3)
    place = np.random.default_rng(5).standard_normal((2, model.size))
    slope = model(place)[1]
    for each in range(model.size):
        step = np.zeros(model.size)
        step[each] = 1e-5
        rise = (model(place + step)[0] - model(place - step)[0]) / 2e-5
        assert rise == pytest.approx(slope[:, each], rel=1e-4, abs=1e-4)


def test_latent_classes_find_the_total_of_independent_lists() -> None:
    """Three independent lists of 2,000 people, of whom about two thirds are listed."""
    chance = [0.3, 0.3, 0.3]
    counts = {
        pattern: round(2000 * np.prod([p if on else 1 - p for on, p in zip(pattern, chance, strict=True)]))
        for pattern in product((0, 1), repeat=3)
        if any(pattern)
    }
    patterns = np.array(list(counts), dtype=float)
    few = draw_totals(patterns, np.array(list(counts.values()), dtype=float), 1, classes=3, warmup=200, block=200)
    assert rhat(few.total) < 1.1
    assert np.median(few.total) == pytest.approx(2000, rel=0.15)


def test_chains_that_do_not_agree_are_seen() -> None:
    """Chains apart from one another, and chains that move slowly, are told from noise."""
    noise = np.random.default_rng(2).standard_normal((400, 4))
    assert rhat(noise) < 1.01
    assert effective_size(noise) > 1200
    assert rhat(noise + np.arange(4) * 3) > 1.5
    assert rhat(np.ones((4, 2))) == 1
    assert rhat(np.repeat([[1.0, 2.0]], 4, axis=0)) == float("inf")
    assert effective_size(np.cumsum(noise, axis=0)) < 60
    assert effective_size(np.ones((100, 4))) == 0
    assert (rhat(noise[:3]), effective_size(noise[:3])) == (float("inf"), 0)


def test_two_lists_are_refused_unless_accepted_by_name() -> None:
    """Two lists cannot show whether they depend on one another."""
    lists = Overlaps.of({("a",): 30, ("b",): 20, ("a", "b"): 10})
    with pytest.raises(EstimateError) as caught:
        cs.estimate(lists, method="overlapping-lists")
    assert caught.value.reason == Caution.TWO_LISTS
    found = cs.estimate(lists, method="overlapping-lists", independent_ok=True)
    assert found.median == pytest.approx(41 * 31 / 11 - 1)


def test_lists_that_share_nobody_are_refused() -> None:
    """Records that nobody matched, and empty lists, say nothing of those on no list."""
    with pytest.raises(EstimateError) as caught:
        cs.estimate(Overlaps.of({("a",): 3, ("b",): 2, ("c",): 1}), method="overlapping-lists")
    assert caught.value.reason == Caution.UNMATCHED
    with pytest.raises(EstimateError) as caught:
        cs.estimate(Overlaps.of({("a",): 0, ("b",): 0, ("c",): 0}), method="overlapping-lists")
    assert caught.value.reason == Caution.NO_CLAIMS


def test_a_prior_that_moves_the_median_and_models_that_disagree_are_warned_of() -> None:
    """Few people on several lists leave much to the prior."""
    lists = Overlaps.of({("a",): 40, ("b",): 50, ("c",): 60, ("a", "b"): 3, ("a", "c"): 1, ("b", "c"): 9})
    found = cs.estimate(lists, method="overlapping-lists", models=["decomposable-graphs", "log-linear"])
    assert found.warned(Caution.PRIOR)
    one, other = (Quantity(name, Kind.MODEL, 90, median, median, 300) for name, median in (("x", 100), ("y", 121)))
    bound = Quantity("lower-bound", Kind.MODEL, 105, 110, 110, 115)
    assert [each.text for each in _disagreement({"x": one, "y": other, "lower-bound": bound})] == [
        "x gives 100, y 121",
        "x gives 100, below the interval of the lower bound",
    ]
    assert _disagreement({"x": one}) == []


def test_six_lists_have_only_the_models_that_can_be_looked_at() -> None:
    """Graphs and log-linear models end at five lists; the answer says so."""
    rng = np.random.default_rng(0)
    records = [[name for name in "abcdef" if rng.random() < 0.3] for _ in range(300)]
    lists = Overlaps.of_records(filter(None, records))
    found = cs.estimate(lists, method="overlapping-lists", models=["log-linear", "lower-bound"])
    assert [each.name for each in found.quantities] == ["lower-bound"]
    assert found.warned(Caution.UNFITTED)
    with pytest.raises(EstimateError) as caught:
        cs.estimate(lists, method="overlapping-lists", models=["log-linear"])
    assert caught.value.reason == Caution.UNFITTED
    with pytest.raises(UnknownNameError):
        cs.estimate(lists, method="overlapping-lists", models=["magic"])


def test_the_prior_of_madigan_and_york_can_be_asked_for() -> None:
    """A gamma prior of the total stands among the priors, and moves the answer as it does in the core."""
    three = {("a",): 60, ("b",): 49, ("a", "b"): 4, ("c",): 247, ("a", "c"): 112, ("b", "c"): 142, ("a", "b", "c"): 12}
    found = cs.estimate(
        Overlaps.of(three),
        method="overlapping-lists",
        models=["decomposable-graphs"],
        delta=1.0,
        gamma=(13.14, 55.17),
    )
    assert round(found.diagnostics["decomposable-graphs: least relative loss"]) == 731
    assert "gamma rate of shape 13.14 and scale 55.17" in found.priors[0]


def test_a_total_without_an_upper_end_is_warned_of() -> None:
    """With few people and next to no prior people a cell, probability is left at every height."""
    lists = Overlaps.of({("a",): 3, ("b",): 2, ("c",): 2, ("b", "c"): 1})
    found = cs.estimate(lists, method="overlapping-lists", models=["decomposable-graphs"], delta=0.01)
    assert found.warned(Caution.TAIL)


def test_a_concentration_that_moves_the_median_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draws whose total goes with the concentration of classes are told as resting on its prior."""
    rng = np.random.default_rng(3)
    concentration = rng.gamma(0.25, 4, (400, 4))
    drawn = Drawn(1000 * np.exp(concentration / 2) + rng.normal(0, 1, (400, 4)), concentration, 0.7)
    monkeypatch.setattr(method, "draw_totals", lambda *_given, **_named: drawn)
    lists = Overlaps.of({("a",): 40, ("b",): 50, ("c",): 60, ("a", "b"): 13, ("a", "c"): 11, ("b", "c"): 9})
    found = cs.estimate(lists, method="overlapping-lists", models=["latent-classes"])
    assert found.warned(Caution.PRIOR)


def test_a_chain_that_has_not_converged_gives_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where chains do not agree there is neither an interval nor a median, and no draws."""

    def hasty(patterns: object, counts: object, seed: int, *, classes: int) -> object:
        return draw_totals(patterns, counts, seed, classes=2, chains=2, warmup=0, block=4, blocks=1)  # type: ignore[arg-type]

    monkeypatch.setattr(method, "draw_totals", hasty)
    lists = Overlaps.of({("a",): 40, ("b",): 50, ("c",): 60, ("a", "b"): 3, ("a", "c"): 1, ("b", "c"): 9})
    found = cs.estimate(lists, method="overlapping-lists", models=["latent-classes"])
    assert (found.low, found.median, found.mean, found.high) == (None, None, None, None)
    assert found.warned(Caution.NOT_CONVERGED)
    assert "–" in str(found)
    assert "no number: the chains did not agree" in found.to_svg()
    with pytest.raises(EstimateError, match="no draws are kept"):
        found.draws()


def test_a_ledger_of_matched_events_is_a_set_of_lists() -> None:
    """Independent sources are lists and events records; silence is on no list, an organ is its government's list."""
    sources = [Source(key="gov"), Source(key="ministry", under="gov"), Source(key="ngo"), Source(key="un")]
    said = {"ministry": "ab", "gov": "a", "ngo": "bc", "un": "acd"}
    claims = [
        Claim(source=source, subject=Subject(harm=["killed"], event=event), figure=Figure.exactly(1))
        for source, events in said.items()
        for event in events
    ]
    silent = Claim(source="ngo", subject=Subject(harm=["killed"], event="d"), stance="silent")
    loose = Claim(source="ngo", subject=Subject(harm=["killed"]), figure=Figure.exactly(9))
    found = cs.estimate(
        Ledger([*claims, silent, loose], sources=sources), method="overlapping-lists", models=["lower-bound"]
    )
    beside = {each.source: each.low for each in found.quantities[0].beside}
    assert beside == {"all lists together": 4, "gov": 2, "ngo": 2, "un": 3}
    assert found.of.startswith("People")
    assert {each.reason for each in found.claims_left_out} >= {"silent: that is no zero", "it names no event"}


def test_tables_of_overlaps_are_read_with_every_problem(tmp_path: Path) -> None:
    """A table has a mark for each list and a count; what is wrong is told at once with its line."""
    table = tmp_path / "lists.csv"
    table.write_text("b,a,count\n1,0,3\n0,1,2\n1,1,1\n", encoding="utf-8")
    read = Overlaps.read(table)
    assert (read.lists, read.counts) == (("a", "b"), (0, 2, 3, 1))
    assert (read.on("a"), read.shared("a", "b"), read.seen) == (3, 1, 6)
    table.write_text("b,a,count\n0,0,3\n1,x,2\n1,1,-1\n", encoding="utf-8")
    with pytest.raises(EstimateError, match=r"line 2.*line 3.*line 4"):
        Overlaps.read(table)
    table.write_text("b,a\n0,1\n", encoding="utf-8")
    with pytest.raises(EstimateError, match="no column count"):
        Overlaps.read(table)
    with pytest.raises(EstimateError, match="1 lists"):
        Overlaps(("a",), (0, 1))
    with pytest.raises(EstimateError):
        Overlaps(("b", "a"), (0, 1, 2, 3))
    with pytest.raises(EstimateError):
        Overlaps(("a", "b"), (1, 1, 2, 3))


@pytest.mark.real_data
def test_kosovo(real_data: Path) -> None:
    """Graphs, log-linear models and latent classes give what the published programs give."""
    lists = kosovo(real_data)
    found = cs.estimate(lists, method="overlapping-lists", level=0.95)
    graphs = found.about("decomposable-graphs")
    assert (graphs.median, graphs.low, graphs.high) == pytest.approx((12594, 9827, 16538), rel=0.001)
    numbers = found.diagnostics
    assert numbers["log-linear: best by BIC"] == 10356.5
    assert numbers["log-linear: its standard error"] == 785.9
    assert found.about("log-linear, averaged by BIC").mean == pytest.approx(13184, abs=1)
    assert numbers["log-linear: standard deviation of the average"] == pytest.approx(3474, abs=1)
    best = next(each.name for each in found.quantities if "best" in each.name)
    assert best == "log-linear, best by BIC: ABA×EXH×OSCE, EXH×HRW, HRW×OSCE"
    classes = found.about("latent-classes")
    assert classes.median is not None
    assert 9050 <= classes.median <= 14786
    assert numbers["latent-classes: rhat"] <= 1.02
    assert numbers["latent-classes: effective draws"] >= 400
    with (real_data / "kosovo" / "kosovo_patterns.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert lists.seen == sum(int(row["count"]) for row in rows) == 4400
    assert lists.on("EXH") == sum(int(row["count"]) for row in rows if row["EXH"] == "1")
