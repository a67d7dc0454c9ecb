"""The whole answer on every topic of a set of records.

`answers` is the oracle's one entrance.  What it gives is plain: integers, strings, tuples and the dataclasses below,
compared with ``==``; nothing in it depends on the order of the claims.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .beside import Denial, blamed_by, denials_of, interest
from .borne_out import (
    Run,
    borne_out_by,
    common,
    on_the_day,
    outliers,
    overtaken_names,
    span,
    status,
    support,
)
from .confidence import Confidence, Evidence, confidence_in
from .estimates import EstimatePair, Outside, estimates_apart, outside, retire
from .independent import Voice, paired, voice_of
from .pairs import Judging, Pair, judge
from .positions import Position, position, resting_position
from .records import Claim, Range, Records, When
from .topics import Topic, as_known, by_topic, later_than, on_the_last_day
from .versions import alike
from .voices import UNATTRIBUTED, Origins, joined, origins, speaks


@dataclass(frozen=True)
class Standing:
    """Where one source stands, as it is listed."""

    source: str
    voice: str
    figure: Range
    day: tuple[int, int] | None
    claims: tuple[str, ...]
    flags: tuple[str, ...]
    revised_down_from: int | None
    interest: str


@dataclass(frozen=True)
class Answer:
    """What follows from the claims on one topic, on one day.

    Attributes:
        topic: What is counted.
        day: The finding's day as first and last day number; nothing where all is undated.
        fates: What became of every claim of the topic, by claim: ``stands``, ``replaced``, ``withdrawn``, ``copy``,
            ``version``, ``misrelayed``, ``undated``, ``projected`` or ``later than the day``.
        positions: Where each source stands, sorted by independent source and source.
        voices: The independent sources: name, figure, own day, flags.
        divided: Organs of one root that are disputed, two by two.
        circles: Independent sources that are a circle of claims quoting one another.
        pairs: Everything apart: kind, lower and higher (voice, or organ of a divided one), ceiling, floor, gap, whether
            it is over the finding's day.
        overtaken: Voices that lost their ceiling.
        outliers: Voices left out of what is borne out.
        common: The meet of all ranges on the day.
        common_carried: Whether its floor is carried.
        span: The hull of all figures as said.
        borne_out: Borne out by 1 to 4; the first is the undisputed figure.
        support: The runs that the most voices allow.
        status: The status.
        confidence: Of the undisputed figure's floor (of its ceiling where it has none); nothing where there is neither.
        estimates: Source and interval of each estimate that stands.
        estimate_disputes: Estimates whose intervals do not meet.
        outside: Counts outside an estimate's interval.
        denials: All denials that stand.
        blamed: Who blames whom.
    """

    topic: Topic
    day: tuple[int, int] | None
    fates: dict[str, str]
    positions: tuple[Standing, ...]
    voices: tuple[tuple[str, Range, tuple[int, int] | None, tuple[str, ...]], ...]
    divided: tuple[tuple[str, str], ...]
    circles: tuple[str, ...]
    pairs: tuple[tuple[str, str, str, int, int, int, bool], ...]
    overtaken: tuple[str, ...]
    outliers: tuple[str, ...]
    common: Range | None
    common_carried: bool
    span: Range | None
    borne_out: tuple[Range | None, ...]
    support: tuple[Run, ...]
    status: str
    confidence: Confidence | None
    estimates: tuple[tuple[str, Range], ...]
    estimate_disputes: tuple[EstimatePair, ...]
    outside: tuple[Outside, ...]
    denials: tuple[Denial, ...]
    blamed: tuple[tuple[str, str], ...]
    workings: Workings

    @property
    def undisputed(self) -> Range | None:
        """Borne out by 1."""
        return self.borne_out[0]

    @property
    def flags(self) -> frozenset[str]:
        """All that is flagged of the voices' figures."""
        return frozenset(flag for _, _, _, flags in self.voices for flag in flags)

    def confidence_in(self, figure: Range) -> Confidence:
        """Give the level of any figure."""
        return confidence_in(figure, self.workings.evidence)


@dataclass(frozen=True, eq=False)
class Workings:
    """What the answer was worked out with; no part of its equality."""

    voices: tuple[Voice, ...]
    pairs: tuple[Pair, ...]
    evidence: Evidence

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Workings)

    def __hash__(self) -> int:
        return 0


def answers(
    records: Records, *, as_of: When | None = None, known_on: When | None = None, near: int = 2, settling: int = 1
) -> dict[Topic, Answer]:
    """Reconcile every topic of the records.

    Args:
        records: Claims, sources, declared words.
        as_of: The day asked for; nothing for the latest.
        known_on: The day or moment of knowledge; nothing for all.
        near: Up to how many per cent of the lower number two figures are near.
        settling: Within how many days after its last day a figure is an early one.
    """
    known, _ = as_known(records, known_on)
    gone = withdrawn(known.claims)
    by_name = replaced_by_name(known, gone, as_of)
    return {
        topic: _answer(topic, claims, Judging(topic, known, near, settling), as_of, gone, by_name)
        for topic, claims in by_topic(known).items()
    }


def withdrawn(claims: Iterable[Claim]) -> set[str]:
    """Give the claims that their source took back, by a withdrawal that it has not itself taken back."""
    given = [each for each in claims if each.stance == "withdraws" and not each.misrelays]
    by = {
        each.id: [other for other in given if other.target == each.id and other.source == each.source] for each in given
    }

    def taken_back(withdrawal: Claim) -> bool:
        return any(not taken_back(other) for other in by[withdrawal.id])

    sources = {each.id: each.source for each in claims}
    return {
        each.target
        for each in given
        if each.target and sources.get(each.target) == each.source and not taken_back(each)
    }


def replaced_by_name(records: Records, gone: set[str], as_of: When | None) -> set[str]:
    """Give the claims that another claim of their source names as replaced, and that claim is not withdrawn.

    What rests on others, what nobody signs, what is projected, falsely relayed or of a later day replaces nothing.
    """
    sources = {each.id: each.source for each in records.claims}
    own: set[str] = set()
    for claims in by_topic(records).values():
        own |= origins(claims, records).own
    return {
        named
        for claim in records.claims
        if claim.id in own
        and claim.id not in gone
        and not later_than(claim.day, as_of)
        and not (claim.misrelays or claim.modality == "projected" or records.unattributed(claim.source))
        for named in claim.replaces
        if sources.get(named) == claim.source
    }


def _answer(
    topic: Topic, given: list[Claim], judging: Judging, as_of: When | None, gone: set[str], by_name: set[str]
) -> Answer:
    records = judging.records
    fates = _set_aside(given, gone, as_of)
    here = [each for each in given if not later_than(each.day, as_of)]
    competing = {each.id for each in here if each.id not in fates and each.id not in by_name and not each.estimate}
    came = origins(here, records, competing)
    claims = given
    if topic.incident and topic.running:
        claims = on_the_last_day(given, competing & came.roots.keys())
    for claim in here:
        if claim.id not in fates and speaks(claim, records):
            if claim.id in by_name:
                fates[claim.id] = "replaced"
            elif claim.id in came.copies:
                fates[claim.id] = "copy"
    counts = [each for each in claims if fates.get(each.id, "replaced") == "replaced" and speaks(each, records)]
    counts = [each for each in counts if not each.estimate]
    estimates = [each for each in claims if each.id not in fates and each.estimate and speaks(each, records)]
    studies = [each for each in estimates if each.id in came.own and not records.unattributed(each.source)]
    positions, more = _positions(counts, studies, came, topic, records, by_name)
    fates |= more
    standing_estimates, more = retire(estimates, {each.id for each in studies})
    fates |= more
    voices = _voices(positions, claims, came, judging, fates)
    fates |= {each.id: "stands" for each in claims if each.id not in fates}

    day = _day(voices)
    pairs = [pair for one, other in paired(voices, judging) for pair in judge(one, other, judging)]
    overtaken = overtaken_names(pairs)
    ranges = [found for each in voices if (found := on_the_day(each, day, topic, overtaken)) is not None]
    stating = [each for each in voices if not each.denies]
    ranges = ranges if stating else []  # where the occurrence is denied and nobody states a count, there is none
    disputed = any(each.kind == "disputed" and each.over(day) for each in pairs)
    aside = outliers(ranges, disputed=disputed)
    borne_out = tuple(borne_out_by(number, ranges, aside) for number in (1, 2, 3, 4))
    shared, carried = common(ranges, pairs, day)
    blamed = blamed_by((each for each in claims if each.id not in came.copies), fates)
    evidence = Evidence(ranges, pairs, frozenset(side for _, side in blamed), topic, records, day, as_of)
    return Answer(
        topic=topic,
        day=None if day is None else day.days,
        fates=dict(sorted(fates.items())),
        positions=_listed(voices, topic, records),
        voices=tuple((each.name, each.figure, each.day.days if each.day else None, each.flags) for each in voices),
        divided=tuple(sorted(pair for each in voices for pair in each.divided)),
        circles=tuple(
            each.name
            for each in voices
            if any(claim.id in came.circles for of in each.positions for claim in of.claims)
        ),
        pairs=tuple(
            sorted(
                (each.kind, each.lower.label, each.higher.label, each.ceiling, each.floor, each.gap, each.over(day))
                for each in pairs
            )
        ),
        overtaken=tuple(sorted(overtaken)),
        outliers=tuple(sorted(aside)),
        common=shared,
        common_carried=carried,
        span=span(voices) if stating else None,
        borne_out=borne_out,
        support=support(ranges),
        status=status(voices, ranges, pairs, day, estimates=len(standing_estimates)),
        confidence=_of_the_undisputed(borne_out[0], evidence),
        estimates=_intervals(standing_estimates),
        estimate_disputes=estimates_apart(standing_estimates, came, topic),
        outside=outside(voices, overtaken, standing_estimates, topic),
        denials=denials_of(claims, fates, records),
        blamed=blamed,
        workings=Workings(tuple(voices), tuple(pairs), evidence),
    )


def _intervals(estimates: Iterable[Claim]) -> tuple[tuple[str, Range], ...]:
    found = [(each.source, each.figure) for each in estimates if each.figure is not None]
    return tuple(sorted(found, key=lambda each: (each[0], each[1].low, each[1].high is None, each[1].high)))


LATER = "later than the day"


def _set_aside(claims: Iterable[Claim], gone: set[str], as_of: When | None) -> dict[str, str]:
    """Set aside what never competes: misrelayed, withdrawn, projected, later; the first that holds is the fate."""
    fates: dict[str, str] = {}
    for claim in claims:
        if claim.misrelays:
            fates[claim.id] = "misrelayed"
        elif claim.id in gone:
            fates[claim.id] = "withdrawn"
        elif claim.modality == "projected":
            fates[claim.id] = "projected"
        elif later_than(claim.day, as_of) and claim.stance != "withdraws":
            fates[claim.id] = LATER
    return fates


def _positions(
    counts: list[Claim],
    studies: list[Claim],
    came: Origins,
    topic: Topic,
    records: Records,
    by_name: set[str],
) -> tuple[list[tuple[tuple[str, ...], Position]], dict[str, str]]:
    """Work out where everybody stands, each position with the roots on which it rests."""
    found: list[tuple[tuple[str, ...], Position]] = []
    fates: dict[str, str] = {}
    own: dict[str, list[Claim]] = {}
    resting: list[Claim] = []
    dated = {each.source for each in counts if each.day is not None and each.id not in by_name}
    for claim in counts:
        if claim.id in came.own and not records.unattributed(claim.source):
            own.setdefault(claim.source, []).append(claim)
        elif claim.id in by_name:
            continue
        elif claim.day is None and claim.source in dated:
            fates[claim.id] = "undated"
        else:
            resting.append(claim)
    for source, said in sorted(own.items()):
        stands, more = position(
            source, said, [each for each in studies if each.source == source], topic, records, by_name, dated
        )
        fates |= more
        if stands is not None:
            found.append((tuple(root for each in stands.claims for root in came.roots[each.id]), stands))
    # Section 6: a claim based on two others adds no voice.
    voiced = {records.root(each.source) for _, each in found} | {
        came.roots[each.id][0] for each in resting if len(came.roots[each.id]) == 1
    }
    for claim in resting:
        roots = came.roots[claim.id]
        if len(roots) > 1 and not voiced.isdisjoint(roots):
            fates[claim.id] = "copy"
        else:
            fates[claim.id] = "stands"
            found.append((roots, resting_position(claim.source, claim, records)))
    return found, fates


def _voices(
    positions: list[tuple[tuple[str, ...], Position]],
    claims: list[Claim],
    came: Origins,
    judging: Judging,
    fates: dict[str, str],
) -> list[Voice]:
    """Give every independent source its figure; what nobody signs is settled as versions, and its fates say so."""
    voices: list[Voice] = []
    silent = {"misrelayed", "projected", "copy", LATER}
    of = joined(roots for roots, _ in positions)
    for name in sorted(set(of.values())):
        said = [
            each
            for each in claims
            if not each.estimate
            and fates.get(each.id) not in silent
            and any(of.get(root) == name for root in came.roots.get(each.id, ()))
        ]
        members = [each for roots, each in positions if of[roots[0]] == name]
        members.sort(key=lambda each: (each.source, each.claims[0].id))
        voice, settled = voice_of(name, members, said, judging)
        if name == UNATTRIBUTED and settled is not None:
            for reading in settled.standing:
                fates |= {each.id: "stands" if alike(settled.standing) else "version" for each in reading.claims}
            for reading in settled.others:
                fates |= {each.id: "version" for each in reading.claims}
        voices.append(voice)
    return voices


def _day(voices: list[Voice]) -> When | None:
    """Give the finding's day: the latest last day of the figures that stand; of denials only where there are none."""
    figures = [
        each.day
        for voice in voices
        for each in voice.positions
        if each.day and not all(c.stance == "denies" for c in each.claims)
    ]
    days = figures or [each.day for voice in voices for each in voice.positions if each.day]
    latest = max(days, key=lambda each: (each.last, each.first), default=None)
    return None if latest is None else When(latest.first, latest.last)


def _of_the_undisputed(figure: Range | None, evidence: Evidence) -> Confidence | None:
    """Give the level of "at least n", n the undisputed floor; of "at most n" where there is none."""
    if figure is None:
        return None
    end = replace(figure, high=None, high_assumed=False) if figure.low >= 1 else figure
    return confidence_in(end, evidence)


def _listed(voices: list[Voice], topic: Topic, records: Records) -> tuple[Standing, ...]:
    found = [
        Standing(
            source=each.source,
            voice=voice.name,
            figure=each.figure,
            day=each.day.days if each.day else None,
            claims=tuple(sorted(claim.id for claim in each.claims)),
            flags=each.flags,
            revised_down_from=each.revised_down_from,
            interest=interest(each.source, topic, records),
        )
        for voice in voices
        for each in voice.positions
    ]
    return tuple(sorted(found, key=lambda each: (each.voice, each.source, each.claims)))
