"""The reports of a ledger as a BibTeX file, in the dialect of biblatex, whose dates are those of EDTF."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from casualties._inert import inert
from casualties.formats._citing import KEEPS, keyed
from casualties.formats._files import Writable, write_text
from casualties.formats._format import Format, LeftOut
from casualties.formats._kept import left_out
from casualties.formats._links import web_address

if TYPE_CHECKING:
    from casualties.ledger import Ledger
    from casualties.report import Report

__all__ = ["FORMAT", "write"]

_SIGNS: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}$&#_%"},
}
_ACTING: Final = re.compile(r"[\\{}$&#_%~^]")


def write(ledger: Ledger, target: Writable) -> tuple[LeftOut, ...]:
    r"""Write the reports of a ledger as a bibliography.

    Returns:
        Everything but the reports, by part.

    Raises:
        LedgerFileError: If the file cannot be written.

    Examples:
        >>> import io, casualties as cs
        >>> from casualties.report import Report
        >>> file = io.StringIO()
        >>> left = write(cs.Ledger(reports=[Report(publisher="B & C", title="100 %", published="2020-09")]), file)
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
    return _ACTING.sub(lambda found: _SIGNS[found[0]], inert(text))


FORMAT: Final = Format("bibtex", (".bib",), None, write, KEEPS)
