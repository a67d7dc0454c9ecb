"""What reading a table gives: a ledger, what could not be a claim, and counts that add up."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final

from casualties._text import Printed, counted
from casualties.errors import Problem
from casualties.files.mapped.checks import FailedCheck
from casualties.model.ledger import Ledger

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Counts", "QuarantineCause", "QuarantinedCell", "TableReading"]


_TOLD: Final = 5
"""How many places of one cause are named."""


@dataclass(frozen=True, slots=True)
class QuarantinedCell:
    """A cell that should hold a count and can be no claim.

    Attributes:
        row: The number of the row; in files with a header the header is row 1.
        column: The column; within a list of the row with the place of the item.
        value: What the cell holds, shortened.
        rule: A stable short word for what is wrong.
        message: What is wrong, in words.
        hint: The next step, or an empty text.
        cell: How a spreadsheet names the cell, such as ``F7``; empty where the table has no such places.
        blamed: The column because of which it can be none, where that is another one, such as that of the date.

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
    cell: str = ""
    blamed: str = ""

    @property
    def place(self) -> str:
        """Where it stands, as short as it can be said.

        Examples:
            >>> QuarantinedCell(2, "dead", "x", "unreadable", "it is no count", cell="C2").place
            'C2'
        """
        return self.cell or f"row {self.row}, {self.column!r}"

    @property
    def problem(self) -> Problem:
        """The same as a problem of a file.

        Examples:
            >>> from casualties.files.mapped import QuarantinedCell
            >>> print(QuarantinedCell(2, "dead", "x", "unreadable", "it is no count").problem)
            row 2, column 'dead': it is no count
        """
        return Problem(f"row {self.row}, column {self.column!r}", self.message, self.hint, self.rule)


@dataclass(frozen=True, slots=True)
class QuarantineCause:
    """One reason for which cells were not read, with all of them.

    Attributes:
        rule: As in `QuarantinedCell`.
        column: The column that is to be mended.
        message: What is wrong with the first of them.
        hint: The next step.
        cells: The cells, in the order of the rows.

    Examples:
        >>> import casualties as cs
        >>> mapping = {"name": "sheet", "source": "us", "claims": [{"harm": "killed", "count": "dead"}]}
        >>> (cause,) = cs.read_table([{"dead": "-1"}, {"dead": 2}, {"dead": "-7"}], mapping).causes
        >>> cause.rule, cause.rows
        ('negative', (1, 3))
    """

    rule: str
    column: str
    message: str
    hint: str
    cells: tuple[QuarantinedCell, ...]

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows in which they stand.

        Examples:
            >>> bad = QuarantinedCell(2, "dead", "x", "unreadable", "it is no count")
            >>> QuarantineCause(bad.rule, bad.column, bad.message, bad.hint, (bad, bad)).rows
            (2,)
        """
        return tuple(sorted({cell.row for cell in self.cells}))

    def __str__(self) -> str:
        return self.told(_TOLD)

    def told(self, most: int | None = None) -> str:
        """Tell the reason once, with the places of its cells.

        Args:
            most: How many cells to name; all of them where it is left out.

        Examples:
            >>> bad = QuarantinedCell(2, "dead", "x", "unreadable", "it is no count")
            >>> QuarantineCause(bad.rule, bad.column, bad.message, bad.hint, (bad,)).told()
            "row 2, column 'dead': it is no count"
        """
        cells = self.cells[:most]
        where = ", ".join(cell.place for cell in cells)
        more = f" and {len(self.cells) - len(cells):,} more" if len(self.cells) > len(cells) else ""
        prefix = "" if self.column == "#row" else f"column {self.column!r}: "
        said = self.message if self.message.startswith(prefix) else prefix + self.message
        hint = f" ({self.hint})" if self.hint else ""
        if len(self.rows) == 1:
            which = f": {where}{more}" if len(self.cells) > 1 else ""
            return f"row {self.rows[0]}, {said}{hint}{which}"
        return f"{counted(len(self.cells), 'cell')} in {counted(len(self.rows), 'row')}, {said}{hint}: {where}{more}"


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
        rows, cells = counted(self.rows, "row"), counted(self.cells, "cell")
        return (
            f"{rows}, {self.outside:,} outside; {cells}: {self.claimed:,} in claims, {self.silent:,} silent, "
            f"{self.quarantined:,} in quarantine, {self.nothing:,} hold nothing"
        )


@dataclass(frozen=True, slots=True)
class TableReading(Printed):
    """What was read from a table.

    Attributes:
        ledger: The claims.
        quarantine: Cells that can be no claim, in the order of the rows.
        broken: Rows that are kept as claims and fail a check of the mapping.
        counts: Where every row and every cell went.
        new_names: Names of sources that neither the mapping nor the registry knows; each is a source of its own.
        quarantine_table: The rows with a cell in quarantine as a text file in the shape of the table, which the same
            mapping reads once it is mended; empty where the table is no such table.
        assumed: What the mapping says that it assumes.
        quarantine_kind: In what kind of file that is: ``csv``, ``json`` or ``jsonl``.
        repeated_rows: As `repeated` gives them; ``None`` where they are looked for when somebody asks.

    Examples:
        >>> import casualties as cs
        >>> mapping = {"name": "sheet", "source": "{who}", "claims": [{"harm": "killed", "count": "dead"}]}
        >>> reading = cs.read_table([{"who": "SOHR; VDC", "dead": "at least 11"}], mapping)
        >>> [(claim.source, str(claim.figure)) for claim in reading.ledger]
        [('SOHR', '11 or more'), ('VDC', '11 or more')]
    """

    ledger: Ledger
    quarantine: tuple[QuarantinedCell, ...]
    broken: tuple[FailedCheck, ...]
    counts: Counts
    new_names: tuple[str, ...] = ()
    repeated_rows: tuple[tuple[int, int], ...] | None = field(default=(), repr=False, compare=False)
    quarantine_table: bytes = field(default=b"", repr=False)
    assumed: tuple[str, ...] = ()
    quarantine_kind: str = "csv"

    @property
    def repeated(self) -> tuple[tuple[int, int], ...]:
        """Rows that say nothing but what a row before them says, each with that row.

        Examples:
            >>> import casualties as cs
            >>> mapping = {"name": "sheet", "source": "us", "claims": [{"harm": "killed", "count": "dead"}]}
            >>> cs.read_table([{"dead": 3}, {"dead": 3}], mapping).repeated
            ((2, 1),)
        """
        if self.repeated_rows is None:
            object.__setattr__(self, "repeated_rows", getattr(self.ledger.held, "repeated", ()))
        return self.repeated_rows or ()

    @property
    def causes(self) -> tuple[QuarantineCause, ...]:
        """Why cells were not read, each reason once, those of most cells first.

        Examples:
            >>> import casualties as cs
            >>> claim = {"harm": "killed", "count": "dead", "until": "{day}"}
            >>> mapping = {"name": "sheet", "source": "us", "claims": [claim, {**claim, "harm": "wounded"}]}
            >>> print(*cs.read_table([{"dead": 1, "day": "May"}], mapping).causes)
            row 1, column 'day': date 'May': not a date in this notation (write 2020-09-30, 2020-09, 2020, \
2020-09-27/2020-09-30 or, for a moment, 2020-09-30T18:05+04:00): row 1, 'dead', row 1, 'dead'
        """
        groups: dict[tuple[str, str, str], list[QuarantinedCell]] = {}
        for bad in self.quarantine:
            groups.setdefault((bad.rule, bad.blamed or bad.column, bad.hint), []).append(bad)
        causes = [
            QuarantineCause(rule, column, cells[0].message, hint, tuple(cells))
            for (rule, column, hint), cells in groups.items()
        ]
        return tuple(sorted(causes, key=lambda cause: -len(cause.cells)))

    @property
    def asked(self) -> tuple[str, ...]:
        """What the mapping assumes, and what the table leaves open and the mapping may answer, in words.

        Examples:
            >>> import casualties as cs
            >>> mapping = {"name": "sheet", "source": "us", "claims": [{"harm": "killed", "count": "dead"}]}
            >>> print(cs.read_table([{"dead": 1}, {"dead": 1}], mapping).asked[0].partition(";")[0])
            row 2 says the same as row 1, and the two are one claim
        """
        groups: dict[int, list[int]] = {}
        for row, first in self.repeated:
            groups.setdefault(first, []).append(row)
        return (*self.assumed, *(_same(rows, first) for first, rows in groups.items()))

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
        """Give the failed checks as a pandas frame, one row each.

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
                "row": [row.row for row in self.broken],
                "rule": [row.rule for row in self.broken],
                "values": [row.said for row in self.broken],
                "message": [row.message for row in self.broken],
            }
        )

    def __reduce__(self) -> tuple[Any, ...]:
        given = {each.name: getattr(self, each.name) for each in fields(self)} | {"repeated_rows": self.repeated}
        return type(self), tuple(given.values())

    def __str__(self) -> str:
        claims, broken = counted(len(self.ledger), "claim"), counted(len(self.broken), "failed check")
        return f"{claims} from {self.counts}; {broken}"


def _same(rows: list[int], first: int) -> str:
    single = len(rows) == 1
    return (
        f"{'row' if single else 'rows'} {_rows(rows)} {'says' if single else 'say'} the same as row {first}, and the "
        f"{'two' if single else 'rows'} are one claim; if each row is an event of its own write event: '{{#row}}'"
    )


def _rows(numbers: list[int], most: int = 10) -> str:
    """Name some rows."""
    texts = [*map(str, numbers[:most])]
    if len(numbers) > most:
        return f"{', '.join(texts)} and {len(numbers) - most:,} more"
    return " and ".join(filter(None, (", ".join(texts[:-1]), texts[-1])))


def _frame(columns: dict[str, list[Any]]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - loaded only when a frame is asked for

    return pd.DataFrame(
        {name: pd.Series(values, dtype="int64" if name == "row" else "str") for name, values in columns.items()}
    )
