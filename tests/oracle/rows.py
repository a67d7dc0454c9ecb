"""An answer as plain values, and as a row of the stories' table."""

from __future__ import annotations

from datetime import date
from typing import Any

from .answer import Answer
from .independent import Voice
from .pairs import OVERTAKEN
from .records import Range
from .topics import Topic


def topic_name(topic: Topic) -> str:
    """Name a topic as the table does: harm, facets, first day."""
    since = "" if topic.since is None else f" {date.fromordinal(topic.since[0])}.."
    return ", ".join((" or ".join(topic.harm), *(word for _, word in topic.facets))) + since


def row_of(answer: Answer) -> dict[str, str]:
    """Give the cells of the table."""
    disputes = [str(each) for each in answer.workings.pairs if each.kind != OVERTAKEN]
    overtaken = [str(each) for each in answer.workings.pairs if each.kind == OVERTAKEN]
    sure = answer.confidence
    return {
        "as_of": "" if answer.day is None else str(date.fromordinal(answer.day[1])),
        "common": _shown(answer.common),
        "span": _shown(answer.span),
        "borne_out_by_2": _shown(answer.borne_out[1]),
        "undisputed": _shown(answer.undisputed),
        "status": answer.status,
        "disputes": "; ".join(sorted(disputes)),
        "overtaken": "; ".join(sorted(overtaken)),
        "estimates": "; ".join(f"{source} {interval}" for source, interval in answer.estimates),
        "flags": "; ".join(flags_of(answer)),
        "confidence_for": "" if sure is None else str(sure.figure),
        "confidence": "none" if sure is None or sure.level is None else sure.level,
        "why": "" if sure is None else sure.why,
    }


def flags_of(answer: Answer) -> list[str]:
    """Give what is flagged: divided organs with their figures, what was revised down, what was relayed differently."""
    found = [flag for voice in answer.workings.voices for flag in voice.flags]
    for voice in answer.workings.voices:
        found += [f"divided: {_organ(voice, one)} and {_organ(voice, other)}" for one, other in voice.divided]
        found += [
            f"revised down from {each.revised_down_from}"
            for each in voice.positions
            if each.revised_down_from is not None
        ]
    return sorted(found)


def _organ(voice: Voice, source: str) -> str:
    figure = next(each.figure for each in voice.positions if each.own and each.source == source)
    return f"{source} {figure}"


def _shown(figure: Range | None) -> str:
    return "nothing" if figure is None else str(figure)


def plain(answer: Answer) -> dict[str, Any]:
    """Give an answer in numbers, strings, tuples and dictionaries alone, for comparing programs of other make.

    A figure is ``(low, high, low is assumed, high is assumed)``, with ``None`` for no ceiling; where there is no figure
    it is ``None``.  Names are those of sources, claims their identities; days are ordinals, ``(first, last)``.
    """
    sure = answer.confidence
    ends = {} if sure is None else {"floor": sure.floor, "ceiling": sure.ceiling}
    return {
        "topic": (answer.topic.harm, answer.topic.facets, answer.topic.with_, answer.topic.without, answer.topic.since),
        "day": answer.day,
        "fates": dict(answer.fates),
        "voices": {name: (_ends(figure), day, flags) for name, figure, day, flags in answer.voices},
        "positions": {
            (each.voice, each.source, each.claims): (
                _ends(each.figure),
                each.day,
                each.flags,
                each.revised_down_from,
                each.interest,
            )
            for each in answer.positions
        },
        "divided": answer.divided,
        "circles": answer.circles,
        "pairs": answer.pairs,
        "overtaken": answer.overtaken,
        "outliers": answer.outliers,
        "common": _ends(answer.common),
        "common_carried": answer.common_carried,
        "span": _ends(answer.span),
        "borne_out": tuple(_ends(each) for each in answer.borne_out),
        "support": tuple((_ends(each.range), each.allowed_by, each.named_by) for each in answer.support),
        "status": answer.status,
        "confidence": None if sure is None else (_ends(sure.figure), sure.level),
        "confidence_ends": {name: (end.level, end.bearers, end.steps) for name, end in ends.items() if end is not None},
        "estimates": tuple((source, _ends(interval)) for source, interval in answer.estimates),
        "estimate_disputes": tuple((each.lower, each.higher) for each in answer.estimate_disputes),
        "outside": tuple((each.voice, each.estimate, each.above) for each in answer.outside),
        "denials": tuple((each.claim, each.source, each.aspect, each.target) for each in answer.denials),
        "blamed": answer.blamed,
    }


def _ends(figure: Range | None) -> tuple[int, int | None, bool, bool] | None:
    return None if figure is None else (figure.low, figure.high, figure.low_assumed, figure.high_assumed)
