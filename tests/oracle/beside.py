"""What stands beside the counts: denials, who blames whom, and what interest a source has (section 7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .records import Claim, Records
from .topics import Topic, none_by_us


@dataclass(frozen=True)
class Denial:
    """Who denies what: the aspect, and the claim where one is named."""

    claim: str
    source: str
    aspect: str
    target: str | None


def interest(source: str, topic: Topic, records: Records) -> str:
    """Say what interest a source has in a count: its own side's dead, its opponent's, or none (section 7)."""
    side, victims = records.side(source), topic.facet("side")
    if records.unattributed(source):
        return "not known"
    if side is None:
        return "third party"
    if victims is None:
        return "not known"
    if records.own(side, victims):
        return "own side"
    return "opponent" if records.opposed(side, victims) else "not known"


def denials_of(claims: Iterable[Claim], fates: dict[str, str], records: Records) -> tuple[Denial, ...]:
    """List the denials; a 0 under a perpetrator that is the source's own side is one of the responsibility."""
    found = [
        Denial(each.id, each.source, each.aspect or "not said", each.target)
        for each in claims
        if each.stance == "denies" and fates[each.id] == "stands"
    ]
    found += [
        Denial(each.id, each.source, "responsibility", None)
        for each in claims
        if fates[each.id] == "stands" and none_by_us(each, records)
    ]
    return tuple(sorted(found, key=lambda each: each.claim))


def blamed_by(claims: Iterable[Claim], fates: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Say who blames whom: everybody who names a perpetrator in a statement not taken back nor falsely relayed."""
    return tuple(
        sorted(
            {
                (each.source, each.perpetrator)
                for each in claims
                if each.perpetrator
                and each.stance in ("states", "silent")
                and fates[each.id] not in ("withdrawn", "misrelayed", "later than the day", "projected")
                and not (each.figure is not None and each.figure.high == 0)
            }
        )
    )
