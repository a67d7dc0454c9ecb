"""Make many trials and say what came of them: `python -m tests.hostile --count 10000 [--first N] [--kind NAME]`."""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.hostile.trial import KINDS, attempt, kind_of

_MEMORY: int = 500
"""By how many megabytes a trial may raise the most memory that was ever used."""


def run() -> int:
    """Make the trials, print each fault as it is found and a table at the end."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=10_000)
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("--kind", choices=sorted(KINDS))
    asked.add_argument("--said", action="store_true", help="print what was said in each trial")
    given = asked.parse_args()
    ends: Counter[tuple[str, str]] = Counter()
    faults, slowest = 0, 0.0
    for number in range(given.first, given.first + given.count):
        if given.kind not in (None, kind_of(number)):
            continue
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with tempfile.TemporaryDirectory() as folder:
            found = attempt(number, Path(folder))
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
        ends[found.kind, found.end] += 1
        slowest = max(slowest, found.seconds)
        every = [*found.faults, *([f"memory grew by {grown} MB"] if grown > _MEMORY else [])]
        faults += len(every)
        for fault in every:
            print(f"{number} {found.kind}: {fault}", flush=True)
        if given.said:
            print(f"{number} {found.kind}: {found.said}", flush=True)
    print(f"{sum(ends.values())} trials, {faults} faults, the slowest {slowest:.2f} s of processor time")
    for (kind, end), count in sorted(ends.items()):
        print(f"  {kind:24} {end:20} {count:6}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(run())
