"""YAML as a tree of texts, lists and maps that all know their place.

Only the notation is taken from YAML.  What a text means is never decided here: ``no`` is two letters and ``012`` three
digits.  Aliases, anchors, tags, merge keys, several documents and keys given twice are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import yaml

from casualties.errors import Problem
from casualties.files.disk import place_of

__all__ = ["MAX_DEPTH", "MAX_NODES", "Fields", "Hole", "Items", "Mark", "Node", "Scalar", "compose"]

MAX_DEPTH: Final = 20
"""How deep lists and maps may lie in one another."""

MAX_NODES: Final = 5_000_000
"""How many texts, lists and maps a file may hold."""

_PARSERS: Final[tuple[Any, ...]] = (
    tuple(  # the fast parser decides only what it reads; what is wrong is always said by the other
        getattr(yaml, name) for name in ("CSafeLoader", "SafeLoader") if hasattr(yaml, name)
    )
)


class Mark(NamedTuple):
    """A place in a file, counted from 1."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}"


def _mark(at: Any) -> Mark:  # noqa: ANN401 - the parsers have two types for it, either of which may be missing
    return Mark(at.line + 1, at.column + 1)


class Scalar(NamedTuple):
    """A text."""

    text: str
    mark: Mark
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    mark: Mark
    members: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fields:
    """A map: each key as text, with its own place and what it holds."""

    mark: Mark
    members: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hole:
    """A place where something was refused, so that nobody complains of it twice."""

    mark: Mark


Node = Scalar | Items | Fields | Hole

_tuple: Final[Any] = tuple.__new__
"""Makes a named tuple of a tuple, without its own call: a file has tens of thousands."""

_BEGINNINGS: Final = frozenset({yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent, yaml.AliasEvent})
_ENDS: Final = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})
_AWAITED: Final = object()
"""Stands for the key that comes next."""


def compose(text: str) -> tuple[Node | None, list[Problem]]:
    """Read YAML into a tree; with the problems of the notation, in the order of the file.

    The tree is ``None`` where there is none, or where the notation itself breaks off.
    """
    composer, broken = _Composer(), None
    for parser in _PARSERS:
        composer = _Composer()
        try:
            composer.take(iter(parser(text).get_event, None))
        except yaml.YAMLError as error:
            broken = _broken(error, text)
        else:
            return composer.root, composer.problems
    return None, [*composer.problems, *([broken] if broken else [])]


def _broken(error: yaml.YAMLError, text: str) -> Problem:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        place = str(_mark(error.problem_mark))
        said = f"{error.context}, {error.problem}" if error.context else str(error.problem)
    else:  # the other kind of error names a character by its offset
        offset = getattr(error, "position", 0)
        place, said = place_of(text, offset), f"U+{ord(text[offset]):04X} is not allowed"
    tab = r"'\t'" in said
    hint = "indent with spaces" if tab else "see what stands just before; quote texts that hold : # [ ] { } or ,"
    return Problem(place, f"this is not YAML: {said}", hint, "notation")


class _Composer:
    """Builds the tree from the events of the parser, one after the other and never by recursion."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.problems: list[Problem] = []

    def take(self, events: Iterator[Any]) -> None:
        members: Any = None  # those of the innermost open collection
        key: Any = _AWAITED  # in an open map the key that awaits what it holds; none where it was refused
        in_map = False
        around: list[tuple[Node, Any, Any, bool]] = []  # each open collection, and what was open around it
        count = 0
        for event in events:
            kind = type(event)
            if kind in _ENDS:
                node, members, key, in_map = around.pop()
            elif kind in _BEGINNINGS:
                at = event.start_mark
                mark = _tuple(Mark, (at.line + 1, at.column + 1))
                count += 1
                if count > MAX_NODES or len(around) > MAX_DEPTH:
                    self._too_much(mark, count)
                    return
                if kind is yaml.AliasEvent:
                    self._refuse(mark, f"an alias, *{event.anchor}", "write the value out, or name it under groups")
                    node = Hole(mark)
                else:
                    if event.anchor is not None or event.tag is not None:
                        self._refuse_signs(event, mark)
                    if kind is not yaml.ScalarEvent:
                        node = Fields(mark) if kind is yaml.MappingStartEvent else Items(mark)
                        around.append((node, members, key, in_map))
                        members, key, in_map = node.members, _AWAITED, kind is yaml.MappingStartEvent
                        continue
                    node = _tuple(Scalar, (event.value, mark, not event.style))
            elif kind is yaml.DocumentStartEvent and self.root is not None:
                self._refuse(_mark(event.start_mark), "a second document", "keep one ledger a file")
                return
            else:
                continue
            if members is None:
                self.root = node
            elif not in_map:
                members.append(node)
            elif key is _AWAITED:
                key = self._key(members, node)
            else:
                if key is not None:
                    members[key.text] = (key, node)
                key = _AWAITED

    def _too_much(self, mark: Mark, count: int) -> None:
        what = f"more than {MAX_NODES} values" if count > MAX_NODES else f"nested deeper than {MAX_DEPTH}"
        self._refuse(mark, what, "a ledger needs far less; is this the right file?")

    def _refuse(self, mark: Mark, message: str, hint: str) -> None:
        self.problems.append(Problem(str(mark), message, hint, "notation"))

    def _refuse_signs(self, event: Any, mark: Mark) -> None:  # noqa: ANN401 - one of three types
        if event.anchor is not None:
            self._refuse(mark, f"an anchor, &{event.anchor}", "take it out, or name the value under groups")
        if event.tag is not None:
            self._refuse(mark, f"a tag, {event.tag}", "take it out; every value is read as text")

    def _key(self, members: dict[str, tuple[Scalar, Node]], node: Node) -> Scalar | None:
        if isinstance(node, Hole):
            return None
        if not isinstance(node, Scalar):
            self._refuse(node.mark, "a list or map stands as a key", "write a name before the colon")
            return None
        if node.plain and node.text == "<<":
            self._refuse(node.mark, "a merge key, <<", "write the values out, or name them under groups")
            return None
        if node.text in members:
            first = members[node.text][0].mark
            self._refuse(node.mark, f"{node.text!r} again: it stands at {first} already", "keep one of the two")
            return None
        return node
