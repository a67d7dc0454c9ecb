"""A proposal that two rows of two lists are one event, with the reasons for it."""

from __future__ import annotations

from dataclasses import dataclass

from casualties._text import Printed
from casualties.files.mapped.events import Event
from casualties.model.figure import Figure

__all__ = ["Agreement", "AlignedTotals", "ProposedMatch"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two rows agree in one thing, and how much that speaks for one event.

    Attributes:
        about: What is compared, such as *distance*.
        text: How they agree.
        weight: The logarithm, to the base 2, of how much likelier this is of one event than of two near events of one
            list; below 0 where it speaks against.

    Examples:
        >>> print(Agreement("distance", "within 1 km", 3.2))
        within 1 km (+3.2)
    """

    about: str
    text: str
    weight: float

    def __str__(self) -> str:
        return f"{self.text} ({self.weight:+.1f})"


@dataclass(frozen=True, slots=True)
class ProposedMatch(Printed):
    """Two rows of two lists that may be one event; nothing follows from it until a person says so.

    Figures are no reason for or against it, and it does not print them.

    Attributes:
        one: The event of the list whose name comes first.
        other: The event of the other.
        lists: The names of the two lists, in their order.
        probability: How probable it is that they are one event, given all other rows that they may be.
        reasons: How they agree, the weightiest first.
        rivals: Keys of other events that one of the two may be, with a probability of 0.05 or more.

    Examples:
        >>> reason = Agreement("kind", "the same kind", 1)
        >>> proposed = ProposedMatch(Event("a-1"), Event("b-7"), ("a", "b"), 0.97, (reason,))
        >>> print(proposed)
        a-1 and b-7: 0.97; the same kind (+1.0)
    """

    one: Event
    other: Event
    lists: tuple[str, str]
    probability: float
    reasons: tuple[Agreement, ...] = ()
    rivals: tuple[str, ...] = ()

    @property
    def events(self) -> tuple[str, str]:
        """The keys of the two events."""
        return (self.one.key, self.other.key)

    def __str__(self) -> str:
        reasons = "; ".join(map(str, self.reasons))
        rivals = f"; rivals: {', '.join(self.rivals)}" if self.rivals else ""
        return f"{self.one.key} and {self.other.key}: {self.probability:.2f}{'; ' if reasons else ''}{reasons}{rivals}"


@dataclass(frozen=True, slots=True)
class AlignedTotals(Printed):
    """The sum of the figures of all lists, with more and more events taken for the same.

    Of events that are the same the lowest low and the highest high count once.

    Attributes:
        different: With every row an event of its own.
        said: With those the same that people said are.
        sure: With those as well whose probability is 0.95 or more.
        plausible: With all those whose probability is 0.05 or more.
        expected: What the model expects of the numbers that the lists prefer: a number of the model's, not a count.
        unknown: How many rows give no figure; they are in none of the sums.

    Examples:
        >>> totals = AlignedTotals(Figure(53, None), Figure(53, None), Figure(12, None), Figure(12, None), 31.0, 0)
        >>> print(totals)
        as different 53 or more; as said 53 or more; sure ones the same 12 or more; all plausible the same 12 or more
        expected by the model, no count: about 31
    """

    different: Figure
    said: Figure
    sure: Figure
    plausible: Figure
    expected: float
    unknown: int

    def __str__(self) -> str:
        unknown = f"\n{self.unknown:,} rows give no figure and are in none of the sums" if self.unknown else ""
        return (
            f"as different {self.different}; as said {self.said}; sure ones the same {self.sure}; "
            f"all plausible the same {self.plausible}\n"
            f"expected by the model, no count: about {self.expected:,.0f}{unknown}"
        )
