"""Counts of a part that lie above the count of its whole: between directly nested subjects, pair by pair (design 8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final, Protocol

from casualties.model.claim import Claim, Modality
from casualties.model.period import PartialDate
from casualties.model.subject import Subject, not_after
from casualties.reconciling.pairs import IndependentSource
from casualties.reconciling.position import said
from casualties.reconciling.view import View

__all__ = ["Across", "AcrossKind", "Nested", "across", "has_parts"]

_DESCRIBING: Final = frozenset({"perpetrator", "basis"})
"""Facets that narrow no count, so that no count means a part of them."""


class AcrossKind(StrEnum):
    """What a part above its whole means."""

    DISPUTE = "dispute"
    OVERTAKEN = "overtaken"
    QUESTION = "question"


class Nested(Protocol):
    """What is asked of a finding: its subject, and the independent sources on it."""

    @property
    def subject(self) -> Subject:  # pyright: ignore[reportReturnType] - a protocol's
        """What is counted."""

    @property
    def independent_sources(self) -> tuple[IndependentSource, ...]:  # pyright: ignore[reportReturnType] - a protocol's
        """The independent sources."""


@dataclass(frozen=True, slots=True)
class Across:
    """A stated floor of what lies inside, above the stated ceiling of what lies directly around it.

    Attributes:
        inner: The part.
        outer: The whole.
        floor: The independent source that counts the part.
        ceiling: The one that counts the whole; the same where a source contradicts itself.
        gap: The floor less the ceiling, in people.
        kind: A dispute where the ceiling holds for the whole; overtaken where it is an early one that the part outgrew;
            else a question, since the words may mean a part that they do not say.
        unsaid: For a question the facets that the count of the whole leaves open and that of the part names.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> across(result, result.view)
        ()
    """

    inner: Subject
    outer: Subject
    floor: IndependentSource
    ceiling: IndependentSource
    gap: int
    kind: AcrossKind
    unsaid: tuple[str, ...] = ()

    @property
    def sort_key(self) -> tuple[object, ...]:
        """The order in which they are listed: disputes first, and the widest gap.

        Examples:
            >>> import casualties as cs
            >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
            >>> [each.sort_key for each in across(result, result.view)]
            []
        """
        claims = sorted(claim.id for voice in (self.floor, self.ceiling) for claim in voice.claims)
        return (list(AcrossKind).index(self.kind), -self.gap, self.inner.key, self.outer.key, claims)


def across(findings: Iterable[Nested], view: View) -> tuple[Across, ...]:
    """Find where a part is counted higher than its whole, between directly nested subjects.

    Only stated ends are compared, each on its own day.  Sums over several subjects are left to
    `casualties.bounding.audit`.

    Args:
        findings: The findings to compare.
        view: The ledger as it was looked at.

    Examples:
        >>> import casualties as cs
        >>> from casualties.model.claim import Claim
        >>> from casualties.model.source import Source
        >>> from casualties.model.vocabulary import Term
        >>> day = {"since": "2013-08-14", "until": "2013-08-14"}
        >>> country, square = (Subject(harm=["killed"], place=place, **day) for place in ("land", "square"))
        >>> ledger = cs.Ledger(
        ...     [
        ...         Claim(source="ministry", subject=country, figure=cs.Figure.exactly(525)),
        ...         Claim(source="ngo", subject=square, figure=cs.Figure.at_least(1001)),
        ...     ],
        ...     sources=[Source(key="ministry"), Source(key="ngo")],
        ...     terms=[Term(kind="place", key="square", under=["land"])],
        ... )
        >>> result = cs.reconcile(ledger)
        >>> [(str(each.kind), each.gap) for each in across(result, result.view)]
        [('dispute', 476)]
    """
    by_subject = {finding.subject: finding for finding in findings}
    relations = [
        relation
        for inner, finding in by_subject.items()
        if finding.independent_sources
        for outer in view.around(inner)
        if outer in by_subject
        for relation in _between(finding, by_subject[outer], view)
    ]
    return tuple(sorted(relations, key=lambda relation: relation.sort_key))


def has_parts(findings: Iterable[Nested], view: View) -> bool:
    """Tell whether somebody counts a part, and somebody what lies directly around it.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> has_parts(result, result.view), has_parts(result.about(status="civilian"), result.view)
        (True, False)
    """
    counted = {finding.subject for finding in findings if finding.independent_sources}
    return any(not counted.isdisjoint(view.around(subject)) for subject in counted)


def _between(inner: Nested, outer: Nested, view: View) -> Iterator[Across]:
    """Compare each floor of a part with each ceiling of its whole."""
    for ceiling in outer.independent_sources:
        high = ceiling.figure.as_stated().high
        if high is None or getattr(ceiling, "overtaken", False):
            continue
        for floor in inner.independent_sources:
            low = floor.figure.as_stated().low
            if low > high and _bears(floor, ceiling, inner.subject, outer.subject, view):
                stock = view.words.is_stock(outer.subject.harm)
                unsaid = _unsaid(inner.subject, outer.subject, ceiling, stock=stock)
                kind = AcrossKind.QUESTION if unsaid else AcrossKind.DISPUTE
                until = view.counted_until(outer.subject)
                if not unsaid and not stock and _outgrown(ceiling, high, floor, low, until, view):
                    kind = AcrossKind.OVERTAKEN
                yield Across(inner.subject, outer.subject, floor, ceiling, low - high, kind, unsaid)


def _bears(floor: IndependentSource, ceiling: IndependentSource, inner: Subject, outer: Subject, view: View) -> bool:
    """Tell whether everybody of the floor is counted in the ceiling by its days."""
    if ceiling.denies or floor.denies:
        return True
    if floor.until is None or ceiling.until is None:
        return False
    stock = view.words.is_stock
    if stock(outer.harm):
        return floor.until == ceiling.until
    begins = floor.until if stock(inner.harm) else inner.since
    starts = outer.since is None or (begins is not None and not_after(outer.since, begins))
    return starts and not_after(floor.until, ceiling.until)


def _unsaid(inner: Subject, outer: Subject, ceiling: IndependentSource, *, stock: bool) -> tuple[str, ...]:
    """Name the facets that the whole leaves open, the part names, and the ceiling does not say to mean whole."""
    open_ = [*outer.left_open(inner)]
    if outer.since is None and not stock and inner.since is not None:
        open_.append("period")
    whole = frozenset.intersection(*(frozenset(claim.all) for claim in ceiling.claims))
    return tuple(name for name in open_ if name not in whole and name not in _DESCRIBING)


def _outgrown(
    ceiling: IndependentSource, high: int, floor: IndependentSource, low: int, until: int, view: View
) -> bool:
    """Tell whether the ceiling is an early count that the floor outgrew (design 7 C, *overtaken*).

    All its claims are preliminary, or were said by sources without a side soon after their last day, or while the dead
    of the event were being counted; all were surely said before the floor was, and before its source said anything
    above the ceiling; and the two are not opposed.
    """
    heard = {claim for position in floor.positions for claim in (*position.claims, *position.replaced)}
    above = [claim for claim in heard if _low(claim, view) > high]
    first = [said(claim) for claim in above if _low(claim, view) >= low]
    sides = view.sources.side
    return bool(above) and all(
        (claim.modality is Modality.PRELIMINARY or _early(claim, until, view))
        and all(_surely_before(said(claim), date) for date in first)
        and not any(
            _surely_before(said(other), said(claim)) if until else not _surely_before(said(claim), said(other))
            for other in above
        )
        and not any(_opposed(sides(claim.source), sides(other.source), view) for other in above)
        for claim in ceiling.claims
    )


def _low(claim: Claim, view: View) -> int:
    figure = view.figure(claim)
    return 0 if figure is None else figure.low


def _early(claim: Claim, until: int, view: View) -> bool:
    """Tell whether a claim was said soon, or while the dead were counted, by a source without a side, and no bound."""
    day, figure = said(claim), view.figure(claim)
    if day is None or claim.day is None or figure is None or figure.low == 0:
        return False
    if claim.modality is Modality.CONFIRMED or view.sources.side(claim.source) is not None:
        return False
    return day.latest <= claim.day.earliest + timedelta(view.settling) or day.latest.toordinal() <= until


def _surely_before(one: PartialDate | None, other: PartialDate | None) -> bool:
    return one is not None and other is not None and one.surely_before(other)


def _opposed(one: str | None, other: str | None, view: View) -> bool:
    return one is not None and other is not None and view.words.opposed(one, other)
