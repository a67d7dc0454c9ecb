"""The page, and what notebooks show: everything is in it, and nothing in it acts."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError

import casualties as cs
from casualties._text import table_of, template
from casualties.cli import main
from casualties.model.unread import Unread
from casualties.results import Reconciliation
from casualties.show._numbering import ordered

SEED = "nagorno-karabakh-2020-09-30"

FULL = """
casualties: 1
title: A title
sides: {north: {name: Northern side, against: [south]}, south: {name: Southern side}}
sources:
  mod: {name: Northern ministry, kind: belligerent, side: north}
  un: {name: United Nations, kind: intergovernmental}
  press: {name: The Press, kind: media}
reports:
  daily:
    publisher: Daily
    title: The dead
    address: 'https://example.org/dead'
    published: 2020-09-30
    retrieved: 2021-01-01
  shelf: {address: 'shelf 12', title: Annals}
defaults: {since: 2020-09-27}
claims:
  - id: one
    source: mod
    killed: 100
    stated: 2020-09-30
    victims: {side: north}
    our_reading: [side]
    alleged: {nationality: syrian}
    all: [status]
    assessments: [{grader: desk, reliability: B, credibility: "2"}]
    cited: [{report: daily, relays: [Agency], locator: p. 3, words: a hundred}, shelf]
  - {source: press, killed: 100, victims: {side: north}, based_on: one, until: 2020-09-30}
  - {source: un, killed: 300, victims: {side: north}, until: 2020-09-30}
  - {source: un, killed: 7, victims: {side: south}}
  - {source: un, silent: killed, victims: {side: north, status: civilian}}
"""


def page_of(text: str) -> str:
    """Write the page of a ledger, without pictures."""
    return cs.reconcile(cs.read(io.StringIO(text), format="yaml")).to_html(pictures=False)


class Elements(HTMLParser):
    """The elements of a page with their attributes, and that each is closed in its turn."""

    VOID = frozenset({"meta", "br", "input", "hr", "link"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element of SVG that holds nothing."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """See that the innermost element is closed first."""
        assert self.open.pop() == tag

    def all(self, attribute: str) -> list[str]:
        """List the values of an attribute."""
        return [attrs[attribute] for _, attrs in self.found if attribute in attrs]


def test_every_claim_is_there_with_where_it_was_read(seed: Reconciliation) -> None:
    """Each claim has a row, a link to its record, its identity, and a way back."""
    elements = Elements(page := seed.to_html(pictures=False))
    ids, links = elements.all("id"), elements.all("href")
    assert len(ids) == len(set(ids))
    for number in range(1, 9):
        assert f"row-{number}" in ids
        assert f"#row-{number}" in links
    for claim in seed.ledger:
        assert claim.id in ids
        assert f"#{claim.id}" in links
    assert page.count("<li><bdi>The New Arab") == 8
    assert {link for link in links if link.startswith("#")} <= {f"#{name}" for name in ids}


def test_everything_recorded_is_shown() -> None:
    """Report, relays, place, words, reading, allegation, grade and links of a claim are told."""
    page = re.sub(r"<[^>]+>", "", page_of(FULL))
    for text in (
        "Daily, The dead, 30 Sep 2020, retrieved 1 Jan 2021, through Agency, p. 3, “a hundred”, https://example.org/dead",
        "Annals, shelf 12",
        "Our reading: side.",
        "Alleged: nationality syrian.",
        "Meant whole: status.",
        "Graded: B 2 by desk.",
        "Rests on: 1.",
        "report not stated, “7”",
        "Not stated.",
        "the last day assumed",
        "Fate: copy.",
    ):
        assert text in page
    assert "javascript" not in page


def test_the_policy_allows_only_what_is_in_the_page(seed: Reconciliation) -> None:
    """The style and the script are allowed by their digests, and nothing else is."""
    page = seed.to_html(pictures=False)
    policy = re.search(r'content="(default-src[^"]*)"', page)
    assert policy is not None
    for name in ("style", "script"):
        inside = re.search(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)
        assert inside is not None
        digest = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy[1]
    assert policy[1].startswith("default-src 'none'")
    assert re.findall("<script[^>]*>", page) == ['<script type="application/json" id="data">', "<script>"]


def test_one_finding_is_like_a_result(seed: Reconciliation) -> None:
    """A narrower result has its own page."""
    page = seed.about(status="civilian").to_html(pictures=False)
    assert page.count("<article") == 1


def test_an_empty_result_has_a_page(seed: Reconciliation) -> None:
    """A page of nothing is a page, with a title of its own where the ledger has none."""
    assert "0 claims by 0 sources" in seed.about(harm="wounded").to_html()
    assert '<h1 dir="auto">Casualty figures by who reports them</h1>' in page_of(FULL.replace("title: A title", ""))


def test_pictures_stand_in_the_page(seed: Reconciliation) -> None:
    """Each finding has its picture as SVG, with its words, and the numbers of the page."""
    page = seed.to_html()
    Elements(page)
    assert page.count("<svg") == page.count("The picture in words") == 5 + 2
    assert "<img" not in page
    assert re.findall(r'(?:src|xlink:href)="', page) == []
    assert ">8 Hussein Akoush<" in page
    assert 'data-claims="5"' in page


def test_disputed_findings_come_first_and_long_parts_are_folded() -> None:
    """Of many findings three stand open: those in dispute, the widest gap first; numbers stay those of the table."""
    war = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-war"))
    page = war.to_html(pictures=False)
    parts = re.findall(r'<details class="finding" id="finding-(\d+)"[^>]*data-status="([^"]*)"( open)?>', page)
    assert len(parts) == len(war)
    statuses = [status for _, status, _ in parts]
    disputed = statuses.count("disputed")
    assert disputed >= 3
    assert statuses[:disputed] == ["disputed"] * disputed
    assert [bool(opened) for *_, opened in parts] == [True] * 3 + [False] * (len(parts) - 3)
    findings = ordered(war.findings)
    gaps = [[each.gap for each in findings[int(n) - 1].disputes] for n, *_ in parts[:disputed]]
    widest = [max(each, default=0) for each in gaps]
    assert widest == sorted(widest, reverse=True)
    first = findings[0].positions[0].claims[0]
    assert re.search(rf'<tr id="row-1"[^>]*><td><a href="#{first.id}"', page)


def data_of(page: str) -> dict[str, Any]:
    """Read the data that stand in a page."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    read: dict[str, Any] = json.loads(found[1])
    return read


def test_the_claims_stand_in_the_page_as_data(seed: Reconciliation) -> None:
    """Every claim is one record; an open end and a silence have no number, and nothing becomes zero."""
    data = data_of(seed.to_html(pictures=False))
    columns = {name: [cells[place] for place in rows] for name, (cells, rows) in data["columns"].items()}
    records = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    assert {each["claim"] for each in records} == {claim.id for claim in seed.ledger}
    by_number = {each["number"]: each for each in records}
    assert (by_number[1]["low"], by_number[1]["high"]) == (81, None)
    assert (by_number[6]["low"], by_number[6]["high"], by_number[6]["stance"]) == (None, None, "silent")


def test_what_was_known_is_worked_out_day_by_day() -> None:
    """A step lists the claims that became known, and the findings that they changed; the last is what is recorded."""
    text = FULL.replace("stated: 2020-09-30\n", "stated: 2020-09-28\n").replace(
        "until: 2020-09-30}\n  - {source: un, killed: 7",
        "until: 2020-09-30, stated: 2020-09-30}\n  - {source: un, killed: 7",
    )
    result = cs.reconcile(cs.read(io.StringIO(text), format="yaml"))
    steps = data_of(result.to_html(pictures=False))["steps"]
    assert [step["day"] for step in steps] == ["2020-09-28", "2020-09-30"]
    early = cs.reconcile(result.ledger, known_on="2020-09-28")
    assert steps[0]["claims"] == [claim.id for claim in early.ledger]
    (changed,) = steps[0]["changed"].values()
    assert changed[0] == str(early.findings[0].common)
    assert changed[2] == early.findings[0].sentence().text
    assert len(steps[1]["claims"]) == 1


def test_what_was_not_read_stands_on_the_page() -> None:
    """The brief counts the cells and shows the first three; all of them stand folded below, each with its reason."""
    held = {"F7": "15-Oct", "F9": "<b>many</b>", "F11": "?", "G2": "see note"}
    cells = [Unread(table="log.xlsx", cell=cell, value=value, why="no count") for cell, value in held.items()]
    ledger = cs.seeds.load(SEED) | cs.Ledger(unread=cells)
    page = cs.reconcile(ledger).to_html(pictures=False)
    told = [f"log.xlsx {cell}: {html.escape(value)}, no count" for cell, value in sorted(held.items())]
    brief, below = page[: page.index('id="findings"')], page[page.index('<details id="unread">') :]
    assert "<li>Not read: 4 cells; 3 shown." in brief
    assert sum(each in brief for each in told) == 3
    assert "<summary>Not read: 4 cells</summary>" in below
    assert all(each in below for each in told)
    assert 'id="unread"' not in cs.reconcile(cs.seeds.load(SEED)).to_html(pictures=False)


def test_a_card_names_the_page_and_its_picture(seed: Reconciliation) -> None:
    """Where the address is known the page tells other sites of it and of its picture."""
    page = seed.to_html(pictures=False, address="https://example.org/toll.html")
    assert '<meta property="og:url" content="https://example.org/toll.html">' in page
    assert '<meta property="og:image" content="https://example.org/toll.card.png">' in page
    assert "og:url" not in seed.to_html(pictures=False)


def test_bytes_are_the_same_again() -> None:
    """Another process with another hash seed writes the same page."""
    code = f"import casualties as cs; print(cs.reconcile(cs.seeds.load({SEED!r})).to_html(pictures=False))"
    pages = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONHASHSEED": turn, "PATH": ""}
        ).stdout
        for turn in "01"
    }
    assert len(pages) == 1


HOSTILE = """
casualties: 1
title: '</title><script>hacked</script>'
sides: {a: {name: '<img src=x onerror=hacked>'}}
sources:
  mod: {name: "\\u202edrawkcab </svg><script>hacked</script>", kind: belligerent, side: a}
reports:
  evil: {publisher: '<b>', title: 'x" onmouseover="hacked', address: 'JavaScript:hacked()', published: 2020-09-30}
defaults: {since: 2020-09-27, until: 2020-09-30, cited: evil}
claims:
  - {source: mod, killed: at least 3, victims: {side: a}}
"""


def test_hostile_text_is_inert() -> None:
    """Text of a ledger makes no element, no attribute, no link and no hidden direction."""
    ledger = cs.read(io.StringIO(HOSTILE), format="yaml")
    result = cs.reconcile(ledger)
    finding = result.findings[0]
    shown = [result.to_html(pictures=False), ledger._repr_html_(), result._repr_html_(), finding._repr_html_()]
    for text in [*shown, finding.resolve("ucdp")._repr_html_()]:
        elements = Elements(text)
        names = [name for name, _ in elements.found]
        assert "img" not in names
        assert names.count("script") <= 2
        assert not any(name.startswith("on") for _, attrs in elements.found for name in attrs)
        assert not any(link.lower().startswith("javascript") for link in elements.all("href"))
        assert "\u202e" not in text
    assert "\\u202edrawkcab" in shown[0]


def test_notebooks_show_tables(seed: Reconciliation) -> None:
    """Ledger, result, finding and resolution show themselves as small tables without a script."""
    ledger = seed.ledger
    finding = seed.one(role="mercenary")
    shown = {
        "8 claims by 6 sources": ledger._repr_html_(),
        "<bdi>as many as 25</bdi>": seed._repr_html_(),
        "<bdi>2–25</bdi>": finding._repr_html_(),
        "ucdp: 2 (2–25), by lower-figure": finding.resolve("ucdp")._repr_html_(),
    }
    for words, text in shown.items():
        assert words in text
        assert {name for name, _ in Elements(text).found} <= {
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "bdi",
            "strong",
        }


def test_notebooks_cut_what_is_long() -> None:
    """A long ledger and a long result say how much is left out."""
    ledger = cs.seeds.load("nagorno-karabakh-2020-war")
    assert f"… and {len(ledger) - 20} more claims, not shown." in ledger._repr_html_()
    result = cs.reconcile(ledger)
    assert f"… and {len(result) - 20} more findings, not shown." in result._repr_html_()
    assert "… and 1 more row, not shown." in table_of("x", ["a"], [], left=1)


def test_templates_escape_and_show_what_acts() -> None:
    """Text is escaped, a hidden direction is shown as its code, and a name that is not given is an error."""
    assert table_of("<b>", ['"'], [["\u202ea & b"]]).startswith("<table><caption>&lt;b&gt;</caption>")
    assert "<bdi>\\u202ea &amp; b</bdi>" in table_of("", ["x"], [["\u202ea & b"]])
    with pytest.raises(UndefinedError):
        template("casualties.show", "page.html").render()


def test_command_writes_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command writes the page to a file or to standard output, and names a folder that is not there."""
    target = tmp_path / "page.html"
    assert main(["page", SEED, "--no-pictures", "--as-of", "2020-10-01", "-o", str(target)]) == 0
    page = target.read_text(encoding="utf-8")
    assert "As of 1 October 2020." in page
    assert main(["page", SEED, "--no-pictures", "--as-of", "2020-10-01"]) == 0
    assert capsys.readouterr().out == page
    assert main(["page", SEED, "--no-pictures", "-o", str(tmp_path / "none" / "page.html")]) == 1
    assert "name a file in a folder that exists" in capsys.readouterr().err
