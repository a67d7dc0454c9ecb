"""Foreign text made harmless to whoever looks at it: no control, no hidden direction, no broken line."""

from __future__ import annotations

import unicodedata
from typing import Final

__all__ = ["escaped", "inert"]

_JOINERS: Final = "\u200c\u200d"
"""Characters without a width that Persian and Indic words are spelled with."""

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def escaped(text: str) -> str:
    r"""Write every character that acts instead of showing as its escape; line ends too.

    Examples:
        >>> print(escaped("9\u202e18 killed\x1b[2J"))
        9\u202e18 killed\u001b[2J
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        _escape(each) if unicodedata.category(each) in _UNSEEN and each not in _JOINERS else each for each in text
    )


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def inert(text: str) -> str:
    r"""Write a text on one line, with single spaces, and with every character that acts as its escape.

    Examples:
        >>> print(inert("two\n  lines, \u2067hidden"))
        two lines, \u2067hidden
    """
    return escaped(" ".join(text.split()))
