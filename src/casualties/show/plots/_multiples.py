"""A picture of many findings: a set of small ones, those that are disputed and those with the most claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from casualties._text import counted
from casualties.errors import CasualtiesError
from casualties.reconciling.pairs import FindingStatus
from casualties.show.plots._key import Entry, key
from casualties.show.plots._rows import Heading
from casualties.show.plots._sheet import MARGIN, Sheet

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

__all__ = ["Cell", "chosen", "multiples"]

Cell = Callable[[Sheet], float]
"""What draws a small picture on a sheet of its own, and gives how high it is."""

_NARROWEST: Final = 380
"""Pixels of a small picture from side to side, at least."""

_SET: Final = 12
"""How many small pictures make a set; half as many where they stand below one another."""

_MOST: Final = 24
"""More than so many are in no picture."""


def _columns(width: int) -> int:
    return max(1, width // _NARROWEST)


def chosen(findings: Sequence[Finding], limit: int | None, width: int) -> tuple[Sequence[Finding], tuple[str, ...]]:
    """Choose what is drawn, in the order given, with a sentence about the rest.

    The disputed come first, then those with the most claims.

    Raises:
        CasualtiesError: If the limit is below one, or more are asked for than can be read in a picture.

    Examples:
        >>> chosen((), 1, 800)
        ((), ())
    """
    if limit is not None and limit < 1:
        raise CasualtiesError(f"limit {limit}: below one", "bad-limit", "leave it out for a set that can be read")
    most = limit or (_SET if _columns(width) > 1 else _SET // 2)
    if most > _MOST and len(findings) > _MOST:
        raise CasualtiesError(
            f"limit {limit}: more than {_MOST} small pictures in one cannot be read",
            "too-many-findings",
            "choose by result.about(…), draw finding.plot() of each, or write the page with result.to_html()",
        )
    left = len(findings) - most
    if left <= 0:
        return findings, ()
    kept = {
        finding.subject
        for finding in sorted(
            findings, key=lambda finding: (finding.status is not FindingStatus.DISPUTED, -len(finding.claims))
        )[:most]
    }
    note = (
        f"{counted(left, 'more finding')} of this result {'is' if left == 1 else 'are'} not shown: "
        "the disputed ones are, then those with the most claims."
    )
    return [finding for finding in findings if finding.subject in kept], (note,)


def multiples(heading: Heading, entries: Sequence[Entry], cells: Sequence[Cell], *, width: int, dark: bool) -> str:
    """Draw small pictures beside and below one another, under one title and one key.

    Examples:
        >>> drawing = multiples(Heading("Two", (), ()), (), [lambda sheet: 40.0] * 2, width=800, dark=False)
        >>> drawing.count("<g transform=")
        2
    """
    sheet = Sheet(width, dark=dark)
    soft = sheet.palette.soft
    room = width - 2 * MARGIN
    y = sheet.paragraph(MARGIN, 6, heading.title, room, size=15, bold=True)
    for line in heading.lines:
        y = sheet.paragraph(MARGIN, y + 2, line, room, size=12, color=soft)
    y = key(sheet, y + 2, entries) + 4 if entries else y + 4
    columns = max(1, min(_columns(width), len(cells)))
    wide = width // columns
    for first in range(0, len(cells), columns):
        sheet.line([(MARGIN, y), (width - MARGIN, y)], sheet.palette.grid, level="grid")
        highest = 0.0
        for place, cell in enumerate(cells[first : first + columns]):
            small = Sheet(wide, dark=dark)
            highest = max(highest, cell(small))
            sheet.place(small, place * wide, y)
        y += highest + 8
    for line in heading.footer:
        y = sheet.paragraph(MARGIN, y + 4, line, room, size=11, color=soft)
    return sheet.svg(y + 10)
