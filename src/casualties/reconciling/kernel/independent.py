"""Which independent sources speak on a topic, each with one figure (design 6, "Voices")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from casualties.reconciling.arrays import Array, Groups, Lists, Table, key
from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel.claims import OPEN, WHOLE
from casualties.reconciling.kernel.figures import carries, combined, earliest, has, last_day, latest
from casualties.reconciling.kernel.settling import Settled
from casualties.reconciling.kernel.statements import Words, newest, read_at_source, revises_down

__all__ = ["Independent", "claims_by_source", "unite"]


@dataclass(slots=True)
class Independent:
    """Positions in the order of their independent sources, and these.

    Attributes:
        positions: The positions, sorted by topic and independent source.
        place: By position as it was settled, its place among these.
        sources: The independent sources, by topic.
        floors: The lower ends of each, sorted by it.
        bearing: The claims of these, as pairs ``floor`` and ``claim``, sorted by floor.
        heard: All that each ever said, also what it replaced or withdrew, as pairs ``voice`` and ``claim``; worked out
            when it is asked for.
    """

    positions: Table
    place: Array
    sources: Table
    floors: Table
    bearing: Table
    heard: Callable[[], Table]


def unite(do: Lists, rows: Table, several: Table, settled: Settled, unattributed: Array) -> Independent:
    """Group positions by the roots that they share; the latest of each group is its figure."""
    root, on = _roots(do, several, settled)
    positions, number = settled.positions, len(settled.positions.topic)
    place = do.count(number)
    if len(several.row):
        order = do.order(positions.topic, root, positions.alone, positions.first)
        place[order] = do.count(number)
        positions, root = positions.take(order), root[order]
    voices = do.groups(positions.topic, root)
    voice = voices.of
    on.position = place[on.position]
    signed = do.full(voices.number, True)
    unsigned = do.flat(unattributed[on.root] != 0)
    signed[voice[on.position[unsigned]]] = False
    last, standing = _latest(do, positions, voices, signed)
    positions.independent, positions.latest, positions.standing = voice, last, standing
    heard = cache(lambda: _heard(do, rows, several, settled, positions, on))
    if voices.single:
        sources = Table(**{name: getattr(positions, name) for name in _FIGURE})
        single, organ, shared = last, voice, last
        same = last
    else:
        sources, single, organ, shared, same = _figures(do, positions, voices)
    sources.unattributed = ~signed
    if len(unsigned):
        versions = ~voices.rows(signed) & last & (~standing | ~voices.rows(same))
        settled.fate[positions.first[do.flat(versions)]] = out.VERSION
    floors, bearing = _floors(do, rows, settled, positions, place, sources, organ, single, single | shared)
    if do.any(floors.carried):
        found = do.grouped(floors.independent, voices.number)
        carried = found.most(do.where(floors.carried != 0, floors.low, 0), 0)
        sources.low = do.maximum(sources.low, carried)
    positions.alone_figure = standing & voices.rows(single)
    return Independent(positions, place, sources, floors, bearing, heard)


_FIGURE: Final = ("topic", "low", "high", "best", "day", "high_day", "flags", "denies", "stock")


def _figures(do: Lists, positions: Table, voices: Groups) -> tuple[Table, Array, Array, Array, Array]:
    """Settle the latest positions of each independent source as versions of one figure.

    With it whether one organ alone makes it, which, whether all that make it share a count, and whether they say the
    same.
    """
    voice, standing = voices.of, positions.standing
    speaking = do.flat(standing)
    by = do.grouped(voice[speaking], voices.number)
    told = positions.take(speaking)
    single = by.total(standing[speaking]) == 1
    of, organ = voice[speaking], by.least(speaking, 0)
    day = last_day(by, told.day)
    # Organs of one day and hour, and what nobody signs, are settled as versions.
    high = do.where(told.high_day == told.day, told.high, OPEN)
    told.high = do.where(single[of], told.high, high)
    figure = combined(do, by, told)
    shared = by.most(told.low >> 1, 0) <= by.least(told.high >> 1, OPEN)
    kept = do.flat(positions.latest)
    all_ = do.grouped(voice[kept], voices.number)
    high = do.where(positions.high_day == positions.day, positions.high, OPEN)[kept]
    apart = all_.most(positions.low[kept] >> 1, 0) > all_.least(high >> 1, OPEN)
    differs = apart & all_.any(positions.alone[kept] != 0)  # organs that differ are divided
    sources = Table(
        topic=voices.firsts(positions.topic), low=figure.low, high=figure.high, best=figure.best, day=day,
        high_day=do.where(single, positions.high_day[organ], day),
        flags=all_.bits(positions.flags[kept]) | do.numbers(differs) * out.DIFFERS,
        denies=all_.all(positions.denies[kept]), stock=voices.firsts(positions.stock),
    )  # fmt: skip
    return sources, single, organ, shared, figure.same


def _roots(do: Lists, several: Table, settled: Settled) -> tuple[Array, Table]:
    """Give each position the least root that it shares, and all roots on which positions rest."""
    positions = settled.positions
    root = positions.root
    resting = do.flat((settled.part[several.row] & out.MAKES) != 0)
    own = do.count(len(root))
    if not len(resting):
        return root, Table(position=own, root=root)
    # Positions that rest on several join what they rest on: the least root spreads until nothing changes.
    of, on = settled.position[several.row[resting]], several.root[resting]
    every, roots = do.concat(own, of), do.concat(root, on)
    order, _, links = do.sorted_groups(key(positions.topic[every], roots))
    link = do.full(len(every), 0)
    link[order] = links.of
    back = do.order(every)
    owners = do.grouped(every[back], len(root))
    while True:
        least = links.least(root[every][order], 0)
        new = owners.least(least[link][back], 0)
        if not do.any(new != root):
            return root, Table(position=every, root=roots)
        root = new


def _latest(do: Lists, positions: Table, voices: Groups, signed: Array) -> tuple[Array, Array]:
    """Tell which positions are of the latest day and hour of their independent source, and which make its figure.

    What nobody signs replaces nothing of each other.  Of versions those read at the source itself stand.
    """
    if voices.single:
        last = do.full(voices.number, True)
        return last, last
    last = newest(do, positions, voices, do.full(len(voices.of), True), signed)
    return last, read_at_source(voices, last, positions.at_source)


def _heard(do: Lists, rows: Table, several: Table, settled: Settled, positions: Table, on: Table) -> Table:
    """Give all that each independent source ever said on the word of one of its roots."""
    fate = settled.fate
    unheard = (fate == out.MISRELAYED) | (fate == out.PROJECTED) | (fate == out.LATER) | (fate == out.COPY)
    said = has(rows, given.COUNT) & ~has(rows, given.COPY) & ~unheard
    claims = do.flat(said)
    more = do.flat(said[several.row])
    claims, root = do.concat(claims, several.row[more]), do.concat(rows.root[claims], several.root[more])
    order, keys, groups = do.sorted_groups(key(positions.topic[on.position], on.root))
    voice = groups.most(positions.independent[on.position][order], 0)
    at = do.lookup(keys, key(rows.topic[claims], root))
    known = do.flat(at >= 0)
    claims, voice = claims[known], voice[at[known]]
    order = do.order(voice, claims)
    claims, voice = claims[order], voice[order]
    once = do.flat(do.heads(voice, claims))
    return Table(independent=voice[once], claim=claims[once])


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
    """Gather the lower ends of each independent source: those that make its figure, and the highest carried into it.

    There are carried those of earlier days of its sources, and counted ones of other organs.  What rests on others or
    is signed by nobody replaces nothing, so there the floor of an earlier day carries.
    """
    floors = settled.floors
    at = place[floors.position]
    if len(sources.topic) == len(positions.topic) and not len(settled.carried.position):
        own = do.count(len(at))
        return _offered(do, floors, at, positions, own, 0), settled.bearing
    offers: list[tuple[Table, tuple[Array, Array]]] = []
    voice, stands = positions.independent[at], positions.standing[at]
    many = do.flat(~single)
    if len(many):
        spoken = do.flat(settled.figured)
        spoken = spoken[do.flat(positions.standing[place[settled.position[spoken]]])]
        speaking, spoken = claims_by_source(do, positions, place, settled, spoken)
        together = Table(
            independent=many, position=organ[many], low=sources.low[many], day=sources.day[many],
            series=do.full(len(many), WHOLE), carried=do.full(len(many), 0),
        )  # fmt: skip
        offers.append((together, _claims_of(do, Table(floor=speaking, claim=spoken), many)))
    own = do.flat(stands & open_[voice])
    offers.append((_offered(do, floors, at, positions, own, 0), _claims_of(do, settled.bearing, own)))
    if len(settled.carried.position):
        carried = settled.carried
        of = place[carried.position]
        before = do.flat(positions.standing[of] & ~sources.stock[positions.independent[of]])
        offers.append((_offered(do, carried, of, positions, before, 1), _claims_of(do, settled.carrying, before)))
    other = do.flat(~stands & ~sources.stock[voice])
    if len(other):
        names = key(positions.independent, positions.source)
        known = do.among(names[do.flat(positions.standing)], names)
        earlier = latest(positions.day) < earliest(sources.day[positions.independent])
        earlier = earlier & (sources.unattributed[positions.independent] | known)
        offered = do.where(positions.alone[at] != 0, earlier[at], floors.series != WHOLE)
        top = do.where(single, positions.top[organ], OPEN)[voice]
        other = other[do.flat((offered & ((floors.low >> 1) <= (top >> 1)))[other])]
        offers.append((_offered(do, floors, at, positions, other, 1), _claims_of(do, settled.bearing, other)))
    found = Table.joined(do, *(offer for offer, _ in offers))
    begin, rows_of = 0, []
    for offer, (row, _) in offers:
        rows_of.append(row + begin)
        begin += len(offer.independent)
    floor = do.concat(*rows_of)
    claim = do.concat(*(claims for _, (_, claims) in offers))
    # What is carried raises the figure, is not excluded by it, and was not revised down since.
    kept = found.carried == 0
    raised = do.flat(~kept)
    if len(raised):
        offer = found.take(raised)
        figure = sources.take(offer.independent)
        count = offer.low >> 1
        bears = (count > (figure.low >> 1)) & carries(offer.day, figure.day, figure.stock)
        bears = bears & ~((count > (figure.high >> 1)) & carries(offer.day, figure.high_day, figure.stock))
        if len(other):
            made = do.flat((settled.part & out.MAKES) != 0)
            made = made[do.flat(positions.latest[place[settled.position[made]]])]
            making = claims_by_source(do, positions, place, settled, made)
            bears = bears & ~_revised(do, rows, *making, found, floor, claim, begin - len(other))[raised]
        order = do.order(offer.independent)
        highest = do.grouped(offer.independent[order], len(sources.topic)).most(do.where(bears, offer.low, 0)[order], 0)
        kept[raised] = bears & (offer.low == highest[offer.independent])
    order = do.order(found.independent)
    order = order[do.flat(kept[order])]
    new = do.full(len(kept), -1)
    new[order] = do.count(len(order))
    floor = new[floor]
    pairs = do.flat(floor >= 0)
    pairs = pairs[do.order(floor[pairs])]
    return found.take(order), Table(floor=floor[pairs], claim=claim[pairs])


def claims_by_source(do: Lists, positions: Table, place: Array, settled: Settled, claims: Array) -> tuple[Array, Array]:
    """Sort claims of positions by their independent source, and give this too."""
    voice = positions.independent[place[settled.position[claims]]]
    order = do.order(voice)
    return voice[order], claims[order]


def _offered(do: Lists, floors: Table, at: Array, positions: Table, some: Array, carried: int) -> Table:
    of = at[some]
    return Table(
        independent=positions.independent[of], position=of, low=floors.low[some], day=floors.day[some],
        series=floors.series[some], carried=do.full(len(some), carried),
    )  # fmt: skip


def _claims_of(do: Lists, bearing: Table, floors: Array) -> tuple[Array, Array]:
    """Give the claims of some floors, each with the place of its floor among these."""
    place, row = do.within(bearing.floor, floors)
    return place, bearing.claim[row]


def _revised(
    do: Lists, rows: Table, speaking: Array, spoken: Array, found: Table, floor: Array, claim: Array, start: int
) -> Array:
    """Tell which lower ends of other organs were revised down by what their independent source says now."""
    said = rows.take(spoken)
    by = do.grouped(speaking, int(speaking[-1]) + 1 if len(speaking) else 0)
    now, words = by.most(said.named_high, -1), Words.last(do, by, said, said.end)
    asked = do.flat(floor >= start)
    before, voice = rows.take(claim[asked]), found.independent[floor[asked]]
    down = revises_down(now, words, voice, before)
    revised = do.full(len(found.low), False)
    revised[floor[asked][do.flat(down)]] = True
    return revised
