"""Who is counted in a sentence: numbers with their nouns, people without a number, and names that are never copied."""

from __future__ import annotations

from typing import Final

from casualties.drafting._counting import Count, read_parts
from casualties.drafting._sentence import Sentence

__all__ = ["Group", "groups_of"]

_NOUN_WALK: Final = 8
"""The most items between a number and its noun."""

_BRACKETS: Final = 160
"""The most characters of a count with brackets behind it that are read for parts."""

_AHEAD: Final = 5
"""The most items between an article and the noun of a person."""


class Group:
    """People in a sentence: the items that name them, how many they are, and what they are called.

    Attributes:
        a: The first item.
        b: The item behind the last.
        kind: ``number``; ``one`` or ``many`` without a number; ``name`` or ``pronoun`` of one person.
        count: The number; ``None`` where there is none.
        number: The items of the number, or of all the words where there is none.
        noun: The items of the nouns.
        head: The last noun; empty where there is none.
        harm: The harm that the noun itself counts: "34 deaths".
        state: What an adjective says became of them: "seven missing hikers".
        part: Whether they are a part of another count: "including three children".
        of_next: Whether they are some of the group that follows: "61 of the 84".
        bare: Whether the number stands without a noun.
        unknown: Whether the noun is not known to name people.
        household: Whether households are counted.
        named: Whether one person is named.
        definite: Whether they were spoken of before.
        used: Whether a harm is said of them already.
    """

    __slots__ = (
        *("a", "b", "bare", "count", "definite", "harm", "head", "household", "kind", "named"),
        *("noun", "number", "of_next", "part", "state", "unknown", "used"),
    )

    def __init__(self, a: int, b: int, kind: str, head: str = "", count: Count | None = None) -> None:
        self.a, self.b, self.kind, self.head, self.count = a, b, kind, head, count
        self.number, self.noun = (a, b), (b, b)
        self.harm = self.state = ""
        self.bare = kind == "number"
        self.part = self.unknown = self.household = self.named = self.used = self.definite = self.of_next = False

    def called(self, head: str, start: int, end: int) -> Group:
        """Give the group its noun, which ends the words for it."""
        self.head, self.noun, self.b, self.bare = head, (start, end), end, False
        return self

    def __repr__(self) -> str:
        said = f" {self.count.said!r}" if self.count is not None else ""
        return f"<{self.kind}{said} {self.head!r} {self.a}..{self.b}>"


def groups_of(s: Sentence) -> list[Group]:
    """Find all groups of people, from left to right."""
    groups: list[Group] = []
    i, n = 0, len(s)
    while i < n:
        if s.kinds[i] not in "NpPQYMD":
            i += 1
            continue
        least = groups[-1].b if groups else 0
        group = _group_at(s, i, least)
        if group is not None:
            groups.append(group)
        i = max(group.b, i + 1) if group is not None else i + 1
    _mark_parts(s, groups)
    return groups


def _group_at(s: Sentence, i: int, least: int) -> Group | None:
    match s.kinds[i]:
        case "N":
            return _counted(s, i)
        case "p" | "P":
            return _uncounted(s, i, least)
        case "Q":
            return _household(s, i, least)
        case "Y":
            return _body(s, i, least)
        case "M":
            return _name(s, i)
        case "D" if s.low[i] == "another" and s.kinds[i + 1] in ".,;)AVK@J&Z":
            return Group(i, i + 1, "one", "another")
    return None


# Numbers


def _counted(s: Sentence, i: int) -> Group | None:
    """Read the noun phrase behind a number."""
    low, kinds, count = s.low, s.kinds, s.counts[i]
    group = Group(i, i + 1, "number", "", count)
    if count.figure.high == 0 and not (s.words.has("count.no", low[i]) or low[i].isdecimal()):
        return group.called("nobody", i + 1, i + 1)
    j = i + 1
    while kinds[j] == "o":
        group.head = group.head or low[j]
        group.b = j = j + 1
        if s.words.has("count.of_them", low[j - 1]):
            group.part, group.bare = True, False
            return group
    if j < len(s) and low[j] == "of":
        return _counted_of(s, group, j)
    return _noun(s, group, j)


def _counted_of(s: Sentence, group: Group, j: int) -> Group | None:
    """Read "two of the seven hikers", "nine of his men", "eighteen of the garrison"."""
    low, kinds, k = s.low, s.kinds, j + 1
    while kinds[k] in "DR" and not s.words.has("people.them", low[k]):
        k += 1
    chosen = k > j + 1 and low[k - 1] in ("the", "these", "those")
    owner = kinds.find("'", k, k + 4)
    if owner > 0 and kinds[owner + 1] == "N" and all(kind in "wMpPx" for kind in kinds[k:owner]):
        k = owner + 1
    if kinds[k] == "N":
        group.of_next = group.part = True
        return group
    if k < len(s) and s.words.has("people.them", low[k]):
        group.part = True
        return group.called(low[k], k + 1, k + 1)
    if kinds[k] in "KJ" and s.words.has("people.described", low[k]) and kinds[k + 1] not in "Pp":
        group.state, group.part = s.words.harm_of[low[k], kinds[k]], chosen
        return group.called(low[k], k, k + 1)
    inner = _noun(s, Group(group.a, k, "number", "", group.count), k)
    if inner is None:
        return None
    inner.number = group.number
    if inner.bare:
        inner.unknown, inner.head = True, "of"
    inner.part = inner.definite = chosen and not inner.harm
    return inner


def _noun(s: Sentence, group: Group, start: int) -> Group | None:
    """Walk the nouns behind a number: people, a harm counted itself, or a thing, which makes it no count of people."""
    low, kinds, words, j = s.low, s.kinds, s.words, start
    single = group.count is not None and group.count.figure.low == 1
    people = "Pp" if single else "P"
    unknown = 0
    while j < len(s) and j - start < _NOUN_WALK:
        kind, word, following = kinds[j], low[j], kinds[j + 1]
        if kind in people and not (kind == "p" and following in "pPx"):
            return _people_end(s, group, start, j, people)
        if kind == "Q":
            group.household = True
            group.called(word, start, j + 1)
            group.b += 2 * (low[j + 1 : j + 2] == ["of"] and kinds[j + 2] == "N")
            return group
        if kind in "YF":
            if kind == "F" and j + 1 < len(s) and words.has("count.figures", low[j + 1]):
                return None
            group.harm = "killed" if kind == "Y" else words.harm_of[word, "F"]
            return group.called(word, start, j + 1)
        if words.has("lives.nouns", word):
            return group.called(word, j, j + 1)
        if kind == "x" and following not in people:
            return group if group.b > group.a + 1 else None
        if kind in "KJ" and words.has("people.described", word) and following in f"{people}Y":
            group.state = words.harm_of[word, kind]
        elif kind in "wM":
            if word.endswith("ly") and following not in "wPp":
                break
            unknown += 1
        elif not (
            kind in "p0'x"
            or (kind == "R" and following in "wPM")
            or (kind not in "KJ" and words.has("people.qualities", word))
        ):
            break
        j += 1
    if j == start or (kinds[start] == "w" and words.has("people.no_nouns", low[start])):
        return group
    if unknown or kinds[j - 1] == "p":
        group.unknown = True
        return group.called(low[j - 1], start, j)
    return group


def _people_end(s: Sentence, group: Group, start: int, j: int, people: str) -> Group:
    """Take the nouns of people that end a phrase, and what describes them behind it."""
    while s.kinds[j + 1] in people:
        j += 1
    group.called(s.low[j], start, j + 1)
    if s.kinds[j] == "p" and s.kinds[j + 1] == "M":
        group.named = True
        return group
    return _tail(s, group)


def _tail(s: Sentence, group: Group) -> Group:
    """Move over what describes people behind their noun: their age, or "in all"."""
    low, kinds, j = s.low, s.kinds, group.b
    if kinds[j] == "o" and low[j].startswith("in "):
        j += 1
    if kinds[j] != "." and j < len(s) and s.words.has("count.ages", low[j]):
        j += 2
        while j + 1 < len(s) and low[j] in ("and", "to", "-", "–", "or") and kinds[j + 1] in "9N":
            j += 2
    elif low[j : j + 1] == ["in"] and low[j + 1 : j + 2] in (["their"], ["his"], ["her"]) and kinds[j + 2] == "9":
        j += 3
    elif low[j : j + 1] == ["of"] and kinds[j + 1] in "9N" and group.kind == "one":
        j += 2
    elif low[j : j + 2] == ["younger", "than"] or low[j : j + 2] == ["older", "than"]:
        j += 3
    group.b = min(j, len(s))
    return group


# People without a number


def _uncounted(s: Sentence, i: int, least: int) -> Group | None:
    """Read people without a number: a pilot, his wife, villagers."""
    low, kinds, words, j = s.low, s.kinds, s.words, i
    while kinds[j + 1] in "pP" and (kinds[j] == "p" or kinds[j + 1] == "P"):
        j += 1
    if (kinds[j] == "p" and kinds[j + 1] == "x") or kinds[j + 1 : j + 3] == "'Y":
        return None
    many = kinds[j] == "P"
    k = i - 1
    while k >= least and i - k < _AHEAD and (kinds[k] in "wM0p" or words.has("people.qualities", low[k])):
        if words.has("people.no_nouns", low[k]):
            break
        k -= 1
    determined = True
    if k >= 0 and kinds[k] == "#":
        return None  # a number that the reader of counts refuses
    if k >= least and kinds[k] in "D'":
        a = _owner_start(s, k, least)
    elif i - 1 >= least and kinds[i - 1] == "0":
        a = i - 1
    elif many or i == 0 or s.capital(i) or (kinds[i - 1] == "M" and i - 1 >= least):
        determined = False
        a = i
        while a > least and kinds[a - 1] == "M" and (a > 1 or low[a - 1] in words.nations or not many):
            a -= 1
    else:
        return None
    group = Group(a, j + 1, "many" if many else "one").called(low[j], a + (kinds[a] == "D"), j + 1)
    group.number = (a, j + 1)
    group.definite = determined and not (words.has("people.one_each", low[a]) or kinds[a] == "0")
    if not many and kinds[j + 1] == "M":
        group.named = True
        while kinds[group.b] == "M":
            group.b += 1
        return group
    if low[j] == "crew" and low[j + 1 : j + 2] == ["of"] and kinds[j + 2] == "N":
        group.kind, group.count, group.b, group.number = "number", s.counts[j + 2], j + 3, (j + 2, j + 3)
        return group
    return _tail(s, group)


def _owner_start(s: Sentence, k: int, least: int) -> int:
    """Find where "the governor's" begins; an article begins where it stands."""
    if s.kinds[k] == "D":
        return k
    a = k
    while a > least and s.kinds[a - 1] in "wMpP":
        a -= 1
    return a - 1 if a > least and s.kinds[a - 1] == "D" else a


def _household(s: Sentence, i: int, least: int) -> Group | None:
    """Read "a family of six" as six people."""
    if s.low[i + 1 : i + 2] != ["of"] or s.kinds[i + 2] != "N":
        return None
    a = i - 1 if i > least and s.kinds[i - 1] == "D" else i
    group = Group(a, i + 3, "number", s.low[i], s.counts[i + 2])
    group.number, group.noun, group.bare = (i + 2, i + 3), (i, i + 1), False
    return group


def _body(s: Sentence, i: int, least: int) -> Group | None:
    """Read "a body", "a child's body", "bodies": the dead themselves without a number."""
    many = s.words.has("people.bodies", s.low[i])
    k = i - 1
    while k >= least and i - k < _AHEAD and s.kinds[k] in "wMpP0'":
        k -= 1
    a = k if k >= least and s.kinds[k] == "D" else i
    if a == i and not many:
        return None
    group = Group(a, i + 1, "many" if many else "one").called(s.low[i], i, i + 1)
    group.harm, group.number = "killed", (a, i + 1)
    group.definite = s.low[a] not in ("a", "an", "some", "body", "bodies", "corpses") and "'s" not in s.low[a:i]
    return group


def _name(s: Sentence, i: int) -> Group | None:
    """Take a run of capitalised words for a name: one person, whose name is not copied."""
    j = i
    while s.kinds[j] == "M" and j < len(s):
        j += 1
    if not 2 <= j - i <= 5 or any(s.words.has("source.words.nouns", word) for word in s.low[i:j]):
        return None
    group = Group(i, j, "name")
    group.named, group.bare = True, False
    return group


# Parts


def _mark_parts(s: Sentence, groups: list[Group]) -> None:
    """Mark the counts that are parts of another: "including three children and a nurse"."""
    kinds, before = s.kinds, None
    for group in groups:
        a = group.a
        if before is not None and "(" in kinds[before.b : a] and ")" not in kinds[before.b : a]:
            group.part = _bracketed(s, before, group)
            continue  # in brackets, beside what is listed
        if (a and kinds[a - 1] == "*") or (a > 1 and kinds[a - 2] == "*" and kinds[a - 1] in "ARD"):
            group.part = True
        elif before is not None and before.part and _joined(s, before, group):
            group.part = kinds[group.b] not in "AVKIJ"
        before = group


def _bracketed(s: Sentence, whole: Group, part: Group) -> bool:
    """Tell whether brackets right behind a count state another as its part: "22 (12 staff and 10 patients)"."""
    close = s.kinds.find(")", whole.b)
    if whole.count is None or part.count is None or s.kinds[whole.b] != "(" or close < part.b or part.bare:
        return False
    words = f"{whole.count.said} {s.shown(whole.b, close + 1)}"
    return len(words) <= _BRACKETS and part.count.figure in read_parts(words, s.lexicon)


def _joined(s: Sentence, before: Group, group: Group) -> bool:
    """Tell whether "and" or a comma joins a group to a part before it, whatever stands in brackets between them."""
    if group.count is None or group.of_next or group.bare:
        return False
    between = s.kinds[before.b : group.a]
    if between.startswith("("):
        between = between[between.find(")") + 1 :]
    them = s.words.has("people.them", before.head) or s.words.has("count.of_them", before.head)
    return between in ("&", ",", ",&") and not before.state and not them and "while" not in s.low[before.b : group.a]
