"""A strategy that draws figures, and the laws that hold of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from casualties.model.figure import End, Figure
from casualties.wording import parse_figure

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FIGURE_LAWS", "check_figure_laws", "figures"]


@st.composite
def figures(draw: st.DrawFn, *, max_count: int = 10**6, plain: bool = False) -> Figure:
    """Draw figures of every kind: exact, open, ranges, with assumed ends and with a best number.

    Small counts are drawn often, so that ends of different figures touch.

    Args:
        draw: Given by Hypothesis.
        max_count: The largest count drawn, in people.
        plain: Whether to leave out assumed ends and best numbers.

    Examples:
        >>> from hypothesis import find
        >>> print(find(figures(), lambda figure: figure.high is None and figure.low > 2))
        3 or more
    """
    counts = st.one_of(st.integers(0, min(8, max_count)), st.integers(0, max_count))
    ends = sorted((draw(counts), draw(counts)))
    low, high = ends[0], draw(st.sampled_from((None, ends[0], ends[1])))
    if plain:
        return Figure(low, high)
    assumed = draw(st.frozensets(st.sampled_from([End.LOW] if high is None else list(End))))
    best = draw(st.none() | st.integers(low, max(low, max_count) if high is None else high))
    return Figure(low, high, best=best, assumed=assumed)


def _without_best(figure: Figure) -> Figure:
    return Figure(figure.low, figure.high, assumed=figure.assumed)


def _meet(left: Figure | None, other: Figure | None) -> Figure | None:
    return None if left is None or other is None else left & other


def _absorbs(a: Figure, b: Figure) -> bool:
    common = a & b
    return a & (a | b) == _without_best(a) and (common is None or a | common == _without_best(a))


def _helly(a: Figure, b: Figure, c: Figure) -> bool:
    pairs = a.overlaps(b) and b.overlaps(c) and a.overlaps(c)
    return pairs == (Figure.meet([a, b, c]) is not None)


FIGURE_LAWS: Final[dict[str, Callable[[Figure, Figure, Figure], bool]]] = {
    "meet commutes": lambda a, b, _: a & b == b & a,
    "hull commutes": lambda a, b, _: a | b == b | a,
    "sum commutes": lambda a, b, _: a + b == b + a,
    "meet associates": lambda a, b, c: _meet(a & b, c) == _meet(a, b & c),
    "hull associates": lambda a, b, c: (a | b) | c == a | (b | c),
    "sum associates": lambda a, b, c: (a + b) + c == a + (b + c),
    "meet is idempotent": lambda a, _b, _c: a & a == _without_best(a),
    "hull is idempotent": lambda a, _b, _c: a | a == _without_best(a),
    "meet and hull absorb each other": lambda a, b, _: _absorbs(a, b),
    "a meet exists where figures overlap": lambda a, b, _: a.overlaps(b) == (a & b is not None),
    "a meet is inside, a hull around": lambda a, b, _: (
        a.inside(a | b) and ((common := a & b) is None or common.inside(a))
    ),
    "meet, hull and sum of larger figures are larger": lambda a, b, c: (
        (a | c).inside((a | b) | c)
        and (a + c).inside((a | b) + c)
        and ((common := a & c) is None or ((wider := (a | b) & c) is not None and common.inside(wider)))
    ),
    "figures that overlap in pairs share a count": _helly,
    "str is read back": lambda a, _b, _c: parse_figure(str(a)) == a,
}
"""What holds of any three figures, by the name of the law."""


def check_figure_laws(one: Figure, other: Figure, third: Figure) -> None:
    """Check every law of figures on three of them, such as those that a rule of your own gives.

    Args:
        one: A figure.
        other: Another figure, or the same.
        third: A third figure, or one of the same.

    Raises:
        AssertionError: If a law is broken, with its name and the figures.

    Examples:
        >>> check_figure_laws(Figure.at_least(11), Figure(2, 25), Figure.exactly(0))
    """
    for name, holds in FIGURE_LAWS.items():
        if not holds(one, other, third):
            raise AssertionError(f"{name}: not so for {one!r}, {other!r}, {third!r}")
