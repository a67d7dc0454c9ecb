"""Names of sources: what is the same by declaration, what is split, and what is only proposed."""

from __future__ import annotations

import sys

import pytest

from casualties.errors import CasualtiesError, LedgerError, MissingExtraError, ModelError, UnknownNameError
from casualties.model.registry import LikelySpelling, Registry
from casualties.model.source import Source

KNOWN = Registry(
    [
        Source(key="sohr", names=["Syrian Observatory for Human Rights"], aliases=["SOHR"], kinds=["monitor"]),
        Source(key="vdc", aliases=["VDC", "Violations Documentation Center"]),
        Source(key="mivd", names=["Service (MIVD; the Hague)"]),
    ]
)


@pytest.mark.parametrize("name", ["SOHR", " sohr ", "syrian  Observatory FOR human rights", "ＳＯＨＲ"])
def test_case_spaces_and_width_do_not_matter(name: str) -> None:
    """A name is known in any case, spacing and width of letters."""
    found = KNOWN.find(name)
    assert found is not None
    assert found.key == "sohr"


@pytest.mark.parametrize("name", ["Syrian Observatory for HR", "S.O.H.R.", "SOHR 2", ""])
def test_what_only_looks_alike_is_not_known(name: str) -> None:
    """Nothing is merged because it looks alike."""
    assert KNOWN.find(name) is None


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("SOHR; VDC", ["sohr", "vdc"]),
        ("VDC;SOHR;", ["sohr", "vdc"]),
        ("VDC | SOHR", ["sohr", "vdc"]),
        ("SOHR, VDC", ["sohr", "vdc"]),
        ("SOHR and VDC", ["sohr", "vdc"]),
        ("SOHR/VDC", ["sohr", "vdc"]),
        ("SOHR; SOHR", ["sohr"]),
        ("SOHR, police", ["SOHR, police"]),
        ("SOHR; police", ["police", "sohr"]),
        ("Kyiv, Ukraine", ["Kyiv, Ukraine"]),
        ("Service (MIVD; the Hague)", ["mivd"]),
        ("Service (other; name)", ["Service (other; name)"]),
        ("Sandy", ["Sandy"]),
    ],
)
def test_joint_statements_are_split(text: str, keys: list[str]) -> None:
    """A semicolon outside parentheses parts; other words part only known names; each party stands once."""
    assert [party.key for party in KNOWN.parties(text)] == keys


def test_nothing_is_split_without_separators() -> None:
    """A table whose sources are never joint says so."""
    assert [party.key for party in KNOWN.parties("Smith; Jones", separators=())] == ["Smith; Jones"]


@pytest.mark.parametrize("text", ["", " ", ";", " ; "])
def test_no_name_is_an_error(text: str) -> None:
    """A text that names nobody is refused."""
    with pytest.raises(CasualtiesError, match="names nobody"):
        KNOWN.parties(text)


def test_name_too_long_is_an_error() -> None:
    """A party whose name no source may have is refused."""
    with pytest.raises(ModelError, match="1001 characters are more than 1000"):
        KNOWN.parties("x" * 1001)


def test_one_name_for_two_sources_is_an_error() -> None:
    """An alias that two sources claim is refused, with both."""
    with pytest.raises(LedgerError, match="'SOHR': it stands for both 'a' and 'b'"):
        Registry([Source(key="a", aliases=["SOHR"]), Source(key="b", aliases=["SOHR"])])


def test_proposals_change_nothing_until_accepted() -> None:
    """A likely spelling is proposed; the registry knows it only in the one that accepts it."""
    name = "Syrian Observatory for Human Right"
    proposals = KNOWN.propose([name, "SOHR", "Reuters"])
    assert [(each.name, each.source) for each in proposals] == [(name, "sohr")]
    assert proposals[0].spelling == "syrian observatory for human rights"
    assert KNOWN.find(name) is None
    found = KNOWN.accepting(*proposals).find(name)
    assert found is not None
    assert found.kinds == KNOWN.sources["sohr"].kinds


def test_likelier_proposals_come_first() -> None:
    """Of several sources that may be meant the likeliest is listed first, each with its best spelling."""
    known = Registry([Source(key="mod a", aliases=["Ministry of Defence of A"]), Source(key="Ministry of Defence")])
    proposals = known.propose(["Ministry of Defense"], least=60)
    assert [each.source for each in proposals] == ["Ministry of Defence", "mod a"]
    assert proposals[0].likeness > proposals[1].likeness


def test_proposal_of_another_registry_is_refused() -> None:
    """A proposal for a source that is not there is an error."""
    with pytest.raises(UnknownNameError, match="'bbc'"):
        KNOWN.accepting(LikelySpelling("BBC", "bbc", "bbc", 100))


def test_registries_join() -> None:
    """Two registries together know the sources of both."""
    both = KNOWN | Registry([Source(key="bbc")])
    assert len(both) == 4
    assert repr(both) == "<Registry: 4 sources under 7 names>"


def test_proposals_need_their_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without rapidfuzz the error names the extra."""
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)
    with pytest.raises(MissingExtraError, match=r"install casualties\[names\]"):
        KNOWN.propose(["x"])
