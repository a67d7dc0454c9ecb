"""A first look over a table of claims: whether its rows can be, and what in it columns alone cannot answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from casualties.claim import Aspect, Modality, Silence, Stance
from casualties.engine._lazily import Lazily
from casualties.engine._preparing import Facts, Prepared
from casualties.errors import CasualtiesError, LedgerFileError, ModelError, Problem
from casualties.figure import MAX_COUNT, Figure
from casualties.formats._cells import split
from casualties.period import PartialDate
from casualties.record import problems_of
from casualties.source import Source, SourceKind
from casualties.subject import FACETS, Subject
from casualties.wording import parse_figure

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw
else:
    nw = Lazily("narwhals.stable.v2", "engine")

__all__ = ["beyond_columns", "check", "facts_of", "links_beyond_columns"]

_DAYS: Final = ("until", "stated", "published", "first_published")
_WHOLE: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


def _counts(frame: nw.LazyFrame[Any], conditions: dict[str, nw.Expr]) -> dict[str, int]:
    """Count the rows for which each of some conditions holds, in one pass."""
    if not conditions:
        return {}
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


def check(frame: nw.LazyFrame[Any], facts: Facts, name: str) -> None:
    """Hold every row to what the records hold theirs to.

    Distinct words, dates and sources are read once by the same records; whole numbers and what goes with which stance
    are compared as columns.

    Raises:
        LedgerFileError: With a problem for every distinct value that cannot be, and for every rule with the number of
            rows that break it.
    """
    problems = [*_of_values(frame, facts), *_of_rows(frame, facts)]
    if problems:
        raise LedgerFileError(name, tuple(problems))


def _of_values(frame: nw.LazyFrame[Any], facts: Facts) -> Iterable[Problem]:
    for column, read in _READ.items():
        if column in facts.names:
            for value in sorted(_distinct(frame, column)):
                yield from _problems(column, value, read)
    if "figure" in facts.names:
        given = frame.filter((nw.col("figure") != "") & ~nw.col("low").is_null()).select(
            "figure", "low", nw.col("high").fill_null(-1)
        )
        for words, low, high in sorted(given.unique().collect().rows(), key=str):
            yield from _problems("low", words, lambda words, low=low, high=high: _agreeing(words, low, high))  # type: ignore[misc]
    columns = [name for name in ("source", "source_name", "source_kind", "source_side") if name in facts.names]
    for row in sorted(frame.select(*columns).unique().collect().rows()):
        cells = dict(zip(columns, row, strict=True))
        yield from _problems("source", cells["source"], lambda _, cells=cells: _source(cells))  # type: ignore[misc]


def _distinct(frame: nw.LazyFrame[Any], column: str) -> set[str]:
    rows = frame.select(column).unique().collect().rows()
    return {value for (value,) in rows if value}


def _problems(column: str, value: str, read: Callable[[str], object]) -> Iterable[Problem]:
    try:
        read(value)
    except ModelError as error:
        for problem in problems_of(error):
            yield Problem(f"column {column}", problem.message, problem.hint, problem.reason)
    except CasualtiesError as error:
        yield Problem(f"column {column}", error.message, error.hint, error.reason)
    except ValueError as error:
        yield Problem(f"column {column}", str(error))


def _agreeing(words: str, low: int, high: int) -> Figure | None:
    """Read a figure that is given twice, in words and by its ends, which must say the same."""
    figure = parse_figure(words)
    if figure is None or (figure.low, -1 if figure.high is None else figure.high) != (low, high):
        raise CasualtiesError(
            f"low and high say {low}..{'' if high < 0 else high}, but the figure is {words!r}",
            "two-values",
            "mend one of them, or empty low and high",
        )
    return figure


def _source(cells: dict[str, str]) -> Source:
    fields: dict[str, Any] = {name: split(cells.get(f"source_{name[:-1]}", "")) for name in ("names", "kinds")}
    return Source(key=cells["source"], side=cells.get("source_side") or None, **fields)


def _written(column: str, value: str) -> object:
    """Read a word of a facet, which must stand there as the record would write it."""
    several = column in ("with", "without", "harm")
    field = "with_" if column == "with" else column
    given = ((value,) if column == "harm" else split(value)) if several else value
    found = getattr(Subject(**{"harm": ("killed",), field: given}), field)
    written = ("-or-" if column == "harm" else "|").join(found) if several else str(found)
    if written != value:
        raise ModelError(f"{value!r}: written otherwise than {written!r}", "not-canonical", f"write {written}")
    return found


_READ: Final[dict[str, Callable[[str], object]]] = {
    **{
        column: lambda value, column=column: _written(column, value)  # type: ignore[misc]
        for column in ("harm", *FACETS, "with", "without", "since")
    },
    **dict.fromkeys(("until", "stated", "published", "retrieved"), PartialDate.parse),
    "stance": Stance,
    "silence": Silence,
    "aspect": Aspect,
    "modality": Modality,
}


def _of_rows(frame: nw.LazyFrame[Any], facts: Facts) -> Iterable[Problem]:
    col = nw.col
    states = col("stance") == "states"
    low, high, best = col("low"), col("high"), col("best")
    rules = {
        "no source": col("source") == "",
        "no harm": col("harm") == "",
        "a claim that states has no figure": states & low.is_null(),
        "a claim that does not state has a figure": ~states & ~low.is_null(),
        "a ceiling without a floor": low.is_null() & ~high.is_null(),
        "low is below zero": low < 0,
        "high is below low": high < low,
        f"a count is above the limit of {MAX_COUNT:,}": (low > MAX_COUNT) | (high > MAX_COUNT),
        "best lies outside": (best < low) | (best > high),
        "a withdrawal names no claim": (col("stance") == "withdraws") & (col("target") == ""),
    }
    if "since" in facts.names:
        whole = col("since").str.contains(f"^{_WHOLE}$") & (col("until") != "")
        rules["the period ends before it begins"] = whole & (col("until") < col("since"))
    for rule, number in _counts(frame, rules).items():
        if number:
            yield Problem(f"{number:,} row{'s' if number > 1 else ''}", rule, "", "bad-row")
