"""A reconciliation as a workbook to send on, and how sheets of a workbook are written and dressed.

One sheet holds the findings, one every claim with its notes and the row in which it was read, one what disputes what,
and one what was not read.  Counts are numbers and known days are dates; an open end is an empty cell beside the count
in words.  No text of the data is a formula.

Writing needs the extra ``excel`` (openpyxl).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from casualties.errors import MissingExtraError
from casualties.model.figure import Figure
from casualties.model.period import PartialDate
from casualties.reconciling.across import across
from casualties.reconciling.blame import Denial
from casualties.reconciling.finding import Finding
from casualties.reconciling.pairs import Dispute, IndependentSource
from casualties.reconciling.view import View
from casualties.show._numbering import ordered
from casualties.show.describe import describe
from casualties.show.frames import EXTRA, claim_rows
from casualties.show.sentences.printed import printed

__all__ = ["MAX_CELL", "dress", "new_book", "put", "saved", "to_workbook"]

MAX_CELL: Final = 32_767
"""The longest text, in characters, that a cell of a workbook holds."""

_WIDEST: Final = 60
_FIRST_DAY: Final = date(1900, 3, 1)
"""Before this day workbooks count days wrongly."""

_MARKED: Final = re.compile("_x[0-9A-Fa-f]{4}_")
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MODIFIED: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")

_Cell = str | int | date | None
_Sheet = tuple[Sequence[str], list[Sequence[_Cell]]]


def new_book(part: str) -> Any:  # noqa: ANN401 - a workbook of openpyxl
    """Make an empty workbook.

    Args:
        part: What needs it, for the message where openpyxl is not installed.

    Raises:
        MissingExtraError: If openpyxl is not installed.

    Examples:
        >>> new_book("excel").sheetnames
        ['Sheet']
    """
    try:
        import openpyxl  # noqa: PLC0415 - an extra, loaded only for a workbook
    except ImportError as error:
        raise MissingExtraError(part, "openpyxl", "excel") from error
    return openpyxl.Workbook()


def put(sheet: Any, row: int, column: int, value: _Cell) -> None:  # noqa: ANN401 - a sheet of openpyxl
    """Write a cell: numbers and dates as such, and texts so that no spreadsheet runs them or makes a date of them.

    Examples:
        >>> sheet = new_book("excel").active
        >>> put(sheet, 1, 1, "=1+1")
        >>> sheet.cell(1, 1).data_type
        's'
    """
    cell = sheet.cell(row, column)
    if isinstance(value, date):
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, int):
        cell.value = value
    elif value is not None:
        text = _MARKED.sub(r"_x005F\g<0>", value)
        cell.number_format = "@"
        cell.value = _NOT_IN_XML.sub(lambda character: f"_x{ord(character[0]):04X}_", text)
        cell.data_type = "s"  # never a formula


def dress(sheet: Any) -> None:  # noqa: ANN401 - a sheet of openpyxl
    """Make a sheet pleasant: its header bold and frozen, a filter, and columns as wide as what they hold.

    Examples:
        >>> sheet = new_book("excel").active
        >>> put(sheet, 1, 1, "source")
        >>> dress(sheet)
        >>> sheet.freeze_panes, sheet.auto_filter.ref
        ('A2', 'A1')
    """
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - there is a sheet of it already

    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions.partition(":")[0] + ":" + sheet.dimensions.rpartition(":")[2]
    if sheet.auto_filter.ref == "A1:A1":
        sheet.auto_filter.ref = "A1"
    for column in sheet.iter_cols():
        longest = max(len(str(cell.value)) for cell in column if cell.value is not None) if column else 0
        sheet.column_dimensions[column[0].column_letter].width = min(max(longest + 2, 8), _WIDEST)
        column[0].font = Font(bold=True)
        if longest > _WIDEST:
            for cell in column[1:]:
                cell.alignment = Alignment(wrap_text=True, vertical="top")


def saved(book: Any) -> bytes:  # noqa: ANN401 - a workbook of openpyxl
    """Give a workbook as bytes, without the times of writing, so that equal content is equal bytes.

    Examples:
        >>> saved(new_book("excel")) == saved(new_book("excel"))
        True
    """
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as written, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as same:
        for member in written.infolist():
            data = written.read(member)
            if member.filename == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
            info = zipfile.ZipInfo(member.filename)
            info.compress_type = zipfile.ZIP_DEFLATED
            same.writestr(info, data)
    return out.getvalue()


def to_workbook(findings: Iterable[Finding], view: View) -> bytes:
    """Write findings as a workbook.

    Raises:
        MissingExtraError: If openpyxl is not installed.

    Examples:
        >>> import casualties as cs
        >>> result = cs.reconcile(cs.seeds.load("nagorno-karabakh-2020-09-30"))
        >>> to_workbook(result, result.view)[:2]
        b'PK'
    """
    shown = ordered(findings)
    book = new_book("a workbook")
    book.remove(book.active)
    for title, (header, rows) in (
        ("Findings", _findings(shown, view)),
        ("Claims", _claims(shown, view)),
        ("Disputes", _disputes(shown, view)),
        ("Not read", _not_read(view)),
    ):
        sheet = book.create_sheet(title)
        kept = [place for place in range(len(header)) if not rows or any(row[place] is not None for row in rows)]
        for at, place in enumerate(kept, 1):
            put(sheet, 1, at, header[place])
            for number, row in enumerate(rows, 2):
                value = row[place]
                put(sheet, number, at, value[: MAX_CELL - 200] if isinstance(value, str) else value)
        dress(sheet)
    return saved(book)


def _day(day: PartialDate | None) -> _Cell:
    """Give a known day as a date, and every other date as text."""
    if day is None:
        return None
    known = day.earliest == day.latest and day.at is None and day.earliest >= _FIRST_DAY
    return day.earliest if known else str(day)


def _ends(figure: Figure | None) -> tuple[_Cell, _Cell, _Cell]:
    """Give the two ends of a figure as numbers, and it in words."""
    return (None, None, None) if figure is None else (figure.low, figure.high, str(figure))


def _findings(findings: Sequence[Finding], view: View) -> _Sheet:
    header = (
        *("Who was counted", "Harm", "Side", "Status of victims", "Place", "Event", "From", "Until"),
        *("All agree on, lowest", "All agree on, highest", "All agree on", "Undisputed"),
        *("Span, lowest", "Span, highest", "Span", "Standing", "Independent sources", "Claims", "Disputes"),
        *("Confidence", "Attributed to", "In a sentence"),
    )
    rows: list[Sequence[_Cell]] = []
    for finding in findings:
        subject = finding.subject
        blamed = "; ".join(blame.side for blame in finding.blamed) or None
        rows.append(
            (
                *(describe(subject, view.words), " or ".join(subject.harm), subject.side),
                *(str(subject.status) if subject.status else None, subject.place, subject.event),
                *(_day(subject.since), _day(finding.as_of)),
                *_ends(finding.common),
                None if finding.undisputed is None else str(finding.undisputed),
                *_ends(finding.span),
                *(str(finding.status), len(finding.independent_sources), len(finding.claims), len(finding.disputes)),
                *(str(finding.confidence.level), blamed, printed(finding).text),
            )
        )
    return header, rows


_CLAIM_HEADS: Final[Mapping[str, str]] = {
    "number": "Number",
    "subject": "Who was counted",
    "source": "Source",
    "source_name": "Name of the source",
    "source_kinds": "Kind",
    "source_side": "Side of the source",
    "harm": "Harm",
    "place": "Place",
    "event": "Event",
    "since": "From",
    "until": "Until",
    "stated": "Stated",
    "words": "In what words",
    "low": "Lowest",
    "high": "Highest",
    "figure": "Count",
    "stance": "Stance",
    "silence": "Silence",
    "modality": "Modality",
    "fate": "What became of it",
    "notes": "Notes",
    "locator": "Row or place",
    "relays": "Passed on by",
    "publisher": "Publisher",
    "title": "Title",
    "address": "Address",
    "published": "Published",
    "claim": "Claim",
}


def _claims(findings: Sequence[Finding], view: View) -> _Sheet:
    every: list[dict[str, Any]] = []
    for row in claim_rows(findings, view):
        figure = view.figure(view.ledger[row["claim"]])
        low, high, words = _ends(figure)
        fields = {**row, "low": low, "high": high, "figure": words}
        for name in ("since", "until", "stated", "published"):
            fields[name] = _day(PartialDate.parse(row[name])) if row[name] else None
        every.append(fields)
    kept = sorted({name for record in every for name in record if name.startswith(EXTRA)})
    rows: list[Sequence[_Cell]] = [[record.get(name) for name in (*_CLAIM_HEADS, *kept)] for record in every]
    return (*_CLAIM_HEADS.values(), *(name.removeprefix(EXTRA) for name in kept)), rows


def _disputes(findings: Sequence[Finding], view: View) -> _Sheet:
    header = (
        "Who was counted",
        "What it is",
        "Lower source",
        "Lower count",
        "Higher source",
        "Higher count",
        "Apart by",
    )
    rows: list[Sequence[_Cell]] = []
    for finding in findings:
        who = describe(finding.subject, view.words)
        pairs = (("dispute", finding.disputes), ("nearly agree", finding.near), ("outgrown", finding.overtaken))
        rows += [(who, kind, *_pair(dispute, view)) for kind, disputes in pairs for dispute in disputes]
        rows += [(who, "denied", *_denial(denial, view)) for denial in finding.denials]
    for relation in across(findings, view):
        what = f"{relation.kind}: part above its whole, {describe(relation.outer, view.words)}"
        rows.append(
            (
                describe(relation.inner, view.words),
                what,
                _voice(relation.ceiling, view),
                None,
                _voice(relation.floor, view),
                None,
                relation.gap,
            )
        )
    return header, rows


def _pair(pair: Dispute, view: View) -> Iterator[_Cell]:
    yield _voice(pair.lower, view)
    yield str(pair.lower_figure)
    yield _voice(pair.upper, view)
    yield str(pair.upper_figure)
    yield pair.gap


def _voice(voice: IndependentSource, view: View) -> str:
    return "; ".join(sorted({_name(position.source, view) for position in voice.positions}))


def _name(source: str, view: View) -> str:
    return view.sources[source].name or source


def _denial(denial: Denial, view: View) -> tuple[_Cell, ...]:
    """Put who denies in the place of a lower source, and what is denied in that of its count."""
    return _name(denial.claim.source, view), str(denial.aspect or "") or None, None, None, None


def _not_read(view: View) -> _Sheet:
    rows: list[Sequence[_Cell]] = [
        (cell.table, cell.cell, cell.column, cell.value, cell.why) for cell in view.ledger.unread
    ]
    return ("Table", "Cell", "Column", "What it holds", "Why it was not read"), rows
