"""What was known day by day: the steps of a page's slider, each with the findings that changed since the last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from casualties.model.period import PartialDate
from casualties.reconciling import finding as reconciling
from casualties.reconciling.view import View
from casualties.show._numbering import Numbering
from casualties.show._steps import evening_of
from casualties.show.describe import describe_date
from casualties.show.sentences import Sentences, printed

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding

__all__ = ["MOST_CLAIMS", "Step", "steps"]

MOST_CLAIMS: Final = 200
"""Of a larger ledger no steps are worked out."""

_MOST_STEPS: Final = 60


@dataclass(frozen=True, slots=True)
class Step:
    """What was known by one day.

    Attributes:
        day: The day, in the notation of dates.
        label: The day in words.
        claims: The claims that became known since the step before.
        changed: For each finding that changed since the step before, by its place: its figure, standing and sentence.

    Examples:
        >>> Step("2020-09-30", "30 September 2020", (), {}).day
        '2020-09-30'
    """

    day: str
    label: str
    claims: tuple[str, ...]
    changed: dict[int, tuple[str, str, str]]


def steps(findings: Sequence[Finding], view: View, numbers: Numbering) -> tuple[Step, ...]:
    """Work out what was known by each day on which a claim became known, or each moment of an evening, evenly chosen.

    A claim without any date is in no step.  Empty where fewer than two days are known, or for a large ledger.

    Args:
        findings: The findings, in the order in which they are shown.
        view: The ledger as it is looked at.
        numbers: The numbers of the claims.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("ukraine-soldier-deaths-estimates"))
        >>> days = steps(result.findings, result.view, Numbering(result.findings))
        >>> days[0].label, len(days[0].claims), days[0].changed[0][:2]
        ('23 March 2022', 2, ('7,000–15,000', 'single source'))
    """
    known = {claim.known for finding in findings for claim in finding.claims if claim.known}
    hours = evening_of(known, view.ledger)
    days = hours or sorted({date.date_only for date in known}, key=lambda day: (day.latest, day.earliest))
    if len(days) < 2 or len(numbers) > MOST_CLAIMS:
        return ()
    return tuple(_steps(findings, view, numbers, _evenly(days)))


def _evenly(days: Sequence[PartialDate]) -> list[PartialDate]:
    """Choose at most so many days, the first and the last among them."""
    most = min(len(days), _MOST_STEPS)
    return [days[place * (len(days) - 1) // (most - 1)] for place in range(most)]


def _steps(findings: Sequence[Finding], view: View, numbers: Numbering, days: Sequence[PartialDate]) -> Iterator[Step]:
    place_of = {claim.id: place for place, finding in enumerate(findings) for claim in finding.claims}
    seen: set[str] = set()
    before: dict[int, tuple[str, str, tuple[str, ...]]] = {}
    for day in days:
        known = View(view.ledger, view.as_of, day, view.lexicon, view.near, view.settling)
        say = Sentences(known, numbers)
        now: dict[int, list[Finding]] = {}
        new = []
        for topic in sorted(known.topics, key=lambda subject: subject.key):
            finding = reconciling.Finding(topic, tuple(known.topics[topic]), known)
            same = [place_of[claim.id] for claim in finding.claims if claim.id in place_of]
            if same:
                now.setdefault(same[0], []).append(finding)
            new += [claim.id for claim in finding.claims if claim.id in place_of and claim.id not in seen]
        seen.update(new)
        standing = {
            place: (
                "; ".join(map(say.common, moves)),
                "; ".join(map(say.status, moves)),
                tuple(claim.id for finding in moves for claim in finding.claims),
            )
            for place, moves in now.items()
        }
        changed = [place for place in now if before.get(place) != standing[place]]
        yield Step(
            day=str(day),
            label=describe_date(day),
            claims=tuple(new),
            changed={
                place: (*standing[place][:2], " ".join(printed(finding).text for finding in now[place]))
                for place in changed
            },
        )
        before = standing
