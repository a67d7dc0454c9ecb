"""The README and the site open with a headline and a picture that the library gives today."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = runpy.run_path(str(ROOT / ".ci" / "readme_picture.py"))


def test_pictures_are_those_that_the_library_draws() -> None:
    """Both files are what the script draws; else run `python .ci/readme_picture.py`."""
    for name, picture in SCRIPT["pictures"]().items():
        assert (ROOT / "docs" / "assets" / name).read_text(encoding="utf-8") == picture + "\n"
        assert name in (ROOT / "README.md").read_text(encoding="utf-8")


def test_headline_is_what_the_finding_says() -> None:
    """The sentence above the picture is computed from the seed."""
    for page in ("README.md", "docs/index.md"):
        assert f"**{SCRIPT['headline']()}**" in (ROOT / page).read_text(encoding="utf-8")
