"""The number that was stated last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casualties.codebooks.codebook import Codebook, Output, Rule
from casualties.codebooks.worksheet import TIES, Worksheet

if TYPE_CHECKING:
    from casualties.codebooks.resolution import Resolution

__all__ = ["LATEST"]


def _decide(sheet: Worksheet) -> Resolution:
    accounts = sheet.numbered()
    if not accounts:
        return sheet.not_coded("a number of some source")
    dated = [
        (max(known), account)
        for account in accounts
        if (known := [reading.claim.known.latest for reading in account.readings if reading.claim.known])
    ]
    if not dated:
        if len(accounts) > 1:
            return sheet.not_coded("dates of when it was stated or published", "latest-statement")
        return sheet.one_number("latest-statement", accounts, "")
    sheet.set_aside([each for each in accounts if all(each is not account for _, account in dated)], "is not dated")
    last = max(day for day, _ in dated)
    sheet.step(
        "latest-statement", f"the last statements are of {last}", [account for day, account in dated if day == last]
    )
    return sheet.one_number(
        "latest-statement", [account for day, account in dated if day == last], "another was stated later"
    )


LATEST: Final = Codebook(
    name="latest",
    title="The latest statement, a rule in use among newsrooms and encyclopaedias",
    version="in use",
    address="",
    output=Output.NUMBER,
    decide=_decide,
    rules=(Rule("latest-statement", "in use", "The number that was stated or published last is written."),),
    parameters=(TIES,),
)
"""The rule of whoever overwrites yesterday's number with today's."""
