"""What a mapping says of one claim of a row, and of what the rows of a table are held to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from casualties.errors import ModelError
from casualties.files.mapped._slots import (
    AnySlot,
    Column,
    Conditions,
    Empty,
    GradeColumns,
    Pattern,
    ReportColumns,
    Sentinels,
)
from casualties.model.claim import ONLY
from casualties.model.record import Keys, Record

__all__ = ["Check", "ClaimColumns", "PartColumns", "columns_named"]


def columns_named(given: object) -> list[str]:
    """Take a list of columns as a list of templates; nothing where it is no list of texts."""
    if not isinstance(given, list | tuple) or not all(isinstance(column, str) for column in given):
        return []
    return [f"{{{column}}}" for column in given]


class PartColumns(Record):
    """The columns of a whole of which a count is a part.

    A part of the number that a coder prefers is no exact count: it may be short by as much as that number is above the
    lowest, and long by as much as the highest is above it.

    Attributes:
        low: The column of the lowest count of the whole.
        best: That of the count that the coder prefers.
        high: That of the highest.

    Examples:
        >>> PartColumns(low="low", best="best", high="high").best
        'best'
    """

    low: Column
    best: Column
    high: Column


class ClaimColumns(Record):
    """One claim that a row makes, or one for each party of a joint statement.

    The count is one column of words or numbers, or up to three columns ``low``, ``best`` and ``high`` of one coder,
    which make one claim.

    Attributes:
        count: The column of the count.
        low: The column of the lowest count.
        best: The column of the count that the coder prefers.
        high: The column of the highest count.
        part_of: The columns of the whole of which it is a part; its ends then are assumed, and it is the best between
            them, or stands alone as the best where the whole's low, best and high do not rise.
        pattern: A regular expression that is searched in the count; its first group, or all of it, is read.
        otherwise: Whether a count without the pattern is to be ``refuse``d or says ``nothing``.
        bound: How a bare number is meant: ``exactly``, ``at least``, ``at most``, ``about``, or another phrase that
            stands before or behind a count.
        each: The list within a row of which every item makes such a claim, such as ``sides`` in JSON.
        when: Columns with the texts that they must hold for the row to make the claim at all.
        unless: Columns with the texts that they must not hold.
        empty: What an empty cell means: the source is ``silent``, or ``nothing`` is said.
        sentinels: What stands for no count, and what it means: a kind of silence, or ``nothing``.
        harm: What happened to the people, with ``-or-`` between harms that one count joins; beyond the built-in
            harms one that ``terms`` declares.
        side, nationality, status, role, age, sex, place, event, cause, weapon, perpetrator, basis, accounted, presumed:
            Facets of the subject.
        with_: What the count expressly includes, in a file ``with``.
        without: What it expressly leaves out.
        since: The first day that is counted.
        until: The last day.
        stated: When the source said it.
        modality: How the source puts it.
        method: How the number was arrived at where nobody counted.
        interval: What the interval of an estimate is.
        level: The level of that interval in percent.
        only: Facets by which the counts are broken down, where the row gives them: ``perpetrator``.
        present: How many people were there, in words: no count of the harmed.
        note: What else should stay with the claim.
        keep: Columns that stay with the claim under their names, such as the publisher's ids and coordinates.
        source: Who says it; the mapping's own where it is not given.
        our_reading: Facets that the table does not print.
        all: Facets left out that the source means whole.
        cited: Where it was read; in a file a list of several.
        also_cited: Where else it was read.
        graded: Who graded it, and how.

    Raises:
        ModelError: If no column holds the count, or one column and a triple both do.

    Examples:
        >>> from casualties.files.mapped import ClaimColumns
        >>> ClaimColumns(harm="killed", low="low", best="best", high="high").counts
        ('low', 'best', 'high')
    """

    count: Column | None = None
    low: Column | None = None
    best: Column | None = None
    high: Column | None = None
    part_of: PartColumns | None = None
    pattern: Pattern | None = None
    otherwise: Literal["refuse", "nothing"] = "refuse"
    bound: AnySlot | None = None
    each: Column | None = None
    when: Conditions = ()
    unless: Conditions = ()
    empty: Empty | None = None
    sentinels: Sentinels = ()
    harm: AnySlot
    side: AnySlot | None = None
    nationality: AnySlot | None = None
    status: AnySlot | None = None
    role: AnySlot | None = None
    age: AnySlot | None = None
    sex: AnySlot | None = None
    place: AnySlot | None = None
    event: AnySlot | None = None
    cause: AnySlot | None = None
    weapon: AnySlot | None = None
    perpetrator: AnySlot | None = None
    basis: AnySlot | None = None
    accounted: AnySlot | None = None
    presumed: AnySlot | None = None
    with_: Annotated[Keys, Field(alias="with")] = ()
    without: Keys = ()
    since: AnySlot | None = None
    until: AnySlot | None = None
    stated: AnySlot | None = None
    modality: AnySlot | None = None
    method: AnySlot | None = None
    interval: AnySlot | None = None
    level: AnySlot | None = None
    only: Keys = ()
    present: AnySlot | None = None
    note: AnySlot | None = None
    keep: tuple[Column, ...] = ()
    source: AnySlot | None = None
    our_reading: Keys = ()
    all: Keys = ()
    cited: ReportColumns = ReportColumns()
    also_cited: tuple[ReportColumns, ...] = ()
    graded: GradeColumns | None = None

    @model_validator(mode="before")
    @classmethod
    def _listed(cls, written: Any) -> Any:  # noqa: ANN401 - whatever was given
        """Take several citations as a list, and columns of sources by their names."""
        if not isinstance(written, Mapping):
            return written
        data = dict(written)
        if named := columns_named(data.get("sources")):
            data.pop("sources")
            data["source"] = named
        if isinstance(cited := data.get("cited"), list | tuple) and cited:
            data["cited"], data["also_cited"] = cited[0], (*cited[1:], *data.get("also_cited", ()))
        return data

    def model_post_init(self, _context: object, /) -> None:
        """Check that a count is read, in one way."""
        triple = (self.low, self.best, self.high)
        if (self.count is None) == (triple == (None, None, None)):
            raise ModelError(
                "claim: it reads its count from no column, or in two ways",
                "bad-mapping",
                "give count, or some of low, best and high",
            )
        if len(set(self.counts)) < len(self.counts):
            raise ModelError(
                f"claim: it reads {' and '.join(self.counts)} as its ends", "bad-mapping", "name each column once"
            )
        if unknown := set(self.only) - set(ONLY):
            raise ModelError(
                f"claim: only {min(unknown)!r} breaks no count down", "bad-mapping", f"one of {', '.join(ONLY)}"
            )

    @property
    def counts(self) -> tuple[str, ...]:
        """The columns that are read as counts.

        Examples:
            >>> ClaimColumns(harm="killed", count="dead").counts
            ('dead',)
        """
        return tuple(name for name in (self.count, self.low, self.best, self.high) if name is not None)


class Check(Record):
    """What the rows of a table are held to, besides that low is not above best, nor best above high.

    A row that fails a check is reported, and its claims are kept.

    Attributes:
        rule: ``sum``: the parts make up the whole.  ``not-after``: the first date is not after the last.
            ``rising``: a running total never falls.  ``step``: a count is the step between two running totals, each
            the last before the other.
        column: The whole, the running total, or the count that is a step.
        parts: The columns that make up the whole.
        total: The running total of a step.
        first: The date that comes first.
        last: The date that comes last; several in one cell are parted by semicolons, and the latest counts.
        along: The date by which running totals follow one another.
        within: Columns that tell running totals apart.

    Examples:
        >>> from casualties.files.mapped import Check
        >>> Check(rule="sum", column="best", parts=["soldiers", "civilians"]).columns
        ('best', 'soldiers', 'civilians')
    """

    rule: Literal["sum", "not-after", "rising", "step"]
    column: Column | None = None
    parts: tuple[Column, ...] = ()
    total: Column | None = None
    first: Column | None = None
    last: Column | None = None
    along: Column | None = None
    within: tuple[Column, ...] = ()

    def model_post_init(self, _context: object, /) -> None:
        """Check that the rule has what it needs, and nothing else."""
        needed = {
            "sum": {"column", "parts"},
            "not-after": {"first", "last"},
            "rising": {"column", "along"},
            "step": {"column", "total", "along"},
        }[self.rule]
        filled = {name for name in type(self).model_fields if getattr(self, name)} - {"rule"}
        if self.rule in ("rising", "step"):
            filled -= {"within"}
        if filled != needed:
            raise ModelError(
                f"check {self.rule!r}: it takes {', '.join(sorted(needed))}, not {', '.join(sorted(filled))}",
                "bad-mapping",
            )

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it names.

        Examples:
            >>> Check(rule="not-after", first="died", last="printed").columns
            ('died', 'printed')
        """
        named = (self.column, *self.parts, self.total, self.first, self.last, self.along, *self.within)
        return tuple(name for name in named if name is not None)
