"""The number that most sources name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casualties.codebooks.codebook import Codebook, Output, Rule
from casualties.codebooks.worksheet import TIES, Worksheet

if TYPE_CHECKING:
    from casualties.codebooks.resolution import Resolution

__all__ = ["MAJORITY"]


def _decide(sheet: Worksheet) -> Resolution:
    by_number = sheet.by_number()
    if not by_number:
        return sheet.not_coded("a number of some source")
    most = max(map(len, by_number.values()))
    winners = [account for found in by_number.values() if len(found) == most for account in found]
    named = sum(map(len, by_number.values()))
    sheet.step("most-named", f"the most sources that name one number: {most} of {named}", winners)
    return sheet.one_number("most-named", winners, "another number is named by more sources")


MAJORITY: Final = Codebook(
    name="majority",
    title="Every Casualty, Rules that casualty recorders apply to assigning status",
    version="Definition and Categorisation in Casualty Recording, p. 25",
    address="https://everycasualty.org/knowledge-base/rules-that-casualty-recorders-apply-to-assigning-status/",
    output=Output.NUMBER,
    decide=_decide,
    rules=(
        Rule(
            "most-named",
            "p. 25",
            "Where sources differ, what most of them say is written; independent voices are counted, so "
            "that ten papers that quote one ministry are one.",
        ),
    ),
    parameters=(TIES,),
)
"""The rule that voting has among recorders, and in the literature on truth discovery."""
