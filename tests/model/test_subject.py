"""Subjects: the same, inside, apart; running counts and stocks; what a finding is about."""

from __future__ import annotations

from typing import Any

import pytest

from casualties.errors import ModelError, UnknownNameError
from casualties.model.facet import check_word
from casualties.model.harm import is_stock
from casualties.model.subject import Subject
from casualties.model.vocabulary import Term, Vocabulary

WORDS = Vocabulary(
    [
        Term(kind="role", key="foreign-fighter", status=["combatant"]),
        Term(kind="role", key="mercenary", under=["foreign-fighter"]),
        Term(kind="role", key="medic", apart=["foreign-fighter"]),
        Term(kind="place", key="barda", under=["azerbaijan"], apart=["ganja"]),
        Term(kind="side", key="armenian", against=["azerbaijani"]),
        Term(kind="side", key="artsakh", under=["armenian"]),
        Term(kind="nationality", key="syrian", apart=["libyan"]),
        Term(kind="event", key="strike", apart=["battle"]),
    ]
)


def killed(**facets: Any) -> Subject:
    """Make a subject of people killed."""
    return Subject(**{"harm": ["killed"], **facets})


class TestBuilding:
    def test_harms_are_a_set_in_one_order(self) -> None:
        """However the harms of a joint count are written, it is one subject."""
        assert killed(harm=["wounded-or-killed"]) == killed(harm=["killed", "wounded", "killed"])
        assert killed(harm=["captured", "missing"]).harm == ("missing", "captured")

    def test_declared_harm_with_or_in_its_name_is_itself(self) -> None:
        """Only the four joinable harms are taken apart."""
        assert killed(harm=["killed-or-frightened"]).harm == ("killed-or-frightened",)

    @pytest.mark.parametrize(
        ("fields", "reason"),
        [
            ({"harm": ["killed", "displaced"]}, "harms-not-joinable"),
            ({"since": "2020-09-30", "until": "2020-09-29"}, "not-a-period"),
            ({"until": "2020-09-30T18:05+04:00"}, "not-a-day"),
            ({"since": "2020-09-30T18:05+04:00"}, "not-a-day"),
        ],
    )
    def test_refused(self, fields: dict[str, Any], reason: str) -> None:
        """Harms that cannot be joined, hours, and periods that end before they begin."""
        with pytest.raises(ModelError) as caught:
            killed(**fields)
        assert caught.value.reason == reason

    def test_period_that_may_be_one(self) -> None:
        """A month and a day within it may be in order."""
        assert killed(since="2020-09-30", until="2020-09").until is not None

    def test_text(self) -> None:
        """Everything in it is shown."""
        subject = killed(harm=["killed", "missing"], side="a", with_=["x"], without=["y"], since="2020", until="2021")
        assert str(subject) == "killed or missing, a with x without y 2020..2021"
        assert str(killed(until="2021")) == "killed ..2021"

    def test_strangers(self) -> None:
        """A subject is no text."""
        assert killed() != "killed"

    def test_listing_order(self) -> None:
        """Killed before wounded before declared harms; a side before none."""
        order = [
            killed(side="b"),
            killed(),
            killed(harm=["killed", "wounded"]),
            killed(harm=["wounded"]),
            killed(harm=["a"]),
        ]
        assert sorted([*order[2:], *order[:2]], key=lambda each: each.key) == order


class TestStock:
    @pytest.mark.parametrize(
        ("harm", "stock"),
        [("killed", False), ("wounded", False), ("casualties", False), ("missing", True), ("in-treatment", True)],
    )
    def test_harms(self, harm: str, stock: bool) -> None:
        """The missing, captured, displaced and those in treatment may become fewer."""
        assert is_stock((harm,)) is stock

    def test_joint_count_with_a_stock_is_one(self) -> None:
        """Killed or missing may fall, since the missing may come back."""
        assert killed(harm=["killed", "missing"]).stock


class TestTopic:
    def test_running_count_keeps_its_first_day(self) -> None:
        """Only the last day goes; what has none is its own topic."""
        assert killed(since="2020-09-27", until="2020-09-30").topic == killed(since="2020-09-27")
        subject = killed(since="2020-09-27")
        assert subject.topic is subject

    def test_stock_has_no_days(self) -> None:
        """Of a stock the first day goes too."""
        missing = killed(harm=["missing"], since="2020-09-27")
        assert missing.topic == killed(harm=["missing"])
        assert missing.topic.topic is missing.topic

    def test_key_is_that_of_the_topic(self) -> None:
        """Subjects have one topic key when they have one topic."""
        early, late = killed(since="2020", until="2021"), killed(since="2020", until="2022")
        assert early.topic_key == late.topic_key != killed(until="2021").topic_key
        stocks = [killed(harm=["missing"], since=day, until="2021") for day in ("2019", "2020")]
        assert stocks[0].topic_key == stocks[1].topic_key


class TestFilled:
    def test_role_implies_a_status(self) -> None:
        """A mercenary is a combatant where the ledger says so of foreign fighters."""
        assert killed(role="mercenary").filled(WORDS).status == "combatant"

    @pytest.mark.parametrize("facets", [{}, {"role": "pilot"}, {"role": "mercenary", "status": "civilian"}])
    def test_nothing_else_is_changed(self, facets: dict[str, str]) -> None:
        """A stated status stays, and an undeclared role implies none."""
        assert killed(**facets).filled(WORDS) == killed(**facets)


class TestInside:
    @pytest.mark.parametrize(
        ("part", "whole"),
        [
            ({}, {}),
            ({"side": "armenian"}, {}),
            ({"side": "artsakh"}, {"side": "armenian"}),
            ({"perpetrator": "artsakh"}, {"perpetrator": "armenian"}),
            ({"role": "mercenary"}, {"role": "foreign-fighter"}),
            ({"place": "barda"}, {"place": "azerbaijan"}),
            ({"age": "elderly"}, {"age": "adult"}),
            ({"basis": "buried"}, {}),
            ({"without": ["police"]}, {}),
            ({}, {"with_": ["police"]}),
            ({"harm": ["killed"]}, {"harm": ["killed", "wounded"]}),
            ({"harm": ["killed"]}, {"harm": ["casualties"]}),
            ({"harm": ["in-treatment"]}, {"harm": ["wounded"]}),
            ({"since": "2020-09-27"}, {}),
            ({"since": "2020-09-28"}, {"since": "2020-09-27"}),
            ({"since": "2020-09"}, {"since": "2020-09"}),
            ({"until": "2020-09-28"}, {"until": "2020-09-30"}),
            ({"until": "2020-09-30"}, {"until": "2020-10"}),
            ({"harm": ["missing"], "until": "2020-09-28"}, {"harm": ["missing"], "until": "2020-09-28"}),
            ({"harm": ["missing"], "until": "2020-09-28"}, {"harm": ["missing"]}),
            ({"harm": ["killed"], "until": "2020-09-28"}, {"harm": ["killed", "missing"], "until": "2020-09-28"}),
            ({"harm": ["killed"], "since": "2020-09-27"}, {"harm": ["killed", "missing"]}),
            (
                {"harm": ["in-treatment"], "until": "2020-09-28"},
                {"harm": ["wounded"], "since": "2020-09-27", "until": "2020-09-30"},
            ),
        ],
    )
    def test_part_lies_inside(self, part: dict[str, Any], whole: dict[str, Any]) -> None:
        """Everybody counted in the part is surely counted in the whole."""
        assert killed(**part).inside(killed(**whole), WORDS)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({}, {"side": "armenian"}),
            ({"side": "armenian"}, {"side": "artsakh"}),
            ({"status": "civilian"}, {"status": "combatant"}),
            ({"age": "adult"}, {"age": "elderly"}),
            ({"age": "child"}, {"age": "adult"}),
            ({"harm": ["casualties"]}, {"harm": ["killed"]}),
            ({"harm": ["killed", "wounded"]}, {"harm": ["killed"]}),
            ({"harm": ["wounded"]}, {"harm": ["casualties"]}),
            ({"with_": ["police"]}, {}),
            ({}, {"without": ["police"]}),
            ({}, {"since": "2020-09-27"}),
            ({"since": "2020-09-27"}, {"since": "2020-09"}),  # the month may begin on the 30th for all we know
            ({"until": "2020-10-15"}, {"until": "2020-10"}),
            ({"until": "2020-10-01"}, {"until": "2020-09-30"}),
            ({}, {"until": "2020-09-30"}),
            ({"harm": ["missing"], "until": "2020-09-28"}, {"harm": ["missing"], "until": "2020-09-30"}),
            ({"harm": ["missing"]}, {"harm": ["missing"], "until": "2020-09-30"}),
            ({"harm": ["killed"], "until": "2020-09-28"}, {"harm": ["killed", "missing"], "until": "2020-09-30"}),
            ({"harm": ["in-treatment"]}, {"harm": ["wounded"], "since": "2020-09-27"}),
        ],
    )
    def test_nothing_is_inside_that_may_lie_outside(self, one: dict[str, Any], other: dict[str, Any]) -> None:
        """Where anybody of the one may be left out of the other it does not lie inside."""
        assert not killed(**one).inside(killed(**other), WORDS)


class TestApart:
    @pytest.mark.parametrize(
        ("one", "other", "facet"),
        [
            ({"side": "artsakh"}, {"side": "azerbaijani"}, "side"),
            ({"place": "barda"}, {"place": "ganja"}, "place"),
            ({"event": "strike"}, {"event": "battle"}, "event"),
            ({"nationality": "syrian"}, {"nationality": "libyan"}, "nationality"),
            ({"role": "mercenary"}, {"role": "medic"}, "role"),
            ({"status": "civilian"}, {"status": "combatant"}, "status"),
            ({"age": "child"}, {"age": "elderly"}, "age"),
            ({"sex": "female"}, {"sex": "male"}, "sex"),
            ({"until": "2020-09-27"}, {"since": "2020-09-28"}, "period"),
            ({"since": "2020-09-28"}, {"until": "2020-09-27"}, "period"),
            ({"side": "armenian"}, {"side": "turkey"}, None),
            ({"age": "elderly"}, {"age": "adult"}, None),
            ({"age": "adult"}, {"age": "elderly"}, None),
            ({"perpetrator": "armenian"}, {"perpetrator": "azerbaijani"}, None),
            ({"harm": ["missing"], "until": "2020-09-27"}, {"since": "2020-09-28"}, None),
            ({"since": "2020-09", "until": "2020-10"}, {"since": "2020-09-15", "until": "2020-09-20"}, None),
            ({"side": "armenian"}, {}, None),
            ({"since": "2020-09-28"}, {"since": "2020-09-28"}, None),
        ],
    )
    def test_within_one_source(self, one: dict[str, Any], other: dict[str, Any], facet: str | None) -> None:
        """The facet that excludes the other is named, in both directions."""
        here, there = killed(**one), killed(**other)
        assert here.apart_by(there, WORDS) == there.apart_by(here, WORDS) == facet

    @pytest.mark.parametrize(
        ("one", "other", "facet"),
        [
            ({"status": "civilian"}, {"status": "combatant"}, "status"),
            ({"role": "mercenary"}, {"role": "medic"}, "role"),
            ({"sex": "female"}, {"sex": "male"}, "sex"),
        ],
    )
    def test_across_sources_only_where_declared(self, one: dict[str, Any], other: dict[str, Any], facet: str) -> None:
        """Two sources may describe the same dead differently, unless the ledger says that they do not."""
        here, there = killed(**one), killed(**other)
        assert here.apart_by(there, WORDS, frozenset()) is None
        assert here.apart_by(there, WORDS, frozenset({facet})) == facet

    def test_place_needs_no_such_declaration(self) -> None:
        """Siblings that the ledger declares apart are so for every source."""
        assert killed(place="barda").apart_by(killed(place="ganja"), WORDS, frozenset()) == "place"


class TestMatches:
    SUBJECT = killed(side="artsakh", status="combatant")

    @pytest.mark.parametrize(
        ("facets", "fits"),
        [
            ({}, True),
            ({"side": "armenian"}, True),
            ({"side": "azerbaijani"}, False),
            ({"status": "combatant", "harm": "killed"}, True),
            ({"harm": ["killed", "wounded"]}, True),
            ({"harm": "casualties"}, True),
            ({"harm": "wounded"}, False),
            ({"role": "pilot"}, False),
            ({"role": None}, True),
        ],
    )
    def test_facets(self, facets: dict[str, object], fits: bool) -> None:
        """The subject has the facet, or lies below it."""
        assert self.SUBJECT.matches(WORDS, facets) is fits

    def test_unknown_facet(self) -> None:
        """A facet that there is none of is refused, with those that there are."""
        with pytest.raises(UnknownNameError, match="facet 'country'"):
            self.SUBJECT.matches(WORDS, {"country": "armenia"})


@pytest.mark.parametrize(("facet", "word"), [("status", "soldier"), ("sex", "woman"), ("basis", "counted")])
def test_word_of_a_closed_facet_is_one_of_its_own(facet: str, word: str) -> None:
    """Status, age, sex, cause and basis take no words but their own; other facets take any."""
    with pytest.raises(ModelError, match="it has no such word"):
        check_word(facet, word)
    check_word("place", word)
    check_word("status", "civilian")
