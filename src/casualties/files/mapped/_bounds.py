"""Qualifiers in a column of their own: about, at least, up to, and all that words say before or behind a count."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from casualties.errors import CasualtiesError, ModelError
from casualties.model.figure import Figure
from casualties.wording import parse_figure

__all__ = ["bounded", "qualified"]

_EXACTLY: Final = frozenset({"exactly", "exact", "=", "total"})
_MEANT: Final = {
    "minimum": "at least",
    "min": "at least",
    "low": "at least",
    "maximum": "at most",
    "max": "at most",
    "high": "at most",
    "or above": "or more",
    ">=": "≥",
    "<=": "≤",
    "approx": "about",
    "ca": "about",
}
"""What people write in such a column that nobody writes before a count."""


@lru_cache(maxsize=4096)
def qualified(count: int, phrase: str, lexicon: str) -> Figure:
    """Read a bare number with a qualifier.

    Raises:
        ModelError: If no count is qualified so.

    Examples:
        >>> print(qualified(10000, "about", "as-worded"), qualified(14, "or more", "as-worded"))
        8,000–12,000 (assumed) 14 or more
    """
    said = " ".join(phrase.lower().replace("_", " ").split()).rstrip(".")
    if said in _EXACTLY:
        return Figure.exactly(count)
    said = _MEANT.get(said, said)
    for words in (f"{said} {count}", f"{count} {said}", f"{count}{said}"):
        try:
            figure = parse_figure(words, lexicon)
        except CasualtiesError:
            continue
        if figure is not None and figure != Figure.exactly(count):
            return figure
    raise ModelError(
        f"bound {phrase[:60]!r}: no count is qualified so",
        "unknown-value",
        "such as exactly, at least, at most, more than, fewer than, about, or more, up to",
    )


def bounded(figure: Figure, phrase: str | None, lexicon: str) -> Figure:
    """Give a figure with the qualifier that stands in another cell; what the count itself says is not changed by it.

    Raises:
        ModelError: If no count is qualified so, or the count says the contrary.

    Examples:
        >>> print(bounded(Figure.exactly(350), "more than", "as-worded"))
        351 or more
        >>> print(bounded(Figure.between(12, 15), "at least", "as-worded"))
        12–15
    """
    if phrase is None:
        return figure
    if figure.is_exact:
        return qualified(figure.low, phrase, lexicon)
    tried = qualified(100, phrase, lexicon)
    if (tried.high is None and figure.low == 0) or (tried.low == 0 and figure.high is None):
        raise ModelError(
            f"bound {phrase[:60]!r} beside {str(figure)!r}: the two say the contrary",
            "unknown-value",
            "mend one of the cells",
        )
    return figure
