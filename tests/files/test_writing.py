"""Everything that leaves the library for a disk arrives whole, or leaves the disk as it was."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from contextlib import suppress
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
sys.dont_write_bytecode = True  # else the next process finds code that was cut off
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


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (f"reconcile {SEED} >&-", 1, "standard output: it cannot be written: Bad file descriptor"),
        (f"reconcile {SEED} >&- 2>&-", 1, ""),
        ("reconcile - <&-", 1, "the file is empty"),
        ("reconcile none.yaml 2>&-", 1, ""),
        (f"convert {SEED} out.json <&-", 0, ""),
    ],
)
def test_closed_handles(words: str, status: int, told: str, tmp_path: Path) -> None:
    """What the shell closed is nowhere to write or to read: an answer that nobody can hear is an error of ours."""
    command = f"{shlex.quote(sys.executable)} -m casualties {words}"
    ran = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert ran.returncode == status
    assert told in ran.stderr
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


def test_files_of_one_command_move_together(tmp_path: Path) -> None:
    """Where the second file of a command cannot be written, the first is not there either."""
    first, folder = tmp_path / "a", tmp_path / "folder"
    folder.mkdir()

    def both() -> None:
        with _writing.together():
            _writing.write_file(first, b"new")
            _writing.write_file(folder, b"new")

    with pytest.raises(CasualtiesError, match="it is a folder"):
        both()
    assert not first.exists()
    with suppress(KeyError), _writing.together():
        _writing.write_file(first, b"new")
        raise KeyError
    assert not first.exists()
    with _writing.together():
        _writing.write_file(first, b"new")
        assert not first.exists()
    assert first.read_bytes() == b"new"


def test_ledger_and_quarantine_move_together(tmp_path: Path) -> None:
    """A table is not converted where its quarantine cannot be written."""
    table, mapping, out = tmp_path / "t.csv", tmp_path / "m.yaml", tmp_path / "out.yaml"
    table.write_text("who,dead\nVDC,3\nVDC,x\n", encoding="utf-8")
    mapping.write_text(
        'mapping: 1\nname: m\nsource: "{who}"\nclaims: [{harm: killed, count: dead}]\n', encoding="utf-8"
    )
    (tmp_path / "out.quarantine.csv").mkdir()
    assert main(["convert", str(table), str(out), "--mapping", str(mapping)]) == 1
    assert not out.exists()


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="this system has no such name")
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "link.yaml"])
def test_standard_output_by_its_name_keeps_what_was_written(name: str, tmp_path: Path) -> None:
    """What stood in a file behind ``/dev/stdout`` stays, what follows comes after, and the file is the same file."""
    out, link = tmp_path / "out.txt", tmp_path / "link.yaml"
    link.symlink_to("/dev/stdout")
    out.write_text("before\n", encoding="utf-8")
    number = out.stat().st_ino
    program = "import sys; from casualties.cli import main; print('first'); main(sys.argv[1:]); print('last')"
    with out.open("a") as stream:
        ran = subprocess.run(
            [sys.executable, "-c", program, "convert", SEED, name, "--output-format", "yaml"],
            stdout=stream,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=tmp_path,
        )
    assert ran.stderr == ""
    first, *_, last = (text := out.read_text(encoding="utf-8")).removeprefix("before\n").splitlines()
    assert (first, last) == ("first", "last")
    assert "casualties: 1" in text
    assert out.stat().st_ino == number
    assert link.is_symlink()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is full")
@pytest.mark.parametrize("way", ["page", "picture", "ledger", "table"])
def test_full_device_by_its_name_or_by_a_link(way: str, tmp_path: Path) -> None:
    """A device that takes nothing is told and stays a device, also behind a link."""
    name = {"ledger": "out.yaml", "table": "out.csv", "picture": "out.svg", "page": "out.html"}[way]
    (tmp_path / name).symlink_to("/dev/full")
    rest = tmp_path / "out.rest.json"
    rest.write_bytes(OLD)
    told = ""
    try:
        assert WAYS[way](tmp_path) == 1
    except CasualtiesError as error:
        told = str(error)
    assert way == "page" or "it cannot be written: No space left on device" in told
    assert (tmp_path / name).is_symlink()
    assert not Path("/dev/full").is_file()
    assert rest.read_bytes() == OLD


def test_link_is_followed(tmp_path: Path) -> None:
    """A link stays a link, and what it leads to is replaced; a link that leads round is told."""
    file, link, round_ = tmp_path / "file.yaml", tmp_path / "link.yaml", tmp_path / "round.yaml"
    file.write_bytes(OLD)
    link.symlink_to(file)
    round_.symlink_to(round_)
    cs.write(cs.Ledger(titles=["A"]), link)
    assert link.is_symlink()
    assert cs.read(file).titles == ("A",)
    with pytest.raises(LedgerFileError, match="Too many levels of symbolic links"):
        cs.write(cs.Ledger(), round_)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills in another way")
def test_killed_before_the_first_of_several_moves(tmp_path: Path) -> None:
    """Until the first of several files moves, all are as they were."""
    program = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom casualties import _writing\n"
        "Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "_writing.replace_files({Path(sys.argv[1]) / name: b'new' for name in 'ab'})\n"
    )
    for name in "ab":
        (tmp_path / name).write_bytes(OLD)
    ran = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    assert ran.returncode == -signal.SIGKILL
    assert {(tmp_path / name).read_bytes() for name in "ab"} == {OLD}
