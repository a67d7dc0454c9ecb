"""What a draft proposes: one statement that a text seems to make, with its places and all that is unsure of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casualties.model.claim import Aspect, Modality, Silence, Stance
from casualties.model.estimate import IntervalKind
from casualties.model.figure import Figure
from casualties.model.period import PartialDate

__all__ = ["HIDING", "Doubt", "Proposal"]


class Doubt(StrEnum):
    """What is unsure of a proposal; `says` gives each in a sentence.

    Examples:
        >>> print(Doubt("no-source").says)
        nobody is named who says so: these are the words of the text itself
    """

    NO_SOURCE = "no-source"
    """Example: "Eleven people died on Monday.\""""
    UNNAMED_SOURCE = "unnamed-source"
    """Example: "a security official said"."""
    SOURCE_FROM_PRONOUN = "source-from-pronoun"
    """Example: "She put the toll at 12", after a sentence by the minister."""
    SOURCE_FROM_QUOTE = "source-from-quote"
    """Example: a second sentence of a quotation, without "said"."""
    SPOKEN_TOGETHER = "spoken-together"
    """Example: "police and medics said that 12 died"."""
    NO_NUMBER = "no-number"
    """Example: "a man was killed"."""
    SEVERAL_MEANT = "several-meant"
    """Example: "soldiers were killed"."""
    VICTIMS_FROM_BEFORE = "victims-from-before"
    """Example: "80 soldiers died. Another 12 were wounded.\""""
    HARM_FROM_BEFORE = "harm-from-before"
    """Example: "Eleven were killed, among them three children.\""""
    HARM_OF_SILENCE = "harm-of-silence"
    """Example: "the ministry did not disclose losses"."""
    TWO_HARMS = "two-harms"
    """Example: "63 killed and wounded"."""
    PART = "part"
    """Example: "among them three children"."""
    ON_TOP = "on-top"
    """Example: "another five died overnight"."""
    NOT_A_FACT = "not-a-fact"
    """Example: "20 are feared dead"."""
    TOLD_AGAIN = "told-again"
    """Example: the headline's "11 killed", in the first sentence too."""
    TARGET = "target"
    """Example: "Ankara denied this"."""
    ASPECT = "aspect"
    """Example: "Baku rejected the claim"."""
    NO_DAY = "no-day"
    """Example: "11 were killed", with no day in the sentence."""
    DAY_OF_BEGINNING = "day-of-beginning"
    """Example: "since Sunday, 80 have died"."""
    UNKNOWN_NOUN = "unknown-noun"
    """Example: "12 tanks destroyed"."""
    HOUSEHOLDS = "households"
    """Example: "40 families were displaced"."""
    PRONOUN = "pronoun"
    """Example: "two of them died"."""
    NAMED_PERSON = "named-person"
    """Example: the obituary of one soldier."""
    OLD_DATE = "old-date"
    """Example: "in 1994, 30,000 had died"."""
    EARLIER_TOLL = "earlier-toll"
    """Example: "raising the toll from 9 to 11": the 9."""
    DENIED = "denied"
    """Example: "the army denied that 50 were killed"."""
    DEFINITE = "definite"
    """Example: "the dead were buried"."""

    @property
    def says(self) -> str:
        """The doubt in a sentence.

        Examples:
            >>> print(Doubt.HOUSEHOLDS.says)
            households are counted, not people
        """
        return _SAYS[self]


_SAYS: Final[dict[str, str]] = {
    "no-source": "nobody is named who says so: these are the words of the text itself",
    "unnamed-source": "the source is not named",
    "source-from-pronoun": "the source is read from a pronoun and a name before it",
    "source-from-quote": "the source is read from who speaks around the quotation",
    "spoken-together": "several sources say this together: one claim for each of them",
    "no-number": "no number is printed: one person is described",
    "several-meant": "no number is printed: two or more are meant",
    "victims-from-before": "who they were is read from an earlier count",
    "harm-from-before": "what happened to them is read from an earlier statement",
    "harm-of-silence": "of which harm nothing is said is our reading",
    "two-harms": "one count for two harms",
    "part": "a part of another count",
    "on-top": "on top of an earlier count",
    "not-a-fact": "feared, presumed or said to be so, and not said as a fact",
    "told-again": "the same count stands before: it may be the same people",
    "target": "which statement is denied is our reading",
    "aspect": "what is denied of it (that it happened, the count, who did it) is our reading",
    "no-day": "no day is named near the count",
    "day-of-beginning": "the day is that on which it began",
    "unknown-noun": "the noun is not known to name people",
    "households": "households are counted, not people",
    "pronoun": "who it was is read from a pronoun",
    "named-person": "one person is named; the name is not copied",
    "old-date": "the date is long before the report: it may be background",
    "earlier-toll": "the text itself replaces this number",
    "denied": "a source denies this, and who claims it is not said",
    "definite": "people spoken of before, without a number",
}

HIDING: Final = frozenset(
    {
        Doubt.UNKNOWN_NOUN,
        Doubt.HOUSEHOLDS,
        Doubt.PRONOUN,
        Doubt.NAMED_PERSON,
        Doubt.OLD_DATE,
        Doubt.EARLIER_TOLL,
        Doubt.DENIED,
        Doubt.DEFINITE,
    }
)
"""Doubts for which a proposal is left out unless everything is asked for; those left out are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One statement that a text seems to make.

    It is no claim: nothing follows from it until a person accepts it.
    No name of a victim is ever in it but in the words of the sentence.

    Attributes:
        harm: What is said to have happened; several words for one count of several harms.
        stance: States a figure, denies, or is silent.
        figure: The figure as `parse_figure` reads its words; ``None`` for a denial or a silence.
        words: The words of the count, denial or silence as printed.
        count: The words that were read as the figure; empty for a denial or a silence.
        interval: What the figure's interval is, where the words name one: then it is an estimate.
        level: The level of that interval in percent.
        victims: The words for those who are counted, without names.
        facets: What those words say of them: status, role, nationality, age, sex.
        inferred: Facets that are not printed here but read from elsewhere.
        source: Who says so, as printed; empty where the text itself does.
        relays: Who passed it on.
        modality: How the source puts it.
        silence: In what way it is silent.
        aspect: What is denied of the statement that is denied.
        target: The place in the draft of the statement that is denied; ``None`` where none is meant or known.
        part_of: The place in the draft of the count of which this one is a part.
        again: The place in the draft of an equal count that stands before.
        perpetrator: Who is said to have done it, as printed.
        since: The first day that is counted, where it is named.
        until: The last day that is counted, where it is named.
        stated: The day on which the source said so, where it is named.
        sentence: The sentence in which it stands.
        spans: Where its parts stand in the text: first character, and the one behind the last.
        unsure: What is unsure of it.

    Examples:
        >>> import casualties as cs
        >>> proposal, = cs.draft("More than 80 fighters were killed, the defence ministry said.")
        >>> proposal.words, str(proposal.figure), proposal.source
        ('More than 80', '81 or more', 'the defence ministry')
        >>> proposal.spans["figure"], [str(doubt) for doubt in proposal.unsure]
        ((0, 12), ['no-day'])
    """

    harm: tuple[str, ...]
    stance: Stance
    figure: Figure | None
    words: str
    count: str = ""
    interval: IntervalKind | None = None
    level: str | None = None
    victims: str = ""
    facets: Mapping[str, str]
    inferred: tuple[str, ...] = ()
    source: str = ""
    relays: tuple[str, ...] = ()
    modality: Modality | None = None
    silence: Silence | None = None
    aspect: Aspect | None = None
    target: int | None = None
    part_of: int | None = None
    again: int | None = None
    perpetrator: str = ""
    since: PartialDate | None = None
    until: PartialDate | None = None
    stated: PartialDate | None = None
    sentence: str = ""
    spans: Mapping[str, tuple[int, int]]
    unsure: tuple[Doubt, ...] = ()

    @property
    def hidden(self) -> bool:
        """Whether it is left out of a draft unless everything is asked for.

        Examples:
            >>> import casualties as cs
            >>> [each.hidden for each in cs.draft("He died instantly.", everything=True)]
            [True]
        """
        return not HIDING.isdisjoint(self.unsure)

    @property
    def place(self) -> tuple[int, int]:
        """Where its words stand in the text.

        Examples:
            >>> import casualties as cs
            >>> text = "Three soldiers were killed."
            >>> start, end = cs.draft(text)[0].place
            >>> text[start:end]
            'Three'
        """
        return self.spans.get("figure") or self.spans.get("stance") or self.spans["harm"]
