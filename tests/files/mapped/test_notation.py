"""The notation of mappings for tables as people and public feeds write them."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

import casualties as cs
from casualties.errors import LedgerFileError, MappingError
from casualties.files.mapped import TableReading

DAY = {"harm": "killed", "count": "n", "since": "{day}", "until": "{day}"}


def read(rows: list[dict[str, Any]] | Path, *claims: dict[str, Any], **more: Any) -> TableReading:
    """Read rows by a mapping of one source, and hold that every cell is somewhere."""
    mapping = {"name": "sheet", "source": "office", "claims": claims or [{"harm": "killed", "count": "n"}], **more}
    found = cs.read_table(rows, mapping)
    assert found.counts.add_up
    return found


def figures(found: TableReading) -> list[str]:
    """Give the figures in the order of their rows."""
    rows = {str(claim.citations[0].locator): str(claim.figure) for claim in found.ledger}
    return [rows[place] for place in sorted(rows, key=lambda place: int(place.removeprefix("row ")))]


def written(tmp_path: Path, text: str, name: str = "a.csv") -> Path:
    """Write a file."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_that_say_the_same_are_told() -> None:
    """Three shootings in one town on one day, with one dead each, are one claim unless the mapping says otherwise."""
    rows = [{"day": "2031-05-01", "n": 1}] * 3 + [{"day": "2031-05-02", "n": 1}]
    found = read(rows, DAY)
    assert len(found.ledger) == 2
    assert found.repeated == ((2, 1), (3, 1))
    (asked,) = found.asked
    assert asked.startswith("rows 2 and 3 say the same as row 1, and the rows are one claim; if each row is an event")
    assert asked.endswith("write event: '{#row}'")
    events = read(rows, {**DAY, "event": "{#row}"})
    assert (len(events.ledger), events.asked) == (4, ())


def test_one_statement_in_two_papers_is_no_repetition() -> None:
    """Rows that cite two documents are one claim that was read twice, and nothing is asked."""
    rows = [{"n": 1, "paper": "Gazette"}, {"n": 1, "paper": "Courier"}]
    found = read(rows, {"harm": "killed", "count": "n", "cited": {"publisher": "{paper}"}})
    assert (len(found.ledger), found.repeated) == (1, ())


@pytest.mark.parametrize(
    ("phrase", "count", "figure"),
    [
        ("about", 10000, "8,000–12,000 (assumed)"),
        ("approximately", "10000", "8,000–12,000 (assumed)"),
        ("~", 25, "20–30 (assumed)"),
        ("at least", 14, "14 or more"),
        ("minimum", 14, "14 or more"),
        ("Minimum", 14, "14 or more"),
        ("low", 14, "14 or more"),
        ("+", 14, "14 or more"),
        ("or more", 14, "14 or more"),
        (">", 14, "15 or more"),
        ("more than", 350, "351 or more"),
        ("fewer than", 60, "up to 59"),
        ("up to", 60, "up to 60"),
        ("high", 60, "up to 60"),
        ("nearly", 100, "80–99 (floor assumed)"),
        ("total", 9, "9"),
        ("", 9, "9"),
        ("at least", "12-15", "12–15"),
    ],
)
def test_qualifier_in_a_column(phrase: str, count: object, figure: str) -> None:
    """A qualifier that stands in another cell is read as it is before or behind a count."""
    found = read([{"n": count, "how": phrase}], {"harm": "killed", "count": "n", "bound": "{how}"})
    assert figures(found) == [figure]


@pytest.mark.parametrize(("phrase", "count"), [("purple", 9), ("at most", "at least 30"), ("at least", "up to 30")])
def test_qualifier_that_is_none_is_quarantined(phrase: str, count: object) -> None:
    """A word that qualifies no count, and one that says the contrary of the count, leave no claim."""
    found = read([{"n": count, "how": phrase}], {"harm": "killed", "count": "n", "bound": "{how}"})
    assert [bad.rule for bad in found.quarantine] == ["unknown-value"]


def test_qualifier_of_the_mapping_is_checked_when_it_is_loaded() -> None:
    """A phrase that the mapping itself writes must qualify a count."""
    bound = {"from": "{how}", "values": {"x": "purple"}}
    with pytest.raises(MappingError, match="bound 'purple': no count is qualified so"):
        read([], {"harm": "killed", "count": "n", "bound": bound})


@pytest.mark.parametrize(
    ("marks", "cell", "figure"),
    [
        ({"thousands": "."}, "10.139", "10,139"),
        ({"thousands": "."}, "1.234.567", "1,234,567"),
        ({"thousands": "."}, "987", "987"),
        ({"thousands": "."}, "12,0", "12"),
        ({"thousands": ".", "decimal": ","}, "1,5 million", "1,500,000"),
        ({"decimal": ","}, "12,00", "12"),
        ({"thousands": " "}, "10\u00a0139", "10,139"),
        ({"thousands": "'"}, "10'139", "10,139"),
        ({"thousands": ","}, "10,139", "10,139"),
        ({"thousands": "."}, "mindestens 10.139", None),
        ({"thousands": "."}, "at least 10.139", "10,139 or more"),
        ({"thousands": "."}, "10.13", None),
        ({"thousands": "."}, 10.139, None),
        ({}, "10.139", None),
    ],
)
def test_marks_of_numbers(marks: dict[str, str], cell: object, figure: str | None) -> None:
    """A table says how it writes thousands and decimals; what is not written so is no count."""
    found = read([{"n": cell}], **marks)
    assert figures(found) == ([figure] if figure else [])
    assert found.counts.quarantined == (figure is None)


def test_marks_must_differ() -> None:
    """One mark cannot part thousands and decimals both."""
    with pytest.raises(MappingError, match=r"thousands and decimal are both '\.'"):
        read([], thousands=".", decimal=".")


@pytest.mark.parametrize(
    ("form", "cell", "since", "until"),
    [
        ("D-Month-YY", "14-Oct-19", "2019-10-14", None),
        ("M/D/YY", "1/22/20", "2020-01-22", None),
        ("DD.MM.YY", "01.02.68", "2068-02-01", None),
        ("DD.MM.YY", "01.02.69", "1969-02-01", None),
        ("D. Month YYYY", "3. März 2023", "2023-03-03", None),
        ("D Month YYYY", "3 janvier 2023", "2023-01-03", None),
        ("D de Month de YYYY", "14 de octubre de 2019", "2019-10-14", None),
        ("D Month YYYY", "5 января 2023", "2023-01-05", None),
        ("D Month YYYY", "5 кві 2023", "error", None),
        ("Month YYYY", "تشرين الأول 2019", "2019-10", None),
        ("DD.MM.YYYY", "01.03.2023-04.03.2023", "2023-03-01", "2023-03-04"),
        ("DD.MM.YYYY", "01.03.2023 – 04.03.2023", "2023-03-01", "2023-03-04"),
        ("DD.MM.YYYY", "04.03.2023 – 01.03.2023", "error", None),
        ("words", "11–12 March 2023", "2023-03-11", "2023-03-12"),
        ("words", "28 Feb – 3 March 2023", "2023-02-28", "2023-03-03"),
        ("words", "March 11-12, 2023", "2023-03-11", "2023-03-12"),
        ("words", "Saturday, 11 March 2023", "2023-03-11", None),
        ("words", "14 de octubre de 2019", "2019-10-14", None),
        ("words", "March 2023", "2023-03", None),
        ("words", "3/4 May", "error", None),
        ("words", "31 February 2020", "error", None),
        ("words", "in the spring", "error", None),
    ],
)
def test_dates_as_they_are_written(form: str, cell: str, since: str, until: str | None) -> None:
    """Two-digit years, months in several languages, and spans whose first day is since and whose last is until."""
    found = read([{"n": 1, "day": cell}], DAY, dates=[form])
    if since == "error":
        assert [bad.rule for bad in found.quarantine] == ["not-a-date"]
        return
    (claim,) = found.ledger
    assert (str(claim.subject.since), str(claim.subject.until)) == (since, until or since)


@pytest.mark.parametrize(("cell", "until"), [("3/4 May", "2023-05-04"), ("28 Feb", "2023-02-28")])
def test_year_that_the_sheet_leaves_out(cell: str, until: str) -> None:
    """The mapping may say the year of dates that are written without one."""
    (claim,) = read([{"n": 1, "day": cell}], DAY, dates=["words"], year=2023).ledger
    assert str(claim.subject.until) == until
    (claim,) = read([{"n": 1, "day": "04.05."}], DAY, dates=["DD.MM."], year=2023).ledger
    assert str(claim.subject.until) == "2023-05-04"


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("DD/DD/YYYY", "names the day more than once: DD and DD"),
        ("DD MMM YYYY", "names the month more than once: MM and M"),
        ("YYYY YY", "names the year more than once: YYYY and YY"),
        ("YYYY-mm-dd", "'mm' in it stands for no part of a date"),
        ("%d/%m/%Y", "'%' in it stands for no part of a date"),
        ("DD YYYY", "names a day and no month"),
        ("yesterday", "names neither year, month nor day"),
        ("DD/MM", "it has no year"),
    ],
)
def test_format_that_can_match_nothing_is_refused(form: str, message: str) -> None:
    """A format of dates that reads no date is an error of the mapping, in words and before any row is read."""
    with pytest.raises(MappingError, match=message):
        read([], DAY, dates=[form])


@pytest.mark.parametrize(
    ("day", "hour", "stated"),
    [
        ("11.03.2023", "14:30", "2023-03-11T14:30:00+04:00"),
        ("11.03.2023", "2:30 pm", "2023-03-11T14:30:00+04:00"),
        (date(2023, 3, 11), time(14, 30), "2023-03-11T14:30:00+04:00"),
        ("11.03.2023", "", "None"),
    ],
)
def test_day_and_hour_in_two_columns_are_one_moment(day: object, hour: object, stated: str) -> None:
    """A day and an hour make the moment of a statement, in the time zone of the mapping."""
    claim = {"harm": "killed", "count": "n", "stated": "{day} {hour}"}
    found = read([{"n": 1, "day": day, "hour": hour}], claim, dates=["DD.MM.YYYY time"], timezone="+04:00")
    assert str(next(iter(found.ledger)).stated) == stated


def test_hour_that_no_clock_shows_is_no_moment() -> None:
    """An hour beyond the day is quarantined with its column."""
    claim = {"harm": "killed", "count": "n", "stated": "{day}"}
    found = read([{"n": 1, "day": "11.03.2023 25:00"}], claim, dates=["DD.MM.YYYY time"], timezone="+04:00")
    assert found.quarantine[0].message == "column 'day': '25:00': no clock shows it"


TITLED = "Toll by town; status on 10 May 2031\n\nTown;Day;Killed\nAram;2031-05-01;14\nBeth;2031-05-02;3\n"
TOWNS = {"harm": "killed", "count": "Killed", "place": "{Town}", "until": "{Day}"}


@pytest.mark.parametrize("header", [{}, {"header": "3"}, {"header": 3}])
def test_rows_above_the_header(header: dict[str, Any], tmp_path: Path) -> None:
    """The header is the first row that holds the columns of the mapping, or the one that it names."""
    found = read(written(tmp_path, TITLED), TOWNS, **header)
    assert [(claim.subject.place, str(claim.figure)) for claim in found.ledger] == [("Aram", "14"), ("Beth", "3")]
    assert (found.counts.rows, figures(found)) == (2, ["14", "3"])


def test_column_that_is_missing_is_named_beside_the_likeliest_header(tmp_path: Path) -> None:
    """Where no row has all columns the one that has most is the header, and the error says what it has."""
    with pytest.raises(MappingError, match="no column 'Day'") as caught:
        read(written(tmp_path, TITLED.replace("Day", "Date")), TOWNS)
    assert "'Date'" in str(caught.value)


def test_names_over_two_rows(tmp_path: Path) -> None:
    """A name in the upper row holds for the columns beside it, and the two are joined."""
    text = "Losses\n\nTown,Killed,,Note\n,Min,Max,\nAram,3,5,x\nBeth,1,,y\n"
    claim = {"harm": "killed", "low": "Killed / Min", "high": "Killed / Max", "place": "{Town}", "note": "{Note}"}
    found = read(written(tmp_path, text), claim, header=["3", "4"])
    assert [(claim.subject.place, str(claim.figure)) for claim in found.ledger] == [
        ("Aram", "3–5"),
        ("Beth", "1 or more"),
    ]
    assert [claim.notes for claim in found.ledger] == [("x",), ("y",)]


def test_header_rows_must_follow_one_another() -> None:
    """Rows of a header that do not stand one below the other are refused."""
    with pytest.raises(MappingError, match=r"header \[3, 5\]"):
        read([], header=[3, 5])


def test_empty_place_is_never_everywhere(tmp_path: Path) -> None:
    """A row whose place is empty is quarantined, filled from above, or meant so, as the mapping says."""
    text = "town,day,killed\nAram,2031-05-01,14\n,2031-05-02,12\nBeth,2031-05-01,3\n"
    claim = {"harm": "killed", "count": "killed", "place": "{town}", "until": "{day}"}
    path = written(tmp_path, text)
    (bad,) = read(path, claim).quarantine
    assert (bad.row, bad.cell, bad.rule) == (3, "C3", "empty-place")
    assert "fill_down: [town]" in bad.hint
    filled = read(path, claim, fill_down=["town"]).ledger.about(place="Aram")
    assert sorted(str(each.figure) for each in filled) == ["12", "14"]
    meant = read(path, {**claim, "place": {"from": "{town}", "absent": ""}}).ledger
    assert sorted(str(each.subject.place) for each in meant) == ["Aram", "Beth", "None"]


def test_column_to_fill_down_must_be_there(tmp_path: Path) -> None:
    """A misspelt column under fill_down is an error that names the nearest."""
    with pytest.raises(MappingError, match=r"no column 'twon'\nHint: did you mean 'town'"):
        read(written(tmp_path, "town,n\nAram,1\n"), fill_down=["twon"])


def merged(tmp_path: Path) -> Path:
    """Write a workbook with merged cells: a title, a header over two columns, a place and a count over two rows."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (
        ["Losses of May", None, None],
        ["Town", "Killed", None],
        [None, "Min", "Max"],
        ["Aram", 3, 5],
        [None, 1, 1],
        ["Beth", 9, 9],
        ["Gamla", None, 9],
    ):
        page.append(row)
    for cells in ("A1:C1", "B2:C2", "A2:A3", "A4:A5", "B6:B7"):
        page.merge_cells(cells)
    path = tmp_path / "a.xlsx"
    book.save(path)
    return path


def test_merged_cells_of_a_workbook(tmp_path: Path) -> None:
    """A merged place is that of all its rows; a merged count is no count of any single row."""
    claim = {"harm": "killed", "low": "Killed / Min", "high": "Killed / Max", "place": "{Town}"}
    found = read(merged(tmp_path), claim, header=[2, 3])
    assert [(each.subject.place, str(each.figure)) for each in found.ledger] == [("Aram", "1"), ("Aram", "3–5")]
    assert [(bad.cell, bad.rule) for bad in found.quarantine if bad.rule == "merged-count"] == [
        ("B6", "merged-count"),
        ("B7", "merged-count"),
    ]
    assert found.quarantine[0].message == "'9' stands in B6:B7, one count for several rows"


@pytest.mark.parametrize(
    ("how", "places", "outside", "rule"),
    [
        ({}, ["Aram", "Beth"], 0, ["total-row"]),
        ({"total_rows": "outside"}, ["Aram", "Beth"], 1, []),
        ({"total_rows": "keep"}, ["Aram", "Beth", "TOTAL:"], 0, []),
        ({"skip_footer": "1"}, ["Aram", "Beth"], 1, []),
        ({"skip_footer": 2}, ["Aram"], 2, []),
    ],
)
def test_rows_that_call_themselves_totals(
    how: dict[str, Any], places: list[str], outside: int, rule: list[str], tmp_path: Path
) -> None:
    """A total is asked about, left outside, kept, or part of a footer; it never becomes a place unasked."""
    path = written(tmp_path, "town,killed\nAram,14\nBeth,3\n,\nTOTAL:,17\n")
    found = read(path, {"harm": "killed", "count": "killed", "place": "{town}"}, **how)
    assert [claim.subject.place for claim in found.ledger] == places
    assert (found.counts.outside, [bad.rule for bad in found.quarantine]) == (outside, rule)


def test_header_that_stands_again_on_each_page_is_outside(tmp_path: Path) -> None:
    """Pages that were pasted one below the other repeat their header, which is no row."""
    found = read(written(tmp_path, "town,n\nAram,14\ntown,n\nBeth,3\nPage 2\n"), {"harm": "killed", "count": "n"})
    assert (found.counts.rows, found.counts.outside, found.counts.claimed) == (4, 1, 2)
    assert [bad.rule for bad in found.quarantine] == ["field-count"]


@pytest.mark.parametrize(
    ("cell", "rule", "words"),
    [
        ("-201", "negative", "it may correct earlier days"),
        (-201, "negative", "it may correct earlier days"),
        ("35 %", "share", "work out the count"),
        ("about 35%", "share", "work out the count"),
    ],
)
def test_what_is_no_count_says_what_it_may_be(cell: object, rule: str, words: str) -> None:
    """A correction as a negative row and a share of a total are quarantined with the next step."""
    (bad,) = read([{"n": cell}]).quarantine
    assert (bad.rule, words in bad.hint) == (rule, True)


@pytest.mark.parametrize(
    "how", [{"source": ["{One}", "{Two}"]}, {"sources": ["One", "Two"]}], ids=["source", "sources"]
)
def test_several_columns_of_sources_are_a_joint_statement(how: dict[str, Any]) -> None:
    """Who is named in a row says it together; an empty second column is no error."""
    rows = [{"n": 1, "One": "SOHR", "Two": ""}, {"n": 2, "One": "SOHR", "Two": "VDC"}]
    found = cs.read_table(rows, {"name": "a", "claims": [{"harm": "killed", "count": "n"}], **how})
    assert [(claim.source, str(claim.figure)) for claim in found.ledger] == [("SOHR", "1"), ("SOHR", "2"), ("VDC", "2")]
    assert found.counts.quarantined == 0


def test_several_columns_of_papers_are_citations_of_one_claim() -> None:
    """One claim was read in each document that the row names."""
    rows = [{"n": 1, "One": "Gazette", "Two": "Courier"}, {"n": 2, "One": "Gazette", "Two": None}]
    found = read(rows, {"harm": "killed", "count": "n", "cited": [{"publisher": "{One}"}, {"publisher": "{Two}"}]})
    assert [[each.report.publisher for each in claim.citations if each.report] for claim in found.ledger] == [
        ["Courier", "Gazette"],
        ["Gazette"],
    ]


def test_rows_keep_their_number() -> None:
    """Where the mapping names no place of its own, a claim says the row in which it was read."""
    assert [claim.citations[0].locator for claim in read([{"n": 1}, {"n": 2}]).ledger] == ["row 1", "row 2"]


@pytest.mark.parametrize("suffix", ["xls", "ods", "xlsb"])
def test_workbooks_of_other_kinds_say_what_helps(suffix: str) -> None:
    """A workbook that is not read names the command that makes one that is."""
    with pytest.raises(MappingError, match=f"soffice --headless --convert-to xlsx log.{suffix}"):
        read(Path(f"log.{suffix}"))


def test_header_in_another_encoding_names_it(tmp_path: Path) -> None:
    """A header that is not UTF-8 is an error with the byte and the encoding that it may be, and no surrogate."""
    path = tmp_path / "a.csv"
    path.write_bytes("Ort;Getötet\nKöln;3\n".encode("cp1252"))
    with pytest.raises(LedgerFileError, match=r"byte 0xf6 is not UTF-8; in cp1252 it reads 'Getötet'") as caught:
        read(path, {"harm": "killed", "count": "Getötet"})
    str(caught.value).encode()
    found = read(path, {"harm": "killed", "count": "Getötet", "place": "{Ort}"}, encoding="cp1252")
    assert [claim.subject.place for claim in found.ledger] == ["Köln"]


HXL_HEAD = "Town,Day,New,Total\n#adm2+name,#date,#affected+killed,{}\nAram,2031-05-01,5,50\nAram,2031-05-02,3,53\n"


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("#affected+killed+cumulative", ["killed, Aram ..2031-05-01 · 50", "killed, Aram ..2031-05-02 · 53"]),
        ("#affected+killed+confirmed", ["killed, Aram ..2031-05-01 · 50", "killed, Aram ..2031-05-02 · 53"]),
        (
            "#affected+killed+probable",
            ["probable-dead, Aram ..2031-05-01 · 50", "probable-dead, Aram ..2031-05-02 · 53"],
        ),
        ("#affected+killed+y2019", ["killed, Aram 2019..2019 · 50", "killed, Aram 2019..2019 · 53"]),
    ],
)
def test_attributes_of_hxl_say_how_is_counted(tag: str, said: list[str], tmp_path: Path) -> None:
    """Running counts, confirmed and probable dead and years are read as such, and never as a role."""
    found = cs.read_table(written(tmp_path, HXL_HEAD.format(tag)), {"name": "mine", "tagged": True, "source": "ocha"})
    assert set(said) <= {f"{claim.subject} · {claim.figure}" for claim in found.ledger}
    assert {claim.subject.role for claim in found.ledger} == {None}
    assert found.counts.quarantined == 0


def test_attribute_of_hxl_that_is_not_known_is_quarantined(tmp_path: Path) -> None:
    """A column of people whom no claim can hold is not read as a count of all, and every cell says why."""
    path = written(tmp_path, HXL_HEAD.format("#affected+killed+smurfs"))
    found = cs.read_table(path, {"name": "mine", "tagged": True, "source": "ocha"})
    assert [(bad.cell, bad.rule, bad.value) for bad in found.quarantine] == [
        ("D3", "unknown-tag", "50"),
        ("D4", "unknown-tag", "53"),
    ]
    assert (found.counts.claimed, found.counts.add_up) == (2, True)


def test_counties_under_one_state_may_be_apart() -> None:
    """One word of the mapping says that all places under one share nobody, and their total is no longer refused."""
    rows = [
        {"state": "North", "county": county, "dead": dead}
        for county, dead in (("Alpha", "<5"), ("Beta", "1-9"), ("Gamma", "12"), ("Delta", ""))
    ]
    claim = {"harm": "killed", "count": "dead", "place": "{county}", "since": "2031-01-01", "until": "2031-01-31"}
    term = {"kind": "place", "key": "{county}", "under": "{state}"}
    for ledger in (
        read(rows, claim, terms=[{**term, "apart": "siblings"}]).ledger,
        read(rows, claim, terms=[term], apart=["place"]).ledger,
    ):
        bounds = cs.bounds(ledger)
        total = str(bounds.total(bound.subject for bound in bounds))
        assert total.startswith("13 or more (nothing known of 1 of 4: killed, Delta")


def test_polars_frames_are_read() -> None:
    """A frame of polars is a table like any other."""
    assert figures(read(pl.DataFrame({"n": ["at least 11", None]})))[:1] == ["11 or more"]  # type: ignore[arg-type]


def test_open_end_of_our_own_frames_is_understood() -> None:
    """The frames of the library write a ceiling that nobody states as infinite, and may be read again."""
    rows = [{"low": 81.0, "high": float("inf")}, {"low": 2.0, "high": 25.0}]
    assert figures(read(rows, {"harm": "killed", "low": "low", "high": "high"})) == ["81 or more", "2–25"]
