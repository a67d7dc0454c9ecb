"""Files packed by gzip: read as what is packed in them, and unpacked no further than a table of their size can be."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast

from casualties.errors import LedgerFileError, Problem

if TYPE_CHECKING:
    from typing_extensions import Buffer

__all__ = ["ending_of", "is_packed", "open_plain", "unpacked"]

_MAGIC: Final = b"\x1f\x8b"

_FEW: Final = 1024 * 1024
_RATIO: Final = 200
"""How many bytes a file may unpack to: so many, and so many more for each byte of it; a bomb makes about a thousand."""

_SIP: Final = 8 * 1024
"""How many packed bytes are taken at once; Pythons from 3.12 on take so many that a bomb goes off with the first."""


def ending_of(path: Path) -> str:
    """Give the ending of a path without its dot, in small letters; of a packed file that of what is packed.

    Examples:
        >>> ending_of(Path("rows.csv.gz")), ending_of(Path("rows.CSV")), ending_of(Path("rows.gz"))
        ('csv', 'csv', 'gz')
    """
    endings = [suffix.removeprefix(".").lower() for suffix in path.suffixes]
    return endings[-2] if endings[-1:] == ["gz"] and len(endings) > 1 else (endings or [""])[-1]


def is_packed(content: bytes) -> bool:
    """Tell by its first bytes whether a file is packed by gzip."""
    return content.startswith(_MAGIC)


def unpacked(content: bytes, name: str, most: int) -> bytes:
    """Unpack a file, up to so many bytes and one more.

    Raises:
        LedgerFileError: If it is damaged, or unpacks to more than a table of its size can be.

    Examples:
        >>> unpacked(gzip.compress(b"casualties: 1"), "ledger.yaml.gz", 100)
        b'casualties: 1'
    """
    return _Unpacking(io.BytesIO(content), name).read(most + 1)


def open_plain(path: Path) -> tuple[IO[bytes], Callable[[], int]]:
    """Open a file for its bytes, unpacked where it is packed; with what tells how much of the file itself was read.

    Raises:
        OSError: If it cannot be opened.
    """
    file = path.open("rb")
    try:
        packed = is_packed(file.peek(len(_MAGIC)))
    except OSError:
        file.close()
        raise
    return (cast("IO[bytes]", io.BufferedReader(_Unpacking(file, str(path)))) if packed else file), file.tell


class _Sips:
    """A file that gives a little at a time, however much is asked for, so that its place tells what was unpacked."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek = file.seek

    def read(self, size: int = -1) -> bytes:
        return self._file.read(_SIP if size < 0 else min(size, _SIP))


class _Unpacking(io.RawIOBase):
    """What is packed in a file, as far as it may be unpacked."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file, self._name, self._given = file, name, 0
        self._inner = gzip.GzipFile(fileobj=cast("IO[bytes]", _Sips(file)), mode="rb")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._given = self._inner.seek(offset, whence)
        return self._given

    def read(self, size: int = -1) -> bytes:
        parts, left = [], size
        while part := self._some(min(left, 1 << 20) if left >= 0 else 1 << 20):
            parts.append(part)
            left -= len(part) if left >= 0 else 0
        return b"".join(parts)

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        part = self._some(len(view))
        view[: len(part)] = part
        return len(part)

    def _some(self, size: int) -> bytes:
        try:
            part = self._inner.read(size) if size else b""
        except (EOFError, OSError, zlib.error) as error:
            said = "it breaks off" if isinstance(error, EOFError) else f"it is damaged: {error}"
            raise self._refused(
                f"as a file of gzip {said}", "pack it anew, or restore it from a copy", "notation"
            ) from error
        self._given += len(part)
        if self._given > _FEW + _RATIO * self._file.tell():
            message = f"it unpacks to more than {_RATIO} times its size, which no table of counts does"
            raise self._refused(message, "unpack it, and save the rows that say something", "too-large")
        return part

    def _refused(self, message: str, hint: str, reason: str) -> LedgerFileError:
        return LedgerFileError(self._name, (Problem("", message, hint, reason),))

    def close(self) -> None:
        self._inner.close()
        self._file.close()
        super().close()
