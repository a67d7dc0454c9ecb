"""What readers who know the field would not sign in a table, each with the words that stand there now."""

from __future__ import annotations

import io

import pytest

import casualties as cs

HEAD = """
casualties: 1
sides: {north: {name: Northern side, against: [south]}, south: {name: Southern side}}
sources:
  un: {name: UN}
  ngo: {name: NGO}
  watch: {name: Watch}
  police: {name: Police}
  state: {name: State}
  mod: {name: Ministry, under: state}
  council: {name: Council, under: state}
  rebels: {name: Rebels, side: south}
"""


def table(text: str) -> str:
    """Reconcile a ledger and give its table in lines that break nowhere."""
    return " ".join(cs.reconcile(cs.read(io.StringIO(HEAD + text), format="yaml")).to_text(width=400).split())


DAYS = "since: 2023-02-06"


@pytest.mark.parametrize(
    ("text", "told", "untold"),
    [
        pytest.param(
            f"""
claims:
  - {{source: un, killed: "7000", {DAYS}, until: 2023-03-13, stated: 2023-03-13}}
  - {{source: un, killed: up to 40000, {DAYS}, until: 2023-05-19, stated: 2023-05-19}}
  - {{source: ngo, killed: at least 6500, {DAYS}, until: 2023-05-19, stated: 2023-05-19}}
""",
            ["6,500 or more is borne out by 3 and 2", "replaced by 1, its 7,000 or more holds on"],
            ["borne out by 3 and 1"],
            id="a floor is borne out by the claim that states it",
        ),
        pytest.param(
            f"""
claims:
  - {{source: un, killed: 15000 to 20000, {DAYS}, until: 2023-03-13, stated: 2023-03-13}}
  - {{source: un, killed: up to 120000, {DAYS}, until: 2023-06-19, stated: 2023-06-19}}
  - {{source: ngo, killed: "5937", {DAYS}, until: 2023-05-19, stated: 2023-05-19}}
""",
            ["3 with 2 (gap 9,063, of an earlier day)", "disputed for earlier days"],
            ["3 with 1 (gap"],
            id="a dispute names the claims that are apart, and the row says that earlier days are disputed",
        ),
        pytest.param(
            f"""
claims:
  - {{source: un, killed: 10 to 50, {DAYS}, until: 2023-02-06, stated: 2023-02-06}}
  - {{source: ngo, killed: "471", {DAYS}, until: 2023-02-06, stated: 2023-02-06}}
  - {{source: watch, killed: "100", {DAYS}, until: 2023-02-06, stated: 2023-02-06}}
  - {{source: police, killed: 20 to 60, {DAYS}, until: 2023-02-06, stated: 2023-02-06}}
""",
            ["at most 2 of 4 allow one count: 20–50"],
            ["most, 2 of 4"],
            id="two of four are not most",
        ),
        pytest.param(
            f"""
claims:
  - {{id: early, source: mod, killed: at least 500, {DAYS}, until: 2023-02-06, stated: 2023-02-06}}
  - {{source: mod, killed: "471", {DAYS}, until: 2023-02-06, stated: 2023-02-07}}
  - {{source: watch, denies: early, aspect: figure, stated: 2023-02-06}}
""",
            ["the count of 2 is denied by 3", "said 7 Feb 2023"],
            ["; the count is denied"],
            id="a denial names the claim that is denied",
        ),
        pytest.param(
            f"""
claims:
  - {{source: un, killed: "40", {DAYS}, until: 2023-02-06, stated: 2023-02-06}}
  - {{source: ngo, killed: "40", {DAYS}, until: 2023-02-06, stated: 2023-02-06}}
  - {{source: watch, killed: "40", {DAYS}, until: 2023-02-06, stated: 2023-02-06}}
  - {{source: police, killed: "60", {DAYS}, until: 2023-02-06, stated: 2023-02-06}}
""",
            ["undisputed but by 4: 40"],
            ["undisputed: 40"],
            id="an outlier disputes what is called undisputed",
        ),
        pytest.param(
            f"""
claims:
  - {{source: un, killed: about 100, {DAYS}, until: 2023-02-06, stated: 2023-02-06}}
  - {{source: ngo, killed: about 200, {DAYS}, until: 2023-02-06, stated: 2023-02-06}}
""",
            ["apart only by an assumed end, 2 independent"],
            ["compatible"],
            id="sources that share no count are not called compatible",
        ),
        pytest.param(
            f"""
claims:
  - {{source: rebels, killed: "12", {DAYS}, until: 2023-02-06, stated: 2023-02-06}}
""",
            ["side: Southern"],
            ["side unknown"],
            id="a side that the ledger names is not unknown",
        ),
        pytest.param(
            f"""
claims:
  - {{source: un, killed: "5", {DAYS}, until: 2023-02-21, stated: 2023-02-21}}
  - {{source: ngo, killed: "9", {DAYS}, until: 2025-02-21, stated: 2025-02-21}}
""",
            ["to 21 Feb 2023"],
            [],
            id="a year stands where the years differ",
        ),
        pytest.param(
            f"""
claims:
  - {{source: un, killed: "5", {DAYS}, until: 2023-02-06, stated: 2023-02-06, perpetrator: north}}
  - {{source: ngo, killed: "5", {DAYS}, until: 2023-02-06, stated: 2023-02-06, perpetrator: south}}
""",
            ["who did it is disputed", "confidence moderate, for 5 or more"],
            [],
            id="who did it is disputed, and agreeing rows show their confidence",
        ),
        pytest.param(
            """
claims:
  - {source: un, killed: "90", since: 2023-02-06, until: 2023-12-01, stated: 2023-12-01}
  - {source: ngo, casualties: "50", since: 2023-02-06, until: 2023-03-01, stated: 2023-03-01}
""",
            ["inside casualties: people, counted to 1 Mar 2023"],
            [],
            id="a whole that is counted to an earlier day says so",
        ),
    ],
)
def test_words_are_true_when_read_alone(text: str, told: list[str], untold: list[str]) -> None:
    """Each sentence names the claims, days and sides that it is about."""
    shown = table(text)
    assert [each for each in told if each not in shown] == [], shown
    assert [each for each in untold if each in shown] == [], shown
