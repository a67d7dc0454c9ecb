"""Undercount by averaging over decomposable graphs of dependence between lists (Madigan and York 1997).

A graph joins the lists that depend on one another.  Where it is decomposable the marginal likelihood has a closed form
for every number of unrecorded people: a product over its cliques divided by one over its separators.  The prior of the
cells is hyper-Dirichlet with ``delta`` prior people a cell; all graphs are equally likely before the data.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, logsumexp

__all__ = ["Posterior", "TotalPrior", "average_over_graphs", "decomposable_graphs"]

Floats = NDArray[np.float64]

_FINE = 1000
_COARSE = 4000
_TAIL = 1e-4
_HEAVY = 1e-3
_FURTHEST = 300


@dataclass(frozen=True)
class TotalPrior:
    """What is believed of the total before the data.

    Attributes:
        shape: Shape of a gamma distribution from which the rate of a Poisson count of all people comes; ``None`` for
            the prior that falls with one over the total.
        rate: Scale of that gamma distribution.

    Examples:
        >>> TotalPrior().log(np.array([1.0, 2.0])).round(3).tolist()
        [-0.0, -0.693]
    """

    shape: float | None = None
    rate: float = 1.0

    def log(self, total: Floats) -> Floats:
        """Give the logarithm of the prior, up to a constant."""
        if self.shape is None:
            return -np.log(total)
        spread: Floats = total * np.log(self.rate) - (total + self.shape) * np.log1p(self.rate)
        return np.asarray(spread + gammaln(total + self.shape) - gammaln(total + 1))

    def __str__(self) -> str:
        if self.shape is None:
            return "the total: one over itself"
        return f"the total: Poisson with a gamma rate of shape {self.shape:g} and scale {self.rate:g}"


@dataclass(frozen=True, eq=False)
class Posterior:
    """The distribution of a total over whole numbers.

    Attributes:
        total: Totals in rising order; each stands for the whole numbers after the total before it, up to ``upto``.
        upto: The highest whole number that each stands for.
        mass: The probability of each.
        graphs: The probability of each graph, in the order of `decomposable_graphs`.
        cut: Whether probability is left beyond the highest total that was looked at.

    Examples:
        >>> even = Posterior(np.arange(1.0, 5), np.arange(1.0, 5), np.full(4, 0.25), np.ones(1), cut=False)
        >>> even.quantile(0.5), even.mean(), even.mode()
        (2.0, 2.5, 1.0)
    """

    total: Floats
    upto: Floats
    mass: Floats
    graphs: Floats
    cut: bool

    def quantile(self, share: float) -> float:
        """Give the lowest total that holds at least a share of the probability below or at it."""
        summed = np.concatenate([[0.0], np.cumsum(self.mass)])
        edges = np.concatenate([[self.total[0] - 1], self.upto])
        return float(np.ceil(np.interp(share * summed[-1], summed, edges) - 1e-6))

    def mean(self) -> float:
        """Give the mean."""
        return float(self.mass @ self.total)

    def mode(self) -> float:
        """Give the most probable total."""
        return float(self.total[np.argmax(self.mass / np.diff(self.upto, prepend=self.total[0] - 1))])

    def least_relative_loss(self) -> float:
        """Give the total with the least expected squared error in relation to the truth, as Madigan and York report."""
        return float((self.mass / self.total).sum() / (self.mass / self.total**2).sum())

    def draws(self, size: int, rng: np.random.Generator) -> Floats:
        """Draw totals."""
        return np.array([self.quantile(share) for share in rng.random(size)])


@cache
def decomposable_graphs(lists: int) -> tuple[tuple[int, ...], ...]:
    """List every decomposable graph, as how often each set of lists counts.

    A set of lists is a number whose bits name its members.  It counts 1 for a clique and -1 for each time that it
    separates two cliques.  The last is the complete graph; in it nothing but the prior tells of people on no list.

    Examples:
        >>> [len(decomposable_graphs(lists)) for lists in (2, 3, 4)]
        [2, 8, 61]
    """
    pairs = list(combinations(range(lists), 2))
    graphs = []
    for chosen in range(1 << len(pairs)):
        joined = [0] * lists
        for place, (first, other) in enumerate(pairs):
            if chosen >> place & 1:
                joined[first] |= 1 << other
                joined[other] |= 1 << first
        if (counted := _eliminated(joined)) is not None:
            graphs.append(counted)
    return tuple(graphs)


def _eliminated(joined: list[int]) -> tuple[int, ...] | None:
    """Take lists out whose neighbours are all joined; a graph is decomposable if that empties it."""
    left, counted = (1 << len(joined)) - 1, [0] * (1 << len(joined))
    while left:
        for node, neighbours in enumerate(joined):
            near = neighbours & left
            if left >> node & 1 and all(
                near & ~joined[other] == 1 << other for other in range(len(joined)) if near >> other & 1
            ):
                counted[near | 1 << node] += 1
                counted[near] -= 1
                left &= ~(1 << node)
                break
        else:
            return None
    counted[0] = 0
    return tuple(counted)


def average_over_graphs(counts: Floats, delta: float, prior: TotalPrior) -> Posterior:
    """Average the distribution of the total over all decomposable graphs.

    Args:
        counts: People by pattern: the bits of the place name the lists that they are on; place 0 is not looked at.
        delta: Prior people a cell.
        prior: What is believed of the total before the data.

    Examples:
        The three lists of Madigan and York, with their prior.

        >>> three = np.array([0, 60, 49, 4, 247, 112, 142, 12.0])
        >>> found = average_over_graphs(three, 1, TotalPrior(13.14, 55.17))
        >>> round(found.least_relative_loss()), found.mode()
        (731, 728.0)
    """
    seen = counts[1:].sum()
    limit = 10 * seen + _FINE
    while True:
        posterior = _averaged(counts, delta, prior, limit)
        far = posterior.mass[posterior.total > seen + limit / 2].sum()
        if far < _TAIL or limit > _FURTHEST * seen:
            return posterior if far < _HEAVY else replace(posterior, cut=True)
        limit *= 4


def _averaged(counts: Floats, delta: float, prior: TotalPrior, limit: float) -> Posterior:
    lists = len(counts).bit_length() - 1
    nodes = np.unique(np.concatenate([np.arange(_FINE), np.rint(np.geomspace(_FINE, max(limit, _FINE), _COARSE))]))
    upto = np.concatenate([np.floor((nodes[1:] + nodes[:-1]) / 2), nodes[-1:]])
    seen = counts[1:].sum()
    total = seen + nodes
    parts = np.zeros((len(counts), len(nodes)))
    places = np.arange(1, len(counts))
    for group in range(1, len(counts)):
        cells = np.bincount(places & group, weights=counts[1:], minlength=len(counts))
        used = [cell for cell in range(len(counts)) if cell & ~group == 0]
        prior_count = delta * len(counts) / len(used)
        parts[group] = (
            gammaln(cells[used[1:]] + prior_count).sum()
            - len(used) * gammaln(prior_count)
            + gammaln(cells[0] + nodes + prior_count)
        )
    whole = len(counts) * delta
    parts[1:] += gammaln(whole) - gammaln(total + whole)
    graphs = np.array(decomposable_graphs(lists), dtype=np.float64)
    common = gammaln(total + 1) - gammaln(nodes + 1) + prior.log(total)
    common += np.log(np.diff(upto, prepend=-1))
    by_graph, by_total = [], np.full(len(nodes), -np.inf)
    for few in np.array_split(graphs, max(1, len(graphs) // 64)):
        log = few @ parts + common
        by_graph.append(logsumexp(log, axis=1))
        by_total = np.logaddexp(by_total, logsumexp(log, axis=0))  # pyright: ignore[reportArgumentType, reportCallIssue] - scipy's own types
    all_graphs = np.concatenate(by_graph)
    return Posterior(
        total,
        seen + upto,
        np.exp(by_total - logsumexp(by_total)),
        np.exp(all_graphs - logsumexp(all_graphs)),
        cut=False,
    )
