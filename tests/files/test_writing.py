"""Everything that leaves the library for a disk arrives whole, or leaves the disk as it was."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import casualties as cs
from casualties import _writing
from casualties.cli import main
from casualties.errors import CasualtiesError, LedgerFileError

SEED = "nagorno-karabakh-2020-09-30"
OLD = b"as it was"


def leftovers(folder: Path) -> list[str]:
    """Name what writing may have left behind."""
    return sorted(each.name for each in folder.iterdir() if each.name.endswith(".tmp"))


WAYS: dict[str, Callable[[Path], object]] = {
    "ledger": lambda folder: cs.write(cs.seeds.load(SEED), folder / "out.yaml"),
    "table": lambda folder: cs.write(cs.seeds.load(SEED), folder / "out.csv"),
    "workbook": lambda folder: cs.write(cs.seeds.load(SEED), folder / "out.xlsx"),
    "picture": lambda folder: cs.reconcile(cs.seeds.load(SEED)).plot().save(folder / "out.svg"),
    "page": lambda folder: main(["page", SEED, "-o", str(folder / "out.html"), "--force"]),
}
"""The ways in which things leave the library, each into a folder."""

LIMITED = """
import resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
sys.path.insert(0, sys.argv[3])
import test_writing
folder = Path(sys.argv[2])
limit = 64
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    print("status", test_writing.WAYS[sys.argv[1]](folder))
except test_writing.CasualtiesError as error:
    print("refused", error)
"""


@pytest.mark.parametrize("way", WAYS)
def test_limit_on_the_size_of_files_leaves_the_old_file(way: str, tmp_path: Path) -> None:
    """A disk that takes 64 bytes and no more keeps the old file, and the error says which and why."""
    if way == "workbook":
        pytest.importorskip("openpyxl", reason="needs the extra excel")
    name = {"ledger": "yaml", "table": "csv", "workbook": "xlsx", "picture": "svg", "page": "html"}[way]
    old = tmp_path / f"out.{name}"
    old.write_bytes(OLD)
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED, way, str(tmp_path), str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        check=False,
    )
    told = ran.stdout + ran.stderr
    assert re.search(rf"out(\.rest)?\.({name}|json): ", told), told
    assert "it cannot be written: File too large" in told
    if way != "workbook":  # the library for workbooks tells on standard error what it had to leave open
        assert "Traceback" not in told
    assert old.read_bytes() == OLD
    assert leftovers(tmp_path) == []


def test_second_move_that_fails_puts_the_first_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of files that belong together all are moved, or none is; a file that was not there is not there again."""
    first, second, third = (tmp_path / name for name in ("a", "b", "c"))
    second.write_bytes(OLD)
    third.write_bytes(OLD)
    moves: list[Path] = []
    move = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if target == third and self.suffix == ".tmp" and self.read_bytes() == b"new":
            raise OSError(28, "No space left on device")
        moves.append(target)
        return move(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(CasualtiesError, match="it cannot be written: No space left on device"):
        _writing.replace_files({first: b"new", second: b"new", third: b"new"})
    assert moves[:2] == [first, second]
    assert not first.exists()
    assert second.read_bytes() == third.read_bytes() == OLD
    assert leftovers(tmp_path) == []


def test_file_taken_away_is_put_back(tmp_path: Path) -> None:
    """Where a later file of one write is a folder, an earlier one that was to go is still there."""
    gone, folder = tmp_path / "gone", tmp_path / "folder"
    gone.write_bytes(OLD)
    folder.mkdir()
    with pytest.raises(CasualtiesError, match="it is a folder"):
        _writing.replace_files({gone: None, folder: b"new"})
    assert gone.read_bytes() == OLD


def test_files_that_move_together(tmp_path: Path) -> None:
    """All new contents stand in their places, with the rights that the old files had."""
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(OLD)
    first.chmod(0o640)
    second.write_bytes(OLD)
    _writing.replace_files({first: b"new", second: None})
    assert first.read_bytes() == b"new"
    assert first.stat().st_mode & 0o777 == 0o640
    assert not second.exists()
    assert leftovers(tmp_path) == []


def test_disk_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a disk knows no links the old file is kept as a copy."""

    def none(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    first, folder = tmp_path / "a", tmp_path / "folder"
    first.write_bytes(OLD)
    move = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if target.name == "b":
            raise OSError(5, "Input/output error")
        return move(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    folder.mkdir()
    with pytest.raises(CasualtiesError, match="Input/output error"):
        _writing.replace_files({first: b"new", tmp_path / "b": b"new"})
    assert first.read_bytes() == OLD


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_pipe_is_written_straight(tmp_path: Path) -> None:
    """A pipe takes what is written and stays a pipe."""
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    cs.write(cs.seeds.load(SEED), pipe)
    reader.join(10)
    assert got
    assert got[0].startswith(b"casualties: 1")
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="this system has no such device")
def test_device_stays_a_device() -> None:
    """Writing to a device replaces nothing."""
    cs.write(cs.seeds.load(SEED), "/dev/null", format="yaml")
    assert not Path("/dev/null").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is full")
@pytest.mark.parametrize("command", [["reconcile", SEED], ["convert", SEED, "-"], ["page", SEED], ["seeds"]])
def test_full_standard_output_is_an_error_of_ours(command: list[str]) -> None:
    """A full disk behind standard output ends with status 1 and one sentence."""
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "casualties", *command], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert ran.returncode == 1
    assert "it cannot be written: No space left on device" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "Exception ignored" not in ran.stderr


def test_folder_that_is_missing_or_forbidden(tmp_path: Path) -> None:
    """The error names the file and what to do."""
    for path, told in ((tmp_path / "none" / "a.yaml", "a folder that exists"), (tmp_path, "name a file in it")):
        with pytest.raises(LedgerFileError) as caught:
            cs.write(cs.Ledger(), path, format="yaml")
        (problem,) = caught.value.problems
        assert told in problem.hint
        assert caught.value.name == str(path)


KILLED = textwrap.dedent(
    """
    import os, signal, sys
    from pathlib import Path
    from casualties import _writing
    path, step = Path(sys.argv[1]), sys.argv[2]
    if step == "written":
        os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
    else:
        Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    _writing.write_file(path, b"new" * 10**6)
    """
)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills in another way")
@pytest.mark.parametrize("step", ["written", "moved"])
def test_killed_process_leaves_the_old_file(step: str, tmp_path: Path) -> None:
    """A process that dies while it writes, or before it moves, leaves the file as it was."""
    path = tmp_path / "out.bin"
    path.write_bytes(OLD)
    ran = subprocess.run([sys.executable, "-c", KILLED, str(path), step], check=False)
    assert ran.returncode == -signal.SIGKILL
    assert path.read_bytes() == OLD
