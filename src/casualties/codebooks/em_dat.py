"""EM-DAT: the first of ranked sources, with the missing added to the dead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casualties.codebooks.codebook import Codebook, Output, Parameter, Rule
from casualties.codebooks.coding import TIES, Coding
from casualties.codebooks.common_rules import first_ranked
from casualties.codebooks.resolution import CodedPart

if TYPE_CHECKING:
    from casualties.codebooks.resolution import Resolution
    from casualties.reconciling.finding import Finding

__all__ = ["EM_DAT"]


def _decide(coding: Coding) -> Resolution:
    dead = _priority(coding)
    missing = _missing(coding.finding)
    if dead.number is None or missing is None:
        return dead
    other = Coding(missing, coding.codebook, {**coding.parameters})
    if not other.numbered():
        return dead
    beside = _priority(other)
    if beside.number is None:
        return coding.not_coded(f"one count of the missing too ({beside.reason})", "dead-and-missing", besides=beside)
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


def _missing(finding: Finding) -> Finding | None:
    """Give the finding on those missing of the same people; ``None`` where nobody counts them."""
    topic = finding.subject.replacing(harm=("missing",)).topic
    claims = finding.view.topics.get(topic)
    return type(finding)(topic, tuple(claims), finding.view) if claims else None


EM_DAT: Final = Codebook(
    name="em-dat",
    title="EM-DAT, the International Disaster Database: data entry procedures, criteria and definition",
    version="CRED, as read in 2026",
    address="https://doc.emdat.be",
    output=Output.NUMBER,
    decide=_decide,
    harms=("killed",),
    rules=(
        Rule(
            "priority-source",
            "Source entry",
            "Sources are ranked, and the number is that of the source that stands first.",
        ),
        Rule(
            "completed",
            "Source entry",
            "What the first source does not give is completed from the one that stands next.",
        ),
        Rule("dead-and-missing", "Criteria and definition", "Total deaths are the dead and the missing together."),
    ),
    parameters=(
        Parameter(
            "ranking",
            ("intergovernmental", "government", "ngo", "academic", "media"),
            "keys or kinds of source, first the one preferred; EM-DAT says that it ranks sources and lists types, "
            "but prints no ranking: the default is the order of its list",
        ),
        TIES,
    ),
    leaves_span="the missing are added to the dead",
)
"""The rule of EM-DAT for total deaths."""
