"""The words by which a text is read: data that a speaker can mend."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import Any, Final

from casualties._writing import as_path
from casualties.errors import DraftError
from casualties.model import harm as harms

__all__ = ["HARMS", "Words", "load_words", "names"]

HARMS: Final = tuple(str(harm) for harm, known in harms.HARMS.items() if known.distinct or known.noun)
"""The harms that a text is searched for."""

_FORMS: Final = {
    "past": "K",
    "ing": "k",
    "present": "q",
    "alone": "I",
    "later": "i",
    "state": "J",
    "noun": "F",
    "of": "O",
    "toll": "T",
    "body": "Y",
}
_PLAIN: Final = {
    "people.singular": "p",
    "people.plural": "P",
    "people.household": "Q",
    "count.things": "x",
    "count.others": "o",
    "source.words.saying": "y",
    "source.words.citing": "z",
    "source.words.according": "C",
    "denial.verbs": "E",
    "grammar.be": "A",
    "grammar.have": "V",
    "grammar.leave": "L",
    "grammar.links": "&",
    "grammar.breaks": "B",
    "grammar.parts": "*",
    "unreal.not": "X",
    "unreal.before": "U",
    "grammar.adverbs": "R",
    "grammar.determiners": "D",
    "grammar.relatives": "W",
    "source.words.pronouns": "d",
    "grammar.prepositions": "@",
}
_SURE: Final = "S"
_WEAK: Final = "s"
Phrases = Mapping[str, tuple[tuple[tuple[str, ...], Any], ...]]
"""Phrases by their first word, the longest first, each with its meaning."""


class Words:
    """The words of one language, looked up by what they do in a sentence.

    It holds no rule: what is done with the words is written in the drafter.

    Args:
        table: The lists of a language file.

    Examples:
        >>> words = load_words()
        >>> words.kinds["killed"], words.harm_of["killed", "K"]
        ('K', 'killed')
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.table = table
        self.kinds: dict[str, str] = {}
        self.harm_of: dict[tuple[str, str], str] = {}
        self.modality_of: dict[str, str] = {}
        self.silence_of: dict[str, str] = {}
        many: list[tuple[str, str]] = []
        for kind, entries in self._by_kind():
            for entry in entries:
                if " " in entry:
                    many.append((entry, kind))
                else:
                    self.kinds.setdefault(entry, kind)
        self.kinds |= dict.fromkeys(table["text"]["times"], "Z")
        first: dict[str, str] = {}
        for entry, kind in many:
            first.setdefault(entry, kind)
        self.phrases: Phrases = phrases(first.items())
        count = table["count"]
        self.numbers: frozenset[str] = frozenset(count["numbers"])
        self.scales: frozenset[str] = frozenset(count["scales"])
        self.wholes: Phrases = phrases((phrase, phrase) for phrase in (*count["wholes"], *count["vague"]))
        self.vague: frozenset[str] = frozenset(count["vague"])
        self.before: Phrases = phrases(
            [(phrase, "lead") for phrase in count["leads"]]
            + [(phrase, "more") for phrase in count["more"]]
            + [(phrase, "bound") for phrase in count["bounds"]]
        )
        self.after: Phrases = phrases((phrase, phrase) for phrase in count["after"])
        self.nobody: Phrases = phrases((phrase, phrase) for phrase in count["nobody"])
        self.none: Phrases = phrases((phrase, phrase) for phrase in count["no"])
        self.sets: dict[str, frozenset[str]] = {name: frozenset(entries) for name, entries in _lists(table)}
        self.objects: dict[str, tuple[str, str]] = {
            **dict.fromkeys(table["lost"]["verbs"], ("lost.nouns", "killed")),
            **dict.fromkeys(table["held"]["verbs"], ("held.nouns", "captured")),
        }
        self.nations: dict[str, str] = {word.casefold(): word for word in table["people"]["nations"]["words"]}
        self.means: Mapping[str, Mapping[str, str]] = table["people"]["means"]
        self.fighting_roles: frozenset[str] = frozenset(table["people"]["fights"]["roles"])
        self.abbreviations: frozenset[str] = frozenset(table["text"]["abbreviations"])
        self.starters: frozenset[str] = frozenset([*self.wholes, *self.before, *self.nobody, *self.none, *self.numbers])
        self.numeric: frozenset[str] = frozenset(
            word
            for table_of in (self.wholes, self.before, self.nobody, self.none)
            for same in table_of.values()
            for phrase, _ in same
            for word in phrase
        ) | {*self.numbers, *self.scales}
        self.numeric -= {*count["plain"]}
        self.trigger: re.Pattern[str] = self._trigger()
        self.number: re.Pattern[str] = _any_of(
            {*self.numbers, *(word for word in self.wholes if word != "a"), *self.nobody, *self.none, "dozen"}
        )

    def _by_kind(self) -> Iterator[tuple[str, Iterable[str]]]:
        """Give every list with the kind of its words; the first kind of a word is the one that it has."""
        table = self.table
        for form, kind in _FORMS.items():
            for harm in HARMS:
                entries = table["harm"][harm][form]
                for entry in entries:
                    self.harm_of.setdefault((entry, kind), harm)
                yield kind, entries
        for silence, entries in table["silence"].items():
            self.silence_of.update(dict.fromkeys(entries, silence))
            yield "!", entries
        for modality in ("reported", "confirmed", "alleged", "estimated"):
            for strength, kind in (("sure", _SURE), ("weak", _WEAK)):
                entries = table["source"][modality][strength]
                for entry in entries:
                    self.modality_of.setdefault(entry, modality)
                yield kind, entries
        for name, kind in _PLAIN.items():
            yield kind, _inner(table, name)

    def _trigger(self) -> re.Pattern[str]:
        """Make the pattern that finds a sentence worth reading."""
        table = self.table
        starts = {
            entry.split()[-1] if form == "toll" else entry
            for harm in HARMS
            for form in _FORMS
            for entry in table["harm"][harm][form]
        }
        starts -= {*table["text"]["common"]}
        starts |= {"toll", "lives", "life", "casualties", "dead", "among"}
        starts |= {*table["held"]["nouns"], *table["lost"]["verbs"], *table["denial"]["harmed"]}
        return _any_of(starts)

    def any_number(self, text: str) -> bool:
        """Tell whether a text may hold a number in words.

        Examples:
            >>> load_words().any_number("Eleven died."), load_words().any_number("Rain fell.")
            (True, False)
        """
        return self.number.search(text) is not None

    def has(self, name: str, word: str = "") -> bool:
        """Tell whether a word stands in a list.

        Examples:
            >>> load_words().has("source.words.nouns", "ministry")
            True
        """
        return word in self.sets[name]

    def __repr__(self) -> str:
        return f"<Words: {len(self.kinds) + sum(map(len, self.phrases.values())):,} words and phrases>"


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Make a pattern that finds any of some words and phrases; what begins alike is looked at once."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return re.compile(rf"\b{_branches(tree)}(?!\w)", re.IGNORECASE)


def _branches(tree: Mapping[str, Any]) -> str:
    """Write a tree of letters as a pattern, the longest first."""
    written = [
        (r"\s+" if char == " " else re.escape(char)) + _branches(below) for char, below in sorted(tree.items()) if char
    ]
    joined = written[0] if len(written) == 1 else f"(?:{'|'.join(written)})" if written else ""
    return f"(?:{joined})?" if joined and "" in tree else joined


def phrases(entries: Iterable[tuple[str, Any]]) -> Phrases:
    """Sort phrases by their first word, the longest first.

    Examples:
        >>> phrases([("at", 1), ("at least", 2)])
        {'at': ((('at', 'least'), 2), (('at',), 1))}
    """
    by_first_word: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
    for entry, meaning in entries:
        words = tuple(entry.split())
        by_first_word.setdefault(words[0], []).append((words, meaning))
    return {word: tuple(sorted(same, key=lambda phrase: -len(phrase[0]))) for word, same in by_first_word.items()}


def names() -> tuple[str, ...]:
    """List the languages whose words ship with the library.

    Examples:
        >>> names()
        ('english',)
    """
    return tuple(sorted(file.name.removesuffix(".toml") for file in _folder().iterdir() if file.name.endswith(".toml")))


def load_words(mine: str | PathLike[str] | None = None, *, language: str = "english") -> Words:
    """Read the words of a language, with those of your own file beside them.

    Args:
        mine: A TOML file whose lists are added; what its table ``without`` lists is taken out.
        language: The name of a language that ships with the library.

    Raises:
        DraftError: If the file cannot be read, or names a list that there is none of.

    Examples:
        >>> load_words().modality_of["acknowledged"]
        'confirmed'
    """
    return _shipped(language) if mine is None else Words(_joined(_read(language), as_path(mine)))


@cache
def _shipped(language: str) -> Words:
    return Words(_read(language))


def _folder() -> Any:  # noqa: ANN401 - a folder in a wheel or on a disk
    return files("casualties.drafting").joinpath("languages")


def _read(language: str) -> dict[str, Any]:
    if language not in names():
        raise DraftError(
            f"language {language!r}: no words of it ship with the library",
            "unknown-language",
            f"one of {', '.join(names())}; or give a file of your own words",
        )
    return tomllib.loads(_folder().joinpath(f"{language}.toml").read_text(encoding="utf-8"))


def _joined(table: dict[str, Any], mine: Path) -> dict[str, Any]:
    """Add the lists of one's own file, and take out what it lists under ``without``."""
    try:
        own = tomllib.loads(mine.read_text(encoding="utf-8"))
    except OSError as error:
        raise DraftError(f"{str(mine)!r}: {error.strerror or error}", "unreadable", "name a file of words") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DraftError(f"{str(mine)!r}: it is no TOML: {error}", "unreadable", "mend the place") from error
    without = own.pop("without", {})
    known = dict(_lists(table))
    for source, adds in ((own, True), (without, False)):
        for name, entries in _lists(source):
            where = f"{str(mine)!r}: {'' if adds else 'without.'}{name}"
            if name not in known:
                near = get_close_matches(name, known, 1)
                hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(sorted(known))}"
                raise DraftError(f"{where}: there is no list of this name", "unknown-list", hint)
            if not all(isinstance(entry, str) and entry.strip() for entry in entries):
                raise DraftError(f"{where}: it is no list of words", "not-words", "write texts in square brackets")
            values = [
                " ".join(entry.split()) if name.endswith("nations.words") else " ".join(entry.lower().split())
                for entry in entries
            ]
            *path, last = name.split(".")
            place = table
            for part in path:
                place = place[part]
            place[last] = [*values, *known[name]] if adds else [value for value in known[name] if value not in values]
            known[name] = place[last]
    return table


def _lists(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, list[Any]]]:
    """Walk the lists of a table, each with its dotted name; what nouns mean is no list."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            if f"{before}{name}" != "people.means":
                yield from _lists(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value if isinstance(value, list) else [value]


def _inner(table: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - a list of words
    value: Any = table
    for part in name.split("."):
        value = value[part]
    return value
