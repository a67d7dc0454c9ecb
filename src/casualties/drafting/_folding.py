"""Texts folded so that print does not matter: quotes, dashes, spaces, soft hyphens, ligatures, line breaks and case."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["FoldedText", "fold", "line_of"]

_QUOTES: Final = dict.fromkeys(map(ord, "‘’‚‛′`´ʼ"), "'") | dict.fromkeys(map(ord, "“”„‟«»″"), '"')
_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_GONE: Final = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
    "",
)
_TABLE: Final = _QUOTES | _DASHES | _GONE
_HYPHEN: Final = re.compile(r"(?<=[^\W\d_])-\s*(?=[^\W\d_])")
_GROUP: Final = re.compile(r"(?<=\d)[,'\u00a0\u202f\u2009](?=\d{3}(?!\d))")
_SPACE: Final = re.compile(r"\s+")
_OMITTED: Final = re.compile(r"\s*(?:\[\s*(?:\.\.\.|…)\s*\]|\(\s*(?:\.\.\.|…)\s*\)|\.\.\.|…)\s*")
_APART: Final = 600
"""The most characters that an omission mark may stand for."""


def fold(text: str) -> str:
    """Fold a text.

    Examples:
        >>> fold("“More than\u00a080 ﬁghters” — con\u00adfirmed") == fold('"more than 80  fighters" - confirmed')
        True
    """
    return FoldedText(text).text


class FoldedText:
    r"""A text with its folded form, and the way back from places in that to places in the text.

    Attributes:
        text: The folded form.

    Examples:
        >>> FoldedText("At least\n11 civil-\nians died.").find("11 civilians")
        [(9, 23)]
    """

    __slots__ = ("_ends", "_places", "text")

    def __init__(self, original: str) -> None:
        pieces: list[str] = []
        places: list[int] = []
        ends: list[int] = []
        for start, end, piece in _pieces(original):
            pieces.append(piece)
            places.extend([start] * len(piece))
            ends.extend([end] * len(piece))
        self.text = "".join(pieces)
        self._places, self._ends = places, ends

    def find(self, words: str) -> list[tuple[int, int]]:
        """Find words in the text, as whole words, in order where a mark stands for words left out.

        Returns:
            Each place, in the text as it was.
        """
        parts = [fold(part) for part in _OMITTED.split(words.strip()) if part.strip(" .\"'“”‘’")]
        if not parts:
            return []
        places: list[tuple[int, int]] = []
        for start in self._each(parts[0]):
            end = start + len(parts[0])
            for part in parts[1:]:
                following = next((place for place in self._each(part, end) if place - end <= _APART), None)
                if following is None:
                    break
                end = following + len(part)
            else:
                places.append((self._places[start], self._ends[end - 1]))
        return places

    def _each(self, part: str, start: int = 0) -> list[int]:
        """Find every place of a part that begins and ends between words and numbers."""
        places: list[int] = []
        part = part.strip()
        at = self.text.find(part, start)
        while at >= 0 and len(places) < 1000:
            if self._whole(at, at + len(part)):
                places.append(at)
            at = self.text.find(part, at + 1)
        return places

    def _whole(self, start: int, end: int) -> bool:
        text = self.text
        before, after = text[start - 1 : start], text[end : end + 1]
        first, last = text[start], text[end - 1]
        if (
            before
            and first.isalnum()
            and (before.isalnum() or (first.isdigit() and before in ".,-" and text[start - 2 : start - 1].isdigit()))
        ):
            return False
        return not (
            after
            and last.isalnum()
            and (
                after.isalnum()
                or after == "%"
                or (last.isdigit() and after in ".,-" and text[end + 1 : end + 2].isdigit())
            )
        )


def _pieces(original: str) -> list[tuple[int, int, str]]:
    """Fold a text in small pieces, each with its place."""
    skipped: dict[int, tuple[int, str]] = {}
    plain = original.translate(_DASHES)
    for match in _HYPHEN.finditer(plain):
        skipped[match.start()] = (match.end(), "")
    for match in _GROUP.finditer(original):
        skipped[match.start()] = (match.end(), "")
    for match in _SPACE.finditer(original):
        if match.start() not in skipped:
            skipped[match.start()] = (match.end(), " ")
    pieces: list[tuple[int, int, str]] = []
    i, n = 0, len(original)
    while i < n:
        jump = skipped.get(i)
        if jump is not None:
            end, piece = jump
            if piece == " " and (not pieces or pieces[-1][2] == " "):
                piece = ""
            if piece:
                pieces.append((i, end, piece))
            i = end
            continue
        char = original[i]
        end = i + 1
        while end < n and unicodedata.combining(original[end]):
            end += 1
        piece = original[i:end]
        if not piece.isascii():
            plain = unicodedata.normalize("NFKC", piece.translate(_TABLE))
            piece = piece if _SPACE.search(plain) else plain
        piece = piece.translate(_TABLE).casefold()
        if piece == "`":
            piece = "'"
        if char == "\u2026":
            piece = "..."
        if piece:
            pieces.append((i, end, piece))
        i = end
    return pieces


def line_of(text: str, place: int) -> int:
    """Give the line on which a place stands, the first being 1."""
    return text.count("\n", 0, place) + 1
