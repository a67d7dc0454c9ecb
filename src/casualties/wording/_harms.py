"""Which harms the words of a count name, so that the wounded are not taken for the killed."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from casualties.errors import UnreadableFigureError
from casualties.model.harm import DISTINCT
from casualties.wording._reader import Reader
from casualties.wording.lexicons import Lexicon, load

__all__ = ["another_harm", "harms_of"]

_LONGEST: Final = 2_000


def harms_of(text: str, lexicon: str | Lexicon = "as-worded") -> frozenset[str]:
    """Find the harms that words say of the people whom they count; none where they name no harm.

    A harm before a noun tells who they were ("5 wounded soldiers"), and not what this count is of.

    Args:
        text: The words of one count.
        lexicon: A name or a lexicon.

    Examples:
        >>> sorted(harms_of("12 killed or wounded"))
        ['killed', 'wounded']
        >>> sorted(harms_of("5 wounded soldiers")), sorted(harms_of("11 heridos", "es"))
        ([], ['wounded'])
    """
    return _harms(text[:_LONGEST], lexicon if isinstance(lexicon, Lexicon) else load(lexicon))


@lru_cache(maxsize=2_048)
def _harms(text: str, lexicon: Lexicon) -> frozenset[str]:
    """Find the harms of a text once."""
    try:
        counts = Reader(text, lexicon).counts(labels=True)
    except UnreadableFigureError:
        return frozenset()
    return frozenset(harm for count in counts if count.doubted is None for harm in count.harms)


def another_harm(text: str, harm: tuple[str, ...], lexicon: str | Lexicon = "as-worded") -> str | None:
    """Tell what is wrong where words name a harm that is not counted; harms that a ledger declares are not judged.

    Args:
        text: The words of one count.
        harm: The harms that are counted.
        lexicon: A name or a lexicon.

    Examples:
        >>> another_harm("12 wounded", ("killed",))
        "'12 wounded' says wounded, not killed"
        >>> another_harm("12 killed", ("killed", "wounded")) is None
        True
    """
    named = harms_of(text, lexicon) & DISTINCT
    if named <= set(harm) or not set(harm) <= DISTINCT:
        return None
    return f"{text!r} says {' or '.join(sorted(named))}, not {' or '.join(harm)}"
