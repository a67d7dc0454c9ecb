"""The documentation as it is built, opened from a disk."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from tests.browser.test_page import violations

PAGES = ["index.html", "how-to/draw-a-finding.html", "explanation/unknown-is-not-zero.html", "reference/plots.html"]
SOUGHT = {
    "uncertainty": "explanation/limits.html",
    "timeline": "how-to/draw-a-finding.html",
    "chart": "how-to/draw-a-finding.html",
    "embed": "how-to/publish-a-page.html",
    "excel": "how-to/your-own-spreadsheet.html",
    "spreadsheet": "how-to/your-own-spreadsheet.html",
    "csv": "how-to/your-own-spreadsheet.html",
    "dataframe": "how-to/export-to-pandas.html",
    "median": "reference/codebooks.html",
    "median toll": "reference/codebooks.html",
    "newspaper": "how-to/cookbook.html",
    "copy": "explanation/corroboration.html",
    "retraction": "how-to/record-a-revision.html",
    "correction": "how-to/record-a-revision.html",
    "anonymous": "how-to/cite-a-source.html",
    "range": "explanation/figures.html",
    "confidence interval": "explanation/glossary.html",
    "missing persons": "tutorial/3-reconciling-one-event.html",
    "totals by month": "how-to/sum-without-counting-twice.html",
    "double counting": "how-to/sum-without-counting-twice.html",
    "duplicate": "how-to/same-events.html",
    "API": "reference/index.html",
    "command line": "reference/cli.html",
    "open end": "explanation/glossary.html",
    "compatible": "tutorial/2-reading-disputed-figures.html",
}
"""Words that people type, and for each a page that must be among the first hits."""


@pytest.mark.parametrize("name", PAGES)
def test_site_is_quiet(name: str, site: Path, visit: Callable[..., Any]) -> None:
    """A page of the site opens without an error and asks no other host for anything."""
    opened = visit(site / name)
    opened.page.wait_for_timeout(300)
    assert opened.complaints == []
    assert opened.elsewhere == []


def test_search_finds_what_people_type(site: Path, visit: Callable[..., Any]) -> None:
    """For words of the street the page that answers is among the first eight, without a server."""
    page = visit(site / "index.html").page
    field = page.locator("input.md-search__input")
    missed = {}
    for words, wanted in SOUGHT.items():
        field.fill("")
        page.wait_for_function("!document.querySelector('.md-search-result__item')")
        field.press_sequentially(words, delay=5)
        page.wait_for_selector(".md-search-result__item a", timeout=60_000)
        page.wait_for_timeout(200)
        hits = page.locator(".md-search-result__item > a:first-child").evaluate_all(
            "(all) => all.slice(0, 8).map((each) => each.href)"
        )
        names = [hit.partition("?")[0].partition("#")[0] for hit in hits]
        if not any(hit.endswith(wanted) for hit in names):
            missed[words] = names
    assert missed == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_site_meets_wcag(name: str, scheme: str, axe: str, site: Path, visit: Callable[..., Any]) -> None:
    """axe-core finds no violation of WCAG 2.2 AA."""
    page = visit(site / name, color_scheme=scheme).page
    page.evaluate(axe)
    assert violations(page) == []


CONTRAST = """() => {
  const parts = (text) => text.match(/[\\d.]+/g).map(Number);
  const linear = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = (c) => c.slice(0, 3).map((v) => linear(v / 255))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const over = (under, [r, g, b, a = 1]) => [r, g, b].map((v, i) => v * a + under[i] * (1 - a));
  const behind = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      const [r, g, b, a = 1] = parts(getComputedStyle(each).backgroundColor);
      layers.push([r, g, b, a]);
      if (a === 1) break;
    }
    return layers.reverse().reduce(over, [255, 255, 255]);
  };
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  const found = {};
  let seen = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.closest("code")) continue;
    if (!element.getClientRects().length) continue;
    seen += 1;
    const under = behind(element);
    const colour = getComputedStyle(element).color;
    const [x, y] = [light(over(under, parts(colour))), light(under)].sort((p, q) => q - p);
    const ratio = (x + 0.05) / (y + 0.05);
    if (ratio < 4.5) found[`${element.className || element.tagName} ${colour}`] = ratio.toFixed(2);
  }
  return [seen, found];
}"""
"""Gives how many pieces of code a page shows, and those that stand out from their ground by less than 4.5 to 1."""

CODE = ["gallery.html", "how-to/from-a-sheet-to-a-result.html", "reference/claim.html", "reference/cli.html"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", CODE)
def test_code_stands_out(name: str, scheme: str, site: Path, visit: Callable[..., Any]) -> None:
    """Every colour of code has a contrast of 4.5 to 1 at least, in both schemes."""
    page = visit(site / name, color_scheme=scheme).page
    assert page.get_attribute("body", "data-md-color-scheme") == {"light": "default", "dark": "slate"}[scheme]
    seen, faint = page.evaluate(CONTRAST)
    assert seen > 20
    assert faint == {}


LANDMARKS = """() => [...document.querySelectorAll("nav, aside, form[role], [role=search], [role=dialog]")]
  .filter((each) => each.getClientRects().length && !each.ariaLabel && !each.getAttribute("aria-labelledby"))
  .filter((each) => each.getAttribute("role") !== "group")
  .map((each) => each.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("name", PAGES)
def test_landmarks_have_names_and_pages_have_neighbours(name: str, site: Path, visit: Callable[..., Any]) -> None:
    """Each navigation, search and dialog is named; a page leads to the next, has a description, and one main part."""
    page = visit(site / name).page
    assert page.evaluate(LANDMARKS) == []
    assert page.locator("main").count() == 1
    assert page.locator("a[rel=next], .md-footer__link--next").count() > 0
    assert len(page.get_attribute("meta[name=description]", "content")) > 25


def test_the_page_for_what_is_absent_needs_no_other_file(site: Path, visit: Callable[..., Any], tmp_path: Path) -> None:
    """Alone in a folder, the 404 opens from a disk without an error, and leads to the start."""
    alone = tmp_path / "404.html"
    alone.write_bytes((site / "404.html").read_bytes())
    opened = visit(alone)
    assert opened.page.locator("h1").inner_text() == "No such page"
    assert opened.page.locator("a[href$='index.html']").count() == 1
    assert opened.complaints == []
    assert opened.elsewhere == []


class Anchors(HTMLParser):
    """The names that a page can be entered by, and the addresses that it links to."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the names and links of one element."""
        values = {name: value or "" for name, value in attrs}
        self.names.update(values[name] for name in ("id", "name") if name in values)
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])


def test_every_internal_link_resolves(site: Path) -> None:
    """Every link within the site leads to a file that is there, and to a name in it."""
    pages: dict[Path, Anchors] = {}
    for path in sorted(site.rglob("*.html")):
        pages[path] = Anchors()
        pages[path].feed(path.read_text(encoding="utf-8"))
    broken = []
    for path, anchors in pages.items():
        for link in anchors.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or path.name == "404.html":
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            named = not parts.fragment or (target in pages and unquote(parts.fragment) in pages[target].names)
            if not target.is_file() or not named:
                broken.append(f"{path.relative_to(site)}: {link}")
    assert len(pages) > 10
    assert broken == []
