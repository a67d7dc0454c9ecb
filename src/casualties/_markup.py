"""HTML by templates in which every text is escaped, and what acts in a text is shown as its escape."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from casualties._text import counted, inert_json

if TYPE_CHECKING:
    from jinja2 import Environment, Template

__all__ = ["digest", "own_file", "table_of", "template"]

_TABLE: Final = """\
<table><caption>{{ caption }}</caption>\
<thead><tr>{% for head in heads %}<th scope="col">{{ head }}</th>{% endfor %}</tr></thead>\
<tbody>{% for row in rows %}{% set wide = loop.index0 in strong %}<tr>{% for cell in row %}<td>\
{% if wide %}<strong>{% endif %}<bdi>{{ cell }}</bdi>{% if wide %}</strong>{% endif %}</td>\
{% endfor %}</tr>{% endfor %}\
</tbody></table>{% if more %}<p>{{ more }}</p>{% endif %}"""


def table_of(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    left: int = 0,
    noun: str = "row",
    strong: Collection[int] = (),
) -> str:
    """Write a plain table for a notebook, with how many rows are left out.

    Args:
        caption: What it shows.
        heads: The heads of the columns.
        rows: The rows.
        left: How many rows are left out.
        noun: What a row is.
        strong: The places of rows that are set off, from 0.

    Examples:
        >>> "<td><bdi>&lt;b&gt;</bdi></td>" in table_of("1 claim", ["source"], [["<b>"]])
        True
    """
    more = f"… and {counted(left, f'more {noun}')}, not shown." if left else ""
    return _environment().from_string(_TABLE).render(caption=caption, heads=heads, rows=rows, more=more, strong=strong)


def own_file(package: str, name: str) -> str:
    """Read a file of ours that becomes a part of a page: from the folder ``templates`` of a package.

    Examples:
        >>> own_file("casualties.show", "page.js").splitlines()[0]
        '"use strict";'
    """
    return files(package).joinpath("templates", name).read_text(encoding="utf-8")


@cache
def template(package: str, name: str) -> Template:
    """Give a template of ours.

    Examples:
        >>> template("casualties.show", "page.html").render.__name__
        'render'
    """
    return _environment().from_string(own_file(package, name))


def digest(text: str) -> str:
    """Name a style or a script by its digest, as a content security policy does.

    Examples:
        >>> digest("")
        'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - loaded when something is shown as HTML
    from markupsafe import Markup  # noqa: PLC0415 - as above

    def shown(value: object) -> object:
        return inert_json(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
