"""The number of the source that a recorder ranks first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casualties.codebooks.codebook import Codebook, Output, Parameter, Rule
from casualties.codebooks.ranking import first_ranked
from casualties.codebooks.worksheet import TIES, Worksheet

if TYPE_CHECKING:
    from casualties.codebooks.resolution import Resolution

__all__ = ["SOURCE_HIERARCHY"]


def _decide(sheet: Worksheet) -> Resolution:
    ranking = sheet.names("ranking")
    if not ranking:
        return sheet.not_coded("a ranking of sources (ranking=[…]): recorders differ in theirs", "first-ranked")
    first = first_ranked(sheet, sheet.numbered(), ranking)
    if not first:
        return sheet.not_coded(f"a number of a source that is ranked ({', '.join(ranking)})", "first-ranked")
    return sheet.one_number("first-ranked", first, "a source ranked first gives the number")


SOURCE_HIERARCHY: Final = Codebook(
    name="source-hierarchy",
    title="Every Casualty, Rules that casualty recorders apply to assigning status",
    version="Definition and Categorisation in Casualty Recording, p. 25",
    address="https://everycasualty.org/knowledge-base/rules-that-casualty-recorders-apply-to-assigning-status/",
    output=Output.NUMBER,
    decide=_decide,
    rules=(Rule("first-ranked", "p. 25", "Where sources differ, the one that the recorder ranks first is followed."),),
    parameters=(
        Parameter(
            "ranking",
            (),
            "keys or kinds of source, first the one preferred; it has no default, since some prefer local media, "
            "others international ones or courts",
        ),
        TIES,
    ),
)
"""The rule of recorders who follow a hierarchy of sources."""
