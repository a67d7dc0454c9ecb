"""Lists of words as they stand in the source: as running text."""

from __future__ import annotations

__all__ = ["listed_in", "words_in"]


def listed_in(text: str) -> tuple[str, ...]:
    """List the words of a text in their order.

    Examples:
        >>> listed_in("no one two")
        ('no', 'one', 'two')
    """
    return tuple(text.split())


def words_in(text: str) -> frozenset[str]:
    """Give the set of the words of a text.

    Examples:
        >>> sorted(words_in("army agency"))
        ['agency', 'army']
    """
    return frozenset(text.split())
