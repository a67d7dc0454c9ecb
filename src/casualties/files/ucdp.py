"""Rows in the shape of UCDP GED, the georeferenced event dataset: one for each finding, coded by its codebook.

The columns are those of GED 23.1, in its order.  A cell that no claim tells stays empty: a row that counts the dead of
one side says nothing of the other, and an empty cell is no zero.

Side A and side B are those who fight one another: the sides of dead combatants, and who is said to have killed them.
Of civilians with a perpetrator they are the perpetrator and *Civilians*, as in one-sided violence; the side that the
civilians belong to is neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casualties.files._coded import KEEPS, Row, publishers, reports_of, write_coded
from casualties.files.loss import Format, LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casualties.codebooks import Resolution
    from casualties.files.disk import Writable
    from casualties.model.subject import Subject
    from casualties.results import Finding, Reconciliation

__all__ = ["COLUMNS", "FORMAT", "write"]

COLUMNS: Final = (
    *("id", "relid", "year", "active_year", "code_status"),
    *("type_of_violence", "conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id"),
    *("dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a"),
    *("side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article"),
    *("source_office", "source_date", "source_headline", "source_original", "where_prec"),
    *("where_coordinates", "where_description", "adm_1", "adm_2", "latitude"),
    *("longitude", "geom_wkt", "priogrid_gid", "country", "country_id"),
    *("region", "event_clarity", "date_prec", "date_start", "date_end"),
    *("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best"),
    *("high", "low", "gwnoa", "gwnob"),
)
"""The columns of GED 23.1."""

CIVILIANS: Final = "Civilians"
"""How UCDP names side B in one-sided violence."""


def write(
    result: Reconciliation,
    target: Writable,
    *,
    side_a: str | None = None,
    side_b: str | None = None,
    **parameters: object,
) -> tuple[LeftOut, ...]:
    """Write one row for each finding that UCDP's codebook codes.

    Args:
        result: What the claims say together.
        target: A path or an open file.
        side_a: The key of side A, for every row.  Where both are left out, each row has the sides that its claims
            name; which of them is A goes by the names of the sides of dead combatants, if they are no more than two.
        side_b: The key of side B.
        parameters: The choices that the codebook leaves open.

    Returns:
        What no row could carry, the findings among it that are not coded.

    Raises:
        LedgerFileError: If the file cannot be written.
        UnknownNameError: If the codebook has no such parameter.
        ModelError: If a parameter does not take a value.

    Examples:
        >>> import csv, io, casualties as cs
        >>> file, seed = io.StringIO(), cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> left = write(cs.reconcile(seed).about(status="civilian"), file)
        >>> row = next(csv.DictReader(io.StringIO(file.getvalue())))
        >>> row["low"], row["best"], row["high"], row["deaths_civilians"], row["deaths_a"]
        ('11', '11', '11', '11', '')
    """
    sides: tuple[str | None, ...] = (side_a, side_b)
    named = sides != (None, None)
    if not named:
        fought = sorted(
            {finding.subject.side for finding in result if finding.subject.side and _fought(finding.subject)}
        )
        sides = (*fought, None, None)[:2] if len(fought) <= 2 else sides
    unsaid = 0
    words = result.view.words

    def row(finding: Finding, resolution: Resolution) -> Row | str:
        subject, reports = finding.subject, reports_of(resolution)
        deaths = {"civilians": "deaths_civilians", "unknown": "deaths_unknown"}
        deaths |= {f"side {key}": f"deaths_{letter}" for letter, key in zip("ab", sides, strict=True) if key}
        if strange := [part.name for part in resolution.parts if part.name not in deaths]:
            return f"{strange[0]} is neither side A nor side B: give side_a= and side_b="
        nonlocal unsaid
        names = [name and words.name("side", name) for name in (sides if named else _dyad(finding, sides))]
        if not named and subject.status == "civilian" and _accused(finding):
            names[1] = CIVILIANS
        unsaid += names.count(None)
        since, until = subject.since, finding.as_of
        span = None if since is None or until is None else (until.latest - since.earliest).days + 1
        return {
            "year": until.latest.year if until else None,
            "conflict_name": subject.event and words.name("event", subject.event),
            "side_a": names[0],
            "side_b": names[1],
            "dyad_name": " - ".join(name for name in names if name) if all(names) else None,
            "number_of_sources": len(reports) or None,
            "source_article": _joined(report.address for report in reports),
            "source_office": publishers(resolution),
            "source_date": _joined(str(report.published) for report in reports if report.published),
            "source_headline": _joined(report.title for report in reports),
            "source_original": _joined(finding.view.sources[claim.source].name for claim in resolution.used),
            "where_description": subject.place and words.name("place", subject.place),
            "date_prec": None if span is None else _precision(span),
            "date_start": since.earliest.isoformat() if since else None,
            "date_end": until.latest.isoformat() if until else None,
            **{deaths[part.name]: part.number for part in resolution.parts},
            "best": resolution.best,
            "high": resolution.high,
            "low": resolution.low,
        }

    left = write_coded(result, target, codebook="ucdp", parameters=parameters, columns=COLUMNS, row=row)
    why = "no claim says who fought, or who killed civilians: give side_a= and side_b="
    return (*left, LeftOut("names of side A or side B", unsaid, why)) if unsaid else left


def _fought(subject: Subject) -> bool:
    return subject.status == "combatant"


def _accused(finding: Finding) -> str | None:
    """Give the side that is said to have done it, where all who say so name the same."""
    sides = [blame.side for blame in finding.blamed]
    return sides[0] if len(sides) == 1 else None


def _dyad(finding: Finding, sides: tuple[str | None, ...]) -> tuple[str | None, str | None]:
    """Give the sides of a row: of dead combatants theirs and who killed them, of civilians who did it."""
    subject, accused = finding.subject, _accused(finding)
    if subject.status == "civilian":
        return accused, None
    if not (_fought(subject) and subject.side):
        return None, None
    side_a, side_b = sides
    if subject.side == side_a:
        return side_a, accused or side_b
    return accused or side_a, side_b


def _joined(texts: Iterable[str | None]) -> str | None:
    return ";".join(dict.fromkeys(text for text in texts if text)) or None


def _precision(days: int) -> int:
    """Give GED's precision of a date: a day, up to six days, a week, up to a month, or more."""
    return next((code for code, most in enumerate((1, 6, 7, 31), 1) if days <= most), 5)


FORMAT: Final = Format("ucdp", (".ucdp.csv",), None, write, KEEPS, reconciles=True)
