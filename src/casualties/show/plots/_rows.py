"""Rows of a picture: who says so on one side, the counts that they allow on the other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from casualties.errors import CasualtiesError
from casualties.model.figure import Figure
from casualties.reconciling.position import Interest
from casualties.show.plots._sheet import MARGIN, SHAPES, Scale, Sheet, width_of, wrapped

__all__ = ["NARROWEST", "WIDE", "Gap", "Heading", "Panel", "Row", "checked_width", "drawn", "interest_entries", "key"]

NARROWEST: Final = 320
WIDE: Final = 560
"""From this width on the names stand beside the bars, else above them."""

_BAR: Final = 11
_POWERS: Final = 200
"""Counts are drawn by powers of ten where the largest of one subject is so many times the largest of another."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        name: Who says so.
        label: The count, or that there is none, in words.
        details: Everything else that is to be read.
        figure: The count; ``None`` for no bar.
        interest: Whose dead the source counts; ``None`` where no source speaks.
        faded: Whether it does not count now.
        marks: Counts that a later statement replaced, or versions.
        best: The number chosen within the figure.
        denies: Whether the figure is a denial.

    Examples:
        >>> Row("Armenia", "1").faded
        False
    """

    name: str
    label: str
    details: tuple[str, ...] = ()
    figure: Figure | None = None
    interest: Interest | None = None
    faded: bool = False
    marks: tuple[Figure, ...] = ()
    best: int | None = None
    denies: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Two voices that share no count.

    Attributes:
        name: Who is apart from whom.
        low: The highest count that the lower allows.
        high: The lowest count that the upper allows.

    Examples:
        >>> Gap("1 and 2", 25, 81).high
        81
    """

    name: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Panel:
    """All rows about one subject.

    Attributes:
        title: Who is counted.
        status: How the statements stand to one another.
        rows: The rows of what counts now.
        notes: What is to be said below them.
        gaps: Which voices share no count.
        more: Further rows, in groups with a title each.
        shade: The counts that all allow; ``None`` where nothing is shaded.

    Examples:
        >>> Panel("Civilians", "single source", ()).shade is None
        True
    """

    title: str
    status: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    more: tuple[tuple[str, tuple[Row, ...]], ...] = ()
    shade: Figure | None = None

    @property
    def all_rows(self) -> tuple[Row, ...]:
        """The rows of every group.

        Examples:
            >>> [row.name for row in Panel("", "", (Row("a", "1"),), more=(("Silent", (Row("b", ""),)),)).all_rows]
            ['a', 'b']
        """
        return (*self.rows, *(row for _, rows in self.more for row in rows))


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above and below the rows.

    Attributes:
        title: What the picture shows.
        lines: What is counted and when, one sentence a line.
        unit: What the axis counts.
        footer: Where it was read, one sentence a line.

    Examples:
        >>> Heading("Who says what", (), "people", ()).unit
        'people'
    """

    title: str
    lines: tuple[str, ...]
    unit: str
    footer: tuple[str, ...]


def checked_width(width: int) -> int:
    """Give a width in which a picture can be drawn.

    Raises:
        CasualtiesError: If it is no whole number, too narrow or too wide.

    Examples:
        >>> checked_width(800)
        800
    """
    if not isinstance(width, int) or isinstance(width, bool) or not NARROWEST <= width <= 4000:
        raise CasualtiesError(
            f"width {width!r}: not a whole number of pixels from {NARROWEST} to 4000", "bad-width", "800 suits a page"
        )
    return width


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
    return [(SHAPES[each], palette.of(each), False, meaning) for each, meaning in _MEANINGS.items() if each in found]


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
    elif shape == "false":
        sheet.point(x, y, "cross", color, size=60, angle=45)
    elif shape == "fall":
        sheet.point(x, y, "triangle-down", color, size=60)
    elif shape == "gap":
        sheet.line([(x - 6, y), (x + 6, y)], color, width=2, dash=(3, 2))
    else:
        sheet.point(x, y, shape, color, size=60, hollow=hollow)


def _entries(sheet: Sheet, panels: Sequence[Panel]) -> list[Entry]:
    rows = [row for panel in panels for row in panel.all_rows]
    palette = sheet.palette
    found = interest_entries(sheet, {row.interest for row in rows})
    figures = [row.figure for row in rows if row.figure is not None and not row.denies]
    figures += [mark for row in rows for mark in row.marks]
    if any(figure.high is None for figure in figures):
        found.append(("arrow", palette.soft, False, "open end: no ceiling stated"))
    if any(figure.assumed for figure in figures):
        found.append(("pale", palette.soft, False, "pale end: assumed by us"))
    if any(row.faded for row in rows):
        found.append(("circle", palette.soft, True, "hollow: does not count now"))
    if any(row.marks for row in rows):
        found.append(("tick", palette.soft, False, "earlier statement, or a version"))
    if any(panel.shade is not None for panel in panels):
        found.append(("shade", palette.shade, False, "what all allow"))
    if any(row.best is not None for row in rows):
        found.append(("diamond", palette.dispute, False, "the one number"))
    if any(panel.gaps for panel in panels):
        found.append(("gap", palette.dispute, False, "gap between two that share no count"))
    return found


def drawn(heading: Heading, panels: Sequence[Panel], *, width: int, dark: bool) -> str:
    """Draw rows on a sheet.

    Examples:
        >>> panel = Panel("Civilians", "single source", (Row("Azerbaijan", "11 or more", figure=Figure.at_least(11)),))
        >>> picture = drawn(Heading("Who", (), "people", ()), [panel], width=400, dark=False)
        >>> ">11 or more<" in picture
        True
    """
    sheet = Sheet(width, dark=dark)
    palette = sheet.palette
    room = width - 2 * MARGIN
    y = sheet.paragraph(MARGIN, 8, heading.title, room, size=17, bold=True)
    for line in heading.lines:
        y = sheet.paragraph(MARGIN, y + 2, line, room, size=12, color=palette.soft)
    y = key(sheet, y + 4, _entries(sheet, panels))
    beside = width >= WIDE
    first = MARGIN + 0.42 * width if beside else MARGIN + 8
    scale = _scale(panels, first, width - MARGIN - 22)
    if scale:
        unit = f"{heading.unit}, each step ten times the one before" if scale.powers else heading.unit
        y += 44
        sheet.counts(scale, y, unit)
    for panel in panels:
        y = _panel(sheet, panel, scale, y, beside=beside, first=first)
    if scale and y > 700:
        y += 10
        sheet.counts(scale, y, "", above=False)
        y += 20
    for line in heading.footer:
        y = sheet.paragraph(MARGIN, y + 5, line, room, size=11, color=palette.soft)
    return sheet.svg(y + 12)


def _scale(panels: Sequence[Panel], first: float, last: float) -> Scale | None:
    """Make one scale for all rows; ``None`` where no row has a count."""
    highest = [max((_reach(row) for row in panel.all_rows if row.figure is not None), default=0) for panel in panels]
    if not any(row.figure is not None for panel in panels for row in panel.all_rows):
        return None
    some = [each for each in highest if each]
    return Scale(max([*some, 1]), first, last, powers=bool(some) and max(some) > _POWERS * min(some))


def _reach(row: Row) -> int:
    figures = [figure for figure in (row.figure, *row.marks) if figure is not None]
    return max([row.best or 0, *(figure.low if figure.high is None else figure.high for figure in figures)])


def _panel(sheet: Sheet, panel: Panel, scale: Scale | None, y: float, *, beside: bool, first: float) -> float:
    palette = sheet.palette
    y += 14
    sheet.line([(MARGIN, y), (sheet.width - MARGIN, y)], palette.grid, level="grid")
    y = sheet.paragraph(MARGIN, y + 3, panel.title, sheet.width - 2 * MARGIN, size=14, bold=True)
    y = sheet.paragraph(MARGIN, y, panel.status, sheet.width - 2 * MARGIN, size=12)
    y += 4
    for row in panel.rows:
        start = y
        y = _row(sheet, row, scale, y, beside=beside, first=first)
        if scale and panel.shade is not None:
            _shade(sheet, panel.shade, scale, start if beside else y - 40, y - (0 if beside else 6))
    if scale:
        for gap in panel.gaps:
            y = _gap(sheet, gap, scale, y, beside=beside, first=first)
    for title, rows in panel.more:
        y = sheet.paragraph(MARGIN, y + 4, title, sheet.width - 2 * MARGIN, size=12, bold=True, color=palette.soft)
        for row in rows:
            y = _row(sheet, row, scale, y, beside=beside, first=first)
    for note in panel.notes:
        y = sheet.paragraph(MARGIN, y + 2, note, sheet.width - 2 * MARGIN, size=11, color=palette.soft)
    return y


def _shade(sheet: Sheet, figure: Figure, scale: Scale, top: float, bottom: float) -> None:
    right = sheet.width - MARGIN if figure.high is None else scale.at(figure.high)
    left = scale.at(figure.low)
    middle = (left + right) / 2
    half = max((right - left) / 2, 2)
    sheet.box(middle - half, top, middle + half, bottom, sheet.palette.shade, level="ground")


def _row(sheet: Sheet, row: Row, scale: Scale | None, y: float, *, beside: bool, first: float) -> float:
    """Draw one row and give where the next begins."""
    palette = sheet.palette
    color = palette.of(row.interest) if row.interest else palette.own_side
    ink = palette.soft if row.faded else palette.ink
    left = MARGIN + 16
    right = first - 14 if beside else sheet.width - MARGIN
    if row.interest:
        sheet.point(MARGIN + 6, y + 13, SHAPES[row.interest], color, size=64, hollow=row.faded)
    end = sheet.paragraph(left, y + 3, row.name, right - left, size=13, bold=not row.faded, color=ink)
    for detail in row.details:
        end = sheet.paragraph(left, end, detail, right - left, size=11, color=palette.soft)
    at = y + 5 if beside else end
    bottom = at + 15
    start = first if beside or row.figure is not None else left
    room = sheet.width - MARGIN - start
    lines = wrapped(row.label, room, 12, bold=not row.faded)
    x = start
    if row.figure is not None and scale and len(lines) == 1:
        x = _anchor(row.figure, scale, lines[0], first, sheet.width - MARGIN)
    for place, line in enumerate(lines):
        sheet.text(x, at + 11 + 15 * place, line, bold=not row.faded, italic=row.figure is None, color=ink)
    bottom += 15 * (len(lines) - 1)
    if scale and row.figure is not None:
        middle = bottom + _BAR / 2 + 2
        sheet.grid(scale, middle - _BAR, middle + _BAR)
        for mark in row.marks:
            if mark.high is None:
                _open(sheet, scale.at(mark.low), middle, palette.soft, faded=True, assumed="low" in mark.assumed)
            elif not mark.is_exact:
                _closed(sheet, mark, scale.at(mark.low), scale.at(mark.high), middle, palette.soft, faded=True)
        for count in sorted({end for mark in row.marks for end in (mark.low, mark.high) if end is not None}):
            x = scale.at(count)
            sheet.line([(x, middle - 7), (x, middle + 7)], palette.soft, width=1.5)
        _bar(sheet, row, row.figure, scale, middle, color)
        bottom = middle + _BAR
    return max(end, bottom) + 6


def _anchor(figure: Figure, scale: Scale, line: str, first: float, last: float) -> float:
    """Place a label over its bar: from the start of the bar on, or as far left as it needs to fit."""
    x = scale.at(figure.low) - (6 if figure.low else 0)
    return max(min(x, last - width_of(line, 12, bold=True)), first)


def _bar(sheet: Sheet, row: Row, figure: Figure, scale: Scale, middle: float, color: str) -> None:
    """Draw a range: solid between its ends, an arrow where there is no ceiling, pale towards what is assumed."""
    low = scale.at(figure.low)
    if row.denies:
        sheet.point(low, middle, "cross", color, size=90, angle=45)
    elif figure.high is None:
        _open(sheet, low, middle, color, faded=row.faded, assumed="low" in figure.assumed)
    elif figure.low == figure.high:
        if row.best is None:
            sheet.point(low, middle, "circle", color, size=110, hollow=row.faded)
    else:
        _closed(sheet, figure, low, max(scale.at(figure.high), low + 3), middle, color, faded=row.faded)
    if row.best is not None:
        sheet.point(scale.at(row.best), middle, "diamond", sheet.palette.dispute, size=120)


def _open(sheet: Sheet, low: float, middle: float, color: str, *, faded: bool, assumed: bool) -> None:
    last = float(sheet.width - MARGIN - 4)
    dash = (3, 2) if assumed else ()
    tall = _BAR / 2 + 1
    sheet.line([(low, middle - tall), (low, middle + tall)], color, width=2 if faded else 4, dash=dash)
    sheet.line([(low, middle), (last - 4, middle)], color, width=1.2 if faded else 3)
    sheet.point(last - 5, middle, "triangle-right", color, size=90, hollow=faded)


def _closed(sheet: Sheet, figure: Figure, low: float, high: float, middle: float, color: str, *, faded: bool) -> None:
    top, bottom = middle - _BAR / 2, middle + _BAR / 2
    centre = (low + high) / 2
    if faded:
        sheet.box(low, top, high, bottom, sheet.palette.paper, edge=color, dashed=bool(figure.assumed))
        return
    solid = (low if "low" not in figure.assumed else centre, high if "high" not in figure.assumed else centre)
    if solid[0] < solid[1]:
        sheet.box(solid[0], top, solid[1], bottom, color)
    for name, left, right in (("low", low, centre), ("high", centre, high)):
        if name in figure.assumed:
            sheet.box(left, top, right, bottom, color, opacity=0.3)
            edge = left if name == "low" else right
            sheet.line([(edge, top - 2), (edge, bottom + 2)], color, width=1.5, dash=(2, 2))


def _gap(sheet: Sheet, gap: Gap, scale: Scale, y: float, *, beside: bool, first: float) -> float:
    color = sheet.palette.dispute
    left = MARGIN + 16
    right = first - 14 if beside else sheet.width - MARGIN
    end = sheet.paragraph(left, y + 2, gap.name, right - left, size=12, bold=True, color=color)
    at = y + 2 if beside else end
    sheet.grid(scale, at + 14, at + 30)
    label = f"gap of {gap.high - gap.low:,}"
    low, high = scale.at(gap.low), scale.at(gap.high)
    x = min(low, sheet.width - MARGIN - width_of(label, 12, bold=True))
    sheet.text(max(x, first), at + 12, label, bold=True, color=color)
    middle = at + 21
    sheet.line([(low, middle), (max(high, low + 2), middle)], color, width=2, dash=(4, 3))
    for edge in (low, max(high, low + 2)):
        sheet.line([(edge, middle - 5), (edge, middle + 5)], color, width=2)
    return max(end, at + 30) + 2
