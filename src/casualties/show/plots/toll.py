"""The picture of how the toll moved: where each source stood over time, as steps and bands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from casualties.model.claim import Claim, Stance
from casualties.model.figure import Figure
from casualties.model.period import PartialDate
from casualties.reconciling.position import Fate, Flag, Interest, Position
from casualties.reconciling.view import View
from casualties.show._numbering import ordered
from casualties.show._steps import Clock, Series, clock_of, hours, series_of, top_of
from casualties.show.describe import capitalised
from casualties.show.plots._captions import entitled, name_of, sources_of, unit_of
from casualties.show.plots._key import Entry, interest_entries, key
from casualties.show.plots._lettering import shortened, width_of, wrapped
from casualties.show.plots._multiples import Cell, chosen, multiples
from casualties.show.plots._rows import WIDE, Heading, checked_width
from casualties.show.plots._sheet import MARGIN, SHAPES, Scale, Sheet, days
from casualties.show.plots.plot import Plot

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

__all__ = ["how_the_toll_moved"]

_Place = Callable[[PartialDate], float]
"""Where a moment lies from side to side."""

_TALL: Final = 300
_AFTER: Final = 34
"""Room after the last day, in which the last figures can be seen."""

_NAMES: Final = 0.27
"""The share of a wide picture that the names beside the steps may take."""

_NARROW_NAMES: Final = 0.4
"""The share of a narrow one."""

_SMALL: Final = 120
"""Pixels from the lowest to the highest count of a small picture."""

_NAMED: Final = 6
"""The most sources that a small picture names."""

_LINES: Final = 3
"""The most lines that the name of one takes there."""


def how_the_toll_moved(
    findings: Iterable[Finding], view: View, *, width: int = 800, dark: bool = False, limit: int | None = None
) -> Plot:
    """Draw where each source stood over the days that claims count, or over the hours of an evening.

    Hours are drawn where all that was said was said within 48 hours, and two statements at least have one.  A step is
    a new statement, a band a range, an arrow an open end.  Each source has a colour; a statement is solid on its day
    or hour, and its line dotted after.  What stands no longer, or never stood, is hollow; a false relay is a cross.

    Args:
        findings: The findings.
        view: The ledger as it is looked at.
        width: Pixels from side to side.
        dark: Whether it is for a dark screen.
        limit: How many findings to show at most, up to 24; twelve where it is left out, six on a narrow picture.

    Raises:
        CasualtiesError: If the width cannot be drawn, or the limit is below one or too high.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> print(how_the_toll_moved([result.one(status="civilian")], result.view))
        How the toll moved: killed, civilians, Azerbaijani side, 27 to 30 September 2020.
        Nagorno-Karabakh, the first four days
        Civilians, Azerbaijani side
        Azerbaijan, own side: 11 or more to 30 Sep 2020.
        Read in: The New Arab.
    """
    checked_width(width)
    shown, left = chosen(ordered(findings), limit, width)
    title, lines = entitled("How the toll moved", shown, view)
    footer = (*left, *sources_of(shown))
    if len(shown) > 1:
        return _set(Heading(title, lines, footer), shown, view, width=width, dark=dark)
    sheet = Sheet(width, dark=dark)
    room = width - 2 * MARGIN
    y = sheet.paragraph(MARGIN, 8, title, room, size=17, bold=True)
    for line in lines:
        y = sheet.paragraph(MARGIN, y + 2, line, room, size=12, color=sheet.palette.soft)
    paragraphs = [f"{title}.", *lines]
    series = [(finding, series_of(finding)) for finding in shown]
    y = key(sheet, y + 4, _entries(sheet, [line for _, group in series for line in group]))
    for finding, group in series:
        name = name_of(finding, shown)
        paragraphs.append(name)
        if group:
            y = _panel(sheet, finding, group, y, unit_of([finding], view))
        notes = [*([] if group else ["No source states a figure with a day."]), *_notes(finding)]
        if told_hours := _of_hours(group):
            notes.insert(0, told_hours)
        for note in notes:
            y = sheet.paragraph(MARGIN, y + 2, note, room, size=11, color=sheet.palette.soft)
        paragraphs += [*(line.told() for line in group), *notes]
    for line in footer:
        y = sheet.paragraph(MARGIN, y + 5, line, room, size=11, color=sheet.palette.soft)
    alt = "\n".join([*paragraphs, *footer])
    return Plot(title, alt, sheet.svg(y + 12), dark)


def _set(heading: Heading, shown: Sequence[Finding], view: View, *, width: int, dark: bool) -> Plot:
    """Draw a small picture of each finding, with an axis of its own."""
    series = [(finding, name_of(finding, shown), series_of(finding)) for finding in shown]
    paragraphs = [f"{heading.title}.", *heading.lines]
    for finding, name, group in series:
        notes = [*([] if group else ["No source states a figure with a day."]), *_notes(finding)]
        paragraphs += [name, *(line.told() for line in group), *notes]
    alt = "\n".join([*paragraphs, *heading.footer])

    def cell(finding: Finding, name: str, group: Sequence[Series]) -> Cell:
        def draw(sheet: Sheet) -> float:
            room = sheet.width - 2 * MARGIN
            y = sheet.paragraph(MARGIN, 2, capitalised(name), room, size=13, bold=True)
            if not group:
                return sheet.paragraph(MARGIN, y, "No source states a figure with a day.", room, size=11)
            y = _panel(sheet, finding, group, y - 6, unit_of([finding], view), small=True)
            if note := _of_hours(group):
                y = sheet.paragraph(MARGIN, y, note, room, size=11, color=sheet.palette.soft)
            return y

        return draw

    cells = [cell(*group) for group in series]
    entries = _entries(Sheet(width, dark=dark), [line for *_, group in series for line in group])
    axes = Heading(heading.title, (*heading.lines, "Each has an axis of its own."), heading.footer)
    return Plot(heading.title, alt, multiples(axes, entries, cells, width=width, dark=dark), dark)


def _entries(sheet: Sheet, series: Sequence[Series]) -> list[Entry]:
    soft = sheet.palette.soft
    figures = [position.figure for line in series for _, position in line.steps if not position.denies]
    fates = {fate for line in series for _, _, fate in line.others}
    entries = [(shape, soft, hollow, text) for shape, _, hollow, text in interest_entries(sheet, _interests(series))]
    if any(figure.high is None for figure in figures):
        entries.append(("up", soft, False, "open end: no ceiling stated"))
    if any(figure.assumed for figure in figures):
        entries.append(("pale", soft, False, "pale end: assumed by us"))
    if fates - {Fate.MISRELAYED}:
        hollow = next(SHAPES[line.interest] for line in series if line.others)
        entries.append((hollow, soft, True, "hollow: does not count now"))
    if Fate.MISRELAYED in fates:
        entries.append(("struck", soft, True, "struck out: a false relay"))
    if any(position.denies for line in series for _, position in line.steps):
        entries.append(("cross", soft, False, "denies that it happened"))
    if any(Flag.REVISED_DOWN in position.flags for line in series for _, position in line.steps):
        entries.append(("fall", sheet.palette.dispute, False, "revised down"))
    return entries


def _interests(series: Iterable[Series]) -> set[Interest | None]:
    return {line.interest for line in series}


def _notes(finding: Finding) -> list[str]:
    """Name what has no place in the picture: silences, denials, and what has no day."""
    sources = finding.view.sources
    notes = []
    silent = sorted({sources[claim.source].name for claim in finding.silences})
    if silent:
        notes.append(f"Silent, which is not zero: {', '.join(silent)}.")
    denying = sorted(
        {sources[denial.claim.source].name for denial in finding.denials if not _occurrence(finding, denial.claim)}
    )
    if denying:
        notes.append(f"Denying, without a figure: {', '.join(denying)}.")
    undated = [claim for claim in finding.claims if claim.stance is Stance.STATES and claim.day is None]
    if undated:
        figures = sorted(f"{sources[claim.source].name} ({finding.view.figure(claim)})" for claim in undated)
        notes.append(f"Without a day, not drawn: {', '.join(figures)}.")
    return notes


def _occurrence(finding: Finding, claim: Claim) -> bool:
    return finding.view.figure(claim) is not None


def _panel(
    sheet: Sheet, finding: Finding, series: Sequence[Series], y: float, unit: str, *, small: bool = False
) -> float:
    """Draw the steps of one finding and give where what follows begins."""
    wide = sheet.width >= WIDE
    right = sheet.width * (1 - (_NAMES if wide else _NARROW_NAMES)) - MARGIN
    named = _named(series) if small else list(series)
    labels = [_label(line, sheet.width - MARGIN - right - 18, small=small) for line in named]
    needed = sum(13 * len(lines) + 5 for lines in labels)
    top = y + 34
    moved = any(len(line.steps) > 1 or line.others for line in series)
    tall = (_TALL if wide else _TALL - 40) if moved else _TALL // 2
    bottom = top + max(_SMALL if small else tall, needed - 20)
    highest = max(
        [top_of(position.figure) for line in series for _, position in line.steps]
        + [top_of(figure) for line in series for _, figure, _ in line.others]
    )
    scale = Scale(max(highest, 1), bottom, top)
    left = MARGIN + 12 + max(width_of(f"{tick:,}", 11) for tick in scale.ticks)
    clock = clock_of(finding)
    first, last = _extent(finding, series, clock)
    begin, end = clock.place(first), clock.place(last)

    def at(when: PartialDate) -> float:
        share = (clock.place(when) - begin) / (end - begin) if end > begin else 0.5
        return left + (right - _AFTER - left) * share

    chosen = [_ticks(first, last, clock, most) for most in range(max(2, int((right - _AFTER - left) / 90)), 0, -1)]
    _axes(sheet, scale, unit, next((ticks for ticks in chosen if _apart(ticks, at)), chosen[-1][:1]), at, (left, right))
    colors = [sheet.palette.series[place % len(sheet.palette.series)] for place in range(len(series))]
    for series_line, color in zip(series, colors, strict=True):
        _draw(sheet, series_line, scale, at, right, color)
    places = {id(line): color for line, color in zip(series, colors, strict=True)}
    _name(sheet, [(line, places[id(line)]) for line in named], labels, scale, right, (top, bottom))
    return bottom + 30


def _extent(finding: Finding, series: Sequence[Series], clock: Clock) -> tuple[PartialDate, PartialDate]:
    every = [when for line in series for when, _ in line.steps] + [
        when for line in series for when, _, _ in line.others
    ]
    since = finding.subject.since
    if since and clock.zone is None:
        every.append(PartialDate.day(min(since.earliest, *(date.latest for date in every))))
    return min(every, key=clock.place), max(every, key=clock.place)


def _apart(ticks: Sequence[tuple[PartialDate, str]], at: Callable[[PartialDate], float]) -> bool:
    """Tell whether the words below ticks leave room between one another."""
    ends = [(at(when), width_of(label, 11) / 2) for when, label in ticks]
    return all(right - left >= left_half + other + 8 for (left, left_half), (right, other) in pairwise(ends))


def _ticks(first: PartialDate, last: PartialDate, clock: Clock, most: int) -> list[tuple[PartialDate, str]]:
    """Choose moments below the steps, with the words that stand there; the year where the years differ."""
    if clock.zone is not None and first.at and last.at:
        dates = hours(first.at.astimezone(clock.zone), last.at.astimezone(clock.zone), most)
        return [(date, clock.short(date)) for date in dates]
    dates = [PartialDate.day(day) for day in days(first.latest, last.latest, most)]
    year = "" if first.latest.year != last.latest.year else f" {last.latest.year}"
    return [(date, clock.short(date).removesuffix(year)) for date in dates]


def _of_hours(series: Sequence[Series]) -> str:
    """Say of what day and in what offset the hours of a panel are; nothing of days."""
    dates = [when for line in series for when in (*(at for at, _ in line.steps), *(at for at, _, _ in line.others))]
    return series[0].clock.note(dates[0]) if dates else ""


def _axes(
    sheet: Sheet,
    scale: Scale,
    unit: str,
    moments: Sequence[tuple[PartialDate, str]],
    at: _Place,
    ends: tuple[float, float],
) -> None:
    """Draw the counts on the left and the days or hours below."""
    soft, grid = sheet.palette.soft, sheet.palette.grid
    left, right = ends
    sheet.text(MARGIN, scale.last - 16, unit, size=11, color=soft)
    for tick in scale.ticks:
        sheet.line([(left, scale.at(tick)), (right, scale.at(tick))], grid, level="grid")
        sheet.text(left - 8, scale.at(tick) + 4, f"{tick:,}", size=11, align="right", color=soft)
    bottom = scale.first
    sheet.line([(left, bottom), (right, bottom)], soft)
    for when, name in moments:
        sheet.line([(at(when), bottom), (at(when), bottom + 4)], soft)
        sheet.text(at(when), bottom + 17, name, size=11, align="center", color=soft)


def _draw(sheet: Sheet, series: Series, scale: Scale, at: _Place, right: float, color: str) -> None:
    """Draw the steps, bands and marks of one source: what it says is solid on its day, and dotted after."""
    for place, (day, position) in enumerate(series.steps):
        final = place + 1 == len(series.steps)
        x, x2 = at(day), right if final else at(series.steps[place + 1][0])
        figure = position.figure
        _band(sheet, figure, scale, x, x2, color)
        if not final:
            following = series.steps[place + 1][1].figure
            sheet.line([(x2, scale.at(figure.low)), (x2, scale.at(following.low))], color, width=1, dash=(1, 3))
        _mark(sheet, position, scale, x, color, SHAPES[series.interest])
    for day, figure, fate in series.others:
        ends = sorted({figure.low or top_of(figure), top_of(figure)})
        x = at(day)
        if len(ends) > 1:
            sheet.line([(x, scale.at(ends[0])), (x, scale.at(ends[1]))], color, width=1)
        for end in ends:
            y = scale.at(end)
            sheet.point(x, y, SHAPES[series.interest], color, size=40, hollow=True)
            if fate is Fate.MISRELAYED:
                sheet.line([(x - 6, y + 6), (x + 6, y - 6)], color, width=1.5, level="point")


def _mark(sheet: Sheet, position: Position, scale: Scale, x: float, color: str, shape: str) -> None:
    """Mark a new statement on its day: a shape at each end that it gives, an arrow where it leaves one open."""
    figure = position.figure
    low, high = scale.at(figure.low), scale.at(top_of(figure))
    if figure.high is None:
        _arrow(sheet, x, low - 4, color)
    elif figure.low < figure.high:
        sheet.line([(x, low), (x, high)], color, width=3)
    if position.denies:
        sheet.point(x, low, "cross", color, size=80, angle=45)
    else:
        for end in sorted({figure.low or top_of(figure), top_of(figure)}):
            sheet.point(x, scale.at(end), shape, color, size=58)
    if Flag.REVISED_DOWN in position.flags:
        sheet.point(x, low + 14, "triangle-down", sheet.palette.dispute, size=60)


def _band(sheet: Sheet, figure: Figure, scale: Scale, x: float, x2: float, color: str) -> None:
    """Draw how long a figure held: a line at each end that is stated, with the counts between shaded."""
    dash = (2, 4)
    if figure.high is not None and figure.high > figure.low:
        sheet.box(x, scale.at(figure.high), x2, scale.at(figure.low), color, level="band", opacity=0.16)
        edge = (3, 3) if "high" in figure.assumed else dash
        sheet.line([(x, scale.at(figure.high)), (x2, scale.at(figure.high))], color, width=1.2, dash=edge)
    edge = (3, 3) if "low" in figure.assumed else dash
    sheet.line([(x, scale.at(figure.low)), (x2, scale.at(figure.low))], color, width=2, dash=edge)


def _arrow(sheet: Sheet, x: float, y: float, color: str) -> None:
    sheet.line([(x, y), (x, y - 15)], color, width=2)
    sheet.line([(x - 4, y - 10), (x, y - 16), (x + 4, y - 10)], color, width=2)


def _named(series: Sequence[Series]) -> list[Series]:
    """Choose which sources a small picture names: those that spoke most often."""
    kept = sorted(series, key=lambda line: -len(line.steps))[:_NAMED]
    return [line for line in series if any(line is other for other in kept)]


def _label(series: Series, room: float, *, small: bool) -> list[str]:
    """Write the name of a source with its last figure; in a small picture a long name is cut, and never the figure."""
    figure = f": {series.steps[-1][1].figure}" if series.steps and not series.steps[-1][1].denies else ""
    if small:
        figure = figure.partition(" (")[0]
    lines = wrapped(f"{series.name}{figure}", room, 11)
    if small and len(lines) > _LINES:
        lines = wrapped(series.name, room, 11)
        rest = shortened(" ".join(lines[_LINES - 1 :]), max(room - width_of(figure, 11), 30), 11)
        lines = [*lines[: _LINES - 1], f"{rest}{figure}"]
    return lines


def _name(
    sheet: Sheet,
    series: Sequence[tuple[Series, str]],
    labels: Sequence[list[str]],
    scale: Scale,
    right: float,
    ends: tuple[float, float],
) -> None:
    """Name each source at the end of its line, moved apart where names would touch."""
    wanted = [
        scale.at((line.steps[-1][1].figure.low + top_of(line.steps[-1][1].figure)) / 2) if line.steps else None
        for line, _ in series
    ]
    named = [(y, lines, color) for y, lines, (_, color) in zip(wanted, labels, series, strict=True) if y is not None]
    named.sort(key=lambda item: item[0])
    tops = _spread([(y - 6.5 * len(lines), 13.0 * len(lines) + 4) for y, lines, _ in named], ends[0] - 12, ends[1] + 12)
    for (y, lines, color), top in zip(named, tops, strict=True):
        middle = top + 6.5 * len(lines)
        sheet.line([(right, y), (right + 12, middle)], color, width=1.5)
        for place, line in enumerate(lines):
            sheet.text(right + 16, top + 10 + 13 * place, line, size=11)


def _spread(wanted: Sequence[tuple[float, float]], top: float, bottom: float) -> list[float]:
    """Move boxes, given by place and height from the top down, apart with as little change as is simple.

    Examples:
        >>> _spread([(10, 20), (12, 20), (95, 20)], 0, 100)
        [10, 30, 80]
    """
    places: list[float] = []
    edge = top
    for place, height in wanted:
        places.append(max(place, edge))
        edge = places[-1] + height
    edge = bottom
    for number in reversed(range(len(places))):
        places[number] = min(places[number], edge - wanted[number][1])
        edge = places[number]
    return places
