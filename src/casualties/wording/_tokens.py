"""The tokens of a phrase: numbers in digits of any script, words, dashes and signs."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Final

from casualties.errors import UnreadableFigureError
from casualties.model.figure import MAX_COUNT

__all__ = [
    "APOSTROPHES",
    "EAST_ASIAN_SCALES",
    "ORDINAL",
    "QUOTES",
    "Kind",
    "Marks",
    "Token",
    "Walk",
    "folded",
    "plain",
    "tokens",
]

APOSTROPHES: Final = frozenset("'’ʼ＇`´")
_ORDINALS: Final = frozenset({"nd", "rd", "st", "th"})
ORDINAL: Final = "1st"
"""How a number in digits that only orders is looked up, whichever it is."""
QUOTES: Final = frozenset("'\"“”„‘’«»")
_FLAGS: Final = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
"""The letters of which the flags of countries are made: ornaments, and no words."""
_MARKS: Final = (
    (" ", frozenset(" \u00a0\u2002\u2004\u2005\u2006\u2007\u2008\u2009\u202f")),
    (",", frozenset(",，٬")),
    ("'", APOSTROPHES),
    (".", frozenset(".．٫")),
)
_EAST_ASIAN: Final = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_EAST_ASIAN_TENS: Final = {"十": 10, "百": 100, "千": 1_000}
EAST_ASIAN_SCALES: Final = {"千": 1_000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
"""What Chinese characters multiply digits by: 3万 is 30,000."""
_ALEFS: Final = str.maketrans("أإآٱىё", "اااايе", "ـ")


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
        text: The piece as words are looked up; empty for a number in digits.
        start: Offset of its first character.
        end: Offset behind its last character.
        spaced: Whether a space stands before it.
        amount: The number that its digits write.
        scale: What a letter tied to the digits multiplies them by, as in 10k.
        decimal: Whether the digits have decimals, be they zero.
        unclear: Whether its mark is one of thousands here and of decimals elsewhere: nothing may multiply it.
        capital: Whether it begins with a capital letter, as names do.
    """

    kind: Kind
    text: str
    start: int
    end: int
    spaced: bool
    amount: Fraction = Fraction(0)
    scale: int = 1
    decimal: bool = False
    unclear: bool = False
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """How a language writes numbers in digits.

    Attributes:
        thousands: The kinds of marks that stand between thousands: a comma, a point, a space, an apostrophe.
        decimal: The kind of mark before decimals.
        letters: What letters tied to the digits multiply them by.
    """

    thousands: frozenset[str] = frozenset(",' ")
    decimal: str = "."
    letters: Mapping[str, int] | None = None


class Walk:
    """A place in the tokens of a text, which moves only over what it accepts."""

    def __init__(self, text: str, parts: list[Token]) -> None:
        self.text = text
        self.tokens = parts
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
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

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

    def accept_one(self, texts: frozenset[str]) -> bool:
        """Move over a token that has one of these texts."""
        if self.peek() in texts:
            self.at += 1
            return True
        return False


def folded(word: str) -> str:
    """Bring a word to the form in which words are looked up: small letters, one apostrophe, plain Arabic letters.

    Examples:
        >>> folded("L’Été"), folded("أَلْف")
        ("l'été", 'الف')
    """
    if word.isascii():
        return word.casefold()
    plain = "".join("'" if character in APOSTROPHES else character for character in word.casefold())
    return "".join(
        character
        for character in plain.translate(_ALEFS)
        if unicodedata.category(character) not in {"Mn", "Cf"} or character < "\u0590"
    )


def plain(text: str) -> str:
    """Bring a text to lower case, single spaces and plain dashes, without a full stop at its end.

    Examples:
        >>> plain("Not  reported.")
        'not reported'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = ["-" if unicodedata.category(character) == "Pd" or character == "−" else character for character in folded]
    words = " ".join("".join(character for character in kept if unicodedata.category(character) != "Cf").split())
    if words and not words.strip("- "):
        return "-"
    return words.removesuffix(".") or words


def tokens(text: str, marks: Marks, cut: Callable[[str], Iterable[str]] | None = None) -> list[Token]:
    """Cut a text into numbers, words, dashes and signs.

    Args:
        text: The phrase.
        marks: How the language writes numbers in digits.
        cut: Cuts a word that holds several, as some languages write them; nothing is lost or added.

    Raises:
        UnreadableFigureError: If the text holds digits that write no clear number.
    """
    pieces: list[Token] = []
    at, spaced = 0, False
    while at < len(text):
        character = text[at]
        category = unicodedata.category(character)
        if character.isspace() or category == "Cf" or character in _FLAGS:
            spaced = spaced or character.isspace()
            at += 1
            continue
        start = at
        if category == "Nd":
            token = _numeral(text, at, marks, spaced=spaced)
            at = token.end
        elif character in EAST_ASIAN_SCALES and pieces and pieces[-1].kind is Kind.NUMBER:
            at += 1
            token = Token(Kind.WORD, character, start, at, spaced)
        elif character in _EAST_ASIAN or character in _EAST_ASIAN_TENS:
            token = _east_asian(text, at, spaced=spaced)
            at = token.end
        elif category[0] in "LM":
            at = _word_end(text, at)
            parts = list(cut(folded(text[start:at]))) if cut else [folded(text[start:at])]
            if len(parts) > 1:
                pieces += _parts(parts, start, at, spaced=spaced)
                spaced = False
                continue
            token = Token(Kind.WORD, parts[0], start, at, spaced, capital=category in {"Lu", "Lt"})
        elif category == "Pd" or character == "−":
            while at < len(text) and (unicodedata.category(text[at]) == "Pd" or text[at] == "−"):
                at += 1
            token = Token(Kind.DASH, "-", start, at, spaced)
        else:
            at += 1
            token = Token(Kind.SIGN, unicodedata.normalize("NFKC", character), start, at, spaced)
        pieces.append(token)
        spaced = False
    return pieces


def _parts(parts: list[str], start: int, end: int, *, spaced: bool) -> Iterable[Token]:
    """Make tokens of the parts of one word; folding may have changed its length, so the last one takes the rest."""
    for number, part in enumerate(parts):
        stop = end if number == len(parts) - 1 else min(start + len(part), end)
        yield Token(Kind.WORD, part, start, stop, spaced)
        start, spaced = stop, False


def _word_end(text: str, at: int) -> int:
    while at < len(text):
        character = text[at]
        if character in EAST_ASIAN_SCALES or (
            unicodedata.category(character)[0] not in "LM"
            and unicodedata.category(character) != "Cf"
            and not (character in APOSTROPHES and at + 1 < len(text) and text[at + 1].isalpha())
        ):
            break
        at += 1
    return at


def _digits(text: str, at: int) -> str:
    """Return the run of digits of one script that starts at a place, as it stands."""
    end = at
    while end < len(text) and unicodedata.category(text[end]) == "Nd":
        if ord(text[end]) - unicodedata.decimal(text[end]) != ord(text[at]) - unicodedata.decimal(text[at]):
            raise UnreadableFigureError(text, end, "these digits are of two scripts", "mixed-scripts")
        end += 1
    return text[at:end]


def _tied(letters: str) -> str:
    """Say how to write a number that letters are tied to."""
    return "write 1.2 million, not 1.2m" if letters in {"m", "mn", "mio", "bn"} else "let the number stand on its own"


def _numeral(text: str, start: int, marks: Marks, *, spaced: bool) -> Token:
    """Read a number in digits, its thousands separators, its decimals and a letter tied to it."""
    groups = [_digits(text, start)]
    at = start + len(groups[0])
    separator = ""
    while at < len(text) and (mark := _mark(text[at])) and mark in marks.thousands and (group := _digits(text, at + 1)):
        if mark == " " and not (len(group) == 3 and len(groups[0]) <= 3 and groups[0] != "0"):
            break
        if separator not in {"", mark}:
            raise _unclear(text, start, "thousands are parted by two kinds of marks")
        separator = mark
        groups.append(group)
        at += 1 + len(group)
    if not _grouped(groups, separator):
        raise _unclear(text, start, "thousands stand in groups of three digits")
    whole = "".join(groups)
    if len(whole) > 1 and unicodedata.decimal(whole[0]) == 0:
        raise UnreadableFigureError(text, start, "a number does not begin with zeros", "leading-zero")
    fraction, unclear = "", False
    if at < len(text) and _mark(text[at]) == marks.decimal and (fraction := _digits(text, at + 1)):
        at += 1 + len(fraction)
        thousands = [fraction]
        while at < len(text) and _mark(text[at]) == marks.decimal and (group := _digits(text, at + 1)):
            thousands.append(group)
            at += 1 + len(group)
        looks_grouped = len(groups) == 1 and len(whole) <= 3 and int(whole) > 0 and {*map(len, thousands)} == {3}
        if marks.decimal == "." and (looks_grouped or len(thousands) > 1):
            raise _unclear(text, start, "this is thousands in one country and a fraction in another")
        if looks_grouped:
            whole, fraction, unclear = whole + "".join(thousands), "", True
        elif len(thousands) > 1:
            raise _unclear(text, start, "thousands stand in groups of three digits")
    if len(whole) > len(str(MAX_COUNT)):
        raise UnreadableFigureError(text, start, f"no count is above {MAX_COUNT:,}", "too-large")
    end = _word_end(text, at)
    letters = folded(text[at:end])
    if letters in _ORDINALS and not fraction:
        return Token(Kind.WORD, ORDINAL, start, end, spaced)
    scale = (marks.letters or {}).get(letters, 1)
    if letters and (scale == 1 or unclear or (letters == "m" and not fraction)):
        raise UnreadableFigureError(text, at, f"{text[at:end]!r} is tied to the number", "part-of-word", _tied(letters))
    amount = Fraction(int(whole + fraction), 10 ** len(fraction))
    return Token(Kind.NUMBER, "", start, end, spaced, amount, scale, decimal=bool(fraction), unclear=unclear)


def _mark(character: str) -> str:
    """Name a mark within a number by its kind, or return an empty text."""
    return next((kind for kind, members in _MARKS if character in members), "")


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


def _unclear(text: str, place: int, why: str) -> UnreadableFigureError:
    return UnreadableFigureError(text, place, why, "ambiguous-number", "write 1200, 1,200 or 1.2 million")


def _east_asian(text: str, start: int, *, spaced: bool) -> Token:
    """Read a number in Chinese characters where it is plain: 三百五十, 一万二千, or 万 behind digits."""
    total, section, digit, at = 0, 0, None, start
    highest, place = 10**12, 10**4
    while at < len(text):
        character = text[at]
        if character in _EAST_ASIAN:
            if digit is not None:
                raise _not_plain(text, start)
            digit = _EAST_ASIAN[character]
        elif character in _EAST_ASIAN_TENS and _EAST_ASIAN_TENS[character] < place:
            place = _EAST_ASIAN_TENS[character]
            section, digit = section + (1 if digit is None else digit) * place, None
        elif character not in _EAST_ASIAN_TENS and EAST_ASIAN_SCALES.get(character, highest) < highest:
            highest = EAST_ASIAN_SCALES[character]
            total, section, digit, place = total + (section + (digit or 0)) * highest, 0, None, 10**4
        elif character in _EAST_ASIAN_TENS or character in EAST_ASIAN_SCALES:
            raise _not_plain(text, start)
        else:
            break
        at += 1
    return Token(Kind.NUMBER, "", start, at, spaced, Fraction(total + section + (digit or 0)))


def _not_plain(text: str, start: int) -> UnreadableFigureError:
    return UnreadableFigureError(
        text, start, "this number in Chinese characters is not plain", "ambiguous-number", "write it in digits"
    )
