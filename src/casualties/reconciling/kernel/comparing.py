"""Which figures of one topic are apart, and how: disputed, near, overtaken, by an assumed end (design 7 C and E)."""

from __future__ import annotations

from casualties.reconciling.arrays import Array, Lists, Table, key
from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel.claims import OPEN, UNBOUNDED
from casualties.reconciling.kernel.figures import carries, earliest, has, stated_high, stated_low
from casualties.reconciling.kernel.independent import Independent
from casualties.reconciling.kernel.settling import Settled
from casualties.reconciling.kernel.statements import FAR, Words

__all__ = ["Comparison", "outside"]

MILLION = 1_000_000


class Comparison:
    """Figures of independent sources and of named organs, with all that a comparison of two of them asks for.

    A body is one side of a comparison.  The first are the independent sources, organs follow.
    """

    def __init__(self, do: Lists, rows: Table, context: Table, settled: Settled, found: Independent) -> None:
        self.do: Lists = do
        self.rows: Table = rows
        self.context: Table = context
        self.settled: Settled = settled
        self.found: Independent = found

    def divide(self) -> Table:
        """Find the organs under one root whose standing figures, carried to one another's day, dispute (design 6)."""
        do, positions, sources = self.do, self.found.positions, self.found.sources
        positions.divided = do.full(len(positions.topic), False)
        if len(sources.topic) == len(positions.topic):
            return _no_pairs(do)
        own = do.flat(positions.alone == 0)
        many = do.grouped(positions.independent[own], len(sources.topic)).total(own >= 0) > 1
        pairs = self._compared(*self._organs(own[do.flat(many[positions.independent[own]])]), among_organs=True)
        pairs = pairs.take(do.flat(pairs.disputed))
        for organ in (pairs.lower_organ, pairs.upper_organ):
            positions.divided[organ] = True
        sources.flags[pairs.upper] = sources.flags[pairs.upper] | out.DIVIDED
        return pairs

    def compare(self) -> Table:
        """Compare each two independent sources, and the organs that *divided* names with the other sources' figures."""
        do, positions, sources, floors = self.do, self.found.positions, self.found.sources, self.found.floors
        number = len(sources.topic)
        names = ("topic", "high", "high_day", "denies", "stock")
        bodies = Table(
            independent=do.count(number), organ=do.full(number, -1), **{name: getattr(sources, name) for name in names}
        )
        floors = Table(body=floors.independent, low=floors.low, day=floors.day)
        named = do.flat(positions.divided & ~positions.alone_figure)
        if len(named):
            organs, theirs = self._organs(named)
            theirs.body = theirs.body + number
            bodies, floors = Table.joined(do, bodies, organs), Table.joined(do, floors, theirs)
        return self._compared(bodies, floors, among_organs=False)

    def _organs(self, organs: Array) -> tuple[Table, Table]:
        """Give organs as bodies, and their lower ends."""
        bodies, floors = self.found.positions.take(organs), self.settled.floors
        bodies.organ = organs
        body, floor = self.do.within(floors.position, organs)
        return bodies, Table(body=body, low=floors.low[floor], day=floors.day[floor])

    def _compared(self, bodies: Table, floors: Table, *, among_organs: bool) -> Table:
        """Compare bodies two by two, each end carried to the other's day: the lower ends above an upper end, joined."""
        do = self.do
        ended = do.flat(bodies.high < OPEN)
        ends = key(bodies.topic[ended], bodies.high[ended] >> 1)
        order = do.order(ends)
        ends, ended = ends[order], ended[order]
        topic = bodies.topic[floors.body]
        raised, place = do.spread(do.find(ends, key(topic, 0)), do.find(ends, key(topic, floors.low >> 1)))
        upper, lower = floors.body[raised], ended[place]
        one, other = bodies.take(upper), bodies.take(lower)
        if among_organs:
            meets = (one.independent == other.independent) & (one.root == other.root)
        else:
            meets = one.independent != other.independent
            if do.any(bodies.organ >= 0):
                meets = meets & ((one.organ < 0) | (other.organ < 0))
        bears = carries(floors.day[raised], other.high_day, other.stock)
        if do.any(bodies.denies):  # it shares a day with every figure
            bears = bears | one.denies | other.denies
        met = do.flat(meets & bears)
        if not len(met):
            return _no_pairs(do)
        pairs = key(upper[met], lower[met])
        order = do.order(pairs)
        met, pairs = met[order], pairs[order]
        by, low = do.groups(pairs), floors.low[raised[met]]
        upper, lower = by.firsts(upper[met]), by.firsts(lower[met])
        one, other = bodies.take(upper), bodies.take(lower)
        number, highest = other.high >> 1, by.most(low >> 1, 0)
        stated = by.most(stated_low(low), 0) - stated_high(do, other.high)
        gap = do.where(stated > 0, stated, highest - number)
        near = (stated > 0) & (number >= 1) & (gap * MILLION <= number * self.context.near)
        overtaken = ~near & self._outgrown(bodies, upper, lower, highest, among_organs=among_organs)
        if among_organs:  # what a source stands by is left behind by no organ of its own
            overtaken = overtaken & ~self.found.positions.standing[other.organ]
        return Table(
            topic=other.topic, lower=other.independent, upper=one.independent, lower_organ=other.organ,
            upper_organ=one.organ, relation=do.where(stated > 0, out.DISPUTE, out.APART), gap=gap, number=number,
            near=near, overtaken=overtaken, high_day=other.high_day, denies=other.denies,
            disputed=(stated > 0) & ~near & ~overtaken,
        )  # fmt: skip

    def _outgrown(self, bodies: Table, upper: Array, lower: Array, highest: Array, *, among_organs: bool) -> Array:
        """Tell whether the lower figure of pairs is an early one that the higher outgrew (design 7 C, *overtaken*)."""
        do, rows, context = self.do, self.rows, self.context
        found = do.full(len(upper), False)
        # 2. it is preliminary, or an early figure of a source without a side
        asked = do.flat((self._early_bodies(bodies, among_organs=among_organs) & ~bodies.stock)[lower])
        if not len(asked):
            return found
        upper, lower, highest = bodies.take(upper[asked]), bodies.take(lower[asked]), highest[asked]
        body, figured = self._figured(lower)
        by, said = do.grouped(body, len(asked)), rows.take(figured)
        last, beginnings = Words.last(do, by, said, said.end), Words.last(do, by, said, said.begin)
        pair, claims = self._everything(upper)
        end, above = lower.take(pair), rows.take(claims)
        over = (above.low >> 1) > (end.high >> 1)
        over = do.flat(over & (end.denies | carries(above.day, end.high_day, end.stock)))
        pair, above = pair[over], rows.take(claims[over])
        before = last.at(pair).all_before(above)
        # What sets the other above it counts from its first saying: all that it ever said as high as it does now.
        first = (above.low >> 1) >= highest[pair]
        # 1. … and the other had said nothing above it by then
        lenient = (context.counted_until[lower.topic] > 0) | among_organs
        blocks = do.where(lenient[pair], beginnings.at(pair).any_after(above), ~before)
        # 3. the two are of no opposed sides
        holds = ~self._opposed(lower, upper)
        holds[pair[do.flat((first & ~before) | blocks)]] = False
        found[asked] = holds
        return found

    def _early_bodies(self, bodies: Table, *, among_organs: bool) -> Array:
        """Tell of which bodies all claims that make their figure are early."""
        do, positions = self.do, self.found.positions
        claims = do.flat(self.settled.figured)
        late = claims[do.flat(~self._early(self.rows.take(claims), among_organs=among_organs))]
        organs = do.full(len(positions.topic), True)
        organs[self.settled.position[late]] = False
        voices = do.full(len(self.found.sources.topic), True)
        voices[positions.independent[do.flat(~organs & positions.standing)]] = False
        early, own = voices[bodies.independent], do.flat(bodies.organ >= 0)
        early[own] = organs[bodies.organ[own]]
        return early

    def _early(self, said: Table, *, among_organs: bool) -> Array:
        """Tell whether claims are preliminary, or said soon after their last day and no bound, none or denial."""
        context = self.context
        dated = (said.end < FAR) & (earliest(said.day) > 0) & ((said.low >> 1) > 0) & ~has(said, given.DENIES)
        soon = said.end <= earliest(said.day) + context.settling
        early = dated & (soon | (said.end <= context.counted_until[said.topic]))
        if not among_organs:
            early = early & ~has(said, given.CONFIRMED) & (context.side[said.source] < 0)
        return has(said, given.PRELIMINARY) | early

    def _opposed(self, lower: Table, upper: Table) -> Array:
        """Tell whether sources whose figures two bodies have are of sides that fight one another."""
        do, context, positions = self.do, self.context, self.found.positions
        found = do.full(len(lower.topic), False)
        if not len(context.opposed):
            return found
        (pair, one), (of, other) = self._places_of(lower), self._places_of(upper)
        both, with_ = do.within(of, pair)
        sides = context.side[positions.source[one[both]]], context.side[positions.source[other[with_]]]
        known = do.flat((sides[0] >= 0) & (sides[1] >= 0))
        fight = do.lookup(context.opposed, key(sides[0][known], sides[1][known])) >= 0
        found[pair[both[known[do.flat(fight)]]]] = True
        return found

    def _places_of(self, bodies: Table) -> tuple[Array, Array]:
        """Give the positions whose figure some bodies have: of an organ its own, else the source's that stand."""
        do, positions = self.do, self.found.positions
        voices, own = do.flat(bodies.organ < 0), do.flat(bodies.organ >= 0)
        at, place = do.within(positions.independent, bodies.independent[voices])
        kept = do.flat(positions.standing[place])
        which, place = do.concat(voices[at[kept]], own), do.concat(place[kept], bodies.organ[own])
        order = do.order(which)
        return which[order], place[order]

    def _figured(self, bodies: Table) -> tuple[Array, Array]:
        """Give the claims of the figures of some bodies, without counted floors beside them."""
        do, of = self.do, self.settled.position
        which, place = self._places_of(bodies)
        claims = do.flat(self.settled.figured)
        claims = claims[do.order(of[claims])]
        at, claim = do.within(of[claims], place)
        return which[at], claims[claim]

    def _everything(self, bodies: Table) -> tuple[Array, Array]:
        """Give all that some bodies ever said of the topic; an organ what its source did."""
        do, heard = self.do, self.found.heard()
        at, row = do.within(heard.independent, bodies.independent)
        claim, organ = heard.claim[row], bodies.organ[at]
        of = do.pick(self.found.positions.source, organ, -1)
        own = do.flat((organ < 0) | (of == self.rows.source[claim]))
        return at[own], claim[own]


def _no_pairs(do: Lists) -> Table:
    """Give what `Comparison` gives where no two figures are apart."""
    none = do.full(0, 0)
    names = ("topic", "lower", "upper", "lower_organ", "upper_organ", "relation", "gap", "number", "high_day")
    marks = ("near", "overtaken", "denies", "disputed")
    return Table(**dict.fromkeys(names, none), **dict.fromkeys(marks, none != 0))


def outside(do: Lists, rows: Table, estimates: Array, found: Independent) -> Table:
    """Find the counts that lie outside an estimate's interval, and the estimates whose intervals do not meet (7 E)."""
    sources, floors, none = found.sources, found.floors, do.full(0, 0)
    if not len(estimates):
        return Table(topic=none, estimate=none, independent=none, other=none, gap=none, above=none)
    said, parts = rows.take(estimates), []

    def add(estimate: Array, independent: Array, other: Array, gap: Array, holds: Array, above: int) -> None:
        hit = do.flat((gap > 0) & holds)
        columns = {"estimate": estimate, "independent": independent, "other": other, "gap": gap, "above": above}
        size = len(gap)
        whole = {name: do.full(size, value) if isinstance(value, int) else value for name, value in columns.items()}
        parts.append(Table(**whole).take(hit))

    # A count whose upper end lies below the interval …
    at, voice = do.within(sources.topic, said.topic)
    of, count = said.take(at), sources.take(voice)
    below = (of.low >> 1) - do.where(count.overtaken, UNBOUNDED, count.high >> 1)
    add(at, voice, -1, below, count.denies | carries(of.day, count.high_day, of.stock), 0)
    # … or whose lower end lies above it
    pair, floor = do.within(floors.independent, voice)
    interval = of.take(pair)
    over = (floors.low[floor] >> 1) - (interval.high >> 1)
    over = do.where(carries(floors.day[floor], interval.day, interval.stock), over, 0)
    over = do.grouped(pair, len(at)).most(over, 0)
    add(at, voice, -1, over, over > 0, 1)
    lower, upper = do.within(said.topic, said.topic)
    one, other = said.take(lower), said.take(upper)
    bears = carries(other.day, one.day, one.stock) & (one.root != other.root)
    add(lower, -1, estimates[upper], (other.low >> 1) - (one.high >> 1), bears, 1)
    joined = Table.joined(do, *parts)
    joined.topic, joined.estimate = said.topic[joined.estimate], estimates[joined.estimate]
    return joined.take(do.order(joined.topic, joined.estimate))
