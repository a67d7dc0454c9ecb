"""The smallest sets of claims without which the rest is consistent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Final

from casualties.bounding._conflicts import Ends, Exhausted, Work
from casualties.bounding._solving import ConflictSets, Solution
from casualties.bounding.contradiction import Contradiction, Remedy
from casualties.model.claim import Claim

__all__ = ["remedies", "smallest_hitting_sets"]

MAX_CHOICES: Final = 20_000
"""How many partial choices are looked at for one group of contradictions."""
CHECKING_WORK: Final = 1_000_000
"""How much is done, for one group, to see that a choice leaves no contradiction; see `Work`."""


def remedies(solved: Solution, told: Mapping[Ends, Contradiction]) -> tuple[Remedy, ...]:
    """Find the smallest sets of claims to set aside, group by group.

    Where all minimal contradictions are known, those that share a claim are a group.  Else what hangs together is one,
    and every choice is tried: a contradiction that is left becomes one of those to be met (implicit hitting sets,
    R. Reiter, 1987; E. Moreno-Centeno and R. Karp, 2013).
    """
    all_remedies = []
    for known in solved.known:
        sets = [*known.told, *known.others]
        for group in _sharing(sets) if known.complete else [sets]:
            choices, complete = _choices(solved, known, group)
            here = sorted(
                (told[conflict_set] for conflict_set in group if conflict_set in told), key=attrgetter("sort_key")
            )
            all_remedies.append(Remedy(tuple(here), _claims(solved, choices), complete))
    return tuple(
        sorted(all_remedies, key=lambda remedy: [contradiction.sort_key for contradiction in remedy.contradictions])
    )


def _sharing(sets: Iterable[Ends]) -> list[list[Ends]]:
    """Group sets that share a member, directly or through others."""
    groups: list[tuple[set[int], list[Ends]]] = []
    for conflict_set in sets:
        touching = [group for group in groups if not group[0].isdisjoint(conflict_set)]
        groups = [group for group in groups if group[0].isdisjoint(conflict_set)]
        members = set(conflict_set).union(*(group[0] for group in touching))
        groups.append((members, [one for group in touching for one in group[1]] + [conflict_set]))
    return [group for _, group in groups]


def _choices(solved: Solution, known: ConflictSets, sets: list[Ends]) -> tuple[list[Ends], bool]:
    """Give the smallest sets that meet every contradiction, and whether these are all and are enough."""
    work = Work(CHECKING_WORK)
    while True:
        choices = smallest_hitting_sets(sets)
        if choices is None or known.complete:
            return choices or [], choices is not None
        try:
            left = next((more for choice in choices if (more := solved.contradicting(known, choice, work))), None)
        except Exhausted:
            return [], False
        if left is None:
            return choices, True
        sets = [*sets, left]


def smallest_hitting_sets(sets: Sequence[Ends]) -> list[Ends] | None:
    """List the smallest sets that share a member with each; ``None`` where there are too many ways to look at."""
    chosen: list[Ends] = [frozenset()]
    looked_at = 0
    while looked_at <= MAX_CHOICES:
        whole = [hitting for hitting in chosen if all(hitting & one for one in sets)]
        if whole:
            return whole
        wider: dict[Ends, None] = {}
        for partial in chosen:
            missed = min((one for one in sets if not partial & one), key=lambda one: (len(one), sorted(one)))
            looked_at += len(missed)
            wider.update(dict.fromkeys(partial | {member} for member in sorted(missed)))
        chosen = list(wider)
    return None


def _claims(solved: Solution, choices: Iterable[Ends]) -> tuple[tuple[Claim, ...], ...]:
    """Give the claims of each choice; versions of one statement are set aside together."""
    statements = solved.built.statements
    all_choices = [
        sorted((claim for number in choice for claim in statements[number].claims), key=attrgetter("sort_key"))
        for choice in choices
    ]
    return tuple(map(tuple, sorted(all_choices, key=lambda choice: [claim.sort_key for claim in choice])))
