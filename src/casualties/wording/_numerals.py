"""Numbers in running text: the tokens of a phrase, and the numbers in digits and English words among them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import prod
from typing import Final

from casualties.errors import UnreadableFigureError
from casualties.model.figure import MAX_COUNT

_SPACES: Final = frozenset(" \u00a0\u2002\u2004\u2005\u2006\u2007\u2008\u2009\u202f")
_APOSTROPHES: Final = frozenset("'’ʼ＇")
_COMMAS: Final = frozenset(",，٬")
_POINTS: Final = frozenset(".．٫")
_ATTACHED: Final = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9}

_UNITS: Final = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
_TENS: Final = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_BIG: Final = {"thousand": 10**3, "lakh": 10**5, "million": 10**6, "crore": 10**7, "billion": 10**9}
_GROUPS: Final = {"dozen": 12, "score": 20}

SCALES: Final = {"hundred": 100} | _BIG | _GROUPS
PLURAL_SCALES: Final = SCALES | {word + "s": value for word, value in SCALES.items()} | {"tens": 10}
NUMBER_WORDS: Final = frozenset(_UNITS) | frozenset(_TENS) | frozenset(SCALES) | {"zero", "half"}


class Kind(Enum):
    """What a token is made of."""

    NUMBER = "number"
    WORD = "word"
    DASH = "dash"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a phrase.

    Attributes:
        kind: What it is made of.
        text: The piece in lower case; empty for a number in digits.
        start: Offset of its first character.
        end: Offset behind its last character.
        spaced: Whether a space stands before it.
        amount: The number that its digits write.
        scale: What a letter tied to the digits multiplies them by, as in 10k.
        decimal: Whether the digits have decimals, be they zero.
    """

    kind: Kind
    text: str
    start: int
    end: int
    spaced: bool
    amount: Fraction = Fraction(0)
    scale: int = 1
    decimal: bool = False


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


class Cursor:
    """A place in the tokens of a text, which moves only over what it accepts.

    Args:
        text: The phrase to read.

    Raises:
        UnreadableFigureError: If the text holds digits that write no clear number.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.at = 0

    @property
    def done(self) -> bool:
        """Whether nothing is left."""
        return self.at >= len(self.tokens)

    @property
    def place(self) -> int:
        """Offset of the next token, or of the end."""
        return len(self.text) if self.done else self.tokens[self.at].start

    def token(self, ahead: int = 0) -> Token | None:
        """Return a token ahead, or nothing behind the end."""
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def peek(self, ahead: int = 0) -> str:
        """Return the text of a token ahead: empty for a number in digits and behind the end."""
        token = self.token(ahead)
        return token.text if token else ""

    def accept(self, *texts: str) -> bool:
        """Move over tokens of these texts if they come next."""
        if all(self.peek(ahead) == text for ahead, text in enumerate(texts)):
            self.at += len(texts)
            return True
        return False

    def number(self) -> Number | None:
        """Read one number in digits or words, or return ``None`` and stay."""
        place, start = self.place, self.token()
        part = self._part_of_scale()
        if part is not None:
            return Number(part, part, (), place)
        if self.accept("zero"):
            return Number(Fraction(0), Fraction(0), (), place)
        total, below = Fraction(0), 0
        found: list[tuple[Fraction, tuple[int, ...]]] = []
        while True:
            before = self.at
            if found:
                self.accept("and")
            chunk = self._chunk(first=not found)
            if chunk is None:
                self.at = before
                break
            value, scales, big = chunk
            if found and value * big >= below:
                self.at = before
                break
            total += value * big
            found.append((value / prod(scales), (*scales, big) if big > 1 else scales))
            below = big
            if big < 10**3:
                break
        if not found:
            return None
        coefficient, scales = found[0] if len(found) == 1 else (total, ())
        decimal = start is not None and start.decimal and not scales and len(found) == 1
        return Number(total, coefficient, scales, place, decimal)

    def _part_of_scale(self) -> Fraction | None:
        """Read half a dozen, a half-million, a quarter of a million."""
        before = self.at
        self.accept("a")
        part = None
        if self.accept("half"):
            part = Fraction(1, 2)
        elif self.accept("quarter", "of"):
            part = Fraction(1, 4)
        if part is not None:
            self.accept("-")
            self.accept("a")
            self.accept("-")
            scale = SCALES.get(self.peek())
            if scale is not None:
                self.at += 1
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
            value, scales = small, ()
        if not scales and self.accept("hundred"):
            value, scales = value * 100, (100,)
            before = self.at
            self.accept("and")
            rest = None if digits else self._small()
            if rest is None:
                self.at = before
            else:
                value, scales = value + rest, ()
        word = self.peek()
        if word in _BIG or (word in _GROUPS and first and not scales):
            self.at += 1
            return value, scales, SCALES[word]
        return None if digits and not first else (value, scales, 1)

    def _count_of_scale(self, *, first: bool) -> Fraction | None:
        """Read a number word below a hundred, two and a half, or the "a" (or nothing) before a hundred."""
        small = self._small()
        if small is None:
            ahead = 1 if self.peek() in {"a", "an"} else 0
            word = self.peek(ahead)
            if not first or word not in SCALES or (word == "score" and not ahead):
                return None
            self.at += ahead
            return Fraction(1)
        before = self.at
        if self.accept("and", "a", "half") and self.peek() in SCALES:
            return small + Fraction(1, 2)
        self.at = before
        return Fraction(small)

    def _small(self) -> int | None:
        """Read a number word below a hundred."""
        word = self.peek()
        if word in _UNITS:
            self.at += 1
            return _UNITS[word]
        if word not in _TENS:
            return None
        self.at += 1
        dash, unit = self.token(), self.token(1)
        if dash is not None and unit is not None and dash.text == "-" and not dash.spaced and not unit.spaced:
            if _UNITS.get(unit.text, 10) < 10:
                self.at += 2
                return _TENS[word] + _UNITS[unit.text]
        elif _UNITS.get(self.peek(), 10) < 10:
            self.at += 1
            return _TENS[word] + _UNITS[self.tokens[self.at - 1].text]
        return _TENS[word]


def _tokens(text: str) -> list[Token]:
    """Cut a text into numbers, words, dashes and signs."""
    tokens: list[Token] = []
    at, spaced = 0, False
    while at < len(text):
        character = text[at]
        category = unicodedata.category(character)
        if character.isspace() or category == "Cf":
            spaced = spaced or character.isspace()
            at += 1
            continue
        start = at
        if category == "Nd":
            token = _numeral(text, at, spaced=spaced)
            at = token.end
        elif category[0] in "LM":
            at = _word_end(text, at)
            token = Token(Kind.WORD, text[start:at].replace("’", "'").casefold(), start, at, spaced)
        elif category == "Pd" or character == "−":
            while at < len(text) and (unicodedata.category(text[at]) == "Pd" or text[at] == "−"):
                at += 1
            token = Token(Kind.DASH, "-", start, at, spaced)
        else:
            at += 1
            token = Token(Kind.SIGN, unicodedata.normalize("NFKC", character), start, at, spaced)
        tokens.append(token)
        spaced = False
    return tokens


def _word_end(text: str, at: int) -> int:
    while at < len(text):
        if unicodedata.category(text[at])[0] not in "LM" and not (
            text[at] in _APOSTROPHES and at + 1 < len(text) and text[at + 1].isalpha()
        ):
            break
        at += 1
    return at


def _digits(text: str, at: int) -> str:
    """Return the run of digits of one script that starts at a place, as it stands."""
    end = at
    while end < len(text) and unicodedata.category(text[end]) == "Nd":
        if ord(text[end]) - unicodedata.decimal(text[end]) != ord(text[at]) - unicodedata.decimal(text[at]):
            raise UnreadableFigureError(text, end, "expected digits of one script", "mixed-scripts")
        end += 1
    return text[at:end]


def _numeral(text: str, start: int, *, spaced: bool) -> Token:
    """Read a number in digits, its thousands separators, its decimals and a letter tied to it."""
    groups = [_digits(text, start)]
    at = start + len(groups[0])
    separator = ""
    while at < len(text) and (mark := _separator(text[at])) and (group := _digits(text, at + 1)):
        if mark == " " and not (len(group) == 3 and len(groups[0]) <= 3 and groups[0] != "0"):
            break
        if separator not in {"", mark}:
            raise _unclear(text, start, "one kind of thousands separator")
        separator = mark
        groups.append(group)
        at += 1 + len(group)
    if not _grouped(groups, separator):
        raise _unclear(text, start, "thousands in groups of three digits")
    whole = "".join(groups)
    if len(whole) > 1 and unicodedata.decimal(whole[0]) == 0:
        raise UnreadableFigureError(text, start, "expected a number without leading zeros", "leading-zero")
    fraction = ""
    if at < len(text) and text[at] in _POINTS and (fraction := _digits(text, at + 1)):
        at += 1 + len(fraction)
        if len(fraction) == 3 and len(groups) == 1 and len(whole) <= 3 and int(whole):
            raise _unclear(text, start, "a number that is not thousands in one country and a fraction in another")
        if at + 1 < len(text) and text[at] in _POINTS and _digits(text, at + 1):
            raise _unclear(text, start, "thousands separated by commas or spaces")
    if len(whole) > len(str(MAX_COUNT)):
        raise UnreadableFigureError(text, start, f"expected at most {MAX_COUNT:,}", "too-large")
    end = _word_end(text, at)
    letters = text[at:end].casefold()
    scale = _ATTACHED.get(letters, 1)
    if letters and (scale == 1 or (letters == "m" and not fraction)):
        raise UnreadableFigureError(
            text,
            at,
            "expected a space or the end after the number",
            "part-of-word",
            "write 1.2 million, not 1.2m",
        )
    amount = Fraction(int(whole + fraction), 10 ** len(fraction))
    return Token(Kind.NUMBER, "", start, end, spaced, amount, scale, decimal=bool(fraction))


def _separator(character: str) -> str:
    """Name a thousands separator by its kind, or return an empty text."""
    for kind, members in ((" ", _SPACES), (",", _COMMAS), ("'", _APOSTROPHES)):
        if character in members:
            return kind
    return ""


def _grouped(groups: list[str], separator: str) -> bool:
    """Tell whether thousands stand in groups: 1,200,000, or 12,00,000 as in India."""
    sizes = [len(group) for group in groups]
    if len(groups) == 1:
        return True
    if groups[0] == "0":
        return False
    western = sizes[0] <= 3 and all(size == 3 for size in sizes[1:])
    indian = separator == "," and sizes[0] <= 2 and sizes[-1] == 3 and all(size == 2 for size in sizes[1:-1])
    return western or indian


def _unclear(text: str, place: int, expected: str) -> UnreadableFigureError:
    return UnreadableFigureError(
        text, place, f"expected {expected}", "ambiguous-number", "write 1200, 1,200 or 1.2 million"
    )
