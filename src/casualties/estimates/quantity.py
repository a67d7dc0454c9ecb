"""The numbers of an estimate, the counts beside them, and what a reader must know of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Beside", "Caution", "CautionNote", "Kind", "Quantity"]


class Caution(StrEnum):
    """Why a method refuses, or what a reader must know of its answer; the values are stable."""

    NO_CLAIMS = "no-claims"
    """No claim of the ledger can be used. Example: a ledger of silences."""
    ONE_SOURCE = "one-source"
    """Too few sources: a bias, or a pool, shows only beside another. Example: reports of one ministry alone."""
    ONE_SIDED = "no-opposing-or-third-party"
    """Everybody who reports is on the side of those counted. Example: own losses by own ministries, and nobody else.
    """
    HARMS_MIXED = "harms-mixed"
    """Several harms stand in what was given. Example: killed and wounded in one pool."""
    SCOPES_MIXED = "scopes-mixed"
    """Several subjects or periods stand in what was given. Example: two counts for one event."""
    ZERO_OF_SILENCE = "silence-or-denial-as-zero"
    """Silences or denials were not taken for zero. Example: "3 silences not taken for zero"."""
    UNMATCHED = "unmatched-lists"
    """The lists share nobody, since their records were not matched. Example: two lists of names, and no key in common.
    """
    TWO_LISTS = "two-lists"
    """Two lists cannot show whether they depend on one another. Example: a hospital's and a mosque's list."""
    OPEN_END = "open-end"
    """A range without an upper end cannot be pooled. Example: "at least 11"."""
    NOT_CONVERGED = "not-converged"
    """The chains did not agree, so that no number is given. Example: rhat 1.08."""
    PRIOR = "prior-moves-the-median"
    """Another prior would move the median by more than a fifth. Example: a median of 300, and of 420 with wider biases.
    """
    ONE_VOICE = "one-source-has-four-fifths"
    """One source makes four fifths of the claims or more. Example: Ukraine makes 3,858 of 4,609 claims."""
    DISAGREE = "models-disagree"
    """Models differ by more than their intervals, or a rule by more than a fifth. Example: 444 by one model, 900 by
    another.
    """
    TAIL = "no-upper-limit"
    """The data set no upper end; the prior alone does. Example: three lists that hardly overlap."""
    UNFITTED = "models-not-fitted"
    """Some models have no finite fit. Example: 1 of 8 log-linear models, for an empty cell."""


class Kind(StrEnum):
    """What a number of an estimate is."""

    TOTAL = "total"
    """A number of people over all. Example: the dead of a war."""
    EVENT = "event"
    """A number of people of one event. Example: the dead of one strike."""
    MODEL = "model"
    """What one model says of the total. Example: 444, by the best log-linear model."""
    MULTIPLIER = "multiplier"
    """A factor by which a source's reports are multiplied. Example: 1.9, of reports on the opponent's dead."""


@dataclass(frozen=True, slots=True)
class CautionNote:
    """A caution with what it says of this answer.

    Attributes:
        code: The caution.
        text: What was found, with its numbers.

    Examples:
        >>> str(CautionNote(Caution.ONE_VOICE, "Ukraine makes 3,858 of 4,609 claims"))
        'one-source-has-four-fifths: Ukraine makes 3,858 of 4,609 claims'
    """

    code: Caution
    text: str

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


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
