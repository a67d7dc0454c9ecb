"""The numbers of an estimate, the counts beside them, and what a reader must know of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from casualties.model.claim import Claim

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Beside", "Caution", "Kind", "Quantity", "UnusedClaim", "Warned"]


class Caution(StrEnum):
    """Why a method refuses, or what a reader must know of its answer; the values are stable."""

    NO_CLAIMS = "no-claims"
    ONE_SOURCE = "one-source"
    ONE_SIDED = "no-opposing-or-third-party"
    HARMS_MIXED = "harms-mixed"
    SCOPES_MIXED = "scopes-mixed"
    ZERO_OF_SILENCE = "silence-or-denial-as-zero"
    UNMATCHED = "unmatched-lists"
    TWO_LISTS = "two-lists"
    OPEN_END = "open-end"
    NOT_CONVERGED = "not-converged"
    PRIOR = "prior-moves-the-median"
    ONE_VOICE = "one-source-has-four-fifths"
    DISAGREE = "models-disagree"
    TAIL = "no-upper-limit"
    UNFITTED = "models-not-fitted"


class Kind(StrEnum):
    """What a number of an estimate is."""

    TOTAL = "total"
    EVENT = "event"
    MODEL = "model"
    MULTIPLIER = "multiplier"


@dataclass(frozen=True, slots=True)
class Warned:
    """A caution with what it says of this answer.

    Attributes:
        code: The caution.
        text: What was found, with its numbers.

    Examples:
        >>> str(Warned(Caution.ONE_VOICE, "Ukraine makes 3,858 of 4,609 claims"))
        'one-source-has-four-fifths: Ukraine makes 3,858 of 4,609 claims'
    """

    code: Caution
    text: str

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


@dataclass(frozen=True, slots=True)
class UnusedClaim:
    """A claim that the method did not use.

    Attributes:
        claim: The claim.
        reason: Why, in a few words.

    Examples:
        >>> import casualties as cs
        >>> for claim in cs.seeds.load("nagorno-karabakh-2020-09-30").by("turkey"):
        ...     print(UnusedClaim(claim, "it denies, and states no figure").reason)
        it denies, and states no figure
    """

    claim: Claim
    reason: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an estimate of a method: a count that a source states, or an estimate of its own.

    Attributes:
        source: Who says it.
        low: Its lower end.
        high: Its upper end; ``None`` for none.
        words: How it is written.
        of: What it counts, where that is not what is estimated.
        estimated: Whether its source estimates it, and does not count.

    Examples:
        >>> Beside("UCDP", 8, 12, "8–12").source
        'UCDP'
    """

    source: str
    low: int
    high: int | None
    words: str
    of: str = ""
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number that a method estimates, with its interval.

    All four are ``None`` where the chains of draws did not agree: a number that nobody should use is not given.

    Attributes:
        name: What it is a number of.
        kind: What kind of number it is.
        low: The lower end of the interval.
        median: As likely too high as too low.
        mean: What is expected.
        high: The upper end of the interval; ``None`` also where the method bounds from below only.
        beside: Counts to compare it with.
        sample: Draws from its distribution; those of the quantities of one estimate belong together, place by place.

    Examples:
        >>> Quantity("killed", Kind.TOTAL, 90, 100, 110, 200).written(100)
        '100'
    """

    name: str
    kind: Kind
    low: float | None
    median: float | None
    mean: float | None
    high: float | None
    beside: tuple[Beside, ...] = ()
    sample: NDArray[np.float64] | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        name: str,
        kind: Kind,
        ends: Iterable[float],
        mean: float,
        beside: tuple[Beside, ...] = (),
        sample: NDArray[np.float64] | None = None,
    ) -> Quantity:
        """Make one from its low end, median and high end together.

        Examples:
            >>> Quantity.of("killed", Kind.TOTAL, (90, 100, 200), 110).high
            200.0
        """
        low, median, high = (float(end) for end in ends)
        return cls(name, kind, low, median, float(mean), high, beside, sample)

    def written(self, value: float | None) -> str:
        """Write people in whole numbers, multipliers with two places, and what is not given as a dash.

        Examples:
            >>> Quantity("of Russian dead", Kind.MULTIPLIER, 1, 1.9, 2, None).written(1.9)
            '1.90'
        """
        if value is None:
            return "–"
        return f"{value:,.2f}" if self.kind is Kind.MULTIPLIER else f"{value:,.0f}"
