"""What every estimate can do: text, frames, pictures, draws, and the choice of one number among several."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

import casualties as cs
from casualties.errors import EstimateError, MissingExtraError, UnknownNameError
from casualties.estimates import Beside, Estimate, Kind, Overlaps, Quantity, estimating
from casualties.estimates._claims import dominant

ASSETS = Path(__file__).parents[2] / "docs" / "assets"
KOSOVO = {
    ("HRW",): 306,
    ("OSCE",): 936,
    ("OSCE", "HRW"): 123,
    ("ABA",): 845,
    ("ABA", "HRW"): 31,
    ("ABA", "OSCE"): 217,
    ("ABA", "OSCE", "HRW"): 32,
    ("EXH",): 1131,
    ("EXH", "HRW"): 106,
    ("EXH", "OSCE"): 228,
    ("EXH", "OSCE", "HRW"): 42,
    ("EXH", "ABA"): 177,
    ("EXH", "ABA", "HRW"): 18,
    ("EXH", "ABA", "OSCE"): 181,
    ("EXH", "ABA", "OSCE", "HRW"): 27,
}
"""How 4,400 killings overlap on four lists (Ball and others 2002)."""


def kosovo() -> Estimate:
    """Estimate by the quick models."""
    models = ["decomposable-graphs", "log-linear", "lower-bound"]
    return cs.estimate(Overlaps.of(KOSOVO), method="overlapping-lists", level=0.95, models=models)


def test_the_picture_on_the_page_is_what_is_drawn() -> None:
    """The picture in the documentation is the library's own; `python -m tests.estimates.draw` writes it anew."""
    assert (ASSETS / "estimates-kosovo.svg").read_text(encoding="utf-8") == kosovo().to_svg()


def test_a_picture_is_well_formed_and_says_what_is_an_estimate() -> None:
    """Names from outside are escaped; every band is called an estimate and every count a count."""
    quantity = Quantity("<b>", Kind.TOTAL, 1, 10, 12, None, (Beside("A & B", 5, None, "5 or more"),))
    own = Quantity("own", Kind.TOTAL, 1, 10, 12, 900, (Beside("study", 5, 8, "5–8", estimated=True),))
    found = Estimate("pool", "1", "somebody", "people", 0.9, (quantity, own))
    tree = ET.fromstring(found.to_svg())
    words = [each.text or "" for each in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert "estimate: <b>" in words
    assert "count by A & B: 5 or more" in words
    assert "estimate by study: 5–8" in words
    assert any(each.startswith("Estimate, no count") for each in words)


def test_one_of_several_numbers_is_chosen_by_name() -> None:
    """Where numbers are of different things there is no answer until one is named."""
    one, other = (Quantity(name, Kind.TOTAL, 1, 2, 3, 4, sample=np.arange(4.0)) for name in ("a", "b"))
    found = Estimate("reporting-bias", "1", "somebody", "losses", 0.9, (one, other), several=True)
    with pytest.raises(EstimateError) as caught:
        found.draws()
    assert caught.value.reason == "several-quantities"
    assert found.about("b").median == 2
    assert found.about("b").draws().tolist() == [0, 1, 2, 3]
    with pytest.raises(UnknownNameError):
        found.about("c")
    drawn = found.about("a").draws()
    drawn[0] = 99
    assert found.about("a").draws()[0] == 0


def test_many_numbers_are_shown_in_part_and_all_stand_in_the_frame() -> None:
    """A long table tells how many rows it leaves out; numbers that are not given are missing in the frame."""
    rows = tuple(Quantity(f"e{place}", Kind.EVENT, None, None, None, None) for place in range(50))
    found = Estimate("ucdp-reporting-error", "1", "somebody", "events", 0.9, rows, several=True)
    assert "and 10 more" in found.to_text(60)
    assert max(map(len, found.to_text(60).splitlines())) <= 60
    assert len(found.to_frame()) == 50
    assert found.to_frame()[["low", "median", "mean", "high"]].isna().all().all()
    assert len(found.claims_frame()) == 0
    assert found._repr_html_() == found.to_svg()


def test_other_data_and_missing_packages_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of overlaps is for lists alone; without the extra the error says what to install."""
    with pytest.raises(EstimateError, match="pool: it estimates from a ledger"):
        cs.estimate(Overlaps.of(KOSOVO), method="pool")

    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(estimating, "import_module", missing)
    with pytest.raises(MissingExtraError, match=r"casualties\[estimate\]"):
        cs.estimate(Overlaps.of(KOSOVO), method="overlapping-lists")


def test_one_source_with_four_fifths_of_the_claims_is_named() -> None:
    """Four fifths are warned of; a lone source is not, since there is nobody beside it."""
    assert [each.text for each in dominant(["a"] * 4 + ["b"])] == ["a makes 4 of 5 claims"]
    assert dominant(["a"] * 3 + ["b"]) == []
    assert dominant(["a"] * 9) == []
