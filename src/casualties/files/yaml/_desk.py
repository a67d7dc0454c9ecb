"""The reading of texts, lists and maps that keeps going: what is wrong is noted with its place, and reading goes on."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar

from casualties.errors import ModelError, Problem
from casualties.files._nodes import Fields, Hole, Items, Mark, Node, Scalar
from casualties.files.problems import Problems, close
from casualties.files.yaml._grammar import Key, Shape
from casualties.model.period import PartialDate
from casualties.model.record import Record, clean_key, clean_text

__all__ = ["Desk"]

_TRUTHS: Final = {"yes": True, "true": True, "no": False, "false": False}
_COUNT: Final = re.compile(r"0|[1-9][0-9]{0,14}")

_R = TypeVar("_R", bound=Record)


class Desk(Problems):
    """Takes values out of a tree and notes every problem with its place."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        super().__init__(problems)
        self.declared: dict[str, Collection[str]] = {}
        """The words of each section in which undeclared words are an error."""

    def wrong(self, node: Node | Mark, message: str, hint: str = "", reason: str = "invalid") -> None:
        """Note a problem."""
        if not isinstance(node, Hole):
            self.put(_place(node), message, hint, reason)

    def model(self, node: Node | Mark, error: ModelError, places: Mapping[str, Node] | None = None) -> None:
        """Note what a record found wrong, at the place of the field where that is known."""
        self.put_all(error, lambda field: _place((places or {}).get(field.partition(".")[0], node)))

    def making(
        self,
        node: Node | Mark,
        make: type[_R],
        fields: Mapping[str, Any],
        places: Mapping[str, Node] | Callable[[], Mapping[str, Node]] = MappingProxyType({}),
    ) -> _R | None:
        """Make a record; ``None`` and a note where it cannot be."""
        try:
            return make(**fields)
        except ModelError as error:
            self.model(node, error, places() if callable(places) else places)
            return None

    def fields(self, node: Node, what: str, keys: Collection[str] | None = None) -> dict[str, tuple[Scalar, Node]]:
        """Take a map; only keys that are known, where they are given."""
        if not isinstance(node, Fields):
            if not (isinstance(node, Scalar) and not node.text and node.plain):
                self.wrong(node, f"{what} is {_shown(node)}, not a map", "write key: value pairs", "not-a-map")
            return {}
        if keys is None:
            return node.members
        strange = [name for name in node.members if name not in keys]
        for name in strange:
            self.unknown(*node.members[name], keys)
        return {name: pair for name, pair in node.members.items() if name in keys} if strange else node.members

    def unknown(self, key: Scalar, value: Node, keys: Collection[str]) -> None:
        """Note a key that means nothing here."""
        hint = close(key.text, keys)
        if key.text.replace(" ", "").isdigit() and isinstance(value, Scalar) and not value.text:
            hint = "a comma inside braces parts two keys: put quotes around a count such as '1,200'"
        self.wrong(key, f"unknown key {key.text!r}", hint, "unknown-key")

    def items(self, node: Node) -> list[Node]:
        """Take a list; anything else stands for a list of itself alone."""
        return node.members if isinstance(node, Items) else [node]

    def text(self, node: Node, what: str) -> str | None:
        """Take a text that says something."""
        if not isinstance(node, Scalar):
            self.wrong(node, f"{what} is {_shown(node)}, not a text", "write one text", "not-a-text")
            return None
        try:
            return clean_text(node.text)
        except ModelError as error:
            self.wrong(node, f"{what}: {error.message}", error.hint, error.reason)
            return None

    def name(self, node: Node, what: str) -> str | None:
        """Take a name by which records refer to one another."""
        if not isinstance(node, Scalar):
            return self.text(node, what)
        try:
            return clean_key(node.text)
        except ModelError as error:
            self.wrong(node, f"{what}: {error.message}", error.hint, error.reason)
            return None

    def date(self, node: Node, what: str) -> PartialDate | None:
        """Take a date."""
        text = self.text(node, what)
        if text is None:
            return None
        try:
            return PartialDate.parse(text)
        except ModelError as error:
            self.wrong(node, f"{what}: {error.message}", error.hint, error.reason)
            return None

    def count(self, node: Node, what: str) -> int | None:
        """Take a count in digits."""
        text = self.text(node, what)
        if text is not None and _COUNT.fullmatch(text) is None:
            self.wrong(node, f"{what} {text[:40]!r} is no count", "write digits alone, such as 1200", "not-a-count")
            return None
        return None if text is None else int(text)

    def truth(self, node: Node, what: str) -> bool | None:
        """Take yes or no."""
        text = self.text(node, what)
        if text is not None and text.lower() not in _TRUTHS:
            self.wrong(
                node, f"{what} {text[:40]!r} is neither yes nor no", "write yes, or leave it out", "unknown-word"
            )
        return None if text is None else _TRUTHS.get(text.lower())

    def word(self, node: Node, what: str, key: Key) -> str | None:
        """Take one text for a key: one of its choices, or a word that is declared where it must be."""
        free = key.choices is None and key.section is None
        text = self.text(node, what) if free else self.name(node, what)
        if text is None:
            return None
        if key.choices is not None and key.section is None:
            known: Collection[str] = [str(choice) for choice in key.choices]
            if text not in known:
                self.wrong(node, f"{what} {text!r} is no word that it takes", close(text, known), "unknown-word")
                return None
        elif key.section is not None and text not in self.declared.get(key.section, (text,)):
            known = self.declared[key.section]
            hint = close(text, known) or f"declare it under {key.section}"
            self.wrong(node, f"{what} {text!r} is not declared under {key.section}", hint, "undeclared")
            return None
        return text

    def values(self, table: Mapping[str, Key], members: Mapping[str, tuple[Scalar, Node]]) -> dict[str, Any]:
        """Take the values of a flat map: texts, lists of texts and dates."""
        read_values: dict[str, Any] = {}
        for name, (_key, node) in members.items():
            key = table[name]
            value: Any
            if key.shape is Shape.DATE:
                value = self.date(node, name)
            elif key.shape is Shape.TRUTH:
                value = self.truth(node, name)
            elif key.shape is Shape.COUNT:
                value = self.count(node, name)
            elif key.shape is Shape.TEXT:
                value = self.word(node, name, key)
            else:
                value = tuple(word for item in self.items(node) if (word := self.word(item, name, key)) is not None)
            if value is not None:
                read_values[name] = value
        return read_values


def _place(node: Node | Mark) -> str:
    return str(node if isinstance(node, Mark) else node.mark)


def _shown(node: Node) -> str:
    if isinstance(node, Scalar):
        return f"the text {node.text[:40]!r}" if node.text else "empty"
    return "a list" if isinstance(node, Items) else "a map"
