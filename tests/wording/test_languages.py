"""Words in seven more languages: sixty phrases of each by hand, and what holds of every file of words."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from casualties.errors import UnreadableFigureError
from casualties.model.figure import Figure
from casualties.testing import figures
from casualties.wording import harms_of, parse_figure, parse_statement
from casualties.wording.lexicons import load

HERE = Path(__file__).parent / "languages"
SEVEN = ("ar", "de", "es", "fr", "pt", "ru", "uk")
PHRASES = [
    (name, *line.split("|"))
    for name in SEVEN
    for line in (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("name", "kind", "words", "figure"), PHRASES, ids=lambda each: each)
def test_phrase(name: str, kind: str, words: str, figure: str) -> None:
    """Each phrase has the figure that a speaker reads in it."""
    assert str(parse_figure(words, lexicon=name)) == figure, kind


@pytest.mark.parametrize("name", SEVEN)
def test_phrases_of_every_kind(name: str) -> None:
    """A language has twenty bounds, fifteen approximations, ten vague phrases and fifteen with nouns."""
    kinds = [kind for other, kind, *_ in PHRASES if other == name]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "bounds": 20,
        "approximations": 15,
        "vague": 10,
        "nouns": 15,
    }


@pytest.mark.parametrize("name", SEVEN)
@given(figure=figures())
def test_own_notation_is_read_in_every_language(name: str, figure: Figure) -> None:
    """What a figure writes of itself is read back, whatever the language."""
    assert parse_figure(str(figure), lexicon=name) == figure


@pytest.mark.parametrize(
    ("words", "lexicon", "title"),
    [
        ("11 o más", "es", "Spanish"),
        ("25 höchstens", "de", "German"),
        ("2 milliers", "fr", "French"),
        ("11 тысяч", "ru", "Russian"),
        ("11 ou mais", "pt", "Portuguese"),
        ("11 загиблих", "uk", "Ukrainian"),
        ("11 قتيلا", "ar", "Arabic"),
        ("3 Dutzend", "de", "German"),
        ("15 muertos y varios heridos", "es", "Spanish"),
    ],
)
def test_other_languages_are_refused_and_named(words: str, lexicon: str, title: str) -> None:
    """Without its lexicon a phrase is refused, and the error names the lexicon that would read it."""
    with pytest.raises(UnreadableFigureError) as caught:
        parse_figure(words)
    assert caught.value.reason == "other-language"
    assert title in caught.value.problem
    assert f'lexicon="{lexicon}"' in caught.value.hint


@pytest.mark.parametrize(
    ("words", "lexicon", "harms"),
    [
        ("11 heridos", "es", {"wounded"}),
        ("7 blessés", "fr", {"wounded"}),
        ("9 desaparecidos", "pt", {"missing"}),
        ("6 Verletzte", "de", {"wounded"}),
        ("12 раненых", "ru", {"wounded"}),
        ("12 зниклих безвісти", "uk", {"missing"}),
        ("إصابة 35 مدنيا", "ar", {"wounded"}),
        ("murieron 11 personas", "es", {"killed"}),
    ],
)
def test_harms_are_told_in_every_language(words: str, lexicon: str, harms: set[str]) -> None:
    """The wounded are not taken for the killed in any language."""
    assert harms_of(words, lexicon) == harms


def test_marks_of_numbers_follow_the_language() -> None:
    """A point parts thousands in Spanish and is refused in English; where it is unclear, nothing multiplies it."""
    assert parse_figure("1.200", lexicon="es") == Figure.exactly(1_200)
    assert parse_figure("1,2 millones", lexicon="es") == Figure.exactly(1_200_000)
    with pytest.raises(UnreadableFigureError):
        parse_figure("1,200 millones", lexicon="es")


@pytest.mark.parametrize(
    ("words", "count"),
    [("三百五十", 350), ("一万二千", 12_000), ("3万", 30_000), ("十", 10), ("两千", 2_000), ("۱۲ killed", 12)],
)
def test_numerals_of_other_scripts(words: str, count: int) -> None:
    """Chinese numerals where they are plain, and the digits of any script, are read in every lexicon."""
    assert parse_figure(words) == Figure.exactly(count)


@pytest.mark.parametrize("words", ["二〇二三", "百百", "十千"])
def test_numerals_that_are_not_plain(words: str) -> None:
    """A year written in characters, or scales out of order, is refused."""
    with pytest.raises(UnreadableFigureError):
        parse_figure(words)


def test_marks_of_direction_are_passed() -> None:
    """Marks that turn the direction of a text are no part of its words."""
    assert parse_figure("\u200f11 قتيلا\u200e", lexicon="ar") == Figure.exactly(11)


def test_a_language_is_a_lexicon() -> None:
    """A language reads vague words as worded; it offers no choices."""
    assert dict(load("fr").vague)["des dizaines"] == Figure.at_least(20)
    assert parse_statement("11 muertos", lexicon="es").harms == ("killed",)


FILES = sorted((each for each in files("casualties").joinpath("wording", "languages").iterdir()), key=str)
LISTS = (
    "persons",
    "peoples",
    "describing",
    "things",
    "harms",
    "harm-nouns",
    "unharmed",
    "doubted",
    "changing",
    "adverbs",
    "remarks",
)


def words_of(text: str) -> list[str]:
    """Take a list of words apart."""
    return [" ".join(each.split()) for each in text.split(",") if each.strip()]


def lists(data: dict[str, Any], *, but: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """Give every list of words for people, things, harms and what else stands behind a number."""
    found = {}
    for table in LISTS:
        for key, value in data.get(table, {}).items():
            for inner, text in value.items() if isinstance(value, dict) else [("", value)]:
                name = ".".join(part for part in (table, key, inner) if part)
                if name not in but and key != "auxiliaries":
                    found[name] = words_of(text)
    return found


NOTES = frozenset(
    f"remarks.{kind}" for kind in ("plain", "silent", "confirmed", "reported", "preliminary", "estimated")
)


@pytest.mark.parametrize("path", FILES, ids=lambda each: each.name)
def test_no_word_stands_in_two_lists(path: Any) -> None:
    """A word means one thing: it stands in one list of its language, and once."""
    found = lists(tomllib.loads(path.read_text(encoding="utf-8")), but=NOTES)
    for name, words in found.items():
        assert len(words) == len(set(words)), name
    for one, other in combinations(found, 2):
        assert not set(found[one]) & set(found[other]), (one, other)


@pytest.mark.parametrize("path", FILES, ids=lambda each: each.name)
def test_lists_are_sorted(path: Any) -> None:
    """Words are found by the eye: the lists of people, things and harms are sorted."""
    found = lists(tomllib.loads(path.read_text(encoding="utf-8")))
    for name, words in found.items():
        if not name.startswith("remarks"):
            assert words == sorted(words), name


def test_english_lists_are_long() -> None:
    """English has several hundred nouns of people and of things."""
    path = next(each for each in FILES if each.name == "en.toml")
    found = lists(tomllib.loads(path.read_text(encoding="utf-8")))
    assert sum(len(words) for name, words in found.items() if name.startswith("persons")) > 400
    assert len(found["things.words"]) > 800
