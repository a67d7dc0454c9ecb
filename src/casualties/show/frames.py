"""Findings, positions and claims as pandas frames.

An absent ceiling is ``inf`` and no figure is ``NaN``: a missing value in the place of a ceiling would let
``high.sum()`` invent one.  Counts of people are therefore ``float64``, which holds every count that a figure may have
exactly.  Text that is absent is ``<NA>``.  Dates are text in the notation of `casualties.model.period`, since a month
or a span is no timestamp.  Several words, names or claims in one cell are separated by ``;``.

Rows stand in the order of the table.  Frames without rows have the same columns and types.  What claims keep of the
columns of the table in which they were read, such as its publisher's ids, follows as text: ``extra_`` and the name.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, Literal, overload

from casualties.errors import UnknownNameError
from casualties.model.figure import Figure
from casualties.model.ledger import handles, report_names
from casualties.model.subject import FACETS
from casualties.reconciling.position import DIFFERING, Flag
from casualties.show._numbering import Numbering, listed, ordered, others
from casualties.show.describe import describe
from casualties.show.optional import Lazily
from casualties.show.schema import CLAIM_COLUMNS, FINDING_COLUMNS, PANDAS, POSITION_COLUMNS

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from casualties.model.claim import Claim
    from casualties.model.report import Citation, Report
    from casualties.model.subject import Subject
    from casualties.reconciling.finding import Finding
    from casualties.reconciling.view import View
else:
    pd, pl = Lazily("pandas", "columns", "frames"), Lazily("polars", "polars", "frames of polars")

__all__ = [
    "KEYS",
    "Library",
    "claim_rows",
    "claims_frame",
    "finding_rows",
    "findings_frame",
    "framed",
    "in_library",
    "keys_of",
    "positions_frame",
]

Library = Literal["pandas", "polars"]
"""The libraries whose frames are given."""

EXTRA: Final = "extra_"
"""How a column begins that a claim keeps of the table in which it was read."""

KEYS: Final = ("side", "victim_status", "role", "place", "event", "perpetrator", "since", "until", "locator")
"""Columns by which the frames can be joined, besides the harm: they mean the same in all of them."""


def keys_of(finding: Finding) -> dict[str, str | None]:
    """Give what a finding is about by the columns of `KEYS`.

    Examples:
        >>> import casualties as cs
        >>> finding = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).one(role="pilot")
        >>> ", ".join(f"{name} {word}" for name, word in keys_of(finding).items() if word)
        'side armenian, victim_status combatant, role pilot, since 2020-09-27, until 2020-09-30'
    """
    row = {**_subject(finding.subject, finding), "until": _text(finding.as_of), **_kept(finding.claims)}
    return {name: key for name, key in row.items() if name in KEYS or name.startswith(EXTRA)}


@overload
def findings_frame(findings: Iterable[Finding], library: Literal["pandas"] = "pandas") -> pd.DataFrame: ...
@overload
def findings_frame(findings: Iterable[Finding], library: Literal["polars"]) -> pl.DataFrame: ...
def findings_frame(findings: Iterable[Finding], library: Library = "pandas") -> pd.DataFrame | pl.DataFrame:
    """Build a frame with one row a finding; its columns are `FINDING_COLUMNS`.

    Examples:
        >>> import casualties as cs
        >>> frame = findings_frame(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")))
        >>> [float(count) for count in frame["common_high"]]
        [inf, 1.0, inf, nan, 25.0]
    """
    return framed(FINDING_COLUMNS, finding_rows(findings), library)


@overload
def positions_frame(findings: Iterable[Finding], library: Literal["pandas"] = "pandas") -> pd.DataFrame: ...
@overload
def positions_frame(findings: Iterable[Finding], library: Literal["polars"]) -> pl.DataFrame: ...
def positions_frame(findings: Iterable[Finding], library: Library = "pandas") -> pd.DataFrame | pl.DataFrame:
    """Build a frame with one row a position; its columns are `POSITION_COLUMNS`.

    Examples:
        >>> import casualties as cs
        >>> frame = positions_frame(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")))
        >>> [float(count) for count in frame["low"]]
        [81.0, 1.0, 11.0, 0.0, 2.0]
    """
    return framed(POSITION_COLUMNS, (row for finding in ordered(findings) for row in _position_rows(finding)), library)


@overload
def claims_frame(findings: Iterable[Finding], view: View, library: Literal["pandas"] = "pandas") -> pd.DataFrame: ...
@overload
def claims_frame(findings: Iterable[Finding], view: View, library: Literal["polars"]) -> pl.DataFrame: ...
def claims_frame(findings: Iterable[Finding], view: View, library: Library = "pandas") -> pd.DataFrame | pl.DataFrame:
    """Build a frame with one row a claim and citation; its columns are `CLAIM_COLUMNS`.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> list(claims_frame(result.findings, result.view)["words"].dropna())
        ['more than 80', 'one', 'at least 11', 'as many as 25', 'at least two']
    """
    return framed(CLAIM_COLUMNS, claim_rows(findings, view), library)


def finding_rows(findings: Iterable[Finding]) -> Iterator[dict[str, Any]]:
    """Give the rows of `findings_frame` as dictionaries, each with the number of its finding among those given.

    Examples:
        >>> import casualties as cs
        >>> row = next(finding_rows(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))))
        >>> row["finding"], row["status"], row["claim_count"]
        (1, 'single source', 1)
    """
    numbered = {finding.subject: (number, finding) for number, finding in enumerate(findings, 1)}
    return (
        _finding_row(*numbered[finding.subject]) for finding in ordered(finding for _, finding in numbered.values())
    )


def claim_rows(findings: Iterable[Finding], view: View) -> Iterator[dict[str, Any]]:
    """Give the rows of `claims_frame` as dictionaries.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> next(claim_rows(result.findings, result.view))["words"]
        'more than 80'
    """
    shown = ordered(findings)
    numbers, names = Numbering(shown), handles(view.ledger.reports, report_names)
    return (row for finding in shown for row in _claim_rows(finding, numbers, names))


def in_library(frame: pd.DataFrame, library: Library) -> pd.DataFrame | pl.DataFrame:
    """Give a frame of pandas in the library that is asked for.

    Raises:
        MissingExtraError: If the library is not installed.
        UnknownNameError: If no frames of it are given.
    """
    _check_library(library)
    return frame if library == "pandas" else pl.from_pandas(frame, nan_to_null=False)


def _check_library(library: str) -> None:
    if library not in ("pandas", "polars"):
        raise UnknownNameError(f"library {library!r}: no frames of it are given", "unknown-library", "pandas or polars")


def framed(
    columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]], library: Library = "pandas"
) -> pd.DataFrame | pl.DataFrame:
    """Make a frame of rows, with all columns and their types; what claims keep of their tables follows as text.

    Raises:
        MissingExtraError: If the library is not installed.
        UnknownNameError: If no frames of the library are given.
    """
    listed_rows = list(rows)
    extra = sorted({name for row in listed_rows for name in row if name.startswith(EXTRA)})
    types = {**columns, **dict.fromkeys(extra, "text")}
    _check_library(library)
    cells = {name: [row.get(name) for row in listed_rows] for name in types}
    if library == "polars":
        kinds = {"text": pl.String, "number": pl.Int64, "count": pl.Float64, "flag": pl.Boolean}
        return pl.DataFrame(cells, schema={name: kinds[type_] for name, type_ in types.items()})
    return pd.DataFrame({name: pd.Series(cells[name], dtype=PANDAS[type_]) for name, type_ in types.items()})


def _finding_row(number: int, finding: Finding) -> dict[str, Any]:
    support, flags = finding.support, finding.flags
    return {
        "finding": number,
        **_subject(finding.subject, finding),
        "until": _text(finding.as_of),
        "status": str(finding.status),
        **_ends(finding.common, "common_"),
        **_ends(finding.undisputed, "undisputed_"),
        **_ends(finding.borne_out_by(2), "borne_out_"),
        **_ends(finding.span, "span_"),
        "support": _joined(run.figure for run in support),
        "support_ranges": len(support),
        "support_sources": len(support[0].independent_sources) if support else 0,
        "independent_sources": len(finding.independent_sources),
        "disputes": len(finding.disputes),
        "gap": float(finding.disputes.widest) if finding.disputes else math.nan,
        "near": len(finding.near),
        "overtaken": len(finding.overtaken),
        "estimates": len(finding.estimates),
        "outside": len(finding.outside),
        "denials": len(finding.denials),
        "silences": len(finding.silences),
        "divided": not DIFFERING.isdisjoint(flags),
        "revised_down": Flag.REVISED_DOWN in flags,
        "flags": _joined(flags),
        "confidence": str(finding.confidence.level),
        "confidence_for": _text(finding.confidence.figure),
        "claims": _joined(claim.id for claim in finding.claims),
        "claim_count": len(finding.claims),
        "set_aside": _joined(claim.id for claim in finding.set_aside),
        "set_aside_count": len(finding.set_aside),
        "same_events": _joined(finding.same_events),
        **_kept(finding.claims),
    }


def _position_rows(finding: Finding) -> Iterator[dict[str, Any]]:
    for position in finding.positions:
        stated = {claim.stated for claim in position.claims if claim.stated}
        yield {
            **_subject(finding.subject, finding),
            "until": _text(position.until),
            "assumed_day": position.assumed_day,
            "stated": _joined(sorted(map(str, stated))),
            **_source(position.source, finding.view),
            "interest": str(position.interest),
            **_figure(position.figure),
            "denies": position.denies,
            "flags": _joined(position.flags),
            "claims": _joined(claim.id for claim in position.claims),
            "versions": _joined(claim.id for claim in position.versions),
            "replaced": _joined(claim.id for claim in position.replaced),
            **_kept(position.claims),
        }


def _claim_rows(finding: Finding, numbers: Numbering, names: dict[Report, str]) -> Iterator[dict[str, Any]]:
    placed = [claim for position in finding.positions for claim in listed(position)]
    for claim in (*placed, *others(finding)):
        row = {
            "claim": claim.id,
            "number": numbers[claim.id],
            "fate": str(finding.fates[claim.id]),
            **_subject(claim.subject, finding),
            "until": _text(claim.subject.until),
            "day": _text(claim.day),
            "assumed_day": claim.day_assumed,
            **_source(claim.source, finding.view),
            "stance": str(claim.stance),
            "silence": _text(claim.silence),
            "aspect": _text(claim.aspect),
            "target": claim.target,
            "figure": _text(claim.figure),
            **_figure(finding.view.figure(claim)),
            "modality": _text(claim.modality),
            "method": _text(claim.method),
            "interval": _text(claim.interval),
            "level": claim.level,
            "stated": _text(claim.stated),
            "replaces": _joined(claim.replaces),
            "our_reading": _joined(claim.our_reading),
            "alleged": _joined(f"{facet}: {word}" for facet, word in claim.alleged),
            "all": _joined(claim.all),
            "only": _joined(claim.only),
            "present": _joined(claim.present),
            "notes": _joined(claim.notes),
            **_kept([claim]),
        }
        if not claim.citations:
            yield {**row, **_citation(None, 0, names)}
        for place, citation in enumerate(claim.citations, 1):
            yield {**row, **_citation(citation, place, names)}


def _kept(claims: Iterable[Claim]) -> dict[str, str | None]:
    """Give what claims keep of the tables in which they were read: their rows, and columns by name."""
    listed_claims = list(claims)
    places = dict.fromkeys(
        citation.locator for claim in listed_claims for citation in claim.citations if citation.locator
    )
    texts: dict[str, dict[str, None]] = {}
    for claim in listed_claims:
        for name, text in claim.extra:
            texts.setdefault(f"{EXTRA}{name}", {})[text] = None
    return {"locator": _joined(places), **{name: _joined(text) for name, text in texts.items()}}


def _citation(citation: Citation | None, place: int, names: dict[Report, str]) -> dict[str, Any]:
    report = citation.report if citation else None
    return {
        "citation": place,
        "words": citation.words if citation else None,
        "relays": _joined(relay.name for relay in citation.relays) if citation else None,
        "locator": citation.locator if citation else None,
        "report": names[report] if report else None,
        "publisher": report.publisher if report else None,
        "title": report.title if report else None,
        "address": report.address if report else None,
        "published": _text(report.published) if report else None,
        "retrieved": _text(report.retrieved) if report else None,
    }


def _subject(subject: Subject, finding: Finding) -> dict[str, Any]:
    return {
        "subject": describe(subject, finding.view.words, one=finding.common == Figure.exactly(1)),
        "harm": _joined(subject.harm),
        **{"victim_status" if name == "status" else name: _text(getattr(subject, name)) for name in FACETS},
        "with": _joined(subject.with_),
        "without": _joined(subject.without),
        "since": _text(subject.since),
    }


def _source(key: str, view: View) -> dict[str, Any]:
    source = view.sources[key]
    return {
        "source": key,
        "source_name": source.name,
        "source_kinds": _joined(source.kinds),
        "source_side": view.sources.side(key),
    }


def _figure(figure: Figure | None) -> dict[str, Any]:
    best = None if figure is None else figure.best
    return {
        **_ends(figure),
        "best": math.nan if best is None else float(best),
        "assumed": None if figure is None else _joined(sorted(figure.assumed)),
    }


def _ends(figure: Figure | None, prefix: str = "") -> dict[str, float]:
    if figure is None:
        return {f"{prefix}low": math.nan, f"{prefix}high": math.nan}
    high = math.inf if figure.high is None else float(figure.high)
    return {f"{prefix}low": float(figure.low), f"{prefix}high": high}


def _joined(items: Iterable[object]) -> str | None:
    return "; ".join(map(str, items)) or None


def _text(value: object) -> str | None:
    return None if value is None else str(value)
