"""How wide texts are in a picture: estimated, wrapped, cut to fit, and set apart where they run leftward."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from casualties._text import inert

__all__ = ["cut", "isolated", "shortened", "width_of", "wrapped"]

_LEFTWARD: Final = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_LEFTWARD_RUN: Final = re.compile(f"{_LEFTWARD}+(?:[^A-Za-z0-9]*{_LEFTWARD}+)*")
_NARROW: Final = frozenset("iljtfrI.,:;'|!()[]/- ")
_WIDE: Final = frozenset("mwMW@%—…")


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate in pixels, rather too wide than too narrow, how wide a text is in a font without serifs.

    Examples:
        >>> width_of("mmmm", 10) > width_of("iiii", 10)
        True
    """
    return sum(map(_share, text)) * size * (1.08 if bold else 1.02)


def _share(character: str) -> float:
    """Estimate the width of a character as a share of the size of its font."""
    if character in _NARROW:
        return 0.34
    if character in _WIDE:
        return 0.94
    if character.isascii():
        return 0.7 if character.isupper() else 0.56
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    return 1.04 if unicodedata.east_asian_width(character) in ("W", "F") else 0.68


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines that fit, between words where that is possible; what acts in it is shown as its escape.

    Examples:
        >>> wrapped("Artsakh Ministry of Defence", 100, 12)
        ['Artsakh Ministry', 'of Defence']
    """
    lines: list[str] = []
    line = ""
    for part in inert(text).split(" "):
        word = part
        while word:
            joined = f"{line} {word}" if line else word
            if width_of(joined, size, bold=bold) <= room:
                line, word = joined, ""
            elif line:
                lines.append(line)
                line = ""
            else:
                first = cut(word, room, size, bold=bold)
                lines.append(first)
                word = word[len(first) :]
    return [*lines, line] if line else lines


def cut(word: str, room: float, size: float, *, bold: bool = False) -> str:
    """Give as much of the start of a word as fits; at least one character.

    Examples:
        >>> cut("mmmm", 20, 10)
        'mm'
    """
    kept = len(word)
    while kept > 1 and width_of(word[:kept], size, bold=bold) > room:
        kept -= 1
    return word[:kept]


def shortened(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Cut a text to one line that fits, with an ellipsis where something is left out; what acts is shown as its escape.

    Examples:
        >>> shortened("Artsakh Ministry of Defence", 100, 12), shortened("Armenia", 100, 12)
        ('Artsakh Minist…', 'Armenia')
    """
    shown = inert(text)
    if width_of(shown, size, bold=bold) <= room:
        return shown
    return f"{cut(shown, room - width_of('…', size, bold=bold), size, bold=bold).rstrip()}…"


def isolated(text: str) -> str:
    r"""Set words that run from right to left apart, so that numbers and commas beside them stay in their places.

    Examples:
        >>> print(ascii(isolated("1 \u0648\u0632, 27")))
        '1 \u2067\u0648\u0632\u2069, 27'
    """
    return _LEFTWARD_RUN.sub("\u2067\\g<0>\u2069", text)
