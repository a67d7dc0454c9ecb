"""A text in sentences, and a sentence in items: words and phrases, each with its place and what it does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from casualties.drafting.words import Phrases, Words
from casualties.errors import CasualtiesError
from casualties.model.figure import Figure
from casualties.wording import parse_figure

__all__ = ["LONGEST", "Count", "Sentence", "sentences"]

LONGEST: Final = 1_200
"""The most characters that are read as one sentence; what is longer is cut at a space."""

_TOKEN: Final = re.compile(
    r"\d+[-‐‑ ](?:year|month|week|day)s?[-‐‑ ]olds?\b"
    r"|\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?![\d])"
    r"|\d+(?:\.\d+)?"
    r"|@\w+"
    r"|['’]s\b"
    r"|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*(?:[-‐‑][^\W_]+)*"
    r"|[^\s\w]|\w+"
)
_END: Final = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n\s*\n|\n(?=\s*(?:[-•*·]|\d{1,2}[:.]\d\d))|\n")
_BEFORE: Final = re.compile(r"[\w.]{1,12}$")
_MONTHS: Final = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)
_QUOTES: Final = frozenset('"“”„«»')
_DASHES: Final = frozenset("-–—‐‑")
_PUNCTUATION: Final = {
    ",": ",",
    ";": ";",
    ":": ":",
    ".": ".",
    "!": ".",
    "?": ".",
    "…": ".",
    "(": "(",
    ")": ")",
    "[": "(",
    "]": ")",
}
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
_UNLIKE: Final = frozenset("$€£#:/@°%")
_CEILINGS: Final = frozenset(
    {
        "as many as",
        "up to",
        "at most",
        "no more than",
        "not more than",
        "a maximum of",
        "fewer than",
        "less than",
        "under",
    }
)
_HEDGES: Final = frozenset({"possibly", "perhaps", "maybe", "probably", "and", "even", "or", "but"})


def sentences(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """Cut a text into sentences and lines, as places in it.

    Examples:
        >>> from casualties.drafting.words import load_words
        >>> text = "Dr. Hill said so. Two died."
        >>> [text[start:end] for start, end in sentences(text, load_words())]
        ['Dr. Hill said so.', 'Two died.']
    """
    start = 0
    for match in _END.finditer(text):
        if text[match.start()] == ".":
            before = _BEFORE.search(text, max(start, match.start() - 12), match.start())
            word = before[0].lower() if before else ""
            if word in words.abbreviations or (len(word) == 1 and word.isalpha()):
                continue
            after = text[match.end() : match.end() + 40].lstrip(" \t\"'“‘([")
            if after and after[0].islower():
                continue
        elif text[match.start()] == "\n" and match[0] == "\n" and _runs_on(text, match.start(), match.end()):
            continue
        yield from _cut(text, start, match.end())
        start = match.end()
    yield from _cut(text, start, len(text))


def _runs_on(text: str, end: int, start: int) -> bool:
    """Tell whether a line break stands inside a sentence: the line before ends openly, the next begins small."""
    return text[end - 1 : end] not in ".!?…:\n" and text[start : start + 1].islower()


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give a sentence without the spaces around it, in several pieces where it is too long."""
    while end - start > LONGEST:
        place = text.rfind(" ", start + 1, start + LONGEST)
        place = place if place > start else start + LONGEST
        yield from _cut(text, start, place)
        start = place
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield start, end


@lru_cache(maxsize=4096)
def read_count(words: str, lexicon: Any) -> Figure | None:  # noqa: ANN401 - a name or a lexicon
    """Read a count, or nothing where the reader of words refuses it."""
    try:
        return parse_figure(words, lexicon)
    except CasualtiesError:
        return None


class Count:
    """A number in a sentence, with the words around it that bound it."""

    __slots__ = ("bounds", "figure", "more", "rise", "said", "vague")

    def __init__(
        self,
        said: str,
        figure: Figure,
        *,
        bounds: tuple[str, ...] = (),
        more: bool = False,
        vague: bool = False,
        rise: bool = False,
    ) -> None:
        self.said = said
        self.figure = figure
        self.bounds = bounds
        self.more = more
        self.vague = vague
        self.rise = rise


class Sentence:
    """A sentence as items: parallel lists of their words, places and kinds."""

    __slots__ = (
        "_raw",
        "_tokens",
        "counts",
        "end",
        "first",
        "index",
        "kinds",
        "lexicon",
        "low",
        "places",
        "start",
        "text",
        "words",
    )

    def __init__(self, text: str, start: int, end: int, index: int, words: Words, lexicon: Any = "as-worded") -> None:  # noqa: ANN401 - a name or a lexicon
        self.text, self.start, self.end, self.index, self.words, self.lexicon = text, start, end, index, words, lexicon
        self._tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(text, start, end)]
        self._raw = [text[left:right] for left, right in self._tokens]
        self.low: list[str] = []
        self.places: list[tuple[int, int]] = []
        self.kinds = ""
        self.counts: dict[int, Count] = {}
        self._itemise()

    def __len__(self) -> int:
        return len(self.low)

    def span(self, a: int, b: int) -> tuple[int, int]:
        """Give the place of items a to b in the text."""
        return self.places[a][0], self.places[b - 1][1]

    def shown(self, a: int, b: int) -> str:
        """Give the words of items a to b as printed."""
        return self.text[self.places[a][0] : self.places[b - 1][1]]

    def capital(self, i: int) -> bool:
        """Tell whether an item begins with a capital."""
        return self.text[self.places[i][0]].isupper()

    # From tokens to items

    def _itemise(self) -> None:
        raw, tokens, words = self._raw, self._tokens, self.words
        low = [each.lower().replace("’", "'") for each in raw]
        starters, known, many = words.starters, words.kinds, words.phrases
        kinds: list[str] = []
        i, n = 0, len(low)
        while i < n:
            word = low[i]
            end, kind = i + 1, ""
            if (word[0].isdigit() or word in starters or "-" in word) and (hit := self._count(low, i)):
                end, count = hit
                kind = "N"
                self.counts[len(self.low)] = count
            elif word in many and (found := _longest(many, low, i)):
                end, kind = i + found[0], found[1]
            else:
                kind = known.get(word) or self._other(raw[i], word)
                if kind in "sxqR" and raw[i][0].isupper() and kinds and kinds[-1] == "M":
                    kind = "M"  # a part of a name: "Open Count"
            self.low.append(" ".join(low[i:end]))
            self.places.append((tokens[i][0], tokens[end - 1][1]))
            kinds.append(kind)
            i = end
        self.kinds = "".join([*kinds, "."])  # one more full stop, so that every sentence ends in one

    @staticmethod
    def _other(raw: str, word: str) -> str:
        """Give the kind of what stands in no list."""
        first = raw[0]
        if raw in _PUNCTUATION:
            return _PUNCTUATION[raw]
        if raw in _QUOTES:
            return '"'
        if raw in _DASHES:
            return "-"
        if word == "'s":
            return "'"
        if first.isdigit():
            return "0" if word.rstrip("s").endswith("old") else "9"
        if word.endswith("n't"):
            return "X"
        if first.isupper() or first == "@":
            return "M"
        return "w" if first.isalpha() else "~"

    # Counts

    def _count(self, low: list[str], i: int) -> tuple[int, Count] | None:
        """Read a count that begins at a token: where it ends, and what it is."""
        words, n = self.words, len(low)
        if hit := _longest(words.nobody, low, i):
            return i + hit[0], self._zero(i, i + hit[0])
        bounds: list[str] = []
        j, more, lead = i, False, False
        while j < n and len(bounds) < 4 and (hit := _longest(words.before, low, j)) and not self._numeral(low, j):
            if hit[1] == "bound":
                bounds.append(" ".join(low[j : j + hit[0]]))
            more |= hit[1] == "more"
            lead |= hit[1] == "lead"
            j += hit[0]
        if j < n and (hit := _longest(words.none, low, j)) and not bounds:
            return self._none(low, j, j + hit[0])
        first = j
        k = self._numeral(low, j)
        if k is None or (
            lead and not bounds and low[first] in ("a", "tens") and first > i and low[i] in ("the", "these", "those")
        ):
            return None
        before = low[i - 1] if i else ""
        if self._alien(low, i, first, k, before):
            return None
        rise = before in words.sets["count.rises"] or (i > 1 and low[i - 2] in words.sets["count.rises"])
        k = self._range(low, k, bounds, rise=rise)
        if k is None:
            return None
        if bounds:
            k = self._second(low, k, bounds)
        if k < n and (hit := _longest(words.after, low, k)):
            k += hit[0]
        elif k < n and low[k] == "+" and self._tokens[k][0] == self._tokens[k - 1][1]:
            k += 1
        said = " ".join(
            [
                *(each for each in bounds if each not in ("possibly", "perhaps", "from")),
                self.text[self._tokens[first][0] : self._tokens[k - 1][1]],
            ]
        )
        if "from" in bounds and not rise and k > first + 2:
            said = f"from {said}"
        figure = read_count(said.replace("\n", " "), self.lexicon)
        if figure is None:
            return None
        vague = low[first] in words.wholes and " ".join(low[first:k]) in words.vague
        return k, Count(said, figure, bounds=tuple(bounds), more=more, vague=vague, rise=rise)

    def _zero(self, a: int, b: int) -> Count:
        return Count(self.text[self._tokens[a][0] : self._tokens[b - 1][1]], Figure.exactly(0))

    def _none(self, low: list[str], a: int, b: int) -> tuple[int, Count] | None:
        """Read "no civilians", "no deaths": a number only before people or what happened to them."""
        kinds, n, j = self.words.kinds, len(low), b
        while j < n and j - b < 3:
            kind = kinds.get(low[j], "w" if low[j][0].isalpha() else "")
            if kind in ("P", "p", "F", "Y"):
                following = kinds.get(low[j + 1], low[j + 1][:1]) if j + 1 < n else "."
                if following == "w" or (
                    j + 1 < n
                    and low[j + 1]
                    in ("figures", "figure", "details", "toll", "count", "numbers", "data", "information")
                ):
                    return None
                return b, self._zero(a, b)
            if kind not in ("w", "F", "R", "K", "&") and low[j] not in ("or", "military", "civilian", "immediate"):
                return None
            j += 1
        return None

    def _numeral(self, low: list[str], i: int) -> int | None:
        """Find the end of a numeral that begins at a token."""
        words, n = self.words, len(low)
        if i >= n:
            return None
        word = low[i]
        if word[0].isdigit():
            if not word.replace(",", "").replace(".", "").replace("\u00a0", "").replace("\u202f", "").isdigit():
                return None
            j = i + 1
            while j < n and (low[j] in words.scales):
                j += 1
            return None if "." in word and j == i + 1 else j
        if hit := _longest(words.wholes, low, i):
            if i and low[i - 1] in ("how", "so", "too", "as", "very"):
                return None
            return i + hit[0]
        if not self._is_number(word):
            return None
        j = i + 1
        while j < n and (
            self._is_number(low[j])
            or low[j] in words.scales
            or (low[j] == "and" and j + 1 < n and low[j - 1] in words.scales and self._is_number(low[j + 1]))
        ):
            j += 1
        return j

    def _is_number(self, word: str) -> bool:
        numbers = self.words.numbers
        return word in numbers or ("-" in word and all(part in numbers for part in word.split("-")))

    def _alien(self, low: list[str], i: int, a: int, b: int, before: str) -> bool:
        """Tell whether a numeral is money, a share, a year, a date, a time, an age or a name's number."""
        n, words = len(low), self.words
        after = low[b] if b < n else ""
        touching = b < n and self._tokens[b][0] == self._tokens[b - 1][1]
        digits = low[a][0].isdigit()
        if before in _UNLIKE and (
            before != ":" or (i and self._tokens[i - 1][1] == self._tokens[i][0] and i > 1 and low[i - 2][0].isdigit())
        ):
            return True
        if after in ("%", "percent", "per", "°") or (touching and after in _UNLIKE):
            return True
        if touching and (after[:1].isalpha() or (after in _DASHES and b + 1 < n and not self._numeral(low, b + 1))):
            return True  # 30s, 40ft, 7-strong
        if not digits:
            return (
                low[a] == "one"
                and after in ("another", "day", "of", "side", "night")
                and (after != "of" or (low[b + 1 : b + 2] == ["the"] and low[b + 2 : b + 3] == ["most"]))
            )
        if (
            b == a + 1
            and _YEAR.fullmatch(low[a])
            and (
                after not in words.kinds or words.kinds[after] not in "PF" or before in ("in", "since", "of", *_MONTHS)
            )
        ):
            return True
        if (
            before in _MONTHS
            and b == a + 1
            and len(low[a]) < 3
            and before != "may"
            and not (i > 1 and low[i - 2][0].isdigit())
        ):
            return True
        if (
            (after in _MONTHS or (after == "of" and b + 1 < n and low[b + 1] in _MONTHS))
            and len(low[a]) < 3
            and (after != "may" or before in ("on", "of", "since", "until", "by", "and", "-", "–"))
        ):
            return True
        if after in _MONTHS and a == i and low[a].isdigit() and int(low[a]) < 32 and b + 1 < n and low[b + 1].isdigit():
            return True
        if b == a + 1 and low[a].isdigit() and int(low[a]) < 120 and a == i:
            if before in words.sets["count.ages"] or (before == "(" and after in (")", ",")):
                return True
            if (
                before == ","
                and after in (",", ")", "of", ".")
                and i > 1
                and (self._raw[i - 2][0].isupper() or words.kinds.get(low[i - 2]) == "p")
            ):
                return True
            if before == "and" and i > 1 and low[i - 2].isdigit() and i > 2 and low[i - 3] in words.sets["count.ages"]:
                return True
        named = i and self._raw[i - 1][0].isupper() and i - 1 > 0 and before not in words.kinds
        if (
            a == i
            and b == a + 1
            and (named or words.kinds.get(before) == "x")
            and (not after or not after[0].isalpha() or words.kinds.get(after, "w") in "@KIJAVSW&")
        ):
            return (
                before not in _MONTHS and words.kinds.get(before) == "x" and before not in ("times", "reports", "may")
            )
        return False

    def _range(self, low: list[str], k: int, bounds: list[str], *, rise: bool) -> int | None:
        """Move over the second number of a range; two tolls are no range."""
        n = len(low)
        if k + 1 >= n or low[k] not in ("-", "–", "—", "to", "or", "and", "‑", "‐"):
            return k
        if low[k] == "and" and "between" not in bounds:
            return k
        if rise and low[k] == "to":
            return k
        j = k + 1
        if low[k] == "to" and (
            hit := _longest({"as": ((("as", "many", "as"), 1),), "up": ((("up", "to"), 1),)}, low, j)
        ):
            j += hit[0]
        second = self._numeral(low, j)
        if second is None or (low[j] in ("a", "one") and low[k] in ("to", "or", "and")):
            touching = self._tokens[k][0] == self._tokens[k - 1][1]
            return None if low[k] in _DASHES and touching else k
        if (
            low[k] in _DASHES
            and self._tokens[k][0] != self._tokens[k - 1][1]
            and self._tokens[j][0] != self._tokens[k][1]
            and not low[j][0].isdigit()
        ):
            return k
        return second

    def _second(self, low: list[str], k: int, bounds: list[str]) -> int:
        """Move over a second limit: "at least 80 and possibly as many as 120"."""
        n, j = len(low), k
        if bounds[-1] in _CEILINGS:
            return k
        if j < n and low[j] == ",":
            j += 1
        while j < n and low[j] in _HEDGES:
            j += 1
        if j == k:
            return k
        if (hit := _longest(self.words.before, low, j)) and " ".join(low[j : j + hit[0]]) in _CEILINGS:
            end = self._numeral(low, j + hit[0])
            said = " ".join([*bounds, self.text[self._tokens[k - 1][0] : self._tokens[end - 1][1]]]) if end else ""
            if end and read_count(said, self.lexicon) is not None:
                return end
        return k


def _longest(table: Phrases, low: list[str], i: int) -> tuple[int, Any] | None:
    """Find the longest phrase that begins at a token, as its length and meaning."""
    for phrase, meaning in table.get(low[i], ()):
        size = len(phrase)
        if size == 1 or tuple(low[i : i + size]) == phrase:
            return size, meaning
    return None
