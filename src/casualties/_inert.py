"""Foreign text made harmless to whoever looks at it: no control, no hidden direction, no broken line."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Final

__all__ = ["inert", "inert_json"]

_ACTING: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS: Final = "\u200c\u200d"
"""Characters without a width that Persian and Indic words are spelled with."""

_NOT_PLAIN: Final = re.compile(r"[^ -~]")
_NOT_PLAIN_JSON: Final = re.compile(r"[^ -~\n]")


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
