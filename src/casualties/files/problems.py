"""What the readers of all formats share when something is wrong: how much is listed, and what may have been meant."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from typing import Final

__all__ = ["MAX_PROBLEMS", "TooManyProblemsError", "close"]

MAX_PROBLEMS: Final = 1000
"""How many problems of one file are listed before reading stops."""


class TooManyProblemsError(Exception):
    """Raised to stop the reading of a file in which nothing seems right; it never leaves the readers."""


def close(word: str, known: Collection[str], most: int = 12) -> str:
    """Say what may have been meant by an unknown word."""
    near = get_close_matches(word, sorted(known), n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    listed = sorted(known)
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return f"one of {', '.join(listed[:most])}{more}" if listed else ""
