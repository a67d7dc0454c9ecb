"""Claims and answers in parts, of some topics each, so that none is too large, and put together again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final

from casualties.reconciling.kernel.answer import Answer
from casualties.reconciling.kernel.claims import Claims, Context

__all__ = ["Slice", "context_of", "part_of", "parts", "united"]


def parts(claims: Claims, context: Context, size: int) -> Iterator[tuple[Claims, Context]]:
    """Part the topics so that none has more claims than a size, except where one topic has.

    Examples:
        >>> len(list(parts(Claims(), Context(), 100)))
        1
    """
    start, topics, rows = 0, len(context.stock), len(claims)
    if rows <= size:
        yield claims, context
        return
    while start < topics:
        last = bisect_left(claims.topic, start) + size
        stop = topics if last >= rows else max(int(claims.topic[last]), start + 1)
        yield _topics_of(claims, context, start, stop)
        start = stop


def _topics_of(claims: Claims, context: Context, start: int, stop: int) -> tuple[Claims, Context]:
    """Take some topics, and what stands beside them."""
    first, last = bisect_left(claims.topic, start), bisect_left(claims.topic, stop)
    columns: dict[str, Any] = {each.name: getattr(claims, each.name)[first:last] for each in fields(claims)}
    columns["topic"] = _shifted(columns["topic"], -start)
    several = {row - first: roots for row, roots in context.several.items() if first <= row < last}
    return Claims(**columns), replace(context_of(context, start, stop), several=several)


def context_of(context: Context, start: int, stop: int) -> Context:
    """Take what stands beside some topics; what rests on several is left out.

    Examples:
        >>> context_of(Context(stock=[0, 1, 0]), 1, 3).stock
        [1, 0]
    """
    by_topic = {name: getattr(context, name)[start:stop] for name in ("stock", "victims", "counted_until", "closed")}
    return replace(context, **by_topic, several={})


_PLACES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "positions": {"fates": ("position",), "floors": ("position",), "pairs": ("lower_organ", "upper_organ")},
    "independents": {
        "positions": ("independent",),
        "floors": ("independent",),
        "pairs": ("lower", "upper"),
        "outside": ("independent",),
    },
    "fates": {"outside": ("estimate", "other")},
}
"""Which columns hold places in which table; -1 is none."""


_TARGETS: Final[dict[str, list[tuple[str, str]]]] = {
    table: [(column, target) for target, held in _PLACES.items() for column in held.get(table, ())]
    for table in {table for held in _PLACES.values() for table in held}
}
"""The columns that hold places, by their table, each with the table in which they are places."""


def united(answers: Sequence[tuple[Answer, int]]) -> Answer:
    """Put the answers on some topics after those on others, each with the number of its topics.

    Examples:
        >>> united([(Answer(), 0)]).findings.status
        []
    """
    if len(answers) == 1:
        return answers[0][0]
    from numpy import concatenate  # noqa: PLC0415 - one part does without

    first, moved = dict.fromkeys((*_PLACES, "topic"), 0), []
    for answer, topics in answers:
        moved.append(_moved(answer, first))
        for name in _PLACES:
            first[name] += len(_columns(getattr(answer, name))[0])
        first["topic"] += topics
    return Answer(
        **{
            table.name: type(getattr(moved[0], table.name))(
                *(
                    concatenate(parts)
                    for parts in zip(*(_columns(getattr(each, table.name)) for each in moved), strict=True)
                )
            )
            for table in fields(Answer)
        }
    )


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
            {"topic": topic, **{column: taken[target].start for column, target in _TARGETS.get(name, ())}},
        )
        for name, rows_ in taken.items()
    }
    return Answer(**parts)


def _columns(table: Any) -> list[Any]:  # noqa: ANN401 - any table
    return [getattr(table, each.name) for each in fields(table)]


def _moved(answer: Answer, by: Mapping[str, int]) -> Answer:
    """Give an answer whose topics and places are other ones by a number each."""
    for table in fields(Answer):
        columns = getattr(answer, table.name)
        if hasattr(columns, "topic"):
            columns.topic = _shifted(columns.topic, by["topic"])
        for target, places in _PLACES.items():
            for name in places.get(table.name, ()):
                setattr(columns, name, _shifted(getattr(columns, name), by.get(target, 0)))
    return answer


def _shifted(places: Any, by: int) -> Any:  # noqa: ANN401 - a list or an array
    if by == 0:
        return places
    if hasattr(places, "dtype"):
        return places + by * (places >= 0)
    return [each + by if each >= 0 else each for each in places]
