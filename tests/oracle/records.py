"""What the rules need to know of a claim and of the ledger, and nothing else.

A date is a span of day numbers; a figure is two ends with their marks.
Nothing in this module, nor in those that use it, knows the library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

LONG_AGO = -(10**9)
"""The first day of a date of which only the last is known: "stated by"."""

MEANS_MODEL = frozenset({"model", "survey", "excess"})
COUNTED_WITH_NAMES = frozenset({"listed", "identified", "verified", "documented", "investigated"})
"""The ways of counting that lift one third party to moderate (section 7 F); buried and examined do not."""

STOCKS = frozenset({"missing", "captured", "displaced", "in-treatment"})


@dataclass(frozen=True)
class When:
    """A date: its first and last day, and the second where an hour is known."""

    first: int
    last: int
    moment: int | None = None

    @property
    def days(self) -> tuple[int, int]:
        """The date without the hour."""
        return (self.first, self.last)


def surely_before(one: When | None, other: When | None) -> bool:
    """Tell whether one date lies before another whichever days they are; an unknown date lies nowhere.

    Hours count where both carry one.
    """
    if one is None or other is None:
        return False
    if one.moment is not None and other.moment is not None:
        return one.moment < other.moment
    return one.last < other.first


def same_date(one: When | None, other: When | None) -> bool:
    """Tell whether two dates are the same day or the same span."""
    return one is not None and other is not None and one.days == other.days


def not_after(one: When | None, other: When | None) -> bool:
    """Tell whether a floor of one day holds on the other: the same date, or surely no later (section 4)."""
    return one is not None and other is not None and (one.days == other.days or one.last <= other.first)


@dataclass(frozen=True)
class Range:
    """A figure: the ends that it states, and which of them are assumed (section 3)."""

    low: int
    high: int | None
    low_assumed: bool = False
    high_assumed: bool = False
    best: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        """Refuse a figure whose upper end is below its lower (section 3)."""
        if self.low < 0 or (self.high is not None and self.high < self.low):
            raise ValueError(self.low, self.high)

    @property
    def ends(self) -> tuple[int, int | None]:
        """The two ends without their marks."""
        return (self.low, self.high)

    def __str__(self) -> str:
        if self.high is None:
            return f"{self.low:,} or more"
        return f"{self.low:,}" if self.low == self.high else f"{self.low:,}–{self.high:,}"


def meet(ranges: Iterable[Range]) -> Range | None:
    """Give what all ranges allow, or nothing; on equal ends *stated* wins (section 3)."""
    given = list(ranges)
    low = max(each.low for each in given)
    high = min((each.high for each in given if each.high is not None), default=None)
    if high is not None and high < low:
        return None
    return Range(
        low,
        high,
        all(each.low_assumed for each in given if each.low == low),
        high is not None and all(each.high_assumed for each in given if each.high == high),
    )


def hull(ranges: Iterable[Range]) -> Range:
    """Give the narrowest range around all; on equal ends *assumed* wins (section 3)."""
    given = list(ranges)
    low = min(each.low for each in given)
    high = None if any(each.high is None for each in given) else max(each.high or 0 for each in given)
    return Range(
        low,
        high,
        any(each.low_assumed for each in given if each.low == low),
        high is not None and any(each.high_assumed for each in given if each.high == high),
    )


def disjoint(one: Range, other: Range) -> bool:
    """Tell whether two ranges share no count."""
    return meet((one, other)) is None


@dataclass(frozen=True)
class Link:
    """That a claim rests on another, or is a false relay of it, and since when that is known."""

    claim: str
    noted: When | None = None


@dataclass(frozen=True)
class Citation:
    """One reading: who published the report, when, and through whose hands the statement came."""

    publisher: str | None = None
    published: When | None = None
    relays: tuple[str, ...] = ()
    report: str = ""


@dataclass(frozen=True)
class Grade:
    """An assessment by the Admiralty code."""

    reliability: str | None = None
    credibility: str | None = None
    graded: When | None = None

    @property
    def poor(self) -> bool:
        """Whether it is D, E, 4 or 5."""
        return self.reliability in ("D", "E") or self.credibility in ("4", "5")


@dataclass(frozen=True)
class Claim:
    """One statement of one source."""

    id: str
    source: str
    harm: tuple[str, ...]
    stance: str = "states"
    figure: Range | None = None
    aspect: str | None = None
    target: str | None = None
    replaces: tuple[str, ...] = ()
    modality: str | None = None
    method: str | None = None
    interval: bool = False
    facets: tuple[tuple[str, str], ...] = ()
    only: frozenset[str] = frozenset()
    basis: str | None = None
    perpetrator: str | None = None
    with_: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    since: When | None = None
    until: When | None = None
    stated: When | None = None
    citations: tuple[Citation, ...] = ()
    grades: tuple[Grade, ...] = ()
    based_on: tuple[Link, ...] = ()
    misrelays: tuple[Link, ...] = ()

    @property
    def published(self) -> When | None:
        """The publication by which the claim was surely out first."""
        dates = [each.published for each in self.citations if each.published is not None]
        return min(dates, key=lambda each: (each.last, each.first), default=None)

    @property
    def said(self) -> When | None:
        """When it was said; a printing date alone says by when (section 4)."""
        if self.stated is not None:
            return self.stated
        printed = self.published
        return None if printed is None else When(LONG_AGO, printed.last)

    @property
    def day(self) -> When | None:
        """The last day counted; where it is missing the date stated, else the printing date (section 4)."""
        if self.until is not None:
            return self.until
        known = self.stated or self.published
        return None if known is None else When(known.first, known.last)

    @property
    def estimate(self) -> bool:
        """Whether it stands beside the counts (section 7 E)."""
        return self.stance == "states" and (self.interval or self.method in MEANS_MODEL)

    @property
    def counted_by(self) -> str | None:
        """How it was counted; a denial counts nobody, whatever the claim that it denies did."""
        return self.basis if self.stance == "states" else None

    def facet(self, name: str) -> str | None:
        """Give the word of a facet."""
        return dict(self.facets).get(name)


@dataclass(frozen=True)
class Source:
    """Who makes statements: kind, side, and where in the tree."""

    key: str
    names: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    side: str | None = None
    under: str | None = None
    repeats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Word:
    """What is declared of one side, role, place, event or harm."""

    kind: str
    key: str
    under: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    status: str | None = None
    incident: bool = False
    counted_until: When | None = None
    stock: bool = False


@dataclass(frozen=True)
class Records:
    """A set of claims with the trees that they name; the order of its parts means nothing."""

    claims: tuple[Claim, ...]
    sources: dict[str, Source] = field(default_factory=dict)
    words: dict[tuple[str, str], Word] = field(default_factory=dict)
    same_events: tuple[frozenset[str], ...] = ()
    day_ends: int = 0
    """How many seconds after midnight UTC a day of this ledger ends: 0 in UTC, -14,400 at +04:00."""

    def with_claims(self, claims: Iterable[Claim]) -> Records:
        """Give the same declarations with other claims."""
        return replace(self, claims=tuple(claims))

    def line(self, source: str) -> tuple[str, ...]:
        """Give a source and what it stands under, up to its root."""
        found = [source]
        while (known := self.sources.get(found[-1])) and known.under:
            found.append(known.under)
        return tuple(found)

    def root(self, source: str) -> str:
        """Give the root of a source."""
        return self.line(source)[-1]

    def side(self, source: str) -> str | None:
        """Give the side that a source speaks for: its own, or the nearest above it."""
        stated = (known.side for each in self.line(source) if (known := self.sources.get(each)) and known.side)
        return next(stated, None)

    def kinds(self, source: str) -> frozenset[str]:
        """Give what a source is."""
        known = self.sources.get(source)
        return known.kinds if known else frozenset()

    def unattributed(self, source: str) -> bool:
        """Tell whether nobody says who the source is."""
        return "unattributed" in self.kinds(source)

    def above(self, kind: str, key: str) -> frozenset[str]:
        """Give a word and all that it lies inside."""
        return frozenset(_reached(key, lambda each: self._word(kind, each).under))

    def inside(self, kind: str, key: str, other: str) -> bool:
        """Tell whether one word is the other or lies below it."""
        return other in self.above(kind, key)

    def own(self, side: str, other: str) -> bool:
        """Tell whether two sides are one, or one belongs to the other."""
        return self.inside("side", side, other) or self.inside("side", other, side)

    def opposed(self, side: str, other: str) -> bool:
        """Tell whether two sides, or sides that they belong to, are declared against one another."""
        here, there = self.above("side", side), self.above("side", other)
        return any(not there.isdisjoint(self._word("side", each).against) for each in here) or any(
            not here.isdisjoint(self._word("side", each).against) for each in there
        )

    def status_of(self, role: str) -> str | None:
        """Give the status that a role, or the nearest that it lies inside, implies; nothing where they differ."""
        level = {role}
        while level:
            words = [self._word("role", each) for each in level]
            implied = {word.status for word in words if word.status}
            if implied:
                return implied.pop() if len(implied) == 1 else None
            level = {parent for word in words for parent in word.under}
        return None

    def stock(self, harm: tuple[str, ...]) -> bool:
        """Tell whether a harm is counted as it stands on one day and may fall (section 4)."""
        return any(each in STOCKS or self._word("harm", each).stock for each in harm)

    def incident(self, event: str | None) -> bool:
        """Tell whether an event is an incident: declared one, or joined with another by an identification."""
        return event is not None and (
            self._word("event", event).incident or any(event in joined for joined in self.same_events)
        )

    def event_name(self, event: str | None) -> str | None:
        """Give one name for events that an identification says are the same."""
        joined = [each for each in self.same_events if event in each]
        return min(joined[0]) if joined else event

    def counted_until(self, event: str | None) -> When | None:
        """Give the day until which the dead of an event were searched for and counted."""
        return None if event is None else self._word("event", event).counted_until

    def _word(self, kind: str, key: str) -> Word:
        return self.words.get((kind, key)) or Word(kind, key)


def _reached(start: str, step: Callable[[str], Iterable[str]]) -> set[str]:
    found, todo = {start}, [start]
    while todo:
        for each in step(todo.pop()):
            if each not in found:
                found.add(each)
                todo.append(each)
    return found
