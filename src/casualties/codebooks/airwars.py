"""Airwars: the lowest and the highest of all accounts, with a grade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casualties.codebooks.codebook import Codebook, Output, Parameter, Rule
from casualties.codebooks.coded_figures import DOUBTS, SourceFigure
from casualties.codebooks.coding import Coding
from casualties.codebooks.iraq_body_count import ends_named
from casualties.model.claim import Stance

if TYPE_CHECKING:
    from casualties.codebooks.resolution import Resolution

__all__ = ["AIRWARS"]


def _decide(coding: Coding) -> Resolution:
    ends = ends_named(coding)
    if ends is None:
        return coding.not_coded("an account with a number")
    low, high, resting = ends
    coding.step("minimum-maximum", f"the accounts name {low:,} to {high:,}", resting)
    grade, lacks = _grade(coding)
    return coding.code(
        "minimum-maximum",
        low=low,
        high=high,
        grade=grade,
        reason="" if grade else f"not graded: needs {lacks}",
        used=resting,
        others="lies between the minimum and the maximum",
    )


def _grade(coding: Coding) -> tuple[str | None, str]:
    """Give the grade; without one, what it would need."""
    subject = coding.finding.subject
    if subject.status == "combatant":
        coding.step("discounted", "those counted were combatants")
        return "discounted", ""
    accepted = [account for account in coding.source_figures if _is_accused(coding, account)]
    if accepted:
        coding.step("confirmed", "the party that is said to have done it reports the harm itself", accepted)
        return "confirmed", ""
    accused = _accused(coding)
    if len(accused) > 1:
        coding.step("contested", f"several are said to have done it: {', '.join(accused)}")
        return "contested", ""
    doubts = set(coding.names("not_credible"))
    credible = [account for account in coding.source_figures if not doubts & set(account.doubts)]
    if len(credible) < 2:
        single = "a single credible source" if credible else "no source that is free of doubt"
        coding.step("weak", single, coding.source_figures)
        return "weak", ""
    near = coding.parameters["near_actions"]
    if near in ("likely", "confirmed"):
        coding.step("fair", f"{len(credible)} credible sources, and {near} near actions of a belligerent", credible)
        return "fair", ""
    lacks = "a belligerent's likely or confirmed near actions (near_actions=…)"
    coding.step("fair", f"{len(credible)} credible sources, but needs {lacks}", credible)
    return None, lacks


def _is_accused(coding: Coding, account: SourceFigure) -> bool:
    """Tell whether an account is that of a party that is said to have done it, and no denial."""
    view = coding.finding.view
    return any(
        reading.claim.stance is Stance.STATES
        and (side := view.sources.side(reading.claim.source)) is not None
        and any(view.allied(side, blame.side) for blame in coding.finding.blamed)
        for reading in account.claim_figures
    )


def _accused(coding: Coding) -> list[str]:
    """List the parties that claims on the same dead accuse."""
    return [blame.side for blame in coding.finding.blamed]


AIRWARS: Final = Codebook(
    name="airwars",
    title="Airwars, Methodology",
    version="as read in 2026",
    address="https://airwars.org/about/methodology/",
    output=Output.GRADED_RANGE,
    decide=_decide,
    harms=("killed", "wounded"),
    rules=(
        Rule(
            "minimum-maximum",
            "Casualty numbers",
            "The lowest and the highest number of all accounts of an incident are written down.",
        ),
        Rule("discounted", "Grading", "Discounted: those killed were combatants, or others did it."),
        Rule("confirmed", "Grading", "Confirmed: a belligerent has accepted responsibility for the harm."),
        Rule("contested", "Grading", "Contested: several parties are said to have done it."),
        Rule("weak", "Grading", "Weak: a single source."),
        Rule(
            "fair",
            "Grading",
            "Fair: two or more credible sources, with likely or confirmed actions of a belligerent near by.",
        ),
    ),
    parameters=(
        Parameter(
            "near_actions",
            "not known",
            "whether a belligerent acted near by on the day, which claims of casualties do not tell",
            ("not known", "no", "likely", "confirmed"),
        ),
        Parameter(
            "not_credible",
            ("unattributed", "graded low"),
            "which doubts make a source not credible; the methodology leaves it to its researchers",
            DOUBTS,
        ),
    ),
)
"""The rule of Airwars for one incident."""
