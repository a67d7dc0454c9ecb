"""What the readers of all formats share when something is wrong: where it is put down, and what may have been meant."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from difflib import get_close_matches
from typing import Final

from casualties.errors import CasualtiesError, ModelError, Problem
from casualties.model.record import problems_of

__all__ = ["MAX_PROBLEMS", "Problems", "TooManyProblemsError", "close"]

MAX_PROBLEMS: Final = 1000
"""How many problems of one file are listed before reading stops."""


class TooManyProblemsError(Exception):
    """Raised to stop the reading of a file in which nothing seems right; it never leaves the readers."""


class Problems:
    """Where all that is wrong in one file is put down with its place, so that reading goes on and tells it at once.

    Attributes:
        problems: What was put down, each thing once, in the order in which it was met.
    """

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self.problems: list[Problem] = list(problems)
        self._known: set[Problem] = set()

    def forget(self) -> None:
        """Begin anew, as with the next row of many that are judged one by one."""
        self.problems = []
        self._known = set()

    def put(self, place: str, message: str, hint: str = "", reason: str = "invalid") -> None:
        """Put down one problem; what is wrong in defaults is met at every claim, and told once.

        Raises:
            TooManyProblemsError: If there are as many as are listed.
        """
        problem = Problem(place, message, hint, reason)
        if problem in self._known:
            return
        self._known.add(problem)
        self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            raise TooManyProblemsError

    def put_all(self, error: CasualtiesError, place: Callable[[str], str]) -> None:
        """Put down what a record found wrong; ``place`` gives the place of a field of it, or of none."""
        if not isinstance(error, ModelError):
            self.put(place(""), error.message, error.hint, error.reason)
            return
        for problem in problems_of(error):
            self.put(place(problem.place), problem.message, problem.hint, problem.reason)


def close(word: str, known: Collection[str], most: int = 12) -> str:
    """Say what may have been meant by an unknown word."""
    near = get_close_matches(word, sorted(known), n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    listed = sorted(known)
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return f"one of {', '.join(listed[:most])}{more}" if listed else ""
