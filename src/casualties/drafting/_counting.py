"""Numbers in a text as the reader of words reads them: counts, their low and high, their intervals and parts."""

from __future__ import annotations

from functools import lru_cache

from casualties.errors import CasualtiesError
from casualties.model.figure import Figure
from casualties.wording import parse_figure, parse_statement
from casualties.wording.estimate import WordedEstimate, estimate_in
from casualties.wording.lexicons import Lexicon

__all__ = ["Count", "read_count", "read_parts", "read_range"]


@lru_cache(maxsize=4096)
def read_count(words: str, lexicon: str | Lexicon) -> Figure | None:
    """Read a count, or nothing where the reader of words refuses it."""
    try:
        return parse_figure(words, lexicon)
    except CasualtiesError:
        return None


@lru_cache(maxsize=4096)
def read_range(words: str, lexicon: str | Lexicon) -> tuple[Figure, WordedEstimate | None] | None:
    """Read a number with its low and high, or its interval, in brackets; nothing where they state anything else."""
    try:
        statement = parse_statement(words, lexicon)
    except CasualtiesError:
        return None
    figure = statement.figure
    if figure is None or statement.parts or (statement.interval is None and figure.best is None):
        return None
    return figure, estimate_in(words, lexicon)


@lru_cache(maxsize=4096)
def read_parts(words: str, lexicon: str | Lexicon) -> tuple[Figure, ...]:
    """Read the parts of a count that brackets behind it state: "22 (12 staff and 10 patients)"."""
    try:
        statement = parse_statement(words, lexicon)
    except CasualtiesError:
        return ()
    return tuple(part.figure for part in statement.parts if part.figure is not None)


class Count:
    """A number in a sentence, with the words around it that bound it.

    Attributes:
        said: The words that were read as the figure.
        figure: The figure.
        bounds: The words that bound it.
        more: Whether it comes on top of another.
        estimate: What it is as an estimate, where brackets behind it name its interval.
    """

    __slots__ = ("bounds", "estimate", "figure", "more", "said")

    def __init__(
        self,
        said: str,
        figure: Figure,
        *,
        bounds: tuple[str, ...] = (),
        more: bool = False,
        estimate: WordedEstimate | None = None,
    ) -> None:
        self.said, self.figure, self.bounds, self.more, self.estimate = said, figure, bounds, more, estimate
