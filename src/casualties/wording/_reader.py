"""The grammar of statements: counts with what stands before and behind them, side by side or within one another."""

from __future__ import annotations

from typing import Final

from casualties.errors import UnreadableFigureError
from casualties.model.claim import Silence
from casualties.model.figure import Figure
from casualties.model.period import PartialDate
from casualties.wording._amounts import Amounts
from casualties.wording._counts import Count
from casualties.wording._reading import Reading
from casualties.wording._tail import Tail
from casualties.wording._tokens import QUOTES
from casualties.wording.lexicons import Lexicon
from casualties.wording.statement import Share, Statement

__all__ = ["Reader"]

_BARE_HINT: Final = "write 0, or leave it empty"
_NUMBER_HINT: Final = "write a number, a range, or not reported"
_STATEMENT_HINT: Final = "parse_statement gives the whole with its parts; write one claim for each number"
_LABELS: Final = frozenset({"thing", "many", "one", "people", "describing", "adverb", "harm", "harm-noun", "auxiliary"})
_PREDICATE: Final = frozenset({"harm", "auxiliary", "adverb"})
_PEOPLE: Final = frozenset({"many", "harm-noun"})


class Reader:
    """One reading of one text."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.reading = Reading(text, lexicon)
        self.cursor = self.reading.cursor
        self.amounts = Amounts(self.reading)
        self.tail = Tail(self.reading, self.amounts, self._part)

    def figure(self) -> Figure | None:
        """Read the whole text as one figure.

        Raises:
            UnreadableFigureError: If it states none, or needs more than one.
        """
        count = self.counts(labels=False)[0]
        self._only_one(count)
        return count.figure

    def statement(self) -> Statement:
        """Read the whole text as one statement, with its parts.

        Raises:
            UnreadableFigureError: If something in it is not understood.
        """
        counts = self.counts(labels=True)
        if len(counts) == 1:
            return self._stated(counts[0], self.text)
        whole, *others = counts
        if all(count.of_whole for count in others) or _adds_up(whole, others):
            whole.parts += others
            return self._stated(whole, self.text)
        kinds = [(count.label, count.counted, *sorted(count.harms)) for count in counts]
        named = [bool(count.harms or count.label) for count in counts]
        if len(set(kinds)) < len(kinds) or ("", "") in kinds or sorted(named) != named:
            raise self._second(counts[1])
        return Statement(self.text, parts=tuple(self._stated(count, self._printed(count, counts)) for count in counts))

    def counts(self, *, labels: bool) -> list[Count]:
        """Read all counts of the text."""
        reading = self.reading
        if reading.cursor.done or " ".join(self.text.casefold().rstrip(". ").split()) in reading.language.bare:
            raise reading.refusal(0, "a bare word may mean zero or not known", "bare-none", _BARE_HINT)
        if self.cursor.peek() == "-":
            raise reading.refusal(self.cursor.place, "a count is never below zero", "negative")
        counts = [self._count(labels=labels, first=True)]
        while not self.cursor.done:
            self._separator()
            if not labels:
                self._only_one(counts[0])
                raise self._second(Count(self.cursor.at, self.cursor.place))
            counts.append(self._count(labels=True, first=False))
        return counts

    def _separator(self) -> None:
        """Move over what stands between two counts."""
        cursor = self.cursor
        while cursor.peek() in {",", ";", "/", "&", "+", "•", "*", ".", *self.reading.language.numbers.joins}:
            cursor.at += 1
        self.reading.take(self.reading.language.including)

    def _count(self, *, labels: bool, first: bool, closing: str = "") -> Count:
        """Read one count with all that belongs to it."""
        cursor, reading = self.cursor, self.reading
        count = Count(cursor.at, cursor.place)
        if labels:
            self._label(count, colon=first and not closing)
        self._leads(count)
        count.place = cursor.place if not first or closing else count.place
        start = cursor.at
        count.amount = self.amounts.read()
        count.number = reading.shown(start)
        if count.amount is None:
            self._no_amount(count, whole=first and not closing, start=count.start)
            if count.figure is not None:
                return count
        elif reading.language.percent.match(cursor) is not None:
            count.percentage = cursor.at
            reading.take(reading.language.percent)
            if reading.take(reading.language.share_of):
                at, cursor.at = cursor.at, len(cursor.tokens)
                count.share_of = reading.shown(at)
        self.tail.read(count, closing=closing)
        if count.amount is not None:
            count.figure = self.amounts.figure(count.amount)
        self._parts_fit(count)
        return count

    def _part(self) -> Count:
        """Read a count that stands in brackets or behind "including"; it ends where the bracket does."""
        depth = [token.text for token in self.cursor.tokens[: self.cursor.at] if token.text in "()[]" and token.text]
        closing = {"(": ")", "[": "]"}.get(depth[-1], "") if depth else ""
        return self._count(labels=True, first=False, closing=closing)

    def _leads(self, count: Count) -> None:
        """Move over words that may stand before any count; in some languages those of harm are among them."""
        reading, words = self.reading, self.reading.language
        while True:
            if self.cursor.accept_one(QUOTES) or (reading.next_bound() is None and reading.take(words.leads)):
                continue
            word = reading.word() if words.harm_first else None
            if word is None or word[0].kind not in _PREDICATE or not self._number_behind(word[1]):
                return
            if word[0].kind == "harm":
                count.harms.add(word[0].meaning)
            self.cursor.at += word[1]

    def _number_behind(self, ahead: int) -> bool:
        """Tell whether a number comes behind words of harm, auxiliaries and words that may stand before any count."""
        before, reading = self.cursor.at, self.reading
        self.cursor.at += ahead
        for _ in range(3):
            word = reading.word()
            if reading.number_comes() or word is None or word[0].kind not in _PREDICATE:
                break
            self.cursor.at += word[1]
        reading.take(reading.language.leads)
        comes = reading.number_comes()
        self.cursor.at = before
        return comes

    def _label(self, count: Count, *, colon: bool) -> None:
        """Read words that name what is counted, before a colon or, within a list, before the number itself."""
        cursor, reading = self.cursor, self.reading
        before, harms = cursor.at, set[str]()
        if reading.number_comes():
            return
        while reading.name() or reading.kind() in _LABELS or cursor.peek() in {"/", "&"}:
            word = reading.word()
            if word is not None and word[0].kind in {"harm", "harm-noun"}:
                harms.add(word[0].meaning)
            cursor.at += word[1] if word else 1
        end = cursor.at
        named = end > before and (cursor.accept(":") or not colon)
        if named and (reading.number_comes() or reading.silences.match(cursor) is not None):
            count.label, count.harms = reading.shown(before, end), harms
            return
        cursor.at = end
        said = end > before and reading.take(reading.language.said_behind)
        if said and reading.number_comes():
            count.said_by = reading.shown(before, end)
            return
        cursor.at = before

    def _no_amount(self, count: Count, *, whole: bool, start: int) -> None:
        """Read words of silence, or people without a number; refuse all else."""
        cursor, reading = self.cursor, self.reading
        silence = reading.silences.match(cursor)
        if silence is not None:
            before = cursor.at
            cursor.at += silence[1]
            if cursor.done or reading.kind() in {"harm", "harm-noun"} or cursor.peek() in {"(", ",", ";", ")"}:
                count.silence, count.number = silence[0], reading.shown(before)
                return
            cursor.at = before
        if not whole:
            raise reading.cannot_read()
        count.figure = self._without_number(start)

    def _without_number(self, start: int) -> Figure | None:
        """Read people without a number: "fighters were killed", "a pilot", "no soldiers"."""
        reading, cursor, words = self.reading, self.cursor, self.reading.language
        place = cursor.tokens[start].start if start < len(cursor.tokens) else len(self.text)
        if cursor.done:
            raise self._no_number(len(self.text))
        head = reading.take(words.nobody) or ""
        body = cursor.at
        named = self._known_people()
        kinds, ones, auxiliaries = [], 0, 0
        while not cursor.done and not (cursor.peek() == "." and cursor.token(1) is None):
            word = reading.word()
            kind = word[0].kind if word else ""
            if cursor.peek() in words.nothing_auxiliaries:
                auxiliaries += 1
                kind = kind or "auxiliary"
            elif kind not in {"many", "one", "people", "harm", "harm-noun"}:
                if not (cursor.peek() in words.nothing_beside or (named and reading.name())):
                    raise self._no_number(cursor.place if head else place)
                kind = "beside"
            kinds.append(kind)
            ones += kind == "one"
            cursor.at += word[1] if word else 1
        many, harmed = any(kind in _PEOPLE for kind in kinds), "harm" in kinds
        people = any(kind == "people" for kind in kinds)
        cursor.at = len(cursor.tokens)
        if auxiliaries <= 1:
            if head == "nobody" or (head == "heads" and (harmed or many or ones or people)):
                return Figure.exactly(0)
            if head == "one" and (ones == 1 and not many):
                return Figure.exactly(1)
            if not head and many and not ones and body == start:
                return reading.lexicon.plural
        raise self._no_number(place)

    def _known_people(self) -> bool:
        """Tell whether words for people stand in the rest in small letters, so that capitals are names."""
        before, known = self.cursor.at, False
        while not self.cursor.done and not known:
            token = self.cursor.token()
            kind = self.reading.kind()
            known = kind in {"many", "one", "harm", "harm-noun"} and token is not None and not token.capital
            self.cursor.at += 1
        self.cursor.at = before
        return known

    def _no_number(self, place: int) -> UnreadableFigureError:
        self.cursor.at = next(
            (number for number, token in enumerate(self.cursor.tokens) if token.start >= place), len(self.cursor.tokens)
        )
        error = self.reading.cannot_read()
        if error.reason in {"other-language", "part-of-word"}:
            return error
        return self.reading.refusal(place, "no number, and no words for one", "no-number", _NUMBER_HINT)

    def _parts_fit(self, count: Count) -> None:
        """Refuse a part that is larger than its whole."""
        high = count.figure.high if count.figure is not None else None
        for part in count.parts:
            if part.figure is not None and high is not None and part.figure.low > high:
                raise self.reading.refusal(part.place, "this part is larger than its whole", "part-above-whole")

    def _only_one(self, count: Count) -> None:
        """Refuse what one figure cannot hold."""
        reading = self.reading
        if count.percentage is not None:
            token = self.cursor.tokens[count.percentage]
            reason = "second-quantity" if token.text.isalpha() else "unreadable"
            raise reading.refusal(token.start, "a percentage is no count", reason, "parse_statement gives the share")
        if count.parts:
            raise self._second(count.parts[0])
        if count.among is not None:
            raise self._second(Count(count.among, count.place))
        if count.interval is not None:
            hint = "parse_statement gives the estimate with its interval"
            raise reading.refusal(count.place, "an interval of an estimate is no range of counts", "an-estimate", hint)
        if count.doubted is not None:
            raise reading.because_at("doubted", count.doubted)

    def _second(self, count: Count) -> UnreadableFigureError:
        self.cursor.at = count.start
        vague = (
            self.reading.vague.match(self.cursor) is not None
            and self.cursor.peek() not in self.reading.language.numbers.single
        )
        reason = "second-quantity" if vague else "second-number"
        return self.reading.refusal(self.cursor.place, "a second number", reason, _STATEMENT_HINT)

    def _printed(self, count: Count, counts: list[Count]) -> str:
        """Give the words of one of several counts as they were printed."""
        ends: list[int] = [other.start for other in counts if other.start > count.start]
        if count.end is not None:
            ends.append(count.end)
        end = min(ends, default=len(self.cursor.tokens))
        return self.reading.shown(count.start, end).rstrip(" ,;/&+.") if end > count.start else self.text

    def _stated(self, count: Count, words: str) -> Statement:
        """Make the public statement of a count."""
        figure, share = count.figure, None
        if count.percentage is not None and figure is not None:
            share, figure = Share(figure, count.share_of), None
        dates = dict(reversed(count.dates))
        on = dates.get("on")
        return Statement(
            words=words,
            figure=figure,
            silence=Silence(count.silence) if count.silence else None,
            number=count.number,
            label=count.label,
            counted=count.counted,
            status=next(iter(count.statuses)) if len(count.statuses) == 1 else None,
            harms=tuple(sorted(count.harms)),
            modality=count.modality,
            said_by=count.said_by,
            dated=", ".join(count.dated),
            since=_first(dates.get("since"), on),
            until=_first(dates.get("until"), on),
            as_of=dates.get("as-of"),
            interval=count.interval,
            share=share,
            circumstances=tuple(count.circumstances),
            remarks=tuple(count.remarks),
            parts=tuple(self._stated(part, self._printed(part, [])) for part in count.parts),
        )


def _first(*dates: PartialDate | None) -> PartialDate | None:
    return next((date for date in dates if date is not None), None)


def _adds_up(whole: Count, parts: list[Count]) -> bool:
    """Tell whether counts that name nobody are parts of the one before them: "124 killed, 118 by X and 6 by Y"."""
    figures = [part.figure for part in parts if not (part.harms or part.counted or part.label)]
    if len(figures) < len(parts) or None in figures or whole.figure is None or not whole.harms:
        return False
    return whole.figure.is_exact and Figure.total(figure for figure in figures if figure is not None) == whole.figure
