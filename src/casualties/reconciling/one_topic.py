"""The claims and the answer on one topic, taken out of those on all: what one finding is a view of, and is asked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Final

from casualties.reconciling.arrays import Column, Lists, Table
from casualties.reconciling.kernel import answer as out
from casualties.reconciling.kernel.answer import Answer
from casualties.reconciling.kernel.claims import OPEN, Claims, Context
from casualties.reconciling.kernel.confidence import levels
from casualties.reconciling.kernel.day import borne_out
from casualties.reconciling.kernel.figures import packed
from casualties.reconciling.kernel.program import entered

__all__ = ["Slice", "borne_out_by", "context_of", "level_in", "part_of"]

_YES_OR_NO: Final = frozenset({"graded", "latest", "near", "outlier", "overtaken", "tentative", "unattributed"})


def context_of(context: Context, start: int, stop: int) -> Context:
    """Take what stands beside some topics; what rests on several is left out.

    Examples:
        >>> context_of(Context(stock=[0, 1, 0]), 1, 3).stock
        [1, 0]
    """
    by_topic = {name: getattr(context, name)[start:stop] for name in ("stock", "victims", "counted_until", "closed")}
    return replace(context, **by_topic, several={})


_PLACES: Final[Mapping[str, Mapping[str, str]]] = {
    "fates": {"position": "positions"},
    "positions": {"independent": "independents"},
    "pairs": {
        "lower": "independents",
        "upper": "independents",
        "lower_organ": "positions",
        "upper_organ": "positions",
    },
    "outside": {"independent": "independents", "estimate": "fates", "other": "fates"},
}
"""By table the columns that hold places, each with the table in which they are places; -1 is none."""


class Slice:
    """Some rows of a table, as lists with places of their own; a column is cut when it is asked for.

    Attributes:
        kind: The class of the table.

    Examples:
        >>> from casualties.reconciling.kernel.answer import Findings
        >>> Slice(Findings(claims=[8, 5, 1]), range(1, 3), {}).claims
        [5, 1]
    """

    def __init__(self, table: Any, rows: range, moved: Mapping[str, int]) -> None:  # noqa: ANN401 - any table
        self.kind: type = type(table)
        self._table, self._rows, self._moved = table, rows, moved

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any column
        if name.startswith("_"):
            raise AttributeError(name)
        column = getattr(self._table, name)[self._rows.start : self._rows.stop]
        column = column.tolist() if hasattr(column, "tolist") else list(column)
        self.__dict__[name] = column = _shifted(column, -self._moved.get(name, 0))
        return column

    def __len__(self) -> int:
        return len(self._rows)


def part_of(answer: Answer, topic: int, rows: range) -> Answer:
    """Take the answer on one topic, which has some rows of claims, as lists with places of their own.

    Examples:
        >>> part_of(Answer(), 0, range(0)).findings.status
        []
    """
    taken = {"findings": range(topic, topic + 1), "fates": rows}
    for table in fields(Answer):
        if table.name not in taken:
            column = getattr(answer, table.name).topic
            taken[table.name] = range(bisect_left(column, topic), bisect_right(column, topic))
    parts: dict[str, Any] = {
        name: Slice(
            getattr(answer, name),
            rows_,
            {"topic": topic, **{column: taken[target].start for column, target in _PLACES.get(name, {}).items()}},
        )
        for name, rows_ in taken.items()
    }
    return Answer(**parts)


def level_in(answer: Answer, context: Context, low: int, high: int) -> list[tuple[int, int, list[int], list[int]]]:
    """Give the level of each end of any range on the one topic of an answer; that of the range is the lower one.

    Each with the steps towards it, and the places of those who bear it out and of those who contest the range.
    """
    do = Lists()
    _, _, beside = entered(do, Claims(), context)
    sources, pairs, positions = map(_columns, (answer.independents, answer.pairs, answer.positions))
    sources.day = packed(sources.until, sources.until_latest)
    pairs.disputed = (pairs.relation == out.DISPUTE) & ~pairs.near & ~pairs.overtaken
    found = []
    for upper in [upper for upper, said in ((False, low >> 1 > 0), (True, high < OPEN)) if said]:
        asked = Table(low=Column([low]), high=Column([high]), upper=Column([upper]))
        level = levels(do, sources, positions, pairs, beside, asked)
        found.append((level.level[0], level.reasons[0], do.flat(level.bears), do.flat(level.contests)))
    return found


def borne_out_by(answer: Answer, number: int) -> tuple[int, int] | None:
    """Give what so many independent sources bear out on the one topic of an answer."""
    (low,), (high,) = borne_out(Lists(), _columns(answer.independents), number, 1)
    return None if high < 0 else (low, high)


def _columns(table: Any) -> Table:  # noqa: ANN401 - any table of an answer
    """Give the columns of a table as the kernel computes with them, those that tell yes or no as such."""
    found = Table()
    for field in fields(getattr(table, "kind", table)):
        column = Column(getattr(table, field.name))
        setattr(found, field.name, column != 0 if field.name in _YES_OR_NO else column)
    return found


def _shifted(places: Any, by: int) -> Any:  # noqa: ANN401 - a list or an array
    if by == 0:
        return places
    if hasattr(places, "dtype"):
        return places + by * (places >= 0)
    return [place + by if place >= 0 else place for place in places]
