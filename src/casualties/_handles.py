"""Names for reports, relays, groups and claims within one file, made from what they are."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from casualties.report import Report

__all__ = ["handles", "report_names", "slug"]

_ARTICLE: Final = re.compile(r"^(the|an?) (?=.)")
_LONGEST: Final = 40

_T = TypeVar("_T")


def slug(text: str) -> str:
    """Bring a name to small letters and hyphens, without a leading article: the New Arab is ``new-arab``."""
    folded = unicodedata.normalize("NFC", _ARTICLE.sub("", text.casefold().strip()))
    return re.sub(r"[\W_]+", "-", folded)[:_LONGEST].strip("-")


def handles(members: Iterable[_T], names: Callable[[_T], Sequence[str]], taken: Iterable[str] = ()) -> dict[_T, str]:
    """Give each member a name of its own: the first of its names that no other member has, else a numbered one.

    The members come in canonical order, so that equal ledgers have equal names.
    """
    given = list(members)
    used = set(taken)
    wanted: dict[str, int] = {}
    for member in given:
        for name in dict.fromkeys(names(member)):
            wanted[name] = wanted.get(name, 0) + 1
    found: dict[_T, str] = {}
    for member in given:
        choices = names(member)
        alone = [name for name in choices if wanted[name] == 1 and name not in used]
        if alone:
            found[member] = alone[0]
        else:
            number = 2 if choices[0] in used else 1
            while (name := choices[0] if number == 1 else f"{choices[0]}-{number}") in used or (
                number > 1 and wanted.get(name, 0)
            ):
                number += 1
            found[member] = name
        used.add(found[member])
    return found


def report_names(report: Report) -> list[str]:
    """Give the names that a report may have in a file: its publisher, with the date where that is not enough."""
    base = (
        slug(report.publisher or report.title or (report.address or "").partition("//")[2].partition("/")[0])
        or "report"
    )
    return [base, f"{base}-{report.published}".replace("/", "-")] if report.published else [base]
