"""Ways to spoil a text, its bytes, the cells of a table and the words of a command."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import Final

__all__ = ["BOMB", "THINGS", "as_bytes", "damaged", "spoilt", "spoilt_rows", "spoilt_words"]

BOMB: Final = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(20)
)
"""A file of aliases that unfolds to more than all memory."""

THINGS: Final = (
    *("0", "-1", "1" * 5000, "1e999", "NaN", "true", "null", "~", "''", '""', "[]", "{}", "[[", "}}", "{", "]", ":"),
    *("- - - - ", "?", "&a ", "*a", "!!python/object/apply:os.system [x]", "<<: *a", "%YAML 9.9\n---\n", "\n---\n"),
    *("\t", "\r", "\0", "\x07", "\ufeff", "\u2028", "\ud800", "\U0010ffff", "é", "ﬁ", "\u202e", "٣", "=1+1", "@x", ","),
    *(";", "|", "\\", "'", '"', "\n", "\n\n\n", " " * 3000, "[" * 3000, "{a: " * 500, '{"a":' * 3000, "x" * 20_000),
    *('"' * 501, "killed", "source", "2020-02-30", "9999-12-31", "0000", "2020-09-30T25:00Z"),
    *("c1-0123456789abcdef0123", BOMB, "casualties: 1", '{"casualties": 2}', "id: x", "under: azerbaijani", "low"),
    *("denies: jet, replaces: jet", "9" * 400, "1e400", "½", "0x1F", "1.000.000", "(a+)+$", "a{1,999}" * 9),
    *("\ufffe", "a" + "\u0301" * 500, "\x1b[31m", "{day}", "%s%n", "<b>&amp;<!--", "@prefix a: <b> .", "^^", "_:b"),
)
"""What does not belong where it is put."""


def _cut(text: str, pick: random.Random) -> str:
    """Take a piece out."""
    first = pick.randrange(len(text))
    return text[:first] + text[first + pick.choice((1, 2, 10, 100, 10_000)) :]


def _put(text: str, pick: random.Random) -> str:
    """Put something in."""
    place = pick.randrange(len(text) + 1)
    return text[:place] + pick.choice(THINGS) + text[place:]


def _words(text: str) -> list[str]:
    found = re.split(r"(\w+)", text)
    return found if len(found) > 1 else ["", text, ""]


def _swap_words(text: str, pick: random.Random) -> str:
    """Exchange two words."""
    words = _words(text)
    one, other = (pick.randrange(1, len(words), 2) for _ in "ab")
    words[one], words[other] = words[other], words[one]
    return "".join(words)


def _swap_lines(text: str, pick: random.Random) -> str:
    """Exchange two lines."""
    lines = text.splitlines(keepends=True)
    one, other = pick.randrange(len(lines)), pick.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def _change_word(text: str, pick: random.Random) -> str:
    """Put something in the place of a word."""
    words = _words(text)
    words[pick.randrange(1, len(words), 2)] = pick.choice(THINGS)
    return "".join(words)


def _misspell(text: str, pick: random.Random) -> str:
    """Change, drop or double one letter of a word, as a hand does."""
    words = _words(text)
    at = pick.randrange(1, len(words), 2)
    word = words[at]
    place = pick.randrange(len(word))
    letter = pick.choice(("", "x", word[place] * 2, word[place].swapcase()))
    words[at] = word[:place] + letter + word[place + 1 :]
    return "".join(words)


def _twice(text: str, pick: random.Random) -> str:
    """Say a line twice."""
    lines = text.splitlines(keepends=True)
    place = pick.randrange(len(lines))
    return "".join([*lines[: place + 1], *lines[place:]])


def _drop_line(text: str, pick: random.Random) -> str:
    """Leave a line out."""
    lines = text.splitlines(keepends=True)
    del lines[pick.randrange(len(lines))]
    return "".join(lines)


def _indent(text: str, pick: random.Random) -> str:
    """Move a line to the right or to the left."""
    lines = text.splitlines(keepends=True)
    place = pick.randrange(len(lines))
    lines[place] = pick.choice((" " + lines[place], "   " + lines[place], lines[place].lstrip()))
    return "".join(lines)


_WAYS: Final[tuple[Callable[[str, random.Random], str], ...]] = (
    *(_cut, _put, _swap_words, _swap_lines, _change_word, _misspell, _misspell, _twice, _drop_line, _indent),
)


def spoilt(text: str, pick: random.Random) -> str:
    """Spoil a text once or several times."""
    for _ in range(pick.choice((1, 1, 1, 1, 2, 4))):
        text = pick.choice(_WAYS)(text, pick) or "x"
    return text


def as_bytes(text: str, pick: random.Random) -> bytes:
    """Encode a text, sometimes as nobody expects, and sometimes change one byte."""
    encoding = pick.choice((*["utf-8"] * 9, "utf-8-sig", "utf-16", "utf-16-be", "latin-1", "cp1252"))
    content = text.encode(encoding, "backslashreplace")
    return damaged(content, pick) if pick.random() < 0.1 else content


def damaged(content: bytes, pick: random.Random) -> bytes:
    """Change some bytes, or break the file off."""
    if pick.random() < 0.2:
        return content[: pick.randrange(len(content))]
    changed = bytearray(content)
    for _ in range(pick.choice((1, 1, 5, 20))):
        changed[pick.randrange(len(changed))] = pick.randrange(256)
    return bytes(changed)


def spoilt_rows(rows: Sequence[Sequence[object]], pick: random.Random) -> list[list[object]]:
    """Spoil the cells, the rows and the columns of a table."""
    found = [list(row) for row in rows]
    for _ in range(pick.choice((1, 1, 2, 6))):
        row = pick.choice(found)
        way = pick.randrange(8)
        place = pick.randrange(len(row)) if row else 0
        if way <= 2 and row:
            row[place] = pick.choice((*THINGS, None, True, 2.5, float("nan"), float("inf"), -0.0, 10**400, -3))
        elif way == 3 and row and isinstance(row[place], str):
            row[place] = spoilt(str(row[place]) or "x", pick)
        elif way == 4 and len(found) > 1:
            found.remove(row)
        elif way == 5:
            found.insert(pick.randrange(len(found) + 1), list(pick.choice(found)))
        elif way == 6:
            row.append("more")
        elif row:
            del row[place]
    return found


def spoilt_words(words: Sequence[str], pick: random.Random) -> list[str]:
    """Spoil the words of a command."""
    found = list(words)
    for _ in range(pick.choice((0, 0, 0, 1, 1, 2))):
        place = pick.randrange(len(found) + 1)
        thing = pick.choice(THINGS).replace("\0", "")[:5000]
        way = pick.randrange(4)
        if way == 0 and place < len(found):
            found[place] = thing
        elif way == 1 and place < len(found):
            found[place] = spoilt(found[place] or "x", pick).replace("\0", "")
        elif way == 2 and place < len(found):
            del found[place]
        else:
            found.insert(place, pick.choice((thing, "--format", "--as-of", "-o", "--", "-", "--width=0", "-h")))
    return found
