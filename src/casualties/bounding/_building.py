"""From statements and declarations to a system, without comparing every two subjects."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import Final

from casualties.bounding._layer import Layer, Level, Sum, left_out
from casualties.bounding._periods import period_key
from casualties.bounding._system import End, Period, Row, System
from casualties.bounding.relation import Relation
from casualties.model.claim import Claim, Stance
from casualties.model.figure import End as FigureEnd
from casualties.model.figure import Figure
from casualties.model.ledger import Total
from casualties.model.period import PartialDate
from casualties.model.subject import Subject
from casualties.model.vocabulary import Vocabulary
from casualties.reconciling.across import AcrossKind, across
from casualties.reconciling.decoding import answer_to
from casualties.reconciling.finding import Finding
from casualties.reconciling.kernel.answer import COPY, MISRELAYED, PROJECTED, WITHDRAWN, Answer
from casualties.reconciling.kernel.claims import OPEN
from casualties.reconciling.position import read_at_source, said
from casualties.reconciling.relations import SubjectIndex
from casualties.reconciling.support import combined
from casualties.reconciling.view import View

_OUT: Final = frozenset({MISRELAYED, WITHDRAWN, PROJECTED, COPY})


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says last of one subject on one day.

    Versions of one statement that their order does not tell apart stand together, with the figure made of them.
    """

    source: str
    subject: Subject
    figure: Figure
    claims: tuple[Claim, ...]
    whole: frozenset[str]
    said: PartialDate | None

    @property
    def sort_key(self) -> tuple[object, ...]:
        return (self.subject.key, self.source, tuple(claim.id for claim in self.claims))


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An earlier statement of a source that its own later one excludes."""

    earlier: Statement
    later: Statement


def statements(view: View) -> tuple[list[Statement], list[Exclusion]]:
    """Gather what enters the system, and what a source's own later statements exclude from it."""
    kept: list[Statement] = []
    excluded: list[Exclusion] = []
    fates, overtaken = _settled(view)
    for topic, claims in view.topics.items():
        groups: dict[tuple[str, str, int], list[Claim]] = {}
        for claim in claims:
            if fates[claim.id] in _OUT or view.is_replaced(claim) or view.figure(claim) is None:
                continue
            alone = view.sources.unattributed(claim.source) or not view.origins.of(claim).own
            groups.setdefault((claim.source, claim.id if alone else "", view.series(claim)), []).append(claim)
        statements_told = [statement for group in groups.values() for statement in _of_one_source(group, topic, view)]
        last = max(
            (statement.subject.until for statement in statements_told if statement.subject.until),
            key=lambda day: (day.latest, day.earliest),
            default=None,
        )
        by_source: dict[str, list[Statement]] = {}
        for statement in statements_told:
            denial = all(claim.stance is Stance.DENIES for claim in statement.claims)
            moved = (
                replace(statement, subject=statement.subject.over(statement.subject.since, last))
                if denial
                else statement
            )
            if (topic, statement.source) in overtaken:  # an early count keeps its floor and loses its ceiling
                moved = replace(moved, figure=_floor(moved.figure))
            by_source.setdefault(statement.source, []).append(moved)
        for own in by_source.values():
            stays, out = (own, []) if view.words.is_stock(topic.harm) or len(own) < 2 else _without_excluded(own)
            kept += stays
            excluded += out
    return (
        sorted(kept, key=lambda statement: statement.sort_key),
        sorted(excluded, key=lambda exclusion: (exclusion.earlier.sort_key, exclusion.later.sort_key)),
    )


def _settled(view: View) -> tuple[dict[str, int], set[tuple[Subject, str]]]:
    """Give by the kernel what became of each claim, and the sources whose early counts on a topic are overtaken.

    An early count may be overtaken by one on the same topic, or by one of a part of it.
    """
    encoded, answer, _ = answer_to(view)
    positions, independents = answer.positions, answer.independents
    overtaken = {
        (encoded.topics[positions.topic[place]], encoded.sources[positions.source[place]])
        for place, independent in enumerate(positions.independent)
        if independents.overtaken[independent]
    }
    overtaken |= {
        (relation.outer, position.source)
        for relation in across(_nested(view, answer), view)
        if relation.kind is AcrossKind.OVERTAKEN
        for position in relation.ceiling.latest
    }
    return {claim.id: fate for claim, fate in zip(encoded.rows, answer.fates.fate, strict=True)}, overtaken


def _nested(view: View, answer: Answer) -> list[Finding]:
    """Give the findings on parts that are counted above their wholes, and on these."""
    encoded, _, places = answer_to(view)
    low, high = [0] * len(encoded.topics), [OPEN] * len(encoded.topics)
    sources = answer.independents
    for place, lower, upper in zip(sources.topic, sources.low, sources.high, strict=True):
        low[place], high[place] = max(low[place], int(lower)), min(high[place], int(upper))
    least = min(high, default=OPEN)
    subjects: set[Subject] = set()
    for place, topic in enumerate(encoded.topics):
        if low[place] >> 1 > least >> 1:
            above = [subject for subject in view.around(topic) if low[place] >> 1 > high[places[subject]] >> 1]
            subjects.update([topic, *above] if above else ())
    return [Finding(topic, tuple(view.topics[topic]), view) for topic in encoded.topics if topic in subjects]


def _floor(figure: Figure) -> Figure:
    return Figure(figure.low, None, assumed=figure.assumed & {FigureEnd.LOW})


def _of_one_source(claims: list[Claim], topic: Subject, view: View) -> Iterable[Statement]:
    if any(view.last_day(claim) for claim in claims):
        claims = [claim for claim in claims if view.last_day(claim)]
    by_day: dict[PartialDate | None, list[Claim]] = {}
    for claim in claims:
        by_day.setdefault(view.last_day(claim), []).append(claim)
    for day, same_day in by_day.items():
        last = _last_said(same_day)
        at_source = [claim for claim in last if read_at_source(claim, view.sources)]
        versions = sorted(at_source or last, key=lambda claim: claim.sort_key)
        figures = [figure for claim in versions if (figure := view.figure(claim)) is not None]
        first = versions[0]
        subject = first.subject
        if view.words.is_stock(topic.harm) or subject.until != day or subject.topic_key != topic.topic_key:
            subject = topic.over(topic.since, day)
        figure = combined(figures)
        if view.series(first):  # a count of those listed, buried or verified bears out a floor alone
            figure = _floor(figure)
        yield Statement(
            first.source,
            subject,
            figure,
            tuple(versions),
            frozenset.intersection(*(frozenset(claim.all) for claim in versions)),
            max((day for claim in versions if (day := said(claim))), key=lambda day: day.sort_key, default=None),
        )


def _last_said(claims: list[Claim]) -> list[Claim]:
    """Among claims that count the same day keep those than which no other was surely said later."""
    moments = [claim.stated.at for claim in claims if claim.stated and claim.stated.at]
    if len(moments) < len(claims):
        days = [said(claim) for claim in claims]
        begins = max((day.earliest for day in days if day), default=None)
        claims = [
            claim
            for claim, day in zip(claims, days, strict=True)
            if begins is None or day is None or day.latest >= begins
        ]
        moments = [claim.stated.at for claim in claims if claim.stated and claim.stated.at]
    if len(moments) == len(claims):
        claims = [claim for claim, at in zip(claims, moments, strict=True) if at == max(moments)]
    return claims


class _Stairs:
    """The smallest number at or after a place, among those put in so far."""

    def __init__(self) -> None:
        self._places: list[int] = []
        self._held: list[tuple[int, Statement]] = []

    def put(self, place: int, number: int, statement: Statement) -> None:
        at = bisect_left(self._places, place)
        if at < len(self._held) and self._held[at][0] <= number:
            return
        end = at + (at < len(self._places) and self._places[at] == place)
        while at and self._held[at - 1][0] >= number:
            at -= 1
        self._places[at:end], self._held[at:end] = [place], [(number, statement)]

    def smallest(self, place: int) -> tuple[int, Statement] | None:
        at = bisect_left(self._places, place)
        return self._held[at] if at < len(self._held) else None


def _without_excluded(own: Sequence[Statement]) -> tuple[list[Statement], list[Exclusion]]:
    """Take out what a source's later statements on one running count exclude, beginning with the last said."""
    ceilings, floors = _Stairs(), _Stairs()
    kept, excluded = [statement for statement in own if not (statement.said and statement.subject.until)], []
    waiting: list[tuple[int, int, PartialDate, Statement]] = []
    dated = [
        (statement.said, statement.subject.until, statement)
        for statement in own
        if statement.said and statement.subject.until
    ]
    dated.sort(key=lambda item: (item[0].latest, item[0].sort_key, item[2].sort_key), reverse=True)
    for number, (day_said, until, dated_statement) in enumerate(dated):
        while waiting and -waiting[0][0] > day_said.latest.toordinal():
            _, _, day, later = heappop(waiting)
            figure = later.figure.as_stated()
            if figure.high is not None:
                ceilings.put(day.earliest.toordinal(), figure.high, later)
            floors.put(-day.latest.toordinal(), -figure.low, later)
        figure = dated_statement.figure.as_stated()
        above = ceilings.smallest(until.latest.toordinal())
        below = floors.smallest(-until.earliest.toordinal())
        if above and figure.low > above[0]:
            excluded.append(Exclusion(dated_statement, above[1]))
        elif below and figure.high is not None and figure.high < -below[0]:
            excluded.append(Exclusion(dated_statement, below[1]))
        else:
            kept.append(dated_statement)
            heappush(waiting, (-day_said.earliest.toordinal(), number, until, dated_statement))
    return kept, excluded


SURELY_APART: Final = ("side", "place", "event", "nationality")
"""Facets that every source uses alike, where the ledger declares words apart."""


OWN_WORDS: Final = ("status", "role", "age", "sex")
"""Facets that two sources may describe differently for the same dead, unless the ledger declares otherwise."""


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
        alone = (
            len({statement.source for statement in statements}) < 2
        )  # its words mean the same to every source there is
        self._shared = frozenset(OWN_WORDS if alone else shared).difference(SURELY_APART)
        self._frames: dict[Subject, Subject] = {}
        self._kinds: dict[Subject, set[Level]] = {}
        frames: dict[Subject, set[Period]] = {}
        for subject in (*(statement.subject for statement in statements), *subjects):
            frames.setdefault(self.frame(subject), set()).add(period_of(subject))
        self._base: dict[Subject, Level] = {}
        timeless = frozenset[str]()
        if all(period == (None, None) for periods in frames.values() for period in periods):
            timeless |= {"period"}  # nobody names a day, so that nobody can mean a part of them
        for statement in statements:
            if statement.figure.high is not None:
                frame, whole = self.frame(statement.subject), statement.whole | timeless
                self._base[frame] = self._base.get(frame, whole) & whole
                self._kinds.setdefault(frame, set()).add(whole)
        self._timeless = timeless
        sums = [partial_sum for total in totals for partial_sum in self._spread(total, frames)]
        own = {
            source: self._layer(own_frames, (*SURELY_APART, *OWN_WORDS))
            for source, own_frames in sorted(self._describing(frames).items())
        }
        forced = {
            statement.subject
            for layer in own.values()
            for statement in layer.frames.values()
            if statement.top == statement.open_facets
        }
        self.layer: Layer = self._layer(frames, (*SURELY_APART, *sorted(self._shared)), sums, forced & set(frames))
        for layer in own.values():
            self._join(layer)
        self._add_ends(own)

    def frame(self, subject: Subject) -> Subject:
        """Give a subject without its period."""
        known_frame = self._frames.get(subject)
        if known_frame is None:
            bare = subject.since is None and subject.until is None
            known_frame = subject if bare else subject.leaving_out(("since", "until"))
            known_frame = self._frames[subject] = self._frames.setdefault(known_frame, known_frame)
        return known_frame

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
        shared_frames = [self.frame(subject) for subject in subjects]
        for frame in shared_frames:
            frames.setdefault(frame, set())
        if shared_frames[0] in self._base:
            named = [left_out(shared_frames[0], part) for part in shared_frames[1:]]
            self._base[shared_frames[0]] = self._base[shared_frames[0]].union(*named)
        if any(subject.until for subject in subjects):
            days = [[period_of(subject) for subject in subjects]]
        else:
            untils = {
                until: None
                for frame, subject in zip(shared_frames, subjects, strict=True)
                for since, until in sorted(frames[frame], key=period_key)
                if since == subject.since
            } or {None: None}
            days = [[(subject.since, until) for subject in subjects] for until in untils]
        sums = []
        for periods in days:
            for frame, period in zip(shared_frames, periods, strict=True):
                frames[frame].add(period)
            places = list(zip(shared_frames, periods, strict=True))
            sums.append(Sum(places[0], tuple(places[1:])))
        return sums

    def _describing(self, frames: dict[Subject, set[Period]]) -> dict[str, dict[Subject, set[Period]]]:
        """Find the sources whose own words set groups apart that the ledger does not, with what these lie inside."""
        by_source: dict[str, dict[Subject, set[Period]]] = {}
        for statement in self.statements:
            by_source.setdefault(statement.source, {}).setdefault(self.frame(statement.subject), set()).add(
                period_of(statement.subject)
            )
        own = [facet for facet in OWN_WORDS if facet not in self._shared]
        periods_by_source = {}
        index = SubjectIndex(frames, self._words)
        for source, its_frames in by_source.items():
            if not any(len({getattr(subject, facet) for subject in its_frames} - {None}) > 1 for facet in own):
                continue
            around: dict[Subject, int] = {}
            for frame in its_frames:
                for outer in index.containing(frame):
                    around[outer] = around.get(outer, 0) + 1
            wider = {frame: frames[frame] for frame, count in around.items() if count > 1}
            if wider:
                periods_by_source[source] = {
                    **wider,
                    **{frame: its_frames[frame] | wider.get(frame, set()) for frame in its_frames},
                }
        return periods_by_source

    def _join(self, own: Layer) -> None:
        """Set what one source counts at most equal to what is counted."""
        for frame, period, level, node in own.places():
            shared = self.layer.frames.get(frame)
            number = shared.nodes.get((period, level)) if shared else None
            if number is not None:
                self.system.rows.append(Row(number, (node,), equal=False, relation=Relation.SCOPE))

    def _add_ends(self, own: dict[str, Layer]) -> None:
        for number, statement in enumerate(self.statements):
            period, figure = period_of(statement.subject), statement.figure
            layers = [self.layer, *([own[statement.source]] if statement.source in own else [])]
            for layer in layers:
                frame = layer.frames[self.frame(statement.subject)]
                if figure.low:
                    node = frame.nodes[period, frame.base]
                    self.system.ends.append(End(node, True, figure.low, number, FigureEnd.LOW in figure.assumed))
            if figure.high is not None:
                frame = self.layer.frames[self.frame(statement.subject)]
                level = frame.base | ((statement.whole | self._timeless) & frame.open_facets)
                node = frame.nodes[period, level]
                self.system.ends.append(End(node, False, figure.high, number, FigureEnd.HIGH in figure.assumed))


def period_of(subject: Subject) -> Period:
    """Give the period of a subject."""
    return (subject.since, subject.until)
