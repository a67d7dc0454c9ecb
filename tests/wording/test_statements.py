"""Statements: the whole with its parts, and what words say beside a number; each kind of case that went wrong once."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest

import casualties as cs
from casualties.errors import UnreadableFigureError
from casualties.files.wikipedia import statements
from casualties.model.claim import Modality, Silence
from casualties.model.figure import Figure
from casualties.wording import Interval, Statement, parse_figure, parse_statement, silence_of

BEHIND = {
    "31 (maximum)": "up to 31",
    "18 minimum": "18 or more",
    "18–24 (minimum)": "18 or more",
    "40 (upper bound)": "up to 40",
    "3,000 (est.)": "2,400–3,600 (assumed)",
    "1,300 deaths (estimated)": "1,200–1,400 (assumed)",
    "3,000 circa": "2,400–3,600 (assumed)",
    "17 but the real number is higher": "17 or more",
    "19 killed (likely higher)": "19 or more",
    "perhaps 100": "80–120 (assumed)",
    "min. 5": "5 or more",
    "north of 90": "91 or more",
    "at least 12 and up to 20": "12–20",
    "a few dozen, probably between 10 and 50": "10–50 (assumed)",
    "3,000[7]": "3,000",
    "61,000[note 2]": "61,000",
    "est. ~345,000–420,000": "340,000–430,000 (assumed)",
    "300+ (2011–2014 period)": "300 or more",
    "90+ killed (3 May only)": "90 or more",
    "540 (500–610)": "500–610 (best 540)",
}


@pytest.mark.parametrize(("words", "figure"), BEHIND.items())
def test_what_stands_behind_a_number_counts(words: str, figure: str) -> None:
    """Bounds, hedges, ranges and remarks behind a number say what they say before it."""
    assert str(parse_figure(words)) == figure


REFUSED = {
    "4 air defence batteries": "not-people",
    "hundreds of barns": "unknown-word",
    "dozens of families": "not-people",
    "7 mosques": "not-people",
    "3 UAVs downed": "not-people",
    "50 cattle": "not-people",
    "three tanks and crew killed": "not-people",
    "12,000/year": "rate",
    "150 to 200 annually": "rate",
    "30 p.a.": "rate",
    "9 on average": "rate",
    "12 civilians per village": "rate",
    "11 killed with their children": "second-number",
    "11 wounded later died": "second-number",
    "11 a day": "rate",
    "4 rebels, civilian killed": "second-number",
    "6 soldiers and child": "second-number",
    "9 additional": "second-quantity",
    "8 others": "second-quantity",
    "0 survivors": "not-harmed",
    "41 (rescued)": "not-harmed",
    "7 released": "not-harmed",
    "0 (taken alive)": "not-harmed",
    "Hundreds of rebels mount an assault": "not-harmed",
    "4 feared dead": "doubted",
    "9 possibly": "doubted",
    "12 killed, 30 wounded": "second-number",
    "84 (42 children)": "second-number",
    "540 (95% CI 500–610)": "an-estimate",
    "14*": "unreadable",
    "3?": "unreadable",
    "12 ± 3": "unreadable",
    "10 guards not killed": "second-quantity",
    "12 killed out of 40": "second-number",
    "22 of 42 men killed": "second-number",
    "unknown (thousands estimated)": "vague-limit",
    "Contested": "no-number",
    "2 over": "misplaced-bound",
}


@pytest.mark.parametrize(("words", "reason"), REFUSED.items())
def test_what_is_no_one_count_is_refused(words: str, reason: str) -> None:
    """Things, rates, survivors, doubt, one more person and a second number are refused, with the reason."""
    with pytest.raises(UnreadableFigureError) as caught:
        parse_figure(words)
    assert caught.value.reason == reason
    assert "expected" not in str(caught.value)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Unknown (ongoing)", "unknown"),
        ("unknown, believed high", "unknown"),
        ("N/A — all resolved", "not-mentioned"),
        ("not yet known", "unknown"),
        ("Unknown; mass displacement", "unknown"),
        ("Unknown; 300,000+ displaced", None),
        ("unknown, a child", None),
    ],
)
def test_a_remark_leaves_silence_a_silence(words: str, kind: str | None) -> None:
    """A remark without a number behind words of silence changes nothing; one with a number is no silence."""
    assert silence_of(words) == kind


def test_parts_of_a_whole() -> None:
    """A breakdown in brackets or behind "including" is within the whole."""
    total = parse_statement("1,842 total (US 206; CS 1,636)")
    assert total.figure == Figure.exactly(1_842)
    assert [(part.label, part.figure) for part in total.parts] == [
        ("US", Figure.exactly(206)),
        ("CS", Figure.exactly(1_636)),
    ]
    staff = parse_statement("22 (12 staff and 10 patients)")
    assert [(part.counted, part.figure) for part in staff.parts] == [
        ("staff", Figure.exactly(12)),
        ("patients", Figure.exactly(10)),
    ]
    children = parse_statement("10 civilians including 7 children")
    assert (children.figure, children.parts[0].counted) == (Figure.exactly(10), "children")
    whole = parse_statement("249 people died yesterday, 17 of whom were killed in prison")
    assert (whole.figure, whole.parts[0].figure) == (Figure.exactly(249), Figure.exactly(17))
    with pytest.raises(UnreadableFigureError, match="larger than its whole"):
        parse_statement("152 total (1,160 civilians)")


def test_counts_side_by_side() -> None:
    """Several counts have no whole; each has its harms, and two that nothing tells apart are refused."""
    both = parse_statement("12 killed, dozens wounded")
    assert both.figure is None
    assert [(part.harms, str(part.figure)) for part in both.parts] == [
        (("killed",), "12"),
        (("wounded",), "24 or more"),
    ]
    sides = parse_statement("North: 3,000 / South: 3,800")
    assert [(part.label, str(part.figure)) for part in sides.parts] == [("North", "3,000"), ("South", "3,800")]
    with pytest.raises(UnreadableFigureError):
        parse_statement("10, 15")


def test_joined_harms_are_one_count() -> None:
    """Harms joined by "and" or "or" are one count of the larger set; presumed dead is still missing."""
    assert parse_statement("12,000 killed, wounded, captured or missing").harms == (
        "captured",
        "killed",
        "missing",
        "wounded",
    )
    assert parse_statement("20 missing and presumed dead").harms == ("missing",)
    assert parse_statement("Twelve members of the army were killed").harms == ("killed",)


def test_what_is_said_beside_the_number() -> None:
    """Who says so, when, in what doubt and of what share is data, and nothing of it is lost."""
    toll = parse_statement("5,937 killed (as of 21 Sep 2022; per SOHR)")
    assert (str(toll.as_of), toll.said_by) == ("2022-09-21", "SOHR")
    span = parse_statement("800 people between 30 December 1998 and 2 January 1999")
    assert (str(span.since), span.figure) == ("1998-12-30/1999-01-02", Figure.exactly(800))
    assert parse_statement("4 feared dead").modality is Modality.ALLEGED
    assert parse_statement("11 may have died").modality is Modality.ALLEGED
    assert parse_statement("unknown").silence is Silence.UNKNOWN
    assert parse_statement("3 killed in Barda").circumstances == ("in Barda",)
    share = parse_statement("nearly 70 percent of the dead").share
    assert share is not None
    assert (str(share.percent), share.of) == ("60–69 (floor assumed)", "the dead")


@pytest.mark.parametrize(
    "words",
    [
        "4,645 (95% CI 793 to 8,498)",
        "4,645 (95% CI: 793–8,498)",
        "4,645 (793–8,498, 95% CI)",
        "4,645 deaths [95 % confidence interval 793–8,498]",
    ],
)
def test_intervals_of_estimates(words: str) -> None:
    """An interval is the interval of an estimate, with its level, and its number the best one."""
    read = parse_statement(words)
    assert read.interval == Interval(793, 8_498, Fraction(19, 20))
    assert read.figure == Figure(793, 8_498, best=4_645)


def test_statements_are_values() -> None:
    """A statement can be compared, hashed and pickled."""
    one = parse_statement("22 killed (12 staff and 10 patients)")
    assert one == pickle.loads(pickle.dumps(one))
    assert hash(one) == hash(parse_statement("22 killed (12 staff and 10 patients)"))
    assert Statement("11") != one


def test_errors_speak_plainly() -> None:
    """An error names the word, its place and what to write."""
    with pytest.raises(UnreadableFigureError) as caught:
        parse_figure("28 over")
    assert str(caught.value) == (
        "'28 over': I cannot read 'over' here, at character 4, 'over'\nHint: write 'over' before the number"
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1 million killed", ["wikipedia killed 1,000,000"]),
        ("Several dozen killed", ["wikipedia killed 36 or more (assumed)"]),
        ("10 killed or missing", ["wikipedia killed/missing 10"]),
        ("20,000 dead and wounded", ["wikipedia killed/wounded 20,000"]),
        ("Many tanks and vehicles captured", []),
        ("5 APCs captured", []),
        ("10 guards not killed", []),
        ("3 killed, 20 wounded (Northern claim)", ["Northern killed 3", "Northern wounded 20"]),
        ("2 pilots killed, 1 missing (per the South)", ["South killed pilots 2", "South missing 1"]),
        ("North: 3,000 / South: 3,800", []),
    ],
)
def test_infobox_fields_are_read_by_the_same_reader(text: str, found: list[str]) -> None:
    """Magnitudes, joined harms, things, negations and closing notes in the fields of an infobox."""
    row = {"title": "X", "snapshot": "2031-01-01", "field": "casualties1", "combatant1": "North", "combatant2": "South"}
    reading = cs.read_table([row | {"text": text}], "wikipedia-infobox")
    claims = [
        " ".join(
            map(
                str,
                filter(
                    None,
                    (
                        each.source,
                        "/".join(each.subject.harm),
                        each.subject.role,
                        each.figure is not None and str(each.figure),
                    ),
                ),
            )
        )
        for each in reading.ledger
    ]
    assert sorted(claims) == sorted(found)
    assert bool(reading.quarantine) == (not found)


def test_a_list_that_is_not_understood_keeps_its_note() -> None:
    """Where a list with a closing note is not read as a whole, no part of it is read without the note."""
    assert [each["harm"] for each in statements("3 killed, 2 zorps (Northern claim)")] == ["", ""]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("84 (42 children), as of 21 September 2022", ["42 children"]),
        ("84 (42 children, 3 women)", ["42 children", "3 women"]),
        ("84 (42 children and 3 women) killed", ["42 children", "3 women"]),
        ("84, including 42 children", ["42 children"]),
    ],
)
def test_the_words_of_a_part_end_where_it_ends(words: str, parts: list[str]) -> None:
    """A part in brackets has none of the words behind them, and none of the next part."""
    statement = parse_statement(words)
    assert statement.words == words
    assert [part.words for part in statement.parts] == parts
