"""What a format keeps of a ledger, part by part, and what it therefore leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from casualties.claim import Stance
from casualties.formats._format import LeftOut
from casualties.subject import FACETS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from casualties.claim import Claim
    from casualties.ledger import Ledger
    from casualties.reconciliation import Reconciliation
    from casualties.report import Citation

__all__ = [
    "EXACTLY",
    "Grade",
    "Kept",
    "Part",
    "described_relays",
    "described_sources",
    "left_out",
    "related_terms",
    "shown",
]


class Part(StrEnum):
    """The parts of a ledger, as the tables of the formats name them.

    Examples:
        >>> Part.BEST.value
        'best numbers'
    """

    FIGURES = "figures"
    ASSUMED = "assumed ends"
    BEST = "best numbers"
    SILENCES = "silences"
    DENIALS = "denials"
    WITHDRAWALS = "withdrawals"
    REPLACEMENTS = "claims that replace others by name"
    FACETS = "facets of what is counted"
    PERIODS = "periods"
    READINGS = "facets that are our reading, alleged or meant whole"
    MODALITIES = "modalities"
    STATED = "dates stated"
    WORDS = "words as printed"
    RELAYS = "relays"
    LOCATORS = "locators"
    REPORTS = "reports"
    UNCITED = "reports that no claim cites"
    SOURCES = "sources that speak, with kind and side"
    TREES = "sources with aliases or a place in a tree, or without claims"
    TERMS = "declared words"
    TOTALS = "totals"
    APART = "facets declared apart"
    TITLES = "titles"
    ASSESSMENTS = "assessments"
    LINKS = "links between claims"


class Grade(StrEnum):
    """How well a format keeps a part.

    *Exact*: it can be taken back as it was.  *Close*: it says the same in another form.  *Lossy*: some of it is left
    out.  *Cannot be said*: the format has no place for it.

    Examples:
        >>> Grade("lossy").value
        'lossy'
    """

    EXACT = "exact"
    CLOSE = "close"
    LOSSY = "lossy"
    CANNOT = "cannot be said"


@dataclass(frozen=True, slots=True)
class Kept:
    """How a format keeps one part.

    Attributes:
        grade: How well.
        how: In what way, or why not.
        lost: For a part that is kept in part: what of it is left out; empty where the writer counts it itself.
        count: How much of that a ledger holds; ``None`` for all of the part.

    Examples:
        >>> Kept(Grade.CANNOT, "a row is one number").grade.value
        'cannot be said'
    """

    grade: Grade
    how: str = ""
    lost: str = ""
    count: Callable[[Ledger], int] | None = None


EXACTLY: Final[Mapping[Part, Kept]] = dict.fromkeys(Part, Kept(Grade.EXACT))
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
    return sum(1 for term in ledger.words if term.under or term.apart or term.against or term.status)


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
    Part.REPLACEMENTS: _claims(lambda claim: claim.replaces),
    Part.FACETS: _claims(
        lambda claim: (
            any(getattr(claim.subject, name) is not None for name in FACETS)
            or claim.subject.with_
            or claim.subject.without
        )
    ),
    Part.PERIODS: _claims(lambda claim: claim.subject.since or claim.subject.until),
    Part.READINGS: _claims(lambda claim: claim.our_reading or claim.alleged or claim.all),
    Part.MODALITIES: _claims(lambda claim: claim.modality),
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
    Part.APART: lambda ledger: len(ledger.apart),
    Part.TITLES: lambda ledger: len(ledger.titles),
    Part.ASSESSMENTS: lambda ledger: sum(len(claim.assessments) for claim in ledger),
    Part.LINKS: lambda ledger: sum(len(claim.based_on) + len(claim.misrelays) for claim in ledger),
}


def left_out(ledger: Ledger, keeps: Mapping[Part, Kept], more: Iterable[LeftOut] = ()) -> tuple[LeftOut, ...]:
    """Say what of a ledger a format leaves out by its table, after what the writer itself found."""
    found = list(more)
    for part, kept in keeps.items():
        if kept.grade is Grade.CANNOT or kept.lost:
            count = (kept.count or _COUNTS[part])(ledger)
            if count:
                found.append(LeftOut(kept.lost or part.value, count, kept.how))
    return tuple(found)
