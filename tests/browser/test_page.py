"""The page that `casualties page` writes, opened in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]

FOCUSABLE = "a[href], button, select, summary, [tabindex='0']"
MARK = f"""() => [...document.querySelectorAll("{FOCUSABLE}")]
  .filter((each) => each.getClientRects().length && getComputedStyle(each).visibility !== "hidden")
  .map((each, place) => each.dataset.place = place).length"""
"""Numbers everything that can take the focus and is shown."""


def visible_rows(page: Any) -> int:
    """Count the rows of claims that are shown."""
    return int(page.locator("tr[data-source]:visible").count())


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
    assert page.locator("script").count() == 1
    assert page.locator("img, iframe, object, embed, [onerror], [onmouseover]").count() == 0
    assert page.locator("text=javascript:hacked=5").count() >= 1


def test_long_and_right_to_left_names_stay_in_the_page(hostile_page: Path, visit: Callable[..., Any]) -> None:
    """Nothing makes a narrow page wider than the screen."""
    page = visit(hostile_page, viewport={"width": 320, "height": 800}).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_filters_filter(seed_page: Path, visit: Callable[..., Any]) -> None:
    """Filters by source, day and standing hide what does not fit, say so, and can be taken back."""
    page = visit(seed_page).page
    assert visible_rows(page) == 8
    page.select_option("#source", "azerbaijan")
    assert visible_rows(page) == 3
    assert page.locator("#told").inner_text() == "3 of 8 claims are shown."
    assert page.locator("article:visible").count() == 3
    page.select_option("#status", "unreported")
    assert visible_rows(page) == 1
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("document.querySelector('#told').textContent.startsWith('8 of 8')")
    assert visible_rows(page) == 8
    page.select_option("#day", "2020-09-30")
    assert visible_rows(page) == 8


def test_a_link_shows_a_claim_that_a_filter_hides(seed_page: Path, visit: Callable[..., Any]) -> None:
    """Following an address to a hidden claim takes the filters back."""
    page = visit(seed_page).page
    page.select_option("#source", "azerbaijan")
    page.evaluate("location.hash = '#claim-1'")
    page.wait_for_function("!document.querySelector('#claim-1').hidden")
    assert visible_rows(page) == 8


def test_every_number_leads_to_its_claim(seed_page: Path, visit: Callable[..., Any]) -> None:
    """One click on the number of a claim shows it with the report in which it was read."""
    page = visit(seed_page).page
    page.locator("#row-8 a").click()
    assert page.url.endswith("#claim-8")
    assert page.locator("#claim-8").is_visible()
    assert "The New Arab" in page.locator("#claim-8 li").inner_text()


def test_page_works_without_script(seed_page: Path, visit: Callable[..., Any]) -> None:
    """Without script the whole page is there, and no filter that would do nothing."""
    page = visit(seed_page, java_script_enabled=False).page
    assert visible_rows(page) == 8
    assert page.locator("article:visible").count() == 8
    assert page.locator("#filters").is_hidden()


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
def test_page_meets_wcag(
    fixture: str, scheme: str, width: int, axe: str, request: pytest.FixtureRequest, visit: Callable[..., Any]
) -> None:
    """axe-core finds no violation of WCAG 2.2 AA, on bright, dark, wide and narrow screens."""
    path = request.getfixturevalue(fixture)
    page = visit(path, color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True).page
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
