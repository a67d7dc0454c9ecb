"""The kernel's answer on a ledger as it is looked at, worked out once and read column by column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache

from casualties.model.figure import End, Figure
from casualties.model.period import PartialDate
from casualties.model.subject import Subject
from casualties.reconciling.encoding import Encoded, encode
from casualties.reconciling.kernel import Program
from casualties.reconciling.kernel.answer import Answer
from casualties.reconciling.kernel.claims import OPEN, packed_high, packed_low
from casualties.reconciling.view import View

__all__ = ["answer_to", "asked", "day_of", "figure_of", "packed_of", "spans_apart"]


def answer_to(view: View) -> tuple[Encoded, Answer, Mapping[Subject, int]]:
    """Give the kernel's answer on all topics of a view, which is worked out once, with the place of each.

    Examples:
        >>> import casualties as cs
        >>> encoded, answer, places = answer_to(View(cs.seeds.load("nagorno-karabakh-2020-09-30")))
        >>> len(encoded.rows), len(answer.findings.status), len(places)
        (8, 5, 5)
    """
    encoded, reconciled, places = asked(view)
    return encoded, reconciled.answer, places


def asked(view: View) -> tuple[Encoded, Program, Mapping[Subject, int]]:
    """Give what the kernel was given and what it works out, as far as that was asked for, with the place of each topic.

    Examples:
        >>> import casualties as cs
        >>> list(asked(View(cs.seeds.load("nagorno-karabakh-2020-09-30")))[1].status)
        [3, 3, 3, 0, 5]
    """
    if view.answered is None:
        encoded = encode(view)
        places = {topic: place for place, topic in enumerate(encoded.topics)}
        view.answered = encoded, Program(encoded.claims, encoded.context), places
    encoded, reconciled, places = view.answered
    return encoded, reconciled, places


def spans_apart(
    view: View, span: Figure, alike: Iterable[tuple[str, Subject]]
) -> Iterator[tuple[str, Subject, Figure, PartialDate | None]]:
    """Find the topics on which all figures as said lie apart from a range; give them with that hull and their day.

    Examples:
        >>> import casualties as cs
        >>> view = View(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> topics = [("side", topic) for topic in view.index.subjects]
        >>> [str(span) for _, _, span, _ in spans_apart(view, Figure.exactly(5), topics)]
        ['81 or more', '1', '11 or more']
    """
    _, answer, places = answer_to(view)
    findings = answer.findings
    top = OPEN if span.high is None else span.high
    for facet, topic in alike:
        place = places[topic]
        low, high = int(findings.span_low[place]), int(findings.span_high[place])
        if high >= 0 and (low >> 1 > top or high >> 1 < span.low):
            yield facet, topic, figure_of(low, high), day_of(int(findings.day[place]), int(findings.day_latest[place]))


@lru_cache(maxsize=4096)
def day_of(earliest: int, latest: int) -> PartialDate | None:
    """Make a date of two day numbers; none of 0.

    Examples:
        >>> print(day_of(737698, 737698), day_of(0, 0))
        2020-09-30 None
    """
    return PartialDate(date.fromordinal(earliest), date.fromordinal(latest)) if latest else None


@lru_cache(maxsize=4096)
def figure_of(low: int, high: int, best: int = -1) -> Figure:
    """Unpack a figure; a preferred number that it does not hold is left out.

    Examples:
        >>> print(figure_of(23, OPEN))
        11 or more
    """
    marks = [End.LOW] * (not low & 1) + [End.HIGH] * (high & 1)
    top = None if high >= OPEN else high >> 1
    held = best >= low >> 1 and (top is None or best <= top)
    return Figure(low >> 1, top, best=best if held else None, assumed=frozenset(marks))


def packed_of(figure: Figure) -> tuple[int, int]:
    """Pack the two ends of a figure.

    Examples:
        >>> packed_of(Figure(11, 12))
        (23, 24)
    """
    return (
        packed_low(figure.low, assumed=End.LOW in figure.assumed),
        packed_high(figure.high, assumed=End.HIGH in figure.assumed),
    )
