"""The page of what each format keeps says what the tables of the formats say."""

from __future__ import annotations

from pathlib import Path

from casualties.files import limits

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "limits.md"


def test_page_is_written_from_the_tables() -> None:
    """Below its introduction the page is what `limits` gives; write it anew where a format has changed."""
    text = PAGE.read_text(encoding="utf-8")
    assert text[text.index("| format |") :] == limits()
