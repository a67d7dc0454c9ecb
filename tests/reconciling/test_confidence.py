"""The level of a figure by the printed table: each start, and each step up and down."""

from __future__ import annotations

from typing import Any

import pytest

from casualties.model.claim import Assessment, Claim
from casualties.model.figure import End, Figure
from casualties.model.ledger import Ledger
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term
from casualties.reconciling.confidence import RULES, Confidence, Level
from casualties.results import Finding, reconcile

KILLED = Subject(harm=["killed"], side="armenian", until="2020-09-30")
FIGHTERS, CIVILIANS = KILLED.replacing(status="combatant"), KILLED.replacing(status="civilian")
SOURCES = (
    Source(key="mod", kinds=["belligerent"], side="armenian"),
    Source(key="army", kinds=["belligerent"], side="armenian"),
    Source(key="enemy", kinds=["belligerent"], side="azerbaijani"),
    Source(key="turkey", kinds=["government"], side="turkish"),
    Source(key="un", kinds=["intergovernmental"]),
    Source(key="ngo", kinds=["ngo"]),
    Source(key="paper", kinds=["media"]),
    Source(key="reporter", kinds=["journalist"]),
    Source(key="blog"),
    Source(key="unnamed", kinds=["unattributed"]),
)
OPPOSED = Term(kind="side", key="armenian", against=["azerbaijani"])
FIVE = Figure.at_least(5)
GRADED_D = [Assessment(grader="desk", reliability="D")]


def says(source: str, figure: int | Figure, about: Subject = KILLED, **more: Any) -> Claim:
    """Make a claim that states a figure."""
    given = Figure.exactly(figure) if isinstance(figure, int) else figure
    return Claim(source=source, subject=about, figure=given, **more)


def finding(*claims: Claim, **asked: Any) -> Finding:
    """Give the only finding of some claims."""
    (only,) = reconcile(Ledger(claims, sources=SOURCES, terms=[OPPOSED]), **asked)
    return only


def told(found: Confidence) -> tuple[str, list[str]]:
    """Give the level with its figure, and the rules that applied."""
    return str(found), [reason.rule for reason in found.reasons]


class TestStart:
    @pytest.mark.parametrize(
        ("claims", "expected", "rules"),
        [
            ([Claim(source="un", subject=KILLED, stance="silent")], "none", ["no bearer"]),
            ([Claim(source="un", subject=KILLED, stance="denies", aspect="occurrence")], "none", ["no bearer"]),
            ([says("un", 10)], "low, for 10 or more", ["one bearer"]),
            ([says("un", 10), says("ngo", 12)], "moderate, for 10 or more", ["several bearers"]),
            ([says("un", 0), says("ngo", 1)], "moderate, for up to 1", ["several bearers"]),
            ([says("un", Figure.at_most(25)), says("ngo", FIVE)], "low, for 5 or more", ["one bearer"]),
            ([says("un", 10), says("ngo", FIVE)], "low, for 10 or more", ["one bearer"]),
            ([says("un", 10), says("unnamed", 10)], "low, for 10 or more", ["one bearer"]),
            ([says("unnamed", 10)], "low, for 10 or more", ["one bearer"]),
        ],
    )
    def test_by_who_bears_out_the_undisputed_floor(self, claims: list[Claim], expected: str, rules: list[str]) -> None:
        """It is about "at least n", or "at most n" where there is no floor, and nobody's report adds to another."""
        assert told(finding(*claims).confidence) == (expected, rules)

    @pytest.mark.parametrize(
        ("source", "basis", "rules"),
        [
            ("un", "verified", ["one counted"]),
            ("un", "investigated", ["one counted"]),
            ("un", "buried", ["one bearer"]),
            ("un", "examined", ["one bearer"]),
            ("mod", "verified", ["one bearer"]),
            ("unnamed", "listed", ["one bearer"]),
        ],
    )
    def test_one_that_counted_so_many(self, source: str, basis: str, rules: list[str]) -> None:
        """Names and documents by somebody without a side are moderate by themselves."""
        found = finding(says(source, 10, KILLED.replacing(basis=basis)))
        assert told(found.confidence)[1] == rules
        assert found.confidence.level is (Level.MODERATE if rules == ["one counted"] else Level.LOW)

    def test_claims_of_the_bearers_are_named(self) -> None:
        """Who only allows a figure does not bear it out."""
        one, other, third = says("un", 10), says("ngo", 12), says("paper", FIVE)
        (start, *_) = finding(one, other, third).confidence.reasons
        assert start.claims == tuple(sorted((one.id, other.id)))
        named = ", ".join(start.claims)
        assert str(start) == f"moderate: Two or more independent sources bear it out. Claims: {named}."


class TestUp:
    @pytest.mark.parametrize(
        ("claims", "rules"),
        [
            ([says("un", 10), says("ngo", FIVE), says("paper", FIVE)], ["three kinds"]),
            ([says("un", 10), says("reporter", FIVE), says("paper", FIVE)], []),  # the press is one kind
            ([says("un", 10), says("ngo", FIVE), says("unnamed", FIVE)], []),
            ([says("un", 10), says("ngo", FIVE), says("blog", FIVE)], []),
            ([says("mod", FIVE, FIGHTERS), says("un", FIVE, FIGHTERS)], ["against interest"]),
            ([says("mod", FIVE, FIGHTERS), says("enemy", FIVE, FIGHTERS)], ["against interest"]),
            ([says("mod", FIVE, FIGHTERS), says("army", FIVE, FIGHTERS)], []),
            ([says("mod", FIVE), says("un", FIVE)], []),  # of whom nobody says that they fought
            ([says("mod", FIVE, CIVILIANS), says("un", FIVE, CIVILIANS)], []),
            ([says("enemy", FIVE, CIVILIANS), says("un", FIVE, CIVILIANS)], ["against interest"]),
            ([says("turkey", FIVE, CIVILIANS), says("un", FIVE, CIVILIANS)], []),
            ([says("un", FIVE, KILLED.replacing(basis="listed")), says("mod", FIVE)], ["counted"]),
            ([says("mod", FIVE, KILLED.replacing(basis="listed")), says("un", FIVE)], []),
        ],
    )
    def test_steps_for_at_least_five(self, claims: list[Claim], rules: list[str]) -> None:
        """Three kinds, against interest, and a counted floor with any second."""
        found = finding(*claims).confidence_in(FIVE)
        assert told(found)[1] == ["several bearers", *rules]
        assert found.level is (Level.HIGH if rules else Level.MODERATE)

    def test_blamed_where_the_side_of_the_victims_is_not_said(self) -> None:
        """The side that is blamed admits so many civilians, and somebody else counts them too."""
        dead = Subject(harm=["killed"], status="civilian", until="2020-09-30")
        accused = dead.replacing(perpetrator="azerbaijani")
        found = finding(says("enemy", FIVE, dead), says("un", FIVE, accused))
        assert told(found.confidence)[1] == ["several bearers", "against interest"]

    def test_those_who_make_a_step_do_not_dispute_one_another(self) -> None:
        """Three kinds bear out ten or more; two of them dispute, so that no three agree."""
        claims = [says("un", 10), says("ngo", 12), says("paper", Figure.at_least(10))]
        assert told(finding(*claims).confidence) == ("moderate, for 10 or more", ["several bearers"])
        counted = [says("un", 10), says("ngo", 12, KILLED.replacing(basis="listed"))]
        assert told(finding(*counted).confidence)[1] == ["several bearers"]

    def test_never_above_high(self) -> None:
        """All three steps at once are high."""
        claims = [
            says("mod", FIVE, FIGHTERS),
            says("un", FIVE, FIGHTERS.replacing(basis="listed")),
            says("ngo", FIVE, FIGHTERS),
        ]
        found = finding(*claims).confidence
        assert found.level is Level.HIGH
        assert told(found)[1] == ["several bearers", "three kinds", "against interest", "counted"]


def of_kinds(*kinds: str) -> list[Source]:
    """Make sources called a, b, c … of some kinds each, with spaces between them."""
    return [Source(key=key, kinds=each.split()) for key, each in zip("abcdefg", kinds, strict=False)]


class TestThreeKinds:
    """Three kinds are chosen one from each of three bearers that agree among themselves."""

    @pytest.mark.parametrize(
        ("kinds", "holds"),
        [
            (("ngo media", "ngo media", "ngo media", "government"), False),
            (("ngo media", "ngo media", "ngo intergovernmental", "government"), True),
        ],
    )
    def test_who_disputes_lends_no_kind(self, kinds: tuple[str, ...], holds: bool) -> None:
        """Of three that say ten each has two kinds; a third kind must be theirs, since the fourth says a hundred."""
        claims = [*(says(key, 10) for key in "abc"), says("d", 100)]
        (found,) = reconcile(Ledger(claims, sources=of_kinds(*kinds), terms=[OPPOSED]))
        rules = [reason.rule for reason in found.confidence_in(FIVE).reasons]
        assert ("three kinds" in rules) is holds

    def test_bearers_of_another_finding_lend_no_kind(self) -> None:
        """Two of one kind and a third of two are one short, in whichever finding they stand."""
        sources = of_kinds("ngo", "ngo", "media government")
        findings = [CIVILIANS, FIGHTERS]
        claims = [says(key, 10, about) for about in findings for key in "abc"]
        for found in reconcile(Ledger(claims, sources=sources, terms=[OPPOSED])):
            assert told(found.confidence) == ("moderate, for 10 or more", ["several bearers"])


class TestDown:
    @pytest.mark.parametrize(
        ("claims", "rules"),
        [
            ([says("un", FIVE, modality="alleged"), says("ngo", FIVE, modality="derived")], ["tentative"]),
            ([says("un", FIVE, modality="alleged"), says("ngo", FIVE)], []),
            ([says("un", Figure(5, None, assumed=frozenset({End.LOW}))) for _ in (1,)], None),
            ([says("un", FIVE), says("ngo", FIVE), says("paper", 4)], ["contested"]),
            ([says("un", FIVE), says("ngo", FIVE), says("paper", 4, assessments=GRADED_D)], []),
        ],
    )
    def test_steps_for_at_least_five(self, claims: list[Claim], rules: list[str] | None) -> None:
        """All tentative, all assumed, contested; who is graded low contests nothing."""
        found = finding(*claims).confidence_in(FIVE)
        if rules is None:
            assert told(found) == ("low, for 5 or more", ["one bearer", "assumed"])
        else:
            assert told(found)[1] == ["several bearers", *rules]
            assert found.level is (Level.LOW if rules else Level.MODERATE)

    @pytest.mark.parametrize(
        ("grades", "rules"),
        [
            (GRADED_D, ["no bearer"]),
            ([Assessment(grader="desk", credibility="4")], ["no bearer"]),
            ([Assessment(grader="desk", reliability="F")], ["one bearer"]),
        ],
    )
    def test_graded_low_bears_out_nothing(self, grades: list[Assessment], rules: list[str]) -> None:
        """Who is graded D, E, 4 or 5 throughout is left out; "cannot be judged" is no grade."""
        assert told(finding(says("un", 10, assessments=grades)).confidence)[1] == rules

    def test_outliers_contest_as_everybody_does(self) -> None:
        """Four say ten, one says three: three is an outlier, excludes ten or more, and takes it down a step."""
        claims = [says(source, 10) for source in ("un", "ngo", "mod", "enemy")]
        found = finding(*claims, says("paper", 3))
        assert [voice.sources for voice in found.outliers] == [("paper",)]
        assert told(found.confidence) == ("moderate, for 10 or more", ["several bearers", "three kinds", "contested"])

    @pytest.mark.parametrize(
        ("first", "beyond"),
        [
            (10, (100, 200)),  # two above: three shares below each, where two outside ask for six
            (100, (10, 1)),  # two below, likewise
        ],
    )
    def test_outliers_are_counted_among_those_of_their_own_finding(self, first: int, beyond: tuple[int, int]) -> None:
        """Three against two is a dispute of all, whatever stands in a finding before it: nobody there is an outlier."""
        three = ("un", "ngo", "enemy")
        one = [*(says(each, 50, CIVILIANS) for each in three), says("paper", 300, CIVILIANS)]
        other = [*(says(each, first, FIGHTERS) for each in three)]
        other += [says(each, figure, FIGHTERS) for each, figure in zip(("paper", "turkey"), beyond, strict=True)]
        found = reconcile(Ledger([*one, *other], sources=SOURCES, terms=[OPPOSED]))
        outliers = {each.subject.status: [voice.sources for voice in each.outliers] for each in found}
        assert outliers == {"civilian": [("paper",)], "combatant": []}

    @pytest.mark.parametrize(
        ("as_of", "stale"), [(None, False), ("2020-10-30", False), ("2020-10-31", True), ("2020-11", True)]
    )
    def test_stale_after_thirty_days(self, as_of: str | None, stale: bool) -> None:
        """Thirty days are fresh, thirty-one are not; the latest day is never stale."""
        assert ("stale" in told(finding(says("un", 10), as_of=as_of).confidence)[1]) is stale

    @pytest.mark.parametrize(
        "about", [KILLED.replacing(until=None), KILLED.replacing(event="strike"), KILLED.replacing(harm=["missing"])]
    )
    def test_what_does_not_grow_stale(self, about: Subject) -> None:
        """What nobody dates has no age, an event is closed, and a stock is of its day."""
        assert "stale" not in told(finding(says("un", 10, about), as_of="2030").confidence)[1]


class TestFigure:
    def test_level_of_a_range_is_that_of_its_weaker_end(self) -> None:
        """24 or more is borne out by two, 30 or fewer by one."""
        found = finding(says("un", Figure(24, 30)), says("ngo", Figure.at_least(24)))
        assert str(found.confidence_in(Figure.at_least(24))) == "moderate, for 24 or more"
        assert str(found.confidence_in(Figure(24, 30))) == "low, for 24–30"

    def test_nought_or_more_says_nothing(self) -> None:
        """There is no level of what cannot be wrong."""
        assert finding(says("un", 10)).confidence_in(Figure(0, None)).level is Level.NONE

    def test_who_excludes_a_range_bears_out_none_of_it(self) -> None:
        """12 reaches "at least 5", and excludes 5 to 10."""
        found = finding(says("un", 12), says("ngo", FIVE))
        assert told(found.confidence_in(Figure(5, 10)))[1] == ["no bearer"]
        assert told(found.confidence_in(FIVE))[1] == ["several bearers"]


def test_every_rule_is_in_the_table_once() -> None:
    """The table names each rule once, starts with levels and steps by one."""
    assert len({name for _, name, *_ in RULES}) == len(RULES)
    for kind, _, change, _ in RULES:
        assert change in {"start": {"none", "low", "moderate"}, "up": {"+1"}, "down": {"-1"}}[kind]


def test_texts() -> None:
    """A level without a figure shows as its word; a reason without claims names none."""
    silent = finding(Claim(source="un", subject=KILLED, stance="silent")).confidence
    assert str(silent) == "none"
    assert str(silent.reasons[0]) == "none: Nobody bears it out."
