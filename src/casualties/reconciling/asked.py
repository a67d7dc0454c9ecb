"""Which of several findings are meant by the facets that are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

from casualties.model.facet import FACETS

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

__all__ = ["with_just"]

_F = TypeVar("_F", bound="Finding")


def with_just(facets: Mapping[str, object], findings: Iterable[_F]) -> tuple[_F, ...]:
    """Keep the findings with the given facets and no other; none where several harms were found and none is given.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> [str(finding.subject) for finding in with_just({"side": "armenian", "status": "combatant"}, result)]
        ['killed, armenian, combatant 2020-09-27..']
    """
    listed = list(findings)
    harm = facets.get("harm")
    harms = {(harm,)} if isinstance(harm, str) else {finding.subject.harm for finding in listed}
    return tuple(
        finding
        for finding in listed
        if harms == {finding.subject.harm}
        and all(getattr(finding.subject, name) == facets.get(name) for name in FACETS)
    )
