"""The parts of a proposal: who and how many, when, how sure, and who says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from casualties.drafting._counting import read_count
from casualties.drafting._days import Day
from casualties.drafting._harms import Harm
from casualties.drafting._people import Group
from casualties.drafting._sentence import Sentence
from casualties.drafting._speakers import Speaker
from casualties.drafting._speech import Attribution
from casualties.drafting.proposal import Doubt
from casualties.model.claim import Modality, Stance

__all__ = ["Candidate", "StatementDays", "dated", "day_of", "facets_of", "hedged", "of_group", "spoken"]

_OLD: Final = 60
"""How many days before the text a count is taken for background."""

_SAID_ON: Final = 24
"""The most characters between a verb of saying and the day on which it was said."""

_UNTIL: Final = ("by", "until", "as of")


@dataclass(slots=True)
class Candidate:
    """A proposal that is still being made."""

    group: Group | None
    fields: dict[str, Any]
    unsure: list[Doubt]
    sentence: int
    position: int = 0
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def states(self) -> bool:
        """Whether it states a figure."""
        return self.fields["stance"] is Stance.STATES

    def copied(self, source: str, span: tuple[int, int] | None, doubts: list[Doubt]) -> Candidate:
        """Give the same with a source of its own."""
        spans = dict(self.spans) if span is None else {**self.spans, "source": span}
        fields = {**self.fields, "source": source}
        return Candidate(self.group, fields, [*self.unsure, *doubts], self.sentence, self.position, spans)


# Who and how many


def of_group(s: Sentence, harm: Harm, group: Group, before: Candidate | None) -> Candidate | None:
    """Make the part of a proposal that says who and how many; ``None`` where the reader of counts refuses it."""
    unsure: list[Doubt] = []
    number, estimate = group.number, None
    if group.count is None:
        count, printed = (group.head, "people") if group.kind == "many" else ("one", "one")
        figure = read_count(count, s.lexicon)
        figure = read_count(printed, s.lexicon) if figure is None else figure
        unsure += _described(group)
    else:
        count, figure = group.count.said, group.count.figure
        if harm.over and not group.count.bounds:
            count, number = f"more than {count}", (number[0] - 1, number[1])
            figure = read_count(count, s.lexicon)
        if group.count.more:
            unsure.append(Doubt.ON_TOP)
        estimate = group.count.estimate
    if figure is None:
        return None
    marks = {
        Doubt.UNKNOWN_NOUN: group.unknown,
        Doubt.HOUSEHOLDS: group.household,
        Doubt.EARLIER_TOLL: harm.earlier,
        Doubt.TWO_HARMS: bool(harm.also),
    }
    unsure += [doubt for doubt, holds in marks.items() if holds]
    candidate = Candidate(group, {"stance": Stance.STATES, "figure": figure, "count": count}, unsure, s.index)
    if estimate is not None:
        candidate.fields |= {"interval": estimate.interval, "level": estimate.level}
    candidate.fields |= {"harm": (harm.harm, harm.also) if harm.also else (harm.harm,), "words": s.shown(*number)}
    candidate.spans = {"figure": s.span(*number), "harm": s.span(harm.a, min(harm.b, len(s)))}
    candidate.position = s.places[group.a][0]
    _who(s, candidate, group, before, toll=s.kinds[harm.a] == "T")
    if harm.agent is not None:
        candidate.fields["perpetrator"], candidate.spans["perpetrator"] = s.shown(*harm.agent), s.span(*harm.agent)
    return candidate


def _described(group: Group) -> list[Doubt]:
    """Say what is unsure of people without a number."""
    many = group.kind == "many"
    unsure = [Doubt.SEVERAL_MEANT if many else Doubt.NO_NUMBER]
    if group.kind == "pronoun":
        unsure.append(Doubt.PRONOUN)
    elif group.named:
        unsure.append(Doubt.NAMED_PERSON)
    elif many and group.definite:
        unsure.append(Doubt.DEFINITE)
    return unsure


def _who(s: Sentence, candidate: Candidate, group: Group, before: Candidate | None, *, toll: bool) -> None:
    """Say who they were, without any name; from the count before where only a number stands here."""
    a, b = group.noun
    while group.named and b > a and s.kinds[b - 1] == "M":
        b -= 1
    named = b > a and group.kind in ("number", "one", "many") and not group.household
    facets = facets_of(s, a, b) if named else {}
    candidate.fields |= {"victims": s.shown(a, b) if named else "", "facets": facets, "inferred": ()}
    if named:
        candidate.spans["victims"] = s.span(a, b)
    others = s.words.has("count.others", group.head) or group.head == "another"
    if before is None or facets or not (others or (group.bare and before.sentence == s.index and not toll)):
        return
    candidate.fields["facets"] = dict(before.fields["facets"])
    candidate.fields["victims"] = candidate.fields["victims"] or before.fields["victims"]
    if before.sentence != s.index:
        candidate.fields["inferred"] = tuple(sorted(candidate.fields["facets"]))
    candidate.unsure.append(Doubt.VICTIMS_FROM_BEFORE)


def facets_of(s: Sentence, a: int, b: int) -> dict[str, str]:
    """Read what nouns say of those whom they name; a role that fights needs no status beside it."""
    facets: dict[str, str] = {}
    for j in range(a, min(b, len(s))):
        facets |= s.words.means.get(s.low[j], {})
        nation = s.words.nations.get(s.low[j].removesuffix("s"))
        if nation is not None and s.capital(j):
            facets["nationality"] = nation.lower()
    if "role" in facets:
        facets.pop("status", None)
    return facets


# When


@dataclass(frozen=True, slots=True)
class StatementDays:
    """The days of a statement: that which is counted, that on which it was said, and whether it began then."""

    counted: Day | None
    stated: Day | None
    began: bool


def day_of(s: Sentence, said: list[Attribution], harm: Harm, days: list[Day]) -> StatementDays:
    """Find the days of a statement among those that its sentence names."""
    stated = [day for day in days if any(_said_on(s, attribution, day) for attribution in said)]
    at = s.places[harm.a][0]
    near = min((day for day in days if day not in stated), key=lambda day: abs(day.start - at), default=None)
    began = near is not None and _began(s, near.start)
    return StatementDays(near, stated[0] if stated else None, began)


def _said_on(s: Sentence, attribution: Attribution, day: Day) -> bool:
    """Tell whether a day stands right behind a verb of saying: "the navy said on Thursday"."""
    if attribution.local or s.kinds[attribution.verb] not in "Ss" or day.lead not in ("on", "", "late", "last", "in"):
        return False
    end = s.places[attribution.verb][1]
    return 0 <= day.start - end <= _SAID_ON and ";" not in s.text[end : day.start]


def _began(s: Sentence, place: int) -> bool:
    """Tell whether a day is that of a beginning: "clashes broke out on Sunday"."""
    near = [s.low[j] for j in range(len(s)) if s.start <= s.places[j][0] < place][-5:]
    joined = f" {' '.join(near)} "
    return any(f" {word} " in joined for word in s.words.sets["grammar.began"])


def dated(candidate: Candidate, statement_days: StatementDays, published: date | None) -> None:
    """Put the days into a proposal."""
    if statement_days.stated is not None and statement_days.stated.day is not None:
        candidate.fields["stated"] = statement_days.stated.day
    day = statement_days.counted
    if day is None or day.day is None:
        candidate.unsure.append(Doubt.NO_DAY)
        return
    candidate.spans["date"] = (day.start, day.end)
    if statement_days.began:
        candidate.fields["since"] = day.day
        candidate.unsure.append(Doubt.DAY_OF_BEGINNING)
        return
    if day.lead not in _UNTIL:
        candidate.fields["since"] = day.day
    if day.lead != "since":
        candidate.fields["until"] = day.day
    old = published is not None and (published - day.day.latest).days > _OLD
    if old and day.lead not in ("since", *_UNTIL):
        candidate.unsure.append(Doubt.OLD_DATE)


# How sure, and who says so


def hedged(s: Sentence, candidate: Candidate, harm: Harm, speaker: Speaker) -> None:
    """Mark what is feared, alleged, confirmed or preliminary by a word beside the harm."""
    near = {word for item in s.low[max(0, harm.a - 4) : harm.b + 2] for word in item.split()}
    sets = s.words.sets
    if near & sets["hedge.alleged"]:
        candidate.fields["modality"] = Modality.ALLEGED
        candidate.unsure.append(Doubt.NOT_A_FACT)
    elif near & sets["hedge.confirmed"]:
        candidate.fields["modality"] = Modality.CONFIRMED
    elif near & sets["hedge.preliminary"]:
        candidate.fields["modality"] = Modality.PRELIMINARY
    if speaker.accused is not None:
        candidate.fields["modality"] = Modality.ALLEGED


def spoken(s: Sentence, candidate: Candidate, speaker: Speaker) -> list[Candidate]:
    """Give a proposal for each of those who say so together; one of nobody's where nobody does."""
    fields, text = candidate.fields, s.text
    if speaker.accused is not None and "perpetrator" not in fields:
        fields["perpetrator"], candidate.spans["perpetrator"] = text[slice(*speaker.accused)], speaker.accused
    if speaker.relays:
        fields["relays"] = tuple(text[a:b] for a, b in speaker.relays)
        candidate.spans["relay"] = speaker.relays[0]
    candidate.unsure += speaker.doubts
    if not speaker.sources:
        return [_unspoken(s, candidate)]
    fields.setdefault("modality", Modality(speaker.modality))
    result = []
    for a, b in speaker.sources:
        name = text[a:b]
        bare = " ".join(word for word in name.lower().split() if word not in ("also", "the"))
        doubts = [Doubt.UNNAMED_SOURCE] if s.words.has("source.words.unnamed", bare) else []
        doubts += [Doubt.SPOKEN_TOGETHER] if len(speaker.sources) > 1 else []
        result.append(candidate.copied(name, (a, b), doubts))
    return result


def _unspoken(s: Sentence, candidate: Candidate) -> Candidate:
    """Give a proposal that nobody is named for: "reportedly", or the words of the text itself."""
    at = candidate.group.a if candidate.group is not None else 0
    spread = s.words.sets["source.words.reportedly"]
    word = next((nearby for nearby in s.low[max(0, at - 6) : at + 10] if nearby in spread), "")
    if not word:
        return candidate.copied("", None, [Doubt.NO_SOURCE])
    candidate.fields.setdefault("modality", Modality.REPORTED)
    return candidate.copied(word, None, [Doubt.UNNAMED_SOURCE])
