"""What people give as the path of a file: a path that the system can take, or an error of ours."""

from __future__ import annotations

import os
from pathlib import Path

from casualties.errors import CasualtiesError

__all__ = ["as_path", "is_path"]


def is_path(given: object) -> bool:
    """Tell whether something is meant as a path, and not as an open file.

    Examples:
        >>> is_path("ledger.yaml"), is_path(b"ledger.yaml"), is_path(None)
        (True, True, False)
    """
    return isinstance(given, str | bytes | os.PathLike)


def as_path(given: object) -> Path:
    r"""Give the path that was given.

    Raises:
        CasualtiesError: If it is none, or no system could have a file of that name.

    Examples:
        >>> as_path("ledger.yaml").name
        'ledger.yaml'
        >>> as_path("a\0b")
        Traceback (most recent call last):
        ...
        casualties.errors.CasualtiesError: 'a\x00b': no file can have this name (embedded null byte)
        Hint: give the path of a file
    """
    try:
        text = os.fspath(given)  # type: ignore[call-overload]  # whatever was given
        if not isinstance(text, str):
            raise TypeError("a path is a text")  # noqa: TRY301 - one error for all that is no path
    except TypeError as error:
        shown = repr(given) if isinstance(given, str | bytes | int | float | None) else f"a {type(given).__name__}"
        raise CasualtiesError(f"{shown:.80}: it is no path", "bad-path", "give the path of a file") from error
    said = "embedded null byte" if "\0" in text else "" if text else "it is empty"
    try:
        os.fsencode(text)
    except UnicodeEncodeError as error:
        said = f"{text[error.start]!r} is no character of a name"
    if said:
        raise CasualtiesError(
            f"{text!r:.80}: no file can have this name ({said})", "bad-path", "give the path of a file"
        )
    return Path(text)
