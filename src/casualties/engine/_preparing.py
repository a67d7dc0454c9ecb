"""From a table of claims to a narrow one of numbers: what each claim says, when, on whose word, about which subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from casualties.engine._claims import UNATTRIBUTED_ROOT
from casualties.engine._lazily import Lazily
from casualties.engine._numbering import numbered
from casualties.engine._ordering import order_of
from casualties.engine._packing import OPEN, day_number, flag
from casualties.engine._room import keep, number_subjects
from casualties.engine.schema import CLAIMS, FACET_COLUMNS, RESOLVED
from casualties.errors import LedgerFileError, Problem
from casualties.model.harm import JOINABLE, STOCKS, Harm
from casualties.model.source import SourceKind
from casualties.reconciling.confidence import TENTATIVE
from casualties.reconciling.position import Fate, Interest

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw
    import pandas as pd
    import pyarrow as pa
else:
    nw, pd, pa = (Lazily(name, "engine") for name in ("narwhals.stable.v2", "pandas", "pyarrow"))

__all__ = ["STAKES", "Clocks", "Facts", "filled", "prepared"]

STAKES: Final = tuple(Interest)
"""Whose dead a source counts, by the number that stands for it."""

_STOCK_HARMS: Final = tuple(
    "-or-".join(harm for place, harm in enumerate(_JOINED) if number >> place & 1)
    for _JOINED in [[harm for harm in Harm if harm in JOINABLE]]
    for number in range(1, 2 ** len(_JOINED))
    if any(harm in STOCKS for place, harm in enumerate(_JOINED) if number >> place & 1)
) + tuple(str(harm) for harm in Harm if harm in STOCKS - JOINABLE)
"""Every harm that is a stock, as it is written in one cell."""

_NEEDED: Final = frozenset(
    {
        "claim_id",
        "stance",
        "low",
        "source_kind",
        "source_side",
        "side",
        "until",
        "high",
        "best",
        "assumed",
        "aspect",
        "modality",
        "stated",
        "published",
        "target",
    }
)


@dataclass(frozen=True, slots=True)
class Clocks:
    """The day asked for, and that whose knowledge is taken, as numbers of eight digits; ``None`` for all.

    Attributes:
        as_of: The last day asked for.
        known_on: The last day whose knowledge is taken.
        stale: The day before which a finding's last day makes it stale.
    """

    as_of: int | None = None
    known_on: int | None = None
    stale: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a first look over a table finds, so that no work is done for what is not in it.

    Attributes:
        names: The columns that are there.
        readings: Whether some claim was read more than once.
        withdrawals: Whether some claim withdraws another.
        replacing: Whether some claim replaces others by name.
        links: Whether some claim is based on another.
        anonymous: Whether some source is unattributed.
    """

    names: frozenset[str]
    readings: bool
    withdrawals: bool
    replacing: bool
    links: bool
    anonymous: bool

    @property
    def resolved(self) -> bool:
        """Whether trees, links and gradings were resolved when the table was made from a ledger."""
        return "origin" in self.names

    @property
    def facets(self) -> list[str]:
        """The columns that tell subjects apart."""
        return [name for name in FACET_COLUMNS if name in self.names]

    @property
    def alone(self) -> bool:
        """Whether every source is a voice of its own, and no claim rests on the word of another source."""
        return not (self.resolved or self.links or self.anonymous)

    @property
    def placed(self) -> bool:
        """Whether it can be told which claims were read at the source itself."""
        return self.resolved or "publisher" in self.names


class Prepared(NamedTuple):
    """Claims as numbers, the subjects that they are about, and the sources that make them.

    Attributes:
        claims: One row a claim.
        topics: One row a subject, with its facets.
        sources: One row a source, with its kinds and the side that it speaks for.
        links: What `linked_to` finds; ``None`` where nothing is left to find.
    """

    claims: nw.LazyFrame[Any]
    topics: nw.LazyFrame[Any]
    sources: nw.LazyFrame[Any]
    links: nw.LazyFrame[Any] | None


def filled(table: Any) -> nw.LazyFrame[Any]:
    """Give the published columns that are there, and those that reconciling needs; a text that is missing is empty.

    Raises:
        LedgerFileError: If there is no source, or no harm.
    """
    frame = nw.from_native(_arrowed(table)).lazy()
    names = set(frame.collect_schema().names())
    if absent := [name for name in ("source", "harm") if name not in names]:
        hint = "a table with columns of its own is read by a mapping, with casualties.read_table"
        raise LedgerFileError(
            "the table", tuple(Problem("", f"there is no column {name!r}", hint, "missing") for name in absent)
        )
    columns = []
    for name, type_ in {**CLAIMS, **RESOLVED}.items():
        if name in names:
            given = nw.col(name).cast(nw.String if type_ == "text" else nw.Int64)
            columns.append(given.fill_null("") if type_ == "text" else given)
        elif name in _NEEDED:
            missing = nw.lit("") if type_ == "text" else nw.lit(None).cast(nw.Int64)
            columns.append(missing.alias(name))
    given_and_needed: nw.LazyFrame[Any] = frame.select(*columns)
    return given_and_needed


def _arrowed(table: Any) -> Any:
    """Let pandas keep whole numbers with missing values among them as Arrow does; other engines do so themselves."""
    convert = getattr(table, "convert_dtypes", None)
    if convert is None:
        return table
    missing = {name: "" if CLAIMS[name] == "text" else None for name in sorted(_NEEDED - set(table.columns))}
    kinds = {name: pa.string() if type_ == "text" else pa.int64() for name, type_ in {**CLAIMS, **RESOLVED}.items()}
    full = convert(dtype_backend="pyarrow").assign(**missing)
    return full.astype({name: pd.ArrowDtype(kinds[name]) for name in kinds if name in full.columns})


def prepared(frame: nw.LazyFrame[Any], facts: Facts, clocks: Clocks) -> Prepared:
    """Give what each claim says as numbers; subjects are numbered in ``topic`` in the order of their listing."""
    frame = _read_once(frame, facts, clocks)
    frame = frame.with_columns(stock=flag(nw.col("harm").is_in(_STOCK_HARMS)))
    if "topic_status" in facts.names:
        frame = frame.with_columns(status=nw.col("topic_status"))
    if "since" in facts.names:
        frame = frame.with_columns(since=nw.when(nw.col("stock") == 0).then(nw.col("since")).otherwise(nw.lit("")))
    sources = _sources(frame, facts)
    frame, topics = number_subjects(
        frame, facts.facets, order_of(facts.facets), placed=facts.resolved or not facts.readings
    )
    frame = frame.with_columns(*_figures(), day=nw.coalesce("until", "stated", "published"))
    later = nw.lit(0)
    if clocks.as_of is not None:
        later = flag(~nw.col("day").is_null() & (nw.col("day") > clocks.as_of) & (nw.col("stance") != "withdraws"))
    anonymous = nw.col("source_kind").str.contains(SourceKind.UNATTRIBUTED.value, literal=True)
    frame = frame.join(sources.select("source", "number"), on="source").with_columns(
        source=nw.col("number"),
        later=later,
        anonymous=flag(anonymous) if facts.anonymous else nw.lit(0),
        projected=flag(nw.col("modality") == "projected"),
        tentative=flag(nw.col("modality").is_in([str(each) for each in TENTATIVE])),
        silent=flag(nw.col("stance") == "silent"),
        denial=flag(nw.col("stance") == "denies"),
    )
    frame, links = (_taken_over(frame), None) if facts.resolved else _resolved(frame, facts)
    early = nw.lit("")
    for condition, fate in (
        ("figured", Fate.STANDS),
        ("later", Fate.LATER),
        ("projected", Fate.PROJECTED),
        ("is_withdrawn", Fate.WITHDRAWN),
        ("is_misrelayed", Fate.MISRELAYED),
    ):
        early = nw.when(nw.col(condition) == int(fate is not Fate.STANDS)).then(nw.lit(str(fate))).otherwise(early)
    frame = frame.with_columns(early=early).select("root", "anonymous", *_KEPT)
    frame = numbered(frame, alone=facts.alone, resolved=facts.resolved).select("place", "voice", *_KEPT)
    described = sources.select("source_kind", "spoken_for", source=nw.col("number"))
    return Prepared(frame, topics, described, links)


_KEPT: Final = (
    *("claim_id", "topic", "source", "fl", "ce", "best", "day", "stated", "published", "early"),
    *("sourced", "unnamed", "rests", "stake", "graded", "tentative", "at_source", "denies", "silent", "denial"),
    *("stock", "is_named", "is_copy"),
)


def _sources(frame: nw.LazyFrame[Any], facts: Facts) -> nw.LazyFrame[Any]:
    """Number the sources, with their kinds and the side that they speak for."""
    side = nw.col("side_spoken_for" if facts.resolved else "source_side")
    found = frame.group_by("source").agg(nw.col("source_kind").max(), side.max().alias("spoken_for"))
    numbers = found.with_row_index("number", order_by="source")
    return keep(numbers.with_columns(nw.col("number").cast(nw.Int64)))


def _figures() -> list[nw.Expr]:
    """Pack both ends; a denial of the occurrence is a stated zero."""
    states = nw.col("stance") == "states"
    assumed = {end: flag(nw.col("assumed").str.contains(end, literal=True)) for end in ("low", "high")}
    high = nw.when(nw.col("high").is_null()).then(nw.lit(OPEN)).otherwise(nw.col("high") * 2 + assumed["high"])
    denies = (nw.col("stance") == "denies") & (nw.col("aspect") == "occurrence")
    return [
        nw.when(states).then(nw.col("low") * 2 + 1 - assumed["low"]).otherwise(nw.lit(1)).cast(nw.Int64).alias("fl"),
        nw.when(states).then(high).otherwise(nw.lit(0)).cast(nw.Int64).alias("ce"),
        nw.when(states).then(nw.col("best").fill_null(-1)).otherwise(nw.lit(-1)).cast(nw.Int64).alias("best"),
        flag(denies).alias("denies"),
        flag(states | denies).alias("figured"),
    ]


def _read_once(frame: nw.LazyFrame[Any], facts: Facts, clocks: Clocks) -> nw.LazyFrame[Any]:
    """Join the readings of each claim: the earliest publication, and whether it was read at the source itself."""
    first = nw.col("reading").fill_null(1) == 1
    if facts.resolved:
        frame = frame.filter(first) if facts.readings else frame
        return frame.with_columns(
            day_number("until"), day_number("stated"), day_number("first_published").alias("published")
        )
    frame = frame.with_columns(day_number("until"), day_number("stated"), day_number("published"))
    frame = frame.with_columns(at_source=_own_paper(facts) if facts.placed else nw.lit(0))
    if clocks.known_on is not None:
        early = nw.col("published").is_null() | (nw.col("published") <= clocks.known_on)
        frame = frame.with_columns(
            at_source=nw.when(early).then(nw.col("at_source")).otherwise(nw.lit(0)),
            published=nw.when(early).then(nw.col("published")),
        )
    if facts.readings:
        others = frame.filter(~first).group_by("claim_id")
        again = others.agg(nw.col("published").min().alias("also"), nw.col("at_source").max().alias("also_there"))
        frame = frame.filter(first).join(again, on="claim_id", how="left")
        frame = frame.with_columns(
            published=nw.min_horizontal("published", "also"), at_source=nw.max_horizontal("at_source", "also_there")
        )
    if clocks.known_on is not None:
        frame = frame.filter(nw.coalesce("stated", "published") <= clocks.known_on)
    return frame


def _own_paper(facts: Facts) -> nw.Expr:
    publisher = nw.col("publisher").str.to_lowercase()
    own = publisher == nw.col("source").str.to_lowercase()
    if "source_name" in facts.names:
        own = own | (publisher == nw.col("source_name").str.to_lowercase())
    if "relays" in facts.names:
        own = own & (nw.col("relays") == "")
    return flag(own & (publisher != ""))


def _taken_over(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Take what was resolved when the table was made from a ledger."""
    stake = nw.lit(STAKES.index(Interest.NOT_KNOWN))
    for place, interest in enumerate(STAKES[:-1]):
        stake = nw.when(nw.col("interest") == str(interest)).then(nw.lit(place)).otherwise(stake)
    return frame.with_columns(
        root=nw.col("origin"),
        sourced=flag(nw.col("origin").str.starts_with("source:")),
        unnamed=flag(nw.col("origin").str.starts_with(UNATTRIBUTED_ROOT)),
        stake=stake.cast(nw.Int64),
        graded=nw.col("graded_low"),
        is_withdrawn=nw.col("withdrawn"),
        is_misrelayed=nw.col("misrelayed"),
        is_named=nw.col("named"),
        is_copy=nw.col("copy"),
    )


def _resolved(frame: nw.LazyFrame[Any], facts: Facts) -> tuple[nw.LazyFrame[Any], nw.LazyFrame[Any] | None]:
    """Resolve withdrawals, replacements and links with the engine itself; `limits` has seen that this can be done."""
    root = nw.col("based_on") if facts.links else nw.lit("")
    frame = frame.with_columns(root=root, rests=flag(root != ""), stake=_stake(), graded=nw.lit(0))
    frame = frame.with_columns(
        sourced=flag((nw.col("anonymous") == 0) & (nw.col("rests") == 0)),
        unnamed=flag((nw.col("anonymous") == 1) & (nw.col("rests") == 0)),
        is_misrelayed=nw.lit(0),
    )
    if not facts.alone or facts.withdrawals or facts.replacing:
        named = {"target": facts.withdrawals, "replaces": facts.replacing}
        narrow = [name for name in (*_KEPT, *_RESOLVING) if name not in ("early", "is_named", "is_copy")]
        frame = keep(frame.select(*narrow, "stance", *(name for name, there in named.items() if there)))
    withdrawn = None
    if facts.withdrawals:
        withdrawn = frame.filter(nw.col("stance") == "withdraws").select(nw.col("target").alias("claim_id"))
    frame = _marked(frame, withdrawn, "is_withdrawn")
    replaced = None
    if facts.replacing:
        own = nw.sum_horizontal("later", "rests", "anonymous", "is_withdrawn", "projected") == 0
        replaced = frame.filter(own & (nw.col("replaces") != "")).select(nw.col("replaces").alias("claim_id"))
    frame = _marked(frame, replaced, "is_named")
    if not facts.links:
        return frame.with_columns(is_copy=nw.lit(0)), None
    links = keep(linked_to(frame))
    frame = frame.join(links.select("claim_id", "is_copy"), on="claim_id", how="left")
    return frame.with_columns(nw.col("is_copy").fill_null(0)), links


_RESOLVING: Final = ("root", "anonymous", "figured", "later", "projected", "is_misrelayed")


def _stake() -> nw.Expr:
    """Tell whose dead a source counts, by its side and that of the victims."""
    side, victims = nw.col("source_side"), nw.col("side")
    not_known, third, own_side = (
        nw.lit(STAKES.index(each)) for each in (Interest.NOT_KNOWN, Interest.THIRD_PARTY, Interest.OWN_SIDE)
    )
    stake = nw.when(side == victims).then(own_side).otherwise(third)
    stake = nw.when(victims == "").then(not_known).otherwise(stake)
    stake = nw.when(side == "").then(third).otherwise(stake)
    return nw.when(nw.col("anonymous") == 1).then(not_known).otherwise(stake).cast(nw.Int64)


def linked_to(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Give for every claim that rests on another one at hand, whether it repeats what that one says of its subject.

    ``beyond`` tells where columns alone do not answer: where the other claim is about something else, gives no figure
    that counts here, or rests on a third.
    """
    resting = frame.filter(nw.col("rests") == 1).select("claim_id", "topic", nw.col("root").alias("based_on"))
    basis = frame.select(
        nw.col("claim_id").alias("based_on"),
        nw.col("topic").alias("other_topic"),
        nw.col("figured").alias("other_figured"),
        nw.col("later").alias("other_later"),
        nw.col("rests").alias("other_rests"),
    )
    found = keep(resting).join(keep(basis), on="based_on", how="inner")
    plain = (
        (nw.col("topic") == nw.col("other_topic"))
        & (nw.col("other_figured") == 1)
        & (nw.col("other_later") + nw.col("other_rests") == 0)
    )
    return found.select("claim_id", is_copy=flag(plain), beyond=flag(~plain))


def _marked(frame: nw.LazyFrame[Any], named: nw.LazyFrame[Any] | None, name: str) -> nw.LazyFrame[Any]:
    """Mark the claims that others name."""
    if named is None:
        return frame.with_columns(nw.lit(0).alias(name))
    marks = named.unique().with_columns(nw.lit(1).alias(name))
    return frame.join(marks, on="claim_id", how="left").with_columns(nw.col(name).fill_null(0))
