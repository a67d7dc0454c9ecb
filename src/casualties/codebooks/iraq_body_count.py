"""Iraq Body Count: the lowest and the highest report, provisional until two sources agree that it happened.

Read were the beginning of its methods on the extraction of data (minimum and maximum deaths of each incident), its
definition of a civilian, and the beginning of a chapter by its makers (J. Sloboda and others, "Iraq Body Count: A Case
Study in the Uses of Incident-based Conflict Casualty Data"): it collates reports of civilian deaths from incidents of
armed violence.  The rule of two sources could be read in summary only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casualties._text import counted
from casualties.codebooks.codebook import Codebook, Output, Parameter, Rule
from casualties.codebooks.coded_figures import ClaimFigure
from casualties.codebooks.coding import EARLY, Coding

if TYPE_CHECKING:
    from casualties.codebooks.resolution import Resolution

__all__ = ["IRAQ_BODY_COUNT", "ends_named"]


def ends_named(coding: Coding) -> tuple[int, int, list[ClaimFigure]] | None:
    """Give the lowest and the highest count that reports name, and the readings that name them.

    Examples:
        >>> import casualties as cs
        >>> from casualties.codebooks import Coding, load
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="mercenary")
        >>> ends_named(Coding(finding, load("airwars")))[:2]
        (2, 25)
    """
    naming = [reading for reading in coding.claim_figures if reading.named]
    coding.set_aside([reading for reading in coding.claim_figures if not reading.named], "names no number")
    if not naming:
        return None
    low, high = min(reading.named[0] for reading in naming), max(reading.named[-1] for reading in naming)
    return low, high, [reading for reading in naming if low in reading.named or high in reading.named]


def _decide(coding: Coding) -> Resolution:
    status = coding.finding.subject.status
    if status == "combatant":
        return coding.not_coded("a count of civilians, not of combatants", "civilians")
    if status is None:
        coding.step("civilians", "the claims do not say whether the dead were civilians; they are taken as such")
    ends = ends_named(coding)
    if ends is None:
        return coding.not_coded("a number in some report")
    low, high, resting = ends
    if coding.finding.estimates:
        estimates = [estimate.claim.id for estimate in coding.finding.estimates]
        coding.step("no-estimates", "an estimate is no report of deaths, and takes no part", estimates)
    coding.step("minimum-maximum", f"the reports name {low:,} to {high:,}", resting)
    recorded = coding.count("recorded")
    if recorded:
        low, high = max(low - recorded, 0), max(high - recorded, 0)
        coding.step("overlap", f"less {recorded:,} that are recorded already: {low:,} to {high:,}")
    sources = (*coding.source_figures, *coding.early_figures)
    grade = "recorded" if len(sources) > 1 else "provisional"
    coding.step("two-sources", f"{counted(len(sources), 'independent source')}: {grade}", sources)
    return coding.code(
        "overlap" if recorded else "minimum-maximum",
        low=low,
        high=high,
        grade=grade,
        used=resting,
        others="lies between the minimum and the maximum",
    )


IRAQ_BODY_COUNT: Final = Codebook(
    name="iraq-body-count",
    title="Iraq Body Count, Methods",
    version="as published after 2003, read in 2026",
    address="https://www.iraqbodycount.org/about/methods/",
    output=Output.GRADED_RANGE,
    decide=_decide,
    harms=("killed", "wounded"),
    without_causes=("indirect",),
    rules=(
        Rule(
            "civilians",
            "1. Overview",
            "Only civilians are counted: no soldiers, no insurgents, nobody directly engaged in war-related violence.",
        ),
        Rule(
            "direct-deaths",
            "Chapter 5, introduction",
            "Deaths from incidents of armed violence are counted: who dies of hunger or disease is not.",
        ),
        Rule(
            "no-estimates",
            "Chapter 5, introduction",
            "Reports of deaths are collated and cross-checked; an estimate by a survey or a model is none.",
        ),
        Rule(
            "minimum-maximum",
            "3. Data extraction",
            "For each incident the lowest and the highest number that reports give are written down.",
        ),
        Rule(
            "overlap",
            "Notes on the morgue entries, such as x334 and x350",
            "From a cumulative report, such as a morgue's, what is recorded as single incidents is subtracted.",
        ),
        Rule(
            "two-sources",
            "1. Overview",
            "A death stands in the database with two independent sources or more; with fewer it is provisional.",
        ),
    ),
    parameters=(
        Parameter(
            "recorded",
            0,
            "how many of the people counted are recorded as single incidents already; found by hand, as counts do not "
            "tell who is in them",
        ),
        EARLY,
    ),
    leaves_span="what is recorded already has been subtracted",
    read=(
        "the beginning of the methods on data extraction, the definition of a civilian and the beginning of chapter 5; "
        "the rule of two sources in summary only"
    ),
)
"""The rule of Iraq Body Count for one incident, or for one cumulative report."""
