"""Why counts of different subjects bind one another."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Relation"]


class Relation(StrEnum):
    """Why one count is at most another, or is the sum of others.

    Examples:
        >>> from casualties.bounding.relation import Relation
        >>> Relation("declared total").name
        'TOTAL'
    """

    INSIDE = "inside"
    RUNNING = "runs on"
    SCOPE = "a part, or the whole"
    APART = "apart"
    DAYS = "days that follow one another"
    TOTAL = "declared total"
