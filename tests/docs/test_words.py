"""One language: pages for readers use the words of the field, and none that only the code knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.docs.test_menu import DOCS

READ = sorted(page for part in ("explanation", "how-to", "tutorial") for page in (DOCS / part).glob("*.md"))
FENCE = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"`[^`]*`|\*[^*\n]+\*|\([^)\n]*assumed\)")
"""What stands as code, or in slanting letters as a word of the tables, is quoted and not said."""

PRIVATE = {
    r"floors?|ceilings?": "at least, at most; lower end, upper end",
    r"standpoints?": "view",
    r"voices?": "independent source",
    r"bearers?|organs?": "the source that bears it out; office",
    r"belligerents?": "party to the conflict",
    r"(?<!alleged )perpetrators?": "alleged perpetrator",
    r"worksheets?": "coding",
}


@pytest.mark.parametrize("page", READ, ids=lambda page: page.stem)
def test_page_says_the_words_of_the_field(page: Path) -> None:
    """Prose says the word at the right, and never the one at the left."""
    text = page.read_text(encoding="utf-8")
    prose = QUOTED.sub("", FENCE.sub("", text.partition("\n## Other words for this\n")[0]))
    found = {
        (word[0], better)
        for old, better in PRIVATE.items()
        for word in re.finditer(rf"\b(?:{old})\b", prose, re.IGNORECASE)
    }
    assert found == set(), "say it by the word of the field, or mark it as code or as a quotation"


@pytest.mark.parametrize("page", READ, ids=lambda page: page.stem)
def test_page_opens_with_prose(page: Path) -> None:
    """Below the title stands a sentence that says what the page is about, and no heading, table or code."""
    first = re.search(r"^# .+\n\n(.)", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert first is not None
    assert first[1] not in "#|!<-"
