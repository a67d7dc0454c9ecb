"""The table as Markdown in GitHub's dialect, with everything foreign in it escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from casualties._text import counted, inert
from casualties.show._table import Group, Row, RowKind, tabulate

if TYPE_CHECKING:
    from casualties.reconciling.finding import Finding
    from casualties.reconciling.view import View

__all__ = ["escaped", "to_markdown"]

_MARKS: Final = re.compile(r"[\\`*_\[\]<>#|~&$@]|:(?=\S)")
_WWW: Final = re.compile(r"(?i)\bwww\.")


def to_markdown(findings: Iterable[Finding], view: View, *, limit: int | None = None) -> str:
    """Write findings as Markdown: the content of the text table, without a line end after the last line.

    Args:
        findings: The findings.
        view: The ledger as it is looked at.
        limit: How many findings to show at most; ``None`` for all.

    Raises:
        CasualtiesError: If the limit is below zero.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> for line in to_markdown(result.about(status="civilian"), result.view).splitlines()[4:8]:
        ...     print(line)
        | | Who was killed / who says so | In what words | Count | Standing |
        |--:|---|---|---|---|
        | | **Civilians, Azerbaijani side** | | **11 or more** | **single source** |
        | 1 | Azerbaijan | at least 11 | 11 or more | own side, reported |
    """
    return "\n".join(_lines(findings, view, limit))


def _lines(findings: Iterable[Finding], view: View, limit: int | None) -> Iterator[str]:
    table = tabulate(findings, view, limit=limit)
    for title in table.titles:
        yield f"# {escaped(title)}"
        yield ""
    single = len(table.groups) == 1
    summary = " ".join(table.summary)
    yield escaped(f"{table.groups[0].title}. {summary}" if single else summary)
    for group in table.groups:
        yield ""
        if not single:
            yield f"## {escaped(group.title)}"
            yield ""
        yield from _group(group)
    if table.left:
        yield ""
        yield f"… and {counted(table.left, 'more finding')}, not shown."
    if not table.groups:
        return
    yield ""
    yield escaped(" ".join(table.closing))
    if table.footnotes:
        yield ""
        yield from (f"- {escaped(f'{sign} {note}')}" for sign, note in table.footnotes)
    relays = "; ".join(table.relays) or "none stated"
    yield ""
    yield escaped(f"Read in: {'; '.join(table.readings)}. Relays: {relays}.")


def _group(group: Group) -> Iterator[str]:
    yield f"| | {escaped(group.question)} / who says so | In what words | Count | Standing |"
    yield "|--:|---|---|---|---|"
    for row in group.rows:
        yield "|" + "|".join(f" {cell} " if cell else " " for cell in _cells(row)) + "|"


def _cells(row: Row) -> tuple[str, str, str, str, str]:
    if row.kind is RowKind.NOTE:
        return ("", f"*{escaped('; '.join(row.clauses))}*", "", "", "")
    cells = [escaped(cell) for cell in (row.who, row.words, row.count, row.standing)]
    if row.kind is RowKind.HEADING:
        cells = [f"**{cell}**" if cell else "" for cell in cells]
    who, words, count, standing = cells
    return (str(row.number or ""), who, words, count, standing)


def escaped(text: str) -> str:
    r"""Escape a text so that Markdown shows it as it is.

    Examples:
        >>> print(escaped("*11* or more"))
        \*11\* or more
    """
    return _WWW.sub(lambda match: f"{match[0][:-1]}\\.", _MARKS.sub(r"\\\g<0>", inert(text)))
