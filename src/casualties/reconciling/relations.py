"""Which subjects of a set lie inside which, and which only look alike, found without comparing every pair."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from operator import attrgetter
from typing import Any, Final

from casualties._text import Fielded
from casualties.model.figure import Figure
from casualties.model.period import PartialDate
from casualties.model.subject import FACETS, Harm, Subject
from casualties.model.vocabulary import Vocabulary

__all__ = ["Scope", "SubjectIndex", "differing_facet", "holds_days"]

_KINDS: Final = {
    "side": "side",
    "nationality": "nationality",
    "role": "role",
    "place": "place",
    "event": "event",
    "perpetrator": "side",
}
_ABOVE_AGE: Final = {"elderly": ("adult",), "child": ("women-and-children",)}
_SCOPES: Final = ("harm", "cause", "basis", "with_", "without", "since")
"""Facets in which two counts may differ and still look like one count in a newspaper."""


@dataclass(frozen=True, slots=True)
class Scope(Fielded):
    """Another subject whose figures look like a contradiction and are none, since it counts something else.

    Attributes:
        facet: The facet that differs: harm, cause, basis, with, without or since.
        subject: The other subject.
        figure: The span of its figures.
        as_of: The last day that they count.

    Examples:
        >>> import casualties as cs
        >>> cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").scopes
        ()
    """

    facet: str
    subject: Subject
    figure: Figure
    as_of: PartialDate | None = None


class SubjectIndex:
    """The subjects of a set, found by the facets that they name.

    Args:
        subjects: The subjects, with what they imply filled in.
        words: What the ledger declares.

    Examples:
        >>> from casualties.reconciling.relations import SubjectIndex
        >>> from casualties.model.subject import Subject
        >>> from casualties.model.vocabulary import Vocabulary
        >>> whole = Subject(harm=["killed"], side="armenian")
        >>> part = whole.replacing(status="civilian")
        >>> SubjectIndex([whole, part], Vocabulary()).around(part) == (whole,)
        True
    """

    def __init__(self, subjects: Iterable[Subject], words: Vocabulary) -> None:
        self.subjects: tuple[Subject, ...] = tuple(sorted(set(subjects), key=lambda subject: subject.key))
        self.words = words

    @cached_property
    def _by_facets(self) -> dict[tuple[str | None, ...], list[tuple[int, Subject]]]:
        """By facets the subjects, each with the day on which it has surely begun; 0 where that is not said."""
        by_facets: dict[tuple[str | None, ...], list[tuple[int, Subject]]] = {}
        for subject in self.subjects:
            begun = 0 if subject.since is None or subject.stock else subject.since.latest.toordinal()
            by_facets.setdefault(_facets_of(subject), []).append((begun, subject))
        return by_facets

    @cached_property
    def _named(self) -> frozenset[str]:
        """The facets that any subject of the set names; only these can differ."""
        return frozenset(name for facets in self._by_facets for name, word in zip(FACETS, facets, strict=True) if word)

    @cached_property
    def _first_days(self) -> dict[tuple[Any, ...], tuple[Any, ...]]:
        """The earliest first day of subjects that differ in their days alone."""
        first_days: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        for subject in self.subjects:
            *who, since, _until = subject.key
            known = first_days.get(tuple(who), ())
            first_days[tuple(who)] = min(known, since) if known and since else known or since
        return first_days

    def begins_first(self, subject: Subject) -> bool:
        """Tell whether no other of the set counts the same from an earlier day, so that the days need not be said.

        Examples:
            >>> from casualties.model.vocabulary import Vocabulary
            >>> war = Subject(harm=["killed"], since="2020-09-27")
            >>> day = war.replacing(since="2020-10-02")
            >>> [SubjectIndex([war, day], Vocabulary()).begins_first(each) for each in (war, day)]
            [True, False]
        """
        *who, since, _until = subject.key
        return bool(self._first_days.get(tuple(who), since) == since)

    def containing(self, subject: Subject, holds: Callable[[Subject], bool] = lambda _: True) -> tuple[Subject, ...]:
        """Give every other subject of the set that this one lies inside.

        Args:
            subject: The subject.
            holds: Tells of another subject whether it counts; all do where this is left out.
        """
        choices: list[tuple[str | None, ...]] = []
        for name in FACETS:
            word = getattr(subject, name)
            if word is None or name not in self._named:
                choices.append((None,))
            elif name in _KINDS:
                choices.append((None, *sorted(self.words.ancestors(_KINDS[name], word))))
            else:
                choices.append((None, word, *_ABOVE_AGE.get(word, ())) if name == "age" else (None, word))
        if subject.sex == "female" and "age" in self._named:
            place = FACETS.index("age")
            choices[place] = tuple(dict.fromkeys((*choices[place], "women-and-children")))
        begins = subject.since.earliest.toordinal() if subject.since else date.max.toordinal()
        return tuple(
            sorted(
                (
                    other
                    for facets in product(*choices)
                    for begun, other in self._by_facets.get(facets, ())
                    if (begun <= begins or other.since == subject.since)
                    and holds(other)
                    and other != subject
                    and (_differs_in_facets(subject, other) or subject.inside(other, self.words))
                ),
                key=lambda other: other.key,
            )
        )

    def around(self, subject: Subject, holds: Callable[[Subject], bool] = lambda _: True) -> tuple[Subject, ...]:
        """Give the nearest subjects that this one lies inside: none of them contains another of them.

        Args:
            subject: The subject.
            holds: Tells of a subject around it whether it counts; all do where this is left out.
        """
        subjects = self.containing(subject, holds)
        return tuple(
            known_subject
            for known_subject in subjects
            if not any(other != known_subject and other.inside(known_subject, self.words) for other in subjects)
        )

    @cached_property
    def _by_rest(self) -> dict[tuple[object, ...], list[Subject]]:
        by_rest: dict[tuple[object, ...], list[Subject]] = {}
        for subject in self.subjects:
            for name in _SCOPES:
                by_rest.setdefault(_rest(subject, name), []).append(subject)
            by_rest.setdefault(_whenever(subject, stock=subject.stock), []).append(subject)
        return by_rest

    def _beside(self, subject: Subject, name: str) -> list[Subject]:
        """Give the subjects that agree with one in all facets but one.

        A stock has no first day, so that missing may be set beside the killed since any day, and killed beside missing.
        """
        subjects = self._by_rest.get(_rest(subject, name), [])
        if name != "harm":
            return subjects
        others = self._by_rest.get(_whenever(subject, stock=not subject.stock), ())
        return [other for other in subjects if other.stock == subject.stock] + list(others)

    def alike(self, subject: Subject) -> tuple[tuple[str, Subject], ...]:
        """Give the subjects that differ from this one in a single facet that a reader may overlook, with the facet.

        Such are killed against casualties, buried against killed, one day against a running count.

        Examples:
            >>> killed = Subject(harm=["killed"])
            >>> buried = killed.replacing(basis="buried")
            >>> SubjectIndex([killed, buried], Vocabulary()).alike(killed) == (("basis", buried),)
            True
        """
        pairs = [
            (name.rstrip("_"), other)
            for name in _SCOPES
            for other in self._beside(subject, name)
            if other != subject and (name != "harm" or self._share_harm(subject, other))
        ]
        return tuple(sorted(pairs, key=lambda pair: (pair[0], pair[1].key)))

    def _share_harm(self, one: Subject, other: Subject) -> bool:
        """Tell whether one harm is part of both, as killed is of casualties and losses, or both are part of one."""
        declared = (key for kind, key in self.words.terms if kind == "harm")
        above = [self.words.ancestors("harm", word) for word in (*Harm, *declared)]
        wholes = [
            {whole for harm in subject.harm for whole in self.words.ancestors("harm", harm)} for subject in (one, other)
        ]
        return not wholes[0].isdisjoint(wholes[1]) or any(
            not ancestors.isdisjoint(one.harm) and not ancestors.isdisjoint(other.harm) for ancestors in above
        )


_facets_of: Final = attrgetter(*FACETS)


def _differs_in_facets(subject: Subject, other: Subject) -> bool:
    """Tell whether subjects differ only in facets that hold one word, and in days that the other leaves open."""
    return (
        other.since is None
        and other.until is None
        and subject.harm == other.harm
        and subject.with_ == other.with_
        and subject.without == other.without
    )


def _rest(subject: Subject, name: str) -> tuple[object, ...]:
    """Give all facets of a subject but one, and the first day."""
    left = [word for facet, word in zip(FACETS, _facets_of(subject), strict=True) if facet != name]
    others = ("harm", "with_", "without", "since")
    return (name, *left, *(getattr(subject, facet) for facet in others if facet != name))


def _whenever(subject: Subject, *, stock: bool) -> tuple[object, ...]:
    """Give all facets of a subject but its harm and its first day, with whether harms are meant that are a stock."""
    return ("stock", stock, *_facets_of(subject), subject.with_, subject.without)


Days = tuple[PartialDate | None, PartialDate | None]


def holds_days(outer: Days, inner: Days) -> bool:
    """Tell whether days from one date to another hold other such days; a start that is absent is before any.

    Examples:
        >>> year, day = PartialDate.parse("2020"), PartialDate.parse("2020-09-30")
        >>> holds_days((year, day), (day, day)), holds_days((day, day), (year, day))
        (True, False)
    """
    (since, until), (inner_since, inner_until) = outer, inner
    starts = since is None or (inner_since is not None and since.earliest <= inner_since.earliest)
    return starts and until is not None and inner_until is not None and inner_until.latest <= until.latest


def differing_facet(one: Subject, other: Subject) -> tuple[str, ...]:
    """Name the facets in which two subjects differ.

    Examples:
        >>> killed = Subject(harm=["killed"])
        >>> differing_facet(killed, killed.replacing(basis="buried"))
        ('basis',)
    """
    names = ("harm", *FACETS, "with_", "without", "since", "until")
    return tuple(name.rstrip("_") for name in names if getattr(one, name) != getattr(other, name))
