"""What may stand in the file that people write: its sections, their keys, and what each means.

The reader, the writer and the JSON Schema all work from these tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casualties.model.claim import Aspect, Modality, Silence
from casualties.model.figure import End
from casualties.model.source import SourceKind
from casualties.model.subject import FACETS, AgeGroup, Basis, Cause, Harm, Sex
from casualties.model.vocabulary import Status, TermKind

__all__ = [
    "ASSESSMENT",
    "CITED",
    "ENTRY",
    "FIGURE",
    "GROUP",
    "LINK",
    "MARKS",
    "RELAY",
    "REPORT",
    "SECTIONS",
    "SOURCE",
    "SUBJECT",
    "TERM",
    "TERM_SECTIONS",
    "TOTAL",
    "WORD_KINDS",
    "Key",
    "Shape",
]


class Shape(StrEnum):
    """What stands behind a key."""

    TEXT = "text"
    TEXTS = "text or list of texts"
    DATE = "date"
    COUNT = "count"
    FACET_NAMES = "facet or list of facets"
    ALLEGED = "map of facets to words"
    VICTIMS = "name of a group, or map of facets"
    CITED = "report, or list of reports and maps"
    ASSESSMENTS = "map, or list of maps"
    LINKS = "claim, or list of claims and maps"
    SUBJECT = "map of facets"
    SUBJECTS = "list of maps of facets"
    FIGURE = "words of a count, or map with low and high"


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
    "harms": "Harms beyond the built-in ones.",
    "groups": "Victims that are named once and used by many claims.",
    "sources": "Who makes the statements.",
    "relays": "Who passed statements on.",
    "reports": "The documents in which the statements were read.",
    "defaults": "Keys that hold for every claim that does not give them itself.",
    "apart": "Facets, among status, role, age and sex, that mean the same to all sources.",
    "totals": "Wholes that are the sum of named parts.",
    "claims": "The statements, each with its source.",
}
"""The sections of the file, in the order in which they are written."""

TERM: Final = {
    "name": Key(Shape.TEXT, "How people write it."),
    "names": Key(Shape.TEXTS, "How people write it, where several ways are known."),
    "under": Key(Shape.TEXTS, "The words of this section that it lies inside."),
    "apart": Key(Shape.TEXTS, "The words of this section with which it shares no victim."),
    "against": Key(Shape.TEXTS, "The sides that it fights; only for sides."),
    "status": Key(Shape.TEXTS, "The status that a role implies; only for roles.", Status),
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

_FACET_KEYS: Final = {
    "side": Key(Shape.TEXT, "The side that the victims belonged to.", section="sides"),
    "nationality": Key(Shape.TEXT, "Their nationality.", section="nationalities"),
    "status": Key(Shape.TEXT, "Combatant, civilian or undetermined.", Status),
    "role": Key(Shape.TEXT, "What they were: pilot, mercenary, medic.", section="roles"),
    "age": Key(Shape.TEXT, "Their age group.", AgeGroup),
    "sex": Key(Shape.TEXT, "Their sex.", Sex),
    "place": Key(Shape.TEXT, "Where it happened.", section="places"),
    "event": Key(Shape.TEXT, "The event in which it happened.", section="events"),
    "cause": Key(Shape.TEXT, "How it came about.", Cause),
    "perpetrator": Key(Shape.TEXT, "The side that is said to have done it.", section="sides"),
    "basis": Key(Shape.TEXT, "How they were counted.", Basis),
}
_FACETS: Final = {
    **{name: _FACET_KEYS[name] for name in FACETS},  # in the order of the model; a facet without a key here is an error
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
GROUP: Final = {**_FACETS, **MARKS}
_VICTIMS: Final = {"victims": Key(Shape.VICTIMS, "The victims: a name of the groups, or facets.")}
_HARM: Final = {"harm": Key(Shape.TEXTS, "What happened to them; a list joins them into one count.", Harm, "harms")}
SUBJECT: Final = {**_HARM, **_VICTIMS, **_FACETS, **_PERIOD}

TOTAL: Final = {
    "whole": Key(Shape.SUBJECT, "The subject that is the sum."),
    "parts": Key(Shape.SUBJECTS, "The subjects that make it up, at least two."),
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
}

FIGURE: Final = {
    "low": Key(Shape.COUNT, "The smallest count stated."),
    "high": Key(Shape.COUNT, "The largest count stated; no ceiling where it is left out."),
    "best": Key(Shape.COUNT, "The number that the source itself prefers."),
    "assumed": Key(Shape.TEXTS, "The ends that rest on a convention and not on words.", End),
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
    "of": Key(
        Shape.TEXT, "The claim denied or withdrawn, where the harm and facets given here are not those of that claim."
    ),
    **_VICTIMS,
    **_FACETS,
    **MARKS,
    **_PERIOD,
    "stated": Key(Shape.DATE, "When the source said it; a moment has an offset."),
    "modality": Key(Shape.TEXT, "How the source puts it.", Modality),
    "replaces": Key(Shape.TEXTS, "Own earlier claims that this one replaces."),
    "based_on": Key(Shape.LINKS, "Claims on which this one rests."),
    "misrelays": Key(Shape.LINKS, "Claims of which this one is a false relay."),
    "cited": Key(Shape.CITED, "Where it was read."),
    "assessments": Key(Shape.ASSESSMENTS, "Who graded it, and how."),
}
"""The keys of a claim beside the harms, each of which is a key that holds a count."""
