"""Words to figures: the whole table of the default lexicon, its neighbours, refusals, scripts, lexicons, real data."""

from __future__ import annotations

import csv
import pickle
from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING

import pytest
from tests.builders import calls

from casualties.errors import CasualtiesError, FigureError, UnknownNameError, UnreadableFigureError
from casualties.model.figure import MAX_COUNT, End, Figure
from casualties.wording import MAX_TEXT, another_harm, harms_of, lexicons, parse_figure, silence_of
from casualties.wording.lexicons import Lexicon

if TYPE_CHECKING:
    from pathlib import Path

LOW, HIGH, BOTH = frozenset({End.LOW}), frozenset({End.HIGH}), frozenset(End)

EXACT = {
    "11": 11,
    "eleven": 11,
    "Eleven": 11,
    "ELEVEN": 11,
    "exactly 11": 11,
    "precisely 11": 11,
    "1,200": 1_200,
    "1 200": 1_200,
    "1 200 000": 1_200_000,
    "1'200": 1_200,
    "1’200": 1_200,
    "1\u00a0200": 1_200,
    "1\u2009200": 1_200,
    "1\u202f200": 1_200,
    "1٬200": 1_200,
    "1,200,000": 1_200_000,
    "12,34,567": 1_234_567,
    "1,00,000": 100_000,
    "1200": 1_200,
    "1.2 million": 1_200_000,
    "1.25 million": 1_250_000,
    "0.125 million": 125_000,
    "1,234.5 million": 1_234_500_000,
    "2.5k": 2_500,
    "10K": 10_000,
    "1.2m": 1_200_000,
    "3mn": 3_000_000,
    "2bn": 2_000_000_000,
    "3 thousand": 3_000,
    "3 hundred": 300,
    "3 lakh": 300_000,
    "2 crore": 20_000_000,
    "1 million 200 thousand": 1_200_000,
    "1,000,000,000,000": MAX_COUNT,
    "a dozen": 12,
    "half a dozen": 6,
    "a half-dozen": 6,
    "half-a-dozen": 6,
    "two dozen": 24,
    "a score": 20,
    "two score": 40,
    "a couple": 2,
    "a couple of soldiers": 2,
    "a pair": 2,
    "a single soldier": 1,
    "one": 1,
    "twenty": 20,
    "twenty-five": 25,
    "twenty five": 25,
    "twenty‑five": 25,
    "a hundred": 100,
    "one hundred and five": 105,
    "one hundred five": 105,
    "three hundred forty-two": 342,
    "twelve hundred": 1_200,
    "two thousand three hundred": 2_300,
    "two thousand and five": 2_005,
    "a hundred and twenty thousand": 120_000,
    "two hundred and five thousand": 205_000,
    "one million two hundred thousand and one": 1_200_001,
    "half a million": 500_000,
    "a quarter of a million": 250_000,
    "two and a half million": 2_500_000,
    "a million": 1_000_000,
    "hundred people": 100,
    "three hundred thousand": 300_000,
    "٢٥": 25,
    "१२": 12,
    "۱۲": 12,
    "１２": 12,
    "١٬٢٠٠": 1_200,
    "11 killed": 11,
    "11 killed.": 11,
    "  11  ": 11,
    "“11”": 11,
    "11 Syrian mercenaries": 11,
    "11 may have died": 11,
    "11 killed in the first attack": 11,
    "11 killed and wounded": 11,
    "14 so far": 14,
    "11 – the ministry said": 11,
    "11 (including children)": 11,
    "11 per SOHR": 11,
    "11 killed per the ministry": 11,
    "the lives of 11 soldiers": 11,
    "no lives were lost": 0,
    "no loss of life": 0,
    "11 soldiers of the Šešelj brigade": 11,
    "a total of 11": 11,
    "only 11": 11,
    "just 11": 11,
    "the two": 2,
    "the deaths of 11 civilians": 11,
    "a confirmed 11": 11,
    "400 killed (per SAA)": 400,
    "zero": 0,
    "0": 0,
    "0 killed": 0,
    "no casualties": 0,
    "No casualties.": 0,
    "no soldiers were killed": 0,
    "no soldier was killed": 0,
    "no Azerbaijani soldiers": 0,
    "no dead": 0,
    "none killed": 0,
    "none were killed": 0,
    "nobody": 0,
    "nobody was killed": 0,
    "no one": 0,
    "no-one was injured": 0,
    "a pilot": 1,
    "a pilot was killed": 1,
    "an officer": 1,
}
RANGES = {
    "between 10 and 15": (10, 15),
    "between 10 and 15 people": (10, 15),
    "between ten and fifteen": (10, 15),
    "between 10 to 15": (10, 15),
    "between 10-15": (10, 15),
    "10 to 15": (10, 15),
    "10-15": (10, 15),
    "10–15": (10, 15),
    "10–15 (best guess)": (10, 15),
    "10 – 15": (10, 15),
    "10—15": (10, 15),
    "10‑15": (10, 15),
    "10−15": (10, 15),
    "5,856 –6,000": (5_856, 6_000),
    "1,200-1,360 killed and wounded": (1_200, 1_360),
    "from 10 to 15": (10, 15),
    "from 10 up to 15": (10, 15),
    "from 10 to as many as 15": (10, 15),
    "10 to as many as 15": (10, 15),
    "10 or 15": (10, 15),
    "one or two": (1, 2),
    "two-three": (2, 3),
    "twenty-thirty": (20, 30),
    "10, up to 15": (10, 15),
    "10, possibly as many as 15": (10, 15),
    "10 or up to 15": (10, 15),
    "500 up to 20,000 Armenians": (500, 20_000),
    "at least 80 and possibly as many as 120": (80, 120),
    "at least 80 but no more than 120": (80, 120),
    "at least 10, at most 15": (10, 15),
    "no more than 15 but at least 10": (10, 15),
    "80 or more, but fewer than 100": (80, 99),
    "more than 80 but fewer than 100": (81, 99),
    "more than 80 but fewer than 100 fighters": (81, 99),
    "dozens, possibly as many as 100": (24, 100),
    "two to three hundred": (200, 300),
    "one or two dozen": (12, 24),
    "ten to one hundred": (10, 100),
    "500 to one thousand": (500, 1_000),
    "1.2 to 1.5 million": (1_200_000, 1_500_000),
    "1.0 to 1.5 million": (1_000_000, 1_500_000),
    "20-30 thousand": (20_000, 30_000),
    "10-15k": (10_000, 15_000),
    "two to three hundred thousand": (200_000, 300_000),
    "two hundred to three hundred thousand": (200_000, 300_000),
    "two thousand to three million": (2_000, 3_000_000),
    "two to three hundred and five": (2, 305),
}
FLOORS = {
    "at least 11": 11,
    "at least eleven": 11,
    "at least two of them": 2,
    "no fewer than 11": 11,
    "no less than 11": 11,
    "not less than 11": 11,
    "a minimum of 11": 11,
    "11 or more": 11,
    "11 and more": 11,
    "11+": 11,
    "11 +": 11,
    "11-plus": 11,
    "11 plus": 11,
    "80 plus soldiers": 80,
    "11+ soldiers killed": 11,
    "≥ 11": 11,
    ">= 11": 11,
    "11 at least": 11,
    "10–20+": 10,
    "542-736+ killed": 542,
    "at least 10 to 20": 10,
    "at least three or five civilians executed": 3,
    "the deaths of at least 11 civilians": 11,
    "more than 80": 81,
    "More than 80 fighters": 81,
    "over 80": 81,
    "well over 80": 81,
    "upwards of 80": 81,
    "in excess of 80": 81,
    "exceeding 80": 81,
    "> 80": 81,
    ">80": 81,
    "＞80": 81,
    "more than a dozen": 13,
    "more than one": 2,
    "over a hundred": 101,
    "over 80 or more": 81,
    "dozens": 24,
    "dozens, possibly hundreds": 24,
    "hundreds, possibly thousands": 200,
    "dozens of people": 24,
    "scores": 40,
    "scores of villagers": 40,
    "tens": 20,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2_000_000,
    "tens of thousands": 20_000,
    "hundreds of thousands of people": 200_000,
    "at least dozens": 24,
    "many": 2,
    "many soldiers": 2,
    "a number of soldiers": 2,
    "an unspecified number": 1,
    "Unspecified number of servicemen killed": 1,
    "an undisclosed number of soldiers": 1,
    "fighters were killed": 2,
    "Fighters were killed": 2,
    "Syrian fighters were killed": 2,
    "soldiers": 2,
    "casualties": 2,
}
CEILINGS = {
    "as many as 25": 25,
    "as many as 25 Syrian mercenaries": 25,
    "possibly as many as 25": 25,
    "up to 25": 25,
    "at most 25": 25,
    "no more than 25": 25,
    "not more than 25": 25,
    "a maximum of 25": 25,
    "25 or fewer": 25,
    "25 or less": 25,
    "25 at most": 25,
    "≤ 25": 25,
    "<= 25": 25,
    "up to 10 to 25": 25,
    "up to two dozen": 24,
    "fewer than 25": 24,
    "less than 25": 24,
    "under 25": 24,
    "below 25": 24,
    "< 25": 24,
    "<40": 39,
    "fewer than 1": 0,
}
ASSUMED = {
    "about 25": (20, 30, BOTH),
    "around 25": (20, 30, BOTH),
    "some 25 people": (20, 30, BOTH),
    "roughly 25": (20, 30, BOTH),
    "approximately 25": (20, 30, BOTH),
    "approx. 25": (20, 30, BOTH),
    "circa 25": (20, 30, BOTH),
    "c. 25": (20, 30, BOTH),
    "an estimated 25": (20, 30, BOTH),
    "~ 25": (20, 30, BOTH),
    "~25": (20, 30, BOTH),
    "≈25": (20, 30, BOTH),
    "25 or so": (20, 30, BOTH),
    "forty-odd": (32, 48, BOTH),
    "some 40-odd soldiers": (32, 48, BOTH),
    "8 died of their wounds": (8, 8, frozenset()),
    "about 2,300": (2_200, 2_400, BOTH),
    "about 1,177": (1_176, 1_178, BOTH),
    "about 300": (240, 360, BOTH),
    "about 4,000": (3_200, 4_800, BOTH),
    "about 50": (40, 60, BOTH),
    "about 70": (60, 80, BOTH),
    "a dozen or so": (11, 13, BOTH),
    "about 0": (0, 0, BOTH),
    "about 1": (1, 2, BOTH),
    "about 2": (1, 3, BOTH),
    "about 10": (8, 12, BOTH),
    "about 10 to 15": (8, 18, BOTH),
    "between about 10 and 15": (8, 18, BOTH),
    "at least about 25": (20, None, LOW),
    "at least 25 or so": (20, None, LOW),
    "more than about 25": (21, None, LOW),
    "up to about 25": (0, 30, HIGH),
    "nearly 4,000": (3_200, 3_999, LOW),
    "almost 25": (20, 24, LOW),
    "close to 25": (20, 24, LOW),
    "just under 25": (20, 24, LOW),
    "nearly 2": (1, 1, LOW),
    "just over 20": (21, 24, HIGH),
    "just over 1": (2, 2, HIGH),
    "several": (3, None, LOW),
    "Several civilians killed": (3, None, LOW),
    "several dozen": (36, None, LOW),
    "several dozens of people": (36, None, LOW),
    "several hundred": (300, None, LOW),
    "several thousand soldiers": (3_000, None, LOW),
    "several tens of thousands": (30_000, None, LOW),
    "a few": (3, None, LOW),
    "a few dozen": (36, None, LOW),
    "a handful": (3, None, LOW),
    "a handful of soldiers": (3, None, LOW),
    "at least several dozen": (36, None, LOW),
}
NOTATION = {
    "80 or more (assumed)": Figure(80, None, assumed=LOW),
    "80 or more (best 90)": Figure(80, None, best=90),
    "80 or more (best 90, assumed)": Figure(80, None, best=90, assumed=LOW),
    "10–20 (best 15)": Figure(10, 20, best=15),
    "10–20 (best 15, assumed)": Figure(10, 20, best=15, assumed=BOTH),
    "10–20 (best 15, ceiling assumed)": Figure(10, 20, best=15, assumed=HIGH),
    "10–20 (floor assumed)": Figure(10, 20, assumed=LOW),
    "up to 1,200 (best 1,000, ceiling assumed)": Figure(0, 1200, best=1000, assumed=HIGH),
    "about 25 (best 25)": Figure(20, 30, best=25, assumed=BOTH),
}
SILENT = {
    "": "not-mentioned",
    "   ": "not-mentioned",
    "–": "not-mentioned",
    "-": "not-mentioned",
    "—": "not-mentioned",
    "--": "not-mentioned",
    "n/a": "not-mentioned",
    "N/A": "not-mentioned",
    "n.a.": "not-mentioned",
    "not reported": "not-mentioned",
    "Not reported.": "not-mentioned",
    "not\u00a0reported": "not-mentioned",
    "unspecified": "not-mentioned",
    "no information": "not-mentioned",
    "not disclosed": "withheld",
    "undisclosed": "withheld",
    "withheld": "withheld",
    "being determined": "being-determined",
    "under investigation": "being-determined",
    "to be determined": "being-determined",
    "unknown": "unknown",
    "Unknown": "unknown",
    "ＵＮＫＮＯＷＮ": "unknown",
    "not known": "unknown",
    "unclear": "unknown",
    "?": "unknown",
    "Unknown, presumed heavy": "unknown",
    "unknown (ongoing)": "unknown",
    "N/A — all resolved": "not-mentioned",
    "not yet known": "unknown",
    "unknown; mass displacement": "unknown",
}
REFUSED = {
    "none": ("bare-none", "none"),
    "None": ("bare-none", "None"),
    "no": ("bare-none", "no"),
    "No.": ("bare-none", "No."),
    "null": ("bare-none", "null"),
    "nan": ("bare-none", "nan"),
    "NaN": ("bare-none", "NaN"),
    "nil": ("bare-none", "nil"),
    "nearly 1": ("no-such-count", "1"),
    "nearly 0": ("no-such-count", "0"),
    "just over 0": ("no-such-count", "0"),
    "fewer than 0": ("no-such-count", "0"),
    "1.200": ("ambiguous-number", "1.200"),
    "1.200 million": ("ambiguous-number", "1.200 million"),
    "1.200.000": ("ambiguous-number", "1.200.000"),
    "30.09.2020": ("ambiguous-number", "30.09.2020"),
    "1.2.3": ("ambiguous-number", "1.2.3"),
    "1,2": ("ambiguous-number", "1,2"),
    "1,20": ("ambiguous-number", "1,20"),
    "1200,300": ("ambiguous-number", "1200,300"),
    "1,200'300": ("ambiguous-number", "1,200'300"),
    "1 200,300": ("ambiguous-number", "1 200,300"),
    "0,123": ("ambiguous-number", "0,123"),
    "0 123": ("second-number", "123"),
    "2020 100": ("second-number", "100"),
    "10 15": ("second-number", "15"),
    "10, 15": ("second-number", "15"),
    "10\n200": ("second-number", "200"),
    "012": ("leading-zero", "012"),
    "2023-04-10": ("a-date", "2023-04-10"),
    " 2023-10-12": ("a-date", " 2023-10-12"),
    "00": ("leading-zero", "00"),
    "9.0": ("fraction", "9.0"),
    "1.5": ("fraction", "1.5"),
    "1.0 to 3": ("fraction", "1.0 to 3"),
    "possibly 25": ("no-number", "possibly 25"),
    "1.23456789 million": ("fraction", "1.23456789 million"),
    "2.5 to 3 men": ("fraction", "2.5 to 3 men"),
    "1٢": ("mixed-scripts", "٢"),
    "1e3": ("part-of-word", "e3"),
    "3rd": ("part-of-word", "rd"),
    "12m": ("part-of-word", "m"),
    "0x10": ("part-of-word", "x10"),
    "-5": ("negative", "-5"),
    "−5": ("negative", "−5"),
    "+5": ("no-number", "+5"),
    "99999999999999": ("too-large", "99999999999999"),
    "1,000,000,000,001": ("too-large", "1,000,000,000,001"),
    "2000 billion": ("too-large", "2000 billion"),
    "thousands of billions": ("too-large", "thousands of billions"),
    "more than 1,000,000,000,000": ("too-large", "1,000,000,000,000"),
    "12 killed and 30 wounded": ("second-number", "30 wounded"),
    "1 killed 14 wounded 78 captured": ("second-number", "14 wounded 78 captured"),
    "10 to 20 to 30": ("second-number", "30"),
    "10 and 15": ("second-number", "15"),
    "10 and up to 15": ("second-number", "up to 15"),
    "11, one of them a child": ("second-number", "one of them a child"),
    "11 civilians and a soldier": ("second-number", "a soldier"),
    "11 soldiers and dozens of civilians": ("second-number", "dozens of civilians"),
    "a couple of hundred": ("second-number", "hundred"),
    "two thousand three million": ("second-number", "three million"),
    "five hundred and two hundred": ("second-number", "hundred"),
    "at least 10 under fire from 200": ("no-number", "fire from 200"),
    "11 killed, many wounded": ("second-quantity", "many wounded"),
    "80 of them not combatants": ("second-quantity", "not combatants"),
    "11 weren't soldiers": ("second-quantity", "weren't soldiers"),
    "11 weren’t soldiers": ("second-quantity", "weren’t soldiers"),
    "11 more were killed": ("second-quantity", "more were killed"),
    "80 plus two": ("second-quantity", "plus two"),
    "10 percent": ("second-quantity", "percent"),
    "10%": ("unreadable", "%"),
    "11?": ("unreadable", "?"),
    "11²": ("unreadable", "²"),
    "11 killed: 5 men": ("unreadable", ": 5 men"),
    "11-year-old": ("part-of-word", "-year-old"),
    "11 k": ("second-quantity", "k"),
    "5 m": ("second-quantity", "m"),
    "5 bn": ("second-quantity", "bn"),
    "thirty something": ("second-quantity", "something"),
    "11-": ("part-of-word", "-"),
    "10 to": ("unfinished", "to"),
    "11 killed and": ("unfinished", "and"),
    "11 a day": ("rate", "a day"),
    "one another": ("second-number", "another"),
    "11 per day": ("rate", "per day"),
    "11 killed daily": ("rate", "daily"),
    "two families": ("not-people", "families"),
    "9 tanks": ("not-people", "tanks"),
    "11 days": ("not-people", "days"),
    "30 September": ("not-people", "September"),
    "11 May": ("not-people", "May"),
    "11 тысяч": ("other-language", "тысяч"),
    "11 tausend": ("second-quantity", "tausend"),
    "2020–21": ("high-below-low", "21"),
    "15 to 10": ("high-below-low", "10"),
    "between 15 and 10": ("high-below-low", "10"),
    "at least 80 and at most 20": ("high-below-low", "at most 20"),
    "10–20, up to 15": ("high-below-low", "up to 15"),
    "between 10": ("no-range", "10"),
    "between 10 and many": ("no-range", "10 and many"),
    "between many and 10": ("no-range", "many and 10"),
    "at least 11 or fewer": ("two-limits", "11 or fewer"),
    "more than 80 to 90": ("two-limits", "80 to 90"),
    "nearly 10 to 15": ("two-limits", "10 to 15"),
    "at least nearly 10": ("two-limits", "10"),
    "up to dozens": ("vague-limit", "dozens"),
    "more than several": ("vague-limit", "several"),
    "some dozens": ("vague-limit", "dozens"),
    "at least a lot": ("no-number", "a lot"),
    "close to half of the brigade": ("no-number", "half of the brigade"),
    "half of the brigade": ("no-number", "half of the brigade"),
    "Heavy": ("no-number", "Heavy"),
    "killed: 11": ("no-number", "killed: 11"),
    "no reported casualties": ("no-number", "reported casualties"),
    "No Known Deaths": ("no-number", "Known Deaths"),
    "none reported": ("no-number", "reported"),
    "nobody knows": ("no-number", "knows"),
    "nobody survived": ("no-number", "survived"),
    "no soldiers were killed were wounded": ("no-number", "no soldiers were killed were wounded"),
    "none of them": ("no-number", "none of them"),
    "no side": ("no-number", "no side"),
    "a soldier or officer": ("no-number", "a soldier or officer"),
    "a side": ("no-number", "a side"),
    "the": ("no-number", ""),
    "(": ("no-number", "("),
    "of the": ("no-number", "of the"),
    "10–20 (best 25)": ("best-outside", "(best 25)"),
    "3 or more (ceiling assumed)": ("absent-high-assumed", "(ceiling assumed)"),
    "10–20 (best 15, 16)": ("second-number", "15, 16)"),
    "10–20 (best 15": ("second-number", "15"),
    "½ million": ("no-number", "½ million"),
}


@pytest.mark.parametrize(("words", "count"), EXACT.items())
def test_exact_counts(words: str, count: int) -> None:
    """One number, however written, is both ends."""
    assert parse_figure(words) == Figure.exactly(count)


@pytest.mark.parametrize(("words", "ends"), RANGES.items())
def test_ranges(words: str, ends: tuple[int, int]) -> None:
    """Two numbers that form a range, or a floor with a ceiling."""
    assert parse_figure(words) == Figure(*ends)


@pytest.mark.parametrize(("words", "low"), FLOORS.items())
def test_floors_invent_no_ceiling(words: str, low: int) -> None:
    """A floor leaves the ceiling absent."""
    assert parse_figure(words) == Figure.at_least(low)


@pytest.mark.parametrize(("words", "high"), CEILINGS.items())
def test_ceilings_invent_no_floor(words: str, high: int) -> None:
    """A ceiling leaves the floor at zero."""
    assert parse_figure(words) == Figure.at_most(high)


@pytest.mark.parametrize(("words", "parts"), ASSUMED.items())
def test_what_is_assumed_is_marked(words: str, parts: tuple[int, int | None, frozenset[End]]) -> None:
    """An approximation or a vague word has the ends of the table, and marks what the words do not give."""
    low, high, assumed = parts
    assert parse_figure(words) == Figure(low, high, assumed=assumed)


@pytest.mark.parametrize(("words", "figure"), NOTATION.items())
def test_own_notation_is_read(words: str, figure: Figure) -> None:
    """What a figure writes in brackets is read, also behind other words."""
    assert parse_figure(words) == figure


@pytest.mark.parametrize(("words", "kind"), SILENT.items())
def test_silence_is_no_figure(words: str, kind: str) -> None:
    """Words without a figure give none, and say which silence they state."""
    assert parse_figure(words) is None
    assert silence_of(words) == kind


@pytest.mark.parametrize(
    "words", ["11", "none", "several", "no casualties", "Unknown, 12 missing", "Contested", "012", "x" * 9_999]
)
def test_other_words_are_no_silence(words: str) -> None:
    """A figure and an unreadable text are not silence."""
    assert silence_of(words) is None


@pytest.mark.parametrize(("words", "expected"), REFUSED.items())
def test_refusals_show_the_place(words: str, expected: tuple[str, str | None]) -> None:
    """What states no one figure is refused, at the place where it goes wrong, and says why in plain words."""
    with pytest.raises(UnreadableFigureError) as caught:
        parse_figure(words)
    error, (reason, rest) = caught.value, expected
    assert error.reason == reason
    assert error.text == words
    assert error.problem
    assert "expected" not in str(error)
    if rest is not None:
        assert words[error.place :] == rest


@pytest.mark.parametrize("words", [11, None, True, 9.0, b"11", ["11"]])
def test_only_text_is_read(words: object) -> None:
    """A number given as a number is no wording."""
    for read in (parse_figure, silence_of):
        with pytest.raises(FigureError) as caught:
            read(words)  # type: ignore[arg-type]
        assert caught.value.reason == "not-text"


def test_long_texts_are_refused() -> None:
    """A text of the greatest length is read, a longer one refused."""
    assert parse_figure("11" + " " * (MAX_TEXT - 2)) == Figure.exactly(11)
    with pytest.raises(UnreadableFigureError) as caught:
        parse_figure("11" + " " * (MAX_TEXT - 1))
    assert (caught.value.reason, caught.value.place) == ("too-long", MAX_TEXT)


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        "1,",
        "1 ",
        "1 000 ",
        "hundred ",
        "one and ",
        "the ",
        "of hundred ",
        "several of ",
        "(",
        "- ",
        "or ",
        "a",
        "ß",
        "'",
    ],
)
@pytest.mark.parametrize("start", ["", "several ", "11 "])
def test_work_grows_with_length_only(start: str, piece: str) -> None:
    """Four times a text of any repeated piece is at most five times the work."""

    def read(length: int) -> None:
        text = (start + piece * length)[:length]
        try:
            parse_figure(text)
        except UnreadableFigureError as error:
            assert error.text == text  # noqa: PT017 - either outcome is right; only the work counts

    read(MAX_TEXT)  # so that nothing is loaded while the calls are counted
    assert calls(lambda: read(MAX_TEXT)) <= 5 * calls(lambda: read(MAX_TEXT // 4)) + 2_000


@pytest.mark.parametrize(
    ("lexicon", "words", "text"),
    [
        ("acled", "several", "3 (assumed)"),
        ("acled", "many soldiers", "3 (assumed)"),
        ("acled", "few", "3 (assumed)"),
        ("acled", "tens", "10 (assumed)"),
        ("acled", "dozens", "12 (assumed)"),
        ("acled", "hundreds of people", "100 (assumed)"),
        ("acled", "at least 11", "11 (ceiling assumed)"),
        ("acled", "11+", "11 (ceiling assumed)"),
        ("acled", "at least 10 to 20", "10 (ceiling assumed)"),
        ("acled", "at least dozens", "12 (assumed)"),
        ("acled", "more than 80", "80 (assumed)"),
        ("acled", "at least 80 and possibly as many as 120", "80–120"),
        ("acled", "up to 25", "up to 25"),
        ("acled", "casualties", "0 (assumed)"),
        ("acled", "casualties were reported", "0 (assumed)"),
        ("acled", "11 casualties", "11"),
        ("gtd", "dozens", "None"),
        ("gtd", "several dozen", "None"),
        ("gtd", "at least several", "None"),
        ("gtd", "fighters were killed", "None"),
        ("gtd", "11", "11"),
        ("gtd", "at least 11", "11 or more"),
        ("wikimpacts", "dozens", "24–72 (assumed)"),
        ("wikimpacts", "hundreds of people", "200–900 (assumed)"),
        ("wikimpacts", "dozens of thousands", "24,000–72,000 (assumed)"),
        ("wikimpacts", "at least dozens", "24 or more (assumed)"),
        ("wikimpacts", "several", "3 or more (assumed)"),
    ],
)
def test_other_lexicons(lexicon: str, words: str, text: str) -> None:
    """A named convention reads vague words its own way, and marks what rests on it."""
    assert str(parse_figure(words, lexicon=lexicon)) == text
    assert str(parse_figure(words, lexicon=lexicons.load(lexicon))) == text


def test_choice_of_a_lexicon() -> None:
    """ACLED's several is 3 or 10 by the scale of the event, and nothing else."""
    large = lexicons.load("acled", several=10)
    assert parse_figure("several", large) == parse_figure("few", large) == Figure(10, 10, assumed=BOTH)
    for choices in ({"several": 5}, {"severe": 3}):
        with pytest.raises(CasualtiesError) as caught:
            lexicons.load("acled", **choices)
        assert caught.value.reason == "unknown-choice"
    with pytest.raises(CasualtiesError, match="it offers no choice"):
        lexicons.load("gtd", several=3)


@pytest.mark.parametrize("name", lexicons.names())
def test_lexicon_names_its_source(name: str) -> None:
    """Every lexicon says where it comes from, and is a value."""
    lexicon = lexicons.load(name)
    assert (lexicon.name, bool(lexicon.title), bool(lexicon.source)) == (name, True, True)
    assert pickle.loads(pickle.dumps(lexicon)) == lexicon
    assert hash(lexicon) == hash(lexicons.load(name))


def test_unknown_lexicon_is_named() -> None:
    """The error lists those that exist."""
    with pytest.raises(UnknownNameError, match=r"one of acled, .*as-worded, .*gtd, .*wikimpacts") as caught:
        parse_figure("11", lexicon="ackled")
    assert caught.value.reason == "unknown-lexicon"


@pytest.mark.parametrize("lexicon", [None, 3, ["acled"]])
def test_lexicon_is_a_name_or_a_lexicon(lexicon: object) -> None:
    """Anything else is refused as an unknown name."""
    with pytest.raises(UnknownNameError):
        parse_figure("11", lexicon=lexicon)  # type: ignore[arg-type]


OWN = 'name = "own"\ntitle = "Own"\nsource = "House rules"\nextends = "as-worded"\n'


@pytest.mark.parametrize(
    "text",
    [
        "name = ",
        'title = "no name"',
        OWN + "vauge = 3",
        OWN + "vague = 3",
        OWN + "[vague]\ndozens = 3",
        OWN + "[vague]\ndozens = {high = 3}",
        OWN + "[vague]\ndozens = {low = 3, high = 2}",
        OWN + '[vague]\ndozens = {low = 3, assumed = ["middle"]}',
        OWN + '[vague]\ndozens = {choice = "several"}',
        OWN + '[vague]\n"" = {low = 3}',
        OWN + '[vague]\n"12" = {low = 3}',
        OWN + '[vague]\n"two  spaces" = {low = 3}',
        OWN + '[silence]\nsecret = ["hush"]',
        OWN + '[silence]\nunknown = "hush"',
        OWN + "[choices]\nseveral = []",
        OWN.replace("as-worded", "own"),
    ],
)
def test_bad_lexicon_is_refused(text: str) -> None:
    """A lexicon that is none gives an error of ours."""
    with pytest.raises(CasualtiesError):
        Lexicon.from_toml(text)


def test_own_lexicon_adds_to_what_it_extends() -> None:
    """Own words come on top; a lexicon may also stand alone."""
    own = Lexicon.from_toml(
        OWN + '[vague]\n"a platoon" = {low = 20, high = 50, assumed = ["low", "high"]}\n[silence]\nunknown = ["hush"]'
    )
    assert parse_figure("a platoon of soldiers", own) == Figure(20, 50, assumed=BOTH)
    assert parse_figure("dozens", own) == Figure.at_least(24)
    assert parse_figure("hush", own) is None
    alone = Lexicon.from_toml('name = "alone"\ntitle = "Alone"\nsource = "House rules"')
    assert parse_figure("at least 11", alone) == Figure.at_least(11)
    with pytest.raises(UnreadableFigureError):
        parse_figure("dozens", alone)


def test_lexicons_of_other_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry point brings a lexicon by its TOML text; one that cannot be loaded is our error."""
    offered = [
        EntryPoint("offered", f"{__name__}:OWN", lexicons.ENTRY_POINTS),
        EntryPoint("gone", "casualties.model.figure:GONE", lexicons.ENTRY_POINTS),
    ]
    monkeypatch.setattr(EntryPoint, "load", lambda point: OWN if point.name == "offered" else point.gone)
    monkeypatch.setattr(lexicons, "entry_points", lambda group: offered if group == lexicons.ENTRY_POINTS else [])
    assert {"acled", "as-worded", "en", "gone", "gtd", "offered", "wikimpacts"} <= set(lexicons.names())
    assert lexicons.load("offered").title == "Own"
    with pytest.raises(CasualtiesError) as caught:
        lexicons.load("gone")
    assert caught.value.reason == "bad-lexicon"


PREFIXES = {
    "exact": "",
    "preliminary": "",
    "derived": "",
    "so_far": "",
    "initial": "",
    "documented": "",
    "residents and officials": "",
    "estimate": "an estimated ",
    "about": "about ",
    "around": "around ",
    "nearly": "nearly ",
    "over": "over ",
    "up_to": "up to ",
    "at_least": "at least ",
    "at_least_range": "at least ",
    "range": "",
}


@pytest.mark.real_data
def test_claims_of_one_war(real_data: Path) -> None:
    """The qualifiers of 173 claims read by hand, put into words, allow what the reader wrote down."""
    with (real_data / "nk2020" / "claims.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 173
    read = 0
    for row in rows:
        if row["qualifier"] in {"denies", "dozens", "hundreds"}:
            continue
        ends = [int(float(row[end])) for end in ("min", "max") if row[end]]
        figure = parse_figure(PREFIXES[row["qualifier"]] + "–".join(f"{end:,}" for end in sorted(set(ends))))
        assert figure is not None, row["claim_id"]
        match row["qualifier"]:
            case "over":
                assert figure == Figure.at_least(ends[0] + 1)
            case "up_to":
                assert figure == Figure.at_most(ends[0])
            case "at_least" | "at_least_range":
                assert figure == Figure.at_least(ends[0])
            case "nearly":
                assert figure.high == ends[0] - 1
                assert figure.assumed == LOW
            case "about" | "around" | "estimate":
                assert ends[0] in figure
                assert figure.assumed == BOTH
            case _:
                assert figure == Figure(ends[0], ends[-1])
        read += 1
    assert read == 170


@pytest.mark.real_data
def test_infobox_fields(real_data: Path) -> None:
    """Every field of 283 is a figure, silence, or refused with its place."""
    with (real_data / "wikipedia-infobox" / "infobox_casualties.csv").open(encoding="utf-8") as lines:
        texts = [row["text"] for row in csv.DictReader(lines)]
    assert len(texts) == 283
    outcomes = []
    for text in texts:
        try:
            outcomes.append((text, str(parse_figure(text))))
        except UnreadableFigureError as error:
            outcomes.append((text, error.reason))
    assert {text for text, outcome in outcomes if outcome == "None"} == {"Unknown", "Unknown, presumed heavy"}
    known = dict(outcomes)
    assert known["133–340 killed (SDF claim)"] == "133–340"
    assert known["120,000+ civilians displaced"] == "120,000 or more"
    assert known["<40"] == "up to 39"
    assert known["~27 militants killed"] == "26–28 (assumed)"
    assert known["68 killed 200 wounded"] == "second-number"


@pytest.mark.parametrize(
    ("text", "harms"),
    [
        ("12", []),
        ("12 wounded", ["wounded"]),
        ("7 killed.", ["killed"]),
        ("4 soldiers captured in Barda", ["captured"]),
        ("12 Killed or Wounded", ["killed", "wounded"]),
        ("12 wounded soldiers", []),
        ("3 displaced families", []),
        ("4 feared dead", []),
        ("4 missing, presumed dead", ["missing"]),
        ("20 well-wounded", []),
        ("dozens of bodies", []),
    ],
)
def test_harms_that_words_say_of_those_counted(text: str, harms: list[str]) -> None:
    """A harm before a noun tells who they were; one at the end, or before a place, what happened to them."""
    assert sorted(harms_of(text)) == harms


@pytest.mark.parametrize(
    ("text", "harm", "wrong"),
    [
        ("12 wounded", ("killed",), True),
        ("12 killed", ("killed",), False),
        ("12 killed and wounded", ("killed",), True),
        ("12 killed and wounded", ("killed", "wounded"), False),
        ("12 killed", ("killed", "wounded"), False),
        ("12 wounded", ("severely-wounded",), False),
        ("12", ("killed",), False),
    ],
)
def test_words_of_another_harm(text: str, harm: tuple[str, ...], *, wrong: bool) -> None:
    """Words must not name a harm that is not counted; what a ledger declares itself is not judged."""
    assert (another_harm(text, harm) is not None) is wrong
