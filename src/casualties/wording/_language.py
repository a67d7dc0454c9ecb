"""The words of a language, read from its data file and arranged to be looked up."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from casualties.wording._numbers import Atom, NumberWords
from casualties.wording._phrases import Bound, Phrases, listed
from casualties.wording._tokens import Marks, folded

__all__ = ["LANGUAGES", "Language", "Word", "knows", "language"]

LANGUAGES: Final = ("ar", "de", "en", "es", "fr", "pt", "ru", "uk")
"""The languages that have a file."""

_OWN_NOTATION: Final = (("or more", Bound.AT_LEAST),)
_OWN_NOTATION_BEFORE: Final = (("up to", Bound.AT_MOST),)


class Word(NamedTuple):
    """What a word behind a count is.

    Attributes:
        kind: Its list: ``many`` and ``one`` (nouns for people), ``people`` (who they are), ``describing``, ``thing``,
            ``harm``, ``harm-noun``, ``adverb``, ``auxiliary``, ``unharmed``, ``doubted``, ``negation``, ``quantity``,
            ``rate`` or ``joined``.
        meaning: The status that a noun for people says, or the harm that a word says; else empty.
    """

    kind: str
    meaning: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """What the grammar knows of a language; every attribute is a table of its file."""

    name: str
    title: str
    numbers: NumberWords
    exactly: Phrases[int]
    roughly: Phrases[int]
    before: Phrases[Bound]
    behind: Phrases[Bound]
    anywhere: Phrases[Bound]
    between: Phrases[bool]
    between_joins: Phrases[bool]
    since: Phrases[bool]
    since_joins: Phrases[bool]
    joins: Phrases[bool]
    alternatives: frozenset[str]
    vague: Mapping[str, str]
    silence: tuple[tuple[str, str], ...]
    bare: frozenset[str]
    nobody: Phrases[str]
    nothing_auxiliaries: frozenset[str]
    nothing_beside: frozenset[str]
    words: Phrases[Word]
    leads: Phrases[bool]
    harm_first: bool
    article: str
    hedges: Phrases[bool]
    prepositions: Phrases[bool]
    articles: Phrases[bool]
    circumstances: Phrases[bool]
    ordinals: frozenset[str]
    starts: frozenset[str]
    ends: frozenset[str]
    remarks: Phrases[str]
    said_before: Phrases[bool]
    said_behind: Phrases[bool]
    saying: Phrases[bool]
    months: Mapping[str, int]
    dating: Phrases[str]
    only: frozenset[str]
    weekdays: frozenset[str]
    ranges: Phrases[bool]
    percent: Phrases[bool]
    share_of: Phrases[bool]
    interval: Phrases[str]
    including: Phrases[bool]
    of_whole: Phrases[bool]
    ages: Phrases[bool]
    denominators: Phrases[bool]
    consequences: Phrases[bool]

    @property
    def joiners(self) -> frozenset[str]:
        """What joins nouns or harms to one count: "and", "or", a bar."""
        return self.numbers.joins | self.alternatives | {"/", "&"}

    def known(self) -> Iterator[str]:
        """List every token that some table of the language knows."""
        tables = [value for field in fields(self) if isinstance(value := getattr(self, field.name), Phrases)]
        for table in (self.numbers.atoms, self.numbers.half, self.numbers.quarter, *tables):
            for phrase, _ in table:
                yield from phrase
        for single in (
            self.months,
            self.weekdays,
            self.bare,
            self.nothing_beside,
            self.alternatives,
            self.starts,
            self.ends,
        ):
            yield from single
        for words in (*self.vague, *(words for words, _ in self.silence)):
            yield from (folded(word) for word in words.split())
        yield from self.numbers.joins | self.numbers.articles | self.numbers.of


@cache
def language(name: str) -> Language:
    """Read the words of a language from its file."""
    text = files("casualties").joinpath("wording", "languages", f"{name}.toml").read_text(encoding="utf-8")
    return _arranged(tomllib.loads(text))


@cache
def _known(name: str) -> frozenset[str]:
    return frozenset(language(name).known())


def knows(name: str, word: str) -> bool:
    """Tell whether the file of a language has a word, in the form in which words are looked up."""
    return word in _known(name)


def _arranged(data: dict[str, Any]) -> Language:
    """Arrange the tables of a file."""
    get, anywhere = _getter(data), list(_bounds(data, "either"))
    nothing = data.get("nothing", {})
    return Language(
        name=data["name"],
        title=data["title"],
        numbers=_numbers(data["numbers"]),
        exactly=Phrases(data["numbers"].get("exactly", {}).items()),
        roughly=Phrases(data["numbers"].get("roughly", {}).items()),
        before=Phrases((*_OWN_NOTATION_BEFORE, *_bounds(data, "before"), *anywhere)),
        behind=Phrases((*_OWN_NOTATION, *_bounds(data, "behind"), *anywhere)),
        anywhere=Phrases((*_OWN_NOTATION, *_bounds(data, "behind"), *anywhere)),
        between=get("ranges.between"),
        between_joins=get("ranges.between-joins"),
        since=get("ranges.from"),
        since_joins=get("ranges.from-joins"),
        joins=get("ranges.joins"),
        alternatives=frozenset(_list(data, "ranges", "alternatives")),
        vague=data.get("vague", {}),
        silence=tuple((words, kind) for kind, text in data.get("silence", {}).items() for words in listed(text)),
        bare=frozenset(listed(nothing.get("bare", ""))),
        nobody=Phrases((words, kind) for kind in ("nobody", "heads", "one") for words in listed(nothing.get(kind, ""))),
        nothing_auxiliaries=frozenset(listed(nothing.get("auxiliaries", ""))),
        nothing_beside=frozenset(listed(nothing.get("beside", ""))),
        words=Phrases(_words(data)),
        leads=get("leads.words"),
        harm_first=data.get("leads", {}).get("harm-first", False),
        article=data.get("phrases", {}).get("article", ""),
        hedges=get("leads.hedges"),
        prepositions=Phrases(
            (words, key == "clauses") for key in ("prepositions", "clauses") for words in _list(data, "phrases", key)
        ),
        articles=get("phrases.articles"),
        circumstances=get("phrases.words"),
        ordinals=frozenset(_list(data, "phrases", "ordinals")),
        starts=frozenset(_list(data, "phrases", "starts")),
        ends=frozenset(_list(data, "phrases", "ends")),
        remarks=Phrases((words, kind) for kind, text in data.get("remarks", {}).items() for words in listed(text)),
        said_before=get("attribution.before"),
        said_behind=get("attribution.behind"),
        saying=get("attribution.verbs"),
        months={
            folded(words): number
            for number, text in enumerate(data.get("months", {}).values(), 1)
            for words in listed(text)
        },
        dating=Phrases((words, kind) for kind in _DATING for words in _list(data, "dates", kind)),
        only=frozenset(_list(data, "dates", "only")),
        weekdays=frozenset(_list(data, "dates", "weekdays")),
        ranges=get("intervals.range"),
        percent=get("shares.percent"),
        share_of=get("shares.of"),
        interval=Phrases(
            (words, kind) for kind in ("confidence", "credible") for words in _list(data, "intervals", kind)
        ),
        including=get("parts.including"),
        of_whole=get("parts.of-whole"),
        ages=get("parts.ages"),
        denominators=get("parts.denominators"),
        consequences=get("phrases.consequences"),
    )


_ATOMS: Final = {
    "plurals": "plural",
    "ones": "one",
    "teens": "one",
    "tens": "ten",
    "hundreds": "hundreds",
    "hundred": "hundred",
    "scales": "scale",
    "scaled": "scaled",
    "groups": "group",
}
"""The tables of number words, each with what its words are in a number."""
_DATING: Final = ("on", "as-of", "since", "until")


def _list(data: Mapping[str, Any], table: str, key: str) -> list[str]:
    return listed(data.get(table, {}).get(key, ""))


def _getter(data: Mapping[str, Any]) -> Callable[[str], Phrases[bool]]:
    def get(path: str) -> Phrases[bool]:
        table, key = path.split(".")
        return Phrases((words, True) for words in _list(data, table, key))

    return get


def _bounds(data: Mapping[str, Any], table: str) -> Iterator[tuple[str, Bound]]:
    for bound in Bound:
        for words in _list(data, table, bound.value):
            yield words, bound


def _words(data: Mapping[str, Any]) -> Iterable[tuple[str, Word]]:
    """List what stands behind counts, each word once."""
    for table, kind in (
        ("adverbs", "adverb"),
        ("describing", "describing"),
        ("things", "thing"),
        ("peoples", "people"),
    ):
        for words in _list(data, table, "words"):
            yield words, Word(kind)
    for words in _list(data, "adverbs", "auxiliaries"):
        yield words, Word("auxiliary")
    for table, key, word in (
        ("unharmed", "words", Word("unharmed")),
        ("doubted", "words", Word("doubted")),
        ("doubted", "verbs", Word("doubted", "verb")),
    ):
        for words in _list(data, table, key):
            yield words, word
    for key, kind in (("negations", "negation"), ("quantities", "quantity"), ("rates", "rate"), ("joined", "joined")):
        for words in _list(data, "changing", key):
            yield words, Word(kind)
    for status, nouns in data.get("persons", {}).items():
        for kind in ("one", "many"):
            for words in listed(nouns.get(kind, "")):
                yield words, Word(kind, "" if status == "other" else status)
    for table, kind in (("harm-nouns", "harm-noun"), ("harms", "harm")):
        for harm, text in data.get(table, {}).items():
            for words in listed(text):
                yield words, Word(kind, harm)


def _numbers(data: Mapping[str, Any]) -> NumberWords:
    atoms: dict[str, Atom] = {}
    for words in listed(data.get("zero", "")):
        atoms[words] = Atom("zero", 0)
    for key, kind in _ATOMS.items():
        atoms |= {words: Atom(kind, value) for words, value in data.get(key, {}).items()}
    return NumberWords(
        marks=Marks(frozenset(data["thousands"]), data["decimal"], data.get("letters")),
        atoms=Phrases(atoms.items()),
        joins=frozenset(listed(data.get("joins", ""))),
        articles=frozenset(listed(data.get("articles", ""))),
        half=Phrases((words, True) for words in listed(data.get("half", ""))),
        quarter=Phrases((words, True) for words in listed(data.get("quarter", ""))),
        of=frozenset(listed(data.get("of", ""))),
        after_tens=frozenset(data.get("after-tens", ())),
        ones_first=data.get("ones-first", False),
        prefixes=tuple(listed(data.get("prefixes", ""))),
        glued=data.get("glued", False),
        single={folded(words): atom for words, atom in atoms.items()},
        latin=all(word < "\u0370" for word in atoms),
    )
