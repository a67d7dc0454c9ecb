"""The colours of the pictures, by day and by night."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from casualties.position import Interest

__all__ = ["DARK", "LIGHT", "SHAPES", "Palette", "night"]


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
