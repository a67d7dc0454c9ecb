"""How a table writes its numbers: the marks between thousands and before decimals."""

from __future__ import annotations

import re

from casualties.files.mapped.cells import BadCellError

__all__ = ["Marks"]


class Marks:
    """Brings the numbers of a text into the form that the lexicons read.

    Examples:
        >>> Marks(".", ",").plain("at least 10.139"), Marks(".", ",").plain("1,5 million")
        ('at least 10139', '1.5 million')
    """

    def __init__(self, thousands: str | None, decimal: str | None) -> None:
        if thousands == " ":
            thousands = " \u00a0\u202f\u2009"
        decimal = decimal or ("," if thousands == "." else "." if thousands else None)
        self._said = bool(thousands or decimal)
        mark, point = re.escape(thousands or ""), re.escape(decimal or "")
        inner = f"[{mark}]" if thousands else "(?!)"
        self._token = re.compile(r"[0-9](?:[0-9.,'’\u00a0\u202f\u2009]|(?<=[0-9]) (?=[0-9]))*(?<=[0-9])|[0-9]")
        self._number = re.compile(
            rf"([0-9]{{1,3}}(?:{inner}[0-9]{{3}})+|[0-9]+)(?:{point}([0-9]+))?" if decimal else r"([0-9]+)()"
        )

    def __bool__(self) -> bool:
        return self._said

    def plain(self, text: str) -> str:
        """Write every number without marks between thousands and with a point before decimals.

        Raises:
            BadCellError: If a number is not written as the mapping says.
        """
        return self._token.sub(lambda token: self._one(token[0]), text)

    def _one(self, number: str) -> str:
        match = self._number.fullmatch(number)
        if match is None:
            raise BadCellError(
                "not-a-count",
                f"{number!r} is not written with the marks of the mapping",
                "mend the cell, or thousands and decimal in the mapping",
            )
        whole = re.sub("[^0-9]", "", match[1])
        rest = (match[2] or "").rstrip("0")
        return f"{whole}.{rest}" if rest else whole
