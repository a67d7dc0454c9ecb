"""Declared words: inside, apart, opposed, what a role implies, and circles."""

from __future__ import annotations

import pickle

import pytest

from casualties.errors import LedgerError, ModelError
from casualties.model.vocabulary import Status, Term, Vocabulary, declared_circle


def place(key: str, *under: str, apart: tuple[str, ...] = ()) -> Term:
    """Declare a place."""
    return Term(kind="place", key=key, under=under, apart=apart)


def role(key: str, *under: str, status: tuple[str, ...] = ()) -> Term:
    """Declare a role."""
    return Term(kind="role", key=key, under=under, status=status)


class TestTerm:
    @pytest.mark.parametrize(
        ("fields", "reason"),
        [({"status": ["civilian"]}, "not-a-role"), ({"against": ["b"]}, "not-a-side")],
    )
    def test_only_roles_imply_and_only_sides_oppose(self, fields: dict[str, list[str]], reason: str) -> None:
        """A place implies no status and fights nobody."""
        with pytest.raises(ModelError) as caught:
            Term(kind="place", key="a", **fields)
        assert caught.value.reason == reason

    def test_merging_joins_everything(self) -> None:
        """Names and relations of both declarations are kept."""
        one = Term(kind="side", key="a", names=["A"], under=["x"], apart=["b"], against=["c"])
        other = Term(kind="side", key="a", names=["Side A"], under=["y"])
        assert one.merged(other) == Term(
            kind="side", key="a", names=["A", "Side A"], under=["x", "y"], apart=["b"], against=["c"]
        )
        assert one.merged(one) is one


class TestInside:
    WORDS = Vocabulary(
        [place("street", "town"), place("town", "land", "empire"), place("land", "world"), place("empire", "world")]
    )

    @pytest.mark.parametrize(
        ("key", "other", "inside"),
        [
            ("street", "world", True),
            ("town", "empire", True),
            ("town", "town", True),
            ("world", "town", False),
            ("elsewhere", "elsewhere", True),
            ("elsewhere", "world", False),
        ],
    )
    def test_relation_is_followed_upwards(self, key: str, other: str, inside: bool) -> None:
        """Several parents are allowed, and undeclared words lie inside nothing."""
        assert self.WORDS.inside("place", key, other) is inside

    def test_harms_have_built_in_wholes(self) -> None:
        """Of casualties and losses only the killed are surely a part."""
        words = Vocabulary([Term(kind="harm", key="executed", under=["killed"])])
        assert words.inside("harm", "executed", "casualties")
        assert not words.inside("harm", "wounded", "casualties")
        assert words.inside("harm", "in-treatment", "wounded")

    def test_kinds_do_not_mix(self) -> None:
        """A place under another says nothing of the sides of those names."""
        assert not self.WORDS.inside("side", "town", "land")


class TestApart:
    WORDS = Vocabulary(
        [
            place("barda", "azerbaijan", apart=("ganja",)),
            place("school", "barda"),
            place("market", "ganja"),
            Term(kind="side", key="armenian", against=["azerbaijani"]),
            Term(kind="side", key="mutineers", under=["army"], against=["army"]),
        ]
    )

    @pytest.mark.parametrize(
        ("kind", "key", "other", "apart"),
        [
            ("place", "barda", "ganja", True),
            ("place", "ganja", "barda", True),
            ("place", "school", "market", True),
            ("place", "market", "school", True),
            ("place", "school", "barda", False),
            ("place", "barda", "barda", False),
            ("place", "school", "azerbaijan", False),
            ("side", "armenian", "azerbaijani", True),
            ("side", "mutineers", "army", False),  # a part shares its people with the whole
            ("event", "barda", "ganja", False),
        ],
    )
    def test_what_holds_of_wholes_holds_of_parts(self, kind: str, key: str, other: str, apart: bool) -> None:
        """Declared apart in either direction, by the word itself or one above it; never from its own whole."""
        assert self.WORDS.apart(kind, key, other) is apart

    @pytest.mark.parametrize(
        ("side", "other", "opposed"),
        [
            ("armenian", "azerbaijani", True),
            ("azerbaijani", "armenian", True),
            ("armenian", "turkey", False),
            ("mutineers", "army", True),
        ],
    )
    def test_opposed(self, side: str, other: str, opposed: bool) -> None:
        """Who fights whom is declared, and holds both ways."""
        assert self.WORDS.opposed(side, other) is opposed


class TestStatusOfRole:
    WORDS = Vocabulary(
        [
            role("fighter", status=("combatant",)),
            role("mercenary", "fighter"),
            role("medic", "fighter", status=("civilian",)),
            role("guard", "fighter", "staff"),
            role("staff", status=("civilian",)),
            role("cook", "staff", "crew"),
        ]
    )

    @pytest.mark.parametrize(
        ("key", "status"),
        [
            ("fighter", Status.COMBATANT),
            ("mercenary", Status.COMBATANT),
            ("medic", Status.CIVILIAN),  # its own declaration is nearer
            ("guard", None),  # the two above it differ
            ("cook", Status.CIVILIAN),
            ("crew", None),
        ],
    )
    def test_nearest_declaration_counts(self, key: str, status: Status | None) -> None:
        """A role implies what it declares, else what the nearest roles above it agree on."""
        assert self.WORDS.status_of(key) is status


class TestVocabulary:
    def test_circle_is_refused(self) -> None:
        """A whole cannot lie inside its own part."""
        with pytest.raises(LedgerError, match="'a' inside 'b' inside 'a': a circle"):
            Vocabulary([place("a", "b"), place("b", "a")])

    def test_circle_through_built_in_harms_is_refused(self) -> None:
        """Casualties cannot lie inside the killed."""
        with pytest.raises(LedgerError, match="circle"):
            Vocabulary([Term(kind="harm", key="casualties", under=["killed"])])

    def test_role_with_two_statuses_is_refused(self) -> None:
        """One role implies one status."""
        with pytest.raises(LedgerError, match="implies both 'civilian' and 'combatant'"):
            Vocabulary([role("a", status=("civilian",)), role("a", status=("combatant",))])

    def test_declaration_that_says_nothing_is_none(self) -> None:
        """A bare word is as good as undeclared."""
        assert Vocabulary([place("barda")]) == Vocabulary()
        assert len(Vocabulary([place("barda"), place("a", "b")])) == 1

    def test_union(self) -> None:
        """Joining keeps every declaration of both, in one order."""
        one, other = Vocabulary([place("a", "b")]), Vocabulary([place("a", "c"), place("d", "a")])
        assert one | other == other | one == Vocabulary([place("a", "b", "c"), place("d", "a")])
        assert one | one is one
        assert hash(one | other) == hash(other | one)
        with pytest.raises(TypeError):
            one | 1  # type: ignore[operator]

    def test_strangers_and_copies(self) -> None:
        """A vocabulary equals none of another kind, pickles, and shows its words."""
        words = Vocabulary([place("a", "b")])
        assert words != 1
        assert pickle.loads(pickle.dumps(words)) == words
        assert repr(words) == f"Vocabulary([{place('a', 'b')!r}])"

    def test_name_to_show(self) -> None:
        """The first name, or the key where none is declared."""
        words = Vocabulary(
            [Term(kind="side", key="a", names=["B side", "A side"]), Term(kind="side", key="b", under=["a"])]
        )
        assert [words.name("side", key) for key in "abc"] == ["A side", "b", "c"]


class TestDeclaredCircle:
    @pytest.mark.parametrize(
        ("parents", "circle"),
        [
            ({"a": [], "b": []}, ()),
            ({"a": ["a"]}, ("a", "a")),
            ({"c": ["b"], "b": ["d"], "d": ["c"]}, ("b", "d", "c", "b")),
            ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, ()),
            ({"a": ["b"], "b": ["c"], "c": ["b"]}, ("b", "c", "b")),
        ],
    )
    def test_circle_begins_at_its_smallest_name(self, parents: dict[str, list[str]], circle: tuple[str, ...]) -> None:
        """A diamond is no circle; a tail before a circle is no part of it."""
        assert declared_circle(parents, parents.__getitem__) == circle
