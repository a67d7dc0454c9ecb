"""A line on a terminal's standard error that says how far a long file has been read."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Final

__all__ = ["Progress"]

EVERY: Final = 2_000
"""After how many rows the clock is looked at."""

AFTER: Final = 1.0
"""After how many seconds the line is first shown."""

WIDTH: Final = 30


class Progress:
    """Shows nothing where standard error is no terminal, or where reading is soon done."""

    def __init__(self, name: str, share: Callable[[], float | None]) -> None:
        self._name = name[-40:]
        self._share = share
        self._begin = time.monotonic()
        self._shown = False
        self._rows = 0
        self._wanted = sys.stderr.isatty()

    def step(self) -> None:
        """Count a row."""
        self._rows += 1
        if self._wanted and self._rows % EVERY == 0 and time.monotonic() - self._begin >= AFTER:
            self._shown = True
            share = self._share()
            done = "" if share is None else f" [{'#' * int(min(share, 1) * WIDTH):<{WIDTH}}] {min(share, 1):4.0%}"
            sys.stderr.write(f"\r{self._name}:{done} {self._rows:,} rows")
            sys.stderr.flush()

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
