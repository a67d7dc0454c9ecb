"""Sources, the tree in which they stand, and what follows from it."""

from __future__ import annotations

import pickle

import pytest

from casualties.errors import LedgerError, ModelError
from casualties.model.source import Source, Sources


class TestSource:
    def test_name_to_show(self) -> None:
        """The first name, or the key."""
        assert Source(key="mod", names=["b", "a"]).name == "a"
        assert Source(key="mod").name == "mod"

    def test_merging_keeps_both(self) -> None:
        """What two ledgers say of a source is joined."""
        one = Source(key="a", names=["A"], kinds=["ngo"], side="x", repeats=["b"])
        other = Source(key="a", aliases=["AA"], kinds=["monitor"], under="c")
        expected = Source(
            key="a", names=["A"], aliases=["AA"], kinds=["ngo", "monitor"], side="x", under="c", repeats=["b"]
        )
        assert one.merged(other) == other.merged(one) == expected
        assert one.merged(one) is one

    @pytest.mark.parametrize("facet", ["side", "under"])
    def test_two_values_stop_the_merge(self, facet: str) -> None:
        """Two sides or two parents are shown, in one order."""
        one, other = Source(key="a", **{facet: "y"}), Source(key="a", **{facet: "x"})
        with pytest.raises(LedgerError, match=f"source 'a': {facet} is both 'x' and 'y'"):
            one.merged(other)

    def test_source_cannot_repeat_itself(self) -> None:
        """Nobody rests on his own word."""
        with pytest.raises(ModelError, match="repeats itself"):
            Source(key="a", repeats=["b", "a"])


class TestSources:
    TREE = Sources(
        [
            Source(key="mod", under="state"),
            Source(key="press", under="mod", side="own"),
            Source(key="state", side="armenian", kinds=["unattributed"]),
            Source(key="digest", repeats=["agency"]),
        ]
    )

    def test_line_root_and_side(self) -> None:
        """The line leads to the root; the nearest side counts."""
        assert self.TREE.line("press") == ("press", "mod", "state")
        assert self.TREE.root("press") == "state"
        assert [self.TREE.side(key) for key in ("press", "mod", "digest", "nobody")] == ["own", "armenian", None, None]
        assert self.TREE.root("nobody") == "nobody"

    def test_named_sources_are_there(self) -> None:
        """Those that others stand under or repeat are sources too."""
        assert "agency" in self.TREE
        assert list(self.TREE) == ["agency", "digest", "mod", "press", "state"]
        assert len(self.TREE) == 5

    def test_repeats_and_unattributed(self) -> None:
        """Whom a source repeats, and whether anybody stands for it."""
        assert [self.TREE.repeats(key) for key in ("digest", "mod", "nobody")] == [("agency",), (), ()]
        assert [self.TREE.unattributed(key) for key in ("state", "mod", "nobody")] == [True, False, False]

    def test_circle_is_refused(self) -> None:
        """Nothing stands under itself."""
        with pytest.raises(LedgerError, match="source 'a' under 'b' under 'a': a circle"):
            Sources([Source(key="b", under="a"), Source(key="a", under="b")])

    def test_union(self) -> None:
        """Joining keeps all of both; strangers cannot be joined."""
        one, other = Sources([Source(key="a", side="x")]), Sources([Source(key="a", under="b")])
        assert one | other == other | one == Sources([Source(key="a", side="x", under="b")])
        assert hash(one | other) == hash(other | one)
        assert one | one is one
        with pytest.raises(TypeError):
            one | 1  # type: ignore[operator]

    def test_strangers_and_copies(self) -> None:
        """Sources equal none of another kind, pickle, and show themselves."""
        sources = Sources([Source(key="a")])
        assert sources != {"a": Source(key="a")}
        assert pickle.loads(pickle.dumps(sources)) == sources
        assert repr(sources) == "Sources([Source(key='a')])"
