"""A thousand spoilt files: each ends soon in an error of ours with its place, or in a ledger that can be kept."""

from __future__ import annotations

import io
import random
import re
import time
from typing import TYPE_CHECKING, Final

import pytest

import casualties as cs
from casualties.errors import LedgerFileError
from casualties.files import csv

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS: Final = 2.0
SPOILT: Final = 340
"""How many files of each format are spoilt: a thousand and more in all."""

PLACE: Final = re.compile(r"line \d+, column \d+|row \d+|\$")
BOMB: Final = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(20)
)
THINGS: Final = (
    *("0", "-1", "1" * 5000, "1e999", "NaN", "true", "null", "~", "''", '""', "[]", "{}", "[[", "}}", "{", "]", ":"),
    *("- - - - ", "?", "&a ", "*a", "!!python/object/apply:os.system [x]", "<<: *a", "%YAML 9.9\n---\n", "\n---\n"),
    *("\t", "\r", "\0", "\x07", "\ufeff", "\u2028", "\ud800", "\U0010ffff", "é", "ﬁ", "\u202e", "٣", "=1+1", "@x", ","),
    *(
        ";",
        "|",
        "\\",
        "'",
        '"',
        "#",
        "\n",
        "\n\n\n",
        " " * 3000,
        "[" * 3000,
        "{a: " * 500,
        '{"a":' * 3000,
        "x" * 20_000,
    ),
    *(
        '"' * 501,
        "killed",
        "source",
        "2020-02-30",
        "9999-12-31",
        "0000",
        "2020-09-30T25:00Z",
        "c1-0123456789abcdef0123",
    ),
    *(BOMB, "casualties: 1", '{"casualties": 2}', "id: x", "under: azerbaijani", "low", "denies: jet, replaces: jet"),
)


def cut(text: str, pick: random.Random) -> str:
    """Take a piece out."""
    first = pick.randrange(len(text))
    return text[:first] + text[first + pick.choice((1, 2, 10, 100, 10_000)) :]


def put(text: str, pick: random.Random) -> str:
    """Put something in that does not belong there."""
    place = pick.randrange(len(text) + 1)
    return text[:place] + pick.choice(THINGS) + text[place:]


def swap_words(text: str, pick: random.Random) -> str:
    """Exchange two words."""
    words = re.split(r"(\w+)", text)
    one, other = (pick.randrange(1, len(words), 2) for _ in "ab")
    words[one], words[other] = words[other], words[one]
    return "".join(words)


def swap_lines(text: str, pick: random.Random) -> str:
    """Exchange two lines."""
    lines = text.splitlines(keepends=True)
    one, other = pick.randrange(len(lines)), pick.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def change_word(text: str, pick: random.Random) -> str:
    """Put something in the place of a word."""
    words = re.split(r"(\w+)", text)
    words[pick.randrange(1, len(words), 2)] = pick.choice(THINGS)
    return "".join(words)


def twice(text: str, pick: random.Random) -> str:
    """Say a line twice."""
    lines = text.splitlines(keepends=True)
    place = pick.randrange(len(lines))
    return "".join([*lines[: place + 1], *lines[place:]])


def indent(text: str, pick: random.Random) -> str:
    """Move a line to the right or to the left."""
    lines = text.splitlines(keepends=True)
    place = pick.randrange(len(lines))
    lines[place] = pick.choice((" " + lines[place], "   " + lines[place], lines[place].lstrip()))
    return "".join(lines)


MUTATIONS: Final[tuple[Callable[[str, random.Random], str], ...]] = (
    cut, put, swap_words, swap_lines, change_word, twice, indent,
)  # fmt: skip


def spoilt(text: str, pick: random.Random) -> bytes:
    """Spoil a text once or several times, and sometimes its bytes as well."""
    for _ in range(pick.choice((1, 1, 1, 2, 5))):
        text = pick.choice(MUTATIONS)(text, pick) or "x"
    encoding = pick.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-be", "latin-1", "cp1252"))
    content = text.encode(encoding, "backslashreplace")
    if pick.random() < 0.1:
        place = pick.randrange(len(content) + 1)
        content = content[:place] + bytes([pick.randrange(256)]) + content[place + 1 :]
    return content


def original(name: str) -> str:
    """Write the seed article in a format."""
    ledger = cs.seeds.load("nagorno-karabakh-2020-09-30")
    if name == "yaml":
        return cs.seeds.path("nagorno-karabakh-2020-09-30").read_text(encoding="utf-8")
    out = io.StringIO()
    cs.write(ledger, out, format=name)
    return out.getvalue()


def written(ledger: cs.Ledger) -> bytes:
    """Write a ledger in the canonical form."""
    out = io.BytesIO()
    cs.write(ledger, out, format="json")
    return out.getvalue()


@pytest.mark.parametrize("name", ["csv", "json", "yaml"])
def test_spoilt_files_end_in_our_error_or_in_a_whole_ledger(name: str) -> None:
    """No foreign error, no endless reading, no ledger that cannot be kept."""
    text = original(name)
    read = 0
    unclear: list[object] = []
    for seed in range(SPOILT):
        content = spoilt(text, random.Random(f"{name} {seed}"))
        begin = time.process_time()
        try:
            ledger = cs.read(io.BytesIO(content), format=name)
        except LedgerFileError as error:
            unclear += [(seed, each) for each in error.problems if not (PLACE.match(each.place) and each.message)]
            unclear += [] if str(error).encode() and error.problems else [(seed, error)]
        else:
            read += 1
            for form in ("json", "yaml"):
                out = io.BytesIO()
                cs.write(ledger, out, format=form)
                assert cs.read(io.BytesIO(out.getvalue()), format=form) == ledger, seed
            out = io.BytesIO()
            csv.write(ledger, out)
            assert {claim.id for claim in csv.read(io.BytesIO(out.getvalue()))} == {claim.id for claim in ledger}
        assert time.process_time() - begin < SECONDS, seed
    assert unclear == []
    assert 0 < read < SPOILT


@pytest.mark.parametrize("name", ["csv", "json", "yaml"])
@pytest.mark.parametrize(
    "content",
    [
        *(BOMB, "[" * 200_000, "{" * 200_000, "- " * 100_000, '{"a":' * 100_000),
        *("x" * 2_000_000, "a: " * 10_000, "?" * 50_000),
    ],
    ids=["aliases", "lists", "maps", "dashes", "objects", "one word", "colons", "questions"],
)
def test_bombs_end_soon(name: str, content: str) -> None:
    """Files made to take forever, or all memory, are refused at once."""
    begin = time.process_time()
    with pytest.raises(LedgerFileError):
        cs.read(io.StringIO(content), format=name)
    assert time.process_time() - begin < SECONDS
