"""Which independent sources speak on a topic, each with one figure (design 6, "Voices")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from casualties.reconciling.arrays import WIDTH, Array, Groups, Lists, Table, key
from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel.claims import OPEN, WHOLE
from casualties.reconciling.kernel.figures import carries, combined, earliest, has, latest
from casualties.reconciling.kernel.settling import Settled, taken
from casualties.reconciling.kernel.statements import Words, newest, read_at_source, revises_down

__all__ = ["Independent", "claims_by_source", "unite"]


@dataclass(slots=True)
class Independent:
    """Positions in the order of their independent sources, and these."""

    positions: Table  # sorted by topic and independent source
    sources: Table  # the independent sources, by topic
    floors: Table  # the lower ends of each, sorted by it
    bearing: Table  # the claims of these, as pairs ``floor`` and ``claim``, sorted by floor
    heard: Callable[[], Table]  # all that each ever said, also what it replaced, as pairs ``independent``, ``claim``


def unite(do: Lists, rows: Table, several: Table, settled: Settled, unattributed: Array) -> Independent:
    """Group positions by the roots that they share; the latest of each group is its figure."""
    root, on = _roots(do, several, settled)
    if len(several.row):
        root = _sort_positions(do, settled, root, on)
    positions = settled.positions
    voices = do.groups(positions.topic, root)
    signed = do.full(voices.number, True)
    unsigned = do.flat(unattributed[on.root] != 0)
    signed[voices.of[on.position[unsigned]]] = False
    positions.independent = voices.of
    positions.latest = positions.standing = do.full(len(voices.of), True)
    if not voices.single:  # what nobody signs replaces nothing of each other
        positions.latest = newest(do, positions, voices, positions.latest, signed)
        positions.standing = read_at_source(voices, positions.latest, positions.at_source)
    sources = _figures(do, positions, voices)
    sources.unattributed = ~signed
    if len(unsigned):
        same = positions.standing & voices.rows(sources.same)
        settled.fate[positions.first[do.flat(~voices.rows(signed) & positions.latest & ~same)]] = out.VERSION
    floors, bearing = _floors(do, rows, settled, sources)
    if do.any(floors.carried):
        carried = do.where(floors.carried != 0, floors.low, 0)
        sources.low = do.maximum(sources.low, do.grouped(floors.independent, voices.number).most(carried, 0))
    positions.alone_figure = positions.standing & voices.rows(sources.single)
    heard = cache(lambda: _heard(do, rows, several, settled, on))
    return Independent(positions, sources, floors, bearing, heard)


_FIGURE: Final = ("topic", "low", "high", "day", "high_day", "denies", "stock")


def _figures(do: Lists, positions: Table, voices: Groups) -> Table:
    """Settle the latest positions of each independent source as versions of one figure.

    With it whether one organ alone makes it, which, whether all that make it share a count, and whether they say the
    same.
    """
    if voices.single:
        figures = {name: getattr(positions, name) for name in _FIGURE}
        alone = positions.standing
        found = Table(single=alone, organ=voices.of, shared=alone, same=alone, **figures)
        found.later(best=lambda: positions.best, flags=lambda: positions.flags)
        return found
    speaking = do.flat(positions.standing)
    told = positions.take(speaking)
    by = do.grouped(told.independent, voices.number)
    single, organ = by.total(told.standing) == 1, by.least(speaking, 0)
    day = by.most(told.day, 0)
    # Organs of one day and hour, and what nobody signs, are settled as versions.
    high = do.where(told.high_day == told.day, told.high, OPEN)
    told.high = do.where(single[told.independent], told.high, high)
    figure = combined(do, by, told)
    last = positions.take(do.flat(positions.latest))
    all_ = do.grouped(last.independent, voices.number)
    high = do.where(last.high_day == last.day, last.high, OPEN)
    apart = all_.most(last.low >> 1, 0) > all_.least(high >> 1, OPEN)
    differs = apart & all_.any(last.alone != 0)  # organs that differ are divided
    return Table(
        topic=voices.firsts(positions.topic), low=figure.low, high=figure.high, best=figure.best, day=day,
        high_day=do.where(single, positions.high_day[organ], day),
        flags=all_.bits(last.flags) | do.numbers(differs) * out.DIFFERS,
        denies=all_.all(last.denies), stock=voices.firsts(positions.stock), single=single, organ=organ,
        shared=by.most(told.low >> 1, 0) <= by.least(told.high >> 1, OPEN), same=figure.same,
    )  # fmt: skip


def _sort_positions(do: Lists, settled: Settled, root: Array, on: Table) -> Array:
    """Sort positions by the roots that they share, and give these."""
    positions = settled.positions
    order = do.order(positions.topic, root, positions.alone, positions.first)
    place = do.full(len(order), 0)
    place[order] = do.count(len(order))
    settled.positions = positions.take(order)
    settled.position, on.position = do.pick(place, settled.position, -1), place[on.position]
    for floors, claims in (("floors", "bearing"), ("carried", "carrying")):
        ends = getattr(settled, floors)
        ends.position = place[ends.position]
        ends, bearing = taken(do, ends, getattr(settled, claims), do.order(ends.position))
        setattr(settled, floors, ends)
        setattr(settled, claims, bearing)
    return root[order]


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


def _heard(do: Lists, rows: Table, several: Table, settled: Settled, on: Table) -> Table:
    """Give all that each independent source ever said on the word of one of its roots."""
    fate, positions = settled.fate, settled.positions
    unheard = (fate == out.MISRELAYED) | (fate == out.PROJECTED) | (fate == out.LATER) | (fate == out.COPY)
    said = has(rows, given.COUNT) & ~has(rows, given.COPY) & ~unheard
    claims = do.flat(said)
    more = do.flat(said[several.row])
    claims, root = do.concat(claims, several.row[more]), do.concat(rows.root[claims], several.root[more])
    order, keys, groups = do.sorted_groups(key(positions.topic[on.position], on.root))
    voice = groups.most(positions.independent[on.position][order], 0)
    at = do.lookup(keys, key(rows.topic[claims], root))
    known = do.flat(at >= 0)
    pairs = do.ascending(key(voice[at[known]], claims[known]))
    pairs = pairs[do.flat(do.heads(pairs))]
    return Table(independent=pairs >> WIDTH, claim=pairs & ((1 << WIDTH) - 1))


def _floors(do: Lists, rows: Table, settled: Settled, sources: Table) -> tuple[Table, Table]:
    """Gather the lower ends of each independent source: those that make its figure, and the highest carried into it.

    There are carried those of earlier days of its sources, and counted ones of other organs.  What rests on others or
    is signed by nobody replaces nothing, so there the floor of an earlier day carries.
    """
    floors, positions = settled.floors, settled.positions
    every = do.count(len(floors.low))
    if len(sources.topic) == len(positions.topic) and not len(settled.carried.position):
        return _offered(do, floors, positions, every, 0), settled.bearing
    offers: list[tuple[Table, Table]] = []
    at = positions.take(floors.position)
    many = do.flat(~sources.single)
    if len(many):
        spoken = do.flat(settled.figured)
        spoken = spoken[do.flat(positions.standing[settled.position[spoken]])]
        speaking, spoken = claims_by_source(do, settled, spoken)
        together = Table(
            independent=many, position=sources.organ[many], low=sources.low[many], day=sources.day[many],
            series=do.full(len(many), WHOLE), carried=do.full(len(many), 0),
        )  # fmt: skip
        place, row = do.within(speaking, many)
        offers.append((together, Table(floor=place, claim=spoken[row])))

    def offer(ends: Table, bearing: Table, some: Array, carried: int) -> None:
        offers.append((_offered(do, ends, positions, some, carried), taken(do, ends, bearing, some)[1]))

    offer(floors, settled.bearing, do.flat(at.standing & (sources.single | sources.shared)[at.independent]), 0)
    if len(settled.carried.position):
        of = positions.take(settled.carried.position)
        before = do.flat(of.standing & ~sources.stock[of.independent])
        offer(settled.carried, settled.carrying, before, 1)
    other = do.flat(~at.standing & ~sources.stock[at.independent])
    if len(other):
        names = key(positions.independent, positions.source)
        known = do.among(names[do.flat(positions.standing)], names)
        earlier = latest(positions.day) < earliest(sources.day[positions.independent])
        earlier = earlier & (sources.unattributed[positions.independent] | known)
        offered = do.where(at.alone != 0, earlier[floors.position], floors.series != WHOLE)
        top = do.where(sources.single, positions.top[sources.organ], OPEN)[at.independent]
        other = other[do.flat((offered & ((floors.low >> 1) <= (top >> 1)))[other])]
        offer(floors, settled.bearing, other, 1)
    found = Table.joined(do, *(ends for ends, _ in offers))
    begin, parts = 0, []
    for ends, bearing in offers:
        parts.append(Table(floor=bearing.floor + begin, claim=bearing.claim))
        begin += len(ends.low)
    bearing = Table.joined(do, *parts)
    # What is carried raises the figure, is not excluded by it, and was not revised down since.
    kept = found.carried == 0
    raised = do.flat(~kept)
    if len(raised):
        offered = found.take(raised)
        figure = sources.take(offered.independent)
        count = offered.low >> 1
        bears = (count > (figure.low >> 1)) & carries(offered.day, figure.day, figure.stock)
        bears = bears & ~((count > (figure.high >> 1)) & carries(offered.day, figure.high_day, figure.stock))
        if len(other):
            bears = bears & ~_revised(do, rows, settled, found, bearing, begin - len(other))[raised]
        order = do.order(offered.independent)
        by = do.grouped(offered.independent[order], len(sources.topic))
        highest = by.most(do.where(bears, offered.low, 0)[order], 0)
        kept[raised] = bears & (offered.low == highest[offered.independent])
    order = do.order(found.independent)
    return taken(do, found, bearing, order[do.flat(kept[order])])


def claims_by_source(do: Lists, settled: Settled, claims: Array) -> tuple[Array, Array]:
    """Sort claims that make positions by their independent source, and give this too."""
    voice = settled.positions.independent[settled.position[claims]]
    order = do.order(voice)
    return voice[order], claims[order]


def _offered(do: Lists, floors: Table, positions: Table, some: Array, carried: int) -> Table:
    ends = floors.take(some)
    return Table(
        independent=positions.independent[ends.position], position=ends.position, low=ends.low, day=ends.day,
        series=ends.series, carried=do.full(len(some), carried),
    )  # fmt: skip


def _revised(do: Lists, rows: Table, settled: Settled, found: Table, bearing: Table, start: int) -> Array:
    """Tell which lower ends of other organs were revised down by what their independent source says now."""
    made = do.flat((settled.part & out.MAKES) != 0)
    made = made[do.flat(settled.positions.latest[settled.position[made]])]
    speaking, spoken = claims_by_source(do, settled, made)
    said = rows.take(spoken)
    by = do.grouped(speaking, int(speaking[-1]) + 1 if len(speaking) else 0)
    now, words = by.most(said.named_high, -1), Words.last(do, by, said, said.end)
    asked = bearing.take(do.flat(bearing.floor >= start))
    down = revises_down(now, words, found.independent[asked.floor], rows.take(asked.claim))
    revised = do.full(len(found.low), False)
    revised[asked.floor[do.flat(down)]] = True
    return revised
