"""Laws of reading: what is moved changes nothing, what is unknown is never read, and time grows with length alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import calls

from casualties.errors import UnreadableFigureError
from casualties.model.figure import Figure
from casualties.wording import MAX_TEXT, parse_figure, parse_statement, silence_of

MOVED = (
    "at least",
    "at most",
    "about",
    "approximately",
    "approx.",
    "ca.",
    "circa",
    "est.",
    "estimated",
    "max.",
    "maximum",
    "min.",
    "minimum",
    "perhaps",
    "roughly",
    "upper bound",
    "lower bound",
    "~",
)
ONLY_BEFORE = ("more than", "over", "up to", "fewer than", "under", "nearly", "just over", "as many as", "some")
BEHIND = ("or more", "or fewer", "or so", "+")
NOUNS = ("", " killed", " soldiers killed", " deaths", " people wounded in Barda")


def read(words: str) -> Figure | str | None:
    """Give what a text is read as, or say that it is refused."""
    try:
        return parse_figure(words)
    except UnreadableFigureError:
        return "refused"


@given(st.sampled_from(MOVED), st.integers(2, 10**6), st.sampled_from(NOUNS))
def test_a_bound_moved_changes_nothing(bound: str, count: int, noun: str) -> None:
    """A bound says the same before the number, behind it, behind the noun, and in brackets, or is refused."""
    before = read(f"{bound} {count:,}{noun}")
    assert isinstance(before, Figure)
    for moved in (f"{count:,} {bound}{noun}", f"{count:,} ({bound}){noun}", f"{count:,}{noun} ({bound})"):
        assert read(moved) in (before, "refused"), moved


@given(st.sampled_from(ONLY_BEFORE), st.integers(2, 10**6), st.sampled_from(NOUNS))
def test_a_bound_out_of_place_is_no_exact_number(bound: str, count: int, noun: str) -> None:
    """Words that bound only from before are refused behind the number, or say there what they say before it."""
    before = read(f"{bound} {count:,}{noun}")
    for moved in (f"{count:,} {bound}{noun}", f"{count:,} ({bound}){noun}", f"{count:,}{noun} {bound}"):
        assert read(moved) in (before, "refused"), moved


@given(st.sampled_from(BEHIND), st.integers(2, 10**6))
def test_brackets_change_nothing(bound: str, count: int) -> None:
    """What bounds a number from behind says the same in brackets."""
    assert read(f"{count:,} ({bound})") in (read(f"{count:,} {bound}"), "refused")


PARTS = (
    "11",
    "at least 11",
    "killed",
    "soldiers",
    "in Barda",
    "about",
    "no",
    "survivors",
    "(max.)",
    "and",
    "heavy",
    "of",
)
UNKNOWN = ("zorp", "blorked", "quuxes", "grelt")


@given(st.lists(st.sampled_from(PARTS), max_size=5), st.sampled_from(UNKNOWN), st.integers(0, 5))
def test_an_unknown_word_makes_no_figure(parts: list[str], unknown: str, at: int) -> None:
    """Adding a word that nobody knows never turns a refusal into a figure, nor one figure into another."""
    plain, added = read(" ".join(parts)), read(" ".join([*parts[:at], unknown, *parts[at:]]))
    assert added == "refused" or (added is None and silence_of(" ".join(parts)) is not None) or added == plain


@pytest.mark.parametrize("words", ["11 killed {}", "11 {} killed", "{} 11 killed", "11 soldiers {}", "about 25 {}"])
def test_an_unknown_word_is_refused_where_it_stands(words: str) -> None:
    """The place of the unknown word is named."""
    text = words.format("zorp")
    with pytest.raises(UnreadableFigureError) as caught:
        parse_figure(text)
    assert text[caught.value.place :].startswith("zorp") or caught.value.place == 0


@pytest.mark.parametrize("reads", [parse_figure, parse_statement])
@pytest.mark.parametrize(
    "piece",
    ["12 killed and ", "at least ", "(", "in the ", "soldiers, ", "killed or ", "11 - ", "of which 1 ", "'", "95% "],
)
def test_a_megabyte_is_refused_at_once(reads: Callable[[str], object], piece: str) -> None:
    """A text without end is refused unread, and the longest that is read takes its length and no more."""

    def read(length: int) -> None:
        with pytest.raises(UnreadableFigureError):
            reads((piece * (length // len(piece) + 1))[:length])

    read(MAX_TEXT)  # so that nothing is loaded while the calls are counted
    assert calls(lambda: read(10**6)) < 200
    assert calls(lambda: read(MAX_TEXT)) <= 5 * calls(lambda: read(MAX_TEXT // 4)) + 2_000
