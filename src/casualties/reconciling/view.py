"""From where a ledger is looked at: which day is asked for, and what was known by which day."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import date
from functools import cached_property
from typing import Any

from casualties.errors import UnreadableFigureError
from casualties.model.claim import Aspect, Claim, Modality, Stance
from casualties.model.figure import Figure
from casualties.model.ledger import Ledger
from casualties.model.period import PartialDate
from casualties.model.source import Sources
from casualties.model.subject import Subject
from casualties.model.vocabulary import Vocabulary
from casualties.reconciling.independence import Origins, joint_statements
from casualties.reconciling.relations import SubjectIndex
from casualties.wording import lexicons, parse_figure
from casualties.wording.lexicons import Lexicon

__all__ = ["Standpoint", "as_known"]


def as_known(ledger: Ledger, day: PartialDate) -> Ledger:
    """Keep what was surely known by the end of a day; what became known later leaves no trace.

    A claim is known from the date stated, else from its earliest publication, else never.  Citations, gradings and
    links that carry a later date go; those that carry none follow their claim.

    Examples:
        >>> import casualties as cs
        >>> from casualties.model.period import PartialDate
        >>> seed = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> len(as_known(seed, PartialDate.parse("2020-09-29"))), len(as_known(seed, PartialDate.parse("2020-09-30")))
        (0, 8)
    """

    def early(date: PartialDate | None) -> bool:
        return date is None or date.latest <= day.latest

    kept = []
    for claim in ledger:
        if claim.known is None or not early(claim.known):
            continue
        changes = {
            "citations": tuple(each for each in claim.citations if each.report is None or early(each.report.published)),
            "assessments": tuple(each for each in claim.assessments if early(each.graded)),
            "based_on": tuple(each for each in claim.based_on if early(each.noted)),
            "misrelays": tuple(each for each in claim.misrelays if early(each.noted)),
        }
        same = all(value == getattr(claim, name) for name, value in changes.items())
        kept.append(claim if same else claim.replacing(**changes))
    reports = [report for report in ledger.reports if early(report.published)]
    return Ledger(kept, **{**ledger.declared, "reports": reports})


class Standpoint:
    """A ledger as it is looked at: for a day, from what was known on a day, with words read by a lexicon.

    Args:
        ledger: The ledger.
        as_of: The day asked for; figures that count later days are left out.  ``None`` asks for the latest.
        known_on: The day whose knowledge is taken; ``None`` takes all.
        lexicon: The lexicon by which the words of citations are read anew; ``None`` keeps the figures as recorded.

    Raises:
        UnknownNameError: If there is no such lexicon.

    Examples:
        >>> import casualties as cs
        >>> from casualties.reconciling.view import Standpoint
        >>> view = Standpoint(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> len(view.topics)
        5
    """

    def __init__(
        self,
        ledger: Ledger,
        as_of: PartialDate | None = None,
        known_on: PartialDate | None = None,
        lexicon: str | None = None,
    ) -> None:
        self.ledger: Ledger = ledger if known_on is None else as_known(ledger, known_on)
        self.as_of: PartialDate | None = as_of
        self.known_on = known_on
        self.lexicon = lexicon
        self._convention = None if lexicon is None else lexicons.load(lexicon)
        self._read: dict[str, Figure | None] = {}
        self.sources: Sources = self.ledger.sources
        self.words: Vocabulary = self.ledger.words
        self.claims: Mapping[str, Claim] = {claim.id: claim for claim in self.ledger}
        self.topic_of: dict[str, Subject] = {}
        self.topics: dict[Subject, list[Claim]] = {}
        self._find_topics()
        self.withdrawn: frozenset[str] = self._find_withdrawn()
        self._joint: Mapping[str, tuple[str, ...]] = joint_statements(self.claims, self.sources)
        self._replacing: dict[str, list[Claim]] = {}
        for claim in self.claims.values():
            for target in claim.replaces:
                self._replacing.setdefault(target, []).append(claim)
        self._spoken: dict[Subject, frozenset[tuple[str, str]]] = {}

    def on(self, day: PartialDate) -> Standpoint:
        """Look at the same claims, with the same knowledge, as of another day.

        Examples:
            >>> import casualties as cs
            >>> view = Standpoint(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> print(view.on(PartialDate.parse("2020-09-29")).as_of)
            2020-09-29
        """
        moved = copy(self)
        moved.__dict__.pop("_last_days", None)
        moved.as_of = day
        moved._spoken = {}  # noqa: SLF001 - of the same class
        moved.origins = self.origins.heard(moved._speaks)  # noqa: SLF001 - of the same class
        return moved

    def __copy__(self) -> Standpoint:
        other = object.__new__(Standpoint)
        other.__dict__.update(self.__dict__)
        return other

    def around(self, topic: Subject) -> tuple[Subject, ...]:
        """Give the nearest topics that hold a topic; one that begins earlier holds it only if it counts its last day.

        So one day lies inside a running count that has reached it, and never inside an earlier day.

        Examples:
            >>> import casualties as cs
            >>> view = Standpoint(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> [len(view.around(topic)) for topic in view.index.subjects]
            [0, 1, 0, 0, 0]
        """
        last = self._last_days

        def holds(other: Subject) -> bool:
            if other.since == topic.since or other.stock or last.get(topic) is None or last.get(other) is None:
                return True
            return last[topic] <= last[other]

        return self.index.around(topic, holds)

    @cached_property
    def _last_days(self) -> dict[Subject, date]:
        """The last day that any claim counts on each topic, up to the day asked for."""
        return {
            topic: max(days)
            for topic, claims in self.topics.items()
            if (days := [claim.day.latest for claim in claims if claim.day and not self.later(claim)])
        }

    def is_replaced(self, claim: Claim) -> bool:
        """Tell whether another claim of its source replaces a claim by name.

        A claim that is withdrawn, falsely relayed, based on another, unattributed or about a later day replaces
        nothing, and nor does one that takes no position.

        Examples:
            >>> import casualties as cs
            >>> view = Standpoint(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> any(view.is_replaced(claim) for claim in view.ledger)
            False
        """
        return any(
            other.id not in self.withdrawn and self._own_word(other) and not self.sources.unattributed(other.source)
            for other in self._replacing.get(claim.id, ())
        )

    @cached_property
    def index(self) -> SubjectIndex:
        """The subjects of all findings, found by how they lie to one another.

        Examples:
            >>> import casualties as cs
            >>> len(Standpoint(cs.seeds.load("nagorno-karabakh-2020-09-30")).index.subjects)
            5
        """
        return SubjectIndex(self.topics, self.words)

    def __eq__(self, other: object) -> bool:
        return self._parts() == other._parts() if isinstance(other, Standpoint) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._parts())

    def _parts(self) -> tuple[Any, ...]:
        return (self.ledger, self.as_of, self.known_on, self.lexicon)

    def __reduce__(self) -> tuple[type[Standpoint], tuple[Any, ...]]:
        return (Standpoint, self._parts())

    def _find_topics(self) -> None:
        found: dict[tuple[Any, ...], tuple[Subject, list[Claim]]] = {}
        for claim in self.claims.values():
            key = claim.subject.topic_key
            if key not in found:
                topic = claim.subject.filled(self.words).topic
                found[key] = (topic, self.topics.setdefault(topic, []))
            topic, about_it = found[key]
            self.topic_of[claim.id] = topic
            about_it.append(claim)

    def _find_withdrawn(self) -> frozenset[str]:
        """Find what is withdrawn by a withdrawal that is not itself withdrawn.

        An identity holds the identities that it names, so that no withdrawal can reach itself.
        """
        by_target: dict[str, list[str]] = {}
        for claim in self.claims.values():
            if claim.stance is Stance.WITHDRAWS and claim.target and not claim.misrelays:
                by_target.setdefault(claim.target, []).append(claim.id)
        found: dict[str, bool] = {}
        for start in by_target:
            todo = [start]
            while todo:
                target = todo[-1]
                waiting = [each for each in by_target.get(target, ()) if each not in found]
                if waiting:
                    todo.extend(waiting)
                    continue
                found[target] = any(not found[each] for each in by_target.get(target, ()))
                todo.pop()
        return frozenset(target for target, withdrawn in found.items() if withdrawn)

    @cached_property
    def origins(self) -> Origins:
        """On whose word each claim rests.

        Examples:
            >>> import casualties as cs
            >>> view = Standpoint(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> {view.origins.of(claim).copy for claim in view.ledger}
            {False}
        """
        return Origins(self.claims, self.sources, self._joint, self.topic_of, self._speaks)

    def _speaks(self, kind: str, name: str, topic: Subject) -> bool:
        """Tell whether a claim or a source speaks on a topic; a source does so with its own word only."""
        if topic not in self._spoken:
            found = set()
            for claim in self.topics[topic]:
                if self.figure(claim) is not None and not self.later(claim):
                    found.add(("claim", claim.id))
                if self._own_word(claim):
                    found.update(("source", above) for above in self.sources.line(claim.source))
            self._spoken[topic] = frozenset(found)
        return (kind, name) in self._spoken[topic]

    def _own_word(self, claim: Claim) -> bool:
        """Tell whether a claim takes a position by the day asked for, on its own source's word."""
        return (
            self.takes_position(claim)
            and not (claim.misrelays or self.sources.repeats(claim.source))
            and (not claim.based_on or claim.id in self._joint)
            and not self.later(claim)
        )

    def later(self, claim: Claim) -> bool:
        """Tell whether a claim counts days after the one asked for; a withdrawal counts none.

        Examples:
            >>> import casualties as cs
            >>> from casualties.model.period import PartialDate
            >>> view = Standpoint(cs.seeds.load("nagorno-karabakh-2020-09-30"), as_of=PartialDate.parse("2020-09-29"))
            >>> all(view.later(claim) for claim in view.ledger)
            True
        """
        if self.as_of is None or claim.day is None or claim.stance is Stance.WITHDRAWS:
            return False
        return claim.day.latest > self.as_of.latest

    def takes_position(self, claim: Claim) -> bool:
        """Tell whether a claim can make a position: a figure that is no projection, or a denial of the occurrence.

        Examples:
            >>> import casualties as cs
            >>> view = Standpoint(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> sum(view.takes_position(claim) for claim in view.ledger)
            5
        """
        return self.figure(claim) is not None and claim.modality is not Modality.PROJECTED

    def figure(self, claim: Claim) -> Figure | None:
        """Give the figure that a claim states as its words are read here; 0 for a denial of the occurrence.

        Words that the lexicon cannot read leave the figure as it was recorded.

        Examples:
            >>> import casualties as cs
            >>> view = Standpoint(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> [str(view.figure(claim)) for claim in view.ledger.by("akoush")]
            ['2 or more']
        """
        if claim.stance is Stance.DENIES and claim.aspect is Aspect.OCCURRENCE:
            return _DENIED
        if self._convention is None or claim.figure is None:
            return claim.figure
        if claim.id not in self._read:
            self._read[claim.id] = _reread(claim, self._convention)
        return self._read[claim.id]


_DENIED = Figure(0, 0)


def _reread(claim: Claim, convention: Lexicon) -> Figure | None:
    """Read the words of all citations of a claim anew."""
    readings = []
    for words in {each.words for each in claim.citations if each.words}:
        try:
            readings.append(parse_figure(words, convention))
        except UnreadableFigureError:
            continue
    stated = [figure for figure in readings if figure is not None]
    return Figure.hull(stated) if stated else (None if readings else claim.figure)
