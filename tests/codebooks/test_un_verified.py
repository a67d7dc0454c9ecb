"""United Nations verification, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casualties.model.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from casualties.results import Finding

LISTED = {"facets": {"basis": "listed"}}
DOCUMENTED = {"facets": {"basis": "documented"}}


def test_un_verified_three_sources(finding_of: Callable[..., Finding]) -> None:
    """The most that three independent sources bear out is written; two organs of one state are one source."""
    said = [("un", 14, DOCUMENTED), ("aid", 12, LISTED), ("hospital", Figure.at_least(9), LISTED)]
    assert finding_of(*said).resolve("un-verified").number == 9
    two = finding_of(*said[:2], ("state", 13, LISTED)).resolve("un-verified")
    assert two.number == 12
    assert (
        not finding_of(("un", 14, LISTED), ("state", 13, LISTED), ("ministry", 12, LISTED)).resolve("un-verified").coded
    )


def test_un_verified_persons(finding_of: Callable[..., Finding]) -> None:
    """A bare number verifies nobody, whoever names it; asked for any count, the rule takes it."""
    said = [("un", 14), ("aid", 12), ("hospital", 13)]
    refused = finding_of(*said).resolve("un-verified")
    assert refused.reason == "not coded: needs 3 independent sources that counted persons one by one: there are 0"
    assert finding_of(*said).resolve("un-verified", counted="any").number == 12
    lists = [("un", 14, LISTED), ("aid", 12, LISTED), ("hospital", 13, LISTED)]
    steps = finding_of(*lists).resolve("un-verified").steps
    assert any("only their lists can tell" in step.text for step in steps)


def test_un_verified_no_estimates(finding_of: Callable[..., Finding]) -> None:
    """An estimate verifies nobody, by whatever number."""
    said = [("un", 14, LISTED), ("aid", 12, LISTED), ("hospital", 900, {"method": "survey"})]
    resolution = finding_of(*said).resolve("un-verified")
    assert resolution.reason.endswith("there are 2")
    assert "no-estimates" in [step.rule for step in resolution.steps]


def test_un_verified_may_ask_for_kinds(finding_of: Callable[..., Finding]) -> None:
    """Two papers are one kind; a compiler repeats others, and a nameless source may be any of them."""
    said = [("un", 14), ("paper", 12), ("agency", 13)]
    assert finding_of(*said).resolve("un-verified", counted="any").number == 12
    refused = finding_of(*said).resolve("un-verified", counted="any", kinds=3)
    assert refused.reason == "not coded: needs 3 independent sources of 3 kinds: there are 3"
    nobody = finding_of(("reports", 14), ("almanac", 14)).resolve("un-verified", counted="any")
    assert nobody.reason.endswith("there are 0")


def test_un_verified_takes_a_list_beside_a_whole(finding_of: Callable[..., Finding]) -> None:
    """Of a source that counts 9 by name and says 20 in all, the 9 are persons."""
    said = [("un", 9, LISTED), ("un", 20), ("aid", 12, LISTED), ("hospital", 13, LISTED)]
    assert finding_of(*said).resolve("un-verified").number == 9
