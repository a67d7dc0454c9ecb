"""Noun phrases that may name a source: where they begin and end, and what they hold."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from casualties.drafting._sentence import Sentence

__all__ = [
    "Range",
    "after_manner",
    "first_subject",
    "is_outlet",
    "left_start",
    "may_speak",
    "plain_source",
    "right_end",
    "subject_before",
    "together",
]

Range = tuple[int, int]
"""The first item, and the one behind the last."""

_INSIDE: Final = frozenset("DwMpPQ'N@x0oZFYR9~")
_CLAUSES: Final = frozenset({"after", "before", "when", "because", "since", "as", "while", "until", "where"})
_JOINING: Final = frozenset({"and", "or", "&", "as well as", "together with", "along with"})
_LONGEST: Final = 24
_APPOSITIONS: Final = 4
_PARENTHESIS: Final = 30


# What a phrase holds


def plain_source(s: Sentence, a: int, b: int) -> bool:
    """Tell whether words plainly name a source: a noun of sources or of people, or a name."""
    return any(
        s.words.has("source.words.nouns", s.low[j]) or s.kinds[j] in "pPd" or s.kinds[j] == "M" for j in range(a, b)
    )


def may_speak(s: Sentence, a: int, b: int) -> bool:
    """Tell whether words can be the subject of a plain verb of saying."""
    return a < b and (s.kinds[a] in "DMpPdN" or "'" in s.kinds[a:b]) and s.kinds[a:b].strip("D") != ""


def is_outlet(s: Sentence, a: int, b: int) -> bool:
    """Tell whether words name one who passes on what others say."""
    return any(s.words.has("source.words.outlets", s.low[j]) for j in range(a, b))


def _names(s: Sentence, a: int, b: int) -> bool:
    """Tell whether a stretch is a noun phrase, with no verb in it."""
    return a < b and not set(s.kinds[a:b]) & set('KkqIiAVSCEzyU!TL;:."') and s.kinds[a] in "DMwpP'N"


# Before a verb


def subject_before(s: Sentence, verb: int) -> tuple[int, int, Range | None] | None:
    """Find the subject that stands before a verb, with what stands between commas inside it."""
    kinds, low, e = s.kinds, s.low, verb
    while e > 0 and (kinds[e - 1] in "RVXA" or s.words.has("source.words.before_verb", low[e - 1])):
        e -= 1
    e = _without_day(s, e)
    if e == 0:
        return None
    if kinds[e - 1] == "d":
        return e - 1, e, None
    if kinds[e - 1] == ")":
        e = kinds.rfind("(", 0, e)
    if e > 0 and kinds[e - 1] in ",-":
        return _around(s, e - 1)
    relative = _relative(s, e)
    if relative is not None:
        return relative
    a = left_start(s, e)
    return None if a is None or a >= e else (a, e, None)


def first_subject(s: Sentence) -> Range | None:
    """Give the subject with which a sentence begins, where it plainly names a source."""
    for verb in range(1, min(len(s), 10)):
        likely = s.low[verb].endswith("ed") or s.words.has("grammar.verbs", s.low[verb])
        if s.kinds[verb] not in "SsAVE!" and not (s.kinds[verb] == "w" and likely):
            continue
        subject = subject_before(s, verb)
        if subject is None or subject[0] > 1:
            continue
        a, b, _ = subject
        if "M" in s.kinds[a:b] or any(s.words.has("source.words.nouns", word) for word in s.low[a:b]):
            return a, b
    return None


def _without_day(s: Sentence, e: int) -> int:
    """Leave the day off the end of a subject: "the army on Thursday"."""
    end = e
    while end > 1 and s.kinds[end - 1] in "Z9":
        end -= 1
    if end == e:
        return e
    return end - 1 if s.kinds[end - 1] == "@" else end


def _around(s: Sentence, close: int) -> tuple[int, int, Range | None] | None:
    """Find a subject that what stands between commas parts from its verb, and what that says of it."""
    kinds, low, mark = s.kinds, s.low, s.kinds[close]
    end, inner = close, close
    for _ in range(_APPOSITIONS):
        o = kinds.rfind(mark, max(0, inner - _PARENTHESIS), inner)
        if o <= 0 or ";" in kinds[o:close]:
            return None
        first = kinds[o + 1]
        relative = first in "WKkz@yR*" or low[o + 1].endswith(("ing", "ed"))
        if not relative and not _names(s, o + 1, inner):
            return None
        if relative or (first == "w" and kinds[o + 2] in "@K" and not plain_source(s, o + 1, inner)):
            end = o
        a = left_start(s, o)
        if a is not None and a < o:
            whole = a, end, (o + 1, close)
            before = kinds[a - 1] if a else ""
            if before != mark or not _names_on(s, a - 1, o):
                return whole
        inner = o
    return None


def _names_on(s: Sentence, comma: int, o: int) -> bool:
    """Tell whether what stands before a comma goes on with the same name: "Hill, head of the guard, the Rangers,"."""
    if s.kinds[o - 1] == "&" or "&" in s.kinds[comma + 1 : o]:
        return True
    a = left_start(s, comma)
    return (
        a is not None
        and a < comma
        and (a == 0 or s.kinds[a - 1] in ';"B')
        and s.kinds[a] in "MDp"
        and plain_source(s, a, comma)
        and not set(s.kinds[a:comma]) & set("NZ")
    )


def _relative(s: Sentence, e: int) -> tuple[int, int, Range | None] | None:
    """Skip a relative clause without commas: "survivors who reached the town said"."""
    for j in range(e - 1, max(0, e - 14), -1):
        if s.kinds[j] in ',;:"B.':
            return None
        if s.kinds[j] == "W" and s.low[j] in ("who", "which", "that") and s.kinds[j - 1] in "pPwMQ":
            if j + 1 == e or s.kinds[j + 1] in "DNdMP":
                return None
            a = left_start(s, j)
            return None if a is None else (a, e, (j, e))
    return None


def left_start(s: Sentence, e: int) -> int | None:
    """Find where the noun phrase begins that ends before an item."""
    j = e - 1
    if j < 0 or s.kinds[j] in "@&":
        return None
    while j >= 0 and e - j < _LONGEST and _inside(s, j, e):
        j -= 1
    return _trimmed(s, j + 1, e)


def _inside(s: Sentence, j: int, e: int) -> bool:
    """Tell whether an item may stand inside a noun phrase that ends before another."""
    kinds, low = s.kinds, s.low
    kind, last = kinds[j], j == e - 1
    if kind in "Ss":
        noun = s.words.has("source.words.nouns", low[j])
        return (last or kinds[j + 1] in "@'wMp") and (noun or (j > 0 and kinds[j - 1] in "DwM'"))
    if kind == "&":
        return j > 0 and low[j] in _JOINING and _subject_too(s, j)
    if kind == "K":
        return not last and j > 0 and kinds[j - 1] in "D@" and s.words.has("people.described", low[j])
    if kind not in _INSIDE or last:
        return kind in _INSIDE
    verb = kind == "w" and kinds[j + 1] in "D@NM" and s.words.has("grammar.verbs", low[j])
    return not verb and not (kind == "@" and low[j] in _CLAUSES)


def _subject_too(s: Sentence, j: int) -> bool:
    """Tell whether what stands before "and" is one more subject, and no clause of its own."""
    k = j - 1
    while k >= 0 and s.kinds[k] in _INSIDE:
        k -= 1
    if k >= 0 and s.kinds[k] not in ',.;:"BWSs&-UE':
        return False
    start = _trimmed(s, k + 1, j)
    if start is None or not plain_source(s, start, j):
        return False
    span = s.kinds[start:j]
    return "N" not in span[1:] and span.count("w") <= 5


def _trimmed(s: Sentence, a: int, e: int) -> int | None:
    """Take adverbs, days and places off the front of a subject."""
    kinds, low = s.kinds, s.low
    while a < e and (kinds[a] in "R&Z9~0" or s.words.has("source.words.before_verb", low[a])):
        a += 1
    while a < e and kinds[a] == "@" and low[a] != "of":
        best = _behind_place(s, a, e)
        if best is None:
            return None
        a = best
        while a < e and kinds[a] in "RZ9":
            a += 1
    return a if a < e else None


def _behind_place(s: Sentence, a: int, e: int) -> int | None:
    """Find where a subject begins behind "in a video" or "on Monday"."""
    kinds, best = s.kinds, None
    for k in range(a + 1, e):
        if kinds[k] == "Z" and k + 1 < e:
            return k + 1
        if k > a + 1 and kinds[k] == "D" and kinds[k - 1] != "@":
            best = k
        elif best is None and k > a + 1 and kinds[k] == "9":
            best = k + 1
    k = e - 1
    if best is None and (kinds[k] == "P" or s.words.has("source.words.nouns", s.low[k])):
        while k - 1 > a + 1 and kinds[k - 1] == "w" and kinds[k - 2] not in "@D":
            k -= 1
        best = k if k > a + 1 and kinds[k - 1] not in "@D" else None
    return best


# Behind a verb


def right_end(s: Sentence, i: int) -> int | None:
    """Find where a noun phrase ends that begins at an item; ``None`` where none begins."""
    kinds, j = s.kinds, i
    while j < len(s) and j - i < 16 and (step := _step(s, i, j)):
        j += step
    while j > i and kinds[j - 1] in "D@&,R~9":
        j -= 1
    return j if j > i else None


def _step(s: Sentence, i: int, j: int) -> int:
    """Tell how many items of a noun phrase stand at a place: none where it ends."""
    kind, word, first, kinds = s.kinds[j], s.low[j], j == i, s.kinds
    if not first and s.low[j + 1 : j + 2] == ["by"] and s.words.has("source.words.by", word):
        return 2
    if kind in "DwMpPQ'N0x~F9":
        return int(first or not (kind == "N" or (kind == "w" and _verb_like(s, j))))
    if kind in "sS":
        return int(s.words.has("source.words.nouns", word) and (first or kinds[j - 1] in "DwMpN'"))
    if first:
        return int(kind == "R")
    if kind == "@":
        within = s.words.has("source.words.within", word) and kinds[j + 1] in "DMwpPKx"
        return 1 + (kinds[j + 1] == "K") if within and not _manner(s, j) else 0
    return int((kind == "&" and word in _JOINING and _joins(s, j)) or (kind == "," and _goes_on(s, i, j)))


def _verb_like(s: Sentence, j: int) -> bool:
    """Tell whether an unknown word behind a noun is likely a verb."""
    return s.words.has("grammar.verbs", s.low[j]) or (s.kinds[j - 1] in "pPMQx" and s.low[j].endswith("ed"))


def _joins(s: Sentence, j: int) -> bool:
    """Tell whether "and" joins two sources: what follows is a noun phrase without a verb of its own."""
    k = j + 1
    if s.kinds[k] not in "DMwpPQ":
        return False
    while s.kinds[k] in "DMwpPQ'x" and k < len(s):
        k += 1
    return s.kinds[k] not in "KAVIJSs" or (s.kinds[k - 1] == "M" and s.kinds[k] == "S")


def _goes_on(s: Sentence, i: int, j: int) -> bool:
    """Tell whether a comma goes on with a list, "AFP, Reuters and AP", or with a name, "a councillor, Ivan Marsh,"."""
    kinds, k = s.kinds, j + 1
    while kinds[k] == "M":
        k += 1
    if k == j + 1:
        return False
    if kinds[k] == "&" and kinds[k + 1] in "MDwP" and kinds[j - 1] == "M":
        return True
    return k - j >= 3 and kinds[k] in ",." and kinds[j - 1] in "wpPx" and kinds[i] in "DwM"


# How, when and to whom


def _manner(s: Sentence, j: int) -> bool:
    """Tell whether a preposition begins how something was said, and no part of who says it: "in a statement"."""
    if s.low[j] == "of":
        return False
    for k in range(j + 1, min(len(s), j + 6)):
        if s.kinds[k] == "Z" or s.words.has("source.words.manner", s.low[k]):
            return True
        if s.kinds[k] not in "DwMpP'@x":
            return False
    return False


def after_manner(s: Sentence, j: int) -> int:
    """Move over how, when and to whom something was said."""
    kinds, low, start = s.kinds, s.low, j
    while j < len(s) and j - start < 14:
        if kinds[j] in "RZ9":
            j += 1
        elif kinds[j] == "@":
            j += 1
            while j < len(s) and (kinds[j] in "DwMpP'Zx@9" or s.words.has("source.words.manner", low[j])):
                j += 1
        elif j == start and s.words.has("source.words.telling", low[j - 1]) and kinds[j] in "DMwPd":
            while kinds[j] in "DwMpP'x&d" and j < len(s):
                j += 1
        else:
            break
    return j


# Several together


def together(s: Sentence, a: int, b: int) -> tuple[Range, ...]:
    """Split sources that speak together: "police and residents", "two monitors, Ledger and Count"."""
    kinds = s.kinds
    if s.low[a] == "both" and a + 1 < b:
        a += 1
    if kinds[a] in "NR" and "," in kinds[a:b] and "&" in kinds[a:b]:
        a = kinds.index(",", a, b) + 1
    cut = kinds.rfind("&", a + 1, b - 1)
    if cut < 0 or not _alone(s, (a, cut), (cut + 1, b)):
        return ((a, b),)
    edges = [a - 1, *(j for j in range(a + 1, cut) if kinds[j] == ","), cut]
    parts = [(start + 1, end) for start, end in pairwise(edges) if start + 1 < end]
    return (*parts, (cut + 1, b))


def _alone(s: Sentence, left: Range, right: Range) -> bool:
    """Tell whether both halves of "X and Y" name a source: those of "Health and Population" do not."""
    ends = [s.words.has("source.words.nouns", s.low[b - 1]) or s.kinds[b - 1] in "pP" for _, b in (left, right)]
    capitals = [not s.kinds[a:b].strip("M'") for a, b in (left, right)]
    if s.kinds[right[0]] == "D" or (capitals[0] and capitals[1]):
        return True
    if capitals[1] and not ends[0]:
        return False  # "the Risk Reduction and Management Council"
    return ends[1] and (ends[0] or capitals[0] or plain_source(s, *left))
