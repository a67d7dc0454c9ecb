"""Who is counted in a sentence: numbers with their nouns, people without a number, and names that are never copied."""

from __future__ import annotations

from typing import Final

from casualties.drafting._sentence import Count, Sentence, read_count

__all__ = ["Group", "groups_of"]

_NOUN_WALK: Final = 7
_SINGLE: Final = frozenset({"a", "an", "the", "his", "her", "their", "its", "our", "my", "another", "one", "any", "'s"})
_INDEFINITE: Final = frozenset({"a", "an", "another", "one"})
_THEM: Final = frozenset({"them", "whom", "which", "these", "those", "us"})
_MARKED: Final = frozenset({"wounded", "injured", "missing", "dead", "displaced", "hurt"})


class Group:
    """People in a sentence: the items that name them, how many they are, and what they are called."""

    __slots__ = (
        "a",
        "b",
        "bare",
        "count",
        "definite",
        "harm",
        "head",
        "household",
        "kind",
        "named",
        "noun",
        "number",
        "of_next",
        "part",
        "state",
        "unknown",
        "used",
    )

    def __init__(self, a: int, b: int, kind: str, head: str = "", count: Count | None = None) -> None:
        self.a, self.b, self.kind, self.head, self.count = a, b, kind, head, count
        self.number = (a, a + 1)
        self.noun = (b, b)
        self.harm = ""
        self.state = ""
        self.bare = kind == "number" and not head
        self.part = self.unknown = self.household = self.named = self.used = self.definite = self.of_next = False

    def __repr__(self) -> str:
        said = self.count.said if self.count is not None else ""
        return f"<{self.kind} {self.a}..{self.b} {self.head!r} {said}{' part' if self.part else ''} {self.harm}>"


def groups_of(sentence: Sentence) -> list[Group]:
    """Find all groups of people, from left to right."""
    found: list[Group] = []
    kinds, i, n = sentence.kinds, 0, len(sentence)
    while i < n:
        kind = kinds[i]
        group = None
        if kind == "N":
            group = _counted(sentence, i)
        elif kind in "pP":
            group = _uncounted(sentence, i, found[-1].b if found else 0)
        elif kind == "Q":
            group = _household(sentence, i, found[-1].b if found else 0)
        elif kind == "Y":
            group = _body(sentence, i, found[-1].b if found else 0)
        elif kind == "D" and sentence.low[i] == "another" and (i + 1 == n or kinds[i + 1] in ".,;)AVK@J&Z"):
            group = Group(i, i + 1, "one", "another")
        elif kind == "M":
            group = _name(sentence, i)
        if group is None:
            i += 1
            continue
        found.append(group)
        i = max(group.b, i + 1)
    _mark_parts(sentence, found)
    return found


def _counted(s: Sentence, i: int) -> Group | None:
    """Read the noun phrase behind a number."""
    low, kinds, n, count = s.low, s.kinds, len(s), s.counts[i]
    group = Group(i, i + 1, "number", "", count)
    j = i + 1
    if count.figure.high == 0 and low[i] not in s.words.sets["count.no"]:
        group.bare = False
        group.head = "nobody"
        return group
    while j < n and kinds[j] == "o":
        group.head = group.head or low[j]
        if low[j] in ("of them", "of whom", "of these", "of those", "of which"):
            group.part = True
            group.b, group.bare = j + 1, False
            return group
        j += 1
        group.b = j
    if j < n and low[j] == "of":
        return _counted_of(s, group, j)
    return _noun(s, group, j, count)


def _counted_of(s: Sentence, group: Group, j: int) -> Group | None:
    """Read "two of the seven hikers", "nine of his men", "eighteen of the garrison"."""
    low, kinds, n = s.low, s.kinds, len(s)
    k = j + 1
    while k < n and kinds[k] in "DR" and low[k] not in _THEM:
        k += 1
    if k < n and low[k] in _THEM:
        group.part, group.bare, group.head, group.b = True, False, low[k], k + 1
        return group
    if k < n and kinds[k] == "N":
        group.of_next, group.part, group.bare = True, True, True
        return group
    if k < n and kinds[k] in "KJ" and low[k] in _MARKED:
        group.state, group.b, group.part, group.bare, group.head = (
            s.words.harm_of[low[k], kinds[k]],
            k + 1,
            True,
            False,
            low[k],
        )
        return group
    inner = _noun(s, Group(group.a, k, "number", "", group.count), k, group.count)
    if inner is None:
        return None
    inner.number = group.number
    if inner.bare:
        inner.unknown, inner.head = True, "of"
    inner.part = k > j + 1 and kinds[k - 1] == "D" and not inner.harm and low[k - 1] in ("the", "these", "those")
    inner.definite = inner.part
    return inner


def _noun(s: Sentence, group: Group, j: int, count: Count | None) -> Group | None:
    """Walk the nouns behind a number: people, a harm counted itself, or a thing that makes it no count of people."""
    low, kinds, n, start = s.low, s.kinds, len(s), j
    one = bool(count and count.figure.low == count.figure.high == 1)
    unknown = 0
    while j < n and j - start < _NOUN_WALK:
        kind, word = kinds[j], low[j]
        if kind == "P" or (kind == "p" and (one or _adjective(s, j))):
            if kind == "p" and not one and _adjective(s, j):
                j += 1
                continue
            group.head, j = word, j + 1
            while j < n and kinds[j] in ("P", "p") and (kinds[j] == "P" or one):
                group.head, j = low[j], j + 1
            if one and j < n and kinds[j] == "M" and kinds[j - 1] == "p":
                group.named = True
            group.b, group.bare = j, False
            group.noun = (start, j)
            return _tail(s, group)
        if kind == "p":
            j += 1
            continue
        if kind == "Q":
            group.head, group.household, group.b, group.bare, group.noun = word, True, j + 1, False, (start, j + 1)
            if j + 2 < n and low[j + 1] == "of" and kinds[j + 2] == "N":
                group.b = j + 3
            return group
        if kind == "Y":
            group.head, group.harm, group.b, group.bare, group.noun = word, "killed", j + 1, False, (j, j + 1)
            return group
        if kind == "F":
            following = kinds[j + 1] if j + 1 < n else "."
            if following == "w" and low[j + 1] in ("figures", "threats", "penalty", "certificates", "rate", "rates"):
                return None
            group.head, group.harm, group.b, group.bare, group.noun = (
                word,
                s.words.harm_of[word, "F"],
                j + 1,
                False,
                (j, j + 1),
            )
            if start < j:
                group.noun = (start, j)
            return group
        if word in s.words.sets["lives.nouns"]:
            group.head, group.b, group.bare = word, j + 1, False
            return group
        if kind == "T" and word == "toll":
            return None
        if kind == "x":
            if j + 1 < n and (kinds[j + 1] == "P" or (kinds[j + 1] == "p" and one)):
                j += 1
                continue
            if group.b > group.a + 1 and not group.bare:
                return group
            return None
        if kind in "KJ" and word in _MARKED and j + 1 < n and (kinds[j + 1] == "P" or (kinds[j + 1] == "p" and one)):
            group.state = s.words.harm_of[word, kind]
            j += 1
            continue
        if kind == "K" and word in ("newly displaced", "internally displaced") and j + 1 < n and kinds[j + 1] == "P":
            group.state = "displaced"
            j += 1
            continue
        if (
            kind in "M0'"
            or (kind == "R" and word.endswith("ly") and j + 1 < n and kinds[j + 1] in "wPM")
            or (kind == "w" and word[0].isalpha())
        ):
            if kind == "w" and word.endswith("ly") and not (j + 1 < n and kinds[j + 1] in "wPp"):
                break
            unknown += kind in "wM"
            j += 1
            continue
        if (
            kind in ("&", ",")
            and unknown
            and j + 2 < n
            and kinds[j - 1] in "wM"
            and kinds[j + 1] in "wM"
            and kinds[j + 2] == "P"
            and kind == "&"
        ):
            j += 1
            continue
        if (kind == "S" and word in ("alleged", "reported", "confirmed")) or (kind == "s" and word == "reported"):
            j += 1
            continue
        break
    if unknown and j > start:
        if kinds[start] == "w" and low[start] in _NEVER_NOUNS:
            return group
        group.unknown, group.head, group.b, group.bare = True, low[j - 1], j, False
        group.noun = (start, j)
    elif j > start and kinds[j - 1] == "p":
        group.unknown, group.head, group.b, group.bare = True, low[j - 1], j, False
    return group


_NEVER_NOUNS: Final = frozenset(
    {
        "when",
        "then",
        "there",
        "here",
        "as",
        "if",
        "because",
        "once",
        "well",
        "made",
        "came",
        "pulled",
        "brought",
        "took",
        "taken",
        "arrested",
        "detained",
        "rescued",
        "saved",
        "treated",
        "released",
        "escaped",
        "survived",
        "trapped",
        "said",
        "including",
        "yet",
        "each",
    }
)


def _tail(s: Sentence, group: Group) -> Group:
    """Move over what describes people behind their noun: their age, or "in all"."""
    low, kinds, n, j = s.low, s.kinds, len(s), group.b
    if j < n and kinds[j] == "o" and low[j] in ("in all", "in total"):
        j += 1
    if j + 1 < n and low[j] in s.words.sets["count.ages"]:
        j += 2
        while (
            j + 1 < n and low[j] in ("and", "to", "-", "–", "or") and (low[j + 1][0].isdigit() or kinds[j + 1] == "N")
        ):
            j += 2
    elif j + 3 < n and low[j] == "in" and low[j + 1] in ("their", "his", "her"):
        j += 3
    elif j + 1 < n and low[j] == "of" and low[j + 1][0].isdigit():
        j += 2
    group.b = j
    return group


def _adjective(s: Sentence, j: int) -> bool:
    """Tell whether a noun of one person describes the noun behind it: "rebel forces", "police officers"."""
    return j + 1 < len(s) and s.kinds[j + 1] in "pPx"


def _uncounted(s: Sentence, i: int, least: int) -> Group | None:
    """Read people without a number: a pilot, his wife, villagers."""
    low, kinds, n = s.low, s.kinds, len(s)
    j = i
    while j + 1 < n and kinds[j + 1] in "pP" and (kinds[j] == "p" or kinds[j + 1] == "P"):
        j += 1
    if kinds[j + 1] == "x" and kinds[j] == "p":
        return None
    if kinds[j + 1] == "'" and j + 2 < n and kinds[j + 2] == "Y":
        return None
    many = kinds[j] == "P"
    a, k = i, i - 1
    while (
        k >= least
        and i - k < 5
        and (
            kinds[k] in "wM0p"
            or low[k] in ("alleged", "suspected", "elderly", "dead", "wounded", "injured", "'s", "missing")
        )
        and low[k] not in _NEVER_NOUNS
    ):
        if kinds[k] == "M" and k > least and kinds[k - 1] not in "DMw0":
            a = k
        k -= 1
    determined = k >= least and (low[k] in _SINGLE or kinds[k] in "D'" or kinds[k + 1] == "0")
    if determined and kinds[k] in "D'":
        a = k
        if kinds[k] == "'" and k > 0:
            while a > least and kinds[a - 1] in "wMpP" and kinds[a] != "D":
                a -= 1
            if a > least and kinds[a - 1] == "D":
                a -= 1
    elif kinds[i - 1] == "0" and i - 1 >= least:
        a, determined = i - 1, True
    elif not many and not (i == 0 or s.capital(i)):
        if not (kinds[i - 1] == "M" and i - 1 >= least):
            return None
        a = i - 1
    group = Group(a, j + 1, "many" if many else "one", low[j])
    first = low[a]
    group.definite = not (first in _INDEFINITE or kinds[a] == "0") and (determined or many)
    if many and not determined:
        group.definite = False
    if not many and j + 1 < n and kinds[j + 1] == "M" and s.capital(j + 1):
        group.named = True
        while group.b < n and kinds[group.b] == "M":
            group.b += 1
    group.noun = (a + 1 if kinds[a] == "D" else a, j + 1)
    group.number = (a, group.b)
    if (
        not many
        and j + 1 < n
        and low[j + 1] == "of"
        and j + 2 < n
        and kinds[j + 2] == "N"
        and low[j] in ("boy", "girl", "man", "woman", "child")
    ):
        group.b = j + 3
    if j + 2 < n and low[j] in ("crew", "team") and low[j + 1] == "of" and kinds[j + 2] == "N":
        group.kind, group.count, group.b, group.number = "number", s.counts[j + 2], j + 3, (j + 2, j + 3)
    return _tail(s, group) if not group.named else group


def _household(s: Sentence, i: int, least: int) -> Group | None:
    """Read "a family of six" as six people."""
    low, kinds, n = s.low, s.kinds, len(s)
    if i + 2 < n and low[i + 1] == "of" and kinds[i + 2] == "N" and low[i] in ("family", "household"):
        a = i - 1 if i > least and kinds[i - 1] == "D" else i
        group = Group(a, i + 3, "number", low[i], s.counts[i + 2])
        group.number, group.noun, group.bare = (i + 2, i + 3), (i, i + 1), False
        return group
    return None


def _body(s: Sentence, i: int, least: int) -> Group | None:
    """Read "a body", "a child's body", "bodies": the dead themselves without a number."""
    low, kinds = s.low, s.kinds
    a, k = i, i - 1
    while k >= least and i - k < 5 and kinds[k] in "wMpP0'":
        k -= 1
    if k >= least and kinds[k] == "D":
        a = k
    elif low[i] in ("body", "corpse"):
        return None
    many = low[i] in ("bodies", "corpses")
    group = Group(a, i + 1, "many" if many else "one", low[i])
    group.harm, group.noun, group.number = "killed", (i, i + 1), (a, i + 1)
    group.definite = low[a] in ("the", "his", "her", "their") and "'s" not in low[a:i]
    return group


def _name(s: Sentence, i: int) -> Group | None:
    """Take a run of capitalised words for a name: one person, whose name is not copied."""
    kinds, n, j = s.kinds, len(s), i
    while j < n and kinds[j] == "M" and s.capital(j):
        j += 1
    if not 2 <= j - i <= 5 or any(s.words.has("source.words.nouns", word) for word in s.low[i:j]):
        return None
    group = Group(i, j, "name", "")
    group.named = True
    return group


def _mark_parts(s: Sentence, found: list[Group]) -> None:
    """Mark the counts that are parts of another: "including three children and a nurse"."""
    low, kinds = s.low, s.kinds
    before: Group | None = None
    for group in found:
        a = group.a
        if (a and kinds[a - 1] == "*") or (a > 1 and kinds[a - 2] == "*" and kinds[a - 1] in "ARD"):
            group.part = True
        elif before is not None and before.part and group.count and not group.of_next:
            between = kinds[before.b : a]
            if (
                between in ("&", ",", ",&")
                and not before.state
                and low[before.b : a] != ["while"]
                and not (group.bare or before.head in _THEM or before.head.startswith("of "))
            ):
                after = kinds[group.b : group.b + 2]
                group.part = after[:1] in ("", ",", ".", ")", ";", "-") or after[:1] not in "AVKIJ"
        before = group


def words_for_one(head: str) -> Count:
    """Make the count of one person who is described without a number."""
    figure = read_count("one", "as-worded")
    if figure is None:  # pragma: no cover - the reader of words reads one
        raise ValueError(head)
    return Count("one", figure)
