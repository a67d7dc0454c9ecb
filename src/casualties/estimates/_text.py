"""An estimate as a table of text, with the counts beside its numbers."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from casualties.estimates.quantity import Beside, Quantity

__all__ = ["table"]

_COLUMN = 10
_SHOWN = 40


def table(
    heading: Sequence[str],
    quantities: Sequence[Quantity],
    account: str,
    notes: Sequence[tuple[str, Sequence[str]]],
    width: int,
) -> str:
    """Write the heading, a row for each number with the counts beside it, and the notes.

    Examples:
        >>> from casualties.estimates.quantity import Kind
        >>> row = Quantity("killed", Kind.TOTAL, 90, 100, 110, 2000, (Beside("Army", 80, None, "80 or more"),))
        >>> print(table(["Estimate"], [row], "1 claim.", [], 64))
        Estimate
        <BLANKLINE>
        Estimated                      low    median      mean      high
        ----------------------------------------------------------------
        killed                          90       100       110     2,000
          count by Army: 80 or more
        ----------------------------------------------------------------
        1 claim.
    """
    room = max(width - 4 * _COLUMN, 20)
    lines = [line for text in heading for line in textwrap.wrap(text, width)]
    columns = "".join(f"{name:>{_COLUMN}}" for name in ("low", "median", "mean", "high"))
    lines += ["", f"{'Estimated':<{room}}{columns}"]
    lines.append("-" * width)
    for quantity in quantities[:_SHOWN]:
        first, *rest = textwrap.wrap(quantity.name, room - 1) or [""]
        values = (quantity.low, quantity.median, quantity.mean, quantity.high)
        lines.append(f"{first:<{room}}" + "".join(f"{quantity.written(value):>{_COLUMN}}" for value in values))
        lines += [f"  {line}" for line in rest]
        for count in quantity.beside:
            lines += textwrap.wrap(beside(count), width, initial_indent="  ", subsequent_indent="    ")
    if len(quantities) > _SHOWN:
        lines.append(f"and {len(quantities) - _SHOWN} more")
    lines.append("-" * width)
    lines += textwrap.wrap(account, width)
    for label, texts in notes:
        for text in texts:
            lines += textwrap.wrap(label + text, width, subsequent_indent="  ")
    return "\n".join(line.rstrip() for line in lines)


def beside(count: Beside) -> str:
    """Say in words what stands beside an estimate.

    Examples:
        >>> beside(Beside("Army", 80, None, "80 or more"))
        'count by Army: 80 or more'
    """
    kind = "estimate" if count.estimated else "count"
    return f"{kind} by {count.source}{f' of {count.of}' if count.of else ''}: {count.words}"
