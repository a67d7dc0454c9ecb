"""Parquet files of others as rows, never unfolded further than a table of such a size can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from casualties.errors import LedgerFileError, Problem
from casualties.files.loss import extra

__all__ = ["Opened", "check_parquet", "open_parquet"]

_CHUNK: Final = 1_000
"""How many rows are turned into objects at a time."""

_AT_ONCE: Final = 100_000
"""How many rows are looked at for their size at a time; their dictionaries stay folded."""


_UNFOLDED: Final = 256 * 1024 * 1024
_ROW: Final = 1_000
"""How many bytes a table of claims may unfold to: so many, and so many more for each of its rows."""

_FEW: Final = 100_000
_ROWS: Final = 8
"""How many rows it may have: so many, and so many more for each byte of the file."""


class Opened(NamedTuple):
    """A Parquet file that was opened.

    Attributes:
        columns: The names of its columns.
        nested: Whether a cell may hold a record or a list.
        metadata: What stands beside the columns.
        rows: Gives its rows, each with its number, which counts from one.
        close: Closes the file.
    """

    columns: tuple[str, ...]
    nested: bool
    metadata: Mapping[bytes, bytes]
    rows: Callable[[], Iterator[tuple[int, dict[str, Any]]]]
    close: Callable[[], None]


def open_parquet(source: Path | IO[bytes], size: int, name: str, most: int) -> Opened:
    """Open a Parquet file.

    Args:
        source: Where it is.
        size: Its size in bytes.
        name: What it is called.
        most: How many bytes its cells may unfold to.

    Raises:
        LedgerFileError: If it is none, or unfolds to more than a file of its size can mean.
        MissingExtraError: If pyarrow is not installed.

    Examples:
        >>> import io
        >>> import pyarrow, pyarrow.parquet
        >>> file = io.BytesIO()
        >>> pyarrow.parquet.write_table(pyarrow.table({"town": ["Barda"]}), file)
        >>> opened = open_parquet(file, len(file.getvalue()), "table.parquet", 1000)
        >>> list(opened.rows())
        [(1, {'town': 'Barda'})]
    """
    pa, pq = (extra(module, "parquet", "parquet") for module in ("pyarrow", "pyarrow.parquet"))
    wrong = (pa.ArrowException, OSError, ValueError, OverflowError, RecursionError)

    def refused(message: str, hint: str, reason: str, place: str = "") -> LedgerFileError:
        return LedgerFileError(name, (Problem(place, message, hint, reason),))

    def unreadable(error: BaseException) -> LedgerFileError:
        said = (getattr(error, "strerror", None) or str(error) or type(error).__name__)[:200]
        return refused(f"this is no Parquet file: {said}", "restore it from a copy", "notation")

    try:
        schema = pq.read_schema(source)
        kinds = (pa.types.is_string, pa.types.is_large_string, pa.types.is_dictionary)
        texts = [field.name for field in schema if any(is_kind(field.type) for is_kind in kinds)]
        file = pq.ParquetFile(source, read_dictionary=texts)
        kept = file.metadata
        packed = sum(kept.row_group(group).total_byte_size for group in range(kept.num_row_groups))
        number = kept.num_rows
        nested = any(pa.types.is_nested(field.type) for field in schema)
        metadata = dict(schema.metadata or {})
    except wrong as error:
        raise unreadable(error) from error
    if number > size:
        file.close()
        message = f"{number:,} rows in {size:,} bytes: no table of counts is so small"
        raise refused(message, "save the rows that say something, as CSV", "too-large")
    unfolded = packed
    try:
        for batch in file.iter_batches(_AT_ONCE, columns=texts) if texts else ():
            if unfolded > most:
                break
            unfolded += sum(_length(column) for column in batch.columns)
    except wrong as error:
        file.close()
        raise unreadable(error) from error
    if unfolded > most:
        file.close()
        raise refused(f"it unfolds to more than {most:,} bytes", "split it, or shorten its texts", "too-large")

    def rows() -> Iterator[tuple[int, dict[str, Any]]]:
        start = 1
        try:
            for batch in file.iter_batches(_CHUNK):
                try:
                    records = batch.to_pylist()
                except UnicodeDecodeError:
                    at, column, byte = _bad_text(batch)
                    message = f"byte 0x{byte:02x} is not UTF-8"
                    hint = "write the column anew as text in UTF-8"
                    raise refused(message, hint, "encoding", f"row {start + at}, column {column}") from None
                yield from enumerate(records, start)
                start += len(records)
        except wrong as error:
            if isinstance(error, LedgerFileError):
                raise
            raise unreadable(error) from error

    return Opened(tuple(schema.names), nested, metadata, rows, file.close)


def check_parquet(path: Path) -> None:
    """See that the claims in a Parquet file are no more than a file of its size can mean, before engines unfold them.

    Raises:
        LedgerFileError: If they are, or it is no Parquet file.
        MissingExtraError: If pyarrow is not installed.

    Examples:
        >>> check_parquet(Path("seeds/claims.parquet"))
        Traceback (most recent call last):
        ...
        casualties.errors.LedgerFileError: seeds/claims.parquet: 1 problem
          this is no Parquet file: No such file or directory (restore it from a copy)
        Hint: mend the places and read the file again; nothing was loaded
    """
    pa, pc, pq = (extra(f"pyarrow{part}", "parquet", "parquet") for part in ("", ".compute", ".parquet"))
    try:
        size = path.stat().st_size
        schema = pq.read_schema(path)
        texts = [field.name for field in schema if _is_text(pa, getattr(field.type, "value_type", field.type))]
        with pq.ParquetFile(path, read_dictionary=texts) as file:
            kept = file.metadata
            groups = [kept.row_group(group) for group in range(kept.num_row_groups)]
            most = _UNFOLDED + _ROW * kept.num_rows
            longest = sum(group.total_byte_size for group in groups)
            for number, group in enumerate(groups if texts else ()):
                for batch in islice(file.iter_batches(1, row_groups=[number], columns=texts), 1):
                    longest_texts = [
                        pc.max(pc.binary_length(column.dictionary)).as_py() or 0 for column in batch.columns
                    ]
                    longest += sum(longest_texts) * group.num_rows
            if longest > most:  # where every text were the longest; so they are counted
                longest = sum(
                    _length(column) for batch in file.iter_batches(_AT_ONCE, columns=texts) for column in batch.columns
                )
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        said = (getattr(error, "strerror", None) or str(error))[:200]
        raise _refused(path, f"this is no Parquet file: {said}", "restore it from a copy", "notation") from error
    if kept.num_rows > _ROWS * size + _FEW:
        message = f"{kept.num_rows:,} rows in {size:,} bytes: no table of claims is so small"
        raise _refused(path, message, "save the rows that say something", "too-large")
    if longest > most:
        raise _refused(path, f"it unfolds to more than {most:,} bytes", "split it, or shorten its texts", "too-large")


def _is_text(pa: Any, kind: Any) -> bool:  # noqa: ANN401 - of pyarrow
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _refused(path: Path, message: str, hint: str, reason: str) -> LedgerFileError:
    return LedgerFileError(str(path), (Problem("", message, hint, reason),))


def _length(column: Any) -> int:  # noqa: ANN401 - an array of pyarrow
    """Give how many bytes the texts of a column are when they are unfolded."""
    pc = extra("pyarrow.compute", "parquet", "parquet")
    if not hasattr(column, "dictionary"):
        return int(column.nbytes)
    lengths = pc.take(pc.binary_length(column.dictionary), column.indices)
    return int(pc.sum(pc.cast(lengths, "int64")).as_py() or 0)


def _bad_text(batch: Any) -> tuple[int, str, int]:  # noqa: ANN401 - a batch of pyarrow
    """Find the first text that is none: its place in the batch, its column, and the byte."""
    bad_texts = []
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        plain = column.dictionary_decode() if hasattr(column, "dictionary") else column
        if "string" in str(plain.type):
            for at, content in enumerate(plain.cast(str(plain.type).replace("string", "binary")).to_pylist()):
                try:
                    (content or b"").decode()
                except UnicodeDecodeError as error:
                    bad_texts.append((at, name, content[error.start]))
                    break
    return min(bad_texts, default=(0, batch.schema.names[0], 0))
