"""EM-DAT: the first of ranked sources, with the missing who are still counted added to the dead.

Read were the pages of its documentation on entry criteria and on human impact variables (2024) and, of the pages that
these replaced, the source entry and the criteria and definitions: a disaster is unintended; total deaths are confirmed
fatalities directly imputed to it and the missing, presumed dead, whose whereabouts are unknown; the final figure comes
from the priority source and may be completed or displaced by a secondary one; hundreds are entered as 200, thousands
as 2,000, and a range from a minimum to a maximum as its average.  The average is printed for the number affected; of
deaths in a range nothing is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casualties.codebooks.codebook import Codebook, Output, Parameter, Rule
from casualties.codebooks.coding import EARLY, TIES, Coding
from casualties.codebooks.common_rules import first_ranked
from casualties.codebooks.resolution import CodedPart
from casualties.model.facet import Presumed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from casualties.codebooks.resolution import Resolution
    from casualties.model.claim import Claim
    from casualties.model.period import PartialDate
    from casualties.model.subject import Subject
    from casualties.reconciling.finding import Finding

__all__ = ["EM_DAT"]


def _decide(coding: Coding) -> Resolution:
    subject = coding.finding.subject
    at_war = subject.side is not None or subject.status == "combatant" or coding.finding.blamed
    if at_war and not coding.parameters["other_harm_ok"]:
        return coding.not_coded("a disaster that nobody intended, not the dead of a side or of an attack", "unintended")
    dead = _priority(coding)
    if dead.number is None:
        return dead
    other = _missing(coding)
    if other is None:
        return dead
    beside = _priority(other)
    if beside.number is None:
        return coding.not_coded(f"one count of the missing too ({beside.reason})", "dead-and-missing", besides=beside)
    if (why := _no_longer_counted(dead, beside)) is not None:
        left = other.not_coded(f"a count of those still missing: {why}", "still-missing")
        coding.step("still-missing", f"{beside.number:,} missing are not added: {why}", beside.used_ids)
        return coding.code("priority-source", number=dead.number, used=dead.used_ids, besides=left)
    total = dead.number + beside.number
    day = "" if beside.as_of == dead.as_of else f", who are counted on {beside.as_of}"
    coding.step(
        "dead-and-missing", f"{dead.number:,} dead and {beside.number:,} missing{day}: {total:,}", beside.used_ids
    )
    return coding.code(
        "dead-and-missing",
        number=total,
        used=dead.used_ids,
        parts=(CodedPart("dead", dead.number), CodedPart("missing", beside.number)),
        others="a source ranked first gives the number",
        besides=beside,
    )


def _priority(coding: Coding) -> Resolution:
    """Take the number of the source that is ranked first."""
    accounts = coding.numbered()
    if not accounts:
        return coding.not_coded("a number of some source")
    ranking = coding.names("ranking")
    first = first_ranked(coding, accounts, ranking)
    if not first:
        return coding.not_coded(f"a source of a kind that is ranked ({', '.join(ranking)})", "priority-source")
    return coding.one_number("priority-source", first, "a source ranked first gives the number")


def _missing(coding: Coding) -> Coding | None:
    """Give what was said of those missing of the same people, who are presumed dead; ``None`` without a number."""
    finding = coding.finding
    for presumed in (Presumed.DEAD, None):
        topic = finding.subject.replacing(harm=("missing",), presumed=presumed).topic
        claims = finding.view.topics.get(topic)
        if claims:
            other = Coding(_finding(finding, topic, claims), coding.codebook, {**coding.parameters})
            if other.numbered():
                return other
    return None


def _finding(finding: Finding, topic: Subject, claims: Iterable[Claim]) -> Finding:
    return type(finding)(topic, tuple(claims), finding.view)


def _no_longer_counted(dead: Resolution, missing: Resolution) -> str | None:
    """Say why the missing may be among the dead by now: the count of the dead is of a later day, or was said later."""
    if dead.as_of is not None and missing.as_of is not None and missing.as_of.latest < dead.as_of.earliest:
        return f"they are counted on {missing.as_of}, the dead to {dead.as_of}, and may be among these"
    dates = [claim.known for claim in dead.used if claim.known]
    last = [claim.known for claim in missing.used if claim.known]
    if dates and last:
        newest, known = max(dates, key=_latest), max(last, key=_latest)
        if known.latest < newest.earliest:
            return f"they were last counted on {known}, the dead on {newest}, and may be among these"
    return None


def _latest(known: PartialDate) -> date:
    return known.latest


_IMPACT: Final = "Documentation 2024, human impact variables"

EM_DAT: Final = Codebook(
    name="em-dat",
    title="EM-DAT Documentation: impact variables, sources and protocols",
    version="2024.12",
    address="https://doc.emdat.be/docs/data-structure-and-content/impact-variables/",
    output=Output.NUMBER,
    decide=_decide,
    harms=("killed",),
    without_causes=("indirect",),
    rules=(
        Rule(
            "unintended",
            "Documentation 2024, entry criteria",
            "Disasters are unintended: the dead of a side in a war, or of an attack, are not counted.",
        ),
        Rule(
            "direct-deaths", _IMPACT, "Fatalities are counted that are confirmed and directly imputed to the disaster."
        ),
        Rule(
            "priority-source",
            "Source entry",
            "Sources are ranked, and the number is usually that of the source that stands first.",
        ),
        Rule(
            "completed",
            "Source entry",
            "What the first source does not give is completed from the one that stands next.",
        ),
        Rule(
            "displaced",
            "Source entry",
            "A secondary source becomes the primary one where final figures come long after: an early count that was "
            "overtaken gives way.",
        ),
        Rule(
            "average",
            f"{_IMPACT}, calculation of the number affected",
            "Of a range from a minimum to a maximum the average is taken.",
        ),
        Rule(
            "dead-and-missing",
            f"{_IMPACT}; criteria and definition",
            "Total deaths are the dead and the missing, presumed dead, whose whereabouts are unknown.",
        ),
        Rule(
            "still-missing",
            f"{_IMPACT}; criteria and definition",
            "Those are missing whose whereabouts are unknown since: who was missing before a later count of the dead "
            "may be in it, and is not added.",
        ),
    ),
    parameters=(
        Parameter(
            "ranking",
            ("intergovernmental", "government", "medical", "ngo", "academic", "media"),
            "keys or kinds of source, first the one preferred; EM-DAT says that it ranks sources and lists types, "
            "but prints no ranking: the default is the order of its list, ministries of health among the governments",
        ),
        Parameter(
            "ends",
            "middle",
            "which count stands for a range with two ends: the average, which is printed for the number affected; of "
            "deaths in a range nothing is printed",
            ("low", "middle", "high", "exact"),
        ),
        EARLY,
        TIES,
    ),
    leaves_span="the missing are added to the dead",
    read=(
        "the pages on entry criteria and on human impact variables, and the older pages on source entry and on "
        "criteria and definitions, each from its beginning"
    ),
)
"""The rule of EM-DAT for total deaths."""
