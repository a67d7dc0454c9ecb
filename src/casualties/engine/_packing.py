"""Figures and days as whole numbers that columns can compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casualties.engine._lazily import Lazily
from casualties.model.figure import MAX_COUNT

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw
else:
    nw = Lazily("narwhals.stable.v2", "engine")

__all__ = ["OPEN", "UNBOUNDED", "counted", "day_number", "day_text", "flag", "stated_ends"]

OPEN: Final = 4 * MAX_COUNT
"""The packed form of an absent ceiling, above that of every count."""

UNBOUNDED: Final = OPEN // 2
"""What an absent ceiling is unpacked to."""


def flag(condition: nw.Expr) -> nw.Expr:
    """Write a condition as 1 or 0, which every engine can take the largest of."""
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int8)


def day_number(name: str) -> nw.Expr:
    """Read a day written as text as a number of eight digits; missing where the text is empty."""
    text = nw.col(name)
    return nw.when(text != "").then(text.str.replace_all("-", "", literal=True)).cast(nw.Int64).alias(name)


def day_text(name: str) -> nw.Expr:
    """Write a number of eight digits as a day."""
    digits = nw.col(name).cast(nw.String)
    parts = [digits.str.slice(0, 4), digits.str.slice(4, 2), digits.str.slice(6, 2)]
    return nw.concat_str(parts, separator="-").alias(name)


def counted(packed: nw.Expr) -> nw.Expr:
    """Take the count out of a packed end: twice the count, and one more for a floor stated or a ceiling assumed.

    So the greater of two packed floors is the higher, or of equal ones the stated; the greater of two packed ceilings
    is the higher, or of equal ones the assumed.
    """
    return packed // 2


def stated_ends(floor: str, ceiling: str) -> tuple[nw.Expr, nw.Expr]:
    """Give the ends that the words alone state: an assumed floor is 0, an assumed ceiling none."""
    low, high = nw.col(floor), nw.col(ceiling)
    return (
        nw.when(low - 2 * counted(low) == 1).then(counted(low)).otherwise(nw.lit(0)),
        nw.when(high - 2 * counted(high) == 0).then(counted(high)).otherwise(nw.lit(UNBOUNDED)),
    )
