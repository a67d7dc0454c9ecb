"""Real strings, labelled by hand: no wrong reading, and most of what a careful person could read is read."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from casualties.errors import UnreadableFigureError
from casualties.model.figure import Figure
from casualties.wording import Statement, parse_figure, parse_statement

HERE = Path(__file__).parent / "strings"
SETS = {"seen": (1_028, 0.95), "held": (1_031, 0.94), "reserve": (235, 0.90), "new": (191, 0.86), "newest": (111, 0.95)}
READABLE = {"figure", "silent"}


def rows(name: str) -> list[dict[str, str]]:
    """Read a set: the text, where it is from, the figure by hand, or why it is none."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def labelled(row: dict[str, str]) -> tuple[int, int | None] | None:
    """Give the ends that a row has by hand, or nothing for silence."""
    return (int(row["low"]), int(row["high"]) if row["high"] else None) if row["low"] else None


def ends(figure: Figure | None) -> tuple[int, int | None] | None:
    """Give the ends of a figure."""
    return None if figure is None else (figure.low, figure.high)


def stated(text: str) -> Statement | None:
    """Read a statement, or give nothing where it is refused."""
    try:
        return parse_statement(text)
    except UnreadableFigureError:
        return None


@pytest.mark.parametrize("name", SETS)
def test_no_string_is_read_wrongly(name: str) -> None:
    """What is read is what the words say, of every string of every set, as a statement and as a figure."""
    for row in rows(name):
        read, text = stated(row["text"]), row["text"]
        readable = row["reading"] in READABLE
        if read is not None and (read.figure is not None or read.silence is not None):
            assert readable, text
            assert ends(read.figure) == labelled(row), text
        try:
            figure = parse_figure(text)
        except UnreadableFigureError:
            continue
        assert readable, text
        assert ends(figure) == labelled(row), text


@pytest.mark.parametrize("name", SETS)
def test_most_of_what_can_be_read_is_read(name: str) -> None:
    """The share that is read is what the page on reading words says."""
    count, least = SETS[name]
    found = rows(name)
    assert len(found) == count
    assert len({row["text"] for row in found}) == count
    readable = [row for row in found if row["reading"] in READABLE]
    read = [
        row
        for row in readable
        if (one := stated(row["text"])) is not None and not (one.figure is None and one.silence is None)
    ]
    assert len(read) / len(readable) >= least
