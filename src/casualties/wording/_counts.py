"""One count while it is read: its amount, and what the words around it say of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from casualties.model.claim import Modality
from casualties.model.figure import Figure
from casualties.model.period import PartialDate
from casualties.model.vocabulary import Status
from casualties.wording._amounts import Amount
from casualties.wording.statement import Interval

__all__ = ["Count"]


@dataclass(slots=True)
class Count:
    """One count while it is read.

    Attributes:
        start: Number of the first token that belongs to it.
        place: Offset of the amount.
        amount: The number; ``None`` where the words state silence, a percentage or people without a number.
        figure: The figure, once all of the count is read, or that of people without a number.
        silence: The kind of silence.
        percentage: Number of the token that makes the amount one of a hundred.
        share_of: Of what it is a share.
        number: The words of the number, with what stands directly beside it and bounds it.
        label: The words before the number.
        counted: The words for people.
        statuses: The statuses that nouns for people say.
        harms: What happened to them.
        modality: How sure the words are.
        doubted: Offset of the first words that leave the count in doubt, if there are any.
        said_by: Who says so.
        dated: The dates, as printed.
        dates: The dates that have a year, with what they say: "on", "as-of", "since", "until".
        interval: The interval of an estimate.
        circumstances: Phrases of place, time and cause.
        remarks: Other remarks.
        parts: Counts within this one.
        among: Number of the token with which a number begins of whom these are some: "out of 40".
        end: Number of the token before which it ends, where it is a part in brackets.
        of_whole: Whether it says itself a part of the count before it.
    """

    start: int
    place: int
    amount: Amount | None = None
    figure: Figure | None = None
    silence: str = ""
    percentage: int | None = None
    share_of: str = ""
    number: str = ""
    label: str = ""
    counted: str = ""
    statuses: set[Status] = field(default_factory=set)
    harms: set[str] = field(default_factory=set)
    modality: Modality | None = None
    doubted: int | None = None
    said_by: str = ""
    dated: list[str] = field(default_factory=list)
    dates: list[tuple[str, PartialDate]] = field(default_factory=list)
    interval: Interval | None = None
    circumstances: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    parts: list[Count] = field(default_factory=list)
    among: int | None = None
    end: int | None = None
    of_whole: bool = False
