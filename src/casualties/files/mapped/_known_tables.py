"""Tables that a mapping of the library, or of another package, reads already: they are known by their columns."""

from __future__ import annotations

import json
from collections.abc import Collection
from itertools import islice
from pathlib import Path
from typing import Any, Final

from casualties._text import inert
from casualties.errors import CasualtiesError
from casualties.files.mapped._open import open_rows
from casualties.files.mapped._preset_names import known_mapping, preset_text, presets
from casualties.files.mapped.mapping import TableMapping
from casualties.files.mapped.read import read_table

__all__ = ["BY_RECORDS", "preset_for", "text_for"]

BY_RECORDS: Final = ("json", "jsonl", "ndjson", "parquet")
"""Kinds of tables without a header that a person wrote, for which no mapping is guessed."""

_FEWEST: Final = 3
"""How many columns a mapping must name to be told by them."""

_LOOKED_AT: Final = 50
"""How many records are looked at for their names."""


def preset_for(path: Path, columns: Collection[str] = ()) -> str | None:
    """Find the mapping all of whose columns a table has and whose words it uses; of several that which names most.

    Args:
        path: The table.
        columns: The names of its columns; of records they are looked up in the file.
    """
    fitting = []
    for name in presets():
        try:
            mapping = known_mapping(name)
            needed = {*mapping.columns}
            if len(needed) < _FEWEST or (columns and not needed <= {*columns}):
                continue
            records = _records(path, mapping)
            if all(any(column in record for record in records) for column in needed) and _speaks(records, mapping):
                fitting.append((len(needed), name))
        except CasualtiesError:
            continue
    return max(fitting)[1] if fitting else None


def _records(path: Path, mapping: TableMapping) -> list[dict[str, Any]]:
    """Give the first records of a table, where a mapping looks for them."""
    rows = open_rows(path, mapping, None)
    try:
        return [dict(row.cells) for row in islice(rows.rows, _LOOKED_AT) if not row.skipped]
    finally:
        rows.close()


def _speaks(records: list[dict[str, Any]], mapping: TableMapping) -> bool:
    """Tell whether the words of most records are those that a mapping knows: another place has others."""
    reading = read_table(records, mapping)
    unknown = sum(bad.rule == "unknown-value" for bad in reading.quarantine)
    return 2 * unknown <= reading.counts.cells


def text_for(name: str, path: Path) -> tuple[str, str]:
    """Give the file of a mapping for a table that it fits, and what that takes for granted."""
    assumed = f"the table is one that the mapping {name!r} is made for, since it has all of its columns"
    head = f"# The mapping {name!r}, for {inert(path.name)}, which has all of its columns.  It runs as it stands."
    return f"{head}\n{preset_text(name).rstrip()}\nassumed:\n  - {json.dumps(assumed)}\n", assumed
