"""From statements and declarations to a system, without comparing every two subjects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from casualties.consistency._calendar import period_key
from casualties.consistency._layer import Layer, Level, Sum, left_out
from casualties.consistency._statements import Statement
from casualties.consistency._system import End, Period, Row, System
from casualties.consistency.relation import Relation
from casualties.figure import End as FigureEnd
from casualties.ledger import SETTABLE_APART, Total
from casualties.relations import SubjectIndex
from casualties.subject import Subject
from casualties.vocabulary import Vocabulary

SURELY_APART: Final = ("side", "place", "event", "nationality")
"""Facets that every source uses alike, where the ledger declares words apart."""


class Built:
    """A system with the way back to what it was made from.

    Args:
        statements: What enters.
        subjects: Further subjects that are asked about, with what they imply filled in.
        words: What the ledger declares.
        totals: Declared totals, with what their subjects imply filled in.
        shared: Facets among status, role, age and sex that mean the same to every source.
    """

    def __init__(
        self,
        statements: Sequence[Statement],
        subjects: Iterable[Subject],
        words: Vocabulary,
        totals: Sequence[Total],
        shared: Iterable[str],
    ) -> None:
        self.system: System = System()
        self.statements = statements
        self._words = words
        self._shared = frozenset(shared)
        self._frames: dict[Subject, Subject] = {}
        self._kinds: dict[Subject, set[Level]] = {}
        frames: dict[Subject, set[Period]] = {}
        for subject in (*(each.subject for each in statements), *subjects):
            frames.setdefault(self.frame(subject), set()).add(period_of(subject))
        self._base: dict[Subject, Level] = {}
        timeless = frozenset[str]()
        if all(period == (None, None) for periods in frames.values() for period in periods):
            timeless |= {"period"}  # nobody names a day, so that nobody can mean a part of them
        for each in statements:
            if each.figure.high is not None:
                frame, whole = self.frame(each.subject), each.whole | timeless
                self._base[frame] = self._base.get(frame, whole) & whole
                self._kinds.setdefault(frame, set()).add(whole)
        self._timeless = timeless
        sums = [each for total in totals for each in self._spread(total, frames)]
        own = {
            source: self._layer(own_frames, (*SURELY_APART, *SETTABLE_APART))
            for source, own_frames in sorted(self._describing(frames).items())
        }
        forced = {
            each.subject for layer in own.values() for each in layer.frames.values() if each.top == each.open_facets
        }
        self.layer: Layer = self._layer(frames, (*SURELY_APART, *sorted(self._shared)), sums, forced & set(frames))
        for layer in own.values():
            self._join(layer)
        self._add_ends(own)

    def frame(self, subject: Subject) -> Subject:
        """Give a subject without its period."""
        found = self._frames.get(subject)
        if found is None:
            bare = subject.since is None and subject.until is None
            found = self._frames[subject] = subject if bare else subject.replacing(since=None, until=None)
        return found

    def ends_of(self, subject: Subject) -> tuple[int, int]:
        """Give the nodes of a subject: the whole, which parts raise, and what is counted, which its ceilings bound."""
        frame = self.layer.frames[self.frame(subject)]
        period = period_of(subject)
        return frame.nodes[period, frame.top], frame.nodes[period, frame.base]

    def _layer(
        self,
        frames: dict[Subject, set[Period]],
        facets: Sequence[str],
        totals: Sequence[Sum] = (),
        forced: Iterable[Subject] = (),
    ) -> Layer:
        return Layer(
            self.system,
            frames,
            words=self._words,
            facets=facets,
            base=self._base,
            kinds=self._kinds,
            totals=totals,
            forced=frozenset(forced),
        )

    def _spread(self, total: Total, frames: dict[Subject, set[Period]]) -> list[Sum]:
        """Write a declared total down for each day on which its whole or a part is counted.

        A total whose subjects name no last day holds on every day.
        """
        subjects = [total.whole, *total.parts]
        found = [self.frame(subject) for subject in subjects]
        for frame in found:
            frames.setdefault(frame, set())
        if found[0] in self._base:
            named = [left_out(found[0], part) for part in found[1:]]
            self._base[found[0]] = self._base[found[0]].union(*named)
        if any(subject.until for subject in subjects):
            days = [[period_of(subject) for subject in subjects]]
        else:
            untils = {
                until: None
                for frame, subject in zip(found, subjects, strict=True)
                for since, until in sorted(frames[frame], key=period_key)
                if since == subject.since
            } or {None: None}
            days = [[(subject.since, until) for subject in subjects] for until in untils]
        sums = []
        for periods in days:
            for frame, period in zip(found, periods, strict=True):
                frames[frame].add(period)
            places = list(zip(found, periods, strict=True))
            sums.append(Sum(places[0], tuple(places[1:])))
        return sums

    def _describing(self, frames: dict[Subject, set[Period]]) -> dict[str, dict[Subject, set[Period]]]:
        """Find the sources whose own words set groups apart that the ledger does not, with what these lie inside."""
        by_source: dict[str, dict[Subject, set[Period]]] = {}
        for each in self.statements:
            by_source.setdefault(each.source, {}).setdefault(self.frame(each.subject), set()).add(
                period_of(each.subject)
            )
        own = [facet for facet in SETTABLE_APART if facet not in self._shared]
        found = {}
        index = SubjectIndex(frames, self._words)
        for source, its_frames in by_source.items():
            if not any(len({getattr(each, facet) for each in its_frames} - {None}) > 1 for facet in own):
                continue
            around: dict[Subject, int] = {}
            for frame in its_frames:
                for outer in index.containing(frame):
                    around[outer] = around.get(outer, 0) + 1
            wider = {frame: frames[frame] for frame, count in around.items() if count > 1}
            if wider:
                found[source] = {
                    **wider,
                    **{frame: its_frames[frame] | wider.get(frame, set()) for frame in its_frames},
                }
        return found

    def _join(self, own: Layer) -> None:
        """Set what one source counts at most equal to what is counted."""
        for frame, period, level, node in own.places():
            shared = self.layer.frames.get(frame)
            number = shared.nodes.get((period, level)) if shared else None
            if number is not None:
                self.system.rows.append(Row(number, (node,), equal=False, relation=Relation.SCOPE))

    def _add_ends(self, own: dict[str, Layer]) -> None:
        for number, each in enumerate(self.statements):
            period, figure = period_of(each.subject), each.figure
            layers = [self.layer, *([own[each.source]] if each.source in own else [])]
            for layer in layers:
                frame = layer.frames[self.frame(each.subject)]
                if figure.low:
                    node = frame.nodes[period, frame.base]
                    self.system.ends.append(End(node, True, figure.low, number, FigureEnd.LOW in figure.assumed))
            if figure.high is not None:
                frame = self.layer.frames[self.frame(each.subject)]
                level = frame.base | ((each.whole | self._timeless) & frame.open_facets)
                node = frame.nodes[period, level]
                self.system.ends.append(End(node, False, figure.high, number, FigureEnd.HIGH in figure.assumed))


def period_of(subject: Subject) -> Period:
    """Give the period of a subject."""
    return (subject.since, subject.until)
