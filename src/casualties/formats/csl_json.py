"""The reports of a ledger as CSL-JSON, which citation managers read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from casualties._inert import inert_json
from casualties.formats._citing import KEEPS, keyed
from casualties.formats._files import Writable, write_text
from casualties.formats._format import Format, LeftOut
from casualties.formats._kept import left_out
from casualties.formats._links import web_address

if TYPE_CHECKING:
    from casualties.ledger import Ledger
    from casualties.period import PartialDate
    from casualties.report import Report

__all__ = ["FORMAT", "write"]


def write(ledger: Ledger, target: Writable) -> tuple[LeftOut, ...]:
    """Write the reports of a ledger as CSL-JSON.

    Returns:
        Everything but the reports, by part.

    Raises:
        LedgerFileError: If the file cannot be written.

    Examples:
        >>> import io, json, casualties as cs
        >>> file = io.StringIO()
        >>> left = write(cs.seeds.load("nagorno-karabakh-2020-09-30"), file)
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


FORMAT: Final = Format("csl-json", (".csl.json",), None, write, KEEPS)
