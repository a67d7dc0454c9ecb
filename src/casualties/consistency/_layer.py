"""The frames of one layer: how subjects lie inside one another, and what may be added."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from casualties.consistency._calendar import Calendar, covers, period_key, unsaid
from casualties.consistency._families import families
from casualties.consistency._system import Period, Row, System
from casualties.consistency.relation import Relation
from casualties.relations import SubjectIndex
from casualties.subject import FACETS, Subject
from casualties.vocabulary import Vocabulary

Level = frozenset[str]
"""The facets, among those that a subject leaves out, in which it is counted whole."""

WHOLE: Final = frozenset({"whole"})
"""The level on which a subject is counted whole in everything that it leaves out."""

MAX_BETWEEN: Final = 4
"""How many subjects that nobody reports, for each reported one, may be put between for the sake of sums."""


class Sum(NamedTuple):
    """A declared total in one period."""

    whole: tuple[Subject, Period]
    parts: tuple[tuple[Subject, Period], ...]


class Family(NamedTuple):
    """Subjects inside another that stand apart from one another by one facet."""

    above: Subject
    facet: str
    members: tuple[Subject, ...]


@dataclass(eq=False)
class Frame:
    """What is counted without its period, in one layer."""

    subject: Subject
    periods: set[Period]
    levels: list[Level] = field(default_factory=list)
    whole: bool = False
    outer: tuple[Subject, ...] = ()
    calendar: Calendar = field(init=False)
    cells: list[Period] = field(default_factory=list)
    parents: dict[Period, list[Period]] = field(default_factory=dict)
    nodes: dict[tuple[Period, Level], int] = field(default_factory=dict)

    def at_least(self, wanted: Level) -> list[Level]:
        """Give the narrowest levels that take the wanted facets whole."""
        found = [level for level in self.levels if wanted <= level]
        return [level for level in found if not any(other < level for other in found)] or [WHOLE] * self.whole

    def at_most(self, allowed: Level) -> list[Level]:
        """Give the widest levels that take no facet whole but the allowed ones."""
        found = [level for level in self.levels if level <= allowed]
        return [level for level in found if not any(level < other for other in found)]

    def all_levels(self) -> list[Level]:
        return [*self.levels, *([WHOLE] if self.whole else [])]

    @property
    def top(self) -> Level:
        return WHOLE if self.whole else self.levels[-1]


def left_out(outer: Subject, inner: Subject) -> Level:
    """Give the facets that the outer frame leaves out and the inner one names."""
    return frozenset(name for name in FACETS if getattr(outer, name) is None and getattr(inner, name) is not None)


class Layer:
    """Frames that speak one language, with their nodes and rows written into a system.

    Args:
        system: The system to write into.
        frames: The frames with their periods.
        words: What the ledger declares.
        facets: The facets by which subjects of this layer stand apart.
        base: For the wholes of declared totals, the facets that their parts name.
        kinds: The sets of facets that some claims mean whole.
        totals: Declared totals.
        forced: Frames that are counted whole for the sake of another layer.
    """

    def __init__(
        self,
        system: System,
        frames: Mapping[Subject, Collection[Period]],
        *,
        words: Vocabulary,
        facets: Sequence[str],
        base: Mapping[Subject, Level],
        kinds: Sequence[Level],
        totals: Sequence[Sum] = (),
        forced: Collection[Subject] = (),
    ) -> None:
        self._system = system
        self._words = words
        self._base = base
        self._kinds = kinds
        self._totals = totals
        self._seen: set[tuple[int, int]] = set()
        self._loose: set[Subject] = set()
        self.frames = {subject: Frame(subject, set(periods)) for subject, periods in frames.items()}
        self._families = self._find_families(facets)
        self._added: list[tuple[Family, Period, tuple[Subject, ...]]] = []
        self._order = self._find_order()
        self._set_levels(frozenset(forced))
        self._write()

    def _find_families(self, facets: Sequence[str]) -> list[Family]:
        """Find what may be added below each frame, with subjects put between where nobody reports them."""
        index = SubjectIndex(self.frames, self._words)
        below: dict[Subject, list[Subject]] = {}
        for frame in self.frames:
            for outer in index.containing(frame):
                below.setdefault(outer, []).append(frame)
        found: list[Family] = []
        todo = [(frame, inner) for frame, inner in below.items() if len(inner) > 1]
        left = MAX_BETWEEN * len(self.frames)
        for above, inner in todo:  # grows while it is read
            for facet in facets:
                groups, complete = families(facet, above, inner, self._words)
                if not complete:
                    self._loose.add(above)
                for group in groups:
                    members = [(above.replacing(**{facet: word}).filled(self._words), word) for word in group]
                    new = [member for member, _ in members if member not in self.frames]
                    left -= len(new)
                    if left < 0:
                        self._loose.add(above)
                        continue
                    for member in new:
                        self.frames[member] = Frame(member, set())
                        within = [each for each in inner if each.inside(member, self._words)]
                        if len(within) > 1:
                            todo.append((member, within))
                    found.append(Family(above, facet, tuple(member for member, _ in members)))
        return found

    def _find_order(self) -> list[Frame]:
        """Find the narrowest frames around each, and list the frames from the innermost outwards."""
        index = SubjectIndex(self.frames, self._words)
        around = {subject: index.containing(subject) for subject in self.frames}
        for subject, frame in self.frames.items():
            wider = {each for outer in around[subject] for each in around[outer]}
            frame.outer = tuple(each for each in around[subject] if each not in wider)
        order = sorted(self.frames.values(), key=lambda frame: (-len(around[frame.subject]), frame.subject.key))
        self._spread_families(order, around)
        for frame in order:
            frame.calendar = Calendar(frame.periods, stock=frame.subject.stock)
            frame.cells = frame.calendar.cells()
            if frame.cells:
                frame.calendar = Calendar((*frame.periods, *frame.cells), stock=frame.subject.stock)
        return order

    def _spread_families(self, order: list[Frame], around: Mapping[Subject, Sequence[Subject]]) -> None:
        """Add families up in those periods of the whole in which at least two members hold something."""
        counted: dict[Subject, list[tuple[Period, bool]]] = {
            member: [] for each in self._families for member in each.members
        }
        for subject, frame in self.frames.items():
            for outer in (subject, *around[subject]):
                if outer in counted:
                    counted[outer] += [(period, subject.stock) for period in frame.periods]
        place = {frame.subject: number for number, frame in enumerate(order)}
        for family in sorted(self._families, key=lambda family: -place[family.above]):
            for period in sorted(self.frames[family.above].periods, key=period_key):
                holding = tuple(
                    member
                    for member in family.members
                    if any(
                        covers(period, each, stock=stock, outer_stock=member.stock) for each, stock in counted[member]
                    )
                )
                if len(holding) > 1:
                    self._added.append((family, period, holding))
                    for member in holding:
                        self.frames[member].periods.add(period)

    def _set_levels(self, forced: frozenset[Subject]) -> None:
        for frame in self._order:
            base = self._base.get(frame.subject, frozenset())
            open_facets = {name for name in FACETS if getattr(frame.subject, name) is None} | {"period"}
            levels = {base, *(base | (kind & open_facets) for kind in self._kinds)}
            frame.levels = sorted(levels, key=lambda level: (len(level), sorted(level)))
            ends = {(since is None, until is None) for since, until in frame.periods}
            frame.whole = frame.subject in forced or len(ends) > 1
        changed = True
        while changed:
            changed = False
            for frame in self._order:
                for subject in frame.outer:
                    outer = self.frames[subject]
                    wanted = frame.levels[0] | left_out(subject, frame.subject)
                    if not outer.whole and (frame.whole or not outer.at_least(wanted)):
                        outer.whole = changed = True
            for total in self._totals:
                whole = self.frames[total.whole[0]]
                if not whole.whole and any(self.frames[part].whole for part, _ in total.parts):
                    whole.whole = changed = True

    def node(self, frame: Frame, period: Period, level: Level) -> int:
        """Give the number of a node, which is added when it is first asked for."""
        number = frame.nodes.get((period, level))
        if number is None:
            number = frame.nodes[period, level] = self._system.add(frame.subject, period)
        return number

    def _write(self) -> None:
        for frame in self._order:
            for period in frame.calendar.periods:
                levels = frame.all_levels()
                for level in levels:
                    self.node(frame, period, level)
        for total in self._totals:
            self._write_total(total)
        for family, period, members in self._added:
            self._write_family(family, period, members)
        for frame in self._order:
            self._write_time(frame)
        for frame in self._order:
            for subject in frame.outer:
                self._write_inside(frame, self.frames[subject])
            self._write_levels(frame)
        for subject in self._loose:
            self._system.loose.update(self.frames[subject].nodes.values())

    def _row(self, whole: int, parts: Iterable[int], relation: Relation, by: str = "", *, equal: bool = False) -> None:
        row = Row(whole, tuple(sorted(parts)), equal, relation, by)
        if len(row.parts) == 1 and (row.parts[0], whole) in self._seen:
            return
        self._seen.update((part, whole) for part in row.parts)
        self._system.rows.append(row)

    def _write_total(self, total: Sum) -> None:
        whole = self.frames[total.whole[0]]
        parts = [(self.frames[part], period) for part, period in total.parts]
        bases = [self.node(part, period, part.levels[0]) for part, period in parts]
        tops = [self.node(part, period, part.top) for part, period in parts]
        pairs = [(self.node(whole, total.whole[1], whole.levels[0]), bases)]
        pairs += [(self.node(whole, total.whole[1], whole.top), tops)] * whole.whole
        for node, nodes in pairs:
            self._row(node, nodes, Relation.TOTAL, equal=True)

    def _write_family(self, family: Family, period: Period, subjects: Sequence[Subject]) -> None:
        above = self.frames[family.above]
        members = [self.frames[subject] for subject in subjects]
        facets = [left_out(above.subject, member.subject) for member in members]
        for level in above.all_levels():
            if level is WHOLE:
                chosen = [[member.top] for member in members]
            else:
                chosen = [
                    member.at_most(level) if left <= level else [] for member, left in zip(members, facets, strict=True)
                ]
            if all(chosen):
                parts = [self.node(member, period, each[0]) for member, each in zip(members, chosen, strict=True)]
                self._row(self.node(above, period, level), parts, Relation.APART, family.facet)

    def _write_time(self, frame: Frame) -> None:
        calendar, stock = frame.calendar, frame.subject.stock
        nested = calendar.nested()
        if frame.cells:
            nested = [(each, calendar.within(each, frame.cells), True) for each in calendar.periods]
        for outer, inner, tiles in nested:
            if inner == [outer]:
                continue
            relation = Relation.DAYS if len(inner) > 1 else Relation.RUNNING
            for level in frame.all_levels():
                parts = [self.node(frame, each, level) for each in inner]
                self._row(self.node(frame, outer, level), parts, relation, equal=tiles)
            for each in inner:
                frame.parents.setdefault(each, []).append(outer)
        if calendar.overlapping and not frame.cells:
            self._loose.add(frame.subject)
        elif not calendar.others:
            return
        for period in calendar.periods:
            for outer in calendar.nearest(period, stock=stock, own=True):
                if outer in frame.parents.get(period, ()) or any(
                    calendar.covers(outer, parent, stock=stock) for parent in frame.parents.get(period, ())
                ):
                    continue
                self._link(frame, period, frame, outer, Relation.RUNNING)

    def _write_inside(self, frame: Frame, outer: Frame) -> None:
        stock = frame.subject.stock
        for period in frame.calendar.periods:
            for wider in outer.calendar.nearest(period, stock=stock):
                parents = frame.parents.get(period, ())
                if not any(outer.calendar.covers(wider, parent, stock=stock) for parent in parents):
                    self._link(frame, period, outer, wider, Relation.INSIDE)

    def _link(self, frame: Frame, period: Period, outer: Frame, wider: Period, relation: Relation) -> None:
        left = left_out(outer.subject, frame.subject) | unsaid(wider, period, stock=outer.subject.stock)
        links = [(level, wanted) for level in frame.levels for wanted in outer.at_least(level | left)]
        if frame.whole:
            links.append((WHOLE, WHOLE))
        for level, wanted in links:
            above = (each for each, other in links if other == wanted and each != level)
            if not any(level < each or each == WHOLE for each in above):
                self._row(self.node(outer, wider, wanted), [self.node(frame, period, level)], relation)

    def _write_levels(self, frame: Frame) -> None:
        for period in frame.calendar.periods:
            for level in frame.levels:
                wider = [other for other in frame.levels if level < other]
                for other in [each for each in wider if not any(middle < each for middle in wider)] or (
                    [WHOLE] if frame.whole else []
                ):
                    self._row(self.node(frame, period, other), [self.node(frame, period, level)], Relation.SCOPE)

    def places(self) -> Iterator[tuple[Subject, Period, Level, int]]:
        """List all nodes of the layer with what they stand for."""
        for frame in self._order:
            for (period, level), number in frame.nodes.items():
                yield frame.subject, period, level, number
