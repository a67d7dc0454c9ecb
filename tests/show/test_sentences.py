"""What a copy editor asked of the sentences: each expected sentence is written from its ledger by hand."""

from __future__ import annotations

import io

import pytest

import casualties as cs
from casualties.results import Finding
from casualties.show.sentences.printed import Length

HEAD = """
casualties: 1
sides: {north: {name: Northern side, against: [south]}, south: {name: Southern side}}
sources:
  gov: {name: Government}
  health: {name: Health Ministry, under: gov}
  interior: {name: Interior Ministry, under: gov}
  watch: {name: Rights Watch}
  red: {name: Relief Society}
  army: {name: Northern army, side: north}
  post: {name: Daily Post, repeats: [health]}
  nobody: {name: reports, kind: unattributed}
roles: {medic: {status: civilian}}
defaults: {since: 2021-03-01, until: 2021-03-05}
claims:
"""


def findings(*claims: str) -> dict[str, Finding]:
    """Reconcile claims as people write them; each finding by its subject."""
    text = HEAD + "".join(f"  - {{{claim}}}\n" for claim in claims)
    return {str(each.subject): each for each in cs.reconcile(cs.read(io.StringIO(text), format="yaml"))}


def told(*claims: str, length: Length = "long") -> list[str]:
    """Give the sentences on all subjects of some claims."""
    return sorted(each.sentence(length=length).text for each in findings(*claims).values())


WHO = "people were killed, in a count from 1 to 5 March 2021"


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        (
            ["source: health, killed: 14"],
            f"The Health Ministry says 14 {WHO}. No other source in this record gives a figure.",
        ),
        (
            ["id: first, source: health, killed: 14", "source: post, killed: 14, based_on: first"],
            f"The Health Ministry says 14 {WHO}. Daily Post takes its figure from the Health Ministry.",
        ),
        (
            ["source: interior, killed: 9, stated: 2021-03-04", "source: health, killed: 14, stated: 2021-03-06"],
            (
                f"The Health Ministry says 14 {WHO}. Another figure in this record, given by the Interior Ministry, "
                "is not independent of the Health Ministry."
            ),
        ),
        (
            ["source: watch, killed: 40, modality: projected", "source: health, killed: 14"],
            f"The Health Ministry says 14 {WHO}. No other figure in this record stands.",
        ),
        (
            ['source: watch, killed: "40 (95% CI 20 to 60)", method: survey', "source: health, killed: 14"],
            (
                f"The Health Ministry says 14 {WHO}. Rights Watch estimates the number of people killed at 40 "
                "(between 20 and 60). No other source in this record gives a count."
            ),
        ),
    ],
)
def test_who_else_gives_a_figure(claims: list[str], sentence: str) -> None:
    """That nobody else gives one is said where nobody does; copies and one government's figures are told as such."""
    assert told(*claims) == [sentence]


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        (
            ["source: health, killed: at least 11", "source: watch, killed: 14"],
            (
                f"Rights Watch says 14 {WHO}; the Health Ministry says at least 11. By both accounts, the number "
                "was at least 11."
            ),
        ),
        (  # both say a number, and neither says at least
            ["source: health, killed: 1000", "source: watch, killed: 1001"],
            f"Rights Watch says 1,001 {WHO}; the Health Ministry says 1,000. These figures nearly agree.",
        ),
        (  # the words that stand hold no lower end: the 7 were said before
            [
                "source: watch, killed: 7, until: 2021-03-03, stated: 2021-03-03",
                "source: watch, killed: up to 40, stated: 2021-03-08",
                "source: health, killed: at least 6",
            ],
            f"The Health Ministry says at least six {WHO}; Rights Watch says up to 40.",
        ),
    ],
)
def test_at_least_by_both_accounts_is_said_where_both_say_it(claims: list[str], sentence: str) -> None:
    """The least number is told as that of both only where one puts it so and the words of the other hold it."""
    assert told(*claims) == [sentence]


def test_a_short_sentence_gives_the_day_of_an_old_count() -> None:
    """What runs to the ledger's last day needs none; older counts, counts of one day and undated ones say so."""
    claims = (
        "source: health, killed: 14",
        "source: health, wounded: 20, until: 2021-03-03",
        "source: health, missing: 3",
        "source: watch, killed: 2, victims: {role: medic}, since: 2021-03-02, until: 2021-03-02",
        "source: watch, displaced: 900, until: ''",
    )
    assert told(*claims, length="short") == [
        "Rights Watch says 900 people were displaced, in an undated count.",
        "Rights Watch says two medics were killed on 2 March 2021.",
        "The Health Ministry says 14 people were killed.",
        "The Health Ministry says 20 people had been wounded by 3 March 2021.",
        "The Health Ministry says three people were missing on 5 March 2021.",
    ]


def test_a_part_is_told_with_its_whole() -> None:
    """Who counts a part and, to the same day, the whole says both; a whole of another day or source is left out."""
    whole = "source: health, killed: 80"
    part = "source: health, killed: 42, victims: {status: civilian}"
    assert told(whole, part, length="short")[0] == (
        "The Health Ministry says 42 civilians were killed. In all, it says 80 people were killed."
    )
    other = "source: watch, killed: 42, victims: {status: civilian}"
    assert told(whole, other, length="short")[0] == "Rights Watch says 42 civilians were killed."
    found = findings(whole, part)["killed, civilian 2021-03-01.."].sentence()
    assert [(each.text, each.sources) for each in found.numbers] == [("42", ("health",)), ("80", ("health",))]


def test_figures_in_between_lie_between() -> None:
    """Of figures that overlap the lowest or the highest it is not said that they lie in between."""
    ends = ("source: watch, killed: 100 to 200", "source: red, killed: 5")
    apart = told(*ends, "source: health, killed: 20 to 30", "source: army, killed: 40", length="short")
    assert apart == [
        (
            "Rights Watch says between 100 and 200 people were killed; the Relief Society says five; "
            "others give figures in between."
        )
    ]
    over = told(*ends, "source: health, killed: 50 to 150", "source: army, killed: 40", length="short")
    assert over == [
        (
            "Rights Watch says between 100 and 200 people were killed; the Relief Society says five; "
            "others give other figures."
        )
    ]


def test_a_figure_revised_down_says_from_what() -> None:
    """A source that came down says from which number, which it stated; one that went up says nothing of it."""
    down = [
        "source: health, killed: at least 500, stated: 2021-03-06",
        "source: health, killed: 471, stated: 2021-03-09",
    ]
    assert told(*down, length="short") == ["The Health Ministry says 471 people were killed, down from at least 500."]
    (found,) = findings(*down).values()
    assert [(each.text, len(each.claims)) for each in found.sentence().numbers] == [("471", 1), ("at least 500", 1)]
    up = ["source: health, killed: 400, stated: 2021-03-06", "source: health, killed: 471, stated: 2021-03-09"]
    assert told(*up, length="short") == ["The Health Ministry says 471 people were killed."]


def test_a_0_of_ones_own_side_denies_only_what_somebody_says() -> None:
    """Where nobody accuses its side a source's 0 is told as it was said; where somebody does, as a denial."""
    none = "source: army, killed: 0, perpetrator: north"
    assert told("source: watch, killed: 9", none, length="short") == [
        "Rights Watch says nine people were killed. The Northern army says no people were killed by the Northern side."
    ]
    assert told("source: watch, killed: 9, perpetrator: north", none, length="short") == [
        (
            "Rights Watch says nine people were killed. "
            "It says the Northern side was responsible, which the Northern army denies."
        )
    ]


def test_who_signs_is_named_first() -> None:
    """An unsigned figure is told after the signed ones, and an unsigned source after those that sign the same."""
    assert told("source: nobody, killed: 90", "source: watch, killed: 9", length="short") == [
        "Rights Watch says nine people were killed; reports (unattributed) say 90."
    ]
    assert told("source: nobody, killed: 9", "source: watch, killed: 9", length="short") == [
        "Rights Watch and reports (unattributed) say nine people were killed."
    ]


def test_one_statement_in_four_wordings_is_quoted_by_two() -> None:
    """Of many wordings of one statement the lowest and the highest are quoted."""
    wordings = ("up to 2300", "about 2300", "at least 2300", "more than 2300")
    claims = [f"source: health, killed: {words}, stated: 2021-03-05" for words in wordings]
    assert told(*claims, length="short") == [
        "The Health Ministry is variously quoted as saying up to 2,300 or more than 2,300 people were killed."
    ]


def test_how_people_were_counted_is_said_of_the_count() -> None:
    """What was counted, and to which days, stands in one phrase; one person is killed once."""
    assert told("source: watch, killed: 33, basis: documented") == [
        (
            "Rights Watch says 33 people were killed, in a count from 1 to 5 March 2021 of those documented. "
            "No other source in this record gives a figure."
        )
    ]
    assert told("source: health, killed: 1") == [
        (
            "The Health Ministry says one person was killed at some time from 1 to 5 March 2021. "
            "No other source in this record gives a figure."
        )
    ]
    assert told("source: health, losses: 33") == [
        (
            "The Health Ministry says losses came to 33, in a count from 1 to 5 March 2021. "
            "No other source in this record gives a figure."
        )
    ]
