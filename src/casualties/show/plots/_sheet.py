"""A sheet on which a picture is laid out, written as SVG."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date, timedelta
from html import escape
from typing import Final

from casualties.reconciling.position import Interest
from casualties.show.plots._lettering import isolated, width_of, wrapped

__all__ = [
    "DARK",
    "FONT",
    "LIGHT",
    "SHAPES",
    "Palette",
    "Scale",
    "Sheet",
    "night",
    "ticks",
]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a picture.

    The four colours of interest differ in lightness, so that they stay apart in grey and for the colour-blind; a shape
    and the words say the same.  The six colours of sources are others, so that no colour means two things.

    Attributes:
        paper: The ground.
        ink: Text.
        soft: Text of less weight.
        grid: Lines at counts and days.
        shade: The counts that all allow.
        dispute: What shares no count.
        faint: Counts that fewer sources allow.
        own_side: A source that counts its own side.
        opponent: A source that counts its opponent.
        third_party: A source without a side.
        not_known: A source of which nobody says it.
        first: The lines of one source among several, as are the five that follow.
        second: Likewise.
        third: Likewise.
        fourth: Likewise.
        fifth: Likewise.
        sixth: Likewise.

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
    faint: str
    own_side: str
    opponent: str
    third_party: str
    not_known: str
    first: str
    second: str
    third: str
    fourth: str
    fifth: str
    sixth: str

    @property
    def series(self) -> tuple[str, ...]:
        """The colours of sources that are told apart, which differ in lightness as well.

        Examples:
            >>> len(set(LIGHT.series)), LIGHT.series[0]
            (6, '#5b2d91')
        """
        return self.first, self.second, self.third, self.fourth, self.fifth, self.sixth

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
    faint="#a9afb6",
    own_side="#0b3c7d",
    opponent="#c9500e",
    third_party="#2fa08e",
    not_known="#6d7278",
    first="#5b2d91",
    second="#8a5a00",
    third="#1d7a3a",
    fourth="#b0247c",
    fifth="#1f7fae",
    sixth="#6b6b00",
)
"""For paper and bright screens."""

DARK: Final = Palette(
    paper="#14181d",
    ink="#f1f1f1",
    soft="#b8c0c8",
    grid="#363d45",
    shade="#4a4017",
    dispute="#ff8fab",
    faint="#676f78",
    own_side="#b5d3ff",
    opponent="#ff8b4d",
    third_party="#24a594",
    not_known="#b0b5bb",
    first="#c9a6f5",
    second="#e0a94a",
    third="#62cc82",
    fourth="#f58fc9",
    fifth="#6cc3ea",
    sixth="#cfcf5a",
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
    pairs = [(getattr(LIGHT, field.name), getattr(DARK, field.name)) for field in fields(Palette)]
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
    """Marks in pixels, from the top left corner, which it writes as SVG.

    Args:
        width: Pixels from side to side.
        dark: Whether it is for a dark screen.

    Examples:
        >>> sheet = Sheet(400)
        >>> sheet.text(10, 20, "Killed")
        >>> sheet.svg(40).endswith(">Killed</text></svg>")
        True
    """

    def __init__(self, width: int, *, dark: bool = False) -> None:
        self.width = width
        self.palette: Palette = DARK if dark else LIGHT
        self._levels: dict[str, list[str]] = {level: [] for level in _LEVELS}
        self._claims = ""

    @contextmanager
    def of(self, claims: Iterable[int]) -> Iterator[None]:
        """Say of the marks that follow of which claims they are, by number, so that a page can fade them."""
        self._claims = " ".join(map(str, claims))
        yield
        self._claims = ""

    def _add(self, level: str, mark: str, content: str | None = None, **attributes: str | float) -> None:
        written = "".join(
            f' {name.strip("_").replace("_", "-")}="{_number(value)}"'
            for name, value in attributes.items()
            if value != ""
        )
        if self._claims and level != "grid":
            written += f' data-claims="{self._claims}"'
        self._levels[level].append(f"<{mark}{written}/>" if content is None else f"<{mark}{written}>{content}</{mark}>")

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
        self._add(
            "text",
            "text",
            escape(isolated(text), quote=False),
            x=x,
            y=y,
            fill=color or self.palette.ink,
            font_size=size,
            font_weight="bold" if bold else "",
            font_style="italic" if italic else "",
            text_anchor=_ANCHORS[align],
        )

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
        self._add(
            level,
            "rect",
            x=min(left, right),
            y=min(top, bottom),
            width=max(abs(right - left), 1),
            height=abs(bottom - top),
            fill=color,
            opacity="" if opacity == 1 else opacity,
            stroke=edge,
            stroke_width=1.2 if edge else "",
            stroke_dasharray="3 2" if edge and dashed else "",
        )

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
        first, *others = points
        way = f"M{_place(first)}" + "".join(f"L{_place(other)}" for other in others)
        dashes = " ".join(map(str, dash))
        self._add(level, "path", d=way, fill="none", stroke=color, stroke_width=width, stroke_dasharray=dashes)

    def point(
        self, x: float, y: float, shape: str, color: str, *, size: float = 80, hollow: bool = False, angle: int = 0
    ) -> None:
        """Draw a shape around a point; its size is its area in square pixels."""
        turned = f" rotate({angle})" if angle else ""
        self._add(
            "point",
            "path",
            class_=shape,
            d=_shape(shape, math.sqrt(size) / 2),
            transform=f"translate({_place((x, y))}){turned}",
            fill=self.palette.paper if hollow else color,
            stroke=color,
            stroke_width=1.6,
        )

    def place(self, other: Sheet, x: float, y: float) -> None:
        """Set what is drawn on another sheet into this one, with its corner at a point."""
        marks = "".join(mark for level in _LEVELS for mark in other._levels[level])
        self._levels["text"].append(f'<g transform="translate({_place((x, y))})">{marks}</g>')

    def counts(self, scale: Scale, y: float, title: str, *, above: bool = True) -> None:
        """Write the axis of a scale of counts that runs from left to right, with its title."""
        sign = -1 if above else 1
        taken = scale.last + 1
        for tick in reversed(scale.ticks):
            x = scale.at(tick)
            half = width_of(f"{tick:,}", 11) / 2
            self.line([(x, y), (x, y + 4 * sign)], self.palette.soft)
            if tick == scale.top or x + half + 4 <= taken:
                self.text(x, y + (-7 if above else 15), f"{tick:,}", size=11, align="center", color=self.palette.soft)
                taken = x - half
        self.line([(scale.first, y), (scale.last, y)], self.palette.soft)
        if title:
            self.text(scale.first, y + (-21 if above else 29), title, size=11, color=self.palette.soft)

    def grid(self, scale: Scale, top: float, bottom: float) -> None:
        """Draw a faint line at every tick of a scale from left to right."""
        for tick in scale.ticks:
            self.line([(scale.at(tick), top), (scale.at(tick), bottom)], self.palette.grid, level="grid")

    def svg(self, height: float) -> str:
        """Write the sheet as one element of SVG."""
        tall = math.ceil(height)
        marks = "".join(mark for level in _LEVELS for mark in self._levels[level])
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{tall}" '
            f'viewBox="0 0 {self.width} {tall}" font-family="{FONT}">'
            f'<rect width="{self.width}" height="{tall}" fill="{self.palette.paper}"/>{marks}</svg>'
        )


_ANCHORS: Final = {"left": "", "center": "middle", "right": "end"}


def _number(value: str | float) -> str:
    """Write a number of pixels to a tenth, without zeros that say nothing."""
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def _place(point: tuple[float, float]) -> str:
    return f"{_number(point[0])},{_number(point[1])}"


def _shape(name: str, half: float) -> str:
    """Write the outline of a shape around 0,0; a circle is two arcs."""
    if name == "circle":
        radius, across = _number(half), _number(2 * round(half, 1))
        return f"M-{radius},0a{radius},{radius} 0 1 0 {across},0a{radius},{radius} 0 1 0 -{across},0Z"
    return f"M{'L'.join(_place((x * half, y * half)) for x, y in _OUTLINES[name])}Z"


_ROOT: Final = math.sqrt(3) / 2
_ARM: Final = 0.4
_STAR: Final = tuple(
    (radius * math.sin(math.pi * corner / 5), -radius * math.cos(math.pi * corner / 5))
    for corner in range(10)
    for radius in [1.1 if corner % 2 == 0 else 0.48]
)
_OUTLINES: Final = {
    "star": _STAR,
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((-1, 0), (0, -1), (1, 0), (0, 1)),
    "triangle-up": ((0, -_ROOT), (-1, _ROOT), (1, _ROOT)),
    "triangle-down": ((0, _ROOT), (-1, -_ROOT), (1, -_ROOT)),
    "triangle-right": ((_ROOT, 0), (-_ROOT, -1), (-_ROOT, 1)),
    "cross": (
        *((-1, -_ARM), (-_ARM, -_ARM), (-_ARM, -1), (_ARM, -1), (_ARM, -_ARM), (1, -_ARM)),
        *((1, _ARM), (_ARM, _ARM), (_ARM, 1), (-_ARM, 1), (-_ARM, _ARM), (-1, _ARM)),
    ),
}
"""The corners of each shape, for half a side of 1."""


def days(first: date, last: date, most: int) -> list[date]:
    """Choose days between two, evenly and at most as many as asked: days, Mondays, or firsts of months or of years.

    Examples:
        >>> [day.isoformat() for day in days(date(2020, 9, 27), date(2020, 10, 10), 4)]
        ['2020-09-28', '2020-10-05']
        >>> [day.isoformat() for day in days(date(2022, 2, 24), date(2025, 12, 1), 4)]
        ['2023-01-01', '2024-01-01', '2025-01-01']
    """
    whole = (last - first).days
    for step in (1, 2):
        if whole // step + 1 <= most:
            return [first + timedelta(step * place) for place in range(whole // step + 1)]
    mondays = [day for place in range(7) if (day := first + timedelta(place)).weekday() == 0]
    for step in (7, 14):
        marked_days = [mondays[0] + timedelta(step * place) for place in range(whole // step + 1)]
        if len(marked_days) <= most + 1:
            return [day for day in marked_days if day <= last][:most] or [first]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    for step in (1, 2, 3, 6, 12, 24, 60, 120, 600):
        marked_days = [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
        marked_days = [day for day in marked_days if first <= day <= last]
        if len(marked_days) <= most:
            break
    return marked_days or [first]
