"""Words that state no figure: which kind of silence they are."""

from __future__ import annotations

from casualties.wording._reading import Reading, tables
from casualties.wording._tokens import Kind, plain
from casualties.wording.lexicons import Lexicon

__all__ = ["silence", "silence_with_a_remark"]


def silence(text: str, lexicon: Lexicon) -> str | None:
    """Return the kind of silence that a text states, if it states one and no more."""
    return tables(lexicon).silences.get(plain(text))


def silence_with_a_remark(reading: Reading) -> str | None:
    """Return the kind of silence where a remark without any number follows it: "unknown (ongoing)"."""
    cursor, match = reading.cursor, reading.silences.match(reading.cursor)
    if match is None or not reading.text.strip()[:1].isalpha():
        return None
    kind, length = match
    token = cursor.token(length)
    parted = token is not None and (
        token.text in {"(", ",", ";", ":", "."} or (token.kind is Kind.DASH and token.spaced)
    )
    if not parted:
        return None
    cursor.at = length
    remarked = True
    while not cursor.done and remarked:
        remarked = not (reading.plain_number_comes() or reading.kind() in {"one", "quantity"})
        cursor.at += 1
    cursor.at = 0
    return kind if remarked else None
