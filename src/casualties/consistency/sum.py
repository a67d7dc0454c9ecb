"""Sums over subjects that keep what is not known, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass

from casualties.claim import Claim
from casualties.consistency.bound import Bound
from casualties.figure import Figure
from casualties.subject import Subject

__all__ = ["Sum"]


@dataclass(frozen=True, slots=True)
class Sum:
    """The count of several subjects together.

    Attributes:
        figure: The sum of the bounds; one absent ceiling leaves it without a ceiling.
        bounds: The bound of each subject that was added.
        claims: Every claim on which it rests, in canonical order.
        missing: The subjects of which nothing is known; the sum counts at least nobody of them, and never zero.
        overlaps: The pairs of subjects that may share people, and were added only because the caller accepted it.
        proved: Whether every end that was added is exact.

    Examples:
        >>> import casualties as cs
        >>> from casualties.subject import Subject
        >>> bounds = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> civilians, soldiers = [bound.subject for bound in bounds.about(side="azerbaijani")]
        >>> total = bounds.total([civilians, soldiers], overlapping_subjects_ok=True)
        >>> print(total.figure)
        11 or more
        >>> total.missing == (soldiers,)
        True
    """

    figure: Figure
    bounds: tuple[Bound, ...]
    claims: tuple[Claim, ...]
    missing: tuple[Subject, ...]
    overlaps: tuple[tuple[Subject, Subject], ...]
    proved: bool

    def __str__(self) -> str:
        lines = [str(self.figure)]
        lines += [f"nothing known of: {subject}" for subject in self.missing]
        lines += [f"may count people twice: {one}; {other}" for one, other in self.overlaps]
        return "\n".join(lines)
