"""What is said of an independent source and of a dispute where nothing more is known."""

from __future__ import annotations

from dataclasses import replace

from casualties.model.figure import Figure
from casualties.reconciling.pairs import Dispute, IndependentSource


def voice(count: int) -> IndependentSource:
    """Make an independent source of which nothing but a figure is known."""
    return IndependentSource(roots=(), positions=(), latest=(), figure=Figure.exactly(count), until=None)


def test_a_voice_of_which_only_the_figure_is_known() -> None:
    """Of the finding's day it says nothing, which is 0 or more; it is no outlier, and nobody outgrew it."""
    found = voice(11)
    assert found.on_day == Figure(0, None)
    assert not any((found.of_day, found.carried, found.unattributed, found.overtaken, found.outlier, found.denies))
    assert found.flags == ()


def test_a_dispute_of_which_only_the_numbers_are_known() -> None:
    """It is one of all figures, over the finding's day, by ends that are stated."""
    found = Dispute(voice(11), voice(17), gap=6, number=11)
    assert (found.lower_organ, found.upper_organ) == (None, None)
    assert found.of_day
    assert not any((found.assumed, found.near, found.overtaken))
    assert (found.lower_figure, found.upper_figure) == (Figure.exactly(11), Figure.exactly(17))


def test_voices_are_listed_by_their_counts() -> None:
    """Of two that begin alike the one with an upper end comes first, and of these the one with the lower."""
    ends = [None, 20, 14, 0]
    listed = sorted((replace(voice(0), figure=Figure(0, end)) for end in ends), key=lambda each: each.sort_key)
    assert [each.figure.high for each in listed] == [0, 14, 20, None]
