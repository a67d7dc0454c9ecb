"""The log of a partitioned ledger: the appends that count, each whole or not there.

An append is one file, named by a digest of what it holds, written under another name, brought to the disk and renamed;
it names the files of claims that it brings, which were written before it, and the appends that it was made after.  So a
reader sees an append whole or not at all, two writers stand in nobody's way, and a file that is changed or taken away
later is missed.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from casualties.errors import LedgerFileError, Problem
from casualties.files.disk import read_text, replace_files
from casualties.files.json import dumps
from casualties.files.json import read as read_declared
from casualties.model.ledger import Ledger

if sys.platform != "win32":
    import fcntl

__all__ = ["Append", "File", "Log", "digest", "put_file"]

FORMAT: Final = 1
"""The version of the folder's form."""

_RESTORE: Final = "restore it from a copy"


def digest(content: bytes) -> str:
    """Give the name of a content."""
    return sha256(content).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class File:
    """A file of claims.

    Attributes:
        part: Its part.
        name: Its place below the folder.
        sources: The sources that speak in it.
        names: Identities of claims that it names and does not hold.
    """

    part: int
    name: str
    sources: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Append:
    """What was appended at once.

    Attributes:
        files: The files of claims.
        declared: What is declared beside them, as a ledger without claims.
        binding: Claims that name another of their own source: claim, source, act, and the claim named.
    """

    files: tuple[File, ...]
    declared: Ledger
    binding: tuple[tuple[str, str, str, str], ...]


class Log:
    """The appends of a ledger, in a folder of their own.

    Args:
        path: The folder of the ledger.
    """

    def __init__(self, path: Path) -> None:
        self._ledger = path
        self._path = path / "appends"

    def __bool__(self) -> bool:
        with suppress(OSError):
            return any(self._path.glob("*.json"))
        return False

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let no other process append meanwhile, so that what is checked still holds when it is written.

        The system lets go of the lock where a process is killed.

        Raises:
            LedgerFileError: If the folder cannot be written.
        """
        _made(self._path)
        if sys.platform == "win32":  # pragma: no cover - Windows locks no folders
            yield
            return
        handle = os.open(self._path, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def appends(self) -> Iterator[Append]:
        """Give the appends that are there now, in the order of their names.

        Raises:
            LedgerFileError: If there is no ledger, one of a newer form, or an append that is missing or was changed.
        """
        if not self:
            hint = "check the path; the first append makes the folder"
            raise _wrong(self._ledger, "there is no ledger in it", hint, "no-ledger")
        for _, content in sorted(self._contents().items()):
            yield content.append

    def add(self, append: Append) -> None:
        """Let an append count; one that is there already stays as it is.

        Raises:
            LedgerFileError: If it cannot be written.
        """
        there = self._contents() if self else {}
        if append in (file.append for file in there.values()):
            return
        named = {name for file in there.values() for name in file.after}
        content: dict[str, Any] = {
            "form": FORMAT,
            "after": sorted(there.keys() - named),
            "files": [
                {"part": file.part, "name": file.name, "sources": file.sources, "names": file.names}
                for file in append.files
            ],
            "declared": dumps(append.declared),
            "binding": append.binding,
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
        put_file(self._path / f"{digest(text)}.json", text)

    def _contents(self) -> dict[str, _Content]:
        """Read all appends, and those that they name: one may have come while the folder was being listed."""
        try:
            todo = sorted(path.stem for path in self._path.iterdir() if path.suffix == ".json")
        except OSError as error:
            raise _wrong(self._path, f"it cannot be read: {error.strerror}", "check the folder", "no-ledger") from error
        contents: dict[str, _Content] = {}
        for name in todo:  # grows by what is named
            if name not in contents:
                contents[name] = _read(self._path / f"{name}.json")
                todo += contents[name].after
        return contents


@dataclass(frozen=True, slots=True)
class _Content:
    append: Append
    after: tuple[str, ...]


def _wrong(place: Path, message: str, hint: str, reason: str) -> LedgerFileError:
    return LedgerFileError(str(place), (Problem("", message, hint, reason),))


def _read(place: Path) -> _Content:
    """Read an append, and see that it is what its name says."""
    text = read_text(place)
    try:
        content = json.loads(text)
        form = content["form"]
        if not isinstance(form, int) or form > FORMAT:
            raise _wrong(place, f"its form is {form!r}, which is not read here", "install a newer casualties", "newer")
        if digest(text.encode()) != place.stem:
            raise _wrong(place, "it was changed since it was written", _RESTORE, "changed")
        files = (
            File(file["part"], file["name"], tuple(file["sources"]), tuple(file["names"])) for file in content["files"]
        )
        binding = ((claim, source, act, name) for claim, source, act, name in content["binding"])
        declared = read_declared(io.StringIO(content["declared"]))
        after = tuple(map(str, content.get("after", ())))
        return _Content(Append(tuple(files), declared, tuple(binding)), after)
    except LedgerFileError as error:
        if error.name == str(place):
            raise
        raise LedgerFileError(str(place), error.problems) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _wrong(place, "this is no append: it was changed since it was written", _RESTORE, "notation") from error


def put_file(path: Path, content: bytes) -> None:
    """Write a file whole, and see that it is on the disk under its name; one that is there stays.

    Raises:
        LedgerFileError: If it cannot be written.
    """
    if path.exists():
        return
    _made(path.parent)
    replace_files({path: content})
    _to_disk(path.parent)


def _made(folder: Path) -> None:
    """Make a folder, and see that it is on the disk."""
    try:
        new = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "check the folder, its rights and the room on the disk"
        raise _wrong(folder, f"it cannot be written: {error.strerror or error}", hint, "unwritable-file") from error
    for path in new:
        _to_disk(path.parent)


def _to_disk(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    if sys.platform == "win32":  # pragma: no cover - Windows opens no folders, and keeps names by itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
