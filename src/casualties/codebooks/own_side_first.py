"""Every party's word on its own dead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casualties.codebooks.codebook import Codebook, Output, Rule
from casualties.codebooks.worksheet import TIES, Worksheet
from casualties.position import Interest

if TYPE_CHECKING:
    from casualties.codebooks.resolution import Resolution

__all__ = ["OWN_SIDE_FIRST"]

_ORDER: Final = (Interest.OWN_SIDE, Interest.THIRD_PARTY, Interest.OPPONENT)


def _decide(sheet: Worksheet) -> Resolution:
    accounts = sheet.numbered()
    for interest in _ORDER:
        chosen = [each for each in accounts if any(reading.interest is interest for reading in each.readings)]
        if chosen:
            rule = str(interest).replace(" ", "-")
            return sheet.one_number(rule, chosen, f"the {interest} speaks first")
    return sheet.not_coded("a source of which is known whose dead it counts")


OWN_SIDE_FIRST: Final = Codebook(
    name="own-side-first",
    title="Own losses by each party, a rule in use among recorders and in encyclopaedic tables",
    version="in use",
    address="",
    output=Output.NUMBER,
    decide=_decide,
    rules=(
        Rule("own-side", "in use", "A party's number for its own dead is written."),
        Rule("third-party", "in use", "Where the party gives none, a third party's number is written."),
        Rule("opponent", "in use", "Where neither does, the opponent's number is written."),
    ),
    parameters=(TIES,),
)
"""The rule by which each side is believed on its own losses."""
