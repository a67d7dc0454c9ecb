"""The order in which subjects are listed, as columns to sort by."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from casualties.engine._lazily import Lazily
from casualties.engine._packing import flag
from casualties.model.harm import JOINABLE, Harm

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw
else:
    nw = Lazily("narwhals.stable.v2", "engine")

__all__ = ["order_of"]


def order_of(facets: Sequence[str]) -> dict[str, nw.Expr]:
    """Give the columns by which subjects sort as `Subject.key` has it, under names of their own."""
    keys = {"by_harm": _harm_place(), "by_no_side": flag(nw.col("side") == "")}
    for name in facets[1:]:
        key = nw.col(name)
        if name in ("with", "without"):
            key = key.str.replace_all("|", "\x01", literal=True)
        if name == "since":
            key = _date_place(key)
        keys[f"by_{name}"] = key
    return keys


def _date_place(date: nw.Expr) -> nw.Expr:
    """A text by which dates of any precision sort: the earliest day, then the latest; a month may end on a 31st."""
    size = date.str.len_chars()
    first = nw.when(size > 10).then(date.str.slice(0, 10)).otherwise(date)
    last = nw.when(size > 10).then(date.str.slice(11, 10)).otherwise(date)
    for length, start, end in ((4, "-01-01", "-12-31"), (7, "-01", "-31")):
        first = nw.when(size == length).then(nw.concat_str([date, nw.lit(start)])).otherwise(first)
        last = nw.when(size == length).then(nw.concat_str([date, nw.lit(end)])).otherwise(last)
    return nw.concat_str([first, last])


def _harm_place() -> nw.Expr:
    """A text by which harms sort as they are listed: built-in ones by their place, joined ones by their parts."""
    places = {str(harm): chr(ord("a") + place) for place, harm in enumerate(Harm)}
    harm = nw.col("harm")
    found = nw.concat_str([nw.lit(chr(ord("a") + len(places))), harm])
    for name, letter in [*_joined(places), *places.items()]:
        found = nw.when(harm == name).then(nw.lit(letter)).otherwise(found)
    return found


def _joined(places: dict[str, str]) -> list[tuple[str, str]]:
    return [
        ("-or-".join(parts), "".join(places[part] for part in parts))
        for number in range(2, len(JOINABLE) + 1)
        for parts in combinations([str(harm) for harm in Harm if harm in JOINABLE], number)
    ]
