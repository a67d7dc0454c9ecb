"""Lexicons: what words without an exact number are taken to mean, as data that names where it comes from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from typing import Any, Final

from casualties.errors import CasualtiesError, UnknownNameError
from casualties.model.claim import Silence
from casualties.model.figure import End, Figure
from casualties.wording._language import LANGUAGES, language
from casualties.wording._phrases import listed

__all__ = ["ENTRY_POINTS", "Lexicon", "load", "names"]

ENTRY_POINTS: Final = "casualties.lexicons"
"""The group of entry points by which other packages add lexicons: each names a lexicon as TOML text."""

_SILENCES: Final = frozenset(map(str, Silence))
_AS_WORDED: Final = "as-worded"
_OWN: Final = ("acled", _AS_WORDED, "gtd", "wikimpacts")
BUILT_IN: Final = frozenset({*_OWN, *LANGUAGES})
"""The lexicons of this library."""
_KEYS: Final = frozenset(
    {
        "name",
        "title",
        "source",
        "address",
        "extends",
        "language",
        "floors",
        "blank",
        "choices",
        "vague",
        "plural",
        "silence",
        "persons",
    }
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A convention for words that give no exact number, in one language.

    It never changes what a source said: a claim keeps its words, and may be read again with another lexicon.

    Attributes:
        name: The name by which it is asked for.
        title: The name that people read.
        source: Where the convention is printed.
        address: Where that can be found; empty for the library's own.
        vague: Vague words, each with its figure, or ``None`` where the convention leaves the number blank.
        plural: The figure of people without any number ("fighters were killed"), or ``None`` for blank.
        silence: Words that state no figure, each with the kind of silence that they state.
        floor_is_count: Whether "at least 11" and "more than 11" are both coded as 11.
        language: The language whose words are read, by its code.
        persons: Nouns for people that the lexicon adds to those of the language, each with ``one`` or ``many``.

    Examples:
        >>> from casualties.wording import lexicons
        >>> lexicons.load("acled").title, lexicons.load("es").title
        ('ACLED codebook', 'Spanish')
    """

    name: str
    title: str
    source: str
    address: str
    vague: tuple[tuple[str, Figure | None], ...]
    plural: Figure | None
    silence: tuple[tuple[str, str], ...]
    floor_is_count: bool = False
    language: str = "en"
    persons: tuple[tuple[str, str], ...] = ()

    def __hash__(self) -> int:
        return hash((self.name, self.language))

    @classmethod
    def from_toml(cls, text: str, **choices: int) -> Lexicon:
        """Read a lexicon from TOML in the shape of the files beside this module.

        Args:
            text: The TOML text; ``extends`` names the lexicon that it changes.
            choices: A number for each choice that the convention leaves open.

        Raises:
            CasualtiesError: If the text is no lexicon, or a choice is not among those offered.

        Examples:
            >>> own = Lexicon.from_toml('''
            ... name = "own"
            ... title = "Our newsroom"
            ... source = "house rules"
            ... extends = "as-worded"
            ... [vague]
            ... dozens = {low = 24, high = 99, assumed = ["high"]}
            ... ''')
            >>> print(dict(own.vague)["dozens"])
            24–99 (ceiling assumed)
        """
        try:
            return _built(tomllib.loads(text), choices)
        except CasualtiesError:
            raise
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise CasualtiesError(
                f"lexicon: {type(error).__name__} {error}",
                "bad-lexicon",
                "follow the shape of as-worded.toml",
            ) from error


def names() -> tuple[str, ...]:
    """List the lexicons that can be loaded, those of other packages among them.

    Examples:
        >>> names()
        ('acled', 'ar', 'as-worded', 'de', 'en', 'es', 'fr', 'gtd', 'pt', 'ru', 'uk', 'wikimpacts')
    """
    return tuple(sorted({*BUILT_IN, *(point.name for point in entry_points(group=ENTRY_POINTS))}))


def load(name: str, **choices: int) -> Lexicon:
    """Load a lexicon by name.

    Args:
        name: One of ``names()``.
        choices: A number for each choice that the convention leaves open, such as ACLED's 3 or 10.

    Raises:
        UnknownNameError: If no lexicon has the name.
        CasualtiesError: If the lexicon offers no such choice.

    Examples:
        >>> print(dict(load("acled").vague)["several"], "or", dict(load("acled", several=10).vague)["several"])
        3 (assumed) or 10 (assumed)
    """
    if not isinstance(name, str):
        raise UnknownNameError(f"lexicon of type {type(name).__name__}: not a name", "unknown-lexicon", "give a name")
    return _loaded(name, tuple(sorted(choices.items())))


@cache
def _loaded(name: str, choices: tuple[tuple[str, int], ...]) -> Lexicon:
    if not choices and name in LANGUAGES:
        return _in(name)
    if not choices and name == _AS_WORDED:
        convention = _convention()
        return replace(_in("en"), name=name, title=convention["title"])
    if name in LANGUAGES:
        raise CasualtiesError(f"lexicon {name!r}: no choice {dict(choices)}", "unknown-choice", "it offers no choice")
    if name in _OWN:
        text = files("casualties").joinpath("wording", "lexicons", f"{name}.toml").read_text(encoding="utf-8")
    else:
        points = [point for point in entry_points(group=ENTRY_POINTS) if point.name == name]
        if not points:
            raise UnknownNameError(
                f"lexicon {name!r}: no such lexicon", "unknown-lexicon", f"one of {', '.join(names())}"
            )
        point = min(points, key=lambda point: point.value)
        try:
            text = point.load()
        except Exception as error:
            raise CasualtiesError(
                f"lexicon {name!r}: {point.value} cannot be loaded, {type(error).__name__}: {error}",
                "bad-lexicon",
                "mend or remove the package that offers it",
            ) from error
        if not isinstance(text, str):
            kind = type(text).__name__
            raise CasualtiesError(f"lexicon {name!r}: {point.value} is a {kind}", "bad-lexicon", "name a text there")
    return Lexicon.from_toml(text, **dict(choices))


def _built(data: dict[str, Any], choices: dict[str, int]) -> Lexicon:
    """Build a lexicon from the tables of its file and of the built-in one that it extends."""
    if unknown := sorted(set(data) - _KEYS):
        raise ValueError(f"unknown keys {unknown}")
    base = None
    if "extends" in data:
        if data["extends"] not in _OWN:
            raise ValueError(f"extends {data['extends']!r}, which is none of {', '.join(_OWN)}")
        base = load(data["extends"])
    offered = {name: tuple(numbers) for name, numbers in data.get("choices", {}).items()}
    for name, number in choices.items():
        if number not in offered.get(name, ()):
            raise CasualtiesError(
                f"lexicon {data['name']!r}: no choice {name}={number!r}",
                "unknown-choice",
                "; ".join(f"{key} is one of {numbers}" for key, numbers in offered.items()) or "it offers no choice",
            )
    chosen = {key: int(numbers[0]) for key, numbers in offered.items()} | choices
    vague = dict(base.vague) if base else {}
    vague |= {_phrase(words): _figure(entry, chosen) for words, entry in data.get("vague", {}).items()}
    plural = base.plural if base else None
    if "plural" in data:
        plural = _figure(data["plural"], chosen)
    if data.get("blank", False):
        vague, plural = dict.fromkeys(vague), None
    silence: dict[str, str] = {}
    if base:
        silence.update(base.silence)
    for kind, phrases in data.get("silence", {}).items():
        if kind not in _SILENCES or not isinstance(phrases, list):
            raise ValueError(f"silence {kind!r}, which is no list under one of {', '.join(Silence)}")
        silence.update((str(words), kind) for words in phrases)
    persons = [(words, kind) for kind in ("one", "many") for words in listed(data.get("persons", {}).get(kind, ""))]
    spoken = data.get("language", base.language if base else "en")
    if spoken not in LANGUAGES:
        raise ValueError(f"language {spoken!r}, which is none of {', '.join(LANGUAGES)}")
    return Lexicon(
        name=data["name"],
        title=data["title"],
        source=data["source"],
        address=data.get("address", ""),
        vague=tuple(sorted(vague.items(), key=lambda item: item[0])),
        plural=plural,
        silence=tuple(sorted(silence.items())),
        floor_is_count=data.get("floors") == "count",
        language=spoken,
        persons=(*(base.persons if base else ()), *persons),
    )


@cache
def _convention() -> dict[str, Any]:
    """Read what the library's own convention makes of vague words."""
    text = files("casualties").joinpath("wording", "lexicons", f"{_AS_WORDED}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _in(name: str) -> Lexicon:
    """Make the lexicon of a language: its words, as worded."""
    convention, spoken = _convention(), language(name)
    figures = {words: _figure(entry, {}) for words, entry in convention["vague"].items()}
    vague = {}
    for words, meaning in spoken.vague.items():
        concept, _, factor = meaning.partition(" × ")
        figure = figures[concept]
        times = int(factor.replace("_", "")) if factor else 1
        high = None if figure.high is None else figure.high * times
        vague[words] = Figure(figure.low * times, high, assumed=figure.assumed)
    return Lexicon(
        name=name,
        title=spoken.title,
        source=convention["source"],
        address="",
        vague=tuple(sorted(vague.items(), key=lambda item: item[0])),
        plural=_figure(convention["plural"], {}),
        silence=spoken.silence,
        language=name,
    )


def _phrase(words: str) -> str:
    if not words or not all(word.isalpha() for word in words.split(" ")):
        raise ValueError(f"vague words {words!r}, which are not words with single spaces")
    return words.casefold()


def _figure(entry: dict[str, Any], chosen: dict[str, int]) -> Figure:
    if "choice" in entry:
        return Figure(chosen[entry["choice"]], chosen[entry["choice"]], assumed=frozenset(End))
    return Figure(entry["low"], entry.get("high"), assumed=frozenset(map(End, entry.get("assumed", ()))))
