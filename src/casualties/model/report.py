"""Where a claim was read: reports, the relays that passed it on, and citations."""

from __future__ import annotations

from typing import Any

from casualties.model.period import DateField, PartialDate
from casualties.model.record import Key, Record, Text
from casualties.model.source import SourceKind

__all__ = ["Citation", "Relay", "Report"]


def _date_key(date: PartialDate | None) -> tuple[Any, ...]:
    return date.sort_key if date else ()


class Report(Record):
    """The document in which claims were read.

    Reports are told apart by address, or where there is none by publisher, title and date.

    Attributes:
        publisher: Who published it; ``None`` where nobody says.
        title: Its title as printed.
        address: Where it can be read, such as a URL or an archive's shelf mark.
        published: When it was published; ``None`` where unknown.
        retrieved: When it was read; ``None`` where unknown.
        saved: Where a copy of it is kept, from the folder of the ledger on, or ``sha256:`` and the digest of one;
            ``None`` where there is none.

    Examples:
        >>> from casualties.model.report import Report
        >>> Report(publisher="The New Arab", published="2020-09-30").published
        PartialDate.parse('2020-09-30')
    """

    publisher: Text | None = None
    title: Text | None = None
    address: Text | None = None
    published: DateField | None = None
    retrieved: DateField | None = None
    saved: Text | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells this report from others; equal for two records of one document.

        Examples:
            >>> bare = Report(address="https://example.org/1")
            >>> bare.identity == bare.replacing(title="On the border").identity
            True
        """
        if self.address:
            return ("address", self.address)
        return ("print", self.publisher or "", self.title or "", str(self.published or ""))

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """A total order by content, for listings."""
        return (
            _date_key(self.published),
            self.publisher or "",
            self.title or "",
            self.address or "",
            _date_key(self.retrieved),
            self.saved or "",
        )


class Relay(Record):
    """Who passed a statement on: an agency that quotes a ministry is a relay, not a source.

    Attributes:
        name: How it is written.
        kind: What it is; ``None`` where nobody says.
        side: The side that it speaks for; ``None`` for none.

    Examples:
        >>> from casualties.model.report import Relay
        >>> Relay(name="Interfax", kind="media").name
        'Interfax'
    """

    name: Text
    kind: SourceKind | None = None
    side: Key | None = None

    @property
    def sort_key(self) -> tuple[str, ...]:
        """A total order by content, for listings."""
        return (self.name, self.kind or "", self.side or "")


class Citation(Record):
    """One reading of a claim.

    Attributes:
        report: The document; ``None`` where only the words are known.
        relays: Who passed the statement on, from the source to the report.
        locator: The place in the document, such as a page or paragraph.
        words: The words of the count as printed.

    Examples:
        >>> from casualties.model.report import Citation, Relay, Report
        >>> Citation(report=Report(publisher="Pledge Times"), relays=[Relay(name="Interfax")], words="104").words
        '104'
    """

    report: Report | None = None
    relays: tuple[Relay, ...] = ()
    locator: Text | None = None
    words: Text | None = None

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """A total order by content, for listings."""
        return (
            self.report.sort_key if self.report else (),
            tuple(relay.sort_key for relay in self.relays),
            self.locator or "",
            self.words or "",
        )
