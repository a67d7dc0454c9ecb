"""Text in JSON: read strictly, and what is wrong with it told as one of our own errors."""

from __future__ import annotations

import json
from typing import Any, Final

__all__ = ["parsed", "wrong_json"]

_SHOWN: Final = 30
_HINT: Final = "write one object of JSON on each line, with the columns as its keys"


class _TwiceError(ValueError):
    """A key that stands twice in one object, of which one value would be lost."""


def parsed(text: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Read JSON in which no key stands twice in one object.

    Raises:
        ValueError: If it is none.
        RecursionError: If it is nested too deeply.

    Examples:
        >>> parsed('{"dead": [4]}')
        {'dead': [4]}
    """
    return json.loads(text, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _TwiceError(f"the key {twice!r} stands twice in one object")
    return members


def wrong_json(error: Exception, hint: str = _HINT) -> tuple[str, str, str]:
    """Say what is wrong with a text that is no JSON, by which word, and the next step.

    Examples:
        >>> try:
        ...     parsed('{"dead": x}')
        ... except ValueError as error:
        ...     print(wrong_json(error)[1])
        this is no JSON: expecting value, at character 10, 'x}'
    """
    if isinstance(error, UnicodeDecodeError):
        at = len(error.object[: error.start].decode("utf-8")) + 1
        message = f"byte 0x{error.object[error.start]:02x} is not UTF-8, at character {at:,}"
        return "encoding", message, "save the file as UTF-8"
    if isinstance(error, _TwiceError):
        return "key-twice", str(error), "write one of the two under another key"
    if isinstance(error, json.JSONDecodeError):
        text = error.doc[error.pos :].strip()
        shown = repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…") if text else "where it ends"
        said = error.msg[:1].lower() + error.msg[1:].removesuffix(" at")
        place = f"character {error.colno}" if error.lineno == 1 else f"line {error.lineno}, column {error.colno}"
        return "unreadable-row", f"this is no JSON: {said}, at {place}, {shown}", hint
    if isinstance(error, RecursionError):
        return "unreadable-row", "its objects and lists are nested too deeply", hint
    return "unreadable-row", f"this is no JSON that is read: {str(error)[:100]}", hint
