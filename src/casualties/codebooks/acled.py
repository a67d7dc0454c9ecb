"""ACLED: one number for an event, from the most reliable accounts the most cautious one.

Read were ACLED's own answers on fatalities ("Uses and limitations of ACLED data", as of 7 May 2024, in a stored copy):
numbers come from the most reliable sources at hand, are the most conservative where reports differ or are vague, are
revised either way when better information comes, stand for a single event and are attributed to no group.  Its list
of articles (2026) adds that neither the dead of a group nor all civilians are coded.  The codebook itself (3 October
2024), with the rules on unknown numbers and on several days, could be read in summary only.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from casualties.codebooks.codebook import Codebook, Output, Parameter, Rule
from casualties.codebooks.coded_figures import DOUBTS, SourceFigure, grouped
from casualties.codebooks.coding import EARLY, Coding
from casualties.codebooks.resolution import CodedPart
from casualties.model.claim import Silence, Stance

if TYPE_CHECKING:
    from casualties.codebooks.resolution import Resolution

__all__ = ["ACLED"]


_GROUPS: Final = ("side", "nationality", "status", "role", "age", "sex")
"""Facets by which the dead of one event are told apart; ACLED writes one number for all of them."""


def _decide(coding: Coding) -> Resolution:
    group = [facet for facet in _GROUPS if getattr(coding.finding.subject, facet) is not None]
    if group and not coding.parameters["group_ok"]:
        return coding.not_coded(
            f"a count of everybody killed in the event, not of a group by {' and '.join(group)} (group_ok=…)",
            "of-the-event",
        )
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
    by_number = grouped(_most_reliable(coding))
    lowest, accounts = min(by_number), sum(map(len, by_number.values()))
    corroborated = [number for number, figures in by_number.items() if len(figures) > 1]
    if coding.parameters["corroborated"] == "first" and corroborated and lowest not in corroborated:
        number = min(corroborated)
        coding.step("better-information", f"{number:,} is named by {len(by_number[number])} voices", by_number[number])
        return "better-information", number, by_number[number]
    said = f"the lowest of {accounts} accounts" if accounts > 1 else "the only account"
    coding.step("lowest", f"{said}: {lowest:,}", by_number[lowest])
    return "lowest", lowest, by_number[lowest]


def _most_reliable(coding: Coding) -> list[SourceFigure]:
    """Keep the most reliable accounts: those free of doubt where there are any, and of these the best graded."""
    accounts = list(coding.numbered())
    doubts = set(coding.names("unreliable"))
    free = [account for account in accounts if not doubts & set(account.doubts)] or accounts
    kept = coding.best_graded(free)
    if len(kept) < len(accounts):
        coding.step("most-reliable", f"{len(kept)} of {len(accounts)} accounts are the most reliable", kept)
        coding.set_aside([account for account in accounts if account not in kept], "others are more reliable")
    return kept


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
    without_causes=("indirect",),
    lexicon="acled",
    choices=("several",),
    rules=(
        Rule(
            "direct-deaths",
            "Answers on fatalities, 7 May 2024",
            "The number is that of the deaths of a single event: who dies of hunger or disease is not counted.",
        ),
        Rule(
            "of-the-event",
            "Answers on fatalities, 7 May 2024; list of articles",
            "Deaths belong to the event and are attributed to no group: not to a side, and not to civilians.",
        ),
        Rule(
            "most-reliable",
            "Answers on fatalities, 7 May 2024",
            "Numbers come from the most reliable sources that there are.",
        ),
        Rule(
            "lowest",
            "Answers on fatalities, 7 May 2024",
            "Where these differ or are vague, the most conservative number is written.",
        ),
        Rule(
            "outdated",
            "Answers on fatalities, 7 May 2024",
            "A total is corrected when better information comes: an early count that was overtaken is not the lowest.",
        ),
        Rule(
            "better-information",
            "Answers on fatalities, 7 May 2024",
            "A number is revised, upward or downward, when better information comes.",
        ),
        Rule("tens", "Answers on fatalities, 7 May 2024", "Tens are written as 10, dozens as 12, hundreds as 100."),
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
        Parameter(
            "unreliable",
            ("unattributed", "graded low", "refuted"),
            "which doubts put an account behind those that have none; ACLED leaves to its researchers who is reliable",
            DOUBTS,
        ),
        EARLY,
        Parameter(
            "group_ok",
            False,
            "whether the rule is applied to the dead of a side or another group, of whom ACLED writes no number",
            (False, True),
        ),
    ),
    read=(
        "ACLED's answers on fatalities of 7 May 2024, in a stored copy; the codebook's rules on unknown numbers and on "
        "several days or places in summary only"
    ),
    leaves_span=(
        "the codebook writes fixed numbers for vague words (10, 12, 100, 3), N for more than N, and 0 for no mention"
    ),
)
"""The rule of ACLED for the deaths of one event."""
