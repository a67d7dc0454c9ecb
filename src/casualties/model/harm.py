"""What happened to the people counted: one table with everything that is known of each harm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final

__all__ = ["ACTS", "DISTINCT", "HARMS", "JOINABLE", "NOUNS", "STOCKS", "Harm", "KnownHarm", "harm_key", "is_stock"]


class Harm(StrEnum):
    """What happened to the people counted.

    Killed, wounded, missing and captured may be joined in a set, such as killed or wounded.
    Of *casualties* and *losses* only the killed are surely a part.
    A ledger may declare further harms.
    """

    KILLED = "killed"
    """Dead, by whatever the cause says. Example: "11 civilians were killed"."""
    WOUNDED = "wounded"
    """Hurt and alive. Example: "63 were wounded"."""
    MISSING = "missing"
    """Not found, and neither known to be dead nor to be alive. Example: "200 soldiers are missing"."""
    CAPTURED = "captured"
    """Held by the other party. Example: "15 were taken prisoner"."""
    DISPLACED = "displaced"
    """Driven from their homes. Example: "90,000 people fled"."""
    SEVERELY_WOUNDED = "severely-wounded"
    """Hurt badly; a part of the wounded. Example: "nine of them are in a critical state"."""
    IN_TREATMENT = "in-treatment"
    """In hospital on a day; a part of the wounded. Example: "40 are still being treated"."""
    CASUALTIES = "casualties"
    """Said as one word, which may mean dead, wounded or more; the killed are surely a part. Example: "casualties exceed
    500".
    """
    LOSSES = "losses"
    """Said as one word of armed forces; the killed are surely a part. Example: "the enemy lost 200 men"."""


@dataclass(frozen=True, slots=True)
class KnownHarm:
    """Everything that is known of one harm; the words by which texts say it are told by each language's lexicon.

    Attributes:
        harm: The harm.
        name: How it is written in a sentence.
        question: How the head of a table asks for those harmed: *Who was killed*.
        plural: The people harmed, as a noun.
        inside: The harms whose counts surely hold everybody of this one.
        becomes: The harms into which people of this one pass, so that a count of it may fall for their sake.
        stock: Whether it is counted as it stands on one day, and so may fall, instead of running on.
        joinable: Whether one count may join it with others.
        act: Whether its word says what was done to people (*captured*), and not how they are (*missing*).
        noun: Whether its word is a noun that counts nobody by itself: *casualties came to 40*.
        distinct: Whether its word means it alone, so that words which say it do not fit a count of another harm.
        hxl: The attributes that say it behind ``#affected`` in a table with HXL tags.
        hxl_read: Every attribute that is read as it.
    """

    harm: Harm
    name: str
    question: str
    plural: str
    inside: tuple[Harm, ...] = ()
    becomes: tuple[Harm, ...] = ()
    stock: bool = False
    joinable: bool = False
    act: bool = False
    noun: bool = False
    distinct: bool = False
    hxl: str = ""
    hxl_read: tuple[str, ...] = ()


HARMS: Final[Mapping[Harm, KnownHarm]] = MappingProxyType(
    {
        entry.harm: entry
        for entry in (
            KnownHarm(
                Harm.KILLED,
                "killed",
                "was killed",
                "killed",
                inside=(Harm.CASUALTIES, Harm.LOSSES),
                joinable=True,
                act=True,
                distinct=True,
                hxl="killed",
                hxl_read=("killed",),
            ),
            KnownHarm(
                Harm.WOUNDED,
                "wounded",
                "was wounded",
                "wounded",
                joinable=True,
                act=True,
                distinct=True,
                hxl="injured",
                hxl_read=("injured", "wounded"),
            ),
            KnownHarm(
                Harm.MISSING,
                "missing",
                "went missing",
                "missing",
                becomes=(Harm.KILLED, Harm.CAPTURED),
                stock=True,
                joinable=True,
                distinct=True,
                hxl="missing",
                hxl_read=("missing",),
            ),
            KnownHarm(
                Harm.CAPTURED,
                "captured",
                "was captured",
                "captives",
                stock=True,
                joinable=True,
                act=True,
                distinct=True,
                hxl="captured",
                hxl_read=("captured", "detained"),
            ),
            KnownHarm(
                Harm.DISPLACED,
                "displaced",
                "was displaced",
                "displaced people",
                stock=True,
                distinct=True,
                hxl="displaced",
                hxl_read=("displaced", "idps"),
            ),
            KnownHarm(
                Harm.SEVERELY_WOUNDED,
                "severely wounded",
                "was severely wounded",
                "severely wounded",
                inside=(Harm.WOUNDED,),
                act=True,
                hxl="injured+severe",
            ),
            KnownHarm(
                Harm.IN_TREATMENT,
                "in treatment",
                "is in treatment",
                "people in treatment",
                inside=(Harm.WOUNDED,),
                hxl="injured+treated",
                stock=True,
            ),
            KnownHarm(
                Harm.CASUALTIES,
                "casualties",
                "is among the casualties",
                "casualties",
                noun=True,
                hxl="casualties",
            ),
            KnownHarm(Harm.LOSSES, "losses", "is among the losses", "losses", noun=True, hxl="losses"),
        )
    }
)
"""The built-in harms, in the order in which they are listed."""

JOINABLE: Final = frozenset(harm for harm, known in HARMS.items() if known.joinable)
"""The harms that one count may join."""

STOCKS: Final = frozenset(harm for harm, known in HARMS.items() if known.stock)
"""The built-in harms that are counted as they stand on one day."""

ACTS: Final = frozenset(harm for harm, known in HARMS.items() if known.act)
"""The harms whose words say what was done to people."""

NOUNS: Final = frozenset(harm for harm, known in HARMS.items() if known.noun)
"""The harms whose words are nouns."""

DISTINCT: Final = frozenset(harm for harm, known in HARMS.items() if known.distinct)
"""The harms whose words mean them alone."""

_ORDER: Final[dict[str, int]] = {harm: place for place, harm in enumerate(HARMS)}


@lru_cache(maxsize=1024)
def is_stock(harm: tuple[str, ...]) -> bool:
    """Tell whether a harm is counted as it stands on one day, and so may fall, instead of running on.

    Of harms that a ledger declares only the ledger knows: see `Vocabulary.is_stock`.

    Examples:
        >>> is_stock(("missing",)), is_stock(("killed",))
        (True, False)
    """
    return any(term in STOCKS for term in harm)


@lru_cache(maxsize=1024)
def harm_key(harm: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """A total order of harms: the built-in ones as listed, then the declared ones by name.

    Examples:
        >>> harm_key(("wounded",)) < harm_key(("captured",)) < harm_key(("detained",))
        True
    """
    return tuple((_ORDER.get(term, len(_ORDER)), term) for term in harm)
