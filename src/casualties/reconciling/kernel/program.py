"""The rules from first to last, over all topics at once: rows of claims in, the tables of `answer` out."""

from __future__ import annotations

from dataclasses import fields
from functools import cached_property, partial
from typing import Any

from casualties.reconciling.arrays import Array, Lists, Table, key, made_for
from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel import claims as given
from casualties.reconciling.kernel.answer import Answer
from casualties.reconciling.kernel.claims import OPEN, TALLIED, Claims, Context
from casualties.reconciling.kernel.comparing import Comparison, outside
from casualties.reconciling.kernel.confidence import levels
from casualties.reconciling.kernel.day import NOTHING, borne_out, find_day, outliers, see_the_day, status_of
from casualties.reconciling.kernel.figures import carries, earliest, has, latest, most_allow, packed
from casualties.reconciling.kernel.independent import claims_by_source, unite
from casualties.reconciling.kernel.parts import give_parts
from casualties.reconciling.kernel.settling import settle
from casualties.reconciling.kernel.statements import FAR

__all__ = ["Program", "entered"]


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
        self.rows, several, self.beside = entered(do, claims, context)
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
        see_the_day(do, found, self.day, pairs.lower[do.flat(pairs.overtaken & (pairs.lower_organ < 0))])
        self.disputed = do.full(topics, False)
        self.disputed[pairs.topic[do.flat(pairs.disputed & pairs.of_day)]] = True
        estimates = settled.estimates
        self.estimated = do.grouped(self.rows.topic[estimates], topics).any(estimates >= 0)
        self.status = status_of(do, found, pairs, self.stating, self.disputed, self.estimated)

    @cached_property
    def answer(self) -> Answer:
        """All tables."""
        do, settled, found, by = self.do, self.settled, self.found, self.by
        sources, stating, topics = found.sources, self.stating, self.topics
        sources.outlier = outliers(do, sources, self.disputed)
        making = self._making()
        ranges = {
            name: (do.where(stating, low, 0), do.where(stating, high, -1))
            for name, (low, high) in {
                "common": self._common(),
                "span": self._span(making),
                "undisputed": borne_out(do, sources, 1, topics),
                "borne": borne_out(do, sources, 2, topics),
            }.items()
        }
        runs, supports = self._support()
        give_parts(do, settled.part, found, making, self.pairs, ranges, supports, stating)
        stray = outside(do, self.rows, settled.estimates, found)
        self._bring(making)
        both = self.pairs
        if len(self.divided.topic):
            both = Table.joined(do, both, self.divided)
            both = both.take(do.order(both.topic))
        findings = {
            **self._counted(both),
            **{f"{name}_{end}": ends[at] for name, ends in ranges.items() for at, end in enumerate(("low", "high"))},
            **self._confidence(*ranges["undisputed"]),
            "runs": (of_runs := do.grouped(runs.topic, topics)).total(runs.allow > 0),
            "allow": of_runs.most(runs.allow, 0),
            "outside": do.grouped(stray.topic, topics).total(stray.gap > 0),
            "flags": by.bits(sources.flags) | do.grouped(found.positions.topic, topics).bits(found.positions.flags),
            "day": earliest(self.day), "day_latest": latest(self.day), "status": self.status,
        }  # fmt: skip
        return Answer(
            out.Fates(settled.fate, settled.position, settled.part),
            _table(out.Positions, found.positions),
            _table(out.Independents, sources),
            _table(out.Pairs, both),
            _table(out.Runs, runs),
            _table(out.Outside, stray),
            out.Findings(*(findings[field.name] for field in fields(out.Findings))),
        )

    def _making(self) -> Table:
        """Give the claims that make positions, sorted by independent source, with what these make of them."""
        do, settled, positions = self.do, self.settled, self.found.positions
        claims = do.flat((settled.part & out.MAKES) != 0)
        by, claims = claims_by_source(do, settled, claims)
        at, said = settled.position[claims], self.rows.take(claims)
        return Table(
            claim=claims, position=at, independent=by, topic=said.topic, low=said.low, high=said.high,
            latest=positions.latest[at], told=positions.latest[at] | positions.divided[at],
            standing=settled.figured[claims] & positions.standing[at],
        )  # fmt: skip

    def _common(self) -> tuple[Array, Array]:
        """Give what all ranges on the day allow, unless two dispute or are apart by an assumed end (design 7 D)."""
        do, sources, pairs = self.do, self.found.sources, self.pairs
        low, high = self.by.most(sources.day_low, 0), self.by.least(sources.day_high, OPEN)
        apart = (low >> 1) > (high >> 1)
        apart[pairs.topic[do.flat(pairs.of_day & ~pairs.overtaken)]] = True
        return do.where(apart, 0, low), do.where(apart, -1, high)

    def _span(self, making: Table) -> tuple[Array, Array]:
        """Give the hull of all figures as said, carried nowhere, those of named organs too (design 7 D)."""
        told = making.take(self.do.flat(making.told))
        by = self.do.grouped(told.topic, self.topics)
        return by.least(told.low, 0), by.most(told.high, -1)

    def _support(self) -> tuple[Table, Array]:
        """Give the ranges that most on the day allow, and tell who allows one (design 7 D)."""
        do, sources = self.do, self.found.sources
        heard = do.flat(sources.of_day & self.stating[sources.topic])
        of = sources.take(heard)
        runs = most_allow(do, of.topic, of.day_low, of.day_high)
        run, at = do.within(of.topic, runs.topic)
        voice, start = sources.take(heard[at]), runs.low[run] >> 1
        allows = ((voice.day_low >> 1) <= start) & (start <= (voice.day_high >> 1))
        supports = do.full(len(sources.topic), False)
        supports[heard[at[do.flat(allows)]]] = True
        return runs, supports

    def _bring(self, making: Table) -> None:
        """Tell what each independent source brings to an end that it bears out (design 7 F)."""
        do, positions, sources, floors = self.do, self.found.positions, self.found.sources, self.found.floors
        number, of = len(sources.topic), floors.independent
        tallied = (floors.series >= min(TALLIED)) & (floors.series <= max(TALLIED))  # no number between is another's
        tallied = tallied & carries(floors.day, self.day[sources.topic[of]], sources.stock[of])
        sources.tallied = do.grouped(of, number).most(do.where(tallied, floors.low, -1), -1)
        last = positions.take(do.flat(positions.latest))
        by = do.grouped(last.independent, number)
        sources.kinds = by.bits(self.beside.kinds[last.source])
        sources.stake = by.bits(self.rows.stake[last.first])
        made = making.take(do.flat(making.latest))
        by, said = do.grouped(made.independent, number), self.rows.take(made.claim)
        sources.graded, sources.tentative = by.all(has(said, given.GRADED_LOW)), by.all(has(said, given.TENTATIVE))

    def _confidence(self, low: Array, high: Array) -> dict[str, Array]:
        """Give the level of the undisputed floor, or of the upper end where there is no floor (design 7 F)."""
        do, said = self.do, high >= 0
        upper = (low >> 1) == 0
        asked = Table(low=do.where(upper, NOTHING[0], low), high=do.where(upper, high, OPEN), upper=upper)
        level = levels(do, self.found.sources, self.found.positions, self.pairs, self.beside, asked)
        return {
            "level": do.where(said, level.level, out.NONE),
            "reasons": do.where(said, level.reasons, out.NO_BEARER),
        }

    def _counted(self, pairs: Table) -> dict[str, Array]:
        """Count what there is of each topic."""
        do, rows, stands = self.do, self.rows, self.settled.fate == out.STANDS
        whole, of = do.grouped(rows.topic, self.topics), do.grouped(pairs.topic, self.topics)
        between = pairs.lower != pairs.upper  # organs that are divided are of one independent source
        number = whole.total(rows.topic >= 0)
        return {
            "claims": number, "set_aside": number - whole.total(stands),
            "independents": self.by.total(self.found.sources.topic >= 0),
            "denials": whole.total(stands & has(rows, given.DENIAL)),
            "silences": whole.total(stands & has(rows, given.SILENT)),
            "disputes": of.total(between & pairs.disputed),
            "near": of.total(between & pairs.near), "overtaken": of.total(between & pairs.overtaken),
            "gap": of.most(do.where(between & pairs.disputed, pairs.gap, 0), 0),
        }  # fmt: skip


def entered(do: Lists, claims: Claims, context: Context) -> tuple[Table, Table, Table]:
    """Give the rows as columns, the roots of what rests on several, and what stands beside the claims."""
    rows = Table()
    rows.later(**{field.name: partial(do.column, getattr(claims, field.name)) for field in fields(claims)})
    stock = do.column(context.stock) != 0
    rows.day, rows.begin = packed(rows.until, rows.until_latest), rows.said
    rows.end = do.where(rows.said_latest == 0, FAR, rows.said_latest)
    rows.stock = stock[rows.topic]
    resting = [(row, root) for row, roots in sorted(context.several.items()) for root in roots]
    several = Table(row=do.column([row for row, _ in resting]), root=do.column([root for _, root in resting]))
    allied, opposed = (
        do.column(sorted(key(one, other) for one, other in sides)) for sides in (context.allied, context.opposed)
    )
    names = ("victims", "counted_until", "side", "kinds")
    return rows, several, Table(
        near=context.near, settling=context.settling, asked=context.asked, stock=stock, allied=allied,
        opposed=opposed, closed=do.column(context.closed) != 0,
        **{name: do.column(getattr(context, name)) for name in names},
    )  # fmt: skip


def _table(kind: Any, columns: Table) -> Any:  # noqa: ANN401 - the class of any table
    """Give the columns that a table of the answer has; a packed day as its two ends."""
    for day_, name in (("day", "until"), ("high_day", "high_until")):
        if hasattr(columns, day_):
            day = getattr(columns, day_)
            setattr(columns, name, earliest(day))
            setattr(columns, f"{name}_latest", latest(day))
    return kind(*(getattr(columns, field.name) for field in fields(kind)))
