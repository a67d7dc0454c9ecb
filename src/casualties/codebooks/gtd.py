"""GTD: the most recent source, else the majority, else the lowest.

The codebook (August 2021) could be read in summary only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from casualties.codebooks.codebook import Codebook, Output, Parameter, Rule
from casualties.codebooks.coded_figures import DOUBTS, SourceFigure, grouped
from casualties.codebooks.coding import Coding

if TYPE_CHECKING:
    from casualties.codebooks.resolution import Resolution

__all__ = ["GTD"]


def _decide(coding: Coding) -> Resolution:
    accounts = coding.numbered()
    if not accounts:
        return coding.not_coded("a number: the field stays blank where it is missing or too vague", "blank")
    if len({account.number for account in accounts}) > 1:
        coding.step("conflict-noted", f"{len(accounts)} independent sources differ", accounts)
    sound = _sound(coding, accounts)
    if not sound:
        return coding.not_coded(
            "a source that is neither questionable nor a perpetrator's claim", "questionable-source"
        )
    recent = _most_recent(coding, accounts)
    doubted = any(account not in sound for account in recent)
    if not doubted and len({account.number for account in recent}) == 1:
        number = min(grouped(recent))
        coding.step("most-recent", f"the most recent source: {number:,}", recent)
        return coding.code("most-recent", number=number, used=recent, others="another source is more recent")
    why = "the most recent source is in doubt" if doubted else "several sources are equally recent"
    by_number = grouped(sound)
    most = max(map(len, by_number.values()))
    winners = [number for number, figures in by_number.items() if len(figures) == most]
    if len(winners) == 1 and (coding.parameters["majority"] == "most named" or 2 * most > len(sound)):
        number, rule = winners[0], "majority"
        said = f"{why}, and {number:,} is named by {most} of {len(sound)}"
    else:
        number, rule = min(by_number), "lowest"
        said = f"{why}, and no number has a majority: the lowest, {number:,}"
    coding.step(rule, said, by_number[number])
    return coding.code(rule, number=number, used=by_number[number], others=f"is not the number of the rule {rule!r}")


def _sound(coding: Coding, accounts: Sequence[SourceFigure]) -> list[SourceFigure]:
    """Keep the accounts that are neither questionable nor a perpetrator's, and set the others aside."""
    marks = set(coding.names("questionable"))
    view, accused = coding.finding.view, [blame.side for blame in coding.finding.blamed]
    sound = []
    for account in accounts:
        sides = {side for reading in account.claim_figures if (side := view.sources.side(reading.claim.source))}
        if marks & set(account.doubts):
            reason = f"questionable: {', '.join(sorted(marks & set(account.doubts)))}"
            rule = "questionable-source"
        elif any(view.words.inside("side", side, perpetrator) for side in sides for perpetrator in accused):
            rule, reason = "perpetrator-claim", "a claim of the perpetrator"
        else:
            sound.append(account)
            continue
        coding.step(rule, reason, [account])
        coding.set_aside([account], reason)
    return sound


def _most_recent(coding: Coding, accounts: Sequence[SourceFigure]) -> list[SourceFigure]:
    """Keep the accounts that became known last; undated ones only where none is dated."""
    dated = [
        (max(known), account)
        for account in accounts
        if (known := [reading.claim.known.latest for reading in account.claim_figures if reading.claim.known])
    ]
    if not dated:
        return list(accounts)
    last = max(day for day, _ in dated)
    apart = coding.count("same_time")
    return [account for day, account in dated if (last - day).days <= apart]


GTD: Final = Codebook(
    name="gtd",
    title="Global Terrorism Database (GTD) Codebook: Methodology, Inclusion Criteria, and Variables",
    version="August 2021",
    address="https://www.start.umd.edu/gtd",
    output=Output.NUMBER,
    decide=_decide,
    harms=("killed", "wounded"),
    without_causes=("indirect",),
    lexicon="gtd",
    rules=(
        Rule(
            "direct-deaths",
            "Total number of fatalities",
            "Those are counted who died of the incident itself: who dies of hunger or disease is not.",
        ),
        Rule("blank", "Total number of fatalities", "Where the number is missing or too vague, the field stays blank."),
        Rule("conflict-noted", "Total number of fatalities", "That reports conflict is noted beside the number."),
        Rule(
            "questionable-source",
            "Total number of fatalities",
            "A source of questionable validity is not used, however recent or low its number.",
        ),
        Rule(
            "perpetrator-claim",
            "Total number of fatalities",
            "The most recent source is not used where it rests on what the perpetrators claim.",
        ),
        Rule(
            "most-recent",
            "Total number of fatalities",
            "Where independent credible sources differ, the number of the most recent one is written.",
        ),
        Rule(
            "majority",
            "Total number of fatalities",
            "Where several sources are equally recent, or a recent one is in doubt, the majority's number is written.",
        ),
        Rule("lowest", "Total number of fatalities", "Where no number has a majority, the lowest is written."),
    ),
    parameters=(
        Parameter(
            "questionable",
            ("unattributed", "opponent", "graded low", "refuted"),
            "which doubts make a source questionable; the codebook does not list them. A party that speaks of its "
            "opponent's dead is taken for the perpetrator's side",
            DOUBTS,
        ),
        Parameter(
            "majority",
            "more than half",
            "what a majority is: more than half of the sources, or the number most named; the codebook does not say",
            ("more than half", "most named"),
        ),
        Parameter(
            "same_time",
            0,
            "how many days apart sources are equally recent; the codebook says 'around the same time'",
        ),
    ),
    read="a summary of the codebook; its text could not be read",
)
"""The rule of the Global Terrorism Database for the killed, and in the same words for the wounded."""
