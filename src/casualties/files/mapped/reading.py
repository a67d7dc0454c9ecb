"""What reading a table gives: a ledger, what could not be a claim, and counts that add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casualties.errors import Problem
from casualties.files.mapped.checks import Broken
from casualties.model.ledger import Ledger

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Counts", "Quarantined", "TableReading"]


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A cell that should hold a count and can be no claim.

    Attributes:
        row: The number of the row; in files with a header the header is row 1.
        column: The column; within a list of the row with the place of the item.
        value: What the cell holds, shortened.
        rule: A stable short word for what is wrong.
        message: What is wrong, in words.
        hint: The next step, or an empty text.

    Examples:
        >>> import casualties as cs
        >>> mapping = {"name": "sheet", "source": "us", "claims": [{"harm": "killed", "count": "dead"}]}
        >>> found = cs.read_table([{"dead": "15-Oct"}], mapping).quarantine[0]
        >>> found.row, found.column, found.value, found.rule
        (1, 'dead', '15-Oct', 'spreadsheet-date')
    """

    row: int
    column: str
    value: str
    rule: str
    message: str
    hint: str = ""

    @property
    def problem(self) -> Problem:
        """The same as a problem of a file.

        Examples:
            >>> from casualties.files.mapped import Quarantined
            >>> print(Quarantined(2, "dead", "x", "unreadable", "it is no count").problem)
            row 2, column 'dead': it is no count
        """
        return Problem(f"row {self.row}, column {self.column!r}", self.message, self.hint, self.rule)


@dataclass(frozen=True, slots=True)
class Counts:
    """Where every row and every cell went.

    Attributes:
        rows: The rows of the table, without its header.
        outside: Rows that the mapping does not speak of.
        cells: The cells, in all other rows, that the mapping reads as counts.
        claimed: Cells that are part of a claim which states a figure.
        silent: Cells that are a silence.
        quarantined: Cells that can be neither.
        nothing: Cells of which the mapping says that they hold nothing.

    Examples:
        >>> import casualties as cs
        >>> mapping = {"name": "sheet", "source": "us", "claims": [{"harm": "killed", "count": "dead"}]}
        >>> print(cs.read_table([{"dead": 3}, {"dead": ""}, {"dead": "x"}], mapping).counts)
        3 rows, 0 outside; 3 cells: 1 in claims, 1 silent, 1 in quarantine, 0 hold nothing
    """

    rows: int = 0
    outside: int = 0
    cells: int = 0
    claimed: int = 0
    silent: int = 0
    quarantined: int = 0
    nothing: int = 0

    @property
    def add_up(self) -> bool:
        """Whether every cell is somewhere, and nowhere twice.

        Examples:
            >>> from casualties.files.mapped import Counts
            >>> Counts(rows=1, cells=2, claimed=1, silent=1).add_up
            True
        """
        return self.cells == self.claimed + self.silent + self.quarantined + self.nothing

    def __str__(self) -> str:
        return (
            f"{self.rows:,} rows, {self.outside:,} outside; {self.cells:,} cells: {self.claimed:,} in claims, "
            f"{self.silent:,} silent, {self.quarantined:,} in quarantine, {self.nothing:,} hold nothing"
        )


@dataclass(frozen=True, slots=True)
class TableReading:
    """What was read from a table.

    Attributes:
        ledger: The claims.
        quarantine: Cells that can be no claim, in the order of the rows.
        broken: Rows that are kept as claims and break a promise of their format.
        counts: Where every row and every cell went.
        new_names: Names of sources that neither the mapping nor the registry knows; each is a source of its own.

    Examples:
        >>> import casualties as cs
        >>> mapping = {"name": "sheet", "source": "{who}", "claims": [{"harm": "killed", "count": "dead"}]}
        >>> reading = cs.read_table([{"who": "SOHR; VDC", "dead": "at least 11"}], mapping)
        >>> [(claim.source, str(claim.figure)) for claim in reading.ledger]
        [('SOHR', '11 or more'), ('VDC', '11 or more')]
    """

    ledger: Ledger
    quarantine: tuple[Quarantined, ...]
    broken: tuple[Broken, ...]
    counts: Counts
    new_names: tuple[str, ...] = ()

    def quarantine_frame(self) -> pd.DataFrame:
        """Give the quarantine as a pandas frame, one row a cell.

        Returns:
            Columns ``row``, ``column``, ``value``, ``rule``, ``message`` and ``hint``.

        Examples:
            >>> import casualties as cs
            >>> mapping = {"name": "sheet", "source": "us", "claims": [{"harm": "killed", "count": "dead"}]}
            >>> list(cs.read_table([{"dead": "x"}], mapping).quarantine_frame()["value"])
            ['x']
        """
        names = ("row", "column", "value", "rule", "message", "hint")
        return _frame({name: [getattr(row, name) for row in self.quarantine] for name in names})

    def broken_frame(self) -> pd.DataFrame:
        """Give the broken promises as a pandas frame, one row each.

        Returns:
            Columns ``row``, ``rule``, ``values`` and ``message``.

        Examples:
            >>> import casualties as cs
            >>> mapping = {"name": "a", "source": "us", "claims": [{"harm": "killed", "low": "low", "high": "high"}]}
            >>> list(cs.read_table([{"low": 5, "high": 4}], mapping).broken_frame()["values"])
            ['low=5, high=4']
        """
        return _frame(
            {
                "row": [each.row for each in self.broken],
                "rule": [each.rule for each in self.broken],
                "values": [each.said for each in self.broken],
                "message": [each.message for each in self.broken],
            }
        )

    def __str__(self) -> str:
        return f"{len(self.ledger):,} claims from {self.counts}; {len(self.broken):,} broken promises"


def _frame(columns: dict[str, list[Any]]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - loaded only when a frame is asked for

    return pd.DataFrame(
        {name: pd.Series(values, dtype="int64" if name == "row" else "str") for name, values in columns.items()}
    )
