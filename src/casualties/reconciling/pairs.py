"""Independent voices: all that rests on one root speaks once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from casualties.model.claim import Claim
from casualties.model.figure import Figure
from casualties.model.period import PartialDate
from casualties.reconciling.independence import UNATTRIBUTED
from casualties.reconciling.position import Flag, Position, combined, position_key, said

__all__ = ["Confirmation", "Dispute", "FindingStatus", "Relation", "Voice", "compare", "voices"]


@dataclass(frozen=True, slots=True)
class Voice:
    """All positions that rest on one root, and the figure that stands for them.

    Sources under one root of the tree are one voice.  Its figure is the latest position among them: that of the latest
    day counted, and among those of one day the last stated.  Positions that this does not tell apart are versions.

    Attributes:
        roots: The roots on which it rests.
        positions: All positions that belong to it.
        latest: The positions that make its figure.
        figure: Its figure.
        until: The last day counted; ``None`` where nothing dates it.
        flags: What a reader must know of it.
        denies: Whether it says that it did not happen.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> [voice.sources for voice in finding.voices]
        [('azerbaijan',)]
    """

    roots: tuple[tuple[str, str], ...]
    positions: tuple[Position, ...]
    latest: tuple[Position, ...]
    figure: Figure
    until: PartialDate | None
    flags: tuple[Flag, ...] = ()
    denies: bool = False

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of the sources whose figure it is.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> sorted(source for voice in finding.voices for source in voice.sources)
            ['akoush', 'unnamed']
        """
        return tuple(sorted({position.source for position in self.latest}))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims on which its figure rests.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
            >>> len(finding.voices[0].claims)
            1
        """
        return tuple(claim for position in self.latest for claim in position.claims)


def voices(positions: Sequence[Position]) -> tuple[Voice, ...]:
    """Group positions into voices by the roots that they share.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> len(voices(finding.positions))
        2
    """
    leader: dict[tuple[str, str], tuple[str, str]] = {}

    def find(root: tuple[str, str]) -> tuple[str, str]:
        while leader.setdefault(root, root) != root:
            root = leader[root]
        return root

    for position in positions:
        for root in position.roots[1:]:
            leader[find(root)] = find(position.roots[0])
    groups: dict[tuple[str, str], list[Position]] = {}
    for position in positions:
        groups.setdefault(find(position.roots[0]), []).append(position)
    return tuple(sorted((_voice(group) for group in groups.values()), key=_voice_key))


def _voice_key(voice: Voice) -> tuple[object, ...]:
    return (voice.figure.low, voice.figure.high is None, voice.figure.high or 0, voice.roots)


def _latest(positions: list[Position]) -> list[Position]:
    """Keep the positions than which no other surely counts a later day; undated ones give way to any that is dated."""
    starts = max((position.until.earliest for position in positions if position.until), default=None)
    if starts is None:
        return positions
    return [position for position in positions if position.until and position.until.latest >= starts]


def _last_said(positions: list[Position]) -> list[Position]:
    """Of organs that count the same day keep those than which no other surely spoke later.

    Long after a war every organ counts the same days, and a first figure is no version of the last.
    """
    return [
        position
        for position in positions
        if not any(other.until == position.until and _spoke_later(other, position) for other in positions)
    ]


def _spoke_later(one: Position, other: Position) -> bool:
    """Tell whether some claim of one position was surely stated after every claim of another."""
    earlier = [said(claim) for claim in other.claims]
    return any(
        day is not None and all(before is not None and before.surely_before(day) for before in earlier)
        for day in map(said, one.claims)
    )


def _voice(positions: list[Position]) -> Voice:
    roots = tuple(sorted({root for position in positions for root in position.roots}))
    if len(positions) == 1:
        only = positions[0]
        return Voice(roots, (only,), (only,), only.figure, only.until, only.flags, only.denies)
    last = _latest(positions)
    if all(kind == "source" for kind, _ in roots):
        last = _last_said(last)
    flags = {flag for position in last for flag in position.flags}
    if len({(position.figure.low, position.figure.high) for position in last}) > 1:
        if any(position.rests for position in last):
            flags.add(Flag.RELAYED_DIFFERENTLY)
        elif UNATTRIBUTED not in roots:
            flags.add(Flag.DIVIDED)
    return Voice(
        roots,
        tuple(sorted(positions, key=position_key)),
        tuple(sorted(last, key=position_key)),
        combined([position.figure for position in last]),
        max(
            (position.until for position in last if position.until),
            key=lambda day: day.sort_key,
            default=None,
        ),
        tuple(sorted(flags)),
        all(position.denies for position in last),
    )


class Relation(StrEnum):
    """How two voices stand to each other on one subject.

    Examples:
        >>> Relation("dispute").value
        'dispute'
    """

    DISPUTE = "dispute"
    APART_BY_READING = "apart by our reading"
    CONFIRMS = "confirms"
    CONFIRMED = "confirmed"
    COMPATIBLE = "compatible"


class FindingStatus(StrEnum):
    """How the independent voices on a subject stand to one another; the first that holds.

    Examples:
        >>> FindingStatus("single source").value
        'single source'
    """

    UNREPORTED = "unreported"
    DISPUTED = "disputed"
    SINGLE_SOURCE = "single source"
    CORROBORATED = "corroborated"
    COMPATIBLE = "compatible"


def compare(one: Voice, other: Voice, *, stock: bool) -> tuple[Relation, int]:
    """Compare two voices, each on its own day; the number is the gap of a dispute, else 0.

    They dispute when on one day their stated ends leave no shared count, and for counts that run on when the earlier
    floor is above the later ceiling.  One confirms the other when it lies inside it, an earlier one with its floor
    alone and a later one with its ceiling alone.  Stocks of different days are not compared.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> compare(*finding.voices, stock=False)
        (<Relation.COMPATIBLE: 'compatible'>, 0)
    """
    denial = one.denies or other.denies
    if denial or one.until == other.until:
        gap = _gap(one.figure, other.figure)
        if gap is not None:
            return gap
        if not denial:
            if _informative(one.figure, other.figure) and one.figure.inside(other.figure):
                return (Relation.CONFIRMS, 0)
            if _informative(one.figure, other.figure) and other.figure.inside(one.figure):
                return (Relation.CONFIRMED, 0)
        return (Relation.COMPATIBLE, 0)
    if stock or one.until is None or other.until is None:
        return (Relation.COMPATIBLE, 0)
    if one.until.latest <= other.until.earliest:
        return _compare_in_time(one.figure, other.figure)
    if other.until.latest <= one.until.earliest:
        relation, gap_ = _compare_in_time(other.figure, one.figure)
        turned = {Relation.CONFIRMS: Relation.CONFIRMED, Relation.CONFIRMED: Relation.CONFIRMS}
        return (turned.get(relation, relation), gap_)
    return (Relation.COMPATIBLE, 0)


def _informative(*figures: Figure) -> bool:
    """Tell whether every figure says something: 0 or more says nothing."""
    return all(figure.low > 0 or figure.high is not None for figure in figures)


def _gap(one: Figure, other: Figure) -> tuple[Relation, int] | None:
    """Measure how far two figures of one day are apart; ``None`` where they share a count."""
    stated = _distance(one.as_stated(), other.as_stated())
    if stated:
        return (Relation.DISPUTE, stated)
    return (Relation.APART_BY_READING, 0) if _distance(one, other) else None


def _distance(one: Figure, other: Figure) -> int:
    above = one.low - other.high if other.high is not None else 0
    below = other.low - one.high if one.high is not None else 0
    return max(above, below, 0)


def _compare_in_time(earlier: Figure, later: Figure) -> tuple[Relation, int]:
    """Compare counts that run on: the earlier holds on with its floor, the later held before with its ceiling."""
    stated_floor, stated_ceiling = earlier.as_stated().low, later.as_stated().high
    if stated_ceiling is not None and stated_floor > stated_ceiling:
        return (Relation.DISPUTE, stated_floor - stated_ceiling)
    if later.high is not None and earlier.low > later.high:
        return (Relation.APART_BY_READING, 0)
    if later.high is None and 0 < later.low <= earlier.low:
        return (Relation.CONFIRMS, 0)
    if earlier.low == 0 and earlier.high is not None and later.high is not None and later.high <= earlier.high:
        return (Relation.CONFIRMED, 0)
    return (Relation.COMPATIBLE, 0)


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two independent voices that share no count on one day, or over time for a count that can only grow.

    Attributes:
        lower: The voice with the lower figure.
        upper: The voice with the higher figure.
        gap: The floor of the upper less the ceiling of the lower, in people, by what was stated.
        by_reading: Whether only an end that we assumed sets them apart; then it is no dispute, and the gap is 0.

    Examples:
        >>> import casualties as cs
        >>> any(finding.disputes for finding in cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")))
        False
    """

    lower: Voice
    upper: Voice
    gap: int
    by_reading: bool = False

    @property
    def claims(self) -> tuple[str, ...]:
        """Identities of the claims on both sides.

        Examples:
            >>> import casualties as cs
            >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
            >>> len(Dispute(*finding.voices, gap=1).claims)
            2
        """
        return tuple(sorted(claim.id for voice in (self.lower, self.upper) for claim in voice.claims))


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One voice that lies inside another's figure, and so confirms it.

    Attributes:
        by: The voice that confirms.
        confirmed: The voice that is confirmed: the weaker statement of the two.

    Examples:
        >>> import casualties as cs
        >>> cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary").confirmations
        ()
    """

    by: Voice
    confirmed: Voice


def disputed(one: Voice, other: Voice, relation: Relation, gap: int) -> Dispute:
    """Name the lower and the upper of two voices that are apart."""
    by_reading = relation is Relation.APART_BY_READING
    lower, upper = (one, other) if one.figure.low <= other.figure.low else (other, one)
    return Dispute(lower, upper, gap, by_reading)


def flags_of(voices: Iterable[Voice]) -> tuple[Flag, ...]:
    """Gather the flags of voices and of all their positions."""
    return tuple(
        sorted(
            {flag for voice in voices for flag in voice.flags}
            | {flag for voice in voices for position in voice.positions for flag in position.flags}
        )
    )
