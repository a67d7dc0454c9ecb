"""What a mapping asks of the rows of a table, and the rows that fail it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from casualties.files.mapped._columns import Check, ClaimColumns
from casualties.files.mapped._counts import CountReader
from casualties.files.mapped._slots import Slot
from casualties.files.mapped.cells import BadCellError, Cells, SlotReader, shown, text_of
from casualties.files.mapped.mapping import TableMapping
from casualties.model.figure import Figure
from casualties.model.period import PartialDate

__all__ = ["Checks", "FailedCheck", "broken_triple"]


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """A row that fails a check of its mapping; its claims are kept.

    Attributes:
        row: The number of the row; in files with a header the header is row 1.
        rule: The check: ``low-best-high``, ``sum``, ``not-after``, ``rising``, ``step`` or ``unknown-column``.
        values: The values that fail it, by column; for running totals with those of the row before.
        message: What is wrong, in words.

    Examples:
        >>> import casualties as cs
        >>> mapping = {"name": "sheet", "source": "us", "claims": [{"harm": "killed", "low": "low", "high": "high"}]}
        >>> cs.read_table([{"low": 5, "high": 4}], mapping).broken[0].message
        'low 5, high 4: they do not rise'
    """

    row: int
    rule: str
    values: tuple[tuple[str, str], ...]
    message: str

    @property
    def said(self) -> str:
        """The values in one text.

        Examples:
            >>> from casualties.files.mapped import FailedCheck
            >>> FailedCheck(2, "low-best-high", (("low", "5"), ("high", "4")), "they do not rise").said
            'low=5, high=4'
        """
        return ", ".join(f"{name}={value}" for name, value in self.values)


def broken_triple(row: int, ends: dict[str, Figure], columns: dict[str, str]) -> FailedCheck | None:
    """Tell whether low, best and high, as far as they are given, do not rise."""
    order = [name for name in ("low", "best", "high") if name in ends]
    if all(ends[first].low <= ends[two].low for first, two in pairwise(order)):
        return None
    said = ", ".join(f"{name} {ends[name].low}" for name in order)
    values = tuple((columns[name], str(ends[name].low)) for name in order)
    return FailedCheck(row, "low-best-high", values, f"{said}: they do not rise")


class Checks:
    """Watches the rows go by and says which fail a check; running totals are compared at the end, by date."""

    def __init__(self, mapping: TableMapping) -> None:
        counts = CountReader(
            ClaimColumns(harm=Slot.model_validate({"from": "killed"}), count="#", empty="nothing"), mapping
        )
        self._count = counts.read
        self._rules = [self._watching(check, mapping) for check in mapping.checks]
        self.broken: list[FailedCheck] = []

    def see(self, row: int, cells: Cells, which: int | None = None) -> None:
        """Look at a row, for one of the checks or for all."""
        for rule, _ in self._rules if which is None else [self._rules[which]]:
            rule(row, cells)

    def end(self) -> tuple[FailedCheck, ...]:
        """Give every failed check, in the order of the rows."""
        for _, last in self._rules:
            last()
        return tuple(sorted(self.broken, key=lambda row: (row.row, row.rule, row.values)))

    def _exact(self, cells: Cells, column: str | None) -> int | None:
        """Give a count of which both ends are the same; ``None`` for every other."""
        try:
            figure = self._count(cells.get(column or "")).figure
        except BadCellError:
            return None
        return figure.low if figure is not None and figure.is_exact else None

    def _break(self, row: int, rule: str, cells: Cells, columns: tuple[str, ...], message: str) -> None:
        values = tuple((column, shown(cells.get(column))) for column in columns)
        self.broken.append(FailedCheck(row, rule, values, message))

    def _watching(self, check: Check, mapping: TableMapping) -> tuple[Callable[[int, Cells], None], Callable[[], None]]:
        if check.rule == "sum":
            return (lambda row, cells: self._sum(check, row, cells)), lambda: None
        dates = {
            name: SlotReader(Slot.model_validate({"from": f"{{{name}}}"}), mapping)
            for name in (check.first, check.last, check.along)
            if name
        }

        def day(cells: Cells, column: str | None) -> PartialDate | None:
            try:
                return dates[column or ""].day(cells)
            except BadCellError:
                return None

        if check.rule == "not-after":
            return (lambda row, cells: self._not_after(check, row, cells, day)), lambda: None
        seen: list[tuple[Any, ...]] = []

        def keep(row: int, cells: Cells) -> None:
            when = day(cells, check.along)
            if when is not None:
                group = tuple(text_of(cells.get(name)) for name in check.within)
                count, total = self._exact(cells, check.column), self._exact(cells, check.total)
                seen.append((group, when.sort_key[:2], row, count, total))

        return keep, (lambda: self._rising(check, seen) if check.rule == "rising" else self._step(check, seen))

    def _sum(self, check: Check, row: int, cells: Cells) -> None:
        whole = self._exact(cells, check.column)
        parts = [part for name in check.parts if (part := self._exact(cells, name)) is not None]
        if whole is not None and len(parts) == len(check.parts) and sum(parts) != whole:
            message = f"{check.column} is {whole}, and its parts make {sum(parts)}"
            self._break(row, "sum", cells, (check.column or "", *check.parts), message)

    def _not_after(self, check: Check, row: int, cells: Cells, day: Callable[..., PartialDate | None]) -> None:
        first = day(cells, check.first)
        column = check.last or ""
        lasts = [day({column: part.strip()}, column) for part in text_of(cells.get(column)).split(";")]
        ends = [last.latest for last in lasts if last is not None]
        if first is not None and ends and first.earliest > max(ends):
            message = f"{check.first} {first} is after {check.last} {max(ends)}"
            self._break(row, "not-after", cells, (check.first or "", column), message)

    def _rising(self, check: Check, seen: list[tuple[Any, ...]]) -> None:
        for (_, _, _, before, _), (_, _, row, count, _) in _neighbours([row for row in seen if row[3] is not None]):
            if count < before:
                message = f"{check.column} falls from {before} to {count}"
                self.broken.append(FailedCheck(row, "rising", _values(check.column, before, count), message))

    def _step(self, check: Check, seen: list[tuple[Any, ...]]) -> None:
        totals = [row for row in seen if row[4] is not None]
        for (_, _, _, _, before), (_, _, row, count, total) in _neighbours(totals):
            if count is not None and total - before != count:
                message = f"{check.column} is {count}, and {check.total} goes from {before} to {total}"
                values = ((check.column or "", str(count)), *_values(check.total, before, total))
                self.broken.append(FailedCheck(row, "step", values, message))


def _values(column: str | None, before: int, count: int) -> tuple[tuple[str, str], ...]:
    return ((f"{column} before", str(before)), (column or "", str(count)))


def _neighbours(seen: list[tuple[Any, ...]]) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """Give each total with the one before it in the same group, by date."""
    ordered = sorted(seen, key=lambda row: row[:3])
    return ((first, two) for first, two in pairwise(ordered) if first[0] == two[0])
