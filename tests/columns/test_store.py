"""The folder of a ledger under real processes: writers at once, readers meanwhile, no rights, no room, lost files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

import casualties as cs
from casualties.columns import ParquetLedger
from casualties.errors import LedgerFileError
from casualties.model.claim import Claim
from casualties.model.source import Source
from casualties.model.subject import Subject

pytest.importorskip("pyarrow", reason="the extra columns is not installed")
pytest.importorskip("pyarrow", reason="the extra columns is not installed")
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals, limits and users of this kind are of Unix")


def piece(number: int, side: str | None = None) -> cs.Ledger:
    """Make a ledger of one claim, whose count is its number."""
    claim = Claim(
        source="ministry", subject=Subject(harm=["killed"], event=f"e{number}"), figure=cs.Figure.exactly(number)
    )
    return cs.Ledger([claim], sources=[Source(key="ministry", side=side)])


PRELUDE = """
import os, sys
sys.path.insert(0, sys.argv[1])
folder = sys.argv[2]
import casualties as cs
from casualties.columns import ParquetLedger
from casualties.errors import CasualtiesError
from test_store import piece
"""


def start(program: str, folder: Path, *more: str) -> subprocess.Popen[str]:
    """Start a process of its own on a folder."""
    return subprocess.Popen(
        [
            sys.executable,
            "-W",
            "ignore",
            "-c",
            PRELUDE + textwrap.dedent(program),
            str(Path(__file__).parent),
            str(folder),
            *more,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def said(process: subprocess.Popen[str]) -> str:
    """Wait for a process, and give what it printed."""
    out, wrong = process.communicate(timeout=120)
    assert process.returncode == 0, wrong
    assert wrong == ""
    return out


def numbers(folder: Path) -> set[int]:
    """Give the counts that a ledger holds."""
    return {claim.figure.low for claim in ParquetLedger(folder).ledger() if claim.figure is not None}


WRITES = """
first, last = map(int, sys.argv[3:])
for number in range(first, last):
    ParquetLedger(folder).append(piece(number))
    print(number, flush=True)
"""
READS = """
import time
seen = set()
while len(seen) < 16:
    try:
        now = {claim.figure.low for claim in ParquetLedger(folder).ledger()}
    except CasualtiesError as error:
        assert "there is no ledger in it" in str(error) and not seen, error
        time.sleep(0.1)
        continue
    assert seen <= now, (seen, now)
    seen = now
print(len(ParquetLedger(folder).reconcile()) >= len(seen))
"""


def test_two_writers_and_a_reader(tmp_path: Path) -> None:
    """Writers at once lose nothing of each other; a reader sees whole appends, and never fewer than before."""
    processes = [start(WRITES, tmp_path, "0", "8"), start(WRITES, tmp_path, "8", "16"), start(READS, tmp_path)]
    *_, reader = [said(each) for each in processes]
    assert reader == "True\n"
    assert numbers(tmp_path) == set(range(16))
    assert len(ParquetLedger(tmp_path).reconcile()) == 16


CONTRADICTS = """
side = sys.argv[3]
try:
    ParquetLedger(folder).append(piece(int(sys.argv[4]), side))
    print("appended")
except CasualtiesError as error:
    print("refused", "side is both" in str(error))
"""


def test_two_writers_that_contradict_each_other(tmp_path: Path) -> None:
    """Of two that give one source two sides at once, one is refused, and the ledger can be read."""
    for turn in range(2):
        folder = tmp_path / str(turn)
        both = [start(CONTRADICTS, folder, side, str(number)) for number, side in enumerate(("north", "south"))]
        assert sorted(said(each) for each in both) == ["appended\n", "refused True\n"]
        assert len(numbers(folder)) == 1


def everything(folder: Path) -> dict[str, bytes]:
    """Give all files that count of a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in (".json", ".parquet")
    }


READS_ALONE = """
warm = ParquetLedger(sys.argv[3])  # so that all is loaded before the rights are given up, and libraries with them
warm.append(piece(0))
len(warm.ledger()), len(warm.reconcile()), len(warm.reconcile())
sys.meta_path.clear()
if os.getuid() == 0:
    os.setgroups([])
    os.setuid(65534)
ledger = ParquetLedger(folder)
print(len(ledger.ledger()), len(ledger.reconcile()), len(ledger.reconcile()))
try:
    ledger.append(piece(2))
except CasualtiesError as error:
    print("it cannot be written: Permission denied" in str(error), "check the folder" in str(error))
"""


@posix
def test_folder_that_may_only_be_read(tmp_path: Path) -> None:
    """It is read and reconciled without a trace; an append says what it lacks."""
    folder = Path("/tmp") / f"casualties-{os.getpid()}-{tmp_path.name}" if os.getuid() == 0 else tmp_path / "ledger"  # noqa: S108 - whom tests are not run by may not enter their own folder
    try:
        ParquetLedger(folder).append(piece(1))
        before = everything(folder)
        for each in (*folder.rglob("*"), folder):
            each.chmod(0o555 if each.is_dir() else 0o444)
        assert said(start(READS_ALONE, folder, str(tmp_path / "warm"))) == "1 1 1\nTrue True\n"
        assert everything(folder) == before
    finally:
        for each in (folder, *folder.rglob("*")):
            each.chmod(0o755)
        shutil.rmtree(folder)


FULL = """
import resource, signal
sys.dont_write_bytecode = True  # else the next process finds code that was cut off
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
if sys.argv[3] == "limit":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), int(sys.argv[4])))
ledger = ParquetLedger(folder)
try:
    for number in range(2, 2000):
        ledger.append(piece(number))
        print(number, flush=True)
except CasualtiesError as error:
    print("it cannot be written" in str(error))
"""


@posix
@pytest.mark.parametrize("limit", [100, 3000], ids=["every file", "files of claims"])
def test_limit_on_the_size_of_files(limit: int, tmp_path: Path) -> None:
    """An append that finds no room leaves the ledger as it was, and says so."""
    ParquetLedger(tmp_path).append(piece(1))
    before = everything(tmp_path)
    assert said(start(FULL, tmp_path, "limit", str(limit))) == "True\n"
    assert everything(tmp_path) == before
    assert numbers(tmp_path) == {1}
    assert list(tmp_path.rglob("*.tmp")) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of its own of half a megabyte, where the machine lets us have one."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(tmp_path)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield tmp_path
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


@posix
def test_disk_that_fills(small_disk: Path) -> None:
    """What was appended before the disk was full is there, and nothing of what was refused."""
    ParquetLedger(small_disk).append(piece(1))
    *appended, refused = said(start(FULL, small_disk, "disk")).split()
    assert refused == "True"
    assert appended
    assert numbers(small_disk) == {1, *map(int, appended)}
    assert list(small_disk.rglob("*.tmp")) == []


def test_file_of_claims_that_vanishes(tmp_path: Path) -> None:
    """A file that an append names and that is gone is named; nothing is left out in silence."""
    ledger = ParquetLedger(tmp_path)
    ledger.append(piece(1))
    ledger.append(piece(2))
    gone = min(tmp_path.rglob("*.parquet"))
    gone.unlink()
    for ask in (ledger.ledger, ledger.table, ledger.reconcile):
        with pytest.raises(LedgerFileError, match=f"{gone.name}: 1 problem\n  it cannot be read: No such file"):
            ask()


def test_append_that_vanishes(tmp_path: Path) -> None:
    """An append after which others were made is missed, and so is nothing but the last."""
    ledger = ParquetLedger(tmp_path)
    names: list[Path] = []
    for number in range(3):
        ledger.append(piece(number))
        names += [each for each in (tmp_path / "appends").glob("*.json") if each not in names]
    for gone in names[:2]:
        content = gone.read_bytes()
        gone.unlink()
        with pytest.raises(LedgerFileError, match=f"{gone.name}: 1 problem\n  it cannot be read: No such file"):
            ledger.ledger()
        gone.write_bytes(content)
    assert numbers(tmp_path) == {0, 1, 2}


def test_files_that_others_wrote_are_let_be(tmp_path: Path) -> None:
    """What no append names, such as claims of one that was killed, neither counts nor disturbs."""
    ledger = ParquetLedger(tmp_path)
    ledger.append(piece(1))
    (tmp_path / "claims" / "part=00").mkdir(exist_ok=True)
    (tmp_path / "claims" / "part=00" / "stray.parquet").write_bytes(b"half")
    (tmp_path / "appends" / ".0123.tmp").write_bytes(b"half")
    assert numbers(tmp_path) == {1}
    ledger.append(piece(2))
    assert numbers(tmp_path) == {1, 2}
