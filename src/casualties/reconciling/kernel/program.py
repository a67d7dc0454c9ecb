"""The rules from first to last, over all topics at once: rows of claims in, the tables of `answer` out."""

from __future__ import annotations

from dataclasses import fields
from functools import cached_property
from typing import Any

from casualties.reconciling.arrays import Array, Column, Lists, Table, key, made_for
from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel.answer import Answer
from casualties.reconciling.kernel.claims import OPEN, TALLIED, Claims, Context
from casualties.reconciling.kernel.comparing import Comparison, outside
from casualties.reconciling.kernel.confidence import STALE_AFTER_DAYS, levels
from casualties.reconciling.kernel.day import NOTHING, borne_out, find_day, outliers, see_the_day, status_of
from casualties.reconciling.kernel.figures import carries, earliest, has, latest, most_allow
from casualties.reconciling.kernel.independent import Independent, claims_by_source, unite
from casualties.reconciling.kernel.settling import Settled, settle
from casualties.reconciling.kernel.statements import FAR

__all__ = ["Program", "borne_out_by", "level_in"]


class Program:
    """The rules from first to last over all topics: first what the status needs, the rest when it is asked for.

    Args:
        claims: The claims.
        context: What stands beside them.
        do: The operations; where they are left out lists for a few claims, and numpy for many where it is at hand.

    Attributes:
        status: By topic, its status.

    Examples:
        >>> Program(Claims(), Context()).status
        []
    """

    def __init__(self, claims: Claims, context: Context, do: Lists | None = None) -> None:
        self.do = do = do or made_for(len(claims))
        self.rows, several, self.beside = _entered(do, claims, context)
        self.topics = topics = len(context.stock)
        self.settled = settled = settle(do, self.rows, several)
        self.found = found = unite(do, self.rows, several, settled, do.column(context.unattributed))
        comparison = Comparison(do, self.rows, self.beside, settled, found)
        self.divided, self.pairs = comparison.divide(), comparison.compare()
        pairs, sources = self.pairs, found.sources
        self.by = do.grouped(sources.topic, topics)
        self.stating = self.by.any(~sources.denies)
        self.day = find_day(do, self.rows, settled, found.positions, topics)
        for each in (pairs, self.divided):
            each.of_day = each.denies | (each.high_day == self.day[each.topic])
        overtaken = pairs.lower[do.flat(pairs.overtaken & (pairs.lower_organ < 0))]
        see_the_day(do, found, self.day, overtaken)
        self.disputed = do.full(topics, False)
        self.disputed[pairs.topic[do.flat(pairs.disputed & pairs.of_day)]] = True
        estimates = settled.estimates
        self.estimated = do.grouped(self.rows.topic[estimates], topics).any(estimates >= 0)
        self.status = status_of(do, found, pairs, self.stating, self.disputed, self.estimated)

    @cached_property
    def answer(self) -> Answer:
        """All tables."""
        do, rows, beside, topics, settled, found = (
            self.do, self.rows, self.beside, self.topics, self.settled, self.found,
        )  # fmt: skip
        pairs, by, stating, day = self.pairs, self.by, self.stating, self.day
        positions, sources, floors = found.positions, found.sources, found.floors
        sources.outlier = outliers(do, sources, self.disputed)
        apart = do.full(topics, False)
        apart[pairs.topic[do.flat(pairs.of_day & ~pairs.overtaken)]] = True
        common = by.most(sources.day_low, 0), by.least(sources.day_high, OPEN)
        shared = stating & ~apart & ((common[0] >> 1) <= (common[1] >> 1))
        ranges = {
            "common": (do.where(shared, common[0], 0), do.where(shared, common[1], -1)),
            "span": _span(do, rows, settled, found, stating, topics),
            "undisputed": _stated(do, stating, borne_out(do, sources, 1, topics)),
            "borne": _stated(do, stating, borne_out(do, sources, 2, topics)),
        }
        heard = do.flat(sources.of_day & stating[sources.topic])
        runs = most_allow(do, sources.topic[heard], sources.day_low[heard], sources.day_high[heard])
        allowing = _allowing(do, sources, heard, runs)
        _give_parts(do, rows, settled, found, pairs, ranges, heard[allowing.source], stating)
        stray = outside(do, rows, settled.estimates, found)
        _bearers(do, rows, beside, settled, found, day)
        undisputed = Table(low=ranges["undisputed"][0], high=ranges["undisputed"][1])
        undisputed.upper = (undisputed.low >> 1) == 0
        said = undisputed.high >= 0
        asked = Table(
            low=do.where(undisputed.upper, NOTHING[0], undisputed.low),
            high=do.where(undisputed.upper, undisputed.high, OPEN),
            upper=undisputed.upper,
        )
        beside.stale = _stale(beside, by.most(latest(sources.day), 0))
        level = levels(do, sources, _sides(do, beside, positions), _quarrels(do, pairs), beside, asked)
        stands = settled.fate == out.STANDS
        whole = do.grouped(rows.topic, topics)
        number = whole.total(rows.topic >= 0)
        flags = by.bits(sources.flags) | do.grouped(positions.topic, topics).bits(positions.flags)
        in_topic = do.order(pairs.topic)
        ordered = pairs.take(in_topic)
        counted = do.grouped(ordered.topic, topics)
        of_runs = do.grouped(runs.group, topics)
        findings = {
            "claims": number, "set_aside": number - whole.total(stands), "independents": by.total(sources.topic >= 0),
            "day": earliest(day), "day_latest": latest(day), "status": self.status,
            **{
                f"{name}_{end}": ends[place]
                for name, ends in ranges.items()
                for place, end in enumerate(("low", "high"))
            },
            "disputes": counted.total(ordered.disputed),
            "disputes_of_day": counted.total(ordered.disputed & ordered.of_day),
            "near": counted.total(ordered.near), "overtaken": counted.total(ordered.overtaken),
            "apart": counted.total((ordered.relation == out.APART) & ~ordered.near & ~ordered.overtaken),
            "gap": counted.most(do.where(ordered.disputed, ordered.gap, 0), 0),
            "runs": of_runs.total(runs.allow > 0), "allow": of_runs.most(runs.allow, 0),
            "outside": do.grouped(stray.topic, topics).total(stray.gap > 0),
            "level": do.where(said, level.level, out.NONE), "reasons": do.where(said, level.reasons, out.NO_BEARER),
            "flags": flags, "denials": whole.total(stands & has(rows, given.DENIAL)),
            "silences": whole.total(stands & has(rows, given.SILENT)),
        }  # fmt: skip
        named = allowing.take(do.flat(_names(sources.take(heard[allowing.source]), runs.take(allowing.run))))
        runs.name = do.grouped(named.run, len(runs.low)).total(named.run >= 0)
        runs.topic = runs.group
        both = Table(
            **{
                field.name: do.concat(getattr(pairs, field.name), getattr(self.divided, field.name))
                for field in fields(out.Pairs)
            }
        )
        position = do.where(settled.position < 0, -1, 0)
        held = do.flat(position == 0)
        position[held] = found.place[settled.position[held]]
        positions.independent = positions.voice
        floors.topic, floors.independent = sources.topic[floors.voice], floors.voice
        return Answer(
            out.Fates(settled.fate, position, settled.part),
            _table(out.Positions, positions),
            _table(out.Independents, sources),
            _table(out.Floors, floors),
            _table(out.Pairs, both.take(do.order(both.topic))),
            _table(out.Runs, runs),
            _table(out.Outside, stray),
            out.Findings(*(findings[field.name] for field in fields(out.Findings))),
        )


def level_in(answer: Answer, context: Context, low: int, high: int) -> list[tuple[int, int, list[int], list[int]]]:
    """Give the level of each end of any range on the one topic of an answer; that of the range is the lower one.

    Each with the steps towards it, and the places of those who bear it out and of those who contest the range.
    """
    do = Lists()
    _, _, beside = _entered(do, Claims(), context)
    sources, pairs, positions = (
        Table(**{field.name: Column(getattr(table, field.name)) for field in fields(kind)})
        for table, kind in (
            (answer.independents, out.Independents),
            (answer.pairs, out.Pairs),
            (answer.positions, out.Positions),
        )
    )
    for name in ("graded", "tentative", "unattributed"):
        setattr(sources, name, getattr(sources, name) != 0)
    positions.voice, positions.latest = positions.independent, positions.latest != 0
    pairs.disputed = (pairs.relation == out.DISPUTE) & (pairs.near == 0) & (pairs.overtaken == 0)
    beside.stale = _stale(beside, Column([max(sources.until_latest, default=0)]))
    found = []
    for upper in [upper for upper, said in ((False, low >> 1 > 0), (True, high < OPEN)) if said]:
        asked = Table(low=Column([low]), high=Column([high]), upper=Column([upper]))
        level = levels(do, sources, _sides(do, beside, positions), _quarrels(do, pairs), beside, asked)
        found.append((level.level[0], level.reasons[0], do.flat(level.bears), do.flat(level.contests)))
    return found


def borne_out_by(answer: Answer, number: int) -> tuple[int, int] | None:
    """Give what so many independent sources bear out on the one topic of an answer."""
    names = ("topic", "day_low", "day_high", "outlier", "unattributed")
    sources = Table(**{name: Column(getattr(answer.independents, name)) for name in names})
    sources.outlier, sources.unattributed = sources.outlier != 0, sources.unattributed != 0
    (low,), (high,) = borne_out(Lists(), sources, number, 1)
    return None if high < 0 else (low, high)


def _stale(beside: Table, last: Array) -> Array:
    """Tell where the day asked for lies too long after the last day counted, on a running count that is not closed."""
    return ~beside.stock & ~beside.closed & (last > 0) & (last < beside.asked - STALE_AFTER_DAYS)


def _entered(do: Lists, claims: Claims, context: Context) -> tuple[Table, Table, Table]:
    """Give the rows as columns, the roots of what rests on several, and what stands beside the claims."""
    rows = Table(**{field.name: do.column(getattr(claims, field.name)) for field in fields(claims)})
    stock = do.column(context.stock) != 0
    rows.day, rows.begin = (rows.until << 22) | rows.until_latest, rows.said
    rows.end = do.where(rows.said_latest == 0, FAR, rows.said_latest)
    rows.stock = stock[rows.topic]
    resting = [(row, root) for row, roots in sorted(context.several.items()) for root in roots]
    several = Table(row=do.column([row for row, _ in resting]), root=do.column([root for _, root in resting]))
    beside = Table(
        near=context.near, settling=context.settling, asked=context.asked, stock=stock,
        closed=do.column(context.closed) != 0, victims=do.column(context.victims),
        counted_until=do.column(context.counted_until), side=do.column(context.side), kinds=do.column(context.kinds),
        allied=do.column(sorted((a << 42) | b for a, b in context.allied)),
        opposed=do.column(sorted((a << 42) | b for a, b in context.opposed)),
    )  # fmt: skip
    return rows, several, beside


def _stated(do: Lists, stating: Array, ends: tuple[Array, Array]) -> tuple[Array, Array]:
    """Leave out the ranges of topics on which nobody states a count."""
    return do.where(stating, ends[0], 0), do.where(stating, ends[1], -1)


def _span(
    do: Lists, rows: Table, settled: Settled, found: Independent, stating: Array, topics: int
) -> tuple[Array, Array]:
    """Give the hull of all figures as said, carried nowhere, those of named organs too."""
    claims = do.flat((settled.part & out.MAKES) != 0)
    at = found.place[settled.position[claims]]
    heard = do.flat(found.positions.latest[at] | found.positions.divided[at])
    claims = claims[heard]
    by = do.grouped(rows.topic[claims], topics)
    return _stated(do, stating, (by.least(rows.low[claims], 0), by.most(rows.high[claims], -1)))


def _allowing(do: Lists, sources: Table, heard: Array, runs: Table) -> Table:
    """Join each range that most allow with those who allow it, as places in ``heard``."""
    topic = sources.topic[heard]
    run, source = do.within(topic, runs.group)
    start = runs.low[run] >> 1
    voices = sources.take(heard[source])
    allow = do.flat(((voices.day_low >> 1) <= start) & (start <= (voices.day_high >> 1)))
    return Table(run=run[allow], source=source[allow])


def _names(sources: Table, runs: Table) -> Array:
    """Tell whether the figure of an independent source lies inside a range."""
    return ((runs.low >> 1) <= (sources.low >> 1)) & ((sources.high >> 1) <= (runs.high >> 1))


def _sides(do: Lists, beside: Table, positions: Table) -> Table:
    """Give the sides of the sources of each independent source, as far as they have its figure."""
    last = do.flat(positions.latest & (beside.side[positions.source] >= 0))
    return Table(voice=positions.voice[last], side=beside.side[positions.source[last]])


def _quarrels(do: Lists, pairs: Table) -> Table:
    """Give the pairs of independent sources that dispute, both ways round and sorted."""
    own = do.flat(pairs.disputed & (pairs.lower_organ < 0) & (pairs.upper_organ < 0))
    one, other = do.concat(pairs.lower[own], pairs.upper[own]), do.concat(pairs.upper[own], pairs.lower[own])
    order = do.order(one, other)
    once = do.flat(do.heads(one[order], other[order]))
    one, other = one[order][once], other[order][once]
    return Table(one=one, other=other, keys=key(one, other))


def _bearers(do: Lists, rows: Table, beside: Table, settled: Settled, found: Independent, day: Array) -> None:
    """Give what each independent source brings to an end (design 7 F)."""
    positions, sources, floors = found.positions, found.sources, found.floors
    number = len(sources.topic)
    tallied = (floors.series >= min(TALLIED)) & (floors.series <= max(TALLIED))  # no number between is another's
    tallied = tallied & carries(floors.day, day[sources.topic[floors.voice]], sources.stock[floors.voice])
    sources.tallied = do.grouped(floors.voice, number).most(do.where(tallied, floors.low, -1), -1)
    last = do.flat(positions.latest)
    by = do.grouped(positions.voice[last], number)
    sources.kinds = by.bits(beside.kinds[positions.source[last]])
    sources.stake = by.bits(rows.stake[positions.first[last]])
    makes = (settled.part & out.MAKES) != 0
    voice, claims = claims_by_source(do, positions, found.place, settled, makes, positions.latest)
    by = do.grouped(voice, number)
    made = rows.take(claims)
    sources.graded, sources.tentative = by.all(has(made, given.GRADED_LOW)), by.all(has(made, given.TENTATIVE))


def _give_parts(
    do: Lists,
    rows: Table,
    settled: Settled,
    found: Independent,
    pairs: Table,
    ranges: dict[str, tuple[Array, Array]],
    supporting: Array,
    stating: Array,
) -> None:
    """Say of each claim which ends of which ranges it sets, and whether it supports or disputes."""
    sources, positions, floors, part = found.sources, found.positions, found.floors, settled.part
    number = len(sources.topic)
    makes = (part & out.MAKES) != 0
    voice, made = claims_by_source(do, positions, found.place, settled, makes, positions.latest)
    part[made] = do.where(stating[sources.topic[voice]], part[made] | out.ANSWERS, part[made])
    supports = do.full(number, False)
    supports[supporting] = True
    _mark(part, made[do.flat(supports[voice])], out.SUPPORTS)
    figured = do.flat(settled.figured)
    at = found.place[settled.position[figured]]
    of = positions.voice[at]
    last = positions.standing[at]
    bearing = found.bearing
    floor = bearing.floor
    for name, low_bit, high_bit in (
        ("common", out.COMMON_LOW, out.COMMON_HIGH),
        ("undisputed", out.UNDISPUTED_LOW, out.UNDISPUTED_HIGH),
    ):
        low, high = (end[sources.topic] for end in ranges[name])
        holds = high >= 0
        if name == "undisputed":
            holds = holds & ~sources.outlier
        sets = holds & ((sources.day_low >> 1) == (low >> 1))
        sets = sets[floors.voice] & ((floors.low >> 1) == (low >> 1)[floors.voice])
        _mark(part, bearing.claim[do.flat(sets[floor])], low_bit)
        sets = holds & ((sources.day_high >> 1) == (high >> 1))
        _mark(part, figured[do.flat(last & sets[of])], high_bit)
    held = do.flat(stating[sources.topic[floors.voice[floor]]] & (floors.carried[floor] != 0))
    _mark(part, bearing.claim[held], out.CARRIED)
    told = do.flat((part & out.MAKES) != 0)
    place = found.place[settled.position[told]]
    told = told[do.flat((positions.latest[place] | positions.divided[place]) & stating[rows.topic[told]])]
    low, high = (end[rows.topic[told]] for end in ranges["span"])
    _mark(part, told[do.flat((rows.low[told] >> 1) == (low >> 1))], out.SPAN_LOW)
    _mark(part, told[do.flat((rows.high[told] >> 1) == (high >> 1))], out.SPAN_HIGH)
    disputed = do.flat(pairs.disputed)
    quarrels, organs = do.full(number, False), do.full(len(positions.topic), False)
    for body, organ in ((pairs.lower, pairs.lower_organ), (pairs.upper, pairs.upper_organ)):
        own = do.flat(organ[disputed] < 0)
        quarrels[body[disputed[own]]] = True
        own = do.flat(organ[disputed] >= 0)
        organs[organ[disputed[own]]] = True
    claims = do.flat((part & out.MAKES) != 0)
    at = found.place[settled.position[claims]]
    held = do.flat((positions.latest[at] & quarrels[positions.voice[at]]) | organs[at])
    _mark(part, claims[held], out.DISPUTES)


def _mark(part: Array, claims: Array, bit: int) -> None:
    part[claims] = part[claims] | bit


def _table(kind: Any, columns: Table) -> Any:  # noqa: ANN401 - the class of any table
    """Give the columns that a table of the answer has; days and masks as numbers."""
    if hasattr(columns, "day") and hasattr(columns, "high_day"):
        columns.until, columns.until_latest = earliest(columns.day), latest(columns.day)
        columns.high_until, columns.high_until_latest = earliest(columns.high_day), latest(columns.high_day)
    elif hasattr(columns, "day"):
        columns.until, columns.until_latest = earliest(columns.day), latest(columns.day)
    return kind(*(getattr(columns, field.name) for field in fields(kind)))
