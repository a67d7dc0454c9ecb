"""Of whom a word of harm is said: the people behind it, before it, and those joined to them."""

from __future__ import annotations

from typing import Final

from casualties.drafting._people import Group
from casualties.drafting._sentence import Sentence

__all__ = ["Victims"]

_GAP: Final = 4
_FAR: Final = 34
_PARENTHESIS: Final = 26
_CHAIN: Final = 12
_JOINS: Final = frozenset({",", "&", ",&"})
_OPENS: Final = "WwRkK@Dz0*JpPMN9o"


class Victims:
    """Looks along one sentence for the people of whom something is said."""

    def __init__(self, s: Sentence, groups: list[Group], speaking: frozenset[int]) -> None:
        self.s, self.kinds, self.low = s, s.kinds, s.low
        self.groups = [group for group in groups if group.a not in speaking]
        self.at: dict[int, Group] = {}
        for group in self.groups:
            self.at.update(dict.fromkeys(range(group.a, group.b), group))

    # Behind and before

    def right(self, i: int) -> Group | None:
        """Find the people that stand right behind an item."""
        for j in range(i, i + _GAP + 1):
            if group := self.at.get(j):
                return _open(group)
            if j >= len(self.s) or self.kinds[j] not in "RD":
                return None
        return None

    def adjacent(self, i: int) -> Group | None:
        """Find the people that stand right before an item, but for adverbs."""
        j = i - 1
        while j >= 0 and self.kinds[j] == "R":
            j -= 1
        group = self.at.get(j)
        return _open(group) if group is not None and j == group.b - 1 else None

    def left(self, i: int) -> Group | None:
        """Find the subject before an item: over auxiliaries, places, and what stands in brackets or between commas."""
        kinds, j = self.kinds, self._over_auxiliaries(i)
        last: Group | None = None
        start = j
        for _ in range(_FAR):
            if j < 0:
                break
            group = self.at.get(j)
            if group is not None:
                met_group, j, last = self._met(group, last, adjacent=j == start)
                if met_group is not None:
                    return _open(met_group)
                continue
            kind = kinds[j]
            if kind == ")":
                j = kinds.rfind("(", 0, j) - 1
            elif kind in ",-":
                opening = self._opening(j)
                if opening is None:
                    break
                inside = next((self.at[k] for k in (opening + 1, opening + 2) if k in self.at), None)
                if inside is not None and self._tells_more(inside, self.at.get(opening - 1)):
                    return inside
                j = opening - 1
            elif (
                kind in "DMpP'0R9Z~QNo@*"
                or (kind in "wx" and not self._verb(j))
                or (kind == "&" and j > 0 and kinds[j - 1] in "wMx" and self.at.get(j - 1) is None)
            ):
                j -= 1
            else:
                break
        return _open(last)

    def _passes(self, j: int) -> bool:
        """Tell whether an item may stand between a subject and what is said of it."""
        kind = self.kinds[j]
        if kind == "&":
            return j > 0 and self.kinds[j - 1] in "wMx" and self.at.get(j - 1) is None
        return kind in "DMpP'0R9Z~QNo@*" or (kind in "wx" and not self._verb(j))

    def _over_auxiliaries(self, i: int) -> int:
        """Step back over "who have been" and "were reported"."""
        kinds, j = self.kinds, i - 1
        while j >= 0 and (kinds[j] in "AVRW" or (kinds[j] in "Ss" and j > 0 and kinds[j - 1] == "A")):
            j -= 1
        return j - 1 if j > 0 and kinds[j] == "," and kinds[j + 1] == "W" else j

    def _met(self, group: Group, last: Group | None, *, adjacent: bool) -> tuple[Group | None, int, Group | None]:
        """Weigh a group that is met on the way left: take it, or go on with it in mind."""
        kinds, low, j = self.kinds, self.low, group.a - 1
        before = kinds[j] if j >= 0 else ""
        some = next(
            (
                next_group
                for next_group in self.groups
                if next_group.of_next and next_group.b <= group.a <= next_group.b + _GAP
            ),
            None,
        )
        if some is not None and not (group.state or group.harm):
            return some, j, last
        if group.kind == "name":
            return None, j, last
        if before == "*" or (group.part and not group.of_next and j > 0 and kinds[j - 1] == "*"):
            while j >= 0 and kinds[j] not in ",(-":
                if self.at.get(j - 1) and kinds[j] == "*":
                    break
                j -= 1
            return None, j - 1, last
        if before == "@" and low[j] == "of":
            head = self.at.get(j - 1)
            if head is None:
                return (None, j - 1, last or group) if kinds[j - 1] != "N" else (None, -1, None)
            return (head if head.kind == "number" else group), j, last
        if before == "@":
            clause = self.s.words.has("grammar.clauses", low[j])
            if adjacent and clause:
                return group, j, last
            keep = group if last is None and group.count is not None and not clause else last
            return None, j - 1, keep
        if group.kind == "many" and last is not None and last.count is not None and kinds[group.b] != "@":
            return last, j, last
        return group, j, last

    def _verb(self, j: int) -> bool:
        """Tell whether an unknown word is likely a verb that parts a subject from what is said later."""
        if self.kinds[j] != "w":
            return False
        word = self.low[j]
        return self.s.words.has("grammar.verbs", word) or (
            word.endswith("ed") and j > 0 and self.kinds[j - 1] in "PpMN"
        )

    def _opening(self, j: int) -> int | None:
        """Find the comma or dash that opens what another closes."""
        mark = self.kinds[j]
        for k in range(j - 1, max(0, j - _PARENTHESIS), -1):
            if self.kinds[k] in ";.:" or (self.kinds[k] == "S" and "W" not in self.kinds[max(0, k - 3) : k]):
                return None
            if self.kinds[k] == mark:
                return k if self.kinds[k + 1] in _OPENS or self.low[k + 1].endswith("ing") else None
        return None

    @staticmethod
    def _tells_more(inside: Group, outside: Group | None) -> bool:
        """Tell whether a count between commas is the count: "three generations, nine people in all,"."""
        if inside.kind != "number" or inside.part or inside.unknown or inside.bare:
            return False
        return outside is None or outside.count is None or outside.unknown or outside.household

    # Joined

    def chain(self, group: Group, way: int) -> list[Group]:
        """Take the people that "and" or a comma joins to others."""
        out = [group]
        while len(out) < _CHAIN and (other := self._next(out[-1], way)) is not None and other not in out:
            if not self._joins(out[-1], other, group, way):
                break
            out.append(other)
        return self._without_appositions(out[::way])

    def _next(self, last: Group, way: int) -> Group | None:
        """Find the group that stands behind or before another, over brackets, "and" and commas."""
        edge = last.b if way > 0 else last.a - 1
        if way > 0 and self.kinds[edge] == "(":
            edge = self.kinds.find(")", edge) + 1 or edge
        k = edge
        while 0 <= k < len(self.s) and self.kinds[k] in ",&" and abs(k - edge) < 3:
            k += way
        between = self.kinds[edge:k] if way > 0 else self.kinds[k + 1 : edge + 1]
        other = self.at.get(k)
        if between not in _JOINS or other is None or "while" in self.low[min(k, edge) : max(k, edge) + 1]:
            return None
        return other if (other.a == k if way > 0 else other.b - 1 == k) else None

    def _joins(self, last: Group, other: Group, first: Group, way: int) -> bool:
        """Tell whether the same is said of the next group, or something of its own."""
        if other.kind == "name" or other.used or (other.part and not other.of_next):
            return False
        if other.harm and other.harm != first.harm:
            return False
        if way < 0:
            before = self.kinds[other.a - 1] if other.a else ""
            aside = before and before in "@U" and self.kinds[other.b] == ","  # "in addition to the driver, two men"
            return not (aside or (before and before in "KkqO"))
        comma = self.kinds[other.a - 1] == ","
        if other.bare and last.kind == "number" and comma:
            return False
        return not (self.has_verb(other) or (comma and other.kind != "number" and self.kinds[other.b] in "SsV"))

    def has_verb(self, group: Group) -> bool:
        """Tell whether people have a verb of their own behind them: "two killed three wounded"."""
        j = group.b
        while self.kinds[j] == "R":
            j += 1
        return self.kinds[j] in "AVKIJiq" or (j < len(self.s) and self.s.words.has("people.no_nouns", self.low[j]))

    def _without_appositions(self, people: list[Group]) -> list[Group]:
        """Leave out people who are the ones just counted: "two residents, a woman and her grandson"."""
        first, rest = people[0], people[1:]
        if not rest or first.count is None or self.kinds[first.b] != ",":
            return people
        if not self.s.words.has("people.generic", first.head):
            return people
        figure = first.count.figure
        sizes = [1 if group.count is None else group.count.figure.low for group in rest]
        return [first] if 1 < figure.low == figure.high == sum(sizes) else people

    # Names and pronouns

    def name_before(self, i: int) -> Group | None:
        """Find one person named before a verb; the name is not copied."""
        j = i
        while j >= 0 and self.kinds[j] in "ARV":
            j -= 1
        group = self.at.get(j)
        if group is not None and group.kind == "name" and group.b - 1 == j:
            return group
        if j < 0 or self.kinds[j] != ",":
            return None
        for group in self.groups:
            inside = self.kinds[group.b + 1 : j]
            if group.kind == "name" and self.kinds[group.b] == "," and group.b < j and not set(inside) & set("KIAVS"):
                return group
        return None

    def pronoun_before(self, i: int) -> Group | None:
        """Take "he was killed" for one person who is named elsewhere."""
        j = i
        while j >= 0 and self.kinds[j] in "ARV":
            j -= 1
        if j < 0 or self.low[j] not in ("he", "she"):
            return None
        group = Group(j, j + 1, "pronoun").called(self.low[j], j, j + 1)
        group.named, group.number = True, (j, j + 1)
        return group

    # Reality

    def unreal(self, i: int) -> bool:
        """Tell whether what stands before a word makes it a plan, a fear, a condition or a negation."""
        kinds, low, words = self.kinds, self.low, self.s.words
        for steps, j in enumerate(range(i - 1, max(-1, i - 11), -1)):
            kind, word = kinds[j], low[j]
            if kind in ';:."' or (steps and kind in "BS") or (kind == "," and steps > 1):
                return False
            if kind == "X" or (kind == "U" and words.has("unreal.near", word)):
                return steps < 4
            if kind != "U":
                continue
            if word == "to":
                if kinds[i] in "qi" and not kinds[j + 1 : i].strip("R"):
                    return True
                if low[j + 1] == "be" and not (j and words.has("unreal.believed", low[j - 1])):
                    return True
            elif words.has("unreal.whole", word):
                return True
            elif words.has("unreal.plans", word):
                return kinds[i] in "kqKO"
            elif word == "without":
                return kinds[i] in "kF"
        return False


def _open(group: Group | None) -> Group | None:
    """Give a group of which something may be said; a name is found in another way."""
    return group if group is not None and group.kind != "name" else None
