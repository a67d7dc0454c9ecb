"""One thing that changed between an older and a newer answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casualties.model.subject import Subject

__all__ = ["Change", "ChangeKind"]


class ChangeKind(StrEnum):
    """What happened between an older and a newer answer.

    ``events`` says that claims on other events are compared with these, or no longer are.
    """

    NEW_POSITION = "new position"
    REVISION = "revision"
    POSITION_GONE = "position gone"
    NEW_DISPUTE = "new dispute"
    DISPUTE_ENDED = "dispute ended"
    NEW_DENIAL = "new denial"
    NEW_SILENCE = "new silence"
    SILENCE_BROKEN = "silence broken"
    WITHDRAWN = "withdrawn"
    EVENTS = "events"
    STATUS = "status"
    NEW_CLAIM = "new claim"
    CLAIM_GONE = "claim gone"
    NEW_CITATION = "new citation"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed.

    Attributes:
        kind: What happened.
        subject: What is counted.
        heading: What is counted, in words that no other subject of these changes has.
        said: The change in one sentence, without the heading.
        claims: Identities of the claims concerned, in order.
        source: The source concerned; ``None`` where several are.
        at: When what is new in it was said, where the hour is known.

    Examples:
        >>> import casualties as cs
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> [str(each.kind) for each in cs.changes(seed.keeping([]), seed.by("akoush"))]
        ['new position', 'status']
    """

    kind: ChangeKind
    subject: Subject
    heading: str
    said: str
    claims: tuple[str, ...]
    source: str | None = None
    at: datetime | None = None

    def __repr__(self) -> str:
        return f"<Change {str(self.kind)!r}: {self.said}>"

    @property
    def text(self) -> str:
        """The change with its heading, as it may stand alone.

        Examples:
            >>> import casualties as cs
            >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
            >>> print(next(iter(cs.changes(seed.keeping([]), seed.by("akoush")))).text)
            Killed: Syrian mercenaries: Hussein Akoush says at least two; it had given no figure.
        """
        return f"{self.heading}: {self.said}"

    def to_dict(self) -> dict[str, object]:
        """Give the change as plain data.

        Examples:
            >>> import casualties as cs
            >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
            >>> sorted(next(iter(cs.changes(seed.keeping([]), seed))).to_dict())
            ['at', 'claims', 'heading', 'kind', 'said', 'source', 'subject']
        """
        return {
            "kind": str(self.kind),
            "subject": str(self.subject),
            "heading": self.heading,
            "said": self.said,
            "claims": list(self.claims),
            "source": self.source,
            "at": self.at.isoformat() if self.at else None,
        }

    def __str__(self) -> str:
        return self.text
