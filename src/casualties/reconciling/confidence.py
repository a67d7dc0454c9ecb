"""How far a finding can be relied on: a level by a published table, each step a sentence that names its claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casualties.model.claim import Claim, Modality
from casualties.model.period import PartialDate
from casualties.model.source import SourceKind, Sources
from casualties.reconciling.pairs import Relation, Voice, flags_of
from casualties.reconciling.position import DIFFERING, Interest

__all__ = ["LEVELS", "RULES", "STALE_AFTER_DAYS", "Confidence", "Level", "Reason", "assess", "graded_low"]

STALE_AFTER_DAYS: Final = 30
"""A figure is stale when the day asked for lies more than this many days after the last day counted."""


class Level(StrEnum):
    """How far a finding can be relied on.

    Examples:
        >>> Level("moderate").value
        'moderate'
    """

    NONE = "none"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


LEVELS: Final = tuple(Level)
"""The levels, lowest first."""

RULES: Final = (
    ("start", "no figure", "none", "No source states a figure."),
    ("start", "disputed", "low", "Two independent voices share no count."),
    ("start", "one voice", "low", "One independent voice states a figure."),
    ("start", "compatible", "low", "Several independent voices share counts, and none confirms another."),
    ("start", "corroborated", "moderate", "One independent voice confirms another."),
    (
        "up",
        "against interest",
        "+1",
        "A source counts its own side's dead, and of it and an opponent or third party one confirms the other.",
    ),
    (
        "up",
        "three kinds",
        "+1",
        "Three or more voices of three kinds of source, undisputed, one confirming another.",
    ),
    (
        "up",
        "counted",
        "+1",
        "A third party states a figure that is verified, documented, investigated, identified or listed, undisputed.",
    ),
    ("down", "graded low", "-1", "A grader puts every voice's claims at D or E, or at 4 or 5."),
    ("down", "tentative", "-1", "Every claim is preliminary, alleged or derived."),
    ("down", "divided", "-1", "Versions of a figure differ, or figures are apart by an assumed end alone."),
    ("down", "one interest", "-1", "All voices are of one side, and count its opponent's dead."),
    (
        "down",
        "stale",
        "-1",
        f"The last day counted lies more than {STALE_AFTER_DAYS} days before the day asked for.",
    ),
)
"""The table by which the level is found: one start, then every step that applies, between low and high."""

TENTATIVE: Final = frozenset({Modality.PRELIMINARY, Modality.ALLEGED, Modality.DERIVED})
COUNTED: Final = frozenset({"verified", "documented", "investigated", "identified", "listed"})
_LOW_GRADES: Final = frozenset("DE45")


@dataclass(frozen=True, slots=True)
class Reason:
    """One step towards a level.

    Attributes:
        rule: The name of the rule in `RULES`.
        change: What it did: a level for the start, else ``+1`` or ``-1``.
        text: The rule in words.
        claims: Identities of the claims for which it applies.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> finding.confidence.reasons[0].rule
        'one voice'
    """

    rule: str
    change: str
    text: str
    claims: tuple[str, ...]

    def __str__(self) -> str:
        named = f" Claims: {', '.join(self.claims)}." if self.claims else ""
        return f"{self.change}: {self.text}{named}"


@dataclass(frozen=True, slots=True)
class Confidence:
    """A level with the steps that led to it.  It is computed, never typed.

    Attributes:
        level: The level.
        reasons: The start and every step that applied, in the order of the table.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(status="civilian")
        >>> print(finding.confidence.level)
        low
    """

    level: Level
    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        return str(self.level)


def assess(
    voices: Sequence[Voice],
    relations: Sequence[tuple[Voice, Voice, Relation]],
    sources: Sources,
    basis: str | None,
    asked: PartialDate | None,
) -> Confidence:
    """Find the level of a subject by the table in `RULES`.

    Args:
        voices: The independent voices.
        relations: How each pair of them stands to each other.
        sources: The tree of sources.
        basis: How the subject is counted.
        asked: The day asked for; ``None`` for the latest, which is never stale.

    Examples:
        >>> from casualties.model.source import Sources
        >>> print(assess((), (), Sources(), None, None))
        none
    """
    disputes = [pair for pair in relations if pair[2] is Relation.DISPUTE]
    confirming = [pair for pair in relations if pair[2] in (Relation.CONFIRMS, Relation.CONFIRMED)]
    stating = [voice for voice in voices if not voice.denies]
    if not stating:
        rule, claims = "no figure", _claims(voices)
    elif disputes:
        rule, claims = "disputed", _claims([voice for pair in disputes for voice in pair[:2]])
    elif len(voices) == 1:
        rule, claims = "one voice", _claims(voices)
    elif confirming:
        rule, claims = "corroborated", _claims([voice for pair in confirming for voice in pair[:2]])
    else:
        rule, claims = "compatible", _claims(voices)
    steps = [(rule, claims)]
    if stating:
        steps += _up(stating, disputes, confirming, sources, basis)
        steps += _down(stating, relations, sources, asked)
    texts = {name: (change, text) for _, name, change, text in RULES}
    place = LEVELS.index(Level(texts[rule][0]))
    change = sum(int(texts[name][0]) for name, _ in steps[1:])
    if place:
        place = min(max(place + change, 1), len(LEVELS) - 1)
    return Confidence(LEVELS[place], tuple(Reason(name, *texts[name], found) for name, found in steps))


def _claims(voices: Sequence[Voice]) -> tuple[str, ...]:
    return tuple(sorted({claim.id for voice in voices for claim in voice.claims}))


def _up(
    voices: list[Voice],
    disputes: list[tuple[Voice, Voice, Relation]],
    confirming: list[tuple[Voice, Voice, Relation]],
    sources: Sources,
    basis: str | None,
) -> list[tuple[str, tuple[str, ...]]]:
    found = []
    if disputes:
        return []
    own = [
        pair
        for pair in confirming
        if {Interest.OWN_SIDE} < _interests(pair[:2]) and Interest.NOT_KNOWN not in _interests(pair[:2])
    ]
    if own:
        found.append(("against interest", _claims([voice for pair in own for voice in pair[:2]])))
    kinds = [kinds for voice in voices if (kinds := _kinds(voice, sources) - {SourceKind.UNATTRIBUTED})]
    if confirming and len(kinds) >= 3 and len(set().union(*kinds)) >= 3:
        found.append(("three kinds", _claims(voices)))
    third = [voice for voice in voices if _interests([voice]) == {Interest.THIRD_PARTY}]
    if basis in COUNTED and third:
        found.append(("counted", _claims(third)))
    return found


def _down(
    voices: list[Voice],
    relations: Sequence[tuple[Voice, Voice, Relation]],
    sources: Sources,
    asked: PartialDate | None,
) -> list[tuple[str, tuple[str, ...]]]:
    found = []
    claims = [claim for voice in voices for claim in voice.claims]
    if all(any(graded_low(claim) for claim in voice.claims) for voice in voices):
        found.append(("graded low", tuple(sorted({claim.id for claim in claims if graded_low(claim)}))))
    if all(claim.modality in TENTATIVE for claim in claims):
        found.append(("tentative", _claims(voices)))
    parted = [voice for pair in relations if pair[2] is Relation.APART_BY_READING for voice in pair[:2]]
    parted += [voice for voice in voices if DIFFERING.intersection(flags_of([voice]))]
    if parted:
        found.append(("divided", _claims(parted)))
    sides = {sources.side(source) for voice in voices for source in voice.sources}
    if len(sides) == 1 and _interests(voices) == {Interest.OPPONENT}:
        found.append(("one interest", _claims(voices)))
    days = [voice.until for voice in voices if voice.until]
    if asked and days and (asked.earliest - max(day.latest for day in days)).days > STALE_AFTER_DAYS:
        found.append(("stale", _claims(voices)))
    return found


def _interests(voices: Sequence[Voice]) -> set[Interest]:
    return {position.interest for voice in voices for position in voice.latest}


def _kinds(voice: Voice, sources: Sources) -> set[SourceKind]:
    return {kind for source in voice.sources if source in sources for kind in sources[source].kinds}


def graded_low(claim: Claim) -> bool:
    """Tell whether a grader puts a claim at D or E, or at 4 or 5.

    Examples:
        >>> import casualties as cs
        >>> any(graded_low(claim) for claim in cs.seeds.load("nagorno-karabakh-2020-09-30"))
        False
    """
    return any(
        grade in _LOW_GRADES
        for assessment in claim.assessments
        for grade in (assessment.reliability, assessment.credibility)
    )
