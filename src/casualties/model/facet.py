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
    """Under eighteen, or called children. Example: "42 children were killed"."""
    ADULT = "adult"
    """Eighteen or older, or called adults, men or women. Example: "31 adults and 11 children"."""
    ELDERLY = "elderly"
    """Called elderly; a part of the adults. Example: "seven elderly residents"."""
    WOMEN_AND_CHILDREN = "women-and-children"
    """Children, and women and girls of any age, printed as one group. Example: "most of them women and children"."""
    UNDETERMINED = "undetermined"
    """The source says that the age is not known. Example: "five bodies of unknown age"."""


class Sex(StrEnum):
    """The sex of the victims, as the source says; *undetermined* where it says that it is not known."""

    FEMALE = "female"
    """Women and girls. Example: "12 women"."""
    MALE = "male"
    """Men and boys. Example: "30 men and boys"."""
    UNDETERMINED = "undetermined"
    """The source says that the sex is not known. Example: "five remains whose sex could not be told"."""


class Cause(StrEnum):
    """How the harm came about."""

    DIRECT = "direct"
    """By the fighting itself. Example: "killed by shelling"."""
    IN_CAPTIVITY = "in-captivity"
    """While held by a party to the conflict. Example: "two prisoners died in detention"."""
    ACCIDENT = "accident"
    """By an accident, such as a crash or a gun that went off. Example: "four soldiers died in a road accident"."""
    INDIRECT = "indirect"
    """By what the conflict brought about: hunger, cold, disease, no care. Example: "300 died of cholera in the camps".
    """


class Basis(StrEnum):
    """How the people were counted: a count of the buried is part of the count of the killed."""

    LISTED = "listed"
    """On a list, without a word on how they came onto it. Example: "a list of 1,200 soldiers"."""
    IDENTIFIED = "identified"
    """Known by name. Example: "BBC has identified 50,000 by name"."""
    VERIFIED = "verified"
    """Checked by the source by a standard of its own. Example: "OHCHR verified 10,000 civilian deaths"."""
    DOCUMENTED = "documented"
    """Each one is recorded in a document or a file. Example: "the group documented 41 deaths"."""
    INVESTIGATED = "investigated"
    """Found by an inquiry into what happened. Example: "the commission found that 27 were killed"."""
    BURIED = "buried"
    """Counted at burials or graves. Example: "130 were buried"."""
    EXAMINED = "examined"
    """Counted as bodies that somebody examined. Example: "the morgue examined 88 bodies"."""


class Presumed(StrEnum):
    """What is presumed of the missing."""

    DEAD = "dead"
    """The missing are presumed to be dead; they are still a part of the missing. Example: "20 missing, presumed dead".
    """


class Accounted(StrEnum):
    """By which date people are put to the days of a count; by the date of death where nothing is said.

    A count by date of report or of registration also holds people who were harmed on earlier days.
    """

    DEATH = "by-date-of-death"
    """By the day on which they died. Example: "12 died on Monday"."""
    REPORT = "by-date-of-report"
    """By the day on which they were reported, also where they died before. Example: "12 deaths were reported in 24
    hours".
    """
    REGISTRATION = "by-date-of-registration"
    """By the day on which an office entered them. Example: "300 deaths were registered in May"."""


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
