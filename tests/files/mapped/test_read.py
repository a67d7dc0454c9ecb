"""Tables as claims: what a mapping says becomes claims, and nothing else is lost."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import pytest

import casualties as cs
from casualties.errors import CasualtiesError, LedgerError, LedgerFileError, MappingError, UnknownNameError
from casualties.files.mapped import Check, ClaimColumns, Slot, TableMapping, TableReading, _preset_names
from casualties.files.mapped import cells as mapped_cells
from casualties.model.claim import Claim
from casualties.model.figure import End, Figure
from casualties.model.registry import Registry
from casualties.model.source import Source

SIMPLE: dict[str, Any] = {"name": "sheet", "source": "us", "claims": [{"harm": "killed", "count": "dead"}]}


def reading(rows: list[Any], *claims: Mapping[str, Any], **mapping: Any) -> TableReading:
    """Read rows by a small mapping, and see that its cells add up."""
    found = cs.read_table(rows, {**SIMPLE, **({"claims": claims} if claims else {}), **mapping})
    assert found.counts.add_up
    assert len(found.quarantine) == found.counts.quarantined
    return found


def only(found: TableReading) -> Claim:
    """Give the one claim of a reading."""
    (claim,) = found.ledger
    return claim


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        (3, "3"),
        ("3", "3"),
        (" 3 ", "3"),
        (3.0, "3"),
        ("3.0", "3"),
        (Decimal("3.00"), "3"),
        ("1,200", "1,200"),
        ("at least 11", "11 or more"),
        ("10-15", "10–15"),
        ("0", "0"),
        ("dozens", "24 or more"),
    ],
)
def test_counts_are_read(cell: object, figure: str) -> None:
    """A number or the words of one become its figure."""
    assert str(only(reading([{"dead": cell}])).figure) == figure


@pytest.mark.parametrize(
    ("cell", "silence"),
    [
        ("", "not-mentioned"),
        (None, "not-mentioned"),
        (float("nan"), "not-mentioned"),
        ("unknown", "unknown"),
        ("not disclosed", "withheld"),
        (-1, "withheld"),
        ("-1", "withheld"),
        (-1.0, "withheld"),
    ],
)
def test_silence_is_never_zero(cell: object, silence: str) -> None:
    """An empty cell, words for silence and a sentinel make a silent claim."""
    found = reading([{"dead": cell}], sentinels={"-1": "withheld"})
    assert only(found).silence == silence
    assert only(found).figure is None
    assert found.counts.silent == 1


def test_empty_may_mean_nothing() -> None:
    """Where the mapping says so an empty cell and a sentinel hold nothing, and are counted as that."""
    found = reading([{"dead": ""}, {"dead": "NA"}, {"dead": 1}], empty="nothing", sentinels={"NA": "nothing"})
    assert len(found.ledger) == 1
    assert found.counts.nothing == 2


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("15-Oct", "spreadsheet-date"),
        ("Oct-15", "spreadsheet-date"),
        ("2020-10-15", "spreadsheet-date"),
        ("10/15/2020", "spreadsheet-date"),
        (date(2020, 10, 15), "spreadsheet-date"),
        (datetime(2020, 10, 15, 12), "spreadsheet-date"),
        ("=SUM(A1:A3)", "formula"),
        ("12.5", None),
        (12.5, None),
        (True, "not-a-count"),
        ([1], "not-a-count"),
        ("-1", None),
        (float("inf"), None),
        (10**13, "too-large"),
        pytest.param(10**5000, None, id="huge"),
        ("a\0b", "control-character"),
        ("7\udc80", "control-character"),
        ("heavy", None),
        ("1.200", None),
    ],
)
def test_what_is_no_count_is_quarantined(cell: object, rule: str | None) -> None:
    """A cell that can be no claim is kept with its row, column, value and the rule, and makes no claim."""
    found = reading([{"dead": 1}, {"dead": cell}])
    (bad,) = found.quarantine
    assert len(found.ledger) == 1
    assert (bad.row, bad.column) == (2, "dead")
    assert bad.message
    if rule:
        assert bad.rule == rule


def test_long_values_are_shortened_in_the_quarantine() -> None:
    """A cell of many characters is shown by its first 79."""
    assert reading([{"dead": "x" * 100}]).quarantine[0].value == "x" * 79 + "…"


TRIPLE = {"harm": "killed", "low": "low", "best": "best", "high": "high"}


@pytest.mark.parametrize(
    ("low", "best", "high", "figures"),
    [
        (1, 2, 5, ["1–5 (best 2)"]),
        (1, "", 5, ["1–5"]),
        ("", 2, "", ["2"]),
        (1, "", "", ["1 or more"]),
        ("", "", 5, ["up to 5"]),
        (1, 2, "", ["1 or more (best 2)"]),
        ("", 2, 5, ["up to 5 (best 2)"]),
        (35, 228, 35, ["228", "35"]),
        (2, 2, 1, ["2", "2 or more", "up to 1"]),
        (3, 1, "", ["1", "3 or more"]),
        (3, "", 1, ["3 or more", "up to 1"]),
    ],
)
def test_low_best_and_high_are_one_claim(low: object, best: object, high: object, figures: list[str]) -> None:
    """A triple of one coder is one claim; where it does not rise every end is kept, and the row is reported."""
    found = reading([{"low": low, "best": best, "high": high}], TRIPLE)
    assert sorted(str(claim.figure) for claim in found.ledger) == figures
    assert found.counts.claimed == 3
    assert [each.rule for each in found.broken] == ["low-best-high"] * (len(figures) > 1)


def test_triple_without_figures_is_one_silence() -> None:
    """A triple of empty cells is silent once, and each cell is counted."""
    found = reading([{"low": "", "best": "", "high": None}], TRIPLE)
    assert len(found.ledger) == 1
    assert found.counts.silent == 3


def test_two_silences_of_a_triple_are_two_claims() -> None:
    """Cells that are silent in two ways make two claims; a cell that holds nothing makes none."""
    found = reading(
        [{"low": "?", "best": "-9", "high": "x"}],
        {**TRIPLE, "sentinels": {"?": "unknown", "-9": "withheld", "x": "nothing"}},
    )
    assert sorted(str(claim.silence) for claim in found.ledger) == ["unknown", "withheld"]
    assert (found.counts.silent, found.counts.nothing) == (2, 1)


@pytest.mark.parametrize(
    ("low", "best", "high", "figures", "quarantined"),
    [
        ("2.5", "", 4, [], ["low:fraction", "best:other-end", "high:other-end"]),  # "up to 4" would invent a floor
        (3, "", "heavy", [], ["high:no-number", "low:other-end", "best:other-end"]),  # "3 or more" loses a ceiling
        ("-1", 2, "", [], ["low:negative", "best:other-end", "high:other-end"]),  # "exactly 2" is not what it says
        ("1-2", 3, 4, [], ["low:not-one-number", "best:other-end", "high:other-end"]),
        ("", "x", "", [], ["best:no-number", "low:other-end", "high:other-end"]),  # a silence would be invented
        ("x", "", "y", [], ["low:no-number", "high:no-number", "best:other-end"]),
        (1, "x", 5, ["1–5"], ["best:no-number"]),  # without the number preferred the range is as it was said
        (1, "x", "", ["1 or more"], ["best:no-number"]),
        ("", "x", 5, ["up to 5"], ["best:no-number"]),
    ],
)
def test_end_that_cannot_be_read_takes_the_others_along(
    low: object, best: object, high: object, figures: list[str], quarantined: list[str]
) -> None:
    """Half of a count is another count: where an end cannot be read, the other cells are no claim either."""
    found = reading([{"low": low, "best": best, "high": high}], TRIPLE)
    assert [str(claim.figure) for claim in found.ledger] == figures
    assert sorted(f"{each.column}:{each.rule}" for each in found.quarantine) == sorted(quarantined)
    assert found.counts.silent == 0


def test_quarantine_names_the_end_that_could_not_be_read() -> None:
    """The cell that goes along says which cell could not be read, and what to do."""
    found = reading([{"low": "2.5", "high": 4}], {"harm": "killed", "low": "low", "high": "high"})
    (along,) = [each for each in found.quarantine if each.rule == "other-end"]
    assert (along.column, along.value) == ("high", "4")
    assert along.message == "'low' of the same count could not be read"
    assert along.hint == "mend that cell: alone, this one would state another figure"


def test_cell_that_holds_nothing_stays_nothing_beside_an_end_that_cannot_be_read() -> None:
    """What the mapping says holds nothing is counted as that, and not quarantined."""
    found = reading([{"low": "x", "best": "", "high": 4}], TRIPLE, empty="nothing")
    assert (found.counts.quarantined, found.counts.nothing, len(found.ledger)) == (2, 1, 0)


@pytest.mark.parametrize(
    ("low", "high", "figure", "words"),
    [(3, "?", "3 or more", None), ("three", "unknown", "3 or more", "three"), ("?", "ten", "up to 10", "ten")],
)
def test_words_are_those_of_the_cell_that_states(low: object, high: str, figure: str, words: str | None) -> None:
    """Beside a figure the words of an end that nobody knows are not the words of the claim."""
    claim = only(reading([{"low": low, "high": high}], {"harm": "killed", "low": "low", "high": "high"}))
    assert str(claim.figure) == figure
    assert [citation.words for citation in claim.citations] == [words]


def test_one_row_makes_several_claims() -> None:
    """Killed and wounded of two sides in one row are four claims."""
    claims = [
        {"harm": harm, "count": f"{harm} {side}", "side": side} for harm in ("killed", "wounded") for side in ("a", "b")
    ]
    found = reading([{"killed a": 1, "killed b": 2, "wounded a": 3, "wounded b": 4}], *claims)
    assert {(str(each.subject), str(each.figure)) for each in found.ledger} == {
        ("killed, a", "1"),
        ("killed, b", "2"),
        ("wounded, a", "3"),
        ("wounded, b", "4"),
    }


def test_every_part_of_a_claim_has_its_place() -> None:
    """Facets, days, source, citation, relays and grade come from constants, columns and templates."""
    claim = {
        "harm": "killed-or-wounded",
        "count": "n",
        "side": "{side}",
        "place": "{town}, {province}",
        "status": "civilian",
        "with": ["missing"],
        "since": "2020-09-27",
        "until": "{day}",
        "stated": "{day}",
        "modality": "reported",
        "source": "{who}",
        "our_reading": ["side"],
        "all": ["sex"],
        "cited": {
            "publisher": "{paper}",
            "published": "{day}",
            "locator": "row {#row}",
            "relays": "{agency}",
        },
        "graded": {"grader": "desk", "scale": "ours", "grade": "{grade}"},
    }
    row = {
        "n": "at least 11",
        "side": "azerbaijani",
        "town": "Barda",
        "province": "Barda District",
        "day": "2020-10-28",
        "who": "prosecutor",
        "paper": "Azernews",
        "agency": "Trend; AFP",
        "grade": "good",
    }
    found = only(reading([row], claim))
    assert str(found.subject) == (
        "killed or wounded, azerbaijani, civilian, Barda, Barda District with missing 2020-09-27..2020-10-28"
    )
    assert (found.source, found.modality, str(found.stated)) == ("prosecutor", "reported", "2020-10-28")
    assert (found.our_reading, found.all) == (("side",), ("sex",))
    (citation,) = found.citations
    assert citation.report is not None
    assert (citation.report.publisher, str(citation.report.published)) == ("Azernews", "2020-10-28")
    assert (citation.words, citation.locator) == ("at least 11", "row 1")
    assert [relay.name for relay in citation.relays] == ["Trend", "AFP"]
    assert found.assessments[0].grade == "good"


def test_one_document_is_cited_by_many_claims() -> None:
    """Rows that were read in one place of one report share its citation."""
    claim = {"harm": "killed", "count": "n", "place": "{town}", "cited": {"publisher": "{paper}"}}
    found = reading([{"n": 1, "town": town, "paper": "Azernews"} for town in "ab"], claim)
    assert len(found.ledger.reports) == 1
    assert [claim.citations[0].locator for claim in found.ledger] == ["row 1", "row 2"]


def test_template_with_an_empty_cell_is_absent() -> None:
    """A facet, a report and a grade of which a cell is empty are left out, not half filled."""
    claim = {
        "harm": "killed",
        "count": "n",
        "place": {"from": "{town}, {province}", "absent": ""},
        "cited": {"publisher": "{paper}", "words": "{paper}"},
        "graded": {"grader": "desk", "scale": "ours", "grade": "{paper}"},
    }
    found = only(reading([{"n": 1, "town": "Barda", "province": None, "paper": ""}], claim))
    assert found.subject.place is None
    assert [(each.report, each.locator) for each in found.citations] == [(None, "row 1")]
    assert found.assessments == ()


@pytest.mark.parametrize(
    ("slot", "cell", "place"),
    [
        ({"from": "{c}", "values": {"BRD": "Barda"}}, "BRD", "Barda"),
        ({"from": "{c}", "values": {"BRD": "Barda"}, "otherwise": "keep"}, "Ganja", "Ganja"),
        ({"from": "{c}", "values": {"BRD": "Barda"}, "otherwise": "nothing"}, "Ganja", None),
        ({"from": "{c}", "values": {"none": ""}}, "none", None),
        ({"from": "{c}", "pattern": r"^(\w+) \("}, "Barda (AZ)", "Barda"),
        ({"from": "{c}", "pattern": r"^\w+"}, "Barda (AZ)", "Barda"),
        ({"from": "{c}", "pattern": r"^(x)?"}, "Barda", None),
        ({"from": "{c}", "pattern": "x", "otherwise": "nothing"}, "Barda", None),
        ({"from": "{c}", "absent": "somewhere"}, "", "somewhere"),
        ("Barda", "x", "Barda"),
        ("{c}", 7.0, "7"),
        ("{c}", True, "true"),
        ("{c}", 7.5, "7.5"),
        ({"from": "{c}", "absent": ""}, Decimal("NaN"), None),
        ("{c}", ["a", "b"], "a; b"),
        ("{c}", datetime(2020, 1, 2), "2020-01-02"),
        ("{c}", datetime(2020, 1, 2, 3, 4), "2020-01-02 03:04:00"),
        ("{c}", "Ağdam", "Ağdam"),
    ],
)
def test_slots(slot: object, cell: object, place: str | None) -> None:
    """A slot gives the value of a template, a pattern or a list of values, or none."""
    found = reading([{"n": 1, "c": cell}], {"harm": "killed", "count": "n", "place": slot}, optional=["c"])
    assert only(found).subject.place == place


@pytest.mark.parametrize(
    ("field", "slot", "cell", "rule"),
    [
        ("place", {"from": "{c}", "values": {"BRD": "Barda"}}, "Ganja", "unknown-value"),
        ("place", {"from": "{c}", "pattern": "x"}, "Barda", "unknown-value"),
        ("place", "{c}", "a\x07b", "control-character"),
        ("place", "{c}", "x" * 1001, "too-long"),
        ("harm", "{c}", "", "no-harm"),
        ("source", "{c}", "", "no-source"),
        ("status", "{c}", "soldier", "invalid"),
        ("since", "{c}", "yesterday", "not-a-date"),
        ("since", {"from": "{c}", "dates": ["DD/MM/YYYY"]}, "2020-09-30", "not-a-date"),
        ("since", {"from": "{c}", "dates": ["DD/MM/YYYY"]}, "31/02/2020", "not-a-date"),
        ("since", {"from": "{c}", "dates": ["D Month YYYY"]}, "3 Brumaire 2020", "not-a-date"),
        ("since", {"from": "{c}", "days_after": "2022-02-23"}, "-1", "not-a-date"),
        ("since", {"from": "{c}", "days_after": "9990-01-01"}, "999999", "not-a-date"),
        ("bound", "{c}", "purple", "unknown-value"),
    ],
)
def test_bad_values_beside_a_count_quarantine_it(field: str, slot: object, cell: object, rule: str) -> None:
    """Where another part of the claim cannot be read its counts are kept in quarantine, with that reason."""
    claim = {"harm": "killed", "low": "low", "high": "high", field: slot, "sentinels": {"-": "nothing"}}
    found = reading([{"low": 1, "high": 2, "c": cell}, {"low": 1, "high": "-", "c": cell}], claim)
    assert len(found.ledger) == 0
    assert {each.rule for each in found.quarantine} == {rule}
    assert (found.counts.quarantined, found.counts.nothing) == (3, 1)


@pytest.mark.parametrize("cell", ["31.02.2022", "01.13.2022"])
def test_day_that_no_calendar_has_is_quoted_as_it_stands(cell: str) -> None:
    """A date in the format of the mapping is not told in another."""
    claim = {"harm": "killed", "count": "n", "since": {"from": "{c}", "dates": ["DD.MM.YYYY"]}}
    (bad,) = reading([{"n": 1, "c": cell}], claim).quarantine
    assert bad.message == f"column 'c': {cell!r}: no calendar has it"
    assert bad.hint == "look at the year, the month and the day"


@pytest.mark.parametrize(
    ("slot", "cell", "day"),
    [
        ("{c}", "2020-09", "2020-09"),
        ("{c}", date(2020, 9, 30), "2020-09-30"),
        ("{c}", datetime(2020, 9, 30, 5), "2020-09-30"),
        ("{c}", 2020, "2020"),
        ({"from": "{c}", "dates": ["MM/DD/YYYY", "DD.MM.YYYY"]}, "30.09.2020", "2020-09-30"),
        ({"from": "{c}", "dates": ["D/M/YYYY"]}, "1/9/2020", "2020-09-01"),
        ({"from": "{c}", "dates": ["D Month YYYY"]}, "30 Sept. 2020", "2020-09-30"),
        ({"from": "{c}", "dates": ["Month YYYY"]}, "September 2020", "2020-09"),
        ({"from": "{c}", "dates": ["YYYY-MM-DD time"]}, "2020-09-30 00:00:00.000", "2020-09-30"),
        ({"from": "{c}", "days_after": "2022-02-23"}, "1", "2022-02-24"),
        ({"from": "{c}", "days_back": "{n}"}, "2020-10-01", "2020-09-30"),
        ({"from": "{c}", "days_back": "{empty}"}, "2020-10-01", "2020-10-01"),
        ("{c}", "", None),
    ],
)
def test_dates(slot: object, cell: object, day: str | None) -> None:
    """Dates are read by the formats of the mapping, from numbers of days, and as spreadsheets hold them."""
    row = {"n": 1, "c": cell, "empty": ""}
    found = reading([row], {"harm": "killed", "count": "n", "since": slot}, optional=["c"])
    assert str(only(found).subject.since or "") == (day or "")


@pytest.mark.parametrize(("bound", "figure"), [("exactly", "7"), ("at least", "7 or more"), ("at most", "up to 7")])
def test_bounds_of_bare_numbers(bound: str, figure: str) -> None:
    """A flag says whether a bare number is a floor or a ceiling; words keep their own meaning."""
    rows = [{"n": 7, "b": bound}, {"n": "2-3", "b": bound}]
    found = reading(rows, {"harm": "killed", "count": "n", "bound": "{b}"})
    assert sorted(str(claim.figure) for claim in found.ledger) == sorted([figure, "2–3"])


def test_conditions_choose_rows_and_claims() -> None:
    """Rows outside `only`, and rows of which no claim is made, are counted as outside."""
    rows = [{"n": 1, "kind": "people"}, {"n": 2, "kind": "tanks"}, {"n": 3, "kind": "dogs"}, {"n": 4, "kind": "women"}]
    found = reading(
        rows,
        {"harm": "killed", "count": "n", "when": {"kind": "people"}},
        {"harm": "killed", "count": "n", "sex": "female", "unless": {"kind": ["people", "dogs"]}},
        only={"kind": ["people", "dogs", "women"]},
    )
    assert sorted(str(claim.figure) for claim in found.ledger) == ["1", "4"]
    assert (found.counts.rows, found.counts.outside, found.counts.cells) == (4, 2, 2)


def test_pattern_takes_a_count_out_of_a_text() -> None:
    """A count may stand within a text; without its pattern it is refused, or says nothing where the mapping says so."""
    rows = [{"t": "88 total (US 23; CS 65)"}, {"t": "heavy"}]
    found = reading(
        rows,
        {"harm": "casualties", "count": "t", "pattern": r"^([\d,]+) total"},
        {"harm": "casualties", "count": "t", "pattern": r"US ([\d,]+)", "side": "US", "otherwise": "nothing"},
    )
    assert sorted(str(claim.figure) for claim in found.ledger) == ["23", "88"]
    assert (found.counts.quarantined, found.counts.nothing) == (1, 1)


def test_scientific_notation_only_where_the_mapping_says_so() -> None:
    """R writes 100000 as 1e+05; elsewhere such a text is no count."""
    assert str(only(reading([{"dead": "1e+05"}], scientific="true")).figure) == "100,000"
    assert reading([{"dead": "1e+05"}]).counts.quarantined == 1


def test_joint_statement_is_one_claim_a_party_and_one_voice() -> None:
    """Each party has its claim, and both rest on one another, so that they are one voice."""
    found = reading([{"dead": 5, "who": "SOHR; VDC"}], source="{who}")
    one, two = found.ledger
    assert (one.source, two.source) == ("SOHR", "VDC")
    assert (one.based_on[0].claim, two.based_on[0].claim) == (two.id, one.id)
    assert one.citations[0].locator == two.citations[0].locator == "row 1"
    (finding,) = cs.reconcile(found.ledger)
    assert (str(finding.status), [str(flag) for flag in finding.flags]) == ("single source", ["joint statement"])


def test_readers_forget_before_they_remember_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of many distinct texts is read in bounded memory, with the same result."""
    rows = [{"dead": number, "town": f"town {number % 5}"} for number in range(20)]
    claim = {"harm": "killed", "count": "dead", "place": "{town}"}
    expected = reading(rows, claim).ledger
    monkeypatch.setattr(mapped_cells, "CACHED", 3)
    assert reading(rows, claim).ledger == expected


def test_names_are_looked_up_and_never_guessed() -> None:
    """Known names lead to their source; new ones are sources of their own, and are listed."""
    registry = Registry([Source(key="mod", names=["Ministry"], under="state"), Source(key="state", side="a")])
    rows = [{"dead": 1, "who": "ministry"}, {"dead": 2, "who": "Ministery"}]
    found = cs.read_table(rows, {**SIMPLE, "source": "{who}"}, sources=registry)
    assert found.new_names == ("Ministery",)
    assert found.ledger.sources.side("mod") == "a"
    assert [each.source for each in registry.propose(found.new_names)] == ["mod"]


def test_mapping_declares_sources() -> None:
    """A mapping says what it knows of its sources."""
    found = reading([{"dead": 1}], sources={"us": {"names": ["Us"], "kinds": ["ngo"]}})
    assert found.ledger.sources["us"].names == ("Us",)
    assert found.new_names == ()


def test_rows_declare_words() -> None:
    """Places lie inside one another as the rows say; a word without a key declares nothing."""
    rows = [{"dead": 1, "town": "Barda", "land": "Azerbaijan", "x": "1"}, {"dead": 1, "town": "", "land": "", "x": "2"}]
    found = reading(
        rows,
        terms=[
            {"kind": "place", "key": "{town}", "name": "{town}", "under": "{land}", "when": {"x": ["1", "2"]}},
            {"kind": "place", "key": "nowhere", "under": "x", "when": {"x": "3"}},
        ],
    )
    assert found.ledger.words.inside("place", "Barda", "Azerbaijan")
    assert len(found.ledger.words) == 1


def test_row_whose_words_cannot_be_is_quarantined() -> None:
    """A declaration that cannot be puts the counts of its row in quarantine, and no other."""
    rows = [{"dead": 1, "town": "x" * 1001}, {"dead": 2, "town": "Barda"}]
    found = reading(rows, terms=[{"kind": "place", "key": "{town}", "under": "Azerbaijan"}])
    assert [(each.row, each.column, each.rule) for each in found.quarantine] == [(1, "dead", "too-long")]
    assert len(found.ledger) == 1


def test_words_that_contradict_one_another_are_an_error() -> None:
    """A circle of places is refused with both names."""
    rows = [{"dead": 1, "a": "x", "b": "y"}, {"dead": 1, "a": "y", "b": "x"}]
    with pytest.raises(LedgerError, match="circle"):
        reading(rows, terms=[{"kind": "place", "key": "{a}", "under": "{b}"}])


def test_items_of_lists_make_claims() -> None:
    """Each item of a list in a row makes its claim, with what the row says; lists may lie in lists."""
    rows = [
        {
            "war": "w",
            "sides": [
                {"name": "a", "killed": {"low": 1, "high": 2}, "acts": [{"n": 3}, {"n": "x"}, 7]},
                {"name": "b", "killed": {"low": 5, "high": 4}},
                "no side",
            ],
        }
    ]
    found = reading(
        rows,
        {
            "each": "sides",
            "harm": "killed",
            "low": "sides.killed.low",
            "high": "sides.killed.high",
            "side": "{sides.name}",
        },
        {"each": "sides.acts", "harm": "wounded", "count": "sides.acts.n", "side": "{sides.name}", "event": "{war}"},
        title="A war",
    )
    assert sorted(f"{claim.subject}: {claim.figure}" for claim in found.ledger) == [
        "killed, a: 1–2",
        "killed, b: 5 or more",
        "killed, b: up to 4",
        "wounded, a, w: 3",
    ]
    assert found.quarantine[0].column == "sides[1].acts[2].n"
    assert found.broken[0].values == (("sides[2].killed.low", "5"), ("sides[2].killed.high", "4"))
    assert found.ledger.titles == ("A war",)


def test_list_in_which_terms_fail_is_quarantined_item_by_item() -> None:
    """Where a row's declaration cannot be, the cells of its items that are there are counted one by one."""
    claim = {"each": "s", "harm": "killed", "count": "s.n"}
    rows = [{"t": "x" * 1001, "s": [{"n": 1}, {"n": 2}, {"m": 3}]}]
    found = reading(rows, claim, terms=[{"kind": "place", "key": "{t}"}], optional=["s.n"])
    assert [each.column for each in found.quarantine] == ["s[1].n", "s[2].n"]


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        ([{"dead": 1}, {"deda": 2}], None),
        ([{"deda": 1}, {"killed": 2}], "dead"),
    ],
)
def test_column_that_no_row_has_is_an_error(rows: list[dict[str, int]], column: str | None) -> None:
    """In JSON a row may lack a column; one that every row lacks is a wrong mapping."""
    if column is None:
        assert len(reading(rows).ledger) == 1
    else:
        with pytest.raises(MappingError, match=f"no column '{column}'"):
            reading(rows)


def test_column_that_no_item_has_is_an_error() -> None:
    """A misspelt column within a list is found too."""
    with pytest.raises(MappingError, match=r"no column 's\.n'"):
        reading([{"s": [{"m": 1}]}], {"each": "s", "harm": "killed", "count": "s.n"})


def test_no_rows_are_no_error() -> None:
    """An empty list reads as an empty ledger."""
    assert len(reading([]).ledger) == 0


def test_row_that_is_no_record_is_quarantined() -> None:
    """An item of a list that is no record is kept in quarantine, once for each count."""
    found = reading([7, {"dead": 1}])
    assert [(each.row, each.rule) for each in found.quarantine] == [(1, "not-a-record")]
    assert found.counts.rows == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"claims": [{"harm": "killed", "cuont": "n"}]}, "cuont"),
        ({"claims": [{"harm": "killed"}]}, "from no column"),
        ({"claims": [{"harm": "killed", "count": "n", "low": "m"}]}, "or in two ways"),
        ({"claims": [{"harm": "killed", "low": "m", "high": "m"}]}, "m and m as its ends"),
        ({"claims": [{"count": "n"}]}, "harm"),
        ({"claims": []}, "makes no claims"),
        ({"claims": "all"}, "claim"),
        ({"claims": [7]}, "claim"),
        ({"source": None}, "no source"),
        ({"sources": {"a": 7}}, "source"),
        ({"sources": 7}, "source"),
        ({"mapping": 2}, "mapping"),
        ({"mapping": "x"}, "mapping"),
        ({"dates": ["DD/MM"]}, "no year"),
        ({"dates": ["YYYY YYYY"]}, "it names the year more than once: YYYY and YYYY"),
        ({"sentinels": {"-1": "zero"}}, "sentinel"),
        ({"sentinels": 7}, "sentinel"),
        ({"only": 7}, "only"),
        ({"shared": 7, "claims": [{"harm": "killed"}]}, "no column"),
        ({"claims": [{"harm": "killed", "count": "n", "pattern": "("}]}, "pattern"),
        ({"checks": [{"rule": "sum", "column": "n"}]}, "it takes column, parts, not column"),
        ({"statements": {"n": "magic"}}, "statement"),
        ({"claims": [{"harm": "kiled", "count": "n"}]}, "(?s)claim 1: harm 'kiled' is .*did you mean 'killed'"),
        ({"shared": {"harm": "wouned"}, "claims": [{"count": "n"}]}, "did you mean 'wounded'"),
        ({"claims": [{"harm": "killed-or-wouned", "count": "n"}]}, "did you mean 'killed-or-wounded'"),
        ({"claims": [{"harm": {"from": "{t}", "values": {"deaths": "kiled"}}, "count": "n"}]}, "harm 'kiled'"),
        ({"claims": [{"harm": {"from": "{t}", "absent": "kiled"}, "count": "n"}]}, "harm 'kiled'"),
        ({"claims": [{"harm": "taxed", "count": "n"}]}, "declare it under terms: {kind: harm, key: taxed}"),
    ],
)
def test_wrong_mapping_is_an_error_that_names_the_place(change: dict[str, Any], message: str) -> None:
    """Whatever is wrong in a mapping is a `MappingError` that says where."""
    with pytest.raises(MappingError, match=message):
        cs.read_table([{"n": 1}], {**SIMPLE, **change})


@pytest.mark.parametrize(
    ("harm", "terms"),
    [
        ("taxed", [{"kind": "harm", "key": "taxed"}]),
        ("taxed", [{"kind": "harm", "key": "{what}"}]),
        ({"from": "{what}", "values": {"t": "taxed"}}, [{"kind": "harm", "key": "taxed"}]),
        ("wounded-or-killed", []),
        ("{what}", []),
        ({"from": "{what}", "values": {"t": ""}, "otherwise": "keep"}, []),
    ],
)
def test_mapping_may_use_the_harms_that_it_declares(harm: object, terms: list[dict[str, str]]) -> None:
    """A harm beyond the built-in ones is one that the mapping declares, or one that the rows name."""
    found = reading([{"n": 1, "what": "t"}], {"harm": harm, "count": "n"}, terms=terms)
    assert found.counts.cells == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\na: 2", "again"),
        ("- a", "no mapping"),
        ("name: [", "not YAML"),
        ("", "no mapping"),
    ],
)
def test_wrong_mapping_file_is_an_error(text: str, message: str, tmp_path: Path) -> None:
    """A file that is no mapping is refused with its name."""
    path = tmp_path / "m.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MappingError, match=message) as caught:
        cs.read_table([], str(path))
    assert "m.yaml" in str(caught.value)


def test_mapping_file_is_read(tmp_path: Path) -> None:
    """A mapping may lie in a file, whose values are texts until they have their place."""
    path = tmp_path / "m.yaml"
    path.write_text(
        "mapping: 1\nname: m\nsource: no\nshared: {harm: killed}\nsentinels: {-1: unknown}\nclaims: [{count: 012}]",
        encoding="utf-8",
    )
    found = cs.read_table([{"012": "3"}, {"012": "-1"}], path)
    assert [claim.source for claim in found.ledger] == ["no", "no"]


@pytest.mark.parametrize(
    ("mapping", "error"),
    [
        ("ucdp", UnknownNameError),
        ("nothing-like-it", UnknownNameError),
        ("missing.yaml", MappingError),
        (7, MappingError),
    ],
)
def test_unknown_mapping_is_an_error(mapping: Any, error: type[CasualtiesError]) -> None:
    """A name that no preset has, a file that is not there and a thing that is no mapping are refused."""
    with pytest.raises(error):
        cs.read_table([], mapping)


@pytest.mark.parametrize("table", [7, b"x", {"a": 1}])
def test_what_is_no_table_is_refused(table: object) -> None:
    """A thing that is no table is an error that says what one is."""
    with pytest.raises(MappingError, match="is no table"):
        cs.read_table(table, SIMPLE)


def test_bad_cells_may_be_errors() -> None:
    """With `on_bad="raise"` every cell of the quarantine is a problem with its row and column."""
    with pytest.raises(LedgerFileError, match="row 2, column 'dead'") as caught:
        cs.read_table([{"dead": 1}, {"dead": "x"}, {"dead": "y"}], SIMPLE, on_bad="raise")
    assert len(caught.value.problems) == 2
    assert len(cs.read_table([{"dead": 1}], SIMPLE, on_bad="raise").ledger) == 1
    with pytest.raises(MappingError, match="on_bad"):
        cs.read_table([], SIMPLE, on_bad="ignore")  # type: ignore[arg-type]


def test_order_of_rows_changes_nothing() -> None:
    """The rows in reverse say the same; only where each was read is another place."""
    rows = [{"dead": n % 7, "who": f"{n % 3}; {n % 5}"} for n in range(40)]
    mapping = {**SIMPLE, "source": "{who}"}
    one, other = (cs.read_table(each, mapping).ledger for each in (rows, rows[::-1]))
    assert [claim.id for claim in one] == [claim.id for claim in other]
    assert one.declared == other.declared


def test_frames_list_quarantine_and_broken_promises() -> None:
    """The frames have their columns and types, also where they are empty."""
    found = reading([{"low": 5, "best": "x", "high": 4}], TRIPLE)
    quarantine, broken = found.quarantine_frame(), found.broken_frame()
    assert list(quarantine.columns) == ["row", "column", "value", "rule", "message", "hint"]
    assert (list(quarantine["row"]), list(quarantine["value"])) == ([1], ["x"])
    assert list(broken["values"]) == ["low=5, high=4"]
    empty = reading([{"dead": 1}]).quarantine_frame()
    assert (len(empty), str(empty["row"].dtype)) == (0, "int64")
    assert str(found) == (
        "2 claims from 1 row, 0 outside; 3 cells: 2 in claims, 0 silent, 1 in quarantine, 0 hold nothing; "
        "1 failed check"
    )


def broken(rows: list[dict[str, Any]], **promise: Any) -> list[tuple[int, str]]:
    """Read rows with one promise and list what breaks it."""
    found = reading(rows, checks=[promise], empty="nothing", optional=["dead", *rows[0]])
    return [(each.row, each.message) for each in found.broken]


def test_parts_that_do_not_sum_are_reported() -> None:
    """A whole that is not the sum of its parts is reported; a missing or vague part is no reason."""
    rows: list[dict[str, Any]] = [
        {"dead": 3, "a": 1, "b": 2},
        {"dead": 4, "a": 1, "b": 2},
        {"dead": 4, "a": "", "b": 2},
        {"dead": 4, "a": "several", "b": "x"},
        {"dead": "", "a": 1, "b": 1},
    ]
    assert broken(rows, rule="sum", column="dead", parts=["a", "b"]) == [(2, "dead is 4, and its parts make 3")]


def test_date_after_publication_is_reported() -> None:
    """A day of death after the latest day of publication is reported; days that are not known are no reason."""
    rows = [
        {"dead": 1, "died": "2020-09-30", "printed": "2020-09-29; 2020-10-01"},
        {"dead": 1, "died": "2020-10-02", "printed": "2020-09-29; 2020-10-01"},
        {"dead": 1, "died": "", "printed": "2020-09-29"},
        {"dead": 1, "died": "2020-10-02", "printed": "soon"},
    ]
    assert broken(rows, rule="not-after", first="died", last="printed") == [
        (2, "died 2020-10-02 is after printed 2020-10-01")
    ]


def test_falling_total_is_reported_by_date_and_group() -> None:
    """Running totals are compared by date, not by the order of the rows, and only within their group."""
    rows: list[dict[str, Any]] = [
        {"dead": 14, "day": "2020-10-28", "town": "Barda"},
        {"dead": 19, "day": "2020-10-30", "town": "Barda"},
        {"dead": 21, "day": "2020-10-29", "town": "Barda"},
        {"dead": 3, "day": "2020-10-31", "town": "Ganja"},
        {"dead": "x", "day": "2020-10-31", "town": "Barda"},
        {"dead": 1, "day": "later", "town": "Barda"},
    ]
    assert broken(rows, rule="rising", column="dead", along="day", within=["town"]) == [(2, "dead falls from 21 to 19")]


def test_count_that_is_not_the_step_is_reported() -> None:
    """A daily count is compared with the step since the last total that was reported."""
    rows: list[dict[str, Any]] = [
        {"dead": 5, "total": 5, "day": "2020-10-01"},
        {"dead": 2, "total": 7, "day": "2020-10-02"},
        {"dead": 9, "total": "", "day": "2020-10-03"},
        {"dead": 1, "total": 9, "day": "2020-10-04"},
        {"dead": "", "total": 12, "day": "2020-10-05"},
    ]
    assert broken(rows, rule="step", column="dead", total="total", along="day") == [
        (4, "dead is 1, and total goes from 7 to 9")
    ]


def test_mapping_in_python_needs_no_dictionary() -> None:
    """Slots, claims and promises may be built as objects."""
    mapping = TableMapping(
        name="m",
        source=Slot.model_validate({"from": "us"}),
        claims=(ClaimColumns(harm=Slot.model_validate({"from": "killed"}), count="n"),),
        checks=(Check(rule="rising", column="n", along="d"),),
    )
    assert mapping.columns == ("d", "n")
    assert len(cs.read_table([{"n": 1, "d": "2020"}], mapping).ledger) == 1


@pytest.mark.parametrize("name", cs.tables.presets())
def test_preset_is_a_mapping(name: str) -> None:
    """Every preset that ships is valid, carries its own name and says where its meaning comes from."""
    mapping = cs.tables.known_mapping(name)
    assert mapping.name == name
    assert mapping.about


def test_mappings_of_other_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another package may offer a mapping by an entry point; one that cannot be loaded is an error that names it."""
    points = EntryPoints(
        [
            EntryPoint("theirs", "tests_of_tables:TEXT", "casualties.mappings"),
            EntryPoint("broken", "tests_of_tables:MISSING", "casualties.mappings"),
        ]
    )
    module = ModuleType("tests_of_tables")
    vars(module)["TEXT"] = "name: theirs\nsource: us\nclaims: [{harm: killed, count: n}]"
    monkeypatch.setitem(sys.modules, "tests_of_tables", module)
    monkeypatch.setattr(_preset_names, "entry_points", points.select)
    _preset_names.known_mapping.cache_clear()
    assert {"theirs", "ucdp-ged"} < set(cs.tables.presets())
    assert len(cs.read_table([{"n": 1}], "theirs").ledger) == 1
    with pytest.raises(MappingError, match="'broken': tests_of_tables:MISSING cannot be loaded"):
        cs.read_table([], "broken")
    _preset_names.known_mapping.cache_clear()


def test_key_of_a_claim_at_the_top_is_told_where_it_belongs() -> None:
    """``keep`` says what stays with a claim, and stands under a claim or under what all claims share."""
    with pytest.raises(MappingError, match=r"^m: line 2, column 1: unknown key 'keep'") as told:
        TableMapping.parse("name: a\nkeep: [id]\nsource: s\nclaims: [{harm: killed, count: dead}]", "m")
    assert told.value.hint == "write it under a claim, or under shared for all claims"


def test_words_of_another_harm_are_quarantined() -> None:
    """A cell that says how many were wounded is no count of the killed."""
    found = reading([{"dead": "12 wounded"}, {"dead": "12 killed"}])
    assert [bad.rule for bad in found.quarantine] == ["another-harm"]
    assert str(only(found).figure) == "12"


def test_harm_of_a_cell_must_be_known() -> None:
    """A typo in a cell is no harm of its own; its count goes to quarantine with what may be meant."""
    found = reading([{"dead": 5, "what": "kiled"}, {"dead": 6, "what": "killed"}], {"harm": "{what}", "count": "dead"})
    (bad,) = found.quarantine
    assert (bad.rule, bad.row) == ("unknown-harm", 1)
    assert "did you mean 'killed'?" in str(bad.problem)
    assert str(only(found).figure) == "6"


class TestParts:
    """Counts that are parts of the number that a coder prefers."""

    MAPPING: ClassVar[dict[str, Any]] = {
        "name": "coded",
        "source": "coder",
        "claims": [{"harm": "killed", "count": "side_a", "part_of": {"low": "low", "best": "best", "high": "high"}}],
    }

    @pytest.mark.parametrize(
        ("part", "whole", "figure"),
        [
            (7, (8, 10, 15), Figure(5, 12, best=7, assumed=frozenset(End))),  # 2 fewer to 5 more
            (1, (8, 10, 15), Figure(0, 6, best=1, assumed=frozenset(End))),  # never below nobody
            (10, (10, 10, 10), Figure(10, 10, best=10, assumed=frozenset(End))),
            (7, (35, 228, 35), Figure(0, None, best=7)),  # a whole that does not rise bounds no part
            (7, ("", 10, 15), Figure(0, None, best=7)),
        ],
    )
    def test_part_of_what_a_coder_prefers(self, part: int, whole: tuple[Any, ...], figure: Figure) -> None:
        """It may be short and long by as much as the whole, and both ends are assumed."""
        row = {"side_a": part, **dict(zip(("low", "best", "high"), whole, strict=True))}
        (claim,) = cs.read_table([row], self.MAPPING).ledger
        assert claim.figure == figure
        assert claim.figure is not None
        assert claim.figure.best == part


def test_misspelt_name_in_a_record_is_told() -> None:
    """In records, which may lack columns, a name that only lacking rows have is told with what stands under it."""
    mapping = {
        "name": "m",
        "source": "{who}",
        "claims": [{"harm": "killed", "count": "dead", "place": "{town}"}],
        "optional": ["note"],
    }
    rows: list[dict[str, object]] = [
        {"who": "VDC", "dead": 1, "town": "Barda", "page": "p. 1"},
        {"who": "VDC", "dead": 2, "tow": "Ganja", "page": "p. 2"},
        {"who": "VDC", "dead": 3, "page": "p. 3"},
        {"who": "VDC", "dead": 4, "other": "Terter", "note": "x"},
    ]
    lacks = "it has no column 'town', and"
    for order in (rows, rows[::-1]):
        broken = sorted(cs.read_table(order, mapping).broken, key=lambda each: each.said)
        assert {each.rule for each in broken} == {"unknown-column"}
        assert [(each.values, each.message) for each in broken] == [
            (
                (("other", "Terter"),),
                f"{lacks} 'other', which nothing reads; list 'town' under optional if rows may lack it",
            ),
            ((("tow", "Ganja"),), f"{lacks} 'tow', which nothing reads; is that the name?"),
        ]


def test_row_of_data_above_the_header_is_told(tmp_path: Path) -> None:
    """Titles may stand above a header; a row of data that slipped there is put in quarantine, never passed over."""
    path = tmp_path / "a.csv"
    path.write_text("Our sheet,,\nBarda,VDC,3\ntown,who,dead\nGanja,VDC,4\n", encoding="utf-8")
    mapping = {"name": "m", "source": "{who}", "claims": [{"harm": "killed", "count": "dead", "place": "{town}"}]}
    found = cs.read_table(path, mapping)
    assert [(each.row, each.value, each.rule) for each in found.quarantine] == [(2, "3", "above-header")]
    assert found.counts.claimed == 1


@pytest.mark.parametrize("field", ["count", "place", "each term"])
@pytest.mark.parametrize("pattern", ["(a|aa)+$", "(a|a?)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y", "(a+)+$"])
def test_expression_that_takes_forever_ends_soon(pattern: str, field: str) -> None:
    """A search is given up after a while, with the expression and the text; quick engines find nothing, and say so."""
    text = ("x" if "x" in pattern else "a") * 5_000 + "!"
    claim: dict[str, object] = {"harm": "killed", "count": "dead", "place": {"from": "{town}", "otherwise": "nothing"}}
    mapping: dict[str, object] = {"name": "m", "source": "{who}"}
    if field == "count":
        claim |= {"pattern": pattern, "otherwise": "nothing"}
    elif field == "place":
        claim["place"] = {"from": "{town}", "pattern": pattern, "otherwise": "nothing"}
    else:
        mapping["terms"] = [{"kind": "place", "key": {"from": "{town}", "pattern": pattern, "otherwise": "nothing"}}]
    rows = [{"who": "VDC", "dead": text if field == "count" else 1, "town": text}] * 200
    with suppress(MappingError):  # without an end this test would have none
        cs.read_table(rows, {**mapping, "claims": [claim]})


@pytest.mark.parametrize(
    "pattern", ["(((a{500}){500}){500}){500}", "a{1,99999}", "(" * 2000, "(?P<n>", "a" * 2000, "[", "\\"]
)
def test_expression_that_is_none_or_a_bomb_is_refused(pattern: str) -> None:
    """It is refused before anything is read."""
    claim = {"harm": "killed", "count": "dead", "pattern": pattern}
    with pytest.raises(MappingError, match="pattern"):
        cs.read_table([{"dead": 1}], {"name": "m", "source": "us", "claims": [claim]})


@pytest.mark.parametrize(
    ("name", "content", "records", "mended"),
    [
        ("t.jsonl", '{"town": "Aram", "dead": 3}\n{"town": "Beth", "dead": "x"}\nno json\n', None, "no json\n"),
        ("t.json", '{"feed": {"rows": [{"town": "Aram", "dead": 3}, {"town": "Beth", "dead": "x"}]}}', "feed.rows", ""),
    ],
)
def test_what_is_not_read_of_json_is_json(
    name: str, content: str, records: str | None, mended: str, tmp_path: Path
) -> None:
    """The file of the quarantine has the shape of the table, is read by the same mapping, and keeps the numbers."""
    mapping = {"name": "m", "source": "us", "claims": [{"harm": "killed", "count": "dead", "place": "{town}"}]}
    mapping |= {"records": records} if records else {}
    (tmp_path / name).write_text(content, encoding="utf-8")
    reading = cs.read_table(tmp_path / name, mapping)
    assert (reading.quarantine_kind, reading.counts.claimed) == (name.partition(".")[2], 1)
    text = reading.quarantine_table.decode()
    assert mended in text
    (tmp_path / f"again.{name}").write_text(text.replace(mended or "\0", "").replace('"x"', "4"), encoding="utf-8")
    again = cs.read_table(tmp_path / f"again.{name}", mapping)
    assert [(str(claim), claim.citations[0].locator) for claim in again.ledger] == [
        ("us states 4: killed, Beth.", "row 2")
    ]


def test_place_that_is_empty_may_be_that_of_another_cell() -> None:
    """Where no village is named the district is meant; where neither is, it is asked about."""
    slot = {"from": "{village}", "absent": "{district}"}
    mapping = {"name": "m", "source": "us", "claims": [{"harm": "killed", "count": "dead", "place": slot}]}
    rows = [
        {"village": "Kesh", "district": "North", "dead": 1},
        {"village": "", "district": "North", "dead": 2},
        {"village": "", "district": "", "dead": 3},
    ]
    reading = cs.read_table(rows, mapping)
    assert {(claim.subject.place, str(claim.figure)) for claim in reading.ledger} == {("Kesh", "1"), ("North", "2")}
    assert [(bad.row, bad.rule) for bad in reading.quarantine] == [(3, "empty-place")]
    with pytest.raises(MappingError, match="it has no column 'district'"):
        cs.read_table([{"village": "Kesh", "dead": 1}], mapping)


def test_columns_that_are_kept_must_be_there() -> None:
    """A column to keep is one of the columns of the table, and one that is empty is not kept."""
    claim = {"harm": "killed", "count": "dead", "keep": ["id", "lat"]}
    mapping = {"name": "m", "source": "us", "claims": [claim]}
    (found,) = cs.read_table([{"id": " G 7 ", "lat": "", "dead": 1}], mapping).ledger
    assert found.extra == (("id", "G 7"),)
    with pytest.raises(MappingError, match="it has no column 'lat'"):
        cs.read_table([{"id": "G7", "dead": 1}], mapping)
