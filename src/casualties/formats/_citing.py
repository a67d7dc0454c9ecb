"""What formats that hold citations alone share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from casualties._handles import handles, report_names
from casualties.formats._kept import Grade, Kept, Part

if TYPE_CHECKING:
    from casualties.ledger import Ledger
    from casualties.report import Report

__all__ = ["KEEPS", "keyed"]


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


_KEPT: Final = Kept(
    Grade.LOSSY, "publisher, title, address and days", lost="hours of publishing or reading", count=_hours
)

KEEPS: Final[Mapping[Part, Kept]] = {
    **dict.fromkeys(Part, Kept(Grade.CANNOT, "a bibliography holds reports alone")),
    Part.REPORTS: _KEPT,
    Part.UNCITED: Kept(Grade.LOSSY, "as the others"),
}
"""How well a bibliography keeps each part of a ledger."""
