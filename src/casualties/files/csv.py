r"""The flat table: one row for each claim and each citation of it.

It is UTF-8 with commas; on reading semicolons and tabs will do as well.  A cell holds several values with ``|``
between them (``\|`` is a stroke, ``\\`` a backslash).  A cell that a spreadsheet would run as a formula, since it
begins with ``=``, ``+``, ``-``, ``@`` or a tab, is written with an apostrophe before it, which reading takes off again.

| part | kept |
|---|---|
| claims, with source, citations, words, reports and relays | yes |
| name, kind and side of the sources that speak | yes |
| trees and aliases of sources, declared words, assessments, links, totals, titles, uncited reports | beside |
| what holds of all claims: apart, time zone | beside |
| identifications of events | beside |
| comments, defaults, names of groups, ids of one file | no |

What stands *beside* a table ``x.csv`` is one file, ``x.rest.json``, which is written where it is needed and read
where it is there; ``write`` names what stands in it.  A table written to an open file has nothing beside it.
"""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casualties.files.cells import join, protect
from casualties.files.disk import Readable, Writable, name_of, path_of, read_text, replace_files, write_text
from casualties.files.json import lines, plain
from casualties.files.loss import EXACTLY, Fidelity, Format, Grade, LeftOut, Part
from casualties.files.rows import COLUMNS, read_table
from casualties.model.claim import Claim
from casualties.model.ledger import handles, report_names
from casualties.model.source import Source
from casualties.model.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from casualties.model.ledger import Ledger
    from casualties.model.report import Citation, Report

__all__ = ["COLUMNS", "FORMAT", "frame_text", "read", "write"]

_WHY: Final = {
    "apart": ("facets that mean the same to all sources", "a table has no room for what holds of all claims"),
    "claims": ("claims with assessments or links", "a row is one claim read in one report"),
    "identifications": ("identifications of events", "a row is one claim read in one report"),
    "reports": ("reports that no claim cites", "a row is one claim read in one report"),
    "sources": (
        "sources with aliases or a place in a tree, or without claims",
        "a row shows name, kind and side alone",
    ),
    "terms": ("declared words", "a table has no room for what holds of all claims"),
    "timezones": ("time zones", "a table has no room for what holds of all claims"),
    "titles": ("titles", "a table has no room for what holds of all claims"),
    "totals": ("totals", "a table has no room for what holds of all claims"),
    "unread": ("cells not read", "a row is one claim, and these are none"),
}


_OF_SUBJECT: Final = tuple(name for name in COLUMNS if name in Subject.model_fields or hasattr(Subject, name))
_OF_CLAIM: Final = tuple(name for name in COLUMNS if name in Claim.model_fields)
_IN_NO_CELL: Final = ("assessments", "based_on", "misrelays")


def beside(path: Path) -> Path:
    """Give the file beside a table, in which the rest of the ledger stands."""
    stem = path.name[: -len(".gz")] if path.name.lower().endswith(".gz") else path.name
    return path.with_name(f"{Path(stem).stem}.rest.json")


def read(source: Readable) -> Ledger:
    r"""Read a ledger from a table, and from the file beside it where there is one.

    Only ``source`` and a count are needed in a row; columns may be left out and stand in any order.

    Raises:
        LedgerFileError: With every problem of the file, each with its row and column.

    Examples:
        >>> import io
        >>> table = io.StringIO("source,harm,words\nazerbaijan,killed,at least 11\n")
        >>> print(next(iter(read(table))).figure)
        11 or more
    """
    found = None
    text = read_text(source)
    if (table := path_of(source)) is not None and os.path.lexists(path := beside(table)):
        found = (read_text(path), str(path))
    return read_table(text, name_of(source), found)


def write(ledger: Ledger, target: Writable) -> tuple[LeftOut, ...]:
    """Write a ledger as a table, and what no table holds to a file beside it where that is needed.

    Returns:
        What the table itself could not carry, with the file beside in which it stands.

    Raises:
        LedgerFileError: If a file cannot be written; all files then are as they were.

    Examples:
        >>> import io, casualties as cs
        >>> for left in write(cs.seeds.load("nagorno-karabakh-2020-09-30"), io.StringIO()):
        ...     print(left)
        7 declared words are left out: a table has no room for what holds of all claims
        1 of the titles is left out: a table has no room for what holds of all claims
    """
    table = _table(ledger)
    parts = rest(ledger)
    path = path_of(target)
    if path is None:
        write_text(target, table)
    else:
        content = lines(parts).encode() if parts else None
        replace_files({beside(path): content, path: table.encode()})
    place = None if path is None else beside(path)
    return tuple(LeftOut(_WHY[part][0], len(members), _WHY[part][1], place) for part, members in sorted(parts.items()))


def rows(ledger: Ledger) -> Iterator[dict[str, str]]:
    """Give the rows of a table, each cell by its column, with formulas made harmless; empty cells are left out."""
    reports = handles(ledger.reports, report_names)
    for claim in ledger:
        said = _said(claim, ledger.sources[claim.source])
        for number, citation in enumerate(claim.citations, start=1):
            read_in = {"reading": str(number), **_read_in(citation, reports)}
            yield {name: protect(cell) for name, cell in {**said, **read_in}.items()}
        if not claim.citations:
            yield {name: protect(cell) for name, cell in said.items()}


def _table(ledger: Ledger) -> str:
    out = io.StringIO()
    columns: tuple[str, ...] = COLUMNS
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n", strict=True)
    writer.writeheader()
    writer.writerows(rows(ledger))
    return out.getvalue()


def _cells(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the cells of what is said; sets stand in one cell."""
    for name, value in values.items():
        if value is not None and value != ():
            yield name, join(map(str, value)) if isinstance(value, tuple) else str(value)


def _said(claim: Claim, source: Source) -> dict[str, str]:
    subject, figure = claim.subject, claim.figure
    values: dict[str, Any] = {name: getattr(subject, name) for name in _OF_SUBJECT}
    values |= {name: getattr(claim, name) for name in _OF_CLAIM}
    values |= {"claim_id": claim.id, "harm": "-or-".join(subject.harm), "with": subject.with_}
    values |= {"source_name": source.names, "source_kind": source.kinds, "source_side": source.side}
    values |= {name: tuple(map("=".join, getattr(claim, name))) for name in ("alleged", "extra")}
    if figure is not None:
        values |= {
            "low": figure.low,
            "high": figure.high,
            "best": figure.best,
            "assumed": tuple(sorted(figure.assumed)),
        }
    return dict(_cells(values))


def _read_in(citation: Citation, reports: dict[Report, str]) -> dict[str, str]:
    relays = citation.relays
    values: dict[str, Any] = {"locator": citation.locator, "words": citation.words}
    values["relays"] = tuple(relay.name for relay in relays)
    for column, field in (("relay_kinds", "kind"), ("relay_sides", "side")):
        if any(getattr(relay, field) for relay in relays):
            values[column] = tuple(getattr(relay, field) or "" for relay in relays)
    if (report := citation.report) is not None:
        values |= {"report": reports[report], "report_title": report.title}
        values |= {name: getattr(report, name) for name in ("publisher", "address", "published", "retrieved", "saved")}
    return dict(_cells(values))


def rest(ledger: Ledger) -> dict[str, list[Any]]:
    """Give what the table does not hold, by part."""
    speak = {claim.source for claim in ledger}
    cited = frozenset(citation.report for claim in ledger for citation in claim.citations)
    claims = [
        {"id": claim.id, **{name: value for name, value in plain(claim).items() if name in _IN_NO_CELL}}
        for claim in ledger
        if any(getattr(claim, name) for name in _IN_NO_CELL)
    ]
    parts: dict[str, list[Any]] = {
        "apart": list(ledger.apart),
        "claims": claims,
        "identifications": [plain(identification) for identification in ledger.identifications],
        "reports": [plain(report) for report in ledger.reports if report not in cited],
        "sources": [
            plain(source)
            for source in ledger.sources.values()
            if source.key not in speak
            or source != Source(key=source.key, names=source.names, kinds=source.kinds, side=source.side)
        ],
        "terms": [plain(term) for term in ledger.words],
        "timezones": list(ledger.timezones),
        "titles": list(ledger.titles),
        "totals": [plain(total) for total in ledger.totals],
        "unread": [plain(cell) for cell in ledger.unread],
    }
    return {part: members for part, members in parts.items() if members}


_BESIDE: Final = Fidelity(Grade.EXACT, "in the file beside")

KEEPS: Final = {
    **EXACTLY,
    **dict.fromkeys(
        (
            *(Part.UNCITED, Part.TREES, Part.TERMS, Part.TOTALS, Part.APART, Part.TIMEZONE, Part.TITLES),
            *(Part.ASSESSMENTS, Part.LINKS, Part.IDENTIFICATIONS, Part.UNREAD),
        ),
        _BESIDE,
    ),
}

FORMAT: Final = Format("csv", (".csv",), read, write, KEEPS)


def frame_text(frame: pd.DataFrame) -> str:
    """Write a frame as CSV for people: no text in it is one that a spreadsheet would run.

    Examples:
        >>> import casualties as cs
        >>> frame = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30")).to_frame()
        >>> frame_text(frame[["harm", "side", "common_low"]]).splitlines()[:2]
        ['harm,side,common_low', 'killed,armenian,81.0']
    """
    shown = frame.copy()
    for name, dtype in shown.dtypes.items():
        if str(dtype).startswith(("str", "object")):
            shown[name] = shown[name].map(_harmless, na_action="ignore")
    return str(shown.to_csv(index=False, lineterminator="\n")).removesuffix("\n")


def _harmless(cell: object) -> object:
    return protect(cell) if isinstance(cell, str) else cell
