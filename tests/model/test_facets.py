"""What came to the model so that people can say it: facets, declarations, estimates, marks and notes."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from casualties.errors import LedgerError, ModelError
from casualties.model.claim import Claim, Link, Stance
from casualties.model.facet import CHOICES, FACETS, KINDS
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.source import Source
from casualties.model.subject import Subject
from casualties.model.vocabulary import Status, Term, TermKind, Vocabulary

NONE = Vocabulary()


def killed(**facets: Any) -> Subject:
    """Make a subject of people killed."""
    return Subject(**{"harm": ["killed"], **facets})


def claim(**fields: Any) -> Claim:
    """Make a claim that ten were killed."""
    return Claim(**{"source": "a", "subject": killed(), "figure": Figure.exactly(10), **fields})


def test_every_facet_has_free_or_declared_words_or_a_list() -> None:
    """A facet is filled by words of a vocabulary, or by those of a list, and by nothing else."""
    assert set(KINDS) | set(CHOICES) == set(FACETS)
    assert set(KINDS).isdisjoint(CHOICES)
    assert set(KINDS.values()) == set(TermKind) - {TermKind.HARM}


class TestWomenAndChildren:
    WOMEN_AND_CHILDREN = killed(age="women-and-children")

    @pytest.mark.parametrize(
        "facets",
        [
            {"age": "child"},
            {"age": "child", "sex": "male"},
            {"age": "child", "sex": "undetermined"},
            {"age": "adult", "sex": "female"},
            {"age": "elderly", "sex": "female"},
            {"age": "undetermined", "sex": "female"},
            {"sex": "female"},
        ],
    )
    def test_holds_children_and_every_woman_or_girl(self, facets: dict[str, str]) -> None:
        """Whoever is a child or female is counted in it."""
        assert killed(**facets).inside(self.WOMEN_AND_CHILDREN, NONE)
        assert killed(**facets).matches(NONE, {"age": "women-and-children"})
        assert killed(**facets).apart_by(self.WOMEN_AND_CHILDREN, NONE) is None

    @pytest.mark.parametrize(
        "facets",
        [
            {"age": "adult", "sex": "male"},
            {"age": "elderly", "sex": "male"},
            {"age": "adult", "sex": "undetermined"},
            {"age": "undetermined", "sex": "male"},
        ],
    )
    def test_shares_nobody_with_men(self, facets: dict[str, str]) -> None:
        """Whoever is said to be neither a child nor female is apart from it, whichever is asked."""
        assert not killed(**facets).inside(self.WOMEN_AND_CHILDREN, NONE)
        assert killed(**facets).apart_by(self.WOMEN_AND_CHILDREN, NONE) == "age"
        assert self.WOMEN_AND_CHILDREN.apart_by(killed(**facets), NONE) == "age"

    @pytest.mark.parametrize("facets", [{"age": "adult"}, {"sex": "male"}, {"age": "undetermined"}, {}])
    def test_may_share_people_with_what_says_too_little(self, facets: dict[str, str]) -> None:
        """Adults may be women, and males may be boys."""
        assert not killed(**facets).inside(self.WOMEN_AND_CHILDREN, NONE)
        assert killed(**facets).apart_by(self.WOMEN_AND_CHILDREN, NONE) is None

    def test_takes_no_sex(self) -> None:
        """Women of the group are simply women."""
        with pytest.raises(ModelError) as caught:
            killed(age="women-and-children", sex="female")
        assert caught.value.reason == "two-values"


class TestUndetermined:
    @pytest.mark.parametrize("facet", ["sex", "age", "status"])
    def test_excludes_the_other_words_of_one_source(self, facet: str) -> None:
        """Four children of undetermined sex are no girls; across sources that is so only where declared."""
        others = [word for word in CHOICES[facet] if word not in ("undetermined", "women-and-children")]
        for word in others:
            here, there = killed(**{facet: "undetermined"}), killed(**{facet: word})
            assert here.apart_by(there, NONE) == facet
            assert here.apart_by(there, NONE, frozenset()) is None
            assert here.apart_by(there, NONE, frozenset([facet])) == facet

    def test_is_a_part_of_all(self) -> None:
        """Those of undetermined sex are counted among all children."""
        assert killed(age="child", sex="undetermined").inside(killed(age="child"), NONE)


def test_no_status_lies_inside_another() -> None:
    """Other protected persons and those directly participating stand beside civilians and combatants."""
    for one in Status:
        for other in set(Status) - {one}:
            assert not killed(status=one).inside(killed(status=other), NONE)
            assert killed(status=one).apart_by(killed(status=other), NONE) == "status"


class TestPresumed:
    def test_presumed_dead_are_a_part_of_the_missing(self) -> None:
        """A count of them raises the least count of the missing."""
        presumed = killed(harm=["missing"], presumed="dead", until="2021-03-05")
        assert presumed.inside(killed(harm=["missing"], until="2021-03-05"), NONE)
        assert not killed(harm=["missing"], until="2021-03-05").inside(presumed, NONE)

    def test_joined_and_declared_harms_may_be_presumed(self) -> None:
        """Killed or missing, presumed dead; and a harm that only the ledger knows."""
        assert killed(harm=["killed", "missing"], presumed="dead").presumed == "dead"
        assert killed(harm=["taken"], presumed="dead").presumed == "dead"

    def test_only_the_missing_are_presumed_anything(self) -> None:
        """The killed are dead."""
        with pytest.raises(ModelError) as caught:
            killed(presumed="dead")
        assert caught.value.reason == "not-missing"


class TestAccounted:
    MAY: ClassVar = {"since": "2021-05-01", "until": "2021-05-31"}

    def test_counts_by_report_lie_in_no_count_of_the_same_days(self) -> None:
        """Who was reported in May may have died in April; who died by the end of May is counted from any day on."""
        reported = killed(accounted="by-date-of-report", **self.MAY)
        assert not reported.inside(killed(**self.MAY), NONE)
        assert reported.inside(killed(until="2021-05-31"), NONE)
        assert reported.inside(killed(accounted="by-date-of-report", until="2021-05-31"), NONE)
        assert killed(accounted="by-date-of-death", **self.MAY).inside(killed(**self.MAY), NONE)

    def test_days_of_two_ways_are_not_apart(self) -> None:
        """A death of April may be reported in May; two months of reports share nobody."""
        april = {"since": "2021-04-01", "until": "2021-04-30"}
        assert killed(**april).apart_by(killed(accounted="by-date-of-report", **self.MAY), NONE) is None
        assert (
            killed(accounted="by-date-of-report", **april).apart_by(
                killed(accounted="by-date-of-report", **self.MAY), NONE
            )
            == "period"
        )
        assert killed(accounted="by-date-of-death", **april).apart_by(killed(**self.MAY), NONE) == "period"


def test_weapons_lie_inside_and_apart_where_the_ledger_says_so() -> None:
    """A drone is an explosive weapon here, and no gun."""
    words = Vocabulary(
        [Term(kind="weapon", key="drone", under=["explosive"], apart=["gun"]), Term(kind="weapon", key="gun")]
    )
    assert killed(weapon="drone").inside(killed(weapon="explosive"), words)
    assert killed(weapon="gun").apart_by(killed(weapon="drone"), words) == "weapon"


class TestSiblings:
    WORDS = Vocabulary(
        [
            Term(kind="place", key="alpha", under=["north"], siblings_apart=True),
            Term(kind="place", key="beta", under=["north"]),
            Term(kind="place", key="gamma", under=["south"]),
            Term(kind="place", key="quarter", under=["alpha"]),
        ]
    )

    def test_a_word_stands_apart_from_those_beside_it(self) -> None:
        """What is said of a county holds for its quarters, and not for counties elsewhere."""
        assert self.WORDS.apart("place", "alpha", "beta")
        assert self.WORDS.apart("place", "beta", "quarter")
        assert not self.WORDS.apart("place", "alpha", "gamma")
        assert not self.WORDS.apart("place", "alpha", "quarter")
        assert not self.WORDS.apart("place", "alpha", "north")
        assert not self.WORDS.apart("place", "alpha", "elsewhere")
        assert self.WORDS.separable("place", "beta")

    def test_all_words_of_a_kind(self) -> None:
        """Where a kind is declared so, those under none stand apart as well, declared or not."""
        words = Vocabulary(self.WORDS, siblings=["event", "place"])
        assert words.apart("event", "strike", "raid")
        assert words.separable("event", "strike")
        assert words.apart("place", "gamma", "beta")  # the south is apart from the north
        assert not words.apart("place", "gamma", "south")
        assert not words.apart("weapon", "gun", "drone")
        assert words.apart("place", "alpha", "elsewhere")

    def test_siblings_are_part_of_a_vocabulary(self) -> None:
        """They merge, are shown, and tell vocabularies apart."""
        plain, apart = Vocabulary(self.WORDS), Vocabulary(self.WORDS, siblings=["event"])
        assert plain != apart
        assert plain | apart == apart | plain == apart
        assert eval(repr(apart)) == apart  # noqa: S307 - our own text

    def test_the_word_siblings_names_no_other_word(self) -> None:
        """It is reserved behind apart, so that files mean one thing by it."""
        with pytest.raises(ModelError) as caught:
            Term(kind="place", key="x", apart=["siblings"])
        assert caught.value.reason == "reserved-word"

    def test_a_ledger_declares_kinds(self) -> None:
        """Events declared apart share nobody, and the union of two ledgers knows it."""
        ledger = Ledger(apart=["event"])
        assert (Ledger() | ledger).words.apart("event", "strike", "raid")
        assert ledger.keeping([]).words == ledger.words


class TestDeclarations:
    def test_a_declared_harm_may_be_a_stock(self) -> None:
        """Those probably dead may become fewer, since they become killed."""
        words = Vocabulary([Term(kind="harm", key="probable", stock=True, becomes=["killed"], under=["killed"])])
        assert words.is_stock(["probable"])
        assert not words.is_stock(["killed"])
        assert words.becomes("probable") == ("killed",)
        assert words.becomes("missing") == ("captured", "killed")
        assert words.becomes("wounded") == ()
        early, late = (killed(harm=["probable"], until=day) for day in ("2021-03-05", "2021-03-06"))
        assert not early.inside(late, words)
        assert early.inside(late, Vocabulary([Term(kind="harm", key="probable", under=["killed"])]))
        assert early.inside(killed(until="2021-03-06"), words)

    @pytest.mark.parametrize(
        ("fields", "reason"),
        [
            ({"kind": "place", "incident": True}, "not-an-event"),
            ({"kind": "role", "counted_until": "2021-03-05"}, "not-an-event"),
            ({"kind": "event", "stock": True}, "not-a-harm"),
            ({"kind": "side", "becomes": ["killed"]}, "not-a-harm"),
            ({"kind": "event", "counted_until": "2021-03-05T12:00Z"}, "not-a-day"),
        ],
    )
    def test_what_only_words_of_one_kind_are(self, fields: dict[str, Any], reason: str) -> None:
        """Only events are incidents, only harms are stocks."""
        with pytest.raises(ModelError) as caught:
            Term(key="x", **fields)
        assert caught.value.reason == reason

    def test_events_merge(self) -> None:
        """What either ledger says of an event holds; two days until which its dead were counted do not agree."""
        plain, counted = Term(kind="event", key="quake"), Term(kind="event", key="quake", counted_until="2021-04-01")
        both = Term(kind="event", key="quake", incident=True).merged(counted)
        assert both == counted.merged(Term(kind="event", key="quake", incident=True))
        assert (both.incident, str(both.counted_until), plain.merged(counted)) == (True, "2021-04-01", counted)
        with pytest.raises(LedgerError) as caught:
            counted.merged(Term(kind="event", key="quake", counted_until="2021-05"))
        assert "counted_until is both 2021-04-01 and 2021-05" in str(caught.value)


class TestEstimates:
    @pytest.mark.parametrize("fields", [{"method": "survey"}, {"interval": "credible"}, {"level": "95"}])
    def test_any_of_three_makes_one(self, fields: dict[str, str]) -> None:
        """A method, the kind of an interval, or its level."""
        assert claim(**fields).is_estimate
        assert claim(**fields).id != claim().id
        assert not claim(modality="estimated").is_estimate

    @pytest.mark.parametrize(("given", "level"), [("95", "95"), ("95 %", "95"), ("95.0%", "95"), ("99.90", "99.9")])
    def test_one_level_has_one_form(self, given: str, level: str) -> None:
        """So that one statement has one identity."""
        if given == "99.90":
            with pytest.raises(ModelError):
                claim(level=given)
        else:
            assert claim(level=given).level == level

    @pytest.mark.parametrize("level", ["0", "100", "0.95", "high", ""])
    def test_a_level_is_a_percentage(self, level: str) -> None:
        """A level says how often the interval is meant to hold."""
        with pytest.raises(ModelError):
            claim(level=level)

    def test_an_interval_has_two_ends(self) -> None:
        """At least ten is no interval; a survey may say no more."""
        with pytest.raises(ModelError, match="no upper end"):
            claim(figure=Figure.at_least(10), interval="confidence")
        assert claim(figure=Figure.at_least(10), method="survey").is_estimate

    def test_only_a_count_is_estimated(self) -> None:
        """Silence has no method."""
        with pytest.raises(ModelError, match="a claim that is silent has no method and no interval"):
            claim(stance="silent", figure=None, method="survey")


class TestOnly:
    def test_a_breakdown_names_its_perpetrator(self) -> None:
        """It is another statement than an accusation."""
        accused = claim(subject=killed(perpetrator="army"))
        assert accused.replacing(only=["perpetrator"]).id != accused.id

    @pytest.mark.parametrize(
        ("facets", "only"), [({}, ["perpetrator"]), ({"basis": "listed", "perpetrator": "army"}, ["basis"])]
    )
    def test_nothing_else_breaks_down(self, facets: dict[str, str], only: list[str]) -> None:
        """Without a perpetrator there is nothing to break down by, and how people were counted never narrows."""
        with pytest.raises(ModelError, match="it breaks nothing down"):
            claim(subject=killed(**facets), only=only)


class TestUnverified:
    def test_names_the_claim(self) -> None:
        """A mark on nothing marks nothing."""
        mark = claim(stance="unverified", figure=None, target=claim().id)
        assert (mark.stance, mark.stance.does) == (Stance.UNVERIFIED, "could not verify")
        with pytest.raises(ModelError, match="names the claim that it could not verify"):
            claim(stance="unverified", figure=None)

    def test_is_no_denial(self) -> None:
        """It has no aspect and no figure."""
        for fields in ({"aspect": "figure", "figure": None}, {}):
            with pytest.raises(ModelError):
                claim(stance="unverified", target=claim().id, **fields)

    def test_may_be_about_anybodys_claim(self) -> None:
        """A monitor marks what a ministry says."""
        mark = claim(source="b", stance="unverified", figure=None, target=claim().id)
        assert len(Ledger([claim(), mark], sources=[Source(key="a"), Source(key="b")])) == 2


class TestNotes:
    def test_notes_are_no_part_of_what_is_said(self) -> None:
        """The same statement with two notes is one claim with both."""
        one, two = claim(notes=["read at noon"]), claim(notes=["corrected"], present=["about 300"])
        assert one.id == two.id == claim().id
        both = one.merged(two)
        assert (both.notes, both.present) == (("corrected", "read at noon"), ("about 300",))

    def test_a_share_stays_in_its_link(self) -> None:
        """Two links to one claim with other shares are two links."""
        whole = claim().id
        links = [Link(claim=whole), Link(claim=whole, share="half")]
        assert claim(based_on=links[:1]).merged(claim(based_on=links[1:])).based_on == tuple(links)


class TestTimezones:
    def test_days_end_where_they_end_last(self) -> None:
        """Of several offsets the westernmost counts; with none a day ends in universal time."""
        east, west = Ledger(timezones=["+04:00"]), Ledger(timezones=["-03:30", "Z"])
        assert (east | west).timezones == ("+00:00", "+04:00", "-03:30")
        assert (east | west).timezone == (west | east).timezone == "-03:30"
        assert east.timezone == "+04:00"
        assert Ledger().timezone is None
        assert east != Ledger()

    @pytest.mark.parametrize("offset", ["4", "+4:00", "+15:00", "Asia/Yerevan"])
    def test_only_offsets(self, offset: str) -> None:
        """A name of a zone means another offset in another year."""
        with pytest.raises(LedgerError, match="is no offset"):
            Ledger(timezones=[offset])


def test_identities_of_old_claims_stay() -> None:
    """What a claim does not say leaves no trace in its identity: worked out once, before there was any of this."""
    assert claim(source="azerbaijan", stance="silent", figure=None).id == "c1-52e0825aa4910b827e8d"


def test_women_and_children_leave_no_sex_open() -> None:
    """No more women than women and children; of all people a ceiling may mean a part."""
    women = killed(age="adult", sex="female")
    assert killed(age="women-and-children").left_open(women) == ()
    assert killed(age="adult").left_open(women) == ("sex",)
