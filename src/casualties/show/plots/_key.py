"""The key of a picture: each mark that stands in it, with what it means; one mark means one thing in all pictures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from casualties.reconciling.position import Interest
from casualties.show.plots._lettering import width_of
from casualties.show.plots._sheet import MARGIN, SHAPES, Sheet

__all__ = ["Entry", "interest_entries", "key"]

_MEANINGS: Final = {
    Interest.OWN_SIDE: "counts its own side",
    Interest.OPPONENT: "counts its opponent",
    Interest.THIRD_PARTY: "third party",
    Interest.NOT_KNOWN: "side unknown",
}


Entry = tuple[str, str, bool, str]
"""A sign in a key: its shape, its colour, whether it is hollow, and what it means."""


def interest_entries(sheet: Sheet, found: Collection[Interest | None]) -> list[Entry]:
    """Give the entries of a key that tell whose dead the sources count.

    Examples:
        >>> interest_entries(Sheet(400), {Interest.OPPONENT, None})
        [('triangle-up', '#c9500e', False, 'counts its opponent')]
    """
    palette = sheet.palette
    return [
        (SHAPES[interest], palette.of(interest), False, meaning)
        for interest, meaning in _MEANINGS.items()
        if interest in found
    ]


def key(sheet: Sheet, y: float, entries: Sequence[Entry]) -> float:
    """Write a key: the shape, colour and filling of each mark, with what it means; gives where it ends."""
    x = float(MARGIN)
    y += 16
    for shape, color, hollow, text in entries:
        wide = 18 + width_of(text, 11) + 14
        if x + wide > sheet.width - MARGIN and x > MARGIN:
            x = float(MARGIN)
            y += 16
        _sign(sheet, x + 5, y - 4, shape, color, hollow=hollow)
        sheet.text(x + 16, y, text, size=11, color=sheet.palette.soft)
        x += wide
    return y + 4


def _sign(sheet: Sheet, x: float, y: float, shape: str, color: str, *, hollow: bool) -> None:
    if shape == "arrow":
        sheet.line([(x - 5, y), (x + 2, y)], color, width=2)
        sheet.point(x + 4, y, "triangle-right", color, size=30)
    elif shape == "pale":
        sheet.box(x - 6, y - 4, x + 6, y + 4, color, opacity=0.3, edge=color, dashed=True)
    elif shape == "shade":
        sheet.box(x - 6, y - 6, x + 6, y + 6, color)
    elif shape == "tick":
        sheet.line([(x, y - 5), (x, y + 5)], color, width=1.5)
    elif shape == "up":
        sheet.line([(x, y + 5), (x, y - 5)], color, width=2)
        sheet.line([(x - 4, y - 1), (x, y - 6), (x + 4, y - 1)], color, width=2)
    elif shape == "cross":
        sheet.point(x, y, "cross", color, size=60, angle=45)
    elif shape == "struck":
        sheet.point(x, y, "square", color, size=50, hollow=True)
        sheet.line([(x - 6, y + 6), (x + 6, y - 6)], color, width=1.5)
    elif shape == "fall":
        sheet.point(x, y, "triangle-down", color, size=60)
    elif shape == "gap":
        sheet.line([(x - 6, y), (x + 6, y)], color, width=2, dash=(3, 2))
    else:
        sheet.point(x, y, shape, color, size=60, hollow=hollow)
