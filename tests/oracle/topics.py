"""Which claims are compared with one another, on what day, and as known when (sections 4 and 6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .records import Claim, Link, Records, When, same_date

NARROWING = (
    "side", "nationality", "status", "role", "age", "sex", "place", "event", "cause", "weapon", "accounted", "presumed",
)  # fmt: skip
"""The facets that make a topic, in the order in which topics are named; perpetrator and basis only describe."""

NAMED = (*NARROWING, "perpetrator")
STATUSES = ("combatant", "civilian", "undetermined", "other-protected-person", "directly-participating")


@dataclass(frozen=True)
class Topic:
    """What claims are compared on (section 4, what narrows a count)."""

    harm: tuple[str, ...]
    facets: tuple[tuple[str, str], ...]
    with_: tuple[str, ...]
    without: tuple[str, ...]
    since: tuple[int, int] | None
    stock: bool
    incident: bool

    def facet(self, name: str) -> str | None:
        """Give the word of a facet."""
        return dict(self.facets).get(name)

    @property
    def running(self) -> bool:
        """Whether the count runs on and can only grow."""
        return not self.stock


def topic_of(claim: Claim, records: Records) -> Topic:
    """Give the topic of a claim.

    - Facets are filled in from what they imply: a role may imply a status (section 4).
    - Perpetrator narrows only where the claim says ``only``; basis never does.
    - On an incident start and place describe; for a stock the first day means nothing.
    - ``with`` narrows only where it adds people whom the topic does not hold.
    """
    stock = records.stock(claim.harm)
    facets = {name: word for name, word in claim.facets if name in NARROWING}
    if "status" not in facets and "role" in facets and (status := records.status_of(facets["role"])):
        facets["status"] = status
    incident = records.incident(facets.get("event"))
    if incident:
        facets.pop("place", None)
        facets["event"] = records.event_name(facets["event"]) or facets["event"]
    adds = tuple(sorted(each for each in claim.with_ if _adds(each, facets, records)))
    if "perpetrator" in claim.only and claim.perpetrator:
        facets["perpetrator"] = claim.perpetrator
    return Topic(
        harm=claim.harm,
        facets=tuple((name, facets[name]) for name in NAMED if name in facets),
        with_=adds,
        without=tuple(sorted(claim.without)),
        since=None if stock or incident or claim.since is None else claim.since.days,
        stock=stock,
        incident=incident,
    )


def _adds(word: str, facets: dict[str, str], records: Records) -> bool:
    """Tell whether a word behind ``with`` adds people: no side, role or status that the topic leaves open or holds."""
    for kind in ("side", "role"):
        if (kind, word) in records.words:
            here = facets.get(kind)
            return here is not None and not records.inside(kind, word, here)
    if word in STATUSES:
        return facets.get("status") not in (None, word)
    return True


def none_by_us(claim: Claim, records: Records) -> bool:
    """Tell whether a claim is a 0 under a perpetrator that is the source's own side (section 4).

    Such a claim is a denial of responsibility and no figure.
    """
    side = records.side(claim.source)
    return (
        claim.stance == "states"
        and claim.figure is not None
        and claim.figure.high == 0
        and claim.perpetrator is not None
        and side is not None
        and records.own(side, claim.perpetrator)
    )


def as_known(records: Records, known_on: When | None) -> tuple[Records, int]:
    """Give what was known at a day or a moment, and how many claims a moment leaves out (section 6, two clocks).

    What is known later leaves no trace: claims, withdrawals, citations, dated gradings and links.

    Args:
        records: Everything.
        known_on: A day, or a moment; nothing for all knowledge.
    """
    if known_on is None:
        return records, 0

    def known(date: When | None) -> bool:
        if date is None:
            return False
        if known_on.moment is None:
            return date.last <= known_on.first
        if date.moment is not None:
            return date.moment <= known_on.moment
        return (date.last + 1) * 86_400 + records.day_ends <= known_on.moment

    def links(given: Iterable[Link]) -> tuple[Link, ...]:
        return tuple(each for each in given if each.noted is None or known(each.noted))

    kept = [
        replace(
            claim,
            citations=tuple(each for each in claim.citations if each.published is None or known(each.published)),
            grades=tuple(each for each in claim.grades if each.graded is None or known(each.graded)),
            based_on=links(claim.based_on),
            misrelays=links(claim.misrelays),
        )
        for claim in records.claims
        if known(claim.stated or claim.published)
    ]
    left_out = 0
    if known_on.moment is not None:
        for claim in records.claims:
            date = claim.stated or claim.published
            begun = date is not None and date.first * 86_400 + records.day_ends <= known_on.moment
            if begun and date is not None and date.moment is None and not known(date):
                left_out += 1
    return records.with_claims(kept), left_out


def by_topic(records: Records) -> dict[Topic, list[Claim]]:
    """Sort claims by topic; those on an incident all count its last day (section 4, incidents)."""
    found: dict[Topic, list[Claim]] = {}
    for claim in sorted(records.claims, key=lambda each: each.id):
        found.setdefault(topic_of(claim, records), []).append(claim)
    return found


def on_the_last_day(claims: Iterable[Claim], counts: set[str]) -> list[Claim]:
    """Let every claim on an incident count the incident's last day, also one that nothing dates.

    The end only describes on an incident.  An undated claim of a source that has a dated one stays undated.

    Args:
        claims: All claims of the topic.
        counts: Those that compete, of which the latest last day is the incident's.
    """
    given = list(claims)
    competing = [each for each in given if each.id in counts]
    said = [each.until for each in competing if each.until is not None]
    said = said or [each.day for each in competing if each.day is not None]
    last = max(said, key=lambda each: (each.last, each.first), default=None)
    dated = {each.source for each in competing if each.day is not None}
    return [
        each if last is None or (each.day is None and each.source in dated) else replace(each, until=last)
        for each in given
    ]


def later_than(day: When | None, as_of: When | None) -> bool:
    """Tell whether a count runs on after the day asked for, or may."""
    return as_of is not None and day is not None and not same_date(day, as_of) and day.last > as_of.first
