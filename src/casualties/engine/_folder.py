"""The folder of a partitioned ledger: files that are whole or not there, and the appends that make them count.

An append writes its data first, and last the one file that names it.  Every file is written under another name, brought
to the disk, and renamed; its own name is a digest of what it holds.  So a reader sees an append whole or not at all,
appending the same again changes nothing, and no two writers stand in each other's way.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casualties.engine._lazily import Lazily
from casualties.errors import LedgerFileError, Problem
from casualties.files._io import read_text, replace_files
from casualties.files.json import dumps
from casualties.files.json import read as read_declared
from casualties.model.ledger import Ledger

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq
else:
    pa, pq = Lazily("pyarrow", "engine"), Lazily("pyarrow.parquet", "engine")

__all__ = ["Append", "File", "Folder", "digest"]

FORMAT: Final = 1
"""The version of the folder's form."""

_EXTRAS: Final = b"casualties"


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


class Folder:
    """The folder of a ledger."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)

    def appends(self) -> Iterator[Append]:
        """Give the appends that are there now, in the order of their names.

        Raises:
            LedgerFileError: If there is no ledger, or one of a newer form.
        """
        folder = self.path / "appends"
        if not folder.is_dir():
            hint = "check the path; the first append makes the folder"
            raise LedgerFileError(str(self.path), (Problem("", "there is no ledger in it", hint, "no-ledger"),))
        for place in sorted(each for each in folder.iterdir() if each.suffix == ".json"):
            yield _append(place)

    def put(self, name: str, content: bytes) -> None:
        """Write a file whole, and see that it is on the disk under its name; one that is there stays.

        Raises:
            LedgerFileError: If it cannot be written.
        """
        path = self.path / name
        if path.exists():
            return
        new = [each for each in path.parents if not each.exists()]
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"it cannot be written: {error.strerror or error}"
            raise LedgerFileError(str(path), (Problem("", message, "check the folder", "unwritable-file"),)) from error
        replace_files({path: content})
        for folder in (path.parent, *(each.parent for each in new)):
            _to_disk(folder)

    def put_rows(self, part: int, rows: pa.Table, extras: list[dict[str, Any]]) -> str:
        """Write rows of claims, and beside them what no row holds of them, and give the name of the file."""
        text = json.dumps(extras, ensure_ascii=False, sort_keys=True)
        out = io.BytesIO()
        pq.write_table(rows.replace_schema_metadata({_EXTRAS: text.encode()} if extras else None), out)
        name = f"claims/part={part:02}/{digest(out.getvalue())}.parquet"
        self.put(name, out.getvalue())
        return name

    def rows(self, name: str, columns: list[str] | None = None) -> tuple[pa.Table, list[dict[str, Any]]]:
        """Read a file of claims.

        Raises:
            LedgerFileError: If it cannot be read.
        """
        path = self.path / name
        try:
            table = pq.read_table(io.BytesIO(path.read_bytes()), columns=columns)
        except (pa.ArrowException, OSError) as error:
            message = f"it cannot be read: {error}"
            raise LedgerFileError(str(path), (Problem("", message, "restore it from a copy", "notation"),)) from error
        extras: list[dict[str, Any]] = json.loads((table.schema.metadata or {}).get(_EXTRAS, b"[]"))
        return table.replace_schema_metadata(None), extras

    def number_of_rows(self, name: str) -> int:
        """Count the rows of a file of claims."""
        return int(pq.read_metadata(self.path / name).num_rows)

    def commit(self, append: Append) -> None:
        """Let an append count."""
        content: Mapping[str, Any] = {
            "form": FORMAT,
            "files": [
                {"part": each.part, "name": each.name, "sources": each.sources, "names": each.names}
                for each in append.files
            ],
            "declared": dumps(append.declared),
            "binding": append.binding,
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
        self.put(f"appends/{digest(text)}.json", text)

    def kept(self, name: str) -> bytes | None:
        """Read what was kept under a name; ``None`` where nothing is."""
        try:
            return (self.path / name).read_bytes()
        except OSError:
            return None

    def drop(self, name: str) -> None:
        """Take away what is kept under a name."""
        (self.path / name).unlink(missing_ok=True)

    def keep_only(self, folder: str, names: set[str]) -> None:
        """Take away what is kept in a folder under other names; it is made again where somebody still wants it."""
        for each in (self.path / folder).glob("*.arrow"):
            if f"{folder}/{each.name}" not in names:
                self.drop(f"{folder}/{each.name}")


def _append(place: Path) -> Append:
    """Read an append."""
    try:
        found = json.loads(read_text(place))
        if found["form"] <= FORMAT:
            files = (
                File(each["part"], each["name"], tuple(each["sources"]), tuple(each["names"]))
                for each in found["files"]
            )
            binding = ((claim, source, act, name) for claim, source, act, name in found["binding"])
            return Append(tuple(files), read_declared(io.StringIO(found["declared"])), tuple(binding))
        problem = Problem(
            "", f"its form is {found['form']}, which this version does not read", "install a newer casualties", "newer"
        )
    except (ValueError, KeyError, TypeError) as error:
        problem = Problem("", f"this is no append: {error!r}", "restore it from a copy", "notation")
        raise LedgerFileError(str(place), (problem,)) from error
    raise LedgerFileError(str(place), (problem,))


def _to_disk(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    if os.name == "nt":  # pragma: no cover - Windows opens no folders, and keeps names by itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
