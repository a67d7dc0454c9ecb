"""One statement: a source, a subject, a stance, and where it was read."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import Annotated, Any, Final, Self

from pydantic import BeforeValidator, StringConstraints

from casualties._text import table_of
from casualties.errors import ModelError
from casualties.model.assessment import Assessment
from casualties.model.estimate import EstimateMethod, IntervalKind, IntervalLevel
from casualties.model.facet import FACETS, check_word
from casualties.model.figure import Figure
from casualties.model.period import DateField, PartialDate
from casualties.model.record import Key, Keys, Record, Text, Texts, sorted_set
from casualties.model.report import Citation
from casualties.model.subject import Subject

__all__ = [
    "IDENTITY",
    "Aspect",
    "Assessment",
    "Claim",
    "ClaimId",
    "EstimateMethod",
    "IntervalKind",
    "Link",
    "Modality",
    "Silence",
    "Stance",
]

IDENTITY_VERSION: Final = "c1"
"""The version of the rule by which the content of a claim becomes its identity."""

IDENTITY: Final = re.compile(r"c[0-9]+-[0-9a-f]{20}")
"""How the identity of a claim is written, of this version and of others."""

ClaimId = Annotated[str, StringConstraints(pattern=f"^{IDENTITY.pattern}$")]
"""The identity of a claim: a version and a digest of its content."""


SETS: Final = ("citations", "assessments", "based_on", "misrelays", "present", "notes", "extra")
"""The fields of a claim that are no part of its identity, and are joined where one claim is recorded twice."""

_REPR: Final = 240
"""How much of a claim is shown where it is not printed."""

ONLY: Final = ("perpetrator",)
"""The facets that describe a claim, and narrow its count only where the claim says so."""


class Stance(StrEnum):
    """What a source does in a claim."""

    STATES = "states"
    """The source gives a figure. Example: "11 civilians were killed"."""
    DENIES = "denies"
    """The source denies another claim. Example: "Turkey denies that its aircraft shot it down"."""
    WITHDRAWS = "withdraws"
    """The source takes a claim of its own back. Example: "the ministry retracted its toll"."""
    SILENT = "silent"
    """The source gives no figure, which never means zero. Example: "Azerbaijan does not disclose military losses"."""
    UNVERIFIED = "unverified"
    """The source could not verify another claim: no denial. Example: "Reuters could not verify the figure"."""

    @property
    def does(self) -> str:
        """What a claim of this stance does, as a sentence says it.

        Examples:
            >>> print(f"a claim that {Stance.UNVERIFIED.does}")
            a claim that could not verify
        """
        return {"silent": "is silent", "unverified": "could not verify"}.get(self.value, self.value)


class Silence(StrEnum):
    """In what way a source states no figure; it never means zero."""

    NOT_MENTIONED = "not-mentioned"
    """The report speaks of the event and not of these people. Example: a word on the wounded, none on the dead."""
    WITHHELD = "withheld"
    """The source declines to say. Example: "the ministry does not disclose its losses"."""
    BEING_DETERMINED = "being-determined"
    """The source says that it is still counting. Example: "the toll is being established"."""
    UNKNOWN = "unknown"
    """The source says that it does not know. Example: "the number of victims is not known"."""


class Aspect(StrEnum):
    """What exactly is denied: that it happened, the count, who did it, or what the victims were."""

    OCCURRENCE = "occurrence"
    """That it happened at all; only this denial is about how many. Example: "no soldier of ours was killed"."""
    FIGURE = "figure"
    """The count, while nothing is said of the event. Example: "the number is false"."""
    RESPONSIBILITY = "responsibility"
    """Who did it. Example: "our army did not strike the hospital"."""
    STATUS = "status"
    """What the victims were. Example: "those killed were fighters, no civilians"."""


class Modality(StrEnum):
    """How the source puts its statement."""

    CONFIRMED = "confirmed"
    """The source stands by it as a fact. Example: "the ministry confirmed 80 deaths"."""
    REPORTED = "reported"
    """The source says it without a word on how sure it is. Example: "11 civilians were killed"."""
    ESTIMATED = "estimated"
    """The source says that it estimates; counted or worked out is told by the method. Example: "officials estimate some
    300 dead".
    """
    PRELIMINARY = "preliminary"
    """A first count that is to be followed by another. Example: "according to preliminary data, 12 died"."""
    DERIVED = "derived"
    """Worked out from other claims, such as a share or a difference. Example: "nearly 70 per cent of them", of a count
    of 1,000.
    """
    PROJECTED = "projected"
    """What will be, or would be; it takes no position. Example: "up to 500 may die this winter"."""
    ALLEGED = "alleged"
    """The source puts it as a charge against somebody. Example: "Armenia says Turkey shot down its aircraft"."""


class Link(Record):
    """What the ledger says of one claim's relation to another.

    Attributes:
        claim: The identity of the other claim, which need not be at hand.
        noted: Since when the relation is known; ``None`` for always.
        share: The words of the share of the other claim's figure that this one states, such as *nearly 70 percent*.

    Examples:
        >>> from casualties.model.claim import Link
        >>> Link(claim="c1-0123456789abcdef0123").claim
        'c1-0123456789abcdef0123'
    """

    claim: ClaimId
    noted: DateField | None = None
    share: Text | None = None

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """A total order by content, for listings.

        Examples:
            >>> Link(claim="c1-0123456789abcdef0123").sort_key
            ('c1-0123456789abcdef0123', (), '')
        """
        return (self.claim, self.noted.sort_key if self.noted else (), self.share or "")


def _no_words(value: object) -> object:
    """Refuse the words of a count, which are read above the model."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        raise ModelError(
            f"{value!r} is no Figure",
            "not-a-figure",
            f"casualties.claim reads words: cs.claim(source, killed={value!r}); or give cs.Figure.exactly(…)",
        )
    return value


def _by_content(record: Any) -> Any:  # noqa: ANN401 - any record with a sort key
    return record.sort_key


class Claim(Record):
    """One source, one subject, one stance.

    A claim is identified by its content: every field but ``citations``, ``assessments``, ``based_on``, ``misrelays``,
    ``present``, ``notes`` and ``extra``, which are sets and grow when ledgers merge.

    Attributes:
        source: Who says it, a key of the ledger's sources.
        subject: What is counted, with the days that it covers.
        stance: States a figure, denies, withdraws, could not verify, or is silent.
        figure: The figure stated, of an estimate its interval; ``None`` for every other stance, never zero.
        silence: In what way the source is silent; ``None`` for every other stance.
        aspect: What is denied; ``None`` where the denial does not say.
        target: The identity of the claim denied, withdrawn or not verified; ``None`` for a denial that names no claim.
        replaces: Identities of the source's own earlier claims that this one replaces.
        modality: How the source puts it; ``None`` where nobody says.
        method: How the number was arrived at where nobody counted; ``None`` for a count.
        interval: What the figure's interval is; ``None`` where it is none, or its source does not name it.
        level: The level of that interval in percent, as text: ``95``.
        only: Facets by which the source breaks a count down: of the dead, those killed *by this perpetrator*. Without
            it a perpetrator is an accusation and narrows nothing.
        stated: When the source said it; ``None`` where unknown.
        our_reading: Facets that the words do not print and the recorder read into them.
        alleged: Facets, with their words, that the source alleges; they take no part in inside and apart.
        all: Facets left out of the subject that the source means whole, such as all sides.
        citations: Where it was read.
        assessments: Who graded it, and how.
        based_on: Claims on which it rests: a newspaper that quotes a ministry adds no voice.
        misrelays: Claims of which this one is a false relay.
        present: How many people the source says were there: a denominator, and no count of the harmed.
        notes: What else should stay with the claim.
        extra: Columns of the table in which it was read, as names and texts, such as its publisher's ids.

    Raises:
        ModelError: If the stance and the other fields do not go together.

    Examples:
        >>> import casualties as cs
        >>> from casualties.model.claim import Claim
        >>> from casualties.model.subject import Subject
        >>> fighters = Subject(harm=["killed"], side="armenian", status="combatant")
        >>> claim = Claim(source="artsakh-mod", subject=fighters, figure=cs.Figure.at_least(81))
        >>> claim.id[:3], str(claim.figure)
        ('c1-', '81 or more')
    """

    source: Key
    subject: Subject
    stance: Stance = Stance.STATES
    figure: Annotated[Figure | None, BeforeValidator(_no_words)] = None
    silence: Silence | None = None
    aspect: Aspect | None = None
    target: ClaimId | None = None
    replaces: Annotated[tuple[ClaimId, ...], sorted_set()] = ()
    modality: Modality | None = None
    method: EstimateMethod | None = None
    interval: IntervalKind | None = None
    level: IntervalLevel | None = None
    only: Keys = ()
    stated: DateField | None = None
    our_reading: Keys = ()
    alleged: Annotated[tuple[tuple[Key, Key], ...], sorted_set()] = ()
    all: Keys = ()
    citations: Annotated[tuple[Citation, ...], sorted_set(_by_content)] = ()
    assessments: Annotated[tuple[Assessment, ...], sorted_set(_by_content)] = ()
    based_on: Annotated[tuple[Link, ...], sorted_set(_by_content)] = ()
    misrelays: Annotated[tuple[Link, ...], sorted_set(_by_content)] = ()
    present: Texts = ()
    notes: Texts = ()
    extra: Annotated[tuple[tuple[Key, Text], ...], sorted_set()] = ()

    def model_post_init(self, _context: object, /) -> None:
        """Check that the stance and the other fields go together."""
        plainly = self.stance is Stance.STATES and self.figure is not None
        odd = self.silence or self.aspect or self.target or self.interval or self.level or self.only
        for what, hint in () if plainly and not odd else self._wrongs():  # most state a figure, and no more
            raise ModelError(f"claim by {self.source!r} on {self.subject}: {what}", "stance", hint)
        alleged = tuple(facet for facet, _word in self.alleged)
        for name, facets in (("our_reading", self.our_reading), ("all", self.all), ("alleged", alleged)):
            if strange := [facet for facet in facets if facet not in (*FACETS, "harm", "period")]:
                what = f"{name} {strange[0]!r}: there is no facet of this name"
                raise ModelError(what, "unknown-facet", f"one of {', '.join(FACETS)}")
        for facet, word in self.alleged:
            check_word(facet, word)
        if strange := [name for name, _text in self.extra if "=" in name]:
            raise ModelError(f"extra {strange[0]!r}: a name has no =", "bad-name", "give the column another name")

    def _wrongs(self) -> Iterator[tuple[str, str]]:
        """Give what does not go together, each with what to do."""
        stance, figure = self.stance, self.figure
        does, leave = f"a claim that {stance.does}", "leave it out"
        states = stance is Stance.STATES
        if states and figure is None:
            yield "it states no figure", "give a figure, or the stance silent"
        if not states and figure is not None:
            yield f"{does} has no figure", leave
        if stance is not Stance.SILENT and self.silence is not None:
            yield f"{does} is not silent", leave
        if stance is not Stance.DENIES and self.aspect is not None:
            yield "only a denial has an aspect", leave
        if stance in (Stance.STATES, Stance.SILENT) and self.target is not None:
            yield f"{does} names no other claim", "leave the target out"
        if stance is Stance.WITHDRAWS and self.target is None:
            yield "a withdrawal names the claim that it withdraws", "name it"
        if not states and self.replaces:
            yield f"{does} replaces nothing", leave
        if stance is Stance.UNVERIFIED and self.target is None:
            yield "a claim that could not verify names the claim that it could not verify", "name it"
        if not states and self.is_estimate:
            yield f"{does} has no method and no interval", "leave them out"
        if (self.interval or self.level) and figure is not None and figure.high is None:
            yield (
                f"an interval of {figure} has no upper end",
                "give both ends of the interval, or leave interval and level out",
            )
        if any(facet not in ONLY or getattr(self.subject, facet) is None for facet in self.only):
            yield (
                f"only {', '.join(self.only)}: it breaks nothing down",
                "say only: [perpetrator], and give the perpetrator",
            )

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<Claim {self.id[:11]}: {str(self)[:_REPR].removesuffix('.')}>"

    def __str__(self) -> str:
        """Say in a sentence who says what of whom, by the keys of the ledger."""
        does: str = self.stance.does
        if self.figure is not None:
            does += f" {self.figure}"
        if self.aspect is not None:
            does += f" ({self.aspect})"
        stated = f", stated {self.stated}" if self.stated else ""
        return f"{self.source} {does}: {self.subject}{stated}."

    def _repr_html_(self) -> str:
        rows = [
            (name, _told(item))
            for name in type(self).model_fields
            if (value := getattr(self, name)) not in (None, ())
            for item in (value if isinstance(value, tuple) else (value,))
        ]
        return table_of(str(self), ("field", "value"), rows)

    @property
    def is_estimate(self) -> bool:
        """Whether the number was worked out from a survey, a model or expected deaths, or comes with an interval.

        An estimate stands beside the counts and is never one of them.

        Examples:
            >>> import casualties as cs
            >>> from casualties.model.subject import Subject
            >>> study = Claim(source="study", subject=Subject(harm=["killed"]), figure=cs.Figure(793, 8498, best=4645))
            >>> study.is_estimate, study.replacing(method="survey", interval="confidence", level="95").is_estimate
            (False, True)
        """
        return bool(self.method or self.interval or self.level)

    @cached_property
    def published(self) -> PartialDate | None:
        """The publication by which the claim was surely out first; ``None`` where no report that cites it is dated.

        Examples:
            >>> import casualties as cs
            >>> for claim in cs.seeds.load("nagorno-karabakh-2020-09-30").by("turkey"):
            ...     print(claim.published)
            2020-09-30
        """
        dates = [
            citation.report.published for citation in self.citations if citation.report and citation.report.published
        ]
        return min(dates, key=lambda date: (date.latest, date.sort_key), default=None)

    @property
    def known(self) -> PartialDate | None:
        """From when the claim is known: the date stated, else the earliest publication, else never (``None``).

        Examples:
            >>> from casualties.model.subject import Subject
            >>> print(Claim(source="a", subject=Subject(harm=["killed"]), stance="silent", stated="2020-09-30").known)
            2020-09-30
        """
        return self.stated or self.published

    @cached_property
    def day(self) -> PartialDate | None:
        """The last day that the claim counts, for reconciling only; no part of its identity.

        Where the words give none it is the day stated, else that of the earliest publication: see `day_assumed`.
        ``None`` where nothing dates the claim.

        Examples:
            >>> from casualties.model.subject import Subject
            >>> print(Claim(source="a", subject=Subject(harm=["killed"]), stance="silent", stated="2020-09-30").day)
            2020-09-30
        """
        if self.subject.until is not None:
            return self.subject.until
        return self.known.date_only if self.known else None

    @property
    def day_assumed(self) -> bool:
        """Whether the last day that the claim counts was taken from when it was said or printed.

        Examples:
            >>> from casualties.model.subject import Subject
            >>> Claim(source="a", subject=Subject(harm=["killed"]), stance="silent", stated="2020").day_assumed
            True
        """
        return self.subject.until is None and self.known is not None

    def content(self) -> dict[str, Any]:
        """Give what the identity is made from, as plain values; what is absent is left out.

        Examples:
            >>> from casualties.model.subject import Subject
            >>> Claim(source="azerbaijan", subject=Subject(harm=["killed"]), stance="silent").content()
            {'source': 'azerbaijan', 'subject': {'harm': ['killed']}, 'stance': 'silent'}
        """
        fields: dict[str, Any] = {"source": self.source, "subject": _plain(self.subject)}
        fields["stance"] = str(self.stance)
        if self.figure is not None:
            fields["figure"] = _plain_figure(self.figure)
        for name in ("silence", "aspect", "target", "modality", "method", "interval", "level", "stated"):
            value = getattr(self, name)
            if value is not None:
                fields[name] = str(value)
        for name in ("replaces", "our_reading", "all", "only"):
            if value := getattr(self, name):
                fields[name] = list(value)
        if self.alleged:
            fields["alleged"] = [list(pair) for pair in self.alleged]
        return fields

    @cached_property
    def id(self) -> str:
        """The identity: ``c1-`` and the first 20 hexadecimal digits of the SHA-256 of the content.

        The content is written as JSON with sorted keys, without spaces, in UTF-8.
        Facets that are absent are left out, so that a facet added to the model later changes no identity.

        Examples:
            >>> from casualties.model.subject import Subject
            >>> Claim(source="azerbaijan", subject=Subject(harm=["killed"]), stance="silent").id
            'c1-52e0825aa4910b827e8d'
        """
        return f"{IDENTITY_VERSION}-{hashlib.sha256(_encode(self.content()).encode()).hexdigest()[:20]}"

    def merged(self, *others: Self) -> Self:
        """Join records of one claim: the citations, gradings and links of all.

        Raises:
            ModelError: If they are not the same claim.

        Examples:
            >>> from casualties.model.report import Citation
            >>> from casualties.model.subject import Subject
            >>> claim = Claim(source="azerbaijan", subject=Subject(harm=["killed"]), stance="silent")
            >>> read_twice = claim.replacing(citations=[Citation(locator="p. 1")])
            >>> len(claim.merged(read_twice).citations)
            1
        """
        records = [self, *(other for other in others if other is not self and other != self)]
        if len(records) == 1:
            return self
        content = self.content()
        for other in records[1:]:
            if other.content() != content:
                raise ModelError(f"claims {self.id} and {other.id}: they are not the same claim", "not-the-same")
        return self.replacing(**{name: tuple(chain(*(getattr(record, name) for record in records))) for name in SETS})

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """The canonical order of claims: by subject, source, date stated, figure and identity.

        Examples:
            >>> from casualties.model.subject import Subject
            >>> claims = [Claim(source=each, subject=Subject(harm=["killed"]), stance="silent") for each in "ba"]
            >>> min(claims, key=lambda claim: claim.sort_key).source
            'a'
        """
        figure = (self.figure.low, self.figure.high is None, self.figure.high or 0) if self.figure is not None else ()
        return (self.subject.key, self.source, self.stated.sort_key if self.stated else (), figure, self.id)


_encode: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def _plain(subject: Subject) -> dict[str, Any]:
    shown: dict[str, Any] = {"harm": list(subject.harm)}
    for name in (*FACETS, "since", "until"):
        value: PartialDate | str | None = getattr(subject, name)
        if value is not None:
            shown[name] = str(value)
    for name, words in (("with", subject.with_), ("without", subject.without)):
        if words:
            shown[name] = list(words)
    return shown


def _plain_figure(figure: Figure) -> dict[str, Any]:
    ends = {"low": figure.low, "high": figure.high, "best": figure.best}
    shown: dict[str, Any] = {name: end for name, end in ends.items() if end is not None}
    if figure.assumed:
        shown["assumed"] = sorted(str(end) for end in figure.assumed)
    return shown


def _told(value: object) -> str:
    """Write a field as a notebook shows it: a facet with its word, a citation by what it names."""
    if isinstance(value, tuple):
        return ": ".join(map(str, value))
    if isinstance(value, Citation):
        report = value.report
        named = () if report is None else (report.publisher, report.title, report.published, report.address)
        words = f"“{value.words}”" if value.words else None
        return ", ".join(str(part) for part in (*named, value.locator, words) if part)
    return str(value)
