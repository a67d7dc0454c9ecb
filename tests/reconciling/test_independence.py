"""On whose word claims rest: copies present, withdrawn and absent, links to two, circles, and sources that repeat."""

from __future__ import annotations

from typing import Any

import pytest
from tests import builders
from tests.builders import ledger

from casualties.model.claim import Claim, Link
from casualties.model.figure import Figure
from casualties.model.report import Citation
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.reconciling.independence import Origin
from casualties.reconciling.position import Fate, Flag
from casualties.reconciling.view import View
from casualties.results import Finding, reconcile

KILLED = Subject(harm=["killed"], since="2020-09-27", until="2020-09-30")
WOUNDED = KILLED.replacing(harm=["wounded"])
ABSENT, OTHER_ABSENT = "c1-" + "0" * 20, "c1-" + "1" * 20


def says(source: str, count: int, *based_on: Claim | str, about: Subject = KILLED, **more: Any) -> Claim:
    """Make a claim that states a count, on the word of others."""
    links = [Link(claim=each if isinstance(each, str) else each.id) for each in based_on]
    return builders.says(source, count, about=about, based_on=links, **more)


def killed(*claims: Claim, sources: tuple[Source, ...] = (), **asked: Any) -> Finding:
    """Give the finding on the killed."""
    return reconcile(ledger(*claims, sources=sources), **asked).one(harm="killed")


class TestCopies:
    def test_copy_of_a_claim_at_hand_has_no_voice(self) -> None:
        """A paper that quotes the ministry adds nothing, even where it garbles the count."""
        ministry = says("ministry", 80)
        paper = says("paper", 800, ministry)
        found = killed(ministry, paper)
        assert [voice.sources for voice in found.independent_sources] == [("ministry",)]
        assert found.fates[paper.id] is Fate.COPY
        assert found.copies == {paper.id: (ministry.id,)}
        assert found.span == Figure.exactly(80)

    def test_copy_of_a_withdrawn_claim_has_no_voice(self) -> None:
        """What the ministry took back does not live on in the papers."""
        ministry = says("ministry", 80)
        withdrawal = Claim(source="ministry", subject=KILLED, stance="withdraws", target=ministry.id)
        found = killed(ministry, withdrawal, says("paper", 80, ministry))
        assert found.positions == ()
        assert sorted(found.fates.values()) == [Fate.COPY, Fate.STANDS, Fate.WITHDRAWN]

    def test_copy_of_a_silence_speaks_for_itself(self) -> None:
        """A silent claim gives no figure to copy: the paper's count rests on that source, and stands."""
        silent = Claim(source="ministry", subject=KILLED, stance="silent")
        found = killed(silent, says("paper", 80, silent))
        assert [position.roots for position in found.positions] == [(("source", "ministry"),)]

    def test_copy_of_a_later_count_stands_on_an_earlier_day(self) -> None:
        """Asked about an early day, what rests on a count of a later day has the voice of its source."""
        late = says("ministry", 90, about=KILLED.replacing(until="2020-10-05"))
        early = says("paper", 80, late)
        found = killed(late, early, as_of="2020-09-30")
        assert [position.roots for position in found.positions] == [(("source", "ministry"),)]
        assert killed(late, early).fates[early.id] is Fate.COPY

    def test_copies_of_an_absent_claim_are_one_voice(self) -> None:
        """Two papers on one statement that nobody has at hand speak once."""
        found = killed(says("paper", 80, ABSENT), says("radio", 85, ABSENT))
        (voice,) = found.independent_sources
        assert voice.roots == (("claim", ABSENT),)
        assert voice.sources == ("paper", "radio")
        assert voice.flags == (Flag.RELAYED_DIFFERENTLY,)
        assert all(position.rests for position in voice.positions)

    def test_copies_of_two_absent_claims_are_two_voices(self) -> None:
        """Nothing links them, and the finding says that their independence is assumed."""
        found = killed(says("paper", 80, ABSENT), says("radio", 80, OTHER_ABSENT))
        assert len(found.independent_sources) == 2
        assert found.assumed_independent

    def test_copy_of_a_claim_on_another_subject_has_the_voice_of_its_source(self) -> None:
        """A count of the killed drawn from a statement on the wounded rests on who made it."""
        wounded = says("ministry", 200, about=WOUNDED)
        (position,) = killed(wounded, says("paper", 80, wounded)).positions
        assert (position.source, position.roots) == ("paper", (("source", "ministry"),))

    def test_source_that_speaks_itself_silences_such_a_copy(self) -> None:
        """Where the ministry counts the killed itself, the paper's count from another statement is a copy."""
        wounded, own = says("ministry", 200, about=WOUNDED), says("ministry", 80)
        paper = says("paper", 90, wounded)
        found = killed(wounded, own, paper)
        assert found.copies == {paper.id: (wounded.id,)}

    def test_copy_through_another_subject_is_a_copy(self) -> None:
        """A chain that leaves the subject and comes back to it still rests on what was said there."""
        ministry = says("ministry", 80)
        between = says("agency", 300, ministry, about=WOUNDED)
        paper = says("paper", 80, between)
        assert killed(ministry, between, paper).copies == {paper.id: (ministry.id,)}

    def test_chain_of_links_leads_to_one_root(self) -> None:
        """A chain on other subjects, of which the last rests on nothing, ends at its source."""
        claims = [says("ministry", 1, about=WOUNDED)]
        for number in range(50):
            claims.append(says(f"paper {number}", number, claims[-1], about=WOUNDED))
        (position,) = killed(*claims, says("radio", 80, claims[-1])).positions
        assert position.roots == (("source", "ministry"),)

    def test_copy_names_the_nearest(self) -> None:
        """A copy of a copy names the copy, which names what it rests on."""
        ministry = says("ministry", 80)
        agency = says("agency", 80, ministry)
        paper = says("paper", 80, agency)
        assert killed(ministry, agency, paper).copies == {agency.id: (ministry.id,), paper.id: (agency.id,)}


class TestCopiesOfTwo:
    def test_claim_on_two_at_hand_adds_no_voice(self) -> None:
        """A paper that takes the middle of two parties has no voice."""
        one, other = says("armenia", 80), says("azerbaijan", 120)
        paper = says("paper", 100, one, other)
        found = killed(one, other, paper)
        assert len(found.independent_sources) == 2
        assert found.copies == {paper.id: tuple(sorted((one.id, other.id)))}

    def test_claim_on_two_absent_ones_is_one_voice(self) -> None:
        """Where neither has a voice of its own, the paper speaks for both at once."""
        (voice,) = killed(says("paper", 100, ABSENT, OTHER_ABSENT)).independent_sources
        assert voice.roots == (("claim", ABSENT), ("claim", OTHER_ABSENT))

    def test_claim_on_two_adds_nothing_where_one_has_a_voice(self) -> None:
        """A paper on an absent statement that another paper carries too is a copy, and joins nobody."""
        alone, both = says("paper", 80, ABSENT), says("radio", 100, ABSENT, OTHER_ABSENT)
        found = killed(alone, both)
        assert [voice.sources for voice in found.independent_sources] == [("paper",)]
        assert found.copies == {both.id: (ABSENT,)}

    def test_claims_that_share_one_root_of_two_are_one_voice(self) -> None:
        """Three papers, of which each two share a root, speak once."""
        third = "c1-" + "2" * 20
        papers = [says("a", 1, ABSENT, OTHER_ABSENT), says("b", 2, OTHER_ABSENT, third), says("c", 3, third, ABSENT)]
        (voice,) = killed(*papers).independent_sources
        assert voice.sources == ("a", "b", "c")


class TestStatementsOfSeveral:
    def joint(self, *parties: str, **more: Any) -> list[Claim]:
        """Make the claims of one statement by several parties, read in one place."""
        cited = [Citation(locator="row 5", words="80")]
        claims = [says(party, 80, citations=cited, **more) for party in parties]
        return [
            claim.replacing(based_on=[Link(claim=other.id) for other in claims if other is not claim])
            for claim in claims
        ]

    def test_joint_statement_is_one_voice_of_several(self) -> None:
        """Each party speaks for itself, together they are one voice, and that is no circle of copies."""
        found = killed(*self.joint("observatory", "centre", "office"))
        (voice,) = found.independent_sources
        assert voice.sources == ("centre", "observatory", "office")
        assert (found.flags, str(found.status)) == ((Flag.JOINT,), "single source")
        assert not any(position.rests for position in found.positions)

    def test_joint_statement_replaces_what_each_party_said_before(self) -> None:
        """A party revises its own count by a joint one, and by a later one of its own speaks alone again."""
        earlier = says("centre", 70, about=KILLED.replacing(until="2020-09-29"))
        later = says("observatory", 90, about=KILLED.replacing(until="2020-10-01"))
        claims = self.joint("observatory", "centre")
        found = killed(earlier, *claims)
        assert found.fates[earlier.id] is Fate.REPLACED
        alone = killed(earlier, later, *claims)
        assert {position.source: position.figure.low for position in alone.positions} == {
            "observatory": 90,
            "centre": 80,
        }
        assert alone.fates[later.id] is Fate.STANDS

    def test_paper_that_quotes_a_joint_statement_is_a_copy(self) -> None:
        """A joint statement speaks, so that what rests on one of its claims adds nothing."""
        claims = self.joint("observatory", "centre")
        paper = says("paper", 80, claims[0])
        assert killed(*claims, paper).fates[paper.id] is Fate.COPY

    @pytest.mark.parametrize(
        "change", [{"figure": Figure.exactly(81)}, {"citations": [Citation(locator="row 6", words="80")]}]
    )
    def test_claims_that_differ_in_more_than_the_source_are_a_circle(self, change: dict[str, Any]) -> None:
        """Two that quote each other were read in two places, or say different things."""
        one, other = self.joint("observatory", "centre")
        changed = other.replacing(based_on=[], **change)
        one = one.replacing(based_on=[Link(claim=changed.id)])
        found = killed(one, changed.replacing(based_on=[Link(claim=one.id)]))
        assert Flag.CIRCLE in found.flags
        assert Flag.JOINT not in found.flags

    def test_paper_rests_on_all_parties_where_they_say_nothing_else(self) -> None:
        """Who turns a joint statement on the killed into one on the wounded rests on the parties, and on no circle."""
        claims = self.joint("observatory", "centre")
        paper = says("paper", 200, claims[0], about=WOUNDED)
        found = reconcile(ledger(*claims, paper)).one(harm="wounded")
        assert found.independent_sources[0].roots == (("source", "centre"), ("source", "observatory"))
        assert found.flags == ()

    def test_party_whose_claim_is_absent_makes_no_joint_statement(self) -> None:
        """What is not at hand cannot be told to say the same."""
        one, _ = self.joint("observatory", "centre")
        found = killed(one)
        assert (found.flags, found.independent_sources[0].roots[0][0]) == ((), "claim")

    def test_explanation_says_that_others_say_so_too(self) -> None:
        """A reader learns that a figure is said together."""
        text = str(killed(*self.joint("observatory", "centre")).explain())
        assert text.count("The figure is stated together with others.") == 2


class TestCircles:
    def circle(self, *outside: str) -> list[Claim]:
        """Make two papers that quote each other, of which the first may quote somebody else too."""
        one, other = says("paper", 80), says("radio", 80)
        return [
            one.replacing(based_on=[Link(claim=other.id), *(Link(claim=each) for each in outside)]),
            other.replacing(based_on=[Link(claim=one.id)]),
        ]

    def test_circle_is_one_root_and_flagged(self) -> None:
        """Two papers that rest on each other alone are one voice, and the reader is told."""
        claims = self.circle()
        found = killed(*claims)
        (voice,) = found.independent_sources
        assert voice.roots == (("circle", min(claim.id for claim in claims)),)
        assert found.flags == (Flag.CIRCLE,)
        assert set(found.fates.values()) == {Fate.STANDS}

    def test_circle_that_rests_on_an_absent_claim_shares_its_root(self) -> None:
        """What both take from outside is their root; the circle is still flagged."""
        found = killed(*self.circle(ABSENT), says("digest", 80, ABSENT))
        (voice,) = found.independent_sources
        assert voice.roots == (("claim", ABSENT),)
        assert found.flags == (Flag.CIRCLE,)

    def test_whole_circle_is_a_copy_where_the_outside_speaks(self) -> None:
        """Where one of them quotes the ministry, both are copies of it, and nobody adds to its figure."""
        ministry = says("ministry", 70)
        one, other = self.circle(ministry.id)
        found = killed(ministry, one, other)
        assert [position.source for position in found.positions] == ["ministry"]
        assert found.copies == {one.id: (ministry.id,), other.id: (ministry.id,)}

    def test_claim_on_itself_is_a_circle(self) -> None:
        """A link to itself is a circle of one."""
        claim = says("paper", 80)
        found = killed(claim.replacing(based_on=[Link(claim=claim.id)]))
        assert (found.flags, found.independent_sources[0].roots) == ((Flag.CIRCLE,), (("circle", claim.id),))

    def test_claim_on_a_circle_is_a_copy_outside_it(self) -> None:
        """Who quotes one of them lies on no circle."""
        one, other = self.circle()
        third = says("digest", 90, one)
        found = killed(one, other, third)
        assert found.copies == {third.id: (one.id,)}

    def test_circles_that_touch_are_told_apart(self) -> None:
        """Two circles, of which one rests on the other, have the root of that other."""
        a, b, c, d = (says(name, 80) for name in "abcd")
        linked = [
            a.replacing(based_on=[Link(claim=b.id)]),
            b.replacing(based_on=[Link(claim=a.id)]),
            c.replacing(based_on=[Link(claim=d.id), Link(claim=a.id)]),
            d.replacing(based_on=[Link(claim=c.id)]),
        ]
        found = killed(*linked)
        assert {position.source for position in found.positions} == {"a", "b"}
        assert set(found.copies) == {c.id, d.id}


class TestRepeats:
    def test_source_that_repeats_one_that_speaks_is_a_copy(self) -> None:
        """A digest that always repeats the ministry has no voice beside it."""
        found = killed(says("ministry", 80), says("digest", 85), sources=(Source(key="digest", repeats=["ministry"]),))
        assert list(found.copies.values()) == [("ministry",)]
        assert len(found.positions) == 1

    def test_source_that_repeats_a_silent_one_has_its_voice(self) -> None:
        """Where the ministry is not at hand, two digests of it speak once, and replace nothing of each other."""
        digests = tuple(Source(key=key, repeats=["ministry"]) for key in ("digest", "ticker"))
        found = killed(says("digest", 80), says("digest", 85), says("ticker", 80), sources=digests)
        (voice,) = found.independent_sources
        assert voice.roots == (("source", "ministry"),)
        assert len(voice.positions) == 3
        assert voice.flags == (Flag.RELAYED_DIFFERENTLY,)

    def test_organ_that_repeats_its_state_still_speaks(self) -> None:
        """The state's television repeats the state; alone it has the state's voice."""
        television = Source(key="television", under="state", repeats=["state"])
        (position,) = killed(says("television", 80), sources=(television,)).positions
        assert position.roots == (("source", "state"),)

    def test_organ_that_repeats_its_state_is_a_copy_of_another_organ(self) -> None:
        """Where the army speaks for the state, the television that repeats the state is a copy."""
        sources = (Source(key="television", under="state", repeats=["state"]), Source(key="army", under="state"))
        found = killed(says("army", 80), says("television", 90), sources=sources)
        assert [position.source for position in found.positions] == ["army"]

    def test_repeating_is_followed_through_hands(self) -> None:
        """A ticker that repeats a digest that repeats the ministry rests on the ministry."""
        sources = (Source(key="ticker", repeats=["digest"]), Source(key="digest", repeats=["ministry"]))
        (position,) = killed(says("ticker", 80), sources=sources).positions
        assert position.roots == (("source", "ministry"),)
        copied = killed(says("ticker", 80), says("ministry", 90), sources=sources)
        assert list(copied.copies.values()) == [("ministry",)]

    def test_sources_that_repeat_each_other_are_one_voice(self) -> None:
        """Two that repeat each other do not silence one another: a circle is one root, and flagged."""
        sources = (Source(key="a", repeats=["b"]), Source(key="b", repeats=["a"]))
        found = killed(says("a", 80), says("b", 80), sources=sources)
        (voice,) = found.independent_sources
        assert (voice.roots, voice.flags) == ((("circle", "a"),), (Flag.CIRCLE,))

    def test_way_into_a_circle_shares_its_root(self) -> None:
        """Who repeats one of two that repeat each other rests on their circle."""
        sources = (Source(key="a", repeats=["b"]), Source(key="b", repeats=["a"]), Source(key="0", repeats=["b"]))
        (voice,) = killed(says("0", 80), says("a", 80), sources=sources).independent_sources
        assert voice.roots == (("circle", "a"),)

    def test_claims_that_quote_each_other_by_other_subjects_both_speak(self) -> None:
        """Two sources whose counts of the killed rest on each other's of the wounded do not silence one another."""
        a, b = says("a", 200, about=WOUNDED), says("b", 300, about=WOUNDED)
        found = killed(a, b, says("a", 80, b), says("b", 90, a))
        assert {position.source: position.roots for position in found.positions} == {
            "a": (("source", "b"),),
            "b": (("source", "a"),),
        }

    def test_claim_of_a_repeating_source_with_a_link_rests_on_both(self) -> None:
        """A link beside the source's own habit gives two roots."""
        digest = Source(key="digest", repeats=["ministry"])
        (position,) = killed(says("digest", 80, ABSENT), sources=(digest,)).positions
        assert position.roots == (("claim", ABSENT), ("source", "ministry"))


class TestUnattributed:
    UNNAMED = (Source(key="unnamed", kinds=["unattributed"]), Source(key="rumours", kinds=["unattributed"]))

    def test_unattributed_reports_are_one_voice(self) -> None:
        """Reports of which nobody says who made them speak once, without being called divided: told differently."""
        found = killed(says("unnamed", 5), says("rumours", 9), sources=self.UNNAMED)
        (voice,) = found.independent_sources
        assert voice.figure == Figure.between(5, 9)
        assert (len(voice.positions), voice.flags) == (2, (Flag.RELAYED_DIFFERENTLY,))
        assert not any(position.rests for position in voice.positions)

    def test_source_that_repeats_unattributed_reports_has_their_voice(self) -> None:
        """Repeating rumours makes no source of them."""
        digest = Source(key="digest", repeats=["rumours"])
        found = killed(says("unnamed", 5), says("digest", 9), sources=(*self.UNNAMED, digest))
        (voice,) = found.independent_sources
        assert voice.roots == (("unattributed", ""),)


class TestJointStatements:
    def test_joint_statement_is_one_claim_for_each_party_and_one_voice(self) -> None:
        """Two states that count together, each claim resting on the one communiqué, are one voice."""
        found = killed(says("armenia", 80, ABSENT), says("russia", 80, ABSENT))
        assert len(found.positions) == 2
        assert len(found.independent_sources) == 1


class TestOrigin:
    @pytest.mark.parametrize(("speaking", "copy"), [((), False), ((ABSENT,), True)])
    def test_copy_is_what_somebody_else_speaks(self, speaking: tuple[str, ...], copy: bool) -> None:
        """A claim is a copy where what it rests on speaks."""
        assert Origin((("source", "a"),), speaking=speaking).copy is copy

    def test_origin_of_a_claim_on_a_silent_one_of_the_same_claim_set(self) -> None:
        """The origin is found for any claim of the ledger, also for one that takes no position."""
        one = says("ministry", 80)
        silent = Claim(source="paper", subject=KILLED, stance="silent", based_on=[Link(claim=one.id)])
        view = View(ledger(one, silent))
        assert view.origins.of(silent).speaking == (one.id,)
