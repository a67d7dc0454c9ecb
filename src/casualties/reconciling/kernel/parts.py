"""Which part each claim has in a finding: what it sets, whether it supports or disputes (design 7, "Beside these")."""

from __future__ import annotations

from collections.abc import Mapping

from casualties.reconciling.arrays import Array, Lists, Table
from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel.independent import Independent

__all__ = ["give_parts"]

ENDS = (
    ("common", out.COMMON_LOW, out.COMMON_HIGH),
    ("undisputed", out.UNDISPUTED_LOW, out.UNDISPUTED_HIGH),
)
"""The ranges on the finding's day of which claims set the ends, with the bits that say so."""


def give_parts(
    do: Lists,
    part: Array,
    found: Independent,
    making: Table,
    pairs: Table,
    ranges: Mapping[str, tuple[Array, Array]],
    supports: Array,
    stating: Array,
) -> None:
    """Write into ``part`` which ends of which ranges each claim sets, and whether it supports or disputes.

    Args:
        do: The operations.
        part: By claim, its parts, as bits.
        found: The independent sources.
        making: The claims that make positions; see `Program`.
        pairs: The pairs of independent sources that are apart.
        ranges: By name the ranges of each topic.
        supports: By independent source, whether it allows a range that most allow.
        stating: By topic, whether anybody states a count.
    """

    def mark(claims: Array, holds: Array, bit: int) -> None:
        held = claims[do.flat(holds)]
        part[held] = part[held] | bit

    sources, floors, bearing = found.sources, found.floors, found.bearing
    claims, by, topic = making.claim, making.independent, making.topic
    quarrels, organs = do.full(len(sources.topic), False), do.full(len(found.positions.topic), False)
    disputing = pairs.take(do.flat(pairs.disputed))
    for body, organ in ((disputing.lower, disputing.lower_organ), (disputing.upper, disputing.upper_organ)):
        quarrels[body[do.flat(organ < 0)]] = True
        organs[organ[do.flat(organ >= 0)]] = True
    mark(claims, making.latest & supports[by], out.SUPPORTS)
    mark(claims, (making.latest & quarrels[by]) | organs[making.position], out.DISPUTES)
    low, high = (end[topic] >> 1 for end in ranges["span"])
    told = making.told & stating[topic]
    mark(claims, told & ((making.low >> 1) == low), out.SPAN_LOW)
    mark(claims, told & ((making.high >> 1) == high), out.SPAN_HIGH)
    for name, low_bit, high_bit in ENDS:
        low, high = (end[sources.topic] for end in ranges[name])
        holds = high >= 0
        if name == "undisputed":
            holds = holds & ~sources.outlier
        sets = (holds & ((sources.day_low >> 1) == (low >> 1)))[floors.independent]
        sets = sets & ((floors.low >> 1) == (low >> 1)[floors.independent])
        mark(bearing.claim, sets[bearing.floor], low_bit)
        sets = holds & ((sources.day_high >> 1) == (high >> 1))
        mark(claims, making.standing & sets[by], high_bit)
