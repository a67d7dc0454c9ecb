"""ACLED: one number, the most cautious one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from casualties.codebooks.codebook import Codebook, Output, Parameter, Rule
from casualties.codebooks.coded_figures import SourceFigure
from casualties.codebooks.coding import Coding
from casualties.codebooks.resolution import CodedPart
from casualties.model.claim import Silence, Stance

if TYPE_CHECKING:
    from casualties.codebooks.resolution import Resolution

__all__ = ["ACLED"]


def _decide(coding: Coding) -> Resolution:
    if coding.finding.subject.harm == ("casualties",) and not coding.parameters["other_harm_ok"]:
        coding.step("casualties", "the claims speak of casualties and not of deaths: 0", coding.source_figures)
        return coding.code("casualties", number=0, used=coding.source_figures)
    accounts = coding.numbered()
    if not accounts:
        unmentioned = [
            claim.id
            for claim in coding.standing
            if claim.stance is Stance.SILENT and claim.silence in (None, Silence.NOT_MENTIONED)
        ]
        if not unmentioned or coding.claim_figures:
            return coding.not_coded("a count of the dead by some source")
        coding.step("no-mention", "no deaths are mentioned: 0", unmentioned)
        return coding.code("no-mention", number=0, used=unmentioned)
    rule, number, taken = _most_cautious(coding)
    parts = _divided(coding, number)
    if parts is None:
        return coding.not_coded("a first and a last day, to divide the number over days", "divided")
    return coding.code(
        rule, number=number, used=taken, parts=parts, others="the codebook takes the most cautious number"
    )


def _most_cautious(coding: Coding) -> tuple[str, int, list[SourceFigure]]:
    """Give the rule by which the most cautious number was found, the number, and the accounts that name it."""
    by_number = coding.by_number()
    lowest, accounts = min(by_number), sum(map(len, by_number.values()))
    corroborated = [number for number, found in by_number.items() if len(found) > 1]
    if coding.parameters["corroborated"] == "first" and corroborated and lowest not in corroborated:
        number = min(corroborated)
        coding.step("better-information", f"{number:,} is named by {len(by_number[number])} voices", by_number[number])
        return "better-information", number, by_number[number]
    said = f"the lowest of {accounts} accounts" if accounts > 1 else "the only account"
    coding.step("lowest", f"{said}: {lowest:,}", by_number[lowest])
    return "lowest", lowest, by_number[lowest]


def _divided(coding: Coding, number: int) -> tuple[CodedPart, ...] | None:
    """Divide a number evenly over days or named places; ``None`` where the days are not known."""
    names = coding.names("over")
    if names == ("days",):
        since, until = coding.finding.subject.since, coding.finding.as_of
        if since is None or until is None or since.earliest != since.latest or until.earliest != until.latest:
            return None
        days = (until.latest - since.earliest).days + 1
        names = tuple(str(since.earliest + timedelta(days=day)) for day in range(days))
    if not names:
        return ()
    share, rest = divmod(number, len(names))
    coding.step("divided", f"{number:,} over {len(names)}: {share:,} each, and the remainder of {rest} to the first")
    return tuple(CodedPart(name, share + (rest if place == 0 else 0)) for place, name in enumerate(names))


ACLED: Final = Codebook(
    name="acled",
    title="Armed Conflict Location & Event Data (ACLED) Codebook, with its answers on fatalities",
    version="3 October 2024",
    address="https://acleddata.com/knowledge-base/codebook",
    output=Output.NUMBER,
    decide=_decide,
    harms=("killed", "casualties"),
    lexicon="acled",
    choices=("several",),
    rules=(
        Rule("lowest", "Reported fatalities", "Where reports differ or are vague, the lowest number is written."),
        Rule(
            "better-information",
            "Reported fatalities",
            "A number is revised, upward or downward, when better information comes.",
        ),
        Rule("tens", "Reported fatalities", "Tens are written as 10, dozens as 12, hundreds as 100."),
        Rule(
            "several",
            "Reported fatalities, unknown numbers",
            "Several, many and few are written as 10, or as 3 where the event is small.",
        ),
        Rule("floor", "Reported fatalities", "At least N and more than N are written as N."),
        Rule(
            "casualties",
            "Reported fatalities",
            "Casualties of whom no deaths are reported are written as 0 deaths.",
        ),
        Rule(
            "no-mention",
            "Reported fatalities",
            "Where a report mentions no deaths, 0 is written; a number that is withheld or unknown is no such case.",
        ),
        Rule(
            "divided",
            "Reported fatalities, events over several days or places",
            "A total over several days or places is divided evenly among them, the remainder to the first.",
        ),
    ),
    parameters=(
        Parameter(
            "several",
            3,
            "the number for several, many and few: 10, or 3 by the scale of the event, which the claims do not tell",
            (3, 10),
        ),
        Parameter(
            "corroborated",
            "ignored",
            "whether a number that two independent sources name is the better information that displaces a lower one; "
            "the codebook does not say what better information is",
            ("ignored", "first"),
        ),
        Parameter(
            "over", (), "the days or places over which the number is divided; ('days',) for all days of the count"
        ),
    ),
    leaves_span=(
        "the codebook writes fixed numbers for vague words (10, 12, 100, 3), N for more than N, and 0 for no mention"
    ),
)
"""The rule of ACLED for the deaths of one event."""
