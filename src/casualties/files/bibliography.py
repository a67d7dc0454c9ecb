"""The reports of a ledger as a bibliography: CSL-JSON, and BibTeX in the dialect of biblatex with EDTF dates."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from casualties._text import inert, inert_json
from casualties.files.disk import Writable, write_text
from casualties.files.loss import Fidelity, Format, Grade, LeftOut, Part, left_out, web_address
from casualties.model.ledger import handles, report_names

if TYPE_CHECKING:
    from casualties.model.ledger import Ledger
    from casualties.model.period import PartialDate
    from casualties.model.report import Report

__all__ = ["BIBTEX", "CSL_JSON", "KEEPS", "keyed", "write_bibtex", "write_csl_json"]


def keyed(ledger: Ledger) -> list[tuple[str, Report]]:
    """Give every report with a key of its own in plain letters, in the order of the keys."""
    named = handles(ledger.reports, report_names)
    return sorted((_plain(name), report) for report, name in named.items())


def _plain(name: str) -> str:
    """Write a key in the letters that every bibliography takes."""
    return "".join(sign if sign.isascii() else f"x{ord(sign):x}" for sign in name)


def _hours(ledger: Ledger) -> int:
    dates = (date for report in ledger.reports for date in (report.published, report.retrieved))
    return sum(date is not None and date.at is not None for date in dates)


_KEPT: Final = Fidelity(
    Grade.LOSSY, "publisher, title, address and days", lost="hours of publishing or reading", count=_hours
)

KEEPS: Final[Mapping[Part, Fidelity]] = {
    **dict.fromkeys(Part, Fidelity(Grade.CANNOT, "a bibliography holds reports alone")),
    Part.REPORTS: _KEPT,
    Part.UNCITED: Fidelity(Grade.LOSSY, "as the others"),
}
"""How well a bibliography keeps each part of a ledger."""


def write_csl_json(ledger: Ledger, target: Writable) -> tuple[LeftOut, ...]:
    """Write the reports of a ledger as CSL-JSON.

    Returns:
        Everything but the reports, by part.

    Raises:
        LedgerFileError: If the file cannot be written.

    Examples:
        >>> import io, json, casualties as cs
        >>> file = io.StringIO()
        >>> left = write_csl_json(cs.seeds.load("nagorno-karabakh-2020-09-30"), file)
        >>> [item] = json.loads(file.getvalue())
        >>> item["id"], item["publisher"], item["issued"]
        ('new-arab', 'The New Arab', {'date-parts': [[2020, 9, 30]]})
    """
    items = [{"id": key, **_item(report)} for key, report in keyed(ledger)]
    write_text(target, inert_json(json.dumps(items, ensure_ascii=False, sort_keys=True, indent=1)) + "\n")
    return left_out(ledger, KEEPS)


def _item(report: Report) -> dict[str, Any]:
    address = web_address(report.address)
    fields = {
        "type": "webpage" if address else "document",
        "title": report.title,
        "publisher": report.publisher,
        "URL": address,
        "note": None if address else report.address,
        "issued": _date(report.published),
        "accessed": _date(report.retrieved),
    }
    return {name: value for name, value in fields.items() if value}


def _date(date: PartialDate | None) -> dict[str, list[list[int]]]:
    """Give a date as its parts: a day, a month, a year, or the two ends of a span."""
    if date is None:
        return {}
    return {"date-parts": [[int(part) for part in end.split("-")] for end in str(date.date_only).split("/")]}


CSL_JSON: Final = Format("csl-json", (".csl.json",), None, write_csl_json, KEEPS)


_SIGNS: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}$&#_%"},
}
_ACTING: Final = re.compile(r"[\\{}$&#_%~^]")


def write_bibtex(ledger: Ledger, target: Writable) -> tuple[LeftOut, ...]:
    r"""Write the reports of a ledger as a bibliography.

    Returns:
        Everything but the reports, by part.

    Raises:
        LedgerFileError: If the file cannot be written.

    Examples:
        >>> import io, casualties as cs
        >>> from casualties.model.report import Report
        >>> file = io.StringIO()
        >>> report = Report(publisher="B & C", title="100 %", published="2020-09")
        >>> left = write_bibtex(cs.Ledger(reports=[report]), file)
        >>> print(file.getvalue(), end="")
        @misc{b-c,
          title = {{100 \%}},
          publisher = {{B \& C}},
          date = {2020-09},
        }
    """
    write_text(target, "".join(f"@misc{{{key},\n{_fields(report)}}}\n" for key, report in keyed(ledger)))
    return left_out(ledger, KEEPS)


def _fields(report: Report) -> str:
    address = web_address(report.address)
    fields = {
        "title": report.title and f"{{{_escaped(report.title)}}}",
        "publisher": report.publisher and f"{{{_escaped(report.publisher)}}}",
        "date": report.published and str(report.published.date_only),
        "url": address and address.replace("%", r"\%"),
        "note": None if address or not report.address else _escaped(report.address),
        "urldate": report.retrieved and str(report.retrieved.date_only),
    }
    return "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items() if text)


def _escaped(text: str) -> str:
    return _ACTING.sub(lambda match: _SIGNS[match[0]], inert(text))


BIBTEX: Final = Format("bibtex", (".bib",), None, write_bibtex, KEEPS)
