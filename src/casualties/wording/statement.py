"""What words state of a count: the whole with its parts, who is counted, what happened, when, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from casualties._text import Fielded
from casualties.model.claim import Modality, Silence
from casualties.model.figure import Figure
from casualties.model.period import PartialDate
from casualties.model.vocabulary import Status

__all__ = ["Interval", "Share", "Statement"]


@dataclass(frozen=True, slots=True)
class Interval:
    """The interval of an estimate: what a study allows at a level, and no range of possible counts.

    Attributes:
        low: Its lower end.
        high: Its upper end.
        level: The share of cases that it is meant to hold, such as 19/20; ``None`` where none is said.
        kind: ``confidence`` or ``credible``.

    Examples:
        >>> from casualties.wording import parse_statement
        >>> parse_statement("4,645 (95% CI 793 to 8,498)").interval
        Interval(low=793, high=8498, level=Fraction(19, 20), kind='confidence')
    """

    low: int
    high: int
    level: Fraction | None = None
    kind: str = "confidence"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole that is said as a percentage: no count.

    Attributes:
        percent: The percentage, with its ends.
        of: Of what, as printed; empty where it is not said.

    Examples:
        >>> from casualties.wording import parse_statement
        >>> share = parse_statement("nearly 70 percent of the dead").share
        >>> print(share.percent, "% of", share.of)
        60–69 (floor assumed) % of the dead
    """

    percent: Figure
    of: str = ""


@dataclass(frozen=True, slots=True)
class Statement(Fielded):
    """One statement of a count, with everything that its words say beside the number.

    A statement of several counts without a whole ("12 killed, 30 wounded") has parts and no figure.

    Attributes:
        words: The words, as they stand.
        figure: What the words say of the number; ``None`` where they say none, or say several without a whole.
        silence: The kind of silence, where the words state one.
        number: The words of the number or of silence, with what stands directly beside them and bounds them.
        label: The words before the number that name what is counted, such as a party; empty where there are none.
        counted: The words for those who are counted: "Syrian mercenaries"; empty where there are none.
        status: Whether they fought, where a noun says so.
        harms: What happened to them, as keys of harms, sorted; several are one count of the larger set.
        modality: How sure the words are: alleged, confirmed, preliminary, reported or estimated; ``None`` if unsaid.
        said_by: Who says so, as printed; empty where nobody is named.
        dated: The dates, as printed; empty where there are none.
        since: The first day counted, where the words give it with a year.
        until: The last day counted, likewise.
        as_of: The day for which the count holds, likewise.
        interval: The interval of an estimate.
        share: A percentage in place of a count.
        circumstances: Phrases of place, time and cause, as printed.
        remarks: Other remarks, as printed.
        parts: Counts within the whole, or side by side where there is no whole.

    Examples:
        >>> from casualties.wording import parse_statement
        >>> total = parse_statement("1,842 total (US 206; CS 1,636)")
        >>> print(total.figure, [(part.label, str(part.figure)) for part in total.parts])
        1,842 [('US', '206'), ('CS', '1,636')]
        >>> toll = parse_statement("at least 541 Syrian mercenaries killed (as of 21 Sep 2022; per SOHR)")
        >>> print(toll.figure, toll.counted, toll.status, toll.harms, toll.as_of, toll.said_by, sep=" | ")
        541 or more | Syrian mercenaries | combatant | ('killed',) | 2022-09-21 | SOHR
    """

    words: str
    figure: Figure | None = None
    silence: Silence | None = None
    number: str = ""
    label: str = ""
    counted: str = ""
    status: Status | None = None
    harms: tuple[str, ...] = ()
    modality: Modality | None = None
    said_by: str = ""
    dated: str = ""
    since: PartialDate | None = None
    until: PartialDate | None = None
    as_of: PartialDate | None = None
    interval: Interval | None = None
    share: Share | None = None
    circumstances: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    parts: tuple[Statement, ...] = ()
