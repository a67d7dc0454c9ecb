"""HTML that is safe by the way it is built: whatever is not markup already is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from casualties._text import counted, inert

__all__ = ["Markup", "bdi", "join", "table_of", "tag"]

_VOID: Final = frozenset({"br", "col", "hr", "input", "link", "meta"})


class Markup(str):
    """A text that is HTML already.

    Examples:
        >>> tag("p", Markup("<b>1</b>"))
        '<p><b>1</b></p>'
    """

    __slots__ = ()


def tag(name: str, /, *children: str | None, **attributes: str | int | None) -> Markup:
    """Write an element; children that are no markup are escaped, and what acts in them is shown as its escape.

    Args:
        name: The name of the element; positional only, since an attribute may be called so.
        children: What it holds; ``None`` is left out.
        attributes: Its attributes; ``None`` leaves one out, ``class_`` is ``class``, and ``aria_label`` ``aria-label``.

    Examples:
        >>> tag("a", "Barda & Ganja", href="#claim-1", class_="who")
        '<a href="#claim-1" class="who">Barda &amp; Ganja</a>'
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(inert(str(value)))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{given}>")
    return Markup(f"<{name}{given}>{join(children)}</{name}>")


def join(children: Iterable[str | None], between: str = "") -> Markup:
    """Write pieces one after another; those that are no markup are escaped.

    Examples:
        >>> join(["1 < 2", None, tag("br")])
        '1 &lt; 2<br>'
    """
    return Markup(between.join(_safe(child) for child in children if child is not None))


def _safe(text: str) -> str:
    if isinstance(text, Markup):
        return text
    start, end = (" " if text[place:][:1].isspace() else "" for place in (0, -1))
    return f"{start}{escape(inert(text))}{end}"


def bdi(text: str) -> Markup:
    """Set a name or words that may run from right to left apart from what stands around them.

    Examples:
        >>> bdi("الدفاع")
        '<bdi>الدفاع</bdi>'
    """
    return tag("bdi", text)


def table_of(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, left: int = 0, noun: str = "row"
) -> Markup:
    """Write a plain table for a notebook, with how many rows are left out.

    Examples:
        >>> "<td><bdi>&lt;b&gt;</bdi></td>" in table_of("1 claim", ["source"], [["<b>"]])
        True
    """
    more = f"… and {counted(left, f'more {noun}')}, not shown." if left else None
    table = tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads))),
        tag("tbody", *(tag("tr", *(tag("td", bdi(cell)) for cell in row)) for row in rows)),
    )
    return join([table, tag("p", more) if more else None])
