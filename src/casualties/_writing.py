"""The one way in which anything leaves the library for a disk: whole, or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from casualties.errors import CasualtiesError

__all__ = ["replace_files", "write_file"]


def write_file(path: str | os.PathLike[str], content: bytes) -> None:
    """Put a file in the place of another, so that nobody ever finds half of one; see `replace_files`.

    Raises:
        CasualtiesError: If it cannot be written; a file of that name then is as it was.
    """
    replace_files({Path(path): content})


def replace_files(contents: Mapping[Path, bytes | None]) -> None:
    """Put files in the place of others, all or none of them; ``None`` takes a file away.

    Each is written beside its place, brought to the disk and then moved there.  Where a move fails, what was moved
    before it is put back.  A device, a pipe and standard output are no places to move to: they are written straight,
    and last.

    Raises:
        CasualtiesError: If one of them cannot be written; all files then are as they were.
    """
    straight = {path: content for path, content in contents.items() if _is_no_file(path)}
    written: dict[Path, Path] = {}
    kept: dict[Path, Path | None] = {}
    current = next(iter(contents))
    try:
        for current, content in contents.items():
            if content is not None and current not in straight:
                written[current] = _write_beside(current.resolve(), content)
        for current in contents:
            if current not in straight:
                place = current.resolve()
                if len(contents) > 1:
                    kept[place] = _keep(place)
                if current in written:
                    written[current].replace(place)
                    del written[current]
                else:
                    place.unlink(missing_ok=True)
        for current, content in straight.items():
            with current.open("wb") as stream:
                stream.write(content or b"")
    except OSError as error:
        _put_back(kept)
        message = f"{current}: it cannot be written: {error.strerror or error}"
        raise CasualtiesError(message, "unwritable-file", _next_step(error)) from error
    finally:
        for temporary in (*written.values(), *filter(None, kept.values())):
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _is_no_file(path: Path) -> bool:
    """Tell whether a name is that of something else than a file, such as a device or a pipe; a folder is refused."""
    return path.exists() and not path.is_file() and not path.is_dir()


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


def _next_step(error: OSError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "name a file in a folder that exists"
    if isinstance(error, IsADirectoryError):
        return "name a file in it"
    return "check the folder, its rights and the room on the disk"
