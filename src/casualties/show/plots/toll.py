"""The picture of how the toll moved: where each source stood over time, as steps and bands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from casualties.model.claim import Claim, Stance
from casualties.model.figure import Figure
from casualties.model.period import PartialDate
from casualties.reconciling.position import Fate, Flag, Interest, Position, interest
from casualties.reconciling.view import Standpoint
from casualties.show._numbering import ordered
from casualties.show.describe import describe_date
from casualties.show.plots._captions import entitled, limited, name_of, sources_of, unit_of
from casualties.show.plots._lettering import width_of, wrapped
from casualties.show.plots._rows import WIDE, checked_width, interest_entries, key
from casualties.show.plots._sheet import MARGIN, SHAPES, Scale, Sheet, days
from casualties.show.plots.plot import Plot

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

__all__ = ["how_the_toll_moved"]

_Place = Callable[[date], float]
"""Where a day lies from side to side."""

_TALL: Final = 300
_AFTER: Final = 34
"""Room after the last day, in which the last figures can be seen."""

_NAMES: Final = 0.27
"""The share of a wide picture that the names beside the steps may take."""


@dataclass(frozen=True, slots=True)
class _Series:
    """Where one source stood, day by day, and what it said besides."""

    name: str
    interest: Interest
    steps: tuple[tuple[date, Position], ...]
    others: tuple[tuple[date, Figure, Fate], ...] = ()

    def told(self, *, besides: bool = False) -> str:
        """Say the steps in words, or only what was said besides."""
        parts = [] if besides else [_step(day, position) for day, position in self.steps]
        parts += [f"{figure} to {_short(day)} ({_FATES[fate]})" for day, figure, fate in self.others]
        whose = "" if besides else f", {_INTERESTS[self.interest]}"
        return f"{self.name}{whose}: {'; '.join(parts)}."


_INTERESTS: Final = {**{each: str(each) for each in Interest}, Interest.NOT_KNOWN: "side unknown"}
_FATES: Final = {
    Fate.MISRELAYED: "a false relay, set aside",
    Fate.PROJECTED: "a projection, set aside",
    Fate.COPY: "a copy, set aside",
    Fate.WITHDRAWN: "withdrawn",
    Fate.REPLACED: "replaced for the same day",
    Fate.VERSION: "a version",
}


def _step(day: date, position: Position) -> str:
    said = "denies that it happened" if position.denies else str(position.figure)
    flags = f" ({', '.join(position.flags)})" if position.flags else ""
    return f"{said} to {_short(day)}{flags}"


def _short(day: date) -> str:
    return describe_date(PartialDate.day(day), short=True)


def how_the_toll_moved(
    findings: Iterable[Finding], view: Standpoint, *, width: int = 800, dark: bool = False, limit: int | None = None
) -> Plot:
    """Draw where each source stood over the days that claims count, from ``finding.history()``.

    A step is a new statement, a band a range, an arrow an open end.  Each source has a colour; a statement is solid on
    its day, and its line dotted after.  What stands no longer, or never stood, is hollow; a false relay is a cross.

    Args:
        findings: The findings.
        view: The ledger as it is looked at.
        width: Pixels from side to side.
        dark: Whether it is for a dark screen.
        limit: How many findings to show at most; ``None`` for all.

    Raises:
        CasualtiesError: If the width cannot be drawn, or the limit is below one.

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
    shown, left = limited(ordered(findings), limit)
    title, lines = entitled("How the toll moved", shown, view)
    footer = (*left, *sources_of(shown))
    sheet = Sheet(width, dark=dark)
    room = width - 2 * MARGIN
    y = sheet.paragraph(MARGIN, 8, title, room, size=17, bold=True)
    for line in lines:
        y = sheet.paragraph(MARGIN, y + 2, line, room, size=12, color=sheet.palette.soft)
    told = [f"{title}.", *lines]
    series = [(finding, _series(finding)) for finding in shown]
    y = _key(sheet, y + 4, [each for _, group in series for each in group])
    for finding, group in series:
        name = name_of(finding, shown)
        y = sheet.paragraph(MARGIN, y + 12, name, room, size=14, bold=True)
        told.append(name)
        if group:
            y = _panel(sheet, finding, group, y, unit_of([finding], view))
        notes = [*([] if group else ["No source states a figure with a day."]), *_notes(finding)]
        for note in notes:
            y = sheet.paragraph(MARGIN, y + 2, note, room, size=11, color=sheet.palette.soft)
        told += [*(each.told() for each in group), *notes]
    for line in footer:
        y = sheet.paragraph(MARGIN, y + 5, line, room, size=11, color=sheet.palette.soft)
    alt = "\n".join([*told, *footer])
    return Plot(title, alt, sheet.svg(y + 12), dark)


def _key(sheet: Sheet, y: float, series: Sequence[_Series]) -> float:
    soft = sheet.palette.soft
    figures = [position.figure for each in series for _, position in each.steps if not position.denies]
    fates = {fate for each in series for _, _, fate in each.others}
    entries = [(shape, soft, hollow, text) for shape, _, hollow, text in interest_entries(sheet, _interests(series))]
    if any(figure.high is None for figure in figures):
        entries.append(("up", soft, False, "open end: no ceiling stated"))
    if any(figure.assumed for figure in figures):
        entries.append(("pale", soft, False, "dashed edge: assumed by us"))
    if fates - {Fate.MISRELAYED}:
        entries.append(("circle", soft, True, "hollow: does not count"))
    if Fate.MISRELAYED in fates:
        entries.append(("false", sheet.palette.dispute, False, "false relay"))
    if any(Flag.REVISED_DOWN in position.flags for each in series for _, position in each.steps):
        entries.append(("fall", sheet.palette.dispute, False, "revised down"))
    return key(sheet, y, entries)


def _interests(series: Iterable[_Series]) -> set[Interest | None]:
    return {each.interest for each in series}


def _series(finding: Finding) -> list[_Series]:
    """Gather the steps of each source, the highest at the end first."""
    sources = finding.view.sources
    steps: dict[tuple[str, str], list[tuple[date, Position]]] = {}
    for moment in finding.history():
        position = moment.position
        single = position.claims[0].id if sources.unattributed(position.source) else ""
        known = steps.setdefault((position.source, single), [])
        if position.until and (not known or known[-1][1].claims != position.claims):
            known.append((position.until.latest, position))
    shown = {claim.id for known in steps.values() for _, position in known for claim in position.claims}
    others: dict[str, list[tuple[date, Figure, Fate]]] = {}
    for claim in finding.claims:
        figure = finding.view.figure(claim)
        if claim.id not in shown and claim.day and figure is not None and finding.fates[claim.id] in _FATES:
            others.setdefault(claim.source, []).append((claim.day.latest, figure, finding.fates[claim.id]))
    found = [
        _Series(
            sources[source].name,
            interest(source, finding.subject, sources, finding.view.words),
            tuple(known),
            tuple(others.pop(source, ())),
        )
        for (source, _), known in sorted(steps.items(), key=lambda item: (_height(item[1]), item[0]), reverse=True)
        if known
    ]
    return found + [
        _Series(sources[each].name, interest(each, finding.subject, sources, finding.view.words), (), tuple(extra))
        for each, extra in sorted(others.items())
    ]


def _height(steps: Sequence[tuple[date, Position]]) -> int:
    return _top(steps[-1][1].figure) if steps else 0


def _top(figure: Figure) -> int:
    return figure.low if figure.high is None else figure.high


def _notes(finding: Finding) -> list[str]:
    """Name what has no place in the picture: silences, denials, and what has no day."""
    sources = finding.view.sources
    notes = []
    silent = sorted({sources[claim.source].name for claim in finding.silences})
    if silent:
        notes.append(f"Silent, which is not zero: {', '.join(silent)}.")
    denying = sorted(
        {sources[each.claim.source].name for each in finding.denials if not _occurrence(finding, each.claim)}
    )
    if denying:
        notes.append(f"Denying, without a figure: {', '.join(denying)}.")
    undated = [claim for claim in finding.claims if claim.stance is Stance.STATES and claim.day is None]
    if undated:
        told = sorted(f"{sources[claim.source].name} ({finding.view.figure(claim)})" for claim in undated)
        notes.append(f"Without a day, not drawn: {', '.join(told)}.")
    return notes


def _occurrence(finding: Finding, claim: Claim) -> bool:
    return finding.view.figure(claim) is not None


def _panel(sheet: Sheet, finding: Finding, series: Sequence[_Series], y: float, unit: str) -> float:
    """Draw the steps of one finding and give where what follows begins."""
    beside = sheet.width >= WIDE
    right = sheet.width * (1 - _NAMES) - MARGIN if beside else sheet.width - MARGIN - 30
    labels = [_label(each, number, sheet, right, beside=beside) for number, each in enumerate(series, 1)]
    needed = sum(13 * len(lines) + 5 for lines in labels)
    top = y + 34
    moved = any(len(each.steps) > 1 or each.others for each in series)
    bottom = top + max((_TALL if beside else _TALL - 40) if moved else _TALL // 2, needed - 20)
    highest = max(
        [_top(position.figure) for each in series for _, position in each.steps]
        + [_top(figure) for each in series for _, figure, _ in each.others]
    )
    scale = Scale(max(highest, 1), bottom, top)
    left = MARGIN + 12 + max(width_of(f"{tick:,}", 11) for tick in scale.ticks)
    first, last = _extent(finding, series)
    span = max((last - first).days, 1)

    def at(day: date) -> float:
        return left + (right - _AFTER - left) * ((day - first).days / span if last > first else 0.5)

    _axes(sheet, scale, unit, first, last, at, (left, right))
    colors = [sheet.palette.series[place % len(sheet.palette.series)] for place in range(len(series))]
    for each, color in zip(series, colors, strict=True):
        _draw(sheet, each, scale, at, right, color)
    _name(sheet, series, labels, scale, right, (top, bottom))
    y = bottom + 30
    if beside:
        for each, color in zip(series, colors, strict=True):
            if each.others:
                sheet.point(MARGIN + 6, y + 9, SHAPES[each.interest], color, size=44, hollow=True)
                y = sheet.paragraph(MARGIN + 16, y, each.told(besides=True), sheet.width - 2 * MARGIN - 16, size=11)
    else:
        for number, (each, color) in enumerate(zip(series, colors, strict=True), 1):
            sheet.point(MARGIN + 6, y + 9, SHAPES[each.interest], color, size=50)
            y = sheet.paragraph(MARGIN + 16, y, f"{number} {each.told()}", sheet.width - 2 * MARGIN - 16, size=11)
    return y


def _extent(finding: Finding, series: Sequence[_Series]) -> tuple[date, date]:
    every = [day for each in series for day, _ in each.steps] + [day for each in series for day, _, _ in each.others]
    since = finding.subject.since
    return min([*every, since.earliest] if since else every), max(every)


def _axes(
    sheet: Sheet,
    scale: Scale,
    unit: str,
    first: date,
    last: date,
    at: _Place,
    ends: tuple[float, float],
) -> None:
    """Draw the counts on the left and the days below."""
    soft, grid = sheet.palette.soft, sheet.palette.grid
    left, right = ends
    sheet.text(MARGIN, scale.last - 16, unit, size=11, color=soft)
    for tick in scale.ticks:
        sheet.line([(left, scale.at(tick)), (right, scale.at(tick))], grid, level="grid")
        sheet.text(left - 8, scale.at(tick) + 4, f"{tick:,}", size=11, align="right", color=soft)
    bottom = scale.first
    sheet.line([(left, bottom), (right, bottom)], soft)
    for day in days(first, last, max(2, int((right - _AFTER - left) / 90))):
        sheet.line([(at(day), bottom), (at(day), bottom + 4)], soft)
        name = _short(day) if first.year != last.year else _short(day).removesuffix(f" {day.year}")
        sheet.text(at(day), bottom + 17, name, size=11, align="center", color=soft)


def _draw(sheet: Sheet, series: _Series, scale: Scale, at: _Place, right: float, color: str) -> None:
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
        ends = sorted({figure.low or _top(figure), _top(figure)})
        x = at(day)
        if len(ends) > 1:
            sheet.line([(x, scale.at(ends[0])), (x, scale.at(ends[1]))], color, width=1)
        for end in ends:
            if fate is Fate.MISRELAYED:
                sheet.point(x, scale.at(end), "cross", sheet.palette.dispute, size=70, angle=45)
            else:
                sheet.point(x, scale.at(end), SHAPES[series.interest], color, size=40, hollow=True)


def _mark(sheet: Sheet, position: Position, scale: Scale, x: float, color: str, shape: str) -> None:
    """Mark a new statement on its day: a shape at each end that it gives, an arrow where it leaves one open."""
    figure = position.figure
    low, high = scale.at(figure.low), scale.at(_top(figure))
    if figure.high is None:
        _arrow(sheet, x, low - 4, color)
    elif figure.low < figure.high:
        sheet.line([(x, low), (x, high)], color, width=3)
    if position.denies:
        sheet.point(x, low, "cross", color, size=80, angle=45)
    else:
        for end in sorted({figure.low or _top(figure), _top(figure)}):
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


def _label(series: _Series, number: int, sheet: Sheet, right: float, *, beside: bool) -> list[str]:
    if not beside:
        return [str(number)]
    figure = f": {series.steps[-1][1].figure}" if series.steps and not series.steps[-1][1].denies else ""
    return wrapped(f"{series.name}{figure}", sheet.width - MARGIN - right - 24, 11)


def _name(
    sheet: Sheet,
    series: Sequence[_Series],
    labels: Sequence[list[str]],
    scale: Scale,
    right: float,
    ends: tuple[float, float],
) -> None:
    """Name each source at the end of its line, moved apart where names would touch."""
    wanted = [
        scale.at((each.steps[-1][1].figure.low + _top(each.steps[-1][1].figure)) / 2) if each.steps else None
        for each in series
    ]
    named = [(y, lines, each) for y, lines, each in zip(wanted, labels, series, strict=True) if y is not None]
    named.sort(key=lambda item: item[0])
    tops = _spread([(y - 6.5 * len(lines), 13.0 * len(lines) + 4) for y, lines, _ in named], ends[0] - 12, ends[1] + 12)
    places = {id(each): place for place, each in enumerate(series)}
    for (y, lines, each), top in zip(named, tops, strict=True):
        color = sheet.palette.series[places[id(each)] % len(sheet.palette.series)]
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
    found: list[float] = []
    edge = top
    for place, height in wanted:
        found.append(max(place, edge))
        edge = found[-1] + height
    edge = bottom
    for number in reversed(range(len(found))):
        found[number] = min(found[number], edge - wanted[number][1])
        edge = found[number]
    return found
