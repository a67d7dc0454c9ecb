"""What the tests of showing share: the answer on the seed article."""

from __future__ import annotations

import pytest

import casualties as cs


@pytest.fixture(scope="session")
def seed() -> cs.Reconciliation:
    """Reconcile the article of 30 September 2020."""
    return cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
