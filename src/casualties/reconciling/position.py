"""Where one source stands on one subject on a day, and the earlier claims that this replaced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from casualties._text import Fielded
from casualties.errors import UnreadableFigureError
from casualties.model.claim import Claim, Stance
from casualties.model.figure import Figure
from casualties.model.period import PartialDate
from casualties.model.report import Citation
from casualties.model.source import Sources
from casualties.model.subject import Subject
from casualties.model.vocabulary import Vocabulary
from casualties.wording import parse_figure
from casualties.wording.lexicons import Lexicon

__all__ = [
    "DIFFERING",
    "Fate",
    "Flag",
    "Interest",
    "Position",
    "interest",
    "position_key",
    "read_at_source",
    "reread",
    "said",
    "through_different_hands",
]


class Fate(StrEnum):
    """What became of a claim when its subject was reconciled; every claim has exactly one."""

    STANDS = "stands"
    """Its source stands by it; several that say the same all stand. Example: the last toll of a ministry."""
    REPLACED = "replaced"
    """Its source said something newer, or replaced it by name. Example: Monday's 11, after Tuesday's 15 by the same
    ministry.
    """
    WITHDRAWN = "withdrawn"
    """Its source took it back. Example: a toll that the ministry retracted."""
    COPY = "copy"
    """It rests on another claim that is at hand. Example: a newspaper's 80 that quotes the ministry's 80."""
    VERSION = "version"
    """One of several forms of one statement that nothing tells apart; the figure is made of all. Example: the same
    briefing, passed on as 80 and as 85.
    """
    MISRELAYED = "misrelayed"
    """The ledger marks it as a false relay of another claim. Example: 80 wounded, passed on as 80 dead."""
    UNDATED = "undated"
    """Nothing dates it, and its source has a dated claim. Example: a figure on a page without a date."""
    PROJECTED = "projected"
    """It says what will be. Example: "up to 500 may die"."""
    LATER = "later than the day"
    """It counts days after the one asked about. Example: a toll to 9 November, asked as of 1 October."""


class Flag(StrEnum):
    """What a reader must know of how a figure came about."""

    RELAYED_DIFFERENTLY = "relayed differently"
    """Secondary sources passed one statement on with different figures. Example: one briefing, 80 in one paper and 85
    in the other.
    """
    CONTRADICTS_ITSELF = "contradicts itself"
    """The source said what cannot all be true, and nothing tells which was last. Example: 11 and 15 by one ministry on
    one day.
    """
    DIVIDED = "divided"
    """Organs of one source cannot both be right. Example: the prime minister's 2,425 and the ministry's 1,383."""
    REVISED_DOWN = "revised down"
    """The source fell below what it had said before. Example: 471, and 342 a week later."""
    OVERTAKEN_BY_OWN_COUNT = "overtaken by its own count"
    """Its own later count of people whom it listed is higher than its whole. Example: 100, and later 120 names."""
    CIRCLE = "circle of copies"
    """Claims rest on one another in a circle, so that nobody is their root. Example: two sites that each name the
    other.
    """
    JOINT = "joint statement"
    """Several sources made one statement together, read in one report. Example: "both ministries say that 12 died".
    """


DIFFERING: Final = frozenset({Flag.RELAYED_DIFFERENTLY, Flag.CONTRADICTS_ITSELF, Flag.DIVIDED})
"""Flags of figures that have several versions."""


class Interest(StrEnum):
    """Whose dead a source counts."""

    OWN_SIDE = "own side"
    """It counts people of its own side. Example: a ministry on its own soldiers."""
    OPPONENT = "opponent"
    """It counts people of a side that it opposes. Example: a ministry on the enemy's soldiers."""
    THIRD_PARTY = "third party"
    """It has no side. Example: the Red Cross on anybody."""
    NOT_KNOWN = "not known"
    """The ledger does not say whose side it, or whose side the counted, are on. Example: "reports say" on anybody."""


@dataclass(frozen=True, slots=True)
class Position(Fielded):
    """Where one source stands on one subject.

    Attributes:
        source: The source's key.
        figure: The count it stands by on its last day; 0 for a denial of the occurrence.  Counts that somebody listed,
            verified or buried raise its lower end.
        until: The last day counted; ``None`` where nothing dates it.
        assumed_day: Whether that day was taken from when it was said or printed.
        claims: The claims on which the position rests.
        versions: All versions of it, where the order of claims does not tell apart several whose ends differ.
        replaced: The source's earlier claims that these replaced.
        flags: What a reader must know of it.
        interest: Whose dead the source counts.
        roots: On whose word it rests; see `casualties.reconciling.independence.Origin`.
        rests: Whether that is the word of others, and not the source's own.
        revised_from: The highest number named as a floor by a claim that it replaced and fell below.
        earlier: An upper end that holds for an earlier day than ``until``, with that day, where a count of a later day
            says more.

    Examples:
        >>> import casualties as cs
        >>> for finding in cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).about(status="civilian"):
        ...     print(finding.positions[0].source, finding.positions[0].figure)
        azerbaijan 11 or more
    """

    source: str
    figure: Figure
    until: PartialDate | None
    assumed_day: bool
    claims: tuple[Claim, ...]
    versions: tuple[Claim, ...] = ()
    replaced: tuple[Claim, ...] = ()
    flags: tuple[Flag, ...] = ()
    interest: Interest = Interest.NOT_KNOWN
    roots: tuple[tuple[str, str], ...] = ()
    rests: bool = False
    revised_from: int | None = None
    earlier: tuple[int, PartialDate] | None = None

    def __repr__(self) -> str:
        return f"<Position of {self.source}: {self.figure}{f' to {self.until}' if self.until else ''}>"

    @property
    def denies(self) -> bool:
        """Whether the position is that it did not happen."""
        return all(claim.stance is Stance.DENIES for claim in self.claims)


def said(claim: Claim) -> PartialDate | None:
    """Give when a claim was stated; where only a printing date is known it may have been at any time up to that.

    Examples:
        >>> import casualties as cs
        >>> {str(said(claim)) for claim in cs.seeds.load("nagorno-karabakh-2020-09-30")}
        {'2020-09-30'}
    """
    if claim.stated or claim.published is None:
        return claim.stated
    return PartialDate(date.min, claim.published.latest)


def read_at_source(claim: Claim, sources: Sources) -> bool:
    """Tell whether a claim was read in a report that its own source published, without relays.

    Examples:
        >>> from casualties.model.claim import Claim
        >>> from casualties.model.report import Citation, Report
        >>> from casualties.model.source import Source, Sources
        >>> from casualties.model.subject import Subject
        >>> site = Citation(report=Report(publisher="Prosecutor General"))
        >>> claim = Claim(source="gp", subject=Subject(harm=["killed"]), stance="silent", citations=[site])
        >>> read_at_source(claim, Sources([Source(key="gp", names=["Prosecutor General"])]))
        True
    """
    return any(_at_source(citation, claim.source, sources) for citation in claim.citations)


def reread(claim: Claim, convention: Lexicon) -> Figure | None:
    """Read the words of all citations of a claim anew; those that the lexicon cannot read leave the figure as it was.

    Examples:
        >>> import casualties as cs
        >>> from casualties.wording import lexicons
        >>> claims = cs.seeds.load("nagorno-karabakh-2020-09-30").by("artsakh-mod")
        >>> [str(reread(claim, lexicons.load("as-worded"))) for claim in claims]
        ['81 or more']
    """
    readings = []
    for words in {citation.words for citation in claim.citations if citation.words}:
        try:
            readings.append(parse_figure(words, convention))
        except UnreadableFigureError:
            continue
    stated = [figure for figure in readings if figure is not None]
    return Figure.hull(stated) if stated else (None if readings else claim.figure)


def _at_source(citation: Citation, source: str, sources: Sources) -> bool:
    report = citation.report
    if report is None or citation.relays:
        return False
    return (report.publisher or "").casefold() in sources.folded_names(source)


def _hands(claim: Claim, sources: Sources) -> set[tuple[object, ...]]:
    """Give for each reading of a claim the report and the relays through which it came; none at the source itself."""
    return {
        ()
        if _at_source(citation, claim.source, sources)
        else (citation.report and citation.report.identity, tuple(relay.name for relay in citation.relays))
        for citation in claim.citations
    }


def through_different_hands(versions: Iterable[Claim], sources: Sources) -> bool:
    """Tell whether no two versions were read in the same report through the same relays.

    Examples:
        >>> through_different_hands([], Sources())
        True
    """
    seen: set[object] = set()
    for claim in versions:
        hands = _hands(claim, sources)
        if not hands or seen & hands:
            return False
        seen |= hands
    return True


def interest(source: str, topic: Subject, sources: Sources, words: Vocabulary) -> Interest:
    """Tell whose dead a source counts on a subject, by its side and the side that is stated for the victims.

    A source of a side that is neither theirs nor declared against it has an interest that is not known.

    Examples:
        >>> from casualties.model.source import Source, Sources
        >>> from casualties.model.subject import Subject
        >>> from casualties.model.vocabulary import Vocabulary
        >>> ministry = Sources([Source(key="mod", side="armenian")])
        >>> print(interest("mod", Subject(harm=["killed"], side="armenian"), ministry, Vocabulary()))
        own side
    """
    side = sources.side(source)
    if sources.unattributed(source):
        return Interest.NOT_KNOWN
    if side is None:
        return Interest.THIRD_PARTY
    if topic.side is None:
        return Interest.NOT_KNOWN
    if words.inside("side", side, topic.side) or words.inside("side", topic.side, side):
        return Interest.OWN_SIDE
    return Interest.OPPONENT if words.opposed(side, topic.side) else Interest.NOT_KNOWN


def position_key(position: Position) -> tuple[object, ...]:
    """The order in which positions are listed: by count, then source, then day and claims."""
    figure = position.figure
    return (
        figure.low,
        figure.high is None,
        figure.high or 0,
        position.source,
        position.until.sort_key if position.until else (),
        tuple(claim.id for claim in position.claims),
    )
