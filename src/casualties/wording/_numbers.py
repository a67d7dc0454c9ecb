"""Numbers in running text, in digits and in the words of a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import prod
from typing import Final, NamedTuple

from casualties.wording._phrases import Phrases
from casualties.wording._tokens import EAST_ASIAN_SCALES, Kind, Marks, Walk, tokens

__all__ = ["Atom", "Cursor", "Number", "NumberWords"]

_THOUSAND: Final = 1_000
_MILLION: Final = 1_000_000


class Atom(NamedTuple):
    """A word that is a number or a part of one.

    Attributes:
        kind: ``zero``, ``one`` (1 to 19), ``ten``, ``hundreds`` (a number of them), ``hundred``, ``scale``, ``scaled``
            (a number of thousands or millions in one word), ``group`` (a dozen) or ``plural`` (dozens, which multiply
            vague words only).
        value: The number.
    """

    kind: str
    value: int


@dataclass(frozen=True, slots=True, eq=False)
class NumberWords:
    """The number words of a language.

    Attributes:
        marks: How it writes numbers in digits.
        atoms: The words of which its numbers are made.
        joins: Words between them: "and".
        articles: Words that stand for one before what multiplies: "a hundred".
        half: Words for one half.
        quarter: Words for one quarter, with what follows them.
        of: Words between a vague word and what multiplies it.
        after_tens: The tens behind which eleven to nineteen may stand, as in sixty-twelve.
        ones_first: Whether ones stand before tens, as in five and twenty.
        prefixes: Words that are written in one with the next word: "and" before a number, or a shortened "of".
        glued: Whether number words are written in one.
        single: The same words by themselves.
        latin: Whether the language is written in Latin letters.
    """

    marks: Marks
    atoms: Phrases[Atom]
    joins: frozenset[str]
    articles: frozenset[str]
    half: Phrases[bool]
    quarter: Phrases[bool]
    of: frozenset[str]
    after_tens: frozenset[int]
    ones_first: bool
    prefixes: tuple[str, ...]
    glued: bool
    single: Mapping[str, Atom]
    latin: bool

    def cut(self, word: str) -> tuple[str, ...]:
        """Cut a word that holds several number words; any other word stays whole."""
        for prefix in self.prefixes:
            rest = word[len(prefix) :]
            if word.startswith(prefix) and rest and (prefix.endswith("'") or rest in self.single):
                return (prefix, rest)
        if self.glued and word not in self.single:
            return _cut(self, word) or (word,)
        return (word,)


_PLURAL: Final = Atom("plural", 0)


@lru_cache(maxsize=4_096)
def _cut(numbers: NumberWords, word: str) -> tuple[str, ...]:
    """Cut a word into number words, or return nothing where it is none."""
    longest = max(map(len, numbers.single))
    best: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - longest), end):
            before, piece = best[start], word[start:end]
            if before is not None and (piece in numbers.joins or numbers.single.get(piece, _PLURAL).kind != "plural"):
                best[end] = (*before, piece)
                break
    return best[-1] or ()


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was written.

    Attributes:
        value: The number; a fraction where the text wrote a decimal that nothing multiplies.
        coefficient: What stands before the words that multiply: 3 in "three hundred".
        scales: What the words multiply by: 100 in "three hundred"; empty where more follows them.
        place: Offset of its first character.
        decimal: Whether it was written with decimals that nothing multiplies, as in 9.0.
    """

    value: Fraction
    coefficient: Fraction
    scales: tuple[int, ...]
    place: int
    decimal: bool = False


class Cursor(Walk):
    """A walk over the tokens of a text that reads numbers.

    Args:
        text: The phrase to read.
        numbers: The number words of its language.

    Raises:
        UnreadableFigureError: If the text holds digits that write no clear number.
    """

    def __init__(self, text: str, numbers: NumberWords) -> None:
        super().__init__(text, tokens(text, numbers.marks, numbers.cut if numbers.prefixes or numbers.glued else None))
        self.numbers = numbers

    def atom(self) -> tuple[Atom, int] | None:
        """Look at the number word that comes next, and say how many tokens it has."""
        match = self.numbers.atoms.match(self)
        if match is None:
            scale = EAST_ASIAN_SCALES.get(self.peek())
            return None if scale is None else (Atom("scale", scale), 1)
        return match

    def number(self) -> Number | None:
        """Read one number in digits or words, or return ``None`` and stay."""
        place, start = self.place, self.token()
        part = self._part_of_scale()
        if part is not None:
            return Number(part, part, (), place)
        atom = self.atom()
        if atom is not None and atom[0].kind == "zero":
            self.at += atom[1]
            return Number(Fraction(0), Fraction(0), (), place)
        total, below = Fraction(0), 0
        chunks: list[tuple[Fraction, tuple[int, ...]]] = []
        while True:
            before = self.at
            if chunks:
                self.accept_one(self.numbers.joins)
            chunk = self._chunk(first=not chunks)
            if chunk is None:
                self.at = before
                break
            value, scales, big = chunk
            if chunks and value * big >= below:
                self.at = before
                break
            total += value * big
            chunks.append((value / prod(scales), (*scales, big) if big > 1 else scales))
            below = big
            if big < _THOUSAND:
                break
        if not chunks:
            return None
        coefficient, scales = chunks[0] if len(chunks) == 1 else (total, ())
        decimal = start is not None and start.decimal and not scales and len(chunks) == 1
        return Number(total, coefficient, scales, place, decimal)

    def scale(self) -> int | None:
        """Move over a word that multiplies, and say by how much."""
        atom = self.atom()
        if atom is None or atom[0].kind not in {"hundred", "scale", "group", "plural"}:
            return None
        self.at += atom[1]
        return atom[0].value

    def _part_of_scale(self) -> Fraction | None:
        """Read half a dozen, a half-million, a quarter of a million."""
        before, numbers = self.at, self.numbers
        self.accept_one(numbers.articles)
        part = None
        if numbers.half.take(self):
            part = Fraction(1, 2)
        elif numbers.quarter.take(self):
            part = Fraction(1, 4)
        if part is not None:
            self.accept("-")
            self.accept_one(numbers.articles)
            self.accept("-")
            scale = self.scale()
            if scale is not None:
                return part * scale
        self.at = before
        return None

    def _chunk(self, *, first: bool) -> tuple[Fraction, tuple[int, ...], int] | None:
        """Read a number and the word that multiplies it: its value, the scales within it, the multiplier.

        A chunk that follows another is in words, or has a multiplier of its own.
        """
        token = self.token()
        digits = token is not None and token.kind is Kind.NUMBER
        if token is not None and digits:
            self.at += 1
            value = token.amount * token.scale
            scales: tuple[int, ...] = (token.scale,) if token.scale > 1 else ()
        else:
            small = self._count_of_scale(first=first)
            if small is None:
                return None
            value, scales = small
            if not scales and value >= _THOUSAND:
                big = _THOUSAND if value < _MILLION else _MILLION
                return value / big, (), big
        if not scales and self._kind() == "hundred":
            value, scales = value * 100, (100,)
            self.at += 1
            before = self.at
            self._join()
            rest = None if digits else self._small()
            if rest is None:
                self.at = before
            else:
                value, scales = value + rest, ()
        atom = self.atom()
        unclear = token is not None and token.unclear
        if atom is not None and not unclear:
            kind, big = atom[0]
            if kind == "scale" or (kind == "group" and first and not scales):
                self.at += atom[1]
                return value, scales, big
        return None if digits and not first else (value, scales, 1)

    def _kind(self) -> str:
        atom = self.atom()
        return atom[0].kind if atom else ""

    def _join(self) -> None:
        """Move over "and" or a dash between the words of one number."""
        if not self.accept_one(self.numbers.joins):
            dash, following = self.token(), self.token(1)
            if dash and following and dash.kind is Kind.DASH and not dash.spaced and not following.spaced:
                self.at += 1

    def _count_of_scale(self, *, first: bool) -> tuple[Fraction, tuple[int, ...]] | None:
        """Read a number word below a thousand, two and a half, or the "a" (or nothing) before what multiplies."""
        small = self._small()
        if small is None:
            atom = self.atom()
            if atom is not None and atom[0].kind in {"hundreds", "scaled"}:
                self.at += atom[1]
                before = self.at
                value = atom[0].value
                if value < _THOUSAND:
                    self._join()
                    rest = self._small()
                    if rest is None:
                        self.at = before
                    value += rest or 0
                return Fraction(value), ()
            before = self.at
            article = self.accept_one(self.numbers.articles)
            atom = self.atom()
            kind = atom[0].kind if atom else ""
            bare_group = kind == "group" and not article and atom is not None and atom[0].value != 12
            if (not first and kind != "scale") or kind not in {"hundred", "scale", "group"} or bare_group:
                self.at = before
                return None
            return Fraction(1), ()
        before = self.at
        if self.accept_one(self.numbers.joins):
            self.accept_one(self.numbers.articles)
            if self.numbers.half.take(self) and self._kind() in {"hundred", "scale", "group"}:
                return small + Fraction(1, 2), ()
        self.at = before
        return Fraction(small), ()

    def _small(self) -> int | None:
        """Read a number word below a hundred."""
        atom = self.atom()
        if atom is None or atom[0].kind not in {"one", "ten"}:
            return None
        (kind, value), length = atom
        self.at += length
        before = self.at
        self._join()
        following = self.atom()
        if following is not None:
            (other, more), length = following
            joined = before != self.at
            if kind == "ten" and other == "one" and (more < 10 or value in self.numbers.after_tens):
                self.at += length
                return value + more
            if kind == "one" and other == "ten" and value < 10 and joined and self.numbers.ones_first:
                self.at += length
                return value + more
        self.at = before
        return value
