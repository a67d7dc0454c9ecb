"""Which words of a facet stand apart below a subject, so that their counts may be added."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from casualties.subject import AgeGroup, Subject
from casualties.vocabulary import Vocabulary

KINDS: Final = {"side": "side", "nationality": "nationality", "role": "role", "place": "place", "event": "event"}
MAX_WORDS: Final = 500
"""The most words of one facet below one subject that are compared with one another."""
MAX_FAMILIES: Final = 32
"""The most families of one facet below one subject that are added up."""


def families(
    facet: str, above: Subject, below: Iterable[Subject], words: Vocabulary
) -> tuple[list[tuple[str, ...]], bool]:
    """Give the largest families of words that stand apart below a subject, and whether these are all.

    Words that stand apart from none are taken by the words inside them.
    """
    here = getattr(above, facet)
    named = {str(word) for each in below if (word := getattr(each, facet)) is not None and word != here}
    if facet in KINDS:
        named = {word for word in named if words.separable(KINDS[facet], word)}
    if len(named) < 2:
        return [], True
    inside, apart = _relations(facet, words)
    left = sorted(named)
    tops: list[str] = []
    while left:
        if len(left) > MAX_WORDS:
            return [], False
        widest = [word for word in left if not any(other != word and inside(word, other) for other in left)]
        alone = [
            word
            for word in widest
            if not any(other != word and apart(word, other) for other in (*tops, *widest))
            and any(other != word and inside(other, word) for other in left)
        ]
        tops += [word for word in widest if word not in alone]
        left = [word for word in left if any(word != other and inside(word, other) for other in alone)]
    tops.sort()
    friends = {word: {other for other in tops if other != word and apart(word, other)} for word in tops}
    found = [family for family in _cliques(friends, MAX_FAMILIES + 1) if len(family) > 1]
    return sorted(found)[:MAX_FAMILIES], len(found) <= MAX_FAMILIES


def _relations(facet: str, words: Vocabulary) -> tuple[Callable[[str, str], bool], Callable[[str, str], bool]]:
    if facet in KINDS:
        kind = KINDS[facet]
        return lambda one, other: words.inside(kind, one, other), lambda one, other: words.apart(kind, one, other)

    def inside(one: str, other: str) -> bool:
        return one == other or (facet == "age" and one == AgeGroup.ELDERLY and other == AgeGroup.ADULT)

    return inside, lambda one, other: not inside(one, other) and not inside(other, one)


def _cliques(friends: dict[str, set[str]], limit: int) -> Sequence[tuple[str, ...]]:
    """List the maximal groups of words that are all apart from one another (C. Bron and J. Kerbosch, 1973)."""
    found: list[tuple[str, ...]] = []
    todo: list[tuple[tuple[str, ...], set[str], set[str]]] = [((), set(friends), set())]
    while todo and len(found) < limit:
        chosen, open_words, closed = todo.pop()
        if not open_words:
            if not closed:
                found.append(tuple(sorted(chosen)))
            continue
        pivot = max(sorted(open_words | closed), key=lambda word: len(friends[word] & open_words))
        for word in sorted(open_words - friends[pivot]):
            todo.append(((*chosen, word), open_words & friends[word], closed & friends[word]))
            open_words = open_words - {word}
            closed = closed | {word}
    return found
