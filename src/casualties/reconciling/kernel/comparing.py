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
        organs = own[do.flat(many[positions.independent[own]])]
        pairs = self._compared(self._organs(organs), among_organs=True)
        pairs = pairs.take(do.flat(pairs.disputed))
        for organ in (pairs.lower_organ, pairs.upper_organ):
            positions.divided[organ] = True
        voices = pairs.upper
        sources.flags[voices] = sources.flags[voices] | out.DIVIDED
        return pairs

    def compare(self) -> Table:
        """Compare each two independent sources, and the organs that *divided* names with the other sources' figures."""
        do, positions, sources = self.do, self.found.positions, self.found.sources
        number = len(sources.topic)
        bodies = Table(
            topic=sources.topic, independent=do.count(number), organ=do.full(number, -1), high=sources.high,
            high_day=sources.high_day, denies=sources.denies, stock=sources.stock,
        )  # fmt: skip
        floors = self.found.floors
        floors = Table(body=floors.independent, low=floors.low, day=floors.day, claims=do.count(len(floors.low)))
        named = do.flat(positions.divided & ~positions.alone_figure)
        if len(named):
            organs, theirs = self._organs(named)
            theirs.body = theirs.body + number
            bodies, floors = Table.joined(do, bodies, organs), Table.joined(do, floors, theirs)
        return self._compared((bodies, floors), among_organs=False)

    def _organs(self, organs: Array) -> tuple[Table, Table]:
        """Give organs as bodies, and their lower ends; these have their claims after those of independent sources."""
        do, positions, floors = self.do, self.found.positions, self.settled.floors
        bodies = positions.take(organs)
        bodies.organ = organs
        body, floor = do.within(floors.position, organs)
        return bodies, Table(
            body=body, low=floors.low[floor], day=floors.day[floor], claims=floor + len(self.found.floors.low)
        )

    def _compared(self, given_: tuple[Table, Table], *, among_organs: bool) -> Table:
        """Compare bodies two by two, each end carried to the other's day: the lower ends above an upper end, joined."""
        do, bodies, floors = self.do, *given_
        ended = do.flat(bodies.high < OPEN)
        ends = key(bodies.topic[ended], bodies.high[ended] >> 1)
        order = do.order(ends)
        ends, ended = ends[order], ended[order]
        topic = bodies.topic[floors.body]
        count = floors.low >> 1
        raised, place = do.spread(do.find(ends, key(topic, 0)), do.find(ends, key(topic, count)))
        if not len(raised):
            return _no_pairs(do)
        upper, lower = floors.body[raised], ended[place]
        if among_organs:
            meets = (bodies.independent[upper] == bodies.independent[lower]) & (
                bodies.root[upper] == bodies.root[lower]
            )
        else:
            meets = (bodies.independent[upper] != bodies.independent[lower]) & (
                (bodies.organ[upper] < 0) | (bodies.organ[lower] < 0)
            )
        denial = bodies.denies[upper] | bodies.denies[lower]
        meets = meets & (denial | carries(floors.day[raised], bodies.high_day[lower], bodies.stock[lower]))
        met = do.flat(meets)
        if not len(met):
            return _no_pairs(do)
        met = met[do.order(upper[met], lower[met])]
        raised, upper, lower = raised[met], upper[met], lower[met]
        heads = do.heads(upper, lower)
        pair = do.cumulate(heads) - 1
        first = do.flat(heads)
        by = do.grouped(pair, len(first))
        upper, lower = upper[first], lower[first]
        low, high = floors.low[raised], bodies.high[lower]
        number = high >> 1
        stated = by.most(stated_low(low), 0) - stated_high(do, high)
        gap = do.where(stated > 0, stated, by.most(low >> 1, 0) - number)
        near = (stated > 0) & (number >= 1) & (gap * MILLION <= number * self.context.near)
        overtaken = ~near & self._outgrown(
            bodies, upper, lower, Table(pair=pair, floor=raised), floors, among_organs=among_organs
        )
        if among_organs:  # what a source stands by is left behind by no organ of its own
            overtaken = overtaken & ~self.found.positions.standing[bodies.organ[lower]]
        return Table(
            topic=bodies.topic[lower], lower=bodies.independent[lower], upper=bodies.independent[upper],
            lower_organ=bodies.organ[lower], upper_organ=bodies.organ[upper],
            relation=do.where(stated > 0, out.DISPUTE, out.APART), gap=gap, number=number, near=near,
            overtaken=overtaken, high_day=bodies.high_day[lower], denies=bodies.denies[lower],
            disputed=(stated > 0) & ~near & ~overtaken,
        )  # fmt: skip

    def _outgrown(
        self, bodies: Table, upper: Array, lower: Array, above: Table, floors: Table, *, among_organs: bool
    ) -> Array:
        """Tell whether the lower figure of pairs is an early one that the higher outgrew (design 7 C, *overtaken*)."""
        do, rows, context = self.do, self.rows, self.context
        found = do.full(len(upper), False)
        if not len(upper):
            return found
        # 2. it is preliminary, or an early figure of a source without a side
        early = self._early_bodies(bodies, lower, among_organs=among_organs)
        asked = do.flat(early & ~bodies.stock[lower])
        if not len(asked):
            return found
        upper, lower = upper[asked], lower[asked]
        body, figured = self._figured(bodies, lower)
        by = do.grouped(body, len(lower))
        said = rows.take(figured)
        last, beginnings = Words.last(do, by, said, said.end), Words.last(do, by, said, said.begin)
        # What sets the other above it counts from its first saying: all that it ever said as high as it does now.
        new = do.full(len(early), -1)
        new[asked] = do.count(len(asked))
        floor = do.flat(new[above.pair] >= 0)
        pair, floor = new[above.pair[floor]], above.floor[floor]
        high = do.grouped(pair, len(lower)).most(floors.low[floor], 0) >> 1
        ever, claims = self._everything(bodies, upper)
        over = (rows.low[claims] >> 1) > (bodies.high[lower[ever]] >> 1)
        over = over & (
            bodies.denies[lower[ever]]
            | carries(rows.day[claims], bodies.high_day[lower[ever]], bodies.stock[lower[ever]])
        )
        over = do.flat(over)
        ever, claims = ever[over], claims[over]
        setting = do.flat((rows.low[claims] >> 1) >= high[ever])
        first = ever[setting]
        holds = self._all(first, last.at(first).all_before(rows.take(claims[setting])), len(lower))
        # 3. the two are of no opposed sides
        holds = holds & ~self._opposed(bodies, lower, upper)
        # 1. … and the other had said nothing above it by then
        above_ = rows.take(claims)
        counted = context.counted_until[bodies.topic[lower]] > 0
        lenient = counted | among_organs
        blocks = do.where(lenient[ever], beginnings.at(ever).any_after(above_), ~last.at(ever).all_before(above_))
        found[asked] = holds & self._all(ever, ~blocks, len(lower))
        return found

    def _all(self, group: Array, mask: Array, number: int) -> Array:
        """Tell whether something holds of all rows of each group, which come in any order."""
        order = self.do.order(group)
        return self.do.grouped(group[order], number).all(mask[order])

    def _early_bodies(self, bodies: Table, wanted: Array, *, among_organs: bool) -> Array:
        """Tell of which bodies all claims that make their figure are early."""
        do, positions = self.do, self.found.positions
        claims = do.flat(self.settled.figured)
        late = claims[do.flat(~self._early(claims, among_organs=among_organs))]
        organs = do.full(len(positions.topic), True)
        organs[self.settled.position[late]] = False
        voices = do.full(len(self.found.sources.topic), True)
        voices[positions.independent[do.flat(~organs & positions.standing)]] = False
        organ = bodies.organ[wanted]
        early = voices[bodies.independent[wanted]]
        own = do.flat(organ >= 0)
        early[own] = organs[organ[own]]
        return early

    def _early(self, claims: Array, *, among_organs: bool) -> Array:
        """Tell whether claims are preliminary, or said soon after their last day and no bound, none or denial."""
        rows, context = self.rows.take(claims), self.context
        dated = (rows.end < FAR) & (earliest(rows.day) > 0) & ((rows.low >> 1) > 0) & ~has(rows, given.DENIES)
        soon = rows.end <= earliest(rows.day) + context.settling
        early = dated & (soon | (rows.end <= context.counted_until[rows.topic]))
        if not among_organs:
            early = early & ~has(rows, given.CONFIRMED) & (context.side[rows.source] < 0)
        return has(rows, given.PRELIMINARY) | early

    def _opposed(self, bodies: Table, lower: Array, upper: Array) -> Array:
        """Tell whether sources whose figures two bodies have are of sides that fight one another."""
        do, context, positions = self.do, self.context, self.found.positions
        found = do.full(len(lower), False)
        if not len(context.opposed):
            return found
        (pair, one), (of, other) = (self._places_of(bodies, each) for each in (lower, upper))
        both, with_ = do.within(of, pair)
        sides = context.side[positions.source[one[both]]], context.side[positions.source[other[with_]]]
        known = do.flat((sides[0] >= 0) & (sides[1] >= 0))
        fight = do.lookup(context.opposed, key(sides[0][known], sides[1][known])) >= 0
        found[pair[both[known[do.flat(fight)]]]] = True
        return found

    def _places_of(self, bodies: Table, wanted: Array) -> tuple[Array, Array]:
        """Give the positions whose figure some bodies have: of an organ its own, else the source's that stand."""
        do, positions = self.do, self.found.positions
        organ = bodies.organ[wanted]
        voices, own = do.flat(organ < 0), do.flat(organ >= 0)
        at, place = do.within(positions.independent, bodies.independent[wanted[voices]])
        kept = do.flat(positions.standing[place])
        which = do.concat(voices[at[kept]], own)
        place = do.concat(place[kept], organ[own])
        order = do.order(which)
        return which[order], place[order]

    def _figured(self, bodies: Table, wanted: Array) -> tuple[Array, Array]:
        """Give the claims of the figures of some bodies, without counted floors beside them."""
        do, of = self.do, self.settled.position
        which, place = self._places_of(bodies, wanted)
        claims = do.flat(self.settled.figured)
        claims = claims[do.order(of[claims])]
        at, claim = do.within(of[claims], place)
        return which[at], claims[claim]

    def _everything(self, bodies: Table, wanted: Array) -> tuple[Array, Array]:
        """Give all that some bodies ever said of the topic; an organ what its source did."""
        do, heard = self.do, self.found.heard()
        at, row = do.within(heard.independent, bodies.independent[wanted])
        claim, organ = heard.claim[row], bodies.organ[wanted][at]
        of = do.pick(self.found.positions.source, organ, -1)
        own = do.flat((organ < 0) | (of == self.rows.source[claim]))
        return at[own], claim[own]


def _no_pairs(do: Lists) -> Table:
    """Give what `Comparison` gives where no two figures are apart."""
    none = do.full(0, 0)
    numbers = ("topic", "lower", "upper", "lower_organ", "upper_organ", "relation", "gap", "number", "high_day")
    return Table(
        **dict.fromkeys(numbers, none), **dict.fromkeys(("near", "overtaken", "denies", "disputed"), none != 0)
    )


def outside(do: Lists, rows: Table, estimates: Array, found: Independent) -> Table:
    """Find the counts that lie outside an estimate's interval, and the estimates whose intervals do not meet."""
    sources, floors = found.sources, found.floors
    empty = do.full(0, 0)
    if not len(estimates):
        return Table(topic=empty, estimate=empty, independent=empty, other=empty, gap=empty, above=empty)
    said = rows.take(estimates)
    # A count whose upper end lies below the interval …
    at, voice = do.within(sources.topic, said.topic)
    high = do.where(sources.overtaken[voice], UNBOUNDED, sources.high[voice] >> 1)
    below = (said.low[at] >> 1) - high
    bears = sources.denies[voice] | carries(said.day[at], sources.high_day[voice], said.stock[at])
    hit = do.flat((below > 0) & bears)
    first = Table(estimate=at[hit], independent=voice[hit], other=do.full(len(hit), -1), gap=below[hit],
                  above=do.full(len(hit), 0))  # fmt: skip
    # … or whose lower end lies above it
    at, voice = do.within(sources.topic, said.topic)
    pair, floor = do.within(floors.independent, voice)
    over = (floors.low[floor] >> 1) - (said.high[at[pair]] >> 1)
    bears = carries(floors.day[floor], said.day[at[pair]], said.stock[at[pair]])
    over = do.grouped(pair, len(at)).most(do.where(bears, over, 0), 0)
    hit = do.flat(over > 0)
    second = Table(estimate=at[hit], independent=voice[hit], other=do.full(len(hit), -1), gap=over[hit],
                   above=do.full(len(hit), 1))  # fmt: skip
    lower, upper = do.within(said.topic, said.topic)
    over = (said.low[upper] >> 1) - (said.high[lower] >> 1)
    bears = carries(said.day[upper], said.day[lower], said.stock[lower]) & (said.root[lower] != said.root[upper])
    hit = do.flat((over > 0) & bears)
    third = Table(estimate=lower[hit], independent=do.full(len(hit), -1), other=estimates[upper[hit]], gap=over[hit],
                  above=do.full(len(hit), 1))  # fmt: skip
    joined = Table.joined(do, first, second, third)
    joined.topic, joined.estimate = said.topic[joined.estimate], estimates[joined.estimate]
    return joined.take(do.order(joined.topic, joined.estimate))
