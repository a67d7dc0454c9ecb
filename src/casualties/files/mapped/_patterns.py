"""Regular expressions of mappings, which others may have written: searched within a time, or refused."""

from __future__ import annotations

import re
from time import monotonic
from typing import Final

import regex

from casualties.errors import ModelError

__all__ = ["Searched", "SlowSearchError", "checked"]

_LONGEST: Final = 1_000
"""The longest expression, in characters."""

_MOST_REPEATED: Final = 10_000
"""How often the counted repetitions of one expression may repeat what stands before them, multiplied."""

_SECONDS: Final = 0.5
"""How long a search in one cell may take; what is needed is some thousandths of that."""

_EACH: Final = 0.005
"""How long the searches of a table may take, beyond the time of one, for each of them."""

_TIMES: Final = re.compile(r"\{(\d*)(?:,(\d*))?\}")


class SlowSearchError(Exception):
    """A search that takes too long, which stops the reading of the table; it never leaves the readers."""


def checked(text: str) -> str:
    """Give an expression that can be compiled, and is no bomb.

    Raises:
        ModelError: If it cannot.

    Examples:
        >>> checked("[0-9]+ killed")
        '[0-9]+ killed'
        >>> checked("(killed")
        Traceback (most recent call last):
        ...
        casualties.errors.ModelError: pattern '(killed': missing ) at position 7
        Hint: write a regular expression
    """
    repeated = 1
    for least, most in _TIMES.findall(text):
        repeated *= max(int(most[:9] or 0), int(least[:9] or 0), 1)
    if len(text) > _LONGEST or repeated > _MOST_REPEATED:
        shown = text if len(text) < 60 else f"{text[:60]}…"
        raise ModelError(f"pattern {shown!r}: it is too large", "bad-mapping", "write it with fewer repetitions")
    try:
        regex.compile(text)
    except (regex.error, RecursionError, OverflowError, MemoryError) as error:
        raise ModelError(f"pattern {text!r}: {error}", "bad-mapping", "write a regular expression") from error
    return text


class Searched:
    """An expression with its search.

    Attributes:
        pattern: The expression as it is written.
    """

    def __init__(self, text: str) -> None:
        self.pattern = text
        self._compiled = regex.compile(text)
        self._left = _SECONDS

    def first(self, text: str) -> str | None:
        """Give the first group that took part, or all that is found; ``None`` where nothing is.

        Raises:
            SlowSearchError: If it takes too long, as that of ``(a|aa)+$`` may: no other row would be read in time.
        """
        try:
            begin = monotonic()
            match = self._compiled.search(text, timeout=min(_SECONDS, self._left))
            self._left += _EACH - (monotonic() - begin)
        except TimeoutError as error:
            self._left = _SECONDS
            raise SlowSearchError(f"pattern {self.pattern!r}: the search in {text[:60]!r} takes too long") from error
        if match is None:
            return None
        if not self._compiled.groups:
            return str(match[0]).strip()
        return next((str(group) for group in match.groups() if group is not None), "").strip()
