"""Claims that cannot all be true, and the least that would have to give way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from casualties._text import Printed
from casualties.bounding.proof import Proof
from casualties.model.claim import Claim

__all__ = ["Between", "Contradiction", "Remedy"]


class Between(StrEnum):
    """Who contradicts whom.

    Examples:
        >>> from casualties.bounding.contradiction import Between
        >>> Between("one source against itself").name
        'ONE_SOURCE'
    """

    ONE_SOURCE = "one source against itself"
    """Claims of one source alone. Example: a clinic's 60 in all, 30 women and 40 children."""
    ONE_VOICE = "organs of one source against one another"
    """Claims of several organs under one source. Example: a ministry's 1,383 and its prime minister's 2,425."""
    SOURCES = "sources against one another"
    """Claims of several sources. Example: at most 50 by one, at least 100 of a part by another."""


@dataclass(frozen=True, slots=True)
class Contradiction(Printed):
    """A minimal set of claims that cannot all be true: without any one of them the others can.

    Sums that overlap may hide from propagation that fewer of the claims contradict one another already; where neither
    counts that fit nor the integer program (the extra ``solver``) settle that, `proved_minimal` is false.

    Attributes:
        members: The statements, in canonical order; each is a claim, or the versions of one statement, which count as
            one.
        between: Whether one source contradicts itself, or sources contradict one another.
        proof: The inequalities that end in a count both above and below another; empty where only the integer program
            finds the contradiction.
        change: The least number of people by which one end of one claim must give way; ``None`` where no single end
            can reconcile them, or that could not be settled.
        give_way: The claims of which one end, moved by that much, reconciles them.
        assumed: Whether it needs an end that the words do not give; what was stated can then all be true.
        excluded: Of one source against itself, the claim that its later statement excludes from all bounds.
        proved_minimal: Whether it is proved that without any one member the others can be true.
        others: How many other minimal sets, all less local, break the same equation; they are not told.
        more: Whether there may be more of these, since the search for them reached its limit.

    Examples:
        >>> import casualties as cs
        >>> cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")).contradictions
        ()
    """

    members: tuple[tuple[Claim, ...], ...]
    between: Between
    proof: Proof
    change: int | None
    give_way: tuple[Claim, ...] = ()
    assumed: bool = False
    excluded: tuple[Claim, ...] = ()
    proved_minimal: bool = True
    others: int = 0
    more: bool = False

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of all members, in canonical order.

        Examples:
            >>> import casualties as cs
            >>> [each.claims for each in cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")).contradictions]
            []
        """
        by_id = {claim.id: claim for member in self.members for claim in member}
        return tuple(sorted(by_id.values(), key=lambda claim: claim.sort_key))

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """A total order of contradictions, smallest first, for listings.

        Examples:
            >>> Contradiction((), Between.SOURCES, Proof(), None).sort_key
            (0, [])
        """
        return (len(self.members), [claim.sort_key for claim in self.claims])

    @property
    def _others(self) -> str:
        if not self.others and not self.more:
            return ""
        sets = f"{self.others:,} other set{'' if self.others == 1 else 's'} of claims"
        if not self.more:
            return f"; {sets} cannot either, by the same equation"
        known = f"at least {sets} cannot either, by the same equation" if self.others else "others may break with it"
        return f"; {known}: the search for them reached its limit"

    def __str__(self) -> str:
        change = "no single end of one claim is known to reconcile them"
        if self.change is not None:
            names = ", ".join(sorted({claim.source for claim in self.give_way}))
            change = f"one end must give way by {self.change:,} at least ({names})"
        excluded = "; the earlier statement is left out of all bounds" if self.excluded else ""
        minimal = "" if self.proved_minimal else "; that none of them can be left out is not proved"
        head = (
            f"{len(self.claims)} claims cannot all be true ({self.between}): {change}{excluded}{minimal}{self._others}"
        )
        return f"{head}\n{self.proof}" if self.proof.steps else head


@dataclass(frozen=True, slots=True)
class Remedy:
    """The smallest sets of claims without which a group of contradictions is gone.

    Contradictions that share a claim are one group; each group needs a set of its own.

    Attributes:
        contradictions: The group.
        choices: The smallest sets, each of which is enough; empty where the search was cut short.  Versions of one
            statement are set aside together.
        complete: Whether all smallest sets are listed.

    Examples:
        >>> import casualties as cs
        >>> cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")).remedies
        ()
    """

    contradictions: tuple[Contradiction, ...]
    choices: tuple[tuple[Claim, ...], ...]
    complete: bool
