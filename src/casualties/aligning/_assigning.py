"""Which proposals can all hold: each event with one partner of a list, and groups that hold no two rows of one list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from casualties.aligning._rows import Array

__all__ = ["assigned", "grouped"]


def assigned(i: Array, j: Array, probability: Array, least: float) -> Array:
    """Give the places of the pairs that together are the most probable, each event in at most one of them.

    Args:
        i: The first event of each pair.
        j: The second.
        probability: How probable each pair is.
        least: The least probability of a pair that is given.
    """
    likely = np.flatnonzero(probability >= min(least, 0.02))
    if not len(likely):
        return likely
    left, right = i[likely], j[likely]
    first = int(i.max()) + 1
    size = first + int(j.max()) + 1
    graph = coo_matrix((np.ones(len(likely)), (left, first + right)), shape=(size, size))
    label = connected_components(graph, directed=False)[1][left]
    order = np.argsort(label, kind="stable")
    found: list[int] = []
    for each in np.split(likely[order], np.flatnonzero(np.diff(label[order])) + 1):
        if len(each) == 1:
            found.append(int(each[0]))
            continue
        heads, x = np.unique(i[each], return_inverse=True)
        tails, y = np.unique(j[each], return_inverse=True)
        table = np.zeros((len(heads), len(tails)))
        table[x, y] = probability[each]
        at = {(int(a), int(b)): int(place) for a, b, place in zip(x, y, each, strict=True)}
        found += [at[a, b] for a, b in zip(*linear_sum_assignment(-table), strict=True) if (a, b) in at]
    chosen = np.array(sorted(found), dtype=np.int64)
    return chosen[probability[chosen] >= least]


def grouped(
    pairs: Iterable[tuple[float, int, int]], owner: Sequence[int], apart: Collection[tuple[int, int]] = ()
) -> tuple[list[list[int]], list[tuple[float, int, int]]]:
    """Join pairs to groups, the most probable first; what would put two rows of one list together is left out.

    Args:
        pairs: The probability of each pair, and the numbers of its two events over all lists.
        owner: The list of each event.
        apart: Pairs that are said to be different, the smaller number first; no group holds one.

    Returns:
        The groups, and the pairs that joined them.
    """
    refused: dict[int, set[int]] = {}
    for one, other in apart:
        refused.setdefault(one, set()).add(other)
        refused.setdefault(other, set()).add(one)
    joining = []
    root: dict[int, int] = {}
    members: dict[int, list[int]] = {}

    def find(event: int) -> int:
        while (above := root.setdefault(event, event)) != event:
            root[event] = root[above]
            event = above
        return event

    for pair in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        _, one, other = pair
        a, b = sorted((find(one), find(other)))
        here, there = members.get(a, [a]), members.get(b, [b])
        if a == b or {owner[each] for each in here} & {owner[each] for each in there}:
            continue
        if any(not refused[each].isdisjoint(there) for each in here if each in refused):
            continue
        root[b] = a
        members[a] = sorted([*here, *there])
        joining.append(pair)
    return sorted(each for head, each in members.items() if root[head] == head), joining
