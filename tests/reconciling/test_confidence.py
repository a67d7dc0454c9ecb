"""The level of a finding by the printed table: each start, and each step up and down."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from tests import builders

from casualties.model.claim import Assessment, Claim
from casualties.model.figure import End, Figure
from casualties.model.ledger import Ledger
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term
from casualties.reconciling.confidence import RULES, Confidence, Level
from casualties.results import reconcile

KILLED = Subject(harm=["killed"], side="armenian", until="2020-09-30")
SOURCES = (
    Source(key="mod", kinds=["belligerent"], side="armenian"),
    Source(key="enemy", kinds=["belligerent"], side="azerbaijani"),
    Source(key="enemy-press", kinds=["media"], side="azerbaijani"),
    Source(key="un", kinds=["intergovernmental"]),
    Source(key="ngo", kinds=["ngo"]),
    Source(key="paper", kinds=["media"]),
    Source(key="radio", kinds=["media"]),
    Source(key="blog"),
    Source(key="unnamed", kinds=["unattributed"]),
)
says, denies = partial(builders.says, about=KILLED), partial(builders.denies, about=KILLED)
OPPOSED = Term(kind="side", key="armenian", against=["azerbaijani"])


def confidence(*claims: Claim, **asked: Any) -> Confidence:
    """Give the confidence of the only finding of some claims."""
    (only,) = reconcile(Ledger(claims, sources=SOURCES, terms=[OPPOSED]), **asked)
    return only.confidence


def rules(*claims: Claim, **asked: Any) -> list[str]:
    """Name the rules that applied."""
    return [reason.rule for reason in confidence(*claims, **asked).reasons]


ATLEAST = Figure.at_least(5)
GRADED_D = [Assessment(grader="desk", reliability="D")]


class TestStart:
    @pytest.mark.parametrize(
        ("claims", "rule", "level"),
        [
            ([Claim(source="un", subject=KILLED, stance="silent")], "no figure", Level.NONE),
            ([denies("un")], "no figure", Level.NONE),
            ([says("un", 10)], "one voice", Level.LOW),
            ([says("un", 10), says("ngo", 12)], "disputed", Level.LOW),
            ([says("un", 10), denies("ngo")], "disputed", Level.LOW),
            ([says("un", Figure.at_most(25)), says("ngo", ATLEAST)], "compatible", Level.LOW),
            ([says("un", 10), says("ngo", ATLEAST)], "corroborated", Level.MODERATE),
        ],
    )
    def test_by_the_status(self, claims: list[Claim], rule: str, level: Level) -> None:
        """The start follows from how the voices stand."""
        found = confidence(*claims)
        assert (found.reasons[0].rule, found.level) == (rule, level)

    def test_claims_are_named(self) -> None:
        """A dispute names the claims that dispute, and no others."""
        one, other, third = says("un", 10), says("ngo", 12), says("paper", Figure.at_least(5))
        (start, *_) = confidence(one, other, third).reasons
        assert start.claims == tuple(sorted((one.id, other.id)))
        assert str(start) == f"low: Two independent voices share no count. Claims: {', '.join(start.claims)}."


class TestUp:
    @pytest.mark.parametrize(
        ("claims", "level", "steps"),
        [
            ([says("mod", 10), says("enemy", ATLEAST)], Level.HIGH, ["against interest"]),
            ([says("mod", ATLEAST), says("un", 10)], Level.HIGH, ["against interest"]),
            ([says("mod", 10), says("unnamed", ATLEAST)], Level.MODERATE, []),
            ([says("un", 10), says("enemy", ATLEAST)], Level.MODERATE, []),
            ([says("un", 10), says("ngo", ATLEAST), says("paper", ATLEAST)], Level.HIGH, ["three kinds"]),
            ([says("un", 10), says("radio", ATLEAST), says("paper", ATLEAST)], Level.MODERATE, []),
            ([says("un", 10), says("ngo", ATLEAST), says("unnamed", ATLEAST)], Level.MODERATE, []),
            ([says("un", 10), says("ngo", ATLEAST), says("blog", ATLEAST)], Level.MODERATE, []),
            (
                [says("mod", 10), says("un", ATLEAST), says("paper", ATLEAST)],
                Level.HIGH,
                ["against interest", "three kinds"],
            ),
        ],
    )
    def test_steps(self, claims: list[Claim], level: Level, steps: list[str]) -> None:
        """Against interest, and by three kinds of source; never above high."""
        assert rules(*claims) == ["corroborated", *steps]
        assert confidence(*claims).level is level

    def test_kinds_of_one_voice_do_not_add_up(self) -> None:
        """Three voices are needed, each of a known kind."""
        merged = Source(key="all", kinds=["ngo", "monitor", "medical"])
        ledger = Ledger(
            [says("all", 10), says("blog", ATLEAST), says("x", ATLEAST)],
            sources=[*SOURCES, merged, Source(key="x")],
        )
        (only,) = reconcile(ledger)
        assert [reason.rule for reason in only.confidence.reasons] == ["corroborated"]

    @pytest.mark.parametrize(
        ("source", "basis", "steps"),
        [("un", "verified", ["counted"]), ("un", "buried", []), ("mod", "verified", []), ("unnamed", "listed", [])],
    )
    def test_counted_by_a_third_party(self, source: str, basis: str, steps: list[str]) -> None:
        """Names and documents by somebody without a side."""
        assert rules(says(source, 10, about=KILLED.replacing(basis=basis))) == ["one voice", *steps]

    def test_no_step_up_in_a_dispute(self) -> None:
        """What is disputed is not lifted by how it was counted."""
        verified = KILLED.replacing(basis="verified")
        assert rules(says("un", 10, about=verified), says("ngo", 12, about=verified)) == ["disputed"]


class TestDown:
    @pytest.mark.parametrize(
        ("claims", "steps"),
        [
            ([says("un", 10, assessments=GRADED_D)], ["graded low"]),
            ([says("un", 10, assessments=[Assessment(grader="desk", credibility="4")])], ["graded low"]),
            ([says("un", 10, assessments=[Assessment(grader="desk", reliability="F")])], []),
            ([says("un", 10, modality="preliminary")], ["tentative"]),
            ([says("un", 10, modality="confirmed")], []),
            ([says("un", 10), says("un", 12)], ["divided"]),
            ([says("enemy", 10)], ["one interest"]),
            ([says("mod", 10)], []),
        ],
    )
    def test_one_voice(self, claims: list[Claim], steps: list[str]) -> None:
        """Each step by itself; the level stays at low."""
        assert rules(*claims) == ["one voice", *steps]
        assert confidence(*claims).level is Level.LOW

    @pytest.mark.parametrize(
        ("claims", "steps"),
        [
            ([says("un", 10, assessments=GRADED_D), says("ngo", ATLEAST)], []),
            ([says("un", 10, modality="alleged"), says("ngo", ATLEAST, modality="derived")], ["tentative"]),
            ([says("un", 10, modality="alleged"), says("ngo", ATLEAST)], []),
            ([says("enemy", 10), says("enemy-press", ATLEAST)], ["one interest"]),
        ],
    )
    def test_of_all_voices(self, claims: list[Claim], steps: list[str]) -> None:
        """One sound voice is enough to stay."""
        assert rules(*claims) == ["corroborated", *steps]
        assert confidence(*claims).level is (Level.LOW if steps else Level.MODERATE)

    def test_apart_by_our_reading(self) -> None:
        """Figures that an assumed end sets apart are divided."""
        about = Figure(20, 30, assumed=frozenset(End))
        assert rules(says("un", about), says("ngo", 31)) == ["compatible", "divided"]

    def test_revision_downwards_divides_nobody(self) -> None:
        """Who corrects himself is not divided."""
        assert rules(says("un", 12, "2020-09-29"), says("un", 10)) == ["one voice"]

    @pytest.mark.parametrize(
        ("as_of", "stale"), [(None, False), ("2020-10-30", False), ("2020-10-31", True), ("2020-11", True)]
    )
    def test_stale_after_thirty_days(self, as_of: str | None, stale: bool) -> None:
        """Thirty days are fresh, thirty-one are not; the latest day is never stale."""
        assert ("stale" in rules(says("un", 10), as_of=as_of)) is stale

    def test_undated_is_not_stale(self) -> None:
        """What nobody dates has no age."""
        assert rules(says("un", 10, None), as_of="2030") == ["one voice"]


def test_every_rule_is_in_the_table_once() -> None:
    """The table names each rule once, starts with levels and steps by one."""
    assert len({name for _, name, *_ in RULES}) == len(RULES)
    for kind, _, change, _ in RULES:
        assert change in {"start": {"none", "low", "moderate"}, "up": {"+1"}, "down": {"-1"}}[kind]


def test_texts() -> None:
    """A level shows as its word; a reason without claims names none."""
    silent = confidence(Claim(source="un", subject=KILLED, stance="silent"))
    assert str(silent) == "none"
    assert str(silent.reasons[0]) == "none: No source states a figure."
