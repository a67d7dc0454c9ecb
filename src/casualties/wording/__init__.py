"""Words to figures: what a phrase states of a number, and nothing that it does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from casualties.errors import FigureError, UnreadableFigureError
from casualties.wording import lexicons
from casualties.wording._harms import another_harm, harms_of
from casualties.wording._phrases import silence
from casualties.wording._reader import Reader
from casualties.wording.lexicons import Lexicon

if TYPE_CHECKING:
    from casualties.model.figure import Figure

__all__ = ["MAX_TEXT", "another_harm", "harms_of", "parse_figure", "silence_of"]

MAX_TEXT: Final = 2_000
"""The longest text that is read as a figure, in characters."""

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def parse_figure(text: str, lexicon: str | Lexicon = "as-worded") -> Figure | None:
    """Read the figure that words state, as the words give it.

    Nothing is guessed from a part of the text: two numbers that form no range, a negation or an unknown word
    before the number are refused.
    The time taken grows with the length of the text and with nothing else.

    Args:
        text: The words of one count: "more than 80 fighters".
        lexicon: The convention for words without an exact number: a name or a lexicon.

    Returns:
        The figure in people, or ``None`` where the words state none ("not reported"): silence, never zero.
        ``silence_of`` tells which kind of silence. A lexicon may also leave vague words without a figure.

    Raises:
        UnreadableFigureError: If the text is no figure, with the place where the reading stopped.
        FigureError: If the text is no text.
        UnknownNameError: If no lexicon has the name.

    Examples:
        >>> for words in ("more than 80", "as many as 25 Syrian mercenaries", "about 2,300", "several dozen"):
        ...     print(words, "·", parse_figure(words))
        more than 80 · 81 or more
        as many as 25 Syrian mercenaries · up to 25
        about 2,300 · 2,200–2,400 (assumed)
        several dozen · 36 or more (assumed)
        >>> parse_figure("not reported") is None
        True
        >>> print(parse_figure("at least 11", lexicon="acled"))
        11 (ceiling assumed)
    """
    convention = _convention(text, lexicon)
    if len(text) > MAX_TEXT:
        raise UnreadableFigureError(
            text,
            MAX_TEXT,
            f"expected at most {MAX_TEXT:,} characters",
            "too-long",
            "give the words of one count only",
        )
    if _DATE.fullmatch(text.strip()):
        raise UnreadableFigureError(
            text, 0, "expected a count, but this is a date", "a-date", "a date has a field of its own, such as stated"
        )
    return None if silence(text, convention) else Reader(text, convention).read()


def silence_of(text: str, lexicon: str | Lexicon = "as-worded") -> str | None:
    """Tell which silence words state: ``not-mentioned``, ``withheld``, ``being-determined`` or ``unknown``.

    Args:
        text: The words where a count would stand.
        lexicon: A name or a lexicon, whose words for silence are looked up.

    Returns:
        The kind of silence, or ``None`` where the words are something else: a figure, or unreadable.

    Raises:
        FigureError: If the text is no text.
        UnknownNameError: If no lexicon has the name.

    Examples:
        >>> silence_of("not disclosed"), silence_of("–"), silence_of("being determined"), silence_of("11")
        ('withheld', 'not-mentioned', 'being-determined', None)
    """
    convention = _convention(text, lexicon)
    return None if len(text) > MAX_TEXT else silence(text, convention)


def _convention(text: object, lexicon: str | Lexicon) -> Lexicon:
    """Check that a text is one, and find its lexicon."""
    if not isinstance(text, str):
        raise FigureError(
            f"words of type {type(text).__name__}: not a text",
            "not-text",
            "give the words as they were printed, or build a Figure",
        )
    return lexicon if isinstance(lexicon, Lexicon) else lexicons.load(lexicon)
