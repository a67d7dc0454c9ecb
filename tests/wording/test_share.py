"""Shares of a whole: a percentage is a rounded number, so the count that it gives is a range."""

from __future__ import annotations

import pytest

from casualties.errors import UnreadableFigureError
from casualties.model.figure import End, Figure
from casualties.wording.share import share_of

THOUSAND = Figure.exactly(1_000)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("70 percent", 695, 705),  # 69.5 to 70.5 percent
        ("70%", 695, 705),
        ("70 per cent of the dead", 695, 705),
        ("nearly 70 percent", 595, 695),  # nearly 70 is 60 to 69
        ("60 to 70 percent", 595, 705),
        ("up to 70 percent", 0, 705),
        ("more than 60 percent", 605, 1_000),  # more than 60 is 61 or more
        ("half", 495, 505),
        ("nearly half of them", 395, 495),  # nearly 50 is 40 to 49
        ("more than half", 505, 1_000),
        ("a quarter", 245, 255),
        ("three-quarters", 745, 755),
        ("a third", 333, 334),  # 333⅓, rounded outward
        ("two thirds", 666, 667),
        ("69.5 percent", 694, 696),  # 69.45 to 69.55 percent: 694.5 to 695.5
        ("100%", 995, 1_000),  # never more than all
        ("0 percent", 0, 5),
    ],
)
def test_shares_of_a_thousand(words: str, low: int, high: int) -> None:
    """Worked out by hand from the words, half a percent wider at each end, and rounded outward."""
    figure = share_of(THOUSAND, words)
    assert (figure.low, figure.high) == (low, high)
    assert (End.LOW in figure.assumed) == (low > 0)
    assert (End.HIGH in figure.assumed) == ("more" not in words)


def test_ends_of_the_whole_stay_what_they_are() -> None:
    """Half of 100 or more is 50 or more; where the words set no largest share, the end of the whole is the end."""
    assert share_of(Figure.at_least(100), "half") == Figure(49, None, assumed=frozenset({End.LOW}))
    about = Figure(80, 120, assumed=frozenset(End))
    assert share_of(about, "at least half") == Figure(39, 120, assumed=frozenset(End))  # 49.5 percent of 80 is 39.6
    assert share_of(Figure(80, 120), "at least half") == Figure(39, 120, assumed=frozenset({End.LOW}))
    assert share_of(Figure(80, 120), "50 percent") == Figure(39, 61, assumed=frozenset(End))  # 39.6 and 60.6


@pytest.mark.parametrize(
    "words", ["120 percent", "at least 101 percent", "40", "many", "some of them", "nearly a third"]
)
def test_no_share(words: str) -> None:
    """More than all, a count, and what says no share are refused; nothing is guessed."""
    with pytest.raises(UnreadableFigureError):
        share_of(THOUSAND, words)
