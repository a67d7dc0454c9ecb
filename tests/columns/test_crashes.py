"""Appends that are killed: nothing is lost, and no half-written claim is ever seen."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from casualties.columns import ParquetLedger

pytest.importorskip("pyarrow", reason="the extra columns is not installed")
pytest.importorskip("pyarrow", reason="the extra columns is not installed")

PIECES, ROWS = 12, 30

WRITER = f"""
import os, signal, sys
from pathlib import Path
import pandas as pd
import pyarrow.parquet
from casualties.columns import ParquetLedger

def piece(number):
    rows = [
        {{"source": "ministry", "harm": "killed", "event": f"e{{row % 3}}", "low": number * {ROWS} + row}}
        for row in range({ROWS})
    ]
    return pd.DataFrame(rows)

def append(folder, numbers):
    ledger = ParquetLedger(folder)
    for number in numbers:
        ledger.append(piece(number))
        os.write(1, f"{{number}}\\n".encode())

def armed(steps):
    "Kill this process in place of one of its calls that change the disk."
    def counted(call):
        def counting(*given, **named):
            nonlocal steps
            steps -= 1
            if steps == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*given, **named)
        return counting
    for place, name in ((os, "fsync"), (Path, "replace"), (Path, "open"), (Path, "mkdir")):
        setattr(place, name, counted(getattr(place, name)))

for line in iter(sys.stdin.readline, ""):
    folder, steps = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if child == 0:
        if steps == "0":
            append(folder, range({PIECES}))
        else:
            append(folder, [0])
            armed(int(steps))
            append(folder, [1])
        os._exit(0)
    if steps == "0":
        sys.stdin.readline()
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.write(1, f"end {{os.WIFSIGNALED(status)}}\\n".encode())
"""


@pytest.fixture(scope="module")
def writer() -> Iterator[subprocess.Popen[str]]:
    """Start a process that forks a writer for each line that it is given."""
    if not hasattr(os, "fork"):
        pytest.skip("this system forks no processes")
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WRITER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        process.wait()


def tell(writer: subprocess.Popen[str], line: str) -> None:
    """Tell the writers to begin with a folder, to be killed at a step if it is not 0, or to end."""
    assert writer.stdin is not None
    writer.stdin.write(f"{line}\n")
    writer.stdin.flush()


def end(writer: subprocess.Popen[str]) -> tuple[bool, set[int]]:
    """Wait for the end of a writer; tell whether it was killed, and give the pieces of which the append returned."""
    assert writer.stdout is not None
    returned: set[int] = set()
    for line in writer.stdout:
        if line.startswith("end "):
            return line == "end True\n", returned
        returned.add(int(line))
    raise AssertionError("the writers have gone")


def seen(folder: Path) -> set[int]:
    """Give the pieces that are in a ledger, each of which must be whole."""
    if not any((folder / "appends").glob("*.json")):
        return set()
    figures = [claim.figure for claim in ParquetLedger(folder).ledger()]
    lows = sorted(figure.low for figure in figures if figure is not None)
    found = {low // ROWS for low in lows}
    assert lows == [number * ROWS + row for number in sorted(found) for row in range(ROWS)]
    return found


def test_append_killed_at_every_step(writer: subprocess.Popen[str], tmp_path: Path) -> None:
    """Killed in place of any call that changes the disk, an append is there or not, and can be made again."""
    outcomes = []
    for step in range(1, 200):
        folder = tmp_path / str(step)
        tell(writer, f"{folder}\t{step}")
        killed, returned = end(writer)
        there = seen(folder)
        assert returned <= there, "an append that returned is lost"
        outcomes.append(there)
        if not killed:
            break
        if step % 6 == 0:
            tell(writer, f"{folder}\t200")
            assert end(writer) == (False, {0, 1})
            assert seen(folder) == {0, 1}
    assert outcomes[0] == {0}
    assert outcomes[-1] == {0, 1}, "the append was never let through"
    assert len(outcomes) > 12


def test_appends_killed_at_random(writer: subprocess.Popen[str], tmp_path: Path) -> None:
    """Writers that are killed at random, one after the other, lose nothing; a reader meanwhile sees whole appends."""
    known: set[int] = set()
    lives = 0
    while lives < 6 or len(known) < PIECES:
        lives += 1
        tell(writer, f"{tmp_path}\t0")
        until = time.monotonic() + random.uniform(0, 0.2 * lives)
        while time.monotonic() < until:
            there = seen(tmp_path)
            assert known <= there, "a claim was lost"
            known = there
        tell(writer, "end")
        _, returned = end(writer)
        there = seen(tmp_path)
        assert known | returned <= there, "an append that returned is lost"
        known = there
    assert known == set(range(PIECES))
