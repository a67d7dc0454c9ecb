"""The laws of figures, on drawn figures and against an independent library."""

from __future__ import annotations

from itertools import combinations

import portion
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casualties.errors import UnreadableFigureError
from casualties.model.figure import Figure
from casualties.testing import FIGURE_LAWS, check_figure_laws, figures
from casualties.wording import parse_figure, silence_of


def interval(figure: Figure) -> portion.Interval:
    """Return the same range as the other library writes it."""
    return (
        portion.closed(figure.low, figure.high)
        if figure.high is not None
        else portion.closedopen(figure.low, portion.inf)
    )


@pytest.mark.parametrize("law", FIGURE_LAWS)
@given(one=figures(), other=figures(), third=figures())
def test_law(law: str, one: Figure, other: Figure, third: Figure) -> None:
    """Each law holds for any three figures."""
    assert FIGURE_LAWS[law](one, other, third)


def test_broken_law_is_named() -> None:
    """The check names the law and shows the figures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(FIGURE_LAWS, "no figure equals itself", lambda one, _other, _third: one != one)  # noqa: PLR0124 - meant to fail
        with pytest.raises(AssertionError, match=r"no figure equals itself: not so for Figure\(low=1, high=1\)"):
            check_figure_laws(Figure.exactly(1), Figure.exactly(2), Figure.exactly(3))


@given(figures())
def test_repr_is_evaluated_back(figure: Figure) -> None:
    """What repr shows builds an equal figure."""
    assert eval(repr(figure), {"Figure": Figure}) == figure  # noqa: S307 - our own repr


@given(figures(plain=True), figures(plain=True))
def test_meet_and_hull_agree_with_portion(one: Figure, other: Figure) -> None:
    """Another library of intervals finds the same meet and the same hull."""
    meet = one & other
    theirs = interval(one) & interval(other)
    assert theirs.empty if meet is None else interval(meet) == theirs
    assert interval(one | other) == (interval(one) | interval(other)).enclosure


@given(figures(plain=True), figures(plain=True), st.integers(0, 12))
def test_membership_follows_meet_and_hull(one: Figure, other: Figure, count: int) -> None:
    """A count is in the meet exactly if it is in both, and in the hull if it is in one."""
    meet = one & other
    assert (meet is not None and count in meet) == (count in one and count in other)
    assert count in one | other or not (count in one or count in other)


@given(st.lists(figures(plain=True), min_size=1, max_size=6))
def test_helly(many: list[Figure]) -> None:
    """If every two figures overlap, all of them share a count, and only then."""
    in_pairs = all(one.overlaps(other) for one, other in combinations(many, 2))
    assert in_pairs == (Figure.meet(many) is not None)


@given(st.lists(figures(), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_order_of_many_changes_nothing(many: list[Figure], random: object) -> None:
    """Meet, hull and total of many do not depend on their order."""
    shuffled = list(many)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert Figure.meet(many) == Figure.meet(shuffled)
    assert Figure.hull(many) == Figure.hull(shuffled)
    assert Figure.total(many) == Figure.total(shuffled)


@given(figures())
def test_as_stated_is_wider(figure: Figure) -> None:
    """Taking back what was assumed never narrows a figure, and leaves nothing to take back."""
    assert figure.inside(figure.as_stated())
    assert figure.as_stated().as_stated() == figure.as_stated()


PIECES = (
    "at least|most|more than|fewer|no|one|two|hundred|thousand|million|dozen|dozens|and|or|to|-|–|~|+|(|)|,|.|'|1|12"
    "|1,200|1.2|1.200|k|%|about|nearly|just over|killed|soldiers|were|was|a|several|of|best|assumed|007|between|from"
    "|up|unknown|none|half|not|best 15|½|٣|\u00a0|\u200b|T-64"
)
WORDS = st.lists(st.sampled_from(PIECES.split("|")), max_size=9)


@given(st.one_of(st.text(max_size=60), WORDS.map(" ".join), WORDS.map("".join)))
def test_any_text_is_a_figure_silence_or_our_error(text: str) -> None:
    """No text brings out another error; what is read is a figure whose notation is read back."""
    try:
        figure = parse_figure(text)
    except UnreadableFigureError as error:
        refused = error
    else:
        assert (figure is None) == (silence_of(text) is not None)
        assert figure is None or parse_figure(str(figure)) == figure
        return
    assert 0 <= refused.place <= len(text)
    assert refused.text == text


@given(st.integers(1, 10**11))
def test_about_never_reaches_zero_and_holds_its_number(count: int) -> None:
    """An approximation is around its number, marked at both ends and at most a fifth wide, rounded outward."""
    figure = parse_figure(f"about {count}")
    assert figure is not None
    assert figure.high is not None
    assert 1 <= figure.low <= count <= figure.high
    assert figure.high - count <= -(-count // 5)
    assert figure.as_stated() == Figure(0, None)
