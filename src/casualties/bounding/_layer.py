"""The frames of one layer: how subjects lie inside one another, and what may be added."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Final, NamedTuple

from casualties.bounding._periods import Calendar, covers, period_key, unsaid
from casualties.bounding._system import Period, Row, System
from casualties.bounding.relation import Relation
from casualties.model.subject import FACETS, AgeGroup, Subject
from casualties.model.vocabulary import Vocabulary
from casualties.reconciling.relations import SubjectIndex

KINDS: Final = {"side": "side", "nationality": "nationality", "role": "role", "place": "place", "event": "event"}
MAX_WORDS: Final = 500
"""The most words of one facet below one subject that are compared with one another."""
MAX_FAMILIES: Final = 32
"""The most families of one facet below one subject that are added up."""


def families(
    facet: str, above: Subject, below: Iterable[Subject], words: Vocabulary
) -> tuple[list[tuple[str, ...]], bool]:
    """Give the largest families of words that stand apart below a subject, and whether these are all.

    Words that stand apart from none are taken by the words inside them.
    """
    here = getattr(above, facet)
    named = {str(word) for subject in below if (word := getattr(subject, facet)) is not None and word != here}
    if facet in KINDS:
        named = {word for word in named if words.separable(KINDS[facet], word)}
    if len(named) < 2:
        return [], True
    inside, apart = _relations(facet, words)
    left = sorted(named)
    tops: list[str] = []
    while left:
        if len(left) > MAX_WORDS:
            return [], False
        widest = [word for word in left if not any(other != word and inside(word, other) for other in left)]
        alone = [
            word
            for word in widest
            if not any(other != word and apart(word, other) for other in (*tops, *widest))
            and any(other != word and inside(other, word) for other in left)
        ]
        tops += [word for word in widest if word not in alone]
        left = [word for word in left if any(word != other and inside(word, other) for other in alone)]
    tops.sort()
    friends = {word: {other for other in tops if other != word and apart(word, other)} for word in tops}
    all_families = [family for family in _cliques(friends, MAX_FAMILIES + 1) if len(family) > 1]
    return sorted(all_families)[:MAX_FAMILIES], len(all_families) <= MAX_FAMILIES


def _relations(facet: str, words: Vocabulary) -> tuple[Callable[[str, str], bool], Callable[[str, str], bool]]:
    if facet in KINDS:
        kind = KINDS[facet]
        return lambda one, other: words.inside(kind, one, other), lambda one, other: words.apart(kind, one, other)

    both = (AgeGroup.WOMEN_AND_CHILDREN,) if facet == "age" else ()

    def inside(one: str, other: str) -> bool:
        return one == other or (facet == "age" and (one, other) in _BELOW)

    def apart(one: str, other: str) -> bool:
        return not inside(one, other) and not inside(other, one) and one not in both and other not in both

    return inside, apart


_BELOW: Final = frozenset(
    ((AgeGroup.ELDERLY, AgeGroup.ADULT), (AgeGroup.CHILD, AgeGroup.WOMEN_AND_CHILDREN)),
)


def _cliques(friends: dict[str, set[str]], limit: int) -> Sequence[tuple[str, ...]]:
    """List the maximal groups of words that are all apart from one another (C. Bron and J. Kerbosch, 1973)."""
    cliques: list[tuple[str, ...]] = []
    todo: list[tuple[tuple[str, ...], set[str], set[str]]] = [((), set(friends), set())]
    while todo and len(cliques) < limit:
        chosen, open_words, closed = todo.pop()
        if not open_words:
            if not closed:
                cliques.append(tuple(sorted(chosen)))
            continue
        pivot = max(sorted(open_words | closed), key=lambda word: len(friends[word] & open_words))
        for word in sorted(open_words - friends[pivot]):
            todo.append(((*chosen, word), open_words & friends[word], closed & friends[word]))
            open_words = open_words - {word}
            closed = closed | {word}
    return cliques


Level = frozenset[str]
"""The facets, among those that a subject leaves out, in which it is counted whole."""

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


@cache
def _interned(level: Level) -> Level:
    """Give one object for equal levels, of which few are counted by many frames."""
    return level


@dataclass(eq=False)
class Frame:
    """What is counted without its period, in one layer."""

    subject: Subject
    periods: set[Period]
    stock: bool = False
    base: Level = frozenset()
    levels: list[Level] = field(default_factory=list)
    outer: tuple[Subject, ...] = ()
    """All frames that it lies inside."""
    calendar: Calendar = field(init=False)
    cells: list[Period] = field(default_factory=list)
    parents: dict[Period, list[Period]] = field(default_factory=dict)
    nodes: dict[tuple[Period, Level], int] = field(default_factory=dict)

    @cached_property
    def inside(self) -> frozenset[Subject]:
        """All frames that it lies inside, to look one up."""
        return frozenset(self.outer)

    @cached_property
    def open_facets(self) -> Level:
        """Everything that it leaves out: whole in all of it is whole altogether."""
        return _interned(frozenset(name for name in FACETS if getattr(self.subject, name) is None) | {"period"})

    def take(self, levels: Iterable[Level]) -> None:
        """Add levels, the narrowest first."""
        wanted_levels = {*self.levels, *map(_interned, levels)}
        self.levels = (
            sorted(wanted_levels, key=lambda level: (len(level), sorted(level)))
            if len(wanted_levels) > 1
            else list(wanted_levels)
        )

    def at_least(self, wanted: Level) -> list[Level]:
        """Give the narrowest levels that take the wanted facets whole."""
        enough = [level for level in self.levels if wanted <= level]
        return [level for level in enough if not any(other < level for other in enough)]

    def at_most(self, allowed: Level) -> list[Level]:
        """Give the widest levels that take no facet whole but the allowed ones."""
        allowed_levels = [level for level in self.levels if level <= allowed]
        return [level for level in allowed_levels if not any(level < other for other in allowed_levels)]

    @property
    def top(self) -> Level:
        """The widest level: with parts inside, everybody whom the words can mean."""
        return self.levels[-1]


def left_out(outer: Subject, inner: Subject) -> Level:
    """Give the facets that the outer frame leaves out and the inner one names."""
    return frozenset(outer.left_open(inner))


class Layer:
    """Frames that speak one language, with their nodes and rows written into a system.

    Args:
        system: The system to write into.
        frames: The frames with their periods.
        words: What the ledger declares.
        facets: The facets by which subjects of this layer stand apart.
        base: For the frames on which somebody states a ceiling, the facets that all who do mean whole.
        kinds: For the same frames, the sets of facets that some of them mean whole.
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
        kinds: Mapping[Subject, Collection[Level]],
        totals: Sequence[Sum] = (),
        forced: Collection[Subject] = (),
    ) -> None:
        self._system = system
        self._words = words
        self._base = base
        self._kinds = kinds
        self._totals = totals
        self._summed: dict[int, set[int]] = {}
        self._wholes: dict[int, list[tuple[set[int], bool]]] = {}
        self._loose: set[Subject] = set()
        self._calendars: dict[tuple[frozenset[Period], bool], tuple[Calendar, list[Period]]] = {}
        self.frames: dict[Subject, Frame] = {
            subject: self._frame(subject, set(periods)) for subject, periods in frames.items()
        }
        self._forced = frozenset(forced)
        self._families = self._find_families(facets)
        self._added: list[tuple[Family, Period, tuple[Subject, ...]]] = []
        self._order = self._find_order()
        self._write()

    def _frame(self, subject: Subject, periods: set[Period]) -> Frame:
        return Frame(subject, periods, self._words.is_stock(subject.harm))

    @staticmethod
    def _containing(index: SubjectIndex, frame: Subject) -> tuple[Subject, ...]:
        """Give the frames that hold one: what is put to its day of report may have happened on any day before."""
        subjects = index.containing(frame)
        return (
            subjects
            if frame.accounted is None
            else tuple(subject for subject in subjects if subject.accounted == frame.accounted)
        )

    def _find_families(self, facets: Sequence[str]) -> list[Family]:
        """Find what may be added below each frame, with subjects put between where nobody reports them."""
        index = SubjectIndex(self.frames, self._words)
        below: dict[Subject, list[Subject]] = {}
        self._around = {frame: self._containing(index, frame) for frame in self.frames}
        for frame, around in self._around.items():
            for outer in around:
                below.setdefault(outer, []).append(frame)
        all_families: list[Family] = []
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
                        self.frames[member] = self._frame(member, set())
                        within = [subject for subject in inner if subject.inside(member, self._words)]
                        if len(within) > 1:
                            todo.append((member, within))
                    all_families.append(Family(above, facet, tuple(member for member, _ in members)))
        return all_families

    def _find_order(self) -> list[Frame]:
        """Find the frames around each, and list the frames from the innermost outwards."""
        around = self._around
        if len(around) < len(self.frames):
            index = SubjectIndex(self.frames, self._words)
            around = {subject: self._containing(index, subject) for subject in self.frames}
        for subject, frame in self.frames.items():
            frame.outer = around[subject]
        order = sorted(self.frames.values(), key=lambda frame: (-len(around[frame.subject]), frame.subject.key))
        self._spread_families(order, around)
        self._set_levels(order, around)
        for frame in order:
            frame.calendar, frame.cells = self._calendar(frozenset(frame.periods), stock=frame.stock)
        return order

    def _calendar(self, periods: frozenset[Period], *, stock: bool) -> tuple[Calendar, list[Period]]:
        """Give the calendar of some periods, with the cells that it is cut into; frames of the same ones share it."""
        known = self._calendars.get((periods, stock))
        if known is None:
            calendar = Calendar(periods, stock=stock)
            cells = calendar.cells()
            if cells:
                calendar = Calendar((*periods, *cells), stock=stock)
            known = self._calendars[periods, stock] = (calendar, cells)
        return known

    def _spread_families(self, order: list[Frame], around: Mapping[Subject, Sequence[Subject]]) -> None:
        """Add families up in those periods of the whole in which at least two members hold something."""
        counted: dict[Subject, list[tuple[Period, bool]]] = {
            member: [] for family in self._families for member in family.members
        }
        for subject, frame in self.frames.items():
            for outer in (subject, *around[subject]):
                if outer in counted:
                    counted[outer] += [(period, frame.stock) for period in frame.periods]
        place = {frame.subject: number for number, frame in enumerate(order)}
        for family in sorted(self._families, key=lambda family: -place[family.above]):
            for period in sorted(self.frames[family.above].periods, key=period_key):
                holding = tuple(
                    member
                    for member in family.members
                    if any(
                        covers(period, inner, stock=stock, outer_stock=self.frames[member].stock)
                        for inner, stock in counted[member]
                    )
                )
                if len(holding) > 1:
                    self._added.append((family, period, holding))
                    for member in holding:
                        self.frames[member].periods.add(period)

    def _set_levels(self, order: list[Frame], around: Mapping[Subject, Sequence[Subject]]) -> None:
        """Find the levels on which each frame is counted: its own, and those of what it lies inside."""
        for frame in order:
            subject, facets = frame.subject, frame.open_facets
            kinds = {kind & facets for outer in (subject, *around[subject]) for kind in self._kinds.get(outer, ())}
            if subject in self._base:
                frame.base = self._base[subject] & facets
            else:
                frame.base = facets.intersection(*kinds)
            frame.take([frame.base, *(frame.base | kind for kind in kinds)])
            ends = {(since is None, until is None) for since, until in frame.periods}
            if subject in self._forced or len(ends) > 1:
                frame.take([facets])
        for frame in order:
            for subject in frame.outer:
                outer = self.frames[subject]
                left = left_out(subject, frame.subject)
                if not all(outer.at_least(level | left) for level in frame.levels):
                    outer.take([outer.open_facets])
        for total in self._totals:
            whole = self.frames[total.whole[0]]
            if any(self.frames[part].top == self.frames[part].open_facets for part, _ in total.parts):
                whole.take([whole.open_facets])

    def node(self, frame: Frame, period: Period, level: Level) -> int:
        """Give the number of a node, which is added when it is first asked for."""
        number = frame.nodes.get((period, level))
        if number is None:
            number = frame.nodes[period, level] = self._system.add(frame.subject, period)
        return number

    def _write(self) -> None:
        for frame in self._order:
            for period in frame.calendar.periods:
                levels = frame.levels
                for level in levels:
                    self.node(frame, period, level)
        for total in self._totals:
            self._write_total(total)
        for family, period, members in self._added:
            self._write_family(family, period, members)
        for frame in self._order:
            self._write_time(frame)
        for frame in self._order:
            self._write_inside(frame)
            self._write_levels(frame)
        for subject in self._loose:
            self._system.loose.update(self.frames[subject].nodes.values())

    def _row(self, whole: int, parts: Iterable[int], relation: Relation, by: str = "", *, equal: bool = False) -> None:
        row = Row(whole, tuple(sorted(parts)), equal, relation, by)
        if len(row.parts) > 1:
            members = set(row.parts)
            known = self._wholes.setdefault(whole, [])
            if any(members == other if equal else members <= other for other, same in known if same or not equal):
                return
            known.append((members, equal))
            for part in row.parts:
                self._summed.setdefault(part, set()).add(whole)
        elif self._follows(min(row.parts), whole):
            return
        self._system.rows.append(row)

    def _follows(self, part: int, whole: int) -> bool:
        """Tell whether sums say already that a count is at most another."""
        todo, seen = [part], {part}
        while todo:
            above = self._summed.get(todo.pop(), set())
            if whole in above:
                return True
            todo += above - seen
            seen |= above
        return False

    def _write_total(self, total: Sum) -> None:
        """Write a declared total down for what is counted, and for everybody whom the words can mean."""
        whole = self.frames[total.whole[0]]
        parts = [(self.frames[part], period) for part, period in total.parts]
        for level in dict.fromkeys((whole.base, whole.top)):
            nodes = []
            for part, period in parts:
                widest = part.at_most(level)
                counted = part.base if part.subject in self._base or not widest else widest[0]
                nodes.append(self.node(part, period, counted if level == whole.base else part.top))
            self._row(self.node(whole, total.whole[1], level), nodes, Relation.TOTAL, equal=True)

    def _write_family(self, family: Family, period: Period, subjects: Sequence[Subject]) -> None:
        above = self.frames[family.above]
        members = [self.frames[subject] for subject in subjects]
        facets = [left_out(above.subject, member.subject) for member in members]
        for level in above.levels:
            chosen = [
                member.at_most(level) if left <= level else [] for member, left in zip(members, facets, strict=True)
            ]
            if all(chosen):
                parts = [self.node(member, period, span[0]) for member, span in zip(members, chosen, strict=True)]
                self._row(self.node(above, period, level), parts, Relation.APART, family.facet)

    def _write_time(self, frame: Frame) -> None:
        calendar, stock = frame.calendar, frame.stock
        nested = calendar.nested()
        if frame.cells:
            nested = [(exact, calendar.within(exact, frame.cells), True) for exact in calendar.exact] + nested
        for outer, inner, tiles in nested:
            if inner == [outer]:
                continue
            relation = Relation.DAYS if len(inner) > 1 else Relation.RUNNING
            for level in frame.levels:
                parts = [self.node(frame, span, level) for span in inner]
                self._row(self.node(frame, outer, level), parts, relation, equal=tiles)
            for inner_span in inner:
                frame.parents.setdefault(inner_span, []).append(outer)
        for outer in calendar.others:
            self._write_days(frame, outer)
        if calendar.overlapping and not frame.cells:
            self._loose.add(frame.subject)
        if not calendar.overlapping and not calendar.others:
            return
        for period in calendar.periods:
            for outer in calendar.nearest(period, stock=stock, own=True):
                if outer in frame.parents.get(period, ()) or any(
                    calendar.covers(outer, parent, stock=stock) for parent in frame.parents.get(period, ())
                ):
                    continue
                self._link(frame, period, frame, outer, Relation.RUNNING)

    def _write_days(self, frame: Frame, outer: Period) -> None:
        """Add up days within a period that is not known to the day: nothing is said of the days that it leaves out."""
        cells, calendar = frame.cells, frame.calendar
        inner = calendar.within(outer, cells) if cells else calendar.widest_within(outer)
        if len(inner) < 2 or (calendar.overlapping and not cells):
            return
        left = unsaid(outer, inner[0], stock=frame.stock)
        for level in frame.levels:
            if left <= level:
                parts = [self.node(frame, span, level) for span in inner]
                self._row(self.node(frame, outer, level), parts, Relation.DAYS)

    def _write_inside(self, frame: Frame) -> None:
        """Link each period of a frame to the narrowest of what holds it, in any frame around."""
        stock = frame.stock
        for period in frame.calendar.periods:
            around = [(frame, parent) for parent in frame.parents.get(period, ())]
            for subject in frame.outer:
                outer = self.frames[subject]
                around += [(outer, wider) for wider in outer.calendar.nearest(period, stock=stock)]
            for outer, wider in around:
                if outer is not frame and not any(
                    outer is not other
                    and (other is frame or outer.subject in other.inside)
                    and outer.calendar.covers(wider, span, stock=other.stock)
                    for other, span in around
                ):
                    self._link(frame, period, outer, wider, Relation.INSIDE)

    def _link(self, frame: Frame, period: Period, outer: Frame, wider: Period, relation: Relation) -> None:
        left = left_out(outer.subject, frame.subject) | unsaid(wider, period, stock=outer.stock)
        links = [(level, wanted) for level in frame.levels for wanted in outer.at_least(level | left)]
        for level, wanted in links:
            if not any(level < linked for linked, other in links if other == wanted):
                self._row(self.node(outer, wider, wanted), [self.node(frame, period, level)], relation)

    def _write_levels(self, frame: Frame) -> None:
        for period in frame.calendar.periods:
            for level in frame.levels:
                wider = [other for other in frame.levels if level < other]
                for other in wider:
                    if not any(middle < other for middle in wider):
                        nodes = self.node(frame, period, other), self.node(frame, period, level)
                        self._row(nodes[0], nodes[1:], Relation.SCOPE)

    def places(self) -> Iterator[tuple[Subject, Period, Level, int]]:
        """List all nodes of the layer with what they stand for."""
        for frame in self._order:
            for (period, level), number in frame.nodes.items():
                yield frame.subject, period, level, number
