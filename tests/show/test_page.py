"""The page, and what notebooks show: everything is in it, and nothing in it acts."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import casualties as cs
from casualties._markup import Markup, join, table_of, tag
from casualties.cli import main
from casualties.results import Reconciliation

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

    VOID = frozenset({"meta", "br", "input", "hr"})

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
        assert {f"row-{number}", f"claim-{number}"} <= set(ids)
        assert {f"#row-{number}", f"#claim-{number}"} <= set(links)
    assert all(claim.id in page for claim in seed.ledger)
    assert page.count("The New Arab") == 8
    assert {link for link in links if link.startswith("#")} <= {f"#{name}" for name in ids} | {"#pictures"}


def test_everything_recorded_is_shown() -> None:
    """Report, relays, place, words, reading, allegation, grade and links of a claim are told."""
    page = re.sub(r"<[^>]+>", "", page_of(FULL))
    for text in (
        "Daily, The dead, 30 Sep 2020, retrieved 1 Jan 2021, https://example.org/dead",
        "through Agency, p. 3, “a hundred”",
        "Annals, shelf 12",
        "Our readingside",
        "Allegednationality syrian",
        "Meant wholestatus",
        "GradedB 2 by desk",
        "Rests on1",
        "report not stated, “7”",
        "Where it was read is not stated.",
        "the last day assumed from when it was said or printed",
        "Fatecopy",
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
        assert f"{name}-src &#x27;sha256-{digest}&#x27;" in policy[1]
    assert policy[1].startswith("default-src &#x27;none&#x27;")
    assert len(re.findall("<script", page)) == 1


def test_one_finding_is_like_a_result(seed: Reconciliation) -> None:
    """A narrower result has its own page."""
    page = seed.about(status="civilian").to_html(pictures=False)
    assert page.count("<article") == 1


def test_an_empty_result_has_a_page(seed: Reconciliation) -> None:
    """A page of nothing is a page, with a title of its own where the ledger has none."""
    assert "0 claims by 0 sources" in seed.about(side="nobody").to_html()
    assert '<h1 dir="auto">Casualty figures by who reports them</h1>' in page_of(FULL.replace("title: A title", ""))


def test_pictures_stand_in_the_page(seed: Reconciliation) -> None:
    """The pictures are in the page as SVG, each with its words; of many findings a few are drawn."""
    page = seed.to_html()
    Elements(page)
    assert page.count("<svg") == page.count("the picture in words</summary>") == 3
    assert "<img" not in page
    assert re.findall(r'(?:src|xlink:href)="', page) == []
    war = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-war")).about(harm="killed", side="armenian")
    assert "The 6 subjects with the most claims have pictures of their own." in war.to_html()


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
        assert names.count("script") <= 1
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
        }


def test_notebooks_cut_what_is_long() -> None:
    """A long ledger and a long result say how much is left out."""
    ledger = cs.seeds.load("nagorno-karabakh-2020-war")
    assert f"… and {len(ledger) - 20} more claims, not shown." in ledger._repr_html_()
    result = cs.reconcile(ledger)
    assert f"… and {len(result) - 20} more findings, not shown." in result._repr_html_()
    assert "… and 1 more row, not shown." in table_of("x", ["a"], [], left=1)


def test_markup_escapes_what_is_no_markup() -> None:
    """Text is escaped in elements and attributes, markup is kept, and the edges of words stay."""
    assert tag("p", "a & ", tag("b", "<"), " c", title='"x"') == '<p title="&quot;x&quot;">a &amp; <b>&lt;</b> c</p>'
    assert tag("br") == "<br>"
    assert tag("a", name="n", href=None) == '<a name="n"></a>'
    assert join(["", None, Markup("<i>")]) == "<i>"


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
