"""The folder of a partitioned ledger: files that are whole or not there, each under a digest of what it holds.

Which of them count is said by the log, last of all.  Files of claims are what their names say, or are refused; findings
that were kept are a convenience, which a folder that may not be written does without.
"""

from __future__ import annotations

import io
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casualties._writing import as_path
from casualties.columns._log import Log, digest, put_file
from casualties.errors import LedgerFileError, Problem
from casualties.show.optional import Lazily

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq
else:
    pa, pq = Lazily("pyarrow", "columns"), Lazily("pyarrow.parquet", "columns")

__all__ = ["Folder"]

_EXTRAS: Final = b"casualties"


class Folder:
    """The folder of a ledger."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = as_path(path)
        self.log = Log(self.path)

    def put_rows(self, part: int, rows: pa.Table, extras: list[dict[str, Any]]) -> str:
        """Write rows of claims, and beside them what no row holds of them, and give the name of the file."""
        text = json.dumps(extras, ensure_ascii=False, sort_keys=True)
        out = io.BytesIO()
        pq.write_table(rows.replace_schema_metadata({_EXTRAS: text.encode()} if extras else None), out)
        name = f"claims/part={part:02}/{digest(out.getvalue())}.parquet"
        put_file(self.path / name, out.getvalue())
        return name

    def rows(self, name: str, columns: list[str] | None = None) -> tuple[pa.Table, list[dict[str, Any]]]:
        """Read a file of claims.

        Raises:
            LedgerFileError: If it cannot be read.
        """
        path = self.path / name
        content = self._claims(name)
        try:
            table = pq.read_table(io.BytesIO(content), columns=columns)
            extras: list[dict[str, Any]] = json.loads((table.schema.metadata or {}).get(_EXTRAS, b"[]"))
        except (pa.ArrowException, OSError, ValueError) as error:
            raise _damaged(path, f"it cannot be read: {error}") from error
        return table.replace_schema_metadata(None), extras

    def _claims(self, name: str) -> bytes:
        """Read a file of claims, and see that it is what its name says."""
        path = self.path / name
        try:
            content = path.read_bytes()
        except (OSError, ValueError) as error:
            raise _damaged(path, f"it cannot be read: {getattr(error, 'strerror', None) or error}") from error
        if digest(content) != path.stem:
            raise _damaged(path, "it was changed since it was written")
        return content

    def number_of_rows(self, name: str) -> int:
        """Count the rows of a file of claims."""
        path = self.path / name
        try:
            with path.open("rb") as file:
                return int(pq.read_metadata(file).num_rows)
        except (pa.ArrowException, OSError, ValueError) as error:
            said = getattr(error, "strerror", None) or error
            raise _damaged(path, f"it cannot be read: {said}") from error

    def keep(self, name: str, content: bytes) -> None:
        """Keep what can be worked out again, where the folder takes it."""
        with suppress(LedgerFileError):
            put_file(self.path / name, digest(content).encode() + content)

    def kept(self, name: str) -> bytes | None:
        """Read what was kept under a name; ``None`` where nothing is, or not what was kept."""
        try:
            content = (self.path / name).read_bytes()
        except OSError:
            return None
        mark, content = content[:_DIGEST], content[_DIGEST:]
        return content if mark == digest(content).encode() else None

    def drop(self, name: str) -> None:
        """Take away what is kept under a name, where the folder lets it go."""
        with suppress(OSError):
            (self.path / name).unlink(missing_ok=True)

    def keep_only(self, folder: str, names: set[str]) -> None:
        """Take away what is kept in a folder under other names; it is made again where somebody still wants it."""
        for path in (self.path / folder).glob("*.arrow"):
            if f"{folder}/{path.name}" not in names:
                self.drop(f"{folder}/{path.name}")


_DIGEST: Final = len(digest(b""))


def _damaged(path: Path, message: str) -> LedgerFileError:
    return LedgerFileError(str(path), (Problem("", message, "restore it from a copy", "notation"),))
