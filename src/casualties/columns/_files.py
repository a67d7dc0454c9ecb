"""Tables of claims in files: opened as a ledger where they are small, or hold what only ledgers do, else as a table."""

from __future__ import annotations

import csv
import os
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from casualties.columns._batches import TEXTS
from casualties.columns.schema import CLAIMS
from casualties.errors import CasualtiesError, LedgerFileError, Problem
from casualties.files import read
from casualties.files.cells import FORMULA
from casualties.files.csv import beside
from casualties.files.json import lines
from casualties.files.parquet import check_parquet
from casualties.model.ledger import Ledger
from casualties.show.optional import Lazily

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa
    import pyarrow.csv as pa_csv
    import pyarrow.dataset as ds
    import pyarrow.parquet as pq

    pc: Any  # its functions are made when it is loaded
else:
    pl, ds = Lazily("polars", "polars"), Lazily("pyarrow.dataset", "columns")
    pd, pa, pc, pa_csv, pq = (
        Lazily(name, "columns") for name in ("pandas", "pyarrow", "pyarrow.compute", "pyarrow.csv", "pyarrow.parquet")
    )

__all__ = ["Opened", "framed", "is_table", "opened"]

_NOTHING: Final = lines({}).encode()
_COUNT: Final = "^(0|[1-9][0-9]{0,14})?$"


class Opened(NamedTuple):
    """What a file holds: a ledger, or a table of an engine.

    Attributes:
        ledger: The ledger; ``None`` where it is a table.
        table: The table; ``None`` where it is a ledger.
    """

    ledger: Ledger | None
    table: Any


def opened(name: str, few: int, most: int) -> Opened:
    """Open a file or a folder: tables of more than ``few`` rows as tables, all else as a ledger.

    Raises:
        LedgerFileError: If it cannot be read.
        CasualtiesError: If it has more than ``most`` rows, and beside them what only a ledger holds.
        MissingExtraError: If what reads it is not installed.
    """
    path = Path(name)
    if path.is_dir():
        if not any(path.glob("*.parquet")) and not any(path.glob("*=*/")):
            hint = "name a folder of Parquet files, or of folders called key=value that hold them"
            raise LedgerFileError(name, (Problem("", "this folder holds no Parquet files", hint, "notation"),))
        for part in path.rglob("*.parquet"):
            check_parquet(part)
        return Opened(None, _scanned(name))
    if path.suffix == ".parquet":
        return _parquet(path, few, most)
    if path.suffix != ".csv" or not path.exists():
        return Opened(read(path), None)
    with path.open("rb") as file:
        rows = sum(1 for _ in islice(file, max(few, most) + 2)) - 1
    return _table(path, rows, few, most, whole=os.path.lexists(beside(path))) or Opened(None, _csv(path))


def is_table(name: str) -> bool:
    """Tell whether a path is a folder, or a Parquet file in which there is no ledger.

    Raises:
        LedgerFileError: If it is named as a Parquet file and is none.
        MissingExtraError: If pyarrow is not installed.

    Examples:
        >>> is_table("seeds"), is_table("claims.csv")
        (True, False)
    """
    path = Path(name)
    return path.is_dir() or (path.suffix == ".parquet" and path.exists() and _rest(_metadata(path)) is None)


def _metadata(path: Path) -> pq.FileMetaData:
    try:
        return pq.read_metadata(path)
    except (pa.ArrowException, OSError) as error:
        raise LedgerFileError(str(path), (Problem("", f"this is no Parquet file: {error}", "", "notation"),)) from error


def _rest(metadata: pq.FileMetaData) -> bytes | None:
    """Give what stands beside the table that was written from a ledger, as JSON."""
    rest: bytes | None = (metadata.metadata or {}).get(b"casualties")
    return rest


def _table(path: Path, rows: int, few: int, most: int, *, whole: bool) -> Opened | None:
    """Read a table as a ledger where it is small, or where it is whole only with what stands beside it."""
    if whole and rows > most:
        raise CasualtiesError(
            f"{path}: more than {most:,} rows, and beside them trees, links or declared words: "
            "columns alone cannot answer it",
            "beyond-columns",
            "read it as a ledger and reconcile what claims_table makes of it",
        )
    return Opened(read(path), None) if whole or rows <= few else None


def _parquet(path: Path, few: int, most: int) -> Opened:
    metadata = _metadata(path)
    rest = _rest(metadata)
    check_parquet(path)
    if rest is None:
        return Opened(None, _scanned(str(path)))
    return _table(path, metadata.num_rows, few, most, whole=rest != _NOTHING) or Opened(
        None, framed(_bare(pq.read_table(path)))
    )


def _scanned(name: str) -> Any:
    """Give Parquet files as a table before a row is read; texts come by number, as they lie there."""
    reading = ds.ParquetReadOptions(dictionary_columns={name for name in TEXTS if name != "claim_id"})
    return ds.dataset(name, format=ds.ParquetFileFormat(read_options=reading), partitioning="hive")


def framed(table: pa.Table) -> Any:
    """Put rows into the fastest engine that is installed."""
    return pl.DataFrame(table).lazy() if find_spec("polars") else table.to_pandas(types_mapper=pd.ArrowDtype)


def _csv(path: Path) -> Any:
    """Read a large CSV file as texts, and its counts as counts."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
    delimiter = max(",;\t", key=lambda mark: (first.count(mark), mark == ","))
    names = [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter))]
    if unknown := [place for place, column in enumerate(names, 1) if column not in CLAIMS]:
        raise _problem(path, f"row 1, column {unknown[0]}", f"unknown column {names[unknown[0] - 1]!r}", "unknown-key")
    try:
        table = pa_csv.read_csv(
            path,
            read_options=pa_csv.ReadOptions(column_names=names, skip_rows=1),
            parse_options=pa_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=pa_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
        )
    except pa.ArrowException as error:
        raise _problem(path, "", f"this is not a table: {error}", "notation") from error
    for place, column in enumerate(names):
        cells = table[column]
        strange = pc.and_(pc.match_substring_regex(cells, f"^{FORMULA}"), pc.not_equal(cells, "-"))
        if CLAIMS[column] != "text":
            strange = pc.invert(pc.match_substring_regex(pc.utf8_trim_whitespace(cells), _COUNT))
        if wrong := pc.filter(cells, strange).to_pylist():
            what = "is no count" if CLAIMS[column] != "text" else "would be run as a formula by a spreadsheet"
            raise _problem(path, f"column {column}", f"{wrong[0][:40]!r} {what}: {len(wrong):,} rows", "invalid")
        if CLAIMS[column] != "text":
            trimmed = pc.utf8_trim_whitespace(cells)
            counts = pc.if_else(pc.equal(trimmed, ""), None, trimmed).cast(pa.int64())
            table = table.set_column(place, column, counts)
    return framed(_bare(table))


def _bare(table: pa.Table) -> pa.Table:
    """Take off the apostrophes that keep a spreadsheet from running a text, and the space around it."""
    for place, column in enumerate(table.column_names):
        if pa.types.is_string(table.schema.field(column).type):
            cells = pc.utf8_trim_whitespace(table[column])
            table = table.set_column(place, column, pc.replace_substring_regex(cells, f"^'('*{FORMULA})", r"\1"))
    return table


def _problem(path: Path, place: str, message: str, reason: str) -> LedgerFileError:
    return LedgerFileError(str(path), (Problem(place, message, "", reason),))
