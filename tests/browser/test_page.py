"""The page that `casualties page` writes, opened in a real browser."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import casualties as cs

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]

FOCUSABLE = "a[href], button, select, input, summary, [tabindex='0']"
MARK = f"""() => [...document.querySelectorAll("{FOCUSABLE}")]
  .filter((each) => each.checkVisibility({{visibilityProperty: true, contentVisibilityAuto: true}}))
  .map((each, place) => each.dataset.place = place).length"""
"""Numbers everything that can take the focus and is shown."""


def visible_rows(page: Any) -> int:
    """Count the rows of claims that are shown."""
    return int(page.locator("tr[id]:visible").count())


@pytest.mark.parametrize("fixture", ["seed_page", "hostile_page"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_is_quiet(fixture: str, scheme: str, request: pytest.FixtureRequest, visit: Callable[..., Any]) -> None:
    """A page opens without an error, asks no other host for anything, and runs nothing of a ledger."""
    opened = visit(request.getfixturevalue(fixture), color_scheme=scheme)
    opened.page.mouse.wheel(0, 2000)
    assert opened.complaints == []
    assert opened.elsewhere == []
    assert opened.page.evaluate("typeof hacked") == "undefined"


def test_hostile_addresses_are_no_links(hostile_page: Path, visit: Callable[..., Any]) -> None:
    """Only web addresses become links; no element carries a handler or another script."""
    page = visit(hostile_page).page
    assert page.locator("a[href^='javascript' i]").count() == 0
    assert page.locator("a[href^='https://example.org/']").count() == 1
    assert page.locator("script").count() == 2
    assert page.locator("img, iframe, object, embed, [onerror], [onmouseover]").count() == 0
    assert page.locator("text=javascript:hacked=5").count() >= 1


def test_long_and_right_to_left_names_stay_in_the_page(hostile_page: Path, visit: Callable[..., Any]) -> None:
    """Nothing makes a narrow page wider than the screen."""
    page = visit(hostile_page, viewport={"width": 320, "height": 800}).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_filters_filter(seed_page: Path, visit: Callable[..., Any]) -> None:
    """Search and filters hide what does not fit, with its findings and pictures, say so, and can be taken back."""
    page = visit(seed_page).page
    assert visible_rows(page) == 8
    assert page.locator(".finding:visible").count() == 5
    page.select_option("#source", "azerbaijan")
    assert visible_rows(page) == 3
    assert page.locator("#told").inner_text() == "3 of 8 claims are shown."
    assert page.locator(".finding:visible").count() == 3
    faded = page.locator("svg [data-gone]:visible")
    assert faded.count() > 0
    assert page.locator(".finding:not([hidden]) .sentence:not([hidden])").count() == 2  # of the pilot others speak too
    page.select_option("#status", "unreported")
    assert visible_rows(page) == 1
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("document.querySelector('#told').textContent.startsWith('8 of 8')")
    assert visible_rows(page) == 8
    assert faded.count() == 0
    page.fill("#q", "AKOUSH")
    assert visible_rows(page) == 1
    page.fill("#q", "")
    page.select_option("#day", "2020-09-30")
    assert visible_rows(page) == 8


def test_what_is_filtered_stands_in_the_address(seed_page: Path, visit: Callable[..., Any]) -> None:
    """The address of a filtered page, opened anew, shows the same; an unknown value shows all."""
    page = visit(seed_page).page
    page.select_option("#source", "azerbaijan")
    page.fill("#q", "civilians")
    page.wait_for_function("location.search.includes('q=civilians')")
    address = page.url
    assert visible_rows(page) == 1
    page.goto("about:blank")
    page.goto(address)
    assert visible_rows(page) == 1
    assert page.input_value("#source") == "azerbaijan"
    assert visible_rows(visit(seed_page, "?source=nobody").page) == 8


def test_a_slider_shows_what_was_known(war_page: Path, visit: Callable[..., Any]) -> None:
    """One step of the slider is one day; its findings are those known then, and it stands in the address."""
    ledger = cs.seeds.load("ukraine-soldier-deaths-estimates")
    page = visit(war_page).page
    page.locator("#known").fill("0")
    assert "known=2022-03-23" in page.url
    early = cs.reconcile(ledger, known_on="2022-03-23")
    assert visible_rows(page) <= len(early.ledger)
    assert page.locator(".finding:not([hidden])").count() == len(early)
    shown = sorted(page.locator(".finding:not([hidden]) .figure").all_inner_texts())
    assert shown == sorted(str(finding.common) for finding in early)
    said = page.locator(".finding:not([hidden]) .sentence bdi").all_text_contents()
    assert sorted(said) == sorted(finding.sentence().text for finding in early)
    assert page.locator("#known").get_attribute("aria-valuetext") == "on 23 March 2022"
    again = visit(war_page, "?known=2022-03-23").page
    assert again.locator(".finding:not([hidden])").count() == len(early)


EVENING = """
casualties: 1
title: An evening
sources: {health: {kind: government}, radio: {kind: media}}
defaults: {until: 2026-06-12}
claims:
  - {source: health, killed: 3, stated: 2026-06-12T17:10+02:00}
  - {source: radio, killed: at least 5, stated: 2026-06-12T19:05+03:00}
  - {source: health, killed: 14, stated: 2026-06-12T19:50+02:00}
"""


def test_the_slider_of_an_evening_has_hours(tmp_path: Path, visit: Callable[..., Any]) -> None:
    """Each statement is a step with its hour, which stands in the address; a statement of later is hidden."""
    path = tmp_path / "evening.html"
    ledger = cs.read(io.StringIO(EVENING), format="yaml")
    path.write_text(cs.reconcile(ledger).to_html(), encoding="utf-8")
    page = visit(path).page
    assert page.locator("#known").get_attribute("max") == "3"
    page.locator("#known").fill("1")
    assert page.locator("#known").get_attribute("aria-valuetext") == "at 12 June 2026, 19:05 +03:00"
    assert visible_rows(page) == 2
    again = visit(path, f"?{page.url.partition('?')[2]}").page
    assert visible_rows(again) == 2


def test_the_claims_can_be_saved(seed_page: Path, visit: Callable[..., Any]) -> None:
    """The saved CSV and JSON hold every claim; an open end stays empty."""
    page = visit(seed_page, accept_downloads=True).page
    with page.expect_download() as saved:
        page.click("#csv")
    rows = list(csv.DictReader(io.StringIO(saved.value.path().read_text(encoding="utf-8-sig"))))
    assert len(rows) == 8
    assert (rows[0]["low"], rows[0]["high"]) == ("81", "")
    with page.expect_download() as saved:
        page.click("#json")
    records = json.loads(saved.value.path().read_text(encoding="utf-8"))["claims"]
    assert [each["claim"] for each in records] == [row["claim"] for row in rows]


def test_one_picture_can_be_embedded(seed_page: Path, visit: Callable[..., Any]) -> None:
    """An address that names a claim shows its picture alone, as wide as the frame, and names the ledger."""
    claim = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").claims[0].id
    page = visit(seed_page, f"?embed={claim}", viewport={"width": 500, "height": 400}).page
    assert page.locator("svg:visible").count() == 1
    assert page.locator("svg:visible").bounding_box()["width"] > 470
    assert visible_rows(page) == 0
    assert "Nagorno-Karabakh, the first four days" in page.locator("#source-line").inner_text()
    assert page.locator("h1:visible").count() == 0
    page.set_viewport_size({"width": 800, "height": 600})
    assert page.locator("svg:visible").bounding_box()["width"] > 770
    assert page.locator("table:visible, .sentence:visible").count() == 0


def test_between_phone_and_desk_the_picture_stands_beside_the_sentence(
    seed_page: Path, visit: Callable[..., Any]
) -> None:
    """At 800 pixels a picture fills the room beside its sentence, and the table stands below both."""
    page = visit(seed_page, viewport={"width": 800, "height": 600}).page
    block = page.locator(".finding[open]").filter(has=page.locator(".picture")).first
    sentence, picture, table = (block.locator(each).bounding_box() for each in (".sentence", ".picture", "table"))
    assert sentence["x"] + sentence["width"] <= picture["x"]
    assert abs(sentence["y"] - picture["y"]) < 40
    assert table["y"] >= picture["y"] + picture["height"] - 1


def test_a_link_shows_a_claim_that_a_filter_hides(seed_page: Path, visit: Callable[..., Any]) -> None:
    """Following an address to a hidden claim takes the filters back and unfolds what it stands in."""
    page = visit(seed_page).page
    claim = page.locator("#row-1 a").get_attribute("href")[1:]
    page.select_option("#source", "azerbaijan")
    page.evaluate(f"location.hash = '#{claim}'")
    page.wait_for_function(f"document.getElementById('{claim}').checkVisibility({{contentVisibilityAuto: true}})")
    assert visible_rows(page) == 8


def test_every_number_leads_to_its_claim(seed_page: Path, visit: Callable[..., Any]) -> None:
    """One click on the number of a claim shows it with the report in which it was read."""
    page = visit(seed_page).page
    claim = page.locator("#row-8 a").get_attribute("href")[1:]
    page.locator("#row-8 a").click()
    assert page.url.endswith(f"#{claim}")
    card = page.locator(f"[id='{claim}']")
    assert card.is_visible()
    assert "The New Arab" in card.locator("li").inner_text()


def test_page_works_without_script(seed_page: Path, visit: Callable[..., Any]) -> None:
    """Without script the whole page is there, folded, and no filter that would do nothing."""
    page = visit(seed_page, java_script_enabled=False).page
    assert visible_rows(page) == 8
    assert page.locator("article").count() == 8
    page.locator("details.claims summary").first.click()
    assert page.locator("article").first.is_visible()
    assert page.locator("#filters").is_hidden()


def test_a_large_page_is_short_and_quick(tmp_path: Path, visit: Callable[..., Any]) -> None:
    """Some 200 claims are under 12,000 pixels folded and under 1 MB; 2,000 are under 2 MB."""
    war = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-war")).to_html()
    assert len(war.encode()) < 1_000_000
    path = tmp_path / "war.html"
    path.write_text(war, encoding="utf-8")
    page = visit(path, viewport={"width": 1280, "height": 800}).page
    assert page.evaluate("document.documentElement.scrollHeight") < 12_000
    subjects = [cs.Subject(harm=("killed",), place=f"town {place}", since="2020-09-27") for place in range(500)]
    many = [
        cs.Claim(source=f"s{number}", subject=subject, figure=cs.Figure.at_least(number + 3), stated="2020-10-01")
        for subject in subjects
        for number in range(4)
    ]
    ledger = cs.Ledger(many, sources=[cs.Source(key=f"s{number}") for number in range(4)])
    page_of_many = cs.reconcile(ledger).to_html()
    assert len(page_of_many.encode()) < 2_000_000


def test_keyboard_reaches_everything(seed_page: Path, visit: Callable[..., Any]) -> None:
    """The tab key visits everything that can be used."""
    page = visit(seed_page).page
    count = page.evaluate(MARK)
    reached = set()
    for _ in range(count + 3):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.dataset.place"))
    assert reached >= {str(place) for place in range(count)}


@pytest.mark.parametrize("fixture", ["seed_page", "hostile_page"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1000, 360])
@pytest.mark.parametrize("embedded", [False, True])
def test_page_meets_wcag(
    fixture: str,
    scheme: str,
    width: int,
    embedded: bool,
    axe: str,
    request: pytest.FixtureRequest,
    visit: Callable[..., Any],
) -> None:
    """axe-core finds no violation of WCAG 2.2 AA, on bright, dark, wide and narrow screens, unfolded and embedded."""
    path = request.getfixturevalue(fixture)
    screen = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}, "bypass_csp": True}
    page = visit(path, **screen).page
    claim = page.locator("tr[id] a").first.get_attribute("href")[1:]
    if embedded:
        page = visit(path, f"?embed={claim}", **screen).page
    else:
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    page.evaluate(axe)
    assert violations(page) == []


def violations(page: Any) -> list[str]:
    """Say what breaks which rule, and where."""
    found = page.evaluate("(tags) => axe.run(document, {runOnly: tags})", WCAG)
    assert found["passes"], "axe-core has judged nothing"
    return [
        f"{each['id']}: {node['target']} {node.get('failureSummary', '')}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
