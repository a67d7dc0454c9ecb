"""From the sections of a file, as plain values, to YAML that every reader takes for the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

__all__ = ["WIDTH", "Bare", "layout"]

WIDTH: Final = 110
"""The longest line, in characters, on which a map or list is written; a long text alone may be longer."""

_LONGEST_KEY: Final = 1_000
"""The longest key that is written without a mark; YAML takes none of more than 1,024 characters for a key."""

_FIRST: Final = frozenset("-?:,[]{}#&*!|>'\"%@` =~<")
_FLOW_SIGNS: Final = frozenset(",[]{}?")
_NOT_PRINTED: Final = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_OTHERWISE_READ: Final = re.compile(  # what YAML 1.1 or 1.2 takes for a truth value, nothing, a number or a date
    r"""(?ix) y|n|yes|no|on|off|true|false|null
    | [-+]?(0[xob][0-9a-f_]+ | [0-9][0-9_]*(:[0-5]?[0-9])*(\.[0-9_]*)?(e[-+]?[0-9]+)? | \.[0-9_]+(e[-+]?[0-9]+)?)
    | [-+]?\.(inf|nan)
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t\ ].*)?"""
)
_SAFELY_READ: Final = re.compile(r"true|0|[1-9][0-9]*|[0-9]{4}-[0-9]{2}(-[0-9]{2}(T[0-9:.]+([-+][0-9:.]+|Z))?)?")


class Bare(str):
    """A count or a date, which needs no quotes where another reader takes it for the same count or date."""

    __slots__ = ()


def layout(document: Mapping[str, Any]) -> str:
    """Write the sections of a file."""
    out: list[str] = []
    for section, value in document.items():
        if isinstance(value, dict) and section != "defaults":
            out.append(f"{section}:")
            for key, item in value.items():
                out.extend(_pair(key, item, 2))
        elif isinstance(value, list) and section in ("claims", "same", "totals", "unread"):
            out.append(f"{section}:")
            for item in value:
                out.extend(_item(item, 2))
        else:
            out.extend(_pair(section, value, 0))
    return "\n".join(out) + "\n"


def _pair(key: str, value: Any, indent: int) -> Iterator[str]:  # noqa: ANN401 - a plain value
    name = _scalar(key, flow=False)
    head = " " * indent + (f"{name}:" if len(name) <= _LONGEST_KEY else f"? {name}\n{' ' * indent}:")
    flow = f"{head} {_flow(value)}"
    if not isinstance(value, dict | list):
        yield f"{head} {_scalar(value, flow=False)}"
    elif len(flow) <= WIDTH or not value:
        yield flow
    else:
        yield head
        yield from _block(value, indent + 2)


def _block(value: Any, indent: int) -> Iterator[str]:  # noqa: ANN401 - a plain value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _pair(key, item, indent)
    else:
        for item in value:
            yield from _item(item, indent)


def _item(value: Any, indent: int) -> Iterator[str]:  # noqa: ANN401 - a plain value
    flow = " " * indent + "- " + _flow(value)
    if not isinstance(value, dict | list):
        yield " " * indent + "- " + _scalar(value, flow=False)
    elif len(flow) <= WIDTH or not value:
        yield flow
    else:
        lines = list(_block(value, indent + 2))
        yield " " * indent + "- " + lines[0][indent + 2 :]
        yield from lines[1:]


def _flow(value: Any) -> str:  # noqa: ANN401 - a plain value
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key, flow=True)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value, flow=True)


def _scalar(text: str, *, flow: bool) -> str:
    """Write a text so that every YAML reader takes it for that text, or for the count or date that it is."""
    if _NOT_PRINTED.search(text):
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + _NOT_PRINTED.sub(_escape, escaped) + '"'
    safe = _SAFELY_READ if isinstance(text, Bare) else None
    if (safe is not None and safe.fullmatch(text)) or (
        text
        and text[0] not in _FIRST
        and not text.startswith("...")
        and not text.endswith((":", " "))
        and ": " not in text
        and " #" not in text
        and not (flow and not _FLOW_SIGNS.isdisjoint(text))
        and not _OTHERWISE_READ.fullmatch(text)
    ):
        return str(text)
    return "'" + text.replace("'", "''") + "'"


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    short = {9: "\\t", 10: "\\n"}.get(code)
    return short or (f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}")
