"""Rows of a picture: who says so on one side, the counts that they allow on the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from casualties._text import counted
from casualties.errors import CasualtiesError
from casualties.model.figure import Figure
from casualties.reconciling.position import Interest
from casualties.show._first import with_ends
from casualties.show.describe import capitalised
from casualties.show.plots._key import Entry, interest_entries, key
from casualties.show.plots._lettering import shortened, width_of
from casualties.show.plots._sheet import MARGIN, SHAPES, Scale, Sheet

__all__ = [
    "NARROWEST",
    "WIDE",
    "Gap",
    "Heading",
    "Panel",
    "Row",
    "checked_width",
    "drawn",
    "row_entries",
    "small_cells",
]

NARROWEST: Final = 320
WIDE: Final = 560
"""From this width on the names stand beside the bars, else above them."""

_BAR: Final = 9
_ROW: Final = 20
"""Pixels of a row from top to bottom."""

_MANY: Final = 30
"""From more rows on each is a pixel lower."""

_FEW: Final = 16
"""Up to so many rows have their names above the bars where a name would be cut beside them."""

_ABOVE: Final = 15
"""Pixels that a name above its bar takes."""

_IN_CELL: Final = 6
"""The most rows of a small picture."""

_SIGN: Final = 15
"""Pixels that the sign before a name takes."""

_POWERS: Final = 100
"""Counts are drawn by powers of ten where the largest is more than so many times the smallest above zero."""


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
        brief: The count as it is drawn at the end of the row; the label where it is left out.
        day: The day to which it counts, where that is not the day of all; drawn after the count.
        claims: The numbers of the claims of the row, by which a page fades its marks.
        folded: Whether it is told in the text and counted, but not drawn, since it does not count now.

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
    brief: str = ""
    day: str = ""
    claims: tuple[int, ...] = ()
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Two voices that share no count.

    Attributes:
        names: Who is apart from whom: in full, and shorter for less room.
        low: The highest count that the lower allows.
        high: The lowest count that the upper allows.

    Examples:
        >>> Gap(("1 and 2 dispute: no count fits both", "1 and 2"), 25, 81).high
        81
    """

    names: tuple[str, ...]
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
        unit: What the axis of the panel counts; panels that follow one another with the same unit share an axis.

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
    unit: str = ""

    @property
    def drawn_rows(self) -> tuple[Row, ...]:
        """The rows that are drawn.

        Examples:
            >>> [row.name for row in Panel("", "", (Row("a", "1"), Row("b", "2", folded=True))).drawn_rows]
            ['a']
        """
        return tuple(row for row in self.all_rows if not row.folded)

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
        footer: Where it was read, one sentence a line.

    Examples:
        >>> Heading("Who says what", (), ("Read in: Daily.",)).footer
        ('Read in: Daily.',)
    """

    title: str
    lines: tuple[str, ...]
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


def row_entries(sheet: Sheet, panels: Sequence[Panel]) -> list[Entry]:
    """Give the entries of a key for the marks that rows have.

    Examples:
        >>> row = Row("Azerbaijan", "11 or more", figure=Figure.at_least(11))
        >>> [meaning for *_, meaning in row_entries(Sheet(400), [Panel("Civilians", "", (row,))])]
        ['open end: no ceiling stated']
    """
    rows = [row for panel in panels for row in panel.drawn_rows]
    palette = sheet.palette
    entries = interest_entries(sheet, {row.interest for row in rows})
    figures = [row.figure for row in rows if row.figure is not None and not row.denies]
    figures += [mark for row in rows for mark in row.marks]
    if any(figure.high is None for figure in figures):
        entries.append(("arrow", palette.soft, False, "open end: no ceiling stated"))
    if any(figure.assumed for figure in figures):
        entries.append(("pale", palette.soft, False, "pale end: assumed by us"))
    if any(row.faded for row in rows):
        hollow = next((SHAPES[row.interest] for row in rows if row.faded and row.interest), "square")
        entries.append((hollow, palette.soft, True, "hollow: does not count now"))
    if any(row.marks for row in rows):
        entries.append(("tick", palette.soft, False, "earlier statement, or a version"))
    if any(panel.shade is not None for panel in panels):
        entries.append(("shade", palette.shade, False, "what all allow"))
    if any(row.best is not None for row in rows):
        entries.append(("star", palette.dispute, False, "the one number"))
    if any(row.denies for row in rows):
        entries.append(("cross", palette.soft, False, "denies that it happened"))
    if any(panel.gaps for panel in panels):
        entries.append(("gap", palette.dispute, False, "gap between two that share no count"))
    return entries


def drawn(heading: Heading, panels: Sequence[Panel], *, width: int, dark: bool) -> str:
    """Draw rows of one height on a sheet: who says so, the counts that they allow, and the count in figures.

    Examples:
        >>> panel = Panel("Civilians", "single source", (Row("Azerbaijan", "11 or more", figure=Figure.at_least(11)),))
        >>> picture = drawn(Heading("Who", (), ()), [panel], width=400, dark=False)
        >>> ">11 or more<" in picture
        True
    """
    sheet = Sheet(width, dark=dark)
    palette = sheet.palette
    room = width - 2 * MARGIN
    y = sheet.paragraph(MARGIN, 6, heading.title, room, size=15, bold=True)
    for line in heading.lines:
        y = sheet.paragraph(MARGIN, y + 2, line, room, size=12, color=palette.soft)
    y = key(sheet, y + 2, row_entries(sheet, panels))
    for unit, group in groupby(panels, lambda panel: panel.unit):
        y = _group(sheet, unit, list(group), y)
    for line in heading.footer:
        y = sheet.paragraph(MARGIN, y + 4, line, room, size=11, color=palette.soft)
    return sheet.svg(y + 10)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the three columns of rows lie: names from the left, bars between two pixels, figures to the right."""

    first: float
    last: float
    scale: Scale | None
    row: int
    above: bool = False


def _group(sheet: Sheet, unit: str, panels: Sequence[Panel], y: float) -> float:
    """Draw panels that share one axis of counts."""
    columns = _columns(sheet, panels)
    if columns.scale:
        y = _axis(sheet, columns.scale, unit, y)
    for panel in panels:
        y = _panel(sheet, panel, columns, y)
    return y


def _axis(sheet: Sheet, scale: Scale, unit: str, y: float) -> float:
    y += 40
    sheet.counts(scale, y, f"{unit}, in powers of ten" if scale.powers else unit)
    return y


def small_cells(panels: Sequence[Panel]) -> list[Callable[[Sheet], float]]:
    """Make small pictures of panels, each with an axis; those that count the same share its scale.

    Examples:
        >>> panel = Panel("Civilians", "single source", (Row("Azerbaijan", "11", figure=Figure.exactly(11)),))
        >>> small_cells([panel])[0](Sheet(400)) < 130
        True
    """
    shared: dict[str, list[int]] = {}
    for panel in panels:
        shared.setdefault(panel.unit, []).extend(count for row in panel.drawn_rows for count in _counts(row))

    def cell(panel: Panel) -> Callable[[Sheet], float]:
        def draw(sheet: Sheet) -> float:
            room = sheet.width - 2 * MARGIN
            y = sheet.paragraph(MARGIN, 2, capitalised(panel.title), room, size=13, bold=True)
            y = sheet.paragraph(MARGIN, y, panel.status, room, size=11, color=sheet.palette.soft)
            kept = [panel.drawn_rows[place] for place in with_ends([row.figure for row in panel.drawn_rows], _IN_CELL)]
            columns = _columns(sheet, [replace(panel, rows=tuple(kept), more=())], shared[panel.unit])
            if columns.scale and any(row.figure is not None for row in kept):
                y = _axis(sheet, columns.scale, panel.unit, y - 6)
            top = y
            for row in kept:
                y = _row(sheet, row, columns, y)
            if columns.scale and panel.shade is not None and kept:
                _shade(sheet, panel.shade, columns.scale, top, y)
            if not (left := len(panel.drawn_rows) - len(kept)):
                return y
            note = f"{counted(left, 'more row')} of these in the table."
            return sheet.paragraph(MARGIN, y + 2, note, room, size=11, color=sheet.palette.soft)

        return draw

    return [cell(panel) for panel in panels]


def _columns(sheet: Sheet, panels: Sequence[Panel], shared: Sequence[int] = ()) -> _Columns:
    """Share the width between names, bars and figures: names and figures take what they need, up to a third each.

    A few names that would be cut stand above their bars.
    """
    rows = [row for panel in panels for row in panel.drawn_rows]
    whole = sheet.width - 2 * MARGIN
    ranged = [row for row in rows if row.figure is not None]
    names = max((width_of(row.name, 12) for row in rows), default=0) + _SIGN
    labels = [*(_figures(row) for row in ranged), *(_gap_label(gap) for panel in panels for gap in panel.gaps)]
    figures = max((width_of(label, 12, bold=True) for label in labels), default=0) + 1
    beside = whole * (0.42 if sheet.width >= WIDE else 0.36)
    above = names > beside and len(rows) <= _FEW and bool(ranged)
    first = MARGIN + (_SIGN if above else min(names, beside) + 8)
    last = sheet.width - MARGIN - min(figures, whole / 3) - 16
    counts = shared or [count for row in ranged for count in _counts(row)]
    if not counts:
        return _Columns(first, last, None, _ROW)
    small = min((count for count in counts if count), default=1)
    scale = Scale(max([*counts, 1]), first, last, powers=max(counts) > _POWERS * small)
    return _Columns(first, last, scale, _ROW if len(rows) <= _MANY else _ROW - 1, above)


def _figures(row: Row) -> str:
    """Write the count of a row and the day to which it counts."""
    return ", ".join(filter(None, (row.brief or row.label, row.day)))


def _gap_label(gap: Gap) -> str:
    return f"gap {gap.high - gap.low:,}"


def _counts(row: Row) -> list[int]:
    figures = [figure for figure in (row.figure, *row.marks) if figure is not None]
    ends = [end for figure in figures for end in (figure.low, figure.high) if end is not None]
    return ends if row.best is None else [*ends, row.best]


def _panel(sheet: Sheet, panel: Panel, columns: _Columns, y: float) -> float:
    palette = sheet.palette
    room = sheet.width - 2 * MARGIN
    y += 8
    sheet.line([(MARGIN, y), (sheet.width - MARGIN, y)], palette.grid, level="grid")
    if panel.title:
        y = sheet.paragraph(MARGIN, y + 2, capitalised(panel.title), room, size=13, bold=True)
    if panel.status:
        y = sheet.paragraph(MARGIN, y, panel.status, room, size=12)
    y += 3
    top = y
    for row in (row for row in panel.rows if not row.folded):
        y = _row(sheet, row, columns, y)
    if columns.scale and panel.shade is not None and y > top:
        _shade(sheet, panel.shade, columns.scale, top, y)
    if columns.scale:
        for gap in panel.gaps:
            y = _gap(sheet, gap, columns, y)
    for _, rows in panel.more:
        for row in (row for row in rows if not row.folded):
            y = _row(sheet, row, columns, y)
    folded = sum(row.folded for row in panel.all_rows)
    if folded:
        note = f"{counted(folded, 'row')} of what does not count now: in the table."
        y = sheet.paragraph(MARGIN, y + 2, note, room, size=11, color=palette.soft)
    return y


def _shade(sheet: Sheet, figure: Figure, scale: Scale, top: float, bottom: float) -> None:
    right = scale.last + 12 if figure.high is None else scale.at(figure.high)
    left = scale.at(figure.low)
    middle = (left + right) / 2
    half = max((right - left) / 2, 2)
    sheet.box(middle - half, top, middle + half, bottom, sheet.palette.shade, level="ground")


def _row(sheet: Sheet, row: Row, columns: _Columns, y: float) -> float:
    """Draw one row and give where the next begins."""
    with sheet.of(row.claims):
        return _drawn_row(sheet, row, columns, y)


def _drawn_row(sheet: Sheet, row: Row, columns: _Columns, y: float) -> float:
    palette, scale = sheet.palette, columns.scale
    color = palette.of(row.interest) if row.interest else palette.own_side
    ink = palette.soft if row.faded else palette.ink
    middle = y + columns.row / 2
    if row.interest:
        sheet.point(MARGIN + 5, middle, SHAPES[row.interest], color, size=54, hollow=row.faded)
    left = MARGIN + (_SIGN if row.interest else 0)
    room = (sheet.width - MARGIN if columns.above else columns.first - 6) - left
    sheet.text(left, middle + 4, shortened(row.name, room, 12), color=ink)
    if columns.above:
        y += _ABOVE
        middle += _ABOVE
    if row.figure is None or scale is None:
        room = sheet.width - MARGIN - columns.first
        said = ", ".join(filter(None, (row.brief or row.label, row.day)))
        sheet.text(columns.first, middle + 4, shortened(said, room, 12), italic=True, color=ink)
        return y + columns.row
    sheet.grid(scale, y, y + columns.row)
    for mark in row.marks:
        if mark.high is None:
            _open(sheet, scale.at(mark.low), scale.last + 14, middle, palette.soft, faded=True, assumed=False)
        elif not mark.is_exact:
            _closed(sheet, mark, scale.at(mark.low), scale.at(mark.high), middle, palette.soft, faded=True)
        for end in sorted({end for end in (mark.low, mark.high) if end is not None}):
            x = scale.at(end)
            sheet.line([(x, middle - 7), (x, middle + 7)], palette.soft, width=1.5)
    _bar(sheet, row, row.figure, scale, middle, color, SHAPES[row.interest] if row.interest else "square")
    x = columns.last + 16
    room = sheet.width - MARGIN - x
    label = shortened(row.brief or row.label, room, 12, bold=not row.faded)
    sheet.text(x, middle + 4, label, bold=not row.faded, color=ink)
    used = width_of(label, 12, bold=not row.faded)
    if row.day and used + width_of(f", {row.day}", 11) <= room + 4:
        sheet.text(x + used + 3, middle + 4, row.day, size=11, color=palette.soft)
    return y + columns.row


def _bar(sheet: Sheet, row: Row, figure: Figure, scale: Scale, middle: float, color: str, shape: str) -> None:
    """Draw a range: solid between its ends, an arrow where there is no ceiling, pale towards what is assumed."""
    low = scale.at(figure.low)
    if row.denies:
        sheet.point(low, middle, "cross", color, size=90, angle=45)
    elif figure.high is None:
        _open(sheet, low, scale.last + 14, middle, color, faded=row.faded, assumed="low" in figure.assumed)
    elif figure.low == figure.high:
        if row.best is None:
            sheet.point(low, middle, shape, color, size=100, hollow=row.faded)
    else:
        _closed(sheet, figure, low, max(scale.at(figure.high), low + 3), middle, color, faded=row.faded)
    if row.best is not None:
        sheet.point(scale.at(row.best), middle, "star", sheet.palette.dispute, size=140)


def _open(sheet: Sheet, low: float, last: float, middle: float, color: str, *, faded: bool, assumed: bool) -> None:
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


def _gap(sheet: Sheet, gap: Gap, columns: _Columns, y: float) -> float:
    """Draw between which counts two share none."""
    scale, color = columns.scale, sheet.palette.dispute
    if scale is None:
        return y
    middle = y + columns.row / 2
    room = (sheet.width - MARGIN if columns.above else columns.first - 6) - MARGIN
    name = next((name for name in gap.names if width_of(name, 12, bold=True) <= room), gap.names[-1])
    name = shortened(name, room, 12, bold=True)
    sheet.text(MARGIN, middle + 4, name, bold=True, color=color)
    if columns.above:
        y += _ABOVE
        middle += _ABOVE
    low, high = scale.at(gap.low), max(scale.at(gap.high), scale.at(gap.low) + 2)
    sheet.line([(low, middle), (high, middle)], color, width=2, dash=(4, 3))
    for edge in (low, high):
        sheet.line([(edge, middle - 5), (edge, middle + 5)], color, width=2)
    x = columns.last + 16
    label = shortened(_gap_label(gap), sheet.width - MARGIN - x, 12, bold=True)
    sheet.text(x, middle + 4, label, bold=True, color=color)
    return y + columns.row
