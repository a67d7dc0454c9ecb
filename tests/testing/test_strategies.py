"""The public strategies and checks: what they draw, and what they say where Hypothesis is absent."""

from __future__ import annotations

import importlib.util
import sys

import pytest
from hypothesis import find
from hypothesis.errors import NoSuchExample

from casualties import testing
from casualties.errors import MissingExtraError
from casualties.model.figure import End, Figure


@pytest.mark.parametrize(
    "wanted",
    [
        lambda figure: figure.high is None and figure.best is not None and figure.assumed,
        lambda figure: figure.is_exact and figure.low > 8 and figure.assumed == frozenset(End),
        lambda figure: figure.low < 3 < figure.high if figure.high is not None else False,
    ],
)
def test_figures_of_every_kind_are_drawn(wanted: object) -> None:
    """Absent ceilings, marks and best numbers all come up."""
    find(testing.figures(), wanted)  # type: ignore[arg-type]


def test_plain_figures_stay_below_their_limit() -> None:
    """A plain figure has no marks, and no count above the limit is drawn."""
    with pytest.raises(NoSuchExample):
        find(
            testing.figures(max_count=3, plain=True),
            lambda figure: figure != Figure(figure.low, figure.high) or max(figure.low, figure.high or 0) > 3,
        )


def test_absent_hypothesis_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Hypothesis the module names the package and the extra that brings it."""
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    spec = importlib.util.spec_from_file_location("testing_without_hypothesis", testing.__file__)
    assert spec is not None
    assert spec.loader is not None
    with pytest.raises(MissingExtraError, match=r"install casualties\[test\]") as caught:
        spec.loader.exec_module(importlib.util.module_from_spec(spec))
    assert (caught.value.package, caught.value.extra) == ("hypothesis", "test")
