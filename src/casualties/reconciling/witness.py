"""Which counts most voices allow, and which claims set the ends of a range."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.reconciling.pairs import Voice

__all__ = ["Support", "Witness"]


@dataclass(frozen=True, slots=True)
class Support:
    """A range of counts that the most voices of the day allow.

    Attributes:
        figure: The range.
        voices: The voices that allow every count in it.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> [(str(support.figure), len(support.voices)) for support in finding.support]
        [('2–25', 2)]
    """

    figure: Figure
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """The claims that set one end of one range.

    Attributes:
        range: Which range: ``common``, ``span`` or ``support``.
        end: Which end: ``low`` or ``high``.
        count: The count at that end; ``None`` for no ceiling.
        claims: Identities of the claims that set it.
        carried: Whether a floor was carried from an earlier day.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> [(each.range, each.end, each.count) for each in finding.witnesses][:2]
        [('common', 'low', 11), ('common', 'high', None)]
    """

    range: str
    end: str
    count: int | None
    claims: tuple[str, ...]
    carried: bool = False


def ends(name: str, figure: Figure, told: Iterable[tuple[Figure, tuple[Claim, ...], bool]]) -> tuple[Witness, Witness]:
    """Name the claims that set each end of a range, out of figures, with their claims, of which some were carried."""
    figures = tuple(told)
    lows = [(claims, carried) for each, claims, carried in figures if each.low == figure.low]
    highs = [claims for each, claims, _ in figures if each.high == figure.high]
    carried_only = all(carried for _, carried in lows)
    return (
        Witness(name, "low", figure.low, _ids(claims for claims, _ in lows), carried_only),
        Witness(name, "high", figure.high, _ids(highs)),
    )


def floor_alone(figure: Figure) -> Figure:
    """Keep the floor of a figure, which is what an earlier day says of a later one."""
    return Figure(figure.low, None, assumed=frozenset(end for end in figure.assumed if end == "low"))


def _ids(groups: Iterable[tuple[Claim, ...]]) -> tuple[str, ...]:
    return tuple(sorted({claim.id for claims in groups for claim in claims}))
