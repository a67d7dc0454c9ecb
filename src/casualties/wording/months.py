"""The names of months in every language whose counts are read."""

from __future__ import annotations

from functools import cache

from casualties.wording._language import LANGUAGES, language
from casualties.wording._tokens import folded

__all__ = ["month_of"]


@cache
def _months() -> dict[str, int]:
    return {word.rstrip("."): number for name in sorted(LANGUAGES) for word, number in language(name).months.items()}


def month_of(word: str) -> int | None:
    """Give the number of a month by its name or its abbreviation, in any language that is read.

    Examples:
        >>> month_of("März"), month_of("Sept."), month_of("janvier"), month_of("Brumaire")
        (3, 9, 1, None)
    """
    return _months().get(folded(word).rstrip("."))
