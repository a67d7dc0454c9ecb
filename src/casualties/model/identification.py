"""Somebody's word that events of one or several data sets are the same, are different, or are part of another."""

# pyright: reportGeneralTypeIssues=false

from __future__ import annotations

import hashlib
import json
import re
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints

from casualties.errors import ModelError
from casualties.model.period import DateField
from casualties.model.record import Key, Record, Text, sorted_set

__all__ = ["Identification", "IdentificationId", "Relation"]

IDENTITY_VERSION: Final = "i1"
"""The version of the rule by which the content of an identification becomes its identity."""

IDENTITY: Final = re.compile(r"i[0-9]+-[0-9a-f]{20}")
"""How the identity of an identification is written, of this version and of others."""

IdentificationId = Annotated[str, StringConstraints(pattern=f"^{IDENTITY.pattern}$")]
"""The identity of an identification: a version and a digest of its content."""

Score = Annotated[str, StringConstraints(pattern=r"^(?:0(?:\.\d{1,10})?|1(?:\.0{1,10})?)$")]
"""A number from 0 to 1 as it was written down."""


class Relation(StrEnum):
    """How events are said to lie to one another."""

    SAME = "same"
    DIFFERENT = "different"
    PART_OF = "part-of"


class Identification(Record):
    """A statement about events, by their keys; it changes no claim and no event.

    Attributes:
        relation: Whether the events are the same, are all different from one another, or are part of another.
        events: The keys of the events; at least two, or at least one that is part of another.
        whole: The event of which they are part; only of parts.
        says: Who says so.
        because: For what reason.
        stated: When it was said.
        method: By which method it was found, such as *cs.align*.
        version: The version of that method.
        score: The probability or score that the method gave, as it wrote it, from 0 to 1.

    Raises:
        ModelError: If it relates fewer events than it takes, or names a whole where nothing is part of it.

    Examples:
        >>> from casualties.model.identification import Identification
        >>> same = Identification(relation="same", events=["sheet-17", "ged-1234"], says="reviewer")
        >>> same.events
        ('ged-1234', 'sheet-17')
        >>> print(same)
        ged-1234 and sheet-17 are the same, says reviewer
    """

    relation: Relation
    events: Annotated[tuple[Key, ...], Field(min_length=1), sorted_set()]
    whole: Key | None = None
    says: Key
    because: Text | None = None
    stated: DateField | None = None
    method: Key | None = None
    version: Key | None = None
    score: Score | None = None

    def model_post_init(self, _context: object, /) -> None:
        """Check that it relates events to one another."""
        named = ", ".join(map(repr, self.events))
        if (self.relation is Relation.PART_OF) != (self.whole is not None):
            lacks = "it names no whole" if self.whole is None else f"it names the whole {self.whole!r}"
            raise ModelError(
                f"identification {self.relation} of {named}: {lacks}",
                "whole-and-part",
                "name the whole where events are part of another, and only there",
            )
        if self.whole in self.events or (self.whole is None and len(self.events) < 2):
            raise ModelError(
                f"identification {self.relation} of {named}: it relates an event to itself",
                "one-event",
                "name two events or more",
            )

    @cached_property
    def id(self) -> str:
        """Its identity, made from its content.

        Examples:
            >>> same = Identification(relation="same", events=["a", "b"], says="reviewer")
            >>> same.id == Identification(relation="same", events=["b", "a"], says="reviewer").id
            True
        """
        content = self.model_dump(mode="json", exclude_none=True)
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return f"{IDENTITY_VERSION}-{hashlib.sha256(text.encode()).hexdigest()[:20]}"

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Give each two events of which it speaks; of parts, the part and its whole.

        Examples:
            >>> Identification(relation="different", events=["a", "b", "c"], says="reviewer").pairs
            (('a', 'b'), ('a', 'c'), ('b', 'c'))
        """
        if self.whole is not None:
            return tuple((event, self.whole) for event in self.events)
        return tuple((one, other) for place, one in enumerate(self.events) for other in self.events[place + 1 :])

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """A total order by content, for listings.

        Examples:
            >>> Identification(relation="same", events=["a", "b"], says="reviewer").sort_key[0]
            ('a', 'b')
        """
        return (self.events, self.relation, self.whole or "", self.says, self.id)

    def __str__(self) -> str:
        names = f"{', '.join(self.events[:-1])} and {self.events[-1]}" if len(self.events) > 1 else self.events[0]
        verb = "is" if len(self.events) == 1 else "are"
        how = f"part of {self.whole}" if self.whole is not None else f"{'the ' if self.is_same else ''}{self.relation}"
        because = f" ({self.because})" if self.because else ""
        return f"{names} {verb} {how}, says {self.says}{because}"

    @property
    def is_same(self) -> bool:
        """Whether it says that its events are the same.

        Examples:
            >>> Identification(relation="different", events=["a", "b"], says="reviewer").is_same
            False
        """
        return self.relation is Relation.SAME
