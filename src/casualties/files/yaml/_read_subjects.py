"""What a file says of those who are counted: groups, facets, marks, periods."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from casualties.files._nodes import Items, Node, Scalar
from casualties.files.problems import close
from casualties.files.yaml._desk import Desk
from casualties.files.yaml._grammar import ENTRY, GROUP, MARKS, PEOPLE, SUBJECT, Shape
from casualties.model.facet import FACETS
from casualties.model.harm import JOINABLE
from casualties.model.period import PartialDate
from casualties.model.subject import Subject

__all__ = ["DEFAULTS", "PLACED", "Members", "Subjects", "is_blank", "joined"]

_OF_ONE_CLAIM: Final = {
    *("id", "harm", "figure", "silent", "silence", "denies", "aspect", "withdraws", "unverified", "of"),
    *("replaces", "based_on", "misrelays", "note", "extra"),
}
DEFAULTS: Final = {name: key for name, key in ENTRY.items() if name not in _OF_ONE_CLAIM}
"""The keys that defaults may hold: all that may be said alike of many claims."""

PLACED: Final = (*FACETS, "with", "without")
"""The keys that describe the counted; what an entry gives of them is its subject, with the harm and the period."""

_FACET_NAMES: Final = (*FACETS, "harm", "period")

Members = dict[str, tuple[Scalar, Node]]
"""The keys of a map with what they hold."""


class Subjects:
    """Reads whom a claim counts, from its own keys, a group and the defaults."""

    def __init__(self, desk: Desk, *, groups: Mapping[str, Node], defaults: Node | None) -> None:
        self.desk = desk
        self.groups = {name: self._map(node, f"group {name!r}") for name, node in groups.items()}
        self.defaults: Members = {} if defaults is None else desk.fields(defaults, "defaults", DEFAULTS)

    def _map(self, node: Node, what: str) -> dict[str, Any]:
        members = self.desk.fields(node, what, GROUP)
        return {**self._facets(members), **self._marks(members)}

    def _facets(self, members: Members) -> dict[str, Any]:
        return self.desk.values(GROUP, {name: pair for name, pair in members.items() if name in PLACED})

    def _marks(self, members: Members) -> dict[str, Any]:
        marks: dict[str, Any] = {}
        for name in MARKS:
            if name not in members:
                continue
            node = members[name][1]
            if name == "alleged":
                marks[name] = tuple(self._alleged(node))
                continue
            facets = [(self.desk.text(item, name), item) for item in self.desk.items(node)]
            for facet, facet_node in facets:
                if facet is not None and facet not in _FACET_NAMES:
                    hint = close(facet, _FACET_NAMES)
                    self.desk.wrong(facet_node, f"{name} {facet!r}: there is no such facet", hint, "unknown-facet")
            marks[name] = tuple(facet for facet, _each in facets if facet in _FACET_NAMES)
        return marks

    def _alleged(self, node: Node) -> Iterator[tuple[str, str]]:
        for facet, (_key, words) in self.desk.fields(node, "alleged", FACETS).items():
            for word_node in self.desk.items(words):
                key = GROUP.get(facet)
                free = key is None or key.shape is not Shape.TEXT
                word = (
                    self.desk.name(word_node, facet) if free or key is None else self.desk.word(word_node, facet, key)
                )
                if word is not None:
                    yield facet, word

    def described(self, own: Members, blank: Iterable[str] = ()) -> dict[str, Any]:
        """Put together what an entry, its group and the defaults say of the victims."""
        members = {**self.defaults, **own}
        inline = self._facets(members)
        marks = self._marks(members)
        if "victims" in members and "victims" not in blank:
            node = members["victims"][1]
            group = self._victims(node)
            for name, value in group.items():
                if name in MARKS:
                    marks[name] = (*value, *marks.get(name, ()))
                    continue
                if name in inline and ("victims" in own) == (name in own) and inline[name] != value:
                    what = f"{name} is both {_worded(value)} and {_worded(inline[name])}"
                    self.desk.wrong(members[name][1], what, "keep one of the two, or make another group", "two-values")
                elif name not in inline or "victims" in own:
                    inline[name] = value
        facets = {**inline, **marks}
        return {name: value for name, value in facets.items() if name not in blank} if blank else facets

    def _victims(self, node: Node) -> dict[str, Any]:
        if not isinstance(node, Scalar):
            return self._map(node, "victims")
        name = self.desk.name(node, "victims")
        return {} if name is None else self.group(node, name, "victims")

    def is_group(self, name: str) -> bool:
        """Tell whether a name is that of a group, declared or built in."""
        return name in self.groups or name in PEOPLE

    def group(self, node: Node, name: str, what: str) -> dict[str, Any]:
        """Give what a group, declared or built in, says of the victims; note where there is none of the name."""
        if name in self.groups:
            return self.groups[name]
        if name not in PEOPLE:
            hint = close(name, (*self.groups, *PEOPLE)) or "declare it under groups, or write the facets in braces"
            self.desk.wrong(node, f"{what} {name!r}: there is no such group", hint, "undeclared")
        return dict(PEOPLE.get(name, {}))

    def subject(self, node: Node, what: str) -> Subject | None:
        """Read a subject that stands alone, as in totals."""
        own, blank = self.own(node, what, SUBJECT)
        if "harm" not in own:
            self.desk.wrong(node, f"{what} without a harm", "say harm: killed, or what happened", "missing")
            return None
        harm = self.harm(own["harm"][1], "harm")
        described = self.described(own, blank)
        facets = {name: value for name, value in described.items() if name not in MARKS}
        return self.make(node, own, harm, {**facets, **self.dates({**self.defaults, **own}, blank, "since", "until")})

    def make(self, node: Node, members: Members, harm: tuple[str, ...], facets: dict[str, Any]) -> Subject | None:
        """Make a subject; ``None`` where something in it is wrong."""
        if not harm:
            return None
        return self.desk.making(node, Subject, {"harm": harm, **facets}, lambda: places_of(members))

    def dates(self, members: Members, blank: Iterable[str], *names: str) -> dict[str, PartialDate]:
        """Take the dates that are given."""
        read = {name: self.desk.date(members[name][1], name) for name in names if name in members and name not in blank}
        return {name: value for name, value in read.items() if value is not None}

    def own(self, node: Node, what: str, keys: Collection[str]) -> tuple[Members, set[str]]:
        """Take the keys of an entry, and apart from them those that are left empty to undo a default."""
        own = self.desk.fields(node, what, keys)
        blank = {
            name
            for name, (_key, value) in own.items()
            if name in DEFAULTS and is_blank(value) and self._undoes(name, own)
        }
        return {name: pair for name, pair in own.items() if name not in blank} if blank else own, blank

    def _undoes(self, name: str, own: Members) -> bool:
        victims = "victims" in self.defaults and name in GROUP
        return (
            name in self.defaults or victims or (name in ("since", "until") and ("denies" in own or "withdraws" in own))
        )

    def harm(self, node: Node, what: str) -> tuple[str, ...]:
        """Read harms; empty where they are wrong."""
        harms = []
        for item in self.desk.items(node):
            name = self.desk.name(item, what)
            if name is None or (not joined(name) and self.desk.word(item, what, ENTRY["harm"]) is None):
                return ()
            harms.append(name)
        return tuple(harms)


def places_of(members: Members) -> dict[str, Node]:
    """Give where the value of each key stands."""
    return {name: value for name, (_key, value) in members.items()}


def joined(name: str) -> bool:
    """Tell whether a name is a set of harms, such as killed-or-wounded."""
    return "-or-" in name and set(name.split("-or-")) <= JOINABLE


def is_blank(node: Node) -> bool:
    """Tell whether nothing stands in a place."""
    return (isinstance(node, Scalar) and not node.text.strip()) or (isinstance(node, Items) and not node.members)


def _worded(value: object) -> str:
    return " and ".join(map(repr, value)) if isinstance(value, tuple) else repr(str(value))
