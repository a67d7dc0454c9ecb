"""Merging is set union: it commutes, associates, is idempotent, has an identity, and loses nothing."""

from __future__ import annotations

import pytest
from hypothesis import given

import casualties as cs
from casualties.testing import LEDGER_LAWS, check_ledger_laws, ledgers


@given(one=ledgers(max_claims=4), other=ledgers(max_claims=3), third=ledgers(max_claims=2))
def test_laws_hold(one: cs.Ledger, other: cs.Ledger, third: cs.Ledger) -> None:
    """Every law holds of any three ledgers."""
    check_ledger_laws(one, other, third)


def test_a_broken_law_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A law that fails is told by its name."""
    monkeypatch.setitem(LEDGER_LAWS, "no ledger is like another", lambda a, b, _: a != b)
    with pytest.raises(AssertionError, match="no ledger is like another"):
        check_ledger_laws(cs.Ledger(), cs.Ledger(), cs.Ledger())
