"""The facets of a subject: their names, and the words that they take."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from casualties.errors import ModelError
from casualties.model.vocabulary import Status, TermKind

__all__ = [
    "CHOICES",
    "FACETS",
    "KINDS",
    "Accounted",
    "AgeGroup",
    "Basis",
    "Cause",
    "Presumed",
    "Sex",
    "check_word",
]


class AgeGroup(StrEnum):
    """The age group of the victims, as the source says.

    *Women and children* is what many sources print as one group: children, and women and girls of any age.
    *Undetermined* means that the source says of them that it is not known; left out, the age is not spoken of.
    """

    CHILD = "child"
    ADULT = "adult"
    ELDERLY = "elderly"
    WOMEN_AND_CHILDREN = "women-and-children"
    UNDETERMINED = "undetermined"


class Sex(StrEnum):
    """The sex of the victims, as the source says; *undetermined* where it says that it is not known."""

    FEMALE = "female"
    MALE = "male"
    UNDETERMINED = "undetermined"


class Cause(StrEnum):
    """How the harm came about."""

    DIRECT = "direct"
    IN_CAPTIVITY = "in-captivity"
    ACCIDENT = "accident"
    INDIRECT = "indirect"


class Basis(StrEnum):
    """How the people were counted: a count of the buried is part of the count of the killed."""

    LISTED = "listed"
    IDENTIFIED = "identified"
    VERIFIED = "verified"
    DOCUMENTED = "documented"
    INVESTIGATED = "investigated"
    BURIED = "buried"
    EXAMINED = "examined"


class Presumed(StrEnum):
    """What is presumed of the missing."""

    DEAD = "dead"


class Accounted(StrEnum):
    """By which date people are put to the days of a count; by the date of death where nothing is said.

    A count by date of report or of registration also holds people who were harmed on earlier days.
    """

    DEATH = "by-date-of-death"
    REPORT = "by-date-of-report"
    REGISTRATION = "by-date-of-registration"


FACETS: Final = (
    "side",
    "nationality",
    "status",
    "role",
    "age",
    "sex",
    "place",
    "event",
    "cause",
    "weapon",
    "perpetrator",
    "basis",
    "accounted",
    "presumed",
)
"""The facets of a subject that hold one word, in the order in which they are shown and sorted."""

KINDS: Final[Mapping[str, TermKind]] = {
    "side": TermKind.SIDE,
    "nationality": TermKind.NATIONALITY,
    "role": TermKind.ROLE,
    "place": TermKind.PLACE,
    "event": TermKind.EVENT,
    "weapon": TermKind.WEAPON,
    "perpetrator": TermKind.SIDE,
}
"""The facets whose words a ledger may declare, and the kind of word that fills each."""

CHOICES: Final[Mapping[str, type[StrEnum]]] = {
    "status": Status,
    "age": AgeGroup,
    "sex": Sex,
    "cause": Cause,
    "basis": Basis,
    "accounted": Accounted,
    "presumed": Presumed,
}
"""The facets that take words of a list, and the list."""


def check_word(facet: str, word: str) -> None:
    """See that a facet can have a word.

    Raises:
        ModelError: If the facet takes other words only.
    """
    choices = CHOICES.get(facet)
    if choices is not None and word not in tuple(choices):
        raise ModelError(
            f"{facet} {word!r}: it has no such word", "unknown-word", f"one of {', '.join(map(str, choices))}"
        )
