"""A sheet on which a picture is laid out, described in Vega-Lite."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise
from typing import Any, Final

from casualties._inert import inert
from casualties.reconciling.position import Interest

__all__ = [
    "DARK",
    "FONT",
    "LIGHT",
    "SHAPES",
    "Palette",
    "Scale",
    "Sheet",
    "cut",
    "isolated",
    "night",
    "ticks",
    "width_of",
    "wrapped",
]


_LEFTWARD: Final = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_LEFTWARD_RUN: Final = re.compile(f"{_LEFTWARD}+(?:[^A-Za-z0-9]*{_LEFTWARD}+)*")
_NARROW: Final = frozenset("iljtfrI.,:;'|!()[]/- ")
_WIDE: Final = frozenset("mwMW@%—…")


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate in pixels, rather too wide than too narrow, how wide a text is in a font without serifs.

    Examples:
        >>> width_of("mmmm", 10) > width_of("iiii", 10)
        True
    """
    return sum(map(_share, text)) * size * (1.08 if bold else 1.02)


def _share(character: str) -> float:
    """Estimate the width of a character as a share of the size of its font."""
    if character in _NARROW:
        return 0.34
    if character in _WIDE:
        return 0.94
    if character.isascii():
        return 0.7 if character.isupper() else 0.56
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    return 1.04 if unicodedata.east_asian_width(character) in ("W", "F") else 0.68


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines that fit, between words where that is possible; what acts in it is shown as its escape.

    Examples:
        >>> wrapped("Artsakh Ministry of Defence", 100, 12)
        ['Artsakh Ministry', 'of Defence']
    """
    lines: list[str] = []
    line = ""
    for given in inert(text).split(" "):
        word = given
        while word:
            joined = f"{line} {word}" if line else word
            if width_of(joined, size, bold=bold) <= room:
                line, word = joined, ""
            elif line:
                lines.append(line)
                line = ""
            else:
                first = cut(word, room, size, bold=bold)
                lines.append(first)
                word = word[len(first) :]
    return [*lines, line] if line else lines


def cut(word: str, room: float, size: float, *, bold: bool = False) -> str:
    """Give as much of the start of a word as fits; at least one character.

    Examples:
        >>> cut("mmmm", 20, 10)
        'mm'
    """
    kept = len(word)
    while kept > 1 and width_of(word[:kept], size, bold=bold) > room:
        kept -= 1
    return word[:kept]


def isolated(text: str) -> str:
    r"""Set words that run from right to left apart, so that numbers and commas beside them stay in their places.

    Examples:
        >>> print(ascii(isolated("1 \u0648\u0632, 27")))
        '1 \u2067\u0648\u0632\u2069, 27'
    """
    return _LEFTWARD_RUN.sub("\u2067\\g<0>\u2069", text)


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a picture.

    The four colours of interest differ in lightness, so that they stay apart in grey and for the colour-blind; a shape
    and the words say the same.

    Attributes:
        paper: The ground.
        ink: Text.
        soft: Text of less weight.
        grid: Lines at counts and days.
        shade: The counts that all allow.
        dispute: What shares no count.
        own_side: A source that counts its own side.
        opponent: A source that counts its opponent.
        third_party: A source without a side.
        not_known: A source of which nobody says it.

    Examples:
        >>> LIGHT.of(Interest.OWN_SIDE)
        '#0b3c7d'
    """

    paper: str
    ink: str
    soft: str
    grid: str
    shade: str
    dispute: str
    own_side: str
    opponent: str
    third_party: str
    not_known: str

    def of(self, interest: Interest) -> str:
        """Give the colour of an interest.

        Examples:
            >>> DARK.of(Interest.NOT_KNOWN)
            '#b0b5bb'
        """
        return str(getattr(self, interest.name.lower()))


LIGHT: Final = Palette(
    paper="#ffffff",
    ink="#1b1b1b",
    soft="#54585c",
    grid="#dfe2e5",
    shade="#fdeeb9",
    dispute="#9d0b3c",
    own_side="#0b3c7d",
    opponent="#c9500e",
    third_party="#2fa08e",
    not_known="#6d7278",
)
"""For paper and bright screens."""

DARK: Final = Palette(
    paper="#14181d",
    ink="#f1f1f1",
    soft="#b8c0c8",
    grid="#363d45",
    shade="#4a4017",
    dispute="#ff8fab",
    own_side="#b5d3ff",
    opponent="#ff8b4d",
    third_party="#24a594",
    not_known="#b0b5bb",
)
"""For dark screens."""

SHAPES: Final = {
    Interest.OWN_SIDE: "circle",
    Interest.OPPONENT: "triangle-up",
    Interest.THIRD_PARTY: "square",
    Interest.NOT_KNOWN: "diamond",
}
"""The shape that says an interest where colours cannot."""


def night(selector: str) -> str:
    """Write the style rules by which a picture drawn in `LIGHT` is shown in `DARK`.

    Args:
        selector: What the picture stands in.

    Examples:
        >>> print(night("svg").splitlines()[0])
        svg [fill="#ffffff"]{fill:#14181d}svg [stroke="#ffffff"]{stroke:#14181d}
    """
    pairs = [(getattr(LIGHT, each.name), getattr(DARK, each.name)) for each in fields(Palette)]
    return "\n".join(
        "".join(f'{selector} [{part}="{day}"]{{{part}:{dark}}}' for part in ("fill", "stroke")) for day, dark in pairs
    )


FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
MARGIN: Final = 14
_LEADING: Final = 1.32

_LEVELS: Final = ("ground", "grid", "band", "bar", "line", "point", "text")


def ticks(highest: float, most: int = 6) -> list[int]:
    """Choose round counts from 0 to at least the highest, about as many as asked.

    Examples:
        >>> ticks(81), ticks(18000, 4), ticks(1)
        ([0, 20, 40, 60, 80, 100], [0, 5000, 10000, 15000, 20000], [0, 1])
    """
    step = 1
    for power in range(19):
        for first in (1, 2, 5):
            step = first * 10**power
            if step * most >= highest:
                return [step * place for place in range(math.ceil(highest / step) + 1)]
    return [0, step]


class Scale:
    """Where counts lie on a sheet: from the first to the last pixel, evenly or by powers of ten.

    Args:
        highest: The highest count that is shown.
        first: Pixel of 0.
        last: Pixel of the last tick.
        powers: Whether each tenfold takes the same room.

    Examples:
        >>> scale = Scale(81, 100, 600)
        >>> scale.top, scale.at(50), scale.at(200)
        (100, 350.0, 600)
    """

    def __init__(self, highest: float, first: float, last: float, *, powers: bool = False) -> None:
        room = max(abs(last - first), 1)
        self.powers = powers
        if powers:
            self.ticks = [0, *(10**power for power in range(max(math.ceil(math.log10(max(highest, 2))), 1) + 1))]
        else:
            self.ticks = ticks(highest, max(2, int(room / 75)))
        self.top = self.ticks[-1]
        self.first = first
        self.last = last

    def at(self, count: float) -> float:
        """Give the pixel of a count; what lies beyond the last tick is drawn at it."""
        share = math.log1p(count) / math.log1p(self.top) if self.powers else count / self.top
        return self.first + (self.last - self.first) * min(share, 1)


class Sheet:
    """Marks in pixels, from the top left corner; every mark is a row of data of a layer in Vega-Lite.

    Args:
        width: Pixels from side to side.
        dark: Whether it is for a dark screen.

    Examples:
        >>> sheet = Sheet(400)
        >>> sheet.text(10, 20, "Killed")
        >>> '"Killed"' in sheet.spec(40)
        True
    """

    def __init__(self, width: int, *, dark: bool = False) -> None:
        self.width = width
        self.palette: Palette = DARK if dark else LIGHT
        self._layers: dict[tuple[int, str], tuple[dict[str, Any], list[dict[str, Any]]]] = {}

    def _add(self, level: str, mark: Mapping[str, Any], row: Mapping[str, Any]) -> None:
        key = (_LEVELS.index(level), json.dumps(mark, sort_keys=True))
        rounded = {name: round(value, 1) if isinstance(value, float) else value for name, value in row.items()}
        self._layers.setdefault(key, (dict(mark), []))[1].append(rounded)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 12,
        bold: bool = False,
        color: str = "",
        align: str = "left",
        italic: bool = False,
    ) -> None:
        """Write one line; ``y`` is its base line."""
        mark = {"type": "text", "align": align, "baseline": "alphabetic", "fontSize": size}
        mark["color"] = color or self.palette.ink
        if bold:
            mark["fontWeight"] = "bold"
        if italic:
            mark["fontStyle"] = "italic"
        self._add("text", mark, {"x": x, "y": y, "text": isolated(text)})

    def paragraph(
        self, x: float, y: float, text: str, room: float, *, size: float = 12, bold: bool = False, color: str = ""
    ) -> float:
        """Write lines from ``y`` down, as many as the text needs, and give where the next would begin."""
        for line in wrapped(text, room, size, bold=bold):
            y += size * _LEADING
            self.text(x, y - size * 0.3, line, size=size, bold=bold, color=color)
        return y

    def box(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        color: str,
        *,
        level: str = "bar",
        opacity: float = 1,
        edge: str = "",
        dashed: bool = False,
    ) -> None:
        """Fill a rectangle; what would be too thin to see is widened."""
        mark: dict[str, Any] = {"type": "rect", "color": color, "opacity": opacity}
        if edge:
            mark |= {"stroke": edge, "strokeWidth": 1.2, "strokeDash": [3, 2] if dashed else []}
        self._add(level, mark, {"x": left, "x2": max(right, left + 1), "y": top, "y2": bottom})

    def line(
        self,
        points: Sequence[tuple[float, float]],
        color: str,
        *,
        width: float = 1,
        level: str = "line",
        dash: Sequence[int] = (),
    ) -> None:
        """Draw straight lines from point to point."""
        mark = {"type": "rule", "color": color, "strokeWidth": width, "strokeDash": list(dash)}
        for (x, y), (x2, y2) in pairwise(points):
            self._add(level, mark, {"x": x, "y": y, "x2": x2, "y2": y2})

    def point(
        self, x: float, y: float, shape: str, color: str, *, size: float = 80, hollow: bool = False, angle: int = 0
    ) -> None:
        """Draw a shape around a point; its size is its area in square pixels."""
        mark = {"type": "point", "shape": shape, "size": size, "opacity": 1, "strokeWidth": 1.6, "stroke": color}
        mark |= {"fill": self.palette.paper if hollow else color, "angle": angle}
        self._add("point", mark, {"x": x, "y": y})

    def counts(self, scale: Scale, y: float, title: str, *, above: bool = True) -> None:
        """Write the axis of a scale of counts that runs from left to right, with its title."""
        sign = -1 if above else 1
        for tick in scale.ticks:
            x = scale.at(tick)
            self.line([(x, y), (x, y + 4 * sign)], self.palette.soft)
            self.text(x, y + (-7 if above else 15), f"{tick:,}", size=11, align="center", color=self.palette.soft)
        self.line([(scale.first, y), (scale.last, y)], self.palette.soft)
        if title:
            self.text(scale.first, y + (-21 if above else 29), title, size=11, color=self.palette.soft)

    def grid(self, scale: Scale, top: float, bottom: float) -> None:
        """Draw a faint line at every tick of a scale from left to right."""
        for tick in scale.ticks:
            self.line([(scale.at(tick), top), (scale.at(tick), bottom)], self.palette.grid, level="grid")

    def spec(self, height: float, description: str = "") -> str:
        """Describe the sheet in Vega-Lite, as JSON."""
        tall = math.ceil(height)
        across = {"type": "quantitative", "scale": {"domain": [0, self.width], "nice": False}, "axis": None}
        down = {"type": "quantitative", "scale": {"domain": [tall, 0], "nice": False}, "axis": None}
        layers = [_layer(mark, rows, across, down) for _, (mark, rows) in sorted(self._layers.items(), key=_level)]
        return json.dumps(
            {
                "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
                "description": description,
                "width": self.width,
                "height": tall,
                "padding": 0,
                "autosize": {"type": "none"},
                "background": self.palette.paper,
                "layer": layers,
                "config": {"aria": False, "font": FONT, "view": {"stroke": None}},
            },
            ensure_ascii=False,
        )


def _level(item: tuple[tuple[int, str], object]) -> int:
    return item[0][0]


def _layer(
    mark: Mapping[str, Any], rows: Iterable[Mapping[str, Any]], across: Mapping[str, Any], down: Mapping[str, Any]
) -> dict[str, Any]:
    """Describe the marks of one kind; those that reach from one point to another have two of each place."""
    values = list(rows)
    encoding: dict[str, Any] = {"x": {"field": "x", **across}, "y": {"field": "y", **down}}
    if "x2" in values[0]:
        encoding |= {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    if mark["type"] == "text":
        encoding["text"] = {"field": "text", "type": "nominal"}
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def days(first: date, last: date, most: int) -> list[date]:
    """Choose days between two, from the first on, evenly and at most as many as asked.

    Examples:
        >>> [day.isoformat() for day in days(date(2020, 9, 27), date(2020, 10, 10), 4)]
        ['2020-09-27', '2020-10-04']
    """
    whole = (last - first).days
    for step in (1, 2, 7, 14, 28, 91, 182, 364, 728, 1820, 3640):
        if whole // step + 1 <= most:
            break
    else:
        step = whole
    return [date.fromordinal(first.toordinal() + step * place) for place in range(whole // max(step, 1) + 1)]
