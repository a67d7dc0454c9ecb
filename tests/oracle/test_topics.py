"""What is compared, and what was known when, rule by rule.  Every expected value is worked by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from .answer import answers
from .examples import answer, at_least, exactly, kinds, on, records, said
from .records import Citation, Link, Range
from .topics import as_known, topic_of


class TestTopics:
    """Section 4: what narrows a count."""

    def test_perpetrator_and_basis_describe(self) -> None:
        """Claims on the same dead are compared whoever is blamed and however they were counted."""
        found = answer(said("moh", 471, perpetrator="x"), said("ngo", 10, perpetrator="s", basis="listed"))
        assert found.blamed == (("moh", "x"), ("ngo", "s"))

    def test_only_narrows(self) -> None:
        """A breakdown is a topic of its own."""
        both = answers(records(said("moh", 9), said("moh", 4, perpetrator="x", only=frozenset({"perpetrator"}))))
        assert sorted(topic.facet("perpetrator") or "" for topic in both) == ["", "x"]

    @pytest.mark.parametrize(
        ("facets", "with_", "narrows"),
        [
            ({"event": "e"}, "police", False),
            ({"event": "e", "side": "s"}, "police", False),
            ({"event": "e", "side": "x"}, "police", True),
            ({"event": "e"}, "pilot", False),
            ({"event": "e"}, "civilian", False),
            ({"event": "e", "status": "combatant"}, "civilian", True),
            ({"event": "e"}, "the missing", True),
        ],
    )
    def test_with(self, facets: dict[str, str], with_: str, *, narrows: bool) -> None:
        """It narrows where it adds people whom the topic does not hold."""
        claim = said("moh", 638, facets=facets, with_=(with_,))
        assert bool(topic_of(claim, records()).with_) is narrows

    @pytest.mark.parametrize(
        ("role", "status"), [("pilot", "combatant"), ("nurse", "civilian"), ("guard", None), ("cook", None)]
    )
    def test_a_role_implies_a_status(self, role: str, status: str | None) -> None:
        """The nearest roles above say it, if they agree."""
        assert topic_of(said("moh", 1, facets={"role": role}), records()).facet("status") == status

    def test_incident(self) -> None:
        """On an incident start, end and place only describe; its day is its last."""
        found = answer(
            said("ngo", Range(12, 30), 9, facets={"event": "strike", "place": "town"}, until=3),
            said("hrw", at_least(41), 6, facets={"event": "strike"}, since=on(2), until=5),
        )
        assert found.day == on(5).days
        assert kinds(found) == [("disputed", "ngo", "hrw")]

    def test_none_by_us(self) -> None:
        """A 0 under one's own side is a denial of responsibility and no figure."""
        found = answer(said("gov", 0, perpetrator="police"), said("ngo", 7))
        assert (found.common, found.status) == (exactly(7), "single source")
        assert [(each.source, each.aspect) for each in found.denials] == [("gov", "responsibility")]

    def test_none_by_them(self) -> None:
        """A 0 under another side is a figure."""
        assert answer(said("gov", 0, perpetrator="x")).common == exactly(0)


class TestKnowledge:
    """Section 6: two clocks."""

    def test_as_of(self) -> None:
        """What counts beyond the day asked for is left out of positions."""
        found = answer(said("moh", 5, 1, until=1), said("moh", 9, 3, until=3), as_of=on(2))
        assert (found.common, found.fates) == (exactly(5), {"a": "stands", "b": "later than the day"})

    def test_known_on_a_day(self) -> None:
        """Claims, withdrawals and links said later leave no trace; a printing date makes known as well."""
        printed = Citation("The Paper", on(2))
        given = records(
            said("moh", 5, 1),
            said("moh", None, 4, stance="withdraws", target="a"),
            said("ngo", 6, None, citations=(printed,)),
            said("hrw", 6, 1, based_on=(Link("c", on(4)),)),
            said("un", 6, None),
        )
        (found,) = answers(given, known_on=on(3)).values()
        assert found.fates == {"a": "stands", "c": "stands", "d": "stands"}
        (later,) = answers(given, known_on=on(4)).values()
        assert later.fates == {"a": "withdrawn", "b": "stands", "c": "stands", "d": "copy"}

    def test_known_at_a_moment(self) -> None:
        """What a day alone dates is known when that day is over; the answer says how many are left out."""
        given = records(said("moh", 5, on(1, 9)), said("ngo", 6, on(1, 15)), said("un", 7, 1), said("hrw", 8, 0))
        known, left_out = as_known(given, on(1, 12))
        assert ([each.id for each in known.claims], left_out) == (["a", "d"], 1)
        # At +04:00 the day is over four hours before midnight UTC.
        assert [each.id for each in as_known(replace(given, day_ends=-14_400), on(1, 20))[0].claims] == [
            "a",
            "b",
            "c",
            "d",
        ]
