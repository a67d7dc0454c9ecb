"""How far one end of a range can be relied on, by who bears it out (design 7 F)."""

# pyright: reportOperatorIssue=false

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from casualties.reconciling.arrays import WIDTH, Array, Groups, Lists, Table, key
from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel.figures import latest

__all__ = ["STALE_AFTER_DAYS", "levels"]

STALE_AFTER_DAYS: Final = 30
"""A figure is stale when the day asked for lies more than this many days after the last day counted."""


def levels(do: Lists, sources: Table, positions: Table, pairs: Table, beside: Table, asked: Table) -> Table:
    """Give the level of one end of a range on each topic, with the steps towards it.

    Args:
        do: The operations.
        sources: The independent sources as bearers, sorted by topic.
        positions: The positions, sorted by these.
        pairs: The pairs of them that are apart.
        beside: What stands beside the claims.
        asked: By topic, the range ``low`` and ``high``, and whether its ``upper`` end is asked about.

    Returns:
        By topic ``level`` and ``reasons``; by source ``bears`` and ``contests``.
    """
    topic, by = sources.topic, do.grouped(sources.topic, len(asked.low))
    low, high, upper = (asked.low >> 1)[topic], (asked.high >> 1)[topic], asked.upper[topic]
    speaking = ~sources.graded
    contests = speaking & (((sources.day_low >> 1) > high) | (low > (sources.day_high >> 1)))
    reaches = do.where(upper, (sources.day_high >> 1) <= high, (sources.day_low >> 1) >= low)
    signed = ~sources.unattributed
    bears = speaking & ~contests & reaches
    bears = bears & (signed | ~by.any(bears & signed)[topic])
    bearers = by.total(bears)
    last = positions.take(do.flat(positions.latest & (beside.side[positions.source] >= 0)))
    sides, sided = Table(independent=last.independent, side=beside.side[last.source]), do.full(len(topic), False)
    sided[sides.independent] = True
    tallied = bears & signed & ~sided & ~upper & ((sources.tallied >> 1) >= low)
    quarrels = cache(lambda: _quarrels(do, pairs))
    counted_until = by.most(latest(sources.day), 0)
    stale = (counted_until > 0) & (counted_until < beside.asked - STALE_AFTER_DAYS) & ~beside.stock & ~beside.closed
    assumed = do.where(upper, (sources.day_high & 1) != 0, (sources.day_low & 1) == 0)
    rising = (
        (out.THREE_KINDS, _three_kinds(do, sources, bears, quarrels, by)),
        (out.AGAINST_INTEREST, ~asked.upper & _against_interest(do, sources, sides, bears, quarrels, beside, by)),
        (out.COUNTED, _counted(do, bears, tallied, quarrels, by)),
    )
    falling = (
        (out.ALL_TENTATIVE, by.all(~bears | sources.tentative)),
        (out.ALL_ASSUMED, by.all(~bears | assumed)),
        (out.CONTESTED, by.any(contests)),
        (out.STALE, stale),
    )
    counted, several = by.any(tallied), bearers > 1
    level = do.where(several | counted, out.MODERATE, out.LOW)
    reasons = do.where(several, out.SEVERAL_BEARERS, do.where(counted, out.ONE_COUNTED, out.ONE_BEARER))
    for step, steps in ((1, rising), (-1, falling)):
        for bit, holds in steps:
            level, reasons = do.where(holds, level + step, level), do.where(holds, reasons | bit, reasons)
    level = do.minimum(do.maximum(level, out.LOW), out.HIGH)
    nobody = bearers == 0
    return Table(
        level=do.where(nobody, out.NONE, level), reasons=do.where(nobody, out.NO_BEARER, reasons),
        bears=bears, contests=contests,
    )  # fmt: skip


def _quarrels(do: Lists, pairs: Table) -> Table:
    """Give the pairs of independent sources that dispute, both ways round and sorted."""
    own = pairs.take(do.flat(pairs.disputed & (pairs.lower_organ < 0) & (pairs.upper_organ < 0)))
    keys = do.ascending(do.concat(key(own.lower, own.upper), key(own.upper, own.lower)))
    keys = keys[do.flat(do.heads(keys))]
    return Table(one=keys >> WIDTH, other=keys & ((1 << WIDTH) - 1), keys=keys)


def _agree(do: Lists, quarrels: Callable[[], Table], one: Array, other: Array) -> Array:
    """Tell whether two bearers are in no dispute with one another."""
    return do.lookup(quarrels().keys, key(one, other)) < 0


def _counted(do: Lists, bears: Array, tallied: Array, quarrels: Callable[[], Table], by: Groups) -> Array:
    """Tell whether a bearer that listed or verified has a second that does not dispute it."""
    some, held = do.flat(tallied), do.full(by.number, False)
    if len(some):
        pairs = quarrels()
        against = do.flat(bears[pairs.other])
        disputing = do.grouped(pairs.one[against], len(by.of)).total(against >= 0)
        second = by.total(bears)[by.of[some]] - 1 - disputing[some] > 0
        held[by.of[some[do.flat(second)]]] = True
    return held


def _three_kinds(do: Lists, sources: Table, bears: Array, quarrels: Callable[[], Table], by: Groups) -> Array:
    """Tell whether three bearers of three kinds are in no dispute with one another.

    Without disputes three can be chosen unless there are fewer than three bearers with a kind, fewer than three kinds,
    or all but one bearer have one and the same kind alone.
    """
    some = do.flat(bears & (sources.kinds != 0))
    groups = do.grouped(sources.topic[some], by.number)
    many = groups.total(some >= 0)
    possible = (many >= 3) & _three_bits(groups.bits(sources.kinds[some]))
    some = some[do.flat(possible[sources.topic[some]])]
    if not len(some):
        return possible
    order, same, runs = do.sorted_groups(key(sources.topic[some], sources.kinds[some]))
    single = do.where((same & (same - 1) & ((1 << WIDTH) - 1)) == 0, runs.total(order >= 0), 0)
    possible = possible & (do.grouped(same >> WIDTH, by.number).most(single, 0) < many - 1)
    # With disputes among them three are looked for.
    chosen, disputed = do.full(len(sources.topic), False), do.full(by.number, False)
    chosen[some] = True
    pairs = quarrels()
    disputed[sources.topic[pairs.one[do.flat(chosen[pairs.one] & chosen[pairs.other])]]] = True
    some = some[do.flat((possible & disputed)[sources.topic[some]])]
    if len(some):
        topic = sources.topic[some]
        one, other = do.within(topic, topic)
        pair = do.flat((one < other) & _agree(do, quarrels, some[one], some[other]))
        one, other = some[one[pair]], some[other[pair]]
        at, third = do.within(topic, sources.topic[one])
        one, other, third = one[at], other[at], some[third]
        holds = (other < third) & _agree(do, quarrels, one, third) & _agree(do, quarrels, other, third)
        holds = do.flat(holds & _three_of(*(sources.kinds[each] for each in (one, other, third))))
        held = do.full(by.number, False)
        held[sources.topic[one[holds]]] = True
        possible = possible & (~disputed | held)
    return possible


def _three_bits(kinds: Array) -> Array:
    """Tell whether sets have three kinds or more."""
    rest = kinds & (kinds - 1)
    return (rest & (rest - 1)) != 0


def _three_of(one: Array, two: Array, three: Array) -> Array:
    """Tell whether three sets of kinds have three kinds to choose, one from each (Hall's condition)."""
    holds = _three_bits(one | two | three)
    for both in (one | two, one | three, two | three):
        holds = holds & ((both & (both - 1)) != 0)
    return holds


def _against_interest(
    do: Lists, sources: Table, sides: Table, bears: Array, quarrels: Callable[[], Table], beside: Table, by: Groups
) -> Array:
    """Tell whether those bear a floor out who had rather not, with somebody who is not of their side."""
    victims = beside.victims[sources.topic]
    own = (victims == given.COMBATANTS) & ((sources.stake & given.OWN_SIDE) != 0)
    theirs = (victims == given.CIVILIANS) & ((sources.stake & (given.OPPONENT | given.BLAMED)) != 0)
    held = do.full(by.number, False)
    reluctant, bearers = do.flat(bears & (own | theirs)), do.flat(bears)
    if not len(reluctant):
        return held
    at, other = do.within(sources.topic[bearers], sources.topic[reluctant])
    one, other = reluctant[at], bearers[other]
    kept = do.flat((one != other) & _agree(do, quarrels, one, other))
    one, other = one[kept], other[kept]
    # Sides of which one is the other, or lies inside it, are one.
    pair, here = do.within(sides.independent, one)
    two, there = do.within(sides.independent, other[pair])
    same = do.lookup(beside.allied, key(sides.side[here[two]], sides.side[there])) >= 0
    together = do.full(len(one), False)
    together[pair[two[do.flat(same)]]] = True
    held[sources.topic[one[do.flat(~together)]]] = True
    return held
