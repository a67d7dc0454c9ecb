"""How many figures allow each count: the runs of counts that most of them allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casualties.model.figure import Figure
from casualties.reconciling.answered import figure_of, packed_of
from casualties.reconciling.arrays import Column, Groups, Lists, Table
from casualties.reconciling.kernel import figures as kernel

__all__ = ["Run", "best_supported", "combined", "runs"]


@dataclass(frozen=True, slots=True)
class Run:
    """A run of counts that the same figures allow.

    Attributes:
        figure: The counts of the run.
        supporters: Places, in the sequence that was given, of the figures that allow all of them.

    Examples:
        >>> import casualties as cs
        >>> from casualties.reconciling.support import Run
        >>> Run(cs.Figure(2, 25), (0, 1)).supporters
        (0, 1)
    """

    figure: Figure
    supporters: tuple[int, ...]


def runs(figures: Sequence[Figure]) -> tuple[Run, ...]:
    """Cut the counts from 0 upwards into runs that the same figures allow, in one sweep over their ends.

    The method is Marzullo's (K. Marzullo, "Maintaining the Time in a Distributed System", 1984), which counts at each
    end how many intervals are open.  A run that no figure allows is left out.

    Args:
        figures: One figure for each voice.

    Examples:
        >>> import casualties as cs
        >>> for run in runs([cs.Figure(0, 25), cs.Figure(2, None)]):
        ...     print(run.figure, run.supporters)
        up to 1 (0,)
        2–25 (0, 1)
        26 or more (1,)
    """
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for place, figure in enumerate(figures):
        opening.setdefault(figure.low, []).append(place)
        if figure.high is not None:
            closing.setdefault(figure.high + 1, []).append(place)
    all_runs = []
    active: set[int] = set()
    starts = sorted({*opening, *closing})
    for number, start in enumerate(starts):
        active.difference_update(closing.get(start, ()))
        active.update(opening.get(start, ()))
        if active:
            high = starts[number + 1] - 1 if number + 1 < len(starts) else None
            all_runs.append(Run(Figure(start, high), tuple(sorted(active))))
    return tuple(all_runs)


def best_supported(figures: Sequence[Figure]) -> tuple[Run, ...]:
    """Keep the runs that the most figures allow.  A tie is several runs, not a winner.

    Such a run is all that its supporters share, so that an end which all who set it assume is marked as assumed.

    Examples:
        >>> import casualties as cs
        >>> [str(run.figure) for run in best_supported([cs.Figure.exactly(4), cs.Figure.exactly(7)])]
        ['4', '7']
    """
    all_runs = runs(figures)
    most = max((len(run.supporters) for run in all_runs), default=0)
    return tuple(
        Run(shared, run.supporters)
        for run in all_runs
        if len(run.supporters) == most
        and (shared := Figure.meet(figures[place] for place in run.supporters)) is not None
    )


def combined(figures: Sequence[Figure]) -> Figure:
    """Make one figure of versions, as the kernel does: their meet, else the hull of what most of them allow.

    Examples:
        >>> import casualties as cs
        >>> around, over = cs.Figure(2200, 2400), cs.Figure.at_least(2301)
        >>> up_to, at_least = cs.Figure.at_most(2300), cs.Figure.at_least(2300)
        >>> print(combined([around, over, up_to, at_least]))
        2,300–2,400
    """
    if all(figure == figures[0] for figure in figures):
        return figures[0]
    packed = [packed_of(figure) for figure in figures]
    low, high = Column([end for end, _ in packed]), Column([end for _, end in packed])
    best = Column([-1 if figure.best is None else figure.best for figure in figures])
    together = Groups(Column([0] * len(figures)), 1)
    combination = kernel.combined(Lists(), together, Table(low=low, high=high, best=best))
    return figure_of(combination.low[0], combination.high[0], combination.best[0])
