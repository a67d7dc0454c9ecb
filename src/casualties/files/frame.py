"""The frame of claims read back: `casualties.results.Reconciliation.claims_frame`, of pandas or polars."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from casualties.errors import LedgerFileError, Problem
from casualties.files.cells import join, protect
from casualties.files.rows import COLUMNS, read_rows
from casualties.model.ledger import Ledger
from casualties.show.frames import EXTRA
from casualties.show.schema import CLAIM_COLUMNS

__all__ = ["Frame", "is_frame", "read_frame"]

_NAMES: Final = {
    "victim_status": "status",
    "source_kinds": "source_kind",
    "title": "report_title",
    "citation": "reading",
}
"""What columns of the frame are called in a table of claims, where it has another name for them."""

_SETS: Final = (
    *("source_kinds", "with", "without", "assumed", "replaces", "our_reading", "alleged", "all", "only"),
    *("present", "notes", "relays"),
)


Frame = Any
"""A frame of pandas or polars."""


def is_frame(given: object) -> bool:
    """Tell whether something is a frame of pandas or polars.

    Examples:
        >>> is_frame("ledger.yaml")
        False
    """
    return hasattr(given, "columns") and (hasattr(given, "iloc") or hasattr(given, "iter_rows"))


def read_frame(frame: Frame) -> Ledger:
    """Read a frame of claims; what stands beside the claims, such as trees of places, is not in it.

    Raises:
        LedgerFileError: If it lacks columns of such a frame, or a row of it is no claim.

    Examples:
        >>> import casualties as cs
        >>> ledger = cs.seeds.load("nagorno-karabakh-2020-09-30")
        >>> again = read_frame(cs.reconcile(ledger).claims_frame())
        >>> {claim.id for claim in again} == {claim.id for claim in ledger}
        True
    """
    columns = [str(name) for name in frame.columns]
    if lacking := [name for name in ("claim", "source", "harm", "stance", "low", "high") if name not in columns]:
        message = f"it lacks {', '.join(map(repr, lacking))}, and is no frame of claims"
        hint = "give result.claims_frame(); a table with columns of its own is read by a mapping, with read_table"
        raise LedgerFileError("<frame>", (Problem("", message, hint, "missing"),))
    if hasattr(frame, "iter_rows"):
        rows = frame.iter_rows(named=True)
    else:
        rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    numbered = [(number, _cells(row)) for number, row in enumerate(rows, 2)]
    return read_rows([(1, list(COLUMNS)), *numbered], "<frame>", None)


def _cells(row: Mapping[str, Any]) -> list[str]:
    """Make the cells of a row of the flat table of a row of the frame."""
    cells: dict[str, str] = {}
    for name in CLAIM_COLUMNS:
        if (text := _text(row.get(name), name)) and name not in ("number", "fate", "subject", "day", "assumed_day"):
            cells[_NAMES.get(name, name)] = text
    cells["claim_id"] = cells.pop("claim", "")
    cells["harm"] = cells.get("harm", "").replace("; ", "-or-")
    cells["alleged"] = join(pair.replace(": ", "=", 1) for pair in _several(row.get("alleged")))
    extra = {str(name): _several(row[name]) for name in row if str(name).startswith(EXTRA)}
    cells["extra"] = join(f"{name.removeprefix(EXTRA)}={text}" for name, texts in extra.items() for text in texts)
    if cells.get("stance") != "states":  # the 0 of a denial is how it is read, and no figure of its own
        for name in ("low", "high", "best", "assumed", "figure"):
            cells.pop(name, None)
    if cells.get("low") or cells.get("high"):
        cells.pop("figure", None)  # the ends say it, with their marks; an estimate has its figure alone
    if cells.get("reading") == "0":
        del cells["reading"]
    return [protect(cells.get(name, "")) for name in COLUMNS]


def _several(cell: object) -> list[str]:
    return cell.split("; ") if isinstance(cell, str) else []


def _text(cell: object, name: str) -> str:
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return ""
    if name in _SETS:
        return join(_several(cell))
    if name == "source_name":
        return join([str(cell)])
    return str(int(cell)) if isinstance(cell, int | float) else str(cell)
