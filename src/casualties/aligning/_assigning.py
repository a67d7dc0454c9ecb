"""Which proposals can all hold: each event with at most one partner of the other list."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from casualties.aligning._rows import Array

__all__ = ["assigned"]


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
    pairs: list[int] = []
    for component in np.split(likely[order], np.flatnonzero(np.diff(label[order])) + 1):
        if len(component) == 1:
            pairs.append(int(component[0]))
            continue
        heads, x = np.unique(i[component], return_inverse=True)
        tails, y = np.unique(j[component], return_inverse=True)
        table = np.zeros((len(heads), len(tails)))
        table[x, y] = probability[component]
        at = {(int(a), int(b)): int(place) for a, b, place in zip(x, y, component, strict=True)}
        pairs += [at[a, b] for a, b in zip(*linear_sum_assignment(-table), strict=True) if (a, b) in at]
    chosen = np.array(sorted(pairs), dtype=np.int64)
    return chosen[probability[chosen] >= least]
