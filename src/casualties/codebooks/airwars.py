"""Airwars: the lowest and the highest of all accounts of harm to civilians, with a grade.

Read was the beginning of the methodology and of the note on Gaza (October 2023): claims of harm to civilians who took
no active part in hostilities are assessed, each incident a moment at which an explosive weapon is alleged to have
killed or injured some.  The grades could be read in summary only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casualties.codebooks.codebook import Codebook, Output, Parameter, Rule
from casualties.codebooks.coded_figures import DOUBTS, SourceFigure
from casualties.codebooks.coding import EARLY, Coding
from casualties.codebooks.iraq_body_count import ends_named
from casualties.model.claim import Aspect, Stance

if TYPE_CHECKING:
    from casualties.codebooks.resolution import Resolution

__all__ = ["AIRWARS"]


def _decide(coding: Coding) -> Resolution:
    if coding.finding.subject.status == "combatant":
        return coding.not_coded("an account of harm to civilians, not of combatants", "civilians")
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
    denials = [denial.claim for denial in coding.finding.denials if denial.aspect is Aspect.STATUS]
    others = [claim.id for claim in denials if coding.finding.view.sources.side(claim.source) is None]
    if others:
        coding.step("discounted", "a source of no side says that those killed were no civilians", others)
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
    reporting = (*coding.source_figures, *coding.early_figures)
    credible = [account for account in reporting if not doubts & set(account.doubts)]
    if len(credible) < 2:
        single = "a single credible source" if credible else "no source that is free of doubt"
        coding.step("weak", single, reporting)
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
    without_causes=("indirect",),
    rules=(
        Rule(
            "civilians",
            "Methodology, our sources",
            "Claims of harm to civilians are assessed; what a party says of the enemy's combatants is not coded.",
        ),
        Rule(
            "direct-deaths",
            "Gaza methodology note, defining an incident",
            "An incident is a moment at which a weapon is said to have killed or injured: who dies of hunger or "
            "disease is not counted.",
        ),
        Rule(
            "minimum-maximum",
            "Casualty numbers",
            "The lowest and the highest number of all accounts of an incident are written down.",
        ),
        Rule(
            "discounted",
            "Grading",
            "Discounted: those of whom it was said that they were civilians were combatants, or others did it.",
        ),
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
        EARLY,
    ),
    read="the beginnings of the methodology and of the note on Gaza, October 2023; the grades in summary only",
)
"""The rule of Airwars for one incident."""
