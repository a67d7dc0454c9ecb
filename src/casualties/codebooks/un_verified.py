"""United Nations human rights monitoring: what three independent kinds of source bear out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from casualties.codebooks.codebook import Codebook, Output, Parameter, Rule
from casualties.codebooks.coded_figures import SourceFigure
from casualties.codebooks.coding import Coding
from casualties.model.source import SourceKind

if TYPE_CHECKING:
    from casualties.codebooks.resolution import Resolution

__all__ = ["UN_VERIFIED"]


def _decide(coding: Coding) -> Resolution:
    needed = coding.count("kinds")
    accounts = [account for account in coding.source_figures if account.figure.low and _kinds(account)]
    coding.set_aside(
        [account for account in coding.source_figures if account not in accounts],
        "states no floor, or its kind is not known",
    )
    floors = sorted({account.figure.low for account in accounts}, reverse=True)
    for floor in floors:
        bearing = [account for account in accounts if account.figure.low >= floor]
        if _different_kinds(bearing) >= needed:
            coding.step("three-kinds", f"{needed} kinds of source bear out at least {floor:,}", bearing)
            return coding.code("three-kinds", number=floor, used=bearing, others=f"bears out fewer than {floor:,}")
    seen = sorted({str(kind) for account in accounts for kind in _kinds(account)})
    has = f"there are {', '.join(seen)}" if seen else "there is none"
    return coding.not_coded(f"{needed} independent kinds of source: {has}", "three-kinds")


def _kinds(account: SourceFigure) -> list[SourceKind]:
    return [kind for kind in account.kinds if kind not in (SourceKind.UNATTRIBUTED, SourceKind.COMPILER)]


def _different_kinds(accounts: Sequence[SourceFigure]) -> int:
    """Count how many accounts can each stand for a kind of its own, by augmenting paths.

    A voice of two kinds is one source all the same (H. Kuhn, "The Hungarian Method for the Assignment Problem", 1955).
    """
    stands: dict[SourceKind, SourceFigure] = {}

    def placed(account: SourceFigure, tried: set[SourceKind]) -> bool:
        for kind in _kinds(account):
            if kind not in tried:
                tried.add(kind)
                if kind not in stands or placed(stands[kind], tried):
                    stands[kind] = account
                    return True
        return False

    return sum(placed(account, set()) for account in accounts)


UN_VERIFIED: Final = Codebook(
    name="un-verified",
    title="OHCHR, Six-month update report on the human rights situation in Gaza, on verification",
    version="8 November 2024",
    address="https://www.ohchr.org",
    output=Output.NUMBER,
    decide=_decide,
    rules=(
        Rule(
            "three-kinds",
            "Methodology",
            "A death is verified by at least three independent kinds of source; of counts, the most that three kinds "
            "bear out is taken.",
        ),
    ),
    parameters=(Parameter("kinds", 3, "how many independent kinds of source it takes"),),
)
"""The rule by which the UN human rights office calls deaths verified.

It verifies persons, one by one.  From counts alone follows only how many the sources bear out together.  A compiler
repeats what others found, and a source that nobody names may be any: neither is a kind of its own here.
"""
