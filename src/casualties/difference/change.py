"""One thing that changed between an older and a newer answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casualties._text import Printed
from casualties.model.subject import Subject

__all__ = ["Change", "ChangeKind"]


class ChangeKind(StrEnum):
    """What happened between an older and a newer answer.

    ``events`` says that claims on other events are compared with these, or no longer are.
    """

    NEW_POSITION = "new position"
    """A source speaks on a subject for the first time. Example: OHCHR gives its first toll."""
    REVISION = "revision"
    """A source says another figure than before. Example: the Ombudsman now says 80; before, at least 46."""
    POSITION_GONE = "position gone"
    """A source has no position any more. Example: the only claim of a paper was withdrawn."""
    NEW_DISPUTE = "new dispute"
    """Two sources can no longer both be right. Example: 471 stands, and somebody says at most 50."""
    DISPUTE_ENDED = "dispute ended"
    """Two sources can both be right again. Example: the lower one raised its figure."""
    NEW_DENIAL = "new denial"
    """Somebody denies a claim. Example: Turkey denies responsibility."""
    NEW_SILENCE = "new silence"
    """A source is newly known to give no figure. Example: Azerbaijan declines to give its losses."""
    SILENCE_BROKEN = "silence broken"
    """A source that was silent gives a figure. Example: Azerbaijan publishes 2,783 names."""
    WITHDRAWN = "withdrawn"
    """A source took a claim back. Example: the ministry retracts its toll."""
    EVENTS = "events"
    """Claims on other events are compared with these, or no longer are. Example: a reviewer joins two reports of one
    strike.
    """
    STATUS = "status"
    """The standing of a subject is another. Example: single source becomes corroborated."""
    NEW_CLAIM = "new claim"
    """A claim that changes nothing else. Example: a second paper with the same figure of the same ministry."""
    CLAIM_GONE = "claim gone"
    """A claim of the older ledger is not in the newer one. Example: an entry was taken out."""
    NEW_CITATION = "new citation"
    """A known claim was read in another report. Example: the same briefing in a second paper."""


@dataclass(frozen=True, slots=True)
class Change(Printed):
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
