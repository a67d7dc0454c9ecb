"""UCDP GED: the lowest reliable, the most likely and the highest estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casualties.codebooks.codebook import Codebook, Output, Parameter, Rule
from casualties.codebooks.coded_figures import DOUBTS, ClaimFigure
from casualties.codebooks.coding import Coding
from casualties.codebooks.resolution import CodedPart
from casualties.reconciling.evidence import weight_of

if TYPE_CHECKING:
    from casualties.codebooks.resolution import Resolution

__all__ = ["UCDP"]


def _decide(coding: Coding) -> Resolution:
    readings = [reading for reading in coding.claim_figures if reading.number is not None]
    coding.set_aside([reading for reading in coding.claim_figures if reading.number is None], "states no one number")
    if not readings:
        return coding.not_coded("a count of the dead by some source")
    marks = set(coding.names("unverified"))
    unverified = [reading for reading in readings if marks & set(reading.doubts)]
    reliable = [reading for reading in readings if not marks & set(reading.doubts)]
    high = max(reading.named[-1] for reading in readings)
    setting = [reading for reading in readings if reading.named[-1] == high]
    coding.step("highest-reliable", f"the highest count named is {high:,}", setting)
    if not reliable:
        seen = sorted({doubt for reading in readings for doubt in reading.doubts if doubt in marks})
        coding.step("unverified-high-only", f"only unverified claims ({', '.join(seen)}): 0 but for the high", readings)
        return coding.code(
            "unverified-high-only", number=0, low=0, best=0, high=high, used=setting, parts=_parts(coding, 0)
        )
    if unverified:
        coding.step("unverified-high-only", "unverified claims count for the high alone", unverified)
        coding.set_aside(
            [reading for reading in unverified if reading not in setting], "unverified, and lower than the high"
        )
    low = min(reading.named[0] for reading in reliable)
    lowest = [reading for reading in reliable if reading.named[0] == low]
    coding.step("lowest-reliable", f"the lowest count that a reliable claim names is {low:,}", lowest)
    trusted = _most_reliable(reliable)
    best = min(reading.number for reading in trusted if reading.number is not None)
    resting = [reading for reading in trusted if reading.number == best]
    rule = "most-reliable" if len(trusted) < len(reliable) else "lower-figure"
    why = "the best graded" if rule == "most-reliable" else "none is graded above the others, so the lower"
    coding.step(rule, f"{why}: {best:,}", resting)
    return coding.code(
        rule,
        number=best,
        low=low,
        best=best,
        high=high,
        used=[*lowest, *resting, *setting],
        parts=_parts(coding, best),
        others="sets neither the low, the best nor the high",
    )


def _most_reliable(reliable: list[ClaimFigure]) -> list[ClaimFigure]:
    """Keep the claims with the best grade, where somebody graded any."""
    weights = {
        reading.claim.id: max(found)
        for reading in reliable
        if (
            found := [
                weight for assessment in reading.claim.assessments if (weight := weight_of(assessment)) is not None
            ]
        )
    }
    best = max(weights.values(), default=None)
    return [reading for reading in reliable if weights.get(reading.claim.id) == best]


def _parts(coding: Coding, best: int) -> tuple[CodedPart, ...]:
    subject = coding.finding.subject
    if subject.status == "civilian":
        name = "civilians"
    elif subject.side is not None and subject.status == "combatant":
        name = f"side {subject.side}"
    else:
        name = "unknown"
    coding.step("sum-of-parts", f"all of the best estimate stands under {name}")
    return (CodedPart(name, best),)


UCDP: Final = Codebook(
    name="ucdp",
    title="UCDP Georeferenced Event Dataset (GED) Codebook, with the UCDP definitions of its estimates",
    version="23.1",
    address="https://ucdp.uu.se/downloads",
    output=Output.ESTIMATES,
    decide=_decide,
    harms=("killed",),
    rules=(
        Rule("lowest-reliable", "GED codebook, low", "Low is the lowest estimate that a reliable source gives."),
        Rule(
            "most-reliable",
            "GED codebook, best; definitions, best estimate",
            "Best is the most likely number: where sources differ, that of the most reliable one.",
        ),
        Rule(
            "lower-figure",
            "Definitions, best estimate",
            "Where no source is more reliable than another, the lower number is the best estimate.",
        ),
        Rule("highest-reliable", "GED codebook, high", "High is the highest estimate."),
        Rule(
            "unverified-high-only",
            "Definitions, high estimate",
            "What is not verified counts for the high estimate and for no other.",
        ),
        Rule("ends-in-order", "GED codebook, low, best and high", "Low is at most best, and best at most high."),
        Rule(
            "sum-of-parts",
            "GED codebook, best",
            "Best is the sum of the dead of side A, of side B, of civilians and of people of unknown status.",
        ),
    ),
    parameters=(
        Parameter(
            "unverified",
            DOUBTS,
            "which doubts make a claim unverified; the codebook leaves the judgement of reliability to its coders",
            DOUBTS,
        ),
    ),
    leaves_span="where all claims are unverified the best estimate is 0",
)
"""The rule of the Uppsala Conflict Data Program for one event.

Who is side A and who side B is known only for a dyad: the whole number stands under the one side that
the subject names.
"""
