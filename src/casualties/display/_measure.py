"""How wide texts are in columns of a terminal, and how they break into lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from casualties._inert import inert

__all__ = ["broken", "columns_of", "words"]


def words(text: str, width: int, hang: str = "", lead: str = "") -> list[str]:
    """Break a text between words, and within a word only where it is wider than a line."""
    return broken(inert(text).split(" "), width, lead, hang)


def broken(pieces: Iterable[str], width: int, lead: str, hang: str) -> list[str]:
    """Fill lines with pieces, the first after a lead and the others after an indent."""
    room = width - max(len(lead), len(hang))
    lines = [lead]
    used, empty = len(lead), True
    for part in (part for piece in pieces for part in _chunks(piece, room)):
        size = columns_of(part)
        if not empty and used + 1 + size > width:
            lines.append(hang)
            used, empty = len(hang), True
        lines[-1] += part if empty else f" {part}"
        used, empty = used + size + (not empty), False
    return lines


def _chunks(piece: str, room: int) -> list[str]:
    """Cut a piece that is wider than a line."""
    if columns_of(piece) <= room:
        return [piece]
    found, used = [""], 0
    for character in piece:
        size = _column(character)
        if used + size > room:
            found.append("")
            used = 0
        found[-1] += character
        used += size
    return found


def columns_of(text: str) -> int:
    """Measure a text that is inert in columns of a terminal."""
    return len(text) if text.isascii() else sum(map(_column, text))


def _column(character: str) -> int:
    """Measure one character: marks and joiners take no column, East Asian wide ones two."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
