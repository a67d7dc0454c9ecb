"""The sentence about cells of tables that were not read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from casualties._text import counted, inert
from casualties.model.unread import Unread

__all__ = ["cell_told", "not_read"]

_NAMED: Final = 6
"""How many cells are named."""


def cell_told(cell: Unread) -> str:
    """Say what a cell holds that was not read, and why it was not.

    Examples:
        >>> cell_told(Unread(table="log.xlsx", cell="F7", value="15-Oct", why="it is a date"))
        'log.xlsx F7: 15-Oct, it is a date'
    """
    return inert(f"{cell}{f': {cell.value}' if cell.value else ''}{f', {cell.why}' if cell.why else ''}")


def not_read(cells: Iterable[Unread]) -> str:
    """Say how many cells were not read, and where they stand; nothing where all were.

    Examples:
        >>> cells = [Unread(table="log.xlsx", cell=cell) for cell in ("F7", "F9", "G11")]
        >>> not_read(cells), not_read([])
        ('Not read: 3 cells (log.xlsx F7, F9, G11).', '')
    """
    listed = list(cells)
    if not listed:
        return ""
    by_table: dict[str, list[str]] = {}
    for cell in listed[:_NAMED]:
        by_table.setdefault(inert(cell.table), []).append(inert(cell.cell))
    named = "; ".join(f"{table} {', '.join(places)}" for table, places in by_table.items())
    more = ", …" if len(listed) > _NAMED else ""
    return f"Not read: {counted(len(listed), 'cell')} ({named}{more})."
