"""The list of pages for programs that read is the menu of the site."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_list_is_the_menu() -> None:
    """Every page of the menu stands in llms.txt with its title; else run `python .ci/llms.py`."""
    script = runpy.run_path(str(ROOT / ".ci" / "llms.py"))
    assert (ROOT / "docs" / "llms.txt").read_text(encoding="utf-8") == script["listing"]()


def test_list_leads_to_pages() -> None:
    """Every page of the site is there once, and every link of the list leads to one."""
    text = (ROOT / "docs" / "llms.txt").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\.html\)", text)
    written = {path.relative_to(ROOT / "docs").with_suffix("").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert sorted(links) == sorted(written)
