"""The column path: a table of claims in, findings and attribution out, as one set of expressions for every engine."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from casualties.engine._finding import VOICE, findings, latest_positions, pairs, voices
from casualties.engine._lazily import Lazily
from casualties.engine._packing import UNBOUNDED, counted, day_text, flag, stated_ends
from casualties.engine._preparing import Clocks, Facts, Prepared
from casualties.engine._room import keep
from casualties.engine._settling import POSITION, best_runs, fates, figure_of_versions, positions, settled
from casualties.engine.schema import FACET_COLUMNS, FINDINGS, Role

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw
else:
    nw = Lazily("narwhals.stable.v2", "engine")

__all__ = ["Columns", "in_columns"]


class Columns(NamedTuple):
    """What reconciling a table gives, still inside the engine.

    Attributes:
        findings: The columns of `casualties.engine.schema.FINDINGS`.
        attribution: The columns of `casualties.engine.schema.ATTRIBUTION`.
        support: The columns of `casualties.engine.schema.SUPPORT`.
    """

    findings: nw.LazyFrame[Any]
    attribution: nw.LazyFrame[Any]
    support: nw.LazyFrame[Any]


def in_columns(given: Prepared, facts: Facts, clocks: Clocks) -> Columns:
    """Reconcile what `casualties.engine._preparing.prepared` gave."""
    marked = keep(settled(given.claims, facts))
    standing = marked.filter(nw.col("standing") == 1)
    found = figure_of_versions(positions(marked, given.sources), standing, POSITION)
    ceiling = stated_ends("fl", "ce")[1]
    revised = (nw.col("stock") == 0) & (ceiling < UNBOUNDED) & (nw.col("older_low") > ceiling)
    found = keep(latest_positions(found.with_columns(revised=flag(revised)), facts))
    speaking = keep(voices(found, facts))
    compared = keep(pairs(speaking))
    with_fates = keep(fates(marked, found))
    listed = keep(
        findings(
            given.topics,
            told=speaking,
            compared=compared,
            positions=found,
            claims=with_fates,
            facts=facts,
            clocks=clocks,
        )
    )
    stated = listed.filter(nw.col("stating") == 1)
    day = keep(speaking.filter(nw.col("of_day") == 1).join(stated.select("topic", "day_fl", "common_ce"), on="topic"))
    runs = keep(_runs(day))
    roles = _roles(speaking, day, runs, compared, listed)
    return Columns(_published(listed, runs, facts), _attribution(with_fates, found, roles, listed), _ranges(runs))


def _runs(day: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Find the ranges that the most voices of the day allow: what all share, else the best of a sweep."""
    shared = flag(counted(nw.col("day_fl")) <= counted(nw.col("common_ce")))
    day = day.with_columns(shared=shared)
    together = (
        day.filter(nw.col("shared") == 1)
        .group_by("topic")
        .agg(nw.len().alias("number"), nw.col("fl").max(), nw.col("ce").min())
    )
    contested = best_runs(day.filter(nw.col("shared") == 0).select("topic", "fl", "ce"), ("topic",))
    columns = ("topic", "number", "fl", "ce")
    typed = [nw.col(name).cast(nw.Int64) for name in columns]
    return nw.concat([together.select(*typed), contested.select(*typed)])


def _roles(
    speaking: nw.LazyFrame[Any],
    day: nw.LazyFrame[Any],
    runs: nw.LazyFrame[Any],
    compared: nw.LazyFrame[Any],
    listed: nw.LazyFrame[Any],
) -> nw.LazyFrame[Any]:
    """Mark the voices that set an end of the common range, support a best-supported one, or dispute."""
    ends = listed.select("topic", "shared", "common_fl", "common_ce")
    told = speaking.join(ends, on="topic").with_columns(
        sets_low=nw.col("told") * nw.col("shared") * flag(counted(nw.col("fl")) == counted(nw.col("common_fl"))),
        sets_high=nw.col("shared")
        * nw.when(nw.col("of_day") == 1)
        .then(flag(counted(nw.col("ce")) == counted(nw.col("common_ce"))))
        .otherwise(nw.col("told") * flag(counted(nw.col("common_ce")) == UNBOUNDED)),
    )
    allowing = day.select("topic", *VOICE, "fl", "ce").join(
        runs.select("topic", run_low=counted(nw.col("fl"))), on="topic"
    )
    inside = flag((counted(nw.col("fl")) <= nw.col("run_low")) & (nw.col("run_low") <= counted(nw.col("ce"))))
    allowing = allowing.filter(inside == 1)
    supporting = allowing.select(*VOICE).unique().with_columns(supports=nw.lit(1))
    apart = compared.filter(nw.col("dispute") == 1)
    disputing = nw.concat([apart.select("voice"), apart.select(nw.col("voice_2").alias("voice"))])
    disputing = disputing.unique().with_columns(disputes=nw.lit(1))
    told = told.select(*VOICE, "sets_low", "sets_high")
    for part in (supporting, disputing):
        told = told.join(part, on=list(VOICE), how="left")
    return keep(told.with_columns(nw.col("supports").fill_null(0), nw.col("disputes").fill_null(0)))


def _attribution(
    claims: nw.LazyFrame[Any],
    positions: nw.LazyFrame[Any],
    roles: nw.LazyFrame[Any],
    listed: nw.LazyFrame[Any],
) -> nw.LazyFrame[Any]:
    """Say of every claim what became of it, and what else it does in its finding."""
    fate = claims.select(finding=nw.col("topic"), claim=nw.col("claim_id"), role=nw.col("fate"))
    ends = listed.filter(nw.col("stating") == 1).select("topic", "span_low", "span_high")
    acting = positions.join(roles, on=list(VOICE)).join(ends, on="topic")
    acting = acting.select(
        "topic",
        *POSITION,
        "versions",
        "span_low",
        "span_high",
        *((nw.col(name) * nw.col("latest")).alias(name) for name in ("sets_low", "sets_high", "supports", "disputes")),
    )
    said = claims.filter(nw.col("left") == 1).select("claim_id", *POSITION, "fl", "ce", "standing")
    said = keep(said.join(acting, on=list(POSITION), how="inner"))
    heard = nw.max_horizontal("versions", "standing") == 1
    conditions = {
        Role.COMMON_LOW: nw.col("standing") * nw.col("sets_low") == 1,
        Role.COMMON_HIGH: nw.col("standing") * nw.col("sets_high") == 1,
        Role.SPAN_LOW: heard & (counted(nw.col("fl")) == nw.col("span_low")),
        Role.SPAN_HIGH: heard & (counted(nw.col("ce")) == nw.col("span_high")),
        Role.SUPPORTS: nw.col("standing") * nw.col("supports") == 1,
        Role.DISPUTES: nw.col("standing") * nw.col("disputes") == 1,
    }
    others = [
        said.filter(condition).select(finding=nw.col("topic"), claim=nw.col("claim_id"), role=nw.lit(str(role)))
        for role, condition in conditions.items()
    ]
    return nw.concat([fate, *others])


def _ends(low: nw.Expr, high: nw.Expr, name: str, there: nw.Expr) -> list[nw.Expr]:
    """Give both ends as counts: no ceiling is ``inf``, and where there is no figure both are missing."""
    top = nw.when(high >= UNBOUNDED).then(nw.lit(math.inf)).otherwise(high.cast(nw.Float64))
    return [
        nw.when(there).then(low.cast(nw.Float64)).alias(f"{name}low"),
        nw.when(there).then(top).alias(f"{name}high"),
    ]


def _ranges(runs: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    return runs.select(
        nw.col("topic").alias("finding"), *_ends(counted(nw.col("fl")), counted(nw.col("ce")), "", nw.col("number") > 0)
    )


def _published(listed: nw.LazyFrame[Any], runs: nw.LazyFrame[Any], facts: Facts) -> nw.LazyFrame[Any]:
    """Give the findings with their published columns, in order."""
    supported = runs.group_by("topic").agg(
        nw.len().alias("support_ranges"), nw.col("number").max().alias("support_voices")
    )
    found = listed.join(supported, on="topic", how="left")
    stated = nw.col("stating") == 1
    columns = [nw.col("topic").alias("finding")]
    for name in FACET_COLUMNS:
        shown = "victim_status" if name == "status" else name
        if name in facts.facets:
            columns.append(nw.when(nw.col(name) != "").then(nw.col(name)).alias(shown))
        else:
            columns.append(nw.lit(None).cast(nw.String).alias(shown))
    columns += [
        day_text("until"),
        nw.col("outcome").alias("status"),
        nw.col("confidence"),
        *_ends(counted(nw.col("common_fl")), counted(nw.col("common_ce")), "common_", nw.col("shared") == 1),
        *_ends(nw.col("span_low"), nw.col("span_high"), "span_", stated),
        *(nw.col(name).fill_null(0).cast(nw.Int64) for name in ("support_ranges", "support_voices")),
        *(nw.col(name) for name in ("voices", "confirmations", "disputes")),
        *(nw.col(name).cast(nw.Int64) for name in ("denials", "silences", "claims")),
        nw.col("gap").cast(nw.Float64),
        nw.col("differs").cast(nw.Int64).alias("divided"),
        nw.col("revised").cast(nw.Int64).alias("revised_down"),
        (nw.col("claims") - nw.col("stands")).cast(nw.Int64).alias("set_aside"),
    ]
    return found.select(*columns).select(*FINDINGS).sort("finding")
