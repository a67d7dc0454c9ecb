"""What a ledger keeps of its claims as plain values, worked out once when it is made: rows for reconciling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from casualties.model.claim import Claim, Stance

__all__ = ["CITED", "PLAIN", "UNUSUAL", "Alike", "Columns", "Row", "alike", "laid_out"]

PLAIN: Final = 0
"""A count of one or more, of which nothing else is recorded that a rule asks for."""

CITED: Final = 1
"""The same, with citations."""

UNUSUAL: Final = 2
"""Every other claim, which rules look at as a whole."""

Row: TypeAlias = tuple[Any, ...]
"""Source, identity, claim, ends of the figure with its best number and its marks, last day counted and day stated as
two day numbers each, moment, modality, and how plain it is; rows sort by source and identity."""


class Alike(NamedTuple):
    """The claims whose subjects differ in their last day alone, and which break down the same.

    Attributes:
        claims: The claims, in canonical order.
        rows: Their rows, by source.
    """

    claims: tuple[Claim, ...]
    rows: tuple[Row, ...]


class Columns(NamedTuple):
    """The claims of a ledger, laid out as they are asked for.

    Attributes:
        by_id: The claims by identity, in canonical order.
        alike: The claims by all that their subject says but its last day, and by what they break down.
        linked: The claims that name other claims.
    """

    by_id: Mapping[str, Claim]
    alike: Mapping[tuple[Any, ...], Alike]
    linked: tuple[Claim, ...]


def laid_out(claims: Iterable[Claim]) -> Columns:
    """Lay the claims of a ledger out.

    Examples:
        >>> import casualties as cs
        >>> found = laid_out(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> len(found.by_id), len(found.linked)
        (8, 2)
    """
    by_id = {claim.id: claim for claim in sorted(claims, key=lambda claim: claim.sort_key)}
    ordered = by_id.values()
    linked = (claim for claim in ordered if claim.target or claim.replaces or claim.based_on or claim.misrelays)
    return Columns(by_id, alike(ordered), tuple(linked))


def alike(claims: Iterable[Claim]) -> Mapping[tuple[Any, ...], Alike]:
    """Lay claims out by what they count, in canonical order as they come.

    Examples:
        >>> import casualties as cs
        >>> found = alike(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> len(found), sum(len(each.rows) for each in found.values())
        (5, 8)
    """
    groups: dict[tuple[Any, ...], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.subject.topic_key, claim.only), []).append(claim)
    for members in groups.values():
        hash(members[0].subject.topic)  # made here once, with its hash, for all who look at the ledger
    return {key: Alike(tuple(members), tuple(sorted(map(_row, members)))) for key, members in groups.items()}


def _row(claim: Claim) -> Row:
    figure, day, stated = claim.figure, claim.day, claim.stated
    moment = stated.at if stated else None
    return (
        claim.source,
        claim.id,
        claim,
        *((0, None, None, frozenset()) if figure is None else (figure.low, figure.high, figure.best, figure.assumed)),
        *((0, 0) if day is None else (day.earliest.toordinal(), day.latest.toordinal())),
        *((0, 0) if stated is None else (stated.earliest.toordinal(), stated.latest.toordinal())),
        0 if moment is None else int(moment.timestamp() * 1_000_000),
        claim.modality,
        _how_plain(claim),
    )


def _how_plain(claim: Claim) -> int:
    counts = claim.stance is Stance.STATES and claim.figure is not None and claim.figure.high != 0
    dated = claim.stated is not None or not claim.citations
    beside = claim.is_estimate or claim.assessments or claim.based_on or claim.misrelays
    if not counts or not dated or beside or claim.subject.basis is not None:
        return UNUSUAL
    return CITED if claim.citations else PLAIN
