"""The table as plain text: the same bytes everywhere, in as many columns as asked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from casualties._text import counted, inert
from casualties.errors import CasualtiesError
from casualties.show._table import Group, Row, RowKind, Table, tabulate

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding
    from casualties.reconciling.view import View

__all__ = ["NARROWEST", "WIDTH", "broken", "columns_of", "to_text", "words"]


def words(text: str, width: int, hang: str = "", lead: str = "") -> list[str]:
    """Break a text between words, and within a word only where it is wider than a line."""
    return broken(inert(text).split(" "), width, lead, hang)


def broken(pieces: Iterable[str], width: int, lead: str, hang: str) -> list[str]:
    """Fill lines with pieces, the first after a lead and the others after an indent."""
    room = width - max(len(lead), len(hang))
    lines = [lead]
    used, empty = len(lead), True
    for part in (part for piece in pieces for part in _chunks(piece, room)):
        size = columns_of(part)
        if not empty and used + 1 + size > width:
            lines.append(hang)
            used, empty = len(hang), True
        lines[-1] += part if empty else f" {part}"
        used, empty = used + size + (not empty), False
    return lines


def _chunks(piece: str, room: int) -> list[str]:
    """Cut a piece that is wider than a line."""
    if columns_of(piece) <= room:
        return [piece]
    lines, used = [""], 0
    for character in piece:
        size = _column(character)
        if used + size > room:
            lines.append("")
            used = 0
        lines[-1] += character
        used += size
    return lines


def columns_of(text: str) -> int:
    """Measure a text that is inert in columns of a terminal."""
    return len(text) if text.isascii() else sum(map(_column, text))


def _column(character: str) -> int:
    """Measure one character: marks and joiners take no column, East Asian wide ones two."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


WIDTH: Final = 80
"""Columns of the table where no other width is asked."""

NARROWEST: Final = 60
"""The fewest columns in which the table can be set."""

_TYPICAL: Final = 3, 4
"""The part of the cells of a column that its share of a line is to hold whole."""

_WORD: Final = 12
"""The longest word that a column is kept wide enough for."""

_BOLD, _DIM, _RED, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[1;31m", "\x1b[0m"


def to_text(
    findings: Iterable[Finding],
    view: View,
    *,
    width: int = WIDTH,
    color: bool = False,
    limit: int | None = None,
    claims: int | None = None,
    headed: bool = True,
    disputed_first: bool = False,
) -> str:
    """Set findings as a table of text, without a line end after the last line.

    Args:
        findings: The findings.
        view: The ledger as it is looked at.
        width: Columns, at least `NARROWEST`; wide characters take two.
        color: Whether to mark headings, contradictions and what is set aside by ANSI colours.
        limit: How many findings to show at most; ``None`` for all.
        claims: How many claims of each finding to show at most; ``None`` for all.
        headed: Whether the titles of the ledger and the number of its claims stand above.
        disputed_first: Whether what is disputed stands before the rest; the claims keep their numbers.

    Raises:
        CasualtiesError: If the width is too narrow, or the limit below zero.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> print(to_text(result.about(status="civilian"), result.view, width=76, headed=False))
        Killed, 27 to 30 September 2020.
        <BLANKLINE>
        Who was killed / who says so In what words Count      Standing
        ----------------------------------------------------------------------------
        Civilians, Azerbaijani side                11 or more single source
          1 Azerbaijan               at least 11   11 or more own side, reported
        ----------------------------------------------------------------------------
        No counts contradict one another. No claim is set aside.
        Read in: 1 The New Arab, 30 Sep 2020 [new-arab]. Relays: none stated.
    """
    if width < NARROWEST:
        raise CasualtiesError(
            f"width {width}: narrower than a table can be", "too-narrow", f"ask for {NARROWEST} columns or more"
        )
    table = tabulate(findings, view, limit=limit, claims=claims, disputed_first=disputed_first)
    return "\n".join(_Sheet(table, width, color=color).lines(headed=headed))


class _Sheet:
    """A table with its column widths found."""

    def __init__(self, table: Table, width: int, *, color: bool) -> None:
        self.table = table
        self.width = width
        self.color = color
        rows = [row for group in table.groups for row in group.rows]
        self.digits = max((len(str(row.number)) for row in rows if row.number), default=1)
        heads = [_head(group) for group in table.groups]
        cells = [*heads, *(self._cells(row) for row in rows if row.kind is not RowKind.NOTE)]
        cells += [(self._lead(row) + inert(row.who), "", "", "") for row in rows]
        columns = [[cell for cell in column if cell] for column in zip(*cells, strict=True)]
        self.widths = _fitted(columns, [columns_of(head) for head in heads[0]] if heads else [], width - 3)

    def lines(self, *, headed: bool) -> Iterator[str]:
        """Give the lines from the title to the reports."""
        table, single = self.table, len(self.table.groups) == 1
        summary = list(table.summary) if headed else []
        if single:
            summary = [" ".join([f"{table.groups[0].title}.", *summary[:1]]), *summary[1:]]
        if headed:
            for title in table.titles:
                yield from self._styled(words(title, self.width), _BOLD)
        for sentence in summary:
            yield from words(sentence, self.width)
        for group in table.groups:
            yield ""
            if not single:
                yield from self._styled(words(group.title, self.width), _BOLD)
            yield from self._row(_head(group))
            yield from self._rule()
            for row in group.rows:
                yield from self._set(row)
            yield from self._rule()
        if table.left:
            yield f"… and {counted(table.left, 'more finding')}, not shown."
        for sentence in table.closing:
            yield from words(sentence, self.width, "  ")
        for sign, note in table.footnotes:
            yield from words(f"{sign} {note}", self.width, " " * (len(sign) + 1))
        if table.groups:
            yield from self._provenance()

    def _provenance(self) -> Iterator[str]:
        """Say where and through whom the claims were read: in a sentence, or in lists where there are several."""
        readings, relays = self.table.readings, self.table.relays or ("none stated",)
        if len(readings) == len(relays) == 1:
            yield from words(f"Read in: {readings[0]}. Relays: {relays[0]}.", self.width, "  ")
            return
        for title, items in (("Read in", readings), ("Relays", relays)):
            if len(items) == 1:
                yield from words(f"{title}: {items[0]}.", self.width, "  ")
                continue
            yield f"{title}:"
            for item in items:
                yield from words(item, self.width, "    ", "  ")

    def _rule(self) -> Iterator[str]:
        yield from self._styled(["-" * self.width], _DIM)

    def _cells(self, row: Row) -> tuple[str, str, str, str]:
        return (inert(row.who), inert(row.words), inert(row.count), inert(row.standing))

    def _lead(self, row: Row) -> str:
        return f"  {row.number:>{self.digits}} " if row.number else ""

    def _set(self, row: Row) -> Iterator[str]:
        if row.kind is RowKind.NOTE:
            yield from _packed(row.clauses, self.width, " " * (self.digits + 3))
            return
        style = {RowKind.HEADING: _BOLD, RowKind.SET_ASIDE: _DIM}.get(row.kind, "")
        if row.kind is RowKind.HEADING and row.standing.startswith("disputed"):
            style = _RED
        yield from self._styled(self._row(self._cells(row), self._lead(row)), style)

    def _row(self, cells: Sequence[str], lead: str = "") -> list[str]:
        """Set four cells side by side, each wrapped within its column."""
        hang = " " * (len(lead) or 4)
        first = words(cells[0], self.widths[0], hang, lead)
        columns = [first, *(words(cell, width) for cell, width in zip(cells[1:], self.widths[1:], strict=True))]
        lines = []
        for parts in zip_longest(*columns, fillvalue=""):
            padded = [part + " " * (width - columns_of(part)) for part, width in zip(parts, self.widths, strict=True)]
            lines.append(" ".join(padded).rstrip())
        return lines

    def _styled(self, lines: Iterable[str], style: str) -> Iterator[str]:
        for line in lines:
            yield f"{style}{line}{_PLAIN}" if self.color and style else line


def _head(group: Group) -> tuple[str, str, str, str]:
    return (f"{group.question} / who says so", "In what words", "Count", "Standing")


def _fitted(columns: Sequence[Sequence[str]], heads: Sequence[int], room: int) -> list[int]:
    """Share a line among columns by their content, so that no number breaks; the last takes what is left.

    Each column begins as wide as its widest cell.  Those furthest above what most of their cells need are narrowed
    first, and none below its longest number.
    """
    if not columns:
        return []
    sizes = [sorted(map(columns_of, column)) or [0] for column in columns]
    widths = [min(lengths[-1], room) for lengths in sizes]
    typical = [
        max(min(lengths[(len(lengths) - 1) * _TYPICAL[0] // _TYPICAL[1]], room * 2 // 5), head)
        for lengths, head in zip(sizes, heads, strict=True)
    ]
    least = [max(map(_longest_piece, column), default=1) for column in columns]
    if sum(least) > room:
        least = [1] * len(columns)
    while sum(widths) > room:
        over = [
            width / wanted if width > fewest else 0.0
            for width, wanted, fewest in zip(widths, typical, least, strict=True)
        ]
        widths[over.index(max(over))] -= 1
    widths[-1] += room - sum(widths)
    return widths


def _longest_piece(cell: str) -> int:
    """Measure the longest piece of a cell that is not to be broken: any number, and a word that is not very long."""
    return max(
        (size for piece in cell.split(" ") if (size := columns_of(piece)) <= _WORD or any(map(str.isdigit, piece))),
        default=1,
    )


def _packed(clauses: Sequence[str], width: int, indent: str) -> list[str]:
    """Set clauses in lines, breaking between clauses, and within one only where it is wider than a line."""
    pieces: list[str] = []
    for clause in clauses[:-1]:
        pieces += _fitting(f"{inert(clause)};", width - len(indent))
    pieces += _fitting(inert(clauses[-1]), width - len(indent))
    return broken(pieces, width, indent, indent)


def _fitting(clause: str, room: int) -> list[str]:
    return [clause] if columns_of(clause) <= room else clause.split(" ")
