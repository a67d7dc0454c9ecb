"""Sums of bounds by group, such as month and side, with what is missing and what overlaps."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Final, Protocol

from casualties._text import Printed, counted
from casualties.bounding.bound import Bound
from casualties.errors import UnknownNameError
from casualties.model.figure import End, Figure
from casualties.model.subject import FACETS, Subject
from casualties.model.vocabulary import Vocabulary
from casualties.reconciling.relations import SubjectIndex

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["PERIODS", "TOTAL_COLUMNS", "GroupTotal", "beside", "group_totals", "totals_frame"]

PERIODS: Final = {"day": 10, "month": 7, "year": 4}
"""The periods by which totals may be grouped, with how much of a date each takes."""

CONTESTED: Final = "contested"
"""The group of what several are blamed for."""

TOTAL_COLUMNS: Final = {
    "low": "float64",
    "high": "float64",
    "best": "float64",
    "assumed": "string[python]",
    "proved": "bool",
    "subjects": "int64",
    "claim_count": "int64",
    "missing": "int64",
    "overlaps": "int64",
    "low_as_different": "float64",
    "high_as_different": "float64",
}
"""Columns and types of `totals_frame`, after the harm and what is grouped by.

``high`` is ``inf`` where nothing sets a ceiling.  Where subjects of a group may share people, which ``overlaps`` counts
in pairs, ``low`` and ``high`` are ``NaN``: what may count people twice is not added.  ``best`` is there where every
subject has one number that its source prefers.  ``missing`` counts subjects of which nothing is known.
``low_as_different`` and ``high_as_different`` are the sum where no events are compared as one; they differ from ``low``
and ``high`` only where identifications join events.
"""


@dataclass(frozen=True, slots=True)
class GroupTotal(Printed):
    """The sum of the bounds of one group.

    Attributes:
        harm: What happened to them.
        group: The word of each facet or period that is grouped by; ``None`` where a subject names none.
        figure: The sum; ``None`` where subjects may share people.
        best: The sum of the numbers that the sources prefer; ``None`` where a subject has no single one.
        subjects: The subjects that were added: those that lie inside no other of the group.
        claims: How many claims are about them and what lies inside them.
        missing: Those of which nothing is known.
        overlaps: The pairs that may share people.
        proved: Whether every end that was added is exact.
        as_different: The sum where no events are compared as one; ``figure`` again where no identification joins any.

    Examples:
        >>> import casualties as cs
        >>> bounds = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> for total in group_totals(bounds.entries, ["month", "side"], bounds):
        ...     print(total.group["month"], total.group["side"], total.figure, len(total.missing))
        2020-09 armenian 81 or more 0
        2020-09 azerbaijani 11 or more 1
        2020-09 None 2–25 0
    """

    harm: tuple[str, ...]
    group: Mapping[str, str | None]
    figure: Figure | None
    best: int | None
    subjects: tuple[Subject, ...]
    claims: int
    missing: tuple[Subject, ...]
    overlaps: tuple[tuple[Subject, Subject], ...]
    proved: bool
    as_different: Figure | None = None

    def __str__(self) -> str:
        group = ", ".join([" or ".join(self.harm), *(word or f"no {name}" for name, word in self.group.items())])
        said = "not added, since people may be shared" if self.figure is None else str(self.figure)
        more = f"; nothing known of {counted(len(self.missing), 'subject')}" if self.missing else ""
        return f"{group}: {said} ({counted(len(self.subjects), 'subject')}, {counted(self.claims, 'claim')}{more})"


class Grouped(Protocol):
    """What is asked of an answer to group it."""

    @property
    def words(self) -> Vocabulary:  # pyright: ignore[reportReturnType] - a protocol's
        """What the ledger declares."""

    def blamed(self, subject: Subject) -> frozenset[str]:  # pyright: ignore[reportReturnType] - a protocol's
        """Give the sides that are blamed for the harm to a subject."""

    def best(self, subject: Subject) -> int | None:
        """Give the one number that the sources of a subject prefer."""

    def claims_on(self, subject: Subject) -> int:  # pyright: ignore[reportReturnType] - a protocol's
        """Tell how many claims are about a subject."""

    def apart(self, one: Bound, other: Bound) -> bool:  # pyright: ignore[reportReturnType] - a protocol's
        """Tell whether two subjects share nobody."""


def group_totals(
    bounds: Iterable[Bound],
    by: Sequence[str],
    answer: Grouped,
    *,
    overlapping_subjects_ok: bool = False,
    named: Callable[[Subject], Subject] = lambda subject: subject,
) -> tuple[GroupTotal, ...]:
    """Add up bounds group by group, each harm for itself; see `Bounds.totals`.

    Raises:
        UnknownNameError: If there is no facet or period of a name.
    """
    keys = [_key(name, answer) for name in by]
    groups: dict[tuple[tuple[str, ...], tuple[str | None, ...]], list[Bound]] = {}
    for bound in bounds:
        subject = named(bound.subject)
        groups.setdefault((subject.harm, tuple(key(subject) for key in keys)), []).append(bound)
    order = sorted(groups, key=lambda group: (group[0], [(word is None, word or "") for word in group[1]]))
    return tuple(
        _total(harm, dict(zip(by, words, strict=True)), groups[harm, words], answer, ok=overlapping_subjects_ok)
        for harm, words in order
    )


def beside(same: Iterable[GroupTotal], different: Iterable[GroupTotal]) -> tuple[GroupTotal, ...]:
    """Set the totals with events compared as one beside those with none, group by group.

    Where events of two groups are compared as one, a group may be left with no subject: its sum then counts at least
    nobody.

    Examples:
        >>> import casualties as cs
        >>> totals = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")).group_totals(["side"])
        >>> beside(totals, totals) == totals
        True
    """
    one = {_place(total): total for total in same}
    other = {_place(total): total for total in different}
    empty = Figure(0, None)
    totals = []
    for place in sorted(
        {*one, *other}, key=lambda group: (group[0], [(word is None, word or "") for _, word in group[1]])
    ):
        total = one.get(place)
        apart = other[place].figure if place in other else empty
        if total is None:
            total = replace(other[place], figure=empty, best=None, subjects=(), claims=0, missing=(), overlaps=())
        totals.append(replace(total, as_different=apart))
    return tuple(totals)


def _place(total: GroupTotal) -> tuple[tuple[str, ...], tuple[tuple[str, str | None], ...]]:
    return (total.harm, tuple(total.group.items()))


def _key(name: str, answer: Grouped) -> Callable[[Subject], str | None]:
    if name in PERIODS:
        return lambda subject: _period(subject, PERIODS[name], answer.words)
    if name == "perpetrator":
        return lambda subject: subject.perpetrator or (CONTESTED if len(answer.blamed(subject)) > 1 else None)
    if name not in FACETS:
        raise UnknownNameError(
            f"totals by {name!r}: there is no facet or period of this name",
            "unknown-facet",
            f"one of {', '.join((*PERIODS, *FACETS))}",
        )
    return lambda subject: None if (word := getattr(subject, name)) is None else str(word)


def _period(subject: Subject, length: int, words: Vocabulary) -> str | None:
    """Name the day, month or year of a subject, the first and last where it runs over several; an incident's last."""
    event = words.terms.get(("event", subject.event)) if subject.event else None
    on_a_day = words.is_stock(subject.harm) or (subject.since is None and event is not None and event.incident)
    since = subject.until if on_a_day else subject.since
    if since is None or subject.until is None:
        return None
    first, last = str(since.earliest)[:length], str(subject.until.latest)[:length]
    return first if first == last else f"{first}/{last}"


def _total(
    harm: tuple[str, ...], group: dict[str, str | None], bounds: list[Bound], answer: Grouped, *, ok: bool
) -> GroupTotal:
    index = SubjectIndex((bound.subject for bound in bounds), answer.words)
    outermost = [bound for bound in bounds if not index.containing(bound.subject)]
    overlaps = tuple(
        (one.subject, other.subject)
        for one, other in _not_known_apart(outermost, answer.words)
        if not answer.apart(one, other)
    )
    figure = Figure.total(bound.figure for bound in outermost) if ok or not overlaps else None
    numbers = [answer.best(bound.subject) for bound in outermost]
    best = sum(number for number in numbers if number is not None)
    return GroupTotal(
        harm,
        group,
        figure,
        None if None in numbers else best,
        tuple(bound.subject for bound in outermost),
        sum(answer.claims_on(bound.subject) for bound in bounds),
        tuple(bound.subject for bound in outermost if not bound.known),
        overlaps,
        all(bound.proved for bound in outermost),
        figure,
    )


def _not_known_apart(bounds: Sequence[Bound], words: Vocabulary) -> Iterator[tuple[Bound, Bound]]:
    """Give the pairs of which it is not clear at once, as of two events of one data set, that they share nobody."""
    events: dict[str, list[int]] = {}
    others: list[int] = []
    for place, bound in enumerate(bounds):
        event = bound.subject.event
        if event is not None and "event" in words.siblings and words.ancestors("event", event) == {event}:
            events.setdefault(event, []).append(place)
        else:
            others.append(place)
    pairs = {pair for places in events.values() for pair in combinations(places, 2)}
    pairs |= {(min(one, place), max(one, place)) for one in others for place in range(len(bounds)) if place != one}
    for one, other in sorted(pairs):
        pair = bounds[one], bounds[other]
        named = pair[0].subject.event, pair[1].subject.event
        if None in named or not words.apart("event", named[0] or "", named[1] or ""):
            yield pair


def totals_frame(totals: Iterable[GroupTotal], by: Sequence[str]) -> pd.DataFrame:
    """Build a frame with one row a group; its columns are the harm, what is grouped by, and `TOTAL_COLUMNS`.

    Examples:
        >>> import casualties as cs
        >>> frame = cs.bounds(cs.seeds.load("nagorno-karabakh-2020-09-30")).totals(by=["side"])
        >>> list(frame.columns)[:4]
        ['harm', 'side', 'low', 'high']
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and loaded only when a frame is asked for

    rows = [_row(total) for total in totals]
    columns = {"harm": "string[python]", **dict.fromkeys(by, "string[python]"), **TOTAL_COLUMNS}
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=dtype) for name, dtype in columns.items()})


def _ends(figure: Figure | None) -> tuple[float, float]:
    if figure is None:
        return math.nan, math.nan
    return float(figure.low), math.inf if figure.high is None else float(figure.high)


def _row(total: GroupTotal) -> dict[str, object]:
    figure = total.figure
    (low, high), (low_apart, high_apart) = _ends(figure), _ends(total.as_different)
    return {
        "harm": "; ".join(total.harm),
        **total.group,
        "low": low,
        "high": high,
        "best": math.nan if total.best is None else float(total.best),
        "assumed": None if figure is None else "; ".join(str(end) for end in End if end in figure.assumed) or None,
        "proved": total.proved,
        "subjects": len(total.subjects),
        "claim_count": total.claims,
        "missing": len(total.missing),
        "overlaps": len(total.overlaps),
        "low_as_different": low_apart,
        "high_as_different": high_apart,
    }
