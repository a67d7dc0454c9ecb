"""Estimates beside the counts: what models, surveys and excess mortality give, and what lies outside."""

from __future__ import annotations

from dataclasses import dataclass

from casualties._text import Fielded
from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.period import PartialDate
from casualties.reconciling.pairs import IndependentSource

__all__ = ["Estimate", "Outside"]


@dataclass(frozen=True, slots=True)
class Estimate(Fielded):
    """An estimate that stands: its interval is no range of possible counts, and has no part in what counts say.

    Attributes:
        claim: The claim that states it.
        interval: The interval, with the number that its source prefers; ``None`` where it gives none.
        number: The number that its source prefers; ``None`` where it gives none.
        until: The last day counted; ``None`` where nothing dates it.

    Examples:
        >>> import casualties as cs
        >>> cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").estimates
        ()
    """

    claim: Claim
    interval: Figure | None
    number: int | None
    until: PartialDate | None

    def __repr__(self) -> str:
        return f"<Estimate of {self.source}: {self.number}, {self.interval}>"

    @property
    def source(self) -> str:
        """The key of its source.

        Examples:
            >>> from casualties.model.subject import Subject
            >>> claim = Claim(source="study", subject=Subject(harm=["killed"]), figure=Figure.exactly(2975))
            >>> Estimate(claim, None, 2975, None).source
            'study'
        """
        return self.claim.source


@dataclass(frozen=True, slots=True)
class Outside(Fielded):
    """A count outside the interval of an estimate, or two estimates whose intervals do not meet.

    Attributes:
        estimate: The estimate.
        count: The independent source whose count lies outside; ``None`` where it is another estimate.
        other: The other estimate, whose interval lies above; ``None`` where it is a count.
        gap: How far apart they are, in people.
        above: Whether the count lies above the interval.

    Examples:
        >>> import casualties as cs
        >>> cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").outside
        ()
    """

    estimate: Estimate
    count: IndependentSource | None
    other: Estimate | None
    gap: int
    above: bool

    def __repr__(self) -> str:
        return f"<Outside {self.estimate.interval}, by {self.gap:,}>"
