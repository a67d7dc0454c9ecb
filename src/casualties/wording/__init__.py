"""Words to figures: what a phrase states of a number, and nothing that it does not."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from casualties.errors import FigureError, UnreadableFigureError
from casualties.model.claim import Silence
from casualties.model.figure import Figure
from casualties.wording import lexicons
from casualties.wording._harms import another_harm, harms_of
from casualties.wording._reader import Reader
from casualties.wording._silence import silence, silence_with_a_remark
from casualties.wording.lexicons import Lexicon
from casualties.wording.statement import Interval, Share, Statement

__all__ = [
    "MAX_TEXT",
    "Interval",
    "Share",
    "Statement",
    "another_harm",
    "harms_of",
    "parse_figure",
    "parse_statement",
    "silence_of",
]

MAX_TEXT: Final = 2_000
"""The longest text that is read as a figure, in characters."""

_REMEMBERED: Final = 2_048
"""How many texts are remembered with their figures, the latest ones."""
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def parse_figure(text: str, lexicon: str | Lexicon = "as-worded") -> Figure | None:
    """Read the figure that words state, as the words give it.

    Nothing is guessed from a part of the text: every word before and behind the number is known to the lexicon, or
    the text is refused. Things, rates, percentages, people who were not harmed and a second number are refused too.
    The time taken grows with the length of the text and with nothing else.

    Args:
        text: The words of one count: "more than 80 fighters".
        lexicon: The language, or the convention for words without an exact number: a name or a lexicon.

    Returns:
        The figure in people, or ``None`` where the words state none ("not reported"): silence, never zero.
        ``silence_of`` tells which kind of silence. A lexicon may also leave vague words without a figure.

    Raises:
        UnreadableFigureError: If the text is no figure, or needs more than one, with the place and the words for it.
        FigureError: If the text is no text.
        UnknownNameError: If no lexicon has the name.

    See Also:
        `parse_statement`: the whole with its parts, who is counted, what happened, when, and who says so.

    Examples:
        >>> for words in ("more than 80", "as many as 25 Syrian mercenaries", "about 2,300", "28 killed (maximum)"):
        ...     print(words, "·", parse_figure(words))
        more than 80 · 81 or more
        as many as 25 Syrian mercenaries · up to 25
        about 2,300 · 2,200–2,400 (assumed)
        28 killed (maximum) · up to 28
        >>> parse_figure("not reported") is None
        True
        >>> print(parse_figure("at least 11", lexicon="acled"), "·", parse_figure("11 o más", lexicon="es"))
        11 (ceiling assumed) · 11 or more
        >>> parse_figure("11 o más")
        Traceback (most recent call last):
        ...
        casualties.errors.UnreadableFigureError: '11 o más': 'o' is Spanish, at character 4, 'o más'
        Hint: read it with lexicon="es"
    """
    found = _figure(*_checked(text, lexicon))
    if isinstance(found, tuple):
        raise UnreadableFigureError(*found)
    return found


def parse_statement(text: str, lexicon: str | Lexicon = "as-worded") -> Statement:
    """Read everything that words state of a count: the whole with its labelled parts, and what is said beside it.

    It reads what ``parse_figure`` reads, and what needs more than one figure or more than a figure: parts of a whole,
    several counts side by side, shares, intervals of estimates, dates and doubt. What it does not know it refuses.

    Args:
        text: The words of one statement: "22 killed (12 staff and 10 patients)".
        lexicon: The language, or the convention for words without an exact number: a name or a lexicon.

    Returns:
        The statement; its figure is ``None`` where the words state silence, a share, or several counts without a whole.

    Raises:
        UnreadableFigureError: If something in the text is not understood, with the place and the words for it.
        FigureError: If the text is no text.
        UnknownNameError: If no lexicon has the name.

    Examples:
        >>> attack = parse_statement("22 killed (12 staff and 10 patients)")
        >>> print(attack.figure, attack.harms, [(part.counted, str(part.figure)) for part in attack.parts])
        22 ('killed',) [('staff', '12'), ('patients', '10')]
        >>> both = parse_statement("12 killed, dozens wounded")
        >>> print(both.figure, [(part.harms, str(part.figure)) for part in both.parts])
        None [(('killed',), '12'), (('wounded',), '24 or more')]
        >>> print(parse_statement("unknown, believed high").silence, parse_statement("4 feared dead").modality)
        unknown alleged
    """
    reader, kind = _read(*_checked(text, lexicon))
    if reader is None or kind is not None:
        return Statement(text, silence=Silence(kind or Silence.NOT_MENTIONED), number=text.strip())
    return reader.statement()


def silence_of(text: str, lexicon: str | Lexicon = "as-worded") -> str | None:
    """Tell which silence words state: ``not-mentioned``, ``withheld``, ``being-determined`` or ``unknown``.

    A remark without a number may follow: "unknown, believed high".

    Args:
        text: The words where a count would stand.
        lexicon: A name or a lexicon, whose words for silence are looked up.

    Returns:
        The kind of silence, or ``None`` where the words are something else: a figure, or unreadable.

    Raises:
        FigureError: If the text is no text.
        UnknownNameError: If no lexicon has the name.

    Examples:
        >>> silence_of("not disclosed"), silence_of("–"), silence_of("unknown, believed high"), silence_of("11")
        ('withheld', 'not-mentioned', 'unknown', None)
    """
    try:
        return _read(*_checked(text, lexicon))[1]
    except UnreadableFigureError:
        return None


@lru_cache(maxsize=_REMEMBERED)
def _figure(text: str, lexicon: Lexicon) -> Figure | tuple[Any, ...] | None:
    """Read a figure once, or give what is said of words that state none; tables say the same words again and again."""
    try:
        reader, kind = _read(text, lexicon)
        return None if reader is None or kind is not None else reader.figure()
    except UnreadableFigureError as error:
        return error.args


def _checked(text: object, lexicon: str | Lexicon) -> tuple[str, Lexicon]:
    """Check that a text is one that may be read, and find its lexicon."""
    if not isinstance(text, str):
        raise FigureError(
            f"words of type {type(text).__name__}: not a text",
            "not-text",
            "give the words as they were printed, or build a Figure",
        )
    convention = lexicon if isinstance(lexicon, Lexicon) else lexicons.load(lexicon)
    if len(text) > MAX_TEXT:
        raise UnreadableFigureError(
            text, MAX_TEXT, f"longer than {MAX_TEXT:,} characters", "too-long", "give the words of one count only"
        )
    return text, convention


def _read(text: str, convention: Lexicon) -> tuple[Reader | None, str | None]:
    """Look for silence in a text, and begin to read it where there is none."""
    if _DATE.fullmatch(text.strip()):
        raise UnreadableFigureError(
            text, 0, "this is a date and no count", "a-date", "a date has a field of its own, such as stated"
        )
    kind = silence(text, convention)
    if kind is not None:
        return None, kind
    reader = Reader(text, convention)
    return reader, silence_with_a_remark(reader.reading)
