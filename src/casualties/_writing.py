"""Paths as people give them, and the one way in which anything leaves the library for a disk: whole, or not at all."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from errno import ELOOP, ENAMETOOLONG
from pathlib import Path
from typing import Final

from casualties.errors import CasualtiesError

__all__ = ["as_path", "is_no_file", "is_path", "replace_files", "together", "write_file"]


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


_TOGETHER: Final[ContextVar[dict[Path, bytes | None] | None]] = ContextVar("_TOGETHER", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Let all files that are written meanwhile move at the end, all or none of them.

    Raises:
        CasualtiesError: At the end, if one of them cannot be written; all files then are as they were.
    """
    waiting: dict[Path, bytes | None] = {}
    token = _TOGETHER.set(waiting)
    try:
        yield
    finally:
        _TOGETHER.reset(token)
    if waiting:
        replace_files(waiting)


def write_file(path: str | os.PathLike[str], content: bytes) -> None:
    """Put a file in the place of another, so that nobody ever finds half of one; see `replace_files`.

    Raises:
        CasualtiesError: If it cannot be written; a file of that name then is as it was.
    """
    replace_files({as_path(path): content})


def replace_files(contents: Mapping[Path, bytes | None]) -> None:
    """Put files in the place of others, all or none of them; ``None`` takes a file away.

    Each is written beside its place, brought to the disk and then moved there.  Where a move fails, what was moved
    before it is put back.  A device, a pipe and standard output are no places to move to: they are written straight,
    and last.

    Raises:
        CasualtiesError: If one of them cannot be written; all files then are as they were.
    """
    if (waiting := _TOGETHER.get()) is not None:
        waiting.update(contents)
        return
    straight: dict[Path, bytes | None] = {}
    written: dict[Path, Path] = {}
    kept: dict[Path, Path | None] = {}
    current = next(iter(contents))
    try:
        for current, content in contents.items():
            if is_no_file(current):
                straight[current] = content
            elif content is not None:
                written[current] = _write_beside(_place(current), content)
        for current in contents:
            if current not in straight:
                place = _place(current)
                if len(contents) > 1:
                    kept[place] = _keep(place)
                if current in written:
                    written[current].replace(place)
                    del written[current]
                else:
                    place.unlink(missing_ok=True)
        for current, content in straight.items():
            _write_straight(current, content or b"")
    except (OSError, ValueError) as error:
        _put_back(kept)
        message = f"{current}: it cannot be written: {getattr(error, 'strerror', None) or error}"
        raise CasualtiesError(message, "unwritable-file", _next_step(error)) from error
    finally:
        for temporary in (*written.values(), *filter(None, kept.values())):
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def is_no_file(path: Path) -> bool:
    """Tell whether a name is that of something else than a file, such as a device or a pipe; a folder is refused."""
    return _descriptor(path) is not None or (path.exists() and not path.is_file() and not path.is_dir())


def _place(path: Path) -> Path:
    """Follow links to the place that is meant; a file there may yet have to be made."""
    try:
        target = path.resolve()
    except RuntimeError as error:  # as Python before 3.13 tells of links that lead round
        raise OSError(ELOOP, os.strerror(ELOOP)) from error
    if target.is_symlink():  # from Python 3.13 on such a link is given back as it is
        target.stat()
    return target


_OPEN: Final = re.compile(r"/dev/(?:(stdin|stdout|stderr)|fd/(\d+))|/proc/(?:self|thread-self|\d+)/fd/(\d+)")


def _descriptor(path: Path) -> int | None:
    """Give the number of the open file that a name stands for, such as ``/dev/stdout``; whatever lies behind it."""
    name = os.path.abspath(path)  # noqa: PTH100 - links are followed one by one
    for _ in range(40):
        if match := _OPEN.fullmatch(name):
            return ("stdin", "stdout", "stderr").index(match[1]) if match[1] else int(match[2] or match[3])
        if not os.path.islink(name):  # noqa: PTH114 - as above
            return None
        name = os.path.abspath(os.path.join(os.path.dirname(name), os.readlink(name)))  # noqa: PTH100, PTH115, PTH118, PTH120
    return None


def _write_straight(path: Path, content: bytes) -> None:
    """Write to what is no file, or is open already: nothing that was written there before is lost."""
    number = _descriptor(path)
    if number is None:
        with path.open("wb") as stream:
            stream.write(content)
        return
    for output in (sys.stdout, sys.stderr):
        output.flush()
    with os.fdopen(os.dup(number), "wb") as stream:
        stream.write(content)


def _beside(place: Path) -> Path:
    return place.with_name(f".{secrets.token_hex(8)}.tmp")


def _write_beside(place: Path, content: bytes) -> Path:
    if place.is_dir():
        raise IsADirectoryError(None, "it is a folder")
    temporary = _beside(place)
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if place.exists():
            temporary.chmod(place.stat().st_mode & 0o777)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    return temporary


def _keep(place: Path) -> Path | None:
    """Keep a file under another name, so that it can be put back; `None` where there is none."""
    if not place.exists():
        return None
    kept = _beside(place)
    try:
        os.link(place, kept)
    except OSError:  # not every disk has links
        shutil.copy2(place, kept)
    return kept


def _put_back(kept: dict[Path, Path | None]) -> None:
    """Put every file back as it was before the first move."""
    for place, old in kept.items():
        with suppress(OSError):
            if old is None:
                place.unlink(missing_ok=True)
            else:
                old.replace(place)


def _next_step(error: Exception) -> str:
    if isinstance(error, ValueError) or getattr(error, "errno", None) in (ENAMETOOLONG, ELOOP):
        return "name another file"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "name a file in a folder that exists"
    if isinstance(error, IsADirectoryError):
        return "name a file in it"
    return "check the folder, its rights and the room on the disk"
