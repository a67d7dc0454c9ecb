"""Rows in the shape of a dataset, one for each finding that its codebook codes."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from casualties.files.cells import protect
from casualties.files.disk import Writable, write_text
from casualties.files.loss import Fidelity, Grade, LeftOut, Part, described_sources, left_out, shown
from casualties.model.facet import FACETS

if TYPE_CHECKING:
    from casualties.codebooks import Resolution
    from casualties.model.report import Report
    from casualties.results import Finding, Reconciliation

__all__ = ["KEEPS", "Row", "publishers", "reports_of", "write_coded"]

Row = Mapping[str, object]
"""The cells of a row by column; what is not known has none."""


def write_coded(
    result: Reconciliation,
    target: Writable,
    *,
    codebook: str,
    parameters: Mapping[str, object],
    columns: Sequence[str],
    row: Callable[[Finding, Resolution], Row | str],
) -> tuple[LeftOut, ...]:
    """Write one row for each finding that a codebook codes, and name all others.

    Args:
        result: What the claims say together.
        target: A path or an open file.
        codebook: The name of the codebook.
        parameters: The choices that it leaves open.
        columns: The columns of the dataset, in its order.
        row: Gives the cells for a finding, or says why it has no place in the dataset.

    Raises:
        LedgerFileError: If the file cannot be written.
        UnknownNameError: If the codebook has no such parameter.
        ModelError: If a parameter does not take a value.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n", strict=True)
    writer.writeheader()
    reasons: Counter[str] = Counter()
    used: set[str] = set()
    for finding in result:
        resolution = finding.resolve(codebook, **parameters)
        cells = row(finding, resolution) if resolution.coded else resolution.reason
        if isinstance(cells, str):
            reasons[cells] += 1
            continue
        used.update(resolution.used_ids)
        writer.writerow(
            {
                name: value if isinstance(value, int) else protect(str(value))
                for name, value in cells.items()
                if value is not None
            }
        )
    write_text(target, out.getvalue())
    more = [LeftOut("findings", count, why) for why, count in sorted(reasons.items())]
    unused = sum(1 for claim in shown(result) if claim.id not in used)
    if unused:
        more.append(LeftOut("claims on which no number rests", unused, "a row is one coded number"))
    return left_out(shown(result), KEEPS, more)


def reports_of(resolution: Resolution) -> tuple[Report, ...]:
    """Give the reports in which the claims were read on which a number rests."""
    reports = frozenset(citation.report for claim in resolution.used for citation in claim.citations if citation.report)
    return tuple(sorted(reports, key=lambda report: report.sort_key))


def publishers(resolution: Resolution) -> str | None:
    """Name who published the reports on which a number rests."""
    return "; ".join(dict.fromkeys(report.publisher for report in reports_of(resolution) if report.publisher)) or None


_COLUMNS: Final = ("side", "status", "place", "event")
"""The facets that rows of coded numbers have a column for."""

_CODED: Final = "a row is one coded number"
_COUNTED: Final = Fidelity(
    Grade.LOSSY, "one number or three by the codebook; the findings that it does not code are named"
)

KEEPS: Final[Mapping[Part, Fidelity]] = {
    **dict.fromkeys(Part, Fidelity(Grade.CANNOT, _CODED)),
    Part.FIGURES: _COUNTED,
    Part.FACETS: Fidelity(
        Grade.LOSSY,
        "those that have a column",
        lost="claims whose facets have no column",
        count=lambda ledger: sum(
            any(getattr(claim.subject, name) for name in (*FACETS, "with_", "without") if name not in _COLUMNS)
            for claim in ledger
        ),
    ),
    Part.PERIODS: Fidelity(Grade.CLOSE, "as days"),
    Part.REPORTS: Fidelity(Grade.CLOSE, "of the claims on which the number rests"),
    Part.SOURCES: Fidelity(Grade.LOSSY, "by name", lost="kinds and sides of sources", count=described_sources),
}
"""How well rows of coded numbers keep each part of a ledger."""
