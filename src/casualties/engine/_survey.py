"""A first look over a table of claims: which work it needs, and what in it columns alone cannot answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from casualties.engine._lazily import Lazily
from casualties.engine._preparing import Facts, Prepared
from casualties.model.source import SourceKind

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw
else:
    nw = Lazily("narwhals.stable.v2", "engine")

__all__ = ["beyond_columns", "facts_of", "links_beyond_columns"]

_DAYS: Final = ("until", "stated", "published", "first_published")
_WHOLE: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


def _counts(frame: nw.LazyFrame[Any], conditions: dict[str, nw.Expr]) -> dict[str, int]:
    """Count the rows for which each of some conditions holds, in one pass."""
    marks = [
        nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).alias(f"n{place}")
        for place, condition in enumerate(conditions.values())
    ]
    sums = frame.select(*marks).select(*(nw.col(f"n{place}").sum() for place in range(len(conditions))))
    row = sums.collect().rows()[0]
    return {name: int(number or 0) for name, number in zip(conditions, row, strict=True)}


def facts_of(frame: nw.LazyFrame[Any]) -> Facts:
    """Find which parts of the work a table needs at all."""
    names = frozenset(frame.collect_schema().names())
    asked = {
        "readings": ("reading", nw.col("reading").fill_null(1) > 1),
        "withdrawals": ("stance", nw.col("stance") == "withdraws"),
        "replacing": ("replaces", nw.col("replaces") != ""),
        "links": ("based_on", nw.col("based_on") != ""),
        "anonymous": ("source_kind", nw.col("source_kind").str.contains(SourceKind.UNATTRIBUTED.value, literal=True)),
    }
    found = _counts(frame, {fact: condition for fact, (column, condition) in asked.items() if column in names})
    return Facts(names, **{fact: found.get(fact, 0) > 0 for fact in asked})


_FOLDED: Final = "".join(
    letter
    for letter in map(chr, range(0x80, sys.maxunicode + 1))
    if letter.casefold() != letter.lower() or len(letter.lower()) != 1
)
"""Letters that are not the same for Python, which folds them, as for engines, which write them small."""


def beyond_columns(frame: nw.LazyFrame[Any], facts: Facts) -> list[str]:
    """Name what is in a table that columns alone cannot answer; nothing where they can."""
    names, text = facts.names, nw.col
    asked: dict[str, nw.Expr] = {
        "claims without an identity": text("claim_id") == "",
        "claims without a stance": text("stance") == "",
    }
    for name in {"figure", "words"} & names:
        asked[f"figures in {name!r} alone"] = (text("stance") == "states") & text("low").is_null() & (text(name) != "")
    for name in _DAYS:
        if name in names:
            asked[f"{name!r} with months, years, spans or hours"] = (text(name) != "") & (
                text(name).str.len_chars() != 10
            )
    if "since" in names:
        asked["'since' with hours"] = text("since").str.contains("T", literal=True)
    for name in ("with", "without"):
        if name in names:
            asked[f"{name!r} with words that hold a stroke"] = text(name).str.contains("\\", literal=True)
    if not facts.resolved:
        if facts.replacing:
            asked["claims that replace several others"] = text("replaces").str.contains("|", literal=True)
        if facts.links:
            asked["claims that are based on several others"] = text("based_on").str.contains("|", literal=True)
        if facts.placed:
            for name in {"publisher", "source", "source_name"} & names:
                asked[f"{name!r} with letters that are folded differently"] = text(name).str.contains(f"[{_FOLDED}]")
            if "source_name" in names:
                asked["sources of several names"] = text("source_name").str.contains("|", literal=True)
    found = [name for name, number in sorted(_counts(frame, asked).items()) if number]
    if not facts.resolved:
        found += _beyond_rows(frame, facts)
    return found


def _beyond_rows(frame: nw.LazyFrame[Any], facts: Facts) -> list[str]:
    found = []
    if facts.withdrawals:
        withdrawing = frame.filter(nw.col("stance") == "withdraws")
        targets = withdrawing.select(nw.col("target").alias("claim_id")).unique()
        if _number(withdrawing.join(targets, on="claim_id", how="semi")):
            found.append("withdrawals that are withdrawn")
    described = frame.select("source", "source_kind", "source_side").unique()
    if _number(described) > _number(described.select("source").unique()):
        found.append("sources that are described in two ways")
    first = frame.filter(nw.col("reading").fill_null(1) == 1) if facts.readings else frame
    if _number(first) > _number(first.select("claim_id").unique()):
        found.append("claims that stand in several rows without the number of their reading")
    return found


def _number(frame: nw.LazyFrame[Any]) -> int:
    return int(frame.select(nw.len()).collect().rows()[0][0])


def links_beyond_columns(given: Prepared) -> list[str]:
    """Name the links that columns alone cannot answer, once the subjects are told apart."""
    if given.links is None or not _number(given.links.filter(nw.col("beyond") == 1)):
        return []
    return ["claims based on others that are copies themselves, count later days, or are about something else"]
