"""The picture of codebooks: one set of claims, and what each published rule writes down for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from casualties.codebooks import Codebook, Resolution, load, names, resolve
from casualties.model.figure import Figure
from casualties.reconciling.view import View
from casualties.show._numbering import ordered
from casualties.show.describe import capitalised
from casualties.show.plots._captions import entitled, name_of, sources_of, told, unit_of
from casualties.show.plots._key import Entry
from casualties.show.plots._lettering import width_of, wrapped
from casualties.show.plots._multiples import Cell, chosen, multiples
from casualties.show.plots._rows import Heading, Panel, Row, checked_width
from casualties.show.plots._sheet import MARGIN, Scale, Sheet
from casualties.show.plots.plot import Plot

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

__all__ = ["codebook_numbers"]

_LINE: Final = 14
"""Pixels of a line of names."""

_LEFT: Final = 0.28
_BARS: Final = 0.2
"""The shares of a card that numbers may take, and bars take."""


def codebook_numbers(
    findings: Iterable[Finding],
    view: View,
    *,
    codebooks: Iterable[str | Codebook] | None = None,
    width: int = 800,
    dark: bool = False,
    limit: int | None = None,
) -> Plot:
    """Draw the numbers that codebooks write down for the same claims, each with its range and with those that write it.

    Args:
        findings: The findings.
        view: The ledger as it is looked at.
        codebooks: Names of codebooks, or codebooks of your own; all that there are where they are left out.
        width: Pixels from side to side.
        dark: Whether it is for a dark screen.
        limit: How many findings to show at most, up to 24; twelve where it is left out, six on a narrow picture.

    Raises:
        CasualtiesError: If the width cannot be drawn, or the limit is below one or too high.
        UnknownNameError: If there is no such codebook.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> print(codebook_numbers([result.one(role="mercenary")], result.view, codebooks=["ucdp", "gtd"]))
        Codebooks: killed, Syrian mercenaries, 27 to 30 September 2020.
        Nagorno-Karabakh, the first four days
        Syrian mercenaries: compatible.
        ucdp: 2 (2–25); by its rule lower-figure.
        gtd: 2; by its rule majority.
        Each number is what the published rules beside it write down for the same claims. None of them is the truth.
        Read in: The New Arab.
    """
    checked_width(width)
    chosen_books = [
        load(codebook) if isinstance(codebook, str) else codebook
        for codebook in (names() if codebooks is None else codebooks)
    ]
    shown, left = chosen(ordered(findings), limit, width)
    panels = [_panel(finding, name_of(finding, shown), chosen_books, unit_of([finding], view)) for finding in shown]
    title, lines = entitled("Codebooks", shown, view)
    footer = (
        "Each number is what the published rules beside it write down for the same claims. None of them is the truth.",
        *left,
        *sources_of(shown),
    )
    alt = told(title, lines, panels, footer)
    cells = [_card(panel) for panel in panels]
    entries: list[Entry] = []
    palette = Sheet(width, dark=dark).palette
    if any(row.best is not None for panel in panels for row in panel.rows):
        entries.append(("star", palette.dispute, False, "the one number"))
    if any(row.figure is not None and row.figure.high is None for panel in panels for row in panel.rows):
        entries.append(("arrow", palette.soft, False, "open end: no ceiling stated"))
    heading = Heading(title, lines, footer)
    return Plot(title, alt, multiples(heading, entries, cells, width=width, dark=dark), dark)


def _panel(finding: Finding, name: str, codebooks: Iterable[Codebook], unit: str) -> Panel:
    said = "no source states a figure" if finding.span is None else f"as said: {finding.span}"
    says_nothing = finding.span is not None and finding.span.low == 0 and finding.span.high is None
    return Panel(
        title=name,
        status=str(finding.status) if says_nothing else f"{finding.status}; {said}",
        rows=tuple(_row(resolve(finding, codebook, {})) for codebook in codebooks),
        unit=unit,
    )


def _card(panel: Panel) -> Cell:
    """Draw one row a number, with the codebooks that write it down, and name those that write none."""
    coded: dict[str, list[Row]] = {}
    for row in panel.rows:
        if row.figure is not None:
            coded.setdefault(row.brief, []).append(row)
    rows = sorted(coded.values(), key=lambda same: (same[0].best or 0, same[0].brief))
    none = [row.name for row in panel.rows if row.figure is None]

    def draw(sheet: Sheet) -> float:
        soft = sheet.palette.soft
        room = sheet.width - 2 * MARGIN
        y = sheet.paragraph(MARGIN, 2, capitalised(panel.title), room, size=13, bold=True)
        y = sheet.paragraph(MARGIN, y, panel.status, room, size=11, color=soft)
        if rows:
            y = _bars(sheet, rows, panel.unit, y - 6)
        if none:
            y = sheet.paragraph(MARGIN, y + 3, f"No number: {', '.join(none)}.", room, size=11, color=soft)
        return y

    return draw


def _bars(sheet: Sheet, rows: Sequence[Sequence[Row]], unit: str, y: float) -> float:
    palette = sheet.palette
    room = sheet.width - 2 * MARGIN
    pieces = max(width_of(piece, 12, bold=True) for same in rows for piece in same[0].brief.split())
    whole = max(width_of(same[0].brief, 12, bold=True) for same in rows)
    labels = max(pieces, min(whole, room * _LEFT)) + 1
    first = MARGIN + labels + 14
    last = first + room * _BARS
    figures = [same[0].figure for same in rows if same[0].figure is not None]
    scale = Scale(max(1, *(figure.low if figure.high is None else figure.high for figure in figures)), first, last)
    y += 40
    sheet.counts(scale, y, unit)
    for same in rows:
        names = wrapped(", ".join(row.name for row in same), sheet.width - MARGIN - last - 26, 11)
        sheet.grid(scale, y, y + _LINE * len(names) + 6)
        middle = y + 3 + _LINE / 2
        label = wrapped(same[0].brief, labels, 12, bold=True)
        for place, line in enumerate(label):
            sheet.text(MARGIN, middle + 4 + place * _LINE, line, bold=True)
        _bar(sheet, same[0], scale, middle)
        for place, line in enumerate(names):
            sheet.text(last + 26, middle + 4 + place * _LINE, line, size=11, color=palette.ink)
        y += _LINE * max(len(names), len(label)) + 6
    return y


def _bar(sheet: Sheet, row: Row, scale: Scale, middle: float) -> None:
    color = sheet.palette.soft
    if row.figure is not None and (row.best is None or row.figure.low != row.figure.high):
        low = scale.at(row.figure.low)
        high = scale.last + 10 if row.figure.high is None else scale.at(row.figure.high)
        sheet.line([(low, middle), (high, middle)], color, width=3)
        sheet.line([(low, middle - 5), (low, middle + 5)], color, width=2)
        if row.figure.high is None:
            sheet.point(high, middle, "triangle-right", color, size=60)
        else:
            sheet.line([(high, middle - 5), (high, middle + 5)], color, width=2)
    if row.best is not None:
        sheet.point(scale.at(row.best), middle, "star", sheet.palette.dispute, size=140)


def _row(resolution: Resolution) -> Row:
    if not resolution.coded:
        reason = resolution.reason.removeprefix("not coded: ")
        return Row(resolution.codebook, "not coded", (reason,) if reason else ())
    low = resolution.number if resolution.low is None else resolution.low
    high = resolution.number if resolution.low is None else resolution.high
    return Row(
        resolution.codebook,
        str(resolution),
        (f"by its rule {resolution.rule}",),
        figure=None if low is None else Figure(low, high),
        best=resolution.number,
        brief=_brief(resolution),
    )


def _brief(resolution: Resolution) -> str:
    """Write a number without a range that says no more."""
    if resolution.low is None or resolution.low != resolution.high or resolution.number not in (None, resolution.low):
        return str(resolution)
    return " ".join(part for part in (f"{resolution.low:,}", resolution.grade) if part)
