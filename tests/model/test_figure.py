"""Figures: building, refusing, algebra by hand, notation, pydantic."""

from __future__ import annotations

import copy
import operator
import pickle
from dataclasses import FrozenInstanceError
from fractions import Fraction

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from casualties.errors import FigureError
from casualties.model.figure import MAX_COUNT, End, Figure

LOW, HIGH, BOTH = frozenset({End.LOW}), frozenset({End.HIGH}), frozenset(End)


def refused(reason: str, *args: object, **kwargs: object) -> FigureError:
    """Build a figure that is refused, and check the reason."""
    with pytest.raises(FigureError) as caught:
        Figure(*args, **kwargs)  # type: ignore[arg-type]
    assert caught.value.reason == reason
    return caught.value


@pytest.mark.parametrize(
    ("figure", "low", "high"),
    [
        (Figure.exactly(3), 3, 3),
        (Figure.at_least(3), 3, None),
        (Figure.at_most(3), 0, 3),
        (Figure.between(1, 2), 1, 2),
        (Figure(0, MAX_COUNT), 0, MAX_COUNT),
    ],
)
def test_constructors_say_what_was_stated(figure: Figure, low: int, high: int | None) -> None:
    """Each constructor sets both ends, assumes nothing and names no best number."""
    assert (figure.low, figure.high, figure.best, figure.assumed) == (low, high, None, frozenset())


@pytest.mark.parametrize("count", [True, False, 9.0, "9", None, Fraction(9), b"9", [9], 9j])
def test_what_is_no_int_is_no_count(count: object) -> None:
    """A truth value, a float, a text or nothing is never taken for a count."""
    refused("not-a-count", count, 9)
    if count is not None:
        refused("not-a-count", 0, count)
        refused("not-a-count", 0, 9, best=count)
        with pytest.raises(FigureError):
            count in Figure.exactly(9)  # type: ignore[operator]  # noqa: B015


@pytest.mark.parametrize(
    ("count", "reason"),
    [(-1, "negative"), (MAX_COUNT + 1, "too-large"), pytest.param(10**9999, "too-large", id="9,999 digits")],
)
def test_counts_have_limits(count: int, reason: str) -> None:
    """No count is below zero or above the limit, however long its digits."""
    refused(reason, count, None)


def test_high_below_low_is_never_swapped() -> None:
    """The error shows both numbers and what to write."""
    error = refused("high-below-low", 15, 12)
    assert str(error) == (
        "figure 15..12: high is below low\n"
        "Hint: the lower end comes first: 12..15; or keep two claims if two sources spoke"
    )


@pytest.mark.parametrize(("low", "high", "best"), [(3, 5, 2), (3, 5, 6), (3, None, 2)])
def test_best_lies_within(low: int, high: int | None, best: int) -> None:
    """A preferred number outside the own range is a contradiction."""
    refused("best-outside", low, high, best=best)


def test_absent_ceiling_is_not_assumed() -> None:
    """There is nothing to mark where no ceiling is."""
    refused("absent-high-assumed", 3, None, assumed=HIGH)


@pytest.mark.parametrize("assumed", [None, 3, {"middle"}, "low", [[]]])
def test_assumed_is_a_set_of_ends(assumed: object) -> None:
    """Anything but the two ends is refused."""
    refused("unknown-end", 3, 4, assumed=assumed)


def test_names_of_ends_are_taken_for_ends() -> None:
    """A set or list of the names makes an equal figure."""
    assert Figure(3, 4, assumed=["high", "low"]) == Figure(3, 4, assumed=BOTH)  # type: ignore[arg-type]


def test_figure_cannot_change() -> None:
    """A figure is a value: frozen, without further attributes, hashable."""
    figure = Figure(1, 2)
    with pytest.raises(FrozenInstanceError):
        figure.low = 0  # type: ignore[misc]
    assert not hasattr(figure, "__dict__")
    assert len({figure, Figure(1, 2), Figure(1, 2, best=1)}) == 2
    assert Figure(1, 2) != (1, 2)  # type: ignore[comparison-overlap]


def test_figure_has_no_order_and_no_truth() -> None:
    """The order of ranges is partial, and zero is not false."""
    with pytest.raises(TypeError):
        Figure(1, 2) < Figure(3, 4)  # type: ignore[operator]  # noqa: B015
    with pytest.raises(TypeError, match="no truth value"):
        bool(Figure.exactly(0))


@pytest.mark.parametrize("figure", [Figure(1, 2, best=1, assumed=LOW), Figure.at_least(81)])
def test_figure_travels(figure: Figure) -> None:
    """Pickle and copy give back an equal figure."""
    assert pickle.loads(pickle.dumps(figure)) == copy.deepcopy(figure) == copy.copy(figure) == figure


@pytest.mark.parametrize(
    ("one", "other", "meet", "hull", "total"),
    [
        (Figure(1, 5), Figure(4, None), Figure(4, 5), Figure(1, None), Figure(5, None)),
        (Figure(1, 2), Figure(3, 4), None, Figure(1, 4), Figure(4, 6)),
        (Figure(2, None), Figure(0, 25), Figure(2, 25), Figure(0, None), Figure(2, None)),
        (Figure(3, None), Figure(5, None), Figure(5, None), Figure(3, None), Figure(8, None)),
        (
            Figure(3, 9, best=4),
            Figure(3, 9, best=5),
            Figure(3, 9),
            Figure(3, 9),
            Figure(6, 18),
        ),
        (
            Figure(3, 9, assumed=BOTH),
            Figure(3, 9),
            Figure(3, 9),
            Figure(3, 9, assumed=BOTH),
            Figure(6, 18, assumed=BOTH),
        ),
        (
            Figure(3, 9, assumed=LOW),
            Figure(4, 8, assumed=HIGH),
            Figure(4, 8, assumed=HIGH),
            Figure(3, 9, assumed=LOW),
            Figure(7, 17, assumed=BOTH),
        ),
        (
            Figure(3, 9, assumed=BOTH),
            Figure(1, None),
            Figure(3, 9, assumed=BOTH),
            Figure(1, None),
            Figure(4, None, assumed=LOW),
        ),
    ],
)
def test_algebra(one: Figure, other: Figure, meet: Figure | None, hull: Figure, total: Figure) -> None:
    """Meet, hull and sum, with the marks of the ends that they keep and without best numbers."""
    assert (one & other, one | other, one + other) == (meet, hull, total)
    assert (Figure.meet([one, other]), Figure.hull([one, other]), Figure.total([one, other])) == (meet, hull, total)


def test_many_at_once() -> None:
    """Meet ends as soon as nothing is shared; one figure alone only loses its best number."""
    assert Figure.meet([Figure(1, 2), Figure(3, 4), Figure(1, 9)]) is None
    alone = [Figure(1, 9, best=4)]
    assert Figure.meet(alone) == Figure.hull(alone) == Figure.total(alone) == Figure(1, 9)


@pytest.mark.parametrize("combine", [Figure.meet, Figure.hull, Figure.total])
def test_nothing_has_no_total(combine: object) -> None:
    """No figures give no figure: a sum of nothing known is not zero."""
    with pytest.raises(FigureError) as caught:
        combine([])  # type: ignore[operator]
    assert caught.value.reason == "no-figures"


def test_sum_beyond_the_limit_is_refused() -> None:
    """A sum is a count like any other."""
    with pytest.raises(FigureError) as caught:
        Figure.exactly(MAX_COUNT) + Figure.exactly(1)
    assert caught.value.reason == "too-large"


def test_strangers_are_not_combined() -> None:
    """A number is not taken for a figure."""
    for combine in (operator.and_, operator.or_, operator.add):
        with pytest.raises(TypeError):
            combine(Figure(1, 2), 1)


def test_relations() -> None:
    """Overlap is symmetric, inside is not; counts are inside at both ends."""
    narrow, wide, open_end = Figure(4, 5), Figure(4, 9), Figure.at_least(5)
    assert narrow.inside(wide)
    assert narrow.inside(narrow)
    assert not wide.inside(narrow)
    assert not open_end.inside(wide)
    assert narrow.overlaps(open_end)
    assert open_end.overlaps(narrow)
    assert not Figure(1, 3).overlaps(narrow)
    assert not narrow.overlaps(Figure(1, 3))
    assert [count in narrow for count in (3, 4, 5, 6)] == [False, True, True, False]
    assert MAX_COUNT in open_end
    assert (Figure.exactly(0).is_exact, narrow.is_exact, open_end.is_exact) == (True, False, False)


@pytest.mark.parametrize(
    ("figure", "stated"),
    [
        (Figure(20, 30), Figure(20, 30)),
        (Figure(20, 30, assumed=LOW), Figure(0, 30)),
        (Figure(20, 30, assumed=HIGH, best=25), Figure(20, None, best=25)),
        (Figure(20, 30, assumed=BOTH), Figure(0, None)),
    ],
)
def test_as_stated_takes_back_what_was_assumed(figure: Figure, stated: Figure) -> None:
    """What remains is what the words gave."""
    assert figure.as_stated() == stated


def test_assuming_fills_only_gaps() -> None:
    """A ceiling or floor that is there stays; one that is filled in is marked."""
    assert Figure.at_least(3).assume_ceiling(9) == Figure(3, 9, assumed=HIGH)
    assert Figure(3, 5).assume_ceiling(9) == Figure(3, 5)
    assert Figure.at_most(9).assume_floor(1) == Figure(1, 9, assumed=LOW)
    assert Figure(3, 5).assume_floor(1) == Figure(3, 5)
    assert Figure(0, None, best=4).assume_floor(2).assume_ceiling(5) == Figure(2, 5, best=4, assumed=BOTH)
    with pytest.raises(FigureError, match="high is below low"):
        Figure.at_least(3).assume_ceiling(2)
    with pytest.raises(FigureError, match="high is below low"):
        Figure.exactly(0).assume_floor(1)


@pytest.mark.parametrize(
    ("figure", "text", "code"),
    [
        (Figure.exactly(1), "1", "Figure(low=1, high=1)"),
        (Figure.exactly(0), "0", "Figure(low=0, high=0)"),
        (Figure.at_least(0), "0 or more", "Figure(low=0, high=None)"),
        (Figure.at_least(1200), "1,200 or more", "Figure(low=1200, high=None)"),
        (Figure.at_most(25), "up to 25", "Figure(low=0, high=25)"),
        (Figure(2, 25), "2–25", "Figure(low=2, high=25)"),
        (Figure(10, 20, best=15), "10–20 (best 15)", "Figure(low=10, high=20, best=15)"),
        (Figure(3, None, assumed=LOW), "3 or more (assumed)", "Figure(low=3, high=None, assumed=frozenset({'low'}))"),
        (Figure(3, 4, assumed=LOW), "3–4 (floor assumed)", "Figure(low=3, high=4, assumed=frozenset({'low'}))"),
        (
            Figure(10, 20, best=15, assumed=HIGH),
            "10–20 (best 15, ceiling assumed)",
            "Figure(low=10, high=20, best=15, assumed=frozenset({'high'}))",
        ),
        (Figure(3, 4, assumed=BOTH), "3–4 (assumed)", "Figure(low=3, high=4, assumed=frozenset({'low', 'high'}))"),
    ],
)
def test_notation(figure: Figure, text: str, code: str) -> None:
    """A figure shows every mark, in words and in code."""
    assert (str(figure), repr(figure)) == (text, code)


class Stated(BaseModel):
    """A record with a figure, as others in the library have."""

    figure: Figure


def test_pydantic_reads_and_writes_a_figure() -> None:
    """A dictionary and JSON are read; marks are written in one order; instances pass unchanged."""
    adapter = TypeAdapter(Figure)
    figure = Figure(3, 4, assumed=BOTH)
    assert adapter.validate_python({"low": 3, "high": None}) == Figure(3, None)
    assert adapter.dump_json(figure) == b'{"low":3,"high":4,"best":null,"assumed":["high","low"]}'
    assert adapter.validate_json(adapter.dump_json(figure)) == figure
    assert Stated(figure=figure).figure is figure


@pytest.mark.parametrize(
    "data",
    [
        {"low": True, "high": None},
        {"low": "9", "high": None},
        {"low": 9.0, "high": None},
        {"low": 1, "high": True},
        {"low": 1, "high": 2, "best": "1"},
        {"low": -1, "high": 2},
        {"low": 3, "high": 2},
        {"low": 3},
        {"low": 3, "high": 4, "hihg": 5},
        {"low": 3, "high": None, "assumed": ["high"]},
    ],
)
def test_pydantic_coerces_nothing(data: dict[str, object]) -> None:
    """What is no figure is no figure in a record either; an absent ceiling is said, not left out."""
    with pytest.raises(ValidationError):
        Stated.model_validate({"figure": data})


def test_best_number_and_assumed_ends_are_given_by_name() -> None:
    """A third number by place would be read as one knows not what."""
    with pytest.raises(TypeError):
        Figure(1, 3, 2)  # type: ignore[call-arg]
    assert Figure(1, 3, best=2).best == 2
