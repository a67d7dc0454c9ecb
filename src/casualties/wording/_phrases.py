"""Phrases arranged so that the longest one that comes next is found at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Final, Generic, TypeVar

from casualties.wording._tokens import Marks, Walk, tokens

__all__ = ["CEILINGS", "FLOORS", "LIMITS", "NEARNESS", "Bound", "Phrases", "listed"]

T_co = TypeVar("T_co", covariant=True)
_PLAIN: Final = Marks()


class Bound(Enum):
    """How the words beside a number bound it."""

    AT_LEAST = "at-least"
    ABOVE = "above"
    AT_MOST = "at-most"
    BELOW = "below"
    ABOUT = "about"
    NEARLY = "nearly"
    JUST_OVER = "just-over"


FLOORS: Final = frozenset({Bound.AT_LEAST, Bound.ABOVE})
CEILINGS: Final = frozenset({Bound.AT_MOST, Bound.BELOW})
LIMITS: Final = FLOORS | CEILINGS
NEARNESS: Final = frozenset(Bound) - LIMITS


def listed(text: str) -> list[str]:
    """Take apart a list whose phrases stand between commas.

    Examples:
        >>> listed("at least, a minimum of")
        ['at least', 'a minimum of']
    """
    return [words for item in text.split(",") if (words := " ".join(item.split()))]


class Phrases(Generic[T_co]):
    """Phrases with a meaning each, by their first token, the longest first.

    Args:
        entries: The phrases with their meanings; of a phrase that comes twice the last one stands.
    """

    __slots__ = ("_by_first",)

    def __init__(self, entries: Iterable[tuple[str, T_co]] = ()) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T_co]]] = {}
        for words, meaning in entries:
            phrase = (words,) if words.isascii() and words.isalpha() and words.islower() else _cut(words)
            same_start = self._by_first.setdefault(phrase[0], [])
            same_start[:] = [entry for entry in same_start if entry[0] != phrase]
            same_start.append((phrase, meaning))
        for same_start in self._by_first.values():
            same_start.sort(key=lambda entry: -len(entry[0]))

    def match(self, walk: Walk) -> tuple[T_co, int] | None:
        """Look for the longest phrase that comes next: its meaning, and how many tokens it has."""
        for phrase, meaning in self._by_first.get(walk.peek(), ()):
            if len(phrase) == 1 or all(walk.peek(ahead) == text for ahead, text in enumerate(phrase)):
                return meaning, len(phrase)
        return None

    def take(self, walk: Walk) -> T_co | None:
        """Move over the longest phrase that comes next, and return its meaning."""
        match = self.match(walk)
        if match is None:
            return None
        walk.at += match[1]
        return match[0]

    def __iter__(self) -> Iterator[tuple[tuple[str, ...], T_co]]:
        for same_start in self._by_first.values():
            yield from same_start

    def __bool__(self) -> bool:
        return bool(self._by_first)


def _cut(words: str) -> tuple[str, ...]:
    """Cut a phrase into tokens; an apostrophe at the end of a word belongs to it, as in "plus d'"."""
    parts: list[str] = []
    for token in tokens(words, _PLAIN):
        if token.text == "'" and parts and not token.spaced and parts[-1].isalpha():
            parts[-1] += "'"
        else:
            parts.append(token.text)
    return tuple(parts)
