"""Text for people, plain or as HTML: counted nouns, foreign text made harmless, templates in which all is escaped.

What acts in a text instead of showing, such as a control or a hidden direction, is shown as its escape.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from difflib import get_close_matches
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jinja2 import Environment, Template

__all__ = [
    "Fielded",
    "Printed",
    "counted",
    "digest",
    "inert",
    "inert_json",
    "nearest",
    "nearest_name",
    "own_file",
    "plural",
    "table_of",
    "template",
]

_ACTING: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS: Final = "\u200c\u200d"
"""Characters without a width that Persian and Indic words are spelled with."""

_NOT_PLAIN: Final = re.compile(r"[^ -~]")
_NOT_PLAIN_JSON: Final = re.compile(r"[^ -~\n]")

_TABLE: Final = """\
<table><caption>{{ caption }}</caption>\
<thead><tr>{% for head in heads %}<th scope="col">{{ head }}</th>{% endfor %}</tr></thead>\
<tbody>{% for row in rows %}{% set wide = loop.index0 in strong %}<tr>{% for cell in row %}<td>\
{% if wide %}<strong>{% endif %}<bdi>{{ cell }}</bdi>{% if wide %}</strong>{% endif %}</td>\
{% endfor %}</tr>{% endfor %}\
</tbody></table>{% if more %}<p>{{ more }}</p>{% endif %}"""


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the known word that was likely meant by an unknown one; empty where there is none.

    Examples:
        >>> nearest("kiled", ["killed", "wounded"]), nearest("zzz", ["killed"])
        ('killed', '')
    """
    return next(iter(get_close_matches(word, sorted(known), n=1)), "")


def nearest_name(name: str, known: Iterable[str]) -> str:
    """Give the known name of which an unknown one is likely a slip; names that share a word and differ in one are two.

    Examples:
        >>> nearest_name("Helth Ministry", ["Health Ministry"])
        'Health Ministry'
        >>> nearest_name("Valley Hospital", ["Valley Police"])
        ''
    """
    own = name.lower().split()
    for near in get_close_matches(name, sorted(known), n=3):
        other = near.lower().split()
        lacking = [word for word in own if word not in other]
        left = [word for word in other if word not in own]
        if all(get_close_matches(word, left, n=1, cutoff=0.7) for word in lacking) or len(own) != len(other):
            return near
    return ""


def counted(number: int, noun: str) -> str:
    """Say how many there are of something.

    Examples:
        >>> counted(1, "claim"), counted(1200, "independent source")
        ('1 claim', '1,200 independent sources')
    """
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """Form the plural of an English noun; a word of another script stays as it is.

    Examples:
        >>> [plural(noun) for noun in ("fighter", "serviceman", "party", "witness")]
        ['fighters', 'servicemen', 'parties', 'witnesses']
    """
    last = noun[-1:]
    if not last.isascii() or not last.isalpha() or noun.endswith("men"):
        return noun
    if noun.endswith("man"):
        return f"{noun[:-3]}men"
    if last == "y" and noun[-2:-1] not in tuple("aeiou"):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "z", "ch", "sh")) else f"{noun}s"


def inert(text: str) -> str:
    r"""Write a text on one line, with single spaces, and every character that acts instead of showing as its escape.

    Examples:
        >>> print(inert("two\n  lines, \u2067hidden\x1b[2J"))
        two lines, \u2067hidden\u001b[2J
    """
    return _NOT_PLAIN.sub(lambda match: _escape(match[0]) if _acts(match[0]) else match[0], " ".join(text.split()))


def inert_json(text: str) -> str:
    r"""Write JSON that says the same, with every character that acts instead of showing as its escape.

    Examples:
        >>> print(inert_json('{"name": "Նախարար\u202e"}'))
        {"name": "Նախարար\u202e"}
    """
    return _NOT_PLAIN_JSON.sub(lambda match: json.dumps(match[0])[1:-1] if _acts(match[0]) else match[0], text)


def _acts(character: str) -> bool:
    return unicodedata.category(character) in _ACTING and character not in _JOINERS


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


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


class Printed:
    """What shows itself in a notebook as it is printed, in the letters of a table and the colours of the notebook.

    Examples:
        >>> class Answer(Printed):
        ...     def __str__(self):
        ...         return "at least 3 <of 4>"
        >>> Answer()._repr_html_()
        '<pre>at least 3 &lt;of 4&gt;</pre>'
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        lines = [line[: len(line) - len(line.lstrip())] + _on_one_line(line) for line in str(self).splitlines()]
        return f"<pre>{escape(chr(10).join(lines), quote=False)}</pre>"


class Fielded:
    """What shows itself in a notebook as a table of those of its fields that say something.

    Examples:
        >>> from dataclasses import dataclass
        >>> @dataclass
        ... class Answer(Fielded):
        ...     number_of_rows: int
        ...     left_out: tuple[str, ...] = ()
        >>> "<td><bdi>number of rows</bdi></td>" in Answer(3)._repr_html_(), "left out" in Answer(3)._repr_html_()
        (True, False)
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        rows = [
            (field.name.replace("_", " "), "yes" if item is True else str(item).strip("<>"))
            for field in fields(self)  # type: ignore[arg-type] # a mixin of dataclasses
            if _says(value := getattr(self, field.name))
            for item in (value if isinstance(value, tuple) else (value,))
        ]
        return table_of(repr(self).strip("<>"), ("field", "value"), rows)


def _says(value: object) -> bool:
    return not (value is None or value is False or (isinstance(value, str | tuple) and not value))


def _on_one_line(line: str) -> str:
    """Write every character of a line that acts instead of showing as its escape, and keep its spaces."""
    return "".join(_escape(character) if _acts(character) else character for character in line.strip())


def own_file(package: str, name: str) -> str:
    """Read a file of ours that becomes a part of a page: from the folder ``templates`` of a package.

    Examples:
        >>> own_file("casualties.show", "page.js").splitlines()[0]
        '"use strict";'
    """
    from importlib.resources import files  # noqa: PLC0415 - loaded when something is shown as HTML

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
    import base64  # noqa: PLC0415 - as above
    import hashlib  # noqa: PLC0415 - as above

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
