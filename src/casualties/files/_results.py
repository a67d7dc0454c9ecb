"""Reconciliations written in formats that hold ledgers as well: as tables of findings, or as JSON."""

from __future__ import annotations

import io
from typing import Final

from casualties.files.csv import frame_text
from casualties.files.disk import Writable, write_bytes, write_text
from casualties.files.loss import extra
from casualties.results import Reconciliation
from casualties.show.workbook import to_workbook

__all__ = ["RESULTS", "write_result"]

RESULTS: Final = ("csv", "excel", "json", "parquet")
"""The formats that hold ledgers and in which a reconciliation can be written too."""


def write_result(result: Reconciliation, target: Writable, form: str) -> None:
    """Write a reconciliation: a workbook, the frame of findings as CSV or Parquet, or the JSON of all.

    Raises:
        LedgerFileError: If it cannot be written.
        MissingExtraError: If the format needs a package that is not installed.
    """
    if form == "excel":
        write_bytes(target, to_workbook(result.findings, result.view))
    elif form == "csv":
        write_text(target, frame_text(result.to_frame()) + "\n")
    elif form == "json":
        write_text(target, result.to_json() + "\n")
    else:
        extra("pyarrow", "parquet", "parquet")
        out = io.BytesIO()
        result.to_frame().to_parquet(out, index=False)
        write_bytes(target, out.getvalue())
