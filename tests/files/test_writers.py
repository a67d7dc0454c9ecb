"""What is written for others: what each format leaves out, who may be given what, and hostile text made harmless."""

from __future__ import annotations

import csv
import io
from importlib import import_module
from typing import TYPE_CHECKING

import mwparserfromhell
import openpyxl
import pytest
from hypothesis import given, settings
from tests.builders import examples

import casualties as cs
from casualties import files
from casualties.errors import LedgerFileError, MissingExtraError, ModelError, UnknownNameError
from casualties.files import Fidelity, Grade, LeftOut, Part
from casualties.files.loss import left_out, web_address
from casualties.model.claim import Assessment, Claim
from casualties.model.figure import End
from casualties.model.ledger import Total
from casualties.model.report import Citation, Relay, Report
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term
from casualties.testing import ledgers

if TYPE_CHECKING:
    from casualties import Ledger

SEED = "nagorno-karabakh-2020-09-30"
WRITTEN_ONLY = ("acled", "bibtex", "csl-json", "ucdp", "wikidata", "wikitext-infobox", "wikitext-table")
HOSTILE = (
    "<script>alert(1)</script>",
    "{{Delete}} [[File:x.png|thumb]] '''b''' ~~~~ __TOC__",
    "[x](javascript:alert(1)) **b** `c`",
    "\u202ereversed\u202c \u2066hidden",
    '=HYPERLINK("http://example.org")',
    "+1",
    "-2",
    "@SUM(A1)",
    "|- style=x\n| cell ||",
    "* item",
    "<nowiki>{{x}}</nowiki> &lt; https://example.org/ RFC 1",
    "</ref> <!-- --> |}",
    "_x0041_ \ufffe",
)


def test_every_format_grades_every_part() -> None:
    """The table of each format of ours has every part of a ledger, and says how where it is not exact."""
    for name in files.names():
        keeps = files.load(name).keeps
        assert sorted(keeps) == sorted(Part)
        assert [part for part, kept in keeps.items() if kept.grade is not Grade.EXACT and not kept.how] == []


def test_only_formats_that_are_read_are_exact_throughout() -> None:
    """A format that keeps everything can be read; one that is only written says what it loses."""
    for name in files.names():
        form = files.load(name)
        assert (form.read is None) == (name in WRITTEN_ONLY)
        if all(kept.grade is Grade.EXACT for kept in form.keeps.values()):
            assert form.read is not None


@pytest.mark.parametrize("name", WRITTEN_ONLY)
def test_written_formats_are_not_read(name: str) -> None:
    """Reading a format that is only written is an error that lists those that can be read."""
    with pytest.raises(UnknownNameError, match="it is written and never read") as caught:
        cs.read(io.StringIO(), format=name)
    assert caught.value.hint == "one of csv, excel, hxl, json, parquet, prov-json, prov-turtle, yaml"


@settings(max_examples=examples(60))
@given(ledger=ledgers())
def test_what_cannot_be_said_is_reported(ledger: Ledger) -> None:
    """Each part that a format has no place for and a ledger has some of is among what it left out, with its count."""
    for name in (*WRITTEN_ONLY, "hxl"):
        found = {each.part: each.count for each in cs.write(ledger, io.StringIO(), format=name)}
        for part, kept in files.load(name).keeps.items():
            held = left_out(ledger, {part: Fidelity(Grade.CANNOT)})
            if kept.grade is Grade.CANNOT and held:
                assert found[part] == held[0].count


def test_what_is_kept_in_part_is_counted() -> None:
    """A part that is lossy reports what of it is lost, and nothing where a ledger has none of that."""
    plain = cs.Ledger(
        sources=[Source(key="a")], claims=[Claim(source="a", subject=Subject(harm=["killed"]), stance="silent")]
    )
    lossy = {Part.SOURCES: Fidelity(Grade.LOSSY, "by name", lost="kinds", count=lambda ledger: len(ledger.titles))}
    assert left_out(plain, lossy) == ()
    named = plain.keeping(plain) | cs.Ledger(titles=["A", "B"])
    assert left_out(named, lossy) == (LeftOut("kinds", 2, "by name"),)


def test_parts_are_counted() -> None:
    """Every part of a ledger is counted by what it holds."""
    report, uncited = Report(publisher="A"), Report(publisher="B")
    subject = Subject(harm=["killed"], side="x", until="2020")
    first = Claim(
        source="a",
        subject=subject,
        figure=cs.Figure(1, 5, best=2, assumed=frozenset({End.HIGH})),
        modality="alleged",
        stated="2020",
    )
    claims = [
        first.replacing(
            our_reading=["side"],
            citations=[Citation(report=report, words="1", locator="p. 1", relays=[Relay(name="R")])],
            assessments=[Assessment(grader="g", grade="x")],
            based_on=[{"claim": first.id}],
        ),
        Claim(
            source="a",
            subject=subject.replacing(side=None, with_=["sick"]),
            figure=cs.Figure(1, 1),
            replaces=[first.id],
        ),
        Claim(source="a", subject=subject, stance="silent"),
        Claim(source="a", subject=subject, stance="denies"),
        Claim(source="a", subject=subject, stance="withdraws", target=first.id),
    ]  # fmt: skip
    whole = Subject(harm=["killed"])
    ledger = cs.Ledger(
        claims,
        sources=[Source(key="a"), Source(key="b", aliases=["B"])],
        reports=[uncited],
        terms=[Term(kind="side", key="x", names=["X"])],
        totals=[Total(whole=whole, parts=[whole.replacing(sex="female"), whole.replacing(sex="male")])],
        titles=["T"],
        apart=["role"],
    )
    counts = {each.part: each.count for each in left_out(ledger, dict.fromkeys(Part, Fidelity(Grade.CANNOT)))}
    assert counts == {
        Part.FIGURES: 2,
        Part.ASSUMED: 1,
        Part.BEST: 1,
        Part.SILENCES: 1,
        Part.DENIALS: 1,
        Part.WITHDRAWALS: 1,
        Part.REPLACEMENTS: 1,
        Part.FACETS: 5,
        Part.PERIODS: 5,
        Part.READINGS: 1,
        Part.MODALITIES: 1,
        Part.STATED: 1,
        Part.WORDS: 1,
        Part.RELAYS: 1,
        Part.LOCATORS: 1,
        Part.REPORTS: 1,
        Part.UNCITED: 1,
        Part.SOURCES: 1,
        Part.TREES: 1,
        Part.TERMS: 1,
        Part.TOTALS: 1,
        Part.APART: 1,
        Part.TITLES: 1,
        Part.ASSESSMENTS: 1,
        Part.LINKS: 1,
    }


def test_a_reconciliation_or_a_ledger() -> None:
    """Formats of findings take both and write the same; formats of ledgers refuse a reconciliation."""
    ledger = cs.seeds.load(SEED)
    one, other = io.StringIO(), io.StringIO()
    assert cs.write(ledger, one, format="ucdp") == cs.write(cs.reconcile(ledger), other, format="ucdp")
    assert one.getvalue() == other.getvalue()
    with pytest.raises(ModelError, match="it holds ledgers") as caught:
        cs.write(cs.reconcile(ledger), io.StringIO(), format="yaml")
    assert caught.value.hint == "give result.ledger, which holds every claim that was known"


def test_options_are_checked() -> None:
    """An option that a format does not have is an error that lists those that it has."""
    with pytest.raises(UnknownNameError, match="format 'yaml': it has no option 'sides'") as caught:
        cs.write(cs.Ledger(), io.StringIO(), format="yaml", sides=["a"])
    assert caught.value.hint == "it takes none"
    with pytest.raises(UnknownNameError) as caught:
        cs.write(cs.Ledger(), io.StringIO(), format="wikidata", item="Q1")
    assert caught.value.hint == "one of items"
    with pytest.raises(UnknownNameError, match="several_"):
        cs.write(cs.seeds.load(SEED), io.StringIO(), format="acled", several_=3)


def test_the_longest_ending_decides() -> None:
    """A file that ends as two formats do is of the longer ending; one that ends as none is refused."""
    assert files.registry.format_of("a/x.HXL.csv", None, "--input-format").name == "hxl"
    assert files.registry.format_of("a/x.csv", None, "--input-format").name == "csv"
    assert files.registry.format_of("x.prov.json", None, "--input-format").name == "prov-json"


@pytest.mark.parametrize(
    ("name", "package"),
    [("excel", "openpyxl"), ("parquet", "pyarrow"), ("prov-json", "rdflib"), ("prov-turtle", "rdflib")],
)
def test_missing_extras_are_named(name: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a package is not installed, the error names it and the extra, for reading and writing alike."""

    def absent(module: str) -> object:
        if module.partition(".")[0] == package:
            raise ImportError(module)
        return import_module(module)

    monkeypatch.setattr(files.loss, "import_module", absent)
    with pytest.raises(MissingExtraError, match=f"needs {package}") as caught:
        cs.write(cs.Ledger(), io.BytesIO(), format=name)
    assert caught.value.extra == name.partition("-")[0]
    with pytest.raises(MissingExtraError):
        cs.read(io.BytesIO(b"{}"), format=name)


@pytest.mark.parametrize("name", ["excel", "parquet"])
def test_files_opened_for_text_are_refused(name: str) -> None:
    """A workbook or Parquet file is no text, and neither read from nor written to a file opened for it."""
    with pytest.raises(LedgerFileError, match="it was opened for text"):
        cs.write(cs.Ledger(), io.StringIO(), format=name)
    with pytest.raises(LedgerFileError, match="it was opened for text"):
        cs.read(io.StringIO("x"), format=name)


def hostile_ledger() -> Ledger:
    """Put hostile text wherever a report may have put it."""
    claims = []
    for number, text in enumerate(HOSTILE):
        report = Report(publisher=text, title=text, address=f"https://example.org/{number}|]]'' <b>")
        claims.append(
            Claim(
                source="s",
                subject=Subject(harm=["killed"], place=" ".join(text.split())),
                figure=cs.Figure(1, number + 2),
                citations=[Citation(report=report, words=text, locator=text, relays=[Relay(name=text)])],
            )
        )
    return cs.Ledger(claims, sources=[Source(key="s", names=HOSTILE[1:2])], titles=HOSTILE[:1])


@pytest.mark.parametrize("name", ["csv", "hxl", "ucdp", "acled"])
def test_hostile_text_is_inert_in_tables(name: str) -> None:
    """No cell of a written table begins as a formula does."""
    file = io.StringIO()
    cs.write(hostile_ledger(), file, format=name)
    rows = list(csv.reader(io.StringIO(file.getvalue(), newline="")))
    assert any("HYPERLINK" in cell for row in rows for cell in row) or name == "ucdp"
    assert [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r")] == []


def test_hostile_text_is_inert_in_workbooks() -> None:
    """No cell of a written workbook is a formula, a link or a date, and what is read back is what was written."""
    file, ledger = io.BytesIO(), hostile_ledger()
    cs.write(ledger, file, format="excel")
    book = openpyxl.load_workbook(io.BytesIO(file.getvalue()))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [cell.value for cell in cells if cell.hyperlink or str(cell.value)[:1] in tuple("=+-@")] == []
    assert cs.read(io.BytesIO(file.getvalue()), format="excel") == ledger


@pytest.mark.parametrize("name", ["wikitext-table", "wikitext-infobox"])
def test_hostile_text_is_inert_in_wikitext(name: str) -> None:
    """Foreign text brings no template, link, tag, comment, heading or cell, and hides no direction."""
    file = io.StringIO()
    cs.write(hostile_ledger(), file, format=name)
    text = file.getvalue()
    assert not set(text) & set("\u202e\u202c\u2066\ufffe")
    parsed = mwparserfromhell.parse(text)
    templates = {str(each.name).strip() for each in parsed.filter_templates()}
    assert templates <= {"cite web", "reflist", "rp"}
    assert [str(each) for each in parsed.filter_wikilinks()] == []
    assert {str(each.tag) for each in parsed.filter_tags()} <= {"ref", "b", "table", "tr", "td", "th", "li"}
    assert parsed.filter_comments() == []
    assert parsed.filter_headings() == []
    links = {str(each.url) for each in parsed.filter_external_links()}
    assert links <= {f"https://example.org/{number}%7C%5D%5D%27%27%20%3Cb%3E" for number in range(len(HOSTILE))}
    if name == "wikitext-table":
        rows = [each for each in parsed.filter_tags() if each.tag == "tr"]
        cells = [sum(1 for each in row.contents.filter_tags() if each.tag == "td") for row in rows]
        assert len(rows) == len(HOSTILE)
        assert set(cells) == {8}


@pytest.mark.parametrize(
    "address", [None, "", "javascript:alert(1)", "//example.org", "Archive box 7", "https:///x", "http:// x"]
)
def test_only_pages_of_the_web_are_links(address: str | None) -> None:
    """What is no address on the web gives no link."""
    assert web_address(address) is None


def test_addresses_stay_what_they_are() -> None:
    """An address on the web keeps its meaning; escapes that it has are not escaped again."""
    assert web_address("https://example.org/a%20b?x=1&y=é#z") == "https://example.org/a%20b?x=1&y=%C3%A9#z"
