"""Who speaks at a place in a text: in the sentence itself, around a quotation, or behind a pronoun."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casualties.drafting._nouns import Range, first_subject
from casualties.drafting._sentence import Sentence, sentences
from casualties.drafting._speech import Attribution, attributions, who_says
from casualties.drafting.proposal import Doubt
from casualties.drafting.words import Words
from casualties.wording.lexicons import Lexicon

__all__ = ["Span", "Speaker", "Speakers"]

Span = tuple[int, int]
"""A place in the text: the first character, and the one behind the last."""

_QUOTE: Final = re.compile(r"[“”„\"]|\n\s*\n")
_BACK: Final = 3
"""How many sentences a pronoun looks back, and a quotation how many quotations."""

_KEPT: Final = 12
_NEAR: Final = 4
_BEFORE: Final = 60
_SAME_VOICE: Final = 300
_OURS: Final = ("we", "i")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something.

    Attributes:
        sources: Who says it, as places in the text; none where the narrator does.
        relays: Who passes it on, as places in the text.
        modality: How they put it.
        doubts: What is unsure of it.
        accused: Who is accused, as a place in the text.
    """

    sources: tuple[Span, ...] = ()
    relays: tuple[Span, ...] = ()
    modality: str = "reported"
    doubts: tuple[Doubt, ...] = ()
    accused: Span | None = None


class Speakers:
    """The sentences of a text, and who speaks in them."""

    def __init__(self, text: str, words: Words, lexicon: str | Lexicon) -> None:
        self.text, self.words, self.lexicon = text, words, lexicon
        self.places = list(sentences(text, words))
        self._starts = [start for start, _ in self.places]
        self._quotes = list(_quotations(text))
        self._quote_starts = [start for start, _ in self._quotes]
        self._kept: OrderedDict[int, tuple[Sentence, list[Attribution]]] = OrderedDict()
        self._of_quotes: dict[int, Speaker | None] = {}
        self._named: dict[int, tuple[Span, ...]] = {}

    def sentence(self, index: int) -> tuple[Sentence, list[Attribution]]:
        """Give a sentence in items, and who speaks in it; the last few are kept."""
        kept = self._kept.get(index)
        if kept is None:
            start, end = self.places[index]
            s = Sentence(self.text, start, end, index, self.words, self.lexicon)
            kept = self._kept[index] = (s, attributions(s))
            if len(self._kept) > _KEPT:
                old, _ = self._kept.popitem(last=False)
                self._named.pop(old, None)
        return kept

    def at(self, s: Sentence, said: list[Attribution], item: int) -> Speaker:
        """Find who says what stands at an item."""
        attribution = who_says(s, said, item)
        quote = self._quotation(s.places[item][0])
        if quote is not None and (attribution is None or attribution.pronoun in _OURS):
            around = self._of_quote(quote)
            if around is not None:
                return around
        return Speaker() if attribution is None else self.of(s, attribution)

    def of(self, s: Sentence, attribution: Attribution) -> Speaker:
        """Give the places of a source, with the name before a pronoun."""
        relays = tuple(s.span(a, b) for a, b in attribution.relays)
        accused = s.span(*attribution.accused) if attribution.accused else None
        sources, doubts = self.named(s, attribution.sources, attribution.pronoun, attribution.verb)
        return Speaker(sources, relays, attribution.modality, doubts, accused)

    def named(
        self, s: Sentence, ranges: tuple[Range, ...], pronoun: str, verb: int
    ) -> tuple[tuple[Span, ...], tuple[Doubt, ...]]:
        """Give the places of names; a pronoun stands for who spoke last, or whom the sentence before is about."""
        if not pronoun or pronoun in _OURS:
            return tuple(s.span(a, b) for a, b in ranges), ()
        return self._before(s, verb), (Doubt.SOURCE_FROM_PRONOUN,)

    def _before(self, s: Sentence, verb: int) -> tuple[Span, ...]:
        """Find who was named last before a verb, within a few sentences."""
        said = self.sentence(s.index)[1]
        here = [
            attribution
            for attribution in said
            if attribution.verb < verb and not (attribution.pronoun or attribution.local)
        ]
        if here:
            return tuple(s.span(a, b) for a, b in here[-1].sources)
        before = range(s.index - 1, max(-1, s.index - 1 - _BACK), -1)
        return next((found for index in before if (found := self._named_in(index))), ())

    def _named_in(self, index: int) -> tuple[Span, ...]:
        """Find who was named last in a sentence, or whom it is about; each sentence is looked through once."""
        spans = self._named.get(index)
        if spans is None:
            s, said = self.sentence(index)
            ranges = next(
                (
                    attribution.sources
                    for attribution in reversed(said)
                    if not (attribution.pronoun or attribution.local)
                ),
                (),
            )
            ranges = ranges or ((subject,) if (subject := first_subject(s)) is not None else ())
            spans = self._named[index] = tuple(s.span(a, b) for a, b in ranges)
        return spans

    # Quotations

    def _quotation(self, place: int) -> int | None:
        """Give the quotation in which a place stands."""
        at = bisect_right(self._quote_starts, place) - 1
        return at if at >= 0 and place < self._quotes[at][1] else None

    def _of_quote(self, quote: int) -> Speaker | None:
        """Find who speaks a quotation: named behind it, before it, or of the quotation before it."""
        for number in range(max(0, quote - _BACK), quote + 1):
            if number not in self._of_quotes:
                self._of_quotes[number] = self._around(number)
        return self._of_quotes[quote]

    def _around(self, quote: int) -> Speaker | None:
        start, end = self._quotes[quote]
        last = bisect_right(self._starts, end - 1) - 1
        for index in (last, last + 1):
            s, said = self.sentence(index) if 0 <= index < len(self.places) else (None, ())
            if s is not None and (speaker := self._behind(s, said, end)) is not None:
                return speaker
        first = bisect_right(self._starts, start) - 1
        s, said = self.sentence(first)
        for attribution in reversed(said):
            stop = s.places[attribution.verb][1]
            if not attribution.trailing and 0 <= start - stop <= _BEFORE:
                return self.of(s, attribution)
        before = self._of_quotes.get(quote - 1)
        if before is None:
            return None
        between = self.text[self._quotes[quote - 1][1] : start]
        if len(between) > _SAME_VOICE or "\n\n" in between:
            return None
        return Speaker(before.sources, before.relays, before.modality, (Doubt.SOURCE_FROM_QUOTE,))

    def _behind(self, s: Sentence, said: Iterable[Attribution], end: int) -> Speaker | None:
        """Find a source that stands right behind a quotation."""
        for attribution in said:
            begins = min(s.places[attribution.sources[0][0]][0], s.places[attribution.verb][0])
            if attribution.trailing and 0 <= begins - end <= _NEAR:
                return self.of(s, attribution)
        return None


def _quotations(text: str) -> Iterable[Span]:
    """Find quotations: from one mark to the next, each paragraph for itself."""
    opened: int | None = None
    for match in _QUOTE.finditer(text):
        mark = match[0]
        if mark[0] == "\n":
            if opened is not None:
                yield opened, match.start()
            opened = None
        elif opened is None:
            opened = match.start() if mark != "”" else None
        elif mark != "“":
            yield opened, match.end()
            opened = None
