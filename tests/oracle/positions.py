"""Where one source stands on one topic: revisions, series by how it counted, floors that carry (section 6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .records import Claim, Range, Records, When, hull, not_after, same_date, surely_before
from .topics import Topic
from .versions import (
    CONTRADICTS_ITSELF,
    Reading,
    Settled,
    alike,
    figure_of,
    latest,
    named_floor,
    named_top,
    reading_of,
    settle,
)

OVERTAKEN_BY_OWN_COUNT = "overtaken by its own count"


@dataclass(frozen=True)
class Bound:
    """One end of a figure: the number, the day for which it holds, and the claims that set it.

    Attributes:
        every_day: A denial of the occurrence shares a day with every figure.
        carried: The floor was carried in from an earlier day, or from another organ.
        basis: How it was counted; such a bound is a floor.
    """

    number: int
    assumed: bool
    day: When | None
    claims: tuple[Claim, ...]
    every_day: bool = False
    carried: bool = False
    basis: str | None = None


@dataclass(frozen=True)
class Series:
    """What stands of the claims of one source with one basis, or with none."""

    basis: str | None
    settled: Settled
    day: When | None
    replaced: tuple[Claim, ...]
    passed: tuple[Claim, ...]

    @property
    def figure(self) -> Range:
        """The figure as said."""
        return self.settled.figure

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that the figure is made of."""
        return tuple(claim for each in self.settled.standing for claim in each.claims)

    @property
    def denial(self) -> bool:
        """Whether it is a denial that anything happened."""
        return all(each.stance == "denies" for each in self.claims)

    @property
    def said(self) -> When | None:
        """When it was last said."""
        return _last([each.said for each in self.claims])


@dataclass(frozen=True)
class Position:
    """Where one source stands."""

    source: str
    own: bool
    figure: Range
    day: When | None
    said: When | None
    floors: tuple[Bound, ...]
    ceilings: tuple[Bound, ...]
    carried: tuple[Bound, ...]
    series: tuple[Series, ...]
    flags: tuple[str, ...]
    revised_down_from: int | None

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that stand in it."""
        return tuple(claim for each in self.series for claim in each.claims)

    @property
    def said_top(self) -> int | None:
        """The highest count of its figures as said, counted or not; nothing where one has no ceiling."""
        return hull(each.figure for each in self.series).high


def contradict(one: Claim, other: Claim, *, stock: bool) -> bool:
    """Tell whether two claims of one source cannot both be true, whatever their days: stated ends only.

    A floor carries forward and a ceiling backward; a stock carries neither way (section 4).
    """

    def above(floor: Claim, ceiling: Claim) -> bool:
        low, high = figure_of(floor), figure_of(ceiling)
        if low.low_assumed or high.high_assumed or high.high is None or low.low <= high.high:
            return False
        if "denies" in (floor.stance, ceiling.stance):
            return True
        return same_date(floor.day, ceiling.day) or (not stock and not_after(floor.day, ceiling.day))

    return above(one, other) or above(other, one)


def restated(claims: Iterable[Claim], *, stock: bool) -> set[str]:
    """Give the claims of one series that a later statement makes impossible, newest first (section 6, restatements)."""
    given = list(claims)
    out: dict[str, bool] = {}

    def is_out(claim: Claim) -> bool:
        if claim.id not in out:
            out[claim.id] = any(
                surely_before(claim.said, later.said) and not is_out(later) and contradict(claim, later, stock=stock)
                for later in given
            )
        return out[claim.id]

    return {each.id for each in given if is_out(each)}


def position(
    source: str,
    claims: list[Claim],
    estimates: list[Claim],
    topic: Topic,
    records: Records,
    replaced_by_name: set[str],
    dated: set[str],
) -> tuple[Position | None, dict[str, str]]:
    """Work out where a source stands, from the claims in its own words, and what became of each of them.

    Args:
        source: The source.
        claims: Its claims that say how many, less those withdrawn, misrelayed, projected or estimated.
        estimates: Its estimates on the topic, which retire its earlier counts.
        topic: What is counted.
        records: The ledger.
        replaced_by_name: Claims that a claim not withdrawn names as replaced.
        dated: Sources of which some claim is dated.
    """
    fates: dict[str, str] = {}
    # Section 6, positions: what a claim not withdrawn names as replaced is out.
    out = {each.id for each in claims if each.id in replaced_by_name}
    # Section 6: an estimate by a source retires its own earlier counts.
    out |= {each.id for each in claims if any(surely_before(each.said, other.said) for other in estimates)}
    # Section 6, restatements: within one series, newest statement first.
    for basis in {each.counted_by for each in claims}:
        series = [each for each in claims if each.counted_by == basis and each.id not in out]
        out |= restated(series, stock=topic.stock)
    # Section 6: undated claims speak only where their source has no dated one.
    standing: list[Claim] = []
    for claim in claims:
        if claim.id in out:
            fates[claim.id] = "replaced"
        elif source in dated and claim.day is None:
            fates[claim.id] = "undated"
        else:
            standing.append(claim)
    # Section 6: of the rest the latest of each series stands, and the series are one position.
    gone = [each for each in claims if fates.get(each.id) == "replaced"]
    found = [
        _series(basis, [each for each in standing if each.counted_by == basis], gone, records, topic)
        for basis in sorted({each.counted_by for each in standing}, key=lambda each: each or "")
    ]
    if not found:
        return None, fates
    position, kept = _together(source, found, topic, records)
    for each in found:
        several = not alike(each.settled.standing)
        stands = "stands" if each in kept else "replaced"
        for claim in each.claims:
            fates[claim.id] = "version" if several and stands == "stands" else stands
        for reading in each.settled.others:
            for claim in reading.claims:
                fates[claim.id] = "version" if stands == "stands" else stands
        for claim in each.passed:
            fates[claim.id] = "replaced"
    return position, fates


def _series(basis: str | None, claims: list[Claim], gone: list[Claim], records: Records, topic: Topic) -> Series:
    """Order one series: the latest last day, then what was said last, then versions (section 6)."""
    left = latest(claims, lambda each: each.day, lambda each: each.said)
    settled = settle([reading_of(each, records) for each in left])
    passed = tuple(each for each in claims if each not in left)
    replaced = (*passed, *(each for each in gone if each.counted_by == basis))
    day = _latest_day([claim.day for each in settled.standing for claim in each.claims])
    return Series(basis, settled, day, replaced, passed)


def _together(source: str, found: list[Series], topic: Topic, records: Records) -> tuple[Position, list[Series]]:
    """Join the series of one source: the whole is its figure, the highest counted floor stands beside it (section 6).

    A counted floor above the whole's ceiling: of a later last day, both stand; stated later, it replaces it; else
    the source contradicts itself, and the higher floor stands without a ceiling.
    """
    whole = next((each for each in found if each.basis is None), None)
    counted = [each for each in found if each.basis is not None and each.figure.low >= 1]
    flags = [each.settled.flag for each in found if each.settled.flag]
    kept = list(found)
    floors: list[Bound] = []
    ceilings: list[Bound] = []
    above = [each for each in counted if whole is not None and _counts_more(each, whole, topic)]
    if whole is not None and any(
        all(surely_before(said.said, later.said) for said in whole.claims) for each in above for later in each.claims
    ):
        kept = [each for each in kept if each is not whole]
        flags.append(OVERTAKEN_BY_OWN_COUNT)
    elif whole is not None:
        figure = whole.figure
        if figure.low >= 1:
            floors.append(Bound(figure.low, figure.low_assumed, whole.day, whole.claims))
        if above:
            flags.append(CONTRADICTS_ITSELF)
        elif figure.high is not None:
            ceilings.append(
                Bound(
                    figure.high,
                    figure.high_assumed,
                    whole.day,
                    whole.claims,
                    every_day=whole.denial,
                )
            )
    most = max((each.figure.low for each in counted), default=0)
    floors += [
        Bound(each.figure.low, each.figure.low_assumed, each.day, each.claims, basis=each.basis)
        for each in counted
        if each.figure.low == most or topic.stock
    ]
    day = _latest_day([each.day for each in kept])
    newest = [claim for each in kept for claim in each.claims if same_date(claim.day, day) or claim.day is day]
    position = Position(
        source=source,
        own=True,
        figure=figure_from(floors, ceilings, day, topic),
        day=day,
        said=_last([each.said for each in newest]),
        floors=tuple(floors),
        ceilings=tuple(ceilings),
        carried=() if topic.stock else _carried(kept, ceilings, records),
        series=tuple(kept),
        flags=tuple(sorted(set(flags))),
        revised_down_from=_revised_down(kept, topic),
    )
    return position, kept


def _counts_more(counted: Series, whole: Series, topic: Topic) -> bool:
    """Tell whether a counted floor lies above the whole's ceiling, and is not of a later last day: then both stand.

    A stock is compared on one day only; a denial of the occurrence shares a day with every figure.
    """
    high = whole.figure.high
    if high is None or counted.figure.low <= high:
        return False
    if whole.denial:
        return True
    return same_date(counted.day, whole.day) or (topic.running and not surely_before(whole.day, counted.day))


def figure_from(floors: Iterable[Bound], ceilings: Iterable[Bound], day: When | None, topic: Topic) -> Range:
    """Give the figure that bounds make on their last day: a ceiling of an earlier day bears on that day only.

    So does a floor of a stock.
    """
    lows = [each for each in floors if topic.running or same_date(each.day, day) or each.day is day]
    highs = [each for each in ceilings if each.every_day or same_date(each.day, day) or each.day is day]
    low = max((each.number for each in lows), default=0)
    high = min((each.number for each in highs), default=None)
    return Range(
        low,
        high,
        low > 0 and all(each.assumed for each in lows if each.number == low),
        high is not None and all(each.assumed for each in highs if each.number == high),
    )


def _carried(kept: list[Series], ceilings: list[Bound], records: Records) -> tuple[Bound, ...]:
    """Find the floors of earlier days that the figure neither excludes nor revises down (section 6).

    That of a day is what the source said of it last.  "Excludes" is asked of the figure as said.
    """
    found: list[Bound] = []
    for series in kept:
        for day in {each.day.days for each in series.passed if each.day is not None}:
            said = [each for each in series.passed if each.day is not None and each.day.days == day]
            last = latest(said, lambda each: each.day, lambda each: each.said)
            settled = settle([reading_of(each, records) for each in last])
            claims = tuple(claim for each in settled.standing for claim in each.claims)
            floor = Bound(
                settled.figure.low, settled.figure.low_assumed, last[0].day, claims, carried=True, basis=series.basis
            )
            if (
                surely_before(floor.day, series.day)
                and not (series.figure.high is not None and floor.number > series.figure.high)
                and not excluded(floor, ceilings)
                and not any(revises_down(series.claims, claim) for claim in claims)
            ):
                found.append(floor)
    return tuple(found)


def excluded(floor: Bound, ceilings: Iterable[Bound]) -> bool:
    """Tell whether a floor lies above a ceiling that bears on its day."""
    return any(floor.number > each.number and (each.every_day or not_after(floor.day, each.day)) for each in ceilings)


def revises_down(now: Iterable[Claim], before: Claim) -> bool:
    """Tell whether the highest number named now is below the lowest that an earlier claim named as a floor (section 6).

    What was said surely after all that stands now is no earlier word, and is not revised by it.
    """
    standing = list(now)
    floor = named_floor(figure_of(before))
    if floor is None or all(surely_before(each.said, before.said) for each in standing):
        return False
    return max(named_top(figure_of(each)) for each in standing) < floor


def _revised_down(kept: list[Series], topic: Topic) -> int | None:
    """Give the highest number from which a series was revised down; a stock may fall from day to day."""
    found = [
        named_floor(figure_of(claim)) or 0
        for series in kept
        for claim in series.replaced
        if (topic.running or same_date(claim.day, series.day)) and revises_down(series.claims, claim)
    ]
    return max(found, default=None)


def _latest_day(days: Iterable[When | None]) -> When | None:
    known = [each for each in days if each is not None]
    return max(known, key=lambda each: (each.last, each.first), default=None)


def _last(dates: Iterable[When | None]) -> When | None:
    """Give when the last of several was said: the hour only where all carry one."""
    given = list(dates)
    known = [each for each in given if each is not None]
    if not known:
        return None
    hours = [each.moment for each in known if each.moment is not None]
    return When(
        max(each.first for each in known),
        max(each.last for each in known),
        max(hours) if len(hours) == len(given) else None,
    )


def resting_position(source: str, claim: Claim, records: Records) -> Position:
    """Give the position of one claim that replaces nothing: it rests on others, or nobody signs it."""
    series = Series(claim.counted_by, settle([reading_of(claim, records)]), claim.day, (), ())
    found, _ = _together(source, [series], _any_topic(claim, records), records)
    return replace(found, own=False)


def _any_topic(claim: Claim, records: Records) -> Topic:
    return Topic(claim.harm, (), (), (), None, records.stock(claim.harm), incident=False)


def reading_of_position(found: Position, records: Records) -> Reading:
    """Say how a position was read, for organs that no order tells apart."""
    readings = [reading_of(claim, records) for claim in found.claims]
    alone = found.claims[0] if len(found.claims) == 1 else None
    # Who counted those that were buried says of the whole that they are at least so many, and no best number.
    best = figure_of(alone).best if alone and not alone.counted_by else None
    return Reading(
        replace(found.figure, best=best),
        found.claims,
        any(each.own_report for each in readings),
        frozenset[tuple[str, ...]]().union(*(each.hands for each in readings)),
    )
