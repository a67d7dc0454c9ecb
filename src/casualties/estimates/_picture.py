"""An estimate as a picture: intervals of the estimate, and beside them the counts, drawn otherwise and labelled so."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import Final

from casualties._text import inert
from casualties.estimates._text import beside
from casualties.estimates.quantity import Kind, Quantity

__all__ = ["drawn"]

_WIDTH: Final = 860
_LEFT: Final = 350
_RIGHT: Final = 24
_ROW: Final = 22
_LINE: Final = 120
_SHOWN: Final = 40
_ESTIMATE: Final = "#7b4ab5"
_COUNT: Final = "#1b1b1b"
_SOFT: Final = "#54585c"
_GRID: Final = "#dfe2e5"
_FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
_WIDE: Final = 50


def drawn(heading: Sequence[str], quantities: Sequence[Quantity]) -> str:
    """Draw a row for each number with its interval, and under it a row for each count beside it.

    The counts run by powers of ten where the numbers differ much; the same numbers give the same bytes.

    Examples:
        >>> svg = drawn(["Estimate"], [Quantity("killed", Kind.TOTAL, 90, 100, 110, 200)])
        >>> svg.count("<line"), "estimate" in svg
        (7, True)
    """
    rows = [quantity for quantity in quantities if quantity.kind is not Kind.MULTIPLIER][:_SHOWN]
    ends = [value for quantity in rows for value in (quantity.low, quantity.median, quantity.high) if value is not None]
    ends += [
        value
        for quantity in rows
        for count in quantity.beside
        for value in (count.low, count.high)
        if value is not None
    ]
    top, bottom = max(ends, default=1.0), min((value for value in ends if value > 0), default=1.0)
    powers = top > _WIDE * bottom
    ticks = _ticks(top, powers=powers)
    parts = []
    titles = [line for text in heading for line in wrap(text, _LINE)]
    y = 24 + 18 * len(titles)
    start = y
    for quantity in rows:
        parts.append(_label(f"estimate: {quantity.name}", y, _ESTIMATE, bold=True))
        if quantity.median is None:
            parts.append(_words(_LEFT, y, "no number: the chains did not agree", _ESTIMATE))
        else:
            low = quantity.median if quantity.low is None else quantity.low
            high = ticks[-1] if quantity.high is None else quantity.high
            ends_x = (_x(low, ticks, powers=powers), _x(high, ticks, powers=powers))
            middle = _x(quantity.median, ticks, powers=powers)
            parts.append(_line(*ends_x, y, _ESTIMATE, 9, 0.35))
            parts.append(
                f'<line x1="{middle:.1f}" x2="{middle:.1f}" y1="{y - 7}" y2="{y + 7}" stroke="{_ESTIMATE}" '
                'stroke-width="2.5"/>'
            )
        y += _ROW
        for count in quantity.beside:
            color = _ESTIMATE if count.estimated else _COUNT
            parts.append(_label(beside(count), y, color))
            left = _x(count.low, ticks, powers=powers)
            if count.high == count.low:
                parts.append(f'<circle cx="{left:.1f}" cy="{y}" r="4" fill="{color}"/>')
            else:
                right = _x(ticks[-1] if count.high is None else count.high, ticks, powers=powers)
                parts.append(_line(left, right, y, color, 2, 1, open_end=count.high is None))
            y += _ROW
    lines = []
    for tick in ticks:
        x = _x(tick, ticks, powers=powers)
        lines.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{start - 12}" y2="{y - 8}" stroke="{_GRID}" stroke-width="1"/>'
        )
        lines.append(_words(x, y + 8, f"{tick:,.0f}", _SOFT, anchor="middle"))
    head = [_words(12, 22 + 18 * place, line, _COUNT, bold=place == 0) for place, line in enumerate(titles)]
    height = y + 40
    legend = _words(12, height - 10, "band: interval of the estimate, mark: its median", _ESTIMATE)
    legend += _words(_LEFT + 90, height - 10, "point or line: a count as its source says it", _COUNT)
    title = escape(inert(" ".join(heading)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        f'role="img" font-family="{_FONT}" font-size="12"><title>{title}</title>'
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>{"".join(lines + parts + head)}{legend}</svg>\n'
    )


def _ticks(top: float, *, powers: bool) -> list[float]:
    if powers:
        return [0.0, *(10.0**power for power in range(max(math.ceil(math.log10(max(top, 2))), 1) + 1))]
    step = 10.0 ** math.floor(math.log10(max(top, 1) / 4))
    step *= next((multiple for multiple in (1, 2, 5, 10) if step * multiple * 5 >= top), 10)
    return [step * place for place in range(math.ceil(top / step) + 1)]


def _x(value: float, ticks: Sequence[float], *, powers: bool) -> float:
    share = math.log1p(value) / math.log1p(ticks[-1]) if powers else value / ticks[-1]
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * min(max(share, 0), 1)


def _line(
    left: float, right: float, y: float, color: str, width: float, opacity: float, *, open_end: bool = False
) -> str:
    dash = ' stroke-dasharray="5 3"' if open_end else ""
    return (
        f'<line x1="{left:.1f}" x2="{max(right, left + 1):.1f}" y1="{y}" y2="{y}" stroke="{color}" '
        f'stroke-width="{width}" stroke-opacity="{opacity}"{dash}/>'
    )


def _label(text: str, y: float, color: str, *, bold: bool = False) -> str:
    shown = inert(text)
    room = 46 if bold else 54
    return _words(12 if bold else 22, y + 4, shown if len(shown) <= room else shown[: room - 1] + "…", color, bold=bold)


def _words(x: float, y: float, text: str, color: str, *, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y}" fill="{color}" text-anchor="{anchor}"{weight}>{escape(inert(text))}</text>'
