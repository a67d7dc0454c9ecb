"""Which subjects lie inside which, and which only look alike."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from casualties.model.subject import Subject
from casualties.model.vocabulary import Term, Vocabulary
from casualties.reconciling.relations import SubjectIndex, differing_facet

WORDS = Vocabulary(
    [
        Term(kind="place", key="barda", under=["azerbaijan"]),
        Term(kind="harm", key="executed", under=["killed"]),
        Term(kind="harm", key="drowned", under=["killed"]),
        Term(kind="harm", key="maimed", under=["losses", "wounded"]),
    ]
)


def killed(**facets: Any) -> Subject:
    """Make a subject of people killed."""
    return Subject(**{"harm": ["killed"], **facets})


class TestInside:
    SUBJECTS = (
        killed(),
        killed(place="azerbaijan"),
        killed(place="barda"),
        killed(place="barda", age="elderly"),
        killed(place="barda", age="adult"),
        killed(harm=["killed", "wounded"], place="barda"),
        killed(side="armenian"),
        killed(since="2020-09-27"),
        killed(until="2020-09-28"),
        killed(until="2020-10-01", place="barda"),
        killed(place="barda", with_=["missing"]),
        killed(place="barda", without=["police"]),
    )

    def test_index_finds_what_comparing_finds(self) -> None:
        """The index gives the same as comparing every pair."""
        index = SubjectIndex(self.SUBJECTS, WORDS)
        for one, other in product(self.SUBJECTS, repeat=2):
            assert (other in index.containing(one)) == (one != other and one.inside(other, WORDS))

    def test_nearest_wholes(self) -> None:
        """None of the nearest contains another of them."""
        index = SubjectIndex(self.SUBJECTS, WORDS)
        assert index.around(killed(place="barda", age="elderly")) == (killed(place="barda", age="adult"),)
        assert set(index.around(killed(place="barda"))) == {
            killed(place="azerbaijan"),
            killed(harm=["killed", "wounded"], place="barda"),
            killed(place="barda", with_=["missing"]),
        }
        assert index.around(killed()) == ()


class TestAlike:
    @pytest.mark.parametrize(
        ("one", "other", "facets"),
        [
            ({}, {"harm": ["casualties"]}, ["harm"]),
            ({}, {"harm": ["killed", "wounded"]}, ["harm"]),
            ({"harm": ["casualties"]}, {"harm": ["losses"]}, ["harm"]),  # the killed are part of both
            ({"harm": ["maimed"]}, {"harm": ["losses"]}, ["harm"]),
            ({"harm": ["executed"]}, {"harm": ["drowned"]}, ["harm"]),  # both are part of the killed
            ({}, {"harm": ["wounded"]}, []),
            ({}, {"basis": "buried"}, ["basis"]),
            ({}, {"cause": "in-captivity"}, ["cause"]),
            ({}, {"with_": ["missing"]}, ["with"]),
            ({}, {"without": ["police"]}, ["without"]),
            ({"since": "2020-09-27"}, {"since": "2020-09-30"}, ["since"]),
            ({"since": "2020-09-27"}, {"harm": ["killed", "missing"]}, ["harm"]),  # a stock has no first day
            ({"since": "2020-09-27"}, {"harm": ["killed", "wounded"]}, []),  # two facets differ
            ({}, {"side": "armenian"}, []),
            ({}, {"basis": "buried", "cause": "accident"}, []),
        ],
    )
    def test_one_facet_that_is_easily_overlooked(
        self, one: dict[str, Any], other: dict[str, Any], facets: list[str]
    ) -> None:
        """Both see one another, by the one facet in which they differ."""
        here, there = killed(**one), killed(**other)
        index = SubjectIndex([here, there], WORDS)
        assert index.alike(here) == tuple((facet, there) for facet in facets)
        assert index.alike(there) == tuple((facet, here) for facet in facets)


class TestDifferingFacet:
    def test_all_are_named(self) -> None:
        """Every facet that differs, under the name that people use."""
        assert differing_facet(killed(), killed(side="a", with_=["b"], until="2020")) == ("side", "with", "until")


def test_harms_that_share_a_declared_part_are_alike() -> None:
    """One declared harm that is part of both sets them beside each other; a place of that name does not."""
    missing, wounded = killed(harm=["missing"]), killed(harm=["wounded"])
    for kind, expected in (("harm", (("harm", wounded),)), ("place", ())):
        words = Vocabulary([Term(kind=kind, key="carried-off", under=["missing", "wounded"] if kind == "harm" else [])])
        assert SubjectIndex([missing, wounded], words).alike(missing) == expected
