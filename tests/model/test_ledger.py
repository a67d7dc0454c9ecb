"""Sets of claims: what they refuse, how they are narrowed, and that merging loses nothing."""

from __future__ import annotations

import pickle
from functools import partial
from typing import Any

import pytest
from tests import builders
from tests.builders import ledger

from casualties.errors import LedgerError, UnknownNameError
from casualties.model.claim import Claim, Link
from casualties.model.ledger import Ledger, Total, merge
from casualties.model.report import Citation, Report
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term

KILLED = Subject(harm=["killed"], side="armenian")
says = partial(builders.says, about=KILLED)


class TestBuilding:
    def test_records_of_one_claim_are_joined(self) -> None:
        """The same statement read in two papers is one claim with two citations."""
        read = [says("mod", 11, citations=[Citation(report=Report(publisher=paper))]) for paper in ("B", "A")]
        (claim,) = ledger(*read)
        assert [citation.report and citation.report.publisher for citation in claim.citations] == ["A", "B"]

    def test_reports_are_gathered(self) -> None:
        """Reports that claims cite, and others that were read, are listed by date and name."""
        cited = Report(publisher="B", published="2021")
        other = Report(publisher="A", published="2020")
        made = ledger(says("mod", 11, citations=[Citation(report=cited), Citation(words="11")]), reports=[other])
        assert made.reports == (other, cited)

    def test_titles_are_a_set(self) -> None:
        """Titles are cleaned and sorted, each once."""
        assert Ledger(titles=["b ", "a", "b"]).titles == ("a", "b")

    @pytest.mark.parametrize("stance", ["withdraws", "replaces"])
    def test_other_sources_claims_are_left_alone(self, stance: str) -> None:
        """A source withdraws and replaces only what it said itself."""
        claim = says("mod", 11)
        act = (
            says("army", 12, replaces=[claim.id])
            if stance == "replaces"
            else Claim(source="army", subject=KILLED, stance="withdraws", target=claim.id)
        )
        with pytest.raises(LedgerError, match=f"{stance} {claim.id} of 'mod'"):
            ledger(claim, act)

    def test_denial_of_another_sources_claim_is_fine(self) -> None:
        """Denying is not withdrawing, and absent claims may be named by anybody."""
        claim = says("mod", 11)
        denial = Claim(source="army", subject=KILLED, stance="denies", target=claim.id)
        absent = Claim(source="army", subject=KILLED, stance="withdraws", target="c1-" + "0" * 20)
        assert len(ledger(claim, denial, absent)) == 3

    def test_everything_wrong_is_said_at_once(self) -> None:
        """Unknown sources and facets are listed together."""
        with pytest.raises(LedgerError) as caught:
            Ledger([says("mod", 11)], apart=["side"])
        assert str(caught.value).startswith(
            "facet 'side' cannot be declared apart; source 'mod' is not among the sources of the ledger"
        )


class TestNarrowing:
    LEDGER = ledger(
        says("mod", 11),
        says("press", 12, subject=KILLED.replacing(role="pilot")),
        says("un", 13, subject=KILLED.replacing(status="civilian")),
        sources=[Source(key="press", under="mod")],
        terms=[Term(kind="role", key="pilot", status=["combatant"])],
    )

    def counts(self, kept: Ledger) -> list[int]:
        """Give the counts of a ledger's claims, lowest first."""
        return sorted(claim.figure.low for claim in kept if claim.figure is not None)

    def test_by_source_with_its_organs(self) -> None:
        """What stands under a source belongs to it."""
        assert self.counts(self.LEDGER.by("mod")) == [11, 12]
        assert self.counts(self.LEDGER.by("press")) == [12]

    def test_unknown_source(self) -> None:
        """A name that there is none of is refused with those that there are."""
        with pytest.raises(UnknownNameError, match="one of 'mod', 'press', 'un'"):
            self.LEDGER.by("who")
        many = Ledger(sources=[Source(key=f"s{number:02}") for number in range(12)])
        with pytest.raises(UnknownNameError, match="'s09' and 2 more"):
            many.by("who")

    def test_about_facets_and_subjects(self) -> None:
        """What roles imply counts; a subject keeps what lies inside it."""
        assert self.counts(self.LEDGER.about(status="combatant")) == [12]
        assert self.counts(self.LEDGER.about(KILLED)) == [11, 12, 13]
        assert self.counts(self.LEDGER.about(KILLED.replacing(role="pilot"))) == [12]
        assert self.counts(self.LEDGER.about(KILLED, status="civilian")) == [13]
        with pytest.raises(UnknownNameError):
            self.LEDGER.about(country="armenia")

    def test_declarations_are_kept(self) -> None:
        """A narrower ledger still knows every word and source."""
        kept = self.LEDGER.about(status="civilian")
        assert (kept.sources, kept.words) == (self.LEDGER.sources, self.LEDGER.words)


class TestAccess:
    def test_by_identity(self) -> None:
        """A claim is found by identity, whatever is known of it."""
        claim = says("mod", 11)
        made = ledger(claim)
        assert made[claim.id] == claim
        assert claim in made
        assert claim.id in made
        assert says("mod", 12) not in made
        with pytest.raises(UnknownNameError):
            made["c1-" + "0" * 20]

    def test_order_is_canonical(self) -> None:
        """Iteration goes by content, not by the order given, and is remembered."""
        claims = [says("b", 1), says("a", 2), says("a", 1)]
        made = ledger(*claims)
        assert [(claim.source, str(claim.figure)) for claim in made] == [("a", "1"), ("a", "2"), ("b", "1")]
        assert list(made) == list(made)

    def test_equality_and_copies(self) -> None:
        """Equal content is equal, hashes alike, pickles; strangers differ."""
        one, other = ledger(says("a", 1), says("b", 2), titles=["t"]), ledger(says("b", 2), says("a", 1), titles=["t"])
        assert one == other
        assert hash(one) == hash(other)
        assert pickle.loads(pickle.dumps(one)) == one
        assert one != ledger(says("a", 1), says("b", 2))
        assert one != 1
        assert (repr(one), repr(ledger())) == ("<Ledger 't': 2 claims by 2 sources>", "<Ledger: 0 claims by 0 sources>")


class TestMerge:
    def test_everything_is_joined(self) -> None:
        """Claims, citations, words, totals, titles, reports and facets of both are there."""
        total = Total(whole=KILLED, parts=[KILLED.replacing(sex="male"), KILLED.replacing(sex="female")])
        one = ledger(says("a", 1), terms=[Term(kind="place", key="x", under=["y"])], titles=["one"], apart=["sex"])
        report = Report(publisher="A")
        other = ledger(
            says("a", 1, based_on=[Link(claim="c1-" + "0" * 20)]), says("b", 2), totals=[total], reports=[report]
        )
        both = one | other
        assert both == other | one == merge([other, one, one])
        assert len(both) == 2
        assert len(both[says("a", 1).id].based_on) == 1
        assert (both.totals, both.titles, both.reports, both.apart) == ((total,), ("one",), (report,), ("sex",))
        assert both.words.inside("place", "x", "y")

    def test_nothing_and_strangers(self) -> None:
        """Merging nothing gives nothing; a ledger is joined with ledgers only."""
        assert merge([]) == Ledger()
        with pytest.raises(TypeError):
            Ledger() | 1  # type: ignore[operator]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({"sources": [Source(key="a", side="x")]}, {"sources": [Source(key="a", side="y")]}),
            ({"sources": [Source(key="a", under="b")]}, {"sources": [Source(key="b", under="a")]}),
            (
                {"terms": [Term(kind="place", key="a", under=["b"])]},
                {"terms": [Term(kind="place", key="b", under=["a"])]},
            ),
        ],
    )
    def test_contradictions_stop_it(self, one: dict[str, Any], other: dict[str, Any]) -> None:
        """Two sides, or a circle, stop the merge, and both ledgers stay as they were."""
        here, there = Ledger(**one), Ledger(**other)
        with pytest.raises(LedgerError):
            here | there
        assert (here, there) == (Ledger(**one), Ledger(**other))


class TestTotal:
    def test_parts_are_a_set(self) -> None:
        """The parts are sorted; totals sort by their whole."""
        parts = [KILLED.replacing(sex="male"), KILLED.replacing(sex="female")]
        total = Total(whole=KILLED, parts=parts)
        assert [part.sex for part in total.parts] == ["female", "male"]
        civilians = Total(whole=KILLED.replacing(status="civilian"), parts=parts)
        assert Ledger(totals=[civilians, total, total]).totals == (total, civilians)

    def test_circle_is_refused(self) -> None:
        """A whole is no part of its own parts, also where only a merge brings that about."""
        men, women = KILLED.replacing(sex="male"), KILLED.replacing(sex="female")
        others = women.replacing(side="azerbaijani")
        one, other = Total(whole=KILLED, parts=[men, women]), Total(whole=men, parts=[KILLED, others])
        here, there = Ledger(totals=[one]), Ledger(totals=[other])
        with pytest.raises(LedgerError, match="a circle"):
            here | there

    @pytest.mark.parametrize(
        ("part", "around"),
        [
            ({"age": "child", "sex": "female"}, {"age": "child"}),
            ({"place": "upper"}, {"place": "valley"}),
            ({"role": "pilot"}, {"status": "combatant"}),
            ({"until": "2021-03-02"}, {"until": "2021-03-03"}),
        ],
    )
    def test_parts_that_share_people_are_refused(self, part: dict[str, str], around: dict[str, str]) -> None:
        """A part inside another would count twice: by its facets, by what the ledger declares, or by its days."""
        whole = KILLED.replacing(since="2021-03-01")
        total = Total(whole=whole, parts=[whole.replacing(**part), whole.replacing(**around)])
        terms = [
            Term(kind="place", key="upper", under=["valley"]),
            Term(kind="role", key="pilot", status=["combatant"]),
        ]
        with pytest.raises(LedgerError, match="would count twice"):
            Ledger(totals=[total], terms=terms)

    def test_side_and_place_of_one_name_are_no_circle(self) -> None:
        """The killed in a land may be the killed of the side of that name and of another."""
        land = Subject(harm=["killed"], place="azerbaijan")
        total = Total(whole=land, parts=[Subject(harm=["killed"], side=side) for side in ("azerbaijan", "armenia")])
        assert Ledger(totals=[total]).totals == (total,)
