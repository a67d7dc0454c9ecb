"""What the library uses of `regex`, by `re`: there is no build for a page, where a deadline stands for its timeout."""

from __future__ import annotations

import re

error = re.error


class Pattern:
    """A compiled expression whose search takes a timeout, which the deadline of the desk stands for."""

    def __init__(self, compiled: re.Pattern[str]) -> None:
        self._compiled = compiled
        self.groups = compiled.groups

    def search(self, text: str, timeout: float | None = None) -> re.Match[str] | None:  # noqa: ARG002 - that of `regex`
        """Search a text."""
        return self._compiled.search(text)


def compile(text: str, flags: int = 0) -> Pattern:  # noqa: A001 - that of `regex`
    """Compile an expression."""
    return Pattern(re.compile(text, flags))
