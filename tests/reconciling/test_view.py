"""From where a ledger is looked at: known by a day, asked for a day, read by a lexicon."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from casualties.errors import UnknownNameError
from casualties.model.claim import Claim, Link
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.model.report import Citation, Report
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term
from casualties.reconciling.knowledge import as_known
from casualties.reconciling.view import View

KILLED = Subject(harm=["killed"], since="2020-09-27", until="2020-09-30")


def says(count: int, *words: str | None, published: str | None = None, **more: Any) -> Claim:
    """Make a claim read in these words."""
    report = Report(publisher="A", published=published)
    citations = [Citation(report=report, words=each) for each in words]
    return Claim(
        **{"source": "mod", "subject": KILLED, "figure": Figure.exactly(count), "citations": citations, **more}
    )


def view(*claims: Claim, **asked: Any) -> View:
    """Look at claims of the ministry."""
    return View(Ledger(claims, sources=[Source(key="mod")]), **asked)


def day(text: str) -> PartialDate:
    """Read a date."""
    return PartialDate.parse(text)


class TestAsKnown:
    @pytest.mark.parametrize(
        ("fields", "known"),
        [
            ({"stated": "2020-10-01"}, True),
            ({"stated": "2020-10-02"}, False),
            ({"stated": "2020-10"}, False),  # it may have been on the 31st
            ({"stated": "2020-09"}, True),
            ({}, False),
        ],
    )
    def test_what_was_surely_said(self, fields: dict[str, Any], known: bool) -> None:
        """What may have been said later, and what nobody dates, is not known."""
        ledger = Ledger([says(80, **fields)], sources=[Source(key="mod")])
        assert len(as_known(ledger, day("2020-10-01"))) == known

    def test_a_later_reading_hides_no_earlier_one(self) -> None:
        """A claim printed on the 1st is known, though a report of some day of October prints it too."""
        read = says(80, "80", published="2020-10-01").merged(says(80, "eighty", published="2020-10"))
        ledger = Ledger([read], sources=[Source(key="mod")])
        (known,) = as_known(ledger, day("2020-10-01"))
        assert [citation.words for citation in known.citations] == ["80"]
        assert [str(report.published) for report in as_known(ledger, day("2020-10-01")).reports] == ["2020-10-01"]

    def test_undated_parts_follow_their_claim(self) -> None:
        """Links, gradings and readings without a date stay; nothing is copied for nothing."""
        claim = says(80, "80", stated="2020-10-01", misrelays=[Link(claim="c1-" + "0" * 20)])
        unread = claim.replacing(citations=[Citation(words="80")])
        for each in (claim, unread):
            (known,) = as_known(Ledger([each], sources=[Source(key="mod")]), day("2020-10-01"))
            assert known is each

    def test_later_mark_is_gone(self) -> None:
        """What was found to be a false relay on the 9th was none on the 5th."""
        claim = says(80, stated="2020-10-01", misrelays=[Link(claim="c1-" + "0" * 20, noted="2020-10-09")])
        (known,) = as_known(Ledger([claim], sources=[Source(key="mod")]), day("2020-10-05"))
        assert known.misrelays == ()


class TestTopics:
    def test_implied_status_makes_one_topic(self) -> None:
        """Pilots, and pilots called combatants, are one subject where the ledger says that pilots are."""
        pilots = KILLED.replacing(role="pilot")
        claims = [says(1, subject=pilots), says(2, subject=pilots.replacing(status="combatant"))]
        terms = [Term(kind="role", key="pilot", status=["combatant"])]
        found = View(Ledger(claims, sources=[Source(key="mod")], terms=terms))
        (topic,) = found.topics
        assert topic.status == "combatant"
        assert found.topics[topic] == claims

    def test_last_days_belong_to_one_topic(self) -> None:
        """Counts to two days run from one; a count from another day is another subject."""
        claims = [
            says(1),
            says(2, subject=KILLED.replacing(until="2020-10-05")),
            says(3, subject=Subject(harm=["killed"])),
        ]
        assert sorted(len(each) for each in view(*claims).topics.values()) == [1, 2]


class TestFigure:
    @pytest.mark.parametrize(
        ("words", "lexicon", "figure"),
        [
            (("dozens",), None, "80"),
            (("dozens",), "acled", "12 (assumed)"),
            (("dozens",), "gtd", "None"),
            (("dozens", "12 to 20"), "gtd", "12–20"),
            ((None,), "gtd", "80"),
            (("12 killed and 30 wounded",), "acled", "80"),
            (("12 killed and 30 wounded", "about 12"), "as-worded", "11–13 (assumed)"),
            ((), "acled", "80"),
        ],
    )
    def test_words_are_read_anew(self, words: tuple[str | None, ...], lexicon: str | None, figure: str) -> None:
        """A lexicon reads the words of all citations; what it cannot read leaves the figure as recorded."""
        claim = says(80, *words)
        found = view(claim, lexicon=lexicon)
        assert str(found.figure(claim)) == figure
        assert found.figure(claim) is found.figure(claim)

    def test_denials_and_silences(self) -> None:
        """A denial of the occurrence is 0 under every lexicon; other stances have no figure."""
        denial = Claim(source="mod", subject=KILLED, stance="denies", aspect="occurrence")
        silent = Claim(source="mod", subject=KILLED, stance="silent")
        for lexicon in (None, "gtd"):
            found = view(denial, silent, lexicon=lexicon)
            assert (found.figure(denial), found.figure(silent)) == (Figure.exactly(0), None)

    def test_unknown_lexicon_is_refused_at_once(self) -> None:
        """A lexicon that there is none of is refused before anything is read."""
        with pytest.raises(UnknownNameError):
            view(lexicon="nope")


class TestStandpoint:
    def test_positions_are_taken_by_figures_and_denials_of_the_occurrence(self) -> None:
        """Projections, silences and other denials take none."""
        claims = [
            says(80),
            Claim(source="mod", subject=KILLED, stance="denies", aspect="occurrence"),
            says(81, modality="projected"),
            Claim(source="mod", subject=KILLED, stance="denies", aspect="figure"),
            Claim(source="mod", subject=KILLED, stance="silent"),
        ]
        found = view(*claims)
        assert [found.takes_position(claim) for claim in claims] == [True, True, False, False, False]

    def test_another_day_leaves_the_first_as_it_was(self) -> None:
        """Looking as of another day changes nothing that was found."""
        early = says(80)
        late = says(90, subject=KILLED.replacing(until="2020-10-05"), replaces=[early.id])
        found = view(early, late)
        assert found.is_replaced(early)
        moved = found.on(day("2020-09-30"))
        assert (moved.is_replaced(early), moved.later(late), found.later(late)) == (False, True, False)
        assert found.is_replaced(early)
        assert moved.topics is found.topics

    def test_equality_and_copies(self) -> None:
        """A view is what is looked at, and from where; it pickles."""
        one, other = view(says(80), as_of=day("2020")), view(says(80), as_of=day("2020"))
        assert one == other
        assert hash(one) == hash(other)
        assert pickle.loads(pickle.dumps(one)) == one
        assert one != view(says(80))
        assert one != 1
