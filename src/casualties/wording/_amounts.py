"""Amounts: numbers, ranges and vague words, with what bounds them before, behind or in brackets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, prod
from typing import Final

from casualties.errors import FigureError, UnreadableFigureError
from casualties.model.figure import MAX_COUNT, End, Figure
from casualties.wording._numbers import Number
from casualties.wording._phrases import CEILINGS, FLOORS, LIMITS, Bound, Phrases
from casualties.wording._reading import Reading
from casualties.wording._tokens import Kind

__all__ = ["Amount", "Amounts", "lowest_about", "margin"]

_STRICT: Final = frozenset({Bound.ABOVE, Bound.BELOW})


@dataclass(slots=True)
class Amount:
    """An amount while it is read: what is said of the number before and behind it comes together here.

    Attributes:
        place: Offset of the number.
        ends: The number or the range; ``None`` for vague words.
        vague: What the lexicon makes of vague words; ``None`` for a number, and where it leaves them blank.
        nearness: How near the number is.
        limit: The kind of limit that is stated.
        other: The figure of a second limit, which is stated apart: "at least 80 and possibly as many as 120".
        best: The number that the source itself prefers.
        noted: The ends that a note in brackets says to be assumed.
        noted_at: Offset of that note.
    """

    place: int
    ends: tuple[int, int] | None
    vague: Figure | None = None
    nearness: Bound | None = None
    limit: Bound | None = None
    other: Figure | None = None
    best: int | None = None
    noted: frozenset[End] | None = None
    noted_at: int = 0

    @property
    def floor_only(self) -> bool:
        """Whether no ceiling is stated so far."""
        return self.limit in FLOORS or (self.vague is not None and self.vague.high is None)

    @property
    def exact(self) -> bool:
        """Whether it is one plain number."""
        return (
            self.ends is not None and self.ends[0] == self.ends[1] and {self.limit, self.nearness, self.other} == {None}
        )


class Amounts:
    """Reads amounts of one text."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.cursor = reading.cursor

    def read(self) -> Amount | None:
        """Read a number, a range or vague words and what bounds them; stay where there is none."""
        self._hedged_ceiling()
        amount = None if self.reading.vague.match(self.cursor) else self._between()
        amount = amount or self._bounded()
        return amount and self._second_limit(amount)

    def bound(self, amount: Amount, bound: Bound, place: int) -> None:
        """Add what words say of an amount, before it or behind it.

        Raises:
            UnreadableFigureError: If it does not fit what was said before.
        """
        if amount.other is not None:
            raise self._two_limits(place)
        if bound in LIMITS:
            if amount.nearness in {Bound.NEARLY, Bound.JUST_OVER} or (
                amount.limit is not None and (amount.limit in FLOORS) != (bound in FLOORS)
            ):
                raise self._two_limits(place)
            amount.limit = bound if amount.limit not in _STRICT else amount.limit
        elif amount.nearness is None:
            if bound is not Bound.ABOUT and amount.limit is not None:
                raise self._two_limits(place)
            amount.nearness = bound
        elif amount.nearness is not bound:
            raise self._two_limits(place)
        if amount.ends is None and (amount.nearness is not None or amount.limit not in {None, Bound.AT_LEAST}):
            raise self.reading.refusal(amount.place, "these words give no exact number to bound", "vague-limit")
        ranged = amount.ends is not None and amount.ends[0] != amount.ends[1]
        if ranged and (amount.limit in _STRICT or amount.nearness not in {None, Bound.ABOUT}):
            raise self._two_limits(amount.place)

    def figure(self, amount: Amount) -> Figure | None:
        """Work out what an amount says; ``None`` where the lexicon leaves vague words blank."""
        figure = self._figure(amount)
        if figure is None or (amount.best is None and amount.noted is None):
            return figure
        try:
            noted = figure.assumed if amount.noted is None else amount.noted
            return replace(figure, best=amount.best, assumed=noted)
        except FigureError as error:
            raise self.reading.refusal(
                amount.noted_at, "this does not fit the figure before it", error.reason, error.hint
            ) from error

    def _figure(self, amount: Amount) -> Figure | None:
        if amount.other is not None:
            return amount.other
        if amount.ends is None:
            figure = amount.vague
            if figure is not None and amount.limit is not None:
                figure = Figure(figure.low, None, assumed=figure.assumed - {End.HIGH})
            return self._coded(amount, figure)
        (low, high), place = amount.ends, amount.place
        strict, assumed = amount.limit in _STRICT, frozenset[End]()
        if amount.nearness is Bound.ABOUT:
            low, high, assumed = lowest_about(low), self._limited(high + margin(high), place), frozenset(End)
        elif amount.nearness is not None:
            return self._near(low, amount.nearness, place)
        if amount.limit is None:
            return Figure(low, high, assumed=assumed)
        if amount.limit in FLOORS:
            floor = self._limited(low + strict, place)
            return self._coded(amount, Figure(floor, None, assumed=assumed - {End.HIGH}))
        if strict and high == 0:
            raise self.reading.refusal(place, "there is no such count", "no-such-count")
        return Figure(0, high - strict, assumed=assumed - {End.LOW})

    def _coded(self, amount: Amount, figure: Figure | None) -> Figure | None:
        """Return the figure, or the one count that a lexicon makes of a floor."""
        if figure is None or figure.high is not None or not self.reading.lexicon.floor_is_count:
            return figure
        named = amount.ends is not None and amount.ends[0] == amount.ends[1] and amount.nearness is None
        count = amount.ends[0] if amount.ends is not None and named else figure.low
        moved = frozenset({End.LOW}) if amount.limit is Bound.ABOVE else frozenset()
        return Figure(count, count, assumed=figure.assumed | moved | {End.HIGH})

    def _near(self, count: int, nearness: Bound, place: int) -> Figure:
        """Return what lies just under or just over a number; its far end is assumed."""
        if nearness is Bound.NEARLY and count > 1:
            return Figure(lowest_about(count), count - 1, assumed=frozenset({End.LOW}))
        if nearness is Bound.JUST_OVER and count > 0:
            high = self._limited(count + margin(count), place)
            return Figure(count + 1, high, assumed=frozenset({End.HIGH}))
        raise self.reading.refusal(place, "there is no such count", "no-such-count")

    def _two_limits(self, place: int) -> UnreadableFigureError:
        return self.reading.refusal(place, "two limits contradict each other", "two-limits", "say at least, or up to")

    def _hedged_ceiling(self) -> None:
        """Move over "possibly" before "as many as 25", which says no more than that."""
        before = self.cursor.at
        while self.reading.take(self.reading.language.hedges):
            pass
        if self.reading.next_bound() is not Bound.AT_MOST:
            self.cursor.at = before

    def _bounded(self) -> Amount | None:
        """Read the words that bound a number, the number, and the words that bound it from behind."""
        cursor, words = self.cursor, self.reading.language
        bounds = []
        start = cursor.at
        while not self._vague_comes() and (bound := self.reading.take(words.before)) is not None:
            bounds.append(bound)
        place = cursor.place
        amount = None if self._number_rather(bounds) else self._vague()
        amount = amount or self._roughly(bounds) or self._span(words.joins)
        if amount is None:
            if bounds:
                raise self.reading.refusal(place, "a number should follow these words", "no-number")
            cursor.at = start
            return None
        for bound in bounds:
            self.bound(amount, bound, place)
        while (bound := self._suffix()) is not None:
            self.bound(amount, bound, place)
        return amount

    def _number_rather(self, bounds: list[Bound]) -> bool:
        """Tell whether a number comes next whose first word is vague when it stands alone: "более тысячи"."""
        vague, before = self.reading.vague.match(self.cursor), self.cursor.at
        if vague is None:
            return False
        number = self.cursor.number()
        length, self.cursor.at = self.cursor.at - before, before
        return number is not None and (bool(bounds) or length > vague[1])

    def _vague_comes(self) -> bool:
        """Tell whether vague words come next that begin like words that bound a number."""
        vague, bound = self.reading.vague.match(self.cursor), self.reading.language.before.match(self.cursor)
        return vague is not None and (bound is None or vague[1] >= bound[1])

    def _roughly(self, bounds: list[Bound]) -> Amount | None:
        """Read a round number that one word names: une dizaine, un centenar; about as many, if nothing bounds it."""
        place, count = self.cursor.place, self.reading.take(self.reading.language.roughly)
        if count is None:
            return None
        if not bounds:
            bounds.append(Bound.ABOUT)
        return Amount(place, (count, count))

    def _suffix(self) -> Bound | None:
        """Take words that stand directly behind a number and bound it."""
        bound = self.reading.take(self.reading.language.behind)
        if bound is None and self.cursor.peek() == "plus":
            after = self.cursor.at
            self.cursor.at += 1
            if self.cursor.done or self.reading.kind() in {"many", "harm-noun"}:
                return Bound.AT_LEAST
            self.cursor.at = after
        return bound

    def _span(self, joins: Phrases[bool], *, both: bool = False) -> Amount | None:
        """Read one number, or two that form a range; ``both`` asks for two."""
        cursor, place = self.cursor, self.cursor.place
        exact = self.reading.take(self.reading.language.exactly)
        if exact is not None:
            return Amount(place, (exact, exact))
        start, first = cursor.at, cursor.number()
        if first is None:
            return None
        before = cursor.at
        if self.reading.take(joins):
            tokens, behind = cursor.tokens, cursor.at
            second = cursor.number()
            if second and tokens[before].kind is Kind.DASH and tokens[start].kind != tokens[behind].kind:
                cursor.at = before  # "1-Two killed" is the number of a line and a count
                raise self.reading.cannot_read()
            if second is not None:
                return Amount(place, self._range(first, second))
        if both:
            return None
        cursor.at = before
        low = self._count(first, first.value)
        return Amount(place, (low, low))

    def _range(self, first: Number, second: Number) -> tuple[int, int]:
        """Make a range of two numbers; in "two to three hundred" the hundred belongs to both."""
        value, coefficient, factor = first.value, second.coefficient, prod(second.scales)
        for scale in second.scales:
            if value < coefficient:
                value *= factor
                break
            coefficient *= scale
            factor //= scale
        low, high = self._count(first, value), self._count(second, second.value)
        if high < low:
            raise self.reading.refusal(
                second.place, f"the second number is below {low:,}", "high-below-low", "write the lower one first"
            )
        return low, high

    def _count(self, number: Number, value: Fraction) -> int:
        """Return the count that a number states, which is whole and written as such."""
        if value.denominator != 1 or (number.decimal and value == number.value):
            hint = "decimals need a word such as million"
            raise self.reading.refusal(number.place, "people are counted in whole numbers", "fraction", hint)
        return self._limited(int(value), number.place)

    def _limited(self, count: int, place: int) -> int:
        """Return a count that is within the limit."""
        if count > MAX_COUNT:
            raise self.reading.refusal(place, f"no count is above {MAX_COUNT:,}", "too-large")
        return count

    def _vague(self) -> Amount | None:
        """Read vague words, and the words that multiply them: several dozen, tens of thousands."""
        cursor, place = self.cursor, self.cursor.place
        vague = self.reading.take(self.reading.vague)
        if vague is None:
            return None
        factor = 1
        while True:
            before = cursor.at
            cursor.accept_one(self.reading.language.numbers.of)
            scale = cursor.scale()
            if scale is None:
                cursor.at = before
                break
            factor *= scale
        figure = vague.figure
        if figure is None:
            return Amount(place, None)
        low = self._limited(figure.low * factor, place)
        high = None if figure.high is None else self._limited(figure.high * factor, place)
        return Amount(place, None, Figure(low, high, assumed=figure.assumed))

    def _between(self) -> Amount | None:
        """Read between 10 and 15, or from 10 to 15."""
        cursor, words, start = self.cursor, self.reading.language, self.cursor.at
        joins = words.between_joins if self.reading.take(words.between) else None
        if joins is None:
            joins = words.since_joins if self.reading.take(words.since) else None
        if joins is None:
            return None
        bounds = []
        while self.reading.next_bound() is Bound.ABOUT:
            bounds.append(self.reading.take(words.before))
        place = cursor.place
        amount = self._span(joins, both=True)
        if amount is None:
            cursor.at = start
            raise self.reading.refusal(place, "two numbers should follow", "no-range", "write 10–15")
        for _ in bounds:
            self.bound(amount, Bound.ABOUT, place)
        return amount

    def _second_limit(self, first: Amount) -> Amount:
        """Read the other limit, if one follows: at least 80 and possibly as many as 120; 10, up to 15."""
        cursor, reading = self.cursor, self.reading
        before = cursor.at
        comma = cursor.accept(",")
        joined = cursor.peek() in {"but", *reading.language.numbers.joins}
        cursor.at += joined
        hedged = not joined and bool(reading.take(reading.language.joins))
        while reading.take(reading.language.hedges):
            hedged = True
        place, limit = cursor.place, reading.next_bound()
        if limit is None and hedged and first.other is None and self._open_end(first, comma=comma):
            return first
        if first.limit is None and first.vague is None:
            fits = limit is Bound.AT_MOST and (hedged or not joined)
        else:
            fits = limit in (CEILINGS if first.floor_only else FLOORS)
        second = self._bounded() if fits else None
        low = self._figure(first)
        two = self._figure(second) if second is not None else None
        if low is None or two is None:
            cursor.at = before
            return first
        floor, ceiling = (low, two) if limit in CEILINGS else (two, low)
        if ceiling.high is None or ceiling.high < (floor.high or floor.low):
            raise reading.refusal(place, "this ceiling is below the floor", "high-below-low")
        marks = (floor.assumed & {End.LOW}) | (ceiling.assumed & {End.HIGH})
        first.other = Figure(floor.low, ceiling.high, assumed=marks)
        return first

    def _open_end(self, first: Amount, *, comma: bool) -> bool:
        """Read a larger amount that is only possible: "hundreds, possibly thousands" says hundreds and no ceiling."""
        figure = self._figure(first)
        if figure is None or not first.floor_only:
            return False
        start = self.cursor.at
        if comma and self.reading.language.between.match(self.cursor):
            second = self._between()
            interval = self._figure(second) if second else None
            if interval is not None and interval.high is not None and figure.low in interval:
                first.other = Figure(interval.low, interval.high, assumed=frozenset(End))
                return True
        else:
            second = self._vague()
            if second is not None and second.vague is not None and second.vague.low >= figure.low:
                return True
        self.cursor.at = start
        return False


def margin(count: int) -> int:
    """Return how far "about" reaches: a fifth, or the roundness of the number if that is less."""
    roundness = 1
    while count and count % (roundness * 10) == 0:
        roundness *= 10
    if count % (roundness * 5) == 0:
        roundness *= 5
    return min(ceil(Fraction(count, 5)), roundness)


def lowest_about(count: int) -> int:
    """Return the low end of "about" a number, which never reaches zero unless the number is zero."""
    return max(min(count, 1), count - margin(count))
