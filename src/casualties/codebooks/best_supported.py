"""The counts that the most independent voices allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casualties.codebooks.codebook import Codebook, Output, Rule
from casualties.codebooks.worksheet import Worksheet
from casualties.support import best_supported

if TYPE_CHECKING:
    from casualties.codebooks.resolution import Resolution

__all__ = ["BEST_SUPPORTED"]


def _decide(sheet: Worksheet) -> Resolution:
    accounts = sheet.accounts
    sheet.numbered()
    if not accounts:
        return sheet.not_coded("a figure of some source")
    best, *equal = best_supported([account.figure for account in accounts])
    if equal:
        ranges = ", ".join(str(run.figure) for run in (best, *equal))
        return sheet.not_coded(
            f"one best-supported range, and {len(equal) + 1} are supported equally: {ranges}", "most-allowed"
        )
    figure = best.figure
    used = [accounts[place] for place in best.supporters]
    sheet.step("most-allowed", f"{figure} is allowed by {len(used)} of {len(accounts)} voices", used)
    return sheet.code(
        "most-allowed",
        number=figure.low if figure.is_exact else None,
        low=figure.low,
        high=figure.high,
        used=used,
        others="does not allow the best-supported counts",
    )


BEST_SUPPORTED: Final = Codebook(
    name="best-supported",
    title="K. Marzullo, Tolerating Failures of Continuous-Valued Sensors, ACM Transactions on Computer Systems 8(4)",
    version="1990",
    address="https://doi.org/10.1145/128733.128735",
    output=Output.RANGE,
    decide=_decide,
    rules=(Rule("most-allowed", "section 3", "The range of counts that the most sources allow is written."),),
)
"""The rule by which the ranges of several instruments are joined; the sweep is that of `Finding.support`."""
