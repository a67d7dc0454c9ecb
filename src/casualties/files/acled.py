"""Rows in the shape of ACLED's export: one for each finding, coded by its codebook.

The columns are those of the export of 2024, in its order.  A cell that no claim tells stays empty, so that what kind of
event it was, and where on the map, is for others to fill in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casualties.files._coded import KEEPS, Row, publishers, write_coded
from casualties.files.loss import Format, LeftOut
from casualties.show.describe import capitalised, describe, describe_harm

if TYPE_CHECKING:
    from casualties.codebooks import Resolution
    from casualties.files.disk import Writable
    from casualties.results import Finding, Reconciliation

__all__ = ["COLUMNS", "FORMAT", "write"]

COLUMNS: Final = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type"),
    *("event_type", "sub_event_type", "actor1", "assoc_actor_1", "inter1"),
    *("actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting"),
    *("iso", "region", "country", "admin1", "admin2"),
    *("admin3", "location", "latitude", "longitude", "geo_precision"),
    *("source", "source_scale", "notes", "fatalities", "tags"),
    *("timestamp",),
)
"""The columns of ACLED's export."""


def write(result: Reconciliation, target: Writable, **parameters: object) -> tuple[LeftOut, ...]:
    """Write one row for each finding that ACLED's codebook codes.

    Args:
        result: What the claims say together.
        target: A path or an open file.
        parameters: The choices that the codebook leaves open, such as ``several=10``.

    Returns:
        What no row could carry, the findings among it that are not coded.

    Raises:
        LedgerFileError: If the file cannot be written.
        UnknownNameError: If the codebook has no such parameter.
        ModelError: If a parameter does not take a value.

    Examples:
        >>> import csv, io, casualties as cs
        >>> file, seed = io.StringIO(), cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> left = write(cs.reconcile(seed), file, group_ok=True)
        >>> [row["fatalities"] for row in csv.DictReader(io.StringIO(file.getvalue()))]
        ['80', '1', '11', '0', '2']
    """
    words = result.view.words

    def row(finding: Finding, resolution: Resolution) -> Row:
        subject, until = finding.subject, finding.as_of
        names = dict.fromkeys(finding.view.sources[claim.source].name for claim in resolution.used)
        harm = capitalised(describe_harm(subject.harm, words))
        said = f", by {'; '.join(names)}" if names else ""
        return {
            "event_date": until.latest.isoformat() if until else None,
            "year": until.latest.year if until else None,
            "time_precision": None if until is None else _precision((until.latest - until.earliest).days + 1),
            "location": subject.place and words.name("place", subject.place),
            "source": publishers(resolution),
            "notes": f"{harm}: {describe(subject, words, inline=True)}; {resolution.rule}{said}",
            "fatalities": resolution.number,
        }

    return write_coded(result, target, codebook="acled", parameters=parameters, columns=COLUMNS, row=row)


def _precision(days: int) -> int:
    """Give ACLED's precision of a date: a day, a week, or a month and more."""
    return 1 if days == 1 else 2 if days <= 7 else 3


FORMAT: Final = Format("acled", (".acled.csv",), None, write, KEEPS, reconciles=True)
