"""The pages of the site: each has a title and a description of its own, and stands in the menu."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(page for page in DOCS.rglob("*.md"))


def parts(page: Path) -> tuple[dict[str, str], str]:
    """Give the front matter of a page, and its text."""
    text = page.read_text(encoding="utf-8")
    head = re.match(r"---\n(.*?)\n---\n+", text, re.DOTALL)
    return (yaml.safe_load(head[1]), text[head.end() :]) if head else ({}, text)


def title(page: Path) -> str:
    """Give the title of a page, or of the file that it includes."""
    text = parts(page)[1]
    if included := re.match(r'--8<-- "([^":]+)"$', text, re.MULTILINE):
        text = (ROOT / included[1]).read_text(encoding="utf-8")
    return text.partition("\n")[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_page_has_a_description(page: Path) -> None:
    """What a page is about stands above it in one sentence, which search engines and previews show."""
    description = parts(page)[0].get("description", "")
    assert 25 <= len(description) <= 170, "write '---', 'description: …' and '---' above the title"
    assert description.endswith((".", "?"))


def test_no_two_pages_share_a_description_or_a_title() -> None:
    """Titles and descriptions tell pages apart, whatever the case of their letters."""
    for told in (lambda page: parts(page)[0].get("description", ""), title):
        seen: dict[str, list[str]] = {}
        for page in PAGES:
            seen.setdefault(told(page).casefold(), []).append(page.name)
        assert {text: pages for text, pages in seen.items() if len(pages) > 1} == {}


def test_every_page_has_a_title() -> None:
    """A page opens with its title."""
    assert [page.name for page in PAGES if not title(page).startswith("# ")] == []
