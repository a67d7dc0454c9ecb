"""The laws of reconciling one topic, each on two hundred sets; `python -m tests.laws.section_seven` tries more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .section_seven import LAWS, broken, newcomers


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_law(law: Callable[[int], None]) -> None:
    """It holds on every set."""
    assert broken(law, 0, 200) == []


def test_new_sources_are_met() -> None:
    """The laws on one more source are tried on many subjects."""
    assert sum(len(newcomers(seed)) for seed in range(200)) > 60
