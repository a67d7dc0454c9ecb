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
from typing import TYPE_CHECKING, Any, Final, Literal

from casualties.errors import MissingExtraError, UnknownNameError
from casualties.model.figure import Figure
from casualties.model.ledger import handles, report_names
from casualties.model.subject import FACETS
from casualties.show._numbering import Numbering, listed, ordered, others
from casualties.show.describe import describe

if TYPE_CHECKING:
    from casualties.model.claim import Claim
    from casualties.model.report import Citation, Report
    from casualties.model.subject import Subject
    from casualties.reconciling.finding import Finding
    from casualties.reconciling.view import View

__all__ = [
    "CLAIM_COLUMNS",
    "FINDING_COLUMNS",
    "KEYS",
    "POSITION_COLUMNS",
    "claim_rows",
    "claims_frame",
    "findings_frame",
    "keys_of",
    "positions_frame",
]

_TEXT, _NUMBER, _COUNT, _FLAG = "string[python]", "int64", "float64", "bool"

Library = Literal["pandas", "polars"]
"""The libraries whose frames are given."""

_SUBJECT: Final = {
    "subject": _TEXT,
    "harm": _TEXT,
    **{"victim_status" if name == "status" else name: _TEXT for name in FACETS},
    "with": _TEXT,
    "without": _TEXT,
    "since": _TEXT,
}

FINDING_COLUMNS: Final[Mapping[str, str]] = {
    **_SUBJECT,
    "until": _TEXT,
    "status": _TEXT,
    "common_low": _COUNT,
    "common_high": _COUNT,
    "undisputed_low": _COUNT,
    "undisputed_high": _COUNT,
    "borne_out_low": _COUNT,
    "borne_out_high": _COUNT,
    "span_low": _COUNT,
    "span_high": _COUNT,
    "support": _TEXT,
    "support_sources": _NUMBER,
    "independent_sources": _NUMBER,
    "disputes": _NUMBER,
    "gap": _COUNT,
    "near": _NUMBER,
    "overtaken": _NUMBER,
    "estimates": _NUMBER,
    "outside": _NUMBER,
    "denials": _NUMBER,
    "silences": _NUMBER,
    "flags": _TEXT,
    "confidence": _TEXT,
    "confidence_for": _TEXT,
    "claims": _TEXT,
    "set_aside": _TEXT,
    "same_events": _TEXT,
    "locator": _TEXT,
}
"""Columns and types of `findings_frame`: one row a finding.

``subject`` names the people in words.  ``until`` is the day of the finding and ``status`` how its independent sources
stand to one another; the victims' status is ``victim_status``.  ``support`` holds the ranges that the most allow, and
``support_sources`` how many those are.  ``undisputed`` is the narrowest range that excludes nobody but outliers, and
``borne_out`` the narrowest of which two bear out each end.  ``gap`` is the widest gap of a dispute, ``NaN`` where there
is none; pairs that nearly agree and early counts that are overtaken are counted beside.  ``confidence`` is that in the
figure ``confidence_for``.  ``same_events`` names the events that identifications join, where they join any.
``locator`` names the rows or places in which its claims were read.
"""

POSITION_COLUMNS: Final[Mapping[str, str]] = {
    **_SUBJECT,
    "until": _TEXT,
    "assumed_day": _FLAG,
    "stated": _TEXT,
    "source": _TEXT,
    "source_name": _TEXT,
    "source_kinds": _TEXT,
    "source_side": _TEXT,
    "interest": _TEXT,
    "low": _COUNT,
    "high": _COUNT,
    "best": _COUNT,
    "assumed": _TEXT,
    "denies": _FLAG,
    "flags": _TEXT,
    "claims": _TEXT,
    "versions": _TEXT,
    "replaced": _TEXT,
    "locator": _TEXT,
}
"""Columns and types of `positions_frame`: one row a position.

``until`` is the last day that the position counts, ``assumed_day`` whether it was taken from when it was said, and
``stated`` when its claims were stated.  A denial that it happened has 0 at both ends and ``denies``.
"""

CLAIM_COLUMNS: Final[Mapping[str, str]] = {
    "claim": _TEXT,
    "number": _NUMBER,
    "fate": _TEXT,
    **_SUBJECT,
    "until": _TEXT,
    "day": _TEXT,
    "assumed_day": _FLAG,
    "source": _TEXT,
    "source_name": _TEXT,
    "source_kinds": _TEXT,
    "source_side": _TEXT,
    "stance": _TEXT,
    "silence": _TEXT,
    "aspect": _TEXT,
    "target": _TEXT,
    "figure": _TEXT,
    "low": _COUNT,
    "high": _COUNT,
    "best": _COUNT,
    "assumed": _TEXT,
    "modality": _TEXT,
    "method": _TEXT,
    "interval": _TEXT,
    "level": _TEXT,
    "stated": _TEXT,
    "replaces": _TEXT,
    "our_reading": _TEXT,
    "alleged": _TEXT,
    "all": _TEXT,
    "only": _TEXT,
    "present": _TEXT,
    "notes": _TEXT,
    "citation": _NUMBER,
    "words": _TEXT,
    "relays": _TEXT,
    "locator": _TEXT,
    "report": _TEXT,
    "publisher": _TEXT,
    "title": _TEXT,
    "address": _TEXT,
    "published": _TEXT,
    "retrieved": _TEXT,
}
"""Columns and types of `claims_frame`: one row a claim and citation.

``number`` is the claim's in the table and ``citation`` counts its citations from 1; it is 0 in the one row of a claim
that has none.  ``figure`` is what the claim states in words; ``low`` and ``high`` are the figure as the reconciliation
reads it, and missing for an estimate, which is no count.
"""


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
    return {name: each for name, each in row.items() if name in KEYS or name.startswith(EXTRA)}


def findings_frame(findings: Iterable[Finding], library: Library = "pandas") -> Any:  # noqa: ANN401 - of either library
    """Build a frame with one row a finding; its columns are `FINDING_COLUMNS`.

    Examples:
        >>> import casualties as cs
        >>> frame = findings_frame(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")))
        >>> [float(count) for count in frame["common_high"]]
        [inf, 1.0, inf, nan, 25.0]
    """
    return _frame(FINDING_COLUMNS, map(_finding_row, ordered(findings)), library)


def positions_frame(findings: Iterable[Finding], library: Library = "pandas") -> Any:  # noqa: ANN401 - of either library
    """Build a frame with one row a position; its columns are `POSITION_COLUMNS`.

    Examples:
        >>> import casualties as cs
        >>> frame = positions_frame(cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")))
        >>> [float(count) for count in frame["low"]]
        [81.0, 1.0, 11.0, 0.0, 2.0]
    """
    return _frame(POSITION_COLUMNS, (row for finding in ordered(findings) for row in _position_rows(finding)), library)


def claims_frame(findings: Iterable[Finding], view: View, library: Library = "pandas") -> Any:  # noqa: ANN401 - of either library
    """Build a frame with one row a claim and citation; its columns are `CLAIM_COLUMNS`.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> list(claims_frame(result.findings, result.view)["words"].dropna())
        ['more than 80', 'one', 'at least 11', 'as many as 25', 'at least two']
    """
    return _frame(CLAIM_COLUMNS, claim_rows(findings, view), library)


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


def _frame(columns: Mapping[str, str], rows: Iterable[dict[str, Any]], library: Library) -> Any:  # noqa: ANN401
    listed_rows = list(rows)
    extra = sorted({name for row in listed_rows for name in row if name.startswith(EXTRA)})
    types = {**columns, **dict.fromkeys(extra, _TEXT)}
    if library == "polars":
        try:
            import polars as pl  # noqa: PLC0415 - heavy, and loaded only when a frame of it is asked for
        except ImportError as error:
            raise MissingExtraError("frames of polars", "polars", "polars") from error
        kinds = {_TEXT: pl.String, _NUMBER: pl.Int64, _COUNT: pl.Float64, _FLAG: pl.Boolean}
        cells = {name: [row.get(name) for row in listed_rows] for name in types}
        return pl.DataFrame(cells, schema={name: kinds[dtype] for name, dtype in types.items()})
    if library != "pandas":
        raise UnknownNameError(f"library {library!r}: no frames of it are given", "unknown-library", "pandas or polars")
    import pandas as pd  # noqa: PLC0415 - heavy, and loaded only when a frame is asked for

    return pd.DataFrame(
        {name: pd.Series([row.get(name) for row in listed_rows], dtype=dtype) for name, dtype in types.items()}
    )


def _finding_row(finding: Finding) -> dict[str, Any]:
    support = finding.support
    return {
        **_subject(finding.subject, finding),
        "until": _text(finding.as_of),
        "status": str(finding.status),
        **_ends(finding.common, "common_"),
        **_ends(finding.undisputed, "undisputed_"),
        **_ends(finding.borne_out_by(2), "borne_out_"),
        **_ends(finding.span, "span_"),
        "support": _joined(each.figure for each in support),
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
        "flags": _joined(finding.flags),
        "confidence": str(finding.confidence.level),
        "confidence_for": _text(finding.confidence.figure),
        "claims": _joined(claim.id for claim in finding.claims),
        "set_aside": _joined(claim.id for claim in finding.set_aside),
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
    places = dict.fromkeys(each.locator for claim in listed_claims for each in claim.citations if each.locator)
    texts: dict[str, dict[str, None]] = {}
    for claim in listed_claims:
        for name, text in claim.extra:
            texts.setdefault(f"{EXTRA}{name}", {})[text] = None
    return {"locator": _joined(places), **{name: _joined(each) for name, each in texts.items()}}


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
