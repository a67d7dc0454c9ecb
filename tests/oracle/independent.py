"""Independent sources: one figure each, their organs, and where these are divided (section 6, voices)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .pairs import DISPUTED, Judging, Party, judge
from .positions import Bound, Position, excluded, figure_from, reading_of_position, revises_down
from .records import Claim, Range, Records, When, meet, not_after, same_date, surely_before
from .topics import Topic
from .versions import Settled, latest, settle
from .voices import UNATTRIBUTED


@dataclass(frozen=True)
class Voice:
    """An independent source with its figure on a topic.

    Attributes:
        name: Its root.
        positions: Where its sources stand.
        figure: Its figure on its own last day.
        day: That day.
        floors: Its lower ends, each with its day.
        ceilings: Its upper ends, each with its day.
        latest: The positions of its latest day and hour.
        figure_sources: The sources whose figure it has; several where no order tells their organs apart.
        said: Everything that it said of the topic.
        divided: Organs whose standing figures are disputed, two by two.
        flags: What is to be told of its figure.
        unattributed: Whether nobody signs what it says.
        claims: The claims that its figure is made of.
    """

    name: str
    positions: tuple[Position, ...]
    figure: Range
    day: When | None
    floors: tuple[Bound, ...]
    ceilings: tuple[Bound, ...]
    latest: tuple[Position, ...]
    figure_sources: tuple[str, ...]
    said: tuple[Claim, ...]
    divided: tuple[tuple[str, str], ...]
    flags: tuple[str, ...]
    unattributed: bool
    claims: tuple[Claim, ...]
    sides: frozenset[str]
    figure_sides: frozenset[str]
    kinds: tuple[frozenset[str], ...]

    def party(self) -> Party:
        """Give it as one side of a pair."""
        return Party(self.name, None, self.figure, self.floors, self.ceilings, self.figure_sides, self.said)

    @property
    def denies(self) -> bool:
        """Whether it says only that it did not happen."""
        return all(claim.stance == "denies" for claim in self.claims)

    def said_ranges(self) -> list[Range]:
        """Give what it said of its figure, uncarried: every series, and the organs that divide it (section 7 D)."""
        named = {organ for pair in self.divided for organ in pair}
        return [
            reading.figure
            for each in self.positions
            if each in self.latest or (each.own and each.source in named)
            for series in each.series
            for reading in series.settled.standing
        ]


def voice_of(name: str, positions: list[Position], said: list[Claim], judging: Judging) -> tuple[Voice, Settled | None]:
    """Give an independent source its figure: the latest position in it; those of one day and hour settle as versions.

    What nobody signs replaces nothing: it is settled as versions of its latest day, earlier floors carried.
    """
    records, topic = judging.records, judging.topic
    unattributed = name == UNATTRIBUTED
    dated = [
        each for each in positions if each.day is not None
    ] or positions  # undated ones compare only with each other
    last = latest(dated, lambda each: each.day, lambda each: None if unattributed else each.said)
    flags: set[str] = set()
    settled = None
    if len(last) == 1:
        chosen = last
        floors, ceilings = list(last[0].floors), list(last[0].ceilings)
    else:
        pairs = [(reading_of_position(each, records), each) for each in last]
        settled = settle([reading for reading, _ in pairs])
        flags |= {settled.flag} if settled.flag and not all(each.own for each in last) else set()
        chosen = [each for reading, each in pairs if reading in settled.standing]
        if len(chosen) == 1:
            floors, ceilings = list(chosen[0].floors), list(chosen[0].ceilings)
        else:
            floors, ceilings = _bounds(settled, chosen)
    for each in last:
        flags |= set(each.flags)
    claims = tuple(claim for each in last for claim in each.claims)
    day = max((each.day for each in chosen if each.day), key=lambda each: (each.last, each.first), default=None)
    floors += _carried_in(positions, chosen, claims, day, floors, ceilings, topic, unattributed=unattributed)
    sources = tuple(sorted({each.source for each in last}))
    voice = Voice(
        name=name,
        positions=tuple(positions),
        figure=figure_from(floors, ceilings, day, topic),
        day=day,
        floors=tuple(floors),
        ceilings=tuple(ceilings),
        latest=tuple(last),
        figure_sources=tuple(sorted({each.source for each in chosen})),
        said=tuple(said),
        divided=() if unattributed else _divided(positions, chosen, said, judging),
        flags=tuple(sorted(flags)),
        unattributed=unattributed,
        claims=claims,
        sides=_sides(sources, records),
        figure_sides=_sides(tuple({each.source for each in chosen}), records),
        kinds=tuple(records.kinds(each) for each in sources),
    )
    return voice, settled


def _bounds(settled: Settled, chosen: list[Position]) -> tuple[list[Bound], list[Bound]]:
    """Give the ends of organs that were settled together, on the day that they share."""
    day = max((each.day for each in chosen if each.day), key=lambda each: (each.last, each.first), default=None)
    claims = tuple(claim for each in chosen for claim in each.claims)
    figure = settled.figure
    denial = all(bound.every_day for each in chosen for bound in each.ceilings) and all(
        each.ceilings for each in chosen
    )
    floors = [Bound(figure.low, figure.low_assumed, day, claims)] if figure.low >= 1 else []
    if meet(each.figure for each in settled.standing) is not None:
        floors += [bound for each in chosen for bound in each.floors]
    ceilings = (
        [Bound(figure.high, figure.high_assumed, day, claims, every_day=denial)] if figure.high is not None else []
    )
    return floors, ceilings


def _carried_in(
    positions: list[Position],
    chosen: list[Position],
    claims: tuple[Claim, ...],
    day: When | None,
    floors: list[Bound],
    ceilings: list[Bound],
    topic: Topic,
    *,
    unattributed: bool,
) -> list[Bound]:
    """Find the highest floor that carries in: counted by another organ, or of an earlier day and replaced by nothing.

    The figure must neither exclude it nor revise it down (section 6).
    """
    if topic.stock:
        return []
    top = chosen[0].said_top if len(chosen) == 1 else None
    present = max((each.number for each in floors), default=0)
    sources = {each.source for each in chosen}
    found = [bound for each in chosen for bound in each.carried]
    for position in positions:
        if any(position is each for each in chosen):
            continue
        earlier_word = not position.own and (unattributed or position.source in sources)
        for bound in position.floors:
            counted = position.own and bound.basis is not None and not_after(bound.day, day)
            earlier = earlier_word and surely_before(position.day, day)
            if (counted or earlier) and (top is None or bound.number <= top):
                found += [replace(bound, carried=True)] * (not any(revises_down(claims, each) for each in bound.claims))
    found = [each for each in found if each.number > present and not excluded(each, ceilings)]
    best = max(((each.number, not each.assumed) for each in found), default=None)
    return [each for each in found if (each.number, not each.assumed) == best]


def _divided(
    positions: list[Position], chosen: list[Position], said: list[Claim], judging: Judging
) -> tuple[tuple[str, str], ...]:
    """Give the organs whose standing figures, each carried to the other's day, are disputed by rule C.

    It shows in whatever order they spoke, so that no organ leaves the figure of their source behind.
    """
    standing = {each.source for each in chosen if each.own}
    parties = [replace(each, stands=each.organ in standing) for each in organ_parties(positions, said, judging)]
    return tuple(
        sorted(
            (one.label, other.label)
            for place, one in enumerate(parties)
            for other in parties[place + 1 :]
            if one.name == other.name
            if any(pair.kind == DISPUTED for pair in judge(one, other, judging, organs=True))
        )
    )


def organ_parties(
    positions: list[Position] | tuple[Position, ...], said: list[Claim] | tuple[Claim, ...], judging: Judging
) -> list[Party]:
    """Give the organs that speak in their own words, each as one side of a pair."""
    return [
        Party(
            name=judging.records.root(each.source),
            organ=each.source,
            figure=each.figure,
            floors=each.floors,
            ceilings=each.ceilings,
            sides=_sides((each.source,), judging.records),
            said=tuple(claim for claim in said if claim.source == each.source),
        )
        for each in sorted(positions, key=lambda each: each.source)
        if each.own
    ]


def _sides(sources: tuple[str, ...], records: Records) -> frozenset[str]:
    return frozenset(side for each in sources if (side := records.side(each)))


def paired(voices: list[Voice], judging: Judging) -> list[tuple[Party, Party]]:
    """Give all parties to compare: every two voices, and the organs of a divided one with the others' figures (rule C).

    The organ whose figure the voice has stands for the voice already.
    """
    found = [(one.party(), other.party()) for place, one in enumerate(voices) for other in voices[place + 1 :]]
    for voice in voices:
        named = {organ for pair in voice.divided for organ in pair}
        if len(voice.figure_sources) == 1:
            named -= set(voice.figure_sources)
        organs = [each for each in organ_parties(voice.positions, voice.said, judging) if each.organ in named]
        found += [
            (replace(organ, name=voice.name), other.party())
            for organ in organs
            for other in voices
            if other.name != voice.name
        ]
    return found


def on_its_day(bound_day: When | None, day: When | None) -> bool:
    """Tell whether an end speaks of the finding's day itself: the same date or span."""
    return same_date(bound_day, day) or (bound_day is None and day is None)
