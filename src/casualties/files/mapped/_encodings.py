"""Text files in an encoding that is not said: what is wrong, and which encoding it may be."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["encoding_of", "foreign_bytes"]

_RUN: Final = re.compile(rb"[\x80-\xff]+")
_LATIN: Final = ("cp1252", "cp850", "latin-1")
_MARKS: Final = frozenset("–—‘’“”„…«»°•€£§·×©®†‹› ¿¡")


def encoding_of(content: bytes) -> str:
    """Name the encoding that bytes may be in which are not UTF-8.

    Where whole words are foreign it is Cyrillic; where single letters of words are, it is of the west of Europe.

    Examples:
        >>> encoding_of("Köln".encode("cp1252")), encoding_of("Харків 12".encode("cp1251"))
        ('cp1252', 'cp1251')
    """
    runs = _RUN.findall(content)
    if runs and sum(map(len, runs)) / len(runs) > 2.5:
        return "cp1251"
    for name in _LATIN:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if all(character.isascii() or character.isalpha() or character in _MARKS for character in text):
            return name
    return "cp1252"


def foreign_bytes(text: str) -> tuple[str, str, str] | None:
    r"""Say which byte of a text is not UTF-8, and how it reads in the encoding that it may be in; with the next step.

    Examples:
        >>> foreign_bytes(b"K\xf6ln".decode("utf-8", "surrogateescape"))[1]
        "byte 0xf6 is not UTF-8; in cp1252 it reads 'Köln'"
        >>> foreign_bytes("Köln") is None
        True
    """
    if text.isascii():
        return None
    try:
        text.encode()
    except UnicodeEncodeError as error:
        start = error.start
    else:
        return None
    content = text.encode("utf-8", "surrogateescape")
    name = encoding_of(content)
    around = re.split(r"[\t\n;,|]", text[max(0, start - 20) :][: start + 20])
    piece = next((character for character in around if _escaped(character)), text[start : start + 1])
    read = piece.encode("utf-8", "surrogateescape").decode(name, "replace").strip()
    message = f"byte 0x{ord(text[start]) - 0xDC00:02x} is not UTF-8; in {name} it reads {read!r}"
    return "encoding", message, f"write encoding: {name} in the mapping where that is right"


def _escaped(text: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in text)
