"""What is published from findings: Wikidata, Wikipedia, rows of datasets; and bibliographies."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from bibtexparser.entrypoint import parse_string

import casualties as cs
from casualties.errors import ModelError
from casualties.files import acled, ucdp
from casualties.files.wikipedia import escape
from casualties.model.claim import Claim
from casualties.model.figure import End
from casualties.model.report import Citation, Relay, Report
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term

if TYPE_CHECKING:
    from pathlib import Path

    from casualties import Ledger
    from casualties.files import LeftOut

KILLED = Subject(harm=["killed"])
PAGE = Report(publisher="P", title="T", address="https://example.org/1", published="2020-09", retrieved="2021")
READ = [Citation(report=PAGE)]
BOX = Report(publisher="Archive", title="Box", address="shelf 7")
ITEMS = {"event": "Q1", "source:a": "Q2", "source:b": "Q3"}


def claim(figure: cs.Figure | None, source: str = "a", subject: Subject = KILLED, **more: object) -> Claim:
    """Make a claim that was read on a page."""
    fields = {"source": source, "subject": subject, "figure": figure, "citations": READ} | more
    return Claim(**fields)


def ledger_of(*claims: Claim, **more: object) -> Ledger:
    """Make a ledger of claims by a, b and c."""
    return cs.Ledger(claims, **{"sources": [Source(key=key) for key in "abc"], **more})  # type: ignore[arg-type]


def published(given: Ledger | cs.Reconciliation, name: str, **options: object) -> tuple[str, tuple[LeftOut, ...]]:
    """Write something, and give the text with what was left out."""
    file = io.StringIO()
    left = cs.write(given, file, format=name, **options)
    return file.getvalue(), left


def reasons(left: tuple[LeftOut, ...], part: str) -> dict[str, int]:
    """Give why something was left out, and how many."""
    return {each.why: each.count for each in left if each.part == part}


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        (cs.Figure(11, 11), "11 R0"),
        (cs.Figure(0, 0), "0 R0"),
        (cs.Figure(5, 5, best=5), "5 R0"),
        (cs.Figure(10, 20, best=15), "15[10,20] R0"),
        (cs.Figure(10, 20), "somevalue R0 P5447 10 P5448 20"),
        (cs.Figure(81, None), "somevalue R0 P5447 81"),
        (cs.Figure(81, None, best=90), "90 R0 P5447 81"),
        (cs.Figure(20, 30, assumed=frozenset(End)), "somevalue R0 P5447 20 P5448 30 P1480 Q5727902"),
    ],
)
def test_wikidata_has_no_number_that_nobody_stated(figure: cs.Figure, value: str) -> None:
    """An exact or preferred number is the value, with its bounds; any other range is unknown within its limits."""
    text, _ = published(ledger_of(claim(figure)), "wikidata", items=ITEMS)
    reference = 'P3680 Q2 S854 "https://example.org/1" S577 +2020-09-00T00:00:00Z/10 S813 +2021-00-00T00:00:00Z/9'
    assert text.replace("\t", " ") == f"+Q1 P1120 {value} {reference}\n"


def test_wikidata_qualifies_what_is_counted() -> None:
    """Facets, days, modality and every reference stand with the statement; a span of days has no precision."""
    subject = Subject(
        harm=["wounded"], event="e", side="x", place="y", since="2020-09-27/2020-09-28", until="2020-09-30"
    )
    other = Citation(report=Report(publisher="Q"))
    bare = [Citation(words="one"), Citation(report=BOX)]
    made = claim(cs.Figure(1, 1), subject=subject, modality="alleged", citations=[*READ, other, *bare])
    items = {**ITEMS, "event:e": "Q4", "side:x": "Q5", "place:y": "Q6", "modality:alleged": "Q7", "publisher:Q": "Q8"}
    text, left = published(ledger_of(made), "wikidata", items=items)
    assert text.replace("\t", " ") == (
        "+Q4 P1339 1 R0 P1480 Q7 P518 Q5 P276 Q6 P582 +2020-09-30T00:00:00Z/11 P3680 Q2 "
        'S123 Q8 !S854 "https://example.org/1" S577 +2020-09-00T00:00:00Z/10 S813 +2021-00-00T00:00:00Z/9\n'
    )
    assert [each.part for each in left] == [
        "reports",
        "periods with an end that is a span",
        "words as printed",
        "titles of reports",
        "sources with aliases or a place in a tree, or without claims",
    ]
    until = subject.replacing(since=None, event=None, side=None, place=None)
    text, _ = published(ledger_of(claim(cs.Figure(1, 1), subject=until)), "wikidata", items=ITEMS)
    assert "P585\t+2020-09-30T00:00:00Z/11\tP3680" in text


def test_wikidata_names_what_is_missing() -> None:
    """A claim that lacks an item, a property, a qualifier or a reference is left out, with the reason."""
    ledger = ledger_of(
        claim(cs.Figure(1, 1), source="c"),
        claim(cs.Figure(2, 2), subject=KILLED.replacing(event="e")),
        claim(cs.Figure(3, 3), subject=KILLED.replacing(status="civilian")),
        claim(cs.Figure(4, 4), subject=Subject(harm=["killed", "wounded"])),
        claim(cs.Figure(5, 5), subject=KILLED.replacing(without=["missing"])),
        claim(cs.Figure(6, 6), citations=[Citation(report=BOX)]),
        claim(cs.Figure(7, 7), modality="alleged"),
    )
    text, left = published(ledger, "wikidata", items=ITEMS)
    assert [line.split("\t")[2] for line in text.splitlines()] == ["7"]
    assert reasons(left, "figures") == {
        "no item is given for 'source:c'": 1,
        "no item is given for 'event:e'": 1,
        "no item is given for 'status:civilian'": 1,
        "Wikidata has no number of killed or wounded": 1,
        "a statement does not say without": 1,
        "no reference can be given: no report has a page on the web or an item for its publisher": 1,
    }
    assert sum(reasons(left, "modalities").values()) == 1
    with pytest.raises(ModelError, match="item 'azerbaijan' for 'source:a': it is none of Wikidata's"):
        published(ledger, "wikidata", items={"source:a": "azerbaijan"})


def test_wikidata_ranks_and_disputes() -> None:
    """A withdrawn claim is deprecated, nothing is preferred, and who denies a claim disputes its statement."""
    first, second = claim(cs.Figure(1, 1), stated="2020-01-01"), claim(cs.Figure(2, 2), source="b", stated="2020-01-01")
    withdrawn = claim(None, stance="withdraws", target=first.id, stated="2020-01-02")
    denials = [claim(None, source=key, stance="denies", target=second.id, aspect="figure") for key in "ac"]
    text, left = published(ledger_of(first, second, withdrawn, *denials), "wikidata", items=ITEMS)
    lines = {line.split("\t")[2]: line.split("\t") for line in text.splitlines()}
    assert (lines["1"][3], lines["2"][3]) == ("R-", "R0")
    assert lines["2"][4:8] == ["P3680", "Q3", "P1310", "Q2"]
    assert "P1310" not in lines["1"]
    assert sum(reasons(left, "denials").values()) == 1


def test_wikitext_tells_every_claim() -> None:
    """Silences, denials and withdrawals stand in the table; a report is told once and named after that."""
    first = claim(cs.Figure(1, 1), stated="2020-01-01")
    relayed = Citation(report=PAGE, words="two", locator="p. 3", relays=[Relay(name="R"), Relay(name="S")])
    plain = Citation(report=Report(publisher="Q", published="2020-09-30", address="https://example.org/2"))
    claims = [
        first,
        claim(cs.Figure(2, 2), source="b", citations=[relayed, plain, Citation(report=BOX), Citation(words="II")]),
        claim(None, stance="withdraws", target=first.id, stated="2020-01-02", modality="confirmed"),
        claim(None, source="b", stance="denies", target=f"c1-{'0' * 20}"),
        claim(None, source="c", stance="silent", silence="not-mentioned", citations=[Citation(report=Report())]),
        claim(None, source="c", stance="silent", citations=[]),
    ]
    text, _ = published(ledger_of(*claims), "wikitext-table")
    rows = [row.split("\n| ") for row in text.split("\n|-\n")[1:]]
    cells = sorted([row[-7:] for row in rows], key=lambda row: (row[0], row[2]))
    assert [row[0].removeprefix("| ") for row in cells] == ["a", "a", "b", "b", "c", "c"]
    assert [row[2] for row in cells] == [
        "1",
        "withdraws what a says",
        "2",
        "denies",
        "no figure",
        "no figure: not mentioned",
    ]
    assert [row[5] for row in cells] == ["withdrawn", "confirmed", "", "", "", ""]
    assert cells[2][1] == "II; two"
    assert cells[2][6].startswith("via R, then S")
    assert "{{rp|p. 3}}" in cells[2][6]
    assert "Q, 30 September 2020, [https://example.org/2]</ref>" in text
    assert "{{cite news |title=Box |publisher=Archive |id=shelf 7}}" in text
    assert (
        text.count(
            "{{cite web |url=https://example.org/1 |title=T |publisher=P |date=September 2020 |access-date=2021}}"
        )
        == 1
    )
    assert text.count('<ref name="p" />') == 3
    assert ">not stated</ref>" in text


def test_an_infobox_has_the_sides_in_order() -> None:
    """The losses of the first side come first, those of nobody's side last, and what does not stand is counted."""
    ledger = ledger_of(
        claim(cs.Figure(1, 1), subject=KILLED.replacing(side="guard"), stated="2020-01-01"),
        claim(cs.Figure(3, 3), subject=KILLED.replacing(side="guard"), stated="2020-01-02"),
        claim(cs.Figure(9, None), subject=KILLED.replacing(side="y")),
        claim(cs.Figure(4, 4), subject=KILLED.replacing(side="z"), source="b"),
        claim(cs.Figure(1, 1), subject=KILLED, modality="alleged"),
        terms=[Term(kind="side", key="guard", under=["x"])],
    )
    text, left = published(ledger, "wikitext-infobox", sides=["y", "x"])
    shown = [line.partition("<ref")[0] for line in text.splitlines()]
    assert shown == [
        "| casualties1 = '''Per a'''",
        "* 9 or more killed: people",
        "| casualties2 = '''Per a'''",
        "* 3 killed: people",
        "| casualties3 = '''Per a'''",
        "* 1 killed: person; alleged",
        "'''Per b'''",
        "* 4 killed: people, side z",
    ]
    assert reasons(left, "figures") == {"an infobox shows what stands": 1}
    assert published(cs.Ledger(), "wikitext-infobox") == ("", ())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Plain, 10–15 (about 5 %); e.g. a-b: c", "Plain, 10–15 (about 5 %); e.g. a-b: c"),
        ("*a", "&#42;a"),
        (";a", "&#59;a"),
        (":a", "&#58;a"),
        ("----", "&#45;---"),
        ("https://x", "https&#58;//x"),
        ("RFC 1, RFCs", "&#82;&#70;&#67; 1, RFCs"),
        ("__NOTOC__ ＿＿", "&#95;&#95;NOTOC&#95;&#95; &#65343;&#65343;"),
        ("a\n|-\n", "a &#124;-"),
        ("Նախարարություն “x”", "Նախարարություն “x”"),
        ("\u202ex", "&#92;u202ex"),
    ],
)
def test_wikitext_is_escaped(text: str, shown: str) -> None:
    """What wikitext would act on is written as character references, and ordinary text as it is."""
    assert escape(text) == shown


def rows_of(text: str) -> list[dict[str, str]]:
    """Read the rows of a table."""
    return list(csv.DictReader(io.StringIO(text)))


def test_ucdp_divides_by_sides() -> None:
    """Deaths stand under the side, the civilians or the unknown that were counted, and empty cells are no zeros."""
    days = {"since": "2020-09-27", "until": "2020-09-30"}
    subjects = [{"side": "x", "status": "combatant"}, {"side": "y", "status": "combatant"}, {"status": "civilian"}, {}]
    ledger = ledger_of(
        *(claim(cs.Figure(n, n), subject=KILLED.replacing(**days, **each)) for n, each in enumerate(subjects, 1))
    )
    rows = rows_of(published(ledger, "ucdp")[0])
    cells = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    assert sorted(tuple(row[name] for name in cells) for row in rows) == sorted(
        [("1", "", "", ""), ("", "2", "", ""), ("", "", "3", ""), ("", "", "", "4")]
    )
    dyads = {(row["deaths_civilians"] or row["deaths_unknown"], row["side_a"], row["side_b"]) for row in rows}
    assert dyads == {("", "x", "y"), ("3", "", ""), ("4", "", "")}  # the dead who fought tell who fights whom
    assert {(row["year"], row["date_start"], row["date_end"], row["date_prec"]) for row in rows} == {
        ("2020", "2020-09-27", "2020-09-30", "2")
    }
    assert tuple(rows[0]) == ucdp.COLUMNS
    turned = rows_of(published(ledger, "ucdp", side_a="y", side_b="x")[0])
    assert {(row["side_a"], row["deaths_a"]) for row in turned if row["deaths_a"]} == {("y", "2")}
    assert {row["dyad_name"] for row in turned} == {"y - x"}  # whoever gives the sides gives those of every row
    _, left = published(ledger, "ucdp", side_a="y")
    assert reasons(left, "findings") == {"side x is neither side A nor side B: give side_a= and side_b=": 1}


@pytest.mark.parametrize(
    ("facets", "dyad", "unsaid"),
    [
        ({"status": "civilian", "side": "x"}, ("", "", ""), 2),  # whose the dead are says nothing of who did it
        ({"status": "civilian", "side": "x", "perpetrator": "y"}, ("y", "Civilians", "y - Civilians"), 0),
        ({"status": "combatant", "side": "x", "perpetrator": "y"}, ("x", "y", "x - y"), 0),
        ({"status": "combatant", "side": "x"}, ("x", "", ""), 1),
        ({"status": "combatant", "perpetrator": "y"}, ("", "", ""), 2),
        ({"side": "x"}, ("", "", ""), 2),
    ],
)
def test_ucdp_names_the_sides_that_claims_name(facets: dict[str, str], dyad: tuple[str, str, str], unsaid: int) -> None:
    """Side A and B are who fought, or in one-sided violence who did it and the civilians; what is unsaid is told."""
    text, left = published(ledger_of(claim(cs.Figure(1, 1), subject=KILLED.replacing(**facets))), "ucdp")
    (row,) = rows_of(text)
    assert (row["side_a"], row["side_b"], row["dyad_name"]) == dyad
    assert sum(reasons(left, "names of side A or side B").values()) == unsaid


def test_ucdp_second_side_may_be_the_one_accused() -> None:
    """Where the dead of side B were killed by another than side A, it stands in the place of side A."""
    subjects = [
        KILLED.replacing(side="x", status="combatant"),
        KILLED.replacing(side="y", status="combatant", perpetrator="z"),
    ]
    text, _ = published(ledger_of(*(claim(cs.Figure(1, 1), subject=each) for each in subjects)), "ucdp")
    assert sorted(row["dyad_name"] for row in rows_of(text)) == ["x - y", "z - y"]


@pytest.mark.parametrize(("days", "code"), [(1, 1), (2, 2), (6, 2), (7, 3), (8, 4), (31, 4), (32, 5)])
def test_ucdp_has_a_precision_of_days(days: int, code: int) -> None:
    """A day is 1, up to six days 2, a week 3, up to a month 4, and more 5."""
    assert ucdp._precision(days) == code


def test_three_sides_need_a_choice() -> None:
    """Where victims belong to more than two sides, nobody guesses who is side A."""
    subjects = [KILLED.replacing(side=side, status="combatant") for side in "xyz"]
    text, left = published(ledger_of(*(claim(cs.Figure(1, 1), subject=each) for each in subjects)), "ucdp")
    assert rows_of(text) == []
    assert sum(reasons(left, "findings").values()) == 3


def test_rows_say_on_whose_word_they_rest(tmp_path: Path) -> None:
    """Names, reports and places stand in their columns, and the preset for the dataset reads the numbers back."""
    subject = KILLED.replacing(place="y", event="e", until="2020-09")
    ledger = ledger_of(
        claim(cs.Figure(3, 8), subject=subject), claim(None, stance="silent", subject=Subject(harm=["wounded"]))
    )
    cs.write(ledger, tmp_path / "x.ucdp.csv")
    [row] = rows_of((tmp_path / "x.ucdp.csv").read_text(encoding="utf-8"))
    shown = {name: cell for name, cell in row.items() if cell}
    assert shown == {
        "year": "2020",
        "conflict_name": "e",
        "number_of_sources": "1",
        "source_article": "https://example.org/1",
        "source_office": "P",
        "source_date": "2020-09",
        "source_headline": "T",
        "source_original": "a",
        "where_description": "y",
        "date_end": "2020-09-30",
        "deaths_unknown": "3",
        "low": "3",
        "best": "3",
        "high": "8",
    }
    text, left = published(ledger, "acled")
    [row] = rows_of(text)
    assert {name: cell for name, cell in row.items() if cell} == {
        "event_date": "2020-09-30",
        "year": "2020",
        "time_precision": "3",
        "location": "y",
        "source": "P",
        "notes": "Killed: people, in y, e; lowest, by a",
        "fatalities": "3",
    }
    assert tuple(row) == acled.COLUMNS
    assert reasons(left, "claims on which no number rests") == {"a row is one coded number": 1}


def test_what_has_no_day_has_no_date() -> None:
    """A finding that nothing dates has a row without dates; one that rests on no report names none."""
    ledger = ledger_of(claim(cs.Figure(3, 3), citations=[]))
    for name in ("ucdp", "acled"):
        [row] = rows_of(published(ledger, name)[0])
        assert {
            row[cell]
            for cell in ("year", "date_end", "date_start", "source_office", "event_date", "source")
            if cell in row
        } == {""}
    assert [acled._precision(days) for days in (1, 2, 7, 8)] == [1, 2, 2, 3]


def test_a_narrowed_result_answers_for_itself() -> None:
    """What was left out is said of the findings that are written, and of no others."""
    ledger = ledger_of(claim(cs.Figure(3, 3)), claim(None, stance="silent", subject=Subject(harm=["wounded"])))
    silent = "silences"
    assert sum(reasons(published(ledger, "ucdp")[1], silent).values()) == 1
    assert reasons(published(cs.reconcile(ledger).about(harm="killed"), "ucdp")[1], silent) == {}


REPORTS = [
    Report(
        publisher="A & B", title="50 % {of} $x_1$ ~ ^ \\ #", address="https://example.org/%7Ba", published="2020-09-30"
    ),
    Report(publisher="Նախարարություն", published="2020", retrieved="2020-09-27/2020-09-30"),
    Report(title="Box\n7", address="shelf {7}", published="2020-09-30T18:05+04:00"),
    Report(address="https://example.org/2"),
]


def test_a_bibliography_is_bibtex() -> None:
    """Every report is an entry with a key of its own, and the fields that are known."""
    text, left = published(cs.Ledger(reports=REPORTS), "bibtex")
    library = parse_string(text)
    assert library.failed_blocks == []
    entries = {entry.key: {field.key: field.value for field in entry.fields} for entry in library.entries}
    assert entries == {
        "b": {
            "title": "{50 \\% \\{of\\} \\$x\\_1\\$ \\textasciitilde{} \\textasciicircum{} \\textbackslash{} \\#}",
            "publisher": "{A \\& B}",
            "date": "2020-09-30",
            "url": "https://example.org/\\%7Ba",
        },
        "box-7": {"title": "{Box 7}", "date": "2020-09-30", "note": "shelf \\{7\\}"},
        "".join(f"x{ord(sign):x}" for sign in "նախարարություն"): {
            "publisher": "{Նախարարություն}",
            "date": "2020",
            "urldate": "2020-09-27/2020-09-30",
        },
        "example-org": {"url": "https://example.org/2"},
    }
    assert [str(each) for each in left] == [
        "1 of the hours of publishing or reading is left out: publisher, title, address and days"
    ]


def test_a_bibliography_is_csl() -> None:
    """Every report is an item, with dates as parts: a day, a year, or the two ends of a span."""
    text, _ = published(cs.Ledger(reports=REPORTS), "csl-json")
    items = {item.pop("id"): item for item in json.loads(text)}
    assert items["box-7"] == {
        "type": "document",
        "title": "Box\n7",
        "note": "shelf {7}",
        "issued": {"date-parts": [[2020, 9, 30]]},
    }
    assert items["example-org"] == {"type": "webpage", "URL": "https://example.org/2"}
    [other] = [item for item in items.values() if item.get("publisher") == "Նախարարություն"]
    assert other["issued"] == {"date-parts": [[2020]]}
    assert other["accessed"] == {"date-parts": [[2020, 9, 27], [2020, 9, 30]]}
