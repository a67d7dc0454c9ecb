"""What all tests share: Hypothesis profiles, and the folder of real data."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings

settings.register_profile("dev", max_examples=100, deadline=None)
settings.register_profile("whole", deadline=None, derandomize=True, print_blob=True)  # a hundred, the same each time
settings.register_profile("ci", parent=settings.get_profile("whole"), max_examples=40)
settings.register_profile("second", parent=settings.get_profile("ci"), max_examples=10)  # on a second Python
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

ONCE: Final = (
    *("aligning", "codebooks", "docs", "drafting", "estimates", "hostile", "integration", "show", "wording"),
    *("cli/test_terminal.py", "surface/test_layers.py", "laws/test_estimate_laws.py", "laws/test_picture_laws.py"),
    *(f"columns/test_{name}.py" for name in ("crashes", "living", "spread", "store")),
    *(f"files/test_{name}.py" for name in ("bounds_of_files", "writing")),
)
"""What is one on every Python: real processes, timings, texts, pages. CI runs it on the highest alone."""

UNCOUNTED: Final = (
    *("docs", "hostile", "integration", "laws", "oracle", "surface", "cli/test_terminal.py", "drafting/test_laws.py"),
    "show/test_picture_numbers.py",
    *("wording/test_reading_laws.py", "wording/test_real_strings.py"),
    *(f"columns/test_{name}.py" for name in ("checking", "crashes", "links")),
)
"""What prints, starts or reads much and comes by the lines that others come by: as where examples are drawn, lines are
not counted meanwhile."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs once, and that under which lines are not counted, since counting doubles the time it takes."""
    here = Path(__file__).parent
    for item in items:
        if not item.path.is_relative_to(here):
            continue
        name = item.path.relative_to(here).as_posix()
        if name.startswith(ONCE):
            item.add_marker("once")
        drawn = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if drawn or name.startswith(UNCOUNTED) or item.get_closest_marker("real_data"):
            item.add_marker("no_cover")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of real data, which is no part of the repository, or skip the test."""
    named = os.environ.get("CASUALTIES_DATA")
    near = (parent / "shared" / "data" for parent in Path(__file__).parents)
    folder = Path(named) if named else next((path for path in near if path.is_dir()), None)
    if folder is None or not folder.is_dir():
        pytest.skip("the real data folder is absent; name it in CASUALTIES_DATA")
    return folder
