"""Laws of the pictures and the page: any ledger can be shown, and no claim is missing."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import casualties as cs
from casualties.model.ledger import Ledger
from casualties.show.plots import PICTURES
from casualties.testing import ledgers


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(ledger=ledgers(), picture=st.sampled_from(PICTURES), width=st.sampled_from([320, 800]))
def test_any_ledger_can_be_drawn_within_the_sheet(ledger: Ledger, picture: str, width: int) -> None:
    """Whatever a ledger holds, a picture of it has its marks on the sheet, and a text."""
    plot = cs.reconcile(ledger).plot(picture, width=width)
    spec = json.loads(plot.spec)
    assert plot.alt.startswith(plot.title)
    for layer in spec["layer"]:
        for row in layer["data"]["values"]:
            assert 0 <= row["x"] <= width
            assert 0 <= row["y"] <= spec["height"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(ledger=ledgers())
def test_the_page_loses_no_claim(ledger: Ledger) -> None:
    """Whatever a ledger holds, every claim stands on its page by its identity."""
    page = cs.reconcile(ledger).to_html(pictures=False)
    assert page.count("<article") == len(ledger)
    assert all(f"<code>{claim.id}</code>" in page for claim in ledger)


def test_any_ledger_is_drawn_by_the_library_that_draws() -> None:
    """What is described is drawn: one ledger of every kind of mark, as one image."""
    pytest.importorskip("vl_convert", reason="needs the extra plot")
    war = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-war")).about(side="armenian", status="civilian")
    for picture in PICTURES:
        assert war.plot(picture, limit=3).svg().count("<svg ") == 1
