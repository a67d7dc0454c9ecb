"""The reported running total is authoritative: the rule of a daily tally."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casualties.codebooks.codebook import Codebook, Output, Parameter, Rule
from casualties.codebooks.coded_figures import SourceFigure
from casualties.codebooks.coding import TIES, Coding
from casualties.codebooks.common_rules import first_ranked
from casualties.codebooks.resolution import CodedPart

if TYPE_CHECKING:
    from datetime import date

    from casualties.codebooks.resolution import Resolution

__all__ = ["CUMULATIVE_AUTHORITATIVE"]

_OTHERS: Final = "a source ranked first gives the total"


def _decide(coding: Coding) -> Resolution:
    finding = coding.finding
    if finding.view.is_stock(finding.subject):
        return coding.not_coded("a running total, not the count of one day", "cumulative")
    asked = finding.view.as_of
    if asked is not None and finding.as_of != asked:
        return coding.not_coded(f"a report for {asked}: a gap is not filled", "gap")
    ranking = coding.names("ranking")
    exact = [account for account in coding.numbered() if account.figure.is_exact]
    rounded = [account for account in coding.source_figures if account not in exact]
    if rounded:
        coding.step("rounded", "a rounded or open phrase cannot carry a running total", rounded)
        coding.set_aside(rounded, "a rounded or open phrase cannot carry a running total")
    if not exact:
        return coding.not_coded("an exact running total", "rounded")
    first = first_ranked(coding, exact, ranking)
    if not first:
        return coding.not_coded(f"a source that is ranked ({', '.join(ranking)})", "ranked")
    chosen = coding.one_number("cumulative", first, _OTHERS)
    earlier = _earlier(first)
    if chosen.number is None or earlier is None:
        return chosen
    day, before, claim = earlier
    if before > chosen.number:
        fall = f"the total to {day} is {before:,} and that to {chosen.as_of} {chosen.number:,}"
        if coding.parameters["falls"] == "refused":
            return coding.not_coded(f"a running total that does not fall: {fall}", "never-falls")
        coding.step("never-falls", f"{fall}: the earlier days are held down to it", [claim])
        return coding.code("cumulative", number=chosen.number, used=chosen.used_ids, others=_OTHERS)
    daily = chosen.number - before
    coding.step("daily", f"{before:,} to {day}, so {daily:,} since", [claim])
    parts = (CodedPart(f"to {day}", before), CodedPart("since", daily))
    return coding.code("cumulative", number=chosen.number, used=chosen.used_ids, parts=parts, others=_OTHERS)


def _earlier(accounts: list[SourceFigure]) -> tuple[date, int, str] | None:
    """Give the last day before for which one of the sources stated an exact total, with the total and the claim."""
    return max(
        (
            (claim.day.latest, claim.figure.low, claim.id)
            for account in accounts
            for position in account.voice.positions
            for claim in position.replaced
            if claim.figure is not None and claim.figure.is_exact and claim.day is not None
            if account.voice.until is not None and claim.day.latest < account.voice.until.earliest
        ),
        default=None,
    )


CUMULATIVE_AUTHORITATIVE: Final = Codebook(
    name="cumulative-authoritative",
    title="Tech for Palestine, Daily Casualties: how reported and extrapolated values are made",
    version="as read in 2026",
    address="https://data.techforpalestine.org/docs/casualties-daily/",
    output=Output.NUMBER,
    decide=_decide,
    rules=(
        Rule(
            "gap", "Extrapolated fields", "A day without a report has no reported total: it is neither 0 nor carried."
        ),
        Rule("rounded", "Report fields", "A rounded phrase cannot carry a running total."),
        Rule("ranked", "Report source", "The ministry stands above another office, and both above other reports."),
        Rule("cumulative", "Report fields", "The running total is written as it was reported."),
        Rule("never-falls", "Retroactive changes", "A running total does not fall."),
        Rule("daily", "Extrapolated fields", "The number of a day is reconciled to the running totals around it."),
    ),
    parameters=(
        Parameter(
            "ranking",
            ("medical", "government", "belligerent", "intergovernmental", "monitor", "ngo", "media", "journalist"),
            "keys or kinds of source, first the one preferred; published for the offices of one place, kinds stand in "
            "for them elsewhere",
        ),
        Parameter(
            "falls",
            "refused",
            "what happens where a source's total falls: nothing is coded, or the new total is accepted and the earlier "
            "days are to be held down to it, as was done after retroactive changes",
            ("refused", "accepted"),
        ),
        TIES,
    ),
)
"""The rule of a daily tally of running totals."""
