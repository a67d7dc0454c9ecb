"""Claims and answers in parts, of some topics each, so that none is too large, and put together again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final

from casualties.reconciling.kernel.answer import (
    Answer,
    Fates,
    Findings,
    Floors,
    Independents,
    Outside,
    Pairs,
    Positions,
    Runs,
)
from casualties.reconciling.kernel.claims import Claims, Context

__all__ = ["part_of", "parts", "topics_of", "united"]


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
        yield topics_of(claims, context, start, stop)
        start = stop


def topics_of(claims: Claims, context: Context, start: int, stop: int) -> tuple[Claims, Context]:
    """Take some topics, and what stands beside them.

    Examples:
        >>> topics_of(Claims(), Context(), 0, 0)[1].near
        20000
    """
    first, last = bisect_left(claims.topic, start), bisect_left(claims.topic, stop)
    columns: dict[str, Any] = {each.name: getattr(claims, each.name)[first:last] for each in fields(claims)}
    topic = columns["topic"]
    columns["topic"] = topic - start if hasattr(topic, "dtype") else [each - start for each in topic]
    by_topic = {name: getattr(context, name)[start:stop] for name in ("stock", "victims", "counted_until", "closed")}
    several = {row - first: roots for row, roots in context.several.items() if first <= row < last}
    return Claims(**columns), replace(context, **by_topic, several=several)


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


_KINDS: Final[dict[str, Any]] = {
    "fates": Fates, "positions": Positions, "independents": Independents, "floors": Floors, "pairs": Pairs,
    "runs": Runs, "outside": Outside, "findings": Findings,
}  # fmt: skip


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


def part_of(answer: Answer, topic: int, rows: range) -> Answer:
    """Take the answer on one topic, which has some rows of claims, as lists with places of their own.

    Examples:
        >>> part_of(Answer(), 0, range(0)).findings.status
        []
    """
    first, taken = {"topic": -topic, "fates": -rows.start}, dict[str, Any]()
    for table in fields(Answer):
        columns = _columns(getattr(answer, table.name))
        if table.name == "findings":
            start, stop = topic, topic + 1
        elif table.name == "fates":
            start, stop = rows.start, rows.stop
        else:
            start, stop = bisect_left(columns[0], topic), bisect_right(columns[0], topic)
            first[table.name] = -start
        parts = [column[start:stop] for column in columns]
        taken[table.name] = _KINDS[table.name](
            *(part.tolist() if hasattr(part, "tolist") else list(part) for part in parts)
        )
    return _moved(Answer(**taken), first)


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
