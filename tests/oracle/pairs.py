"""Two independent sources side by side: disputed, near, overtaken, or apart only by an assumed end (section 7 C)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .positions import Bound
from .records import Claim, Range, Records, When, not_after, same_date, surely_before
from .topics import Topic
from .versions import figure_of

DISPUTED = "disputed"
NEAR = "near"
OVERTAKEN = "overtaken"
BY_AN_ASSUMED_END = "by an assumed end"


@dataclass(frozen=True)
class Party:
    """One side of a pair: an independent source, or an organ that a divided one is listed with.

    Attributes:
        name: The name of the independent source.
        organ: The organ, where the pair is listed under its name.
        figure: Its figure, for showing.
        floors: Its lower ends.
        ceilings: Its upper ends.
        sides: The sides for which it speaks; empty for a third party.
        said: Everything that it ever said of the topic as a count: also what it replaced or withdrew.
        stands: Whether it is an organ whose figure is that of its source.
    """

    name: str
    organ: str | None
    figure: Range
    floors: tuple[Bound, ...]
    ceilings: tuple[Bound, ...]
    sides: frozenset[str]
    said: tuple[Claim, ...]
    stands: bool = False

    @property
    def label(self) -> str:
        """The organ's name where there is one."""
        return self.organ or self.name


@dataclass(frozen=True)
class Pair:
    """Two parties that share no count on some day.

    Attributes:
        kind: ``disputed``, ``near``, ``overtaken`` or ``by an assumed end``.
        lower: The party whose ceiling is too low for the other.
        higher: The other.
        ceiling: That ceiling.
        floor: The floor above it.
        day: The day for which the ceiling is said; nothing where it is undated.
        every_day: Whether the ceiling holds for every day: a denial of the occurrence.
    """

    kind: str
    lower: Party
    higher: Party
    ceiling: int
    floor: int
    day: When | None
    every_day: bool

    @property
    def gap(self) -> int:
        """How far they are apart."""
        return self.floor - self.ceiling

    def over(self, day: When | None) -> bool:
        """Tell whether the finding of a day is the one in question."""
        return self.every_day or same_date(self.day, day) or (self.day is None and day is None)

    def __str__(self) -> str:
        more = {NEAR: ", near", BY_AN_ASSUMED_END: ", by an assumed end"}.get(self.kind, "")
        return f"{self.lower.figure} < {self.higher.figure} (gap {self.gap:,}{more})"


@dataclass(frozen=True)
class Judging:
    """What the judgement of pairs depends on beside the two parties."""

    topic: Topic
    records: Records
    near: int = 2
    settling: int = 1


def holds_on(floor: When | None, ceiling: When | None, *, stock: bool) -> bool:
    """Tell whether a floor of one day meets a ceiling of another: carried forward, or on one day for a stock.

    Undated ends compare only with each other (section 6).
    """
    if floor is None or ceiling is None:
        return floor is None and ceiling is None
    return same_date(floor, ceiling) if stock else not_after(floor, ceiling)


def _meets(floor: Bound, ceiling: Bound, topic: Topic) -> bool:
    return ceiling.every_day or floor.every_day or holds_on(floor.day, ceiling.day, stock=topic.stock)


def judge(one: Party, other: Party, judging: Judging, *, organs: bool = False) -> list[Pair]:
    """Give the pair that two parties make, if they are apart.

    Args:
        one: A party.
        other: Another.
        judging: The topic, the ledger, and the two numbers of the rule.
        organs: Whether they are organs of one root.
    """
    pairs = [_pair(one, other, judging, organs=organs), _pair(other, one, judging, organs=organs)]
    return [each for each in pairs if each is not None]


def _pair(lower: Party, higher: Party, judging: Judging, *, organs: bool) -> Pair | None:
    meeting = [
        (ceiling, floor)
        for ceiling in lower.ceilings
        for floor in higher.floors
        if floor.number > ceiling.number and _meets(floor, ceiling, judging.topic)
    ]
    if not meeting:
        return None
    stated = [pair for pair in meeting if not (pair[0].assumed or pair[1].assumed)]
    ceiling, floor = max(stated or meeting, key=lambda pair: (pair[1].number - pair[0].number, pair[1].number))
    gap = floor.number - ceiling.number
    if stated and ceiling.number >= 1 and gap * 100 <= judging.near * ceiling.number:
        kind = NEAR
    elif not (organs and lower.stands) and _overtaken(lower, ceiling, higher, meeting, judging, organs=organs):
        kind = OVERTAKEN
    else:
        kind = DISPUTED if stated else BY_AN_ASSUMED_END
    return Pair(kind, lower, higher, ceiling.number, floor.number, ceiling.day, ceiling.every_day)


def _overtaken(
    lower: Party,
    ceiling: Bound,
    higher: Party,
    meeting: list[tuple[Bound, Bound]],
    judging: Judging,
    *,
    organs: bool,
) -> bool:
    """Tell whether the lower figure is an early one that the higher outgrew: all three conditions of the rule."""
    records, topic = judging.records, judging.topic
    top = max(floor.number for of, floor in meeting if of is ceiling)
    opposed = any(records.opposed(here, there) for here in lower.sides for there in higher.sides)
    return (
        topic.running
        and not opposed
        and _early(ceiling, judging, organs=organs)
        and _outgrown(lower, ceiling, higher, top, judging, organs=organs)
    )


def _early(ceiling: Bound, judging: Judging, *, organs: bool) -> bool:
    """Condition 2: preliminary; or said at once by a third party, and no confirmed, "no more than" or none."""
    return all(
        claim.modality == "preliminary" or _early_claim(claim, judging, organs=organs) for claim in ceiling.claims
    )


def _early_claim(claim: Claim, judging: Judging, *, organs: bool) -> bool:
    if claim.stance == "denies" or figure_of(claim).low < 1:
        return False
    if not organs and (judging.records.side(claim.source) is not None or claim.modality == "confirmed"):
        return False
    return _in_time(claim, judging)


def _in_time(claim: Claim, judging: Judging) -> bool:
    """Tell whether a claim was said within the settling days, or while the dead of its event were being counted."""
    if claim.said is None or claim.day is None:
        return False
    counted_until = judging.records.counted_until(claim.facet("event"))
    if counted_until is not None and claim.said.last <= counted_until.first:
        return True
    return claim.said.last <= claim.day.first + judging.settling


def _outgrown(lower: Party, ceiling: Bound, higher: Party, top: int, judging: Judging, *, organs: bool) -> bool:
    """Condition 1: the lower figure's last word came before the other said anything above it.

    Between organs of one root, and for events whose dead were counted until a day, what the other said above it, short
    of its figure now, blocks only where it came surely before the lower figure's last word.
    """
    lenient = organs or any(judging.records.counted_until(claim.facet("event")) is not None for claim in ceiling.claims)
    for said in _above(higher.said, ceiling, judging):
        if figure_of(said).low >= top or not lenient:
            if not all(surely_before(word.said, said.said) for word in ceiling.claims):
                return False
        elif any(surely_before(said.said, word.said) for word in ceiling.claims):
            return False
    return True


def _above(said: Iterable[Claim], ceiling: Bound, judging: Judging) -> list[Claim]:
    """Give what was said above a ceiling, on a day for which that ceiling holds."""
    return [
        claim
        for claim in said
        if figure_of(claim).low > ceiling.number
        and (ceiling.every_day or holds_on(claim.day, ceiling.day, stock=judging.topic.stock))
    ]
