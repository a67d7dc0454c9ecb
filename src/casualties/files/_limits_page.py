"""The page of what each format keeps, made from the tables of the formats."""

from __future__ import annotations

from casualties.files.loss import Grade, Part
from casualties.files.registry import load, names

__all__ = ["limits"]


def limits() -> str:
    """Say for every format and every part of a ledger how well it is kept, as Markdown.

    Examples:
        >>> "| titles | cannot be said | a table has no room for what holds of all claims |" in limits()
        True
    """
    return "\n".join(_overview() + [line for name in names() for line in _format(name)]) + "\n"


def _overview() -> list[str]:
    lines = [
        "| format | exact | close | lossy | cannot be said | read back |",
        "|---|---|---|---|---|---|",
    ]
    for name in names():
        form = load(name)
        counts = [sum(form.keeps[part].grade is grade for part in Part if part in form.keeps) for grade in Grade]
        lines.append(f"| [`{name}`](#{name}) | {' | '.join(map(str, counts))} | {'yes' if form.read else 'no'} |")
    return lines


def _format(name: str) -> list[str]:
    form = load(name)
    rows = [f"| {part} | {kept.grade} | {kept.how} |" for part, kept in form.keeps.items()]
    return ["", f"## {name}", "", "| part of a ledger | kept | how |", "|---|---|---|", *rows]
