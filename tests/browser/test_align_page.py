"""The page of `casualties align --page`, on which a person says which rows are one event, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.browser.test_page import violations

import casualties as cs
from casualties.aligning.page import to_html
from casualties.aligning.proposal import ProposedMatch
from casualties.files.mapped import Event


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """Write a page of three questions, one with hostile text."""
    hostile = "<img src=x onerror=hacked=1>"
    pairs = [("sheet 1", "ged 1", "Ardil"), ('sheet "2"', "ged 2", hostile), ("sheet 3", "ged 3", "Marza")]
    matches = [
        ProposedMatch(
            Event(one, places=(place,), figure=cs.Figure(12, 30)),
            Event(other, places=("Kendi",), figure=cs.Figure.at_least(41)),
            ("sheet", "ucdp"),
            0.9,
        )
        for one, other, place in pairs
    ]
    path = tmp_path / "review.html"
    path.write_text(to_html(matches, by="reviewer"), encoding="utf-8")
    return path


def test_answers_become_a_ledger(questions: Path, visit: Callable[..., Any], tmp_path: Path) -> None:
    """Figures are hidden until a question is answered; what is saved is read as identifications, and no more."""
    opened = visit(questions, accept_downloads=True)
    page = opened.page
    assert not page.locator("text=41").first.is_visible()
    page.locator("#card-1").get_by_label("the same", exact=True).check()
    assert page.locator("#card-1 .after").is_visible()
    assert not page.locator("#card-2 .after").is_visible()
    page.locator("#card-2").get_by_label("the first is part of the second").check()
    page.locator("#by").fill('Rita "R"')
    assert page.locator("#told").inner_text() == "2 of 3 answered"
    with page.expect_download() as download:
        page.locator("#save").click()
    saved = tmp_path / "same.yaml"
    download.value.save_as(saved)
    said = sorted(cs.read(saved).identifications, key=lambda each: str(each.relation))
    assert [(str(each.relation), tuple(each.events), each.whole, each.says) for each in said] == [
        ("part-of", ('sheet "2"',), "ged 2", 'Rita "R"'),
        ("same", ("ged 1", "sheet 1"), None, 'Rita "R"'),
    ]
    assert opened.complaints == []
    assert opened.elsewhere == []
    assert page.evaluate("typeof hacked") == "undefined"


def test_an_answer_can_be_taken_back(questions: Path, visit: Callable[..., Any]) -> None:
    """Don't know is no answer, and hides the figures again."""
    page = visit(questions).page
    page.locator("#card-3").get_by_label("different").check()
    page.locator("#card-3").get_by_label("don't know").check()
    assert page.locator("#told").inner_text() == "0 of 3 answered"
    assert not page.locator("#card-3 .after").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1000, 360])
def test_it_meets_wcag(scheme: str, width: int, questions: Path, axe: str, visit: Callable[..., Any]) -> None:
    """axe-core finds no violation, and the page is no wider than a phone."""
    screen = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}, "bypass_csp": True}
    page = visit(questions, **screen).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(axe)
    assert violations(page) == []
