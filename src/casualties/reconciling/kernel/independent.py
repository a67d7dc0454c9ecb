"""Which independent sources speak on a topic, each with one figure (design 6, "Voices")."""

from __future__ import annotations

from dataclasses import dataclass

from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel.arrays import Array, Lists, Table
from casualties.reconciling.kernel.claims import OPEN, WHOLE
from casualties.reconciling.kernel.segments import Words, carries, combined, earliest, grouped, key, latest, within
from casualties.reconciling.kernel.settling import SAID, Settled

__all__ = ["Independent", "unite"]


@dataclass(slots=True)
class Independent:
    """Positions in the order of their independent sources, and these.

    Attributes:
        positions: The positions, sorted by topic and independent source.
        place: By position as it was settled, its place among these.
        sources: The independent sources, by topic.
        floors: The lower ends of each, sorted by it.
        bearing: The claims of these, as pairs ``floor`` and ``claim``, sorted by floor.
    """

    positions: Table
    place: Array
    sources: Table
    floors: Table
    bearing: Table


def unite(do: Lists, rows: Table, several: Table, settled: Settled, ordered: Array, unattributed: Array) -> Independent:
    """Group positions by the roots that they share; the latest of each group is its figure."""
    root, signed, sources_only = _roots(do, several, settled, ordered, unattributed)
    positions, number = settled.positions, len(settled.positions.topic)
    order = do.order(positions.topic, root, positions.alone, positions.first)
    place = do.full(number, 0)
    place[order] = do.count(number)
    positions, root, signed, sources_only = positions.take(order), root[order], signed[order], sources_only[order]
    heads = do.heads(positions.topic, root)
    voice = do.cumulate(heads) - 1
    first = do.flat(heads)
    voices = do.grouped(voice, len(first))
    last = _latest(do, rows, settled, positions, place, voice, voices.all(sources_only))
    positions.voice, positions.latest = voice, last

    speaking = do.flat(last)
    by = do.grouped(voice[speaking], len(first))
    told = positions.take(speaking)
    single = by.total(last[speaking]) == 1
    of, organ = voice[speaking], by.least(speaking, 0)
    day = by.most(told.day, 0)
    # Organs of one day and hour, and what nobody signs, are settled as versions.
    told.high = do.where(single[of] | (told.high_day == told.day), told.high, OPEN)
    figure = combined(do, by, told)
    shared = by.most(told.low >> 1, 0) <= by.least(told.high >> 1, OPEN)
    unnamed = voices.any(~signed)
    differs = ~single & ~shared & (unnamed | by.any(told.alone != 0))
    sources = Table(
        topic=positions.topic[first], low=figure.low, high=figure.high, best=figure.best, day=day,
        high_day=do.where(single, positions.high_day[organ], day),
        flags=by.bits(told.flags) | do.numbers(differs) * out.DIFFERS,
        denies=by.all(told.denies), unattributed=unnamed, stock=positions.stock[first],
    )  # fmt: skip
    floors, bearing = _floors(do, rows, settled, positions, place, sources, organ, single, single | shared)
    found = do.grouped(floors.voice, len(first))
    sources.low = do.maximum(sources.low, found.most(floors.low, 0))
    return Independent(positions, place, sources, floors, bearing)


def _roots(
    do: Lists, several: Table, settled: Settled, ordered: Array, unattributed: Array
) -> tuple[Array, Array, Array]:
    """Give each position the least root that it shares, whether it is signed, and whether all roots are sources."""
    positions = settled.positions
    root, signed, sources_only = positions.root, unattributed[positions.root] == 0, ordered[positions.root] != 0
    resting = do.flat(settled.standing[several.row])
    if not len(resting):
        return root, signed, sources_only
    # Positions that rest on several join what they rest on: the least root spreads until nothing changes.
    of, on = settled.position[several.row[resting]], several.root[resting]
    sort = do.order(of)
    of, on = of[sort], on[sort]
    by = do.grouped(of, len(root))
    signed = signed & by.all(unattributed[on] == 0)
    sources_only = sources_only & by.all(ordered[on] != 0)
    every = do.concat(do.count(len(root)), of)
    topic = positions.topic[every]
    order, _, links = grouped(do, key(topic, do.concat(root, on)))
    link = do.full(len(every), 0)
    link[order] = links.of
    back = do.order(every)
    owners = do.grouped(every[back], len(root))
    while True:
        least = links.least(root[every][order], 0)
        new = owners.least(least[link][back], 0)
        if not do.any(new != root):
            return root, signed, sources_only
        root = new


def _latest(
    do: Lists, rows: Table, settled: Settled, positions: Table, place: Array, voice: Array, orders: Array
) -> Array:
    """Tell which positions make the figure of their independent source: the latest, and of organs the last said."""
    by = do.grouped(voice, len(orders))
    last = latest(positions.day) >= by.most(earliest(positions.day), 0)[voice]
    asked = do.flat(last & (by.total(last) > 1)[voice] & orders[voice])
    if not len(asked):
        return last
    # Of one day an organ gives way to another with a word that was surely said after all of its own.
    figured = do.flat(settled.figured)
    of = place[settled.position[figured]]
    order = do.order(of)
    figured, of = figured[order], of[order]
    said = rows.of(figured, *SAID)
    words = Words.last(do, do.grouped(of, len(voice)), said, said.end)
    same = do.order(voice[asked], positions.day[asked])
    asked = asked[same]
    group = do.cumulate(do.heads(voice[asked], positions.day[asked])) - 1
    one, other = within(do, group, group)
    pair, claim = within(do, of, asked[other])
    later = words.at(asked[one][pair]).all_before(said.take(claim))
    gone = asked[one[pair[do.flat(later)]]]
    last[gone] = False
    return last


def _floors(
    do: Lists,
    rows: Table,
    settled: Settled,
    positions: Table,
    place: Array,
    sources: Table,
    organ: Array,
    single: Array,
    open_: Array,
) -> tuple[Table, Table]:
    """Gather the lower ends of each independent source: those of its latest positions, and those carried into it.

    There are carried those of earlier days of its sources, and counted ones of other organs.  What nobody signs
    replaces nothing of each other, so there the floors of all earlier days carry.
    """
    figured = do.flat(settled.figured)
    of = place[settled.position[figured]]
    said = do.flat(positions.latest[of])
    speaking, spoken = positions.voice[of[said]], figured[said]
    order = do.order(speaking)
    speaking, spoken = speaking[order], spoken[order]
    many = do.flat(~single)
    floors = settled.floors
    at = place[floors.position]
    voice, last = positions.voice[at], positions.latest[at]
    own = do.flat(last & open_[voice])
    other = do.flat(~last & ~sources.stock[voice] & ((positions.alone[at] != 0) | (floors.series != WHOLE)))
    carried = settled.carried
    of = place[carried.position]
    earlier = do.flat(positions.latest[of])
    parts = (
        Table(voice=many, position=organ[many], low=sources.low[many], day=sources.day[many],
              series=do.full(len(many), WHOLE), carried=do.full(len(many), 0)),
        _offered(do, floors, at, positions, own, 0),
        _offered(do, carried, of, positions, earlier, 1),
        _offered(do, floors, at, positions, other, 1),
    )  # fmt: skip
    found = Table(**{name: do.concat(*(getattr(part, name) for part in parts)) for name in vars(parts[0])})
    # Their claims.
    together, whose = _claims_of(do, Table(floor=speaking, claim=spoken), many)
    second, bearing = _claims_of(do, settled.bearing, own)
    third, carrying = _claims_of(do, settled.carrying, earlier)
    fourth, counting = _claims_of(do, settled.bearing, other)
    starts = [0, len(many), len(many) + len(own), len(many) + len(own) + len(earlier)]
    floor = do.concat(together, second + starts[1], third + starts[2], fourth + starts[3])
    claim = do.concat(whose, bearing, carrying, counting)
    # What is carried raises the figure, is not excluded by it, and was not revised down since.
    kept = found.carried == 0
    raised = do.flat(~kept)
    if len(raised):
        offer = found.take(raised)
        figure = sources.take(offer.voice)
        count = offer.low >> 1
        bears = (count > (figure.low >> 1)) & carries(offer.day, figure.day, figure.stock)
        bears = bears & ~((count > (figure.high >> 1)) & carries(offer.day, figure.high_day, figure.stock))
        kept[raised] = bears & ~_revised(do, rows, speaking, spoken, found, floor, claim, starts[3])[raised]
    order = do.order(found.voice)
    order = order[do.flat(kept[order])]
    new = do.full(len(kept), -1)
    new[order] = do.count(len(order))
    floor = new[floor]
    pairs = do.flat(floor >= 0)
    pairs = pairs[do.order(floor[pairs])]
    return found.take(order), Table(floor=floor[pairs], claim=claim[pairs])


def _offered(do: Lists, floors: Table, at: Array, positions: Table, some: Array, carried: int) -> Table:
    of = at[some]
    return Table(
        voice=positions.voice[of], position=of, low=floors.low[some], day=floors.day[some], series=floors.series[some],
        carried=do.full(len(some), carried),
    )  # fmt: skip


def _claims_of(do: Lists, bearing: Table, floors: Array) -> tuple[Array, Array]:
    """Give the claims of some floors, each with the place of its floor among these."""
    place, row = within(do, bearing.floor, floors)
    return place, bearing.claim[row]


def _revised(
    do: Lists, rows: Table, speaking: Array, spoken: Array, found: Table, floor: Array, claim: Array, start: int
) -> Array:
    """Tell which lower ends of other organs were revised down by what their independent source says now."""
    said = rows.of(spoken, "named_high", *SAID)
    by = do.grouped(speaking, int(speaking[-1]) + 1 if len(speaking) else 0)
    now, words = by.most(said.named_high, -1), Words.last(do, by, said, said.end)
    asked = do.flat(floor >= start)
    before, voice = rows.of(claim[asked], "named_low", *SAID), found.voice[floor[asked]]
    down = (before.named_low > now[voice]) & ~words.at(voice).all_before(before)
    revised = do.full(len(found.low), False)
    revised[floor[asked][do.flat(down)]] = True
    return revised
