"""A text in sentences, and a sentence in items: words and phrases, each with its place and what it does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from casualties.drafting._counting import Count, read_count, read_range
from casualties.drafting.words import Phrases, Words
from casualties.model.figure import Figure
from casualties.wording.lexicons import Lexicon

__all__ = ["LONGEST", "Sentence", "sentences"]

LONGEST: Final = 1_200
"""The most characters that are read as one sentence; what is longer is cut at a space."""

_BRACKET: Final = 16
"""The most tokens of brackets behind a number that are read with it."""

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
_GROUPS: Final = re.compile(r"[,.\u00a0\u202f]")
_OLDEST: Final = 120
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


class Sentence:
    """A sentence as items: parallel lists of their words, places and kinds.

    Attributes:
        text: The text in which it stands.
        start: Its first character.
        end: The one behind its last.
        index: Which sentence of the text it is.
        low: The words of each item in small letters; a phrase is one item.
        places: Where each item stands.
        kinds: What each item does, one letter an item, with full stops behind the last; `words` tells the letters.
        counts: The numbers, by their items.
    """

    __slots__ = (
        *("_raw", "_tokens", "counts", "end", "index", "kinds", "lexicon", "low", "places", "start", "text"),
        "words",
    )

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        index: int,
        words: Words,
        lexicon: str | Lexicon = "as-worded",
    ) -> None:
        self.text, self.start, self.end, self.index, self.words, self.lexicon = text, start, end, index, words, lexicon
        self._tokens = [match.span() for match in _TOKEN.finditer(text, start, end)]
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
        low = [word.lower().replace("’", "'") for word in raw]
        starters, numeric, known, many = words.starters, words.numeric, words.kinds, words.phrases
        capitals = [word[0].isupper() for word in raw]
        titled = sum(capitals) * 5 > len(low) * 3
        kinds: list[str] = []
        items, places = self.low, self.places
        low.append("")
        i, n, last = 0, len(raw), ""
        while i < n:
            word = low[i]
            end, kind, counted = i + 1, "", None
            if word[0].isdigit() or "-" in word:
                counted = self._count(low, i)
            elif word in starters:
                after = low[end]
                if word in numeric or after in numeric or after[:1].isdigit():
                    counted = self._count(low, i)
            if counted is not None:
                end, count = counted
                kind = "#" if count is None else "N"
                if count is not None:
                    self.counts[len(kinds)] = count
            elif word in many and (phrase := _longest(many, low, i)):
                end, kind = i + phrase[0], phrase[1]
            else:
                kind = known.get(word) or self._other(raw[i], word)
                if capitals[i] and last and self._part_of_name(kind, word, last, titled=titled):
                    kind = "M"
            if end == i + 1:
                items.append(word)
                places.append(tokens[i])
            else:
                items.append(" ".join(low[i:end]))
                places.append((tokens[i][0], tokens[end - 1][1]))
            kinds.append(kind)
            i, last = end, kind
        self.kinds = "".join([*kinds, "...."])  # more full stops, so that a look ahead finds an end

    @staticmethod
    def _part_of_name(kind: str, word: str, last: str, *, titled: bool) -> bool:
        """Tell whether a capitalised word inside a sentence belongs to a name: "Open Count", "Risk Council"."""
        if last in "Mx":
            return kind in ("sxqRUo" if titled else "sxqRUoSAkKiF") or (word == "a" and not titled)
        return kind == "U" and not titled

    def _other(self, raw: str, word: str) -> str:
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
            return "P" if word.endswith("s") and word[:-1] in self.words.nations else "M"
        return "w" if first.isalpha() else "~"

    # Counts

    def _count(self, low: list[str], i: int) -> tuple[int, Count | None] | None:
        """Read a count that begins at a token: where it ends, and what it is, if the reader of counts takes it."""
        words, n = self.words, len(low) - 1
        if hit := _longest(words.nobody, low, i):
            return i + hit[0], self._zero(i, i + hit[0])
        bounds: list[str] = []
        j, more = i, False
        while j < n and len(bounds) < 4 and (hit := _longest(words.before, low, j)) and not self._numeral(low, j):
            if hit[1] == "bound":
                bounds.append(" ".join(low[j : j + hit[0]]))
            more |= hit[1] == "more"
            j += hit[0]
        if j < n and not bounds and (hit := _longest(words.none, low, j)):
            return self._none(low, j, j + hit[0])
        k = self._numeral(low, j)
        before = low[i - 1] if i else ""
        led = j > i and not bounds and low[j] in ("a", "tens") and low[i] in ("the", "these", "those")
        if k is None or led or self._alien(low, i, j, k, before):
            return None
        rise = words.has("count.rises", before) or (i > 1 and words.has("count.rises", low[i - 2]))
        end = self._range(low, k, bounds, rise=rise)
        if end is None or (bounds == ["from"] and end == k):
            return None
        end = self._after(low, self._second(low, end, bounds) if bounds else end)
        kept = [bound for bound in bounds if bound not in ("possibly", "perhaps", "from")]
        if "from" in bounds and not rise and end > j + 2:
            kept.append("from")
        said = " ".join([*kept, self.text[self._tokens[j][0] : self._tokens[end - 1][1]]]).replace("\n", " ")
        if low[end] == "(" and (ranged := self._ranged(low, end, said)) is not None:
            return ranged
        figure = read_count(said, self.lexicon)
        return end, None if figure is None else Count(said, figure, bounds=tuple(bounds), more=more)

    def _ranged(self, low: list[str], k: int, said: str) -> tuple[int, Count] | None:
        """Read the low and high, or the interval, that stand in brackets directly behind a number."""
        close = next((j for j in range(k + 2, min(k + _BRACKET, len(low) - 1)) if low[j] == ")"), None)
        if close is None or not any(word[:1].isdigit() for word in low[k:close]):
            return None
        if close == k + 2 and (figure := read_count(low[k + 1], self.lexicon)) == read_count(said, self.lexicon):
            return None if figure is None else (close + 1, Count(said, figure))  # three (3)
        said = f"{said} {self.text[self._tokens[k][0] : self._tokens[close][1]]}".replace("\n", " ")
        reading = read_range(said, self.lexicon)
        return None if reading is None else (close + 1, Count(said, reading[0], estimate=reading[1]))

    def _after(self, low: list[str], k: int) -> int:
        """Move over "or more" and "+" behind a number."""
        if hit := _longest(self.words.after, low, k):
            return k + hit[0]
        return k + 1 if low[k] == "+" and self._tokens[k][0] == self._tokens[k - 1][1] else k

    def _zero(self, a: int, b: int) -> Count:
        return Count(self.text[self._tokens[a][0] : self._tokens[b - 1][1]], Figure.exactly(0))

    def _none(self, low: list[str], a: int, b: int) -> tuple[int, Count] | None:
        """Read "no civilians", "no deaths": a number only before people or what happened to them."""
        kinds, n, j = self.words.kinds, len(low) - 1, b
        while j < n and j - b < 3:
            kind = kinds.get(low[j], "w" if low[j][0].isalpha() else "")
            if kind and kind in "PpFY":
                return None if self.words.has("count.figures", low[j + 1]) else (b, self._zero(a, b))
            if kind not in ("w", "F", "R", "K", "&") and not self.words.has("count.between_none", low[j]):
                return None
            j += 1
        return None

    def _numeral(self, low: list[str], i: int) -> int | None:
        """Find the end of a numeral that begins at a token."""
        words, n = self.words, len(low) - 1
        if i >= n:
            return None
        word = low[i]
        if word[0].isdigit():
            if not _GROUPS.sub("", word).isdecimal():
                return None
            j = i + 1
            while j < n and (low[j] in words.scales):
                j += 1
            return None if "." in word and j == i + 1 else j
        if hit := _longest(words.wholes, low, i):
            if i and (low[i - 1] in ("how", "so", "too", "very") or (low[i - 1] == "as" and low[i] in ("many", "few"))):
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
        """Tell whether a numeral is money, a share, a year, a date, a time, an age or the number of a thing.

        The phrase begins at token i, its numeral at a, and b is the token behind it.
        """
        after = low[b]
        touching = b < len(self._raw) and self._tokens[b][0] == self._tokens[b - 1][1]
        clock = before == ":" and i > 1 and low[i - 2][0].isdigit() and self._tokens[i - 1][1] == self._tokens[i][0]
        if (before in _UNLIKE and before != ":") or clock or after in ("%", "percent", "per", "°"):
            return True
        dashed = after in _DASHES and b + 1 < len(self._raw) and not self._numeral(low, b + 1)
        if touching and (after in _UNLIKE or after[:1].isalpha() or dashed):
            return True  # 7/8, 30s, 40ft, 7-strong
        if not low[a].isdecimal():
            return low[a] == "one" and self.words.has("count.one_no_person", after)
        if b > a + 1:
            return False
        return self._dates(low, i, a, b, before) or (a == i and (self._ages(low, i, before) or self._numbers(low, i)))

    def _dates(self, low: list[str], i: int, a: int, b: int, before: str) -> bool:
        """Tell whether digits are a year or the day of a month."""
        after, people = low[b], self.words.kinds.get(low[b], "w") in "PF"
        if _YEAR.fullmatch(low[a]):
            return not people or before in ("in", "since", "of") or before in _MONTHS
        if len(low[a]) > 2:
            return False
        if before in _MONTHS and before != "may" and not (i > 1 and low[i - 2][0].isdigit()):
            return True
        month = after in _MONTHS or (after == "of" and low[b + 1] in _MONTHS)
        sure = after != "may" or low[b + 1][:1].isdigit() or self.words.has("count.before_days", before)
        return month and sure

    def _ages(self, low: list[str], i: int, before: str) -> bool:
        """Tell whether digits are an age: "the gunman, 29, died", "aged 24 and 31"."""
        if len(low[i]) > 3 or int(low[i]) >= _OLDEST:
            return False
        after, ages = low[i + 1], self.words.sets["count.ages"]
        if before in ages or (before == "(" and after in (")", ",")):
            return True
        if before == "and":
            return i > 2 and low[i - 2].isdecimal() and low[i - 3] in ages
        person = i > 1 and (self._raw[i - 2][0].isupper() or self.words.kinds.get(low[i - 2]) == "p")
        return before == "," and after in (",", ")", "of", ".") and person

    def _numbers(self, low: list[str], i: int) -> bool:
        """Tell whether digits are the number of a thing before them: "route 9"."""
        after = self.words.kinds.get(low[i + 1], low[i + 1][:1] or ".")
        thing = i > 0 and self.words.kinds.get(low[i - 1]) == "x" and not self.words.has("count.no_labels", low[i - 1])
        return thing and (after in "@KIJAVSW&" or not after.isalpha())

    def _range(self, low: list[str], k: int, bounds: list[str], *, rise: bool) -> int | None:
        """Move over the second number of a range; two tolls are no range."""
        n = len(low) - 1
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
        n, j = len(low) - 1, k
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
