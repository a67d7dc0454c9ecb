"""Laws of the pictures and the page: any ledger can be shown, and no claim is missing."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import examples

import casualties as cs
from casualties.model.ledger import Ledger
from casualties.show.plots import PICTURES
from casualties.testing import ledgers


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(ledger=ledgers(), picture=st.sampled_from(PICTURES), width=st.sampled_from([320, 800]))
def test_any_ledger_can_be_drawn_within_the_sheet(ledger: Ledger, picture: str, width: int) -> None:
    """Whatever a ledger holds, a picture of it has its marks on the sheet, and a text."""
    plot = cs.reconcile(ledger).plot(picture, width=width)
    sheet = ET.fromstring(plot.svg())
    assert plot.alt.startswith(plot.title)
    for mark in sheet.iter():
        assert 0 <= float(mark.get("x", 0)) <= width
        assert 0 <= float(mark.get("y", 0)) <= float(sheet.attrib["height"])


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(ledger=ledgers())
def test_the_page_loses_no_claim(ledger: Ledger) -> None:
    """Whatever a ledger holds, every claim stands on its page by its identity."""
    page = cs.reconcile(ledger).to_html(pictures=False)
    assert page.count("<article") == len(ledger)
    assert all(f"<code>{claim.id}</code>" in page for claim in ledger)


def test_any_ledger_is_one_image() -> None:
    """A war is one image in every picture, well formed."""
    war = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-war")).about(side="armenian", status="civilian")
    for picture in PICTURES:
        assert war.plot(picture, limit=3).svg().count("<svg ") == 1
