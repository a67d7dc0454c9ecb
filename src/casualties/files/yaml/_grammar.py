"""What may stand in the file that people write: its sections, their keys, and what each means.

The reader, the writer and the JSON Schema all work from these tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casualties.model.claim import ONLY, Aspect, EstimateMethod, IntervalKind, Modality, Silence
from casualties.model.facet import CHOICES, FACETS, KINDS, Sex
from casualties.model.figure import End
from casualties.model.harm import Harm
from casualties.model.source import SourceKind
from casualties.model.subject import AgeGroup
from casualties.model.vocabulary import Status, TermKind

__all__ = [
    "ASSESSMENT",
    "CITED",
    "ENTRY",
    "FIGURE",
    "GROUP",
    "LINK",
    "MARKS",
    "PEOPLE",
    "RELAY",
    "REPORT",
    "SAME",
    "SECTIONS",
    "SOURCE",
    "SUBJECT",
    "TERM",
    "TERM_SECTIONS",
    "TOTAL",
    "UNREAD",
    "WORD_KINDS",
    "Key",
    "Shape",
]


class Shape(StrEnum):
    """What stands behind a key."""

    TEXT = "text"
    TEXTS = "text or list of texts"
    DATE = "date"
    TRUTH = "yes or no"
    COUNT = "count"
    FACET_NAMES = "facet or list of facets"
    ALLEGED = "map of facets to words"
    EXTRA = "map of names to texts"
    VICTIMS = "name of a group, or map of facets"
    CITED = "report, or list of reports and maps"
    ASSESSMENTS = "map, or list of maps"
    LINKS = "claim, or list of claims and maps"
    SUBJECT = "map of facets"
    SUBJECTS = "list of maps of facets"
    FIGURE = "words of a count, or map with low and high, a share, or parts"
    COUNTS = "map of groups to words of a count"


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the file: what stands behind it, what it means, and which words it takes.

    Attributes:
        shape: What stands behind it.
        meaning: What it says, in a sentence for people.
        choices: The only words that it takes; ``None`` where any will do.
        section: The section in which its words are declared, if any are; ``None`` for free words.
    """

    shape: Shape
    meaning: str
    choices: type[StrEnum] | None = None
    section: str | None = None


TERM_SECTIONS: Final = {
    "sides": TermKind.SIDE,
    "nationalities": TermKind.NATIONALITY,
    "roles": TermKind.ROLE,
    "places": TermKind.PLACE,
    "events": TermKind.EVENT,
    "weapons": TermKind.WEAPON,
    "harms": TermKind.HARM,
}
"""The sections that declare words, and the kind of word."""

WORD_KINDS: Final = {kind: section for section, kind in TERM_SECTIONS.items()}

SECTIONS: Final = {
    "casualties": "The version of the format, 1.",
    "title": "What the ledger is called.",
    "titles": "What the ledger is called, where it has several titles.",
    "sides": "The sides of the war: names, what stands under what, who is against whom.",
    "nationalities": "Nationalities that lie inside or apart from one another.",
    "roles": "Roles of victims, and the status that each implies.",
    "places": "Places, and the places that they lie inside.",
    "events": "Events, and the events that they are part of.",
    "weapons": "Weapons, and the kinds of weapon that they are.",
    "harms": "Harms beyond the built-in ones.",
    "groups": "Victims that are named once and used by many claims.",
    "sources": "Who makes the statements.",
    "relays": "Who passed statements on.",
    "reports": "The documents in which the statements were read.",
    "defaults": "Keys that hold for every claim that does not give them itself.",
    "timezone": "When a day of this ledger ends, as an offset such as +04:00; in universal time where it is left out.",
    "apart": (
        "Facets, among status, role, age and sex, that mean the same to all sources; and kinds of words, among place, "
        "event, nationality and weapon, of which those that stand beside one another share nobody."
    ),
    "same": "Who says that events are the same, are different, or are part of another.",
    "totals": "Wholes that are the sum of named parts.",
    "unread": "Cells of tables that hold something and could be no claim.",
    "claims": "The statements, each with its source.",
}
"""The sections of the file, in the order in which they are written."""

TERM: Final = {
    "name": Key(Shape.TEXT, "How people write it."),
    "names": Key(Shape.TEXTS, "How people write it, where several ways are known."),
    "under": Key(Shape.TEXTS, "The words of this section that it lies inside."),
    "apart": Key(
        Shape.TEXTS,
        "The words of this section with which it shares no victim; siblings for all that stand under the same word.",
    ),
    "against": Key(Shape.TEXTS, "The sides that it fights; only for sides."),
    "status": Key(Shape.TEXTS, "The status that a role implies; only for roles.", Status),
    "incident": Key(Shape.TRUTH, "Whether it is one incident, whose days and place only describe it; only for events."),
    "counted_until": Key(Shape.DATE, "The day until which its dead were searched for and counted; only for events."),
    "stock": Key(Shape.TRUTH, "Whether it is counted as it stands on a day, and may fall; only for harms."),
    "becomes": Key(Shape.TEXTS, "The harms into which people of this one pass; only for harms.", Harm, section="harms"),
}

SOURCE: Final = {
    "name": Key(Shape.TEXT, "How it is written."),
    "names": Key(Shape.TEXTS, "How it is written, where several ways are known."),
    "aliases": Key(Shape.TEXTS, "Other spellings of the same source."),
    "kind": Key(Shape.TEXT, "What it is.", SourceKind),
    "kinds": Key(Shape.TEXTS, "What it is, where ledgers that were merged differ.", SourceKind),
    "side": Key(Shape.TEXT, "The side that it speaks for.", section="sides"),
    "under": Key(Shape.TEXT, "The source that it is an organ of.", section="sources"),
    "repeats": Key(Shape.TEXTS, "Sources on whose word all its claims rest.", section="sources"),
}

RELAY: Final = {
    "name": Key(Shape.TEXT, "How it is written."),
    "kind": Key(Shape.TEXT, "What it is.", SourceKind),
    "side": Key(Shape.TEXT, "The side that it speaks for.", section="sides"),
}

REPORT: Final = {
    "publisher": Key(Shape.TEXT, "Who published it."),
    "title": Key(Shape.TEXT, "Its title as printed."),
    "address": Key(Shape.TEXT, "Where it can be read."),
    "published": Key(Shape.DATE, "When it was published."),
    "retrieved": Key(Shape.DATE, "When it was read."),
    "saved": Key(Shape.TEXT, "Where a copy of it is kept, or sha256: and the digest of one."),
}

_MEANINGS: Final = {
    "side": "The side that the victims belonged to.",
    "nationality": "Their nationality.",
    "status": "Whether they fought: combatant, civilian, or what else the source tells apart.",
    "role": "What they were: pilot, mercenary, medic.",
    "age": "Their age group, or that they are women and children.",
    "sex": "Their sex.",
    "place": "Where it happened.",
    "event": "The event in which it happened.",
    "cause": "How it came about.",
    "weapon": "By what weapon.",
    "perpetrator": "The side that is said to have done it.",
    "basis": "How they were counted.",
    "accounted": "By which date they are put to the days of the count.",
    "presumed": "What is presumed of the missing.",
}
_FACETS: Final = {
    **{  # in the order of the model; a facet without a meaning here is an error
        name: Key(Shape.TEXT, _MEANINGS[name], CHOICES.get(name), WORD_KINDS[KINDS[name]] if name in KINDS else None)
        for name in FACETS
    },
    "with": Key(Shape.TEXTS, "What the count expressly includes."),
    "without": Key(Shape.TEXTS, "What the count expressly leaves out."),
}
_PERIOD: Final = {
    "since": Key(Shape.DATE, "The first day that is counted."),
    "until": Key(Shape.DATE, "The last day on which the counted harm could have happened."),
}
MARKS: Final = {
    "our_reading": Key(Shape.FACET_NAMES, "Facets that the words do not print and we read into them."),
    "all": Key(Shape.FACET_NAMES, "Facets left out here that the source means whole."),
    "alleged": Key(Shape.ALLEGED, "Facets that the source alleges; they set nothing inside or apart."),
}
PEOPLE: Final[dict[str, dict[str, str]]] = {
    "women-and-children": {"age": AgeGroup.WOMEN_AND_CHILDREN},
    "children": {"age": AgeGroup.CHILD},
    "girls": {"age": AgeGroup.CHILD, "sex": Sex.FEMALE},
    "boys": {"age": AgeGroup.CHILD, "sex": Sex.MALE},
    "women": {"age": AgeGroup.ADULT, "sex": Sex.FEMALE},
    "men": {"age": AgeGroup.ADULT, "sex": Sex.MALE},
    "adults": {"age": AgeGroup.ADULT},
    "elderly": {"age": AgeGroup.ELDERLY},
    "civilians": {"status": Status.CIVILIAN},
    "combatants": {"status": Status.COMBATANT},
}
"""The groups that every file has; a file that declares one of these names means its own."""
GROUP: Final = {**_FACETS, **MARKS}
_VICTIMS: Final = {"victims": Key(Shape.VICTIMS, "The victims: a name of the groups, or facets.")}
_HARM: Final = {"harm": Key(Shape.TEXTS, "What happened to them; a list joins them into one count.", Harm, "harms")}
SUBJECT: Final = {**_HARM, **_VICTIMS, **_FACETS, **_PERIOD}

TOTAL: Final = {
    "whole": Key(Shape.SUBJECT, "The subject that is the sum."),
    "parts": Key(Shape.SUBJECTS, "The subjects that make it up, at least two."),
}

SAME: Final = {
    "events": Key(Shape.TEXTS, "The events that are the same; with part_of, those that are part of another."),
    "different": Key(Shape.TEXTS, "The events that are all different from one another."),
    "part_of": Key(Shape.TEXT, "The event of which they are part."),
    "says": Key(Shape.TEXT, "Who says so."),
    "because": Key(Shape.TEXT, "For what reason."),
    "stated": Key(Shape.DATE, "When it was said."),
    "method": Key(Shape.TEXT, "By which method it was found."),
    "version": Key(Shape.TEXT, "The version of that method."),
    "score": Key(Shape.TEXT, "The probability or score that the method gave, from 0 to 1."),
}

UNREAD: Final = {
    "table": Key(Shape.TEXT, "The name of the file."),
    "cell": Key(Shape.TEXT, "The cell, as a spreadsheet names it, or its row."),
    "column": Key(Shape.TEXT, "The name of its column."),
    "value": Key(Shape.TEXT, "What it holds."),
    "why": Key(Shape.TEXT, "Why it could be no claim."),
}

CITED: Final = {
    "report": Key(Shape.TEXT, "The document, a name of the reports.", section="reports"),
    "relays": Key(Shape.TEXTS, "Who passed it on, from the source to the report: names of the relays, or as printed."),
    "locator": Key(Shape.TEXT, "The place in the document, such as a page."),
    "words": Key(Shape.TEXT, "The words of the count as printed there; empty where they are not known."),
}

ASSESSMENT: Final = {
    "grader": Key(Shape.TEXT, "Who graded the claim."),
    "scale": Key(Shape.TEXT, "The scale; the Admiralty code unless another is named."),
    "reliability": Key(Shape.TEXT, "A to F of the Admiralty code."),
    "credibility": Key(Shape.TEXT, "1 to 6 of the Admiralty code."),
    "grade": Key(Shape.TEXT, "The grade on another scale."),
    "graded": Key(Shape.DATE, "When it was graded."),
}

LINK: Final = {
    "claim": Key(Shape.TEXT, "The other claim: an id of this file, or an identity such as c1-…."),
    "noted": Key(Shape.DATE, "Since when the relation is known; always, where it is left out."),
    "share": Key(Shape.TEXT, "The share of its figure that is stated here, in words such as nearly 70 percent."),
}

FIGURE: Final = {
    "low": Key(Shape.COUNT, "The smallest count stated."),
    "high": Key(Shape.COUNT, "The largest count stated; no ceiling where it is left out."),
    "best": Key(Shape.COUNT, "The number that the source itself prefers."),
    "assumed": Key(Shape.TEXTS, "The ends that rest on a convention and not on words.", End),
    "figure": Key(Shape.TEXT, "The words of the count, where parts of it are given beside it."),
    "including": Key(Shape.COUNTS, "How many of them belong to which group: children: 3. Each is a claim of its own."),
    "share": Key(Shape.TEXT, "The words of a share of another claim's figure, such as nearly 70 percent."),
    "of": Key(Shape.TEXT, "That other claim: an id of this file."),
}

ENTRY: Final = {
    "id": Key(Shape.TEXT, "A name for this claim, by which others of this file can refer to it."),
    "source": Key(Shape.TEXT, "Who says it.", section="sources"),
    **_HARM,
    "figure": Key(Shape.FIGURE, "The count, where the harm stands under harm."),
    "silent": Key(Shape.TEXTS, "The harms of which the source says nothing.", Harm, "harms"),
    "silence": Key(Shape.TEXT, "In what way it is silent.", Silence),
    "denies": Key(Shape.TEXTS, "The claims, or where none is named the harms, that the source denies."),
    "aspect": Key(Shape.TEXT, "What exactly it denies.", Aspect),
    "withdraws": Key(Shape.TEXTS, "The own claims that the source withdraws."),
    "unverified": Key(Shape.TEXTS, "The claims that the source could not verify, which is no denial."),
    "of": Key(
        Shape.TEXT,
        "The claim denied, withdrawn or not verified, where the harm and facets here are not those of that claim.",
    ),
    **_VICTIMS,
    **_FACETS,
    **MARKS,
    **_PERIOD,
    "stated": Key(Shape.DATE, "When the source said it; a moment has an offset."),
    "modality": Key(Shape.TEXT, "How the source puts it.", Modality),
    "method": Key(Shape.TEXT, "How the number was arrived at where nobody counted: it is an estimate.", EstimateMethod),
    "interval": Key(Shape.TEXT, "What the interval of an estimate is.", IntervalKind),
    "level": Key(Shape.TEXT, "The level of that interval in percent."),
    "only": Key(Shape.TEXTS, f"Facets by which this count is broken down: {', '.join(ONLY)}; else it only describes."),
    "replaces": Key(Shape.TEXTS, "Own earlier claims that this one replaces."),
    "based_on": Key(Shape.LINKS, "Claims on which this one rests."),
    "misrelays": Key(Shape.LINKS, "Claims of which this one is a false relay."),
    "cited": Key(Shape.CITED, "Where it was read."),
    "assessments": Key(Shape.ASSESSMENTS, "Who graded it, and how."),
    "present": Key(Shape.TEXTS, "How many people were there, in words: no count of the harmed."),
    "note": Key(Shape.TEXTS, "What else should stay with the claim."),
    "extra": Key(Shape.EXTRA, "Columns of the table in which it was read, such as ids and coordinates."),
}
"""The keys of a claim beside the harms, each of which is a key that holds a count."""
