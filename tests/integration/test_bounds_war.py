"""Bounds and contradictions of the 2020 war: parts within wholes, days that add up, and errors planted among them."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

import casualties as cs
from casualties.bounding import Between, Bounds, Contradiction, Relation
from casualties.model.claim import Claim
from casualties.model.source import Source
from casualties.model.subject import Subject

SYRIANS = {"nationality": "syrian", "role": "mercenary"}
ARMENIANS = {"side": "armenian", "status": "combatant"}
DEFENCE_ARMY = {"side": "artsakh-defence-army", "status": "combatant"}


@cache
def war() -> cs.Ledger:
    """Load the ledger of the war."""
    return cs.seeds.load("nagorno-karabakh-2020-war")


@cache
def bounds() -> Bounds:
    """Bound every subject of the war."""
    return cs.bounds(war())


def killed(until: str, **facets: Any) -> Subject:
    """Name people killed from the first day of the war on."""
    return Subject(**{"harm": ["killed"], "since": "2020-09-27", "until": until, **facets})


def figures(found: Contradiction) -> list[str]:
    """List what the claims of a contradiction state, the smallest first."""
    stated = [claim.figure for claim in found.claims if claim.figure is not None]
    return [str(figure) for figure in sorted(stated, key=lambda figure: figure.low)]


def stating(*stated: str, **facets: Any) -> list[Claim]:
    """Find the claims of the war that state one of these figures of people with these facets."""
    found = [claim for claim in war().about(**facets) if str(claim.figure) in stated]
    assert {str(claim.figure) for claim in found} == set(stated)
    return found


class TestParts:
    """A part is no dispute with its whole."""

    def test_742_within_3825(self) -> None:
        """742 of the Artsakh army are among 3,825: nothing contradicts them, and they leave 3,083 for the others."""
        claims = stating("742", "3,825", side="armenian")
        assert len(claims) == 2
        assert cs.bounds(war().keeping(claims)).contradictions == ()
        assert not any("742" in figures(each) for each in bounds().contradictions)
        assert str(bounds()[killed("2020-11-10", **DEFENCE_ARMY)].figure) == "742"
        assert bounds()[killed("2020-11-10", **ARMENIANS)].low == 1_383  # the higher counts contradict one another

    def test_92_within_143(self) -> None:
        """Of at least 143 killed 92 were brought home; three days later 170 had been killed, so until then no more."""
        claims = stating("92", "143 or more", role="mercenary")
        assert len(claims) == 2
        assert cs.bounds(war().keeping(claims)).contradictions == ()
        assert not any({"92", "143 or more"} & set(figures(each)) for each in bounds().contradictions)
        assert str(bounds()[killed("2020-10-19", harm=["killed-returned"], **SYRIANS)].figure) == "92"
        whole = bounds()[killed("2020-10-19", **SYRIANS)]
        assert str(whole.figure) == "143–170"
        assert whole.high_proof.relations == (Relation.RUNNING,)

    def test_who_is_brought_home_later_is_not_added(self) -> None:
        """51 of the 143 were not home on 19 October; they may be among the 183 of the 31st, so 231 stays the floor."""
        assert bounds()[killed("2020-10-31", **SYRIANS)].low == 231

    def test_54_and_103_are_157(self) -> None:
        """103 until 30 September and 54 on 2 October are the 157 until then, so that 1 October has none."""
        assert not any({"54", "103", "157"} & set(figures(each)) for each in bounds().contradictions)
        assert str(bounds()[killed("2020-10-02", **ARMENIANS)].figure) == "157"
        between = bounds()[killed("2020-10-01", since="2020-10-01", **ARMENIANS)]
        assert str(between.figure) == "0"
        assert between.proved
        assert between.high_proof.relations == (Relation.DAYS,)
        assert [str(claim.figure) for claim in between.high_proof.claims] == ["103", "157", "54"]
        assert (
            str(between.high_proof)
            .splitlines()[-1]
            .endswith("157 − 103 − 54 by 2, 1 and 3, days that follow one another")
        )


class TestPlanted:
    """An error planted among the war's 200 claims and more is found, with nothing in it that is not needed."""

    @staticmethod
    def planted(subject: Subject, low: int, high: int | None, **fields: Any) -> list[Contradiction]:
        """Put one more claim into the war, and give the contradictions that are new, each seen to be minimal."""
        claim = Claim(**{"source": "planted", "subject": subject, "figure": cs.Figure(low, high), **fields})
        ledger = war() | cs.Ledger([claim], sources=[Source(key=claim.source)])
        known = {frozenset(each.claims) for each in bounds().contradictions}
        found = [each for each in cs.bounds(ledger).contradictions if frozenset(each.claims) not in known]
        for each in found:
            assert claim in each.claims
            assert each.proved_minimal
            for member in each.members:
                others = ledger.keeping(other for other in each.claims if other not in member)
                assert cs.bounds(others).contradictions == ()
            (again,) = cs.bounds(ledger.keeping(each.claims)).contradictions
            assert (again.members, again.change, again.give_way) == (each.members, each.change, each.give_way)
        return found

    def test_part_above_its_whole(self) -> None:
        """4,000 of the Artsakh army exceed the 3,825 of all Armenian forces by 175, and their own 742 by 3,258."""
        found = self.planted(killed("2020-11-10", **DEFENCE_ARMY), 4_000, 4_000)
        assert {(*figures(each), each.change) for each in found} == {
            ("3,825", "4,000", 175),
            ("1,383", "4,000", 2_617),
            ("742", "4,000", 3_258),
        }
        (above,) = [each for each in found if each.change == 175]
        assert above.proof.relations == (Relation.INSIDE,)
        assert above.between is Between.SOURCES

    def test_sum_below_its_lines(self) -> None:
        """One killed on 1 October makes the lines of 157 come to 158.

        So it does with the ministry's count of 30 September, of which 103 and 104 are two versions.
        """
        found = self.planted(killed("2020-10-01", since="2020-10-01", **ARMENIANS), 1, None)
        assert all(len(each.members) == 4 for each in found)
        assert {(*figures(each), each.change) for each in found} == {
            ("1 or more", "54", "103", "157", 1),
            ("1 or more", "54", "103", "104", "157", 1),
        }
        assert all(Relation.DAYS in each.proof.relations for each in found)

    def test_running_count_that_falls(self) -> None:
        """200 killed until 8 November fall below the 250 of the 6th by 50; the 231 of October breaks with them."""
        (found,) = self.planted(killed("2020-11-08", **SYRIANS), 200, 200)
        assert (*figures(found), found.change) == ("200", "250 or more", 50)
        assert found.proof.relations == (Relation.RUNNING,)
        assert (found.others, found.more) == (1, False)

    def test_running_count_that_one_source_lets_fall(self) -> None:
        """The observatory itself says 200 on 8 November: its own earlier floors above that are excluded, and listed."""
        found = self.planted(killed("2020-11-08", **SYRIANS), 200, 200, source="sohr", stated="2020-11-08")
        assert {(*figures(each), each.change) for each in found} == {
            ("200", "231 or more", 31),
            ("200", "250 or more", 50),
        }
        assert all(each.between is Between.ONE_SOURCE for each in found)
        assert [str(claim.figure) for each in found for claim in each.excluded] == ["231 or more", "250 or more"]


def test_war_is_searched_to_the_end() -> None:
    """Every contradiction of the war is listed, and each is proved minimal."""
    assert bounds().complete
    assert bounds().contradictions
    assert all(each.proved_minimal for each in (*bounds().contradictions, *bounds().apart_by_assumed_end))


@pytest.mark.parametrize("end", ["low", "high"])
def test_every_proof_of_the_war_ends_in_its_bound(end: str) -> None:
    """The last step of each proof is the bound, each step rests on earlier ones, and first ones on claims."""
    for bound in bounds():
        proof = bound.low_proof if end == "low" else bound.high_proof
        count = bound.low if end == "low" else bound.high
        assert bool(proof.steps) == bool(count if end == "low" else count is not None)
        for number, step in enumerate(proof.steps):
            assert bool(step.claims) != bool(step.of)
            assert all(each < number for each in step.of)
        if proof.steps:
            assert (proof.steps[-1].count, proof.steps[-1].end) == (count, end)
