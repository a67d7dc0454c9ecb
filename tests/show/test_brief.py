"""The brief: it opens with the answer and stays within its lines."""

from __future__ import annotations

import pytest

import casualties as cs
from casualties.errors import CasualtiesError

WAR = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-war")).brief()


def test_brief_of_the_war_fits_a_screen() -> None:
    """189 claims take 25 lines of 80 columns at most, and what is disputed comes first, the widest gap first."""
    lines = str(WAR).splitlines()
    assert len(lines) <= 25
    assert max(map(len, lines)) <= 80
    assert lines[2] == "Disputed: 3 subjects, the widest first:"
    assert "more than 700 (open-source tally of" in lines[3]
    assert "18,000 (Hrant Bagratyan)" in lines[4]
    assert lines[-1].startswith("  ") or lines[-1].startswith("Set aside")


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("lines", [14, 25, 60])
@pytest.mark.parametrize("seed", cs.seeds.names())
def test_brief_keeps_its_room(seed: str, lines: int, width: int) -> None:
    """Whatever the ledger holds, the brief has no more lines and no wider ones than asked, and every title stands."""
    brief = cs.reconcile(cs.seeds.load(seed)).brief()
    told = brief.to_text(width=width, lines=lines).splitlines()
    assert len(told) <= lines
    assert max(map(len, told)) <= width
    for section in brief.sections[:3]:
        assert any(line.startswith(section.title.split(":")[0]) for line in told)


def test_brief_names_the_claims_behind_its_numbers() -> None:
    """As data, every number of a disputed subject names claims of the ledger."""
    ledger = cs.seeds.load("nagorno-karabakh-2020-war")
    for section in WAR.sections:
        for sentence in section.sentences:
            assert sentence.claims
            assert all(claim in ledger for claim in sentence.claims)
    first = WAR.sections[0].sentences[0].to_dict()["numbers"]
    assert [each["low"] for each in first] == [701, 18_000]  # type: ignore[attr-defined]


def test_too_few_lines_are_refused() -> None:
    """A brief has room for its titles."""
    with pytest.raises(CasualtiesError, match="lines 3: too few for a brief"):
        WAR.to_text(lines=3)


def test_what_was_not_read_is_said() -> None:
    """Cells that could be no claim are counted, and named where there is room."""
    mapping = {"name": "sheet", "source": "{who}", "claims": [{"harm": "killed", "count": "dead"}]}
    rows = [{"who": "SOHR", "dead": "at least 11"}, {"who": "VDC", "dead": "15-Oct"}]
    told = str(cs.reconcile(cs.read_table(rows, mapping)).brief())
    assert "Not read: 1 cell:" in told
    assert "15-Oct" in told
