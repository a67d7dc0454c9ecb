"""The laws of section 7, on random sets of claims: 200 of them, or as many as CASUALTIES_LAW_CASES says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from random import Random

import pytest

from .answer import Answer, answers
from .borne_out import borne_out_by
from .from_ledger import ledger_of, records_of
from .random_claims import FIRST, SOURCES, random_records
from .records import Claim, Link, Range, Records, Source, When, disjoint
from .topics import Topic
from .voices import speaks

CASES = int(os.environ.get("CASUALTIES_LAW_CASES", "200"))
FATES = {
    "stands", "replaced", "withdrawn", "copy", "version", "misrelayed", "undated", "projected", "later than the day",
}  # fmt: skip
RANKS = ("unreported", "estimate only", "single source", "compatible", "corroborated", "disputed")
LEVELS = ("none", "low", "moderate", "high")
LATE = When(FIRST + 4000, FIRST + 4000)


def cases() -> Iterator[tuple[int, Random, Records]]:
    """Draw the sets, each with a source of further draws."""
    for seed in range(CASES):
        yield seed, Random(seed), drawn(seed)


@lru_cache(maxsize=1000)
def drawn(seed: int) -> Records:
    """Draw a set once."""
    return random_records(seed)


@lru_cache(maxsize=1000)
def answered(seed: int) -> dict[Topic, Answer]:
    """Reconcile a drawn set once."""
    return answers(drawn(seed))


def counts_of(answer: Answer) -> tuple[object, ...]:
    """Give all counts of an answer: what the laws say nothing may change."""
    return (
        answer.day,
        answer.common,
        answer.span,
        answer.borne_out,
        answer.status,
        answer.pairs,
        answer.overtaken,
        answer.outliers,
        answer.voices,
        answer.divided,
        None if answer.confidence is None else (answer.confidence.level, answer.confidence.why),
    )


def with_source(records: Records, source: Source, *claims: Claim) -> Records:
    """Add a source with its claims."""
    return replace(records, claims=(*records.claims, *claims), sources={**records.sources, source.key: source})


def standing(records: Records, topic: Topic, answer: Answer) -> list[Claim]:
    """Give the claims of a topic that stand and say how many."""
    return [
        each
        for each in records.claims
        if answer.fates.get(each.id) in ("stands", "version") and speaks(each, records) and not each.estimate
    ]


def test_one_fate_a_claim() -> None:
    """Every claim has one fate, in one topic."""
    for seed, random, records in cases():
        as_of = random.choice((None, When(FIRST + 3, FIRST + 3)))
        fates = [(key, fate) for answer in answers(records, as_of=as_of).values() for key, fate in answer.fates.items()]
        assert sorted(key for key, _ in fates) == sorted(each.id for each in records.claims), seed
        assert {fate for _, fate in fates} <= FATES, seed


def test_order() -> None:
    """The order of claims changes nothing, whatever day and whatever knowledge is asked for."""
    for seed, random, records in cases():
        claims = list(records.claims)
        random.shuffle(claims)
        day, moment = When(FIRST + 5, FIRST + 5), When(FIRST + 6, FIRST + 6, (FIRST + 6) * 86_400 + 36_000)
        as_of, known_on = random.choice((None, day)), random.choice((None, day, moment))
        shuffled = answers(records.with_claims(claims), as_of=as_of, known_on=known_on)
        assert shuffled == answers(records, as_of=as_of, known_on=known_on), seed


def test_copies() -> None:
    """A copy of what speaks changes no count, by whomever it is."""
    for seed, random, records in cases():
        for topic, answer in answered(seed).items():
            own = [each for each in standing(records, topic, answer) if not each.based_on]
            for original in [each for each in own if not records.sources[each.source].repeats][:2]:
                if original.perpetrator and original.figure == Range(0, 0):
                    continue  # from another mouth it may deny a responsibility
                source = random.choice([each.key for each in SOURCES])
                copied = replace(
                    original,
                    id="copy",
                    source=source,
                    stated=LATE,
                    replaces=(),
                    misrelays=(),
                    citations=(),
                    target=None,
                    perpetrator=original.perpetrator if topic.facet("perpetrator") else None,
                    based_on=(Link(original.id),),
                )
                found = answers(records.with_claims((*records.claims, copied)))[topic]
                assert found.fates["copy"] == "copy", seed
                assert counts_of(found) == counts_of(answer), seed


def test_silence() -> None:
    """Silence changes no count."""
    for seed, random, records in cases():
        for topic, answer in answered(seed).items():
            original = next(each for each in records.claims if each.id in answer.fates)
            silent = replace(
                original,
                id="silent",
                source=random.choice([each.key for each in SOURCES]),
                stance="silent",
                figure=None,
                aspect=None,
                target=None,
                replaces=(),
                misrelays=(),
                based_on=(),
                method=None,
                interval=False,
            )
            found = answers(records.with_claims((*records.claims, silent)))[topic]
            assert counts_of(found) == counts_of(answer), seed


def test_estimates_of_others() -> None:
    """An estimate by somebody else changes no count."""
    for seed, random, records in cases():
        for topic, answer in answered(seed).items():
            given = standing(records, topic, answer)
            if not given:
                continue
            study = replace(
                given[0],
                id="study",
                source="study",
                stance="states",
                figure=Range(5, 50, best=9),
                interval=True,
                aspect=None,
                target=None,
                replaces=(),
                misrelays=(),
                based_on=(),
                basis=None,
                modality=None,
                stated=random.choice((LATE, None)),
                until=given[0].until,
            )
            found = answers(with_source(records, Source("study"), study))[topic]
            assert ("study", Range(5, 50)) in found.estimates, seed
            if answer.status != "unreported":  # where nobody counts, an estimate stands alone
                assert counts_of(found) == counts_of(answer), seed


def test_restating_a_higher_figure() -> None:
    """What is the higher figure of its pairs may be said again, much later, and changes no count."""
    tried = 0
    for seed, _, records in cases():
        for topic, answer in answered(seed).items():
            lower = {pair[1] for pair in answer.pairs}
            for name, figure, _, flags in answer.voices:
                stands = [each for each in answer.positions if each.voice == name]
                if len(stands) != 1 or len(stands[0].claims) != 1 or name in lower or flags or topic.incident:
                    continue
                (claim,) = [each for each in records.claims if each.id == stands[0].claims[0]]
                own = [each for each in records.claims if each.source == claim.source and each.id in answer.fates]
                if (
                    records.unattributed(claim.source)
                    or records.sources[claim.source].repeats
                    or len(own) > 1
                    or claim.until is None
                    or claim.stated is None
                    or claim.stance != "states"
                    or claim.based_on
                ):
                    continue
                again = replace(claim, id="again", stated=LATE)
                found = answers(records.with_claims((*records.claims, again)))[topic]
                assert found.fates[claim.id] == "replaced", seed
                assert counts_of(found) == counts_of(answer), (seed, figure)
                tried += 1
    assert tried > CASES / 20


def newcomer(random: Random, records: Records, claim: Claim, kind: str = "ngo") -> tuple[Source, Claim]:
    """Give a new source that states a figure on the topic of a claim."""
    low = random.choice((0, 1, 5, 12, 40, 50, 60))
    high = random.choice((None, low, low, low + 3, low + 30))
    said = (claim.stated.last if claim.stated else FIRST + 4) + random.choice((-3, 0, 0, 1, 5))
    stated = replace(
        claim,
        id="new",
        source="new",
        stance="states",
        figure=Range(low, high),
        aspect=None,
        target=None,
        replaces=(),
        misrelays=(),
        based_on=(),
        citations=(),
        grades=(),
        basis=random.choice((None, None, "documented")),
        method=None,
        interval=False,
        modality=random.choice((None, None, "preliminary", "confirmed", "alleged")),
        stated=When(said, said),
        perpetrator=claim.perpetrator if "perpetrator" in claim.only else None,
    )
    side = random.choice((None, None, None, "s", "x"))
    return Source("new", kinds=frozenset({kind}), side=side), stated


def test_a_new_voice() -> None:
    """On one last day a new voice that overtakes nobody removes no dispute and never lowers the status."""
    tried = 0
    for seed, random, records in cases():
        for topic, answer in answered(seed).items():
            given = standing(records, topic, answer)
            if topic.incident or not given or len({each.day and each.day.days for each in given}) > 1:
                continue
            if any(each.until is None for each in given):
                continue
            source, claim = newcomer(random, records, given[0])
            claim = replace(claim, until=given[0].until)
            found = answers(with_source(records, source, claim))[topic]
            if any(pair[0] == "overtaken" and pair[2] == "new" for pair in found.pairs):
                continue
            tried += 1
            disputes = {pair for pair in answer.pairs if pair[0] == "disputed"}
            assert disputes <= set(found.pairs), seed
            assert RANKS.index(found.status) >= RANKS.index(answer.status), seed
    assert tried > CASES / 5


def test_borne_out() -> None:
    """Borne out by k lies in borne out by k + 1, ends lie in the span, and only outliers exclude it."""
    for seed, _, _records in cases():
        for answer in answered(seed).values():
            for narrow, wide in zip(answer.borne_out, answer.borne_out[1:], strict=False):
                if wide is not None:
                    assert narrow is not None, seed
                    assert lies_in(narrow, wide), seed
            for figure in answer.borne_out:
                if figure is None:
                    continue
                assert answer.span is not None, seed
                for end in (figure.low or None, figure.high):
                    assert end is None or not disjoint(Range(end, end), answer.span), seed
                for each in answer.workings.evidence.ranges:
                    assert each.name in answer.outliers or not each.excludes(figure), seed


def lies_in(narrow: Range, wide: Range) -> bool:
    """Tell whether one range lies in another."""
    return narrow.low >= wide.low and (wide.high is None or (narrow.high is not None and narrow.high <= wide.high))


def test_borne_out_is_the_narrowest() -> None:
    """No range of ends that voices state is narrower, as well borne out, and excluded by nobody but outliers."""
    for seed, _, _records in cases():
        for answer in answered(seed).values():
            ranges, aside = answer.workings.evidence.ranges, frozenset(answer.outliers)
            voices = [each for each in ranges if each.name not in aside]
            for number in (1, 2, 3):
                found = borne_out_by(number, ranges, aside)
                bearers = [each for each in voices if number < 2 or not each.voice.unattributed]
                lows = [
                    end
                    for end in sorted({each.low for each in voices if each.low >= 1})
                    if sum(1 for each in bearers if each.low >= end) >= number
                    and not any(each.high is not None and each.high < end for each in voices)
                ]
                highs = [
                    end
                    for end in sorted({each.high for each in voices if each.high is not None})
                    if sum(1 for each in bearers if each.high is not None and each.high <= end) >= number
                    and not any(each.low > end for each in voices)
                ]
                expected = (max(lows, default=0), min(highs, default=None))
                assert (found.ends if found else (0, None)) == expected, seed


def test_a_wider_figure() -> None:
    """A wider figure is never less confident."""
    for seed, random, _records in cases():
        for answer in answered(seed).values():
            ends = [1, 5, 10, 40, 60, 100]
            ends += [each for voice in answer.voices for each in (voice[1].low, voice[1].high) if each]
            for _ in range(4):
                low, high = sorted(random.choices(ends, k=2))
                narrow = Range(low, random.choice((high, None)))
                wide = Range(
                    random.choice((0, *(each for each in ends if each <= low))),
                    None if narrow.high is None else random.choice((None, *(each for each in ends if each >= high))),
                )
                sure, less = answer.confidence_in(narrow).level, answer.confidence_in(wide).level
                if sure is not None and less is not None:
                    assert LEVELS.index(less) >= LEVELS.index(sure), (seed, narrow, wide)


def test_one_more_bearer_or_contester() -> None:
    """One more bearer that overtakes nobody is never less sure; one more contester never more."""
    bore = contested = 0
    for seed, random, records in cases():
        for topic, answer in answered(seed).items():
            given = standing(records, topic, answer)
            if topic.incident or not given or answer.day is None or answer.span is None:
                continue
            kind = random.choice(("ngo", "medical", "media", "monitor"))
            source, claim = newcomer(random, records, given[0], kind)
            claim = replace(claim, until=When(*answer.day))
            found = answers(with_source(records, source, claim))[topic]
            if found.day != answer.day or any(pair[0] == "overtaken" and pair[2] == "new" for pair in found.pairs):
                continue
            here = next((each for each in found.workings.evidence.ranges if each.name == "new"), None)
            if here is None:
                continue  # it denies its own responsibility
            low = random.choice((1, 3, 5, 10, 40, 50))
            for figure in (Range(low, None), Range(low, low + 20), Range(0, low)):
                before, after = answer.confidence_in(figure).level, found.confidence_in(figure).level
                assert before is not None, seed
                assert after is not None, seed
                if here.excludes(figure):
                    contested += 1
                    assert LEVELS.index(after) <= LEVELS.index(before), (seed, figure)
                elif (not figure.low or here.low >= figure.low) and (
                    figure.high is None or (here.high is not None and here.high <= figure.high)
                ):
                    bore += 1
                    assert LEVELS.index(after) >= LEVELS.index(before), (seed, figure)
    assert bore > CASES / 10
    assert contested > CASES / 10


def voices(*figures: Range) -> Answer:
    """Reconcile one figure each of as many NGOs, said on one day of one event."""
    day = When(FIRST, FIRST)
    claims = [
        Claim(
            f"c{number}", f"ngo-{number}", ("killed",), figure=figure, facets=(("event", "e"),), until=day, stated=day
        )
        for number, figure in enumerate(figures)
    ]
    sources = {each.source: Source(each.source, kinds=frozenset({"ngo"})) for each in claims}
    (answer,) = answers(Records(tuple(claims), sources)).values()
    return answer


def test_why_an_outlier_contests() -> None:
    """Were an outlier to contest nothing, one more bearer could make a figure less sure.

    Of 60, 60, 60 and 40 the last is an outlier; with "at least 70" beside them nobody is.
    "At least 50" is borne out by three, then by four, and the 40 excludes it both times.
    """
    figure, sixty, forty = Range(50, None), Range(60, 60), Range(40, 40)
    before = voices(sixty, sixty, sixty, forty)
    after = voices(sixty, sixty, sixty, forty, Range(70, None))
    assert (len(before.outliers), len(after.outliers)) == (1, 0)
    assert before.confidence_in(figure).level == after.confidence_in(figure).level == "low"


@pytest.mark.parametrize("part", range(4))
def test_through_a_ledger(part: int) -> None:
    """Records that went through the library's ledger give the same counts."""
    for seed, _, records in cases():
        if seed % 4 != part or records.same_events:
            continue  # a ledger does not say yet which events are the same
        there = records_of(ledger_of(records))
        assert len(there.claims) == len(records.claims), seed
        assert summary(answers(there)) == summary(answered(seed)), seed


def summary(found: dict[Topic, Answer]) -> dict[Topic, tuple[object, ...]]:
    """Give what does not name claims by their identity."""
    return {
        topic: (
            answer.day,
            answer.common,
            answer.span,
            answer.borne_out,
            answer.status,
            None if answer.confidence is None else (answer.confidence.level, answer.confidence.why),
            sorted(answer.fates.values()),
            [pair[:1] + pair[3:] for pair in sorted(answer.pairs, key=lambda pair: (pair[0], pair[3:]))],
        )
        for topic, answer in found.items()
    }
