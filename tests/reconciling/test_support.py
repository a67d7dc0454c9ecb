"""How many figures allow each count."""

from __future__ import annotations

import pytest

from casualties.model.figure import End, Figure
from casualties.reconciling.support import Run, best_supported, runs

OPEN, UP_TO, TEN = Figure.at_least(5), Figure.at_most(7), Figure.exactly(10)


class TestRuns:
    def test_every_change_begins_a_run(self) -> None:
        """The counts from 0 upwards are cut where a figure begins or has ended."""
        assert runs([OPEN, UP_TO, TEN]) == (
            Run(Figure(0, 4), (1,)),
            Run(Figure(5, 7), (0, 1)),
            Run(Figure(8, 9), (0,)),
            Run(Figure(10, 10), (0, 2)),
            Run(Figure.at_least(11), (0,)),
        )

    def test_counts_that_nobody_allows_are_left_out(self) -> None:
        """Between 4 and 9 nobody speaks."""
        assert runs([Figure.exactly(4), Figure.exactly(9)]) == (Run(Figure(4, 4), (0,)), Run(Figure(9, 9), (1,)))

    def test_figures_that_follow_one_another(self) -> None:
        """Where one ends and the next begins there are two runs."""
        assert runs([Figure(1, 4), Figure(5, 9)]) == (Run(Figure(1, 4), (0,)), Run(Figure(5, 9), (1,)))

    def test_no_figures(self) -> None:
        """Without figures there is nothing to support."""
        assert runs([]) == best_supported([]) == ()


class TestBestSupported:
    def test_tie_is_several_runs(self) -> None:
        """5 to 7 and 10 are allowed by two each; neither wins."""
        assert [str(run.figure) for run in best_supported([OPEN, UP_TO, TEN])] == ["5–7", "10"]

    @pytest.mark.parametrize(
        ("figures", "assumed"),
        [
            ([Figure(20, 30, assumed=frozenset(End))], {"low", "high"}),
            ([Figure(20, 30, assumed=frozenset({End.HIGH})), Figure(20, 30)], set()),
            ([Figure(20, 30, assumed=frozenset({End.HIGH})), Figure.at_least(25)], {"high"}),
        ],
    )
    def test_end_that_all_who_set_it_assume_is_marked(self, figures: list[Figure], assumed: set[str]) -> None:
        """A stated end beats an assumed one; an assumed one alone is marked."""
        (run,) = best_supported(figures)
        assert run.figure.assumed == assumed
