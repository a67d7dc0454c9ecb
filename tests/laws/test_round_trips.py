"""What is written is read back equal, in every format and for every ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from casualties.formats import json, yaml
from casualties.testing import ledgers

if TYPE_CHECKING:
    from types import ModuleType

    from casualties import Ledger


@pytest.mark.parametrize("form", [yaml, json], ids=["yaml", "json"])
@given(ledger=ledgers())
def test_text_is_read_back_equal(form: ModuleType, ledger: Ledger) -> None:
    """A ledger written as text and read again is the same ledger, and is written as the same text."""
    text = form.dumps(ledger)
    again = form.loads(text)
    assert again == ledger
    assert form.dumps(again) == text
