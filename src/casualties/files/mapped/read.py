"""Reading a table as claims, by a mapping: its rows one by one, or many at once where they are many."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import Any, Final, Literal

from casualties._writing import as_path
from casualties.errors import LedgerFileError, MappingError
from casualties.files import hxl
from casualties.files.mapped._by_row import RowByRow
from casualties.files.mapped._many import can, read_many
from casualties.files.mapped._mapping_problems import place_of_column
from casualties.files.mapped._open import Tabular, open_rows
from casualties.files.mapped._patterns import SlowSearchError
from casualties.files.mapped._preset_names import preset
from casualties.files.mapped.mapping import TableMapping
from casualties.files.mapped.reading import TableReading
from casualties.model.registry import Registry

__all__ = ["read_table"]

LARGE: Final = 1 << 18
"""From how many bytes on the rows of a text file are read many at once, where numpy and pyarrow are installed."""


def read_table(
    table: Tabular,
    mapping: str | os.PathLike[str] | TableMapping | Mapping[str, Any],
    *,
    on_bad: Literal["quarantine", "raise"] = "quarantine",
    sources: Registry | None = None,
    kind: str | None = None,
) -> TableReading:
    """Read a table as claims, by a mapping that says what its columns mean.

    Each cell that the mapping reads as a count ends as part of a claim, as a silence or in quarantine, and
    ``counts`` adds up.  Rows that fail a check of the mapping are kept as claims and listed in ``broken``.

    Args:
        table: The path of a CSV, TSV, Excel, Parquet, JSON or JSON lines file, a pandas frame, or a list of
            dictionaries.
        mapping: The name of a preset, the path of a mapping file, or a mapping.
        on_bad: Whether cells that can be no claim are put in quarantine, or raise an error that lists them.
        sources: Sources that are known by name, besides those of the mapping.
        kind: The kind of file, where its name does not say: ``csv``, ``xlsx``, ``jsonl`` …

    Returns:
        The ledger, the quarantine, the failed checks and the counts.

    Raises:
        MappingError: If the mapping is wrong, or names a column that the table lacks; the message names it.
        LedgerFileError: If the file cannot be read, or with ``on_bad="raise"`` if a cell can be no claim.
        LedgerError: If what the rows declare contradicts itself, such as a place under itself.
        UnknownNameError: If no preset has the name.

    Examples:
        >>> import casualties as cs
        >>> mapping = {
        ...     "name": "sheet",
        ...     "source": "{office}",
        ...     "claims": [{"harm": "killed", "low": "low", "best": "best", "high": "high", "place": "{town}"}],
        ... }
        >>> rows = [{"town": "Barda", "office": "Prosecutor", "low": 19, "best": 21, "high": 21}]
        >>> for claim in cs.read_table(rows, mapping).ledger:
        ...     print(claim.source, "·", claim.subject, "·", claim.figure)
        Prosecutor · killed, Barda · 19–21 (best 21)
    """
    if on_bad not in ("quarantine", "raise"):
        raise MappingError(f"on_bad {on_bad!r}: there is no such way", "bad-mapping", "quarantine or raise")
    chosen = _chosen(mapping)
    rows = open_rows(table, chosen, kind)
    try:
        refused: Mapping[str, str] = {}
        if not chosen.claims:
            chosen, refused = _tagged(chosen, rows.columns or ())
        registry, place = sources or Registry(), _placing(mapping)
        if rows.text is not None and rows.text.stat().st_size >= LARGE and can(chosen) and _has_arrays():
            reading = read_many(rows.text, chosen, registry, rows, place)
        else:
            reading = RowByRow(chosen, registry, rows, refused, place).read()
    except SlowSearchError as error:
        hint = "write it without a repetition inside a repetition, such as (a|aa)+"
        raise MappingError(f"{rows.name}: {error}", "slow-pattern", hint) from error
    finally:
        rows.close()
    if on_bad == "raise" and reading.quarantine:
        raise LedgerFileError(rows.name, tuple(row.problem for row in reading.quarantine))
    return reading


def _chosen(mapping: str | os.PathLike[str] | TableMapping | Mapping[str, Any]) -> TableMapping:
    """Take a mapping as it may be named or given."""
    return preset(mapping) if isinstance(mapping, str | os.PathLike) else TableMapping.of(mapping)


def _placing(mapping: object) -> Callable[[str], str]:
    """Give what says where a mapping in a file names a column."""

    def place(column: str) -> str:
        if not isinstance(mapping, str | os.PathLike) or not (path := as_path(mapping)).suffix:
            return ""
        where = place_of_column(path.read_text(encoding="utf-8"), column)
        return f"{mapping}: {where}: " if where else f"{mapping}: "

    return place


def _has_arrays() -> bool:
    return all(find_spec(name) is not None for name in ("numpy", "pyarrow"))


def _tagged(mapping: TableMapping, columns: tuple[str, ...]) -> tuple[TableMapping, Mapping[str, str]]:
    """Complete a mapping that makes no claims by what the hashtags of a table say; with the columns that it refuses."""
    fields = {name: getattr(mapping, name) for name in type(mapping).model_fields}
    tagged = hxl.from_tags(columns, sourced=mapping.source is not None)
    fields |= {"claims": tagged.claims, "terms": [*mapping.terms, *tagged.terms], "dates": mapping.dates or hxl.DATES}
    return TableMapping.of(fields, mapping.name), tagged.refused
