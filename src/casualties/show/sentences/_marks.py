"""What is marked beside the claims of one finding, by claim, found in one pass over the finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding
    from casualties.reconciling.pairs import Dispute

__all__ = ["Marks"]

Value = TypeVar("Value")


class Marks:
    """What a reader must know of single claims of a finding.

    Args:
        finding: The finding.

    Attributes:
        overtaken: By claim of an early count, the pairs in which it is overtaken.
        outliers: The claims of outliers.
        unverified: By claim, those that say that it could not be verified.
        outside: By claim of a count, the estimates outside whose intervals it lies.
        apart: By claim of an estimate, the estimates whose intervals do not meet its own.

    Examples:
        >>> import casualties as cs
        >>> Marks(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")).outliers
        frozenset()
    """

    def __init__(self, finding: Finding) -> None:
        self.overtaken: Mapping[str, Sequence[Dispute]] = _listed(
            (claim.id, pair) for pair in finding.overtaken if pair.lower_organ is None for claim in pair.lower.claims
        )
        self.outliers: frozenset[str] = frozenset(claim.id for voice in finding.outliers for claim in voice.claims)
        self.unverified: Mapping[str, Sequence[str]] = _listed(
            (each.target, each.id) for each in finding.unverified if each.target is not None
        )
        outside = finding.outside
        self.outside: Mapping[str, Sequence[str]] = _listed(
            (claim.id, each.estimate.claim.id) for each in outside if each.count for claim in each.count.claims
        )
        pairs = [(each.estimate.claim.id, each.other.claim.id) for each in outside if each.other]
        self.apart: Mapping[str, Sequence[str]] = _listed(
            way for one, other in pairs for way in ((one, other), (other, one))
        )


def _listed(pairs: Iterable[tuple[str, Value]]) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for claim, value in pairs:
        found.setdefault(claim, []).append(value)
    return found
