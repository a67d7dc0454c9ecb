"""The English phrases that stand around a number, and the words of a lexicon, ready to be looked up."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from casualties.wording._numerals import NUMBER_WORDS, PLURAL_SCALES, Cursor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casualties.model.figure import Figure
    from casualties.wording.lexicons import Lexicon

T = TypeVar("T")
Phrases: TypeAlias = "Mapping[str, list[tuple[tuple[str, ...], T]]]"


def _listed(text: str) -> list[str]:
    """Cut a block of phrases, which stand in lines and between bars."""
    return [words.strip() for line in text.strip().splitlines() for words in line.split("|") if words.strip()]


class Bound(Enum):
    """How the words beside a number bound it."""

    AT_LEAST = "at least"
    ABOVE = "more than"
    AT_MOST = "at most"
    BELOW = "fewer than"
    ABOUT = "about"
    NEARLY = "nearly"
    JUST_OVER = "just over"


@dataclass(frozen=True, slots=True)
class Vague:
    """What a lexicon makes of a vague word: a figure, or ``None`` for a blank."""

    figure: Figure | None


FLOORS: Final = frozenset({Bound.AT_LEAST, Bound.ABOVE})
CEILINGS: Final = frozenset({Bound.AT_MOST, Bound.BELOW})
LIMITS: Final = FLOORS | CEILINGS
NEARNESS: Final = frozenset(Bound) - LIMITS

_BEFORE: Final = {
    Bound.AT_LEAST: """
        at least | at the very least | at the least | at a minimum | a minimum of | minimum of
        no fewer than | no less than | not fewer than | not less than | ≥ | ≧ | >=""",
    Bound.ABOVE: """
        more than | over | upwards of | upward of | in excess of | exceeding | above | greater than
        well over | well above | well in excess of | far more than | >""",
    Bound.AT_MOST: """
        as many as | as much as | up to | at most | at the most | at the very most | a maximum of | maximum of
        no more than | not more than | no greater than | not exceeding | ≤ | ≦ | <=""",
    Bound.BELOW: "fewer than | less than | under | below | well under | well below | far fewer than | <",
    Bound.ABOUT: """
        about | around | some | roughly | approximately | approx | approx. | circa | c | c. | ca | ca.
        an estimated | estimated | est | est. | somewhere around | in the region of | in the order of
        on the order of | ~ | ∼ | ≈ | ≅""",
    Bound.NEARLY: """
        nearly | almost | close to | just under | just below | just short of | approaching | nearing
        a little under | slightly under | a little less than | slightly less than | slightly fewer than""",
    Bound.JUST_OVER: """
        just over | just above | just more than | a little over | slightly over | slightly above
        a little more than | slightly more than""",
}
_AFTER: Final = {
    Bound.AT_LEAST: """
        + | -plus | or more | and more | or above | and above | or over | and over | or higher
        or upwards | and upwards | and up | at least | at the least | at a minimum""",
    Bound.AT_MOST: "or fewer | or less | or under | or below | or lower | at most | at the most",
    Bound.ABOUT: "or so | or thereabouts | approximately | approx | approx.",
}
_LEADS: Final = """
    a total of | total of | a combined total of | a confirmed | a reported | reportedly | exactly | precisely
    only | just | the | the death of | the deaths of | the killing of | the killings of | the loss of
    the lives of
    " | “ | '"""

HEDGES: Final = frozenset({"possibly", "perhaps", "maybe", "probably", "potentially", "even"})
BARE: Final = frozenset({"none", "no", "null", "nan", "nil", "nothing"})
NOBODY: Final = (("nobody",), ("no", "one"), ("no", "-", "one"))
HEADS: Final = (*NOBODY, ("no",), ("none",), ("a",), ("an",))
AUXILIARIES: Final = frozenset({"was", "were", "is", "are", "has", "have", "had"})
HARMED: Final = frozenset({"killed", "dead", "wounded", "injured", "captured", "missing"})

QUANTITIES: Final = NUMBER_WORDS | frozenset(PLURAL_SCALES)
"""Words that state a number."""
QUANTIFIERS: Final = frozenset(
    _listed("""
    third | thirds | quarter | quarters | halves | double | triple | twice | times | percent | percentage
    cent | couple | pair | several | few | many | numerous | more | fewer | less | least
    most | plus | minus | unknown | unspecified | undisclosed | unclear | not | no | none | never
    nobody | nor | neither | without | cannot | something | odd
    k | m | mn | bn | mln | trillion | mil | mille | mila | tausend | millionen | millones
    milioni | milyon | milhões | tysięcy | bin""")
)
"""Words behind a number that would change it: parts, comparisons, negations, thousands in other languages."""
NOT_PEOPLE: Final = frozenset(
    _listed("""
    second | seconds | minute | minutes | hour | hours | day | days | week | weeks | month
    months | year | years | am | pm | km | kilometres | kilometers | miles | metres | meters
    dollars | euros | january | february | march | april | june | july | august | september | october
    november | december | capita | head | family | families | households | groups | units | platoons | companies
    battalions | brigades | tanks | vehicles | aircraft | planes | jets | helicopters | drones | ships | boats
    missiles | rockets | shells | houses | homes | buildings | schools | hospitals | villages""")
)
"""Words behind a number that make it a date, a time, a length, or a count of something else."""
RATES: Final = frozenset({"daily", "weekly", "monthly", "yearly", "each", "apiece", "every"})
UNFINISHED: Final = frozenset({"to", "or", "and", "but", "than", "from", "between"})
"""Words that promise more, and so cannot end a figure."""
ONE_MORE: Final = frozenset({"a", "an", "another", "his", "her"})
REST_SIGNS: Final = frozenset(",.()[]/&'\"“”‘’;")


def phrases(entries: Iterable[tuple[str, T]]) -> Phrases[T]:
    """Arrange phrases by their first token, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], T]]] = {}
    for words, meaning in entries:
        phrase = tuple(token.text for token in Cursor(words).tokens)
        found.setdefault(phrase[0], []).append((phrase, meaning))
    for same_start in found.values():
        same_start.sort(key=lambda entry: -len(entry[0]))
    return found


def _bounds(table: Mapping[Bound, str]) -> Phrases[Bound]:
    return phrases((words, bound) for bound, text in table.items() for words in _listed(text))


BEFORE_NUMBER: Final = _bounds(_BEFORE)
AFTER_NUMBER: Final = _bounds(_AFTER)
LEADS: Final = phrases((words, True) for words in _listed(_LEADS))
EXACT_WORDS: Final = phrases({"a couple of": 2, "a couple": 2, "a pair of": 2, "a pair": 2, "a single": 1}.items())


def plain(text: str) -> str:
    """Bring a text to lower case, single spaces and plain dashes, without a full stop at its end."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = ["-" if unicodedata.category(each) == "Pd" or each == "−" else each for each in folded]
    words = " ".join("".join(each for each in kept if unicodedata.category(each) != "Cf").split())
    if words and not words.strip("- "):
        return "-"
    return words.removesuffix(".") or words


@lru_cache(maxsize=64)
def vague_words(lexicon: Lexicon) -> Phrases[Vague]:
    """Arrange the vague words of a lexicon."""
    return phrases((words, Vague(figure)) for words, figure in lexicon.vague)


@lru_cache(maxsize=64)
def _silences(lexicon: Lexicon) -> Mapping[str, str]:
    return {"": "not-mentioned"} | {plain(words): kind for words, kind in lexicon.silence}


def silence(text: str, lexicon: Lexicon) -> str | None:
    """Return the kind of silence that a text states, if it states one."""
    return _silences(lexicon).get(plain(text))
