"""Cells of tables that hold something and were not read, kept with the ledger so that nobody forgets them."""

from __future__ import annotations

from typing import Any

from casualties.model.record import Key, Record, Text

__all__ = ["Unread"]


class Unread(Record):
    """A cell of a table that could be no claim.

    Attributes:
        table: The name of the file.
        cell: The cell, as a spreadsheet names it, or its row and column.
        column: The name of its column.
        value: What it holds, shortened.
        why: Why it could be no claim.

    Examples:
        >>> from casualties.model.unread import Unread
        >>> print(Unread(table="log.xlsx", cell="F7", column="Killed", value="15-Oct", why="it is a date"))
        log.xlsx F7
    """

    table: Key
    cell: Key
    column: Key | None = None
    value: Text | None = None
    why: Text | None = None

    def __str__(self) -> str:
        return f"{self.table} {self.cell}"

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """A total order by content, for listings: by table, then by row.

        Examples:
            >>> cells = [Unread(table="a", cell="F10"), Unread(table="a", cell="F9")]
            >>> [each.cell for each in sorted(cells, key=lambda each: each.sort_key)]
            ['F9', 'F10']
        """
        digits = "".join(character for character in self.cell if character.isascii() and character.isdigit())
        row = int(digits[:15] or 0)
        return (self.table, row, self.cell, self.column or "", self.value or "", self.why or "")
