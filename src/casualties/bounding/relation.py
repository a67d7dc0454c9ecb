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
    """Everybody counted in one is counted in the other. Example: pilots among combatants."""
    RUNNING = "runs on"
    """The same count over fewer days. Example: the dead to 1 October, among those to 9 November."""
    SCOPE = "a part, or the whole"
    """A count that may mean a part is at most the whole. Example: "11 killed", with nothing said of status."""
    APART = "apart"
    """Nobody can be in two of the parts, so they add up to at most the whole. Example: children and adults."""
    DAYS = "days that follow one another"
    """Days that follow one another add up to the period. Example: twelve dead on Monday and three on Tuesday."""
    TOTAL = "declared total"
    """The ledger declares that a whole is the sum of its parts. Example: all dead are combatants and civilians."""
