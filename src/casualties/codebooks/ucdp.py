"""UCDP GED: the lowest reliable, the most likely and the highest estimate.

What the data set is made of was read on UCDP's page on its methodology (as stored in 2026): an event is fatal violence
with at least one direct death in its best, low or high estimate.  What low, best and high are was read in the
descriptions of the columns that go with the data (GED 23.1).  How a coder chooses between sources stands in the
codebook and in UCDP's definitions, of which only a summary could be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casualties.codebooks.codebook import Codebook, Output, Parameter, Rule
from casualties.codebooks.coded_figures import DOUBTS, ClaimFigure
from casualties.codebooks.coding import EARLY, Coding
from casualties.codebooks.resolution import CodedPart
from casualties.model.claim import Modality
from casualties.reconciling.position import Interest

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
    trusted = coding.best_graded(reliable)
    confirmed = _confirmed_by_side(trusted)
    rule = "most-reliable" if len(trusted) < len(reliable) else "lower-figure"
    why = "the best graded" if rule == "most-reliable" else "none is graded above the others, so the lower"
    if confirmed and len({reading.number for reading in trusted}) > 1:
        rule, trusted, why = "confirmed-by-side", confirmed, "the side itself confirms it of its own dead"
    best = min(reading.number for reading in trusted if reading.number is not None)
    resting = [reading for reading in trusted if reading.number == best]
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


def _confirmed_by_side(trusted: list[ClaimFigure]) -> list[ClaimFigure]:
    """Keep what a side says of its own dead where it says so for certain, or where another names the same number."""
    return [
        reading
        for reading in trusted
        if reading.interest is Interest.OWN_SIDE
        and (
            reading.claim.modality is Modality.CONFIRMED
            or any(other.number == reading.number and other.interest is not Interest.OWN_SIDE for other in trusted)
        )
    ]


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
    without_causes=("indirect",),
    rules=(
        Rule(
            "direct-deaths",
            "UCDP methodology, unit of analysis",
            "An event is fatal violence with at least one direct death: who dies of hunger or disease is not counted.",
        ),
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
        Rule(
            "confirmed-by-side",
            "Definitions, best estimate, as its coders apply it",
            "The lower number is not the best where the side itself confirms a higher one of its own dead.",
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
        EARLY,
    ),
    read=(
        "UCDP's page on its methodology and the descriptions of the columns of the data; the codebook and the "
        "definitions of the estimates in summary only"
    ),
    leaves_span="where all claims are unverified the best estimate is 0",
)
"""The rule of the Uppsala Conflict Data Program for one event.

Who is side A and who side B is known only for a dyad: the whole number stands under the one side that
the subject names.
"""
