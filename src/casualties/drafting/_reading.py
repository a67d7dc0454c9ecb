"""From a text to proposals: sentences read one after another, with what each may take from those before it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from casualties.drafting._days import Day, days_in
from casualties.drafting._harms import Harm, harms_of
from casualties.drafting._making import Candidate, dated, day_of, facets_of, hedged, of_group, spoken
from casualties.drafting._people import Group, groups_of
from casualties.drafting._sentence import Sentence
from casualties.drafting._speakers import Speaker, Speakers
from casualties.drafting._speech import Attribution
from casualties.drafting._stances import Denial, Quiet, denials, silences
from casualties.drafting.proposal import Doubt, Proposal
from casualties.drafting.words import Words
from casualties.model.claim import Aspect, Modality, Silence, Stance
from casualties.wording.lexicons import Lexicon

__all__ = ["read_text"]

_WARM: Final = 2
"""How many sentences behind a statement are read even if no word of harm stands in them."""

_TARGETS: Final = 40
"""The most earlier statements among which the one denied is looked for."""

_OF_PARTS: Final = ("source", "relays", "modality", "since", "until", "stated", "perpetrator")
_SPANS_OF_PARTS: Final = frozenset({"harm", "source", "relay", "date"})
_INHERITED: Final = frozenset(
    {
        Doubt.NO_SOURCE,
        Doubt.UNNAMED_SOURCE,
        Doubt.SOURCE_FROM_PRONOUN,
        Doubt.SOURCE_FROM_QUOTE,
        Doubt.SPOKEN_TOGETHER,
        Doubt.NOT_A_FACT,
        Doubt.NO_DAY,
        Doubt.OLD_DATE,
        Doubt.DENIED,
        Doubt.DAY_OF_BEGINNING,
    }
)
"""Doubts of a count that are doubts of its parts too."""


def read_text(text: str, published: date | None, words: Words, lexicon: str | Lexicon) -> list[Proposal]:
    """Read all statements of a text, the unsure ones too."""
    return _Text(text, published, words, lexicon).read()


class _Text:
    """One text, read once."""

    def __init__(self, text: str, published: date | None, words: Words, lexicon: str | Lexicon) -> None:
        self.text, self.published, self.words = text, published, words
        self.speakers = Speakers(text, words, lexicon)
        self.found: list[Candidate] = []
        self._described: Candidate | None = None

    def read(self) -> list[Proposal]:
        """Read all sentences in which something is said of people harmed, and those right behind one."""
        last = -_WARM - 1
        for index, (start, end) in enumerate(self.speakers.places):
            if index - last > _WARM and not self.words.trigger.search(self.text, start, end):
                continue
            before = len(self.found)
            self._sentence(index)
            if len(self.found) > before:
                last = index
        return self._finish()

    def _sentence(self, index: int) -> None:
        s, attributions = self.speakers.sentence(index)
        if len(s) < 2:
            return
        groups = groups_of(s)
        speaking = frozenset(
            j
            for attribution in attributions
            for a, b in (*attribution.sources, *attribution.relays)
            for j in range(a, b)
        )
        harms = harms_of(s, groups, speaking)
        denied = denials(s, harms)
        days = days_in(self.text, s.start, s.end, self.published) if harms else []
        base = len(self.found)
        for harm in harms:
            within = any(harm in event.inside and event.b <= harm.a and not event.responsibility for event in denied)
            self._harm(s, attributions, harm, days, denied=within)
        self._parts(s, groups, base)
        for quiet in silences(s, attributions):
            self._silence(s, quiet)
        for denial in denied:
            self._denial(s, denial, base)

    # Statements

    def _harm(self, s: Sentence, said: list[Attribution], harm: Harm, days: list[Day], *, denied: bool) -> None:
        """Make a proposal of each group of people, and of each source that says so."""
        known = harm if harm.harm else self._known(s, harm)
        if known is None:
            return
        speaker = self.speakers.at(s, said, harm.a if harm.harm else harm.people[0].a)
        claimed = not denied or any(
            attribution.verb < harm.a and s.kinds[attribution.verb - 1] == "'" for attribution in said
        )
        for group in harm.people:
            candidate = of_group(s, known, group, self._before(s))
            if candidate is None:
                continue
            if not harm.harm:
                candidate.unsure.append(Doubt.HARM_FROM_BEFORE)
            if not claimed:
                candidate.unsure.append(Doubt.DENIED)
            dated(candidate, day_of(s, said, harm, days), self.published)
            hedged(s, candidate, known, speaker)
            whole = self._whole(s, candidate, known) if group.part or harm.within else None
            if whole is not None or harm.within:
                candidate.fields["part_of"] = whole
                candidate.unsure.append(Doubt.PART)
            self._keep(spoken(s, candidate, speaker if claimed else Speaker()))

    def _known(self, s: Sentence, harm: Harm) -> Harm | None:
        """Take the harm of the statement before, in this sentence or the last."""
        for candidate in reversed(self.found):
            if candidate.sentence < s.index - 1:
                return None
            if candidate.states:
                return Harm(candidate.fields["harm"][0], harm.a, harm.b, harm.people)
        return None

    def _before(self, s: Sentence) -> Candidate | None:
        """Give the count before this one that says who they were, in this sentence or the last."""
        candidate = self._described
        return candidate if candidate is not None and candidate.sentence >= s.index - 1 else None

    def _keep(self, candidates: list[Candidate]) -> None:
        """Keep what was made, and note the last count that says who they were."""
        self.found += candidates
        for candidate in candidates:
            if candidate.states and candidate.fields["facets"] and candidate.fields.get("part_of") is None:
                self._described = candidate

    def _whole(self, s: Sentence, candidate: Candidate, harm: Harm) -> int | None:
        """Find the count of which a part with a verb of its own is a part."""
        for n in range(len(self.found) - 1, -1, -1):
            other = self.found[n]
            if other.sentence < s.index - 2:
                return None
            whole = other.states and other.fields["harm"] == (harm.harm,) and other.fields.get("part_of") is None
            if whole and other.fields["figure"].low >= candidate.fields["figure"].low:
                return n
        return None

    # Parts

    def _parts(self, s: Sentence, groups: list[Group], base: int) -> None:
        """Read the parts of a count: "including three children", "61 of the 84 dead"."""
        for k, group in enumerate(groups):
            odd = group.used or group.household or group.unknown or group.state or not group.part
            if odd or group.count is None or s.low[group.a] == "many":
                continue
            following = groups[k + 1] if group.of_next and k + 1 < len(groups) else None
            if _leads_away(s, group.b if following is None else following.b):
                continue
            if following is not None:
                whole = next((n for n in range(base, len(self.found)) if self.found[n].group is following), None)
            elif group.of_next:
                whole = None
            else:
                whole = next((n for n in range(len(self.found) - 1, -1, -1) if self._may_hold(n, s, group)), None)
            if whole is not None:
                self._part(s, group, whole)

    def _may_hold(self, n: int, s: Sentence, group: Group) -> bool:
        """Tell whether a statement may be the whole of a part."""
        candidate = self.found[n]
        if candidate.sentence < s.index - 1 or not candidate.states or candidate.group is None or group.count is None:
            return False
        figure = candidate.fields["figure"]
        if candidate.fields.get("part_of") is not None or candidate.group.count is None:
            return False
        if figure.high is not None and group.count.figure.low > figure.high:
            return False
        if candidate.sentence == s.index:
            return candidate.position < s.places[group.a][0]
        return s.words.has("count.of_them", group.head) or group.head == "them"

    def _part(self, s: Sentence, group: Group, whole: int) -> None:
        """Make a part of each statement of its whole: there is one for each source."""
        held = self.found[whole]
        first = whole
        while first and self.found[first - 1].group is held.group:
            first -= 1
        same = [n for n in range(first, whole + 1) if self.found[n].states]
        for n in same:
            source = self.found[n]
            harm = Harm(source.fields["harm"][0], group.a, group.b, (group,))
            candidate = of_group(s, harm, group, self._before(s))
            if candidate is None:
                return
            candidate.fields |= {name: source.fields[name] for name in (*_OF_PARTS, "harm") if name in source.fields}
            candidate.spans |= {name: span for name, span in source.spans.items() if name in _SPANS_OF_PARTS}
            candidate.fields["part_of"] = n
            self._who_they_are(s, candidate, group)
            candidate.unsure += [Doubt.PART, *(doubt for doubt in source.unsure if doubt in _INHERITED)]
            self.found.append(candidate)
        group.used = True

    @staticmethod
    def _who_they_are(s: Sentence, candidate: Candidate, group: Group) -> None:
        """Read who a part was from what follows it: "four of them were children"."""
        a = group.b + (s.kinds[group.b] == "A")
        if s.kinds[a] in "pP" and facets_of(s, a, a + 1):
            candidate.fields |= {"facets": facets_of(s, a, a + 1), "victims": s.shown(a, a + 1), "inferred": ()}
            candidate.spans["victims"] = s.span(a, a + 1)
            candidate.unsure = [doubt for doubt in candidate.unsure if doubt is not Doubt.VICTIMS_FROM_BEFORE]

    # Denials and silences

    def _silence(self, s: Sentence, quiet: Quiet) -> None:
        sources, doubts = self.speakers.named(s, quiet.sources, quiet.pronoun, quiet.a)
        a, b = quiet.victims
        harm = "wounded" if s.words.has("silence_of.wounded", quiet.word) else "killed"
        fields: dict[str, Any] = {
            "harm": (harm,),
            "stance": Stance.SILENT,
            "figure": None,
            "words": s.shown(quiet.a, quiet.b),
            "victims": s.shown(a, b) if b > a else "",
            "facets": facets_of(s, a, b),
            "silence": Silence(quiet.kind),
        }
        spans = {"stance": s.span(quiet.a, quiet.b), "harm": s.span(quiet.b - 1, quiet.b)}
        if b > a:
            spans["victims"] = s.span(a, b)
        candidate = Candidate(None, fields, [*doubts, Doubt.HARM_OF_SILENCE], s.index, s.places[quiet.a][0], spans)
        self.found += [candidate.copied(self.text[start:end], (start, end), []) for start, end in sources]

    def _denial(self, s: Sentence, denial: Denial, base: int) -> None:
        target, others = self._target(s, denial, base)
        if target is None and denial.earlier:
            return
        of = self.found[target] if target is not None else None
        accused = of is not None and denial.earlier and bool(of.fields.get("perpetrator"))
        facets = dict(of.fields["facets"]) if of is not None else {}
        inside = denial.inside[0].harm if denial.inside else ""
        fields: dict[str, Any] = {
            "harm": of.fields["harm"] if of is not None else (inside or "casualties",),
            "stance": Stance.DENIES,
            "figure": None,
            "words": s.shown(denial.a, denial.b),
            "victims": of.fields["victims"] if of is not None else "",
            "facets": facets,
            "inferred": tuple(sorted(facets)),
            "aspect": Aspect.RESPONSIBILITY if denial.responsibility or accused else None,
            "target": target,
        }
        spans = {"stance": s.span(denial.a, denial.b)}
        spans["harm"] = of.spans["harm"] if of is not None else spans["stance"]
        sources, doubts = self.speakers.named(s, denial.sources, denial.pronoun, denial.a)
        unsure = [*doubts, Doubt.ASPECT, *([Doubt.TARGET] if others else [])]
        candidate = Candidate(None, fields, unsure, s.index, s.places[denial.a][0], spans)
        self.found += [candidate.copied(self.text[start:end], (start, end), []) for start, end in sources]

    def _target(self, s: Sentence, denial: Denial, base: int) -> tuple[int | None, bool]:
        """Find the statement that is denied, and tell whether it might be another one."""
        candidates = self.found
        if denial.inside:
            within = {id(group) for harm in denial.inside for group in harm.people}
            near = [
                n for n in range(base, len(candidates)) if candidates[n].states and id(candidates[n].group) in within
            ]
        elif denial.earlier:
            at = s.places[denial.a][0]
            near = [n for n in range(max(0, len(candidates) - _TARGETS), len(candidates)) if self._deniable(n, s, at)]
            accused = [n for n in near if candidates[n].fields.get("perpetrator")]
            accused = accused or [n for n in near if candidates[n].fields.get("modality") is Modality.ALLEGED]
            near = accused or [n for n in near if candidates[n].fields["source"]]
            last = candidates[near[-1]].sentence if near else 0
            near = (
                near if accused else [n for n in near if candidates[n].sentence == last][::-1]
            )  # the first of the last
        else:
            near = []
        return (near[-1] if near else None), len({id(candidates[n].group) for n in near}) > 1

    def _deniable(self, n: int, s: Sentence, at: int) -> bool:
        """Tell whether a statement stands before a denial, in its paragraph and near it."""
        candidate = self.found[n]
        near = candidate.sentence >= s.index - 2 and "\n\n" not in self.text[candidate.position : s.start]
        return candidate.states and candidate.position < at and near

    # The end

    def _finish(self) -> list[Proposal]:
        """Put all in the order of the text, mark counts that are told again, and freeze them."""
        order = sorted(range(len(self.found)), key=lambda n: (self.found[n].position, n))
        place = {n: k for k, n in enumerate(order)}
        seen: dict[tuple[Any, ...], list[tuple[int, int, dict[str, str]]]] = {}
        result = []
        for k, n in enumerate(order):
            candidate = self.found[n]
            fields = candidate.fields
            fields |= {name: place[fields[name]] for name in ("target", "part_of") if fields.get(name) is not None}
            if candidate.states:
                figure, facets = fields["figure"], fields["facets"]
                before = seen.setdefault((fields["harm"], figure.low, figure.high), [])
                again = next(
                    (at for at, position, other in before if _same(position, other, candidate.position, facets)), None
                )
                if again is not None:
                    fields["again"] = again
                    candidate.unsure.append(Doubt.TOLD_AGAIN)
                if len(before) < _TARGETS:
                    before.append((k, candidate.position, facets))
            start, end = self.speakers.places[candidate.sentence]
            unsure = tuple(dict.fromkeys(candidate.unsure))
            result.append(Proposal(**fields, spans=candidate.spans, sentence=self.text[start:end], unsure=unsure))
        return result


def _same(position: int, facets: dict[str, str], here: int, others: dict[str, str]) -> bool:
    """Tell whether two equal counts may be of the same people."""
    return position != here and (not facets or not others or facets == others)


def _leads_away(s: Sentence, b: int) -> bool:
    """Tell whether what follows says something else of a part: "12 of them remain in hospital"."""
    kinds = s.kinds
    if kinds[b] == "A":
        people = kinds[b + 1] in "PpDJN" or kinds[b + 2] in "Pp"
        return not people or s.words.has("grammar.stay", s.low[b])
    return kinds[b] in "VSs" or (kinds[b] == "w" and s.low[b].endswith("ed"))
