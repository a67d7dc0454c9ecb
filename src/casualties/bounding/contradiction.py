"""Claims that cannot all be true, and the least that would have to give way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Any

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
    ONE_VOICE = "organs of one source against one another"
    SOURCES = "sources against one another"


@dataclass(frozen=True, slots=True)
class Contradiction:
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
        by_reading: Whether it needs an end that the words do not give; what was stated can then all be true.
        excluded: Of one source against itself, the claim that its later statement excludes from all bounds.
        proved_minimal: Whether it is proved that without any one member the others can be true.

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
    by_reading: bool = False
    excluded: tuple[Claim, ...] = ()
    proved_minimal: bool = True

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of all members, in canonical order.

        Examples:
            >>> import casualties as cs
            >>> [each.claims for each in cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")).contradictions]
            []
        """
        found = {claim.id: claim for member in self.members for claim in member}
        return tuple(sorted(found.values(), key=lambda claim: claim.sort_key))

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """A total order of contradictions, smallest first, for listings.

        Examples:
            >>> Contradiction((), Between.SOURCES, Proof(), None).sort_key
            (0, [])
        """
        return (len(self.members), [claim.sort_key for claim in self.claims])

    def __str__(self) -> str:
        change = "no single end of one claim is known to reconcile them"
        if self.change is not None:
            names = ", ".join(sorted({claim.source for claim in self.give_way}))
            change = f"one end must give way by {self.change:,} at least ({names})"
        excluded = "; the earlier statement is left out of all bounds" if self.excluded else ""
        minimal = "" if self.proved_minimal else "; that none of them can be left out is not proved"
        head = f"{len(self.claims)} claims cannot all be true ({self.between}): {change}{excluded}{minimal}"
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


MAX_CHOICES = 20_000
"""How many partial choices are looked at for one group of contradictions."""


def remedies(contradictions: Sequence[Contradiction]) -> tuple[Remedy, ...]:
    """Find the smallest sets of claims to set aside, group by group; what is excluded already needs none."""
    left = [each for each in contradictions if not each.by_reading and not each.excluded]
    found = []
    while left:
        group, ids = [left.pop(0)], set[str]()
        ids.update(claim.id for claim in group[0].claims)
        grown = True
        while grown:
            touching = [each for each in left if any(claim.id in ids for claim in each.claims)]
            left = [each for each in left if each not in touching]
            group += touching
            ids.update(claim.id for each in touching for claim in each.claims)
            grown = bool(touching)
        found.append(_remedy(group))
    return tuple(found)


def _remedy(group: list[Contradiction]) -> Remedy:
    members = {member[0].id: member for each in group for member in each.members}
    sets = [frozenset(member[0].id for member in each.members) for each in group]
    chosen: list[frozenset[str]] = [frozenset()]
    looked_at = 0
    while looked_at <= MAX_CHOICES:
        whole = [each for each in chosen if all(each & one for one in sets)]
        if whole:
            choices = [
                sorted((claim for first in each for claim in members[first]), key=attrgetter("sort_key"))
                for each in whole
            ]
            choices.sort(key=lambda choice: [claim.sort_key for claim in choice])
            return Remedy(tuple(group), tuple(map(tuple, choices)), complete=True)
        wider: dict[frozenset[str], None] = {}
        for each in chosen:
            missed = min((one for one in sets if not each & one), key=lambda one: (len(one), sorted(one)))
            looked_at += len(missed)
            wider.update(dict.fromkeys(each | {first} for first in sorted(missed)))
        chosen = list(wider)
    return Remedy(tuple(group), (), complete=False)
