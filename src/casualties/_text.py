"""Text for people: counted nouns, and foreign text made harmless, with no control and no hidden direction in it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

__all__ = ["counted", "inert", "inert_json", "nearest", "plural"]

_ACTING: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS: Final = "\u200c\u200d"
"""Characters without a width that Persian and Indic words are spelled with."""

_NOT_PLAIN: Final = re.compile(r"[^ -~]")
_NOT_PLAIN_JSON: Final = re.compile(r"[^ -~\n]")


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the known word that was likely meant by an unknown one; empty where there is none.

    Examples:
        >>> nearest("kiled", ["killed", "wounded"]), nearest("zzz", ["killed"])
        ('killed', '')
    """
    return next(iter(get_close_matches(word, sorted(known), n=1)), "")


def counted(number: int, noun: str) -> str:
    """Say how many there are of something.

    Examples:
        >>> counted(1, "claim"), counted(1200, "independent source")
        ('1 claim', '1,200 independent sources')
    """
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """Form the plural of an English noun; a word of another script stays as it is.

    Examples:
        >>> [plural(noun) for noun in ("fighter", "serviceman", "party", "witness")]
        ['fighters', 'servicemen', 'parties', 'witnesses']
    """
    last = noun[-1:]
    if not last.isascii() or not last.isalpha() or noun.endswith("men"):
        return noun
    if noun.endswith("man"):
        return f"{noun[:-3]}men"
    if last == "y" and noun[-2:-1] not in tuple("aeiou"):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "z", "ch", "sh")) else f"{noun}s"


def inert(text: str) -> str:
    r"""Write a text on one line, with single spaces, and every character that acts instead of showing as its escape.

    Examples:
        >>> print(inert("two\n  lines, \u2067hidden\x1b[2J"))
        two lines, \u2067hidden\u001b[2J
    """
    return _NOT_PLAIN.sub(lambda match: _escape(match[0]) if _acts(match[0]) else match[0], " ".join(text.split()))


def inert_json(text: str) -> str:
    r"""Write JSON that says the same, with every character that acts instead of showing as its escape.

    Examples:
        >>> print(inert_json('{"name": "Նախարար\u202e"}'))
        {"name": "Նախարար\u202e"}
    """
    return _NOT_PLAIN_JSON.sub(lambda match: json.dumps(match[0])[1:-1] if _acts(match[0]) else match[0], text)


def _acts(character: str) -> bool:
    return unicodedata.category(character) in _ACTING and character not in _JOINERS


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
