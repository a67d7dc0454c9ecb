"""Short words for the smallest sets of claims that show a rule, as the tests of the rules write them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .answer import Answer, answers
from .records import Claim, Range, Records, Source, When, Word

DAY = 738_000
KINDS = {
    "moh": "medical", "ngo": "ngo", "hrw": "ngo", "un": "intergovernmental", "paper": "media", "afp": "journalist",
    "police": "government", "anon": "unattributed", "lab": "academic",
}  # fmt: skip
SOURCES = {
    **{key: Source(key, (key,), frozenset({kind})) for key, kind in KINDS.items()},
    "gov": Source("gov", ("gov",), frozenset({"government"}), side="s"),
    "health": Source("health", ("health",), frozenset({"medical"}), under="gov"),
    "interior": Source("interior", ("interior",), frozenset({"government"}), under="gov"),
    "rebels": Source("rebels", ("rebels",), frozenset({"belligerent"}), side="x"),
    "digest": Source("digest", ("digest",), frozenset({"compiler"}), repeats=("gov",)),
}
WORDS = {
    (word.kind, word.key): word
    for word in (
        Word("side", "s", against=("x",)),
        Word("side", "police", under=("s",)),
        Word("role", "pilot", under=("airman",)),
        Word("role", "airman", status="combatant"),
        Word("role", "guard", under=("airman", "nurse")),
        Word("role", "nurse", status="civilian"),
        Word("event", "strike", incident=True),
        Word("event", "quake", counted_until=When(DAY + 20, DAY + 20)),
        Word("harm", "probable", stock=True),
    )
}


def on(day: int, hour: int | None = None) -> When:
    """Give a day, counted from the first of the examples, with an hour if need be."""
    moment = None if hour is None else (DAY + day) * 86_400 + hour * 3_600
    return When(DAY + day, DAY + day, moment)


def exactly(number: int) -> Range:
    """Give a figure of one number."""
    return Range(number, number)


def at_least(number: int) -> Range:
    """Give a floor."""
    return Range(number, None)


def at_most(number: int) -> Range:
    """Give a ceiling."""
    return Range(0, number)


def about(low: int, high: int) -> Range:
    """Give a figure with both ends assumed."""
    return Range(low, high, low_assumed=True, high_assumed=True)


def said(source: str, figure: Range | int | None, stated: int | When | None = 0, **more: Any) -> Claim:
    """Make a claim on the killed of one event, of day 0 unless another is given."""
    until: int | When | None = more.pop("until", 0)
    facets = more.pop("facets", {"event": "e"})
    fields: dict[str, Any] = {
        "harm": ("killed",),
        "since": on(0),
        "until": on(until) if isinstance(until, int) else until,
        "stated": on(stated) if isinstance(stated, int) else stated,
        "figure": exactly(figure) if isinstance(figure, int) else figure,
        "facets": tuple(sorted(facets.items())),
        **more,
    }
    return Claim(id=fields.pop("id", ""), source=source, **fields)


def records(*claims: Claim) -> Records:
    """Name claims in their order, a, b, c …, and give them with the examples' sources and words."""
    named = [each if each.id else replace(each, id=chr(ord("a") + place)) for place, each in enumerate(claims)]
    return Records(tuple(named), SOURCES, WORDS)


def answer(*claims: Claim, **asked: Any) -> Answer:
    """Reconcile claims on one topic."""
    (only,) = answers(records(*claims), **asked).values()
    return only


def figures(found: Answer) -> dict[str, Range]:
    """Give the figure of each independent source."""
    return {name: figure for name, figure, _, _ in found.voices}


def kinds(found: Answer) -> list[tuple[str, str, str]]:
    """Give the pairs: kind, lower, higher."""
    return [pair[:3] for pair in found.pairs]
