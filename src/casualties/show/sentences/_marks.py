"""What is marked beside the claims of one finding, by claim, found in one pass over the finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from casualties.show.sentences.ends import bearing_floor

if TYPE_CHECKING:
    from casualties.model.claim import Claim
    from casualties.reconciling.finding import Finding
    from casualties.reconciling.pairs import Dispute, IndependentSource
    from casualties.reconciling.position import Position

__all__ = ["Marks"]

Value = TypeVar("Value")


class Marks:
    """What a reader must know of single claims of a finding.

    Args:
        finding: The finding.

    Attributes:
        overtaken: By claim of an early count, the pairs in which it is overtaken.
        outliers: The claims of outliers.
        unverified: By claim, those that say that it could not be verified.
        outside: By claim of a count, the estimates outside whose intervals it lies.
        apart: By claim of an estimate, the estimates whose intervals do not meet its own.
        holding: The claims that their source replaced and whose floor still is that of the source.
        later: By claim of an earlier position, the claims of its independent source that are of the same day, were
            said later and share no count with it.
        years: The years of all days of the finding.

    Examples:
        >>> import casualties as cs
        >>> Marks(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")).outliers
        frozenset()
    """

    def __init__(self, finding: Finding) -> None:
        self.overtaken: Mapping[str, Sequence[Dispute]] = _listed(
            (claim.id, pair) for pair in finding.overtaken if pair.lower_organ is None for claim in pair.lower.claims
        )
        self.outliers: frozenset[str] = frozenset(claim.id for voice in finding.outliers for claim in voice.claims)
        self.unverified: Mapping[str, Sequence[str]] = _listed(
            (claim.target, claim.id) for claim in finding.unverified if claim.target is not None
        )
        outside = finding.outside
        self.outside: Mapping[str, Sequence[str]] = _listed(
            (claim.id, gap.estimate.claim.id) for gap in outside if gap.count for claim in gap.count.claims
        )
        pairs = [(gap.estimate.claim.id, gap.other.claim.id) for gap in outside if gap.other]
        self.apart: Mapping[str, Sequence[str]] = _listed(
            way for first, other in pairs for way in ((first, other), (other, first))
        )
        self.holding: frozenset[str] = frozenset(
            claim.id
            for voice in finding.independent_sources
            if voice.carried and voice.on_day.low
            for claim in bearing_floor(voice, voice.on_day.low, finding.view)
        )
        self.later: Mapping[str, Sequence[Claim]] = {
            claim.id: voice.claims
            for voice in finding.independent_sources
            for position in _outspoken(voice)
            for claim in position.claims
        }
        days = [claim.day for claim in finding.claims if claim.day] + [finding.subject.since, finding.as_of]
        self.years: frozenset[int] = frozenset(
            year for day in days if day for year in (day.earliest.year, day.latest.year)
        )


def _outspoken(voice: IndependentSource) -> Iterator[Position]:
    """Give the positions of a source that are of the day of its latest ones and share no count with them."""
    days = {latest_position.until for latest_position in voice.latest}
    latest = {id(latest_position) for latest_position in voice.latest}
    for position in voice.positions if len(voice.positions) > 1 else ():
        apart = not any(position.figure.overlaps(latest.figure) for latest in voice.latest)
        if apart and id(position) not in latest and days == {position.until}:
            yield position


def _listed(pairs: Iterable[tuple[str, Value]]) -> dict[str, list[Value]]:
    by_claim: dict[str, list[Value]] = {}
    for claim, value in pairs:
        by_claim.setdefault(claim, []).append(value)
    return by_claim
