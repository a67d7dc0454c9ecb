"""What is counted: the harm, the victims, the place, the period, and how one subject lies to another."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from functools import cached_property
from operator import attrgetter
from typing import Annotated, Any, Final, cast

from pydantic import AfterValidator, Field

from casualties._text import nearest
from casualties.errors import CasualtiesWarning, ModelError, UnknownNameError
from casualties.model.facet import (
    CHOICES,
    FACETS,
    KINDS,
    Accounted,
    AgeGroup,
    Basis,
    Cause,
    Presumed,
    Sex,
)
from casualties.model.harm import HARMS, JOINABLE, Harm, harm_key, is_stock
from casualties.model.period import DateField, PartialDate
from casualties.model.record import Key, Keys, Record
from casualties.model.vocabulary import Status, Vocabulary

__all__ = ["FACETS", "AgeGroup", "Basis", "Cause", "Harm", "Sex", "Subject", "check_asked", "is_stock"]


def _check_harm(harm: tuple[str, ...]) -> tuple[str, ...]:
    if len(harm) == 1 and "-or-" not in harm[0]:
        return (str(harm[0]),)
    if any("-or-" in part for part in harm):
        harm = tuple(part for word in harm for part in _parts(word))
    harm = tuple(str(key) for key in sorted(set(harm), key=lambda word: harm_key((word,))))
    if len(harm) > 1 and (alone := [key for key in harm if key not in JOINABLE]):
        raise ModelError(
            f"harm {' or '.join(harm)!r}: {alone[0]!r} cannot be joined with others",
            "harms-not-joinable",
            "join only killed, wounded, missing and captured",
        )
    return harm


def _parts(harm: str) -> list[str]:
    """Take a set that is written as one word, such as killed-or-wounded, apart."""
    parts = harm.split("-or-")
    return parts if all(part in JOINABLE for part in parts) else [harm]


class Subject(Record):
    """What a claim counts.

    A facet that is left out (``None``) counts all, or a part that the words do not say; see `Claim.all`.

    Attributes:
        harm: What happened to them; several where the count joins them, also written ``killed-or-wounded``.
        side: The side that the victims belonged to.
        nationality: Their nationality.
        status: Combatant, civilian, what else the law of war tells apart, or undetermined.
        role: What they were: pilot, mercenary, medic.
        age: Their age group, or that they are women and children.
        sex: Their sex.
        place: Where it happened.
        event: The event in which it happened.
        cause: How it came about.
        weapon: By what weapon.
        perpetrator: Who is said to have done it, a side.
        basis: How they were counted.
        accounted: By which date they are put to the days of the count.
        presumed: What is presumed of the missing among them.
        with_: What the count expressly includes.
        without: What the count expressly leaves out.
        since: The first day that is counted; ``None`` where unsaid.
        until: The last day on which the counted harm could have happened; ``None`` where unsaid.

    Raises:
        ModelError: If harms are joined that cannot be, a day has an hour, the period ends before it begins, or facets
            do not go together.

    Examples:
        >>> from casualties.model.subject import Subject
        >>> soldiers = Subject(harm=["killed"], side="armenian", status="combatant", since="2020-09-27")
        >>> soldiers.stock
        False
    """

    harm: Annotated[tuple[Key, ...], Field(min_length=1), AfterValidator(_check_harm)]
    side: Key | None = None
    nationality: Key | None = None
    status: Status | None = None
    role: Key | None = None
    age: AgeGroup | None = None
    sex: Sex | None = None
    place: Key | None = None
    event: Key | None = None
    cause: Cause | None = None
    weapon: Key | None = None
    perpetrator: Key | None = None
    basis: Basis | None = None
    accounted: Accounted | None = None
    presumed: Presumed | None = None
    with_: Annotated[Keys, Field(alias="with")] = ()
    without: Keys = ()
    since: DateField | None = None
    until: DateField | None = None

    def model_post_init(self, _context: object, /) -> None:
        """Check that the period is one of days that does not end before it begins, and that facets go together."""
        self._check_days()
        if self.age is AgeGroup.WOMEN_AND_CHILDREN and self.sex is not None:
            raise ModelError(
                f"women and children whose sex is {self.sex}: the group holds both",
                "two-values",
                "leave the sex out, or count women (age: adult, sex: female) or children (age: child) alone",
            )
        if self.presumed and Harm.MISSING not in self.harm and all(harm in HARMS for harm in self.harm):
            raise ModelError(
                f"{' or '.join(self.harm)}, presumed {self.presumed}: only the missing are presumed anything",
                "not-missing",
                "count them under missing, or leave presumed out",
            )

    def _check_days(self) -> None:
        for day in (self.since, self.until):
            if day is not None and day.at is not None:
                raise ModelError(
                    f"period with {day}: a count runs by days",
                    "not-a-day",
                    f"write {day.date_only}; only the statement itself has an hour",
                )
        if self.since and self.until and self.until.surely_before(self.since):
            raise ModelError(
                f"period {self.since}..{self.until}: it ends before it begins",
                "not-a-period",
                "exchange since and until",
            )

    @cached_property
    def stock(self) -> bool:
        """Whether the count is of one day and may fall; otherwise it runs on and can only grow.

        Of harms that a ledger declares only the ledger knows: see `Vocabulary.is_stock`.

        Examples:
            >>> Subject(harm=["missing"]).stock
            True
        """
        return is_stock(self.harm)

    @cached_property
    def topic(self) -> Subject:
        """The subject without its last day, and for a stock without its first: what a finding is about.

        Examples:
            >>> print(Subject(harm=["killed"], since="2020-09-27", until="2020-09-30").topic.until)
            None
        """
        if self.until is None and (self.since is None or not self.stock):
            return self
        return self.leaving_out(("since", "until") if self.stock else ("until",))

    @cached_property
    def key(self) -> tuple[Any, ...]:
        """Everything in it as one hashable value that sorts as subjects are listed.

        Sides that are left out stand last, other facets that are left out first.
        """
        since, until = self.since, self.until
        return (
            harm_key(self.harm),
            (self.side is None, self.side or ""),
            *[word or "" for word in _FACETS_BUT_SIDE(self)],
            self.with_,
            self.without,
            since.sort_key if since else (),
            until.sort_key if until else (),
        )

    @cached_property
    def topic_key(self) -> tuple[Any, ...]:
        """The same without what `topic` leaves out: equal for subjects of one topic.

        Examples:
            >>> early, late = (Subject(harm=["killed"], until=day) for day in ("2020-09-27", "2020-09-30"))
            >>> early.topic_key == late.topic_key
            True
        """
        return self.key[: -2 if self.stock else -1]

    @cached_property
    def _hash(self) -> int:
        return hash(self.key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Subject):
            return NotImplemented
        return self._hash == other._hash and self.key == other.key

    def filled(self, words: Vocabulary) -> Subject:
        """Fill in what the facets imply: a role may imply a status.

        Examples:
            >>> from casualties.model.vocabulary import Term
            >>> words = Vocabulary([Term(kind="role", key="pilot", status=["combatant"])])
            >>> print(Subject(harm=["killed"], role="pilot").filled(words).status)
            combatant
        """
        if self.status is None and self.role is not None and (status := words.status_of(self.role)):
            return self.replacing(status=status)
        return self

    def leaving_out(self, facets: Iterable[str]) -> Subject:
        """Leave some facets, or days, out; nothing that can be wrong is left in, so that nothing is checked again.

        Examples:
            >>> print(Subject(harm=["killed"], side="armenian", until="2020-09-30").leaving_out(["until"]))
            killed, armenian
        """
        return self._changed(dict.fromkeys(facets))

    def over(self, since: PartialDate | None, until: PartialDate | None) -> Subject:
        """Give the same count over other days; only these are checked.

        Raises:
            ModelError: If they are no days, or end before they begin.

        Examples:
            >>> print(Subject(harm=["killed"]).over(None, PartialDate.parse("2020-09-30")))
            killed ..2020-09-30
        """
        subject = self._changed({"since": since, "until": until})
        subject._check_days()  # noqa: SLF001 - of the same class
        return subject

    def _changed(self, changes: Mapping[str, Any]) -> Subject:
        """Copy the fields, and nothing that was worked out of them, with some of them changed and unchecked."""
        other = self.__copy__()
        fields: dict[str, Any] = vars(other)
        known = type(self).model_fields
        for name in [name for name in fields if name not in known]:
            del fields[name]
        fields.update(changes)
        return other

    def matches(self, words: Vocabulary, facets: Mapping[str, object]) -> bool:
        """Tell whether the subject has the given facets, or lies below them.

        Args:
            words: What the ledger declares.
            facets: Words by name of facet, or ``None`` where the facet must be left out; ``harm`` may be one word or
                several, and ``since`` is the first day, written alike.

        Raises:
            UnknownNameError: If there is no such facet.
            ModelError: If ``since`` is no date.

        Examples:
            >>> Subject(harm=["killed"], side="armenian").matches(Vocabulary(), {"side": "armenian"})
            True
        """
        for name, wanted in facets.items():
            if name == "harm":
                asked = _check_harm((wanted,) if isinstance(wanted, str) else tuple(cast("Iterable[str]", wanted)))
                if not _harm_inside(self.harm, asked, words):
                    return False
            elif name == "since":
                if self.since != (None if wanted is None else PartialDate.of(cast("str", wanted))):
                    return False
            elif name not in FACETS:
                near = nearest(name, ("harm", "since", *FACETS))
                raise UnknownNameError(
                    f"facet {name!r}: there is none of this name",
                    "unknown-facet",
                    f"did you mean {near!r}?" if near else f"one of harm, since, {', '.join(FACETS)}",
                )
            elif wanted is None:
                if getattr(self, name) is not None:
                    return False
            elif not self._facet_inside(name, wanted, words):
                return False
        return True

    @cached_property
    def _named(self) -> tuple[tuple[str, Any], ...]:
        """The facets that are named, with their words."""
        return tuple((name, word) for name in FACETS if (word := getattr(self, name)) is not None)

    def inside(self, other: Subject, words: Vocabulary) -> bool:
        """Tell whether everybody counted here is surely counted there: every facet is equal or below.

        Both subjects are compared as they are; call `filled` first.

        Examples:
            >>> fighters = Subject(harm=["killed"], status="combatant")
            >>> fighters.inside(Subject(harm=["killed", "wounded"]), Vocabulary())
            True
        """
        return (
            _harm_inside(self.harm, other.harm, words)
            and all(self._facet_inside(name, there, words) for name, there in other._named)
            and set(self.with_) <= set(other.with_)
            and set(self.without) >= set(other.without)
            and self._period_inside(other, words)
        )

    def left_open(self, inner: Subject) -> tuple[str, ...]:
        """Name the facets that this subject leaves out and another one names: whether it means them whole is not said.

        Women and children are whole without a sex.

        Examples:
            >>> killed = Subject(harm=["killed"])
            >>> killed.left_open(killed.replacing(status="civilian", age="child"))
            ('status', 'age')
        """
        both = self.age is AgeGroup.WOMEN_AND_CHILDREN
        return tuple(name for name, _ in inner._named if getattr(self, name) is None and not (both and name == "sex"))

    def _facet_inside(self, name: str, there: Any, words: Vocabulary) -> bool:  # noqa: ANN401 - a word or an enum
        """Tell whether a facet is a word, or lies below it."""
        here = getattr(self, name)
        if there is None or here == there:
            return True
        if name == "age":
            return here in _BELOW_AGE.get(there, ()) or (
                there == AgeGroup.WOMEN_AND_CHILDREN and self.sex is Sex.FEMALE
            )
        return here is not None and name in KINDS and words.inside(KINDS[name], here, there)

    def _period_inside(self, other: Subject, words: Vocabulary) -> bool:
        """Tell whether all days counted here are surely counted there.

        Who is missing or captured on a day stays in a count of that day alone; whoever was killed by then is in it too.
        """
        stock, other_stock = words.is_stock(self.harm), words.is_stock(other.harm)
        if other_stock and other.until not in (None, self.until):
            return False
        if other_stock and stock:
            return True
        begins = self.until if stock else self.since
        if self.accounted != other.accounted and self.accounted in _BY_LATER_DATE:
            begins = None  # they may have been harmed on any day before
        starts = other.since is None or (begins is not None and not_after(other.since, begins))
        ends = other.until is None or (self.until is not None and not_after(self.until, other.until))
        return starts and ends

    def apart_by(self, other: Subject, words: Vocabulary, across: frozenset[str] | None = None) -> str | None:
        """Name the facet by which two subjects share no victim; ``None`` where they may share some.

        Two accusers of one strike count the same dead, so the perpetrator never sets subjects apart.
        Stocks of different days may hold the same people.

        Args:
            other: The other subject.
            words: What the ledger declares.
            across: ``None`` if one source speaks of both; else the facets among status, role, age and sex
                that the ledger declares to mean the same to different sources.

        Examples:
            >>> killed = Subject(harm=["killed"])
            >>> killed.replacing(status="civilian").apart_by(killed.replacing(status="combatant"), Vocabulary())
            'status'
        """
        for name in ("side", "place", "event", "weapon", "nationality", "role"):
            here, there = getattr(self, name), getattr(other, name)
            if (
                here is not None
                and there is not None
                and (across is None or name != "role" or name in across)
                and words.apart(KINDS[name], here, there)
            ):
                return name
        for name in ("status", "age", "sex"):
            if (across is None or name in across) and self._listed_apart(other, name):
                return name
        if (
            not (words.is_stock(self.harm) or words.is_stock(other.harm))
            and (self.accounted == other.accounted or _BY_LATER_DATE.isdisjoint((self.accounted, other.accounted)))
            and (
                (self.until and other.since and self.until.surely_before(other.since))
                or (other.until and self.since and other.until.surely_before(self.since))
            )
        ):
            return "period"
        return None

    def _listed_apart(self, other: Subject, name: str) -> bool:
        """Tell whether two subjects have words of a list that nobody has both."""
        here, there = getattr(self, name), getattr(other, name)
        if here is None or there is None or here == there:
            return False
        if name != "age":
            return True
        if AgeGroup.WOMEN_AND_CHILDREN in (here, there):
            single = other if here is AgeGroup.WOMEN_AND_CHILDREN else self
            return single.age is not AgeGroup.CHILD and single.sex in (Sex.MALE, Sex.UNDETERMINED)
        return here not in _BELOW_AGE.get(there, ()) and there not in _BELOW_AGE.get(here, ())

    def __str__(self) -> str:
        parts = [" or ".join(self.harm), *(str(value) for name in FACETS if (value := getattr(self, name)))]
        period = "" if not (self.since or self.until) else f" {self.since or ''}..{self.until or ''}"
        extra = "".join(f" with {facet}" for facet in self.with_) + "".join(
            f" without {facet}" for facet in self.without
        )
        return ", ".join(parts) + extra + period


def check_asked(
    facets: Mapping[str, object], subjects: Iterable[Subject], words: Vocabulary, *, warn: bool = True
) -> None:
    """See that somebody is counted under the words by which subjects are asked for.

    What no list has and what is nearly a known word is misspelt; any other that nobody has gets a warning.

    Args:
        facets: The words by name of facet.
        subjects: The subjects that are asked.
        words: What the ledger declares.
        warn: Whether to warn of words that nobody has.

    Raises:
        UnknownNameError: If one is misspelt, with the word that was likely meant.

    Examples:
        >>> check_asked({"side": "nroth"}, [Subject(harm=["killed"], side="north")], Vocabulary())
        Traceback (most recent call last):
        ...
        casualties.errors.UnknownNameError: side 'nroth': nobody is counted under this word
        Hint: did you mean 'north'?
    """
    every: list[Subject] | None = None
    for name, wanted in facets.items():
        for word in (wanted,) if isinstance(wanted, str) else wanted if isinstance(wanted, list | tuple) else ():
            if name != "harm" and name not in FACETS:
                continue
            every = list(subjects) if every is None else every
            if name in CHOICES:
                known = {str(choice) for choice in CHOICES[name]}
            elif name == "harm":
                known = {*map(str, Harm), *(harm for subject in every for harm in subject.harm)}
            else:
                known = {value for subject in every if (value := getattr(subject, name))}
            kind = "harm" if name == "harm" else KINDS.get(name)
            known |= {key for of, key in words.terms if of == kind}
            near = "" if word in known else nearest(str(word), known)
            if near or (name in CHOICES and word not in known):
                raise UnknownNameError(
                    f"{name} {word!r}: nobody is counted under this word",
                    "unknown-word",
                    f"did you mean {near!r}?" if near else f"one of {', '.join(sorted(known))}",
                )
            if warn and every and word not in known:
                there = ", ".join(sorted(known)[:10]) + (", …" if len(known) > 10 else "")
                hint = f"there are {there}" if known else f"nobody is counted by {name} here"
                said = f"{name} {word!r}: nobody is counted under this word\nHint: {hint}"
                warnings.warn(said, CasualtiesWarning, stacklevel=3)


def not_after(one: PartialDate, other: PartialDate) -> bool:
    """Tell whether one date is the other, or surely does not come after it."""
    return one == other or one.latest <= other.earliest


_FACETS_BUT_SIDE: Final = attrgetter(*FACETS[1:])


def _harm_inside(harm: tuple[str, ...], other: tuple[str, ...], words: Vocabulary) -> bool:
    return all(word in other or not words.ancestors("harm", word).isdisjoint(other) for word in harm)


_BELOW_AGE: Final[Mapping[AgeGroup, tuple[AgeGroup, ...]]] = {
    AgeGroup.ADULT: (AgeGroup.ELDERLY,),
    AgeGroup.WOMEN_AND_CHILDREN: (AgeGroup.CHILD,),
}
_BY_LATER_DATE: Final = frozenset((Accounted.REPORT, Accounted.REGISTRATION))
