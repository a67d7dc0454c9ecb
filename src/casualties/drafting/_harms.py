"""What happened to whom: the words of harm in a sentence, each with the people of whom it is said."""

from __future__ import annotations

from dataclasses import dataclass

from casualties.drafting._nouns import plain_source
from casualties.drafting._people import Group
from casualties.drafting._sentence import Sentence
from casualties.drafting._victims import Victims

__all__ = ["Harm", "harms_of"]


@dataclass(frozen=True, slots=True)
class Harm:
    """One harm, said of people.

    Attributes:
        harm: What happened to them; empty where that is read from an earlier statement.
        a: The first item of the words that say so.
        b: The item behind the last.
        people: Of whom it is said, from left to right.
        also: A second harm of the same people: "killed or wounded".
        agent: Items that name who did it, as a range.
        earlier: Whether the text itself replaces the number.
        over: Whether the words before a number set a floor: "the toll climbs past 2,300".
        within: Whether it is a part of a toll: "the toll includes 33 children".
    """

    harm: str
    a: int
    b: int
    people: tuple[Group, ...]
    also: str = ""
    agent: tuple[int, int] | None = None
    earlier: bool = False
    over: bool = False
    within: bool = False


def harms_of(s: Sentence, groups: list[Group], speaking: frozenset[int]) -> list[Harm]:
    """Find what a sentence says of people harmed; those who speak are not among them."""
    if not s.words.sets["unreal.made_up"].isdisjoint(s.low):
        return []
    return _Reader(s, groups, speaking).read()


class _Reader(Victims):
    """Reads the harms of one sentence."""

    def __init__(self, s: Sentence, groups: list[Group], speaking: frozenset[int]) -> None:
        super().__init__(s, groups, speaking)
        self.found: list[Harm] = []
        self.headline = not s.text[s.start : s.end].endswith((".", "!", "?", '"', "”", "'"))

    def read(self) -> list[Harm]:
        """Read the sentence from left to right."""
        words = self.s.words
        for group in self.groups:
            self._own(group)
        i, size = 0, len(self.s)
        while i < size:
            kind, word = self.kinds[i], self.low[i]
            step = i + 1
            if i in self.at:
                pass
            elif kind in "KJ" and self._the_harmed(i):
                self._told(i, kind)
            elif kind in "KkqIiJOT":
                step = self._trigger(i, kind)
            elif kind == "F":
                self._told(i, kind)
            elif word in words.objects:
                self._object(i, *words.objects[word])
            i = step
        for group in self.groups:
            self._elided(group)
        self.found.sort(key=lambda harm: harm.people[0].a)
        return self.found

    def _add(self, harm: str, a: int, b: int, people: list[Group], also: str = "", **marks: bool) -> None:
        fresh = [group for group in people if not group.used]
        for group in fresh:
            group.used = True
        if fresh:
            own = self.s.words.has("source.words.by", self.low[a].split()[0]) or self.low[a].startswith("feared")
            self.found.append(Harm(harm, a, b, tuple(fresh), also, None if own else self._agent(b), **marks))

    def _agent(self, b: int) -> tuple[int, int] | None:
        """Read "killed by the army"."""
        if self.low[b : b + 1] != ["by"]:
            return None
        j = b + 1
        while self.kinds[j] in "DMwpP'x" and j - b < 9 and not self._verb(j):
            j += 1
        return (b + 1, j) if plain_source(self.s, b + 1, j) else None

    # Counts whose noun is the harm

    def _own(self, group: Group) -> None:
        """Take a count whose noun is the harm itself: "34 deaths", "12 bodies", "seven missing hikers"."""
        words, low = self.s.words, self.low
        if words.has("lives.nouns", group.head):
            near = low[max(0, group.a - 3) : group.a] + low[group.b : group.b + 4]
            if any(words.has("lives.verbs", word) for word in near) and not self.unreal(group.a):
                self._add("killed", group.b - 1, group.b, [group])
        elif group.harm and not self.unreal(group.a):
            of = low[group.b : group.b + 1] == ["of"]
            if group.count is None and (of or (group.kind == "many" and group.definite)):
                return
            inner = self.right(group.b + 1) if of and self.kinds[group.b - 1] in "YF" else None
            if inner is not None and inner.count is None:
                group.noun, inner.used = (group.noun[0], inner.b), True
            people = [other for other in self.chain(group, 1) if other.harm == group.harm] if group.count else [group]
            self._add(group.harm, group.b - 1, group.b, people)
        elif group.state and group.count is not None:
            a = group.noun[0]
            self.found.append(Harm(group.state, a, group.b, (group,)))

    # Words of harm

    def _trigger(self, i: int, kind: str) -> int:
        """Read one word of harm, and give the item at which to go on."""
        harm, also, b = self.s.words.harm_of.get((self.low[i], kind), "killed"), "", i + 1
        if kind in "KkqI" and self.low[b : b + 1] in (["and"], ["or"], ["and/or"]) and self.kinds[b + 1] == kind:
            other = self.s.words.harm_of[self.low[b + 1], kind]
            also, b = "" if other == harm else other, b + 2
        if kind != "T" and self.unreal(i):
            return b
        if kind == "T":
            self._toll(i, harm)
        elif kind == "O":
            self._of(i, harm)
        elif kind in "kq":
            who = self.right(b)
            sure = kind == "k" or (who is not None and (who.count is not None or self.headline))
            if who is not None and sure:
                self._add(harm, i, b, self.chain(who, 1), also)
        elif kind == "K":
            self._past(i, b, harm, also)
        else:
            self._state(i, b, harm, kind, also)
        return b

    def _past(self, i: int, b: int, harm: str, also: str) -> None:
        """Read a past form: active with the people behind it, passive with the people before it."""
        kinds, low = self.kinds, self.low
        j = i - 1
        while j >= 0 and kinds[j] == "R":
            j -= 1
        before = kinds[j] if j >= 0 else ""
        if before == "A":
            who = self.left(j + 1)
            alone = who or self.pronoun_before(j) or self.name_before(j)
            if alone is not None:
                self._add(harm, i, b, self.chain(who, -1) if who is not None else [alone], also)
            return
        behind = None if low[i].endswith(" dead") and "shot" not in low[i] else self.right(b)
        if behind is not None and behind.used:
            behind = None
        ahead = self.adjacent(i)
        taken = ahead is not None and ahead.count is not None and not ahead.used
        if behind is not None and (before == "V" or not (taken and self.has_verb(behind))):
            self._add(harm, i, b, self.chain(behind, 1), also)
        elif before == "V":
            return
        elif ahead is not None and not ahead.used:
            if self._reduced(ahead, b, before):
                self._add(harm, i, b, [ahead] if self._object_of(ahead) else self.chain(ahead, -1), also)
        elif (people := self._passive_subject(i, j, b, before)) is not None:
            self._add(harm, i, b, people, also)

    def _reduced(self, ahead: Group, b: int, before: str) -> bool:
        """Tell whether a past form behind people is a shortened passive, and no active without a known object."""
        follows = self.kinds[b]
        if ahead.count is not None:
            return True
        if follows not in "@.,;&)B-:(ZRC*":
            return False
        if ahead.kind == "one" and follows == "." and not self.headline and before not in "pP":
            return False
        return not (ahead.kind == "many" and ahead.definite and follows != "@")

    def _object_of(self, group: Group) -> bool:
        return group.count is not None and group.a > 0 and self.kinds[group.a - 1] == "@"

    def _passive_subject(self, i: int, j: int, b: int, before: str) -> list[Group] | None:
        """Find of whom a past form is said that stands apart: behind a colon, a bracket, a place, a first verb."""
        kinds = self.kinds
        if before and before in "w@MxZ),-" and kinds[b] != "w":
            who = self.left(i)
            if who is not None and who.count is not None and not (who.used or who.bare) and i - who.b < 12:
                return self.chain(who, -1)
        colon = kinds.find(":", b, b + 6)
        if colon > 0 and not kinds[b:colon].strip("@DwMxZ") and (who := self.right(colon + 1)) is not None:
            return self.chain(who, 1)
        if before and before in "&," and j > 0 and kinds[b] not in "wDMx":
            for k in range(j - 1, max(-1, j - 16), -1):
                group = self.at.get(k)
                if kinds[k] in ";B.:":
                    return None
                if group is not None and group.kind in ("number", "one") and kinds[group.b] in "AV" and not group.used:
                    return [group]
        name = self.name_before(i - 1)
        return [name] if name is not None and name.b == i and kinds[b] in "@.," else None

    def _state(self, i: int, b: int, harm: str, kind: str, also: str) -> None:
        """Read "three died", "left three dead", "three are missing", "among the dead are three"."""
        kinds, low = self.kinds, self.low
        j = i - 1
        while j >= 0 and kinds[j] in "RV":
            j -= 1
        helped = (j >= 0 and kinds[j] in "AV") or "V" in kinds[max(0, i - 3) : i]
        ahead = self.adjacent(i)
        if ahead is not None and not ahead.used:
            left = "L" in kinds[max(0, ahead.a - 3) : ahead.a] or (ahead.kind == "one" and low[i].startswith("among"))
            if ahead.count is not None or (kind == "I") or (kind == "i" and self.headline) or (kind == "J" and left):
                self._add(harm, i, b, self.chain(ahead, -1), also)
            return
        if kind == "i" or (kind == "J" and ahead is None and kinds[b] in "wxpP" and not helped):
            return
        if kind == "J" and low[i].startswith("among") and kinds[b] == "A" and (who := self.right(b + 1)) is not None:
            self._add(harm, i, b, self.chain(who, 1), also)
        elif kind == "J" and not helped and not low[i].startswith(("their", "his life", "her life", "among", "with ")):
            if kinds[b] == ":" and (who := self.right(b + 1)) is not None and who.count is not None:
                self._add(harm, i, b, self.chain(who, 1), also)
            elif kinds[i - 1] in "wMZx,-)" and (people := self._passive_subject(i, j, b, kinds[i - 1])) is not None:
                self._add(harm, i, b, people, also)
        else:
            self._far(i, b, harm, kind, also, helped=helped)

    def _far(self, i: int, b: int, harm: str, kind: str, also: str, *, helped: bool) -> None:
        """Read a state whose subject stands further before it, or had another verb: "were abducted and are missing"."""
        who = self.left(i)
        if who is None and helped:
            who = self._subject_again(i)
        if who is None:
            alone = self.name_before(i - 1) or self.pronoun_before(i - 1)
            if alone is not None and kind == "I":
                self._add(harm, i, b, [alone], also)
            return
        if kind == "J" and who.kind == "many" and (who.definite or (who.a > 1 and self.low[who.a - 1] == "of")):
            return
        if not who.used:
            self._add(harm, i, b, self.chain(who, -1), also)
        elif not (who.harm or who.state or self._told_of(who, harm)) and self._near(who, i):
            self.found.append(Harm(harm, i, b, (who,), also))

    def _told_of(self, who: Group, harm: str) -> bool:
        """Tell whether a harm is said of people already."""
        return any(who in event.people and event.harm == harm for event in self.found)

    def _near(self, who: Group, i: int) -> bool:
        """Tell whether people stand in the same clause as an item, not far from it."""
        return i - who.b < 16 and not set(self.kinds[who.b : i]) & set(";.:")

    def _subject_again(self, i: int) -> Group | None:
        """Find whose second verb this is: "were abducted on Monday and remain missing"."""
        j = i - 1
        while j >= 0 and self.kinds[j] in "RAV":
            j -= 1
        if j < 1 or self.kinds[j] not in "&,":
            return None
        for harm in reversed(self.found):
            if harm.b <= j and j - harm.b < 10 and not set(self.kinds[harm.b : j]) & set(";.:SN"):
                return harm.people[0] if len(harm.people) == 1 else None
        return None

    def _of(self, i: int, harm: str) -> None:
        """Read "the deaths of six", "the bodies of two of the seven missing hikers"."""
        who = self.right(i + 1)
        if who is None:
            name = self.at.get(i + 1)
            if name is not None and name.kind == "name" and harm == "killed":
                self._add(harm, i, i + 1, [name])
        elif not (
            who.kind == "many"
            or (self.low[i].startswith("remains") and who.count is None)
            or (self.low[i] == "loss of" and not self.s.words.has("lost.nouns", who.head))
        ):
            self._add(harm, i, i + 1, self.chain(who, 1))

    def _object(self, i: int, nouns: str, harm: str) -> None:
        """Read "took 85 prisoners", "lost eleven men"."""
        who = self.right(i + 1)
        if who is None or who.used or who.count is None or who.harm or self.unreal(i):
            return
        if self.s.words.has(nouns, who.head):
            self._add(harm, i, i + 1, self.chain(who, 1))

    # Tolls

    def _the_harmed(self, i: int) -> bool:
        """Tell whether an item is "the dead" or "the wounded" as a noun."""
        if not i or self.low[i - 1] != "the":
            return False
        return self.s.words.has("people.described", self.low[i]) and (i < 2 or self.low[i - 2] != "of")

    def _toll(self, i: int, harm: str) -> None:
        """Read the number behind "death toll"; a number behind "from" or "by" is another one."""
        kinds, low, words = self.kinds, self.low, self.s.words
        direct = self.adjacent(i - 1 if i and kinds[i - 1] == "D" else i)
        if direct is not None and direct.count is not None and direct.bare and low[direct.a - 1 : direct.a] == ["to"]:
            self._add(harm, i, i + 1, [direct])
            return
        j = i + 1
        while j < len(self.s) and j - i < 20 and kinds[j] not in ";." and not (kinds[j] == "S" and j - i > 1):
            group = self.at.get(j)
            j = group.b if group is not None else j + 1
            if group is None or group.kind != "number":
                continue
            before = low[group.a - 1]
            if words.has("told.never", before) or (group.used and not group.harm):
                continue
            odd = group.unknown or not (group.bare or words.has("people.plural", group.head))
            if before == "," or kinds[group.a - 1] in "&K" or group.harm or kinds[group.b] in "JK" or odd:
                return
            within = any(words.has("told.within", word) for word in low[i : group.a])
            over = words.has("count.past_number", before)
            self._add(harm, i, i + 1, [group], over=over, within=within)
            self._earlier_toll(harm, i, group)
            return

    def _earlier_toll(self, harm: str, i: int, group: Group) -> None:
        """Mark the number that a toll had before: "risen to 135 from 120", "from 60 to 17"."""
        for other in self.groups:
            beside = other.a == group.b + 1 or other.b == group.a - 1
            if beside and other.bare and not other.used and self.low[other.a - 1 : other.a] == ["from"]:
                self._add(harm, i, i + 1, [other], earlier=True)

    def _told(self, i: int, kind: str) -> None:
        """Read "casualties were put at 70", "deaths: 12", "the dead were five", "was the only fatality"."""
        harm, kinds, low = self.s.words.harm_of.get((self.low[i], kind), "killed"), self.kinds, self.low
        only = i - 1 - (low[i - 1] in ("reported", "known", "confirmed"))
        if only > 1 and low[only] == "only" and kinds[only - 2 : only] == "AD":
            who = self.left(only - 1)
            if who is not None and who.kind == "one":
                self._add(harm, i, i + 1, [who])
            return
        j = i + 1
        while j < len(self.s) and j - i < 9 and kinds[j] not in ";.":
            group = self.at.get(j)
            if group is not None and group.kind == "number":
                linked = self.s.words.has("told.links", low[group.a - 1]) and low[group.a - 1] != "of"
                if linked and group.bare and not group.used:
                    self._add(harm, i, i + 1, [group])
                return
            j = group.b if group is not None else j + 1

    def _elided(self, group: Group) -> None:
        """Read a count that a verb of saying states without the harm: "residents speak of more than 30"."""
        kinds, low, words = self.kinds, self.low, self.s.words
        if group.used or group.count is None or not group.bare or group.part or group.count.figure.high == 0:
            return
        if kinds[group.b] not in ".,;)B-" or (kinds[group.b] == "," and kinds[group.b + 1] == "N"):
            return
        j = group.a - 1
        while j >= 0 and group.a - j < 8 and (kinds[j] in "@DRA" or words.has("elided.between", low[j])):
            j -= 1
        said = j >= 0 and kinds[j] in "Ss" and not words.has("elided.never", low[j])
        begins = (
            j < 0 and kinds[group.a - 1] == "A" and any(words.has("elided.subjects", word) for word in low[: group.a])
        )
        if said or begins:
            group.used = True
            self.found.append(Harm("", max(j, 0), max(j, 0) + 1, (group,)))
