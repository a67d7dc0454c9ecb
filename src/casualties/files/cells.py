"""Cells of a table: several values in one, and texts that a spreadsheet would run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["FORMULA", "is_formula", "join", "protect", "split", "unprotect"]

FORMULA: Final = "[=+@\t\r＝＋－＠-]"
"""How a text begins that a spreadsheet would run, as a pattern."""

_FORMULA: Final = re.compile(FORMULA)
_PROTECTED: Final = re.compile(f"'+{_FORMULA.pattern}")
_TO_PROTECT: Final = re.compile(f"'*{_FORMULA.pattern}")


def protect(cell: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run."""
    return f"'{cell}" if _TO_PROTECT.match(cell) else cell


def unprotect(cell: str) -> str:
    """Take off the apostrophe again."""
    return cell[1:] if _PROTECTED.match(cell) else cell


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet would run a text; a dash alone is none."""
    return cell != "-" and _FORMULA.match(cell) is not None


def join(values: Iterable[str]) -> str:
    """Put several values into one cell."""
    return "|".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def split(cell: str) -> list[str]:
    """Take the values of a cell apart; none where it is empty."""
    if not cell:
        return []
    if "|" not in cell and "\\" not in cell:
        return [cell]
    parts, escaped = [""], False
    for character in cell:
        if escaped:
            parts[-1] += character if character in "\\|" else f"\\{character}"
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == "|":
            parts.append("")
        else:
            parts[-1] += character
    if escaped:
        parts[-1] += "\\"
    return parts
