"""What all tests share: Hypothesis profiles, and the folder of real data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("dev", max_examples=100, deadline=None)
settings.register_profile("ci", max_examples=200, deadline=None, derandomize=True, print_blob=True)
settings.register_profile("second", parent=settings.get_profile("ci"), max_examples=40)  # on a second Python
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of real data, which is no part of the repository, or skip the test."""
    named = os.environ.get("CASUALTIES_DATA")
    near = (parent / "shared" / "data" for parent in Path(__file__).parents)
    folder = Path(named) if named else next((path for path in near if path.is_dir()), None)
    if folder is None or not folder.is_dir():
        pytest.skip("the real data folder is absent; name it in CASUALTIES_DATA")
    return folder
