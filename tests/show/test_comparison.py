"""What several codebooks write down, side by side: text, Markdown, JSON and frames."""

from __future__ import annotations

import json
import math

import pytest

from casualties.codebooks import names
from casualties.errors import CasualtiesError, UnknownNameError
from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term
from casualties.results import Reconciliation, reconcile

KILLED = Subject(harm=["killed"], status="civilian", since="2020-09-27", until="2020-09-30")


def two_harms() -> Reconciliation:
    """Reconcile claims on the killed of two periods, and on the wounded."""
    claims = [
        Claim(source="paper", subject=KILLED, figure=Figure.at_least(11)),
        Claim(source="paper", subject=KILLED.replacing(since="2020-09-29"), figure=Figure.exactly(4)),
        Claim(source="paper", subject=KILLED.replacing(harm=["wounded"]), figure=Figure.exactly(60)),
    ]
    return reconcile(Ledger(claims, sources=[Source(key="paper")]))


def test_all_codebooks_are_compared_on_the_seed(seed: Reconciliation) -> None:
    """Without a list every codebook has its column, and every finding its row."""
    table = seed.compare_codebooks()
    assert table.codebooks == names()
    assert [len(row.resolutions) for row in table] == [len(names())] * len(seed) == [15] * 5
    assert len(table) == 5
    assert str(table) == table.to_text()


def test_codebooks_differ_on_the_seed(seed: Reconciliation) -> None:
    """ACLED writes 80 for more than 80 and 0 for silence; UCDP has a high above the best; GTD drops the unnamed.

    ACLED is asked for the dead of groups, of whom it writes nothing unasked.
    """
    chosen = ["ucdp", "acled", "gtd", "best-supported"]
    table = seed.compare_codebooks(chosen, parameters={"acled": {"group_ok": True}})
    assert [[str(each) for each in row.resolutions] for row in table] == [
        ["81 (81–81)", "80", "81", "81 or more"],
        ["1 (1–1)", "1", "1", "1 (1–1)"],
        ["11 (11–11)", "11", "11", "11 or more"],
        ["not coded", "0", "not coded", "not coded"],
        ["2 (2–25)", "2", "2", "2–25"],
    ]


def test_columns_that_do_not_fit_follow_below(seed: Reconciliation) -> None:
    """No line is wider than asked, and every codebook has its column."""
    text = seed.compare_codebooks().to_text(width=60)
    assert max(map(len, text.splitlines())) <= 60
    assert [name for name in names() if name.split("-")[0] not in text] == []


def test_narrow_tables_are_refused(seed: Reconciliation) -> None:
    """A width in which no column fits is refused with the least."""
    with pytest.raises(CasualtiesError, match="width 40: narrower than a table can be\nHint: ask for 60 columns"):
        seed.compare_codebooks().to_text(width=40)


def test_nothing_is_compared_without_findings() -> None:
    """An empty ledger gives an empty table in every form."""
    table = reconcile(Ledger([])).compare_codebooks(["ucdp"])
    assert table.to_text().splitlines()[0].startswith("Who was harmed")
    assert (len(table), len(table.to_frame()), json.loads(table.to_json())["findings"]) == (0, 0, [])
    assert table.to_markdown().splitlines()[0] == "| Who was harmed | span | ucdp |"


def test_no_codebook_leaves_the_spans(seed: Reconciliation) -> None:
    """With an empty list of codebooks the subjects and spans stand alone."""
    assert "81 or more" in seed.compare_codebooks([]).to_text()


def test_reasons_are_said_once_with_their_number(seed: Reconciliation) -> None:
    """What a codebook lacks stands below the table, once for all findings that lack it."""
    lines = seed.compare_codebooks(["iraq-body-count"]).to_text().splitlines()
    assert lines[-1] == "iraq-body-count: needs a count of civilians, not of combatants (4×)"


def test_harms_and_periods_are_told_where_names_are_equal() -> None:
    """Two findings of one description are told apart by their period, and harms are named where there are several."""
    table = two_harms().compare_codebooks(["gtd"])
    assert [row.name for row in table] == [
        "Civilians, 27 to 30 September 2020",
        "Civilians, 29 to 30 September 2020",
        "Civilians",
    ]
    lines = table.to_markdown().splitlines()
    assert lines[0] == "| Who was harmed | span | gtd |"
    assert lines[-1] == "| Civilians: wounded | 60 | 60, *most-recent* |"


def test_foreign_text_is_made_harmless() -> None:
    """Names from a file cannot break the table or act on a terminal."""
    term = Term(kind="place", key="a", names=["a|b\u202e"])
    claim = Claim(source="paper", subject=KILLED.replacing(place="a"), figure=Figure.exactly(4))
    ledger = Ledger([claim], sources=[Source(key="paper")], terms=[term])
    table = reconcile(ledger).compare_codebooks(["gtd"])
    assert "\u202e" not in table.to_text()
    assert "a\\|b\\u202e" in table.to_markdown()


def test_json_holds_steps_and_claims(seed: Reconciliation) -> None:
    """Every step, parameter and part is written, and every claim used or set aside by its identity."""
    table = seed.about(role="pilot").compare_codebooks(["ucdp"])
    found = json.loads(table.to_json())["findings"][0]
    assert found["span"] == {"low": 1, "high": 1}
    coded = found["codebooks"]["ucdp"]
    assert (coded["number"], coded["high"], coded["outside_span"]) == (1, 1, False)
    assert coded["parts"] == {"side armenian": 1}
    assert len(coded["used"]) == 1
    assert set(coded["set_aside"].values()) == {"denies the responsibility, not a number"}
    assert coded["parameters"]["unverified"] == ["unattributed", "alleged", "opponent", "graded low", "refuted"]
    silent = seed.about(status="combatant", side="azerbaijani")
    told = json.loads(silent.compare_codebooks(["acled"], parameters={"acled": {"group_ok": True}}).to_json())
    assert told["findings"][0]["span"] is None
    coded = told["findings"][0]["codebooks"]["acled"]
    assert (coded["number"], coded["outside_span"], coded["steps"][-1]["rule"]) == (0, True, "outside-the-span")


def test_frame_tells_an_absent_end_from_no_number(seed: Reconciliation) -> None:
    """In a frame an absent upper end is inf, and no number is NaN."""
    frame = seed.compare_codebooks(["best-supported"]).to_frame()
    assert list(frame["high"])[:3] == [math.inf, 1.0, math.inf]
    assert math.isnan(frame["high"][3])
    assert list(frame["coded"]) == [True, True, True, False, True]
    named = [*frame["claims_used"].dropna(), *frame["set_aside"].dropna()]
    assert sum(len(cell.split("; ")) for cell in named) == 8


def test_parameters_reach_their_codebook(seed: Reconciliation) -> None:
    """A choice is handed on by the name of its codebook; one that is not compared is refused."""
    table = seed.compare_codebooks(["source-hierarchy"], parameters={"source-hierarchy": {"ranking": ["journalist"]}})
    assert [str(row.resolutions[0]) for row in table][-1] == "2"
    with pytest.raises(UnknownNameError, match="parameters for 'acled': that codebook is not compared"):
        seed.compare_codebooks(["ucdp"], parameters={"acled": {"several": 10}})


def test_wide_characters_keep_the_columns() -> None:
    """A name in characters of two columns moves no count out of its column."""
    claims = [
        Claim(source="paper", subject=KILLED.replacing(place=place), figure=Figure.exactly(count))
        for place, count in (("巴尔达" * 6, 21), ("barda", 34))
    ]
    text = reconcile(Ledger(claims, sources=[Source(key="paper")])).compare_codebooks(["latest"]).to_text()

    def columns(line: str, count: str) -> int:
        return sum(2 if character > "\u2e7f" else 1 for character in line[: line.index(count)])

    places = [columns(line, count) for line in text.splitlines() for count in ("21", "34") if count in line]
    assert len(places) == 2
    assert len(set(places)) == 1
