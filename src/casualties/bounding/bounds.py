"""The bounds of all subjects of a ledger, and the claims that cannot all be true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from itertools import combinations
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from casualties._text import table_of
from casualties.bounding._building import Built, Exclusion, Statement, statements
from casualties.bounding._remedies import remedies
from casualties.bounding._solving import NodeEnd, Solution, SolvedEnd
from casualties.bounding.bound import Bound, Sum
from casualties.bounding.contradiction import Contradiction, Remedy
from casualties.bounding.totals import GroupTotal, beside, group_totals, totals_frame
from casualties.errors import OverlappingSubjectsError
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger, Total
from casualties.model.period import PartialDate
from casualties.model.subject import Subject, check_asked
from casualties.model.vocabulary import Vocabulary
from casualties.reconciling.blame import kept
from casualties.reconciling.knowledge import moment_in
from casualties.reconciling.view import View

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Bounds", "bounds"]


class Bounds:
    """What all standing claims of a ledger together imply, subject by subject.

    Iterating gives one bound for each subject of a claim, on the latest day of which anything is said.  Asking for a
    subject gives the bound of any subject on any day, reported or not.  What contradicts something takes no part in any
    bound: of a claim in a contradiction only the end that contradicts is set aside.

    Attributes:
        ledger: The ledger.
        as_of: The day asked for; ``None`` asks for the latest.
        known_on: The day whose knowledge is taken; ``None`` takes all.

    Examples:
        >>> import casualties as cs
        >>> from casualties.model.subject import Subject, check_asked
        >>> answer = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> len(list(answer)), answer.contradictions
        (5, ())
        >>> print(answer[Subject(harm=["killed"])])
        killed: 92 or more
    """

    def __init__(self, view: View, as_of: PartialDate | None) -> None:
        self._view = view
        self.ledger: Ledger = view.ledger
        self.as_of: PartialDate | None = as_of
        self.known_on: PartialDate | None = view.known_on
        self._statements, self._excluded = statements(view)
        words = view.words
        self._totals = [
            Total(whole=total.whole.filled(words), parts=tuple(part.filled(words) for part in total.parts))
            for total in view.ledger.totals
        ]
        self._days = self._find_days()
        asked = {self._on_its_day(topic, day): None for topic, day in self._days.items()}
        asked.update(dict.fromkeys(self._keeping_floors()))
        self.subjects: tuple[Subject, ...] = tuple(sorted(asked, key=lambda subject: subject.key))
        self._solved = self._solve(self.subjects)
        self._more: dict[Subject, Bound] = {}

    def _find_days(self) -> dict[Subject, PartialDate | None]:
        """Find for each subject the latest day, not after the one asked for, of which anything is said."""
        last_days: dict[Subject, PartialDate | None] = {}
        for topic, claims in self._view.topics.items():
            taken = [claim for claim in claims if self._view.takes_position(claim)] or claims
            days = [claim.day for claim in taken if claim.day]
            if self.as_of is not None:
                days = [day for day in days if day.latest <= self.as_of.latest] or [self.as_of] * bool(days)
            last_days[topic] = max(days, key=lambda day: (day.latest, day.earliest), default=None)
        return last_days

    def _on_its_day(self, topic: Subject, day: PartialDate | None) -> Subject:
        """Give a topic on its day: the subject of a claim, where one is that."""
        if day is None:
            return topic
        key = topic.key[:-1]
        stated = (claim.subject for claim in self._view.topics[topic])
        same = (subject for subject in stated if subject.until == day and subject.key[:-1] == key)
        return next(same, None) or topic.over(topic.since, day)

    def _keeping_floors(self) -> Iterator[Subject]:
        """Give the subjects that keep a floor whose responsibility, or the victims' status, is denied."""
        for claim in self._view.ledger:
            if claim.aspect is None:
                continue
            topic = self._view.topic_of[claim.id]
            keeps = kept(topic.over(topic.since, self._days[topic]), claim.aspect)
            if keeps is not None:
                yield keeps

    def _solve(self, subjects: Iterable[Subject]) -> Solution:
        asked = tuple(subjects)
        return Solution(Built(self._statements, asked, self._view.words, self._totals, self.ledger.apart), asked)

    @cached_property
    def entries(self) -> tuple[Bound, ...]:
        """The bounds, by subject.

        Examples:
            >>> import casualties as cs
            >>> len(cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")).entries)
            5
        """
        return _entries(self.subjects, self._solved)

    def __iter__(self) -> Iterator[Bound]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.subjects)

    def __getitem__(self, subject: Subject) -> Bound:
        """Give the bound of a subject, which nobody needs to have reported.

        A subject without a last day, of which claims speak, is taken on its latest day; otherwise it counts all days.
        """
        asked = subject.filled(self._view.words)
        stock = asked.since is not None and self.words.is_stock(asked.harm)
        topic = asked.replacing(since=None) if stock else asked
        day = self._days.get(topic)
        if day is not None and asked.until is None:
            asked = topic.replacing(until=day)
        if asked in self._entry_of:
            return self._entry_of[asked]
        if asked not in self._more:
            self._more[asked] = _entries([asked], self._solve((*self.subjects, asked)))[0]
        return self._more[asked]

    @cached_property
    def _entry_of(self) -> dict[Subject, Bound]:
        return {bound.subject: bound for bound in self.entries}

    def about(self, **facets: object) -> tuple[Bound, ...]:
        """Give the bounds of subjects that have the given facets, or lie below them.

        Raises:
            UnknownNameError: If there is no facet of a name, or a word is misspelt.

        Warns:
            CasualtiesWarning: If nobody is counted under a word.

        Examples:
            >>> import casualties as cs
            >>> len(cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")).about(side="armenian"))
            2
        """
        check_asked(facets, (bound.subject for bound in self.entries), self._view.words)
        return tuple(bound for bound in self.entries if bound.subject.matches(self._view.words, facets))

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """The minimal sets of claims that cannot all be true, smallest first, by what they state.

        Each broken equation is told once, by its most local set, with the number of others.  What only an end that is
        assumed sets apart stands in `apart_by_assumed_end`.

        Examples:
            >>> import casualties as cs
            >>> cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")).contradictions
            ()
        """
        all_contradictions = [contradiction for _, contradiction in self._told] + [
            self._itself(exclusion) for exclusion in self._excluded
        ]
        return tuple(sorted(all_contradictions, key=attrgetter("sort_key")))

    @cached_property
    def _told(self) -> list[tuple[frozenset[int], Contradiction]]:
        return self._solved.contradictions(self._view.sources)

    @cached_property
    def apart_by_assumed_end(self) -> tuple[Contradiction, ...]:
        """The minimal sets that only an end which the words do not give sets apart; they are no contradiction.

        Such an end is left out of all bounds, and no stated one.

        Examples:
            >>> import casualties as cs
            >>> cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")).apart_by_assumed_end
            ()
        """
        return tuple(self._solved.apart_by_assumed_end(self._view.sources))

    def _itself(self, exclusion: Exclusion) -> Contradiction:
        """Write down how a source's later statement excludes its earlier one."""
        pair = sorted((exclusion.earlier, exclusion.later), key=lambda statement: statement.sort_key)
        built = Built(pair, (), self._view.words, (), self.ledger.apart)
        (_, contradiction), *_ = Solution(built).contradictions(self._view.sources)
        return replace(contradiction, excluded=exclusion.earlier.claims)

    @property
    def complete(self) -> bool:
        """Whether the search for contradictions came to its end; otherwise it was cut short, and there may be more.

        Examples:
            >>> import casualties as cs
            >>> cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")).complete
            True
        """
        return self._solved.complete

    @cached_property
    def remedies(self) -> tuple[Remedy, ...]:
        """The smallest sets of claims whose setting-aside makes the rest consistent, one for each group.

        Examples:
            >>> import casualties as cs
            >>> cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")).remedies
            ()
        """
        return remedies(self._solved, dict(self._told))

    def total(self, subjects: Iterable[Subject], *, overlapping_subjects_ok: bool = False) -> Sum:
        """Add up the bounds of subjects that share nobody.

        Args:
            subjects: The subjects, each once; they may be days, places, sides, anything that stands apart.
            overlapping_subjects_ok: Add them even where they may share people; those are counted twice then.

        Raises:
            OverlappingSubjectsError: If two of them may share people, and the caller did not accept it.

        Examples:
            >>> import casualties as cs
            >>> bounds = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> fighters, _, civilians, _, syrians = [bound.subject for bound in bounds]
            >>> print(bounds.total([fighters, civilians]))
            92 or more
            >>> print(bounds.total([fighters, civilians, syrians], overlapping_subjects_ok=True).figure)
            94 or more
            >>> try:
            ...     bounds.total([fighters, civilians, syrians])
            ... except cs.errors.OverlappingSubjectsError as error:
            ...     print(len(error.overlaps))
            2
        """
        distinct_bounds = list({id(bound): bound for bound in map(self.__getitem__, subjects)}.values())
        distinct_bounds.sort(key=lambda bound: bound.subject.key)
        if not distinct_bounds:
            return Sum(Figure(0, None), (), (), (), (), proved=True)
        overlaps = tuple(
            (one.subject, other.subject)
            for one, other in combinations(distinct_bounds, 2)
            if not self.apart(one, other)
        )
        if overlaps and not overlapping_subjects_ok:
            raise OverlappingSubjectsError(
                tuple(str(bound.subject) for bound in distinct_bounds),
                tuple((str(one), str(other)) for one, other in overlaps),
            )
        figure = Figure.total(bound.figure for bound in distinct_bounds)
        for total in self._totals:
            if set(total.parts) == {bound.subject for bound in distinct_bounds}:
                both = figure & self[total.whole].figure
                figure = figure if both is None else both
        claims = {claim.id: claim for bound in distinct_bounds for claim in bound.claims}
        return Sum(
            figure,
            tuple(distinct_bounds),
            tuple(sorted(claims.values(), key=lambda claim: claim.sort_key)),
            tuple(bound.subject for bound in distinct_bounds if not bound.known),
            overlaps,
            all(bound.proved for bound in distinct_bounds),
        )

    def totals(self, by: Sequence[str], *, overlapping_subjects_ok: bool = False) -> pd.DataFrame:
        """Add up the bounds by group, such as ``by=["month", "side"]``, in one frame; each harm stands for itself.

        Of subjects that lie inside one another in a group the outermost is added.  Where subjects may share people
        nothing is added, and their pairs are counted.  The columns are `casualties.bounding.totals.TOTAL_COLUMNS`.

        Args:
            by: Facets, ``day``, ``month`` or ``year``.  By ``perpetrator`` only breakdowns count for one alone; what
                several are blamed for stands in a group ``contested``.
            overlapping_subjects_ok: Add subjects even where they may share people; those are counted twice then.

        Raises:
            UnknownNameError: If there is no facet or period of a name.

        Examples:
            >>> import casualties as cs
            >>> frame = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")).totals(by=["month", "side"])
            >>> list(frame["low"])
            [81.0, 11.0, 2.0]
        """
        return totals_frame(self.group_totals(by, overlapping_subjects_ok=overlapping_subjects_ok), by)

    def group_totals(self, by: Sequence[str], *, overlapping_subjects_ok: bool = False) -> tuple[GroupTotal, ...]:
        """Give the same as objects, with the subjects that were added, that are missing and that overlap.

        Examples:
            >>> import casualties as cs
            >>> totals = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")).group_totals(["status"])
            >>> [(total.group["status"], str(total.figure)) for total in totals]
            [('civilian', '11 or more'), ('combatant', 'None')]
        """
        totals = group_totals(self.entries, by, self, overlapping_subjects_ok=overlapping_subjects_ok)
        if self.as_different is self:
            return totals
        other = self.as_different
        apart = group_totals(
            other.entries, by, other, overlapping_subjects_ok=overlapping_subjects_ok, named=self._under_one_name
        )
        return beside(totals, apart)

    @cached_property
    def as_different(self) -> Bounds:
        """The bounds as if the events that identifications join were different and shared nobody.

        They are these bounds themselves where no identification joins any.

        Examples:
            >>> import casualties as cs
            >>> answer = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> answer.as_different is answer
            True
        """
        if not self._view.same_events.joined:
            return self
        return Bounds(self._view.comparing("different"), self.as_of)

    def _under_one_name(self, subject: Subject) -> Subject:
        """Put a subject under the event with which its own is compared."""
        if subject.event is None or (first := self._view.same_events.group(subject.event)[0]) == subject.event:
            return subject
        return subject.replacing(event=first)

    @property
    def words(self) -> Vocabulary:
        """What the ledger declares of its words.

        Examples:
            >>> import casualties as cs
            >>> len(cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")).words) > 0
            True
        """
        return self._view.words

    def claims_on(self, subject: Subject) -> int:
        """Tell how many claims are about a subject, whatever their day.

        Examples:
            >>> import casualties as cs
            >>> bounds = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> [bounds.claims_on(bound.subject) for bound in bounds.about(role="mercenary")]
            [2]
        """
        return len(self._view.topics.get(subject.topic, ()))

    def blamed(self, subject: Subject) -> frozenset[str]:
        """Give the sides that claims on a subject blame.

        Examples:
            >>> import casualties as cs
            >>> bounds = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> [sorted(bounds.blamed(bound.subject)) for bound in bounds.about(status="civilian")]
            [[]]
        """
        claims = self._view.topics.get(subject.topic, ())
        return frozenset(each for claim in claims if (each := claim.subject.perpetrator) is not None)

    def best(self, subject: Subject) -> int | None:
        """Give the number that the sources of a subject prefer; ``None`` where there is none, or not just one.

        Examples:
            >>> import casualties as cs
            >>> bounds = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> {bounds.best(bound.subject) for bound in bounds.about(status="civilian")}
            {None}
        """
        bests = {_best(statement.figure) for statement in self._statements_on.get(subject, ())}
        return bests.pop() if len(bests) == 1 else None

    @cached_property
    def _statements_on(self) -> dict[Subject, list[Statement]]:
        by_subject: dict[Subject, list[Statement]] = {}
        for statement in self._statements:
            by_subject.setdefault(statement.subject, []).append(statement)
        return by_subject

    def apart(self, one: Bound, other: Bound) -> bool:
        """Tell whether two subjects share nobody, by their facets or as parts of one declared total.

        Examples:
            >>> import casualties as cs
            >>> bounds = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> civilians, soldiers = bounds.about(side="azerbaijani")
            >>> bounds.apart(civilians, soldiers)
            True
        """
        if one.subject.apart_by(other.subject, self._view.words, frozenset(self.ledger.apart)):
            return True
        sources = {claim.source for bound in (one, other) for claim in bound.claims}
        if len(sources) == 1 and one.subject.apart_by(other.subject, self._view.words):
            return True
        return any(
            any(one.subject.inside(part, self._view.words) for part in total.parts)
            and any(
                here != there
                and one.subject.inside(here, self._view.words)
                and other.subject.inside(there, self._view.words)
                for here in total.parts
                for there in total.parts
            )
            for total in self._totals
        )

    def _parts(self) -> tuple[Any, ...]:
        return (self._view, self.as_of)

    def __eq__(self, other: object) -> bool:
        return self._parts() == other._parts() if isinstance(other, Bounds) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._parts())

    def __reduce__(self) -> tuple[type[Bounds], tuple[Any, ...]]:
        return (Bounds, self._parts())

    def __repr__(self) -> str:
        return f"<Bounds of {len(self)} subjects: {len(self.contradictions)} contradictions>"

    def _repr_html_(self) -> str:
        rows = [(str(bound.subject), str(bound.figure)) for bound in self.entries[:_SHOWN]]
        return table_of(repr(self)[1:-1], ("subject", "bound"), rows, left=len(self) - len(rows), noun="subject")


_SHOWN = 50
"""How many bounds a notebook shows."""


def _best(figure: Figure) -> int | None:
    return figure.best if figure.best is not None else figure.low if figure.low == figure.high else None


def _entries(subjects: Sequence[Subject], solved: Solution) -> tuple[Bound, ...]:
    """Make the bounds of several subjects, which are settled together when the first is asked for."""

    @cache
    def settled() -> dict[NodeEnd, SolvedEnd]:
        return solved.settled({node for subject in subjects for node in solved.built.ends_of(subject)})

    return tuple(Bound(subject, solved, settled) for subject in subjects)


def bounds(
    ledger: Ledger,
    *,
    as_of: PartialDate | date | str | None = None,
    known_on: PartialDate | date | str | None = None,
    lexicon: str | None = None,
    same: str = "accepted",
) -> Bounds:
    """Work out what all standing claims of a ledger together imply for every subject; nothing is chosen.

    Claims on the same, inner, outer and added-up subjects, and on earlier and later days, bound one another.
    Each source enters with its last-stated figure for each day, less what its later statements exclude; copies, false
    relays, withdrawn and projected claims do not enter.

    Args:
        ledger: The claims.
        as_of: The day asked about; later ceilings still bound it.  The latest where it is left out.
        known_on: The day whose knowledge is taken.  Everything where it is left out.
        lexicon: The lexicon by which the words of citations are read anew; left out, the figures stay as recorded.
        same: Which events are compared as one: those that the ledger's identifications join (``accepted``), none
            (``none``), or none with those sharing nobody (``different``).

    Raises:
        ModelError: If a day is not a date.
        UnknownNameError: If there is no such lexicon, or no such way with events.

    Examples:
        >>> import casualties as cs
        >>> for bound in cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")).about(role="mercenary"):
        ...     print(bound.figure, bound.proved)
        2–25 True
    """
    view = View(ledger, None, None if known_on is None else moment_in(ledger, known_on), lexicon, same=same)
    return Bounds(view, None if as_of is None else PartialDate.of(as_of))
