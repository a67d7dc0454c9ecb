"""The library's answers beside the oracle's, on random sets of claims.

    python -m tests.oracle.compare 0 1000

draws the sets of the seeds from 0 to 999, asks both for every topic, as it stands and as of a day, and lists what they
answer differently.  Run it in slices; a slice of a thousand takes about a minute.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import casualties as cs
from casualties.model.figure import End
from casualties.model.period import PartialDate
from casualties.reconciling.decoding import Told
from casualties.reconciling.pairs import Dispute, IndependentSource
from casualties.results import Finding

from .answer import Answer, answers
from .from_ledger import ledger_of, records_of, when
from .random_claims import START, random_records

DAY = PartialDate.day(START.replace(day=START.day + 3))
"""The day as of which both are asked too."""

NOTHING = (0, None, False, False)
"""The range of whoever says nothing of the finding's day."""

Key = tuple[str, ...]


def ends(figure: cs.Figure | None) -> tuple[int, int | None, bool, bool] | None:
    """Give a figure of the library as the oracle's plain answers do."""
    if figure is None:
        return None
    low = figure.low > 0 and End.LOW in figure.assumed
    return (figure.low, figure.high, low, End.HIGH in figure.assumed)


def days(day: PartialDate | None) -> tuple[int, int] | None:
    """Give a date as day numbers."""
    return None if day is None else (day.earliest.toordinal(), day.latest.toordinal())


def kernel(finding: Finding) -> dict[str, Any]:
    """Give what the library answers on a topic, with an independent source named by the claims of its positions."""
    told: Told = finding._told

    def named(voice: IndependentSource) -> Key:
        return tuple(sorted({claim.id for position in voice.positions for claim in position.claims}))

    def body(pair: Dispute, side: str) -> tuple[Key, str]:
        organ = getattr(pair, f"{side}_organ")
        return named(getattr(pair, side)), organ.source if organ else ""

    def kind(pair: Dispute) -> str:
        if pair.near:
            return "near"
        if pair.overtaken:
            return "overtaken"
        return "by an assumed end" if pair.assumed else "disputed"

    voices = finding.independent_sources
    sure = finding.confidence
    level = None if sure.figure is None or (not sure.figure.low and sure.figure.high is None) else str(sure.level)
    floor = 0 if finding.common is None else finding.common.low
    lows = [voice for voice in voices if voice.on_day.low == floor]
    return {
        "day": days(finding.as_of) if voices else None,
        "fates": {key: str(fate) for key, fate in finding.fates.items()},
        "positions": sorted(
            (
                position.source,
                tuple(sorted(claim.id for claim in position.claims)),
                ends(position.figure),
                days(position.until),
                tuple(
                    sorted(
                        str(flag)
                        for flag in position.flags
                        if flag not in ("circle of copies", "joint statement", "revised down")
                    )
                ),
                position.revised_from,
                str(position.interest),
            )
            for position in finding.positions
        ),
        "voices": sorted((named(each), ends(each.figure), days(each.until)) for each in voices),
        "on the day": sorted(
            (named(each), ends(each.on_day))
            for each in voices
            if ends(each.on_day) != NOTHING and finding.span is not None
        ),
        "divided": sorted(sorted((body(each, "lower")[1], body(each, "upper")[1])) for each in finding.divided),
        "pairs": sorted(
            (kind(pair), body(pair, "lower"), body(pair, "upper"), pair.number, pair.gap, pair.of_day)
            for pair in told.pairs
            if pair.lower is not pair.upper
        ),
        "overtaken": sorted(named(each) for each in voices if each.overtaken),
        "outliers": sorted(named(each) for each in voices if each.outlier),
        "common": ends(finding.common),
        "common carried": floor > 0 and all(each.carried for each in lows),
        "span": ends(finding.span),
        "borne out": tuple(ends(finding.borne_out_by(number)) for number in (1, 2, 3, 4)),
        "support": [
            (ends(run.figure), sorted(map(named, run.independent_sources)), sorted(map(named, run.named_by)))
            for run in finding.support
        ],
        "status": str(finding.status),
        "confidence": None if level is None else (ends(sure.figure), level),
        "steps": sorted(reason.rule for reason in sure.reasons if reason.change in ("+1", "-1")) if level else [],
        "estimates": sorted(((each.source, ends(each.interval)) for each in finding.estimates), key=str),
        "estimates apart": sorted(
            (each.estimate.claim.id, each.other.claim.id) for each in finding.outside if each.other is not None
        ),
        "outside": sorted(
            (named(each.count), each.estimate.claim.id, each.above)
            for each in finding.outside
            if each.count is not None
        ),
        "denials": sorted((each.claim.id, str(each.aspect or "not said")) for each in finding.denials),
        "blamed": sorted({(claim.source, blame.side) for blame in finding.blamed for claim in blame.claims}),
    }


def oracle(answer: Answer) -> dict[str, Any]:
    """Give what the oracle answers on a topic, in the same form."""
    by_name: dict[str, Key] = {
        voice.name: tuple(sorted({claim.id for position in voice.positions for claim in position.claims}))
        for voice in answer.workings.voices
    }
    sure = answer.confidence
    level = None if sure is None or sure.level is None else sure.level
    plain = _plain
    ranges = answer.workings.evidence.ranges
    return {
        "day": answer.day,
        "fates": answer.fates,
        "positions": sorted(
            (
                each.source,
                each.claims,
                plain(each.figure),
                each.day,
                each.flags,
                each.revised_down_from,
                each.interest,
            )
            for each in answer.positions
        ),
        "voices": sorted((by_name[name], plain(figure), day) for name, figure, day, _ in answer.voices),
        "on the day": sorted(
            (by_name[each.name], plain(each.range)) for each in ranges if plain(each.range) != NOTHING
        ),
        "divided": sorted(map(sorted, answer.divided)),
        "pairs": sorted(
            (
                pair.kind,
                (by_name[pair.lower.name], pair.lower.organ or ""),
                (by_name[pair.higher.name], pair.higher.organ or ""),
                pair.ceiling,
                pair.gap,
                pair.over(answer.workings.evidence.day),
            )
            for pair in answer.workings.pairs
        ),
        "overtaken": sorted(by_name[each] for each in answer.overtaken),
        "outliers": sorted(by_name[each] for each in answer.outliers),
        "common": plain(answer.common),
        "common carried": answer.common_carried,
        "span": plain(answer.span),
        "borne out": tuple(map(plain, answer.borne_out)),
        "support": [
            (
                plain(run.range),
                sorted(by_name[each] for each in run.allowed_by),
                sorted(by_name[each] for each in run.named_by),
            )
            for run in answer.support
        ],
        "status": answer.status,
        "confidence": None if level is None or sure is None else (plain(sure.figure), level),
        "steps": sorted(
            step
            for end in ((sure.floor, sure.ceiling) if sure is not None else ())
            if end is not None
            for step in end.steps
        ),
        "estimates": sorted(
            (
                (source, None if interval.low == interval.high else plain(interval))
                for source, interval in answer.estimates
            ),
            key=str,
        ),
        "estimates apart": sorted((each.lower, each.higher) for each in answer.estimate_disputes),
        "outside": sorted((by_name[each.voice], each.estimate, each.above) for each in answer.outside),
        "denials": sorted((each.claim, each.aspect) for each in answer.denials),
        "blamed": sorted(answer.blamed),
    }


def _plain(figure: Any) -> tuple[int, int | None, bool, bool] | None:
    return None if figure is None else (figure.low, figure.high, figure.low_assumed, figure.high_assumed)


def differences(seed: int) -> Iterator[tuple[str, str, Any, Any, cs.Ledger, Finding]]:
    """Give what the two answer differently on the set of a seed: where, in what, and what each says."""
    ledger = ledger_of(random_records(seed))
    records = records_of(ledger)
    for as_of in (None, DAY):
        expected = {frozenset(each.fates): each for each in answers(records, as_of=when(as_of)).values()}
        found = {frozenset(finding.fates): finding for finding in cs.reconcile(ledger, as_of=as_of)}
        if expected.keys() != found.keys():
            yield (
                f"{seed} {as_of or ''}",
                "topics",
                sorted(map(sorted, expected)),
                sorted(map(sorted, found)),
                ledger,
                None,
            )  # type: ignore[misc]
            continue
        for claims, finding in found.items():
            mine, theirs = kernel(finding), oracle(expected[claims])
            for name, value in mine.items():
                if value != theirs[name]:
                    yield f"{seed} {as_of or ''}", name, theirs[name], value, ledger, finding


def main(start: int, end: int, show: int = 0) -> int:
    """List the differences of a slice of seeds, most frequent first."""
    counted: Counter[str] = Counter()
    topics: set[str] = set()
    first: dict[str, list[str]] = {}
    for seed in range(start, end):
        for where, name, _, _, _, finding in differences(seed):
            counted[name] += 1
            topics.add(f"{where} {finding.subject if finding else ''}")
            first.setdefault(name, []).append(where)
    print(f"{len(topics)} topics of the sets {start} to {end - 1} are answered differently")
    for name, number in counted.most_common():
        print(f"  {name}: {number}, first {', '.join(first[name][:6])}")
    return 1 if counted else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
