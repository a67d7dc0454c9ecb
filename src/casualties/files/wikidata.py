"""Statements for Wikidata, as text for QuickStatements 3: deaths, injured and missing, each with who says so.

Every claim that states a figure becomes one statement of its own about the item of the event: *number of deaths*
(P1120), *number of injured* (P1339) or *number of missing* (P1446).  An exact count is a plain number; a range with a
best number is that number with both bounds; any other range is an *unknown value* with *lower limit* (P5447) and *upper
limit* (P5448), since nobody stated the middle.  An assumed end makes it *circa*.  Who says so is qualified by
*statement supported by* (P3680), who denies it by *statement disputed by* (P1310).  No statement is preferred;
withdrawn and misrelayed ones are deprecated.

Items are given by the caller, under these names: ``event`` for the event of claims that name none, and
``event:KEY``, ``source:KEY``, ``side:KEY``, ``nationality:KEY``, ``status:KEY``, ``role:KEY``, ``age:KEY``,
``sex:KEY``, ``place:KEY``, ``basis:KEY``, ``modality:KEY`` and ``publisher:NAME``.  A claim that lacks an item which it
needs is left out, and the item is named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from casualties.errors import ModelError
from casualties.files.disk import Writable, write_text
from casualties.files.loss import Fidelity, Format, Grade, LeftOut, Part, left_out, shown, web_address
from casualties.model.claim import Claim, Stance
from casualties.reconciling.position import Fate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casualties.model.figure import Figure
    from casualties.model.period import PartialDate
    from casualties.model.report import Report
    from casualties.results import Reconciliation

__all__ = ["FORMAT", "write"]

_PROPERTIES: Final[Mapping[tuple[str, ...], str]] = {("killed",): "P1120", ("wounded",): "P1339", ("missing",): "P1446"}
_PART_OF: Final = {
    **dict.fromkeys(("side", "nationality", "status", "role", "age", "sex"), "P518"),  # applies to part
    "place": "P276",
    "basis": "P459",  # determination method
}
_UNSAYABLE: Final = ("cause", "perpetrator", "with_", "without")
_CIRCA: Final = "Q5727902"
_ITEM: Final = re.compile(r"Q[1-9][0-9]*")


def write(result: Reconciliation, target: Writable, *, items: Mapping[str, str] | None = None) -> tuple[LeftOut, ...]:
    """Write statements for QuickStatements.

    Args:
        result: What the claims say together.
        target: A path or an open file.
        items: Wikidata's items by the names that the module describes, such as ``{"source:azerbaijan": "Q227"}``.

    Returns:
        What could not be said, each claim with the item that it lacks.

    Raises:
        LedgerFileError: If the file cannot be written.
        ModelError: If an item is none of Wikidata's, such as Q227.

    Examples:
        >>> import io, casualties as cs
        >>> items = {"event": "Q1", "source:azerbaijan": "Q227", "publisher:The New Arab": "Q2"}
        >>> left = write(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")), io.StringIO(), items=items)
        >>> for each in left[:2]:
        ...     print(each)
        1 of the figures is left out: a statement does not say perpetrator
        1 of the figures is left out: no item is given for 'side:azerbaijani'
    """
    known = dict(items or {})
    for name, item in known.items():
        if not _ITEM.fullmatch(item):
            raise ModelError(
                f"item {item!r} for {name!r}: it is none of Wikidata's", "not-an-item", "write Q and digits"
            )
    denials = [denial.claim for finding in result for denial in finding.denials]
    lines: list[str] = []
    lacking: Counter[str] = Counter()
    said: set[str] = set()
    for finding in result:
        for claim in finding.claims:
            if claim.figure is None:
                continue
            why = next(_lacks(claim, known), None)
            if why is not None:
                lacking[why] += 1
                continue
            disputing = [
                denial for denial in denials if denial.target == claim.id and f"source:{denial.source}" in known
            ]
            said.update(denial.id for denial in disputing)
            rank = "R-" if finding.fates[claim.id] in (Fate.WITHDRAWN, Fate.MISRELAYED) else "R0"
            deniers = sorted({known[f"source:{denial.source}"] for denial in disputing})
            lines.append(
                "\t".join(
                    [*_statement(claim, claim.figure, rank, known), *_pairs("P1310", deniers), *_read(claim, known)]
                )
            )
    write_text(target, "".join(f"{line}\n" for line in sorted(lines)))
    more = [LeftOut(Part.FIGURES, count, why) for why, count in sorted(lacking.items())]
    unsaid = sum(1 for claim in shown(result) if claim.stance is Stance.DENIES and claim.id not in said)
    modalities = sum(1 for claim in shown(result) if claim.modality and f"modality:{claim.modality}" not in known)
    if modalities:
        more.append(LeftOut(Part.MODALITIES, modalities, f"{_ITEMS}: modality:confirmed and so on"))
    if unsaid:
        more.append(LeftOut(Part.DENIALS, unsaid, KEEPS[Part.DENIALS].how))
    cited = frozenset(citation.report for claim in shown(result) for citation in claim.citations if citation.report)
    if unnamed := sum(1 for report in cited if not _reference(report, known)):
        more.append(LeftOut(Part.REPORTS, unnamed, "they have no page on the web, and no item for the publisher"))
    return left_out(shown(result), KEEPS, more)


def _lacks(claim: Claim, known: Mapping[str, str]) -> Iterator[str]:
    """Say why a claim cannot be a statement, if it cannot."""
    subject = claim.subject
    if subject.harm not in _PROPERTIES:
        yield f"Wikidata has no number of {' or '.join(subject.harm)}"
    yield from (f"a statement does not say {name.strip('_')}" for name in _UNSAYABLE if getattr(subject, name))
    needed = ["event" if subject.event is None else f"event:{subject.event}", f"source:{claim.source}"]
    needed += [f"{name}:{word}" for name in _PART_OF if (word := getattr(subject, name)) is not None]
    yield from (f"no item is given for {name!r}" for name in needed if name not in known)
    if not _read(claim, known):
        yield "no reference can be given: no report has a page on the web or an item for its publisher"


def _statement(claim: Claim, figure: Figure, rank: str, known: Mapping[str, str]) -> Iterator[str]:
    """Give a statement and its qualifiers; the leading plus makes it a new one, whatever stands there."""
    subject = claim.subject
    yield "+" + known["event" if subject.event is None else f"event:{subject.event}"]
    yield _PROPERTIES[subject.harm]
    if figure.is_exact:
        yield str(figure.low)
    elif figure.best is not None and figure.high is not None:
        yield f"{figure.best}[{figure.low},{figure.high}]"
    else:
        yield "somevalue" if figure.best is None else str(figure.best)
    yield rank
    if not figure.is_exact and (figure.best is None or figure.high is None):
        yield from ("P5447", str(figure.low))
        yield from _pairs("P5448", [] if figure.high is None else [str(figure.high)])
    if figure.assumed:
        yield from ("P1480", _CIRCA)
    if claim.modality and f"modality:{claim.modality}" in known:
        yield from ("P1480", known[f"modality:{claim.modality}"])
    for name, qualifier in _PART_OF.items():
        if (word := getattr(subject, name)) is not None:
            yield from (qualifier, known[f"{name}:{word}"])
    if subject.since is None:
        yield from _pairs("P585", _times(subject.until))
    else:
        yield from _pairs("P580", _times(subject.since))
        yield from _pairs("P582", _times(subject.until))
    yield from ("P3680", known[f"source:{claim.source}"])


def _pairs(name: str, values: Iterable[str]) -> Iterator[str]:
    for value in values:
        yield from (name, value)


def _times(date: PartialDate | None) -> Iterator[str]:
    """Give a day, month or year as Wikidata's time; nothing for a span, which it has no precision for."""
    text = "" if date is None else str(date.date_only)
    if date is not None and "/" not in text:
        precision = {4: 9, 7: 10, 10: 11}[len(text)]
        first = date.earliest
        month, day = first.month * (precision > 9), first.day * (precision > 10)
        yield f"+{first.year:04d}-{month:02d}-{day:02d}T00:00:00Z/{precision}"


def _read(claim: Claim, known: Mapping[str, str]) -> list[str]:
    """Give one reference for each report that has a page on the web, or an item for its publisher."""
    references: list[str] = []
    for report in dict.fromkeys(citation.report for citation in claim.citations if citation.report):
        if block := _reference(report, known):
            references += [f"!{block[0]}" if references else block[0], *block[1:]]
    return references


def _reference(report: Report, known: Mapping[str, str]) -> list[str]:
    """Give the reference to a report; empty where nothing leads to it."""
    address, publisher = web_address(report.address), known.get(f"publisher:{report.publisher}")
    block = [*_pairs("S854", [f'"{address}"'] if address else []), *_pairs("S123", [publisher] if publisher else [])]
    return block and [*block, *_pairs("S577", _times(report.published)), *_pairs("S813", _times(report.retrieved))]


_NO_PLACE: Final = "a statement has no place for it"
_ITEMS: Final = "as a qualifier, where items are given"

KEEPS: Final[Mapping[Part, Fidelity]] = {
    **dict.fromkeys(Part, Fidelity(Grade.CANNOT, _NO_PLACE)),
    Part.FIGURES: Fidelity(
        Grade.LOSSY, "of killed, wounded and missing, where items are given and a report can be referred to"
    ),
    Part.ASSUMED: Fidelity(
        Grade.LOSSY, "as circa, which does not tell which end", lost="marks of which end is assumed"
    ),
    Part.BEST: Fidelity(Grade.CLOSE, "as the number, with its bounds"),
    Part.DENIALS: Fidelity(Grade.LOSSY, "a statement is disputed by whoever denies it and has an item"),
    Part.FACETS: Fidelity(Grade.CLOSE, _ITEMS),
    Part.PERIODS: Fidelity(
        Grade.LOSSY,
        "days, months and years; there is no precision for a span",
        lost="periods with an end that is a span",
        count=lambda ledger: sum(
            any(date is not None and "/" in str(date) for date in (claim.subject.since, claim.subject.until))
            for claim in ledger
        ),
    ),
    Part.MODALITIES: Fidelity(Grade.LOSSY, _ITEMS),
    Part.REPORTS: Fidelity(
        Grade.LOSSY,
        "by address, publisher and dates; a title needs a language that nobody stated",
        lost="titles of reports",
        count=lambda ledger: sum(report.title is not None for report in ledger.reports),
    ),
    Part.SOURCES: Fidelity(Grade.CLOSE, "as items, which have kinds and sides of their own"),
}
"""How well statements keep each part of a ledger."""

FORMAT: Final = Format("wikidata", (".quickstatements", ".qs"), None, write, KEEPS, reconciles=True)
