"""How far one end of a range can be relied on, by who bears it out (design 7 F)."""

# pyright: reportOperatorIssue=false

from __future__ import annotations

from typing import Final

from casualties.reconciling.arrays import Array, Lists, Table, key
from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel import claims as given

__all__ = ["STALE_AFTER_DAYS", "levels"]

STALE_AFTER_DAYS: Final = 30
"""A figure is stale when the day asked for lies more than this many days after the last day counted."""

KINDS: Final = 16
"""The most kinds of sources that are told apart."""


def levels(do: Lists, sources: Table, sides: Table, pairs: Table, topics: Table, asked: Table) -> Table:
    """Give the level of one end of a range on each topic, with the steps towards it.

    Args:
        do: The operations.
        sources: The independent sources as bearers, sorted by topic.
        sides: The sides of each, as pairs ``voice`` and ``side``, sorted by voice.
        pairs: The pairs of them that dispute, both ways round, as sorted keys.
        topics: By topic ``victims`` and ``stale``, and the keys of allied sides.
        asked: By topic, the range ``low`` and ``high``, and whether its ``upper`` end is asked about.

    Returns:
        By topic ``level`` and ``reasons``; by source ``bears`` and ``contests``.
    """
    topic, number = sources.topic, len(asked.low)
    low, high, upper = (asked.low >> 1)[topic], (asked.high >> 1)[topic], asked.upper[topic]
    speaking = ~sources.graded
    contests = speaking & (((sources.day_low >> 1) > high) | (low > (sources.day_high >> 1)))
    reaches = do.where(upper, (sources.day_high >> 1) <= high, (sources.day_low >> 1) >= low)
    bears = speaking & ~contests & reaches
    signed = ~sources.unattributed
    by = do.grouped(topic, number)
    bears = bears & (signed | ~by.any(bears & signed)[topic])
    bearers = by.total(bears)
    sided = do.full(len(topic), False)
    sided[sides.independent] = True
    tallied = bears & signed & ~sided & ~upper & ((sources.tallied >> 1) >= low)
    rising = (
        (out.THREE_KINDS, _three_kinds(do, sources, bears, pairs, by)),
        (out.AGAINST_INTEREST, ~asked.upper & _against_interest(do, sources, sides, bears, pairs, topics, number)),
        (out.COUNTED, _counted(do, topic, bears, tallied, pairs, number)),
    )
    assumed = do.where(upper, (sources.day_high & 1) != 0, (sources.day_low & 1) == 0)
    falling = (
        (out.ALL_TENTATIVE, by.all(~bears | sources.tentative)),
        (out.ALL_ASSUMED, by.all(~bears | assumed)),
        (out.CONTESTED, by.any(contests)),
        (out.STALE, topics.stale),
    )
    counted = by.any(tallied)
    several = bearers > 1
    level = do.where(several | counted, out.MODERATE, out.LOW)
    reasons = do.where(several, out.SEVERAL_BEARERS, do.where(counted, out.ONE_COUNTED, out.ONE_BEARER))
    for step, steps in ((1, rising), (-1, falling)):
        for bit, holds in steps:
            level = do.where(holds, level + step, level)
            reasons = do.where(holds, reasons | bit, reasons)
    level = do.minimum(do.maximum(level, out.LOW), out.HIGH)
    nobody = bearers == 0
    return Table(
        level=do.where(nobody, out.NONE, level), reasons=do.where(nobody, out.NO_BEARER, reasons),
        bears=bears, contests=contests,
    )  # fmt: skip


def _agree(do: Lists, pairs: Table, one: Array, other: Array) -> Array:
    """Tell whether two bearers are in no dispute with one another."""
    return do.lookup(pairs.keys, key(one, other)) < 0


def _counted(do: Lists, topic: Array, bears: Array, tallied: Array, pairs: Table, number: int) -> Array:
    """Tell whether a bearer that listed or verified has a second that does not dispute it."""
    some = do.flat(tallied)
    held = do.full(number, False)
    if not len(some):
        return held
    against = do.flat(bears[pairs.other])
    disputing = do.grouped(pairs.one[against], len(topic)).total(against >= 0)
    bearers = do.grouped(topic, number).total(bears)
    second = bearers[topic[some]] - 1 - disputing[some] > 0
    held[topic[some[do.flat(second)]]] = True
    return held


def _three_kinds(do: Lists, sources: Table, bears: Array, pairs: Table, by: object) -> Array:
    """Tell whether three bearers of three kinds are in no dispute with one another.

    Without disputes three can be chosen unless there are fewer than three bearers with a kind, fewer than three kinds,
    or all but one bearer have one and the same kind alone.
    """
    number = by.number  # type: ignore[attr-defined]
    some = do.flat(bears & (sources.kinds != 0))
    topic, kinds = sources.topic[some], sources.kinds[some]
    groups = do.grouped(topic, number)
    many, every = groups.total(kinds > 0), groups.bits(kinds)
    if not do.any(many >= 3):
        return many >= 3
    different = do.full(number, 0)
    for bit in range(KINDS):
        different = different + ((every >> bit) & 1)
    possible = (many >= 3) & (different >= 3)
    some = some[do.flat(possible[topic])]
    if not len(some):
        return possible
    topic, kinds = sources.topic[some], sources.kinds[some]
    order, same, runs = do.sorted_groups(key(topic, kinds))
    single = do.where((same & (same - 1) & ((1 << 42) - 1)) == 0, runs.total(order >= 0), 0)
    alike = do.grouped(same >> 42, number).most(single, 0)
    possible = possible & (alike < many - 1)
    # With disputes among them three are looked for.
    ranked = do.full(len(sources.topic), -1)
    ranked[some] = do.count(len(some))
    quarrel = do.flat((ranked[pairs.one] >= 0) & (ranked[pairs.other] >= 0))
    disputed = do.full(number, False)
    disputed[sources.topic[pairs.one[quarrel]]] = True
    some = some[do.flat((possible & disputed)[topic])]
    if len(some):
        topic = sources.topic[some]
        one, other = do.within(topic, topic)
        pair = do.flat((one < other) & _agree(do, pairs, some[one], some[other]))
        one, other = some[one[pair]], some[other[pair]]
        at, third = do.within(topic, sources.topic[one])
        third = some[third]
        at_one, at_other = one[at], other[at]
        hold = do.flat((at_other < third) & _agree(do, pairs, at_one, third) & _agree(do, pairs, at_other, third))
        at_one, at_other, third = at_one[hold], at_other[hold], third[hold]
        chosen = _three_of(sources.kinds[at_one], sources.kinds[at_other], sources.kinds[third])
        held = do.full(number, False)
        held[sources.topic[at_one[do.flat(chosen)]]] = True
        possible = possible & (~disputed | held)
    return possible


def _three_of(one: Array, two: Array, three: Array) -> Array:
    """Tell whether three sets of kinds have three kinds to choose, one from each (Hall's condition)."""
    pairs = (one | two, one | three, two | three)
    holds = (one != 0) & (two != 0) & (three != 0)
    for both in pairs:
        holds = holds & ((both & (both - 1)) != 0)
    every = one | two | three
    rest = every & (every - 1)
    return holds & ((rest & (rest - 1)) != 0)


def _against_interest(
    do: Lists, sources: Table, sides: Table, bears: Array, pairs: Table, topics: Table, number: int
) -> Array:
    """Tell whether those bear a floor out who had rather not, with somebody who is not of their side."""
    victims = topics.victims[sources.topic]
    own = (victims == given.COMBATANTS) & ((sources.stake & given.OWN_SIDE) != 0)
    theirs = (victims == given.CIVILIANS) & ((sources.stake & (given.OPPONENT | given.BLAMED)) != 0)
    held = do.full(number, False)
    reluctant, bearers = do.flat(bears & (own | theirs)), do.flat(bears)
    if not len(reluctant):
        return held
    at, other = do.within(sources.topic[bearers], sources.topic[reluctant])
    one, other = reluctant[at], bearers[other]
    kept = do.flat((one != other) & _agree(do, pairs, one, other))
    one, other = one[kept], other[kept]
    # Sides of which one is the other, or lies inside it, are one.
    pair, here = do.within(sides.independent, one)
    two, there = do.within(sides.independent, other[pair])
    same = do.lookup(topics.allied, key(sides.side[here[two]], sides.side[there])) >= 0
    together = do.full(len(one), False)
    together[pair[two[do.flat(same)]]] = True
    held[sources.topic[one[do.flat(~together)]]] = True
    return held
