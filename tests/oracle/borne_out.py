"""What the independent sources bear out on one day (section 7 D)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from .independent import Voice, on_its_day
from .pairs import BY_AN_ASSUMED_END, DISPUTED, NEAR, OVERTAKEN, Pair
from .records import Range, When, disjoint, hull, meet, not_after
from .topics import Topic
from .versions import runs


@dataclass(frozen=True)
class OnTheDay:
    """An independent source as a range on the finding's day.

    Attributes:
        voice: The source.
        range: Its floor carried forward; its ceiling where it speaks of that day and is not overtaken.
        carried: Whether the floor comes from an earlier day.
        speaks_of_it: Whether its last day is the finding's.
    """

    voice: Voice
    range: Range
    carried: bool
    speaks_of_it: bool

    @property
    def name(self) -> str:
        """The name of the source."""
        return self.voice.name

    @property
    def low(self) -> int:
        """Its floor; 0 is none."""
        return self.range.low

    @property
    def high(self) -> int | None:
        """Its ceiling, if it has one on the day."""
        return self.range.high

    def excludes(self, other: Range) -> bool:
        """Tell whether it shares no count with a range."""
        return disjoint(self.range, other)

    def bears_floor(self, number: int) -> bool:
        """Tell whether its floor is a number or more."""
        return self.low >= number

    def bears_ceiling(self, number: int) -> bool:
        """Tell whether its ceiling is a number or less."""
        return self.high is not None and self.high <= number


def on_the_day(voice: Voice, day: When | None, topic: Topic, overtaken: set[str]) -> OnTheDay | None:
    """Give a voice as a range on the finding's day; nothing where it is undated and the finding is not."""
    if day is not None and voice.day is None and not any(each.every_day for each in voice.ceilings):
        return None
    floors = [
        each for each in voice.floors if on_its_day(each.day, day) or (topic.running and not_after(each.day, day))
    ]
    ceilings = (
        []
        if voice.name in overtaken
        else [each for each in voice.ceilings if each.every_day or on_its_day(each.day, day)]
    )
    low = max((each.number for each in floors), default=0)
    high = min((each.number for each in ceilings), default=None)
    setters = [each for each in floors if each.number == low]
    if topic.stock and not floors and not ceilings and not on_its_day(voice.day, day):
        return None
    return OnTheDay(
        voice,
        Range(
            low,
            high,
            low > 0 and all(each.assumed for each in setters),
            high is not None and all(each.assumed for each in ceilings if each.number == high),
        ),
        carried=low > 0 and all(each.carried or not on_its_day(each.day, day) for each in setters),
        speaks_of_it=on_its_day(voice.day, day) or any(each.every_day for each in voice.ceilings),
    )


def overtaken_names(pairs: Iterable[Pair]) -> set[str]:
    """Give the voices that keep their floor and lose their ceiling; an organ's pair takes nothing from its voice."""
    return {each.lower.name for each in pairs if each.kind == OVERTAKEN and each.lower.organ is None}


def outliers(ranges: list[OnTheDay], *, disputed: bool) -> frozenset[str]:
    """Give the voices to leave out so that the rest share a count, where the rest is sure enough of it.

    The fewest are left out.  Each must be apart from at least three of the rest for every one left out, and the end of
    the range that the rest share, which faces it, must be borne out by three of the rest.  Where a choice would have to
    be made, nobody is an outlier.
    """
    if not disputed:
        return frozenset()
    for number in range(1, len(ranges)):
        ways = [
            out
            for out in combinations(ranges, number)
            if meet(each.range for each in ranges if each not in out) is not None
        ]
        if not ways:
            continue
        if len(ways) > 1:
            return frozenset()
        out = ways[0]
        rest = [each for each in ranges if each not in out]
        shared = meet(each.range for each in rest)
        if shared is not None and all(_faced_down(each, rest, shared, number) for each in out):
            return frozenset(each.name for each in out)
        return frozenset()
    return frozenset()


def _faced_down(one: OnTheDay, rest: list[OnTheDay], shared: Range, left_out: int) -> bool:
    """Tell whether the rest is enough to make one voice an outlier."""
    apart = sum(1 for each in rest if disjoint(one.range, each.range))
    bearers = [each for each in rest if not each.voice.unattributed]
    if one.high is not None and one.high < shared.low:
        facing = sum(1 for each in bearers if each.bears_floor(shared.low))
    else:
        facing = sum(1 for each in bearers if shared.high is not None and each.bears_ceiling(shared.high))
    return apart >= 3 * left_out and facing >= 3


def borne_out_by(number: int, ranges: list[OnTheDay], aside: frozenset[str]) -> Range | None:
    """Give the narrowest range that nobody but outliers excludes and each end of which so many bear out.

    The floor is the k-th highest floor, but not above the lowest ceiling (then the highest floor that is not); the
    ceiling likewise.  What nobody signs bears out nothing for two or more, but its ends can be the range's.
    """
    voices = [each for each in ranges if each.name not in aside]
    bearers = [each for each in voices if number < 2 or not each.voice.unattributed]
    floors = sorted((each.low for each in bearers if each.low >= 1), reverse=True)
    ceilings = sorted(each.high for each in bearers if each.high is not None)
    lowest = min((each.high for each in voices if each.high is not None), default=None)
    highest = max((each.low for each in voices), default=0)
    low: int | None = None
    high: int | None = None
    if len(floors) >= number:
        low = floors[number - 1]
        if lowest is not None and low > lowest:
            low = max((each.low for each in voices if 1 <= each.low <= lowest), default=None)
    if len(ceilings) >= number:
        high = ceilings[number - 1]
        if high < highest:
            high = min((each.high for each in voices if each.high is not None and each.high >= highest), default=None)
    if low is None and high is None:
        return None
    return Range(
        low or 0,
        high,
        low is not None and all(each.range.low_assumed for each in voices if each.low == low),
        high is not None and all(each.range.high_assumed for each in voices if each.high == high),
    )


def common(ranges: list[OnTheDay], pairs: Iterable[Pair], day: When | None) -> tuple[Range | None, bool]:
    """Give the meet of all ranges on the day, outliers' too, and whether its floor is carried.

    There is none where two dispute over the day, near or not, or are apart on it by an assumed end.
    """
    if not ranges:
        return None, False
    if any(each.kind in (DISPUTED, NEAR, BY_AN_ASSUMED_END) and each.over(day) for each in pairs):
        return None, False
    found = meet(each.range for each in ranges)
    return found, found is not None and found.low > 0 and all(each.carried for each in ranges if each.low == found.low)


def span(voices: Iterable[Voice]) -> Range | None:
    """Give the hull of all voices' figures as said, uncarried, with every series and the organs that divide a voice."""
    said = [figure for each in voices for figure in each.said_ranges()]
    return hull(said) if said else None


@dataclass(frozen=True)
class Run:
    """A run of counts that the most voices allow: who allows it, and who names it (whose figure lies inside it)."""

    range: Range
    allowed_by: tuple[str, ...]
    named_by: tuple[str, ...]


def support(given: list[OnTheDay]) -> tuple[Run, ...]:
    """Give the runs of counts that the most voices of that day allow; a tie is several (Marzullo's sweep).

    A run is named by those whose figure, as said, lies inside it.
    """
    ranges = [each for each in given if each.speaks_of_it]
    if not ranges:
        return ()
    swept = runs([each.range for each in ranges])
    most = max(number for number, _ in swept)
    return tuple(
        Run(
            run,
            tuple(sorted(each.name for each in ranges if not disjoint(each.range, run))),
            tuple(sorted(each.name for each in ranges if _inside(each.voice.figure, run))),
        )
        for number, run in swept
        if number == most
    )


def _inside(one: Range, other: Range) -> bool:
    if one.low < other.low:
        return False
    return other.high is None or (one.high is not None and one.high <= other.high)


def status(
    voices: list[Voice], ranges: list[OnTheDay], pairs: Iterable[Pair], day: When | None, *, estimates: int
) -> str:
    """Give the first status that holds (section 7 D); where the occurrence is only denied nobody states a count."""
    found = list(pairs)
    if all(each.denies for each in voices):
        return "estimate only" if estimates else "unreported"
    if any(each.kind == DISPUTED and each.over(day) for each in found):
        return "disputed"
    if sum(1 for each in voices if each.floors or each.ceilings) <= 1:
        return "single source"
    near = {frozenset((each.lower.name, each.higher.name)) for each in found if each.kind == NEAR}
    return "corroborated" if _two_agree(ranges, near) else "compatible"


def _two_agree(ranges: list[OnTheDay], near: set[frozenset[str]]) -> bool:
    """Tell whether two attributed voices that share a count, or are near, bear out the same end.

    Two that both have a floor bear out the lower of the two, and two with a ceiling the higher, whatever others say.
    """
    attributed = [each for each in ranges if not each.voice.unattributed]
    return any(
        (one.low >= 1 and other.low >= 1) or (one.high is not None and other.high is not None)
        for one, other in combinations(attributed, 2)
        if not disjoint(one.range, other.range) or frozenset((one.name, other.name)) in near
    )
