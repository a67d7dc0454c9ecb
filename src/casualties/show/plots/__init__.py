"""Pictures of findings, written as SVG; only a PNG needs the extra ``plot``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from casualties.codebooks import Codebook
from casualties.errors import UnknownNameError
from casualties.reconciling.view import View
from casualties.show._numbering import Numbering
from casualties.show.plots._sheet import DARK, LIGHT, Palette, night
from casualties.show.plots.codebook_numbers import codebook_numbers
from casualties.show.plots.plot import Plot
from casualties.show.plots.support_by_count import support_by_count
from casualties.show.plots.toll import how_the_toll_moved
from casualties.show.plots.who_says_what import who_says_what

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

__all__ = [
    "DARK",
    "LIGHT",
    "PICTURES",
    "Palette",
    "Plot",
    "codebook_numbers",
    "draw",
    "how_the_toll_moved",
    "night",
    "support_by_count",
    "who_says_what",
]

PICTURES: Final = ("who-says-what", "how-the-toll-moved", "support", "codebooks")
"""The names of the pictures."""

_DRAWN: Final = {"how-the-toll-moved": how_the_toll_moved, "support": support_by_count}


def draw(
    findings: Iterable[Finding],
    view: View,
    picture: str,
    *,
    width: int = 800,
    dark: bool = False,
    limit: int | None = None,
    codebooks: Iterable[str | Codebook] | None = None,
    numbers: Numbering | None = None,
) -> Plot:
    """Draw a picture by its name.

    Args:
        findings: The findings.
        view: The ledger as it is looked at.
        picture: One of `PICTURES`.
        width: Pixels from side to side.
        dark: Whether it is for a dark screen.
        limit: How many findings to show at most, up to 24; twelve where it is left out, six on a narrow picture.
        codebooks: Which codebooks to compare, for that picture alone; all where they are left out.
        numbers: The numbers of the claims in the table or page beside it, for who says what alone.

    Raises:
        CasualtiesError: If the width cannot be drawn, or the limit is below one or too high.
        UnknownNameError: If there is no such picture or codebook.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> draw(result.findings, result.view, "pie")
        Traceback (most recent call last):
        ...
        casualties.errors.UnknownNameError: picture 'pie': there is none of this name
        Hint: one of who-says-what, how-the-toll-moved, support, codebooks
    """
    if picture == "codebooks":
        return codebook_numbers(findings, view, codebooks=codebooks, width=width, dark=dark, limit=limit)
    if picture not in PICTURES:
        raise UnknownNameError(
            f"picture {picture!r}: there is none of this name", "unknown-picture", f"one of {', '.join(PICTURES)}"
        )
    if picture == "who-says-what":
        return who_says_what(findings, view, width=width, dark=dark, limit=limit, numbers=numbers)
    return _DRAWN[picture](findings, view, width=width, dark=dark, limit=limit)
