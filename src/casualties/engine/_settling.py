"""Where each source stands: revisions, versions, and the figure that stands for them, all as columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from casualties.engine._lazily import Lazily
from casualties.engine._numbering import topic_of
from casualties.engine._packing import counted, flag, stated_ends
from casualties.engine._preparing import Facts
from casualties.engine._room import keep, maximum_over
from casualties.reconciling.position import Fate

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw
else:
    nw = Lazily("narwhals.stable.v2", "engine")

__all__ = ["POSITION", "best_runs", "fates", "figure_of_versions", "positions", "settled"]

POSITION: Final = ("place",)
"""What tells positions apart: see `casualties.engine._numbering.numbered`."""

_DAY: Final = 10**8


def settled(claims: nw.LazyFrame[Any], facts: Facts) -> nw.LazyFrame[Any]:
    """Mark the claims that are left of each source by day and statement, and those that these replace.

    The latest day counted and the latest statement about it are found in one pass, as one number of sixteen digits.
    """
    free = (nw.col("early") == "") & (nw.col("is_copy") + nw.col("is_named") == 0)
    claims = claims.with_columns(free=flag(free))
    key = nw.when((nw.col("free") == 1) & ~nw.col("day").is_null()).then(
        nw.col("day") * _DAY + nw.col("stated").fill_null(0)
    )
    claims = maximum_over(claims, POSITION, key, "top")
    top_day, top_said = nw.col("top") // _DAY, nw.col("top") - nw.col("top") // _DAY * _DAY
    said_last = (
        nw.when(~nw.col("stated").is_null())
        .then(flag(nw.col("stated") == top_said))
        .otherwise(flag(nw.col("published").is_null() | (nw.col("published") >= top_said)))
    )
    of_the_day = nw.col("top").is_null() | ((nw.col("day") == top_day) & (said_last == 1))
    beyond = ~nw.col("day").is_null() & ~nw.col("top").is_null() & (nw.col("day") > top_day)
    named = (nw.col("early") == "") & (nw.col("is_named") == 1)
    claims = claims.with_columns(
        left=flag((nw.col("free") == 1) & of_the_day.fill_null(value=False)),
        undated=flag((nw.col("free") == 1) & nw.col("day").is_null() & ~nw.col("top").is_null()),
        older=flag(named & ~beyond),
    )
    claims = claims.with_columns(
        older=flag((nw.col("older") == 1) | (nw.col("free") - nw.col("left") - nw.col("undated") == 1))
    )
    if not facts.placed:
        return claims.with_columns(standing=nw.col("left")).drop("at_source", "top")
    read_there = nw.col("left") * nw.col("at_source")
    claims = maximum_over(claims, POSITION, read_there, "any_there")
    standing = nw.col("left") * nw.max_horizontal("at_source", 1 - nw.col("any_there"))
    return claims.with_columns(standing=standing).drop("at_source", "any_there", "top")


def _if(name: str, value: nw.Expr) -> nw.Expr:
    return nw.when(nw.col(name) == 1).then(value)


def positions(claims: nw.LazyFrame[Any], sources: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Give a row for each position."""
    low = stated_ends("fl", "ce")[0]
    said = nw.col("stated").fill_null(0)
    said_by = nw.coalesce("stated", "published").fill_null(10 * _DAY)
    standing = {
        "fl": nw.col("fl"),
        "ce": nw.col("ce"),
        "best": nw.col("best"),
        "day": nw.col("day"),
        "stated": said,
        "said_by": said_by,
        **{name: nw.col(name) for name in ("denies", "tentative", "graded")},
    }
    constant = ("source", "voice", "sourced", "unnamed", "rests", "stake", "stock")  # the same for all of a position
    taking = claims.filter((nw.col("left") == 1) | (nw.col("older") == 1)).with_columns(
        *(_if("standing", value).alias(f"s_{name}") for name, value in standing.items()),
        l_low=_if("left", counted(nw.col("fl"))),
        l_high=_if("left", counted(nw.col("ce"))),
        o_low=_if("older", low),
        **{f"s_{name}": _if("standing", nw.col(name)) for name in constant},
    )
    found = taking.group_by(*POSITION).agg(
        nw.col("left").max(),
        nw.col("s_fl").max().alias("fl"),
        nw.col("s_fl").min().alias("fl_least"),
        nw.col("s_ce").min().alias("ce"),
        nw.col("s_ce").max().alias("ce_most"),
        nw.col("s_best").max().alias("best_most"),
        nw.col("s_best").min().alias("best_least"),
        nw.col("s_day").max().alias("until"),
        nw.col("s_stated").max().alias("stated"),
        nw.col("s_said_by").max().alias("said_by"),
        nw.col("s_denies").min().alias("denies"),
        nw.col("s_tentative").min().alias("tentative"),
        nw.col("s_graded").max().alias("graded"),
        nw.col("l_low").min().alias("least_low"),
        nw.col("l_low").max().alias("most_low"),
        nw.col("l_high").min().alias("least_high"),
        nw.col("l_high").max().alias("most_high"),
        nw.col("o_low").max().alias("older_low"),
        *(nw.col(f"s_{name}").max().alias(name) for name in constant),
    )
    equal = (
        (nw.col("fl") == nw.col("fl_least"))
        & (nw.col("ce") == nw.col("ce_most"))
        & (nw.col("best_most") == nw.col("best_least"))
    )
    versions = (nw.col("least_low") != nw.col("most_low")) | (nw.col("least_high") != nw.col("most_high"))
    found = found.filter(nw.col("left") == 1).join(sources, on="source", how="left")
    return found.with_columns(topic_of("place"), equal=flag(equal), versions=flag(versions))


def figure_of_versions(groups: nw.LazyFrame[Any], members: nw.LazyFrame[Any], by: Sequence[str]) -> nw.LazyFrame[Any]:
    """Where versions share no count put the hull of the ranges that most of them allow in the place of their meet."""
    groups = keep(groups)
    parted = groups.filter(counted(nw.col("fl")) > counted(nw.col("ce"))).select(*by)
    runs = best_runs(keep(members.join(parted, on=list(by), how="semi").select(*by, "fl", "ce")), by)
    hulls = runs.group_by(*by).agg(nw.col("fl").min().alias("hull_fl"), nw.col("ce").max().alias("hull_ce"))
    joined = groups.join(hulls, on=list(by), how="left")
    return joined.with_columns(fl=nw.coalesce("hull_fl", "fl"), ce=nw.coalesce("hull_ce", "ce")).drop(
        "hull_fl", "hull_ce"
    )


def best_runs(members: nw.LazyFrame[Any], by: Sequence[str]) -> nw.LazyFrame[Any]:
    """Give the ranges that the most of some figures allow, with their number: Marzullo's sweep as a join.

    Such a range begins at the floor of one of the figures, and is all that those which allow that count share.
    """
    starts = members.select(*by, start=counted(nw.col("fl"))).unique()
    both = keep(
        keep(starts).join(members, on=list(by))
    )  # kept first, since some engines make a slow join of ranges of it
    allowing = both.filter((counted(nw.col("fl")) <= nw.col("start")) & (nw.col("start") <= counted(nw.col("ce"))))
    runs = allowing.group_by(*by, "start").agg(nw.len().alias("number"), nw.col("fl").max(), nw.col("ce").min())
    best = maximum_over(keep(runs), by, nw.col("number"), "most")
    return best.filter(nw.col("number") == nw.col("most")).drop("most")


def fates(claims: nw.LazyFrame[Any], found: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Give every claim its fate."""
    unequal = found.filter(nw.col("equal") == 0).select(*POSITION, nw.lit(1).alias("unequal"))
    claims = claims.join(unequal, on=list(POSITION), how="left").with_columns(nw.col("unequal").fill_null(0))
    fate = nw.lit(str(Fate.REPLACED))
    for condition, name in (
        (nw.col("left") == 1, Fate.VERSION),
        ((nw.col("standing") == 1) & (nw.col("unequal") == 0), Fate.STANDS),
        (nw.col("undated") == 1, Fate.UNDATED),
        (nw.col("is_copy") == 1, Fate.COPY),
        (nw.col("is_named") == 1, Fate.REPLACED),
    ):
        fate = nw.when(condition).then(nw.lit(str(name))).otherwise(fate)
    fate = nw.when(nw.col("early") != "").then(nw.col("early")).otherwise(fate)
    return claims.select(
        *("claim_id", "topic", "place", "left", "standing", "fl", "ce", "day", "denial", "silent"), fate=fate
    )
