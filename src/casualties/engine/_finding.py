"""What all voices say together, subject by subject, and what each claim does in it, as columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casualties.engine._lazily import Lazily
from casualties.engine._numbering import topic_of
from casualties.engine._packing import UNBOUNDED, counted, flag, stated_ends
from casualties.engine._preparing import STAKES, Clocks, Facts
from casualties.engine._room import keep, maximum_over
from casualties.engine._settling import figure_of_versions
from casualties.model.source import SourceKind
from casualties.reconciling.confidence import COUNTED, Level
from casualties.reconciling.finding import FindingStatus
from casualties.reconciling.position import Fate, Interest

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw
else:
    nw = Lazily("narwhals.stable.v2", "engine")

VOICE: Final = ("voice",)
_KINDS: Final = {
    f"kind_{place}": f"|{kind}|" for place, kind in enumerate(SourceKind) if kind != SourceKind.UNATTRIBUTED
}
_STAKES: Final = {f"stake_{place}": place for place in range(len(STAKES))}
_OWN, _OPPONENT, _THIRD, _UNKNOWN = (
    f"stake_{STAKES.index(each)}"
    for each in (Interest.OWN_SIDE, Interest.OPPONENT, Interest.THIRD_PARTY, Interest.NOT_KNOWN)
)


def latest_positions(positions: nw.LazyFrame[Any], facts: Facts) -> nw.LazyFrame[Any]:
    """Mark the positions that make the figure of their voice: of the latest day, and by sources the last stated."""
    positions = positions.with_columns(until=nw.col("until").fill_null(0))
    if facts.alone:
        return positions.with_columns(latest=nw.lit(1))
    positions = maximum_over(positions, VOICE, nw.col("until"), "last")
    positions = positions.with_columns(latest=flag(nw.col("until") == nw.col("last")))
    spoken = nw.when(nw.col("latest") == 1).then(nw.col("stated")).otherwise(nw.lit(0))
    positions = maximum_over(positions, VOICE, spoken, "last_said")
    other = maximum_over(positions, VOICE, 1 - nw.col("sourced"), "other_roots")
    earlier = (nw.col("other_roots") == 0) & (nw.col("said_by") < nw.col("last_said"))
    return other.with_columns(latest=nw.when(earlier).then(nw.lit(0)).otherwise("latest")).drop(
        "last", "last_said", "other_roots"
    )


def voices(positions: nw.LazyFrame[Any], facts: Facts) -> nw.LazyFrame[Any]:
    """Give a row for each independent voice."""
    kinds = nw.concat_str([nw.lit("|"), nw.col("source_kind"), nw.lit("|")])
    marks = {
        **{name: flag(kinds.str.contains(kind, literal=True)) for name, kind in _KINDS.items()},
        **{name: flag(nw.col("stake") == place) for name, place in _STAKES.items()},
    }
    positions = positions.with_columns(**marks, of_none=flag(nw.col("spoken_for") == ""))
    if facts.alone:
        return _placed(
            positions.with_columns(
                differs=nw.col("versions"), side_least=nw.col("spoken_for"), side_most=nw.col("spoken_for")
            )
        )
    latest = positions.filter(nw.col("latest") == 1).with_columns(low=counted(nw.col("fl")), high=counted(nw.col("ce")))
    summed = latest.group_by(*VOICE).agg(
        nw.col("fl").max(),
        nw.col("ce").min(),
        nw.col("low").min().alias("least_low"),
        nw.col("low").max().alias("most_low"),
        nw.col("high").min().alias("least_high"),
        nw.col("high").max().alias("most_high"),
        nw.col("until").max(),
        nw.col("denies").min(),
        nw.col("tentative").min(),
        nw.col("graded").max(),
        nw.col("rests").max(),
        nw.col("unnamed").max(),
        nw.col("stock").max(),
        nw.col("spoken_for").min().alias("side_least"),
        nw.col("spoken_for").max().alias("side_most"),
        *(nw.col(name).max() for name in marks),
    )
    several = (nw.col("least_low") != nw.col("most_low")) | (nw.col("least_high") != nw.col("most_high"))
    parted = flag(several & ((nw.col("rests") == 1) | (nw.col("unnamed") == 0)))
    flags = positions.group_by(*VOICE).agg(nw.col("versions").max(), nw.col("revised").max())
    found = figure_of_versions(summed, latest, VOICE).join(flags, on=list(VOICE))
    return _placed(found.with_columns(topic_of("voice"), differs=nw.max_horizontal("versions", parted)))


def _placed(found: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Mark the voices of the finding's day, and those that are heard on it, since a floor is carried there."""
    found = maximum_over(found, ("topic",), nw.col("until"), "as_of")
    of_day = flag((nw.col("until") == nw.col("as_of")) | (nw.col("denies") == 1))
    found = found.with_columns(of_day=of_day)
    carried = flag((nw.col("stock") == 0) & (nw.col("until") > 0))
    return found.with_columns(told=nw.max_horizontal(nw.col("of_day"), carried)).drop("as_of")


def pairs(voices: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Compare the voices of each subject in pairs, each on its own day; see `casualties.reconciling.pairs.compare`."""
    told = voices.with_columns(
        low=counted(nw.col("fl")),
        high=counted(nw.col("ce")),
        stated_low=stated_ends("fl", "ce")[0],
        stated_high=stated_ends("fl", "ce")[1],
    )
    names = ("voice", "low", "high", "stated_low", "stated_high", "until", "denies", *_STAKES)
    told = told.select("topic", "stock", *names)
    others = told.select("topic", *(nw.col(name).alias(f"{name}_2") for name in names))
    both = keep(
        keep(told).join(keep(others), on="topic")
    )  # kept first, since some engines make a slow join of ranges of the filter
    both = both.filter(nw.col("voice") < nw.col("voice_2"))
    denial = (nw.col("denies") + nw.col("denies_2")) > 0
    same = denial | (nw.col("until") == nw.col("until_2"))
    both = both.with_columns(
        same=flag(same),
        timed=flag(~same & (nw.col("stock") == 0) & (nw.col("until") > 0) & (nw.col("until_2") > 0)),
        first=flag(nw.col("until") < nw.col("until_2")),
        says=flag(
            ((nw.col("low") > 0) | (nw.col("high") < UNBOUNDED))
            & ((nw.col("low_2") > 0) | (nw.col("high_2") < UNBOUNDED))
        ),
    )

    def earlier(name: str) -> nw.Expr:
        return nw.when(nw.col("first") == 1).then(nw.col(name)).otherwise(nw.col(f"{name}_2"))

    def later(name: str) -> nw.Expr:
        return nw.when(nw.col("first") == 1).then(nw.col(f"{name}_2")).otherwise(nw.col(name))

    both = both.with_columns(
        e_low=earlier("low"),
        e_high=earlier("high"),
        l_low=later("low"),
        l_high=later("high"),
        e_stated=earlier("stated_low"),
        l_stated=later("stated_high"),
    )
    apart_now = nw.max_horizontal(
        nw.col("stated_low") - nw.col("stated_high_2"), nw.col("stated_low_2") - nw.col("stated_high")
    )
    read_now = nw.max_horizontal(nw.col("low") - nw.col("high_2"), nw.col("low_2") - nw.col("high"))
    gap = (
        nw.when(nw.col("same") == 1)
        .then(apart_now)
        .otherwise(nw.when(nw.col("timed") == 1).then(nw.col("e_stated") - nw.col("l_stated")).otherwise(nw.lit(0)))
    )
    read = (
        nw.when(nw.col("same") == 1)
        .then(read_now)
        .otherwise(nw.when(nw.col("timed") == 1).then(nw.col("e_low") - nw.col("l_high")).otherwise(nw.lit(0)))
    )
    both = both.with_columns(gap=gap, read=read)
    inside = ((nw.col("low_2") <= nw.col("low")) & (nw.col("high") <= nw.col("high_2"))) | (
        (nw.col("low") <= nw.col("low_2")) & (nw.col("high_2") <= nw.col("high"))
    )
    held = (nw.col("same") == 1) & (nw.col("denies") + nw.col("denies_2") == 0) & (nw.col("says") == 1) & inside
    # an earlier voice counts with its floor alone, a later one with its ceiling alone
    by_floor = (
        (nw.col("e_low") > 0)
        & (nw.col("l_low") > 0)
        & (nw.col("l_low") <= nw.col("e_low"))
        & (nw.col("l_high") == UNBOUNDED)
    )
    by_ceiling = (
        (nw.col("l_high") < UNBOUNDED)
        & (nw.col("e_low") <= 0)
        & (nw.col("l_high") <= nw.col("e_high"))
        & (nw.col("e_high") < UNBOUNDED)
    )
    in_time = (nw.col("timed") == 1) & (by_floor | by_ceiling)
    dispute, apart = nw.col("gap") > 0, nw.col("read") > 0
    own = nw.max_horizontal(_OWN, f"{_OWN}_2")
    unknown = nw.max_horizontal(_UNKNOWN, f"{_UNKNOWN}_2")
    others_too = nw.max_horizontal(_OPPONENT, _THIRD, f"{_OPPONENT}_2", f"{_THIRD}_2")
    both = both.with_columns(
        dispute=flag(dispute),
        apart=flag(~dispute & apart),
        confirms=flag(~dispute & ~apart & (held | in_time)),
        mixed=own * others_too * (1 - unknown),
    )
    return both.select(
        "topic", "voice", "voice_2", "dispute", "apart", "confirms", "gap", mixed=nw.col("mixed") * nw.col("confirms")
    )


def findings(
    topics: nw.LazyFrame[Any],
    *,
    told: nw.LazyFrame[Any],
    compared: nw.LazyFrame[Any],
    positions: nw.LazyFrame[Any],
    claims: nw.LazyFrame[Any],
    facts: Facts,
    clocks: Clocks,
) -> nw.LazyFrame[Any]:
    """Gather per subject what its claims, positions, voices and pairs of voices come to."""
    standing = flag(nw.col("fate") == str(Fate.STANDS))
    of_claims = (
        claims.with_columns(
            stands=standing,
            seen=nw.when(nw.col("fate") != str(Fate.LATER)).then(nw.col("day")),
        )
        .with_columns(denial=nw.col("denial") * nw.col("stands"), silent=nw.col("silent") * nw.col("stands"))
        .group_by("topic")
        .agg(
            nw.len().alias("claims"),
            nw.col("stands").sum(),
            nw.col("denial").sum().alias("denials"),
            nw.col("silent").sum().alias("silences"),
            nw.col("seen").max(),
        )
    )
    of_positions = positions.group_by("topic").agg(
        nw.col("least_low").min().alias("span_low"), nw.col("most_high").max().alias("span_high")
    )
    wide = nw.when(nw.col("dispute") == 1).then(nw.col("gap"))
    of_pairs = (
        compared.with_columns(wide=wide)
        .group_by("topic")
        .agg(
            nw.col("dispute").sum().alias("disputes"),
            nw.col("confirms").sum().alias("confirmations"),
            nw.col("apart").max(),
            nw.col("mixed").max(),
            nw.col("wide").max().alias("gap"),
        )
    )
    stating = nw.col("denies") == 0
    kinds, stakes = list(_KINDS), list(_STAKES)
    alone = nw.col(_THIRD) * (1 - nw.max_horizontal(_OWN, _OPPONENT, _UNKNOWN))
    counting = told.with_columns(
        stating=flag(stating),
        kinded=nw.max_horizontal(*kinds),
        third_only=alone,
    )
    counting = counting.with_columns(
        *(
            nw.when(stating).then(nw.col(name)).alias(f"s_{name}")
            for name in (
                "tentative",
                "graded",
                "differs",
                "kinded",
                "third_only",
                "until",
                "side_least",
                "side_most",
                *kinds,
                *stakes,
            )
        ),
        *(nw.when(nw.col("told") == 1).then(nw.col("fl")).alias("t_fl"),),
        d_fl=nw.when(nw.col("of_day") == 1).then(nw.col("fl")),
        d_ce=nw.when(nw.col("of_day") == 1).then(nw.col("ce")),
    )
    of_voices = counting.group_by("topic").agg(
        nw.len().alias("voices"),
        nw.col("stating").max(),
        nw.col("until").max(),
        nw.col("differs").max(),
        nw.col("revised").max(),
        nw.col("t_fl").max().alias("common_fl"),
        nw.col("d_fl").max().alias("day_fl"),
        nw.col("d_ce").min().alias("common_ce"),
        nw.col("s_tentative").min(),
        nw.col("s_graded").min(),
        nw.col("s_differs").max(),
        nw.col("s_kinded").sum(),
        nw.col("s_third_only").max(),
        nw.col("s_until").max(),
        nw.col("s_side_least").min(),
        nw.col("s_side_most").max(),
        *(nw.col(f"s_{name}").max() for name in (*kinds, *stakes)),
    )
    found = topics.join(of_claims, on="topic")
    for part in (of_positions, of_voices, of_pairs):
        found = found.join(part, on="topic", how="left")
    zero = ("voices", "stating", "differs", "revised", "disputes", "confirmations", "apart", "mixed", "s_kinded")
    found = found.with_columns(*(nw.col(name).fill_null(0).cast(nw.Int64) for name in zero))
    found = found.with_columns(
        until=nw.when(nw.col("voices") == 0)
        .then(nw.col("seen"))
        .otherwise(nw.when(nw.col("until") > 0).then(nw.col("until"))),
        shared=nw.col("stating") * flag((nw.col("disputes") == 0) & (nw.col("apart") == 0)),
    )
    return found.with_columns(outcome=_status(), confidence=_confidence(facts, clocks))


def _status() -> nw.Expr:
    status = nw.lit(str(FindingStatus.COMPATIBLE))
    for condition, name in (
        (nw.col("confirmations") > 0, FindingStatus.CORROBORATED),
        (nw.col("voices") == 1, FindingStatus.SINGLE_SOURCE),
        (nw.col("disputes") > 0, FindingStatus.DISPUTED),
        (nw.col("stating") == 0, FindingStatus.UNREPORTED),
    ):
        status = nw.when(condition).then(nw.lit(str(name))).otherwise(status)
    return status


def _confidence(facts: Facts, clocks: Clocks) -> nw.Expr:
    """Find the level by the table in `casualties.reconciling.confidence.RULES`."""
    calm = nw.col("disputes") == 0
    kinds = nw.sum_horizontal(*(f"s_{name}" for name in _KINDS))
    up = [
        calm & (nw.col("mixed") == 1),
        calm & (nw.col("confirmations") > 0) & (nw.col("s_kinded") >= 3) & (kinds >= 3),
    ]
    if "basis" in facts.names:
        up.append(calm & nw.col("basis").is_in([str(each) for each in COUNTED]) & (nw.col("s_third_only") == 1))
    only_opponents = (nw.col(f"s_{_OPPONENT}") == 1) & (
        nw.max_horizontal(*(f"s_{each}" for each in (_OWN, _THIRD, _UNKNOWN))) == 0
    )
    down = [
        nw.col("s_graded") == 1,
        nw.col("s_tentative") == 1,
        (nw.col("apart") == 1) | (nw.col("s_differs") == 1),
        (nw.col("s_side_least") == nw.col("s_side_most")) & only_opponents,
    ]
    if clocks.stale is not None:
        down.append((nw.col("s_until") > 0) & (nw.col("s_until") < clocks.stale))
    corroborated = calm & (nw.col("voices") > 1) & (nw.col("confirmations") > 0)
    place = flag(corroborated) + 1
    for condition in up:
        place = place + flag(condition)
    for condition in down:
        place = place - flag(condition)
    levels = list(Level)
    level = nw.lit(str(levels[1]))
    for number, name in enumerate(levels[2:], 2):
        level = nw.when(place >= number).then(nw.lit(str(name))).otherwise(level)
    return nw.when(nw.col("stating") == 0).then(nw.lit(str(levels[0]))).otherwise(level)
