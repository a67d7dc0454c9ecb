"""The page of the codebooks says what their objects say."""

from __future__ import annotations

from pathlib import Path

import pytest

from casualties import codebooks

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "codebooks.md"


@pytest.mark.parametrize("name", codebooks.names())
def test_page_describes_the_codebook(name: str) -> None:
    """A codebook stands on the page under its name, with its rules and parameters as the object has them."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {name}\n", 1)[1].split("\n## ", 1)[0]
    assert codebooks.load(name).to_markdown() in section


def test_page_lists_the_common_parameters() -> None:
    """The parameters of every codebook stand on the page before the first codebook."""
    head = PAGE.read_text(encoding="utf-8").split("\n## ", 1)[0]
    assert [each.to_markdown() for each in codebooks.COMMON if each.to_markdown() not in head] == []


def test_page_is_in_the_order_of_the_registry() -> None:
    """The sections of the page are the codebooks, in the order in which they are listed."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    assert tuple(line.removeprefix("## ") for line in lines if line.startswith("## ")) == codebooks.names()
