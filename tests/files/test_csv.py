"""The flat table: what a row says, what stands beside it, and what spreadsheets do to cells."""

from __future__ import annotations

import csv as standard
import io
from functools import partial
from pathlib import Path

import pytest
from tests import builders

import casualties as cs
from casualties.errors import LedgerFileError
from casualties.files import csv
from casualties.files import rows as csv_table
from casualties.files.cells import is_formula, join, protect, split, unprotect
from casualties.model.claim import Assessment, Claim, Link, Silence, Stance
from casualties.model.figure import End
from casualties.model.report import Citation, Relay, Report
from casualties.model.source import Source
from casualties.model.subject import Subject

KILLED = Subject(harm=["killed"])


def table(text: str) -> list[Claim]:
    """Read a table that stands alone."""
    return list(csv.read(io.StringIO(text)))


problems = partial(builders.problems, table)


def test_a_row_in_full() -> None:
    """Each claim and citation is a row with source, subject, figure, dates, report, relays and words."""
    claim = Claim(
        source="mod",
        subject=Subject(harm=["killed", "wounded"], side="s", since="2020-09-27", **{"with": ["missing", "a|b"]}),
        figure=cs.Figure(20, 30, best=25, assumed=frozenset(End)),
        alleged=[("role", "pilot")],
        our_reading=["side"],
        modality="reported",
        citations=[
            Citation(
                report=Report(publisher="The New Arab", address="https://example.org"),
                relays=[Relay(name="TASS", kind="media"), Relay(name="AFP", side="x")],
                words="about 25",
            ),
            Citation(locator="p. 2"),
        ],
    )
    out = io.StringIO()
    left = csv.write(cs.Ledger([claim], sources=[Source(key="mod", names=["A", "B"], kinds=["media"], side="s")]), out)
    assert left == ()
    cells = list(standard.DictReader(io.StringIO(out.getvalue())))
    assert tuple(cells[0]) == csv.COLUMNS
    assert [{name: cell for name, cell in row.items() if cell and name != "claim_id"} for row in cells] == [
        {
            "source": "mod",
            "source_name": "A|B",
            "source_kind": "media",
            "source_side": "s",
            "stance": "states",
            "harm": "killed-or-wounded",
            "side": "s",
            "with": r"a\|b|missing",
            "since": "2020-09-27",
            "figure": str(claim.figure),
            "low": "20",
            "high": "30",
            "best": "25",
            "assumed": "high|low",
            "modality": "reported",
            "our_reading": "side",
            "alleged": "role=pilot",
            **read,
        }
        for read in (
            {"reading": "1", "locator": "p. 2"},
            {
                "reading": "2",
                "report": "new-arab",
                "publisher": "The New Arab",
                "address": "https://example.org",
                "relays": "TASS|AFP",
                "relay_kinds": "media|",
                "relay_sides": "|x",
                "words": "about 25",
            },
        )
    ]
    assert list(csv.read(io.StringIO(out.getvalue()))) == [claim]


@pytest.mark.parametrize(
    ("rows", "figure"),
    [
        ("source,harm,words\na,killed,more than 80", cs.Figure.at_least(81)),
        ("source;harm;figure\na;killed;1,200", cs.Figure.exactly(1200)),
        ("source\tharm\tlow\na\tkilled\t5", cs.Figure.at_least(5)),
        ("source,harm,low,high\na,killed,0,25", cs.Figure.at_most(25)),
        (
            "source,harm,low,high,best,assumed\na,killed,20,30,25,high",
            cs.Figure(20, 30, best=25, assumed=frozenset({End.HIGH})),
        ),
        ("harm,source,figure,low,high\nkilled,a,up to 25,0,25\n\n,,,,\n", cs.Figure.at_most(25)),
        ('\ufeff"source","harm","words"\r\n"a","killed","eleven"\r\n', cs.Figure.exactly(11)),
    ],
)
def test_tables_by_hand(rows: str, figure: cs.Figure) -> None:
    """Columns stand in any order, most may be left out, and the figure may be words or ends."""
    (claim,) = table(rows)
    assert (claim.figure, claim.stance) == (figure, Stance.STATES)


@pytest.mark.parametrize(
    ("cell", "silence"),
    [
        ("not disclosed", Silence.WITHHELD),
        ("", Silence.NOT_MENTIONED),
        ("-", Silence.NOT_MENTIONED),
        ("unknown", Silence.UNKNOWN),
    ],
)
def test_an_empty_cell_is_silence_and_never_zero(cell: str, silence: Silence) -> None:
    """A row without a figure is a silent claim."""
    (claim,) = table(f"source,harm,figure\na,killed,{cell}")
    assert (claim.stance, claim.figure, claim.silence) == (Stance.SILENT, None, silence)


def test_rows_of_one_claim_are_its_citations() -> None:
    """The same statement read in two reports is one claim with two citations."""
    (claim,) = table("source,harm,figure,publisher\na,killed,3,R\na,killed,3,Q")
    assert {citation.report for citation in claim.citations} == {Report(publisher="R"), Report(publisher="Q")}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "row 1: the file is empty"),
        ("source,harm,b\n", "row 1, column 3: unknown column 'b'"),
        ("source,harm,harm\n", "row 1, column harm: column 'harm' stands there twice"),
        ("source\na", "row 1: there is no column 'harm'"),
        ("source,harm\na", "row 2: 1 cells under 2 columns"),
        ("source,harm\na,killed,3", "row 2: 3 cells under 2 columns"),
        ('source,harm\n"a"b,killed', "row 2: this is not a table"),
        ('source,harm\n"a,killed', "row 2: this is not a table"),
        ("source,harm\n" + "x" * 200_000 + ",killed", "row 2: this is not a table: field larger"),
        ("source,harm\n,killed", "row 2, column source: the cell is empty"),
        ("source,harm\na,", "row 2, column harm: "),
        ("source,harm,words\na,killed,=1+1", "row 2, column words: '=1+1' would be run as a formula"),
        ("source,harm,words\na,killed,@x", "row 2, column words: '@x' would be run as a formula"),
        ("source,harm,words\na,killed,-3", "row 2, column words: '-3' would be run as a formula"),
        ("source,harm,words\na,killed,no", "row 2, column words: 'no': a bare word may mean zero or not known"),
        ("source,harm,low\na,killed,1.0", "row 2, column low: '1.0' is no count"),
        ("source,harm,high\na,killed,5", "row 2, column low: low is empty beside high '5'"),
        ("source,harm,low,high\na,killed,5,3", "row 2, column low: figure 5..3: high is below low"),
        (
            "source,harm,figure,low,high\na,killed,at least 5,5,9",
            "row 2, column low: low and high say 5–9, but the figure is 'at least 5'",
        ),
        ("source,harm,low,assumed\na,killed,5,middle", "row 2, column assumed: 'middle' is no end"),
        (
            "source,harm,figure,stance\na,killed,5,denies",
            "row 2: claim by 'a' on killed: a claim that denies has no figure",
        ),
        ("source,harm,figure,stance\na,killed,5,says", "row 2, column stance: "),
        (
            "source,harm,figure,source_side\na,killed,5,x\na,killed,6,y",
            "row 3, column source_side: source 'a': side is both 'x' and 'y'",
        ),
        ("source,harm,figure,source_kind\na,killed,5,paper", "row 2, column source_kind: "),
        (
            "source,harm,figure,relays,relay_kinds\na,killed,5,TASS,media|media",
            "row 2, column relay_kinds: 2 values for 1 relays",
        ),
        ("source,harm,figure,published\na,killed,5,today", "row 2, column published: date 'today'"),
        (
            "source,harm,figure,claim_id\na,killed,5,c1-0",
            "row 2, column claim_id: the id is 'c1-0', but the content is that of c1-",
        ),
    ],
)
def test_what_is_wrong_has_its_row(text: str, told: str) -> None:
    """Every mistake is told with row, column and value."""
    found = problems(text)
    assert any(problem.startswith(told) for problem in found), found


@pytest.mark.parametrize(
    "cells",
    ["states,,25", "states,x,25", "states,30,25", ",,25", "silent,,25"],
)
def test_figure_that_cannot_be_read_is_one_problem(cells: str) -> None:
    """A wrong figure is told once, and not as a row without one as well."""
    assert len(problems(f"source,harm,stance,low,high\na,killed,{cells}")) == 1


def test_what_else_is_wrong_beside_a_wrong_figure_is_told() -> None:
    """The rest of a row is read on."""
    found = problems("source,harm,stance,low,high,modality\na,killed,states,,25,perhaps")
    assert [each.partition(":")[0] for each in found] == ["row 2, column low", "row 2, column modality"]


def test_ceiling_alone_asks_for_what_the_source_says() -> None:
    """Nobody is told to write 0 for a lower end that is not known."""
    (found,) = problems("source,harm,stance,low,high\na,killed,states,,25")
    assert found == (
        "row 2, column low: low is empty beside high '25' "
        "('up to 25' is low 0 and high 25; where the source gives no count, leave both empty)"
    )


def test_table_that_is_no_ledger_leads_to_mappings_alone() -> None:
    """Of a table with columns of its own none is told one by one: the way to read it is."""
    (found,) = problems("office,dead,town,day\nhospital,14,x,y\n")
    assert found == (
        "row 1: there is no column 'source' and no column 'harm' "
        "(a table with columns of its own is read by a mapping, with read_table or convert --mapping)"
    )


def test_misspelt_column_comes_after_the_one_that_is_missing() -> None:
    """What is missing comes first, and what it may be called after it."""
    assert [each.partition(" (")[0] for each in problems("sorce,harm\na,killed\n")] == [
        "row 1: there is no column 'source'",
        "row 1, column 1: unknown column 'sorce'",
    ]


def test_all_problems_come_at_once_up_to_a_thousand() -> None:
    """One reading tells everything."""
    assert len(problems("source,harm,words\n" + "a,killed,no\n" * 3)) == 3
    assert len(problems("source,harm,words\n" + "a,killed,no\n" * 3000)) == 1000


def test_a_withdrawal_of_anothers_claim_is_refused() -> None:
    """What rows make wrong together is told of the table."""
    (claim,) = table("source,harm,figure\na,killed,3")
    rows = f"source,harm,figure,stance,target\na,killed,3,,\nb,killed,,withdraws,{claim.id}"
    assert "withdraws" in problems(rows)[0]


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "'", "'a", "+", "-", "-3", "@x", "\tx", "＝1", "x=1", "", "–5"])
def test_protection_is_undone_exactly(text: str) -> None:
    """Reading takes off exactly what writing put before a cell, and what is written no spreadsheet runs."""
    assert unprotect(protect(text)) == text
    assert not is_formula(protect(text)) or text == "-"


@pytest.mark.parametrize(
    "values", [[], ["a"], ["a", "b"], ["", "a", ""], ["a|b", "\\", "\\|", "|"], ["a\\b", "c\\"]], ids=repr
)
def test_values_of_a_cell_are_told_apart(values: list[str]) -> None:
    """Several values in one cell come back as they were."""
    assert split(join(values)) == values


def test_stray_backslashes_are_kept() -> None:
    """Only a stroke and a backslash are escaped by a backslash."""
    assert split("C:\\new|x\\") == ["C:\\new", "x\\"]


# Beside the table


@pytest.fixture
def ledger() -> cs.Ledger:
    """Make a ledger with all that no row holds."""
    first = Claim(source="a", subject=KILLED, figure=cs.Figure.exactly(3))
    graded = first.replacing(
        figure=cs.Figure.exactly(4),
        assessments=[Assessment(grader="desk", reliability="B")],
        based_on=[Link(claim=first.id)],
    )
    return cs.Ledger([first, graded], sources=[Source(key="a", under="top")], titles=["T"], reports=[Report(title="U")])


def test_what_no_row_holds_stands_beside(tmp_path: Path, ledger: cs.Ledger) -> None:
    """One file beside the table holds the rest, and goes when nothing is left to hold."""
    path = tmp_path / "x.csv"
    left = csv.write(ledger, path)
    assert [(each.part, each.count, each.beside) for each in left] == [
        ("claims with assessments or links", 1, tmp_path / "x.rest.json"),
        ("reports that no claim cites", 1, tmp_path / "x.rest.json"),
        ("sources with aliases or a place in a tree, or without claims", 2, tmp_path / "x.rest.json"),
        ("titles", 1, tmp_path / "x.rest.json"),
    ]
    assert str(left[3]) == "1 of the titles is written to x.rest.json: a table has no room for what holds of all claims"
    assert csv.read(path) == csv.read(str(path)) == ledger
    csv.write(cs.Ledger(), path)
    assert [file.name for file in tmp_path.iterdir()] == ["x.csv"]


def test_an_open_file_has_nothing_beside_it(ledger: cs.Ledger) -> None:
    """What stands nowhere is named as left out."""
    left = csv.write(ledger, io.BytesIO())
    assert {each.beside for each in left} == {None}
    assert str(left[-1]) == "1 of the titles is left out: a table has no room for what holds of all claims"


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("x", "line 1, column 1: this is not JSON"),
        ('{"casualties": 1, "claims": [{"id": "c1-0"}]}', "$.claims[0]: claim 'c1-0' is not in the table"),
        ('{"casualties": 1, "claims": [3]}', "$.claims[0]: claim None is not in the table"),
        ('{"casualties": 1, "claims": [{"id": "ID", "assessments": [{}]}]}', "$.claims[0].assessments.0.grader: "),
        (
            '{"casualties": 1, "claims": [{"id": "ID", "modality": "reported"}]}',
            "$.claims[0]: claim 'ID' is changed by it",
        ),
        ('{"casualties": 1, "sources": [{"key": "a", "side": "x"}]}', "$: source 'a': side is both 'w' and 'x'"),
    ],
)
def test_what_is_wrong_beside_a_table_has_its_path(tmp_path: Path, rest: str, told: str) -> None:
    """Mistakes beside the table are told of the file beside, and nothing is loaded."""
    (tmp_path / "x.csv").write_text("source,harm,figure,source_side\na,killed,3,w\n")
    (claim,) = csv.read(tmp_path / "x.csv")
    (tmp_path / "x.rest.json").write_text(rest.replace("ID", claim.id))
    with pytest.raises(LedgerFileError, match=r"x\.rest\.json") as caught:
        csv.read(tmp_path / "x.csv")
    assert str(caught.value.problems[0]).startswith(told.replace("ID", claim.id))


def test_words_of_another_harm_are_refused() -> None:
    """Where the words alone give the count they must not speak of another harm."""
    (told,) = problems("source,harm,words\na,killed,12 wounded\n")
    assert "column words: '12 wounded' says wounded, not killed" in told
    (claim,) = table("source,harm,low,high,words\na,killed,12,12,12 wounded\n")
    assert claim.citations[0].words == "12 wounded"


def test_single_rows_are_read_with_their_reading_and_links() -> None:
    """A row by itself is read as in a table; a number of a reading that is none, and a link that is none, are told."""
    row = {"source": "a", "harm": "killed", "stance": "states", "low": "12", "high": "12"}
    target = "c1-" + "0" * 20
    claim, source, problems_ = csv_table.RowReader().read(2, {**row, "reading": "1", "based_on": target})
    assert (claim and claim.based_on[0].claim, source and source.key, problems_) == (target, "a", ())
    for column, cell, told in (("reading", "first", "is no count"), ("based_on", "nobody", "nobody")):
        claim, source, (problem,) = csv_table.RowReader().read(2, {**row, column: cell})
        assert (claim, source) == (None, None)
        assert told in str(problem)
        assert f"column {column}" in str(problem)


@pytest.mark.parametrize("stance", ["silent", "denies"])
def test_a_row_that_states_nothing_has_no_count(stance: str) -> None:
    """A count beside silence or a denial is refused, and not lost."""
    (told,) = problems(f"source,harm,stance,low,high\na,killed,{stance},12,12\n")
    assert told.startswith("row 2")


@pytest.mark.parametrize("other", ["a link that leads round", "a link that leads nowhere", "a folder"])
def test_what_stands_beside_a_table_and_cannot_be_read_is_told(other: str, tmp_path: Path) -> None:
    """It is not taken for a table that stands alone."""
    path, beside = tmp_path / "a.csv", tmp_path / "a.rest.json"
    cs.write(cs.seeds.load("nagorno-karabakh-2020-09-30"), path)
    beside.unlink()
    if other == "a folder":
        beside.mkdir()
    else:
        beside.symlink_to(beside if "round" in other else tmp_path / "none")
    with pytest.raises(LedgerFileError, match=r"a\.rest\.json"):
        cs.read(path)
