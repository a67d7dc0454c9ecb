"""Ledger files as bytes and text: opening them, telling their encoding, and replacing them whole or not at all."""

from __future__ import annotations

import codecs
import os
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, overload

from casualties import _writing
from casualties._writing import as_path, is_path
from casualties.errors import CasualtiesError, LedgerFileError, Problem
from casualties.files._packed import is_packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "FORMAT_VERSION",
    "MAX_BYTES",
    "Readable",
    "Writable",
    "name_of",
    "path_of",
    "place_of",
    "read_bytes",
    "read_text",
    "replace_files",
    "write_bytes",
    "write_text",
]

FORMAT_VERSION: Final = 1
"""The version of the file formats that this library writes; it reads this one and every older one."""

MAX_BYTES: Final = 256 * 1024 * 1024
"""The largest file, in bytes, that is read."""

Readable = str | os.PathLike[str] | IO[str] | IO[bytes]
"""What a ledger is read from: a path, or a file opened for text or bytes."""

Writable = str | os.PathLike[str] | IO[str] | IO[bytes]
"""What a ledger is written to: a path, or a file opened for text or bytes."""


_BOMS: Final = (  # the longer marks first: UTF-32 begins as UTF-16 does
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def name_of(given: Readable | Writable) -> str:
    """Give the name to show for a file; the kind of object where it has none."""
    if isinstance(given, str | os.PathLike):
        return os.fsdecode(given)
    name = getattr(given, "name", None)
    return name if isinstance(name, str) else f"<{type(given).__name__}>"


def path_of(given: Readable | Writable) -> Path | None:
    """Give the path of a file; ``None`` where it is open already.

    Raises:
        LedgerFileError: If no file can have such a path.
    """
    if not is_path(given):
        return None
    try:
        return as_path(given)
    except CasualtiesError as error:
        name, _, message = error.message.rpartition(": ")
        problem = Problem("", message if name else error.message, error.hint, error.reason)
        raise LedgerFileError(name_of(given), (problem,)) from error


def _file(file: Readable | Writable, way: str) -> Any:  # noqa: ANN401 - a file, or whatever was given
    """See that what is no path can be read or written."""
    if not hasattr(file, way):
        message = f"a {type(file).__name__} is neither a path nor an open file"
        raise LedgerFileError(name_of(file), (Problem("", message, "give the path of a file", "bad-path"),))
    return file


def read_text(source: Readable) -> str:
    """Read all of a file as text: UTF-8, or UTF-16 and UTF-32 where the file says so by its first bytes.

    A file packed by gzip is read as what is packed in it.

    Raises:
        LedgerFileError: If it cannot be opened, is too large, is in another encoding, or holds NUL characters.
    """
    name = name_of(source)
    try:
        content = _content(source)
    except UnicodeDecodeError as error:
        hint = "open it for bytes, or with the encoding that it has"
        problem = Problem("", f"it was opened as text in {error.encoding}, which it is not", hint, "encoding")
        raise LedgerFileError(name, (problem,)) from error
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or error
        problem = Problem("", f"it cannot be read: {said}", "check the path", "unreadable-file")
        raise LedgerFileError(name, (problem,)) from error
    content = _within(content, name)
    text = _decode(name, content) if isinstance(content, bytes) else content.removeprefix("\ufeff")
    if "\0" in text:
        place = place_of(text, text.index("\0"))
        hint = "save the file as UTF-8 text"
        raise LedgerFileError(name, (Problem(place, "a NUL character, which no text holds", hint, "nul"),))
    return text


def _decode(name: str, content: bytes) -> str:
    mark, encoding = next(
        (mark_and_encoding for mark_and_encoding in _BOMS if content.startswith(mark_and_encoding[0])), (b"", "utf-8")
    )
    content = content[len(mark) :]
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding)
        message = f"byte {len(mark) + error.start + 1}, 0x{content[error.start]:02x}, is not {encoding.upper()}"
        problem = Problem(place_of(before, len(before)), message, "save the file as UTF-8", "encoding")
        raise LedgerFileError(name, (problem,)) from error


def place_of(text: str, offset: int) -> str:
    """Say where in a text a character stands, as line and column."""
    start = text.rfind("\n", 0, offset) + 1
    return f"line {text.count(chr(10), 0, offset) + 1}, column {offset - start + 1}"


def write_text(target: Writable, text: str) -> None:
    """Write text as UTF-8: to a path whole or not at all, or to an open file.

    Raises:
        LedgerFileError: If it cannot be written; a file of that name then is as it was.
    """
    content = text.encode("utf-8")
    if (path := path_of(target)) is not None:
        replace_files({path: content})
        return
    file = _file(target, "write")
    try:
        file.write(content)
    except TypeError:  # a file opened for text says so, and has written nothing
        _write(file, text, target)
    except (OSError, ValueError) as error:
        raise _unwritten(target, error) from error


def _write(file: Any, content: str | bytes, target: Writable) -> None:  # noqa: ANN401 - whatever was opened
    try:
        file.write(content)
    except (OSError, ValueError) as error:
        raise _unwritten(target, error) from error


def _unwritten(target: Writable, error: Exception) -> LedgerFileError:
    said = getattr(error, "strerror", None) or error
    hint = "open it for writing, or give its path"
    return LedgerFileError(name_of(target), (Problem("", f"it cannot be written: {said}", hint, "unwritable-file"),))


def replace_files(contents: Mapping[Path, bytes | None]) -> None:
    """Put files in the place of others, all or none of them; ``None`` takes a file away.

    Raises:
        LedgerFileError: If one of them cannot be written; all files then are as they were.
    """
    try:
        _writing.replace_files(contents)
    except CasualtiesError as error:
        name, _, message = error.message.partition(": it cannot")
        problem = Problem("", f"it cannot{message}", error.hint, error.reason)
        raise LedgerFileError(name, (problem,)) from error.__cause__


def _content(source: Readable) -> str | bytes:
    """Read a file up to the limit and a little more, so that a longer one is known."""
    if (path := path_of(source)) is not None:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    content: str | bytes = _file(source, "read").read(MAX_BYTES + 1)
    return content


@overload
def _within(content: bytes, name: str) -> bytes: ...
@overload
def _within(content: str | bytes, name: str) -> str | bytes: ...
def _within(content: str | bytes, name: str) -> str | bytes:
    """See that a file is not too large, unpacked where it is packed."""
    if isinstance(content, bytes) and is_packed(content) and len(content) <= MAX_BYTES:
        content = unpacked(content, name, MAX_BYTES)
    if len(content) > MAX_BYTES:
        problem = Problem("", f"it is larger than {MAX_BYTES} bytes", "split it into several ledgers", "too-large")
        raise LedgerFileError(name, (problem,))
    return content


def read_bytes(source: Readable) -> bytes:
    """Read all of a file that is no text, unpacked where gzip packed it.

    Raises:
        LedgerFileError: If it cannot be opened, is too large, or was opened for text.
    """
    name = name_of(source)
    try:
        content = _content(source)
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or error
        problem = Problem("", f"it cannot be read: {said}", "check the path, and open it for bytes", "unreadable-file")
        raise LedgerFileError(name, (problem,)) from error
    if isinstance(content, str):
        problem = Problem("", "it was opened for text", "open it for bytes, or give its path", "opened-for-text")
        raise LedgerFileError(name, (problem,))
    return _within(content, name)


def write_bytes(target: Writable, content: bytes) -> None:
    """Write what is no text: to a path whole or not at all, or to an open file.

    Raises:
        LedgerFileError: If it cannot be written, or the file was opened for text.
    """
    if (path := path_of(target)) is not None:
        replace_files({path: content})
        return
    try:
        _write(_file(target, "write"), content, target)
    except TypeError as error:
        problem = Problem("", "it was opened for text", "open it for bytes, or give its path", "opened-for-text")
        raise LedgerFileError(name_of(target), (problem,)) from error
