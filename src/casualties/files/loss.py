"""What a format keeps of a ledger, part by part, and what it therefore leaves out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from casualties.errors import MissingExtraError
from casualties.model.claim import Stance
from casualties.model.subject import FACETS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from casualties.files.disk import Readable
    from casualties.model.claim import Claim
    from casualties.model.ledger import Ledger
    from casualties.model.report import Citation
    from casualties.results import Reconciliation

__all__ = [
    "EXACTLY",
    "Fidelity",
    "Format",
    "Grade",
    "LeftOut",
    "Part",
    "described_relays",
    "described_sources",
    "extra",
    "left_out",
    "related_terms",
    "shown",
    "web_address",
]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that a format could not carry.

    Attributes:
        part: What it is, such as assessments.
        count: How many there are.
        why: Why the format does not carry it.
        beside: The file beside, in which it stands all the same; ``None`` where it stands nowhere.

    Examples:
        >>> from casualties.files import LeftOut
        >>> print(LeftOut("assessments", 2, "a row is one claim read in one report"))
        2 assessments are left out: a row is one claim read in one report
    """

    part: str
    count: int
    why: str
    beside: Path | None = None

    def __str__(self) -> str:
        fate = "left out" if self.beside is None else f"written to {self.beside.name}"
        what = f"1 of the {self.part} is" if self.count == 1 else f"{self.count:,} {self.part} are"
        return f"{what} {fate}: {self.why}"


@dataclass(frozen=True, slots=True)
class Format:
    """A file format; other packages offer theirs under the entry point group ``casualties.files``.

    Attributes:
        name: What it is called where the name of a file does not say it.
        suffixes: The endings of its files, in small letters with their dot; the longest that fits decides.
        read: Reads a ledger from a path or an open file, and raises ``LedgerFileError`` with every problem; ``None``
            where the format is only written.
        write: Writes to a path or an open file, whole or not at all, and returns what it left out.  Takes what is
            written, the target, and options by name.
        keeps: How well it keeps each part of a ledger; empty where the format does not say.
        reconciles: Whether it writes what claims say together, a reconciliation, and no ledger.

    Examples:
        >>> from casualties.files import Format, json
        >>> json.FORMAT.suffixes
        ('.json',)
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Readable], Ledger] | None
    write: Callable[..., tuple[LeftOut, ...]]
    keeps: Mapping[Part, Fidelity] = field(default_factory=dict)
    reconciles: bool = False


_WEB: Final = re.compile(r"https?://[^\s/]")
_SAFE: Final = ":/?#@!$&()*+,;=%~-._"


def web_address(address: str | None) -> str | None:
    """Give the address of a page on the web, with every sign that some notation acts on as its escape; else ``None``.

    Examples:
        >>> web_address("https://example.org/a|b]]'' x"), web_address("javascript:alert(1)")
        ('https://example.org/a%7Cb%5D%5D%27%27%20x', None)
    """
    return quote(address, safe=_SAFE) if address and _WEB.match(address) else None


def extra(module: str, part: str, name: str) -> Any:  # noqa: ANN401 - a module of another package, which may have no types
    """Load a module of an optional package.

    Args:
        module: The module.
        part: What needs it.
        name: The extra of this library that brings it.

    Raises:
        MissingExtraError: If it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtraError(f"casualties.files.{part}", module.partition(".")[0], name) from error


class Part(StrEnum):
    """The parts of a ledger, as the tables of the formats name them."""

    FIGURES = "figures"
    """The counts with their two ends. Example: 80 or more."""
    ASSUMED = "assumed ends"
    """Which ends rest on a convention. Example: the 70 in *about 60*, read as 50–70."""
    BEST = "best numbers"
    """The best number inside a range. Example: 55 in *55 (48 to 80)*."""
    SILENCES = "silences"
    """Claims that give no figure. Example: Azerbaijan on its soldiers."""
    DENIALS = "denials"
    """Claims against other claims. Example: Turkey denies responsibility."""
    WITHDRAWALS = "withdrawals"
    """Claims that take others back. Example: a retracted toll."""
    UNVERIFIED = "marks that a claim could not be verified"
    """Claims that somebody could not verify. Example: "Reuters could not verify the figure"."""
    REPLACEMENTS = "claims that replace others by name"
    """Which claim replaces which by name. Example: a correction of Monday's toll."""
    FACETS = "facets of what is counted"
    """What narrows the people counted. Example: side, status, age group, place."""
    PERIODS = "periods"
    """From which day to which people are counted. Example: 27 to 30 September 2020."""
    READINGS = "facets that are our reading, alleged, meant whole or broken down by"
    """What the person concluded who entered the claim, and what marks a facet. Example: the side, which the words do
    not print.
    """
    MODALITIES = "modalities"
    """How the source puts it. Example: preliminary."""
    ESTIMATES = "methods, intervals and levels of estimates"
    """How an estimate was made and what its interval is. Example: survey, 95 % confidence."""
    STATED = "dates stated"
    """When the source said it. Example: 30 September 2020."""
    WORDS = "words as printed"
    """The words as printed. Example: "more than 80"."""
    RELAYS = "relays"
    """Through which secondary sources it came. Example: the ministry, by Reuters."""
    LOCATORS = "locators"
    """The place in the report. Example: page 4, third paragraph."""
    REPORTS = "reports"
    """The documents in which claims were read. Example: The New Arab, 30 September 2020."""
    UNCITED = "reports that no claim cites"
    """Documents without a claim. Example: an article that was read and holds no count."""
    SOURCES = "sources that speak, with kind and side"
    """Who speaks, of what kind and side. Example: a ministry, a party to the conflict."""
    TREES = "sources with aliases or a place in a tree, or without claims"
    """Other names of sources, and under whom they stand. Example: an army under its government."""
    TERMS = "declared words"
    """Words that the ledger declares. Example: `pilot`, which implies *combatant*."""
    TOTALS = "totals"
    """Which whole is the sum of which parts. Example: all dead, as combatants and civilians."""
    UNREAD = "cells not read"
    """Cells that were taken for no claim. Example: a cell with a note."""
    APART = "facets declared apart"
    """Facets of which two words share nobody. Example: age: child and adult."""
    TIMEZONE = "time zones"
    """By which clock days are told. Example: Asia/Yerevan."""
    TITLES = "titles"
    """The title of the ledger. Example: Nagorno-Karabakh, the first four days."""
    ASSESSMENTS = "assessments"
    """Gradings of claims, with the name of the grader. Example: B2 by an analyst."""
    LINKS = "links between claims"
    """What else one claim has to do with another. Example: *based on*, *misrelays*."""
    IDENTIFICATIONS = "identifications of events"
    """Who says that events are the same. Example: a reviewer on two reports of one strike."""
    NOTES = "notes, extra columns, and how many people were there"
    """Remarks, columns of a table that were kept, and how many people were there. Example: "200 were in the market"."""


class Grade(StrEnum):
    """How well a format keeps a part.

    *Exact*: it can be taken back as it was.  *Close*: it says the same in another form.  *Lossy*: some of it is left
    out.  *Cannot be said*: the format has no place for it.
    """

    EXACT = "exact"
    """It can be taken back as it was. Example: figures in JSON."""
    CLOSE = "close"
    """It says the same in another form. Example: a period as two cells."""
    LOSSY = "lossy"
    """Some of it is left out. Example: one of two citations in a row."""
    CANNOT = "cannot be said"
    """The format has no place for it. Example: a denial in a sheet of counts."""


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How a format keeps one part.

    Attributes:
        grade: How well.
        how: In what way, or why not.
        lost: For a part that is kept in part: what of it is left out; empty where the writer counts it itself.
        count: How much of that a ledger holds; ``None`` for all of the part.

    Examples:
        >>> Fidelity(Grade.CANNOT, "a row is one number").grade.value
        'cannot be said'
    """

    grade: Grade
    how: str = ""
    lost: str = ""
    count: Callable[[Ledger], int] | None = None


EXACTLY: Final[Mapping[Part, Fidelity]] = dict.fromkeys(Part, Fidelity(Grade.EXACT))
"""The table of a format that keeps everything."""


def shown(result: Reconciliation) -> Ledger:
    """Give the claims of all findings of a result, which may have been narrowed, with what is declared of them."""
    return result.ledger.keeping(claim for finding in result for claim in finding.claims)


def described_sources(ledger: Ledger) -> int:
    """Count the sources that speak and have a kind or a side."""
    return sum(1 for key in _speaking(ledger) if ledger.sources[key].kinds or ledger.sources[key].side)


def described_relays(ledger: Ledger) -> int:
    """Count the relays that have a kind or a side."""
    cited = [citation for claim in ledger for citation in claim.citations]
    return sum(1 for citation in cited for relay in citation.relays if relay.kind or relay.side)


def related_terms(ledger: Ledger) -> int:
    """Count the declared words of which more is said than their names."""
    named = {"kind", "key", "names"}
    return sum(
        1 for term in ledger.words if any(getattr(term, facet) for facet in type(term).model_fields.keys() - named)
    )


def _claims(holds: Callable[[Claim], object]) -> Callable[[Ledger], int]:
    return lambda ledger: sum(1 for claim in ledger if holds(claim))


def _citations(holds: Callable[[Citation], object]) -> Callable[[Ledger], int]:
    return lambda ledger: sum(1 for claim in ledger for citation in claim.citations if holds(citation))


def _cited(ledger: Ledger) -> int:
    return len(frozenset(citation.report for claim in ledger for citation in claim.citations if citation.report))


def _speaking(ledger: Ledger) -> set[str]:
    return {claim.source for claim in ledger}


def _trees(ledger: Ledger) -> int:
    speaking = _speaking(ledger)
    return sum(
        1
        for key, source in ledger.sources.items()
        if key not in speaking or source.aliases or source.under or source.repeats
    )


_COUNTS: Final[Mapping[Part, Callable[[Ledger], int]]] = {
    Part.FIGURES: _claims(lambda claim: claim.stance is Stance.STATES),
    Part.ASSUMED: _claims(lambda claim: claim.figure is not None and claim.figure.assumed),
    Part.BEST: _claims(lambda claim: claim.figure is not None and claim.figure.best is not None),
    Part.SILENCES: _claims(lambda claim: claim.stance is Stance.SILENT),
    Part.DENIALS: _claims(lambda claim: claim.stance is Stance.DENIES),
    Part.WITHDRAWALS: _claims(lambda claim: claim.stance is Stance.WITHDRAWS),
    Part.UNVERIFIED: _claims(lambda claim: claim.stance is Stance.UNVERIFIED),
    Part.REPLACEMENTS: _claims(lambda claim: claim.replaces),
    Part.FACETS: _claims(
        lambda claim: (
            any(getattr(claim.subject, name) is not None for name in FACETS)
            or claim.subject.with_
            or claim.subject.without
        )
    ),
    Part.PERIODS: _claims(lambda claim: claim.subject.since or claim.subject.until),
    Part.READINGS: _claims(lambda claim: claim.our_reading or claim.alleged or claim.all or claim.only),
    Part.MODALITIES: _claims(lambda claim: claim.modality),
    Part.ESTIMATES: _claims(lambda claim: claim.is_estimate),
    Part.STATED: _claims(lambda claim: claim.stated),
    Part.WORDS: _citations(lambda citation: citation.words),
    Part.RELAYS: lambda ledger: sum(len(citation.relays) for claim in ledger for citation in claim.citations),
    Part.LOCATORS: _citations(lambda citation: citation.locator),
    Part.REPORTS: _cited,
    Part.UNCITED: lambda ledger: len(ledger.reports) - _cited(ledger),
    Part.SOURCES: lambda ledger: len(_speaking(ledger)),
    Part.TREES: _trees,
    Part.TERMS: lambda ledger: len(ledger.words),
    Part.TOTALS: lambda ledger: len(ledger.totals),
    Part.UNREAD: lambda ledger: len(ledger.unread),
    Part.APART: lambda ledger: len(ledger.apart),
    Part.TIMEZONE: lambda ledger: len(ledger.timezones),
    Part.TITLES: lambda ledger: len(ledger.titles),
    Part.ASSESSMENTS: lambda ledger: sum(len(claim.assessments) for claim in ledger),
    Part.LINKS: lambda ledger: sum(len(claim.based_on) + len(claim.misrelays) for claim in ledger),
    Part.IDENTIFICATIONS: lambda ledger: len(ledger.identifications),
    Part.NOTES: lambda ledger: sum(len(claim.present) + len(claim.notes) + len(claim.extra) for claim in ledger),
}


def left_out(ledger: Ledger, keeps: Mapping[Part, Fidelity], more: Iterable[LeftOut] = ()) -> tuple[LeftOut, ...]:
    """Say what of a ledger a format leaves out by its table, after what the writer itself found."""
    losses = list(more)
    for part, kept in keeps.items():
        if kept.grade is Grade.CANNOT or kept.lost:
            count = (kept.count or _COUNTS[part])(ledger)
            if count:
                losses.append(LeftOut(kept.lost or part.value, count, kept.how))
    return tuple(losses)
